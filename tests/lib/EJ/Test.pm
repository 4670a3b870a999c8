package EJ::Test;

# The base of every .t file: a database with a small school behind a real Apache.
#
#   use lib 'tests/lib';
#   use EJ::Test;                          # brings in Test::More as well
#   my $t = EJ::Test->new(today => '2026-11-20')->plan(2);
#   my $teacher = $t->login('teacher');
#   is $teacher->get('/')->status, 200, 'a teacher sees the day';
#
# One test is added to every plan: the error log has no unexpected line, every document
# fits its schema, no sanitizer reported. Files that cannot count their tests use
# done_testing instead of plan. `use EJ::Test qw(refused)` brings in refused() as well.

use strict;
use warnings;
use utf8;
use Cwd ();
use File::Path qw(remove_tree);
use File::Temp ();
use Test::More ();
use Time::HiRes qw(sleep time);
use EJ::Client ();
use EJ::Httpd ();
use EJ::Postgres ();
use EJ::Stage ();

our @ACTIVE;

sub import {
    my ($class, @more) = @_;
    my $to = caller;
    strict->import;
    warnings->import;
    utf8->import;
    no strict 'refs';
    for my $name (@Test::More::EXPORT) {
        next if $name eq 'done_testing';
        my ($sigil, $bare) = $name =~ /^([\$\@%&]?)(.*)$/;
        *{"${to}::$bare"} = $sigil eq '$' ? \${"Test::More::$bare"} : \&{"Test::More::$bare"};
    }
    *{"${to}::$_"} = \&$_ for 'done_testing', @more;
    binmode $_, ':encoding(UTF-8)'
        for *STDOUT, *STDERR, map { Test::More->builder->$_ } qw(output failure_output todo_output);
}

