#!/usr/bin/perl
# packages.t: closing a year for good: who reads the list and orders a package, when, and until when the order is taken
# back; ejournal-package makes it from a verified backup: a browser and sha256sum read it, its printed journals are
# those of the journal byte for byte, its rows those of the database; planted damage of each kind is found.
use lib 'tests/lib';
use EJ::Test qw(refused);
use EJ::Backup ();
use Encode qw(decode_utf8);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy archivist teacher class-teacher parent);
sub statuses { my ($method, $who, @form) = @_; return join ' ', map { $c{$_}->$method('/packages', @form)->status } split ' ', $who }
# The year of the seed, ended early.
my $end = sub { $db->do(qq{SET session_replication_role = replica; UPDATE ej.school_year SET during = daterange(lower(during), '$_[0]') WHERE school_id = 1; SET session_replication_role = DEFAULT}) };
$end->('2026-11-20');
my @order = (step => 'order', year => 2026, order_no => '71-к', order_on => '2026-11-19');

# --------------------------------------------------------------------- the order --

is statuses(get => 'administrator director deputy archivist'), '200 200 200 200', 'the heads and the archivist read the list';
is statuses(get => 'teacher class-teacher parent'), '404 404 404', 'nobody else does';
is statuses('post', 'administrator archivist teacher parent', @order), '404 404 404 404', 'only director and deputy seal a year';
my $r = $c{director}->get('/packages');
is $r->xpath('concat(//year/@year, " ", //year/@journals, " ", //year/@open, " ", //year/@is_over)'),
    $t->value(q{SELECT concat_ws(' ', 2026, count(*), count(*) FILTER (WHERE closed_at IS NULL), 1) FROM ej.journal j JOIN ej.teaching t ON t.id = j.teaching_id WHERE t.school_id = 1 AND t.year = 2026}), 'the list tells what is open';
is refused($c{director}->post('/packages', @order)), '409 JE298:year', 'a year with open journals is not sealed';
$db->do(q{UPDATE ej.journal SET closed_at = now(), order_no = '62-к', reason = 'конец года' WHERE closed_at IS NULL AND school_id = 1});
$end->('2026-11-21');
is refused($c{director}->post('/packages', @order)), '409 JE298:year', 'nor one that is not over';
$end->('2026-11-20');
is refused($c{director}->post('/packages', step => 'order', year => 2031, order_no => '71-к', order_on => '2026-11-19')), '422 JE102:year', 'nor one that the school does not have';
is refused($c{director}->post('/packages', step => 'order', year => 2026, order_no => '', order_on => '2026-11-19')), '422 JE101:order_no', 'nor without an order';
is statuses('post', 'deputy director', @order), '303 303', 'a closed year is sealed; once more changes nothing';
is $t->value(q{SELECT count(*) || min(state) || min(made_by) FROM ej.package}) =~ /^1ordered\w/ ? 'ok' : 'no', 'ok', 'that is one order, in the name of who gave it';
is statuses('post', 'deputy', step => 'withdraw', year => 2026), '303', 'before the package is there the order is taken back';
is $c{deputy}->get('/packages')->count('//year[@state]'), 0, 'and the year is open again';
is statuses('post', 'director', @order), '303', 'sealed anew';

# ------------------------------------------------------------------ the sealed year --

# Whoever tries, with whatever statement (rules of the table itself come first): the triggers hold for the owner of the tables, too.
my %rows = (mark => 'work_id / 10000000000 = 2026', attendance => 'lesson_id / 10000000000 = 2026', homework => 'true', work => 'true', journal => 'true', term_mark => 'true', class => 'year = 2026',
    term => 'true', term_plan => 'true', teaching => 'true', study_group => 'true', enrolment => 'true', membership => 'true', school_year => 'true', lesson => 'true');
