#!/usr/bin/perl
# roles.t: the administrator gives roles by order and ends them; the heads read them.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my $admin = $t->login('administrator');
sub staff { return $t->value('SELECT s.id FROM ej.staff AS s JOIN ej.account USING (person_id) WHERE login = ?', $_[0]) }
sub give {
    my ($client, %o) = @_;
    return $client->post('/roles', {html => $o{html}}, staff_id => $o{staff} // staff('teacher'), role => $o{role} // 'deputy',
        order_no => $o{no} // '15-к', order_on => $o{on} // '2026-11-19', from_on => $o{from} // '2026-11-20', till_on => $o{till} // '');
}

# ------------------------------------------------------------------ who ----

for my $who (qw(director deputy)) {
    my $r = $t->login($who)->get('/roles');
    cmp_ok $r->count('//role'), '>', 5, "$who reads the roles";
    is $r->count('//choice') . $r->xpath('string(/page/roles/@is_mine)'), '0', 'and gives none';
    is give($t->login($who))->status, 404, 'not by a form either';
}
is $t->login($_)->get('/roles')->status, 404, "$_ has no such page" for qw(teacher class-teacher personnel meals observer parent pupil substitute);
my $r = $admin->get('/roles?find=' . URI::Escape::uri_escape_utf8($t->value(q{SELECT surname FROM ej.staff WHERE id = ?}, staff('meals'))));
is $r->xpath('string(//role/@role)'), 'meals', 'a role is found by the name of its holder';
cmp_ok $admin->get('/roles?format=csv')->content =~ tr/\n//, '>', 5, 'the list is a table, too';
is $admin->get('/roles?sort=role')->xpath('string(//role[1]/@role)'), 'administrator', 'the list is sorted by role';

# ----------------------------------------------------------------- give ----

is $t->login('teacher')->get('/readiness')->status, 404, 'a teacher does not see the page of a deputy';
my $reply = give($admin);
is $reply->status, 303, 'a role is given';
like $admin->follow($reply, html => 1)->content, qr/Добавлено/, 'the list says so';
is $t->login('teacher')->get('/readiness')->status, 200, 'and it counts from its first day';
is $t->login('teacher')->get('/journals')->status, 200, 'one person has several roles';
my $id = $t->value(q{SELECT id FROM ej.staff_role WHERE order_no = '15-к'});
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'staff_role' AND key_id = ?}, $id), 1, 'the history has it';
like give($admin, html => 1)->content, qr/Эта роль по этому приказу у сотрудника уже есть/, 'the same order gives no role twice (JE212)';

for my $case (['without an order', 'JE101', 'order_no', no => ''], ['without its day', 'JE101', 'order_on', on => ''], ['without a beginning', 'JE101', 'from_on', from => ''],
    ['of no kind', 'JE106', 'role', role => 'king'], ['for nobody', 'JE101', 'staff_id', staff => ''],
    ['for somebody of another school', 'JE301', 'staff_id', staff => staff('teacher-17')], ['that ends before it begins', 'JE132', 'till_on', till => '2026-11-19'],
    ['with a long order', 'JE104', 'order_no', no => 'x' x 41]) {
    my ($what, $code, $field, %o) = @$case;
    my $r = give($admin, no => '16-к', %o);
    like join(' ', $r->errors), qr/^(?:$code)$/, "no role is given $what";
}
is $t->value(q{SELECT count(*) FROM ej.staff_role WHERE order_no = '16-к'}), 0, 'nothing of that was kept';
$r = give($admin, no => '16-к', till => '2026-11-19', html => 1);
is $r->status . ' ' . $r->xpath('string(//input[@name="order_no"]/@value)'), '422 16-к', 'what was typed comes back';

# ------------------------------------------------------------------ end ----

sub change { my ($client, $id, %o) = @_; return $client->post("/roles/$id", %o) }
my %days = (old_order_on => '2026-11-19', order_on => '2026-11-19', old_from_on => '2026-11-20', from_on => '2026-11-20', old_till_on => '');
is change($admin, $id, %days, till_on => '2026-11-20')->status, 303, 'the last day of a role ends it';
is $t->login('teacher')->get('/readiness')->status, 200, 'it counts until then';
is join(' ', change($admin, $id, %days, till_on => '2026-12-20')->errors), 'JE210', 'what another has changed is not overwritten';
$t->db->do(q{UPDATE ej.staff_role SET during = '[2026-11-18,2026-11-20)' WHERE id = ?}, undef, $id);
is $t->login('teacher')->get('/readiness')->status, 404, 'and no longer';
is $t->login('director')->get("/roles/$id")->status, 404, 'a director changes none';
is $t->login('administrator-17')->get("/roles/$id")->status, 404, 'another school has no such role';
is change($t->login('administrator-17'), $id, %days, till_on => '')->status, 404, 'nor changes it';

# ----------------------------------------------------------- to oneself ----

is give($admin, staff => staff('administrator'), no => '17-к')->status, 303, 'who gives himself a role';
like $admin->get('/roles', html => 1)->content, qr/дана самому себе и не действует/, 'sees that it does not count yet';
is $admin->get('/history')->status, 200, 'the own role goes on';
my $own = $t->value(q{SELECT id FROM ej.staff_role WHERE role = 'administrator' AND school_id = 1});
$r = $admin->get("/roles/$own");
my @was = map { ("old_$_" => $r->xpath("string(/page/roles/\@$_)"), $_ => $r->xpath("string(/page/roles/\@$_)")) } qw(order_on from_on);
is join(' ', change($admin, $own, @was, old_till_on => $r->xpath('string(/page/roles/@till_on)'), till_on => '2030-01-01')->errors), 'JE301', 'nobody prolongs the own role';
like change($admin, $own, @was, old_till_on => $r->xpath('string(/page/roles/@till_on)'), till_on => '2030-01-01')->status, qr/^403$/, 'which is refused';

# as the web role, with the administrator's own session
my $web = $t->web_db;
$web->{RaiseError} = 1; $web->{PrintError} = 0;
for my $sql ("UPDATE ej.staff_role SET role = 'administrator' WHERE id = $id", "UPDATE ej.staff_role SET order_no = 'x' WHERE id = $own",
    "UPDATE ej.staff_role SET is_self_given = false", "UPDATE ej.staff_role SET staff_id = 1") {
    ok !eval { $web->do($sql); 1 }, "refused: $sql";
    is $web->state, '42501', '  by the grants';
}
done_testing;
