#!/usr/bin/perl
# standby.t: while there is no primary, or none that answers, pages come from a standby and say of when they are; they
# show what the primary's showed; writes wait. When the standby is promoted, writing goes on without a restart (AVL-01).
use lib 'tests/lib';
use EJ::Test qw(refused);
use EJ::Faults;
use EJ::Routes;
use Time::HiRes qw(time);

my $standby;
my $t = EJ::Test->new(own_postgres => 1, children => 1, pool => 6, jobs => 0, today => '2026-11-20',
    postgres => ['wal_level = replica', 'max_wal_senders = 4'],
    conf => sub {
        my ($self) = @_;
        my ($one, $other) = ($self->postgres->socket, "$self->{dir}/b");
        my $rest = "dbname=$self->{database} user=ej_web application_name=ejournal connect_timeout=2 options='-c statement_timeout=5000'";
        return <<"END";
DBDParams "host=$one,$other target_session_attrs=read-write $rest"
EjournalReadFrom readers
<VirtualHost 127.0.0.1:1>
    ServerName readers
    DBDParams "host=$other,$one target_session_attrs=prefer-standby $rest"
</VirtualHost>
END
    });
$t->allow_log(qr/JE50\d 503|AH0063[0-9]|AH00629|AH02655|server closed|prepared again|repeated after|EjournalJobs is missing|the database system/);
$t->noon;
my $db = $t->db;
my @roles = qw(deputy administrator director class-teacher teacher sport personnel meals observer parent pupil);
my %c     = map { $_ => $t->login($_) } @roles;
my ($grid) = EJ::Faults::journal($t);
my @cells  = EJ::Faults::cells($t, 2);
$c{teacher}->form_token;
$standby = $t->postgres->standby(data => "$t->{dir}/standby", socket => "$t->{dir}/b", log => "$t->{dir}/standby.log");

# ------------------------------------------------------------- a primary that is frozen ----

unlike $c{parent}->get('/diary', html => 1)->content, qr/можно только читать/, 'a page of the primary says nothing of a standby';
$t->postgres->halt;
my $from = time;
my $r = $c{parent}->get('/diary', html => 1);
is $r->status, 200, sprintf 'the primary is frozen: the page comes from the standby after %.1f s', time - $from;
like $r->content, qr/Сейчас журнал можно только читать: записи — на \d\d:\d\d/, 'and says of when it is';
$from = time;
is $c{teacher}->get($grid)->status, 200, 'as does the next page';
cmp_ok time - $from, '<', 6, 'which does not wait for it again';
$t->postgres->resume;
sub saved {
    my ($cell, $value, $id) = @_;
    return EJ::Faults::save($c{teacher}, $grid, [[@$cell, '', $value]], "$id-1111-4111-8111-111111111111");
}
ok $t->wait_for(30, sub { 'saved' eq join ' ', EJ::Faults::outcomes(saved($cells[0], 4, '11111111')) }), 'it goes on: marks are saved';
ok $t->wait_for(30, sub { $c{parent}->get('/diary', html => 1)->content !~ /можно только читать/ }), 'and pages are its own again';

# ------------------------------------------------------------ what the primary shows ----

