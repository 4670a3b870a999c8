package EJ::Cluster;

# Three PostgreSQL kept by Patroni with three etcd, from the shipped files of conf/cluster, and haproxy in front of
# Apaches, all on 127.0.0.1 under an unprivileged account. Everything ends with the process that made it.

use strict;
use warnings;
use JSON::PP ();
use LWP::UserAgent ();
use POSIX ();
use Time::HiRes qw(sleep time);
use EJ::Httpd ();
use EJ::Postgres ();

# new(dir): the configuration of all; nothing runs yet.
sub new {
    my ($class, $dir) = @_;
    my $self = bless {dir => $dir, maker => $$, bin => EJ::Postgres::bindir(), pids => {}, agent => LWP::UserAgent->new(timeout => 2)}, $class;
    my ($major) = $self->{bin} =~ m{/(\d+)/};
    $self->{$_} = [map { EJ::Httpd::free_port() } 1 .. 3] for qw(postgres rest client peer);
    for my $i (0 .. 2) {
        my $name = 'db' . ($i + 1);
        mkdir "$dir/$name", 0700;
        mkdir "$dir/$name/s", 0700;
        my $yaml = _shipped('patroni.yml');
        $yaml =~ s/ADDRESS\d:2379/'127.0.0.1:' . $self->{client}[$& =~ s{\D*(\d).*}{$1}r - 1]/ge;
        $yaml =~ s/ADDRESS:8008/127.0.0.1:$self->{rest}[$i]/g;
        $yaml =~ s/ADDRESS:5432/127.0.0.1:$self->{postgres}[$i]/g;
        $yaml =~ s/^name: NAME/name: $name/m;
        $yaml =~ s{NETWORK scram-sha-256}{127.0.0.1/32 trust}g;
        $yaml =~ s{^    - host ejournal }{    - host all }m;
        $yaml =~ s{/var/lib/postgresql/15/ejournal}{$dir/$name/data};
        $yaml =~ s{/usr/lib/postgresql/15/bin}{$self->{bin}};
        $yaml =~ s{/var/lib/postgresql/\.pgpass-patroni}{$dir/$name/pgpass};
        $yaml =~ s{/var/run/postgresql}{$dir/$name/s};
        $yaml =~ s/shared_buffers: 1GB/shared_buffers: 32MB/;
        $yaml =~ s/mode: required/mode: "off"/; # a test has no such device: crash() after halt() does what it would do
        die "conf/cluster/patroni.yml has a word that is not replaced: $&\n" if $yaml =~ s/^\s*#.*//gmr =~ /ADDRESS\d?|NETWORK|\bNAME\b/;
        _write("$dir/$name/patroni.yml", $yaml);
    }
    system('chown', '-R', join(':', (EJ::Postgres::owner())[1, 2]), map {"$dir/db$_"} 1 .. 3) unless $>;
    return $self;
}

sub _shipped { my ($name) = @_; open my $in, '<', "$EJ::Postgres::TOP/conf/cluster/$name" or die "$name: $!\n"; local $/; return <$in> }
sub _write   { my ($name, $text) = @_; open my $out, '>', $name or die "$name: $!\n"; print $out $text; close $out or die "$name: $!\n" }

# Start a program under the server's account, in a process group of its own.
sub _start {
    my ($self, $name, $env, @command) = @_;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        POSIX::setsid();
        open STDIN,  '<',  '/dev/null';
        open STDOUT, '>>', "$self->{dir}/$name.log" or POSIX::_exit(127);
        open STDERR, '>&', \*STDOUT;
        @ENV{keys %$env} = values %$env;
        exec(EJ::Postgres::_as_owner(), @command) or POSIX::_exit(127);
    }
    return $self->{pids}{$name} = $pid;
}

sub start_etcd {
    my ($self, $i) = @_;
    my $name = 'db' . ($i + 1);
    my %env;
    for (split /\n/, _shipped('etcd.env')) {
        my ($key, $value) = /^(\w+)=(.*)/ or next;
        $value =~ s/ADDRESS(\d):2380/"127.0.0.1:$self->{peer}[$1 - 1]"/ge;
        $value =~ s/ADDRESS:2380/127.0.0.1:$self->{peer}[$i]/;
        $value =~ s/ADDRESS:2379/127.0.0.1:$self->{client}[$i]/;
        $value =~ s/\bNAME\b/$name/;
        $value =~ s{/var/lib/etcd/ejournal}{$self->{dir}/$name/etcd};
        $env{$key} = $value;
    }
    return $self->_start("etcd-$name", \%env, 'etcd');
}

sub start_patroni {
    my ($self, $i) = @_;
    my $name = 'db' . ($i + 1);
    return $self->_start("patroni-$name", {}, 'patroni', "$self->{dir}/$name/patroni.yml");
}

