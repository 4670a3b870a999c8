#!/usr/bin/perl
# outbound_random.t: marks, corrections, voidings, absences, consents, addresses, choices, answers of
# the relay and moves of the clock, all at random, against a model of who may be told of what
# (EJ::Told): nothing without consent, right and confirmed address, nothing twice, nothing that was
# corrected within 15 minutes, nothing at night; and what is owed is sent. PostgreSQL has a clock of
# its own; the test takes, composes and records letters by the statements of the sender.
#
#   EJ_SEED=7 EJ_STEPS=5000 perl tests/outbound/outbound_random.t
use lib 'tests/lib';
use EJ::Test;
use EJ::Chance;
use EJ::Queries;
use EJ::Told;

plan skip_all => 'the sanitizers and libfaketime cannot both be loaded first' if EJ::Stage::is_sanitized();
my $seed  = $ENV{EJ_SEED} // int(rand 1_000_000);
my $steps = $ENV{EJ_STEPS} // 400;
srand $seed;

my $zone = pick('Europe/Moscow', 'Asia/Kamchatka', 'Europe/Berlin');
my $clock = 1792000000 + int rand 86400 * 14;    # in October: in Berlin the clocks are changed
my $t = EJ::Test->new(start => 0, own_postgres => 1, postgres_clock => $clock);
my ($db, $web, $post) = ($t->db, $t->web_db, $t->new_db);
my $told = EJ::Told->new(tz => $zone);
my %query = map { $_->{name} => $_->{sql} } EJ::Queries::of_file('sql/queries/core.sql');
my (@broken, %n, $last_job);

sub now { return $t->value('SELECT extract(epoch FROM clock_timestamp())') }
sub day { my @l = $told->local_time(now()); return sprintf '%04d-%02d-%02d', $l[5] + 1900, $l[4] + 1, $l[3] }
sub move { $clock = now() + $_[0]; $t->postgres->set_clock($clock) }

# ----------------------------------------------------------------- the school --

$db->do(q{UPDATE ej.school SET tz = ?, today_fixed = NULL, correction_hours = 0, letters_day = 0, letters_hour = 0, sms_day = 0, sms_month = 0}, undef, $zone);
$db->do("DELETE FROM ej.$_") for qw(outbound_notice outbound notice history);
$db->do(q{DELETE FROM ej.consent WHERE school_id = 1});
my $journal = $t->id(journal => class => '7Б', subject => 'Алгебра', on => '2026-10-12');
$db->do($_) for 'SET session_replication_role = replica', "UPDATE ej.journal SET closed_at = NULL, closed_by = NULL WHERE id = $journal", 'RESET session_replication_role';
my @pupils = @{$db->selectcol_arrayref(q{SELECT b.pupil_id FROM ej.journal j JOIN ej.teaching x ON x.id = j.teaching_id
    JOIN ej.membership b ON b.study_group_id = x.study_group_id AND b.during @> date '2026-10-12' WHERE j.id = ? ORDER BY b.pupil_id LIMIT 6}, undef, $journal)};
my @works = @{$db->selectcol_arrayref(q{SELECT w.id FROM ej.work w JOIN ej.lesson l ON l.id = w.lesson_id
    WHERE w.journal_id = ? AND l.held_on < date '2026-10-01' ORDER BY w.id LIMIT 4}, undef, $journal)};
$db->do(q{DELETE FROM ej.attendance a USING ej.work w WHERE a.lesson_id = w.lesson_id AND w.id = ANY (?)}, undef, \@works);
$db->do(q{DELETE FROM ej.mark WHERE work_id = ANY (?)}, undef, \@works);
my ($lesson) = $db->selectrow_array(q{SELECT lesson_id FROM ej.work WHERE id = ?}, undef, $works[0]);

# A guardian of the first pupil is one of the second, too.
my ($shared) = $db->selectrow_array(q{SELECT guardian_id FROM ej.guardianship WHERE pupil_id = ? AND is_informed ORDER BY id LIMIT 1}, undef, $pupils[0]);
$db->do(q{INSERT INTO ej.guardianship (school_id, guardian_id, pupil_id) VALUES (1, ?, ?) ON CONFLICT DO NOTHING}, undef, $shared, $pupils[1]);
my $families = $db->selectall_arrayref(q{SELECT w.pupil_id, g.person_id, g.id AS guardian FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id
    WHERE w.pupil_id = ANY (?) AND w.during @> date '2026-10-12' AND w.is_informed ORDER BY 1, 2}, {Slice => {}}, \@pupils);
