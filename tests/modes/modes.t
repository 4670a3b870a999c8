#!/usr/bin/perl
# modes.t: who has which bells, and when: grades, groups, special days; which of several
# entries counts for a lesson.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
my %plan = map { $_->[1] => $_->[0] } @{$db->selectall_arrayref('SELECT id, name FROM ej.bell_plan WHERE school_id = 1')};
$plan{$_} = $t->value('INSERT INTO ej.bell_plan (school_id, name, shift) VALUES (1, ?, 2) RETURNING id', $_) for 'Вторая смена', 'Короткий день';
my %group = map { $_->[1] => $_->[0] } @{$db->selectall_arrayref('SELECT id, name FROM ej.study_group WHERE school_id = 1')};
my ($half) = grep { /^7Б.*англ/i } sort keys %group;
sub on { return $t->value('SELECT p.name FROM ej.bell_plan p WHERE p.id = ej.bell_plan_on(?, ?)', $group{$_[0]}, $_[1] // '2026-11-20') // '' }
sub form {
    my ($r, %new) = @_;
    my %was = map { my $f = $_; $f => $r->xpath("string(//modes/\@$f)") } qw(bell_plan_id grade_from grade_till study_group_id from_on till_on is_special);
    return map { ("old_$_" => $was{$_}, length($new{$_} // $was{$_}) ? ($_ => $new{$_} // $was{$_}) : $_ ne 'is_special' ? ($_ => '') : ()) } sort keys %was;
}

sub with_ { my %all = @_; return %all } # the last value of a name counts

is join('|', map { on($_) } '1А', '7Б', '10А'), '1 классы|Основное расписание|Основное расписание', 'a grade has its bells';
is on('7Б', '2026-08-31'), '', 'from the first day of the year on';
my %second = (bell_plan_id => $plan{'Вторая смена'}, grade_from => 1, grade_till => 11, study_group_id => $group{'7Б'}, from_on => '2026-11-16', till_on => '2026-12-30');
is $deputy->post('/modes', %second)->location =~ s/&saved=\d+#saved$//r, '/modes?done=added', 'a class gets bells of its own for some days';
is on('7Б') . '|' . on('10А') . '|' . on('7Б', '2026-12-31'), 'Вторая смена|Основное расписание|Основное расписание', 'which go before those of its grade';
is on($half), 'Вторая смена', 'a subgroup has the bells of its class';
is $deputy->post('/modes', with_(%second, study_group_id => $group{$half}, bell_plan_id => $plan{'1 классы'}))->status, 303, 'a group may have its own';
is on($half) . '|' . on('7Б'), '1 классы|Вторая смена', 'which go before those of its class';
is $deputy->post('/modes', bell_plan_id => $plan{'Короткий день'}, grade_from => 2, grade_till => 11, is_special => 1, from_on => '2026-11-20', till_on => '2026-11-20')->status, 303, 'a shortened day';
is join('|', map { on($_) } '1А', '7Б', $half), '1 классы|Короткий день|Короткий день', 'goes before all of that, for its grades';
is on('10А', '2026-11-21'), 'Основное расписание', 'for that day alone';

# ------------------------------------------------------------------ refused ---

is refused($deputy->post('/modes', %second)), '409 JE212:from_on', 'a class has one plan at a time';
is refused($deputy->post('/modes', bell_plan_id => $plan{'1 классы'}, grade_from => 9, grade_till => 11, from_on => '2026-11-20')), '409 JE212:from_on', 'so has a grade';
is refused($deputy->post('/modes', bell_plan_id => '', grade_from => 0, grade_till => 13, from_on => '')), '422 JE101:bell_plan_id JE102:grade_from JE102:grade_till JE101:from_on', 'wrong fields are named';
is refused($deputy->post('/modes', bell_plan_id => $plan{'1 классы'}, grade_from => 5, grade_till => 3, from_on => '2026-11-20')), '422 JE102:grade_till', 'grades go upwards';
my ($theirs, $their_group) = map { $t->value("SELECT min(id) FROM ej.$_ WHERE school_id = 2") } qw(bell_plan study_group);
is refused($deputy->post('/modes', with_(%second, bell_plan_id => $theirs))), '403 JE301:', 'another school\'s bells are none';
is refused($deputy->post('/modes', with_(%second, study_group_id => $their_group, is_special => 1))), '403 JE301:', 'nor are its groups';

# ------------------------------------------------------------- list and form ---

my $id = $t->value('SELECT id FROM ej.mode WHERE study_group_id = ?', $group{'7Б'});
my $r = $deputy->get('/modes');
is $r->xpath('concat(//modes/@count, " ", //mode[@mode_id = ' . $id . ']/@grades, " ", //mode[@mode_id = ' . $id . ']/@shift)'), '5 7Б 2', 'the list names class and shift';
is $deputy->get('/modes?find=' . 'короткий')->xpath('string(//modes/@count)'), 1, 'it is searched by name';
is $deputy->get("/modes/$id", html => 1)->xpath('string(//select[@name = "study_group_id"]/option[@selected])'), '7Б', 'the form has the class';
my $seen = $deputy->get("/modes/$id");
is $admin->post("/modes/$id", form($seen, till_on => '2026-12-25'))->status, 303, 'it is changed';
is refused($deputy->post("/modes/$id", form($seen, till_on => ''))), '409 JE210:till_on', 'who saw the old day is told';
is $teacher->get('/modes')->count('//mode'), 5, 'a teacher reads the list';
is join(' ', $teacher->get("/modes/$id")->status, map { $teacher->post($_, %second)->status } '/modes', "/modes/$id"), '404 404 404', 'and has no form';
is refused($t->login('deputy-17')->post("/modes/$id", form($seen))), '404 JE401:', 'nor has another school';
is $admin->post("/modes/$id", form($admin->get("/modes/$id")), is_removed => 1)->location . on('7Б', '2026-11-18'), '/modes?done=removedОсновное расписание', 'without it the grade\'s bells are those of the class';
done_testing;
