#!/usr/bin/perl
# control_duties.t: duties of terms, programmes, classes and families: each is computed here once more from the base
# tables, and the page must find the same facts. The duties of lessons, homework and works: control.t.
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

# A term mark far from its mean, an approved plan that is followed, many control works, requests for corrections of each state, a
# family that has acknowledged a week, one that was told in person.
$db->do(q{SET session_replication_role = replica});
my ($wrong) = rows(q{SELECT m.pupil_id, m.subject_id, m.term_id, m.value FROM ej.term_mark AS m WHERE m.school_id = 1 AND m.value IN ('4', '5') ORDER BY m.pupil_id, m.subject_id LIMIT 1});
$db->do(q{UPDATE ej.term_mark SET value = '2' WHERE pupil_id = ? AND subject_id = ? AND term_id = ?}, undef, @$wrong{qw(pupil_id subject_id term_id)});
my ($russian) = rows(q{SELECT t.id, t.subject_id, t.staff_id, t.hours_week FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.name = '7Б'
    JOIN ej.subject AS s ON s.id = t.subject_id AND s.name = 'Русский язык' WHERE t.school_id = 1});
my ($algebra) = rows(q{SELECT t.id FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.name = '7Б' JOIN ej.subject AS s ON s.id = t.subject_id AND s.name = 'Алгебра' WHERE t.school_id = 1});
my ($weeks) = $db->selectrow_array(q{SELECT coalesce((SELECT weeks FROM ej.grade_norm WHERE school_id = 1 AND grade = 7), 34)});
my ($hours) = $db->selectrow_array(q{SELECT coalesce((SELECT u.hours_week FROM ej.curriculum AS u JOIN ej.teaching AS t ON t.study_group_id = u.study_group_id AND t.subject_id = u.subject_id WHERE t.id = ?), ?)}, undef, @$russian{qw(id hours_week)});
my ($plan) = $db->selectrow_array(q{INSERT INTO ej.plan (school_id, year, subject_id, grade, hours_week, name, staff_id, state, approved_on, approved_by) VALUES (1, 2026, ?, 7, ?, 'КТП', ?, 'approved', '2026-09-01', ?) RETURNING id},
    undef, $russian->{subject_id}, $hours, $russian->{staff_id}, $russian->{staff_id});
$db->do(q{INSERT INTO ej.plan_row (school_id, plan_id, staff_id, place, section, topic, kind, homework) SELECT 1, ?, ?, n, '', 'Тема ' || n, 'lesson', '' FROM generate_series(1, ?) AS n}, undef, $plan, $russian->{staff_id}, $hours * $weeks);
$db->do(q{INSERT INTO ej.plan_use (teaching_id, school_id, plan_id) VALUES (?, 1, ?)}, undef, $russian->{id}, $plan);
$db->do(q{INSERT INTO ej.plan_given (lesson_id, plan_row_id, school_id, teaching_id)
    SELECT l.id, r.id, 1, l.teaching_id FROM (SELECT l.id, l.teaching_id, row_number() OVER (ORDER BY l.held_on, l.slot) AS n FROM ej.lesson AS l WHERE l.teaching_id = ? AND l.state = 'given' AND l.held_on <= '2026-11-20') AS l
      JOIN ej.plan_row AS r ON r.plan_id = ? AND r.place = l.n WHERE l.n > 1}, undef, $russian->{id}, $plan);
$db->do(q{INSERT INTO ej.duty_limit (school_id, duty_key, value) VALUES (1, 'control-share', 2)});
$db->do(q{DELETE FROM ej.curriculum AS u USING ej.teaching AS t WHERE t.id = ? AND u.study_group_id = t.study_group_id AND u.subject_id = t.subject_id}, undef, $algebra->{id});
$db->do(q{INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week) SELECT 1, study_group_id, subject_id, 12 FROM ej.teaching WHERE id = ?}, undef, $algebra->{id});
my @at = rows(q{SELECT l.id, j.id AS journal_id FROM ej.lesson AS l JOIN ej.journal AS j ON j.teaching_id = l.teaching_id JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND e.during @> l.held_on
    WHERE l.teaching_id = ? AND l.state = 'given' ORDER BY l.held_on LIMIT 4}, $algebra->{id});
