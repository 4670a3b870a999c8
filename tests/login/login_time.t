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

# The median of the times of each kind; they take turns, so that other work on the machine
# disturbs all of them alike.
sub medians {
    my ($try) = @_;
    my %took;
    for (1 .. $EACH) {
        for my $kind (sort keys %who) {
            $n++;
            $t->db->do('DELETE FROM ej.guess');
            my $from = time;
            my $status = $try->($who{$kind}->());
            push @{$took{$kind}}, time - $from;
            is $status, 401, "$kind: refused" if $status != 401;
        }
    }
    return map { $_ => (sort { $a <=> $b } @{$took{$_}})[$EACH / 2] } keys %took;
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
    my ($said, $is_near);
    for my $round (1 .. 3) {    # noise passes, a difference stays
        my %median = medians($way{$way});
        my $known = delete $median{known};
        $said = sprintf 'known %.1f ms, %s', 1000 * $known, join ', ', map { sprintf '%s %.1f ms', $_, 1000 * $median{$_} } sort keys %median;
        $is_near = !grep { abs($_ - $known) > $NEAR * $known } values %median;
        last if $is_near;
        note "$way: $said";
    }
    ok $is_near, "$way: the medians differ by less than a tenth: $said";
}
done_testing;
