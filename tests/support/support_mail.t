#!/usr/bin/perl
# support_mail.t: each request goes as a letter to EjournalSupportMail by a real Exim (MSG-05): number, school, page
# and number of the error, no name of anybody and nothing of what was written; a log-in that others know, too.
use lib 'tests/lib';
use EJ::Test;
use EJ::Exim;
use EJ::Httpd;
use Encode qw(decode);
use MIME::Base64 qw(decode_base64);

my $exim;
my $t = EJ::Test->new(today => '2026-11-20', children => 2, log_level => 'notice ejournal:debug', conf => sub {
    $exim = EJ::Exim->new(dir => "$_[0]{dir}/exim")->start;
    return 'EjournalAddress https://journal.test/school/' . "\nEjournalMail " . $exim->url . " journal\@school.test\nEjournalSupportMail support\@home.test";
});
$t->allow_log(qr/:debug\]/);
my $db = $t->db;
$db->do('UPDATE ej.school SET letters_day = 1'); # a letter to the support is none to the person who asks
my ($parent, $administrator) = map { $t->login($_) } qw(parent administrator);
sub letters { return $exim->letters('support') }
sub text_of { my ($head, $body) = split /\r?\n\r?\n/, $_[0], 2; return decode('UTF-8', decode_base64($body)) }
sub header { my ($letter, $name) = @_; return $letter =~ /^\Q$name\E: (.*(?:\n[ \t].*)*)/mi ? decode('MIME-Header', $1 =~ s/\n[ \t]+/ /gr) : undef }

ok $t->wait_for(20, sub { letters() == 4 }), 'the requests of the seed are sent, of both schools';
is $parent->post('/support', text => 'Пишет Петрова о Саше', place => '/diary', error_number => '5f1c20ab')->status, 303, 'a parent asks';
my $id = $db->selectrow_array('SELECT max(id) FROM ej.support');
ok $t->wait_for(20, sub { letters() == 5 }), 'a letter comes';
my ($letter) = grep { header($_, 'Subject') =~ /№ $id$/ } letters();
is header($letter, 'Subject'), "Электронный журнал: обращение № $id", 'with the number of the request';
my $text = text_of($letter);
like $text, qr{Школа: Школа № 92 \(1\)\nСтраница: https://journal.test/school/diary\nНомер ошибки: 5f1c20ab\n}, 'the school, the page and the number of the error';
like $text, qr{https://journal.test/school/support/$id\n.*Ответы на это письмо никто не читает}s, 'the address at which it is answered';
is header($letter, 'List-Unsubscribe'), undef, 'nobody is unsubscribed by it';
my @names = map { @$_ } @{$db->selectall_arrayref(q{SELECT surname FROM ej.guardian UNION SELECT surname FROM ej.pupil UNION SELECT surname FROM ej.staff UNION SELECT given_name FROM ej.pupil})};
is join(' ', grep { my $letter = $_; my $all = text_of($letter) . header($letter, 'Subject') . header($letter, 'From'); grep { $all =~ /\b\Q$_\E\b/ } @names, 'Саш', 'Петров' } letters()), '', 'no letter has the name of anybody, or what was written';
is $db->selectrow_array('SELECT count(*) FROM ej.support AS s JOIN ej.outbound AS o ON o.id = s.outbound_id WHERE o.state = ?', undef, 'sent'), 5, 'the journal knows which letter it was';
is $administrator->post("/support/$id", text => 'Исправлено')->status . $parent->post("/support/$id", text => 'Спасибо')->status, '303303', 'answered in the journal';

is $parent->post('/account/known')->status, 303, 'a log-in that others know';
ok $t->wait_for(20, sub { letters() == 6 }), 'is a letter too, though its person is blocked; answers are none';
($letter) = grep { text_of($_) =~ /Логин стал известен другим/ } letters();
like text_of($letter // ''), qr{Школа: Школа № 92 \(1\)\nЛогин стал известен другим и заблокирован}, 'which says so';
ok !(grep { text_of($letter) =~ /\b\Q$_\E\b/ } @names), 'without the name';

# The letter's key ends no letters of the person who asked.
my $key = $db->selectrow_array('SELECT o.hook_key FROM ej.support AS s JOIN ej.outbound AS o ON o.id = s.outbound_id WHERE s.id = ?', undef, $id);
is $t->client->get("/unsubscribe/$key")->status, 404, 'no link of it ends the letters of the person who asks';
cmp_ok $administrator->get('/outbound')->count('//letter[@kinds = "support"]'), '>', 3, 'the administrator sees these letters among others';
is $t->login('deputy')->get('/outbound')->count('//letter[@kinds = "support"]') . $t->login('teacher')->get('/outbound')->count('//letter[@kinds = "support"]'), '00', 'nobody else does';

for (["EjournalSupportMail a\@b.test", qr/needs EjournalMail/], ["EjournalMailHour 500", qr/needs EjournalMail/], ["EjournalMailHour 0", qr/takes 1 to/],
    ["EjournalAddress https://a.test\nEjournalMail smtp://relay.test a\@b.test\nEjournalSupportMail nobody", qr/takes the address of a mailbox/]) {
    my $httpd = EJ::Httpd->new(dir => "$t->{dir}/wrong", module => $t->stage->module, share => $t->stage->share, socket => $t->postgres->socket,
        database => 'none', port => 1, conf => $_->[0]);
    my ($is_good, $said) = $httpd->configtest;
    ok !$is_good && $said =~ $_->[1], "configtest refuses: $_->[0]" =~ s/\n/; /r or diag $said;
}
$exim->stop;
done_testing;
