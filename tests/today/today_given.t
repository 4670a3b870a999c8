#!/usr/bin/perl
# today_given.t: the other heads see the assignments that a deputy made to herself,
# and confirm them with one tap.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(17);
my ($staff) = $t->value(q{SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'deputy'});
my ($id) = $t->value(q{SELECT t.id FROM ej.teaching t JOIN ej.study_group g ON g.id = t.study_group_id
    JOIN ej.subject s ON s.id = t.subject_id WHERE t.school_id = 1 AND g.name = '7Б' AND s.name = 'Информатика'});
# Run a statement as the deputy.
sub as_deputy {
    my ($sql, @values) = @_;
    $t->db->do('BEGIN');
    $t->db->do(q{INSERT INTO ej.session (digest, account_id, epoch, form_token, idle, ends_at)
        SELECT 'own', id, epoch, 't', '1 hour', now() + interval '1 hour' FROM ej.account WHERE login = 'deputy' ON CONFLICT DO NOTHING});
    $t->db->do(q{SELECT set_config('ej.session', encode('own', 'hex'), true)});
    $t->db->do($sql, undef, @values);
    $t->db->do('COMMIT');
}
as_deputy('UPDATE ej.teaching SET staff_id = ? WHERE id = ?', $staff, $id);
as_deputy(q{UPDATE ej.lesson SET staff_id = ? WHERE id = (SELECT id FROM ej.lesson WHERE held_on = '2026-11-20' AND teaching_id IN
    (SELECT id FROM ej.teaching WHERE study_group_id = (SELECT id FROM ej.study_group WHERE school_id = 1 AND name = '10А')) ORDER BY slot LIMIT 1)}, $staff);

my ($deputy, $director) = map { $t->login($_) } qw(deputy director);
my $journal = $t->path(journal => class => '7Б', subject => 'Информатика', on => '2026-11-20');
is $deputy->get($journal)->xpath('string(//journal/@can_write)'), '', 'the deputy cannot write in the journal that she took';
my $r = $deputy->get('/', html => 1);
like $r->xpath('normalize-space(//table[contains(@class, "given")]/tbody)'), qr/предмет: Информатика, 7Б\s*ждёт другого руководителя/,
    'her start page shows that the assignment waits for another head';
is $r->count('//table[contains(@class, "given")]//button'), 0, 'her start page has no button to confirm it';
$r = $director->get('/', html => 1);
is $r->count('//table[contains(@class, "given")]//button'), 2, 'the director has a button for each assignment';
like $r->xpath('normalize-space(//table[contains(@class, "given")]/tbody)'), qr/замена 20 ноября: .+, 10А/, 'the list has the substitution';
is $t->login('administrator')->get('/')->count('//given'), 2, 'the administrator sees the assignments';
is $t->login('director-17')->get('/')->count('//given'), 0, 'a director of another school does not see the assignments';
is $t->login('teacher')->get('/')->count('//given'), 0, 'a teacher does not see the assignments';

my %this = (kind => 'teaching', row_id => $id);
is $deputy->post('/', %this)->status, 403, 'the deputy cannot confirm her own assignment';
is $t->login('teacher')->post('/', %this)->status, 404, 'a teacher cannot confirm an assignment';
is $t->login('director-17')->post('/', %this)->status, 404, 'a director of another school cannot confirm an assignment';
is join(' ', $director->post('/', kind => 'teaching')->errors), 'JE101', 'a confirmation without a row is refused';
is $director->post('/', kind => 'class', row_id => $id)->status, 404, 'a confirmation of a missing row gets 404';
$r = $director->post('/', %this);
is $r->status . ' ' . $r->location, '303 /', 'the director confirms the assignment';
is $director->get('/')->count('//given'), 1, 'the other assignment is still in the list';
is $deputy->get($journal)->xpath('string(//journal/@can_write)'), '1', 'the deputy can write in the confirmed journal';
is $director->post('/', %this)->status, 404, 'an assignment cannot be confirmed twice';
