#!/usr/bin/perl
# lists.t: a school takes over the lists of its region in one action, sees before what that does, and keeps the names.
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($mine, $model) = map { $t->value('SELECT id FROM ej.school WHERE short_name LIKE ?', "%$_") } 92, 17;
my $admin = $t->login('administrator');
is $admin->get('/lists')->xpath('concat(//lists/@adds, "|", //lists/@model_name)'), '0|', 'a region has no lists at first';
is refused($admin->post('/lists', seen => 'x')), '404 JE401:', 'so there is nothing to take';

# The region above the school's names school 17, by its script, twice; there it gets rows that school 92 has not.
my $above = $t->value('SELECT g.name FROM ej.region AS g JOIN ej.region AS b ON b.parent_id = g.id JOIN ej.school AS s ON s.region_id = b.id WHERE s.id = ?', $mine);
my $named = sub { $t->postgres->psql($t->database, '-v', "region=$above", '-v', 'school=' . $_[0], '-f', 'sql/region_model.sql') };
my $model_name = $t->value('SELECT name FROM ej.school WHERE id = ?', $model);
$named->($model_name) for 1, 2;
ok !eval { $named->('Школа, которой нет'); 1 }, 'a school that is not there keeps no lists';
my ($theirs) = $db->selectrow_array(q{INSERT INTO ej.subject (school_id, name, short_name) VALUES (?, 'Финансовая грамотность', 'Фин.') RETURNING id}, undef, $model);
$db->do(q{INSERT INTO ej.work_kind (school_id, name, short_name, weight_pct) VALUES (?, 'комплексная работа', 'КР', 150)}, undef, $model);
my ($scale) = $db->selectrow_array(q{INSERT INTO ej.scale (school_id, name) VALUES (?, 'семибалльная') RETURNING id}, undef, $model);
$db->do(q{INSERT INTO ej.scale_value (scale_id, value, school_id, name, number, is_pass, is_good, order_no) VALUES (?, '7', ?, 'семь', 7, true, true, 1), (?, '1', ?, 'один', 1, false, false, 2)}, undef, ($scale, $model) x 2);
$db->do(q{INSERT INTO ej.holiday (school_id, year, kind, name, during) VALUES (?, 2026, 'public', 'День региона', '[2027-05-20,2027-05-21)')}, undef, $model);
my $count = sub { join ' ', map { $t->value("SELECT count(*) FROM ej.$_ WHERE school_id = ?", $mine) } qw(subject work_kind scale holiday) };

