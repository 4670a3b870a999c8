#!/usr/bin/perl
# refusals_page.t: refusals by the database are shown as pages to people
# without scripts. The page is made in another transaction than the refused one.
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(children => 1);
my $teacher = $t->login('teacher');
my ($foreign) = $t->db->selectrow_array(<<'SQL');
SELECT l.id FROM ej.lesson AS l JOIN ej.teaching AS g ON g.id = l.teaching_id
 WHERE g.staff_id NOT IN (SELECT s.id FROM ej.staff AS s JOIN ej.account AS a USING (person_id)
                           WHERE a.login = 'teacher')
   AND l.staff_id = g.staff_id AND g.school_id = 1
   AND EXISTS (SELECT FROM ej.study_group_class AS gc JOIN ej.class AS c ON c.id = gc.class_id
                JOIN ej.staff AS s ON s.id = c.class_teacher_id JOIN ej.account AS a USING (person_id)
               WHERE gc.study_group_id = g.study_group_id AND a.login = 'teacher')
 ORDER BY l.id LIMIT 1
SQL
for my $round (1 .. 3) {
    my $r = $teacher->post('/journals/99999999', {html => 1},
        column_id => [1], pupil_id => [1], old => [''], value => ['5']);
    is $r->status, 404, 'a journal that is not there is refused with a page';
    like $r->content, qr/<html/, 'the refusal of a missing journal is a page of the journal';
    $r = $teacher->post("/lessons/$foreign", {html => 1}, topic => 'Чужая тема', old_topic => '');
    is $r->status, 403, 'a lesson of another teacher is refused by the database';
    like $r->content, qr/Чужая тема|<html/, 'the refusal of another teacher\'s lesson is a page';
}

# A missing GRANT is a fault of the journal itself, and is reported as such when
# reading and when writing.
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my ($column, $pupil) = $t->db->selectrow_array(<<'SQL', undef, $journal =~ /(\d+)$/);
SELECT w.id, b.pupil_id FROM ej.work AS w JOIN ej.lesson AS l ON l.id = w.lesson_id
  JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
 WHERE w.journal_id = ? AND NOT EXISTS (SELECT FROM ej.mark AS m WHERE m.work_id = w.id AND m.pupil_id = b.pupil_id)
 ORDER BY w.id, b.pupil_id LIMIT 1
SQL
my ($save) = $t->db->selectrow_array(q{SELECT oid::regprocedure FROM pg_proc WHERE proname = 'journal_save' AND pronamespace = 'ej'::regnamespace});
for my $case (['SELECT ON ej.work', 'a page', sub { $teacher->get($journal, @_) }],
    ["EXECUTE ON FUNCTION $save", 'a save', sub {
        $teacher->post($journal, {@_}, column_id => $column, pupil_id => $pupil, old => '', value => '5') }]) {
    my ($right, $what, $ask) = @$case;
    $t->db->do("REVOKE $right FROM ej_web");
    my $r = $ask->();
    is join(' ', $r->status, $r->errors), '500 JE500', "$what without its GRANT gets JE500";
    like my $number = $r->xpath('string(//error/@number)'), qr/^[0-9a-f]{8}$/, 'the fault has a number';
    ok +(grep {/:error\].*JE500 500 number $number .*42501/} $t->log_lines), 'the fault is in the log with its number';
    $t->db->do("GRANT $right TO ej_web");
}
$t->expect_log(qr/JE500 500 .*SQLSTATE 42501/);

