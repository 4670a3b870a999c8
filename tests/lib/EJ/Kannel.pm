package EJ::Kannel;

# A private Kannel on 127.0.0.1 with its simulated operator (fakesmsc): the gateway for short
# messages of the tests.
#
#   my $kannel = EJ::Kannel->new(dir => "$t->{dir}/kannel")->start;
#   $kannel->url                   http://127.0.0.1:port/cgi-bin/sendsms
#   $kannel->login                 a file with user:password
#   $kannel->messages              what the operator got, each as {to, text}
#   $kannel->freeze, ->thaw        it accepts connections and says nothing

use strict;
use warnings;
use Encode qw(decode);
use URI::Escape qw(uri_unescape);
use EJ::Servers ();

sub new {
    my ($class, %o) = @_;
    my $self = bless {%o}, $class;
    $self->{$_} = EJ::Httpd::free_port() for qw(port admin box operator);
    EJ::Servers::folder($self->{dir});
    EJ::Servers::write_file($self->login, "school:kannel-pass\n");
    chmod 0600, $self->login;
    return $self;
}

sub url   { return "http://127.0.0.1:$_[0]{port}/cgi-bin/sendsms" }
sub login { return "$_[0]{dir}/login" }

sub config {
    my ($self) = @_;
    return <<"END";
group = core
admin-port = $self->{admin}
admin-password = admin
smsbox-port = $self->{box}
box-allow-ip = 127.0.0.1
dlr-storage = internal
log-level = 1

group = smsc
smsc = fake
smsc-id = operator
host = 127.0.0.1
port = $self->{operator}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = $self->{port}
log-level = 1

group = sendsms-user
username = school
password = kannel-pass
max-messages = 2
concatenation = true
default-sender = School
END
}

# Start the gateway; the operator comes with it unless operator => 0.
sub start {
    my ($self, %o) = @_;
    my $conf = EJ::Servers::write_file("$self->{dir}/kannel.conf", $self->config);
    $self->_box(bearerbox => '/usr/sbin/bearerbox', $self->{admin}, $conf);
    $self->_box(smsbox => '/usr/sbin/smsbox', $self->{port}, $conf);
    $self->start_operator unless exists $o{operator} && !$o{operator};
    return $self;
}

sub _box {
    my ($self, $name, $program, $port, @args) = @_;
    $self->{pid}{$name} = EJ::Servers::start($self->{dir}, $name, {}, $program, @args);
    EJ::Servers::wait_for_port($port, $self->{pid}{$name}, "$self->{dir}/$name.out");
}

sub start_operator {
    my ($self) = @_;
    $self->{pid}{operator} = EJ::Servers::start($self->{dir}, 'operator', {},
        '/usr/lib/kannel/test/fakesmsc', '-r', $self->{operator}, '-m', 0, '1 1 text nothing');
}

sub stop {
    my ($self) = @_;
    EJ::Servers::stop($_) for values %{delete $self->{pid} || {}};
}

# Let the gateway accept connections and say nothing.
sub freeze { kill 'STOP', $_[0]{pid}{smsbox} }
sub thaw   { kill 'CONT', $_[0]{pid}{smsbox} }

# The messages that the operator got, in order; the parts of a long one are messages here.
sub messages {
    my ($self) = @_;
    open my $file, '<', "$self->{dir}/operator.out" or return;
    return map { m{Got message \d+: <\S+ (\S+) (?:udh \S+ data|ucs-2|data) (\S*)>}
            ? {to => $1, text => decode('UTF-16BE', uri_unescape($2 =~ tr/+/ /r))} : () } <$file>;
}

sub DESTROY { $_[0]->stop }

1;