my %own = @{$db->selectcol_arrayref(q{SELECT id, person_id FROM ej.pupil WHERE id = ANY (?)}, {Columns => [1, 2]}, \@pupils)};
my ($deputy, $teacher) = map { $t->value('SELECT person_id FROM ej.account WHERE login = ?', $_) } qw(deputy teacher);
my %persons = map { $_ => 1 } values(%own), $deputy, map { $_->{person_id} } @$families;
my @persons = sort { $a <=> $b } keys %persons;
$told->family($_->{pupil_id}, $_->{person_id}, $_->{guardian}) for @$families;
$told->family($_, $own{$_}) for @pupils;
$told->staff($_) for @{$db->selectcol_arrayref('SELECT person_id FROM ej.staff WHERE school_id = 1')};
$db->do(q{INSERT INTO ej.account (person_id, login, password) SELECT p, 'random-' || p, (SELECT password FROM ej.account LIMIT 1)
    FROM unnest(?::bigint[]) AS p WHERE NOT EXISTS (SELECT FROM ej.account a WHERE a.person_id = p)}, undef, \@persons);
$db->do(q{INSERT INTO ej.session (digest, account_id, epoch, form_token, idle, ends_at)
    SELECT sha256(convert_to(login, 'UTF8')), id, epoch, 't', interval '1 hour', now() + interval '1 hour' FROM ej.account WHERE login IN ('teacher', 'deputy')});

# What a person does: the value of an expression, asked as the web role.
sub as {
    my ($who, $expression, @values) = @_;
    $db->do(q{UPDATE ej.session SET last_seen_at = now(), ends_at = now() + interval '1 hour' WHERE digest = sha256(convert_to(?, 'UTF8'))}, undef, $who);
    $web->do(q{SELECT ej.authenticate(sha256(convert_to(?, 'UTF8')), '127.0.0.1')}, undef, $who);
    $web->begin_work;
    $web->do(q{SELECT ej.enter(sha256(convert_to(?, 'UTF8')), '127.0.0.1', gen_random_uuid())}, undef, $who);
    my ($got) = $web->selectrow_array("SELECT $expression", undef, @values);
    $web->commit;
    return $got;
}

# --------------------------------------------------------------------- actions --

my (%value, $fact);
sub mark {
    my ($work, $pupil) = (pick(@works), pick(@pupils));
    my $old = $value{"$work $pupil"} // '';
    my $new = pick(grep { $_ ne $old } '', 2 .. 5, 2, 5);
    my $got = as('teacher', 'ej.journal_save(?, ?, ?, ?, ?)', $journal, [$work], [$pupil], [$old], [$new]);
    $got =~ /"saved"/ or die "EJ_SEED=$seed: a mark is not saved: $got\n";
    $value{"$work $pupil"} = $new;
    my ($id, $at) = $db->selectrow_array(q{SELECT id, extract(epoch FROM made_at) FROM ej.history WHERE table_name = 'mark' AND key_id = ? AND pupil_id = ? ORDER BY id DESC LIMIT 1}, undef, $work, $pupil);
    $told->mark($work, $pupil, $new, $id, $at);
}

# Others knew the teacher's password for the last half hour: what was done with it does not count.
sub void {
    my $since = now() - 1800;
    my $incident = $t->value(q{INSERT INTO ej.incident (school_id, person_id, person_name, reporter, learned_at, head_at, support_at)
        VALUES (1, ?, 'N', 'N', to_timestamp(?), to_timestamp(?), to_timestamp(?)) RETURNING id}, $teacher, ($since) x 3);
    my $got = as('deputy', q{ej.voiding_make(?, 'law', NULL, '', NULL)}, $incident);
    return unless $got =~ /"saved"/;
    $told->void($since, now());
    $value{"$_->{work_id} $_->{pupil_id}"} = $_->{value} // ''
        for @{$db->selectall_arrayref('SELECT work_id, pupil_id, value FROM ej.mark WHERE work_id = ANY (?)', {Slice => {}}, \@works)};
}

