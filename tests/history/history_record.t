#!/usr/bin/perl
# history_record.t: the history of one lesson, of a pupil's card, of a plan; and why a mark was
# corrected, which its family reads, too (FED-12, FED-13).
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20', children => 1);
my ($teacher, $deputy, $parent, $english, $leader) = map { $t->login($_) } qw(teacher deputy parent english class-teacher);
sub changes { my ($r, $where) = @_; return join ' | ', map { my $c = $_; join ' ', map { $c->getAttribute($_) // '-' } qw(who what verb field old new reason) } $r->nodes("//change[$where]") }

# ------------------------------------------------------------------ a lesson ---

my $lesson = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my ($id) = $lesson =~ /(\d+)$/;
my $topic = $t->value('SELECT topic FROM ej.lesson WHERE id = ?', $id);
is $teacher->post($lesson, topic => 'Новая тема', old_topic => $topic)->status, 303, 'a topic is changed';
my ($task, $text) = $t->db->selectrow_array('SELECT id, text FROM ej.homework WHERE lesson_id = ? AND NOT is_personal', undef, $id);
is $teacher->post($lesson, homework_id => $task, homework_text => '', old_homework_text => $text)->status, 303, 'and a task removed' if $task;
my $r = $teacher->get("$lesson/history");
is $r->status, 200, 'the teacher reads the history of the lesson';
is changes($r, '@field="topic"') =~ /lesson changed topic \Q$topic\E Новая тема/, 1, 'with the old and the new topic';
ok $r->xpath('string(//change[@field="topic"]/@address)'), 'and the address';
ok !$task || $r->count('//change[@what="homework"][@verb="removed"]'), 'the removed task, too';
is $deputy->get("$lesson/history")->status, 200, 'a deputy reads it';
is $english->get("$lesson/history")->status, 404, 'a colleague does not';
is $parent->get("$lesson/history")->status, 404, 'nor a parent';
is $t->login('deputy-17')->get("$lesson/history")->status, 404, 'nor another school';

# -------------------------------------------------------------------- a card ---

my $pupil = $t->value(q{SELECT p.id FROM ej.pupil p JOIN ej.account a USING (person_id) WHERE a.login = 'pupil'});
$t->db->do(q{UPDATE ej.pupil_card SET address = 'ул. Новая, 1' WHERE pupil_id = ?}, undef, $pupil);
is changes($leader->get("/pupils/$pupil/history"), '@field="address"') =~ /pupil_card changed address .*ул\. Новая, 1/, 1, 'the class teacher reads the history of the card';
is $deputy->get("/pupils/$pupil/history")->count('//change[@what="mark"]'), 0, 'which has no marks';
is $_->get("/pupils/$pupil/history")->status, 404, 'others do not read it' for $teacher, $parent, $t->login('director-17');

# -------------------------------------------------------------------- a plan ---

my $plan = $t->value('SELECT id FROM ej.plan WHERE school_id = 1 ORDER BY id LIMIT 1');
SKIP: {
    skip 'the seed has no plan', 2 if !$plan;
    is $deputy->get("/plans/$plan/history")->status, 200, 'the heads read the history of a plan';
    is $t->login('deputy-17')->get("/plans/$plan/history")->status, 404, 'of their own school';
}

# ------------------------------------------------- why a mark was corrected ---

my ($work, $column) = $t->db->selectrow_array(q{SELECT c.column_id, c.id FROM ej.correction c WHERE c.state = 'accepted' AND c.pupil_id = ?}, undef, $pupil);
$t->db->do(q{UPDATE ej.history SET correction_id = ? WHERE table_name = 'mark' AND key_id = ? AND pupil_id = ?}, undef, $column, $work, $pupil);
is $parent->get("/pupils/$pupil/works/$work")->xpath('string(//change/@reason)'), 'Ошибка при вводе', 'the family reads why the mark was corrected';
my $journal = $t->value('SELECT journal_id FROM ej.work WHERE id = ?', $work);
is $teacher->get("/journals/$journal/columns/$work/pupils/$pupil")->xpath('string(//change[@what="mark"]/@reason)'), 'Ошибка при вводе', 'and the teacher';
$t->db->do(q{UPDATE ej.history SET made_at = made_at + interval '3 days' WHERE table_name = 'mark' AND key_id = ? AND pupil_id = ?}, undef, $work, $pupil);
is $teacher->get("/journals/$journal/columns/$work/pupils/$pupil")->xpath('count(//change[@is_late])'), '1', 'an entry days after the lesson is a late one';
done_testing;
