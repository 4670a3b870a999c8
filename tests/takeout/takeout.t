#!/usr/bin/perl
# takeout.t: the director takes the whole school at /takeout (INT-05): only with the own password, once and for a quarter
# of an hour, nobody else at all; the file is that of ejournal-school --out; what left is in the register, in the
# history and in the log of access; the memory of the child does not grow with the school.
use lib 'tests/lib';
use EJ::Test qw(refused);
use EJ::Takeout qw(run_school unpacked);
use Digest::SHA ();
use File::Temp ();
use POSIX ();

my $t  = EJ::Test->new(today => '2026-11-20', children => 1, threads => 4);
my $db = $t->db;
my $postgres = $t->postgres;
my $dir = File::Temp::tempdir('eoXXXXXX', TMPDIR => 1, CLEANUP => 1);
my @others = qw(administrator deputy archivist teacher class-teacher observer parent pupil);
my %c = map { $_ => $t->login($_) } 'director', @others;
$postgres->psql($t->database, '-f', 'tests/lib/rows.sql');
$db->do($_) for 'SET session_replication_role = replica',
    q{INSERT INTO ej.file (id, school_id, name, size) VALUES (80, 1, 'приказ "1".pdf', 3)}, q{INSERT INTO ej.file_piece (school_id, file_id, n, data) VALUES (1, 80, 1, '\x00ff0a')},
    'SET session_replication_role = DEFAULT';
my ($name) = $db->selectrow_array('SELECT name FROM ej.school WHERE id = 1');

# ------------------------------------------------------------------ who may --

is join(' ', map { $c{$_}->get('/takeout')->status } @others), join(' ', (404) x @others), 'nobody but the director sees the page';
is join(' ', map { $c{$_}->post('/takeout', old_password => $t->password)->status } @others), join(' ', (404) x @others), 'or orders a take-out';
is $c{director}->get('/takeout')->status, 200, 'the director does';
is refused($c{director}->post('/takeout', old_password => '')), '422 JE101:old_password', 'the password is asked';
is refused($c{director}->post('/takeout', old_password => 'another one')), '422 JE116:old_password', 'and must be right';
is $t->value('SELECT count(*) FROM ej.takeout'), 0, 'nothing is ordered till then';
is join(' ', map { refused($c{director}->post('/takeout', old_password => $t->password)) } 1, 2), '303 303', 'with it the school is ordered; once more changes nothing';
is $t->value('SELECT count(*) FROM ej.takeout WHERE school_id = 1 AND staff_id IS NOT NULL AND taken_at IS NULL'), 1, 'that is one order';
my $id = $t->value('SELECT id FROM ej.takeout');
is $c{director}->get('/takeout')->xpath('string(//taken[@is_open]/@takeout_id)'), $id, 'it is offered to the director';
is join(' ', map { $c{$_}->get("/takeout/$id")->status } @others), join(' ', (404) x @others), 'and opens nothing to anybody else';
my $open = sub { $db->do("UPDATE ej.takeout SET made_at = now() - interval '$_[0]', staff_id = $_[1] WHERE id = $id") };
my $staff = $t->value('SELECT staff_id FROM ej.takeout');
$open->('16 minutes', $staff);
is $c{director}->get("/takeout/$id")->status, 404, 'nor to the director after a quarter of an hour';
$open->('1 minute', "(SELECT min(id) FROM ej.staff WHERE school_id = 1 AND id <> $staff)");
is $c{director}->get("/takeout/$id")->status, 404, 'nor the order of another person';
$db->do("UPDATE ej.takeout SET school_id = 2, staff_id = (SELECT min(id) FROM ej.staff WHERE school_id = 2) WHERE id = $id");
is $c{director}->get("/takeout/$id")->status, 404, 'nor of another school';
$db->do("UPDATE ej.takeout SET school_id = 1 WHERE id = $id");
$open->('1 minute', $staff);
my $web = $t->web_db;
is eval { $web->selectrow_array('SELECT count(*) FROM ej.takeout_begin(?)', undef, $id) }, 0, 'without a session there is nothing to read';

# ------------------------------------------------------------------ the file --

