#!/usr/bin/perl
# reports.t: who opens which report, its filters and formats; the rows of a number.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my %client = map { $_ => $t->login($_) } qw(deputy director administrator class-teacher teacher-parent observer parent personnel);
my $deputy = $client{deputy};

# ----------------------------------------------------------------- who opens ----

sub listed { return join ' ', map { $_->getAttribute('report_key') } $client{$_[0]}->get('/reports')->nodes('//report') }
is listed('director'), listed('deputy'), 'director and deputy have the same reports';
like listed('deputy'), qr/\bschool\b.*\bprogramme\b/, 'those of classes and of teachings';
is listed('teacher-parent'), join(' ', grep { /^(?:teachers|journals|programme|controls|filling)$/ } split / /, listed('deputy')), 'a teacher without a class has those of teachings';
is join(' ', map { $client{$_}->get('/reports')->status } qw(parent personnel)), '404 404', 'families and HR have none';
is join(' ', map { $client{'teacher-parent'}->get("/reports/$_")->status } qw(school programme none)), '404 200 404', 'a report that is not theirs is not there';
# Every report by every role: those of classes, of teachings, of the school's heads.
my %opened = ((map { $_ => 'class teaching head' } qw(deputy director administrator)), observer => 'class teaching', 'class-teacher' => 'class teaching',
    'teacher-parent' => 'teaching', parent => '', pupil => '', personnel => '', meals => '');
for my $who (sort keys %opened) {
    my $c = $client{$who} // $t->login($who);
    my @wrong = grep { $c->get("/reports/$_->[0]")->status != ($opened{$who} =~ /\b$_->[1]\b/ ? 200 : 404) } @{$t->db->selectall_arrayref('SELECT report_key, reach FROM ej.report_list()')};
    is join(' ', map { $_->[0] } @wrong), '', "$who opens the reports " . ($opened{$who} ? "of $opened{$who}" : 'of nobody') . ', and no other';
}
is join(' ', map { $_->getAttribute('line') } $client{'class-teacher'}->get('/reports/school')->nodes('//line')), 'class-2', 'a class teacher has the line of the own class';
is refused($client{'class-teacher'}->get('/reports/school?class_id=1')), '422 JE106:class_id', 'another class is none';

# A class of two teachers, then of three.
is join(' ', map { $_->getAttribute('line') =~ /class/ ? $_->getAttribute('line') : () } $client{observer}->get("/reports/$_")->nodes('//line')), '', "$_: an observer sees no class where one has two teachers" for qw(keeping school filling);
$t->db->do('SET session_replication_role = replica');
$t->db->do(q{UPDATE ej.teaching SET staff_id = (SELECT min(s.id) FROM ej.staff AS s WHERE s.school_id = 1 AND s.id NOT IN (
    SELECT t.staff_id FROM ej.teaching AS t JOIN ej.study_group_class AS g USING (study_group_id) JOIN ej.class AS c ON c.id = g.class_id AND c.name = '1А' AND c.school_id = 1 WHERE t.staff_id IS NOT NULL))
    WHERE id = (SELECT min(t.id) FROM ej.teaching AS t JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.name = '1А' WHERE t.school_id = 1)});
$t->db->do('RESET session_replication_role');
my $seen = $client{observer}->get('/reports/results');
cmp_ok $seen->count('//line'), '>', 0, 'an observer has the sums';
is $seen->count('//@pupil_id') + $seen->count('//@pupil_name'), 0, 'and no pupil';
is $client{observer}->get('/reports/school/rows?line=school&column=pupils')->status, 404, 'and no rows';
unlike $client{observer}->get('/reports/school', html => 1)->content, qr{/rows\?}, 'nor a link to them';
is $client{observer}->get('/reports/school')->xpath('string(//line[@line="class-2"]/c[1])'),
    $deputy->get('/reports/school')->xpath('string(//line[@line="class-2"]/c[1])'), 'the sums are the same as the deputy\'s';

