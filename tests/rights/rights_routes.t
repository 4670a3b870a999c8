#!/usr/bin/perl
# rights_routes.t: every route of routes.def, as every role: who lacks the role is told that there
# is no such page, and each role that the route names opens it for some row of the seed. What the
# pages then show of whose rows is rights_http.t's.
use lib 'tests/lib';
use EJ::Probe;
use EJ::Routes;
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
$t->postgres->psql($t->database, '-f', 'tests/lib/rows.sql');
EJ::Probe::matrix($t->db);
# A session that waits for its second factor (EJ_PENDING) is factor.t's.
# Everybody may end sessions or block a log-in of one's own, after which there is nobody to ask.
my @routes = grep { $_->{who} !~ /EJ_(?:ANYONE|PENDING)/ && "$_->{method} $_->{path}" !~ m{^POST /(?:logout|account/known|account/sessions)$} } EJ::Routes::all();
cmp_ok scalar @routes, '>', 100, 'there are routes to ask';

# ------------------------------------------------------------------ roles ----

# The roles of a name in ej.h, which may stand for several.
my %names = do {
    open my $in, '<', 'mod_ejournal/ej.h' or die "ej.h: $!\n";
    map { /^    EJ_(\w+) = (EJ_[A-Z_ |EJ]+),$/ ? ($1 => $2) : () } <$in>;
};
sub roles {
    my ($who) = @_;
    return map { $_ eq 'ALL' ? 'SESSION' : $names{$_} ? roles($names{$_}) : $_ } grep { !/^(?:LOGGED|BROWSER|MODULE_\w+)$/ } $who =~ /EJ_(\w+)/g;
}

$t->db->do(q{UPDATE ej.school SET forecast_shown = 'shown'}); # else families have no such page (forecast.t)
# the substitute gave a lesson of physical education
$t->db->do(q{UPDATE ej.lesson AS l SET staff_id = f.id
  FROM ej.account AS a JOIN ej.staff AS f USING (person_id)
 WHERE a.login = 'substitute' AND l.id = (SELECT o.id FROM ej.lesson AS o JOIN ej.teaching AS g ON g.id = o.teaching_id
           JOIN ej.subject AS u ON u.id = g.subject_id AND u.is_pe
          WHERE o.held_on BETWEEN '2026-11-16' AND '2026-11-19' AND o.school_id = f.school_id
            AND NOT EXISTS (SELECT FROM ej.lesson AS b WHERE b.staff_id = f.id AND b.during && o.during)
          ORDER BY o.id LIMIT 1)}) == 1 or die 'no lesson of physical education is free for the substitute';
my (%client, %has);
for my $login (map { $_->[0] } $t->postgres->logins($t->database)) {
    $client{$login} = $t->login($login);
    $has{$login} = {SESSION => 1, map { uc $_ => 1 } split / /, $client{$login}->get('/account')->xpath('string(/page/@roles)')};
}
sub may { my ($login, @roles) = @_; return grep { $has{$login}{$_} } @roles }

# -------------------------------------------------------------------- rows ----

# Rows for the ids in a path, those that a person may read first: a list of hashes. Where a path
# has several ids they belong together.
my %together = (
    '/journals/{journal_id}/columns/{column_id}/pupils/{pupil_id}' => q{SELECT j.id AS journal_id, l.id AS column_id, b.pupil_id FROM ej.journal AS j
        JOIN ej.term AS e ON e.id = j.term_id JOIN ej.lesson AS l ON l.teaching_id = j.teaching_id AND e.during @> l.held_on
        JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
       WHERE e.is_taught AND l.held_on BETWEEN '2026-11-16' AND '2026-11-20' AND j.id = ANY (?)},
    '/journals/{journal_id}/columns/{column_id}/pupils/{pupil_id}/correction' => q{SELECT j.id AS journal_id, l.id AS column_id, b.pupil_id FROM ej.journal AS j
        JOIN ej.term AS e ON e.id = j.term_id JOIN ej.lesson AS l ON l.teaching_id = j.teaching_id AND e.during @> l.held_on
        JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
       WHERE e.is_taught AND l.held_on BETWEEN '2026-11-16' AND '2026-11-20' AND j.id = ANY (?)},
    '/pupils/{pupil_id}/handins/{homework_id}' => q{SELECT s.pupil_id, s.homework_id FROM ej.submission AS s WHERE s.pupil_id = ANY (?)},
    '/pupils/{pupil_id}/works/{work_id}' => q{SELECT m.pupil_id, m.work_id FROM ej.mark AS m WHERE m.pupil_id = ANY (?)},
    '/messages/{conversation_id}/files/{file_id}' => q{SELECT f.conversation_id, f.file_id FROM ej.message_file AS f WHERE f.conversation_id = ANY (?)},
    '/load/classes/{class_id}/subjects/{subject_id}' => q{SELECT c.id AS class_id, s.id AS subject_id FROM ej.class AS c JOIN ej.subject AS s USING (school_id) WHERE c.id = ANY (?)},
    '/duplicates/{kind_key}/{first_id}/{second_id}' => q{SELECT 'pupils' AS kind_key, a.id AS first_id, b.id AS second_id FROM ej.pupil AS a
        JOIN ej.pupil AS b USING (school_id) WHERE b.id > a.id AND a.id = ANY (?)},
);
my %ids;
sub rows {
    my ($login, $path) = @_;
    my @names = grep { !/_(?:key|on)$/ } $path =~ /\{(\w+)\}/g or return ({kind_key => 'rooms', report_key => 'school', duty_key => 'unfilled', indicator_key => 'filled'}, {kind_key => 'payments', report_key => 'school', duty_key => 'unfilled'}, {kind_key => 'staff', report_key => 'programme', duty_key => 'unfilled'}, {report_key => 'leader'}, {report_key => 'teachers'});
    my $rel = EJ::Routes::table_of($t->db, $names[0]);
    my $ids = $ids{"$login $rel"} ||= [EJ::Probe::ids($t->db, $login, $rel)];
    my @ids = @{$ids->[0]} ? @{$ids->[0]} : @{$ids->[1]};
    return map { {$names[0] => $_} } @ids if @names == 1;
    my $last = EJ::Routes::table_of($t->db, $names[-1]);
    my $sql  = $together{$path} // "SELECT x.id AS $names[1], x.$names[0] FROM ej.$last AS x WHERE x.$names[0] = ANY (?)";
    return @{$t->db->selectall_arrayref("$sql LIMIT 200", {Slice => {}}, \@ids)};
}

