#!/usr/bin/perl
# controls.t: the schedule of control works (CTL-12): kept by a deputy for a class, read by
# teachers and families; its works appear in the journals by themselves (MRK-03).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($deputy, $admin, $teacher, $director, $parent, $pupil) = map { $t->login($_) } qw(deputy administrator teacher director parent pupil);
my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
my %teaching = map { $_ => $t->value(q{SELECT t.id FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id JOIN ej.subject AS s ON s.id = t.subject_id
    WHERE t.school_id = 1 AND g.name = '7Б' AND s.name = ?}, $_) } 'Алгебра', 'Русский язык', 'Информатика';
my ($form, $dictation) = map { $t->value('SELECT id FROM ej.work_kind WHERE school_id = 1 AND code = ?', $_) } qw(test dictation);
my @days = map { $_->[0] } @{$t->db->selectall_arrayref(q{SELECT DISTINCT held_on FROM ej.lesson WHERE teaching_id = ? AND held_on > '2026-11-24' ORDER BY 1}, undef, $teaching{'Алгебра'})};
my $page = "/controls/classes/$class";
sub works { return join '|', map { $_ // '' } map { @$_ } @{$t->db->selectall_arrayref(q{SELECT l.held_on, k.short_name, w.title FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id
    JOIN ej.work_kind AS k ON k.id = w.kind_id WHERE w.teaching_id = ? AND w.control_work_id IS NOT NULL ORDER BY 1}, undef, $teaching{$_[0]})} }

# ----------------------------------------------------------- the schedule ----

is refused($deputy->post($page, title => 'x' x 101)), '422 JE101:teaching_id JE101:form_id JE101:held_on JE104:title', 'a work has a subject, a form and a day';
is refused($deputy->post($page, teaching_id => $teaching{'Алгебра'}, form_id => $form, held_on => '2026-10-28')), '422 JE203:held_on', 'holidays are no day of a term';
is $deputy->post($page, teaching_id => $teaching{'Алгебра'}, form_id => $form, held_on => $days[0], title => 'Дроби')->status, 303, 'a deputy adds a work';
is works('Алгебра'), "$days[0]|ВШК|Контрольная работа: Дроби", 'which appears in the journal as a kind of its own';
is refused($admin->post($page, teaching_id => $teaching{'Алгебра'}, form_id => $form, held_on => $days[0])), '409 JE212:held_on', 'a subject has one work on a day';
my $r = $deputy->get($page);
is $r->xpath('concat(//control[1]/@subject_name, " ", //control[1]/@form_name, " ", //control[1]/@title, //control[1]/@is_without_lesson)'), 'Алгебра контрольная работа Дроби', 'the class has it in its term';
my $id = $r->xpath('string(//control/@control_work_id)');
my $lesson = '/lessons/' . $r->xpath('string(//control/@lesson_id)');
is $teacher->get($lesson)->count('//work[@short_name = "ВШК"]'), 1, 'the teacher has the work on the page of the lesson';
is $teacher->get($lesson)->count('//kind[@code = "monitoring"]'), 0, 'and cannot add another of this kind';
my $kind = $t->value(q{SELECT id FROM ej.work_kind WHERE school_id = 1 AND code = 'monitoring'});
is refused($teacher->post($lesson, new_kind_id => $kind, new_title => 'x', works => 1)), '422 JE106:new_kind_id', 'not by a form either';

# ------------------------------------------------------------- too many ------

is $admin->post($page, teaching_id => $teaching{'Русский язык'}, form_id => $dictation, held_on => $days[0])->status, 303, 'the administrator adds a second one on the same day';
$r = $deputy->get($page);
is $r->count('//control[@day_works = 2]'), 2, 'the class is warned of two works on a day';
is join(' ', map { $t->login($_)->get('/controls')->xpath('string(/page/controls/@grade)') } qw(deputy class-teacher teacher english)), '7 7 10 7', 'the schedule begins with the own class, else with a grade that one teaches';
is $deputy->get('/controls?grade=7')->count('//class/c[@is_over]'), 1, 'and the consolidated schedule marks the week';
like $deputy->get('/controls?grade=7')->xpath('string(//class/c[@is_over])'), qr/Русский язык, Дик\n.*Алгебра, К\/р/, 'with both works';
$t->db->do('UPDATE ej.school SET controls_day = 2, controls_week = 1 WHERE id = 1');
is $deputy->get($page)->xpath('concat(count(//@day_works), count(//control[@week_works = 2]))'), '02', 'the limits are settings: two a day and one a week';
$t->db->do('UPDATE ej.school SET controls_day = 0, controls_week = 0 WHERE id = 1');
is $deputy->get($page)->count('//@day_works|//@week_works'), 0, 'or none';

# --------------------------------------------------------- it is changed -----

