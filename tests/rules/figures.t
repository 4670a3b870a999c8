#!/usr/bin/perl
# figures.t: a pupil's mean, number of marks and missed lessons are the same on every
# page and for every reader. The test recomputes them from the rows by other code.
use lib 'tests/lib';
use EJ::Test;
use List::Util qw(sum0);

my $t = EJ::Test->new(today => '2026-11-20')->plan(16);

sub rows { return @{$t->db->selectall_arrayref($_[0], {Slice => {}}, @_[1 .. $#_])} }
sub run  { return $t->db->do($_[0], undef, @_[1 .. $#_]) }

# The pupil learns English in one of the two subgroups, and moves to the other
# in the middle of the term.
my ($one, $two) = rows(q{SELECT t.id AS teaching_id, t.study_group_id, t.subject_id, j.id AS journal_id, j.term_id, lower(e.during) AS starts_on
    FROM ej.teaching t JOIN ej.subject s ON s.id = t.subject_id JOIN ej.study_group g ON g.id = t.study_group_id
    JOIN ej.journal j ON j.teaching_id = t.id JOIN ej.term e ON e.id = j.term_id
   WHERE s.name = 'Английский язык' AND g.kind = 'subgroup' AND t.school_id = 1 AND e.name = 'II четверть' ORDER BY g.name});
ok $two, 'two subgroups learn English';
my ($pupil) = map { $_->{pupil_id} } rows(q{SELECT b.pupil_id FROM ej.membership b WHERE b.study_group_id = ? AND b.during @> date '2026-11-20'
    ORDER BY (SELECT count(*) FROM ej.mark m WHERE m.pupil_id = b.pupil_id AND m.teaching_id = ? AND m.value IS NOT NULL) DESC LIMIT 1},
    $one->{study_group_id}, $one->{teaching_id});
run(q{UPDATE ej.school SET retake_counts = 'last' WHERE id = 1});
$t->db->begin_work;
run('SET LOCAL session_replication_role = replica');
run(q{UPDATE ej.membership SET during = daterange(lower(during), '2026-11-16') WHERE pupil_id = ? AND study_group_id = ?}, $pupil, $one->{study_group_id});
run(q{INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during) VALUES (1, ?, ?, daterange('2026-11-16', NULL))}, $two->{study_group_id}, $pupil);
$t->db->commit;
# one mark in each of the two subgroups, with different weights
for my $group ([$one, '5', 100, '2026-11-02', '2026-11-15'], [$two, '3', 200, '2026-11-16', '2026-11-20']) {
    my ($subgroup, $value, $weight, @days) = @$group;
    my ($lesson) = rows(q{SELECT id FROM ej.lesson WHERE teaching_id = ? AND held_on BETWEEN ? AND ? ORDER BY held_on LIMIT 1}, $subgroup->{teaching_id}, @days);
    my ($work) = rows(q{INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
        SELECT ej.new_id(2026), 1, ?, ?, ?, (SELECT min(id) FROM ej.work_kind WHERE school_id = 1), ?, t.scale_id FROM ej.teaching t WHERE t.id = ? RETURNING id, scale_id},
        $lesson->{id}, $subgroup->{journal_id}, $subgroup->{teaching_id}, $weight, $subgroup->{teaching_id});
    run(q{INSERT INTO ej.mark (work_id, pupil_id, attempt, school_id, teaching_id, scale_id, value) VALUES (?, ?, 1, 1, ?, ?, ?)},
        $work->{id}, $pupil, $subgroup->{teaching_id}, $work->{scale_id}, $value);
    run(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code) VALUES (?, ?, 1, ?, 'б') ON CONFLICT (lesson_id, pupil_id) DO UPDATE SET code = 'б'},
        $lesson->{id}, $pupil, $subgroup->{teaching_id});
}

# Every mark of the pupil in the subject in the term: work => its last attempt.
my %last_attempt;
for my $m (rows(q{SELECT m.work_id, m.attempt, v.number, w.weight_pct FROM ej.mark m JOIN ej.work w ON w.id = m.work_id
        JOIN ej.journal j ON j.id = w.journal_id JOIN ej.teaching t ON t.id = j.teaching_id
        JOIN ej.scale_value v ON v.scale_id = m.scale_id AND v.value = m.value
       WHERE m.pupil_id = ? AND j.term_id = ? AND t.subject_id = ? AND v.number IS NOT NULL ORDER BY m.attempt}, $pupil, $one->{term_id}, $one->{subject_id})) {
    $last_attempt{$m->{work_id}} = $m;
}
my $exact = sum0(map { $_->{number} * $_->{weight_pct} } values %last_attempt) / sum0(map { $_->{weight_pct} } values %last_attempt);
my $mean  = sprintf '%.2f', $exact;
cmp_ok scalar(keys %last_attempt), '>', 1, 'the pupil has marks in both subgroups';

my $deputy = $t->login('deputy');
my $in = qq{string(//pupil[\@pupil_id = "$pupil"]/\@mean)};
is $deputy->get("/journals/$one->{journal_id}")->xpath($in), $mean, 'the journal of the former subgroup shows the mean of all marks';
is $deputy->get("/journals/$two->{journal_id}")->xpath($in), $mean, 'the journal of the new subgroup shows the mean of all marks';
is $t->login('english')->get("/journals/$one->{journal_id}")->xpath($in), $mean, 'the teacher of the former subgroup sees the mean of all marks';
my $marks = "/pupils/$pupil/marks?term_id=$one->{term_id}";
my $row = qq{//subject[\@subject_id = "$one->{subject_id}"]};
is $deputy->get($marks)->xpath("string($row/\@mean)"), $mean, 'the page of the pupil shows the mean of all marks';
my $missed = $t->value(q{SELECT count(*) FROM ej.attendance a JOIN ej.lesson l ON l.id = a.lesson_id JOIN ej.teaching t ON t.id = l.teaching_id
    JOIN ej.attendance_code k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed JOIN ej.term e ON e.id = ?
   WHERE a.pupil_id = ? AND t.subject_id = ? AND e.during @> l.held_on}, $one->{term_id}, $pupil, $one->{subject_id});
is $deputy->get($marks)->xpath("string($row/\@missed)"), $missed, 'the page of the pupil counts the lessons missed in both subgroups';

# The form of term marks shows the figures behind a term mark and proposes the mark.
run(q{UPDATE ej.school SET min_marks = 0 WHERE id = 1});
my $form = $deputy->get("/journals/$two->{journal_id}/finals");
is $form->xpath(qq{concat(//pupil[\@pupil_id = "$pupil"]/\@marks, " ", //pupil[\@pupil_id = "$pupil"]/\@missed, " ", //pupil[\@pupil_id = "$pupil"]/\@proposed)}),
    join(' ', scalar(keys %last_attempt), $missed, int($exact + 0.5)), 'the form of term marks shows the number of marks, the missed lessons and the proposed mark';
is_deeply [map { $_->getAttribute('pupil_id') } $form->nodes('//pupil[@is_borderline]')],
    [grep { my $m = $form->xpath(qq{string(//pupil[\@pupil_id = "$_"]/\@mean)}); my $part = $m - int $m; $part >= 0.395 && $part <= 0.605 }
        $form->texts('//pupil[@proposed]/@pupil_id')], 'the form of term marks points out the means near a half';

# A new mark in the other subgroup changes the ETag of this page.
my $grid = "/journals/$two->{journal_id}";
my $etag = $deputy->get($grid)->header('ETag');
run(q{UPDATE ej.mark m SET value = '4' FROM ej.work w JOIN ej.lesson l ON l.id = w.lesson_id
     WHERE m.work_id = w.id AND m.pupil_id = ? AND m.teaching_id = ? AND m.value = '5' AND l.held_on < '2026-11-16'}, $pupil, $one->{teaching_id});
is $deputy->get($grid, header => {'If-None-Match' => $etag})->status, 200, 'a page is sent again after a mark in the other subgroup changed';

# Rounding for display never moves a mean across a half.
for my $case (['4.496', '4.49'], ['4.4949', '4.49'], ['4.5', '4.50'], ['2.4999', '2.49'], ['3.505', '3.51'], ['3', '3.00']) {
    my $shown = $t->value('SELECT ej.mean_shown(?::numeric)', $case->[0]);
    is $shown, $case->[1], "a mean of $case->[0] is shown as $case->[1]";
}
