#!/usr/bin/perl
# outbound_unicode.t: any text that the tables take comes back from letters and calendars as it was:
# random Unicode, sent through a real Exim, is read by Python's parsers of mail and iCalendar.
#   EJ_SEED=7 EJ_LETTERS=1000 perl tests/outbound/outbound_unicode.t
use lib 'tests/lib';
use EJ::Test;
use EJ::Chance;
use EJ::Exim;
use JSON::PP ();

my $seed    = $ENV{EJ_SEED} // int(rand 1_000_000);
my $letters = $ENV{EJ_LETTERS} // 60;
srand $seed;
my $exim;
my $t = EJ::Test->new(today => '2026-11-20', children => 1, conf => sub {
    $exim = EJ::Exim->new(dir => "$_[0]{dir}/exim")->start;
    return "EjournalAddress https://journal.test\nEjournalMail " . $exim->url . " journal\@school.test";
});
my $db = $t->db;

# ------------------------------------------------------------------ random texts --

my @RANGES = ([0x20, 0x7e], [0x20, 0x7e], [0x410, 0x44f], [0x410, 0x44f], [0xa0, 0x2ff], [0x300, 0x36f], [0x5d0, 0x6ff], [0x1f00, 0x1fff],
    [0x2000, 0x206f], [0x3040, 0x30ff], [0x4e00, 0x4eff], [0xe000, 0xe0ff], [0xfb00, 0xfb4f], [0x1f300, 0x1f64f], [0x10fff0, 0x10fffd], [0x80, 0x9f]);
my @WORDS = ('=?utf-8?b?0J8=?=', '=?utf-8?q?=D0?=', '.', '..', "\x{ab}7 \x{410}\x{bb}", 'a' x 200, "\x{44f}" x 120, ',', ';', ':', '\\', '\\n', '"', '<x@y>', '%s', '--x', 'BEGIN:VEVENT', '; a="b"',
    "\x{1f469}\x{200d}\x{1f52c}", "e\x{301}", "\x{202e}abc\x{202c}", "\x{feff}");

sub word {
    return pick(@WORDS) if chance(0.25);
    my $range = pick(@RANGES);
    return join '', map { chr($range->[0] + int rand($range->[1] - $range->[0] + 1)) } 1 .. 1 + int rand 12;
}
# A text without line ends; what the journal keeps has no blanks around it.
sub line {
    my ($most) = @_;
    my $text = join ' ', map { word() } 1 .. 1 + int rand 8;
    $text = substr($text, 0, $most) =~ s/\A\s+|\s+\z//gr;
    return $text =~ /\S/ ? $text : 'x';
}
sub text { return join "\n", map { chance(0.1) ? pick('', '.', 'From here', '--', '> ') : join ' ', map { word() } 1 .. 1 + int rand 12 } 1 .. 1 + int rand 6 }

