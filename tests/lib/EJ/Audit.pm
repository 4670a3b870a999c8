package EJ::Audit;

# What `make audit` gives its tools (tests/audit/run): a server with the TLS of conf/tls.conf, browsers that are
# logged in over it, and a request for each route of routes.def with a value in each of its parameters.

use strict;
use warnings;
use utf8;
use EJ::Httpd ();
use EJ::Probe ();
use EJ::Routes ();
use EJ::Test ();

my $NAME = 'journal.example.ru';

sub slurp {
    my ($name) = @_;
    open my $in, '<:encoding(UTF-8)', $name or die "$name: $!\n";
    local $/;
    return scalar <$in>;
}

# Write an authority's certificate, and one of it for the name of conf/tls.conf, with their keys, into a folder.
sub certify {
    my ($dir) = @_;
    open my $out, '>', "$dir/names" or die "$dir/names: $!\n";
    print $out "subjectAltName=DNS:$NAME\nkeyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth\n";
    close $out;
    my $run = sub { system("cd '$dir' && openssl $_[0] >>openssl.log 2>&1") == 0 or die "openssl $_[0] failed: see $dir/openssl.log\n" };
    $run->('req -x509 -newkey rsa:3072 -sha256 -nodes -days 80 -subj "/CN=Audit" -keyout ca.key -out ca.pem');
    $run->("req -newkey rsa:3072 -sha256 -nodes -subj /CN=$NAME -keyout privkey.pem -out leaf.csr");
    $run->('x509 -req -sha256 -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 80 -extfile names -out leaf.pem');
    system("cat '$dir/leaf.pem' '$dir/ca.pem' > '$dir/fullchain.pem'") == 0 or die "cat failed\n";
}

# serve(certificates => DIR, change => sub { of the text of conf/tls.conf }, conf => more lines): a server with a
# database of its own behind conf/tls.conf. Its {tls_port} is that of TLS. Guesses of passwords are not counted:
# else all but the first few would be refused unread.
sub serve {
    my (%o) = @_;
    my $libexec = EJ::Httpd::_libexec();
    my $port    = EJ::Httpd::free_port();
    my $tls     = slurp('conf/tls.conf');
    $tls =~ s{/etc/\S+/(\w+\.pem)}{$o{certificates}/$1}g;
    $tls =~ s/\*:443/*:$port/ && $tls =~ s/\*:80/*:*/ or die "conf/tls.conf has no hosts of the ports 80 and 443\n";
    $tls = $o{change}->($tls) if $o{change};
    my @load = map {"LoadModule ${_}_module $libexec/mod_$_.so\n"} qw(ssl http2 rewrite env cgid);
    my $t = EJ::Test->new(start => 0, secure => 1, today => '2026-11-20', threads => 8,
        conf => sub { join '', @load, "Listen 127.0.0.1:$port https\n$tls\n", $o{conf} ? $o{conf}->($_[0]) : () });
    $t->{tls_port} = $port;
    eval { $t->start; 1 } or $t->start; # a busy machine
    $t->db->do('CREATE OR REPLACE FUNCTION ej.guess_wait(subjects text[]) RETURNS int LANGUAGE sql AS $$ SELECT 0 $$');
    return $t;
}

sub url { my ($t) = @_; return "https://127.0.0.1:$t->{tls_port}" . $t->httpd->base }

# Log a person in over TLS; without a name a browser that is not logged in.
sub enter {
    my ($t, $login) = @_;
    my $client = EJ::Audit::Client->new(httpd => $t->httpd, share => $t->stage->share, wrong => [], who => $login, tls_port => $t->{tls_port});
    $client->agent->ssl_opts(verify_hostname => 0, SSL_verify_mode => 0);
    return $client unless defined $login;
    my $reply = $client->log_in($login, $t->password);
    die "'$login' could not log in: " . $reply->summary . "\n" unless $reply->status == 303;
    return $client;
}

# The cookie of a session: name, value.
sub cookie {
    my ($client) = @_;
    my @found;
    $client->agent->cookie_jar->scan(sub { @found = @_[1, 2] if $_[1] =~ /^__Host-ej-[0-9a-f]+$/ });
    return @found;
}

# ---------------------------------------------------------------- requests ----

