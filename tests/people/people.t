#!/usr/bin/perl
# people.t: the lists of pupils and staff and the search in them by names.
use lib 'tests/lib';
use EJ::Test;
use URI::Escape 'uri_escape_utf8';

my $t = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;

# The pupils whom the pages should show, read from the tables without the functions of the pages.
my @pupils = @{$db->selectall_arrayref(q{
    SELECT p.id, p.surname, p.given_name, p.patronymic, c.name AS class, c.grade, c.letter, k.birth_on::text AS birth_on
      FROM ej.pupil p JOIN ej.enrolment e ON e.pupil_id = p.id JOIN ej.class c ON c.id = e.class_id
      LEFT JOIN ej.pupil_card k ON k.pupil_id = p.id
     WHERE p.school_id = 1 AND lower(e.during) <= '2026-11-20' AND coalesce(upper(e.during), 'infinity') > '2026-11-20'
     ORDER BY p.surname, p.given_name, p.patronymic, p.id}, {Slice => {}})};
sub ids { return join ' ', map { $_->getAttribute($_[1] // 'pupil_id') } $_[0]->nodes('//people/*') }
sub want { return join ' ', map { $_->{id} } @_ }
sub found {
    my ($client, $find, %more) = @_;
    return $client->get('/pupils?' . join '&', 'find=' . uri_escape_utf8($find), map {"$_=$more{$_}"} sort keys %more);
}

# ------------------------------------------------------------------- pupils ---

my $deputy = $t->login('deputy');
my $r = $deputy->get('/pupils');
is $r->xpath('string(//people/@count)'), scalar(@pupils), 'the page counts all pupils of today';
is ids($r), want(@pupils[0 .. ($#pupils < 59 ? $#pupils : 59)]), 'the list shows the first sixty pupils in the order of names';
my @by_class = sort { $a->{grade} <=> $b->{grade} || $a->{letter} cmp $b->{letter} } @pupils;
my %place = map { $by_class[$_]{id} => $_ } 0 .. $#by_class;
is ids($deputy->get('/pupils?sort=class')), want(@by_class[0 .. ($#by_class < 59 ? $#by_class : 59)]), 'the list shows the first sixty pupils in the order of classes';
my $one = $pupils[3];
is ids(found($deputy, $one->{surname})), want(grep { $_->{surname} eq $one->{surname} } @pupils), 'the search finds pupils by a surname';
my ($sur, $given) = map { lc substr $one->{$_}, 0, 3 } qw(surname given_name);
is ids(found($deputy, "  $given   $sur ")), want(grep { my $p = $_; !grep { my $w = $_; !grep { index(lc, $w) == 0 } @$p{qw(surname given_name patronymic class)} } $sur, $given } @pupils),
    'the search finds pupils by beginnings of words in any order';
is ids(found($deputy, '7б')), want(grep { $_->{class} eq '7Б' } @pupils), 'the search finds the pupils of a class by its name';
is found($deputy, $_)->xpath('string(//people/@count)'), 0, "the search for «$_» succeeds and finds nobody"
    for 'ъъъ', '%', '_', "'; DROP", '\\', '.', '(', '[а', 'а|б', 'а*', '(?i)а', '***=а';
$db->do(q{UPDATE ej.pupil SET surname = 'Ёлкина' WHERE id = ?}, undef, $pupils[0]{id});
is ids(found($deputy, $_)), $pupils[0]{id}, "the search for «$_» finds Ёлкина" for 'елкина', 'Ёлк';
is $deputy->get('/pupils?sort=birth')->status . join(' ', $deputy->get('/pupils?sort=birth')->errors), '422JE106', 'the list refuses an unknown order';
is $deputy->get('/pupils?page=0')->status, 422, 'the list refuses page 0';
is $deputy->get('/pupils?page=999')->xpath('count(//pupil)'), 0, 'a page after the last one is empty';
is $deputy->get('/pupils?find=' . 'x' x 101)->status, 422, 'the search refuses a text of 101 characters';

# Seventy more pupils fill two pages, which together show each pupil once.
$db->do(q{INSERT INTO ej.pupil (school_id, surname, given_name) SELECT 1, 'Новых', 'Анна' || i FROM generate_series(1, 70) AS i});
$db->do(q{INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during)
    SELECT 1, p.id, (SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1), '[2026-09-01,)' FROM ej.pupil p WHERE p.surname = 'Новых' AND p.school_id = 1});
my @pages = map { found($deputy, 'новых', page => $_) } 1, 2;
is join(' ', map { $_->xpath('count(//pupil)') } @pages), '60 10', 'two pages show seventy pupils';
my %seen = map { $_->getAttribute('pupil_id') => 1 } map { $_->nodes('//pupil') } @pages;
is scalar(keys %seen), 70, 'the two pages show each pupil once';
my $html = $deputy->get('/pupils?find=' . uri_escape_utf8('новых') . '&sort=class', html => 1);
like $html->content, qr/>Excel</, 'a link leads to the list as a file';
sub file_names { my ($r) = @_; return map { /^"([^"]+ [^"]+)"/ ? $1 : () } split /\r\n/, $r->content }
my $news = 'find=' . uri_escape_utf8('новых');
my @in_file = file_names($deputy->get("/pupils?$news&sort=class&page=2&format=csv"));
is scalar(@in_file), 70, 'the file has all the pupils who are found, whichever page is shown';
is join('|', @in_file), join('|', map { $_->getAttribute('name') } map { $deputy->get("/pupils?$news&sort=class&page=$_")->nodes('//pupil') } 1, 2), 'in the order of the pages';
is scalar(file_names($deputy->get('/pupils?format=csv'))), $deputy->get('/pupils')->xpath('string(//people/@count)'), 'without a search it has all pupils';
is $html->count('//nav[@class="pages"]/a[@rel="next"]'), 1, 'the first page links to the second';
my ($next) = map { $_->value } $html->nodes('//nav[@class="pages"]/a[@rel="next"]/@href');
is $deputy->get("/pupils$next")->xpath('concat(//people/@find, " ", //people/@sort, " ", //people/@page)'), 'новых class 2', 'the link to the next page keeps the search and the order';
is $html->count('//th[@aria-sort="ascending"]'), 1, 'the heading of one column shows the order';
like $deputy->get('/pupils?find=%D1%8A%D1%8A', html => 1)->content, qr/Никого не нашлось/, 'the page says that the search found nobody';

# ------------------------------------------------------------------- rights ---

my ($own, $foreign) = map { my $c = $_; grep { $_->{class} eq $c } @pupils[1 .. $#pupils] } qw(7Б 10А);
my $lead = $t->login('class-teacher');
$r = found($lead, '7Б');
cmp_ok $r->xpath('count(//pupil[@birth_on])'), '>', 0, 'a class teacher sees the dates of birth of pupils of the own class';
cmp_ok $r->xpath('count(//pupil[@is_mine])'), '>', 0, 'a class teacher can open the pages of pupils of the own class';
is found($lead, '10А')->xpath('count(//pupil[@birth_on or @guardians or @is_mine])'), 0, 'a class teacher sees only the names of pupils of other classes';
is found($t->login('teacher'), '7Б')->xpath('count(//pupil[@birth_on or @guardians or @is_mine])'), 0, 'a teacher sees only the names and classes of pupils';
is join(' ', map { $t->login($_)->get('/pupils')->status } qw(parent pupil observer meals personnel)), '404 404 404 404 404', 'families, observers, the canteen and personnel officers have no list of pupils';
is $t->login('deputy-17')->get('/pupils')->xpath('count(//pupil[@class_name = "7Б"][starts-with(@name, "Булатова Варвара")])'), 0, 'a deputy head of another school does not see pupils of this school';

# -------------------------------------------------------------------- staff ---

my @staff = @{$db->selectall_arrayref(q{SELECT id, surname, post FROM ej.staff WHERE school_id = 1 AND during @> date '2026-11-20'
    ORDER BY surname, given_name, patronymic, id}, {Slice => {}})};
my $teacher = $t->login('teacher');
$r = $teacher->get('/staff');
is ids($r, 'staff_id'), want(@staff), 'a teacher sees all staff of the school';
is ids($teacher->get('/staff?find=' . uri_escape_utf8(lc $staff[1]{surname})), 'staff_id'), want(grep { index(lc $_->{surname}, lc $staff[1]{surname}) == 0 } @staff), 'a teacher finds staff by a surname';
is $r->xpath('string(//staff[@classes = "7Б"]/@staff_id)'),
    $t->value(q{SELECT class_teacher_id FROM ej.class WHERE name = '7Б' AND school_id = 1}), 'the list of staff shows the class teacher of 7Б';
is join(' ', map { $t->login($_)->get('/staff')->status } qw(personnel meals observer parent pupil)), '200 200 200 404 404', 'staff of every role have the list of staff, families have none';
is join(' ', map { $t->login($_)->get('/', html => 1)->count('//header//nav//li/a[contains(@href, "/staff")]') } qw(personnel meals observer)), '1 1 0',
    'the menu links to the list of staff for those who find somebody there';
like $teacher->get('/staff?format=csv')->content, qr/"Сотрудник";"Должность";"Предметы";"Классное руководство"/m, 'the list of staff can be loaded as CSV';
# ------------------------------------------------------------ what is missing ---

$db->do(q{UPDATE ej.pupil_card SET birth_on = NULL WHERE pupil_id = ?}, undef, $pupils[0]{id});
$db->do(q{DELETE FROM ej.consent WHERE pupil_id = ?}, undef, $pupils[0]{id});
$db->do(q{UPDATE ej.guardianship SET during = '[2020-01-01,2020-02-01)' WHERE pupil_id = ?}, undef, $pupils[0]{id});
for my $lacks (qw(birth guardian consent)) {
    is index(' ' . ids($deputy->get("/pupils?lacks=$lacks")) . ' ', " $pupils[0]{id} ") >= 0 ? 1 : 0, 1, "a pupil without $lacks is found";
}
is $t->login('teacher')->get('/pupils?lacks=birth')->count('//pupil'), 0, 'only by who may read the cards';
done_testing;
