#!/usr/bin/perl
# control.t: the figures and rows of the control of journals (CTL-01 … 07, 12 … 14). Violations of the duties of
# lessons, homework, marks and control works are planted; each is computed here once more from the base tables, and
# must find them and no others. Duties of terms, classes and families: control_duties.t.
use lib 'tests/lib';
use EJ::Test qw(refused);
use Time::Local qw(timegm);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($deputy, $director, $administrator, $teacher, $leader, $observer, $parent) =
    map { $t->login($_) } qw(deputy director administrator teacher class-teacher observer parent);
my ($from, $till, $today) = ('2026-11-02', '2026-12-30', '2026-11-20');
sub rows  { my ($sql, @args) = @_; return @{$db->selectall_arrayref($sql, {Slice => {}}, @args)} }
sub plant { my ($sql, @args) = @_; $db->do($sql, undef, @args); return }
sub day   { my ($y, $m, $d) = $_[0] =~ /(\d+)-(\d+)-(\d+)/; return int(timegm(0, 0, 12, $d, $m - 1, $y) / 86400) }

# ---------------------------------------------------------------- planting ----

my %of = map { ($_->{subject} => $_) } rows(q{SELECT t.id, s.name AS subject, t.study_group_id, t.staff_id FROM ej.teaching AS t
    JOIN ej.study_group AS g ON g.id = t.study_group_id JOIN ej.subject AS s ON s.id = t.subject_id
   WHERE t.school_id = 1 AND g.name = '7Б'});
my @lessons = rows(q{SELECT l.id, l.held_on FROM ej.lesson AS l WHERE l.teaching_id = ? AND l.state = 'given'
    AND l.held_on BETWEEN '2026-11-02' AND '2026-11-18' ORDER BY l.held_on, l.slot}, $of{'Русский язык'}{id});
cmp_ok scalar @lessons, '>', 5, 'there are lessons to spoil';
plant(q{UPDATE ej.lesson SET topic = '' WHERE id = ?}, $lessons[0]{id});
plant(q{UPDATE ej.lesson SET attendance_at = NULL WHERE id = ?}, $lessons[1]{id});
plant(q{UPDATE ej.lesson SET attendance_at = attendance_at + interval '2 days' WHERE id = ?}, $lessons[2]{id});
plant(q{UPDATE ej.lesson SET topic = (SELECT upper(topic) FROM ej.lesson WHERE id = ?) WHERE id = ?}, $lessons[2]{id}, $lessons[3]{id});
plant(q{UPDATE ej.lesson SET topic = 'Present Simple' WHERE id = ?}, $lessons[4]{id});
plant(q{UPDATE ej.lesson SET homework = NULL WHERE id = ?}, $lessons[5]{id});
my ($task) = rows(q{SELECT h.id FROM ej.homework AS h JOIN ej.lesson AS l ON l.id = h.lesson_id
    WHERE h.teaching_id = ? AND NOT h.is_personal AND l.held_on BETWEEN '2026-11-02' AND '2026-11-13' ORDER BY h.id LIMIT 1}, $of{'Алгебра'}{id});
plant(q{UPDATE ej.homework SET text = 'упр. 5', due_lesson_id = NULL, due_on = '2026-11-15' WHERE id = ?}, $task->{id});
plant(q{UPDATE ej.history SET made_at = made_at + interval '3 days' WHERE table_name = 'homework' AND key_id = ?}, $task->{id});
plant(q{UPDATE ej.grade_norm SET homework_min = 150 WHERE grade = 7});
plant(q{INSERT INTO ej.grade_norm (school_id, grade, homework_min) SELECT 1, 7, 150 WHERE NOT EXISTS (SELECT FROM ej.grade_norm WHERE school_id = 1 AND grade = 7)});
plant(q{UPDATE ej.homework SET minutes = 100 WHERE due_on = '2026-11-12' AND school_id = 1 AND NOT is_personal});
plant(q{UPDATE ej.history SET made_at = made_at + interval '20 days' WHERE table_name = 'mark' AND key_id = (
    SELECT min(w.id) FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id JOIN ej.mark AS m ON m.work_id = w.id
     WHERE w.teaching_id = ? AND l.held_on BETWEEN '2026-11-02' AND '2026-11-10')}, $of{'Русский язык'}{id});
