package EJ::Exim;

# A private Exim on 127.0.0.1: the mail relay of the tests.
#
#   my $exim = EJ::Exim->new(dir => "$t->{dir}/exim")->start;
#   $exim->url                     smtp://127.0.0.1:port
#   $exim->letters('anna')         the letters to anna@…, each as its text
#
# What a recipient's name makes it answer: later 451, nobody 550, drop hangs up, slow nothing
# for a minute after the letter, bulk… is taken and thrown away; mail to gone@… is taken and then
# returned to its sender by a report (DSN) of Exim.
#   $exim->suffers('busy')         421 instead of a greeting; 'foreign': 553 to any sender
#   $exim->suffers                 neither
#   $exim->freeze, ->thaw          it accepts connections and says nothing
#   user => 'name:password'        only for who logs in
#   bounces => a command           gets the letters to the sender, by a pipe

use strict;
use warnings;
use EJ::Servers ();

sub new {
    my ($class, %o) = @_;
    my $self = bless {port => EJ::Httpd::free_port(), %o}, $class;
    EJ::Servers::folder($_) for map {"$self->{dir}$_"} '', '/spool', '/mail';
    return $self;
}

sub url { return "smtp://127.0.0.1:$_[0]{port}" }

sub config {
    my ($self) = @_;
    my ($name, $password) = split /:/, $self->{user} // '', 2;
    my $auth = $name ? <<"END" : '';
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{$name}}{eq{\$auth3}{$password}}}}
  server_set_id = \$auth2
END
    my $refused = $name ? "deny !authenticated = *\n    message = log in first" : '';
    my $pipe = $self->{bounces} ? <<"END" : '';
returned:
  driver = accept
  senders = :
  transport = pipe
END
    return <<"END";
keep_environment = ^LD_ : ^NSS_
spool_directory = $self->{dir}/spool
log_file_path = $self->{dir}/\%slog
pid_file_path = $self->{dir}/exim.pid
exim_path = @{[EJ::Servers::root()]}/usr/sbin/exim4
primary_hostname = relay.test
qualify_domain = relay.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = $self->{port}
deliver_drop_privilege = true
rfc1413_query_timeout = 0s
host_lookup =
tls_advertise_hosts =
smtp_accept_max = 100
queue_only_load = 100
acl_smtp_connect = connect
acl_smtp_mail = mail
acl_smtp_data = data
acl_smtp_rcpt = rcpt
acl_smtp_predata = predata
begin acl
connect:
  defer condition = \${if exists{$self->{dir}/busy}}
    message = 421 come back later
  accept
mail:
  deny condition = \${if exists{$self->{dir}/foreign}}
    message = 553 sender address rejected
  $refused
  deny senders = refused\@*
    message = not from here
  accept
predata:
  accept
rcpt:
  defer local_parts = later
    message = try again later
  deny local_parts = nobody
    message = no such user
  drop local_parts = drop
  discard local_parts = ^bulk
  accept
data:
  warn condition = \${if match{\$recipients}{^slow@}}
    delay = 60s
  accept
begin routers
${pipe}gone:
  driver = redirect
  local_parts = gone
  data = :fail: the mailbox is gone
  allow_fail
all:
  driver = accept
  transport = file
begin transports
file:
  driver = appendfile
  directory = $self->{dir}/mail
  create_directory
  directory_mode = 0755
  mode = 0644
  maildir_format
  envelope_to_add
pipe:
  driver = pipe
  command = @{[$self->{bounces} // '/bin/false']}
$auth
END
}

sub start {
    my ($self) = @_;
    my ($user, $uid, $gid) = EJ::Postgres::web();
    my $dir = $self->{dir};
    EJ::Servers::write_file("$dir/exim.conf", $self->config);
    # Exim looks its built-in account up by name
    my $passwd = EJ::Servers::write_file("$dir/passwd", "Debian-exim:x:$uid:${gid}::$dir:/bin/false\nroot:x:0:0::/:/bin/sh\n");
    my $group = EJ::Servers::write_file("$dir/group", "Debian-exim:x:$gid:\nroot:x:0:\n");
    my ($wrapper) = glob '/usr/lib/*/libnss_wrapper.so';
    $self->{pid} = EJ::Servers::start($dir, 'exim',
        {LD_PRELOAD => $wrapper, NSS_WRAPPER_PASSWD => $passwd, NSS_WRAPPER_GROUP => $group},
        '/usr/sbin/exim4', '-C', "$dir/exim.conf", '-bdf', '-q10s');
    EJ::Servers::wait_for_port($self->{port}, $self->{pid}, "$dir/exim.out");
    return $self;
}

sub stop { my $pid = delete $_[0]{pid} or return; EJ::Servers::stop($pid) }

sub suffers {
    my ($self, $what) = @_;
    unlink map {"$self->{dir}/$_"} qw(busy foreign);
    EJ::Servers::write_file("$self->{dir}/$what", '') if $what;
}
sub freeze { kill 'STOP', $_[0]{pid} }
sub thaw   { kill 'CONT', $_[0]{pid} }

# The letters delivered to a name, as their bytes.
sub letters {
    my ($self, $name) = @_;
    return grep {/^Envelope-to: \Q$name\E@/mi}
        map { open my $f, '<', $_ or die "$_: $!\n"; local $/; scalar <$f> } sort glob "$self->{dir}/mail/new/*";
}

# The lines of its log.
sub log_lines {
    my ($self) = @_;
    open my $f, '<', "$self->{dir}/mainlog" or return;
    return <$f>;
}

sub DESTROY { $_[0]->stop }

1;
