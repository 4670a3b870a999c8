#!/usr/bin/perl
# readiness_school.t: a school from nothing to the first mark, by the screens and the imports
# alone. A browser without JavaScript: each form is read from its page, what a person
# would change is changed, and all its fields are sent.
# browser/school.t does it in a real browser.
use lib 'tests/lib';
use EJ::School;
use EJ::Test;

my $t = EJ::Test->new(empty => 1);

# The fields that a form of the page sends, in order, as [name, value]. $which: an XPath
# condition of the form.
sub fields {
    my ($page, $which) = @_;
    my ($form) = $page->nodes("//form[\@method = 'post'][$which]") or die "no form [$which]: " . $page->summary;
    return map {
        my $name = $_->getAttribute('name');
        my $type = $_->getAttribute('type') // '';
        $_->nodeName eq 'select' ? [$name, $_->findvalue('(option[@selected] | option[1][not(../option/@selected)])/@value')]
            : $_->nodeName eq 'textarea' ? [$name, $_->textContent]
            : $type =~ /^(checkbox|radio)$/ ? ($_->hasAttribute('checked') ? [$name, $_->getAttribute('value') // 'on'] : ())
            : $type eq 'file' ? () : [$name, $_->getAttribute('value') // '']
    } $form->findnodes('.//*[self::input or self::select or self::textarea][@name]');
}

# Fill in a form of a page and send it to its own address; fails the test if it is refused.
# A value that is a word of a select is chosen by that word.
sub fill {
    my ($who, $path, $which, %new) = @_;
    my $page = $who->get($path, html => 1);
    my @fields = fields($page, $which);
    my ($form) = $page->nodes("//form[\@method = 'post'][$which]");
    for my $name (sort keys %new) {
        my $word = $new{$name};
        my ($option) = grep { $_->textContent eq $word } $form->findnodes(".//select[\@name = '$name']/option");
        my $value = $option ? $option->getAttribute('value') : $word;
        my ($field) = grep { $_->[0] eq $name } @fields;
        $field ? ($field->[1] = $value) : push @fields, [$name, $value];
    }
    my $reply = $who->post($form->getAttribute('action') || $path, {html => 1}, map { @$_ } grep { defined $_->[1] } @fields);
    is $reply->status, 303, "$path takes " . join ', ', map { "$_ = $new{$_}" } sort keys %new or diag join "\n", $reply->texts('//*[@role = "alert"]');
    return $reply;
}

# Load a file through an import: file, preview, save.
sub import_file {
    my ($who, $kind, $expected) = @_;
    is $who->upload("/imports/$kind", [['file', "$kind.csv", $EJ::School::FILES{$kind}]], step => 'file')->status, 303, "a file of $kind is read";
    my $seen = $who->get("/imports/$kind");
    is join(' ', map { $seen->xpath("string(//imports/\@$_)") } qw(added bad)), "$expected 0", "$kind: $expected rows, none bad"
        or diag join "\n", map { $_->toString } $seen->nodes('//row[@done = "bad"]');
    is $who->post("/imports/$kind", step => 'save', version => $seen->xpath('string(//imports/@version)'))->status, 303, 'and saved';
}

# Log in with a code for the first time.
sub activate {
    my ($code, $login) = @_;
    my $who = $t->client($login);
    my $password = 'long enough 92';
    my %fields = (code => $code, login => $login, password => $password, password2 => $password);
    my $page = $who->post('/activate', {html => 1}, code => $code);
    $fields{$_->[0]} //= $_->[1] // '' for fields($page, '1');
    $fields{is_agreed} = 1;
    my $reply = $who->post('/activate', {html => 1}, %fields);
    is $reply->status, 303, "$login has an account" or diag join "\n", $reply->texts('//*[@role = "alert"]');
    $who->log_in($login, $password);
    return $who;
}

# ------------------------------------------------------------ the installation ---

my $code   = EJ::School::install($t, '2026-08-24');
my $school = $t->value('SELECT id FROM ej.school');
my $admin = activate($code, 'sedykh');
is $admin->get('/readiness')->xpath('string(//line[@code = "staff"]/@things)'), '0', 'the administrator is in, and sees that the year needs staff';

# ------------------------------------------------------- lists, by their files ---

import_file($admin, 'rooms', 3);
import_file($admin, 'staff', 3);
import_file($admin, 'classes', 2);
fill($admin, '/classes', './/input[@name = "grade"]', grade => 10, letter => 'А', class_teacher_id => 'Громов Пётр Ильич', term_plan_id => '10–11 классы', week_days => 'шесть дней');
import_file($admin, 'pupils', 4);
import_file($admin, 'curricula', 4);
import_file($admin, 'load', 3);

# ------------------------------------------------------------------- pupils ---

my ($class) = grep { $_->textContent =~ /^5А / } $admin->get('/newcomers', html => 1)->nodes('//select[@name = "class_id"]/option');
fill($admin, '/newcomers?moved_on=2026-09-01&class_id=' . $class->getAttribute('value'), './/input[@name = "surname"]', surname => 'Котова', given_name => 'Яна',
    birth_on => '2015-03-08', sex => 'женский', order_no => '1-у', order_on => '2026-08-24');
is $t->value(q{SELECT count(*) FROM ej.membership AS m JOIN ej.study_group AS g ON g.id = m.study_group_id WHERE g.name = '5А' AND g.school_id = ?}, $school), 3, 'the pupil is in the group of the class, too';

# ---------------------------------------------------- timetable, lessons ---

my ($teaching) = grep { $_->textContent =~ /Математика/ } $admin->get('/timetable/edit?class_id=' . $class->getAttribute('value') . '&day_on=2026-09-01', html => 1)
    ->nodes('//a[contains(@href, "teaching_id=")]');
my $place = $teaching->getAttribute('href') =~ s{^/journal}{}r;
$place = "/timetable/edit$place" if $place =~ /^[?]/;
for my $at ('1.2', '2.3', '3.2') { # Monday's second lesson, and two others
    fill($admin, $place, './/button[@name = "at"]', at => $at, place_id => '101');
}
fill($admin, '/timetable/lessons', 'contains(@action, "/timetable/lessons")');
cmp_ok $t->value(q{SELECT count(*) FROM ej.lesson AS l JOIN ej.teaching AS t ON t.id = l.teaching_id WHERE t.school_id = ?}, $school), '>', 15, 'the lessons of the first term are there';

# ------------------------------------------------ the teacher's first mark ---

# The code that a page of slips issues to a person.
sub code_of {
    my ($who, $path, $name) = @_;
    my $which = './/button[@name = "what"][@value = "all"]';
    my $page  = $who->get($path, html => 1);
    my ($form) = $page->nodes("//form[\@method = 'post'][$which]");
    my $reply = $who->post($form->getAttribute('action'), {html => 1}, (map { @$_ } fields($page, $which)), what => 'all');
    is $reply->status, 200, "$path issues codes" or diag join "\n", $reply->texts('//*[@role = "alert"]');
    return $reply->content =~ /\Q$name\E.*?([A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5})/s ? $1 : '';
}
my $teacher = activate(code_of($admin, '/slips/staff', 'Белова'), 'belova');
$t->db->do('UPDATE ej.school SET today_fixed = ? WHERE id = ?', undef, '2026-09-09', $school);
my $today = $teacher->get('/');
my ($lesson) = map { $_->getAttribute('lesson_id') } $today->nodes('//lesson');
ok $lesson, 'the teacher finds the lesson of the day' or diag $today->content;
my $page    = $teacher->get("/lessons/$lesson");
my $journal = $page->xpath('string(//lesson/@journal_id)');
my $pupil   = $page->xpath('string(//pupil/@pupil_id)');
fill($teacher, "/lessons/$lesson", 'contains(@action, "/lessons/")', topic => 'Натуральные числа', homework_text => '№ 12');
is $teacher->post("/journals/$journal", column_id => $lesson, pupil_id => $pupil, old => '', value => '5')->status, 303, 'and gives the first mark';

# ---------------------------------------------------------------- a family ---

my $family = activate(code_of($teacher, '/slips/classes/' . $class->getAttribute('value'), 'Ёлкина'), 'elkina');
my $diary  = $family->get('/diary?week_on=2026-09-07', html => 1);
like $family->get('/diary?week_on=2026-09-14', html => 1)->content, qr/Математика.*№ 12/s, 'the pupil reads the homework for the next lesson';
like $diary->content, qr/Натуральные числа.*5|5.*Натуральные числа/s, 'the topic and the mark';
is $t->value('SELECT count(*) FROM ej.mark AS m WHERE m.school_id = ? AND m.value = ?', $school, '5'), 1, 'the school has its first mark';
$t->done_testing;