sub tell {
    my $kind = pick(qw(unjustified unexplained accident control_work substitution correction event receipt_due));
    $db->do('SELECT ej.notify(1, ?, ?, ?)', undef, $kind, pick(@pupils), ++$fact);
}

sub announce { $db->do(q{SELECT ej.notify(1, 'announcement', NULL, ?, ?)}, undef, ++$fact, [grep { chance(0.5) } @persons]) }

sub absent {
    my $pupil = pick(@pupils);
    $db->do(q{INSERT INTO ej.attendance AS a (lesson_id, pupil_id, school_id, teaching_id, code) SELECT l.id, ?, l.school_id, l.teaching_id, 'п' FROM ej.lesson l
        WHERE l.teaching_id = (SELECT teaching_id FROM ej.journal WHERE id = ?) AND l.held_on BETWEEN date '2026-10-01' AND date '2026-11-20'
          AND NOT EXISTS (SELECT FROM ej.attendance x WHERE x.lesson_id = l.id AND x.pupil_id = ?) ORDER BY l.id LIMIT 1}, undef, $pupil, $journal, $pupil);
}

sub consent {
    my $one = pick(@$families);
    my $purpose = weighed([4, 'email'], [4, 'sms'], [1, 'processing']);
    my $answer = pick($purpose eq 'processing' ? qw(given given refused withdrawn) : qw(given given given withdrawn refused));
    my $day = day();
    $db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, ?, ?, ?)}, undef, @$one{qw(guardian pupil_id)}, $purpose, $answer, $day);
    $told->consent(@$one{qw(guardian pupil_id)}, $purpose, $answer, $day, now());
}

# A new address, confirmed or not; or the old one is given up.
my $addresses = 0;
sub contact {
    my ($person, $channel, $how) = (pick(@persons), pick(qw(email sms)), weighed([5, 'confirmed'], [2, 'typed'], [1, 'given up']));
    my $address = $channel eq 'email' ? 'n' . ++$addresses . '@home.test' : sprintf '+7900%07d', ++$addresses;
    $db->do('UPDATE ej.contact SET suspended_at = now() WHERE person_id = ? AND channel = ? AND verified_at IS NOT NULL AND suspended_at IS NULL', undef, $person, $channel) if $how ne 'typed';
    $db->do('INSERT INTO ej.contact (person_id, channel, address, verified_at) VALUES (?, ?, ?, CASE WHEN ? THEN now() END)', undef, $person, $channel, $address, $how eq 'confirmed' ? 1 : 0) if $how ne 'given up';
    $told->contact($person, $channel, $how eq 'confirmed' ? $address : undef, now()) if $how ne 'typed';
}

sub choice {
    my ($person, $channel, $mode) = (pick(@persons), pick(qw(email sms)), pick(qw(at_once daily weekly off)));
    my $kind = pick(qw(mark unsatisfactory unjustified unexplained accident control_work substitution event announcement));
    $db->do(q{INSERT INTO ej.choice AS c (person_id, kind, channel, mode) VALUES (?, ?, ?, ?) ON CONFLICT (person_id, kind, channel) DO UPDATE SET mode = excluded.mode}, undef, $person, $kind, $channel, $mode);
    $told->choice($person, $kind, $channel, $mode, now());
}

sub end {
    my $one = pick(@$families);
    $db->do(q{UPDATE ej.guardianship SET during = daterange(NULL, ?::date) WHERE guardian_id = ? AND pupil_id = ?}, undef, day(), @$one{qw(guardian pupil_id)});
    $told->ended(@$one{qw(pupil_id guardian)}, now());
}

sub read_some { $db->do(q{UPDATE ej.notice_for SET read_at = now() WHERE person_id = ? AND read_at IS NULL AND id % 3 = 0}, undef, pick(@persons)) }

sub wait_some { move(weighed([6, sub { 60 + rand 1140 }], [4, sub { 3600 * (1 + rand 8) }], [1, sub { 86400 * (1 + rand 2) }], [1, sub { -60 - rand 540 }])->()) }

