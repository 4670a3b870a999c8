#!/usr/bin/perl
# timetable_lessons.t: the lessons of the term ahead follow the timetable, and what was written stays.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $deputy = $t->login('deputy');
sub counts { my $r = $deputy->get('/timetable/lessons'); return join ' ', map { $r->xpath("string(//timetable/\@$_)") } qw(added moved gone stuck) }
sub make { return $deputy->post('/timetable/lessons')->location }
sub lessons {
    return join ' ', @{$db->selectcol_arrayref(q{SELECT to_char(held_on, 'MM-DD') || '.' || slot FROM ej.lesson
        WHERE teaching_id = ? AND held_on > '2026-11-22' AND held_on < '2026-12-14' ORDER BY held_on, slot}, undef, $_[0])};
}
my $past = q{SELECT md5(string_agg(l::text, '' ORDER BY l.id)) FROM ej.lesson AS l WHERE held_on <= '2026-11-20' OR school_id <> 1};
my $before = $t->value($past);
my ($algebra) = $db->selectrow_array(q{SELECT t.id FROM ej.teaching t JOIN ej.subject s ON s.id = t.subject_id JOIN ej.study_group g ON g.id = t.study_group_id
    WHERE t.school_id = 1 AND g.name = '7Б' AND s.name = 'Алгебра'});

# The lessons that have to be there, counted in another way: each row on each of its weekdays in
# the rest of the term, without holidays.
my $wanted = $t->value(q{SELECT count(*) FROM ej.timetable x JOIN generate_series('2026-11-21'::date, '2027-01-31', '1 day') AS d(day)
        ON extract(isodow FROM d.day) = x.weekday
     WHERE x.school_id = 1 AND EXISTS (SELECT FROM ej.teaching t JOIN ej.study_group_class k USING (study_group_id) JOIN ej.class c ON c.id = k.class_id
               JOIN ej.term m ON m.term_plan_id = c.term_plan_id AND m.is_taught AND m.during @> d.day::date AND lower(m.during) <= '2026-12-18'
              WHERE t.id = x.teaching_id)
       AND NOT EXISTS (SELECT FROM ej.holiday h WHERE h.school_id = 1 AND h.during @> d.day::date AND h.kind <> 'extra')});
my $there = q{SELECT count(*) FROM ej.lesson WHERE school_id = 1 AND held_on > '2026-11-20'};
my $lacks = $wanted - $t->value($there);
cmp_ok $lacks, '>', 50, 'lessons lack at the end of the term';
is counts(), "$lacks 0 0 0", 'the page counts them before';
is $t->login('teacher')->get('/timetable/lessons')->status, 404, 'a teacher makes none';
is make(), '/timetable/lessons?done=1', 'they are made';
is $t->value($there), $wanted, 'all of them';
is counts(), '0 0 0 0', 'then nothing is left to do';
is $t->value(q{SELECT count(*) FROM ej.lesson l WHERE school_id = 1 AND held_on > '2026-11-20' AND EXISTS (
    SELECT FROM ej.holiday h WHERE h.school_id = 1 AND h.during @> l.held_on AND h.kind <> 'extra')}), 0, 'there is none in the holidays';

# Rows of the modes looked at by the page, however many days are ahead of however many groups.
my $reader = $t->new_db;
$reader->begin_work;
$reader->do(q{SELECT ej.enter((SELECT s.digest FROM ej.session s JOIN ej.account a ON a.id = s.account_id
    WHERE a.login = 'deputy' ORDER BY s.ends_at DESC LIMIT 1), '127.0.0.1')});
$reader->do('SET LOCAL ROLE ej_web');
my $read = q{SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relid = 'ej.mode'::regclass};
my ($was) = $reader->selectrow_array($read);
is $reader->selectrow_array('SELECT count(*) FROM ej.lessons_days(1) AS d, ej.lessons_wanted(1, d.year, d.from_on, d.till_on)'), $wanted, 'the timetable wants them';
cmp_ok $reader->selectrow_array($read) - $was, '<', 10 * $t->value('SELECT count(*) FROM ej.mode'), 'the bells of all days are found at once';
$reader->rollback;

# ------------------------------------------------ a change of the timetable ---

