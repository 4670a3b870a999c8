#!/usr/bin/perl
# verify.t: whoever holds the paper of a numbered copy checks it without a log-in: what the code
# tells, the content by the name on the paper, guesses slowed, the QR code read from the printed
# PDF at 150 dpi.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(deputy class-teacher);
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my ($pupil, $surname) = $db->selectrow_array('SELECT p.id, p.surname FROM ej.pupil p JOIN ej.enrolment n ON n.pupil_id = p.id WHERE n.class_id = ? ORDER BY p.id LIMIT 1', undef, $class);
my $term = $t->value('SELECT e.id FROM ej.term e JOIN ej.class c ON c.term_plan_id = e.term_plan_id WHERE c.id = ? AND e.is_taught ORDER BY lower(e.during) LIMIT 1', $class);
$db->do(q{UPDATE ej.journal SET closed_at = now(), order_no = '31-к', reason = 'конец периода' WHERE term_id = ? AND closed_at IS NULL}, undef, $term);
my $r = $c{'class-teacher'}->post("/pupils/$pupil/extract", term_id => $term, purpose => 'для родителей');
my ($id) = $r->location =~ /(\d+)$/;
my $key  = $t->value('SELECT code_key FROM ej.extract WHERE id = ?', $id);
my $nobody = $t->client;

# ------------------------------------------------------------ the code alone --

$r = $nobody->get("/check/$key");
is $r->xpath('concat(//verify/@kind, " ", //verify/@number, " ", //verify/@made_on, " ", //verify/@state)'), 'card 1 2026-11-20 valid', 'the code tells form, number, date and state';
like $r->xpath('string(//verify/@school_name)'), qr/Школа/, 'and the school';
unlike $r->content, qr/\Q$surname\E/, 'but not of whom it is';
like $r->header('Cache-Control'), qr/no-store/, 'no cache keeps it';
like $key, qr/^[0-9a-f]{32}$/, 'the code has 128 bits';
my $unknown = '0' x 32;
is $nobody->get("/check/$unknown")->status, 404, 'an unknown code is no page';

# What is not there, what is a part of a code and what is none are answered alike.
sub bare { return $_[0]->status . ' ' . ($_[0]->content =~ s/[0-9a-f]{8,}//gr) }
my $missing = bare($nobody->get("/check/$unknown", html => 1));
is bare($nobody->get($_, html => 1)), $missing, "so is $_" for '/check/' . 'f' x 32, '/check/x', '/check/' . substr $key, 1;

# ---------------------------------------------------------------- the content --

sub open_by { my ($name, $code) = @_; return $nobody->post('/check/' . ($code // $key), {html => 1, token => $nobody->login_token("/check/$key")}, holder => $name) }
$r = open_by("  \U$surname ");
is $r->status, 200, 'the name on the paper opens the copy';
like $r->content, qr{Табель успеваемости.*\Q$surname\E.*Верно}s, 'as it was printed';
like $r->header('Cache-Control'), qr/no-store/, 'no cache keeps it';
is $r->content =~ s/\s+//gr, $c{deputy}->get("/extracts/$id?format=print", html => 1)->content =~ s/\s+//gr, 'it is the school\'s own print';
is $c{deputy}->get("/extracts/$id")->count('//view'), 1, 'the heads see that it was read';
is $c{'class-teacher'}->get("/extracts/$id")->count('//view'), 0, 'they alone';
$r = open_by('Иной');
is $r->status . ($r->content =~ /На документе другая фамилия/ ? ' told' : ''), '422 told', 'another name does not';
unlike $r->content, qr/\Q$surname\E/, 'and tells nothing';
is refused($nobody->post("/check/$key", {token => $nobody->login_token("/check/$key")}, holder => '')), '422 JE101:holder', 'nor does none';
is refused($nobody->post("/check/$unknown", {token => $nobody->login_token("/check/$key")}, holder => $surname)) =~ s/:.*//r, '404 JE401', 'an unknown code is no page, whatever the name';
is $t->value('SELECT count(*) FROM ej.extract_view'), 1, 'only who read it is recorded';

# A void copy says so.
$c{'class-teacher'}->post("/extracts/$id", reason => 'ошибка');
is $nobody->get("/check/$key")->xpath('string(//verify/@state)'), 'void', 'a void copy is told as void';
like open_by($surname)->content, qr/Аннулирован/, 'also in its content';

# ------------------------------------------------------------------ guessing --

my $other = $t->value('SELECT code_key FROM ej.extract WHERE id = ?', $c{'class-teacher'}->post("/pupils/$pupil/extract", term_id => $term, purpose => 'в секцию')->location =~ /(\d+)$/);
my @status = map { open_by("Имя$_")->status } 1 .. 8;
is "@status[0 .. 2]", '422 422 422', 'some wrong names are answered';
is $status[-1], 429, 'then whoever guesses must wait' or diag "@status";
$db->do(q{UPDATE ej.guess SET open_at = now() + interval '1 minute'}); # however long the next requests take
like open_by($surname, $other)->content, qr{Табель успеваемости}, 'but not who holds another paper, at the same address';
is open_by($surname)->status, 429, 'also with the right name';
$t->expect_log(qr/JE111 429/);
$db->do(q{UPDATE ej.guess SET open_at = now(), failures = 0});
@status = map { refused($nobody->post("/check/$unknown", {token => $nobody->login_token("/check/$key")}, holder => "Имя$_")) =~ s/ .*//r } 1 .. 8;
is "$status[0] $status[-1]", '404 429', 'guesses at an unknown code wait alike';
done_testing;
