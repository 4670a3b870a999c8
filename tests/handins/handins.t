#!/usr/bin/perl
# handins.t: a pupil hands in text and files for a homework; the teacher sees all of them in one
# list, late and missing ones too, answers and marks; the family sees the answer.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($teacher, $sport, $deputy, $lead, $parent, $pupil, $other) = map { $t->login($_) } qw(teacher sport deputy class-teacher parent pupil deputy-17);
sub hand {
    my ($client, $path, $files, %fields) = @_;
    my $n = 0;
    return $client->upload($path, [map { ['file' . ++$n, @$_] } @$files], %fields);
}
my $child = $pupil->get('/diary')->xpath('string(/page/diary/@pupil_id)');
# a homework of the teacher for the whole class, due on a day before today, and a later one
my ($task, $lesson, $day) = $t->db->selectrow_array(q{
    SELECT h.id, h.due_lesson_id, h.due_on FROM ej.homework AS h JOIN ej.lesson AS l ON l.id = h.due_lesson_id JOIN ej.teaching AS t ON t.id = h.teaching_id
      JOIN ej.staff AS s ON s.id = t.staff_id JOIN ej.account AS a USING (person_id) JOIN ej.membership AS b ON b.study_group_id = h.study_group_id AND b.during @> h.due_on
      JOIN ej.journal AS j ON j.teaching_id = t.id AND j.closed_at IS NULL JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND e.during @> l.held_on
     WHERE a.login = 'teacher' AND b.pupil_id = ? AND NOT h.is_personal AND h.due_on < '2026-11-20' AND l.state = 'given' ORDER BY h.due_on DESC, h.id LIMIT 1}, undef, $child);
my $page = "/pupils/$child/handins/$task";
$t->db->do('DELETE FROM ej.submission');
$t->db->do('UPDATE ej.homework SET is_online = (id = ?)', undef, $task);

# ------------------------------------------------------------------- the pupil ---

my $r = $pupil->get("/pupils/$child/homework");
is $r->count("//homework[\@homework_id = $task][\@is_missing]"), 1, 'a pupil has a list of homework, with what is missing';
like $pupil->get('/diary', html => 1)->content, qr{href="/journal/pupils/$child/homework"}, 'to which the diary leads';
is refused(hand($pupil, $page, [], note => '')), '422 JE101:note', 'either text or files are handed in';
is refused(hand($pupil, $page, [['x.exe', 'MZ']], note => 'x')), '422 JE130:file1', 'not files of every type';
is hand($pupil, $page, [['x.pdf', 'x' x (10241 * 1024)]], note => 'x')->status, 413, 'nor of every size';
is $t->value('SELECT count(*) FROM ej.submission WHERE homework_id = ?', $task), 0, 'of that nothing stays';
my @files = (['лист 1.jpg', 'a' x 300_000], ['лист 2.jpg', 'bb']);
is hand($pupil, $page, \@files, note => "x = 5\nСм. https://example.org/5")->status, 303, 'a pupil hands in text and files';
sub kept { return $t->value(q{SELECT s.note || '|' || s.handed_on || '|' || (SELECT string_agg(f.name, ',' ORDER BY f.id) FROM ej.file AS f
    WHERE f.homework_id = s.homework_id AND f.pupil_id = s.pupil_id) FROM ej.submission AS s WHERE s.homework_id = ? AND s.pupil_id = ?}, $task, $child) }
is kept(), "x = 5\nСм. https://example.org/5|2026-11-20|лист 1.jpg,лист 2.jpg", 'which are kept';
is hand($pupil, $page, \@files, note => "x = 5\nСм. https://example.org/5", old_note => '')->status . ' ' . kept(), "303 x = 5\nСм. https://example.org/5|2026-11-20|лист 1.jpg,лист 2.jpg", 'sent twice, once';
is refused(hand($parent, $page, [], note => 'x = 6', old_note => '')), '409 JE210:note', 'a parent who has not seen it overwrites nothing';
my $gone = $t->value('SELECT max(id) FROM ej.file WHERE homework_id = ?', $task);
is hand($parent, $page, [], note => 'x = 6', old_note => "x = 5\nСм. https://example.org/5", gone => [$gone])->status . ' ' . kept(), '303 x = 6|2026-11-20|лист 1.jpg', 'a parent changes it and takes a file back';
my $file = "/handins/$task/files/" . $t->value('SELECT min(id) FROM ej.file WHERE homework_id = ? AND pupil_id IS NOT NULL', $task);
is hand($pupil, $page, [map { ["$_.txt", "file $_"] } $_ * 3 .. $_ * 3 + 2], note => 'x = 6', old_note => 'x = 6')->status, 303, 'three further files' for 1 .. 3;
is refused(hand($pupil, $page, [['y.txt', 'y']], note => 'x = 6', old_note => 'x = 6')), '422 JE107:file1', 'ten files are enough';
is join(' ', map { refused(hand($_, $page, [], note => 'x')) } $deputy, $teacher), '404 JE401: 404 JE401:', 'nobody else hands in';
is refused(hand($pupil, "/pupils/" . $t->value('SELECT min(id) FROM ej.pupil WHERE id <> ? AND school_id = 1', $child) . "/handins/$task", [], note => 'x')), '404 JE401:', 'nor a pupil for another';

