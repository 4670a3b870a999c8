package EJ::Probe;

# Prepares a test's own database for tests/rights/rights_random.t: computes the matrix of
# rights for each person (matrix.sql, matrix.tsv), marks every row (probe_tokens.sql), and
# watches reads and changes (probe.sql).

use strict;
use warnings;
use utf8;

my $LIB = 'tests/lib';

# prepare(EJ::Test): prepare the database; returns the persons, each {login, digest,
# account_id, staff_id}
sub prepare {
    my ($t) = @_;
    my $run = sub { $t->postgres->psql($t->database, map { ('-f', "$LIB/$_") } @_) };
    $run->('rows.sql', 'probe_tokens.sql');
    matrix($t->db);
    $run->('probe.sql');
    return $t->db->selectall_arrayref(<<'SQL', {Slice => {}});
SELECT p.login, p.account_id, '\x' || encode(p.digest, 'hex') AS digest, s.id AS staff_id
  FROM probe.person AS p LEFT JOIN ej.staff AS s ON s.person_id = p.person_id ORDER BY p.login
SQL
}

sub _read {
    my ($name) = @_;
    open my $file, '<:encoding(UTF-8)', "$LIB/$name" or die "$LIB/$name: $!\n";
    local $/;
    return scalar <$file>;
}

# Compute the matrix. Its own tables are temporary; the rights remain as probe.may, the
# facts on which they are based as probe.fact.
sub matrix {
    my ($db) = @_;
    $db->do('SET client_min_messages = warning; CREATE SCHEMA IF NOT EXISTS probe');
    $db->do(_read('matrix.sql'));
    my (undef, @lines) = grep { !/^#/ } split /^/, _read('matrix.tsv');
    $db->do('COPY matrix FROM STDIN');
    $db->pg_putcopydata($_) for @lines;
    $db->pg_putcopyend;
    $db->do($_) for 'CREATE TABLE probe.holder AS TABLE holder', 'CREATE TABLE probe.fact AS TABLE fact',
        'CREATE INDEX ON probe.fact (login, kind, id)', <<'SQL';
-- The rows that a person may select, insert, update or delete, as a condition on x. No
-- line: none.
CREATE TABLE probe.may AS
SELECT w.login, w.rel, w.verb, replace(pg_temp.scope(w.verb, w.rel, w.login), 'FROM fact', 'FROM probe.fact') AS says
  FROM right_of AS w WHERE pg_temp.scope(w.verb, w.rel, w.login) IS NOT NULL
SQL
}

# The condition on the rows of a table that a person may read, or undef.
sub says {
    my ($db, $login, $rel) = @_;
    return scalar $db->selectrow_array(q{SELECT says FROM probe.may WHERE (login, rel, verb) = (?, ?, 'SELECT')}, undef, $login, $rel);
}

# The ids of a table that a person may read, and the hidden ones, both in order. Persons
# are read by their cards.
sub ids {
    my ($db, $login, $rel) = @_;
    my $says = $rel eq 'person' ? join(' OR ', map { "x.id IN (SELECT x.person_id FROM ej.$_ AS x WHERE " . (says($db, $login, $_) // 'false') . ')' }
        qw(staff pupil guardian)) : $rel eq 'region' # read by functions alone: those of one's roles
        ? 'x.id IN (SELECT r.region_id FROM ej.region_role AS r JOIN ej.account AS a USING (person_id) WHERE a.login = ' . $db->quote($login) . ')'
        : says($db, $login, $rel);
    my $seen = $db->selectcol_arrayref("SELECT x.id FROM ej.$rel AS x WHERE " . ($says // 'false') . ' ORDER BY 1');
    my %is_seen = map { $_ => 1 } @$seen;
    return ($seen, [grep { !$is_seen{$_} } @{$db->selectcol_arrayref("SELECT id FROM ej.$rel ORDER BY 1")}]);
}

# The tokens that a person must not see, each with its tables.
sub secrets {
    my ($db, $login) = @_;
    return {map {@$_} @{$db->selectall_arrayref('SELECT token, source FROM probe.secret WHERE login = ?', undef, $login)}};
}

# The secret tokens in the output, except those that the statement itself contained.
sub leaks {
    my ($secret, $out, $in) = @_;
    my (@found, %seen);
    while ($out =~ /(¤\d+¤|(?<![\w.])\d{8,15}(?!\w)|\$y\$\S+)/g) {
        my $token = $1;
        next if !$secret->{$token} || $seen{$token}++ || index($in, $token) >= 0;
        push @found, "$token of $secret->{$token}: " . substr $out, $-[0] > 60 ? $-[0] - 60 : 0, 160;
    }
    return @found > 3 ? @found[0 .. 2] : @found;
}

1;
