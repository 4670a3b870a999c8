#!/usr/bin/perl
# meals.t: faults around meals (MOD-02): several people confirm one class, PostgreSQL crashes in mid-save, a child of
# Apache is killed while it closes a month, two servers propose at once.
use lib 'tests/lib';
use EJ::Test qw(refused);
use EJ::Faults;
use EJ::Httpd;

my $t = EJ::Test->new(own_postgres => 1, children => 3, pool => 8, jobs => 0, today => '2026-11-20',
    postgres => ['fsync = on', 'synchronous_commit = on', 'full_page_writes = on']);    # a crash must prove what was written
$t->allow_log(qr/JE50\d 503|AH00629|AH0063[3-9]|AH02655|server closed|prepared again|EjournalJobs is missing/);
my %c = map { my $who = $_; $who => $t->wait_for(60, sub { eval { $t->login($who) } }) } qw(meals class-teacher);    # a new server may be slow at first
$_->form_token for values %c;
$t->noon;
sub clock { $t->db->do('UPDATE ej.meal SET cutoff_days = 1, cutoff_at = ?, serves_at = ?, withdraw_until = ?', undef, @_) }
sub minute { return $t->value('SELECT ej.meals_minute()') }
clock('23:59', '23:59', '23:58');
minute();
my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
my $page = "/meals/orders/$class/2026-11-21";
# Pupils who have not ordered a meal that has a price for them.
my @free = map { "$_->[0].$_->[1]" } @{$t->db->selectall_arrayref(q{SELECT e.pupil_id, p.meal_id FROM ej.enrolment e JOIN ej.meal_price p ON p.age = '12-18' JOIN ej.meal_category k ON k.id = p.meal_category_id AND k.kind = 'paid'
    JOIN ej.meal_day d ON d.meal_id = p.meal_id AND d.class_id = e.class_id AND d.served_on = '2026-11-21' WHERE e.class_id = ? AND e.during @> date '2026-11-21'
    AND NOT EXISTS (SELECT FROM ej.meal_order o WHERE o.pupil_id = e.pupil_id AND o.meal_id = p.meal_id AND o.served_on = '2026-11-21') ORDER BY 1, 2}, undef, $class)};
sub orders { return $t->value(q{SELECT count(*) FROM ej.meal_order WHERE pupil_id || '.' || meal_id = ? AND served_on = '2026-11-21'}, $_[0]) }
sub hold { my ($table) = @_; my $hold = EJ::Faults::hold_marks($t, 'never'); $t->db->do("CREATE TRIGGER hold AFTER INSERT ON ej.$table FOR EACH STATEMENT EXECUTE FUNCTION public.hold()"); return $hold }
sub let_go { my ($hold, $table) = @_; $hold->disconnect; $t->db->do("DROP TRIGGER hold ON ej.$_") for $table, 'mark' }

# ------------------------------------------------------- one class, many hands ---

my @told = EJ::Faults::many($t, 6, sub {
    my ($i, $tell) = @_;
    my $client = EJ::Faults::own($c{$i % 2 ? 'meals' : 'class-teacher'});
    $tell->(refused($client->post($page, eats => [$free[0]])));
});
is orders($free[0]), 1, 'six people order one portion at once: there is one';
is join(' ', grep { !/^(?:303|409 JE210:eats\.\S+|409 JE507:)$/ } map {@$_} @told), '', 'each is told that it is saved, that others changed it, or to try again';
is $t->value(q{SELECT count(*) FROM ej.meal_day WHERE class_id = ? AND served_on = '2026-11-21' AND confirmed_by IS NOT NULL}, $class), 2, 'both meals are confirmed';

# -------------------------------------------------------- a crash in mid-save ---

