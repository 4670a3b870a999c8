package EJ::Judge;

# Runs a statement as a person, in a transaction that is rolled back, and returns the
# violations found, each [kind, words]:
#
#   rows     a SELECT gives other rows than over the copies of the rows that the matrix
#            lets the person see
#   refused  a granted statement was refused
#   secret   an id or a text of a hidden row appears in rows, errors or notices
#   change   a change that the matrix does not allow, or one of the server's own tables
#   exists   the answer tells a hidden id from an id that never existed
#   done     a statement succeeded that must be refused
#   role     the statements after it run as another role
#   broken   the server failed

use strict;
use warnings;
use utf8;
use EJ::Probe ();

my $ADDRESS   = '192.0.2.7';
my $OPERATION = '00000000-0000-4000-8000-0000000000aa';

# new(test => EJ::Test)
sub new {
    my ($class, %o) = @_;
    my $self = bless {%o}, $class;
    $self->{db} = $o{test}->db;
    $self->connect;
    return $self;
}

sub connect {
    my ($self) = @_;
    $self->{web} = $self->{test}->web_db;
    $self->{web}{PrintWarn} = 1;
}

# ---------------------------------------------------------------- running ----

# Begin a transaction as a person: as the module does, or only by the setting ej.session.
sub enter {
    my ($self, $person) = @_;
    my $web = $self->{web};
    $web->do('BEGIN');
    $web->do(q{SET LOCAL statement_timeout = '3s'; SET LOCAL ej.year = '2026'});
    $self->{server} = $web->selectrow_array('SELECT probe.server()');
    if ($person->{way_in} eq 'enter') {
        $web->do(qq{SELECT ej.enter('$person->{digest}', '$ADDRESS', '$OPERATION')});
    } elsif ($person->{way_in} eq 'set') {
        $web->do(q{SELECT set_config('ej.session', '} . substr($person->{digest}, 2) . q{', true)});
    }
}

