#!/usr/bin/perl
# history_seal.t: each day of the history is sealed, and ejournal-verify names what somebody
# changed by hand, as the owner of everything.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(start => 0);
my $db = $t->db;
sub value { return $t->value(@_) }
my %env = $t->postgres->env($t->{database});

sub verify {
    my (@more) = @_;
    local @ENV{keys %env} = values %env;
    my $told = qx{sql/ejournal-verify @more 2>&1};
    return ($? >> 8, map { chomp; $_ } split /^/, $told);
}

# What ejournal-verify says of a change, which is then taken back.
sub says {
    my (@sql) = @_;
    $db->do('CREATE TABLE public.kept AS SELECT * FROM ej.history');
    $db->do('CREATE TABLE public.seals AS SELECT * FROM ej.seal');
    $db->do($_) for @sql;
    my ($code, @told) = verify();
    my $columns = $db->selectcol_arrayref(q{SELECT string_agg(attname::text, ', ') FROM pg_attribute WHERE attrelid = 'ej.history'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''})->[0];
    $db->do($_) for 'DELETE FROM ej.history', "INSERT INTO ej.history ($columns) SELECT $columns FROM public.kept", 'DELETE FROM ej.seal', 'INSERT INTO ej.seal SELECT * FROM public.seals',
        'DROP TABLE public.kept, public.seals';
    pop @told;
    return join ' | ', $code, sort @told;
}

# ---------------------------------------------------------------------- sealing ---

# whatever day it is, the last change was some days ago
$db->do(q{UPDATE ej.history SET made_at = made_at - (SELECT max(made_at) FROM ej.history) + now() - interval '5 days'});

my ($code, @told) = verify();
is $code, 1, 'days without a seal are told';
like $told[0], qr/^no day after the beginning has a seal/, 'in words';
my $days = value(q{SELECT (now() AT TIME ZONE 'UTC' - interval '1 hour')::date - (SELECT (min(made_at) AT TIME ZONE 'UTC')::date FROM ej.history)});
is value('SELECT ej.seal_days(3)'), 3, 'days are sealed some at a time';
is value('SELECT ej.seal_days(1000)'), $days - 3, 'then all that have ended';
is value('SELECT ej.seal_days(1000)'), 0, 'and each once';
is value('SELECT count(*) || ? || (max(day) - min(day) + 1) FROM ej.seal', ' '), "$days $days", 'every day has a seal, one without changes, too';
is value(q{SELECT sum(changes) - (SELECT count(*) FROM ej.history WHERE made_at < (SELECT max(day) + 1 FROM ej.seal)::timestamp AT TIME ZONE 'UTC') FROM ej.seal}), 0, 'which covers all its changes';
($code, @told) = verify();
is "$code @told[0 .. $#told - 1]", '0 ', 'nothing was changed';
like $told[-1], qr/^sealed until \d{4}-\d\d-\d\d, \d+ changes, last seal [0-9a-f]{64}$/, 'the last seal is told';
my ($seal) = $told[-1] =~ /(\w{64})$/;
is +(verify("--seal $seal"))[0], 0, 'a seal that was written down is found';
like join(' ', verify('--seal ' . 'ab' x 32)), qr/^1 no seal has the digest abab/, 'another is not';
is +(verify('--seal x'))[0], 2, 'a digest is in hexadecimal';

# ------------------------------------------------------------------- by hand ---

my ($id, $day) = $db->selectrow_array(q{SELECT id, (made_at AT TIME ZONE 'UTC')::date FROM ej.history WHERE table_name = 'mark' AND new ->> 'value' = '3' ORDER BY id LIMIT 1});
my $next = value(q{SELECT min(day) FROM ej.seal WHERE day > ?}, $day);
is says("UPDATE ej.history SET new = jsonb_set(new, '{value}', '\"5\"') WHERE id = $id"), "1 | $day: row $id of the history was altered", 'an altered value is found and named';
is says("UPDATE ej.history SET account_id = 1 WHERE id = $id"), "1 | $day: row $id of the history was altered", 'another author, too';
is says("DELETE FROM ej.history WHERE id = $id"), "1 | $day: row $id of the history was removed", 'a removed row';
my $new = value('SELECT max(id) + 1 FROM ej.history');
is says("INSERT INTO ej.history (id, school_id, table_name, row_key, new, made_at) VALUES ($new, 1, 'mark', '{1,2,1}', '{\"value\": \"5\"}', '$day 10:00+00')"),
    "1 | $day: row $new of the history was inserted", 'an inserted one';
is says("UPDATE ej.history SET made_at = '$next 10:00+00' WHERE id = $id"), "1 | $day: row $id of the history was removed | $next: row $id of the history was inserted", 'one moved to another day';
is says("DELETE FROM ej.seal WHERE day = '$day'"), "1 | $day: the seal of this day was removed", 'a seal removed from the middle';
is says("UPDATE ej.seal SET day = day - 1 WHERE day = (SELECT min(day) FROM ej.seal)") =~ /was altered/, 1, 'an altered seal';
like says(q{DELETE FROM ej.seal WHERE day = (SELECT min(day) FROM ej.seal)}), qr/the seal does not follow the one before/, 'the first seal';
like says(q{DELETE FROM ej.seal WHERE day > (SELECT max(day) - 5 FROM ej.seal)}), qr/^1 \| no day after .* has a seal: the job does not run, or the last seals were removed$/, 'the last seals';
# made anew by somebody who knows how: the chain is right, but it is not the one that was written down
is says("UPDATE ej.history SET new = '{}' WHERE id = $id", 'DELETE FROM ej.seal', 'SELECT ej.seal_days(1000)'), '0', 'whoever makes all seals anew';
$db->do("UPDATE ej.history SET new = '{}' WHERE id = $id");
$db->do('DELETE FROM ej.seal');
$db->do('SELECT ej.seal_days(1000)');
like join(' ', verify("--seal $seal")), qr/^1 no seal has the digest $seal/, 'is found by the seal that was written down';
like says("UPDATE ej.history SET void_id = 7 WHERE id = $id"), qr/^1 \| row $id of the history is void by no voiding$/, 'a change is not made void by hand';

# ------------------------------------------------------------------ rights ---

my $web = $t->web_db;
$web->{RaiseError} = 1; $web->{PrintError} = 0;
for my $sql ('SELECT * FROM ej.seal', 'SELECT ej.seal_days(1)', 'SELECT * FROM ej.seal_faults()', 'DELETE FROM ej.seal') {
    ok !eval { $web->do($sql); 1 }, "the web role cannot: $sql";
    is $web->state, '42501', '  by the grants';
}
done_testing;
