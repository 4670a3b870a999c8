package Bench::Seal;

# How long it takes to verify a sealed history, compared with a COPY of all of it to /dev/null. In
# a database of its own: a copy of the seed's school with so many rows of history.

use strict;
use warnings;
use Time::HiRes qw(time);

# Make the database; returns its handle.
sub make {
    my ($place, $rows) = @_;
    require DBI;
    $place->postgres->copy('bench_seal', 'seed_1');
    my $db = DBI->connect('dbi:Pg:dbname=bench_seal;host=' . $place->postgres->socket, 'postgres', '', {RaiseError => 1, PrintError => 0});
    $db->do(qq{INSERT INTO ej.history (school_id, table_name, row_key, teaching_id, pupil_id, operation_id, account_id, session_id, address, old, new, made_at)
        SELECT 1, 'mark', ARRAY[20260000000000 + i / 30, i % 30, 1], i / 10000, i % 30, md5((i / 30)::text)::uuid, i / 20000, i / 1000,
               '10.0.0.1', '{"value": "4", "staff_id": 8}', '{"value": "5", "staff_id": 9}',
               timestamptz '2026-09-01 00:00+00' + i * (interval '80 days' / $rows) FROM generate_series(1, $rows) AS i});
    $db->do('VACUUM ANALYZE ej.history');
    $db->do('SELECT ej.seal_days(1000)');
    return $db;
}

# Note both times of each round; dies when the history does not verify.
sub measure {
    my ($place, $report, $rows, $rounds) = @_;
    my $db  = make($place, $rows);
    my %env = $place->postgres->env('bench_seal');
    local @ENV{keys %env} = values %env;
    for my $round (1 .. $rounds) {
        my $since = time;
        system('psql -X -q -c "COPY (SELECT * FROM ej.history) TO STDOUT" >/dev/null') == 0 or die "the history cannot be copied\n";
        my $copied = time;
        system("$EJ::Postgres::TOP/sql/ejournal-verify >/dev/null") == 0 or die "the history does not verify\n";
        $report->add('seal copy s', $copied - $since);
        $report->add('seal verify s', time - $copied);
    }
    $db->disconnect;
    $place->postgres->psql('postgres', '-c', 'DROP DATABASE bench_seal');
    return;
}

1;
