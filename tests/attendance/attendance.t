#!/usr/bin/perl
# attendance.t: «Посещаемость» over HTTP: week and month, reasons, verification, announcements;
# full days and lessons missed, computed anew from the marked absences.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my %who = map { $_ => $t->login($_) } qw(class-teacher teacher deputy parent);
my $lead = $who{'class-teacher'};
my ($class, $other) = map { $t->value('SELECT id FROM ej.class WHERE school_id = 1 AND name = ?', $_) } '7Б', '1А';
my $db = $t->new_db;
my ($child, $mate) = @{$db->selectcol_arrayref('SELECT e.pupil_id FROM ej.enrolment AS e WHERE e.class_id = ? AND e.during @> date \'2026-11-20\' ORDER BY e.pupil_id LIMIT 2', undef, $class)};
sub codes { return $t->value(q{SELECT string_agg(a.code, '' ORDER BY l.slot) FROM ej.attendance AS a JOIN ej.lesson AS l ON l.id = a.lesson_id WHERE a.pupil_id = ? AND l.held_on = ?}, @_) // '' }
# marks a pupil absent in all given lessons of a day, or in one of them
sub miss {
    my ($pupil, $day, $code, $slot) = @_;
    $db->do(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code)
        SELECT l.id, b.pupil_id, l.school_id, l.teaching_id, $3 FROM ej.membership AS b JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id AND b.during @> l.held_on
         WHERE b.pupil_id = $1 AND l.held_on = $2 AND l.state = 'given' AND ($4::int IS NULL OR l.slot = $4)
        ON CONFLICT (lesson_id, pupil_id) DO UPDATE SET code = excluded.code, minutes = NULL} =~ s/\$(\d)/\$$1/gr, {pg_placeholder_dollaronly => 1}, $pupil, $day, $code, $slot);
}
$db->do(q{DELETE FROM ej.attendance AS a USING ej.lesson AS l WHERE l.id = a.lesson_id AND a.pupil_id IN (?, ?) AND l.held_on >= '2026-11-02'}, undef, $child, $mate);

# ------------------------------------------------------------ the classes ---

is $lead->get('/attendance')->xpath('concat(count(//class), " ", //class/@name)'), '1 7Б', 'a class teacher sees the own class';
is $who{deputy}->get('/attendance')->count('//class'), 3, 'a deputy all';
is join(' ', map { $t->login($_)->get('/attendance')->status } qw(director administrator substitute personnel meals observer parent pupil)), '200 200 404 404 404 404 404 404', 'heads and class teachers have the page';
is join(' ', map { $lead->get("/classes/$other/$_")->status } qw(attendance unexplained checks missed)), '404 404 404 404', 'another class is nobody\'s to read';

# ---------------------------------------------------------- week and month ---

miss($child, '2026-11-12', 'н');
miss($mate, '2026-11-13', 'н', 1);
my $page = "/classes/$class/attendance";
my $r = $lead->get("$page?week_on=2026-11-12");
is $r->xpath('concat(//attendance/@starts_on, " ", //attendance/@ends_on, " ", //attendance/@previous_on)'), '2026-11-09 2026-11-15 2026-11-02', 'a week is shown from Monday to Sunday';
is $r->count('//column'), $t->value(q{SELECT count(DISTINCT (l.held_on, l.slot)) FROM ej.lesson AS l JOIN ej.study_group_class AS g USING (study_group_id)
    WHERE g.class_id = ? AND l.held_on BETWEEN '2026-11-09' AND '2026-11-15' AND l.state IN ('planned', 'given')}, $class), 'with a column for each lesson of a day';