my ($decider) = $db->selectrow_array(q{SELECT s.id FROM ej.staff AS s JOIN ej.account AS a ON a.person_id = s.person_id AND a.login = 'deputy' WHERE s.school_id = 1});
my $n = 0;
$db->do(q{INSERT INTO ej.correction (school_id, teaching_id, journal_id, kind, lesson_id, old_value, new_value, reason, staff_id, asked_at, state, decided_staff_id, decided_at)
    VALUES (1, ?, ?, 'topic', ?, 'а', 'б', 'описка', ?, '2026-11-18 10:00+03', ?, ?, ?)}, undef, $algebra->{id}, $at[$n]{journal_id}, $at[$n++]{id}, $russian->{staff_id}, @$_)
    for ['new', undef, undef], map { [$_, $decider, '2026-11-19 10:00+03'] } qw(accepted refused withdrawn);
my ($family) = rows(q{SELECT w.guardian_id, w.pupil_id FROM ej.guardianship AS w JOIN ej.enrolment AS e ON e.pupil_id = w.pupil_id AND e.during @> date '2026-11-20'
    WHERE w.school_id = 1 AND e.class_id = ? AND w.during @> date '2026-11-20' AND w.pupil_id <> ? ORDER BY w.id LIMIT 1}, $class, $paper->{pupil_id});
$db->do(q{INSERT INTO ej.receipt (school_id, pupil_id, week_on, guardian_id, way, document_sha256, made_at, is_late) VALUES (1, ?, '2026-10-12', ?, 'tap', sha256('x'), '2026-10-18 18:00+03', false)}, undef, @$family{qw(pupil_id guardian_id)});
my ($told) = rows(q{SELECT pupil_id FROM ej.enrolment WHERE class_id = ? AND during @> date '2026-11-20' AND pupil_id NOT IN (?, ?) ORDER BY pupil_id LIMIT 1}, $class, $paper->{pupil_id}, $family->{pupil_id});
$db->do(q{INSERT INTO ej.informing (school_id, pupil_id, way, informed_on, staff_id) VALUES (1, ?, 'call', '2026-11-16', ?)}, undef, $told->{pupil_id}, $leader);
$db->do(q{SET session_replication_role = origin});

# ----------------------------------------------- the same, computed here ----

my %expected; # duty => {key => is_undone}

# Classes: each week with lessons that is over, and each month that is over.
my %has = map { ("$_->{class_id} $_->{monday}" => 1) } rows(q{SELECT DISTINCT g.class_id, date_trunc('week', l.held_on::timestamp)::date AS monday
    FROM ej.lesson AS l JOIN ej.study_group_class AS g ON g.study_group_id = l.study_group_id WHERE l.school_id = 1 AND l.state IN ('planned', 'given')});
