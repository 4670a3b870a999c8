#!/usr/bin/perl
# transfers.t: a pupil of school 92 goes to school 17: it asks, 92 sends, 17 accepts; what each school and the family see
# then; the file of the pupil against the rows from which it was made (INT-04, Region F.3).
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(deputy director class-teacher english teacher administrator parent deputy-17 director-17 class-teacher-17 teacher-17);
sub form { my %form = @_; return %form } # the last of a name counts
sub value { return $t->value(@_) }
sub statuses { my ($method, $path, $who, @form) = @_; return join ' ', map { $c{$_}->$method($path, @form)->status } split ' ', $who }

# The child of `parent` in 7Б, with a birthday and something of each kind.
my $pupil = value(q{SELECT e.pupil_id FROM ej.enrolment AS e JOIN ej.class AS k ON k.id = e.class_id JOIN ej.guardianship AS w USING (pupil_id)
    JOIN ej.guardian AS g ON g.id = w.guardian_id JOIN ej.account AS a USING (person_id) WHERE a.login = 'parent' AND k.name = '7Б'});
$db->do(q{UPDATE ej.pupil_card SET birth_on = '2013-04-05' WHERE pupil_id = ?}, undef, $pupil);
$db->do(q{INSERT INTO ej.outside_mark (school_id, pupil_id, subject_id, given_on, number, document) SELECT 1, ?, min(s.id), '2026-09-05', 4, 'справка № 7' FROM ej.subject AS s WHERE s.school_id = 1}, undef, $pupil);
$db->do(q{INSERT INTO ej.achievement (school_id, pupil_id, staff_id, achieved_on, title, level, result) SELECT 1, ?, min(f.id), '2026-10-10', 'Чтецы', 'school', 'prize' FROM ej.staff AS f WHERE f.school_id = 1}, undef, $pupil);
my ($surname, $given) = $db->selectrow_array('SELECT surname, given_name FROM ej.pupil WHERE id = ?', undef, $pupil);
my $class = value(q{SELECT id FROM ej.class WHERE school_id = 2 AND name = '7Б'});

# --------------------------------------------------------------------- asking --

my %ask = (school_id => 1, surname => $surname, given_name => $given, birth_on => '2013-04-05', note => 'заявление от 18.11');
is statuses(get => '/transfers', 'deputy director administrator class-teacher english parent'), '200 200 200 200 404 404', 'heads and class teachers read the list';
is statuses(get => '/transfer', 'deputy director administrator class-teacher'), '200 200 404 404', 'director and deputy begin a transfer';
is $c{'deputy-17'}->get('/transfer')->xpath('concat(count(//choice), //choice/@value)'), '11', 'and name the other school';
is refused($c{'deputy-17'}->post('/transfer', form(%ask, birth_on => ''))), '422 JE101:birth_on', 'nobody is asked for by name alone';
is refused($c{'deputy-17'}->post('/transfer', form(%ask, school_id => 2))), '422 JE106:school_id', 'nor at the own school';
is refused($c{'deputy-17'}->post('/transfer', form(%ask, school_id => 99_999))), '422 JE106:school_id', 'nor at one that is not there';
my $once = '00000000-0000-4000-8000-000000000171';
is $c{'deputy-17'}->post('/transfer', form(%ask, operation_id => $once))->location, '/transfers?done=added', 'the new school asks' for 1, 2;
is refused($c{'director-17'}->post('/transfer', %ask)), '409 JE212:surname', 'once';
is value('SELECT count(*) FROM ej.transfer'), 1, 'a form sent twice asks once';
my $id   = value('SELECT id FROM ej.transfer');
my $path = "/transfers/$id";
is $c{deputy}->get('/transfers')->xpath('concat(//transfers/@waiting, //transfer/@state, //transfer/@is_in, //transfer/@is_waiting)'), '1asked1', 'the old school is told that it waits';
is $c{'deputy-17'}->get('/transfers')->xpath('concat(//transfers/@waiting, //transfer/@is_in, //transfer/@other_name)'), '01' . value('SELECT short_name FROM ej.school WHERE id = 1'), 'the new one that it has asked';
is statuses(get => $path, 'deputy deputy-17 class-teacher class-teacher-17 teacher parent'), '200 200 404 404 404 404', 'both schools read it';
is statuses(get => '/transfers/' . ($id + 1000), 'deputy deputy-17'), '404 404', 'there is no other';
is $c{'deputy-17'}->get($path)->xpath('count(//meant) + count(//transfers/@pupil_id)'), 0, 'the new school is not told who is meant';
is $c{deputy}->get($path)->xpath('concat(count(//meant), " ", //meant/@pupil_id)'), "1 $pupil", 'the old one finds the pupil';

