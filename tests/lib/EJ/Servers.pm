package EJ::Servers;

# Real servers for the tests of letters and short messages: Exim, and Kannel with its
# simulated operator. They are Debian's, unpacked into build/servers by packages.sh and run
# under Apache's account; they end with the process that started them.

use strict;
use warnings;
use File::Temp ();
use IO::Socket::INET ();
use POSIX ();
use Time::HiRes qw(sleep time);
use EJ::Httpd ();
use EJ::Postgres ();

our $FOLDER = 'servers'; # in build/

# The unpacked programs, copied to where Apache's account may read them: the working tree may be
# in a home directory that is closed to others.
my %copy;
sub root {
    my $from = "$EJ::Postgres::TOP/build/$FOLDER/root";
    return $from if !-d $from;
    if (!$copy{$FOLDER}) {
        my $copy = $copy{$FOLDER} = File::Temp->newdir('/tmp/ejXXXXXXXX');
        chmod 0755, "$copy";
        system('cp', '-a', "$from/.", "$copy") == 0 or die "cp: $?\n";
        chmod 0755, "$copy";
    }
    return "$copy{$FOLDER}";
}

# A folder of the server's account.
sub folder {
    my ($dir) = @_;
    mkdir $dir, 0755;
    chown((EJ::Postgres::web())[1, 2], $dir) unless $>;
    return $dir;
}

sub write_file {
    my ($name, $text) = @_;
    open my $file, '>:utf8', $name or die "$name: $!\n";
    print $file $text;
    close $file or die "$name: $!\n";
    return $name;
}

# Start a program of the folder under Apache's account; returns its pid. env => {…}
sub start {
    my ($dir, $name, $env, $program, @args) = @_;
    my $root = root();
    -x "$root$program" or die "$program is missing: run make check T=$0 once, which unpacks it.\n";
    my ($user, $uid, $gid) = EJ::Postgres::web();
    my @as = ('setpriv', '--pdeathsig', 'KILL', $> ? () : ("--reuid=$uid", "--regid=$gid", '--clear-groups'));
    my $libs = join ':', glob "$root/lib/*-linux-gnu* $root/usr/lib/*-linux-gnu* $root/usr/lib/postfix"; # some packages have their libraries in /lib
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        POSIX::setsid();
        open STDIN,  '<',  '/dev/null';
        open STDOUT, '>>', "$dir/$name.out" or POSIX::_exit(127);
        open STDERR, '>&', \*STDOUT;
        exec(@as, 'env', "LD_LIBRARY_PATH=$libs", (map {"$_=$env->{$_}"} sort keys %$env), "$root$program", @args)
            or POSIX::_exit(127);
    }
    return $pid;
}

sub stop {
    my ($pid) = @_;
    local ($?, $!);
    kill 'KILL', -$pid, $pid;
    waitpid $pid, 0;
}

sub is_open {
    my ($port) = @_;
    return !!IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Timeout => 1);
}

# Wait until a server listens; dies with its last words.
sub wait_for_port {
    my ($port, $pid, $out) = @_;
    my $end = time + 20;
    until (is_open($port)) {
        die "a server did not start: " . `tail -3 '$out'` . "\n" if time > $end || waitpid($pid, POSIX::WNOHANG()) == $pid;
        sleep 0.03;
    }
}

1;
