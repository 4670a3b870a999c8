#!/usr/bin/perl
# handins_task.t: what a homework asks for beside its text: files of the teacher, minutes, handing
# in through the journal; how much is set for its day, against the norm of the grade.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($teacher, $sport, $deputy, $lead, $parent, $pupil, $other, $left) = map { $t->login($_) } qw(teacher sport deputy class-teacher parent pupil deputy-17 parent-left);
sub form {
    my ($client, $path, $files, %fields) = @_;
    my $n = 0;
    return $client->upload($path, [map { ['file' . ++$n, @$_] } @$files], %fields);
}
my $child = $pupil->get('/diary')->xpath('string(/page/diary/@pupil_id)');
# the last homework for all of the teacher's, which the pupil's class has
my ($task, $lesson, $day, $teaching) = $t->db->selectrow_array(q{
    SELECT h.id, h.lesson_id, h.due_on, h.teaching_id FROM ej.homework AS h JOIN ej.teaching AS t ON t.id = h.teaching_id
      JOIN ej.staff AS s ON s.id = t.staff_id JOIN ej.account AS a USING (person_id) JOIN ej.membership AS b ON b.study_group_id = h.study_group_id AND b.during @> h.due_on
     WHERE a.login = 'teacher' AND b.pupil_id = ? AND NOT h.is_personal AND h.file_names = '' ORDER BY h.due_on DESC, h.id LIMIT 1}, undef, $child);
