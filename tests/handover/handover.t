#!/usr/bin/perl
# handover.t: handing in the reports of a term (REP-01…04): a class teacher that of the class, a teacher the
# own; an open term is refused, a second time and two at once make one copy, and the deputy sees who has not.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(director deputy administrator class-teacher grade1 teacher english parent observer deputy-17);
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my ($first, $second) = map { $t->value('SELECT e.id FROM ej.term e JOIN ej.class c ON c.term_plan_id = e.term_plan_id WHERE c.id = ? AND e.is_taught ORDER BY lower(e.during) OFFSET ? LIMIT 1', $class, $_) } 0, 1;
sub staff { return $t->value('SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = ? AND s.school_id = 1', $_[0]) }
sub hand { my ($who, $key, %o) = @_; my %all = (term_id => $first, purpose => 'сдан за период', %o); return $c{$who}->post("/reports/$key", %all) }
sub id_of { my ($r) = @_; return ($r->location // '') =~ m{/extracts/(\d+)$} ? $1 : refused($r) }
sub line { my ($who, $where) = @_; return ($c{$who}->get('/handover?name=I четверть')->nodes("//line[$where]"))[0] }
my ($leader, $teacher) = (staff('class-teacher'), staff('teacher'));

is join(' ', map { $c{$_}->get('/handover')->status } qw(director deputy administrator class-teacher teacher parent observer)), '200 200 200 200 200 404 404', 'heads and teachers have the page';
is $c{deputy}->get('/handover')->xpath('string(//handover/@name)'), 'I четверть', 'it is about the last term that has ended';
is line('deputy', "\@class_id = $class")->getAttribute('is_open'), '1', 'journals of the class are still open';
is refused(hand('class-teacher', 'leader', class_id => $class)), '409 JE276:', 'so its report is preliminary and not handed in';
is refused(hand('class-teacher', 'leader', class_id => $class, term_id => $t->value(q{SELECT e.id FROM ej.term AS e WHERE e.school_id = 1 AND e.name = 'I четверть' AND e.id <> ? LIMIT 1}, $first))), '409 JE276:',
    'by the term of another plan it is not closed either';
is refused(hand('teacher', 'teachers', staff_id => $teacher, term_id => $second)), '409 JE276:', 'nor that of a teacher whose term goes on';
$db->do(q{UPDATE ej.journal SET closed_at = now(), order_no = '31-к', reason = 'конец периода' WHERE school_id = 1 AND closed_at IS NULL
    AND term_id IN (SELECT id FROM ej.term WHERE name = 'I четверть')});
is refused(hand('class-teacher', 'leader', class_id => $class, term_id => $second)), '409 JE276:', 'a term that goes on is refused';
is line('deputy', "\@class_id = $class")->getAttribute('extract_id'), undef, 'nothing is handed in yet';
my $other = $t->value(q{SELECT e.id FROM ej.term AS e WHERE e.school_id = 1 AND e.name = 'I четверть' AND e.id <> ? LIMIT 1}, $first);
is refused(hand('class-teacher', 'leader', class_id => $class, $_->[0] => $_->[1])), '403 JE301:', "a part of a report ($_->[0]) is not handed in as the whole"
    for ['from_on', '2026-10-01'], ['subject_id', $t->value(q{SELECT id FROM ej.subject WHERE school_id = 1 AND name = 'Алгебра'})];
is refused(hand('teacher', 'teachers', staff_id => $teacher, $_->[0] => $_->[1])), '403 JE301:', "nor one of a teacher ($_->[0])"
    for ['class_id', $class], ['grade', 7], ['till_on', '2026-10-10'], ['subject_id', $t->value(q{SELECT id FROM ej.subject WHERE school_id = 1 AND name = 'Алгебра'})];
$db->do(q{INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during) VALUES (?, 1, 'deputy', '7', '2026-09-01', '[2026-09-01,)')}, undef, staff('english'));
is refused($t->login('english')->post('/reports/leader', term_id => $first, purpose => 'сдан за период', $_ ? (class_id => $class) : ())), '403 JE301:',
    'a deputy who teaches hands in no report of another\'s class' for 1, 0;
my $missing = $c{deputy}->get('/handover?name=I четверть')->xpath('string(//handover/@missing)');
cmp_ok $missing, '>', 3, 'the deputy is told how many are missing';
is $c{'class-teacher'}->get('/handover')->count('//line[@is_mine]'), 2, 'a class teacher has two reports: of the class and of the lessons';
is $c{'class-teacher'}->get('/handover')->count('//line[not(@is_mine)]'), 0, 'and sees no other';

is $c{'class-teacher'}->get('/')->xpath('string(//task[@code = "handover"]/@count)'), 2, 'the start page says so';
my $one = id_of(hand('class-teacher', 'leader', class_id => $class));
like $one, qr/^\d+$/, 'the report of the class is handed in';
is $t->value('SELECT kind || class_id || term_id || signer_role FROM ej.extract WHERE id = ?', $one), "report_leader$class${first}class_teacher", 'as a numbered copy';
is id_of(hand('class-teacher', 'leader', class_id => $class)), $one, 'once more it is the same';
is id_of(hand('class-teacher', 'leader', class_id => $class, term_id => $other)), $one, 'also by the term of another plan that ends on the same day';
is $c{'class-teacher'}->get('/')->xpath('string(//task[@code = "handover"]/@count)'), 1, 'the start page counts one fewer at once';
is line('deputy', "\@class_id = $class")->getAttribute('extract_id'), $one, 'the deputy sees it';
is $c{deputy}->get('/handover?name=I четверть')->xpath('string(//handover/@missing)'), $missing - 1, 'one fewer is missing';
like $c{deputy}->get("/extracts/$one?format=print", html => 1)->content, qr/7Б класс.*Верно.*Классный руководитель/s, 'and reads what was handed in';
is refused(hand('grade1', 'leader', class_id => $class)), '422 JE106:class_id', 'another class teacher does not hand it in';
is join(' ', map { hand($_, 'leader', class_id => $class)->status } qw(deputy director administrator parent observer deputy-17)), '404 404 404 404 404 404', 'nor do others';

# Two browsers of a teacher at once.
my @replies = map { my $pid = open(my $out, '-|') // die; $pid ? $out : do {
    my $client = $t->login('teacher');
    print id_of($client->post('/reports/teachers', term_id => $first, purpose => 'сдан за период', staff_id => $teacher)), "\n";
    close STDOUT; require POSIX; POSIX::_exit(0) } } 1, 2;
my @made = map { chomp(my $line = readline $_); $line } @replies;
like $made[0], qr/^\d+$/, 'a teacher hands in the own report';
is $made[0], $made[1], 'twice at once it is one copy';
is $t->value(q{SELECT count(*) FROM ej.extract WHERE kind = 'report_teachers'}), 1, 'and one number';
is id_of(hand('teacher', 'teachers', staff_id => $teacher, term_id => $other)), $made[0], 'nor a second one by the term of another plan';
isnt id_of(hand('teacher', 'teachers', staff_id => staff('english'))), $made[0], 'not that of a colleague';
is $t->value(q{SELECT count(*) FROM ej.extract WHERE kind = 'report_teachers'}), 1, 'which is not handed in either';
is $c{teacher}->post("/extracts/$made[0]", reason => 'ошибка')->status, 303, 'a copy that is made void';
is line('deputy', "\@kind = 'report_teachers' and \@staff_id = $teacher")->getAttribute('extract_id'), undef, 'is not handed in';
isnt id_of(hand('teacher', 'teachers', staff_id => $teacher)), $made[0], 'and can be handed in anew';
is hand('teacher', 'journals', staff_id => $teacher)->status, 404, 'other reports are not handed in';
done_testing;
