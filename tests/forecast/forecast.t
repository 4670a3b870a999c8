#!/usr/bin/perl
# forecast.t: the forecast of term marks (REP-25): its figures against the formula written here a second
# time, that nothing entered later moves it, what is needed for a mark by trying, and who sees whose.
use lib 'tests/lib';
use EJ::Test qw(refused);
use EJ::Forecast;
use POSIX qw(floor);

my $t = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $deputy = $t->login('deputy');
sub rows { my ($sql, @args) = @_; return @{$db->selectall_arrayref($sql, {Slice => {}}, @args)} }
# The forecast of a day as a person has it, by «pupil subject».
sub forecast_of {
    my ($login, $day) = @_;
    my $web = $t->web_db;
    my ($digest) = $db->selectrow_array(q{SELECT s.digest FROM ej.session AS s JOIN ej.account AS a ON a.id = s.account_id WHERE a.login = ? ORDER BY s.id DESC LIMIT 1}, undef, $login);
    $web->begin_work;
    my $enter = $web->prepare('SELECT ej.enter(?, NULL, NULL)');
    $enter->bind_param(1, $digest, {pg_type => DBD::Pg::PG_BYTEA()});
    $enter->execute;
    my %found = map { ("$_->{pupil_id} $_->{subject_id}" => $_) } @{$web->selectall_arrayref('SELECT * FROM ej.forecast(?)', {Slice => {}}, $day)};
    $web->rollback;
    return \%found;
}

# ------------------------------------------------------ the formula again ----

my $day = '2026-11-20';
my $forecast = EJ::Forecast->new(\&rows, $day);
my %school = %{$forecast->school};
cmp_ok scalar($forecast->terms), '>=', 2, 'quarters and half-years go on at once';
is $school{retake_counts}, 'last', 'of several attempts the last one counts here';
is $school{min_marks_hour}, 0, 'all subjects want as many marks here';