# The job of every minute.
sub job {
    my $at = now();
    my @due = defined $last_job ? $told->marks_told($at - 1, $last_job + 1) : ();
    $db->do('SELECT ej.notices_minute()');
    $told->made($t->value('SELECT max(id) FROM ej.history'), map {"@$_"} @{$db->selectall_arrayref('SELECT fact_key, pupil_id FROM ej.notice WHERE pupil_id IS NOT NULL')});
    $db->do(q{INSERT INTO ej.job (kind, every, made_at, started_at, finished_at, outcome) VALUES ('notices', interval '1 minute', to_timestamp(?), to_timestamp(?), to_timestamp(?), 'done')}, undef, ($at) x 3);
    for my $one (@due) {
        my ($work, $pupil, $history, $kind) = @$one;
        next if $told->is_on_paper($pupil);
        $n{facts}++;
        my $is = $t->value('SELECT count(*) FROM ej.notice WHERE kind = ? AND pupil_id = ? AND fact_key = ?', $kind, $pupil, "$work-$history");
        push @broken, "the job at $at does not tell of $kind $work-$history of $pupil" unless $is;
    }
    $last_job = $at;
}

# -------------------------------------------------------------------- the sender --

sub named {
    my ($name, @values) = @_;
    return $post->selectrow_hashref($query{$name} =~ s/\$\d+/?/gr, undef, @values);
}

sub all_named {
    my ($name, @values) = @_;
    return @{$post->selectall_arrayref($query{$name} =~ s/\$\d+/?/gr, {Slice => {}}, @values)};
}

# The facts that the person may be told of, read as the person.
sub compose {
    my ($id) = @_;
    (my $sql = $query{core_letter_notices}) =~ s/\bSELECT f\.kind,/SELECT f.id, f.pupil_id, f.fact_key, f.kind,/ or die 'core_letter_notices is asked in other words';
    $post->begin_work;
    my $enter = named(core_post_enter => $id);
    $post->do('SET LOCAL ROLE ej_web');
    my $facts = $enter->{is_live} ? $post->selectall_arrayref($sql =~ s/\$\d+/?/gr, {Slice => {}}, $id) : [];
    $post->rollback;
    return map { $_->{id} } @$facts;
}

# E-mails are taken some at a time; what was not begun when the channel pauses, or in time, is given back.
sub send_letters {
    my ($is_calm) = @_;
    for my $channel ('email', 'sms') {
        while (my @taken = all_named(core_post_take => $channel, undef, $channel eq 'email' ? pick(1, 2, 10) : 1)) {
            while (my $letter = shift @taken) {
                my $how = send_one($channel, $letter, $is_calm);
                @taken = () if $how eq 'lost';
                give_back(splice @taken) if $how eq 'pause' || !$is_calm && chance(0.1);
            }
        }
        move(20 * 60) if $t->value('SELECT count(*) FROM ej.outbound_pause WHERE until > clock_timestamp()');
    }
}

sub send_one {
    my ($channel, $letter, $is_calm) = @_;
    my ($id, $attempt) = @$letter{qw(id attempt)};
    my $body = $letter->{body};
    if (!defined $body) {
        my @ids = compose($id) or return record('empty', $letter);
        $body = join ' ', @ids;
        named(core_post_keep => $id, $body);
    }
    judge($id, $channel, $letter->{address}, split / /, $body);
    return answer($letter, $channel, $is_calm);
}

sub record {
    my ($how, @letters) = @_;
    named(core_post_record => [map { $_->{id} } @letters], [map { $_->{attempt} } @letters], [($how) x @letters], [($how eq 'sent' ? '250' : '451') x @letters]);
    return $how;
}

sub give_back {
    my (@letters) = @_;
    record('back', @letters) if @letters;
    $n{back} += @letters;
}

