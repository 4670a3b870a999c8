#!/usr/bin/perl
# demo.t: the demo school of `make run` loads, with the second school beside it, and has rows
# for every feature.
use lib 'tests/lib';
use EJ::Test;

my $stage    = EJ::Stage->new;
my $postgres = $stage->postgres;
my $database = "d_$$";
my $logins   = eval { $postgres->make($database, 'demo') . $postgres->seed($database, 'second') };
ok defined $logins, 'the demo school loads' or diag $@;
like $logins // '', qr/^administrator\b/m, 'and tells its log-ins';

# What is written only while the journal is used or by another way to log in, and in June; the
# demo school has handed over no teaching.
my %empty = map { $_ => 1 } qw(api_token app_key arrival attempt account_subject card_view destruction destruction_part device duplicate entrance entry factor_demand feed
    file_piece guess indicator indicator_count indicator_sum indicator_view job marksheet operation outbound_pause outbound_hook package_signature promotion promotion_choice revision scope seal secret session
    teaching_former voiding);
SKIP: {
    skip 'no demo school', 5 unless defined $logins;
    is $postgres->psql($database, '-Atc', <<'SQL'), "accepted\nnew\nrefused\n", 'requests to correct a mark wait, are refused and accepted';
SELECT DISTINCT state FROM ej.correction ORDER BY 1
SQL
    is $postgres->psql($database, '-Atc', <<'SQL'), "t\n", 'what is accepted is written, and the history names the request';
SELECT bool_and(m.value = c.new_value AND EXISTS (SELECT FROM ej.history AS h WHERE h.correction_id = c.id))
  FROM ej.correction AS c JOIN ej.mark AS m ON m.work_id = c.column_id AND m.pupil_id = c.pupil_id AND m.attempt = 1
 WHERE c.state = 'accepted'
SQL
    is $postgres->psql($database, '-Atc', <<'SQL'), "t\n", 'the child of the log-in «parent» has a remark';
SELECT EXISTS (SELECT FROM ej.account AS a JOIN ej.guardian AS g ON g.person_id = a.person_id
                 JOIN ej.guardianship AS w ON w.guardian_id = g.id JOIN ej.remark AS r ON r.pupil_id = w.pupil_id
                WHERE a.login = 'parent')
SQL
    is $postgres->psql($database, '-Atc', <<'SQL'), "email|t\nsms|t\n", 'letters and short messages went to families that gave their consent';
SELECT o.channel, bool_and(EXISTS (
    SELECT FROM ej.guardian AS g JOIN ej.consent AS c ON c.guardian_id = g.id AND c.purpose = o.channel AND c.answer = 'given'
     WHERE g.person_id = o.person_id))
  FROM ej.outbound AS o GROUP BY o.channel ORDER BY o.channel
SQL
    is $postgres->psql($database, '-Atc', <<'SQL'), '', 'nobody has read, written or looked at anything later than now';
SELECT 'card_view' FROM ej.card_view WHERE viewed_at > now() UNION SELECT 'message' FROM ej.message WHERE made_at > now()
 UNION SELECT 'participant' FROM ej.participant WHERE read_at > now() UNION SELECT 'outbound' FROM ej.outbound WHERE made_at > now()
 UNION SELECT 'announcement_read' FROM ej.announcement_read WHERE read_at > now()
SQL
}
SKIP: {
    skip 'no demo school', 1 unless defined $logins;
    is $postgres->psql($database, '-Atc', <<'SQL') =~ s/^(\w+)\n/$empty{$1} ? '' : "$1\n"/gemr, '', 'no table is empty but those that use fills';
SELECT c.relname FROM pg_class AS c
 WHERE c.relnamespace = 'ej'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
   AND (xpath('//c/text()', query_to_xml('SELECT count(*) AS c FROM ej.' || quote_ident(c.relname), true, true, '')))[1]::text = '0'
 ORDER BY 1
SQL
}
SKIP: {
    skip 'no demo school', 2 unless defined $logins;
    ok eval { $postgres->seed($database, 'many', schools => 3); 1 }, 'the copies of a school that measurements use are made' or diag $@;
    is $postgres->psql($database, '-Atc', <<'SQL'), "t\n", 'a copy has all marks and letters of the first school';
SELECT bool_and(n = m) FROM (
    SELECT count(*) FILTER (WHERE school_id = 1) AS n, count(*) FILTER (WHERE school_id = 3) AS m FROM ej.mark
     UNION ALL SELECT count(*) FILTER (WHERE school_id = 1), count(*) FILTER (WHERE school_id = 3) FROM ej.outbound) AS c
SQL
}
$postgres->psql('postgres', '-c', qq{DROP DATABASE IF EXISTS "$database"}, '-c', qq{DROP DATABASE IF EXISTS "${database}_making"});
done_testing;
