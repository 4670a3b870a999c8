#!/usr/bin/perl
# control_duties.t: duties of terms, classes and families: each is computed here once more from the base tables,
# and the page must find the same facts. The duties of lessons, homework and works: control.t.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $deputy = $t->login('deputy');
my ($from, $till, $today) = ('2026-09-01', '2026-12-30', '2026-11-20');
sub rows { my ($sql, @args) = @_; return @{$db->selectall_arrayref($sql, {Slice => {}}, @args)} }

# ---------------------------------------------------------------- planting ----

my ($class, $leader) = $db->selectrow_array(q{SELECT id, class_teacher_id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
$db->do(q{INSERT INTO ej.attendance_check (school_id, class_id, week_on, staff_id) VALUES (1, ?, '2026-11-02', ?) ON CONFLICT DO NOTHING}, undef, $class, $leader);
$db->do(q{SET session_replication_role = replica});
$db->do(q{DELETE FROM ej.verification WHERE class_id = ? AND month_on = '2026-10-01'}, undef, $class);
$db->do(q{SET session_replication_role = origin});
$db->do(q{INSERT INTO ej.visit (account_id, seen_on) SELECT id, '2026-11-19' FROM ej.account WHERE login = 'parent' ON CONFLICT DO NOTHING});
my ($paper) = rows(q{SELECT w.guardian_id, w.pupil_id FROM ej.guardianship AS w JOIN ej.enrolment AS e ON e.pupil_id = w.pupil_id AND e.during @> date '2026-11-20'
    WHERE w.school_id = 1 AND e.class_id = ? AND w.during @> date '2026-11-20' ORDER BY w.id DESC LIMIT 1}, $class);
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, 'processing', 'refused', '2026-11-19')}, undef, @$paper{qw(guardian_id pupil_id)});

# ----------------------------------------------- the same, computed here ----

my %expected; # duty => {key => is_undone}

# Classes: each week with lessons that is over, and each month that is over.
my %has = map { ("$_->{class_id} $_->{monday}" => 1) } rows(q{SELECT DISTINCT g.class_id, date_trunc('week', l.held_on::timestamp)::date AS monday
    FROM ej.lesson AS l JOIN ej.study_group_class AS g ON g.study_group_id = l.study_group_id WHERE l.school_id = 1 AND l.state IN ('planned', 'given')});
my %checked  = map { ("$_->{class_id} $_->{week_on}" => 1) } rows('SELECT class_id, week_on FROM ej.attendance_check WHERE school_id = 1');
my %verified = map { ("$_->{class_id} $_->{month_on}" => 1) } rows('SELECT class_id, month_on FROM ej.verification WHERE school_id = 1');
for my $c (rows('SELECT id FROM ej.class WHERE school_id = 1 AND year = 2026')) {
    for my $monday (grep { $has{"$c->{id} $_"} } '2026-09-07', '2026-09-14', '2026-09-21', '2026-09-28', '2026-10-05', '2026-10-12', '2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09') {
        $expected{week}{"$c->{id} $monday"} = $checked{"$c->{id} $monday"} ? 0 : 1;
    }
    $expected{data}{"$c->{id} $_"} = $verified{"$c->{id} $_"} ? 0 : 1 for '2026-09-01', '2026-10-01';
}