# -------------------------------------------------------------------- sending --

my %send = (step => 'send', seen => 'asked', pupil_id => $pupil, order_no => '12-у', order_on => '2026-11-18', leaves_on => '2026-11-21');
my %accept = (step => 'accept', seen => 'sent', class_id => $class, moved_on => '2026-11-23', enter_order_no => '7-з', enter_order_on => '2026-11-20');
is statuses('post', $path, 'class-teacher administrator teacher', %send), '404 404 404', 'only director and deputy take steps';
is statuses('post', $path, 'deputy-17', %send), '403', 'each those of the own school';
is refused($c{deputy}->post($path, form(%send, order_no => '', leaves_on => '2026-02-30'))), '422 JE103:leaves_on', 'a day is a day';
is refused($c{deputy}->post($path, form(%send, order_no => ''))), '422 JE101:order_no', 'nobody is sent without an order';
like $c{deputy}->post($path, {html => 1}, form(%send, order_no => '', order_on => '2026-11-17'))->content, qr/value="2026-11-17"/, 'what was typed comes back';
is $c{deputy}->post($path, %send)->location, "$path?done=changed", 'the old school sends';
is refused($c{director}->post($path, %send)), '409 JE210:step', 'once';
like $c{director}->post($path, {html => 1}, %send)->content, qr/Другая школа успела раньше.*направлен/s, 'and is told what it is now';
is $c{'class-teacher'}->get($path)->status, 200, 'the class teacher reads it';
is $c{deputy}->get("/pupils/$pupil")->xpath('string(//pupil/transfer/@transfer_id)'), $id, 'the card leads to it';

# ------------------------------------------------------------------ accepting --

