#!/usr/bin/perl
# promotion.t: all pupils go on into the next school year in one transaction, which can be
# undone until its first lesson (CNT-10); a thousand pupils in under 5 s.
use lib 'tests/lib';
use EJ::Test qw(refused);
use Time::HiRes 'time';

my $t  = EJ::Test->new(today => '2027-05-28');
my $db = $t->db;
sub value { return $t->value(@_) }
$db->do(q{UPDATE ej.school SET today_fixed = '2027-05-28'});
my ($deputy, $admin, $director, $teacher) = map { $t->login($_) } qw(deputy administrator director teacher);
my %class = map { @$_ } @{$db->selectall_arrayref('SELECT name, id FROM ej.class WHERE school_id = 1')};
my @pupils = @{$db->selectcol_arrayref(q{SELECT pupil_id FROM ej.enrolment WHERE class_id = ? AND upper(during) = '2027-09-01' ORDER BY pupil_id}, undef, $class{'7Б'})};
my %order = (order_no => '120', order_on => '2027-05-28');

# ---------------------------------------------------------------- proposal ---

$db->do(q{INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value)
    SELECT ?, x.subject_id, t.id, 1, x.id, x.term_scale_id, '2' FROM ej.teaching x JOIN ej.study_group g ON g.id = x.study_group_id AND g.name = '7Б' AND g.school_id = 1
      JOIN ej.subject s ON s.id = x.subject_id AND s.name = 'Алгебра' JOIN ej.class c ON c.id = ? JOIN ej.term t ON t.term_plan_id = c.term_plan_id AND t.kind = 'year'}, undef, $pupils[0], $class{'7Б'});
my $r = $deputy->get('/promotion');
is $r->xpath('string(//promotion/@next_year)'), 2027, 'the pupils go on into the next year';
is $r->xpath('concat(//class[@name = "7Б"]/@pupils, " ", //class[@name = "7Б"]/@promoted, " ", //class[@name = "7Б"]/@conditional, " ", //class[@name = "7Б"]/@next)'),
    @pupils . ' ' . (@pupils - 1) . ' 1 8Б: ' . @pupils, 'one with an annual two conditionally, the others without conditions; who left is not counted';
is $r->count('//promotion[@is_open]'), 0, 'the next year is not open yet';
like $deputy->get('/promotion', html => 1)->content, qr/учебный год ещё не открыт/, 'the page says so';
is refused($deputy->post('/promotion', %order)), '409 JE242:', 'then nobody is promoted';

# ----------------------------------------------------------------- choices ---

my $path = "/promotion/$class{'7Б'}";
$r = $deputy->get($path);
is $r->xpath('concat(//pupil[@debts]/@pupil_id, //pupil[@debts]/@outcome)'), "$pupils[0]conditional", 'the class shows who has debts';
sub rows {
    my ($seen, %change) = @_;
    my %now = map { my $p = $_; $p->getAttribute('pupil_id') => [map { $p->getAttribute($_) } qw(outcome letter)] } $seen->nodes('//pupil');
    my @ids = sort { $a <=> $b } keys %now;
    my %new = (%now, %change);
    return (pupil_id => \@ids, outcome => [map { $new{$_}[0] } @ids], letter => [map { $new{$_}[1] } @ids],
        old_outcome => [map { $now{$_}[0] } @ids], old_letter => [map { $now{$_}[1] } @ids]);
}
is $deputy->post($path, rows($r, $pupils[1] => ['repeating', 'Б'], $pupils[2] => ['promoted', 'Ю'], $pupils[3] => ['graduated', '']))->status, 303, 'a deputy decides otherwise';
is $deputy->get('/promotion')->xpath('string(//class[@name = "7Б"]/@next)'), '8Б: ' . (@pupils - 3) . ', 7Б: 1, 8Ю: 1', 'which the overview counts';
is value('SELECT count(*) FROM ej.promotion_choice'), 3, 'only what differs is kept';
my $late = $admin->post($path, rows($r, $pupils[1] => ['graduated', '']));
is refused($late) . $late->xpath('string(//error/@value)'), '409 JE210:outcomerepeating', 'what was decided since is not overwritten';
is refused($deputy->post($path, rows($r, $pupils[4] => ['expelled', '']))), '422 JE106:outcome', 'there is no such decision';
is refused($deputy->post($path, pupil_id => 990_000_001, outcome => 'promoted', letter => 'Б', old_outcome => 'repeating', old_letter => 'Б')), '404 JE401:outcome', 'nobody else is decided about';

