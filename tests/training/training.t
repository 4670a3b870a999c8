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

# every other task of the staff, on the page that its words name: it is not done before, and done by that
enter($_) for qw(class-teacher deputy administrator director);
sub ours { my ($sql, @values) = @_; return $t->value($sql =~ s/~/$school/gr, @values) }
my %staff = map { ($_ => mine($_, 'f.id')) } keys %c;
my $own = mine('class-teacher', '(SELECT c.id FROM ej.class AS c WHERE c.class_teacher_id = f.id)');
my ($child, $guardian) = $t->db->selectrow_array('SELECT e.pupil_id, w.guardian_id FROM ej.enrolment AS e JOIN ej.guardianship AS w USING (pupil_id) WHERE e.class_id = ? ORDER BY 1 LIMIT 1', undef, $own);
my ($teaching, $coming) = $t->db->selectrow_array('SELECT l.teaching_id, l.id FROM ej.lesson AS l WHERE l.staff_id = ? AND l.held_on > ej.today(l.school_id) ORDER BY l.held_on LIMIT 1', undef, $staff{'class-teacher'});
my ($group, $quarter) = map { ours($_, $teaching) } 'SELECT study_group_id FROM ej.teaching WHERE id = ?', q{SELECT j.id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id AND e.name = 'I четверть' WHERE j.teaching_id = ?};
my ($maths, $russian) = map { ours('SELECT id FROM ej.subject WHERE school_id = ~ AND name = ?', $_) } 'Математика', 'Русский язык';
my %order = (order_no => '5', order_on => '2026-11-19');
# all fields of the form of a page, as a browser has them
sub filled {
    my ($who, $page, %form) = @_;
    for my $field ($c{$who}->get($page, html => 1)->nodes(q{//main//form[@method = 'post']//*[@name][self::input or self::select or self::textarea]})) {
        my ($name, $type) = map { $field->getAttribute($_) // '' } qw(name type);
        my ($value) = $field->nodeName eq 'input' ? $field->getAttribute('value') : $field->nodeName eq 'select' ? map { $_->value } $field->findnodes('(option[@selected] | option)/@value') : $field->textContent;
        push @{$form{$name}}, $value // '' unless $name eq 'form_token' || $type eq 'submit' || $type eq 'checkbox' && !$field->hasAttribute('checked');
    }
    return %form;
}
my ($hired, $slip);
my @facts = (
    [teacher => work => sub { (shift)->post("/lessons/$lesson", new_kind_id => ours(q{SELECT id FROM ej.work_kind WHERE school_id = ~ AND code = 'test'}), new_title => 'Дроби', works => 1) }],
    [teacher => plan => sub { $_[0]->post('/plans', subject_id => $maths, grade => 5, hours_week => 5, name => 'Математика'); $_[0]->post('/plans/' . ours('SELECT max(id) FROM ej.plan WHERE school_id = ~') . '/rows', is_replaced => 1, pasted => "Тема\tЧасов\nДроби\t2") }],
    ['class-teacher' => check => sub { (shift)->post("/classes/$own/checks", week_on => '2026-11-09') }],
    ['class-teacher' => reason => sub { (shift)->post("/classes/$own/attendance", pupil_id => $child, code => 'б', from_on => '2026-11-19', till_on => '2026-11-19', document => 'справка') }],
    ['class-teacher' => card => sub { (shift)->post("/pupils/$child/card", filled('class-teacher', "/pupils/$child/card"), contacts => '+7 000 000-00-00') }],
    ['class-teacher' => consent => sub { (shift)->post("/classes/$own/consents", purpose => 'email', signed_on => '2026-11-19', "answer.$child.$guardian" => 'given', "document_no.$child.$guardian" => '1') }],
    ['class-teacher' => remark => sub { (shift)->post("/pupils/$child/remarks", kind => 'praise', note => 'Молодец') }],
    ['class-teacher' => informing => sub { (shift)->post('/informing', way => 'meeting', informed_on => '2026-11-18', note => 'Итоги', pupil_id => $child) }],
    ['class-teacher' => announcement => sub { (shift)->post('/announcements', title => 'Собрание', note => 'В пятницу', whom => 'parents', class_id => $own) }],
    [deputy => holiday => sub { (shift)->post('/holidays', name => 'Дополнительные', kind => 'extra', from_on => '2027-02-15', till_on => '2027-02-21') }],
    [deputy => group => sub { (shift)->post('/groups', year => 2026, name => 'Хор', kind => 'club') }],
    [deputy => load => sub { (shift)->post("/load/classes/$own/subjects/$russian", study_group_id => $group, staff_id => $staff{deputy}, hours_week => 4) }],
    [deputy => substitution => sub { my $free = $_[0]->get("/lessons/$coming/substitution")->xpath(q{string(//choice[starts-with(@value, 's.')]/@value)}); $_[0]->post("/lessons/$coming/substitution", reason => 'sick', "change.$coming" => $free, "old_change.$coming" => '') }],
    [deputy => control_work => sub { (shift)->post("/controls/classes/$own", teaching_id => $teaching, form_id => ours(q{SELECT id FROM ej.work_kind WHERE school_id = ~ AND code = 'test'}), held_on => '2026-12-08', title => 'Дроби') }],
    [deputy => finding => sub { my ($way) = map { s{&amp;}{&}gr =~ s{^/journal}{}r } $_[0]->get('/control/duties/topic?from_on=2026-11-06', html => 1)->content =~ m{href="([^"]*/control/duties/topic/finding\?[^"]*)"};
        my $form = $_[0]->get($way); $_[0]->post($way, text => 'Запишите тему.', map { ($_ => $form->xpath("string(//findings/\@$_)")) } qw(addressee_id lesson_id class_id teaching_id from_on till_on due_on)) }],
    [deputy => inspection => sub { (shift)->post('/inspections', month_on => '2026-10-01') }],
    [deputy => closing => sub { (shift)->post("/closing/classes/$own", name => 'I четверть', journal_id => $quarter, action => 'close', %order, reason => 'конец четверти', is_incomplete => 1) }],
    [administrator => staff => sub { (shift)->post('/personnel', surname => 'Новикова', given_name => 'Яна', patronymic => '', post => 'учитель', rate_hours => 18, from_on => '2026-11-20', till_on => '') }],
    [administrator => role => sub { $hired = ours(q{SELECT id FROM ej.staff WHERE school_id = ~ AND surname = 'Новикова'}); (shift)->post('/roles', staff_id => $hired, role => 'deputy', %order, from_on => '2026-11-20', till_on => '') }],
    [administrator => code => sub { $slip = $_[0]->post('/slips/staff', state => $_[0]->get('/slips/staff')->xpath('string(//slips/@state)'), days => 30, what => 'chosen', person_id => ours('SELECT person_id FROM ej.staff WHERE id = ?', $hired)) }, '200'],
    [administrator => room => sub { (shift)->post('/rooms', name => '501', kind => 'class', capacity => 24) }],
    [administrator => bell => sub { (shift)->post('/bells', name => 'Короткий день', shift => 1) }],
    [administrator => settings => sub { my %form = filled('administrator', '/settings'); (shift)->post('/settings', %form, city => 'Пермь') }],
    [administrator => movement => sub { (shift)->post('/newcomers', surname => 'Ёжикова', given_name => 'Яна', patronymic => '', birth_on => '2015-05-04', sex => 'f', kind => 'enrol', class_id => $own, moved_on => '2026-11-19', reason => 'from_city', %order) }],
    [administrator => guardian => sub { (shift)->post("/pupils/$child/guardians", surname => 'Сойкин', given_name => 'Лев', kind => 'grandfather', status => 'trustee', from_on => '2026-11-20') }],
);
for my $fact (@facts) {
    my ($who, $task, $do, $status) = @$fact;
    my $before = task($who, $task);
    my $r = $do->($c{$who});
    is join(' ', $before, refused($r), task($who, $task)), '- ' . ($status // '303') . ' done', "$who: $task is done by its page alone";
}
is $t->value('SELECT count(*) FROM ej.room WHERE school_id = 1 AND name = ?', '501'), 0, 'the own school has none of it';

# a numbered copy made here says that it is none, whoever checks it
is $c{'class-teacher'}->post("/pupils/$child/portfolio", purpose => 'проба')->status, 303, 'a copy is certified';
my ($key, $about) = $t->db->selectrow_array(q{SELECT x.code_key, p.surname FROM ej.extract AS x JOIN ej.pupil AS p ON p.id = x.pupil_id WHERE x.school_id = ? AND x.kind = 'portfolio'}, undef, $school);
my $anybody = $t->client('anybody');
like $_->content, qr/Учебная школа — не документ/, 'which says that it is no document' for
    $anybody->post("/check/$key", {html => 1, token => $anybody->login_token("/check/$key")}, holder => $about);

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
$child = $t->value(q{SELECT w.pupil_id FROM ej.guardian AS g JOIN ej.account AS a USING (person_id) JOIN ej.guardianship AS w ON w.guardian_id = g.id WHERE a.login = 'parent' ORDER BY 1 LIMIT 1});
$t->db->do(q{DELETE FROM ej.receipt WHERE guardian_id IN (SELECT g.id FROM ej.guardian AS g JOIN ej.account AS a USING (person_id) WHERE a.login = 'parent')});
sub seen { return $parent->get('/training')->xpath('string(//task[@task = "receipt"]/@done_on)') }
is seen(), '', 'which has not seen a week';
$t->db->do(q{INSERT INTO ej.receipt (school_id, pupil_id, week_on, guardian_id, way, document_sha256, is_late)
    SELECT w.school_id, w.pupil_id, '2026-11-16', w.guardian_id, 'tap', sha256('x'), false FROM ej.guardian AS g JOIN ej.account AS a USING (person_id) JOIN ej.guardianship AS w ON w.guardian_id = g.id
     WHERE a.login = 'parent' AND w.pupil_id = ?}, undef, $child);
like seen(), qr/^\d{4}-\d\d-\d\d$/, 'and then has';
sub family { my ($task) = @_; return $parent->get('/training')->xpath("string(//task[\@task = '$task']/\@done_on)") ? 'done' : '-' }
$t->db->do(q{DELETE FROM ej.contact WHERE person_id = (SELECT person_id FROM ej.account WHERE login = 'parent')});
my @before = map { family($_) } qw(contact message);
$parent->post('/account/contacts', channel => 'email', address => 'mother@example.ru');
my ($contact, $code) = $t->db->selectrow_array(q{SELECT id, secret FROM ej.contact WHERE address = 'mother@example.ru'});
is join(' ', @before, family('contact'), refused($parent->post("/account/contacts/$contact", action => 'confirm', code => $code)), family('contact')), '- - - 303 done', 'an address is confirmed, not only entered';
my $to = $parent->get("/recipients?pupil_id=$child")->xpath('string(//recipient[1]/@person_id)');
is join(' ', refused($parent->post("/recipients/$to", pupil_id => $child, text => 'Здравствуйте')), family('message')), '303 done', 'a message is written';
is join(' ', sort map({ $_->[1] } @facts), qw(lesson mark absence change receipt contact message)), $t->value(q{SELECT string_agg(task, ' ' ORDER BY task COLLATE "C") FROM ej.training_tasks()}), 'so every task was done';
is refused($parent->post('/training', module => 'diary')), '404 JE401:', 'no record of it is kept';
done_testing;
