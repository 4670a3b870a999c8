#!/usr/bin/perl
# programme.t: how far the programmes are fulfilled, by class, subject and teacher, and for a family by
# the child's subjects (KTP-05, KTP-06).
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my ($deputy, $teacher, $leader, $english, $parent) = map { $t->login($_) } qw(deputy teacher class-teacher english parent);
my ($teaching, $plan) = $t->db->selectrow_array('SELECT u.teaching_id, u.plan_id FROM ej.plan_use AS u WHERE u.school_id = 1');
sub figures { my ($who, $path) = @_; my ($line) = $who->get($path // '/programme')->nodes("//line[\@teaching_id = $teaching]"); return $line ? join ' ', map { "$_=" . ($line->getAttribute($_) // '') } qw(plan_hours due given replaced covered works works_given lag done_pct) : '' }

# what the table must say, computed otherwise: from the lessons and the seed's plan (1, 2 given, 3 skipped, of 5)
my ($due, $given) = $t->db->selectrow_array(q{SELECT sum(hours) FILTER (WHERE state = 'given' OR held_on < '2026-11-20'), sum(hours) FILTER (WHERE state = 'given') FROM ej.lesson WHERE teaching_id = ? AND held_on <= '2026-11-20'}, {}, $teaching);
is figures($deputy), "plan_hours=5.0 due=$due given=$given replaced=1 covered=3.0 works=2 works_given=0 lag=-2.0 done_pct=60", 'a deputy sees the plan, what was due, given and covered';
is figures($teacher), figures($deputy), 'a teacher the own teachings';
is figures($leader), figures($deputy), 'a class teacher those of the class';
is figures($english), '', 'not those of colleagues';
is $deputy->get('/programme?find=7Б алгебра')->count('//line'), 1, 'they are found by class and subject';
is $deputy->get('/programme?sort=lag')->xpath('string(//line[1]/@teaching_id)'), $teaching, 'the greatest lag comes first';
like $deputy->get('/programme?format=csv')->content, qr/Алгебра/, 'as a file';
is join(' ', map { $t->login($_)->get('/programme')->status } qw(parent observer personnel)), '404 404 404', 'others have no such page';

# Joined topics count each, another hour of a topic does not.
my %row = map { @$_ } @{$t->db->selectall_arrayref('SELECT place::int, id FROM ej.plan_row WHERE plan_id = ?', {}, $plan)};
my ($lesson) = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-16') =~ /(\d+)$/;
$t->db->do('INSERT INTO ej.plan_given (lesson_id, plan_row_id, school_id, teaching_id, goes_on) VALUES (?, ?, 1, ?, false), (?, ?, 1, ?, true)', {}, $lesson, $row{4}, $teaching, $lesson, $row{5}, $teaching);
like figures($deputy), qr/covered=4\.0 works=2 works_given=2 lag=-1\.0/, 'joined topics count each, a topic that goes on does not yet';

# ---------------------------------------------------------------- a family ----
my ($child) = $parent->get('/diary')->xpath('string(/page/diary/@pupil_id)');
my $page = "/pupils/$child/programme";
my $r = $parent->get($page);
is $r->xpath(q{string(//subject[@name = 'Алгебра']/@done_pct)}), '80', 'a parent sees how far each programme is';
is $r->xpath(q{string(//subject[@name = 'Алгебра']/@next_topic)}), 'Контрольная работа по дробям', 'and what comes next';
is $r->count('//subject'), $t->value('SELECT count(*) FROM ej.membership AS m JOIN ej.teaching AS x USING (study_group_id) WHERE m.pupil_id = ? AND m.during @> ?::date', $child, '2026-11-20'), 'of all subjects';
is $leader->get($page)->status . $deputy->get($page)->status, '200200', 'so do the class teacher and the heads';
is join(' ', map { $t->login($_)->get($page)->status } qw(english deputy-17 parent-left)), '404 404 404', 'others do not';
like $parent->get("/pupils/$child/marks", html => 1)->content, qr{\Q$page\E"}, 'the marks lead there';
done_testing;
