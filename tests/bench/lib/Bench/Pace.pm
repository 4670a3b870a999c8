package Bench::Pace;

# Sends requests at a given rate, however fast the server replies (an open loop; wrk has none). The time of a
# reply counts from when its request was due, so it includes the wait for a free connection.

use strict;
use warnings;
use IO::Select ();
use IO::Socket::INET ();
use Time::HiRes qw(time);
use Bench::Load ();

# pace(port, requests => [text, …] in turn, rate, seconds): times of the replies in ms, sorted.
sub pace {
    my (%o) = @_;
    my $all  = int $o{rate} * $o{seconds} || 1;
    my @idle = map { _connect($o{port}) } 1 .. $Bench::Load::CONNECTIONS;
    my ($select, $began, $sent) = (IO::Select->new, time, 0);
    my (%asked, %reply, @ms);
    while (@ms < $all) {
        while (@idle && $sent < $all && $began + $sent / $o{rate} <= time) {
            my $socket = shift @idle;
            $asked{$socket} = $began + $sent / $o{rate};
            $reply{$socket} = '';
            print $socket $o{requests}[$sent++ % @{$o{requests}}];
            $select->add($socket);
        }
        my $next = @idle && $sent < $all ? $began + $sent / $o{rate} - time : 10;
        for my $socket ($select->can_read($next > 0 ? $next : 0)) {
            sysread($socket, $reply{$socket}, 65_536, length $reply{$socket}) or die "the server closed a connection\n";
            my $ended = _ended($reply{$socket}) or next;
            push @ms, 1000 * (time - $asked{$socket});
            $select->remove($socket);
            push @idle, $ended eq 'close' ? _connect($o{port}) : $socket;
        }
    }
    return sort { $a <=> $b } @ms;
}

sub _connect {
    my ($port) = @_;
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port) or die "no connection: $!\n";
    $socket->autoflush(1);
    return $socket;
}

# Whether a reply is whole, and whether its connection is closed then; dies if it is not a page.
sub _ended {
    my ($reply) = @_;
    my $head = index $reply, "\r\n\r\n";
    return if $head < 0;
    my $text = substr $reply, 0, $head;
    $text =~ m{^HTTP/1\.1 200 } or die 'paced: ' . substr($text, 0, 60) . "\n";
    my ($length) = $text =~ /^Content-Length: (\d+)/mi or die "paced: a reply without length\n";
    return if length $reply < $head + 4 + $length;
    return $text =~ /^Connection: close/mi ? 'close' : 'open';
}

# The value that a share of the sorted numbers does not exceed.
sub percentile {
    my ($share, @sorted) = @_;
    return $sorted[$#sorted * $share];
}

1;
