package Bench::Post;

# Letters: how fast the module sends 5,000 e-mails that are composed already, compared with a plain
# loop of libcurl (post_loop.c) that sends the same bytes; what composing adds; and how much pages
# slow down while 20 letters a second leave. The relay is Postfix's smtp-sink, unpacked into a
# folder and not installed.

use strict;
use warnings;
use File::Path qw(remove_tree);
use POSIX ();
use Time::HiRes qw(sleep time);
use EJ::Httpd ();
use EJ::Postgres ();
use EJ::Servers ();
use Bench::Load ();

my $TOP = $EJ::Postgres::TOP;

# ---------------------------------------------------------------------- processes --

# Run a statement every second in the background, as superuser; returns the pid.
sub every_second {
    my ($place, $n, $sql) = @_;
    my %env = $place->postgres->env("bench_$n");
    EJ::Servers::write_file(my $script = $place->dir . "/every_second_$n.sql", "$sql \\watch 1\n");
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        @ENV{keys %env} = values %env;
        open STDOUT, '>', '/dev/null';
        exec 'setpriv', '--pdeathsig', 'KILL', 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', $script or POSIX::_exit(127);
    }
    return $pid;
}

sub stop { my ($pid) = @_; kill 'KILL', $pid; waitpid $pid, 0; return }

sub start_sink {
    my ($dir, $port, @options) = @_;
    my $pid = EJ::Servers::start($dir, 'sink', {}, '/usr/sbin/smtp-sink', @options, "127.0.0.1:$port", 100);
    EJ::Servers::wait_for_port($port, $pid, "$dir/sink.out");
    return $pid;
}

# The plain loop, compiled once.
sub loop_program {
    my ($dir) = @_;
    my $program = "$dir/post_loop";
    chomp(my $flags = `pkg-config --cflags --libs libcurl`);
    system("cc -O2 -o '$program' '$TOP/tests/bench/post_loop.c' $flags") == 0 or die "post_loop.c cannot be compiled\n";
    return $program;
}

# ------------------------------------------------------------------------- letters --

# Letters with a text wait to be sent, or letters of one notice each, which are composed first.
sub make_letters {
    my ($db, $letters, $is_composed) = @_;
    $db->do('DELETE FROM ej.outbound_notice');
    $db->do('DELETE FROM ej.outbound');
    $db->do(q{UPDATE ej.notice_for SET send_at = NULL WHERE send_at IS NOT NULL});
    my $text = join "\n", 'Электронный журнал: Анна: новая отметка', '', 'Здравствуйте!', '', '— Анна: новая отметка.', '',
        'Подробно — в электронном журнале:', 'https://journal.test/notices', '', 'Школа № 92', 'Что присылать на этот адрес, решаете Вы: https://journal.test/account/notices';
    $db->do(q{INSERT INTO ej.outbound (school_id, person_id, channel, contact_id, address, hook_key, body, next_at)
        SELECT 1, f.person_id, 'email', f.contact_id, 'n' || f.n || '@home.test', md5('letter ' || f.n), ?, now() + interval '1 hour'
          FROM (SELECT c.person_id, c.id AS contact_id, row_number() OVER (ORDER BY i, c.id) AS n
                  FROM ej.contact c JOIN ej.account a ON a.person_id = c.person_id JOIN ej.guardian g ON g.person_id = c.person_id AND g.school_id = 1
                 CROSS JOIN generate_series(1, 100) AS i WHERE c.channel = 'email') AS f WHERE f.n <= ?}, undef, $is_composed ? $text : undef, $letters);
    if ($is_composed) {
        $db->do('UPDATE ej.outbound SET contact_id = NULL'); # of no notices: there is nothing to check
    }
    else {
        $db->do(q{DELETE FROM ej.notice WHERE kind = 'announcement' AND fact_key LIKE 'bench %'});
        $db->do(q{INSERT INTO ej.notice (school_id, kind, fact_key) SELECT 1, 'announcement', 'bench ' || i FROM generate_series(1, 100) AS i});
        $db->do(q{INSERT INTO ej.notice_for (school_id, notice_id, person_id, kind, fact_key)
            SELECT 1, n.id, p.person_id, n.kind, n.fact_key FROM ej.notice n CROSS JOIN (SELECT DISTINCT person_id FROM ej.outbound) AS p WHERE n.fact_key LIKE 'bench %'});
        $db->do(q{INSERT INTO ej.outbound_notice (outbound_id, notice_for_id, channel)
            SELECT o.id, f.id, 'email' FROM (SELECT id, person_id, row_number() OVER (PARTITION BY person_id ORDER BY id) AS n FROM ej.outbound) AS o
              JOIN (SELECT id, person_id, row_number() OVER (PARTITION BY person_id ORDER BY id) AS n FROM ej.notice_for WHERE fact_key LIKE 'bench %') AS f USING (person_id, n)});
        $db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on)
            SELECT DISTINCT w.school_id, w.guardian_id, w.pupil_id, 'email', 'given', date '2026-11-01' FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id
             WHERE g.person_id IN (SELECT person_id FROM ej.outbound) AND NOT EXISTS (SELECT FROM ej.consent c WHERE c.guardian_id = w.guardian_id AND c.pupil_id = w.pupil_id AND c.purpose = 'email')});
    }
    $db->do('VACUUM ANALYZE ej.outbound, ej.outbound_notice, ej.notice_for');
    my $made = $db->selectrow_array('SELECT count(*) FROM ej.outbound');
    die "only $made letters could be made\n" if $made != $letters;
    return;
}

