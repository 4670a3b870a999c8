#!/usr/bin/perl
# substitutions_exchange.t: two lessons of a day change places in one step, their teachers or their times;
# nobody is booked twice, also when two heads exchange at once (SCH-04, SCH-05).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($deputy, $admin, $director, $teacher, $parent) = map { $t->login($_) } qw(deputy administrator director teacher parent);
sub staff { my ($login) = @_; return $t->value('SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = ?', $login) }
sub lesson { my ($class, $subject, $on) = @_; return $t->value(q{SELECT l.id FROM ej.lesson l JOIN ej.study_group g ON g.id = l.study_group_id
    JOIN ej.teaching t ON t.id = l.teaching_id JOIN ej.subject s ON s.id = t.subject_id
    WHERE l.school_id = 1 AND g.name = ? AND s.name = ? AND l.held_on = ? ORDER BY l.slot LIMIT 1}, $class, $subject, $on) }
sub facts { return join '; ', map { $t->value(q{SELECT concat_ws(' ', l.slot, a.login, m.name) FROM ej.lesson l
    JOIN ej.staff s ON s.id = l.staff_id JOIN ej.account a USING (person_id) LEFT JOIN ej.room m ON m.id = l.room_id WHERE l.id = ?}, $_) } @_ }
sub records { return join '; ', map { $t->value(q{SELECT coalesce(max(kind || ' ' || reason), '-') FROM ej.substitution WHERE lesson_id = ?}, $_) } @_ }
# Nobody and no room is in two lessons at once, counted from the rows by another way than the constraints.
sub doubles { return $t->value(q{SELECT count(*) FROM ej.lesson a JOIN ej.lesson b ON b.id > a.id AND b.held_on = a.held_on AND b.during && a.during
    WHERE a.state IN ('planned', 'given') AND b.state IN ('planned', 'given') AND a.joined_id IS NULL AND b.joined_id IS NULL
      AND (a.staff_id = b.staff_id OR a.study_group_id = b.study_group_id OR a.room_id = b.room_id AND NOT a.room_is_shared)}) }
