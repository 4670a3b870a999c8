#!/usr/bin/perl
# announcements.t: an announcement is read by those to whom it is, and by nobody else; who has not
# confirmed it is told to its author and the heads.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my %client = map { $_ => $t->login($_) } qw(administrator director deputy class-teacher teacher grade1 sport meals observer parent pupil pupil-10 teacher-parent teacher-17 parent-17);
my ($deputy, $lead, $teacher, $parent) = @client{qw(deputy class-teacher teacher parent)};
my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
my %way   = (title => 'Собрание', note => 'В пятницу. См. https://example.org/1', from_on => '2026-11-20', till_on => '2026-11-27');
$t->db->do('DELETE FROM ej.announcement_read; DELETE FROM ej.announcement'); # of the seed
sub last_id { return $t->value('SELECT max(id) FROM ej.announcement') }
sub readers { my ($id) = @_; return join ' ', grep { $client{$_}->get("/announcements/$id")->status == 200 } sort keys %client }

is refused($deputy->post('/announcements', title => '', note => '', whom => 'x')), '422 JE101:title JE106:whom JE101:note', 'title, text and whom are asked';
is refused($deputy->post('/announcements', %{{%way, whom => 'all', till_on => '2026-11-01'}})), '422 JE132:till_on', 'the last day is not before the first';
is $deputy->post('/announcements', %way, whom => 'all')->status, 303, 'a head announces to the school';
is readers(last_id()), 'administrator class-teacher deputy director grade1 meals parent pupil pupil-10 sport teacher teacher-parent', 'all of the school read it, but no observer and no other school';
is $deputy->post('/announcements', %way, whom => 'staff')->status . ' ' . readers(last_id()), '303 administrator class-teacher deputy director grade1 meals sport teacher teacher-parent', 'the staff have theirs';
is $lead->post('/announcements', %way, whom => 'parents', class_id => $class, asks_receipt => 1)->status, 303, 'a class teacher announces to the class';
my $id = last_id();
is readers($id), 'administrator class-teacher deputy director parent teacher-parent', 'its parents read it, the author and the heads';
is $t->value(q{SELECT count(*) FROM ej.notice_for AS f WHERE f.kind = 'announcement' AND f.fact_key = ?::text AND f.person_id = (SELECT person_id FROM ej.account WHERE login = 'parent')}, $id), 1, 'and are told';
my $group = $t->value(q{SELECT g.id FROM ej.study_group AS g JOIN ej.teaching AS x ON x.study_group_id = g.id JOIN ej.staff AS s ON s.id = x.staff_id JOIN ej.account AS a USING (person_id) WHERE a.login = 'teacher' AND g.name = '7Б' LIMIT 1});
is $teacher->post('/announcements', %way, whom => 'pupils', study_group_id => $group)->status . ' ' . readers(last_id()), '303 administrator deputy director pupil teacher', 'a teacher announces to the pupils of a group';
is refused($teacher->post('/announcements', %way, whom => 'all')), '403 JE301:', 'not to the school';
is refused($client{grade1}->post('/announcements', %way, whom => 'parents', class_id => $class)), '403 JE301:', 'nor to the class of another';
is refused($client{$_}->post('/announcements', %way, whom => 'all')), '404 JE401:', "$_ announces nothing" for qw(meals observer parent pupil);
is refused($deputy->post('/announcements', %{{%way, whom => 'parents', from_on => '2026-11-25'}})), '303', 'one may be for later';
is $parent->get('/announcements/' . last_id())->status . $deputy->get('/announcements/' . last_id())->status, '404200', 'then only its author and the heads read it until its day';

is $parent->get('/announcements')->count("//announcement[\@announcement_id = $id][\@is_due]"), 1, 'a parent is asked to confirm';
is $lead->get("/announcements/$id")->count('//reader[@role = "parent"][@pupil_name][not(@read_at)]') > 5, 1, 'the author sees who has not';
is $parent->get("/announcements/$id")->count('//reader'), 0, 'which no reader sees';
is $parent->post("/announcements/$id/receipt")->status, 303, 'the parent confirms';
is $parent->post("/announcements/$id/receipt")->status, 303, 'twice is once';
is $lead->get("/announcements/$id")->count('//reader[@read_at]') . $deputy->get("/announcements/$id")->count('//reader[@read_at]'), '11', 'the author and the heads see it';
is refused($client{pupil}->post("/announcements/$id/receipt")), '404 JE401:', 'whom it does not concern confirms nothing';

my %old = (%way, old_title => 'Собрание', old_note => $way{note}, old_from_on => '2026-11-20', old_till_on => '2026-11-27');
is $lead->post("/announcements/$id", %{{%old, note => 'Перенесли на субботу'}})->status, 303, 'the author changes it';
is refused($lead->post("/announcements/$id", %{{%old, note => 'В четверг'}})), '409 JE210:note', 'what was changed since is not overwritten';
is refused($deputy->post("/announcements/$id", %{{%old, old_note => 'Перенесли на субботу', note => 'x'}})), '403 JE301:', 'nobody else changes it';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'announcement' AND key_id = ?}, $id), 2, 'the history has both';
is $parent->get('/announcements?find=субб')->count('//announcement'), 1, 'the list is searched';
done_testing;
