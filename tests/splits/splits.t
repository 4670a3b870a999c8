#!/usr/bin/perl
# splits.t: the division of a class into subgroups: proposed by class teacher or subject
# teacher, committed by administrator or deputy, moves by the administrator (CFG-19, CFG-20).
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-09-10');
my $db = $t->db;
my ($admin, $deputy, $lead, $english, $sport) = map { $t->login($_) } qw(administrator deputy class-teacher english sport);
sub refused { my ($r) = @_; return join ' ', $r->status, map { $_->getAttribute('code') . ':' . ($_->getAttribute('field') // '') } $r->nodes('//error') }
sub value { return $t->value(@_) }
my ($class, $other) = map { value('SELECT id FROM ej.class WHERE school_id = 1 AND name = ?', $_) } '7Б', '1А';
my $subject = value(q{SELECT id FROM ej.subject WHERE school_id = 1 AND name = 'Информатика'});
my $path    = "/split?class_id=$class&subject_id=$subject";
my @pupils  = @{$db->selectcol_arrayref(q{SELECT pupil_id FROM ej.enrolment WHERE class_id = ? AND during @> date '2026-09-10' ORDER BY pupil_id}, undef, $class)};
sub in_part { return value(q{SELECT string_agg(g.name || ' ' || m.during, '|' ORDER BY m.during) FROM ej.membership m
    JOIN ej.study_group g ON g.id = m.study_group_id WHERE m.pupil_id = ? AND g.subject_id = ?}, $_[0], $subject) // '' }
sub form { # parts: pupil => part; old: pupil => old part
    my ($action, $parts, $old, %more) = @_;
    my %all = (class_id => $class, subject_id => $subject, word => 'группа', action => $action, parts => 2, from_on => '2026-09-01', %more);
    return (%all, map({ ("part.$_" => $parts->{$_}) } sort keys %$parts), map({ ("old_part.$_" => $old->{$_}) } sort keys %$old));
}

# ---------------------------------------------------------------- proposing ---

is $english->get('/splits')->xpath('string(//split/@class_name)'), '7Б', 'a teacher sees the splits of the classes taught';
is $lead->get($path)->xpath('concat(count(//pupil), " ", //splits/@can_propose, //splits/@is_mine)'), @pupils . ' 1', 'the class teacher gets the pupils and a form to propose';
is join(' ', map { $t->login($_)->get($path)->status } qw(director sport grade1 parent pupil observer)), '200 200 404 404 404 404', 'others who do not teach there see none';
is $lead->get("/split?class_id=$other&subject_id=$subject")->status, 404, 'nor a class teacher another class';
is refused($lead->post('/split', form('propose', {}, {}, from_on => ''))), '422 JE101:from_on', 'a proposal has a day';
my %half = map { ($pupils[$_] => $_ % 2 + 1) } 0 .. $#pupils;
is $lead->post('/split', form('propose', \%half, {}, note => 'по алфавиту'))->status, 303, 'the class teacher proposes';
is value(q{SELECT count(*) FROM ej.split_pupil}), scalar(@pupils), 'who is in which part';
is in_part($pupils[0]), '', 'but nobody is in a group by that';
my $r = $english->get($path);
is $r->xpath('concat(//splits/@note, " ", //pupil[1]/@part != "")'), 'по алфавиту true', 'those concerned see the proposal';
is $english->post('/split', form('propose', {%half, $pupils[0] => 2}, \%half))->status, 303, 'a subject teacher changes it';
is refused($lead->post('/split', form('propose', {%half, $pupils[0] => 1}, \%half))), "409 JE210:part.$pupils[0]", 'what somebody changed meanwhile is not overwritten';
is refused($lead->post('/split', form('commit', \%half, {%half, $pupils[0] => 2}))), '403 JE301:', 'a class teacher does not commit';
is value('SELECT state FROM ej.split'), 'open', 'so it stays open';
is refused($lead->post('/split', class_id => $other, subject_id => $subject, action => 'propose', parts => 2, from_on => '2026-09-01')), '403 JE301:', 'nor propose for another class';
is $deputy->get('/splits')->xpath('string(//split[1]/@staff_name)') ne '', 1, 'the deputy sees that a proposal waits';

# ----------------------------------------------------------------- deciding ---

is refused($deputy->post('/split', form('decline', {}, {}))), "422 JE101:reason", 'a proposal is declined for a reason';
is $deputy->post('/split', form('decline', {}, {}, reason => 'поровну'))->status, 303, 'and is declined';
is $lead->get($path)->xpath('concat(//decision/@state, " ", //decision/@reason)'), 'declined поровну', 'which those concerned read';
$lead->post('/split', form('propose', \%half, {}));
my $once = '00000000-0000-4000-8000-000000000055';
is $deputy->post('/split', form('commit', \%half, \%half, operation_id => $once))->status, 303, 'a deputy commits' for 1, 2;
is value(q{SELECT string_agg(name, '|' ORDER BY name) FROM ej.study_group WHERE subject_id = ?}, $subject), '7Б, Информатика, 1 группа|7Б, Информатика, 2 группа', 'the subgroups are made once';
is in_part($pupils[0]) . in_part($pupils[1]), '7Б, Информатика, 1 группа [2026-09-01,2027-09-01)7Б, Информатика, 2 группа [2026-09-01,2027-09-01)', 'with their pupils';
is value(q{SELECT string_agg(state, ' ' ORDER BY id) FROM ej.split}), 'declined accepted', 'the proposal is kept as accepted';
is value(q{SELECT count(DISTINCT account_id) FROM ej.history WHERE table_name = 'split'}), 3, 'the history has everybody who took part';

# ------------------------------------------------------------------- moving ---

is refused($deputy->post('/split', form('commit', {$pupils[0] => 2}, {}, from_on => '2026-11-02'))), '403 JE301:', 'a deputy moves nobody who is in a subgroup';
is refused($admin->post('/split', form('commit', {$pupils[0] => 2}, {}, from_on => '2026-11-09'))), '409 JE232:from_on', 'the administrator not within a term';
my $page = $admin->post('/split', {html => 1}, form('commit', {$pupils[0] => 2}, {}, from_on => '2026-11-09'));
like $page->xpath('string(//*[@role = "alert"])'), qr/только с первого дня учебного периода/, 'the reason is said';
is $page->xpath(qq{concat(//input[\@name = "from_on"]/\@value, " ", //select[\@name = "part.$pupils[0]"]/option[\@selected]/\@value)}), '2026-11-09 2', 'what was typed comes back';
is in_part($pupils[0]), '7Б, Информатика, 1 группа [2026-09-01,2027-09-01)', 'and nothing was changed';
is $admin->post('/split', form('commit', {$pupils[0] => 2}, {}, from_on => '2026-11-02'))->status, 303, 'but from its first day';
is in_part($pupils[0]), '7Б, Информатика, 1 группа [2026-09-01,2026-11-02)|7Б, Информатика, 2 группа [2026-11-02,2027-09-01)', 'the pupil changes the subgroup';
done_testing;
