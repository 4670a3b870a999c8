#!/usr/bin/perl
# region.t: the indicators of the schools of a region, each counted here again from the base rows; what the pages show of
# them, and to whom.
use lib 'tests/lib';
use EJ::Test;
use POSIX qw(mktime strftime);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
sub steps { my $n = 0; $n++ while $n < 300 && $t->value('SELECT ej.indicators_step()'); return $n }
sub rows  { return @{$db->selectall_arrayref(shift, {Slice => {}}, @_)} }
sub again { $db->do(q{UPDATE ej.indicator_count SET counted_at = counted_at - interval '5 minutes'}); return steps() }

# Facts that the seed has not: visits of parents, a lesson that is not filled, a sign of ГТО taken in October.
$db->do(q{INSERT INTO ej.visit (account_id, seen_on) SELECT a.id, d::date FROM ej.account a JOIN ej.guardian g USING (person_id) CROSS JOIN unnest('{2026-11-16,2026-11-20,2026-10-07}'::date[]) d
    WHERE a.id % 3 <> extract(day FROM d)::int % 3 ON CONFLICT DO NOTHING});
$db->do(q{INSERT INTO ej.gto_award (school_id, pupil_id, step_no, sign, order_no, order_on) SELECT p.school_id, p.id, 5, 'gold', '1', '2026-10-14' FROM ej.pupil p WHERE p.id % 4 = 0 ON CONFLICT DO NOTHING});
cmp_ok steps(), '>', 2, 'the job counts the schools one by one';
is steps(), 0, 'and then nothing, for four minutes';

# ------------------------------------------------------------ the second count ----

sub week { my ($y, $m, $d) = split /-/, shift; my @t = gmtime(POSIX::mktime(0, 0, 12, $d, $m - 1, $y - 1900)); return strftime('%Y-%m-%d', 0, 0, 12, $d - ($t[6] + 6) % 7, $m - 1, $y - 1900) }
sub later { my ($y, $m, $d) = split /-/, shift; return strftime('%Y-%m-%d', 0, 0, 12, $d + shift, $m - 1, $y - 1900) }
my $inside = sub { my ($r, $day) = @_; return $r->{a} le $day && $day lt $r->{b} };
my $span = q{coalesce(lower(during), '0001-01-01')::text AS a, coalesce(upper(during), '9999-01-01')::text AS b};