my %checked  = map { ("$_->{class_id} $_->{week_on}" => 1) } rows('SELECT class_id, week_on FROM ej.attendance_check WHERE school_id = 1');
my %verified = map { ("$_->{class_id} $_->{month_on}" => 1) } rows('SELECT class_id, month_on FROM ej.verification WHERE school_id = 1');
for my $c (rows('SELECT id FROM ej.class WHERE school_id = 1 AND year = 2026')) {
    for my $monday (grep { $has{"$c->{id} $_"} } '2026-08-31', '2026-09-07', '2026-09-14', '2026-09-21', '2026-09-28', '2026-10-05', '2026-10-12', '2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09') {
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

# Term marks: the mean of the marks of the pupil's works, the last attempt of each, with their weights.
my %school = %{$db->selectrow_hashref('SELECT * FROM ej.school WHERE id = 1')};
is "$school{retake_counts} $school{outside_counts}", 'last counted', 'the usual rules of a mean';
my %number = map { ("$_->{scale_id} $_->{value}" => $_->{number}) } rows('SELECT scale_id, value, number FROM ej.scale_value WHERE number IS NOT NULL');
my (%last, %sum, %weight);
for my $m (rows(q{SELECT m.pupil_id, m.attempt, m.scale_id, m.value, w.id, w.weight_pct, t.subject_id, j.term_id FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id
        JOIN ej.journal AS j ON j.id = w.journal_id JOIN ej.teaching AS t ON t.id = w.teaching_id WHERE m.school_id = 1 AND m.value IS NOT NULL ORDER BY m.attempt})) {
    my $number = $number{"$m->{scale_id} $m->{value}"} // next;
    $last{"$m->{pupil_id} $m->{subject_id} $m->{term_id}"}{$m->{id}} = [$number, $m->{weight_pct}];
}
for my $key (keys %last) { for my $one (values %{$last{$key}}) { $sum{$key} += $one->[0] * $one->[1]; $weight{$key} += $one->[1] } }
for my $o (rows(q{SELECT o.pupil_id, o.subject_id, o.number, o.weight_pct, e.id AS term_id FROM ej.outside_mark AS o JOIN ej.term AS e ON e.school_id = o.school_id AND e.during @> o.given_on
        WHERE o.school_id = 1 AND o.term_id IS NULL AND NOT o.is_void})) {
    my $key = "$o->{pupil_id} $o->{subject_id} $o->{term_id}";
    $sum{$key} += $o->{number} * $o->{weight_pct};
    $weight{$key} += $o->{weight_pct};
}
for my $m (rows(q{SELECT m.*, j.id AS journal_id FROM ej.term_mark AS m JOIN ej.teaching AS t ON t.id = m.teaching_id JOIN ej.study_group AS g ON g.id = t.study_group_id
        JOIN ej.term AS e ON e.id = m.term_id AND e.is_taught AND upper(e.during) - 1 >= ? AND lower(e.during) <= ? JOIN ej.journal AS j ON j.teaching_id = t.id AND j.term_id = e.id
       WHERE m.school_id = 1 AND t.year = 2026 AND g.kind NOT IN ('elective', 'club', 'individual', 'home')}, $from, $till)) {
    my $key = "$m->{pupil_id} $m->{subject_id} $m->{term_id}";
    my $given = $number{"$m->{scale_id} " . ($m->{value} // '')} // next;
    my $weight = $weight{$key} or next;
    use integer; # floor(mean + 1 - pct / 100), without fractions
    my $rounded = (100 * $sum{$key} + (100 - $school{round_from_pct}) * $weight) / (100 * $weight);
    $expected{objectivity}{"$m->{journal_id} $m->{pupil_id}"} = abs($given - $rounded) >= 1 ? 1 : 0;
}

# Programmes: the hours of the year, of the plan, given and covered to date.
my %weeks = map { ($_->{grade} => $_->{weeks}) } rows('SELECT grade, weeks FROM ej.grade_norm WHERE school_id = 1');
my %curriculum = map { ("$_->{study_group_id} $_->{subject_id}" => $_->{hours_week}) } rows('SELECT study_group_id, subject_id, hours_week FROM ej.curriculum WHERE school_id = 1');
my %whole = map { ($_->{class_id} => $_->{study_group_id}) } rows(q{SELECT x.class_id, min(g.id) AS study_group_id FROM ej.study_group_class AS x JOIN ej.study_group AS g ON g.id = x.study_group_id AND g.kind = 'class' GROUP BY x.class_id});
my (%works, %due, %plan, %rows, %covers);
$works{$_->{teaching_id}} = $_->{n} for rows(q{SELECT w.teaching_id, count(DISTINCT l.id) AS n FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id AND k.is_control
    JOIN ej.lesson AS l ON l.id = w.lesson_id AND l.state IN ('planned', 'given') AND l.held_on <= ? WHERE w.school_id = 1 GROUP BY w.teaching_id}, $today);
for my $l (rows(q{SELECT teaching_id, hours, state, held_on FROM ej.lesson WHERE school_id = 1 AND held_on <= ?}, $today)) {
    $due{$l->{teaching_id}} += $l->{hours} if $l->{state} eq 'given' || $l->{state} ne 'moved' && $l->{held_on} lt $today;
}
$plan{$_->{teaching_id}} = $_ for rows('SELECT u.teaching_id, p.id, p.state FROM ej.plan_use AS u JOIN ej.plan AS p ON p.id = u.plan_id WHERE u.school_id = 1');
push @{$rows{$_->{plan_id}}}, $_ for rows('SELECT id, plan_id, hours FROM ej.plan_row WHERE school_id = 1');
$covers{$_->{teaching_id}}{$_->{plan_row_id}} += $_->{goes_on} ? 0 : 1 for rows('SELECT teaching_id, plan_row_id, goes_on FROM ej.plan_given WHERE school_id = 1');
$covers{$_->{teaching_id}}{$_->{plan_row_id}} = 1000 for rows('SELECT teaching_id, plan_row_id FROM ej.plan_skip WHERE school_id = 1');
for my $g (rows(q{SELECT t.id, t.subject_id, t.study_group_id, t.hours_week, g.kind, c.id AS class_id, c.grade FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id
        CROSS JOIN LATERAL (SELECT c.id, c.grade FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id WHERE x.study_group_id = g.id ORDER BY c.grade, c.id LIMIT 1) AS c WHERE t.school_id = 1 AND t.year = 2026})) {
    my $norm = ($curriculum{"$g->{study_group_id} $g->{subject_id}"} // $curriculum{($whole{$g->{class_id}} // 0) . " $g->{subject_id}"} // $g->{hours_week}) * ($weeks{$g->{grade}} // 34);
    $expected{'control-share'}{$g->{id}} = $works{$g->{id}} * 100 > 2 * $norm ? 1 : 0 if $works{$g->{id}} && $g->{grade} > 1;
    my $plan = $plan{$g->{id}};
    my ($hours, $covered) = (0, 0);
    for my $r (@{$rows{$plan ? $plan->{id} : 0} || []}) {
        my $n = $covers{$g->{id}}{$r->{id}} // 0;
        $hours += $r->{hours};
        $covered += $n < $r->{hours} ? $n : $r->{hours};
    }
    $expected{plan}{$g->{id}} = !$plan || $plan->{state} ne 'approved' || $hours != $norm ? 1 : 0 if $g->{kind} ne 'club';
    my $due = ($due{$g->{id}} // 0) < $hours ? $due{$g->{id}} // 0 : $hours;
    $expected{lag}{$g->{id}} = $due - $covered >= 2 ? 1 : 0 if $hours;
}
$expected{corrections}{"$_->{teaching_id} $_->{lesson_id}"} = $_->{state} =~ /new|accepted/ ? 1 : 0
    for rows(q{SELECT teaching_id, lesson_id, state FROM ej.correction WHERE school_id = 1 AND (asked_at AT TIME ZONE 'Europe/Moscow')::date BETWEEN ? AND ?}, $from, $till);

# Families: the weeks whose days for being acknowledged are over; the last day on which the family was told.
my %read = map { ("$_->{pupil_id} $_->{week_on}" => 1) } rows(q{SELECT r.pupil_id, r.week_on FROM ej.receipt AS r JOIN ej.school AS s ON s.id = r.school_id WHERE r.way = ANY (s.receipt_ways)});
my ($opens, $wait) = @school{qw(receipt_opens receipt_days)};
for my $w (rows(q{SELECT e.pupil_id, e.class_id, g::date AS monday FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
        CROSS JOIN generate_series(timestamp '2026-08-31', timestamp '2026-11-16', interval '7 days') AS g
       WHERE c.school_id = 1 AND c.year = 2026 AND e.during && daterange(g::date, g::date + 6)
         AND g::date + ?::int BETWEEN ?::date AND ?::date - 1}, $opens + $wait - 1, $from, $today)) {
    next unless $has{"$w->{class_id} $w->{monday}"};
    $expected{receipt}{"$w->{class_id} $w->{pupil_id} $w->{monday}"} = $read{"$w->{pupil_id} $w->{monday}"} ? 0 : 1;
}
my %told;
for my $one (rows(q{SELECT pupil_id, (made_at AT TIME ZONE 'Europe/Moscow')::date AS day FROM ej.receipt UNION ALL SELECT pupil_id, (printed_at AT TIME ZONE 'Europe/Moscow')::date FROM ej.paper
        UNION ALL SELECT pupil_id, (made_at AT TIME ZONE 'Europe/Moscow')::date FROM ej.extract WHERE pupil_id IS NOT NULL AND void_at IS NULL UNION ALL SELECT pupil_id, informed_on FROM ej.informing})) {
    $told{$one->{pupil_id}} = $one->{day} if $one->{day} gt ($told{$one->{pupil_id}} // '');
}
for my $n (rows(q{SELECT e.pupil_id, e.class_id, greatest(lower(e.during), date '2026-09-01') AS came_on FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id WHERE c.school_id = 1 AND c.year = 2026 AND e.during @> ?::date}, $today)) {
    my $since = $told{$n->{pupil_id}} // $n->{came_on};
    my ($days) = $db->selectrow_array('SELECT ?::date - ?::date', undef, $today, $since);
    $expected{informing}{"$n->{class_id} $n->{pupil_id}"} = $days > $school{$is_paper{$n->{pupil_id}} ? 'informing_paper_days' : 'informing_days'} ? 1 : 0;
}

# ----------------------------------------------------------- what is shown ----

my %key = (week => [qw(class_id on_day)], data => [qw(class_id on_day)], finals => [qw(journal_id pupil_id)], 'few-marks' => [qw(journal_id pupil_id)], visit => [qw(class_id pupil_id)],
    objectivity => [qw(journal_id pupil_id)], 'control-share' => ['teaching_id'], lag => ['teaching_id'], plan => ['teaching_id'], corrections => [qw(teaching_id lesson_id)],
    receipt => [qw(class_id pupil_id on_day)], informing => [qw(class_id pupil_id)]);
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
for my $duty (grep { $_ ne 'data' } sort keys %key) { cmp_ok scalar(grep { !$_ } values %{$expected{$duty}}), '>', 0, "$duty: something is done, too" unless $duty eq 'finals' || $duty eq 'few-marks' }
ok exists $expected{week}{"$class 2026-08-31"}, 'the week amid which the year begins counts';
for my $on ('2026-09-02', '2026-10-26', '2026-11-05') {
    my ($before) = $db->selectrow_array(q{SELECT ?::date - 1}, undef, $on);
    my @n = map { $deputy->get("/control?from_on=$_->[0]&till_on=$_->[1]")->xpath('number(//duty[@duty_key = "week"]/@total)') } [$from, $before], [$on, $till];
    is $n[0] + $n[1], scalar(keys %{$expected{week}}), "each week counts once, before $on or from it on";
}
is $expected{week}{"$class 2026-11-02"}, 0, 'a week that was checked is done';
ok !exists $expected{visit}{"$class $paper->{pupil_id}"}, 'a family on paper owes no visit';

open my $lessons, '<:encoding(UTF-8)', 'tests/control/control.t' or die "control.t: $!\n";
my ($there) = do { local $/; <$lessons> } =~ /^for my \$duty \(qw\((.*?)\)\)/ms;
is join(' ', sort keys %key, split ' ', $there), join(' ', sort map { $_->{duty_key} } rows('SELECT duty_key FROM ej.duties()')), 'every duty is computed once more, here or in control.t';
done_testing;