sub python {
    open my $out, '-|:raw', 'tests/lib/read_post.py', @_ or die "python: $!\n";
    my $json = do { local $/; <$out> };
    close $out or die "read_post.py failed\n";
    return JSON::PP->new->utf8->decode($json);
}
# The first difference of two texts, as code points.
sub differs {
    my ($got, $wanted) = @_;
    return if $got eq $wanted;
    my $n = 0;
    $n++ while $n < length $got && $n < length $wanted && substr($got, $n, 1) eq substr($wanted, $n, 1);
    return sprintf 'at %d: %s instead of %s', $n, map { join ' ', map { sprintf 'U+%04X', ord } split //, substr $_, $n > 2 ? $n - 2 : 0, 8 } $got, $wanted;
}

# ----------------------------------------------------------------------- letters --

$t->db->do('UPDATE ej.school SET letters_day = 0, letters_hour = 0');
my $person = $t->value(q{SELECT person_id FROM ej.account WHERE login = 'parent'});
my (%sent, @wrong);
my $school = line(90);
$db->do('UPDATE ej.school SET short_name = ? WHERE id = 1', undef, $school);
for my $n (1 .. $letters) {
    my ($subject, $body) = (line(300), text());
    my $key = $t->value('SELECT ej.outbound_new_key()');
    my $id = $t->value(q{INSERT INTO ej.outbound (school_id, person_id, channel, address, hook_key, body)
        VALUES (1, ?, 'email', ?, ?, ?) RETURNING id}, $person, "n$n\@home.test", $key, "$subject\n\n$body");
    $sent{"<ej-$id." . substr($key, 0, 16) . '@school.test>'} = {subject => $subject, text => $body, to => "n$n\@home.test", key => $key};
}
my $arrived = sub { glob "$exim->{dir}/mail/new/*" };
ok $t->wait_for(30 + $letters, sub { $letters == (() = $arrived->()) }), "all $letters letters arrive";
my $read = python(letter => $arrived->());
for my $got (@$read) {
    my $wanted = delete $sent{$got->{id}} or push(@wrong, "an unknown letter $got->{id}"), next;
    my @differ = map { my $d = differs($got->{$_}, $wanted->{$_}); $d ? "$_ $d" : () } 'subject';
    my $d = differs($got->{text} =~ s/\n+\z//r, $wanted->{text} =~ s/\A\n+|\n+\z//gr);
    push @differ, "text $d" if $d;
    $d = differs($got->{from}, $school);
    push @differ, "sender $d" if $d;
    push @differ, "to @{$got->{to}}" if "@{$got->{to}}" ne $wanted->{to};
    push @differ, "type $got->{type}" if $got->{type} ne 'text/plain';
    push @differ, "link $got->{end}" if $got->{end} ne "<https://journal.test/unsubscribe/$wanted->{key}>";
    push @differ, "$got->{longest} bytes in a line" if $got->{longest} > 78;
    push @differ, 'bytes that are not ASCII' unless $got->{is_ascii};
    push @differ, map {"Python says: $_"} @{$got->{defects}};
    push @wrong, "$wanted->{to}: $_" for @differ;
}
ok !@wrong, "subject, text, sender, address and link come back as they were (EJ_SEED=$seed)" or diag join "\n", @wrong[0 .. ($#wrong > 12 ? 12 : $#wrong)];
is join(' ', keys %sent), '', 'of every letter';

# ---------------------------------------------------------------------- calendars --

my $pupil = $t->value(q{SELECT p.id FROM ej.pupil p JOIN ej.account a USING (person_id) WHERE a.login = 'pupil'});
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on)
    SELECT school_id, guardian_id, pupil_id, 'calendar', 'given', '2026-11-20' FROM ej.guardianship WHERE pupil_id = ?}, undef, $pupil);
for my $row (@{$db->selectall_arrayref(q{SELECT 'subject' AS rel, id, 90 AS most FROM ej.subject WHERE school_id = 1
    UNION ALL SELECT 'room', id, 40 FROM ej.room WHERE school_id = 1})}) {
    my ($rel, $id, $most) = @$row;
    my $name = substr($id . line($most), 0, $most) =~ s/\s+\z//r =~ s/\\(?=[nN])//gr; # icalendar 4 takes an escaped \ before n for a line end
    $db->do("UPDATE ej.$rel SET name = ? WHERE id = ?", undef, $name, $id);
}
my $made = $t->login('parent')->post('/feeds', pupil_id => $pupil)->xpath('string(//feeds/@address)');
my ($path) = $made =~ m{(/feeds/[a-z2-7]{32}/timetable\.ics)$};
ok $path, 'a family gets the address of a calendar';
my $reply = $t->client('telephone')->get($path);
my $name  = "$t->{dir}/timetable.ics";
open my $file, '>:raw', $name or die "$name: $!\n";
print $file $reply->response->content;
close $file;
my $calendar = python(calendar => $name);
my %stored = map { $_->{id} => $_ } @{$db->selectall_arrayref(q{SELECT l.id, s.name AS subject, r.name AS room, to_char(lower(l.during), 'YYYY-MM-DD HH24:MI') AS at FROM ej.lesson l
    JOIN ej.membership b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on JOIN ej.teaching t ON t.id = l.teaching_id JOIN ej.subject s ON s.id = t.subject_id
    LEFT JOIN ej.room r ON r.id = l.room_id WHERE b.pupil_id = ? AND l.state <> 'moved'}, {Slice => {}}, $pupil)};
@wrong = ();
for my $event (grep { $_->{uid} =~ /^lesson-/ } @{$calendar->{events}}) {
    my ($id) = $event->{uid} =~ /^lesson-(\d+)/;
    my $lesson = $stored{$id} or push(@wrong, "an unknown lesson $id"), next;
    my $room = $lesson->{room} // '';
    push @wrong, "$id: subject " . differs($event->{name}, $lesson->{subject}) if index($event->{name}, $lesson->{subject}) < 0;
    push @wrong, "$id: room " . differs($event->{place}, $room) if index($event->{place}, $room) < 0;
    push @wrong, "$id: at $event->{at}" if $event->{at} ne $lesson->{at};
    push @wrong, map {"$id: Python says: $_"} @{$event->{errors}};
}
ok !@wrong, "subjects, rooms and times of a calendar come back as they were (EJ_SEED=$seed)" or diag join "\n", @wrong[0 .. ($#wrong > 12 ? 12 : $#wrong)];
cmp_ok scalar(@{$calendar->{events}}), '>', 100, 'of the whole year';
cmp_ok $calendar->{longest}, '<=', 75, 'its lines have at most 75 bytes';
ok $calendar->{is_crlf}, 'and end in CR LF';
$exim->stop;
done_testing;