sub tried { my ($sql) = @_; return eval { $db->begin_work; $db->do($sql); $db->rollback; 1 } ? 'done' : do { my $state = $db->state; $db->rollback; $state } }
my @through;
for my $table (sort keys %rows) {
    my $one = "(SELECT ctid, tableoid FROM ej.$table WHERE school_id = 1 AND $rows{$table} LIMIT 1)";
    for my $sql ("UPDATE ej.$table SET school_id = school_id WHERE (ctid, tableoid) IN $one", "INSERT INTO ej.$table OVERRIDING SYSTEM VALUE SELECT x.* FROM ej.$table x WHERE (ctid, tableoid) IN $one", "DELETE FROM ej.$table WHERE (ctid, tableoid) IN $one") {
        my $said = tried($sql);
        push @through, "$table: $said" if $said eq 'done';
        push @through, "$table: $said $sql" if $sql =~ /^UPDATE/ && $said !~ /^JE(?:297|201|207|171)$/;
    }
}
is "@through", '', 'no row of a sealed year is changed, added or removed';
is $t->value('SELECT count(*) > 14 FROM ej.history WHERE school_id = 1'), 1, 'of a year that has records';
# A year after, with a term and an hour of the timetable.
$db->do($_) for split /;\n/, <<'END';
SET session_replication_role = replica;
CREATE TEMP TABLE later AS SELECT t.id AS teaching_id, t.study_group_id, t.subject_id, m.id AS term_id, m.term_plan_id FROM ej.teaching t, ej.term m JOIN ej.term_plan p ON p.id = m.term_plan_id WHERE t.school_id = 1 AND t.year = 2026 AND m.school_id = 1 AND p.year = 2026 ORDER BY t.id, m.id LIMIT 1;
INSERT INTO ej.term_plan SELECT (jsonb_populate_record(p, '{"id": 900001, "year": 2027}')).* FROM ej.term_plan p WHERE id = (SELECT term_plan_id FROM later);
INSERT INTO ej.term (id, term_plan_id, school_id, kind, ordinal, name, during) SELECT 900002, 900001, school_id, kind, 9, 'Ещё одна', daterange('2027-09-01', '2027-10-01') FROM ej.term WHERE id = (SELECT term_id FROM later);
INSERT INTO ej.study_group SELECT (jsonb_populate_record(g, '{"id": 900003, "year": 2027}')).* FROM ej.study_group g WHERE id = (SELECT study_group_id FROM later);
INSERT INTO ej.teaching SELECT (jsonb_populate_record(t, '{"id": 900004, "year": 2027, "study_group_id": 900003}')).* FROM ej.teaching t WHERE id = (SELECT teaching_id FROM later);
INSERT INTO ej.timetable SELECT (jsonb_populate_record(x, '{"id": 900005, "teaching_id": 900004}')).* FROM ej.timetable x WHERE school_id = 1 LIMIT 1;
SET session_replication_role = DEFAULT
END
# (here the rules of the tables themselves are silent, which refuse some of it before)
my %into = (term => 'term_plan_id = (SELECT term_plan_id FROM later) WHERE id = 900002', timetable => 'teaching_id = (SELECT teaching_id FROM later) WHERE id = 900005',
    teaching => 'year = 2026 WHERE id = 900004');
