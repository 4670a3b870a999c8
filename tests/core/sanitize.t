#!/usr/bin/perl
# sanitize.t: the sanitizers are awake. Before anybody trusts that they found
# nothing, each is given one fault in this Apache and must report it.
use lib 'tests/lib';
use EJ::Test;

plan(skip_all => 'only with make check SANITIZE=1') unless EJ::Stage::is_sanitized();

my $t = EJ::Test->new(conf => sub {
    my $dir = $_[0]->stage->dir;
    return <<"END"});
LoadModule trip_module $dir/mod_trip.so
<Location /trip>
    SetHandler trip
    Require all granted
</Location>
END
my $client = $t->client;
my $url    = 'http://127.0.0.1:' . $t->httpd->port . '/trip';

is $client->get("$url?nothing")->status, 200, 'a module without fault runs';
is scalar($t->reports), 0, 'and nothing is reported';

my %kind = (address => qr/heap-use-after-free/, undefined => qr/signed integer overflow/,
    nowhere => qr/SEGV on unknown address/);
for my $kind (sort keys %kind) {
    isnt $client->get("$url?$kind")->status, 200, "the $kind fault ends the child";
    my $report = $t->wait_for(20, sub {
        my ($hit) = grep { read_file($_) =~ $kind{$kind} } $t->reports;
        return $hit || (join("\n", $t->log_lines) =~ $kind{$kind} && $t->httpd->error_log);
    });
    ok $report, "and its report is seen: $kind{$kind}";
    unlink $t->reports;
}
# of these faults none is to count against the run
$t->allow_log(qr/./);
done_testing;

sub read_file {
    my ($name) = @_;
    open my $file, '<', $name or return '';
    local $/;
    return scalar <$file>;
}
