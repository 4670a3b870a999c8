#!/usr/bin/perl
# receivers.t: the administrator keeps the other systems to which the school sends documents.
# INT-01, FED-06
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my $admin = $t->login('administrator');
my %new = (name => 'Контингент', kind => 'contingent', transport => 'file', address => 'district', schedule => 'week');
is $admin->post('/receivers', %new)->status, 303, 'a receiver is added';
is refused($admin->post('/receivers', %new)), '409 JE212:name', 'its name is its own';
my %bad = (%new, name => '', schedule => 'hour');
is refused($admin->post('/receivers', %bad)), '422 JE101:name JE106:schedule', 'each field is named';
my ($id) = $t->value(q{SELECT id FROM ej.receiver WHERE name = 'Контингент'});
is $t->login('deputy')->get('/receivers')->count('//receiver'), 1, 'the deputy reads the list';
is join(' ', map { my $c = $t->login($_); $c->get("/receivers/$id")->status . $c->post("/receivers/$id", %new)->status } qw(deputy teacher administrator-17)), '404404 404404 404404', 'only the administrator of the school changes it';
my %old = map { ("old_$_" => $new{$_}) } keys %new;
is $admin->post("/receivers/$id", %new, %old, is_closed => 1, old_is_closed => '')->status, 303, 'it is closed';
is $admin->get('/receivers')->count('//receiver[@is_closed]'), 1, 'and told so';
my %stale = (%new, %old, address => 'another', old_address => 'third');
is refused($admin->post("/receivers/$id", %stale)), '409 JE210:address', 'what changed meanwhile is not overwritten';
is refused($admin->post('/exchange', receiver_id => $id)), '409 JE317:', 'a closed one gets nothing';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'receiver' AND key_id = ? AND account_id IS NOT NULL}, $id), 2, 'the history has both changes';
done_testing;
