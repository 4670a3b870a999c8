#!/usr/bin/perl
# login_time.t: how long a refused log-in takes does not tell whether the log-in exists: a
# known one, an unknown one and a blocked one take the same time.
# Fault table, row 32 (the delays: login.t, login_flood.t).
use lib 'tests/lib';
use EJ::Test;
use MIME::Base64 ();
use Time::HiRes qw(time);

my $basic = "<Location /journal>\nAuthType Basic\nAuthBasicProvider ejournal\n</Location>\n";
my $t = EJ::Test->new(today => '2026-11-20', children => 1, threads => 4, conf => $basic);
$t->db->do(q{UPDATE ej.account SET blocked_at = now() WHERE login = 'meals'});

my ($n, $EACH, $NEAR) = (0, 11, 0.1);
my %who = (
    known     => sub {'sport'},
    unknown   => sub { 'nobody' . $n },
    blocked   => sub {'meals'},
);

# Measure more log-ins of each kind, which take turns. Returns the lower quartile of all times of
# each kind, which other work on the machine disturbs less than the median.
sub quartiles {
    my ($try, $times) = @_;
    for (1 .. $EACH) {
        for my $kind (sort keys %who) {
            $n++;
            $t->db->do('DELETE FROM ej.guess');
            my $from = time;
            my $status = $try->($who{$kind}->());
            push @{$times->{$kind}}, time - $from;
            is $status, 401, "$kind: refused" if $status != 401;
        }
    }
    return map { $_ => (sort { $a <=> $b } @{$times->{$_}})[@{$times->{$_}} / 4] } keys %$times;
}

my $browser = $t->client('browser');
$browser->login_token('/login');
my %way = (
    'the form' => sub { return $browser->post('/login', login => $_[0], password => "wrong-$n")->status },
    'Basic'    => sub {
        return LWP::UserAgent->new->get($t->url('/journals'), Authorization => 'Basic ' . MIME::Base64::encode("$_[0]:wrong-$n", ''))->code;
    },
);
for my $way (sort keys %way) {
    $way{$way}->('sport') for 1 .. 2;
    my ($said, $is_near, %times);
    for my $round (1 .. 5) {    # the more times, the less noise; a difference stays
        my %quartile = quartiles($way{$way}, \%times);
        my $known = delete $quartile{known};
        $said = sprintf 'known %.1f ms, %s', 1000 * $known, join ', ', map { sprintf '%s %.1f ms', $_, 1000 * $quartile{$_} } sort keys %quartile;
        $is_near = !grep { abs($_ - $known) > $NEAR * $known } values %quartile;
        last if $is_near;
        note "$way: $said";
    }
    ok $is_near, "$way: the times differ by less than a tenth: $said";
}
done_testing;
