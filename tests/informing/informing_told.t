#!/usr/bin/perl
# informing_told.t: «сообщить лично»: an important notice that reaches no guardian by journal, letter or
# short message is the class teacher's to tell; the tick is a record of how the family was informed.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my @shown;
my %c  = map { $_ => $t->login($_) } qw(class-teacher grade1 deputy teacher parent);
my ($parent, $guardian, $pupil) = $db->selectrow_array(q{SELECT a.person_id, g.id, w.pupil_id FROM ej.account a JOIN ej.guardian g USING (person_id)
    JOIN ej.guardianship w ON w.guardian_id = g.id JOIN ej.enrolment e ON e.pupil_id = w.pupil_id JOIN ej.class c ON c.id = e.class_id
   WHERE a.login = 'parent' AND c.name = '7Б' LIMIT 1});
$db->do(q{UPDATE ej.guardian SET phone = '+7 900 111-22-33' WHERE id = ?}, undef, $guardian);
my ($lesson, $day) = $db->selectrow_array(q{SELECT l.id, l.held_on FROM ej.lesson l JOIN ej.membership b ON b.study_group_id = l.study_group_id AND b.pupil_id = ? AND b.during @> l.held_on
   WHERE l.held_on <= '2026-11-20' AND l.state = 'given' ORDER BY l.held_on DESC, l.id LIMIT 1}, undef, $pupil);
$db->do('DELETE FROM ej.notice');
sub absence { $db->do('DELETE FROM ej.attendance WHERE lesson_id = ? AND pupil_id = ?', undef, $lesson, $pupil);
    $db->do('INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code) SELECT l.id, ?, l.school_id, l.teaching_id, ? FROM ej.lesson l WHERE l.id = ?', undef, $pupil, $_[0], $lesson) if $_[0] }
sub notice { my ($kind, $fact, @whom) = @_; $db->do('SELECT ej.notify(1, ?, ?, ?' . (@whom ? ', ?)' : ')'), undef, $kind, $pupil, $fact, @whom ? [@whom] : ());
    return $t->value('SELECT id FROM ej.notice WHERE kind = ? AND pupil_id = ? AND fact_key = ?', $kind, $pupil, $fact) }
