#!/usr/bin/perl
# family.t: what a family may know of its child beside the diary (DIA-02): timetable, teachers,
# terms and holidays, marks that were changed; of an earlier year too.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($parent, $pupil, $lead, $deputy, $left) = map { $t->login($_) } qw(parent pupil class-teacher deputy parent-left);
my $child = $pupil->get('/diary')->xpath('string(/page/diary/@pupil_id)');
my @views = qw(timetable teachers holidays changes);

for my $view (@views) {
    my $page = "/pupils/$child/$view";
    is join(' ', map { $_->get($page)->status } $parent, $pupil, $lead, $deputy), '200 200 200 200', "$view: family, class teacher and heads read it";
    is join(' ', map { $_->get($page)->status } $left, $t->login('grade1'), $t->login('deputy-17'), $t->login('meals')), '404 404 404 404', "$view: others do not";
    is $parent->get($page)->xpath('string(/page/family/child[@is_current]/@pupil_id)'), $child, "$view: the page names the child, among the others";
}
my $week = $parent->get("/pupils/$child/timetable");
is $week->count('//day'), $t->value(q{SELECT count(DISTINCT x.weekday) FROM ej.membership AS b JOIN ej.teaching AS t USING (study_group_id)
    JOIN ej.timetable AS x ON x.teaching_id = t.id WHERE b.pupil_id = ? AND b.during @> date '2026-11-20' AND x.during @> date '2026-11-20'}, $child), 'each day of the week is there';
cmp_ok $week->count('//item[@subject_name = "Английский язык"]'), '>', 0, 'with the lessons of the own subgroup';
is join(',', map { $_->getAttribute('staff_name') } $parent->get("/pupils/$child/teachers")->nodes('//teacher[@subject_name = "Английский язык"]')),
    $t->value(q{SELECT string_agg(concat_ws(' ', f.surname, f.given_name, f.patronymic), ',') FROM ej.membership AS b JOIN ej.teaching AS t USING (study_group_id)
    JOIN ej.subject AS s ON s.id = t.subject_id JOIN ej.staff AS f ON f.id = t.staff_id WHERE b.pupil_id = ? AND s.name = 'Английский язык'}, $child),
    'the teacher of a subject is that of the own subgroup';
my $terms = $parent->get("/pupils/$child/holidays");
is $terms->xpath('string(//term[@is_current]/@from_on)'), $t->value(q{SELECT lower(e.during) FROM ej.term AS e JOIN ej.class AS c USING (term_plan_id)
    WHERE c.school_id = 1 AND c.name = '7Б' AND e.is_taught AND e.during @> date '2026-11-20'}), 'the present term is marked';
is $terms->count('//holiday[contains(@name, "1 класс") or contains(@name, "ополнительные")]'), 0, 'the additional holidays of grade 1 are not those of grade 7';

my ($work, $old) = $t->db->selectrow_array(q{SELECT m.work_id, m.value FROM ej.mark AS m JOIN ej.teaching AS t ON t.id = m.teaching_id JOIN ej.subject AS s ON s.id = t.subject_id
    WHERE m.pupil_id = ? AND s.name = 'Алгебра' AND m.value IS NOT NULL ORDER BY m.work_id DESC LIMIT 1}, undef, $child);
my $before = $parent->get("/pupils/$child/changes")->count('//change');
$t->db->do('UPDATE ej.mark SET value = ? WHERE work_id = ? AND pupil_id = ? AND attempt = 1', undef, $old eq '5' ? '4' : '5', $work, $child);
my $changes = $parent->get("/pupils/$child/changes");
is $changes->count('//change'), $before + 1, 'a changed mark is among the changes';
is $changes->xpath('concat(//change[1]/@work_id, //change[1]/@old)'), "$work$old", 'with its former value';
is refused($parent->get("/pupils/$child/teachers?year=1999")), '422 JE102:year', 'a year is within its bounds';
is $parent->get("/pupils/$child/teachers?year=2020")->count('//teacher'), 0, 'a year in which the child was not here has nobody';
like $parent->get('/diary', html => 1)->content, qr{href="/journal/pupils/$child/timetable"}, 'the diary leads there';
done_testing;
