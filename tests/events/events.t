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

is titles($parent), 'Экскурсия в музей, Новогодний вечер, Осенний кросс', 'a family reads what is to come, by days, then what is over';
is titles($grade1), 'Экскурсия в музей, Новогодний вечер, Осенний кросс', 'all staff read all';
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

is join(' ', map { $_->get("/events/$id/edit")->status } $lead, $deputy, $teacher, $parent), '200 200 404 404', 'who may change it has its form';
my %old = (old_class_id => $class, old_title => 'Лыжный поход', old_from_on => '2026-12-05', old_till_on => '2026-12-05', old_starts => '09:00',
    old_ends => '14:00', old_place => 'Лесопарк', old_note => $new{note});
is refused($teacher->post("/events/$id/edit", %{{%new, %old, title => 'Другое'}})), '403 JE301:', 'a teacher does not change that of another';
is refused($lead->post("/events/$id/edit", %{{%new, %old, starts => '10:00'}})), '303', 'the class teacher changes it';
is refused($lead->post("/events/$id/edit", %{{%new, %old, starts => '11:00'}})), '409 JE210:starts', 'what was changed since is not overwritten';
my $other = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '1А'});
is refused($lead->post("/events/$id/edit", %{{%new, %old, starts => '10:00', old_starts => '10:00', class_id => $other}})), '403 JE301:', 'the class teacher does not give it to another class';
is refused($deputy->post("/events/$id/edit", %{{%new, %old, starts => '10:00', old_starts => '10:00', class_id => [$class, $other]}})), '303', 'a deputy adds a class to it';
is refused($deputy->post("/events/$id/edit", %{{%new, %old, starts => '10:00', old_starts => '10:00', class_id => []}})), '422 JE101:class_id', 'it does not become one of the whole school';
is refused($deputy->post("/events/$id/edit", %{{%new, %old, starts => '10:00', old_starts => '10:00', class_id => $class}})), '409 JE210:class_id', 'the classes that another chose meanwhile are not overwritten';
is refused($deputy->post("/events/$id/edit", %{{%new, %old, starts => '10:00', old_starts => '10:00', class_id => $class, old_class_id => join(',', sort { $a <=> $b } $class, $other)}})), '303', 'and one is taken away';
is $t->value('SELECT string_agg(class_id::text, \',\') FROM ej.event_class WHERE event_id = ?', $id), $class, 'so it is of the first alone';
is refused($teacher->post('/events', %{{%new, title => 'Матбой'}})), '303', 'a teacher enters one for a class taught';
my $own = $t->value('SELECT max(id) FROM ej.event');
is refused($lead->post("/events/$own/edit", %{{%new, %old, is_removed => 1, title => 'Матбой', old_title => 'Матбой'}})), '303', 'which the class teacher may remove';
is $t->value('SELECT count(*) FROM ej.event WHERE id = ?', $own), 0, 'and it is gone';

is $pupil->get('/diary?week_on=2026-11-23')->xpath('string(//diary/event/@title)'), 'Экскурсия в музей', 'the diary has the events of the week';
is $pupil->get('/diary?week_on=2026-11-30')->xpath('string(//diary/event[@starts = "10:00"]/@title)'), 'Лыжный поход', 'with their hours';
my $first = $t->value(q{SELECT e.pupil_id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id WHERE c.school_id = 1 AND c.name = '1А' ORDER BY 1 LIMIT 1});
is join(', ', map { $_->getAttribute('title') } $deputy->get("/pupils/$first/diary?week_on=2026-11-23")->nodes('//diary/event')), '', 'another class has none of them';

# ------------------------------------------------------- who takes part ---

