#!/usr/bin/perl
# closing.t: the deputy sees what a term lacks, closes its journals class by class and opens
# them again by another order; the last day for term marks by order.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-12-29');
my ($deputy, $teacher) = map { $t->login($_) } qw(deputy teacher);
sub value { return $t->value(@_) }
my $class = value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my $page  = "/closing/classes/$class";
my $r = $deputy->get('/closing');
is join(' ', map { $_->getAttribute('name') . ':' . $_->getAttribute('term_name') } $r->nodes('//class')), '1А:II четверть 7Б:II четверть 10А:I полугодие', 'each class is shown with its term';
is $r->xpath('concat(//class[@name = "1А"]/@missing, ".")'), '.', 'a grade without marks lacks none';

# what is missing, worked out from single rows
my $missing = 0;
for my $j (@{$t->db->selectall_arrayref(q{SELECT j.id, j.term_id, t.subject_id, t.study_group_id FROM ej.journal AS j JOIN ej.teaching AS t ON t.id = j.teaching_id
        JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.kind NOT IN ('elective', 'club', 'individual', 'home') JOIN ej.term AS e ON e.id = j.term_id AND e.name = 'II четверть'
       WHERE (SELECT min(c.class_id) FROM ej.study_group_class AS c WHERE c.study_group_id = g.id) = ?}, {Slice => {}}, $class)}) {
    $missing += value(q{SELECT count(*) FROM ej.membership AS b WHERE b.study_group_id = ? AND b.during @> date '2026-12-29'
        AND NOT EXISTS (SELECT FROM ej.term_mark AS m WHERE m.pupil_id = b.pupil_id AND m.subject_id = ? AND m.term_id = ? AND m.value IS NOT NULL)}, @$j{qw(study_group_id subject_id term_id)});
}
is $r->xpath('string(//class[@name = "7Б"]/@missing)'), $missing, 'the class lacks so many marks';
my $show = $deputy->get("$page?name=II%20%D1%87%D0%B5%D1%82%D0%B2%D0%B5%D1%80%D1%82%D1%8C");
my $sum = 0; $sum += $_->getValue for $show->nodes('//journal/@missing');
is $sum, $missing, 'by journal they are as many';
my ($journal) = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-12-01') =~ /(\d+)/;
my @order = (order_no => '101', order_on => '2026-12-28', reason => 'конец четверти');
my $close = sub { my ($client, %o) = @_; my %all = (name => 'II четверть', journal_id => $journal, action => 'close', @order, %o); return $client->post($page, map { ($_ => $all{$_}) } sort keys %all) };

is refused($close->($deputy)), '409 JE292:journal_id', 'a journal that lacks something is not closed by itself';
is refused($close->($deputy, order_no => '', reason => '')), '422 JE101:order_no JE101:reason', 'an order and a reason are needed';
is refused($deputy->post($page, name => 'II четверть', action => 'close', @order)), '422 JE101:journal_id', 'a journal must be ticked';
is value('SELECT closed_at FROM ej.journal WHERE id = ?', $journal), undef, 'nothing was closed';

# the teacher fills it in, as wanted
$t->db->do('UPDATE ej.school SET min_marks = 0 WHERE id = 1');
my $term = value('SELECT term_id FROM ej.journal WHERE id = ?', $journal);
$r = $teacher->get("/journals/$journal/finals");
my @pupils = $r->texts('//pupil/@pupil_id');
is $teacher->post("/journals/$journal/finals", map { (pupil_id => $_, old => '', value => '4', old_note => '', note => '') } @pupils)->status, 303, 'the teacher gives the marks';
$t->db->do(q{UPDATE ej.lesson AS l SET topic = 'тема', attendance_at = now(), homework = 'none', state = 'given' FROM ej.journal AS j
    WHERE j.id = ? AND l.teaching_id = j.teaching_id AND l.held_on BETWEEN '2026-11-02' AND '2026-12-29' AND l.state IN ('planned', 'given')}, undef, $journal);
