#!/usr/bin/perl
# big.t: a file of very many rows: memory stays as it is, no connection of the database is
# held while the file is made and sent, and what goes wrong is a whole error page.
# BIG_ROWS=1000000 perl tests/faults/big.t measures a million rows.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use IO::Socket::INET;
use Time::HiRes qw(time);

my $rows = $ENV{BIG_ROWS} || 60_000;
my $t = EJ::Test->new(own_postgres => 1, children => 1, threads => 4, postgres => ['max_wal_size = 4GB']);
my $db = $t->db;
my $deputy = $t->login('deputy');
$deputy->agent->timeout(900);
$db->do(q{INSERT INTO ej.history (school_id, table_name, row_key, account_id, old, new, made_at)
    SELECT 1, 'mark', ARRAY[i, 1, 1], 1, '{"value": "4"}', '{"value": "5"}', timestamptz '2026-10-01' + i * interval '50 ms' FROM generate_series(1, ?) AS i}, undef, $rows);
$db->do('ANALYZE ej.history');
my ($child) = $t->httpd->children;
my $rss = sub { open my $f, '<', "/proc/$child/status" or return 0; return (map { /^VmRSS:\s+(\d+)/ ? $1 : () } <$f>)[0] };
my $many = '/history?kind=journal&from_on=2026-10-01&to_on=2026-10-01';
my $lines = sub { my ($r) = @_; return $r->bytes =~ tr/\n// };

# ---------------------------------------------------------------------- memory ---

$deputy->get('/history', html => 1);
$deputy->get("$many&format=csv&find=никто");
my $small = $deputy->get('/history?from_on=2026-10-01&to_on=2026-10-01&kind=people&format=csv');
my $before = $rss->();
for my $format (qw(csv xlsx)) {
    my $most = $before;
    my $watch = fork // die;
    if (!$watch) { # the most that the child had meanwhile
        my $name = "$t->{dir}/most-$format";
        my $is = 0;
        $SIG{TERM} = sub { open my $f, '>', $name; print $f $most; close $f; POSIX::_exit(0) };
        while (1) { my $now = $rss->(); $most = $now if $now > $most; select undef, undef, undef, 0.05 }
    }
    my $from = time;
    my $r = $deputy->get("$many&format=$format");
    my $took = time - $from;
    kill 'TERM', $watch;
    waitpid $watch, 0;
    open my $f, '<', "$t->{dir}/most-$format" or die $!;
    $most = <$f>;
    is $r->status, 200, "$rows rows are made as $format";
    cmp_ok $most - $before, '<', 40_000, sprintf '%s of %d rows: %.1f s, %d KB of file, RSS %d KB before, at most %d KB meanwhile', $format, $rows, $took, length($r->bytes) / 1024, $before, $most;
    cmp_ok $lines->($r), '>=', $rows, 'all rows are there' if $format eq 'csv';
}

# ------------------------------------------------------- no connection while sending ---

# A reader that reads slowly: the file waits in Apache, and PostgreSQL has long been left.
my @cookies;
$deputy->agent->cookie_jar->scan(sub { push @cookies, "$_[1]=$_[2]" });
my $cookie = join '; ', @cookies;
my $slow = sub {
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $t->httpd->port) or die $!;
    setsockopt $socket, Socket::SOL_SOCKET(), Socket::SO_RCVBUF(), 4096;
    print $socket "GET /journal$many&format=csv HTTP/1.1\r\nHost: 127.0.0.1:@{[$t->httpd->port]}\r\nCookie: $cookie\r\n\r\n";
    return $socket;
};
my $reader = $slow->();
ok $t->wait_for(60, sub { sysread $reader, my $byte, 12 }), 'a slow reader has the first bytes';
is $t->value(q{SELECT count(*) FROM pg_stat_activity WHERE usename = 'ej_web' AND state <> 'idle'}), 0, 'while it reads no connection is held';
close $reader;
ok $t->wait_for(20, sub { $deputy->get('/history')->status == 200 }), 'it goes away, and pages go on';

# One that goes away while the rows are read ends the query.
my $lock = $t->new_db;
$lock->begin_work;
$lock->do('LOCK TABLE ej.history_2026 IN ACCESS EXCLUSIVE MODE');
my $gone = $slow->();
my $asked = sub { $t->value(q{SELECT count(*) FROM pg_stat_activity WHERE usename = 'ej_web' AND wait_event_type = 'Lock'}) };
ok $t->wait_for(30, $asked), 'the rows of a reader are asked for';
close $gone;
$lock->rollback;
$lock->disconnect;
ok $t->wait_for(30, sub { !$t->value(q{SELECT count(*) FROM pg_stat_activity WHERE usename = 'ej_web' AND state <> 'idle'}) }), 'when the reader has gone the query ends';
ok $t->wait_for(10, sub { grep {/the client has gone/} $t->log_lines }), 'and no file is made';

# ------------------------------------------------------------------- the disk is full ---

# The largest file that the child may write; set as the child's own account.
sub limit {
    my ($size) = @_;
    my (undef, $uid, $gid) = EJ::Postgres::web();
    my @as = $> ? () : ('setpriv', "--reuid=$uid", "--regid=$gid", '--clear-groups');
    system(@as, 'prlimit', '--pid', $child, "--fsize=$size") == 0 or die 'prlimit';
}

limit('1000000:');
for my $format (qw(csv xlsx)) {
    my $r = $deputy->get("$many&format=$format", html => 1);
    is $r->status . ' ' . ($r->header('Content-Disposition') // ''), '503 ', "without room for the $format the answer is an error page";
    like $r->content, qr/нет места/, 'which says so (JE510)';
    is $r->header('Content-Type'), 'text/html; charset=utf-8', 'and is no part of a file';
}
$t->expect_log(qr/:error\].*JE510 503 number [0-9a-f]+ account \d+ GET \/history: .*(?:File too large|file|creat)/i);
$t->allow_log(qr/JE510/);
limit('unlimited:');
is $deputy->get("$many&format=csv")->status, 200, 'with room it is made again';
is join(' ', map { my $f = $_; grep {/ejournal\./} map { readlink // '' } glob "/proc/$f/fd/*" } $child), '', 'and no temporary file is left open';
done_testing;
