#!/usr/bin/perl
# social.t: social categories of pupils, read by class teacher and heads alone, and the
# social passport counted from them.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy class-teacher grade1 english parent pupil personnel meals observer deputy-17);
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my @pupils = @{$db->selectcol_arrayref(q{SELECT pupil_id FROM ej.enrolment WHERE class_id = ? AND during @> date '2026-11-20' ORDER BY 1}, undef, $class)};
$db->do('DELETE FROM ej.pupil_category WHERE school_id = 1');
my $page = "/pupils/$pupils[0]/categories";
sub statuses { my ($path, @who) = @_; return join ' ', map { $c{$_}->get($path)->status } @who }

# ------------------------------------------------------------- of a pupil ----

my %new = (category => 'large', from_on => '2026-09-01', paper => 'удостоверение 5');
my $r = $c{'class-teacher'}->post($page, %new);
like $r->status . ($r->location // ''), qr{^303$page\?done=added}, 'the class teacher adds a category' or diag refused($r);
is $c{deputy}->post("/pupils/$pupils[1]/categories", category => 'large', from_on => '2026-10-01')->status, 303, 'so does a deputy';
is $c{deputy}->post("/pupils/$pupils[1]/categories", category => 'needs', from_on => '2026-09-01', till_on => '2026-10-31')->status, 303, 'one that has ended';
is refused($c{'class-teacher'}->post($page, %new)), '409 JE212:from_on', 'the same category is not added twice';
is refused($c{'class-teacher'}->post($page, category => '', from_on => '', till_on => 'x')), '422 JE101:category JE101:from_on JE103:till_on', 'what is missing is named';
is refused($c{'class-teacher'}->post($page, category => 'king', from_on => '2026-09-01')), '422 JE106:category', 'there is no other category';
is refused($c{'class-teacher'}->post($page, category => 'ward', from_on => '2026-09-01', till_on => '2026-08-01')), '422 JE132:till_on', 'none ends before it begins';
$r = $c{director}->get($page);
is $r->xpath('concat(//mark/@category, " ", //mark/@paper, " ", //mark/@from_on, " ", //mark/@is_now, count(//social/@is_mine))'), 'large удостоверение 5 2026-09-01 10', 'the director reads it';
is statuses($page, qw(administrator director deputy class-teacher grade1 english parent pupil personnel meals observer deputy-17)), '200 200 200 200 404 404 404 404 404 404 404 404', 'neither the family nor other staff do';
is join(' ', map { $c{$_}->post($page, category => 'ward', from_on => '2026-09-01')->status } qw(director english parent pupil)), '404 404 404 404', 'nor do they add one';
is refused($c{grade1}->post($page, category => 'ward', from_on => '2026-09-01')) =~ s/:.*//r, '403 JE301', 'a class teacher adds none to another class';

my $id = $t->value('SELECT id FROM ej.pupil_category WHERE pupil_id = ?', $pupils[0]);
my %form = (category => 'large', old_category => 'large', from_on => '2026-09-01', old_from_on => '2026-09-01', till_on => '', old_till_on => '', paper => 'удостоверение 5', old_paper => 'удостоверение 5');
like $c{'class-teacher'}->get("/categories/$id", html => 1)->content, qr/удостоверение 5/, 'a category has a form';
is statuses("/categories/$id", qw(director grade1 english parent deputy-17)), '404 404 404 404 404', 'for those who may change it';
$r = $c{'class-teacher'}->post("/categories/$id", %{{%form, paper => 'удостоверение 6'}});
like $r->status . ($r->location // ''), qr{^303$page\?done=changed}, 'it is changed' or diag refused($r);
is refused($c{deputy}->post("/categories/$id", %{{%form, paper => 'удостоверение 7'}})), '409 JE210:paper', 'what was changed meanwhile is not overwritten';
is refused($c{grade1}->post("/categories/$id", %form)), '404 JE401:', 'nobody else changes it';

# ------------------------------------------------------------- passport ------

$r = $c{deputy}->get('/social');
is $r->xpath("concat(//class[\@class_id = $class]/\@pupils, ' ', //class[\@class_id = $class]/\@noted, ' ', //class[\@class_id = $class]/\@large, ' ', //class[\@class_id = $class]/\@needs)"), @pupils . ' 2 2 0', 'the passport counts the pupils of a class by category, of today';
is $r->xpath('concat(//class[last()]/@class_id, //class[last()]/@large)'), 2, 'the last row counts all';
is $c{'class-teacher'}->get('/social')->xpath('count(//class[@class_id])'), 1, 'a class teacher has the own class';
my $html = $c{deputy}->get('/social', html => 1)->content;
like $html, qr/<div class="wide"><table class="data people social">/, 'the passport has as many columns as categories: it scrolls, not the page';
like $html, qr/многодетная семья/, 'a category of somebody has a column';
unlike $html, qr/беженцы/, 'a category of nobody has none';
$r = $c{'class-teacher'}->get("/classes/$class/social");
is $r->xpath('count(//pupil)') . ' ' . $r->xpath('count(//pupil[@category])'), @pupils . ' 2', 'the passport of a class is by pupils';
my $paper = $c{'class-teacher'}->get("/classes/$class/social?format=print", html => 1);
is $paper->xpath('count(//table/tbody/tr)') . ' ' . ($paper->content =~ /Школа № 92.*Социальный паспорт 7Б класса.*20\.11\.2026.*Директор/s ? 1 : 0), '2 1', 'which is printed with day and signatures';
like $c{deputy}->get('/social?format=print', html => 1)->content, qr/Всего/, 'so is that of the school';
like $c{deputy}->get('/social?format=csv')->content, qr/"Класс";"Учеников";"В категориях";"многодетная семья"/, 'it is a table for spreadsheets, too';
is statuses('/social', qw(administrator director english parent pupil personnel meals observer)), '200 200 404 404 404 404 404 404', 'others have no passport';
is statuses("/classes/$class/social", qw(director grade1 english parent deputy-17)), '200 404 404 404 404', 'nor that of the class';

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
is join(' ', map { read_as($_, 'SELECT count(*) FROM ej.pupil_category') } qw(director class-teacher english parent pupil personnel deputy-17)), '3 3 0 0 0 0 3', 'no statement shows a category to others';
is join(' ', map { read_as($_, q{SELECT count(*) FROM ej.history WHERE table_name = 'pupil_category'}) } qw(english parent pupil)), '0 0 0', 'nor does the history';
is join(' ', map { read_as($_, 'DELETE FROM ej.pupil_category RETURNING 1') } qw(administrator class-teacher)), '42501 42501', 'and nobody removes one';
done_testing;