is lessons($algebra), '11-23.2 11-25.3 11-27.3 11-30.2 12-02.3 12-04.3 12-07.2 12-09.3 12-11.3', 'algebra is on three days';
$db->do(q{UPDATE ej.lesson SET topic = 'Входная работа' WHERE teaching_id = ? AND held_on = '2026-12-07'}, undef, $algebra);
my ($row, $room) = $db->selectrow_array('SELECT id, room_id FROM ej.timetable WHERE teaching_id = ? AND weekday = 1', undef, $algebra);
my %form = (timetable_id => $row, day_on => '2026-11-30', old_at => '1.2', at => '2.5', old_place_id => $room, place_id => $room, old_cycle => 0, cycle => 0);
is $deputy->post('/timetable/edit', %form)->status, 303, 'Monday\'s lesson goes to Tuesday';
my $weeks = $t->value(q{SELECT count(*) FROM ej.lesson WHERE teaching_id = ? AND held_on >= '2026-11-30' AND extract(isodow FROM held_on) = 1}, $algebra);
is counts(), '0 ' . ($weeks - 1) . ' 0 0', 'the lessons of the later weeks are to be moved, but not the one with a topic';
make();
is lessons($algebra), '11-23.2 11-25.3 11-27.3 12-01.5 12-02.3 12-04.3 12-07.2 12-09.3 12-11.3', 'they are, the week before and the written lesson stay';
is counts(), '0 0 0 0', 'the written lesson counts as that of its week';
($row) = $db->selectrow_array('SELECT id FROM ej.timetable WHERE teaching_id = ? AND weekday = 2', undef, $algebra);
my $due = $t->value(q{SELECT id FROM ej.lesson WHERE teaching_id = ? AND held_on = '2026-12-01'}, $algebra);
$db->do(q{UPDATE ej.homework SET due_lesson_id = ?, due_on = '2026-12-01' WHERE id = (SELECT max(id) FROM ej.homework WHERE teaching_id = ? AND NOT is_personal)}, undef, $due, $algebra);
$deputy->post('/timetable/edit', %{+{%form, timetable_id => $row, old_at => '2.5', is_removed => 1}});
is counts(), '0 0 ' . ($weeks - 1) . ' 0', 'what is no more in the timetable is to be removed';
make();
is lessons($algebra), '11-23.2 11-25.3 11-27.3 12-02.3 12-04.3 12-07.2 12-09.3 12-11.3', 'and is';
is $t->value(q{SELECT count(*) FROM ej.homework WHERE teaching_id = ? AND due_on = '2026-12-01' AND due_lesson_id IS NULL}, $algebra), 1, 'homework due then keeps its day';
is $t->value($past), $before, 'the lessons of the past, and of the other school, are the same to the last letter';

# ------------------------------------------- a change in the middle of a term --

my ($russian) = $db->selectrow_array(q{SELECT t.id FROM ej.teaching t JOIN ej.subject s ON s.id = t.subject_id JOIN ej.study_group g ON g.id = t.study_group_id
    WHERE t.school_id = 1 AND g.name = '7Б' AND s.name = 'Русский язык'});
