package EJ::Race;

# Two sessions of the owner at one database of the tests: one has written and not committed, the
# other comes and must wait. A third one watches them.
#
#   my $race = EJ::Race->new('rule_race');
#   my ($first, $second, $watch) = $race->sessions;
#   $race->comes_second($sql)       whether the second session waits for a lock
#   $race->turns($one, $other, $end)    the same, and both end
#
# The database has the functions of tests/lib/school.sql. It goes with the program.

use strict;
use warnings;
use DBI;
use DBD::Pg qw(:async);
use EJ::Stage;

my @made;

sub new {
    my ($class, $name) = @_;
    my $stage = EJ::Stage->new;
    my $self  = bless {stage => $stage, postgres => $stage->postgres, database => "${name}_$$", pid => $$}, $class;
    $self->{postgres}->copy($self->{database}, 'ej_test');
    $self->{postgres}->psql($self->{database}, '-f', 'tests/lib/school.sql');
    $self->{sessions} = [map { $self->session } 1 .. 3];
    push @made, $self;
    return $self;
}

sub session {
    my ($self) = @_;
    my $dbh = DBI->connect('dbi:Pg:host=' . $self->{postgres}->socket . ";dbname=$self->{database}", 'postgres', '',
        {RaiseError => 1, PrintError => 0, AutoCommit => 1, pg_enable_utf8 => 1});
    $dbh->do("SET ROLE ej_owner; SET statement_timeout = '30s'; SET client_min_messages = error");
    return $dbh;
}

sub sessions { return @{$_[0]{sessions}} }

# Begin a transaction of the second session, send the statement, and look until it waits for a
# lock (1) or has ended (0).
sub comes_second {
    my ($self, $sql) = @_;
    my (undef, $second, $watch) = $self->sessions;
    $second->begin_work;
    $second->do($sql, {pg_async => PG_ASYNC});
    my $pid = $second->{pg_pid};
    until ($second->pg_ready) {
        return 1 if $watch->selectrow_array('SELECT count(*) FROM pg_locks WHERE pid = ? AND NOT granted', undef, $pid);
    }
    return 0;
}

# The first session sends a statement and has not committed; the second comes: whether it waits. Then the first ends
# (commit or rollback), and the second commits. Both are the owner's again.
sub turns {
    my ($self, $one, $other, $end) = @_;
    my ($first, $second) = $self->sessions;
    $first->begin_work;
    $first->do($one);
    my $waits = $self->comes_second($other);
    $first->$end;
    $second->pg_result;
    $second->commit;
    $_->do('RESET ROLE') for $first, $second;
    return $waits;
}

# Not in DESTROY: at the end of a program objects go in no order.
END {
    local ($?, $@);
    for my $self (grep { $$ == $_->{pid} } @made) {
        $_->disconnect for $self->sessions;
        $self->{postgres}->psql('postgres', '-c', qq{DROP DATABASE "$self->{database}" WITH (FORCE)});
        $self->{stage}->done;
    }
}

1;