# Nothing is to be sent any more: the senders have looked at it.
sub looked_at { $db->do('UPDATE ej.notice_for SET send_at = NULL') }
sub told { my ($who) = @_; return join ' ', map { $_->getAttribute('kind') } $c{$who // 'class-teacher'}->get('/')->nodes('//telling') }
sub letter {
    my ($notice, $channel, $state, $age) = @_;
    my $id = $t->value(q{INSERT INTO ej.outbound (school_id, person_id, channel, address, hook_key, state, ended_at, made_at, lease_until) VALUES (1, ?, ?, ?, ej.outbound_new_key(), ?,
        CASE WHEN ? IN ('sent', 'failed', 'cancelled') THEN now() END, now() - ?::interval, CASE WHEN ? = 'sending' THEN now() END) RETURNING id},
        $parent, $channel, $channel eq 'sms' ? '+79001234567' : 'anna@home.test', $state, $state, $age // '0', $state);
    $db->do('INSERT INTO ej.outbound_notice SELECT ?, id, ? FROM ej.notice_for WHERE notice_id = ? AND person_id = ?', undef, $id, $channel, $notice, $parent);
    return $id;
}
sub state { my ($id, $state) = @_; $db->do(q{UPDATE ej.outbound SET state = ?, lease_until = NULL, ended_at = now() WHERE id = ?}, undef, $state, $id) }

absence('н');
my $one = notice('unexplained', $day);
is told(), '', 'what has just been written may still be sent or read';
looked_at();
is told(), 'unexplained', 'a family that gets no letters is told in person';
is told($_), '', "which is not the matter of $_" for qw(grade1 deputy teacher);
my $r = $c{'class-teacher'}->get('/');
is join('|', map { $r->xpath("string(//telling/\@$_)") } qw(pupil_id held_on)), "$pupil|$day", 'about which child and day';
like $r->xpath('string(//telling/@whom)'), qr/\+7 900 111-22-33/, 'and by which telephone';
absence('б');
is told(), '', 'when the reason is known it need not be told';
absence('н');
$db->do('UPDATE ej.notice_for SET read_at = now() WHERE notice_id = ? AND person_id = ?', undef, $one, $parent);
is told(), '', 'nor when a parent has read it in the journal';
$db->do('UPDATE ej.notice_for SET read_at = NULL');
my $mail = letter($one, 'email', 'waiting');
is told(), '', 'nor while a letter waits';
$db->do(q{UPDATE ej.outbound SET made_at = now() - interval '31 minutes' WHERE id = ?}, undef, $mail);
is told(), 'unexplained', 'for half an hour';
state($mail, 'sent');
is told(), '', 'nor when it was sent';
state($mail, 'failed');
is told(), '', 'while the short message is on its way, which follows a letter that failed' if $t->value('SELECT count(*) FROM ej.outbound') > 1;
$db->do(q{UPDATE ej.outbound SET state = 'failed', ended_at = now(), lease_until = NULL});
is told(), 'unexplained', 'when all ways have failed it is told in person';
my $sms = letter($one, 'sms', 'unknown');
is told(), 'unexplained', 'and when nobody knows whether a short message arrived';
notice('mark', '7');
my $accident = $t->value(q{INSERT INTO ej.accident (school_id, pupil_id, staff_id, happened_on, happened_time, place, what, first_aid)
    SELECT 1, ?, min(s.id), '2026-11-20', '10:15', 'Спортзал', 'Ушиб', 'Холод' FROM ej.staff s WHERE s.school_id = 1 RETURNING id}, $pupil);
looked_at();
is told(), 'accident unexplained', 'an accident first; marks are never told so';

my $page = $c{'class-teacher'}->get('/', html => 1);
is $page->count("//form[contains(\@action, '/informing/told/$one')]//button"), 1, 'each has a button';
my $tag = $c{'class-teacher'}->get('/')->header('ETag');
is refused($c{'class-teacher'}->post("/informing/told/$one", way => 'x')), '422 JE106:way', 'the way is one of some';
is $c{$_}->post("/informing/told/$one", way => 'call')->status, 404, "$_ ticks nothing" for qw(grade1 deputy teacher parent);
is refused($c{'class-teacher'}->post('/informing/told/99999999', way => 'call')), '404 JE401:', 'nor does anybody what is not there';
$r = $c{'class-teacher'}->post("/informing/told/$one", way => 'call');
is $r->status, 303, 'the class teacher ticks';
is told(), 'accident', 'and the row is gone';
isnt $c{'class-teacher'}->get('/')->header('ETag'), $tag, 'a kept page is a new one';
is $c{'class-teacher'}->post("/informing/told/$one", way => 'talk')->status, 303, 'twice';
is $t->value('SELECT string_agg(way || \' \' || informed_on, \', \') FROM ej.informing WHERE notice_id = ?', $one), 'call 2026-11-20', 'is once';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'informing' AND pupil_id = ? AND account_id = (SELECT id FROM ej.account WHERE login = 'class-teacher')}, $pupil), 1, 'with its author in the history';
$r = $c{deputy}->get("/pupils/$pupil/informing");
is $r->xpath('concat(//told[1]/@way, " ", //told[1]/@kind)'), 'call unexplained', 'the deputy reads that the family was told, and of what';
like $c{deputy}->get("/pupils/$pupil/informing", html => 1)->content, qr/звонок.*не на уроке, причина неизвестна/s, 'in words';
is $c{'class-teacher'}->get('/informing')->xpath("string(//pupil[\@pupil_id = $pupil]/\@informed_on)"), '2026-11-20', 'it counts as informing';
$db->do(q{UPDATE ej.accident SET parents_told_on = '2026-11-20', parents_told_time = '10:30' WHERE id = ?}, undef, $accident);
is told(), '', 'of an accident whose report says when parents were told they need not be told';
for my $age ('8 days', '6 days') {
    $db->do('DELETE FROM ej.notice');
    $db->do(q{INSERT INTO ej.notice (school_id, kind, pupil_id, fact_key, open_school_id, open_pupil_id, made_at)
        VALUES (1, 'unexplained', ?, ?::date, 1, ?, now() - ?::interval)}, undef, $pupil, $day, $pupil, $age);
    push @shown, told();
}
is "@shown", ' unexplained', 'it is asked for a week';
done_testing;
