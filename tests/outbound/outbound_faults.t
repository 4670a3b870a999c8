#!/usr/bin/perl
# outbound_faults.t: each letter once: two Apaches and 2,000 letters, kill -9 of the child between the
# relay's answer and its record (an e-mail again with the same bytes under the same name, a short message
# never), a consent withdrawn while a letter is claimed; a letter that fails goes by the other way, texts
# are erased.
use lib 'tests/lib';
use EJ::Test;
use EJ::Exim;
use EJ::Httpd;
use EJ::Kannel;
use Encode qw(decode);
use MIME::Base64 qw(decode_base64);
use Time::HiRes qw(time);

my ($exim, $kannel, $conf);
my $t = EJ::Test->new(today => '2026-11-20', children => 2, log_level => 'notice ejournal:debug', conf => sub {
    my $dir = $_[0]{dir};
    $exim = EJ::Exim->new(dir => "$dir/exim")->start;
    $kannel = EJ::Kannel->new(dir => "$dir/kannel")->start;
    return $conf = "EjournalAddress https://journal.test\nEjournalMail " . $exim->url . " journal\@school.test\nEjournalSms " . $kannel->url . ' ' . $kannel->login;
});
$t->allow_log(qr/:debug\]/, qr/:notice\].*outcomes of letters could not be recorded/, qr/exit signal Killed/, qr/:notice\].*no letter could be taken/, qr/AH\d+: .*(?:child|server) process/i);
my $db = $t->db;
$t->noon;
$db->do('UPDATE ej.school SET letters_day = 0, sms_day = 0');
my ($person, $guardian, $pupil) = $db->selectrow_array(q{SELECT a.person_id, g.id, w.pupil_id FROM ej.account a JOIN ej.guardian g USING (person_id)
    JOIN ej.guardianship w ON w.guardian_id = g.id WHERE a.login = 'parent' ORDER BY w.pupil_id LIMIT 1});

sub letter {
    my ($channel, $to, $db_) = @_;
    return scalar +($db_ // $db)->selectrow_array(q{INSERT INTO ej.outbound (school_id, person_id, channel, address, hook_key, body)
        VALUES (1, ?, ?, ?, ej.outbound_new_key(), ?) RETURNING id}, undef, $person, $channel, $to, $channel eq 'sms' ? "Привет $to" : "Тема\n\nТекст");
}
sub state { return $t->value(q{SELECT concat_ws(' ', state, nullif(code, ''), attempt) FROM ej.outbound WHERE id = ?}, $_[0]) }

# ------------------------------------------------- kill -9 after the relay's answer ---

for (['email', 'killed@home.test', 2, 'sent 250 2'], ['sms', '+79000000001', 1, 'unknown lost 1']) {
    my ($channel, $to, $times, $end) = @$_;
    my $arrived = sub { $channel eq 'sms' ? scalar(grep { $_->{to} eq $to } $kannel->messages) : scalar $exim->letters('killed') };
    # what records the answer waits for this lock
    my $other = $t->new_db;
    $other->begin_work;
    $other->do('LOCK TABLE ej.outbound_pause IN EXCLUSIVE MODE');
    my $id = letter($channel, $to);
    $t->wait_for(10, sub { state($id) =~ /^sending/ }) or fail 'it is taken';
    ok $t->wait_for(15, sub { $arrived->() }), "$channel: it arrives";
    kill 'KILL', $t->httpd->children;
    $t->wait_for(10, sub { !$t->value(q{SELECT count(*) FROM pg_stat_activity WHERE usename = 'ej_sender' AND datname = current_database() AND wait_event_type = 'Lock'}) });
    $other->rollback;
    is state($id), 'sending 1', 'its end was not recorded';
    $db->do(q{UPDATE ej.outbound SET lease_until = now() - interval '1 second' WHERE id = ? AND state = 'sending'}, undef, $id);
    $t->wait_for(30, sub { state($id) eq $end });
    is state($id), $end, "$channel: after kill -9 of the child";
    $t->wait_for(5, sub { $arrived->() == $times });
    is $arrived->(), $times, $channel eq 'sms' ? 'it is never sent again' : 'it is sent again';
}

