package EJ::Httpd;

# A private Apache with the journal on 127.0.0.1, for make run, check and bench. It ends
# with the process that started it.

use strict;
use warnings;
use Cwd qw(abs_path);
use IO::Select ();
use IO::Socket::INET ();
use POSIX ();
use Time::HiRes qw(sleep time);
use EJ::Postgres ();
use EJ::Stage ();

# The modules that conf/ejournal.conf needs, and those for this server's own
# configuration.
our @MODULES = qw(mpm_event authn_core authz_core authn_file auth_basic dbd dir mime
    headers filter deflate reqtimeout alias setenvif unixd log_config watchdog);

# new(dir, module, share, socket, database; optional: port, base, secure,
#     conf => more lines, pool => DBDMax, children, threads, log_level,
#     clock => 1: its clock of the day can be moved, see set_clock; jobs => 0: it runs none)
sub new {
    my ($class, %o) = @_;
    my $self = bless {
        base => '/journal', secure => 0, pool => 4, children => 2, threads => 8, jobs => 1,
        conf => '', log_level => 'notice ejournal:info',
        sanitize => EJ::Stage::is_sanitized(), %o,
    }, $class;
    $self->{port} ||= free_port();
    mkdir $_ for $self->{dir}, "$self->{dir}/htdocs", "$self->{dir}/reports";
    chmod 0755, $self->{dir}, "$self->{dir}/htdocs";
    # children write the sanitizer's reports under their own account
    chown((EJ::Postgres::web())[1, 2], "$self->{dir}/reports") unless $>;
    return $self;
}

sub port { return $_[0]{port} }
sub base { return $_[0]{base} }
sub pid  { return $_[0]{pid} }
sub url  { return "http://127.0.0.1:$_[0]{port}$_[0]{base}" }

sub error_log  { return "$_[0]{dir}/error_log" }
sub access_log { return "$_[0]{dir}/access_log" }

# The pids of the processes that answer requests.
sub children {
    my ($self) = @_;
    return split ' ', `pgrep -P $self->{pid}`;
}

# The CPU time of the children in seconds.
sub processor {
    my ($self) = @_;
    my $ticks = 0;
    for my $child ($self->children) {
        open my $file, '<', "/proc/$child/stat" or next;
        my @of = split ' ', <$file> =~ s/^.*\) //r;
        $ticks += $of[11] + $of[12];
    }
    return $ticks / POSIX::sysconf(POSIX::_SC_CLK_TCK());
}

sub free_port {
    my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 1)
        or die "No free port: $!\n";
    return $socket->sockport;
}

sub is_port_free {
    my ($port) = @_;
    return !!IO::Socket::INET->new(
        LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 1, ReuseAddr => 1);
}

