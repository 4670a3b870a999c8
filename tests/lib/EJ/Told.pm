package EJ::Told;

# A model of who may be told of what, for outbound_random.t: written from the requirements (MSG-05,
# LEG-02, ATT-04), not from the SQL. It is told of everything that happens; it judges each letter
# that is about to leave, and says at the end what should have been told.
#
# Moments are seconds after 1970, people are ids. A letter is {id, channel, person, address, at,
# facts}; a fact is {id, kind, pupil (or undef), key, made_at, read_at (or undef)}.

use strict;
use warnings;
use POSIX ();

# What is sent at once, and what at night, too; everything else once a day.
my %AT_ONCE = map { $_ => 1 } qw(unexplained unjustified substitution accident accident_unreceived new_device contact_code contact_changed);
my %URGENT  = map { $_ => 1 } qw(accident accident_unreceived contact_code contact_changed);
my %WAITS   = (mark => 900, unsatisfactory => 900);

# new(tz => 'Europe/Moscow')
sub new {
    my ($class, %o) = @_;
    return bless {%o, family => {}, staff => {}, consent => {}, contact => {}, choice => {}, changed => {}, mark => {}, sent => {}, handed => {}}, $class;
}

# ------------------------------------------------------------------- what happened --

sub staff { my ($self, $person) = @_; $self->{staff}{$person} = 1 }

# A guardian of a pupil, by person; or the pupil.
sub family {
    my ($self, $pupil, $person, $guardian) = @_;
    push @{$self->{family}{$pupil}}, {person => $person, guardian => $guardian, is_present => 1};
}

