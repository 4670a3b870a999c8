#!/usr/bin/perl
# archive_school.t: ejournal-restore --school brings one school back from a backup, under the same numbers (ARC-01,
# FED-26): its tables are those of the backup row by row, the other school has not changed, nothing refers to what is
# no more, history and seals hold, its people's sessions end; a damaged backup or a name not in it changes nothing.
use lib 'tests/lib';
use EJ::Test;
use EJ::Backup ();

my $t  = EJ::Test->new(today => '2026-11-20', jobs => 0);
my $db = $t->db;
$t->allow_log(qr/EjournalJobs is missing/);
my $b  = EJ::Backup->new($t);
plan(skip_all => $b->{missing}) if $b->{missing};
$t->postgres->psql($t->database, '-f', 'tests/lib/rows.sql');
$db->do('DELETE FROM ej.backup');
$db->do(q{SET session_replication_role = replica; UPDATE ej.history SET made_at = made_at - interval '3 days'; SET session_replication_role = DEFAULT; SELECT ej.seal_days(1000)});
my ($name) = $db->selectrow_array('SELECT name FROM ej.school WHERE id = 1');

# Table => digest of the school's lines.
my %query = map { @$_ } @{$db->selectall_arrayref('SELECT table_name, query FROM ej.takeout_tables()')};
sub state_of {
    my ($school) = @_;
    return {map { my $q = $query{$_} =~ s/\$1/$school/gr; ($_ => $db->selectrow_array("SELECT md5(string_agg(l.line, chr(10))) FROM ($q) AS l(file, line)") // '') } keys %query};
}
sub differ { my ($one, $two) = @_; return join ' ', grep { $one->{$_} ne $two->{$_} } sort keys %query }
# The keys of rows that refer to nothing, looked for in another way than return.sql does.
sub hanging {
    my $keys = $db->selectall_arrayref(q{SELECT conrelid::regclass::text, confrelid::regclass::text, (SELECT array_to_string(array_agg(a.attname ORDER BY u.n), ',') FROM unnest(conkey) WITH ORDINALITY u(k, n) JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = u.k),
        (SELECT array_to_string(array_agg(a.attname ORDER BY u.n), ',') FROM unnest(confkey) WITH ORDINALITY u(k, n) JOIN pg_attribute a ON a.attrelid = confrelid AND a.attnum = u.k), conname FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND connamespace = 'ej'::regnamespace});
    return join ' ', map {
        my ($here, $there, $from, $to, $key) = @$_;
        my $given = join ' AND ', map {"$_ IS NOT NULL"} split /,/, $from;
        $db->selectrow_array("SELECT count(*) FROM (SELECT $from FROM $here WHERE $given EXCEPT SELECT $to FROM $there) AS x") ? $key : ();
    } @$keys;
}
is hanging(), '', 'no row refers to nothing before';

my $then = state_of(1);
my ($status, $said) = $b->backup;
is $status, 0, 'a backup is made' or diag $said;
my ($folder) = $db->selectrow_array('SELECT copy1 FROM ej.backup ORDER BY id DESC LIMIT 1') =~ /^[^:]*:(.*)/;

# --------------------------------------------------- what happens since, to both schools --

my %c = map { $_ => $t->login($_) } qw(deputy teacher director teacher-17);
my $pupil = $t->value('SELECT min(id) FROM ej.pupil WHERE school_id = 1');
is $c{deputy}->get("/pupils/$pupil")->status, 200, 'a card is opened, which the log of access keeps';
my $views = $t->value('SELECT count(*) FROM ej.card_view WHERE school_id = 1');
$db->do($_) for split /;\n/, <<'END';
SET session_replication_role = replica;
SELECT set_config('ej.year', '2026', false);
DELETE FROM ej.mark WHERE school_id = 1 AND (work_id, pupil_id) IN (SELECT work_id, pupil_id FROM ej.mark WHERE school_id = 1 ORDER BY 1, 2 LIMIT 40);
UPDATE ej.pupil SET surname = 'Иной' WHERE school_id = 1;
DELETE FROM ej.homework WHERE school_id = 1;
UPDATE ej.school SET city = 'Иной', region_id = NULL WHERE id = 1;
INSERT INTO ej.person (id) VALUES (900001);
INSERT INTO ej.pupil (id, school_id, person_id, surname, given_name) VALUES (900001, 1, 900001, 'Новиков', 'Новик');
INSERT INTO ej.card_view (school_id, pupil_id, person_id) SELECT 1, 900001, person_id FROM ej.staff WHERE school_id = 1 LIMIT 1;
UPDATE ej.pupil SET surname = 'Другой' WHERE school_id = 2 AND id IN (SELECT min(id) FROM ej.pupil WHERE school_id = 2);
INSERT INTO ej.history (school_id, table_name, row_key, new) VALUES (1, 'pupil', '{900001}', '{"surname": "Новиков"}');
UPDATE ej.account SET login = 'headmaster' WHERE login = 'director';
SET session_replication_role = DEFAULT
END
my $neighbour = state_of(2);
my $now = state_of(1);
isnt differ($then, $now), '', 'the school is not what it was';
my $faults = sub { join ' ', @{$db->selectcol_arrayref('SELECT f FROM ej.seal_faults() AS f')} };
my $before = $faults->();
my $history = $t->value('SELECT max(id) FROM ej.history');
my $count   = $t->value('SELECT count(*) FROM ej.history');
sub restore { return $b->run('ejournal-restore', {PGUSER => 'postgres'}, '--sql', $t->stage->share . '/sql', '--from', $_[0], '--school', $_[1], '--into', $t->database) }

# ------------------------------------------------------------------------- refused --

my $bad = $b->fresh_copy($folder);
$b->flip("$bad/journal.dump");
utf8::encode(my $school = $name);
is((restore($bad, $school))[0], 1, 'a damaged backup is refused');
is((restore($folder, 'No such school'))[0], 1, 'and a school that is not in it');
is differ(state_of(1), $now), '', 'nothing is changed by them';

# ------------------------------------------------------------------------ brought back --

($status, $said) = restore($folder, $school);
is $status, 0, 'the school is brought back' or diag $said;
like $said, qr/^card_view: 1 rows referred/m, 'what hung over is told';
is differ(state_of(1), $then), 'account card_view history', 'its tables are those of the backup; log-ins stay as they are, history and the log of access have grown';
is differ(state_of(2), $neighbour), '', 'no row of the other school is changed';
is hanging(), '', 'nothing refers to what is no more';
is $t->value('SELECT count(*) FROM ej.history WHERE id <= ?', $history), $count, 'all history is there';
is $t->value(q{SELECT count(*) FROM ej.history WHERE id > ? AND table_name = 'arrival' AND school_id = 1}, $history), 1, 'and tells of the return';
is $t->value('SELECT count(*) FROM ej.card_view WHERE school_id = 1 AND pupil_id <> 900001'), $views, 'so is the log of access';
is $faults->(), $before, 'the seals hold';
is join(' ', map { $c{$_}->get('/account')->status } qw(deputy teacher director teacher-17)), '401 401 401 200', 'the sessions of its people are ended, others go on';
my $head = $t->client('headmaster');
$head->log_in('headmaster', $t->password);
is $head->get('/pupils')->status, 200, 'they log in with the passwords that they have';
is $b->left, '', 'no server and no file is left';
done_testing;
