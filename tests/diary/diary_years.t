#!/usr/bin/perl
# diary_years.t: the marks of an earlier school year (DIA-02), of a pupil who changed the class and the
# school periods in the middle of it.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($parent, $lead) = map { $t->login($_) } qw(parent class-teacher);
my $child = $t->value(q{SELECT p.id FROM ej.pupil p JOIN ej.account a USING (person_id) WHERE a.login = 'pupil'});
my $marks = "/pupils/$child/marks";
is $parent->get($marks)->count('//choice'), 1, 'a pupil of one year has only that';
is $parent->get($marks, html => 1)->count('//select[@name = "year"]'), 0, 'and no choice of years';

# In 2025/26 the pupil was in 6В, which learned by quarters, until December, then in 6Г, by half-years.
$db->do('SELECT ej.open_year(2025)');
$db->begin_work;
$db->do('SET LOCAL session_replication_role = replica');
$db->do($_) for
    q{INSERT INTO ej.school_year (school_id, year, during) VALUES (1, 2025, '[2025-09-01,2026-09-01)') ON CONFLICT DO NOTHING},
    q{INSERT INTO ej.term_plan (id, school_id, year, name, kind) VALUES (990, 1, 2025, 'четверти', 'quarter'), (991, 1, 2025, 'полугодия', 'half')},
    q{INSERT INTO ej.term (id, school_id, term_plan_id, kind, ordinal, name, during) VALUES
        (9901, 1, 990, 'quarter', 1, 'I четверть', '[2025-09-01,2025-10-26)'), (9902, 1, 990, 'quarter', 2, 'II четверть', '[2025-11-03,2025-12-29)'),
        (9903, 1, 990, 'quarter', 3, 'III четверть', '[2026-01-12,2026-03-22)'), (9911, 1, 991, 'half', 1, 'I полугодие', '[2025-09-01,2025-12-29)'),
        (9912, 1, 991, 'half', 2, 'II полугодие', '[2026-01-12,2026-05-29)'), (9919, 1, 991, 'year', 1, 'Год', '[2025-09-01,2026-05-29)')},
    q{INSERT INTO ej.class (id, school_id, year, grade, letter, term_plan_id) VALUES (990, 1, 2025, 6, 'В', 990), (991, 1, 2025, 6, 'Г', 991)},
    qq{INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during) VALUES (1, $child, 990, '[2025-09-01,2025-12-01)'), (1, $child, 991, '[2025-12-01,2026-06-01)')};
my ($teaching, $journal) = (990, 990);
for my $one ([990, '[2025-09-01,2025-12-01)', '2025-09-10', '3', 9901], [991, '[2025-12-01,2026-06-01)', '2026-02-10', '5', 9912]) {
    my ($class, $during, $day, $mark, $term) = @$one;
    $db->do(q{INSERT INTO ej.study_group (id, school_id, year, kind, name) VALUES (?, 1, 2025, 'class', ?)}, undef, $class, "6-$class");
    $db->do(q{INSERT INTO ej.study_group_class (school_id, study_group_id, class_id) VALUES (1, ?, ?)}, undef, $class, $class);
    $db->do(q{INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during) VALUES (1, ?, ?, ?)}, undef, $class, $child, $during);
    $db->do(q{INSERT INTO ej.teaching (id, school_id, year, study_group_id, subject_id, staff_id, hours_week, scale_id, term_scale_id)
        SELECT ?, 1, 2025, ?, t.subject_id, t.staff_id, 2, t.scale_id, t.term_scale_id FROM ej.teaching t JOIN ej.subject s ON s.id = t.subject_id
         WHERE s.name = 'Алгебра' AND t.school_id = 1 ORDER BY t.id LIMIT 1}, undef, $class, $class);
    $db->do(q{INSERT INTO ej.journal (id, school_id, teaching_id, term_id) VALUES (?, 1, ?, ?)}, undef, 99000 + $class, $class, $term);
    $db->do(q{INSERT INTO ej.lesson (id, school_id, teaching_id, study_group_id, held_on, slot, during, planned_staff_id, staff_id, state)
        SELECT 20250000000000 + ?, 1, t.id, t.study_group_id, ?::date, 1, tsrange(?::date + time '09:00', ?::date + time '09:45'), t.staff_id, t.staff_id, 'given' FROM ej.teaching t WHERE t.id = ?},
        undef, $class, $day, $day, $day, $class);
    $db->do(q{INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id, title)
        SELECT 20250000000000 + t.id, 1, 20250000000000 + t.id, 99000 + t.id, t.id, (SELECT min(id) FROM ej.work_kind WHERE school_id = 1), 100, t.scale_id, '' FROM ej.teaching t WHERE t.id = ?}, undef, $class);
    $db->do(q{INSERT INTO ej.mark (work_id, pupil_id, attempt, school_id, teaching_id, scale_id, value)
        SELECT 20250000000000 + t.id, ?, 1, 1, t.id, t.scale_id, ? FROM ej.teaching t WHERE t.id = ?}, undef, $child, $mark, $class);
    $db->do(q{INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value)
        SELECT ?, t.subject_id, ?, 1, t.id, t.term_scale_id, ? FROM ej.teaching t WHERE t.id = ?}, undef, $child, $term, $mark, $class);
}
$db->commit;
$db->do('DELETE FROM ej.scope');

my $r = $parent->get($marks);
is join(' ', $r->xpath('string(/page/diary/@year)'), map { $_->getAttribute('value') } $r->nodes('//choice')), '2026 2026 2025', 'the page opens with the present year and offers the earlier one';
is $parent->get($marks, html => 1)->count('//form[.//select[@name = "year"]/option[@value = "2025"]]'), 1, 'as a choice';
$r = $parent->get("$marks?year=2025");
is $r->xpath('concat(/page/diary/@year, " ", /page/diary/@class_name, " ", /page/diary/@term_name)'), '2025 6Г Год', 'an earlier year opens with its final marks, in its last class';
is join(', ', map { $_->getAttribute('name') } $r->nodes('//term')), 'I четверть, I полугодие, II четверть, II полугодие, Год', 'with the periods of both classes, as far as the pupil was in them';
is join(' ', map { $_->getAttribute('name') . ':' . $_->textContent } $r->nodes('//subject[@name = "Алгебра"]/final')), 'I ч.:3 I п/г: II ч.: II п/г:5', 'the year has the marks of its periods';
for my $one ([9901, '6В', '3'], [9912, '6Г', '5']) {
    my ($term, $class, $mark) = @$one;
    $r = $parent->get("$marks?term_id=$term");
    is $r->xpath('concat(/page/diary/@year, " ", /page/diary/@class_name)') . ' ' . $r->xpath('concat(//subject[@name = "Алгебра"]/mark, " ", //subject[@name = "Алгебра"]/@term_mark)'),
        "2025 $class $mark $mark", "a period of $class has its marks";
}
is $lead->get("$marks?year=2025")->xpath('string(/page/diary/@class_name)'), '6Г', 'the class teacher of today reads them, too';
is $parent->get("$marks?year=2020")->xpath('count(//subject) + count(//term)'), 0, 'a year without the pupil has none';
is refused($parent->get("$marks?year=1999")), '422 JE102:year', 'a year is within its bounds';
is $t->login('grade1')->get("$marks?year=2025")->status, 404, 'others read no year';
done_testing;
