#!/usr/bin/perl
# lesson_mixed.t: a lesson of a group of grades 1 and 7: who is of grade 1 is
# asked for an absence alone, since all else would be refused.
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

$t->db->do('SET session_replication_role = replica'); # they meet at another hour, too
$t->db->do(q{INSERT INTO ej.study_group_class (school_id, study_group_id, class_id) SELECT 1, ?, id FROM ej.class
    WHERE school_id = 1 AND name = '1А'}, undef, $group);
$t->db->do(q{INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during) VALUES (1, ?, ?, '[2026-11-02,)')}, undef, $group, $little);
$t->db->do('SET session_replication_role = origin');

my $r = $teacher->get($lesson);
is $r->xpath(qq{concat(//pupil[\@pupil_id = "$little"]/\@is_unmarked, count(//pupil[\@pupil_id = "$little"]/mark))}), '10', 'the page tells who has no marks';
is $r->count('//pupil[@is_unmarked]'), 1, 'of all others nothing is told';
my $page = $teacher->get($lesson, html => 1);
my @named = map { $_->getAttribute('name') } $page->nodes('//*[@name]');
is join(' ', grep { /\.$little$/ && !/^old_/ && !/^(code|minutes)\./ } @named), '', 'that pupil has no field that would be refused';
is scalar(grep { $_ eq "code.$little" } @named) > 1, 1, 'but those of the roll';
my ($work) = map { /^mark\.(\d+)\.$other$/ ? $1 : () } @named;
is $teacher->post($lesson, topic => 'т', old_topic => 'т', works => 1, "code.$little" => 'б', "old_code.$little" => '')->status, 303, 'which are taken';
is join(' ', $teacher->post($lesson, topic => 'т', old_topic => 'т', works => 1, "mark.$work.$little" => '5', "old_mark.$work.$little" => '')->errors),
    'JE205', 'as a mark is not';
my ($head, $row) = map { my $n = 0; $n += ($_->getAttribute('colspan') || 1) for $_->findnodes('*'); $n }
    ($page->nodes('//table[contains(@class, "pupils")]/thead/tr'))[0], $page->nodes(qq{//tr[\@data-p = "$little"]});
is $row, $head, 'and the row is as wide as the others';
