#!/usr/bin/perl
# reach.t: how many families agree, have addresses and see the diary: an observer reads the numbers, and
# no row of a person behind them. Each is counted here again, from the rows themselves.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator deputy observer class-teacher parent personnel);
is join(' ', map { $c{$_}->get('/reach')->status } qw(administrator deputy observer class-teacher parent personnel)), '200 200 200 404 404 404', 'heads and an observer read the numbers';

# Of the pairs of guardian and pupil: two answers, of which the later one counts; one address confirmed,
# one not, one given up; a receipt; two accidents, one received.
my @pairs = @{$db->selectall_arrayref(q{SELECT w.guardian_id, w.pupil_id, g.person_id FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id
    JOIN ej.enrolment e ON e.pupil_id = w.pupil_id JOIN ej.class k ON k.id = e.class_id WHERE w.school_id = 1 AND k.name = '7Б' AND e.during @> date '2026-11-20' AND w.during @> date '2026-11-20' ORDER BY w.pupil_id, w.id})};
sub says { my ($pair, $purpose, $answer, $day) = @_; $db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, ?, ?, ?)}, undef, @$pair[0, 1], $purpose, $answer, $day) }
says($pairs[0], 'email', 'given', '2026-11-18');
says($pairs[0], 'email', 'withdrawn', '2026-11-19');
says($pairs[1], 'email', 'refused', '2026-11-01');
says($pairs[1], 'email', 'given', '2026-11-02');
my $paper = $pairs[2];
says($paper, 'processing', 'refused', '2026-11-19');
my ($one, $two) = map { $_->[2] } @pairs[0, 1];
$db->do(q{INSERT INTO ej.contact (person_id, channel, address, verified_at, suspended_at) VALUES (?, 'email', 'a@example.ru', '2026-11-01', NULL), (?, 'email', 'b@example.ru', NULL, NULL), (?, 'sms', '+79001112233', '2026-11-01', '2026-11-02')}, undef, $one, $two, $one);
my $staff = $t->value(q{SELECT min(id) FROM ej.staff WHERE school_id = 1});
$db->do(q{INSERT INTO ej.accident (school_id, pupil_id, staff_id, happened_on, happened_time, place, what, first_aid, received_by, received_at)
    VALUES (1, ?, ?, '2026-11-10', '10:00', 'зал', 'упал', 'нет', ?, now()), (1, ?, ?, '2026-11-11', '10:00', 'зал', 'упал', 'нет', NULL, NULL)}, undef, $pairs[0][1], $staff, $staff, $pairs[1][1], $staff);

my $r = $c{observer}->get('/reach');
sub shown { my ($theme, $code) = @_; return join ' ', map { $r->xpath("string(//count[\@theme = '$theme' and \@code = '$code']/\@$_)") } qw(things part other) }

# The answers that count, one guardian and pupil after the other.
my @now = @{$db->selectall_arrayref(q{SELECT w.guardian_id, w.pupil_id FROM ej.guardianship w JOIN ej.enrolment e ON e.pupil_id = w.pupil_id WHERE w.school_id = 1 AND e.during @> date '2026-11-20' AND w.during @> date '2026-11-20'})};
for my $purpose (qw(processing email sms calendar publication)) {
    my %last;
    $last{"$_->[0].$_->[1]"} = $_->[2] for @{$db->selectall_arrayref('SELECT guardian_id, pupil_id, answer FROM ej.consent WHERE school_id = 1 AND purpose = ? ORDER BY signed_on, id', undef, $purpose)};
    my @answers = map { $last{"$_->[0].$_->[1]"} // '' } @now;
    is shown(consent => $purpose), join(' ', scalar @answers, scalar(grep { $_ eq 'given' } @answers), scalar(grep { /refused|withdrawn/ } @answers)), "the answers about $purpose are counted";
}
my $pupils = $t->value(q{SELECT count(*) FROM ej.enrolment WHERE school_id = 1 AND during @> date '2026-11-20'});
my $with = $t->value(q{SELECT count(DISTINCT w.pupil_id) FROM ej.contact c JOIN ej.guardian g USING (person_id) JOIN ej.guardianship w ON w.guardian_id = g.id JOIN ej.enrolment e ON e.pupil_id = w.pupil_id AND e.during @> date '2026-11-20'
    WHERE g.school_id = 1 AND w.during @> date '2026-11-20' AND c.channel = 'email' AND c.verified_at < now() AND c.suspended_at IS NULL AND w.pupil_id <> ?}, $paper->[1]);
cmp_ok $with, '>', 0, 'a family has a confirmed address';
is shown(contact => 'email'), "$pupils $with ", 'only a confirmed address counts';
is shown(contact => 'sms'), "$pupils 0 ", 'and none that was given up';
is shown(contact => 'any'), "$pupils $with ", 'either of the two';
is shown(contact => 'paper'), "$pupils 1 ", 'who refused is a family on paper';
is shown(accident => 2026), join(' ', $t->value(q{SELECT count(*) FROM ej.accident WHERE school_id = 1}), '', $t->value(q{SELECT count(*) FROM ej.accident WHERE school_id = 1 AND received_at IS NULL})), 'the accidents of the year, and those not received';

my $list = $c{deputy}->get('/receipts');
my %seen = (part => 0, things => 0);
for my $cell ($list->nodes('//class/c')) {
    my ($seen, $all) = ($cell->getAttribute('text') || $cell->textContent) =~ /(\d+) из (\d+)/ or next;
    $seen{part} += $seen;
    $seen{things} += $all;
}
is $r->xpath('sum(//count[@theme = "receipt"]/@part)') . ' ' . $r->xpath('sum(//count[@theme = "receipt"]/@things)'), "$seen{part} $seen{things}", 'the weeks together have the numbers of the deputy\'s list';
cmp_ok $seen{things}, '>', 0, 'which are some';
is_deeply [map { $_->toString } $c{deputy}->get('/reach')->nodes('//count')], [map { $_->toString } $r->nodes('//count')], 'a deputy has the same numbers';
my $names = join '|', map { quotemeta $_->[0] } @{$db->selectall_arrayref('SELECT surname FROM ej.pupil WHERE school_id = 1 UNION SELECT surname FROM ej.guardian WHERE school_id = 1')};
unlike join('', map { $_->toString } $r->nodes('//reach')), qr/$names/, 'without a name';
is join(' ', map { $c{observer}->get($_)->status } '/consents', '/receipts', '/accidents'), '404 404 404', 'the lists behind them are not an observer\'s';
is $t->login('deputy-17')->get('/reach')->xpath('sum(//count[@theme = "accident"]/@things)'), $t->value('SELECT count(*) FROM ej.accident WHERE school_id = 2'), 'another school has its own numbers';
like $c{observer}->get('/reach?format=csv')->content, qr/почта родителя подтверждена/, 'the numbers are a file, too';
done_testing;
