#!/usr/bin/perl
# oneroster.t: a program shows its secret, gets a token, and reads the school as OneRoster 1.2 has it. What
# it reads is compared with the tables.
# INT-01, FED-06, LEG-03
use lib 'tests/lib';
use EJ::Test;
use JSON::PP ();
use MIME::Base64 qw(encode_base64);

my $t     = EJ::Test->new(today => '2026-11-20');
my $db    = $t->db;
my $admin = $t->login('administrator');
my $other = $t->client('program');
my $V     = '/ims/oneroster/rostering/v1p2';
my $G     = '/ims/oneroster/gradebook/v1p2';
my $SCOPE = 'https://purl.imsglobal.org/spec/or/v1p2/scope';
sub json { return JSON::PP::decode_json($_[0]->content) }
sub stored { return join ' ', @{$db->selectcol_arrayref(@_)} }

# ------------------------------------------------------------- a program ---

my %all = (name => 'Столовая', reads_roster => 1, reads_demographics => 1, reads_gradebook => 1, from_on => '2026-11-01', till_on => '2027-05-31');
is $admin->post('/clients', %all)->status, 303, 'the administrator lets a program read the school';
my ($id, $key) = $db->selectrow_array(q{SELECT id, client_key FROM ej.api_client WHERE name = 'Столовая'});
my $secret = $admin->post("/clients/$id/secret")->xpath('string(//clients/@secret)');

