#!/usr/bin/perl
# control_faults.t: faults around the control: a school's own form of an inspection that does not end is refused
# alone; without memory, in libxml2 or anywhere, the table of a whole school comes whole or not at all, and the next
# request is served.
# Fault table, rows 40 and 26.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use IO::Socket::INET ();

sub forms {
    my ($dir) = @_;
    mkdir "$dir/forms";
    open my $out, '>:utf8', "$dir/forms/inspections.xsl" or die "$dir/forms: $!";
    print $out '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/page" name="again">',
        '<p><xsl:if test="inspections"><xsl:call-template name="again"/></xsl:if></p></xsl:template></xsl:stylesheet>';
    close $out;
    system 'chmod', '-R', 'a+rX', "$dir/forms";
    return "$dir/forms";
}
my $t = EJ::Test->new(today => '2026-11-20', hooks => 1, children => 4, threads => 4, conf => sub { 'EjournalForms "' . forms($_[0]->dir) . '"' });
$t->expect_log(qr/JE500 500 number [0-9a-f]{8} .*the sheet/, qr/sheet: /, qr/exit signal Abort/)->allow_log(qr/Memory allocation failed, aborting/, qr/AH10392/, qr/JE50[0-9] 50[0-9]/);
my $deputy = $t->login('deputy');
my $id = $t->value('SELECT min(id) FROM ej.inspection WHERE school_id = 1');

my $r = $deputy->get("/inspections/$id?format=print", html => 1);
is $r->status, 500, 'the form of the school that does not end is no page';
like $r->content, qr/\b[0-9a-f]{8}\b/, 'it has a number';
is join(' ', map { $deputy->get($_, html => 1)->status } "/inspections/$id", '/inspections', '/control'), '200 200 200', 'the other pages come';

my $cookie;
$deputy->agent->cookie_jar->scan(sub { $cookie = "$_[1]=$_[2]" if $_[1] =~ /^ej-[0-9a-f]+$/ });
my $TABLE = '/control?from_on=2026-11-16&till_on=2026-11-20&by=class&format=csv';
my $BOOK  = '/classes/' . $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1}) . '/book?format=print';

# The head and the body of the reply; tokens of a page are taken from the body.
sub ask {
    my ($fail, $address) = (@_, $TABLE);
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $t->httpd->port) or die "no connection: $!\n";
    print $socket "GET /journal$address HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: $cookie\r\n",
        "X-Ejournal-Fail-Memory: $fail\r\nConnection: close\r\n\r\n";
    local $/;
    my ($head, $body) = split /\r\n\r\n/, <$socket> // '', 2;
    return ($head, defined $body ? $body =~ s/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{40,}//gr : undef);
}
my ($head, $whole) = ask(0);
like $head, qr{^HTTP/1\.1 200}, 'the table of the school as a file';
my ($none, @cut) = (0);
for my $n (1, 50, 2_500) {
    my ($reply, $body) = ask($n);
    if (!defined $reply || !length $reply) { $none++ }
    elsif ($reply =~ m{^HTTP/1\.1 200} && $body ne $whole) { push @cut, $n }
}
cmp_ok $none, '>', 0, 'without memory it does not come';
is "@cut", '', 'and never cut';
$t->wait_for(10, sub { my $one = EJ::Faults::own($deputy)->get('/control', html => 1); $one->status == 200 });
is((ask(0))[1], $whole, 'afterwards it is the same');

# The children may have hardly more memory than they hold: whatever asks for more, libpq, APR or libxml2, gets none.
# They are asked for a book, which is larger than anything that they have made, so that what they have freed is not enough.
# (--as would not limit them: an arena of glibc reserves its addresses long before it uses them.)
my $book = (ask(0, $BOOK))[1];
replace_children();
my $limited = 0;
sub limit {
    my ($child, $room) = @_;
    open my $file, '<', "/proc/$child/status" or return;
    my %is = map { /^(\w+):\s+(\d+)/ } <$file>;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {    # a process is limited by its own user
        ($(, $)) = ($is{Gid}, "$is{Gid} $is{Gid}");
        ($<, $>) = ($is{Uid}, $is{Uid});
        open STDERR, '>', '/dev/null';    # one that has been limited takes no more
        exec 'prlimit', '--pid', $child, '--data=' . ($is{VmData} + $room) * 1_024;
    }
    waitpid $pid, 0;
    $limited++ if !$?;
}
sub replace_children {
    my %old = map { $_ => 1 } $t->httpd->children;
    kill 'TERM', keys %old;    # the parent makes others
    $t->wait_for(20, sub { !grep { $old{$_} } $t->httpd->children });
    $t->wait_for(20, sub { ((eval { ask(0) })[1] // '') eq $whole });
}
my @seen;
for my $room (0, 256, 1_024, 4_096) {
    for my $child ($t->httpd->children) {
        limit($child, $room);
    }
    for (1 .. 4) {
        my ($reply, $body) = eval { ask(0, $BOOK) };
        push @seen, !length($reply // '') ? 'none' : $reply =~ m{^HTTP/1\.1 200} ? ($body eq $book ? 'whole' : 'cut') : $reply =~ m{^HTTP/1\.1 (\d+)};
    }
}
cmp_ok $limited, '>', 0, 'the children are limited';
cmp_ok scalar(grep { $_ ne 'whole' } @seen), '>', 0, 'and feel it';
is join(' ', grep { !/^(?:none|whole|50[03])\z/ } @seen), '', 'with no room for a reply there is a whole one, an error or none';
replace_children();
is((ask(0, $BOOK))[1], $book, 'the next child answers as before');
is $t->value(q{SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ejournal' AND state LIKE 'idle in transaction%'}), 0, 'and no connection is left within a transaction';
done_testing;