my $shown = forecast_of('deputy', $day);
my ($compared, $known, $beyond, @wrong) = (0, 0, 0);
for my $f (values %$shown) {
    my ($expected, $deviation) = $forecast->expected($f);
    my $within = sub { my ($mean) = @_; return $mean < 2 ? 2 : $mean > 5 ? 5 : $mean };   # the marks of the scale
    my ($told, $high) = defined $expected ? map { $within->($_) } $expected, $expected + 1.2816 * $deviation : ();
    $beyond++ if defined $expected && $expected > 5;
    push @wrong, "$f->{pupil_id} $f->{subject_id}: " . ($f->{expected} // 'none') . ', not ' . ($told // 'none')
        if defined $f->{expected} != defined $told || defined $told && (abs($told - $f->{expected}) > 1e-6 || abs($high - $f->{high}) > 1e-6);
    push @wrong, "$f->{pupil_id} $f->{subject_id}: known with $f->{marks}" if ($f->{is_known} ? 1 : 0) != ($f->{marks} >= 3 ? 1 : 0);
    push @wrong, "$f->{pupil_id} $f->{subject_id}: absent $f->{absent}, not " . $forecast->absent($f) if abs($f->{absent} - $forecast->absent($f)) > 1e-6;
    $compared++;
    next unless $f->{is_known};
    $known++;
    push @wrong, "$f->{pupil_id} $f->{subject_id}: fails with $f->{fail}, not " . $forecast->fail($f) if abs($f->{fail} - $forecast->fail($f)) > 1e-6;
    my $sum = $f->{absent};
    $sum += $_ for @{$f->{chances}};
    push @wrong, "$f->{pupil_id} $f->{subject_id}: the probabilities sum to $sum" if abs($sum - 1) > 1e-6;
    my $likely = floor($expected + 1 - $school{round_from_pct} / 100);
    $likely = $likely < 2 ? 2 : $likely > 5 ? 5 : $likely;
    push @wrong, "$f->{pupil_id} $f->{subject_id}: $f->{likely} of $expected" if $f->{likely} ne $likely;
}
cmp_ok $compared, '>', 80, 'forecasts of the school are compared';
cmp_ok $known, '>', 50, 'many of them have marks enough';
cmp_ok $known, '<', $compared, 'not all';
cmp_ok $beyond, '>', 0, 'the formula lets some expect more than the best mark, which is not shown';
is join("\n", @wrong[0 .. ($#wrong > 5 ? 5 : $#wrong)]), '', 'each by the formula written in EJ::Forecast';
is join(' ', sort map { "$_->{pupil_id} $_->{subject_id}" } $forecast->cells), join(' ', sort keys %$shown), 'of every pupil and subject';

# -------------------------------------------- what is entered later is not read ----

my $past = '2026-11-13';
my $before = forecast_of('deputy', $past);
isnt join(',', map { $_->{marks} } map { $before->{$_} } sort keys %$before), join(',', map { $_->{marks} } map { $shown->{$_} } sort keys %$before), 'an earlier day has other marks than today';
my ($newest) = $db->selectrow_array('SELECT max(id) FROM ej.history');
my $one = (rows(q{SELECT m.work_id, m.pupil_id, w.teaching_id, t.subject_id, j.term_id, m.value FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id JOIN ej.lesson AS l ON l.id = w.lesson_id JOIN ej.teaching AS t ON t.id = w.teaching_id
    JOIN ej.journal AS j ON j.id = w.journal_id WHERE m.school_id = 1 AND m.value = '5' AND l.held_on BETWEEN '2026-11-02' AND '2026-11-11' AND m.attempt = 1 ORDER BY m.work_id, m.pupil_id LIMIT 1}))[0];
sub plant {
    $db->begin_work;
    $db->do($_) for 'SET LOCAL ROLE ej_owner', @_;
    $db->commit;
}
plant("UPDATE ej.mark SET value = '2' WHERE work_id = $one->{work_id} AND pupil_id = $one->{pupil_id} AND attempt = 1",                       # a correction
    "INSERT INTO ej.mark (work_id, pupil_id, attempt, school_id, teaching_id, scale_id, value) SELECT work_id, pupil_id, 2, school_id, teaching_id, scale_id, '2' FROM ej.mark WHERE work_id = $one->{work_id} AND pupil_id <> $one->{pupil_id} AND attempt = 1 AND value = '5'",   # later marks
    "UPDATE ej.work SET weight_pct = 900 WHERE id = $one->{work_id}",                                                                        # a weight
    "UPDATE ej.term_mark AS m SET value = '2' FROM ej.term AS e WHERE e.id = m.term_id AND e.name = 'I четверть' AND m.pupil_id = $one->{pupil_id} AND m.subject_id = $one->{subject_id}");
cmp_ok $db->do(q{UPDATE ej.history SET made_at = '2026-11-17 12:00+03' WHERE id > ?}, undef, $newest), '>', 3, 'they were entered on the seventeenth';
is digest($before), digest(forecast_of('deputy', $past)), 'neither a later mark nor a later correction, weight or term mark moves the forecast of an earlier day';
my $after = forecast_of('deputy', $day);
cmp_ok $after->{"$one->{pupil_id} $one->{subject_id}"}{expected}, '<', $shown->{"$one->{pupil_id} $one->{subject_id}"}{expected} - 0.2, 'that of today is another one';
sub digest { my ($f) = @_; return join "\n", map { join ' ', $_, map { $_ // '-' } @{$f->{$_}}{qw(marks weight total last class_mean ahead expected low high likely absent fail)} } sort keys %$f }

# ------------------------------------------------------- what is needed: by trying ----

my ($tried, @false) = (0);
my @pupils = map { $_->{pupil_id} } rows(q{SELECT e.pupil_id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id WHERE c.school_id = 1 AND c.name = '7Б' AND e.during @> ?::date ORDER BY e.pupil_id}, $day);
for my $id (@pupils) {
    my $r = $deputy->get("/pupils/$id/forecast");
    for my $way ($r->nodes('//way')) {
        my $f = $after->{"$id " . $way->parentNode->getAttribute('subject_id')};
        my ($total, $weight, $value, $with) = ($f->{total}, $f->{weight}, $way->getAttribute('value'), $way->getAttribute('with_value'));
        my $n = 0;
        $n++ until $n >= $f->{lacking} && floor(sprintf('%.9f', ($total + $n * $with) / ($weight + $n || 1)) + 1 - $school{round_from_pct} / 100) >= $value || $n > 999;
        push @false, "$id: $value is no pass" if $value < 3;
        push @false, "$id: $value with $with takes $n, not " . $way->getAttribute('fewest') if $n != $way->getAttribute('fewest');
        $tried++;
    }
}
cmp_ok $tried, '>', 20, 'ways to a better mark are tried';
is join("\n", @false), '', 'each with the fewest marks';

# --------------------------------------------------------------- pages and sums ----

my $r = $deputy->get('/forecast');
my (%by_pupil, %risky);
for my $f (values %$after) {
    push @{$by_pupil{$f->{pupil_id}}}, $f;
    $risky{"$f->{pupil_id} $f->{subject_id}"} = 1 if $f->{absent} >= 0.3 || ($f->{fail} // 0) >= 0.3;
}
my ($excellent, $near, $good, $near_good, $at_risk) = (0) x 5;
for my $cells (values %by_pupil) {
    my @likely = map { $_->{likely} } grep { $_->{is_known} } @$cells;
    $at_risk++ if grep { $risky{"$_->{pupil_id} $_->{subject_id}"} } @$cells;
    next if @likely < @$cells / 2;    # half of the subjects say something about the pupil
    my %n; $n{$_}++ for @likely;
    my $low = ($n{2} // 0) + ($n{3} // 0);
    $excellent++ if @likely && ($n{5} // 0) == @likely;
    $near++ if @likely >= 4 && ($n{4} // 0) == 1 && !$low;
    $good++ if ($n{4} // 0) && !$low;
    $near_good++ if @likely >= 4 && ($n{3} // 0) == 1 && $low == 1;
}
is join(' ', map { $r->xpath("string(//class[not(\@class_id)]/\@$_)") } qw(excellent nearly_excellent good nearly_good at_risk)), "$excellent $near $good $near_good $at_risk", 'the school\'s line counts its pupils';
cmp_ok $at_risk, '>', 0, 'of whom some are at risk';
my $risks = $deputy->get('/forecast/risks');
is $risks->xpath('string(//forecast/@count)'), scalar(keys %risky), 'the list has every subject at risk';
is $risks->count('//risk[@fail_pct < 30 and @absent_pct < 30]'), 0, 'and no other';
cmp_ok $deputy->get('/forecast/risks?find=7Б')->xpath('string(//forecast/@count)'), '<', scalar keys %risky, 'a class can be found in it';
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
$r = $deputy->get("/classes/$class/forecast");
is $r->count('//pupil'), $deputy->get("/forecast")->xpath("string(//class[\@class_id = $class]/\@pupils)"), 'a class lists its pupils';
cmp_ok $r->count('//pupil/c[@expected]'), '>', 10, 'with what is expected';
like $deputy->get("/pupils/$pupils[0]/forecast", html => 1)->content, qr/Чтобы вышло больше.*для «\d»: \d+ × «\d».*Прогноз — не отметка/s, 'a pupil\'s page says what is needed';
like $deputy->get("/classes/$class/forecast", html => 1)->content, qr/Как считается прогноз.*Меньше трёх отметок — мало данных/s, 'the formula is shown';
is substr($deputy->get('/forecast?format=csv')->content, 0, 200) =~ /Класс/ && substr($deputy->get('/forecast/risks?format=xlsx')->content, 0, 2), 'PK', 'tables are files, too';
is refused($deputy->get('/forecast?shown_on=2027-01-20')), '422 JE171:shown_on', 'a day to come has no forecast';
is refused($deputy->get('/forecast?shown_on=2025-11-20')), '422 JE171:shown_on', 'nor has another year';
is $deputy->get('/forecast?shown_on=2026-11-13')->status, 200, 'an earlier day has';
is $deputy->get('/forecast?shown_on=2026-10-28')->count('//class[starts-with(@name, "7")]'), 0, 'a day between two quarters has none for their classes';

# ------------------------------------------------------------------ who sees whose ----

my %c = map { ($_ => $t->login($_)) } qw(teacher class-teacher parent pupil observer director administrator personnel);
is join(' ', map { $c{$_}->get('/forecast')->status } qw(director administrator teacher class-teacher parent observer personnel)), '200 200 200 200 404 404 404', 'heads and teachers have the page';
is refused($c{'class-teacher'}->get('/forecast?shown_on=2026-11-13')), '422 JE106:shown_on', 'an earlier day is for the heads';
my $own = $t->value(q{SELECT p.id FROM ej.pupil AS p JOIN ej.account AS a USING (person_id) WHERE a.login = 'pupil'});
my %subjects = map { my $login = $_; ($login => join ',', sort map { $_->value } $c{$login}->get("/pupils/$own/forecast")->nodes('//subject/@subject_id')) } qw(teacher class-teacher director);
is $subjects{'class-teacher'}, $subjects{director}, 'the class teacher sees all subjects of the class';
is $subjects{teacher}, join(',', sort map { $_->{subject_id} } rows(q{SELECT DISTINCT t.subject_id FROM ej.teaching AS t JOIN ej.staff AS s ON s.id = t.staff_id JOIN ej.account AS a USING (person_id)
    JOIN ej.membership AS b ON b.study_group_id = t.study_group_id AND b.pupil_id = ? WHERE a.login = 'teacher'}, $own)), 'a teacher the own subjects';
is join(' ', map { $c{$_}->get("/pupils/$own/forecast")->status } qw(parent pupil)), '404 404', 'a family sees none';
$db->do(q{UPDATE ej.school SET forecast_shown = 'shown' WHERE id = 1});
is join(' ', map { $c{$_}->get("/pupils/$own/forecast")->status } qw(parent pupil)), '200 200', 'unless the school shows it';
$r = $c{parent}->get("/pupils/$own/forecast");
cmp_ok $r->count('//subject[@expected]'), '>', 0, 'with figures';
is $r->count('//@class_mean'), 0, 'but not those of the class';
my $foreign = $t->value(q{SELECT pupil_id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id WHERE c.school_id = 1 AND c.name = '10А' LIMIT 1});
is $c{parent}->get("/pupils/$foreign/forecast")->status, 404, 'those of the own children alone';

done_testing;