my $hold = hold('meal_order');
my @save = (operation_id => EJ::Faults::operation(), eats => [$free[1]]);
my $job  = EJ::Faults::go($t, sub { $_[0]->(EJ::Faults::own($c{'class-teacher'})->post($page, @save)->status) });
ok $t->wait_for(10, sub { EJ::Faults::holding($t) }), 'an order is held in the middle of its save';
$t->postgres->restart('immediate');
$t->expect_log(qr/JE50\d 503/);
like join(' ', map {@$_} $job->ended), qr/^50[03]$/, 'PostgreSQL crashes: the save is not acknowledged';
is orders($free[1]), 0, 'and nothing of it is there';
let_go($hold, 'meal_order');
ok $t->wait_for(15, sub { $c{'class-teacher'}->get($page)->status == 200 }), 'the page comes again';
is join(' ', map { refused($c{'class-teacher'}->post($page, @save)) } 1, 2) . ' ' . orders($free[1]), '303 303 1', 'the same form sent again, twice, makes one order';

# ------------------------------------------------------ kill -9 while closing ---

$t->today('2026-12-01');
$hold = hold('meal_balance');
sub closed { return join ' ', map { $t->value($_) } q{SELECT count(*) FROM ej.meal_month}, q{SELECT count(*) > 0 FROM ej.meal_balance}, q{SELECT count(*) > 0 FROM ej.meal_order WHERE school_id = 1 AND state = 'ordered' AND served_on < '2026-12-01'} }
my $before = closed();
$job = EJ::Faults::go($t, sub { $_[0]->(refused(EJ::Faults::own($c{meals})->post('/meals/months/2026-11'))) });
ok $t->wait_for(20, sub { EJ::Faults::holding($t) }), 'a month is held in the middle of its close' or diag explain [$job->words];
$t->allow_log(qr/exit signal Killed/);
kill 'KILL', EJ::Faults::child_busy_with($t, $job->{pid}) || die 'no child';
$job->ended;
ok $t->wait_for(5, sub { !EJ::Faults::holding($t) }), 'its child is killed: no backend is left';
is closed(), $before, 'nothing of the close is there: no month, no balance, no order ended';
is $before, '0 0 1', 'as before';
let_go($hold, 'meal_balance');
is refused(EJ::Faults::own($c{meals})->post('/meals/months/2026-11')), '303', 'the month is closed by the next click';
is closed(), '1 1 0', 'wholly';

# ------------------------------------------------------------------ two servers ---

$hold = hold('meal_day');
my @servers = map { EJ::Httpd->new(dir => "$t->{dir}/other$_", module => $t->stage->module, share => $t->stage->share, socket => $t->postgres->socket, database => $t->database, children => 1)->start } 1, 2;
sub proposing { return $t->value("SELECT count(*) FROM pg_stat_activity WHERE usename = 'ej_job' AND state = 'active' AND $EJ::Faults::IS_HELD") }
ok $t->wait_for(60, \&proposing), 'two Apaches look for jobs: one of them proposes, and is held';
ok $t->wait_for(60, sub { $t->value(q{SELECT count(DISTINCT pid) > 1 FROM pg_stat_activity WHERE usename = 'ej_job'}) }), 'the other is there';
is proposing(), 1, 'and does not propose';
my $third = EJ::Faults::go($t, sub { $_[0]->($t->new_db->selectrow_array('SELECT ej.meals_propose(1)')) });    # as if the lock of the job had failed
ok $t->wait_for(60, sub { $t->value("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%meals_propose%' AND usename <> 'ej_job' AND pid <> pg_backend_pid()
    AND (wait_event = 'transactionid' OR $EJ::Faults::IS_HELD)") }), 'a third proposes beside it';
let_go($hold, 'meal_day');
is_deeply [map {@$_} $third->ended], [0], 'who proposes beside it proposes nothing';
ok $t->wait_for(60, sub { $t->value(q{SELECT count(*) > 0 FROM ej.job WHERE kind = 'meals' AND outcome = 'done'}) }), 'the job is done';
is $t->value(q{SELECT count(*) FROM ej.meal_order GROUP BY pupil_id, meal_id, served_on ORDER BY 1 DESC LIMIT 1}), 1, 'no pupil has two portions';
is $t->value(q{SELECT count(*) > 0 FROM ej.meal_day WHERE served_on = '2026-12-02'}), 1, 'the next day is proposed';
$_->stop for @servers;

done_testing;
