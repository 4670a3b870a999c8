#!/usr/bin/perl
# papers.t: what is printed for families: strips for paper diaries (DIA-09, DIA-10), extracts
# (DIA-11, requirements 3.4), and the register of both.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy class-teacher grade1 english parent pupil personnel meals observer deputy-17);
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my ($guardian, $pupil) = $db->selectrow_array(q{SELECT g.id, w.pupil_id FROM ej.guardian g JOIN ej.account a USING (person_id) JOIN ej.guardianship w ON w.guardian_id = g.id
    JOIN ej.enrolment e ON e.pupil_id = w.pupil_id JOIN ej.class c ON c.id = e.class_id WHERE a.login = 'parent' AND c.name = '7Б'});
my ($page, $week) = ("/classes/$class/strips", '2026-11-16');
my ($other) = $db->selectrow_array(q{SELECT max(pupil_id) FROM ej.enrolment WHERE class_id = ? AND pupil_id <> ? AND during @> date '2026-11-20'}, undef, $class, $pupil);
sub statuses { my ($path, @who) = @_; return join ' ', map { $c{$_}->get($path)->status } @who }
sub papers { return $t->value(q{SELECT coalesce(string_agg(kind || number, ' ' ORDER BY id), '') FROM ej.paper WHERE school_id = 1}) }

# ------------------------------------------------------------ a paper family --

$c{parent}->post("/pupils/$pupil/consents", purpose => 'processing'); # the consent is withdrawn
my $r = $c{'class-teacher'}->get($page);
is $r->xpath('concat(//papers/@week_on, //pupil[1]/@pupil_id, //pupil[1]/@is_paper, count(//pupil/@is_paper))'), "${week}${pupil}11", 'the class teacher finds the paper family first, for this week';
like $c{'class-teacher'}->get($page, html => 1)->content, qr{name="pupil_id" value="$pupil" checked}, 'ticked';

$r = $c{'class-teacher'}->post($page, week_on => $week, pupil_id => [$pupil]);
is $r->status . ($r->location // ''), "303$page?week_on=$week&format=print", 'a strip is numbered and printed' or diag refused($r);
is papers(), 'strip1', 'it has the first number';
$c{'class-teacher'}->post($page, week_on => $week, pupil_id => [$pupil, $other]);
is papers(), 'strip1 strip2', 'what has not changed keeps its number; the next one is another pupil\'s';
my $html = $c{'class-teacher'}->get("$page?week_on=$week&format=print", html => 1)->content;
is scalar(() = $html =~ /<article>/g), 2, 'both strips are on paper';
like $html, qr{полоска № 1.*Родитель ____}s, 'with number and a line for the signature';
my ($subject, $value) = $db->selectrow_array(q{SELECT s.name, m.value FROM ej.mark m JOIN ej.work w ON w.id = m.work_id JOIN ej.lesson l ON l.id = w.lesson_id JOIN ej.teaching t ON t.id = l.teaching_id
    JOIN ej.subject s ON s.id = t.subject_id WHERE m.pupil_id = ? AND m.value IS NOT NULL AND l.held_on BETWEEN '2026-11-16' AND '2026-11-20' ORDER BY l.held_on LIMIT 1}, undef, $pupil);
like $html, qr{\Q$subject\E: <b>[^<]*\Q$value\E}, 'and the marks of the week';
$db->do(q{UPDATE ej.mark SET value = CASE value WHEN '5' THEN '4' ELSE '5' END WHERE pupil_id = ? AND work_id = (SELECT w.id FROM ej.work w JOIN ej.lesson l ON l.id = w.lesson_id
    JOIN ej.mark m ON m.work_id = w.id AND m.pupil_id = ? WHERE l.held_on BETWEEN '2026-11-16' AND '2026-11-20' AND m.value IN ('2', '3', '4', '5') LIMIT 1)}, undef, $pupil, $pupil);
$c{'class-teacher'}->post("/classes/$class/receipts", week_on => $week, "signed.$pupil.$guardian" => '1');
is $c{'class-teacher'}->get("/classes/$class/receipts?week_on=$week")->xpath("string(//pupil[\@pupil_id = $pupil]/\@state)"), 'changed', 'a signature stands for what was printed: a mark that changed since asks again';
$c{'class-teacher'}->post($page, week_on => $week, pupil_id => [$pupil]);
is papers(), 'strip1 strip2 strip3', 'the changed week is a new strip';
$c{'class-teacher'}->post("/classes/$class/receipts", week_on => $week, "signed.$pupil.$guardian" => '1');
is $c{'class-teacher'}->get("/classes/$class/receipts?week_on=$week")->xpath("string(//pupil[\@pupil_id = $pupil]/\@state)"), 'done', 'which is signed again';

is refused($c{'class-teacher'}->post($page, week_on => '2026-11-23', pupil_id => [$pupil])), '422 JE203:week_on', 'a week to come is not printed';
is refused($c{'class-teacher'}->post($page, week_on => 'x')), '422 JE103:week_on', 'a day is a day';
is refused($c{grade1}->post($page, week_on => $week, pupil_id => [$pupil])) =~ s/:.*//r, '403 JE301', 'nor by another class teacher';
is join(' ', map { $c{$_}->post($page, week_on => $week, pupil_id => [$pupil])->status } qw(deputy english parent)), '404 404 404', 'nor by others';

# --------------------------------------------------------------- an extract --

my $extract = "/pupils/$pupil/extract";
$r = $c{'class-teacher'}->get($extract);
my %form = map { $_ => $r->xpath("string(//papers/\@$_)") } qw(term_id from_on till_on);
is $form{till_on}, '2026-11-20', 'an extract goes to this day';
is $c{'class-teacher'}->post($extract, %form)->status . papers(), '303strip1 strip2 strip3 extract1', 'an extract has a number of its own';
$html = $c{'class-teacher'}->get("$extract?term_id=$form{term_id}&format=print", html => 1)->content;
like $html, qr{Выписка об успеваемости № 1.*Средний балл.*Пропущено уроков.*Верно\. Классный руководитель.*ознакомлен\(а\)}s, 'with means, absences, certification and a part to tear off';
is $r->count('//subject'), $c{parent}->get("/pupils/$pupil/marks")->count('//subject'), 'it has the subjects that the family reads';
is refused($c{grade1}->post($extract, %form)) =~ s/:.*//r, '403 JE301', 'another class teacher issues none';
is statuses($extract, qw(administrator director deputy class-teacher parent pupil english grade1 personnel observer deputy-17)), '200 200 200 200 404 404 404 404 404 404 404', 'heads and the class teacher read it';
is statuses($page, qw(administrator director deputy class-teacher grade1 english parent observer deputy-17)), '200 200 200 200 404 404 404 404 404', 'and the strips';

# ------------------------------------------------------------ the register ----

is $c{deputy}->get('/papers')->xpath('concat(//papers/@count, " ", //paper[1]/@kind, //paper[1]/@number)'), '4 extract1', 'a deputy has the register, the newest first';
is $c{deputy}->get('/papers?find=zzz')->xpath('string(//papers/@count)'), 0, 'and searches it';
is $c{grade1}->get('/papers')->xpath('string(//papers/@count)'), 0, 'a class teacher has those of the own class';
is statuses('/papers', qw(administrator director deputy class-teacher english parent pupil personnel meals observer)), '200 200 200 200 404 404 404 404 404 404', 'others have none';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'paper'}), 4, 'the history has who printed';
done_testing;
