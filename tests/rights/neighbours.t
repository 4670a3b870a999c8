#!/usr/bin/perl
# neighbours.t: what one school asks and writes costs the same with two schools
# in the database as with nine.
#
# Writes that wake every rule, and every named query, run in the first school,
# again after seven copies of it have come, and in the last of these, whose rows
# stand behind all others. What is compared is how many rows of each table were
# looked at, by whatever runs within: triggers, functions, keys, policies. The
# planner takes an index where there is one, and the tables for large, so that
# the few rows of the test are found as years of them would be.
use strict;
use warnings;
use lib 'tests/lib';
use List::Util qw(max sum0);
use EJ::Queries;
use EJ::Test;

my $t  = EJ::Test->new(start => 0);
my $db;
$t->postgres->psql($t->database, '-f', 'tests/lib/school.sql');

# Rows looked at, by table.
sub looked_at {
    return {map { $_->[0] => $_->[1] } @{$db->selectall_arrayref(q{
        SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
          FROM pg_stat_xact_user_tables WHERE schemaname = 'ej'})}};
}

# What a statement costs that person, whose lists of rights are kept (ej.scope), as for each
# page; undone afterwards. Else every list that a policy asks for would read the session again.
sub cost {
    my ($person, $role, $sql) = @_;
    $db->do('DISCARD PLANS');
    $db->do("SELECT ej.authenticate(sha256(convert_to(?, 'UTF8')), '127.0.0.1')", undef, $person);
    $db->do('BEGIN');
    $db->do("SELECT ej.enter(sha256(convert_to(?, 'UTF8')), '127.0.0.1')", undef, $person);
    $db->do("SET LOCAL $_ = off") for qw(enable_seqscan enable_hashjoin enable_mergejoin enable_indexonlyscan jit);
    $db->do("SET LOCAL ROLE $role");
    my $before = looked_at(); # of earlier statements, too
    my $fault = eval { $db->do($sql); 1 } ? '' : $db->state . ' ' . $@;
    my $rows = $fault ? {} : looked_at();
    $rows->{$_} -= $before->{$_} for keys %$rows;
    $db->do('ROLLBACK');
    return ($fault, $rows);
}

my %id = %{$t->db->selectrow_hashref(<<'SQL')};
SELECT school() AS school, staff('teacher') AS staff, staff('substitute') AS substitute, staff('meals') AS meals, class('7Б') AS class,
       study_group('7Б') AS study_group, study_group('10А') AS other_group, pupil('7Б', 1) AS pupil, pupil('10А', 1) AS other,
       subject('Алгебра') AS subject, teaching('7Б', 'Алгебра') AS teaching, term('7Б', 'II четверть') AS term,
       journal('7Б', 'Алгебра', 'II четверть') AS journal, journal('7Б', 'Алгебра', 'I четверть') AS closed,
       lesson('7Б', 'Алгебра', '2026-11-19') AS lesson, lesson('7Б', 'Алгебра', '2026-11-29') AS coming,
       work('7Б', 'Алгебра', 'II четверть') AS work, new_work(lesson('7Б', 'Алгебра', '2026-11-19')) AS bare,
       (SELECT id FROM ej.work_kind WHERE school_id = school() AND code = 'answer') AS kind,
       (SELECT id FROM ej.homework WHERE teaching_id = teaching('7Б', 'Алгебра') AND is_personal) AS homework,
       (SELECT id FROM ej.guardian WHERE school_id = school() LIMIT 1) AS guardian,
       (SELECT id FROM ej.room WHERE school_id = school() AND name = '31') AS room,
       (SELECT term_plan_id FROM ej.class WHERE id = class('7Б')) AS term_plan,
       (SELECT id FROM ej.scale WHERE school_id = school() AND code = 'five') AS scale, 900001 AS spare
