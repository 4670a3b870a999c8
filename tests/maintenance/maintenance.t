#!/usr/bin/perl
# maintenance.t: the administrator announces hours in which the journal is closed; a day before everybody is told on
# every page, within them only the administrator is let in.
# AVL-02
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { $_ => $t->login($_) } qw(administrator deputy teacher parent teacher-17);
my $admin = $c{administrator};
sub with_ { my %all = @_; return %all } # the last value of a name counts
my %night = (held_on => '2026-12-05', starts => '02:00', ends => '06:00', words => 'Обновление PostgreSQL');

is $admin->post('/maintenance', %night)->status, 303, 'hours are announced';
is refused($admin->post('/maintenance', with_(%night, starts => '05:00', ends => '07:00'))), '409 JE212:held_on', 'two do not overlap';
my $new = $admin->get('/maintenance');
my %shown = map { ("old_$_" => $new->xpath("string(//maintenance[\@view]/\@$_)")) } qw(held_on starts ends);
is join(' ', @shown{qw(old_held_on old_starts old_ends)}), '2026-11-21 02:00 06:00', 'a new form is filled with the coming night';
is $admin->post('/maintenance', with_(%night, held_on => '2026-12-06', %shown))->status, 303, 'the next night is another, sent as a browser sends it';
is refused($admin->post('/maintenance', with_(%night, held_on => '2026-12-07', ends => '02:00'))), '422 JE102:ends', 'they end after they begin';
is refused($admin->post('/maintenance', held_on => 'x', starts => '25:00', ends => '', words => 'ы' x 201)), '422 JE103:held_on JE129:starts JE101:ends JE104:words', 'each field is named';
is $c{teacher}->post('/maintenance', with_(%night, held_on => '2026-12-08'))->status, 404, 'a teacher announces none';
is $c{deputy}->get('/maintenance')->xpath('concat(count(//maintenance/maintenance), " ", //maintenance/maintenance[1]/@held_on)'), '2 2026-12-06', 'the deputy reads them';
is $c{teacher}->get('/maintenance')->status, 404, 'a teacher sees them on the pages alone';
is $c{parent}->get('/maintenance')->status, 404, 'a family has no such page';
is join(' ', map { $c{$_}->get('/account', html => 1)->xpath('count(//p[contains(@class, "shared maintenance")])') } qw(administrator teacher parent)), '0 0 0', 'a fortnight before nobody is told';

# The school's clock: the day is fixed, the hour is the real one.
sub announce {
    my ($held_on, $starts, $ends) = @_;
    $t->db->do(q{UPDATE ej.maintenance SET held_on = ?, starts = ?, ends = ? WHERE held_on = (SELECT min(held_on) FROM ej.maintenance)}, undef, $held_on, $starts, $ends);
}
announce('2026-11-21', '00:00', '00:01');
is join(' ', map { $c{$_}->get('/account', html => 1)->xpath('count(//p[contains(@class, "shared maintenance")][contains(., "21.11 с 00:00 до 00:01: Обновление PostgreSQL.")])') } qw(administrator teacher parent)), '1 1 1', 'a day before all are told on every page';
is $c{'teacher-17'}->get('/account', html => 1)->xpath('count(//p[contains(@class, "shared maintenance")])'), 0, 'nobody of another school';
is $c{teacher}->get('/journals?format=print', html => 1)->xpath('count(//p[contains(@class, "shared maintenance")])'), 0, 'but not on paper';

announce('2026-11-20', '00:00', '23:59:59');
my $r = $c{teacher}->get('/journals', html => 1);
is $r->status . ' ' . ($r->header('Retry-After') > 2 ? 'later' : $r->header('Retry-After')), '503 later', 'within them the journal is closed to the teacher';
is join(' ', $c{teacher}->get('/journals')->errors), 'JE511', '  with its code';
like $r->content, qr/Журнал закрыт на обслуживание ещё на \d+ мин\./, '  in words';
is $c{teacher}->get('/help/maintenance')->status, 200, '  the guides are open';
is $c{parent}->post('/account', {}, x => 1)->status, 503, '  to the family, also what is sent';
is $admin->get('/maintenance')->status . $c{'teacher-17'}->get('/journals')->status, '200200', '  not to the administrator, nor to another school';
$t->db->do(q{UPDATE ej.school SET training_of_id = (SELECT min(id) FROM ej.school WHERE id <> 1) WHERE id = 1});
is $c{teacher}->get('/journals')->status, 200, '  nor to anybody in a training school, who could not go back to the own one';
$t->db->do('UPDATE ej.school SET training_of_id = NULL');
is $t->value(q{SELECT count(*) FROM ej.maintenance WHERE school_id = 1}), 2, 'two are kept';
announce('2026-11-20', '00:00', '23:59');    # a form has no seconds
my $id = $t->value(q{SELECT id FROM ej.maintenance WHERE held_on = '2026-11-20'});
my $seen = $admin->get("/maintenance/$id");
is $admin->post("/maintenance/$id", (map { my $was = $seen->xpath("string(//maintenance/\@$_)"); ($_ => $was, "old_$_" => $was) } qw(held_on starts ends words)), is_removed => 1)->status, 303, 'they are called off';
is $c{teacher}->get('/journals')->status, 200, 'and the journal is open';
done_testing;