sub _libexec {
    our $libexec;
    chomp($libexec //= `apxs -q LIBEXECDIR`);
    return $libexec;
}

sub _load_lines {
    my ($self) = @_;
    my $dir = _libexec();
    # modules without a file are built into Debian's httpd
    my @lines = map {"LoadModule ${_}_module $dir/mod_$_.so"} grep { -e "$dir/mod_$_.so" } @MODULES;
    return join "\n", @lines, "LoadModule ejournal_module $self->{module}";
}

sub config {
    my ($self) = @_;
    my ($user)  = EJ::Postgres::web();
    my $group   = getgrgid((EJ::Postgres::web())[2]);
    my $account = $> ? '' : "User $user\nGroup $group";
    my $load    = $self->_load_lines;
    my $secure  = $self->{secure} ? 'on' : 'off';
    my $jobs    = $self->{jobs} ? qq{EjournalJobs "host=$self->{socket} dbname=$self->{database} user=ej_job application_name=ejournal-jobs }
        . q{connect_timeout=2 options='-c lock_timeout=1000 -c statement_timeout=600000'"} : '';
    my $mount   = $self->{base} eq '' ? '/' : $self->{base};
    my $threads = $self->{threads} * $self->{children};
    my $log     = $self->{access_log} || 'access_log';
    my $listen  = $self->{listen} // 1 ? "Listen 127.0.0.1:$self->{port}" : '';
    return <<"END";
ServerRoot "$self->{dir}"
ServerName 127.0.0.1
$listen
PidFile httpd.pid
DefaultRuntimeDir "$self->{dir}"
$load
$account
ServerTokens Prod
ServerSignature Off
StartServers $self->{children}
ServerLimit $self->{children}
ThreadsPerChild $self->{threads}
ThreadLimit $self->{threads}
MaxRequestWorkers $threads
MinSpareThreads 1
MaxSpareThreads $threads
MaxConnectionsPerChild 0
GracefulShutdownTimeout 10

ErrorLog error_log
LogLevel $self->{log_level}
LogFormat "%h %u %t \\"%r\\" %>s %b %{us}T" plain
CustomLog $log plain

DocumentRoot "$self->{dir}/htdocs"
<Directory />
    AllowOverride None
    Require all denied
</Directory>
<Directory "$self->{dir}/htdocs">
    Require all granted
</Directory>
<Directory "$self->{share}/static">
    Require all granted
    FileETag Digest
    AddCharset utf-8 .css .js .mjs .svg
</Directory>

TypesConfig /dev/null
AddType text/css .css
AddType text/javascript .js .mjs
AddType image/svg+xml .svg
AddType image/png .png
AddType font/woff2 .woff2
AddDefaultCharset utf-8
AddOutputFilterByType DEFLATE text/html text/css text/csv text/plain text/javascript application/xml image/svg+xml
SetEnvIf Sec-Fetch-Site "^(cross|same)-site\$" no-gzip
SetEnvIfExpr "-n req('Referer') && !(req('Referer') -strmatch 'https://%{HTTP_HOST}/*') && !(req('Referer') -strmatch 'http://%{HTTP_HOST}/*')" no-gzip

TraceEnable off
RequestReadTimeout header=5-10,MinRate=500 body=5,MinRate=500
KeepAliveTimeout 60

DBDriver pgsql
DBDParams "host=$self->{socket} dbname=$self->{database} user=ej_web application_name=ejournal connect_timeout=2 options='-c statement_timeout=5000 -c lock_timeout=1000 -c idle_in_transaction_session_timeout=10000'"
DBDMin 1
DBDKeep $self->{pool}
DBDMax $self->{pool}
DBDExptime 300
DBDPersist On
EjournalPlaces $self->{pool}
$jobs

EjournalShare "$self->{share}"
EjournalSecure $secure
<Location "$mount">
    Ejournal On
    SetHandler ejournal
    AuthType Ejournal
    AuthName "ejournal"
    Require ejournal
    ErrorDocument 403 $self->{base}/error
    ErrorDocument 404 $self->{base}/error
    ErrorDocument 405 $self->{base}/error
    ErrorDocument 413 $self->{base}/error
    ErrorDocument 416 $self->{base}/error
</Location>
ErrorDocument 400 $self->{base}/error
ErrorDocument 408 $self->{base}/error
ErrorDocument 414 $self->{base}/error
ErrorDocument 417 $self->{base}/error
$self->{conf}
END
}

sub write_config {
    my ($self) = @_;
    open my $file, '>:utf8', "$self->{dir}/httpd.conf" or die "$self->{dir}/httpd.conf: $!\n";
    print $file $self->config;
    close $file or die "$self->{dir}/httpd.conf: $!\n";
}

# The command that starts httpd. The sanitizer's library is preloaded only here.
sub _command {
    my ($self, @args) = @_;
    my @env = ('env', 'LC_ALL=C');
    if ($self->{sanitize}) {
        chomp(my $lib = `gcc -print-file-name=libasan.so`);
        my $reports = "$self->{dir}/reports";
        # httpd catches SIGSEGV itself; without allow_user_segv_handler=0 the sanitizer
        # would not report the stack of a crash
        push @env, 'LD_PRELOAD=' . abs_path($lib),
            "ASAN_OPTIONS=detect_leaks=0:log_path=$reports/asan:allow_user_segv_handler=0",
            "UBSAN_OPTIONS=print_stacktrace=1:log_path=$reports/ubsan";
    }
    push @env, 'LD_PRELOAD=' . (faketime() // die "no libfaketime\n"),
        "FAKETIME_TIMESTAMP_FILE=$self->{dir}/clock", 'FAKETIME_NO_CACHE=1', 'FAKETIME_DONT_FAKE_MONOTONIC=1'
        if $self->{clock} && !$self->{sanitize};
    my $apache = -x '/usr/sbin/apache2' ? '/usr/sbin/apache2' : 'httpd';
    return (@env, $apache, '-f', "$self->{dir}/httpd.conf", @args);
}

# The library of Debian's package faketime, for programs with threads.
sub faketime { return (glob '/usr/lib/*/faketime/libfaketimeMT.so.1')[0] }

# Move Apache's clock of the day: '+1d', '-1d', '+0'.
sub set_clock {
    my ($self, $offset) = @_;
    open my $file, '>', "$self->{dir}/clock.new" or die "$self->{dir}/clock.new: $!\n";
    print $file "$offset\n";
    close $file;
    rename "$self->{dir}/clock.new", "$self->{dir}/clock" or die "$self->{dir}/clock: $!\n";
}

# Run configtest; returns whether it succeeded, and its output.
sub configtest {
    my ($self) = @_;
    $self->write_config;
    my $pid = open(my $out, '-|') // die "fork: $!\n";
    if (!$pid) {
        open STDERR, '>&', \*STDOUT;
        exec($self->_command('-t')) or POSIX::_exit(127);
    }
    local $/;
    my $said = <$out> // '';
    return (close($out) ? 1 : 0, $said);
}

sub start {
    my ($self) = @_;
    $self->write_config;
    $self->set_clock('+0') if $self->{clock};
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        POSIX::setsid();
        open STDIN,  '<',  '/dev/null';
        # output before httpd has opened its log
        open STDOUT, '>>', $self->error_log or POSIX::_exit(127);
        open STDERR, '>&', \*STDOUT;
        exec('setpriv', '--pdeathsig', 'TERM', $self->_command('-DFOREGROUND')) or POSIX::_exit(127);
    }
    $self->{pid} = $pid;
    my $end = time + 150; # five times what a busy machine takes
    until ($self->_answers) {
        if (waitpid($pid, POSIX::WNOHANG()) == $pid) {
            $self->{pid} = undef;
            die 'Apache did not start: ' . $self->_last_words . "\n";
        }
        die "Apache did not answer, see " . $self->error_log . "\n" if time > $end;
        sleep 0.02;
    }
    return $self;
}

# Whether Apache answers. After a failed bind it runs on for an instant, so its own pid
# file must exist, too. Only a child can answer the request.
sub _answers {
    my ($self) = @_;
    return 0 unless -s "$self->{dir}/httpd.pid";
    my $socket = IO::Socket::INET->new(
        PeerAddr => '127.0.0.1', PeerPort => $self->{port}, Timeout => 1) or return 0;
    print $socket "OPTIONS * HTTP/1.0\r\n\r\n";
    return 0 unless IO::Select->new($socket)->can_read(2);
    return (<$socket> // '') =~ m{^HTTP/};
}

sub _last_words {
    my ($self) = @_;
    open my $file, '<', $self->error_log or return 'it said nothing';
    my @lines = grep { !/AH00558|AH00163|AH00094|AH00014/ } <$file>;
    my ($cause) = grep {/ejournal: |error|:emerg|:crit|could not/i} @lines;
    # the reason of a syntax error is in the next line
    ($cause) = map { $lines[$_] =~ s/\n/ /r . ($lines[$_ + 1] // '') }
        grep { $lines[$_] eq $cause } 0 .. $#lines
        if $cause && $cause =~ /Syntax error on line/;
    chomp(my $words = $cause // $lines[-1] // 'it said nothing');
    return $words;
}

sub graceful { kill 'USR1', $_[0]{pid} }

# Stop Apache; stop('graceful') lets running requests end first.
sub stop {
    my ($self, $how) = @_;
    my $pid = delete $self->{pid} or return;
    my $is_graceful = $how && $how eq 'graceful';
    # Begin with WINCH (graceful-stop): TERM closes sockets under running requests, which
    # can crash a child of httpd 2.4 in httpd's own code. TERM follows only if Apache has
    # not ended in time.
    kill 'WINCH', $pid;
    local ($?, $!);
    my ($term, $end) = (time + 2, time + 20);
    while (waitpid($pid, POSIX::WNOHANG()) == 0) {
        # a signal during a restart of httpd is lost, so it is repeated
        if (!$is_graceful && time > $term) {
            kill 'TERM', $pid;
            $term = time + 3;
        }
        kill 'KILL', -$pid if time > $end;    # the children as well
        sleep 0.02;
    }
    unlink "$self->{dir}/httpd.pid";
}

1;
