#!/usr/bin/perl
# classes.t: the classes for which a person is responsible, the pupils of one class, and the
# form of a class (CFG-09).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');

# The expected content, read from the tables in another way.
sub rows { return @{$t->db->selectall_arrayref($_[0], {Slice => {}}, @_[1 .. $#_])} }

my ($class, $other) = map { $t->value(q{SELECT id FROM ej.class WHERE name = ? AND school_id = 1}, $_) } '7Б', '10А';

my $deputy = $t->login('deputy');
my $r = $deputy->get('/classes');
is_deeply [map { $_->getAttribute('name') . ' ' . $_->getAttribute('pupils') } $r->nodes('//class')],
    [map {"$_->{name} $_->{n}"} rows(q{
        SELECT c.name, count(e.id) AS n FROM ej.class c LEFT JOIN ej.enrolment e
            ON e.class_id = c.id AND lower(e.during) <= '2026-11-20' AND coalesce(upper(e.during), 'infinity') > '2026-11-20'
         WHERE c.school_id = 1 GROUP BY c.id ORDER BY c.grade, c.letter})],
    'the deputy sees all classes with their present numbers of pupils';
is $deputy->get('/classes', html => 1)->count(qq{//a[\@href = "/journal/classes/$class"]}), 1, 'a class is linked to its pupils';

my $teacher = $t->login('class-teacher');
$r = $teacher->get('/classes');
is join(' ', map { $_->getAttribute('name') } $r->nodes('//class')), '7Б', 'a class teacher sees only their own class';
is $teacher->get('/', html => 1)->count('//nav/a[@href = "/journal/classes"]'), 1, 'the menu of a class teacher links to the classes';

my @pupils = rows(q{
    SELECT p.id, p.surname || ' ' || p.given_name AS name, (
           SELECT count(*) FROM ej.attendance a JOIN ej.lesson l ON l.id = a.lesson_id
             JOIN ej.attendance_code k ON k.school_id = a.school_id AND k.code = a.code
            WHERE a.pupil_id = p.id AND k.counts_missed AND l.held_on >= '2026-11-02') AS missed
      FROM ej.pupil p JOIN ej.enrolment e ON e.pupil_id = p.id
     WHERE e.class_id = ? AND lower(e.during) <= '2026-11-20' AND coalesce(upper(e.during), 'infinity') > '2026-11-20'
     ORDER BY p.surname, p.given_name}, $class);
$r = $teacher->get("/classes/$class");
is $r->status . ' ' . $r->xpath('string(//classes/@term_name)'), '200 II четверть', 'the class is shown in its current term';
is_deeply [map {
        my $e = $_;
        join '|', $e->getAttribute('name'), eval { my $n = 0; $n += $_->getAttribute('lessons') for $e->findnodes('absence[@is_missed]'); $n }
    } $r->nodes('//pupil')], [map {"$_->{name}|$_->{missed}"} @pupils],
    'each pupil has the number of missed lessons of the term';
cmp_ok scalar(grep { $_->{missed} } @pupils), '>', 0, 'some pupils have missed lessons';
$r = $teacher->get("/classes/$class", html => 1);
is $r->count(qq{//a[\@href = "/journal/pupils/$pupils[0]{id}"]}), 1, 'a name is linked to the card';
is $r->count(qq{//a[\@href = "/journal/pupils/$pupils[0]{id}/marks"]}), 1, 'a pupil is linked to the marks';
is $r->count(qq{//a[\@href = "/journal/pupils/$pupils[0]{id}/diary"]}), 1, 'a pupil is linked to the diary';
is $teacher->get("/pupils/$pupils[0]{id}/marks")->status, 200, 'the class teacher can open the marks';

my ($hidden, $missing) = map { $teacher->get("/classes/$_")->content =~ s{/classes/$_"}{/classes/ID"}r } $other, 999_999;
is $teacher->get("/classes/$other")->status, 404, 'another class gets 404';
is $hidden, $missing, 'another class is answered like a missing one';
is join(' ', map { $t->login($_)->get("/classes/$class")->status } qw(teacher parent pupil meals personnel deputy-17)),
    '404 404 404 404 404 404', 'other people get 404 for the class';
like $deputy->get("/classes/$class?format=csv")->content, qr/^"Ученик";"Пропущено уроков, II четверть";/m, 'the list is available as CSV';

# ------------------------------------------------------------------ the form ---

sub form { my %form = @_; return %form } # the last of a name counts
sub class { return join '|', map { $_ // '-' } $t->db->selectrow_array(q{SELECT year, name, kind, profile, week_days, class_teacher_id, room_id FROM ej.class WHERE id = ?}, undef, $_[0]) }
my ($plan, $room, $leader) = map { $t->value($_) } q{SELECT term_plan_id FROM ej.class WHERE school_id = 1 AND name = '7Б'}, q{SELECT id FROM ej.room WHERE school_id = 1 AND name = '24'},
    q{SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'english'};
my %new = (year => 2026, grade => 8, letter => 'А', kind => 'profile', profile => 'физика', term_plan_id => $plan, week_days => 5, class_teacher_id => $leader, room_id => $room);
$r = $deputy->post('/classes', %new);
my $made = $t->value(q{SELECT id FROM ej.class WHERE name = '8А' AND school_id = 1});
like $r->location, qr{^/classes\?done=added&saved=$made#saved$}, 'a deputy adds a class';
is class($made), "2026|8А|profile|физика|5|$leader|$room", 'as it was entered';
is $t->value(q{SELECT string_agg(g.kind || g.name, ' ') FROM ej.study_group g JOIN ej.study_group_class x ON x.study_group_id = g.id WHERE x.class_id = ?}, $made), 'class8А', 'the class has its group';
is refused($deputy->post('/classes', %new)), '409 JE212:letter', 'there is one class of a letter';
is refused($deputy->post('/classes', form(%new, grade => 13, kind => 'x', term_plan_id => '', week_days => 7))), '422 JE102:grade JE106:kind JE101:term_plan_id JE106:week_days', 'each wrong field is named';
is refused($deputy->post('/classes', form(%new, letter => 'Я', year => ''))), '422 JE101:year', 'a class is of a year';
is refused($deputy->post('/classes')), '422 JE101:year JE101:grade JE101:term_plan_id', 'a form without fields is told what a class must have';
$r = $deputy->get("/classes/$made");
my @old = map { ("old_$_" => $r->xpath("string(//classes/\@$_)")) } qw(grade letter kind profile class_teacher_id room_id term_plan_id week_days);
my %now = (%new, letter => 'Б');
delete $now{year};
is $deputy->post("/classes/$made", @old, %now)->status . class($made), "3032026|8Б|profile|физика|5|$leader|$room", 'and changes it';
is refused($deputy->post("/classes/$made", form(@old, %now, letter => 'В'))), '409 JE210:letter', 'but nothing that somebody changed meanwhile';
is refused($deputy->post("/classes/$class", @old[0, 1], is_removed => 1)), '409 JE210:grade JE210:letter JE210:term_plan_id JE210:class_teacher_id JE210:week_days JE210:kind', 'who removes a class has seen it';
my @seen = map { ("old_$_" => $deputy->get("/classes/$class")->xpath("string(//classes/\@$_)")) } qw(grade letter kind profile class_teacher_id room_id term_plan_id week_days);
is refused($deputy->post("/classes/$class", @seen, (map { $_ =~ s/^old_//r } @seen), is_removed => 1)), '409 JE211:', 'a class with pupils stays';
@old = map { ("old_$_" => $deputy->get("/classes/$made")->xpath("string(//classes/\@$_)")) } qw(grade letter kind profile class_teacher_id room_id term_plan_id week_days);
like $deputy->post("/classes/$made", @old, (map { $_ =~ s/^old_//r } @old), is_removed => 1)->location // '', qr/done=removed/, 'an empty one goes';
$r = $deputy->get("/classes/$class", html => 1);
is $r->count('//form[@action = "/journal/classes/' . $class . '"]//select[@name = "class_teacher_id"]/option') > 5, 1, 'the form offers the staff';
is $teacher->get("/classes/$class", html => 1)->count('//form[contains(@action, "/classes/")]'), 0, 'a class teacher has no form';
is join(' ', map { $t->login($_)->post('/classes', %new)->status } qw(director class-teacher teacher parent observer)), '404 404 404 404 404', 'others add no class';

# A coming year has its own list.
$t->db->do(q{INSERT INTO ej.school_year (school_id, year, during) VALUES (1, 2027, '[2027-09-01,2028-08-31)')});
$t->db->do(q{INSERT INTO ej.class (school_id, year, grade, letter, term_plan_id) VALUES (1, 2027, 8, 'Б', ?)}, undef, $plan);
is join(' ', map { $_->getAttribute('name') } $deputy->get('/classes?year=2027')->nodes('//class')), '8Б', 'another year can be chosen';
is join(' ', map { $deputy->get("/classes?year=2027&lacks=$_")->count('//class') } qw(pupil teacher load term)), '1 1 1 0', 'and limited to the classes without pupils, class teacher or load';
is $deputy->get('/classes')->xpath('concat(//classes/@year, " ", count(//year))'), '2026 2', 'the present one is shown first';
done_testing;
