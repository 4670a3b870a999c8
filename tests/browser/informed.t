#!/usr/bin/perl
# informed.t: how families learn of an absence, in a real browser, with a real mail server and a
# gateway for short messages: the suite informed.mjs. One family has confirmed its addresses and
# gave consent; the other one gave consent, too, but then refused the processing of data: it gets
# its strip on paper and nothing else.
#   perl tests/browser/informed.t
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Browser;
use EJ::Exim;
use EJ::Kannel;
use EJ::Test;

my $today = '2026-11-20';    # a Friday: the week is open
my ($exim, $kannel);
my $t = EJ::Test->new(today => $today, conf => sub {
    $exim   = EJ::Exim->new(dir => "$_[0]{dir}/exim")->start;
    $kannel = EJ::Kannel->new(dir => "$_[0]{dir}/kannel")->start;
    return "EjournalAddress https://journal.test\nEjournalMail " . $exim->url . " journal\@school.test\nEjournalSms " . $kannel->url . ' ' . $kannel->login;
});
my $db = $t->db;
$t->noon;
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my ($parent, $pupil) = $db->selectrow_array(q{SELECT g.id, w.pupil_id FROM ej.guardian g JOIN ej.account a USING (person_id) JOIN ej.guardianship w ON w.guardian_id = g.id
    JOIN ej.enrolment e ON e.pupil_id = w.pupil_id AND e.class_id = ? WHERE a.login = 'parent'}, undef, $class);

# The other family can be reached by every way, so that only its refusal keeps it from being told.
my ($other, $person, $mate) = $db->selectrow_array(q{SELECT w.guardian_id, g.person_id, w.pupil_id FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id
    JOIN ej.enrolment e ON e.pupil_id = w.pupil_id AND e.class_id = ? AND e.during @> ?::date
   WHERE w.during @> ?::date AND w.is_informed AND w.pupil_id <> ? AND NOT EXISTS (SELECT FROM ej.account a WHERE a.person_id = g.person_id)
     AND (SELECT count(*) FROM ej.guardianship k WHERE k.guardian_id = g.id) = 1 ORDER BY w.pupil_id LIMIT 1}, undef, $class, $today, $today, $pupil);
$db->do(q{INSERT INTO ej.account (person_id, login, password) SELECT ?, 'paper', password FROM ej.account WHERE login = 'parent'}, undef, $person);
$db->do(q{INSERT INTO ej.contact (person_id, channel, address, verified_at) VALUES (?, 'email', 'paper@home.test', now()), (?, 'sms', '+79007654321', now())}, undef, $person, $person);
$db->do(q{DELETE FROM ej.consent WHERE pupil_id IN (?, ?)}, undef, $pupil, $mate);
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on)
    SELECT 1, ?, ?, p, 'given', '2026-09-01' FROM unnest('{processing,email,sms}'::text[]) AS p}, undef, $other, $mate);

# Codes are sent once a minute: of each the minute is over at once.
$db->do($_) for q{CREATE FUNCTION public.minute() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.made_at := NEW.made_at - interval '2 minutes'; RETURN NEW; END $$},
    q{CREATE TRIGGER minute BEFORE INSERT ON ej.notice_for FOR EACH ROW WHEN (NEW.kind = 'contact_code') EXECUTE FUNCTION public.minute()};

EJ::Browser::run($t, ['informed'], EJ_FACTS => {
    today => $today, class => $class, pupil => $pupil, parent => $parent, mate => $mate, other => $other,
    lesson => $t->path(lesson => class => '7Б', subject => 'Алгебра', on => $today),
    mail => "$exim->{dir}/mail/new", operator => "$kannel->{dir}/operator.out",
    name => $t->value('SELECT given_name FROM ej.pupil WHERE id = ?', $pupil)});

# ------------------------------------------------------------------- the paper family ---

is $t->value('SELECT count(*) FROM ej.outbound WHERE person_id = ?', $person), 0, 'no letter was made for the paper family';
is $t->value(q{SELECT count(*) FROM ej.notice_for WHERE person_id = ? AND made_at > (
    SELECT max(made_at) FROM ej.history WHERE table_name = 'consent' AND new ->> 'answer' = 'refused')}, $person), 0, 'and no notice since its refusal';
is scalar($exim->letters('paper')), 0, 'its mailbox is empty';
is scalar(grep { $_->{to} eq '+79007654321' } $kannel->messages), 0, 'its telephone is silent';
is $t->value('SELECT count(*) FROM ej.paper WHERE pupil_id = ?', $mate), 1, 'it has its strip';
is $t->value(q{SELECT string_agg(way, ' ') FROM ej.receipt WHERE pupil_id = ?}, $mate), 'strip', 'which came back signed';
is $t->value(q{SELECT count(*) FROM ej.notice WHERE kind = 'unjustified' AND pupil_id = ?}, $mate), 1, 'the absence itself was known, and told to the school';
is $t->value(q{SELECT string_agg(o.channel || ' ' || o.state, ', ' ORDER BY o.channel) FROM ej.outbound o JOIN ej.outbound_notice n ON n.outbound_id = o.id
    JOIN ej.notice_for f ON f.id = n.notice_for_id WHERE f.kind = 'unjustified' AND f.pupil_id = ?}, $pupil), 'email sent, sms sent', 'the other family had one letter and one short message';
$_->stop for $exim, $kannel;
done_testing;
