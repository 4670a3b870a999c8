#!/usr/bin/perl
# consents.t: the register of consent: entering the answers of a class, the list of those who
# have not answered, withdrawing one's own consent, paper families.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy class-teacher grade1 english parent pupil teacher-parent personnel meals observer deputy-17);
my ($class) = map { $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1}) } 1;
my ($guardian, $pupil) = $db->selectrow_array(q{SELECT g.id, w.pupil_id FROM ej.guardian g JOIN ej.account a USING (person_id) JOIN ej.guardianship w ON w.guardian_id = g.id
    JOIN ej.enrolment e ON e.pupil_id = w.pupil_id JOIN ej.class c ON c.id = e.class_id WHERE a.login = 'parent' AND c.name = '7Б'});
my $page = "/classes/$class/consents";
sub statuses { my ($path, @who) = @_; return join ' ', map { $c{$_}->get($path)->status } @who }
sub entries { return $t->value('SELECT count(*) FROM ej.consent WHERE school_id = 1 AND purpose = ?', $_[0]) }
my @pairs = @{$db->selectall_arrayref(q{SELECT w.pupil_id, w.guardian_id FROM ej.guardianship w JOIN ej.enrolment e ON e.pupil_id = w.pupil_id
    WHERE e.class_id = ? AND e.during @> date '2026-11-20' ORDER BY 1, 2}, undef, $class)};

# ------------------------------------------------------------- of a class ----

