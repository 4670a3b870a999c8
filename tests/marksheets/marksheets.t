#!/usr/bin/perl
# marksheets.t: a table of marks from another system is shown against the journal, and carried into it as if the teacher
# had typed it; nothing that stands there is replaced unasked.
use lib 'tests/lib';
use EJ::Test qw(refused);
use Encode qw(encode);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($teacher, $deputy, $admin) = map { $t->login($_) } qw(teacher deputy administrator);
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my ($id)    = $journal =~ /(\d+)$/;
my $path    = "$journal/marksheet";
my ($anna, $boris, $vera, $gleb) = map { $t->id(pupil => pupil => $_) } my @names = ('Андреева Алиса', 'Волков Антон', 'Гуляев Василий', 'Зуев Сергей');

sub upload { my ($rows, %o) = @_; return ($o{by} // $teacher)->upload($path, [['file', $o{name} // 'Прежний журнал.csv', $o{bare} ? $rows : encode('UTF-8', join "\n", @$rows, '')]], step => 'file') }
sub counts { my $r = $teacher->get($path); return join ' ', map { $r->xpath("string(//marksheets/\@$_)") } qw(added same differs bad) }
sub cells { return join '; ', map { my $x = $_; join '|', map { $x->getAttribute($_) // '' } qw(name head typed stored code) } $teacher->get($path)->nodes("//cell[\@done = '$_[0]']") }
sub save { return refused($teacher->post($path, step => 'save', version => $teacher->get($path)->xpath('string(//marksheets/@version)'), @_)) }
# what stands in the journal: marks of each work of the lesson, and the absence
sub stands {
    my ($day, $pupil) = @_;
    return $t->value(q{SELECT concat_ws(' ', (SELECT a.code FROM ej.attendance AS a WHERE a.lesson_id = l.id AND a.pupil_id = ?),
        (SELECT string_agg(m.value, '+' ORDER BY m.work_id, m.attempt) FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id WHERE w.lesson_id = l.id AND m.pupil_id = ? AND m.value IS NOT NULL))
        FROM ej.lesson AS l JOIN ej.journal AS j USING (teaching_id) WHERE j.id = ? AND l.held_on = ? ORDER BY l.slot LIMIT 1}, $pupil, $pupil, $id, $day);
}
sub works { return $t->value(q{SELECT count(*) FROM ej.work WHERE journal_id = ? AND lesson_id IN (SELECT id FROM ej.lesson WHERE held_on = ?)}, $id, $_[0]) }

my $bare   = '2026-11-11';
my $future = $t->value(q{SELECT min(l.held_on) FROM ej.lesson AS l JOIN ej.journal AS j USING (teaching_id) JOIN ej.term AS e ON e.id = j.term_id AND e.during @> l.held_on WHERE j.id = ? AND l.held_on > '2026-11-20'}, $id);
my $short  = sub { my ($y, $m, $d) = split /-/, $_[0]; "$d.$m" };
is works($bare), 0, 'a lesson without works';

# ------------------------------------------------------------------ a preview ---

is join(' ', map { $_->get($path)->status } $teacher, $deputy, $admin), '200 404 404', 'the teacher of the journal alone';
is $t->login('class-teacher')->get($path)->status, 404, 'nor the class teacher';
ok $teacher->get($journal, html => 1)->count(qq{//a[contains(\@href, "$path")]}), 'the journal leads there';
ok !$deputy->get($journal, html => 1)->count(qq{//a[contains(\@href, "$path")]}), 'but only its teacher';
is upload(['Алгебра 7Б;;;;;;;', '№;Фамилия;Имя;11.11;15.11;01.09;' . $short->($future) . ';Средний балл',
    '1;Андреева;Алиса;5;4;5;4;4,75', '2;Волков;Антон;4/5;;;;4,5', '3;Гуляев;Василий;н;;;;', '4;Зуев;Сергей;9;;;;', '5;Нездешний;Пётр;5;;;;', ';;;;;;;'])->status, 303, 'a table is read';
is counts(), '4 0 0 6', 'what is added and what is not';
is cells('bad'), "|15.11|||JE401; |01.09|||JE203; |Средний балл|||JE103; Нездешний Пётр||||JE401; Андреева Алиса|" . $short->($future) . '|4||JE204; Зуев Сергей|11.11|9||JE108', 'each with its reason';
is stands($bare, $anna), '', 'nothing is written yet';
like $teacher->get($path, html => 1)->content, qr/Такого ученика в группе нет.*Такой отметки или такого пропуска/s, 'in words';
is save(), '303', 'what is right is saved';
is join(' | ', map { stands($bare, $_) } $anna, $boris, $vera, $gleb), '5 | 4+5 | н | ', 'marks of as many works, and the absence';
is works($bare), 2, 'the lesson has two works';
is $t->value(q{SELECT string_agg(DISTINCT a.login, ' ') FROM ej.history AS h JOIN ej.account AS a ON a.id = h.account_id JOIN ej.marksheet AS s USING (operation_id) WHERE s.journal_id = ?}, $id), 'teacher', 'the history names who carried them';
is $t->value(q{SELECT count(DISTINCT h.row_key) FROM ej.history AS h JOIN ej.marksheet AS s USING (operation_id) WHERE h.table_name IN ('mark', 'attendance') AND s.journal_id = ?}, $id), 4, 'with each cell';
my $work = $t->value(q{SELECT min(w.id) FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id WHERE w.journal_id = ? AND l.held_on = ?}, $id, $bare);
like $teacher->get("$journal/columns/$work/pupils/$anna", html => 1)->content, qr/из файла «Прежний журнал\.csv»/, 'and the cell its file';
is $teacher->get($path)->xpath('concat(//file/@name, " ", //file/@cells, " ", //marksheets/@saved)'), 'Прежний журнал.csv 4 4', 'as the page does';
is save(), '404 JE401:', 'it is saved once';

# -------------------------------------------------------- again, differences ---

my @again = ('Ученик;2026-11-11', 'Андреева А.;4', 'Волков Антон;4/5', 'Гуляев Василий;3', 'Зуев Сергей;H');
upload(\@again);
is counts(), '2 2 1 0', 'the same is the same; a mark beside an absence is added; another mark differs';
is cells('differs'), 'Андреева А.|2026-11-11|4|5|', 'and is shown with that of the journal';
is save(), '303', 'saved';
is join(' | ', map { stands($bare, $_) } $anna, $boris, $vera, $gleb), '5 | 4+5 | н 3 | н', 'what stood there stays; the Latin H is an absence';
is works($bare), 2, 'no work is doubled';
upload(\@again);
is counts(), '0 4 1 0', 'once more, nothing is new';
is save(), '404 JE401:', 'and nothing is saved';
is save(is_replaced => 1), '303', 'unless what differs is to be replaced';
is stands($bare, $anna), '4', 'which is done when asked';
my ($once, $version) = '00000000-0000-4000-8000-000000000154';
upload(['Ученик;11.11.26', 'Зуев Сергей;5']);
$version = $teacher->get($path)->xpath('string(//marksheets/@version)');
is join(' ', map { $teacher->post($path, step => 'save', version => $version, operation_id => $once)->status } 1, 2), '303 303', 'a save sent twice';
is stands($bare, $gleb) . works($bare), 'н 52', 'happens once';

# ------------------------------------------------------- changed meanwhile, limits ---

upload(['Ученик;11.11', 'Андреева Алиса;5']);
$db->do('UPDATE ej.mark SET value = ? WHERE work_id = ? AND pupil_id = ?', undef, '3', $work, $anna);
is save(is_replaced => 1), '409 JE210:', 'what was changed since the preview is not replaced';
is stands($bare, $anna) . ' ' . cells('differs'), '3 Андреева Алиса|11.11|5|3|', 'and shown anew';
is refused($teacher->post($path, step => 'save', version => 'x')), '409 JE210:', 'nor is a table saved that the page did not show';
$db->do('UPDATE ej.school SET lock_days = 3 WHERE id = 1');
upload(['Ученик;11.11', 'Андреева Алиса;5', 'Волков Антон;4']);
is cells('bad'), 'Андреева Алиса|11.11|5|3|JE282; Волков Антон|11.11|4|4|JE282' =~ s/; .*//r, 'a locked lesson is not changed by a file either';
is counts(), '0 1 0 1', 'what is there already is no fault';
$db->do('UPDATE ej.school SET lock_days = 0, correction_hours = 24 WHERE id = 1');
$db->do(q{UPDATE ej.history SET made_at = made_at - interval '3 days' WHERE table_name = 'mark' AND key_id = ?}, undef, $work);
upload(['Ученик;11.11', 'Андреева Алиса;5']);
is counts() . ' ' . $teacher->get($path)->xpath('string(//marksheets/@free)'), '0 0 1 0 0', 'a mark kept so long that a request is needed is not replaced';
is save(is_replaced => 1), '404 JE401:', 'not even if asked';
$db->do('UPDATE ej.school SET correction_hours = 0 WHERE id = 1');

# Two pupils of one name and initial.
my $twin = $t->value(q{SELECT given_name FROM ej.pupil WHERE id = ?}, $vera);
$db->do(q{UPDATE ej.pupil SET surname = 'Волков', given_name = 'Андрей' WHERE id = ?}, undef, $vera);
upload(['Ученик;11.11', 'Волков А.;5']);
is cells('bad'), 'Волков А.||||JE217', 'a name that two have is not guessed';
$db->do(q{UPDATE ej.pupil SET surname = 'Гуляев', given_name = ? WHERE id = ?}, undef, $twin, $vera);

# --------------------------------------------------------------- bad files ---

is refused(upload(['Ученик;Оценка', 'Андреева Алиса;5'])), '422 JE103:file', 'a table without days is refused';
like upload(['Ученик', 'Андреева Алиса'])->status, qr/422/, 'so is one of one column';
is refused(upload(['Ученик;11.11', ('Андреева Алиса;5') x 201])), '422 JE107:file', 'one of too many rows';
is refused(upload("a;b\0c", bare => 1)), '422 JE131:file', 'one with a NUL';
is refused(upload("PK\3\4 not", bare => 1, name => 'x.xlsx')), '422 JE131:file', 'no workbook';
is refused(upload(['x'], name => 'x.exe')), '422 JE130:file', 'a program';
is upload(['Ученик;11.11', 'Андреева Алиса;5'], by => $deputy)->status, 404, 'who does not teach it loads nothing';
is $teacher->get($path =~ s/$id/987654321/r)->status, 404, 'a journal that is not there';
is upload(['Ученик;11.11;31.02;45000000;99.99;0000-00-00', 'Андреева Алиса;1/2/3/4/5/6/7;5;5;5;5', q{Волков Антон;' DROP TABLE ej.mark --}, 'Зуев Сергей;' . '9/' x 300])->status, 303, 'wrong days and values are read';
is cells('bad'), join('; ', (map {"|$_|||JE103"} '31.02', '45000000', '99.99', '0000-00-00'), 'Андреева Алиса|11.11|1/2/3/4/5/6/7|3|JE108',
    q{Волков Антон|11.11|' DROP TABLE ej.mark --|4|JE108}, 'Зуев Сергей|11.11|' . '9/' x 300 . '|н 5|JE108'), 'and shown, each with its reason' or diag counts();
srand 154;
for my $try (1 .. 12) {
    my @chars = (0 .. 9, split //, ',./;|- нбуНHxь"\\x{2028}%');
    my $rows = join "\n", map { join ';', map { join '', map { $chars[rand @chars] } 1 .. rand 9 } 1 .. rand 8 } 1 .. rand 12;
    my $r = upload(encode('UTF-8', "Ученик;11.11;18.11\nАндреева Алиса;$rows"), bare => 1);
    like $r->status . ' ' . $teacher->get($path)->status, qr/^(?:303|422) 200$/, "random table $try" or diag $rows;
}

# -------------------------------------------------------------- a closed term ---

$db->do('SET session_replication_role = replica');
$db->do(q{UPDATE ej.journal SET closed_at = now(), closed_by = (SELECT s.id FROM ej.staff AS s JOIN ej.account AS a USING (person_id) WHERE a.login = 'deputy' LIMIT 1) WHERE id = ?}, undef, $id);
$db->do('SET session_replication_role = DEFAULT');
upload(['Ученик;11.11', 'Андреева Алиса;5']);
is cells('bad'), 'Андреева Алиса|11.11|5|3|JE201', 'a closed journal takes nothing';
like $teacher->get($path, html => 1)->content, qr/Журнал закрыт: перенести в него отметки нельзя/, 'which the page says';
done_testing;
