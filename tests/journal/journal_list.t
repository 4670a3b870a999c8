#!/usr/bin/perl
# journal_list.t: the list of journals by year, subject and teacher; and that
# a grid and a diary count retakes alike.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(22);

sub run { return $t->db->do($_[0], undef, @_[1 .. $#_]) }
my $deputy  = $t->login('deputy');
my $teacher = $t->login('teacher');
sub list { return join '; ', $deputy->get("/journals$_[0]")->texts('//teaching/@class_name') }

# ------------------------------------------------------------- the filters ---

my $all   = list('');
my ($old) = @{$t->db->selectcol_arrayref(<<'SQL')};
WITH y AS (INSERT INTO ej.school_year (school_id, year, during)
           VALUES (1, 2025, '[2025-09-01,2026-08-31)'), (1, 2027, '[2027-09-01,2028-08-31)')),
     p AS (INSERT INTO ej.term_plan (school_id, year, name) VALUES (1, 2025, 'четверти') RETURNING id),
     e AS (INSERT INTO ej.term (school_id, term_plan_id, kind, ordinal, name, during)
           SELECT 1, id, 'quarter', 1, 'I четверть', '[2025-09-01,2025-10-25)' FROM p RETURNING id),
     g AS (INSERT INTO ej.study_group (school_id, year, kind, name) VALUES (1, 2025, 'elective', '6Б прежний') RETURNING id),
     t AS (INSERT INTO ej.teaching (school_id, year, study_group_id, subject_id, staff_id, hours_week, scale_id, term_scale_id)
           SELECT 1, 2025, g.id, o.subject_id, o.staff_id, 1, o.scale_id, o.term_scale_id
             FROM g, (SELECT * FROM ej.teaching WHERE school_id = 1 ORDER BY id LIMIT 1) AS o RETURNING id)
INSERT INTO ej.journal (school_id, teaching_id, term_id) SELECT 1, t.id, e.id FROM t, e RETURNING id
SQL
is list(''), $all, 'the list has the journals of the present school year only';
is list('?year=2025'), '6Б прежний', 'the list of another year can be chosen';
is $deputy->get('/journals?year=2025')->xpath('string(//term/@journal_id)'), $old, 'the list of another year has its terms';
is list('?year=2027'), '', 'a future year has no journals';
is join(' ', $deputy->get('/journals?year=x')->errors), 'JE102', 'a year that is not a number is refused';
my ($subject, $staff) = $t->db->selectrow_array(q{SELECT t.subject_id, t.staff_id FROM ej.teaching t JOIN ej.subject s ON s.id = t.subject_id
    JOIN ej.study_group g ON g.id = t.study_group_id WHERE g.name = '7Б' AND s.name = 'Алгебра' AND t.school_id = 1});
is_deeply [sort split /; /, list("?subject_id=$subject")], [sort @{$t->db->selectcol_arrayref(q{SELECT g.name FROM ej.teaching t
    JOIN ej.study_group g ON g.id = t.study_group_id WHERE t.subject_id = ? AND t.year = 2026}, undef, $subject)}], 'the list can be limited to a subject';
is_deeply [sort split /; /, list("?staff_id=$staff")], [sort @{$t->db->selectcol_arrayref(q{SELECT g.name FROM ej.teaching t
    JOIN ej.study_group g ON g.id = t.study_group_id WHERE t.staff_id = ? AND t.year = 2026}, undef, $staff)}], 'the list can be limited to a teacher';
is list("?staff_id=$staff&year=2027"), '', 'the list can be limited to a teacher and a year';

my $page = $deputy->get("/journals?year=2026&subject_id=$subject&staff_id=$staff", html => 1);
is_deeply {map { (($_->getAttribute('name') // $_->parentNode->getAttribute('name')) => $_->getAttribute('value')) }
        $page->nodes('//form[@class="filter"]//input | //form[@class="filter"]//option[@selected]')},
    {year => 2026, subject_id => $subject, staff_id => $staff}, 'choosing a class keeps the year and the other filters';
is $deputy->get('/journals', html => 1)->count('//form[@class="filter"]//input'), 0, 'choosing a class adds no filter';
like $deputy->get('/journals?year=2027', html => 1)->content, qr/По этому отбору журналов нет/, 'the page says that no journal fits the filters';

# ------------------------------------------------- what is still to be filled ---

# the start page of the deputy counts the same lessons by class
my %counted = map { $_->getAttribute('class_id') => $_->getAttribute('unfilled') } $deputy->get('/')->nodes('//summary');
my %listed  = map { $_ => $deputy->get("/journals?class_id=$_")->xpath('sum(//teaching/@unfilled)') } keys %counted;
is_deeply \%listed, \%counted, 'the unfilled lessons of a class are found in its journals';
cmp_ok scalar(grep { $_ } values %listed), '>', 0, 'there are unfilled lessons';

# The filters offer the subjects and teachers of the list.
$page = $deputy->get('/journals', html => 1);
is $page->count('//select[@name="subject_id"]/option') - 1, scalar(@{$t->db->selectcol_arrayref(
    'SELECT DISTINCT subject_id FROM ej.teaching WHERE school_id = 1 AND year = 2026')}), 'the deputy chooses among the subjects that are taught';
is $page->count('//select[@name="staff_id"]/option') - 1, scalar(@{$t->db->selectcol_arrayref(
    'SELECT DISTINCT staff_id FROM ej.teaching WHERE school_id = 1 AND year = 2026')}), 'the deputy chooses among the teachers';
is $deputy->get("/journals?subject_id=$subject", html => 1)->count(qq{//select/option[\@value="$subject"][\@selected]}), 1, 'the chosen subject is selected';

# In a journal a name is a link for people who may see the pupil.
my $grid = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $link = '//table[contains(@class, "marks")]/tbody/tr/th/a[contains(@href, "/pupils/")]';
cmp_ok $deputy->get($grid, html => 1)->count($link), '>', 5, 'the names of pupils are links for the deputy';
my $r = $teacher->get($grid, html => 1);
is $r->count($link), $r->count("$link\[contains(\@href, '/remarks')]"), 'for the teacher of another class they lead to remarks alone';

# ------------------------------------------------------------ retakes alike ---

my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my ($id)    = $journal =~ /(\d+)$/;
my $pupil   = $t->id(pupil => pupil => 'Булатова Варвара');
my ($work)  = $t->db->selectrow_array('SELECT min(id) FROM ej.work WHERE journal_id = ?', undef, $id);
run(q{UPDATE ej.mark SET value = NULL WHERE pupil_id = ? AND teaching_id = (SELECT teaching_id FROM ej.journal WHERE id = ?)
    AND work_id IN (SELECT id FROM ej.work WHERE journal_id = ?)}, $pupil, $id, $id);
run(q{INSERT INTO ej.scale_value (scale_id, school_id, value, name, number, order_no)
    SELECT scale_id, school_id, 'н/а', 'не аттестован', NULL, 9 FROM ej.work WHERE id = ?}, $work);
sub means {
    my ($rule, @values) = @_;
    run('UPDATE ej.school SET retake_counts = ? WHERE id = 1', $rule);
    run(q{INSERT INTO ej.mark (work_id, pupil_id, attempt, school_id, teaching_id, scale_id, value)
        SELECT id, ?, ?, school_id, teaching_id, scale_id, ? FROM ej.work WHERE id = ?
        ON CONFLICT (work_id, pupil_id, attempt) DO UPDATE SET value = excluded.value}, $pupil, $_ + 1, $values[$_], $work) for 0 .. $#values;
    return join ' ', $teacher->get($journal)->xpath(qq{string(//pupil[\@pupil_id = "$pupil"]/\@mean)}),
        $deputy->get("/pupils/$pupil/marks")->xpath(qq{string(//subject[\@subject_id = "$subject"]/\@mean)});
}
is means(mean => 'н/а', '4'), '4.00 4.00', 'an attempt without a number is not counted in a mean';
is means(mean => '3', 'н/а', '4'), '3.50 3.50', 'an attempt without a number is not counted, wherever it is';
is means(last => '3', 'н/а', '4'), '4.00 4.00', 'the last attempt is the last one with a number';
is means(best => '5', 'н/а', '4'), '5.00 5.00', 'the best attempt counts beside one without a number';
