#!/usr/bin/perl
# retention.t: the terms of keeping, what is due, an act that director and administrator both confirm, each with the own
# account, and paper that was handed over to the archive.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy archivist teacher parent);
sub statuses { my ($method, $path, $who, @form) = @_; return join ' ', map { $c{$_}->$method($path, @form)->status } split ' ', $who }
sub seen { my ($who, $id) = @_; return $c{$who}->get('/retention')->xpath("string(//act[\@act_id='$id']/\@seen)") }

# Years that ended long ago, packed.
$db->do(qq{SET session_replication_role = replica;
    INSERT INTO ej.school_year (school_id, year, during) SELECT 1, y, daterange(make_date(y, 9, 1), make_date(y + 1, 5, 31)) FROM unnest('{2000,2019,2020}'::int[]) AS y;
    INSERT INTO ej.package (school_id, year, state, order_no, order_on, made_by, ordered_at, started_at, made_at, checked_at, files, size, sha256, copy1, copy2)
    SELECT 1, y, 'made', '1', '2021-06-01', 'x', now(), now(), now(), now(), 3, 300, sha256(y::text::bytea), 'h:/a', 'h:/b' FROM unnest('{2000,2019,2020}'::int[]) AS y;
    SET session_replication_role = DEFAULT});

# ------------------------------------------------------------------- the terms --

is statuses(get => '/retention', 'administrator director deputy archivist'), '200 200 200 200', 'the heads and the archivist read the terms';
is statuses(get => '/retention', 'teacher parent'), '404 404', 'nobody else does';
my @terms = (step => 'terms', kind => 'journal', years => 6, old_years => 5, basis => 'номенклатура, 05-12', old_basis => '', kind => 'sheet', years => 25, old_years => 25, basis => '', old_basis => '');
is statuses('post', '/retention', 'deputy archivist teacher', @terms), '404 404 404', 'only director and administrator change them';
sub terms { my (%o) = (years => 5, old_years => 5, basis => '', old_basis => '', @_); return $c{director}->post('/retention', step => 'terms', kind => 'journal', map { $_ => $o{$_} } qw(years old_years basis old_basis)) }
is refused(terms(years => 4)), '422 JE102:years', 'no term is shorter than usual';
is refused(terms(years => 101)), '422 JE102:years', 'nor longer than a hundred years';
is refused(terms(years => '')), '422 JE101:years', 'nor empty';
is statuses('post', '/retention', 'director administrator', @terms), '303 303', 'a term is lengthened; again it changes nothing';
is refused(terms(years => 8)), '409 JE210:years', 'what changed meanwhile is not overwritten';
is $t->value(q{SELECT string_agg(concat_ws(' ', kind, years, basis), ', ' ORDER BY kind) FROM ej.retention}), 'journal 6 номенклатура, 05-12', 'that is what is kept: the other term is the usual one';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'retention' AND account_id IS NOT NULL}), 1, 'and the history has it';

# --------------------------------------------------------------------- what is due --

# A second time: kept until the 1 January after the end of the year, and so many years.
my $due = sub { my ($year, $years) = @_; return sprintf '%d-01-01', $year + 2 + $years };
my $list = $c{deputy}->get('/retention');
for my $year (2000, 2019, 2020) {
    for my $kind ([journal => 6], [sheet => 25]) {
        my $row = "//due[\@year='$year'][\@kind='$kind->[0]']";
        my $on  = $due->($year, $kind->[1]);
        is $list->xpath("concat($row/\@due_on, ' ', $row/\@is_due)"), "$on " . ($on le '2026-11-20' ? 1 : ''), "$kind->[0] of $year";
    }
}
is $list->xpath('count(//due[@is_ready])'), 1, 'one act may be drawn up' or diag $list->body;
is $list->xpath('count(//due[@year="2026"])'), 0, 'a year that runs is not listed';

# --------------------------------------------------------------------- the act --

sub draft { my ($who, %o) = @_; my %f = (year => 2000, kind => 'journal', act_no => '3', act_on => '2026-11-19', reason => 'истёк срок', %o); return $c{$who}->post('/retention', step => 'draft', map { $_ => $f{$_} } sort keys %f) }
is refused(draft('director', year => 2020)), '409 JE290:act_no', 'nothing is destroyed before it is due';
is refused(draft('director', kind => 'sheet')), '409 JE290:act_no', 'nor the sheets before the journals';
is refused(draft('director', act_no => '')), '422 JE101:act_no', 'nor without a number';
is refused(draft('director', reason => '')), '422 JE101:reason', 'nor without a reason';
is join(' ', map { draft($_)->status } qw(deputy archivist)), '404 404', 'only director and administrator draw up an act';
is draft('administrator')->status, 303, 'the administrator does';
is refused(draft('administrator')), '409 JE290:act_no', 'once';
my $id = $t->value('SELECT id FROM ej.destruction');
is $c{deputy}->get('/retention', html => 1)->xpath('count(//form[.//input[@value="confirm"]])'), 0, 'the deputy has no button';
my $old = seen('director', $id);
is refused($c{director}->post('/retention', step => 'confirm', act_id => $id, seen => '0' x 16)), '409 JE210:act_no', 'what is confirmed is what was read';
is $c{director}->post('/retention', step => 'confirm', act_id => $id + 1000, seen => $old)->status, 404, 'there is no other act';
is statuses('post', '/retention', 'director director', step => 'confirm', act_id => $id, seen => $old), '303 303', 'the director confirms; again it changes nothing';
is $t->value('SELECT state FROM ej.destruction'), 'drafted', 'one confirmation is not enough';
is refused($c{administrator}->post('/retention', step => 'confirm', act_id => $id, seen => $old)), '409 JE210:act_no', 'the other one reads the act as it is now';

