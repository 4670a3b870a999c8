package Bench::Place;

# Where the bench happens: a cluster of its own, kept in build/bench while
# sql/ stays as it is, with a database of one school and one of many, and an
# Apache for each. Safe beside a running make run.

use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Fcntl qw(:flock);
use File::Path qw(make_path remove_tree);
use File::Temp ();
use EJ::Httpd;
use EJ::Postgres;
use EJ::Stage;

our $TODAY = '2026-11-21';
my $TOP  = $EJ::Postgres::TOP;
my $HERE = "$TOP/tests/bench";
my $KEPT = "$TOP/build/bench";

# new(schools => 50, keep => 1: take the data as it was made, whatever has
#     changed in sql/; fresh => 1: make all anew)
sub new {
    my ($class, %o) = @_;
    my $self = bless {maker => $$, httpd => {}, %o}, $class;
    make_path($KEPT);
    open $self->{lock}, '>', "$KEPT/lock" or die "$KEPT/lock: $!\n";
    flock $self->{lock}, LOCK_EX | LOCK_NB or die "a bench is already running in this checkout\n";
    $self->{stage} = EJ::Stage->new(cluster => 0, own => 1);
    $self->_cluster;
    $self->_databases;
    return $self;
}

sub dir      { return $_[0]{stage}->dir }
sub postgres { return $_[0]{postgres} }
sub cookie   { return 'ej-' . substr sha256_hex(''), 0, 8 }

# The server's account cannot always look into a checkout.
sub _data_dir {
    my $link = "$KEPT/pg";
    return readlink $link // $link if -d $link;
    unlink $link;
    my (undef, $uid, $gid) = EJ::Postgres::owner();
    if ($> || system("setpriv --reuid=$uid --regid=$gid --clear-groups test -x '$KEPT'") == 0) {
        mkdir $link or die "$link: $!\n";
        return $link;
    }
    my $real = File::Temp::tempdir('ejbenchXXXXXX', DIR => '/var/tmp', CLEANUP => 0);
    chmod 0755, $real;
    symlink $real, $link or die "$link: $!\n";
    return $real;
}

sub _cluster {
    my ($self) = @_;
    my $dir = _data_dir();
    remove_tree("$dir/data", "$dir/made") if $self->{fresh} || !-e "$dir/made";
    my $free = (split ' ', `df -Pk '$dir' | tail -1`)[3];
    my $need = 1_000_000 + 150_000 * $self->{schools};
    die sprintf "no disk: %d MB are free in %s, it takes %d\n", $free / 1000, $dir, $need / 1000
        if !-d "$dir/data" && $free < $need;
    my $postgres = $self->{postgres} = EJ::Postgres->new(
        data => "$dir/data", socket => $self->dir . '/s', log => "$KEPT/postgres.log",
        # neither falls into a measurement by chance
        settings => ['autovacuum = off', 'checkpoint_timeout = 1h', 'max_wal_size = 4GB',
            # counts nothing until Bench::Lists asks for it
            'shared_preload_libraries = pg_stat_statements', 'pg_stat_statements.track = none']);
    unless (-d "$dir/data") {
        print "Making a PostgreSQL cluster in build/bench\n";
        $postgres->init;
        open my $made, '>', "$dir/made" or die "$dir/made: $!\n";
    }
    $postgres->start;
}

# seed_1 and seed_N hold the schools as the seed makes them; nothing is measured in
# them, so that they never grow. Every run measures in copies of them, bench_1 and
# bench_N. A seed database says in its comment what state of sql/ it was made from.
sub _databases {
    my ($self) = @_;
    my $postgres = $self->{postgres};
    my %sql = map { $_ => EJ::Postgres::fingerprint("seed $_") } 1, $self->{schools};
    $self->_drop_old(\%sql);
    $postgres->safely(0) unless $postgres->{fast};
    for my $schools (sort { $a <=> $b } keys %sql) {
        $self->_make_seed($schools, $sql{$schools}) unless $postgres->databases->{"seed_$schools"};
        $postgres->copy("bench_$schools", "seed_$schools");
        $postgres->migrate("bench_$schools") if $self->{keep};
        $postgres->psql("bench_$schools", '-v', "schools=$schools", '-f', "$HERE/prepare.sql", '-f', "$HERE/keys.sql");
    }
    $postgres->safely(1);
    $postgres->psql('postgres', '-c', 'CHECKPOINT');
}

