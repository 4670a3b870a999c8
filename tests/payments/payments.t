#!/usr/bin/perl
# payments.t: what families have paid (MOD-02): by hand and from the bank's file; a closed month takes none.
use lib 'tests/lib';
use EJ::Test qw(refused);
use Encode ();

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { $_ => $t->login($_) } qw(meals deputy administrator);
my ($pupil, $name, $class) = $t->db->selectrow_array(q{SELECT p.id, p.surname || ' ' || p.given_name, c.name FROM ej.pupil p JOIN ej.enrolment e ON e.pupil_id = p.id AND e.during @> date '2026-11-20'
    JOIN ej.class c ON c.id = e.class_id WHERE p.school_id = 1 AND c.name = '7Б' ORDER BY p.id LIMIT 1});
my $class_id = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
sub account { return $c{meals}->get("/pupils/$_[0]/meals")->xpath('string(/page/meals/@balance)') }
sub balance { return account($pupil) }
my $was = balance();
my %new = (pupil_id => $pupil, paid_on => '2026-11-19', amount => '1234,56', document => 'ПП-1');
is refused($c{meals}->post('/meals/payments', %new)), '303', 'a payment is entered';
is sprintf('%.2f', balance() - $was), '1234.56', 'and is in the balance, to the kopeck';
is refused($c{meals}->post('/meals/payments', %new)), '409 JE212:document', 'a document counts once';
is refused($c{meals}->post('/meals/payments', %{{%new, document => 'ПП-2', amount => '-34,56'}})), '303', 'what is paid back is negative';
is sprintf('%.2f', balance() - $was), '1200.00', 'and counts';
is refused($c{meals}->post('/meals/payments', %{{%new, document => 'ПП-3', paid_on => '2026-11-21'}})), '422 JE247:paid_on', 'a coming day is refused';
is refused($c{meals}->post('/meals/payments', %{{%new, document => '', amount => '0,001', paid_on => ''}})), '422 JE101:paid_on JE102:amount JE101:document', 'each wrong field is named';
is refused($c{deputy}->post('/meals/payments', %{{%new, document => 'ПП-4'}})), '404 JE401:', 'a deputy enters none';
$t->db->do(q{SELECT ej.meal_month_end(1, '2026-10-01', (SELECT staff_id FROM ej.staff_role WHERE role = 'meals' AND school_id = 1))});
is refused($c{meals}->post('/meals/payments', %{{%new, document => 'ПП-5', paid_on => '2026-10-31'}})), '409 JE251:paid_on', 'nor does a closed month take one';
is $c{meals}->get('/meals/payments?format=csv')->status, 200, 'the list as CSV';

# --------------------------------------------------------- the bank's file ---