# Let them go; returns the seconds until all have left.
sub let_go {
    my ($db, $letters) = @_;
    my $since = time;
    $db->do(q{UPDATE ej.outbound SET next_at = now() - interval '1 minute'});
    while ($db->selectrow_array(q{SELECT count(*) FROM ej.outbound WHERE state IN ('waiting', 'sending', 'deferred')})) {
        die "letters are stuck\n" if time > $since + 600;
        sleep 0.1;
    }
    my ($sent, $first, $last) = $db->selectrow_array(q{SELECT count(*) FILTER (WHERE state = 'sent'), extract(epoch FROM min(ended_at)), extract(epoch FROM max(ended_at)) FROM ej.outbound});
    die "$sent letters of $letters were sent\n" if $sent < 0.8 * $letters; # not those to paper families
    return ($last - $first) * $letters / $sent;
}

# ----------------------------------------------------------------------- measuring --

# measure(place, report, letters, rounds, run => sub (page): a run of wrk, pages)
sub measure {
    my (%o) = @_;
    local $EJ::Servers::FOLDER = 'bench_servers';
    my ($place, $report, $letters) = @o{qw(place report letters)};
    my ($db, $dir, $port) = ($place->db(1), EJ::Servers::folder($place->dir . '/post'), EJ::Httpd::free_port());
    $db->do('UPDATE ej.school SET tz = ?', undef, sprintf 'Etc/GMT%+d', (gmtime)[2] - 12); # no letter waits for the morning
    $db->do('UPDATE ej.school SET letters_day = 0, letters_hour = 0'); # nor for the next hour
    my $sink = start_sink($dir, $port);
    my $loop = loop_program($dir);
    my $httpd = EJ::Httpd->new(dir => $place->dir . '/httpd_post', module => $place->{stage}->module, share => $place->{stage}->share,
        base => '', socket => $place->postgres->socket, database => 'bench_1', children => 1, threads => 8,
        conf => "EjournalAddress https://journal.test\nEjournalMail smtp://127.0.0.1:$port journal\@school.test");
    make_letters($db, $letters, 1);
    $httpd->start;
    my $bytes = capture($db, $dir, $port, \$sink);
    for my $round (1 .. $o{rounds}) {
        printf "Letters, round %d of %d        \r", $round, $o{rounds};
        make_letters($db, $letters, 1);
        $report->add('letters s', let_go($db, $letters));
        $report->add('letters loop s', loop($loop, $port, $letters, $bytes));
        make_letters($db, $letters / 5, 0);
        $report->add('letters composed s', 5 * let_go($db, $letters / 5));
        beside($place, $report, $db, $_, $o{run}) for @{$o{pages}};
    }
    $httpd->stop;
    EJ::Servers::stop($sink);
    return;
}

