#!/usr/bin/perl
# about.t: the page of a school for everybody: what it shows without a log-in, and that
# nothing else is seen that way.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $nobody = $t->client;
my $deputy = $t->login('deputy');
my $act = sub {
    my ($school, $title, $is_public) = @_;
    my $file = $t->value('INSERT INTO ej.file (school_id, name, size) VALUES (?, ?, 3) RETURNING id', $school, "$title.pdf");
    $db->do('INSERT INTO ej.file_piece (file_id, n, school_id, data) VALUES (?, 0, ?, ?)', undef, $file, $school, 'PDF');
    return $t->value('INSERT INTO ej.act (school_id, title, is_public, file_id) VALUES (?, ?, ?, ?) RETURNING id', $school, $title, $is_public, $file);
};
my ($open, $closed, $theirs) = ($act->(1, 'Положение', 1), $act->(1, 'Приказ о премии', 0), $act->(2, 'Устав', 1));

# --------------------------------------------------------------- several schools ---

my $r = $nobody->get('/about');
is $r->status . ' ' . join(' ', sort map { $_->getAttribute('school_id') } $r->nodes('//school')), '200 1 2', 'without a log-in everybody sees the schools';
is $r->xpath('count(//act | //holiday | //lesson)'), 0, 'and chooses one';
$r = $nobody->get('/about/1');
is $r->xpath('concat(//about/@short_name, " ", //about/@year)'), $t->value('SELECT short_name FROM ej.school WHERE id = 1') . ' 2026', 'which has its page';
is join(' ', map { $_->getAttribute('act_id') } $r->nodes('//act')), $open, 'with its public acts alone';
is $r->count('//holiday'), $t->value('SELECT count(*) FROM ej.holiday WHERE school_id = 1'), 'the holidays of the year';
is $r->xpath('concat(count(//lesson[@grades = "1"]), " ", count(//lesson[@grades = "2–11"]))'), '5 8', 'and the bells of the grades';
is $nobody->get('/about/99')->status, 404, 'there is no such school';

# -------------------------------------------------------------------- the files ---

is $nobody->get("/about/1/acts/$open")->content, 'PDF', 'the file of a public act';
is join(' ', map { $nobody->get($_)->status } "/about/1/acts/$closed", "/about/1/acts/$theirs", "/about/2/acts/$open", "/acts/$open/file", '/acts'), '404 404 404 401 401', 'of no other, and by no other way';

my $photo = $t->value(q{INSERT INTO ej.file (school_id, pupil_id, name, size) SELECT 1, min(id), 'Фото.jpg', 4 FROM ej.pupil WHERE school_id = 1 RETURNING id});
$db->do(q{INSERT INTO ej.file_piece (file_id, n, school_id, pupil_id, data) SELECT id, 0, 1, pupil_id, 'JPEG' FROM ej.file WHERE id = ?}, undef, $photo);
my $trick = $t->value(q{INSERT INTO ej.act (school_id, title, is_public, file_id) VALUES (1, 'Фото', true, ?) RETURNING id}, $photo);
is $nobody->get("/about/1/acts/$trick")->status . ' ' . $nobody->get('/about/1')->count("//act[\@act_id = $trick]"), '404 0', 'nor the photo of a pupil, whatever an act names';

# ---------------------------------------------------------------- what is private ---

my ($group, $plan) = $db->selectrow_array(q{SELECT g.id, p.id FROM ej.study_group g, ej.bell_plan p WHERE g.school_id = 1 AND g.name = '7Б' AND p.school_id = 1 AND p.name = '1 классы'});
$db->do(q{INSERT INTO ej.bell_plan (id, school_id, name) VALUES (900, 1, 'Индивидуальные: Иванов')});
$db->do(q{INSERT INTO ej.bell VALUES (900, 1, 1, '10:00', '10:40')});
$db->do(q{INSERT INTO ej.mode (school_id, bell_plan_id, study_group_id, during) VALUES (1, 900, ?, '[2026-09-01,)')}, undef, $group);
unlike $nobody->get('/about/1', html => 1)->content, qr/Иванов|Приказ о премии/, 'bells of a single group are not shown, nor are other acts';
my $web = $t->web_db;
for my $rel (qw(school act file file_piece holiday school_year mode bell_plan bell staff pupil)) {
    is $web->selectrow_array("SELECT count(*) FROM ej.$rel"), 0, "without a session no row of $rel is read but by these functions";
}
is $web->selectrow_array('SELECT count(*) FROM ej.public_acts(NULL)') + $web->selectrow_array('SELECT count(*) FROM ej.public_file(NULL, ?)', undef, $open), 0, 'which give nothing without a school';
$web->disconnect;

# ------------------------------------------------------------ requisites, settings ---

# every field that the form of the settings sends, as it shows it
my %was = map { substr($_->getAttribute('name'), 4) => $_->getAttribute('value') } $deputy->get('/settings', html => 1)->nodes('//input[starts-with(@name, "old_")]');
cmp_ok scalar(keys %was), '>', 20, 'the form of the settings has its fields';
sub save {
    my (%new) = @_;
    my %now = (%was, %new);
    $now{$_} = [split /[ ,]+/, $now{$_}] for grep { /_(?:grades|roles|ways)$|^modules$/ } keys %now;
    return $deputy->post('/settings', (map { ("old_$_" => $was{$_}) } sort keys %was), map { ($_ => $now{$_}) } sort keys %now);
}
is refused(save(okpo => '123')), '422 JE102:okpo', 'a wrong code of statistics is refused';
is refused(save(email => 'школа')), '422 JE102:email', 'so is what is no address';
my %new = (founder => 'Управление образования', address => 'ул. Школьная, 1', director => 'Белова Анна Юрьевна', okpo => '12345678', phone => '+7 900 000-00-00', email => 'school@example.org');
is save(%new)->status, 303, 'the requisites are entered in the settings';
$r = $nobody->get('/about/1');
is join('|', map { $r->xpath("string(//about/\@$_)") } sort keys %new), join('|', map { $new{$_} } sort keys %new), 'and shown to everybody';
like $deputy->get('/settings', html => 1)->content, qr{<td>Код ОКПО</td><td[^>]*>—</td><td[^>]*>12345678</td>}, 'the changes are in the history';
%was = (%was, %new);
is save(public_page => 'hidden')->status, 303, 'a school may hide its page';
is join(' ', map { $nobody->get($_)->status } '/about/1', "/about/1/acts/$open"), '404 404', 'which is then not there';

# ------------------------------------------------------------------- one school ---

$r = $nobody->get('/about');
is $r->xpath('concat(//about/@school_id, " ", count(//school))'), '2 0', 'the only school is shown at once';
like $nobody->get('/login', html => 1)->content, qr{<a href="[^"]*/about">О школе</a>}, 'the log-in page leads there';
is $deputy->get('/about')->status, 200, 'who is logged in sees it, too';
$db->do(q{UPDATE ej.school SET public_page = 'hidden'});
like $nobody->get('/about', html => 1)->content, qr/Открытых страниц школ здесь нет/, 'where no school has one this is said';
done_testing;
