#!/usr/bin/perl
# lesson_mixed.t: a lesson of a group of grades 1 and 7: the page offers pupils of grade 1
# only the fields of absence, since the journal refuses marks for them.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(7);
my $teacher = $t->login('teacher');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my ($id)    = $lesson =~ /(\d+)$/;
my ($group) = $t->value('SELECT study_group_id FROM ej.lesson WHERE id = ?', $id);
my $little  = $t->value(q{SELECT n.pupil_id FROM ej.enrolment n JOIN ej.class c ON c.id = n.class_id
    WHERE c.school_id = 1 AND c.name = '1А' AND n.during @> date '2026-11-18' ORDER BY 1 LIMIT 1});
my ($other) = $t->id(pupil => pupil => 'Андреева Алиса');

$t->db->do('SET session_replication_role = replica'); # the hours of the two classes in the timetable differ
$t->db->do(q{INSERT INTO ej.study_group_class (school_id, study_group_id, class_id) SELECT 1, ?, id FROM ej.class
    WHERE school_id = 1 AND name = '1А'}, undef, $group);
$t->db->do(q{INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during) VALUES (1, ?, ?, '[2026-11-02,)')}, undef, $group, $little);
$t->db->do('SET session_replication_role = origin');

my $r = $teacher->get($lesson);
is $r->xpath(qq{concat(//pupil[\@pupil_id = "$little"]/\@is_unmarked, count(//pupil[\@pupil_id = "$little"]/mark))}), '10', 'the lesson shows that a pupil of grade 1 has no marks';
is $r->count('//pupil[@is_unmarked]'), 1, 'the lesson shows this of no other pupil';
my $page = $teacher->get($lesson, html => 1);
my @named = map { $_->getAttribute('name') } $page->nodes('//*[@name]');
is join(' ', grep { /\.$little$/ && !/^old_/ && !/^(code|minutes)\./ } @named), '', 'the page has no field of marks for a pupil of grade 1';
is scalar(grep { $_ eq "code.$little" } @named) > 1, 1, 'the page has the fields of absence for a pupil of grade 1';
my ($work) = map { /^mark\.(\d+)\.$other$/ ? $1 : () } @named;
is $teacher->post($lesson, topic => 'т', old_topic => 'т', works => 1, "code.$little" => 'б', "old_code.$little" => '')->status, 303, 'an absence of a pupil of grade 1 is saved';
is join(' ', $teacher->post($lesson, topic => 'т', old_topic => 'т', works => 1, "mark.$work.$little" => '5', "old_mark.$work.$little" => '')->errors),
    'JE205', 'a mark of a pupil of grade 1 is refused';
my ($head, $row) = map { my $n = 0; $n += ($_->getAttribute('colspan') || 1) for $_->findnodes('*'); $n }
    ($page->nodes('//table[contains(@class, "pupils")]/thead/tr'))[0], $page->nodes(qq{//tr[\@data-p = "$little"]});
is $row, $head, 'the row of a pupil of grade 1 has as many columns as the head';
