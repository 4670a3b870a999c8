#!/usr/bin/perl
# papers.t: what is printed for families: strips for paper diaries (DIA-09, DIA-10), the card of a
# pupil's term (DIA-11, requirements 3.4); certified copies of it are in extracts.t.
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
sub papers { return $t->value(q{SELECT count(*) FROM ej.paper WHERE school_id = 1}) }

# ------------------------------------------------------------ a paper family --

$c{parent}->post("/pupils/$pupil/consents", purpose => 'processing'); # the consent is withdrawn
my $r = $c{'class-teacher'}->get($page);
is $r->xpath('concat(//papers/@week_on, //pupil[1]/@pupil_id, //pupil[1]/@is_paper, count(//pupil/@is_paper))'), "${week}${pupil}11", 'the class teacher finds the paper family first, for this week';
like $c{'class-teacher'}->get($page, html => 1)->content, qr{name="pupil_id" value="$pupil" checked}, 'ticked';

$r = $c{'class-teacher'}->post($page, week_on => $week, pupil_id => [$pupil]);
is $r->status . ($r->location // ''), "303$page?week_on=$week&format=print", 'a strip is recorded and printed' or diag refused($r);
is papers(), 1, 'it is recorded';
$c{'class-teacher'}->post($page, week_on => $week, pupil_id => [$pupil, $other]);
is papers(), 2, 'what has not changed is not recorded again; the next one is another pupil\'s';
my $html = $c{'class-teacher'}->get("$page?week_on=$week&format=print", html => 1)->content;
is scalar(() = $html =~ /<article>/g), 2, 'both strips are on paper';
like $html, qr{Неделя .*Родитель ____}s, 'with a line for the signature';
my ($subject, $value) = $db->selectrow_array(q{SELECT s.name, m.value FROM ej.mark m JOIN ej.work w ON w.id = m.work_id JOIN ej.lesson l ON l.id = w.lesson_id JOIN ej.teaching t ON t.id = l.teaching_id
    JOIN ej.subject s ON s.id = t.subject_id WHERE m.pupil_id = ? AND m.value IS NOT NULL AND l.held_on BETWEEN '2026-11-16' AND '2026-11-20' ORDER BY l.held_on LIMIT 1}, undef, $pupil);
like $html, qr{\Q$subject\E: <b>[^<]*\Q$value\E}, 'and the marks of the week';
$db->do(q{UPDATE ej.mark SET value = CASE value WHEN '5' THEN '4' ELSE '5' END WHERE pupil_id = ? AND work_id = (SELECT w.id FROM ej.work w JOIN ej.lesson l ON l.id = w.lesson_id
    JOIN ej.mark m ON m.work_id = w.id AND m.pupil_id = ? WHERE l.held_on BETWEEN '2026-11-16' AND '2026-11-20' AND m.value IN ('2', '3', '4', '5') LIMIT 1)}, undef, $pupil, $pupil);
$c{'class-teacher'}->post("/classes/$class/receipts", week_on => $week, "signed.$pupil.$guardian" => '1');
is $c{'class-teacher'}->get("/classes/$class/receipts?week_on=$week")->xpath("string(//pupil[\@pupil_id = $pupil]/\@state)"), 'changed', 'a signature stands for what was printed: a mark that changed since asks again';
$c{'class-teacher'}->post($page, week_on => $week, pupil_id => [$pupil]);
is papers(), 3, 'the changed week is a new strip';
$c{'class-teacher'}->post("/classes/$class/receipts", week_on => $week, "signed.$pupil.$guardian" => '1');
is $c{'class-teacher'}->get("/classes/$class/receipts?week_on=$week")->xpath("string(//pupil[\@pupil_id = $pupil]/\@state)"), 'done', 'which is signed again';

is refused($c{'class-teacher'}->post($page, week_on => '2026-11-23', pupil_id => [$pupil])), '422 JE203:week_on', 'a week to come is not printed';
is refused($c{'class-teacher'}->post($page, week_on => 'x')), '422 JE103:week_on', 'a day is a day';
is refused($c{grade1}->post($page, week_on => $week, pupil_id => [$pupil])) =~ s/:.*//r, '403 JE301', 'nor by another class teacher';
is join(' ', map { $c{$_}->post($page, week_on => $week, pupil_id => [$pupil])->status } qw(deputy english parent)), '404 404 404', 'nor by others';

# ------------------------------------------------------------------- a card --

my $extract = "/pupils/$pupil/extract";
$r = $c{'class-teacher'}->get($extract);
is $r->xpath('concat(//papers/@till_on, " ", //papers/@is_open)'), '2026-11-20 1', 'a card goes to this day, and its term is open';
$html = $c{'class-teacher'}->get("$extract?format=print", html => 1)->content;
like $html, qr{Табель успеваемости.*Предварительно.*Средний балл.*Пропущено уроков.*Классный руководитель.*ознакомлен\(а\)}s, 'it is printed as preliminary, with means, absences and a part to tear off';
is $r->count('//subject'), $c{parent}->get("/pupils/$pupil/marks")->count('//subject'), 'it has the subjects that the family reads';
is statuses($extract, qw(administrator director deputy class-teacher parent pupil english grade1 personnel observer deputy-17)), '200 200 200 200 404 404 404 404 404 404 404', 'heads and the class teacher read it';
is statuses($page, qw(administrator director deputy class-teacher grade1 english parent observer deputy-17)), '200 200 200 200 404 404 404 404 404', 'and the strips';
my $cards = $c{'class-teacher'}->get("/classes/$class/cards?format=print", html => 1);
is $cards->count('//h1'), $t->value(q{SELECT count(*) FROM ej.enrolment WHERE class_id = ? AND during @> '2026-11-20'::date}, $class), 'the cards of a class are one document, with each pupil';
like $cards->xpath('string(//title)'), qr{^Табели класса · \S+, II четверть}, 'its title, by which a file is named, is that of the class, not of the first pupil';
my ($one) = $html =~ m{<main>(.*)</main>}s;
ok index($cards->content, $one) > 0, 'each as it is printed alone';
is statuses("/classes/$class/cards", qw(administrator deputy class-teacher grade1 english parent deputy-17)), '303 303 303 404 404 404 404', 'for heads and the class teacher';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'paper'}), 3, 'the history has who printed';
done_testing;
