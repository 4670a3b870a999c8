#!/usr/bin/perl
# outbound_night.t: the nights on which the clocks are changed, in Berlin: letters are quiet from 21:00 to
# 8:00 by the clock on the wall, however long the night is, and the digest of 18:00 comes once. The moments are
# found a second time here, minute by minute, by the system's own time zones.
use lib 'tests/lib';
use EJ::Test;
use POSIX ();

plan skip_all => 'the sanitizers and libfaketime cannot both be loaded first' if EJ::Stage::is_sanitized();
my %night = ('2026-03-29' => 1774742400, '2026-10-25' => 1792886400);    # midnight in UTC of the days
my $t = EJ::Test->new(start => 0, own_postgres => 1, postgres_clock => $night{'2026-10-25'} - 7200);
my $db = $t->db;

# ------------------------------------------------------------- when it is sent ---

$ENV{TZ} = 'Europe/Berlin';
POSIX::tzset();
# The first minute from $at on at which $is of hour, minute and day of the week (6: Friday is 5).
sub first_minute { my ($at, $is) = @_; $at += 60 until $is->((localtime $at)[2, 1, 6]); return $at }
my %when = (at_once => sub { $_[0] >= 8 && $_[0] < 21 }, daily => sub { $_[0] == 18 && $_[1] == 0 }, weekly => sub { $_[0] == 18 && $_[1] == 0 && $_[2] == 5 });
for my $day (sort keys %night) {
    my @at = map { $night{$day} - 86400 + 600 * $_ } 0 .. 6 * 48; # two days, every ten minutes
    for my $mode (sort keys %when) {
        my $got = $db->selectcol_arrayref(q{SELECT extract(epoch FROM ej.notice_time(?, false, to_timestamp(u.at), 'Europe/Berlin'))::bigint
            FROM unnest(?::bigint[]) WITH ORDINALITY AS u(at, n) ORDER BY u.n}, undef, $mode, \@at);
        my @wrong = grep { $got->[$_] != first_minute($at[$_], $when{$mode}) } 0 .. $#at;
        is join(', ', map { scalar(localtime $at[$_]) . ': ' . localtime $got->[$_] } @wrong[0 .. ($#wrong < 2 ? $#wrong : 2)]), '', "around $day $mode is sent at the hour on the wall";
    }
    is $db->selectrow_array(q{SELECT count(*) FROM unnest(?::bigint[]) AS u(at) WHERE ej.notice_time('at_once', true, to_timestamp(u.at), 'Europe/Berlin') <> to_timestamp(u.at)}, undef, \@at), 0, 'what is urgent at once';
}

# ------------------------------------------------------------------- a real night ---

my ($parent, $guardian, $pupil) = $db->selectrow_array(q{SELECT a.person_id, g.id, w.pupil_id FROM ej.account a JOIN ej.guardian g USING (person_id)
    JOIN ej.guardianship w ON w.guardian_id = g.id WHERE a.login = 'parent' ORDER BY w.pupil_id LIMIT 1});
$db->do(q{UPDATE ej.school SET tz = 'Europe/Berlin', today_fixed = NULL});
$db->do('DELETE FROM ej.notice');
$db->do(q{INSERT INTO ej.contact (person_id, channel, address, verified_at) VALUES (?, 'email', 'anna@home.test', now())}, undef, $parent);
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, 'email', 'given', '2026-10-01')}, undef, $guardian, $pupil);
my $sender = $t->sender_db;
sub clock { $t->postgres->set_clock($night{'2026-10-25'} + 60 * $_[0] + 10) }
# What is sent now: the facts of each letter.
sub letters {
    my @sent;
    while (my ($id, $attempt) = $sender->selectrow_array(q{SELECT id, attempt FROM ej.outbound_take('email')})) {
        push @sent, $t->value(q{SELECT string_agg(f.fact_key, ' ' ORDER BY f.id) FROM ej.outbound_notice n JOIN ej.notice_for f ON f.id = n.notice_for_id WHERE n.outbound_id = ?}, $id);
        $sender->do(q{SELECT ej.outbound_record(?, ?, '{sent}', '{250}')}, undef, [$id], [$attempt]);
    }
    return join ', ', @sent;
}
sub inform { my ($kind, $fact) = @_; $db->do('SELECT ej.notify(1, ?, ?, ?, ?)', undef, $kind, $pupil, $fact, [$parent]) }

clock(30);    # 2:30, summer time
is $t->value(q{SELECT to_char(clock_timestamp() AT TIME ZONE 'Europe/Berlin', 'HH24:MI')}), '02:30', 'it is half past two';
inform(substitution => 'first');
inform(event => 'mark1');
is letters(), '', 'nothing is sent at night';
clock(90);    # 2:30 once more, winter time
is $t->value(q{SELECT to_char(clock_timestamp() AT TIME ZONE 'Europe/Berlin', 'HH24:MI')}), '02:30', 'and once more';
inform(substitution => 'second');
inform(event => 'mark2');
is letters(), '', 'nor in the hour that comes twice';
clock(389);   # 7:29; it would be 8:29 without the change
is letters(), '', 'nor an hour too early';
clock(421);   # 8:01
is letters(), 'first second', 'at eight both are told in one letter';
is letters(), '', 'once';
clock(1019);  # 17:59 and 18:01
is letters(), '', 'the digest does not come an hour too early';
clock(1021);
is letters(), 'mark1 mark2', 'but at six, about both hours of the night';
clock(1081);
is letters(), '', 'and once';
done_testing;
