#!/usr/bin/perl
# school.t: whoever works in two schools chooses one, and the pages are of that one until
# another is chosen.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;

# teacher works in 17 as well, in the place of teacher-17.
$db->do(q{UPDATE ej.staff SET person_id = (SELECT person_id FROM ej.account WHERE login = 'teacher')
           WHERE school_id = 2 AND person_id = (SELECT person_id FROM ej.account WHERE login = 'teacher-17')});
my ($here, $there) = map { $t->value('SELECT id FROM ej.school WHERE short_name = ?', "Школа № $_") } 92, 17;
my $grid = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
sub chosen { my ($client, $id, @more) = @_; return $client->post('/school', school_id => $id, @more) }
sub names { return join ', ', map { $_->getAttribute('name') } $_[0]->nodes('//post') }

# ------------------------------------------------------------- one school ----

my $sport = $t->login('sport');
my $r     = $sport->get('/');
is $r->status . $r->xpath('string(/page/@school)'), '200Школа № 92', 'who works in one school is in it at once';
unlike $r->xpath('string(/page/@roles)'), qr/several/, 'and chooses nothing';
is names($sport->get('/school')), 'Школа № 92', 'the choice would have one';
unlike $sport->get('/', accept => 'text/html')->content, qr{/school"}, 'so no page leads there';
is chosen($sport, $there)->status, 404, 'another school is answered like a missing one';

# ------------------------------------------------------------- two schools ---

my $teacher = $t->login('teacher');
$r = $teacher->get('/');
is $r->status . ' ' . $r->location, '303 /school', 'who works in two is asked first in which';
is $teacher->get($grid)->location, "/school?back=" . $grid =~ s{/}{%2f}gr, 'and comes back from there to the page that was asked for';
is $teacher->post($grid, cell => 1)->status, 404, 'nothing is saved before the choice';
is $teacher->get('/account')->status, 200, 'the own password needs no choice';
$r = $teacher->get('/school');
is names($r), 'Школа № 17, Школа № 92', 'both schools are offered';
is $r->count('//post[@is_current]'), 0, 'none of them is the present one';
like $teacher->get('/school', accept => 'text/html')->content, qr{<button name="school_id" value="$here"}, 'as buttons, without a script';

$r = chosen($teacher, $here, back => $grid);
is $r->status . ' ' . $r->location, "303 $grid", 'the choice leads back';
$r = $teacher->get($grid);
is $r->status . $r->xpath('string(//journal/@can_write)'), '2001', 'to the journal of that school, to be written';
is $r->xpath('string(/page/@school)'), 'Школа № 92', 'every page names the school';
my $html = $teacher->get('/', accept => 'text/html')->content;
like $html, qr{<a class="where" href="/journal/school"}, 'and leads to the choice in its head';
my $etag = $teacher->get('/')->header('ETag');

is chosen($teacher, $there)->location, '/', 'the other school is chosen';
is $teacher->get('/')->xpath('string(/page/@school)'), 'Школа № 17', '«Сегодня» is of that one';
is $teacher->get('/', header => {'If-None-Match' => $etag})->status, 200, 'and no copy of the other is taken for it';
is $teacher->get($grid)->status, 404, 'a journal of the first is a missing page now';
is $teacher->post($grid, cell => 1)->status, 404, 'and takes nothing';
for my $list (['/journals', 'teaching'], ['/pupils', 'pupil'], ['/staff', 'staff']) {
    my ($path, $rel) = @$list;
    my @ids = map { $_->getValue } $teacher->get($path)->nodes("//\@${rel}_id");
    cmp_ok scalar(@ids), '>', 0, "$path lists something";
    is $t->value("SELECT count(*) FROM ej.$rel WHERE school_id <> ? AND id = ANY (?)", $there, \@ids), 0, 'of that school alone';
}
is $teacher->post('/school', {token => undef}, school_id => $here)->status, 403, 'no other site makes the choice';
is chosen($teacher, 'x')->status, 422, 'what is no school is told at the field';
is chosen($teacher, 999)->status, 404, 'a missing school is missing';
is chosen($teacher, $here, back => '//evil.example')->location, '/', 'the way back is of this journal';

# ----------------------------------------------------------- the next log-in ---

$db->do(q{UPDATE ej.session SET last_seen_at = now() - interval '5 hours'});
$teacher->log_in('teacher', $t->password);
is $teacher->get('/')->xpath('string(/page/@school)'), 'Школа № 92', 'after an idle session a new log-in goes on in the same school';
$teacher->post('/logout');
$teacher->log_in('teacher', $t->password);
is $teacher->get('/')->location, '/school', 'after a log-out it asks again';

# A form is saved in the school in which it was opened: deputy is one in 17 as well.
$db->do(q{UPDATE ej.staff SET person_id = (SELECT person_id FROM ej.account WHERE login = 'deputy')
           WHERE school_id = 2 AND person_id = (SELECT person_id FROM ej.account WHERE login = 'deputy-17')});
my $deputy = $t->login('deputy');
sub rooms { return $t->value(q{SELECT coalesce(string_agg(school_id || ':' || name, ' ' ORDER BY school_id, name), '') FROM ej.room WHERE name LIKE 'Гараж%'}) }
sub token { return $deputy->get('/rooms')->xpath('string(/page/@form_token)') }
chosen($deputy, $here);
my $token = token();
chosen($deputy, $there);
$r = $deputy->post('/rooms', {token => $token}, name => 'Гараж', kind => 'other');
is $r->status . $r->xpath('string(//error/@code)'), '403JE303', 'a form that was opened in another school is not saved in this one';
$r = $deputy->post('/rooms', {token => $token, html => 1}, name => 'Гараж', kind => 'other');
is $r->status . $r->xpath('string(//input[@name = "name"]/@value)'), '403Гараж', 'it is shown again with what was typed';
is $deputy->post('/settings', {token => $token}, name => 'Чужая', short_name => 'Чужая', city => '', min_marks => 3, retake_counts => 'last', old_unmarked_grades => '')->status,
    403, 'nor are the settings';
is rooms(), '', 'so nothing is written';
is $deputy->post('/rooms', {token => token()}, name => 'Гараж 17', kind => 'other')->status, 303, 'the form of this school is saved';
chosen($deputy, $here);
is $deputy->post('/rooms', {token => $token}, name => 'Гараж 92', kind => 'other')->status, 303, 'and that of the other, when it is chosen again';
is rooms(), "$here:Гараж 92 $there:Гараж 17", 'each in its school';
is $deputy->post('/school', {token => $token}, school_id => $there)->status, 303, 'any open page leads to the choice';
is $deputy->post('/logout', {token => $token})->status, 303, 'and to the log-out';

# A parent sees all children, whatever the school.
$db->do(q{INSERT INTO ej.guardian (school_id, person_id, surname, given_name)
          SELECT 2, person_id, 'Два', 'Места' FROM ej.account WHERE login = 'parent'});
$db->do(q{INSERT INTO ej.guardianship (guardian_id, pupil_id, school_id)
          SELECT g.id, (SELECT min(p.id) FROM ej.pupil AS p WHERE p.school_id = 2), 2 FROM ej.guardian AS g WHERE g.surname = 'Два'});
my $parent = $t->login('parent');
is $parent->get('/diary')->count('//child'), 3, 'a parent of pupils of two schools has them all';
is $parent->get('/school')->xpath('count(//post)'), 0, 'and nothing to choose';
done_testing;