# The bytes of one letter as the relay gets them.
sub capture {
    my ($db, $dir, $port, $sink) = @_;
    EJ::Servers::stop($$sink);
    my $kept = EJ::Servers::folder("$dir/kept");
    $$sink = start_sink($dir, $port, '-d', "$kept/%M.");
    $db->do(q{UPDATE ej.outbound SET next_at = now() - interval '1 minute' WHERE id = (SELECT min(id) FROM ej.outbound)});
    my $end = time + 30;
    my @files;
    sleep 0.05 until @files = grep {-s} glob "$kept/*" or time > $end;
    @files or die "no letter arrived in 30 s\n";
    sleep 0.2; # its last bytes
    open my $file, '<:raw', $files[0] or die "$files[0]: $!\n";
    my $text = do { local $/; <$file> };
    $text =~ s/\A(?:X-[^\n]*\n|Received:[^\n]*\n(?:[ \t][^\n]*\n)*)+//;
    EJ::Servers::write_file("$dir/letter.eml", $text =~ s/\r?\n/\r\n/gr);
    EJ::Servers::stop($$sink);
    $$sink = start_sink($dir, $port);
    return "$dir/letter.eml";
}

sub loop {
    my ($program, $port, $letters, $file) = @_;
    my $since = time;
    system($program, "smtp://127.0.0.1:$port", $letters, $file) == 0 or die "the plain loop failed\n";
    return time - $since;
}

# A page alone, and while 20 letters a second leave.
sub beside {
    my ($place, $report, $db, $page, $run) = @_;
    $report->add("$page without letters/s", $run->($page)->{rate});
    $db->do(q{UPDATE ej.outbound SET state = 'waiting', ended_at = NULL, next_at = now() + interval '1 hour', attempt = 0, stale_at = now() + interval '1 day'});
    my $pid = every_second($place, 1, q{UPDATE ej.outbound SET next_at = now() WHERE id IN (SELECT id FROM ej.outbound WHERE state = 'waiting' AND next_at > now() LIMIT 20)});
    sleep 1.5;
    my $before = $db->selectrow_array(q{SELECT count(*) FROM ej.outbound WHERE state = 'sent'});
    my $since  = time;
    $report->add("$page with letters/s", $run->($page)->{rate});
    my $sent = $db->selectrow_array(q{SELECT count(*) FROM ej.outbound WHERE state = 'sent'});
    stop($pid);
    $report->add('letters/s beside', ($sent - $before) / (time - $since));
    sleep 0.05 while $db->selectrow_array(q{SELECT count(*) FROM ej.outbound WHERE state = 'sending' OR state = 'waiting' AND next_at <= now()});
    return;
}

sub figures {
    my ($report) = @_;
    $report->line($_, $report->value($_), '%.1f') for 'letters s', 'letters loop s', 'letters composed s';
    $report->line('letters by the plain loop', $report->ratio('letters s', 'letters loop s'), '%.2f', '<= 3');
    $report->line('composing, by sending', $report->ratio('letters composed s', 'letters s'), '%.2f');
    $report->line('letters/s beside pages', $report->value('letters/s beside'), '%.1f');
    $report->line("$_ while letters leave", $report->ratio("$_ with letters/s", "$_ without letters/s"), '%.2f', '>= 0.9') for qw(grid diary);
    return;
}

1;