my $silent = sub { join '; ', @{$db->selectcol_arrayref(q{SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger WHERE tgrelid = ?::regclass AND NOT tgisinternal AND tgname NOT LIKE 'watched%'}, undef, "ej.$_[0]")}, 'SELECT' };
is join(' ', map { tried($silent->($_) . "; UPDATE ej.$_ SET $into{$_}") } sort keys %into), 'JE297 JE297 JE297', 'nor is a row of another year moved into it';
$db->do('SET session_replication_role = replica');
$db->do("DELETE FROM ej.$_ WHERE id >= 900001 AND id < 900010") for qw(timetable teaching study_group term term_plan);
$db->do('SET session_replication_role = DEFAULT');
for my $role (qw(ej_web ej_job ej_owner)) {
    like tried("SET LOCAL ROLE $role; UPDATE ej.package SET state = 'withdrawn'"), $role eq 'ej_owner' ? qr/done/ : qr/^42501$/, "$role and the seal";
}
my ($class_id, $journal) = $db->selectrow_array(q{SELECT c.id, j.id FROM ej.class c JOIN ej.study_group_class g ON g.class_id = c.id JOIN ej.teaching t ON t.study_group_id = g.study_group_id JOIN ej.journal j ON j.teaching_id = t.id JOIN ej.term e ON e.id = j.term_id WHERE c.name = '7Б' AND c.school_id = 1 AND e.kind = 'year' ORDER BY j.id LIMIT 1});
my $name = $t->value('SELECT e.name FROM ej.journal j JOIN ej.term e ON e.id = j.term_id WHERE j.id = ?', $journal);
like refused($c{deputy}->post("/closing/classes/$class_id", name => $name, journal_id => $journal, action => 'open', order_no => '99-к', order_on => '2026-11-20', reason => 'ошибка')), qr/^409 JE297/, 'a journal of it is not opened';
is $c{deputy}->get("/journals/$journal")->status, 200, 'its journals are read as before (ACC-15)';

# ----------------------------------------------------------------------- making --

