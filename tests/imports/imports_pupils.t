#!/usr/bin/perl
# imports_pupils.t: pupils with both parents in one row of a file: recognised again, asked
# about, enrolled, exported, brought back. (Thousands of them: imports_job.t.)
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $admin = $t->login('administrator');
my $path  = '/imports/pupils';
$db->do('SET session_replication_role = replica'); # without the rules: no journal is closed
my $closed = $db->selectcol_arrayref('UPDATE ej.journal SET closed_at = NULL, closed_by = NULL WHERE closed_at IS NOT NULL RETURNING id');
$db->do('SET session_replication_role = DEFAULT');

sub upload {
    my ($bytes, $name, %o) = @_;
    $bytes =~ s/^(?=.)/5-к;31.08.2026;/mg, $bytes =~ s/^[^;]+;[^;]+/Приказ;Дата приказа/ if utf8::is_utf8($bytes) && !$o{bare}; # the school year runs
    return $admin->upload($path, [['file', $name // 'x.csv', $bytes]], step => 'file');
}
sub counts { my $r = $admin->get($path); return join ' ', map { $r->xpath("string(//imports/\@$_)") } qw(added changed same bad) }
sub bad { return join '; ', map { my $x = $_; join ' ', map { $x->getAttribute($_) // '-' } qw(line field code value) } $admin->get($path)->nodes('//row[@done = "bad"]') }
sub save { return $admin->post($path, step => 'save', version => $admin->get($path)->xpath('string(//imports/@version)'))->status }
sub questions { return join '; ', map { my $x = $_; join ' ', map { $x->getAttribute($_) } qw(line field person) } $admin->get($path)->nodes('//question') }
sub family {
    return $t->value(q{
        SELECT string_agg(concat_ws('|', p.surname, p.given_name, k.birth_on, k.sex, k.snils, c.name, lower(e.during), (
                   SELECT string_agg(concat_ws(' ', w.kind, g.surname, g.given_name, nullif(g.phone, '')), ', ' ORDER BY g.id)
                     FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id WHERE w.pupil_id = p.id)), '; ' ORDER BY p.given_name, k.birth_on)
          FROM ej.pupil p LEFT JOIN ej.pupil_card k ON k.pupil_id = p.id
          LEFT JOIN ej.enrolment e ON e.pupil_id = p.id LEFT JOIN ej.class c ON c.id = e.class_id WHERE p.school_id = 1 AND p.surname ~ ?}, $_[0]);
}
sub guardians { return $t->value('SELECT count(*) FROM ej.guardian WHERE surname ~ ?', $_[0]) }

# ------------------------------------------------------------------ new ones ---

my $heads = "Фамилия;Имя;Отчество;Дата рождения;Пол;Класс;СНИЛС;ФИО матери;Телефон матери;ФИО отца\n";
my $file = $heads . <<'CSV';
Журавлёва;Алла;Олеговна;14.05.2013;ж;7Б;00100200946;Журавлёва Инна Юрьевна;8 900 123-45-67;Журавлёв Олег Ильич
Журавлёв;Борис;Олегович;02.02.2010;м;10 «А»;;Журавлева Инна Юрьевна;+7 (900) 1234567;Журавлёв Олег Ильич
CSV
is upload($file)->status . ' ' . counts(), '303 2 0 0 0', 'two pupils are read' or diag bad();
is save(), 303, 'and saved';
is family('^Журавл'), 'Журавлёва|Алла|2013-05-14|f|001-002-009 46|7Б|2026-09-01|mother Журавлёва Инна 8 900 123-45-67, father Журавлёв Олег; '
    . 'Журавлёв|Борис|2010-02-02|m||10А|2026-09-01|mother Журавлёва Инна 8 900 123-45-67, father Журавлёв Олег', 'with cards, classes and parents';
is guardians('^Журавл'), 2, 'the parents of brother and sister are one pair';
is $t->value(q{SELECT count(*) FROM ej.membership m JOIN ej.pupil p ON p.id = m.pupil_id WHERE p.surname ~ '^Журавл'}), 2, 'who are in the groups of their classes';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name IN ('pupil', 'pupil_card', 'enrolment', 'guardian', 'guardianship') AND new::text ~ 'Журавл|7Б|2013-05-14'}) > 3 ? 1 : 0, 1, 'with their history';
upload($file);
is counts(), '0 0 2 0', 'the same file changes nothing' or diag bad();

# --------------------------------------------------------------- recognised ---

upload($heads . "Журавлева;Алла;Олеговна;14.05.2013;ж;7Б;;Журавлёва Инна Юрьевна;8 900 765-43-21;\n" =~ s/^Журавлева/Журавлёва/r);
is counts(), '0 1 0 0', 'a phone number is changed';
save();
like family('Журавлёва'), qr/\|mother Журавлёва Инна 8 900 765-43-21, father/, 'of the pupil\'s own mother; who is not in the file stays';
upload($heads . "Ястребова;Алла;Олеговна;14.05.2013;ж;7Б;001-002-009 46;;;\n");
is counts(), '0 1 0 0', 'a pupil of another name is known by the СНИЛС';
upload($heads . "Журавлёва;Алла;Олеговна;01.01.2014;ж;7Б;;;;\n");
is counts(), '1 0 0 0', 'a namesake born on another day is a new pupil';
upload("ФИО;Класс\nЖуравлёва Алла Олеговна;7Б\n");
is bad() . '|' . questions(), '2 surname JE217 Журавлёва|2 surname Журавлёва Алла Олеговна, 14.05.2013, 7Б', 'without a birthday it is asked' or diag counts();
my $alla = $t->value(q{SELECT id FROM ej.pupil WHERE surname = 'Журавлёва'});
$admin->post($path, step => 'answer', question => '2.surname', person_id => $alla);
is counts(), '0 0 1 0', 'and answered';
$admin->post($path, step => 'answer', question => '2.surname', person_id => 0);
is counts(), '1 0 0 0', 'or that it is another one';
upload($heads . "Сорокина;Вера;;03.03.2013;ж;7Б;;Журавлёва Инна Юрьевна;;\n");
is bad() . '|' . (questions() =~ s/, Журавл[^|]*//r), '2 parent1 JE217 Журавлёва Инна Юрьевна|2 parent1 Журавлёва Инна Юрьевна, 8 900 765-43-21', 'a parent of the same name with other children is asked about';
my $inna = $t->value(q{SELECT id FROM ej.guardian WHERE surname = 'Журавлёва'});
$admin->post($path, step => 'answer', question => '2.parent1', person_id => $inna);
is counts(), '1 0 0 0', 'and answered';
save();
like family('Сорокина'), qr/^Сорокина\|Вера\|.*\|mother Журавлёва Инна 8 900 765-43-21$/, 'she has three children now';
is guardians('^Журавл'), 2, 'and was not added again';

# ------------------------------------------------------------------ refused ---

upload($heads . "Журавлёва;Алла;Олеговна;14.05.2013;ж;10А;;;;\n;Без;Фамилии;;;;;;;\nБез;;Имени;;;;;;;\nНет;Класса;;;;99Я;;;;\nПол;Иной;;;да;;;;;\nДень;Иной;;31.02.2013;;;;;;\nМать;Одна;;;;;;Мама;;\nСнилс;Иной;;;;;12;;;\nДва;Раза;;01.01.2012;;;;;;\nДва;Раза;;01.01.2012;;;;;;\n");
is bad(), '2 class JE241 10А; 3 surname JE101 -; 4 given_name JE101 -; 5 class JE401 99Я; 6 sex JE106 да; 7 birth_on JE103 31.02.2013; 8 parent1 JE102 Мама; 9 snils JE102 -; 11 surname JE212 Два',
    'each bad row is told with its column and reason';
upload("Фамилия;Имя;Класс;Зачислен с\nРано;Очень;7Б;01.09.2020\nПоздно;Очень;7Б;01.09.2036\n");
is bad(), '2 from_on JE171 2020-09-01; 3 from_on JE171 2036-09-01', 'a pupil enters a class within its year';
is save(), 422, 'and nothing is saved';
is $t->login('deputy')->get($path)->status . $t->login('personnel')->get($path)->status . $t->login('class-teacher')->get($path)->status, '404404404', 'only an administrator fills the list of pupils';

# ------------------------------------------------- while the school year runs ---

my $late = "Фамилия;Имя;Дата рождения;Класс;Зачислен с\nПоздняков;Пётр;03.03.2013;7Б;\nПоздняк;Павел;04.04.2013;7Б;16.11.2026\n";
upload($late, 'x.csv', bare => 1);
is bad(), '2 order_no JE101 -; 3 order_no JE101 -', 'who enters a class that learns already is enrolled by an order';
my $html = $admin->get($path, html => 1);
like $html->content, qr/Уроки уже идут: нужен приказ о зачислении/, 'which the page says';
is $html->count('//form[.//input[@name = "order_no"]]//input[@name = "order_on"]'), 1, 'and asks for';
is $admin->post($path, step => 'order', order_no => '', order_on => '32.01.2026', reason => 'x')->status, 422, 'with number, day and reason';
is $admin->post($path, step => 'order', order_no => '77-у', order_on => '2026-11-13', reason => 'from_city')->status . ' ' . counts(), '303 2 0 0 0', 'the order is that of all of them';
is save(), 303, 'who then are saved';
is $t->value(q{SELECT string_agg(concat_ws(' ', p.surname, m.kind, m.moved_on, m.order_no, m.order_on, m.reason, c.name, e.order_no, e.during), '; ' ORDER BY p.surname)
      FROM ej.movement AS m JOIN ej.pupil AS p ON p.id = m.pupil_id JOIN ej.class AS c ON c.id = m.class_id JOIN ej.enrolment AS e ON e.pupil_id = p.id WHERE p.surname ~ '^Поздняк'}),
    'Поздняк enrol 2026-11-16 77-у 2026-11-13 from_city 7Б 77-у [2026-11-16,2027-09-01); Поздняков enrol 2026-09-01 77-у 2026-11-13 from_city 7Б 77-у [2026-09-01,2027-09-01)', 'as movements of that order';
upload($late, 'x.csv', bare => 1);
is counts(), '0 0 2 0', 'once' or diag bad();
my ($moved) = $db->selectrow_array(q{SELECT m.id FROM ej.movement AS m JOIN ej.pupil AS p ON p.id = m.pupil_id WHERE p.surname = 'Поздняк'});
is $admin->post("/movements/$moved", undone_reason => 'ошибка')->status, 303, 'which are undone like others';
upload($late =~ s/16\.11\.2026$/17.11.2026;8-к;12.11.2026/mr =~ s/^(Фамилия.*)$/$1;Приказ №;Дата приказа/mr, 'x.csv', bare => 1);
is counts(), '0 1 1 0', 'who was here comes again, by an order of the file' or diag bad();
save();
is $t->value(q{SELECT concat_ws(' ', m.kind, m.moved_on, m.order_no, m.reason) FROM ej.movement AS m JOIN ej.pupil AS p ON p.id = m.pupil_id WHERE p.surname = 'Поздняк' AND m.undone_reason IS NULL}), 'enrol 2026-11-17 8-к other', 'with its own movement';
$db->do('SET session_replication_role = replica');
$db->do(q{UPDATE ej.journal SET closed_at = now(), closed_by = (SELECT min(id) FROM ej.staff) WHERE id = ANY (?)}, undef, $closed);
$db->do('SET session_replication_role = DEFAULT');
upload("Фамилия;Имя;Дата рождения;Класс;Зачислен с;Приказ №;Дата приказа\nПозже;Пётр;03.03.2013;7Б;01.10.2026;9-к;01.10.2026\nПоздний;Павел;04.04.2013;7Б;18.11.2026;9-к;01.10.2026\n", 'x.csv', bare => 1);
is bad(), '2 from_on JE201 2026-10-01', 'nobody enters a journal that is closed, with an order or without';
like $admin->get($path, html => 1)->content, qr/Журнал класса за эти дни закрыт/, 'in words';
$db->do('SET session_replication_role = replica');
$db->do('UPDATE ej.journal SET closed_at = NULL, closed_by = NULL WHERE id = ANY (?)', undef, $closed);
$db->do('SET session_replication_role = DEFAULT');

# -------------------------------------------------------- out and in again ---

for my $format (qw(csv xlsx)) {
    my $r = $admin->get("$path/list?format=$format");
    upload($r->bytes, "x.$format");
    like counts(), qr/^0 0 [1-9]\d* 0$/, "the list as $format, brought back, changes nothing" or diag bad();
}
my $csv = $admin->get("$path/list?format=csv")->content;
$csv =~ s/"Сорокина";"Вера"/"Воробьёва";"Вера"/ or die;
upload($csv, 'x.csv', bare => 1);
like counts(), qr/^0 1 [1-9]\d* 0$/, 'a pupil with a new family name is found by the number';
save();
is $t->value(q{SELECT count(*) FROM ej.pupil WHERE surname = 'Воробьёва'}), 1, 'and renamed';
upload($admin->get("$path/sample?format=csv")->bytes);
is counts(), '1 0 0 0', 'the sample can be read' or diag bad();

done_testing;