is lessons($russian), '11-23.1 11-24.3 11-25.2 11-27.2 11-30.1 12-01.3 12-02.2 12-04.2 12-07.1 12-08.3 12-09.2 12-11.2', 'Russian is on four days';
sub row { return $db->selectrow_array('SELECT id, weekday || $$.$$ || slot AS at, room_id FROM ej.timetable WHERE teaching_id = ? AND weekday = ? AND upper(during) > ?', undef, $russian, @_) }
sub change {
    my ($weekday, $day, %new) = @_;
    my ($id, $at, $place) = row($weekday, $day);
    %new = (timetable_id => $id, day_on => $day, old_at => $at, at => $at, old_place_id => $place, place_id => $place, old_cycle => 0, cycle => 0, %new);
    return $deputy->post('/timetable/edit', %new)->status;
}
sub on { return $t->value('SELECT id FROM ej.lesson WHERE teaching_id = ? AND held_on = ?', $russian, $_[0]) }
$db->do(q{SELECT set_config('ej.year', '2026', false)});
$db->do(q{INSERT INTO ej.work (school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
    SELECT w.school_id, ?, w.journal_id, w.teaching_id, w.kind_id, w.weight_pct, w.scale_id FROM ej.work w JOIN ej.lesson l ON l.id = w.lesson_id
     WHERE w.teaching_id = ? AND l.held_on >= '2026-11-05' LIMIT 1}, undef, on('2026-12-01'), $russian);
$db->do(q{UPDATE ej.lesson SET homework = 'none' WHERE id = ?}, undef, on('2026-12-08'));
$db->do(q{UPDATE ej.lesson SET staff_id = (SELECT id FROM ej.staff WHERE school_id = 1 AND id <> staff_id AND id <> ALL (
    SELECT o.staff_id FROM ej.lesson o WHERE o.held_on = '2026-12-15') LIMIT 1) WHERE id = ?}, undef, on('2026-12-15'));
is change(2, '2026-11-30', is_removed => 1), 303, 'Tuesday is taken away from the thirtieth';
make();
is lessons($russian), '11-23.1 11-24.3 11-25.2 11-27.2 11-30.1 12-01.3 12-02.2 12-04.2 12-07.1 12-08.3 12-09.2 12-11.2', 'lessons with a work or a note about homework stay, and the week before';
is $t->value(q{SELECT string_agg(to_char(held_on, 'MM-DD'), ' ' ORDER BY held_on) FROM ej.lesson WHERE teaching_id = ? AND extract(isodow FROM held_on) = 2 AND held_on >= '2026-11-30'}, $russian),
    '12-01 12-08 12-15', 'one that has a substitute, too, and no other Tuesday';
is change(3, '2026-11-10', at => '3.5'), 303, 'Wednesday changes from a day that is over';
make();
is $t->value(q{SELECT string_agg(to_char(held_on, 'MM-DD') || '.' || slot, ' ' ORDER BY held_on) FROM ej.lesson WHERE teaching_id = ? AND extract(isodow FROM held_on) = 3 AND held_on BETWEEN '2026-11-11' AND '2026-12-02'}, $russian),
    '11-11.2 11-18.2 11-25.5 12-02.5', 'the lessons that were given are where they were, those to come follow';
is change(5, '2026-11-30', cycle => 1), 303, 'Friday is every other week';
make();
is lessons($russian), '11-23.1 11-24.3 11-25.5 11-27.2 11-30.1 12-01.3 12-02.5 12-07.1 12-08.3 12-09.5 12-11.2', 'then every other Friday has a lesson';
is counts(), '0 0 0 0', 'and nothing is left to do';
is $t->value($past), $before, 'the past is the same to the last letter';

sub saturdays { return $t->value(q{SELECT count(*) FROM ej.lesson l JOIN ej.study_group_class k ON k.study_group_id = l.study_group_id JOIN ej.class c ON c.id = k.class_id
    WHERE c.school_id = 1 AND c.name = ? AND l.held_on > '2026-11-20' AND extract(isodow FROM l.held_on) = 6}, $_[0]) }
cmp_ok saturdays('7Б'), '>', 3, 'a class with a six-day week learns on Saturdays';
$db->do(q{UPDATE ej.class SET week_days = 5 WHERE school_id = 1 AND name = '7Б'});
my $others = saturdays('10А');
make();
is saturdays('7Б'), 0, 'with a five-day week it does no more';
is saturdays('10А'), $others, 'another class does';
$db->do(q{UPDATE ej.class SET week_days = 6 WHERE school_id = 1 AND name = '7Б'});
make();

# ----------------------------------------------------- what stands in the way --

$db->do(q{UPDATE ej.timetable SET slot = 6 WHERE teaching_id = ? AND weekday = 3}, undef, $algebra);
$db->do(q{DELETE FROM ej.bell WHERE slot = 6 AND school_id = 1});
like counts(), qr/ [1-9]\d*$/, 'a lesson without a bell is told';

# ---------------------------------------------------------------- at night ---

my $job = $t->job_db;
is $job->selectrow_array('SELECT ej.lessons_night(extract(hour FROM now() AT TIME ZONE ?)::int)', undef, 'Europe/Moscow'),
    '0 added, 0 moved, 0 deleted, 0 schools failed', 'a school whose day is fixed has no night';
$db->do('UPDATE ej.school SET today_fixed = NULL WHERE id = 1');
my ($zone) = $db->selectrow_array('SELECT tz FROM ej.school WHERE id = 1');
like $job->selectrow_array('SELECT ej.lessons_night(extract(hour FROM now() AT TIME ZONE ?)::int)', undef, $zone), qr/^\d+ added, \d+ moved, \d+ deleted, 0 schools failed$/, 'the job makes the lessons of the others';
ok !eval { local $job->{PrintError} = 0; local $job->{RaiseError} = 1; $job->do('SELECT ej.lessons_make(1)') }, 'and can do nothing else about them';
done_testing;
