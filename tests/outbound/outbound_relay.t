#!/usr/bin/perl
# outbound_relay.t: a mail relay and a gateway that misbehave: 421 instead of a greeting, 553 to the sender,
# silence before the greeting, after the letter and of the gateway. The letters wait, none is lost, the
# channel pauses where the relay is at fault, and a short message that may have been sent is never sent again.
use lib 'tests/lib';
use EJ::Test;
use EJ::Exim;
use EJ::Kannel;

my ($exim, $kannel);
my $t = EJ::Test->new(today => '2026-11-20', children => 2, log_level => 'notice ejournal:debug', conf => sub {
    my $dir = $_[0]{dir};
    $exim = EJ::Exim->new(dir => "$dir/exim")->start;
    $kannel = EJ::Kannel->new(dir => "$dir/kannel")->start;
    return "EjournalAddress https://journal.test\nEjournalMail " . $exim->url . " journal\@school.test\nEjournalSms " . $kannel->url . ' ' . $kannel->login;
});
$t->allow_log(qr/:debug\]/, qr/:notice\].*(?:email|sms) \d+: pause/);
my $db = $t->db;
my $person = $t->value(q{SELECT person_id FROM ej.account WHERE login = 'parent'});

# Letters that wait, made at once, so that e-mails are taken together; returns their ids.
sub letters {
    my ($channel, @to) = @_;
    return @{$db->selectcol_arrayref(q{INSERT INTO ej.outbound (school_id, person_id, channel, address, hook_key, body)
        SELECT 1, ?, ?, a, ej.outbound_new_key(), ? || a FROM unnest(?::text[]) WITH ORDINALITY AS u(a, n) ORDER BY n RETURNING id}, undef, $person, $channel, $channel eq 'sms' ? 'Привет ' : "Тема\n\nТекст ", \@to)};
}
sub letter { return (letters(@_))[0] }
sub state { return $t->value(q{SELECT concat_ws(' ', state, nullif(code, ''), attempt) FROM ej.outbound WHERE id = ?}, $_[0]) }
sub becomes { my ($id, $state, $seconds) = @_; $t->wait_for($seconds // 20, sub { state($id) eq $state }); return state($id) }
sub pauses { return $t->value(q{SELECT concat_ws(' ', code, failures) FROM ej.outbound_pause WHERE channel = ?}, $_[0]) // '' }
# The pause ends at once, until the letter is sent.
sub resumes {
    my ($id, $channel) = @_;
    $t->wait_for(20, sub { $db->do('UPDATE ej.outbound_pause SET until = now() WHERE channel = ?', undef, $channel); state($id) =~ /^sent/ });
    return state($id) =~ s/ .*//r . pauses($channel);
}

# ------------------------------------------------------------- the relay refuses all ---

for (['busy', 421, 'is busy'], ['foreign', 553, 'refuses the sender']) {
    my ($how, $code, $words) = @$_;
    $exim->suffers($how);
    my ($id, @others) = letters('email', "$how\@home.test", map {"other$_-$how\@home.test"} 1 .. 3);
    is becomes($id, "deferred $code 0"), "deferred $code 0", "a relay that $words: the letter waits, and it was no attempt";
    like pauses('email'), qr/^$code 1$/, 'the channel pauses';
    is join(', ', map { becomes($_, 'waiting 0') } @others), 'waiting 0, waiting 0, waiting 0', 'those that were taken with it are not tried';
    $exim->suffers;
    is resumes($id, 'email'), 'sent', 'and goes on';
    is join(', ', map { becomes($_, 'sent 250 1') } @others), 'sent 250 1, sent 250 1, sent 250 1', 'with the others';
    ok $t->wait_for(10, sub { 4 == map { $exim->letters($_) } $how, map {"other$_-$how"} 1 .. 3 }), 'each letter arrives once';
}

# ------------------------------------------- silence: the three waits run side by side ---

$kannel->freeze;
my $sms = letter('sms', '+79000000001');
my ($slow, $behind) = letters('email', 'slow@home.test', 'behind@home.test');
my $after = letter('sms', '+79000000002');
ok $t->wait_for(10, sub { state($slow) =~ /^sending/ && state($sms) =~ /^sending/ }), 'a letter and a short message are on their way';
is becomes($sms, 'unknown timeout 1', 60), 'unknown timeout 1', 'a gateway that was asked and says nothing may have sent it';
$kannel->thaw;
is becomes($after, 'sent 202 1'), 'sent 202 1', 'the next is sent when it answers again';
cmp_ok scalar(grep { $_->{to} eq '+79000000001' } $kannel->messages), '<=', 1, 'whether it got the first or not, it is never sent twice';
is state($sms), 'unknown timeout 1', 'and stays unknown until a report';
$db->do('SELECT ej.outbound_report((SELECT hook_key FROM ej.outbound WHERE id = ?), 1)', undef, $sms);
is state($sms), 'sent delivered 1', 'which comes late';
is becomes($slow, 'deferred timeout 1', 60), 'deferred timeout 1', 'a letter that the relay does not answer is put off';
is pauses('email'), '', 'which is no matter of the channel';
is becomes($behind, 'sent 250 1'), 'sent 250 1', 'one that was taken with it is given back, then sent at its first attempt';
my $next = letter('email', 'next@home.test');
is becomes($next, 'sent 250 1'), 'sent 250 1', 'the next letter goes by a connection of its own: no late answer is taken for its';
ok $t->wait_for(10, sub { 1 == $exim->letters('next') }), 'and arrives';
$db->do(q{UPDATE ej.outbound SET state = 'cancelled', ended_at = now() WHERE id = ?}, undef, $slow);

$exim->stop; # and its connections
$exim->start;
$exim->freeze;
my $frozen = letter('email', 'frozen@home.test');
is becomes($frozen, 'deferred timeout 0', 30), 'deferred timeout 0', 'a relay that accepts and never greets is asked for ten seconds';
is pauses('email'), 'timeout 1', 'then the channel pauses' or diag join '', $exim->log_lines;
my $second = letter('email', 'second@home.test');
is state($second), 'waiting 0', 'and no other letter is tried';
is $t->client('anyone')->get('/login')->status, 200, 'pages do not wait for it';
$exim->thaw;
is resumes($frozen, 'email'), 'sent', 'when it speaks again the letter is sent';
is becomes($second, 'sent 250 1'), 'sent 250 1', 'and the next';
for my $name (qw(frozen second)) { $t->wait_for(10, sub { $exim->letters($name) }); is scalar($exim->letters($name)), 1, "$name arrives once" }
$exim->stop;
$kannel->stop;
done_testing;
