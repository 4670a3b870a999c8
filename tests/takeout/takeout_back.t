#!/usr/bin/perl
# takeout_back.t: ejournal-school --out writes a whole school into one file, --from makes it anew in another journal
# (INT-05): equal row by row but for the numbers, the neighbours untouched; whatever is wrong with a file is refused in
# words, and nothing is changed.
use lib 'tests/lib';
use EJ::Test;
use EJ::Takeout qw(run_school unpacked);
use Archive::Zip qw(:ERROR_CODES);
use Digest::SHA ();
use File::Temp ();

my $t  = EJ::Test->new(start => 0, today => '2026-11-20');
my $db = $t->db;
my $postgres = $t->postgres;
my $dir  = File::Temp::tempdir('eoXXXXXX', TMPDIR => 1, CLEANUP => 1);
my $there = $t->database . '_there';

# Rows of tables that the test seed leaves empty, and some that refer to others without a foreign key.
$postgres->psql($t->database, '-f', 'tests/lib/rows.sql');
$db->do($_) for split /;\n/, <<'END';
SET session_replication_role = replica;
SELECT set_config('ej.year', '2026', false);
INSERT INTO ej.duplicate (school_id, kind, kept_id, gone_id, name) SELECT 1, 'pupils', min(id), max(id), 'Двойник' FROM ej.pupil WHERE school_id = 1;
INSERT INTO ej.conversation (id, school_id, kind) VALUES (700, 1, 'direct');
INSERT INTO ej.message (conversation_id, school_id, person_id, text) SELECT 700, 1, person_id, E'Строка "в кавычках",\nвторая; \\x' FROM ej.staff WHERE school_id = 1 LIMIT 2;
INSERT INTO ej.participant (conversation_id, person_id, school_id, role, read_id) SELECT 700, m.person_id, 1, 'staff', m.id FROM ej.message AS m WHERE m.conversation_id = 700;
UPDATE ej.conversation SET last_id = (SELECT max(id) FROM ej.message WHERE conversation_id = 700) WHERE id = 700;
INSERT INTO ej.correction (school_id, teaching_id, journal_id, kind, column_id, pupil_id, old_value, new_value, reason, staff_id) SELECT 1, j.teaching_id, j.id, 'term_mark', j.term_id, (SELECT min(id) FROM ej.pupil WHERE school_id = 1), '4', '5', 'Описка', (SELECT min(id) FROM ej.staff WHERE school_id = 1) FROM ej.journal AS j WHERE school_id = 1 LIMIT 1;
INSERT INTO ej.correction (school_id, teaching_id, journal_id, kind, column_id, pupil_id, old_value, new_value, reason, staff_id) SELECT 1, m.teaching_id, w.journal_id, 'mark', m.work_id, m.pupil_id, '4', '5', 'Описка', m.staff_id FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id WHERE m.school_id = 1 LIMIT 1;
INSERT INTO ej.incident (id, school_id, person_id, person_name, reporter, learned_at) SELECT 70, 1, min(person_id), 'Иванова', 'Петрова', now() FROM ej.staff WHERE school_id = 1;
INSERT INTO ej.voiding (id, school_id, incident_id, basis, staff_id) SELECT 60, 1, 70, 'law', min(id) FROM ej.staff WHERE school_id = 1;
UPDATE ej.history SET void_id = 60 WHERE id IN (SELECT id FROM ej.history WHERE school_id = 1 AND table_name = 'mark' LIMIT 3);
UPDATE ej.voiding SET ids_sha256 = ej.void_digest(ARRAY(SELECT id FROM ej.history WHERE void_id = 60)) WHERE id = 60;
INSERT INTO ej.notice (school_id, kind, pupil_id, fact_key) SELECT 1, 'mark', h.pupil_id, h.key_id || '-' || h.id FROM ej.history AS h WHERE h.void_id = 60 LIMIT 1;
INSERT INTO ej.contact (person_id, channel, address, secret) SELECT person_id, 'email', 'a' || id || '@example.org', 'f00dfeedf00d' FROM ej.guardian WHERE school_id = 1 LIMIT 2;
INSERT INTO ej.file (id, school_id, name, size) VALUES (80, 1, 'приказ.pdf', 3);
INSERT INTO ej.file_piece (school_id, file_id, n, data) VALUES (1, 80, 1, '\x00ff0a');
SET session_replication_role = DEFAULT
END
my ($name) = $db->selectrow_array('SELECT name FROM ej.school WHERE id = 1');

