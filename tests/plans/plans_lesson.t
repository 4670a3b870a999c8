#!/usr/bin/perl
# plans_lesson.t: a plan put on the lessons of a group: the lesson offers the next topic, topics are joined,
# split and skipped, and the rest follows the timetable while given lessons stay (KTP-02, KTP-04).
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my ($teacher, $deputy, $english, $parent) = map { $t->login($_) } qw(teacher deputy english parent);
sub refused { my ($r) = @_; return $r->status if $r->status == 303; return join ' ', $r->status, map { join ':', grep {length} $_->getAttribute('code'), $_->getAttribute('field') // '' } $r->nodes('//error') }
my ($teaching, $plan) = $t->db->selectrow_array('SELECT u.teaching_id, u.plan_id FROM ej.plan_use AS u WHERE u.school_id = 1');
my %row = map { @$_ } @{$t->db->selectall_arrayref('SELECT place::int, id FROM ej.plan_row WHERE plan_id = ?', {}, $plan)};
my $page = "/teachings/$teaching/plan";
sub dates { my ($who) = @_; return join '; ', map { join ' ', grep {length} map { $_ // '' } @{$_}{qw(place state held_on)} } map { my $n = $_; +{map { $_ => $n->getAttribute($_) } qw(place state held_on)} } ($who || $teacher)->get($page)->nodes('//plans/row') }

# 1 and 2 are given, 3 is skipped; today's lesson of the substitute and those ahead take the rest
is dates(), '1 given 2026-11-09; 2 given 2026-11-11; 3 skipped; 4 ahead 2026-11-20; 5 ahead 2026-11-23', 'the rest is put on the lessons ahead';

# ------------------------------------------------------------ the lesson ----
my $next  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-23');
my ($id)  = $next =~ /(\d+)$/;
my $today = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
sub offer { my ($path) = @_; return join ' ', map { $_->getAttribute('place') . ($_->getAttribute('is_given') ? 'g' : '') . ($_->getAttribute('is_next') ? 'n' : '') } $teacher->get($path)->nodes('//plan_row') }
sub facts { return join '|', map { $_ // '' } $t->db->selectrow_array(q{SELECT l.topic, (SELECT string_agg(h.text, '; ') FROM ej.homework AS h WHERE h.lesson_id = l.id AND NOT h.is_personal),
    (SELECT string_agg(r.place::int::text, ',' ORDER BY r.place) FROM ej.plan_given AS g JOIN ej.plan_row AS r ON r.id = g.plan_row_id WHERE g.lesson_id = l.id) FROM ej.lesson AS l WHERE l.id = ?}, {}, $_[0]) }
is offer($next), '5n', 'a lesson offers the topic put on it';
is offer($today), '4n 5', 'and those that follow';
my ($due) = map { $_->getAttribute('lesson_id') } $teacher->get($next)->nodes('//next_lesson[1]');
my %empty = (topic => '', old_topic => '', homework_text => '', old_homework_text => '', due_lesson_id => $due, works => 0);
sub form { return %{{%empty, @_}} }
is refused($t->login('substitute')->post($today, form(plan_next => $row{4}))), 303, 'a substitute takes the topic in one tap';
my ($today_id) = $today =~ /(\d+)$/;
is facts($today_id), 'Сложение дробей|§ 3, № 21|4', 'with its homework';
is offer($today), '4g 5', 'which the lesson then shows';
is dates(), '1 given 2026-11-09; 2 given 2026-11-11; 3 skipped; 4 given 2026-11-20; 5 ahead 2026-11-23', 'and the plan has it as given';
is refused($teacher->post($next, form(plan_next => 987654321))), '422 JE106:plan_next', 'a topic of no plan of the lesson is refused';
is facts($id), '||', 'and nothing is saved';
is refused($english->post($next, form(plan_next => $row{5}))), '404 JE401', 'a colleague takes none';

# ------------------------------------------------ works that topics ask for ----
# Topic 4 is a practical work, topic 5 a control work.
sub works { my ($lesson) = @_; return join ' ', map { $_->[0] } @{$t->db->selectall_arrayref('SELECT k.code FROM ej.work w JOIN ej.work_kind k ON k.id = w.kind_id WHERE w.lesson_id = ? ORDER BY w.id', {}, $lesson)} }
sub asked { my ($path) = @_; return join ' ', map { $_->getAttribute('place') . '=' . $_->getAttribute('work_name') } $teacher->get($path)->nodes('//plan_row[@work_name]') }
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $before = works($today_id);
unlike $before, qr/practical/, 'a topic taken without its work makes none';
is asked($today), '4=практическая работа 5=контрольная работа', 'the lesson offers the work of a topic that was taken';
like $teacher->get($today, html => 1)->content, qr/name="plan_work"[^>]*>Добавить работу: практическая работа/, 'by a button';
is $t->login('substitute')->get($today)->count('//plan_row[@work_name]'), 2, 'to a substitute, too';
is $teacher->get($journal)->xpath("string(//lesson[\@lesson_id = $today_id]/\@wanted_kinds)"), 'практическая работа', 'so does the journal';
like $teacher->get($journal, html => 1)->content, qr/Добавить: практическая работа/, 'by a button';
is $deputy->get($journal)->count('//lesson[@wanted_kinds]'), 0, 'which readers do not have';
is refused($english->post($journal, work_lesson_id => $today_id)), '404 JE401', 'a colleague adds none';
is refused($deputy->post($journal, work_lesson_id => $today_id)), '404 JE401', 'nor a head';
is refused($teacher->post($journal, work_lesson_id => $t->value(q{SELECT l.id FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id JOIN ej.study_group g ON g.id = t.study_group_id WHERE g.name = '10А' AND t.staff_id = (SELECT staff_id FROM ej.teaching WHERE id = ?) AND l.held_on = '2026-11-19'}, $teaching))), '404 JE401', 'a lesson of another journal is none of this one';
is refused($teacher->post($journal, work_lesson_id => $today_id)), 303, 'one tap in the journal';
is works($today_id), join(' ', grep { length } $before, 'practical'), 'makes the work';
is $teacher->get($journal)->count("//lesson[\@lesson_id = $today_id]/\@wanted_kinds"), 0, 'then it is no longer asked for';
is refused($teacher->post($journal, work_lesson_id => $today_id)) . ' ' . works($today_id), '303 ' . join(' ', grep { length } $before, 'practical'), 'a second tap makes none';
is asked($next), '5=контрольная работа', 'the next topic asks for a control work';
like $teacher->get($next, html => 1)->content, qr/checked[^>]*>\s*<span>Вместе с темой добавить в журнал работу: контрольная работа/, 'it is proposed with the topic';
is refused($teacher->post($next, form(plan_next => $row{5}, plan_works => 1))), 303, 'one tap takes the topic';
is facts($id) . ' ' . works($id), 'Контрольная работа по дробям||5 test', 'and makes its work';
is $t->value('SELECT count(*) FROM ej.work w JOIN ej.journal j ON j.id = w.journal_id WHERE w.lesson_id = ? AND j.teaching_id = ?', $id, $teaching), 1, 'in the journal';
is asked($next), '', 'nothing more is asked for';
$t->db->do("$_ = ?", {}, $id) for 'DELETE FROM ej.work WHERE lesson_id', q{UPDATE ej.lesson SET topic = '' WHERE id}, 'DELETE FROM ej.plan_given WHERE lesson_id';
is refused($teacher->post($next, form(plan_next => $row{5}))) . works($id), '303', 'without the tick the topic makes no work';
is refused($teacher->post($next, form(map({; $_ => 'Контрольная работа по дробям' } qw(topic old_topic)), plan_work => $row{5}))) . works($id), '303test', 'which a button adds later';
$t->db->do(q{INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id, title) SELECT ej.new_id(2026), w.school_id, w.lesson_id, w.journal_id, w.teaching_id, k.id, 200, w.scale_id, '' FROM ej.work w JOIN ej.work_kind k ON k.school_id = w.school_id AND k.code = 'dictation' WHERE w.lesson_id = ?}, {}, $id);
$t->db->do(q{DELETE FROM ej.work w USING ej.work_kind k WHERE k.id = w.kind_id AND k.code = 'test' AND w.lesson_id = ?}, {}, $id);
is asked($next), '', 'a control work of another kind is enough';
$t->db->do("$_ = ?", {}, $id) for 'DELETE FROM ej.work WHERE lesson_id', q{UPDATE ej.lesson SET topic = '' WHERE id}, 'DELETE FROM ej.plan_given WHERE lesson_id';

# Joined, split, released.
$t->db->do('DELETE FROM ej.plan_given WHERE lesson_id = ?', {}, $today_id);
$t->db->do(q{UPDATE ej.plan_row SET hours = 2 WHERE id = ?}, {}, $row{4});
is dates(), '1 given 2026-11-09; 2 given 2026-11-11; 3 skipped; 4 ahead 2026-11-23; 4 ahead 2026-11-25; 5 ahead 2026-11-27', 'a topic of two hours takes two lessons; a lesson with a topic of its own none';
is refused($teacher->post($next, form(topic => 'Дроби', "plan_row.$row{4}" => 1, "plan_row.$row{5}" => 1))), 303, 'two topics are joined in one lesson';
is facts($id), 'Дроби. Сложение дробей. Контрольная работа по дробям|§ 3, № 21|4,5', 'beside what was typed';
is dates(), '1 given 2026-11-09; 2 given 2026-11-11; 3 skipped; 4 given 2026-11-23; 4 ahead 2026-11-25; 5 given 2026-11-23', 'the second hour of the first is left';
is refused($teacher->post($next, form(map({; $_ => 'Дроби. Сложение дробей. Контрольная работа по дробям' } qw(topic old_topic)), "plan_not_given.$row{5}" => 1))), 303, 'a topic is released';
is refused($teacher->post($next, form(map({; $_ => 'Дроби. Сложение дробей. Контрольная работа по дробям' } qw(topic old_topic)), "plan_row.$row{5}" => 1, plan_goes_on => 1))), 303, 'or goes on in another lesson';
is dates(), '1 given 2026-11-09; 2 given 2026-11-11; 3 skipped; 4 given 2026-11-23; 4 ahead 2026-11-25; 5 given 2026-11-23; 5 ahead 2026-11-27', 'so it is split';

# The rest follows the lessons.
$t->db->do(q{UPDATE ej.lesson SET state = 'cancelled' WHERE teaching_id = ? AND held_on = '2026-11-25'}, {}, $teaching);
is dates(), '1 given 2026-11-09; 2 given 2026-11-11; 3 skipped; 4 given 2026-11-23; 4 ahead 2026-11-27; 5 given 2026-11-23; 5 ahead 2026-11-30', 'when a lesson is cancelled the rest moves on, what was given stays';
$t->db->do(q{UPDATE ej.plan_row SET hours = 20 WHERE id = ?}, {}, $row{4});
my @days = map { $_->getAttribute('held_on') } $teacher->get($page)->nodes('//plans/row[@state = "ahead"]');
cmp_ok $days[-1], 'gt', '2027-01-08', 'after the last lesson that is made come the days of the timetable';
is $t->value('SELECT count(*) FROM ej.holiday AS h, unnest(?::date[]) AS d WHERE h.school_id = 1 AND h.kind <> ? AND h.during @> d', \@days, 'extra'), 0, 'without the holidays';
$t->db->do(q{DELETE FROM ej.timetable WHERE teaching_id = ?}, {}, $teaching);
is $teacher->get($page)->count('//plans/row[@state = "left"]'), 1, 'what has no hour is left over';

# ------------------------------------------------------- what is chosen ----
sub act { my ($who, $action, %field) = @_; return refused($who->post($page, %{{action => $action, old_plan_id => $plan, %field}})) }
is act($teacher, 'skip', plan_row_id => $row{4}), '422 JE101:reason', 'a topic is skipped for a reason';
is act($teacher, 'skip', plan_row_id => $row{4}, reason => 'Карантин'), 303, 'which is kept';
like $teacher->get($page, html => 1)->content, qr/пропущена: Карантин/, 'and shown';
is act($teacher, 'unskip', plan_row_id => $row{4}), 303, 'it can be taken back';
is act($teacher, 'skip', plan_row_id => 987654321, reason => 'x'), '422 JE106:plan_row_id', 'only a topic of the plan is skipped';
is act($deputy, 'skip', plan_row_id => $row{4}, reason => 'x'), '403 JE301', 'by the teacher alone';
is act($english, 'skip', plan_row_id => $row{4}, reason => 'x'), '403 JE301', 'no colleague';
is $english->get($page)->status, 404, 'who does not read that journal';
is act($teacher, 'use', old_plan_id => 987654321, plan_id => $plan + 5), '409 JE210:plan_id', 'who saw another plan is told';
my $other = $t->value(q{INSERT INTO ej.plan (school_id, year, subject_id, grade, hours_week, name, staff_id) SELECT school_id, year, subject_id, 10, 3, 'Для десятых', staff_id FROM ej.plan WHERE id = ? RETURNING id}, $plan);
is act($teacher, 'use', plan_id => $other), '422 JE106:plan_id', 'the plan of another grade is refused';
is act($deputy, 'use', plan_id => ''), 303, 'a deputy chooses, too';
is $teacher->get($page)->count('//plans/row'), 0, 'none is also a choice';
is refused($teacher->post($page, action => 'use', plan_id => $plan)), 303, 'the teacher chooses it again';
$t->db->do('DELETE FROM ej.plan_given WHERE teaching_id = ?', {}, $teaching);
$t->db->do('UPDATE ej.plan_row SET hours = 1 WHERE plan_id = ?', {}, $plan);
is act($teacher, 'fill'), 303, 'lessons given before count for the topics in their order';
is $t->value(q{SELECT string_agg(r.place::int::text, ' ' ORDER BY l.held_on) FROM ej.plan_given AS g JOIN ej.plan_row AS r ON r.id = g.plan_row_id JOIN ej.lesson AS l ON l.id = g.lesson_id WHERE g.teaching_id = ?}, $teaching), '1 2 4 5', 'also in closed journals; the skipped one stays out';
is $parent->get($page)->status, 404, 'a family has no such page';
done_testing;
