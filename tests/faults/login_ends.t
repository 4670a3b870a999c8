#!/usr/bin/perl
# login_ends.t: a session ends when the password is changed, the account is
# blocked or its person logs out, at the next request, with every way to log in.
# Fault table, rows 30 and 31.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use Encode qw(encode_utf8);
use MIME::Base64 qw(encode_base64);

my $t = EJ::Test->new(conf => <<'END');
<Location /basic>
    Ejournal On
    SetHandler ejournal
    AuthType Basic
    AuthName "ejournal"
    AuthBasicProvider ejournal
    Require ejournal
</Location>
END

sub basic { return 'Basic ' . encode_base64(encode_utf8("$_[0]:$_[1]"), '') }
sub by_basic    { return request($_[0], 'parent', $_[1]) }
sub by_basic_as { return request($t->client, @_) }
sub request {
    my ($client, $login, $password) = @_;
    return $client->get('http://127.0.0.1:' . $t->httpd->port . '/basic/account',
        html => 1, header => {Authorization => basic($login, $password)})->status;
}

my $old = $t->password;
my $new = 'Совсем-другой-пароль-7';
my ($here, $there) = ($t->login('parent'), $t->login('parent'));
my $plain = $t->client;
is $there->get('/diary', html => 1)->status, 200, 'a parent is logged in twice by the form';
is join(' ', map { by_basic($plain, $old) } 1 .. 8), join(' ', (200) x 8), 'a parent is logged in by Basic with every request';
$here->form_token;

# Requests run all the time; those that begin after the reply must be refused.
sub asks {
    my ($tell, $ask) = @_;
    my $stop = "$t->{dir}/changed";
    my $after = 0;
    while ($after < 15) {
        my $is_after = -e $stop;
        $after++ if $is_after;
        $tell->($is_after ? 'after' : 'before', $ask->());
    }
}
my @jobs = (
    EJ::Faults::go($t, sub { EJ::Faults::own($there); asks($_[0], sub { $there->get('/diary', html => 1)->status }) }),
    EJ::Faults::go($t, sub { EJ::Faults::own($plain); asks($_[0], sub { by_basic($plain, $old) }) }),
);
$t->wait_for(20, sub { 2 == grep { ($_->words || 0) > 5 } @jobs });
my $r;
# log-ins lock the account's counter again and again: on a busy machine
# the change may get JE507 and is sent again
$t->wait_for(20, sub {
    $r = $here->post('/account', old_password => $old, password => $new, password2 => $new);
    $r->status != 409;
});
is $r->status, 303, 'the password is changed in the first browser';
open my $file, '>', "$t->{dir}/changed" or die $!;
my ($cookie, $basic) = map { [$_->ended] } @jobs;
cmp_ok scalar(grep { "@$_" eq 'before 200' } @$cookie), '>', 3, 'the second browser has access before the change';
is scalar(grep { "@$_" eq 'after 200' } @$cookie), 0, 'the second browser has no access after the change';
cmp_ok scalar(grep { "@$_" eq 'before 200' } @$basic), '>', 1, 'Basic with the old password has access before the change';
is scalar(grep { "@$_" eq 'after 200' } @$basic), 0, 'Basic with the old password has no access after the change';
is scalar(grep { $_->[0] eq 'after' } @$cookie, @$basic), 30, 'thirty requests were made after the change';
is $here->get('/diary', html => 1)->status, 200, 'the browser that changed it stays logged in';

# The failures of the old password are deleted; a child of Apache may
# still delay log-ins for five seconds.
$t->db->do('DELETE FROM ej.guess');
isnt $t->client->log_in('parent', $old)->status, 303, 'the old password does not log in';
ok $t->wait_for(10, sub { $t->client->log_in('parent', $new)->status == 303 }), 'the new password logs in';
ok $t->wait_for(10, sub { by_basic($t->client, $new) == 200 }), 'the new password logs in by Basic';

# ------------------------------------------------------------------ blocked

my $teacher = $t->login('teacher');
my ($grid)  = EJ::Faults::journal($t);
is $teacher->get($grid, html => 1)->status, 200, 'a teacher has access to the journal';
$t->db->do(q{UPDATE ej.account SET blocked_at = now() WHERE login = 'teacher'});
is $teacher->get($grid)->status, 401, 'a blocked teacher has no access at the next request';
my ($cell) = EJ::Faults::cells($t, 1);
is $teacher->post($grid, column_id => [$cell->[0]], pupil_id => [$cell->[1]], old => [''], value => ['5'])->status,
    401, 'a blocked teacher cannot save';
is EJ::Faults::shown($t, $cell), '', 'the refused save changed nothing';
my $wrong = $t->client->log_in('teacher', $old);
is join(' ', $wrong->status, $wrong->errors), '401 JE110', 'a blocked teacher gets the same reply as for a wrong password';

# ------------------------------------------------------ replay after log-out

my $pupil = $t->login('pupil');
my @kept;
$pupil->agent->cookie_jar->scan(sub { push @kept, "$_[1]=$_[2]" if $_[1] =~ /^ej-[0-9a-f]+$/ });
is scalar @kept, 1, 'a pupil has a cookie, which somebody copies';
my $thief = $t->client;
is $thief->get('/diary', html => 1, header => {Cookie => $kept[0]})->status, 200, 'the copied cookie gives access to the diary';
my $out = $pupil->log_out;
is $out->status, 303, 'the pupil logs out';
like $out->header('Clear-Site-Data') // '', qr/cache/, 'the log-out clears the browser\'s cache';
is $thief->get('/diary', header => {Cookie => $kept[0]})->status, 401, 'after the log-out the copied cookie gets 401';
is $thief->get("/diary", html => 1, header => {Cookie => $kept[0]})->location, '/login?back=%2fdiary',
    'after the log-out a browser with the copied cookie is sent to the log-in page';
is $t->value(q{SELECT count(*) FROM ej.session AS s JOIN ej.account AS a ON a.id = s.account_id WHERE a.login = 'pupil'}),
    0, 'the session is gone from the database';

# a password may have been typed as log-in name, so the logs must not have it
by_basic_as($_, 'x') for 'Пароль-вместо-логина', 'parent';
for my $name (map { $t->httpd->$_ } qw(error_log access_log)) {
    open my $log, '<:encoding(UTF-8)', $name or die "$name: $!";
    is_deeply [grep {/вместо|%D0%9F|\\xd0|user parent| parent /} <$log>], [], 'no log has the typed log-in name: ' . ($name =~ s{.*/}{}r);
}
$t->expect_log(qr/info\].*JE110 401 Basic/);
done_testing;