sub failure {
    my ($web) = @_;
    # a new string for each field, since pg_error_field writes to its argument
    my %e = map { $_ => $web->pg_error_field(uc) // '' }
        qw(sqlstate message_primary message_detail message_hint context column table constraint datatype);
    return \%e;
}

# Run one statement; returns {rows => [text …], values => […]} or {error => {…}}, with its
# warnings in {said}.
sub ask {
    my ($self, $dbh, $sql) = @_;
    my %got = (rows => [], said => []);
    local $SIG{__WARN__} = sub { push @{$got{said}}, map { utf8::decode(my $said = $_); $said } @_ };
    my $ok = eval {
        if ($sql =~ /^COPY .* TO STDOUT$/s) {
            $dbh->do($sql);
            my $line;
            push @{$got{rows}}, $line =~ s/\n\z//r while $dbh->pg_getcopydata($line) >= 0;
        } else {
            my $sth = $dbh->prepare($sql, {pg_server_prepare => 0, pg_placeholder_dollaronly => 1});
            $got{count} = $sth->execute;
            if ($sth->{NUM_OF_FIELDS}) {
                $got{values} = $sth->fetchall_arrayref;
                $got{rows} = [map { join '|', map { $_ // '∅' } map { ref ? '{' . join(',', map { $_ // '' } @$_) . '}' : $_ } @$_ } @{$got{values}}];
            }
        }
        1;
    };
    $got{error} = failure($dbh) unless $ok;
    return \%got;
}

# Run statements one after the other until one fails; returns all rows, and the values of
# the last.
sub run {
    my ($self, @texts) = @_;
    my $web = $self->{web};
    my %all = (rows => [], said => []);
    for my $text (@texts) {
        my $sql = ref $text ? $text->($all{values}) : $text;
        push @{$all{texts}}, $sql;
        my $got = $self->ask($web, $sql);
        push @{$all{said}}, @{$got->{said}};
        push @{$all{rows}}, @{$got->{rows}};
        @all{qw(values count)} = @$got{qw(values count)};
        $all{error} = $got->{error} and last if $got->{error};
    }
    return \%all;
}

# ---------------------------------------------------------------- judging ----

# Run a statement of EJ::Maker as a person; returns the violations.
sub try {
    my ($self, $person, $s) = @_;
    my $web = $self->{web};
    my $how = $s->{how} // '';
    $self->enter($person);
    $web->do($_) for @{$s->{before} || []};
    my $got = $s->{got} = $self->run(@{$s->{texts}});
    my @found = $got->{error} ? () : $self->changes($person, $s);
    $web->do('ROLLBACK');
    $s->{words} = join ";\n   ", @{$s->{before} || []}, @{$got->{texts}};
    push @found, $self->looks($person, $s, $got);
    push @found, ['done', 'what is for no one but the server was done'] if $s->{must_fail} && !$got->{error};
    push @found, $self->reads($person, $s, $got) if $how eq 'read';
    push @found, $self->twin($person, $s, $got) if $s->{twin} && $how ne 'read' && $how ne 'other';
    $self->clean if $s->{leaves_traces} || $how eq 'other';
    return @found;
}

# Check what the transaction changed, and that its role is still the web role's.
sub changes {
    my ($self, $person, $s) = @_;
    my $web   = $self->{web};
    my @found;
    eval { $web->do('SET LOCAL client_min_messages = warning') };
    my ($who, $session) = eval { $web->selectrow_array('SELECT current_user, session_user') };
    push @found, ['role', "now $who, session of $session"] if ($who // '') ne 'ej_web' || ($session // '') ne 'ej_web';
    my $wrong = eval { $web->do('RESET ROLE'); $web->selectcol_arrayref('SELECT * FROM probe.verdict(?, ?, ?, ?)', undef,
        $person->{login}, $self->{server}, $person->{way_in} eq 'enter' ? qq({"address": "$ADDRESS", "operation_id": "$OPERATION"}) : undef, grep({ $_ eq 'id' } @{$s->{names} || []}) ? 1 : 0) };
    push @found, $wrong ? map { ['change', $_] } @$wrong : ['broken', "no verdict: $@"];
    return @found;
}

# Search the rows, messages and errors for hidden ids and texts.
sub looks {
    my ($self, $person, $s, $got) = @_;
    my @found;
    my $secret = $self->{secret}{$person->{login}} ||= EJ::Probe::secrets($self->{db}, $person->{login});
    my $e   = $got->{error};
    my $out = join "\n", @{$got->{rows}}, @{$got->{said}}, $e ? map { $e->{$_} } sort keys %$e : ();
    my $in  = join ' ', @{$got->{texts}}, @{$s->{before} || []};
    if ($in =~ /\bej\.public_\w+\(/) { # what a school shows to everybody
        my $public = $self->{public} ||= {map { $_ => 1 } @{$self->{db}->selectcol_arrayref('SELECT token FROM probe.public')}};
        $secret = {map { $_ => $secret->{$_} } grep { !$public->{$_} } keys %$secret};
    }
    push @found, map { ['secret', $_] } EJ::Probe::leaks($secret, $out, $in);
    push @found, ['broken', "$e->{sqlstate} $e->{message_primary}"] if $e && $e->{sqlstate} =~ /^(?:XX|58|08|57P|F0|P0004)/;
    return @found;
}

# Compare the rows with those of the same statement over the copies.
sub reads {
    my ($self, $person, $s, $got) = @_;
    my $db = $self->{db};
    my $e  = $got->{error};
    if ($e && $e->{sqlstate} eq '42501') {
        return $s->{is_granted} && $s->{words} !~ /row_security/ ? ['refused', $e->{message_primary}] : ();
    }
    return if $e && $e->{sqlstate} eq '57014';
    my $want = {rows => []};
    $db->do('BEGIN');
    for my $text (@{$s->{texts}}) {
        my $copy = $text =~ s/\bej\./"seen_$person->{login}"./gr;
        my $part = $self->ask($db, $copy);
        push @{$want->{rows}}, @{$part->{rows}};
        $want->{error} = $part->{error} and last if $part->{error};
    }
    $db->do('ROLLBACK');
    my ($is, $should) = map { $_->{error} ? "error $_->{error}{sqlstate}" : join "\n", sort @{$_->{rows}} } $got, $want;
    # a table that nobody may read has no copy, and errors may come before the refusal
    return if $is eq $should || $e && $want->{error} && $want->{error}{sqlstate} eq '42P01';
    return ['rows', sprintf "%s rows, %s wanted\n  is     %s\n  wanted %s", map({ scalar @{$_->{rows}} } $got, $want),
        map { $_->{error} ? "$_->{error}{sqlstate} $_->{error}{message_primary}" : substr join(' ; ', sort @{$_->{rows}}), 0, 300 } $got, $want];
}

# An answer without the tested ids, new ids and times, for comparing.
sub signature {
    my ($s, $got, $n) = @_;
    my $e = $got->{error};
    # an error's context repeats the statement, which would differ only by the ids
    my $words = $e ? join "\n", map {"$_: $e->{$_}" =~ s/SQL statement ".*"//sr} grep { $e->{$_} ne '' } sort keys %$e
                   : join "\n", sort @{$got->{rows}};
    $words = join "\n", $words, @{$got->{said}};
    for my $i (0 .. $#{$s->{holes}}) {
        $words =~ s/(?<!\d)\Q$s->{holes}[$i][$n]\E(?!\d)/<$i>/g;
    }
    $words =~ s/\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\+?\d*/<time>/g;
    $words =~ s/(?<!\d)\d{8,}(?!\d)/<id>/g;
    return $words;
}

sub twin {
    my ($self, $person, $s, $got) = @_;
    my $web = $self->{web};
    $self->enter($person);
    $web->do($_) for @{$s->{before} || []};
    my $other = $self->run(@{$s->{twin}});
    $web->do('ROLLBACK');
    my ($hidden, $missing) = (signature($s, $got, 0), signature($s, $other, 1));
    # the order of rows may differ, and the last one has no line break
    my ($one, $other_one) = map { join '', sort split /(?<=[,}\])\s])/, "$_\n" } $hidden, $missing;
    return if $one eq $other_one;
    return ['exists', sprintf "%s\n  hidden:  %s\n  missing: %s", join(' ', map { $_->[2] } @{$s->{holes}}),
        map { substr(s/\n/ | /gr, 0, 400) } $hidden, $missing];
}

# Remove everything that a hostile statement may have left in the connection.
sub clean {
    my ($self) = @_;
    eval { $self->{web}->do('DISCARD ALL'); 1 } or $self->connect;
}

1;
