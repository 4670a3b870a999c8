#!/usr/bin/perl
# diary.t: what a family reads: the week, the marks by subject, and of whom.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20')->plan(99);

sub rows { return @{$t->db->selectall_arrayref($_[0], {Slice => {}}, @_[1 .. $#_])} }
my ($varvara, $galina, $alisa, $makar, $anton) = map { $t->id(pupil => pupil => $_) }
    'Булатова Варвара', 'Булатова Галина', 'Андреева Алиса', 'Ефремов Макар', 'Волков Антон';
my $parent = $t->login('parent');
my $pupil  = $t->login('pupil');

# ------------------------------------------------------------------ a week ---

# What each day of a pupil's week holds, lesson by lesson.
sub wanted {
    my ($who, $monday) = @_;
    return [map { join '|', map { $_ // '' } @$_{qw(held_on slot subject topic code)} } rows(q{
        SELECT l.held_on, l.slot, s.name AS subject, l.topic, a.code
          FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id JOIN ej.subject s ON s.id = t.subject_id
          LEFT JOIN ej.attendance a ON a.lesson_id = l.id AND a.pupil_id = ?
         WHERE l.held_on BETWEEN ?::date AND ?::date + 5 AND l.state <> 'moved'
           AND EXISTS (SELECT FROM ej.membership b WHERE b.pupil_id = ? AND b.during @> l.held_on
                          AND b.study_group_id = l.study_group_id)
         ORDER BY l.held_on, l.slot}, $who, $monday, $monday, $who)];
}
sub shown {
    return [map { my $l = $_; join '|', $l->parentNode->getAttribute('held_on'),
        map { $l->getAttribute($_) // '' } qw(slot subject_name topic code) } $_[0]->nodes('//day/lesson')];
}

my $r = $parent->get("/pupils/$varvara/diary");
is $r->xpath('concat(//diary/@name, ", ", //diary/@class_name)'), 'Булатова Варвара, 7Б', 'a diary is of one pupil';
is $r->xpath('concat(//diary/@week_on, " ", //diary/@previous_on, " ", //diary/@next_on)'), '2026-11-16 2026-11-09 2026-11-23',
    'it opens at this week, between the last and the next';
is_deeply [$r->texts('//day/@held_on')], [map {"2026-11-$_"} 16 .. 21], 'six days, Monday to Saturday';
is $r->xpath('string(//day[@is_today]/@held_on)'), '2026-11-20', 'the week marks today';
for my $monday ('2026-09-14', '2026-10-05', '2026-11-02', '2026-11-16', '2026-11-23') {
    $r = $parent->get("/pupils/$varvara/diary?week_on=$monday");
    is_deeply shown($r), wanted($varvara, $monday), "the week of $monday is the timetable as it was held";
}
is $parent->get("/pupils/$varvara/diary?week_on=2026-11-19")->xpath('string(//diary/@week_on)'), '2026-11-16', 'any day opens its week';
is $parent->get("/pupils/$varvara/diary?week_on=2026-11-31")->status, 422, 'a day that does not exist is refused';
like $parent->get("/pupils/$varvara/diary?week_on=2026-11-31", html => 1)->content, qr/Такой даты нет/, 'the page explains that the day does not exist';
is $parent->get("/pupils/$varvara/diary?week_on=2026-11-02")->xpath('string(//day[@held_on="2026-11-04"]/@holiday)'),
    'День народного единства', 'a holiday has its name';
$r = $parent->get("/pupils/$varvara/diary?week_on=2026-10-26");
is $r->status . $r->count('//lesson'), '2000', 'a week of the break has no lessons';
$t->today('2026-11-22');
is $parent->get('/diary')->xpath('string(//diary/@week_on)'), '2026-11-23', 'on a Sunday the next week is shown';
$t->today('2026-11-20');

my @homework = rows(q{SELECT h.text, h.due_on, h.is_personal FROM ej.homework h
    JOIN ej.membership b ON b.study_group_id = h.study_group_id AND b.pupil_id = ? AND b.during @> h.due_on
    WHERE h.due_on BETWEEN '2026-11-16' AND '2026-11-21' AND (NOT h.is_personal OR EXISTS (
        SELECT FROM ej.homework_for o WHERE o.homework_id = h.id AND o.pupil_id = b.pupil_id))}, $varvara);
$r = $parent->get("/pupils/$varvara/diary");
is_deeply [sort map { $_->findvalue('string(../../@held_on)') . $_->textContent } $r->nodes('//homework')],
    [sort map {"$_->{due_on}$_->{text}"} @homework], 'homework stands on the day it is due';
my ($personal) = rows(q{SELECT h.due_on FROM ej.homework h JOIN ej.homework_for o ON o.homework_id = h.id AND o.pupil_id = ?}, $varvara);
my $week = "/diary?week_on=$personal->{due_on}";
like join('', $parent->get("/pupils/$varvara$week")->texts('//homework')), qr/старинных мерах/, 'a homework for one pupil is in that pupil\'s diary';
unlike join('', $t->login('teacher-parent')->get("/pupils/$alisa$week")->texts('//homework')), qr/старинных мерах/, 'a homework for one pupil is in no other diary';

# Homework without a lesson at which it is due: that of the last planned lesson has only a day,
# and that of a lesson that was moved stays on its day.
my $grades = $t->login('teacher');
my ($last) = rows(q{SELECT l.* FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id JOIN ej.subject s ON s.id = t.subject_id
    JOIN ej.study_group g ON g.id = t.study_group_id WHERE s.name = 'Алгебра' AND g.name = '7Б' AND t.school_id = 1
    ORDER BY l.held_on DESC LIMIT 1});
is $grades->post("/lessons/$last->{id}", topic => $last->{topic}, old_topic => $last->{topic}, homework_text => 'Повторить всё')->status, 303,
    'homework can be set at the last planned lesson';
my ($set) = rows('SELECT due_on, due_lesson_id FROM ej.homework WHERE lesson_id = ?', $last->{id});
is $set->{due_lesson_id}, undef, 'homework of the last planned lesson has no due lesson';
$r = $parent->get("/pupils/$varvara/diary?week_on=$set->{due_on}");
is $r->xpath(qq{string(//day[\@held_on = "$set->{due_on}"]/homework)}), 'Повторить всё', 'homework without a due lesson is in the diary on its day';
is $r->xpath(qq{string(//day[\@held_on = "$set->{due_on}"]/homework/\@subject_name)}), 'Алгебра', 'homework without a lesson has its subject';
like $parent->get("/pupils/$varvara/diary?week_on=$set->{due_on}", html => 1)->xpath(qq{string(//section[\@id = "d$set->{due_on}"])}),
    qr/Алгебра.*Повторить всё/s, 'the diary\'s page shows homework without a lesson';
$t->db->do('UPDATE ej.homework SET text = ? WHERE lesson_id = ?', undef,
    'http://a.example/1 и https://b.example/2. (см. https://c.example/A_(b)), «http://d.example/», https://', $last->{id});
is_deeply [$parent->get("/pupils/$varvara/diary?week_on=$set->{due_on}", html => 1)->texts('//td[@class="homework"]//a/@href')],
    ['http://a.example/1', 'https://b.example/2', 'https://c.example/A_(b)', 'http://d.example/'],
    'every address in it is a link, without the stops and brackets around it';
my ($away) = rows(q{WITH n AS (SELECT id, held_on FROM ej.lesson WHERE teaching_id = $1 AND held_on > '2026-11-20' ORDER BY held_on LIMIT 1)
    INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id, due_lesson_id, due_on, text)
    SELECT ej.new_id(2026), l.school_id, l.id, l.teaching_id, l.study_group_id, n.id, n.held_on, 'Выучить правило' FROM n, ej.lesson l
     WHERE l.teaching_id = $1 AND l.held_on = '2026-11-20' RETURNING text, due_on, due_lesson_id AS id}, $last->{teaching_id});
for my $state ('cancelled', 'moved') {
    $t->db->do('UPDATE ej.lesson SET state = ? WHERE id = ?', undef, $state, $away->{id});
    like join('|', $parent->get("/pupils/$varvara/diary?week_on=$away->{due_on}")->texts(qq{//day[\@held_on = "$away->{due_on}"]//homework})),
        qr/\Q$away->{text}\E/, "homework due at a lesson that was $state stays on its day";
}
is $parent->get("/pupils/$varvara/diary?week_on=$away->{due_on}")->xpath(qq{string(//day[\@held_on = "$away->{due_on}"]/homework/\@subject_name)}),
    'Алгебра', 'under its subject\'s name when there is no lesson to show';
$t->db->do(q{UPDATE ej.lesson SET state = 'planned' WHERE id = ?}, undef, $away->{id});

$r = $parent->get("/pupils/$varvara/diary");
is_deeply [sort map { join '|', $_->findvalue('string(../@lesson_id)'), $_->getAttribute('text') // $_->textContent, $_->getAttribute('kind_name') }
        $r->nodes('//lesson/mark')],
    [sort map { join '|', @$_{qw(lesson_id text kind)} } rows(q{
        SELECT w.lesson_id, string_agg(m.value, '/' ORDER BY m.attempt) AS text, k.name AS kind
          FROM ej.mark m JOIN ej.work w ON w.id = m.work_id JOIN ej.work_kind k ON k.id = w.kind_id
          JOIN ej.lesson l ON l.id = w.lesson_id
         WHERE m.pupil_id = ? AND m.value IS NOT NULL AND l.held_on BETWEEN '2026-11-16' AND '2026-11-21'
         GROUP BY w.id, k.name}, $varvara)], 'marks stand in their lesson, with the kind of work';

# Marks, comments and lateness entered by the teacher are in the diary.
my $teacher = $t->login('teacher');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-16');
my ($id)    = $lesson =~ /(\d+)$/;
my $work    = $teacher->get($lesson)->xpath('string(//work[1]/@work_id)');
my $now     = $teacher->get($lesson)->xpath(qq{string(//pupil[\@pupil_id = "$varvara"]/mark[1])});
is $teacher->post($lesson, topic => '', old_topic => '', "mark.$work.$varvara" => '2/5', "old_mark.$work.$varvara" => $now,
    "comment.$work.$varvara" => 'Пересдала сама', "old_comment.$work.$varvara" => '',
    "code.$varvara" => 'о', "old_code.$varvara" => '', "minutes.$varvara" => '5')->status, 303, 'a teacher enters a retake, a comment and a lateness';
$r = $parent->get("/pupils/$varvara/diary");
is $r->xpath(qq{string(//lesson[\@lesson_id = "$id"]/mark/\@text | //lesson[\@lesson_id = "$id"]/mark/text())}), '2/5', 'the diary shows both attempts';
is $r->xpath(qq{string(//lesson[\@lesson_id = "$id"]/mark/\@comment)}), '5: Пересдала сама', 'the diary shows the comment with its attempt';
is $r->xpath(qq{concat(//lesson[\@lesson_id = "$id"]/\@code_name, " ", //lesson[\@lesson_id = "$id"]/\@minutes)}), 'опоздание 5', 'the diary shows the lateness in words';
my $html = $parent->get("/pupils/$varvara/diary", html => 1);
like $html->content, qr/Пересдала сама/, 'the diary\'s page shows the comment';
is $html->count(qq{//a[\@href = "/journal/pupils/$varvara/diary?week_on=2026-11-09"]}), 2, 'the diary links to the previous week above and below';
like $r->xpath(qq{string(//lesson[\@lesson_id = "$id"]/\@staff_name)}), qr/^Рябинина/, 'the diary names the teacher';

# -------------------------------------------------------- the next school day ---

my @due = rows(q{
    SELECT l.held_on, l.slot, s.name AS subject,
           (SELECT string_agg(h.text, E'\n' ORDER BY h.id) FROM ej.homework h WHERE h.due_lesson_id = l.id AND NOT h.is_personal) AS text
      FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id JOIN ej.subject s ON s.id = t.subject_id
      JOIN ej.membership b ON b.study_group_id = l.study_group_id AND b.pupil_id = $1 AND b.during @> l.held_on
     WHERE l.held_on = (SELECT min(k.held_on) FROM ej.lesson k JOIN ej.membership m ON m.study_group_id = k.study_group_id
                         WHERE m.pupil_id = $1 AND k.held_on > '2026-11-20') ORDER BY l.slot}, $varvara);
$r = $parent->get('/diary');
is_deeply [map { join '|', $_->getAttribute('held_on'), $_->getAttribute('slot'),
    $_->getAttribute('subject_name'), $_->textContent } $r->nodes('//due')],
    [map { join '|', map { $_ // '' } @$_{qw(held_on slot subject text)} } @due],
    'the diary begins with the lessons of the next school day and their homework';
is $parent->get('/diary', html => 1)->xpath('normalize-space(//section[@class="due"]/h2)'), 'К завтрашнему дню', 'homework for the next day is headed «К завтрашнему дню»';
$t->today('2026-11-21');
is $parent->get('/diary', html => 1)->xpath('normalize-space(//section[@class="due"]/h2)'), 'К понедельнику, 23.11', 'before a Sunday homework due is headed with the day';
$t->today('2026-11-20');
is $parent->get("/pupils/$varvara/diary?week_on=2026-11-16")->count('//due | //news'), 0, 'the diary of a chosen week has no homework due and no news';

# ------------------------------------------------ new since the last day here ---

my ($mother) = map { $_->{id} } rows(q{SELECT id FROM ej.account WHERE login = 'parent'});
$t->db->begin_work;
$t->db->do('SET LOCAL session_replication_role = replica');
$t->db->do(q{UPDATE ej.history SET made_at = made_at - interval '60 days'});
$t->db->do(q{UPDATE ej.account SET epoch = epoch + 1 WHERE id = ?}, undef, $mother);
$t->db->commit;
$t->db->do(q{DELETE FROM ej.visit});
$parent = $t->login('parent');
is $t->value(q{SELECT string_agg(seen_on::text, ' ') FROM ej.visit WHERE account_id = ?}, $mother), '2026-11-20', 'the day of a visit is recorded';
is $parent->get('/diary')->count('//news'), 0, 'without new entries there are no news';
$t->db->do(q{INSERT INTO ej.visit VALUES (?, '2026-11-18')}, undef, $mother);
my $entered = $t->value(q{SELECT (now() AT TIME ZONE 'Europe/Moscow')::date});
is $teacher->post($lesson, "mark.$work.$varvara" => '2/4', "old_mark.$work.$varvara" => '2/5')->status, 303, 'a teacher changes a mark';
$r = $parent->get('/diary');
is $r->count('//news') . ' ' . $r->xpath('concat(//news/@what, " ", //news/@entered_on, " ", //news)'), "1 mark $entered 4",
    'a changed mark is news, with the day of its entry';
is $parent->get("/pupils/$galina/diary")->count('//news'), 0, 'news concern only their pupil';
is $t->login('deputy')->get("/pupils/$varvara/diary")->count('//news'), 0, 'a deputy sees no news';
$t->db->do(q{INSERT INTO ej.visit VALUES (?, '2026-12-01')}, undef, $mother);
$t->today('2026-12-02');
is $parent->get('/diary')->count('//news'), 0, 'after the next visit there are no news';
$t->today('2026-11-20');

# --------------------------------------------------------- how a mark came about ---

$r = $parent->get("/pupils/$varvara/works/$work");
is $r->status . ' ' . $r->xpath('string(//diary/@value)'), '200 2/4', 'a family sees the page of a mark';
is_deeply [map { join '>', map { $_ // '' } $_->getAttribute('old'), $_->getAttribute('new') } $r->nodes('//change[@attempt][@old or @new]')],
    ['5>4', '>5'], 'the page of a mark has all changes, newest first';
like $r->xpath('string(//change[1]/@who)'), qr/^Рябинина/, 'the page of a mark has the author of a change';
unlike $r->content, qr/127\.0\.0\.1/, 'the page of a mark has no addresses';
is $parent->get('/diary', html => 1)->count(qq{//td[\@class="marks"]//a[contains(\@href, "/pupils/$varvara/works/$work")]}), 1, 'a mark is linked to its page';
is $parent->get("/pupils/$anton/works/$work")->status . $parent->get("/pupils/$varvara/works/999999")->status, '404404', 'a family gets no page of a classmate\'s mark, nor of a missing work';

# ------------------------------------------------------------ several children ---

$r = $parent->get('/diary');
is_deeply [$r->texts('//child/@name')], ['Варвара', 'Галина'], 'the diary lists both children of a mother';
is $r->xpath('string(//child[@is_current]/@name)'), 'Варвара', 'the diary opens with the first child';
$r = $parent->get("/pupils/$galina/diary");
is $r->xpath('string(//child[@is_current]/@name)') . $r->xpath('string(//diary/@class_name)'), 'Галина1А', 'the diary of the second child opens';
is $r->count('//mark | //homework'), 0, 'the diary of grade 1 has neither marks nor homework (JRN-08)';
is_deeply shown($r), wanted($galina, '2026-11-16'), 'the diary of grade 1 has lessons';
$html = $parent->get('/diary', html => 1);
is $html->count(qq{//a[\@href = "/journal/pupils/$galina/diary"]}), 1, 'the diary of one child links to the other';
is $pupil->get('/diary')->xpath('string(//diary/@pupil_id)'), $varvara, 'a pupil sees their own diary';
my $both = $t->login('teacher-parent');
is $both->get('/diary')->xpath('string(//diary/@pupil_id)'), $alisa, 'a teacher who is a father sees his daughter\'s diary';
is $both->get('/journals')->status, 200, 'a teacher who is a father has his journals';

# ---------------------------------------------------------------- by subject ---

# Hundredths, half up, of value x weight.
sub mean {
    my ($who, $subject, $from, $to) = @_;
    my ($sum, $weight) = (0, 0);
    for my $w (rows(q{SELECT w.id, w.weight_pct FROM ej.work w JOIN ej.lesson l ON l.id = w.lesson_id
            JOIN ej.teaching t ON t.id = l.teaching_id WHERE t.subject_id = ? AND l.held_on BETWEEN ? AND ?}, $subject, $from, $to)) {
        my ($last) = rows('SELECT value FROM ej.mark WHERE work_id = ? AND pupil_id = ? AND value IS NOT NULL
            ORDER BY attempt DESC LIMIT 1', $w->{id}, $who) or next;
        $sum += $last->{value} * $w->{weight_pct}, $weight += $w->{weight_pct};
    }
    my $hundredths = $weight ? int((200 * $sum + $weight) / (2 * $weight)) : return '';
    return sprintf '%d.%02d', int $hundredths / 100, $hundredths % 100;
}
my $first = $t->value(q{SELECT e.id FROM ej.term e JOIN ej.class c ON c.term_plan_id = e.term_plan_id
    WHERE c.name = '7Б' AND c.school_id = 1 AND e.ordinal = 1});
my %bounds = ('' => ['2026-11-02', '2026-11-20'], "?term_id=$first" => ['2026-09-01', '2026-10-24']);
for my $query (sort keys %bounds) {
    $r = $parent->get("/pupils/$varvara/marks$query");
    is_deeply {map { ($_->getAttribute('name') => $_->getAttribute('mean') // '') } $r->nodes('//subject')},
        {map { ($_->{name} => mean($varvara, $_->{id}, @{$bounds{$query}})) } rows(q{SELECT DISTINCT s.id, s.name FROM ej.subject s
            JOIN ej.teaching t ON t.subject_id = s.id JOIN ej.membership b ON b.study_group_id = t.study_group_id AND b.pupil_id = ?}, $varvara)},
        $query ? 'the subjects of the first quarter have their weighted means' : 'the subjects of the present quarter have their weighted means';
}
is $r->xpath('string(//term[@is_current]/@name)'), 'I четверть', 'the marks by subject name the term';
is_deeply [$r->texts('//term/@name')], ['I четверть', 'II четверть', 'III четверть', 'IV четверть', 'Год'], 'the marks by subject list all terms and the year';
is_deeply {map { ($_->getAttribute('name') => $_->getAttribute('term_mark')) } $r->nodes('//subject[@term_mark]')},
    {map { ($_->{name} => $_->{value}) } rows('SELECT s.name, m.value FROM ej.term_mark m JOIN ej.subject s ON s.id = m.subject_id
        WHERE m.pupil_id = ? AND m.term_id = ? AND m.value IS NOT NULL', $varvara, $first)}, 'the marks by subject have the term marks';
is $r->xpath('sum(//subject/@missed)'), $t->value(q{SELECT count(*) FROM ej.attendance a JOIN ej.lesson l ON l.id = a.lesson_id
    JOIN ej.attendance_code k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
    WHERE a.pupil_id = ? AND l.held_on <= '2026-10-24'}, $varvara), 'the marks by subject have the missed lessons';
my ($subject) = rows(q{SELECT id FROM ej.subject WHERE name = 'Алгебра' AND school_id = 1});
is join('+', map { $_->getAttribute('text') // $_->textContent } $parent->get("/pupils/$varvara/marks")->nodes("//subject[\@subject_id = $subject->{id}]/mark")),
    join('+', map { $_->{text} } rows(q{SELECT string_agg(m.value, '/' ORDER BY m.attempt) AS text FROM ej.mark m
        JOIN ej.work w ON w.id = m.work_id JOIN ej.lesson l ON l.id = w.lesson_id JOIN ej.teaching t ON t.id = l.teaching_id
        WHERE m.pupil_id = ? AND m.value IS NOT NULL AND t.subject_id = ? AND l.held_on >= '2026-11-02'
        GROUP BY l.held_on, l.slot, w.id ORDER BY l.held_on, l.slot, w.id}, $varvara, $subject->{id})), 'each mean is shown with its marks';
my $whole = $t->value(q{SELECT e.id FROM ej.term e JOIN ej.class c ON c.term_plan_id = e.term_plan_id
    WHERE c.name = '7Б' AND c.school_id = 1 AND e.kind = 'year'});
$t->db->do(q{INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value)
    SELECT pupil_id, subject_id, ?, school_id, teaching_id, scale_id, '5' FROM ej.term_mark
     WHERE pupil_id = ? AND term_id = ? AND subject_id = ?}, undef, $whole, $varvara, $first, $subject->{id});
$r = $parent->get("/pupils/$varvara/marks?term_id=$whole");
is $r->xpath("string(//subject[\@subject_id = $subject->{id}]/\@term_mark)"), '5', 'a family sees the mark of the year (FIN-01)';
is_deeply {map { ($_->getAttribute('subject_id') => [map { $_->textContent } $_->findnodes('final')]) } $r->nodes('//subject')},
    {map { ($_->{id} => [$_->{value} // '', '', '', '']) } rows(q{SELECT DISTINCT t.subject_id AS id, m.value FROM ej.membership b
        JOIN ej.teaching t ON t.study_group_id = b.study_group_id LEFT JOIN ej.term_mark m ON m.pupil_id = b.pupil_id
        AND m.subject_id = t.subject_id AND m.term_id = ? WHERE b.pupil_id = ?}, $first, $varvara)}, 'the marks of the year have the marks of the quarters';
is $r->count('//mark'), 0, 'the marks of the year have no single marks';
$r = $parent->get("/pupils/$varvara/marks?term_id=$whole", html => 1);
is join(' ', $r->texts('//table//th[@scope="col"]')), 'Предмет I ч. II ч. III ч. IV ч. Год Пропущено', 'the marks of the year have a column for each quarter';

# Exam and final mark are columns of the year as soon as the pupil has one (FIN-01).
$t->db->do(q{INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value)
    SELECT m.pupil_id, m.subject_id, e.id, m.school_id, m.teaching_id, m.scale_id, CASE e.kind WHEN 'exam' THEN '4' ELSE '5' END
      FROM ej.term_mark AS m JOIN ej.term AS y ON y.id = m.term_id JOIN ej.term AS e ON e.term_plan_id = y.term_plan_id AND e.kind IN ('exam', 'final')
     WHERE m.pupil_id = ? AND m.term_id = ?}, undef, $varvara, $whole);
$r = $parent->get("/pupils/$varvara/marks?term_id=$whole");
is join(' ', map { $_->getAttribute('name') . $_->textContent } $r->nodes("//subject[\@subject_id = $subject->{id}]/final[\@is_last]")), 'Экз.4 Итог5', 'a family sees the marks of exam and final';
is join(' ', map { s/^\s+|\s+\z//gr } $parent->get("/pupils/$varvara/marks?term_id=$whole", html => 1)->texts('//table//th[@scope="col"]')), 'Предмет I ч. II ч. III ч. IV ч. Год Экз. Итог Пропущено', 'each in its column';
is $parent->get("/pupils/$varvara/marks")->count('//term[@is_column]'), 0, 'they are no tabs';
is $parent->get("/pupils/$varvara/marks")->xpath('string(//term[@is_current]/@name)'), 'II четверть', 'the marks by subject open with the present quarter';
is $parent->get("/pupils/$varvara/marks?term_id=99999")->status, 200, 'an unknown term is ignored';

# In a group of several classes homework is only for pupils whose own class has homework (JRN-08).
my $group = $t->value(q{SELECT id FROM ej.study_group WHERE name = '7Б' AND kind = 'class' AND school_id = 1});
my $first_grade = $t->value(q{SELECT id FROM ej.class WHERE name = '1А' AND school_id = 1});
my $before = $parent->get("/pupils/$varvara/diary?week_on=2026-11-16")->count('//homework');
my $was = $t->value(q{SELECT class_id FROM ej.enrolment WHERE pupil_id = ?}, $varvara);
my $move = sub {
    $t->db->begin_work;
    $t->db->do('SET LOCAL session_replication_role = replica');
    $t->db->do('UPDATE ej.enrolment SET class_id = ? WHERE pupil_id = ?', undef, $_[0], $varvara);
    $t->db->commit;
};
$t->db->do('INSERT INTO ej.study_group_class (school_id, study_group_id, class_id) VALUES (1, ?, ?)', undef, $group, $first_grade);
$move->($first_grade);
cmp_ok $before, '>', 0, 'in grade 7 the diary has homework';
is $parent->get("/pupils/$varvara/diary?week_on=2026-11-16")->count('//homework'), 0, 'a pupil of grade 1 in the same group has no homework';
cmp_ok $parent->get("/pupils/$varvara/diary?week_on=2026-11-16")->count('//lesson'), '>', 0, 'a pupil of grade 1 in the same group has the same lessons';
$move->($was);
$t->db->do('DELETE FROM ej.study_group_class WHERE study_group_id = ? AND class_id = ?', undef, $group, $first_grade);

# -------------------------------------------------------------------- rights ---

for my $who ([$parent, 'a mother'], [$pupil, 'a pupil'], [$both, 'a father']) {
    is $who->[0]->get("/pupils/$anton/$_")->status, 404, "$who->[1] does not see the $_ of a classmate" for qw(diary marks);
}
is $parent->get("/pupils/$anton/diary")->content =~ s{/pupils/\d+}{}gr, $parent->get('/pupils/999999/diary')->content =~ s{/pupils/\d+}{}gr,
    'a hidden pupil\'s diary is answered like a missing pupil\'s';
is $t->login('pupil-10')->get("/pupils/$varvara/diary")->status, 404, 'a pupil of another class does not see a diary';
is $t->login('parent-17')->get("/pupils/$varvara/diary")->status, 404, 'a mother of another school does not see a diary';
is $t->login('class-teacher')->get("/pupils/$anton/diary")->status, 200, 'the class teacher sees the diary';
is $t->login('teacher')->get("/pupils/$anton/diary")->status, 404, 'the teacher of another class does not see the diary';
is $t->login('deputy')->get("/pupils/$anton/diary")->status, 200, 'the deputy sees the diary';
is $t->login('sport')->get("/pupils/$anton/diary")->status, 404, 'a teacher without a class does not see the diary';
is $pupil->post("/pupils/$varvara/diary", mark => 5)->status, 405, 'a POST to a diary is refused';

my $left = $t->login('parent-left');
is_deeply shown($left->get("/pupils/$makar/diary?week_on=2026-09-14")), wanted($makar, '2026-09-14'), 'a pupil who has left keeps the earlier diary';
$r = $left->get("/pupils/$makar/diary?week_on=2026-10-12");
is_deeply shown($r), wanted($makar, '2026-10-12'), 'a pupil who has left keeps the diary until the day of leaving';
is $r->count('//day[@held_on > "2026-10-15"]/lesson'), 0, 'a pupil who has left has no lessons after the day of leaving';
is $left->get("/pupils/$makar/diary")->count('//lesson | //homework | //mark'), 0, 'a pupil who has left sees nothing of the present week';
cmp_ok $left->get("/pupils/$makar/marks?term_id=$first")->count('//mark'), '>', 0, 'a pupil who has left keeps the earlier marks';
