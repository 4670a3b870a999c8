#!/usr/bin/perl
# timetable.t: the week of a class, a teacher, a room; placing, moving and removing its lessons.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($deputy, $admin, $teacher, $parent) = map { $t->login($_) } qw(deputy administrator teacher parent);
sub id { my ($table, $name) = @_; return $t->value("SELECT id FROM ej.$table WHERE school_id = 1 AND name = ?", $name) }
sub staff { return $t->value('SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = ? AND s.school_id = 1', $_[0]) }
sub teaching {
    return $t->value(q{SELECT t.id FROM ej.teaching t JOIN ej.subject s ON s.id = t.subject_id JOIN ej.study_group g ON g.id = t.study_group_id
        WHERE t.school_id = 1 AND g.name = ? AND s.name = ?}, @_);
}
# The lessons of a week as «weekday.slot subject».
sub week { return join ', ', sort map { $_->parentNode->getAttribute('weekday') . '.' . $_->parentNode->parentNode->getAttribute('slot') . ' ' . $_->getAttribute('subject_name') } $_[0]->nodes('//item') }
sub stored {
    return join '|', map {"$_->[0].$_->[1] $_->[2] $_->[3]"} @{$db->selectall_arrayref(
        'SELECT weekday, slot, during, coalesce((SELECT name FROM ej.room WHERE id = room_id), ?) FROM ej.timetable WHERE teaching_id = ? ORDER BY weekday, slot, during', undef, '-', $_[0])};
}
my %class = map { $_ => id('class', $_) } qw(1А 7Б 10А);
my ($algebra, $algebra10, $russian, $english) = (teaching('7Б', 'Алгебра'), teaching('10А', 'Алгебра'), teaching('7Б', 'Русский язык'), teaching('7Б, английский, 1 группа', 'Английский язык'));

# ----------------------------------------------------------------- reading ---

my $r = $teacher->get('/timetable');
is $r->xpath('concat(//timetable/@kind, " ", //timetable/@staff_id)'), 'staff ' . staff('teacher'), 'a teacher gets the own week';
is week($r), '1.1 Алгебра, 1.2 Алгебра, 2.2 Алгебра, 3.3 Алгебра, 4.2 Алгебра, 5.3 Алгебра, 6.2 Алгебра', 'with all own lessons';
is $teacher->get('/', html => 1)->count('//nav//a[@href = "/journal/timetable"]') > 0 ? 1 : 0, 1, 'the menu leads to it';
$r = $teacher->get("/timetable?class_id=$class{'7Б'}");
is $r->count('//item'), $t->value(q{SELECT count(*) FROM ej.timetable x JOIN ej.teaching t ON t.id = x.teaching_id
    JOIN ej.study_group_class k ON k.study_group_id = t.study_group_id WHERE k.class_id = ?}, $class{'7Б'}), 'the week of a class has the lessons of the class and its subgroups';
is $teacher->get("/timetable?room_id=" . id('room', 'Спортзал'))->count('//item[@subject_name != "Физическая культура"]'), 0, 'that of a room the lessons in it';
is $teacher->get('/timetable?kind=staff')->count('//other'), $t->value('SELECT count(DISTINCT staff_id) FROM ej.teaching WHERE school_id = 1'), 'every teacher can be chosen';
is $teacher->get('/timetable?kind=room')->count('//other'), 7, 'and every room';
$r = $teacher->get('/timetable?kind=school');
is $r->count('//class') . ' ' . ($r->count('//c') == 3 * $r->count('//hour')), '3 1', 'the whole school is a table of classes';
like $r->content, qr{<c>[^<]*/[^<]*</c>}, 'with both subgroups in a cell';
for my $query ("class_id=$class{'7Б'}", 'staff_id=' . staff('teacher'), 'kind=room', 'kind=school', 'kind=school&paper=a3') {
    is $teacher->get("/timetable?$query&format=print")->status, 200, "printed: $query" =~ s/\d+/N/r;
}
is join(' ', map { $_->getAttribute('name') } $parent->get('/timetable')->nodes('//other')), '1А 7Б', 'a family chooses among the classes of its children';
is $parent->get("/timetable?class_id=$class{'7Б'}")->count('//item[@part_name = "7Б, английский, 2 группа"]') * $parent->get("/timetable?class_id=$class{'7Б'}")->count('//item[@part_name = "7Б, английский, 1 группа"]'), 0, 'with one of the two subgroups';
is $parent->get("/timetable?class_id=$class{'10А'}")->status, 404, 'and no other class';
is join(' ', map { $t->login($_)->get('/timetable')->status } qw(pupil grade1 director observer meals substitute)), '200 200 200 200 200 200', 'families and staff read it';
is join(' ', map { $t->login($_)->get('/timetable/edit')->status } qw(teacher parent director administrator deputy)), '404 404 404 200 200', 'administrator and deputies change it';