is join(' ', sort { $a <=> $b } map { scalar @{[$_->findnodes('c')]} } $r->nodes('//pupil')), join(' ', ($r->count('//column')) x $r->count('//pupil')), 'and a cell for each pupil and lesson';
my ($row) = $r->nodes("//pupil[\@pupil_id = $child]");
my @days = map { $_->getAttribute('held_on') } $r->nodes('//column');
my @cells = map { $_->textContent } $row->findnodes('c');
is join('', map { $days[$_] eq '2026-11-12' ? $cells[$_] : $cells[$_] && '!' } 0 .. $#cells), codes($child, '2026-11-12'), 'the absences stand in their columns';
my $month = $lead->get("$page?month_on=2026-11-20");
is $month->xpath('concat(//attendance/@starts_on, " ", //attendance/@ends_on, " ", //attendance/@is_month)'), '2026-11-01 2026-11-30 1', 'a month from its first day to its last';
cmp_ok $month->count('//column'), '>', $r->count('//column'), 'with more lessons';
is $month->count('//column[translate(@held_on, "-", "") > 20261120]'), 0, 'but none to come';
like $lead->get("$page?month_on=2026-11-20&format=csv")->content, qr/^"?Ученик"?;/m, 'as a file, too';
is refused($lead->get("$page?week_on=x")), '422 JE103:week_on', 'no day is refused';

# ------------------------------------------ full days and lessons, recomputed ---

# By the definitions of requirements 3.3, from plain rows, lesson by lesson.
sub recomputed {
    my ($pupil, $from, $till) = @_;
    my $rows = $db->selectall_arrayref(q{SELECT l.held_on::text, a.code FROM ej.membership AS b JOIN ej.lesson AS l USING (study_group_id)
        LEFT JOIN ej.attendance AS a ON a.lesson_id = l.id AND a.pupil_id = b.pupil_id
        WHERE b.pupil_id = ? AND b.during @> l.held_on AND l.state = 'given' AND l.held_on BETWEEN ? AND ?}, undef, $pupil, $from, $till);
    my (%day, %n);
    for (@$rows) {
        my ($day, $code) = @$_;
        push @{$day{$day}}, $code // '';
        $n{$code}++ if defined $code;
    }
    my $full = grep { my $codes = $_; !grep { !/^[нбуп]$/ } @$codes } values %day;
    my $ill  = grep { my $codes = $_; !grep { $_ ne 'б' } @$codes } values %day;
    my $all  = 0;
    $all += $n{$_} // 0 for qw(н б у п);
    return join ' ', map { $_ || '-' } $full, $ill, $all, map { $n{$_} // 0 } qw(б у п н о);
}
sub shown { my ($pupil) = @_; return join ' ', map { $pupil->getAttribute($_) || '-' } qw(days_missed days_ill lessons ill valid unjustified unexplained late) }
for my $one ([$month, '2026-11-01', '2026-11-20', 'a month'], [$lead->get("/classes/$class/missed"), '2026-11-02', '2026-12-30', 'the term'],
             [$who{deputy}->get("/classes/$other/attendance?month_on=2026-10-01"), '2026-10-01', '2026-10-31', 'a month of another class']) {
    my ($doc, $from, $till, $what) = @$one;
    my @pupils = $doc->nodes('//pupil');
    cmp_ok scalar(@pupils), '>', 5, "pupils of $what";
    is join("\n", map { shown($_) } @pupils), join("\n", map { recomputed($_->getAttribute('pupil_id'), $from, $till) } @pupils), "what they missed in $what is what another computation gives";
}

# The school's own definitions (requirements 3.3): a day of three lessons missed, a month of a share missed.
sub by_days { my ($pupil, $from, $till, $least) = @_;
    my (%held, %missed, %ill, %month, %gone);
    for my $row (@{$t->db->selectall_arrayref(q{SELECT l.held_on::text, coalesce(a.code, '') FROM ej.lesson l JOIN ej.membership m ON m.study_group_id = l.study_group_id AND m.during @> l.held_on
        LEFT JOIN ej.attendance a ON a.lesson_id = l.id AND a.pupil_id = m.pupil_id WHERE m.pupil_id = ? AND l.state = 'given' AND l.held_on BETWEEN ? AND ?}, {}, $pupil, $from, $till)}) {
        my ($day, $code) = @$row;
        $held{$day}++; $month{substr $day, 0, 7}++;
        next unless $code =~ /^[нбуп]$/;
        $missed{$day}++; $gone{substr $day, 0, 7}++;
        $ill{$day}++ if $code eq 'б';
    }
    my $counts = sub { my ($of) = @_; scalar grep { my $n = $of->{$_}; $n >= ($least && $least < $held{$_} ? $least : $held{$_}) } keys %$of };
    return ($counts->(\%missed), $counts->(\%ill), map { int(100 * ($gone{$_} // 0) / $month{$_}) } sort keys %month);
}
my ($ill_one) = map { $_->value } $month->nodes('(//pupil/@pupil_id)[1]');
my $busy = $t->value(q{SELECT l.held_on FROM ej.lesson l JOIN ej.membership m USING (study_group_id) WHERE m.pupil_id = ? AND m.during @> l.held_on AND l.state = 'given' AND l.held_on BETWEEN '2026-11-02' AND '2026-11-20' GROUP BY 1 HAVING count(*) > 2 ORDER BY 1 LIMIT 1}, $ill_one);
$t->db->do(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code)
    SELECT l.id, m.pupil_id, l.school_id, l.teaching_id, 'б' FROM ej.lesson l JOIN ej.membership m USING (study_group_id)
     WHERE m.pupil_id = ? AND m.during @> l.held_on AND l.state = 'given' AND l.held_on = ? ORDER BY l.slot LIMIT 2 ON CONFLICT (lesson_id, pupil_id) DO UPDATE SET code = 'б'}, undef, $ill_one, $busy);
for my $rule ([0, 30], [2, 5], [3, 30], [1, 0]) {
    my ($least, $pct) = @$rule;
    $t->db->do('UPDATE ej.school SET missed_day = ?, missed_month_pct = ? WHERE id = 1', undef, $least, $pct);
    my $doc = $lead->get("/classes/$class/attendance?month_on=2026-11-01");
    my @shown = map { my $p = $_; join ' ', (map { $p->getAttribute($_) || 0 } qw(days_missed days_ill share_pct)), $p->getAttribute('is_over') ? 'over' : () } $doc->nodes('//pupil');
    my @wanted = map { my ($days, $ill, $share) = by_days($_->value, '2026-11-01', '2026-11-30', $least); join ' ', $days, $ill, $share // 0, $pct && ($share // 0) >= $pct ? 'over' : () } $doc->nodes('//pupil/@pupil_id');
    is join("\n", @shown), join("\n", @wanted), "a day of $least lessons (0: all), a month of $pct %: another computation gives the same";
    my $html = $lead->get("/classes/$class/missed", html => 1)->content;
    like $html, $least == 1 ? qr/не меньше 1 урока/ : $least ? qr/не меньше $least уроков/ : qr/пропущены все уроки/, 'the rule stands under the table';
    like $lead->get("/classes/$class/missed?format=print", html => 1)->content, $least ? qr/не меньше $least урок/ : qr/пропущены все уроки/, 'and on paper';
    is $html =~ /Названы месяцы/ ? 1 : 0, $pct ? 1 : 0, 'with the months, if the school points them out';
}
$t->db->do('UPDATE ej.school SET missed_day = 2, missed_month_pct = 1 WHERE id = 1');
isnt join(' ', by_days($ill_one, '2026-11-01', '2026-11-30', 0)), join(' ', by_days($ill_one, '2026-11-01', '2026-11-30', 2)), 'the definitions differ';
like $lead->get("/classes/$class/missed")->xpath("string(//pupil[\@pupil_id = $ill_one]/\@months)"), qr/ноябрь/, 'the sheet of a term names the month';
$t->db->do('UPDATE ej.school SET missed_day = 0, missed_month_pct = 30 WHERE id = 1');
is join(', ', map { $_->getAttribute('name') } $lead->get("/classes/$class/missed")->nodes('//term')), 'I четверть, II четверть, III четверть, IV четверть, ' . $t->value(q{SELECT e.name FROM ej.term AS e JOIN ej.class AS c USING (term_plan_id) WHERE c.id = ? AND e.kind = 'year'}, $class), 'terms with lessons and the year can be chosen';
my $sums = $lead->get("/classes/$class/missed", html => 1);
my $paper = $lead->get("/classes/$class/missed?format=print", html => 1);
like $paper->content, qr/Сводная ведомость учёта посещаемости.*Классный руководитель.*Заместитель директора/s, 'it is printed as a form with signatures';
is join(' ', map { $_->textContent } $paper->nodes('//tr[@class = "total"]/td[position() > 1][position() < 9]')), join(' ', map { my $of = $_; my $n = 0; $n += $_->value for $lead->get("/classes/$class/missed")->nodes("//pupil/\@$of"); $n } qw(days_missed days_ill lessons ill valid unjustified unexplained late)), 'with the totals of the class';
like $sums->content, qr/Всего/, 'with a total';

# ------------------------------------------------------------- explaining ---

$r = $lead->get($page);
is $r->xpath("string(//unexplained[\@pupil_id = $child]/\@is_whole)"), '1', 'absences without a reason come first, with whole days';
my $form = $lead->get($page, html => 1);
is $form->count("//select[\@name = 'code.$child.20261112']"), 1, 'each with a choice';
is refused($lead->post("/classes/$class/unexplained", "code.$child.20261112" => 'x')), "422 JE106:code.$child.20261112", 'no such reason is refused at its row';
is $lead->post("/classes/$class/unexplained", {html => 1}, "code.$child.20261112" => 'x')->count("//select[\@name = 'code.$child.20261112']"), 1, 'with the form';
is $lead->post("/classes/$class/unexplained", "code.$child.20261112" => 'б', "code.$mate.20261113" => '', document => 'справка 12')->location, "$page?done=changed", 'one is explained, another left';
is codes($child, '2026-11-12') =~ /^б+$/ && codes($mate, '2026-11-13'), 'н', 'and only that has a reason';
is refused($lead->post("/classes/$class/unexplained", "code.$child.20261112" => 'у')), "409 JE210:code.$child.20261112", 'what was explained meanwhile is not overwritten';
is refused($who{teacher}->post("/classes/$class/unexplained", "code.$mate.20261113" => 'у')), '403 JE301:', 'nobody explains for another class';

# ------------------------------------------------------- reasons for days ---

is refused($lead->post($page, pupil_id => $mate, code => 'б', from_on => '2026-11-24', till_on => '2026-11-23')), '422 JE132:till_on', 'the last day is not before the first';
is refused($lead->post($page, code => 'б', from_on => '2026-11-24', till_on => '2026-11-24')), '422 JE101:pupil_id', 'whose it is must be said';
is refused($lead->post($page, pupil_id => $mate, code => 'н', from_on => '2026-11-24', till_on => '2026-11-24')), '422 JE106:code', '«н» is none';
$r = $lead->post($page, pupil_id => $mate, code => 'б', from_on => '2026-11-13', till_on => '2026-11-27', document => 'справка 8');
my ($reason) = $r->location =~ /saved=(\d+)/;
like $r->location, qr/^\Q$page\E\?.*done=added/, 'a certificate for past and future days is entered';
is codes($mate, '2026-11-13'), 'б', 'the absence has its code';
is refused($lead->post($page, pupil_id => $mate, code => 'у', from_on => '2026-11-27', till_on => '2026-11-28')), '409 JE212:from_on', 'a second one for a day is refused';

# who was marked present is listed, and sent to the teacher
$r = $lead->get($page);
my @contradictions = map { [map { $_ } $_->getAttribute('lesson_id'), $_->getAttribute('held_on')] } $r->nodes("//contradiction[\@pupil_id = $mate]");
is scalar(@contradictions), $t->value(q{SELECT count(*) FROM ej.membership AS b JOIN ej.lesson AS l USING (study_group_id) WHERE b.pupil_id = ? AND b.during @> l.held_on
    AND l.held_on BETWEEN '2026-11-13' AND '2026-11-20' AND l.attendance_at IS NOT NULL AND l.state = 'given'
    AND NOT EXISTS (SELECT FROM ej.attendance AS a WHERE a.lesson_id = l.id AND a.pupil_id = b.pupil_id)}, $mate), 'lessons that contradict the certificate are listed';
cmp_ok scalar(@contradictions), '>', 2, 'there are some';
is codes($mate, '2026-11-16'), '', 'and stay as they were marked';
my $mine = $t->value(q{SELECT count(*) FROM ej.lesson AS l JOIN ej.staff AS f ON f.id = l.staff_id JOIN ej.account AS a USING (person_id) WHERE a.login = 'teacher' AND l.id = ANY (?::bigint[])}, '{' . join(',', map { $_->[0] } @contradictions) . '}');
is $who{teacher}->get('/')->count('//contradiction'), $mine, 'each teacher sees the own ones';
my ($lesson) = grep { $t->value(q{SELECT count(*) FROM ej.lesson AS l JOIN ej.staff AS f ON f.id = l.staff_id JOIN ej.account AS a USING (person_id) WHERE a.login = 'teacher' AND l.id = ?}, $_) } map { $_->[0] } @contradictions;
is $who{teacher}->get("/lessons/$lesson")->xpath("string(//known[\@pupil_id = $mate]/\@code_name)"), 'болезнь', 'the lesson tells whose reason is known';
is $who{teacher}->post("/lessons/$lesson", "code.$mate" => 'н', "old_code.$mate" => '', attendance_done => 1, old_attendance_done => 1)->status, 303, 'the teacher marks the pupil absent';
is $t->value('SELECT code FROM ej.attendance WHERE lesson_id = ? AND pupil_id = ?', $lesson, $mate), 'б', 'with the code of the certificate';
is $who{teacher}->get('/')->count('//contradiction'), $mine - 1, 'and that is done';

$r = $lead->get("/reasons/$reason");
is $r->xpath('concat(//attendance/@from_on, " ", //attendance/@till_on, " ", //attendance/@code)'), '2026-11-13 2026-11-27 б', 'the reason has a page';
my %old = (code => 'б', old_code => 'б', from_on => '2026-11-13', old_from_on => '2026-11-13', old_till_on => '2026-11-27', document => 'справка 8', old_document => 'справка 8');
is $lead->post("/reasons/$reason", %old, till_on => '2026-11-14')->status, 303, 'it is made shorter';
is $t->value('SELECT code FROM ej.attendance WHERE lesson_id = ? AND pupil_id = ?', $lesson, $mate), $t->value('SELECT CASE WHEN held_on > \'2026-11-14\' THEN \'н\' ELSE \'б\' END FROM ej.lesson WHERE id = ?', $lesson), 'and other days lose it';
is refused($lead->post("/reasons/$reason", %old, till_on => '2026-11-30')), '409 JE210:till_on', 'changed meanwhile: a conflict';
is refused($who{teacher}->post("/reasons/$reason", %old, till_on => '2026-11-14')), '404 JE401:', 'a teacher of another class does not find it';
is $who{deputy}->get("/reasons/$reason")->status, 200, 'a deputy does';
is $lead->post("/reasons/$reason", %old, till_on => '2026-11-14', old_till_on => '2026-11-14', is_removed => 1, reason => 'ошибка')->status, 303, 'it is removed';
is codes($mate, '2026-11-13'), 'н', 'and the absence is without a reason again';

# ------------------------------------------------------------ verification ---

is $lead->get('/')->count('//task[@code = "attendance_check"]'), 1, 'a class teacher is reminded of the last week';
is refused($lead->post("/classes/$class/checks", week_on => '2026-11-23')), '422 JE203:week_on', 'a week to come is not verified';
is $lead->post("/classes/$class/checks", week_on => '2026-11-11', note => 'одна ошибка')->location, "/classes/$class/checks?done=added", 'a past one is';
is $lead->get("/classes/$class/checks")->xpath('concat(//week[@is_done]/@week_on, " ", //week[@is_done]/@note)'), '2026-11-09 одна ошибка', 'by its Monday';
is refused($lead->post("/classes/$class/checks", week_on => '2026-11-09')), '409 JE212:week_on', 'once';
is $lead->get('/')->count('//task[@code = "attendance_check"]'), 0, 'then there is no reminder';
is refused($who{teacher}->post("/classes/$class/checks", week_on => '2026-11-02')), '403 JE301:class_id', 'nobody verifies another class';
is $who{deputy}->get('/attendance')->xpath('string(//class[@name = "7Б"]/@last_on)'), '2026-11-09', 'a deputy sees the last verified week';

# ------------------------------------------------------------- unjustified ---

my $before = $who{deputy}->get('/')->xpath('number(concat("0", //task[@code = "unjustified"]/@count))');
miss($mate, '2026-11-19', 'п');
is $who{deputy}->get('/')->xpath('number(//task[@code = "unjustified"]/@count)'), $before + 1, 'absences without a valid reason are a task of the deputy';
is $t->value("SELECT count(*) FROM ej.notice WHERE pupil_id = ? AND kind = 'unjustified'", $mate), 1, 'noted once';
miss($child, '2026-11-19', 'п');
like $who{parent}->get('/diary')->xpath('concat(//truancy/@held_on, " ", //truancy/@lessons)'), qr/^2026-11-19 \d+$/, 'and the parents are told in the diary';

# --------------------------------------------------------------- announcing ---

my $absence = "/pupils/$child/absence";
is $who{parent}->get($absence)->status, 200, 'a guardian has the page';
is $who{parent}->get($absence, html => 1)->count('//form[.//input[@name = "from_on"] and .//input[@name = "note"]]'), 1, 'with the form';
is join(' ', map { $t->login($_)->get($absence)->status } qw(pupil teacher-parent class-teacher deputy)), '404 404 404 404', 'nobody else';
is refused($who{parent}->post($absence, code => 'у', from_on => '2026-11-18', till_on => '2026-11-18')), '422 JE203:from_on', 'a past day is refused';
is refused($who{parent}->post($absence, code => 'п', from_on => '2026-11-21', till_on => '2026-11-21')), '422 JE106:code', 'and to play truant';
is $who{parent}->post($absence, code => 'у', from_on => '2026-11-21', till_on => '2026-11-24', note => 'соревнования')->location, "$absence?done=added", 'an absence is announced';
$r = $lead->get($page);
is $r->xpath(q{concat(//reason[@guardian_name]/@note, " ", //reason[@guardian_name]/@from_on)}), 'соревнования 2026-11-21', 'the class teacher sees who announced it and why';
is $lead->get('/')->xpath('concat(//task[@code = "announced"]/@count, "")'), '1', 'on the start page, too';
is $who{parent}->get($absence)->count('//reason[@is_own]'), 1, 'the guardian may take it back';
my $own = $who{parent}->get($absence)->xpath('string(//reason[@is_own]/@absence_reason_id)');
is $who{parent}->get("$absence/$own")->status, 200, 'on a page of its own';
is $t->login('teacher-parent')->post("$absence/$own")->status, 404, 'another guardian may not';
is $who{parent}->post("$absence/$own")->location, "$absence?done=removed", 'and does';
is $lead->get($page)->count('//reason[@guardian_name]'), 0, 'then nobody sees it';
done_testing;