my ($race) = map { $t->value('SELECT id FROM ej.event WHERE title = ? AND school_id = 1', $_) } 'Осенний кросс';
my ($trip) = map { $t->value('SELECT id FROM ej.event WHERE title = ? AND school_id = 1', $_) } 'Экскурсия в музей';
my $child = $t->value(q{SELECT p.id FROM ej.pupil p JOIN ej.account a USING (person_id) WHERE a.login = 'pupil'});
my @mates = @{$t->db->selectcol_arrayref(q{SELECT e.pupil_id FROM ej.enrolment e WHERE e.class_id = ? AND e.during @> date '2026-11-25' ORDER BY e.pupil_id}, undef, $class)};
is $deputy->get("/events/$race")->count('//participant'), 3, 'the event has those who took part';
is $lead->get("/events/$trip/pupils?class_id=$class")->count('//pupil'), scalar(@mates), 'the class teacher chooses from the class';
is refused($lead->post("/events/$trip/pupils", class_id => $class)), '422 JE101:pupil_id', 'somebody must be chosen';
is refused($lead->post("/events/$trip/pupils", class_id => $class, pupil_id => [@mates[0, 1]], role => 'дежурный')), '303', 'some are entered';
is refused($lead->post("/events/$trip/pupils", class_id => $class, is_all => 1)), '303', 'then the whole class';
is $t->value(q{SELECT count(*) || ' ' || count(*) FILTER (WHERE role = 'дежурный') FROM ej.event_participant WHERE event_id = ?}, $trip), @mates . ' 2', 'each once';
is $grade1->get("/events/$trip/pupils?class_id=$class")->count('//pupil'), 0, 'another class teacher may enter none of them';
is refused($grade1->post("/events/$trip/pupils", class_id => $class, pupil_id => $mates[0])), '303', 'who is in it already is left out';
is refused($grade1->post("/events/$race/pupils", class_id => $class, pupil_id => $mates[5])), '403 JE301:', 'and nobody else is entered by a stranger';
my $gone = $t->value(q{SELECT e.pupil_id FROM ej.enrolment e WHERE e.class_id = ? AND upper(e.during) <= date '2026-10-22' LIMIT 1}, $class);
is refused($deputy->post("/events/$race/pupils", class_id => $class, pupil_id => $gone)), '422 JE240:pupil_id', 'one who learns here no more takes no part';

