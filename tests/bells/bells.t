#!/usr/bin/perl
# bells.t: bell plans: added, their lessons edited as rows of one form, removed; lessons
# that overlap are refused, by whatever way they come.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
sub refused { my ($r) = @_; return join ' ', $r->status, map { join ':', map { $_ // '' } $_->getAttribute('code'), $_->getAttribute('field'), $_->getAttribute('n') } $r->nodes('//error') }
sub lessons { return $t->value(q{SELECT string_agg(slot || ' ' || to_char(starts, 'HH24:MI') || '-' || to_char(ends, 'HH24:MI'), ', ' ORDER BY slot) FROM ej.bell WHERE bell_plan_id = ?}, $_[0]) }
# The form of a plan as its page sends it; %new: name, shift, or a slot's [starts, ends].
sub form {
    my ($r, %new) = @_;
    my %was = map { $_ => $r->xpath("string(//bells/\@$_)") } qw(name shift);
    my @send = map { ("old_$_" => $was{$_}, $_ => $new{$_} // $was{$_}) } sort keys %was;
    for my $lesson ($r->nodes('//lesson')) {
        my @is = map { $lesson->getAttribute($_) // '' } qw(starts ends);
        my $to = $new{$lesson->getAttribute('slot')} // \@is;
        push @send, starts => $to->[0], old_starts => $is[0], ends => $to->[1], old_ends => $is[1];
    }
    return @send, map { ($_ => $new{$_}) } grep { $_ eq 'is_removed' } keys %new;
}

# ------------------------------------------------------------------ adding ---

is $admin->post('/bells', name => 'Короткий день', shift => 1)->location =~ s/&saved=\d+#saved$//r, '/bells?done=added', 'a plan is added';
my $plan = $t->value(q{SELECT id FROM ej.bell_plan WHERE name = 'Короткий день'});
is refused($admin->post('/bells', name => 'Короткий день', shift => 1)), '409 JE212:name:1', 'its name is taken';
is refused($admin->post('/bells', name => '', shift => 4)), '422 JE101:name: JE102:shift:', 'wrong fields are named';
is $teacher->get('/bells')->xpath('count(//plan) = 3 and not(//bells/@is_mine)'), 'true', 'a teacher reads the plans';
is $teacher->post('/bells', name => 'x', shift => 1)->status, 404, 'and adds none';
like $deputy->get('/bells', html => 1)->content, qr/уроки не введены/, 'a plan without lessons stands out';

# ----------------------------------------------------------- rows of lessons ---

my $page = sub { $deputy->get("/bells/$plan") };
is $page->()->count('//lesson'), 13, 'a plan has room for lessons 0 to 12';
is $deputy->post("/bells/$plan", form($page->(), 1 => ['08:30', '09:00'], 2 => ['09:10', '09:40'], 0 => ['07:50', '08:20']))->location =~ s/&saved=\d+#saved$//r, '/bells?done=changed', 'all lessons are entered at once';
is lessons($plan), '0 07:50-08:20, 1 08:30-09:00, 2 09:10-09:40', 'they are there';
is refused($deputy->post("/bells/$plan", form($page->(), 2 => ['08:50', '09:40']))), '422 JE271:starts:3', 'a lesson that begins before the end of another is refused';
is refused($deputy->post("/bells/$plan", form($page->(), 1 => ['08:30', '08:00'], 3 => ['', '10:00'], 4 => ['x', '']))), '422 JE129:starts:5', 'no time of day';
is refused($deputy->post("/bells/$plan", form($page->(), 1 => ['08:30', '08:00'], 3 => ['', '10:00']))), '422 JE132:ends:2 JE101:starts:4', 'all wrong rows are named at once';
my $r = $deputy->post("/bells/$plan", {html => 1}, form($page->(), 2 => ['08:50', '09:40']));
is $r->xpath('string(//input[@name="starts"][@aria-invalid]/@value)'), '08:50', 'what was typed comes back in its row';
like $r->xpath('string(//*[@role="alert"])'), qr/Урок 2, Начало: Урок начинается раньше, чем закончился предыдущий/, 'in words';
is lessons($plan), '0 07:50-08:20, 1 08:30-09:00, 2 09:10-09:40', 'and nothing is written';
my $seen = $page->();
$admin->post("/bells/$plan", form($page->(), 1 => ['08:35', '09:05']));
$r = $deputy->post("/bells/$plan", form($seen, 1 => ['08:40', '09:00'], 2 => ['09:15', '09:45']));
is refused($r), '409 JE210:starts:2', 'who saw the old times is told of the new one';
is $r->xpath('string(//error/@value)'), '08:35', 'with its value';
is lessons($plan), '0 07:50-08:20, 1 08:35-09:05, 2 09:15-09:45', 'the other rows are saved';
is $deputy->post("/bells/$plan", form($page->(), 0 => ['', ''], name => 'Короткий'))->status . lessons($plan), '3031 08:35-09:05, 2 09:15-09:45', 'an emptied row is no lesson any more';
my $before = $t->value(q{SELECT count(*) FROM ej.history});
is $deputy->post("/bells/$plan", form($page->()))->status . ($t->value(q{SELECT count(*) FROM ej.history}) - $before), '3030', 'a form without a change writes nothing';
is $t->value(q{SELECT count(*) > 3 FROM ej.history WHERE table_name = 'bell' AND account_id IS NOT NULL}), 1, 'changes of bells are in the history';
ok !eval { local $db->{PrintError} = 0; $db->do(q{UPDATE ej.bell SET starts = '08:00', ends = '09:30' WHERE bell_plan_id = ? AND slot = 1}, undef, $plan) }, 'nor does anybody else make lessons overlap';
is $db->state, 'JE271', 'which is JE271';

# -------------------------------------------------------------- who may, removal ---

is $teacher->get("/bells/$plan", html => 1)->count('//form[@method="post"][not(contains(@action, "logout"))]'), 0, 'a teacher has no form';
is $teacher->post("/bells/$plan", form($page->()))->status, 404, 'and saves none';
is refused($t->login('deputy-17')->post("/bells/$plan", form($page->(), name => 'x'))), '404 JE401::', 'nor does another school';
my $used = $t->value(q{SELECT id FROM ej.bell_plan WHERE school_id = 1 AND name = 'Основное расписание'});
is refused($admin->post("/bells/$used", form($admin->get("/bells/$used"), is_removed => 1))), '409 JE211::', 'bells that somebody has are not removed';
is $t->value('SELECT count(*) FROM ej.bell WHERE bell_plan_id = ?', $used), 8, 'nor are their lessons';
is $admin->post("/bells/$plan", form($admin->get("/bells/$plan"), is_removed => 1))->location, '/bells?done=removed', 'others are, with their lessons';
is $t->value('SELECT count(*) FROM ej.bell WHERE bell_plan_id = ?', $plan), 0, 'of which none is left';
done_testing;
