#!/usr/bin/perl
# backend.t: the server ends the journal's connections, while they are idle
# and during requests. Nobody may notice the first; after the second, a
# page is repeated by the journal, and a save is stored completely or not at all.
# Fault table, rows 1 and 2.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;

my $t       = EJ::Test->new(own_postgres => 1);
my $teacher = $t->login('teacher');
my ($grid)  = EJ::Faults::journal($t);
my @cells   = EJ::Faults::cells($t, 6);

sub ended_backends {
    my ($which) = @_;
    return $t->value("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE application_name = 'ejournal' $which");
}

# ------------------------------------------------------- idle connections --

EJ::Faults::many($t, 8, sub { EJ::Faults::own($teacher)->get($grid, html => 1) });
cmp_ok ended_backends(''), '>=', 2, 'all idle connections of the journal are ended';
my @status = map { $teacher->get($grid, html => 1)->status } 1 .. 20;
is "@status", join(' ', (200) x 20), 'the next twenty pages are served';
ended_backends('');
my $save = EJ::Faults::save($teacher, $grid, [[@{$cells[0]}, '', '5']]);
is join(' ', $save->status, EJ::Faults::outcomes($save)), '200 saved', 'a save after its connection was ended succeeds';
ended_backends('');
is $t->client->log_in('parent', $t->password)->status, 303, 'a log-in after its connection was ended succeeds';
$t->expect_log(qr/notice\].*connection was lost: reset, statements are prepared again/);

# ------------------------------------------------- in the middle of a page --

{
    my $parent = $t->login('parent');
    my $hold   = EJ::Faults::hold_pages($t, 'parent');
    my $job    = EJ::Faults::go($t, sub { $_[0]->(EJ::Faults::own($parent)->get('/diary', html => 1)->status) });
    ok $t->wait_for(5, sub { EJ::Faults::holding($t) }), 'a page is being made';
    ended_backends("AND $EJ::Faults::IS_HELD");
    ok $t->wait_for(5, sub { EJ::Faults::holding($t) }), 'the page is repeated after its backend was ended';
    $hold->disconnect;
    is_deeply [$job->ended], [[200]], 'the reader gets the diary';
    $t->expect_log(qr/info\].*repeated after SQLSTATE 08006/);
}

# -------------------------------------------- while it was being committed --

# The result of a save whose COMMIT had been sent is unknown. It is repeated
# by the journal with the same id; after three failures the page gets an error.
{
    my $hold = EJ::Faults::hold_marks($t, '3', 'at COMMIT');
    my $id   = EJ::Faults::operation();
    my $save = sub { EJ::Faults::save($teacher, $grid, [[@{$cells[5]}, '', '3']], $id) };
    my $job  = EJ::Faults::go($t, sub {
        EJ::Faults::own($teacher);
        my $r = $save->();
        $_[0]->($r->status, $r->header('Retry-After') // '', $r->errors);
    });
    my @ended = (0);
    for (1 .. 3) {
        my $pid = $t->wait_for(5, sub { $t->value(qq{SELECT pid FROM pg_stat_activity
            WHERE application_name = 'ejournal' AND $EJ::Faults::IS_HELD AND pid <> ALL (?)}, \@ended) });
        push @ended, $pid if $pid && ended_backends("AND pid = $pid");
    }
    is $#ended, 3, 'three times the backend is ended at the COMMIT of one save';
    is_deeply [$job->ended], [[503, 2, 'JE506']], 'the save gets JE506 with the time to send it again';
    $hold->disconnect;
    my $r = $save->();
    is join(' ', $r->status, EJ::Faults::outcomes($r), EJ::Faults::effects($t, $id)), '200 saved 1',
        'the save sent again with the same id takes effect once';
    $t->expect_log(qr/JE506 503/);
}

# ------------------------------------------------- in the middle of a save --

my $stop = "$t->{dir}/stop";

# Each browser sets its cell to 2, 3, 4, 5, 2 … A save without a reply is
# repeated with the same id, as the page's script does.
sub saves {
    my ($i, $tell) = @_;
    EJ::Faults::own($teacher);
    my ($old, $n) = ('', 0);
    until (-e $stop) {
        my $new = 2 + $n++ % 4;
        my $id  = EJ::Faults::operation();
        my $r;
        for my $try (1 .. 50) {
            $r = EJ::Faults::save($teacher, $grid, [[@{$cells[$i]}, $old, $new]], $id);
            $tell->('refused', $r->status, $r->header('Retry-After') // '') if $r->status != 200;
            last if $r->status == 200;
        }
        last if $r->status != 200;
        $tell->('saved', $id, $i, $new, EJ::Faults::outcomes($r));
        $old = $new;
    }
}

my $kills = 0;
my @jobs  = map { my $i = $_; EJ::Faults::go($t, sub { saves($i, $_[0]) }) } 1 .. 4;
my $told  = sub { my $n = 0; $n += -s $_->{name} || 0 for @jobs; $n };
while ($kills < 40 && grep { $_->is_running } @jobs) {
    my $before = $told->();
    $t->wait_for(5, sub { $told->() > $before + 300 });    # about five saves
    $kills += $t->wait_for(5, sub { ended_backends(q{AND pid = (SELECT min(pid) FROM pg_stat_activity
        WHERE application_name = 'ejournal' AND state = 'active')}) });
}
open my $file, '>', $stop or die $!;
my @told = map { $_->ended } @jobs;
my @saved = grep { $_->[0] eq 'saved' } @told;
my @other = grep { $_->[0] ne 'saved' } @told;
cmp_ok $kills, '>=', 40, "$kills busy backends are ended while four browsers save";
cmp_ok scalar @saved, '>', 50, scalar(@saved) . ' saves were acknowledged';
is_deeply [grep { $_->[4] ne 'saved' } @saved], [], 'no save conflicts with itself';
is_deeply [grep { EJ::Faults::effects($t, $_->[1]) != 1 } @saved], [], 'each acknowledged save took effect once';
for my $i (1 .. 4) {
    my ($last) = grep { $_->[2] == $i } reverse @saved;
    is EJ::Faults::shown($t, $cells[$i]), $last ? $last->[3] : '', "cell $i shows its last mark";
}
is_deeply [grep { "$_->[0] $_->[1]" ne 'refused 503' || !$_->[2] } @other], [],
    'every other save got 503 with the time to send it again (' . @other . ' times)';
$t->allow_log(qr/JE50[136] 503/);
is_deeply [grep {/exit signal/} $t->log_lines], [], 'no child of Apache crashed';
done_testing;