my $of = qq{//journal[\@journal_id = "$journal"]};
is $deputy->get("$page?name=II%20%D1%87%D0%B5%D1%82%D0%B2%D0%B5%D1%80%D1%82%D1%8C")->xpath("concat($of/\@missing, $of/\@unfilled, $of/\@unfounded, '.')"), '.', 'then nothing is missing';
is $deputy->get("$page?name=II%20%D1%87%D0%B5%D1%82%D0%B2%D0%B5%D1%80%D1%82%D1%8C")->xpath("string($of/\@late)"), scalar @pupils, 'but the marks came after the last day';
is refused($close->($deputy)), '303', 'the deputy closes the journal';
is value(q{SELECT concat_ws(' ', closed_at IS NOT NULL, order_no, order_on, reason) FROM ej.journal WHERE id = ?}, $journal), 't 101 2026-12-28 конец четверти', 'with order, day and reason';
is refused($teacher->post("/journals/$journal/finals", pupil_id => $pupils[0], old => '4', value => '5', old_note => '', note => '')), '409 JE201:value', 'closed means closed';
is refused($close->($deputy)), '303', 'the same again does nothing';
is refused($close->($deputy, action => 'open')), '422 JE101:order_no', 'opening needs another order';
is refused($close->($deputy, action => 'open', order_no => '105')), '422 JE101:reason', 'and another reason';
is refused($close->($deputy, action => 'open', order_no => '105', reason => 'ошибка учителя')), '303', 'with both it is open again';
is $deputy->get("$page?name=II%20%D1%87%D0%B5%D1%82%D0%B2%D0%B5%D1%80%D1%82%D1%8C")->xpath("string($of/\@is_reopened)"), 1, 'which the page tells';
is refused($deputy->post($page, name => 'II четверть', journal_id => $t->path(journal => class => '7Б', subject => 'Русский язык', on => '2026-12-01') =~ /(\d+)/, action => 'close', is_incomplete => 1, @order)), '303', 'what lacks something is closed if it is said';
my ($foreign) = value(q{SELECT j.id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id AND e.name = 'II четверть' WHERE j.school_id = 2 LIMIT 1});
is refused($close->($deputy, journal_id => $foreign, is_incomplete => 1)), '404 JE401:journal_id', 'a journal of another school is none';

# which journals are ticked at first, all, or none
my $ticks = sub { my ($query) = @_; my $html = $deputy->get("$page?name=II%20%D1%87%D0%B5%D1%82%D0%B2%D0%B5%D1%80%D1%82%D1%8C$query", html => 1); return join '/', $html->count('//input[@name = "journal_id" and @checked]'), $html->count('//input[@name = "journal_id"]') };
my ($ready, $all) = split m{/}, $ticks->('');
cmp_ok $ready, '<', $all, 'at first those are ticked that lack nothing';
is $ticks->('&pick=all'), "$all/$all", 'a link ticks all';
is $ticks->('&pick=none'), "0/$all", 'another none';
is refused($deputy->get("$page?pick=some")), '422 JE106:pick', 'there is no third';
my $list = $deputy->get('/closing', html => 1)->content =~ s/<[^>]*>//gr;
like $list, qr/II четверть по 30\.12, отметки не позднее \d\d\.12/, 'the list tells the last day of the term and of its marks';

# ---------------------------------------------------------- the last day ----

is refused($deputy->post('/closing', term_id => $term, due_on => '2026-12-30', old_due_on => '', due_order => '', old_due_order => '')), '422 JE101:due_order', 'the last day needs an order';
is refused($deputy->post('/closing', term_id => $term, due_on => '2026-12-30', old_due_on => '', due_order => '99', old_due_order => '')), '303', 'with one it is saved';
is $teacher->get("/journals/$journal/finals")->xpath('string(//finals/@due_on)'), '2026-12-30', 'and counts';
is refused($deputy->post('/closing', term_id => $term, due_on => '2026-12-25', old_due_on => '2026-12-24', due_order => '99', old_due_order => '99')), '409 JE210:due_on', 'and is not overwritten by who did not see it';

is $teacher->get('/')->count('//task[@code = "finals"]'), 1, 'the teacher is warned of the last day';
like $teacher->get('/', html => 1)->content, qr/(?:Через несколько дней срок|Срок) итоговых отметок/, 'in words';
$t->today('2026-12-10');
is $teacher->get('/')->count('//task[@code = "finals"]'), 0, 'but not weeks before';
$t->today('2026-12-29');

# ---------------------------------------------------------------- rights ----

is join(' ', map { $t->login($_)->get($page)->status } qw(director administrator teacher class-teacher parent)), '200 200 404 404 404', 'heads have the page';
is $t->login('director')->get($page, html => 1)->count('//form[contains(@action, "closing")]'), 0, 'a director without its form';
is $close->($t->login($_), is_incomplete => 1)->status, 404, "$_ closes nothing" for qw(director administrator teacher);
done_testing;
