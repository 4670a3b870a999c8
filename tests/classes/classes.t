#!/usr/bin/perl
# classes.t: the classes for which a person is responsible, and the pupils of one class.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(15);

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