my $bank = '/imports/payments';
sub upload { my ($file, $who) = @_; return $c{$who // 'meals'}->upload($bank, [['file', 'выписка.csv', $file]], step => 'file')->status }
sub draft { return join ' ', map { $c{meals}->get($bank)->xpath("string(/page/imports/\@$_)") } qw(added same bad amount) }
sub bad { return join '; ', map { my $n = $_; join ' ', map { $n->getAttribute($_) // '-' } qw(line field code) } $c{meals}->get($bank)->nodes('//row[@done = "bad"]') }
sub save { return refused($c{meals}->post($bank, step => 'save', version => $c{meals}->get($bank)->xpath('string(/page/imports/@version)'))) }
sub paid { return $t->value('SELECT count(*) FROM ej.meal_payment WHERE school_id = 1') }
my ($mate, $mate_name) = $t->db->selectrow_array(q{SELECT p.id, p.surname || ' ' || p.given_name FROM ej.pupil p JOIN ej.enrolment e ON e.pupil_id = p.id AND e.during @> date '2026-11-20'
    JOIN ej.class c ON c.id = e.class_id WHERE c.school_id = 1 AND c.name = '7Б' ORDER BY p.id DESC LIMIT 1});
my $far = $t->value('SELECT min(id) FROM ej.pupil WHERE school_id <> 1');
my $head = "Реестр платежей;;;;;\nДата операции;Л/с;Ученик;Класс;Сумма;№ документа\n";
my $file = $head . "19.11.2026;$pupil;;;1 500,25;Б-1\n2026-11-18;;$mate_name;7б;900;Б-1\n19.11.2026;$pupil;$name;;-0,25;Б-2\n19.11.2026;$pupil;;;1500.25;Б-1\n";
($was, my $rows) = (balance(), paid());
is upload($file) . ' ' . draft(), '303 3 1 0 2400.00', 'the file is read: a line that repeats another adds nothing, the sum is told';
is paid(), $rows, 'nothing is written yet';
is save() . ' ' . (paid() - $rows), '303 3', 'then all of it is';
is sprintf('%.2f', balance() - $was), '1500.00', 'and is in the balance of the family, to the kopeck';
is $c{meals}->get("/meals/classes/$class_id/2026-11")->xpath(qq{string(//pupil[\@pupil_id = $mate]/\@balance)}), account($mate), 'and on the sheet of the class';
is upload($file) . ' ' . draft(), '303 0 4 0 ', 'the whole file once more changes nothing';
my $cp1251 = $file =~ s/Б-/Ц-/gr;
is upload(Encode::encode('cp1251', $cp1251)) . ' ' . draft(), '303 3 1 0 2400.00', 'banks write Windows-1251';
my @line = ("19.11.2026;$far;;;10;Г-1", "19.11.2026;;Никто Никакой;7Б;10;Г-2", "19.11.2026;$pupil;$mate_name;;10;Г-3", "19.11.2026;$pupil;;;десять;Г-4", "19.11.2026;$pupil;;;0;Г-5", "19.11.2026;$pupil;;;1,005;Г-6",
    "21.11.2026;$pupil;;;10;Г-7", "31.10.2026;$pupil;;;10;Г-8", "30.02.2026;$pupil;;;10;Г-9", "19.11.2026;$pupil;;;10;", "19.11.2026;;;;10;Г-10", "19.11.2026;$pupil;;;11;Б-1", "18.11.2026;$mate;;;5;Г-11", "18.11.2026;$mate;;;6;Г-11", "19.11.2026;$pupil;;;;Г-12");
upload($head . join("\n", @line) . "\n");
is bad(), '3 account JE401; 4 pupil JE401; 5 pupil JE401; 6 amount JE102; 7 amount JE102; 8 amount JE102; 9 paid_on JE247; 10 paid_on JE251; 11 paid_on JE103; 12 document JE101; 13 account JE101; 14 document JE212; 16 document JE212; 17 amount JE101',
    'unknown pupil, wrong sum, coming day and closed month are named by line and field';
$rows = paid();
isnt save(), '303', 'a file with a fault is not written';
is paid(), $rows, 'no line of it';
$t->db->do('UPDATE ej.pupil AS p SET surname = o.surname, given_name = o.given_name FROM ej.pupil AS o WHERE p.id = ? AND o.id = ?', undef, $mate, $pupil);
upload($head . "19.11.2026;;$name;;10;Т-1\n");
is bad(), '3 pupil JE217', 'of two pupils of one name it is asked who is meant';
is join('|', $c{meals}->get($bank, html => 1)->texts('//select[@name = "person_id"]/option')) =~ s/\Q$name\E/N/gr, '— не выбрано —|N, 7Б|N, 7Б', 'with those of the name, and no other';
is refused($c{meals}->post($bank, step => 'answer', question => ['3.pupil'], person_id => [$mate])) . ' ' . save() . ' ' . $t->value(q{SELECT pupil_id FROM ej.meal_payment WHERE document = 'Т-1'}), "303 303 $mate", 'and answered';
is join(' ', map { $c{$_}->get($bank)->status } qw(meals deputy administrator)), '200 404 404', 'the bank\'s file is the organiser\'s alone';
is upload($file, 'administrator') . ' ' . $c{meals}->get('/imports/rooms')->status . ' ' . $c{meals}->get("$bank/sample?format=csv")->status, '403 404 200', 'who has no other list';
is $c{meals}->upload($bank, [['file', 'x.csv', $c{meals}->get("$bank/list?format=csv")->bytes]], step => 'file')->status . ' ' . draft() =~ s/ \d+ / n /r, '303 0 n 0 ', 'the list as it is exported is the same list';
$t->db->do(q{UPDATE ej.school SET modules = array_remove(modules, 'meals') WHERE id = 1});
is $c{meals}->get($bank)->status, 404, 'without the section there is no such page';
done_testing;
