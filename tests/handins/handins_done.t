#!/usr/bin/perl
# handins_done.t: a family ticks homework as done; what waits for an answer is told to the teacher at
# the start page and the lesson's, the answer to the family in the diary and as a notice.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($teacher, $sport, $deputy, $lead, $parent, $pupil, $other) = map { $t->login($_) } qw(teacher sport deputy class-teacher parent pupil deputy-17);
my $child = $pupil->get('/diary')->xpath('string(/page/diary/@pupil_id)');
my $page  = "/pupils/$child/homework";
sub ticks { return $t->value('SELECT string_agg(homework_id::text, \' \' ORDER BY homework_id) FROM ej.homework_done WHERE pupil_id = ?', $child) // '' }

# ------------------------------------------------------------------ the tick ---

my $list = $pupil->get($page);
my @tasks = sort { $a <=> $b } map { $_->getAttribute('homework_id') } ($list->nodes('//homework'))[0 .. 2];
is scalar(grep { $_ } @tasks), 3, 'a pupil has a list of homework';
is $list->count('//homework[@is_done]'), 0, 'of which nothing is ticked';
is $pupil->post($page, done => [@tasks[0, 1]])->status . ' ' . ticks(), "303 @tasks[0, 1]", 'a pupil ticks what is done';
is $pupil->post($page, done => [@tasks[0, 1]])->status . ' ' . ticks(), "303 @tasks[0, 1]", 'sent twice, once';
is $parent->get($page)->count('//homework[@is_done]'), 2, 'the parent sees it';
is $parent->post($page, was => [@tasks[0, 1]], done => [@tasks[1, 2]])->status . ' ' . ticks(), "303 @tasks[1, 2]", 'and may change it';
is $pupil->post($page, was => [@tasks[0, 1]], done => [@tasks[0, 1]])->status . ' ' . ticks(), "303 @tasks[1, 2]", 'a form that somebody left as it was changes nothing';
like $pupil->get($page, html => 1)->content, qr/name="done" value="$tasks[2]"[^>]*checked/, 'the page shows the ticks';
my $strange = $t->value(q{SELECT min(h.id) FROM ej.homework AS h WHERE NOT EXISTS (SELECT FROM ej.homework_pupils(h.id) AS p(id) WHERE p.id = ?) AND h.school_id = 1}, $child);
is refused($pupil->post($page, done => [$strange])) . ' ' . ticks(), "404 JE401: @tasks[1, 2]", 'homework of another class is not ticked';
my $classmate = $t->value('SELECT min(id) FROM ej.pupil WHERE id <> ? AND school_id = 1', $child);
is join(' ', map { refused($_->post($page, done => [$tasks[0]])) } $teacher, $deputy, $other) . ' ' . refused($pupil->post("/pupils/$classmate/homework", done => [$tasks[0]])),
    '404 JE401: 404 JE401: 404 JE401: 404 JE401:', 'nobody ticks for another';
is join(' ', map { my $r = $_->get($page); $r->status . $r->count('//@is_mine') } $lead, $deputy, $other), '2000 2000 4040', 'class teacher and heads only read it';
unlike $deputy->get($page, html => 1)->content, qr/<input[^>]*name="done"/, 'without a form';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'homework_done' AND pupil_id = ?}, $child), 4, 'the history has each tick';
$t->db->do('DELETE FROM ej.submission');
$t->db->do('DELETE FROM ej.homework WHERE id = ?', undef, $tasks[2]);
is ticks(), $tasks[1], 'a tick does not keep a teacher from taking homework back';

# --------------------------------------------------------- what waits, answers ---

my ($task, $lesson, $set) = $t->db->selectrow_array(q{
    SELECT h.id, h.due_lesson_id, h.lesson_id FROM ej.homework AS h JOIN ej.lesson AS l ON l.id = h.due_lesson_id JOIN ej.teaching AS t ON t.id = h.teaching_id
      JOIN ej.staff AS s ON s.id = t.staff_id JOIN ej.account AS a USING (person_id) JOIN ej.membership AS b ON b.study_group_id = h.study_group_id AND b.during @> h.due_on
     WHERE a.login = 'teacher' AND b.pupil_id = ? AND NOT h.is_personal AND h.due_on < '2026-11-20' AND l.state = 'given' ORDER BY h.due_on DESC, h.id LIMIT 1}, undef, $child);