# ------------------------------------------------- a thousand pupils, a new year ---

$db->do(q{SELECT ej.open_year(2027)});
$db->do(q{INSERT INTO ej.school_year VALUES (1, 2027, '[2027-09-01,2028-09-01)')});
$db->do(q{INSERT INTO ej.term_plan (school_id, year, name) SELECT 1, 2027, name FROM ej.term_plan WHERE school_id = 1 AND year = 2026});
$db->do(q{INSERT INTO ej.class (school_id, year, grade, letter, term_plan_id, class_teacher_id)
    SELECT 1, 2026, g, l, (SELECT min(id) FROM ej.term_plan WHERE school_id = 1 AND year = 2026 AND name = '2–9 классы'), (SELECT min(id) FROM ej.staff WHERE school_id = 1)
      FROM generate_series(2, 9) AS g, unnest('{Г,Д,Е,Ж,З}'::text[]) AS l});
$db->do(q{WITH p AS (INSERT INTO ej.pupil (school_id, surname, given_name) SELECT 1, 'Тысячный', n::text FROM generate_series(1, 1000) AS n RETURNING id),
    c AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM ej.class WHERE school_id = 1 AND letter IN ('Г','Д','Е','Ж','З'))
    INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during)
    SELECT 1, p.id, c.id, '[2026-09-01,2027-09-01)' FROM (SELECT id, row_number() OVER (ORDER BY id) % 40 AS n FROM p) AS p JOIN c USING (n)});
$db->do('ANALYZE ej.enrolment'), $db->do('ANALYZE ej.membership'), $db->do('ANALYZE ej.pupil'), $db->do('ANALYZE ej.class');
is refused($deputy->post('/promotion', order_no => '', order_on => '')), '422 JE101:order_no JE101:order_on', 'there is no promotion without an order';
my $before = value(q{SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) FROM (SELECT pupil_id, class_id, during::text FROM ej.enrolment UNION ALL SELECT pupil_id, study_group_id, during::text FROM ej.membership) AS x});
my $taken = $db->selectrow_array(q{UPDATE ej.class SET class_teacher_id = (SELECT min(id) FROM ej.staff WHERE school_id = 1), is_self_given = true WHERE school_id = 1 AND name = '2Г' RETURNING id});
my $begun = time;
$r = $deputy->post('/promotion', %order);
my $took = time - $begun;
is $r->status, 303, 'a deputy promotes everybody';
cmp_ok $took, '<', 5, sprintf 'a thousand pupils in under 5 s (%.1f s)', $took;
is value(q{SELECT count(*) FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id WHERE c.school_id = 1 AND c.year = 2027}),
    value(q{SELECT count(*) FROM ej.movement WHERE promotion_id IS NOT NULL AND kind = 'transfer'}), 'each has a class and a movement';
