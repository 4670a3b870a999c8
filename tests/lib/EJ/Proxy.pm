package EJ::Proxy;

# A second Apache, as a reverse proxy in front of the first. It knows nothing of the
# journal.
#
#   my $proxy = EJ::Proxy->new(dir => $t->dir . '/proxy', to => $t->httpd, conf => '…');
#   $proxy->start;
#   my $browser = EJ::Client->new(httpd => $proxy, …);

use strict;
use warnings;
use parent -norequire, 'EJ::Httpd';
use EJ::Httpd ();
use EJ::Postgres ();

sub new {
    my ($class, %o) = @_;
    return EJ::Httpd::new($class, base => $o{to}->base, %o);
}

sub config {
    my ($self) = @_;
    my $dir    = EJ::Httpd::_libexec();
    my ($user) = EJ::Postgres::web();
    my $group  = getgrgid((EJ::Postgres::web())[2]);
    my $as     = $> ? '' : "User $user\nGroup $group";
    my $load   = join "\n", map {"LoadModule ${_}_module $dir/mod_$_.so"}
        grep { -e "$dir/mod_$_.so" } qw(mpm_event authz_core unixd headers proxy proxy_http);
    return <<"END";
ServerRoot "$self->{dir}"
ServerName proxy.example
Listen 127.0.0.1:$self->{port}
PidFile httpd.pid
DefaultRuntimeDir "$self->{dir}"
$load
$as
ErrorLog error_log
StartServers 1
ServerLimit 1
ThreadsPerChild 8
MaxRequestWorkers 8
DocumentRoot "$self->{dir}/htdocs"
ProxyPass "/" "http://127.0.0.1:@{[$self->{to}->port]}/"
$self->{conf}
END
}

1;
