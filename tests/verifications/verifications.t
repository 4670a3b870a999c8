#!/usr/bin/perl
# verifications.t: class teachers verify personal data once a month (CNT-06).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($deputy, $lead) = map { $t->login($_) } qw(deputy class-teacher);
my ($own, $other) = map { $t->value('SELECT id FROM ej.class WHERE school_id = 1 AND name = ?', $_) } '7Б', '1А';

is $lead->get('/')->xpath('string(//task[@code = "verifications"]/@names)'), '7Б', 'a class teacher is reminded';
is $lead->get('/verifications')->xpath('concat(count(//class), " ", //class/@last_on, " ", //class/@is_done)'), '1 2026-10-01 ', 'the page shows the own class and its last month';
is $lead->post('/verifications', class_id => $other)->status, 403, 'nobody verifies another class';
is $lead->post('/verifications', class_id => $own, note => 'новый телефон')->location, '/verifications?done=added', 'the own is verified';
is $t->value('SELECT month_on || note FROM ej.verification WHERE class_id = ? ORDER BY month_on DESC LIMIT 1', $own), '2026-11-01новый телефон', 'for this month';
is refused($lead->post('/verifications', class_id => $own)), '409 JE212:month_on', 'once';
is $lead->get('/')->count('//task[@code = "verifications"]'), 0, 'then there is no reminder';
my $r = $deputy->get('/verifications');
is $r->xpath('concat(count(//class), " ", count(//class[@is_done]))'), '3 1', 'a deputy sees all classes and which are done';
is $deputy->get('/verifications', html => 1)->count('//form[contains(@action, "/verifications")]'), 0, 'without a form';
is refused($deputy->post('/verifications', class_id => $own)), '404 JE401:', 'and verifies nothing';
is join(' ', map { $t->login($_)->get('/verifications')->status } qw(director substitute personnel observer parent)), '200 404 404 404 404', 'heads and class teachers have the page';
done_testing;
