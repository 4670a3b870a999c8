#!/usr/bin/perl
# revision.t: an unchanged page costs one query; and a change of any data that a page
# shows is noticed.
use lib 'tests/lib';
use EJ::Test;

my $t       = EJ::Test->new(jobs => 0, today => '2026-11-20');
$t->expect_log(qr/EjournalJobs is missing/); # what jobs write would make a page new between two requests
my $grid    = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my ($journal) = $grid =~ /(\d+)/;
my $teaching = $t->value('SELECT teaching_id FROM ej.journal WHERE id = ?', $journal);
my %client  = map { $_ => $t->login($_) } qw(teacher class-teacher parent pupil deputy archivist);
my ($child) = $client{pupil}->get('/diary')->xpath('string(/page/diary/@pupil_id)');
my $db      = $t->new_db;
# make a row of each table that the test changes
$t->postgres->psql($t->database, '-f', 'tests/lib/rows.sql');
$db->do(q{INSERT INTO ej.duty_limit (school_id, duty_key, value) VALUES (1, 'topic', 3)});
$db->do(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code)
          SELECT l.id, ?, l.school_id, l.teaching_id, 'н' FROM ej.lesson AS l
           WHERE l.teaching_id = ? AND l.held_on BETWEEN '2026-11-06' AND '2026-11-19' ORDER BY l.id LIMIT 1}, undef, $child, $teaching);
$db->do(q{INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value)
          SELECT ?, t.subject_id, j.term_id, t.school_id, t.id, t.term_scale_id, '4'
            FROM ej.journal AS j JOIN ej.teaching AS t ON t.id = j.teaching_id WHERE j.id = ?}, undef, $child, $journal);

