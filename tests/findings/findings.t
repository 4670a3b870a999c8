#!/usr/bin/perl
# findings.t: findings about how journals are kept: made from the control, answered by the addressee, accepted
# or returned by another; signals; who reads them; the order of states, held by the database (CTL-08, 10, 11).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($deputy, $director, $administrator, $teacher, $leader, $grade1, $observer, $parent, $other) =
    map { $t->login($_) } qw(deputy director administrator teacher class-teacher grade1 observer parent deputy-17);
sub value { return $t->value(@_) }

# A lesson without a topic, of the teacher.
my ($staff) = value(q{SELECT s.id FROM ej.staff AS s JOIN ej.account AS a ON a.person_id = s.person_id WHERE a.login = 'teacher' AND s.school_id = 1});
my $lesson = value(q{SELECT l.id FROM ej.lesson AS l JOIN ej.teaching AS t ON t.id = l.teaching_id AND t.staff_id = l.staff_id
    JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.name = '7Б'
   WHERE l.staff_id = ? AND l.state = 'given' AND l.topic <> '' AND l.held_on BETWEEN '2026-11-09' AND '2026-11-18' ORDER BY l.id LIMIT 1}, $staff);
my $topic = value('SELECT topic FROM ej.lesson WHERE id = ?', $lesson);
$db->do(q{UPDATE ej.lesson SET topic = '' WHERE id = ?}, undef, $lesson);

# ------------------------------------------------------------------ making ----

my $page = $deputy->get('/control/duties/topic?from_on=2026-11-02', accept => 'text/html')->content;
my ($way) = grep { /lesson_id=$lesson\b/ } map { s{&amp;}{&}gr =~ s{^/journal}{}r } $page =~ m{href="([^"]*/control/duties/topic/finding\?[^"]*)"}g;
ok $way, 'one tap from the row of the control starts a finding';
my $form = $deputy->get($way);
is $form->xpath('string(//findings/@lesson_id)'), $lesson, 'its form knows the lesson';
is $form->xpath('string(//findings/@due_on)'), '2026-11-23', 'and proposes three days';
my %new;
my %about = (addressee_id => $staff, lesson_id => $lesson, map { ($_ => $form->xpath("string(//findings/\@$_)")) } qw(class_id teaching_id from_on till_on));
sub make { my %form = (%new, @_); return $deputy->post($way, %form) }
%new = (%about, text => 'Запишите тему урока.', due_on => '2026-11-23');
is refused(make(text => ' ')), '422 JE101:text', 'a finding has a text';
is refused(make(due_on => '2026-11-19')), '422 JE203:due_on', 'a day that is past is no time for mending';
is refused(make(addressee_id => 999999)), '422 JE106:addressee_id', 'and an addressee';
is $_->[0]->get($way)->status, 404, "$_->[1] makes none" for [$teacher, 'a teacher'], [$administrator, 'the administrator'], [$observer, 'an observer'], [$parent, 'a parent'];
is $other->get($way)->status, 404, 'nor does another school';
is $deputy->post($way, %new)->location, '/findings?done=added', 'a deputy makes it';
my $id = value('SELECT max(id) FROM ej.finding');
my $path = "/findings/$id";

# ------------------------------------------------------------- who reads it ----

is $_->[0]->get($path)->status, $_->[2], "$_->[1]: $_->[2]" for [$teacher, 'the addressee', 200], [$deputy, 'the author', 200], [$director, 'the director', 200],
    [$administrator, 'the administrator', 200], [$leader, 'the class teacher of the class', 200], [$grade1, 'a colleague', 404], [$observer, 'an observer', 404], [$parent, 'a parent', 404], [$other, 'another school', 404];
is $teacher->get('/')->xpath('string(//task[@code = "findings"]/@count)'), '1', '«Сегодня» tells the addressee';
is value(q{SELECT count(*) FROM ej.notice_for AS f JOIN ej.account AS a ON a.person_id = f.person_id WHERE f.kind = 'finding' AND a.login = 'teacher'}), 1, 'and so does a notice';
is $grade1->get('/findings')->count("//finding[\@finding_id = $id]"), 0, 'a colleague has it in no list';
is $teacher->get('/findings')->count('//finding[@is_mended]'), 0, 'it is not mended';

# ------------------------------------------------- answer, return, acceptance ----

