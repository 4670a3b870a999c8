#!/usr/bin/perl
# extracts.t: numbered copies of printed documents (ARC-03, DIA-11): certifying the card of a term,
# the register, reprints, replacing and voiding, and whose copies are whose.
use lib 'tests/lib';
use EJ::Test qw(refused);
use Digest::SHA qw(sha256_hex);
use Encode qw(encode_utf8);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy class-teacher grade1 english parent pupil personnel meals observer deputy-17);
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my ($pupil, $surname) = $db->selectrow_array(q{SELECT w.pupil_id, p.surname FROM ej.guardian g JOIN ej.account a USING (person_id) JOIN ej.guardianship w ON w.guardian_id = g.id
    JOIN ej.enrolment e ON e.pupil_id = w.pupil_id JOIN ej.class c ON c.id = e.class_id JOIN ej.pupil p ON p.id = w.pupil_id WHERE a.login = 'parent' AND c.name = '7Б'});
my ($first, $second) = map { $t->value('SELECT e.id FROM ej.term e JOIN ej.class c ON c.term_plan_id = e.term_plan_id WHERE c.id = ? AND e.is_taught ORDER BY lower(e.during) OFFSET ? LIMIT 1', $class, $_) } 0, 1;
my $card = "/pupils/$pupil/extract";
sub certify { my ($who, %form) = @_; my %all = (term_id => $first, purpose => 'для родителей', %form); return $c{$who}->post($card, %all) }
sub id_of { my ($r) = @_; return ($r->location // '') =~ m{/extracts/(\d+)$} ? $1 : diag refused($r) }
sub statuses { my ($path, @who) = @_; return join ' ', map { $c{$_}->get($path)->status } @who }
sub print_of { my ($who, $id) = @_; return $c{$who}->get("/extracts/$id?format=print", html => 1)->content }

# The test school closes only some journals of the first term: here all of the class.
my @journals = map { @$_ } @{$db->selectall_arrayref(q{SELECT j.id FROM ej.journal j JOIN ej.teaching t ON t.id = j.teaching_id JOIN ej.study_group_class g ON g.study_group_id = t.study_group_id
    WHERE g.class_id = ? AND j.term_id = ? AND j.closed_at IS NULL}, undef, $class, $first)};
$db->do(q{UPDATE ej.journal SET closed_at = now(), order_no = '31-к', reason = 'конец периода' WHERE id = ANY (?)}, undef, \@journals);

# ----------------------------------------------------------------- certifying --

is refused(certify('class-teacher', term_id => $second)), '409 JE276:', 'an open term is preliminary and not certified';
is refused(certify('class-teacher', purpose => '')), '422 JE101:purpose', 'a copy has a purpose';
is $t->value('SELECT count(*) FROM ej.extract'), 0, 'nothing has a number yet';
my $r = certify('class-teacher');
is $r->status, 303, 'a closed term is certified' or diag refused($r), $r->content;
my $one = id_of($r);
my $row = $db->selectrow_hashref('SELECT *, encode(document_sha256, $$hex$$) AS sha256 FROM ej.extract WHERE id = ?', undef, $one);
is "$row->{number} $row->{kind} $row->{pupil_id} $row->{class_id} $row->{term_id} $row->{holder} $row->{signer_role}", "1 card $pupil $class $first $surname class_teacher", 'it has the first number, and whom it is about';
is $row->{sha256}, sha256_hex(encode_utf8($row->{document})), 'the digest is that of the document';
like $row->{document}, qr{<page feature="papers" view="extract" lang="ru" format="print"}, 'which is the page\'s';
unlike $row->{document}, qr{form_token|account_id|roles=}, 'without anything of the reader';

my $printed = print_of('class-teacher', $one);
like $printed, qr{Табель успеваемости.*Верно.*Классный руководитель.*\Q$row->{signer_name}\E.*20\.11\.2026.*М\. П\..*№ 1.*/check/$row->{code_key}.*ознакомлен}s, 'the print has «Верно», position, name, date, place of the seal and the code';
unlike $printed, qr{Предварительно|Подлинник документа}, 'no more than that for a family';
$db->do(q{SET session_replication_role = replica; UPDATE ej.mark SET value = '2' WHERE value IN ('3', '4', '5'); SET session_replication_role = origin});
$db->do(q{UPDATE ej.pupil SET surname = 'Иначев' WHERE id = ?}, undef, $pupil);
is print_of($_, $one), $printed, "what is printed again for $_ equals the first, whatever has changed since" for qw(class-teacher deputy administrator parent pupil);
$db->do(q{UPDATE ej.pupil SET surname = ? WHERE id = ?}, undef, $surname, $pupil);

# The same form sent twice is one copy.
my %again = (operation_id => '11111111-1111-4111-8111-111111111111');
my ($two, $twice) = map { id_of(certify('deputy', %again, original => 'в МБОУ «Школа № 92» в деле № 02-15 за 2026 год', purpose => 'в спортивную школу')) } 1, 2;
is $two, $twice, 'a form sent twice makes one copy';
like print_of('parent', $two), qr{Верно.*Заместитель директора.*Подлинник документа находится в МБОУ «Школа № 92» в деле № 02-15 за 2026 год}s, 'a copy for another organisation says where the original is';
is refused(certify('grade1')) =~ s/:.*//r, '404 JE401', 'another class teacher certifies nothing';
is join(' ', map { certify($_)->status } qw(administrator english parent pupil personnel observer deputy-17)), '404 404 404 404 404 404 404', 'nor do others';

# -------------------------------------------------------- replacing, voiding --

my $three = id_of(certify('class-teacher', replaces_id => $one));
is $c{parent}->get("/extracts/$one")->xpath('concat(//extracts/@state, //extracts/@new_number)'), 'replaced3', 'a copy is replaced by another';
like print_of('parent', $one), qr{Заменён копией № 3}, 'which its print says';
is refused(certify('class-teacher', replaces_id => $one)), '409 JE277:', 'it is not replaced twice';
is refused($c{'class-teacher'}->post("/extracts/$three", reason => '')), '422 JE101:reason', 'voiding wants a reason';
is $c{'class-teacher'}->post("/extracts/$three", reason => 'ошибка в отметке')->status, 303, 'a copy is made void';
is $c{parent}->get("/extracts/$three")->xpath('concat(//extracts/@state, " ", //extracts/@void_reason)'), 'void ошибка в отметке', 'with its reason';
like print_of('parent', $three), qr{Аннулирован <time[^>]*>20\.11\.2026}, 'which its print says';
is $c{'class-teacher'}->post("/extracts/$three", reason => 'ошибка в отметке')->status, 303, 'the same once more is no error';
is refused($c{'class-teacher'}->post("/extracts/$three", reason => 'иная')), '409 JE277:reason', 'but another reason is';
is $c{parent}->get("/extracts/$one")->xpath('string(//extracts/@state)'), 'valid', 'what it replaced is valid again';
is $c{director}->post("/extracts/$two", reason => 'выдан по ошибке')->status, 303, 'the director may make it void';
is refused($c{english}->post("/extracts/$one", reason => 'x')) =~ s/:.*//r, '403 JE301', 'a teacher may not';
is $c{parent}->post("/extracts/$one", reason => 'x')->status, 404, 'nor a family';

# ------------------------------------------------------------- the register --

is $c{deputy}->get('/extracts')->xpath('concat(//extracts/@count, " ", //extract[1]/@number, //extract[2]/@number, //extract[3]/@number)'), '3 321', 'a deputy has the register without a gap, the newest first';
is $c{deputy}->get('/extracts?find=спортивную')->xpath('string(//extract/@number)'), 2, 'and searches it';
is join(' ', map { $c{$_}->get('/extracts')->xpath('string(//extracts/@count)') } qw(administrator director class-teacher parent pupil grade1 english)), '3 3 3 3 3 0 0', 'class teacher and family have theirs, others none';
is statuses('/extracts', qw(personnel meals observer deputy-17)), '404 404 404 200', 'the rest has no register, or that of another school';
is statuses("/extracts/$one", qw(administrator director deputy class-teacher parent pupil grade1 english personnel meals observer deputy-17)), '200 200 200 200 200 200 404 404 404 404 404 404', 'nor a copy';
is statuses("/extracts/$one?format=print", qw(deputy parent english deputy-17)), '200 200 404 404', 'nor its print';
done_testing;
