#!/usr/bin/perl
# figures.t: a pupil's mean, marks and lessons missed are the same figures for
# whoever reads them, and are recomputed here from the rows by other code.
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
# a mark in each of the two, with weights of their own
for my $group ([$one, '5', 100, '2026-11-02', '2026-11-15'], [$two, '3', 200, '2026-11-16', '2026-11-20']) {
    my ($of, $value, $weight, @days) = @$group;
    my ($lesson) = rows(q{SELECT id FROM ej.lesson WHERE teaching_id = ? AND held_on BETWEEN ? AND ? ORDER BY held_on LIMIT 1}, $of->{teaching_id}, @days);
    my ($work) = rows(q{INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
        SELECT ej.new_id(2026), 1, ?, ?, ?, (SELECT min(id) FROM ej.work_kind WHERE school_id = 1), ?, t.scale_id FROM ej.teaching t WHERE t.id = ? RETURNING id, scale_id},
        $lesson->{id}, $of->{journal_id}, $of->{teaching_id}, $weight, $of->{teaching_id});
    run(q{INSERT INTO ej.mark (work_id, pupil_id, attempt, school_id, teaching_id, scale_id, value) VALUES (?, ?, 1, 1, ?, ?, ?)},
        $work->{id}, $pupil, $of->{teaching_id}, $work->{scale_id}, $value);
    run(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code) VALUES (?, ?, 1, ?, 'б') ON CONFLICT (lesson_id, pupil_id) DO UPDATE SET code = 'б'},
        $lesson->{id}, $pupil, $of->{teaching_id});
}

# From the rows: every mark of the pupil in the subject in the term.
my %of;
for my $m (rows(q{SELECT m.work_id, m.attempt, v.number, w.weight_pct FROM ej.mark m JOIN ej.work w ON w.id = m.work_id
        JOIN ej.journal j ON j.id = w.journal_id JOIN ej.teaching t ON t.id = j.teaching_id
        JOIN ej.scale_value v ON v.scale_id = m.scale_id AND v.value = m.value
       WHERE m.pupil_id = ? AND j.term_id = ? AND t.subject_id = ? AND v.number IS NOT NULL ORDER BY m.attempt}, $pupil, $one->{term_id}, $one->{subject_id})) {
    $of{$m->{work_id}} = $m;
}
my $exact = sum0(map { $_->{number} * $_->{weight_pct} } values %of) / sum0(map { $_->{weight_pct} } values %of);
my $mean  = sprintf '%.2f', $exact;
cmp_ok scalar(keys %of), '>', 1, 'the pupil has marks in both';

my $deputy = $t->login('deputy');
my $in = qq{string(//pupil[\@pupil_id = "$pupil"]/\@mean)};
is $deputy->get("/journals/$one->{journal_id}")->xpath($in), $mean, 'the journal of the group left shows the mean of all';
is $deputy->get("/journals/$two->{journal_id}")->xpath($in), $mean, 'so does that of the new group';
is $t->login('english')->get("/journals/$one->{journal_id}")->xpath($in), $mean, 'also for its own teacher';
my $marks = "/pupils/$pupil/marks?term_id=$one->{term_id}";
my $row = qq{//subject[\@subject_id = "$one->{subject_id}"]};
is $deputy->get($marks)->xpath("string($row/\@mean)"), $mean, 'and the page of the pupil';
my $missed = $t->value(q{SELECT count(*) FROM ej.attendance a JOIN ej.lesson l ON l.id = a.lesson_id JOIN ej.teaching t ON t.id = l.teaching_id
    JOIN ej.attendance_code k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed JOIN ej.term e ON e.id = ?
   WHERE a.pupil_id = ? AND t.subject_id = ? AND e.during @> l.held_on}, $one->{term_id}, $pupil, $one->{subject_id});
is $deputy->get($marks)->xpath("string($row/\@missed)"), $missed, 'which counts the lessons missed in both';

# The form of term marks shows what a mark stands on, and proposes it.
my $form = $deputy->get("/journals/$two->{journal_id}?form=term");
is $form->xpath(qq{concat(//figure[\@pupil_id = "$pupil"]/\@marks, " ", //figure[\@pupil_id = "$pupil"]/\@missed, " ", //figure[\@pupil_id = "$pupil"]/\@proposed)}),
    join(' ', scalar(keys %of), $missed, int($exact + 0.5)), 'the form of term marks tells how many marks, how many lessons missed, and the mark that follows';
is_deeply [map { $_->getAttribute('pupil_id') } $form->nodes('//figure[@is_borderline]')],
    [grep { my $m = $form->xpath(qq{string(//pupil[\@pupil_id = "$_"]/\@mean)}); my $part = $m - int $m; $part >= 0.395 && $part <= 0.605 }
        $form->texts('//figure[@proposed]/@pupil_id')], 'and marks whose mean is near the half';

# A page that was read before a mark of the other group is not called unchanged.
my $grid = "/journals/$two->{journal_id}";
my $etag = $deputy->get($grid)->header('ETag');
run(q{UPDATE ej.mark m SET value = '4' FROM ej.work w JOIN ej.lesson l ON l.id = w.lesson_id
     WHERE m.work_id = w.id AND m.pupil_id = ? AND m.teaching_id = ? AND m.value = '5' AND l.held_on < '2026-11-16'}, $pupil, $one->{teaching_id});
is $deputy->get($grid, header => {'If-None-Match' => $etag})->status, 200, 'a mark in the other group changes this page, too';

# What is shown is never on the other side of the half.
for my $case (['4.496', '4.49'], ['4.4949', '4.49'], ['4.5', '4.50'], ['2.4999', '2.49'], ['3.505', '3.51'], ['3', '3.00']) {
    my $shown = $t->value('SELECT ej.mean_shown(?::numeric)', $case->[0]);
    is $shown, $case->[1], "a mean of $case->[0] is shown as $case->[1]";
}
