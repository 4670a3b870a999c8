#!/usr/bin/perl
# notices.t: everybody reads what the school must tell them, without any address, and marks it as
# read; what a notice says is read with the reader's rights.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($parent, $deputy, $other) = map { $t->login($_) } qw(parent deputy class-teacher);
my $child = $parent->get('/diary')->xpath('string(/page/diary/@pupil_id)');
my ($work, $mark, $subject) = $t->db->selectrow_array(q{SELECT m.work_id, m.value, s.name FROM ej.mark AS m JOIN ej.teaching AS t ON t.id = m.teaching_id JOIN ej.subject AS s ON s.id = t.subject_id
    WHERE m.pupil_id = ? AND m.value ~ '^\d$' AND m.attempt = 1 ORDER BY m.work_id LIMIT 1}, undef, $child);
sub news { my ($kind, $key, @persons) = @_; $t->db->do('SELECT ej.notify(1, ?, ?, ?)', undef, $kind, $child, $key) }

$t->db->do('DELETE FROM ej.notice');
is $parent->get('/notices')->status, 200, 'the page is there before there is any news';
like $parent->get('/notices', html => 1)->content, qr{Уведомлений пока нет.*href="/journal/account/notices"}s, 'and says what will be there';
$t->db->do('DELETE FROM ej.notice');
news('mark', $work);
news('unjustified', '2026-11-19');
news('voided', '1');

