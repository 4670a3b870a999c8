#!/usr/bin/perl
# concurrency.t: several users change the same things at once: the same cells in opposite
# order, the first marks of a lesson without a work, a session that ends while
# its page is being made.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;

my $t = EJ::Test->new(jobs => 0); # a job would write into what is compared
$t->expect_log(qr/EjournalJobs is missing/);
my $teacher = $t->login('teacher');
my ($grid, $journal) = EJ::Faults::journal($t);
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-09');
$teacher->form_token;

# ---------------------------------------------------- in opposite order ----

# Two browsers write the same eight cells, one from the first to the last, the
# other from the last to the first; a third saves the form of their lesson. A
# cell that another user changed meanwhile is a conflict, which shows the present mark.
my ($work) = $t->db->selectrow_array('SELECT id FROM ej.work WHERE lesson_id = ?', undef, $lesson =~ /(\d+)$/);
my @cells = EJ::Faults::cells($t, 8, $work);
my $rounds = 50;
my %marks  = (forth => 5, back => 4);

sub rounds {
    my ($way, $tell) = @_;
    EJ::Faults::own($teacher);
    my @mine = $way eq 'forth' ? @cells : reverse @cells;
    my %seen = map { $_->[1] => '' } @mine;
    for my $round (1 .. $rounds) {
        my $mark = $round % 2 ? $marks{$way} : $marks{$way} - 2;
        my $id   = EJ::Faults::operation();
        my $r = EJ::Faults::save($teacher, $grid, [map { [@$_, $seen{$_->[1]}, $mark] } @mine], $id);
        my @nodes = $r->nodes('//outcomes/cell');
        my $saved = 0;
        for my $i (0 .. $#nodes) {
            $saved++ if $nodes[$i]->getAttribute('outcome') eq 'saved' && $seen{$mine[$i][1]} ne $mark;
            $seen{$mine[$i][1]} = $nodes[$i]->getAttribute('value') // '';
        }
        $tell->($r->status, $id, $saved, scalar @nodes);
    }
}
sub forms {
    my ($tell) = @_;
    EJ::Faults::own($teacher);
    for my $round (1 .. $rounds) {
        my $page  = $teacher->get($lesson);
        my @pupil = map { $_->[1] } reverse @cells;
        my %shown = map { $_ => $page->xpath("string(//pupil[\@pupil_id = '$_']/mark[\@work_id = '$work'])") } @pupil;
        my $r = $teacher->post($lesson, {header => {'X-Ejournal' => 'fragment'}},
            map { ("mark.$work.$_" => 1, "old_mark.$work.$_" => $shown{$_}) } @pupil);
        $tell->($r->status, '', 0, 8);
    }
}
my @jobs = ((map { my $way = $_; EJ::Faults::go($t, sub { rounds($way, @_) }) } 'forth', 'back'),
    EJ::Faults::go($t, \&forms));
my @told = map { $_->ended } @jobs;
my %status;
$status{$_->[0]}++ for @told;
is scalar @told, 3 * $rounds, 'three browsers write the same cells fifty times each';
is join(' ', grep { !/^(200|303|409)$/ } keys %status), '', 'each save succeeds or reports a conflict: '
    . join(', ', map {"$_: $status{$_}"} sort keys %status);
is_deeply [grep { $_->[3] != 8 } @told], [], 'each save reports one outcome for every cell';
cmp_ok $status{409} // 0, '>', 0, 'some saves have met a conflict';

# The history has exactly the changes reported as saved, and no pupil has two marks.
my @ours = grep { $_->[1] } @told;
is_deeply [grep { EJ::Faults::effects($t, $_->[1]) != $_->[2] } @ours], [], 'the history of each save has as many changes as it reported';
is $t->value('SELECT count(*) FROM (SELECT work_id, pupil_id FROM ej.mark WHERE work_id = ? AND value IS NOT NULL
    GROUP BY 1, 2 HAVING count(*) > 1) AS x', $work), 0, 'no pupil has two marks of one work';
