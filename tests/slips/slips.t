#!/usr/bin/perl
# slips.t: activation codes of a class and of the staff: who issues them, shown once,
# withdrawn by new ones, good for the log-in.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my $teacher = $t->login('class-teacher');
my $admin   = $t->login('administrator');
my $class   = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my $first   = $t->value(q{SELECT id FROM ej.class WHERE name = '1А' AND school_id = 1});
my $other   = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id <> 1});
my $page    = "/slips/classes/$class";

# Issue codes; the number of the people's state is that of the page unless it is given.
sub issue {
    my ($client, $path, %o) = @_;
    my $state = $o{state} // $client->get($path)->xpath('string(/page/slips/@state)');
    return $client->post($path, {html => $o{html}}, state => $state, days => $o{days} // 30,
        what => $o{what} // ($o{persons} ? 'chosen' : 'all'), person_id => $o{persons} // []);
}
sub persons { return map { $_->getAttribute('person_id') } $_[0]->nodes("/page/slips/person[$_[1]]") }
sub activate {
    my ($code, $login) = @_;
    return $t->client($login)->post('/activate', {html => 1}, code => $code, login => $login, password => 'Кот и 7 мышей', password2 => 'Кот и 7 мышей', is_agreed => 1);
}

# ------------------------------------------------------------------ who ----

my $r = $teacher->get('/slips');
is join(' ', map { $_->getAttribute('name') } $r->nodes('//class')), '7Б', 'a class teacher issues codes to the own class';
$r = $admin->get('/slips');
is join(' ', map { $_->getAttribute('name') // 'staff' } $r->nodes('//class')), 'staff 1А 7Б 10А', 'the administrator to the staff and all classes';
is $t->login('director')->get($page)->xpath('string(/page/slips/@is_mine)'), '', 'the director reads who has codes';
is $t->login($_)->get('/slips')->status, 404, "$_ has no such page" for qw(deputy teacher-parent personnel meals observer parent pupil substitute);
is $teacher->get("/slips/classes/$_")->status, 404, 'a class of another teacher or school has no page' for $first, $other, 99;
is $teacher->get('/slips/staff')->status, 404, 'a class teacher does not read about the staff';
is issue($teacher, "/slips/classes/$first", state => 0)->status, 404, 'nor issue codes to another class';
is issue($t->login('director'), $page)->status, 404, 'the director issues none';

# ---------------------------------------------------------------- issue ----

$r = $teacher->get($page);
is join(' ', do { my %kind; $kind{$_->getAttribute('kind')}++ for issue($admin, "/slips/classes/$first", what => 'guardian')->nodes('//slip'); keys %kind }), 'guardian',
    'codes are issued to the parents only, where pupils of a young class need none';
my ($missing) = scalar(persons($r, '(@state="none" or @state="expired") and not(@is_staff)'));
cmp_ok $missing, '>', 10, 'most families have no code yet';
is $r->xpath('string(//person[@kind="guardian" and @state="active"]/@seen_on)'), '2026-11-20', 'when a parent was last in the journal is shown';
$r = issue($teacher, $page, html => 1);
is $r->status, 200, 'codes are issued to all who have none';
is $r->header('Cache-Control'), 'no-store', 'the codes are kept in no cache';
my @codes = $r->texts('//section[@class="slip"]//p[@class="code"]');
is scalar(@codes), $missing, 'a slip for each person';
like $r->content, qr{http://127\.0\.0\.1:\d+/journal/activate|http://127\.0\.0\.1:\d+/activate}, 'a slip has the address';
is $t->value(q{SELECT count(*) FROM ej.activation AS a, unnest(?::text[]) AS c(code) WHERE a.code_sha256 = ej.code_sha256(c.code)}, \@codes), $missing,
    'the codes are stored hashed';
is $t->value(q{SELECT count(*) FROM ej.history AS h WHERE h.table_name = 'activation' AND h.account_id = (SELECT id FROM ej.account WHERE login = 'class-teacher')}), $missing,
    'the history has who issued them';
is $t->value(q{SELECT count(*) FROM ej.history AS h WHERE h::text ~ 'sha256'}), 0, 'and no digest';
is scalar(persons($teacher->get($page), '@state="issued"')), $missing, 'the page shows who has a code now';
like issue($teacher, $page, html => 1)->content, qr/Здесь нет никого, кому нужен код/, 'nobody is without a code (JE262)';

$r = $teacher->get($page);
my $state = $r->xpath('string(/page/slips/@state)');
my ($pupil) = persons($r, '@kind="pupil" and @state="issued"');
my ($parent) = persons($r, '@kind="guardian" and @state="issued"');
my $one = issue($teacher, $page, persons => [$pupil, $parent], days => 7);
is join(' ', map { $_->getAttribute('kind') } $one->nodes('//slip')), 'pupil guardian', 'codes are issued anew to those who were chosen';
is join(' ', issue($teacher, $page, persons => [$pupil], state => $state)->errors), 'JE260', 'the same form sent again makes no other codes';
is $t->value(q{SELECT count(*) FROM ej.activation WHERE person_id = ? AND used_at IS NULL}, $pupil), 1, 'a new code withdraws the former one';
is $t->value(q{SELECT expires_at - made_at FROM ej.activation WHERE person_id = ?}, $pupil), '7 days', 'a code is valid as long as was said';
my ($new) = $one->xpath('string(//slip[@kind="guardian"]/@code)');

is activate($new, 'new-parent')->status, 303, 'a code makes a log-in';
my $family = $t->client('family');
is $family->log_in('new-parent', 'Кот и 7 мышей')->status, 303, 'with which the parent logs in';
is join(' ', activate($new, 'again')->errors), '', 'a used code';
like activate($new, 'again')->content, qr/Код не подошёл/, 'is refused';
is $teacher->get($page)->xpath("string(//person[\@person_id=$parent]/\@state)"), 'active', 'the page shows who has activated the account';
is $family->get('/slips')->status, 404, 'a parent issues no codes';

# ------------------------------------------------------------ refusals ----

for my $case (['days', 0], ['days', 93], ['days', 'x']) {
    is join(' ', issue($teacher, $page, days => $case->[1])->errors), 'JE102', "no code is valid for $case->[1] days";
}
$r = issue($teacher, $page, persons => [], html => 1);
is $r->status, 422, 'who chooses nobody';
like $r->content, qr/Отметьте, кому выдать/, 'is told to choose';
my ($own) = persons($teacher->get($page), '@is_staff');
ok $own, 'a parent in the class works in the school';
like issue($teacher, $page, persons => [$own], html => 1)->content, qr/код ему выдаёт администратор/, 'a class teacher gives no code to a member of staff (JE261)';
is $t->value(q{SELECT count(*) FROM ej.activation WHERE person_id = ?}, $own), 0, 'and none was made';
is issue($admin, $page, persons => [$own])->status, 200, 'the administrator does';
my ($stranger) = $t->value(q{SELECT person_id FROM ej.pupil WHERE school_id <> 1 LIMIT 1});
is join(' ', issue($teacher, $page, persons => [$_])->errors), 'JE401', 'a person who is not in the class gets no code' for $stranger, 999999;

$r = issue($admin, '/slips/staff', persons => [$t->value(q{SELECT person_id FROM ej.staff JOIN ej.account USING (person_id) WHERE login = 'meals'})]);
is $r->count('//slip[@kind="staff"]'), 1, 'the administrator issues codes to staff';
is $t->client('meals')->log_in('meals', $t->password)->status, 303, 'until it is used the old password is good';
is activate($r->xpath('string(//slip/@code)'), 'meals-new')->status, 303, 'the code sets a new log-in and password';
is $t->client('meals')->log_in('meals', $t->password)->status, 401, 'and the old ones are not good any more';

done_testing;
