#!/usr/bin/perl
# today.t: the start page: what is to be done now, for whoever opens it.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(67);

# What the page should say, asked of the tables by another way.
sub rows { return @{$t->db->selectall_arrayref($_[0], {Slice => {}}, @_[1 .. $#_])} }

my $lessons = q{
    SELECT l.id, l.slot, l.held_on, g.name AS class_name, s.name AS subject_name, l.state,
           l.staff_id <> l.planned_staff_id AS is_substitute,
           l.topic = '' AS topic, l.attendance_at IS NULL AS attendance,
           l.homework IS NULL AND NOT EXISTS (
               SELECT FROM ej.study_group_class gc JOIN ej.class c ON c.id = gc.class_id
                WHERE gc.study_group_id = g.id AND c.grade = 1) AS homework
      FROM ej.lesson l
      JOIN ej.teaching t ON t.id = l.teaching_id
      JOIN ej.study_group g ON g.id = t.study_group_id
      JOIN ej.subject s ON s.id = t.subject_id
      JOIN ej.staff f ON f.id = l.staff_id
      JOIN ej.account a ON a.person_id = f.person_id
     WHERE a.login = ?};

sub missing {
    my ($row) = @_;
    return join ' ', grep { $row->{$_} } qw(topic attendance homework);
}

# The lessons of the page: number, class, subject, missing entries.
sub shown {
    my ($r, $element) = @_;
    return map {
        my $e = $_;
        join '|', map({ $e->getAttribute($_) } qw(lesson_id slot class_name subject_name)),
            join ' ', grep { $e->getAttribute("is_${_}_missing") } qw(topic attendance homework)
    } $r->nodes("//today/$element");
}

sub wanted {
    return map { join '|', @$_{qw(id slot class_name subject_name)}, missing($_) } @_;
}

# --------------------------------------------------------------- a teacher --

my $substitute = $t->login('substitute');
my $r = $substitute->get('/');
is $r->status, 200, 'the start page opens for a teacher';
is $r->xpath('string(//today/@view)'), 'teacher', 'the start page has the view for teachers';
is $r->xpath('string(//today/@date_on)'), '2026-11-20', 'the start page shows the day of the school';
is $r->xpath('string(//today/@name)'), 'пятница, 20 ноября', 'the start page has the name of the day';
is $substitute->get('/', html => 1)->xpath('string(//title)') =~ s/^\(\d+\) //r,
    'Сегодня, пятница, 20 ноября — ' . $t->value(q{SELECT short_name FROM ej.school WHERE id = 1}),
    'the title of the window has the page, then the school';

my @today = rows("$lessons AND l.held_on = '2026-11-20' ORDER BY l.slot", 'substitute');
is scalar(@today), 3, 'the teacher has three lessons today';
is_deeply [shown($r, 'lesson')], [wanted(@today)],
    'lessons are in the order of bells, with their missing entries';
is_deeply [map { $_->getAttribute('is_substitute') // 0 } $r->nodes('//lesson')], [0, 1, 0],
    'a lesson given for a colleague is marked';
is $r->xpath('string(//lesson[1]/@starts)'), '08:30', 'a lesson has the time of its bell';

my @past = rows("$lessons AND l.held_on < '2026-11-20' AND l.held_on >= '2026-10-21'
    AND l.state IN ('planned', 'given') ORDER BY l.held_on DESC, l.slot DESC", 'substitute');
is_deeply [shown($r, 'unfilled')], [wanted(grep { missing($_) } @past)],
    'lessons of past days with missing entries are listed, newest first';

$r = $substitute->get('/', html => 1);
for my $row (@today) {
    is $r->count(qq{//tr[.//a[\@href="/journal/lessons/$row->{id}"]][td[\@class="no"]="$row->{slot}"]}), 1,
        "the lesson of bell $row->{slot} is linked";
}
is $r->count('//tr//*[contains(@class, "done")]'), 1, 'the lesson without missing entries is marked as done';
like $r->content, qr/замена/, 'the page says «замена» at a lesson given for a colleague';

$t->db->do(q{UPDATE ej.lesson SET topic = 'Повторение', attendance_at = now(), homework = 'none'
              WHERE id = ?}, undef, $today[1]{id});
$r = $substitute->get('/');
is $r->xpath(qq{count(//lesson[\@lesson_id = "$today[1]{id}"]/\@*[contains(name(), "missing")])}), 0,
    'a lesson that was filled in meanwhile has no missing entries';

my $teacher = $t->login('teacher');
$r = $teacher->get('/');
is $r->count('//lesson'), 0, 'a teacher whose only lesson is given by a substitute has no lessons today';
is $r->count('//unfilled[@lesson_id]'), scalar(grep { missing($_) } rows(
    "$lessons AND l.held_on < '2026-11-20' AND l.held_on >= '2026-10-21'", 'teacher')),
    'a teacher without lessons today sees lessons of past days with missing entries';
my $english = $t->login('english');
like $teacher->get('/', html => 1)->content, qr/Сегодня у вас нет уроков/, 'the page says that the teacher has no lessons today';

# ------------------------------------------------------------ another day --

my ($before) = map { $_->{day} } rows(q{SELECT max(l.held_on) AS day FROM ej.lesson l JOIN ej.staff f ON f.id = l.staff_id
    JOIN ej.account a USING (person_id) WHERE a.login = 'substitute' AND l.held_on < '2026-11-20'});
$r = $substitute->get('/');
is $r->xpath('string(//today/@previous_on)') . ' ' . $r->xpath('string(//today/@is_today)'), "$before 1",
    'the page links to the nearest day with lessons';
$r = $substitute->get("/?held_on=$before");
is_deeply [shown($r, 'lesson')], [wanted(rows("$lessons AND l.held_on = ? ORDER BY l.slot", 'substitute', $before))],
    'another day shows its lessons';
is $r->xpath('string(//today/@next_on)') . $r->count('//today/@is_today | //unfilled'), '2026-11-200',
    'another day links to the next day and has no list of missing entries';
is join(' ', $substitute->get('/?held_on=2026-02-30')->errors), 'JE103', 'a day that does not exist is refused';
$r = $substitute->get('/?held_on=2026-07-15', html => 1);
like $r->content, qr/У вас нет уроков/, 'a day of the holidays has no lessons';
is $r->count('//a[@rel="prev"][contains(@href, "2026-07-14")]'), 1, 'a day of the holidays links to the day before';

# ---------------------------------------------------------- a class teacher --

my $class_teacher = $t->login('class-teacher');
$r = $class_teacher->get('/');
is $r->xpath('string(//class/@name)'), '7Б', 'a class teacher sees their class';
is $r->xpath('string(//class/@pupils)'), 11, 'the class has the number of its pupils today';
my @absent = rows(q{
    SELECT p.surname || ' ' || p.given_name AS name, count(*) AS lessons
      FROM ej.attendance a JOIN ej.lesson l ON l.id = a.lesson_id
      JOIN ej.attendance_code k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
      JOIN ej.pupil p ON p.id = a.pupil_id
      JOIN ej.enrolment e ON e.pupil_id = p.id AND e.during @> l.held_on
      JOIN ej.class c ON c.id = e.class_id AND c.name = '7Б' AND c.school_id = 1
     WHERE l.held_on = '2026-11-20' GROUP BY p.id ORDER BY 1});
is $r->xpath('string(//class/@absent)'), scalar(@absent), 'the class has the number of absent pupils';
is_deeply [map { $_->getAttribute('name') . ' ' . $_->getAttribute('lessons') } $r->nodes('//absent')],
    [map {"$_->{name} $_->{lessons}"} @absent], 'the absent pupils are listed with their numbers of lessons';
my ($ill) = $t->db->selectrow_array(q{SELECT id FROM ej.pupil WHERE surname = 'Волков' AND school_id = 1});
$t->db->do(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code)
    SELECT l.id, ?, l.school_id, l.teaching_id, 'б' FROM ej.lesson l WHERE l.id = ?},
    undef, $ill, $today[1]{id});
$r = $class_teacher->get('/');
is $r->xpath('string(//class/@absent)'), scalar(@absent) + 1, 'a pupil who is marked as ill is counted at once';
is $r->xpath(qq{string(//absent[\@pupil_id = "$ill"]/\@code)}), 'б', 'an absent pupil is shown with the letter of absence';
is $class_teacher->get('/', html => 1)->count(qq{//a[\@href = "/journal/pupils/$ill/diary"]}), 1,
    'an absent pupil is linked to the diary';
is $teacher->get('/')->xpath('string(//class/@name)'), '10А', 'another class teacher sees another class';
is $english->get('/')->count('//class | //absent'), 0, 'a teacher without a class sees no class';

# ----------------------------------------------------------------- the head --

my @classes = rows(q{
    SELECT c.id, c.name,
           (SELECT count(*) FROM ej.lesson l
              JOIN ej.study_group_class gc ON gc.study_group_id = l.study_group_id AND gc.class_id = c.id
             WHERE l.held_on BETWEEN '2026-10-21' AND '2026-11-19' AND l.state IN ('planned', 'given')
               AND (l.topic = '' OR l.attendance_at IS NULL OR l.homework IS NULL AND c.grade > 1)) AS unfilled
      FROM ej.class c WHERE c.school_id = 1 ORDER BY c.grade, c.letter});
for my $who (qw(deputy director administrator)) {
    $r = $t->login($who)->get('/');
    is_deeply [map { join ' ', map { $_ // '' } $_->getAttribute('class_name'), $_->getAttribute('unfilled') }
            $r->nodes('//summary')],
        [map {"$_->{name} $_->{unfilled}"} @classes], "the $who sees the unfilled lessons of each class";
}
my $deputy = $t->login('deputy');
$r = $deputy->get('/', html => 1);
is $r->count(join ' | ', map {qq{//a[\@href = "/journal/journals?class_id=$_->{id}"]}} @classes), 3,
    'each class is linked to its journals';

# The lists of unfilled lessons.
for my $class (@classes) {
    my @debts = map { join '|', @$_{qw(id staff_name class_name subject_name)}, missing($_) } rows(q{
        SELECT l.id, l.held_on, f.surname || ' ' || left(f.given_name, 1) || '. ' || left(f.patronymic, 1) || '.' AS staff_name,
               g.name AS class_name, s.name AS subject_name, l.topic = '' AS topic, l.attendance_at IS NULL AS attendance,
               l.homework IS NULL AND c.grade > 1 AS homework
          FROM ej.lesson l JOIN ej.study_group g ON g.id = l.study_group_id JOIN ej.teaching t ON t.id = l.teaching_id
          JOIN ej.subject s ON s.id = t.subject_id JOIN ej.staff f ON f.id = l.staff_id
          JOIN ej.study_group_class gc ON gc.study_group_id = g.id JOIN ej.class c ON c.id = gc.class_id
         WHERE c.id = ? AND l.held_on BETWEEN '2026-10-21' AND '2026-11-19' AND l.state IN ('planned', 'given')
           AND (l.topic = '' OR l.attendance_at IS NULL OR l.homework IS NULL AND c.grade > 1)
         ORDER BY l.held_on DESC, l.slot DESC, l.id DESC}, $class->{id});
    is scalar(@debts), $class->{unfilled}, "$class->{name} has as many unfilled lessons as were counted";
    my $list = $deputy->get("/unfilled?class_id=$class->{id}");
    is_deeply [map { my $e = $_; join '|', map({ $e->getAttribute($_) } qw(lesson_id staff_name class_name subject_name)),
            join ' ', grep { $e->getAttribute("is_${_}_missing") } qw(topic attendance homework) } $list->nodes('//unfilled')], \@debts,
        'unfilled lessons are listed with teacher and missing entries';
}
my ($owing) = grep { $_->{unfilled} } @classes;
is $r->count(qq{//a[\@href = "/journal/unfilled?class_id=$owing->{id}"]}), 1, 'a count is linked to the list of unfilled lessons';
$r = $deputy->get("/unfilled?class_id=$owing->{id}", html => 1);
is $r->count('//tbody/tr//a[contains(@href, "/journal/lessons/")]'), $owing->{unfilled}, 'each unfilled lesson of the list is linked';
$t->today('2026-12-03'); # a whole month of lessons that nobody has filled
($owing) = grep { $_->{name} eq '7Б' } @classes;
$t->db->do(q{UPDATE ej.lesson SET topic = '' WHERE held_on > '2026-11-02'});
my ($one, $two) = map { $deputy->get("/unfilled?class_id=$owing->{id}&page=$_") } 1, 2;
is $one->count('//unfilled') . '+' . $two->count('//unfilled'), '50+' . ($one->xpath('string(//today/@count)') - 50), 'a long list is continued on the next page';
$t->today('2026-11-20');
my @strange = map { $t->login($_)->get("/unfilled?class_id=$owing->{id}")->status } qw(deputy-17 teacher class-teacher parent);
is "@strange", '404 404 404 404', 'people who are not responsible for the class have no list of unfilled lessons';
is join(' ', $deputy->get('/unfilled')->errors) . ' ' . $deputy->get('/unfilled?class_id=1&page=0')->status, 'JE101 422', 'the list of unfilled lessons needs a class and a page';
is $t->login('deputy-17')->get('/')->count(join ' | ', map {qq{//summary[\@class_id = "$_->{id}"]}} @classes), 0,
    'the deputy of another school does not see the classes';

# The administrator is told how much of the set-up is missing.
my $administrator = $t->login('administrator');
my $count = sub { my $r = $administrator->get('/readiness'); join ' ', map { scalar(() = $r->nodes($_)) } '//line[not(@is_done)]', '//line[@is_late]' };
my $told  = sub { my $r = $administrator->get('/'); join ' ', map { $r->xpath("string(//today/readiness/\@$_)") } 'missing', 'late' };
$t->db->do(q{UPDATE ej.class SET class_teacher_id = NULL WHERE name = '7Б' AND school_id = 1});
is $told->(), $count->(), 'the administrator is told how many lines of the year\'s checklists are open';
like $count->(), qr/^[1-9]\d* [1-9]/, 'of which there are some';
is $administrator->get('/', html => 1)->count('//a[@href = "/journal/readiness" and contains(., "просрочено")]'), 1, 'with the way there';
is $deputy->get('/')->count('//today/readiness'), 0, 'other staff are not';

# ------------------------------------------------------------------- others --

for my $who (qw(parent pupil parent-left)) {
    $r = $t->login($who)->get('/');
    is $r->status . ' ' . ($r->location // ''), '303 /diary', "$who is sent to the diary";
}
is $t->login('teacher-parent')->get('/')->xpath('string(//today/@view)'), 'teacher',
    'a teacher who is a parent starts with the view for teachers';
$r = $t->login('meals')->get('/');
is $r->status . ' ' . $r->count('//lesson | //summary | //class'), '200 0',
    'staff without lessons and class see neither';
like $t->login('meals')->get('/', html => 1)->content, qr/ответственный за питание.*списки классов/s, 'staff without lessons and class are told the purpose of the account';

# ------------------------------------------------------------ without a role --

my $meals = $t->login('meals');
$t->db->do(q{DELETE FROM ej.staff_role r USING ej.staff s JOIN ej.account a USING (person_id)
    WHERE r.staff_id = s.id AND a.login = 'meals'});
like $meals->get('/', html => 1)->content, qr/ещё не закреплены.*распределяет завуч/s, 'staff without any role are told who assigns them';
$t->db->do(q{UPDATE ej.staff s SET during = '[2020-08-25,2026-11-01)' FROM ej.account a WHERE a.person_id = s.person_id AND a.login = 'meals'});
$r = $meals->get('/');
is $r->status . ' ' . $r->xpath('string(//today/@view)'), '200 none', 'a person who left the staff can log in';
$r = $meals->get('/', html => 1);
like $r->xpath('normalize-space(//main)'), qr/роли в журнале у вас нет.*логином meals.*администратор журнала.*классный руководитель/s,
    'a person who left the staff is told the reason and whom to ask';
is $meals->get('/account')->status, 200, 'a person without a role can change the password';
is $meals->get($_)->status, 404, "a person without a role has no page $_" for '/journals', '/diary';
is $meals->post('/logout')->status, 303, 'a person without a role can log out';
