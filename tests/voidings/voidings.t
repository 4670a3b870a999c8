#!/usr/bin/perl
# voidings.t: operations of a log-in that others knew do not count (SEC-07). The case: with a stolen
# password 51 marks of 8 pupils were changed among honest work. After one action the journal equals,
# cell by cell, one in which that never happened.
use lib 'tests/lib';
use EJ::Test qw(refused);

# No job runs, whose history would be counted.
my $t = EJ::Test->new(today => '2026-11-20', children => 1, jobs => 0);    # where it happened
my $u = EJ::Test->new(today => '2026-11-20', children => 1, jobs => 0);    # where it did not
$_->expect_log(qr/EjournalJobs is missing/) for $t, $u;
my @both = ($t, $u);
my $db   = $t->db;
sub value { return $t->value(@_) }

my ($journal) = map { $t->path(journal => class => '10А', subject => 'Алгебра', on => '2026-11-20') } 1;
my ($jid) = $journal =~ /(\d+)$/;
my %honest = map { $_ => $_->login('teacher') } @both;
my $thief  = $t->login('teacher');                             # the same password, another session
my ($director, $deputy, $admin, $parent) = map { $t->login($_) } qw(director deputy administrator parent);

# The cells of the grid by pupil and place of the column, with the means; and the facts of its lessons.
sub grid {
    my ($client) = @_;
    my $r = $client->get($journal);
    return {map { my $p = $_; ($p->getAttribute('pupil_id') => join '|', $p->getAttribute('mean') // '',
            map { join '~', $_->textContent, map { $_ // '' } $_->getAttribute('t'), $_->getAttribute('m') } $p->findnodes('c')) } $r->nodes('//pupil')};
}
sub facts {
    my ($of) = @_;
    return $of->db->selectall_arrayref(q{SELECT l.id, l.topic, l.state, l.homework, l.attendance_at IS NULL, (SELECT string_agg(h.text, '|' ORDER BY h.id) FROM ej.homework h WHERE h.lesson_id = l.id)
        FROM ej.lesson l JOIN ej.journal j ON j.teaching_id = l.teaching_id WHERE j.id = ? ORDER BY l.id}, undef, $jid);
}
is_deeply grid($honest{$t}), grid($honest{$u}), 'both journals begin alike';

# ------------------------------------------------------------ a month of both ---

# Works of the last month with the pupils' marks; the thief changes 51 marks of 8 pupils.
my $cells = $db->selectall_arrayref(q{SELECT w.id AS work, b.pupil_id AS pupil, w.lesson_id AS lesson
    FROM ej.work w JOIN ej.lesson l ON l.id = w.lesson_id JOIN ej.membership b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
   WHERE w.journal_id = ? AND l.held_on BETWEEN '2026-10-20' AND '2026-11-20' AND NOT EXISTS (SELECT FROM ej.attendance a WHERE a.lesson_id = l.id AND a.pupil_id = b.pupil_id)
     AND (SELECT count(*) FROM ej.mark m WHERE m.work_id = w.id AND m.pupil_id = b.pupil_id AND m.attempt > 1) = 0
   ORDER BY w.id, b.pupil_id}, {Slice => {}}, $jid);
my %pupils;
$pupils{$_->{pupil}}++ for @$cells;
my @pupils = (sort { $a <=> $b } keys %pupils)[0 .. 7];
my @prey   = (grep { my $p = $_->{pupil}; grep { $_ == $p } @pupils } @$cells)[0 .. 50];
is scalar(@prey) . ' ' . keys %{{map { $_->{pupil} => 1 } @prey}}, '51 8', 'there are 51 cells of 8 pupils';
sub cell { my ($of, $c) = @_; return $of->value(q{SELECT string_agg(value, '/' ORDER BY attempt) FROM ej.mark WHERE work_id = ? AND pupil_id = ?}, $c->{work}, $c->{pupil}) // '' }
sub put {
    my ($of, $client, @change) = @_;
    my $r = $client->post($journal, column_id => [map { $_->[0]{work} } @change], pupil_id => [map { $_->[0]{pupil} } @change],
        old => [map { cell($of, $_->[0]) } @change], value => [map { $_->[1] } @change]);
    is $r->status, 303, 'saved' or diag $r->summary;
    return;
}
my @other = grep { my $c = $_; !grep { $_->{work} == $c->{work} && $_->{pupil} == $c->{pupil} } @prey } @$cells;
my ($before, $between, $after) = ([@prey[0 .. 4]], [@other[0 .. 9]], [@prey[10 .. 19]]);
put($_, $honest{$_}, map { [$_, '3'] } @$before) for @both;                       # honest, then changed by the thief
put($t, $thief, map { [$prey[$_], cell($t, $prey[$_]) eq '5' ? '4' : '5'] } 0 .. 24);
put($_, $honest{$_}, map { [$between->[$_], 2 + $_ % 4] } 0 .. 9) for @both;      # honest, elsewhere
put($t, $thief, map { [$prey[$_], cell($t, $prey[$_]) eq '5' ? '4' : '5'] } 25 .. 50);
put($_, $honest{$_}, map { [$after->[$_], $_ % 2 ? '2' : '4'] } 0 .. 9) for @both; # honest, after the thief in the same cells
put($_, $honest{$_}, [$prey[20], ''], [$prey[21], '3/4']) for @both;              # emptied; a retake

# Absences, topics and tasks, too.
my ($one, $two) = @{$db->selectcol_arrayref(q{SELECT l.id FROM ej.lesson l JOIN ej.journal j ON j.teaching_id = l.teaching_id JOIN ej.homework h ON h.lesson_id = l.id AND NOT h.is_personal
    WHERE j.id = ? AND l.held_on BETWEEN '2026-11-01' AND '2026-11-19' ORDER BY l.id LIMIT 2}, undef, $jid)};
my ($sick) = $db->selectrow_array(q{SELECT a.pupil_id FROM ej.attendance a WHERE a.lesson_id = ANY (SELECT l.id FROM ej.lesson l JOIN ej.journal j ON j.teaching_id = l.teaching_id WHERE j.id = ?) LIMIT 1}, undef, $jid);
my ($away, $sick_lesson) = $db->selectrow_array(q{SELECT a.code, a.lesson_id FROM ej.attendance a JOIN ej.lesson l ON l.id = a.lesson_id JOIN ej.journal j ON j.teaching_id = l.teaching_id AND j.id = ? WHERE a.pupil_id = ? ORDER BY l.id DESC LIMIT 1}, undef, $jid, $sick);
my $topic = value('SELECT topic FROM ej.lesson WHERE id = ?', $one);
my ($task, $text) = $db->selectrow_array('SELECT id, text FROM ej.homework WHERE lesson_id = ? AND NOT is_personal', undef, $one);
sub lesson { my ($client, $id, %f) = @_; is $client->post("/lessons/$id", %f)->status, 303, 'saved'; return }
lesson($thief, $one, topic => 'Каникулы', old_topic => $topic, homework_text => '', old_homework_text => $text, homework_id => $task);
lesson($honest{$_}, $two, topic => 'Честная тема', old_topic => $_->value('SELECT topic FROM ej.lesson WHERE id = ?', $two)) for @both;
lesson($thief, $sick_lesson, "code.$sick" => '', "old_code.$sick" => $away);
lesson($thief, $two, "code.$pupils[0]" => 'н', "old_code.$pupils[0]" => value('SELECT code FROM ej.attendance WHERE lesson_id = ? AND pupil_id = ?', $two, $pupils[0]) // '');
my $spoilt = grid($honest{$t});
isnt join(' ', %$spoilt), join(' ', %{grid($honest{$u})}), 'the journals differ now';

# ----------------------------------------------------------------- the report ---

is $thief->post('/account/known')->status, 303, 'the log-in is reported';
my $id = value('SELECT max(id) FROM ej.incident');
my $path = "/incidents/$id/operations";
my $r = $director->get($path);
is $r->status, 200, 'the director sees what the account did';
my $session = value('SELECT session_id FROM ej.history WHERE account_id = (SELECT id FROM ej.account WHERE login = ?) AND new ->> ? = ?', 'teacher', 'topic', 'Каникулы');
my ($place) = map { $_->getAttribute('place') } grep { $_->getAttribute('place') =~ /^$session / } $r->nodes('//place');
ok $place, 'by session and address';
is $r->xpath(qq{string(//place[\@place="$place"]/\@marks)}), '51', '51 marks are the thief\'s';
cmp_ok $r->xpath(qq{string(//place[\@place="$place"]/\@pupils)}), '>=', 8, 'of 8 pupils and more';
is $director->get("$path?place=" . URI::Escape::uri_escape($place))->count('//change[@what="mark"][@field="value"]'), 51, 'each change of one place is listed';
is $_->get($path)->status, 404, 'others have no such page' for $parent, $t->login('class-teacher'), $t->login('director-17');
my %order = (basis => 'order', place => [$place], order_no => '12-у', order_on => '2026-11-20');
is refused($admin->post($path, %order)), '404 JE401:', 'the administrator does not void';
is refused($t->login('director-17')->post($path, %order)), '404 JE401:', 'nor does another school';
is refused($director->post($path, basis => 'order', place => [$place], order_on => '2026-11-20')), '422 JE101:order_no', 'an order has a number';
is refused($director->post($path, basis => 'order', order_no => '1', order_on => '2026-11-20')), '422 JE283:place', 'and names a place';
is refused($director->post($path, basis => 'law')), '422 JE283:basis', 'by law nothing is void before head and support were told';

# ------------------------------------------------------------- one action ---

my $history = value('SELECT count(*) FROM ej.history WHERE table_name <> ?', 'voiding');
is refused($director->post($path, %order)), '303', 'the director voids by order';
$t->wait_for(5, sub { value('SELECT count(*) FROM ej.voiding') });
my %again = map { $_ => $_->login('class-teacher') } @both;    # the teacher's log-in is blocked: the deputy reads
my %eyes  = map { $_ => $_->login('deputy') } @both;
is_deeply grid($eyes{$t}), grid($eyes{$u}), 'every cell and mean equals the journal in which it never happened';
is_deeply [map { [@$_[1 .. 5]] } @{facts($t)}], [map { [@$_[1 .. 5]] } @{facts($u)}], 'so do topics and tasks';
is_deeply $db->selectall_arrayref('SELECT lesson_id, pupil_id, code, minutes FROM ej.attendance ORDER BY 1, 2'),
    $u->db->selectall_arrayref('SELECT lesson_id, pupil_id, code, minutes FROM ej.attendance ORDER BY 1, 2'), 'and absences';
is value('SELECT count(*) FROM ej.history WHERE table_name <> ?', 'voiding'), $history, 'nothing is deleted from the history, and nothing added';
is value(q{SELECT count(*) FROM ej.mark m WHERE m.value IS DISTINCT FROM (SELECT h.new ->> 'value' FROM ej.history h WHERE h.table_name = 'mark' AND h.key_id = m.work_id
    AND h.row_key = ARRAY[m.work_id, m.pupil_id, m.attempt] AND h.void_id IS NULL AND (h.old IS NULL OR jsonb_exists(h.new, 'value')) ORDER BY h.id DESC LIMIT 1)}), 0,
    'every mark is the last value that counts';
my $void = value('SELECT max(id) FROM ej.voiding');
my ($hurt) = grep { cell($t, $_) ne '' } @prey;
like $eyes{$t}->get("/journals/$jid/columns/$hurt->{work}/pupils/$hurt->{pupil}")->content, qr/is_void="1"/, 'the history of a cell shows both';
is $eyes{$t}->get("/voidings/$void")->count('//change[@what="mark"][@field="value"]'), 51, 'and so does the page of the voiding';
cmp_ok value('SELECT count(DISTINCT pupil_id) FROM ej.notice WHERE kind = ?', 'voided'), '>=', 8, 'the families are to be told';
is refused($director->post($path, %order)), '422 JE283:place', 'what is void is not voided twice';

# --------------------------------------------------------- who is told, who may ---

$db->do(q{INSERT INTO ej.incident (school_id, person_id, person_name, reporter, reported_at, learned_at) SELECT 1, a.person_id, 'Директор', 'завуч', now(), now() FROM ej.account AS a WHERE a.login = 'director'});
my $own = '/incidents/' . value('SELECT max(id) FROM ej.incident') . '/operations';
is $director->get($own)->xpath('concat(//voidings/@is_mine, "/", //voidings/@is_own)'), '/1', 'a director does not decide about the own log-in';
like $director->get($own, html => 1)->content, qr/Это ваш логин.*другой руководитель/s, 'and is told why';
is refused($director->post($own, %order)), '403 JE301:', 'the database refuses it';
is $deputy->get($own)->xpath('concat(//voidings/@is_mine, "/", //voidings/@is_own)'), '1/', 'a deputy decides';
$db->do(q{DELETE FROM ej.incident WHERE person_name = 'Директор'});

# ----------------------------------------------------------------- undoing ---

is refused($director->post("/voidings/$void", order_on => '2026-11-20')), '422 JE101:order_no', 'it is undone by an order';
is refused($admin->post("/voidings/$void", order_no => '13-у', order_on => '2026-11-20')), '404 JE401:', 'not by the administrator';
is refused($director->post("/voidings/$void", order_no => '13-у', order_on => '2026-11-20')), '303', 'of the director';
is_deeply grid($eyes{$t}), $spoilt, 'then every cell is as it was before';
is refused($director->post("/voidings/$void", order_no => '14-у', order_on => '2026-11-20')), '409 JE210:order_no', 'it is undone once';

# ------------------------------------------------------------------- by law ---

my ($from, $till) = $db->selectrow_array(q{SELECT min(made_at) - interval '1 microsecond', max(made_at) FROM ej.history WHERE session_id = ?}, undef, $session);
$db->do(q{UPDATE ej.incident SET learned_at = ?::timestamptz - interval '1 day', head_at = ?::timestamptz - interval '1 hour', support_at = ? WHERE id = ?}, undef, $from, $from, $from, $id);
my $n = $director->get($path)->xpath('string(//voidings/@by_law)');
my $honest = value(q{SELECT count(*) FROM ej.history WHERE made_at >= ? AND session_id <> ? AND account_id = (SELECT id FROM ej.account WHERE login = 'teacher')
    AND table_name IN ('mark', 'lesson', 'work', 'attendance', 'homework', 'homework_for', 'term_mark')}, $from, $session);
is $n, $honest + value('SELECT count(*) FROM ej.history WHERE session_id = ? AND table_name <> ?', $session, 'account'), 'by law all is void that the account did after both were told';
# in a closed journal, too
$db->do(q{UPDATE ej.journal SET closed_at = now(), closed_by = (SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'deputy'), order_no = '1', reason = 'конец' WHERE id = ?}, undef, $jid);
is refused($deputy->post($path, basis => 'law')), '303', 'a deputy voids it, although the journal is closed';
is cell($t, $prey[40]) , cell($u, $prey[40]), 'the thief\'s marks are gone';
isnt cell($t, $between->[0]), cell($u, $between->[0]), 'and so are those of the teacher since then';
is $t->login('teacher-parent')->get("/voidings/$void")->status, 404, 'a teacher has no page of it';
done_testing;
