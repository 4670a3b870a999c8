#!/usr/bin/perl
# refusals.t: bad, foreign or forged input is answered with a code and a status for
# programs and a message in Russian for people, and nothing is written.
use lib 'tests/lib';
use EJ::Test;
use Time::HiRes ();

my $t = EJ::Test->new(today => '2026-11-20', jobs => 0)->plan(182); # a job would write into what is compared
$t->expect_log(qr/EjournalJobs is missing/);

sub value { return $t->value(@_) }
sub run { return $t->db->do($_[0], undef, @_[1 .. $#_]) }
my $teacher = $t->login('teacher');
my $class   = $t->login('class-teacher');
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $closed  = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-09-20');
my $russian = $t->path(journal => class => '7Б', subject => 'Русский язык', on => '2026-09-20');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my ($anna, $boris, $left, $came) = map { $t->id(pupil => pupil => $_) } 'Андреева Алиса', 'Волков Антон', 'Ефремов Макар', 'Корнеева Анна';
my $stranger = value('SELECT id FROM ej.pupil WHERE school_id = 2 LIMIT 1');
sub lesson_of {
    my ($subject, $on, $school) = @_;
    return $t->id(lesson => class => '7Б', subject => $subject, on => $on, school => $school // 1);
}
sub column { my ($client, $path, $on) = @_; return $client->get($path)->xpath(qq{string(//column[\@held_on = "$on"][1]/\@column_id)}) }
my $good = column($teacher, $journal, '2026-11-18');
my $term = $teacher->get($journal)->xpath('string(//column[last()]/@column_id)');
run(q{UPDATE ej.lesson SET state = 'cancelled' WHERE id = ?}, lesson_of('Алгебра', '2026-11-13'));

# A count of everything that a form could change.
my @tables = qw(mark attendance lesson work homework term_mark history journal account);
sub facts { return join ' ', map { value("SELECT count(*) || md5(string_agg(x::text, '' ORDER BY x::text)) FROM ej.$_ AS x") } @tables }
my $facts = facts();

# ------------------------------------------------------- cells of a grid ---

my @ones = ('1') x 2001;
my %cell = (
    'a mark that is not of the scale'  => [$journal, 'JE108', 422, 'Такой отметки или буквы здесь нет', $good, $anna, '7'],
    'a Latin key of a letter'          => [$journal, 'JE108', 422, 'Такой отметки', $good, $anna, 'y'],
    'half a mark'                      => [$journal, 'JE108', 422, 'Такой отметки', $good, $anna, '3.5'],
    'a letter that is no code'         => [$journal, 'JE108', 422, 'Такой отметки', $good, $anna, 'щ'],
    'a mark before a letter'           => [$journal, 'JE108', 422, 'Такой отметки', $good, $anna, '5 н'],
    'six attempts'                     => [$journal, 'JE108', 422, 'Такой отметки', $good, $anna, '2/2/2/2/2/3'],
    'a mark of the term in a lesson'   => [$journal, 'JE108', 422, 'Такой отметки', $good, $anna, 'н/а'],
    'two marks for a term'             => [$journal, 'JE108', 422, 'Такой отметки', $term, $anna, '4/5'],
    'an absence for a term'            => [$journal, 'JE108', 422, 'Такой отметки', $term, $anna, 'б'],
    'a mark in a closed term'          => [$closed,  'JE201', 409, 'Журнал за этот период закрыт', column($teacher, $closed, '2026-09-16'), $anna, '5'],
    'a mark for who has left'          => [$journal, 'JE202', 422, 'В этот день ученика нет в группе', $good, $left, '5'],
    'a mark for who had not yet come'  => [$russian, 'JE202', 422, 'ученика нет в группе', column($class, $russian, '2026-09-07'), $came, '5'],
    'a mark for a pupil elsewhere'     => [$journal, 'JE202', 422, 'ученика нет в группе', $good, $stranger, '5'],
    'a term mark for who was not there' => [$journal, 'JE202', 422, 'ученика нет в группе', $term, $left, '5'],
    'a lesson of another term'         => [$journal, 'JE203', 422, 'Дата вне границ', lesson_of('Алгебра', '2026-09-02'), $anna, '5'],
    'a lesson still to come'           => [$journal, 'JE204', 422, 'Урока ещё не было', lesson_of('Алгебра', '2026-11-23'), $anna, '5'],
    'a lesson that was cancelled'      => [$journal, 'JE209', 422, 'Урок не состоялся', lesson_of('Алгебра', '2026-11-13'), $anna, '5'],
    'a column that does not exist'     => [$journal, 'JE120', 422, 'Такого столбца в этом журнале нет', 77, $anna, '5'],
    'a column of another journal'      => [$journal, 'JE120', 422, 'Такого столбца в этом журнале нет', column($class, $russian, '2026-09-07'), $anna, '5'],
    'a column of another school'       => [$journal, 'JE120', 422, 'Такого столбца в этом журнале нет', lesson_of('Алгебра', '2026-11-18', 2), $anna, '5'],
    'a column that is a word'          => [$journal, 'JE102', 422, 'нужно число', 'abc', $anna, '5'],
    'a column without a number'        => [$journal, 'JE101', 422, 'Заполните это поле', '', $anna, '5'],
    'a number below one'               => [$journal, 'JE102', 422, 'нужно число', $good, '-1', '5'],
    'a number too great'               => [$journal, 'JE102', 422, 'нужно число', $good, '9' x 20, '5'],
    'forty-one characters'             => [$journal, 'JE104', 422, 'слишком длинный', $good, $anna, '5' x 41],
    'a control character'              => [$journal, 'JE105', 422, 'нельзя сохранить', $good, $anna, "5\x{1}"],
    'a character XML cannot carry'     => [$journal, 'JE105', 422, 'нельзя сохранить', $good, $anna, "\x{FFFE}"],
    'more pupils than columns'         => [$journal, 'JE107', 422, 'Таблица пришла не целиком', $good, [$anna, $boris], '5'],
    'more values than cells'           => [$journal, 'JE107', 422, 'Таблица пришла не целиком', $good, $anna, ['5', '4']],
    'two thousand and one cells'       => [$journal, 'JE107', 422, 'слишком много строк', [($good) x 2001], [($anna) x 2001], [('5') x 2001]],
);
for my $what (sort keys %cell) {
    my ($path, $code, $status, $words, $column, $pupil, $typed) = @{$cell{$what}};
    my $client = $path eq $russian ? $class : $teacher;
    my @fields = (column_id => $column, pupil_id => $pupil, old => ref $column ? [('') x @$column] : '', value => $typed);
    my $r = $client->post($path, @fields);
    is $r->status . ' ' . ($r->errors)[0], "$status $code", "$what is refused with $code";
    is $r->xpath('string(//error[1]/@n)'), $code eq 'JE107' ? '' : 1, 'a refused cell has its number' unless $code eq 'JE107';
    $r = $client->post($path, {html => 1}, @fields);
    like $r->status . $r->xpath('string(//*[@role = "alert"])'), qr/^$status.*\Q$words\E/s, 'the page explains the refusal';
}
is $teacher->post($journal)->status, 303, 'a save without cells is accepted';

# The message about a pupil whom the page does not know; and the same status
# whichever bad cell comes first.
my $unknown = $teacher->post($journal, {html => 1}, column_id => $good, pupil_id => $stranger, old => '', value => '5');
unlike $unknown->xpath('string(//*[@role = "alert"]//li)'), qr/^\s*:/, 'no message begins with an empty name';
like $unknown->xpath('string(//*[@role = "alert"]//li)'), qr/^Ученик не из этого журнала: В этот день/, 'the message says that the pupil is not of this journal';
my $substitute = $t->login('substitute');
my @mine  = (lesson_of('Алгебра', '2026-11-20'), $anna, '7');
my @other = ($good, $anna, '5');
for my $order ([\@mine, \@other], [\@other, \@mine]) {
    my $r = $substitute->post($journal, map { my $i = $_; (qw(column_id pupil_id value))[$i] => [map { $_->[$i] } @$order] } 0 .. 2);
    is $r->status, 422, 'fields of different numbers are refused';
    $r = $substitute->post($journal, old => ['', ''], map { my $i = $_; (qw(column_id pupil_id value))[$i] => [map { $_->[$i] } @$order] } 0 .. 2);
    is $r->status . ' ' . join(' ', sort $r->errors), '403 JE108 JE301', 'a missing right is reported before wrong input';
}

# ------------------------------------------------------ bodies of any form ---

my $token = $teacher->form_token;
my $form  = "column_id=$good&pupil_id=$anna&old=&form_token=$token&value=";
my %body  = (
    'broken UTF-8'            => ["$form%FF%FE", undef, 'JE105', 422, 'нельзя сохранить'],
    'a cut letter'            => ["$form%D0", undef, 'JE105', 422, 'нельзя сохранить'],
    'a zero byte'             => ["${form}5%00", undef, 'JE105', 422, 'нельзя сохранить'],
    'a cut escape'            => ["${form}5%4", undef, 'JE100', 400, 'Запрос составлен неверно'],
    'a name in broken UTF-8'  => ["${form}5&%FF=1", undef, 'JE100', 400, 'Запрос составлен неверно'],
    'a surrogate'             => ["$form%ED%A0%80", undef, 'JE105', 422, 'нельзя сохранить'],
    'an overlong slash'       => ["${form}2%C0%AF4", undef, 'JE105', 422, 'нельзя сохранить'],
    'two megabytes'           => [$form . '5' x 2_000_000, undef, 'JE109', 413, 'Слишком много данных'],
    'JSON'                    => ['{"value": 5}', 'application/json', 'JE100', 400, 'Запрос составлен неверно'],
    'a form of several parts' => ["--x\r\n\r\n5\r\n--x--", 'multipart/form-data; boundary=x', 'JE100', 400, 'Запрос составлен неверно'],
    'twenty thousand fields'  => [join('&', $form . '5', ('a=1') x 20_001), undef, 'JE107', 422, 'слишком много строк'],
);
for my $what (sort keys %body) {
    my ($bytes, $type, $code, $status, $words) = @{$body{$what}};
    my %o = (body => $bytes, $type ? (type => $type) : ());
    my $r = $teacher->post($journal, {%o});
    is $r->status . ' ' . ($r->errors)[0], "$status $code", "$what gets $code";
    like $teacher->post($journal, {%o, html => 1})->content, qr/\Q$words\E/, 'the page explains the refusal of the form';
}
is facts(), $facts, 'refused forms change nothing';

is $teacher->post($journal, {body => "${form}5%00"})->xpath('string(//error/@field)'), 'value', 'a zero byte is refused with its field';

# A form with twenty times the allowed number of rows is refused quickly.
my $many = join '&', "form_token=$token", map {"comment.$good.$_=&old_comment.$good.$_="} 1 .. 9_900;
my ($quickest) = sort { $a <=> $b } map { my $from = Time::HiRes::time(); my $r = $teacher->post($lesson, {body => $many}); Time::HiRes::time() - $from } 1 .. 3;
cmp_ok $quickest, '<', 0.5, sprintf 'ten thousand comments are refused in %.2f s', $quickest;

# ----------------------------------------------------------- other fields ---

my %field = (
    'a due lesson that is a word' => [due_lesson_id => 'x', 'JE102'], 'a kind of work that is not there' => [new_kind_id => 777, 'JE106'],
    'a kind of work of another school' => [new_kind_id => value('SELECT id FROM ej.work_kind WHERE school_id = 2 LIMIT 1'), 'JE106'],
    'a comment of 1001 letters' => ["comment.$good.$anna" => 'а' x 1001, 'JE104'], 'a comment to another\'s mark' => ["comment.$good.$stranger" => 'а', 'JE202'],
    'a mark in another lesson\'s work' => ['mark.' . column($teacher, $journal, '2026-11-16') . ".$anna" => '5', 'JE120'],
    'homework due at another subject' => [due_lesson_id => lesson_of('Русский язык', '2026-11-23'), 'JE208'],
);
for my $what (sort keys %field) {
    my ($name, $typed, $code) = @{$field{$what}};
    my $r = $teacher->post($lesson, topic => 'Новая', old_topic => value('SELECT topic FROM ej.lesson WHERE id = ?', $lesson =~ /(\d+)$/),
        homework_text => $name =~ /due/ ? 'Задание' : '', old_homework_text => '', works => 1, new_title => '', $name => $typed);
    like $r->status . ' ' . join(' ', $r->is_xml ? $r->errors : ()), qr/^4\d\d (?:$code)$/, "$what is refused";
}
my @none = (topic => '', old_topic => '', homework_text => '', old_homework_text => '', works => 1, new_title => '');
my $alert = sub { $teacher->post($lesson, {html => 1}, @none, @_)->xpath('normalize-space(//*[@role = "alert"]//li)') };
is $alert->(personal_text => 'Доклад'), 'Кому: Заполните это поле.', 'the refusal of a task for nobody names the field';
is $alert->(personal_text => 'Доклад', "personal_for.$stranger" => 1), 'Кому: В этот день ученика нет в группе.', 'the refusal of a task for a pupil of another school names the field';
is $alert->(personal_text => 'а' x 4001), 'Задание отдельным ученикам: Текст слишком длинный — сократите его.', 'the refusal of a task that is too long names the field';
unlike $alert->("mark.$good.$stranger" => '5'), qr/^\s*[:,]/, 'a mark of a stranger has no empty name';
is facts(), $facts, 'refused lessons change nothing';
for my $set (['1', '1'], ['on', '1'], ['0', ''], ['no', ''], ['', '']) {
    is $teacher->get("/account?is_saved=$set->[0]")->xpath('string(//account/@is_saved)'), $set->[1], "a flag that is «$set->[0]» is " . ($set->[1] ? 'set' : 'not set');
}
for my $query ('?page=x', '?page=-1', '?page=99999999999', '?class_id=0', '?class_id=1%00') {
    is $teacher->get("/journals$query")->status, 422, "an address with $query is refused";
}
is $teacher->get('/journals?class_id=%')->status, 400, 'an address that is cut off is refused';
for my $path ('/journals/0', '/journals/01', '/journals/-1', '/journals/9223372036854775808', '/journals/1e3', '/journals/18%20', '/lessons/1/2', '/pupils//diary') {
    is $teacher->get($path)->status, 404, "$path is not an address";
}

# ------------------------------------------------------------ forged forms ---

my @cell = (column_id => $good, pupil_id => $anna, old => value('SELECT value FROM ej.mark WHERE work_id = ? AND pupil_id = ? AND attempt = 1', $good, $anna) // '', value => '2');
my $other = $t->login('class-teacher')->form_token;
my $home  = 'http://127.0.0.1:' . $t->httpd->port;
my %forged = (
    'without the token of the session' => [{token => undef}, 'JE303'],
    'with a wrong token'               => [{token => 'f' x 32}, 'JE303'],
    'with an empty token'              => [{token => ''}, 'JE303'],
    'with the token of a colleague'    => [{token => $other}, 'JE303'],
    'from another site'                => [{header => {Origin => 'https://evil.example'}}, 'JE304'],
    'from another port'                => [{header => {Origin => 'http://127.0.0.1:1'}}, 'JE304'],
    'from nowhere'                     => [{header => {Origin => 'null'}}, 'JE304'],
    'from a site with our name in it'  => [{header => {Origin => "$home.evil.example"}}, 'JE304'],
    'that a browser calls cross-site'  => [{header => {'Sec-Fetch-Site' => 'cross-site'}}, 'JE304'],
    'that a browser calls same-site'   => [{header => {'Sec-Fetch-Site' => 'same-site'}}, 'JE304'],
);
for my $what (sort keys %forged) {
    my ($options, $code) = @{$forged{$what}};
    my $r = $teacher->post($journal, $options, @cell);
    is $r->status . ' ' . join(' ', $r->errors), "403 $code", "a form $what is refused";
}
like $teacher->post($journal, {token => 'f' x 32, html => 1}, @cell)->content, qr/Откройте страницу заново/, 'the page asks to open the form again';
is $teacher->post('/account', {header => {Origin => 'https://evil.example'}}, old_password => $t->password)->status, 403, 'a password cannot be changed from elsewhere';
is $t->client('x')->post('/login', {header => {Origin => 'https://evil.example'}}, login => 'teacher', password => $t->password)->status, 403, 'nobody can be logged in from elsewhere';
is facts(), $facts, 'forged forms change nothing';
is $teacher->post($journal, {header => {'Sec-Fetch-Site' => 'same-origin'}}, @cell)->status, 303, 'a form of this site is accepted';
$facts = facts();

# A GET never writes, whatever parameters it has.
my $query = EJ::Client::encode(column_id => $good, pupil_id => $anna, old => '2', value => '5', form_token => $token, topic => 'x', old_topic => '');
$teacher->get("$_?$query") for $journal, $lesson, '/account', '/', '/journals';
$teacher->get($lesson, header => {'X-HTTP-Method-Override' => 'POST', 'X-Ejournal' => 'fragment'});
is facts(), $facts, 'a link never writes, whatever parameters it has';

# ------------------------------------------------------- what is shown, logged ---

my $nasty = q{<script>alert(1)</script>"'&<!--]]>};
my $was   = $teacher->get($lesson)->xpath('string(//lesson/@topic)');
is $teacher->post($lesson, topic => $nasty, old_topic => $was)->status, 303, 'a topic may have any characters';
my $r = $teacher->get($lesson, html => 1);
is $r->xpath('string(//textarea[@name="topic"])'), $nasty, 'the topic is shown as it was typed';
is $r->count('//script[not(@src)]'), 0, 'the topic is shown as text, not as markup';
is $teacher->get($journal, html => 1)->count('//script[not(@src)]'), 0, 'the journal shows the topic as text';
is $teacher->get("/journals?class_id=%22%3E%3Cscript%3E", html => 1)->count('//script[not(@src)]'), 0, 'a parameter of an address is shown as text';
$teacher->get("/x%0a[Sun Nov 22 00:00:00 2026] [core:error] forged%0d%0aSet-Cookie:%20a=b");
is_deeply [grep {/^\[Sun Nov 22 00:00:00 2026\] \[core:error\] forged/} $t->log_lines], [], 'an address cannot forge a line of the log';

# Every refusal has its line in the log, whether it was shown with the form or without.
sub lines { my $from = shift; my @all = $t->log_lines; return @all[$from .. $#all] }
for my $case (
    ['a mark of no scale', 'info', 'JE108 422', sub { $teacher->post($journal, {html => 1}, column_id => $good, pupil_id => $anna, old => '', value => 'secretX') }],
    ['the same by the script', 'info', 'JE108 422', sub { $teacher->post($journal, {header => {'X-Ejournal' => 'fragment'}}, column_id => $good, pupil_id => $anna, old => '', value => 'secretX') }],
    ['a wrong password', 'notice', 'JE110 401', sub { $t->client('x')->post('/login', {html => 1}, login => 'secretX', password => 'secretX') }],
    ['a form of another session', 'notice', 'JE303 403', sub { $teacher->post($journal, {html => 1, token => 'f' x 32}, column_id => $good, value => 'secretX') }],
    ['a form of another site', 'notice', 'JE304 403', sub { $teacher->post($journal, {html => 1, header => {Origin => 'null'}}, value => 'secretX') }],
) {
    my ($what, $level, $code, $send) = @$case;
    my $from = () = $t->log_lines;
    $send->();
    my @said = grep {/\bJE\d+ \d+ /} lines($from);
    is scalar(@said), 1, "$what is logged once";
    like $said[0] // '', qr/ejournal:$level\].* $code number \w+ account \d+ POST /, "at $level" unless $what =~ /same/;
}
is scalar(grep {/secretX/i} $t->log_lines), 0, 'the log has nothing that was typed';