# One person in both roles stays one person.
my $role = sub { $db->do(qq{SET session_replication_role = replica; $_[0]; SET session_replication_role = DEFAULT; DELETE FROM ej.scope}) };
$role->(q{INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during) SELECT r.staff_id, 1, 'administrator', 'test', '2026-09-01', '[2026-09-01,)' FROM ej.staff_role r WHERE r.school_id = 1 AND r.role = 'director'});
is refused($c{director}->post('/retention', step => 'confirm', act_id => $id, seen => seen('director', $id))), '409 JE296:act_no', 'nobody confirms for both';
is $t->value('SELECT state FROM ej.destruction'), 'drafted', 'so it stays with one';
$role->(q{DELETE FROM ej.staff_role WHERE order_no = 'test'});
ok !eval { $db->do('UPDATE ej.destruction SET administrator_id = director_id'); 1 }, 'nor does the database take one account for two';

# A package that is made anew is another one.
$db->do(q{UPDATE ej.package SET sha256 = sha256('x') WHERE year = 2000});
is refused($c{administrator}->post('/retention', step => 'confirm', act_id => $id, seen => seen('administrator', $id))), '409 JE210:act_no', 'an act is about the package that was read';
$db->do(q{UPDATE ej.package SET sha256 = sha256('2000') WHERE year = 2000});
my @basis = (basis => 'номенклатура, 05-12', old_basis => 'номенклатура, 05-12');
is terms(@basis, years => 40, old_years => 6)->status, 303, 'the term is lengthened meanwhile';
is refused($c{administrator}->post('/retention', step => 'confirm', act_id => $id, seen => seen('administrator', $id))), '409 JE290:act_no', 'what is not due any longer is not confirmed';
is terms(@basis, years => 6, old_years => 40)->status, 303, 'and back';
is $c{administrator}->post('/retention', step => 'confirm', act_id => $id, seen => seen('administrator', $id))->status, 303, 'the administrator confirms';
is $t->value(q{SELECT concat_ws(' ', state, director_id <> administrator_id, director_by <> administrator_by) FROM ej.destruction}), 'confirmed t t', 'both have, with two accounts';
is $t->value(q{SELECT count(DISTINCT account_id) FROM ej.history WHERE table_name = 'destruction'}), 2, 'the history names both';
sub carried { $db->begin_work; $db->do($_[0]); my $done = eval { local $db->{PrintError}; $db->do('SELECT ej.destruction_empty(?, NULL, NULL, NULL)', undef, $id); 'done' } // $db->state; $db->rollback; return $done }
is carried(q{UPDATE ej.retention SET years = 40}), 'JE299', 'what is not due any longer is not destroyed either';
is $c{director}->post('/retention', step => 'withdraw', act_id => $id)->status, 303, 'until it is carried out either takes it back';
is draft('director', act_no => '4')->status, 303, 'then another act may be drawn up';
is $t->value('SELECT count(*) FROM ej.destruction'), 2, 'the first stays';
for my $role (qw(ej_web ej_job ej_sender)) {
    my $done = eval { $db->begin_work; $db->do("SET LOCAL ROLE $role; UPDATE ej.destruction SET state = 'done'"); 1 };
    $db->rollback;
    ok !$done, "$role writes no act by itself";
}

# --------------------------------------------------------------------- on paper --

my @paper = (step => 'deposit', deposit_year => 2026, deposit_no => '4', deposit_on => '2026-11-19', what => 'Журналы, 24 шт.', taken_by => 'Петренко О. Л.');
is statuses('post', '/packages', 'archivist administrator teacher', @paper), '404 404 404', 'director and deputy hand paper over';
is statuses('post', '/packages', 'deputy deputy', @paper), '303 303', 'a batch of paper is entered; again it changes nothing';
is $t->value(q{SELECT count(*) || min(act_no) || bool_and(given_by <> '') FROM ej.deposit}), '14true', 'with who gave it';
is refused($c{deputy}->post('/packages', @paper[0 .. 7], what => 'Ведомости', taken_by => 'Петренко О. Л.')), '409 JE212:deposit_no', 'an act has one number';
is refused($c{deputy}->post('/packages', step => 'deposit', deposit_year => 2031, @paper[4 .. 11])), '422 JE102:deposit_year', 'and is of a year of the school';
is $c{archivist}->get('/packages')->xpath('concat(//deposit/@act_no, " ", //deposit/@taken_by)'), '4 Петренко О. Л.', 'the archivist reads it';
my $deposit = $t->value('SELECT id FROM ej.deposit');
is statuses('post', '/packages', 'deputy deputy', step => 'remove', deposit_id => $deposit), '303 303', 'a mistake is taken out';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'deposit'}), 2, 'which the history keeps';
done_testing;
