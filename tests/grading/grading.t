#!/usr/bin/perl
# grading.t: which grading system a new teaching gets (CFG-17), and how a mean is rounded.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
my %scale = map { @$_ } @{$t->db->selectall_arrayref('SELECT code, id FROM ej.scale WHERE school_id = 1')};
my %subject = map { @$_ } @{$t->db->selectall_arrayref('SELECT name, id FROM ej.subject WHERE school_id = 1')};
my %class = map { @$_ } @{$t->db->selectall_arrayref('SELECT name, id FROM ej.class WHERE school_id = 1')};
sub of { return $t->value(q{SELECT (SELECT code FROM ej.scale WHERE id = f.scale_id) FROM ej.study_group AS g, ej.scales_for(g.id, ?) AS f WHERE g.school_id = 1 AND g.name = ?}, $subject{$_[1]}, $_[0]) }

is of('7Б', 'Алгебра'), 'five', 'at first every teaching gets the five points';
my $r = $teacher->get('/grading');
is $r->count('//rule') . $r->count('//grading/@is_mine'), '10', 'staff read the rules, a teacher changes none';
is refused($teacher->post('/grading', scale_id => $scale{ten}, term_scale_id => $scale{ten})), '404 JE401:', 'nor may send the form';

sub add { my (%rule) = @_; return refused($admin->post('/grading', term_scale_id => $scale{five_term}, %rule)) }
is add(scale_id => $scale{pass}, subject_id => $subject{'Музыка'}), 303, 'a rule for a subject';
is add(scale_id => $scale{hundred}, grade_from => 10, grade_till => 11), 303, 'for a level';
is add(scale_id => $scale{ten}, class_id => $class{'7Б'}), 303, 'for a class';
is join(' ', of('7Б', 'Музыка'), of('10А', 'Музыка'), of('10А', 'Алгебра'), of('1А', 'Музыка'), of('1А', 'Математика')),
    'ten pass hundred pass five', 'the most specific rule counts: class, then subject, then level';
is add(scale_id => $scale{ten}, class_id => $class{'7Б'}), '409 JE212:subject_id', 'a rule is there once';
is add(scale_id => $scale{ten}, grade_from => 5, grade_till => 4), '422 JE102:grade_till', 'grades are in order';
is add(scale_id => ''), '422 JE101:scale_id', 'a system is chosen';
my $id = $t->value('SELECT id FROM ej.scale_use WHERE class_id = ?', $class{'7Б'});
$r = $deputy->get("/grading/$id");
is $r->xpath('string(//grading/@scale_id)'), $scale{ten}, 'a deputy opens a rule';
like $deputy->get("/grading/$id", accept => 'text/html')->content, qr{<option value="$class{'7Б'}" selected}, 'with its class chosen';
my %form = map { ($_ => $r->xpath("string(//grading/\@$_)"), "old_$_" => $r->xpath("string(//grading/\@$_)")) } qw(scale_id term_scale_id subject_id grade_from grade_till class_id);
is refused($deputy->post("/grading/$id", %{{%form, scale_id => $scale{five}}})) . of('7Б', 'Музыка'), '303five', 'changes it';
is refused($admin->post("/grading/$id", %{{%form, scale_id => $scale{pass}}})), '409 JE210:scale_id', 'who saw the old system is told of the new one';
is refused($deputy->post("/grading/$id", %{{%form, scale_id => $scale{five}, old_scale_id => $scale{five}, is_removed => 1}})) . of('7Б', 'Музыка'), '303pass', 'and removes it';
my ($theirs) = $t->db->selectrow_array(q{SELECT id FROM ej.scale WHERE school_id = 2 LIMIT 1});
is add(scale_id => $theirs), add(scale_id => 987654321), 'a system of another school is refused like none';
is $t->login('deputy-17')->get('/grading/' . $t->value('SELECT min(id) FROM ej.scale_use'))->status, 404, 'another school has no such page';

# ------------------------------------------------------------- rounding ----

my $journal = $t->path(journal => class => '7Б', subject => 'Русский язык', on => '2026-11-20');
sub proposed { my $r = $t->login('class-teacher')->get("$journal/finals"); return join ' ', map { $_->getAttribute('proposed') // '-' } sort { $a->getAttribute('pupil_id') <=> $b->getAttribute('pupil_id') } $r->nodes('//pupil') }
$t->db->do('UPDATE ej.school SET min_marks = 0');
my $means = sub { return join ' ', map { my $m = $_; $m - int($m) >= $_[0] - 1e-9 ? int($m) + 1 : int($m) } @{$t->db->selectcol_arrayref(q{
    SELECT f.mean FROM ej.journal AS j JOIN ej.teaching AS t ON t.id = j.teaching_id JOIN ej.term AS e ON e.id = j.term_id,
           LATERAL (SELECT p.pupil_id, sum(p.number * p.weight_pct) / sum(p.weight_pct) AS mean FROM (
               SELECT DISTINCT ON (m.pupil_id, m.work_id) m.pupil_id, v.number, w.weight_pct
                 FROM ej.work AS w JOIN ej.mark AS m ON m.work_id = w.id JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
                WHERE w.journal_id = j.id ORDER BY m.pupil_id, m.work_id, m.attempt DESC) AS p
            WHERE EXISTS (SELECT FROM ej.membership AS b WHERE b.study_group_id = t.study_group_id AND b.pupil_id = p.pupil_id AND b.during && e.during)
            GROUP BY p.pupil_id) AS f
     WHERE j.id = ? ORDER BY f.pupil_id}, undef, $journal =~ /(\d+)/)} };
(my $got = proposed()) =~ s/ ?- ?//g;
is $got, $means->(0.5), 'by default a mean is rounded up from one half';
$t->db->do('UPDATE ej.school SET round_from_pct = 70 WHERE id = 1');
($got = proposed()) =~ s/ ?- ?//g;
is $got, $means->(0.7), 'in another school from 0.7';
isnt $means->(0.5), $means->(0.7), 'which is not the same';
is $t->value('SELECT ej.mean_shown(4.696) || \' \' || ej.mean_shown(4.496) || \' \' || ej.mean_shown(4.444)'), '4.69 4.49 4.44', 'no mean is shown rounded across such a point';
done_testing;