sub recount {
    my ($school, $today) = @_;
    my %n;
    my $count = sub { my ($key, $week, $is) = @_; $n{"$key $week"}[1]++; $n{"$key $week"}[0] += $is ? 1 : 0 };
    my %grades = map { $_->{study_group_id} => [split ' ', $_->{grades}] } rows(q{SELECT gc.study_group_id, string_agg(c.grade::text, ' ') AS grades FROM ej.study_group_class gc JOIN ej.class c ON c.id = gc.class_id WHERE c.school_id = ? GROUP BY 1}, $school);
    my %unmarked = map { $_ => 1 } split ' ', $t->value("SELECT array_to_string(unmarked_grades, ' ') FROM ej.school WHERE id = $school");
    my %members;
    push @{$members{$_->{study_group_id}}}, $_ for rows("SELECT study_group_id, pupil_id, $span FROM ej.membership WHERE school_id = ? AND NOT isempty(during)", $school);
    my %missed = map { ("$_->{lesson_id} $_->{pupil_id}" => 1) } rows(q{SELECT lesson_id, pupil_id FROM ej.attendance WHERE school_id = ? AND code IN (SELECT code FROM ej.attendance_code WHERE school_id = ? AND counts_missed)}, $school, $school);
    my %week_of;
    for my $l (rows(q{SELECT id, study_group_id, held_on::text, state, topic, attendance_at IS NOT NULL AS checked, coalesce(homework, '') AS homework FROM ej.lesson WHERE school_id = ? AND held_on <= ? AND state NOT IN ('cancelled', 'moved')}, $school, $today)) {
        next if $l->{state} ne 'given' && $l->{held_on} eq $today;
        my $free = !grep { !$unmarked{$_} } @{$grades{$l->{study_group_id}} || [0]};
        $count->('filled', week($l->{held_on}), $l->{topic} ne '' && $l->{checked} && ($free || $l->{homework} ne ''));
        next if $l->{state} ne 'given';
        $week_of{$l->{id}} = week($l->{held_on});
        next if !$l->{checked};
        $count->('attendance', $week_of{$l->{id}}, !$missed{"$l->{id} $_->{pupil_id}"}) for grep { $inside->($_, $l->{held_on}) } @{$members{$l->{study_group_id}}};
    }
    my %value = map { ("$_->{scale_id} $_->{value}" => $_) } rows('SELECT scale_id, value, is_good, sou_weight FROM ej.scale_value WHERE school_id = ?', $school);
    for my $m (rows('SELECT w.lesson_id, m.scale_id, m.value FROM ej.mark m JOIN ej.work w ON w.id = m.work_id WHERE m.school_id = ? AND m.value IS NOT NULL', $school)) {
        my $v = $value{"$m->{scale_id} $m->{value}"};
        $count->('quality', $week_of{$m->{lesson_id}}, $v->{is_good}) if defined $v->{sou_weight} && $week_of{$m->{lesson_id}};
    }
    my @enrolled = rows("SELECT pupil_id, $span FROM ej.enrolment WHERE school_id = ? AND NOT isempty(during)", $school);
    my (%wards, %seen, %ordered, %award);
    push @{$wards{$_->{pupil_id}}}, $_ for rows("SELECT w.pupil_id, g.person_id, $span FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id WHERE w.school_id = ?", $school);
    $seen{"$_->{person_id} " . week($_->{seen_on})} = 1 for rows('SELECT a.person_id, v.seen_on::text FROM ej.visit v JOIN ej.account a ON a.id = v.account_id WHERE v.seen_on <= ?', $today);
    $ordered{week($_->{served_on})}{$_->{pupil_id}} = 1 for rows(q{SELECT served_on::text, pupil_id FROM ej.meal_order WHERE school_id = ? AND served_on <= ? AND state <> 'withdrawn'}, $school, $today);
    $award{$_->{pupil_id}} = $_->{day} for rows('SELECT pupil_id, min(order_on)::text AS day FROM ej.gto_award WHERE school_id = ? GROUP BY 1', $school);
    for (my $week = week($t->value("SELECT lower(during)::text FROM ej.school_year WHERE school_id = $school AND during \@> date '$today'")); $week le $today; $week = later($week, 7)) {
        my $last = later($week, 6) lt $today ? later($week, 6) : $today;
        for my $p (grep { $inside->($_, $last) } @enrolled) {
            $count->('families', $week, grep { $inside->($_, $last) && $seen{"$_->{person_id} $week"} } @{$wards{$p->{pupil_id}}}) if $last ge later($today, -60);
            $count->('meals', $week, $ordered{$week}{$p->{pupil_id}}) if $ordered{$week};
            $count->('gto', $week, ($award{$p->{pupil_id}} // '9999') le $last);
        }
    }
    return {map { $_ => join '/', map { $_ || 0 } @{$n{$_}} } keys %n};
}
sub counted { my $school = shift; return {map { ("$_->{indicator_key} $_->{week_on}" => "$_->{part}/$_->{whole}") } rows('SELECT indicator_key, week_on::text, part, whole FROM ej.indicator WHERE school_id = ? AND whole > 0', $school)} }

my @schools = map { $_->{id} } rows('SELECT id FROM ej.school WHERE region_id IS NOT NULL ORDER BY id');
is @schools, 2, 'two schools are of regions';
is_deeply counted($_), recount($_, '2026-11-20'), "every indicator of school $_ in every week" for @schools;
my %some = map { (split ' ', $_)[0] => 1 } grep { counted(1)->{$_} !~ m{^0/} } keys %{counted(1)};
is join(' ', sort keys %some), 'attendance families filled gto meals quality', 'none of which is empty';

# A lesson of October is filled, one of this week loses its topic: both weeks follow, the old one with the day.
$db->do(q{UPDATE ej.lesson SET topic = 'Повторение' WHERE id = (SELECT min(id) FROM ej.lesson WHERE school_id = 1 AND state = 'given' AND topic = '' AND held_on < '2026-11-01')});
$db->do(q{UPDATE ej.lesson SET topic = '' WHERE id = (SELECT min(id) FROM ej.lesson WHERE school_id = 1 AND state = 'given' AND topic <> '' AND held_on >= '2026-11-16')});
again();
is counted(1)->{'filled 2026-11-16'}, recount(1, '2026-11-20')->{'filled 2026-11-16'}, 'a change of this week is counted in five minutes';
$db->do(q{UPDATE ej.indicator_count SET whole_on = '2026-11-19'});
again();
is_deeply counted(1), recount(1, '2026-11-20'), 'one of an older week on the next day';
my $kept = counted(1)->{'families 2026-10-05'};
$db->do(q{DELETE FROM ej.visit WHERE seen_on < '2026-10-20'});
$db->do(q{UPDATE ej.school SET today_fixed = '2026-12-20' WHERE region_id IS NOT NULL});
again();
is counted(1)->{'families 2026-10-05'}, $kept, 'visits that are swept do not empty the weeks of the past';
$db->do(q{UPDATE ej.school SET today_fixed = '2026-11-20' WHERE region_id IS NOT NULL});
$db->do(q{DELETE FROM ej.indicator WHERE week_on > '2026-11-20'});
$db->do($_) for 'DELETE FROM ej.indicator_sum', 'DELETE FROM ej.indicator_view', 'UPDATE ej.indicator SET is_published = false';
again();

# ----------------------------------------------------------------- the pages ----

my %c = map { $_ => $t->login($_) } qw(observer observer-17 deputy teacher parent);
is join(' ', map { $c{$_}->get('/region')->status } qw(observer observer-17 deputy teacher parent)), '200 200 404 404 404', 'only who has a role in a region opens its pages';
my $r = $c{observer}->get('/region');
is $r->xpath('string(/page/region/@schools)'), 1, 'the region of the observer has one school';
for my $f ($r->nodes('//figure')) {
    my ($key, $whole, $part) = map { $f->getAttribute($_) } qw(indicator_key whole part);
    my ($p, $w) = split m{/}, counted(1)->{"$key 2026-11-16"} // '/';
    is $whole, $w, "$key: how many there are";
    is $part, $p < 5 || $w - $p < 5 ? undef : $p, "$key: the part, if it may be shown";
}
my $other = $t->value(q{SELECT region_id FROM ej.school WHERE short_name = 'Школа № 17'});
is $c{observer}->get("/region?region_id=$other")->status, 404, 'another region is not found';
is $c{observer}->get("/region/schools?region_id=$other")->status, 404, 'nor are its schools';
is $c{observer}->get('/region/indicators/other')->status, 404, 'nor an indicator that does not exist';
is $c{observer}->get('/region/schools?sort=other')->status, 422, 'an unknown order is refused';

# An observer of the region above has both, without choosing a school.
$db->do('ALTER TABLE ej.region_role DISABLE TRIGGER rule_region_role');
$db->do(q{UPDATE ej.region_role AS r SET region_id = g.parent_id FROM ej.region g, ej.account a WHERE g.id = r.region_id AND a.person_id = r.person_id AND a.login = 'observer'});
again();
my $list = $c{observer}->get('/region/schools');
is join(', ', map { $_->getAttribute('name') } $list->nodes('//school')), 'Школа № 17, Школа № 92', 'the schools of the subregions, by name';
is scalar(() = $c{observer}->get("/region/schools?region_id=$other")->nodes("//school")), 1, 'those of one subregion';
is scalar(() = $c{observer}->get('/region/schools?find=92')->nodes("//school")), 1, 'or of that name';
is $c{'observer-17'}->get('/region')->xpath('string(/page/region/@schools)'), 1, 'the other observer still has one';
for my $key (qw(filled attendance quality families meals gto)) {
    my $page = $c{observer}->get("/region/indicators/$key");
    for my $school ($page->nodes('//school')) {
        my $id = $school->getAttribute('school_id');
        my ($p, $w) = split m{/}, counted($id)->{"$key 2026-11-16"} // '0/0';
        my $shown = $w == 0 ? '' : $w < 5 ? 'tiny' : $p < 5 ? 'few' : $w - $p < 5 ? 'rest' : sprintf '%.1f', 100 * $p / $w;
        my $got = $school->getAttribute('w1_shown') // $school->getAttribute('w1_pct') // '';
        ok $got eq $shown || $got eq 'other' || $shown =~ /[.]/ && abs($got - $shown) < 0.06, "$key: school $id shows $shown" or diag $got;
        unlike $got, qr/^\d/, 'and no number where it must not' if $shown =~ /^[a-z]/;
    }
}
my $names = join '|', map { quotemeta $_->{surname} } rows('SELECT surname FROM ej.pupil UNION SELECT surname FROM ej.guardian UNION SELECT surname FROM ej.staff');
unlike $c{observer}->get($_)->content =~ s/<page [^>]*>//r, qr/\b(?:$names)\b/, "no person's name on $_" for '/region', '/region/schools', '/region/indicators/gto';
like $c{observer}->get('/region/indicators/attendance', html => 1)->content, qr/<svg.*<polyline/s, 'a chart stands beside the table';

# Nothing is left when the role ends, or the school leaves.
$db->do(q{UPDATE ej.school SET region_id = NULL WHERE short_name = 'Школа № 17'});
again();
is scalar(() = $c{observer}->get('/region/schools')->nodes("//school")), 1, 'a school that left is not shown';
is $t->value(q{SELECT count(*) FROM ej.indicator_sum WHERE schools > 1}), 0, 'and not in any sum';
$db->do(q{UPDATE ej.region_role SET during = daterange(lower(during), '2026-11-20')});
is $c{observer}->get('/region')->status, 404, 'who had a role finds nothing';
done_testing;
