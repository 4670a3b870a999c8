#!/usr/bin/perl
# outbound_mail.t: letters by e-mail to a real Exim: what arrives, who is told to try again,
# what a relay that is away or refuses the sender does to the letters that wait.
use lib 'tests/lib';
use EJ::Test;
use EJ::Exim;
use EJ::Httpd;
use Encode qw(decode);
use MIME::Base64 qw(decode_base64);

my $exim;
my $t = EJ::Test->new(today => '2026-11-20', children => 2, log_level => 'notice ejournal:debug', conf => sub {
    $exim = EJ::Exim->new(dir => "$_[0]{dir}/exim")->start;
    return 'EjournalAddress https://journal.test/school/' . "\nEjournalMail " . $exim->url . ' journal@school.test';
});
$t->allow_log(qr/:debug\]/);
my $db = $t->db;
$db->do('UPDATE ej.school SET letters_day = 0');
my $person = $t->value(q{SELECT person_id FROM ej.account WHERE login = 'parent'});

# A letter that waits; returns its id.
sub letter {
    my ($to, $text, %set) = @_;
    my $id = $t->value(q{INSERT INTO ej.outbound (school_id, person_id, channel, address, hook_key, body)
        VALUES (1, ?, 'email', ?, ej.outbound_new_key(), ?) RETURNING id}, $person, $to, $text // "Тема\n\nТекст");
    $db->do("UPDATE ej.outbound SET $_ = ? WHERE id = ?", undef, $set{$_}, $id) for sort keys %set;
    return $id;
}
sub state { return $t->value('SELECT concat_ws(\' \', state, code, attempt) FROM ej.outbound WHERE id = ?', $_[0]) }
sub becomes {
    my ($id, $state) = @_;
    $t->wait_for(15, sub { state($id) eq $state });
    return state($id);
}
sub arrived { my ($name) = @_; return $t->wait_for(10, sub { ($exim->letters($name))[0] }) // '' }
sub header { my ($letter, $name) = @_; return $letter =~ /^\Q$name\E: (.*(?:\n[ \t].*)*)/mi ? $1 =~ s/\n[ \t]+/ /gr : undef }

# ------------------------------------------------------------------- it arrives ---

my $text = "Дневник: новости за 20.11.2026\n\nДочь не была на уроке «Алгебра».\n.\nС точки: проверьте https://journal.test/school/notices\n" . ('очень длинная строка ' x 40) . "\n";
my $id = letter('anna@home.test', $text);
is becomes($id, 'sent 250 1'), 'sent 250 1', 'a letter that waits is sent';
my $letter = arrived('anna');
like join('', $exim->log_lines), qr/<= journal\@school\.test /, 'from the journal\'s address';
like header($letter, "From"), qr{^=\?UTF-8.*<journal\@school\.test>$}, "in the name of the school";
is decode('MIME-Header', header($letter, 'From')) =~ s/ <.*//r, $t->value('SELECT short_name FROM ej.school WHERE id = 1'), 'which is written out';
is header($letter, 'To'), 'anna@home.test', 'to the address';
is decode('MIME-Header', header($letter, 'Subject')), 'Дневник: новости за 20.11.2026', 'with its first line as its subject';
is header($letter, 'Auto-Submitted'), 'auto-generated', 'and a word for programs that answer by themselves';
like header($letter, 'Message-ID'), qr/^<ej-$id\.[a-z2-7]{16}\@school\.test>$/, 'it has a name by which it is known again';
my ($head, $body) = split /\r?\n\r?\n/, $letter, 2;
is decode('UTF-8', decode_base64($body)), $text =~ s/.*\n\n//r, 'and its text as it was, a line of one full stop too';
is join(' ', grep { length > 78 && !/^List-Unsubscribe: <\S+>$/ } split /\r?\n/, $letter), '', 'no line is longer than 78 but an address, which cannot be folded';

# ---------------------------------------------------------------------- refused ---

my %to = (later => 'deferred 451 1', nobody => 'failed 550 1');
my %id = map { $_ => letter("$_\@home.test") } sort keys %to;
is becomes($id{$_}, $to{$_}), $to{$_}, "the answer to $_ makes it $to{$_}" for sort keys %to;
is $t->value(q{SELECT next_at BETWEEN now() AND now() + interval '1 minute' FROM ej.outbound WHERE id = ?}, $id{later}), 1, 'put off for a minute';
$db->do('UPDATE ej.outbound SET next_at = now() WHERE id = ?', undef, $id{later});
is becomes($id{later}, 'deferred 451 2'), 'deferred 451 2', 'then tried again';
is $t->value(q{SELECT next_at > now() + interval '3 minutes' FROM ej.outbound WHERE id = ?}, $id{later}), 1, 'and put off for longer';
$db->do(q{UPDATE ej.outbound SET next_at = now(), stale_at = now() - interval '1 second' WHERE id = ?}, undef, $id{later});
is becomes($id{later}, 'failed 451 2'), 'failed 451 2', 'until it is too old';
my $dropped = letter('drop@home.test');
like becomes($dropped, 'failed 550 1'), qr/^failed 550 1$|^deferred/, 'a relay that hangs up is no end of the channel';
$id = letter('after@home.test');
is becomes($id, 'sent 250 1'), 'sent 250 1', 'the next letter is sent';
is $t->value('SELECT count(*) FROM ej.outbound_pause'), 0, 'and the channel does not pause';
is eval { letter("a\@b.test\r\nRCPT TO:<victim\@home.test>"); 'kept' } // $db->state, '23514', 'an address with a line end is not kept';

# ------------------------------------------------------ what was left half done ---

$id = letter('twice@home.test', "Ещё раз\n\nТот же текст", state => 'sent', ended_at => 'now');
$db->do(q{UPDATE ej.outbound SET state = 'sending', attempt = 1, lease_until = now() - interval '1 second', ended_at = NULL WHERE id = ?}, undef, $id);
is becomes($id, 'sent 250 2'), 'sent 250 2', 'a letter whose child is gone is sent again';
my $first = arrived('twice');
$db->do(q{UPDATE ej.outbound SET state = 'sending', lease_until = now() - interval '1 second', ended_at = NULL WHERE id = ?}, undef, $id);
is becomes($id, 'sent 250 3'), 'sent 250 3', 'and again';
ok $t->wait_for(10, sub { 2 == $exim->letters('twice') }), 'it arrives twice';
my @own = map {s/^.*?(?=^Date:)//msr} $exim->letters('twice'); # without what Exim puts before
is $own[0], $own[1], 'with the same bytes';
is header($own[0], 'Message-ID'), header($own[1], 'Message-ID'), 'under the same name';
$id = letter('long@home.test');
$db->do(q{UPDATE ej.outbound SET state = 'sending', lease_until = now() + interval '1 hour', ended_at = NULL WHERE id = ?}, undef, $id);
is $t->value(q{SELECT count(*) FROM ej.outbound_take('email')}), 0, 'one that a child still has is nobody else\'s';

# --------------------------------------------------------------- the relay is away ---

$exim->stop;
$t->allow_log(qr/:notice\].*email \d+: pause connection/);
$id = letter('wait@home.test');
is becomes($id, 'deferred connection 0'), 'deferred connection 0', 'without a relay a letter waits, and it was no attempt';
is $t->value(q{SELECT until > now() FROM ej.outbound_pause WHERE channel = 'email'}), 1, 'the channel pauses';
my @more = map { letter("m$_\@home.test") } 1 .. 3;
is $t->value(q{SELECT count(*) FROM ej.outbound WHERE id = ANY (?) AND state = 'waiting'}, \@more), 3, 'and no other letter is tried';
$exim->start;
$db->do('UPDATE ej.outbound_pause SET until = now()');
is becomes($_, 'sent 250 1'), 'sent 250 1', 'when the relay is back, letter ' . ($_ - $id + 1) . ' is sent' for $id, @more;
is $t->value('SELECT count(*) FROM ej.outbound_pause'), 0, 'and the pause is over';

# ------------------------------------------------------------------ a log-in at it ---

my ($closed, $login) = ();
my $second = EJ::Test->new(today => '2026-11-20', children => 1, log_level => 'notice ejournal:debug', conf => sub {
    my $dir = $_[0]{dir};
    $closed = EJ::Exim->new(dir => "$dir/exim", user => 'school:pass word')->start;
    EJ::Servers::write_file($login = "$dir/login", "school:wrong\n");
    chmod 0600, $login;
    return 'EjournalAddress https://journal.test' . "\nEjournalMail " . $closed->url . " journal\@school.test $login";
});
$second->allow_log(qr/:debug\]/, qr/AH\d+: .*(?:child|server) process/i);
$second->expect_log(qr/:notice\].*email \d+: pause login/);
$t = $second;
$db = $t->db;
$id = letter('anna@home.test');
is becomes($id, 'deferred login 0'), 'deferred login 0', 'a wrong password pauses the channel, and the letter waits';
is $closed->letters('anna'), 0, 'nothing is sent';
EJ::Servers::write_file($login, "school:pass word\n");
$t->httpd->graceful;
$db->do('UPDATE ej.outbound_pause SET until = now()') if $t->wait_for(10, sub { grep {/resuming normal operations/} $t->log_lines } );
$t->wait_for(10, sub { $db->do('UPDATE ej.outbound_pause SET until = now()'); state($id) =~ /^sent/ });
is becomes($id, 'sent 250 1'), 'sent 250 1', 'with the right one it is sent';

# ------------------------------------------------------------------- configtest ---

for (['EjournalMail smtp://relay.test a@b.test', qr/need EjournalAddress/],
    ["EjournalAddress https://a.test\nEjournalMail relay.test a\@b.test", qr{takes smtp://host:port}],
    ["EjournalAddress https://a.test\nEjournalMail smtp://relay.test a", qr/sender's address/],
    ["EjournalAddress https://a.test\nEjournalMail smtp://relay.test a\@b.test /nowhere/login", qr{EjournalMail /nowhere/login}],
    ["EjournalAddress ftp://a.test", qr{takes https://host/path}])
{
    my $httpd = EJ::Httpd->new(dir => "$t->{dir}/wrong", module => $t->stage->module, share => $t->stage->share, socket => $t->postgres->socket,
        database => 'none', port => 1, conf => $_->[0]);
    my ($is_good, $said) = $httpd->configtest;
    ok !$is_good && $said =~ $_->[1], "configtest refuses: $_->[0]" =~ s/\n/; /r or diag $said;
}
$exim->stop;
$closed->stop;
done_testing;
