#!/usr/bin/perl
# gto.t: ГТЗО over HTTP: norms, admission, results of a day, signs, rights, prints, the switch of the section (MOD-01).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy class-teacher sport teacher english parent pupil personnel meals observer deputy-17 sport-17);
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my $child = $t->value(q{SELECT p.id FROM ej.pupil AS p JOIN ej.account AS a USING (person_id) WHERE a.login = 'pupil'});
my @exempt = $db->selectrow_array(q{SELECT pupil_id FROM ej.health_group WHERE kind = 'exempt' AND school_id = 1});
my %test  = map { $_->[0] => $_->[1] } @{$db->selectall_arrayref('SELECT test_key, id FROM ej.gto_test')};
my ($one, $on) = ("/gto/classes/$class", '2026-11-18');
my $day = "$one/days/$on";
sub statuses { my ($path, @who) = @_; return join ' ', map { $c{$_}->get($path)->status } @who }
sub stored { return $t->value(q{SELECT string_agg(trim_scale(value)::text, ' ' ORDER BY attempt) FROM ej.gto_result WHERE pupil_id = ? AND gto_test_id = ? AND done_on = ?}, @_, $on) // '' }
sub enter { my ($who, $pupil, $test, $old, $value, %o) = @_; return refused($c{$who}->post($o{path} // $day, {html => 0}, column_id => [$test{$test}], pupil_id => [$pupil], old => [$old], value => [$value], %{$o{more} // {}})) }

# ------------------------------------------------------------------ who -----

my @everybody = qw(director deputy class-teacher sport administrator english parent pupil personnel meals observer deputy-17 sport-17);
is statuses('/gto', @everybody), '200 200 200 200 200 404 200 200 404 404 404 200 200', 'the classes open to who teaches sport, leads or directs; to families their children';
is statuses('/gto/school', @everybody), '200 200 404 404 404 404 404 404 404 404 404 200 404', 'the school to director and deputy';
is statuses('/gto/norms', @everybody), '200 200 200 200 200 200 200 200 404 404 404 200 200', 'the norms to all who have to do with them';
is statuses($_, @everybody), '200 200 200 200 404 404 404 404 404 404 404 404 404', "$_: one class to its teachers and the heads of its school" for $one, "$one/health", $day;
is statuses("/pupils/$child/gto", @everybody), '200 200 200 200 404 404 200 200 404 404 404 404 404', 'a pupil to these and to the family';

# ---------------------------------------------------------------- norms -----

my $r = $c{administrator}->get('/gto/norms?step_no=4');
is $r->count('//step'), 7, 'seven steps';
is $r->xpath(q{concat(//norm[@test_name = 'Бег на 1500 м']/@m_silver, ' ', //norm[@test_name = 'Бег на 1500 м']/@f_gold, ' ', string(//norm[@test_name = 'Бег на 1500 м']/@m_bronze))}), '7:55 7:03 ', 'a figure of a source stands, one that no source has is missing';
is $r->xpath('sum(//step/@missing)'), $t->value('SELECT sum((bronze IS NULL)::int + (silver IS NULL)::int + (gold IS NULL)::int) FROM ej.gto_norm'), 'the missing ones are counted by steps';
like $c{parent}->get('/gto/norms?step_no=4', html => 1)->content, qr/Не найдено ни в одном источнике.*IV ступень — 9/s, 'and told';
is $c{sport}->get('/gto/norms?step_no=19')->status, 422, 'no such step';
is $t->value(q{SELECT count(*) FROM ej.gto_norm WHERE source = ''}), 0, 'every norm names its source';

# ------------------------------------------------------------ admission -----

my %admit = (kind => 'light', is_gto_allowed => 'yes', document => 'справка № 7', from_on => '2026-11-01', till_on => '2027-05-31');
sub admit { my ($who, %o) = @_; my %f = (%admit, %o); return refused($c{$who}->post("$one/health", {}, pupil_id => [$exempt[0]], %f)) }
is enter('sport', $exempt[0], 'run30', '', '5,4'), '422 JE245:value', 'a result without admission is refused';
is admit('class-teacher', till_on => '2026-10-01'), '422 JE132:till_on', 'reversed days are refused';
is admit('class-teacher', document => ''), '422 JE101:document', 'so is an admission without a document';
is admit('class-teacher', kind => 'exempt'), '422 JE106:is_gto_allowed', 'and an exempt pupil who is admitted';
is admit('sport'), '404 JE401:', 'who teaches sport admits nobody';
is admit('class-teacher'), '303', 'the class teacher enters a physician\'s admission';
is $t->value(q{SELECT string_agg(kind || ' ' || during::text, ', ' ORDER BY during) FROM ej.health_group WHERE pupil_id = ?}, $exempt[0]),
    'exempt [2026-09-01,2026-11-01), light [2026-11-01,2027-06-01)', 'the earlier entry ends on the day before';
is admit('class-teacher', from_on => '2026-09-01'), '409 JE212:from_on', 'days of a later entry are refused';
is admit('deputy', document => 'справка № 88'), '303', 'a deputy corrects it';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'health_group' AND new->>'document' = 'справка № 88'}), 1, 'the history has it';
is enter('sport', $exempt[0], 'run30', '', '5,4'), '303', 'then a result is taken';

# -------------------------------------------------------------- results -----

my %units = ('run30 9.2' => '9.2', 'run30 9,20' => '9.2', 'run1500 6:40' => '400', 'run1500 6.40' => '400', 'run1500 6,40' => '400', 'bend -3' => '-3', 'throw150 27,5' => '27.5', 'pushup 12' => '12', 'run30 5,5/5,4' => '5.5 5.4');
for my $case (sort keys %units) {
    my ($test, $typed) = split / /, $case;
    $db->do('DELETE FROM ej.gto_result WHERE pupil_id = ? AND done_on = ?', undef, $child, $on);
    is enter('sport', $child, $test, '', $typed) . ' ' . stored($child, $test{$test}), "303 $units{$case}", "«$typed» in $test";
}
for my $case ('run30 9:20', 'run1500 6:75', 'run1500 6', 'run30 0', 'run30 999', 'pushup 2,5', 'pushup x', 'run30 5/5/5/5', 'target6 6') {
    my ($test, $typed) = split / /, $case;
    $db->do('DELETE FROM ej.gto_result WHERE pupil_id = ? AND done_on = ?', undef, $child, $on);
    is enter('sport', $child, $test, '', $typed) . stored($child, $test{$test}), '422 JE246:value', "«$typed» in $test is refused";
}
enter('sport', $child, 'run30', '', '5,4');
is enter('sport', $child, 'run30', '5,40', '5,3') . ' ' . stored($child, $test{run30}), '303 5.3', 'the old value is compared as a number';
$r = $c{sport}->post($day, column_id => [$test{run30}], pupil_id => [$child], old => ['5,4'], value => ['5,2']);
is refused($r) . $r->xpath('string(//error/@value)') . ($r->xpath('string(//error/@who)') ne ''), '409 JE210:value5,31', 'a value that changed meanwhile is not overwritten, and told with its author';
like $c{sport}->post($day, {html => 1}, gto_test_id => $test{run30}, column_id => [$test{run30}], pupil_id => [$child], old => ['5,3'], value => ['9:20'])->content, qr/value="9:20"/, 'what was typed stays in the form of one test';
my @op = (operation_id => '0a000000-0000-4000-8000-000000000077');
is join(' ', map { $c{sport}->post($day, column_id => [$test{bend}], pupil_id => [$child], old => [''], value => ['7'], @op)->status } 1, 2), '303 303', 'sent twice';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'gto_result' AND new->>'done_on' = ? AND key_id IN (SELECT id FROM ej.gto_result WHERE gto_test_id = ?)}, $on, $test{bend}), 1, 'it happens once';
is enter('sport', $child, 'bend', '7', '') . stored($child, $test{bend}), '303', 'an empty cell takes the result away';
is enter('sport', $child, 'bend', '', '7', path => "$one/days/2026-11-21"), '422 JE247:done_on', 'a coming day is refused';
is enter($_, $child, 'bend', '', '7'), '404 JE401:', "$_ enters nothing" for qw(administrator deputy class-teacher english parent deputy-17);
is enter('sport-17', $child, 'bend', '', '7'), '404 JE401:', 'nor does the teacher of another school';
is refused($c{sport}->post($day, is_protocol => 1, protocol_no => '12-ф', old_protocol_no => '')), '303', 'the day gets the number of its protocol';
is $c{sport}->get($one)->xpath("string(//day[\@done_on = '$on']/\@protocol_no)"), '12-ф', 'which the class shows';
eval { $db->do(q{INSERT INTO ej.gto_result (school_id, pupil_id, gto_test_id, done_on, value, staff_id) SELECT 1, ?, ?, date '2026-11-17', 5.5, id FROM ej.staff WHERE school_id = 1 LIMIT 1}, undef, @{$db->selectcol_arrayref(q{SELECT pupil_id FROM ej.enrolment AS e WHERE school_id = 1 AND NOT EXISTS (SELECT FROM ej.health_group AS h WHERE h.pupil_id = e.pupil_id) LIMIT 1})}[0], $test{run30}) };
is $db->state, 'JE245', 'the rule holds for a person with psql, too';

# ---------------------------------------------------------------- signs -----

# A birthday between two days of tests: two steps, each with its own norm.
$db->do('DELETE FROM ej.gto_result WHERE pupil_id = ?', undef, $child);
$db->do(q{UPDATE ej.pupil_card SET birth_on = '2012-11-10', sex = 'f' WHERE pupil_id = ?}, undef, $child);
enter('sport', $child, 'run60', '', '9,9', path => "$one/days/2026-11-05");
enter('sport', $child, 'run60', '', '9,9');
$r = $c{pupil}->get("/pupils/$child/gto");
is join(' ', map { $_->getAttribute('step_no') } $r->nodes('//step')), '5 4', 'a birthday in between gives two steps';
is join(' ', map { $_->getAttribute('level') } $r->nodes('//test')), 'silver gold', 'and two levels of one time';
is $r->xpath('string(//step[@step_no = 5]/test/@gap)'), '0,4 с', 'what is missing to the next is told';
is $r->xpath('string(//step[@step_no = 5]/@sign)'), 'none', 'one test is no sign';
my %gold = (run60 => '9,5', run2000 => '9:55', pushup => '16', bend => '15', jump => '183', shuttle => '7,9');
enter('sport', $child, $_, $_ eq 'run60' ? '9,9' : '', $gold{$_}) for sort keys %gold;
sub sign { return $c{'class-teacher'}->get($one)->xpath("string(//pupil[\@pupil_id = $child]/\@sign)") }
is sign(), 'gold', 'four obligatory qualities and two of choice make gold';
enter('sport', $child, 'shuttle', '7,9', '8,0');
is sign(), 'silver', 'with one of choice it is silver';
enter('sport', $child, 'bend', '15', '4');
is sign(), 'none', 'without one of the four qualities it is none';
is $c{director}->get('/gto/school')->xpath("string(//class[\@class_id = $class]/\@tested)"), $t->value(q{SELECT count(DISTINCT r.pupil_id) FROM ej.gto_result AS r
    JOIN ej.enrolment AS e ON e.pupil_id = r.pupil_id AND e.class_id = ? AND e.during @> date '2026-11-20' JOIN ej.pupil_card AS k ON k.pupil_id = e.pupil_id
    JOIN ej.gto_step AS s ON extract(year FROM age(r.done_on, k.birth_on)) BETWEEN s.age_from AND s.age_to AND extract(year FROM age('2026-11-20', k.birth_on)) BETWEEN s.age_from AND s.age_to}, $class), 'the school counts who has results in the present step';

# The ministry's sign stands apart.
my %award = (sign => 'gold', step_no => 5, order_no => '12 нг', order_on => '2026-11-01');
is refused($c{sport}->post("/pupils/$child/gto", %award)), '303', 'a sign of the ministry is entered';
is refused($c{sport}->post("/pupils/$child/gto", %award)), '409 JE212:sign', 'once';
is refused($c{sport}->post("/pupils/$child/gto", %{{%award, step_no => 40, order_no => ''}})), '422 JE102:step_no JE101:order_no', 'with all that belongs to it';
is refused($c{'class-teacher'}->post("/pupils/$child/gto", %award)), '404 JE401:', 'by who teaches sport alone';
is $c{parent}->get("/pupils/$child/gto")->xpath('concat(//award/@sign, " ", //step[@step_no = 5]/@sign)'), 'gold none', 'beside that of the results';

# --------------------------------------------------------------- prints -----

like $c{sport}->get("$day?format=print", html => 1)->content, qr/Протокол № 12-ф выполнения испытаний.*Учитель физической культуры/s, 'the protocol of a day';
like $c{deputy}->get("$one?format=print", html => 1)->content, qr/Сводная ведомость комплекса ГТО/, 'the summary of a class';
like $c{parent}->get("/pupils/$child/gto?format=print", html => 1)->content, qr/Карточка учёта выполнения нормативов.*12 нг/s, 'the card of a pupil';
like $c{director}->get('/gto/school?format=print', html => 1)->content, qr/Отчёт о выполнении нормативов/, 'the report of the school';
is $c{sport}->get("$one?format=xlsx")->status, 200, 'a workbook';

# --------------------------------------------- norms that a school imports -----

sub upload { my ($rows) = @_; return $c{administrator}->upload('/imports/norms', [['file', 'norms.csv', $rows]], step => 'file')->status }
sub preview { my $r = $c{administrator}->get('/imports/norms'); return join ' ', map { $r->xpath("string(//imports/\@$_)") } qw(added changed same bad) }
sub bad { return join '; ', map { my $row = $_; join ' ', map { $row->getAttribute($_) // '-' } qw(line field code value) } $c{administrator}->get('/imports/norms')->nodes('//row[@done = "bad"]') }
sub import_save { return refused($c{administrator}->post('/imports/norms', step => 'save', version => $c{administrator}->get('/imports/norms')->xpath('string(//imports/@version)'))) }
is statuses('/imports/norms', @everybody), join(' ', map { $_ eq 'administrator' ? 200 : 404 } @everybody), 'the administrator alone imports norms';
my $file = $c{administrator}->get('/imports/norms/list?format=csv')->content;
is upload($file) . ' ' . preview(), '303 0 0 0 ' . $t->value('SELECT count(*) FROM ej.gto_norm'), 'the norms of the law from a day that has results are refused';
like bad(), qr/^2 since JE248 /, 'and the row and the column are named';
$file =~ s/01\.04\.2023/21.11.2026/g;
my $levels = sub { return $c{deputy}->get("/pupils/$child/gto")->xpath('concat(//test[@level = "gold"][1]/@name, //test[1]/@level, //test[last()]/@level, count(//test))') };
my $before = $levels->();
is upload($file) . ' ' . preview(), '303 ' . $t->value('SELECT count(*) FROM ej.gto_norm') . ' 0 0 0', 'from a coming day they are a new edition';
is $t->value('SELECT count(*) FROM ej.gto_edition WHERE school_id = 1'), 0, 'which the trial does not keep';
for my $case (['Бег на 30 м' => 'Бег на 31 м', 'test JE401'], ['"м"' => '"х"', 'sex JE106'], ['"5,3"' => '"5:3"', '\\w+ JE246']) {
    my ($from, $to, $said) = @$case;
    (my $wrong = $file) =~ s/\Q$from/$to/;
    upload($wrong);
    like bad(), qr/^\d+ $said/, "«$to» is refused by line and field";
}
(my $harder = $file) =~ s/;"(\d+),(\d)";"(\d+),(\d)";"(\d+),(\d)";/;"$1,$2";"$3,$4";"1,1";/;
upload($harder);
is import_save(), '303', 'the new edition is saved';
is $t->value('SELECT count(*) FROM ej.gto_norm AS n JOIN ej.gto_step AS s ON s.id = n.gto_step_id JOIN ej.gto_edition AS e ON e.id = s.gto_edition_id WHERE e.school_id = 1 AND n.gold = 1.1'), 1, 'with its figures';
upload($file);
is preview() =~ /^0 1 \d+ 0$/ ? 1 : 0, 1, 'the same edition with another figure is a change of one row';
is $levels->(), $before, 'the results of earlier days keep their levels';
is $c{'sport-17'}->get('/gto/norms')->count('//edition'), 1, 'another school has the norms of the law';
is $c{sport}->get('/gto/norms')->xpath('concat(count(//edition), //gto/@since)'), '22023-04-01', 'until its day the older edition holds';
(my $own = $harder) =~ s/21\.11\.2026/19.11.2026/g;
upload($own);
is import_save(), '303', 'an edition may hold from the day after the last results';
is enter('sport', $child, 'bend', '', '9', path => "$one/days/2026-11-20"), '303', 'a result is entered under it';
my $under = $levels->();
(my $corrected = $own) =~ s/"1,1"/"1,2"/;
upload($corrected);
like bad(), qr/^2 since JE248 /, 'its figures are then not corrected';
$corrected =~ s/19\.11\.2026/21.11.2026/g;
upload($corrected);
is import_save() . ' ' . $t->value('SELECT count(*) FROM ej.gto_norm AS n JOIN ej.gto_step AS s ON s.id = n.gto_step_id JOIN ej.gto_edition AS e ON e.id = s.gto_edition_id WHERE e.school_id = 1 AND n.gold = 1.2'), '303 1', 'but from a later day on';
is $levels->(), $under, 'and what was reached stays';

# ----------------------------------------------------------- substitute -----

$c{substitute} = $t->login('substitute');
is statuses($day, 'substitute'), '404', 'who never taught the class physical education does not see its results';
$db->do(q{UPDATE ej.lesson AS l SET staff_id = f.id FROM ej.account AS a JOIN ej.staff AS f USING (person_id)
    WHERE a.login = 'substitute' AND l.id = (SELECT o.id FROM ej.lesson AS o JOIN ej.teaching AS g ON g.id = o.teaching_id
             JOIN ej.subject AS u ON u.id = g.subject_id AND u.is_pe JOIN ej.membership AS m ON m.study_group_id = o.study_group_id
            WHERE m.pupil_id = ? AND o.held_on < '2026-11-20' AND NOT EXISTS (SELECT FROM ej.lesson AS b WHERE b.staff_id = f.id AND b.during && o.during)
            ORDER BY o.id DESC LIMIT 1)}, undef, $child);
is statuses($day, 'substitute'), '200', 'who gave it a lesson does';
is_deeply [enter('substitute', $child, 'bend', stored($child, $test{bend}), '9'), stored($child, $test{bend})], ['303', '9'], 'and enters results';

# -------------------------------------------------------------- caption -----

sub captions {
    my ($who) = @_;
    my $page = $c{$who}->get('/gto', html => 1);
    my $print = $c{$who}->get("/pupils/$child/gto?format=print", html => 1);
    return join ' ', $page->xpath('concat(//nav//a[contains(@href, "/gto")], " ", //h1)'), $print->xpath('string(//title)') =~ /(ГТЗ?О)/, map { $_ =~ /(ГТЗ?О)/ } map { $c{$who}->get($_, html => 1)->xpath('string(//h1)') } '/help/gto';
}
is $c{$_}->get('/gto')->xpath('string(/page/@gto_caption)') . " " . captions($_), 'gtzo ГТЗО ГТЗО ГТЗО ГТЗО', "$_: menu, head, print and help call the section ГТЗО" for qw(deputy sport parent);
my %old = map { substr($_->getAttribute('name'), 4) => $_->getAttribute('value') } $c{deputy}->get('/settings', html => 1)->nodes('//input[starts-with(@name, "old_")]');
is $old{gto_caption}, 'gtzo', 'unless the school sets another name';
sub set_caption {
    my ($caption) = @_;
    my %now = (%old, gto_caption => $caption);
    $now{$_} = [split /[ ,]+/, $now{$_}] for grep { /_(?:grades|roles|ways)$|^modules$/ } keys %now;
    return refused($c{deputy}->post('/settings', (map { ("old_$_" => $old{$_}) } sort keys %old), map { ($_ => $now{$_}) } sort keys %now));
}
is set_caption('sport'), '422 JE106:gto_caption', 'which is one of two';
is set_caption('gto'), '303', 'the alias ГТО is chosen';
is $c{$_}->get('/gto')->xpath('string(/page/@gto_caption)') . " " . captions($_), 'gto ГТО ГТО ГТО ГТО', "$_: and found in all these places" for qw(deputy sport parent);
is $c{'sport-17'}->get('/gto')->xpath('string(/page/@gto_caption)'), 'gtzo', 'the other school keeps its own';

# --------------------------------------------------------------- switch -----

# A pupil whom somebody else teaches is not shown as one without admission.
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
sub shown { return map { $_->value } $c{sport}->get("/gto/classes/$class")->nodes('//pupil/@pupil_id') }
my @all  = shown();
my $gone = $all[-1];
$t->db->do(q{SET session_replication_role = replica});
$t->db->do(q{DELETE FROM ej.membership AS m USING ej.teaching AS y, ej.subject AS b
    WHERE m.pupil_id = ? AND y.study_group_id = m.study_group_id AND b.id = y.subject_id AND b.is_pe}, undef, $gone);
$t->db->do('RESET session_replication_role');
$t->db->do('DELETE FROM ej.scope');
cmp_ok scalar(@all), '>', 5, 'a class is shown to its teacher of sport';
is join(' ', shown()), join(' ', grep { $_ != $gone } @all), 'a pupil whom somebody else teaches is not shown as one without admission';

$db->do(q{UPDATE ej.school SET modules = '{meals,events}' WHERE id = 1});
is statuses('/gto', qw(deputy sport parent sport-17)), '404 404 404 200', 'a school that switches the section off has no such page';
is statuses($day, qw(deputy sport)) . ' ' . enter('sport', $child, 'bend', '', '7'), '404 404 404 JE401:', 'nor takes its forms';
unlike $c{deputy}->get('/account')->xpath('string(/page/@opens)'), qr{/gto}, 'nor an entry of the menu';
is $t->value(q{SELECT count(*) > 0 FROM ej.gto_result WHERE school_id = 1}), 1, 'the results stay';
done_testing;
