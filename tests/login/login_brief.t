#!/usr/bin/perl
# login_brief.t: a guess that finds no place to be delayed is refused by a page
# that was made before: no transform, no query, nothing of the request in it.
# One thread in four may delay a refusal: three threads mean that none does.
use lib 'tests/lib';
use EJ::Test;
use MIME::Base64 ();
use LWP::UserAgent;
use Time::HiRes qw(time);

my %small = (children => 1, threads => 3, pool => 3, log_level => 'notice ejournal:trace1');
my $t     = EJ::Test->new(%small);

# Do something while the counters of guesses are locked, so that a request that
# reads them gets 503; returns how many transforms were made meanwhile.
sub transforms { my ($at) = @_; return scalar grep {/transform: /} $at->log_lines }
sub work {
    my ($at, $do) = @_;
    my ($lock, $before) = ($at->new_db, transforms($at));
    $lock->begin_work;
    $lock->do('LOCK TABLE ej.guess IN ACCESS EXCLUSIVE MODE');
    $do->();
    $lock->rollback;
    return transforms($at) - $before;
}

# Have all guesses wait for an hour, and guess until the child has read this: it
# remembers it for five seconds.
sub wait_longer {
    my ($at, $guess) = @_;
    $at->db->do(q{UPDATE ej.guess SET open_at = now() + interval '1 hour'});
    $at->wait_for(10, sub { $guess->()->header('Retry-After') > 3000 }) or die 'the wait was not read';
}

# --------------------------------------------------------------- the form ---

my $guesser = $t->client('guesser');
$guesser->agent->conn_cache(undef);    # the replies on one connection are held back
my $token   = $guesser->login_token('/login');

sub guess {
    my ($login, $password, %o) = @_;
    my %how = (html => 1, header => {'Accept-Encoding' => 'gzip'}, token => $token);
    return $guesser->post($o{path} // '/login', \%how,
        login => $login, password => $password, back => '/typed-back');
}

for my $n (1 .. 8) { last if guess('deputy', "guess-$n")->status == 429 }
wait_longer($t, sub { guess('deputy', 'guess') });
my $first = guess('deputy', 'typed-first', path => '/login?back=/typed-query');
is $first->status, 429, 'a log-in that must wait is refused';
like $first->header('Retry-After'), qr/^[1-5]$/, 'the reply has the seconds to wait';
is $first->header('Cache-Control'), 'no-store', 'no cache keeps the reply';
is $first->header('Content-Encoding'), undef, 'the reply is not compressed';
like $first->content, qr/Слишком много попыток подряд.*обновите эту страницу/s, 'its words say why, and what to do';
is $first->count('//*[contains(@class, "card")]//a[not(contains(@href, "/help/"))]'), 1, 'the page leads on';

my @same;
is work($t, sub { @same = map { guess('deputy', "typed-$_", path => "/login?back=/typed-$_") } 1 .. 5 }), 0, 'further refusals need no transform';
is_deeply [grep { $_->status != 429 || $_->content ne $first->content } @same], [], 'and read no counter; all get the same bytes';
unlike $first->content, qr/typed-|deputy|\Q$token\E/, 'the page has nothing that was typed, and no token';
is join(' ', $t->client('program')->post('/login', login => 'deputy', password => 'typed')->errors), 'JE111', 'a program gets the code';

# ------------------------------------------------------------ after a wait ---

$t->db->do('UPDATE ej.guess SET open_at = now()');
my ($from, $wait) = (time, guess('deputy', 'guess')->header('Retry-After'));
ok $t->wait_for($wait + 1, sub { guess('deputy', $t->password)->status == 303 }), 'the right password is let in after the wait';
cmp_ok time - $from, '<', $wait + 2, '  as soon as the reply had said';

# -------------------------------------------------------- codes and Basic ---

$t->db->do('DELETE FROM ej.guess');
my @code = (code => 'AKTE0-00000-00000');
for (1 .. 60) { last if $guesser->post('/activate', {html => 1}, @code)->status == 429 }
wait_longer($t, sub { $guesser->post('/activate', {html => 1}, @code) });
my @codes;
is work($t, sub { @codes = map { $guesser->post('/activate', {html => 1}, @code) } 1 .. 5 }), 0, 'refused activation codes need no transform';
is_deeply [grep { $_->status != 429 || $_->content ne $first->content } @codes], [], 'guesses of activation codes get the same page';

my $basic = EJ::Test->new(%small, conf => <<'END');
<Location "/journal">
    AuthType Basic
    AuthName "ejournal"
    AuthBasicProvider ejournal
</Location>
END
sub ask {
    my ($password) = @_;
    my $header = 'Basic ' . MIME::Base64::encode("deputy:$password", '');
    return LWP::UserAgent->new->get($basic->url('/journals'), Accept => 'text/html', Authorization => $header);
}
for my $n (1 .. 8) { last if ask("guess-$n")->code == 429 }
wait_longer($basic, sub { ask('guess') });
my $basic_page = ask('typed-first');
my @asked;
is work($basic, sub { @asked = map { ask("typed-$_") } 1 .. 5 }), 0, 'with Basic refused guesses need no transform';
is_deeply [grep { $_->code != 429 || $_->content ne $basic_page->content } @asked], [], 'with Basic all guesses that must wait get one page';
like $basic_page->decoded_content, qr/Слишком много попыток подряд/, '  with the same words';
done_testing;