sub ask {
    my ($who, $path, $tag) = @_;
    return $client{$who}->get($path, html => 1, $tag ? (header => {'If-None-Match' => $tag}) : ());
}
sub tag_of { return ask(@_)->header('ETag') }
sub frame { return $_[0] =~ /^"([0-9a-f]{16})-/ ? $1 : 'none' }

# Lock the subjects meanwhile, so that a page that runs all its queries would wait.
sub locked {
    my ($sub) = @_;
    $db->begin_work;
    $db->do('LOCK TABLE ej.subject IN ACCESS EXCLUSIVE MODE');
    my $r = $sub->();
    $db->rollback;
    return $r;
}

# ------------------------------------------------------------ as it was ----

my @pages = (['teacher', $grid], ['teacher', '/'], ['class-teacher', '/'], ['parent', '/diary'],
    ['parent', "/pupils/$child/diary?week_on=2026-11-09"], ['pupil', "/pupils/$child/marks"], ['deputy', $grid]);
for my $page (@pages) {
    my ($who, $path) = @$page;
    my $tag = tag_of($who, $path);
    like $tag, qr/^"[0-9a-f]{16}-[0-9a-f]{32}"$/, "$who, $path: the validator has a digest of what was written";
    is locked(sub { ask($who, $path, $tag)->status }), 304, 'an unchanged page gets 304 without its queries';
    is locked(sub { ask($who, $path, $tag =~ s/"$/-gzip"/r)->status }), 304, 'an unchanged compressed page gets 304 without its queries';
}
like tag_of($_, '/'), qr/^"[0-9a-f]{32}"$/, "the start page of $_ has no digest of what was written" for qw(deputy archivist);
is ask('deputy', '/', tag_of('deputy', '/'))->status, 304, 'the start page of a deputy gets 304 when unchanged';

my $tag = tag_of('teacher', $grid);
is ask('teacher', "$grid?format=print", $tag)->status, 200, 'a validator is valid for one format only';
is ask('deputy', $grid, $tag)->status, 200, 'a validator is valid for one person only';
is ask('teacher', $grid, $_)->status, 200, "an invalid validator gets the page: $_"
    for '"1-2-3"', substr($tag, 0, 18), substr($tag, 0, 17) . '"', '"-1-', '"' . 'a' x 5000, $tag =~ s/-[0-9a-f]/-x/r, '""', 'W/';
is ask('teacher', $grid, qq{"other", W/$tag})->status, 304, 'a validator may be in a list and weak';

# ------------------------------------------------------------ is written ----

# A change that is not visible on the page gets 304, too, but only after its queries: the
# validator is a new one.
sub notices {
    my ($what, $who, $path, $sub) = @_;
    my $before = tag_of($who, $path);
    $sub->();
    my $after = ask($who, $path, $before);
    isnt frame($after->header('ETag') // ''), frame($before), "$path notices $what";
    return $after;
}
$db->do(q{INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week)
          SELECT t.school_id, t.study_group_id, t.subject_id, 3 FROM ej.teaching AS t WHERE t.id = ?}, undef, $teaching);
$db->do(q{INSERT INTO ej.teaching_former (school_id, teaching_id, staff_id, during)
          SELECT t.school_id, t.id, t.staff_id, '(,2026-09-10)' FROM ej.teaching AS t WHERE t.id = ?}, undef, $teaching);
$db->do(q{WITH p AS (INSERT INTO ej.promotion (school_id, year, order_no, order_on) VALUES (1, 2026, '1-п', '2026-05-30') RETURNING id)
          INSERT INTO ej.promotion_choice (school_id, pupil_id, year, outcome, letter)
          SELECT 1, (SELECT min(x.id) FROM ej.pupil AS x WHERE x.school_id = 1), 2026, 'promoted', 'А' FROM p});
$db->do(q{WITH s AS (INSERT INTO ej.split (school_id, class_id, subject_id, staff_id, parts, from_on)
                     SELECT c.school_id, c.id, (SELECT min(x.id) FROM ej.subject AS x WHERE x.school_id = 1),
                            (SELECT min(f.id) FROM ej.staff AS f WHERE f.school_id = 1), 2, '2026-09-01'
                       FROM ej.class AS c WHERE c.school_id = 1 ORDER BY c.id LIMIT 1 RETURNING id, class_id)
          INSERT INTO ej.split_pupil (school_id, split_id, class_id, pupil_id, part)
          SELECT 1, s.id, s.class_id, (SELECT min(n.pupil_id) FROM ej.enrolment AS n WHERE n.class_id = s.class_id), 1 FROM s});
$db->do(q{INSERT INTO ej.absence_reason (school_id, pupil_id, code, during) VALUES (1, ?, 'б', '[2026-12-01,2026-12-03)')}, undef, $child);
$db->do(q{INSERT INTO ej.attendance_check (school_id, class_id, week_on, staff_id)
          SELECT 1, c.id, '2026-11-09', c.class_teacher_id FROM ej.class AS c WHERE c.school_id = 1 ORDER BY c.id LIMIT 1});
$db->do(q{INSERT INTO ej.paper (school_id, pupil_id, week_on, document_sha256, staff_id)
          SELECT 1, ?, '2026-11-09', sha256('week'), (SELECT min(f.id) FROM ej.staff AS f WHERE f.school_id = 1)}, undef, $child);
$db->do(q{INSERT INTO ej.informing (school_id, pupil_id, way, informed_on, staff_id)
          SELECT 1, ?, 'call', '2026-11-18', (SELECT min(f.id) FROM ej.staff AS f WHERE f.school_id = 1)}, undef, $child);
$db->do(q{INSERT INTO ej.outside_mark (school_id, pupil_id, subject_id, given_on, number, document)
          SELECT 1, (SELECT min(x.id) FROM ej.pupil AS x WHERE x.school_id = 1), t.subject_id, '2026-11-05', 4, 'справка' FROM ej.teaching AS t WHERE t.id = ?},
    undef, $teaching);
$db->do(q{INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value)
          SELECT ?, t.subject_id, e.id, 1, t.id, t.term_scale_id, '2' FROM ej.teaching AS t
            JOIN ej.study_group_class AS g ON g.study_group_id = t.study_group_id JOIN ej.class AS c ON c.id = g.class_id
            JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id AND e.kind = 'year' WHERE t.id = ?
              ON CONFLICT (pupil_id, subject_id, term_id) DO UPDATE SET value = '2'}, undef, $child, $teaching);
$db->do(q{INSERT INTO ej.retake (school_id, pupil_id, subject_id, term_id, scale_id, attempt, held_on)
          SELECT 1, m.pupil_id, m.subject_id, m.term_id, m.scale_id, 1, m.given_on + 10 FROM ej.term_mark AS m
            JOIN ej.term AS e ON e.id = m.term_id AND e.kind = 'year' WHERE m.pupil_id = ? AND m.teaching_id = ?},
    undef, $child, $teaching);
