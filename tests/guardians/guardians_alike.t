#!/usr/bin/perl
# guardians_alike.t: a colleague who becomes a parent, a parent who becomes a colleague, a new
# pupil: the forms propose the person whom the school knows, so that nobody is made twice.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator personnel deputy teacher);
my ($pupil, $class) = $db->selectrow_array(q{SELECT e.pupil_id, e.class_id FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id WHERE c.school_id = 1 AND c.name = '7Б' ORDER BY 1 LIMIT 1});
sub person { my ($table, $surname) = @_; return join ' ', @{$db->selectcol_arrayref("SELECT person_id FROM ej.$table WHERE surname = ? ORDER BY id", undef, $surname)} }

# ------------------------------------------------- a colleague becomes a parent ----

my ($teacher, @name) = $db->selectrow_array(q{SELECT s.person_id, s.surname, s.given_name, s.patronymic FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'english'});
my %parent = (surname => $name[0], given_name => $name[1], patronymic => $name[2], kind => 'mother', status => 'parent', from_on => '2026-11-20');
is refused($c{administrator}->post("/pupils/$pupil/guardians", %parent)), '409 JE217:guardian_id', 'a parent with the name of a colleague is asked about';
$db->do(q{UPDATE ej.staff_card SET birth_on = '1980-05-06' WHERE id = (SELECT id FROM ej.staff WHERE person_id = ? AND school_id = 1)}, undef, $teacher);
my $page = $c{administrator}->post("/pupils/$pupil/guardians", {html => 1}, %parent)->content;
like $page, qr{name="person_id" value="$teacher".*Да: \Q$name[0]\E [^<]*, сотрудник[^<]*, дата рождения <time datetime="1980-05-06"}s, 'the page proposes her, with the birthday';
is person('guardian', $name[0]), '', 'and nothing is written meanwhile';
is $c{administrator}->post("/pupils/$pupil/guardians", %parent, person_id => $teacher)->status . person('guardian', $name[0]), "303$teacher", 'the one picked is the same person, with one log-in';
like join(' ', $t->login('english')->get('/diary')->status), qr/200/, 'who now reads the diary of the child';
my $other = $t->value(q{SELECT person_id FROM ej.account WHERE login = 'deputy'});
is refused($c{administrator}->post("/pupils/$pupil/guardians", %parent, surname => 'Иной', person_id => $other)) =~ /^4/ ? 'refused' : '', 'refused', 'a person of another name is not taken';
my $far = $t->value(q{SELECT person_id FROM ej.account WHERE login = 'deputy-17'});
my @far = $db->selectrow_array('SELECT surname, given_name, patronymic FROM ej.staff WHERE person_id = ?', undef, $far);
is refused($c{administrator}->post("/pupils/$pupil/guardians", %parent, surname => $far[0], given_name => $far[1], patronymic => $far[2], person_id => $far)) =~ /^4/ ? 'refused' : '', 'refused', 'nor one of another school';
is $t->value('SELECT count(*) FROM ej.guardian WHERE person_id = ANY (ARRAY[?, ?]::bigint[])', $other, $far), 0, 'nothing is left of both';

# ------------------------------------------------- a parent becomes a colleague ----

my ($mother, @mother) = $db->selectrow_array(q{SELECT g.person_id, g.surname, g.given_name, g.patronymic FROM ej.guardian g JOIN ej.account a USING (person_id)
    WHERE a.login = 'parent' AND g.school_id = 1});
my %hired = (surname => $mother[0], given_name => $mother[1], patronymic => $mother[2], post => 'библиотекарь', rate_hours => 18, from_on => '2026-11-20', till_on => '');
is refused($c{personnel}->post('/personnel', %hired)), '409 JE217:person_id', 'HR is asked about a new colleague with the name of a parent';
like $c{personnel}->post('/personnel', {html => 1}, %hired)->content, qr{<details class="more" open="open">.*name="person_id" value="$mother".*родитель.*value="библиотекарь"}s, 'the page proposes her, and keeps what was typed';
is $c{personnel}->post('/personnel', %hired, person_id => $mother)->status . person('staff', $mother[0]), "303$mother", 'the one picked is the same person';
is $c{personnel}->post('/personnel', %hired, is_other => 1)->status . scalar(split / /, person('staff', $mother[0])), '3032', 'another one is a person of her own';
is $c{personnel}->post('/personnel', %hired, surname => 'Новая')->status, 303, 'a new name is asked nothing';

# ---------------------------------------------------------------- a new pupil ----

my %new = (kind => 'enrol', surname => $mother[0], given_name => $mother[1], patronymic => $mother[2], birth_on => '2013-04-05', sex => 'f', class_id => $class, moved_on => '2026-11-20',
    reason => 'from_school', order_no => '7-у', order_on => '2026-11-19');
is refused($c{administrator}->post('/newcomers', %new)), '409 JE217:person_id', 'a new pupil with the name of a known person is asked about';
like $c{administrator}->post("/newcomers?class_id=$class&moved_on=2026-11-20", {html => 1}, %new)->content, qr{Нет, это другой человек}, 'on the page, too';
is $c{administrator}->post('/newcomers', %new, is_other => 1)->status, 303, 'another person is enrolled';

# ---------------------------------------------------------------- the rights ----

is refused($c{deputy}->post("/pupils/$pupil/guardians", %parent)), '404 JE401:', 'who gives no cards is told of nobody';
my $web = $t->web_db;
$web->{RaiseError} = 1; $web->{PrintError} = 0;
sub alike {
    my ($login, $but) = @_;
    $web->begin_work;
    $web->do(q{SELECT ej.enter((SELECT decode(?, 'hex')), NULL)}, undef, $t->value(q{SELECT encode(s.digest, 'hex') FROM ej.session s JOIN ej.account a ON a.id = s.account_id WHERE a.login = ? LIMIT 1}, $login));
    my ($n) = $web->selectrow_array('SELECT count(*) FROM ej.person_alike(?, ?, ?, ?)', undef, $but, @name);
    $web->rollback;
    return $n;
}
$t->login('administrator-17');
is join(' ', alike('administrator', 'pupil'), alike('personnel', 'pupil'), alike('teacher', 'pupil'), alike('deputy', 'staff'), alike('administrator-17', 'pupil')), '1 0 0 0 0', 'a statement finds nobody for them';
ok !eval { $web->begin_work; $web->do(q{SELECT ej.enter(decode(?, 'hex'), NULL, gen_random_uuid())}, undef, $t->value(q{SELECT encode(s.digest, 'hex') FROM ej.session s JOIN ej.account a ON a.id = s.account_id WHERE a.login = 'personnel' LIMIT 1}));
    $web->do(q{INSERT INTO ej.staff (school_id, person_id, surname, given_name) VALUES (1, ?, 'Чужая', 'Карта')}, undef, $other); 1 }, 'a statement gives nobody\'s card to another';
is $web->state, '23503', 'as if there were no such person';
$web->rollback;
done_testing;
