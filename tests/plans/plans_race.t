#!/usr/bin/perl
# plans_race.t: the next version of a plan: begun by its author or a deputy, once, even by two
# sessions; and the states, which are those of the form alone.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(start => 0);
$t->postgres->psql($t->database, '-f', 'tests/lib/school.sql');
my ($one, $two) = ($t->new_db, $t->new_db);
$_->do(q{SET lock_timeout = '300ms'}) for $one, $two;
$one->do('SELECT as_person(?)', undef, $_) for qw(teacher deputy english personnel); # makes the sessions
my $plan = $one->selectrow_array('SELECT id FROM ej.plan WHERE school_id = 1');

# The answer of a function to a person, whose transaction goes on.
sub ask {
    my ($db, $login, $call) = @_;
    $db->do('BEGIN');
    $db->do('SELECT as_person(?)', undef, $login);
    my $said = eval { $db->selectrow_array("SELECT concat_ws(' ', o ->> 'outcome', o ->> 'code', o ->> 'field') FROM jsonb_array_elements(ej.$call) AS o") };
    return $@ ? $db->state : $said;
}
sub asked { my $said = ask(@_); $_[0]->do('ROLLBACK'); return $said }

my $move = "plan_move($plan,";
is asked($one, 'teacher', "$move 'draft', 'former', '')"), 'bad JE106', 'an author does not make a draft a former plan';
is asked($one, 'teacher', "$move NULL, 'offered', '')"), 'conflict JE210 state', 'who does not say which state was shown changes none';
is asked($one, 'personnel', "$move 'draft', 'removed', '')"), asked($one, 'personnel', q{plan_move(987654, 'draft', 'removed', '')}), 'who reads no plans learns of none';

my $version = "plan_new($plan, NULL, NULL, NULL, '', true)";
$one->do(q{UPDATE ej.plan SET state = 'approved' WHERE id = ?}, undef, $plan);
is asked($one, 'english', $version), 'bad JE301', 'a colleague begins no version of a plan of others';
is asked($one, 'deputy', $version), 'saved', 'a deputy may: authors leave';
is ask($one, 'teacher', $version), 'saved', 'its author begins one';
is asked($two, 'teacher', $version), '55P03', 'a second session waits';
$one->do('COMMIT');
is asked($two, 'teacher', $version), 'bad JE212', 'and is told that a version is being written';

# ------------------------------------------------------- writing and approving ----

# The new version is offered and approved while its author writes a topic in another window: whoever
# comes second waits, and nothing is written into a plan that was offered.
my $next = $one->selectrow_array('SELECT max(id) FROM ej.plan');
my $table = q{'[[1, "Новая тема", "1"]]'};
my $write = "plan_put($next, $table, false)";
sub topics { return $one->selectrow_array('SELECT count(*) FROM ej.plan_row WHERE plan_id = ?', undef, $next) }
my $before = topics();
is ask($one, 'teacher', "plan_move($next, 'draft', 'offered', '')"), 'saved state', 'the author offers the version';
is asked($two, 'teacher', $write), '55P03', 'a topic written meanwhile waits';
$one->do('COMMIT');
is asked($two, 'teacher', $write), 'bad JE220', 'and is refused';
is asked($two, 'deputy', "plan_move($next, 'offered', 'draft', 'доработать')"), 'saved state', 'the deputy may return it';
is ask($one, 'teacher', "plan_move($next, 'offered', 'draft', '')"), 'saved state', 'the author takes it back';
$one->do('COMMIT');
is ask($one, 'teacher', $write), 'saved', 'the author writes a topic';
is asked($two, 'deputy', "plan_move($next, 'draft', 'approved', '')"), '55P03', 'a deputy who approves the draft at the same time waits';
$one->do('COMMIT');
is topics(), $before + 1, 'the topic is in the plan';
isnt asked($two, 'deputy', "plan_move($next, 'draft', 'approved', '')"), '55P03', 'and the deputy decides about the plan with it';
done_testing;
