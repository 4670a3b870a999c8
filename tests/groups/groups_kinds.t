#!/usr/bin/perl
# groups_kinds.t: the ways of learning, each from its plan to its reports over HTTP (FED-08): a class, a combined class,
# a stream, an individual plan, home study, an elective, a club. Of each: group and members, curriculum, load, КТП,
# timetable, the lesson with topic, mark, absence and homework, the diary, the programme, the reports.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(deputy sport);
my ($deputy, $teacher) = @c{qw(deputy sport)};
my ($staff) = $t->value(q{SELECT s.id FROM ej.staff AS s JOIN ej.account AS a USING (person_id) WHERE a.login = 'sport'});
sub class { return $t->value('SELECT id FROM ej.class WHERE school_id = 1 AND name = ?', $_[0]) }
sub group { return $t->value('SELECT id FROM ej.study_group WHERE school_id = 1 AND name = ?', $_[0]) }
sub subject { return $t->value('SELECT id FROM ej.subject WHERE school_id = 1 AND name = ?', $_[0]) }
sub pupils { return @{$db->selectcol_arrayref(q{SELECT pupil_id FROM ej.enrolment WHERE class_id = ? AND upper(during) > '2027-01-01' ORDER BY pupil_id}, undef, class($_[0]))} }
sub saved { my ($r) = @_; return ($r->location // '') =~ /saved=(\d+)/ ? $1 : die 'not saved: ' . refused($r) . "\n" }

# A second class of the grade, so that there are two to be combined.
saved($deputy->post('/classes', year => 2026, grade => 7, letter => 'К', week_days => 6, kind => 'general', term_plan_id => $t->value('SELECT term_plan_id FROM ej.class WHERE id = ?', class('7Б'))));
for my $name ('Алмазова', 'Бирюзова') {
    my $person = $t->value('INSERT INTO ej.person DEFAULT VALUES RETURNING id');
    my $pupil = $t->value(q{INSERT INTO ej.pupil (school_id, person_id, surname, given_name) VALUES (1, ?, ?, 'Ия') RETURNING id}, $person, $name);
    $db->do(q{INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during, order_no) VALUES (1, ?, ?, '[2026-09-01,2027-09-01)', '1')}, undef, $pupil, class('7К'));
}
my @of = pupils('7Б');

# name of the group, kind, subject, its hour of the week, its members (of 7Б by number; all of both classes)
my @kinds = (
    ['7Б',                 'class',      'Музыка',                    '1.7'],
    ['Комплект 7Б и 7К',   'combined',   'Обществознание',            '1.8', 'all'],
    ['Поток 7 классов',    'stream',     'Химия',                     '2.7', 0 .. 3],
    ['7Б, план ученика',   'individual', 'География',                 '3.7', 4],
    ['7Б, на дому',        'home',       'Биология',                  '4.7', 5],
    ['Электив',            'elective',   'Индивидуальный проект',     '5.7', 0, 6],
    ['Кружок',             'club',       'Труд (технология)',         '2.8', 1, 7],
);
my %is;
for my $k (@kinds) {
    my ($name, $kind, $subject, $at, @in) = @$k;
    $is{$kind} = {name => $name, subject => subject($subject), at => $at};
    next if $kind eq 'class';
    is refused($deputy->post('/groups', year => 2026, name => $name, kind => $kind, $kind =~ /home|individual/ ? (basis => 'приказ 14') : ())), 303, "$kind: a deputy makes the group";
    my $id = group($name);
    my @classes = map { class($_) } '7Б', $kind =~ /combined|stream/ ? '7К' : ();
    is refused($deputy->post("/groups/$id/classes", old_class_id => '', class_id => \@classes, "@in" eq 'all' ? (is_all => 1) : ())), 303, "$kind: of its classes";
    next if "@in" eq 'all';
    my $r = $deputy->get("/groups/$id/members");
    my %form = (day_on => '2026-09-01');
    for my $row ($r->nodes('//row')) {
        my $key = $row->getAttribute('pupil_id') . '.' . $row->getAttribute('n');
        for my $f (qw(from_on till_on)) { my $v = $row->getAttribute($f) // ''; $form{"$f.$key"} = $v; $form{"old_$f.$key"} = $v }
    }
    $form{"is_in.$of[$_].1"} = 1 for @in;
    is refused($deputy->post("/groups/$id/members", map { $_ => $form{$_} } sort keys %form)), 303, "$kind: with its pupils";
}
for my $kind (sort keys %is) {
    my $k = $is{$kind};
    $k->{id} = group($k->{name});
    $k->{members} = $db->selectcol_arrayref(q{SELECT pupil_id FROM ej.membership WHERE study_group_id = ? AND during @> date '2026-11-28' ORDER BY pupil_id}, undef, $k->{id});
}
is join(' ', map { "$_ " . @{$is{$_}{members}} } sort keys %is), join(' ', map { "$$_[1] " . ($$_[1] eq 'class' ? @of : ($$_[4] // '') eq 'all' ? @of + 2 : @$_ - 4) } sort { $a->[1] cmp $b->[1] } @kinds), 'each has its members';

# ---------------------------------------------------------------- the plan --

for my $kind (sort keys %is) {
    my $k = $is{$kind};
    my $cell = "hours.$k->{id}.$k->{subject}";
    my $old = $deputy->get('/curriculum?grade=7')->xpath(qq{string(//hours[\@study_group_id = $k->{id}][\@subject_id = $k->{subject}]/\@hours_week)});
    $db->do('DELETE FROM ej.curriculum WHERE study_group_id = ? AND subject_id = ?', undef, $k->{id}, $k->{subject});
    is refused($deputy->post('/curriculum', year => 2026, grade => 7, $cell => '1', "old_$cell" => '')), 303, "$kind: an hour a week in the curriculum";
    is refused($deputy->post('/load/classes/' . class('7Б') . "/subjects/$k->{subject}", study_group_id => $k->{id}, staff_id => $staff, hours_week => 1)), 303, "$kind: a teacher";
    $k->{teaching} = $t->value('SELECT id FROM ej.teaching WHERE study_group_id = ? AND subject_id = ?', $k->{id}, $k->{subject});
    my $plan = saved($teacher->post('/plans', subject_id => $k->{subject}, grade => 7, hours_week => 1, name => $k->{name}));
    is refused($teacher->post("/plans/$plan/rows", pasted => "Тема\tЧасов\tДомашнее задание\nПервая тема\t1\t§ 1\nВторая тема\t33\t§ 2")), 303, "$kind: a thematic plan";
    is refused($teacher->post("/plans/$plan/state", old_state => 'draft', state => 'offered')), 303, "$kind: offered";
    is refused($deputy->post("/plans/$plan/state", old_state => 'offered', state => 'approved')), 303, "$kind: approved, since its hours are those of the curriculum";
    is refused($teacher->post("/teachings/$k->{teaching}/plan", action => 'use', old_plan_id => '', plan_id => $plan)), 303, "$kind: put on the lessons";
    is refused($deputy->post('/timetable/edit', class_id => class('7Б'), day_on => '2026-11-23', teaching_id => $k->{teaching}, at => $k->{at}, cycle => 0, place_id => '')), 303, "$kind: in the timetable";
}
like $deputy->post('/timetable/lessons')->location // '', qr/done/, 'the lessons are made';

# -------------------------------------------------------------- the lesson --

$t->today('2026-11-28');
for my $kind (sort keys %is) {
    my $k = $is{$kind};
    my ($lesson) = $k->{lesson} = $t->value(q{SELECT id FROM ej.lesson WHERE teaching_id = ? AND held_on BETWEEN '2026-11-23' AND '2026-11-28' ORDER BY id LIMIT 1}, $k->{teaching}) // die "$kind has no lesson\n";
    my $r = $teacher->get("/lessons/$lesson");
    is join(' ', sort { $a <=> $b } map { $_->getAttribute('pupil_id') } $r->nodes('//pupil')), join(' ', sort { $a <=> $b } @{$k->{members}}), "$kind: the lesson has its pupils";
    my ($row) = map { $_->getAttribute('plan_row_id') } $r->nodes('//plan_row[@is_next]');
    my ($due) = map { $_->getAttribute('lesson_id') } $r->nodes('//next_lesson[1]');
    my ($first, $second) = @{$k->{members}};
    is refused($teacher->post("/lessons/$lesson", topic => '', old_topic => '', homework_text => '', old_homework_text => '', due_lesson_id => $due, works => 0, plan_next => $row,
        "mark.$lesson.$first" => '5', "old_mark.$lesson.$first" => '', $second ? ("code.$second" => 'н', "old_code.$second" => '') : ())), 303, "$kind: topic of the plan, mark, absence";
    is $t->value(q{SELECT topic || ' ' || state FROM ej.lesson WHERE id = ?}, $lesson), 'Первая тема given', "$kind: the lesson is given";
    my $journal = $t->value(q{SELECT j.id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id WHERE j.teaching_id = ? AND e.is_taught AND e.during @> date '2026-11-28'}, $k->{teaching});
    is $teacher->get("/journals/$journal")->count("//pupil[\@pupil_id = $first]/c[contains(., '5')]"), 1, "$kind: the journal has the mark";
    is $deputy->get("/journals/$journal?format=print")->status, 200, "$kind: and is printed";
    my $day = $t->value('SELECT held_on FROM ej.lesson WHERE id = ?', $lesson);
    is $deputy->get("/pupils/$first/diary?week_on=2026-11-23")->count("//lesson[\@lesson_id = $lesson]//mark[. = '5' or \@value = '5']"), 1, "$kind: so has the diary";
}

# -------------------------------------------------------------- the reports --

my %report = map { $_ => $deputy->get("/reports/$_?class_id=" . class('7Б')) } qw(programme journals);
sub cells { my ($report, $k, $from, $to) = @_; my @c = map { $_->textContent } $report{$report}->nodes("//line[\@line = 'teaching-$k->{teaching}']/c"); return join ' ', map { $_ // '' } @c[$from .. $to] }
for my $kind (sort keys %is) {
    my $k = $is{$kind};
    my ($line) = $deputy->get('/programme?sort=class')->nodes("//line[\@teaching_id = $k->{teaching}]");
    is $line ? join(' ', map { $line->getAttribute($_) // '' } qw(plan_hours given covered)) : 'no line', '34.0 1.0 1.0', "$kind: the programme has the hour and the topic";
    is cells('programme', $k, 0, 3), '34 34 1 1', "$kind: the report on the curriculum has plan, КТП, due and given";
    is cells('journals', $k, 0, 1), '1 1', "$kind: the report on journals has the lesson, filled in";
    is $deputy->get("/pupils/$k->{members}[0]/marks")->xpath("string(//subject[\@subject_id = $k->{subject}]/mark)"), '5', "$kind: the pupil's sheet of marks has the subject";
}
done_testing;
