#!/usr/bin/perl
# meals_night.t: the clock of the school decides when a class is confirmed, when its orders go to the kitchen and when a
# day is over (MOD-02): at midnight, and in the nights on which clocks change, in Berlin.
use lib 'tests/lib';
use EJ::Test;
use POSIX ();

plan skip_all => 'the sanitizers and libfaketime cannot both be loaded first' if EJ::Stage::is_sanitized();
my %night = ('2026-10-25' => 1792886400, '2027-03-28' => 1806192000);    # midnight in UTC of the days
my $t = EJ::Test->new(start => 0, own_postgres => 1, postgres_clock => $night{'2026-10-25'} - 86_400);
my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
sub clock { $t->db->do('UPDATE ej.meal SET cutoff_days = 1, cutoff_at = ?, serves_at = ?, withdraw_until = ?', undef, @_) }
# The class teacher confirms the class as it is; the code of a refusal, or 'saved'.
sub confirm {
    my ($day, $count, $session) = @_;
    my $web = $t->web_db;
    $web->{PrintError} = 0;
    return eval {
        $web->begin_work;
        $web->do(q{SELECT ej.enter(sha256(convert_to('class-teacher' || ?, 'UTF8')), '127.0.0.1', gen_random_uuid())}, undef, $session);
        my ($told) = $web->selectrow_array(q{SELECT ej.meals_confirm(?, ?, '{}', '{}', ?, '') -> 0 ->> 'outcome'}, undef, $class, $day, $count);
        $web->commit;
        $told;
    } // do { my $state = $web->state; $web->rollback; $state };
}
sub minute { return $t->value('SELECT ej.meals_minute()') }
$t->db->do($_) for 'SET session_replication_role = replica', (map {"DELETE FROM ej.$_"} qw(meal_order meal_day meal_line meal_month meal_balance holiday)), 'RESET session_replication_role', q{UPDATE ej.school SET tz = 'Europe/Berlin', today_fixed = NULL};
$ENV{TZ} = 'Europe/Berlin';
POSIX::tzset();
clock('23:59', '13:00', '09:00');
for my $sunday (sort keys %night) {
    # by the clock on the wall, found a second time by the system's own zones; the order of Monday goes on Saturday at 23:59
    my $monday = POSIX::strftime('%Y-%m-%d', gmtime $night{$sunday} + 90_000);
    my $at = $night{$sunday} - 10_800;
    $at += 60 until POSIX::strftime('%Y-%m-%d %H:%M', localtime $at) eq POSIX::strftime('%Y-%m-%d 23:58', gmtime $night{$sunday} - 3600);
    $t->postgres->set_clock($at + 20);
    $t->db->do(q{INSERT INTO ej.session (digest, account_id, person_id, epoch, form_token, idle, ends_at) SELECT sha256(convert_to(login || ?, 'UTF8')), id, person_id, epoch, 'test', '4 hours', now() + interval '14 hours'
        FROM ej.account WHERE login = 'class-teacher'}, undef, $sunday);
    minute();
    my $count = $t->value(q{SELECT count(*) FROM ej.meal_order WHERE class_id = ? AND served_on = ? AND state <> 'withdrawn'}, $class, $monday);
    cmp_ok $count, '>', 0, "on the evening before $sunday the orders of Monday are proposed";
    is confirm($monday, $count, $sunday), 'saved', 'at 23:58 by the clock of the school they are confirmed';
    $t->postgres->set_clock($at + 90);
    is confirm($monday, $count, $sunday), 'JE250', 'a minute later no more';
    minute();
    is $t->value(q{SELECT count(*) FROM ej.meal_day WHERE served_on = ? AND sent_at IS NULL}, $monday), 0, 'they are sent';
    my @wrong;
    for my $hour (-3 .. 28) {
        my $now = $night{$sunday} + 3600 * $hour + 1799;
        $t->postgres->set_clock($now);
        my $shown = $t->value(q{SELECT to_char(ej.school_clock(1), 'YYYY-MM-DD HH24:MI')});
        push @wrong, "$shown $hour" if $shown ne POSIX::strftime('%Y-%m-%d %H:%M', localtime $now);
    }
    is join(', ', @wrong), '', 'every hour of the night of ' . (POSIX::strftime('%z', localtime $night{$sunday} + 50_000) eq '+0100' ? 25 : 23) . ' hours is that on the wall';
    my $end = $night{$sunday};
    $end += 60 until POSIX::strftime('%Y-%m-%d', localtime $end) gt $monday;
    my $of = sub { $t->value(q{SELECT string_agg(DISTINCT state, ' ') FROM ej.meal_order WHERE class_id = ? AND served_on = ? AND state <> 'withdrawn'}, $class, $monday) };
    $t->postgres->set_clock($end - 30);
    minute();
    is $of->(), 'ordered', 'half a minute before midnight of Monday nothing of it is ended';
    $t->postgres->set_clock($end + 30);
    minute();
    like $of->(), qr/^eaten(?: missed)?$/, 'half a minute after it is';
}
done_testing;
