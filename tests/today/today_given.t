#!/usr/bin/perl
# today_given.t: what a deputy has given to herself stands before the other
# heads, who confirm it with one tap.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(17);
my ($staff) = $t->value(q{SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'deputy'});
my ($id) = $t->value(q{SELECT t.id FROM ej.teaching t JOIN ej.study_group g ON g.id = t.study_group_id
    JOIN ej.subject s ON s.id = t.subject_id WHERE t.school_id = 1 AND g.name = '7Б' AND s.name = 'Информатика'});
# As she would by a statement: whoever holds the row asks.
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
is $deputy->get($journal)->xpath('string(//journal/@can_write)'), '', 'the deputy does not write the journal taken';
my $r = $deputy->get('/', html => 1);
like $r->xpath('normalize-space(//table[contains(@class, "given")]/tbody)'), qr/предмет: Информатика, 7Б\s*ждёт другого руководителя/,
    'her own day says what it waits for';
is $r->count('//table[contains(@class, "given")]//button'), 0, 'and has no button for it';
$r = $director->get('/', html => 1);
is $r->count('//table[contains(@class, "given")]//button'), 2, 'the director has one for each';
like $r->xpath('normalize-space(//table[contains(@class, "given")]/tbody)'), qr/замена 20 ноября: .+, 10А/, 'a substitution among them';
is $t->login('administrator')->get('/')->count('//given'), 2, 'so has the administrator';
is $t->login('director-17')->get('/')->count('//given'), 0, 'but nobody of another school';
is $t->login('teacher')->get('/')->count('//given'), 0, 'nor a teacher';

my %this = (kind => 'teaching', row_id => $id);
is $deputy->post('/', %this)->status, 403, 'the deputy does not confirm her own';
is $t->login('teacher')->post('/', %this)->status, 404, 'a teacher confirms nothing';
is $t->login('director-17')->post('/', %this)->status, 404, 'nor does another school\'s director';
is join(' ', $director->post('/', kind => 'teaching')->errors), 'JE101', 'it is something';
is $director->post('/', kind => 'class', row_id => $id)->status, 404, 'that is there';
$r = $director->post('/', %this);
is $r->status . ' ' . $r->location, '303 /', 'the director confirms it';
is $director->get('/')->count('//given'), 1, 'and has the other left';
is $deputy->get($journal)->xpath('string(//journal/@can_write)'), '1', 'now the deputy writes that journal';
is $director->post('/', %this)->status, 404, 'what is confirmed is confirmed';
