#!/usr/bin/perl
# school.t: a person who works in two schools chooses one of them, and the pages show it until
# the person chooses the other.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;

# The teacher works in school 17, too, in the place of teacher-17.
$db->do(q{UPDATE ej.staff SET person_id = (SELECT person_id FROM ej.account WHERE login = 'teacher')
           WHERE school_id = 2 AND person_id = (SELECT person_id FROM ej.account WHERE login = 'teacher-17')});
my ($here, $there) = map { $t->value('SELECT id FROM ej.school WHERE short_name = ?', "Школа № $_") } 92, 17;
my $grid = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
sub chosen { my ($client, $id, @more) = @_; return $client->post('/school', school_id => $id, @more) }
sub names { return join ', ', map { $_->getAttribute('name') } $_[0]->nodes('//post') }

# ------------------------------------------------------------- one school ----

my $sport = $t->login('sport');
my $r     = $sport->get('/');
is $r->status . $r->xpath('string(/page/@school)'), '200Школа № 92', 'a person who works in one school is in it without a choice';
unlike $r->xpath('string(/page/@roles)'), qr/several/, 'a person who works in one school has no choice of school';
is names($sport->get('/school')), 'Школа № 92', 'the page of the choice lists the only school';
unlike $sport->get('/', accept => 'text/html')->content, qr{/school"}, 'no page links to the choice for a person who works in one school';
is chosen($sport, $there)->status, 404, 'the choice of a school where one does not work is answered with 404';

# ------------------------------------------------------------- two schools ---

my $teacher = $t->login('teacher');
$r = $teacher->get('/');
is $r->status . ' ' . $r->location, '303 /school', 'a person who works in two schools is led to the choice first';
is $teacher->get($grid)->location, "/school?back=" . $grid =~ s{/}{%2f}gr, 'the choice remembers the requested page';
is $teacher->post($grid, cell => 1)->status, 404, 'nothing is saved before the choice';
is $teacher->get('/account')->status, 200, 'the own password needs no choice';
$r = $teacher->get('/school');
is names($r), 'Школа № 17, Школа № 92', 'the choice offers both schools';
is $r->count('//post[@is_current]'), 0, 'neither school is the present one before the choice';
like $teacher->get('/school', accept => 'text/html')->content, qr{<button name="school_id" value="$here"}, 'the choice consists of buttons that need no script';

$r = chosen($teacher, $here, back => $grid);
is $r->status . ' ' . $r->location, "303 $grid", 'the choice leads back to the requested page';
$r = $teacher->get($grid);
is $r->status . $r->xpath('string(//journal/@can_write)'), '2001', 'the journal of the chosen school can be written';
is $r->xpath('string(/page/@school)'), 'Школа № 92', 'every page names the chosen school';
my $html = $teacher->get('/', accept => 'text/html')->content;
like $html, qr{<a class="where" href="/journal/school"}, 'the head of every page links to the choice';
my $etag = $teacher->get('/')->header('ETag');

is chosen($teacher, $there)->location, '/', 'choosing the other school leads to its first page';
is $teacher->get('/')->xpath('string(/page/@school)'), 'Школа № 17', '«Сегодня» shows the newly chosen school';
is $teacher->get('/', header => {'If-None-Match' => $etag})->status, 200, 'the ETag of a page differs between the schools';
is $teacher->get($grid)->status, 404, 'a journal of the school that is not chosen is a missing page';
is $teacher->post($grid, cell => 1)->status, 404, 'a journal of the school that is not chosen saves nothing';
for my $list (['/journals', 'teaching'], ['/pupils', 'pupil'], ['/staff', 'staff']) {
    my ($path, $rel) = @$list;
    my @ids = map { $_->getValue } $teacher->get($path)->nodes("//\@${rel}_id");
    cmp_ok scalar(@ids), '>', 0, "$path lists something";
    is $t->value("SELECT count(*) FROM ej.$rel WHERE school_id <> ? AND id = ANY (?)", $there, \@ids), 0, "$path lists only rows of the chosen school";
}
is $teacher->post('/school', {token => undef}, school_id => $here)->status, 403, 'the choice needs the token of the form';
is chosen($teacher, 'x')->status, 422, 'a choice that is not a number is refused with the name of the field';
is chosen($teacher, 999)->status, 404, 'the choice of a missing school is answered with 404';
is chosen($teacher, $here, back => '//evil.example')->location, '/', 'the choice never leads back to another site';

# ----------------------------------------------------------- the next log-in ---

$db->do(q{UPDATE ej.session SET last_seen_at = now() - interval '5 hours'});
$teacher->log_in('teacher', $t->password);
is $teacher->get('/')->xpath('string(/page/@school)'), 'Школа № 92', 'a new log-in after an idle session keeps the chosen school';
$teacher->post('/logout');
$teacher->log_in('teacher', $t->password);
is $teacher->get('/')->location, '/school', 'a log-in after a log-out asks for the school again';

# A form is saved only in the school in which it was opened. The deputy head works in school 17, too.
$db->do(q{UPDATE ej.staff SET person_id = (SELECT person_id FROM ej.account WHERE login = 'deputy')
           WHERE school_id = 2 AND person_id = (SELECT person_id FROM ej.account WHERE login = 'deputy-17')});
my $deputy = $t->login('deputy');
sub rooms { return $t->value(q{SELECT coalesce(string_agg(school_id || ':' || name, ' ' ORDER BY school_id, name), '') FROM ej.room WHERE name LIKE 'Гараж%'}) }
sub token { return $deputy->get('/rooms')->xpath('string(/page/@form_token)') }
chosen($deputy, $here);
my $token = token();
chosen($deputy, $there);
$r = $deputy->post('/rooms', {token => $token}, name => 'Гараж', kind => 'other');
is $r->status . $r->xpath('string(//error/@code)'), '403JE303', 'a form that was opened in another school is refused';
$r = $deputy->post('/rooms', {token => $token, html => 1}, name => 'Гараж', kind => 'other');
is $r->status . $r->xpath('string(//input[@name = "name"]/@value)'), '403Гараж', 'the refused form keeps the typed values';
is $deputy->post('/settings', {token => $token}, name => 'Чужая', short_name => 'Чужая', city => '', min_marks => 3, retake_counts => 'last', old_unmarked_grades => '')->status,
    403, 'settings that were opened in another school are refused';
is rooms(), '', 'the refused forms add no room';
is $deputy->post('/rooms', {token => token()}, name => 'Гараж 17', kind => 'other')->status, 303, 'a form of the present school is saved';
chosen($deputy, $here);
is $deputy->post('/rooms', {token => $token}, name => 'Гараж 92', kind => 'other')->status, 303, 'a form opened in the other school is saved after switching back';
is rooms(), "$here:Гараж 92 $there:Гараж 17", 'each form has added its room to its own school';
is $deputy->post('/school', {token => $token}, school_id => $there)->status, 303, 'a page opened in another school can still choose a school';
is $deputy->post('/logout', {token => $token})->status, 303, 'a page opened in another school can still log out';

# A parent sees the children of all schools.
$db->do(q{INSERT INTO ej.guardian (school_id, person_id, surname, given_name)
          SELECT 2, person_id, 'Два', 'Места' FROM ej.account WHERE login = 'parent'});
$db->do(q{INSERT INTO ej.guardianship (guardian_id, pupil_id, school_id)
          SELECT g.id, (SELECT min(p.id) FROM ej.pupil AS p WHERE p.school_id = 2), 2 FROM ej.guardian AS g WHERE g.surname = 'Два'});
my $parent = $t->login('parent');
is $parent->get('/diary')->count('//child'), 3, 'the diary lists the children of a parent in two schools';
is $parent->get('/school')->xpath('count(//post)'), 0, 'a parent has no schools to choose from';
done_testing;
