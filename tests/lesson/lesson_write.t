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
is save($m => ['5', '4'], "old_$m" => ''), "$m bad JE107", 'a mark that is sent twice is refused';
is save($m => ['5', ''], "old_$m" => ''), "$m bad JE107", 'a mark that is sent twice is refused even if one is empty';
like save($m => '5', "mark.$id.$anna" => '5'), qr/^mark\.\d+\.$anna bad JE107$/, 'a mark sent both for the lesson and for its first work is refused';
is save("code.$anna" => ['н', 'б'], "old_code.$anna" => ''), "code.$anna bad JE107", 'an absence that is sent twice is refused';
is save("comment.$work.$anna" => ['а', 'б']), "comment.$work.$anna bad JE107", 'a comment that is sent twice is refused';
is save("minutes.$anna" => ['1', '2']), "minutes.$anna bad JE107", 'minutes that are sent twice are refused';

# --------------------------------------------------------------- comments ---

my $c = "comment.$work.$anna";
sub comment {
    my $r = $teacher->get($lesson);
    my $own = qq{//pupil[\@pupil_id = "$anna"]/*[\@work_id = "$work"]};
    return join '; ', map { ($_->getAttribute('attempt') // 1) . ' ' . ($_->getAttribute('comment') // '') } $r->nodes($own);
}
sub fields { return join ' ', grep {/^comment\.$work\.$anna\b/} $teacher->get($lesson, html => 1)->texts('//input/@name') }
save($m => '2', $c => 'слабо');
is comment(), '1 слабо', 'a comment is saved with its mark';
save($m => '2/4', "old_$m" => '2', $c => 'лучше', "old_$c" => 'слабо');
is comment(), '1 слабо; 2 лучше', 'a comment typed with a retake belongs to the retake, the earlier one stays';
is fields(), "$c $c.2", 'the form has a field for the comment on each attempt';
is save("$c.2" => 'ещё лучше', "old_$c.2" => 'лучше', $c => 'сперва слабо', "old_$c" => 'слабо'), "$c saved; $c.2 saved", 'the comments on two attempts can be changed';
is comment(), '1 сперва слабо; 2 ещё лучше', 'the comments on two attempts are saved separately';
is save("$c.2" => 'иное', "old_$c.2" => 'лучше', $c => 'иное', "old_$c" => 'слабо'), "$c conflict JE210 сперва слабо; $c.2 conflict JE210 ещё лучше",
    'each comment is compared with that of its attempt';
is save($m => '2/4/5', "old_$m" => '2/4', $c => 'первая', "old_$c" => 'сперва слабо', "$c.3" => 'отлично'), "$m saved; $c saved; $c.3 saved", 'a comment can be sent in the field of a new retake';
is comment(), '1 первая; 2 ещё лучше; 3 отлично', 'each comment is saved at the attempt of its field';
save($m => '2/4/5/5', "old_$m" => '2/4/5', "$c.3" => '', "old_$c.3" => 'отлично');
is comment(), '1 первая; 2 ещё лучше; 3 отлично; 4 ', 'an empty comment field sent with a retake leaves the retake without a comment';
is save("$c.5" => 'нет такой', $c => 'х', "old_$c" => 'первая'), "$c.5 bad JE120", 'a comment on a missing attempt is refused';
is join(',', map { save("comment.$work.$anna.$_" => 'х') } 0, '', 'a', '2.1'), ',,,', 'a comment on something that is not an attempt is ignored';
is save($m => '2/5', "old_$m" => '2', $c => 'хорошо', "old_$c" => 'первая', "$c.3" => 'отличный ответ', "old_$c.3" => ''),
    "$m conflict JE210 2/4/5/5; $c conflict JE210 первая; $c.3 conflict JE210 отлично", 'beside a mark in conflict no comment is written';
is save($m => '2/5', "old_$m" => '2', $c => '', "old_$c" => 'первая'), "$m conflict JE210 2/4/5/5; $c conflict JE210 первая", 'beside a mark in conflict no comment is removed';
save($m => '2', "old_$m" => '2/4/5/5');
is comment(), '1 первая', 'removing a retake removes its comment, the first comment stays';
is value(q{SELECT string_agg(old->>'comment', '; ' ORDER BY row_key) FROM ej.history WHERE table_name = 'mark' AND row_key[1:2] = ARRAY[?, ?]::bigint[]
    AND row_key[3] > 1 AND new->>'comment' IS NULL AND old->>'comment' IS NOT NULL}, $work, $anna), 'ещё лучше; отлично', 'the history has the comments of removed retakes';
run('UPDATE ej.mark SET comment = ? WHERE work_id = ? AND pupil_id = ? AND attempt = 1', ' сперва слабо ', $work, $anna);
is save($c => 'просто слабо', "old_$c" => 'сперва слабо'), "$c saved", 'blanks around a stored text are no conflict';

# ---------------------------------------------------------------- minutes ---

save("code.$anna" => 'о', "minutes.$anna" => '5');
is attended(), 'о 5', 'minutes are saved together with the letter';
run('UPDATE ej.attendance SET minutes = 9 WHERE lesson_id = ? AND pupil_id = ?', $id, $anna);
is save("minutes.$anna" => '5', "old_minutes.$anna" => '5') . attended(), 'о 9', 'minutes that were not changed in the form are not written back';
is save("minutes.$anna" => '7', "old_minutes.$anna" => '5'), "minutes.$anna conflict JE210 9", 'changed minutes that another person changed meanwhile are a conflict';
is save("minutes.$anna" => '7', "old_minutes.$anna" => '9') . attended(), "minutes.$anna savedо 7", 'minutes can be changed after the conflict';
is save("code.$anna" => 'б', "old_code.$anna" => 'о', "minutes.$anna" => '8', "old_minutes.$anna" => '7') . attended(), "minutes.$anna bad JE123о 7",
    'new minutes beside another letter are refused';
save("code.$anna" => 'б', "old_code.$anna" => 'о', "minutes.$anna" => '7', "old_minutes.$anna" => '7');
is attended(), 'б', 'another letter removes the minutes';
my $page = $teacher->get($lesson, html => 1);
is $page->count(qq{//input[\@name = "minutes.$anna"]}), 1, 'the form has a field for minutes';
is save("code.$anna" => 'о', "minutes.$anna" => '6') . attended(), "code.$anna conflict JE210 б; minutes.$anna conflict JE210б", 'minutes beside a letter in conflict are not saved';
is save("minutes.$anna" => '9'), "minutes.$anna bad JE123", 'minutes of an absent pupil are refused';
is save("minutes.$boris" => '9'), "minutes.$boris bad JE123", 'minutes of a present pupil are refused';
my $refused = $teacher->post($lesson, {html => 1}, topic => 'Т', old_topic => 'Т', "minutes.$boris" => '9', "old_minutes.$boris" => '');
like $refused->xpath('normalize-space(//*[@role = "alert"]//li)'), qr/^Волков Антон: Минуты пишутся только опоздавшему/, 'the page of refused minutes names the pupil';
is $refused->xpath(qq{string(//input[\@name = "minutes.$boris"]/\@value)}), '9', 'refused minutes stay in their field';
is save("code.$anna" => 'о', "old_code.$anna" => 'б', "minutes.$anna" => '9') . attended(), "code.$anna saved; minutes.$anna savedо 9", 'minutes are saved with the letter of lateness';
save("code.$anna" => 'б', "old_code.$anna" => 'о', "minutes.$anna" => '9', "old_minutes.$anna" => '9');

# --------------------------------------------------------------- homework ---

run('DELETE FROM ej.homework WHERE lesson_id = ?', $id);
run('UPDATE ej.lesson SET homework = NULL WHERE id = ?', $id);
my ($next, $later, $far) = (map { $_->[0] } @{$t->db->selectall_arrayref(q{SELECT n.id FROM ej.lesson n JOIN ej.lesson l USING (teaching_id)
    WHERE l.id = ? AND n.held_on > l.held_on ORDER BY n.held_on, n.slot}, undef, $id)})[0, 1, -1];
sub set { return value(q{SELECT concat_ws(' ', text, due_lesson_id) FROM ej.homework WHERE lesson_id = ? AND NOT is_personal}, $id) // '' }
is save(due_lesson_id => $next), '', 'a due lesson without homework is ignored';
save(homework_text => '№ 1', old_homework_text => '', due_lesson_id => $next);
is set(), "№ 1 $next", 'homework is saved with its due lesson';
my @form = (homework_id => value('SELECT id FROM ej.homework WHERE lesson_id = ?', $id), homework_text => '№ 1', old_homework_text => '№ 1');
run('UPDATE ej.homework SET text = ?, due_lesson_id = ?, due_on = (SELECT held_on FROM ej.lesson WHERE id = ?) WHERE lesson_id = ?', '№ 2', $far, $far, $id);
is save(@form, due_lesson_id => $next, old_due_lesson_id => $next) . set(), "№ 2 $far", 'a form that changed neither text nor due lesson writes neither back';
my $topic = value('SELECT topic FROM ej.lesson WHERE id = ?', $id);
$teacher->post($lesson, old_topic => $topic, old_homework_text => '№ 2');
is value('SELECT topic FROM ej.lesson WHERE id = ?', $id) . set(), "$topic№ 2 $far", 'a form with only the old values of topic and homework removes neither';
like save(@form, due_lesson_id => $later, old_due_lesson_id => $next), qr/^due_lesson_id conflict JE210 \w+, \d+ \w+$/, 'a conflict of the due lesson names its day';
is save(@form, due_lesson_id => $later, old_due_lesson_id => $far) . set(), "due_lesson_id saved№ 2 $later", 'the due lesson can be changed after the conflict, and the text stays';
is save(@form, due_lesson_id => $id, old_due_lesson_id => $later), 'due_lesson_id bad JE208', 'homework must be due after the day of the lesson';
run('UPDATE ej.homework SET due_lesson_id = ?, due_on = (SELECT held_on FROM ej.lesson WHERE id = ?) WHERE lesson_id = ?', $far, $far, $id);
is_deeply [$teacher->get($lesson, html => 1)->texts('//select[@name = "due_lesson_id"]/option[@selected or position() = 7]/@value')], [$far], 'the form offers the present due lesson, however far it is';
is $teacher->get($lesson, html => 1)->xpath('string(//input[@name = "old_due_lesson_id"]/@value)'), $far, 'the form has the present due lesson as old value';
is save(homework_none => 1), 'homework_none conflict JE210 № 2', '«не задано» beside a colleague\'s homework is a conflict';
my @seen = (homework_text => '№ 2', old_homework_text => '№ 2');
is save(@seen, homework_none => 1, topic => 'Иная', old_topic => '') . set(), "homework_none bad JE128№ 2 $far", '«не задано» beside a text of the same form refuses the whole form';
like $teacher->post($lesson, {html => 1, accept => 'text/html'}, @seen, homework_none => 1)->content, qr/id="e-homework_none"[^>]*>Задание написано/, 'the page explains why «не задано» is refused';
run('DELETE FROM ej.homework WHERE lesson_id = ?', $id);
is save(@seen, due_lesson_id => $next, @$_), 'homework_text conflict JE210; due_lesson_id conflict JE210', 'another day of a homework that a colleague removed is a conflict'
    for [], [old_due_lesson_id => $far], [@form[0, 1]];
is save(@seen, homework_text => '№ 3', due_lesson_id => $next, old_due_lesson_id => $far) . set(),
    'homework_text conflict JE210; due_lesson_id conflict JE210', 'another text of a homework that a colleague removed is a conflict';
my $again = $teacher->post($lesson, {accept => 'text/html'}, @seen, due_lesson_id => $next, old_due_lesson_id => $far);
is join('|', map { $again->xpath("string(//input[\@name = '$_']/\@value)") } qw(old_homework_text old_due_lesson_id)), '|', 'after the conflict the form has the present old values';
is save(homework_text => '№ 2', old_homework_text => '', due_lesson_id => $next) . set(), "homework_text saved; due_lesson_id saved№ 2 $next", 'a homework that a colleague removed can be set again';
run('DELETE FROM ej.homework WHERE lesson_id = ?', $id);
save(personal_text => 'Повторить', "personal_for.$anna" => 1);
my $personal = value('SELECT id FROM ej.homework WHERE lesson_id = ? AND is_personal', $id);
is save("personal_gone.$personal" => 1), 'personal_gone saved', 'removing a task for one pupil is an outcome';
is save("personal_gone.$personal" => 1), '', 'removing a task a second time has no outcome';
run(q{UPDATE ej.lesson SET homework = 'none' WHERE id = ?}, $id);
save();
is value('SELECT homework FROM ej.lesson WHERE id = ?', $id), 'none', 'a form opened before «не задано» was set leaves it';
is $teacher->get($lesson, html => 1)->xpath('string(//input[@name = "old_homework_none"]/@value)'), '1', 'a form opened after «не задано» was set has it as old value';
save(old_homework_none => 1);
is value('SELECT homework FROM ej.lesson WHERE id = ?', $id), undef, 'a form opened after «не задано» was set can remove it';

# ------------------------------------------------------------- a new work ---

my ($test, $quiz) = map { value('SELECT id FROM ej.work_kind WHERE school_id = 1 AND code = ?', $_) } 'test', 'quiz';
my $works = works();
is save(new_title => 'Степени'), 'new_kind_id bad JE101', 'a work without a kind is refused';
is save(new_kind_id => $quiz, new_title => 'Степени', works => $works), 'new_kind_id saved', 'a new work is saved';
is save(new_kind_id => $quiz, new_title => 'Степени', works => $works) . works(), 'new_kind_id saved' . ($works + 1), 'a new work that is sent twice is made once';
is save(new_kind_id => $test, new_title => '', works => $works), 'new_kind_id conflict JE210 тест «Степени»', 'a new work beside one that a colleague added is a conflict';
is works(), $works + 1, 'a new work in conflict is not made';
is save(new_kind_id => $test, new_title => '', works => $works + 1) . works(), 'new_kind_id saved' . ($works + 2), 'a new work can be added after the conflict';

run(q{INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
    SELECT ej.new_id(2026), school_id, lesson_id, journal_id, teaching_id, kind_id, 100, scale_id
      FROM (SELECT * FROM ej.work WHERE lesson_id = ? LIMIT 1) AS w, generate_series(?::int, 12)}, $id, works() + 1);
is save(new_kind_id => $test, new_title => 'Тринадцатая') . works(), 'new_kind_id bad JE21412', 'a lesson has at most twelve works';
like $teacher->post($lesson, {html => 1}, topic => '', old_topic => '', works => 12, new_kind_id => $test, new_title => 'Тринадцатая')
    ->xpath('normalize-space(//*[@role = "alert"]//li)'), qr/^Новая работа: .*больше нельзя/, 'the page explains that the lesson has too many works';
is save(personal_text => "Доклад $_", "personal_for.$anna" => 1), 'personal_text saved', 'a task for one pupil is saved' for 40 - value('SELECT count(*) FROM ej.homework WHERE lesson_id = ?', $id);
run(q{INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id, due_on, text, is_personal)
    SELECT ej.new_id(2026), school_id, id, teaching_id, study_group_id, held_on + 7, 'Задание ' || i, true
      FROM ej.lesson, generate_series((SELECT count(*) FROM ej.homework WHERE lesson_id = ?) + 1, 40) AS i WHERE id = ?}, $id, $id);
is save(personal_text => 'Ещё доклад', "personal_for.$anna" => 1), 'personal_text bad JE214', 'a lesson has at most forty tasks';

my $bare = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-11');
$page = $teacher->get($bare, html => 1);
is $page->xpath('string(//input[@name = "works"]/@value)'), 0, 'a lesson without works has no work in its form';
is $teacher->post($bare, topic => '', old_topic => '', works => 0, new_kind_id => $quiz, new_title => '')->status, 303, 'a work can be added without a mark';
is $teacher->get($bare)->count('//work[not(@is_ahead)]'), 1, 'a work without a mark is saved';
