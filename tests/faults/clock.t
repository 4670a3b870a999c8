#!/usr/bin/perl
# clock.t: the clock of Apache's machine jumps by a day, forward and back. Sessions, delays
# and days are the database's, and what a child remembers for a while does not last longer.
# Fault table, row 29.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use HTTP::Date ();

plan skip_all => 'the sanitizers and libfaketime cannot both be loaded first' if EJ::Stage::is_sanitized();
my $t = EJ::Test->new(own_postgres => 1, children => 1, clock => 1, today => '2026-11-20');
my ($teacher, $out) = map { $t->login($_) } qw(teacher parent);
my ($grid) = EJ::Faults::journal($t);
my @cells  = EJ::Faults::cells($t, 4);

# The hours by which the clock that Apache tells is ahead of the test's.
sub ahead { return sprintf '%.0f', (HTTP::Date::str2time($t->client->get('/health')->header('Date')) - time) / 3600 }

# -------------------------------------------------------------------- sessions --

my ($cookie, @ids);
$out->agent->cookie_jar->scan(sub { $cookie = "$_[1]=$_[2]" if $_[1] =~ /^ej-[0-9a-f]+$/ });
sub with_cookie { return LWP::UserAgent->new(max_redirect => 0)->get($t->url('/diary'), Accept => 'text/html', Cookie => $cookie)->code }
is with_cookie(), 200, 'a cookie opens the diary';
is $out->get('/diary')->status, 200, 'a parent has logged in';
$out->log_out;
my $n = 0;
for my $jump (['+1d', 24], ['-1d', -24], ['+0', 0]) {
    my ($offset, $hours) = @$jump;
    $t->httpd->set_clock($offset);
    is ahead(), $hours, "the clock of Apache is set: $offset";
    is $teacher->get($grid, html => 1)->status, 200, "$offset: who has logged in goes on";
    my $save = EJ::Faults::save($teacher, $grid, [[@{$cells[$n++]}, '', '5']], $ids[$n - 1] = EJ::Faults::operation());
    is join(' ', $save->status, EJ::Faults::outcomes($save)), '200 saved', "$offset: and saves";
    is $t->client->log_in('pupil', $t->password)->status, 303, "$offset: one can log in";
    is with_cookie(), 303, "$offset: who has logged out stays so";
}
is $t->value(q{SELECT count(*) FROM ej.history WHERE operation_id = ANY (?) AND made_at BETWEEN now() - interval '1 hour' AND now()}, \@ids), 3,
    'what was saved has the time of the database';

# ----------------------------------------------- what a child remembers for a while --

# A connect that fails closes the gate for a second, also when the clock goes back meanwhile.
$t->httpd->set_clock('+1d');
is $teacher->get($grid, html => 1)->status, 200, 'a page comes';
$t->postgres->stop;
is $teacher->get($grid, html => 1)->status, 503, 'PostgreSQL is away';
$t->httpd->set_clock('-1d');
$t->postgres->start;
ok $t->wait_for(10, sub { $teacher->get($grid, html => 1)->status == 200 }), 'it comes back after the clock was set back by two days: so do the pages';
$t->expect_log(qr/JE501 503/)->allow_log(qr/JE501 503|AH00629|AH0063[3-9]|AH02655/);

# Wrong passwords: the delay is as long as it would have been.
$t->httpd->set_clock('+1d');
my $status = 0;
for (1 .. 12) { $status = $t->client('x')->log_in('sport', "wrong-$_")->status; last if $status == 429 }
is $status, 429, 'wrong passwords are delayed';
$t->httpd->set_clock('-1d');
$t->db->do(q{UPDATE ej.guess SET open_at = now() + interval '1 second'});
ok $t->wait_for(40, sub { $t->client('x')->log_in('sport', $t->password)->status == 303 }), 'for the same time, when the clock is set back';

# ------------------------------------------------------------- changes of the clocks --

# The day of a school by its zone, in nights of 23 and of 25 hours: the database is told the
# moment by replacing now() in the view.
my $view = $t->value(q{SELECT pg_get_viewdef('ej.school_today'::regclass)});
$t->db->do('CREATE FUNCTION public.moment() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT current_setting(\'test.moment\')::timestamptz $$');
my $changed = $view =~ s/\bnow\(\)/public.moment()/r;
isnt $changed, $view, 'the day of a school is made of the present moment';
$t->db->do(q{UPDATE ej.school SET today_fixed = NULL});
$t->db->do("CREATE OR REPLACE VIEW ej.school_today WITH (security_invoker = true) AS $changed");
for my $night (
    ['Europe/Moscow', '2011-03-26 20:59:59+00', '2011-03-26'], ['Europe/Moscow', '2011-03-26 21:00:00+00', '2011-03-27'],
    ['Europe/Moscow', '2011-03-27 19:59:59+00', '2011-03-27'], ['Europe/Moscow', '2011-03-27 20:00:00+00', '2011-03-28'],
    ['Europe/Moscow', '2014-10-25 19:59:59+00', '2014-10-25'], ['Europe/Moscow', '2014-10-25 20:00:00+00', '2014-10-26'],
    ['Europe/Moscow', '2014-10-26 20:59:59+00', '2014-10-26'], ['Europe/Moscow', '2014-10-26 21:00:00+00', '2014-10-27'],
    ['Asia/Kamchatka', '2026-11-19 12:00:00+00', '2026-11-20'], ['Asia/Kamchatka', '2026-11-19 11:59:59+00', '2026-11-19']) {
    my ($zone, $moment, $day) = @$night;
    $t->db->do('UPDATE ej.school SET tz = ?', undef, $zone);
    $t->db->do(q{SELECT set_config('test.moment', ?, false)}, undef, $moment);
    is $t->value('SELECT string_agg(DISTINCT today::text, \' \') FROM ej.school_today'), $day, "at $moment it is $day in $zone";
}
done_testing;