# The reply to a form as text: '303' when it was saved, otherwise the status with the code and the
# field of each error: '422 JE101:name JE106:'.
sub refused {
    my ($r) = @_;
    return join ' ', $r->status, map { join ':', $_->getAttribute('code'), $_->getAttribute('field') // '' }
        $r->status == 303 ? () : $r->nodes('//error');
}

# new(seed  => 'test',
#     empty => 1,                 a database without any school instead
#     today => '2026-11-20',      the schools' day; default the seed's own
#     conf  => "…",               more lines for Apache's server configuration,
#                                 or a sub that is given this object
#     base  => '/journal',        where the journal is mounted; '' is the root
#     secure => 0, pool => 4, children => 2, threads => 8, log_level => '…',
#     start => 0,                 leave Apache stopped
#     hooks => 1,                 the module that can be made to fail (core.h)
#     own_postgres => 1,          a cluster that may be stopped and broken
#     postgres => ['name = x'],   its settings
#     postgres_clock => 1793000000)   when it is there, in seconds after 1970; postgres->set_clock
sub new {
    my ($class, %o) = @_;
    my $self = bless {seed => 'test', expected => [], wrong => [], %o}, $class;
    push @ACTIVE, $self;
    my $stage = $self->{stage} = EJ::Stage->new(
        seed => $self->{seed}, cluster => !$o{own_postgres});
    $self->{dir} = File::Temp::tempdir('tXXXXXX', DIR => $stage->dir, CLEANUP => 0);
    chmod 0755, $self->{dir};
    $self->{postgres} = $o{own_postgres}
        ? $stage->cluster($self->{dir}, $o{postgres_clock}, @{$o{postgres} || []}) : $stage->postgres;
    $self->_make_database;
    my %apache = map { exists $o{$_} ? ($_ => $o{$_}) : () }
        qw(conf base secure pool children threads log_level port clock jobs);
    $apache{conf} = $apache{conf}->($self) if ref $apache{conf};
    $self->{httpd} = EJ::Httpd->new(
        dir      => "$self->{dir}/httpd",  module => $stage->module($o{hooks}), share => $o{share} || $stage->share,
        socket   => $self->{postgres}->socket,
        database => $self->{database}, %apache);
    $self->start unless exists $o{start} && !$o{start};
    return $self;
}

sub _make_database {
    my ($self) = @_;
    $self->{database} = $self->{own_postgres} ? "ej_$self->{seed}" : "t_$$" . '_' . @ACTIVE;
    if ($self->{empty}) {
        $self->{postgres}->psql('postgres', '-c', qq{CREATE DATABASE "$self->{database}" TEMPLATE template0});
        $self->{postgres}->migrate($self->{database});
    }
    elsif (!$self->{own_postgres}) {
        $self->{postgres}->copy($self->{database}, "ej_$self->{seed}");
    }
    $self->today($self->{today}) if $self->{today};
}

# Start Apache. Tries again if another process has taken the free port meanwhile.
sub start {
    my ($self) = @_;
    for my $try (1 .. 3) {
        return $self if eval { $self->{httpd}->start; 1 };
        die $@ if $@ !~ /could not bind|AH00072|Address already in use/ || $try == 3;
        unlink $self->{httpd}->error_log;
        $self->{httpd}{port} = EJ::Httpd::free_port();
    }
}

sub stage    { return $_[0]{stage} }
sub httpd    { return $_[0]{httpd} }
sub postgres { return $_[0]{postgres} }
sub dir      { return $_[0]{dir} }
sub database { return $_[0]{database} }
sub url      { return $_[0]{httpd}->url . ($_[1] // '') }

# ---------------------------------------------------------------- plan ----

sub plan {
    my ($self, $n) = @_;
    $self->{planned} = 1;
    Test::More::plan(tests => $n + 1);
    return $self;
}

# In files without a school this only calls Test::More's.
sub done_testing {
    $_->finish for grep { !$_->{planned} } @ACTIVE;
    Test::More::done_testing();
}

# ------------------------------------------------------------- clients ----

# Make a browser that has not logged in.
sub client {
    my ($self, $who) = @_;
    my $client = EJ::Client->new(
        httpd => $self->{httpd}, share => $self->{stage}->share,
        wrong => $self->{wrong}, who => $who);
    return $client;
}

# The password of everyone in the seed.
sub password { return $EJ::Postgres::PASSWORD }

# Write the log-ins of all roles to a file for other programs: role, log-in, password.
sub logins_file {
    my ($self) = @_;
    my $name = "$self->{dir}/logins.tsv";
    open my $file, '>:encoding(UTF-8)', $name or die "$name: $!\n";
    print $file join("\t", @$_) . "\n"
        for ['role', 'login', 'password'], $self->{postgres}->logins($self->{database});
    close $file;
    return $name;
}

# Make a browser and log in through the form as one of the seed's people, by log-in:
# 'teacher', 'parent', 'teacher-17' (of the other school) …
sub login {
    my ($self, $who, %fields) = @_;
    my $client = $self->client($who);
    my $reply  = $client->log_in($who, $self->password, %fields);
    if ($reply->status == 503) { # the machine is busy
        $self->allow_log(qr/JE50[1-3] 503 .* POST [^ ]*\/login/);
        $self->within(60, sub { $reply = $client->log_in($who, $self->password, %fields); $reply->status != 503 });
    }
    die "'$who' could not log in: " . $reply->summary . "\n" unless $reply->status == 303;
    return $client;
}

# The path of a page, by the names of its class, subject, pupil …:
#   path(journal => class => '7Б', subject => 'Алгебра', term => 'I четверть')
#   path(lesson  => class => …, subject => …, on => '2026-11-12')
#   path(diary   => pupil => 'Абрамова Дарья')       path(marks => pupil => …)
# If several rows fit, the first is taken; `group` is the study group's name, `school` the
# school's id.
sub path {
    my ($self, $what, %o) = @_;
    my $id = $self->id($what, %o);
    my %form = (journal => '/journals/%s', lesson => '/lessons/%s',
        diary => '/pupils/%s/diary', marks => '/pupils/%s/marks');
    return sprintf $form{$what}, $id;
}

sub id {
    my ($self, $what, %o) = @_;
    my ($sql, @where);
    my @values;
    my $is = sub {
        my ($name, $condition) = @_;
        return unless defined $o{$name};
        push @where, $condition;
        push @values, delete $o{$name};
    };
    if ($what eq 'diary' || $what eq 'marks' || $what eq 'pupil') {
        $sql = 'SELECT p.id FROM ej.pupil p';
        $is->(pupil => q{p.surname || ' ' || p.given_name = ?});
        $is->(school => 'p.school_id = ?');
        $is->(class => q{EXISTS (SELECT FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id
                WHERE e.pupil_id = p.id AND c.name = ?)});
        $sql .= _where(@where) . ' ORDER BY p.school_id, p.surname, p.given_name, p.id LIMIT 1';
    }
    else {
        my $from = ' FROM ej.teaching t JOIN ej.study_group g ON g.id = t.study_group_id
            JOIN ej.subject s ON s.id = t.subject_id ';
        $is->(class => q{EXISTS (SELECT FROM ej.study_group_class gc JOIN ej.class c ON c.id = gc.class_id
                WHERE gc.study_group_id = g.id AND c.name = ?)});
        $is->(group   => 'g.name = ?');
        $is->(subject => 's.name = ?');
        $is->(school  => 't.school_id = ?');
        $is->(staff   => '(SELECT surname FROM ej.staff WHERE id = t.staff_id) = ?');
        if ($what eq 'journal') {
            $is->(term => 'm.name = ?');
            $is->(on   => 'm.during @> ?::date');
            $sql = "SELECT j.id $from JOIN ej.journal j ON j.teaching_id = t.id
                JOIN ej.term m ON m.id = j.term_id" . _where(@where)
                . q{ ORDER BY t.school_id, g.name, s.name, NOT m.is_taught, lower(m.during), m.id, j.id LIMIT 1};
        }
        elsif ($what eq 'lesson') {
            $is->(on   => 'l.held_on = ?');
            $is->(slot => 'l.slot = ?');
            $sql = "SELECT l.id $from JOIN ej.lesson l ON l.teaching_id = t.id" . _where(@where)
                . ' ORDER BY t.school_id, g.name, s.name, l.held_on, l.slot, l.id LIMIT 1';
        }
        elsif ($what eq 'teaching') {
            $sql = "SELECT t.id $from" . _where(@where) . ' ORDER BY t.school_id, g.name, s.name, t.id LIMIT 1';
        }
        else {
            die "no path for '$what'\n";
        }
    }
    my ($id) = $self->db->selectrow_array($sql, undef, @values);
    return $id // die "the school has no such $what: @values\n";
}

sub _where {
    my (@conditions) = @_;
    return @conditions ? ' WHERE ' . join(' AND ', @conditions) : '';
}

# ------------------------------------------------------------ database ----

sub _connect {
    my ($self, $database, $user) = @_;
    require DBI;
    return DBI->connect(
        "dbi:Pg:dbname=$database;host=" . $self->{postgres}->socket, $user, '',
        {RaiseError => 1, PrintError => 0, AutoCommit => 1, pg_enable_utf8 => 1});
}

# Connections to the test's own database: db is the superuser's, made once; new_db makes
# another; web_db connects as Apache does. Changes by the superuser run the triggers, too.
sub db {
    my ($self) = @_;
    $self->{db} = undef if $self->{db} && !$self->{db}->ping;
    return $self->{db} ||= $self->_connect($self->{database}, 'postgres');
}
sub new_db { return $_[0]->_connect($_[0]{database}, 'postgres') }
sub web_db { return $_[0]->_connect($_[0]{database}, 'ej_web') }
sub job_db { return $_[0]->_connect($_[0]{database}, 'ej_job') }
sub sender_db { return $_[0]->_connect($_[0]{database}, 'ej_sender') }

# The first value of a query.
sub value {
    my ($self, $sql, @values) = @_;
    return scalar $self->db->selectrow_array($sql, undef, @values);
}

# Set the day that all schools take for today.
sub today {
    my ($self, $day) = @_;
    $self->db->do('UPDATE ej.school SET today_fixed = ?', undef, $day);
}

# Give all schools a time zone in which it is noon now, so that nothing waits for the end of the night.
sub noon {
    my ($self) = @_;
    my $hours = 12 - (gmtime)[2];
    $self->db->do('UPDATE ej.school SET tz = ?', undef, sprintf 'Etc/GMT%+d', -$hours);
}

# ------------------------------------------------------------- waiting ----

# Wait until the condition is true, at most some seconds on an idle machine, and three times as long, since the machine
# of a test is seldom idle. Returns its last value.
sub wait_for {
    my ($self, $seconds, $condition) = @_;
    return $self->within(3 * $seconds, $condition);
}

# The same where the limit itself is promised.
sub within {
    my ($self, $seconds, $condition) = @_;
    my $end = time + $seconds;
    while (1) {
        my $got = $condition->();
        return $got if $got || time > $end;
        sleep 0.03;
    }
}

# ------------------------------------------------------------- the log ----

# Expect error log lines; the test fails if one of the patterns does not occur.
sub expect_log {
    my ($self, @patterns) = @_;
    push @{$self->{expected}}, @patterns;
    return $self;
}

# Allow error log lines.
sub allow_log {
    my ($self, @patterns) = @_;
    push @{$self->{allowed}}, @patterns;
    return $self;
}

sub log_lines {
    my ($self) = @_;
    open my $file, '<:encoding(UTF-8)', $self->{httpd}->error_log or return;
    chomp(my @lines = <$file>);
    return @lines;
}

# The error log's lines that mean a fault: level warn or higher, a crash, or a line not in
# Apache's format.
sub bad_lines {
    my ($self) = @_;
    return grep {
        /^\[[^\]]+\] \[[\w-]*:(\w+)\]/
            ? $1 =~ /^(warn|error|crit|alert|emerg)$/ || /exit signal/
            : /\S/
    } $self->log_lines;
}

# The report files of the sanitizers.
sub reports {
    my ($self) = @_;
    return grep {-s} glob "$self->{httpd}{dir}/reports/*";
}

# Run the test that is added to every plan. Apache is stopped before.
sub finish {
    my ($self) = @_;
    return if $self->{finished}++;
    $self->{httpd}->stop if $self->{httpd};
    my @faults = $self->_faults;
    Test::More::ok(!@faults, 'and the error log is clean, the documents are of their schemas')
        or Test::More::diag(join "\n", @faults[0 .. ($#faults > 30 ? 30 : $#faults)]);
    $self->{failed} = @faults;
}

sub _faults {
    my ($self) = @_;
    my @lines  = $self->log_lines;
    my @known  = (@{$self->{expected}}, @{$self->{allowed} || []});
    my @faults = grep { my $line = $_; !grep { $line =~ $_ } @known } $self->bad_lines;
    for my $pattern (@{$self->{expected}}) {
        push @faults, "expected in the error log and not there: $pattern"
            unless grep { $_ =~ $pattern } @lines;
    }
    push @faults, @{$self->{wrong}};
    for my $report ($self->reports) {
        open my $file, '<', $report or next;
        my @head = grep {defined} (<$file>)[0 .. 25];
        push @faults, "$report:", map { chomp; $_ } @head;
    }
    return @faults;
}

# Keep the logs of a failed test in build/check.
sub _keep_logs {
    my ($self) = @_;
    (my $name = $0) =~ s{.*/}{};
    my $to = "$EJ::Postgres::TOP/build/check/$name";
    system 'mkdir', '-p', $to;
    system "cp -r '$self->{httpd}{dir}'/*_log '$self->{httpd}{dir}'/*.conf '$self->{httpd}{dir}'/reports '$to' 2>/dev/null";
    Test::More::diag("the logs are kept in build/check/$name");
}

sub _take_down {
    my ($self) = @_;
    $self->{httpd}->stop    if $self->{httpd};
    $self->{db}->disconnect if $self->{db};
    if ($self->{own_postgres}) {
        $self->{postgres}->stop('immediate') if $self->{postgres};
    }
    elsif ($self->{database} && $self->{postgres}) {
        eval {
            my $admin = $self->_connect('postgres', 'postgres');
            $admin->do(qq{DROP DATABASE IF EXISTS "$self->{database}" WITH (FORCE)});
        };
    }
    $self->_keep_logs if $self->{httpd} && !Test::More->builder->is_passing;
    remove_tree($self->{dir}) if $self->{dir};
    $self->{stage}->done if $self->{stage};
}

# Ctrl-C must not leave servers behind.
$SIG{INT} = $SIG{TERM} = sub { exit 130 };
my $maker = $$;

END {
    if ($$ == $maker && @ACTIVE) {
        my $code = $?;
        for my $self (@ACTIVE) {
            eval { $self->finish if $self->{planned} && !$code; 1 } or warn $@;
            eval { $self->_take_down; 1 } or warn $@;
        }
        $? = $code;
    }
}

1;
