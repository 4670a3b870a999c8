#!/usr/bin/perl
# retention_destroy.t: ejournal-package --destroy carries out an act that two have confirmed: the rows of the year and their
# history go, the sheets stay, the act tells what went; killed in between it is carried on; nothing of another year goes.
use lib 'tests/lib';
use EJ::Test qw(refused);
use EJ::Backup ();
use Digest::SHA qw(sha256 sha256_hex);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $b  = EJ::Backup->new($t);
plan(skip_all => $b->{missing}) if $b->{missing};
my %c = map { $_ => $t->login($_) } qw(administrator director);
my $replica = sub { $db->do("SET session_replication_role = replica; $_[0]; SET session_replication_role = DEFAULT; DELETE FROM ej.scope") };

# The year of the seed, closed, sealed and packed.
$replica->(q{UPDATE ej.school_year SET during = daterange(lower(during), '2026-11-20') WHERE school_id = 1;
    UPDATE ej.staff_role SET during = daterange(lower(during), NULL) WHERE school_id = 1; UPDATE ej.staff SET during = daterange(lower(during), NULL) WHERE school_id = 1;
    UPDATE ej.journal SET closed_at = now(), order_no = '62-к', reason = 'конец года' WHERE closed_at IS NULL AND school_id = 1});
is $c{director}->post('/packages', step => 'order', year => 2026, order_no => '71-к', order_on => '2026-11-19')->status, 303, 'the year is sealed';
my $row = sub { $db->selectrow_hashref("SELECT * FROM ej.$_[0] ORDER BY id DESC LIMIT 1") };
$db->do('DELETE FROM ej.backup');
is(($b->backup)[0], 0, 'a backup is made');
my ($status, $said) = $b->package;
is $status . $row->('package')->{state}, '0made', 'and the package' or diag $said, $row->('package')->{detail};
my @folders = map { $row->('package')->{$_} =~ s/^[^:]*://r } qw(copy1 copy2);

# The sheets of the package are those that the journal prints.
my $text = sub { open my $in, '<:raw', $_[0] or return "no $_[0]"; local $/; <$in> };
my $main = sub { $_[0] =~ m{(<main.*</main>)}s ? $1 : 'no main' };
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my $forms = "$folders[0]/data/forms";
for my $form (["/reports/finals?year=2026&class_id=$class&format=print", "finals-$class"], ['/reports/school?year=2026&format=print', 'school']) {
    my $printed = $c{director}->get($form->[0], html => 1)->bytes;
    is $main->($text->("$forms/$form->[1].html")) eq $main->($printed) && $main->($printed) ne 'no main', 1, "$form->[1] is that of the journal byte for byte";
}
is join(' ', map { $text->($_) =~ /(?:href|src)="(?!style\.css")(?!#)[^"]*"|<script/ && $_ !~ /index/ ? $_ : () } glob "$forms/*.html"), '', 'without anything from the network';
like $text->("$forms/style.css"), qr/\@page/, 'with the style of print';

# ---------------------------------------------------------------------- an act --

my @order = (step => 'draft', year => 2026, kind => 'journal', act_no => '3', act_on => '2026-11-19', reason => 'истёк срок');
is refused($c{director}->post('/retention', @order)), '409 JE290:act_no', 'the term is not over';
$replica->(q{UPDATE ej.school SET today_fixed = '2032-01-10' WHERE id = 1});
is $c{director}->post('/retention', @order)->status, 303, 'when it is over an act is drawn up';
my $act = $row->('destruction')->{id};
my $confirm = sub { my ($who) = @_; return $c{$who}->post('/retention', step => 'confirm', act_id => $act, seen => $c{$who}->get('/retention')->xpath("string(//act[\@act_id='$act']/\@seen)"))->status };
is $confirm->('director'), 303, 'the director confirms';
is join(' ', ($b->package('--destroy'))[0], $row->('destruction')->{state}, $t->value('SELECT count(*) > 0 FROM ej.mark_2026 WHERE school_id = 1')), '0 drafted 1', 'which alone destroys nothing';
is $confirm->('administrator'), 303, 'so does the administrator';

# A second time: rows and digests, from the text of the rows.
my %keys = (mark => 'work_id, pupil_id, attempt', lesson => 'id', attendance => 'lesson_id, pupil_id', homework => 'id');
my %known;
for my $table (keys %keys) {
    my $rows = $db->selectcol_arrayref("SELECT r::text FROM ej.${table}_2026 AS r WHERE school_id = 1 ORDER BY $keys{$table}");
    $known{$table} = @$rows . ' ' . sha256_hex(join '', map { utf8::encode(my $line = $_); sha256($line) } @$rows);
}
my $others = q{SELECT concat_ws(' ', (SELECT count(*) FROM ej.mark WHERE school_id <> 1 OR work_id / 10000000000 <> 2026), (SELECT count(*) FROM ej.lesson WHERE school_id <> 1 OR id / 10000000000 <> 2026),
    (SELECT count(*) FROM ej.term_mark), (SELECT count(*) FROM ej.pupil), (SELECT count(*) FROM ej.class), (SELECT count(*) FROM ej.journal), (SELECT count(*) FROM ej.message))};
my $before = $t->value($others);
$t->value('SELECT ej.seal_days(9999)');
my $old = unpack 'H*', $row->('package')->{sha256};

# What is not whole is not destroyed.
$b->flip("$folders[1]/data/tables/mark.csv");
is join(' ', ($b->package('--destroy'))[0], @{$row->('destruction')}{qw(state fault)}), '1 confirmed altered', 'a package that is not whole holds the act up';
$b->flip("$folders[1]/data/tables/mark.csv");

($status, $said) = $b->package('--destroy');
is $status . $row->('destruction')->{state} . $row->('destruction')->{fault}, '0done', 'the act is carried out' or diag $said;
is $t->value(q{SELECT concat_ws(' ', (SELECT count(*) FROM ej.mark_2026 WHERE school_id = 1), (SELECT count(*) FROM ej.lesson_2026 WHERE school_id = 1), (SELECT count(*) FROM ej.work_2026 WHERE school_id = 1),
    (SELECT count(*) FROM ej.attendance_2026 WHERE school_id = 1), (SELECT count(*) FROM ej.homework_2026 WHERE school_id = 1), (SELECT count(*) FROM ej.correction c JOIN ej.teaching t ON t.id = c.teaching_id WHERE t.year = 2026 AND t.school_id = 1))}), '0 0 0 0 0 0', 'the rows of the journals have gone';
is $t->value(q{SELECT count(*) FROM ej.history WHERE school_id = 1 AND table_name IN ('mark', 'lesson', 'attendance', 'homework', 'work') AND key_id / 10000000000 = 2026}), 0, 'and their history';
is $t->value($others), $before, 'nothing else has: other years and schools, term marks, pupils';
for my $table (sort keys %known) {
    is $t->value("SELECT rows || ' ' || encode(sha256, 'hex') FROM ej.destruction_part WHERE name = ?", $table), $known{$table}, "the act tells of $table what went";
}
is unpack('H*', $row->('destruction')->{package_sha256}), $old, 'it has the digest of the package';
is $c{director}->get('/retention')->count("//act[\@act_id='$act']/part"), $t->value('SELECT count(*) FROM ej.destruction_part'), 'the page shows all of it';
is join(' | ', grep { !/no day after|before the first seal/ } @{$db->selectcol_arrayref('SELECT f FROM ej.seal_faults() AS f')}), '', 'the seals of the history are whole: what went by the act is no fault';
is $t->value(q{SELECT count(*) FROM pg_trigger WHERE tgrelid IN ('ej.mark_2026'::regclass, 'ej.correction'::regclass) AND tgenabled = 'D'}), 0, 'the rules hold again';

# The package has the sheets alone, in both copies, whole.
is `diff -r '$folders[0]' '$folders[1]'; cd '$folders[0]' && sha256sum -c --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt 2>&1; ls data`, "destroyed-sha256.txt\nforms\nindex.html\n", 'the sheets stay';
is sha256_hex($text->("$folders[0]/data/destroyed-sha256.txt")), $old, 'with the digests of all files that went';
is unpack('H*', $row->('package')->{sha256}), sha256_hex($text->("$folders[0]/manifest-sha256.txt")), 'the register knows what is left';
is(($b->package('--check'))[0] . $row->('package')->{state}, '0made', 'which is read again each month');

# ------------------------------------------------------------- in between --

# As if the server had stopped after the rows had gone: the folders are the old ones, one of them half.
$db->do(q{UPDATE ej.destruction SET state = 'emptied', done_at = NULL});
system('rm', '-r', $folders[1]);
is(($b->package('--destroy'))[0] . $row->('destruction')->{state} . `diff -r '$folders[0]' '$folders[1]'`, '0done', 'what was begun is carried on');

# ------------------------------------------------------------- the sheets --

is refused($c{director}->post('/retention', @order[0 .. 3], kind => 'sheet', @order[6 .. 11])), '409 JE290:act_no', 'the sheets are kept longer';
$replica->(q{UPDATE ej.school SET today_fixed = '2052-01-10' WHERE id = 1});
is $c{director}->post('/retention', @order[0 .. 3], kind => 'sheet', act_no => '9', @order[8 .. 11])->status, 303, 'then they are due, too';
$act = $row->('destruction')->{id};
is join(' ', map { $confirm->($_) } qw(administrator director)), '303 303', 'both confirm';
is join(' ', ($b->package('--destroy'))[0], $row->('destruction')->{state}, $row->('package')->{state}, (grep { -e } @folders), $t->value(q{SELECT count(*) FROM ej.term_mark m JOIN ej.term e ON e.id = m.term_id JOIN ej.term_plan p ON p.id = e.term_plan_id WHERE p.year = 2026 AND m.school_id = 1})),
    '0 done destroyed 0', 'nothing of the year is left but its acts';
done_testing;