# An observer sees sums of at least five pupils, and of one subject of at least three teachers.
sub sums { my ($path) = @_; return join ' ', map { $_->getAttribute('line') } $client{observer}->get("/reports/$path")->nodes('//line') }
my ($single) = $t->db->selectrow_array(q{SELECT t.subject_id FROM ej.teaching t JOIN ej.study_group g ON g.id = t.study_group_id WHERE t.school_id = 1 AND g.name = '7Б' ORDER BY t.id LIMIT 1});
is $t->value(q{SELECT count(DISTINCT staff_id) < 3 FROM ej.teaching WHERE school_id = 1 AND subject_id = ?}, $single), 1, 'a subject of fewer than three teachers';
cmp_ok $deputy->get("/reports/quality?subject_id=$single")->count('//line'), '>', 1, 'the deputy sees its sums';
is sums("quality?subject_id=$single"), '', 'an observer does not';
is sums("quality?subject_id=$single&class_id=2"), '', 'nor those of one class';
is $client{observer}->get('/reports/quality')->count('//line[@kind = "subject"]'), 0, 'and no line of a subject in a class, which is of one teacher';
like sums('school'), qr/class-2.*school/, 'those of whole classes and of the school are there';
$t->db->do('SET session_replication_role = replica'); # without what follows from it
$t->db->do(q{UPDATE ej.enrolment SET during = daterange(lower(during), '2026-11-10') WHERE class_id = 1 AND pupil_id IN (SELECT pupil_id FROM ej.enrolment WHERE class_id = 1 ORDER BY pupil_id OFFSET 4)});
unlike sums('school'), qr/class-/, 'with four pupils in a class no single classes, since all but one tell that one';
like sums('school'), qr/school/, 'but the whole school';
is join('|', map { sums("school?class_id=$_") } 1, 2) . '|' . sums('school?level=5'), '||', 'neither by choosing the class, nor the others';
$t->db->do(q{UPDATE ej.enrolment SET during = daterange(lower(during), '2027-09-01') WHERE class_id = 1 AND upper(during) = '2026-11-10'});
$t->db->do('RESET session_replication_role');

# ------------------------------------------------------------------- filters ----

is refused($deputy->get('/reports/attendance?from_on=2026-11-10&till_on=2026-11-01')), '422 JE132:till_on', 'the last day is not before the first';
is refused($deputy->get('/reports/attendance?from_on=2020-11-10')), '422 JE171:from_on', 'a day outside the year is refused';
is refused($deputy->get('/reports/attendance?from_on=yesterday')), '422 JE103:from_on', 'and what is no day';
is refused($deputy->get('/reports/school?term_id=999999')), '422 JE106:term_id', 'a term of nothing';
is refused($deputy->get('/reports/school?year=2031')), '422 JE106:year', 'a year that is not there';
is refused($deputy->get('/reports/quality?subject_id=999999')), '422 JE106:subject_id', 'a subject that is not there';
is refused($deputy->get('/reports/programme?staff_id=999999')), '422 JE106:staff_id', 'a teacher who is not there';
is join(' ', map { $_->getAttribute('line') } $deputy->get('/reports/school?class_id=2')->nodes('//line')), 'class-2', 'one class has one line and no totals';
is $deputy->get('/reports/school?level=10')->count('//line[@class_name = "7Б"]'), 0, 'a level has its classes alone';
my $whole = $deputy->get('/reports/attendance?from_on=2026-11-02&till_on=2026-11-20');
my @parts = map { $deputy->get("/reports/attendance?from_on=$_->[0]&till_on=$_->[1]") } ['2026-11-02', '2026-11-10'], ['2026-11-11', '2026-11-20'];
my $cell = 'string(//line[@line="school"]/c[3])';
is $parts[0]->xpath($cell) + $parts[1]->xpath($cell), $whole->xpath($cell), 'two parts of some days add up';

# ------------------------------------------------------------ rows, formats ----

