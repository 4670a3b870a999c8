#!/usr/bin/perl
# feeds.t: a timetable for a telephone's calendar by a secret address. The calendars are read by
# Text::vFile::asData, another implementation, and compared with the tables.
use lib 'tests/lib';
use EJ::Test;
use Encode qw(encode_utf8);
use Text::vFile::asData;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($parent, $teacher, $substitute, $pupil, $deputy) = map { $t->login($_) } qw(parent teacher substitute pupil deputy);
my $phone = $t->client('phone'); # has no session
sub class { return $t->value('SELECT id FROM ej.class WHERE school_id = ? AND name = ?', $_[1] // 1, $_[0]) }
sub staff { return $t->value('SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = ? AND s.school_id = 1', $_[0]) }
my ($child) = $db->selectrow_array(q{SELECT p.id FROM ej.pupil p JOIN ej.account a USING (person_id) WHERE a.login = 'pupil'});

# Get a new address; its path below the journal.
sub address {
    my ($who, @whose) = @_;
    my ($path) = $who->post('/feeds', @whose)->xpath('string(//feeds/@address)') =~ m{/journal(/feeds/[a-z2-7]{32}/timetable\.ics)$};
    return $path;
}
# The lessons of a calendar by UID: {start, end, name, place, text, status}, and the calendar itself.
sub events {
    my ($r) = @_;
    my $calendar = Text::vFile::asData->new->parse_lines(split /\r\n/, $r->content =~ s/\r\n[ ]//gr)->{objects}[0];
    my %event;
    for my $one (grep { $_->{type} eq 'VEVENT' } @{$calendar->{objects}}) {
        my %p = map { $_ => $one->{properties}{$_}[0]{value} =~ s/\\([,;\\])/$1/gr } keys %{$one->{properties}};
        my ($id) = $p{UID} =~ /^lesson-(\d+)@/ or next; # what else a pupil's has: feeds_pupil.t
        $event{$id} = join '|', map { $_ // '' } @p{qw(DTSTART DTEND SUMMARY LOCATION DESCRIPTION STATUS)};
    }
    return (\%event, $calendar);
}
# The same from the tables, for lessons that fulfil a condition; without names for a family.
sub stored {
    my ($where, @values) = @_;
    my $is_named = $where !~ /pupil_id/ ? 'true' : 'false';
    return {map { $_->[0] => $_->[1] } @{$db->selectall_arrayref(qq{
        SELECT l.id, to_char(lower(l.during), 'YYYYMMDD"T"HH24MISS') || '|' || to_char(upper(l.during), 'YYYYMMDD"T"HH24MISS') || '|'
               || CASE l.state WHEN 'cancelled' THEN 'Отменён: ' ELSE '' END || s.name || CASE WHEN $is_named THEN ', ' || g.name ELSE '' END || '|'
               || coalesce(CASE WHEN r.name ~ '^[0-9]' THEN 'каб. ' ELSE '' END || r.name, '') || '|'
               || CASE WHEN l.staff_id <> l.planned_staff_id THEN 'Замена' || CASE WHEN $is_named THEN ': ' ELSE '' END ELSE '' END
               || CASE WHEN $is_named THEN ej.short_name(f.surname, f.given_name, f.patronymic) ELSE '' END
               || '|' || CASE l.state WHEN 'cancelled' THEN 'CANCELLED' ELSE '' END
          FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id JOIN ej.subject s ON s.id = t.subject_id
          JOIN ej.study_group g ON g.id = l.study_group_id JOIN ej.staff f ON f.id = l.staff_id LEFT JOIN ej.room r ON r.id = l.room_id
         WHERE l.state <> 'moved' AND $where}, undef, @values)}};
}

# ------------------------------------------------------------- an address ---

$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on)
    SELECT school_id, guardian_id, pupil_id, 'calendar', 'given', '2026-11-19' FROM ej.guardianship WHERE pupil_id = ?}, undef, $child); # see feeds_pupil.t
my $r = $parent->get('/feeds');
is join(' ', $r->count('//feed[@pupil_id]'), $r->count('//feed'), $r->count('//class')), '2 2 0', 'a family may have the timetables of its children';
is $teacher->get('/feeds')->count('//feed[@staff_id]') . ($teacher->get('/feeds')->count('//class') > 1 ? ' and classes' : ''), '1 and classes', 'a teacher the own one, and that of a class';
my $lesson = $t->value(q{SELECT max(l.id) FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id WHERE t.staff_id = ? AND l.study_group_id IN (
    SELECT study_group_id FROM ej.membership WHERE pupil_id = ?) AND l.held_on < '2026-11-20'}, staff('teacher'), $child);
$db->do(q{UPDATE ej.lesson SET topic = 'Тайная тема' WHERE id = ?}, undef, $lesson);
$db->do(q{UPDATE ej.lesson SET state = 'cancelled' WHERE id = (SELECT min(l.id) FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id
    WHERE t.staff_id = ? AND l.held_on > '2026-11-20')}, undef, staff('teacher'));

my $made = $parent->post('/feeds', pupil_id => $child);
is $made->header('Cache-Control'), 'no-store', 'no cache keeps the address';
ok $made->xpath('string(//feeds/@modules)') > 20, 'it is shown as a QR code, too';
my $mine = address($parent, pupil_id => $child);
my ($token) = $mine =~ m{feeds/(\w+)/};
is $t->value('SELECT count(*) FROM ej.feed WHERE token_sha256 = sha256(convert_to(?, ?))', $token, 'UTF8')
    . $t->value('SELECT count(*) FROM ej.feed f WHERE f::text LIKE ?', "%$token%"), '10', 'its token is stored as a digest alone';
unlike $parent->get('/feeds')->content, qr/$token/, 'and never shown again';

# ------------------------------------------------------------ the calendar ---

$r = $phone->get($mine);
is $r->status . ' ' . $r->header('Content-Type'), '200 text/calendar; charset=utf-8', 'a telephone without a session gets a calendar';
my ($events, $calendar) = events($r);
is_deeply $events, stored(q{EXISTS (SELECT FROM ej.membership b WHERE b.pupil_id = ? AND b.study_group_id = l.study_group_id AND b.during @> l.held_on)
    AND l.held_on >= '2026-09-01'}, $child), 'with exactly the lessons of the child';
cmp_ok scalar(keys %$events), '>', 100, 'of the whole school year';
is $calendar->{properties}{'X-WR-CALNAME'}[0]{value}, 'Уроки: 7Б', 'it is named after the class';
unlike $r->content, qr/Тайная тема/, 'and has no topics';
is scalar(grep { length > 75 } split /\r\n/, encode_utf8($r->content)), 0, 'its lines are folded';
my ($zone) = grep { $_->{type} eq 'VTIMEZONE' } @{$calendar->{objects}};
is join(' ', $zone->{properties}{TZID}[0]{value}, map { $_->{properties}{TZOFFSETTO}[0]{value} } @{$zone->{objects}}), 'Europe/Moscow +0300', 'times are those of the school';
like $r->content, qr/^DTSTART;TZID=Europe\/Moscow:2026/m, 'and say so';
my $etag = $r->header('ETag');
is $phone->get($mine, header => {'If-None-Match' => $etag})->status, 304, 'an unchanged calendar is not sent again';
$db->do(q{UPDATE ej.lesson SET room_id = NULL WHERE id = ?}, undef, (sort keys %$events)[-1]);
is $phone->get($mine, header => {'If-None-Match' => $etag})->status, 200, 'a changed one is';
is_deeply [sort keys %{(events($phone->get($mine)))[0]}], [sort keys %$events], 'with the same UIDs';
$db->do(q{UPDATE ej.school SET tz = 'Europe/Berlin' WHERE id = 1});
($zone) = grep { $_->{type} eq 'VTIMEZONE' } @{(events($phone->get($mine)))[1]{objects}};
is join(' ', map { "$_->{properties}{DTSTART}[0]{value} $_->{properties}{TZOFFSETTO}[0]{value}" } @{$zone->{objects}}),
    '20260901T000000 +0200 20261025T030000 +0100 20270328T020000 +0200', 'summer time is known';
$db->do(q{UPDATE ej.school SET tz = 'Europe/Moscow' WHERE id = 1});

for (['teacher', $teacher, 'staff_id'], ['substitute', $substitute, 'staff_id']) {
    my ($login, $client, $field) = @$_;
    my $id = staff($login);
    is_deeply +(events($phone->get(address($client, $field => $id))))[0], stored(q{l.staff_id = ? AND l.held_on >= '2026-09-01'}, $id),
        "the calendar of $login has the lessons that $login gives, replaced or replacing";
}
is_deeply +(events($phone->get(address($deputy, class_id => class('7Б')))))[0], stored(q{l.held_on >= '2026-09-01' AND l.study_group_id IN (
    SELECT study_group_id FROM ej.study_group_class WHERE class_id = ?)}, class('7Б')), 'that of a class those of its groups';
like $phone->get(address($substitute, staff_id => staff("substitute")))->content, qr/DESCRIPTION:Замена: /, 'a replaced teacher is told';
like $phone->get(address($teacher, staff_id => staff('teacher')))->content, qr/^STATUS:CANCELLED/m, 'a cancelled lesson, too';

# ------------------------------------------------------------ who may what ---

my $other = $t->value(q{SELECT max(id) FROM ej.pupil WHERE school_id = 1 AND id <> ALL (SELECT pupil_id FROM ej.guardianship WHERE guardian_id IN (
    SELECT g.id FROM ej.guardian g JOIN ej.account a USING (person_id) WHERE a.login = 'parent'))});
is join(' ', map { $_->status } $parent->post('/feeds', pupil_id => $other), $parent->post('/feeds', class_id => class('7Б')),
    $teacher->post('/feeds', staff_id => staff('substitute')), $teacher->post('/feeds', pupil_id => $child), $teacher->post('/feeds', class_id => class('7Б', 2))),
    '404 404 404 404 404', 'nobody gets an address of other timetables';
for my $who (map { $t->login($_) } qw(personnel observer)) { # HR reads no classes, an observer no names of teachers
    is $who->post('/feeds', class_id => class('7Б'))->status . $who->get('/feeds')->count('//class'), '4040', 'nor who reads neither timetables nor the names in them';
}
my $kitchen = address($t->login('meals'), class_id => class('7Б'));
is $phone->get($kitchen)->status, 200, 'the kitchen reads both';
$db->do(q{UPDATE ej.staff_role SET during = daterange(lower(during), '2026-11-20') WHERE role = 'meals' AND school_id = 1});
is $phone->get($kitchen)->status, 404, 'as long as it is one';
is join(' ', $teacher->post('/feeds')->errors), 'JE101', 'a class must be chosen';
is $teacher->post('/feeds', staff_id => staff('teacher'), class_id => class('7Б'))->status, 404, 'an address is for one timetable';

# ------------------------------------------------------- no longer its own ---

# What a telephone gets: the status, and all the rest of the answer without the time.
sub answer {
    my ($path) = @_;
    my $r = $phone->get($path, html => 1);
    return join "\n", $r->status, map({ "$_: " . ($r->header($_) // '') } qw(Content-Type Cache-Control ETag Vary)), $r->content =~ s/$token/TOKEN/gr =~ s/[a-z2-7]{32}/TOKEN/gr;
}
my $never = answer('/feeds/' . 'a' x 32 . '/timetable.ics');
like $never, qr/^404\n/, 'an address that never was is 404';
my $new = address($parent, pupil_id => $child);
is answer($mine), $never, 'one that was replaced is answered like that';
is $phone->get($new)->status, 200, 'the new one gives the calendar';
is $parent->post('/feeds', pupil_id => $child, is_ended => 1)->location, '/feeds?done=ended', 'an address is revoked';
is answer($new), $never, 'and then answered like one that never was';

my %mine = map { $_ => address($t->login($_), $_ =~ /pupil|parent/ ? (pupil_id => $child) : (staff_id => staff($_))) } qw(parent pupil teacher substitute);
sub statuses { return join ' ', map { $phone->get($mine{$_})->status } qw(parent pupil teacher substitute) }
is statuses(), '200 200 200 200', 'each owner has an address';
$db->do(q{UPDATE ej.staff SET during = daterange(lower(during), '2026-11-20') WHERE id = ?}, undef, staff('substitute'));
is statuses(), '200 200 200 404', 'a teacher who was dismissed has none';
$db->do(q{UPDATE ej.account SET blocked_at = now() WHERE login = 'teacher'});
is statuses(), '200 200 404 404', 'nor has a blocked account';
$db->do(q{UPDATE ej.account SET blocked_at = NULL WHERE login = 'teacher'});
is statuses(), '200 200 404 404', 'even after it was unblocked';
$db->do(q{UPDATE ej.guardianship SET during = daterange(lower(during), '2026-11-20') WHERE pupil_id = ?}, undef, $child);
is statuses(), '404 404 404 404', 'nor a parent who lost the rights, nor a pupil without a guardian who agrees';
$db->do(q{UPDATE ej.enrolment SET during = daterange(lower(during), '2026-11-20') WHERE pupil_id = ?}, undef, $child);
is statuses(), '404 404 404 404', 'nor a pupil who left';
is answer($mine{teacher}), $never, 'all of them like an address that never was';
done_testing;