my $b = EJ::Backup->new($t);
SKIP: {
    skip $b->{missing}, 1 if $b->{missing};
    $db->do('DELETE FROM ej.backup');
    my $row = sub { $db->selectrow_hashref('SELECT * FROM ej.package') };
    is(($b->package)[0] . $row->()->{state}, '0ordered', 'without a backup after the order nothing is made');
    my ($status, $said) = $b->backup;
    is $status, 0, 'a backup is made' or diag $said;
    ($status, $said) = $b->package;
    is $status, 0, 'the package is made' or diag $said;
    my $made = $row->();
    is "$made->{state}$made->{fault}$made->{detail}", 'made', 'and entered';
    my @folders = map { $made->{$_} =~ s/^[^:]*://r } qw(copy1 copy2);
    isnt((stat $folders[0])[0], (stat $folders[1])[0], 'its copies are on two devices');
    is `cd '$folders[0]' && sha256sum -c --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt 2>&1; diff -r '$folders[0]' '$folders[1]'`, '', 'sha256sum finds both whole';
    is unpack('H*', $made->{sha256}), (split ' ', `sha256sum '$folders[0]/manifest-sha256.txt'`)[0], 'the register has the digest of the manifest';
    is $made->{files}, 0 + `find '$folders[0]' -type f | wc -l`, 'and the number of files';
    is `head -n 1 '$folders[0]/bagit.txt'`, "BagIt-Version: 1.0\n", 'it is a BagIt';
    like `cat '$folders[0]/bag-info.txt'`, qr/^Payload-Oxum: \d+\.\d+$/m, 'with its sums';
    my $data = "$folders[0]/data";
    my $text = sub { open my $in, '<:raw', "$data/$_[0]" or return "no $_[0]"; local $/; <$in> };

    # Every link leads to a file of the package, and nothing to the network.
    my @pages = ('index.html', 'dictionary.html', map {s{^\Q$data\E/}{}r} glob "$data/{books,forms}/*.html");
    my (@lost, %linked);
    for my $page (@pages) {
        my $html = $text->($page);
        push @lost, "$page: $1" while $html =~ /((?:src|href)=["']?(?:https?:|\/\/|\/)[^"'> ]*|url\((?!["']?(?:data:|#))[^)]*|<script|<link(?! rel="stylesheet" href="style.css"))/g;
        next if $page =~ /^(?:books|dictionary)/;
        for my $link ($html =~ /href="([^"#]+)"/g) {
            my $file = ($page =~ /^forms/ ? "forms/$link" : $link) =~ s{^forms/\.\./}{}r;
            -e "$data/$file" ? $linked{$file}++ : push @lost, "$page: $link";
        }
    }
    is "@lost[0 .. ($#lost > 3 ? 3 : $#lost)]", '', 'every link of its pages leads to a file of the package';
    is join(' ', grep { !$linked{$_} && !m{^files/|^index} } split /\n/, `cd '$data' && find . -type f | sed 's,^./,,' | sort`), 'schema/common.rng', 'and every file is reached, but what a schema includes';

    # The printed journals are those of the journal; so are the XML of journals.
    my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
    $b->spill("$b->{dir}/book.zip", $c{director}->get("/classes/$class/book/archive")->bytes);
    is `unzip -p '$b->{dir}/book.zip' '*.html' | cmp - '$data/books/class-$class.html' 2>&1`, '', 'a printed class journal is that of the journal byte for byte';
    my $journals = $db->selectcol_arrayref('SELECT j.id FROM ej.journal j JOIN ej.teaching t ON t.id = j.teaching_id WHERE t.school_id = 1 AND t.year = 2026');
    is join(' ', sort map {m{(\d+)\.xml$}} glob "$data/journals/*.xml"), join(' ', sort @$journals), 'each journal is there as XML';
    is `xmllint --noout --relaxng '$data/schema/journal.rng' $data/journals/*.xml 2>&1 | grep -v validates`, '', 'which its schema finds right';

    # The tables, read by another program: Perl's own CSV of the file against the rows.
    my $lines = sub { my $csv = $text->("tables/$_[0].csv"); $csv =~ s/"(?:[^"]|"")*"/x/g; return ($csv =~ tr/\n//) - 1 };
    for my $q ([mark => 'ej.mark_2026 WHERE school_id = 1'], [lesson => 'ej.lesson_2026 WHERE school_id = 1'], [pupil => 'ej.pupil WHERE school_id = 1'], [attendance => 'ej.attendance_2026 WHERE school_id = 1'],
        [term => 'ej.term WHERE term_plan_id IN (SELECT id FROM ej.term_plan WHERE school_id = 1 AND year = 2026)'], [staff => 'ej.staff WHERE school_id = 1'], [class => 'ej.class WHERE school_id = 1 AND year = 2026']) {
        is $lines->($q->[0]), $t->value("SELECT count(*) FROM $q->[1]"), "every row of $q->[0] is there, none of others";
    }
    is join(' ', grep { -e "$data/tables/$_.csv" } qw(account session message conversation participant notice activation factor)), '', 'log-ins and conversations are not';
    unlike $text->('tables/history.csv'), qr/ejournal-proof|ejournal-pack/, 'nor what the making itself wrote';
    like decode_utf8($text->('dictionary.csv')), qr/^mark,отметка,value,text,t,"",отметка$/m, 'the dictionary says what a column is';
    is $t->value(q{SELECT count(*) FROM ej.account WHERE login LIKE 'ejournal-%'}), 0, 'nothing was written in the journal itself';

    # --------------------------------------------------------------------- damage --
    my $bad = "$b->{dir}/altered";
    my $damaged = sub {
        my ($what, $do) = @_;
        $b->fresh_copy($folders[0]);
        $do->();
        $b->give($bad);
        my ($code, $told) = $b->run_bare('ejournal-package', '--test', $bad);
        is $code . ($told =~ /^whole/m ? ' whole' : ''), 1, "$what is found" or diag $told;
    };
    is(($b->run_bare('ejournal-package', '--test', $folders[0]))[1], "whole $folders[0]\n", 'a whole package is called whole, without a database');
    $damaged->('a flipped bit', sub { $b->flip("$bad/data/tables/mark.csv") });
    $damaged->('a file too few', sub { unlink "$bad/data/index.html" });
    $damaged->('a file too many', sub { $b->spill("$bad/data/more", 'x') });
    $damaged->('a missing manifest', sub { unlink "$bad/manifest-sha256.txt" });
    $damaged->('an altered bag-info', sub { system("echo x >>'$bad/bag-info.txt'") });
    my $anew = "sha256sum bag-info.txt bagit.txt manifest-sha256.txt >tagmanifest-sha256.txt";
    $damaged->('a name that leads out', sub { $b->spill("$b->{dir}/x", 'x'); system("cd '$bad' && sha256sum data/../../x >>manifest-sha256.txt; $anew") });
    $damaged->('an absolute name', sub { system("cd '$bad' && sha256sum /etc/passwd >>manifest-sha256.txt; $anew") });
    $damaged->('a link instead of a file', sub { system("cd '$bad/data' && rm index.html && ln -s dictionary.html index.html") });
    $damaged->('a line twice', sub { system("cd '$bad' && head -n 1 manifest-sha256.txt >x && cat x >>manifest-sha256.txt && rm x; $anew") });

    # A bad copy is made anew from the good one; where both are bad, that is told.
    my $differ = sub { return `diff -rq '$folders[0]' '$folders[1]'` };
    $b->flip("$folders[0]/data/tables/mark.csv");
    system('rm', '-r', "$folders[1].kept") if -e "$folders[1].kept";
    ($status, $said) = $b->package('--check');
    is $status . $differ->() . $row->()->{remade}, '01', 'a bad copy is made anew from the good one' or diag $said;
    system("cd '$folders[1]' && echo x >>manifest-sha256.txt");
    is(($b->package('--check'))[0] . $differ->() . $row->()->{remade}, '02', 'so is the other, whatever was altered');
    $b->flip("$_/data/tables/mark.csv") for @folders;
    is(($b->package('--check'))[0] . join(' ', @{$row->()}{qw(state fault)}), '1damaged altered', 'two bad ones are told');
    $b->flip("$folders[1]/data/tables/mark.csv");
    is(($b->package('--check'))[0] . $row->()->{state}, '0made', 'until one is right again');

    # ------------------------------------------------------------------- signature --
    my $cms = sub { my ($name, $alg, $md, @engine) = @_; my $d = $b->{dir};
        return system("cd '$d' && openssl req -x509 @engine -newkey $alg -nodes -keyout $name.key -out $name.pem -subj '/CN=School 92 $name' -days 30 >/dev/null 2>&1 &&
            openssl cms -sign @engine -binary -in '$folders[0]/manifest-sha256.txt' -signer $name.pem -inkey $name.key -md $md -outform DER -out $name.p7s >/dev/null 2>&1 && chmod a+r $name.pem") == 0 };
    my $send = sub { my ($who, $file) = @_; return $c{$who}->upload('/packages', [['file', 'manifest-sha256.txt.p7s', do { open my $in, '<:raw', $file or die $file; local $/; <$in> }]], step => 'sign', signed_year => 2026) };
    my $judged = sub { my (%conf) = @_; my $code = ($b->package({%conf}, '--check'))[0]; return join ' ', $code, $t->value('SELECT state FROM ej.package_signature') };
    ok $cms->('rsa', 'rsa:2048', 'sha256'), 'the manifest is signed elsewhere';
    is $send->('archivist', "$b->{dir}/rsa.p7s")->status, 404, 'director and deputy send the signature';
    $b->spill("$b->{dir}/long.p7s", "\x30" . 'x' x 65536);
    is refused($send->('deputy', "$b->{dir}/long.p7s")), '422 JE131:file', 'no more than 64 KB';
    $b->spill("$b->{dir}/text.p7s", 'no signature at all ' x 9);
    is refused($send->('deputy', "$b->{dir}/text.p7s")), '422 JE131:file', 'nothing else than a signature';
    is join(' ', map { $send->($_, "$b->{dir}/rsa.p7s")->status } qw(deputy director)), '303 303', 'and it again';
    is $judged->(), '0 intact', 'it is right; its authority is not known';
    is $t->value('SELECT signer FROM ej.package_signature'), 'CN=School 92 rsa', 'who signed is told';
    is `cmp '$b->{dir}/rsa.p7s' '$folders[0]/manifest-sha256.txt.p7s' 2>&1; diff -r '$folders[0]' '$folders[1]' 2>&1`, '', 'it lies beside both copies';
    is $judged->(signature_ca => "$b->{dir}/rsa.pem"), '0 good', 'with its authority it is good';
    is(($b->run_bare('ejournal-package', '--test', $folders[0]))[0], 0, 'the package is whole with it');
    $db->do(q{UPDATE ej.package_signature SET data = set_byte(data, length(data) - 5, get_byte(data, length(data) - 5) # 1)});
    is $judged->(), '0 altered', 'a signature of something else is told';
    $b->spill("$b->{dir}/bad.p7s", "\x30" . 'x' x 200);
    is $send->('deputy', "$b->{dir}/bad.p7s")->status . ' ' . $judged->(), '303 0 broken', 'so is what only looks like one';
    $cms->('other', 'rsa:2048', 'sha256');
    is $send->('deputy', "$b->{dir}/rsa.p7s")->status, 303, 'the right one is sent again';
    my $read = $t->value(q{SELECT encode(sha256(data), 'hex') FROM ej.package_signature});
    is $send->('deputy', "$b->{dir}/bad.p7s")->status, 303, 'and another one while it is being checked';
    $db->do(q{SELECT ej.package_signed(package_id, decode(?, 'hex'), 'good', 'CN=School 92 rsa', '') FROM ej.package_signature}, undef, $read);
    is $t->value('SELECT state || signer FROM ej.package_signature'), 'sent', 'which does not get what was found of the first';
    is $send->('deputy', "$b->{dir}/other.p7s")->status . ' ' . $judged->(signature_ca => "$b->{dir}/rsa.pem"), '303 0 untrusted', 'and an authority that is not trusted';
    SKIP: {
        skip 'libengine-gost-openssl is not installed', 3 if system('openssl engine gost >/dev/null 2>&1') || !$cms->('gost', 'gost2012_256 -pkeyopt paramset:A', 'md_gost12_256', '-engine gost');
        is $send->('deputy', "$b->{dir}/gost.p7s")->status . ' ' . $judged->(signature_ca => "$b->{dir}/gost.pem"), '303 0 good', 'GOST is checked by the engine';
        is $judged->(gost => 'off'), '0 unchecked', 'without it: that it cannot be checked, and not that it is wrong';
        like $c{deputy}->get('/packages', html => 1)->content, qr/проверить нечем/, 'which the page says plainly';
    }
    unlink map { "$_/manifest-sha256.txt.p7s" } @folders;
    $db->do('DELETE FROM ej.package_signature');

    # ------------------------------------------------------------ nothing half done --
    $db->do(q{UPDATE ej.package SET state = 'running'});
    my $pid = $b->start('ejournal-package');
    ok $t->wait_for(120, sub { -d "$b->{copy1}/packages/.part-$made->{id}/data/tables" }), 'a package is being made';
    kill 'KILL', $pid;
    waitpid $pid, 0;
    ok $t->wait_for(60, sub { system('flock', '-n', "$b->{copy1}/packages/lock", 'true') == 0 }), 'what a killed one had started ends by itself';
    is $row->()->{state} . $differ->(), 'running', 'it is not called made, and the folders are as they were';
    is(($b->package)[0] . $row->()->{state} . $differ->(), '0made', 'the next run makes it from the beginning');
    is $b->parts("$b->{copy1}/packages", "$b->{copy2}/packages"), '', 'the half is gone';
    $db->do(q{UPDATE ej.package SET state = 'running'});
    is(($b->package({copy2 => "$b->{dir}/second"}))[0] . join(' ', @{$row->()}{qw(fault)}), '1device', 'two folders on one device are refused');
    is refused($c{director}->post('/packages', step => 'withdraw', year => 2026)), '409 JE299:year', 'a year whose package is made stays sealed';
}
done_testing;
