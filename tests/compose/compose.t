#!/usr/bin/perl
# compose.t: FET composes a timetable in the background: with its progress, a limit of time,
# cancelled, begun again when Apache is killed; the result is compared and accepted from a day.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20', children => 2, log_level => 'notice ejournal:debug');
$t->allow_log(qr/:debug\]/, qr/exit signal Killed/, qr/AH\d+: .*(?:child|server) process/i);
my $db = $t->db;
my ($deputy, $admin) = map { $t->login($_) } qw(deputy administrator);
sub page { return $deputy->get('/compose' . ($_[0] // '')) }
sub code { return join ' ', $_[0]->errors }
sub ends { my ($wanted) = @_; return $t->wait_for(60, sub { page()->xpath('string(//compose/@state)') =~ /^(?:$wanted)$/ }) }
sub rows { return $t->value(q{SELECT md5(string_agg(concat_ws(' ', x.id, x.weekday, x.slot, x.during), ';' ORDER BY x.id)) FROM ej.timetable AS x WHERE x.school_id = 1}) }

is join(' ', map { $t->login($_)->get('/compose')->status } qw(administrator deputy director teacher parent)), '200 200 404 404 404', 'administrator and deputy may compose';
is page()->xpath('string(//compose/@can_compose)'), 1, 'the program is installed';
is code($deputy->post('/compose', step => 'accept', version => 'x')), 'JE401', 'without a timetable there is nothing to accept';
is code($deputy->post('/compose', step => 'order', day_on => '2027-10-01', minutes => 1)), 'JE171', 'a day outside of the year is refused';
is code($deputy->post('/compose', step => 'order', day_on => '2026-11-30', minutes => 31)), 'JE102', 'so is more than half an hour';

my $before = rows();
is $deputy->post('/compose', step => 'order', day_on => '2026-11-30', minutes => 1)->status, 303, 'a timetable is ordered';
ok ends('done'), 'and composed';
my $hours = $t->value('SELECT sum(ceil(hours_week))::int FROM ej.teaching WHERE school_id = 1 AND year = 2026');
my $page = page();
is $page->xpath('concat(//compose/@placed, " ", //compose/@activities)'), "$hours $hours", 'every hour of the load is placed';
is $page->xpath('//compose/@added + //compose/@same + //compose/@faults'), $hours, 'and added, there already, or told of';
is $page->xpath('string(//compose/@faults)'), 0, 'the database finds nobody in two places';
is rows(), $before, 'the timetable is as it was';
is $admin->get('/compose')->xpath('count(//compose/@placed)'), 0, 'the draft is its owner\'s alone';
my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
$page = page("?class_id=$class");
is $page->xpath('count(//cell[@planned])') > 0 && $page->xpath('count(//cell[@is_changed])') > 0, 1, 'a class sees the new week, and what changes';

my $version = $page->xpath('string(//compose/@version)');
my ($one) = $t->value('SELECT min(id) FROM ej.timetable WHERE school_id = 1');
$db->do('DELETE FROM ej.timetable WHERE id = ?', undef, $one);
is code($deputy->post('/compose', step => 'accept', version => $version)), 'JE210', 'what changed since the comparison is not written over';
is $deputy->post('/compose', step => 'day', day_on => '2026-12-07')->status, 303, 'it is compared again, for another day';
is $deputy->post('/compose', step => 'accept', version => page()->xpath('string(//compose/@version)'))->status, 303, 'and accepted';
is $t->value(q{SELECT count(*) FROM ej.timetable AS x JOIN ej.teaching AS t ON t.id = x.teaching_id WHERE t.school_id = 1 AND t.year = 2026 AND x.during @> date '2026-12-07'}), $hours, 'it holds from that day';
is $t->value(q{SELECT count(*) FROM ej.timetable AS x WHERE x.school_id = 1 AND lower(x.during) > '2026-09-01' AND x.during @> date '2026-12-06'}), 0, 'and not before';
is page()->xpath('string(//compose/@is_saved)'), 1, 'the page tells it';

# --------------------------------------------------- a load that has no timetable ---

$db->do(q{UPDATE ej.teaching SET hours_week = 40 WHERE id = (SELECT min(id) FROM ej.teaching WHERE school_id = 1 AND year = 2026)});
is $deputy->post('/compose', step => 'order', day_on => '2026-12-14', minutes => 1)->status, 303, 'more hours are ordered than a week has';
ok ends('done'), 'the job ends';
$page = page();
ok $page->xpath('string(//compose/@words)') ne '' || $page->xpath('//compose/@placed < //compose/@activities'), 'and the page tells what FET says, or what is missing';

# ------------------------------------------------------- cancelled, killed ----

# A program that waits, in place of fet-cl.
my $slow = "$t->{dir}/slow";
open my $file, '>', $slow or die $!;
print $file "#!/bin/sh\nfor a; do case \$a in --outputdir=*) d=\${a#*=};; esac; done\nmkdir \"\$d/logs\"\necho 'At time 0 h 0 m 0 s, FET reached 7 activities placed' >\"\$d/logs/max_placed_activities.txt\"\nEJ_OUT=\$d exec /bin/sleep 600\n";
close $file;
chmod 0755, $slow;
my $second = EJ::Test->new(today => '2026-11-20', children => 2, log_level => 'notice ejournal:debug', conf => "EjournalFet $slow");
$second->allow_log(qr/:debug\]/, qr/exit signal Killed/, qr/AH\d+: .*(?:child|server) process/i);
my $other = $second->login('deputy');
my $state = sub { $other->get('/compose')->xpath('concat(//compose/@state, " ", //compose/@done)') };
sub cmdline { open my $f, '<', "/proc/$_[0]/cmdline" or return ''; local $/; return scalar(<$f>) // '' }
sub programs { return grep { cmdline($_) eq "/bin/sleep\x{0}600\x{0}" } map { m{/(\d+)/} } glob '/proc/[0-9]*/cmdline' }
sub parent { open my $f, '<', "/proc/$_[0]/stat" or return 0; return (<$f> // '') =~ /\) \S (\d+)/ ? $1 : 0 }
# The folder of a run: the script above has put it into its environment.
sub folder { open my $f, '<', "/proc/$_[0]/environ" or return (); local $/; return (<$f> // '') =~ /\bEJ_OUT=([^\0]+)/ ? $1 : () }
sub mine { my ($httpd) = @_; return grep { parent(parent(parent($_))) == $httpd } programs() }
is $other->post('/compose', step => 'order', day_on => '2026-11-30', minutes => 5)->status, 303, 'a long one is ordered';
ok $second->wait_for(30, sub { $state->() eq 'runs 7' }), 'how many are placed is shown while it runs';
is code($other->post('/compose', step => 'order', day_on => '2026-11-30', minutes => 5)), 'JE215', 'a second one waits for the first';
my ($first) = mine($second->httpd->pid);
ok $first, 'the program runs';
my @folders = folder($first);
ok -e $folders[0], 'in a folder of its own';
kill KILL => parent(parent($first));
ok $second->wait_for(40, sub { my @p = mine($second->httpd->pid); @p == 1 && $p[0] != $first && !kill 0, $first }), 'Apache\'s child is killed: the program is ended, and begun again';
push @folders, map { folder($_) } mine($second->httpd->pid);
my $job = $other->get('/compose')->xpath('string(//compose/@job_id)');
is $other->post("/jobs/$job")->status, 303, 'it is cancelled';
ok $second->wait_for(30, sub { $state->() =~ /^cancelled/ && !mine($second->httpd->pid) }), 'and the program ends with it';
ok $second->wait_for(30, sub { !grep { -e } @folders }), 'no folder of a run is left, not even of the killed one';

# ------------------------------------------------------------ not installed ---

my $third = EJ::Test->new(today => '2026-11-20', conf => 'EjournalFet /nowhere/fet-cl');
my $none = $third->login('deputy');
like $none->get('/compose', html => 1)->content, qr/на этом сервере не установлено/, 'without the program the page says so';
is code($none->post('/compose', step => 'order', day_on => '2026-11-30', minutes => 1)), 'JE136', 'and nothing is ordered';
$_->finish for $second, $third;
done_testing;
