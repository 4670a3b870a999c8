#!/usr/bin/perl
# messages.t: a family and a teacher write to each other; a letter to a class goes to each family
# by itself; what is refused says so. Who reads what: messages.pg.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($admin, $director, $deputy, $lead, $teacher, $grade1, $observer, $parent, $pupil, $elsewhere) =
    map { $t->login($_) } qw(administrator director deputy class-teacher teacher grade1 observer parent pupil teacher-17);
my %person = map { @$_ } @{$t->db->selectall_arrayref('SELECT login, person_id FROM ej.account')};
my $child  = $pupil->get('/diary')->xpath('string(/page/diary/@pupil_id)');
$t->db->do('DELETE FROM ej.conversation_shown; DELETE FROM ej.message_file; DELETE FROM ej.message; DELETE FROM ej.participant; DELETE FROM ej.conversation; DELETE FROM ej.message_rule'); # of the seed
sub last_talk { return $t->value('SELECT max(id) FROM ej.conversation') }

# ----------------------------------------------------------- to whom one may write ---

my $r = $parent->get("/recipients?pupil_id=$child");
is $r->xpath('string(//recipient[1]/@is_lead)'), '1', 'the class teacher stands first';
is $r->count("//recipient[\@person_id = $person{teacher}][contains(\@subjects, 'Алгебра')][\@pupil_name]"), 1, 'a teacher with the subjects that the child has, and the name of the child';
is $parent->get('/recipients?find=алгебра')->xpath('count(//recipient) > 0 and count(//recipient) < 3'), 'true', 'the list is searched by subject too';
is $r->count('//class'), 0, 'a parent has no class to write to';
is $teacher->get("/recipients?find=7Б")->count('//recipient[@role = "parent"][@pupil_name][@kind]') > 10, 1, 'a teacher sees the parents with their children';
is $observer->get('/recipients')->count('//recipient') . $observer->get('/messages')->count('//conversation'), '00', 'an observer has nobody';

my $form = "/recipients/$person{teacher}";
is $parent->get("$form?pupil_id=$child")->xpath('string(/page/messages/@name)') ne '', 1, 'there is a form for a person';
my %unknown = (teacher => [$parent, $person{grade1}], nobody => [$parent, 999999], parent => [$parent, $person{'parent-left'}], 'another school' => [$parent, $person{'teacher-17'}],
    pupil => [$pupil, $person{'pupil-10'}]);
for my $whom (sort keys %unknown) {
    my ($who, $id) = @{$unknown{$whom}};
    is refused($who->get("/recipients/$id?pupil_id=$child")) . refused($who->post("/recipients/$id", pupil_id => $child, text => 'x')), '404 JE401:404 JE401:',
        "$whom: whoever is unknown and whoever is forbidden are not there";
}
is refused($parent->post($form, pupil_id => $child, text => '')), '422 JE101:text', 'a message has a text';
is refused($parent->post($form, pupil_id => $child, text => 'я' x 4001)), '422 JE104:text', 'of at most 4000 letters';
like $parent->post($form, {html => 1}, pupil_id => $child, text => 'я' x 4001)->content, qr{<textarea[^>]*name="text"[^>]*>я{4001}<}, 'what was typed comes back';

# -------------------------------------------------------------- a conversation ---

$r = $parent->post($form, pupil_id => $child, text => "Здравствуйте!\nСм. https://example.org/7");
my $talk = last_talk();
is $r->status . ' ' . $r->location, "303 /messages?done=added&saved=$talk#saved", 'a parent writes';
is $parent->get("/messages/$talk")->count('//message[@is_own][not(@readers)][a = "https://example.org/7"]'), 1, 'and sees that nobody has read it yet';
is $teacher->get('/messages')->xpath("string(//conversation[\@conversation_id = $talk]/\@unread)"), '1', 'the teacher has an unread message';
is $teacher->get("/messages/$talk")->count('//participant[not(@is_me)]') . $teacher->get('/messages')->count('//conversation/@unread'), '10', 'which is read when it is opened';
is $parent->get("/messages/$talk")->count('//message[@readers = 1]') . $parent->get("/messages/$talk")->count('//participant[@has_read][@role = "staff"]'), '11', 'the parent sees that it was';
is $teacher->post("/messages/$talk", text => 'Добрый день!')->status, 303, 'the teacher answers';
is $parent->get('/messages')->xpath("string(//conversation[\@conversation_id = $talk]/\@unread)"), '1', 'the parent has the answer';
is join(' ', map { $_->get("/messages/$talk")->status } $parent, $teacher, $lead, $admin, $director, $deputy, $pupil, $grade1, $elsewhere, $observer), '200 200' . ' 404' x 8, 'nobody else opens it, not even the child';
is refused($lead->post("/messages/$talk", text => 'x')) . refused($director->post("/messages/$talk/leave")) . refused($director->post("/messages/$talk/director")), '404 JE401:' x 3, 'or does anything in it';
is refused($parent->post("/messages/$talk", text => '')), '422 JE101:text', 'an answer has a text';
$teacher->post("/recipients/$person{parent}", pupil_id => $child, text => 'Ещё');
is last_talk(), $talk, 'who writes first again goes on in the same conversation';
$t->db->do('INSERT INTO ej.message_rule VALUES (1, ?, ?, ?)', undef, 'parent', 'teacher', 'none');
is refused($parent->post("/messages/$talk", text => 'Ответ')), '409 JE285:text', 'what the school forbade since is refused';
like $parent->get("/messages/$talk", html => 1)->content, qr/По правилам школы/, 'and said beforehand';
$t->db->do('DELETE FROM ej.message_rule');

