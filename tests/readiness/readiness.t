#!/usr/bin/perl
# readiness.t: the checklists of the new school year count what the data lack, and
# link to the pages where it is entered (CFG-01, CFG-02, CFG-03).
use lib 'tests/lib';
use EJ::Test;

my $t      = EJ::Test->new(today => '2026-11-20');
my $deputy = $t->login('deputy');
sub value { return $t->value(@_) }

# Returns the lines of the page: code => "things missing".
sub lines {
    my ($r) = @_;
    return map { $_->getAttribute('code') => join ' ', map({ $_ // '' } $_->getAttribute('things'), $_->getAttribute('missing')) } $r->nodes('//line');
}

my $r = $deputy->get('/readiness');
is $r->status, 200, 'a deputy head opens the checklists';
is $r->xpath('string(//readiness/@year)'), 2026, 'the checklists are those of the present year';
my %line = lines($r);
is $line{class}, value(q{SELECT count(*) || ' 0' FROM ej.class WHERE school_id = 1 AND year = 2026}), 'the line of classes counts all classes and none without pupils';
is $line{birth}, join(' ', value(q{
    SELECT count(DISTINCT n.pupil_id) FROM ej.enrolment n JOIN ej.class c ON c.id = n.class_id
     WHERE c.school_id = 1 AND c.year = 2026 AND lower(n.during) <= '2026-11-20' AND coalesce(upper(n.during), 'infinity') > '2026-11-20'}),
    value(q{SELECT count(*) FROM ej.pupil p WHERE p.school_id = 1 AND NOT EXISTS (SELECT 1 FROM ej.pupil_card k WHERE k.pupil_id = p.id AND k.birth_on IS NOT NULL)
        AND EXISTS (SELECT 1 FROM ej.enrolment n WHERE n.pupil_id = p.id AND n.during @> date '2026-11-20')})), 'the line of births counts the pupils and those without a date of birth';
is $line{timetable}, join(' ', value(q{SELECT count(*) FROM ej.teaching WHERE school_id = 1 AND year = 2026}),
    value(q{SELECT count(*) FROM ej.teaching t LEFT JOIN (SELECT teaching_id, sum(CASE WHEN cycle = 0 THEN 2 ELSE 1 END) AS halves FROM ej.timetable
         WHERE during @> date '2026-11-20' GROUP BY 1) x ON x.teaching_id = t.id
     WHERE t.school_id = 1 AND t.year = 2026 AND coalesce(x.halves, 0) <> t.hours_week * 2})), 'the line of the timetable counts the teachings whose hours differ from it';

# The load against the curriculum: each kind of difference has a line.
my ($group, $maths) = $t->db->selectrow_array(q{SELECT t.study_group_id, t.subject_id FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id
     JOIN ej.subject AS s ON s.id = t.subject_id WHERE g.school_id = 1 AND g.name = '7Б' AND s.name = 'Алгебра'});
$t->db->do('DELETE FROM ej.curriculum');
%line = lines($deputy->get('/readiness'));
my $cells = value(q{SELECT count(DISTINCT (x.class_id, t.subject_id)) FROM ej.teaching AS t JOIN ej.study_group_class AS x ON x.study_group_id = t.study_group_id WHERE t.school_id = 1 AND t.year = 2026});
is "$line{curriculum}|$line{teacher}|$line{hours}", "$cells $cells|0 0|0 0", 'without curricula all subjects lack hours';
$t->db->do(q{INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week)
    SELECT 1, ?, s.id, 30 FROM ej.subject AS s WHERE s.school_id = 1 AND (s.id = ? OR s.name = 'Музыка')}, undef, $group, $maths);
my $of = $deputy->get('/readiness');
%line = lines($of);
is "$line{curriculum}|$line{teacher}|$line{hours}", join(' ', $cells + 1, $cells - 1) . '|2 1|1 1', 'the lines tell subjects without hours, subjects without a teacher, other hours';
my $linked = $deputy->get('/readiness', html => 1);
is join(' ', map { $linked->xpath(qq{string(//th/a[. = "$_"]/\@href)}) } 'Предметы в учебных планах', 'Учителя по учебному плану', 'Нагрузка по учебному плану', 'Расписание по нагрузке'),
    join(' ', map {"/journal/$_?year=2026"} qw(curriculum load load timetable/edit)), 'each line links to the page on which it is mended';
like $linked->xpath(qq{string(//tr[th/a = "$_->[0]"]/td/a/\@href)}), $_->[1], "«$_->[0]» links to what lacks it"
    for ['Учителя по учебному плану', qr{/load\?year=2026&grade=7$}], ['Предметы в учебных планах', qr{/curriculum\?year=2026&grade=\d+$}];
my $more = $t->value('SELECT min(teaching_id) FROM ej.timetable');
$t->db->do('UPDATE ej.teaching SET hours_week = hours_week + ? WHERE id = ?', undef, 1, $more);
like $deputy->get('/readiness', html => 1)->xpath('string(//tr[th/a = "Расписание по нагрузке"]/td/a/@href)'), qr{/timetable/edit\?year=2026&class_id=\d+$}, 'the timetable is mended in the editor of a class';
$t->db->do('UPDATE ej.teaching SET hours_week = hours_week + ? WHERE id = ?', undef, -1, $more);
$t->db->do('UPDATE ej.curriculum AS u SET hours_week = t.hours_week FROM ej.teaching AS t WHERE t.study_group_id = u.study_group_id AND t.subject_id = u.subject_id');
$t->db->do(q{DELETE FROM ej.curriculum AS u USING ej.subject AS s WHERE s.id = u.subject_id AND s.name = 'Музыка'});
%line = lines($deputy->get('/readiness'));
is "$line{teacher}|$line{hours}", '1 0|1 0', 'what is mended is missing no more';
$t->db->do(q{INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week)
    SELECT DISTINCT ON (k.class_id, t.subject_id) 1, k.study_group_id, t.subject_id, t.hours_week FROM ej.load_classes(1, 2026) AS k
      JOIN ej.study_group_class AS x ON x.class_id = k.class_id JOIN ej.teaching AS t ON t.study_group_id = x.study_group_id ON CONFLICT DO NOTHING});

# Plans that are not approved, classes without control works.
%line = lines($deputy->get('/readiness'));
is $line{plan}, join(' ', value('SELECT count(*) FROM ej.teaching WHERE school_id = 1 AND year = 2026'), value(q{SELECT count(*) FROM ej.teaching AS t WHERE t.school_id = 1 AND t.year = 2026
    AND NOT EXISTS (SELECT FROM ej.plan_use AS u JOIN ej.plan AS p ON p.id = u.plan_id WHERE u.teaching_id = t.id AND p.state = 'approved')})), 'the line of plans counts the teachings without an approved one';
my $without = $deputy->get('/programme?lacks=plan');
is $without->xpath('string(//programme/@count)'), (split / /, $line{plan})[1], 'its link lists these';
is $without->count('//line[@plan_state = "approved"]'), 0, 'and no others';
is $line{control}, value(q{SELECT count(*) || ' ' || count(*) FILTER (WHERE NOT EXISTS (SELECT FROM ej.control_work AS w JOIN ej.teaching AS t ON t.id = w.teaching_id JOIN ej.study_group_class AS g USING (study_group_id) WHERE g.class_id = c.id))
    FROM ej.class AS c WHERE c.school_id = 1 AND c.year = 2026 AND c.grade > 1}), 'the line of control works counts the classes that have none';
like $deputy->get('/readiness', html => 1)->xpath('string(//tr[th/a = "Утверждённые КТП"]/td/a/@href)'), qr{/programme\?year=2026&lacks=plan$}, 'the line of plans links to the teachings without one';

# The page shows deleted data as missing, and as late once the date of the list has passed.
my $class = value(q{SELECT min(id) FROM ej.class WHERE school_id = 1 AND year = 2026});
$t->db->do('SET session_replication_role = replica');
$t->db->do('UPDATE ej.class SET class_teacher_id = NULL WHERE id = ?', undef, $class);
$t->db->do('DELETE FROM ej.holiday WHERE school_id = 1 AND year = 2026');
$t->db->do(q{UPDATE ej.school SET city = '' WHERE id = 1});
$t->db->do('SET session_replication_role = DEFAULT');
$r = $deputy->get('/readiness');
%line = lines($r);
is $line{class_teacher}, value('SELECT count(*) FROM ej.class WHERE school_id = 1 AND year = 2026') . ' 1', 'the line of class teachers counts one class without a class teacher';
is $r->xpath('string(//line[@code = "class_teacher"]/@is_late)'), 1, 'a missing class teacher is late after 25 August';
is $line{holiday}, '0 0', 'the line of holidays counts none when nobody entered any';
is $r->xpath('count(//line[@code = "holiday"]/@is_done)'), 0, 'the line of holidays is not done while there are none';
is $line{school}, '3 1', 'the line of the school counts a missing founder';
my $html = $deputy->get('/readiness', html => 1);
like $html->xpath('normalize-space(//tr[th/a = "Классные руководители"]/td[2])'), qr/^классов без руководителя: 1$/, 'the page tells the number of classes without a class teacher in words';
is $html->xpath('string(//tr[th/a = "Классные руководители"]/th/a/@href)'), '/journal/classes?year=2026', 'the line of class teachers links to the page of classes';
is $html->xpath('normalize-space(//section[1]/h2)'), 'До 25.08.2026 просрочено: 1', 'the heading of a list tells how many lines are late';
is $html->xpath('normalize-space(//tr[starts-with(normalize-space(th), "Каникулы")]/td[2])'), 'ничего не введено', 'a line without any data says that nothing is entered';

# Whether letters reach the families.
my ($guardian, $pupil) = $t->db->selectrow_array(q{SELECT g.person_id, w.pupil_id FROM ej.guardian g JOIN ej.account a USING (person_id) JOIN ej.guardianship w ON w.guardian_id = g.id WHERE a.login = 'parent' ORDER BY w.pupil_id});
is $r->xpath('concat(//letters/@pupils, " ", //letters/@reached, " ", //letters/@paper)'), value(q{SELECT count(*) FROM ej.enrolment WHERE school_id = 1 AND during @> date '2026-11-20'}) . ' 0 0', 'no family has an address yet';
like $html->xpath('normalize-space(//tr[starts-with(normalize-space(th), "Почтовый сервер")]/td[2])'), qr/^не подключён/, 'the page tells that there is no relay';
$t->db->do(q{INSERT INTO ej.contact (person_id, channel, address, verified_at) VALUES (?, 'sms', '+79001112233', now())}, undef, $guardian);
is $deputy->get('/readiness')->xpath('string(//letters/@reached)'), value(q{SELECT count(*) FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id JOIN ej.enrolment e ON e.pupil_id = w.pupil_id WHERE g.person_id = ? AND e.during @> date '2026-11-20'}, $guardian), 'a confirmed address reaches the families of all children';
$t->db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) SELECT 1, w.guardian_id, w.pupil_id, 'processing', 'refused', '2026-11-20' FROM ej.guardianship w WHERE w.pupil_id = ?}, undef, $pupil);
is $deputy->get('/readiness')->xpath('concat(//letters/@reached, " ", //letters/@paper)'), value(q{SELECT count(*) - 1 FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id JOIN ej.enrolment e ON e.pupil_id = w.pupil_id WHERE g.person_id = ? AND e.during @> date '2026-11-20'}, $guardian) . ' 1', 'a family on paper gets no letters';

is $t->login($_)->get('/readiness')->status, 200, "$_ opens the checklists" for 'administrator', 'director';
is $t->login($_)->get('/readiness')->status, 404, "$_ has no checklists" for 'teacher', 'class-teacher', 'parent', 'observer';

$t->db->do(q{UPDATE ej.staff_role SET during = daterange('2026-08-01', upper(during)) WHERE school_id = 1});
$t->db->do(q{UPDATE ej.school SET today_fixed = '2026-08-20' WHERE id = 1});
$r = $deputy->get('/readiness');
is $r->xpath('string(//readiness/@year)'), 2026, 'in August the checklists are those of the year that begins';
is $r->xpath('count(//line/@is_late)'), 0, 'in August nothing is late before 25 August';

done_testing;