# Typed values are kept when the session has ended, even without scripts.
my $lesson = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my $was = $teacher->get($lesson)->xpath('string(//lesson/@topic)');
my $token = $teacher->form_token;
my @typed = (topic => 'Тема, которую жаль', old_topic => $was);
$t->db->do('DELETE FROM ej.session');
my $r = $teacher->post($lesson, {html => 1, token => $token}, @typed, old_password => 'secret-typed');
is $r->status, 401, 'a form sent after the session has ended is refused';
my %kept = map { $_->getAttribute('name') => $_->getAttribute('value') } $r->nodes('//form[@action="/journal/login"]//input');
is $kept{'typed.topic'}, 'Тема, которую жаль', 'the log-in form has the typed values';
my ($login_token) = delete @kept{qw(form_token login password is_shared)};
is $kept{back}, $lesson, 'the log-in form has the address of the form';
unlike $r->content, qr/secret-typed/, 'the log-in form has no typed password';
my $away = $r;
is join(' ', $teacher->post($lesson, {token => $token}, @typed)->errors), 'JE302', 'a program gets JE302';
$r = $teacher->post($lesson, {html => 1, token => $token, header => {Origin => undef}}, @typed);
unlike $r->content, qr/которую жаль/, 'typed values of a form that may come from another site are not kept';
# The log-in leads back to the form, also after a wrong password.
$r = $teacher->post('/login', {html => 1, token => $login_token}, %kept, login => 'teacher', password => 'not-it');
is $r->status . ' ' . $r->xpath('string(//input[@name="typed.topic"]/@value)'), '401 Тема, которую жаль', 'after a wrong password the log-in form still has the typed values';
$r = $teacher->post('/login', {html => 1, token => $login_token}, %kept, login => 'teacher', password => $t->password);
is $r->status, 200, 'the log-in shows the page of the form';
is $r->xpath('string(//textarea[@name="topic"])'), 'Тема, которую жаль', 'the form after the log-in has the typed values';
is $r->xpath('string(//input[@name="old_topic"]/@value)'), $was, 'the form after the log-in has the old values';
like $r->content, qr/Вы вошли снова\. Проверьте введённое и сохраните/, 'the page after the log-in asks to check the values';
is $r->xpath('string(//main/@data-ej-here)'), "/journal$lesson", 'the page after the log-in has its address for the script';
is $teacher->get($lesson)->xpath('string(//lesson/@topic)'), $was, 'the log-in saves nothing';
$teacher->{is_in} = 1;
my $mine = $r->xpath('string(//form[contains(@action, "/lessons/")]//input[@name="form_token"]/@value)');
like $mine, qr/^[0-9a-f]{32}\.1$/, 'the form after the log-in has the token of the new session';
# Another person at the same computer, and pages without a form.
for my $case (['pupil', $lesson, '303 /'], ['teacher', '/nowhere', '303 /'], ['teacher', '//evil.example', '303 /']) {
    my ($who, $back, $to) = @$case;
    my $other = $t->client($who);
    $other->get('/login');
    my $reply = $other->post('/login', {html => 1}, login => $who, password => $t->password, back => $back, 'typed.topic' => 'x');
    like $reply->status . ' ' . $reply->location, qr{^\Q$to\E}, "$who with $back is redirected as after any log-in";
}
# A form made in an earlier session, sent in this one.
%kept = (topic => $kept{'typed.topic'}, old_topic => $was);
$r = $teacher->post($lesson, {html => 1, token => undef}, %kept);
is $r->status, 403, 'a form without a token is refused';
is $r->xpath('string(//textarea[@name="topic"])'), 'Тема, которую жаль', 'a form without a token is shown again with its values';
like $r->content, qr/Проверьте введённое и отправьте ещё раз/, 'the page of a form without a token asks to check the values';
my $new = $r->xpath('string(//form[contains(@action, "/lessons/")]//input[@name="form_token"]/@value)');
like $new, qr/^[0-9a-f]{32}\.1$/, 'the form shown again has the token of the session';
is $teacher->get($lesson)->xpath('string(//lesson/@topic)'), $was, 'a form without a token saves nothing';
unlike $teacher->post($lesson, {html => 1, token => 'f' x 32, header => {Origin => undef}}, @typed)->content, qr/которую жаль/,
    'a form from another site is not shown with its values';
is $teacher->post($lesson, {html => 1, token => $new}, @typed)->status, 303, 'the form shown again can be saved';
$r = $teacher->post($lesson, {html => 1, body => 'topic=' . 'x' x 2_000_000});
is $r->status . ' ' . $r->count('//textarea[@name="topic"]'), '413 1', 'a form that is too long is refused on its page';

is $teacher->get('/')->status, 200, 'the child of Apache still answers';
done_testing;
