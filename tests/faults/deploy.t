#!/usr/bin/perl
# deploy.t: half of a new version is there. What can be seen without a database
# is refused before Apache starts; the rest is found by the first request and
# named in the log, and the journal says that it is being updated.
# Fault table, row 35.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(start => 0);
system('cp', '-r', $t->stage->share, "$t->{dir}/share") == 0 or die 'cp';
$t->httpd->{share} = "$t->{dir}/share";

# Change one query file; undo() makes it what it was.
my %was;
sub edit {
    my ($name, $from, $to) = @_;
    my $file = "$t->{dir}/share/queries/$name";
    open my $in, '<:utf8', $file or die "$file: $!";
    my $text = $was{$file} //= do { local $/; <$in> };
    $text =~ s/$from/$to/ or die "$file holds no $from";
    spill($file, $text);
}
sub spill {
    open my $out, '>:utf8', $_[0] or die "$_[0]: $!";
    print $out $_[1];
    close $out;
}
sub undo { spill($_, delete $was{$_}) for keys %was }

# ---------------------------------------------------- seen without a database

edit('diary.sql', qr/^-- params: */m, '-- params: forgotten_id bigint, ');
my ($right, $said) = $t->httpd->configtest;
ok !$right, 'a query that declares what it does not use: configtest refuses';
my @lines = grep {/ejournal: /} split /\n/, $said;
is scalar @lines, 1, 'in one line';
like $lines[0], qr{diary\.sql.*forgotten_id}, 'that names file and parameter';
ok !eval { $t->httpd->start; 1 }, 'and Apache does not start';
like $@, qr/diary\.sql.*forgotten_id/, 'for the same reason';
undo();
unlink $t->httpd->error_log;

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

edit('diary.sql', qr/^SELECT /m, 'SELECT ej.not_yet_there() AS soon, ');
$t->start;
refused('a query that the database does not understand', qr/crit\].*does not prepare: .*diary\.sql: diary_\w+: .*not_yet_there/);
$t->db->do(q{CREATE FUNCTION ej.not_yet_there() RETURNS int LANGUAGE sql AS 'SELECT 1'});
heals('the database comes after: nobody need restart Apache');
$t->httpd->stop('graceful');
undo();

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