sub form {
    my ($event, %change) = @_;
    my %form;
    for my $row ($deputy->get("/events/$event")->nodes('//participant')) {
        push @{$form{participant_id}}, $row->getAttribute('participant_id');
        push @{$form{$_}}, $row->getAttribute($_) // '' for qw(role place_no result document mentor);
        push @{$form{"old_$_"}}, $row->getAttribute($_) // '' for qw(role place_no result document mentor);
    }
    for my $field (keys %change) { $form{$field} = [@{$change{$field}}, @{$form{$field}}[@{$change{$field}} .. $#{$form{participant_id}}]] }
    return %form;
}
is refused($lead->post("/events/$trip", form($trip, result => ['winner']))), '409 JE256:result', 'no result before the event begins';
is refused($deputy->post("/events/$race", form($race, place_no => [0], result => ['best']))), '422 JE102:place_no JE106:result', 'each wrong field is named';
is refused($deputy->post("/events/$race", form($race, result => [''], place_no => [1]))), '422 JE101:result', 'a place needs a result';
is $deputy->post("/events/$race", {html => 1}, form($race, place_no => ['x'], document => ['диплом № 7']))->xpath('string((//input[@name = "document"])[1]/@value)'), 'диплом № 7', 'what was typed comes back';
is refused($deputy->post("/events/$race", form($race, document => ['диплом № 7']))), '303', 'results are saved';
is refused($deputy->post("/events/$race", form($race, document => ['диплом № 8'], old_document => ['']))), '409 JE210:document', 'what was changed since is not overwritten';
my %stranger = form($race, role => ['бегун']);
like refused($grade1->post("/events/$race", %stranger)), qr/^403 JE301:/, 'nobody else writes them';
is refused($deputy->post("/events/$trip", form($race))), '404 JE401:', 'nor are they those of another event';
my %all = (title => 'Осенний кросс', old_title => 'Осенний кросс', from_on => '2026-10-22', old_from_on => '2026-10-22', till_on => '2026-10-22', old_till_on => '2026-10-22', place => 'парк', old_place => 'парк',
    class_id => $class, old_class_id => $class, state => 'held', old_state => 'held');
is refused($deputy->post("/events/$race/edit", %{{%all, state => 'cancelled'}})), '409 JE258:state', 'an event with results is not cancelled';
is refused($deputy->post("/events/$race/edit", %{{%all, from_on => '2026-12-22', till_on => '2026-12-22', state => 'planned'}})), '409 JE258:state', 'nor put off';
is refused($deputy->post("/events/$race/edit", %{{%all, is_removed => 1}})), '409 JE211:', 'nor removed';
my %soon = (title => 'Экскурсия в музей', old_title => 'Экскурсия в музей', from_on => '2026-11-25', old_from_on => '2026-11-25', till_on => '2026-11-25', old_till_on => '2026-11-25', class_id => $class, old_class_id => $class,
    state => 'planned', old_state => 'planned');
is refused($lead->post("/events/$trip/edit", %{{%soon, state => 'held'}})), '409 JE256:state', 'one to come was not held';
sub told { return $t->value(q{SELECT count(*) || ' ' || count(DISTINCT n.pupil_id) FROM ej.notice AS n WHERE n.kind = 'event_cancelled' AND n.fact_key = ?}, $_[0]) }
is told($trip), '0 0', 'nobody has been told that it is cancelled';
is refused($lead->post("/events/$trip/edit", %{{%soon, state => 'cancelled'}})), '303', 'it is cancelled';
my $learn = $t->value(q{SELECT count(DISTINCT pupil_id) FROM ej.enrolment WHERE class_id = ? AND during @> date '2026-11-20' AND during @> date '2026-11-25'}, $class);
is told($trip), "$learn $learn", 'which is told of each pupil of the class';
like $_->get('/notices', html => 1)->content, qr/Отменено: Экскурсия в музей/, 'the family and the pupil read it' for $parent, $pupil;
is join(' ', map { $_->get('/notices')->count('//notice[@kind = "event_cancelled"]') } $teacher, $sport, $left), '0 0 0', 'others are not told';
is refused($lead->post("/events/$trip/edit", %{{%soon, state => 'planned', old_state => 'cancelled'}})), '303', 'it is planned again';
like $parent->get('/notices', html => 1)->content, qr/Снова в плане: Экскурсия в музей/, 'which the notice says then';
is refused($lead->post("/events/$trip/edit", %{{%soon, state => 'cancelled'}})) . ' ' . told($trip), "303 $learn $learn", 'they are told once, however often it is cancelled';
is $pupil->get('/diary?week_on=2026-11-23')->xpath('string(//diary/event/@state)'), 'cancelled', 'which the diary says';
is refused($lead->post("/events/$trip", form($trip, result => ['winner']))), '409 JE257:result', 'it has no results';

# ----------------------------------------------- who leaves in mid-event ---

my ($stays, $leaves) = @mates[3, 4];
my ($camp, $fair) = map { $t->value(q{INSERT INTO ej.event (school_id, is_whole, staff_id, kind, state, title, during, order_no) SELECT 1, true, staff_id, 'sport', ?, ?, ?::daterange, '9' FROM ej.event WHERE id = ? RETURNING id}, @$_, $race) }
    ['held', 'Сборы', '[2026-11-16,2026-11-21)'], ['planned', 'Ярмарка', '[2026-12-10,2026-12-11)'];
$t->db->do(q{INSERT INTO ej.event_participant (school_id, event_id, pupil_id) SELECT 1, e, p FROM unnest(ARRAY[?, ?]::bigint[]) AS e, unnest(ARRAY[?, ?]::bigint[]) AS p}, undef, $camp, $fair, $stays, $leaves);
$t->db->do(q{DELETE FROM ej.attendance AS a USING ej.lesson AS l WHERE l.id = a.lesson_id AND a.pupil_id IN (?, ?) AND l.held_on >= '2026-11-16'}, undef, $stays, $leaves);
$t->db->do(q{DELETE FROM ej.mark AS m USING ej.work AS w, ej.lesson AS l WHERE w.id = m.work_id AND l.id = w.lesson_id AND m.pupil_id IN (?, ?) AND l.held_on >= '2026-11-16'}, undef, $stays, $leaves);
sub miss { $t->db->do(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code) SELECT l.id, b.pupil_id, l.school_id, l.teaching_id, 'н' FROM ej.membership AS b
    JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id AND b.during @> l.held_on WHERE b.pupil_id = ? AND l.held_on = ? AND l.state = 'given' AND l.held_on < ej.today(1)}, undef, @_) }
miss($stays, $_) for '2026-11-17', '2026-11-19';
miss($leaves, $_) for '2026-11-17', '2026-11-18';
sub takes_part { return $t->value('SELECT count(*) FROM ej.event_participant WHERE event_id = ? AND pupil_id = ?', @_) }
$t->db->do(q{UPDATE ej.enrolment SET during = daterange(lower(during), '2026-11-19') WHERE class_id = ? AND pupil_id = ? AND during @> date '2026-11-18'}, undef, $class, $leaves);
is join(' ', map { (takes_part($_, $leaves), takes_part($_, $stays)) } $camp, $fair), '1 1 0 1', 'who left takes no part in what is to come, but did in what had begun';
my $away = $deputy->get("/classes/$class/unexplained");
is join(' ', sort map { $_->getAttribute('held_on') } $away->nodes("//unexplained[\@pupil_id = $_][\@event_title = 'Сборы']")), $_ == $stays ? '2026-11-17 2026-11-19' : '2026-11-17 2026-11-18', 'lessons missed inside of it are proposed as «у», as long as the pupil learnt here' for $stays, $leaves;
is refused($deputy->post("/classes/$class/unexplained", "code.$leaves.20261117" => 'у')), '303', 'the deputy takes that, since the pupil is no more of the class';
is $t->value(q{SELECT document || ' ' || during FROM ej.absence_reason WHERE pupil_id = ? AND code = 'у' ORDER BY id DESC LIMIT 1}, $leaves), 'Сборы, приказ № 9 [2026-11-17,2026-11-18)', 'with the event and its order as the document';
is refused($deputy->post("/events/$fair/pupils", class_id => $class, pupil_id => $leaves)), '422 JE240:pupil_id', 'who left is not entered again';
$t->db->begin_work;
$t->db->do(q{UPDATE ej.enrolment SET during = daterange(lower(during), '2026-12-01') WHERE class_id = ? AND pupil_id = ? AND during @> date '2026-12-01'}, undef, $class, $stays);
$t->db->do(q{INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during, order_no) VALUES (1, ?, ?, '[2026-12-01,2027-09-01)', '10')}, undef, $stays, $other);
$t->db->commit;
is takes_part($fair, $stays), 1, 'who changes the class still takes part';

