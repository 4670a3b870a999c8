#!/usr/bin/perl
# journal_print.t: the official spread of the class journal, as a document and
# as the page that is printed.
# Source: requirements 3.1. tests/browser checks how it is divided into sheets of paper.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(49);

sub rows { return @{$t->db->selectall_arrayref($_[0], {Slice => {}}, @_[1 .. $#_])} }
my $deputy = $t->login('deputy');
my $path   = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-09-20');
my ($id)   = $path =~ /(\d+)$/;

# The printed form of a journal.
sub printed {
    my ($client, $journal) = @_;
    return $client->get("$journal?format=print", html => 1);
}

my $r = printed($deputy, $path);
is $r->status . ' ' . $r->type, '200 text/html', 'a deputy prints a journal';
like $r->content, qr/Муниципальное бюджетное общеобразовательное учреждение «Школа №\x{a0}92»/, 'the form has the full name of the school, without a break after №';
like $r->content, qr/Алгебра.*7Б.*I четверть.*2026\/2027/s, 'the form has subject, class, term and year';
my ($teacher) = rows(q{SELECT concat_ws(' ', f.surname, f.given_name, f.patronymic) AS name FROM ej.staff f
    JOIN ej.account a ON a.person_id = f.person_id WHERE a.login = 'teacher'});
like $r->content, qr/Учитель:.*\Q$teacher->{name}\E/s, 'the form has the full name of the teacher';
is $r->count('//nav | //header[@class="top"] | //script'), 0, 'the form has no menu and no script';

# ------------------------------------------------------ left page: marks ---

my @lessons = rows(q{SELECT l.id, l.held_on, extract(day FROM l.held_on)::int AS day, l.hours, l.topic FROM ej.lesson l
    JOIN ej.journal j ON j.teaching_id = l.teaching_id JOIN ej.term e ON e.id = j.term_id AND e.during @> l.held_on
    WHERE j.id = ? AND l.state IN ('planned', 'given') ORDER BY l.held_on, l.slot}, $id);
my @sheets = $r->nodes('//section[contains(@class, "marks-sheet")]');
is scalar(@sheets), 2, 'twenty-three lessons take two spreads';
is join(' ', map { $_->findvalue('.//p[@class="head"][2]/span[2]') } @sheets), 'Разворот 1 из 2 Разворот 2 из 2', 'the spreads are numbered';
is join(' ', map { $_->findvalue('count(.//thead/tr[3]/th)') } @sheets), '12 11', 'the spreads have about the same number of lessons';
is_deeply [map { $_->textContent } map { $_->findnodes('.//thead/tr[3]/th') } @sheets], [map { $_->{day} } @lessons],
    'each lesson has a column with its day';
is join(' ', map { $_->textContent } map { $_->findnodes('.//thead/tr[2]/th[@scope="colgroup"]') } @sheets), 'сентябрь сен октябрь', 'the months stand over their lessons; over two days the name is cut to three letters';
is $sheets[0]->findvalue('count(.//th[@class="term"])') . $sheets[1]->findvalue('count(.//th[@class="term"])'), '01',
    'the term mark stands after the last date and nowhere else (FIN-02)';
is $sheets[1]->findvalue('string((.//thead/tr[2]/th)[last()])'), 'I ч.', 'the column of term marks has the name of the term';
my @pupils = rows(q{SELECT p.id, p.surname || ' ' || p.given_name AS name, b.during @> '2026-10-24'::date AS stays FROM ej.journal j
    JOIN ej.teaching t ON t.id = j.teaching_id JOIN ej.membership b ON b.study_group_id = t.study_group_id
    JOIN ej.term e ON e.id = j.term_id AND e.during && b.during JOIN ej.pupil p ON p.id = b.pupil_id
    WHERE j.id = ? ORDER BY p.surname, p.given_name}, $id);
for my $sheet (@sheets) {
    my $n = 0;
    is_deeply [map { $_->findvalue('concat(td[1], " ", th/div/text()[not(../s)], th/div/s)') } $sheet->findnodes('.//tbody/tr')],
        [map { ++$n . " $_->{name}" } @pupils], 'each spread has every pupil, numbered, by alphabet';
}
is join(' ', map { $_->textContent } $sheets[0]->findnodes('.//tbody//s')), 'Ефремов Макар', 'a pupil who left is struck through';

# The printed text of a cell: н for every reason, nothing for lateness,
# marks of several works and attempts joined by "/".
sub wanted {
    my ($lesson, $pupil) = @_;
    my $code = $t->value('SELECT code FROM ej.attendance WHERE lesson_id = ? AND pupil_id = ?', $lesson, $pupil) // '';
    my $marks = join '/', map { $_->{value} } rows(q{SELECT m.value FROM ej.mark m JOIN ej.work w ON w.id = m.work_id
        WHERE w.lesson_id = ? AND m.pupil_id = ? AND m.value IS NOT NULL ORDER BY w.id, m.attempt}, $lesson, $pupil);
    return join ' ', grep { $_ ne '' } $code =~ /^[нбуп]$/ ? 'н' : '', $marks;
}
sub cells {
    my ($reply) = @_;
    my @rows;
    for my $sheet ($reply->nodes('//section[contains(@class, "marks-sheet")]')) {
        my $n = 0;
        push @{$rows[$n++]}, map { $_->textContent =~ s/\x{200b}//gr } $_->findnodes('td[not(@class = "no" or @class = "term")]')
            for $sheet->findnodes('.//tbody/tr');
    }
    return \@rows;
}
sub expected {
    my ($lessons, $pupils) = @_;
    return [map { my $p = $_; [map { wanted($_->{id}, $p->{id}) } @$lessons] } @$pupils];
}
is_deeply cells($r), expected(\@lessons, \@pupils), 'every cell is what the tables hold';
is $sheets[1]->findvalue('count(.//tbody//td[@class="term"])'), scalar(@pupils), 'every row has a cell for the term mark';
is_deeply [grep {length} map { $_->textContent } $sheets[1]->findnodes('.//tbody//td[@class="term"]')], [map { $_->{value} } rows(q{
    SELECT m.value FROM ej.term_mark m JOIN ej.journal j ON j.term_id = m.term_id JOIN ej.teaching t ON t.id = j.teaching_id
      AND t.subject_id = m.subject_id JOIN ej.pupil p ON p.id = m.pupil_id WHERE j.id = ? AND m.value IS NOT NULL
       AND EXISTS (SELECT FROM ej.membership b WHERE b.study_group_id = t.study_group_id AND b.pupil_id = p.id)
     ORDER BY p.surname, p.given_name}, $id)], 'every term mark is what the tables hold';

# ---------------------------------------------------- right page: topics ---

my @topics = $r->nodes('//section[contains(@class, "topics-sheet")]//tbody/tr');
is scalar(@topics), scalar(@lessons), 'the right pages have a line for each lesson';
my $wrong = 0;
for my $n (0 .. $#lessons) {
    my ($date, $hours, $topic) = map { $topics[$n]->findvalue("normalize-space(td[$_])") } 1 .. 3;
    my ($month, $day) = $lessons[$n]{held_on} =~ /-(\d\d)-(\d\d)$/;
    $wrong++ unless $date =~ /^0?\Q@{[$day + 0]}\E\.$month/ && $hours == $lessons[$n]{hours}
        && index($topic, $lessons[$n]{topic} =~ s/\s+/ /gr) == 0;
}
is $wrong, 0, 'each line has date, hours and topic of its lesson';
my ($control) = grep { $_->textContent =~ /Контрольная работа по теме «Степень/ } @topics;
like $control->findvalue('string(td[3]/i)'), qr/контрольная работа/, 'the line of a lesson has the kind of work (JRN-03)';
is_deeply [map { $_->findvalue('string(td[4])') } @topics], [map {
        join "\n", map { $_->{text} } rows('SELECT text FROM ej.homework WHERE lesson_id = ? AND NOT is_personal ORDER BY id', $_->{id})
    } @lessons], 'the lines have the homework, without that for one pupil';
is $r->count('//div[@class="closing"]'), 1, 'signatures are printed once';
like $r->xpath('string(//div[@class="closing"])'), qr/Учитель.*Заместитель директора.*М\. П\./s, 'the signatures are those of the teacher and the deputy, with a place for the seal';
is $r->xpath('string(//div[@class="closing"]/p[1]/b)'), scalar(@lessons), 'the signatures stand under the number of given hours';
sub signed { return printed(@_)->xpath('string((//p[@class="signature"])[2]/span[3])') }
my ($head) = rows(q{SELECT f.id, f.surname || ' ' || left(f.given_name, 1) || '. ' || left(f.patronymic, 1) || '.' AS name FROM ej.staff f
    JOIN ej.account a ON a.person_id = f.person_id WHERE a.login = 'deputy'});
is signed($t->login('teacher'), $path), $head->{name}, 'the deputy is named, whoever prints the form';
$t->db->do(q{INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during)
    SELECT id, 1, 'deputy', '7', '2026-09-01', '[2026-09-01,)' FROM ej.staff WHERE school_id = 1 AND id <> ? LIMIT 1}, undef, $head->{id});
is signed($deputy, $path), '', 'if the school has several deputies none is named';
$t->db->do(q{DELETE FROM ej.staff_role WHERE role = 'deputy' AND order_no = '7' AND school_id = 1});

# ------------------------------------------------- letters, works, retakes ---

my $second = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $teach  = $t->login('teacher');
my $page   = $teach->get($second);
my @column = map { $page->xpath(qq{string(//column[\@held_on = "$_"][1]/\@column_id)}) } '2026-11-11', '2026-11-13';
my @who    = $page->texts('//pupil/@pupil_id');
$teach->post($second, column_id => [($column[0]) x 6], pupil_id => [@who[0 .. 5]], old => [('') x 6],
    value => ['б', 'у', 'п', 'о', 'о 4', '2/5']);
my ($lesson) = rows('SELECT l.* FROM ej.lesson l JOIN ej.work w ON w.lesson_id = l.id WHERE l.id = ?', $column[0]);
my $work = $t->value('SELECT ej.new_id(2026)');
$t->db->do(q{INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
    SELECT ?, school_id, lesson_id, journal_id, teaching_id, kind_id, 100, scale_id FROM ej.work WHERE lesson_id = ? LIMIT 1},
    undef, $work, $lesson->{id});
$teach->post($second, column_id => $work, pupil_id => $who[5], old => '', value => '4');
$r = printed($teach, $second);
my ($at) = grep { $r->xpath("string((//section[contains(\@class, 'marks-sheet')])[1]//thead/tr[3]/th[$_])") eq '11' } 1 .. 8;
is_deeply [map { cells($r)->[$_][$at - 1] } 0 .. 5], ['н', 'н', 'н', '', '4', '2/5/4'],
    'in print every reason is «н», lateness is empty, and the marks of a day stand together';
is $r->count('//section[contains(@class, "marks-sheet")]//thead/tr[3]/th'),
    $t->value(q{SELECT count(*) FROM ej.lesson WHERE teaching_id = ? AND held_on BETWEEN '2026-11-02' AND '2026-11-20'}, $lesson->{teaching_id}),
    'two works of a lesson have one column, and future lessons none';
like $r->content, qr/\(замена: Латышев/, 'a lesson given by a substitute has the name';
is $teach->get("$second?format=print")->status, 200, 'a teacher can print their own journal';

# A class in which only one pupil, in the middle of the list, has a term mark.
sub ragged { # rows whose cells are not as many as the head's columns
    my ($reply) = @_;
    return map { my $columns = $_->findvalue('count(.//col)');
        grep { $_->findvalue('sum((td | th)/@colspan) + count((td | th)[not(@colspan)])') != $columns } $_->findnodes('.//tbody/tr | .//thead/tr[1]') }
        $reply->nodes('//section[contains(@class, "marks-sheet")]//table');
}
is scalar(ragged($r)), 0, 'every row has a cell for every column';
is $r->count('//th[@class="term"]'), 0, 'without term marks there is no column for them';
is $teach->post($second, column_id => $page->xpath('string(//column[last()]/@column_id)'), pupil_id => $who[3], old => '', value => 'осв')->status, 303,
    'one pupil of the class gets a term mark';
$r = printed($teach, $second);
is join('|', map { $_->textContent } $r->nodes('//tbody//td[@class="term"]')), join('|', map { $_ == 3 ? 'осв' : '' } 0 .. $#who),
    'with one term mark all pupils have a cell for it';
is scalar(ragged($r)), 0, 'the rows with term marks have a cell for every column';
is $t->login('sport')->get("$second?format=print", html => 1)->status, 404, 'another teacher cannot print the journal';
is $t->login('class-teacher')->get("$second?format=print", html => 1)->status, 200, 'the class teacher can print the journal of the class';

# ------------------------------------------------------ subgroups, grade 1 ---

my ($one, $two) = map { printed($deputy, $t->path(journal => class => '7Б', subject => 'Английский язык', staff => $_, on => '2026-11-20')) }
    'Моисеева', 'Андреев';
my %in = map { $_ => 1 } map { s/\s+$//r } map { $_->textContent } $one->nodes('//section[contains(@class, "marks-sheet")][1]//tbody//th');
is scalar(grep { $in{$_} } map { s/\s+$//r } map { $_->textContent } $two->nodes('//section[contains(@class, "marks-sheet")][1]//tbody//th')), 0,
    'the subgroups have no pupil in common';
is scalar(keys %in) + $two->count('//section[contains(@class, "marks-sheet")][1]//tbody/tr'), 11, 'the subgroups together are the class';
my $little = $t->path(journal => class => '1А', subject => 'Русский язык', on => '2026-11-20');
$r = printed($t->login('grade1'), $little);
is $r->count('//section[contains(@class, "topics-sheet")][1]//thead/tr[2]/th'), 3, 'in grade 1 the right page has no homework';
is_deeply [grep { !/^н?$/ } map {@$_} @{cells($r)}], [], 'in grade 1 the left page has only «н»';
is $r->count('//th[@class="term"]'), 0, 'in grade 1 there is no column for term marks';
my $empty = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2027-02-02');
like printed($deputy, $empty)->content, qr/За этот период в журнале нет уроков/, 'the form of a term without lessons says so';
$r = $deputy->get($path . '?format=print');
is $r->type, 'text/html', 'format=print gives the form, whatever the client accepts';

# ------------------------------------------------------------------ the year ---

my $year = $t->value(q{SELECT y.id FROM ej.journal j JOIN ej.journal y ON y.teaching_id = j.teaching_id
    JOIN ej.term e ON e.id = y.term_id AND e.kind = 'year' WHERE j.id = ?}, $id);
$r = printed($deputy, "/journals/$year");
is $r->count('//section[contains(@class, "sheet")]'), 1, 'the journal of the year is one page';
is join(' ', map { $_->textContent } $r->nodes('//thead//th[@class="term"]')), 'I ч. II ч. III ч. IV ч. Год', 'the journal of the year has the term marks and its own';
is_deeply [map { $_->findvalue('string(td[@class="term"][1])') } $r->nodes('//tbody/tr')],
    [map { $_->findvalue('string(td[@class="term"])') } $sheets[1]->findnodes('.//tbody/tr')], 'the term marks of the year are those of the quarters';
is $r->count('//div[@class="closing"]') . $r->count('//tbody/tr[count(td[@class="term"]) != 5]'), '10', 'the journal of the year has signatures, and every row all cells';