SQL
# Whatever may go has a row that nothing refers to.
$t->db->do("INSERT INTO ej.$_->[0] " . $_->[1] =~ s/VALUES/OVERRIDING SYSTEM VALUE VALUES/r) for
    [subject => "VALUES (900001, $id{school}, 'Латынь', 'Лат.')"], [room => "VALUES (900001, $id{school}, '99')"],
    [work_kind => "(id, school_id, code, name, short_name) VALUES (900001, $id{school}, 'new', 'Новое', 'Н')"],
    [term_plan => "VALUES (900001, $id{school}, 2026, 'План')"], [bell_plan => "VALUES (900001, $id{school}, 'Звонки')"],
    [term => "(id, school_id, term_plan_id, kind, ordinal, name, during) VALUES (900001, $id{school}, 900001, 'quarter', 1, 'I', '[2026-09-01,2026-10-01)')"],
    [study_group => "VALUES (900001, $id{school}, 2026, 'elective', 'Кружок')"],
    [study_group_class => "VALUES (900001, $id{class}, $id{school})"],
    [class => "(id, school_id, year, grade, letter, term_plan_id) VALUES (900001, $id{school}, 2026, 11, 'Я', $id{term_plan})"],
    [holiday => "(id, school_id, year, name, during) VALUES (900001, $id{school}, 2026, 'День школы', '[2027-05-05,2027-05-06)')"];
$t->db->do("INSERT INTO ej.teaching OVERRIDING SYSTEM VALUE VALUES (900001, $id{school}, 2026, 900001, $id{subject}, $id{staff}, 1, $id{scale}, $id{scale})");
$t->db->do("INSERT INTO ej.attendance_code VALUES ($id{school}, 'х', 'хворь', 'x', true, 'н')");

# ----------------------------------------------------------------- writes ---

