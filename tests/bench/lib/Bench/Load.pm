package Bench::Load;

# wrk and pgbench, and the processor time that the servers spend meanwhile.

use strict;
use warnings;
use POSIX ();
use Time::HiRes qw(sleep time);

our $CONNECTIONS = 8;
my $TICKS = POSIX::sysconf(POSIX::_SC_CLK_TCK());

# Milliseconds of processor time that a server and its children have used,
# those that ended included.
sub cpu_ms {
    my (@servers) = @_;
    my $ticks = 0;
    for my $server (grep {defined} @servers) {
        my @pids = ($server, split ' ', `pgrep -P $server`);
        for my $pid (@pids) {
            open my $in, '<', "/proc/$pid/stat" or next;
            my @field = split ' ', (<$in> // '') =~ s/^.*\) //sr;
            $ticks += $field[11] + $field[12] + ($pid == $server ? $field[13] + $field[14] : 0);
        }
    }
    return 1000 * $ticks / $TICKS;
}

# Nanoseconds of processor time of the servers and of their children that run now: exact, for
# a single request.
sub cpu_ns {
    my (@servers) = @_;
    my $ns = 0;
    for my $pid (map { ($_, split ' ', `pgrep -P $_`) } @servers) {
        for my $name (glob "/proc/$pid/task/*/schedstat") {
            open my $in, '<', $name or next;
            $ns += (split ' ', <$in> // 0)[0];
        }
    }
    return $ns;
}

# A command's output; dies with what it said when it fails.
sub _run {
    my ($env, $meanwhile, @command) = @_;
    my $pid = open(my $out, '-|') // die "fork: $!\n";
    if (!$pid) {
        @ENV{keys %$env} = values %$env;
        open STDERR, '>&', \*STDOUT;
        exec @command or print "cannot run $command[0]: $!\n";
        POSIX::_exit(127);
    }
    $meanwhile->() if $meanwhile;
    my $text = do { local $/; <$out> } // '';
    close $out or die "$command[0] failed:\n$text\n";
    return $text;
}

# wrk(url, plan, lua, seconds, servers => [pids], connections): pages a second, median ms,
# processor ms a page, and how much of it the first server took. `meanwhile` is called while it runs.
sub wrk {
    my (%o) = @_;
    my $connections = $o{connections} || $CONNECTIONS;
    my $first  = cpu_ms($o{servers}[0]);
    my $before = cpu_ms(@{$o{servers}});
    my $text   = _run({EJ_BENCH_PLAN => $o{plan}}, $o{meanwhile},
        'wrk', '-t', $connections, '-c', $connections, '-d', "$o{seconds}s", '--timeout', '30s', '-s', $o{lua}, $o{url});
    my $spent = cpu_ms(@{$o{servers}}) - $before;
    $first = cpu_ms($o{servers}[0]) - $first;
    my ($line) = $text =~ /^bench (.+)$/m or die "wrk said nothing of use:\n$text\n";
    my %got = map { split /=/ } split ' ', $line;
    # Apache may close a kept connection in the instant it is used again
    die "wrk: $got{refused} answers were refusals, $got{broken} did not come (of $got{requests})\n"
        if $got{refused} || $got{broken} > 2 + $got{requests} / 1000 || !$got{requests};
    return {
        rate     => $got{requests} / $got{us} * 1e6,
        ms       => $got{p50} / 1000,
        cpu_ms   => $spent / $got{requests},
        first_ms => $first / $got{requests},
        requests => $got{requests},
        bytes    => $got{bytes} / $got{requests},
    };
}

# pgbench(script, database, user, env, seconds, servers): the same for the
# statements. The first second, in which all is prepared, is left out. `tick`
# is called before, and every second.
sub pgbench {
    my (%o) = @_;
    my (@at, @cpu);
    my $tick  = $o{tick} || sub { };
    my $watch = sub {
        for my $second (1 .. $o{seconds}) {
            sleep 1;
            $tick->();
            next if $second > 1;
            push @cpu, cpu_ms(@{$o{servers}});
            push @at,  time;
        }
        sleep 0.9;
        push @cpu, cpu_ms(@{$o{servers}});
        push @at,  time;
    };
    $tick->();
    my $text = _run($o{env}, $watch,
        'pgbench', '-n', '-M', 'prepared', '-c', $o{connections} || $CONNECTIONS, '-j', 2, '-T', 1 + $o{seconds}, '-P', 1,
        '-D', 'is_known=0', '-D', 'flip=0', '-U', $o{user}, '-f', $o{script}, $o{database});
    my @tps = $text =~ /^progress: [\d.]+ s, ([\d.]+) tps/mg;
    my ($failed) = $text =~ /number of failed transactions: (\d+)/;
    my ($done)   = $text =~ /number of transactions actually processed: (\d+)/;
    die "pgbench:\n$text\n" if $failed || $text =~ /aborted/ || !$done;
    shift @tps if @tps > 1;
    my $rate = 0;
    $rate += $_ / @tps for @tps;
    return {
        rate     => $rate,
        cpu_ms   => ($cpu[1] - $cpu[0]) / ($rate * ($at[1] - $at[0])),
        requests => $done,
    };
}

# Resident memory of a process, in KB; the most that it ever had.
sub resident_kb { return _status($_[0], 'VmRSS') }
sub most_kb     { return _status($_[0], 'VmHWM') }

sub _status {
    my ($pid, $what) = @_;
    open my $in, '<', "/proc/$pid/status" or die "the child $pid has gone\n";
    my ($kb) = do { local $/; <$in> } =~ /^$what:\s+(\d+)/m;
    return $kb;
}

1;
