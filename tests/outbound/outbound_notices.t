#!/usr/bin/perl
# outbound_notices.t: a notice becomes a letter in a parent's mailbox (a real Exim) and a short
# message on the telephone (a real Kannel): what they say, who gets none, and each once.
use lib 'tests/lib';
use EJ::Test;
use EJ::Exim;
use EJ::Kannel;
use Encode qw(decode);
use MIME::Base64 qw(decode_base64);

my ($exim, $kannel);
my $t = EJ::Test->new(today => '2026-11-20', children => 2, log_level => 'notice ejournal:debug', conf => sub {
    my $dir = $_[0]{dir};
    $exim = EJ::Exim->new(dir => "$dir/exim")->start;
    $kannel = EJ::Kannel->new(dir => "$dir/kannel")->start;
    return "EjournalAddress https://journal.test/school/\nEjournalMail " . $exim->url . " journal\@school.test\nEjournalSms " . $kannel->url . ' ' . $kannel->login;
});
$t->allow_log(qr/:debug\]/);
my $db = $t->db;
$t->noon;
my ($parent, $guardian, $pupil) = $db->selectrow_array(q{SELECT a.person_id, g.id, w.pupil_id FROM ej.account a
    JOIN ej.guardian g ON g.person_id = a.person_id JOIN ej.guardianship w ON w.guardian_id = g.id
   WHERE a.login = 'parent' ORDER BY w.pupil_id LIMIT 1});
my $name = $t->value('SELECT given_name FROM ej.pupil WHERE id = ?', $pupil);

sub contact { my ($person, $channel, $address) = @_; return $t->value(q{INSERT INTO ej.contact (person_id, channel, address, verified_at)
    VALUES (?, ?, ?, now()) RETURNING id}, $person, $channel, $address) }
sub consent { my ($purpose, $answer) = @_; $db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on)
    VALUES (1, ?, ?, ?, ?, '2026-11-20')}, undef, $guardian, $pupil, $purpose, $answer) }