my $before = $c{'deputy-17'}->get($path);
is $before->xpath('concat(count(//card), count(//subject), //transfers/@may_accept)'), '001', 'there is no file yet';
is refused($c{'deputy-17'}->post($path, form(%accept, moved_on => '2026-11-20'))), '422 JE203:moved_on', 'nobody enters before the old school lets go';
is refused($c{'deputy-17'}->post($path, form(%accept, class_id => value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'})))), '422 JE106:class_id', 'nor into a class of another school';
is refused($c{'deputy-17'}->post($path, step => 'refuse', seen => 'sent')), '422 JE101:answer', 'a refusal has a reason';
is $c{'deputy-17'}->post($path, form(%accept, operation_id => '00000000-0000-4000-8000-000000000172'))->location, "$path?done=changed", 'the new school accepts' for 1, 2;
is refused($c{deputy}->post($path, step => 'withdraw', seen => 'sent')), '409 JE210:step', 'then it is not taken back';
my $entered = value('SELECT entered_id FROM ej.transfer WHERE id = ?', $id);
is value('SELECT count(*) FROM ej.pupil WHERE person_id = (SELECT person_id FROM ej.pupil WHERE id = ?)', $pupil), 2, 'the person is a pupil of both';

# --------------------------------------------------------------------- the file --

my $page = $c{'deputy-17'}->get($path);
is $page->status, 200, 'the new school reads the file';
# A second time, from the tables: the marks of the year by subject, day and work.
sub rows { my ($sql, @v) = @_; return @{$db->selectall_arrayref($sql, {Slice => {}}, @v)} }
my %lesson  = map { $_->{id} => $_ } rows(q{SELECT id, held_on::text, slot, teaching_id FROM ej.lesson WHERE school_id = 1});
my %subject = map { $_->{id} => $_->{name} } rows(q{SELECT id, name FROM ej.subject WHERE school_id = 1});
my %of      = map { $_->{id} => $subject{$_->{subject_id}} } rows(q{SELECT id, subject_id FROM ej.teaching WHERE school_id = 1});
my %work    = map { $_->{id} => $_ } rows(q{SELECT id, lesson_id, kind_id, weight_pct FROM ej.work WHERE school_id = 1});
my %kind    = map { $_->{id} => $_->{name} } rows(q{SELECT id, name FROM ej.work_kind WHERE school_id = 1});
my @marks;
for my $m (rows(q{SELECT work_id, value, attempt FROM ej.mark WHERE pupil_id = ?}, $pupil)) {
    next unless defined $m->{value};
    my $w = $work{$m->{work_id}};
    my $l = $lesson{$w->{lesson_id}};
    next if $l->{held_on} lt '2026-09-01';
    push @marks, join '|', $of{$l->{teaching_id}}, $l->{held_on}, $kind{$w->{kind_id}}, $w->{weight_pct}, $m->{attempt} > 1 ? $m->{attempt} : '', $m->{value};
}
my @shown = map { my $m = $_; join '|', $m->parentNode->getAttribute('subject_name'), map { $m->getAttribute($_) // '' } qw(held_on kind_name weight_pct attempt value) } $page->nodes('//subject/mark');
cmp_ok scalar @marks, '>', 5, 'there are marks to show';
is join("\n", sort @shown), join("\n", sort @marks), 'the marks of the file are those of the journals';
my %term  = map { $_->{id} => $_->{name} } rows(q{SELECT id, name FROM ej.term WHERE school_id = 1});
my @terms = map { join '|', $subject{$_->{subject_id}}, $term{$_->{term_id}}, $_->{value} } grep { defined $_->{value} } rows(q{SELECT subject_id, term_id, value FROM ej.term_mark WHERE pupil_id = ?}, $pupil);
is join("\n", sort map { my $m = $_; join '|', $m->parentNode->getAttribute('subject_name'), map { $m->getAttribute($_) } qw(name value) } $page->nodes('//subject/term[@value]')), join("\n", sort @terms), 'and the term marks';
my %missed;
$missed{$_->{code}}++ for rows(q{SELECT code FROM ej.attendance WHERE pupil_id = ?}, $pupil);
is join(' ', map { $_->getAttribute('code') . $_->getAttribute('lessons') } sort { $a->getAttribute('code') cmp $b->getAttribute('code') } $page->nodes('//absence')), join(' ', map { "$_$missed{$_}" } sort keys %missed), 'and the absences';
is $page->xpath('concat(//card/@birth_on, " ", //brought/@number, " ", //achievement[@title="Чтецы"]/@title, " ", count(//guardian) > 0)'), '2013-04-05 4 Чтецы true', 'card, brought mark, portfolio, guardians';
my ($document, $sha) = $db->selectrow_array(q{SELECT document, encode(document_sha256, 'hex') FROM ej.transfer_file});
is $page->xpath('string(//transfers/@sha256)'), $sha, 'with its digest';
is value(q{SELECT encode(sha256(convert_to(?, 'UTF8')), 'hex')}, $document), $sha, 'which is that of the text';
like $c{'class-teacher-17'}->get($path, html => 1)->content, qr{Личное дело.*/pupils/$entered/outside|/pupils/$entered/outside.*Личное дело}s, 'the new class teacher reads it, too, and may enter the marks';
is value(q{SELECT count(*) FROM ej.card_view WHERE pupil_id = ?}, $entered), 2, 'who opens it is recorded';
is $c{'class-teacher-17'}->get("/pupils/$entered")->xpath('string(//pupil/transfer/@transfer_id)'), $id, 'the card leads to it';
is join(' ', map { $c{$_}->get($path)->xpath('count(//card)') } qw(deputy director)), '0 0', 'the old school has its own records, no copy';

# --------------------------------------------------------- after the transfer --

is statuses(get => "/pupils/$pupil/marks", 'deputy deputy-17 class-teacher-17'), '200 404 404', 'the marks of the old school stay there';
is statuses(get => "/pupils/$entered/diary", 'deputy director class-teacher deputy-17 class-teacher-17'), '404 404 404 200 200', 'the diary of the new one is its own';
is statuses(get => "/pupils/$_/diary", 'parent'), '200', 'the family has both' for $pupil, $entered;
is statuses(get => "/pupils/$pupil/marks", 'parent'), '200', 'and the marks before';
is value(q{SELECT count(*) FROM ej.account AS a JOIN ej.pupil AS p USING (person_id) WHERE p.id IN (?, ?)}, $pupil, $entered) . value(q{SELECT count(DISTINCT a.id) FROM ej.account AS a JOIN ej.pupil AS p USING (person_id) WHERE p.id IN (?, ?)}, $pupil, $entered), '21', 'with the same log-in'
    if value(q{SELECT count(*) FROM ej.account AS a JOIN ej.pupil AS p USING (person_id) WHERE p.id = ?}, $pupil);
my $movement = value('SELECT movement_id FROM ej.transfer WHERE id = ?', $id);
is refused($c{deputy}->post("/movements/$movement", undone_reason => 'ошибка')), '409 JE211:undone_reason', 'one school alone does not undo it';

# ------------------------------------------------------ by order, and refusals --

my $other = value(q{SELECT e.pupil_id FROM ej.enrolment AS e JOIN ej.class AS k ON k.id = e.class_id WHERE k.school_id = 1 AND k.name = '7Б' AND e.during @> date '2027-01-10' AND e.pupil_id <> ? ORDER BY 1 LIMIT 1}, $pupil);
my %order = (pupil_id => $other, school_id => 2, order_no => '13-у', order_on => '2026-11-19', leaves_on => '2026-11-25');
is statuses(get => "/transfer?pupil_id=$other", 'deputy deputy-17'), '200 404', 'a school sends its own pupils';
is $c{'deputy-17'}->post('/transfer', form(%order, school_id => 1))->status, 404, 'and nobody else';
is refused($c{deputy}->post('/transfer', form(%order, leaves_on => '2029-01-01'))), '422 JE240:leaves_on', 'on a day in a class';
is $c{deputy}->post('/transfer', %order)->status, 303, 'the old school sends by itself';
is refused($c{deputy}->post('/transfer', %order)), '409 JE212:pupil_id', 'to one school';
my $second = value('SELECT max(id) FROM ej.transfer');
is $c{'director-17'}->post("/transfers/$second", step => 'refuse', seen => 'sent', answer => 'нет мест')->status, 303, 'the new one refuses';
like $c{deputy}->get("/transfers/$second", html => 1)->content, qr/Отказ: нет мест/, 'with a reason, which the old one reads';
is $c{deputy}->get("/pupils/$other")->xpath('count(//pupil/transfer)'), 0, 'the pupil has stayed';
is $c{deputy}->post('/transfer', %order)->status, 303, 'and may be sent again';
my $third = value('SELECT max(id) FROM ej.transfer');
is $c{deputy}->post("/transfers/$third", step => 'withdraw', seen => 'sent')->status, 303, 'what is sent is taken back';
is refused($c{'deputy-17'}->post("/transfers/$third", %accept)), '409 JE210:step', 'and then not accepted';
is $c{'class-teacher-17'}->get('/transfers')->xpath('count(//transfer)'), 1, 'a class teacher lists those of the class';
is $c{deputy}->get('/transfers?state=withdrawn')->xpath('count(//transfer)'), 1, 'the list is filtered by state';
like $c{deputy}->get('/transfers?format=csv')->content, qr/Переход|нет мест|отказано/, 'and is a table';
done_testing;