# -------------------------------------------------- the same of a digest of two children ---

my @children = @{$db->selectall_arrayref(q{SELECT p.id, p.given_name FROM ej.guardianship w JOIN ej.pupil p ON p.id = w.pupil_id WHERE w.guardian_id = ? ORDER BY p.id}, undef, $guardian)};
cmp_ok scalar @children, '>=', 2, 'the parent has two children';
my ($mail) = $db->selectrow_array(q{INSERT INTO ej.contact (person_id, channel, address, verified_at) VALUES (?, 'email', 'digest@home.test', now()) RETURNING id}, undef, $person);
sub consents { my ($answer) = @_; $db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, 'email', ?, '2026-11-20')}, undef, $guardian, $_->[0], $answer) for @children }
# News of both children, 36 hours old: due now in one letter.
sub news {
    my ($fact) = @_;
    $db->begin_work;
    $db->do(q{SELECT ej.notify(1, 'mark', ?, ?, ARRAY[?]::bigint[])}, undef, $_->[0], $fact, $person) for @children;
    $db->do(q{UPDATE ej.notice_for SET made_at = now() - interval '36 hours', send_at = now() WHERE fact_key = ?}, undef, $fact);
    $db->commit;
}
sub of_news { return $db->selectrow_array(q{SELECT DISTINCT n.outbound_id FROM ej.outbound_notice n JOIN ej.notice_for f ON f.id = n.notice_for_id WHERE f.fact_key = ?}, undef, $_[0]) }
consents('given');
my $other = $t->new_db;
$other->begin_work;
$other->do('LOCK TABLE ej.outbound_pause IN EXCLUSIVE MODE');
news('both');
ok $t->wait_for(15, sub { 1 == $exim->letters('digest') }), 'a digest arrives';
my ($digest) = of_news('both');
kill 'KILL', $t->httpd->children;
$t->wait_for(10, sub { !$t->value(q{SELECT count(*) FROM pg_stat_activity WHERE usename = 'ej_sender' AND datname = current_database() AND wait_event_type = 'Lock'}) });
$db->do(q{SELECT ej.notify(1, 'event', ?, 'later', ARRAY[?]::bigint[])}, undef, $children[0][0], $person);
$other->rollback;
is state($digest), 'sending 1', 'its end was not recorded';
$db->do(q{UPDATE ej.outbound SET lease_until = now() - interval '1 second' WHERE id = ?}, undef, $digest);
$t->wait_for(30, sub { state($digest) eq 'sent 250 2' && 2 == $exim->letters('digest') });
is state($digest), 'sent 250 2', 'it is sent again';
my @twice = map {s/^.*?(?=^Date:)//msr} $exim->letters('digest'); # without what Exim puts before
is $twice[0], $twice[1], 'with the same bytes';
like $twice[0], qr/^Message-ID: <ej-$digest\.[a-z2-7]{16}\@school\.test>/mi, 'and the same name';
my $text = decode('UTF-8', decode_base64((split /\r?\n\r?\n/, $twice[0], 2)[1]));
is scalar(grep { $text =~ /^— \Q$_->[1]\E: новая отметка\.$/m } @children), scalar @children, 'about both children';

# ---------------------------------------------------- consent is withdrawn during a claim ---

$t->wait_for(15, sub { !$t->value(q{SELECT count(*) FROM ej.outbound WHERE state IN ('waiting', 'sending')}) });
my $sent = $exim->letters('digest');
$other->begin_work;
$other->do('LOCK TABLE ej.outbound_pause IN ACCESS EXCLUSIVE MODE'); # a claim waits for it
news('claimed');
$db->do('SELECT ej.outbound_make(200)');
my ($claimed) = of_news('claimed');
is state($claimed), 'waiting 0', 'a letter waits';
ok $t->wait_for(10, sub { $t->value(q{SELECT count(*) FROM pg_stat_activity WHERE usename = 'ej_sender' AND datname = current_database() AND wait_event_type = 'Lock' AND query ~ 'outbound_take'}) }), 'and is being claimed';
consents('withdrawn');
$other->rollback;
$t->wait_for(15, sub { state($claimed) !~ /^(?:waiting|sending)/ });
is state($claimed), 'cancelled 0', 'a consent withdrawn meanwhile cancels it';
is scalar($exim->letters('digest')), $sent, 'and it is never sent';
$db->do('DELETE FROM ej.contact WHERE id = ?', undef, $mail);

# ------------------------------------------------------------------ two Apaches ---

my $second = EJ::Httpd->new(dir => "$t->{dir}/other", module => $t->stage->module, share => $t->stage->share,
    socket => $t->postgres->socket, database => $t->database, children => 2, conf => $conf);
$second->start;
$db->do('UPDATE ej.school SET letters_hour = 0');
my $began = time;
$db->do(q{INSERT INTO ej.outbound (school_id, person_id, channel, address, hook_key, body)
    SELECT 1, ?, 'email', 'bulk' || n || '@home.test', ej.outbound_new_key(), 'Тема' FROM generate_series(1, 2000) n}, undef, $person);
ok $t->wait_for(120, sub { !$t->value(q{SELECT count(*) FROM ej.outbound WHERE state IN ('waiting', 'sending')}) }), 'two Apaches send 2,000 letters';
diag sprintf '2,000 letters by two Apaches in %.1f s', time - $began;
is $t->value(q{SELECT string_agg(DISTINCT state || ' ' || attempt, ',') FROM ej.outbound WHERE address ~ '^bulk'}), 'sent 1', 'each at the first try';
my %times;
$times{$_}++ for map {/<= journal.* id=(ej-\d+)/} $exim->log_lines;
is scalar(grep { $times{"ej-$_"} != 1 } @{$db->selectcol_arrayref(q{SELECT id FROM ej.outbound WHERE address ~ '^bulk'})}), 0, 'each once, as the relay counts';
$second->stop;

# ------------------------------------------------------------------ the other way ---

$db->do(q{INSERT INTO ej.contact (person_id, channel, address, verified_at) VALUES (?, 'email', 'nobody@home.test', now()), (?, 'sms', '+79000000002', now())}, undef, $person, $person);
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) SELECT 1, ?, ?, p, 'given', '2026-11-20' FROM unnest('{email,sms}'::text[]) p}, undef, $guardian, $pupil);
$db->do(q{INSERT INTO ej.choice (person_id, kind, channel, mode) VALUES (?, 'accident', 'sms', 'weekly'), (?, 'mark', 'sms', 'weekly')}, undef, $person, $person);
$db->do(q{SELECT ej.notify(1, 'accident', ?, '7', ARRAY[?]::bigint[])}, undef, $pupil, $person);
ok $t->wait_for(20, sub { grep { $_->{to} eq '+79000000002' } $kannel->messages }), 'what the mail server refuses goes to the telephone';
my $ways = sub { $t->value(q{SELECT string_agg(o.channel || ' ' || o.state, ', ' ORDER BY o.channel) FROM ej.outbound o JOIN ej.outbound_notice n ON n.outbound_id = o.id JOIN ej.notice_for f ON f.id = n.notice_for_id AND f.fact_key = '7'}) };
$t->wait_for(10, sub { $ways->() !~ /sending/ });
is $ways->(), 'email failed, sms sent', 'once';

# -------------------------------------------------------------------- the texts ---

my $old = $t->value(q{SELECT max(id) FROM ej.outbound WHERE channel = 'email' AND state = 'sent'});
$db->do(q{UPDATE ej.outbound SET made_at = now() - interval '31 days' WHERE id = ?}, undef, $old);
ok $t->wait_for(10, sub { $t->value('SELECT body IS NULL FROM ej.outbound WHERE id = ?', $old) }), 'a text is erased after 30 days';
is $t->value(q{SELECT count(*) FROM ej.outbound WHERE body IS NULL AND state = 'sent'}), 1, 'and no other';
$exim->stop;
$kannel->stop;
done_testing;
