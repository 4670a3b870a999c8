#!/usr/bin/perl
# journal_save.t: what a saved cell does: in the grid, in the tables, in the
# history; conflicts, repeats and many at once. What is refused: refusals.t.
use lib 'tests/lib';
use EJ::Test;
use IO::Socket::INET ();

my $t = EJ::Test->new(today => '2026-11-20')->plan(83);

my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $teacher = $t->login('teacher');
my $page    = $teacher->get($journal);
my $term    = $page->xpath('string(//column[last()]/@column_id)');
my ($anna, $boris, $vera, $gleb) =
    map { $t->id(pupil => pupil => $_) } 'Андреева Алиса', 'Волков Антон', 'Гуляев Василий', 'Зуев Сергей';

sub value { return $t->value(@_) }
sub history { return value('SELECT count(*) FROM ej.history') }

# The column of a day (a lesson has one more when it has two works).
sub column { return $_[1]->xpath(qq{string(//column[\@held_on = "$_[0]"][1]/\@column_id)}) }

# The text of a pupil's cell on the page now.
sub cell {
    my ($column, $pupil, $r) = @_;
    $r ||= $teacher->get($journal);
    my $n = $r->count(qq{//column[\@column_id = "$column"]/preceding-sibling::column}) + 1;
    return $r->xpath(qq{string(//pupil[\@pupil_id = "$pupil"]/c[$n])});
}

# post(client, [column, pupil, old, value] …, options)
sub fields {
    my @cells = grep { ref eq 'ARRAY' } @_;
    my ($more) = grep { ref eq 'HASH' } @_;
    return (column_id => [map { $_->[0] } @cells], pupil_id => [map { $_->[1] } @cells],
        old => [map { $_->[2] } @cells], value => [map { $_->[3] } @cells], %{$more || {}});
}
sub save { my ($client, @cells) = @_; return $client->post($journal, fields(@cells)) }
sub send_cells {
    my ($client, @cells) = @_;
    return $client->post($journal, {header => {'X-Ejournal' => 'fragment'}}, fields(@cells));
}
sub outcomes {
    return [map { my $c = $_; join ' ', map { $c->getAttribute($_) // '-' } qw(n outcome value code) } $_[0]->nodes('//outcomes/cell')];
}

# ------------------------------------------------------- marks, absences ---

my $bare = column('2026-11-11', $page);
is value('SELECT count(*) FROM ej.work WHERE lesson_id = ?', $bare), 0, 'a lesson without works has a column';
my $r = save($teacher, [$bare, $anna, '', '5'], [$bare, $boris, '', 'н'], [$bare, $vera, '', 'о 4']);
is $r->status . ' ' . $r->location, "303 $journal", 'a save leads back to the grid';
$page = $teacher->get($journal);
my $work = column('2026-11-11', $page);
is value('SELECT k.name FROM ej.work w JOIN ej.work_kind k ON k.id = w.kind_id WHERE w.id = ? AND w.lesson_id = ?', $work, $bare),
    'ответ на уроке', 'the first mark in a bare lesson makes its work «ответ на уроке»';
is cell($work, $anna), '5',   'a mark entered in a lesson without works is saved';
is cell($work, $boris), 'н',   'an absence entered in a lesson without works is saved';
is cell($work, $vera), 'о 4', 'a letter and a mark of one pupil are saved together';
is $page->count('//column[@held_on = "2026-11-11"]'), 1, 'the lesson still has one column after its first mark';
save($teacher, [$bare, $gleb, '', '3']);
is value('SELECT count(*) FROM ej.work WHERE lesson_id = ?', $bare), 1,
    'a page opened before that writes into the same work';
is cell($work, $gleb), '3', 'a mark sent from a page opened before the work was made is saved';

my $column = column('2026-11-18', $page);
for my $case (['Н', 'н'], ["\x{200B}б", 'б'], ['у', 'у'], ['п', 'п'], ['о ５', 'о 5'], ['о3,0', 'о 3'], [' Б ', 'б'], ['осв', 'осв'], ['4.0', '4']) {
    my ($keys, $text) = @$case;
    save($teacher, [$column, $gleb, cell($column, $gleb), $keys]);
    is cell($column, $gleb), $text, "«$keys» is understood as «$text»";
}
is value('SELECT count(*) FROM ej.attendance WHERE pupil_id = ? AND lesson_id = (SELECT lesson_id FROM ej.work WHERE id = ?)', $gleb, $column), 0,
    'a mark that replaces a letter leaves no absence';
save($teacher, [$column, $gleb, '4', '2']);
is cell($column, $gleb), '2', 'a mark can be corrected';
save($teacher, [$column, $gleb, '2', '2/4']);
is cell($column, $gleb), '2/4', 'a retake is shown as a pair';
is_deeply $t->db->selectcol_arrayref('SELECT value FROM ej.mark WHERE work_id = ? AND pupil_id = ? ORDER BY attempt', undef, $column, $gleb),
    ['2', '4'], 'a retake is stored as two attempts';
save($teacher, [$column, $gleb, '2/4', '5']);
is cell($column, $gleb), '5', 'one mark replaces both attempts';
save($teacher, [$column, $gleb, '5', '']);
is cell($column, $gleb), '', 'a cell can be emptied';
is value('SELECT count(*) FROM ej.mark WHERE work_id = ? AND pupil_id = ? AND value IS NULL', $column, $gleb), 2,
    'the marks of an emptied cell are not deleted';

my $today = column('2026-11-20', $teacher->get($journal));
is value('SELECT attendance_at FROM ej.lesson WHERE id = ?', $today), undef, 'absences of the lesson today are not marked yet';
save($teacher, [$today, $anna, '', 'н']);
ok value('SELECT attendance_at IS NOT NULL FROM ej.lesson WHERE id = ?', $today), 'entering an absence records that absences were marked';

$t->db->do('UPDATE ej.school SET min_marks = 0');    # else a number needs enough marks (finals.t)
for my $mark ('4', 'Н/А', 'осв', '') {
    save($teacher, [$term, $anna, cell($term, $anna), $mark]);
    is cell($term, $anna), lc $mark, $mark eq '' ? 'a term mark is taken back' : "a term mark may be «$mark»";
}

# --------------------------------------------------------------- history ---

my $cell = "$journal/columns/$column/pupils/$gleb";
my ($first) = $t->db->selectall_arrayref(q{SELECT a.login, h.operation_id IS NOT NULL AS operation, host(h.address) AS address,
        h.old->>'value' AS old, h.new->>'value' AS new
      FROM ej.history h JOIN ej.account a ON a.id = h.account_id
     WHERE h.table_name = 'mark' AND h.row_key = ARRAY[?::bigint, ?::bigint, 1] ORDER BY h.id}, {Slice => {}}, $column, $gleb);
shift @$first while $first->[0]{address} ne '127.0.0.1'; # the seed's own
is_deeply [map {"$_->{login} " . ($_->{old} // '') . '>' . ($_->{new} // '')} @$first],
    [map {"teacher $_"} '4>', '>5', '5>3', '3>', '>4', '4>2', '2>5', '5>'],
    'the history has author, old and new value of each change';
is scalar(grep { $_->{operation} && $_->{address} eq '127.0.0.1' } @$first), scalar @$first, 'the history has operation and address of each change';
$r = $teacher->get($cell);
is_deeply [map { ($_->getAttribute('old') // '') . '>' . ($_->getAttribute('new') // '') } ($r->nodes('//change[@what="mark" or starts-with(@what, "отметк")][not(@attempt)]'))[0, 1]],
    ['5>', '2>5'], 'the page of a cell shows its history, newest first';
like $r->xpath('string(//change[1]/@who)'), qr/^Рябинина/, 'the page of a cell shows the author of a change';
is $r->xpath('string(//change[1]/@address)'), '127.0.0.1', 'the page of a cell shows the address of a change';
is $teacher->get($cell, html => 1)->count('//table[contains(@class, "changes")]//tbody/tr'), $r->count('//change'), 'the page of a cell shows all changes in a table';
is $t->login('sport')->get($cell)->status, 404, 'people without access to the journal do not get the history of a cell';
is $teacher->get("$journal/columns/999/pupils/$gleb")->status, 404, 'a missing column has no history';
my ($elsewhere) = map { $t->id(pupil => class => '10А', school => 1) } 1;
is $teacher->get("$journal/columns/$column/pupils/$elsewhere")->status, 404, 'a pupil who was never in the group has no history';
is $teacher->get("$journal/columns/$column/pupils/" . $t->id(pupil => pupil => 'Ефремов Макар'))->status, 200, 'a pupil who left the group has a history';
my $of_lesson = value('SELECT lesson_id FROM ej.work WHERE id = ?', $column);
my $row = "$journal/columns/$of_lesson/pupils/$gleb";
my $of_form = $teacher->get("/lessons/$of_lesson", html => 1);
is $of_form->xpath(qq{string(//tr[\@data-p = "$gleb"]//option[\@selected]/\@value)}), '', 'the form of the lesson shows the emptied mark';
is $of_form->count(qq{//a[\@href = "/journal$row"][not(ancestor::details)]}), 1, 'the form of the lesson links to the history of a pupil with an emptied mark';
is join(' ', sort $of_form->texts('//tbody/tr[td[@class="notes"]/a]/@data-p')), join(' ', sort map { $_->[0] } @{$t->db->selectall_arrayref(
    q{SELECT DISTINCT h.pupil_id FROM ej.history AS h LEFT JOIN ej.work AS w ON w.id = h.key_id AND h.table_name = 'mark'
       WHERE w.lesson_id = ? OR h.key_id = ? AND h.table_name = 'attendance'}, undef, $of_lesson, $of_lesson)}),
    'the form of the lesson links to the history of exactly the pupils who have one';
is $teacher->get($row)->count('//change[@what = "mark"]'), $r->count('//change[@what = "mark"]'), 'the history of a lesson row has the changes of its cell';
is $teacher->get($row)->count('//change[@what = "mark" and not(@kind_name)]'), 0, 'the history of a lesson row names the work of each mark';
is $t->login('class-teacher')->get("/lessons/$of_lesson", html => 1)->count(qq{//a[\@href = "/journal$cell"]}), 1, 'a lesson that may only be read links to the history of its cells';

# Minutes and comments of a cell have a history, too.
my ($its_lesson) = $t->db->selectrow_array('SELECT lesson_id FROM ej.work WHERE id = ?', undef, $column);
for my $form ([code => '', 'о'], [minutes => '', 5], [minutes => 5, 17], [code => 'о', '']) {
    $teacher->post("/lessons/$its_lesson", topic => '', old_topic => '', "$form->[0].$gleb" => $form->[2], "old_$form->[0].$gleb" => $form->[1],
        $form->[0] eq 'minutes' ? ("code.$gleb" => 'о', "old_code.$gleb" => 'о') : ());
}
for my $form (['', 'Молодец'], ['Молодец', '']) {
    $teacher->post("/lessons/$its_lesson", topic => '', old_topic => '', "comment.$column.$gleb" => $form->[1], "old_comment.$column.$gleb" => $form->[0]);
}
$r = $teacher->get($cell);
sub told { my ($c, @names) = @_; return join ' ', grep {length} map { $c->getAttribute($_) // '' } @names }
my @told = map { told($_, qw(old old_minutes old_comment)) . '>' . told($_, qw(new minutes comment)) } ($r->nodes('//change'))[0 .. 5];
is_deeply \@told, ['Молодец>', '>Молодец', 'о 17>', '5>17', '>5', '>о'], 'the history of a cell has old and new minutes and comments';
my $page_of = $teacher->get($cell, html => 1);
is_deeply [map { $_->findvalue('normalize-space(td[3])') . '>' . $_->findvalue('normalize-space(td[4])') } ($page_of->nodes('//table[contains(@class, "changes")]//tbody/tr'))[0, 2, 3]],
    ['Молодец>', 'о 17 мин>', '5 мин>17 мин'], 'the page of a cell shows old and new minutes and comments';
is $page_of->count('//table[contains(@class, "changes")]//tbody/tr[normalize-space(td[3]) = "" and normalize-space(td[4]) = ""]'), 0, 'the page of a cell shows no empty change';
is $r->count('//change[@what = "attendance"]'), value(q{SELECT count(*) FROM ej.history WHERE table_name = 'attendance' AND row_key = ARRAY[?::bigint, ?::bigint]}, $its_lesson, $gleb),
    'the history of a cell has all changes of the absence';

# ------------------------------------------------- one bad cell of three ---

my $before = history();
$r = save($teacher, [$column, $anna, cell($column, $anna), '5'], [$column, $boris, '', '7'], [$column, $vera, cell($column, $vera), '3']);
is $r->status . ' ' . join(' ', $r->errors), '422 JE108', 'one bad cell of three refuses the save';
is $r->xpath('string(//error/@n)'), 2, 'a refused cell is named by its number';
is history(), $before, 'a refused save changes nothing';
my %choice = ($anna => '4', $boris => '9', $vera => '5');
my $refused = $teacher->post("$journal/finals", {html => 1}, map { (pupil_id => $_, old => '', value => $choice{$_} // '', old_note => '', note => '') }
    $teacher->get("$journal/finals", html => 1)->texts('//input[@name="pupil_id"]/@value'));
is $refused->status, 422, 'one wrong mark refuses the whole form of term marks';
like $refused->xpath('string(//*[@role = "alert"])'), qr/Волков Антон.*Такой отметки/s, 'a refused form of term marks names the pupil';
is_deeply [map { $refused->xpath(qq{string(//tr[th = "$_"]//option[\@selected]/\@value)}) } 'Андреева Алиса', 'Гуляев Василий'],
    ['4', '5'], 'a refused form of term marks keeps the typed values';

# -------------------------------------------------------------- conflict ---

my $substitute = $t->login('substitute');
save($substitute, [$today, $vera, '', '4']);
$today = column('2026-11-20', $teacher->get($journal));
$r = save($teacher, [$today, $vera, '', '5'], [$today, $boris, '', '5']);
is $r->status . ' ' . join(' ', $r->errors), '409 JE210', 'a cell that changed since is a conflict';
is $r->xpath('string(//error/@n)') . ' ' . $r->xpath('string(//error/@value)'), '1 4', 'a conflict names the cell and its present value';
like $r->xpath('string(//error/@who)'), qr/^Латышев/, 'a conflict names the author of the present value';
like $r->xpath('string(//error/@at)'), qr/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'a conflict has the time of the present value';
is cell($today, $vera), '4', 'a cell in conflict is not overwritten';
is cell($today, $boris), '5', 'cells without a conflict are saved';
is save($teacher, [$today, $vera, '', '4'])->status, 303, 'a cell that already has the new value is saved';
is save($teacher, [$today, $vera, '4', '5'])->status, 303, 'a cell can be changed after its present value was seen';
$r = $teacher->post($journal, {html => 1}, fields([$today, $vera, '4', '3']));
is $r->status, 409, 'a conflict is shown on a page';
like $r->xpath('string(//*[@role = "alert"])'), qr/записали другое.*«5»/s, 'the page of a conflict shows the present value';

# ------------------------------------------------------------- fragments ---

$r = send_cells($teacher, [$column, $anna, cell($column, $anna), 'н'], [$today, $vera, '5', 'о4']);
is $r->status . ' ' . $r->type, '200 application/xml', 'a save by script gets outcomes';
is_deeply outcomes($r), ['1 saved н -', '2 saved о 4 -'], 'a save by script gets an outcome with the new text for each cell';
$r = send_cells($teacher, [$column, $anna, '', '5'], [$today, $vera, 'о 4', '5']);
is $r->status, 409, 'a conflict of a save by script gets 409';
is_deeply outcomes($r), ['1 conflict н JE210', '2 saved 5 -'], 'a save by script gets the cell in conflict and its present value';
$r = send_cells($teacher, [$column, $anna, 'н', '5'], [$today, $vera, '5', 'щ']);
is $r->status, 422, 'a refused save by script gets 422';
is_deeply [map { (/^(\d \w+)/)[0] } @{outcomes($r)}], ['2 bad'], 'a refused save by script gets only the refused cell';
is cell($column, $anna), 'н', 'a refused save by script changes nothing';

# --------------------------------------------------------------- repeats ---

my $operation = {operation_id => '11111111-2222-4333-8444-555555555555'};
my $one = send_cells($teacher, [$column, $anna, 'н', '4'], $operation);
$before = history();
save($teacher, [$column, $anna, '4', '3']);
my $two = send_cells($teacher, [$column, $anna, 'н', '4'], $operation);
is $two->status . $two->content, $one->status . $one->content, 'the same operation sent again is answered as the first time';
is cell($column, $anna), '3', 'a repeated operation changes nothing, although the cell has changed since';
is history(), $before + 1, 'a repeated operation adds nothing to the history';
send_cells($teacher, [$column, $anna, '3', '5'], $operation);
is cell($column, $anna), '5', 'the same operation id with other content is another operation';
is send_cells($substitute, [$today, $anna, 'н', 'б'], $operation)->status, 200, 'the same operation id of another person is another operation';

# Thirty saves at the same time over thirty connections, more than there are threads.
$t->allow_log(qr/AH00484: server reached MaxRequestWorkers/);
$before = history();
my $body    = EJ::Client::encode(fields([$column, $gleb, '', '4'], [$column, $boris, cell($column, $boris), 'б']),
    operation_id => '99999999-2222-4333-8444-555555555555', form_token => $teacher->form_token);
my $port    = $t->httpd->port;
my $cookies = '';
$teacher->agent->cookie_jar->scan(sub { $cookies .= "$_[1]=$_[2]; " });
my $request = "POST /journal$journal HTTP/1.1\r\nHost: 127.0.0.1:$port\r\nConnection: close\r\nX-Ejournal: fragment\r\n"
    . "Cookie: $cookies\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " . length($body) . "\r\n\r\n$body";
my @sockets = map { IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port) || die "no connection: $!\n" } 1 .. 30;
print {$_} $request for @sockets;
my %answers;
for my $socket (@sockets) {
    local $/;
    my $answer = <$socket>;
    $answers{substr($answer, 9, 3) . ' ' . ($answer =~ s/.*?\r\n\r\n//sr)}++;
}
is scalar(keys %answers), 1, 'thirty equal saves at the same time get the same reply' or diag explain [map { substr $_, 0, 400 } keys %answers];
like((keys %answers)[0], qr/^200 .*saved.*saved/s, 'the reply to thirty equal saves is that all cells are saved');
is history(), $before + 2, 'thirty equal saves make one change of each cell';
is value(q{SELECT count(*) FROM ej.operation WHERE operation_id = '99999999-2222-4333-8444-555555555555'}), 1, 'thirty equal saves make one operation';