# The other journal has schools of its own, the same log-ins, and its numbers are elsewhere.
$postgres->copy($there, 'ej_test');
my $other = $t->_connect($there, 'postgres');
$other->do($_) for split /;\n/, <<'END';
SET session_replication_role = replica;
UPDATE ej.school SET name = name || ' (другая)';
SELECT setval(s.oid::regclass, coalesce(pg_sequence_last_value(s.oid), 1) + 1000 + 37 * row_number() OVER (ORDER BY s.relname)) FROM pg_class AS s WHERE s.relkind = 'S' AND s.relnamespace = 'ej'::regnamespace;
SET session_replication_role = DEFAULT
END
$other->do(<<'SQL');
CREATE FUNCTION pg_temp.lines(school bigint) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE t record;
BEGIN
    FOR t IN SELECT x.query FROM ej.takeout_tables() AS x LOOP
        RETURN QUERY EXECUTE format('SELECT l.file || l.line FROM (%s) AS l(file, line)', t.query) USING school;
    END LOOP;
END
$$
SQL
my $state = sub { join ' ', map { $other->selectrow_array('SELECT md5(string_agg(l, chr(10))) FROM pg_temp.lines(?) AS l', undef, $_) } 1, 2 };
my $neighbours = $state->();

# ------------------------------------------------------------------ out and back --

my ($code, $said) = run_school($postgres, $t->database, '--out', "$dir/a.zip", '--name', $name);
is $code, 0, 'ejournal-school --out writes a file' or diag $said;
my %a = unpacked("$dir/a.zip");
is_deeply [sort grep { !m{^tables/} } keys %a], [qw(SHA256SUMS about.csv dictionary.csv manifest.csv)], 'of tables, their dictionary, a manifest and digests';
is sums_of(%a), '', 'the digests are those of sha256sum';
my %rows = map { $_ => rows($a{$_}) } grep {m{^tables/}} keys %a;
my $manifest = {map { @$_{qw(file rows)} } @{rows($a{'manifest.csv'})}};
is_deeply {map { $_ => scalar @{$rows{$_}} } keys %rows}, {map { $_ => $manifest->{$_} } keys %rows}, 'the manifest has the number of rows of each';
my %count = map { my $r = $_; my $of = $r =~ s{tables/(.*)\.csv}{$1}r; ($of => $db->selectrow_array("SELECT count(*) FROM ej.$of WHERE school_id = 1")) }
    grep { exists $rows{$_}[0] && exists $rows{$_}[0]{school_id} && $_ ne 'tables/outbound.csv' } keys %rows;
is_deeply {map { $_ => scalar @{$rows{"tables/$_.csv"}} } keys %count}, \%count, 'and all rows of the school are in the file';
my $everything = join '', map { $a{$_} } sort keys %a;
is scalar(grep { exists $_->{school_id} && $_->{school_id} ne '1' } map {@$_} values %rows), 0, 'no row of another school is';
my @others = map {@$_} @{$db->selectall_arrayref('SELECT surname || chr(44) FROM ej.pupil WHERE school_id = 2 AND surname NOT IN (SELECT surname FROM ej.pupil WHERE school_id = 1 UNION SELECT surname FROM ej.staff WHERE school_id = 1 UNION SELECT surname FROM ej.guardian WHERE school_id = 1)')};
is scalar(grep { index($everything, $_) >= 0 } @others), 0, 'nor the name of a pupil of another school';
unlike $everything, qr/\$y\$|\$6\$|f00dfeedf00d/, 'no digest of a password and no secret left';
is $db->selectrow_array(q{SELECT count(*) FROM ej.takeout WHERE school_id = 1 AND staff_id IS NULL AND encode(sha256, 'hex') = ?}, undef, Digest::SHA::sha256_hex($a{SHA256SUMS})) , 1,
    'the register has the take-out with the digest of its list';

($code, $said) = run_school($postgres, $there, '--from', "$dir/a.zip");
is $code, 0, 'ejournal-school --from makes the school anew' or diag $said;
like $said, qr/^log-in director is now director-2$/m, 'a log-in that is taken here gets a number';
my ($new_code) = $said =~ /^([A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5})$/m;
is $other->selectrow_array('SELECT count(*) FROM ej.activation_by_code(ARRAY[ej.code_sha256(?)], NULL)', undef, $new_code), 1, 'the administrator gets a code';
is $state->(), $neighbours, 'no row of the other schools is changed';
is join(' ', @{$other->selectcol_arrayref('SELECT f FROM ej.seal_faults() AS f WHERE f LIKE ?', undef, '%history%')}), '', 'the history that came is vouched for';

