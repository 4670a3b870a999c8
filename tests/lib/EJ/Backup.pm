package EJ::Backup;

# ejournal-backup, ejournal-proof and ejournal-restore as a school runs them: under the account of PostgreSQL, with
# two folders on two devices, on the database of a test.

use strict;
use warnings;
use Digest::SHA ();
use File::Path qw(make_path remove_tree);
use File::Temp ();
use POSIX ();
use EJ::Client ();
use EJ::Httpd ();
use EJ::Postgres ();

# A second device that everybody may write to.
my $SECOND = '/dev/shm';

# $t => {copy1, copy2, …}; missing: why no backup can be made on this machine.
sub new {
    my ($class, $t) = @_;
    my ($name, $uid, $gid) = EJ::Postgres::owner();
    my $self = bless {t => $t, stage => $t->stage, uid => $uid, gid => $gid, maker => $$}, $class;
    $self->{dir} = File::Temp::tempdir('ejbXXXXXX', TMPDIR => 1, CLEANUP => 0);
    $self->{second} = -w $SECOND ? File::Temp::tempdir('ejbXXXXXX', DIR => $SECOND, CLEANUP => 0) : undef;
    $self->{missing} = 'no second device'
        if !$self->{second} || (stat $self->{second})[0] == (stat $self->{dir})[0];
    return $self if $self->{missing};
    ($self->{copy1}, $self->{copy2}) = ("$self->{dir}/first", "$self->{second}/copies");
    mkdir $_ for $self->{copy1}, $self->{copy2}, "$self->{dir}/second", "$self->{dir}/tmp", "$self->{dir}/bin", "$self->{dir}/altered";
    system('cp', glob("$EJ::Postgres::TOP/sql/ejournal-*"), "$self->{dir}/bin") == 0 or die "cannot copy the commands\n";
    $self->give($self->{dir}, $self->{second});
    return $self;
}

# Give files to the account that makes backups.
sub give { my ($self, @files) = @_; system('chown', '-R', "$self->{uid}:$self->{gid}", @files) if !$> }

sub DESTROY {
    my ($self) = @_;
    return if $$ != $self->{maker};
    local ($?, $!);
    system('umount', $self->{small}) if $self->{small};
    remove_tree(grep {defined} $self->{dir}, $self->{second});
}

# Write backup.conf; other values than the usual: copy2 => '…'.
sub conf {
    my ($self, %o) = @_;
    my %value = (copy1 => $self->{copy1}, copy2 => $self->{copy2}, share => $self->{stage}->share,
        module => $self->{stage}->module, libexec => EJ::Httpd::_libexec(), pgbin => EJ::Postgres::bindir(), jobs => 2, %o);
    $self->spill("$self->{dir}/backup.conf", join '', map {"$_='$value{$_}'\n"} sort keys %value);
    return "$self->{dir}/backup.conf";
}

sub spill {
    my ($self, $name, $text) = @_;
    open my $file, '>', $name or die "$name: $!\n";
    print $file $text;
    close $file;
    $self->give($name);
}

# The command that runs a program as the account of PostgreSQL.
sub _command {
    my ($self, $program, $o, @args) = @_;
    my %o    = (%$o);
    my %env  = ($self->{t}->postgres->env($self->{t}->database), PGUSER => 'ej_backup', TMPDIR => "$self->{dir}/tmp",
        map { $_ => $o{$_} } grep {/^PG/} keys %o);
    delete $env{PGOPTIONS};
    my %conf = map { $_ => $o{$_} } grep { !/^PG/ } keys %o;
    return ($self->_as_owner, 'env', (map {"$_=$env{$_}"} sort keys %env), "$self->{dir}/bin/$program", '--conf', $self->conf(%conf), @args);
}

sub _as_owner {
    my ($self) = @_;
    return ('setpriv', $> ? () : ("--reuid=$self->{uid}", "--regid=$self->{gid}", '--clear-groups'));
}

# Run a command of the product; returns exit code and what it said on both ways.
sub run {
    my ($self, $program, @args) = @_;
    my $o   = ref $args[0] ? shift @args : {};
    return $self->_run($self->_command($program, $o, @args));
}

# Run a command of the product without a configuration and a database; returns the same.
sub run_bare { my ($self, $program, @args) = @_; return $self->_run($self->_as_owner, 'env', '-i', "PATH=$ENV{PATH}", "$self->{dir}/bin/$program", @args) }

# Run any program as the account of PostgreSQL; returns the same.
sub as_owner { my ($self, @run) = @_; return $self->_run($self->_as_owner, @run) }

sub _run {
    my ($self, @run) = @_;
    my $pid = open(my $out, '-|') // die "fork: $!\n";
    if (!$pid) {
        open STDERR, '>&', \*STDOUT;
        open STDIN, '<', '/dev/null';
        chdir '/';
        exec @run or POSIX::_exit(127);
    }
    local $/;
    my $said = <$out> // '';
    close $out;
    return ($? >> 8, $said);
}
sub backup { my ($self, @args) = @_; return $self->run('ejournal-backup', @args) }
sub package { my ($self, @args) = @_; return $self->run('ejournal-package', @args) }
sub proof  { my ($self, $dir) = @_; return $self->run('ejournal-proof', $dir) }

# Restore a folder into a new database of the test's cluster.
sub restore {
    my ($self, $from, $into) = @_;
    return $self->run('ejournal-restore', {PGUSER => 'postgres'}, '--sql', $self->{stage}->share . '/sql', '--from', $from, '--into', $into);
}