$db->do(q{WITH i AS (INSERT INTO ej.incident (school_id, person_id, person_name, reporter, learned_at)
                     SELECT 1, f.person_id, 'Иванова А. П.', 'Иванова А. П.', now() FROM ej.staff AS f WHERE f.school_id = 1 ORDER BY f.id LIMIT 1 RETURNING id)
          INSERT INTO ej.voiding (school_id, incident_id, basis, staff_id) SELECT 1, i.id, 'law', (SELECT min(f.id) FROM ej.staff AS f WHERE f.school_id = 1) FROM i});
$db->do(q{INSERT INTO ej.control_work (school_id, teaching_id, form_id, held_on)
          SELECT 1, ?, (SELECT min(k.id) FROM ej.work_kind AS k WHERE k.school_id = 1), '2026-12-24'}, undef, $teaching);
my %one = (
    control_work => "SELECT ctid, tableoid FROM ej.control_work WHERE teaching_id = $teaching LIMIT 1",
    (map { $_ => "SELECT ctid, tableoid FROM ej.$_ WHERE teaching_id = $teaching AND lesson_id IN (
        SELECT id FROM ej.lesson WHERE held_on > '2026-11-05') LIMIT 1" } qw(work)),
    lesson => "SELECT ctid, tableoid FROM ej.lesson WHERE teaching_id = $teaching AND held_on > '2026-11-05' LIMIT 1",
    journal => "SELECT ctid, tableoid FROM ej.journal WHERE id = $journal",
    mark => "SELECT m.ctid, m.tableoid FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id
              WHERE w.journal_id = $journal AND m.pupil_id = $child LIMIT 1",
    attendance => "SELECT a.ctid, a.tableoid FROM ej.attendance AS a JOIN ej.lesson AS l ON l.id = a.lesson_id
              WHERE l.teaching_id = $teaching AND l.held_on > '2026-11-05' LIMIT 1",
    homework => "SELECT h.ctid, h.tableoid FROM ej.homework AS h JOIN ej.lesson AS l ON l.id = h.lesson_id
              WHERE l.teaching_id = $teaching AND l.held_on > '2026-11-05' LIMIT 1",
    homework_for => "SELECT ctid, tableoid FROM ej.homework_for WHERE teaching_id = $teaching LIMIT 1",
    submission => "SELECT ctid, tableoid FROM ej.submission WHERE teaching_id = $teaching LIMIT 1",
    term_mark => "SELECT m.ctid, m.tableoid FROM ej.term_mark AS m WHERE m.pupil_id = $child
              AND m.teaching_id = $teaching AND m.term_id = (SELECT term_id FROM ej.journal WHERE id = $journal)",
    school => 'SELECT ctid, tableoid FROM ej.school ORDER BY id LIMIT 1',
    extract => 'SELECT ctid, tableoid FROM ej.extract WHERE school_id = 1 AND void_at IS NULL LIMIT 1',
);
my @tables = @{$t->db->selectcol_arrayref(q{
    SELECT w.name FROM ej.watched_tables() AS w WHERE w.head IS NOT NULL ORDER BY 1})};
cmp_ok scalar @tables, '>', 25, 'more than 25 tables are watched';
for my $table (@tables) {
    my $column = $table eq 'school' ? 'name' : 'school_id';
    # a numbered copy only becomes void
    my $set = $table eq 'extract' ? "void_at = now(), void_on = made_on, void_reason = 'ошибка', void_staff_id = x.staff_id"
            : "$column = x.$column";
    my $which  = $one{$table} || "SELECT ctid, tableoid FROM ej.$table WHERE school_id = (SELECT min(id) FROM ej.school) LIMIT 1";
    my $sub = sub {
        my $n = $db->do("UPDATE ej.$table AS x SET $set FROM ($which) AS y
                          WHERE x.ctid = y.ctid AND x.tableoid = y.tableoid");
        cmp_ok $n, '==', 1, "a row of $table was written";
    };
    notices($table, 'teacher', $grid, $sub);
    notices($table, 'pupil', '/diary', $sub);
}

# Everything that these pages read is watched, including functions and views.
sub reads {
    my ($text, $seen) = @_;
    for my $name ($text =~ /\bej\.(\w+)/g) {
        next if $seen->{$name}++;
        my ($body) = $t->db->selectrow_array(q{
            SELECT string_agg(p.prosrc, ' ') FROM pg_proc AS p
             WHERE p.proname = $1 AND p.pronamespace = 'ej'::regnamespace}, {pg_placeholder_dollaronly => 1}, $name);
        my ($view) = $t->db->selectrow_array(q{
            SELECT pg_get_viewdef(oid) FROM pg_class
             WHERE relname = $1 AND relkind = 'v' AND relnamespace = 'ej'::regnamespace}, {pg_placeholder_dollaronly => 1}, $name);
        reads($body, $seen) if defined $body;
        reads($view, $seen) if defined $view;
    }
    return $seen;
}
my %handler = (journal => 'ej_journal_show', diary => 'week|ej_diary_marks', today => 'ej_today_show|tell_of_today');
my (%read, @asked);
for my $feature (sort keys %handler) {
    open my $in, '<', "mod_ejournal/features/$feature.c" or die $!;
    my $c = do { local $/; <$in> };
    my $asked = join ' ', $c =~ /\b(?:$handler{$feature})\(ej_ctx_t[^\n]*\)\n\{\n(.*?)^\}/msg;
    open my $sql, '<:encoding(UTF-8)', "sql/queries/$feature.sql" or die $!;
    my %query = map { /^-- name: (\w+)/ ? ($1 => $_) : () } split /^(?=-- name: )/m, do { local $/; <$sql> };
    for my $name (grep { $query{$_} } $asked =~ /"(\w+)"/g) {
        next if $name =~ /^today_(?:summary|readiness|incidents|jobs|archive)$/; # of the head's and the archivist's page, which have no revision
        push @asked, $name;
        reads($query{$name}, \%read);
    }
}
cmp_ok scalar @asked, '>', 18, 'the pages have more than 18 queries';
my %watched = map { $_ => 1 } @tables;
# session and scope say who asks: that is in the frame; history is written in the
# transaction of what it tells; of visits those of earlier days count, and the day
# is in the frame; the days before a second factor is wanted are in the revision of
# «Сегодня» itself (factor_compulsory.t); notices are counted for deputies, whose page has no
# revision; the last receipt is in that of the diary and of «Сегодня» (receipts.t), and so is
# what is to be told in person (informing_told.t); the number of unread notices and messages is in the
# frame (notices.t); roles in a region are rights, which a revision counts itself; letters are shown to administrators, whose page has none; rows of a plan
# that is offered or approved stay as they are (plan_is_fixed);
# the rest is read for no page
my %not_shown = map { $_ => 1 } qw(region region_role indicator indicator_view indicator_sum indicator_count plan_row notice notice_for support conversation participant message outbound outbound_notice receipt factor factor_demand recovery session scope account person revision history visit secret);
my @missed = grep { !$watched{$_} && !$not_shown{$_} } @{$t->db->selectcol_arrayref(
    q{SELECT relname FROM pg_class WHERE relnamespace = 'ej'::regnamespace AND relkind IN ('r', 'p')
         AND relname = ANY (?) ORDER BY 1}, undef, [keys %read])};
is "@missed", '', 'every table that these pages read is watched';

# ----------------------------------------------------- beside each other ----

# A change made before the page was read and committed after it.
my ($work, $value) = $t->db->selectrow_array(qq{
    SELECT m.work_id, m.value FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id
      JOIN ej.lesson AS l ON l.id = w.lesson_id AND l.held_on >= '2026-11-16'
     WHERE w.journal_id = $journal AND m.pupil_id = $child AND m.value IN ('3', '4') LIMIT 1});
for my $page (['teacher', $grid], ['parent', '/diary'], ['pupil', "/pupils/$child/marks"]) {
    $db->begin_work;
    $db->do('UPDATE ej.mark SET value = ? WHERE work_id = ? AND pupil_id = ? AND attempt = 1', undef, $value eq '3' ? 4 : 3, $work, $child);
    my $other = $t->new_db; # a later transaction that ends first
    $other->do('UPDATE ej.room SET name = name');
    my $before = tag_of(@$page);
    is ask(@$page, $before)->status, 304, "$page->[1]: a change that is not committed is not noticed";
    $db->commit;
    $value = $value eq '3' ? 4 : 3;
    my $r = ask(@$page, $before);
    is $r->status, 200, 'the change is noticed after its commit';
    isnt frame($r->header('ETag')), frame($before), 'the validator is new after the commit';
}

# A long import elsewhere does not make every page look new.
my $import = $t->new_db;
$import->begin_work;
$import->do('UPDATE ej.room SET name = name');
$db->do('UPDATE ej.mark SET value = value WHERE work_id = ? AND pupil_id = ?', undef, $work, $child);
my $beside = tag_of('teacher', $grid);
is locked(sub { ask('teacher', $grid, $beside)->status }), 304, 'during another transaction an unchanged page gets 304 without its queries';
$import->commit;
isnt frame(ask('teacher', $grid, $beside)->header('ETag')), frame($beside), 'the changes of the other transaction are noticed when it ends';

# A change that does not concern this pupil: the queries are run once only.
my $mine = tag_of('parent', '/diary');
$db->do('UPDATE ej.mark AS m SET value = value FROM (SELECT work_id, pupil_id FROM ej.mark WHERE teaching_id = ? AND pupil_id <> ?
           AND work_id IN (SELECT id FROM ej.work WHERE journal_id = ?) LIMIT 1) AS o
          WHERE m.work_id = o.work_id AND m.pupil_id = o.pupil_id', undef, $teaching, $child, $journal);
my $r = ask('parent', '/diary', $mine);
is $r->status, 304, 'a mark of another pupil does not change the diary';
is locked(sub { ask('parent', '/diary', $r->header('ETag'))->status }), 304, 'after that the new validator gets 304 without queries';

# The validator does not reveal what others write: it has no growing number,
# and without the key nobody can make it.
my $still = tag_of('teacher', $grid);
$db->do('UPDATE ej.subject SET name = name WHERE school_id = 2') for 1 .. 3;
is tag_of('teacher', $grid), $still, 'changes in another school change no validator';
$db->do(q{UPDATE ej.secret SET value = sha256('another key') WHERE name = 'revision'});
isnt frame(tag_of('teacher', $grid)), frame($still), 'another key gives another digest of the same revisions';
is ask('teacher', $grid, $still)->status, 304, 'the page with another digest gets 304 by its content';

# Old revisions are deleted once a day, but changes made meanwhile are noticed.
my $forget = sub { $db->do(q{UPDATE ej.revision SET made_at = made_at - interval '2 days'}); $db->do('SELECT ej.revision_sweep()') };
$forget->();
$mine = tag_of('pupil', '/diary');
$db->do('UPDATE ej.mark SET value = ? WHERE work_id = ? AND pupil_id = ? AND attempt = 1', undef, $value eq '3' ? 4 : 3, $work, $child);
$forget->();
is $t->value('SELECT count(*) FROM ej.revision'), 1, 'old revisions are deleted';
is ask('pupil', '/diary', $mine)->status, 200, 'a mark written meanwhile is noticed';
$mine = tag_of('pupil', '/diary');
$db->do('SELECT ej.revision_sweep()');
is tag_of('pupil', '/diary'), $mine, 'revisions of the day are not deleted';

# ------------------------------------------------------- rights and days ----

$mine = tag_of('parent', "/pupils/$child/marks");
$db->do(q{UPDATE ej.guardianship SET during = '[2026-09-01,2026-09-02)' WHERE pupil_id = ?}, undef, $child);
is ask('parent', "/pupils/$child/marks", $mine)->status, 404, 'a person without access any more does not get 304';
$mine = tag_of('pupil', '/diary');
$db->do(q{UPDATE ej.school SET today_fixed = '2026-11-23'});
is ask('pupil', '/diary', $mine)->status, 200, 'another day is another page';
$mine = tag_of('pupil', '/diary');
$db->do(q{UPDATE ej.account SET epoch = epoch + 1 WHERE login = 'pupil'});
isnt ask('pupil', '/diary', $mine)->status, 304, 'an ended session gets nothing';

$t->done_testing;