sub ended {
    my ($self, $pupil, $guardian, $at) = @_;
    $_->{is_present} = 0 for grep { ($_->{guardian} // 0) == $guardian } @{$self->{family}{$pupil}};
    $self->_touch($pupil, $at);
}

sub _touch { my ($self, $pupil, $at) = @_; $self->{changed}{$_->{person}} = $at for @{$self->{family}{$pupil}} }

# The answer of a document of a day (YYYY-MM-DD); of several of a day the last one counts.
sub consent {
    my ($self, $guardian, $pupil, $purpose, $answer, $day, $at) = @_;
    my $held = \$self->{consent}{"$guardian $pupil $purpose"};
    $$held = [$answer, $day] if !$$held || $day ge $$held->[1];
    $self->_touch($pupil, $at);
}

sub contact { my ($self, $person, $channel, $address, $at) = @_; $self->{contact}{"$person $channel"} = $address; $self->{changed}{$person} = $at }
sub choice  { my ($self, $person, $kind, $channel, $mode, $at) = @_; $self->{choice}{"$person $kind $channel"} = $mode; $self->{changed}{$person} = $at }

# A value (or '') written into a cell, and its number in the history.
sub mark {
    my ($self, $work, $pupil, $value, $history, $at) = @_;
    push @{$self->{mark}{"$work $pupil"}}, {value => $value, id => $history, at => $at};
}

# The changes of the marks since a moment do not count any more.
sub void {
    my ($self, $since, $now) = @_;
    for my $one (map {@$_} values %{$self->{mark}}) { $one->{void_at} //= $now if $one->{at} >= $since }
}

# --------------------------------------------------------------------- what may be --

sub mode {
    my ($self, $person, $kind, $channel) = @_;
    return 'at_once' if $kind =~ /^contact_/;
    return $self->{choice}{"$person $kind $channel"} // ($AT_ONCE{$kind} ? 'at_once' : $channel eq 'sms' ? 'off' : 'daily');
}

sub _answer { my ($self, $guardian, $pupil, $purpose) = @_; return ($self->{consent}{"$guardian $pupil $purpose"} // [''])->[0] }

sub is_on_paper {
    my ($self, $pupil) = @_;
    return scalar grep { $_->{guardian} && $_->{is_present} && $self->_answer($_->{guardian}, $pupil, 'processing') =~ /^(?:refused|withdrawn)$/ } @{$self->{family}{$pupil}};
}

# Whether a person may be told by this channel about this pupil, or, without one, about any.
sub may {
    my ($self, $person, $pupil, $channel) = @_;
    my $is_child = defined $pupil && grep { $_->{guardian} && $_->{person} == $person } @{$self->{family}{$pupil} || []};
    return 1 if $self->{staff}{$person} && !$is_child; # of the own child staff are told as parents
    for my $child (defined $pupil ? $pupil : keys %{$self->{family}}) {
        my @family = @{$self->{family}{$child} || []};
        next if $self->is_on_paper($child);
        my ($me) = grep { $_->{person} == $person } @family or next;
        next if $me->{guardian} && !$me->{is_present};
        my @who = $me->{guardian} ? $me : grep { $_->{guardian} && $_->{is_present} } @family;
        return 1 if grep { $self->_answer($_->{guardian}, $child, $channel) eq 'given' } @who;
    }
    return 0;
}

# ---------------------------------------------------------------------------- time --

sub local_time {
    my ($self, $at) = @_;
    local $ENV{TZ} = $self->{tz};
    POSIX::tzset();
    my @l = localtime $at;
    return @l;
}

# The moment of a time of the day, some days after the day of a moment.
sub _moment {
    my ($self, $at, $days, $hour) = @_;
    local $ENV{TZ} = $self->{tz};
    POSIX::tzset();
    my @l = localtime $at;
    return POSIX::mktime(0, 0, $hour, $l[3] + $days, $l[4], $l[5], 0, 0, -1);
}

sub is_night { my ($self, $at) = @_; my $hour = ($self->local_time($at))[2]; return $hour < 8 || $hour >= 21 }

# From when on a fact may be sent in this mode.
sub due {
    my ($self, $mode, $kind, $made_at) = @_;
    my $from = $made_at + ($WAITS{$kind} // 0);
    my @l    = $self->local_time($from);
    my $now  = $l[2] * 3600 + $l[1] * 60 + $l[0];
    if ($mode eq 'at_once') {
        return $from if $URGENT{$kind} || $now >= 8 * 3600 && $now < 21 * 3600;
        return $self->_moment($from, $now < 8 * 3600 ? 0 : 1, 8);
    }
    return $self->_moment($from, $now <= 18 * 3600 ? 0 : 1, 18) if $mode eq 'daily';
    my $days = (12 - ($l[6] || 7)) % 7;
    return $self->_moment($from, $days || $now <= 18 * 3600 ? $days : 7, 18);
}

# ------------------------------------------------------------------------- judging --

# What is wrong with a letter that leaves now.
sub faults {
    my ($self, $letter) = @_;
    my ($person, $channel, $at) = @$letter{qw(person channel at)};
    my @wrong;
    my $is_code = grep { $_->{kind} =~ /^contact_/ } @{$letter->{facts}};
    push @wrong, "to $letter->{address}, which is not confirmed" if !$is_code && $letter->{address} ne ($self->{contact}{"$person $channel"} // '');
    push @wrong, 'at night' if $self->is_night($at) && !grep { $URGENT{$_->{kind}} } @{$letter->{facts}};
    push @wrong, 'a short message twice' if $channel eq 'sms' && $self->{handed}{$letter->{id}};
    push @wrong, 'of nothing' if !@{$letter->{facts}};
    for my $fact (@{$letter->{facts}}) {
        my $what = "$fact->{kind} $fact->{key}";
        my $mode = $self->mode($person, $fact->{kind}, $channel);
        my $told = \$self->{sent}{"$person $channel $fact->{id}"};
        my $is_settled = ($self->{changed}{$person} // 0) < $fact->{made_at}; # no choice was made meanwhile
        push @wrong, "$what without consent" if $fact->{kind} !~ /^contact_/ && !$self->may($person, $fact->{pupil}, $channel);
        push @wrong, "$what twice" if $$told && $$told != $letter->{id};
        push @wrong, "$what although read" if defined $fact->{read_at} && !$self->{composed}{$letter->{id}};
        push @wrong, "$what too early" if $is_settled && !$letter->{is_other_way} && $mode ne 'off' && $at < $self->due($mode, $fact->{kind}, $fact->{made_at}) - 1;
        push @wrong, "$what although off" if $is_settled && $mode eq 'off';
        push @wrong, "$what, which was corrected" if $WAITS{$fact->{kind}} && !$self->stood($fact);
        $$told = $letter->{id};
    }
    $self->{composed}{$letter->{id}} = 1;
    return @wrong;
}

# The job has made these notices, each its key and pupil, when the history was as long as this: a clock that goes back
# does not tell what was written first.
sub made {
    my ($self, $history, @notices) = @_;
    $self->{known}{$_} //= $history for @notices;
}

# Whether the mark of a fact stood for 15 minutes before the fact was told.
sub stood {
    my ($self, $fact) = @_;
    my ($work, $history) = split /-/, $fact->{key};
    my $known = $self->{known}{"$fact->{key} $fact->{pupil}"} // 0;
    my @all = grep { $_->{id} <= $known && (!$_->{void_at} || $_->{void_at} > $fact->{made_at}) } @{$self->{mark}{"$work $fact->{pupil}"} || []};
    my ($i) = grep { $all[$_]{id} == $history } 0 .. $#all or return 0;
    return 0 if $all[$i]{value} eq '' || ($all[$i]{value} eq '2') != ($fact->{kind} eq 'unsatisfactory');
    return 0 if $all[$i]{at} > $fact->{made_at} - 900;
    return !grep { $_->{id} > $history && $_->{at} <= $fact->{made_at} - 900 || $_->{id} > $history && $_->{at} < $all[$i]{at} + 900 } @all;
}

# The cells whose present value must have become a fact in a run of the job at this moment, when the
# run before was at that one: [work, pupil, history, kind].
sub marks_told {
    my ($self, $at, $before) = @_;
    my @told;
    for my $cell (sort keys %{$self->{mark}}) {
        my @all = @{$self->{mark}{$cell}};
        my ($last) = reverse grep { !$_->{void_at} } @all or next;
        next if grep { $_->{at} > $at - 900 } @all;
        next if $last->{value} eq '' || $last->{at} <= $before - 900;
        push @told, [split(/ /, $cell), $last->{id}, $last->{value} eq '2' ? 'unsatisfactory' : 'mark'];
    }
    return @told;
}

# Whether this fact must have been sent by the channel by now.
sub is_owed {
    my ($self, $fact, $person, $channel, $at) = @_;
    my $mode = $self->mode($person, $fact->{kind}, $channel);
    return $mode ne 'off' && $self->{contact}{"$person $channel"} && !defined $fact->{read_at}
        && ($self->{changed}{$person} // 0) < $fact->{made_at} && $self->may($person, $fact->{pupil}, $channel)
        && $self->due($mode, $fact->{kind}, $fact->{made_at}) < $at;
}

sub is_sent { my ($self, $fact, $person, $channel) = @_; return $self->{sent}{"$person $channel $fact->{id}"} }

# A letter whose end at the gateway is not known, or that was taken: never again.
sub handed { my ($self, $letter) = @_; $self->{handed}{$letter->{id}} = 1 }

1;
