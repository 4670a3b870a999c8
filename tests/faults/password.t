#!/usr/bin/perl
# password.t: a change of the password whose COMMIT is lost. It is not made
# twice: the token that it gave to the session tells whether it was made; where
# nobody can tell the person is told to look. And a log-in that is sent twice
# inside is one log-in.
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

# From now on a change of this account waits at its COMMIT.
sub hold {
    my ($login) = @_;
    $t->db->do(<<"SQL");
CREATE OR REPLACE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS \$\$
BEGIN
    WHILE NOT pg_try_advisory_xact_lock_shared($EJ::Faults::HOLD) LOOP
        PERFORM pg_sleep(0.01);
    END LOOP;
    RETURN NULL;
END
\$\$;
CREATE CONSTRAINT TRIGGER "hold_$login" AFTER INSERT OR UPDATE ON ej.account DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.login = '$login') EXECUTE FUNCTION public.hold();
SQL
    return EJ::Faults::held($t);
}
sub at_commit {
    my ($but) = @_;
    return $t->wait_for(5, sub { $t->value(q{SELECT pid FROM pg_stat_activity
        WHERE application_name = 'ejournal' AND wait_event = 'PgSleep' AND pid <> ALL (?)}, $but) });
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
# The server is there again, and every child of Apache has noticed.
sub back {
    $t->postgres->start;
    my $in_a_row = 0;
    ok $t->wait_for(20, sub { $in_a_row = $t->client->get('/diary', html => 1, header => {Cookie => any_cookie()})->status == 503 ? 0 : $in_a_row + 1; $in_a_row > 8 }),
        'the database is back';
}
sub any_cookie { my $name; $parent->agent->cookie_jar->scan(sub { $name = $_[1] if $_[1] =~ /^ej-[0-9a-f]+$/ }); return "$name=" . 'f' x 64 }
# Guesses that still count, of the subject that has most.
sub counted { return $t->value('SELECT coalesce(max(failures), 0) FROM ej.guess') }
sub epoch { return $t->value('SELECT epoch FROM ej.account WHERE login = ?', $_[0]) }

# ------------------------------------------------- ended before it committed ---

$parent = $t->login('parent');
$parent->form_token;
my $hold = hold('parent');
my $job  = change($parent, $old, 'Первый новый 7');
my $pid  = at_commit([0]);
ok $pid, 'a change waits at its COMMIT';
$t->value('SELECT pg_terminate_backend(?)', $pid);
ok at_commit([$pid]), 'its backend is ended: the change was not made, and is made again inside';
$hold->disconnect;
is_deeply [map { [@$_[0, 1]] } $job->ended], [[303, 200]], 'the person sees that it is changed, and goes on with the new token';
is epoch('parent'), 1, 'it was changed once';
is $t->client->log_in('parent', 'Первый новый 7')->status, 303, 'the new password opens';
$t->expect_log(qr/info\].*repeated after SQLSTATE 08006/);

# ---------------------------------------------------- ended when it had been ---

my $pupil = $t->login('pupil');
$pupil->form_token;
EJ::Faults::cut($wire, 'account_save');
my ($told) = change($pupil, $old, 'Второй новый 8')->ended;
ok EJ::Faults::is_cut($wire), 'a change is made, and the answer to its COMMIT is lost';
is "$told->[0] $told->[1]", '303 200', 'its new token is alive: the person sees that it is changed, and goes on';
is epoch('pupil'), 1, 'it was changed once';
is $t->client->log_in('pupil', 'Второй новый 8')->status, 303, 'and the new password opens';

# ---------------------------------------------------------------- a first log-in ---

$t->db->do(q{UPDATE ej.activation SET made_at = now(), expires_at = now() + interval '1 day' WHERE used_at IS NULL});
sub activate {
    my ($code, $login) = @_;
    return EJ::Faults::go($t, sub {
        my $client = $t->client;
        $client->get('/activate');
        my $r = $client->post('/activate', {html => 1}, code => $code, login => $login, password => 'снег идёт', password2 => 'снег идёт');
        $_[0]->($r->status, $r->content =~ /(неизвестно, завёлся ли логин)/ ? $1 : '', $r->content =~ /(Отправить ещё раз)/ ? $1 : '');
    });
}
EJ::Faults::cut($wire, 'login_activate');
is_deeply [map { $_->[0] } activate('AKTE0-00000-09201', 'new.mother')->ended], [303], 'an account is made, and the answer is lost: asked again by the same operation it is done';
ok EJ::Faults::is_cut($wire), 'it was lost';
is $t->client->log_in('new.mother', 'снег идёт')->status, 303, 'the new log-in opens';

is counted(), 0, 'no guess that was right is left counted';

# ------------------------------------------------------------ nobody can tell ---

# The connection is lost each time, and the database is gone when it is asked.
my $sport = $t->login('sport');
$sport->form_token;
$hold = hold('sport');
$job  = change($sport, $old, 'Третий новый 9');
$pid  = at_commit([0]);
ok $pid, 'a change waits at its COMMIT';
$t->db->disconnect;
delete $t->{db};
$t->postgres->stop('immediate');
($told) = $job->ended;
is $told->[0] . $told->[2], '503неизвестно, сменился ли пароль', 'and the database is gone: the person is told that nobody knows (JE508)';
is $told->[3], '', 'and is offered no form to send once more';
back();
$hold = hold('new.pupil');
$job  = activate('AKTE0-00000-09202', 'new.pupil');
ok at_commit([0]), 'an account waits at its COMMIT';
$t->db->disconnect;
delete $t->{db};
$t->postgres->stop('immediate');
is_deeply [$job->ended], [[503, 'неизвестно, завёлся ли логин', '']], 'and the database is gone: who wanted it is told to try';
back();

# --------------------------------------------------------------------- log-in ---

# what was counted right before a crash, it may have kept or lost
my $counted = counted();
EJ::Faults::cut($wire, 'core_login_finish');
is $t->client->log_in('english', $old)->status, 303, 'a log-in whose answer was lost is asked again inside';
ok EJ::Faults::is_cut($wire), 'it was lost';
is $t->value(q{SELECT count(*) FROM ej.session AS s JOIN ej.account AS a ON a.id = s.account_id WHERE a.login = 'english'}), 1, 'and opened one session';
cmp_ok counted(), '<=', $counted, 'and left no guess counted';
kill 'TERM', $wire->{pid};
waitpid $wire->{pid}, 0;
$t->allow_log(qr/JE50[1368]/, qr/dbd:error.*AH(?:00639|00629|02655)/);
done_testing;
