#!/usr/bin/perl
# plans.t: calendar-thematic plans: written as a grid, filled from a spreadsheet, copied, approved when
# their hours are those of the curriculum (KTP-01, KTP-02, KTP-03).
use lib 'tests/lib';
use EJ::Test;
use Encode qw(encode);

my $t = EJ::Test->new(today => '2026-11-20');
my ($teacher, $english, $deputy, $admin, $director) = map { $t->login($_) } qw(teacher english deputy administrator director);
sub refused { my ($r) = @_; return $r->status if $r->status == 303; return join ' ', $r->status, map { join ':', grep {length} $_->getAttribute('code'), $_->getAttribute('field') // '', (($_->getAttribute('n') // 1) > 1 ? $_->getAttribute('n') : '') } $r->nodes('//error') }
my $algebra = $t->value(q{SELECT id FROM ej.subject WHERE name = 'Алгебра' AND school_id = 1});
my $group   = $t->value(q{SELECT id FROM ej.study_group WHERE name = '7Б' AND school_id = 1});
$t->db->do('DELETE FROM ej.curriculum');
$t->db->do('INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week) VALUES (1, ?, ?, 3)', {}, $group, $algebra);

# ------------------------------------------------------------------ a plan ----
sub add { my ($who, %field) = @_; return $who->post('/plans', %{{subject_id => $algebra, grade => 7, hours_week => 3, name => 'Базовый', %field}}) }
is refused(add($deputy, name => '', hours_week => 'x')), '422 JE102:hours_week JE101:name', 'each wrong field is named';
my $r = add($teacher);
like $r->header('Location') // '', qr{/plans\?done=added&saved=\d+}, 'a teacher begins a plan';
my ($id) = $r->header('Location') =~ /saved=(\d+)/;
is $teacher->get('/plans?grade=7&find=алгебра')->count("//plan[\@plan_id = $id][\@is_own][\@state = 'draft']"), 1, 'it is found in the base, by subject and grade';
is $teacher->get('/plans?grade=8')->count('//plan'), 0, 'and not in another grade';
is refused(add($director)), '404 JE401', 'a director writes none';
is join(' ', map { $t->login($_)->get('/plans')->status } qw(parent meals observer personnel)), '404 404 404 404', 'others have no such page';

# ------------------------------------------------------------------ the grid ----
my @field = qw(place section term_no topic kind hours homework links);
sub grid {
    my ($who, @rows) = @_;
    my @post = ref $rows[0] eq 'HASH' && $rows[0]{accept} ? shift @rows : ();
    for my $row (@rows) {
        my %row = (kind => 'lesson', hours => 1, %$row);
        push @post, row_id => $row{row_id} // '', map { ($_ => $row{$_} // '', "old_$_" => $row{"old_$_"} // '') } @field;
    }
    return $who->post("/plans/$id", @post);
}
sub stored { return $t->value(q{SELECT string_agg(trim_scale(place) || ' ' || topic || ' ' || trim_scale(hours) || ' ' || kind, '; ' ORDER BY place) FROM ej.plan_row WHERE plan_id = ?}, $id) // '' }
sub row { my ($topic) = @_; return $t->db->selectrow_hashref(q{SELECT id AS row_id, trim_scale(place) AS old_place, section AS old_section, topic AS old_topic, kind AS old_kind, trim_scale(hours) AS old_hours FROM ej.plan_row WHERE plan_id = ? AND topic = ?}, {}, $id, $topic) }
sub same { my ($topic, %new) = @_; my $row = row($topic); return {%$row, (map { $_ => $row->{"old_$_"} } qw(place section topic kind hours)), %new} }
is refused(grid($teacher, {section => 'Числа', topic => 'Дроби', hours => '1,5'}, {topic => 'Степени', kind => 'control'}, {})), 303, 'topics are written row by row';
is stored(), '1 Дроби 1.5 lesson; 2 Степени 1 control', 'in their order; an empty row is none';
is refused(grid($teacher, same('Дроби'), same('Степени', hours => 2), {topic => 'Проценты', place => '1,5'})), 303, 'a topic is put between two others';
is stored(), '1 Дроби 1.5 lesson; 2 Проценты 1 lesson; 3 Степени 2 control', 'and all are numbered anew';
is refused(grid($teacher, same('Дроби', old_topic => 'Доли', topic => 'Части'))), '409 JE210:topic', 'who saw another topic is told';
is refused(grid($teacher, same('Дроби'), same('Проценты', hours => 99), {topic => 'Новая', term_no => 7})), '422 JE102:term_no:3 JE102:hours:2', 'each wrong cell is named with its row';
like grid($teacher, {accept => 'text/html'}, same('Дроби', topic => 'Исправлено', hours => 'x'))->content, qr/Исправлено/, 'what was typed comes back';
is refused(grid($teacher, same('Проценты', topic => ''))), 303, 'a row whose topic is emptied';
is stored(), '1 Дроби 1.5 lesson; 2 Степени 2 control', 'is removed';
is refused(grid($deputy, {topic => 'Чужая'})), '403 JE301', 'nobody else writes a plan';
is refused(grid($english, {topic => 'Чужая'})), '403 JE301', 'not a colleague';
my $html = $teacher->get("/plans/$id", html => 1)->content;
like $html, qr/name="topic"[^>]*value="Степени"/, 'the author has a grid of inputs';
unlike $deputy->get("/plans/$id", html => 1)->content, qr/name="topic"/, 'others have a table';

# ------------------------------------------------------------- from a table ----
sub put { my ($who, %field) = @_; return $who->post("/plans/$id/rows", %field) }
sub send_file { my ($who, $name, $bytes) = @_; return $who->upload("/plans/$id/rows", [['file', $name, $bytes]], is_replaced => 1) }
is refused(put($teacher)), '422 JE101:pasted', 'nothing is no table';
is refused(put($teacher, pasted => "Тема\tЧасов\nДроби\tмного\nСтепени\t50")), '422 JE102:hours:2 JE102:hours:3', 'wrong cells of a table are named by their lines';
is refused(put($teacher, is_replaced => 1, pasted => "№\tТема урока\tКол-во часов\tТип\tДомашнее задание\r\n\tРаздел\t\t\t\r\n1\tДроби\t2\tурок\t§ 1, № 5\r\n2\t\"Контрольная\"\t1\tКонтрольная работа\t\r\n")), 303, 'rows are pasted from a spreadsheet with their headings';
is stored(), '1 Раздел 1 lesson; 2 Дроби 2 lesson; 3 Контрольная 1 control', 'in place of the former ones';
is refused(put($teacher, is_replaced => 1, pasted => "Раздел\tТема\tЧасов\tЧетверть\nЧисла\t\t\t\n\tДроби\t100\t1")), '422 JE102:hours:3', 'too many hours are refused';
is refused(put($teacher, is_replaced => 1, pasted => "Раздел\tТема\tЧасов\tЧетверть\nЧисла\t\t\t\n\tДроби\t30\tI\n\tСтепени\t31\tII\n\tФункции\t40\t3 четверть\nИтого\t\t\t")), 303, 'a row of a section alone is a heading';
is $t->value(q{SELECT string_agg(section || '/' || topic || '/' || term_no, '; ' ORDER BY place) FROM ej.plan_row WHERE plan_id = ?}, $id), 'Числа/Дроби/1; /Степени/2; /Функции/3', 'of the rows below it; terms may be Roman';
my $csv = $teacher->get("/plans/$id?format=csv")->content;
like $csv, qr/Степени/, 'the plan is exported';
is refused(put($deputy, pasted => "Тема\nЧужая")), '403 JE301', 'nobody else fills it';
is refused(send_file($teacher, 'plan.csv', encode('UTF-8', "Тема;Часов;Вид\nДроби;30;урок\nСтепени;31;л/р\n"))), 303, 'a file of CSV is read likewise';
is stored(), '1 Дроби 30 lesson; 2 Степени 31 laboratory', 'with its kinds';
my $workbook = $teacher->get("/plans/$id?format=xlsx")->bytes;
is refused(put($teacher, is_replaced => 1, pasted => "Тема\tЧасов\nДругое\t1")), 303, 'the plan becomes another';
is refused(send_file($teacher, 'plan.xlsx', $workbook)), 303, 'a workbook is read, the one that the journal itself has made';
is stored(), '1 Дроби 30 lesson; 2 Степени 31 laboratory', 'and the plan is what it was';
my $exported = $teacher->get("/plans/$id?format=csv")->bytes;
is refused(put($teacher, is_replaced => 1, pasted => "Тема\tЧасов\nДругое\t1")), 303, 'the plan becomes another';
is refused(send_file($teacher, 'plan.csv', $exported)), 303, 'so is its CSV, with a title above the headings';
is stored(), '1 Дроби 30 lesson; 2 Степени 31 laboratory', 'with the kinds of lessons';
is refused(send_file($teacher, 'plan.xlsx', 'no workbook')), '422 JE131:file', 'what is no workbook is refused';
is refused(put($teacher, pasted => "Функции\t40\nУравнения\t0,5")), 303, 'without headings the columns are topic and hours';

# ------------------------------------------------------------ the hours ----
sub move { my ($who, $old, $state, %field) = @_; return refused($who->post("/plans/$id/state", old_state => $old, state => $state, %field)) }
$r = $teacher->get("/plans/$id");
is $r->xpath('string(/page/plans/@norm)'), '102.0', 'the curriculum has 3 hours in 34 weeks';
is $r->xpath('sum(//term/@norm)') . ' ' . $r->xpath('sum(//term/@hours)'), '102 101.5', 'the hours are shown by term';
is move($teacher, 'draft', 'approved'), '403 JE301', 'a teacher approves no plan';
is move($teacher, 'draft', 'offered'), 303, 'but offers it';
is $deputy->get('/')->xpath("string(//task[\@code = 'plans']/\@count)"), '1', 'the start page tells a deputy that it waits';
is $teacher->get('/')->count("//task[\@code = 'plans']"), 0, 'and nobody else';
{
    my ($other) = add($english, subject_id => $t->value(q{SELECT id FROM ej.subject WHERE name = 'Русский язык' AND school_id = 1}))->header('Location') =~ /saved=(\d+)/;
    is join(' ', map { $_->get('/plans')->count('(//plan)[1][@is_own]') } $teacher, $english), '1 1', 'each teacher finds the own plans first';
    $t->db->do('DELETE FROM ej.plan WHERE id = ?', undef, $other);
}
is move($deputy, 'offered', 'approved'), '409 JE221:hours', 'a plan whose hours are not those of the curriculum is not approved';
is refused(grid($teacher, same('Дроби', hours => '30.5'))), '409 JE220', 'an offered plan stays as it is';
is move($deputy, 'offered', 'draft'), '422 JE101:note', 'a deputy returns it with a note';
is move($deputy, 'offered', 'draft', note => 'Не хватает получаса'), 303, 'to its author';
is $teacher->get("/plans/$id")->xpath('string(/page/plans/@note)'), 'Не хватает получаса', 'who reads it';
is refused(grid($teacher, same('Дроби', hours => '30.5'))), 303, 'and mends it';
is move($deputy, 'offered', 'approved'), '409 JE210:state', 'a state that has changed meanwhile is told';
is move($deputy, 'draft', 'approved'), 303, 'then it is approved';
is $teacher->get("/plans/$id")->xpath('string(/page/plans/@approved_on)'), '2026-11-20', 'on that day';
is refused(grid($teacher, same('Дроби', hours => '30'))), '409 JE220', 'and fixed';
$t->db->do('UPDATE ej.plan SET hours_week = 4 WHERE id = ?', {}, $id);
is $t->value('SELECT ej.plan_fault(?)', $id), 'JE106', 'hours that no class of the grade has are told, too';
$t->db->do('UPDATE ej.plan SET hours_week = 3 WHERE id = ?', {}, $id);

# ----------------------------------------------------------- copy, version ----
$r = $english->post("/plans/$id/copy", name => 'Мой', grade => 8);
my ($copy) = $r->header('Location') =~ /saved=(\d+)/;
is $t->value('SELECT count(*) FROM ej.plan_row WHERE plan_id = ?', $copy), 4, 'a colleague copies the plan with its topics';
is $t->value('SELECT name || grade || state FROM ej.plan WHERE id = ?', $copy), 'Мой8draft', 'for another grade, as a draft';
is refused($english->post("/plans/$copy/copy", is_version => 1)), '409 JE220', 'a draft has no next version';
is refused($english->post("/plans/$id/copy", is_version => 1)), '403 JE301', 'nor does a colleague begin one';
is join(' ', map { $_->get("/plans/$id", html => 1)->content =~ /name="is_version"/ ? 1 : 0 } $teacher, $deputy, $english), '1 1 0', 'author and deputy are offered it';
is refused($teacher->post("/plans/$id/copy", is_version => 1)), 303, 'an approved plan changes by a new version';
is refused($teacher->post("/plans/$id/copy", is_version => 1)), '409 JE212', 'one at a time';
my $next = $t->value('SELECT id FROM ej.plan WHERE before_id = ?', $id);
is refused($deputy->post("/plans/$next/state", old_state => 'draft', state => 'approved')), 303, 'when it is approved';
is $t->value('SELECT state FROM ej.plan WHERE id = ?', $id) . $t->value('SELECT version FROM ej.plan WHERE id = ?', $next), 'former2', 'it takes the place of the first';
is refused($english->post("/plans/$copy/state", old_state => 'draft', state => 'removed')), 303, 'a draft is removed by its author';
is $t->value('SELECT count(*) FROM ej.plan WHERE id = ?', $copy), 0, 'with its topics';

# Another school's plan is like none.
my $theirs = $t->value(q{INSERT INTO ej.plan (school_id, year, subject_id, grade, hours_week, name, staff_id) SELECT 2, 2026, (SELECT min(id) FROM ej.subject WHERE school_id = 2), 7, 3, 'Чужой', (SELECT min(id) FROM ej.staff WHERE school_id = 2) RETURNING id});
is $teacher->get("/plans/$theirs")->status, 404, 'a plan of another school is like none';
is refused($teacher->post("/plans/$theirs/copy", name => 'x')), '422 JE106:base_id', 'nor is it copied';
done_testing;
