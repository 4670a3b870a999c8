#!/usr/bin/perl
# outbound_limits.t: how many letters and short messages a person gets on a day and a school sends in an
# hour, in a month: what exceeds waits or goes by the other channel, and is seen at /outbound.
use lib 'tests/lib';
use DBD::Pg qw(:async);
use EJ::Test;
use POSIX qw(strftime);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $sender = $t->sender_db;
$t->noon;
my $hours = 12 - (gmtime)[2]; # that zone from UTC, without a change of the clocks
my ($parent, $guardian, $pupil) = $db->selectrow_array(q{SELECT a.person_id, g.id, w.pupil_id FROM ej.account a JOIN ej.guardian g USING (person_id)
    JOIN ej.guardianship w ON w.guardian_id = g.id WHERE a.login = 'parent' ORDER BY w.pupil_id LIMIT 1});
my $teacher = $t->value(q{SELECT person_id FROM ej.account WHERE login = 'teacher'});
$db->do(q{INSERT INTO ej.contact (person_id, channel, address, verified_at) VALUES (?, 'email', 'anna@home.test', now()), (?, 'sms', '+79001234567', now()), (?, 'email', 'teacher@home.test', now())}, undef, $parent, $parent, $teacher);
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) SELECT 1, ?, ?, p, 'given', '2026-11-20' FROM unnest('{email,sms}'::text[]) p}, undef, $guardian, $pupil);

