#!/usr/bin/perl
# receipts.t: families say that they have seen a week of the diary (DIA-12): by a button, by
# reading, by a signed strip; a mark changed afterwards asks again; lists of the class and school.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20'); # a Friday: the week is open
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy class-teacher grade1 english parent pupil teacher-parent personnel meals observer deputy-17);
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my ($guardian, $pupil) = $db->selectrow_array(q{SELECT g.id, w.pupil_id FROM ej.guardian g JOIN ej.account a USING (person_id) JOIN ej.guardianship w ON w.guardian_id = g.id
    JOIN ej.enrolment e ON e.pupil_id = w.pupil_id JOIN ej.class c ON c.id = e.class_id WHERE a.login = 'parent' AND c.name = '7Б'});
my ($page, $list, $week) = ("/pupils/$pupil/receipts", "/classes/$class/receipts", '2026-11-16');
sub statuses { my ($path, @who) = @_; return join ' ', map { $c{$_}->get($path)->status } @who }
sub state_of { my ($of) = @_; return $c{'class-teacher'}->get("$list?week_on=" . ($of // $week))->xpath("string(//pupil[\@pupil_id = $pupil]/\@state)") }
sub document { return $c{parent}->get("/pupils/$pupil/diary?week_on=" . ($_[0] // $week))->xpath('string(//receipt/@document)') }
sub receipts { return $t->value('SELECT count(*) FROM ej.receipt WHERE pupil_id = ?', $pupil) }

# ---------------------------------------------------------------- a family ---

my $r = $c{parent}->get('/diary');
is $r->xpath('concat(//receipt/@state, //receipt/@can_tap, //receipt/@can_read)'), 'due11', 'on Friday the diary asks a parent about the week';
like $r->xpath('string(//unseen[last()]/@week_on)'), qr/^2026-11-09$/, 'and about earlier weeks';
like $c{parent}->get('/diary', html => 1)->content, qr{<form method="post" action="/journal$page" data-ej-read.*<button class="main" name="way" value="tap">Ознакомлен\(а\)</button>}s, 'with a button';
is $c{pupil}->get('/diary')->xpath('concat(//receipt/@state, count(//receipt/@can_tap))'), 'due0', 'a pupil reads the state';
is $c{deputy}->get("/pupils/$pupil/diary")->xpath('concat(//receipt/@state, count(//receipt/@can_tap))'), 'due0', 'so does a deputy';
my %tap = (week_on => $week, way => 'tap', document => document());
$r = $c{parent}->post($page, %tap);
is $r->status . ($r->location // ''), "303/pupils/$pupil/diary?week_on=$week", 'a parent has seen the week' or diag refused($r);
is $c{parent}->get('/diary')->xpath('concat(//receipt/@state, //receipt/@at, count(//receipt/@can_tap))'), 'done' . $t->value(q{SELECT to_char(made_at AT TIME ZONE 'Europe/Moscow', 'YYYY-MM-DD"T"HH24:MI') FROM ej.receipt WHERE pupil_id = ?}, $pupil) . '0', 'and is not asked again';
$c{parent}->post($page, %tap);
is receipts(), 1, 'a repeat records nothing more';
is state_of(), 'done', 'the class teacher sees it';
is $c{parent}->get($page)->xpath("concat(//week[\@week_on = '$week']/receipt/\@way, //week[\@week_on = '$week']/\@is_own)"), 'tap1', 'and so does the family, in the list of all weeks';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'receipt' AND account_id = (SELECT id FROM ej.account WHERE login = 'parent')}), 1, 'the history has who said it';

is refused($c{parent}->post($page, %{{%tap, week_on => '2026-11-23'}})), '422 JE203:week_on', 'a week that is not open is refused';
is refused($c{parent}->post($page, %{{%tap, week_on => '2026-11-17'}})), '422 JE203:week_on', 'so is a day that is no Monday';
is refused($c{parent}->post($page, %{{%tap, week_on => '2026-11-02'}})), '422 JE203:week_on', 'and a week without lessons' if !$t->value(q{SELECT count(*) FROM ej.lesson WHERE held_on BETWEEN '2026-11-02' AND '2026-11-07'});
is refused($c{parent}->post($page, week_on => 'x', way => 'strip')), '422 JE103:week_on JE106:way JE101:document', 'what is wrong is named';
is refused($c{parent}->post($page, %{{%tap, week_on => '2026-11-09', document => 'a' x 64}})), '409 JE210:document', 'what was changed since it was shown is to be seen first';
is join(' ', map { refused($c{$_}->post($page, %tap)) =~ s/:.*//r } qw(teacher-parent pupil deputy class-teacher)), '404 JE401 404 JE401 404 JE401 404 JE401', 'nobody says it for another family';

# A mark changed afterwards.
my ($work, $value) = $db->selectrow_array(q{SELECT m.work_id, m.value FROM ej.mark m JOIN ej.work w ON w.id = m.work_id JOIN ej.lesson l ON l.id = w.lesson_id
    WHERE m.pupil_id = ? AND l.held_on BETWEEN '2026-11-16' AND '2026-11-20' AND m.value IN ('2', '3', '4', '5') LIMIT 1}, undef, $pupil);
my $other = $value eq '5' ? '4' : '5';
my $tag = $c{parent}->get('/diary', html => 1)->header('ETag');
$db->do('UPDATE ej.mark SET value = ? WHERE work_id = ? AND pupil_id = ?', undef, $other, $work, $pupil);
$r = $c{parent}->get('/diary');
is $r->xpath('concat(//receipt/@state, //receipt/@can_tap)'), 'changed1', 'a mark changed afterwards asks again';
is $r->xpath('concat(//receipt/changed/@old, //receipt/changed)'), $value . $other, 'and is shown with its old value';
is state_of(), 'changed', 'which the class teacher sees';
is refused($c{parent}->post($page, %tap)), '409 JE210:document', 'the old page does not count';
$tag = $c{parent}->get('/diary', html => 1)->header('ETag');
is $c{parent}->post($page, %{{%tap, way => 'read', document => document()}})->status . state_of(), '303done', 'reading the week again does';
isnt $c{parent}->get('/diary', html => 1, header => {'If-None-Match' => $tag})->status, 304, 'the diary in the browser is not kept after that';

# ------------------------------------------------------------------ late ----

is state_of('2026-10-12'), 'overdue', 'after two weeks the days are over';
is $c{parent}->post($page, %{{%tap, week_on => '2026-10-12', document => document('2026-10-12')}})->status . state_of('2026-10-12'), '303late', 'who looks then is late';

# --------------------------------------------------------------- strips ------

my $two = $db->selectall_arrayref(q{SELECT w.pupil_id, w.guardian_id FROM ej.guardianship w JOIN ej.enrolment e ON e.pupil_id = w.pupil_id
    WHERE e.class_id = ? AND e.during @> date '2026-11-20' AND w.during @> date '2026-11-20' AND w.is_informed AND w.pupil_id <> ? ORDER BY 1, 2 LIMIT 2}, undef, $class, $pupil);
$r = $c{'class-teacher'}->get($list);
is $r->xpath('string(//receipts/@week_on)') . $r->xpath('string(//receipts/@is_mine)'), "${week}1", 'the class teacher begins with this week';
my %strips = (week_on => $week, map { ("signed.$_->[0].$_->[1]" => '1') } @$two);
$r = $c{'class-teacher'}->post($list, %strips);
is $r->status . ($r->location // ''), "303$list?week_on=$week&done=changed", 'strips of a class are recorded at once' or diag refused($r);
$c{'class-teacher'}->post($list, %strips);
is join(' ', $db->selectrow_array(q{SELECT count(*), string_agg(DISTINCT r.way, ''), string_agg(DISTINCT a.login, '') FROM ej.receipt r JOIN ej.staff s ON s.id = r.staff_id JOIN ej.account a USING (person_id)})), '2 strip class-teacher', 'once, with the name of who entered them';
is $c{'class-teacher'}->get($list)->count(q{//guardian[@way = 'strip']}), 2, 'and stand in the list';
is refused($c{'class-teacher'}->post($list, %{{%strips, week_on => '2026-11-23'}})), '422 JE203:week_on', 'not for a week to come';
is refused($c{'class-teacher'}->post($list, week_on => $week, "signed.$pupil.$two->[0][1]" => '1')), '409 JE211:guardian_id', 'not for another child' if $two->[0][1] != $guardian;
is refused($c{grade1}->post($list, %strips)) =~ s/:.*//r, '403 JE301', 'not by another class teacher';
is join(' ', map { $c{$_}->post($list, %strips)->status } qw(administrator deputy english parent)), '404 404 404 404', 'nor by others';

# ------------------------------------------------------------ of the school --

$r = $c{deputy}->get('/receipts');
my $families = $c{deputy}->get("$list?week_on=$week")->count('//pupil');
is $r->xpath(qq{string(//class[\@class_id = $class]/c[4])}), "3 из $families", 'a deputy has the number of families of each class and week';
is $r->xpath(qq{count(//class) = count(//class[count(c) = 4])}), 'true', 'for four weeks';
is $c{deputy}->get("/receipts?week_on=2026-10-12")->xpath(qq{concat(//class[\@class_id = $class]/c[4], ' ', //class[\@class_id = $class]/c[4]/\@overdue)}), '1 из ' . join(' ', map { ($_, $_ - 1) } $c{deputy}->get("$list?week_on=2026-10-12")->count('//pupil')), 'and who is overdue';
is $c{'class-teacher'}->get('/receipts')->count('//class'), 1, 'a class teacher has the own class';
is refused($c{deputy}->get('/receipts?week_on=x')), '422 JE103:week_on', 'a day is a day';
is statuses('/receipts', qw(administrator director deputy class-teacher english parent pupil personnel meals observer)), '200 200 200 200 404 404 404 404 404 404', 'the list is for heads and class teachers';
is statuses($list, qw(administrator director deputy class-teacher grade1 english parent personnel observer deputy-17)), '200 200 200 200 404 404 404 404 404 404', 'so is that of a class';
is statuses($page, qw(administrator director deputy class-teacher parent pupil grade1 english teacher-parent personnel observer deputy-17)), '200 200 200 200 200 200 404 404 404 404 404 404', 'that of a pupil also for the family';
like $c{'class-teacher'}->get($list, html => 1)->content, qr{name="signed\.}, 'the class teacher has a form';
unlike $c{deputy}->get($list, html => 1)->content, qr{name="signed\.}, 'a deputy has no form';
like $c{deputy}->get('/receipts?format=csv')->content, qr{3 из $families}, 'the list is a table, too';

# --------------------------------------------------------------- settings ----

my ($second) = $db->selectrow_array(q{SELECT count(*) FROM ej.guardianship WHERE pupil_id = ? AND is_informed AND during @> date '2026-11-20'}, undef, $pupil);
$db->do(q{UPDATE ej.school SET receipt_by = 'each' WHERE id = 1});
is state_of(), $second > 1 ? 'part' : 'done', 'where each guardian is asked, one is not enough';
$db->do(q{UPDATE ej.school SET receipt_by = 'one', receipt_ways = '{tap}' WHERE id = 1});
is state_of(), 'changed', 'where reading does not count, the tap before the change is what there is';
is refused($c{parent}->post($page, %{{%tap, way => 'read', document => document()}})), '422 JE106:way', 'and reading is not taken';
is $c{'class-teacher'}->get($list)->xpath('count(//receipts/@is_mine)'), 0, 'nor are strips';
$db->do(q{UPDATE ej.school SET receipt_ways = '{}' WHERE id = 1});
is $c{parent}->get('/diary')->count('//receipt') . $c{deputy}->get('/receipts')->xpath('string(//receipts/@is_off)'), '01', 'where nothing counts, nobody is asked';
$db->do(q{UPDATE ej.school SET receipt_ways = '{tap,read,strip}', receipt_opens = 6 WHERE id = 1});
is $c{parent}->get('/diary')->xpath('string(//receipt/@state)'), 'early', 'where weeks open on Saturday, Friday is early';
done_testing;
