#!/usr/bin/perl
# kinds.t: the kinds of work: found, added, changed, retired, removed unless used (CFG-17).
# What every save of rows does is in rooms.t.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
my @flags = qw(is_control is_required is_active);
my @fields = (qw(name short_name weight_pct order_no), @flags);
sub kind { return join '|', map { $_ // '-' } $t->db->selectrow_array(q{SELECT name, short_name, weight_pct, order_no, is_control::int, is_active::int FROM ej.work_kind WHERE id = ?}, undef, $_[0]) }
sub form {
    my ($r, %new) = @_;
    my %stored = map { my $f = $_; $f => $r->xpath("string(//kinds/\@$f)") } @fields;
    my %typed = (%stored, %new);
    return ((map { ("old_$_" => $stored{$_}) } @fields), map { ($_ => $typed{$_}) } grep { $typed{$_} || !/^is_/ } sort keys %typed);
}

my $r = $teacher->get('/kinds');
is $r->xpath('string(//kind[1]/@name)'), 'ответ на уроке', 'staff read the kinds in the order of the lesson';
is $r->count('//kinds/@is_mine'), 0, 'a teacher changes none';
is refused($teacher->post('/kinds', name => 'Эссе', short_name => 'Эс', weight_pct => 100, order_no => 1)), '404 JE401:', 'nor may send the form';
like $admin->get('/kinds', accept => 'text/html')->content, qr{name="is_active" type="checkbox" value="1" checked}, 'a new kind is in use unless one says otherwise';

is $admin->post('/kinds', name => 'Эссе', short_name => 'Эс', weight_pct => 150, order_no => 20, is_active => 1)->status, 303, 'the administrator adds a kind';
my $id = $t->value(q{SELECT id FROM ej.work_kind WHERE name = 'Эссе' AND school_id = 1});
is kind($id), 'Эссе|Эс|150|20|0|1', 'as it was typed';
is refused($admin->post('/kinds', name => 'Эссе', short_name => 'Э', weight_pct => 1, order_no => 1)), '409 JE212:name', 'a name is taken once';
is refused($admin->post('/kinds', name => '', short_name => 'длиннее десяти', weight_pct => 1001, order_no => 1000)),
    '422 JE101:name JE104:short_name JE102:weight_pct JE102:order_no', 'each wrong field is named';
my $lesson = $t->path(lesson => class => '7Б', subject => 'Русский язык', on => '2026-11-20');
is $t->login('class-teacher')->get($lesson)->count('//kind[@name = "Эссе"]'), 1, 'the lesson offers it';
my $seen = $deputy->get("/kinds/$id");
is $deputy->post("/kinds/$id", form($seen, is_active => ''))->status . ' ' . kind($id), '303 Эссе|Эс|150|20|0|0', 'a deputy retires it';
is $t->login('class-teacher')->get($lesson)->count('//kind[@name = "Эссе"]'), 0, 'and the lesson offers it no more';
is refused($admin->post("/kinds/$id", form($seen, weight_pct => 50, is_active => 1))), '303', 'what one did not change stays as another left it';
is kind($id), 'Эссе|Эс|50|20|0|0', 'the weight is changed, the kind still retired';
my $used = $t->value('SELECT kind_id FROM ej.work WHERE school_id = 1 LIMIT 1');
is refused($admin->post("/kinds/$used", form($admin->get("/kinds/$used"), is_removed => 1))), '409 JE211:', 'a kind with works is not removed';
is $admin->post("/kinds/$id", form($admin->get("/kinds/$id"), is_removed => 1))->status . kind($id), '303', 'another is';
is $t->login('deputy-17')->get("/kinds/$used")->status, 404, 'another school has no such page';
is join(' ', map { $t->login($_)->get('/kinds')->status } qw(personnel observer parent)), '200 200 404', 'staff of every kind read the list, and no family';
like $admin->get('/kinds?format=csv')->content, qr/"Вид работы";"Коротко";"Вес, %"/m, 'the list as CSV';
done_testing;
