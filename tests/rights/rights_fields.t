#!/usr/bin/perl
# rights_fields.t: a form of the teaching pages that names a row of another school in one of
# its fields is refused like one that names no row, with the same page, and writes nothing.
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
$t->postgres->psql($t->database, '-f', 'tests/lib/school.sql');
my %own = %{$t->db->selectrow_hashref(q{SELECT teaching('7Б', 'Алгебра') AS teaching, class('7Б') AS class, lesson('7Б', 'Алгебра', '2026-11-19') AS lesson,
    lesson('7Б', 'Алгебра', '2026-11-27') AS coming, staff('teacher') AS staff, journal('7Б', 'Алгебра', 'II четверть') AS journal,
    work('7Б', 'Алгебра', 'II четверть') AS work, pupil('7Б', 1) AS pupil, (SELECT min(id) FROM ej.plan WHERE school_id = school()) AS plan,
    (SELECT min(id) FROM ej.work_kind WHERE school_id = school() AND code = 'test') AS form,
    (SELECT subject_id FROM ej.teaching WHERE id = teaching('7Б', 'Алгебра')) AS subject})};
my %theirs = %{$t->db->selectrow_hashref(q{SELECT s AS school, teaching('7Б', 'Алгебра', s) AS teaching, class('7Б', s) AS class, lesson('7Б', 'Алгебра', '2026-11-19', s) AS lesson,
    lesson('7Б', 'Алгебра', '2026-11-27', s) AS coming, staff('teacher-17') AS staff, journal('7Б', 'Алгебра', 'II четверть', s) AS journal, work('7Б', 'Алгебра', 'II четверть', s) AS work,
    (SELECT min(p.id) FROM ej.pupil AS p WHERE p.school_id = s) AS pupil, (SELECT min(id) FROM ej.plan WHERE school_id = s) AS plan,
    (SELECT min(id) FROM ej.plan_row WHERE school_id = s) AS plan_row, (SELECT min(id) FROM ej.work_kind WHERE school_id = s AND code = 'test') AS form,
    (SELECT subject_id FROM ej.teaching WHERE id = teaching('7Б', 'Алгебра', s)) AS subject, (SELECT max(id) FROM ej.term WHERE school_id = s) AS term
    FROM school('Школа № 17') AS s})};

# who, where, which of their rows, and the form about such a row
my @forms = (
    ['teacher',       '/plans',                                 subject  => sub { subject_id => $_[0], grade => 7, hours_week => 3, name => 'x' }],
    ['teacher',       "/teachings/$own{teaching}/plan",         plan     => sub { action => 'use', old_plan_id => $own{plan}, plan_id => $_[0] }],
    ['deputy',        "/teachings/$own{teaching}/plan",         plan     => sub { action => 'use', old_plan_id => $own{plan}, plan_id => $_[0] }],
    ['teacher',       "/teachings/$own{teaching}/plan",         plan_row => sub { action => 'skip', old_plan_id => $own{plan}, plan_row_id => $_[0], reason => 'x' }],
    ['teacher',       "/plans/$own{plan}",                      plan_row => sub { row_id => $_[0], topic => 'x', old_topic => 'y', hours => 1, old_hours => 1, kind => 'lesson', old_kind => 'lesson',
                                                                                map { $_ => '', "old_$_" => '' } qw(place section term_no homework links) }],
    ['teacher',       "/lessons/$own{lesson}",                  plan_row => sub { plan_next => $_[0] }],
    ['deputy',        "/controls/classes/$own{class}",          teaching => sub { teaching_id => $_[0], form_id => $own{form}, held_on => '2026-12-10' }],
    ['deputy',        "/controls/classes/$own{class}",          form     => sub { teaching_id => $own{teaching}, form_id => $_[0], held_on => '2026-12-10' }],
    ['class-teacher', "/classes/$own{class}/attendance",        pupil    => sub { pupil_id => $_[0], code => 'у', from_on => '2026-11-20', till_on => '2026-11-20' }],
    ['deputy',        "/classes/$own{class}/attendance",        pupil    => sub { pupil_id => $_[0], code => 'у', from_on => '2026-11-20', till_on => '2026-11-20' }],
    ['class-teacher', "/classes/$own{class}/unexplained",       pupil    => sub { "code.$_[0].20261119" => 'у' }],
    ['deputy',        "/classes/$own{class}/unexplained",       pupil    => sub { "code.$_[0].20261119" => 'у' }],
    ['class-teacher', "/pupils/$own{pupil}/outside",            subject  => sub { subject_id => $_[0], given_on => '2026-11-02', number => 5, weight_pct => 100, document => 'x' }],
    ['class-teacher', "/pupils/$own{pupil}/outside",            term     => sub { subject_id => $own{subject}, term_id => $_[0], given_on => '2026-11-02', number => 5, weight_pct => 100, document => 'x' }],
    ['teacher',       "/journals/$own{journal}/finals",         pupil    => sub { pupil_id => $_[0], old => '', value => '5', old_note => '', note => 'x' }],
    ['teacher',       '/tasks',                                 lesson   => sub { lesson_id => $_[0], note => 'x' }],
    ['deputy',        '/closing',                               term     => sub { term_id => $_[0], due_on => '2026-12-20', due_order => '1' }],
    ['deputy',        "/closing/classes/$own{class}",           journal  => sub { journal_id => $_[0], action => 'close', order_no => '1', order_on => '2026-11-20', reason => 'x' }],
    (map { my $word = $_->[0]; ['deputy', "/lessons/$own{coming}/substitution", $_->[1] => sub { "change.$own{coming}" => "$word.$_[0]", "old_change.$own{coming}" => '', reason => 'sick' }] }
        [s => 'staff'], [j => 'coming'], [t => 'teaching']),
    ['deputy',        "/lessons/$own{coming}/exchange",         coming   => sub { exchange => "s.$_[0].1.20261123.1", old_exchange => 'x', reason => 'sick' }],
    ['teacher',       "/lessons/$own{lesson}",                  plan_row => sub { plan_work => $_[0] }],
    ['teacher',       "/journals/$own{journal}",                lesson   => sub { work_lesson_id => $_[0] }],
    ['deputy',        "/substitutions/$own{staff}",             lesson   => sub { "change.$_[0]" => 'c', "old_change.$_[0]" => '', reason => 'sick' }],
);
my %missing = map { $_ => /^(?:lesson|coming|work)$/ ? 20269876500000 : 987600000 } keys %theirs;
my $before = $t->value('SELECT max(id) FROM ej.history');
for my $one (@forms) {
    my ($who, $path, $table, $form) = @$one;
    my $client = $t->login($who);
    my ($hidden, $none) = map {
        my $id = $_;
        my $r  = $client->post($path, $form->($id));
        my $content = $r->content =~ s/(?:form_token|operation_id|nonce|notices|messages)="[^"]*"//gr =~ s/\b$id\b/#/gr;
        [$r->status, $content];
    } $theirs{$table}, $missing{$table};
    (my $name = $path) =~ s/\d+/#/g;
    like $none->[0], qr/^4/, "$who $name: no such $table is refused";
    is_deeply $hidden, $none, 'and so is one of another school';
}
is $t->value('SELECT max(id) FROM ej.history'), $before, 'nothing was written';
done_testing;
