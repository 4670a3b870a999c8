#!/usr/bin/perl
# training.t: the training school and what is learnt in it (DOC-03, DOC-07): made by ejournal-school, marked on every
# page, nothing leaves it; tasks are done by facts, modules passed, seminars entered; the list of the staff.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my $name = $t->value('SELECT name FROM ej.school WHERE id = 1');
sub school {
    my @command = ('sql/ejournal-school', '--training', '--name', @_, '-U', 'postgres', '-h', $t->postgres->socket, '-d', $t->database);
    utf8::encode($_) for @command;
    open my $out, '-|', 'sh', '-c', '"$@" 2>&1', 'sh', @command or die;
    local $/;
    my $said = <$out>;
    close $out;
    return ($? >> 8) . " $said";
}

# ------------------------------------------------------------ programme --

my $hours = $t->db->selectall_hashref('SELECT role, sum(hours) AS hours FROM ej.training_modules() GROUP BY role', 'role');
is join(' ', map { "$_ " . ($hours->{$_}{hours} + 0) } sort keys %$hours), 'administrator 6 class_teacher 4 deputy 6 family 0.5 teacher 2', 'the hours of each role';
cmp_ok eval { my $n = 0; $n += $hours->{$_}{hours} for grep { $_ ne 'family' } keys %$hours; $n }, '<=', 18, 'all modules of the staff have at most 18 hours';
is $t->value('SELECT count(*) FROM ej.training_modules() AS m WHERE NOT EXISTS (SELECT FROM ej.training_tasks() AS t WHERE t.module = m.module)'), 0, 'each module has tasks';
open my $words, '<:encoding(UTF-8)', 'xslt/training_words.xsl' or die;
my $sheet = do { local $/; <$words> };
is join(' ', sort $sheet =~ /<task key="(\w+)"/g), $t->value(q{SELECT string_agg(task, ' ' ORDER BY task COLLATE "C") FROM ej.training_tasks()}), 'each task has its words';
is join(' ', sort $sheet =~ /<module key="(\w+)"/g), $t->value(q{SELECT string_agg(module, ' ' ORDER BY module COLLATE "C") FROM ej.training_modules()}), 'and each module';
my $body = $t->value(q{SELECT string_agg(prosrc, ' ') FROM pg_proc WHERE proname IN ('training_facts', 'training_family')});
is join(' ', grep { $body !~ /SELECT '$_'/ } map { @$_ } @{$t->db->selectall_arrayref('SELECT task FROM ej.training_tasks()')}), '', 'and a fact that shows that it is done';

# --------------------------------------------------------------- school --

my $there = $t->login('teacher');
is $there->get('/training', html => 1)->count('//p[@class = "notice"]'), 1, 'without a training school the page says how to make one';
like school($name), qr/^0 (\d\d)$/m, 'the command makes a training school';
my $places = $t->value('SELECT count(*) FROM ej.staff WHERE school_id = 1 AND during @> ej.today(1)');
my $school = $t->value('SELECT id FROM ej.school WHERE training_of_id = 1');
is $t->value('SELECT count(*) FROM ej.staff WHERE school_id = ?', $school), $places, 'in which each of the staff has a place';
is school($name), "0 0\n", 'again it adds nobody';
like school('Школа, которой нет'), qr/^1 .*no school of this name/s, 'of a school that is not there it makes none';
is $t->value('SELECT min(n) || \' \' || max(n) FROM (SELECT count(*) AS n FROM ej.enrolment WHERE school_id = ? GROUP BY class_id) AS x', $school), '8 8', 'everybody has a class of eight';
is $t->client('anybody')->get('/about')->count("//school[\@id = $school or \@school_id = $school]"), 0, 'people outside do not see it';

my %c = map { ($_ => $t->login($_)) } qw(teacher class-teacher deputy administrator director);
is $c{teacher}->get('/training')->xpath('string(/page/@is_training)'), '', 'who logs in is in the own school';
is $c{teacher}->get('/')->xpath('string(/page/@school)'), $t->value('SELECT short_name FROM ej.school WHERE id = 1'), 'without a question';
sub enter { my ($who) = @_; return $c{$who}->post('/school', school_id => $school, back => '/training')->location . $c{$who}->get('/training')->xpath('string(/page/@is_training)') }
is enter('teacher'), '/training1', 'and goes to the training school';
is $c{teacher}->get($_, html => 1)->count('//p[@class = "training"]'), 1, "where $_ says so" for '/', '/journals', '/training';
is $c{teacher}->get('/journals', html => 1)->count('//table//tbody/tr') > 0, 1, 'one has a journal';

# ---------------------------------------------------------------- tasks --

