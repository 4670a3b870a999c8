package EJ::Faults;

# Helpers of the fault tests: cells that can be saved, saves that are held up as long as
# the test wants, and browsers in the background.

use strict;
use warnings;
use utf8;
use Carp ();
use IO::Select ();
use IO::Socket::UNIX ();
use LWP::ConnCache ();
use POSIX ();
use Time::HiRes qw(time);

# The key of the advisory lock for which held requests wait, and the key of the one that each of them keeps from the
# moment it is held until its transaction ends: that lock is there all the while, whereas a wait event comes and goes.
our $HOLD = 'hashtext(\'ej hold\')';
our $HELD = '20261120, 1';

# PL/pgSQL that holds the request that runs it.
our $WAIT = <<"SQL";
    PERFORM pg_advisory_xact_lock_shared($HELD);
    WHILE NOT pg_try_advisory_xact_lock_shared($HOLD) LOOP
        PERFORM pg_sleep(0.01);
    END LOOP;
SQL

# A condition on pg_stat_activity: the backend is held.
our $IS_HELD = q{pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND (classid, objid) = (20261120, 1) AND granted)};

# journal: the path and id of the teacher's open journal of algebra in 7Б. cells: n empty
# cells [column_id, pupil_id] of its works, or of one work.
sub journal {
    my ($t) = @_;
    my $id = $t->id(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
    return ("/journals/$id", $id);
}

sub cells {
    my ($t, $n, $work) = @_;
    my (undef, $id) = journal($t);
    my $found = $t->db->selectall_arrayref(<<'SQL', undef, $id, $work, $n);
SELECT w.id, b.pupil_id
  FROM ej.work AS w
  JOIN ej.lesson AS l ON l.id = w.lesson_id
  JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
 WHERE w.journal_id = ?
   AND w.id = coalesce(?, w.id)
   AND NOT EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = w.id AND m.pupil_id = b.pupil_id)
   AND NOT EXISTS (SELECT FROM ej.attendance AS a WHERE a.lesson_id = l.id AND a.pupil_id = b.pupil_id)
 ORDER BY l.held_on, w.id, b.pupil_id LIMIT ?
SQL
    Carp::croak("the seed has no $n empty cells") if @$found < $n;
    return @$found;
}

# Make an operation id.
sub operation {
    open my $file, '<', '/proc/sys/kernel/random/uuid' or die "no uuid: $!\n";
    chomp(my $id = <$file>);
    return $id;
}

# save($client, $path, [[column, pupil, old, new], …], id): save cells like the page's
# script; the reply has an outcome for each.
sub save {
    my ($client, $path, $cells, $id) = @_;
    my @column = map { my $i = $_; [map { $_->[$i] } @$cells] } 0 .. 3;
    return $client->post($path, {header => {'X-Ejournal' => 'fragment'}},
        operation_id => $id // operation(), column_id => $column[0], pupil_id => $column[1],
        old => $column[2], value => $column[3]);
}

sub outcomes { return $_[0]->texts('//outcomes/*/@outcome') }

# The content of a cell: its marks in the database, such as "2/4".
sub shown {
    my ($t, $cell) = @_;
    return $t->value(<<'SQL', @$cell[0, 1]) // '';
SELECT string_agg(value, '/' ORDER BY attempt) FROM ej.mark
 WHERE work_id = ? AND pupil_id = ? AND value IS NOT NULL
SQL
}

# How many marks an operation changed, from history; more than its cells means that it was
# carried out twice.
sub effects {
    my ($t, $id) = @_;
    return $t->value(q{SELECT count(*) FROM ej.history WHERE operation_id = ? AND table_name = 'mark'}, $id);
}

# A digest of all tables that a save can change.
sub state_of {
    my ($t) = @_;
    return join ' ', map {
        $t->value("SELECT md5(coalesce(string_agg(x::text, '|' ORDER BY x::text), '')) FROM ej.$_ AS x")
    } qw(lesson work mark term_mark attendance homework history operation);
}

# ---------------------------------------------------------------- holding --

# hold_marks($t, '2'): from now on every save of a mark with this value waits with all its
# locks, in the middle or with $at_commit at its COMMIT, until the returned handle is
# disconnected.
sub hold_marks {
    my ($t, $value, $at_commit) = @_;
    my ($what, $when) = $at_commit ? ('CONSTRAINT TRIGGER', 'DEFERRABLE INITIALLY DEFERRED') : ('TRIGGER', '');
    $t->db->do(<<"SQL");
CREATE OR REPLACE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS \$\$
BEGIN
$WAIT    RETURN NULL;
END
\$\$;
CREATE $what hold AFTER INSERT OR UPDATE ON ej.mark $when
    FOR EACH ROW WHEN (NEW.value = '$value') EXECUTE FUNCTION public.hold();
SQL
    return held($t);
}

# hold_pages($t, 'parent'): from now on every page of this account waits after the check
# of its session, with its connection, until the returned handle is disconnected.
sub hold_pages {
    my ($t, $login) = @_;
    my $wait = "IF EXISTS (SELECT FROM ej.session AS s JOIN ej.account AS a ON a.id = s.account_id
               WHERE s.digest = enter.digest AND a.login = '$login') THEN
$WAIT    END IF;";
    my $enter = $t->value(q{SELECT pg_get_functiondef('ej.enter'::regproc)});
    $enter =~ s/(?=\nEND\s*\n?\$)/\n$wait/ or die "ej.enter is not as it was\n";
    $t->db->do($enter);
    my $owner = $t->value(q{SELECT proowner::regrole FROM pg_proc WHERE oid = 'ej.enter'::regproc});
    $t->db->do('ALTER FUNCTION ej.enter(bytea, inet, uuid) OWNER TO postgres');
    $t->db->do("GRANT EXECUTE ON FUNCTION ej.enter(bytea, inet, uuid) TO $owner");    # the other functions call it
    return held($t);
}

