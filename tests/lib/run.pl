#!/usr/bin/perl
# run.pl: runs the demo school with a private Apache and PostgreSQL until Ctrl-C.
#
# Environment: PORT, FRESH=1 (start over), SCHOOLS=n (n schools). Writes build/run/url and
# build/run/logins.tsv (role, login, password) when the journal answers. The data stays in
# build/pg. Sockets are in a short directory elsewhere, as is the cluster if the servers'
# accounts cannot reach the checkout; both are linked from there.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Fcntl qw(:flock);
use File::Path qw(make_path remove_tree);
use File::Temp ();
use POSIX ();
use EJ::Httpd;
use EJ::Postgres;

$| = 1;
binmode $_, ':utf8' for *STDOUT, *STDERR;
my $top     = $EJ::Postgres::TOP;
my $run     = "$top/build/run";
my $port    = $ENV{PORT} || 8080;
my $schools = $ENV{SCHOOLS} || 1;
my ($postgres, $httpd, $short, $data);

sub fail { die "make run: $_[0]\n" }

# Whether the accounts of the servers can read a directory.
sub is_reachable {
    my ($dir) = @_;
    return 1 if $>;
    for my $account ([EJ::Postgres::owner()], [EJ::Postgres::web()]) {
        my (undef, $uid, $gid) = @$account;
        return 0 if system("setpriv --reuid=$uid --regid=$gid --clear-groups test -r '$dir' -a -x '$dir'");
    }
    return 1;
}

sub check_place {
    $port =~ /^\d{1,5}$/ && $port < 65536 or fail("PORT=$port is no port");
    $schools =~ /^\d{1,3}$/ && $schools > 0 or fail("SCHOOLS=$schools is no number of schools");
    eval { make_path($run); 1 } && -w $run or fail("no right to write in $top/build");
    open our $lock, '>', "$run/lock" or fail("$run/lock: $!");
    flock $lock, LOCK_EX | LOCK_NB or fail('it is already running in this checkout: ' . (slurp("$run/url") || $run));
    EJ::Httpd::is_port_free($port)
        or fail("port $port is " . ($! =~ /denied/ ? 'not ours to open' : 'taken') . ': try make run PORT=' . ($port + 1));
    my $free = (split ' ', `df -Pk '$top/build' | tail -1`)[3];
    my $need = 1_000_000 + 150_000 * $schools;
    fail(sprintf 'no disk: %d MB are free in %s, it takes %d', $free / 1000, "$top/build", $need / 1000)
        if $free < $need;
}

sub chomp_of {
    my ($text) = @_;
    chomp $text;
    return $text;
}

