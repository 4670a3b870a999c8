#!/usr/bin/perl
# factor_compulsory.t: a school names the roles that must log in with a second factor: days of
# grace, then only the page that sets one up; an administrator takes a lost one away.
use lib 'tests/lib';
use EJ::Test;
use MIME::Base64 'encode_base64';

my $t  = EJ::Test->new(today => '2026-11-20', conf => <<'END');
<Location /basic>
    Ejournal On
    SetHandler ejournal
    AuthType Basic
    AuthName "journal"
    AuthBasicProvider ejournal
    Require ejournal
</Location>
END
my $db = $t->db;
my ($admin, $director) = map { $t->login($_) } qw(administrator director);

sub code { my ($secret, $steps) = @_; my $at = time + 30 * ($steps // 0); my $code = `oathtool --totp -b $secret -N \@$at`; chomp $code; return $code }
sub forget_steps { $db->do('UPDATE ej.factor SET last_step = 0'); $db->do('DELETE FROM ej.guess'); return }
sub secret_of { my ($reply) = @_; return $reply->xpath('string(//new/@secret)') }
sub second { my ($client, %o) = @_; my $html = delete $o{html}; return $client->post('/second', {token => $client->login_token('/second'), html => $html}, back => '/journals', %o) }
sub enter { my ($name, $login) = @_; my $client = $t->client($name); $client->log_in($login, $t->password); return $client }
# The settings as the form sends them, with changes.
sub set {
    my ($client, %new) = @_;
    my $s = ($client->get('/settings')->nodes('//settings'))[0];
    my %was = map { $_ => $s->getAttribute($_) // '' } qw(name short_name founder city address director okpo phone email public_page fill_days missed_day missed_month_pct controls_day controls_week correction_hours lock_days min_marks min_marks_hour outside_counts forecast_shown year_half final_half finals_due round_from_pct retake_counts factor_days view_months receipt_by receipt_opens receipt_days informing_days informing_paper_days letters_day letters_hour sms_day sms_month gto_caption);
    my %now = (%was, %new);
    my $roles = delete $now{factor_roles} // [split / /, $s->getAttribute('factor_roles') // ''];
    return $client->post('/settings', (map { ($_ => $now{$_}, "old_$_" => $was{$_}) } sort keys %was), unmarked_grades => [1], old_unmarked_grades => '1', final_grades => [9, 11], old_final_grades => '9 11',
        receipt_ways => [qw(tap read strip)], old_receipt_ways => 'tap read strip', modules => [qw(gto meals events)], old_modules => 'gto meals events',
        factor_roles => $roles, old_factor_roles => $s->getAttribute('factor_roles') // '');
}

# -------------------------------------------------------------- the setting ----

like $admin->get('/settings', html => 1)->content, qr/Кому вход с кодом обязателен.*Сколько дней даётся/s, 'the administrator finds the setting, explained';
my $deputy = $t->login('deputy');
unlike $deputy->get('/settings', html => 1)->content, qr/name="factor_roles"/, 'a deputy, who changes other settings, does not';
is set($deputy, factor_roles => ['teacher'])->status, 303, 'and what a deputy sends of it';
is $t->value(q{SELECT array_to_string(factor_roles, ' ') FROM ej.school WHERE id = 1}), '', 'is not written';
my $web = $t->web_db;
my $digest = $t->value(q{SELECT encode(digest, 'hex') FROM ej.session AS s JOIN ej.account AS a ON a.id = s.account_id WHERE a.login = 'deputy'});
$web->{RaiseError} = 1; $web->{PrintError} = 0;
$web->begin_work;
$web->do(q{SELECT ej.enter(decode(?, 'hex'), NULL, gen_random_uuid())}, undef, $digest);
ok !eval { $web->do(q{UPDATE ej.school SET factor_days = 0}); 1 }, 'nor by a statement of a deputy\'s session';
is $web->state, 'JE301', 'which the rule refuses';
$web->rollback;
is join(' ', set($admin, factor_days => 31)->errors) . join(' ', set($admin, view_months => 11)->errors), 'JE102JE102', 'days and months have bounds';
is set($admin, factor_roles => [qw(director deputy class_teacher)], factor_days => 7)->status, 303, 'the administrator names the roles';
is $t->value(q{SELECT array_to_string(factor_roles, ' ') FROM ej.school WHERE id = 1}), 'director deputy class_teacher', 'which are kept';
like $admin->get('/settings', html => 1)->content, qr{<td>Кому вход с кодом обязателен</td>.*<td data-word="Стало">директор, завуч, классный руководитель}s, 'the history of the settings says so in words';

# --------------------------------------------------------------------- grace ----

my $pc = enter('pc', 'director');
is $pc->get('/readiness')->status, 200, 'within the days the log-in is as before';
like $pc->get('/factor', html => 1)->content, qr/обязателен\. Осталось 7.дней/, 'the page of the factor says how many are left';
like $pc->get('/', html => 1)->content, qr{осталось 7.дней\. <a href="/journal/factor">}, 'so does the start page';
$db->do(q{UPDATE ej.factor_demand SET asked_on = asked_on - 6});
like $pc->get('/', html => 1)->content, qr/1.день/, 'a day before the end it says one';
is enter('t', 'english')->get('/')->status, 200, 'who has no such role';
is $t->value(q{SELECT count(*) FROM ej.factor_demand AS d JOIN ej.account AS a ON a.id = d.account_id WHERE a.login = 'english'}), 0, 'is asked for nothing';
$db->do(q{UPDATE ej.factor_demand SET asked_on = asked_on - 1});

my $lead = enter('lead', 'class-teacher');
my $etag = $lead->get('/', html => 1)->header('ETag');
is $lead->get('/', html => 1, header => {'If-None-Match' => $etag})->status, 304, 'a teacher\'s start page is asked for again';
$db->do(q{INSERT INTO ej.factor (account_id, secret, confirmed_at) SELECT id, 'x', now() FROM ej.account WHERE login = 'class-teacher'});
is $lead->get('/', html => 1, header => {'If-None-Match' => $etag})->status, 200, 'it is new as soon as the factor is set up';

# ------------------------------------------------------- only to be set up ----

is $director->get('/factors')->status . $director->post('/factors', staff_id => 1)->status, '200404', 'a director reads the list of factors, and takes none away';
$pc = enter('pc', 'director');
my $r = $pc->get('/journals', html => 1);
is $r->status . $r->location, '303/second?back=%2fjournals', 'after the days every page leads to the one that sets the factor up';
is join(' ', map { $pc->get($_)->status } qw(/ /account /account/sessions /factor /settings)), '403 403 403 403 403', 'nothing else is open';
is $pc->post('/logout', {token => 'x'})->status, 403, 'no form is taken';
like $pc->get('/second', html => 1)->content, qr/для вашей роли обязателен\. Включите его/, 'the page says why';
is join(' ', second($pc, factor_code => '123456')->errors), 'JE267', 'there is no factor to show';
$r = second($pc, action => 'begin');
is $r->status . $r->header('Cache-Control'), '200no-store', 'the secret is made';
my $secret = secret_of($r);
is join(' ', second($pc, action => 'confirm', factor_code => sprintf '%06d', (code($secret) + 1) % 1_000_000)->errors), 'JE266', 'a wrong code does not set it up';
is $pc->get('/readiness')->status, 403, 'and opens nothing';
$r = second($pc, action => 'confirm', factor_code => code($secret), html => 1);
is $r->status . scalar(my @spare = $r->texts('//ul[@class="recovery"]//code')), '20010', 'the right one does, with recovery codes';
is $r->xpath('string(//a[text() = "Коды записаны"]/@href)'), '/journal/journals', 'then it goes on where the person wanted to go';
is $pc->get('/readiness')->status, 200, 'the session has its rights';
is $t->value(q{SELECT new ->> 'login' FROM ej.history WHERE table_name = 'factor' AND old IS NULL}), 'director', 'the history has it, without the secret';
is join(' ', second(enter('x', 'director'), action => 'begin')->errors), 'JE267', 'a thief with the password makes no new secret';

# a day of the grace is not won again by taking the factor away
forget_steps();
is $pc->post('/factor', action => 'remove', factor_code => code($secret))->status, 303, 'the person changes the telephone';
is $pc->get('/', html => 1)->location, '/second', 'and sets up the new one at once';
$secret = secret_of(second($pc, action => 'begin'));
is second($pc, action => 'confirm', factor_code => code($secret))->status, 200, 'as before';

# --------------------------------------------------- a parent becomes staff ----

my $family = enter('family', 'parent');
my $limits = q{SELECT (extract(epoch FROM s.idle) / 3600)::int || ' ' || (s.ends_at > now() + interval '15 hours') || ' ' || s.is_pending
    FROM ej.session AS s JOIN ej.account AS a ON a.id = s.account_id WHERE a.login = 'parent' ORDER BY s.created_at DESC LIMIT 1};
is $family->get('/diary')->status . ' ' . $t->value($limits), '200 720 true false', 'a family stays logged in for months';
$db->do(q{INSERT INTO ej.staff (school_id, person_id, surname, given_name) SELECT 1, person_id, 'Новая', 'Работница' FROM ej.account WHERE login = 'parent'});
$db->do(q{INSERT INTO ej.staff_role (staff_id, school_id, role, order_no, order_on, during) SELECT id, school_id, 'deputy', '7', '2026-11-19', daterange('2026-11-20', NULL) FROM ej.staff WHERE surname = 'Новая'});
$db->do(q{INSERT INTO ej.factor_demand (account_id, asked_on) SELECT id, '2026-10-01' FROM ej.account WHERE login = 'parent'});
is $family->get('/', html => 1)->location, '/second', 'once the person works in the school, the session wants the factor of the role';
is $t->value($limits), '4 false true', 'and has the limits of staff';
$db->do(q{DELETE FROM ej.staff_role WHERE order_no = '7'});

# ------------------------------------------------------------- with Basic ----

forget_steps();
my $origin = 'http://127.0.0.1:' . $t->httpd->port;
my %basic  = (Authorization => 'Basic ' . encode_base64('director:' . $t->password, ''));
sub basic { my ($client, $path, %o) = @_; return $client->get("$origin/basic$path", header => {%basic}, %o) }
my ($one, $two) = map { $t->client($_) } qw(one two);
is basic($one, '/readiness')->status, 403, 'a password sent with Basic opens nothing either';
is basic($one, '/readiness', html => 1)->location, "/basic/second?back=%2freadiness", 'a browser is led to the code';
my $token = sub { basic($_[0], '/second', html => 1)->xpath('string(//input[@name="form_token"]/@value)') };
is $one->post("$origin/basic/second", {token => 'x', header => {%basic}}, factor_code => code($secret))->status, 403, 'a form without its token is refused';
is $one->post("$origin/basic/second", {token => $token->($one), header => {%basic}}, factor_code => code($secret))->status, 303, 'the code is taken';
is join(' ', basic($one, '/readiness')->status, basic($two, '/readiness')->status), '200 403', 'and opens the journal in this browser alone';

# --------------------------------------------------------------------- reset ----

forget_steps();
is join(' ', map { $t->login($_)->get('/factors')->status } qw(deputy english personnel parent)), '404 404 404 404', 'others have no list of factors';
$r = $admin->get('/factors');
is join(' ', $r->xpath('string(//person[@confirmed_at]/@is_mine)'), $r->xpath('string(//factor/@missing)') > 0), '1 1', 'the administrator sees who has one and who has not';
my $staff = $r->xpath('string(//person[@confirmed_at]/@staff_id)');
my $own = $t->value(q{SELECT s.id FROM ej.staff AS s JOIN ej.account USING (person_id) WHERE login = 'administrator'});
is join(' ', $admin->post('/factors', staff_id => $own)->errors), 'JE301', 'nobody takes away the own one so: a code of it does';
is $t->login('administrator-17')->post('/factors', staff_id => $staff)->status, 404, 'another school\'s administrator takes none away';
$db->do(q{INSERT INTO ej.staff (school_id, person_id, surname, given_name) SELECT 2, person_id, 'Общий', 'Директор' FROM ej.account WHERE login = 'director'});
is join(' ', $admin->post('/factors', staff_id => $staff)->errors), 'JE301', 'nor ours that of a person whom another school knows';
$db->do(q{UPDATE ej.staff SET person_id = (SELECT min(p.person_id) FROM ej.pupil AS p) WHERE surname = 'Общий'});
is $admin->post('/factors', staff_id => $staff)->status, 303, 'the administrator takes a lost one away';
is $admin->post('/factors', staff_id => $staff)->status, 303, 'again it changes nothing';
is $pc->get('/')->status, 401, 'all sessions of the account end';
is $t->value(q{SELECT a.login || ' ' || (h.old ->> 'login') FROM ej.history AS h JOIN ej.account AS a ON a.id = h.account_id WHERE h.table_name = 'factor' AND h.new IS NULL ORDER BY h.id DESC LIMIT 1}),
    'administrator director', 'the history says who took whose away';
like $admin->get('/history', html => 1)->content, qr/вход с кодом/, 'and shows it';
is enter('pc', 'director')->get('/', html => 1)->location, '/second', 'the next log-in sets up a new one: no days are given again';

# wanted again of the administrator, too
my $mine = secret_of($admin->post('/factor', action => 'begin'));
$admin->post('/factor', action => 'confirm', factor_code => code($mine));
$db->do('UPDATE ej.session SET factor_at = NULL');
is join(' ', $admin->post('/factors', staff_id => $staff)->errors), 'JE350', 'an administrator with a factor shows it again before';
is join(' ', set($admin, factor_roles => [])->errors), 'JE350', 'and before the setting is changed';

# as ej_web
for my $sql ('SELECT * FROM ej.factor_demand', 'SELECT ej.factor_again()', 'SELECT ej.factor_days(1)', q{DELETE FROM ej.factor_demand}) {
    ok !eval { $web->do($sql); 1 }, "refused: $sql";
    is $web->state, '42501', '  by the grants';
}
is $web->selectrow_array('SELECT count(*) FROM ej.factor_people()'), 0, 'without a session nobody is listed';
done_testing;
