#!/usr/bin/perl
# journal.t: the grid of one teaching and term against the tables, the list of
# journals, and who reads or writes which.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(79);

sub rows { return @{$t->db->selectall_arrayref($_[0], {Slice => {}}, @_[1 .. $#_])} }
sub run  { return $t->db->do($_[0], undef, @_[1 .. $#_]) }

# ----------------------------------------------- what a grid should be -----

# Hundredths, rounded half up, as a page shows them; '' for nothing.
sub mean {
    my ($sum, $weight) = @_;
    return $weight ? sprintf '%d.%02d', do { my $h = int((200 * $sum + $weight) / (2 * $weight)); (int $h / 100, $h % 100) } : '';
}

# {pupils => [[name, cells …, mean] …], columns => [id …], means => [column's …]}
# worked out from single rows: no join of the product is used.
sub expected {
    my ($journal) = @_;
    my ($j) = rows(q{SELECT j.*, t.study_group_id, t.subject_id, lower(e.during) AS a, upper(e.during) AS z
        FROM ej.journal j JOIN ej.teaching t ON t.id = j.teaching_id
        JOIN ej.term e ON e.id = j.term_id WHERE j.id = ?}, $journal);
    my @columns;
    for my $l (rows(q{SELECT id, held_on FROM ej.lesson WHERE teaching_id = ? AND held_on >= ? AND held_on < ?
            AND state IN ('planned', 'given') ORDER BY held_on, slot}, @$j{qw(teaching_id a z)})) {
        my @works = rows('SELECT id, weight_pct FROM ej.work WHERE lesson_id = ? ORDER BY id', $l->{id});
        push @columns, map { {%$l, lesson => $l->{id}, work => $_->{id}, weight => $_->{weight_pct}} } @works;
        push @columns, {%$l, lesson => $l->{id}} if !@works && $l->{held_on} le '2026-11-20';
    }
    my %mark;
    push @{$mark{$_->{work_id}}{$_->{pupil_id}}}, $_->{value} for rows(
        'SELECT * FROM ej.mark WHERE teaching_id = ? AND value IS NOT NULL ORDER BY attempt', $j->{teaching_id});
    my %code = map { ("$_->{lesson_id} $_->{pupil_id}" => $_->{code}) }
        rows('SELECT * FROM ej.attendance WHERE teaching_id = ?', $j->{teaching_id});
    # a grade without marks has no column of the term either
    my $is_marked = $t->value('SELECT NOT max(c.grade) = ANY (min(s.unmarked_grades)) FROM ej.study_group_class g
        JOIN ej.class c ON c.id = g.class_id JOIN ej.school s ON s.id = c.school_id WHERE g.study_group_id = ?', $j->{study_group_id});
    my (@pupils, %column);
    for my $p (rows(q{SELECT p.id, p.surname || ' ' || p.given_name AS name, lower(b.during) AS a, upper(b.during) AS z
            FROM ej.membership b JOIN ej.pupil p ON p.id = b.pupil_id
            WHERE b.study_group_id = ? AND b.during && daterange(?, ?)
            ORDER BY p.surname, p.given_name}, @$j{qw(study_group_id a z)})) {
        my ($sum, $weight, %seen, @cells) = (0, 0);
        for my $c (@columns) {
            my @marks = $c->{work} ? @{$mark{$c->{work}}{$p->{id}} || []} : ();
            my $code  = $seen{$c->{lesson}}++ ? undef : $code{"$c->{lesson} $p->{id}"};
            my $is_in = $c->{held_on} ge $p->{a} && $c->{held_on} lt $p->{z};
            push @cells, join(' ', grep {defined} $code, @marks ? join('/', @marks) : undef) . ($is_in ? '' : '-');
            next unless @marks;
            $sum += $marks[-1] * $c->{weight}, $weight += $c->{weight};
            push @{$column{$c->{work}}}, $marks[-1];
        }
        my $final = $t->value('SELECT value FROM ej.term_mark WHERE pupil_id = ? AND subject_id = ? AND term_id = ?',
            $p->{id}, @$j{qw(subject_id term_id)}) // '';
        push @pupils, [$p->{name}, @cells, $is_marked ? $final : (), mean($sum, $weight)];
    }
    my @means = map { my $m = $_->{work} && $column{$_->{work}}; $m ? mean(eval(join '+', @$m), scalar @$m) : '' } @columns;
    return {pupils => \@pupils, columns => [(map { $_->{work} // $_->{lesson} } @columns), $is_marked ? $j->{term_id} : ()],
        means => [@means, $is_marked ? '' : ()]};
}

# The grid of a reply, in the same form. A closed cell ends in "-".
sub grid {
    my ($r) = @_;
    my @pupils = map {
        my $p = $_;
        [$p->getAttribute('name'), map({ $_->textContent . ($_->getAttribute('off') ? '-' : '') } $p->findnodes('c')),
            $p->getAttribute('mean') // '']
    } $r->nodes('//journal/pupil');
    return {pupils => \@pupils, columns => [$r->texts('//column/@column_id')],
        means => [map { $_->getAttribute('mean') // '' } $r->nodes('//column')]};
}

my $teacher = $t->login('teacher');
my $deputy  = $t->login('deputy');
my $second  = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $first   = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-09-20');
my $id      = sub { ($_[0] =~ /(\d+)$/)[0] };

for my $case (
    ['teacher', '7Б', 'Алгебра', '2026-11-20'], ['teacher', '7Б', 'Алгебра', '2026-09-20'],
    ['teacher', '10А', 'Алгебра', '2026-11-20'], ['class-teacher', '7Б', 'Русский язык', '2026-11-20'],
    ['english', '7Б', 'Английский язык', '2026-09-20'], ['sport', '7Б', 'Физическая культура', '2026-11-20'],
    ['grade1', '1А', 'Русский язык', '2026-11-20'],
) {
    my ($who, $class, $subject, $on) = @$case;
    my $path = $t->path(journal => class => $class, subject => $subject, on => $on,
        $who eq 'english' ? (staff => 'Моисеева') : ());
    my $r = $t->login($who)->get($path);
    is_deeply grid($r), expected($id->($path)),
        "$subject in $class around $on: every cell, mean and column is what the tables hold";
}

# ----------------------------------------------------------- meaning (6) ---

my $r    = $teacher->get($first);
my $html = $teacher->get($first, html => 1);
is $r->xpath('string(//pupil[@name="Ефремов Макар"]/@left_on)'), '2026-10-16', 'a pupil who left during the term is in its journal';
is $html->xpath('count(//tr[th/s="Ефремов Макар"])'), 1, 'a pupil who left is struck through';
is $html->xpath('count(//tr[th/s="Ефремов Макар"]/td[contains(@class, "x")])'),
    $t->value(q{SELECT count(*) FROM ej.lesson WHERE teaching_id = ? AND held_on BETWEEN '2026-10-16' AND '2026-10-24'},
    $r->xpath('string(//journal/@teaching_id)')), 'the cells of a pupil who left are closed after the day of leaving';
is $r->xpath('string(//pupil[@name="Корнеева Анна"]/@came_on)'), '2026-10-05', 'a pupil who came later has the day';
is $teacher->get($second)->count('//pupil[@name="Ефремов Макар"]'), 0, 'a pupil who left is not in the journal of the next term';
is $r->xpath('string(//column[last()]/@kind)'), 'term', 'the term mark stands in the last column';
is $r->xpath('string(//column[last() - 1]/@held_on)'), '2026-10-23', 'the column of term marks comes directly after the last lesson (FIN-02)';
is $html->xpath('string((//table[contains(@class, "marks")]//thead/tr[last()]/th)[last()])'), 'ср.', 'the mean comes after the term mark';
is $r->xpath('string(//journal/@is_closed)'), '1', 'a closed journal is marked as closed';
is $r->xpath('count(//journal/@can_write)'), 0, 'a closed journal cannot be edited';
like $html->content, qr/Журнал закрыт/, 'the page says that the journal is closed';
is $teacher->get($second)->xpath('string(//journal/@can_write)'), '1', 'an open journal can be edited';
is $teacher->get($second)->count('//column[@held_on > "2026-11-20"]'), 0, 'lessons after today have no column';

my @topics = map { join '|', map { $_ // '' } @$_{qw(id topic)} } rows(q{SELECT id, topic FROM ej.lesson
    WHERE teaching_id = ? AND held_on BETWEEN '2026-11-02' AND '2026-11-27' ORDER BY held_on, slot},
    $r->xpath('string(//journal/@teaching_id)'));
is_deeply [map { join '|', map { $_ // '' } $_->getAttribute('lesson_id'), $_->getAttribute('topic') }
        $teacher->get($second)->nodes('//journal/lesson')],
    \@topics, 'the topics are those of the lessons held and of the next week';

# The example of requirements 3.10: (20 + 36 + 30 + 2) / 24.
my $sport = $t->login('sport');
my $gym   = $t->path(journal => class => '7Б', subject => 'Физическая культура', on => '2026-11-20');
my @held  = rows(q{SELECT l.*, t.scale_id FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id
    JOIN ej.journal j ON j.teaching_id = t.id WHERE j.id = ? AND l.held_on BETWEEN '2026-11-02' AND '2026-11-20'
    ORDER BY l.held_on}, $id->($gym));
my $l     = $held[0];
my $pupil = $t->id(pupil => pupil => 'Волков Антон');
run('UPDATE ej.mark SET value = NULL WHERE teaching_id = ? AND pupil_id = ?', $l->{teaching_id}, $pupil);
sub work {
    my ($weight, @values) = @_;
    my $work = $t->value('SELECT ej.new_id(2026)');
    run(q{INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
        VALUES (?, 1, ?, ?, ?, (SELECT id FROM ej.work_kind WHERE school_id = 1 AND code = 'test'), ?, ?)},
        $work, $held[0]{id}, $id->($gym), $l->{teaching_id}, $weight, $l->{scale_id});
    push @held, shift @held; # a lesson has at most twelve works
    my $attempt = 0;
    run('INSERT INTO ej.mark (work_id, pupil_id, attempt, school_id, teaching_id, scale_id, value) VALUES (?, ?, ?, 1, ?, ?, ?)',
        $work, $pupil, ++$attempt, $l->{teaching_id}, $l->{scale_id}, $_) for @values;
}
my $mean = sub { return $sport->get($gym)->xpath(qq{string(//pupil[\@pupil_id = "$pupil"]/\@mean)}) };
work(100, $_) for (5) x 4, (4) x 9, (3) x 10, 2;
is $mean->(), '3.67', 'the mean of the rule book\'s example is the rule book\'s';
my $parent_mean = $t->login('class-teacher')->get("/pupils/$pupil/marks")
    ->xpath('string(//subject[@name="Физическая культура"]/@mean)');
is $parent_mean, '3.67', 'the marks by subject show the same mean';
run('UPDATE ej.mark SET value = NULL WHERE teaching_id = ? AND pupil_id = ?', $l->{teaching_id}, $pupil);
work(@$_) for [200, 5], [100, 2];
is $mean->(), '4.00', 'a work of double weight counts twice';
work(100, 2, 4);
is $mean->(), '4.00', 'the last attempt of a retaken mark counts';
run(q{UPDATE ej.school SET retake_counts = 'mean'});
is $mean->(), '3.75', 'the mean of both attempts counts, if the school chooses so';
work(100, 5, 3);
run(q{UPDATE ej.school SET retake_counts = 'best'});
is $mean->(), '4.20', 'the best attempt counts, if the school chooses so';
is $sport->get($gym)->xpath(qq{string(//pupil[\@pupil_id = "$pupil"]/c[. = "5/3"]/\@t)}), '2', 'both attempts of a retaken mark are shown';

# ------------------------------------------------------------ whole year ---

my ($year) = map { $_->{id} } rows(q{SELECT y.id FROM ej.journal j JOIN ej.journal y ON y.teaching_id = j.teaching_id
      JOIN ej.term e ON e.id = y.term_id AND e.kind = 'year' WHERE j.id = ?}, $id->($first));
$r = $teacher->get("/journals/$year");
is_deeply [$r->texts('//column[@kind="term"]/@name')], ['I ч.', 'II ч.', 'III ч.', 'IV ч.', 'Год'],
    'the journal of the year has a column for each term, then its own';
is_deeply {map { ($_->getAttribute('name') => $_->findvalue('string(c[1])')) } $r->nodes('//pupil[string(c[1])]')},
    {map { ($_->{name} => $_->{value}) } rows(q{SELECT p.surname || ' ' || p.given_name AS name, m.value
        FROM ej.term_mark m JOIN ej.journal j ON j.term_id = m.term_id AND j.id = ? JOIN ej.teaching t ON t.id = j.teaching_id
         AND t.subject_id = m.subject_id JOIN ej.membership b ON b.pupil_id = m.pupil_id AND b.study_group_id = t.study_group_id
        JOIN ej.pupil p ON p.id = m.pupil_id WHERE m.value IS NOT NULL}, $id->($first))},
    'the journal of the year has the marks of the terms';
is $r->count('//pupil[1]/c[@off]'), 4, 'only the marks of the year itself can be entered';
is $teacher->get($first)->xpath('string(//term[last()]/@name)'), 'Год', 'the journal of a term links to the journal of the year';

my ($quarter, $own) = ($r->xpath('string(//column[1]/@column_id)'), $r->xpath('string(//column[@is_first]/@column_id)'));
my ($lucky, $other) = $r->texts('//pupil[string(c[1])]/@pupil_id');
my $plain = $teacher->get("/journals/$year/finals", html => 1);
is join(' ', map { $_->textContent } $plain->nodes('//table//th[@scope="col"]')), 'Ученик I ч. II ч. III ч. IV ч. Средний балл Предлагается Итог Основание',
    'the form of term marks has the marks of the terms (FIN-06)';
is $plain->xpath(qq{string(//tr[.//input[\@value = "$lucky"]]/td[1])}), $r->xpath(qq{string(//pupil[\@pupil_id = "$lucky"]/c[1])}), 'the form of term marks has the marks of the terms at their pupils';
is $teacher->post("/journals/$year", column_id => [$own, $own], pupil_id => [$lucky, $other], old => ['', ''], value => [4, 5])->status, 303,
    'marks of the year are entered (FIN-01)';
is $teacher->get("/journals/$year")->xpath(qq{string(//pupil[\@pupil_id = "$lucky"]/c[last()])}), '4', 'the entered mark of the year is in the journal';
is join(' ', $teacher->post("/journals/$year", column_id => $_, pupil_id => $lucky, old => '', value => 3)->errors), 'JE120',
    'other columns cannot be entered in the journal of the year'
    for $quarter, $t->value('SELECT max(id) FROM ej.lesson WHERE teaching_id = ? AND held_on < ?', $l->{teaching_id}, '2026-11-20');
is $teacher->get("/journals/$year/columns/$own/pupils/$lucky")->xpath('string(//change[1]/@new)'), '4', 'a mark of the year has a history';
is $teacher->get("/journals/$year/columns/$quarter/pupils/$lucky")->xpath('string(//journal/@term_name)'), 'I четверть', 'a mark of a quarter in the journal of the year has a history';
is $t->login('parent')->get("/journals/$year")->status, 404, 'a family does not see the journal of the year';

# -------------------------------------------------------------- the list ---

sub list { return [map { $_->getAttribute('class_name') . ', ' . $_->getAttribute('subject_name') } $_[0]->nodes('//teaching')] }
is_deeply list($teacher->get('/journals')), ['7Б, Алгебра', '10А, Алгебра', map {"10А, $_"}
    grep { $_ ne 'Алгебра' } map { $_->{name} } rows(q{SELECT s.name FROM ej.subject s JOIN ej.teaching t ON t.subject_id = s.id
    JOIN ej.study_group g ON g.id = t.study_group_id WHERE g.name = '10А' AND g.school_id = 1 ORDER BY s.order_no, s.name})],
    'a teacher\'s list has their own journals and those of their class';
my @all = map { join ', ', @$_{qw(group name)} } rows(q{SELECT g.name AS group, s.name FROM ej.teaching t
    JOIN ej.study_group g ON g.id = t.study_group_id JOIN ej.subject s ON s.id = t.subject_id WHERE t.school_id = 1});
is_deeply [sort @{list($deputy->get('/journals'))}], [sort @all], 'a deputy\'s list has all journals of the school';
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
is_deeply [sort @{list($deputy->get("/journals?class_id=$class"))}], [sort grep {/^7Б/} @all], 'a deputy\'s list can be limited to one class with its subgroups';
is_deeply list($deputy->get('/journals?class_id=' . $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 2}))), [],
    'a deputy\'s list of another school\'s class is empty';
is $deputy->get('/journals')->count('//teaching[@class_name="10А"][1]/term'), 3, 'each subject of the list has its terms and the year';
is $deputy->get('/journals')->xpath('string(//teaching[@class_name="7Б"][1]/term[@is_current]/@name)'), 'II четверть', 'the list marks the present term';
run(q{INSERT INTO ej.subject (school_id, name, short_name, order_no)
    SELECT 1, 'Факультатив ' || to_char(n, '000'), 'Ф', 900 FROM generate_series(1, 60) n});
run(q{INSERT INTO ej.teaching (school_id, year, study_group_id, subject_id, staff_id, hours_week, scale_id, term_scale_id)
    SELECT 1, 2026, t.study_group_id, s.id, t.staff_id, 1, t.scale_id, t.term_scale_id FROM ej.teaching t, ej.subject s
     WHERE t.id = ? AND s.name LIKE 'Факультатив%'}, $l->{teaching_id});
my $one = $deputy->get('/journals');
my $two = $deputy->get('/journals?page=2');
is $one->count('//teaching') . '+' . $two->count('//teaching'), '60+' . (@all), 'a long list is continued on the next page';
my %seen;
$seen{$_}++ for $one->texts('//teaching/@teaching_id'), $two->texts('//teaching/@teaching_id');
is scalar(keys %seen), 60 + @all, 'the pages of a list have each subject once';
is $deputy->get('/journals', html => 1)->count('//nav[contains(@class, "pages")]/a'), 1, 'the first page links to the next one';
is $deputy->get('/journals?page=0')->status, 422, 'page 0 of a list is refused';
is join(' ', $deputy->get('/journals?class_id=x')->errors), 'JE102', 'a class that is not a number is refused';

# ---------------------------------------------------------------- rights ---

my ($c) = $t->login('teacher')->get($second)->texts('//column[@work_id][1]/@column_id');
my @cell = (column_id => $c, pupil_id => $pupil, old => '', value => '5');
my $history = sub { return $t->value('SELECT count(*) FROM ej.history') };
my $before  = $history->();
my $hidden  = $sport->get($second);
my $none    = $sport->get('/journals/999999');
is $hidden->status . ' ' . $none->status, '404 404', 'another teacher\'s journal is answered with 404';
(my $said = $hidden->content) =~ s{/journals/\d+}{/journals/999999};
is $said, $none->content, 'a hidden journal is answered exactly like a missing one';
is $t->login('sport')->post($second, @cell)->status, 404, 'another teacher\'s journal cannot be edited';
is $t->login('teacher-17')->get($second)->status, 404, 'a teacher of the same name in another school does not see the journal';
my $class_teacher = $t->login('class-teacher');
$r = $class_teacher->get($second);
is $r->status . ' ' . $r->count('//journal/@can_write'), '200 0', 'a class teacher reads the journal of the class';
is_deeply grid($r), expected($id->($second)), 'the class teacher sees all cells of the journal';
$r = $class_teacher->post($second, @cell);
is $r->status . ' ' . join(' ', $r->errors), '403 JE301', 'the class teacher may change nothing in the journal';
is $deputy->post($second, @cell)->status, 404, 'a deputy who does not teach cannot save marks';
my $administrator = $t->login('administrator');
is $administrator->get($second)->count('//journal/@can_write'), 0, 'the administrator may only read a journal';
is $administrator->post($second, @cell)->status, 404, 'the administrator cannot save marks';
is $t->login($_)->get($second)->status, 404, "$_ does not see a journal" for qw(parent pupil personnel meals observer);
is $history->(), $before, 'refused saves leave nothing in the history';
my $substitute = $t->login('substitute');
my ($today)    = $substitute->get($second)->texts('//column[@held_on="2026-11-20"]/@column_id');
$r = $substitute->post($second, @cell);
is $r->status . ' ' . join(' ', $r->errors), '403 JE301', 'a substitute cannot save marks of the colleague\'s lessons';
is $substitute->post($second, @cell, column_id => $today, pupil_id => $pupil, old => '', value => 'н')->status, 403,
    'a substitute cannot save them together with those of their own lesson';
is $substitute->post($second, column_id => $today, pupil_id => $pupil, old => '', value => '4')->status, 303,
    'a substitute saves marks of the lesson given today';

$r = $substitute->get($second);
is $r->xpath('string(//journal/@can_write)'), '1', 'the substitute\'s grid can be edited';
is_deeply [map { $_->getAttribute('held_on') } grep { !$_->getAttribute('is_read_only') } $r->nodes('//column')], ['2026-11-20'], 'the substitute\'s grid is open only in the column of that lesson';
$html = $substitute->get($second, html => 1);
is $html->count('//th[@data-c and not(@data-off)]') . $html->count('//th[@data-term]//a'), '10', 'the page marks other columns for the script and has no link to term marks';
is $substitute->get("$second/finals", html => 1)->count('//select'), 0, 'the substitute\'s form of term marks has no fields';
is $teacher->get($second)->count('//column/@is_read_only') + $class_teacher->get($second)->count('//column/@is_read_only'), 0, 'for other people no column is marked as read-only';

# ----------------------------------------------------------- grade 1 (JRN-08) ---

my $grade1 = $t->login('grade1');
my $little = $t->path(journal => class => '1А', subject => 'Русский язык', on => '2026-11-20');
$r = $grade1->get($little);
is $r->xpath('string(/page/journal/@is_unmarked)'), '1', 'the journal of grade 1 has no marks';
my ($lesson, $child) = ($r->texts('//column[@lesson_id][1]/@column_id'), $r->texts('//pupil[1]/@pupil_id'));
my $reply = $grade1->post($little, column_id => $lesson, pupil_id => $child, old => $r->xpath('string(//pupil[1]/c[1])'), value => '5');
is $reply->status . ' ' . join(' ', $reply->errors), '422 JE205', 'a mark in grade 1 is refused';
is $grade1->post($little, column_id => $lesson, pupil_id => $child, old => $r->xpath('string(//pupil[1]/c[1])'), value => 'у')->status, 303,
    'an absence in grade 1 is saved';
