#!/usr/bin/perl
# restart.t: PostgreSQL is restarted, crashes, and is not there yet. Pages are
# refused (503) while it is away and no longer; what was acknowledged is there.
# Fault table, rows 3, 4 and 5.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use Time::HiRes qw(time);

# a crash must prove what was written, so this cluster does write
my $t = EJ::Test->new(own_postgres => 1,
    postgres => ['fsync = on', 'synchronous_commit = on', 'full_page_writes = on']);
my $teacher = $t->login('teacher');
my ($grid)  = EJ::Faults::journal($t);
my @cells   = EJ::Faults::cells($t, 3);
my $stop    = "$t->{dir}/stop";

sub reads {
    my ($tell) = @_;
    EJ::Faults::own($teacher);
    until (-e $stop) {
        my $from = time;
        my $r    = $teacher->get($grid, html => 1);
        $tell->('read', $r->status, $from, time, $r->header('Retry-After') // '');
    }
}

sub saves {
    my ($cell, $old, $tell) = @_;
    EJ::Faults::own($teacher);
    my $n = 0;
    until (-e $stop) {
        my ($new, $id, $from) = (2 + $n++ % 4, EJ::Faults::operation(), time);
        next if $new eq $old;
        while (1) {
            my $r = EJ::Faults::save($teacher, $grid, [[@$cell, $old, $new]], $id);
            $tell->('save', $r->status, $from, time, $r->header('Retry-After') // '', $id, EJ::Faults::outcomes($r));
            last if $r->status == 200;
            return if -e $stop;
        }
        $old = $new;
    }
}

# What two readers and two writers see while the sub has its way with the
# server. Every answer after `back` must be good.
sub under_load {
    my ($what, $sub) = @_;
    unlink $stop;
    my @jobs = (
        (map { EJ::Faults::go($t, \&reads) } 1 .. 2),
        map { my $cell = $_; my $old = EJ::Faults::shown($t, $cell);
              EJ::Faults::go($t, sub { saves($cell, $old, @_) }) } @cells[0, 1]);
    my $lines = sub { my $n = 0; $n += $_->words || 0 for @jobs; $n };
    $t->wait_for(20, sub { $lines->() > 40 });
    my $down = time;
    $sub->();
    my $back  = time;
    my $login = $t->client->log_in('parent', $t->password);
    my $then  = $lines->();
    $t->wait_for(20, sub { $lines->() > $then + 40 });
    open my $file, '>', $stop or die $!;
    my @told = map { $_->ended } @jobs;
    is $login->status, 303, "$what: as soon as the server answers, one can log in"
        or diag $login->as_string;
    is_deeply [grep { $_->[1] != 200 && $_->[1] != 503 } @told], [], "$what: pages and saves are good or 503";
    is_deeply [grep { $_->[1] == 503 && !$_->[4] } @told], [], "$what: each 503 says when to come again";
    my @late = grep { $_->[1] == 503 && ($_->[2] > $back || $_->[3] < $down) } @told;
    is_deeply \@late, [], "$what: none is refused before, nor once the server is back";
    my @saved = grep { $_->[0] eq 'save' && $_->[1] == 200 } @told;
    my @bad   = grep { $_->[6] ne 'saved' } @saved;
    is_deeply \@bad, [], "$what: no save conflicts with itself";
    is_deeply [grep { EJ::Faults::effects($t, $_->[5]) != 1 } @saved], [],
        sprintf '%s: all %d acknowledged saves are there, once', $what, scalar @saved;
    note sprintf '%s: %d answers, %d refused', $what, scalar @told, scalar grep { $_->[1] == 503 } @told;
}

under_load('restart', sub { $t->postgres->restart('fast') });
under_load('crash',   sub { $t->postgres->restart('immediate') });

# What the log may hold of it: our own line for each refusal, and mod_dbd's.
my @outage = (qr/JE50[16] 503/, qr/AH02655|AH00629|AH0063[3-9]/);
$t->expect_log($outage[0])->allow_log(@outage);

# ------------------------------------------- Apache starts before the server

$t->httpd->stop;
$t->postgres->stop;
$t->start;
my $r = $teacher->get($grid, html => 1);
is $r->status, 503, 'Apache has started before PostgreSQL: the journal is away';
like $r->content, qr/временно недоступен/, 'and says so in its own look';
is $t->client->get('/health')->status, 200, 'Apache itself is well';
is $t->client->get('/static/app.css', html => 1)->status, 200, 'and gives style and scripts';
$t->postgres->start;
is $teacher->get($grid, html => 1)->status, 200, 'PostgreSQL comes: the journal is there, nobody restarted anything';
is_deeply [grep {/exit signal/} $t->log_lines], [], 'no child of Apache fell';
done_testing;