my $page = "/handins/$task/task";
sub kept { return join '|', map { $_ // '-' } $t->db->selectrow_array('SELECT minutes, is_online, file_names FROM ej.homework WHERE id = ?', undef, $task) }

# ------------------------------------------------------------ what it asks for ---

like $teacher->get("/lessons/$lesson", html => 1)->content, qr{href="/journal$page"}, 'the page of a lesson leads to what its homework asks for';
is refused(form($teacher, $page, [], minutes => 'час', old_minutes => '')), '422 JE102:minutes', 'minutes are a number';
is refused(form($teacher, $page, [['x.exe', 'MZ']], minutes => 20, old_minutes => '')), '422 JE130:file1', 'not files of every type';
is form($teacher, $page, [['x.pdf', 'x' x (10241 * 1024)]], minutes => 20)->status, 413, 'nor of every size';
is kept(), '-|0|', 'of that nothing stays';
my @files = (['чертёж.png', 'a' x 300_000], ['слова.docx', 'bb']);
is form($teacher, $page, \@files, minutes => 20, old_minutes => '', is_online => 1, old_is_online => '')->status . ' ' . kept(), '303 20|1|чертёж.png, слова.docx', 'a teacher attaches files, says how long it takes, and asks to hand it in here';
is form($teacher, $page, \@files, minutes => 20, old_minutes => '', is_online => 1, old_is_online => '')->status . ' ' . kept(), '303 20|1|чертёж.png, слова.docx', 'sent twice, once';
is refused(form($teacher, $page, [], minutes => 25, old_minutes => 15, is_online => 1, old_is_online => 1)), '409 JE210:minutes', 'minutes that a colleague changed are not overwritten unseen';
is refused(form($teacher, $page, [map { ["$_.txt", "file $_"] } @$_], minutes => 20, old_minutes => 20, is_online => 1, old_is_online => 1)), $_->[0] < 7 ? '303' : '422 JE107:file1', $_->[0] < 7 ? 'further files' : 'ten files are enough' for [1 .. 3], [4 .. 6], [7 .. 9];
my @ids = map { $_->[0] } @{$t->db->selectall_arrayref('SELECT id FROM ej.file WHERE homework_id = ? AND pupil_id IS NULL ORDER BY id', undef, $task)};
is form($teacher, $page, [], minutes => 20, old_minutes => 20, is_online => 1, old_is_online => 1, gone => [@ids[2 .. 7]])->status . ' ' . kept(), '303 20|1|чертёж.png, слова.docx', 'a teacher takes files back';
is $t->value(q{SELECT string_agg(DISTINCT k.key, ',' ORDER BY k.key) FROM ej.history AS h, jsonb_object_keys(h.new) AS k(key)
    WHERE h.table_name = 'homework' AND h.key_id = ? AND h.old IS NOT NULL AND h.old -> k.key IS DISTINCT FROM h.new -> k.key}, $task), 'file_names,is_online,minutes', 'the history has it all';

# --------------------------------------------------------------- who reads what ---

my $file = "/handins/$task/files/$ids[0]";
is join(' ', map { $_->get($file)->status } $teacher, $lead, $deputy, $parent, $pupil, $sport, $other), '200 200 200 200 200 404 404', 'the file is read by who may read the homework';
is length($parent->get($file)->bytes), 300_000, 'as it was attached';
is join(' ', map { $_->get($page)->xpath('string(//handins/@is_mine)') . $_->get($page)->status } $teacher, $deputy, $sport, $parent), '1200 200 404 404', 'heads read what it asks for, a colleague has no such page';
is join(' ', map { refused(form($_, $page, [], minutes => 1, old_minutes => 20)) } $sport, $deputy, $parent), '404 JE401: 404 JE401: 404 JE401:', 'and nobody else sets it';
is $parent->get("/pupils/$child/handins/$task")->xpath('concat(count(//attached), " ", //handins/@minutes, " ", //handins/@is_online)'), '2 20 1', 'a family sees files, minutes, and that it is handed in here';
like $pupil->get("/pupils/$child/homework", html => 1)->content, qr/Файлы: чертёж\.png, слова\.docx/, 'also in its list of tasks';
# the files of a personal task, of the seed, and of a group that the child has left
my ($personal, $its) = $t->db->selectrow_array(q{SELECT h.id, f.id FROM ej.homework AS h JOIN ej.file AS f ON f.homework_id = h.id AND f.pupil_id IS NULL WHERE h.is_personal AND h.school_id = 1});
my $whose = $t->value('SELECT pupil_id FROM ej.homework_for WHERE homework_id = ?', $personal);
sub reads { my ($client) = @_; return $client->get("/handins/$personal/files/$its")->status }
my %own = map { $_->[0] => 1 } @{$t->db->selectall_arrayref(q{SELECT a.login FROM ej.account AS a JOIN ej.pupil AS p USING (person_id) WHERE p.id = ?
    UNION SELECT a.login FROM ej.account AS a JOIN ej.guardian AS g USING (person_id) JOIN ej.guardianship AS k ON k.guardian_id = g.id WHERE k.pupil_id = ?}, undef, $whose, $whose)};
is join(' ', map { reads($t->login($_)) } qw(parent pupil)), join(' ', map { $own{$_} ? 200 : 404 } qw(parent pupil)), 'a file of a task for one pupil is read by that pupil\'s family alone';
$t->db->do('DELETE FROM ej.homework_for WHERE homework_id = ?', undef, $personal);
$t->db->do('INSERT INTO ej.homework_for SELECT h.id, ?, h.school_id, h.teaching_id FROM ej.homework AS h WHERE h.id = ?', undef, $_->[0], $personal), is reads($pupil), $_->[1], $_->[2]
    for [$t->value('SELECT min(b.pupil_id) FROM ej.membership AS b JOIN ej.homework AS h USING (study_group_id) WHERE h.id = ? AND b.pupil_id <> ? AND b.during @> h.due_on', $personal, $child), 404, 'of a classmate\'s task it is not'],
        [$child, 200, 'of the own one it is'];

# ---------------------------------------------------------------- the whole day ---

$t->db->do('DELETE FROM ej.submission WHERE homework_id IN (SELECT id FROM ej.homework WHERE due_on = ?)', undef, $day);
my @same = @{$t->db->selectall_arrayref(q{SELECT DISTINCT ON (t.subject_id) h.id FROM ej.homework AS h JOIN ej.teaching AS t ON t.id = h.teaching_id
    WHERE h.study_group_id = (SELECT study_group_id FROM ej.homework WHERE id = ?) AND h.due_on = ? AND NOT h.is_personal AND h.id <> ? AND h.teaching_id <> ?}, undef, $task, $day, $task, $teaching)};
cmp_ok scalar @same, '>=', 1, 'colleagues have set homework for the same day';
$t->db->do('UPDATE ej.homework SET minutes = NULL WHERE due_on = ? AND id <> ?', undef, $day, $task);
$t->db->do('UPDATE ej.homework SET minutes = 100 WHERE id = ?', undef, $same[0][0]);
my $load = $teacher->get($page);
is $load->xpath('concat(//load/@minutes, " ", //load/@norm)'), '120 150', 'a teacher sees the minutes of the day, of colleagues too, and the norm of the grade';
is $load->xpath('string(//load/@subjects)'), $t->value(q{SELECT count(DISTINCT t.subject_id) FROM ej.homework AS h JOIN ej.teaching AS t ON t.id = h.teaching_id
    WHERE h.due_on = ? AND NOT h.is_personal AND h.study_group_id IN (SELECT o.study_group_id FROM ej.study_group_class AS o JOIN ej.study_group_class AS c USING (class_id)
        JOIN ej.homework AS x ON x.study_group_id = c.study_group_id WHERE x.id = ?)}, $day, $task), 'and in how many subjects it is set, those of subgroups too';
unlike $teacher->get("/lessons/$lesson", html => 1)->content, qr/больше нормы/, 'within the norm no page warns';
$t->db->do('UPDATE ej.homework SET minutes = 140 WHERE id = ?', undef, $same[0][0]);
like $teacher->get("/lessons/$lesson", html => 1)->content, qr/рассчитано на 2.ч 40.мин\. Это больше нормы: не больше 2.ч 30.мин в день/, 'above the norm of the grade the page of the lesson warns';
$t->db->do('UPDATE ej.grade_norm SET homework_min = NULL');
unlike $teacher->get("/lessons/$lesson", html => 1)->content, qr/больше нормы/, 'a school without a norm is not warned';
is $t->login('parent')->get("/lessons/$lesson")->status, 404, 'a family has no such page';

# ------------------------------------------------------------------- late on ---

my $term = $t->value('SELECT j.id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught JOIN ej.lesson AS l ON l.id = ? AND e.during @> l.held_on WHERE j.teaching_id = ?', $lesson, $teaching);
$t->db->do(q{UPDATE ej.journal SET closed_at = now(), closed_by = (SELECT min(id) FROM ej.staff WHERE school_id = 1), order_no = '7', reason = 'Конец четверти' WHERE id = ?}, undef, $term);
is refused(form($teacher, $page, [['z.txt', 'z']], minutes => 20, old_minutes => 20, is_online => 1, old_is_online => 1)), '409 JE201:journal_id', 'in a closed journal a homework stays as it is';
is refused(form($teacher, $page, [['слова.docx', 'другие']], minutes => 20, old_minutes => 20, is_online => 1, old_is_online => 1, gone => [$ids[1]])), '409 JE201:journal_id', 'and so do its files, also when one of the same name is to follow';
is $parent->get("/handins/$task/files/$ids[1]")->bytes, 'bb', 'the file that was attached is there';
$t->db->do(q{UPDATE ej.file SET made_at = now() - interval '2 days'});
$t->db->do('SELECT ej.sweep()');
is $parent->get($file)->status, 200, 'the sweep leaves the files of a homework';
done_testing;
