#!/usr/bin/perl
# splits.t: the division of a class into subgroups: proposed by class teacher or subject
# teacher, committed by administrator or deputy, moves by the administrator (CFG-19, CFG-20).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-09-10');
my $db = $t->db;
my ($admin, $deputy, $lead, $english, $sport) = map { $t->login($_) } qw(administrator deputy class-teacher english sport);
sub value { return $t->value(@_) }
my ($class, $other) = map { value('SELECT id FROM ej.class WHERE school_id = 1 AND name = ?', $_) } '7Б', '1А';
my $subject = value(q{SELECT id FROM ej.subject WHERE school_id = 1 AND name = 'Информатика'});
my $path    = "/split?class_id=$class&subject_id=$subject";
my @pupils  = @{$db->selectcol_arrayref(q{SELECT pupil_id FROM ej.enrolment WHERE class_id = ? AND during @> date '2026-09-10' ORDER BY pupil_id}, undef, $class)};
sub in_part { return value(q{SELECT string_agg(g.name || ' ' || m.during, '|' ORDER BY m.during) FROM ej.membership m
    JOIN ej.study_group g ON g.id = m.study_group_id WHERE m.pupil_id = ? AND g.subject_id = ? AND g.year = 2026}, $_[0], $subject) // '' }
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
# An even split fills the form in and writes nothing.
sub parts { my ($r) = @_; return join '', map { $_->getAttribute('even_part') // '-' } $r->nodes('//pupil') }
my $n = @pupils;
is parts($lead->get("$path&by=name&into=2")), 1 x ($n - int($n / 2)) . 2 x int($n / 2), 'half and half by the alphabet';
is parts($lead->get("$path&by=name&into=3")) =~ /^1+2+3+$/ ? 1 : 0, 1, 'or in three parts';
is parts($lead->get("$path&by=sex")), join('', map { {m => 1, f => 2}->{$_->[0]} // '-' } map { [value('SELECT sex FROM ej.pupil_card WHERE pupil_id = ?', $_->getAttribute('pupil_id'))] } $lead->get($path)->nodes('//pupil')),
    'boys and girls, for the class teacher, who reads their cards';
is $english->get("$path&by=sex")->xpath('concat(count(//@even_part), count(//@has_sex))'), '00', 'a subject teacher does not learn anybody\'s sex';
is $lead->get($path)->count('//splits/@has_before'), 0, 'there was no year before';
$db->do(q{INSERT INTO ej.school_year (school_id, year, during) VALUES (1, 2025, '[2025-09-01,2026-09-01)')});
$db->do(q{INSERT INTO ej.term_plan (id, school_id, year, name, kind, grade_from, grade_till) VALUES (990, 1, 2025, 'Четверти', 'quarter', 1, 11)});
$db->do(q{INSERT INTO ej.class (id, school_id, year, grade, letter, term_plan_id) VALUES (990, 1, 2025, 6, 'Б', 990)});
$db->do(q{INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during) SELECT 1, unnest(?::bigint[]), 990, '[2025-09-01,2026-09-01)'}, undef, [@pupils[0, 1]]);
$db->do(q{INSERT INTO ej.study_group (id, school_id, year, kind, name, subject_id) VALUES (991, 1, 2025, 'subgroup', '6Б, 1', ?), (992, 1, 2025, 'subgroup', '6Б, 2', ?)}, undef, $subject, $subject);
$db->do('INSERT INTO ej.study_group_class (study_group_id, class_id, school_id) VALUES (991, 990, 1), (992, 990, 1)');
$db->do(q{INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during) VALUES (1, 992, ?, '[2025-09-01,2026-09-01)'), (1, 991, ?, '[2025-09-01,2026-09-01)')}, undef, @pupils[0, 1]);
my $before = $english->get("$path&by=before");
is join(' ', map { $before->xpath("string(//pupil[\@pupil_id = $_]/\@even_part)") } @pupils[0, 1, 2]), '2 1 ', 'or as in the year before';
like $lead->get("$path&by=name&into=2", accept => 'text/html')->content, qr{пока ничего не записано.*<option value="2" selected}s, 'which the page tells';
is value('SELECT count(*) FROM ej.split'), 0, 'nothing is written by looking';
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
is join(' ', map { $_->get('/')->xpath('string(//task[@code = "splits"]/@count)') } $admin, $deputy, $lead), '1 1 ', 'administrator and deputy are told on the start page';
is refused($lead->post('/split', class_id => $other, subject_id => $subject, action => 'propose', parts => 2, from_on => '2026-09-01')), '403 JE301:', 'nor propose for another class';
is $deputy->get('/splits')->xpath('string(//split[1]/@staff_name)') ne '', 1, 'the deputy sees that a proposal waits';

# ----------------------------------------------------------------- deciding ---

is refused($deputy->post('/split', form('decline', {}, {}))), "422 JE101:reason", 'a proposal is declined for a reason';
is $deputy->post('/split', form('decline', {}, {}, reason => 'поровну'))->status, 303, 'and is declined';
is $lead->get($path)->xpath('concat(//decision/@state, " ", //decision/@reason)'), 'declined поровну', 'which those concerned read';
$lead->post('/split', form('propose', \%half, {}));
my $once = '00000000-0000-4000-8000-000000000055';
is $deputy->post('/split', form('commit', \%half, \%half, operation_id => $once))->status, 303, 'a deputy commits' for 1, 2;
is value(q{SELECT string_agg(name, '|' ORDER BY name) FROM ej.study_group WHERE subject_id = ? AND year = 2026}, $subject), '7Б, Информатика, 1 группа|7Б, Информатика, 2 группа', 'the subgroups are made once';
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
