#!/usr/bin/perl
# corrections.t: marks, topics and tasks kept for long are corrected by request, which a deputy
# accepts or refuses (JRN-11, CTL-13); lessons lock where the school wants it.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20', children => 1);
my $db = $t->db;
my ($teacher, $deputy, $director, $substitute, $parent, $english) = map { $t->login($_) } qw(teacher deputy director substitute parent english);
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my ($jid) = $journal =~ /(\d+)$/;
my $anna = $t->id(pupil => pupil => 'Андреева Алиса');
sub value   { return $t->value(@_) }
sub setting { $db->do("UPDATE ej.school SET $_[0] WHERE id = 1"); return }
sub cell    { my ($work, $pupil) = @_; return value(q{SELECT string_agg(value, '/' ORDER BY attempt) FROM ej.mark WHERE work_id = ? AND pupil_id = ?}, $work, $pupil) // '' }
sub save    { my ($client, $work, $pupil, $old, $new) = @_; return $client->post($journal, column_id => [$work], pupil_id => [$pupil], old => [$old], value => [$new]) }

# An old mark, and a lesson of the open term without one.
my ($work, $boris, $mark) = $db->selectrow_array(q{SELECT m.work_id, m.pupil_id, m.value FROM ej.mark m JOIN ej.work w ON w.id = m.work_id
    WHERE w.journal_id = ? AND m.value IN ('3', '4', '5') AND (SELECT count(*) FROM ej.mark o WHERE o.work_id = m.work_id AND o.pupil_id = m.pupil_id) = 1
      AND NOT EXISTS (SELECT FROM ej.attendance a WHERE a.lesson_id = w.lesson_id AND a.pupil_id = m.pupil_id) ORDER BY m.work_id, m.pupil_id LIMIT 1}, undef, $jid);
my $other = $mark eq '5' ? '4' : '5';
$db->do(q{UPDATE ej.history SET made_at = now() - interval '10 days' WHERE table_name = 'mark' AND key_id = ?}, undef, $work);
my $lesson = value('SELECT lesson_id FROM ej.work WHERE id = ?', $work);
my $path   = "/journals/$jid/columns/$work/pupils/$boris";

# ------------------------------------------------------------------ the limit ---

is save($teacher, $work, $boris, $mark, $other)->status, 303, 'without a limit a teacher changes any mark';
is save($teacher, $work, $boris, $other, $mark)->status, 303, 'and back';
$db->do(q{UPDATE ej.history SET made_at = now() - interval '10 days' WHERE table_name = 'mark' AND key_id = ?}, undef, $work);
setting('correction_hours = 24');
is refused(save($teacher, $work, $boris, $mark, $other)), '409 JE281:value', 'after the limit a kept mark is not changed (JE281)';
is refused(save($teacher, $work, $boris, $mark, '')), '409 JE281:value', 'nor emptied';
is cell($work, $boris), $mark, 'and it stays';
is save($teacher, $work, $boris, $mark, "$mark/$other")->status, 303, 'a retake is a first entry';
is save($teacher, $work, $boris, "$mark/$other", "$mark/3")->status, 303, 'which is changed freely while it is new';
is save($teacher, $work, $boris, "$mark/3", $mark)->status, 303, 'or taken back';
my $bare = $t->id(pupil => pupil => 'Зуев Сергей');
my ($empty) = $db->selectrow_array(q{SELECT w.id FROM ej.work w JOIN ej.lesson l ON l.id = w.lesson_id WHERE w.journal_id = ? AND l.held_on < '2026-11-15'
    AND NOT EXISTS (SELECT FROM ej.mark m WHERE m.work_id = w.id AND m.pupil_id = ?)
    AND NOT EXISTS (SELECT FROM ej.attendance a WHERE a.lesson_id = l.id AND a.pupil_id = ?) ORDER BY w.id LIMIT 1}, undef, $jid, $bare, $bare);
is save($teacher, $empty, $bare, '', '4')->status, 303, 'a first entry is never a correction, however late';
is save($teacher, $empty, $bare, '4', '5')->status, 303, 'and is changed freely while it is new';
my $web = $t->web_db;
my $session = value(q{SELECT '\x' || encode(s.digest, 'hex') FROM ej.session s JOIN ej.account a ON a.id = s.account_id WHERE a.login = 'teacher'});

# Without the form: the rule holds for every writer of the own journal.
for my $sql ("UPDATE ej.mark SET value = '2' WHERE work_id = $work AND pupil_id = $boris",
             "UPDATE ej.lesson SET topic = 'Другая' WHERE id = $lesson") {
    $web->begin_work;
    $web->do(q{SELECT ej.enter(?::bytea, '10.0.0.1', gen_random_uuid())}, undef, $session);
    ok !eval { local $web->{RaiseError} = 1; local $web->{PrintError} = 0; $web->do($sql); 1 }, "refused: $sql";
    is $web->state, 'JE281', '  as a correction';
    $web->rollback;
}

# ----------------------------------------------------------------- the request ---

is $teacher->get($path)->xpath('string(/page/journal/@may_ask)'), '1', 'the history of the cell leads to the request';
my $r = $teacher->get("$path/correction");
is $r->xpath('string(//corrections/@present)'), $mark, 'its form shows the present mark';
is $_->[0]->get("$path/correction")->status, 404, "$_->[1] has no such form" for [$english, 'a colleague'], [$deputy, 'a deputy'], [$parent, 'a parent'];
sub ask { my (%more) = @_; return $teacher->post("$path/correction", %{{kind => 'mark', old_new => $mark, new => $other, reason => 'Ошибка при вводе', %more}}) }
my %form = (kind => 'mark', old_new => $mark, new => $other, reason => 'Ошибка при вводе');
is refused(ask(reason => '')), '422 JE101:reason', 'a request has a reason';
is refused(ask(new => $mark)), '422 JE106:new', 'and changes something';
is refused(ask(new => '7')), '422 JE108:new', 'to a mark of the scale';
is refused(ask(old_new => '2')), '409 JE210:new', 'that the teacher has seen';
is refused($english->post("$path/correction", %form)), '404 JE401:', 'a colleague asks nothing about it';
is ask()->location, '/corrections?done=added', 'the request is made';
is refused(ask()), '409 JE212:new', 'once';
is cell($work, $boris), $mark, 'until it is decided the mark stays';
my $id = value(q{SELECT max(id) FROM ej.correction WHERE state = 'new'});
is $deputy->get('/')->xpath('string(//task[@code = "corrections"]/@count)'), '2', 'the deputy is reminded';
is $teacher->get("/corrections/$id")->xpath('count(//corrections[@is_own][not(@is_mine)])'), '1', 'the teacher may withdraw it';
is refused($teacher->post("/corrections/$id", state => 'accepted')), '403 JE301:', 'but not accept it';
is $english->get("/corrections/$id")->status, 404, 'a colleague does not see it';
is $t->login('deputy-17')->get("/corrections/$id")->status, 404, 'nor does another school';
is refused($t->login('deputy-17')->post("/corrections/$id", state => 'accepted')), '404 JE401:', 'or decide';
is refused($t->login('administrator')->post("/corrections/$id", state => 'accepted')), '404 JE401:', 'nor does the administrator';
is refused($deputy->post("/corrections/$id", state => 'refused', answer => '')), '422 JE101:answer', 'a refusal has a reason';

# ---------------------------------------------------------------- the decision ---

is $deputy->post("/corrections/$id", state => 'accepted', answer => 'Проверено по работе')->location, '/corrections?done=changed', 'the deputy accepts';
is cell($work, $boris), $other, 'then the mark is changed';
my @row = $db->selectrow_array(q{SELECT a.login, h.old ->> 'value', h.new ->> 'value', h.correction_id FROM ej.history h JOIN ej.account a ON a.id = h.account_id
    WHERE h.table_name = 'mark' AND h.key_id = ? ORDER BY h.id DESC LIMIT 1}, undef, $work);
is "@row", "teacher $mark $other $id", 'as an operation of the teacher, with its request';
is value('SELECT a.login FROM ej.correction c JOIN ej.staff s ON s.id = c.decided_staff_id JOIN ej.account a USING (person_id) WHERE c.id = ?', $id), 'deputy', 'which names the deputy';
is value(q{SELECT a.login FROM ej.mark m JOIN ej.staff s ON s.id = m.staff_id JOIN ej.account a USING (person_id) WHERE m.work_id = ? AND m.pupil_id = ?}, $work, $boris), 'teacher', 'the mark is the teacher\'s';
is value(q{SELECT a.login FROM ej.history h JOIN ej.account a ON a.id = h.account_id WHERE h.table_name = 'correction' ORDER BY h.id DESC LIMIT 1}), 'deputy', 'the decision is the deputy\'s own operation';
is refused($deputy->post("/corrections/$id", state => 'refused', answer => 'нет')), '409 JE210:state', 'it is decided once';
is $teacher->get('/corrections')->count('//correction[@state = "accepted"][@reason = "Ошибка при вводе"]'), 2, 'the register has it, with the one of the seed';
is $teacher->get('/')->xpath('string(//task[@code = "corrected"]/@count)'), '2', 'and the teacher is told';
is $director->get('/corrections')->count('//correction'), 3, 'the director reads the register';
like $director->get('/corrections?format=csv')->content, qr/Ошибка при вводе/, 'which is a file, too';

# ------------------------------------------------------- conflicts, withdrawing ---

is ask(old_new => $other, new => '2')->status, 303, 'another request';
$id = value(q{SELECT max(id) FROM ej.correction});
setting('correction_hours = 0');
save($teacher, $work, $boris, $other, '3');
setting('correction_hours = 24');
is refused($deputy->post("/corrections/$id", state => 'accepted')), '409 JE210:state', 'a mark that changed meanwhile is not overwritten';
is $teacher->post("/corrections/$id", state => 'withdrawn')->status, 303, 'the teacher withdraws it';
is cell($work, $boris), '3', 'and the mark stays';
is refused($deputy->post("/corrections/$id", state => 'accepted')), '409 JE210:state', 'what was withdrawn is not accepted';

# A deputy who teaches does not accept the own request; the director does.
my ($dstaff, $tstaff) = map { value('SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = ?', $_) } qw(deputy teacher);
ask(old_new => '3', new => '4');
$id = value(q{SELECT max(id) FROM ej.correction});
$db->do('ALTER TABLE ej.correction DISABLE TRIGGER USER; UPDATE ej.correction SET staff_id = ' . $dstaff . ' WHERE id = ' . $id . '; ALTER TABLE ej.correction ENABLE TRIGGER USER');
is refused($deputy->post("/corrections/$id", state => 'accepted')), '403 JE301:', 'nobody accepts the own request';
is $director->post("/corrections/$id", state => 'accepted')->status, 303, 'then the director does';
is cell($work, $boris), '4', 'and it is written';

# ------------------------------------------------------------ topic, homework ---

my $topic = value('SELECT topic FROM ej.lesson WHERE id = ?', $lesson);
my $home  = value('SELECT id FROM ej.homework WHERE lesson_id = ? AND NOT is_personal ORDER BY id LIMIT 1', $lesson);
my $text  = $home ? value('SELECT text FROM ej.homework WHERE id = ?', $home) : '';
is refused($teacher->post("/lessons/$lesson", topic => 'Новая тема', old_topic => $topic)), '409 JE281:topic', 'an old topic is not changed';
is $teacher->get("/lessons/$lesson/correction")->xpath('string(//corrections/@topic)'), $topic, 'its form shows the topic';
is $teacher->post("/lessons/$lesson/correction", kind => 'topic', old_new => $topic, new => 'Новая тема', reason => 'Описка')->status, 303, 'a request about it';
is $deputy->post('/corrections/' . value('SELECT max(id) FROM ej.correction'), state => 'accepted')->status, 303, 'is accepted';
is value('SELECT topic FROM ej.lesson WHERE id = ?', $lesson), 'Новая тема', 'and written';
is $teacher->post("/lessons/$lesson/correction", kind => 'homework', old_new => $text, new => 'Повторить § 5', reason => 'Не то задание')->status, 303, 'a request about the homework';
is $deputy->post('/corrections/' . value('SELECT max(id) FROM ej.correction'), state => 'accepted')->status, 303, 'is accepted, too';
is value('SELECT text FROM ej.homework WHERE lesson_id = ? AND NOT is_personal ORDER BY id LIMIT 1', $lesson), 'Повторить § 5', 'and written';
is $teacher->post("/lessons/$lesson/correction", kind => 'topic', old_new => 'Новая тема', new => $topic, reason => 'Описка')->status, 303, 'a third one';
is $deputy->post('/corrections/' . value('SELECT max(id) FROM ej.correction'), state => 'refused', answer => 'Верно')->status, 303, 'is refused';
is value('SELECT topic FROM ej.lesson WHERE id = ?', $lesson), 'Новая тема', 'and changes nothing';

# ------------------------------------------------------------- locked lessons ---

setting('lock_days = 3');
is $teacher->get("/lessons/$lesson")->xpath('count(/page/lesson[@is_locked][not(@can_write)][@may_ask])'), '1', 'a locked lesson may be read, and leads to the request';
is refused(save($teacher, $empty, $anna, cell($empty, $anna), '5/5')), '409 JE282:value', 'nothing is entered in it (JE282)';
is refused($teacher->post("/lessons/$lesson", topic => 'Иная', old_topic => 'Новая тема')), '409 JE282:topic', 'no topic either';
is $teacher->get($journal)->count('//column[@lesson_id][@is_read_only]') > 0, 1, 'the grid shows which columns are locked';
my $today = value(q{SELECT id FROM ej.lesson WHERE held_on = '2026-11-20' AND teaching_id = (SELECT teaching_id FROM ej.journal WHERE id = ?)}, $jid);
is save($substitute, $today, $bare, '', '5')->status, 303, 'while the lessons of these days are open';
my ($absent) = $db->selectrow_array(q{SELECT m.pupil_id FROM ej.membership m JOIN ej.teaching t USING (study_group_id) JOIN ej.journal j ON j.teaching_id = t.id
    WHERE j.id = ? AND m.during @> date '2026-11-10' AND NOT EXISTS (SELECT FROM ej.mark x WHERE x.work_id = ? AND x.pupil_id = m.pupil_id) LIMIT 1}, undef, $jid, $empty);
SKIP: {
    skip 'every pupil has a mark', 3 if !$absent;
    is $teacher->post("/journals/$jid/columns/$empty/pupils/$absent/correction", kind => 'mark', old_new => '', new => '4', reason => 'Не внёс вовремя')->status, 303, 'what is missing is asked for';
    is $deputy->post('/corrections/' . value('SELECT max(id) FROM ej.correction'), state => 'accepted')->status, 303, 'and accepted';
    is cell($empty, $absent), '4', 'then it is there';
}
done_testing;
