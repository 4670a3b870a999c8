#!/usr/bin/perl
# rooms.t: the rooms of a school: found, added, changed, closed, removed; conflicts
# and repeats of a save of rows (save_rows.sql), whose example this is.
use lib 'tests/lib';
use EJ::Test qw(refused);
use URI::Escape 'uri_escape_utf8';

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
sub names { return join '|', map { $_->getAttribute('name') } $_[0]->nodes('//room') }
sub room  { return join '|', map { $_ // '-' } $db->selectrow_array(q{SELECT name, kind, capacity, is_shared::int, ended_on, reason FROM ej.room WHERE id = ?}, undef, $_[0]) }
sub id    { return $t->value('SELECT id FROM ej.room WHERE school_id = 1 AND name = ?', $_[0]) }
sub history { return $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'room'}) }

# A form as the page sends it: each field with its old value, then what is changed.
sub form {
    my ($r, %new) = @_;
    my %was = map { my $f = $_; $f => $r->xpath("string(//rooms/\@$f)") } qw(name kind capacity is_shared ended_on reason);
    my %now = (%was, %new);
    return ((map { ("old_$_" => $was{$_}) } sort keys %was), map { ($_ => $now{$_}) } grep { $_ ne 'is_shared' || $now{$_} } sort keys %now);
}

# ------------------------------------------------------------------ adding ---

my %new = (kind => 'lab', capacity => 24);
my $r = $admin->post('/rooms', name => ' 117 ', %new);
is $r->status . $r->location, '303/rooms?done=added&saved=' . id('117') . '#saved', 'a room is added';
my $lab = id('117');
is room($lab), '117|lab|24|0|-|', 'as it was typed';
is $admin->get($r->location, html => 1)->xpath('string(//*[@role = "status"])'), 'Добавлено.', 'and the list tells it';
is refused($admin->post('/rooms', name => '117', %new)), '409 JE212:name', 'a name is taken once';
is refused($admin->post('/rooms', name => '', kind => 'cellar', capacity => 'many', ended_on => '2026-02-30')),
    '422 JE101:name JE106:kind JE102:capacity JE103:ended_on', 'each wrong field is named';
$r = $admin->post('/rooms', {html => 1}, name => '', kind => 'lab', capacity => 0);
is $r->xpath('concat(//details/@open, " ", //select[@name = "kind"]/option[@selected]/@value, " ", //input[@name = "capacity"]/@value)'), 'open lab 0', 'what was typed comes back';
like $r->xpath('string(//*[@role = "alert"])'), qr/Номер или название: Заполните.*Мест: Здесь нужно целое число от 1 до 2000/s, 'with the fields by their words';
is refused($admin->post('/rooms', %new, name => '118', ended_on => '01.06.2027')), '422 JE101:reason', 'a day may be typed as it is written in Russian';
is refused($admin->post('/rooms', %new, name => '118', ended_on => '2027-06-01')), '422 JE101:reason', 'a room is closed for a reason';
my $once = '00000000-0000-4000-8000-000000000092';
$admin->post('/rooms', %new, name => '119', operation_id => $once) for 1, 2;
is $t->value(q{SELECT count(*) FROM ej.room WHERE name = '119'}), 1, 'a form sent twice adds one room';

# ---------------------------------------------------------------- the list ---

my @all = map { $_->[0] } @{$db->selectall_arrayref('SELECT name FROM ej.room WHERE school_id = 1')};
$r = $teacher->get('/rooms');
is $r->xpath('string(//rooms/@count)'), scalar(@all), 'every teacher reads all rooms';
is $r->count('//rooms[@is_mine]'), 0, 'and changes none';
is $teacher->get('/rooms', html => 1)->count('//form[@method = "post"][contains(@action, "/rooms")]'), 0, 'so no form is shown';
is names($teacher->get('/rooms?find=11')), '117|119', 'a number finds by its beginning';
$admin->post('/rooms', name => $_, kind => 'class') for 9, 'Бассейн';
is join('|', grep {/^(9|1\d\d)$/} split /\|/, names($teacher->get('/rooms'))), '9|117|119', '9 stands before 117';
is names($teacher->get('/rooms?sort=capacity')) =~ /^117\|119/ ? 1 : 0, 1, 'by the number of seats';
is $teacher->get('/rooms?sort=owner')->status, 422, 'there is no other order';
is names($teacher->get('/rooms?find=' . uri_escape_utf8('бас'))), 'Бассейн', 'a word is found in small letters too';
like $teacher->get('/rooms?format=csv')->content, qr/"Кабинет";"Вид";"Мест".*^"117";"лаборатория";"24"/ms, 'the list as CSV';
is $teacher->get('/rooms?format=xlsx')->status, 200, 'and as a workbook';
is join(' ', map { $t->login($_)->get('/rooms')->status } qw(personnel meals observer parent pupil)), '200 200 200 404 404', 'staff of every kind read it, and no family';

