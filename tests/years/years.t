#!/usr/bin/perl
# years.t: the next school year is opened by one action: terms, holidays and modes come from
# the last one, a job makes the partitions, and survives the death of what runs it; the
# calendar of a year is checked.
use lib 'tests/lib';
use EJ::Test qw(refused);
use EJ::Httpd;

my $t = EJ::Test->new(today => '2026-11-20', children => 2, log_level => 'notice ejournal:debug');
$t->allow_log(qr/:debug\]/, qr/exit signal Killed/, qr/AH\d+: .*(?:child|server) process/i);
my $db = $t->db;
my ($deputy, $director, $teacher) = map { $t->login($_) } qw(deputy director teacher);
sub faults { my ($r) = @_; return join ' ', sort map { $_->getAttribute('code') } $r->nodes('//fault') }
# the partitions and the sequence of a year
sub parts { return $t->value(q{SELECT count(*) FROM pg_class WHERE relnamespace = 'ej'::regnamespace AND relname ~ ? AND relkind IN ('r', 'S')}, '_' . ($_[0] // 2027) . '$') }
my $all = parts(2026);
cmp_ok $all, '>', 7, 'the present year has its parts';

# ------------------------------------------------------------------ the checks ---

my $r = $deputy->get('/years');
is faults($r), '', 'the calendar of a year made by ejournal-school has no gaps';
is $r->xpath('concat(//years/@next, //years/@can_open, //year[1]/@is_open)'), '202711', 'the next year may be opened';
my @wrong = (
    [q{DELETE FROM ej.holiday WHERE school_id = 1 AND kind = 'autumn'}, 'holiday_missing term_gap term_gap', 'without autumn holidays there is a gap between the quarters'],
    [q{UPDATE ej.holiday SET during = '[2026-10-20,2026-11-02)' WHERE school_id = 1 AND kind = 'autumn'}, 'term_in_holiday term_in_holiday', 'a quarter that ends within holidays'],
    [q{UPDATE ej.term_plan SET grade_from = 11 WHERE school_id = 1 AND grade_from = 10}, 'plan_missing', 'a grade without terms'],
    [q{INSERT INTO ej.term_plan (school_id, year, name, kind) VALUES (1, 2026, 'x', 'half')}, 'term_missing', 'a plan without its terms'],
    [q{UPDATE ej.mode SET grade_from = 3 WHERE school_id = 1 AND grade_from = 2}, 'bells_missing', 'a grade without bells'],
    [q{DELETE FROM ej.bell WHERE bell_plan_id = (SELECT id FROM ej.bell_plan WHERE school_id = 1 AND name = '1 классы')}, 'bells_empty', 'bells without lessons']);
$db->do($wrong[0][0]);
is faults($deputy->get('/years')), $wrong[0][1], $wrong[0][2];
like $deputy->get('/years', html => 1)->content, qr/2–9 классы: дни между периодами не учебные и не каникулы/, 'in words';
$db->do(q{INSERT INTO ej.holiday (school_id, year, kind, name, during) VALUES (1, 2026, 'autumn', 'Осенние каникулы', '[2026-10-25,2026-11-02)')});
sub told {
    my ($sql) = @_;
    $db->begin_work;
    $db->do($sql);
    $db->do(q{SELECT ej.enter((SELECT s.digest FROM ej.session s JOIN ej.account a ON a.id = s.account_id WHERE a.login = 'deputy' LIMIT 1), NULL, NULL)});
    $db->do('SET LOCAL ROLE ej_web');
    my $got = join ' ', sort map { $_->[0] } @{$db->selectall_arrayref('SELECT code FROM ej.calendar_faults(2026)')};
    $db->rollback;
    return $got;
}
is told($_->[0]), $_->[1], $_->[2] for @wrong[1 .. $#wrong];
like $deputy->get('/readiness')->xpath('string(//line[@code = "calendar"]/@is_done)'), qr/^1$/, 'the checklist has the calendar';

# ---------------------------------------------------------------- who, and which ---

is join(' ', map { $_->get('/years')->status } $director, $teacher, $t->login('parent')), '200 404 404', 'heads see the years';
is $director->get('/years')->count('//years[@can_open]'), 0, 'a director does not open one';
is refused($director->post('/years', year => 2027)), '404 JE401:', 'nor by force';
is refused($deputy->post('/years', year => 2028)), '422 JE102:year', 'one year after the other';
is refused($deputy->post('/years', year => '')), '422 JE101:year', 'a year is named';

# ---------------------------------------------------------------- its bounds ---

my @old = (old_from_on => '2026-09-01', old_till_on => '2027-08-31');
sub bounds { my ($who, %field) = @_; return $who->post('/years/bounds', year => 2026, @old, %field) }
is $deputy->get('/years/bounds?year=2026')->xpath('concat(//years/@from_on, " ", //years/@till_on)'), '2026-09-01 2027-08-31', 'the bounds of a year are on a page';
is join(' ', map { $_->get('/years/bounds?year=2026')->status } $director, $teacher), '404 404', 'for those who change them';
is refused(bounds($director, from_on => '2026-08-25', till_on => '2027-08-31')), '404 JE401:', 'a director does not';
is refused(bounds($deputy, from_on => '2027-08-31', till_on => '2026-09-01')), '422 JE132:till_on', 'the last day is not before the first';
is refused(bounds($deputy, from_on => '2026-02-30', till_on => '')), '422 JE103:from_on JE101:till_on', 'each field is named';
is refused(bounds($deputy, from_on => '2027-01-01', till_on => '2027-08-31')), '422 JE106:from_on', 'a year begins in its own year';
is refused(bounds($deputy, from_on => '2026-09-14', till_on => '2027-05-25')), '409 JE207:from_on', 'no lesson is left outside';
is refused(bounds($deputy, from_on => '2026-09-01', till_on => '2027-05-24')), '422 JE171:till_on', 'nor a term';
my $left = $deputy->post('/years/bounds', {accept => 'text/html'}, year => 2026, @old, from_on => '2026-09-14', till_on => '2027-05-25')->content;
like $left, qr{/terms/\d+">[^<]*I четверть.*<li>\d+\W+урок}s, 'what would be is named, with links to where it is moved';
$db->do(q{UPDATE ej.holiday SET during = '[2027-05-26,2027-06-01)' WHERE school_id = 1 AND during @> date '2027-08-31'});
is bounds($deputy, from_on => '2026-08-25', till_on => '2027-08-25')->location, '/years?year=2026&done=changed', 'other days are saved';
is $t->value('SELECT during FROM ej.school_year WHERE school_id = 1 AND year = 2026'), '[2026-08-25,2027-08-26)', 'as typed';
is refused(bounds($deputy, from_on => '2026-08-20', till_on => '2027-08-25')), '409 JE210:from_on', 'who saw the former days is told';
is $deputy->post('/years/bounds', year => 2026, old_from_on => '2026-08-25', old_till_on => '2027-08-25', from_on => '2026-09-01', till_on => '2027-08-31')->status, 303, 'and back';
is refused($deputy->post('/years/bounds', year => 2031, @old, from_on => '2026-09-01', till_on => '2027-08-31')), '404 JE401:', 'there is no other year';

# ---------------------------------------------------- opened, while a table is held ---

my $held = $t->new_db;
$held->begin_work;
$held->do('LOCK TABLE ej.mark IN SHARE MODE');
is $deputy->post('/years', year => 2027)->location, '/years?done=added', 'a deputy opens the next year';
my $job = $t->value(q{SELECT id FROM ej.job WHERE kind = 'year'});
is $t->value(q{SELECT string_agg(p.name || ' ' || p.kind || ' ' || p.grade_from || ' ' || (SELECT count(*) FROM ej.term t WHERE t.term_plan_id = p.id), ', ' ORDER BY p.grade_from)
    FROM ej.term_plan p WHERE school_id = 1 AND year = 2027}), '1 классы quarter 1 7, 2–9 классы quarter 2 7, 10–11 классы half 10 5', 'with the plans of the last year and their grades';
is $t->value(q{SELECT string_agg(t.name || ' ' || t.during, ', ' ORDER BY t.ordinal, t.id) FROM ej.term t JOIN ej.term_plan p ON p.id = t.term_plan_id
    WHERE p.school_id = 1 AND p.year = 2027 AND p.grade_from = 2 AND t.ordinal < 3}), 'Год [2027-09-01,2028-05-25), Экзамен [2027-09-01,2028-05-25), Итог [2027-09-01,2028-05-25), I четверть [2027-09-01,2027-10-24), II четверть [2027-11-01,2027-12-30)',
    'the terms are moved by whole weeks, from the first day of the year on';
is $t->value(q{SELECT count(*) FROM ej.term t JOIN ej.term_plan p ON p.id = t.term_plan_id JOIN ej.term y ON y.id = t.parent_id AND y.term_plan_id = p.id WHERE p.school_id = 1 AND p.year = 2027}), 10, 'each belongs to its year';
is $t->value(q{SELECT string_agg(kind || ' ' || during, ', ' ORDER BY during) FROM ej.holiday WHERE school_id = 1 AND year = 2027 AND during << daterange('2028-01-01', NULL)}),
    'autumn [2027-10-24,2027-11-01), public [2027-11-04,2027-11-05)', 'so are the holidays, public ones keep their date';
is $t->value('SELECT p.name FROM ej.bell_plan p JOIN ej.mode m ON m.bell_plan_id = p.id WHERE m.school_id = 1 AND 5 BETWEEN m.grade_from AND m.grade_till AND m.during @> ?::date', '2027-09-01'), 'Основное расписание', 'the bells go on';
is faults($deputy->get('/years')), '', 'the new calendar has no gaps';
is $t->value(q{SELECT count(DISTINCT h.operation_id) || ' ' || count(DISTINCT h.account_id) FROM ej.history h WHERE h.table_name IN ('school_year', 'term_plan', 'holiday') AND h.new ->> 'year' = '2027'}), '1 1', 'the history has it all as one operation of the deputy';

ok $t->wait_for(30, sub { parts() == 2 }), 'the job makes part after part, until a table is in use';
ok $t->wait_for(30, sub { $t->value('SELECT done = 2 AND total = ? FROM ej.job WHERE id = ?', $all, $job) }), 'and says how far it is';
is $deputy->get("/jobs/$job")->xpath('concat(//jobs/@state, " ", //jobs/@done, "/", //jobs/@total)'), "runs 2/$all", 'which its page shows';
is $t->login('class-teacher')->get('/journals')->status, 200, 'meanwhile pages are answered';
like $deputy->get('/years', html => 1)->content, qr{/jobs/$job"><span class="todo">готовятся}, 'the list of years leads there';

# ------------------------------------------------------------ kill -9 in mid-job ---

kill 'KILL', $t->httpd->children;
ok $t->wait_for(40, sub { ($t->value('SELECT tries FROM ej.job WHERE id = ?', $job) // 0) == 2 }), 'after kill -9 of the children the job is begun again';
is parts(), 2, 'nothing is half made';
$held->rollback;
ok $t->wait_for(40, sub { ($t->value('SELECT outcome FROM ej.job WHERE id = ?', $job) // '') eq 'done' }), 'and done, once the table is free';
is parts(), $all, 'with all parts of the year';
is $t->value(q{SELECT count(*) FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid WHERE c.relname ~ '_2027$' AND c.relkind = 'r' AND c.relrowsecurity AND c.relforcerowsecurity AND NOT has_table_privilege('ej_web', c.oid, 'SELECT')}),
    $t->value(q{SELECT count(*) FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid WHERE c.relname ~ '_2026$' AND c.relkind = 'r'}), 'as many as the present year has, which are closed to the web role';
is $t->value('SELECT ej.new_id(2027) / 10000000000'), 2027, 'and have numbers of their own';
is $deputy->get('/years')->xpath('concat(//year[@year = 2027]/@is_open, " ", //years/@can_open)'), '1 ', 'a year more than one ahead is not offered';
is refused($deputy->post('/years', year => 2028)), '409 JE272:year', 'nor opened';
is $deputy->post('/years', year => 2027)->status . $t->value(q{SELECT count(*) FROM ej.job WHERE kind = 'year'}), '3031', 'the same again does nothing';

# ---------------------------------------------------------------------- cancelled ---

$db->do("DROP TABLE ej.$_") for 'homework_for_2027';
$held->begin_work;
$held->do('LOCK TABLE ej.homework_for IN SHARE MODE');
is $deputy->post('/years', year => 2027)->status, 303, 'what is missing of the last year is made again';
my $next = $t->value(q{SELECT max(id) FROM ej.job WHERE kind = 'year'});
ok $t->wait_for(30, sub { $t->value('SELECT started_at IS NOT NULL FROM ej.job WHERE id = ?', $next) }), 'by another job';
is $deputy->post("/jobs/$next")->status, 303, 'who ordered it cancels it';
ok $t->wait_for(30, sub { ($t->value('SELECT outcome FROM ej.job WHERE id = ?', $next) // '') eq 'cancelled' }), 'and it stops';
$held->rollback;
$held->disconnect;
is parts(), $all - 1, 'the part stays missing';
like $deputy->get('/years', html => 1)->content, qr/Подготовить ещё раз/, 'and can be ordered again';
done_testing;