# Terms: the mark of each member of a group when its last day is over; marks enough in the last fortnight of a term.
my (%given, %marks);
$given{"$_->{pupil_id} $_->{subject_id} $_->{term_id}"} = $_->{given_on} for rows('SELECT pupil_id, subject_id, term_id, given_on FROM ej.term_mark WHERE school_id = 1 AND value IS NOT NULL');
$marks{"$_->{journal_id} $_->{pupil_id}"}++ for rows('SELECT w.journal_id, m.pupil_id FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id WHERE m.school_id = 1 AND m.value IS NOT NULL');
for my $j (rows(q{SELECT j.id, j.term_id, t.subject_id, t.study_group_id, e.is_taught, upper(e.during) - 1 AS last_on, upper(e.during) - 14 AS fortnight_on,
        least(upper(e.during) - 1, ?::date) AS member_on, ej.finals_due(e.id) AS due_on, ej.finals_needed(t.id) AS needed
   FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id JOIN ej.teaching AS t ON t.id = j.teaching_id JOIN ej.study_group AS g ON g.id = t.study_group_id
  WHERE j.school_id = 1 AND t.year = 2026 AND lower(e.during) <= ? AND g.kind NOT IN ('elective', 'club', 'individual', 'home')
    AND EXISTS (SELECT FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id WHERE x.study_group_id = g.id AND c.grade > 1)}, $today, $today)) {
    my $is_due = $j->{due_on} lt $today && $j->{due_on} ge $from;
    my $is_near = $j->{is_taught} && $j->{fortnight_on} le $today && $j->{last_on} ge $from && $j->{needed} > 0;
    next unless $is_due || $is_near;
    for my $m (rows('SELECT pupil_id FROM ej.membership WHERE study_group_id = ? AND during @> ?::date', @$j{qw(study_group_id member_on)})) {
        my $on = $given{"$m->{pupil_id} $j->{subject_id} $j->{term_id}"};
        $expected{finals}{"$j->{id} $m->{pupil_id}"} = !defined $on || $on gt $j->{due_on} ? 1 : 0 if $is_due;
        $expected{'few-marks'}{"$j->{id} $m->{pupil_id}"} = ($marks{"$j->{id} $m->{pupil_id}"} // 0) < $j->{needed} ? 1 : 0 if $is_near;
    }
}

# Families: the last visit of a guardian, unless the family gets all on paper.
my %seen = map { ($_->{pupil_id} => $_->{seen_on}) } rows(q{SELECT w.pupil_id, max(v.seen_on) AS seen_on FROM ej.visit AS v JOIN ej.account AS a ON a.id = v.account_id
    JOIN ej.guardian AS g ON g.person_id = a.person_id JOIN ej.guardianship AS w ON w.guardian_id = g.id GROUP BY w.pupil_id});
my (%answer, %is_paper);
$answer{"$_->{guardian_id} $_->{pupil_id}"} = $_->{answer} for rows(q{SELECT guardian_id, pupil_id, answer FROM ej.consent WHERE purpose = 'processing' ORDER BY signed_on, id});
($answer{"$_->{guardian_id} $_->{pupil_id}"} // '') =~ /refused|withdrawn/ and $is_paper{$_->{pupil_id}} = 1
    for rows(q{SELECT guardian_id, pupil_id FROM ej.guardianship WHERE during @> ?::date}, $today);
for my $n (rows(q{SELECT e.pupil_id, e.class_id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id WHERE c.school_id = 1 AND c.year = 2026 AND e.during @> ?::date}, $today)) {
    next if $is_paper{$n->{pupil_id}};
    my $on = $seen{$n->{pupil_id}};
    $expected{visit}{"$n->{class_id} $n->{pupil_id}"} = !$on || $on lt '2026-11-06' ? 1 : 0;
}

# ----------------------------------------------------------- what is shown ----

my %key = (week => [qw(class_id on_day)], data => [qw(class_id on_day)], finals => [qw(journal_id pupil_id)], 'few-marks' => [qw(journal_id pupil_id)], visit => [qw(class_id pupil_id)]);
sub shown {
    my ($duty) = @_;
    my ($page, $pages, @found) = (0, 1);
    while ($page++ < $pages) {
        my $r = $deputy->get("/control/duties/$duty?from_on=$from&till_on=$till&page=$page");
        $pages = $r->xpath('string(//control/@pages)');
        for my $f ($r->nodes('//fact')) { push @found, join ' ', map { $f->getAttribute($_) } @{$key{$duty}} }
    }
    return join "\n", sort @found;
}
my $matrix = $deputy->get("/control?from_on=$from&till_on=$till");
for my $duty (sort keys %key) {
    my @undone = grep { $expected{$duty}{$_} } keys %{$expected{$duty}};
    cmp_ok scalar @undone, '>', 0, "$duty: something is undone";
    is shown($duty), join("\n", sort @undone), "$duty: exactly what this test computes";
    is join('/', map { $matrix->xpath(qq{number(//duty[\@duty_key = "$duty"]/\@$_)}) } qw(undone total)), @undone . '/' . keys %{$expected{$duty}}, "$duty: the figure counts these rows";
}
is $expected{week}{"$class 2026-11-02"}, 0, 'a week that was checked is done';
ok !exists $expected{visit}{"$class $paper->{pupil_id}"}, 'a family on paper owes no visit';
done_testing;
