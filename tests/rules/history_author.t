#!/usr/bin/perl
# history_author.t: the author of a change is the person who entered, whatever a statement does to the
# setting meanwhile, for the history and for the rules.
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;

my $t   = EJ::Test->new(today => '2026-11-20', start => 0)->plan(8);
my $web = $t->web_db;
$t->db->do(<<'SQL', undef, $_) for qw(teacher deputy);
INSERT INTO ej.session (digest, account_id, epoch, form_token, idle, ends_at)
SELECT sha256(convert_to(login, 'UTF8')), id, epoch, 't', interval '1 hour', now() + interval '1 hour'
  FROM ej.account WHERE login = ?
SQL
my ($work, $pupil) = $t->db->selectrow_array(<<'SQL');
SELECT m.work_id, m.pupil_id FROM ej.mark AS m JOIN ej.journal AS j USING (teaching_id) JOIN ej.work AS w ON w.id = m.work_id AND w.journal_id = j.id
  JOIN ej.staff AS s ON s.id = m.staff_id JOIN ej.account AS a USING (person_id)
 WHERE a.login = 'teacher' AND j.closed_at IS NULL AND m.value = '4' ORDER BY 1, 2 LIMIT 1
SQL
my $mark = "UPDATE ej.mark SET value = '5', staff_id = NULL WHERE work_id = $work AND pupil_id = $pupil";
my $operation = 0;

# Run a statement in a transaction after others; returns the SQLSTATE, '' on success.
sub run {
    my ($sql, @before) = @_;
    my $ok = eval { $web->do($_) for 'BEGIN', @before, $sql, 'COMMIT'; 1 };
    my $state = $ok ? '' : $web->state;
    $web->do('ROLLBACK') unless $ok;
    return $state;
}
sub enter {
    my ($login) = @_;
    my $who = defined $login ? "sha256('$login')" : 'NULL';
    return sprintf "SELECT ej.enter(%s, '10.0.0.7', '00000000-0000-4000-8000-%012d')", $who, ++$operation;
}
sub session { return "SELECT set_config('ej.session', encode(sha256('$_[0]'), 'hex'), true)" }
sub author {
    return $t->value('SELECT a.login FROM ej.history AS h LEFT JOIN ej.account AS a ON a.id = h.account_id ORDER BY h.id DESC LIMIT 1');
}

is run($mark, session('teacher')), 'JE302', 'a write without ej.enter is refused, even if the setting names a session';
is run($mark, enter(undef), session('teacher')), 'JE302', 'a write after ej.enter without a token is refused';
is run("$mark RETURNING set_config('ej.session', '', true)", enter('teacher')), '', 'a mark is written while the setting is emptied';
is author(), 'teacher', 'the history has the author in spite of the emptied setting';
is run($mark =~ s/'5'/'3'/r, enter('teacher')), '', 'a mark is written without emptying the setting';

# The setting is empty while the second teaching is changed, and restored after it.
my ($deputy, $first, $second) = $t->db->selectrow_array(<<'SQL');
SELECT s.id, t.ids[1], t.ids[2] FROM ej.staff AS s JOIN ej.account AS a USING (person_id),
       LATERAL (SELECT array_agg(x.id ORDER BY x.id) AS ids FROM ej.teaching AS x WHERE x.school_id = s.school_id) AS t
 WHERE a.login = 'deputy'
SQL
$t->db->do(q{SET session_replication_role = replica});
$t->db->do(q{UPDATE ej.lesson SET state = 'planned' WHERE teaching_id = ?}, undef, $second);
$t->db->do(q{SET session_replication_role = DEFAULT});
is run(<<"SQL", enter('deputy')), '', 'a deputy takes a teaching while the setting is emptied';
UPDATE ej.teaching AS x SET staff_id = CASE WHEN x.id = $second AND set_config('ej.session', '', true) = '' THEN $deputy ELSE x.staff_id END
 WHERE x.id IN ($first, $second) RETURNING set_config('ej.session', encode(sha256('deputy'), 'hex'), true)
SQL
is $t->value('SELECT is_self_given FROM ej.teaching WHERE id = ? AND staff_id = ?', $second, $deputy), 1, 'the teaching taken by the deputy must be confirmed';
is author(), 'deputy', 'the history has the deputy as author';
