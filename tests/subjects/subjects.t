#!/usr/bin/perl
# subjects.t: the subjects of a school: found, added, changed, removed unless taught
# (CFG-06). What every save of rows does is in rooms.t.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
my @fields = qw(name short_name order_no is_pe);
sub subject { return join '|', map { $_ // '-' } $t->db->selectrow_array(q{SELECT name, short_name, order_no, is_pe::int FROM ej.subject WHERE id = ?}, undef, $_[0]) }
sub form {
    my ($r, %new) = @_;
    my %stored = map { my $f = $_; $f => $r->xpath("string(//subjects/\@$f)") } @fields;
    my %typed = (%stored, %new);
    return ((map { ("old_$_" => $stored{$_}) } @fields), map { ($_ => $typed{$_}) } grep { $_ ne 'is_pe' || $typed{$_} } sort keys %typed);
}

my @names = map { $_->[0] } @{$t->db->selectall_arrayref('SELECT name FROM ej.subject WHERE school_id = 1 ORDER BY order_no, name')};
my $r = $teacher->get('/subjects');
is_deeply [map { $_->getAttribute('name') } $r->nodes('//subject')], [@names[0 .. ($#names > 59 ? 59 : $#names)]], 'staff read the subjects in the order of the journal';
is $r->count('//subjects/@is_mine'), 0, 'a teacher changes none';
is refused($teacher->post('/subjects', name => 'Танцы', short_name => 'Танцы', order_no => 1)), '404 JE401:', 'nor may send the form';

is $admin->post('/subjects', name => 'Астрономия', short_name => 'Астр.', order_no => 120)->status, 303, 'the administrator adds a subject';
my $id = $t->value(q{SELECT id FROM ej.subject WHERE name = 'Астрономия' AND school_id = 1});
is subject($id), 'Астрономия|Астр.|120|0', 'as it was typed';
is refused($admin->post('/subjects', name => 'Астрономия', short_name => 'А', order_no => 1)), '409 JE212:name', 'a name is taken once';
is refused($admin->post('/subjects', name => '', short_name => ' ', order_no => 1000)), '422 JE101:name JE101:short_name JE102:order_no', 'each wrong field is named';
my $seen = $deputy->get("/subjects/$id");
is $deputy->post("/subjects/$id", form($seen, short_name => 'Астрон.'))->status . ' ' . subject($id), '303 Астрономия|Астрон.|120|0', 'a deputy changes it';
is refused($admin->post("/subjects/$id", form($seen, short_name => 'Астро'))), '409 JE210:short_name', 'who saw the old word is told of the new one';
my $taught = $t->value('SELECT subject_id FROM ej.teaching WHERE school_id = 1 LIMIT 1');
is refused($admin->post("/subjects/$taught", form($admin->get("/subjects/$taught"), is_removed => 1))), '409 JE211:', 'a subject that is taught is not removed';
is $admin->post("/subjects/$id", form($admin->get("/subjects/$id"), is_removed => 1))->status . subject($id), '303', 'another is';
is $t->login('deputy-17')->get("/subjects/$taught")->status, 404, 'another school has no such page';
is join(' ', map { $t->login($_)->get('/subjects')->status } qw(personnel observer parent)), '200 200 404', 'staff of every kind read the list, and no family';
like $admin->get('/subjects?format=csv')->content, qr/"Предмет";"Коротко";"Место"/m, 'the list as CSV';
done_testing;
