#!/usr/bin/perl
# automation.t: which processes the journal does (CTL-15): every process of the duties has its count, which
# is that of the base rows, and leads to its page; an observer reads the numbers, and no name.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { ($_ => $t->login($_)) } qw(director administrator deputy observer teacher parent personnel);
is join(' ', map { $c{$_}->get('/automation')->status } qw(director deputy administrator observer teacher parent personnel)), '200 200 200 200 404 404 404', 'heads and an observer have the page';

my $r = $c{observer}->get('/automation');
is join(' ', map { $r->count("//process[\@clause = $_]") } 6, 16), '20 10', 'clause 6 has twenty processes, clause 16 ten';
my %count = (
    terms => q{term_plan p JOIN ej.term e ON e.term_plan_id = p.id WHERE p.school_id = 1 AND p.year = 2026 AND e.kind IN ('quarter', 'half', 'trimester')},
    holidays => 'holiday WHERE school_id = 1 AND year = 2026', pupils => q{enrolment WHERE school_id = 1 AND during @> date '2026-11-20'},
    groups => 'study_group WHERE school_id = 1 AND year = 2026', load => 'teaching WHERE school_id = 1 AND year = 2026',
    substitutions => 'substitution WHERE school_id = 1', remarks => 'remark WHERE school_id = 1', messages => 'message WHERE school_id = 1',
    marks => 'mark WHERE school_id = 1 AND value IS NOT NULL', finals => 'term_mark WHERE school_id = 1 AND value IS NOT NULL',
    control_marks => 'mark m JOIN ej.work w ON w.id = m.work_id JOIN ej.work_kind k ON k.id = w.kind_id WHERE m.school_id = 1 AND k.is_control AND m.value IS NOT NULL',
    homework => q{lesson WHERE school_id = 1 AND state = 'given' AND held_on <= '2026-11-20'}, movements => 'movement WHERE school_id = 1', scales => 'scale WHERE school_id = 1 AND is_active',
    sheets => 'class WHERE school_id = 1 AND year = 2026', prints => 'extract WHERE school_id = 1', plans_of_year => 'term_plan WHERE school_id = 1 AND year = 2026',
);
is $r->xpath("string(//process[\@code = '$_']/\@things)"), $t->value("SELECT count(*) FROM ej.$count{$_}"), "$_ counts its rows" for sort keys %count;
is $r->xpath(q{string(//process[@code = 'attendance']/@part)}), $t->value(q{SELECT count(*) FROM ej.lesson WHERE school_id = 1 AND state = 'given' AND held_on <= '2026-11-20' AND attendance_at IS NOT NULL}), 'attendance: the lessons in which it is marked';
is $r->xpath(q{count(//process[@part > @things])}), 0, 'no part is more than its whole';

my $html = $c{deputy}->get('/automation', html => 1);
is $html->count('//table[contains(@class, "data")]//tbody/tr/th/a'), 30, 'each leads a deputy to its page';
my @dead = grep { $c{deputy}->get($_)->status != 200 } map { $_->value } $html->nodes('//table[contains(@class, "data")]//tbody/tr/th/a/@href');
is "@dead", '', 'which is there';
my $names = join '|', map { @$_ } @{$t->db->selectall_arrayref('SELECT DISTINCT surname FROM ej.pupil UNION SELECT surname FROM ej.staff')};
unlike $c{observer}->get('/automation', html => 1)->xpath('string(//main)'), qr/$names/, 'an observer reads no name';
is $t->login('deputy-17')->get('/automation')->xpath(q{string(//process[@code = 'pupils']/@things)}), $t->value(q{SELECT count(*) FROM ej.enrolment WHERE school_id = 2 AND during @> date '2026-11-20'}), 'another school has its own numbers';
done_testing;
