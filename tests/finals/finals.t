#!/usr/bin/perl
# finals.t: the page of term marks: what is proposed and on what arithmetic, what needs a
# reason, year, exam and final, and who reads or writes it.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
sub run   { return $t->db->do($_[0], undef, @_[1 .. $#_]) }
sub value { return $t->value(@_) }
my ($teacher, $deputy) = map { $t->login($_) } qw(teacher deputy);
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $page    = "$journal/finals";
my ($id)    = $journal =~ /(\d+)/;
my ($teaching, $subject, $term) = $t->db->selectrow_array('SELECT j.teaching_id, t.subject_id, j.term_id FROM ej.journal AS j JOIN ej.teaching AS t ON t.id = j.teaching_id WHERE j.id = ?', undef, $id);
sub row { my ($r, $pupil) = @_; return {map { $_->nodeName => $_->value } map { $_->attributes } $r->nodes(qq{//pupil[\@pupil_id = "$pupil"]})} }
sub save { my ($client, $where, %o) = @_; return $client->post($where, pupil_id => $o{pupil}, old => $o{old} // '', value => $o{value} // '', old_note => $o{old_note} // '', note => $o{note} // '') }
sub stored { return join '|', map { $_ // '-' } $t->db->selectrow_array('SELECT value, note, given_on FROM ej.term_mark WHERE pupil_id = ? AND subject_id = ? AND term_id = ?', undef, $_[0], $subject, $_[1] // $term) }

# ------------------------------------------------------ proposal, arithmetic ----

# a pupil with at least three marks, and one with fewer, who is given one
my ($many, $few) = map { value(qq{SELECT b.pupil_id FROM ej.membership AS b
     WHERE b.study_group_id = (SELECT study_group_id FROM ej.teaching WHERE id = ?) AND b.during @> date '2026-11-20'
       AND (SELECT count(DISTINCT m.work_id) FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id WHERE m.pupil_id = b.pupil_id AND w.journal_id = ? AND m.value IS NOT NULL) $_
     ORDER BY 1 LIMIT 1}, $teaching, $id) } '>= 3', 'BETWEEN 1 AND 2';
ok $many && $few, 'the seed has a pupil with three marks and one with fewer';
my $r    = $teacher->get($page);
my $grid = $teacher->get($journal);
my $one  = row($r, $many);
is $one->{mean}, $grid->xpath(qq{string(//pupil[\@pupil_id = "$many"]/\@mean)}), 'the mean is that of the journal';
(my $sum = $one->{arithmetic}) =~ s/×/*/g;
$sum =~ tr/,/./;
is sprintf('%.2f', eval($sum) / $one->{weight} + 1e-9), $one->{mean}, "its arithmetic gives it: ($one->{arithmetic}) : $one->{weight}";
is $one->{proposed}, int($one->{mean} + 0.5), 'the mark is proposed that it rounds to';
$one = row($r, $few);
is "$one->{is_unfounded} $one->{needed} $one->{proposed}", '1 3 н/а', 'with fewer than three marks «н/а» is proposed (FIN-07)';
like $teacher->get($page, html => 1)->content, qr/мало, нужно 3/, 'and the page says why';

# ------------------------------------------------------- a mark needs a reason ----

is refused(save($teacher, $page, pupil => $few, value => '4')), '422 JE291:value', 'a mark without a reason is refused';
is refused($teacher->post($journal, column_id => $term, pupil_id => $few, old => '', value => '4')), '422 JE291:value', 'in the grid, too';
is stored($few), '', 'and not written';
like $teacher->post($page, {html => 1}, pupil_id => $few, old => '', value => '4', old_note => '', note => '')->content, qr/укажите основание/, 'the page asks for it';
is refused(save($teacher, $page, pupil => $few, value => '4', note => 'лечился, сдал зачёт')), '303', 'with a reason it is saved';
is stored($few), '4|лечился, сдал зачёт|2026-11-20', 'with the reason and the day';
is refused($teacher->post($journal, column_id => $term, pupil_id => $few, old => '4', value => '5')), '303', 'the stored reason holds for the grid';
is refused(save($teacher, $page, pupil => $few, old => '5', value => '4', old_note => 'лечился, сдал зачёт', note => '')), '422 JE291:value', 'and cannot be taken from a number';
is refused(save($teacher, $page, pupil => $few, old => '5', value => 'н/а', old_note => 'лечился, сдал зачёт', note => '')), '303', '«н/а» needs none';
is refused(save($teacher, $page, pupil => $few, old => 'н/а', value => 'осв')), '303', 'nor «осв»';
is refused(save($teacher, $page, pupil => $many, value => '5')), '303', 'nor a number on enough marks, be it the proposed one or not';
is refused(save($teacher, $page, pupil => $many, old => '5', value => '5', note => 'первое')), '303', 'a note alone is saved';
is refused(save($teacher, $page, pupil => $many, old => '5', value => '5', note => 'второе')), '409 JE210:note', 'and is not overwritten by who did not see it';
run('UPDATE ej.school SET min_marks_hour = 5 WHERE id = 1');
is row($teacher->get($page), $few)->{needed}, value('SELECT 3 + 5 * (ceil(hours_week) - 1)::int FROM ej.teaching WHERE id = ?', $teaching), 'more weekly hours can need more marks';
run('UPDATE ej.school SET min_marks = 0, min_marks_hour = 0 WHERE id = 1');
is row($teacher->get($page), $few)->{is_unfounded}, undef, 'and a school can need none';

# a kind of work that must be there
my $lesson = value(q{SELECT id FROM ej.lesson WHERE teaching_id = ? AND held_on BETWEEN '2026-11-10' AND '2026-11-19' ORDER BY held_on LIMIT 1}, $teaching);
my $kind   = value(q{SELECT id FROM ej.work_kind WHERE school_id = 1 AND code = 'lab'});
run('UPDATE ej.work_kind SET is_required = true WHERE id = ?', $kind);
run(q{INSERT INTO ej.work (id, school_id, lesson_id, journal_id, teaching_id, kind_id, weight_pct, scale_id)
    SELECT ej.new_id(2026), 1, ?, ?, t.id, ?, 100, t.scale_id FROM ej.teaching AS t WHERE t.id = ?}, $lesson, $id, $kind, $teaching);
is row($teacher->get($page), $many)->{lacking}, 'лабораторная работа', 'who missed the required work is told so';
run('UPDATE ej.work_kind SET is_required = false WHERE id = ?', $kind);

# -------------------------------------------------------- from another school ----

my $before = row($teacher->get($page), $many);
run(q{INSERT INTO ej.outside_mark (school_id, pupil_id, subject_id, given_on, number, document) VALUES (1, ?, ?, '2026-11-05', 2, 'справка № 7')}, $many, $subject);
my $after = row($teacher->get($page), $many);
is $after->{marks} . ' ' . $after->{weight}, ($before->{marks} + 1) . ' ' . ($before->{weight} + 1), 'a mark from another school counts';
is $teacher->get($page)->xpath(qq{string(//pupil[\@pupil_id = "$many"]/outside/\@document)}), 'справка № 7', 'and is shown with its document';
is $teacher->get($journal)->xpath(qq{string(//pupil[\@pupil_id = "$many"]/\@mean)}), $after->{mean}, 'in the grid as well';
run(q{UPDATE ej.school SET outside_counts = 'shown' WHERE id = 1});
is row($teacher->get($page), $many)->{marks}, $before->{marks}, 'where the school says so it is only shown';
run(q{UPDATE ej.school SET outside_counts = 'counted' WHERE id = 1});

# ------------------------------------------------------------------ deadline ----

is $r->xpath('string(//finals/@due_on)'), '2026-12-28', 'marks are due two days before the end of the term (FIN-04)';
run(q{UPDATE ej.school SET finals_due = 'last_day' WHERE id = 1});
is $teacher->get($page)->xpath('string(//finals/@due_on)'), '2026-12-30', 'or on its last day (FIN-05)';
run(q{UPDATE ej.term SET due_on = '2026-11-18', due_order = '77' WHERE id = ?}, $term);
is $teacher->get($page)->xpath('concat(//finals/@due_on, " ", //finals/@is_late)'), '2026-11-18 1', 'or by order (FIN-03)';
is row($teacher->get($page), $many)->{is_late}, 1, 'what is given later is marked as late';

# --------------------------------------------------------- year, exam, final ----

my ($year) = $t->db->selectrow_array(q{SELECT j.id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id AND e.kind = 'year' WHERE j.teaching_id = ?}, undef, $teaching);
my $first = value(q{SELECT e.id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id AND e.kind = 'quarter' AND e.ordinal = 1 WHERE j.teaching_id = ?}, $teaching);
my $quarter = value('SELECT value FROM ej.term_mark WHERE pupil_id = ? AND subject_id = ? AND term_id = ?', $many, $subject, $first);
$one = row($teacher->get("/journals/$year/finals"), $many);
my $sure = ($quarter + 5) / 2;
is "$one->{mean} $one->{proposed}", sprintf('%.2f %d', $sure, $sure + 0.5), 'the mark of the year is proposed from those of the terms';
is $one->{arithmetic}, "$quarter + 5", 'with its arithmetic';
is $t->value(q{SELECT count(*) FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id WHERE j.teaching_id = ? AND e.kind IN ('exam', 'final')}, $teaching), 0, 'the seventh grade has no exam';
run(q{UPDATE ej.school SET final_grades = '{7,9,11}' WHERE id = 1});
my %of = map { $_->[0] => $_ } @{$t->db->selectall_arrayref(q{SELECT e.kind, j.id, e.id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id WHERE j.teaching_id = ?}, undef, $teaching)};
ok $of{exam} && $of{final}, 'the school gives it one by a setting';
my $year_term = $of{year}[2];
for my $mark ([year => 4], [exam => 5]) {
    is refused(save($teacher, "/journals/$of{$mark->[0]}[1]/finals", pupil => $many, value => $mark->[1])), '303', "a mark of the $mark->[0] is saved";
}
my $final = "/journals/$of{final}[1]/finals";
is join(' ', $teacher->get($final)->texts(qq{//pupil[\@pupil_id = "$many"]/mark})), '4 5', 'beside the final mark stand year and exam';
for my $case (['up', 5], ['year', 4], ['exam', 5]) {
    run('UPDATE ej.school SET final_half = ? WHERE id = 1', $case->[0]);
    is row($teacher->get($final), $many)->{proposed}, $case->[1], "in the middle $case->[0] decides";
}
is refused(save($teacher, $final, pupil => $few, value => '4')), '422 JE291:value', 'a final mark without year and exam needs a reason';
is $teacher->get("/journals/$of{final}[1]")->xpath(qq{string(//pupil[\@pupil_id = "$many"])}), '45', 'the journal shows them, too';
run(q{UPDATE ej.school SET final_grades = '{9,11}' WHERE id = 1});
is $t->value('SELECT count(*) FROM ej.journal WHERE id = ANY (?)', [$of{exam}[1], $of{final}[1]]), 1, 'without the setting the journal that nothing was written into goes';

# ---------------------------------------------------------------- grade 1 ----

my $grade1 = $t->login('grade1');
my $little = value(q{SELECT j.id FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id AND e.kind = 'year' JOIN ej.teaching AS t ON t.id = j.teaching_id
    JOIN ej.subject AS s ON s.id = t.subject_id JOIN ej.study_group AS g ON g.id = t.study_group_id WHERE g.name = '1А' AND s.name = 'Русский язык' AND j.school_id = 1});
$r = $grade1->get("/journals/$little/finals");
my ($child) = $r->texts('//pupil[1]/@pupil_id');
is $grade1->get("/journals/$little/finals", html => 1)->count('//select'), 0, 'in grade 1 there is no mark to choose';
is refused(save($grade1, "/journals/$little/finals", pupil => $child, note => 'Читает бегло')), '303', 'but words are saved';
is row($grade1->get("/journals/$little/finals"), $child)->{note}, 'Читает бегло', 'and shown';
is refused(save($grade1, "/journals/$little/finals", pupil => $child, value => '5', old_note => 'Читает бегло', note => 'Читает бегло')), '422 JE205:value', 'a mark is refused';

# ------------------------------------------------------------------- rights ----

is $deputy->get($page)->xpath('count(//finals/@can_write)'), 0, 'a deputy reads the page';
is $deputy->post($page, pupil_id => $many, old => '', value => '5')->status, 404, 'and does not save';
is $t->login('class-teacher')->get($page)->status, 200, 'the class teacher reads it';
is refused(save($t->login('class-teacher'), $page, pupil => $many, old => '5', value => '4', old_note => 'первое', note => 'первое')), '403 JE301:value', 'and does not save';
is $t->login($_)->get($page)->status, 404, "$_ has no such page" for qw(parent pupil personnel teacher-17);
done_testing;