# An Apache on a restored database.
sub serve {
    my ($self, $database) = @_;
    my $t = $self->{t};
    return $self->{httpd} = EJ::Httpd->new(dir => "$t->{dir}/$database", module => $self->{stage}->module, jobs => 0, children => 1,
        share => $self->{stage}->share, socket => $t->postgres->socket, database => $database)->start;
}

# A browser at the restored journal; with the cookies of another one.
sub client {
    my ($self, $cookies) = @_;
    my $client = EJ::Client->new(httpd => $self->{httpd}, share => $self->{stage}->share, wrong => [], who => 'restored');
    $client->agent->cookie_jar($cookies->agent->cookie_jar) if $cookies;
    return $client;
}

# Start a backup, or another program; returns its pid.
sub start {
    my ($self, $program) = @_;
    my @run = $self->_command($program // 'ejournal-backup', {});
    my $pid = fork // die "fork: $!\n";
    return $pid if $pid;
    open $_, '>', '/dev/null' for *STDOUT, *STDERR;
    chdir '/';
    exec @run or POSIX::_exit(127);
}

# Whether nothing of a backup runs: its lock is free.
sub is_idle { return system('flock', '-n', "$_[0]{copy1}/lock", 'true') == 0 }

# A folder with the files of a backup, to be damaged.
sub fresh_copy {
    my ($self, $from) = @_;
    remove_tree("$self->{dir}/altered");
    system('cp', '-r', $from, "$self->{dir}/altered") == 0 or die "cannot copy $from\n";
    $self->give("$self->{dir}/altered");
    return "$self->{dir}/altered";
}

# Flip a bit in the middle of a file, or at another part of its length.
sub flip {
    my ($self, $name, $part) = @_;
    open my $file, '+<:raw', $name or die "$name: $!\n";
    my $at = int((-s $name) * ($part // 0.5));
    seek $file, $at, 0;
    read $file, my $byte, 1;
    seek $file, $at, 0;
    print $file chr(ord($byte) ^ 16);
    close $file;
}

# Make the manifest of a folder anew.
sub manifest {
    my ($self, $dir) = @_;
    system("cd '$dir' && sha256sum counts facts form journal.dump roles.sql >SHA256SUMS") == 0 or die "no manifest\n";
    $self->give($dir);
}

# Put in place of the dump in a folder one of a journal in which a superuser has run $sql.
sub dump_without {
    my ($self, $dir, $sql) = @_;
    my $postgres = $self->{t}->postgres;
    my %env      = $postgres->env('postgres');
    my $base     = $self->{t}->database . '_base';
    my $base_made = $self->{base_made}++;
    local @ENV{keys %env} = values %env;
    if (!$base_made) {
        $postgres->psql('postgres', '-c', qq{CREATE DATABASE "$base" TEMPLATE template0});
        system('pg_restore', '--exit-on-error', '-d', $base, "$dir/journal.dump") == 0 or die "no restore\n";
        # what was restored words some definitions in another way
        chomp($self->{definitions} = `pg_dump -s $base | grep -v -e '^--' -e '^\\\\' | sha256sum | cut -d ' ' -f 1`);
    }
    my $facts = do { open my $in, '<', "$dir/facts" or die "$dir/facts: $!\n"; local $/; <$in> };
    $self->spill("$dir/facts", $facts =~ s/^definitions \K.*/$self->{definitions}/mr);
    $postgres->psql('postgres', '-c', 'DROP DATABASE IF EXISTS "altered"', '-c', qq{CREATE DATABASE "altered" TEMPLATE "$base"});
    $postgres->psql('altered', '-c', $sql);
    system('pg_dump', '-Fc', '-f', "$dir/journal.dump", 'altered') == 0 or die "no dump\n";
    $postgres->psql('postgres', '-c', 'DROP DATABASE "altered"');
    $self->manifest($dir);
}

# The folder of a device with room for 256 KB; undef where none can be mounted.
sub small_device {
    my ($self) = @_;
    return if $>;
    mkdir "$self->{dir}/small";
    return if system("mount -t tmpfs -o size=256k tmpfs '$self->{dir}/small' 2>/dev/null") != 0;
    $self->{small} = "$self->{dir}/small";
    $self->give($self->{small});
    return $self->{small};
}

# The sum of the counts in a folder, of a table with its partitions or of all.
sub sum_of_counts {
    my ($self, $dir, $table) = @_;
    open my $file, '<', "$dir/counts" or die "$dir/counts: $!\n";
    my $name = defined $table ? qr/ej\.$table(?:_\d+)?/ : qr/.*/;
    my $sum  = 0;
    while (my $line = <$file>) { $sum += $1 if $line =~ /^$name\|(\d+)$/ }
    return $sum;
}

sub sha256 { return Digest::SHA::sha256_hex($_[1]) }

# What is half done in these folders.
sub parts { my ($self, @dirs) = @_; return join ' ', map { glob "$_/.part-*" } @dirs }

# Files and servers of a proof that are still there.
sub left {
    my ($self) = @_;
    my @files = glob "$self->{dir}/tmp/*";
    my @servers = grep {
        my $is_open = open my $in, '<', $_;
        $is_open && (<$in> // '') =~ m{\Q$self->{dir}\E/tmp/}
    } glob '/proc/[0-9]*/cmdline';
    return join ' ', @files, @servers;
}

1;
