#!/usr/bin/perl
# tasks_works.t: a teacher adds a work of one kind to lessons of several classes at once.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($teacher, $sport, $parent, $grade1) = map { $t->login($_) } qw(teacher sport parent grade1);
my $r = $teacher->get('/tasks/works');
my %lesson = map { $_->getAttribute('teaching_id') => $_->findvalue('lesson[@held_on > "2026-11-20"][1]/@lesson_id') || $_->findvalue('lesson[last()]/@lesson_id') } $r->nodes('//teaching');
cmp_ok scalar(keys %lesson), '>=', 2, 'a teacher has the lessons of each class';
like $teacher->get('/tasks/works', html => 1)->content, qr{<select name="lesson\.$_">.*?<option value="$lesson{$_}">}s, 'and chooses one of each' for keys %lesson;
my ($kind) = $t->value(q{SELECT id FROM ej.work_kind WHERE school_id = 1 AND code = 'test'});
my $monitoring = $t->value(q{SELECT id FROM ej.work_kind WHERE school_id = 1 AND code = 'monitoring'});
my @form = map { ("lesson.$_" => $lesson{$_}) } keys %lesson;
sub works { return $t->value(q{SELECT count(*) || ' ' || count(DISTINCT w.lesson_id) FROM ej.work AS w WHERE w.title = 'Степени'}) }
is refused($teacher->post('/tasks/works', kind_id => '', title => 'Степени', @form)), '422 JE101:kind_id', 'a work has a kind';
is refused($teacher->post('/tasks/works', kind_id => $kind, title => 'Степени', map { ("lesson.$_" => '') } keys %lesson)), '422 JE101:lesson', 'and lessons';
is refused($teacher->post('/tasks/works', kind_id => $monitoring, title => 'Степени', @form)), '422 JE106:kind_id', 'works of the school\'s schedule come from the schedule alone';
is works(), '0 0', 'of that nothing stays';
my $n = keys %lesson;
is $teacher->post('/tasks/works', kind_id => $kind, title => 'Степени', @form)->status . ' ' . works(), "303 $n $n", 'the work is added to each chosen lesson';
is $teacher->post('/tasks/works', kind_id => $kind, title => 'Степени', @form)->status . ' ' . works(), "303 $n $n", 'the same again is there already';
my ($one) = keys %lesson;
is $t->value(q{SELECT string_agg(w.weight_pct || ' ' || (w.journal_id = j.id), ',') FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id JOIN ej.term AS e ON e.is_taught AND e.during @> l.held_on
    JOIN ej.journal AS j ON j.teaching_id = l.teaching_id AND j.term_id = e.id WHERE w.title = 'Степени' AND l.id = ?}, $lesson{$one}), '200 true', 'with the weight of its kind, in the journal of the lesson\'s term';
is refused($sport->post('/tasks/works', kind_id => $kind, title => 'Чужое', "lesson.$one" => $lesson{$one})), '404 JE401:', 'a colleague adds none';
my ($mine) = map { $_->getAttribute('lesson_id') } $sport->get('/tasks/works')->nodes('//lesson');
is refused($teacher->post('/tasks/works', kind_id => $kind, title => 'Чужое', @form, "lesson.1" => $mine)) . ' ' . $t->value(q{SELECT count(*) FROM ej.work WHERE title = 'Чужое'}), '403 JE301: 0', 'nor a teacher to a lesson of a colleague: then to none';
$teacher->post('/tasks/works', kind_id => $kind, title => "Ещё $_", "lesson.$one" => $lesson{$one}) for 1 .. $t->value('SELECT ej.most_works()') - $t->value('SELECT count(*) FROM ej.work WHERE lesson_id = ?', $lesson{$one});
is refused($teacher->post('/tasks/works', kind_id => $kind, title => 'Лишнее', @form)) . ' ' . $t->value(q{SELECT count(*) FROM ej.work WHERE title = 'Лишнее'}), '422 JE214:lesson_id 0', 'a lesson has room for some works only';
is $parent->get('/tasks/works')->status, 404, 'a family has no such page';
is $grade1->get('/tasks/works')->count('//teaching'), 0, 'in grades without marks there is nothing to add';
like $teacher->get('/tasks', html => 1)->content, qr{href="/journal/tasks/works"}, 'the homework of several classes leads there';
done_testing;
