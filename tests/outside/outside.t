#!/usr/bin/perl
# outside.t: marks from another school: who enters them, what is refused, that a mistake stays.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my ($lead, $deputy) = map { $t->login($_) } qw(class-teacher deputy);
sub said { my ($r) = @_; return $r->status if $r->status == 303; return join ' ', $r->status, map { $_->getAttribute('code') . ':' . ($_->getAttribute('field') // '') } $r->nodes('//error') }
my $pupil   = $t->id('pupil', class => '7Б', school => 1);
my $page    = "/pupils/$pupil/outside";
my $subject = $t->value(q{SELECT id FROM ej.subject WHERE name = 'Алгебра' AND school_id = 1});
my %mark    = (subject_id => $subject, given_on => '2026-11-05', number => 4, weight_pct => 100, document => 'выписка школы № 5');

is $lead->get("/pupils/$pupil", html => 1)->count(qq{//a[contains(\@href, "$page")]}), 1, 'the card of a pupil links to the page';
is $lead->get($page)->xpath('concat(//outside/@is_mine, count(//mark))'), '10', 'a class teacher has the page of the own pupil';
is said($lead->post($page, number => 101)), '422 JE101:subject_id JE101:given_on JE102:number JE101:weight_pct JE101:document', 'each wrong field is named';
like $lead->post($page, %mark)->location, qr{^/pupils/$pupil/outside\?done=added}, 'a mark is saved';
my $id = $t->value('SELECT id FROM ej.outside_mark WHERE pupil_id = ?', $pupil);
is $deputy->get($page)->xpath('concat(//mark/@subject_name, " ", //mark/@number, " ", //mark/@document)'), 'Алгебра 4 выписка школы № 5', 'and shown';
is $t->login('parent')->get($page)->status, 404, 'a family has no such page';
is said($lead->post("/outside/$id", pupil_id => $pupil, is_void => 1, old_is_void => '')), '303', 'a mistake is marked';
is $lead->get($page)->xpath('string(//mark/@is_void)'), 1, 'and stays';
is said($deputy->post("/outside/$id", pupil_id => $pupil, old_is_void => 1)), '303', 'which can be taken back';
my $other = $t->id('pupil', class => '10А', school => 1);
is $lead->get("/pupils/$other/outside")->status, 404, 'a pupil of another class is none';
is said($lead->post("/pupils/$other/outside", %mark)), '403 JE301:', 'nor gets a mark';
is join(' ', map { $t->login($_)->get($page)->status } qw(director teacher personnel deputy-17)), '200 404 404 404', 'heads and class teachers have the page';
done_testing;
