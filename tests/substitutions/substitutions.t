#!/usr/bin/perl
# substitutions.t: a teacher is away: the lessons are given by others, joined, replaced, cancelled,
# moved (SCH-04 … SCH-07); what the substitute may do, who is named, what families see.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($deputy, $admin, $director, $teacher, $substitute, $parent) = map { $t->login($_) } qw(deputy administrator director teacher english parent);
sub refused { my ($r) = @_; return join ' ', $r->status, map { join ':', $_->getAttribute('code'), $_->getAttribute('field') // '', $_->getAttribute('value') // () } $r->nodes('//error') }
sub staff { my ($login) = @_; return $t->value('SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = ?', $login) }
# A lesson of school 92, by group, subject and day (and slot).
sub lesson { my ($class, $subject, $on) = @_; return $t->value(q{SELECT l.id FROM ej.lesson l JOIN ej.study_group g ON g.id = l.study_group_id
    JOIN ej.teaching t ON t.id = l.teaching_id JOIN ej.subject s ON s.id = t.subject_id
    WHERE l.school_id = 1 AND g.name = ? AND s.name = ? AND l.held_on = ? ORDER BY l.slot LIMIT 1}, $class, $subject, $on) }
sub facts { my ($id) = @_; return $t->value(q{SELECT concat_ws(' ', l.state, l.held_on, l.slot, a.login) FROM ej.lesson l
    JOIN ej.staff s ON s.id = l.staff_id JOIN ej.account a USING (person_id) WHERE l.id = ?}, $id) }

my $away = staff('teacher');
my ($english, $sport, $class) = map { staff($_) } qw(english sport class-teacher);
$db->do(q{DELETE FROM ej.staff_absence WHERE staff_id = ?}, undef, $away);
$db->do(q{INSERT INTO ej.staff_absence (school_id, staff_id, kind, during) VALUES (1, ?, 'sick', '[2026-11-23,2026-11-26)')}, undef, $away);
# Monday: 10А algebra, slot 1; 7Б algebra, slot 2. Wednesday: 7Б algebra, slot 3.
my ($ten, $seven, $later) = (lesson('10А', 'Алгебра', '2026-11-23'), lesson('7Б', 'Алгебра', '2026-11-23'), lesson('7Б', 'Алгебра', '2026-11-25'));
my $seventh = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
my $path = "/substitutions/$away";
my %day = (from_on => '2026-11-23', till_on => '2026-11-25');
my %why = (%day, reason => 'sick', note => 'Приказ № 7');
sub put { my ($client, %choice) = @_; return $client->post($path, %why, map { ("change.$_" => $choice{$_}[1], "old_change.$_" => $choice{$_}[0]) } keys %choice) }

# ------------------------------------------------------------- the screen ----
my $r = $deputy->get('/substitutions');
is $r->status, 200, 'a deputy has the page';
is $r->xpath("string(//absence[\@staff_id = $away]/\@open)"), $r->xpath("string(//absence[\@staff_id = $away]/\@lessons)"), 'who is away is listed with the lessons still to be decided about';
is $r->count('//substitution'), 1, 'and the changes of today';
is $deputy->get('/')->xpath('string(//task[@code = "substitutions"]/@count)'), $t->value(q{SELECT count(*) FROM ej.staff_absence a JOIN ej.lesson l
    ON l.staff_id = a.staff_id AND l.held_on <@ a.during AND l.state = 'planned' WHERE a.school_id = 1 AND l.held_on BETWEEN '2026-11-20' AND '2026-11-23'}), 'and is told on the start page';
is join(' ', map { $t->login($_)->get('/substitutions')->status } qw(administrator director teacher parent personnel meals observer substitute)), '200 200 404 404 404 404 404 404', 'the heads read it';
is $deputy->get("/substitutions/" . staff('teacher-17'))->status, 404, 'no teacher of another school';
$r = $deputy->get("$path?from_on=2026-11-23&till_on=2026-11-25");
is $r->xpath('string(//substitutions/@reason)'), 'sick', 'the reason is that of the absence';
is join(' ', map { $_->value } $r->nodes('//lesson/@lesson_id')), join(' ', $ten, $seven, lesson('10А', 'Алгебра', '2026-11-24'), $later), 'all lessons of the days, in their order';
my @free = map { $_->value } $r->nodes("//lesson[\@lesson_id = $ten]/choice[\@part = 'other']/\@value");
ok +(grep { $_ eq "s.$english" } @free), 'who is free is offered';
ok !(grep { $_ eq "s.$class" } @free), 'who has a lesson at that hour is not';
is $r->count("//lesson[\@lesson_id = $ten]/choice[\@value = 's.$away']"), 0, 'nor who is away';
like $r->xpath("string(//lesson[\@lesson_id = $ten]/choice[\@value = 's.$english']/\@lessons_day)"), qr/^\d+$/, 'with the load of the day';
is $director->get("$path?from_on=2026-11-23")->count('//substitutions/@is_mine'), 0, 'the director reads';

# ------------------------------------------------ one teacher for all lessons ----
my $days = "$path?from_on=2026-11-23&till_on=2026-11-25";
my ($most) = $r->nodes('//free');
is $most->getAttribute('lessons'), (sort { $b <=> $a } map { $_->value } $r->nodes('//free/@lessons'))[0], 'who is free at most lessons comes first';
my $one = $most->getAttribute('other_id');
my $html = $deputy->get("$days&one_id=$one", html => 1);
is $html->count(qq{//table//select//option[\@selected and \@value = "s.$one"]}), $most->getAttribute('lessons'), 'one teacher is chosen at all lessons at which the teacher is free';
is join(' ', map { $_->value } $html->nodes('//input[starts-with(@name, "old_change.")]/@value')) =~ s/ //gr, '', 'and nothing is saved by that';
like $html->content, qr/Проверьте и сохраните/, 'the page says so';
is $deputy->get("$days&one_id=$away", html => 1)->count('//table//select//option[@selected]'), 0, 'who is away is nowhere chosen';
is refused($deputy->get("$days&one_id=x")), '422 JE102:one_id', 'a wrong number is refused';
is $director->get("$days", html => 1)->count('//select[@name = "one_id"]'), 0, 'who does not decide has no such choice';

# ----------------------------------------------------- another teacher ----
is join(' ', map { put($_, $ten => ['', "s.$english"])->status } $director, $teacher, $parent), '404 404 404', 'others do not change it';
is refused(put($deputy, $ten => ['', "s.$class"])), "409 JE206:change.$ten:staff", 'nobody is booked twice, and the lesson is named';
is refused(put($deputy, $ten => ['', "s.$english"], $seven => ['', "s.999999"])), "422 JE106:change.$seven", 'one wrong choice, and nothing is saved';
is facts($ten), 'planned 2026-11-23 1 teacher', 'nothing was saved';
is refused($deputy->post($path, %day, reason => '', "change.$ten" => "s.$english", "old_change.$ten" => '')), '422 JE101:reason', 'there is a reason';
is $substitute->get("/lessons/$ten")->xpath('string(//lesson/@can_write)'), '', 'before, a colleague does not write the lesson';
is put($deputy, $ten => ['', "s.$english"], $seven => ['', ''])->status, 303, 'a colleague is chosen';
is facts($ten), 'planned 2026-11-23 1 english', 'and gives the lesson';
is $t->value('SELECT kind || reason || note FROM ej.substitution WHERE lesson_id = ?', $ten), 'staffsickПриказ № 7', 'the reason is kept';
is refused(put($admin, $ten => ['', "s.$sport"])), "409 JE210:change.$ten:s.$english", 'what another head has decided is not overwritten';
is put($admin, $ten => ['', "s.$english"])->status, 303, 'the same decision is no conflict';
is $substitute->get("/lessons/$ten")->xpath('string(//lesson/@can_write)'), 1, 'the substitute writes that lesson';
is $substitute->get("/lessons/" . lesson('10А', 'Алгебра', '2026-11-24'))->xpath('string(//lesson/@can_write)'), '', 'and no other of that journal';
like $deputy->get("/lessons/$ten")->xpath('concat(//lesson/@staff_name, "/", //lesson/@planned_staff_name)'), qr{^\S.*/\S}, 'the lesson names who gives it and who should have';
is put($deputy, $ten => ["s.$english", ''])->status, 303, 'taken back';
is facts($ten), 'planned 2026-11-23 1 teacher', 'it is as planned';
is $t->value('SELECT count(*) FROM ej.substitution WHERE lesson_id = ?', $ten), 0, 'and no change is recorded';
is $substitute->get("/lessons/$ten")->status, 404, 'nor has the colleague a right left';

# ------------------------------------------------------------- joined ----
# 10А algebra is joined with the lesson of the colleague who teaches beside
my $beside = $deputy->get("/lessons/$ten/substitution")->xpath("string(//choice[\@part = 'join']/\@value)");
my $other = $t->value(q{SELECT id FROM ej.lesson WHERE school_id = 1 AND held_on = '2026-11-23' AND slot = 1 AND staff_id = ?}, $class);
is put($deputy, $ten => ['', "j.$other"])->status, 303, 'a lesson is joined with one of the same hour' if $other;
is $t->value('SELECT concat(l.staff_id = o.staff_id, l.room_id = o.room_id) FROM ej.lesson l JOIN ej.lesson o ON o.id = l.joined_id WHERE l.id = ?', $ten), 'tt', 'its teacher gives both, in one room';
ok !eval { $db->do('UPDATE ej.lesson SET joined_id = NULL WHERE id = ?', undef, $ten); 1 }, 'only joined lessons may be at once';
like $deputy->get("/lessons/$ten")->xpath('string(//lesson/@joined_name)'), qr/./, 'the lesson says with which';
is refused($deputy->post("/lessons/$other/substitution", reason => 'other', "change.$other" => "j.$ten", "old_change.$other" => '')), "422 JE106:change.$other", 'a lesson is not joined with a joined one';
is put($deputy, $ten => ["j.$other", ''])->status, 303, 'parted again';
is $t->value('SELECT r.name FROM ej.lesson l JOIN ej.room r ON r.id = l.room_id WHERE l.id = ?', $ten), '31', 'it has its own room';

# ------------------------------------------------- another subject, cancelled ----
my $pe = $t->value(q{SELECT t.id FROM ej.teaching t JOIN ej.study_group g ON g.id = t.study_group_id JOIN ej.subject s ON s.id = t.subject_id
    WHERE t.school_id = 1 AND g.name = '7Б' AND s.name = 'Физическая культура'});
is put($deputy, $seven => ['', "t.$pe"])->status, 303, 'another subject takes the place';
my $instead = $t->value('SELECT id FROM ej.lesson WHERE instead_of_id = ?', $seven);
is join(' / ', facts($seven), facts($instead)), 'cancelled 2026-11-23 2 teacher / planned 2026-11-23 2 sport', 'its teacher has the lesson, the planned one is cancelled';
$r = $parent->get('/diary?week_on=2026-11-23');
is join(' ', map { $_->getAttribute('subject_name') . '=' . $_->getAttribute('state') } $r->nodes('//day[@held_on = "2026-11-23"]/lesson[@slot = 2]')), 'Алгебра=cancelled Физическая культура=planned', 'the family sees both at once';
is join(' ', map { $_->getAttribute('kind') } $parent->get("/timetable?class_id=$seventh&day_on=2026-11-23")->nodes('//change')), 'cancel subject', 'in the timetable, too';
$db->do(q{UPDATE ej.lesson SET topic = 'Волейбол' WHERE id = ?}, undef, $instead);
is refused(put($deputy, $seven => ["t.$pe", ''])), "409 JE211:change.$seven", 'what is written into it is not thrown away';
$db->do(q{UPDATE ej.lesson SET topic = '' WHERE id = ?}, undef, $instead);
is put($deputy, $seven => ["t.$pe", 'c'])->status, 303, 'cancelled instead';
is facts($seven) . $t->value('SELECT count(*) FROM ej.lesson WHERE instead_of_id = ?', $seven), 'cancelled 2026-11-23 2 teacher0', 'the other subject is gone';

# ------------------------------------------------------------- moved ----
$one = "/lessons/$seven/substitution";
$r = $deputy->get($one);
is $r->count('//time[contains(@value, "2026-11-25")]'), 0, 'no time is offered while the teacher is away';
my $to = $r->xpath('string(//time[contains(@value, "2026-11-27")]/@value)');
ok $to, 'but later';
is refused($deputy->post($one, reason => 'sick', "change.$seven" => 'm.2026-11-27.77', "old_change.$seven" => 'c')), "422 JE106:change.$seven", 'an hour without a bell is none';
is refused($deputy->post($one, reason => 'sick', "change.$seven" => 'm.2026-11-27.3', "old_change.$seven" => 'c')), "409 JE206:change.$seven:staff", 'nor one at which the class or the teacher has a lesson';
is $deputy->post($one, reason => 'sick', "change.$seven" => $to, "old_change.$seven" => 'c')->status, 303, 'the lesson is moved';
like facts($seven), qr/^planned 2026-11-27 \d teacher$/, 'and is given then';
is $t->value('SELECT moved_on || $$ $$ || moved_slot FROM ej.lesson WHERE id = ?', $seven), '2026-11-23 2', 'it tells from where';
$r = $parent->get('/diary?week_on=2026-11-23');
is $r->xpath('concat(//day[@held_on = "2026-11-23"]/moved/@subject_name, ": ", //day[@held_on = "2026-11-23"]/moved/@moved_name)'), 'Алгебра: пт, 27 ноября', 'the family finds in the old place where it went';
is $r->xpath("string(//day[\@held_on = '2026-11-27']/lesson[\@lesson_id = $seven]/\@moved_from)"), 'пн, 23 ноября', 'and in the new one where it was';
is $parent->get("/timetable?class_id=$seventh&day_on=2026-11-23")->xpath('string(//change[@kind = "move"]/@moved_name)'), 'пт, 27 ноября', 'the timetable tells it';
my $made = $t->value(q{SELECT count(*) FROM ej.lessons_changes(1) AS c JOIN ej.lesson l ON l.id = ? AND l.teaching_id = c.teaching_id WHERE c.held_on BETWEEN '2026-11-23' AND '2026-11-28'}, $seven);
is $made, 0, 'making lessons by the timetable leaves it there, and makes none in its place';
$r = $deputy->get("$path?from_on=2026-11-23&till_on=2026-11-25");
is $r->xpath("string(//lesson[\@lesson_id = $seven]/\@value)"), $to, 'the screen of the old day knows it';
is put($deputy, $seven => [$to, ''])->status, 303, 'moved back';
is facts($seven), 'planned 2026-11-23 2 teacher', 'to its day and hour';

# ------------------------------------------ the extra holidays of grade 1 ----
my $first = lesson('1А', 'Русский язык', '2026-11-24');
sub offered { my ($id) = @_; return join ' ', grep { /2026-12-0[12]/ } map { $_->value } $deputy->get("/lessons/$id/substitution")->nodes('//time/@value') }
my @days = split / /, offered($first);
ok @days, 'a lesson of grade 1 can be moved to these days';
my $ninth = offered(lesson('10А', 'Информатика', '2026-11-27'));
$db->do(q{INSERT INTO ej.holiday (school_id, year, kind, name, during) VALUES (1, 2026, 'extra', 'Дополнительные каникулы', '[2026-12-01,2026-12-03)')});
is offered($first), '', 'not when they are its extra holidays';
is refused($deputy->post("/lessons/$first/substitution", reason => 'other', "change.$first" => $days[0], "old_change.$first" => '')), "422 JE106:change.$first", 'nor by a form made before';
ok length $ninth && offered(lesson('10А', 'Информатика', '2026-11-27')) eq $ninth, 'other grades have no such holidays';
$db->do(q{DELETE FROM ej.holiday WHERE kind = 'extra' AND school_id = 1});

# -------------------------------------------------------- two heads at once ----
# One gives a colleague a lesson and has not committed; the other gives the same colleague a lesson of
# that hour: the second waits, and is refused.
my $double = $t->value(q{SELECT id FROM ej.lesson WHERE school_id = 1 AND held_on = '2026-11-23' AND slot = 1 AND id <> ? AND staff_id = ?}, $ten, $class);
my ($one_db, $two_db) = map { $t->new_db } 1, 2;
$one_db->begin_work;
$one_db->do('UPDATE ej.lesson SET staff_id = ? WHERE id = ?', undef, $english, $ten);
$two_db->do('SET statement_timeout = 20000');
$two_db->begin_work;
$two_db->do("UPDATE ej.lesson SET staff_id = $english WHERE id = $double", {pg_async => 1});
ok $t->wait_for(10, sub { $t->value('SELECT count(*) FROM pg_locks WHERE pid = ? AND NOT granted', $two_db->{pg_pid}) }), 'the second waits';
$one_db->commit;
ok !eval { $two_db->pg_result; 1 }, 'and is refused';
is $two_db->state, '23P01', 'for two lessons at once';
$two_db->rollback;
is put($deputy, $ten => ["s.$english", ''])->status, 303, 'the first is taken back';

# ------------------------------------------------------------- refused ----
my $given = lesson('7Б', 'Алгебра', '2026-11-16');
is refused($deputy->post("/lessons/$given/substitution", reason => 'other', "change.$given" => 'c', "old_change.$given" => '')), "409 JE211:change.$given", 'a lesson that was given is not cancelled';
is $deputy->post("/lessons/$given/substitution", reason => 'other', note => "Записано позже", "change.$given" => "s.$sport", "old_change.$given" => '')->status, 303, 'but recorded as given by a colleague, once that is known';
$db->do(q{UPDATE ej.journal SET closed_at = now(), order_no = '1', reason = 'x', closed_by = ? WHERE teaching_id = (SELECT teaching_id FROM ej.lesson WHERE id = ?)}, undef, staff('deputy'), $given);
is refused($deputy->post("/lessons/$given/substitution", reason => 'other', "change.$given" => "", "old_change.$given" => "s.$sport")), "409 JE201:change.$given", 'nothing changes in a closed journal';

# ------------------------------------------------------------- totals ----
is put($deputy, $ten => ['', "s.$english"], lesson('10А', 'Алгебра', '2026-11-24') => ['', 'c'])->status, 303, 'two lessons are decided about';
$r = $deputy->get('/replacements?from_on=2026-11-01&till_on=2026-11-30');
is $r->xpath("concat(//teacher[\@staff_id = $away]/\@missed, ' ', //teacher[\@staff_id = $away]/\@replaced, ' ', //teacher[\@staff_id = $away]/\@cancelled)"), '4 3 1', 'the account has missed, replaced and cancelled lessons of a teacher';
is $r->xpath("string(//teacher[\@staff_id = $english]/\@given)"), 1, 'and those given for others';
like $deputy->get('/replacements?from_on=2026-11-01&till_on=2026-11-30&format=csv')->content, qr/"Проведено за других"/, 'as a file';
is $deputy->get('/substitutions?from_on=2026-11-23&till_on=2026-11-24&find=10А')->count('//substitution'), 2, 'the changes of some days are found by class';
$html = $deputy->get('/substitutions?from_on=2026-11-23&till_on=2026-11-23&format=print', accept => 'text/html')->content;
like $html, qr/Замены и переносы уроков.*10А.*больничный; Приказ № 7/s, 'the order sheet of the day is printed';
is $deputy->get('/substitutions?from_on=x')->status, 422, 'a wrong day is refused';
is +($deputy->get('/replacements')->texts('//term/@name'))[-1], 'Год', 'they are in the order of their ends';
unlike join(' ', $deputy->get('/replacements')->texts('//term/@name')), qr/Экзамен|Итог/, 'the days of the totals are those of terms with lessons, or of the year';
done_testing;
