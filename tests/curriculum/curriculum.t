#!/usr/bin/perl
# curriculum.t: hours a week of each subject for classes and other groups, against the most
# that a grade may have (CFG-14).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($admin, $deputy, $director, $teacher) = map { $t->login($_) } qw(administrator deputy director teacher);
my %subject = map { @$_ } @{$t->db->selectall_arrayref('SELECT name, id FROM ej.subject WHERE school_id = 1')};
my ($group, $theirs) = map { $t->value(q{SELECT id FROM ej.study_group WHERE name = '7Б' AND school_id = ?}, $_) } 1, 2;
my ($algebra, $music) = map {"hours.$group.$subject{$_}"} 'Алгебра', 'Музыка';
$t->db->do('DELETE FROM ej.curriculum');
sub stored { return $t->value(q{SELECT string_agg(s.name || ' ' || u.hours_week, ', ' ORDER BY s.name) FROM ej.curriculum AS u JOIN ej.subject AS s ON s.id = u.subject_id WHERE u.study_group_id = ?}, $group) // '' }
sub save { my ($who, %field) = @_; return refused($who->post('/curriculum', year => 2026, grade => 7, map { ($_ => $field{$_}) } sort keys %field)) }

my $r = $deputy->get('/curriculum?grade=7');
is $r->count('//group[@is_class]') . $r->count('//group[not(@is_class)]'), '10', 'the class is a column, its subgroups are not';
is $r->xpath('string(//group/@most)'), '35.0', 'with the most hours of grade 7 and six days';
is save($deputy, $algebra => '3', "old_$algebra" => '', $music => '1,5', "old_$music" => ''), 303, 'a deputy fills it in';
is stored(), 'Алгебра 3.0, Музыка 1.5', 'as it was typed';
$r = $deputy->get('/curriculum?grade=7');
is join(' ', map { $r->xpath("string(//group/\@$_)") } qw(hours hours_year)), '4.5 153.0', 'hours a week and a year are summed';
is save($deputy, $algebra => '4', "old_$algebra" => '3', $music => '', "old_$music" => '1,5') . stored(), '303Алгебра 4.0', 'an emptied cell is removed, another changed';
is save($admin, $algebra => '2', "old_$algebra" => '3'), "409 JE210:$algebra", 'who saw the old hours is told';
is save($admin, $algebra => '41', "old_$algebra" => '4', $music => 'x', "old_$music" => ''), "422 JE102:$music JE102:$algebra", 'each wrong cell is named';
like $admin->post('/curriculum', {accept => 'text/html'}, year => 2026, grade => 7, $music => 'x', "old_$music" => '')->content, qr/name="\Q$music\E" value="x"/, 'and what was typed stays';
is stored(), 'Алгебра 4.0', 'nothing of it is saved';
my ($hidden, $none) = ("hours.$theirs.$subject{'Алгебра'}", "hours.987654321.$subject{'Алгебра'}");
is substr(save($deputy, $hidden => 3, "old_$hidden" => ''), 0, 9), substr(save($deputy, $none => 3, "old_$none" => ''), 0, 9), 'a group of another school is refused like none';
is $t->value('SELECT count(*) FROM ej.curriculum WHERE study_group_id = ?', $theirs), 0, 'another school is as it was';
is save($deputy, $algebra => 40, "old_$algebra" => 4), 303, 'too many hours are saved';
is $deputy->get('/curriculum?grade=7')->count('//group/@is_over'), 1, 'and told';
is join(' ', map { $_->get('/curriculum?grade=7')->count('//@is_mine') } $admin, $deputy, $director, $teacher), '1 1 0 0', 'administrator and deputy change it, others of the school read it';
is refused($teacher->post('/curriculum', year => 2026, grade => 7, $algebra => 1, "old_$algebra" => 40)), '404 JE401:', 'a teacher does not';
is $deputy->get('/curriculum?grade=0')->count('//group[@is_class]') . $deputy->get('/curriculum?grade=0')->count('//@is_mine'), '30', 'the whole school is a table to read';
like $deputy->get('/curriculum?grade=7&format=csv')->content, qr/"Алгебра";"?40/, 'as CSV';
is join(' ', map { $t->login($_)->get('/curriculum')->status } qw(personnel observer parent)), '404 404 404', 'others have no such page';

# A plan is taken from another class, or from the year before.
my ($seven, $ten, $other) = map { $t->value(q{SELECT id FROM ej.study_group WHERE name = ? AND school_id = 1}, $_) } '7Б', '10А', '1А';
sub take { my ($who, %field) = @_; return refused($who->post('/curriculum/copy', year => 2026, %field)) }
sub planned { return $t->value(q{SELECT string_agg(s.name || ' ' || u.hours_week, ', ' ORDER BY s.name) FROM ej.curriculum AS u JOIN ej.subject AS s ON s.id = u.subject_id WHERE u.study_group_id = ?}, $_[0]) // '' }
$t->db->do('DELETE FROM ej.curriculum');
$t->db->do(q{INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week) SELECT 1, v.g, s.id, v.h FROM ej.subject AS s
    JOIN (VALUES (?::bigint, 'Алгебра', 3), (?, 'Музыка', 1), (?, 'Музыка', 2)) AS v(g, name, h) ON v.name = s.name WHERE s.school_id = 1}, {}, $seven, $seven, $ten);
$r = $deputy->get('/curriculum/copy?grade=10');
is $r->xpath(q{string(//choice[@for = 'from_id'][@name = '7Б']/@value)}), $seven, 'a deputy may take the plan of another class';
is take($deputy, grade => 10, from_id => $seven, study_group_id => $ten), 303, 'in one action';
is planned($ten), 'Алгебра 3.0, Музыка 2.0', 'what the class has already stays';
is take($deputy, grade => 10, from_id => $seven), '422 JE101:study_group_id', 'somebody must get it';
is take($deputy, grade => 1, from_id => $other, study_group_id => $other), '422 JE106:from_id', 'an empty plan is no plan';
is take($deputy, grade => 7, from_id => $seven, study_group_id => $theirs), take($deputy, grade => 7, from_id => $seven, study_group_id => 987654321), 'a group of another school is refused like none';
is take($teacher, grade => 7, from_id => $seven, study_group_id => $ten), '404 JE401:', 'a teacher takes none';
is take($deputy, grade => 0), '422 JE106:from_id', 'without a year before there is nothing to take from it';
$t->db->do(q{INSERT INTO ej.school_year (school_id, year, during) VALUES (1, 2025, '[2025-09-01,2026-09-01)')});
$t->db->do(q{INSERT INTO ej.term_plan (id, school_id, year, name, kind, grade_from, grade_till) VALUES (990, 1, 2025, 'Четверти', 'quarter', 1, 11)});
$t->db->do(q{INSERT INTO ej.class (id, school_id, year, grade, letter, term_plan_id) VALUES (990, 1, 2025, 1, 'А', 990)});
$t->db->do(q{INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week) SELECT 1, x.study_group_id, s.id, 4 FROM ej.study_group_class AS x, ej.subject AS s
    WHERE x.class_id = 990 AND s.school_id = 1 AND s.name = 'Математика'});
is take($deputy, grade => 0), 303, 'all classes of the school take the plans of the year before';
is planned($other) . planned($seven), 'Математика 4.0Алгебра 3.0, Музыка 1.0', 'each that of its grade and letter';
done_testing;