sub writes {
    my %id = @_;
    my $lesson = "ej.lesson WHERE id = $id{lesson}";
    return (
    "INSERT INTO ej.mark (work_id, pupil_id, school_id, teaching_id, scale_id, value)
     SELECT id, $id{pupil}, school_id, teaching_id, scale_id, '5' FROM ej.work WHERE id = $id{bare}",
    "UPDATE ej.mark SET value = NULL WHERE work_id = $id{work}",
    "INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
     SELECT ej.new_id(2026), school_id, lesson_id, journal_id, teaching_id, kind_id, 100, scale_id FROM ej.work WHERE id = $id{work}",
    "UPDATE ej.work SET title = 'Итог' WHERE id = $id{work}",
    "DELETE FROM ej.work WHERE id = $id{bare}",
    "INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code)
     SELECT l.id, b.pupil_id, l.school_id, l.teaching_id, 'н' FROM ej.lesson AS l JOIN ej.membership AS b USING (study_group_id)
      WHERE l.id = $id{lesson} AND b.during \@> l.held_on ON CONFLICT (lesson_id, pupil_id) DO UPDATE SET code = 'у'",
    "DELETE FROM ej.attendance WHERE teaching_id = $id{teaching} AND lesson_id >= $id{lesson}",
    "INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id, due_on, text)
     SELECT ej.new_id(2026), school_id, id, teaching_id, study_group_id, held_on + 3, 'Упр. 5' FROM $lesson",
    "UPDATE ej.homework SET text = 'Упр. 6' WHERE id = $id{homework}",
    "INSERT INTO ej.homework_for (homework_id, pupil_id, school_id, teaching_id)
     SELECT h.id, b.pupil_id, h.school_id, h.teaching_id FROM ej.homework AS h JOIN ej.lesson AS l ON l.id = h.lesson_id
       JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during \@> l.held_on
      WHERE h.id = $id{homework} ON CONFLICT DO NOTHING",
    "DELETE FROM ej.homework_for WHERE homework_id = $id{homework}",
    "INSERT INTO ej.term_mark AS m (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value)
     SELECT b.pupil_id, t.subject_id, $id{term}, t.school_id, t.id, t.term_scale_id, '4' FROM ej.teaching AS t
       JOIN ej.membership AS b USING (study_group_id) WHERE t.id = $id{teaching} AND b.during \@> date '2026-11-20'
     ON CONFLICT (pupil_id, subject_id, term_id) DO UPDATE SET value = NULL",
    "INSERT INTO ej.lesson (id, school_id, teaching_id, study_group_id, held_on, slot, during, room_id, planned_staff_id, staff_id)
     SELECT ej.new_id(2026), school_id, teaching_id, study_group_id, '2026-12-06', 1, '[2026-12-06 9:00,2026-12-06 9:40)',
            room_id, planned_staff_id, $id{substitute} FROM $lesson",
    "UPDATE ej.lesson SET topic = 'Итог' WHERE id = $id{lesson}",
    "UPDATE ej.lesson SET held_on = '2026-12-06', during = '[2026-12-06 9:00,2026-12-06 9:40)', staff_id = $id{substitute} WHERE id = $id{coming}",
    "UPDATE ej.lesson SET state = 'cancelled' WHERE id = $id{coming}",
    "DELETE FROM ej.lesson WHERE id = $id{coming}",
    "UPDATE ej.journal SET closed_at = NULL, closed_by = NULL, order_no = '7', reason = 'ошибка' WHERE id = $id{closed}",
    "UPDATE ej.journal SET closed_at = now(), order_no = '7', reason = 'итоги' WHERE id = $id{journal}",
    "INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during) VALUES ($id{school}, $id{spare}, $id{pupil}, '[2026-09-01,)')",
    "UPDATE ej.membership SET during = '[2026-09-01,2027-04-05)' WHERE pupil_id = $id{pupil}
        AND study_group_id = (SELECT g.id FROM ej.study_group AS g WHERE g.school_id = $id{school} AND g.kind = 'class' AND g.name = '7Б')",
    "UPDATE ej.enrolment SET during = '[2026-09-01,2027-03-01)' WHERE pupil_id = $id{pupil}",
    "UPDATE ej.term SET during = '[2026-11-02,2026-12-29)' WHERE id = $id{term}",
    "UPDATE ej.school_year SET during = '[2026-09-01,2027-08-31)' WHERE school_id = $id{school}",
    "UPDATE ej.school SET unmarked_grades = '{1,2,11}' WHERE id = $id{school}",
    "UPDATE ej.class SET grade = 1, letter = 'Ю' WHERE id = $id{spare}",
    "UPDATE ej.class SET class_teacher_id = $id{substitute} WHERE id = $id{class}",
    "UPDATE ej.room SET is_shared = true WHERE id = $id{room}",
    "UPDATE ej.teaching SET staff_id = $id{substitute} WHERE id = $id{teaching}",
    "UPDATE ej.teaching SET study_group_id = $id{other_group}, subject_id = $id{spare} WHERE id = $id{spare}",
    "INSERT INTO ej.timetable (school_id, teaching_id, weekday, slot, during) VALUES ($id{school}, $id{teaching}, 6, 8, '[2026-09-01,)')",
    "INSERT INTO ej.staff (school_id, surname, given_name) VALUES ($id{school}, 'Новых', 'Анна')",
    "UPDATE ej.staff SET during = '[2020-01-01,2027-01-01)' WHERE id = $id{substitute}",
    "INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during) VALUES ($id{staff}, $id{school}, 'meals', '1', '2026-09-01', '[2026-09-01,)')",
    "DELETE FROM ej.staff_role WHERE staff_id = $id{meals}",
    "INSERT INTO ej.guardianship (guardian_id, pupil_id, school_id) VALUES ($id{guardian}, $id{other}, $id{school}) ON CONFLICT DO NOTHING",
    "WITH gone AS (DELETE FROM ej.consent WHERE guardian_id = $id{guardian}) DELETE FROM ej.guardianship WHERE guardian_id = $id{guardian}",
    "INSERT INTO ej.pupil (school_id, surname, given_name) VALUES ($id{school}, 'Новых', 'Анна')",
    "UPDATE ej.attendance_code SET name = 'иное' WHERE school_id = $id{school} AND code = 'х'",
    "DELETE FROM ej.attendance_code WHERE school_id = $id{school} AND code = 'х'",
    "DELETE FROM ej.teaching WHERE id = $id{spare}",
    "DELETE FROM ej.term WHERE id = $id{spare}",
    map {"DELETE FROM ej.$_ WHERE id = $id{spare}"} qw(subject room work_kind bell_plan class holiday),
);
}

