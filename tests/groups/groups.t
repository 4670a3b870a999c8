#!/usr/bin/perl
# groups.t: study groups beside the classes: list, form, classes, members with days, and
# pupils taught alone (CFG-10, CFG-11, CFG-20).
use lib 'tests/lib';
use EJ::Test qw(refused);
use URI::Escape 'uri_escape_utf8';

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
sub merged { my %form = @_; return %form } # the last of a name counts
sub id    { return $t->value('SELECT id FROM ej.study_group WHERE school_id = 1 AND name = ?', $_[0]) }
sub names { return join '|', map { $_->getAttribute('name') } $_[0]->nodes("//$_[1]") }
sub days  { return $t->value(q{SELECT string_agg(during::text, ' ' ORDER BY during) FROM ej.membership WHERE study_group_id = ? AND pupil_id = ?}, @_) // '' }
sub class { return $t->value('SELECT id FROM ej.class WHERE school_id = 1 AND name = ?', $_[0]) }
sub pupils { return @{$db->selectcol_arrayref(q{SELECT pupil_id FROM ej.enrolment WHERE class_id = ? AND upper(during) > '2027-01-01' ORDER BY pupil_id}, undef, class($_[0]))} }

# The form of the members as the page sends it: each row's old days; then what is changed.
sub form {
    my ($r, %new) = @_;
    my %form;
    for my $row ($r->nodes('//row')) {
        my $key = $row->getAttribute('pupil_id') . '.' . $row->getAttribute('n');
        for my $f (qw(from_on till_on)) { my $v = $row->getAttribute($f) // ''; $form{"$f.$key"} = $v; $form{"old_$f.$key"} = $v }
        $form{"is_in.$key"} = 1 if $row->getAttribute('is_in');
    }
    %form = (day_on => '2026-09-01', %form, %new);
    delete $form{$_} for grep { !defined $form{$_} } keys %form;
    return map { ($_ => $form{$_}) } sort keys %form;
}

# ---------------------------------------------------------------- the list ---

is names($teacher->get('/groups'), 'group'), '7Б, английский, 1 группа|7Б, английский, 2 группа', 'every teacher reads the groups, without those of the classes';
is $teacher->get('/groups')->count('//groups[@is_mine]'), 0, 'and changes none';
is names($teacher->get('/groups?find=' . uri_escape_utf8('7б 2')), 'group'), '7Б, английский, 2 группа', 'a group is found by its words';
is names($teacher->get('/groups?find=' . uri_escape_utf8('10а')), 'group'), '', 'or not';
is join(' ', map { $t->login($_)->get('/groups')->status } qw(director class-teacher substitute parent pupil observer meals personnel)),
    '200 200 200 404 404 404 404 404', 'the list is for those who teach, lead or direct';

# ---------------------------------------------------------------- the form ---

my %new = (year => 2026, name => 'Хор', kind => 'club');
like $deputy->post('/groups', %new)->location // '', qr{^/groups\?done=added}, 'a deputy adds a club';
my $choir = id('Хор');
is refused($deputy->post('/groups', %new)), '409 JE212:name', 'a name is taken once a year';
is refused($deputy->post('/groups', merged(%new, name => '7Б, хоровое пение', kind => 'subgroup'))), '422 JE101:subject_id', 'a subgroup is for a subject';
is refused($deputy->post('/groups', merged(%new, name => '', kind => 'class', week_days => 9))), '422 JE101:name JE106:kind JE102:week_days', 'each wrong field is named';
my $own = id('7Б');
is refused($deputy->post("/groups/$own", old_name => '7Б', name => '7Ё', old_kind => 'class', kind => 'club')), '422 JE106:old_kind', 'the group of a class keeps itself';
is join(' ', map { $t->login($_)->post('/groups', %new)->status } qw(director teacher class-teacher)), '404 404 404', 'others add no group';
is $teacher->get("/groups/$choir")->status . $teacher->get("/groups/$choir/members")->status, '200404', 'a teacher sees a group, not its form';
is $admin->post("/groups/$choir", old_name => 'Хор', name => 'Хор', old_kind => 'club', kind => 'club', old_basis => '', basis => 'приказ 5')->status, 303, 'the administrator changes it';

# ------------------------------------------------------------------ classes ---

my @found = $deputy->get("/groups/$choir/members?find=" . uri_escape_utf8('7б'))->nodes('//row');
is scalar(@found), scalar(pupils('7Б')), 'a group without classes looks for its pupils';
is $deputy->post("/groups/$choir/classes", old_class_id => '', class_id => [class('7Б'), class('10А')])->status, 303, 'a group is limited to classes';
is refused($deputy->post("/groups/$choir/classes", old_class_id => '', class_id => [class('1А')])), '409 JE210:class_id', 'not while somebody else does so';
my %duo = (year => 2026, name => 'Класс-комплект', kind => 'combined');
$deputy->post('/groups', %duo);
my $duo = id('Класс-комплект');
is $deputy->post("/groups/$duo/classes", old_class_id => '', class_id => [class('1А'), class('10А')], is_all => 1)->status, 303, 'classes are combined';
is $t->value(q{SELECT count(*) FROM ej.membership WHERE study_group_id = ?}, $duo), pupils('1А') + pupils('10А'), 'with all their pupils at once';
is refused($deputy->post("/groups/$duo/classes", old_class_id => join(',', sort { $a <=> $b } class('1А'), class('10А')), class_id => [class('1А')])), '409 JE211:class_id', 'a class with pupils in the group stays';

# ------------------------------------------------------------------ members ---

my @of  = pupils('7Б');
my $r   = $deputy->get("/groups/$choir/members");
is $r->count('//row'), pupils('7Б') + pupils('10А'), 'the pupils of the classes are rows';
is $deputy->post("/groups/$choir/members", form($r, map { ("is_in.$_.1" => 1) } @of))->status, 303, 'a class is ticked and saved';
is $t->value(q{SELECT count(*) FROM ej.membership WHERE study_group_id = ? AND upper(during) = '2027-09-01'}, $choir), scalar(@of), 'all are in the group, till they leave the class';
my ($late) = grep { days($choir, $_) =~ /2026-10-05/ } @of;
ok $late, 'who came later begins later';
$r = $deputy->get("/groups/$choir/members");
is $deputy->post("/groups/$choir/members", form($r, "is_in.$of[0].1" => undef, "till_on.$of[1].1" => '2026-12-31', "from_on.$of[2].1" => '2026-10-01'))->status, 303, 'members are changed';
is join('|', map { days($choir, $_) } @of[0 .. 2]), '|[2026-09-01,2027-01-01)|[2026-10-01,2027-09-01)', 'one is taken away, two have other days';
$r = $deputy->get("/groups/$choir/members");
my @bad = form($r, "from_on.$of[2].1" => '2027-03-01', "till_on.$of[2].1" => '2027-02-01', "is_in.$of[0].1" => 1);
is refused($deputy->post("/groups/$choir/members", @bad)), "422 JE132:till_on.$of[2].1", 'a wrong row is named';
is days($choir, $of[0]), '', 'and nothing is saved by halves';
my $page = $deputy->post("/groups/$choir/members", {html => 1}, @bad);
is $page->xpath(qq{concat(//input[\@name = "till_on.$of[2].1"]/\@value, " ", //input[\@name = "is_in.$of[0].1"]/\@checked)}), '2027-02-01 checked', 'what was typed comes back';
my $once = '00000000-0000-4000-8000-000000000077';
$deputy->post("/groups/$choir/members", form($r, "is_in.$of[0].1" => 1), operation_id => $once) for 1, 2;
is days($choir, $of[0]), '[2026-09-01,2027-09-01)', 'a form sent twice does so once';
is names($teacher->get("/groups/$choir"), 'member') ne '', 1, 'the page of the group shows its members';

# A move between subgroups: only the administrator, only between terms.
my ($one, $two) = map { id("7Б, английский, $_ группа") } 1, 2;
my $mover = $t->value(q{SELECT min(pupil_id) FROM ej.membership WHERE study_group_id = ? AND during = '[2026-09-01,2027-09-01)'}, $one);
$db->do('SET session_replication_role = replica');
$db->do("DELETE FROM ej.$_ WHERE pupil_id = ?", undef, $mover) for qw(mark attendance term_mark);
$db->do('SET session_replication_role = origin');
my $move = sub { my ($who, $day) = @_; return $who->post("/groups/$one/members", form($who->get("/groups/$one/members"), "till_on.$mover.1" => $day)) };
is refused($move->($deputy, '2026-11-01')), "403 JE301:from_on.$mover.1", 'a deputy takes nobody out of a subgroup that has begun';
is refused($move->($admin, '2026-11-10')), "409 JE232:from_on.$mover.1", 'the administrator not within a term';
is $move->($admin, '2026-11-01')->status, 303, 'but at its end';
my $into = sub { my ($day) = @_; return $admin->post("/groups/$two/members", form($admin->get("/groups/$two/members"), "is_in.$mover.1" => 1, "from_on.$mover.1" => $day)) };
is refused($into->('2026-11-16')), "409 JE232:from_on.$mover.1", 'the next one does not begin within a term';
like $admin->post("/groups/$two/members", {html => 1}, form($admin->get("/groups/$two/members"), "is_in.$mover.1" => 1, "from_on.$mover.1" => '2026-11-16'))->xpath('string(//*[@role = "alert"])'),
    qr/только с первого дня учебного периода/, 'which is said in words';
is $into->('2026-11-02')->status . days($one, $mover) . days($two, $mover), '303[2026-09-01,2026-11-02)[2026-11-02,2027-09-01)', 'but with it';

# ---------------------------------------------------------- pupils taught alone ---

$deputy->post('/groups', year => 2026, name => 'На дому, алгебра', kind => 'home', week_days => 4, basis => 'приказ 14');
my $home = id('На дому, алгебра');
$deputy->post("/groups/$home/classes", old_class_id => '', class_id => [class('7Б')]);
is $deputy->post("/groups/$home/members", form($deputy->get("/groups/$home/members"), "is_in.$of[3].1" => 1))->status, 303, 'a pupil is taught at home';
is refused($deputy->post("/groups/$home/members", form($deputy->get("/groups/$home/members"), "is_in.$of[4].1" => 1))), "409 JE233:is_in.$of[4].1", 'alone';
$r = $teacher->get('/individual');
is $r->xpath('concat(count(//pupil), " ", //pupil/@class_name, " ", //pupil/@week_days, " ", //pupil/@basis)'), '1 7Б 4 приказ 14', 'the list of such pupils has the class and the mode';

# Whoever teaches the pupil alone gives lessons at hours of the class; the term mark stands
# in the journal of the class.
my ($algebra) = $db->selectrow_hashref(q{SELECT t.* FROM ej.teaching t JOIN ej.study_group g ON g.id = t.study_group_id JOIN ej.subject s ON s.id = t.subject_id
    WHERE g.school_id = 1 AND g.name = '7Б' AND s.name = 'Алгебра'});
my $alone = $t->value(q{INSERT INTO ej.teaching (school_id, year, study_group_id, subject_id, staff_id, hours_week, scale_id, term_scale_id)
    SELECT 1, 2026, ?, subject_id, (SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'sport'), 3, scale_id, term_scale_id
      FROM ej.teaching WHERE id = ? RETURNING id}, $home, $algebra->{id});
ok eval { $db->do(q{INSERT INTO ej.lesson (id, school_id, teaching_id, study_group_id, held_on, slot, during, planned_staff_id, staff_id)
    SELECT ej.new_id(2026), l.school_id, t.id, t.study_group_id, l.held_on, l.slot, l.during, t.staff_id, t.staff_id
      FROM ej.lesson l, ej.teaching t WHERE t.id = ? AND l.teaching_id = ? AND l.held_on > '2026-11-20' ORDER BY l.held_on LIMIT 1}, undef, $alone, $algebra->{id}); 1 },
    'a lesson at home is at an hour of the class' or diag $@;
is eval { $db->do(q{INSERT INTO ej.timetable (school_id, teaching_id, weekday, slot, during) SELECT x.school_id, a.id, x.weekday, x.slot, x.during
    FROM ej.teaching a, ej.timetable x JOIN ej.teaching o ON o.id = x.teaching_id WHERE a.id = ? AND o.study_group_id = ?
     AND NOT EXISTS (SELECT FROM ej.timetable y JOIN ej.teaching t ON t.id = y.teaching_id WHERE t.staff_id = a.staff_id AND y.weekday = x.weekday AND y.slot = x.slot)
   ORDER BY x.id LIMIT 1}, undef, $alone, $algebra->{study_group_id}) } // $@, 1, 'in the timetable of the week, too';
ok !eval { $db->do(q{INSERT INTO ej.timetable (school_id, teaching_id, weekday, slot, during) VALUES (1, ?, 5, 9, '[2026-11-30,2026-12-01)')}, undef, $alone) }, 'but not on a day behind the four of the group';
like $@, qr/the group does not learn on that weekday/, 'by the rule of weekdays';
my $term = $t->value(q{SELECT term_id FROM ej.journal j JOIN ej.term e ON e.id = j.term_id WHERE j.teaching_id = ? AND e.name = 'II четверть'}, $algebra->{id});
$db->do('DELETE FROM ej.term_mark WHERE pupil_id = ? AND term_id = ?', undef, $of[3], $term);
$db->do(q{INSERT INTO ej.journal (school_id, teaching_id, term_id) VALUES (1, ?, ?) ON CONFLICT DO NOTHING}, undef, $alone, $term);
$db->do(q{INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value, staff_id)
    SELECT ?, subject_id, ?, 1, id, term_scale_id, '4', staff_id FROM ej.teaching WHERE id = ?}, undef, $of[3], $term, $alone);
my $grid = $teacher->get($t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20'));
is $grid->xpath(qq{string(//pupil[\@pupil_id = "$of[3]"]/c[last()])}), '4', 'the term mark stands in the journal of the class';

# -------------------------------------------------------------- who reads what ---

my ($hidden, $missing) = map { $deputy->get("/groups/$_")->content =~ s{/groups/\d+}{/groups/ID}gr } $t->value('SELECT min(id) FROM ej.study_group WHERE school_id <> 1'), 990_000_001;
like $deputy->post("/groups/$choir", old_name => 'Хор', name => 'Хор', old_kind => 'club', kind => 'club', old_basis => 'приказ 5', basis => 'приказ 5', is_removed => 1)->status, qr/409/, 'a group with pupils is not removed';
is $hidden, $missing, 'a group of another school is answered like a missing one';

# The health sheet: for those who teach the pupils, the class teacher and the heads.
my $class_group = $t->value(q{SELECT id FROM ej.study_group WHERE name = '7Б' AND school_id = 1});
$db->do(q{INSERT INTO ej.pupil_health (pupil_id, school_id, sport_group, advice) VALUES (?, 1, 'light', 'первая парта')
    ON CONFLICT (pupil_id) DO UPDATE SET sport_group = 'light', advice = 'первая парта'}, undef, $of[4]);
my %health = map { $_ => $t->login($_)->get("/groups/$class_group/health") } qw(teacher class-teacher sport deputy director grade1 english parent personnel observer deputy-17);
is join(' ', map { "$_ " . $health{$_}->status } sort keys %health), 'class-teacher 200 deputy 200 deputy-17 404 director 200 english 200 grade1 404 observer 404 parent 404 personnel 404 sport 200 teacher 200',
    'the health sheet is for those who teach the pupils, the class teacher and the heads';
is $health{sport}->xpath("concat(//health[\@pupil_id = $of[4]]/\@sport_group, ' ', //health[\@pupil_id = $of[4]]/\@advice)"), 'light первая парта', 'with what teachers need to know';
my ($all, $some) = map { $health{$_}->count('//health') } qw(teacher english);
is $some > 0 && $some < $all ? 1 : 0, 1, 'a teacher of a subgroup sees its pupils alone';
done_testing;