plant(q{UPDATE ej.work SET title = '' WHERE id = (SELECT min(w.id) FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id AND k.is_control
    JOIN ej.lesson AS l ON l.id = w.lesson_id WHERE w.school_id = 1 AND l.held_on BETWEEN '2026-11-02' AND '2026-11-18')});
plant(q{INSERT INTO ej.attendance_check (school_id, class_id, week_on, staff_id) SELECT 1, c.id, '2026-11-02', c.class_teacher_id FROM ej.class AS c WHERE c.name = '7Б' AND c.school_id = 1 ON CONFLICT DO NOTHING});
plant(q{INSERT INTO ej.visit (account_id, seen_on) SELECT a.id, '2026-11-06' FROM ej.account AS a WHERE a.login = 'parent' ON CONFLICT DO NOTHING});
plant(q{INSERT INTO ej.duty_limit (school_id, duty_key, value) VALUES (1, 'control-often', 40)});
# The schedule of control works begins on 9 November: one of its works takes the place of a lesson, one has no lesson.
my ($held) = rows(q{SELECT l.held_on FROM ej.lesson AS l WHERE l.teaching_id = ? AND l.state = 'given' AND l.held_on BETWEEN '2026-11-09' AND '2026-11-12' ORDER BY l.held_on LIMIT 1}, $of{'Русский язык'}{id});
my ($free) = rows(q{SELECT d::date AS day FROM generate_series(date '2026-11-09', '2026-11-18', '1 day') AS d
    WHERE NOT EXISTS (SELECT FROM ej.lesson AS l WHERE l.teaching_id = ? AND l.held_on = d) ORDER BY d LIMIT 1}, $of{'Алгебра'}{id});
plant(q{INSERT INTO ej.control_work (school_id, teaching_id, form_id, held_on) SELECT 1, ?, k.id, ? FROM ej.work_kind AS k WHERE k.school_id = 1 AND k.code = 'test'}, @$_)
    for [$of{'Русский язык'}{id}, $held->{held_on}], [$of{'Алгебра'}{id}, $free->{day}];