my $first = $t->value('SELECT min(id) FROM ej.message WHERE conversation_id = ?', $talk);
$t->db->do(q{SELECT set_config('ej.year', '2026', false)});
$t->db->do('INSERT INTO ej.message (conversation_id, school_id, person_id, text) SELECT ?, 1, ?, i::text FROM generate_series(1, 60) AS i', undef, $talk, $person{teacher});
$t->db->do('UPDATE ej.conversation SET last_id = (SELECT max(id) FROM ej.message WHERE conversation_id = ?) WHERE id = ?', undef, $talk, $talk);
$r = $parent->get("/messages/$talk");
is $r->count('//message') . $r->count('/page/messages/@is_cut'), '501', 'a long conversation shows its last 50 messages';
$r = $parent->get("/messages/$talk?before_id=" . $r->xpath('string(//message[1]/@message_id)'));
is $r->count('//message') . $r->xpath("string(//message[1]/\@message_id)"), "13$first", 'and those before on a page of their own';

is $parent->post("/messages/$talk/director")->status, 303, 'a participant shows it to the director';
is $director->get("/messages/$talk")->count('/page/messages[@is_shown][shown]'), 1, 'who reads it';
is join(' ', map { $_->get("/messages/$talk")->status } $deputy, $admin), '404 404', 'alone';
is $teacher->get("/messages/$talk")->count('//shown'), 1, 'and the other sees that';
is refused($director->post("/messages/$talk", text => 'x')), '409 JE286:text', 'the director does not write in it';
is $parent->post("/messages/$talk/leave")->status, 303, 'a participant leaves';
is refused($parent->post("/messages/$talk", text => 'x')), '409 JE286:text', 'and writes no more';
is refused($teacher->post("/messages/$talk", text => 'x')), '409 JE287:text', 'nor does who is left alone';

# ------------------------------------------------------------ a letter to a class ---

my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
$r = $lead->get("/classes/$class/letter");
is $r->xpath('string(/page/messages/@name)'), '7Б', 'a class teacher writes to the class';
is refused($lead->post("/classes/$class/letter", whom => 'all', text => '')), '422 JE106:whom JE101:text', 'to whom and what is asked';
is $lead->post("/classes/$class/letter", {operation => 'b7c6a1d2-0000-4000-8000-000000000001'}, whom => 'parents', text => 'Собрание')->status, 303, 'the letter is sent';
my $letters = $t->value(q{SELECT count(*) FROM ej.conversation WHERE kind = 'family'});
cmp_ok $letters, '>', 5, 'to each family by itself';
$lead->post("/classes/$class/letter", whom => 'parents', text => 'Напоминаю');
is $t->value(q{SELECT count(*) FROM ej.conversation WHERE kind = 'family'}), $letters, 'a second one goes into the same conversations';
is $parent->get('/messages')->count('//conversation[@pupil_name][@unread = 2]'), 1, 'a family has its own alone';
is join(' ', map { refused($_->get("/classes/$class/letter")) } $grade1, $parent, $elsewhere), join(' ', ('404 JE401:') x 3), 'others write no letter to it';

# -------------------------------------------------------------------- the rules ---

is join(' ', map { $_->get('/senders')->status } $admin, $deputy, $director, $teacher, $parent), '200 200 200 404 404', 'the heads see the rules';
$r = $admin->get('/senders');
my @rules = map { {from_role => $_->getAttribute('from_role'), to_role => $_->getAttribute('to_role'), scope => $_->getAttribute('scope')} } $r->nodes('//rule');
is scalar(@rules), 21, 'one for each pair';
sub rules {
    my ($from, $to, $scope) = @_;
    return (from_role => [map { $_->{from_role} } @rules], to_role => [map { $_->{to_role} } @rules], old_scope => [map { $_->{scope} } @rules],
        scope => [map { $_->{from_role} eq $from && $_->{to_role} eq $to ? $scope : $_->{scope} } @rules]);
}
is refused($admin->post('/senders', rules('head', 'parent', 'taught'))), '422 JE106:scope', 'not every scope fits every pair';
is $admin->post('/senders', rules('pupil', 'pupil', 'school'))->status, 303, 'the administrator lets pupils write to each other';
is refused($admin->post('/senders', rules('pupil', 'pupil', 'class'))), '409 JE210:scope', 'what was changed since is not overwritten';
is $pupil->get("/recipients/$person{'pupil-10'}?pupil_id=" . $t->value('SELECT id FROM ej.pupil WHERE person_id = ?', $person{'pupil-10'}))->status, 200, 'which holds at once';
is refused($deputy->post('/senders', rules('pupil', 'pupil', 'school'))), '404 JE401:', 'nobody else sets them';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'message_rule'}) > 0, 1, 'the history has the rules';
done_testing;