my ($code, $said) = run_school($postgres, $t->database, '--out', "$dir/a.zip", '--name', $name);
is $code, 0, 'the command writes the file' or diag $said;
my $r = $c{director}->get("/takeout/$id", html => 1);
is join(' ', $r->status, map { $r->header($_) } qw(Content-Type Content-Disposition Cache-Control)), '200 application/zip attachment; filename="school.zip" no-store', 'the director gets a file that no cache keeps';
write_file("$dir/b.zip", $r->bytes);
my %a = unpacked("$dir/a.zip");
my %b = unpacked("$dir/b.zip");
is join(' ', sort keys %b), join(' ', sort keys %a), 'it has the files of the command';
cmp_ok scalar(grep {m{^tables/}} keys %b), '>', 120, 'of all tables';
is join(' ', grep { /^(?:dictionary|tables)/ && $a{$_} ne $b{$_} } sort keys %a), '', 'byte by byte';
my $same = sub { join "\n", sort map {s/^"taken_at",.*|^"about.csv",,\d+$//mgr} @_ };
is $same->(split /\n/, $b{'manifest.csv'}), $same->(split /\n/, $a{'manifest.csv'}), 'with the same manifest';
is $same->($b{'about.csv'}), $same->($a{'about.csv'}), 'about the same school';
is join(' ', map {"$_->[1]"} grep { $_->[0] ne Digest::SHA::sha256_hex($b{$_->[1]}) } map { [split /  /] } split /\n/, $b{SHA256SUMS}), '', 'whose digests are those of sha256sum';
is scalar(() = $b{SHA256SUMS} =~ /\n/g), keys(%b) - 1, 'of each file';
unlike join('', values %b), qr/\$y\$|\$6\$/, 'no password left';

# ------------------------------------------------------------ what is recorded --

my $rows = 0;
$rows += $1 while $a{'manifest.csv'} =~ m{^"tables/[^"]+",(\d+)}mg;
is join(' ', $db->selectrow_array(q{SELECT lines, encode(sha256, 'hex') FROM ej.takeout WHERE id = ? AND taken_at IS NOT NULL}, undef, $id)), "$rows " . Digest::SHA::sha256_hex($b{SHA256SUMS}), 'the register has rows and digest';
is $t->value(q{SELECT count(*) FROM ej.history AS h JOIN ej.account AS a ON a.id = h.account_id WHERE h.table_name = 'takeout' AND a.login = 'director' AND h.address IS NOT NULL}), 1, 'the history has it';
is $t->value(q{SELECT count(DISTINCT v.pupil_id) - (SELECT count(*) FROM ej.pupil WHERE school_id = 1) FROM ej.card_view AS v WHERE v.path = '/takeout' AND v.school_id = 1}), 0, 'and the log of access of each pupil';
is $c{director}->get("/takeout/$id")->status, 404, 'the order is used';
is $c{director}->get('/takeout', html => 1)->count('//form//input[@name="old_password"]'), 1, 'the next one wants the password again';
is $c{director}->get('/history', html => 1)->status, 200, 'the history is shown';

# ------------------------------------------------------------------ memory --

# Its own memory: the file itself is sent from the pages in which the kernel has it.
my ($child) = $t->httpd->children;
my $own = sub { open my $f, '<', "/proc/$child/status" or return 0; return (map { /^RssAnon:\s+(\d+)/ ? $1 : () } <$f>)[0] };
my $take = sub {
    my $watch = fork // die;
    if (!$watch) { # the most that the child had meanwhile
        my $most = 0;
        $SIG{TERM} = sub { write_file("$dir/most", $most); POSIX::_exit(0) };
        while (1) { my $now = $own->(); $most = $now if $now > $most; select undef, undef, undef, 0.02 }
    }
    my $r = $c{director}->get('/takeout/' . $t->value('SELECT max(id) FROM ej.takeout'), html => 1);
    kill 'TERM', $watch;
    waitpid $watch, 0;
    open my $f, '<', "$dir/most" or die $!;
    return ($r, scalar <$f>);
};
$db->do($_) for 'SET session_replication_role = replica',
    q{INSERT INTO ej.person (id) SELECT 900000 + i FROM generate_series(1, 1000) AS i},
    q{INSERT INTO ej.pupil (id, school_id, person_id, surname, given_name) SELECT 900000 + i, 1, 900000 + i, 'Новиков', 'Новик' FROM generate_series(1, 1000) AS i},
    q{INSERT INTO ej.history (school_id, table_name, row_key, account_id, old, new, made_at)
      SELECT 1, 'mark', ARRAY[i, 1, 1], 1, '{"value": "4"}', '{"value": "5"}', timestamptz '2026-10-01' + i * interval '50 ms' FROM generate_series(1, 60000) AS i},
    'SET session_replication_role = DEFAULT', 'ANALYZE ej.history';
is refused($c{director}->post('/takeout', old_password => $t->password)), '303', 'a large school is ordered';
my $before = $own->();
cmp_ok $before, '>', 0, 'the memory of the child is known';
($r, my $most) = $take->();
is $r->status, 200, 'and taken';
cmp_ok length($r->bytes), '>', 7_000_000, 'which is much';
cmp_ok $most - $before, '<', 2048, "the child never had more than 2 MB more: $before KB before, $most KB at most";
write_file("$dir/c.zip", $r->bytes);
my %large = unpacked("$dir/c.zip");
utf8::decode(my $pupils = $large{'tables/pupil.csv'});
is scalar(() = $pupils =~ /"Новиков"/g), 1000, 'with all its pupils';
done_testing;

# ----------------------------------------------------------------------- parts --

sub write_file { open my $to, '>:raw', $_[0] or die "$_[0]: $!\n"; print $to $_[1]; close $to }
