#!/usr/bin/perl
# movements.t: pupils enter a class, change it, leave and return; what this changes in
# classes, groups and journals, and the undoing of mistakes (CNT-02, CNT-09).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $lead, $teacher) = map { $t->login($_) } qw(administrator deputy class-teacher teacher);
sub form { my %form = @_; return %form } # the last of a name counts
sub value { return $t->value(@_) }

# 7В: a second class of the grade, with a subgroup of its own and a stream with 7Б.
$db->do(q{
    WITH c AS (INSERT INTO ej.class (school_id, year, grade, letter, term_plan_id)
        SELECT school_id, year, 7, 'В', term_plan_id FROM ej.class WHERE school_id = 1 AND name = '7Б' RETURNING *),
    g AS (INSERT INTO ej.study_group (school_id, year, kind, name, subject_id)
        SELECT 1, 2026, v.kind, v.name, (SELECT id FROM ej.subject WHERE school_id = 1 AND name = 'История')
          FROM (VALUES ('subgroup', '7В, 1 группа'), ('stream', '7 классы, поток')) AS v(kind, name) RETURNING *)
    INSERT INTO ej.study_group_class (study_group_id, class_id, school_id)
    SELECT g.id, c.id, 1 FROM g, c
     UNION ALL SELECT g.id, b.id, 1 FROM g, ej.class AS b WHERE g.kind = 'stream' AND b.school_id = 1 AND b.name = '7Б'});
my ($b, $v) = map { value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = ?}, $_) } '7Б', '7В';
my %group = map { @$_ } @{$db->selectall_arrayref(q{SELECT name, id FROM ej.study_group WHERE school_id = 1})};
my $pupil = value(q{SELECT pupil_id FROM ej.enrolment WHERE class_id = ? AND upper(during) > '2027-01-01' ORDER BY pupil_id OFFSET 1 LIMIT 1}, $b);
$db->do(q{INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during) VALUES (1, ?, ?, '[2026-09-01,2027-09-01)')}, undef, $group{$_}, $pupil)
    for '7 классы, поток';