my %usual = (day_on => '2026-11-20', done_on => '2026-11-20', month_key => '2026-11'); # of no table
sub ask {
    my ($login, $route, $row) = @_;
    my $path = $route->{path} =~ s/\{(\w+)\}/$row->{$1} \/\/ $usual{$1} \/\/ 1/ger;
    return $route->{method} eq 'GET' ? $client{$login}->get($path) : $client{$login}->post($path);
}

# ------------------------------------------------------------------- asking ----

# Of these the seed has no row: the test that makes one.
my %elsewhere = ('/transfers/{transfer_id}' => 'transfers/transfers.t', '/takeout/{takeout_id}' => 'takeout/takeout.t', '/pupils/{pupil_id}/absence/{absence_reason_id}' => 'attendance/attendance.t', '/outside/{outside_mark_id}' => 'outside/outside.t', '/retakes/{retake_id}' => 'debts/debts.t', '/incidents/{incident_id}' => 'incidents/incidents.t', '/incidents/{incident_id}/operations' => 'voidings/voidings.t', '/voidings/{voiding_id}' => 'voidings/voidings.t', '/promotions/{promotion_id}' => 'promotion/promotion.t',
    '/pupils/{pupil_id}/photo' => 'pupil/pupil.t', '/jobs/{job_id}' => 'jobs/jobs.t', '/account/contacts/{contact_id}' => 'contacts/contacts.t', '/account/keys/{app_key_id}' => 'keys/keys.t', '/informing/{informing_id}' => 'informing/informing.t', '/outbound/{outbound_id}' => 'outbound/outbound.t', '/fet/names/{kind_key}' => 'fet/fet_hostile.t', '/training/records/{training_record_id}' => 'training/training.t',
    '/meals/entitlements/{meal_entitlement_id}' => 'entitlements/entitlements.t', '/pupils/{pupil_id}/achievements/{achievement_id}/file' => 'portfolio/portfolio.t');
# Pages are asked without what stands behind «?», and forms are sent without fields: some are refused for that.
my %opens = (GET => qr/^(?:200|303|422)$/, POST => qr/^(?:200|303|403|409|422)$/);
for my $route (@routes) {
    my $name = "$route->{method} $route->{path}";
    my @roles = roles($route->{who});
    my @let_in;
    for my $login (sort keys %client) {
        next if may($login, @roles);
        my ($row) = rows($login, $route->{path});
        my $status = ask($login, $route, $row // {})->status;
        push @let_in, "$login: $status" if $status != 404;
    }
    is join(', ', @let_in), '', "$name: nobody without the role";
    for my $role (@roles) {
        my @said;
        my $opened = 0;
        for my $login (grep { may($_, $role) } sort keys %client) {
            for my $row (rows($login, $route->{path})) {
                my $status = ask($login, $route, $row)->status;
                $opened = $status =~ $opens{$route->{method}} or push @said, "$login: $status";
                last if $opened;
            }
            last if $opened;
        }
        if (my $test = $elsewhere{$route->{path}}) {
            ok !$opened && -e "tests/$test", "$name: $test has a row for $role";
        }
        else {
            ok $opened, "$name: opens to $role" or diag join ', ', @said[0 .. ($#said > 5 ? 5 : $#said)];
        }
    }
}
done_testing;
