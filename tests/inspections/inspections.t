#!/usr/bin/perl
# inspections.t: the monthly inspection of how journals are kept: drafted by the job or by hand, published, confirmed;
# frozen from then on for every writer; two publishers at once; who has none near a term's end (CTL-04, CTL-05).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($deputy, $director, $administrator, $teacher, $leader, $english, $observer, $parent, $other) =
    map { $t->login($_) } qw(deputy director administrator teacher class-teacher english observer parent deputy-17);
sub value { return $t->value(@_) }
sub code  { my ($sql, @args) = @_; local $db->{PrintError} = 0; return eval { $db->do($sql, undef, @args); 1 } ? 'done' : $db->state }
sub staff { return value(q{SELECT s.id FROM ej.staff AS s JOIN ej.account AS a ON a.person_id = s.person_id WHERE a.login = ? AND s.school_id = 1}, $_[0]) }

# ------------------------------------------------------------------ drafting ----

is value('SELECT ej.inspections_draft()'), 0, 'October has its inspection, so the job drafts none';
$db->do(q{UPDATE ej.school SET today_fixed = '2026-12-01' WHERE id = 1});
$t->wait_for(20, sub { value('SELECT ej.inspections_draft()'); value(q{SELECT count(*) FROM ej.inspection WHERE school_id = 1 AND month_on = '2026-11-01'}) });
is value('SELECT ej.inspections_draft()'), 0, 'on the 1st of December the job drafts that of November, once';
my $id = value(q{SELECT id FROM ej.inspection WHERE school_id = 1 AND month_on = '2026-11-01'});
my $path = "/inspections/$id";
is value(q{SELECT from_on || ' ' || till_on || ' ' || made_on || ' ' || state FROM ej.inspection WHERE id = ?}, $id), '2026-11-01 2026-11-30 2026-12-01 draft', 'of the whole month';
my $control = $deputy->get('/control?from_on=2026-11-01&till_on=2026-11-30');
my %duty = map { ($_->getAttribute('duty_key') => join '/', map { $_ // 0 } $_->getAttribute('undone'), $_->getAttribute('total')) } grep { $_->getAttribute('total') } $control->nodes('//duty');
my %found = map { ($_->[0] => "$_->[1]/$_->[2]") } @{$db->selectall_arrayref(q{SELECT f.duty_key, sum(f.undone), sum(f.total) FROM ej.inspection_line AS l
    CROSS JOIN LATERAL jsonb_to_recordset(l.figures) AS f(duty_key text, undone bigint, total bigint) WHERE l.inspection_id = ? GROUP BY f.duty_key}, undef, $id)};
is_deeply \%found, \%duty, 'its figures together are those of the control';
my $line = value('SELECT id FROM ej.inspection_line WHERE inspection_id = ? AND staff_id = ?', $id, staff('teacher'));

is refused($deputy->post('/inspections', month_on => '2026-11-17')), '409 JE212:month_on', 'a month has one';
is refused($deputy->post('/inspections', month_on => '2027-02-01')), '422 JE203:month_on', 'a month to come has none';
is refused($deputy->post('/inspections', month_on => '')), '422 JE101:month_on', 'a month is needed';
like $director->post('/inspections', month_on => '2026-09-10')->location, qr{^/inspections\?done=added}, 'the director drafts that of September by hand';

# ------------------------------------------------------------------- writing ----

# The form as its page sends it; %note: of some lines.
sub form {
    my ($r, $action, $text, %note) = @_;
    my $was = $r->xpath('string(//inspections/@conclusion)');
    return action => $action, old_text => $was, text => $text // $was,
        map { my ($n, $old) = map { $_ // '' } $_->getAttribute('line_id'), $_->getAttribute('note'); (line_id => $n, note => $note{$n} // $old, old_note => $old) } $r->nodes('//line');
}
my $page = $deputy->get($path);
is $page->count('//line') > 5 && $page->xpath('string(//inspections/@is_mine)'), '1', 'a deputy writes the draft';
is $deputy->post($path, form($page, 'save', 'Записать темы.', $line => 'Три темы.'))->location, "$path?done=changed", 'the conclusion and a note are saved';
is value('SELECT i.text || l.note FROM ej.inspection AS i JOIN ej.inspection_line AS l ON l.inspection_id = i.id WHERE l.id = ?', $line), 'Записать темы.Три темы.', 'they are there';
is refused($director->post($path, form($page, 'publish', 'Другое.', $line => 'Пять тем.'))), '409 JE210:text JE210:note', 'who saw the old text is told of the new one';
is value('SELECT state FROM ej.inspection WHERE id = ?', $id), 'draft', 'and nothing is published';
is refused($deputy->post($path, form($page, 'save'), line_id => 1, note => 'x', old_note => '')), '422 JE102:note', 'a line of another inspection is refused';
is $_->[0]->get($path)->status, 404, "$_->[1] has no draft" for [$teacher, 'a teacher'], [$observer, 'an observer'], [$parent, 'a parent'], [$other, 'another school'];
is $administrator->get($path)->xpath('concat(count(//line) > 5, count(//@is_mine))'), 'true0', 'the administrator reads it';
is refused($administrator->post($path, form($page, 'publish'))), '404 JE401:', 'and publishes none';
is refused($teacher->post("$path/confirmation")), '404 JE401:', 'a draft is not confirmed';
$db->do(q{UPDATE ej.lesson SET topic = '' WHERE id = (SELECT min(id) FROM ej.lesson WHERE staff_id = ? AND state = 'given' AND topic <> '' AND held_on BETWEEN '2026-11-02' AND '2026-11-18')}, undef, staff('teacher'));
my $topics = q{SELECT f.undone FROM ej.inspection_line AS l CROSS JOIN LATERAL jsonb_to_recordset(l.figures) AS f(duty_key text, undone bigint) WHERE l.id = ? AND f.duty_key = 'topic'};
my $was = value($topics, $line);
is $deputy->post($path, form($deputy->get($path), 'count'))->status . (value($topics, $line) - $was), '3031', 'counted again it has the topic that was lost meanwhile';

# --------------------------------------------------- two publishers at once ----

# Both have read the draft: one publishes, the other is told; a save that comes meanwhile changes nothing.
$page = $deputy->get($path);
my @seen = map { refused($_->[0]->post($path, form($page, $_->[1], $_->[2]))) } [$director, 'publish', undef], [$deputy, 'publish', undef], [$deputy, 'save', 'Позже.'];
is_deeply \@seen, ['303', '409 JE210:state', '409 JE210:state'], 'one publishes, whoever comes later is told';
is value(q{SELECT i.published_on || ' ' || a.login || ' ' || i.text FROM ej.inspection AS i JOIN ej.staff AS s ON s.id = i.staff_id JOIN ej.account AS a ON a.person_id = s.person_id WHERE i.id = ?}, $id),
    '2026-12-01 director Записать темы.', 'by name and day, with the text that was shown';
my $two = value(q{SELECT id FROM ej.inspection WHERE school_id = 1 AND month_on = '2026-09-01'});
{ # in the database: the second transaction waits for the first
    my @one = map { DBI->connect('dbi:Pg:host=' . $t->postgres->socket . ';dbname=' . $t->database, 'postgres', '', {RaiseError => 1, PrintError => 0}) } 1, 2;
    for my $n (0, 1) {
        $one[$n]->begin_work;
        my ($token) = $db->selectrow_array(q{SELECT s.digest FROM ej.session AS s JOIN ej.account AS a ON a.id = s.account_id WHERE a.login = ? ORDER BY s.id DESC LIMIT 1}, undef, (qw(director deputy))[$n]);
        my $enter = $one[$n]->prepare('SELECT ej.enter(?, NULL, gen_random_uuid())');
        $enter->bind_param(1, $token, {pg_type => DBD::Pg::PG_BYTEA()});
        $enter->execute;
    }
    my $publish = qq[SELECT ej.inspection_save($two, 'publish', '{"text": "", "old_text": ""}', '{}', '{}', '{}')];
    $one[0]->do($publish);
    $one[1]->do($publish, {pg_async => DBD::Pg::PG_ASYNC()});
    my ($pid) = $one[1]->{pg_pid};
    ok $t->wait_for(20, sub { value(q{SELECT count(*) FROM pg_stat_activity WHERE pid = ? AND wait_event_type = 'Lock'}, $pid) }), 'the second publisher waits';
    $one[0]->commit;
    $one[1]->pg_result;
    $one[1]->commit;
    is value(q{SELECT count(*) FROM ej.history WHERE table_name = 'inspection' AND key_id = ? AND new ->> 'state' = 'published'}, $two), 1, 'and it is published once';
    $_->disconnect for @one;
}

# ------------------------------------------------------ frozen, confirmed ----

is code('UPDATE ej.inspection SET text = ? WHERE id = ?', 'x', $id), 'JE211', 'what is published does not change';
is code($_, $line), 'JE211', $_ for 'UPDATE ej.inspection_line SET note = \'x\' WHERE id = ?', q{UPDATE ej.inspection_line SET figures = '[]' WHERE id = ?}, 'DELETE FROM ej.inspection_line WHERE id = ?',
    'INSERT INTO ej.inspection_line (school_id, inspection_id, staff_id) SELECT 1, inspection_id, (SELECT min(id) FROM ej.staff WHERE school_id = 1 AND id NOT IN (SELECT staff_id FROM ej.inspection_line)) FROM ej.inspection_line WHERE id = ?';
my $own = $teacher->get($path);
is $own->xpath('concat(count(//line), //line/@note, //inspections/@conclusion, //inspections/@can_confirm)'), '1Три темы.Записать темы.1', 'a teacher reads the conclusion and the own line';
is $own->xpath('string(//line/@staff_id)'), staff('teacher'), 'which is the teacher\'s';
is value(q{SELECT count(*) FROM ej.notice AS n JOIN ej.notice_for AS f ON f.notice_id = n.id JOIN ej.staff AS s ON s.person_id = f.person_id WHERE n.kind = 'inspection' AND n.fact_key = ? AND s.id = ?}, $id, staff('teacher')), 1, 'and is told of it';
is $teacher->post("$path/confirmation")->location, $path, 'the teacher confirms';
my $changes = value('SELECT count(*) FROM ej.history');
is $teacher->post("$path/confirmation")->status . (value('SELECT count(*) FROM ej.history') - $changes), '3030', 'once more changes nothing';
is value('SELECT confirmed_on FROM ej.inspection_line WHERE id = ?', $line), '2026-12-01', 'the day is there';
is code(q{UPDATE ej.inspection_line SET confirmed_on = NULL WHERE id = ?}, $line), 'JE211', 'and stays';
is $deputy->get($path)->count('//line[@confirmed_on]'), 1, 'the deputy sees who has confirmed';
is $leader->get($path)->count('//line'), 1, 'a class teacher has one line for lessons and class';
is refused($parent->post("$path/confirmation")), '404 JE401:', 'a parent confirms nothing';
is $teacher->get('/inspections')->xpath('concat(count(//inspection[@state = "draft"]), count(//missing), count(//inspection[@is_confirmed]) > 0)'), '00true', 'the list of a teacher has what was published';
like $deputy->get($path, accept => 'text/html', format => 'print')->content, qr/Проверка журналов, ноябрь 2026/, 'the page has its month';
like $deputy->get("$path?format=print", html => 1)->content, qr/Справка о результатах проверки журналов.*Ознакомлен/s, 'the printed form has a column for signatures';

# --------------------------------------------------- near the end of a term ----

is $deputy->get('/inspections')->count('//missing'), 0, 'in the middle of a term nobody is listed';
$db->do(q{UPDATE ej.school SET today_fixed = '2026-12-23' WHERE id = 1});
my @missing = map { $_->getAttribute('staff_name') } $deputy->get('/inspections')->nodes('//missing');
my %expected = map { ($_->[0] => 1) } @{$db->selectall_arrayref(q{SELECT DISTINCT ej.short_name(s.surname, s.given_name, s.patronymic) FROM ej.staff AS s
    WHERE s.school_id = 1 AND (EXISTS (SELECT FROM ej.teaching AS t WHERE t.staff_id = s.id AND t.year = 2026) OR EXISTS (SELECT FROM ej.class AS c WHERE c.class_teacher_id = s.id AND c.year = 2026))
      AND NOT EXISTS (SELECT FROM ej.inspection_line AS l JOIN ej.inspection AS i ON i.id = l.inspection_id WHERE l.staff_id = s.id AND i.state = 'published' AND i.published_on >= '2026-11-02')})};
$db->do(q{SET session_replication_role = replica});
$db->do(q{UPDATE ej.inspection SET published_on = '2026-10-30' WHERE school_id = 1});
$db->do(q{SET session_replication_role = origin});
my @all = map { $_->getAttribute('staff_name') } grep { $_->getAttribute('term_name') eq 'II четверть' } $deputy->get('/inspections')->nodes('//missing');
is scalar(grep { !$expected{s/ \(.*//r} } @missing), 0, 'a week before its end only those without results are listed';
cmp_ok scalar @all, '>', 5, 'and all, when none was brought in the term';
is $teacher->get('/inspections')->count('//missing'), 0, 'to heads alone';
done_testing;