sub token {
    my (%p) = @_;
    my $header = delete $p{header};
    return $other->post('/ims/oneroster/token', {token => undef, $header ? (header => $header) : ()}, %p);
}
my %ask = (grant_type => 'client_credentials', client_id => $key, client_secret => $secret);
my $r   = token(%ask);
is join('|', $r->status, $r->header('Content-Type'), $r->header('Cache-Control'), $r->header('Set-Cookie') // ''), '200|application/json; charset=utf-8|no-store|',
    'for the secret it gets a token, and no cookie';
my $got = json($r);
is join('|', @$got{qw(token_type expires_in scope)}), "Bearer|3600|" . join(' ', map { "$SCOPE/$_.readonly" } qw(roster-core roster roster-demographics gradebook-core gradebook)), 'for an hour, with all its scopes';
my $token = $got->{access_token};
is $t->value(q{SELECT count(*) FROM ej.api_token x WHERE digest = sha256(convert_to(?, 'UTF8'))}, $token) . $t->value('SELECT count(*) FROM ej.api_token x, ej.api_secret s WHERE x::text || s::text LIKE ANY (?)', ["%$token%", "%$secret%"]), '10',
    'token and secret are kept as digests alone';
ok $t->value('SELECT last_used_at > now() - interval \'1 hour\' FROM ej.api_secret WHERE api_client_id = ?', $id), 'the journal knows when the program was last here';
my $core = json(token(grant_type => 'client_credentials', scope => "$SCOPE/roster-core.readonly", header => {Authorization => 'Basic ' . encode_base64("$key:$secret", '')}));
is $core->{scope}, "$SCOPE/roster-core.readonly", 'by Basic, too, and with the scope that it asks for alone';

sub refused { my ($r) = @_; my $f = json($r); return join ' ', $r->status, $f->{error_description} =~ /^(JE\d+): \w/, $f->{error} }
is refused(token(%ask, client_secret => 'x')), '401 JE312 invalid_client', 'a wrong secret gets nothing';
is refused(token(%ask, client_id => "ej-' OR true --")), '401 JE312 invalid_client', 'nor an unknown program';
is refused(token(%ask, scope => "$SCOPE/roster.createput")), '400 JE313 invalid_scope', 'nor a scope that it does not have';
is refused(token(%ask, grant_type => 'password')), '400 JE182 unsupported_grant_type', 'there is no other way';
is token(%ask, client_secret => 'x')->header('WWW-Authenticate'), 'Basic realm="ejournal"', 'the refusal says how';

# ------------------------------------------------------------- the school ---

sub ask { my ($path, %o) = @_; return $other->get($path, header => {Authorization => 'Bearer ' . ($o{token} // $token)}) }
sub ids { my ($path) = @_; my $all = json(ask($path)); return join ' ', sort map { $_->{sourcedId} } map { @$_ } values %$all }
my %rows = (
    "$V/orgs" => q{SELECT 'school-1'}, "$V/schools" => q{SELECT 'school-1'},
    "$V/academicSessions" => q{SELECT 'year-1-2026' UNION ALL SELECT k || t.id FROM ej.term t JOIN ej.term_plan p ON p.id = t.term_plan_id, (VALUES ('term-'), ('period-')) v(k) WHERE p.school_id = 1 AND p.year = 2026 AND t.kind IN ('quarter', 'half', 'trimester')},
    "$V/terms" => q{SELECT 'term-' || t.id FROM ej.term t JOIN ej.term_plan p ON p.id = t.term_plan_id WHERE p.school_id = 1 AND p.year = 2026 AND t.kind IN ('quarter', 'half', 'trimester')},
    "$V/courses" => q{SELECT 'subject-' || id FROM ej.subject WHERE school_id = 1 UNION ALL SELECT 'homeroom-1'},
    "$V/classes" => q{SELECT 'class-' || id FROM ej.class WHERE school_id = 1 AND year = 2026 UNION ALL SELECT 'teaching-' || id FROM ej.teaching WHERE school_id = 1 AND year = 2026},
    "$V/students" => q{SELECT 'pupil-' || p.id FROM ej.pupil p WHERE school_id = 1 AND id IN (SELECT pupil_id FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id WHERE c.year = 2026)},
    "$V/teachers" => q{SELECT DISTINCT 'staff-' || staff_id FROM ej.teaching WHERE school_id = 1 AND year = 2026},
    "$V/demographics" => q{SELECT 'pupil-' || pupil_id FROM ej.pupil_card WHERE school_id = 1 AND pupil_id IN (SELECT pupil_id FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id WHERE c.year = 2026)},
    "$G/categories" => q{SELECT 'kind-' || id FROM ej.work_kind WHERE school_id = 1 UNION ALL SELECT 'final-1'},
    "$G/scoreScales" => q{SELECT 'scale-' || id FROM ej.scale WHERE school_id = 1},
    "$G/lineItems" => q{SELECT 'work-' || id FROM ej.work WHERE school_id = 1 AND id / 10000000000 = 2026 UNION ALL SELECT 'journal-' || j.id FROM ej.journal j JOIN ej.teaching t ON t.id = j.teaching_id WHERE t.school_id = 1 AND t.year = 2026},
    "$G/results" => q{SELECT concat_ws('-', 'mark', work_id, pupil_id, attempt) FROM ej.mark WHERE school_id = 1 AND value IS NOT NULL AND work_id / 10000000000 = 2026 UNION ALL SELECT concat_ws('-', 'final', pupil_id, m.subject_id, term_id) FROM ej.term_mark m JOIN ej.teaching t ON t.id = m.teaching_id WHERE m.school_id = 1 AND m.value IS NOT NULL AND t.year = 2026},
);
is ids("$_?limit=1000"), stored("SELECT s FROM ($rows{$_}) AS x(s) ORDER BY s COLLATE \"C\""), "$_ has the rows of the school, and no other" for sort keys %rows;

my ($pupil, $surname, $given) = $db->selectrow_array(q{SELECT p.id, surname, given_name FROM ej.pupil p JOIN ej.account a USING (person_id) WHERE a.login = 'pupil'});
my $user = json(ask("$V/users/pupil-$pupil"))->{user};
is join('|', @$user{qw(sourcedId familyName givenName enabledUser status)}, $user->{roles}[0]{role}, $user->{grades}[0], scalar @{$user->{agents}}),
    join('|', "pupil-$pupil", $surname, $given, 'true', 'active', 'student', '07', $t->value(q{SELECT count(*) FROM ej.guardianship WHERE pupil_id = ? AND during @> date '2026-11-20'}, $pupil)), 'a pupil is a user with guardians';
unlike $other->get("$V/users?limit=1000", header => {Authorization => "Bearer $token"})->content, qr/"(?:phone|email|sms|username|password)"/, 'no telephones, addresses and log-ins leave';
my $class = $t->value(q{SELECT class_id FROM ej.enrolment WHERE pupil_id = ? AND during @> date '2026-11-20'}, $pupil);
is ids("$V/classes/class-$class/students"), stored(q{SELECT DISTINCT s FROM (SELECT 'pupil-' || pupil_id FROM ej.enrolment WHERE class_id = ?) x(s) ORDER BY 1}, undef, $class), 'the students of a class';
is ids("$V/students/pupil-$pupil/classes?limit=1000"), stored(q{SELECT s COLLATE "C" FROM (SELECT 'class-' || class_id FROM ej.enrolment WHERE pupil_id = ?1
    UNION SELECT 'teaching-' || t.id FROM ej.membership b JOIN ej.teaching t USING (study_group_id) WHERE b.pupil_id = ?1) x(s) ORDER BY 1} =~ s/\?1/$pupil/gr), 'and the classes of a student';
is json(ask("$G/results?limit=1&filter=student.sourcedId%3D'pupil-$pupil'%20AND%20lineItem.sourcedId~'work-'&sort=sourcedId"))->{results}[0]{textScore}, $t->value(q{SELECT value FROM ej.mark WHERE pupil_id = ? AND value IS NOT NULL ORDER BY 'mark-' || work_id LIMIT 1}, $pupil), 'a mark is its text';

# --------------------------------------------------------- pages and words ---

$r = ask("$V/students?limit=10&offset=10&sort=familyName&orderBy=desc");
is $r->header('X-Total-Count'), $t->value("SELECT count(*) FROM ($rows{\"$V/students\"}) x"), 'a page says how many there are';
like $r->header('Link'), qr{\Q$V\E/students\?limit=10&offset=20&sort=familyName&orderBy=desc>; rel="next".*offset=0&.*rel="prev".*rel="first".*rel="last"}, 'and where the others are';
is join(' ', map { $_->{familyName} } @{json($r)->{users}}), stored(q{SELECT surname FROM ej.pupil p WHERE school_id = 1 AND id IN (SELECT pupil_id FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id WHERE c.year = 2026) ORDER BY surname DESC, id LIMIT 10 OFFSET 10}), 'in the order that is asked';
is join(' ', sort keys %{json(ask("$V/students?limit=1&fields=sourcedId,familyName"))->{users}[0]}), 'familyName sourcedId', 'with the fields that are asked';
is scalar @{json(ask("$V/students?limit=5"))->{users}}, 5, 'a page has as many as are asked';
is json(ask("$V/users?filter=familyName%3D'" . "x'' OR ''1''=''1'"))->{users}[0], undef, 'apostrophes of a filter are text';
is scalar(@{json(ask("$V/users?limit=1000&filter=roles.role%3D'guardian'%20OR%20roles.role%3D'principal'"))->{users}}), $t->value(q{SELECT (SELECT count(DISTINCT guardian_id) FROM ej.guardianship WHERE school_id = 1 AND during @> date '2026-11-20')
    + (SELECT count(DISTINCT staff_id) FROM ej.staff_role WHERE school_id = 1 AND role = 'director')}), 'a filter of a list, with OR';
is scalar(@{json(ask("$V/users?filter=dateLastModified%3E'2200-01-01'"))->{users}}), 0, 'of the time of the last change';

sub fault { my ($r) = @_; my $f = json($r); return join ' ', $r->status, $f->{imsx_codeMajor} eq 'failure' ? $f->{imsx_description} =~ /^(JE\d+): \w/ : (), $f->{imsx_CodeMinor}{imsx_codeMinorField}[0]{imsx_codeMinorFieldValue} }
is fault(ask("$V/users?filter=familyName%3D'x';DROP TABLE ej.mark")), '400 JE180 invalid_filter_field', 'a filter that is none is refused in words';
is fault(ask("$V/users?filter=pupil_id%3D'1'")), '400 JE180 invalid_filter_field', 'also by a column that the standard does not have';
is fault(ask("$V/users?filter=kind%3D'student'")), '400 JE180 invalid_filter_field', '  or that never leaves';
is fault(ask("$V/users?fields=sourcedId,password")), '400 JE181 invalid_selection_field', 'an unknown field, too';
is fault(ask("$V/users?limit=0")), '422 JE102 invaliddata', 'and a page of no objects';
is fault(ask("$V/users/pupil-0")), '404 JE401 unknownobject', 'an unknown user is not found';
is fault(ask("$V/marks")), '404 JE401 unknownobject', 'nor an unknown list';
is fault(ask('/ims/nothing')), '404 JE401 unknownobject', 'nor an unknown address, in JSON';
is fault($other->post("$V/users", {token => undef}, x => 1)), '405 JE119 unsupported', 'nothing is written';

# ------------------------------------------------------------------ rights ---

is fault(ask("$V/users", token => 'x')), '401 JE310 unauthorisedrequest', 'a wrong token opens nothing';
is fault($admin->get("$V/users")), '401 JE310 unauthorisedrequest', 'nor does a session of a person';
is $other->get('/pupils', header => {Authorization => "Bearer $token"})->status . ' ' . join(' ', $other->get('/pupils', header => {Authorization => "Bearer $token"})->errors), '401 JE315', 'a token opens no page';
is fault(ask("$V/demographics", token => $core->{access_token})), '403 JE311 forbidden', 'what is not in its scopes is refused';
is fault(ask("$G/results", token => $core->{access_token})), '403 JE311 forbidden', '  marks, too';
is fault(ask("$V/classes/class-$class/students", token => $core->{access_token})), '403 JE311 forbidden', '  and with the core scope what lies within another';
is fault(ask("$V/users/" . $t->value(q{SELECT 'pupil-' || min(id) FROM ej.pupil WHERE school_id <> 1}))), '404 JE401 unknownobject', 'a pupil of another school is not there';

my $guardian = $t->value(q{SELECT min(guardian_id) FROM ej.guardianship WHERE pupil_id = ? AND during @> date '2026-11-20'}, $pupil);
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, 'processing', 'refused', '2026-11-19')}, undef, $guardian, $pupil);
my $surnames = join '|', map { quotemeta } @{$db->selectcol_arrayref(q{SELECT 'guardian-' || guardian_id || '"' FROM ej.guardianship WHERE pupil_id = ? UNION SELECT 'pupil-' || ? || '"'}, undef, $pupil, $pupil)};
unlike ask("$_?limit=1000")->content, qr/$surnames/, "$_: nothing leaves about a family that refused" for "$V/users", "$V/students", "$V/enrollments", "$V/demographics", "$G/results";
is fault(ask("$V/users/pupil-$pupil")), '404 JE401 unknownobject', 'nor when it is asked for';

$db->do('UPDATE ej.api_client SET reads_gradebook = false WHERE id = ?', undef, $id);
is fault(ask("$G/results")), '403 JE311 forbidden', 'what is taken away ends at once';
$db->do(q{UPDATE ej.api_client SET addresses = '192.0.2.0/24 198.51.100.7' WHERE id = ?}, undef, $id);
is fault(ask("$V/users")) . refused(token(%ask)), '401 JE310 unauthorisedrequest401 JE312 invalid_client', 'from another address nothing is open';
$db->do(q{UPDATE ej.api_client SET addresses = '192.0.2.0/24 127.0.0.0/8' WHERE id = ?}, undef, $id);
is ask("$V/orgs")->status, 200, 'from one of the networks it is';
$db->do(q{UPDATE ej.api_secret SET ends_at = now()});
is refused(token(%ask)), '401 JE312 invalid_client', 'a secret ends after a year';
$db->do(q{UPDATE ej.api_client SET during = '[2026-11-01,2026-11-20)' WHERE id = ?}, undef, $id);
is fault(ask("$V/orgs")), '401 JE310 unauthorisedrequest', 'a program after its last day reads nothing';
$db->do(q{UPDATE ej.api_client SET during = '[2026-11-01,2027-01-01)' WHERE id = ?}, undef, $id);
$db->do('UPDATE ej.api_token SET ends_at = now()');
is fault(ask("$V/orgs")), '401 JE310 unauthorisedrequest', 'and a token ends after an hour';
done_testing;