sub slurp {
    my ($name) = @_;
    open my $file, '<:utf8', $name or return '';
    chomp(my $text = do { local $/; <$file> } // '');
    return $text;
}

sub spill {
    my ($name, $text) = @_;
    open my $file, '>:utf8', "$name.new" or fail("$name: $!");
    print $file $text;
    close $file or fail("$name: $!");
    rename "$name.new", $name or fail("$name: $!");
}

sub relink {
    my ($to, $name) = @_;
    unlink $name if -l $name;
    symlink $to, $name or fail("$name: $!");
}

# Start the cluster in build/pg, or in the directory to which this is a link.
sub start_postgres {
    my $link = "$top/build/pg";
    if ($ENV{FRESH} && (-e $link || -l $link)) {
        my $real = -l $link ? readlink $link : $link;
        remove_tree($real);
        unlink $link;
    }
    unlink $link if -l $link && !-d $link;
    unless (-d $link) {
        if (is_reachable("$top/build")) { mkdir $link or fail("$link: $!") }
        else {
            my $real = File::Temp::tempdir('ejournalXXXXXX', DIR => '/var/tmp', CLEANUP => 0);
            chmod 0755, $real;
            relink($real, $link);
        }
    }
    my $real = $data = -l $link ? readlink $link : $link;
    $postgres = EJ::Postgres->new(data => "$real/data", socket => "$short/s", log => "$run/postgres.log");
    if (-d "$real/data" && !-e "$real/made") {
        remove_tree("$real/data");    # an incomplete one
    }
    unless (-d "$real/data") {
        print "Making a PostgreSQL cluster in build/pg\n";
        $postgres->init;
        $postgres->safely(0);
    }
    my @stat = stat "$real/data";
    fail("build/pg belongs to another account; run as before, or remove it")
        if $stat[4] != (EJ::Postgres::owner())[1];
    $postgres->start;
}

sub load_school {
    my $is_new = !-e "$data/made";
    if ($postgres->databases->{ejournal}) {
        eval { $postgres->migrate('ejournal'); 1 } or fail(chomp_of($@) . ' (make run FRESH=1 starts over)');
    }
    else {
        print "Loading the demo school, about a minute\n";
        my $since = time;
        # the seed prints its log-ins, which are kept with the data
        my $logins = $postgres->make('ejournal', 'demo');
        # not with many.sql, whose copies use the numbers of further schools
        $logins .= $postgres->seed('ejournal', 'second') if $schools == 1;
        my ($name) = split /\n/, $postgres->psql('ejournal', '-c', 'SELECT name FROM ej.school WHERE id = 1');
        $postgres->psql('ejournal', '-v', "of=$name", '-f', 'sql/training.sql') if $schools == 1;
        spill("$data/logins.tsv", $logins);
        printf "Loaded in %d s\n", time - $since;
    }
    load_others();
    return unless $is_new;
    $postgres->safely(1);
    spill("$data/made", '');
}

sub load_others {
    my $there = $postgres->psql('ejournal', '-c', 'SELECT count(*) FROM ej.school') + 0;
    return if $there >= $schools;
    print "Making the other schools, some minutes\n";
    my $since = time;
    $postgres->seed('ejournal', 'many', schools => $schools);
    $postgres->psql('ejournal', '-c', 'VACUUM ANALYZE');
    printf "Made in %d s\n", time - $since;
}

# Start Apache. Its children must be able to read the static files and its directory.
sub start_httpd {
    my $share = "$top/build/share";
    my $place = $run;
    unless (is_reachable($share)) {
        system('cp', '-r', $share, "$short/share") == 0 or fail("cannot copy build/share to $short");
        ($share, $place) = ("$short/share", $short);
    }
    remove_tree("$run/httpd") unless -l "$run/httpd";
    $httpd = EJ::Httpd->new(
        dir  => "$place/httpd", module => "$top/build/mod_ejournal.so", share => $share,
        port => $port, base => '', socket => $postgres->socket, database => 'ejournal',
        pool => 8, children => 3, threads => 16);
    relink("$place/httpd", "$run/httpd") if $place ne $run;
    $httpd->start;
}

sub announce {
    my @lines  = map { [split /\t/] } split /\n/, slurp("$data/logins.tsv");
    my @logins = grep { @$_ == 3 && $_->[0] ne 'role' } @lines;
    my @slips  = grep { @$_ == 2 && $_->[0] ne 'person' } @lines;
    my $url    = $httpd->url . '/';
    spill("$run/logins.tsv", join '', map { join("\t", @$_[0 .. 2]) . "\n" } ['role', 'login', 'password'], @logins);
    spill("$run/url", "$url\n");
    print "\n  $url\n\n";
    printf "  %-34s %-18s %s\n", @$_[0 .. 2] for @logins;
    print "\n  One-time codes of parents of 7Б, for ${url}activate:\n\n" if @slips;
    printf "  %-34s %s\n", @$_ for grep {defined} @slips[0 .. 2];
    print "\nCtrl-C stops it. Logs: build/run/httpd/error_log, build/run/postgres.log\n";
}

sub take_down {
    unlink "$run/url";
    $httpd->stop('fast')  if $httpd;
    $postgres->stop       if $postgres;
    # keep the logs when the short directory is removed
    if ($short) {
        if (-l "$run/httpd") {
            unlink "$run/httpd";
            mkdir "$run/httpd";
            system "cp '$short/httpd'/*_log '$run/httpd' 2>/dev/null";
        }
        unlink "$run/short";
        remove_tree($short);
    }
}

my $stopped = 0;
$SIG{$_} = sub { $stopped++; die "stopped\n" } for qw(INT TERM HUP);

my $ok = eval {
    check_place();
    unlink "$run/url";
    # remove the directory of a run that was killed
    my $left = readlink "$run/short";
    remove_tree($left) if $left && $left =~ m{/ejournal\w{6}$};
    $short = File::Temp::tempdir('ejournalXXXXXX', TMPDIR => 1, CLEANUP => 0);
    chmod 0755, $short;
    relink($short, "$run/short");
    start_postgres();
    load_school();
    start_httpd();
    announce();
    until ($stopped) {
        select undef, undef, undef, 0.5;
        my $pid = waitpid -1, POSIX::WNOHANG();
        fail('Apache ended by itself, see build/run/httpd/error_log') if $pid > 0 && $pid == $httpd->pid;
        fail('PostgreSQL ended by itself, see build/run/postgres.log') if $pid > 0 && $pid == $postgres->pid;
    }
    1;
};
my $why = $@;
$SIG{$_} = 'IGNORE' for qw(INT TERM HUP);
eval { take_down(); 1 } or print STDERR $@;
if ($stopped) {
    print "\nStopped.\n";
    exit 0;
}
print STDERR $why =~ /^make run:/ ? $why : "make run: $why" unless $ok;
exit 1;