sub task { my ($who, $task) = @_; return $c{$who}->get('/training')->xpath("string(//task[\@task = '$task']/\@done_on)") =~ /^\d{4}-\d\d-\d\d$/ ? 'done' : '-' }
sub mine { my ($who, $what) = @_; return $t->value("SELECT $what FROM ej.staff AS f JOIN ej.account AS a USING (person_id) WHERE f.school_id = $school AND a.login = ?", $who) }
is $c{teacher}->get('/training')->count('//task[@done_on]'), 0, 'nothing is done yet';
my ($lesson, $class) = map { mine('teacher', $_) } '(SELECT max(l.id) FROM ej.lesson AS l WHERE l.staff_id = f.id AND l.held_on = ej.today(l.school_id))', '(SELECT c.id FROM ej.class AS c WHERE c.class_teacher_id = f.id)';
my ($first, $second) = map { $_->[0] } @{$t->db->selectall_arrayref('SELECT pupil_id FROM ej.enrolment WHERE class_id = ? ORDER BY pupil_id LIMIT 2', undef, $class)};
my $journal = $t->value('SELECT j.id FROM ej.journal AS j JOIN ej.lesson AS l ON l.teaching_id = j.teaching_id JOIN ej.term AS e ON e.id = j.term_id WHERE l.id = ? AND e.is_taught AND e.during @> l.held_on', $lesson);
is refused($c{teacher}->post('/training', module => 'lesson')), '409 JE289:module', 'so the module is not passed';
sub mark { my ($old, $new) = @_; return refused($c{teacher}->post("/journals/$journal", column_id => [$t->value('SELECT coalesce((SELECT min(w.id) FROM ej.work AS w WHERE w.lesson_id = $1), $1)' =~ s/\$1/$lesson/gr)], pupil_id => [$first], old => [$old], value => [$new])) }
is mark('', '4') . ' ' . task('teacher', 'mark'), '303 done', 'a mark is the fact of its task';
is task('teacher', 'change'), '-', 'which is not that of a changed one';
is mark('4', '5') . ' ' . task('teacher', 'change'), '303 done', 'until it is changed';
is $c{teacher}->post("/lessons/$lesson", topic => 'Дроби', old_topic => '')->status . ' ' . task('teacher', 'lesson'), '303 -', 'a topic alone is not the whole lesson';
is $c{teacher}->post("/lessons/$lesson", topic => 'Дроби', old_topic => 'Дроби', homework_text => '№ 5', old_homework_text => '', "code.$second" => 'н', "old_code.$second" => '')->status, 303, 'homework and an absence are saved';
is join(' ', map { task('teacher', $_) } qw(lesson absence)), 'done done', 'topic and homework are, and so is the absence';
is $c{teacher}->get('/training')->count('//task[@module = "lesson"][not(@done_on)]'), 0, 'all tasks of the module are done';
is $c{'class-teacher'}->get('/training')->count('//task[@done_on]'), 0, 'by one, not by a colleague';
is $c{teacher}->post('/training', module => 'lesson')->location, '/training?done=changed', 'the module is passed';
$c{teacher}->post('/training', module => 'lesson');
is $t->value(q{SELECT count(*) || ' ' || min(school_id) || ' ' || min(passed_on) || ' ' || min(hours) FROM ej.training_record}), '1 1 2026-11-20 1.0', 'once, in the record of the own school';
is refused($c{teacher}->post('/training', module => 'journal')), '409 JE289:module', 'another is not';
is refused($c{teacher}->post('/training', module => 'nothing')), '422 JE106:module', 'nor one that is not there';
$t->db->do('UPDATE ej.history SET void_id = (SELECT max(id) FROM ej.history) WHERE table_name = ? AND school_id = ?', undef, 'homework', $school);
is task('teacher', 'lesson'), '-', 'what was made void is not done';

# the same of each other role, in its own room of the school
enter($_) for qw(class-teacher deputy administrator director);
my $own = mine('class-teacher', '(SELECT c.id FROM ej.class AS c WHERE c.class_teacher_id = f.id)');
is refused($c{'class-teacher'}->post("/classes/$own/checks", week_on => '2026-11-09')) . ' ' . task('class-teacher', 'check'), '303 done', 'a class teacher checks a week';
is refused($c{deputy}->post('/holidays', name => 'Дополнительные', kind => 'extra', from_on => '2027-02-15', till_on => '2027-02-21')) . ' ' . task('deputy', 'holiday'), '303 done', 'a deputy adds holidays';
is refused($c{administrator}->post('/rooms', name => '501', kind => 'class', capacity => 24)) . ' ' . join(' ', task('administrator', 'room'), task('administrator', 'bell')), '303 done -', 'an administrator adds a room, and no bells';
is $t->value('SELECT count(*) FROM ej.room WHERE school_id = 1 AND name = ?', '501'), 0, 'the own school has none of it';

# -------------------------------------------------------------- letters --

my @may = map { my $to = $_; $t->value(q{SELECT ej.outbound_may(jsonb_populate_record(NULL::ej.notice_for, jsonb_build_object('school_id', f.school_id, 'person_id', f.person_id, 'kind', 'contact_code')), 'email')
    FROM ej.staff AS f JOIN ej.account AS a USING (person_id) WHERE a.login = 'teacher' AND f.school_id = ?}, $to) } 1, $school;
