#!/usr/bin/perl
# scales.t: the grading systems and their marks: added, changed, retired, never removed, and
# what the journal takes (CFG-17); the figures of a system (requirements 3.10).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
sub row { return join '|', map { $_ // '-' } $t->db->selectrow_array($_[0], undef, @_[1 .. $#_]) }
my $mark = 'SELECT value, name, number, order_no, is_pass::int, is_good::int, sou_weight, is_active::int FROM ej.scale_value WHERE id = ?';

my $r = $teacher->get('/scales');
is $r->xpath('string(//scale[@name = "пятибалльная, за период"]/@list)'), '5 4 3 2 1 н/а осв', 'staff read the systems with their marks in order';
$t->db->do(q{INSERT INTO ej.scale_value (school_id, scale_id, value, name, order_no) SELECT s.school_id, s.id, v::text, '', v FROM ej.scale AS s, generate_series(1, 14) AS v
    WHERE s.school_id = 1 AND s.name = 'десятибалльная' ON CONFLICT DO NOTHING});
like $teacher->get('/scales')->xpath('string(//scale[@name = "десятибалльная"]/@list)'), qr/^\S+( \S+){11} …$/, 'the list tells that a system has more marks';
is $r->count('//scales/@is_mine'), 0, 'a teacher changes none';
is refused($teacher->post('/scales', name => 'x')), '404 JE401:', 'nor may send the form';

is $admin->post('/scales', name => 'двенадцатибалльная', is_active => 1)->status, 303, 'the administrator adds a system';
my $scale = $t->value(q{SELECT id FROM ej.scale WHERE name = 'двенадцатибалльная'});
is refused($admin->post('/scales', name => 'двенадцатибалльная')), '409 JE212:name', 'a name is taken once';
is refused($admin->post('/scales', name => '')), '422 JE101:name', 'and needed';
my $values = "/scales/$scale/values";
is $admin->get($values)->count('//value'), 0, 'it has no marks yet';
like $admin->get($values, accept => 'text/html')->content, qr/Отметок в этой системе пока нет/, 'which the page says';
is $admin->post($values, value => '12', name => 'превосходно', number => '12', order_no => 1, is_pass => 1, is_good => 1, sou_weight => '100', is_active => 1)->status, 303, 'a mark is added';
my $id = $t->value('SELECT id FROM ej.scale_value WHERE scale_id = ?', $scale);
is row($mark, $id), '12|превосходно|12.00|1|1|1|100.00|1', 'as it was typed';
is refused($admin->post($values, value => '12', order_no => 2)), '409 JE212:value', 'once';
is refused($admin->post($values, value => '', number => 'x', order_no => '', sou_weight => 101)), '422 JE101:value JE102:number JE101:order_no JE102:sou_weight', 'each wrong field is named';
is refused($admin->post($values, value => '1 1', order_no => 2)), '422 JE102:value', 'a mark has no blank, which would separate marks';
is refused($admin->post($values, value => '11', order_no => 2, is_good => 1)), '422 JE102:is_good', 'a good mark is a pass';

sub form {
    my ($r, %new) = @_;
    my @fields = qw(name number order_no is_pass is_good sou_weight is_active);
    my %stored = map { my $f = $_; $f => $r->xpath("string(//scales/\@$f)") } @fields;
    my %typed = (%stored, %new);
    return ((map { ("old_$_" => $stored{$_}) } @fields), map { ($_ => $typed{$_}) } grep { $typed{$_} || !/^is_/ } sort keys %typed);
}
my $seen = $deputy->get("$values/$id");
is $deputy->post("$values/$id", form($seen, name => 'отлично'))->status . ' ' . row($mark, $id), '303 12|отлично|12.00|1|1|1|100.00|1', 'a deputy changes it';
is refused($admin->post("$values/$id", form($seen, name => 'блестяще'))), '409 JE210:name', 'who saw the old word is told of the new one';
my $five = $t->value(q{SELECT id FROM ej.scale WHERE school_id = 1 AND code = 'five'});
is $admin->get("/scales/$five/values/$id")->status, 404, 'a mark of one system is not found in another';
is refused($admin->post("/scales/$five/values/$id", form($seen))), '404 JE401:', 'nor changed there';
is $t->login('deputy-17')->get("/scales/$five")->status . $t->login('deputy-17')->get("/scales/$five/values")->status, '404404', 'another school has no such pages';
is refused($admin->post("$values/$id", form($admin->get("$values/$id"), is_removed => 1))), '303', 'the form removes nothing';
is row('SELECT count(*) FROM ej.scale_value WHERE id = ?', $id), 1, 'the mark is there';

# ------------------------------------------------------- what the journal takes ----

my $grid = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
is $teacher->get($grid)->count('//scale_value[@value = "1"]'), 1, 'the journal offers every mark of its system';
my $one = $t->value(q{SELECT id FROM ej.scale_value WHERE scale_id = ? AND value = '1'}, $five);
is $admin->post("/scales/$five/values/$one", form($admin->get("/scales/$five/values/$one"), is_active => ''))->status, 303, 'a school that gives no ones retires them';
$r = $teacher->get($grid);
is $r->count('//scale_value[@value = "1"]'), 0, 'then the journal does not offer them';
my ($column, $pupil) = ($r->xpath('string(//column[@lesson_id][1]/@column_id)'), $r->xpath('string(//pupil[1]/@pupil_id)'));
is refused($teacher->post($grid, column_id => $column, pupil_id => $pupil, old => '', value => '1')) =~ /^422 JE108/ ? 1 : 0, 1, 'nor takes one';

# ------------------------------------------------------------------ figures ----

# the test vector of requirements 3.10: 4 fives, 9 fours, 10 threes, a two, one н/а, one exempt
is row(q{SELECT sum(k.n) FILTER (WHERE v.sou_weight IS NOT NULL),
                round(100.0 * sum(k.n) FILTER (WHERE v.is_pass) / sum(k.n) FILTER (WHERE v.sou_weight IS NOT NULL), 2),
                round(100.0 * sum(k.n) FILTER (WHERE v.is_good) / sum(k.n) FILTER (WHERE v.sou_weight IS NOT NULL), 2),
                round(sum(k.n * v.sou_weight) / sum(k.n) FILTER (WHERE v.sou_weight IS NOT NULL), 2),
                round(sum(k.n * v.number) / sum(k.n) FILTER (WHERE v.number IS NOT NULL), 2)
           FROM ej.scale_value AS v
           JOIN (VALUES ('5', 4), ('4', 9), ('3', 10), ('2', 1), ('н/а', 1), ('осв', 1)) AS k(value, n) USING (value)
          WHERE v.scale_id = (SELECT id FROM ej.scale WHERE school_id = 1 AND code = 'five_term')}),
    '25|92.00|52.00|54.36|3.67', 'the marks carry what a report counts: N, успеваемость, качество, СОУ, the mean';
is row(q{SELECT string_agg(value || ':' || sou_weight::int, ' ' ORDER BY order_no) FROM ej.scale_value WHERE scale_id = (SELECT id FROM ej.scale WHERE school_id = 1 AND code = 'ten')}),
    '10:100 9:100 8:64 7:64 6:36 5:36 4:16 3:16 2:16 1:16 0:16', 'of ten points two make one level';
is join(' ', map { $t->login($_)->get('/scales')->status } qw(personnel observer parent)), '200 200 404', 'staff of every kind read the list, and no family';
like $admin->get('/scales?format=csv')->content, qr/^"Система оценивания";"Отметки";"Используется"/m, 'the list as CSV';
done_testing;
