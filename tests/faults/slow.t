#!/usr/bin/perl
# slow.t: beside 200 clients that send slowly, or do not read, everybody else's
# pages come at once, with the values of conf/ejournal.conf. A client that is cut
# off comes again at once.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use IO::Poll qw(POLLIN POLLHUP POLLERR);
use Socket qw(:DEFAULT SO_RCVBUF);
use Time::HiRes qw(time);

my ($MANY, $PAGES) = (200, 12);

# What is shipped for this, as it stands there.
my $shipped = do { open my $in, '<:encoding(UTF-8)', 'conf/ejournal.conf' or die $!; local $/; <$in> };
my ($values) = $shipped =~ /^# -+ slow clients --\n(.*?)^# -+ /ms or die "conf/ejournal.conf has no part for slow clients\n";
my ($pool)   = $shipped =~ /^DBDMax +(\d+)/m;
my $t = EJ::Test->new(today => '2026-11-20', pool => $pool, conf => "$values\nSendBufferSize 4096\n");    # a line that takes little
my $teacher = $t->login('teacher');
my ($grid)  = EJ::Faults::journal($t);
my $cookie;
$teacher->agent->cookie_jar->scan(sub { $cookie = "$_[1]=$_[2]" if $_[1] =~ /^ej-[0-9a-f]+$/ });

# A page that is longer than what Apache keeps for a slow line by default.
my $text = 'Прочитать и пересказать. ' x 150;
$t->db->do(q{INSERT INTO ej.homework (id, school_id, lesson_id, teaching_id, study_group_id, due_on, text)
             SELECT ej.new_id(2026), l.school_id, l.id, l.teaching_id, l.study_group_id, l.held_on + 7, ?
               FROM ej.lesson AS l JOIN ej.journal AS j ON j.teaching_id = l.teaching_id
               JOIN ej.term AS e ON e.id = j.term_id AND e.during @> l.held_on, generate_series(1, 10)
              WHERE j.id = ? AND l.held_on < '2026-11-20'}, undef, $text, $grid =~ /(\d+)/);
my $length = length $teacher->get($grid, html => 1, header => {'Accept-Encoding' => 'identity'})->bytes;
cmp_ok $length, '>', 130_000, "a page is long: $length bytes";

my $host = "Host: 127.0.0.1\r\n";
my $form = "${host}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n";
my $page = "GET /journal$grid HTTP/1.1\r\n${host}Cookie: $cookie\r\n\r\n";
my %kind = (    # what each says first, and what again and again
    'that say nothing'                     => ['', ''],
    'whose headers never end'              => ["GET /journal/login HTTP/1.1\r\n$host", "X-A: b\r\n"],
    'whose forms never end'                => ["POST /journal/login HTTP/1.1\r\n$form\r\n", 'a'],
    'whose forms in a session never end'   => ["POST /journal$grid HTTP/1.1\r\n${form}Cookie: $cookie\r\n\r\n", 'a'],
    'that do not read what they asked for' => [$page, undef],
);

# Hold $MANY connections; tell how many there are, and how many were cut off.
sub hold {
    my ($tell, $first, $more) = @_;
    my ($cut, $told, @held) = (0, 0);
    my $address = pack_sockaddr_in($t->httpd->port, inet_aton('127.0.0.1'));
    local $SIG{PIPE} = 'IGNORE';
    while (1) {
        while (@held < $MANY) {
            socket my $s, PF_INET, SOCK_STREAM, 0 or die "socket: $!\n";
            setsockopt $s, SOL_SOCKET, SO_RCVBUF, 2048;
            connect $s, $address or last;
            IO::Handle::blocking($s, 0);
            syswrite $s, $first;
            IO::Select->new($s)->can_read(5) unless defined $more;    # one page after the other
            push @held, {socket => $s, at => time};
        }
        my $poll = IO::Poll->new;
        $poll->mask($_->{socket} => defined $more ? POLLIN : POLLHUP) for @held;
        $poll->poll(0.3);
        my @cut = grep { $poll->events($_->{socket}) } @held;
        $cut += @cut;
        my %is_cut = map { $_ => 1 } @cut;
        @held = grep { !$is_cut{$_} } @held;
        for my $one (grep { length($more // '') && time - $_->{at} > 1 } @held) {
            syswrite $one->{socket}, $more;
            $one->{at} = time;
        }
        if (time - $told > 0.3) { $tell->(scalar @held, $cut); $told = time }
    }
}

for my $kind (sort keys %kind) {
    my $job = EJ::Faults::go($t, sub { hold($_[0], @{$kind{$kind}}) });
    my $now = sub { return @{($job->words)[-1] || [0, 0]} };
    ok $t->wait_for(30, sub { ($now->())[0] == $MANY }), "$MANY clients $kind are there";
    # until half of those that say something were cut off and came again
    my ($end, @took) = (time + 30);
    until (@took >= $PAGES && (!$kind{$kind}[1] || ($now->())[1] >= $MANY / 2) || time > $end) {
        my $from = time;
        my $r = EJ::Faults::own($teacher)->get(('/journals', '/', '/account')[@took % 3], html => 1);
        push @took, time - $from;
        is $r->status, 200, 'and a page of somebody else' if @took == 1 || $r->status != 200;
    }
    my ($longest) = sort { $b <=> $a } @took;
    cmp_ok $longest, '<', 2, sprintf 'all %d of them come in %.2f s at most, while %d clients are cut off', scalar @took, $longest, ($now->())[1];
    cmp_ok(($now->())[1], '>=', $MANY / 2, 'and come again') if $kind{$kind}[1];
    $job->stop;
}
done_testing;
