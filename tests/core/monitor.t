#!/usr/bin/perl
# monitor.t: /health, /ready, /metrics and the lines of mod_status tell programs how the server is: numbers of all
# children together, that are those of the requests made, without a name; /metrics only to addresses that may.
use lib 'tests/lib';
use EJ::Test;
use Time::HiRes qw(time);

my $modules = EJ::Httpd::_libexec();
my $t = EJ::Test->new(jobs => 0, children => 2, today => '2026-11-20', conf => <<"END");
LoadModule status_module "$modules/mod_status.so"
LoadModule remoteip_module "$modules/mod_remoteip.so"
RemoteIPHeader X-Test-Address
EjournalMetrics 127.0.0.1 203.0.113.0/24 2001:db8::/32
<Location /server-status>
    SetHandler server-status
    Require all granted
</Location>
END
$t->expect_log(qr/EjournalJobs is missing/);
my $client = $t->client('x');
my $parent = $t->login('parent');

# The numbers of /metrics: {name{labels}} => value; dies where they are no OpenMetrics.
my %family;
sub metrics {
    my $r = $client->get('/metrics');
    open my $out, '>', $t->dir . '/metrics' or die $!;
    print $out $r->bytes;
    close $out;
    my @lines = map { chomp; [split /\t/] } qx{/usr/bin/python3 tests/lib/openmetrics.py <@{[$t->dir]}/metrics};
    die "not OpenMetrics:\n" . $r->bytes if $?;
    %family = map { $_->[1] => $_ } grep { $_->[0] eq 'family' } @lines;
    return map { ("$_->[1]\{$_->[2]}" => $_->[3]) } grep { $_->[0] eq 'sample' } @lines;
}
sub sum { my ($all, $what) = @_; my $sum = 0; $sum += $all->{$_} for grep {/$what/} keys %$all; return $sum }

# ------------------------------------------------------------------- the form ---

my $r = $client->get('/metrics');
is join(' ', $r->status, $r->header('Content-Type'), $r->header('Cache-Control')), '200 application/openmetrics-text; version=1.0.0; charset=utf-8 no-store', '/metrics is OpenMetrics, which nobody keeps';
like $r->content, qr/# EOF\n\z/, 'and whole';
my %before = metrics();
cmp_ok scalar(keys %before), '>', 25, 'a reader of the format reads it';
is join(' ', grep { $family{$_}[4] !~ /\w{3}.*\.$/ } sort keys %family), '', 'each number is described';
is join(' ', map {"$_:$family{$_}[2]:$family{$_}[3]"} grep { $family{$_}[3] ne '-' } sort keys %family),
    'ejournal_answer_seconds:histogram:seconds ejournal_backup_age_seconds:gauge:seconds ejournal_start_time_seconds:gauge:seconds', 'units stand in names';
unlike $client->get($_)->content, qr/\p{Cyrillic}|\@|school|parent/i, "$_ names nobody" for qw(/metrics /ready /health);

# ---------------------------------------------------------------- the numbers ---

$parent->get('/diary') for 1 .. 12;
$parent->get('/diary', html => 1, header => {'If-None-Match' => $parent->get('/diary', html => 1)->header('ETag')});
$parent->get('/nowhere') for 1 .. 3;
$parent->post('/notices/read');
$client->get($_) for qw(/health /ready /metrics /static/app.css);
my %log; # what Apache's own log says of them
open my $in, '<', $t->httpd->{dir} . '/access_log' or die $!;
m{"(GET|POST) /journal/(?!health|ready|metrics|static)\S* HTTP/[\d.]+" (\d)} and $log{"ejournal_answers_total{method=$1,status=$2xx}"}++ while <$in>;
my %now = metrics();
is join(' ', map {"$_ $now{$_}"} grep { /answers_total/ && $now{$_} > 0 } sort keys %now), join(' ', map {"$_ $log{$_}.0"} sort keys %log),
    'answers of both children are counted as Apache logs them, without static files and what monitoring asks';