# ------------------------------------------------------------- families ---

my ($first_one, $second) = @{$t->db->selectcol_arrayref(q{SELECT pupil_id FROM ej.event_participant WHERE event_id = ? ORDER BY place_no NULLS LAST}, undef, $race)};
my $family = $first_one == $child || $second == $child ? $pupil : $parent;
$t->db->do(q{DELETE FROM ej.consent WHERE purpose = 'publication'});
is $parent->get("/events/$race")->count('//winner'), 0, 'without a consent a family reads no winner';
sub consent { $t->db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on)
    SELECT w.school_id, w.guardian_id, w.pupil_id, 'publication', ?, ?::date FROM ej.guardianship w WHERE w.pupil_id = ? AND w.during @> date '2026-11-20'}, undef, @_) }
consent('given', '2026-09-01', $second);
is join(' ', map { $_->getAttribute('result') } $parent->get("/events/$race")->nodes('//winner')), 'prize', 'who agreed is named';
consent('withdrawn', '2026-11-01', $second);
is $parent->get("/events/$race")->count('//winner'), 0, 'and not once the consent is withdrawn';
is join(' ', map { $_->getAttribute('pupil_id') == $child ? 'own' : 'other' } $pupil->get("/events/$race")->nodes('//participant')), (grep { $_ == $child } @{$t->db->selectcol_arrayref(q{SELECT pupil_id FROM ej.event_participant WHERE event_id = ?}, undef, $race)}) ? 'own' : '',
    'of those who take part a family reads the own child';

# -------------------------------------------------------------- numbers ---

my $observer = $t->login('observer');
is join(' ', map { $observer->get($_)->status } '/participation', "/events/$race", '/calendar'), '200 404 404', 'an observer reads numbers alone';
is $observer->get('/participation')->xpath('concat(//level[@level = "municipal"]/@held, " ", //level[@level = "municipal"]/@participants, " ", //level[@level = "municipal"]/@winners, " ", //level[@level = "municipal"]/@prizes)'),
    $t->value(q{SELECT count(DISTINCT e.id) || ' ' || count(p.id) || ' ' || sum((p.result = 'winner')::int) || ' ' || sum((p.result = 'prize')::int) FROM ej.event e LEFT JOIN ej.event_participant p ON p.event_id = e.id
        WHERE e.school_id = 1 AND e.level = 'municipal' AND e.state = 'held'}), 'which are those of the rows';
is $lead->get('/calendar?month_on=2026-10-05')->xpath('string(//day[@held_on = "2026-10-22"]/event/@title)'), 'Осенний кросс', 'the month has the event on its day';
is refused($lead->get('/calendar?month_on=soon')), '422 JE103:month_on', 'a month is a day';

# --------------------------------------------------------------- switched off ---

$t->db->do(q{UPDATE ej.school SET modules = array_remove(modules, 'events') WHERE id = 1});
is join(' ', map { $deputy->get($_)->status } '/events', '/calendar', '/participation', "/events/$race"), '404 404 404 404', 'without the module there are no such pages';
is $pupil->get('/diary?week_on=2026-11-23')->count('//diary/event'), 0, 'nor events in the diary';
$t->db->do(q{UPDATE ej.event SET state = 'cancelled' WHERE id = ?}, undef, $fair);
is told($fair), '0 0', 'and nobody is told of a cancelled one';
done_testing;
