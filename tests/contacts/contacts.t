#!/usr/bin/perl
# contacts.t: a person's addresses, each confirmed by the code that was sent to it, and how the person
# is told of each kind of news.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($parent, $teacher, $deputy) = map { $t->login($_) } qw(parent teacher deputy);
my $page = '/account/contacts';

is refused($parent->post($page, channel => 'email', address => 'no address')), '422 JE165:address', 'what is no address is refused at its field';
is $parent->post($page, {html => 1}, channel => 'email', address => 'no address')->xpath('string(//input[@name = "address"]/@value)'), 'no address', 'and comes back as it was typed';
is refused($parent->post($page, channel => 'sms', address => '12')), '422 JE166:address', 'nor is a short number a telephone';
is refused($parent->post($page, channel => 'pigeon', address => '12')), '422 JE106:channel', 'nor anything else a way';
is refused($parent->post($page, channel => 'email', address => '')), '422 JE101:address', 'an address is needed';
is $parent->post($page, channel => 'email', address => 'Ivanov@Example.ru')->status, 303, 'an address is added';
is $parent->get($page)->xpath('string(//address/@address)'), 'Ivanov@example.ru', 'and is in the list';
is $parent->get($page)->count('//address[@is_verified]'), 0, 'but does not count yet';
my ($id, $code) = $t->db->selectrow_array('SELECT id, secret FROM ej.contact');
like $code, qr/^\d{6}$/, 'a code of six digits was made';
unlike $parent->get($_)->content, qr/$code/, "$_ does not show it" for $page, "$page/$id";
is refused($parent->post($page, channel => 'email', address => 'next@example.ru')), '429 JE111:address', 'the next code is sent after a minute';
is refused($teacher->post("$page/$id", action => 'confirm', code => $code)), '404 JE401:', 'nobody confirms the address of another person';
is $teacher->get("$page/$id")->status, 404, 'nor sees it';
is refused($parent->post("$page/$id", action => 'confirm', code => '1')), '422 JE167:code', 'a wrong code is refused at its field';
is $t->value('SELECT tries FROM ej.contact WHERE id = ?', $id), 1, 'and counted';
is refused($parent->post("$page/$id", action => 'confirm', code => '')), '422 JE101:code', 'a code is needed';

# Whoever can run any statement as the web role, with savepoints: no guess is judged before it is counted for good.
my $digest = $t->value(q{SELECT encode(s.digest, 'hex') FROM ej.session s JOIN ej.account a ON a.id = s.account_id WHERE a.login = 'parent' LIMIT 1});
my $web = $t->web_db;
sub asks { my ($sql, @values) = @_; my $got = eval { $web->selectrow_array("SELECT $sql", undef, @values) }; return $@ ? $web->state : $got }
$web->begin_work;
$web->do('SELECT ej.enter(?::bytea, NULL, gen_random_uuid())', undef, "\\x$digest");
my %answer;
for my $guess ($code, map { sprintf '%06d', $_ } 1 .. 20) {
    $web->do('SAVEPOINT guess');
    $answer{asks('ej.contact_try(?, ?)', $id, $guess) =~ /^\d+$/ ? asks('ej.contact_confirm(?, ?)', $id, $guess) : 'none'}++;
    $web->do('ROLLBACK TO guess');
}
$web->rollback;
is join(' ', %answer), 'JE110 21', 'within a transaction no guess is answered, not the right one either';
$web->begin_work;
$web->do('SELECT ej.enter(?::bytea, NULL, gen_random_uuid())', undef, "\\x$digest");
asks('ej.contact_try(?, ?)', $id, sprintf '%06d', $_) for 1 .. 4;
$web->commit;
is $t->value('SELECT tries FROM ej.contact WHERE id = ?', $id), 5, 'what is counted for good';
$web->begin_work;
$web->do('SELECT ej.enter(?::bytea, NULL, gen_random_uuid())', undef, "\\x$digest");
is join(' ', map { asks('ej.contact_confirm(?, ?)', $id, sprintf '%06d', $_) =~ /JE\d+/ ? $& : '' } 1 .. 4), 'JE167 JE167 JE167 JE167', 'is answered';
$web->rollback;
$t->db->do('DELETE FROM ej.guess');
is refused($parent->post("$page/$id", action => 'confirm', code => $code)), '422 JE167:code', 'but is five in all, a rollback or not';
$t->db->do('UPDATE ej.contact SET tries = 1 WHERE id = ?', undef, $id);
$t->db->do('DELETE FROM ej.guess');
is $parent->post("$page/$id", action => 'confirm', code => "$code ")->status, 303, 'the right one confirms the address';
is $parent->get($page)->count('//address[@is_verified]'), 1, 'which counts now';
like $parent->get('/account/notices', html => 1)->content, qr{приходят:.*Ivanov\@example\.ru}s, 'and is named where the person chooses';
is $parent->post("$page/$id", action => 'drop')->status . $parent->get($page)->count('//address[@is_suspended]'), '3031', 'the person gives it up';
is $t->value(q{SELECT count(*) FROM ej.notice_for WHERE kind = 'contact_changed' AND person_id = (SELECT person_id FROM ej.account WHERE login = 'parent')}), 1, 'and is told of it at that address';
$t->db->do(q{UPDATE ej.guardian SET email = 'card@example.ru' WHERE person_id = (SELECT person_id FROM ej.account WHERE login = 'parent')});
is $parent->get($page)->xpath('string(//known[@channel = "email"]/@address)'), 'card@example.ru', 'the address of the card is offered';

# how one is told
my $r = $parent->get('/account/notices');
is join(' ', map { $r->xpath("string(//kind[\@kind = '$_->[0]']/\@$_->[1])") } [unexplained => 'email'], [unexplained => 'sms'], [mark => 'email'], [mark => 'sms']),
    'at_once at_once daily off', 'without a choice an absence is told at once by both ways, marks in one letter a day';
is $r->count('//kind[@kind = "card_changed" or @kind = "unmarked"]'), 0, 'a parent is not asked about what is told to heads';
is $deputy->get('/account/notices')->count('//kind[@kind = "card_changed" or @kind = "unmarked"]'), 2, 'a deputy is';
my $n = $r->xpath('string(//kind[@kind = "mark"]/@kind_no)');
is $parent->post('/account/notices', "email.$n" => 'weekly', "old_email.$n" => 'daily')->status, 303, 'a choice is saved';
is $parent->get('/account/notices')->xpath('string(//kind[@kind = "mark"]/@email)'), 'weekly', 'and shown';
is refused($parent->post('/account/notices', "email.$n" => 'off', "old_email.$n" => 'daily')), "409 JE210:email.$n", 'one changed meanwhile is not overwritten';
is refused($parent->post('/account/notices', "sms.$n" => 'hourly', "old_sms.$n" => 'off')), "422 JE106:sms.$n", 'an unknown mode is refused at its field';
is refused($parent->post('/account/notices', 'sms.99' => 'off', 'old_sms.99' => 'off')), '422 JE106:sms.99', 'and an unknown kind';
is $t->value('SELECT count(*) FROM ej.choice'), 1, 'nothing else was written';
is $t->value(q{SELECT count(*) > 0 FROM ej.history WHERE table_name = 'choice' AND new ->> 'mode' = 'weekly'}), 1, 'the history has the choice';
done_testing;