cmp_ok value(q{SELECT count(*) FROM ej.movement WHERE promotion_id IS NOT NULL}), '>', 1000, 'all of them';
is value(q{SELECT string_agg(DISTINCT reason, ' ' ORDER BY reason) FROM ej.movement WHERE promotion_id IS NOT NULL}), 'conditional graduated promoted repeating', 'with its reason';
sub goes { return value(q{SELECT string_agg(c.name || ' ' || e.during, '|' ORDER BY e.during) FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id WHERE e.pupil_id = ?}, $_[0]) }
is goes($pupils[1]), '7Б [2026-09-01,2027-09-01)|7Б [2027-09-01,2028-09-01)', 'who repeats stays in the grade';
is goes($pupils[2]), '7Б [2026-09-01,2027-09-01)|8Ю [2027-09-01,2028-09-01)', 'a chosen letter makes a class';
is goes($pupils[3]), '7Б [2026-09-01,2027-09-01)', 'who finished has no class';
is value(q{SELECT count(*) FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id WHERE c.grade = 9 AND c.year = 2026 AND EXISTS (SELECT FROM ej.enrolment n WHERE n.pupil_id = e.pupil_id AND n.id <> e.id)}), 0, 'nor have those of grade 9, without a decision';
is value(q{SELECT g.name FROM ej.membership b JOIN ej.study_group g ON g.id = b.study_group_id WHERE b.pupil_id = ? AND g.year = 2027}, $pupils[2]), '8Ю', 'the new class has its group';
is value(q{SELECT p.name FROM ej.class c JOIN ej.term_plan p ON p.id = c.term_plan_id WHERE c.year = 2027 AND c.name = '8Б'}), '2–9 классы', 'and the terms of its grade';
is value(q{SELECT n.class_teacher_id = o.class_teacher_id FROM ej.class n, ej.class o WHERE n.year = 2027 AND n.name = '8Б' AND o.id = ?}, $class{'7Б'}), 1, 'and the class teacher';
is value(q{SELECT n.class_teacher_id IS NULL FROM ej.class n WHERE n.year = 2027 AND n.name = '3Г'}), 1, 'but not who took the class for himself, unconfirmed' if $taken;
is refused($deputy->post('/promotion', %order)), '409 JE243:', 'nobody is promoted twice';
my $promotion = value('SELECT max(id) FROM ej.promotion');
like $deputy->get('/promotion', html => 1)->content, qr/переведены приказом № 120/, 'the page tells the order';

# ------------------------------------------------------------------- undoing ---

is refused($deputy->post("/promotions/$promotion", undone_reason => '')), '422 JE101:undone_reason', 'it is undone for a reason';
is $deputy->post("/pupils/$pupils[2]/movements", kind => 'leave', moved_on => '2027-09-01', reason => 'to_city', %order)->status, 303, 'somebody leaves in summer';
is refused($deputy->post("/promotions/$promotion", undone_reason => 'ошибка')), '409 JE211:undone_reason', 'what hangs on it is undone first';
my $left = value('SELECT max(id) FROM ej.movement');
is $deputy->post("/movements/$left", undone_reason => 'передумали')->status, 303, 'then';
$begun = time;
is $deputy->post("/promotions/$promotion", undone_reason => 'не тот приказ')->status, 303, 'it is undone';
$took = time - $begun;
cmp_ok $took, '<', 5, sprintf 'a thousand pupils in under 5 s (%.1f s)', $took;
is value(q{SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) FROM (SELECT pupil_id, class_id, during::text FROM ej.enrolment UNION ALL SELECT pupil_id, study_group_id, during::text FROM ej.membership) AS x}), $before,
    'classes and groups are what they were';
is $deputy->post('/promotion', %order)->status, 303, 'it can be done again';
$promotion = value('SELECT max(id) FROM ej.promotion');
$db->do(q{UPDATE ej.school SET today_fixed = '2027-08-31'});
is $deputy->get("/promotions/$promotion")->status, 200, 'in August it may still be undone';
$db->do(q{SET session_replication_role = replica});
$db->do(q{INSERT INTO ej.lesson (id, school_id, teaching_id, study_group_id, held_on, slot, during, planned_staff_id, staff_id, state)
    SELECT 20270000000001, 1, teaching_id, study_group_id, '2027-08-31', 1, '[2027-08-31 08:30,2027-08-31 09:10)', planned_staff_id, staff_id, 'planned' FROM ej.lesson WHERE school_id = 1 LIMIT 1});
$db->do(q{SET session_replication_role = DEFAULT});
is refused($deputy->post("/promotions/$promotion", undone_reason => 'поздно')), '409 JE244:undone_reason', 'after the first lesson no more';

# -------------------------------------------------------------------- rights ---

is $director->get('/promotion')->status . $director->get('/promotion')->count('//promotion[@is_mine]'), '2000', 'a director reads';
is refused($_->post('/promotion', %order)), '404 JE401:', 'and does not promote' for $director, $teacher;
is join(' ', map { $t->login($_)->get('/promotion')->status } qw(teacher class-teacher personnel observer parent)), '404 404 404 404 404', 'others see nothing of it';
is $t->login('deputy-17')->get($_)->status, 404, 'nor does another school' for $path, "/promotions/$promotion";
done_testing;