sub held {
    my ($t) = @_;
    my $dbh = $t->new_db;
    $dbh->do("SELECT pg_advisory_lock($HOLD)");
    return $dbh;
}

# The number of Apache's backends that are being held.
sub holding {
    my ($t) = @_;
    return $t->value("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ejournal' AND state = 'active' AND $IS_HELD");
}

# ------------------------------------------------------------- background --

# go($t, sub { my ($tell) = @_; … $tell->(words) … }): run code in a process of its own.
# ended() waits for its end and returns the words of each call of $tell as a list.
sub go {
    my ($t, $code) = @_;
    our $n;
    my $name = "$t->{dir}/told-" . ++$n;
    my $pid  = fork // die "fork: $!\n";
    if (!$pid) {
        @SIG{qw(INT TERM)} = ('DEFAULT', 'DEFAULT');
        open my $file, '>:utf8', $name or POSIX::_exit(1);
        $file->autoflush(1);
        my $ok = eval { $code->(sub { print $file join("\t", @_) . "\n" }); 1 };
        print $file "died\t$@" unless $ok;
        POSIX::_exit(0);
    }
    return bless {pid => $pid, name => $name}, 'EJ::Faults::Job';
}

# Give a client made before the fork a connection of its own in this process.
sub own {
    my ($client) = @_;
    $client->agent->conn_cache(LWP::ConnCache->new(total_capacity => 1));
    return $client;
}

# many($t, n, sub): run n processes at the same time, each with its number; returns the
# words of all.
sub many {
    my ($t, $n, $code) = @_;
    my @jobs = map { my $i = $_; go($t, sub { $code->($i, @_) }) } 1 .. $n;
    return map { $_->ended } @jobs;
}

# The child of Apache that answers a process: their two sockets are the ends of a
# connection in /proc/net/tcp.
sub child_busy_with {
    my ($t, $pid) = @_;
    my $port = sprintf '%04X', $t->httpd->port;
    my (%client, %server);
    open my $tcp, '<', '/proc/net/tcp' or die "no /proc/net/tcp: $!\n";
    while (<$tcp>) {
        my (undef, $from, $to, $state, $inode) = (split)[0, 1, 2, 3, 9];
        next unless $state eq '01';
        $client{$inode} = $from if $to =~ /:$port$/;
        $server{$to} = $inode if $from =~ /:$port$/;
    }
    my @ends = grep {defined} map { $server{$client{$_} // ''} } sockets($pid);
    for my $child ($t->httpd->children) {
        my %mine = map { $_ => 1 } sockets($child);
        return $child if grep { $mine{$_} } @ends;
    }
    return;
}

sub sockets {
    my ($pid) = @_;
    return map { (readlink($_) // '') =~ /^socket:\[(\d+)\]$/ ? $1 : () } glob "/proc/$pid/fd/*";
}

# Forward connections between Apache and PostgreSQL; {dir} is the host to put into
# DBDParams. cut($wire, 'account_save'): the next pipeline with this query is carried out,
# but then the connection is closed, so that Apache gets no answer.
sub wire {
    my ($t) = @_;
    my $dir = "$t->{dir}/wire";
    mkdir $dir;
    chmod 0755, $dir;
    my $at = IO::Socket::UNIX->new(Local => "$dir/.s.PGSQL.5432", Listen => 20) or die "$dir: $!\n";
    chmod 0777, "$dir/.s.PGSQL.5432";
    my $pid = fork // die "fork: $!\n";
    return {dir => $dir, pid => $pid} if $pid;
    $SIG{CHLD} = 'IGNORE';
    @SIG{qw(INT TERM)} = ('DEFAULT', 'DEFAULT');
    while (my $client = $at->accept) {
        next if fork;
        eval { _forward($dir, $client, IO::Socket::UNIX->new(Peer => $t->postgres->socket . '/.s.PGSQL.5432')) };
        POSIX::_exit(0);
    }
    POSIX::_exit(0);
}

sub cut {
    my ($wire, $query) = @_;
    open my $file, '>', "$wire->{dir}/cut-$query" or die $!;
}

sub is_cut { return !glob "$_[0]{dir}/cut-*" }

sub _forward {
    my ($dir, $client, $server) = @_;
    my $select = IO::Select->new($client, $server);
    my $mark;
    while (my @ready = $select->can_read) {
        for my $from (@ready) {
            sysread($from, my $bytes, 65536) or return;
            if ($from == $client) {
                ($mark) = grep { my ($query) = m{/cut-(\w+)$}; $bytes =~ /\b\Q$query\E\b/ } glob "$dir/cut-*";
                syswrite $server, $bytes;
            }
            elsif ($mark && $bytes =~ /Z\0\0\0\x05[ITE]\z/) {    # ready for the next
                unlink $mark;
                return;
            }
            elsif (!$mark) { syswrite $client, $bytes }
        }
    }
}

package EJ::Faults::Job;

sub words {
    my ($self) = @_;
    open my $file, '<:utf8', $self->{name} or return;
    chomp(my @lines = <$file>);
    return map { [split /\t/, $_, -1] } @lines;
}

sub is_running { return $_[0]{pid} && kill 0, $_[0]{pid} }

# Stop the process.
sub stop {
    my ($self) = @_;
    kill 'TERM', $self->{pid} if $self->{pid};
    return $self->ended;
}

sub ended {
    my ($self) = @_;
    local ($?, $!);
    waitpid delete $self->{pid}, 0 if $self->{pid};
    return $self->words;
}

1;
