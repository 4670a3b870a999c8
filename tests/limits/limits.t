#!/usr/bin/perl
# limits.t: the limits of the duties that a school controls: read by heads, changed by director and deputies,
# counted by the control; what another has changed meanwhile (issue Control B.1).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($deputy, $director, $administrator, $teacher, $observer, $parent, $other) = map { $t->login($_) } qw(deputy director administrator teacher observer parent deputy-17);
sub stored { return $t->value(q{SELECT string_agg(duty_key || ' ' || value, ', ' ORDER BY duty_key) FROM ej.duty_limit WHERE school_id = 1}) // '' }
# The form as its page sends it, with other values of some limits.
sub form {
    my ($r, %new) = @_;
    return map { my ($key, $was) = map { $_ // '' } $_->getAttribute('duty_key'), $_->getAttribute('value');
                 (duty_key => $key, value => $new{$key} // $was, old_value => $was) } $r->nodes('//limit');
}

my $empty = $deputy->get('/limits');
is $empty->count('//limit'), 7, 'the duties that have a limit';
is $empty->count('//limit[@value]'), 0, 'the school has none of its own';
is $deputy->post('/limits', form($empty, visit => 30, 'homework-short' => 5))->location, '/limits?done=changed', 'a deputy sets two';
is stored(), 'homework-short 5, visit 30', 'and only these';
is refused($director->post('/limits', form($empty, visit => 40, gap => 4))), '409 JE210:value', 'who saw none is told of the first';
is stored(), 'gap 4, homework-short 5, visit 30', 'and the other is saved';
my $page = $director->get('/limits');
my $r    = $director->post('/limits', {html => 1}, form($page, lag => 0, visit => 10, 'marks-late' => 31));
is $r->status, 422, 'values outside of their bounds';
is $r->xpath('string(//input[@name = "value"][@aria-invalid][1]/@value)'), '31', 'are given back';
like $r->content, qr/Целое число от 1 до 40 или пустое поле/, 'with the bounds in words';
is stored(), 'gap 4, homework-short 5, visit 30', 'and nothing is saved';
is refused($director->post('/limits', duty_key => 'topic', value => 3, old_value => '')), '422 JE106:value', 'a duty without a limit gets none';
my $before = $t->value(q{SELECT count(*) FROM ej.history});
is $director->post('/limits', form($page))->status . ($t->value(q{SELECT count(*) FROM ej.history}) - $before), '3030', 'a form without a change writes nothing';
is $director->post('/limits', form($page, visit => 20, gap => ''))->status, 303, 'the director changes one and takes one away';
is stored(), 'homework-short 5, visit 20', 'which is then the usual one';
is $t->value(q{SELECT string_agg(coalesce(h.old ->> 'value', '-') || ' ' || coalesce(h.new ->> 'value', '-') || ' ' || a.login, ', ' ORDER BY h.id)
                 FROM ej.history AS h JOIN ej.account AS a ON a.id = h.account_id WHERE h.table_name = 'duty_limit' AND h.id > (SELECT max(id) - 2 FROM ej.history)}),
    '4 - director, 30 20 director', 'the history has who changed what';

# The control counts by them.
sub undone { return $deputy->get('/control?from_on=2026-09-01&till_on=2026-12-30')->xpath(qq{string(//duty[\@duty_key = "$_[0]"]/\@undone)}) }
my $short = undone('homework-short');
$deputy->post('/limits', form($deputy->get('/limits'), 'homework-short' => 20));
cmp_ok undone('homework-short'), '>', $short, 'the control counts by the new limit';

is $administrator->get('/limits')->xpath('concat(count(//limit), count(//@is_mine))'), '70', 'the administrator reads them';
is $administrator->get('/limits', html => 1)->count('//input[@name = "value"]'), 0, 'without a form';
is refused($_->[0]->post('/limits', form($page, visit => 9))), '404 JE401:', "$_->[1] changes none" for [$administrator, 'the administrator'], [$teacher, 'a teacher'], [$parent, 'a parent'];
is $_->[0]->get('/limits')->status, 404, "$_->[1] has no such page" for [$teacher, 'a teacher'], [$observer, 'an observer'], [$parent, 'a parent'];
is $other->get('/limits')->count('//limit[@value]'), 0, 'another school has its own';
like $deputy->get('/control', html => 1)->content, qr{href="/journal/limits"}, 'the control links to them';
done_testing;