is refused($deputy->post($path, state => 'accepted')), '409 JE210:state', 'what is not answered is not accepted';
is refused($deputy->post($path, state => 'answered', answer => 'Сделано')), '403 JE301:', 'nobody answers for another';
is refused($teacher->post($path, state => 'accepted')), '403 JE301:', 'and the addressee accepts nothing';
is refused($teacher->post($path, state => 'answered', answer => '')), '422 JE101:answer', 'an answer has words';
is $teacher->post($path, state => 'answered', answer => 'Записал.')->status, 303, 'the addressee answers';
is refused($teacher->post($path, state => 'answered', answer => 'Ещё раз')), '409 JE210:answer', 'once';
is $deputy->get('/')->xpath('string(//task[@code = "answers"]/@count)'), '1', '«Сегодня» tells the deputy';
is refused($administrator->post($path, state => 'accepted', shown => 'Записал.')), '403 JE301:', 'the administrator only reads';
is refused($deputy->post($path, state => 'accepted', shown => 'Другое')), '409 JE210:state', 'an answer that was not shown is not accepted';
is refused($deputy->post($path, state => 'returned', shown => 'Записал.')), '422 JE101:decision', 'a return says why';
is $deputy->post($path, state => 'returned', shown => 'Записал.', decision => 'Темы всё ещё нет.')->status, 303, 'it is returned';
is $teacher->post($path, state => 'answered', answer => 'Теперь есть.')->status, 303, 'and answered again';
$db->do('UPDATE ej.lesson SET topic = ? WHERE id = ?', undef, $topic, $lesson);
is $deputy->get($path)->xpath('string(//findings/@is_mended)'), '1', 'a finding whose fact is gone is mended';
is refused($director->post($path, state => 'accepted', shown => 'Теперь есть.', order_on => '2026-11-20')), '422 JE101:order_no', 'an order has a number';
is $director->post($path, state => 'accepted', shown => 'Теперь есть.', decision => 'Замечание снять.', order_no => '17-у', order_on => '2026-11-20')->status, 303, 'the director accepts it by an order';
is join('|', $db->selectrow_array('SELECT state, decision, order_no, order_on FROM ej.finding WHERE id = ?', undef, $id)), 'accepted|Замечание снять.|17-у|2026-11-20', 'which is recorded';
is refused($deputy->post($path, state => 'returned', shown => 'Теперь есть.', decision => 'Нет')), '409 JE210:state', 'what is accepted stays so';

my $head = value(q{SELECT ej.person_name(person_id, 1) FROM ej.account WHERE login = 'director'});
is join('|', map { $_->[0]->post($path, @{$_->[1]})->xpath('string(//error/@who)') } [$deputy, [state => 'accepted', shown => 'Теперь есть.']], [$director, [state => 'accepted', shown => 'x']],
    [$teacher, [state => 'answered', answer => 'Опять']]), join('|', ($head) x 3), 'and each who comes too late is told who was there before';

# The database itself: no deletion, no state out of order, no change of what was said.
for my $sql ("DELETE FROM ej.finding WHERE id = $id", "UPDATE ej.finding SET state = 'answered' WHERE id = $id", "UPDATE ej.finding SET answer = 'x' WHERE id = $id",
             "UPDATE ej.finding SET text = 'x' WHERE id = $id") {
    ok !eval { local $db->{RaiseError} = 1; local $db->{PrintError} = 0; $db->do($sql); 1 }, "refused by the database: $sql";
}

# Answer against acceptance, at once: whatever is accepted is what was answered and shown.
for my $round (1 .. 5) {
    $deputy->post($way, %new);
    my $one = '/findings/' . value('SELECT max(id) FROM ej.finding');
    $teacher->post($one, state => 'answered', answer => 'Первый');
    $deputy->post($one, state => 'returned', shown => 'Первый', decision => 'Ещё');
    my @pids = map {
        my $accepts = $_;
        my $pid = fork // die;
        if (!$pid) { # no destructors of the test in the child
            my $reply = $accepts ? $deputy->post($one, state => 'accepted', shown => 'Первый') : $teacher->post($one, state => 'answered', answer => 'Второй');
            require POSIX; POSIX::_exit(0);
        }
        $pid;
    } 0, 1;
    waitpid $_, 0 for @pids;
    is join('|', $db->selectrow_array('SELECT state, answer FROM ej.finding ORDER BY id DESC LIMIT 1')), 'answered|Второй', "round $round: an answer that was returned is not accepted beside the new one";
}

# ------------------------------------------------------------------- signals ----

my $class = value(q{SELECT c.id FROM ej.class AS c WHERE c.school_id = 1 AND c.name = '7Б'});
is $leader->get('/signal')->count("//choice[\@value = $class]"), 1, 'a class teacher may raise a signal about the class';
is refused($grade1->post('/signal', duty_key => 'signal-failing', class_id => $class, text => 'Не успевают')), '422 JE106:class_id', 'a colleague who does not teach it may not';
is refused($leader->post('/signal', duty_key => 'topic', class_id => $class, text => 'Тема')), '422 JE106:duty_key', 'a signal is of its own kinds';
is $leader->post('/signal', duty_key => 'signal-marks', class_id => $class, text => 'Отметок по алгебре нет две недели.')->status, 303, 'it is raised';
my $signal = '/findings/' . value('SELECT max(id) FROM ej.finding');
is $teacher->get($signal)->status, 404, 'the teacher whom it concerns does not read it';
is refused($deputy->post($signal, state => 'accepted')), '422 JE101:decision', 'a signal needs a decision';
is $deputy->post($signal, state => 'accepted', decision => 'Беседа с учителем.')->status, 303, 'which a deputy records';
is $leader->get($signal)->xpath('string(//findings/@decision)'), 'Беседа с учителем.', 'the author reads it';
is $_->get('/findings?format=csv')->status, 200, 'the list is a table, too' for $deputy;

done_testing;