# The fields that a handler reads, itself or in a function of its file: [name, type, the rest of its line].
sub fields_of {
    my ($route) = @_;
    my (%body, %found, %seen, $name);
    for my $line (split /\n/, slurp("mod_ejournal/features/$route->{feature}.c")) {
        $name = $1 if $line =~ /^\w[\w *]*?(\w+)[\[(]/;
        $body{$name} .= "$line\n" if defined $name && ($line =~ /^\s/ || $line =~ /\{"/);
    }
    my @todo = $route->{is_record} && $route->{method} eq 'POST' ? "ej_$route->{feature}_fields" : $route->{handler};
    while (defined(my $next = shift @todo)) {
        next if $seen{$next}++ || !defined $body{$next};
        $found{$1} //= [$1, $2, $3] while $body{$next} =~ /\{"(\w+)", (EJ_[A-Z]+)([^}]*)\}/g;
        push @todo, $body{$next} =~ /(\w+)\(/g, $body{$next} =~ /ej_(?:form_read\(p|page_save\(c), (\w+)/g;
    }
    return map { $found{$_} } sort keys %found;
}

my %WORD = (kind_key => 'rooms', duty_key => 'unfilled', report_key => 'school', indicator_key => 'filled', topic_key => 'lesson', role_key => 'teacher',
    month_key => '2026-11', service_word => 'rostering', parent_word => 'classes', list_word => 'students', sourced_key => 'class-1', parent_key => 'class-1');
my %VALUE = (EJ_DAY => '2026-11-20', EJ_TIME => '10:00', EJ_FLAG => 1, EJ_LINE => 'abc', EJ_PROSE => 'abc', EJ_CODE => 'AKTIV-9201', EJ_SECRET => 'correct horse');

# A value that a field may have, for a person.
sub value_of {
    my ($t, $login, $name, $type, $rest) = @_;
    return $WORD{$name} if $WORD{$name};
    return '2026-11-20' if $name =~ /_on$/;
    return 'a' x 32 if $name =~ /_key$/;
    return $VALUE{$type} if $VALUE{$type};
    return (split ' ', $rest =~ /\.words = "([^"]+)"/ ? $1 : 'abc')[0] if $type eq 'EJ_CHOICE';
    return $rest =~ /\.min = (-?\d+)/ ? $1 : 1 if $type =~ /^EJ_(?:NUMBER|DECIMAL)$/;
    return 1 if $name =~ /^(?:before|newest)_id$/;
    my $rel = EJ::Routes::table_of($t->db, $name);
    return $t->{seen}{"$login $rel"} //= (EJ::Probe::ids($t->db, $login, $rel))[0][0] // 1;
}

# The places of a route's parameters: [name, value] of the path, and of its query or form.
sub places {
    my ($t, $login, $route) = @_;
    my @path = map { [$_, value_of($t, $login, $_, /_id$/ ? 'EJ_ID' : 'EJ_LINE', '')] } $route->{path} =~ /\{(\w+)\}/g;
    my @more = map {
        my ($name, $type, $rest) = @$_;
        my $value = value_of($t, $login, $name, $type, $rest);
        my $key   = $name . ($rest =~ /\.ids = (\d)/ ? '.1' x $1 : '');
        ([$key, $value], $rest =~ /\.old =/ ? ["old_$key", ''] : ());
    } fields_of($route);
    return (\@path, \@more);
}

# The address and the body of a request; each value is followed by the mark of sqlmap, if it is wanted.
sub fill {
    my ($route, $path, $more, $mark, $token) = @_;
    my %of     = map {@$_} @$path;
    my $fields = join '&', map { $_->[0] . '=' . ($_->[1] =~ s/ /%20/gr) . $mark } @$more;
    my $at     = $route->{path} =~ s/\{(\w+)\}/$of{$1}$mark/gr;
    return ($at . ($fields ne '' ? "?$fields" : ''), undef) if $route->{method} eq 'GET';
    return ($at, join '&', $fields ne '' ? $fields : (), "form_token=$token");
}

# What a person may open now: after a form that ends the session, the password or the role, less.
sub reach { my ($browser) = @_; my $page = $browser->get('/account'); return $page->status == 200 ? scalar(split ' ', $page->xpath('string(/page/@opens)')) : 0 }

# requests(sub { a new server }, logins …): [{login, route, path, more, status, ends}] for each route with a parameter, as
# the first person to whom the address is open; as the first person, with what it was refused with, if to nobody.
# ends: sending it takes from the person the session, the password or the role, so that nothing after it would be asked.
sub requests {
    my ($new, @logins) = @_;
    my (@found, $t, %browser, %reach);
    for my $route (EJ::Routes::all()) {
        my $first;
        for my $login (@logins) {
            if (!$t) {
                $t = $new->();
                EJ::Probe::matrix($t->db);
                %browser = ();
            }
            my ($path, $more) = places($t, $login, $route);
            last unless @$path + @$more;
            my $browser = $browser{$login} //= enter($t, $login);
            $reach{$login} //= reach($browser);
            my ($at, $body) = fill($route, $path, $more, '', $browser->form_token);
            my $reply = defined $body ? $browser->post($at, {body => $body}) : $browser->get($at);
            my $is = {login => $login, route => $route, path => $path, more => $more, status => $reply->status};
            my $is_open = $reply->status !~ /^(?:401|403|404)$/;
            if ($is_open && defined $body && reach($browser) < $reach{$login}) {
                $is->{ends} = 1;
                undef $t;
            }
            $first = $is if $is_open || !$first;
            last if $is_open;
        }
        push @found, $first if $first;
    }
    return @found;
}

# ------------------------------------------------------------------ browser ----

package EJ::Audit::Client;

use parent -norequire, 'EJ::Client';

sub url {
    my ($self, $path) = @_;
    return EJ::Client::url($self, $path) =~ s{^http://127\.0\.0\.1:\d+}{https://127.0.0.1:$self->{tls_port}}r;
}

sub request {
    my ($self, $method, $path, $body, %o) = @_;
    $o{header} = {Origin => "https://127.0.0.1:$self->{tls_port}", %{$o{header} || {}}} if $method eq 'POST';
    return EJ::Client::request($self, $method, $path, $body, %o);
}

1;
