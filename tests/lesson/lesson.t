#!/usr/bin/perl
# lesson.t: one lesson on one screen, everything entered by its plain form, as
# a browser without scripts would send it.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(77);

sub value { return $t->value(@_) }
my $teacher = $t->login('teacher');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-16');
my ($id)    = $lesson =~ /(\d+)$/;
my ($anna, $boris, $vera) = map { $t->id(pupil => pupil => $_) } 'Андреева Алиса', 'Волков Антон', 'Гуляев Василий';

# The fields of the page's form as a browser would send them, then changes;
# undef takes a field away.
sub filled {
    my ($r, %change) = @_;
    my %form;
    for my $f ($r->nodes('//form[contains(@class, "lesson-form")]//*[@name]')) {
        my ($name, $type) = ($f->getAttribute('name'), $f->getAttribute('type') // '');
        next if $f->nodeName eq 'button'; # is sent only when it is pressed
        if ($f->nodeName eq 'select') {
            my ($chosen) = ($f->findnodes('.//option[@selected]'), $f->findnodes('.//option'));
            $form{$name} = $chosen ? $chosen->getAttribute('value') : '';
        }
        elsif ($f->nodeName eq 'textarea') { $form{$name} = $f->textContent }
        elsif ($type !~ /^(radio|checkbox)$/ || $f->hasAttribute('checked')) { $form{$name} = $f->getAttribute('value') // '' }
    }
    $form{$_} = $change{$_} for keys %change;
    delete $form{$_} for grep { !defined $form{$_} } keys %form;
    return %form;
}
sub page { return ($_[0] || $teacher)->get($_[1] || $lesson, html => 1) }
sub save {
    my ($client, $path, %change) = @_;
    return $client->post($path, {html => 1}, filled(page($client, $path), %change));
}

# --------------------------------------------------------------- reading ---

my $r = $teacher->get($lesson);
is $r->xpath('concat(//lesson/@class_name, ", ", //lesson/@subject_name, ", ", //lesson/@date_name)'),
    '7Б, Алгебра, понедельник, 16 ноября', 'a lesson has its class, subject and day';
is $r->count('//pupil'), value(q{SELECT count(*) FROM ej.membership b JOIN ej.lesson l ON l.study_group_id = b.study_group_id
    WHERE l.id = ? AND b.during @> l.held_on}, $id), 'a lesson has the pupils of its day';
is $r->xpath('string(//lesson/@staff_name)'), $r->xpath('string(//page/@person)'), 'a lesson has its teacher';
is $r->xpath('string(//next_lesson[1]/@held_on)'), '2026-11-18', 'homework can be due at the next lesson at the earliest';
my $work = $r->xpath('string(//work[1]/@work_id)');
is_deeply {map { ($_->getAttribute('pupil_id') => $_->findvalue('string(mark[1])')) } $r->nodes('//pupil[string(mark[1])]')},
    {map {@$_} @{$t->db->selectall_arrayref(q{SELECT pupil_id, string_agg(value, '/' ORDER BY attempt) FROM ej.mark
        WHERE work_id = ? AND value IS NOT NULL GROUP BY 1}, undef, $work)}}, 'a lesson has the marks of its pupils';

# --------------------------------------------- everything, without scripts ---

my $history = sub { return value('SELECT count(*) FROM ej.history') };
my $before  = $history->();
is save($teacher, $lesson)->status, 303, 'an unchanged form is accepted';
is $history->(), $before, 'an unchanged form changes nothing';

my %all = (topic => "Итоговый урок\nпо теме", "code.$anna" => 'б', "old_code.$anna" => '', "code.$boris" => 'о', "minutes.$boris" => 7,
    homework_text => '№ 512, 513; https://example.org/a', attendance_done => 1,
    new_kind_id => value(q{SELECT id FROM ej.work_kind WHERE school_id = 1 AND code = 'quiz'}), new_title => 'Степени');
for my $pupil ($anna, $boris) { # remove their absences
    $t->db->do('DELETE FROM ej.attendance WHERE lesson_id = ? AND pupil_id = ?', undef, $id, $pupil);
}
my %form = filled(page(), %all);
$form{due_lesson_id} = value(q{SELECT id FROM ej.lesson WHERE teaching_id = (SELECT teaching_id FROM ej.lesson WHERE id = ?)
    AND held_on = '2026-11-23'}, $id);
$r = $teacher->post($lesson, {html => 1}, %form);
like $r->status . ' ' . $r->location, qr/^303 \Q$lesson\E\?saved=[0-9a-f-]{36}$/, 'topic, absences, homework and a new work are saved at once';
my $saved = $teacher->get($r->location, html => 1)->xpath('normalize-space(//*[@data-ej-status])');
like $saved, qr/^Сохранено в \d\d:\d\d: 2.записи о присутствии, день задания, задание, минуты опоздания \(1\), новая работа, тема$/,
    'the page after a save shows the kinds of saved fields';
is $teacher->get($r->location)->count('//saved[@part = "code"][@n = 2]'), 1, 'the document after a save has the kinds of saved fields';
is $t->login('substitute')->get($r->location)->count('//saved') . page($teacher, "$lesson?saved=1")->count('//*[@data-state]'), '00', 'saved fields are shown only to their author, and only of that save';
my ($operation) = $r->location =~ /=(.*)/;
my $elsewhere = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-13');
is $teacher->get("$elsewhere?saved=$operation")->count('//saved'), 0, 'another lesson does not show the saved fields';
my $grid = '00000000-0000-4000-8000-000000000003';
$teacher->post($t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20'), column_id => $work, pupil_id => $vera, old => '1', value => '2', operation_id => $grid);
is $teacher->get("$lesson?saved=$grid")->count('//saved'), 0, 'a lesson does not show a save of the grid';
$r = $teacher->get($lesson);
is $r->xpath('string(//lesson/@topic)'), "Итоговый урок\nпо теме", 'the saved topic keeps its lines';
is $r->xpath(qq{string(//pupil[\@pupil_id = "$anna"]/\@code)}), 'б', 'the saved absence is shown';
is $r->xpath(qq{concat(//pupil[\@pupil_id = "$boris"]/\@code, //pupil[\@pupil_id = "$boris"]/\@minutes)}), 'о7', 'the saved lateness and minutes are shown';
is $r->xpath('string(//homework[not(@is_personal)])'), '№ 512, 513; https://example.org/a', 'the saved homework is shown';
is $r->xpath('string(//homework[not(@is_personal)]/@due_on)'), '2026-11-23', 'the saved homework is due at the chosen lesson';
is $r->xpath('string(//work[2]/@kind_name)') . ' ' . $r->xpath('string(//work[2]/@title)'), 'тест Степени', 'the new work is shown';
is $r->xpath('string(//lesson/@homework)'), 'set', 'the lesson is no longer without homework';
is $t->login('parent')->get('/diary?week_on=2026-11-23')->xpath('string(//day[@held_on="2026-11-23"]//homework)'),
    '№ 512, 513; https://example.org/a', 'the family finds the homework on its day';

$before = $history->();
is $teacher->post($lesson, {html => 1}, %form)->status, 303, 'a form that is sent twice is accepted';
is $history->(), $before, 'a form that is sent twice adds nothing to the history';
is $teacher->get($lesson)->count('//work') . ' ' . $teacher->get($lesson)->count('//homework[not(@is_personal)]'), '2 1',
    'a form that is sent twice adds no second work and no second homework';

my $quiz = $teacher->get($lesson)->xpath('string(//work[2]/@work_id)');
$r = save($teacher, $lesson, "mark.$quiz.$vera" => '4', "comment.$quiz.$vera" => 'Проверь знаки', "mark.$work.$vera" => '5');
is $r->status, 303, 'marks in both works are saved';
$r = $teacher->get($lesson);
is_deeply [$r->texts(qq{//pupil[\@pupil_id = "$vera"]/mark})], ['5', '4'], 'each mark is saved in its work';
is $r->xpath(qq{string(//pupil[\@pupil_id = "$vera"]/mark[2]/\@comment)}), 'Проверь знаки', 'the comment on a mark is saved';
is $teacher->get('/journals/' . $r->xpath('string(//lesson/@journal_id)'))->count('//column[@held_on = "2026-11-16"]'), 2,
    'the grid has a column for each work';
save($teacher, $lesson, "mark.$quiz.$vera" => '4/5', "comment.$quiz.$vera" => '');
$r = $teacher->get($lesson);
is $r->xpath(qq{string(//pupil[\@pupil_id = "$vera"]/mark[2])}), '4/5', 'a retake can be added';
save($teacher, $lesson, "code.$anna" => 'у', "code.$boris" => '', "minutes.$boris" => '');
$r = $teacher->get($lesson);
is $r->xpath(qq{string(//pupil[\@pupil_id = "$anna"]/\@code)}) . $r->count(qq{//pupil[\@pupil_id = "$boris"]/\@*[name() = "code" or name() = "minutes"]}),
    'у0', 'a letter can be corrected and a lateness removed';
save($teacher, $lesson, homework_text => 'Повторить § 14');
is_deeply [$teacher->get($lesson)->texts('//homework[not(@is_personal)]')], ['Повторить § 14'], 'the homework can be corrected';
save($teacher, $lesson, homework_text => '', homework_none => 1);
$r = $teacher->get($lesson);
is $r->count('//homework[not(@is_personal)]') . $r->xpath('string(//lesson/@homework)'), '0none', 'the homework can be removed: nothing was set';
my $again = save($teacher, $lesson, topic => 'Итог', attendance_done => undef);
is $again->status, 303, 'a single topic can be saved';
is value('SELECT count(*) FROM ej.history WHERE table_name = ? AND row_key = ARRAY[?::bigint] AND new->>? = ?', 'lesson', $id, 'topic', 'Итог'), 1,
    'a changed topic is in the history';

# ---------------------------------------------------- ahead of the lesson ---

my $ahead = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-23');
is save($teacher, $ahead, topic => 'Одночлены')->status, 303, 'a topic can be written before the lesson';
is value('SELECT state FROM ej.lesson WHERE id = ?', $ahead =~ /(\d+)$/), 'planned', 'a topic written before the lesson does not make it given';
$r = save($teacher, $ahead, "code.$anna" => 'н');
is $r->status, 422, 'absences cannot be recorded before the lesson';
like $r->content, qr/Урока ещё не было/, 'the page explains why absences cannot be recorded';
my $next = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
$r = save($teacher, $next, homework_text => 'к прошлому', due_lesson_id => $id);
is $r->status, 422, 'homework cannot be due at a lesson of the past';
like $r->content, qr/к одному из следующих уроков/, 'the page explains why the day of a homework is refused';
is $r->xpath('string(//textarea[@name = "homework_text"])'), 'к прошлому', 'a refused homework stays in its field';

# -------------------------------------------------------------- conflicts ---

my $today      = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $substitute = $t->login('substitute');
my %stale      = filled(page($teacher, $today));
is save($substitute, $today, topic => 'Тема заменяющего', "code.$vera" => 'н', homework_text => 'Задание заменяющего')->status, 303,
    'a substitute can fill in the lesson';
@stale{'topic', "code.$vera", "code.$anna"} = ('Тема учителя', 'б', 'о');
$r = $teacher->post($today, {html => 1}, %stale);
is $r->status, 409, 'a form opened before the substitute saved makes a conflict';
my $alert = $r->xpath('string(//*[@role = "alert"])');
like $alert, qr/Тема урока.*«Тема заменяющего».*Латышев/s, 'the conflict shows the present topic and its author';
like $alert, qr/Гуляев Василий.*«н»/s, 'the conflict shows the present absence';
is $r->xpath('string(//textarea[@name = "topic"])'), 'Тема учителя', 'the typed topic stays in its field during the conflict';
is $r->xpath('string(//input[@name = "old_topic"]/@value)'), 'Тема заменяющего', 'after the conflict the old value of the topic is the present one';
my $now = $teacher->get($today);
is $now->xpath('string(//lesson/@topic)'), 'Тема заменяющего', 'the conflict does not overwrite the topic';
is $now->xpath(qq{string(//pupil[\@pupil_id = "$vera"]/\@code)}), 'н', 'the conflict does not overwrite the absence';
is $now->xpath('string(//homework[not(@is_personal)])'), 'Задание заменяющего', 'the conflict does not overwrite the homework';
is $now->xpath(qq{string(//pupil[\@pupil_id = "$anna"]/\@code)}), 'о', 'fields without a conflict are saved';
is $teacher->post($today, {html => 1}, filled($r))->status, 303, 'the form after a conflict can be sent again';
is $teacher->get($today)->xpath('string(//lesson/@topic)'), 'Тема учителя', 'the topic sent again after the conflict is saved';
$r = $substitute->post($next, topic => 'чужое', old_topic => '');
is $r->status . join(' ', $r->errors), '403JE301', 'a substitute may not write the colleague\'s other lessons';

# ---------------------------------------------------------------- refused ---

$before = $history->();
$work = $teacher->get($next)->xpath('string(//work[1]/@work_id)');
$r = save($teacher, $next, topic => 'Новая тема', homework_text => 'Новое задание', "mark.$work.$anna" => '7', "code.$boris" => 'б',
    "comment.$work.$vera" => 'Хорошо', new_title => 'Проверочная');
is $r->status, 422, 'one wrong mark refuses the whole form';
is $history->(), $before, 'a refused form changes nothing';
like $r->xpath('string(//*[@role = "alert"])'), qr/Андреева Алиса.*Такой отметки/s, 'the page of a refused form names the pupil';
is $r->xpath(qq{string(//input[\@name = "mark.$work.$anna"]/\@aria-invalid)}), 'true', 'the refused field is marked';
is $r->xpath('string(//textarea[@name = "topic"])') . '|' . $r->xpath('string(//textarea[@name = "homework_text"])')
    . '|' . $r->xpath(qq{string(//input[\@name = "comment.$work.$vera"]/\@value)}) . '|' . $r->xpath('string(//input[@name = "new_title"]/@value)'),
    'Новая тема|Новое задание|Хорошо|Проверочная', 'a refused form keeps all typed texts';
is $r->xpath(qq{string(//input[\@name = "code.$boris"][\@checked]/\@value)}), 'б', 'a refused form keeps chosen letters';
is $r->xpath(qq{string(//input[\@name = "mark.$work.$anna"]/\@value)}), '7', 'a refused form keeps the wrong mark';
$r = $teacher->post($next, {html => 1}, filled($r, "mark.$work.$anna" => '5'));
like $r->status . $r->content, qr/^422.*Новая работа/s, 'a new work without a kind is refused';
is $teacher->post($next, {html => 1}, filled($r, new_title => ''))->status, 303, 'a corrected form is saved';
is $teacher->get($next)->xpath('string(//lesson/@topic)'), 'Новая тема', 'the topic of a corrected form is saved';
$r = save($teacher, $next, topic => 'т' x 1001);
is $r->status . ' ' . $r->xpath('string-length(//textarea[@name = "topic"])'), '422 1001', 'a topic that is too long is refused and stays in its field';
like $r->content, qr/слишком длинный/, 'the page explains that the topic is too long';
$r = save($teacher, $next, "code.$boris" => '5');
is $r->status, 422, 'a mark as an absence is refused';
$r = save($teacher, $next, "code.$boris" => 'о', "minutes.$boris" => 'abc');
is $r->status, 422, 'minutes that are not a number are refused';

# ----------------------------------------------------------------- others ---

my $closed = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-09-16');
is $teacher->get($closed)->count('//lesson/@can_write'), 0, 'a lesson of a closed journal may only be read';
$r = $teacher->post($closed, topic => 'Поздно', old_topic => value('SELECT topic FROM ej.lesson WHERE id = ?', $closed =~ /(\d+)$/));
is $r->status . join(' ', $r->errors), '409JE201', 'a save of a lesson of a closed journal is refused';
my $grade1 = $t->login('grade1');
my $little = $t->path(lesson => class => '1А', subject => 'Русский язык', on => '2026-11-19');
is page($grade1, $little)->count('//*[@name = "homework_text" or @name = "new_kind_id"]'), 0, 'the form of grade 1 has no fields for marks and homework (JRN-08)';
is join(' ', $grade1->post($little, homework_text => 'Читать', old_homework_text => '', topic => '', old_topic => '')->errors), 'JE205',
    'homework of grade 1 is refused';
is $t->login('sport')->get($lesson)->status . $t->login('teacher-17')->get($lesson)->status, '404404', 'people without access to a lesson do not see it';

# ------------------------------------------------------------------ weight ---

# Thirty pupils, of whom eleven were called and four have a comment.
$t->db->do('SET session_replication_role = replica'); # the pupils belong to no class
$t->db->do(q{WITH made AS (
        INSERT INTO ej.pupil (school_id, person_id, surname, given_name)
        SELECT l.school_id, 990000 + i, 'Яковлев' || chr(1072 + i), 'Владимир' FROM ej.lesson AS l,
               generate_series(1, 30 - (SELECT count(*)::int FROM ej.membership AS b JOIN ej.lesson AS n USING (study_group_id)
                                         WHERE n.id = ? AND b.during @> n.held_on)) AS i WHERE l.id = ?
        RETURNING id, school_id)
    INSERT INTO ej.membership (study_group_id, pupil_id, school_id, during)
    SELECT l.study_group_id, m.id, m.school_id, daterange('2026-09-01', '2027-06-01') FROM made AS m, ej.lesson AS l WHERE l.id = ?},
    undef, $id, $id, $id);
$t->db->do('DELETE FROM ej.mark WHERE work_id = ?', undef, $quiz);
$t->db->do('DELETE FROM ej.work WHERE id = ?', undef, $quiz);
$t->db->do('SET session_replication_role = origin');
$r = page();
my @row = $r->nodes('//tbody/tr[@data-p]');
is scalar @row, 30, 'the lesson has thirty pupils';
my ($of_work) = $r->xpath('string((//td[@class = "mark"]/input[not(@type)]/@name)[1])') =~ /^(mark\.\d+)\./;
my %called;
for my $i (0 .. 10) {
    my $pupil = $row[$i]->getAttribute('data-p');
    $called{"$of_work.$pupil"} = '4';
    $called{"$of_work.$pupil" =~ s/mark/comment/r} = 'Ошибка в знаке' if $i % 3 == 0;
}
is save($teacher, $lesson, %called)->status, 303, 'eleven pupils get a mark';
$r = page();
is $r->count('//td[@class = "mark"]/input[@value = "4"][not(@type)]'), 11, 'eleven marks are saved';
cmp_ok length $r->bytes, '<', 48_500, 'a lesson of thirty pupils has less than 48.5 KB';
