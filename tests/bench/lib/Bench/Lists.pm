package Bench::Lists;

# Every list of the school's set-up with one school and with many: does a page take longer
# because other schools are in the database?

use strict;
use warnings;
use LWP::UserAgent ();
use Time::HiRes qw(time);
use EJ::Routes ();
use Bench::Load ();
use Bench::Pages ();
use Bench::Report ();

# Pages without a list, or that an administrator of a school is not shown.
my %NOT = map { $_ => 1 } qw(/login /activate /second /about /factor /account /account/sessions /account/known /school /diary
    /books/archive); # all books, which take minutes

# The pages of routes.def that need nothing in their address and that the seat's person opens.
sub paths {
    my ($httpd, $seat) = @_;
    my %seen;
    my @all = grep { !$seen{$_}++ && !/\{/ && !$NOT{$_} } map { $_->{path} } grep { $_->{method} eq 'GET' } EJ::Routes::all();
    return grep { _get(_agent(), $httpd, $seat, $_)->code == 200 } sort @all;
}

sub _agent { return LWP::UserAgent->new(requests_redirectable => [], timeout => 50, keep_alive => 1) }

sub _get {
    my ($agent, $httpd, $seat, $path) = @_;
    return $agent->get($httpd->url . $path, Bench::Pages::headers($seat));
}

# measure(path, pairs, [place, n, seat] of one school, of many): asks the two in turn, each pair
# the other way round than the last. Returns for both the median ms, the processor ms of both
# servers, and the pages of the database that were read; and the median of the pairs' ratios.
sub measure {
    my ($path, $pairs, @sides) = @_;
    my @agents = map { _agent() } @sides;
    my @got = map { {ms => [], cpu => 0} } @sides;
    for my $i (-2 .. $pairs - 1) { # two pairs to warm up
        for my $n ($i % 2 ? (1, 0) : (0, 1)) {
            my ($place, $schools, $seat) = @{$sides[$n]};
            my @servers = ($place->httpd($schools)->pid, $place->postgres->pid);
            my ($cpu, $began) = (Bench::Load::cpu_ns(@servers), time);
            my $reply = _get($agents[$n], $place->httpd($schools), $seat, $path);
            my $ms = 1000 * (time - $began);
            die "$path answers " . $reply->status_line . "\n" unless $reply->code == 200;
            next if $i < 0;
            push @{$got[$n]{ms}}, $ms;
            $got[$n]{cpu} += (Bench::Load::cpu_ns(@servers) - $cpu) / 1e6 / $pairs;
        }
    }
    my @ratios = map { $got[1]{ms}[$_] / $got[0]{ms}[$_] } 0 .. $pairs - 1;
    return {
        ratio => Bench::Report::median(@ratios), ms => [map { Bench::Report::median(@{$_->{ms}}) } @got],
        cpu => [map { $_->{cpu} } @got], blocks => [map { blocks($path, @$_) } @sides]};
}

# The pages of the database (8 KB) that the statements of a page read, cached ones too.
sub blocks {
    my ($path, $place, $schools, $seat) = @_;
    my $db = $place->db($schools);
    $db->do('SELECT pg_stat_statements_reset()');
    _get(_agent(), $place->httpd($schools), $seat, $path);
    return $db->selectrow_array(q{SELECT sum(shared_blks_hit + shared_blks_read) FROM pg_stat_statements
        WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND userid = 'ej_web'::regrole}) // 0;
}

# Have the statements of these databases counted, which costs a little, until done.
sub count_blocks {
    my ($place, $on, @schools) = @_;
    $place->db($_)->do('CREATE EXTENSION IF NOT EXISTS pg_stat_statements') for @schools;
    my $db = $place->db($schools[0]);
    $db->do(q{ALTER SYSTEM SET pg_stat_statements.track = '} . ($on ? 'top' : 'none') . q{'});
    $db->do('SELECT pg_reload_conf()');
}

1;
