#!/usr/bin/perl
# events.t: events of a class and of the school (DIA-03): entered by heads, class teacher and
# teachers, read by the families whom they concern, in the list and in the diary.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($deputy, $lead, $teacher, $grade1, $sport, $parent, $pupil, $left) =
    map { $t->login($_) } qw(deputy class-teacher teacher grade1 sport parent pupil parent-left);
my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
sub titles { my ($client, $query) = @_; return join ', ', map { $_->getAttribute('title') } $client->get('/events' . ($query // ''))->nodes('//event') }

is titles($parent), 'Экскурсия в музей, Новогодний вечер', 'a family reads what is to come, by days';
is titles($grade1), 'Экскурсия в музей, Новогодний вечер', 'all staff read all';
is titles($left), '', 'the family of a child who left before has none of it';
is titles($parent, '?find=' . 'музей'), 'Экскурсия в музей', 'the list is searched';
is $parent->get('/events')->xpath('string(//event[@title = "Новогодний вечер"]/@child_names)'),
    join(', ', sort map { $_->[0] } @{$t->db->selectall_arrayref(q{SELECT DISTINCT p.given_name FROM ej.pupil AS p JOIN ej.guardianship AS w ON w.pupil_id = p.id
        JOIN ej.guardian AS g ON g.id = w.guardian_id JOIN ej.account AS a ON a.person_id = g.person_id WHERE a.login = 'parent'})}),
    'each row names the children whom it concerns';
is join(' ', map { $_->get('/events')->status } $t->login('meals'), $t->login('personnel'), $t->login('observer')), '200 200 404', 'an observer has no such page';

my %new = (title => 'Лыжный поход', class_id => $class, from_on => '2026-12-05', till_on => '', starts => '09:00', ends => '14:00',
    place => 'Лесопарк', note => "Тёплая одежда\nhttps://example.org/ski");
is refused($lead->post('/events', %{{%new, title => '', starts => '25:00', from_on => 'завтра'}})), '422 JE101:title JE103:from_on JE129:starts', 'each wrong field is named';
is refused($lead->post('/events', %{{%new, ends => '08:00'}})), '422 JE102:ends', 'an event does not end before it begins';
is refused($lead->post('/events', %{{%new, till_on => '2026-12-01'}})), '422 JE132:till_on', 'its days are in order';
is refused($lead->post('/events', %new)), '303', 'the class teacher enters one';
my $id = $t->value('SELECT max(id) FROM ej.event');
is $t->value('SELECT during::text FROM ej.event WHERE id = ?', $id), '[2026-12-05,2026-12-06)', 'without a last day it is of one day';
is $parent->get('/events')->xpath("string(//event[\@event_id = $id]/a)"), 'https://example.org/ski', 'the family reads its details';
is refused($grade1->post('/events', %new)), '403 JE301:', 'nobody enters one for a class that he or she neither leads nor teaches';
is refused($lead->post('/events', %{{%new, class_id => ''}})), '403 JE301:', 'nor a teacher one of the whole school';
is refused($deputy->post('/events', %{{%new, class_id => '', title => 'Линейка'}})), '303', 'a deputy does';
is refused($parent->post('/events', %new)), '404 JE401:', 'a family enters none';

is join(' ', map { $_->get("/events/$id")->status } $lead, $deputy, $teacher, $parent), '200 200 404 404', 'who may change it has its form';
my %old = (old_title => 'Лыжный поход', old_from_on => '2026-12-05', old_till_on => '2026-12-05', old_starts => '09:00',
    old_ends => '14:00', old_place => 'Лесопарк', old_note => $new{note});
is refused($teacher->post("/events/$id", %{{%new, %old, title => 'Другое'}})), '403 JE301:', 'a teacher does not change that of another';
is refused($lead->post("/events/$id", %{{%new, %old, starts => '10:00'}})), '303', 'the class teacher changes it';
is refused($lead->post("/events/$id", %{{%new, %old, starts => '11:00'}})), '409 JE210:starts', 'what was changed since is not overwritten';
my $other = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '10А'});
is refused($deputy->post("/events/$id", %{{%new, %old, starts => '10:00', old_starts => '10:00', class_id => $other}})), '303', 'a form that names another class';
is $t->value('SELECT class_id FROM ej.event WHERE id = ?', $id), $class, 'does not move the event there';
is refused($teacher->post('/events', %{{%new, title => 'Матбой'}})), '303', 'a teacher enters one for a class taught';
my $own = $t->value('SELECT max(id) FROM ej.event');
is refused($lead->post("/events/$own", %{{%new, %old, is_removed => 1, title => 'Матбой', old_title => 'Матбой'}})), '303', 'which the class teacher may remove';
is $t->value('SELECT count(*) FROM ej.event WHERE id = ?', $own), 0, 'and it is gone';

is $pupil->get('/diary?week_on=2026-11-23')->xpath('string(//diary/event/@title)'), 'Экскурсия в музей', 'the diary has the events of the week';
is $pupil->get('/diary?week_on=2026-11-30')->xpath('string(//diary/event[@starts = "10:00"]/@title)'), 'Лыжный поход', 'with their hours';
my $first = $t->value(q{SELECT e.pupil_id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id WHERE c.school_id = 1 AND c.name = '1А' ORDER BY 1 LIMIT 1});
is join(', ', map { $_->getAttribute('title') } $deputy->get("/pupils/$first/diary?week_on=2026-11-23")->nodes('//diary/event')), '', 'another class has none of them';
done_testing;
