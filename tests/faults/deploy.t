#!/usr/bin/perl
# deploy.t: half of a new version is there: the module and the database do not
# fit. The first request finds it, the log names it, and the journal says that
# it is being updated. (Sheets that are missing: core/configtest.t.)
# Fault table, row 35.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(start => 0);

# ------------------------------------------------- seen by the first request

# $t->refused('words of the log', what): every page says so; the rest is well
sub refused {
    my ($what, $line) = @_;
    my $client = $t->client;
    my $r = $client->log_in('parent', $t->password);
    is join(' ', $r->status, $r->errors), '503 JE504', "$what: the journal is away";
    $r = $client->get('/login', html => 1);
    like $client->post('/login', {accept => 'text/html'}, login => 'parent', password => 'x')->content,
        qr/Журнал обновляется/, '  and says why to people';
    is $client->get('/health')->status, 200, '  Apache is well';
    my $ready = $client->get('/ready');
    is $ready->status . ' ' . $ready->content, "503 JE504\n", '  but not ready';
    ok +(grep { $_ =~ $line } $t->log_lines), '  one line of the log names the cause';
    $t->expect_log($line)->allow_log(qr/JE504 503/);
}
sub heals {
    my ($what) = @_;
    my $client = $t->client;
    ok $t->wait_for(10, sub { $client->log_in('parent', $t->password)->status == 303 }), $what;
    is $client->get('/diary', html => 1)->status, 200, '  and the pages are there';
}

$t->db->do('ALTER FUNCTION ej.diary_news RENAME TO not_yet_there');
$t->start;
refused('a query that the database does not understand', qr/crit\].*does not prepare: .*diary\.sql: diary_news: .*diary_news/);
$t->db->do('ALTER FUNCTION ej.not_yet_there RENAME TO diary_news');
heals('the database comes after: nobody need restart Apache');
$t->httpd->stop('graceful');

# ------------------------------------------------------- of another version

my $number = $t->value('SELECT ej.schema_number()');
my $set = sub { $t->db->do("CREATE OR REPLACE FUNCTION ej.schema_number() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $_[0]'") };
$set->($number + 1);
$t->start;
my $words = $number + 1;
refused('a schema of a later version', qr/crit\].*the schema has number $words, this module knows $number/);
$set->($number);
heals('the right schema again');

# ------------------------------------------------ while it serves its pages

my $parent = $t->client;
my $is_well = sub { !grep { $parent->get('/diary', html => 1)->status != 200 } 1 .. 6 };
my $logged = sub { scalar grep {/crit\].*the schema has number/} $t->log_lines };
ok $t->wait_for(10, sub { $parent->log_in('parent', $t->password)->status == 303 && $is_well->() }), 'all serve the right schema';
my $before = $logged->();
$set->($number + 1);
my $end = time + 4; # a child looks again every two seconds
my %seen;
while (time < $end) {
    my $r = $parent->get('/diary');
    $seen{join ' ', $r->status, $r->errors}++;
}
is join('|', keys %seen), '503 JE504', 'another schema is noticed by the next request';
my $now = $logged->() - $before;
ok $now >= 1 && $now <= $t->httpd->children, "and each child says so once ($now)";
$set->($number);
ok $t->wait_for(10, $is_well), 'they serve again when the number fits, without a restart';
done_testing;
