#!/usr/bin/perl
# lesson_before.t: what a lesson shows from earlier lessons: homework due, the last
# topic, recently absent pupils; and the number of its pupils with a mark.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(22);
my %client = map { $_ => $t->login($_) } qw(teacher class-teacher substitute deputy);
my ($lesson, $last) = map { $t->path(lesson => class => '7Б', subject => 'Алгебра', on => $_) } '2026-11-20', '2026-11-18';
my ($id, $before) = map {/(\d+)$/} $lesson, $last;
my ($anna, $boris, $vera) = map { $t->id(pupil => pupil => $_) } 'Андреева Алиса', 'Волков Антон', 'Гуляев Василий';
my ($group, $teaching) = $t->db->selectrow_array('SELECT study_group_id, teaching_id FROM ej.lesson WHERE id = ?', undef, $id);

sub run { return $t->db->do($_[0], undef, @_[1 .. $#_]) }
sub page { return $client{$_[0] // 'teacher'}->get($_[1] // $lesson, @_[2 .. $#_]) }
sub absent { # pupil and letter
    my ($at, @who) = @_;
    run('DELETE FROM ej.attendance WHERE lesson_id = ?', $at);
    run('UPDATE ej.lesson SET attendance_at = now() WHERE id = ?', $at);
    while (my ($pupil, $code) = splice @who, 0, 2) {
        run('INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code) SELECT id, ?, school_id, teaching_id, ?
               FROM ej.lesson WHERE id = ?', $pupil, $code, $at);
    }
}
sub offered { return join ', ', map { $_->getAttribute('name') . ' ' . $_->getAttribute('code') } page(@_)->nodes('//absent') }

# --------------------------------------------------------------- homework ---

for my $table ('homework_for f USING ej.homework h WHERE f.homework_id = h.id AND', 'homework h WHERE') {
    run("DELETE FROM ej.$table h.teaching_id = ? AND h.due_on >= '2026-11-18'", $teaching);
}
is page()->count('//due'), 0, 'without homework due nothing is shown';
my %form = (topic => 'Одночлены', old_topic => $t->value('SELECT topic FROM ej.lesson WHERE id = ?', $before),
    homework_text => '§ 14, https://example.org/a', old_homework_text => '', due_lesson_id => $id,
    personal_text => 'Карточка 7', "personal_for.$vera" => 1, works => $t->value('SELECT count(*) FROM ej.work WHERE lesson_id = ?', $before));
is $client{teacher}->post($last, %form)->status, 303, 'homework for the next lesson is set, and a task for one pupil';
my $r = page();
is join(' | ', map { ($_->getAttribute('for_whom') // 'всем') . ': ' . $_->textContent } $r->nodes('//due')),
    'всем: § 14, https://example.org/a | Гуляев Василий: Карточка 7', 'the next lesson shows the homework due, that for all first';
is $r->xpath('concat(//lesson/@last_topic, ", ", //lesson/@last_name)'), 'Одночлены, 18 ноября', 'the next lesson shows the last topic and its day';
$r = page(teacher => $lesson, html => 1);
is $r->xpath('string(//section[contains(@class, "before")]/h2)'), 'Было задано на сегодня', 'the homework due has its heading';
is $r->count('//section[contains(@class, "before")]/following-sibling::section//textarea[@name = "topic"]'), 1, 'the homework due stands above the topic';
is $r->count('//section[contains(@class, "before")]//a[@href = "https://example.org/a"]'), 1, 'an address in the homework due is a link';
like page(deputy => $lesson, html => 1)->xpath('string(//dl[contains(@class, "record")])'), qr/Было задано на сегодня\s*§ 14/, 'a person who may only read sees the homework due';
run(q{UPDATE ej.homework SET due_lesson_id = NULL, due_on = '2026-11-27' WHERE due_lesson_id = ?}, $id);
is page()->count('//due'), 0, 'postponed homework is not shown';

# ----------------------------------------------------------------- absent ---

my @today = map { $_->[0] } @{$t->db->selectall_arrayref(q{SELECT l.id FROM ej.lesson l JOIN ej.study_group_class gc USING (study_group_id)
    JOIN ej.class c ON c.id = gc.class_id WHERE c.name = '7Б' AND c.school_id = 1 AND l.held_on = '2026-11-20'
    AND (l.slot, l.teaching_id) < ((SELECT slot FROM ej.lesson WHERE id = ?), 0) ORDER BY l.slot}, undef, $id)};
run('UPDATE ej.lesson SET attendance_at = NULL WHERE id = ?', $_) for $id, @today;
run('DELETE FROM ej.attendance WHERE lesson_id = ?', $id);
absent($before, $anna, 'б', $boris, 'о', $vera, 'н');
is offered(), 'Андреева Алиса б, Гуляев Василий н', 'pupils absent from the previous lesson are listed, without late ones';
$r = page(teacher => $lesson, html => 1);
like $r->xpath('normalize-space(//p[@data-ej-absent])'), qr/^18 ноября, \d-й урок, Алгебра, отсутствовали: Андреева Алиса\s— б, Гуляев Василий\s— н\.$/, 'the page lists the absent pupils with day and lesson';
is $r->xpath('normalize-space(//p[@data-ej-absent]/@data-pupils)'), "$anna $vera", 'the page has the absent pupils for the script';

SKIP: {
    my ($seen) = grep { $t->value('SELECT teaching_id <> ? FROM ej.lesson WHERE id = ?', $teaching, $_) } reverse @today;
    skip 'the lesson is the first of the day', 3 if !$seen;
    absent($seen, $boris, 'п');
    is offered(), 'Андреева Алиса б, Гуляев Василий н', 'a teacher does not see absences of a colleague\'s lesson';
    is offered('deputy'), 'Волков Антон п', 'a deputy sees absences of the earlier lesson of the day';
    my $class_lesson = $t->value(q{SELECT l.id FROM ej.lesson l JOIN ej.study_group_class gc USING (study_group_id) JOIN ej.class c ON c.id = gc.class_id
        WHERE c.name = '7Б' AND c.school_id = 1 AND l.held_on = '2026-11-20' AND l.slot > (SELECT slot FROM ej.lesson WHERE id = ?) LIMIT 1}, $seen);
    is offered('class-teacher', "/lessons/$class_lesson"), 'Волков Антон п', 'the class teacher sees absences of the earlier lesson of the day';
    run('UPDATE ej.lesson SET attendance_at = NULL WHERE id = ?', $seen);
}
is page(teacher => $last)->count('//absent[@pupil_id = "' . $boris . '"]'), 0, 'a lesson does not show absences of a later one';
run(q{UPDATE ej.lesson SET attendance_at = now() WHERE id = ?}, $id);
is page(teacher => $lesson, html => 1)->count('//*[@data-ej-absent]'), 0, 'after absences were marked nothing is offered';

# ------------------------------------------------------------------ asked ---

run('UPDATE ej.mark SET value = NULL WHERE work_id IN (SELECT id FROM ej.work WHERE lesson_id = ?)', $before);
my $all = page(teacher => $last)->count('//pupil');
sub asked { return page(teacher => $last, html => 1)->xpath('normalize-space(//*[contains(@class, "asked")])') }
is asked(), "Спрошено 0 из $all", 'no pupil has a mark at first';
my $work = page(teacher => $last)->xpath('string(//work[1]/@work_id)');
my $topic = $t->value('SELECT topic FROM ej.lesson WHERE id = ?', $before);
my $works = $t->value('SELECT count(*) FROM ej.work WHERE lesson_id = ?', $before);
is $client{teacher}->post($last, topic => $topic, old_topic => $topic, works => $works, "mark.$work.$boris" => '5', "old_mark.$work.$boris" => '')->status, 303, 'a pupil gets a mark';
is asked(), "Спрошено 1 из $all", 'the pupil with a mark is counted';
my $little = $t->path(lesson => class => '1А', subject => 'Русский язык', on => '2026-11-19');
$r = $t->login('grade1')->get($little, html => 1);
is $r->status . $r->count('//*[contains(@class, "asked")]'), '2000', 'a lesson of grade 1 has no count of marks';

# ------------------------------------------------------------------ rights ---

is $t->login('sport')->get($lesson)->status, 404, 'people without access to the lesson get 404';