my $rows = $deputy->get('/reports/school/rows?line=class-2&column=pupils');
sub title { my ($line) = @_; return $deputy->get("/reports/school/rows?line=$line&column=good", html => 1)->content =~ m{<h1[^>]*>([^<]*)} ? $1 : undef }
is title('class-2'), 'Успеваемость по школе: 7Б класс, из них, хорошисты', 'the title of the rows says whose they are and what is counted';
is title('school'), 'Успеваемость по школе: Всего, из них, хорошисты', 'also of all';
is $rows->count('//row'), $deputy->get('/reports/school')->xpath('string(//line[@line="class-2"]/c[1])'), 'the number of pupils is made of so many rows';
is $deputy->get('/reports/school/rows?line=class-999&column=pupils')->count('//row'), 0, 'a line of nothing has none';
is $deputy->get('/reports/school/rows?line=x;y&column=pupils&name=school')->count('//row'), 0, 'nor has one of another form';
is $deputy->get('/reports/school/rows?name=nothing')->status, 404, 'a table that the report does not have';
is $client{'class-teacher'}->get('/reports/school/rows?line=class-1&column=pupils')->count('//row'), 0, 'a class teacher has no rows of another class';
my $csv = $deputy->get('/reports/school?format=csv')->content;
my ($pupils, $rated) = map { $deputy->get('/reports/school')->xpath(qq{string(//line[\@line="class-2"]/c[$_])}) } 1, 2;
like $csv, qr/"7Б";"$pupils";"$rated"/, 'the table is there as CSV';
my $mastery = $deputy->get('/reports/mastery/rows?name=mastery_pupils&line=class-2&column=places', html => 1);
my ($all, $none) = map { $mastery->count($_) } '//tbody/tr', '//td[@data-word = "Отметка"][normalize-space() = "нет"]';
is $all - $none, $deputy->get('/reports/mastery/rows?name=mastery_pupils&line=class-2&column=places')->count('//row/@value'), 'of mastery a pupil without a mark has the word «нет»';
is substr($deputy->get('/reports/results?class_id=2&format=xlsx')->content, 0, 2), 'PK', 'and as a workbook';
my $print = $deputy->get('/reports/results?class_id=2&format=print', html => 1)->content;
like $print, qr/Классный руководитель.*?подпись/s, 'on paper it has lines for signatures';
like $print, qr/7Б класс, I четверть/, 'and says of what it is';

# In November a class with half-years has had none: its reports are of the first, not of the second, which may be asked for.
my ($half, $next) = map { @$_ } @{$t->db->selectall_arrayref(q{SELECT e.id FROM ej.term e JOIN ej.class c ON c.term_plan_id = e.term_plan_id WHERE c.name = '10А' AND c.school_id = 1 AND e.is_taught ORDER BY lower(e.during)})};
my $tenth = $t->value(q{SELECT id FROM ej.class WHERE name = '10А' AND school_id = 1});
is join(' ', map { $deputy->get("/reports/$_?class_id=$tenth")->xpath('string(//reports/@term_name)') } qw(leader school results)), join(' ', ($t->value('SELECT name FROM ej.term WHERE id = ?', $half)) x 3), 'a report is of the term that has begun';
is join(' ', map { $deputy->get("/reports/$_?class_id=$tenth&term_id=$next")->status } qw(leader results attendance keeping)), '200 200 200 200', 'that of a term to come has nothing yet';

# A file or a printed page with several pupils is in the log of access, for each of them.
my $taken = q{SELECT count(*) || ' ' || count(DISTINCT pupil_id) FROM ej.card_view WHERE path = ?};
$t->db->do('DELETE FROM ej.card_view');
my $named = $deputy->get('/reports/results?class_id=2')->count('//line[@kind = "pupil"]');
$deputy->get('/reports/school?class_id=2&format=csv');
is $t->value('SELECT count(*) FROM ej.card_view'), 0, 'what is read on the screen, or names nobody, is not in the log';
$deputy->get('/reports/results?class_id=2&format=csv');
is $t->value($taken, '/reports/results'), "$named $named", 'a file with the pupils of a class is';
$deputy->get('/reports/results?class_id=2&format=print', html => 1);
is $t->value($taken, '/reports/results'), 2 * $named . " $named", 'the same on paper';
$client{'class-teacher'}->get('/reports/school/rows?line=class-2&column=pupils&format=xlsx');
is $t->value($taken, '/reports/school/rows'), join(' ', ($rows->count('//row')) x 2), 'and the rows of a number';
is $client{director}->get('/views')->count('//opening[@path = "/reports/results"][@pupil_id]') > 0, 1, 'where the director reads who took it';

# ------------------------------------------------------------------- keeping ----

# The duties are those of the page «Контроль», where they are counted a second time by its tests.
my %of_duty;
for my $page (1 .. 5) {
    my $rows = $deputy->get("/reports/keeping/rows?name=keeping&line=class-2&column=due&from_on=2026-09-01&till_on=2026-11-20&page=$page");
    $of_duty{$_->getAttribute('value')} += $_->getAttribute('amount') // 1 for $rows->nodes('//row');
    last if $rows->xpath('string(//reports/@pages)') <= $page;
}
my %controlled = map { $_->[0] => $_->[1] } @{$t->db->selectall_arrayref(q{SELECT f.duty_key, count(*) FROM ej.duty_facts(
    ARRAY(SELECT DISTINCT d.part FROM ej.duties() AS d), ARRAY(SELECT id FROM ej.teaching WHERE school_id = 1 AND year = 2026), ARRAY[2::bigint], '2026-09-01', '2026-11-20') AS f
   WHERE f.class_id = 2 AND f.duty_key NOT IN ('visit', 'receipt', 'objectivity') GROUP BY 1})};
is_deeply \%of_duty, \%controlled, 'each duty of a class has as many cases as the control counts';
is join(' ', map { $_->getAttribute('line') } $client{'class-teacher'}->get('/reports/keeping')->nodes('//line')), 'class-2', 'a class teacher has the own class';
my $kept = '/reports/keeping?from_on=2026-09-01&till_on=2026-11-20';
is $client{observer}->get($kept)->xpath('string(//line[@line="class-2"]/c[1])'), $deputy->get($kept)->xpath('string(//line[@line="class-2"]/c[1])') - $t->value(q{SELECT count(*) FROM ej.duty_facts(
    '{weeks,visits}', '{}', ARRAY[2::bigint], '2026-09-01', '2026-11-20') AS f WHERE f.duty_key <> 'visit'}), 'an observer the numbers, but for what the class teacher owes alone';
is $client{observer}->get('/reports/monitor')->count('//column[@key = "risk"]'), 0, 'but no forecast';

# ------------------------------------------------------- the use of the journal ----

# The last month is written once, from what the tables have then.
$t->db->do(q{DELETE FROM ej.activity});
my ($of_teacher) = map { $t->value('SELECT a.id FROM ej.account AS a WHERE a.login = ?', $_) } 'teacher';
$t->db->do(q{INSERT INTO ej.visit (account_id, seen_on) SELECT ?, d FROM unnest('{2026-09-30,2026-10-01,2026-10-31,2026-11-01}'::date[]) AS d ON CONFLICT DO NOTHING}, undef, $of_teacher);
$t->db->do(q{INSERT INTO ej.entrance (account_id, made_at, way, agent) SELECT ?, x, 'password', '-' FROM unnest('{2026-09-30 20:59Z,2026-09-30 21:01Z,2026-10-31 20:59Z,2026-10-31 21:01Z}'::timestamptz[]) AS x}, undef, $of_teacher);
my $entries = $t->value(q{SELECT count(*) FROM ej.history WHERE account_id = ? AND school_id = 1 AND made_at >= '2026-09-30 21:00Z' AND made_at < '2026-10-31 21:00Z'}, $of_teacher);
$t->value('SELECT ej.activity_freeze()');
my $written = q{SELECT string_agg(a.month_on || ' ' || a.people || a.active || ' ' || a.entrances || ' ' || a.days || ' ' || a.entries, '; ') FROM ej.activity AS a
    JOIN ej.staff AS s ON s.id = a.staff_id JOIN ej.account AS c ON c.person_id = s.person_id WHERE c.id = ? AND a.school_id = 1};
is $t->value($written, $of_teacher), "2026-10-01 11 2 2 $entries", 'the month before has the log-ins, days and entries of its days in the time of the school';
$t->db->do(q{INSERT INTO ej.visit (account_id, seen_on) VALUES (?, '2026-10-15')}, undef, $of_teacher);
$t->value('SELECT ej.activity_freeze()');
is $t->value($written, $of_teacher), "2026-10-01 11 2 2 $entries", 'what is written stays';
is $deputy->get('/reports/activity')->xpath('string(//table[@name = "activity"]/line[@line = "school"]/c[2])'), '2', 'the report shows it';
is $client{$_}->get('/reports/activity')->status, 404, "$_: has no report of colleagues" for qw(teacher-parent observer class-teacher);
is $t->value(q{SELECT sum(people) FROM ej.activity WHERE school_id = 1 AND role = 'pupil'}), $t->value(q{SELECT count(*) FROM ej.enrolment AS n
    JOIN ej.pupil AS p ON p.id = n.pupil_id JOIN ej.account AS a ON a.person_id = p.person_id WHERE n.school_id = 1 AND n.during @> date '2026-10-31'}), 'each pupil counts once';

# The official forms name who is behind some of the numbers: counted here from the marks themselves.
sub form { my ($key) = @_; return $deputy->get("/reports/$key?class_id=2&format=print", html => 1)->content }
sub with_mark { my (@values) = @_; return map { @$_ } @{$t->db->selectall_arrayref(q{SELECT DISTINCT p.surname || ' ' || p.given_name AS name FROM ej.term_mark m JOIN ej.term e ON e.id = m.term_id AND e.name = 'I четверть'
    JOIN ej.enrolment n ON n.pupil_id = m.pupil_id AND n.class_id = 2 AND n.during @> upper(e.during) - 1 JOIN ej.pupil p ON p.id = m.pupil_id WHERE m.value = ANY (?) ORDER BY 1}, undef, \@values)} }
my $leader = form('leader');
my ($failing) = $leader =~ m{<b>Неуспевающие</b>: (.*?)</p>}s;
my @names = with_mark('2');
is join(' ', sort map { s/ \(.*//rs } split /; /, $failing), join(' ', @names ? sort(@names) : 'нет'), 'the class teacher\'s report names those who fail';
like $leader, qr/1\. Движение.*На начало.*2\. Успевающие.*3\. По предметам.*4\. Пропуски.*5\. Класс в целом.*Классный руководитель/s, 'in the parts of its form';
my @listed = form('teachers') =~ m{<td>([^<]*)</td></tr>}g;
my @without = with_mark('2', 'н/а');
my $listed = join ' ', @listed;
is join(' ', grep { index($listed, $_) < 0 } @without), '', 'the teacher\'s report names those who fail or have no mark';
my $finals = form('finals');
is scalar(() = $finals =~ /<th scope="rowgroup"/g), $t->value(q{SELECT count(DISTINCT m.pupil_id) FROM ej.term_mark m JOIN ej.term e ON e.id = m.term_id JOIN ej.enrolment n ON n.pupil_id = m.pupil_id AND n.class_id = 2 AND n.during @> upper(e.during) - 1
    JOIN ej.class c ON c.id = 2 AND c.term_plan_id = e.term_plan_id WHERE m.value IS NOT NULL}), 'the sheet of term marks has each pupil once';
like $finals, qr/Решение педсовета.*Директор/s, 'with the place for the decision, and who signs';
my @twins = form('pairs') =~ m{<table class="data report twins">}g;
is scalar(@twins), int((() = $finals =~ /<th scope="rowgroup"/g) / 2 + 0.5), 'its other layout has two pupils in a table';
like form('attendance'), qr{Полных дней</th><th scope="colgroup" colspan="5">Уроков}, 'the sheet of attendance has the columns of its form';
like form('programme'), qr/Причина.*Чем компенсировано/s, 'the report on the programme has places for reasons';
# The same of pupils whom a printed form names beside its figures.
$t->db->do(q{UPDATE ej.term_mark AS m SET value = '2' FROM (
    SELECT DISTINCT ON (m.pupil_id) m.pupil_id, m.subject_id, m.term_id FROM ej.term_mark AS m JOIN ej.journal AS j USING (teaching_id, term_id)
      JOIN ej.term AS e ON e.id = m.term_id AND e.name = 'I четверть' JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = '2'
     WHERE m.school_id = 1 AND j.closed_at IS NULL AND m.value IS NOT NULL ORDER BY m.pupil_id, m.subject_id LIMIT 2) AS x
    WHERE m.pupil_id = x.pupil_id AND m.subject_id = x.subject_id AND m.term_id = x.term_id});
$deputy->get('/reports/teachers?format=csv');
is $t->value($taken, '/reports/teachers'), '0 0', 'a file of figures names nobody';
$deputy->get('/reports/teachers?format=print', html => 1);
cmp_ok $t->value(q{SELECT count(DISTINCT pupil_id) FROM ej.card_view WHERE path = '/reports/teachers'}), '>=', 2, 'the form says who has failed, and that is in the log';
done_testing;
