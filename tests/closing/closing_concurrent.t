#!/usr/bin/perl
# closing_concurrent.t: thirty teachers save marks in thirty journals while the deputy closes the
# term class by class: no save that was acknowledged is lost, and none is taken after the closing.
use lib 'tests/lib';
use EJ::Test;
use Storable qw(store retrieve);

my $t = EJ::Test->new(empty => 1, threads => 64);
{
    my %env = $t->postgres->env($t->database);
    local @ENV{keys %env} = values %env;
    is system('psql', '-X', '-q', '-f', 'tests/journal/journal_parallel.sql'), 0, 'the parallel is there';
}
$t->today('2026-08-31');
my $deputy = $t->login('deputy');
$deputy->post('/timetable/lessons');
$t->today('2026-10-23');

# Thirty journals of the first quarter, each with a lesson and its pupils.
my @journals = @{$t->db->selectall_arrayref(q{
    SELECT j.id, c.id AS class_id, a.login, l.id AS lesson_id, ARRAY(SELECT b.pupil_id FROM ej.membership AS b WHERE b.study_group_id = t.study_group_id ORDER BY 1) AS pupils
      FROM ej.journal AS j JOIN ej.term AS e ON e.id = j.term_id AND e.name = 'I четверть' JOIN ej.teaching AS t ON t.id = j.teaching_id
      JOIN ej.staff AS f ON f.id = t.staff_id JOIN ej.account AS a USING (person_id) JOIN ej.study_group_class AS c0 ON c0.study_group_id = t.study_group_id
      JOIN ej.class AS c ON c.id = c0.class_id
      JOIN LATERAL (SELECT l.id FROM ej.lesson AS l WHERE l.teaching_id = t.id ORDER BY l.held_on LIMIT 1) AS l ON true
     ORDER BY j.id LIMIT 30}, {Slice => {}})};
is scalar @journals, 30, 'thirty journals';
my %client = map { my $login = $_->{login}; $login => 1 } @journals;
$client{$_} = $t->login($_) for keys %client;
$_->get('/account') for values %client;    # so that each has the token of its forms

# Save one mark after the other in a journal until the closing refuses one; tells which were
# acknowledged, and when the last of them was sent.
sub save_until_closed {
    my ($journal) = @_;
    my (%taken, $sent, $end);
    MARK: for my $value (3, 4, 5, 2) {
        for my $pupil (@{$journal->{pupils}}) {
            my $at = Time::HiRes::time();
            my $reply = $client{$journal->{login}}->post("/journals/$journal->{id}", column_id => $journal->{lesson_id}, pupil_id => $pupil,
                old => $taken{$pupil} // '', value => $value);
            if ($reply->status != 303) {
                $end = join ' ', $reply->status, $reply->errors;
                last MARK;
            }
            ($taken{$pupil}, $sent) = ($value, $at);
        }
    }
    return {taken => \%taken, sent => $sent, end => $end // 'all marks were saved'};
}

my @pids;
for my $n (0 .. $#journals) {
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        $_->agent->conn_cache(LWP::ConnCache->new) for values %client;
        store save_until_closed($journals[$n]), "$t->{dir}/saves.$n";
        POSIX::_exit(0);
    }
    push @pids, $pid;
}

# The deputy closes class by class while they write.
$t->wait_for(30, sub { $t->value('SELECT count(DISTINCT w.journal_id) FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id') >= 20 });
my %closed;
for my $class (sort keys %{{map { $_->{class_id} => 1 } @journals}}) {
    my @ids = map { $_->{id} } grep { $_->{class_id} == $class } @journals;
    is $deputy->post("/closing/classes/$class", name => 'I четверть', action => 'close', order_no => '7', order_on => '2026-10-23', reason => 'Конец четверти', is_incomplete => 1,
        map { (journal_id => $_) } @ids)->status, 303, 'the deputy closes ' . @ids . ' journals of a class';
    $closed{$_} = Time::HiRes::time() for @ids;
}
waitpid $_, 0 for @pids;

my (@lost, @late, @ends);
for my $n (0 .. $#journals) {
    my ($journal, $saves) = ($journals[$n], retrieve "$t->{dir}/saves.$n");
    my %kept = map {@$_} @{$t->db->selectall_arrayref('SELECT m.pupil_id, m.value FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id WHERE w.journal_id = ? AND m.value IS NOT NULL', undef, $journal->{id})};
    push @lost, "$journal->{id} $_" for grep { ($kept{$_} // '') ne ($saves->{taken}{$_} // '') } keys %{{%kept, %{$saves->{taken}}}};
    push @late, $journal->{id} if $saves->{sent} && $saves->{sent} > $closed{$journal->{id}};
    push @ends, $saves->{end};
}
is join(' ', @lost), '', 'the marks of the journals are those whose saves were acknowledged';
is join(' ', @late), '', 'none was taken that was sent after the closing';
is join(' ', sort keys %{{map { $_ => 1 } @ends}}), '409 JE201', 'every teacher was told that the term is closed';
$t->done_testing;