is "@may", '1 0', 'a letter may leave the own school, and none the training school';
$c{teacher}->post('/support', text => 'Не понимаю', about => 'other');
$t->db->do(q{SELECT ej.support_letters('help@example.org')});
is $t->value('SELECT count(*) FROM ej.outbound WHERE school_id = ?', $school), 0, 'nor a request to the support outside';

# ------------------------------------------------------------- the staff --

is $c{deputy}->post('/school', school_id => 1, back => '/')->status, 303, 'a deputy goes back';
$c{deputy}->get('/training');
my $staff = $t->value(q{SELECT f.id FROM ej.staff AS f JOIN ej.account AS a USING (person_id) WHERE a.login = 'teacher' AND f.school_id = 1});
my $page = $c{deputy}->get('/training/staff');
is $page->count('//staff'), $places, 'and sees all of the staff';
my %wanted = (teacher => 6, deputy => 6, administrator => 6, director => 0);
is $page->xpath("string(//staff[\@staff_id = $staff]/\@done)"), '1.0', 'the hours that are passed';
is join(' ', map { my $f = $t->value(q{SELECT f.id FROM ej.staff AS f JOIN ej.account AS a USING (person_id) WHERE a.login = ? AND f.school_id = 1}, $_); "$_ " . ($page->xpath("string(//staff[\@staff_id = $f]/\@hours)") + 0) } sort keys %wanted),
    join(' ', map {"$_ $wanted{$_}"} sort keys %wanted), 'and those of the roles';
is refused($c{deputy}->post('/training/staff', staff_id => $staff, passed_on => '2026-11-21', hours => '2', seminar => 'Завтра')), '422 JE203:passed_on', 'a seminar of tomorrow is refused';
is refused($c{deputy}->post('/training/staff', staff_id => $staff, passed_on => '2026-11-19', hours => '19', seminar => 'Долгий')), '422 JE102:hours', 'and one of more than 18 hours';
is refused($c{deputy}->post('/training/staff', staff_id => mine('teacher', 'f.id'), passed_on => '2026-11-19', hours => '2', seminar => 'Семинар')), '422 JE106:staff_id', 'and one of another school';
is $c{deputy}->post('/training/staff', staff_id => $staff, passed_on => '2026-11-19', hours => '1,5', seminar => 'Семинар для классных руководителей')->location, '/training/staff?done=added', 'a seminar is entered' for 1, 2;
is $c{deputy}->get('/training/staff')->xpath("concat(count(//record[\@seminar]), ' ', //record[\@seminar]/\@hours, ' ', //staff[\@staff_id = $staff]/\@done)"), '1 1.5 1.0', 'once, and is no hour of the programme';
is $t->login('director')->get('/training/staff?format=print', html => 1)->count('//table/tbody/tr'), $places, 'the director prints the list';
my $record = $t->value('SELECT id FROM ej.training_record WHERE seminar <> ?', '');
is join(' ', map { refused($t->login($_)->post("/training/records/$record")) } 'teacher', 'deputy-17'), '404 JE401: 404 JE401:', 'nobody else removes it';
is $c{deputy}->post("/training/records/" . $t->value('SELECT id FROM ej.training_record WHERE seminar = ?', ''))->status, 404, 'nor anybody a passed module';
is $c{deputy}->post("/training/records/$record")->location, '/training/staff?done=removed', 'a deputy removes a seminar';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'training_record' AND old ->> 'seminar' LIKE 'Семинар%' AND new IS NULL}), 1, 'which the history keeps';
is join(' ', map { $t->login($_)->get('/training/staff')->status } qw(administrator teacher parent observer)), '404 404 404 404', 'the list is for director and deputies';

# -------------------------------------------------------------- families --

my $parent = $t->login('parent');
is $parent->get('/training')->xpath('concat(count(//task), " ", //task/@role, " ", sum(//task[1]/@hours))'), '3 family 0.5', 'a family has half an hour';
my $child = $t->value(q{SELECT w.pupil_id FROM ej.guardian AS g JOIN ej.account AS a USING (person_id) JOIN ej.guardianship AS w ON w.guardian_id = g.id WHERE a.login = 'parent' ORDER BY 1 LIMIT 1});
$t->db->do(q{DELETE FROM ej.receipt WHERE guardian_id IN (SELECT g.id FROM ej.guardian AS g JOIN ej.account AS a USING (person_id) WHERE a.login = 'parent')});
sub seen { return $parent->get('/training')->xpath('string(//task[@task = "receipt"]/@done_on)') }
is seen(), '', 'which has not seen a week';
$t->db->do(q{INSERT INTO ej.receipt (school_id, pupil_id, week_on, guardian_id, way, document_sha256, is_late)
    SELECT w.school_id, w.pupil_id, '2026-11-16', w.guardian_id, 'tap', sha256('x'), false FROM ej.guardian AS g JOIN ej.account AS a USING (person_id) JOIN ej.guardianship AS w ON w.guardian_id = g.id
     WHERE a.login = 'parent' AND w.pupil_id = ?}, undef, $child);
like seen(), qr/^\d{4}-\d\d-\d\d$/, 'and then has';
is refused($parent->post('/training', module => 'diary')), '404 JE401:', 'no record of it is kept';
done_testing;
