#!/usr/bin/perl
# dirty.t: a connection comes back from a request in a state that no code of
# ours leaves: the next person sees their own rows all the same. And a save
# that fails at any of its steps changes nothing.
# Fault table, rows 20 and 21.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;

# one connection, so that the next request gets the very same
my $t = EJ::Test->new(own_postgres => 1, hooks => 1, pool => 1, children => 1, jobs => 0);
$t->expect_log(qr/EjournalJobs is missing/);
my $parent  = $t->login('parent');
my $other   = $t->login('parent-17');
my $teacher = $t->login('teacher');
my ($grid)  = EJ::Faults::journal($t);
my @cells   = EJ::Faults::cells($t, 2);

sub children_of { return join ',', sort map { $_->value } $_[0]->get('/diary')->nodes('//child/@pupil_id') }
my %own = map { $_->who => children_of($_) } $parent, $other;
isnt $own{parent}, $own{'parent-17'}, 'two parents have different children';

sub backend {
    return $t->db->selectrow_array(q{SELECT pid, state FROM pg_stat_activity WHERE application_name = 'ejournal'});
}

# state => what the log calls it; a setting is not seen, only harmless
my %left = (
    transaction => qr/warn\].*connection was left in a transaction: repaired/,
    failed      => qr/warn\].*connection was left in a failed transaction: repaired/,
    pipeline    => qr/warn\].*connection was left in a pipeline: repaired/,
    unread      => qr/warn\].*connection was left with an unread answer: repaired/,
    setting     => undef,
);
for my $state (sort keys %left) {
    my ($pid) = backend();
    is $parent->get('/diary', header => {'X-Ejournal-Leave' => $state}, html => 1)->status, 200,
        "$state: one parent's page is good and leaves it behind";
    is children_of($other), $own{'parent-17'}, '  another parent sees their own children';
    my ($now, $is) = backend();
    is $is, 'idle', '  and leaves the connection idle';
    is $now, $pid,  '  the same one, put right' if $state ne 'unread';
    is children_of($parent), $own{parent}, '  the first sees their own again';
    $parent->get('/diary', header => {'X-Ejournal-Leave' => $state}, html => 1);
    is $t->client->get('/diary', html => 1)->status, 303, '  who has not logged in is nobody';
    $parent->get('/diary', header => {'X-Ejournal-Leave' => $state}, html => 1);
    is $t->client->log_in('pupil', $t->password)->status, 303, '  log-in works';
    my $save = EJ::Faults::save($teacher, $grid, [[@{$cells[0]}, EJ::Faults::shown($t, $cells[0]), length($state) % 4 + 2]]);
    is join(' ', $save->status, EJ::Faults::outcomes($save)), '200 saved', '  and a save';
    $t->expect_log($left{$state}) if $left{$state};
}

# What an open transaction had changed is not committed by the next.
my $before = EJ::Faults::state_of($t);
$teacher->form_token;
for my $state (qw(transaction failed pipeline)) {
    my $r = $teacher->post($grid, {header => {
            'X-Ejournal' => 'fragment', 'X-Ejournal-Leave' => $state, 'X-Ejournal-Fail-Step' => 4}},
        column_id => [$cells[1][0]], pupil_id => [$cells[1][1]], old => [''], value => ['5']);
    is $r->status, 500, "$state: left behind by a save that had failed before its COMMIT";
    is children_of($other), $own{'parent-17'}, '  the next page is another person\'s own';
    is EJ::Faults::state_of($t), $before, '  and nothing of it is there';
}

# --------------------------------------------------------- every single step

my $lesson = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my ($topic, $homework, $works) = map { $teacher->get($lesson)->xpath("string($_)") }
    '//lesson/@topic', '//lesson/homework', '//lesson/@works';
my %saves = (
    'cells of the journal' => sub {
        my ($step) = @_;
        my $r = $teacher->post($grid, {header => {'X-Ejournal' => 'fragment', 'X-Ejournal-Fail-Step' => $step}},
            column_id => [map { $_->[0] } @cells], pupil_id => [map { $_->[1] } @cells],
            old => [map { EJ::Faults::shown($t, $_) } @cells], value => ['2/5', '3']);
        return $r->status;
    },
    'a lesson' => sub {
        my ($step) = @_;
        my $r = $teacher->post($lesson, {header => {'X-Ejournal-Fail-Step' => $step}},
            topic => 'Совсем другая тема', old_topic => $topic, "code.$cells[0][1]" => 'н', "old_code.$cells[0][1]" => '',
            homework_text => 'Упражнение 5', old_homework_text => $homework, works => $works);
        return $r->status;
    },
);
for my $what (sort keys %saves) {
    $before = EJ::Faults::state_of($t);
    my ($step, $status) = (0, 500);
    while ($status == 500 && $step < 20) {
        $status = $saves{$what}->(++$step);
        last if $status != 500;
        is EJ::Faults::state_of($t), $before, "$what: failed at step $step, nothing is saved";
        is $other->get('/diary', html => 1)->status, 200, '  and the connection is good';
    }
    cmp_ok $step, '>', 4, "$what: all steps were tried";
    like $status, qr/^(200|303)$/, "$what: without a fault it is saved ($status)";
    isnt EJ::Faults::state_of($t), $before, "$what: and that does change something";
}
$t->expect_log(qr/JE500 500.*a step was made to fail/);
done_testing;