my ($begins) = map { $_->{day} } rows(q{SELECT min(held_on) AS day FROM ej.control_work WHERE school_id = 1 AND held_on >= '2026-09-01'});
# A lesson is cancelled, another lesson replaces a cancelled one.
my @gone = rows(q{SELECT l.id, l.held_on FROM ej.lesson AS l WHERE l.teaching_id = ? AND l.state = 'given' AND l.held_on BETWEEN '2026-11-09' AND '2026-11-18' ORDER BY l.held_on LIMIT 2}, $of{'Английский язык'}{id} // $of{'Алгебра'}{id});
plant(q{SET session_replication_role = replica});
plant(q{UPDATE ej.lesson SET state = 'cancelled' WHERE id = ANY (?)}, [map { $_->{id} } @gone]);
plant(q{UPDATE ej.lesson SET instead_of_id = ? WHERE id = (SELECT min(id) FROM ej.lesson WHERE teaching_id = ? AND state = 'given' AND held_on BETWEEN '2026-11-02' AND '2026-11-06')}, $gone[1]{id}, $of{'Алгебра'}{id});
plant(q{SET session_replication_role = origin});

# ---------------------------------------------- the same, computed here ----

my %expected; # duty => {key => is_undone}
my %teaching = map { ($_->{id} => $_) } rows(q{SELECT t.id, t.staff_id, t.study_group_id, g.kind,
    (SELECT bool_and(c.grade = 1) FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id WHERE x.study_group_id = g.id) AS is_unmarked
    FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id WHERE t.school_id = 1 AND t.year = 2026});
my %member;
push @{$member{$_->{study_group_id}}}, $_ for rows(q{SELECT study_group_id, lower(during) AS starts, upper(during) AS ends FROM ej.membership WHERE school_id = 1});
sub has_pupils { my ($group, $on) = @_; return !!grep { (!$_->{starts} || $_->{starts} le $on) && (!$_->{ends} || $_->{ends} gt $on) } @{$member{$group}} }
my (%lesson, %topics, %of_teaching);
my %instead = map { ($_->{id} => 1) } rows('SELECT instead_of_id AS id FROM ej.lesson WHERE instead_of_id IS NOT NULL');
for my $l (rows(q{SELECT l.*, (l.attendance_at AT TIME ZONE 'Europe/Moscow')::date AS marked_on FROM ej.lesson AS l
                   WHERE l.school_id = 1 AND l.state IN ('planned', 'given', 'cancelled') ORDER BY l.held_on, l.slot, l.id})) {
    $lesson{$l->{id}} = $l;
    my $g = $teaching{$l->{teaching_id}} or next;
    push @{$of_teaching{$g->{id}}}, $l if $l->{state} ne 'cancelled';
    my $again = $l->{topic} ne '' && $topics{$g->{id}}{$l->{state} eq 'cancelled' ? 1 : 0}{lc($l->{topic}) =~ s/^\s+|\s+$//gr}++;
    next if $l->{held_on} lt $from || $l->{held_on} ge $today || !has_pupils($l->{study_group_id}, $l->{held_on});
    my %of;
    if ($l->{state} eq 'cancelled') {
        %of = (lost => !$instead{$l->{id}});
    }
    else {
        %of = (lost => 0, topic => $l->{topic} eq '', attendance => !defined $l->{attendance_at});
        $of{late} = $l->{marked_on} gt $l->{held_on} if defined $l->{attendance_at};
        $of{homework} = !defined $l->{homework} if !$g->{is_unmarked};
        $of{unfilled} = $of{topic} || $of{attendance} || $of{homework};
        if ($l->{topic} ne '') {
            $of{letters} = $l->{topic} !~ /[А-Яа-яЁё]/;
            $of{repeated} = $again;
        }
    }
    $expected{$_}{$l->{id}} = $of{$_} ? 1 : 0 for keys %of;
}
for my $given (rows(q{SELECT g.lesson_id FROM ej.plan_given AS g JOIN ej.plan_row AS r ON r.id = g.plan_row_id WHERE r.hours > 1
                         OR EXISTS (SELECT FROM ej.plan_given AS o WHERE o.plan_row_id = r.id AND o.teaching_id = g.teaching_id AND o.goes_on)})) {
    $expected{repeated}{$given->{lesson_id}} = 0 if exists $expected{repeated}{$given->{lesson_id}};
}

my %holiday;
for my $h (rows(q{SELECT generate_series(lower(during), upper(during) - 1, interval '1 day')::date AS day FROM ej.holiday WHERE school_id = 1 AND kind <> 'extra'})) { $holiday{$h->{day}} = 1 }
my %set = map { ($_->{key_id} => $_->{day}) } rows(q{SELECT key_id, (min(made_at) AT TIME ZONE 'Europe/Moscow')::date AS day FROM ej.history WHERE table_name = 'homework' AND school_id = 1 GROUP BY key_id});
my %load;
for my $h (rows(q{SELECT h.*, t.subject_id, (SELECT min(class_id) FROM ej.study_group_class AS x WHERE x.study_group_id = t.study_group_id) AS class_id
                    FROM ej.homework AS h JOIN ej.teaching AS t ON t.id = h.teaching_id WHERE h.school_id = 1 AND NOT h.is_personal})) {
    my $l = $lesson{$h->{lesson_id}} or next;
    next if $l->{held_on} lt $from || $l->{held_on} gt $today;
    my @words = split ' ', $h->{text};
    my $is_sunday = (day($h->{due_on}) + 3) % 7 == 6;
    push @{$expected{'homework-short'}{$h->{lesson_id}}}, @words < 3 ? 1 : 0 if $h->{file_names} eq '';
    push @{$expected{'homework-holiday'}{$h->{lesson_id}}}, $holiday{$h->{due_on}} || $is_sunday ? 1 : 0;
    push @{$expected{'homework-late'}{$h->{lesson_id}}}, ($set{$h->{id}} // '') gt $l->{held_on} ? 1 : 0 if $set{$h->{id}};
    my $most = \$load{$h->{class_id}}{$h->{due_on}}{$h->{subject_id}};
    $$most = $h->{minutes} if defined $h->{minutes} && $h->{minutes} > ($$most // 0);
}
my %norm = map { ($_->{id} => $_->{homework_min}) } rows(q{SELECT c.id, n.homework_min FROM ej.class AS c JOIN ej.grade_norm AS n ON n.school_id = c.school_id AND n.grade = c.grade WHERE n.homework_min IS NOT NULL});
for my $class (keys %load) {
    for my $on (keys %{$load{$class}}) {
        my @minutes = grep { defined } values %{$load{$class}{$on}} or next;
        my $sum = 0;
        $sum += $_ for @minutes;
        $expected{'homework-minutes'}{"$class $on"} = $sum > $norm{$class} ? 1 : 0 if $norm{$class};
    }
}

my (%marked, %first);
$marked{$_->{work_id}} = 1 for rows(q{SELECT DISTINCT work_id FROM ej.mark WHERE school_id = 1 AND value IS NOT NULL});
$first{$_->{key_id}} = $_->{day} for rows(q{SELECT key_id, (min(made_at) AT TIME ZONE 'Europe/Moscow')::date AS day FROM ej.history WHERE table_name = 'mark' AND school_id = 1 GROUP BY key_id});
my %next;
for my $list (values %of_teaching) { $next{$list->[$_]{id}} = $list->[$_ + 1]{held_on} for 0 .. $#$list - 1 }
my (%bare, %controls);
for my $w (rows(q{SELECT w.*, k.code, k.is_control FROM ej.work AS w JOIN ej.work_kind AS k ON k.id = w.kind_id WHERE w.school_id = 1})) {
    my $l = $lesson{$w->{lesson_id}} or next;
    next if $l->{state} eq 'cancelled';
    $bare{$l->{id}} = 1 if $marked{$w->{id}};
    $controls{$w->{teaching_id}}{$l->{id}} ||= $w->{control_work_id} ? 1 : 0 if $w->{is_control} && $l->{held_on} le $today;
    next if $l->{held_on} lt $from;
    my $is_topical = $w->{is_control} || ($w->{code} // '') =~ /^(?:lab|practical)$/;
    my $is_written = $is_topical || ($w->{code} // '') =~ /^(?:independent|check|quiz|homework)$/;
    push @{$expected{'work-topic'}{$l->{id}}}, $w->{title} eq '' ? 1 : 0 if $is_topical && $l->{held_on} lt $today;
    my $due = $is_written ? day($l->{held_on}) + 7 : $next{$l->{id}} ? day($next{$l->{id}}) : undef;
    next unless defined $due && $due < day($today) && ($marked{$w->{id}} || $is_written);
    push @{$expected{'marks-late'}{$l->{id}}}, !$marked{$w->{id}} || $first{$w->{id}} && day($first{$w->{id}}) > $due ? 1 : 0;
}
for my $id (grep { !$teaching{$_}{is_unmarked} && $teaching{$_}{kind} !~ /^(?:elective|club|individual|home)$/ } keys %of_teaching) {
    my $run = 0;
    for my $l (grep { $_->{state} eq 'given' && $_->{held_on} ge $from && $_->{held_on} lt $today } @{$of_teaching{$id}}) {
        $run = $bare{$l->{id}} ? 0 : $run + 1;
        $expected{gap}{$l->{id}} = $run && $run % 3 == 0 ? 1 : 0;
    }
}
for my $id (grep { !$teaching{$_}{is_unmarked} } keys %controls) {
    my $last;
    for my $l (sort { $a->{held_on} cmp $b->{held_on} || $a->{slot} <=> $b->{slot} } map { $lesson{$_} } keys %{$controls{$id}}) {
        if ($l->{held_on} ge $from) {
            push @{$expected{'off-schedule'}{$l->{id}}}, $controls{$id}{$l->{id}} ? 0 : 1 if $l->{held_on} ge $begins;
            $expected{'control-often'}{$l->{id}} = defined $last && day($l->{held_on}) - day($last) < 40 ? 1 : 0;
        }
        $last = $l->{held_on};
    }
}

my %done = map { ($_->{control_work_id} => 1) } grep { $lesson{$_->{lesson_id}} && $lesson{$_->{lesson_id}}{state} ne 'cancelled' } rows('SELECT control_work_id, lesson_id FROM ej.work WHERE control_work_id IS NOT NULL');
for my $k (rows(q{SELECT k.id, k.held_on, (SELECT min(x.class_id) FROM ej.study_group_class AS x WHERE x.study_group_id = t.study_group_id) AS class_id
                    FROM ej.control_work AS k JOIN ej.teaching AS t ON t.id = k.teaching_id WHERE k.school_id = 1 AND k.held_on BETWEEN ? AND ? AND k.held_on < ?}, $from, $till, $today)) {
    push @{$expected{'off-schedule'}{"$k->{class_id} $k->{held_on}"}}, 1 unless $done{$k->{id}};
}

# Of what the page shows: the undone facts by the same keys, and the sums of the matrix.
sub shown {
    my ($duty) = @_;
    my ($page, $pages, %found) = (0, 1);
    while ($page++ < $pages) {
        my $r = $deputy->get("/control/duties/$duty?from_on=$from&till_on=$till&page=$page");
        $pages = $r->xpath('string(//control/@pages)');
        for my $f ($r->nodes('//fact')) { $found{$f->getAttribute('lesson_id') // join ' ', map { $f->getAttribute($_) } qw(class_id on_day)}++ }
    }
    return \%found;
}
my $matrix = $deputy->get("/control?from_on=$from&till_on=$till");
for my $duty (qw(unfilled late topic repeated letters attendance lost homework homework-late homework-short homework-holiday homework-minutes
                 marks-late gap work-topic off-schedule control-often)) {
    my (%undone, $total);
    for my $key (keys %{$expected{$duty}}) {
        my $is = $expected{$duty}{$key};
        $total += ref $is ? @$is : 1;
        my $n = grep { $_ } ref $is ? @$is : $is;
        $undone{$key} = $n if $n;
    }
    $total //= 0;
    cmp_ok scalar keys %undone, '>', 0, "$duty: something is planted";
    is_deeply shown($duty), \%undone, "$duty: exactly what this test computes is undone";
    my $sum = 0;
    $sum += $_ for values %undone;
    is join('/', map { $matrix->xpath(qq{number(//duty[\@duty_key = "$duty"]/\@$_)}) } qw(undone total)), "$sum/$total", "$duty: the figure is $sum of $total";
}

# ------------------------------------------------------------- who sees what ----

sub sum { my ($r, $duty) = @_; return $r->xpath(qq{string(//duty[\@duty_key = "$duty"]/\@undone)}) }
is sum($_->[0]->get("/control?from_on=$from&till_on=$till"), 'unfilled'), sum($matrix, 'unfilled'), "$_->[1] sees the whole school"
    for [$director, 'the director'], [$administrator, 'the administrator'];
my $seen = $observer->get("/control?from_on=$from&till_on=$till");
is join(' ', sum($seen, 'unfilled'), $seen->xpath('string(/page/@view)'), $seen->count('//line')), join(' ', sum($matrix, 'unfilled'), 'class', 0), 'an observer sees the figures of the school alone, since a class has two teachers';
is sum($seen, 'week'), sum($matrix, 'week'), 'and the sum of what three class teachers owe';
unlike $observer->get('/control', accept => 'text/html')->content, qr{/control/duties/}, 'without rows';
is $observer->get('/control/duties/unfilled')->status . $observer->get("/control?by=staff&from_on=$from")->xpath('string(/page/@view)'), '404class', 'an observer opens no rows, and no page by teachers';
my $own = $leader->get("/control?from_on=$from&till_on=$till&by=class");
is $own->xpath('string(//line[@name = "7Б"]/c[1]/@undone)'),
    $deputy->get("/control?from_on=$from&till_on=$till&by=class")->xpath('string(//line[@name = "7Б"]/c[1]/@undone)'), 'a class teacher sees the class whole';
is $own->count('//line[@name = "1А"]/c[@total]'), 0, 'and no other';
my @mine = map { $_->getAttribute('lesson_id') } $teacher->get("/control/duties/unfilled?from_on=$from")->nodes('//fact');
is $t->value(q{SELECT count(*) FROM ej.lesson AS l JOIN ej.teaching AS t ON t.id = l.teaching_id
   WHERE l.id = ANY (?) AND NOT EXISTS (SELECT FROM ej.staff AS s JOIN ej.account AS a ON a.person_id = s.person_id AND a.login = 'teacher' WHERE s.id = t.staff_id)
     AND NOT EXISTS (SELECT FROM ej.study_group_class AS g JOIN ej.class AS c ON c.id = g.class_id JOIN ej.staff AS s ON s.id = c.class_teacher_id
                       JOIN ej.account AS a ON a.person_id = s.person_id AND a.login = 'teacher' WHERE g.study_group_id = t.study_group_id)}, \@mine), 0,
    'a teacher sees the own teachings and the own class';
is $parent->get($_)->status, 404, "no parent sees $_" for '/control', '/control/duties/unfilled';
is $deputy->get('/control/duties/nothing')->status, 404, 'an unknown duty is no page';
is $t->login('deputy-17')->get("/control?from_on=$from&till_on=$till")->xpath('string(//duty[1]/@total)') // '', $t->value(q{SELECT count(*) FROM ej.lesson AS l
    WHERE l.school_id = (SELECT s.school_id FROM ej.staff AS s JOIN ej.account AS a ON a.person_id = s.person_id WHERE a.login = 'deputy-17') AND l.held_on >= '2026-11-02' AND l.held_on < '2026-11-20' AND l.state IN ('planned', 'given')}) || '', 'another school counts its own lessons';
is refused($deputy->get("/control?from_on=2026-12-01&till_on=2026-11-01")), '422 JE132:till_on', 'reversed days are refused at the field';
is refused($deputy->get("/control?from_on=2020-12-01&till_on=2026-11-01")), '422 JE171:from_on', 'days outside of the year, too';
is refused($deputy->get("/control?name=нет")), '422 JE106:name', 'and a term that is not there';

# ------------------------------------------------------- an observer and few people ---

my $page = "/control?from_on=$from&till_on=$till&by=class";
sub lines { my ($r, $n) = @_; return join ' ', map { $_->getAttribute('name') . ':' . ($_->findvalue("c[$n]/\@total") || '-') } $r->nodes('//line') }
my $n = 1 + $matrix->count('//duty[@duty_key = "unfilled"]/preceding-sibling::duty');
plant(q{SET session_replication_role = replica});
plant(q{UPDATE ej.teaching SET staff_id = (SELECT min(s.id) FROM ej.staff AS s WHERE s.school_id = 1 AND s.id NOT IN (
    SELECT t.staff_id FROM ej.teaching AS t JOIN ej.study_group_class AS g USING (study_group_id) JOIN ej.class AS c ON c.id = g.class_id AND c.name = '1А' AND c.school_id = 1 WHERE t.staff_id IS NOT NULL))
    WHERE id = (SELECT min(t.id) FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.name = '1А' WHERE t.school_id = 1)});
plant(q{SET session_replication_role = origin});
is lines($observer->get($page), $n), lines($deputy->get($page), $n), 'where each class has five pupils and three teachers an observer sees the classes';
for my $duty (qw(week data informing)) {
    my $at = 1 + $matrix->count(qq{//duty[\@duty_key = "$duty"]/preceding-sibling::duty});
    unlike lines($observer->get($page), $at), qr/:\d/, "an observer does not see what one class teacher owes: $duty";
}
is sum($observer->get($page), 'week'), sum($deputy->get($page), 'week'), 'that is only in the sum of the school';
plant(q{SET session_replication_role = replica});
plant(q{UPDATE ej.enrolment SET during = daterange(lower(during), '2026-11-19') WHERE id IN (SELECT e.id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id AND c.name = '10А' AND c.school_id = 1
    WHERE e.during @> date '2026-11-20' ORDER BY e.id OFFSET 4)});
$seen = $observer->get($page);
is $seen->count('//line') . ' ' . (sum($seen, 'unfilled') > 0), '0 1', 'with four pupils in one class the observer sees no class, but the sum';
plant(q{UPDATE ej.enrolment SET during = daterange(lower(during), '2026-11-19') WHERE school_id = 1 AND during @> date '2026-11-20' AND id NOT IN (
    SELECT id FROM ej.enrolment WHERE school_id = 1 AND during @> date '2026-11-20' ORDER BY id LIMIT 4)});
plant(q{SET session_replication_role = origin});
is $observer->get($page)->count('//@total'), 0, 'an observer sees no figure of a school of four pupils';
like $observer->get($page, html => 1)->content, qr/школа так мала/, 'the page says that the school is too small';
done_testing;