my $r = $c{'class-teacher'}->get("$page?purpose=email");
is $r->xpath('count(//guardian)'), scalar(@pairs), 'the class teacher sees all present guardians of the class';
is $r->xpath('count(//guardian[@answer])'), 0, 'nobody has answered about letters yet';
my %form = (purpose => 'email', signed_on => '2026-11-19', map { ("answer.$pairs[$_][0].$pairs[$_][1]" => (qw(given refused given))[$_], "document_no.$pairs[$_][0].$pairs[$_][1]" => "С-$_") } 0 .. 2);
$r = $c{'class-teacher'}->post($page, %form);
is $r->status . ($r->location // ''), "303$page?purpose=email&done=changed", 'the class teacher enters three answers at once' or diag refused($r);
$r = $c{'class-teacher'}->get("$page?purpose=email");
is join(' ', map { $_->getAttribute('answer') // '-' } ($r->nodes('//guardian'))[0, -3, -2, -1]) =~ s/given|refused/x/gr, '- x x x', 'who has not answered stands first';
is $r->xpath(qq{concat(//guardian[\@pupil_id = $pairs[1][0]]/\@answer, " ", //guardian[\@pupil_id = $pairs[1][0]]/\@document_no, " ", //guardian[\@pupil_id = $pairs[1][0]]/\@signed_on)}), 'refused С-1 2026-11-19', 'the others with document and day';
$c{'class-teacher'}->post($page, %form);
is entries('email'), 3, 'the same answers are entered once';
is $c{administrator}->post($page, purpose => 'email', signed_on => '2026-11-20', "answer.$pairs[1][0].$pairs[1][1]" => 'given')->status, 303, 'the administrator enters that one agrees after all';
is $c{deputy}->get("$page?purpose=email")->xpath(qq{string(//guardian[\@pupil_id = $pairs[1][0]]/\@answer)}), 'given', 'which counts';
is $c{administrator}->post($page, purpose => 'email', signed_on => '2026-11-01', "answer.$pairs[1][0].$pairs[1][1]" => 'withdrawn')->status
    . $c{deputy}->get("$page?purpose=email")->xpath(qq{string(//guardian[\@pupil_id = $pairs[1][0]]/\@answer)}), '303given', 'an older document does not';
is refused($c{administrator}->post($page, purpose => 'email', signed_on => '2026-11-21')), '422 JE203:signed_on', 'no document is of a day to come';
is refused($c{administrator}->post($page, purpose => 'x', signed_on => '')), '422 JE106:purpose JE101:signed_on', 'what is wrong is named';
is refused($c{administrator}->post($page, purpose => 'email', signed_on => '2026-11-20', "answer.$pairs[0][0].$pairs[0][1]" => 'perhaps')), '422 JE102:answer', 'so is an answer that is none';
is refused($c{administrator}->post($page, purpose => 'email', signed_on => '2026-11-20', "answer.$pairs[0][0].$pairs[1][1]" => 'given')), '409 JE211:guardian_id', 'nobody answers for another child';
is $c{director}->get($page)->xpath('count(//@is_mine)'), 0, 'the director reads';
is join(' ', map { $c{$_}->post($page, %form)->status } qw(deputy director english parent pupil meals)), '404 404 404 404 404 404', 'others enter nothing';
is $c{deputy}->get($page)->xpath('count(//@is_mine)'), 0, 'a deputy, too, only reads';
is statuses($page, qw(administrator director deputy class-teacher grade1 english parent personnel observer deputy-17)), '200 200 200 200 404 404 404 404 404 404', 'and only heads and the class teacher read the list';
is refused($c{grade1}->post($page, purpose => 'sms', signed_on => '2026-11-20', "answer.$pairs[0][0].$pairs[0][1]" => 'given')) =~ s/:.*//r, '403 JE301', 'a class teacher enters nothing for another class';

# ------------------------------------------------------------ of the school --

$r = $c{deputy}->get('/consents?purpose=email');
is $r->xpath("concat(//class[\@class_id = $class]/\@given, ' ', //class[\@class_id = $class]/\@refused, ' ', //class[\@class_id = $class]/\@missing)"), '3 0 ' . (@pairs - 3), 'the deputy has the numbers of each class';
is $c{'class-teacher'}->get('/consents')->xpath('count(//class)'), 1, 'a class teacher those of the own one';
is refused($c{deputy}->get('/consents?purpose=x')), '422 JE106:purpose', 'there is no other purpose';
is statuses('/consents', qw(english parent pupil personnel meals observer)), '404 404 404 404 404 404', 'others have no such list';

# ---------------------------------------------------------------- a family ---

my $own = "/pupils/$pupil/consents";
$r = $c{parent}->get($own);
is join(' ', map { $_->getAttribute('purpose') . ':' . ($_->getAttribute('answer') // '') } $r->nodes('//own')) =~ s/email:\w*/email:/r, 'processing:given email: sms: calendar: publication:', 'a parent sees the own answers';
is $r->xpath('count(//consents/@is_paper)'), 0, 'the family is no paper family';
is $c{parent}->post($own, purpose => 'processing')->status, 303, 'a parent withdraws the consent alone';
is $c{parent}->get($own)->xpath('concat(//own[1]/@answer, " ", //own[1]/@signed_on, " ", //consents/@is_paper)'), 'withdrawn 2026-11-20 1', 'at once';
is $c{'class-teacher'}->get($page)->xpath("string(//guardian[\@pupil_id = $pupil]/\@is_paper)") . $c{'class-teacher'}->get("/pupils/$pupil")->xpath('string(//pupil/@is_paper)'), '11', 'the class teacher sees a paper family';
my $n = entries('processing');
$c{parent}->post($own, purpose => 'processing');
is entries('processing'), $n, 'what is withdrawn is withdrawn once';
is $c{parent}->post($own, purpose => 'calendar')->status . $c{parent}->get($own)->xpath('string(//own[@purpose = "calendar"]/@answer)'), '303refused', 'where none was given, it is a refusal';
is $c{'class-teacher'}->post($page, purpose => 'processing', signed_on => '2026-11-20', "answer.$pupil.$guardian" => 'given')->status . $c{parent}->get($own)->xpath('count(//consents/@is_paper)'), '3030', 'a signed document makes it a consent again';
is statuses($own, qw(director deputy class-teacher parent pupil english grade1 teacher-parent deputy-17)), '200 200 200 200 404 404 404 404 404', 'the register of a pupil is read by heads, the class teacher and the guardians';
is join(' ', map { $c{$_}->post($own, purpose => 'sms')->status } qw(deputy class-teacher pupil teacher-parent)), '404 404 404 404', 'nobody withdraws for another';
is entries('sms'), 0, 'and nothing was written';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'consent' AND account_id = (SELECT id FROM ej.account WHERE login = 'parent')}), 2, 'the history has who withdrew';

# The rights are the database's.
sub read_as {
    my ($login, $sql) = @_;
    my $web = $t->web_db;
    $web->begin_work;
    $web->do(q{SELECT ej.enter(decode(?, 'hex'), '127.0.0.1', gen_random_uuid())}, undef,
        $t->value(q{SELECT encode(s.digest, 'hex') FROM ej.session s JOIN ej.account a ON a.id = s.account_id WHERE a.login = ? ORDER BY s.created_at DESC LIMIT 1}, $login));
    my ($got) = eval { local $web->{PrintError} = 0; $web->selectrow_array($sql) };
    my $state = $web->state;
    $web->rollback;
    return $got // $state;
}
is join(' ', map { read_as($_, 'SELECT count(DISTINCT guardian_id) FROM ej.consent') } qw(parent english personnel)), '1 0 0', 'no statement shows a guardian another one\'s answers';
is join(' ', map { read_as($_, "INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, $guardian, $pupil, 'sms', 'given', '2026-11-20') RETURNING 1") } qw(parent english director deputy)), '42501 42501 42501 42501', 'nobody but administrator and class teacher enters a consent';
is join(' ', map { read_as($_, 'UPDATE ej.consent SET answer = answer RETURNING 1') } qw(administrator deputy)), '42501 42501', 'and nobody changes an entry';
like $c{deputy}->get('/consents?format=print', accept => 'text/html')->content, qr{Реестр согласий.*<th scope="row">Всего</th>}s, 'the register is printed by classes';
like $c{'class-teacher'}->get("$page?format=print", accept => 'text/html')->content, qr{Реестр согласий и отказов, 7Б класс.*Законный представитель}s, 'and of a class, for its class teacher';
is $c{english}->get("$page?format=print")->status, 404, 'not for others';
done_testing;
