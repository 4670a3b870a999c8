#!/usr/bin/perl
# people_alike.t: namesakes get distinct names in every list that has both, and in
# no other; only people who may read the card see the year of birth.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my %client = map { $_ => $t->login($_) } qw(teacher class-teacher deputy parent);
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my ($id)    = $lesson =~ /(\d+)$/;
my ($group, $teaching) = $t->db->selectrow_array('SELECT study_group_id, teaching_id FROM ej.lesson WHERE id = ?', undef, $id);
my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
my @pupils = map { $_->[0] } @{$t->db->selectall_arrayref(q{SELECT b.pupil_id FROM ej.membership b
    WHERE b.study_group_id = ? AND upper(b.during) > '2027-01-01' AND lower(b.during) < '2026-09-02' ORDER BY 1}, undef, $group)};

sub run { return $t->db->do($_[0], undef, @_[1 .. $#_]) }
sub call { run('UPDATE ej.pupil SET surname = ?, given_name = ?, patronymic = ? WHERE id = ?', @_[1 .. 3], $_[0]) }

# Five pupils of one name, with two patronymics and two years of birth.
my ($peter, $one, $two, $three, $other) = @pupils[1 .. 5];
call($peter, 'Иванов', 'Иван', 'Петрович');
call($_, 'Иванов', 'Иван', 'Андреевич') for $one, $two;
run('UPDATE ej.pupil_card SET birth_on = ? WHERE pupil_id = ?', @$_) for ['2013-02-01', $one], ['2012-12-30', $two];
my @short = ('Иванов Иван Андреевич (1)', 'Иванов Иван Андреевич (2)', 'Иванов Иван Петрович');
my @whole = ('Иванов Иван Андреевич, 2013 г. р.', 'Иванов Иван Андреевич, 2012 г. р.', 'Иванов Иван Петрович');

# The names in a page that begin with a text.
sub named { my ($r, $xpath) = @_; return [grep {/^Иванов Иван/} $r->texts($xpath)] }
sub told {
    my ($who, $path, $xpath, $names, $what) = @_;
    is_deeply named($client{$who}->get($path), $xpath), $names, "$who: $what";
}

# -------------------------------------------------------------- each list ---

told('teacher', $journal, '//pupil/@name', \@short, 'the journal, without a year that is not the teacher\'s to read');
told('class-teacher', "/classes/$class", '//pupil/@name', \@whole, 'the list of the own class, with it');
told('deputy', $journal, '//pupil/@name', \@whole, 'the journal');
told('teacher', $lesson, '//pupil/@name', \@short, 'the lesson');
my $form = $client{teacher}->get($lesson, html => 1);
is_deeply [grep {/^Иванов Иван/} map { s/^\s+//r } $form->texts('//label[input[starts-with(@name, "personal_for")]]')], \@short, 'whom a task is for';
is_deeply named($form, '//tr[@data-p]/th'), \@short, 'and what a screen reader says of each field, by its row';
my $csv = $client{teacher}->get("$journal?format=csv")->content;
is_deeply [$csv =~ /^"(Иванов Иван[^"]*)"/mg], \@short, 'the table for a spreadsheet';
my $print = $client{deputy}->get("$journal?format=print", html => 1)->content;
my %seen = map { $_ => 1 } $print =~ /(Иванов Иван[^<]*)/g;
is_deeply [sort keys %seen], [sort @whole], 'the printed form';

my $work = $t->value('SELECT min(id) FROM ej.work WHERE teaching_id = ? AND lesson_id = ?', $teaching, $id);
is $client{teacher}->get("$journal/columns/$work/pupils/$one")->xpath('string(//@pupil)'), $short[0], 'the history of a cell';
is $client{deputy}->get("/pupils/$two/$_")->xpath('string(//diary/@name)'), $whole[1], "the diary of one of them: $_" for 'diary', 'marks';

$client{teacher}->post($lesson, topic => 'т', old_topic => '', personal_text => 'Повторить', "personal_for.$two" => 1, "personal_for.$peter" => 1);
is $client{teacher}->get($lesson)->xpath('string(//homework[@is_personal]/@for_whom)'), "$short[1], $short[2]", 'whose the task is';

run(q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code) SELECT l.id, ?, l.school_id, l.teaching_id, 'н'
    FROM ej.lesson l WHERE l.study_group_id = ? AND l.held_on = '2026-11-20' ORDER BY l.slot LIMIT 1 ON CONFLICT DO NOTHING}, $two, $group);
told('class-teacher', '/', '//absent/@name', [$whole[1]], 'one of them among the absent is told apart from who is there');

# One of the namesakes leaves; the others have the same number everywhere on the page.
sub whose { my ($path, $xpath) = @_; return $client{teacher}->get($path)->xpath("string($xpath/\@for_whom)") }
my $due = '/lessons/' . $t->value('SELECT due_lesson_id FROM ej.homework WHERE lesson_id = ? AND is_personal', $id);
call($peter, 'Иванов', 'Иван', 'Андреевич');
run('SET session_replication_role = replica');
run(q{UPDATE ej.membership SET during = daterange(lower(during), '2026-10-01') WHERE study_group_id = ? AND pupil_id = ?}, $group, $peter);
run('SET session_replication_role = origin');
told('teacher', $lesson, '//pupil/@name', [@short[0, 1]], 'two have stayed');
is whose($lesson, '//homework[@is_personal]'), "Иванов Иван, $short[1]", 'a task is for the second of them, and for who has left';
is whose($due, '//due[@is_personal]'), "Иванов Иван, $short[1]", 'and so it is called where it is due';

# ------------------------------------------------------------------ others ---

call($peter, 'Петров', 'Пётр', 'Петрович');
call($two, 'Сидоров', 'Иван', 'Андреевич');
told('teacher', $journal, '//pupil/@name', ['Иванов Иван'], 'who has no namesake in the list stays short');
is scalar(grep { /г\. р\.|\(\d\)| \S+(ович|евич|овна|евна|ична)$/ } $client{deputy}->get($journal)->texts('//pupil/@name')), 0, 'the names of all others in the list are short';
my ($grade1) = $t->value(q{SELECT n.pupil_id FROM ej.enrolment n JOIN ej.class c ON c.id = n.class_id WHERE c.school_id = 1 AND c.name = '1А' ORDER BY 1 LIMIT 1});
call($grade1, 'Иванов', 'Иван', 'Андреевич');
told('teacher', $journal, '//pupil/@name', ['Иванов Иван'], 'a namesake in another class is not in the list');
run('SET session_replication_role = replica'); # they meet at another hour, too
run(q{INSERT INTO ej.membership (school_id, study_group_id, pupil_id, during) VALUES (1, ?, ?, '[2026-11-02,)')}, $group, $grade1);
run('SET session_replication_role = origin');
is_deeply [sort @{named($client{teacher}->get($journal), '//pupil/@name')}], ['Иванов Иван Андреевич, 1А', 'Иванов Иван Андреевич, 7Б'],
    'namesakes of two classes in one group are shown with their classes';

# ------------------------------------------------------------------ family ---

my @children = $client{parent}->get('/diary')->texts('//child/@name');
is scalar(grep {/ /} @children), 0, 'children are shown with their given names';
my @own = $client{parent}->get('/diary')->texts('//child/@pupil_id');
SKIP: {
    skip 'one child', 1 if @own < 2;
    run(q{UPDATE ej.pupil SET given_name = 'Женя', surname = ? WHERE id = ?}, @$_) for ['Первый', $own[0]], ['Второй', $own[1]];
    is_deeply [sort $client{parent}->get('/diary')->texts('//child/@name')], ['Второй Женя', 'Первый Женя'], 'children of the same given name are shown with their surnames';
}

# ------------------------------------------------------------------- staff ---

my ($mine, $theirs) = map { $t->value(q{SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = ?}, $_) } 'teacher', 'english';
my $called = $t->value(q{SELECT ej.short_name(surname, given_name, patronymic) FROM ej.staff WHERE id = ?}, $mine);
run(q{UPDATE ej.staff s SET surname = o.surname, given_name = left(o.given_name, 1) || 'я', patronymic = o.patronymic, post = 'учитель химии'
    FROM ej.staff o WHERE s.id = ? AND o.id = ?}, $theirs, $mine);
sub staff { my %s = map { $_ => 1 } grep {/^\Q$_[1]\E/} $client{deputy}->get($_[0])->texts('//@staff_name | //staff/@name'); return sort keys %s }
my ($surname) = $called =~ /^(\S+)/;
is_deeply [grep {/\.$/} staff('/journals', $surname)], [], 'two teachers whose initials are the same have their whole names in the list';
is scalar(my @both = staff('/journals', $surname)), 2, 'two teachers of the same initials are in the list';
run(q{UPDATE ej.staff s SET given_name = o.given_name FROM ej.staff o WHERE s.id = ? AND o.id = ?}, $theirs, $mine);
is_deeply [grep {!/, /} staff('/journals', $surname)], [], 'teachers of the same name are shown with their posts';
run(q{UPDATE ej.staff s SET post = o.post FROM ej.staff o WHERE s.id = ? AND o.id = ?}, $theirs, $mine);
is_deeply [map { /( \(\d\))$/ } staff('/journals', $surname)], [' (1)', ' (2)'], 'teachers of the same name and post are shown with numbers';
run('UPDATE ej.class SET class_teacher_id = ? WHERE id = ?', $theirs, $class);
is scalar(my @numbered = grep {/\(\d\)$/} staff('/classes', $surname)), 2, 'teachers of the same name and post have numbers in the list of classes';
done_testing;