# Drop the copies of the last run, and the seeds of another state of sql/.
sub _drop_old {
    my ($self, $sql) = @_;
    my $rows = $self->{postgres}->psql('postgres', '-F', ' ', '-c',
        q{SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname ~ '^(seed|bench)_'});
    for (split /\n/, $rows) {
        my ($name, $made) = split;
        my ($schools) = $name =~ /^seed_(\d+)$/;
        my $want = $schools && ($sql->{$schools} // EJ::Postgres::fingerprint("seed $schools"));
        next if $want && ($self->{keep} || ($made // '') eq $want);
        $self->{postgres}->psql('postgres', '-c', qq{DROP DATABASE "$name"});
    }
}

# A seed gets its name when it is whole.
sub _make_seed {
    my ($self, $schools, $sql) = @_;
    my $postgres = $self->{postgres};
    my $since    = time;
    print "Making $schools school" . ($schools > 1 ? "s, some minutes\n" : "\n");
    if ($schools == 1) {
        $postgres->psql('postgres', '-c', 'CREATE DATABASE bench_making TEMPLATE template0');
        $postgres->migrate('bench_making');
        $postgres->seed('bench_making', 'demo', today => $TODAY);
    }
    else {
        $postgres->copy('bench_making', 'seed_1');
        $postgres->seed('bench_making', 'many', schools => $schools);
    }
    $postgres->psql('bench_making', '-c', 'VACUUM ANALYZE');
    $postgres->psql('postgres', '-c', "COMMENT ON DATABASE bench_making IS '$sql'",
        '-c', qq{ALTER DATABASE bench_making RENAME TO "seed_$schools"});
    printf "Made in %d s\n", time - $since;
}

# The Apache of a database; `alone` is the name of another one, with one child.
sub httpd {
    my ($self, $schools, %o) = @_;
    my $name = "httpd$schools" . ($o{alone} // '');
    return $self->{httpd}{$name} ||= EJ::Httpd->new(
        dir => $self->dir . "/$name", module => $self->{stage}->module, share => $self->{stage}->share,
        base => '', socket => $self->{postgres}->socket, database => "bench_$schools", pool => 8,
        children => $o{alone} ? 1 : 2, threads => 16,
        jobs => 0)->start; # which tell of new facts meanwhile, so that pages change
}

sub db {
    my ($self, $schools) = @_;
    require DBI;
    return $self->{db}{$schools} ||= DBI->connect(
        "dbi:Pg:dbname=bench_$schools;host=" . $self->{postgres}->socket, 'postgres', '',
        {RaiseError => 1, PrintError => 0, AutoCommit => 1, pg_enable_utf8 => 1});
}

# wrk leaves in the middle of a request: wait until the servers have ended it.
sub settle {
    my ($self) = @_;
    my $db = $self->db(1);
    for (1 .. 500) {
        my ($busy) = $db->selectrow_array(
            q{SELECT count(*) FROM pg_stat_activity WHERE usename = 'ej_web' AND state <> 'idle'});
        return unless $busy;
        select undef, undef, undef, 0.02;
    }
    die "a statement of the last run has not ended in 10 s\n";
}

# Lines of the error logs that tell of a fault.
sub faults {
    my ($self) = @_;
    my @faults;
    for my $httpd (values %{$self->{httpd}}) {
        open my $log, '<:encoding(UTF-8)', $httpd->error_log or next;
        push @faults, grep { !/^\[[^\]]+\] \[[\w-]*:(notice|info|debug)\]/ && !/EjournalJobs is missing/ && /\S/ } <$log>;
    }
    chomp @faults;
    return @faults;
}

sub done {
    my ($self) = @_;
    return if $self->{is_done}++ || $self->{maker} != $$;
    $_->stop for values %{$self->{httpd}};
    $_->disconnect for values %{$self->{db} || {}};
    $self->{postgres}->stop if $self->{postgres};
    $self->{stage}->done if $self->{stage};
}

1;
