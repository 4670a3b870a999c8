#!/usr/bin/perl
# mount.t: what stands below or beside the journal in one Apache is as safe as
# the journal: another handler is shown to nobody without a session, and a
# directory of the host's own may ask the journal's log-in.
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;
use LWP::UserAgent;

my $t = EJ::Test->new(conf => sub {
    my ($self) = @_;
    return <<"END";
LoadModule status_module /usr/lib/apache2/modules/mod_status.so
LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so
<Location /journal/server-status>
    SetHandler server-status
</Location>
<Location /status-too>
    SetHandler server-status
    AuthType Ejournal
    AuthName "ejournal"
    Require valid-user
</Location>
<Location /journal/off>
    Ejournal Off
    SetHandler server-status
    Require all denied
</Location>
END
});
my $stranger = LWP::UserAgent->new(max_redirect => 0);
(my $host = $t->url) =~ s{/journal$}{};

is $stranger->get($t->url('/server-status'))->code, 401,
    'a handler of another module below the journal refuses a client without a session';
is $t->login('teacher')->get('/server-status')->status, 200,
    'a handler of another module below the journal answers a user with a session';
for (1 .. 3) {
    is $stranger->get("$host/status-too")->code, 401,
        'a place beside the journal with AuthType Ejournal refuses a client without a session';
}
is $stranger->get($t->url('/off'))->code, 403,
    'the journal does not answer in a place with Ejournal Off';
is $stranger->get($t->url('/'))->code, 303, 'the journal leads a client without a session to the log-in page';
$t->allow_log(qr/AH01630|AH01631|AH01617/);
done_testing;
