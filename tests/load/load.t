#!/usr/bin/perl
# load.t: the teaching load by class and subject and by teacher and class: adding, changing,
# removing, against curriculum and rate; a teaching is handed over (CFG-15, SCH-03).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($admin, $deputy, $director, $teacher) = map { $t->login($_) } qw(administrator deputy director teacher);
my %staff = map { @$_ } @{$t->db->selectall_arrayref('SELECT a.login, s.id FROM ej.staff AS s JOIN ej.account AS a USING (person_id) ORDER BY s.id DESC')};
my %subject = map { @$_ } @{$t->db->selectall_arrayref('SELECT name, id FROM ej.subject WHERE school_id = 1')};
my %class = map { @$_ } @{$t->db->selectall_arrayref('SELECT name, id FROM ej.class WHERE school_id = 1')};
my %group = map { @$_ } @{$t->db->selectall_arrayref('SELECT name, id FROM ej.study_group WHERE school_id = 1')};
sub one { return $t->value(@_) }
$t->db->do('DELETE FROM ej.curriculum');

# --------------------------------------------------------- class by subject ----

my $r = $deputy->get('/load?grade=7');
sub cell { my ($r, $subject) = @_; return join '; ', map { join ' ', map { $_ // '' } map { my $n = $_; $n->getAttribute('hours'), $n->getAttribute('planned'), $n->getAttribute('is_wrong') } $_ } $r->nodes(qq{//subject[\@name="$subject"]/cell/teaching}) }
is cell($r, 'Английский язык'), '3.0  1; 3.0  1', 'both subgroups stand in the cell; the curriculum has nothing yet, which is told';
$t->db->do(q{INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week)
    SELECT 1, g.id, s.id, v.hours FROM (VALUES ('Английский язык', 3), ('Алгебра', 4), ('Музыка', 1), ('Русский язык', 4)) AS v(name, hours)
      JOIN ej.subject AS s ON s.school_id = 1 AND s.name = v.name JOIN ej.study_group AS g ON g.school_id = 1 AND g.name = '7Б'});
$r = $deputy->get('/load?grade=7');
is cell($r, 'Английский язык'), '3.0 3.0 ; 3.0 3.0 ', 'the hours of the class are those of its subgroups';
is cell($r, 'Алгебра'), '3.0 4.0 1', 'too few hours are told';
is $r->xpath('string(//subject[@name="Музыка"]/cell/@lacking)'), '1.0', 'a subject without a teacher, too';
is $r->xpath('string(//class/@planned)') . ' ' . $r->xpath('string(//class/@hours)'), '12.0 16.0', 'the sums of a class: curriculum, and all teachers';
is $r->xpath('string(//grade[@grade=7]/@differences)'), '4', 'the grade counts what differs: algebra, music, and two subjects that the curriculum lacks';
my $html = $deputy->get('/load?grade=7', accept => 'text/html')->content;
like $html, qr/по плану 4/, 'the page says what the curriculum has';
like $html, qr/нет учителя: 1 ч/, 'and what nobody teaches';
is $deputy->get('/load?grade=0')->count('//class'), 3, 'the whole school in one matrix';
is $deputy->get('/load')->xpath('string(//load/@grade)'), '1', 'at first the lowest grade';
is refused($deputy->get('/load?grade=x')), '422 JE102:grade', 'a grade is a number';
like $deputy->get('/load?grade=7&format=csv')->content, qr/"Музыка";"нет учителя: 1 ч"/, 'the matrix as CSV';
is join(' ', map { $_->get('/load')->status . ($_->get('/load')->count('//@is_mine') ? 'w' : 'r') } $admin, $deputy, $director, $teacher), '200w 200w 200r 200r', 'heads and teachers read it, administrator and deputy change it';
is join(' ', map { $t->login($_)->get('/load')->status } qw(personnel observer parent)), '404 404 404', 'others have no such page';
is $t->login('deputy-17')->get('/load?grade=7')->count('//cell[@lacking]'), 0, 'another school has its own';

# ------------------------------------------------------------ adding a teaching ----

my $music = "/load/classes/$class{'7Б'}/subjects/$subject{'Музыка'}";
$r = $deputy->get($music);
is $r->xpath('string(//load/@hours_week)'), '1.0', 'a new teaching begins with the hours of the curriculum';
is $r->count('//choice[@for="study_group_id"]'), 3, 'for the class or one of its groups';
is $deputy->get("/load/classes/$class{'7Б'}/subjects/$subject{'Английский язык'}")->count('//choice[@for="study_group_id"]'), 1, 'but not for one that has the subject';
is refused($deputy->post($music, study_group_id => '', staff_id => '', hours_week => 'x')), '422 JE101:study_group_id JE101:staff_id JE102:hours_week', 'each wrong field is named';
is refused($deputy->post($music, study_group_id => $group{'10А'}, staff_id => $staff{sport}, hours_week => 1)), '422 JE106:study_group_id', 'a group of another class is refused';
is refused($deputy->post($music, study_group_id => $group{'7Б'}, staff_id => $staff{'sport-17'}, hours_week => 1)),
    refused($deputy->post($music, study_group_id => $group{'7Б'}, staff_id => 987654321, hours_week => 1)), 'a teacher of another school is refused like none';
is refused($teacher->post($music, study_group_id => $group{'7Б'}, staff_id => $staff{teacher}, hours_week => 1)), '404 JE401:', 'a teacher adds nothing';
is refused($deputy->post($music, study_group_id => $group{'7Б'}, staff_id => $staff{sport}, hours_week => '1,5')), 303, 'a deputy adds a teaching';
my $id = one(q{SELECT id FROM ej.teaching WHERE subject_id = ? AND study_group_id = ?}, $subject{'Музыка'}, $group{'7Б'});
is one(q{SELECT string_agg(e.name, ', ' ORDER BY NOT e.is_taught, e.ordinal, e.id) FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id WHERE j.teaching_id = ?}, $id),
    'I четверть, II четверть, III четверть, IV четверть, Год', 'which has its journals';
is one('SELECT c.code FROM ej.teaching AS t JOIN ej.scale AS c ON c.id = t.scale_id WHERE t.id = ?', $id), 'five', 'and its grading system';
is refused($deputy->post($music, study_group_id => $group{'7Б'}, staff_id => $staff{sport}, hours_week => 1)), '409 JE212:subject_id', 'a group has a subject once';
my $journal = one('SELECT min(id) FROM ej.journal WHERE teaching_id = ?', $id);
is $t->login('sport')->get("/journals/$journal")->status, 200, 'the teacher opens the new journal';

# ---------------------------------------------------------- changing, removing ----

$r = $deputy->get("/load/$id");
my %form = map { ($_ => $r->xpath("string(//load/\@$_)"), "old_$_" => $r->xpath("string(//load/\@$_)")) } qw(hours_week scale_id term_scale_id);
is refused($deputy->post("/load/$id", %{{%form, hours_week => 1}})) . one('SELECT hours_week FROM ej.teaching WHERE id = ?', $id), '3031.0', 'the hours are changed';
is refused($admin->post("/load/$id", %{{%form, hours_week => 2}})), '409 JE210:hours_week', 'who saw the old hours is told';
my $algebra = one(q{SELECT id FROM ej.teaching WHERE subject_id = ? AND study_group_id = ?}, $subject{'Алгебра'}, $group{'7Б'});
is refused($deputy->post("/load/$algebra", %{{%form, hours_week => 3, old_hours_week => 3, is_removed => 1}})), '409 JE211:', 'a teaching with lessons is not removed';
is refused($deputy->post("/load/$id", %{{%form, hours_week => 1, old_hours_week => 1, is_removed => 1}})) . (one('SELECT count(*) FROM ej.teaching WHERE id = ?', $id)), '3030', 'another is, with its journals';
is join(' ', map { $t->login('deputy-17')->get($_)->status } "/load/$algebra", "/load/$algebra/teacher", $music), '404 404 404', 'another school has no such pages';
is join(' ', map { $director->get($_)->status } "/load/$algebra", "/load/$algebra/teacher", $music), '404 404 404', 'a director changes nothing';

# ------------------------------------------------------------- handing it over ----

my $over = "/load/$algebra/teacher";
my $grid = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
is $teacher->get($grid)->xpath('string(//journal/@can_write)'), 1, 'before: the teacher writes the journal';
$r = $deputy->get($over);
is $r->count('//period') . $r->xpath('string(//load/@staff_id)'), "1$staff{teacher}", 'one teacher has had it';
unlike $deputy->get($over, accept => 'text/html')->content, qr/is_removed/, 'so there is no hand-over to take back';
sub over { my ($who, %field) = @_; return refused($who->post($over, old_staff_id => $staff{teacher}, %field)) }
is over($deputy, staff_id => '', from_on => ''), '422 JE101:staff_id', 'a teacher is chosen';
is over($deputy, staff_id => $staff{personnel}, from_on => 'вчера'), '422 JE103:from_on', 'and a day';
is over($deputy, staff_id => $staff{personnel}, from_on => ''), '422 JE101:from_on', 'which is needed once lessons were given';
is over($deputy, staff_id => $staff{personnel}, from_on => '2027-10-01'), '422 JE203:from_on', 'in the year';
is over($deputy, staff_id => $staff{teacher}, from_on => '2026-11-24'), '422 JE106:staff_id', 'not to the one who has it';
is over($deputy, staff_id => $staff{'sport-17'}, from_on => '2026-11-24') . over($deputy, staff_id => 987654321, from_on => '2026-11-24'), '422 JE106:staff_id' x 2, 'a teacher of another school is refused like none';
is over($deputy, staff_id => $staff{sport}, from_on => '2026-11-24'), '409 JE206:staff_id', 'nor to one with another lesson then';
my $busy = $deputy->post($over, {accept => 'text/html'}, old_staff_id => $staff{teacher}, staff_id => $staff{sport}, from_on => '2026-11-24')->content;
like $busy, qr{уже есть другие уроки.*/lessons/\d+"><time.*Физическая культура}s, 'which is explained, with day, hour, subject and class';
is scalar(() = $busy =~ m{/lessons/\d+"><time}g), $t->value(q{SELECT count(*) FROM ej.lesson AS l JOIN ej.lesson AS o ON o.staff_id = ? AND o.during && l.during
    WHERE l.teaching_id = ? AND l.state = 'planned' AND l.held_on >= '2026-11-24'}, $staff{sport}, $algebra), 'lesson by lesson';
is over($teacher, staff_id => $staff{personnel}, from_on => '2026-11-24'), '404 JE401:', 'a teacher hands nothing over';
is over($deputy, staff_id => $staff{personnel}, from_on => '2026-11-24'), 303, 'a deputy does';
is over($admin, staff_id => $staff{english}, from_on => '2026-11-25'), '409 JE210:staff_id', 'who saw the former teacher is told of the new one';
$r = $deputy->get($over);
is join('|', map { join ' ', $_->getAttribute('from_on') // '-', $_->getAttribute('till_on') // '-' } $r->nodes('//period')), '- 2026-11-23|2026-11-24 -', 'the page has both, with their days';
is $deputy->get('/load?grade=7')->xpath('string(//subject[@name="Алгебра"]/cell/teaching/@from_on)'), '2026-11-24', 'the matrix has the coming change';
is $teacher->get($grid)->xpath('string(//journal/@can_write)'), 1, 'until the day the former teacher writes';
my $new = $t->login('personnel');
is $new->get($grid)->status, 404, 'and the new one has no such page';
$t->db->do(q{UPDATE ej.school SET today_fixed = '2026-11-24' WHERE id = 1});
$r = $teacher->get($grid);
is $r->status . $r->xpath('string(//journal/@can_write)') . $r->count('//journal/@former_names'), '2001', 'from the day on the former teacher only reads';
my ($column, $pupil) = map { $new->get($grid)->xpath("string($_)") } '//column[@lesson_id][last()]/@column_id', '//pupil[2]/@pupil_id';
is refused($teacher->post($grid, column_id => $column, pupil_id => $pupil, old => '', value => '5')) =~ /^(403|409)/ ? 1 : 0, 1, 'a mark is refused';
$r = $new->get($grid);
is $r->status . $r->xpath('string(//journal/@can_write)'), '2001', 'the new one writes';
like $new->get($grid, accept => 'text/html')->content, qr/Учитель с .*24.* до этого — /s, 'the journal names both';
is $deputy->get('/journals?staff_id=' . $staff{personnel})->count('//teaching'), 1, 'the list of journals has it under the new teacher';
is refused($deputy->post($over, old_staff_id => $staff{personnel}, staff_id => $staff{personnel}, is_removed => 1)), 303, 'the handing over is taken back';
is $teacher->get($grid)->xpath('string(//journal/@can_write)') . $new->get($grid)->status, '1404', 'and all is as before';

# ---------------------------------------------------------- teacher by class ----

$t->db->do('UPDATE ej.staff SET rate_hours = 9 WHERE id = ?', undef, $staff{teacher});
$t->db->do('DELETE FROM ej.staff_post WHERE staff_id = ?', undef, $staff{teacher});
$r = $deputy->get('/teachers');
my ($name) = $t->db->selectrow_array('SELECT surname FROM ej.staff WHERE id = ?', undef, $staff{teacher});
my ($row) = $r->nodes(qq{//staff[\@staff_id=$staff{teacher}]});
is join(' ', map { $row->getAttribute($_) } qw(hours rate norm difference)), '7.0 1 9.0 -2.0', 'a teacher\'s hours against those of a full rate, who has no posts';
$t->db->do(q{INSERT INTO ej.staff_post (school_id, staff_id, name, rate, during, order_no, order_on) SELECT 1, ?, v.name, v.rate, v.during, '1', '2026-09-01'
    FROM (VALUES ('учитель', 0.5, daterange('2026-09-01', NULL)), ('педагог-библиотекарь', 0.25, '[2026-09-01,2027-01-01)'), ('учитель', 1, '[2025-09-01,2026-09-01)')) AS v(name, rate, during)}, undef, $staff{teacher});
my ($posts) = $deputy->get('/teachers')->nodes(qq{//staff[\@staff_id=$staff{teacher}]});
is join(' ', map { $posts->getAttribute($_) } qw(hours rate norm difference)), '7.0 0.75 6.8 0.2', 'against the rates of the posts of the day';
is join('|', map { $_->textContent } $row->findnodes('c')), '|3.0|4.0', 'class by class';
is $deputy->get('/teachers?find=' . substr($name, 0, 5))->count('//staff') >= 1, 1, 'found by name';
is $deputy->get('/teachers?find=нетникого')->count('//staff'), 0, 'or not';
is join(' ', map { $t->login($_)->get('/teachers')->status } qw(director teacher observer parent)), '200 404 404 404', 'the heads read it';
like $deputy->get('/teachers?format=csv')->content, qr/"Учитель";"Всего";"Ставка";"Норма";"Сверх нормы"/, 'as CSV';
is $t->login('deputy-17')->get('/teachers')->count(qq{//staff[\@staff_id=$staff{teacher}]}), 0, 'another school has its own';
done_testing;