my %form = (form_id => $form, old_form_id => $form, held_on => $days[1], old_held_on => $days[0], title => 'Дроби', old_title => 'Дроби', class_id => $class);
sub form { return %{{%form, @_}} }
$r = $deputy->post("/controls/$id", %form);
is $r->status . $r->header('Location') =~ s/.*(?=\/controls)//r, "303/controls/classes/$class?done=changed&saved=$id#saved", 'another day';
is works('Алгебра'), "$days[1]|ВШК|Контрольная работа: Дроби", 'and the work is in that lesson';
is $deputy->post("/controls/$id", %form)->status, 303, 'the same again is saved already';
is refused($deputy->post("/controls/$id", form(title => 'Степени', old_title => 'Корни'))), '409 JE210:title', 'who saw another title is told';
is $deputy->post("/controls/$id", form(old_held_on => $days[1], title => 'Степени'))->status . works('Алгебра'), "303$days[1]|ВШК|Контрольная работа: Степени", 'the title is that of the work';
my $sunday = $t->value(q{SELECT (?::date - extract(isodow FROM ?::date)::int + 7)::text}, $days[1], $days[1]);
is $deputy->post("/controls/$id", form(held_on => $sunday, old_held_on => $days[1], title => 'Степени', old_title => 'Степени'))->status . works('Алгебра'), '303', 'on a day without a lesson the journal has no work';
is $deputy->get($page)->count("//control[\@control_work_id = $id][\@is_without_lesson]"), 1, 'and the schedule says so';
my $given = $t->value(q{SELECT max(held_on) FROM ej.lesson WHERE teaching_id = ? AND held_on < '2026-11-20' AND state = 'given'}, $teaching{'Алгебра'});
is $deputy->post("/controls/$id", form(held_on => $given, old_held_on => $sunday, title => 'Степени', old_title => 'Степени'))->status, 303, 'it was written in a lesson of the past';
my $work = $t->value('SELECT id FROM ej.work WHERE control_work_id = ?', $id);
my $child = $pupil->get('/diary')->xpath('string(/page/diary/@pupil_id)');
my $past = '/lessons/' . $t->value('SELECT lesson_id FROM ej.work WHERE id = ?', $work);
is $teacher->post($past, "mark.$work.$child" => '5', "old_mark.$work.$child" => '')->status, 303, 'the teacher gives marks for it';
is refused($deputy->post("/controls/$id", form(held_on => $days[0], old_held_on => $given, title => 'Степени', old_title => 'Степени'))), '409 JE211:held_on', 'after that it keeps its day';
is refused($deputy->post("/controls/$id", form(old_held_on => $given, held_on => $given, title => 'Степени', old_title => 'Степени', is_removed => 1))), '409 JE211:', 'and stays';

# ------------------------------------------------------------- families ------

my $own = "/pupils/$child/controls";
is $_->get($own)->xpath('concat(//control[@mark]/@title, //control/@mark, count(//control))'), 'Степени53', 'the family reads the schedule of the term with the mark'
    for $parent, $pupil, $director;
is $parent->get("/controls/$id")->status . $parent->get($page)->status, '404404', 'but no other page of it';
my $stranger = $t->value(q{SELECT e.pupil_id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id WHERE c.school_id = 1 AND c.name = '10А' LIMIT 1});
is join(' ', map { $_->get("/pupils/$stranger/controls")->status } $parent, $pupil, $deputy), '404 404 200', 'and of no other child';
like $parent->get('/diary', html => 1)->content, qr{href="/journal/pupils/$child/controls"}, 'the diary leads there';

# ----------------------------------------------------------------- rights ----

is join(' ', map { $_->get($page)->xpath('concat(count(//control), //@is_mine)') } $deputy, $director, $teacher), '31 3 3', 'staff read it, a deputy keeps it';
is join(' ', map { refused($_->post($page, teaching_id => $teaching{'Информатика'}, form_id => $form, held_on => $days[2])) } $director, $teacher), '404 JE401: 404 JE401:', 'others do not';
is join(' ', map { $t->login($_)->get("/controls/$id")->status } 'deputy-17', 'teacher'), '404 404', 'another school has no such work';
is refused($t->login('deputy-17')->post($page, teaching_id => $teaching{'Информатика'}, form_id => $form, held_on => $days[2])), '403 JE301:', 'nor can it add one';
like $deputy->get("$page?format=csv")->content, qr/"Алгебра";"контрольная работа";"Степени"/, 'the schedule as CSV';
is $deputy->post('/controls/' . $t->value('SELECT id FROM ej.control_work WHERE teaching_id = ?', $teaching{'Русский язык'}), form_id => $dictation, old_form_id => $dictation,
    held_on => $days[0], old_held_on => $days[0], title => '', old_title => '', class_id => $class, is_removed => 1)->status . works('Русский язык'), '303', 'without marks a work is removed, from the journal too';
done_testing;