my ($back) = $other->selectrow_array('SELECT id FROM ej.school WHERE name = ?', undef, $name);
($code, $said) = run_school($postgres, $there, '--out', "$dir/b.zip", '--name', $name);
my %b = unpacked("$dir/b.zip");
my %there = map { $_ => rows($b{$_}) } grep {m{^tables/}} keys %b;
# the entry of the arrival is the last row of the history
is((pop @{$there{'tables/history.csv'}})->{table_name}, 'arrival', 'the arrival is in the history');
$_->{login} =~ s/-2$// for @{$there{'tables/account.csv'}};
my %places = (here => places(\%rows), there => places(\%there));
my @different;
for my $table (sort keys %rows) {
    my @one = map { told($table, $_, $places{here}) } @{$rows{$table}};
    my @two = map { told($table, $_, $places{there}) } @{$there{$table}};
    push @different, map { ($one[$_] // '') eq ($two[$_] // '') ? () : "$table: " . ($one[$_] // '-') . "\n   " . ($two[$_] // '-') } 0 .. (@one > @two ? $#one : $#two);
}
is scalar(@different), 0, 'the school is equal row by row but for its numbers' or diag join "\n", @different[0 .. (@different > 5 ? 5 : $#different)];
is scalar(grep { $_->{school_id} && $_->{school_id} ne $back } map {@$_} values %there), 0, 'and has rows of its own alone';
cmp_ok scalar(grep {@$_} values %rows), '>', 100, 'of more than a hundred tables';
is $other->selectrow_array(q{SELECT count(*) FROM ej.account WHERE password = '$none$' AND login LIKE '%-2'}) > 0, 1, 'accounts that came have no password';

# --------------------------------------------------------------------- refused --

my $schools = sub { $other->selectrow_array('SELECT count(*) FROM ej.school') };
$other->do(q{UPDATE ej.school SET name = 'Прежняя' WHERE id = ?}, undef, $back);
my $before = $schools->();
my $refused = sub {
    my ($what, $words, %files) = @_;
    write_zip("$dir/bad.zip", %files) if %files;
    my ($code, $said) = run_school($postgres, $there, '--from', "$dir/bad.zip");
    like "$code $said", qr/^1 .*$words/s, "$what is refused in words";
};
write_file("$dir/bad.zip", 'not a file');
$refused->('what is no ZIP', 'is no ZIP file');
write_file("$dir/bad.zip", substr slurp("$dir/a.zip"), 0, 60_000);
$refused->('a file cut short', 'is no ZIP file, or is cut short');
$refused->('an altered file', 'was altered: tables/mark.csv', %a, 'tables/mark.csv' => $a{'tables/mark.csv'} =~ tr/45/54/r);
$refused->('a file without a table', 'incomplete', map { $_ eq 'tables/mark.csv' ? () : ($_ => $a{$_}) } keys %a);
$refused->('a name that leads out', 'does not belong there: \.\./', %a, '../evil.csv' => 'x');
$refused->('a bomb', 'another size', %a, 'tables/mark.csv' => 'x' x 5_000_000);
$refused->('a large bomb that says its size', 'more than 20 GB', sealed(%a, 'manifest.csv' => $a{'manifest.csv'} =~ s{(tables/mark.csv",\d+),\d+}{$1,900000000000}r, KEEP => 1));
$refused->('a file of another version', 'is of the schema 3, this journal has', sealed(%a, 'about.csv' => $a{'about.csv'} =~ s/"schema","\K\d+/3/r));
$refused->('a table that lacks rows', 'the file is incomplete: mark has', sealed(%a, 'tables/mark.csv' => $a{'tables/mark.csv'} =~ s/\n[^\n]*\n\z/\n/r));
$refused->('a reference to nothing', 'refers to what it does not have: 1 rows of mark', sealed(%a, 'tables/mark.csv' => $a{'tables/mark.csv'} =~ s/^(\d+),\d+,/$1,987654,/mr));
$refused->('a row of another school', 'rows of another school in room', sealed(%a, 'tables/room.csv' => $a{'tables/room.csv'} =~ s/^(\d+),1,/$1,2,/mr));
is $schools->(), $before, 'and none of them leaves anything behind';
is $state->(), $neighbours, 'in no school';

# ---------------------------------------------------------- people known there --

# A parent whom ЕСИА knows in both journals is one person; whoever has only the same name is not.
$db->do(q{INSERT INTO ej.account (person_id, login, password) SELECT g.person_id, 'esia-parent', '$y$x' FROM ej.guardian AS g WHERE g.school_id = 1 AND g.person_id NOT IN (SELECT person_id FROM ej.account) LIMIT 1});
$db->do(q{INSERT INTO ej.account_subject (way, subject, account_id) SELECT 'esia', '1000', id FROM ej.account WHERE login = 'esia-parent'});
$other->do(q{INSERT INTO ej.account_subject (way, subject, account_id) SELECT 'esia', '1000', a.id FROM ej.account AS a JOIN ej.guardian AS g USING (person_id) WHERE g.school_id = 2 ORDER BY a.id LIMIT 1});
my ($known) = $other->selectrow_array(q{SELECT a.person_id FROM ej.account AS a JOIN ej.account_subject AS s ON s.account_id = a.id WHERE s.subject = '1000'});
unlink "$dir/bad.zip";
run_school($postgres, $t->database, '--out', "$dir/bad.zip", '--name', $name);
$refused->('a school that came before, whatever its name is now,', 'this school is here already');
# A reference without a foreign key to a number that the file does not have: moved it would be that of the next pupil of
# any school here.
my %c = unpacked("$dir/bad.zip");
my ($gone) = $db->selectrow_array('SELECT gone_id FROM ej.duplicate WHERE school_id = 1');
is $c{'tables/duplicate.csv'} =~ s/,\K$gone(?=,)/$gone + 100_000/e, 1, 'a number is put beyond those of the file';
write_zip("$dir/bad.zip", sealed(%c));
$other->do(q{SET session_replication_role = replica});
$other->do(q{UPDATE ej.extract SET code_key = md5(id::text) WHERE school_id = ?}, undef, $back);
$other->do(q{UPDATE ej.api_client SET client_key = client_key || 1 WHERE school_id = ?}, undef, $back);
($code, $said) = run_school($postgres, $there, '--from', "$dir/bad.zip");
is $code, 0, 'a school with a known person comes' or diag $said;
is join(' ', @{$other->selectcol_arrayref('SELECT d.gone_id FROM ej.duplicate AS d JOIN ej.school AS s ON s.id = d.school_id WHERE s.name = ?', undef, $name)}), '0', 'and what its rows name that it does not have is nothing here';
is $other->selectrow_array('SELECT count(*) FROM ej.guardian AS g JOIN ej.school AS s ON s.id = g.school_id WHERE g.person_id = ? AND s.name = ?', undef, $known, $name), 1,
    'who has the same subject of another log-in is the same person';
is $other->selectrow_array(q{SELECT count(*) FROM ej.account WHERE login LIKE 'esia-parent%'}), 0, 'who keeps the account that is here';

$other->disconnect;
$postgres->psql('postgres', '-c', qq{DROP DATABASE "$there" WITH (FORCE)});
done_testing;

# ----------------------------------------------------------------------- parts --

sub write_zip {
    my ($file, %files) = @_;
    my $zip = Archive::Zip->new;
    # only the bomb is worth packing
    for my $name (sort keys %files) { $zip->addString($files{$name}, $name)->desiredCompressionMethod(length $files{$name} > 4_000_000 ? 8 : 0) }
    unlink $file;
    $zip->writeToFileNamed($file) == AZ_OK or die "$file\n";
}

# The files with the manifest's sizes and the digests made anew: who alters a file can do so, too.
sub sealed {
    my (%files) = @_;
    $files{'manifest.csv'} =~ s{^("([^"]+)",\d*),\d+}{"$1," . length $files{$2}}gme if !delete $files{KEEP};
    delete $files{SHA256SUMS};
    return (%files, SHA256SUMS => join '', map { Digest::SHA::sha256_hex($files{$_}) . "  $_\n" } sort keys %files);
}

# What sha256sum finds wrong.
sub sums_of {
    my (%files) = @_;
    my %sum = map { reverse split /  / } split /\n/, $files{SHA256SUMS};
    return join ' ', grep { $_ ne 'SHA256SUMS' && ($sum{$_} // '') ne Digest::SHA::sha256_hex($files{$_}) } sort keys %files;
}

# The rows of a CSV file (RFC 4180) as hashes; no value is undef, '' an empty text.
sub rows {
    my ($text) = @_;
    utf8::decode($text);
    my (@records, @row);
    while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^,"\n]*))(,|\n)/gc) {
        my ($quoted, $plain, $end) = ($1, $2, $3);
        push @row, defined $quoted ? $quoted =~ s/""/"/gr : length $plain ? $plain : undef;
        if ($end eq "\n") { push @records, [@row]; @row = () }
    }
    my $head = shift @records;
    return [map { my %row; @row{@$head} = @$_; \%row } @records];
}

# The place of each number in its table.
sub places {
    my ($rows) = @_;
    my %places;
    for my $table (keys %$rows) {
        my $n = 0;
        my ($of) = $table =~ m{/(\w+)\.csv};
        $places{$of} = {map { $_ => ++$n } sort { $a <=> $b } map { $_->{id} // () } @{$rows->{$table}}};
    }
    return \%places;
}

# The table that a column names, by the words that the school's tables use.
sub refers {
    my ($table, $column, $row) = @_;
    my %words = (kind_id => 'work_kind', form_id => 'work_kind', parent_id => 'term', replaces_id => 'extract', before_id => 'plan', from_class_id => 'class',
        due_lesson_id => 'lesson', instead_of_id => 'lesson', joined_id => 'lesson', term_scale_id => 'scale', asker_id => 'person', from_id => 'plan_row',
        last_id => 'message', left_id => 'message', void_id => 'voiding', open_school_id => 'school', open_pupil_id => 'pupil', addressee_id => 'staff',
        class_teacher_id => 'staff', map { $_ => 'staff' } qw(closed_by received_by confirmed_by approved_by));
    return $table if $column eq 'id' && $table ne 'staff_card';
    return 'staff' if "$table $column" eq 'staff_card id';
    return $table eq 'support' ? 'support_message' : 'message' if $column eq 'read_id';
    return $row->{kind} eq 'term_mark' ? 'term' : 'work' if $column eq 'column_id';
    return 'pupil' if $column =~ /^(kept|gone)_id$/; # the only kind of this test
    return undef if $column eq 'operation_id';
    return $words{$column} // ($column =~ /_staff_id$/ ? 'staff' : $column =~ /^(\w+)_id$/ ? $1 : undef);
}

# A row as a text in which each number of a row is the place of that row.
sub told {
    my ($table, $row, $places) = @_;
    my ($of) = $table =~ m{/(\w+)\.csv};
    my $place = sub { my ($in, $n) = @_; return !defined $n || $n eq '0' || $n eq '' ? $n // '-' : $in . '#' . ($places->{$in}{$n} // 'gone') };
    my %told = map { my $in = refers($of, $_, $row); ($_ => $in ? $place->($in, $row->{$_}) : $row->{$_} // '-') } keys %$row;
    delete $told{ids_sha256} if $of eq 'voiding';
    if ($of eq 'movement') { $told{written} =~ s/"(class|study_group)_id": (\d+)/"$1: " . $place->($1, $2)/ge }
    if ($of =~ /^notice/) {
        my %in = (mark => ['work', 'history'], map { $_ => [$_] } qw(accident announcement event));
        my $in = $in{$row->{kind}};
        $told{fact_key} =~ s/^(\d+)-(\d+)$/$place->($in->[0], $1) . '-' . $place->($in->[1], $2)/e || $told{fact_key} =~ s/^(\d+)/$place->($in->[0], $1)/e if $in;
    }
    if ($of eq 'history') {
        my $in = $row->{table_name};
        for my $side (qw(old new)) { $told{$side} =~ s/"(\w+(?:_id|_by))": (\d+)/"$1: " . $place->(refers($in, $1, {kind => ''}) \/\/ '?', $2)/ge }
        $told{row_key} = key_of($in, $row->{row_key}, $place);
    }
    return join ' ', map {"$_=$told{$_}"} sort keys %told;
}

# The key of a history row, by the table's own key in the dictionary.
sub key_of {
    my ($table, $key, $place) = @_;
    our $keys //= do {
        my %keys;
        push @{$keys{$_->{table}}}, $_->{column} for grep { $_->{is_key} eq 'true' && $_->{type} =~ /int/ } @{rows($a{'dictionary.csv'})};
        \%keys;
    };
    my @columns = $table eq 'activation' ? ('person_id') : $table eq 'factor' ? ('account_id') : @{$keys->{$table} // []};
    my @numbers = $key =~ /(\d+)/g;
    return join ' ', map { my $in = refers($table, $columns[$_], {kind => ''}); $in ? $place->($in, $numbers[$_]) : $numbers[$_] } 0 .. $#numbers;
}

sub slurp { open my $in, '<:raw', $_[0] or die "$_[0]: $!\n"; local $/; return scalar <$in> }
sub write_file { open my $to, '>:raw', $_[0] or die "$_[0]: $!\n"; print $to $_[1]; close $to }
