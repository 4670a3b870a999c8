package EJ::Client;

# A browser for tests: it keeps cookies, does not follow redirects, asks for XML by
# default, and sends the session's form token with every POST.

use strict;
use warnings;
use Encode ();
use HTTP::Request ();
use LWP::UserAgent ();
use URI::Escape qw(uri_escape_utf8);
use EJ::Reply ();

# new(httpd => EJ::Httpd, share => DIR of the schemas, who => name for messages)
sub new {
    my ($class, %o) = @_;
    my $agent = LWP::UserAgent->new(
        cookie_jar => {}, requests_redirectable => [], timeout => 60, keep_alive => 4,
        agent => 'ejournal-test');
    return bless {agent => $agent, %o}, $class;
}

sub agent { return $_[0]{agent} }
sub who   { return $_[0]{who} }

# The address of a path of the journal; the path may begin with the base or not.
sub url {
    my ($self, $path) = @_;
    return $path if $path =~ m{^https?://};
    my $base = $self->{httpd}->base;
    $path = "$base$path" unless $base ne '' && index("$path/", "$base/") == 0;
    return 'http://127.0.0.1:' . $self->{httpd}->port . $path;
}

# get('/journals/7', html => 1, accept => '…', header => {name => value})
sub get {
    my ($self, $path, %o) = @_;
    return $self->request('GET', $path, undef, %o);
}

# post('/lessons/7', topic => '…', mark => [1, 2], …): the fields, in order; an array
# sends its field several times. A hash before the fields has the options of get() and:
# token => another form token, or undef for none; body => raw bytes; type => their media
# type.
sub post {
    my ($self, $path, @fields) = @_;
    my %o = ref $fields[0] eq 'HASH' ? %{shift @fields} : ();
    return $self->request('POST', $path, $o{body}, %o) if exists $o{body};
    unless (grep { $_ eq 'form_token' } @fields[map { $_ * 2 } 0 .. @fields / 2 - 1]) {
        my $token = exists $o{token} ? $o{token}
            : $path =~ m{/(?:login|activate)$} ? $self->login_token($path) : $self->form_token;
        push @fields, form_token => $token if defined $token;
    }
    return $self->request('POST', $path, encode(@fields), %o);
}

# Post a form with files, as a browser does. files: [field, name, bytes] each; of a list of values
# each is sent. Text is sent in UTF-8.
sub upload {
    my ($self, $path, $files, @fields) = @_;
    my %o    = ref $fields[0] eq 'HASH' ? %{shift @fields} : ();
    my $mark = 'xXx92';
    my $utf8 = sub { utf8::is_utf8($_[0]) ? Encode::encode('UTF-8', $_[0]) : $_[0] };
    my $part = sub { "--$mark\r\nContent-Disposition: form-data; name=\"$_[0]\"$_[1]\r\n\r\n" . $utf8->($_[2]) . "\r\n" };
    my $body = $part->('form_token', '', $self->form_token);
    while (my ($name, $value) = splice @fields, 0, 2) {
        $body .= join '', map { $part->($name, '', $_) } ref $value ? @$value : $value;
    }
    $body .= join '', map { $part->($_->[0], '; filename="' . $utf8->($_->[1]) . '"', $_->[2]) } @$files;
    return $self->post($path, {%o, body => "$body--$mark--\r\n", header => {'Content-Type' => "multipart/form-data; boundary=$mark"}});
}

# Encode fields as the body of a form.
sub encode {
    my (@fields) = @_;
    my @pairs;
    while (my ($name, $value) = splice @fields, 0, 2) {
        push @pairs, map { uri_escape_utf8($name) . '=' . uri_escape_utf8($_ // '') }
            ref $value ? @$value : $value;
    }
    return join '&', @pairs;
}

# The form token of the session; reads a page if none was read yet.
sub form_token {
    my ($self) = @_;
    $self->get('/account') if !defined $self->{form_token} && $self->{is_in};
    return $self->{form_token};
}

# The form token of the pages before log-in; reads the page if none was read yet.
sub login_token {
    my ($self, $path) = @_;
    $self->get($path) unless defined $self->{login_token};
    return $self->{login_token};
}

sub request {
    my ($self, $method, $path, $body, %o) = @_;
    my $request = HTTP::Request->new($method, $self->url($path));
    $request->header(Accept => $o{accept}
            // ($o{html} ? 'text/html,application/xhtml+xml,*/*;q=0.8' : 'application/xml'));
    if ($method eq 'POST') {
        $request->header('Content-Type' => $o{type} // 'application/x-www-form-urlencoded');
        $request->header(Origin => 'http://127.0.0.1:' . $self->{httpd}->port);
        $request->content($body // '');
    }
    my %more = %{$o{header} || {}};
    for my $name (keys %more) {
        defined $more{$name} ? $request->header($name => $more{$name})
                             : $request->remove_header($name);
    }
    my $reply = EJ::Reply->new($self->{agent}->request($request), $self->{httpd}->base);
    $self->_learn($reply);
    return $reply;
}

# Remember the form tokens of a reply. Also check it: every document must fit its schema,
# and every table must be a rectangle.
sub _learn {
    my ($self, $reply) = @_;
    if ($reply->type eq 'text/html' && $reply->content =~ /<table/) {
        my $wrong = $reply->tables_error;
        push @{$self->{wrong}}, "$reply->{asked}: $wrong" if $wrong;
    }
    return unless $reply->is_xml;
    my $page = $reply->page or return;
    my $token = $page->getAttribute('form_token');
    $self->{form_token} = $token if defined $token;
    $token = $page->getAttribute('login_token');
    $self->{login_token} = $token if defined $token;
    my $wrong = $reply->schema_error("$self->{share}/xslt/schema");
    push @{$self->{wrong}}, "$reply->{asked}: $wrong" if $wrong;
}

# Follow a redirect as a browser would.
sub follow {
    my ($self, $reply, %o) = @_;
    return $self->get($reply->location, %o);
}

# Log in through the form. Returns the reply to the POST.
sub log_in {
    my ($self, $login, $password, %fields) = @_;
    $self->get('/login');
    my $reply = $self->post('/login', login => $login, password => $password, %fields);
    $self->{is_in} = $reply->status == 303;
    delete $self->{form_token};
    return $reply;
}

sub log_out {
    my ($self) = @_;
    my $reply = $self->post('/logout');
    $self->{is_in} = 0;
    delete $self->{form_token};
    return $reply;
}

# The value of the session's cookie, or undef.
sub cookie {
    my ($self) = @_;
    my $value;
    $self->{agent}->cookie_jar->scan(sub { $value = $_[2] if $_[1] =~ /^(?:__Host-)?ej-[0-9a-f]+$/ });
    return $value;
}

1;
