#!/usr/bin/perl
# imports_lists.t: subjects, staff, classes and load from a file; the lists as files, to be
# edited and brought back; empty forms.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $hr) = map { $t->login($_) } qw(administrator deputy personnel);

sub upload { my ($client, $kind, $bytes, $name) = @_; return $client->upload("/imports/$kind", [['file', $name // 'x.csv', $bytes]], step => 'file') }
sub counts { my ($client, $kind) = @_; my $r = $client->get("/imports/$kind"); return join ' ', map { $r->xpath("string(//imports/\@$_)") } qw(added changed same bad) }
sub bad { my ($client, $kind) = @_; return join '; ', map { my $x = $_; join ' ', map { $x->getAttribute($_) // '-' } qw(line field code value) } $client->get("/imports/$kind")->nodes('//row[@done = "bad"]') }
sub save { my ($client, $kind) = @_; return $client->post("/imports/$kind", step => 'save', version => $client->get("/imports/$kind")->xpath('string(//imports/@version)'))->status }
sub done { my ($client, $kind, $file) = @_; upload($client, $kind, $file); my $counts = counts($client, $kind); save($client, $kind) if $counts !~ / [^0]\d*$/ && $counts !~ /^0 0/; return $counts }

# ---------------------------------------------------------------- subjects ---

my $subjects = "Предмет;Коротко;Место;Физкультура\nАстрономия;Астр.;40;нет\nПлавание;Плав.;41;да\n";
is done($admin, 'subjects', $subjects), '2 0 0 0', 'two subjects are added';
is $t->value(q{SELECT string_agg(concat_ws('|', name, short_name, order_no, is_pe), '; ' ORDER BY order_no) FROM ej.subject WHERE school_id = 1 AND order_no > 39}), 'Астрономия|Астр.|40|f; Плавание|Плав.|41|t', 'as the file has them';
is done($admin, 'subjects', $subjects), '0 0 2 0', 'the same file changes nothing';

# ------------------------------------------------------------------- staff ---

my $staff = "Фамилия;Имя;Отчество;Должность;Работает с\nЯковлева;Яна;Юрьевна;Учитель астрономии;01.09.2026\nЯшин;Лев;;Тренер;\n";
is done($hr, 'staff', $staff), '2 0 0 0', 'a personnel officer adds staff';
is $t->value(q{SELECT string_agg(concat_ws('|', surname, given_name, patronymic, post, during), '; ' ORDER BY surname) FROM ej.staff WHERE surname IN ('Яковлева', 'Яшин')}), 'Яковлева|Яна|Юрьевна|Учитель астрономии|[2026-09-01,); Яшин|Лев||Тренер|(,)', 'with their days';
is done($hr, 'staff', $staff), '0 0 2 0', 'who are recognised by their names';
is done($hr, 'staff', "ФИО,Должность\nяковлёва яна юрьевна,Учитель физики\n" =~ s/ё/е/r), '0 1 0 0', 'in one column as well';
is $t->value(q{SELECT surname || ' ' || post FROM ej.staff WHERE surname ~* '^яковлева' AND school_id = 1}), 'яковлева Учитель физики', 'and changed as the file says';
$db->do(q{INSERT INTO ej.staff (school_id, surname, given_name, patronymic, post) SELECT 1, 'Яшин', 'Лев', '', p FROM unnest(ARRAY['Дворник', 'Сторож']) AS p});
is upload($hr, 'staff', "ФИО;Работает по\nЯшин Лев;31.12.2026\n")->status . ' ' . bad($hr, 'staff'), '303 2 surname JE217 Яшин', 'where several have the name it is asked';
my $html = $hr->get('/imports/staff', html => 1);
is join('|', map { $_->textContent } $html->nodes('//select[@name = "person_id"]/option')), '— не выбрано —|Яшин Лев, Тренер|Яшин Лев, Дворник|Яшин Лев, Сторож|другой человек, добавить', 'with those who may be meant';
my ($guard) = $db->selectrow_array(q{SELECT id FROM ej.staff WHERE post = 'Сторож'});
is $hr->post('/imports/staff', step => 'answer', question => ['2.surname'], person_id => [$guard])->status . ' ' . counts($hr, 'staff'), '303 0 1 0 0', 'and answered';
save($hr, 'staff');
is $t->value('SELECT during FROM ej.staff WHERE id = ?', $guard), '(,2027-01-01)', 'the last day is that of one of them';
is done($hr, 'staff', "Фамилия;Имя;Должность\nЯшин;Лев;Тренер\n"), '0 0 1 0', 'a post tells them apart';
is upload($hr, 'staff', "Фамилия;Имя;Работает с;Работает по\nДни;Наоборот;02.02.2026;01.02.2026\n")->status . ' ' . bad($hr, 'staff'), '303 2 till_on JE132 2026-02-01', 'the last day is not before the first';
is upload($hr, 'staff', "Фамилия;Имя;Работает с\nБез;;\n;Кого;\nНет;Дня;31.02.2026\n")->status . ' ' . bad($hr, 'staff'), '303 2 given_name JE101 ; 3 surname JE101 ; 4 from_on JE103 31.02.2026', 'each bad row is told';
is $hr->get('/imports/rooms')->status . upload($hr, 'rooms', "Кабинет\n1\n")->status, '404403', 'other lists are not theirs';
is $deputy->get('/imports/staff')->status, 404, 'nor are staff a deputy\'s';

# ----------------------------------------------------------------- classes ---

my $classes = "Класс;Классный руководитель;Учебных дней\n8Э;Яковлева Я. Ю.;5\n 8 «Ю»;;6\n8;;\n9Я;Никто Никого;5\n";
upload($admin, 'classes', $classes);
is counts($admin, 'classes') . '; ' . bad($admin, 'classes'), '2 0 0 2; 4 name JE102 8; 5 class_teacher JE401 Никто Никого', 'classes are read, with their class teachers';
is done($admin, 'classes', $classes =~ s/^8;.*//smr), '2 0 0 0', 'and added';
is $t->value(q{SELECT string_agg(concat_ws('|', c.name, initcap(s.given_name), c.week_days, p.id IS NOT NULL), '; ' ORDER BY c.letter) FROM ej.class c LEFT JOIN ej.staff s ON s.id = c.class_teacher_id JOIN ej.term_plan p ON p.id = c.term_plan_id WHERE c.letter ~ '[ЭЮ]'}), '8Э|Яна|5|t; 8Ю|6|t', 'with terms of their grade';
is done($admin, 'classes', $classes =~ s/^8;.*//smr), '0 0 2 0', 'once';
is done($admin, 'classes', "Класс;Классный руководитель\n8Ю;Яковлева Яна Юрьевна\n"), '0 1 0 0', 'a class teacher is changed';

# -------------------------------------------------------------------- load ---

my ($group) = $db->selectrow_array(q{SELECT name FROM ej.study_group WHERE school_id = 1 AND kind = 'class' ORDER BY id LIMIT 1});
my $load = "Класс;Предмет;Учитель;Часов в неделю\n$group;Астрономия;Яковлева Я.Ю.;1,5\n$group;Плав.;Яшин Лев;2\n$group;Магия;Яшин;1\nЙ1;Плавание;Яшин;1\n";
upload($admin, 'load', $load);
is counts($admin, 'load') . '; ' . bad($admin, 'load'), '1 0 0 3; 3 staff JE401 Яшин Лев; 4 subject JE401 Магия; 5 study_group JE401 Й1', 'load is read by names; a name that several have is not';
is done($admin, 'load', join "\n", (split /\n/, $load)[0, 1]), '1 0 0 0', 'and added';
is done($admin, 'load', join "\n", (split /\n/, $load)[0, 1]), '0 0 1 0', 'once';
is $t->value(q{SELECT t.hours_week FROM ej.teaching t JOIN ej.subject u ON u.id = t.subject_id WHERE u.name = 'Астрономия'}), '1.5', 'with its hours';
is done($admin, 'load', "Класс;Предмет;Часов\n$group;Астрономия;2\n"), '0 1 0 0', 'which are changed alone';

# Another teacher of a teaching: before the first lesson a correction, then a matter of handing over.
my ($astronomy, $one) = $db->selectrow_array(q{SELECT t.id, t.staff_id FROM ej.teaching t JOIN ej.subject u ON u.id = t.subject_id WHERE u.name = 'Астрономия'});
my ($name) = $db->selectrow_array(q{SELECT concat_ws(' ', min(surname), min(given_name), min(patronymic)) FROM ej.staff WHERE school_id = 1 GROUP BY surname HAVING count(*) = 1 AND min(id) <> ? ORDER BY min(id) LIMIT 1}, undef, $one);
is done($admin, 'load', "Класс;Предмет;Учитель\n$group;Астрономия;$name\n"), '0 1 0 0', 'a teacher is corrected while there was no lesson';
my $other = $t->value('SELECT staff_id FROM ej.teaching WHERE id = ?', $astronomy);
isnt $other, $one, 'who is another one';
my ($taught, $subject, $team) = $db->selectrow_array(q{SELECT t.id, u.name, g.name FROM ej.teaching AS t JOIN ej.subject AS u ON u.id = t.subject_id JOIN ej.study_group AS g ON g.id = t.study_group_id
    WHERE t.school_id = 1 AND t.staff_id <> ? AND g.kind = 'class' AND EXISTS (SELECT FROM ej.lesson AS l WHERE l.teaching_id = t.id AND l.state = 'given') ORDER BY t.id LIMIT 1}, undef, $other);
my $before = $t->value('SELECT staff_id FROM ej.teaching WHERE id = ?', $taught);
upload($admin, 'load', "Класс;Предмет;Учитель\n$team;$subject;$name\n$group;Астрономия;$name\n");
save($admin, 'load');
is bad($admin, 'load') =~ s/^(\d+ \S+ \S+).*/$1/sr, '2 staff JE218', 'once lessons were given the row is refused';
like $admin->get('/imports/load', html => 1)->content, qr/передайте назначение в «Нагрузке»/, 'and where to hand over is said';
is $t->value('SELECT staff_id FROM ej.teaching WHERE id = ?', $taught), $before, 'and the teacher stays';

my $plan = "Класс;Предмет;Часов в неделю\n$group;Астрономия;1,5\n";
is done($admin, 'curricula', $plan), '1 0 0 0', 'a curriculum gets a subject';
is done($admin, 'curricula', $plan), '0 0 1 0', 'once';
is done($admin, 'curricula', $plan =~ s/1,5/2/r), '0 1 0 0', 'whose hours are changed';

# -------------------------------------------------------- out and in again ---

$db->do(q{UPDATE ej.staff SET post = '=HYPERLINK("x")', patronymic = '+1, =2' WHERE surname = 'Яшин' AND post = 'Тренер'});
for my $format (qw(csv xlsx)) {
    for my $kind (qw(rooms subjects staff classes curricula load)) {
        my $r   = $admin->get("/imports/$kind/list?format=$format");
        my $all = $admin->get("/imports/$kind/list")->status;
        upload($admin, $kind, $r->bytes, "x.$format");
        like counts($admin, $kind), qr/^0 0 [1-9]\d* 0$/, "the list of $kind as $format, brought back, changes nothing" or diag bad($admin, $kind);
    }
}
my $csv = $admin->get('/imports/staff/list?format=csv')->content;
like $csv, qr/"'=HYPERLINK/, 'a formula is neutralised';
$csv =~ s/"Яшин";"Лев";"[^"]*";"Сторож"/"Левин";"Лев";"";"Вахтёр"/ or die;
is done($admin, 'staff', $csv) =~ /^0 1 [1-9]\d* 0$/ ? 1 : 0, 1, 'an edited row is found by its number';
is $t->value('SELECT surname || post FROM ej.staff WHERE id = ?', $guard), 'ЛевинВахтёр', 'although its name was changed';
my ($alien) = $db->selectrow_array('SELECT id FROM ej.staff WHERE school_id = 2 LIMIT 1');
upload($admin, 'staff', "№ в журнале;Фамилия\n$alien;Чужой\n");
is bad($admin, 'staff'), "2 id JE401 $alien", 'the number of another school\'s row is none';

# ----------------------------------------------------------- empty samples ---

is join(' ', map { $_->getAttribute('kind') } $admin->get('/imports')->nodes('//kind')), 'staff subjects rooms classes pupils curricula load norms', 'all lists are on one page';
is join(' ', map { $_->getAttribute('kind') } $hr->get('/imports')->nodes('//kind')), 'staff', 'for each reader the own ones';
for my $kind (qw(rooms subjects staff)) {
    upload($admin, $kind, $admin->get("/imports/$kind/sample?format=$_")->bytes, "x.$_"), like(counts($admin, $kind), qr/^(1 0 0|0 [01] [01]) 0$/, "the sample of $kind as $_ is a file that can be read") for qw(csv xlsx);
}
is $t->login('teacher')->get("/imports$_")->status, 404, "a teacher has no /imports$_" for '', '/rooms/list', '/rooms/sample';
is $hr->get("/imports/rooms/$_")->status, 404, "nor a personnel officer the rooms as a $_" for qw(list sample);
done_testing;
