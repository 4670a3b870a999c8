package EJ::Probe;

# The matrix of rights worked out for each person (matrix.sql, matrix.tsv), and
# a test's own database made ready for tests/rights/rights_random.t: every row marked
# (probe_tokens.sql), what is read and changed watched (probe.sql).

use strict;
use warnings;
use utf8;

my $LIB = 'tests/lib';

# prepare(EJ::Test): the persons, each {login, digest, account_id, staff_id}
sub prepare {
    my ($t) = @_;
    my $run = sub { $t->postgres->psql($t->database, map { ('-f', "$LIB/$_") } @_) };
    $run->('probe_tokens.sql');
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

# The matrix is temporary; what it says stays as probe.may, what it stands on
# as probe.fact.
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
-- verb SELECT, INSERT, UPDATE, DELETE: says which rows, as a condition on x.
-- No line: none.
CREATE TABLE probe.may AS
SELECT w.login, w.rel, w.verb, replace(pg_temp.scope(w.verb, w.rel, w.login), 'FROM fact', 'FROM probe.fact') AS says
  FROM right_of AS w WHERE pg_temp.scope(w.verb, w.rel, w.login) IS NOT NULL
SQL
}

# The ids of a table that a person may read, and those hidden, both in order.
sub ids {
    my ($db, $login, $rel) = @_;
    my ($says) = $db->selectrow_array(q{SELECT says FROM probe.may WHERE (login, rel, verb) = (?, ?, 'SELECT')}, undef, $login, $rel);
    my $seen = $db->selectcol_arrayref("SELECT x.id FROM ej.$rel AS x WHERE " . ($says // 'false') . ' ORDER BY 1');
    my %is_seen = map { $_ => 1 } @$seen;
    return ($seen, [grep { !$is_seen{$_} } @{$db->selectcol_arrayref("SELECT id FROM ej.$rel ORDER BY 1")}]);
}

# What a person must not see: token => the tables it is of.
sub secrets {
    my ($db, $login) = @_;
    return {map {@$_} @{$db->selectall_arrayref('SELECT token, source FROM probe.secret WHERE login = ?', undef, $login)}};
}

# Secret tokens in what came out, but for those that were in what was asked.
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