sub choices { my ($id, $part) = @_; return map { $_->value } $deputy->get("/lessons/$id/exchange")->nodes("//exchange[\@part = '$part']/\@value") }
sub exchange { my ($id, $part, $with) = @_; my ($value) = grep { /^\w\.$with\./ } choices($id, $part);
    return (exchange => $value // substr($part, 0, 1) . ".$with.1.20261123.1", old_exchange => state($id), reason => 'other', note => 'по договорённости') }
sub state { return $deputy->get("/lessons/$_[0]/exchange")->xpath('string(//substitutions/@state)') }
sub swap { my ($client, $id, %form) = @_; return refused($client->post("/lessons/$id/exchange", %form)) =~ s/:$//r }

# Monday, first hour: 10А has algebra with `teacher`, 7Б Russian with `class-teacher`; second: 7Б algebra.
my ($ten, $seven, $later) = (lesson('10А', 'Алгебра', '2026-11-23'), lesson('7Б', 'Русский язык', '2026-11-23'), lesson('7Б', 'Алгебра', '2026-11-23'));
my $page = "/lessons/$ten/exchange";

# ---------------------------------------------------------------- teachers ----
is join(' ', map { $_->get($page)->status } $deputy, $admin, $director, $teacher, $parent), '200 200 404 404 404', 'administrator and deputies have the page';
like $deputy->get("/lessons/$ten/substitution", html => 1)->content, qr{href="[^"]*\Q$page\E"}, 'the lesson links to it';
like $deputy->get('/substitutions/' . staff('teacher') . '?from_on=2026-11-23', html => 1)->content, qr{href="[^"]*\Q$page\E"}, 'so does the screen of the teacher';
ok +(grep { /^s\.$seven\./ } choices($ten, 'staff')), 'the lesson of a colleague at the same hour is offered';
ok !(grep { /^s\.$later\./ } choices($ten, 'staff')), 'a lesson of the same teacher is not';
my %form = exchange($ten, 'staff', $seven);
is swap($deputy, $ten, %form, exchange => ''), '422 JE101:exchange', 'a lesson must be chosen';
is swap($deputy, $ten, %form, reason => ''), '422 JE101:reason', 'and a reason';
is join(' ', map { swap($_, $ten, %form) } $director, $teacher, $parent), '404 JE401 404 JE401 404 JE401', 'nobody else exchanges lessons';
is swap($deputy, $ten, %form), 303, 'two teachers change places in one step';
is facts($ten, $seven), '1 class-teacher 31; 1 teacher 23', 'each gives the lesson of the other, in its room';
is records($ten, $seven), 'staff other; staff other', 'both are recorded with the reason';
is doubles(), 0, 'and nobody is booked twice';
is $teacher->get("/lessons/$seven")->xpath('string(//lesson/@can_write)'), 1, 'who gives the lesson writes it';
is swap($admin, $ten, %form), '409 JE210:exchange', 'who saw the lessons as they were is told';
is swap($deputy, $ten, exchange($ten, 'staff', $seven)), 303, 'exchanged back';
is facts($ten, $seven) . ' ' . records($ten, $seven), '1 teacher 31; 1 class-teacher 23 -; -', 'they are as planned, and nothing is recorded';

# Two substitutes.
$deputy->post("/lessons/$ten/substitution", reason => 'sick', "change.$ten" => 's.' . staff('sport'), "old_change.$ten" => '');
$deputy->post("/lessons/$seven/substitution", reason => 'sick', "change.$seven" => 's.' . staff('substitute'), "old_change.$seven" => '');
is facts($ten, $seven), '1 sport 31; 1 substitute 23', 'two lessons have substitutes';
like +(choices($ten, 'staff'))[0], qr/^s\.$seven\./, 'the lesson of another substitute is offered first';
is swap($deputy, $ten, exchange($ten, 'staff', $seven)), 303, 'the two substitutes change places';
is facts($ten, $seven), '1 substitute 31; 1 sport 23', 'at the same hour, in one step';
is doubles(), 0, 'nobody is booked twice';
$db->do(q{INSERT INTO ej.staff_absence (school_id, staff_id, kind, during) VALUES (1, ?, 'sick', '[2026-11-23,2026-11-24)')}, undef, staff('sport'));
is join(' ', choices($ten, 'staff')) =~ /s\.$seven\./ ? 1 : 0, 0, 'who is away that day is no longer exchanged';
is swap($deputy, $ten, exchange($ten, 'staff', $seven)), '409 JE210:exchange', 'nor by a form made by hand';
is swap($deputy, $ten, old_exchange => state($ten), reason => 'other', exchange => "s.$seven." . state($seven)), '422 JE106:exchange', 'whatever state it names';
$db->do('DELETE FROM ej.staff_absence WHERE staff_id = ?', undef, staff('sport'));

# ------------------------------------------------------------------- times ----
# Tuesday: 7Б has Russian in the third hour, physical education in the fourth, whose teacher has 1А in the third.
ok !(grep { /^t\.@{[lesson('7Б', 'Физическая культура', '2026-11-24')]}\./ } choices(lesson('7Б', 'Русский язык', '2026-11-24'), 'time')), 'a lesson whose teacher is in a third class then is not offered';
# Wednesday: Russian in the second hour, algebra in the third.
my ($russian, $algebra) = (lesson('7Б', 'Русский язык', '2026-11-25'), lesson('7Б', 'Алгебра', '2026-11-25'));
is facts($russian, $algebra), '2 class-teacher 23; 3 teacher 31', 'two lessons of a class';
is swap($deputy, $russian, exchange($russian, 'time', $algebra)), 303, 'change their times';
is facts($russian, $algebra), '3 class-teacher 23; 2 teacher 31', 'in one step';
is records($russian, $algebra), 'move other; move other', 'both as moved';
is $t->value(q{SELECT bool_and(l.during = tsrange(l.held_on + b.starts, l.held_on + b.ends)) FROM ej.lesson l JOIN ej.bell b ON b.bell_plan_id = ej.bell_plan_on(l.study_group_id, l.held_on) AND b.slot = l.slot WHERE l.id IN (?, ?)}, $russian, $algebra), 1, 'at the bells of their new hours';
is doubles(), 0, 'nobody is booked twice';
my $diary = $parent->get('/diary?week_on=2026-11-23');
is join(' ', map { $_->getAttribute('slot') . '=' . $_->getAttribute('subject_name') } $diary->nodes('//day[@held_on = "2026-11-25"]/lesson[@slot = 2 or @slot = 3]')), '2=Алгебра 3=Русский язык', 'the family sees it';
is join('', choices($russian, 'time')), '', 'a moved lesson is first moved back';
is $deputy->post("/lessons/$_/substitution", reason => 'other', "change.$_" => 'c', "old_change.$_" => $deputy->get("/lessons/$_/substitution")->xpath('string(//substitutions/@value)'))->status, 303, 'or cancelled' for $russian;
# A third lesson in the way: 10А algebra cannot go to the second hour, when its teacher is in 7Б.
ok !(grep { /^t\.@{[lesson('10А', 'Английский язык', '2026-11-23')]}\./ } choices(lesson('10А', 'Алгебра', '2026-11-24'), 'time')), 'lessons of other days are not offered';
$deputy->post("/lessons/$ten/substitution", reason => 'sick', "change.$ten" => '', "old_change.$ten" => 's.' . staff('substitute'));
ok !(grep { /^t\.@{[lesson('10А', 'Английский язык', '2026-11-23')]}\./ } choices($ten, 'time')), 'nor one at whose hour the teacher is in another class';

# -------------------------------------------------------- two heads at once ----
# One has exchanged two teachers and has not committed; the other gives one of the two lessons to a colleague.
my ($one, $two) = map { $t->new_db } 1, 2;
my ($a, $b) = (lesson('7Б', 'Алгебра', '2026-11-27'), lesson('7Б', 'Русский язык', '2026-11-27'));
my ($third, $sub) = map { staff($_) } qw(sport substitute);
$db->do('UPDATE ej.lesson SET staff_id = ? WHERE id = ?', undef, $sub, $a);
my %race = exchange($a, 'staff', $b);
like $race{exchange}, qr/^s\.$b\./, 'an exchange is chosen';
$one->begin_work;
$one->do('SELECT FROM ej.lesson WHERE id = ? FOR UPDATE', undef, $b);
$one->do('UPDATE ej.lesson SET staff_id = ? WHERE id = ?', undef, $third, $b);
my $pid = fork // die;
if (!$pid) { my $r = swap($deputy, $a, %race); $db->{InactiveDestroy} = $_->{InactiveDestroy} = 1 for $one, $two; require POSIX; POSIX::_exit($r eq '409 JE210:exchange' ? 0 : 1) }
ok $t->wait_for(10, sub { $t->value(q{SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'}) }), 'the second waits for the first';
$one->commit;
waitpid $pid, 0;
is $?, 0, 'and finds that the lesson has changed';
is doubles(), 0, 'nobody is booked twice';
done_testing;