# What the page says, and by other code what the tables say: rows of that name here, or not.
sub state_of { my ($page, $name) = @_; return join ' ', map { $_->getAttribute('state') } $page->nodes(qq{//row[\@name = "$name"]}) }
my $page = $admin->get('/lists');
my $same = $t->value('SELECT count(*) FROM ej.subject AS a JOIN ej.subject AS b USING (name) WHERE a.school_id = ? AND b.school_id = ?', $model, $mine);
is $page->count('//row[@list = "subject"][@state = "same"]'), $same, 'subjects that the school has by the same name become common';
is $page->count('//row[@list = "subject"][@state = "new"]'), $t->value('SELECT count(*) FROM ej.subject WHERE school_id = ?', $model) - $same, 'the others are added';
is join(' ', map { state_of($page, $_) } 'Финансовая грамотность', 'комплексная работа', 'семибалльная', 'День региона'), 'new new new new', 'each list has its new row';
is $page->xpath('string(//lists/@adds)') + $page->xpath('string(//lists/@binds)') + $page->xpath('string(//lists/@clashes)'), $page->count('//row'), 'the numbers are those of the rows';
like $admin->get('/lists', html => 1)->content, qr/Взять общие списки/, 'the administrator has the button';

# Who may.
is refused($t->login('director')->post('/lists', seen => 'x')), '404 JE401:', 'the director reads and does not take';
is $t->login('teacher')->get('/lists')->status, 404, 'a teacher has no such page';
is $t->login('administrator-17')->get('/lists')->xpath('string(//lists/@is_model)'), '1', 'the school that keeps the lists is told so';
my $before = $count->();
is refused($admin->post('/lists', seen => 'x')), '409 JE210:seen', 'what was not shown is not taken';
is $count->(), $before, 'and nothing is half done';

# Taking over, twice.
my $seen = $page->xpath('string(//lists/@seen)');
my $own  = $t->value(q{SELECT md5(string_agg(to_jsonb(s)::text, ',' ORDER BY id)) FROM ej.subject AS s WHERE school_id = ? AND name <> 'Финансовая грамотность'}, $mine);
is $admin->post('/lists', seen => $seen)->status, 303, 'the lists are taken';
my $after = $count->();
is $t->value(q{SELECT md5(string_agg(to_jsonb(s)::text, ',' ORDER BY id)) FROM ej.subject AS s WHERE school_id = ? AND name <> 'Финансовая грамотность'}, $mine), $own, 'what the school had is as it was';
is $admin->post('/lists', seen => $seen)->status . $count->(), "303$after", 'asked again it changes nothing';
$page = $admin->get('/lists');
is $page->count('//row[@state = "new" or @state = "same"]'), 0, 'nothing is left to take';
is $t->value('SELECT string_agg(value || is_good, \' \' ORDER BY value) FROM ej.scale_value AS v JOIN ej.scale AS s ON s.id = v.scale_id WHERE s.school_id = ? AND s.name = ?', $mine, 'семибалльная'), '1false 7true', 'a scale has its marks';
is $t->value(q{SELECT count(DISTINCT h.account_id) FROM ej.history AS h WHERE h.table_name = 'list_row' AND h.school_id = ?}, $mine), 1, 'the history tells who took them';
is $t->value('SELECT count(*) FROM ej.list_row AS l JOIN ej.subject AS s ON s.id = l.subject_id WHERE s.school_id = ?', $model), $t->value('SELECT count(*) FROM ej.subject WHERE school_id = ?', $model), 'rows that were taken are common in the region\'s school, too';

# Names stay, in both schools; the rest is the school's.
sub ids { my ($rel, $name) = @_; return $t->value("SELECT id FROM ej.$rel WHERE school_id = ? AND name = ?", $mine, $name) }
my $subject = '/subjects/' . ids('subject', 'Финансовая грамотность');
my @old = (old_name => 'Финансовая грамотность', old_short_name => 'Фин.', old_order_no => 0, short_name => 'ФГ', order_no => 7);
is refused($admin->post($subject, @old, name => 'Деньги')), '409 JE222:name', 'a common subject is not renamed';
is refused($admin->post($subject, @old, name => 'Финансовая грамотность', is_removed => 1)), '409 JE211:', 'nor removed';
is refused($admin->post($subject, @old, name => 'Финансовая грамотность')), '303', 'its short name is the school\'s own';
is refused($t->login('administrator-17')->post("/subjects/$theirs", @old, name => 'Деньги')), '409 JE222:name', 'nor does the region\'s school rename it';
my $kind = '/kinds/' . ids('work_kind', 'комплексная работа');
my @kind = (name => 'комплексная работа', old_name => 'комплексная работа', short_name => 'КР', old_short_name => 'КР', old_weight_pct => 150, order_no => 0, old_order_no => 0);
is refused($admin->post($kind, @kind, weight_pct => 150, is_active => 0, old_is_active => 1)), '409 JE222:is_active', 'a common kind of work is not ended';
is refused($admin->post($kind, @kind, weight_pct => 170, is_active => 1, old_is_active => 1)), '303', 'its weight is the school\'s own';
is refused($admin->post('/holidays/' . ids('holiday', 'День региона'), name => 'День региона', old_name => 'День региона', kind => 'public', old_kind => 'public', from_on => '2027-05-21', old_from_on => '2027-05-20', till_on => '2027-05-21', old_till_on => '2027-05-20')), '409 JE222:from_on', 'a common holiday is not moved';
my ($value) = $t->value('SELECT v.id FROM ej.scale_value AS v WHERE v.scale_id = ? AND v.value = ?', ids('scale', 'семибалльная'), '1');
is eval { $db->do('UPDATE ej.scale_value SET is_pass = true WHERE id = ?', undef, $value); 1 } ? 1 : $db->state, 'JE222', 'a mark of a common scale counts as it did, whoever writes';
is refused($admin->post('/subjects', name => 'Робототехника', short_name => 'Роб.', order_no => 9)), '303', 'the school adds rows of its own';

# What is new later, and what stands in the way.
$db->do(q{INSERT INTO ej.scale_value (scale_id, value, school_id, name, number, order_no) VALUES (?, '4', ?, 'четыре', 4, 3)}, undef, $scale, $model);
$db->do(q{INSERT INTO ej.holiday (school_id, year, kind, name, during) VALUES (?, 2026, 'public', 'Свой день', '[2027-05-25,2027-05-26)'), (?, 2026, 'public', 'Их день', '[2027-05-25,2027-05-27)')}, undef, $mine, $model);
$page = $admin->get('/lists');
is join(' ', map { state_of($page, $_) } 'семибалльная', 'Их день'), 'more clash', 'a new mark would be added; holidays that overlap would not';
is $admin->post('/lists', seen => $page->xpath('string(//lists/@seen)'))->status, 303, 'the lists are taken once more';
is join(' ', map { state_of($admin->get('/lists'), $_) } 'семибалльная', 'Их день'), 'taken clash', 'the scale has the mark, the own holidays stay';
done_testing;
