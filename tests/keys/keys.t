#!/usr/bin/perl
# keys.t: a person's own key: a program reads with it what the person reads, and nothing else.
# INT-01, INT-02
use lib 'tests/lib';
use EJ::Test qw(refused);
use HTTP::Request;
use LWP::UserAgent;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $agent = LWP::UserAgent->new(requests_redirectable => [], keep_alive => 4, timeout => 120);
# A program: no cookie, no form token.
sub program {
    my ($key, $path, %o) = @_;
    my $request = HTTP::Request->new($o{method} // 'GET', $t->login('deputy')->url($path), [Authorization => "Bearer $key", %{$o{header} || {}}], $o{body});
    $request->content_type('application/x-www-form-urlencoded') if defined $o{body};
    return $agent->request($request);
}
sub code { my ($r) = @_; return $r->code . ($r->decoded_content =~ /<error code="(JE\d+)"/ ? " $1" : '') }
sub key_of { my ($who, %o) = @_; my $r = $who->post('/account/keys', name => 'Таблица', days => 90, %o); return $r->xpath('string(//made/@key)') }
sub document { return $_[0] =~ s/ (?:form_token|query|notices|messages)="[^"]*"//gr }

# --------------------------------------------- every role, the same as in the browser

my %pages = (administrator => '/staff /classes', director => '/archive /reports', deputy => '/classes /control', 'class-teacher' => '/journals /attendance',
    teacher => '/journals /timetable', parent => '/diary /timetable', pupil => '/diary /timetable', personnel => '/staff', observer => '/reports');
for my $login (sort keys %pages) {
    my $who = $t->login($login);
    my $key = key_of($who);
    like $key, qr/^ejk-[0-9a-f]{64}$/, "$login gets a key";
    for my $path (split / /, $pages{$login}) {
        my $way = $who->get($path)->location || $path; # /diary of a family leads to the child
        my $seen = $who->get("$way?format=xml");
        is $seen->status, 200, "$login opens $path";
        my $read = program($key, "$way?format=xml");
        is $read->code . document($read->decoded_content), $seen->status . document($seen->content), "$login reads $path as in the browser";
        is program($key, "$way?format=csv")->code, $who->get("$way?format=csv")->status, 'and as CSV';
    }
}

# ------------------------------------------------------------------- only reading --

my $teacher = $t->login('teacher');
my $made = $teacher->post('/account/keys', name => 'Моя таблица', days => 30);
my $key  = $made->xpath('string(//made/@key)');
is $made->header('Cache-Control'), 'no-store', 'no cache keeps the page with a key';
unlike $teacher->get('/account/keys')->content, qr/$key/, 'the key is not shown again';
is $db->selectrow_array('SELECT count(*) FROM ej.session AS s WHERE s.digest = sha256(convert_to(?, ?))', undef, $key, 'UTF8'), 1, 'its digest is kept';
is code(program($key, '/journals?format=html')), '403 JE314', 'no page for people';
is code(program($key, '/journals')), '403 JE314', 'nor without a format';
is code(program($key, '/journals', header => {Accept => 'application/xml'})), '200', 'Accept names one, too';
is code(program($key, "$_?format=xml")), '403 JE314', "$_ is not for keys" for qw(/account /account/keys /account/sessions /account/contacts /factor /school /feeds /login);
my $rows = $db->selectrow_array('SELECT count(*) FROM ej.history');
my $token = $teacher->form_token;
is code(program($key, $_, method => 'POST', body => "form_token=$token&name=x&days=30")), '403 JE314', "POST $_ is refused" for qw(/account/keys /logout /notices /account), $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
is code(program($key, '/journals?format=xml', method => $_)), '403 JE314', "$_, too" for qw(PUT DELETE);
is $db->selectrow_array('SELECT count(*) FROM ej.history'), $rows, 'nothing was written';
is program($key, '/nowhere?format=xml')->code, 404, 'what is not there is not there';
is $agent->get($teacher->url("/journals?format=xml&key=$key"))->code, 401, 'a key in an address opens nothing';
my $cookie; # the name that the journal reads
$teacher->agent->cookie_jar->scan(sub { $cookie = $_[1] if $_[1] =~ /^ej-[0-9a-f]+$/ });
is $agent->get($teacher->url('/journals?format=xml'), Cookie => "$cookie=$key")->code, 401, 'nor one in a cookie';
is program($key, '/static/app.css')->code, 200, 'files for everybody stay so';
{   # the database itself refuses a write in the session of a key
    my $web = $t->web_db;
    $web->begin_work;
    $web->do('SELECT ej.enter(sha256(convert_to(?, ?)), ?, gen_random_uuid())', undef, $key, 'UTF8', '127.0.0.1');
    ok !eval { local $web->{PrintError}; $web->do(q{SELECT ej.begin_operation(gen_random_uuid(), '\x00')}); 1 }, 'no write begins in the session of a key';
    is $web->state, 'JE314', 'with a code of its own';
    $web->rollback;
    # nor one without a beginning, as an injected statement would be
    my $admin = $t->login('administrator');
    my %with = (key => key_of($admin), cookie => $admin->cookie);
    for my $way (sort keys %with) {
        $web->begin_work;
        $web->do('SELECT ej.enter(sha256(convert_to(?, ?)), ?, gen_random_uuid())', undef, $with{$way}, 'UTF8', '127.0.0.1');
        my $rows = eval { local $web->{PrintError}; $web->do(q{UPDATE ej.room SET name = name || ' х'}) };
        is $way . ($rows ? ' writes' : ' ' . $web->state), {key => 'key JE314', cookie => 'cookie writes'}->{$way}, "the list of rooms by a $way";
        $web->rollback;
    }
}

# ------------------------------------------------------------------ log of access --

my $class = $t->login('class-teacher');
my $mine  = key_of($class);
my $list  = $db->selectrow_array(q{SELECT c.id FROM ej.class AS c JOIN ej.staff AS s ON s.id = c.class_teacher_id JOIN ej.account AS a USING (person_id) WHERE a.login = 'class-teacher' AND c.year = 2026 LIMIT 1});
my $views = sub { $db->selectrow_array('SELECT count(*) FROM ej.card_view') };
my $before = $views->();
is program($mine, "/classes/$list?format=xml")->code, 200, 'a program takes the list of a class';
cmp_ok $views->(), '>', $before, 'and the log of access of its pupils tells so';

# ------------------------------------------------------------------------- the end --

my ($id) = $db->selectrow_array('SELECT id FROM ej.app_key WHERE name = ?', undef, 'Моя таблица');
is $teacher->get('/account/keys')->xpath(qq{string(//key[\@app_key_id = $id]/\@used_at)}) ne '', 1, 'the page tells the last use';
is $class->post("/account/keys/$id")->status, 404, 'nobody revokes the key of another';
is $class->post('/account/keys/987654321')->status, 404, 'as one that never was';
is code(program($key, '/journals?format=xml')), '200', 'and it still reads';
is $teacher->post("/account/keys/$id")->location, '/account/keys?done=revoked', 'its owner does';
is $teacher->post("/account/keys/$id")->status, 303, 'twice, if sent twice';
my $gone = program($key, '/journals?format=xml');
is code($gone) . ' ' . $gone->header('WWW-Authenticate'), '401 JE315 Bearer realm="ejournal"', 'a revoked key opens nothing';
is $teacher->get('/account/keys')->xpath(qq{string(//key[\@app_key_id = $id]/\@state)}), 'revoked', 'and is shown so';

my $old = key_of($teacher);
$db->do(q{UPDATE ej.session SET ends_at = now() WHERE digest = sha256(convert_to(?, 'UTF8'))}, undef, $old);
is code(program($old, '/journals?format=xml')), '401 JE315', 'nor does one that is over';
my $kept = key_of($teacher);
is $teacher->post('/account/sessions')->status, 303, 'the other sessions end';
is code(program($kept, '/journals?format=xml')), '200', 'keys are revoked one by one';
$db->do(q{UPDATE ej.account SET epoch = epoch + 1 WHERE login = 'teacher'});
is code(program($kept, '/journals?format=xml')), '401 JE315', 'a new password revokes all of them';
$teacher = $t->login('teacher');
is $teacher->get('/account/keys')->count('//key[@state = "ended"]') > 0, 1, 'which the page tells';

my $parent = $t->login('parent');
my $theirs = key_of($parent);
$db->do(q{UPDATE ej.account SET blocked_at = now() WHERE login = 'parent'});
is code(program($theirs, '/timetable?format=xml')), '401 JE315', 'the key of a blocked account reads nothing';
my $hr = $t->login('personnel');
my $post = key_of($hr);
is program($post, '/staff?format=xml')->code, 200, 'staff read with a key';
$db->do(q{UPDATE ej.staff_role AS r SET during = daterange(lower(r.during), '2026-11-20') FROM ej.staff AS s JOIN ej.account AS a USING (person_id) WHERE s.id = r.staff_id AND a.login = 'personnel'});
$db->do('DELETE FROM ej.scope');
is program($post, '/staff?format=xml')->code, $hr->get('/staff')->status, 'whose role has ended sees with it what the browser shows';

# Whoever must have a second factor, and has none when the days are over, reads nothing with a key either.
my $late = $t->login('deputy');
my $days = key_of($late);
my $asks = sub { $db->do("UPDATE ej.school SET factor_roles = '{deputy}', factor_days = $_[0] WHERE id = 1"); $db->do('DELETE FROM ej.scope'); return code(program($days, '/journals?format=xml')) };
is $asks->(7), '200', 'while there are days left a key reads';
$db->do(q{UPDATE ej.factor_demand SET asked_on = asked_on - 7});
is $asks->(7), '401 JE315', 'then it ends';
$db->do(q{UPDATE ej.school SET factor_roles = '{}' WHERE id = 1});
$db->do('DELETE FROM ej.factor_demand');

# ------------------------------------------------------------------------- the form --

my $pupil = $t->login('pupil');
is refused($pupil->post('/account/keys', name => '', days => 7)), '422 JE101:name JE106:days', 'each field is named';
my $op = '00000000-0000-4000-8000-00000000aa01';
my @twice = map { key_of($pupil, operation_id => $op) } 1, 2;
is join(' ', map { (split ' ', code(program($_, '/timetable?format=xml')))[0] } @twice), '401 200', 'the same form sent again has one key';
key_of($pupil, name => "Ключ $_") for 1 .. 8; # two are there: of the first part, and the last
is refused($pupil->post('/account/keys', name => 'Ещё', days => 30)), '409 JE316:name', 'ten keys are enough';
is $pupil->get('/account/keys')->count('//key[@state = "live"]'), 10, 'all are shown';

# ------------------------------------------------------------------- wrong keys -------

my $wrong = 'ejk-' . '0' x 64;
my %codes;
$codes{code(program($wrong, '/journals?format=xml'))}++ for 1 .. 60;
is join(' ', sort keys %codes), '401 JE315 429 JE111', 'an address that goes on with wrong keys has to wait';
is code(program($twice[1], '/timetable?format=xml')), '200', 'a right key from the same address does not';
is $db->selectrow_array(q{SELECT count(*) FROM ej.guess WHERE subject = 'address 127.0.0.1' AND failures > 5}), 0, 'nor does who logs in there';
is $t->login('deputy')->get('/')->status, 200, 'as is seen';
done_testing;
