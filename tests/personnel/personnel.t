#!/usr/bin/perl
# personnel.t: the files of the staff, kept by HR: hire and leave, the personal card, posts,
# absences; who reads them (CFG-08, MOD-04).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($hr, $admin, $director, $deputy, $teacher) = map { $t->login($_) } qw(personnel administrator director deputy teacher);
sub value { return $t->value(@_) }

# The form as the page sends it: each field with its old value, then what is changed.
sub form {
    my ($r, %new) = @_;
    my %was = map { my $n = $_->nodeName; $n => $_->value } $r->nodes('//personnel/@*');
    my %old = map { ("old_$_" => $was{$_} // '') } keys %new;
    return (%old, %new);
}
my $orlov = value(q{SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'sport'});

# ------------------------------------------------------------------- hiring ---

my %new = (surname => 'Ёлкин', given_name => 'Яков', patronymic => 'Ильич', post => 'Учитель физики', rate_hours => 18, from_on => '2026-11-23');
is refused($hr->post('/personnel', surname => '', given_name => 'Яков', rate_hours => '', from_on => '')), '422 JE101:surname JE101:rate_hours JE101:from_on', 'nobody is hired without a name and a day';
is refused($hr->post('/personnel', surname => 'Ёлкин', given_name => 'Яков', rate_hours => 18, from_on => '2026-11-23', till_on => '2026-11-01')), '422 JE132:till_on', 'nobody leaves before the first day';
my $once = '00000000-0000-4000-8000-000000000094';
like $hr->post('/personnel', %new, operation_id => $once)->location, qr{^/personnel\?done=added&saved=\d+#saved$}, 'HR hires a teacher' for 1, 2;
is value(q{SELECT count(*) FROM ej.staff WHERE surname = 'Ёлкин'}), 1, 'a form sent twice does so once';
my $new = value(q{SELECT id FROM ej.staff WHERE surname = 'Ёлкин'});
is value('SELECT during FROM ej.staff WHERE id = ?', $new), '[2026-11-23,)', 'from the day on';
is value('SELECT count(*) FROM ej.staff_card WHERE id = ?', $new), 1, 'with a card';
is $hr->get("/personnel/$new")->xpath('string(//personnel/@rate_hours)'), '18', 'and the hours of a full rate';
my %was = (%new, map { ("old_$_" => $new{$_}) } keys %new);
is refused($hr->post("/personnel/$new", %{{%was, rate_hours => '61'}})), '422 JE102:rate_hours', 'of which there are at most sixty';
is refused($teacher->post("/personnel/$new", %{{%was, rate_hours => 9}})), '404 JE401:', 'a teacher changes none';
for my $case ([$hr, 25, 18], [$admin, '18,5', 25]) {
    my ($who, $hours, $old) = @$case;
    is $who->post("/personnel/$new", %{{%was, rate_hours => $hours, old_rate_hours => $old}})->status, 303, "they become $hours";
}
is value('SELECT rate_hours FROM ej.staff WHERE id = ?', $new), '18.5', 'HR and administrator change them';
is $hr->get('/personnel?find=%D1%91%D0%BB%D0%BA')->xpath('string(//staff/@name)'), 'Ёлкин Яков Ильич', 'who is found';
is $hr->get('/staff?find=%D1%91%D0%BB%D0%BA')->count('//staff'), 0, 'the list of all shows who works today';

# --------------------------------------------------------------------- card ---

my $card = "/personnel/$new/card";
my $r = $hr->get($card);
is $hr->post($card, form($r, category => 'first', category_till_on => '01.03.2028', phone => '+7 000 111-2233', education => 'higher', hire_order_no => '77-к', hire_order_on => '2026-11-20'))->status, 303, 'HR fills the card';
is value(q{SELECT category || ' ' || category_till_on || ' ' || phone || ' ' || hire_order_no FROM ej.staff_card WHERE id = ?}, $new), 'first 2028-03-01 +7 000 111-2233 77-к', 'as typed';
is refused($hr->post($card, form($r, category => 'great', birth_on => '1980-13-01'))), '422 JE103:birth_on JE106:category', 'each wrong field is named';
$r = $hr->post($card, form($r, phone => '+7 000 999-9999'));
is refused($r), '409 JE210:phone', 'what was changed since is not overwritten';
isnt $r->xpath('string(//error/@who)'), '', 'and who changed it is told to HR';
is value(q{SELECT count(*) FROM ej.history WHERE table_name = 'staff_card' AND new ->> 'category' = 'first' AND account_id IS NOT NULL}), 1, 'the history has it';

# -------------------------------------------------------------------- posts ---

my $posts = "/personnel/$new/posts";
my %post = (name => 'Учитель', rate => '1,25', from_on => '2026-11-23', order_no => '77-к', order_on => '2026-11-20');
is refused($hr->post($posts, name => '', rate => 4, from_on => '2026-11-23', order_no => '', order_on => '')), '422 JE101:name JE102:rate JE101:order_no JE101:order_on', 'a post has a rate and an order';
is $hr->post($posts, %post)->status, 303, 'HR adds a post';
is $hr->post($posts, %post)->status, 303, 'and a second one';
my ($post, $wrong) = @{$db->selectcol_arrayref('SELECT id FROM ej.staff_post WHERE staff_id = ? ORDER BY id', undef, $new)};
is value('SELECT rate FROM ej.staff_post WHERE id = ?', $post), '1.25', 'with a rate as people write it';
$r = $hr->get("$posts/$post");
is $hr->post("$posts/$post", form($r, name => 'Учитель', rate => '1.00', from_on => '2026-11-23', till_on => '2027-08-31', order_no => '77-к', order_on => '2026-11-20'))->status, 303, 'a post is changed';
is value('SELECT during FROM ej.staff_post WHERE id = ?', $post), '[2026-11-23,2027-09-01)', 'with its last day';
$r = $hr->get("$posts/$wrong");
is $hr->post("$posts/$wrong", form($r, map({ $_ => $r->xpath("string(//personnel/\@$_)") } qw(name rate from_on order_no order_on)), reason => 'внесена дважды', is_removed => 1))->status, 303, 'a mistaken one is removed';
is value(q{SELECT old ->> 'reason' FROM ej.history WHERE table_name = 'staff_post' AND new IS NULL ORDER BY id DESC LIMIT 1}), 'внесена дважды', 'with the reason in the history';
$db->do(q{UPDATE ej.staff_post SET during = '[2026-11-01,)' WHERE id = ?}, undef, $post);
is $hr->get('/personnel?find=%D1%91%D0%BB%D0%BA')->xpath('string(//staff/@rate)'), '1.00', 'the list sums the rates of the day';

# ----------------------------------------------------------------- absences ---

my $absences = "/personnel/$orlov/absences";
is refused($hr->post($absences, kind => 'party', from_on => '', till_on => '')), '422 JE106:kind JE101:from_on', 'an absence has a kind and a first day';
is refused($hr->post($absences, kind => 'sick', from_on => '2026-11-18', till_on => '2026-11-17')), '422 JE132:till_on', 'and does not end before it';
is $hr->post($absences, kind => 'sick', from_on => '2026-11-18', document => 'больничный лист 1')->status, 303, 'who falls ill may have no last day yet';
is refused($hr->post($absences, kind => 'trip', from_on => '2026-11-25', till_on => '2026-11-26')), '409 JE212:from_on', 'nobody is away twice';
my $absence = value('SELECT id FROM ej.staff_absence WHERE staff_id = ? AND upper_inf(during)', $orlov);
$r = $hr->get("$absences/$absence");
is $hr->post("$absences/$absence", form($r, kind => 'sick', from_on => '2026-11-18', till_on => '2026-11-24'))->status, 303, 'the last day is entered later';
is value('SELECT during FROM ej.staff_absence WHERE id = ?', $absence), '[2026-11-18,2026-11-25)', 'and counts';
ok $deputy->get('/absences')->count("//absence[\@staff_absence_id = $absence]"), 'a deputy sees who is away';
is $deputy->get('/absences?from_on=2026-11-25&till_on=2026-11-30')->count("//absence[\@staff_absence_id = $absence]"), 0, 'on which days';
is $deputy->get('/absences?from_on=x')->status, 422, 'a day that is none is refused';
like $deputy->get('/absences?format=csv')->content, qr/"больничный";"?2026-11-18"?;"?2026-11-24"?/, 'the list as CSV';
is $hr->get('/personnel')->xpath("string(//staff[\@staff_id = $orlov]/\@away)"), 'sick', 'the list of the staff shows it';

# ------------------------------------------------------------------- leaving ---

$r = $hr->get("/personnel/$orlov");
cmp_ok $deputy->get("/personnel/$orlov")->count('//duty[@subject_name]'), '>', 0, 'a deputy is told what is to be handed over';
my %stay = map { $_ => $r->xpath("string(//personnel/\@$_)") } qw(surname given_name patronymic post rate_hours from_on);
is $hr->post("/personnel/$orlov", form($r, %stay, till_on => '2026-11-19'))->status, 303, 'HR ends the work of somebody';
is $t->login('sport')->get('/personnel')->status, 404, 'who has no page of the staff any more';
is join(' ', map { $hr->get("/personnel?state=$_")->count("//staff[\@staff_id = $orlov]") } qw(now left all)), '0 1 1', 'and is in the list of those who left';
my $own = value(q{SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'personnel'});
$db->do(q{UPDATE ej.staff SET during = '[2020-08-25,2027-01-01)' WHERE id = ?}, undef, $own);
$r = $hr->get("/personnel/$own");
my %own = map { $_ => $r->xpath("string(//personnel/\@$_)") } qw(surname given_name patronymic post rate_hours from_on);
is refused($hr->post("/personnel/$own", form($r, %own, till_on => ''))), '403 JE301:during', 'nobody prolongs the own work';
is $hr->get('/personnel?format=xlsx')->status, 200, 'the list as a workbook';

# -------------------------------------------------------------------- rights ---

is join(' ', map { $t->login($_)->get('/personnel')->status } qw(personnel administrator director deputy teacher class-teacher meals observer parent)), '200 200 200 200 404 404 404 404 404', 'HR and the heads read the files';
is join(' ', map { $teacher->get($_)->status } "/personnel/$new", $card, $posts, "/personnel/$new/absences", '/absences'), '404 404 404 404 404', 'a teacher none of them';
is $director->get($card)->count('//personnel[@is_mine]'), 0, 'a director reads the card';
like $director->get($card, html => 1)->content, qr/Категория.*первая/s, 'as a table';
is $director->get($card, html => 1)->count('//form[contains(@action, "/personnel")]'), 0, 'without a form';
is refused($_->post($posts, %post)), '404 JE401:', 'and writes nothing' for $director, $deputy, $teacher;
is $admin->post($posts, %post)->status, 303, 'the administrator may';
is $t->login('personnel-17')->get($_)->status, 404, 'another school sees nothing' for $card, "$posts/$post";
is refused($t->login('personnel-17')->post($card, phone => 1, old_phone => '')), '404 JE401:', 'nor writes it';
done_testing;
