#!/usr/bin/perl
# meals.t: orders of meals (MOD-02): proposed from the choices, confirmed in two taps, sent at the cutoff, changed by the
# organiser with a reason; absences; who eats what; what a family sees.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c = map { $_ => $t->login($_) } qw(meals deputy class-teacher grade1 english parent);
my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
my $page = "/meals/orders/$class/2026-11-21";
sub minute { return $db->do('SELECT ej.meals_minute()') }
sub clock { $db->do('UPDATE ej.meal SET cutoff_days = 1, cutoff_at = ?, serves_at = ?, withdraw_until = ?', undef, @_) }
sub orders { return $t->value("SELECT count(*) FROM ej.meal_order WHERE class_id = ? AND served_on = '2026-11-21' AND state " . ($_[0] // "<> 'withdrawn'"), $class) }
sub cells { return map { $_->[0] } @{$db->selectall_arrayref(q{SELECT pupil_id || '.' || meal_id FROM ej.meal_order WHERE class_id = ? AND served_on = '2026-11-21' AND state <> 'withdrawn' ORDER BY 1}, undef, $class)} }
sub state_of { my ($cell, $day) = @_; return $t->value(q{SELECT state || ' ' || cause FROM ej.meal_order WHERE pupil_id || '.' || meal_id = ? AND served_on = ?}, $cell, $day // '2026-11-21') }

# ------------------------------------------------------------- proposing ---

clock('23:59', '23:59', '23:58');
minute();
# by other code: choices of Saturday, of pupils in the class, less the reasons of absence
my %away = map { $_->[0] => 1 } @{$db->selectall_arrayref(q{SELECT pupil_id FROM ej.absence_reason WHERE date '2026-11-21' <@ during AND slots IS NULL})};
my $want = grep { !$away{$_->[0]} && $_->[1] =~ /6/ } @{$db->selectall_arrayref(q{SELECT h.pupil_id, h.weekdays::text FROM ej.meal_choice h JOIN ej.enrolment e USING (pupil_id)
    WHERE e.class_id = ? AND e.during @> date '2026-11-21' AND h.during @> date '2026-11-21'}, undef, $class)};
is orders(), $want, 'a day is proposed from the choices, less announced absences';
minute();
is orders(), $want, 'once';

# ------------------------------------------------------------ confirming ---

my $r = $c{'class-teacher'}->get('/meals');
is $r->xpath(qq{concat(//order[\@day_on = "2026-11-21"]/\@count, " ", //order[\@day_on = "2026-11-21"]/\@can_confirm)}), "$want 1", 'the class teacher is asked to confirm it';
is refused($c{'class-teacher'}->post($page, count => $want + 1)), '409 JE210:count', 'not another number than was shown';
is refused($c{'class-teacher'}->post($page, count => $want)), '303', 'a second tap confirms it';
is $t->value(q{SELECT count(*) FROM ej.meal_day WHERE class_id = ? AND served_on = '2026-11-21' AND confirmed_by IS NOT NULL}, $class), 2, 'both meals in the own name';
is refused($c{meals}->post($page, count => $want)), '303', 'the organiser may, too';
is orders("= 'ordered'"), $want, 'and nobody has a second portion';
is join(' ', map { $_->get($page)->status } @c{qw(deputy english grade1 parent)}), '200 404 404 404', 'a deputy reads it; other teachers and families do not';
is refused($c{grade1}->post($page, count => $want)), '403 JE301:', 'nor confirm a class of another';

my @cells = cells();
my ($first, @rest) = @cells;
is refused($c{'class-teacher'}->post($page, ate => \@cells, eats => \@rest)), '303', 'one is taken off';
is state_of($first), 'withdrawn hand', 'by hand';
is refused($c{meals}->post($page, ate => \@cells, eats => \@cells)), "409 JE210:eats.$first", 'an older form meets the change';
my ($pupil) = $first =~ /^(\d+)/;
my ($lunch) = $rest[-1] =~ /\.(\d+)/;
is refused($c{'class-teacher'}->post($page, ate => \@rest, eats => [@rest, "999999.$lunch"])), '303', 'a pupil of another class is not in the form';
is orders(), $want - 1, 'and gets nothing';

# who announces an absence has no meal: no further right to write
my ($child) = $rest[0] =~ /^(\d+)/;
$db->do(q{INSERT INTO ej.absence_reason (school_id, pupil_id, code, during) VALUES (1, ?, 'у', '[2026-11-21,2026-11-22)')}, undef, $child);
is state_of($rest[0]), 'withdrawn announced', 'an announced absence takes the portion back';
$db->do(q{DELETE FROM ej.absence_reason WHERE pupil_id = ? AND date '2026-11-21' <@ during}, undef, $child);
is state_of($rest[0]), 'ordered choice', 'taken back before the cutoff it is ordered again';

# --------------------------------------------------------- after the cutoff ---

clock('00:00', '23:59', '23:58');
@cells = cells();
$r = $c{'class-teacher'}->post($page, {html => 1}, ate => \@cells, eats => [@cells[1 .. $#cells]]);
is $r->status, 409, 'a form that was open when the cutoff passed is refused';
like $r->xpath('string(//*[@role = "alert"])'), qr/Срок прошёл.*ответственный за питание: \w+/s, 'with the name of the organiser';
is refused($c{'class-teacher'}->post($page, ate => \@cells, eats => [@cells[1 .. $#cells]])), '409 JE250:state', 'by its code';
minute();
is $t->value(q{SELECT count(*) FROM ej.meal_day WHERE class_id = ? AND served_on = '2026-11-21' AND sent_at IS NULL}, $class), 0, 'at the cutoff it is sent';
is $t->value(q{SELECT sum(portions) FROM ej.meal_line WHERE class_id = ? AND served_on = '2026-11-21'}, $class), scalar(@cells), 'with its numbers';
clock('23:59', '23:59', '23:58');
is refused($c{'class-teacher'}->post($page, ate => \@cells, eats => [@cells[1 .. $#cells]])), '409 JE250:state', 'a cutoff that is moved later opens no day that was sent';
is $c{'class-teacher'}->get($page)->xpath('count(//meal[@is_open]) + count(/page/meals/@can_write)'), 0, 'nor does the page offer it';
is refused($c{meals}->post($page, ate => \@cells, eats => [@cells[1 .. $#cells]])), '422 JE101:reason', 'the organiser needs a reason';
is refused($c{meals}->post($page, ate => \@cells, eats => [@cells[1 .. $#cells]], reason => 'звонок мамы')), '303', 'and changes it';
is $t->value(q{SELECT sum(portions) FROM ej.meal_line WHERE class_id = ? AND served_on = '2026-11-21'}, $class), @cells - 1, 'the kitchen learns of one less';

clock('00:00', '23:59', '23:58');

# ---------------------------------------------------------- the first lesson ---

my ($order, $lesson, $who) = $db->selectrow_array(q{SELECT o.pupil_id || '.' || o.meal_id, l.id, o.pupil_id FROM ej.meal_order o
     JOIN ej.membership b ON b.pupil_id = o.pupil_id AND b.during @> o.served_on JOIN ej.lesson l ON l.study_group_id = b.study_group_id AND l.held_on = o.served_on AND l.state = 'given'
    WHERE o.school_id = 1 AND o.served_on = '2026-11-20' AND o.state = 'ordered' AND NOT EXISTS (SELECT FROM ej.attendance a WHERE a.pupil_id = o.pupil_id AND a.lesson_id = l.id)
    ORDER BY l.slot, o.id LIMIT 1});
my $absent = q{INSERT INTO ej.attendance (lesson_id, pupil_id, school_id, teaching_id, code) SELECT l.id, ?, l.school_id, l.teaching_id, 'н' FROM ej.lesson l WHERE l.id = ?};
$db->do($absent, undef, $who, $lesson);
is state_of($order, '2026-11-20'), 'withdrawn absent', 'who is absent at the first lesson has the portion taken back in time';
$db->do('DELETE FROM ej.attendance WHERE pupil_id = ? AND lesson_id = ?', undef, $who, $lesson);
is state_of($order, '2026-11-20'), 'ordered absent', 'corrected, it is ordered again';
clock('00:00', '00:01', '00:00');
$db->do($absent, undef, $who, $lesson);
is state_of($order, '2026-11-20'), 'missed absent', 'too late, it is missed';
$t->today('2026-11-21');
minute();
is $t->value(q{SELECT string_agg(DISTINCT state, ' ') FROM ej.meal_order WHERE school_id = 1 AND served_on = '2026-11-20' AND state IN ('ordered')}), undef, 'when the day is over, nothing is left open';
is $t->value(q{SELECT count(*) FROM ej.meal_order o JOIN ej.lesson l ON l.held_on = o.served_on JOIN ej.attendance a ON a.lesson_id = l.id AND a.pupil_id = o.pupil_id AND a.code IN ('н','б','у','п')
    WHERE o.school_id = 1 AND o.served_on = '2026-11-20' AND o.state = 'eaten' AND l.state = 'given' AND NOT EXISTS (SELECT FROM ej.lesson f JOIN ej.membership b ON b.study_group_id = f.study_group_id
      AND b.during @> f.held_on WHERE b.pupil_id = o.pupil_id AND f.held_on = l.held_on AND f.slot < l.slot AND f.state = 'given')}), 0, 'no absent pupil has eaten';

# ------------------------------------------------------------- who eats what ---

my $eaters = "/classes/$class/meals";
my ($one, $meal) = split /\./, $rest[1];
my $now = $t->value(q{SELECT array_to_string(weekdays, '') FROM ej.meal_choice WHERE pupil_id = ? AND meal_id = ?}, $one, $meal);
is refused($c{'class-teacher'}->post($eaters, "old_days.$one.$meal" => $now, "days.$one.$meal" => '135', from_on => '2026-11-20')), '422 JE203:from_on', 'a choice is not changed for the past';
is refused($c{'class-teacher'}->post($eaters, "old_days.$one.$meal" => $now, "days.$one.$meal" => '531', from_on => '2026-12-01')), "422 JE106:days.$one.$meal", 'nor to what is no week';
is refused($c{'class-teacher'}->post($eaters, "old_days.$one.$meal" => $now, "days.$one.$meal" => '135', from_on => '2026-12-01')), '303', 'it is from a day on';
is $t->value(q{SELECT string_agg(during::text || array_to_string(weekdays, ''), ' ' ORDER BY during) FROM ej.meal_choice WHERE pupil_id = ? AND meal_id = ?}, $one, $meal), "[2026-09-01,2026-12-01)$now [2026-12-01,)135", 'the old one ends';
is refused($c{grade1}->post($eaters, "old_days.$one.$meal" => '135', "days.$one.$meal" => '', from_on => '2026-12-01')), '403 JE301:', 'others choose nothing for the class';

# ---------------------------------------------------------------- the family ---

my $own = $t->value(q{SELECT w.pupil_id FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id JOIN ej.account a ON a.person_id = g.person_id WHERE a.login = 'parent' ORDER BY 1 LIMIT 1});
$r = $c{parent}->get("/pupils/$own/meals");
my $sum = 0; # in kopecks, by other code
$sum -= $_->[0] =~ s/\.//r for @{$db->selectall_arrayref(q{SELECT by_parents FROM ej.meal_order WHERE pupil_id = ? AND state = 'eaten'}, undef, $own)};
$sum += $_->[0] =~ s/\.//r for @{$db->selectall_arrayref(q{SELECT amount FROM ej.meal_payment WHERE pupil_id = ?}, undef, $own)};
is $r->xpath('string(/page/meals/@balance)') =~ s/\.//r + 0, $sum, 'a family sees the balance to the kopeck';
cmp_ok $r->count('//menu'), '>', 0, 'with the menu of the next days';
is $c{parent}->get("/pupils/$one/meals")->status, $one == $own ? 200 : 404, 'of the own child alone';
done_testing;