is $now{'ejournal_errors_total{code=JE401}'} - ($before{'ejournal_errors_total{code=JE401}'} // 0) >= 3, 1, 'error pages by their code';
sub bound { return $_[0] =~ /le=([\d.]+)/ ? $1 : 9e9 }
my @buckets = map { $now{$_} } sort { bound($a) <=> bound($b) } grep {/_bucket/} keys %now;
is "@buckets", join(' ', sort { $a <=> $b } @buckets), 'times are sums that grow';
is $buckets[-1] . ' ' . $now{'ejournal_answer_seconds_count{}'}, sum(\%now, qr/answers_total/) . '.0 ' . sum(\%now, qr/answers_total/) . '.0', 'of all answers';
cmp_ok $now{'ejournal_answer_seconds_sum{}'}, '>', $before{'ejournal_answer_seconds_sum{}'}, 'and their sum';
my $uptime = time - $now{'ejournal_start_time_seconds{}'};
ok $uptime >= 0 && $uptime < 600, 'the counters began when Apache started';

sub status { return $client->agent->get('http://127.0.0.1:' . $t->httpd->port . "/server-status$_[0]")->decoded_content }
my $all = sum(\%now, qr/answers_total/);
like status('?auto'), qr/^EjournalAnswers: $all\nEjournalFailed: 0\nEjournalMeanMs: \d+\.\d$/m, 'mod_status has the lines for programs';
like status(''), qr{<h2>ejournal</h2>\n<pre>\nEjournalAnswers: $all\n}, 'and for people';

# --------------------------------------------------------------- the database ---

my $db = $t->db;
my $age = $t->value(q{SELECT extract(epoch FROM now())::bigint - extract(epoch FROM timestamptz '2026-11-17 02:30+03')::bigint});
cmp_ok abs($now{'ejournal_backup_age_seconds{}'} - $age), '<', 60, 'the age of the last verified backup';
my ($told) = $client->get('/ready')->content =~ /^backup_age_s (\d+)$/m;
cmp_ok abs($told - $age), '<', 60, 'which /ready tells, too';
is join(' ', map { $now{"ejournal_$_\{}"} } qw(database_up database_primary backups_bad)), '1.0 1.0 0.0', 'the database is there, and the primary';
$db->do(q{INSERT INTO ej.backup (state, started_at, failed_at, fault) VALUES ('failed', now(), now(), 'dump'), ('failed', now(), now() - interval '8 days', 'dump')});
$db->do(q{UPDATE ej.backup SET removed_at = now() WHERE state = 'verified'});
$db->do(q{INSERT INTO ej.job (kind, every, due_at) VALUES ('sweep', '5 minutes', now() - interval '1 minute'), ('lessons', '5 minutes', now() + interval '1 hour')});
my $due = $t->value('SELECT count(*) FROM ej.job WHERE finished_at IS NULL AND due_at < now()');
%now = metrics();
is join(' ', map { $now{"ejournal_$_\{}"} // 'none' } qw(backup_age_seconds backups_bad jobs_due)), "none 1.0 $due.0", 'without a backup there is no age; failures of the week and jobs that are due are counted';
$db->do('ALTER FUNCTION ej.monitor_counts() RENAME TO away');
%now = metrics();
is $now{'ejournal_database_up{}'} . ' ' . grep({/database_primary|due/} keys %now), '0.0 0', 'without an answer of the database the rest is told';
$db->do('ALTER FUNCTION ej.away() RENAME TO monitor_counts');

# ------------------------------------------------------------- who may read it ---

sub from { my ($address, $path) = @_; return $client->get($path, header => {'X-Test-Address' => $address})->status }
is join(' ', map { from($_, '/metrics') } qw(203.0.113.7 2001:db8::7)), '200 200', 'addresses of the named networks read it';
is join(' ', map { from($_, '/metrics') } qw(198.51.100.7 2001:db9::7)), join(' ', map { from($_, '/nowhere') } qw(198.51.100.7 2001:db9::7)), 'for others it is an address without a page';
isnt from('198.51.100.7', '/metrics'), 200, 'which gives nothing';
is $parent->get('/metrics', header => {'X-Test-Address' => '198.51.100.7'})->status, 404, 'whoever is logged in';
is from('198.51.100.7', '/ready') . from('198.51.100.7', '/health'), '200200', 'health and readiness are for all';
done_testing;
