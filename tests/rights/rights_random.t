#!/usr/bin/perl
# rights_random.t: statements made at random from the catalogue, asked as each
# person by the web role, against a model of the matrix (tests/lib/matrix.tsv).
#
#   EJ_SEED=7 EJ_STATEMENTS=50000 perl tests/rights/rights_random.t
#
# What is made: EJ::Maker. What counts as a finding: EJ::Judge. What PostgreSQL
# cannot withhold, and what is told on purpose, stands in @known with its
# reason. At the end holes are made on purpose, and each must be found.
#   EJ_ONLY=mark (tables and functions), EJ_KIND=insert: only of that kind
#   EJ_SHOW=1: every statement and what came of it
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;
use EJ::Catalogue;
use EJ::Judge;
use EJ::Maker;
use EJ::Probe;

my $seed  = $ENV{EJ_SEED} // int(rand 1_000_000);
my $count = $ENV{EJ_STATEMENTS} // 5000;

# [kind of finding, its words, the statement, why it is no fault]
my @known = (
    [qr/exists/, qr/./, qr/^\s*EXPLAIN/m,
        'EXPLAIN cannot be withheld, and tells which parts of a plan were run (sql/README.md)'],
    [qr/change/, qr/^wrote pg_authid$/, qr/^\s*ALTER ROLE ej_web PASSWORD/m,
        'a role may always set its own password; pg_hba.conf lets ej_web in by peer alone'],
    [qr/change/, qr/^wrote pg_db_role_setting$/, qr/^\s*ALTER ROLE ej_web SET /m,
        'a role may always set its own defaults; ejournal-migrate reports them'],
    [qr/change/, qr/^wrote pg_(?:default_acl|shdepend)$/, qr/^\s*ALTER DEFAULT PRIVILEGES/m,
        'only for what ej_web will own, and it can own nothing'],
    [qr/exists/, qr/hidden:.*violates row-level security policy \(USING expression\)/, qr/^\s*MERGE /m,
        'MERGE refuses what UPDATE passes over in silence: a row that the person reads and may not change'],
    [qr/broken/, qr/^XX000/, qr/^\s*SELECT pg_catalog\./m, 'PostgreSQL\'s own functions call numbers that are none broken'],
    [qr/exists/, qr/^(?:\w+ )*(?:school|act)\b/, qr/ej\.public_\w+\(/, 'a school that has a page, and what it shows there, is known to everybody'],
    [qr/exists/, qr/^account\b/, qr/ej\.way_(?:add|remove)\(/, 'the administrator of a school may know the log-ins of the people whom that school alone knows'],
    [qr/exists/, qr/hidden:\s+\$y\$j9T\$[.\/\w]+\$\|0\|0\s+missing: \$y\$j9T\$[.\/\w]+\$\|0\|0$/, qr/ej\.login_begin/,
        'of a log-in that does not exist a salt is made up'],
    [qr/change/, qr/^INSERT request by ej_rule:.*"kind": "card_changed"/s, qr/ej\.request_report\(/,
        'a guardian reports changed data of a child to the class teacher'],
    (map { [qr/change/, qr/^INSERT notice(?:_for)? by ej_rule:.*"kind": "$_->[0]"/s, $_->[1], 'whoever writes a fact causes its notice (notices.pg)'] }
        ['unjustified', qr/\bej\.attendance\b|ej\.lesson_save/], ['accident', qr/\bej\.accident\b/], ['event(?:_cancelled)?', qr/\bej\.event(?:_class)?\b/],
        ['correction', qr/\bej\.(?:mark|correction)\b|ej\.(?:lesson_save|journal_save|correction_\w+)\(/], ['late_homework', qr/\bej\.homework\b|ej\.lesson_save/],
        ['handin_answered', qr/\bej\.submission\b|ej\.handin\w*\(/], ['card_answered', qr/\bej\.request\b|ej\.request_answer\(/], ['card_changed', qr/\bej\.(?:pupil|guardian|guardianship|pupil_card|request)\b|ej\.\w+\(/]),
    [qr/change/, qr/^(?:INSERT (?:file|file_piece)|UPDATE homework) by ej_rule:/, qr/ej\.homework_set\(/, 'a teacher gives a homework its files and minutes (handins_task.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) api_(?:client|secret) by ej_rule:/, qr/ej\.client_secret\(/, 'an administrator makes the secret of a program of the own school (clients.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) outbound_hook by ej_rule:/, qr/ej\.outbound_hook_make\(/, 'an administrator makes the address for reports of the own school (outbound.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) (?:outbound|contact|choice) by ej_rule:/, qr/ej\.(?:outbound_retry|contact_\w+|choice_\w+)\(/, 'the own addresses and choices; a letter of the own school is sent once more (contacts.t, outbound.t)'],
    [qr/change/, qr/^INSERT (?:receipt|paper) by ej_rule:/, qr/ej\.(?:receipt|paper)\w*\(/, 'a week is acknowledged, a sheet printed (receipts.t, papers.t)'],
    [qr/change/, qr/^INSERT extract by ej_rule:|^UPDATE extract by ej_rule:/, qr/ej\.extract_(?:issue|void)\(/, 'whoever certifies makes a numbered copy, and makes it void (extracts.t)'],
    [qr/change/, qr/^UPDATE accident by ej_rule:/, qr/ej\.accident_receive\(/, 'a head receives a report (accidents.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE|DELETE) homework_done by ej_rule:/, qr/ej\.homework_tick\(/, 'a family ticks homework as done (handins_done.t)'],
    [qr/exists/, qr/^(?:school )?plan_row\b/, qr/\bej\.plan_(?:skip|given)\b/, 'a family reads that a topic was given or skipped, and so its number, but not the plan'],
    [qr/change/, qr/^INSERT consent by ej_rule:.*"purpose": "calendar"/s, qr/ej\.feed_agree\(/, 'a guardian agrees to the calendar of a child (feeds.t)'],
    [qr/exists/, qr/^notice\b/, qr/\bej\.notice_for\b/, 'who is told of a fact has its number, and the fact itself is no row of theirs'],
    [qr/change/, qr/^(?:INSERT|UPDATE) (?:finding|notice|notice_for) by ej_rule:/, qr/ej\.finding_(?:make|signal|answer|decide)\(/,
        'a finding is made by a head, a signal by a teacher, each is answered by its addressee or decided by a head, who are told (findings.t)'],
    [qr/secret|exists/, qr/(?:^| of )gto_(?:edition|step|norm)\b/, qr/ej\.gto_\w+/, 'norms are the law; those that a school imports are read by it alone (hidden_functions.pg)'],
    [qr/secret|exists/, qr/(?:^| of )school\b/, qr/ej\.transfer_(?:schools|ask|send)\(/, 'director and deputy choose another school of the installation by its name (transfers.pg)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) transfer by ej_rule:/, qr/ej\.transfer_\w+\(/, 'director and deputy take the steps of a transfer (transfers.pg)'],
    [qr/secret|exists/, qr/(?:^| of )package\b/, qr/ej\.packages_\w+\(/, 'the packages of closed years are for the administrator, the archivist and the heads (packages.t)'],
    [qr/secret|exists/, qr/(?:^| of )takeout\b/, qr/ej\.takeout_\w+\(/, 'the register of take-outs is for the director (takeout.t)'],
    [qr/secret|exists/, qr/(?:^| of )(?:retention|destruction|destruction_part|deposit|package_signature)\b/, qr/ej\.(?:retention|packages)_\w+\(/, 'terms of keeping and acts are for the administrator, the archivist and the heads (retention.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) (?:retention|destruction) by ej_rule:/, qr/ej\.retention_\w+\(/, 'director and administrator set the terms and confirm acts (retention.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) package_signature by ej_rule:/, qr/ej\.packages_\w+\(/, 'director and deputy send a signature (packages.t)'],
    [qr/change/, qr/^(?:INSERT|DELETE) deposit by ej_rule:/, qr/ej\.packages_\w+\(/, 'director and deputy enter paper that was handed over (retention.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) package by ej_rule:/, qr/ej\.packages_\w+\(/, 'director and deputy seal a year (packages.t)'],
    [qr/secret|exists/, qr/(?:^| of )backup\b/, qr/ej\.archive_\w+\(/, 'the register of backups is for the administrator, the archivist and the heads (archive.t)'],
    [qr/change/, qr/^INSERT backup by ej_rule:/, qr/ej\.archive_order\(/, 'the administrator and the archivist order a backup (archive.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) plan(?:_row)? by ej_rule:/, qr/ej\.plan_(?:new|move)\(/, 'a teacher makes a plan, or a copy of one of the school, and offers it (plans.t)'],
    [qr/change/, qr/^DELETE event_(?:class|participant) of a row that is not theirs \(old\)/, qr/DELETE FROM ej\.event(?:_class)?\b/, 'an event is its leader\'s by its classes, which are gone when the answer is judged (rights_write.pg)'],
    [qr/change/, qr/^(?:INSERT|UPDATE|DELETE) training_record by ej_rule:/, qr/ej\.training_\w+\(/, 'a module is passed by its facts, a seminar is entered by a head (training.t)'],
    [qr/change/, qr/^INSERT marksheet by ej_rule:/, qr/ej\.marksheet_\w+\(/, 'the teacher of a journal carries marks of a file into it (marksheets.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) (?:gto_edition|gto_step|gto_norm) by ej_rule:/, qr/ej\.(?:gto_import|import)\w*\(/, 'the administrator imports norms (gto.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE|DELETE) meal_(?:order|day) by ej_rule:/, qr/\bej\.(?:attendance|absence_\w+|meals?_\w+|event\w*|enrolment|movement\w*|lesson_save|journal_save)\b/, 'orders follow absences, choices and events (meals.pg)'],
    [qr/change/, qr/^DELETE event_participant by ej_rule:/, qr/\bej\.(?:enrolment|movement\w*|pupil\w*)\b/, 'who leaves takes no part in later events (events.t)'],
    [qr/secret|exists/, qr/(?:^| of )staff\b/, qr/ej\.meal_organisers\(/, 'whoever eats at school is told who organises the meals (meals.t)'],
    [qr/secret/, qr/ of plan_row: /, qr/ej\.programme_pupil\(/, 'a family is told which topics its child has had, and which is next (KTP-06)'],
    [qr/change/, qr/^INSERT notice(?:_for)? by ej_rule:.*"kind": "announcement"/s, qr/\bej\.announcement\b/,
        'an announcement is told to those to whom it is (MSG-02)'],
    [qr/secret/, qr/ of (?:\w+ )*(?:staff|person)\b/, qr/ej\.(?:support_writers|message_writer)\(/, 'who asked is told who answered; who reads a message, who wrote it'],
    [qr/change/, qr/^(?:INSERT|UPDATE) (?:support|support_message|notice|notice_for) by ej_rule:/, qr/ej\.support_(?:ask|write|close|open)\(/,
        'a person asks the administrator, who answers, and each is told (support.t)'],
    [qr/change/, qr/^(?:INSERT (?:support|notice|notice_for)|UPDATE incident) by ej_rule:/, qr/ej\.incident_\w+\(/, 'heads and administrators are told of a log-in that others know (incidents.t)'],
    [qr/change/, qr/^INSERT (?:file|file_piece|message_file) by ej_rule:/, qr/ej\.message_(?:start|class|reply)\(/, 'a message brings files (messages_files.t)'],
    [qr/change/, qr/^INSERT announcement_read by ej_rule:/, qr/ej\.announcement_confirm\(/, 'the reader confirms what was announced to the reader (announcements.t)'],
    [qr/change/, qr/^INSERT conversation_shown by ej_rule:/, qr/ej\.conversation_show\(/, 'a participant shows a conversation to the director (messages.pg)'],
    [qr/change/, qr/^UPDATE participant by ej_rule:/, qr/ej\.conversation_(?:open|leave)\(/, 'a participant reads or leaves a conversation (messages.pg)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) (?:conversation|participant|message|notice|notice_for) by ej_rule:/, qr/ej\.message_(?:start|class|reply)\(/,
        'whoever may write to people writes to them, and they are told (rule_message.sql, messages.pg)'],
    [qr/secret/, qr/ of (?:\w+ )*(?:guardian|staff|pupil|person|class)\b/, qr/ej\.(?:recipients|conversation_people|inbox)\(/,
        'whoever may write to people is told their names, and takes part with them in a conversation (MSG-01)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) (?:inspection|inspection_line) by ej_rule:/, qr/ej\.inspection_add\(/, 'a head drafts the inspection of a month (inspections.t)'],
    [qr/change/, qr/^UPDATE inspection_line by ej_rule:/, qr/ej\.inspection_\w+\(/, 'whoever is inspected confirms the own line, and sees it as shown (inspections.t)'],
    [qr/secret/, qr/ of statistic_map\b/, qr/ej\.(?:statistic_\w+|report_statistic\w*)\(/, 'the rows and checks of a federal form are public'],
    [qr/change/, qr/^(?:INSERT|UPDATE) exchange by ej_rule:/, qr/ej\.exchange_(?:order|retry)\(/, 'an administrator orders and repeats documents of the own school (exchange.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE|DELETE) (?:app_key|session|entrance) by ej_rule:/, qr/ej\.key_(?:make|revoke)\(/, 'a person makes and revokes own keys, which read what the person reads (keys.t)'],
    [qr/change/, qr/^INSERT feed by ej_rule:/, qr/ej\.feed_make\(/, 'whoever may have a timetable makes an address for it (feeds.t)'],
    [qr/change/, qr/^(?:INSERT|UPDATE) (?:visit|session) by ej_rule:/, qr/ej\.authenticate\(/, 'whoever has a token uses the session, which is noted every five minutes'],
);

sub is_known {
    my ($kind, $words, $statement) = @_;
    for my $i (0 .. $#known) {
        my ($k, $w, $s) = @{$known[$i]};
        return 1 if $kind =~ $k && $words =~ $w && $statement =~ $s;
    }
    return 0;
}

my $t         = EJ::Test->new(start => 0);
my $persons   = EJ::Probe::prepare($t);
my $catalogue = EJ::Catalogue->new(db => $t->db);
my $maker     = EJ::Maker->new(catalogue => $catalogue, persons => $persons);
my $judge     = EJ::Judge->new(test => $t);

# Ask that many; the findings that are not known.
sub ask {
    my ($n, %o) = @_;
    my @found;
    for my $i (1 .. $n) {
        my $person = $maker->person;
        my $s      = $maker->make($person, %o);
        my @wrong  = eval { $judge->try($person, $s) };
        if ($@) {
            push @wrong, ['broken', $@];
            $judge->connect;
        }
        $s->{words} //= join ";\n", @{$s->{texts}};
        diag "$person->{login}: $s->{words}\n  -> ", $s->{got}{error} ? "$s->{got}{error}{sqlstate} $s->{got}{error}{message_primary}"
            : scalar @{$s->{got}{rows}} . ' rows' if $ENV{EJ_SHOW};
        push @found, map {"[$i] $person->{login}: $_->[0]: $_->[1]\n    $s->{words}"}
            grep { !is_known($_->[0], $_->[1], $s->{words}) } @wrong;
        last if $o{until_found} && @found;
    }
    return @found;
}

# One of each sort is enough to read.
sub sorts {
    my %seen;
    return grep {
        my ($first) = /^\[\d+\] \S+ (.*)/;
        !$seen{$first =~ s/\d+|¤.*//gr}++;
    } @_;
}

srand $seed;
my @found = ask($count, only => $ENV{EJ_ONLY}, kind => $ENV{EJ_KIND});
is scalar @found, 0, "$count statements at random are answered as the matrix says"
    or diag join "\n", "EJ_SEED=$seed finds:", grep {defined} (sorts(@found))[0 .. 40];
note "EJ_SEED=$seed";

# ------------------------------------------------------------ planted holes ----

# What restores a policy as it is now.
sub policy {
    my ($rel, $name) = @_;
    return $t->value(q{SELECT format('ALTER POLICY %I ON ej.%I', polname, relname)
            || coalesce(' USING (' || pg_get_expr(polqual, polrelid) || ')', '')
            || coalesce(' WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')', '')
        FROM pg_policy AS p JOIN pg_class AS c ON c.oid = polrelid
       WHERE relnamespace = 'ej'::regnamespace AND relname = ? AND polname = ?}, $rel, $name);
}
# The same with one of its conditions loosened.
sub loosen {
    my ($rel, $name, $from, $to) = @_;
    my $is = policy($rel, $name);
    (my $loose = $is) =~ s/$from/$to/ or die "the policy $name of $rel says no $from\n";
    return ($loose, $is);
}

my $definer = 'LANGUAGE sql SECURITY DEFINER SET search_path = ej, pg_temp AS';
my $mine    = qr/\(?ej\.my_\w+\(\)/;
my %holes = (
    'a policy that shows every mark' => [qr/^mark$/, 'read', loosen('mark', 'read', qr/USING \(/, 'USING (true OR ')],
    'a policy that shows the cards of pupils taught' => [qr/^pupil_card$/, 'read', loosen('pupil_card', 'read', qr/ej\.my_pupils/, 'ej.my_taught_pupils')],
    'a policy for another school' => [qr/^subject$/, 'read', loosen('subject', 'read', qr/USING \(/, 'USING (is_pe OR ')],
    'a policy that lets in marks of others\' pupils' => [qr/^mark$/, 'insert', loosen('mark', 'add', qr/WITH CHECK \(/, 'WITH CHECK (true OR ')],
    'a mark in another\'s name' => [qr/^mark$/, 'update', loosen('mark', 'change', qr/(?<=\(staff_id IS NULL\) OR )/, 'true OR ')],
    'a pupil\'s name that any teacher changes' => [qr/^pupil$/, 'update', loosen('pupil', 'change', qr/ej\.my_class_pupils/, 'ej.my_taught_pupils')],
    'a partition that is granted' => [qr/mark_2026/, 'round_about',
        'GRANT SELECT ON ej.mark_2026 TO ej_web; ALTER TABLE ej.mark_2026 DISABLE ROW LEVEL SECURITY',
        'REVOKE SELECT ON ej.mark_2026 FROM ej_web; ALTER TABLE ej.mark_2026 ENABLE ROW LEVEL SECURITY'],
    'hashes that are granted' => [qr/^account$/, 'read',
        'GRANT SELECT ON ej.account TO ej_web; ALTER POLICY nobody ON ej.account USING (true)',
        'REVOKE SELECT ON ej.account FROM ej_web; ALTER POLICY nobody ON ej.account USING (false)'],
    'an id that may be chosen' => [qr/^subject$/, 'insert', 'GRANT INSERT (id) ON ej.subject TO ej_web', 'REVOKE INSERT (id) ON ej.subject FROM ej_web'],
    'a history that may be written' => [qr/^history$/, 'insert',
        'GRANT INSERT ON ej.history TO ej_web; CREATE POLICY add ON ej.history FOR INSERT TO ej_web WITH CHECK (true)',
        'REVOKE INSERT ON ej.history FROM ej_web; DROP POLICY add ON ej.history'],
    'a new table without a policy' => [qr/^note$/, 'read',
        'CREATE TABLE ej.note AS SELECT id, surname FROM ej.pupil; GRANT SELECT ON ej.note TO ej_web', 'DROP TABLE ej.note'],
    'a new function with more rights than the caller' => [qr/^card_of$/, 'call',
        "CREATE FUNCTION ej.card_of(pupil_id bigint) RETURNS text $definer 'SELECT address FROM ej.pupil_card AS c WHERE c.pupil_id = card_of.pupil_id';
         GRANT EXECUTE ON FUNCTION ej.card_of(bigint) TO ej_web", 'DROP FUNCTION ej.card_of(bigint)'],
    'a function that tells who exists' => [qr/^is_there$/, 'call',
        "CREATE FUNCTION ej.is_there(pupil_id bigint) RETURNS boolean $definer 'SELECT EXISTS (SELECT FROM ej.pupil WHERE id = pupil_id)';
         GRANT EXECUTE ON FUNCTION ej.is_there(bigint) TO ej_web", 'DROP FUNCTION ej.is_there(bigint)'],
    'a session for whoever asks' => [qr/^log_in$/, 'call',
        "CREATE FUNCTION ej.log_in(login text) RETURNS void $definer 'INSERT INTO ej.session (digest, account_id, epoch, form_token, idle, ends_at)
             SELECT sha256(convert_to(\$1, ''UTF8'')), id, epoch, ''t'', ''1 hour'', now() + interval ''1 hour'' FROM ej.account AS a WHERE a.login = \$1';
         GRANT EXECUTE ON FUNCTION ej.log_in(text) TO ej_web", 'DROP FUNCTION ej.log_in(text)'],
    'references to another school' => [qr/^teaching$/, 'update',
        'ALTER TABLE ej.teaching DISABLE TRIGGER USER; ALTER TABLE ej.teaching ENABLE TRIGGER zz_probe', 'ALTER TABLE ej.teaching ENABLE TRIGGER USER'],
    'conditions that run before the policy' => [qr/^(?:pupil|staff|class)$/, 'read',
        q{UPDATE pg_proc SET proleakproof = true WHERE pronamespace = 'pg_catalog'::regnamespace AND NOT proleakproof AND prosupport <> 1},
        q{UPDATE pg_proc SET proleakproof = false WHERE xmin = (SELECT xmin FROM pg_proc WHERE proname = 'int4div')}],
    'locks of a table from which nothing is deleted' => [qr/^mark$/, 'lock', 'GRANT UPDATE ON ej.mark TO ej_web', 'REVOKE UPDATE ON ej.mark FROM ej_web'],
    'temporary tables' => [qr/^CREATE TEMP/, 'hostile', 'GRANT TEMPORARY ON DATABASE ' . $t->database . ' TO ej_web',
        'REVOKE TEMPORARY ON DATABASE ' . $t->database . ' FROM ej_web'],
);
for my $name (sort keys %holes) {
    my ($only, $kind, $plant, $undo) = @{$holes{$name}};
    next if $ENV{EJ_HOLE} && $name !~ /$ENV{EJ_HOLE}/;
    $t->db->do($plant);
    $catalogue->read;
    my ($first) = ask(2000, only => $only, kind => $kind, until_found => 1);
    like $first // 'nothing', qr/^\[\d+\]/, "$name: found" or diag $plant;
    note $first // '';
    $t->db->do($undo);
}
done_testing;