is $t->value('SELECT count(DISTINCT x.row_key) FROM (SELECT DISTINCT ON (row_key) row_key, new FROM ej.history
        WHERE table_name = ? AND row_key[1] = ? ORDER BY row_key, id DESC) AS x
      JOIN ej.mark AS m ON m.work_id = x.row_key[1] AND m.pupil_id = x.row_key[2] AND m.attempt = x.row_key[3]
     WHERE x.new ->> ? = m.value', 'mark', $work, 'value'),
    $t->value('SELECT count(*) FROM ej.mark WHERE work_id = ? AND value IS NOT NULL', $work),
    'every mark equals the last value of its history';

# ------------------------------------------------------- two first marks ----

my $bare = $t->value(q{SELECT l.id FROM ej.lesson AS l JOIN ej.journal AS j ON j.teaching_id = l.teaching_id
    WHERE j.id = ? AND l.held_on BETWEEN '2026-11-01' AND '2026-11-19'
      AND NOT EXISTS (SELECT FROM ej.work AS w WHERE w.lesson_id = l.id) ORDER BY l.held_on LIMIT 1}, $journal);
my @pupils = map { $_->[1] } @cells;
@told = EJ::Faults::many($t, 8, sub {
    my ($i, $tell) = @_;
    my $r = EJ::Faults::save(EJ::Faults::own($teacher), $grid, [[$bare, $pupils[$i - 1], '', 5]]);
    $tell->($r->status, EJ::Faults::outcomes($r));
});
is join(' ', map {@$_} @told), join(' ', ('200 saved') x 8), 'eight simultaneous first marks of a lesson without a work are saved';
is $t->value('SELECT count(*) FROM ej.work WHERE lesson_id = ?', $bare), 1, 'simultaneous first marks of a lesson make one work';
is $t->value('SELECT count(*) FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id WHERE w.lesson_id = ?', $bare),
    8, 'the work has all eight first marks';

# ------------------------------------------- a session that ends meanwhile --

# From here on a session ends as soon as ej.authenticate() has found it.
$t->db->do(<<'SQL');
ALTER FUNCTION ej.authenticate(bytea, inet) RENAME TO authenticate_well;
SQL
my $well = $t->value(q{SELECT pg_get_functiondef('ej.authenticate_well'::regproc)});
$t->db->do($well =~ s/(?=\bauthenticate\.digest)/authenticate_well./gr =~ s/authenticate_well\.authenticate\./authenticate_well./gr);
my $result = $t->value(q{SELECT pg_get_function_result('ej.authenticate_well'::regproc)});
$t->db->do(<<"SQL");
CREATE FUNCTION ej.authenticate(digest bytea, address inet) RETURNS $result
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS \$\$
BEGIN
    RETURN QUERY SELECT * FROM ej.authenticate_well(digest, address);
    DELETE FROM ej.session AS s WHERE s.digest = authenticate.digest;
END
\$\$;
SQL
my $parent = $t->login('parent');
my $r = $parent->get('/diary?week_on=2026-11-16', html => 1);
is $r->status, 303, 'a page whose session ends after its check is redirected';
is $r->location, '/login?back=%2fdiary%3fweek_on%3d2026-11-16', 'a page whose session ends after its check leads to the log-in page and back';
$parent = $t->login('parent');
$r = $parent->get('/diary');
is join(' ', $r->status, $r->errors), '401 JE302', 'a program whose session ends after its check gets 401';
my @before = EJ::Faults::state_of($t);
my $other = $t->login('teacher');
$r = $other->post($grid, {token => 'none'}, column_id => [1], pupil_id => [1], old => [''], value => ['5']);
is join(' ', $r->status, $r->errors), '403 JE303', 'a form without its token is refused';
is_deeply [EJ::Faults::state_of($t)], \@before, 'a form without its token saves nothing';
done_testing;
