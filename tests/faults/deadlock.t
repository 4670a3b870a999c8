#!/usr/bin/perl
# deadlock.t: two pages save the same cells in opposite order, again and again; and
# PostgreSQL ends a save because of a deadlock or a serialisation failure. Nobody sees it:
# each cell is saved once, by one of the two.
# Fault table, row 18.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;

my ($ROUNDS, $CELLS) = (100, 6);
my $t       = EJ::Test->new(today => '2026-11-20', children => 2, threads => 4);
my $teacher = $t->login('teacher');
my ($grid)  = EJ::Faults::journal($t);
my @cells   = EJ::Faults::cells($t, $CELLS + 1);
my $single  = pop @cells;
$teacher->form_token;

# ------------------------------------------------------------- opposite order --

# One of the two pages: saves all cells with values of its own, and after a conflict begins
# with the value that the other page has saved.
sub page {
    my ($tell, $order, @values) = @_;
    my @old = ('') x $CELLS;
    EJ::Faults::own($teacher);
    for my $round (1 .. $ROUNDS) {
        my @new  = map { $_ eq $values[0] ? $values[1] : $values[0] } @old;
        my $id   = EJ::Faults::operation();
        my $r    = EJ::Faults::save($teacher, $grid, [map { [@{$cells[$_]}, $old[$_], $new[$_]] } @$order], $id);
        my @said = $r->nodes('//outcomes/cell');
        my %outcome;
        for my $said (@said) {
            my $i = $order->[$said->getAttribute('n') - 1];
            $outcome{$said->getAttribute('outcome')}++;
            $old[$i] = $said->getAttribute('value') // '';
        }
        $tell->($r->status, scalar @said, $outcome{saved} // 0, $outcome{conflict} // 0, $id);
    }
}

my @jobs = (
    EJ::Faults::go($t, sub { page($_[0], [0 .. $CELLS - 1], 2, 4) }),
    EJ::Faults::go($t, sub { page($_[0], [reverse 0 .. $CELLS - 1], 3, 5) }));
my @told = map { $_->ended } @jobs;
is scalar @told, 2 * $ROUNDS, "two pages save the same $CELLS cells $ROUNDS times each, in opposite order";
my %status;
$status{$_->[0]}++ for @told;
is_deeply [grep { $_ != 200 && $_ != 409 } keys %status], [], 'every reply is a save or a conflict: ' . join(', ', map {"$_ $status{$_} times"} sort keys %status);
is_deeply [grep { $_->[1] != $CELLS || $_->[2] + $_->[3] != $CELLS } @told], [], 'each reply has an outcome for each cell: saved or conflict';
my ($saved, $conflicts) = (0, 0);
for (@told) { $saved += $_->[2]; $conflicts += $_->[3] }
my @ids = map { $_->[4] } @told;
is $t->value(q{SELECT count(*) FROM ej.history WHERE operation_id = ANY (?) AND table_name = 'mark'}, \@ids), $saved,
    "the history has the $saved changes that were acknowledged, and no other";
cmp_ok $conflicts, '>', 0, "the two met: $conflicts conflicts";
my $broken = $t->value(q{
    SELECT count(*) FROM (
        SELECT old ->> 'value' AS was, lag(new ->> 'value') OVER (PARTITION BY row_key ORDER BY id) AS before
          FROM ej.history WHERE operation_id = ANY (?) AND table_name = 'mark') AS x
     WHERE before IS NOT NULL AND was IS DISTINCT FROM before}, \@ids);
is $broken, 0, 'each change began with the value of the change before';
my $repeated = grep {/repeated after SQLSTATE 40P01/} $t->log_lines;
note "$repeated saves were repeated by the journal after a deadlock";

# ------------------------------------------------- what PostgreSQL ends, repeated --

# From now on the first so many saves of the single cell fail with this SQLSTATE. A sequence
# counts, since it is not rolled back.
$t->db->do('CREATE SEQUENCE public.saves');
$t->db->do('GRANT ALL ON SEQUENCE public.saves TO PUBLIC');
sub end_first {
    my ($times, $sqlstate) = @_;
    $t->db->do(<<"SQL");
ALTER SEQUENCE public.saves RESTART;
CREATE OR REPLACE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS \$\$
BEGIN
    IF nextval('public.saves') <= $times THEN
        RAISE EXCEPTION 'planted' USING ERRCODE = '$sqlstate';
    END IF;
    RETURN NULL;
END
\$\$;
CREATE OR REPLACE TRIGGER fail AFTER INSERT OR UPDATE ON ej.mark
    FOR EACH ROW WHEN (NEW.pupil_id = $single->[1]) EXECUTE FUNCTION public.fail();
SQL
}

my ($old, $new) = ('', 2);
for my $sqlstate ('40P01', '40001') {
    my $what = {'40P01' => 'a deadlock', '40001' => 'a serialisation failure'}->{$sqlstate};
    end_first(2, $sqlstate);
    my $id = EJ::Faults::operation();
    my $r  = EJ::Faults::save($teacher, $grid, [[@$single, $old, $new]], $id);
    is join(' ', $r->status, EJ::Faults::outcomes($r)), '200 saved', "$what ends a save twice: the third try is what the page sees";
    is EJ::Faults::effects($t, $id), 1, "$what: the save took effect once";
    is scalar(grep {/repeated after SQLSTATE $sqlstate/} $t->log_lines), 2 + ($sqlstate eq '40P01' ? $repeated : 0), "$what: the log has the two repetitions";
    end_first(3, $sqlstate);
    $r = EJ::Faults::save($teacher, $grid, [[@$single, $new, 5]]);
    is join(' ', $r->status, $r->errors), '503 JE505', "$what at all three tries: the page is told to come again";
    is EJ::Faults::shown($t, $single), $new, "$what: nothing was saved";
    ($old, $new) = ($new, $new + 1);
}
$t->expect_log(qr/JE505 503/);
done_testing;