my %row;
sub row_of {
    my ($name) = @_;
    my $table = EJ::Routes::table_of($db, $name);
    return $row{$table} //= eval { local $db->{PrintError} = 0; $t->value("SELECT min(id) FROM ej.$table WHERE school_id = 1") }
        // eval { local $db->{PrintError} = 0; $t->value("SELECT min(id) FROM ej.$table") } // 0;
}
sub document {
    my ($who, $path) = @_;
    my $r = $c{$who}->get($path);
    return ($r->status, $r->status == 200 ? $r->content =~ s/ replayed_at="[^"]*"//r =~ s/ operation_id="[^"]*"//gr : $r->status >= 400 ? join(' ', $r->errors) : '');
}
my @walk;    # [route, path, role, document]; first those that change what a later page lists
for my $route (sort { ($b->{who} =~ /EJ_LOGGED/) <=> ($a->{who} =~ /EJ_LOGGED/) }
               grep { $_->{method} eq 'GET' && $_->{who} !~ /EJ_ANYONE|EJ_PENDING/ } EJ::Routes::all()) {
    my $path = $route->{path} =~ s/\{(\w+_id)\}/row_of($1)/ger;
    next if $path =~ m{\{|/0(?:/|\z)|/archive\z};
    for my $role (@roles) {
        my ($status, $text) = document($role, $path);
        push @walk, [$route, $path, $role, $text] if $status == 200;
        last if $status == 200;
    }
}
cmp_ok scalar(@walk), '>', 150, @walk . ' pages of all roles are read from the primary';
my $own = $t->value('SELECT pg_current_wal_lsn()');
ok $t->wait_for(60, sub { $standby->psql($t->database, '-c', "SELECT pg_last_wal_replay_lsn() >= '$own'") =~ /t/ }), 'the standby has all that was written';

# ---------------------------------------------------------------- no primary at all ----

$db->disconnect;
my $stop = "$t->{dir}/stop";
my @readers = map { my $who = $_; EJ::Faults::go($t, sub {
    my ($tell) = @_;
    EJ::Faults::own($c{$who});
    $tell->($c{$who}->get('/diary', html => 1)->status) until -e $stop;
}) } qw(parent pupil);
sub read_more { my %had = map { $_ => scalar $_->words } @readers; return $t->wait_for(30, sub { !grep { $_->words < $had{$_} + 30 } @readers }) }
ok read_more(), 'a parent and a pupil read page after page';
$t->postgres->stop('immediate');
ok read_more(), 'the primary crashes: they read on';
open my $file, '>', $stop or die $!;
close $file;
my @statuses = map { $_->[0] } map { $_->ended } @readers;
is join(' ', grep { $_ != 200 } @statuses), '', 'of ' . @statuses . ' pages none failed';
$r = $t->client->get('/ready');
like $r->status . ' ' . $r->content, qr/^200 .*\bstandby\b/s, '/ready: it serves, as a standby';
my (@wrong, $same, $logged);
for my $page (@walk) {
    my ($route, $path, $role, $was) = @$page;
    my ($status, $text) = document($role, $path);
    if ($route->{who} =~ /EJ_LOGGED/) {
        push @wrong, "$path as $role: $status $text" if "$status $text" ne '503 JE505';
        $logged++;
    }
    elsif ($status != 200) { push @wrong, "$path as $role: $status $text" }
    else                   { $same += $text eq $was; $page->[4] = $text }
}
is join("\n", @wrong), '', "every page comes from the standby, but the $logged whose opening is recorded";
my @other = map {"$_->[1] as $_->[2]"} grep { defined $_->[4] && $_->[4] ne $_->[3] && $_->[1] !~ m{^/(?:account/sessions|support)\z} } @walk;
is join("\n", @other), '', "and shows to each role what it showed from the primary ($same pages)";

my $saved = saved($cells[1], 5, '22222222');
is join(' ', $saved->status, $saved->header('Retry-After') // '', $saved->errors), '503 2 JE505', 'a mark cannot be saved now; the script sends it later';
my $reply = $c{administrator}->post('/rooms', {html => 1}, name => 'Кабинет 777');
like $reply->status . ' ' . $reply->content, qr/^503 .*Кабинет 777/s, 'what was typed into a form comes back';
is $t->client->log_in('deputy', $t->password)->status, 503, 'log-in waits';
my $out = $c{pupil}->post('/logout');
is $out->status, 303, 'logging out takes the cookie away';

# -------------------------------------------------------------------- a new primary ----

$standby->promote;
ok $t->wait_for(30, sub { $saved = saved($cells[1], 5, '22222222'); $saved->status == 200 }),
    'the standby is promoted: the same save succeeds, without a restart of Apache';
is join(' ', EJ::Faults::outcomes($saved)), 'saved', 'once';
unlike $c{parent}->get('/diary', html => 1)->content, qr/можно только читать/, 'and pages no longer say that they are old';
is $t->client->log_in('deputy', $t->password)->status, 303, 'log-in is back';
is $standby->psql($t->database, '-c', "SELECT count(*) FROM ej.history WHERE table_name = 'mark' AND operation_id::text LIKE '%-1111-4111-8111-111111111111'") + 0, 2,
    'of two acknowledged saves none is lost';
$standby->stop;
done_testing;