# ------------------------------------------------------------- both, thrice ---

my @queries = map { EJ::Queries::of_file($_) } EJ::Queries::files();
my @people  = qw(teacher deputy parent);

# What each thing asked or written costs, by name; and which writes failed.
sub costs {
    my ($suffix, %id) = @_;
    EJ::Queries::seem_large($t->db);
    EJ::Queries::log_in($t->db, map {"$_$suffix"} @people);
    $db = $t->new_db;
    my (%cost, @failed);
    for my $sql (writes(%id)) {
        my $name = sprintf '%02d %.80s …', 1 + keys %cost, $sql =~ s/\s+/ /gr =~ s/\b\d+\b/N/gr;
        (my $fault, $cost{$name}) = cost("teacher$suffix", 'ej_owner', $sql);
        push @failed, "$name $fault" if $fault;
    }
    for my $person (@people) {
        (my $fault, $cost{"the lists of the $person"}) = cost("$person$suffix", 'ej_owner',
            qq{DELETE FROM ej.scope; SELECT ej.authenticate(sha256(convert_to('$person$suffix', 'UTF8')), '127.0.0.1')});
        push @failed, "the lists of the $person $fault" if $fault;
    }
    # a query that a rule or a right refuses is undone, and counts nothing
    %id = EJ::Queries::with_scopes($db, "deputy$suffix", %id);
    for my $q (@queries) {
        (undef, $cost{"$q->{name} of the $_"}) = cost("$_$suffix", 'ej_web', EJ::Queries::filled($q, $db, %id)) for @people;
    }
    return (\%cost, @failed);
}

my ($alone, @failed) = costs('', %id);
is_deeply \@failed, [], 'every write is one that the rules let pass';
my $schools = 9;
$t->postgres->seed($t->database, 'many', schools => $schools, unanalysed => 1);
is $t->value('SELECT count(*) FROM ej.school'), $schools, 'seven schools come';
(my $first, @failed) = costs('', %id);
is_deeply \@failed, [], 'the writes still are';
(my $last, @failed) = costs("-$schools", map { $_ => $id{$_} + ($_ eq 'school' ? 1 : 10_000_000) * ($schools - 1) } keys %id);
is_deeply \@failed, [], 'and so are those of the last school';

# Another plan may look at some rows more, and at the school's own several times;
# all nine schools' are nine times as many.
my %own = map { $_ => $t->value("SELECT count(*) FROM ej.$_ WHERE school_id = 1") } @{$t->db->selectcol_arrayref(q{
    SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'school_id'
     WHERE c.relnamespace = 'ej'::regnamespace AND c.relkind = 'r'})};
my $counted = 0;
for my $name (sort keys %$alone) {
    my ($then, @now) = map { $_->{$name} } $alone, $first, $last;
    $counted++ if sum0 map { values %$_ } @now;
    my @grown = map {
        my $rel = $_;
        my ($was, @is) = map { $_->{$rel} // 0 } $then, @now;
        max(@is) > max(10 + 2 * $was, 7 * ($own{$rel} // 0)) ? "$rel: $was, then @is" : ();
    } sort keys %{{map { %$_ } @now}};
    is_deeply \@grown, [], "$name: the own school's rows alone";
}
cmp_ok $counted, '>', 200, 'most of what was asked looks at some rows';
done_testing;
