#!/usr/bin/perl
# password.t: the reply to the COMMIT of a changed password is lost. The change is not made
# twice: the new token of the session tells whether it was made; if
# this cannot be known the person is asked to check. And a log-in that is repeated
# by the journal makes one session.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;

my $wire;
my $t = EJ::Test->new(own_postgres => 1, conf => sub {
    my ($self) = @_;
    $wire = EJ::Faults::wire($self);
    return "DBDParams \"host=$wire->{dir} dbname=$self->{database} user=ej_web application_name=ejournal connect_timeout=2\"";
});
my $old = $t->password;
my $parent;

# From now on a change of this account is held at its COMMIT.
sub hold {
    my ($login) = @_;
    $t->db->do(<<"SQL");
CREATE OR REPLACE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS \$\$
BEGIN
$EJ::Faults::WAIT    RETURN NULL;
END
\$\$;
CREATE CONSTRAINT TRIGGER "hold_$login" AFTER INSERT OR UPDATE ON ej.account DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.login = '$login') EXECUTE FUNCTION public.hold();
SQL
    return EJ::Faults::held($t);
}
sub at_commit {
    my ($but) = @_;
    return $t->wait_for(5, sub { $t->value(qq{SELECT pid FROM pg_stat_activity
        WHERE application_name = 'ejournal' AND $EJ::Faults::IS_HELD AND pid <> ALL (?)}, $but) });
}
sub change {
    my ($client, $from, $to) = @_;
    return EJ::Faults::go($t, sub {
        EJ::Faults::own($client);
        my $r = $client->post('/account', {html => 1}, old_password => $from, password => $to, password2 => $to);
        my $in = $client->get('/diary', html => 1)->status;
        $_[0]->($r->status, $in, $r->content =~ /(неизвестно, сменился ли пароль)/ ? $1 : '', $r->content =~ /(Отправить ещё раз)/ ? $1 : '');
    });
}
# Start the server again, and wait until every child of Apache has noticed.
sub back {
    $t->postgres->start;
    my $in_a_row = 0;
    ok $t->wait_for(20, sub { $in_a_row = $t->client->get('/diary', html => 1, header => {Cookie => any_cookie()})->status == 503 ? 0 : $in_a_row + 1; $in_a_row > 8 }),
        'the database is back';
}
sub any_cookie { my $name; $parent->agent->cookie_jar->scan(sub { $name = $_[1] if $_[1] =~ /^ej-[0-9a-f]+$/ }); return "$name=" . 'f' x 64 }
# The largest number of counted failures.
sub counted { return $t->value('SELECT coalesce(max(failures), 0) FROM ej.guess') }
sub epoch { return $t->value('SELECT epoch FROM ej.account WHERE login = ?', $_[0]) }

# ------------------------------------------------- ended before it committed ---

$parent = $t->login('parent');
$parent->form_token;
my $hold = hold('parent');
my $job  = change($parent, $old, 'Первый новый 7');
my $pid  = at_commit([0]);
ok $pid, 'a change is held at its COMMIT';
$t->value('SELECT pg_terminate_backend(?)', $pid);
ok at_commit([$pid]), 'the change is made again after its backend was ended';
$hold->disconnect;
is_deeply [map { [@$_[0, 1]] } $job->ended], [[303, 200]], 'the change is confirmed, and the session goes on with the new token';
is epoch('parent'), 1, 'the password was changed once';
is $t->client->log_in('parent', 'Первый новый 7')->status, 303, 'the new password logs in';
$t->expect_log(qr/info\].*repeated after SQLSTATE 08006/);

# ---------------------------------------------------- ended when it had been ---

my $pupil = $t->login('pupil');
$pupil->form_token;
EJ::Faults::cut($wire, 'account_save');
my ($told) = change($pupil, $old, 'Второй новый 8')->ended;
ok EJ::Faults::is_cut($wire), 'a change is made, and the reply to its COMMIT is lost';
is "$told->[0] $told->[1]", '303 200', 'the new token is valid: the change is confirmed and the session goes on';
is epoch('pupil'), 1, 'the password was changed once';
is $t->client->log_in('pupil', 'Второй новый 8')->status, 303, 'the changed password logs in';

# ---------------------------------------------------------------- a first log-in ---

$t->db->do(q{UPDATE ej.activation SET made_at = now(), expires_at = now() + interval '1 day' WHERE used_at IS NULL});
sub activate {
    my ($code, $login) = @_;
    return EJ::Faults::go($t, sub {
        my $client = $t->client;
        $client->get('/activate');
        my $r = $client->post('/activate', {html => 1}, code => $code, login => $login, password => 'снег идёт', password2 => 'снег идёт', is_agreed => 1);
        $_[0]->($r->status, $r->content =~ /(неизвестно, завёлся ли логин)/ ? $1 : '', $r->content =~ /(Отправить ещё раз)/ ? $1 : '');
    });
}
EJ::Faults::cut($wire, 'login_activate');
is_deeply [map { $_->[0] } activate('AKTE0-00000-09201', 'new.mother')->ended], [303], 'an account is made although the reply was lost';
ok EJ::Faults::is_cut($wire), 'it was lost';
is $t->client->log_in('new.mother', 'снег идёт')->status, 303, 'the new account logs in';

is counted(), 0, 'no right password remains counted as a failure';

# ------------------------------------------------------------ nobody can tell ---

# The connection is lost, and the database is stopped.
my $sport = $t->login('sport');
$sport->form_token;
$hold = hold('sport');
$job  = change($sport, $old, 'Третий новый 9');
$pid  = at_commit([0]);
ok $pid, 'a change is held at its COMMIT';
$t->db->disconnect;
delete $t->{db};
$t->postgres->stop('immediate');
($told) = $job->ended;
is $told->[0] . $told->[2], '503неизвестно, сменился ли пароль', 'after the database was stopped the page says that the result is unknown (JE508)';
is $told->[3], '', 'the page has no form to send again';
back();
$hold = hold('new.pupil');
$job  = activate('AKTE0-00000-09202', 'new.pupil');
ok at_commit([0]), 'a new account is held at its COMMIT';
$t->db->disconnect;
delete $t->{db};
$t->postgres->stop('immediate');
is_deeply [$job->ended], [[503, 'неизвестно, завёлся ли логин', '']], 'after the database was stopped the page says that the result is unknown, without a form';
back();

# --------------------------------------------------------------------- log-in ---

# a failure counted just before a crash may be stored or lost
my $counted = counted();
EJ::Faults::cut($wire, 'core_login_finish');
is $t->client->log_in('english', $old)->status, 303, 'a log-in succeeds although the reply of the database was lost';
ok EJ::Faults::is_cut($wire), 'it was lost';
is $t->value(q{SELECT count(*) FROM ej.session AS s JOIN ej.account AS a ON a.id = s.account_id WHERE a.login = 'english'}), 1, 'the log-in made one session';
cmp_ok counted(), '<=', $counted, 'the log-in left no counted failure';
kill 'TERM', $wire->{pid};
waitpid $wire->{pid}, 0;
$t->allow_log(qr/JE50[1368]/, qr/dbd:error.*AH(?:00639|00629|02655)/);
done_testing;