# ----------------------------------------------------------------- placing ---

my $edit = "/timetable/edit?class_id=$class{'7Б'}&day_on=2026-11-30";
$r = $deputy->get($edit);
is $r->xpath(qq{concat(//load[\@teaching_id = $algebra]/\@placed, " ", //load[\@teaching_id = $algebra]/\@hours_week)}), '3 3', 'the hours are compared with the load';
my ($row) = $db->selectrow_array('SELECT id FROM ej.timetable WHERE teaching_id = ? AND weekday = 1', undef, $algebra);
my %week = (class_id => $class{'7Б'}, day_on => '2026-11-30');
# What the form of a picked lesson sends, when the button of a cell is pressed.
sub form {
    my ($id, %new) = @_;
    my $page = $deputy->get("$edit&timetable_id=$id");
    my %was = map { my $f = $_; $f => $page->xpath("string(//picked/\@$f)") } qw(at place_id cycle);
    %new = (%was, %new);
    return (%week, timetable_id => $id, (map { ("old_$_" => $was{$_}) } keys %was), %new);
}
is $deputy->get("$edit&timetable_id=$row", html => 1)->count('//form//button[@name = "at"][@value = "2.5"]'), 1, 'a picked lesson is put into a cell by a button';
my @moved = form($row, at => '2.5');
is $deputy->post('/timetable/edit', @moved)->status, 303, 'a lesson is moved';
is stored($algebra), '1.2 [2026-09-01,2026-11-30) 31|2.5 [2026-11-30,2027-09-01) 31|3.3 [2026-09-01,2027-09-01) 31|5.3 [2026-09-01,2027-09-01) 31', 'from that day on';
like week($deputy->get("/timetable?class_id=$class{'7Б'}&day_on=2026-11-29")), qr/1\.2 Алгебра/, 'the weeks before stay';
like week($deputy->get("/timetable?class_id=$class{'7Б'}&day_on=2026-12-01")), qr/2\.5 Алгебра/, 'those after are new';
is refused($deputy->post('/timetable/edit', %{+{@moved, at => '2.7'}})), '422 JE203:day_on', 'a row that has ended is not moved again';
($row) = $db->selectrow_array('SELECT id FROM ej.timetable WHERE teaching_id = ? AND weekday = 2', undef, $algebra);
$deputy->post('/timetable/edit', form($row, place_id => ''));
is $t->value('SELECT count(*) FROM ej.timetable WHERE id = ? AND room_id IS NULL', $row), 1, 'the room is taken away';
is $deputy->post('/timetable/edit', form($row, is_removed => 1))->status . $t->value('SELECT count(*) FROM ej.timetable WHERE id = ?', $row), '3030', 'a lesson of that day is removed';
is $deputy->get($edit)->xpath(qq{string(//load[\@teaching_id = $algebra][\@is_wrong]/\@placed)}), '2', 'then an hour lacks';
my %new = (%week, teaching_id => $algebra, at => '1.2', cycle => 0, place_id => id('room', '31'));
sub placed { my %f = (%new, @_); return $deputy->post('/timetable/edit', %f) }
my $once = '00000000-0000-4000-8000-000000000093';
$deputy->post('/timetable/edit', %new, operation_id => $once) for 1, 2;
is stored($algebra), '1.2 [2026-09-01,2026-11-30) 31|1.2 [2026-11-30,2027-09-01) 31|3.3 [2026-09-01,2027-09-01) 31|5.3 [2026-09-01,2027-09-01) 31', 'it is placed, once, until the end of the year';
is refused(placed(at => '7.1')), '422 JE106:at', 'nobody learns on Sundays';
$db->do('UPDATE ej.class SET week_days = 5 WHERE id = ?', undef, $class{'7Б'});
is refused(placed(at => '6.5')), '422 JE219:at', 'a class with a five-day week does not learn on Saturdays';
is $deputy->get("/timetable/edit?class_id=$class{'10А'}&day_on=2026-11-30")->count('//slot[1]/cell'), 6, 'one with a six-day week does';
$db->do('UPDATE ej.class SET week_days = 6 WHERE id = ?', undef, $class{'7Б'});
is refused(placed(day_on => '2027-09-01')), '422 JE203:day_on', 'nor a day after the year';
is refused($teacher->post('/timetable/edit', %new)), '404 JE401:', 'a teacher places nothing';

# --------------------------------------------------------------- conflicts ---

sub told { my ($r) = @_; return join ' ', map { join ':', map { $_ // '' } $_->getAttribute('field'), $_->getAttribute('value') } $r->nodes('//error') }
like told(placed(at => '1.1')), qr/group_id:7Б, Русский язык.* staff_id:10А, Алгебра, .*, каб. 31/, 'a teacher and a class in two places are told by name';
like told(placed(at => '2.3', teaching_id => $english)), qr/group_id:7Б, Русский/, 'a class has no lesson beside its subgroup';
like told(placed(at => '2.3', teaching_id => $algebra10, place_id => id('room', '23'))), qr/^place_id:7Б, Русский язык, .*каб. 23$/, 'a room is taken once';
is placed(at => '2.4', teaching_id => $algebra10, place_id => id('room', 'Спортзал'))->status, 303, 'but a gym by several';
like $deputy->get("$edit&teaching_id=$algebra")->xpath('string(//cell[@weekday = 1][../@slot = 1]/@is_busy)'), qr/^10А, Алгебра|^7Б, Русский/, 'busy cells are marked before';
$r = $deputy->post('/timetable/edit', {html => 1}, %{+{%new, at => '1.1'}});
like $r->xpath('string(//*[@role = "alert"])'), qr/Учитель в это время уже занят: 10А, Алгебра/, 'in words';
is $r->count('//fieldset[@id = "picked"]'), 1, 'and the lesson is still picked';
is placed(at => '4.4', teaching_id => $russian, cycle => 1)->status, 409, 'physical culture is every week';
is join(' ', map { placed(at => '2.6', teaching_id => $_->[0], cycle => $_->[1], place_id => '')->status } [$russian, 1], [$algebra, 2], [$english, 2]), '303 303 409', 'two subjects take turns by weeks';
my @old = form($t->value('SELECT max(id) FROM ej.timetable WHERE teaching_id = ?', $russian), at => '2.7');
$db->do('UPDATE ej.timetable SET slot = 8 WHERE teaching_id = ? AND slot = 6 AND weekday = 2', undef, $russian);
is refused($deputy->post('/timetable/edit', @old)), '409 JE210:at', 'a lesson that somebody moved meanwhile is not moved again';

# Two sessions that place at one time: the second waits for the first and is refused.
my ($one, $two) = map { $t->new_db } 1, 2;
my $insert = "INSERT INTO ej.timetable (school_id, teaching_id, weekday, slot, during) VALUES (1, ?, 6, 7, '[2026-12-01,2027-05-27)')";
$one->begin_work;
$one->do($insert, undef, $russian);
$two->do("SET lock_timeout = '200ms'");
sub state_of { local $two->{PrintError} = 0; return eval { local $two->{RaiseError} = 1; $two->do($insert, undef, $algebra); 'placed' } // $two->state }
is state_of(), '55P03', 'of two sessions that place at one time the second waits for the first';
$one->commit;
is state_of(), 'JE206', 'and is refused when the first has placed its lesson';
$_->disconnect for $one, $two;
done_testing;