sub classes { return value(q{SELECT string_agg(c.name || ' ' || e.during, ' ' ORDER BY e.during) FROM ej.enrolment e JOIN ej.class c ON c.id = class_id WHERE pupil_id = ?}, $_[0] // $pupil) // '' }
sub groups {
    return value(q{SELECT string_agg(g.name || ' ' || b.during, '|' ORDER BY g.name, b.during) FROM ej.membership b
        JOIN ej.study_group g ON g.id = study_group_id WHERE pupil_id = ?}, $_[0] // $pupil) // '';
}
my ($was_classes, $was_groups) = (classes(), groups());
my $path = "/pupils/$pupil/movements";
my %order = (order_no => '57-у', order_on => '2026-11-19');

# ---------------------------------------------------------------- transfer ---

my $r = $deputy->get("$path?kind=transfer&class_id=$v&moved_on=2026-11-21");
is $r->xpath('concat(//movements/@is_ready, " ", //movements/@to_name, " ", //movements/@class_name)'), '1 7В 7Б', 'the second step knows the class and the day';
is join('|', map { $_->getAttribute('name') } $r->nodes('//ended')), '7Б|7Б, английский, 1 группа', 'it names the groups that the pupil leaves; not the stream of both classes';
is join('|', map { $_->getAttribute('name') } $r->nodes('//group')), '7В|7 классы, поток|7В, 1 группа', 'and those of the new class';
my %transfer = (kind => 'transfer', class_id => $v, moved_on => '2026-11-21', reason => 'request', %order);
is refused($deputy->post($path, form(%transfer, reason => 'to_city'))), '422 JE106:reason', 'a reason is one of the kind of movement';
is refused($deputy->post($path, form(%transfer, order_no => '', order_on => '2026-02-30'))), '422 JE101:order_no JE103:order_on', 'there is no movement without an order';
is refused($deputy->post($path, form(%transfer, class_id => $b))), '422 JE241:class_id', 'nobody is transferred into the own class';
is refused($deputy->post($path, form(%transfer, class_id => 990_000_001))), '422 JE106:class_id', 'nor into one that is not there';
is refused($deputy->post($path, form(%transfer, moved_on => '2027-10-01'))), '422 JE203:moved_on', 'the day is in the year of the class';
is refused($deputy->post($path, form(%transfer, moved_on => '2026-10-20'))), '409 JE201:moved_on', 'a closed journal keeps its pupils';
is refused($deputy->post($path, form(%transfer, moved_on => '2026-11-09'))), '409 JE207:moved_on', 'marks stay with those who have them';
is refused($deputy->post($path, form(%transfer, study_group_id => $group{'10А'}))), '422 JE106:study_group_id', 'a chosen group is one of the new class';
is classes() . groups(), $was_classes . $was_groups, 'a refused movement changes nothing';
$r = $deputy->post($path, {html => 1}, form(%transfer, moved_on => '2026-11-09', note => 'по заявлению мамы', study_group_id => $group{'7В, 1 группа'}));
is $r->xpath('concat(//input[@name = "note"]/@value, " ", //input[@name = "moved_on"]/@value, " ", count(//input[@type = "checkbox"][@checked]))'), 'по заявлению мамы 2026-11-09 1', 'what was typed comes back';
like $r->xpath('string(//*[@role = "alert"])'), qr/С какого дня: С этого дня у ученика есть отметки/, 'with the reason at its field';
my $once = '00000000-0000-4000-8000-000000000091';
is $deputy->post($path, form(%transfer, study_group_id => $group{'7В, 1 группа'}, operation_id => $once))->location, "$path?done=added", 'a deputy transfers a pupil' for 1, 2;
is value('SELECT count(*) FROM ej.movement WHERE pupil_id = ?', $pupil), 1, 'a form sent twice does so once';
is classes(), '7Б [2026-09-01,2026-11-21) 7В [2026-11-21,2027-09-01)', 'the class changes on the day';
is groups(), '7 классы, поток [2026-09-01,2027-09-01)|7Б [2026-09-01,2026-11-21)|7Б, английский, 1 группа [2026-09-01,2026-11-21)|'
    . '7В [2026-11-21,2027-09-01)|7В, 1 группа [2026-11-21,2027-09-01)', 'the groups with it';
is value('SELECT order_no FROM ej.enrolment WHERE pupil_id = ? AND class_id = ?', $pupil, $v), '57-у', 'the enrolment has its order';
$r = $deputy->get($path);
is $r->xpath('concat(//movement[1]/@from_name, "-", //movement[1]/@class_name, " ", //movement[1]/@reason, " ", //movement[1]/@is_last, " ", count(//enrolment))'), '7Б-7В request 1 2', 'the page of the pupil has the movement';
my $first = $r->xpath('string(//movement[1]/@movement_id)');

# ---------------------------------------------------------- leave and return ---

is refused($deputy->post($path, kind => 'return', class_id => $b, moved_on => '2026-11-25', reason => 'restored', %order)), '422 JE241:kind', 'nobody returns who is there';
is $deputy->post($path, kind => 'leave', class_id => $b, moved_on => '2026-12-01', reason => 'to_city', note => 'Вологда', %order)->status, 303, 'a pupil leaves';
is classes(), '7Б [2026-09-01,2026-11-21) 7В [2026-11-21,2026-12-01)', 'the enrolment ends on the day';
unlike groups(), qr/2027/, 'so does every group, the stream too';
is refused($deputy->post($path, kind => 'leave', moved_on => '2026-12-05', reason => 'to_city', %order)), '422 JE240:kind', 'nobody leaves twice';
is refused($deputy->post("/movements/$first", undone_reason => 'не тот')), '409 JE211:undone_reason', 'a movement is not undone before the later one';
is $deputy->post($path, kind => 'enrol', class_id => $b, moved_on => '2026-12-10', reason => 'restored', %order)->status, 303, 'the pupil returns';
is value('SELECT kind FROM ej.movement WHERE pupil_id = ? ORDER BY id DESC LIMIT 1', $pupil), 'return', 'one who was there before returns';
is classes(), '7Б [2026-09-01,2026-11-21) 7В [2026-11-21,2026-12-01) 7Б [2026-12-10,2027-09-01)', 'into the chosen class';

# ------------------------------------------------------------------- undoing ---

my @all = @{$db->selectcol_arrayref('SELECT id FROM ej.movement WHERE pupil_id = ? ORDER BY id DESC', undef, $pupil)};
is refused($deputy->post("/movements/$all[0]", undone_reason => '')), '422 JE101:undone_reason', 'a movement is undone for a reason';
$db->do(q{UPDATE ej.membership SET during = '[2026-12-10,2027-01-01)' WHERE pupil_id = ? AND study_group_id = ? AND lower(during) = '2026-12-10'}, undef, $pupil, $group{'7Б'});
is refused($deputy->post("/movements/$all[0]", undone_reason => 'ошибка')), '409 JE211:undone_reason', 'what was changed since is not overwritten';
like classes(), qr/7Б \[2026-12-10,2027-09-01\)/, 'and nothing is undone by halves';
$db->do(q{UPDATE ej.membership SET during = '[2026-12-10,2027-09-01)' WHERE pupil_id = ? AND study_group_id = ? AND lower(during) = '2026-12-10'}, undef, $pupil, $group{'7Б'});
is $deputy->post("/movements/$_", undone_reason => 'записан не тот ученик')->status, 303, 'the last movement is undone' for @all;
is classes(), $was_classes, 'then the class is the former one';
is groups(), $was_groups, 'and so are the groups';
is refused($deputy->post("/movements/$first", undone_reason => 'ещё раз')), '409 JE211:undone_reason', 'nothing is undone twice';
like $deputy->get('/movements', html => 1)->content, qr/запись отменена: записан не тот ученик/, 'the book keeps it, with the reason';
is value(q{SELECT count(*) FROM ej.history WHERE table_name = 'movement' AND new ->> 'undone_reason' IS NOT NULL AND account_id IS NOT NULL}), 3, 'the history too, with who did it';

# a mistake about a pupil whose first day it is
is $deputy->post($path, form(%transfer, moved_on => '2026-11-21'))->status, 303, 'once more';
is $deputy->post($path, kind => 'transfer', class_id => $b, moved_on => '2026-11-21', reason => 'request', %order)->status, 303, 'and back on the same day';
is classes(), '7Б [2026-09-01,2026-11-21) 7Б [2026-11-21,2027-09-01)', 'a class without a day is none';
($first) = @{$db->selectcol_arrayref('SELECT max(id) FROM ej.movement')};
is $deputy->post("/movements/$first", undone_reason => 'ошибка')->status, 303, 'this is undone, too';
like classes(), qr/7В \[2026-11-21,2027-09-01\)/, 'the enrolment that was taken away is there again';

# --------------------------------------------------------------- a new pupil ---

my %new = (surname => 'Ёжикова', given_name => 'Яна', patronymic => 'Петровна', birth_on => '2013-05-04', sex => 'f',
    kind => 'enrol', class_id => $v, moved_on => '2026-11-23', reason => 'from_city', note => 'Пермь, школа № 5', %order);
is $admin->get("/newcomers?class_id=$v&moved_on=2026-11-23")->xpath('concat(//movements/@is_ready, count(//group))'), '13', 'the form of a new pupil knows the groups of the class';
like $admin->get('/newcomers', accept => 'text/html')->content, qr/<select name="class_id" required="required">/, 'a class is asked for before the rest';
like $admin->get("/newcomers?class_id=$v&moved_on=2026-11-23", accept => 'text/html')->content, qr/<select name="sex"><option value="" selected>/, 'nobody is a girl because nothing was chosen';
is refused($admin->post('/newcomers', form(%new, sex => ''))), '422 JE101:sex', 'the sex is chosen';
is refused($admin->post('/newcomers', form(%new, surname => '', order_no => ''))), '422 JE101:surname JE101:order_no', 'every wrong field is named at once';
is refused($admin->post('/newcomers', form(%new, moved_on => '2027-10-01'))), '422 JE203:moved_on', 'a refused enrolment';
is value(q{SELECT count(*) FROM ej.pupil WHERE surname = 'Ёжикова'}), 0, 'leaves no pupil behind';
is $admin->post('/newcomers', form(%new, study_group_id => $group{'7В, 1 группа'}))->location, '/movements?done=added', 'the administrator enrols a new pupil';
my $newcomer = value(q{SELECT id FROM ej.pupil WHERE surname = 'Ёжикова'});
is classes($newcomer) . '|' . groups($newcomer), '7В [2026-11-23,2027-09-01)|7В [2026-11-23,2027-09-01)|7В, 1 группа [2026-11-23,2027-09-01)', 'who is in the class and the chosen group';
is value('SELECT birth_on || sex FROM ej.pupil_card WHERE pupil_id = ?', $newcomer), '2013-05-04f', 'with a card';
is refused($deputy->post('/newcomers', %new)), '404 JE401:', 'a deputy does not add people';

# -------------------------------------------------------------------- the book ---

$r = $deputy->get('/movements');
is $r->xpath('concat(//movements/@count, " ", //movements/@arrived, " ", //movements/@departed)'), '8 2 1', 'the book counts who arrived and left, but not what was undone';
is $deputy->get('/movements?kind=enrol')->xpath('string(//movement[1]/@name)'), 'Ёжикова Яна Петровна', 'it is filtered by kind';
is $deputy->get("/movements?class_id=$b")->xpath('count(//movement)'), 6, 'by class';
is $deputy->get('/movements?from_on=2026-11-22&till_on=2026-11-30')->xpath('count(//movement)'), 1, 'by days';
is $deputy->get('/movements?find=%D0%B5%D0%B6%D0%B8')->xpath('count(//movement)'), 1, 'by name';
is $deputy->get('/movements?kind=lost')->status . $deputy->get('/movements?from_on=x')->status, '422422', 'a filter that is none is refused';
like $deputy->get('/movements?format=csv')->content, qr/"Ёжикова Яна Петровна";"зачислен";"";"7В";"прибыл из другого города или района; Пермь, школа № 5";"№ 57-у от 2026-11-19"/, 'the book as CSV';
is $deputy->get('/movements?format=xlsx')->status, 200, 'and as a workbook';

# --------------------------------------------------------------------- rights ---

is join(' ', map { $t->login($_)->get('/movements')->status } qw(director class-teacher teacher personnel substitute meals observer parent)), '200 200 200 404 404 404 404 404', 'heads and class teachers read the book';
is $lead->get('/movements')->xpath('count(//movement)'), 6, 'a class teacher that of the own class';
is $lead->get($path)->count('//movements[@is_mine]'), 0, 'who does not write in it';
is refused($_->post($path, %transfer)), '404 JE401:', 'this is for administrator and deputy' for $lead, $t->login('director');
is $t->login('deputy-17')->get($_)->status, 404, 'another school sees nothing' for $path, "/movements/$first";
is refused($t->login('deputy-17')->post($path, %transfer)), '404 JE401:', 'nor moves anybody';
is refused($t->login('deputy-17')->post("/movements/$first", undone_reason => 'нет')), '404 JE401:', 'or undoes it';
# ---------------------------------------------------------- the book on paper ---

my $book = $deputy->get('/movements?format=print', html => 1);
is $book->status, 200, 'the book of movements is printed';
my ($total) = grep { ($_->findnodes('th'))[0]->textContent eq 'Всего' } $book->nodes('//tr[@class = "total"]');
my @n = map { $_->textContent } $total->findnodes('td');
is $n[0] + $n[1] - $n[2] + $n[9] - $n[10], $n[11], 'its numbers agree: those of the first day and the changes make the last';
is $n[3] + $n[4] + $n[5] + $n[6] + $n[7] + $n[8], $n[2], 'and those who left are so many, wherever they went';
like $book->content, qr/= на конец:\s*сходится/, 'which the book says';
is $n[11], $t->value(q{SELECT count(*) FROM ej.enrolment AS e JOIN ej.school_today AS d ON d.school_id = e.school_id JOIN ej.class AS c ON c.id = e.class_id AND c.year = 2026 WHERE e.school_id = 1 AND e.during @> d.today}), 'with the pupils of today';
is $book->count('//table[1]/tbody/tr'), $t->value(q{SELECT count(*) FROM ej.movement AS m JOIN ej.school_year AS y ON y.school_id = m.school_id AND y.year = 2026 AND y.during @> m.moved_on WHERE m.school_id = 1 AND m.undone_reason IS NULL AND m.promotion_id IS NULL}), 'it has each movement of the year that holds';
is $t->login('class-teacher')->get('/movements?format=print', html => 1)->count('//h2[. = "Число обучающихся"]/following-sibling::table[1]/tbody/tr[not(@class)]'), 1, 'that of a class teacher has the own class alone';
my $list = $t->login('class-teacher')->get('/movements', html => 1);
is join(' ', grep { $lead->get($_)->status != 200 } map { $_->getAttribute('href') =~ s{^/journal}{}r } $list->nodes('//tbody//a')), '', 'the book links a class teacher only to pages that open';
is $deputy->get('/movements?format=print&year=2031')->status, 404, 'there is no other year';
done_testing;