# Tell a person of a fact, as if 36 hours ago: by now it is due in every mode but weekly.
sub inform {
    my ($kind, $of, $fact, $to) = @_;
    $db->begin_work;
    $db->do('SELECT ej.notify(1, ?, ?, ?, ?)', undef, $kind, $of, $fact, [$to // $parent]);
    $db->do(q{UPDATE ej.notice_for SET made_at = now() - interval '36 hours', send_at = now()
        WHERE kind = ? AND fact_key = ?}, undef, $kind, $fact);
    $db->commit;
}
sub sent_state { my ($fact) = @_; return $t->value(q{SELECT string_agg(o.channel || ' ' || o.state, ', ' ORDER BY o.channel) FROM ej.outbound o
    JOIN ej.outbound_notice n ON n.outbound_id = o.id JOIN ej.notice_for f ON f.id = n.notice_for_id WHERE f.fact_key = ?}, $fact) // '' }
sub becomes { my ($fact, $state) = @_; $t->wait_for(15, sub { sent_state($fact) eq $state }); return sent_state($fact) }
sub text { my ($letter) = @_; return decode('UTF-8', decode_base64((split /\r?\n\r?\n/, $letter, 2)[1])) }
sub subject { my ($letter) = @_; return decode('MIME-Header', $letter =~ /^Subject: (.*(?:\n[ \t].*)*)/m ? $1 : '') }

# ------------------------------------------------------ nothing without a consent ---

my $mail = contact($parent, 'email', 'anna@home.test');
my $phone = contact($parent, 'sms', '+79001234567');
inform('unjustified', $pupil, '2026-11-18');
ok $t->wait_for(15, sub { !$t->value(q{SELECT count(*) FROM ej.notice_for WHERE send_at IS NOT NULL AND fact_key = '2026-11-18'}) }), 'a notice is looked at when it is due';
is sent_state('2026-11-18'), '', 'without consent nothing is sent';

# ---------------------------------------------------------------------- it arrives ---

consent($_, 'given') for 'email', 'sms';
inform('unjustified', $pupil, '2026-11-19');
is becomes('2026-11-19', 'email sent, sms sent'), 'email sent, sms sent', 'an unjustified absence is told by e-mail and telephone';
my ($letter) = $t->wait_for(10, sub { ($exim->letters('anna'))[0] });
is subject($letter), "Электронный журнал: $name: пропуск без уважительной причины, 19.11.2026", 'the subject names the child and the fact';
like text($letter), qr{— \Q$name\E: пропуск без уважительной причины, 19\.11\.2026\.\n.*https://journal\.test/school/notices\n}s, 'the letter too, with a link';
ok $t->wait_for(10, sub { $kannel->messages }), 'the operator got the short message';
my ($sms) = $kannel->messages;
is $sms->{to}, '+79001234567', 'for that telephone';
is $sms->{text}, "$name: пропуск без уважительной причины, 19.11.2026", 'which says the same';
like $letter =~ s/\n[ \t]+/ /gr, qr{^List-Unsubscribe: +<https://journal\.test/school/unsubscribe/[a-z2-7]{32}>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click$}m, 'and a link that ends such letters';
is scalar($exim->letters('anna')), 1, 'one letter is all';
ok $t->wait_for(10, sub { ($t->value(q{SELECT code FROM ej.outbound WHERE channel = 'sms'}) // '') =~ /^20\d$/ }), 'the gateway took it';

# ------------------------------------------------------------------------ a digest ---

$db->do('BEGIN');
$db->do('SELECT ej.notify(1, ?, ?, ?, ?)', undef, @$_, [$parent]) for ['mark', $pupil, '101'], ['control_work', $pupil, '102'], ['announcement', undef, '103'];
$db->do(q{UPDATE ej.notice_for SET made_at = now() - interval '36 hours', send_at = now() WHERE fact_key IN ('101', '102', '103')});
$db->do('COMMIT');
is becomes('101', 'email sent'), 'email sent', 'what is not urgent goes by e-mail alone';
ok $t->wait_for(10, sub { 2 == $exim->letters('anna') }), 'three facts in one letter';
$letter = ($exim->letters('anna'))[1];
$letter = ($exim->letters('anna'))[0] unless subject($letter) =~ /новости/;
like subject($letter), qr/^Электронный журнал: новости за \d\d\.\d\d\.\d{4}$/, 'with the news of a day';
is join('|', sort(text($letter) =~ /^— (.*)\.$/mg)), join('|', sort "$name: новая отметка", "$name: предстоит контрольная работа", 'новое объявление'), 'all of them';

# -------------------------------------------------------- rights of who gets it ---

my $other = $t->value('SELECT p.id FROM ej.pupil p WHERE p.school_id = 1 AND NOT EXISTS (SELECT FROM ej.guardianship w WHERE w.pupil_id = p.id AND w.guardian_id = ?) LIMIT 1', $guardian);
inform('mark', $other, '201');
$t->wait_for(15, sub { !$t->value(q{SELECT count(*) FROM ej.notice_for WHERE send_at IS NOT NULL AND fact_key = '201'}) });
is sent_state('201'), '', 'of another child nothing is told, whoever wrote the notice';
my ($teacher) = $db->selectrow_array(q{SELECT person_id FROM ej.account WHERE login = 'meals'});
contact($teacher, 'email', 'meals@home.test');
inform('mark', $pupil, '202', $teacher);
like becomes('202', 'email sent'), qr/^email sent$/, 'staff are told';

# ---------------------------------------------------------- consent is withdrawn ---

$exim->stop;
$t->allow_log(qr/:notice\].*email \d+: pause connection/);
inform('unjustified', $pupil, '2026-11-17');
ok $t->wait_for(15, sub { sent_state('2026-11-17') =~ /email deferred/ }), 'the relay is away';
consent('email', 'withdrawn');
$exim->start;
$db->do('UPDATE ej.outbound_pause SET until = now()');
ok $t->wait_for(15, sub { $t->value(q{SELECT count(*) FROM ej.outbound WHERE channel = 'email' AND state = 'cancelled'}) }), 'a consent withdrawn meanwhile cancels the letter';
is scalar(grep {text($_) =~ /17\.11\.2026/} $exim->letters('anna')), 0, 'and it never arrives';
consent('email', 'given');
consent('processing', 'refused');
inform('unjustified', $pupil, '2026-11-16');
$t->wait_for(15, sub { !$t->value(q{SELECT count(*) FROM ej.notice_for WHERE send_at IS NOT NULL AND fact_key = '2026-11-16'}) });
is sent_state('2026-11-16'), '', 'a family that gets all on paper gets nothing else';

# --------------------------------------------------------------- an address' code ---

$db->do(q{INSERT INTO ej.contact (person_id, channel, address, secret, sent_at) VALUES (?, 'email', 'new@home.test', '424242', now())}, undef, $parent);
$db->do(q{SELECT ej.contact_tell(?, (SELECT id FROM ej.contact WHERE address = 'new@home.test'), 'contact_code')}, undef, $parent);
($letter) = $t->wait_for(15, sub { ($exim->letters('new'))[0] });
like text($letter // ''), qr/^— код подтверждения адреса: 424242\.$/m, 'the code goes to the address that is to be confirmed';

# ------------------------------------------------------------------------- words ---

open my $words, '<:encoding(UTF-8)', 'xslt/mail/words.xsl' or die $!;
my %words = map { $_ => 1 } do { local $/; <$words> } =~ /\$kind = '(\w+)'/g;
is join(' ', grep { !$words{$_} } @{$db->selectcol_arrayref('SELECT kind FROM ej.notice_kinds() ORDER BY 1')}), '', 'every kind has its words';
$exim->stop;
$kannel->stop;
done_testing;
