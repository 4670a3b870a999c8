package EJ::Postgres;

# A private PostgreSQL on a unix socket, for make run, check and bench.
#
# Started by root it runs under an unprivileged account. Log-in is by peer authentication,
# without passwords; Apache's account may log in only as ej_web, ej_job and ej_sender, the server's own also as ej_backup. The server ends
# with the process that started it, even after kill -9. Needs only psql.

use strict;
use warnings;
use Cwd qw(abs_path);
use Digest::SHA ();
use File::Basename qw(dirname);
use POSIX ();
use Time::HiRes qw(sleep time);

our $TOP = abs_path(dirname(__FILE__) . '/../../..');

# The directory of PostgreSQL's programs, in the version of the Debian release, for which
# postgresql, pgtap and libpq-dev are installed.
sub bindir {
    our $bindir;
    chomp($bindir //= `pg_config --bindir`);
    -x "$bindir/initdb" or die "No PostgreSQL server in '$bindir', where pg_config says it is.\n";
    return $bindir;
}

# The name, uid and gid of the first account of a list that exists; without root that of
# this process.
sub account {
    my @wanted = $> ? (scalar getpwuid $>) : @_;
    for my $name (@wanted) {
        my @entry = getpwnam $name or next;
        return ($name, @entry[2, 3]);
    }
    die "No account to run under: none of @wanted exists.\n";
}
sub owner { return account('postgres', 'nobody') }
sub web   { return account('www-data', 'nobody') }

# DIR, socket => new(data => DIR, socket => DIR, fast => 1: data may be lost in a crash,
#     clock => FILE: the server's clock is ahead by what libfaketime reads there, '+3600' seconds)
sub new {
    my ($class, %o) = @_;
    my $self = bless {bin => bindir(), %o}, $class;
    $self->{log} ||= dirname($self->{data}) . '/postgres.log';
    die "The socket's path is too long: $self->{socket}\n"
        if length("$self->{socket}/.s.PGSQL.5432.lock") > 107;
    return $self;
}

sub socket { return $_[0]{socket} }
sub pid    { return $_[0]{pid} }

# The command that runs a program under the server's account.
sub _as_owner {
    my @end = ('--pdeathsig', 'INT');
    return ('setpriv', @end) if $>;
    my (undef, $uid, $gid) = owner();
    return ('setpriv', "--reuid=$uid", "--regid=$gid", '--clear-groups', @end);
}

# Make the socket's directory, which the server and Apache's children share.
sub make_socket_dir {
    my ($self) = @_;
    mkdir $self->{socket} or -d $self->{socket} or die "$self->{socket}: $!\n";
    return if $>;
    my ($uid, $gid) = ((owner())[1], (web())[2]);
    chown $uid, $gid, $self->{socket};
    chmod 0710, $self->{socket};
}

# Make the database cluster.
sub init {
    my ($self) = @_;
    mkdir $self->{data}, 0700 or die "$self->{data}: $!\n";
    chown((owner())[1, 2], $self->{data}) unless $>;
    $self->_quiet('initdb', _as_owner(), "$self->{bin}/initdb", '-D', $self->{data},
        '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--auth=peer',
        '--wal-segsize=4', '--no-sync', '--no-instructions');
    $self->_write('pg_hba.conf', "local all all peer map=ej\n");
    return $self;
}

sub _write {
    my ($self, $name, $text) = @_;
    open my $file, '>', "$self->{data}/$name" or die "$self->{data}/$name: $!\n";
    print $file $text;
    close $file or die "$self->{data}/$name: $!\n";
}

# Write the settings, which may differ at each start.
sub _configure {
    my ($self) = @_;
    my $me = getpwuid $>;
    my ($web) = web();
    my ($owner) = owner();
    my %who = (map { ("$me $_" => 1, "$owner $_" => 1) } qw(ej_backup postgres));
    %who = (%who, map { ("$me $_" => 1, "$web $_" => 1) } qw(ej_web ej_job ej_sender));
    $self->_write('pg_ident.conf', join '', map {"ej $_\n"} sort keys %who);
    my @set = (
        "listen_addresses = ''",
        "unix_socket_directories = '$self->{socket}'",
        'max_connections = 120',
        'shared_buffers = 256MB',
        'jit = off',
        'log_line_prefix = ' . q{'%m [%p] %u@%d '},
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        'log_min_messages = warning',
        # errors of clients are checked by the tests and are not logged
        'log_min_error_statement = panic',
    );
    push @set, 'fsync = off', 'synchronous_commit = off', 'full_page_writes = off',
        'wal_level = minimal', 'max_wal_senders = 0', 'autovacuum = off'
        if $self->{fast};
    push @set, 'max_wal_size = 4GB', 'checkpoint_timeout = 1h', 'maintenance_work_mem = 256MB'
        if $self->{fast} && $self->{fast} eq 'load';
    push @set, @{$self->{settings} || []};
    $self->_write('postgresql.auto.conf', join '', map {"$_\n"} @set);
}

sub start {
    my ($self) = @_;
    $self->make_socket_dir;
    $self->_configure;
    my $since = -s $self->{log} || 0;
    my $pid   = fork // die "fork: $!\n";
    if (!$pid) {
        POSIX::setsid();
        open STDIN,  '<',  '/dev/null';
        open STDOUT, '>>', $self->{log} or POSIX::_exit(127);
        open STDERR, '>&', \*STDOUT;
        exec(_as_owner(), $self->_clock, "$self->{bin}/postgres", '-D', $self->{data}) or POSIX::_exit(127);
    }
    $self->{pid} = $pid;
    my $end = time + 60;
    until ($self->is_ready) {
        if (waitpid($pid, POSIX::WNOHANG()) == $pid) {
            $self->{pid} = undef;
            die "PostgreSQL did not start: " . $self->_last_words($since) . "\n";
        }
        die "PostgreSQL did not answer within 60 s, see $self->{log}\n" if time > $end;
        sleep 0.05;
    }
    return $self;
}

# The command that lets the server have a clock of its own.
sub _clock {
    my ($self) = @_;
    return unless $self->{clock};
    my ($library) = glob '/usr/lib/*/faketime/libfaketimeMT.so.1' or die "no libfaketime\n";
    return ('env', "LD_PRELOAD=$library", "FAKETIME_TIMESTAMP_FILE=$self->{clock}", 'FAKETIME_NO_CACHE=1', 'FAKETIME_DONT_FAKE_MONOTONIC=1');
}

# Set the server's clock: so many seconds after 1970.
sub set_clock {
    my ($self, $at) = @_;
    open my $file, '>', "$self->{clock}.new" or die "$self->{clock}: $!\n";
    printf $file "%+.0f\n", $at - time;
    close $file;
    rename "$self->{clock}.new", $self->{clock} or die "$self->{clock}: $!\n";
}

sub is_ready {
    my ($self) = @_;
    return 0 unless -S "$self->{socket}/.s.PGSQL.5432";
    return system("$self->{bin}/pg_isready -q -h '$self->{socket}' -U postgres") == 0;
}

sub _last_words {
    my ($self, $since) = @_;
    open my $file, '<', $self->{log} or return "no log in $self->{log}";
    seek $file, $since, 0;
    my @lines = <$file>;
    my ($fatal) = grep {/FATAL|PANIC|ERROR|No space/} @lines;
    chomp(my $words = $fatal // $lines[-1] // 'it said nothing');
    return $words;
}

# stop('fast' | 'immediate' | 'smart')
sub stop {
    my ($self, $mode) = @_;
    my $pid = delete $self->{pid} or return;
    my %signal = (fast => 'INT', immediate => 'QUIT', smart => 'TERM');
    kill 'CONT', $pid;
    kill $signal{$mode || 'fast'}, $pid;
    local ($?, $!);
    my $end = time + 60;
    while (waitpid($pid, POSIX::WNOHANG()) == 0) {
        kill 'QUIT', $pid if time > $end;
        sleep 0.02;
    }
}

# safely(0): data may be lost in a crash; for making a database, which would then be made
# anew. safely(1): write everything to the disk and go on safely.
sub safely {
    my ($self, $safe) = @_;
    $self->{fast} = $safe ? 0 : 'load';
    return $self unless $self->{pid};
    $self->stop;
    system 'sync', '-f', $self->{data};
    return $self->start;
}

sub restart {
    my ($self, $mode) = @_;
    $self->stop($mode);
    return $self->start;
}

# Make a hot standby of this running server, which must write WAL for it (wal_level = replica, max_wal_senders), and
# start it.
sub standby {
    my ($self, %o) = @_;
    open my $hba, '>>', "$self->{data}/pg_hba.conf" or die "$self->{data}/pg_hba.conf: $!\n";
    print $hba "local replication all peer map=ej\n";
    close $hba;
    kill 'HUP', $self->{pid};
    my $from = "host=$self->{socket} user=postgres";
    mkdir $o{data}, 0700 or die "$o{data}: $!\n";
    chown((owner())[1, 2], $o{data}) unless $>;
    $self->_quiet('pg_basebackup', _as_owner(), "$self->{bin}/pg_basebackup", '-d', $from, '-D', $o{data}, '-c', 'fast', '-X', 'stream', '-R');
    return ref($self)->new(%o, settings => [@{$self->{settings} || []}, "primary_conninfo = '$from'"])->start;
}

# Let a standby become the primary, and wait until it is.
sub promote { return $_[0]->psql('postgres', '-c', 'SELECT pg_promote()') }

# Stop every process of the server, or let them go on: while stopped it neither answers nor ends.
sub halt   { kill 'STOP', $_[0]{pid}, $_[0]->_children }
sub resume { kill 'CONT', $_[0]->_children, $_[0]{pid} }
sub _children { return split ' ', `ps -o pid= --ppid $_[0]{pid}` }

# Freeze the postmaster: the kernel still accepts connections, but nobody answers.
sub freeze { kill 'STOP', $_[0]{pid} }
sub thaw   { kill 'CONT', $_[0]{pid} }

# The environment for psql and other clients to connect as superuser.
sub env {
    my ($self, $database) = @_;
    return (
        PGHOST           => $self->{socket},
        PGPORT           => 5432,
        PGUSER           => 'postgres',
        PGDATABASE       => $database || 'postgres',
        PGCLIENTENCODING => 'UTF8',
        PGOPTIONS        => '-c client_min_messages=warning',
        PSQLRC           => '/dev/null',
        PATH             => "$self->{bin}:$ENV{PATH}",
    );
}

# Run psql; returns its output, dies with the first error line.
sub psql {
    my ($self, $database, @args) = @_;
    return $self->_quiet("psql on $database",
        {$self->env($database)}, 'psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', @args);
}

# _quiet(what, {environment}?, command …): output, or die with one clear line.
sub _quiet {
    my ($self, $what, @command) = @_;
    my %env = ref $command[0] ? %{shift @command} : ();
    my $pid = open(my $out, '-|') // die "fork: $!\n";
    if (!$pid) {
        @ENV{keys %env} = values %env;
        chdir $TOP;
        open STDERR, '>&', \*STDOUT;
        open STDIN,  '<',  '/dev/null';
        exec @command or print "cannot run $command[0]: $!\n";
        POSIX::_exit(127);
    }
    binmode $out, ':encoding(UTF-8)';
    local $/;
    my $text = <$out> // '';
    return $text if close $out;
    my ($line) = grep {/No space left|ERROR|FATAL|error:|cannot|could not/} split /\n/, $text;
    $line //= (split /\n/, $text)[-1] // "it failed and said nothing";
    die "$what: $line\n";
}

sub databases {
    my ($self) = @_;
    return {map { $_ => 1 } split /\n/, $self->psql('postgres', '-c', 'SELECT datname FROM pg_database')};
}

# Create or upgrade the schema in an existing database.
sub migrate {
    my ($self, $database) = @_;
    my @migrate = ({$self->env($database)}, "$TOP/sql/ejournal-migrate");
    $self->_quiet('ejournal-migrate', @migrate, '--roles');
    $self->_quiet('ejournal-migrate', @migrate);
}

# seed('ejournal', 'many', schools => 50): run one file of sql/seed.
sub seed {
    my ($self, $database, $seed, %variables) = @_;
    $self->psql($database, (map { ('-v', "$_=$variables{$_}") } sort keys %variables),
        '-f', "$TOP/sql/seed/$seed.sql");
}

# Make a database with the schema and one seed. It gets its final name only when it is
# complete, so that an incomplete one is never used. Returns the output of the seed.
sub make {
    my ($self, $database, $seed) = @_;
    my $making = "${database}_making";
    $self->psql('postgres', '-c', qq{DROP DATABASE IF EXISTS "$making"});
    $self->psql('postgres', '-c', qq{CREATE DATABASE "$making" TEMPLATE template0});
    $self->migrate($making);
    my $said = $self->seed($making, $seed);
    $self->psql('postgres', '-c', qq{ALTER DATABASE "$making" RENAME TO "$database"});
    return $said;
}

# Copy a database. CREATE DATABASE does not copy grants on the database itself, so they
# are granted again.
sub copy {
    my ($self, $database, $template) = @_;
    $self->psql('postgres', '-c', qq{CREATE DATABASE "$database" TEMPLATE "$template"}, '-c', <<"SQL");
DO \$do\$
DECLARE
    line text;
BEGIN
    REVOKE ALL ON DATABASE "$database" FROM PUBLIC;
    FOR line IN
        SELECT format('GRANT %s ON DATABASE "$database" TO %s', a.privilege_type,
                      CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END)
          FROM pg_database d,
               aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a
         WHERE d.datname = '$template'
    LOOP
        EXECUTE line;
    END LOOP;
END
\$do\$
SQL
}

# The people of the test seed, whose log-in is their role, and their common password.
our $PASSWORD = 'demo-pass-92';
our @PEOPLE   = qw(administrator director deputy class-teacher teacher english substitute
    sport grade1 teacher-parent personnel meals archivist observer parent parent-left pupil);

# A log-in for each role: rows of [role, login, password].
sub logins {
    my ($self, $database) = @_;
    my %there = map { $_ => 1 } split /\n/, $self->psql($database, '-c', 'SELECT login FROM ej.account');
    return map { [$_, $_, $PASSWORD] } grep { $there{$_} } @PEOPLE;
}

# A digest of all files that determine the content of a database. Two checkouts that hold the same files
# have the same digest: names count from the top, so that a database made by one serves the other.
sub fingerprint {
    my ($seed) = @_;
    my $sha = Digest::SHA->new(256);
    my @files = sort grep { -f && !/\.md$/ } (
        __FILE__, glob("$TOP/sql/*"), glob("$TOP/sql/migrations/*"),
        glob("$TOP/sql/objects/*"), glob("$TOP/sql/seed/*"));
    for my $file (@files) {
        $sha->add($file =~ s{.*/(?=sql/|EJ/)}{}r, "\0");
        $sha->addfile($file);
    }
    $sha->add(bindir(), $seed);
    return substr $sha->hexdigest, 0, 12;
}

1;