# ----------------------------------------------------------------- the teacher ---

is $teacher->get('/handins')->xpath("concat(//homework[\@homework_id = $task]/\@handed, ' ', //homework[\@homework_id = $task]/\@unanswered)"), '1 1', 'the teacher has what waits for an answer';
like $teacher->get('/journals', html => 1)->content, qr{href="/journal/handins"}, 'to which the journals lead';
$r = $teacher->get("/handins/$task");
is $r->xpath('concat(//pupil[1]/@pupil_id, " ", //pupil[1]/@handed_on, " ", //pupil[1]/@is_late, " ", count(//pupil[1]/file), " ", //pupil[1]/note)'), "$child 2026-11-20 1 10 x = 6", 'all of a homework stand in one list, late ones marked';
is $r->count('//pupil') - $r->count('//pupil[@is_missing]'), 1, 'so are those who handed in nothing';
is join(' ', map { $_->get($file)->status } $teacher, $lead, $deputy, $parent, $pupil, $sport, $other), '200 200 200 200 200 404 404', 'the file is read by who may read the homework';
is length($teacher->get($file)->bytes), 300_000, 'as it was handed in';
is join(' ', map { $_->get("/handins/$task")->status } $deputy, $sport, $other, $parent), '200 404 404 404', 'others have no such list';
is refused($teacher->post("/handins/$task", "answer.$child" => 'Хорошо', "mark.$child" => '7', "old_answer.$child" => '', "old_mark.$child" => '')), "422 JE108:mark.$child", 'a wrong mark refuses the form';
is $t->value('SELECT answer FROM ej.submission WHERE homework_id = ? AND pupil_id = ?', $task, $child) . ($t->value('SELECT ej.homework_work(?)', $lesson) // ''), '', 'of which nothing stays, no work in the journal either';
is $teacher->post("/handins/$task", "answer.$child" => 'Хорошо', "mark.$child" => '5', "old_answer.$child" => '', "old_mark.$child" => '')->status, 303, 'the teacher answers and marks';
is $t->value(q{SELECT string_agg(m.value || ' ' || k.code || ' ' || (w.lesson_id = ?), ',') FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id JOIN ej.work_kind AS k ON k.id = w.kind_id
    WHERE w.id = ej.homework_work(?) AND m.pupil_id = ?}, $lesson, $lesson, $child), '5 homework true', 'the mark is one for homework, in the lesson at which it was due';
is refused($teacher->post("/handins/$task", "answer.$child" => 'Плохо', "old_answer.$child" => '')), "409 JE210:answer.$child", 'an answer is not overwritten unseen';
is refused($sport->post("/handins/$task", "answer.$child" => 'x', "old_answer.$child" => 'Хорошо')), '404 JE401:', 'a colleague answers nothing';
is $teacher->get('/handins')->count("//homework[\@homework_id = $task]/\@unanswered"), 0, 'then nothing waits';
is $parent->get($page)->xpath('concat(//handins/@answer, " ", //handins/@mark, " ", //handins/@is_late)'), 'Хорошо 5 1', 'the family sees answer and mark';
is hand($pupil, $page, [], note => 'x = 7', old_note => 'x = 6')->status . $teacher->get('/handins')->xpath("string(//homework[\@homework_id = $task]/\@unanswered)"), '3031', 'what is handed in anew waits again';
my $set = $t->value('SELECT lesson_id FROM ej.homework WHERE id = ?', $task);
my $text = $t->value('SELECT text FROM ej.homework WHERE id = ?', $task);
is refused($teacher->post("/lessons/$set", homework_id => $task, homework_text => '', old_homework_text => $text)), '409 JE211:homework_text', 'homework for which somebody handed in stays';
my ($personal, $its) = $t->db->selectrow_array(q{SELECT id, lesson_id FROM ej.homework WHERE is_personal AND school_id = 1});
$t->db->do(q{INSERT INTO ej.submission (homework_id, pupil_id, school_id, teaching_id, note, handed_on)
    SELECT f.homework_id, f.pupil_id, f.school_id, f.teaching_id, 'Готово', '2026-11-19' FROM ej.homework_for AS f WHERE f.homework_id = ?}, undef, $personal);
my $kept = $teacher->post("/lessons/$its", {html => 1}, "personal_gone.$personal" => 1);
is $kept->status . ' ' . $t->value('SELECT count(*) FROM ej.homework WHERE id = ?', $personal), '409 1', 'a task of one pupil, too';
like $kept->content, qr/уже сдали работу: снять его нельзя/, 'which the page says';
is $t->value(q{SELECT count(*) > 2 FROM ej.history WHERE table_name = 'submission' AND row_key = ARRAY[?, ?]::bigint[]}, $task, $child), 1, 'the history has it all';
$t->db->do(q{UPDATE ej.file SET made_at = now() - interval '2 days'});
$t->db->do('SELECT ej.sweep()');
is $teacher->get($file)->status, 200, 'the sweep leaves the files of a homework';
done_testing;
