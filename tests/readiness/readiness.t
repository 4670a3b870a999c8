#!/usr/bin/perl
# readiness.t: the checklists of the new school year are counted from the data, and
# lead to where what is missing is entered (CFG-01, CFG-02, CFG-03).
use lib 'tests/lib';
use EJ::Test;

my $t      = EJ::Test->new(today => '2026-11-20');
my $deputy = $t->login('deputy');
sub value { return $t->value(@_) }

# code => [things, missing] as the page has them
sub lines {
    my ($r) = @_;
    return map { $_->getAttribute('code') => join ' ', map({ $_ // '' } $_->getAttribute('things'), $_->getAttribute('missing')) } $r->nodes('//line');
}

my $r = $deputy->get('/readiness');
is $r->status, 200, 'a deputy head has the page';
is $r->xpath('string(//readiness/@year)'), 2026, 'of the present year';
my %line = lines($r);
is $line{class}, value(q{SELECT count(*) || ' 0' FROM ej.class WHERE school_id = 1 AND year = 2026}), 'classes, each with pupils';
is $line{birth}, join(' ', value(q{
    SELECT count(DISTINCT n.pupil_id) FROM ej.enrolment n JOIN ej.class c ON c.id = n.class_id
     WHERE c.school_id = 1 AND c.year = 2026 AND lower(n.during) <= '2026-11-20' AND coalesce(upper(n.during), 'infinity') > '2026-11-20'}),
    value(q{SELECT count(*) FROM ej.pupil p WHERE p.school_id = 1 AND NOT EXISTS (SELECT 1 FROM ej.pupil_card k WHERE k.pupil_id = p.id AND k.birth_on IS NOT NULL)
        AND EXISTS (SELECT 1 FROM ej.enrolment n WHERE n.pupil_id = p.id AND n.during @> date '2026-11-20')})), 'pupils and their dates of birth';
is $line{timetable}, join(' ', value(q{SELECT count(*) FROM ej.teaching WHERE school_id = 1 AND year = 2026}),
    value(q{SELECT count(*) FROM ej.teaching t LEFT JOIN (SELECT teaching_id, sum(CASE WHEN cycle = 0 THEN 2 ELSE 1 END) AS halves FROM ej.timetable
         WHERE during @> date '2026-11-20' GROUP BY 1) x ON x.teaching_id = t.id
     WHERE t.school_id = 1 AND t.year = 2026 AND coalesce(x.halves, 0) <> t.hours_week * 2})), 'teachings whose hours are not those of the timetable';

# What is taken away is missing on the page, and late on the day after.
my $class = value(q{SELECT min(id) FROM ej.class WHERE school_id = 1 AND year = 2026});
$t->db->do('SET session_replication_role = replica');
$t->db->do('UPDATE ej.class SET class_teacher_id = NULL WHERE id = ?', undef, $class);
$t->db->do('DELETE FROM ej.holiday WHERE school_id = 1 AND year = 2026');
$t->db->do(q{UPDATE ej.school SET founder = '' WHERE id = 1});
$t->db->do('SET session_replication_role = DEFAULT');
$r = $deputy->get('/readiness');
%line = lines($r);
is $line{class_teacher}, value('SELECT count(*) FROM ej.class WHERE school_id = 1 AND year = 2026') . ' 1', 'a class without class teacher is counted';
is $r->xpath('string(//line[@code = "class_teacher"]/@is_late)'), 1, 'and late since 25 August';
is $line{holiday}, '0 0', 'holidays that nobody entered';
is $r->xpath('count(//line[@code = "holiday"]/@is_done)'), 0, 'are not done';
is $line{school}, '3 1', 'nor is a school without its founder';
my $html = $deputy->get('/readiness', html => 1);
like $html->xpath('normalize-space(//tr[th/a = "Классные руководители"]/td[2])'), qr/^классов без руководителя: 1$/, 'in words';
is $html->xpath('string(//tr[th/a = "Классные руководители"]/th/a/@href)'), '/journal/classes', 'with the way to where it is entered';
is $html->xpath('normalize-space(//section[1]/h2)'), 'До 25.08.2026 просрочено: 1', 'each list tells how it stands';
is $html->xpath('normalize-space(//tr[starts-with(normalize-space(th), "Каникулы")]/td[2])'), 'ничего не введено', 'nothing at all has words of its own';

is $t->login($_)->get('/readiness')->status, 200, "$_ has it, too" for 'administrator', 'director';
is $t->login($_)->get('/readiness')->status, 404, "$_ has not" for 'teacher', 'class-teacher', 'parent', 'observer';

$t->db->do(q{UPDATE ej.staff_role SET during = daterange('2026-08-01', upper(during)) WHERE school_id = 1});
$t->db->do(q{UPDATE ej.school SET today_fixed = '2026-08-20' WHERE id = 1});
$r = $deputy->get('/readiness');
is $r->xpath('string(//readiness/@year)'), 2026, 'in August it is the year that begins';
is $r->xpath('count(//line/@is_late)'), 0, 'and nothing is late';

done_testing;
