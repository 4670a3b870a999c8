#!/usr/bin/perl
# remarks.t: recommendations (JRN-09), praise and remarks on conduct to one pupil: written by
# who teaches or leads the pupil, read by the family.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($teacher, $lead, $sport, $grade1, $deputy, $parent, $pupil) = map { $t->login($_) } qw(teacher class-teacher sport grade1 deputy parent pupil);
my $child = $pupil->get('/diary')->xpath('string(/page/diary/@pupil_id)');
my $page = "/pupils/$child/remarks";

is refused($teacher->post($page, kind => 'blame', note => '')), '422 JE106:kind JE101:note', 'a remark has a kind and a text';
is $teacher->post($page, kind => 'recommendation', note => "Решить № 5\nСм. https://example.org/5")->status, 303, 'a teacher of the pupil writes';
my $id = $t->value('SELECT max(id) FROM ej.remark WHERE pupil_id = ?', $child);
is join(' ', $t->db->selectrow_array(q{SELECT r.made_on, a.login FROM ej.remark AS r JOIN ej.staff AS s ON s.id = r.staff_id JOIN ej.account AS a USING (person_id) WHERE r.id = ?}, undef, $id)),
    '2026-11-20 teacher', 'today, in the own name';
is join(' ', map { $_->get($page)->count("//remark[\@remark_id = $id][a = 'https://example.org/5']") } $teacher, $lead, $deputy, $parent, $pupil, $sport), '1 1 1 1 1 0',
    'the family, the class teacher and the heads read it, and who wrote it';
is $parent->get('/diary')->xpath('string(//news[@what = "remark"][contains(., "№ 5")]/@held_on)'), '2026-11-20', 'it is among the news of the diary';
like $parent->get('/diary', html => 1)->content, qr{href="/journal/pupils/$child/remarks"}, 'which leads to all of them';
is refused($grade1->post($page, kind => 'praise', note => 'x')), '403 JE301:', 'who neither teaches nor leads the pupil writes nothing';
is refused($_->post($page, kind => 'praise', note => 'x')), '404 JE401:', 'nor do the heads and the family' for $deputy, $parent;
is join(' ', map { $_->get($page)->status } $grade1, $t->login('deputy-17'), $t->login('meals')), '404 404 404', 'others have no such page';

my %form = (kind => 'praise', old_kind => 'recommendation', note => 'Молодец', old_note => "Решить № 5\nСм. https://example.org/5", pupil_id => $child);
is join(' ', map { $_->get("/remarks/$id")->status } $teacher, $lead, $deputy, $parent), '200 404 404 404', 'only who wrote it has its form';
is refused($lead->post("/remarks/$id", %form)), '403 JE301:', 'nobody else changes it';
is $teacher->post("/remarks/$id", %form)->status . $t->value('SELECT kind || note FROM ej.remark WHERE id = ?', $id), '303praiseМолодец', 'who wrote it does';
is refused($teacher->post("/remarks/$id", %{{%form, note => 'Ещё'}})), '409 JE210:note', 'what was changed since is not overwritten';
is $teacher->post("/remarks/$id", %{{%form, old_kind => 'praise', old_note => 'Молодец'}}, is_removed => 1)->status . $parent->get($page)->count("//remark[\@remark_id = $id]"), '3030', 'and removes it';
is $t->value(q{SELECT string_agg(coalesce(h.new ->> 'note', 'removed'), ', ' ORDER BY h.id) FROM ej.history AS h WHERE h.table_name = 'remark' AND h.key_id = ?}, $id) =~ s/\n.*?,/,/sr, 'Решить № 5, Молодец, removed', 'the history has it all';
done_testing;