my $r = $parent->get('/notices');
is $r->xpath('string(/page/notices/@unread)'), 3, 'the head has the number of the new ones';
is $r->xpath('string(//notice[@kind = "mark"]/@subject_name)') . $r->xpath('string(//notice[@kind = "mark"]/@value)'), "$subject$mark", 'a mark is told with its subject and value';
is $r->count('//notice[@pupil != ""]'), 3, 'each names the child';
my $html = $parent->get('/notices', html => 1);
my $unread = $t->value(q{SELECT m.messages FROM ej.account a CROSS JOIN LATERAL ej.unread(a.person_id) m WHERE a.login = 'parent'});
for (['/notices', 'Уведомления'], ['/account', 'Профиль'], ['/timetable', '']) {
    like $parent->get($_->[0], html => 1)->content, qr{<title>\(@{[3 + $unread]}\) $_->[1]}, "the title of $_->[0] has the number of new notices and messages";
}
unlike $t->login('substitute')->get('/account', html => 1)->content, qr{<title>\(}, 'who has none has no number' if !$t->value(q{SELECT sum(u.notices + u.messages) FROM ej.account a CROSS JOIN LATERAL ej.unread(a.person_id) u WHERE a.login = 'substitute'});
like $html->content, qr{href="/journal/pupils/$child/works/$work"[^>]*>\Q$subject\E: отметка $mark}, 'and leads to the work';
is $deputy->get('/notices')->xpath('string(//notice/@kind)'), 'unjustified', 'the deputy is told of the absence (ATT-04)';
is $other->get('/notices')->count('//notice[@kind = "mark"]'), 0, 'others are told of nothing';
is $parent->get('/notices?format=csv')->status, 200, 'the list is a file, too';

$t->db->do('UPDATE ej.mark SET value = NULL WHERE work_id = ? AND pupil_id = ?', undef, $work, $child);
like $parent->get('/notices', html => 1)->content, qr{Отметка, которой больше нет}, 'a mark that was taken back is not told any more';

my $id = $parent->get('/notices')->xpath('substring-after(//notice[@kind = "voided"]/@notice_key, ".")');
is refused($parent->post('/notices')), '422 JE101:notice_for_id', 'which notice must be said';
is $parent->post('/notices', notice_for_id => $id)->status, 303, 'one notice is marked as read';
is $parent->get('/notices')->xpath('string(/page/notices/@unread)'), 2, 'and is no longer new';
is $parent->get('/notices?is_new=1')->count('//notice'), 2, 'the new ones can be chosen';
$deputy->post('/notices', notice_for_id => $parent->get('/notices?is_new=1')->xpath('substring-after(//notice/@notice_key, ".")'));
is $parent->get('/notices')->xpath('string(/page/notices/@unread)'), 2, 'nobody else marks them';
my $newest = $parent->get('/notices')->xpath('string(/page/notices/@newest_id)');
news('event', '5');
is $parent->post('/notices', newest_id => $newest)->status, 303, 'all that the page showed are marked at once';
is $parent->get('/notices?is_new=1')->xpath('string(//notice/@kind)'), 'event', 'but not what came meanwhile';
is $parent->get("/notices?pupil_id=$child")->count('//notice'), 4, 'those of one child can be chosen';
like $parent->get("/notices?pupil_id=1", html => 1)->content, qr{Таких уведомлений нет.*Показать все}s, 'of another child there are none';
is refused($parent->get('/notices?after=x')), '422 JE102:after', 'a wrong key of a page is refused';

# What is new is told where everybody begins, and each notice leads to its page.
$parent->post('/notices', newest_id => $parent->get('/notices')->xpath('string(/page/notices/@newest_id)'));
is $parent->get('/diary')->xpath('string(/page/@notices)'), '', 'the diary tells of no notice when all has been read';
my $etag = $parent->get('/diary')->header('ETag');
my $teacher = $t->login('teacher');
my $was = $parent->get('/diary')->xpath('number(concat("0", /page/@messages))');
my ($me) = $t->db->selectrow_array(q{SELECT person_id FROM ej.account WHERE login = 'parent'});
is $teacher->post("/recipients/$me", pupil_id => $child, text => 'Здравствуйте!')->status, 303, 'a teacher writes to the parent';
news('voided', '77');
is $parent->get('/diary')->xpath('concat(/page/@notices, " ", /page/@messages)'), '1 ' . ($was + 1), 'the diary tells of a notice and of a message';
isnt $parent->get('/diary')->header('ETag'), $etag, 'although nothing of the week changed';
like $parent->get('/diary', html => 1)->content, qr{href="/journal/notices\?is_new=1">Новых уведомлений: <b>1</b></a> · <a href="/journal/messages">Новых сообщений: <b>\d}, 'with links to both';
my ($talk) = $parent->get('/notices', html => 1)->content =~ m{href="/journal(/messages/\d+)">Сообщение};
ok $talk, 'the notice of a message leads to the conversation';
$parent->get($talk);
cmp_ok $parent->get('/diary')->xpath('number(concat("0", /page/@messages))'), '<=', $was, 'which is not new any more when it has been opened';
is $parent->get('/notices?is_new=1')->count('//notice[@kind = "message"]'), 0, 'nor is its notice';
is $deputy->get('/')->xpath('string(/page/@notices)') > 0, 1, 'the start page of staff tells of notices';
$t->db->do(q{INSERT INTO ej.announcement (school_id, staff_id, whom, during, title, note, asks_receipt)
    SELECT 1, min(id), 'all', daterange('2026-11-20', NULL), 'Собрание', 'Во вторник.', true FROM ej.staff WHERE school_id = 1});
my ($path) = $parent->get('/notices', html => 1)->content =~ m{href="/journal(/announcements/\d+)">Объявление. Собрание};
ok $path, 'an announcement is told with its title and leads to it';
is $parent->post("$path/receipt")->status, 303, 'it is confirmed';
is $parent->get('/notices?is_new=1')->count('//notice[@kind = "announcement"]'), 0, 'and its notice is read';
news('fortnight', '2026-11-09');
like $parent->get('/notices', html => 1)->content, qr{href="/journal/pupils/$child/marks">Сводка за две недели с 09.11: отметок \d+, пропущено уроков \d+}, 'a fortnight is told in numbers';
news('receipt_due', '2026-11-09');
like $parent->get('/notices', html => 1)->content, qr{diary\?week_on=2026-11-09#receipt">Подтвердите}, 'a week to be seen leads to the button';
$t->db->do('DELETE FROM ej.notice');

# The diary and «Сегодня» show the number: the page that a browser keeps is not the page any more.
for my $page ([$parent, '/diary', sub { news('fortnight', '2026-11-09') }], [$other, '/', sub { $t->db->do(q{SELECT ej.notify(1, 'few_marks', NULL, '1', ARRAY[person_id]) FROM ej.account WHERE login = 'class-teacher'}) }]) {
    my ($who, $path, $tell) = @$page;
    my %kept = ('If-None-Match' => $who->get($path, html => 1)->header('ETag'));
    is $who->get($path, html => 1, header => {%kept})->status, 304, "$path is as it was";
    $tell->();
    is $who->get($path, html => 1, header => {%kept})->status, 200, "$path with something new to read is another page";
}
$t->db->do('DELETE FROM ej.notice');

$t->db->do(q{SELECT ej.notify(1, 'event', ?, n::text) FROM generate_series(100, 220) AS n}, undef, $child);
my ($next) = $parent->get('/notices')->xpath('string(/page/notices/@next)');
is $parent->get('/notices')->count('//notice') . ' ' . $parent->get("/notices?after=$next")->count('//notice'), '100 21', 'a long list has pages';
done_testing;