sub judge {
    my ($id, $channel, $address, @ids) = @_;
    my $person = $t->value('SELECT person_id FROM ej.outbound WHERE id = ?', $id);
    my $facts = $db->selectall_arrayref(q{SELECT id, kind, pupil_id AS pupil, fact_key AS key, extract(epoch FROM made_at) AS made_at, extract(epoch FROM read_at) AS read_at
        FROM ej.notice_for WHERE id = ANY (?)}, {Slice => {}}, \@ids);
    my $letter = {id => $id, channel => $channel, person => $person, address => $address, at => now(), facts => $facts, is_other_way => $t->value(q{SELECT count(*) FROM ej.outbound_notice a
        JOIN ej.outbound_notice b ON b.notice_for_id = a.notice_for_id AND b.outbound_id <> a.outbound_id JOIN ej.outbound o ON o.id = b.outbound_id AND o.state = 'failed' WHERE a.outbound_id = ?}, $id)};
    push @broken, map {"letter $id by $channel to $person: $_"} $told->faults($letter);
    $n{$channel}++;
    $n{told} += @$facts;
}

# What the relay or gateway answers. A child that dies leaves the letter, and those taken with it, to their lease.
sub answer {
    my ($letter, $channel, $is_calm) = @_;
    my $how = $is_calm ? 'sent' : weighed([12, 'sent'], [2, 'later'], [1, 'pause'], [1, 'refused'], [1, 'lost'], $channel eq 'sms' ? [1, 'unknown'] : ());
    $told->handed({id => $letter->{id}}) if $how =~ /^(?:sent|lost|unknown|refused)$/;
    $n{$how}++;
    if ($how eq 'lost') { move(90) }
    else { record($how, $letter) }
    return $how;
}

# ------------------------------------------------------------------------ the run --

for my $person (@persons) {
    for my $channel ('email', 'sms') {
        my $address = $channel eq 'email' ? 'n' . ++$addresses . '@home.test' : sprintf '+7900%07d', ++$addresses;
        $db->do('INSERT INTO ej.contact (person_id, channel, address, verified_at) VALUES (?, ?, ?, now())', undef, $person, $channel, $address);
        $told->contact($person, $channel, $address, 0);
    }
}
for my $one (@$families) {
    for my $purpose (grep { chance(0.8) } 'email', 'sms') {
        $db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, ?, 'given', '2026-09-01')}, undef, @$one{qw(guardian pupil_id)}, $purpose);
        $told->consent(@$one{qw(guardian pupil_id)}, $purpose, 'given', '2026-09-01', 0);
    }
}
for (1 .. $steps) {
    weighed([12, \&mark], [1, \&void], [5, \&tell], [1, \&announce], [2, \&absent], [3, \&consent], [1, \&contact], [1, \&choice], [0.2, \&end], [2, \&read_some], [8, \&wait_some], [8, \&job], [8, \&send_letters])->();
    last if @broken > 20;
}
# Ten calm days: by now all that is owed has been sent.
for (1 .. 40) {
    job();
    send_letters(1);
    move(6 * 3600);
}
my $facts = $db->selectall_arrayref(q{SELECT f.id, f.person_id, f.kind, f.pupil_id AS pupil, f.fact_key AS key, extract(epoch FROM f.made_at) AS made_at, extract(epoch FROM f.read_at) AS read_at
    FROM ej.notice_for f WHERE f.person_id = ANY (?) AND f.made_at < now() - interval '9 days'}, {Slice => {}}, \@persons);
my %failed = map { $_ => 1 } @{$db->selectcol_arrayref(q{SELECT n.notice_for_id FROM ej.outbound_notice n JOIN ej.outbound o ON o.id = n.outbound_id WHERE o.state <> 'sent'})};
my @owed;
for my $fact (grep { !$failed{$_->{id}} } @$facts) {
    for my $channel ('email', 'sms') {
        next unless $told->is_owed($fact, $fact->{person_id}, $channel, now());
        $n{owed}++;
        push @owed, "$fact->{kind} $fact->{key} of " . ($fact->{pupil} // '-') . " to $fact->{person_id} by $channel" unless $told->is_sent($fact, $fact->{person_id}, $channel);
    }
}

ok !@broken, "no letter is wrong (EJ_SEED=$seed EJ_STEPS=$steps, $zone)" or diag join "\n", @broken[0 .. ($#broken > 20 ? 20 : $#broken)];
ok !@owed, 'and what is owed was sent' or diag join "\n", @owed[0 .. ($#owed > 20 ? 20 : $#owed)];
cmp_ok $n{$_} // 0, '>', $steps / 40, "$_: $n{$_}" for qw(email sms told facts owed sent);
done_testing;