my $n = 0;
# Letters that wait, each of one notice.
sub letters {
    my ($who, $channel, $kind, $many) = @_;
    for (1 .. $many // 1) {
        $n++;
        $db->do('SELECT ej.notify(1, ?, ?, ?, ?)', undef, $kind, $pupil, "f$n", [$who]);
        $db->do(q{UPDATE ej.notice_for SET send_at = NULL WHERE fact_key = ?}, undef, "f$n");
        $db->do(q{WITH o AS (INSERT INTO ej.outbound (school_id, person_id, channel, contact_id, address, hook_key, body, next_at)
                SELECT 1, $1, $2, c.id, CASE $2 WHEN 'sms' THEN '+79001234567' ELSE 'anna@home.test' END, ej.outbound_new_key(), 'Тема', now() - interval '1 day'
                  FROM (SELECT (SELECT x.id FROM ej.contact x WHERE x.person_id = $1 AND x.channel = $2) AS id) AS c RETURNING id)
            INSERT INTO ej.outbound_notice SELECT o.id, f.id, $2 FROM o, ej.notice_for f WHERE f.fact_key = $3}, undef, $who, $channel, "f$n");
    }
}
# Send all that is due as the threads do, by a channel or «channel, letters of the server in an hour»; how each
# attempt ends, in turn. Returns their number.
sub send_all {
    my ($channel, @how) = @_;
    my ($many, $most) = 0;
    ($channel, $most) = split /, /, $channel;
    while (my ($id, $attempt) = $sender->selectrow_array('SELECT id, attempt FROM ej.outbound_take(?, ?)', undef, $channel, $most // 0)) {
        $sender->do('SELECT ej.outbound_record(?, ?, ?, ?)', undef, [$id], [$attempt], [$how[$many++] // 'sent'], ['250']);
    }
    return $many;
}
sub states { my ($channel) = @_; return $t->value(q{SELECT string_agg(x.state || x.code || ' ' || x.n, ', ' ORDER BY x.state, x.code) FROM (SELECT state, CASE WHEN code ~ 'limit' THEN ' ' || code ELSE '' END AS code, count(*) AS n
    FROM ej.outbound WHERE channel = ? GROUP BY 1, 2) x}, $channel) // '' }
sub limits { my (%set) = @_; $db->do("UPDATE ej.school SET $_ = ? WHERE id = 1", undef, $set{$_}) for sort keys %set }
sub anew { $db->do("DELETE FROM ej.$_") for qw(outbound_notice outbound outbound_count outbound_pause) }
# The next moment of the school that begins an hour or day and lies in the hours of letters.
sub next_open {
    my ($period) = @_;
    my $at = (int((time + $hours * 3600) / $period) + 1) * $period;
    $at += 3600 while (gmtime $at)[2] < 8 || (gmtime $at)[2] >= 21;
    return strftime('%Y-%m-%d %H:%M', gmtime $at);
}
sub next_at { return $t->value(q{SELECT string_agg(DISTINCT to_char(next_at AT TIME ZONE (SELECT s.tz FROM ej.school s WHERE s.id = 1), 'YYYY-MM-DD HH24:MI'), ', ') FROM ej.outbound WHERE state = 'deferred'}) }

# ------------------------------------------------------- a person and a day, by e-mail ---

limits(letters_day => 3, letters_hour => 0, sms_day => 0, sms_month => 0);
letters($parent, 'email', 'mark', 5);
letters($teacher, 'email', 'new_device', 2);
is send_all('email'), 5, 'three letters to a person and day, and those to others';
is states('email'), 'deferred limit_day 2, sent 5', 'what exceeds waits';
is next_at(), next_open(86400), 'for the next day, when letters may be sent again';
letters($parent, 'email', 'accident');
is send_all('email'), 1, 'an accident is told at any rate';
is $t->value('SELECT max(c) FROM (SELECT count(*) AS c FROM ej.outbound WHERE state = \'sent\' GROUP BY person_id) x'), 4, 'and the others still wait';
my $deputy = $t->login('deputy');
like $deputy->get('/outbound', html => 1)->content, qr/предел на день/, 'it is seen at /outbound';
$db->do(q{UPDATE ej.outbound_count SET since_at = since_at - interval '1 day'});
$db->do(q{UPDATE ej.outbound SET next_at = now() WHERE state = 'deferred'});
is send_all('email'), 2, 'the next day they go';
anew();
limits(letters_day => 2);
letters($parent, 'email', 'mark', 3);
is send_all('email', 'pause'), 1, 'a letter that the relay did not take';
$db->do('DELETE FROM ej.outbound_pause');
is send_all('email', 'refused', 'sent', 'later') . states('email'), '3deferred 1, failed 1, sent 1', 'or refused, or put off, is not counted';
$db->do(q{UPDATE ej.outbound SET next_at = now() WHERE state = 'deferred'});
is send_all('email'), 1, 'so that the second is sent';
letters($parent, 'email', 'mark');
is send_all('email'), 0, 'but no third';

# ------------------------------------------------------------ the school and an hour ---

anew();
limits(letters_day => 0, letters_hour => 4);
letters($parent, 'email', 'mark', 3);
letters($teacher, 'email', 'new_device', 3);
is send_all('email'), 4, 'so many letters of a school in an hour';
is states('email'), 'deferred limit_hour 2, sent 4', 'the others wait';
is next_at(), next_open(3600), 'for the next hour in which letters are sent';
limits(letters_hour => 0);
$db->do(q{UPDATE ej.outbound SET next_at = now() WHERE state = 'deferred'});
is send_all('email'), 2, '0 is no limit';

# --------------------------------------------------------- the server and an hour ---

anew();
letters($parent, 'email', 'mark', 3);
letters($teacher, 'email', 'new_device', 1);
$db->do(q{INSERT INTO ej.outbound_count (school_id, channel, since_at, n) SELECT max(id), 'email', date_trunc('hour', now()), 3 FROM ej.school WHERE id <> 1});
is send_all('email, 5'), 2, 'all schools together send so many letters in an hour';
is states('email'), 'deferred limit_relay 2, sent 2', 'the others wait';
is next_at(), next_open(3600), 'for the next hour, too';
letters($parent, 'email', 'accident');
is send_all('email, 5'), 1, 'an accident is told at any rate';
$db->do(q{UPDATE ej.outbound_count SET since_at = since_at - interval '1 hour'});
$db->do(q{UPDATE ej.outbound SET next_at = now() WHERE state = 'deferred'});
is send_all('email, 5'), 2, 'in the next hour they go';

# ------------------------------------------------------------------ short messages ---

anew();
limits(sms_day => 1);
letters($parent, 'sms', 'unjustified', 2);
letters($parent, 'sms', 'mark');
is send_all('sms'), 1, 'a short message to a person and day';
is states('sms'), 'deferred limit_day 1, failed limit_day 1, sent 1', 'what has time waits, what has none fails';
is states('email'), 'waiting 1', 'and goes by e-mail';
is $t->value(q{SELECT f.kind FROM ej.outbound o JOIN ej.outbound_notice n ON n.outbound_id = o.id JOIN ej.notice_for f ON f.id = n.notice_for_id WHERE o.channel = 'email'}), 'unjustified', 'with what it had to bring';
anew();
limits(sms_day => 0, sms_month => 3);
letters($parent, 'sms', 'mark', 3);
$db->do(q{UPDATE ej.outbound SET body = repeat('я', 71) WHERE id = (SELECT min(id) FROM ej.outbound)});
is send_all('sms'), 2, 'a long one is two for the school\'s month';
is states('sms'), 'deferred limit_month 1, sent 2', 'which is full then';
like next_at(), qr/^\d{4}-\d\d-01 08:00$/, 'until the next';
my $r = $deputy->get('/outbound', html => 1);
like $r->content =~ s/\s+/ /gr, qr/СМС в этом месяце больше не уходят: оплаченные 3 отправлены/, 'which the page says';
is $t->login($_)->get('/outbound')->count('//spent'), 0, "not to a $_" for qw(parent teacher);
is $t->login('administrator-17')->get('/outbound')->count('//spent'), 0, 'nor to another school';
limits(sms_month => 1000);
is $deputy->get('/outbound')->xpath('concat(//spent/@count, " ", //spent/@most)'), '3 1000', 'who heads the school sees how many there were';

# ------------------------------------------------- two senders count one after the other ---

anew();
limits(letters_day => 1);
letters($parent, 'email', 'mark', 2);
my $second = $t->sender_db;
$sender->begin_work;
my ($first) = $sender->selectrow_array(q{SELECT id FROM ej.outbound_take('email')});
$second->do(q{SELECT id FROM ej.outbound_take('email')}, {pg_async => PG_ASYNC});
ok $t->wait_for(10, sub { $t->value('SELECT count(*) FROM pg_locks WHERE pid = ? AND NOT granted', $second->{pg_pid}) }), 'a second sender waits while one takes a letter';
$sender->commit;
is $second->pg_result + 0, 0, 'and has none, since that was the last of the day';
is states('email'), 'deferred limit_day 1, sending 1', 'the limit is exact';
$db->do(q{UPDATE ej.outbound_count SET since_at = now() - interval '41 days'});
$sender->do(q{SELECT FROM ej.outbound_take('email')});
is $t->value(q{SELECT count(*) FROM ej.outbound_count WHERE since_at < now() - interval '40 days'}), 0, 'old counts are deleted';
done_testing;