# ------------------------------------------------- the way there and back ---

my $found = 'find=' . uri_escape_utf8('бас') . '&sort=kind&page=1';
$r = $admin->get("/rooms?$found&done=changed&saved=1", html => 1);
my $pool = id('Бассейн');
my $link = $r->xpath('string(//tbody//a[. = "Бассейн"]/@href)');
(my $at = $link) =~ s{^/journal}{};
is $link, "/journal/rooms/$pool?$found&done=changed&saved=1", 'a record is opened with the search, order and page of its list';
like $r->xpath('string(//*[@role = "status"])'), qr/^Сохранено\. Этой записи нет на показанной странице/, 'a saved record that is not shown is linked';
$r = $admin->get($at, html => 1);
is $r->xpath('string(//form[@class = "card"]/@action)') . ' ' . $r->xpath('string(//nav[@class = "crumbs"]//a/@href)'), "$link /journal/rooms?$found&done=changed&saved=1", 'its form and the way back have them, too';
$r = $admin->post($at, form($admin->get($at), kind => 'gym'));
is $r->location, "/rooms?$found&done=changed&saved=$pool#saved", 'after the save the list is as it was';
$r = $admin->get($r->location =~ s/#.*//r, html => 1);
is $r->xpath('concat(count(//tr[@id = "saved"]), " ", //tr[@class = "saved"]/th)'), '1 Бассейн', 'with the record marked, where the address points';
$r = $admin->post($at, {html => 1}, form($admin->get($at), name => ''));
is $r->status . $r->xpath('string(//form[@class = "card"]/@action)'), "422$link", 'a refused form keeps the way back';
like $admin->post('/rooms?sort=kind&page=2', name => 'Чердак', kind => 'other')->location, qr{^/rooms\?sort=kind&page=2&done=added&saved=\d+#saved$}, 'so does an added record';
is join('|', map { $_->getAttribute('kind') } grep { $_->getAttribute('kind') ne 'class' } $admin->get('/rooms?sort=kind')->nodes('//room')), 'other|lab|lab|gym', 'kinds are in the order of their Russian words';

# ---------------------------------------------------------------- changing ---

my $before = history();
my $seen = $admin->get("/rooms/$lab");
is $deputy->post("/rooms/$lab", form($seen, capacity => 26))->status, 303, 'a deputy changes the seats';
is history() - $before, 1, 'which is one row of history';
is $t->value(q{SELECT old::text || new::text FROM ej.history WHERE table_name = 'room' ORDER BY id DESC LIMIT 1}), '{"capacity": 24}{"capacity": 26}', 'with the old and the new value alone';
$r = $admin->post("/rooms/$lab", form($seen, capacity => 30, name => '117а'));
is refused($r), '409 JE210:capacity', 'who saw the old number is told of the new one';
is $r->xpath('concat(//error/@value, " ", //error/@who != "", " ", //error/@at != "")'), '26 true true', 'with who changed it, and when';
is room($lab), '117а|lab|26|0|-|', 'the other field was saved';
$r = $admin->post("/rooms/$lab", {html => 1}, form($seen, capacity => 30));
is $r->xpath('concat(//input[@name = "capacity"]/@value, " ", //input[@name = "old_capacity"]/@value)'), '30 26', 'the form keeps what was typed, against the present value';
is $admin->post("/rooms/$lab", map { ($_->getAttribute('name') => $_->getAttribute('value')) } $r->nodes('//form[@class = "card"]//input[@name != "form_token"][@type != "checkbox"]'))->status, 303, 'a second save writes it';
is room($lab), '117а|lab|30|0|-|', 'and only it';
$before = history();
is $admin->post("/rooms/$lab", form($admin->get("/rooms/$lab")))->status . (history() - $before), '3030', 'a form without a change writes nothing';
is $admin->post("/rooms/$lab", form($admin->get("/rooms/$lab"), is_shared => 1))->status . ' ' . room($lab), '303 117а|lab|30|1|-|', 'a tick is set';
is $admin->post("/rooms/$lab", form($admin->get("/rooms/$lab"), is_shared => ''))->status . ' ' . room($lab), '303 117а|lab|30|0|-|', 'and taken away';
is refused($teacher->post("/rooms/$lab", form($seen, capacity => 1))), '404 JE401:', 'a teacher has no such form';
is $t->login('deputy-17')->get("/rooms/$lab")->status, 404, 'nor has another school';
is refused($t->login('deputy-17')->post("/rooms/$lab", form($seen, name => 'x'))), '404 JE401:', 'or may send it';

# ------------------------------------------------------- closing, removing ---

my ($used, $name) = $db->selectrow_array('SELECT room_id, r.name FROM ej.timetable t JOIN ej.room r ON r.id = room_id WHERE t.school_id = 1 LIMIT 1');
is refused($admin->post("/rooms/$used", form($admin->get("/rooms/$used"), ended_on => '2026-12-01', reason => 'ремонт'))), '409 JE211:ended_on', 'a room of the timetable is not closed';
is refused($admin->post("/rooms/$used", form($admin->get("/rooms/$used"), is_removed => 1, reason => 'нет'))), '409 JE211:', 'nor removed';
is $t->value('SELECT reason FROM ej.room WHERE id = ?', $used), '', 'and the refusal leaves nothing behind';
$r = $admin->post("/rooms/$used", {html => 1}, form($admin->get("/rooms/$used"), is_removed => 1, reason => 'нет'));
like $r->xpath('string(//*[@role = "alert"])'), qr/были уроки: удалить его нельзя. Чтобы закрыть его/, 'the page says what to do instead';
$r = $admin->get("/rooms/$lab", html => 1);
is $r->count('//details[summary = "Удалить кабинет"][not(@open)]//button[@name = "is_removed"]') . $r->count('//button[@name = "is_removed"]'), '11', 'the button that removes must be unfolded first';
is $admin->post("/rooms/$lab", form($admin->get("/rooms/$lab"), ended_on => '2026-12-01', reason => 'ремонт'))->status . ' ' . room($lab), '303 117а|lab|30|0|2026-12-01|ремонт', 'another is, with its reason';
like names($admin->get('/rooms')), qr/\|117а$/, 'and stands last';
my ($lesson) = $db->selectrow_array(q{SELECT id FROM ej.lesson WHERE school_id = 1 AND held_on > '2026-12-01' AND state = 'planned' LIMIT 1});
ok !eval { local $db->{PrintError} = 0; $db->do('UPDATE ej.lesson SET room_id = ? WHERE id = ?', undef, $lab, $lesson) }, 'no lesson moves into it';
is $db->state, 'JE216', 'which is JE216';
ok !eval { local $db->{PrintError} = 0; $db->do('UPDATE ej.timetable SET room_id = ? WHERE room_id = ?', undef, $lab, $used) }, 'nor the timetable';
$seen = $admin->get("/rooms/$lab");
$deputy->post("/rooms/$lab", form($seen, capacity => 31));
is refused($admin->post("/rooms/$lab", form($seen, is_removed => 1, reason => 'снесён'))), '409 JE210:capacity', 'what was changed meanwhile is not removed unseen';
$r = $admin->post("/rooms/$lab", form($admin->get("/rooms/$lab"), is_removed => 1, reason => 'снесён'));
is $r->location . ' ' . room($lab), '/rooms?done=removed ', 'then it is removed';
is $admin->get($r->location, html => 1)->xpath('string(//*[@role = "status"])'), 'Удалено.', 'and the list tells it';
is $t->value(q{SELECT old ->> 'reason' FROM ej.history WHERE table_name = 'room' AND new IS NULL ORDER BY id DESC LIMIT 1}), 'снесён', 'the history keeps why';
is $admin->get("/rooms/$lab")->status, 404, 'and there is no such page';
is refused($admin->post("/rooms/$lab", form($seen))), '404 JE401:', 'to change it says so';
done_testing;
