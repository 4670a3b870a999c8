#!/usr/bin/perl
# lesson_write.t: what a lesson's form may say and what becomes of it where
# somebody else wrote meanwhile, field by field. The whole form: lesson.t.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(71);

sub value { return $t->value(@_) }
sub run { return $t->db->do($_[0], undef, @_[1 .. $#_]) }
my $teacher = $t->login('teacher');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my ($id)    = $lesson =~ /(\d+)$/;
my ($anna, $boris) = map { $t->id(pupil => pupil => $_) } 'Андреева Алиса', 'Волков Антон';

# What came of a form, as a script is told: "field outcome code value" each.
sub save {
    my (%field) = @_;
    my $topic = value('SELECT topic FROM ej.lesson WHERE id = ?', $id);
    %field = (topic => $topic, old_topic => $topic, new_title => '', works => works(), %field);
    my $r = $teacher->post($lesson, {header => {'X-Ejournal' => 'fragment'}}, %field);
    return join '; ', map { my $c = $_; join ' ', grep {length} map { $c->getAttribute($_) // '' } qw(field outcome code value) }
        $r->nodes('//outcomes/cell');
}
sub works { return value('SELECT count(*) FROM ej.work WHERE lesson_id = ?', $id) }
sub attended { return value(q{SELECT code || coalesce(' ' || minutes, '') FROM ej.attendance WHERE lesson_id = ? AND pupil_id = ?}, $id, $anna) // '' }

# ---------------------------------------------------------- a field twice ---

run('DELETE FROM ej.attendance WHERE lesson_id = ?', $id);
my $work = value('SELECT min(id) FROM ej.work WHERE lesson_id = ?', $id);
run('UPDATE ej.mark SET value = NULL, comment = NULL WHERE work_id = ?', $work);
my $m = "mark.$work.$anna";
is save($m => ['5', '4'], "old_$m" => ''), "$m bad JE107", 'a mark that came twice is refused';
is save($m => ['5', ''], "old_$m" => ''), "$m bad JE107", 'even where one says nothing new';
like save($m => '5', "mark.$id.$anna" => '5'), qr/^mark\.\d+\.$anna bad JE107$/, 'and so is one of the lesson and of its first work';
is save("code.$anna" => ['н', 'б'], "old_code.$anna" => ''), "code.$anna bad JE107", 'an absence as well';
is save("comment.$work.$anna" => ['а', 'б']), "comment.$work.$anna bad JE107", 'and a comment';
is save("minutes.$anna" => ['1', '2']), "minutes.$anna bad JE107", 'and minutes';

# --------------------------------------------------------------- comments ---

my $c = "comment.$work.$anna";
sub comment {
    my $r = $teacher->get($lesson);
    my $own = qq{//pupil[\@pupil_id = "$anna"]/*[\@work_id = "$work"]};
    return join '; ', map { ($_->getAttribute('attempt') // 1) . ' ' . ($_->getAttribute('comment') // '') } $r->nodes($own);
}
sub fields { return join ' ', grep {/^comment\.$work\.$anna\b/} $teacher->get($lesson, html => 1)->texts('//input/@name') }
save($m => '2', $c => 'слабо');
is comment(), '1 слабо', 'a mark gets its comment';
save($m => '2/4', "old_$m" => '2', $c => 'лучше', "old_$c" => 'слабо');
is comment(), '1 слабо; 2 лучше', 'a word typed with a retake is the retake\'s, the earlier one stays';
is fields(), "$c $c.2", 'and both can be edited';
is save("$c.2" => 'ещё лучше', "old_$c.2" => 'лучше', $c => 'сперва слабо', "old_$c" => 'слабо'), "$c saved; $c.2 saved", 'each in its own field';
is comment(), '1 сперва слабо; 2 ещё лучше', 'which is the attempt\'s';
is save("$c.2" => 'иное', "old_$c.2" => 'лучше', $c => 'иное', "old_$c" => 'слабо'), "$c conflict JE210 сперва слабо; $c.2 conflict JE210 ещё лучше",
    'the comment of the same attempt is compared';
is save($m => '2/4/5', "old_$m" => '2/4', $c => 'первая', "old_$c" => 'сперва слабо', "$c.3" => 'отлично'), "$m saved; $c saved; $c.3 saved", 'a field of its own for the retake';
is comment(), '1 первая; 2 ещё лучше; 3 отлично', 'leaves each word where it was typed';
save($m => '2/4/5/5', "old_$m" => '2/4/5', "$c.3" => '', "old_$c.3" => 'отлично');
is comment(), '1 первая; 2 ещё лучше; 3 отлично; 4 ', 'a field emptied with a retake says that the retake has none';
is save("$c.5" => 'нет такой', $c => 'х', "old_$c" => 'первая'), "$c.5 bad JE120", 'an attempt that is not there has no comment';
is join(',', map { save("comment.$work.$anna.$_" => 'х') } 0, '', 'a', '2.1'), ',,,', 'nor has what is no attempt';
is save($m => '2/5', "old_$m" => '2', $c => 'хорошо', "old_$c" => 'первая', "$c.3" => 'отличный ответ', "old_$c.3" => ''),
    "$m conflict JE210 2/4/5/5; $c conflict JE210 первая; $c.3 conflict JE210 отлично", 'beside a mark in conflict no comment is written';
is save($m => '2/5', "old_$m" => '2', $c => '', "old_$c" => 'первая'), "$m conflict JE210 2/4/5/5; $c conflict JE210 первая", 'nor taken away';
save($m => '2', "old_$m" => '2/4/5/5');
is comment(), '1 первая', 'a retake that is taken back takes its word along, the first stays';
is value(q{SELECT string_agg(old->>'comment', '; ' ORDER BY row_key) FROM ej.history WHERE table_name = 'mark' AND row_key[1:2] = ARRAY[?, ?]::bigint[]
    AND row_key[3] > 1 AND new->>'comment' IS NULL AND old->>'comment' IS NOT NULL}, $work, $anna), 'ещё лучше; отлично', 'and the history keeps it';
run('UPDATE ej.mark SET comment = ? WHERE work_id = ? AND pupil_id = ? AND attempt = 1', ' сперва слабо ', $work, $anna);
is save($c => 'просто слабо', "old_$c" => 'сперва слабо'), "$c saved", 'blanks around a stored text are no conflict';

# ---------------------------------------------------------------- minutes ---

save("code.$anna" => 'о', "minutes.$anna" => '5');
is attended(), 'о 5', 'minutes are taken with the letter';
run('UPDATE ej.attendance SET minutes = 9 WHERE lesson_id = ? AND pupil_id = ?', $id, $anna);
is save("minutes.$anna" => '5', "old_minutes.$anna" => '5') . attended(), 'о 9', 'what was not changed is not written back';
is save("minutes.$anna" => '7', "old_minutes.$anna" => '5'), "minutes.$anna conflict JE210 9", 'what was, is a conflict';
is save("minutes.$anna" => '7', "old_minutes.$anna" => '9') . attended(), "minutes.$anna savedо 7", 'once seen, it is written';
is save("code.$anna" => 'б', "old_code.$anna" => 'о', "minutes.$anna" => '8', "old_minutes.$anna" => '7') . attended(), "minutes.$anna bad JE123о 7",
    'new minutes beside another letter are refused';
save("code.$anna" => 'б', "old_code.$anna" => 'о', "minutes.$anna" => '7', "old_minutes.$anna" => '7');
is attended(), 'б', 'minutes belong to who is late';
my $page = $teacher->get($lesson, html => 1);
is $page->count(qq{//input[\@name = "minutes.$anna"]}), 1, 'the form has them';
is save("code.$anna" => 'о', "minutes.$anna" => '6') . attended(), "code.$anna conflict JE210 б; minutes.$anna conflict JE210б", 'minutes of a letter in conflict wait for it';
is save("minutes.$anna" => '9'), "minutes.$anna bad JE123", 'minutes of who is ill are refused, not dropped';
is save("minutes.$boris" => '9'), "minutes.$boris bad JE123", 'and so are those of who is present';
my $refused = $teacher->post($lesson, {html => 1}, topic => 'Т', old_topic => 'Т', "minutes.$boris" => '9', "old_minutes.$boris" => '');
like $refused->xpath('normalize-space(//*[@role = "alert"]//li)'), qr/^Волков Антон: Минуты пишутся только опоздавшему/, 'in words, by the name';
is $refused->xpath(qq{string(//input[\@name = "minutes.$boris"]/\@value)}), '9', 'what was typed is kept';
is save("code.$anna" => 'о', "old_code.$anna" => 'б', "minutes.$anna" => '9') . attended(), "code.$anna saved; minutes.$anna savedо 9", 'with the letter they are taken';
save("code.$anna" => 'б', "old_code.$anna" => 'о', "minutes.$anna" => '9', "old_minutes.$anna" => '9');

# --------------------------------------------------------------- homework ---

run('DELETE FROM ej.homework WHERE lesson_id = ?', $id);
run('UPDATE ej.lesson SET homework = NULL WHERE id = ?', $id);
my ($next, $later, $far) = (map { $_->[0] } @{$t->db->selectall_arrayref(q{SELECT n.id FROM ej.lesson n JOIN ej.lesson l USING (teaching_id)
    WHERE l.id = ? AND n.held_on > l.held_on ORDER BY n.held_on, n.slot}, undef, $id)})[0, 1, -1];
sub set { return value(q{SELECT concat_ws(' ', text, due_lesson_id) FROM ej.homework WHERE lesson_id = ? AND NOT is_personal}, $id) // '' }
is save(due_lesson_id => $next), '', 'a lesson chosen for no homework says nothing';
save(homework_text => '№ 1', old_homework_text => '', due_lesson_id => $next);
is set(), "№ 1 $next", 'homework for a lesson';
my @form = (homework_id => value('SELECT id FROM ej.homework WHERE lesson_id = ?', $id), homework_text => '№ 1', old_homework_text => '№ 1');
run('UPDATE ej.homework SET text = ?, due_lesson_id = ?, due_on = (SELECT held_on FROM ej.lesson WHERE id = ?) WHERE lesson_id = ?', '№ 2', $far, $far, $id);
is save(@form, due_lesson_id => $next, old_due_lesson_id => $next) . set(), "№ 2 $far", 'a form that changed neither writes neither back';
my $topic = value('SELECT topic FROM ej.lesson WHERE id = ?', $id);
$teacher->post($lesson, old_topic => $topic, old_homework_text => '№ 2');
is value('SELECT topic FROM ej.lesson WHERE id = ?', $id) . set(), "$topic№ 2 $far", 'a form without the topic and the homework, but for what they were, takes neither away';
like save(@form, due_lesson_id => $later, old_due_lesson_id => $next), qr/^due_lesson_id conflict JE210 \w+, \d+ \w+$/, 'another lesson is a conflict, told by its day';
is save(@form, due_lesson_id => $later, old_due_lesson_id => $far) . set(), "due_lesson_id saved№ 2 $later", 'seen, it is written, and the text left alone';
is save(@form, due_lesson_id => $id, old_due_lesson_id => $later), 'due_lesson_id bad JE208', 'it is due after the lesson\'s day';
run('UPDATE ej.homework SET due_lesson_id = ?, due_on = (SELECT held_on FROM ej.lesson WHERE id = ?) WHERE lesson_id = ?', $far, $far, $id);
is_deeply [$teacher->get($lesson, html => 1)->texts('//select[@name = "due_lesson_id"]/option[@selected or position() = 7]/@value')], [$far], 'however far it is, it is among the options';
is $teacher->get($lesson, html => 1)->xpath('string(//input[@name = "old_due_lesson_id"]/@value)'), $far, 'and what the form compares with';
is save(homework_none => 1), 'homework_none conflict JE210 № 2', '«не задано» beside a colleague\'s homework is a conflict';
my @seen = (homework_text => '№ 2', old_homework_text => '№ 2');
is save(@seen, homework_none => 1, topic => 'Иная', old_topic => '') . set(), "homework_none bad JE128№ 2 $far", 'beside the form\'s own it is refused, with all else';
like $teacher->post($lesson, {html => 1, accept => 'text/html'}, @seen, homework_none => 1)->content, qr/id="e-homework_none"[^>]*>Задание написано/, 'and told in words';
run('DELETE FROM ej.homework WHERE lesson_id = ?', $id);
is save(@seen, due_lesson_id => $next, @$_), 'homework_text conflict JE210; due_lesson_id conflict JE210', 'another day of homework that a colleague took back is a conflict'
    for [], [old_due_lesson_id => $far], [@form[0, 1]];
is save(@seen, homework_text => '№ 3', due_lesson_id => $next, old_due_lesson_id => $far) . set(),
    'homework_text conflict JE210; due_lesson_id conflict JE210', 'as is another text of it: nothing is called saved that is not';
my $again = $teacher->post($lesson, {accept => 'text/html'}, @seen, due_lesson_id => $next, old_due_lesson_id => $far);
is join('|', map { $again->xpath("string(//input[\@name = '$_']/\@value)") } qw(old_homework_text old_due_lesson_id)), '|', 'the form that comes back compares with what is there';
is save(homework_text => '№ 2', old_homework_text => '', due_lesson_id => $next) . set(), "homework_text saved; due_lesson_id saved№ 2 $next", 'so sent once more, it is set anew';
run('DELETE FROM ej.homework WHERE lesson_id = ?', $id);
save(personal_text => 'Повторить', "personal_for.$anna" => 1);
my $personal = value('SELECT id FROM ej.homework WHERE lesson_id = ? AND is_personal', $id);
is save("personal_gone.$personal" => 1), 'personal_gone saved', 'a personal task that is taken back is told of';
is save("personal_gone.$personal" => 1), '', 'once';
run(q{UPDATE ej.lesson SET homework = 'none' WHERE id = ?}, $id);
save();
is value('SELECT homework FROM ej.lesson WHERE id = ?', $id), 'none', 'a form that did not know of «не задано» leaves it';
is $teacher->get($lesson, html => 1)->xpath('string(//input[@name = "old_homework_none"]/@value)'), '1', 'one that does says so';
save(old_homework_none => 1);
is value('SELECT homework FROM ej.lesson WHERE id = ?', $id), undef, 'and may take it back';

# ------------------------------------------------------------- a new work ---

my ($test, $quiz) = map { value('SELECT id FROM ej.work_kind WHERE school_id = 1 AND code = ?', $_) } 'test', 'quiz';
my $works = works();
is save(new_title => 'Степени'), 'new_kind_id bad JE101', 'a work has a kind';
is save(new_kind_id => $quiz, new_title => 'Степени', works => $works), 'new_kind_id saved', 'a new work is made';
is save(new_kind_id => $quiz, new_title => 'Степени', works => $works) . works(), 'new_kind_id saved' . ($works + 1), 'sent twice, once';
is save(new_kind_id => $test, new_title => '', works => $works), 'new_kind_id conflict JE210 тест «Степени»', 'another beside a colleague\'s is a conflict';
is works(), $works + 1, 'and not made';
is save(new_kind_id => $test, new_title => '', works => $works + 1) . works(), 'new_kind_id saved' . ($works + 2), 'until that was seen';

run(q{INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
    SELECT ej.new_id(2026), school_id, lesson_id, journal_id, teaching_id, kind_id, 100, scale_id
      FROM (SELECT * FROM ej.work WHERE lesson_id = ? LIMIT 1) AS w, generate_series(?::int, 12)}, $id, works() + 1);
is save(new_kind_id => $test, new_title => 'Тринадцатая') . works(), 'new_kind_id bad JE21412', 'a lesson takes twelve works and no more';
like $teacher->post($lesson, {html => 1}, topic => '', old_topic => '', works => 12, new_kind_id => $test, new_title => 'Тринадцатая')
    ->xpath('normalize-space(//*[@role = "alert"]//li)'), qr/^Новая работа: .*больше нельзя/, 'which is told in words';
is save(personal_text => "Доклад $_", "personal_for.$anna" => 1), 'personal_text saved', 'a task for one pupil' for 40 - value('SELECT count(*) FROM ej.homework WHERE lesson_id = ?', $id);
run(q{INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id, due_on, text, is_personal)
    SELECT ej.new_id(2026), school_id, id, teaching_id, study_group_id, held_on + 7, 'Задание ' || i, true
      FROM ej.lesson, generate_series((SELECT count(*) FROM ej.homework WHERE lesson_id = ?) + 1, 40) AS i WHERE id = ?}, $id, $id);
is save(personal_text => 'Ещё доклад', "personal_for.$anna" => 1), 'personal_text bad JE214', 'and forty tasks';

my $bare = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-11');
$page = $teacher->get($bare, html => 1);
is $page->xpath('string(//input[@name = "works"]/@value)'), 0, 'a bare lesson has none yet';
is $teacher->post($bare, topic => '', old_topic => '', works => 0, new_kind_id => $quiz, new_title => '')->status, 303, 'and takes one';
is $teacher->get($bare)->count('//work[not(@is_ahead)]'), 1, 'without a mark';