is $teacher->get('/')->count('//task[@code = "handins"]'), 0, 'where nothing was handed in the start page says nothing of it';
my $hand = "/pupils/$child/handins/$task";
is $pupil->post($hand, note => 'Готово', old_note => '')->status, 303, 'a pupil hands in';
is join(' ', map { $_->get('/')->xpath('string(//task[@code = "handins"]/@count)') || 0 } $teacher, $sport, $deputy), '1 0 0', 'the start page of the teacher says how much waits for an answer';
like $teacher->get('/', html => 1)->content, qr{href="/journal/handins">Сданных работ ждут ответа: 1}, 'with a link to it';
like $teacher->get("/lessons/$_", html => 1)->content, qr{href="/journal/handins/$task">Сдано работ: 1}, 'so do the lesson at which it was set and the one at which it was due' for $set, $lesson;
$t->db->do(q{UPDATE ej.submission SET handed_on = '2026-11-02'});
is $teacher->get('/')->xpath('string(//task[@code = "handins"]/@late)'), 1, 'what has waited for a week is late';
my $before = $t->value(q{SELECT count(*) FROM ej.notice WHERE kind = 'handin_answered'});
is $teacher->post("/handins/$task", "answer.$child" => 'Проверь знак', "old_answer.$child" => '')->status, 303, 'the teacher answers';
is $t->value(q{SELECT count(*) FROM ej.notice WHERE kind = 'handin_answered' AND pupil_id = ? AND fact_key LIKE ? || ' %'}, $child, $task) - $before, 1, 'of which pupil and parents get a notice';
is $t->value(q{SELECT count(DISTINCT f.person_id) > 0 AND bool_and(f.person_id IN (SELECT person_id FROM ej.guardian UNION SELECT person_id FROM ej.pupil)) FROM ej.notice_for AS f
    WHERE f.kind = 'handin_answered' AND f.pupil_id = ?}, $child), 1, 'only they';
is $teacher->post("/handins/$task", "answer.$child" => 'Проверь знак', "old_answer.$child" => '')->status . $t->value(q{SELECT count(*) FROM ej.notice WHERE kind = 'handin_answered'}), '303' . ($before + 1), 'sent twice, one';
is $teacher->get('/')->count('//task[@code = "handins"]'), 0, 'then nothing waits';
like $parent->get('/diary', html => 1)->content, qr/ответ на сданную работу: Проверь знак/, 'the diary has it among the news';

# -------------------------------------------------------------- in the diary ---

my ($next, $week) = $t->db->selectrow_array(q{SELECT h.id, h.due_on FROM ej.homework AS h JOIN ej.membership AS b ON b.study_group_id = h.study_group_id AND b.during @> h.due_on
    WHERE b.pupil_id = ? AND NOT h.is_personal AND h.due_lesson_id IS NOT NULL AND h.due_on <= '2026-11-20' AND NOT h.is_online AND h.file_names = '' ORDER BY h.due_on DESC, h.id LIMIT 1}, undef, $child);
unlike $parent->get("/pupils/$child/diary?week_on=$week", html => 1)->content, qr{/handins/$next"}, 'a homework without files has no link in the diary';
$t->db->do('UPDATE ej.homework SET is_online = true WHERE id = ?', undef, $next);
like $parent->get("/pupils/$child/diary?week_on=$week", html => 1)->content, qr{href="/journal/pupils/$child/handins/$next">Сдать через журнал}, 'one to be handed in here has';

# ------------------------------------------------------------- a school year ---

my @due = @{$t->db->selectcol_arrayref(q{SELECT h.id FROM ej.homework AS h JOIN ej.school_year AS y ON y.school_id = 1 AND y.year = 2026 AND y.during @> h.due_on
    WHERE h.school_id = 1 AND EXISTS (SELECT FROM ej.homework_pupils(h.id) AS p(id) WHERE p.id = ?) ORDER BY h.id}, undef, $child)};
my ($pages, %seen) = int((@due + 59) / 60);
for my $n (1 .. $pages) {
    my $r = $parent->get("$page?year=2026&page=$n");
    is $r->xpath('string(/page/handins/@pages)'), $pages, "page $n of $pages";
    $seen{$_->getAttribute('homework_id')}++ for $r->nodes('//homework');
}
is join(' ', map {"$_:$seen{$_}"} sort { $a <=> $b } keys %seen), join(' ', map {"$_:1"} @due), 'all homework of a school year, each once, by pages';
cmp_ok scalar @due, '>', $list->count('//homework'), 'a school year has more homework than the present weeks';
unlike $parent->get("$page?year=2026", html => 1)->content, qr/<input[^>]*name="done"/, 'homework of a year is not ticked';
is $parent->get("$page?year=2020")->count('//homework') . refused($parent->get("$page?year=1999")), '0422 JE102:year', 'a year in which the child was not here has none';
like $parent->get($page, html => 1)->content, qr{href="[^"]*/homework\?year=2026"}, 'the list leads to the years';
done_testing;
