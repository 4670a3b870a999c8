#!/usr/bin/perl
# books.t: the class journal of a year as one document: what it has, in which order, for whom; that its
# parts say what the pages of their own say; the archive; that memory does not grow with the number of books.
use lib 'tests/lib';
use EJ::Test;
use Archive::Zip;
use Digest::SHA qw(sha256_hex);
use Encode qw(decode_utf8);
use XML::LibXML;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy class-teacher grade1 english parent pupil personnel observer deputy-17);
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my $book  = "/classes/$class/book";
sub statuses { my ($path, @who) = @_; return join ' ', map { $c{$_}->get($path)->status } @who }

# --------------------------------------------------------------------- whose --

my @all = qw(administrator director deputy class-teacher grade1 english parent pupil personnel observer deputy-17);
my $wanted = '200 200 200 200 404 404 404 404 404 404 404';
is statuses($book, @all), $wanted, 'heads and the class teacher have the book of a class';
is statuses("$book?format=print", @all), $wanted, 'and print it';
is statuses("$book/archive", @all), $wanted, 'and take its archive';
is join(' ', map { $c{$_}->get('/books')->xpath('count(//class)') } qw(deputy class-teacher grade1)), '3 1 1', 'the list has the classes whose books one may print';

# ------------------------------------------------------------------ contents --

my $contents = $c{deputy}->get($book);
my $sections = $t->value(q{SELECT count(*) FROM ej.journal j JOIN ej.teaching t ON t.id = j.teaching_id JOIN ej.study_group_class g ON g.study_group_id = t.study_group_id
    JOIN ej.term e ON e.id = j.term_id WHERE g.class_id = ? AND (e.is_taught OR e.kind = 'year') AND lower(e.during) <= '2026-11-20'}, $class);
is $contents->xpath('count(//section)'), $sections, 'there is a section for each journal of a term that has begun, and of the year';
is join(' ', $contents->texts('//section/@number')), join(' ', 1 .. $sections), 'numbered without a gap';

$db->do(q{INSERT INTO ej.finding (school_id, kind, duty_key, staff_id, addressee_id, class_id, from_on, till_on, text, made_on, due_on)
    SELECT 1, 'finding', 'topic', (SELECT s.id FROM ej.staff s JOIN ej.account a USING (person_id) WHERE a.login = 'deputy' AND s.school_id = 1), t.staff_id, ?, '2026-11-02', '2026-11-02', 'Нет темы урока', '2026-11-05', '2026-11-25'
      FROM ej.teaching t LIMIT 1}, undef, $class);
my $views = $t->value('SELECT count(*) FROM ej.card_view');
my $print = $c{deputy}->get("$book?format=print", html => 1);
is $print->status, 200, 'the book is printed';
my $html = $print->content;
is $t->value('SELECT count(*) FROM ej.card_view') - $views, $t->value('SELECT count(*) FROM ej.enrolment WHERE class_id = ?', $class), 'and the cards whose data it has are recorded as opened';
is scalar(() = $html =~ /<html|<\/html>|<main>|<\/main>|<!DOCTYPE/g), 5, 'it is one page';
my @order = map { quotemeta } 'Классный журнал</h1>', 'Оглавление', 'Раздел 1. Разворот 1', "Раздел $sections. ", 'Сводная ведомость учёта посещаемости', 'Сводная ведомость учёта успеваемости',
    'Общие сведения об обучающихся', 'Замечания по ведению журнала', 'Нет темы урока', 'пронумеровано, прошнуровано';
my $order = join '.*', @order;
ok $html =~ /$order/s, 'with title, contents, sections, sheets, general data, findings, last page in their order';

# Each section says what the printed journal says.
my @ids = $contents->texts('//section/@journal_id');
my @differ = grep {
    my $own = $c{deputy}->get("/journals/$ids[$_]?format=print", html => 1)->content;
    my @rows = $own =~ m{(<tbody>.*?</tbody>)}gs;
    grep { index($html, $_) < 0 } @rows;
} 0, 1, int(@ids / 2), $#ids;
is "@differ", '', 'the spreads of a section are those of the printed journal';
my $attendance = $c{deputy}->get("/classes/$class/missed?format=print", html => 1)->content;
my ($table) = $attendance =~ m{(<tbody>.*?</tbody>)}s;
ok $table && index($html, $table) > 0, 'the sheet of attendance is that of its own page';

# --------------------------------------------------------------------- archive --

my $zip = $c{deputy}->get("$book/archive");
is $zip->type, 'application/zip', 'the archive is a ZIP';
my $file = $t->dir . '/book.zip';
open my $out, '>:raw', $file or die; print $out $zip->bytes; close $out;
my $archive = Archive::Zip->new;
is $archive->read($file), 0, 'that others read';
is join(' ', sort map { s/^.* //r } $archive->memberNames), '2026-27.html 2026-27.xml SHA256SUMS', 'with HTML, XML and digests';
my %content = map { $_ => scalar $archive->contents($_) } $archive->memberNames;
my ($page, $xml) = map { my $e = $_; (grep {/\.$e$/} keys %content)[0] } qw(html xml);
is $content{SHA256SUMS}, join('', map { my $n = $_; utf8::encode($n); sha256_hex($content{$_}) . "  $n\n" } $page, $xml), 'the digests are right';
my $kept = decode_utf8($content{$page});
ok $kept !~ /<script|<link|\ssrc=|url\((?!"?data:)|\son\w+="/, 'the HTML loads nothing and has no script';
is scalar(() = $kept =~ /data:font\/woff2;base64,/g), 3, 'it has the fonts within itself';
ok $kept =~ /$order/s, 'and the whole book';
my $tree = eval { XML::LibXML->load_xml(string => $content{$xml}) };
ok $tree, 'the XML is well-formed' or diag $@;
is $tree->findvalue('count(//journal)'), $sections, 'and has every journal';
ok $content{$xml} !~ /form_token="/, 'without the token of the reader';

my $whole = $c{deputy}->get('/books/archive?grade=7');
is $whole->status, 200, 'the books of a grade are one archive';
my $school = $c{deputy}->get('/books/archive');
open $out, '>:raw', $file or die; print $out $school->bytes; close $out;
my $books = Archive::Zip->new;
is $books->read($file), 0, 'the books of the school are one archive';
is scalar(grep {/\.html$/} $books->memberNames), 3, 'with each class';
is statuses('/books/archive', qw(english parent deputy-17)), '404 404 200', 'not for others';

# ---------------------------------------------------------------------- memory --

# One child makes all books: its memory is measured after some, and after many more.
sub status_of { my ($pid, $what) = @_; open my $f, '<', "/proc/$pid/status" or return 0; return (map { /^$what:\s+(\d+)/ ? $1 : () } <$f>)[0] // 0 }
my @children = $t->httpd->children;
sub most { my ($what) = @_; my $most = 0; for (@children) { my $n = status_of($_, $what); $most = $n if $n > $most } return $most }
$c{deputy}->get("$book?format=print", html => 1) for 1 .. 6;
my $before = most('VmRSS');
$c{deputy}->get("$book?format=print", html => 1) for 1 .. 12;
my $after = most('VmRSS');
cmp_ok $after - $before, '<', 2_000, "twelve more books leave a child at $after kB, of $before kB before";
cmp_ok most('VmHWM') - $before, '<', 64_000, 'and it never held 64 MB more' unless EJ::Stage::is_sanitized();
done_testing;