# Patroni's own check of a shipped file: what it says, '' if nothing. It refuses the loopback, on which the test is, and
# misses a pg_hba of the first start, which also stands where it holds after that.
sub validate {
    my ($self, $i) = @_;
    my $said = qx{patroni --validate-config '$self->{dir}/db@{[$i + 1]}/patroni.yml' 2>&1};
    return join '', grep { !/must not contain "127\.0\.0\.1"|^bootstrap\.pg_hba/ } split /^/, $said;
}

# The members by name: {role, state, lag, …}, as any Patroni that answers tells them.
sub members {
    my ($self) = @_;
    for my $port (@{$self->{rest}}) {
        my $r = $self->{agent}->get("http://127.0.0.1:$port/cluster");
        next if !$r->is_success;
        my $told = eval { JSON::PP::decode_json($r->content) } or next;
        return {map { $_->{name} => $_ } @{$told->{members}}};
    }
    return {};
}

# The number (0 to 2) of the primary; undef while there is none.
sub primary {
    my ($self) = @_;
    for my $i (0 .. 2) {
        my $r = $self->{agent}->get("http://127.0.0.1:$self->{rest}[$i]/primary");
        return $i if $r->code == 200;
    }
    return undef;
}

# Whether a primary, a synchronous standby and another standby run. Each server is asked itself, since what the others
# know of it is from before it crashed, for up to ttl seconds.
sub is_whole {
    my ($self) = @_;
    for my $port (@{$self->{rest}}) {
        return 0 if !$self->{agent}->get("http://127.0.0.1:$port/health")->is_success;
    }
    my $members = $self->members;
    my %roles;
    $roles{$_->{role}}++ for grep { $_->{state} =~ /^(?:running|streaming)$/ } values %$members;
    return ($roles{leader} // 0) == 1 && ($roles{sync_standby} // 0) == 1 && keys %$members == 3 && 3 == grep { $_->{state} =~ /^(?:running|streaming)$/ } values %$members;
}

# How many members the primary would ask, if no etcd answered.
sub failsafe_members {
    my ($self) = @_;
    my $i = $self->primary // return 0;
    my $r = $self->{agent}->get("http://127.0.0.1:$self->{rest}[$i]/failsafe");
    return $r->is_success ? scalar keys %{JSON::PP::decode_json($r->content)} : 0;
}

# All processes of a server: Patroni and PostgreSQL with its children.
sub processes {
    my ($self, $i) = @_;
    my $name = 'db' . ($i + 1);
    my @found = grep {defined} $self->{pids}{"patroni-$name"};
    if (open my $in, '<', "$self->{dir}/$name/data/postmaster.pid") {
        chomp(my $pid = <$in> // '');
        push @found, $pid, split ' ', `ps -o pid= --ppid $pid` if $pid;
    }
    return @found;
}

# Kill Patroni and PostgreSQL of a server at once.
sub crash {
    my ($self, $i) = @_;
    kill 'KILL', $self->processes($i);
    waitpid delete $self->{pids}{'patroni-db' . ($i + 1)}, 0;
}
# Freeze them. The watchdog would reset such a server after ttl less its margin: crash() then.
sub halt { my ($self, $i) = @_; kill 'STOP', $self->processes($i) }

sub stop_etcd {
    my ($self, $i) = @_;
    my $pid = delete $self->{pids}{'etcd-db' . ($i + 1)} or return;
    kill 'KILL', $pid;
    waitpid $pid, 0;
}

# The settings of libpq that find the servers.
sub hosts {
    my ($self) = @_;
    return 'host=127.0.0.1,127.0.0.1,127.0.0.1 port=' . join ',', @{$self->{postgres}};
}

# A superuser's handle to the primary's database.
sub db {
    my ($self, $database) = @_;
    return DBI->connect("dbi:Pg:dbname=$database;" . $self->hosts =~ s/ /;/r . ';target_session_attrs=read-write;connect_timeout=2', 'postgres', 'x', {RaiseError => 1, PrintError => 0});
}

# Start haproxy before these Apaches; returns its port.
sub start_haproxy {
    my ($self, $path, @ports) = @_;
    my $port = EJ::Httpd::free_port();
    my $text = _shipped('haproxy.cfg');
    $text =~ s/ADDRESS(\d)/127.0.0.1:$ports[$1 - 1]/g;
    $text =~ s/ADDRESS/127.0.0.1:$port/;
    $text =~ s{PATH}{$path};
    _write("$self->{dir}/haproxy.cfg", $text);
    $self->_start('haproxy', {}, 'haproxy', '-db', '-f', "$self->{dir}/haproxy.cfg");
    return $port;
}

sub DESTROY {
    my ($self) = @_;
    return if $$ != $self->{maker};
    local ($?, $!);
    for my $i (0 .. 2) {
        my @all = $self->processes($i);
        kill "KILL", grep {/^\d+\z/} @all;
    }
    for my $pid (grep {$_} values %{$self->{pids}}) { kill 'KILL', $pid; waitpid $pid, 0 }
}

1;
