#!/usr/bin/perl
# clients.t: the administrator keeps the programs that may read the school, and gives each a secret.
# INT-01, FED-06
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { $_ => $t->login($_) } qw(administrator deputy director teacher parent administrator-17);
my $admin = $c{administrator};
sub with_ { my %all = @_; return %all }
my %new = (name => 'Столовая', reads_roster => 1, from_on => '2026-11-01', till_on => '2027-05-31');

is $admin->post('/clients', %new)->status, 303, 'a program is added';
is refused($admin->post('/clients', %new)), '409 JE212:name', 'its name is its own';
is refused($admin->post('/clients', name => '', from_on => 'x', till_on => '', addresses => 'ы' x 201)), '422 JE101:name JE104:addresses JE103:from_on JE101:till_on', 'each field is named';
is refused($admin->post('/clients', with_(%new, name => 'Б', till_on => '2026-10-31'))), '422 JE132:till_on', 'the last day is not before the first';
is refused($admin->post('/clients', with_(%new, name => 'Б', addresses => $_))), '422 JE102:addresses', "«$_» is no network" for '300.1.1.1', '10.0.0.0/33', 'host.example', '10.0.0.1,10.0.0.2';
is $admin->post('/clients', with_(%new, name => "Б$_", addresses => $_))->status, 303, "«$_» is" for '10.0.0.0/8', '10.0.0.1 192.0.2.0/24', '2001:db8::/32 ::1';
my ($id) = $t->value(q{SELECT id FROM ej.api_client WHERE name = 'Столовая'});

is $c{deputy}->get('/clients')->count('//client'), 4, 'the deputy reads the list';
is $c{director}->get('/clients')->count('//client[@reads_roster][not(@secret_till_on)]'), 4, 'the director, too; none has a secret yet';
is join(' ', map { $c{$_}->get('/clients')->status } qw(teacher parent)), '404 404', 'nobody else';
is join(' ', map { $c{$_}->get("/clients/$id")->status . $c{$_}->post("/clients/$id/secret")->status } qw(deputy teacher administrator-17)), '404404 404404 404404', 'only the administrator of the school changes it and makes its secret';

my $made = $admin->post("/clients/$id/secret");
my $secret = $made->xpath('string(//clients/@secret)');
like $secret, qr/^[0-9a-f]{64}$/, 'a secret is made';
is $made->header('Cache-Control'), 'no-store', 'no cache keeps the page';
unlike $admin->get($_)->content, qr/$secret/, "$_ does not show it again" for '/clients', "/clients/$id", '/history';
my $again = $admin->post("/clients/$id/secret")->xpath('string(//clients/@secret)');
isnt $again, $secret, 'the next is another';
is $t->value(q{SELECT count(*) FROM ej.api_secret WHERE sha256 = sha256(convert_to(?, 'UTF8'))}, $again), 1, 'and the only one that counts';
like $admin->get('/clients')->xpath('string(//client[@name = "Столовая"]/@secret_till_on)'), qr/^\d{4}-\d\d-\d\d$/, 'the list says until when';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'api_client' AND key_id = ? AND account_id IS NOT NULL}, $id), 3, 'the history has who added it and made its secrets';
is $t->value(q{SELECT count(*) FROM ej.history WHERE new::text LIKE ?}, "%$secret%"), 0, 'but no secret';

my $seen = $admin->get("/clients/$id");
my %old = map { ("old_$_" => $seen->xpath("string(//clients/\@$_)")) } qw(name from_on till_on addresses);
is $admin->post("/clients/$id", with_(%new, %old, old_reads_roster => 't', till_on => '2026-11-19'))->status, 303, 'a program is ended';
is $admin->get('/clients')->count('//client[@is_over]'), 1, 'and told so';
is refused($admin->post("/clients/$id", with_(%new, %old, old_reads_roster => 't', till_on => '2026-12-31'))), '409 JE210:till_on', 'what changed meanwhile is not overwritten';
done_testing;
