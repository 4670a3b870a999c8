#!/usr/bin/perl
# feeds_pupil.t: the calendar of a child (DIA-02, LEG-02): only with a guardian's consent; lessons with
# substitutions and transfers, control works, events, holidays, days on which homework is due; no marks
# and no names. Read by python3-icalendar (tests/lib/ical.py) and compared with the rows of the tables.
use lib 'tests/lib';
use EJ::Test;
use Encode qw(encode_utf8);
use JSON::PP qw(decode_json);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($parent, $pupil, $lead) = map { $t->login($_) } qw(parent pupil class-teacher);
my $phone = $t->client('phone'); # has no session
my ($child, $class) = $db->selectrow_array(q{SELECT p.id, e.class_id FROM ej.pupil p JOIN ej.account a USING (person_id)
    JOIN ej.enrolment e ON e.pupil_id = p.id WHERE a.login = 'pupil'});
my $guardian = $t->value(q{SELECT g.id FROM ej.guardian g JOIN ej.account a USING (person_id) WHERE a.login = 'parent' AND g.school_id = 1});

# The path of the address in a reply.
sub address { my ($r) = @_; return ($r->xpath('string(//feeds/@address)') =~ m{/journal(/feeds/[a-z2-7]{32}/timetable\.ics)$})[0] }
# What the other parser reads in a calendar; its host is left out of the UIDs.
sub parsed {
    my ($r) = @_;
    my $file = $t->dir . '/calendar.ics';
    open my $out, '>', $file or die "$file: $!";
    print {$out} encode_utf8($r->content);
    close $out;
    my $json = qx(/usr/bin/python3 tests/lib/ical.py < $file);
    die "ical.py failed" if $?;
    my $read = decode_json($json);
    return {%$read, events => {map { (s/@.*//r => join '|', @{$read->{events}{$_}}) } keys %{$read->{events}}}};
}
sub answer { my ($path) = @_; my $r = $phone->get($path, html => 1); return join "\n", $r->status, $r->content =~ s/[a-z2-7]{32}/TOKEN/gr }
my $never = answer('/feeds/' . 'a' x 32 . '/timetable.ics');

# ---------------------------------------------------------------- consent ---

my $card = sub { my ($who) = @_; my $r = $who->get('/feeds'); return join ' ', map { $_ || '-' } map { $r->xpath("string(//feed[\@pupil_id = $child]/\@$_)") } qw(is_agreed is_guardian is_paper made_at) };
is $card->($parent), '- 1 - -', 'without a consent a guardian is asked for it';
is $parent->get('/feeds', html => 1)->count(qq{//form[input[\@name = "pupil_id" and \@value = $child]]//button[\@name = "is_agreed"]}), 1, 'by one button';
is join(' ', map { $_->post('/feeds', pupil_id => $child)->status } $parent, $pupil), '403 403', 'and nobody gets an address';
is $pupil->post('/feeds', pupil_id => $child, is_agreed => 1)->status, 403, 'a pupil does not give the consent';
is $t->value(q{SELECT count(*) FROM ej.consent WHERE purpose = 'calendar'}), 0, 'none is entered by that';
my $mine = address($parent->post('/feeds', pupil_id => $child, is_agreed => 1));
is $phone->get($mine)->status, 200, 'one tap gives consent and address';
is $t->value(q{SELECT string_agg(concat_ws(' ', guardian_id = ?, answer, signed_on), ';') FROM ej.consent WHERE purpose = 'calendar' AND pupil_id = ?}, $guardian, $child), 't given 2026-11-20', 'in the register';
is $lead->get("/pupils/$child/consents")->count('//entry[@purpose = "calendar" and @answer = "given"]'), 1, 'where the class teacher reads it';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'consent' AND new ->> 'purpose' = 'calendar'}), 1, 'and in the history';
my $own = address($pupil->post('/feeds', pupil_id => $child));
is $phone->get($own)->status, 200, 'the pupil has a calendar by that consent, too';

# ---------------------------------------------------------------- content ---

my ($group) = $db->selectrow_array(q{SELECT g.id FROM ej.study_group g JOIN ej.study_group_class k ON k.study_group_id = g.id WHERE k.class_id = ? AND g.kind = 'class'}, undef, $class);
$db->do(q{UPDATE ej.lesson SET state = 'cancelled' WHERE id = (SELECT min(id) FROM ej.lesson WHERE study_group_id = ? AND held_on > '2026-11-20')}, undef, $group);
$db->do(q{UPDATE ej.lesson SET moved_on = held_on - 7, moved_slot = slot WHERE id = (SELECT max(id) FROM ej.lesson WHERE study_group_id = ? AND held_on > '2026-11-20' AND state = 'planned')}, undef, $group);
$db->do(q{INSERT INTO ej.control_work (school_id, teaching_id, form_id, held_on, title)
    SELECT 1, t.id, (SELECT min(id) FROM ej.work_kind WHERE school_id = 1 AND is_control AND code IS DISTINCT FROM 'monitoring'), d::date, 'Дроби; степени, \ корни'
      FROM (SELECT min(t.id) AS id FROM ej.teaching t WHERE t.study_group_id = ?) AS t, unnest('{2026-11-25,2026-12-24}'::date[]) AS d
        ON CONFLICT DO NOTHING}, undef, $group);
my @letters = (map({ chr } 0x20 .. 0x7E, 0xA0 .. 0x17F, 0x400 .. 0x4FF, 0x5D0 .. 0x5EA, 0x300 .. 0x340, 0x2000 .. 0x2027, 0x4E00 .. 0x4E40, 0x1F600 .. 0x1F640), (',', ';', '\\', '"', ':', '\\n') x 12);
my $seed = $ENV{EJ_SEED} // time % 100_000;
srand $seed;
diag "EJ_SEED=$seed";
sub any_text { my ($length) = @_; return 'я' . join('', map { $letters[rand @letters] } 1 .. $length) . 'я' }
my $staff = $t->value(q{SELECT min(id) FROM ej.staff WHERE school_id = 1});
my $other = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '10А'});
$db->do(q{WITH c AS (SELECT ?::bigint AS id), e AS (INSERT INTO ej.event (school_id, is_whole, staff_id, title, during, starts, ends, place, note)
    SELECT 1, c.id IS NULL, ?, ?, ?, ?, ?, ?, 'Придёт Пётр Ильич Секретов' FROM c RETURNING id)
    INSERT INTO ej.event_class (event_id, class_id, school_id) SELECT e.id, c.id, 1 FROM e, c WHERE c.id IS NOT NULL}, undef, @$_) for
    [undef, $staff, 'Ярмарка', '[2026-12-05,2026-12-06)', '10:00', '12:30', 'Двор'], [$class, $staff, 'Музей', '[2026-12-07,2026-12-08)', '23:30', undef, ''],
    [$class, $staff, 'Сбор', '[2026-12-08,2026-12-09)', undef, undef, ''], [undef, $staff, 'Неделя книги', '[2026-12-14,2026-12-19)', '09:00', '15:00', 'Зал'],
    [$class, $staff, 'C:\\new, ; "x"', '[2026-12-11,2026-12-12)', undef, undef, ''],
    [$other, $staff, 'Чужое', '[2026-12-05,2026-12-06)', undef, undef, ''], [undef, $staff, 'Прошлое', '[2024-12-05,2024-12-06)', undef, undef, ''],
    map({ [undef, $staff, any_text(1 + int rand 190), '[2026-12-09,2026-12-10)', undef, undef, any_text(1 + int rand 190)] } 1 .. 60);
my ($homework) = $db->selectrow_array(q{SELECT max(h.id) FROM ej.homework h WHERE h.study_group_id = ? AND h.due_on >= '2026-11-06' AND NOT h.is_personal}, undef, $group);
$db->do(q{UPDATE ej.homework SET is_personal = true WHERE id = ?}, undef, $homework);

my %want;
sub rows { my ($sql, @values) = @_; $want{$_->[0]} = join '|', @$_[1 .. 6] for @{$db->selectall_arrayref($sql, undef, @values)} }
my $at = q{to_char(%s, 'YYYYMMDD"T"HH24MISS') || ' Europe/Moscow'};
my ($from, $till) = map { sprintf $at, $_ } 'lower(l.during)', 'upper(l.during)';
rows(qq{SELECT 'lesson-' || l.id, $from, $till, CASE l.state WHEN 'cancelled' THEN 'Отменён: ' ELSE '' END || s.name,
        coalesce(CASE WHEN r.name ~ '^[0-9]' THEN 'каб. ' ELSE '' END || r.name, ''),
        concat_ws(E'\\n', CASE WHEN l.staff_id <> l.planned_staff_id THEN 'Замена' END,
            'Перенесён с ' || extract(day FROM l.moved_on) || ' ' || (ARRAY['января','февраля','марта','апреля','мая','июня','июля','августа','сентября','октября','ноября','декабря'])[extract(month FROM l.moved_on)::int]),
        CASE l.state WHEN 'cancelled' THEN 'CANCELLED' ELSE '' END
   FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id JOIN ej.subject s ON s.id = t.subject_id LEFT JOIN ej.room r ON r.id = l.room_id
  WHERE l.state <> 'moved' AND l.held_on >= '2026-09-01' AND EXISTS (SELECT FROM ej.membership b WHERE b.pupil_id = ? AND b.study_group_id = l.study_group_id AND b.during @> l.held_on)}, $child);
my $lessons = keys %want;
rows(qq{SELECT DISTINCT ON (w.id) 'control-' || w.id, coalesce($from, to_char(w.held_on, 'YYYYMMDD')), coalesce($till, to_char(w.held_on + 1, 'YYYYMMDD')),
        s.name || ': ' || k.name || CASE w.title WHEN '' THEN '' ELSE ', ' || w.title END, coalesce(CASE WHEN r.name ~ '^[0-9]' THEN 'каб. ' ELSE '' END || r.name, ''), '', ''
   FROM ej.control_work w JOIN ej.teaching t ON t.id = w.teaching_id JOIN ej.subject s ON s.id = t.subject_id JOIN ej.work_kind k ON k.id = w.form_id
   JOIN ej.membership b ON b.study_group_id = t.study_group_id AND b.pupil_id = ? AND b.during @> w.held_on
   LEFT JOIN ej.lesson l ON l.teaching_id = w.teaching_id AND l.held_on = w.held_on AND l.state IN ('planned', 'given') LEFT JOIN ej.room r ON r.id = l.room_id
  ORDER BY w.id, l.slot}, $child);
my $controls = keys(%want) - $lessons;
rows(q{SELECT 'event-' || e.id, CASE WHEN e.starts IS NULL OR upper(e.during) - lower(e.during) > 1 THEN to_char(lower(e.during), 'YYYYMMDD') ELSE to_char(lower(e.during) + e.starts, 'YYYYMMDD"T"HH24MISS') || ' Europe/Moscow' END,
        CASE WHEN e.starts IS NULL OR upper(e.during) - lower(e.during) > 1 THEN to_char(upper(e.during), 'YYYYMMDD')
             ELSE to_char(coalesce(lower(e.during) + e.ends, lower(e.during) + e.starts + interval '60 minutes'), 'YYYYMMDD"T"HH24MISS') || ' Europe/Moscow' END, e.title, e.place,
        CASE WHEN upper(e.during) - lower(e.during) > 1 AND e.starts IS NOT NULL THEN to_char(e.starts, 'HH24:MI') || coalesce('–' || to_char(e.ends, 'HH24:MI'), '') ELSE '' END, ''
   FROM ej.event e WHERE e.school_id = 1 AND (e.is_whole OR e.id IN (SELECT x.event_id FROM ej.event_class x WHERE x.class_id = ?)) AND e.during && '[2026-09-01,2027-08-31)'}, $class);
rows(q{SELECT 'holiday-' || h.id, to_char(lower(h.during), 'YYYYMMDD'), to_char(upper(h.during), 'YYYYMMDD'), h.name, '', '', '' FROM ej.holiday h WHERE h.school_id = 1 AND h.year = 2026 AND h.kind <> 'extra'
    AND lower(h.during) < (SELECT upper(during) FROM ej.school_year WHERE school_id = 1 AND year = 2026)});
my $before = keys %want;
rows(q{SELECT 'homework-' || h.id, to_char(h.due_on, 'YYYYMMDD'), to_char(h.due_on + 1, 'YYYYMMDD'), 'Сдать задание: ' || s.name, '', 'Само задание — в дневнике.', ''
   FROM ej.homework h JOIN ej.teaching t ON t.id = h.teaching_id JOIN ej.subject s ON s.id = t.subject_id
  WHERE h.due_on >= '2026-11-06' AND h.id <> ? AND (NOT h.is_personal OR ? IN (SELECT o.pupil_id FROM ej.homework_for o WHERE o.homework_id = h.id)) AND h.study_group_id IN (SELECT b.study_group_id FROM ej.membership b WHERE b.pupil_id = ? AND b.during @> h.due_on)}, $homework, $child, $child);
ok $lessons > 100 && $controls > 1 && keys(%want) > $before, 'the school has lessons, control works and homework of the child';

my $r = $phone->get($mine);
my $read = parsed($r);
is_deeply $read->{events}, \%want, 'the calendar has exactly these, each by its own UID';
is_deeply [sort keys %{$read->{zones}}], ['Europe/Moscow'], 'in one time zone, which it describes';
is $read->{name}, 'Уроки: ' . $t->value('SELECT name FROM ej.class WHERE id = ?', $class), 'it is named after the class';
like join(' ', values %want), qr/Отменён: .*CANCELLED/, 'a cancelled lesson stays, and says so in its summary';
like join(' ', values %want), qr/Перенесён с /, 'a moved one says from where';
like $r->content =~ s/\r\n //gr, qr/^SUMMARY:C:\\\\new\\, \\; "x"\r$/m, 'signs of the format are escaped';
my @lines = split /\r\n/, encode_utf8($r->content), -1;
is scalar(grep { length > 75 } @lines), 0, 'no line is longer than 75 octets';
is scalar(grep { !utf8::decode(my $copy = $_) } @lines), 0, 'and no letter is cut by a line\'s end';
cmp_ok length encode_utf8($r->content), '<', 1_000_000, 'a year of it is less than a megabyte';
is encode_utf8($phone->get($own)->content), encode_utf8($r->content), 'the pupil has the same';

my $names = join '|', map { quotemeta } map { @$_ } @{$db->selectall_arrayref(q{SELECT surname FROM ej.staff WHERE school_id = 1 UNION SELECT surname FROM ej.pupil WHERE school_id = 1 UNION SELECT surname FROM ej.guardian WHERE school_id = 1})};
my @texts = grep { !/^event-/ } keys %want;
unlike join(' ', $read->{name}, map({ $read->{events}{$_} } @texts)), qr/$names/, 'no name of a person is in it';
unlike $r->content =~ s/\r\n //gr, qr/Секретов/, 'nor the note of an event, which may have one';

my %uid = map { $_ => 1 } keys %{$read->{events}};
$db->do(q{UPDATE ej.event SET during = '[2026-12-12,2026-12-13)' WHERE title = 'Ярмарка'});
is_deeply {map { $_ => 1 } keys %{parsed($phone->get($mine))->{events}}}, \%uid, 'what is moved keeps its UID';

# ----------------------------------------------------------------- withdrawal ---

is $parent->post('/feeds', pupil_id => $child, is_withdrawn => 1)->location, '/feeds?done=withdrawn', 'a guardian withdraws the consent';
is join('', map { answer($_) eq $never ? 1 : 0 } $mine, $own), '11', 'at once both addresses are answered like one that never was';
is $card->($parent), '- 1 - -', 'the page asks again';
my $new = address($parent->post('/feeds', pupil_id => $child, is_agreed => 1));
is $phone->get($new)->status . ' ' . (answer($mine) eq $never), '200 1', 'a new consent gives a new address, and the old one stays dead';
$parent->post("/pupils/$child/consents", purpose => 'calendar');
is answer($new), $never, 'withdrawn on the page of consents, it ends as well';
$new = address($parent->post('/feeds', pupil_id => $child, is_agreed => 1));
$own = address($pupil->post('/feeds', pupil_id => $child));
my $father = $t->value(q{INSERT INTO ej.guardian (school_id, surname, given_name) VALUES (1, 'Абрамов', 'Олег') RETURNING id});
$db->do(q{INSERT INTO ej.guardianship (school_id, guardian_id, pupil_id, kind, during) VALUES (1, ?, ?, 'father', '[2026-09-01,)')}, undef, $father, $child);
is join(' ', map { $phone->get($_)->status } $new, $own), '200 200', 'of two guardians one is enough';
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, 'calendar', 'refused', '2026-11-20')}, undef, $father, $child);
is join(' ', map { $phone->get($_)->status } $new, $own), '200 404', 'where one refuses, the pupil has none, and the other keeps the own';
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, 'processing', 'refused', '2026-11-20')}, undef, $father, $child);
is answer($new), $never, 'a family on paper has no calendar';
is $card->($parent) . ' ' . $parent->post('/feeds', pupil_id => $child, is_agreed => 1)->status, '- 1 1 - 403', 'and is told so';
done_testing;
