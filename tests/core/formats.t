#!/usr/bin/perl
# formats.t: every page as HTML, print, XML, CSV and XLSX.
# Every test checks that XML documents fit their schemas.
use lib 'tests/lib';
use EJ::Test;
use EJ::Workbook;
use Spreadsheet::ParseXLSX;

my $t = EJ::Test->new(today => '2026-11-20')->plan(196);

my $teacher = $t->login('teacher');
my $parent  = $t->login('parent');
my $deputy  = $t->login('deputy');
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $first   = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-09-20');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my $pupil   = $t->id(pupil => pupil => 'Булатова Варвара');
my $cell    = join '/pupils/', $t->db->selectrow_array(q{SELECT work_id, pupil_id FROM ej.mark m JOIN ej.work w ON w.id = m.work_id
    WHERE w.journal_id = ? AND value IS NOT NULL LIMIT 1}, undef, $journal =~ /(\d+)$/);

# ------------------------------------------------------- who asks for what ---

my $browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';
my %accept  = ($browser => 'text/html', 'application/xml' => 'application/xml', '*/*' => 'text/html', 'image/png' => 'text/html',
    'application/xml;q=0.4, text/html;q=0.5' => 'text/html', 'text/html;q=0.1, application/xml' => 'application/xml', 'application/xml;q=0' => 'text/html',
    'application/xml;q=nan, text/html;q=0.9' => 'application/xml', 'application/xml;q=1e300, text/html;q=0.5' => 'application/xml',
    'application/xml;q=0.5;v=1, text/html;v=1;q=0.6' => 'text/html', 'application/xml;q=-1e300, text/html' => 'text/html',
    'application/xml;q=0;v=1' => 'text/html', 'application/xml-dtd, text/html;q=0.5' => 'text/html', 'text/html-x, application/xml;q=0.4' => 'application/xml',
    'x/application/xml, text/html;q=0.1' => 'text/html', 'APPLICATION/XML ; Q=0.9, text/html;q=0.875' => 'application/xml');
for my $accept (sort keys %accept) {
    is $teacher->get('/', accept => $accept)->type, $accept{$accept}, "Accept: $accept gets $accept{$accept}";
}
is $teacher->get('/?format=xml', html => 1)->type, 'application/xml', 'an address can name the format';
is $teacher->get('/?format=html')->type, 'text/html', 'the format in the address wins over Accept';
is_deeply [map { my $r = $teacher->post("$lesson?format=$_", topic => 'x' x 1001); $r->type . ' ' . join ' ', $r->errors } qw(csv xlsx)],
    [('application/xml JE104') x 2], 'a refused form is answered as XML, even if a table is requested';
for my $wrong ('pdf', 'XML', '', '../csv') {
    my $r = $teacher->get("$journal?format=$wrong");
    is $r->status . join(' ', $r->errors), '422JE106', "format «$wrong» is refused";
}

# ------------------------------------------------------- all of all pages ---

my %pages = ('/' => $teacher, '/journals' => $deputy, $journal => $teacher, $first => $deputy, $lesson => $teacher,
    "$journal/columns/$cell" => $teacher, '/diary' => $parent, "/pupils/$pupil/diary" => $deputy, "/pupils/$pupil/marks" => $parent);
for my $path (sort keys %pages) {
    my %r = map { $_ => $pages{$path}->get("$path?format=$_", html => 1) } qw(html print xml csv);
    is join(' ', map { $r{$_}->status . $r{$_}->type } qw(html print xml csv)), '200text/html 200text/html 200application/xml 200text/csv',
        "$path comes in all four";
    is $r{print}->count('//body[contains(@class, "print")]') . $r{print}->count('//header[@class="top"]'), '10', 'print has no menu';
    is $r{xml}->xpath('string(/page/@format)'), 'xml', 'the document says what it is';
}
is $teacher->get('/account?format=csv')->status, 404, 'a page without a table has none for spreadsheets';

# ----------------------------------------------------------------- tables ---

sub parse { return EJ::Workbook::parse(@_) }
my $r = $teacher->get("$journal?format=csv");
is substr($r->bytes, 0, 3), "\xEF\xBB\xBF", 'a table begins with the mark by which spreadsheets know UTF-8';
like $r->header('Content-Type'), qr{^text/csv; ?charset=utf-8}, 'and says what it is';
like $r->header('Content-Disposition'), qr/^attachment; filename="journal\.csv"/, 'and how its file is called';
my $text = $r->content =~ s/^\x{FEFF}//r;
unlike $text, qr/(?<!\r)\n[^"]*$/, 'rows end in CR and LF';

# For programs: the same table by RFC 4180, with points in its numbers.
my $plain = $teacher->get("$journal?format=csv&dialect=rfc4180");
unlike $plain->content, qr/^\x{FEFF}|\x{200B}/, 'a program gets no mark and no sign that it cannot see';
my $same = sub { join "\n", map { join '|', map { tr/\x{200B}//dr =~ s/^(-?\d+),(\d+)$/$1.$2/r } @$_ } @{$_[0]} };
is $same->(parse($plain->content, ',')), $same->(parse($text)), 'but the same cells';
cmp_ok scalar(() = $plain->content =~ /"\d\.\d\d"/g), '>', 5, 'with points' or diag $plain->content;
unlike $text, qr/"\d\.\d\d"/, 'which people get as commas';
for my $dialect ('rfc4181', '', 'RFC4180') {
    $r = $teacher->get("$journal?format=csv&dialect=$dialect");
    is $r->status . join(' ', $r->errors), '422JE106', "there is no dialect «$dialect»";
}

sub table { return parse($_[0]->content =~ s/^\x{FEFF}//r) }

# The same as a workbook, read by another program: numbers are numbers, days
# days, all else text; and it stands where it stands in the CSV.
my $xlsx = $teacher->get("$journal?format=xlsx");
is $xlsx->type, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'a workbook says what it is';
like $xlsx->header('Content-Disposition'), qr/^attachment; filename="journal\.xlsx"/, 'and how its file is called';
is $xlsx->header('Cache-Control'), 'no-store', 'and is kept nowhere';
my @sheets = Spreadsheet::ParseXLSX->new->parse(\$xlsx->bytes)->worksheets;
is join('|', map { $_->get_name } @sheets), 'Отметки и пропуски|Темы уроков и задания', 'each table has a sheet and its name';
my ($name, @widths) = $sheets[0]->get_col_widths;
is scalar(grep { ($_ // 9) > 10 } @widths), 0, 'so that columns of marks are as narrow as marks';
is $teacher->get('/account?format=xlsx')->status, 404, 'a page without a table has no workbook';
for my $path (sort keys %pages) {
    my $found = EJ::Workbook::compare($pages{$path}, $path);
    is $found->{other}, '', "the workbook of $path has the cells of its CSV";
    cmp_ok $found->{sheet_rows}, '>=', $found->{rows}, 'the workbook has all rows of the CSV';
    cmp_ok $found->{numbers}, '>', 0, 'the workbook of the grid has numbers' if $path eq $journal;
}
my ($formula) = grep { ref } map { @$_ } EJ::Workbook::cells($xlsx->bytes);
is ref($formula) && $formula->{Formula}, undef, 'the workbook has no formula';

# The tables of a CSV file: each has a name, if any, and rows.
sub tables {
    my ($rows) = @_;
    my @tables = ([]);
    for my $row (@$rows) { if (@$row == 1 && $row->[0] eq '') { push @tables, [] } else { push @{$tables[-1]}, $row } }
    return @tables;
}
for my $path (sort keys %pages) {
    my @ragged = grep { my $table = $_; grep { @$_ != @{$table->[0]} } @$table } tables(table($pages{$path}->get("$path?format=csv")));
    is scalar(@ragged), 0, "every table of $path has rows of one width";
}

for my $path ($journal, $first, $t->path(journal => class => '10А', subject => 'Русский язык', on => '2026-11-20')) {
    my $xml  = $deputy->get($path);
    my $rows = table($deputy->get("$path?format=csv"));
    my %row  = map { $_->[0] => $_ } @$rows;
    my @wrong;
    for my $p ($xml->nodes('//journal/pupil')) {
        my $name = $p->getAttribute('name');
        my ($row) = grep { $_->[0] =~ /^\Q$name\E(?: (?:до|с) .*)?$/ } @$rows;
        my @want = ((map { $_->textContent } $p->findnodes('c')), $p->getAttribute('mean') // '');
        push @wrong, $name unless $row && join('|', map { tr/,\x{200B}/./dr } @$row[1 .. $#$row]) eq join('|', @want);
    }
    is_deeply \@wrong, [], "the table of $path has the grid's values";
    my ($means) = grep { $_->[0] eq 'Средний балл' } @$rows;
    is join('|', map { s/,/./r } @$means[1 .. $xml->count('//column')]), join('|', map { $_->getAttribute('mean') // '' } $xml->nodes('//column')), 'the table has the means of the columns';
    my ($grid) = tables($rows);
    my @columns = $xml->nodes('//column');
    my ($days) = grep { $_->[0] eq '' && $_->[1] =~ /^\d+$/ } @$grid;
    is join('|', @$days[1 .. @columns]), join('|', map { $_->getAttribute('is_first') ? $_->getAttribute('day') // '' : '' } @columns),
        'each day of the table stands over its column';
    like join(' ', @{$grid->[0]}), qr/^Отметки и пропуски: .*(?:четверть|полугодие)/, 'the table has its name';
}
my @lines = @{parse($text)};
my ($at)  = grep { join('|', @{$lines[$_]}) eq '' } 0 .. $#lines;
is $lines[$at + 1][0], 'Темы уроков и задания', 'the topics are a second table after an empty line';
is_deeply $lines[$at + 2], ['Дата', 'Часы', 'Тема', 'Вид работы', 'Домашнее задание'], 'the table of topics has its own heads';
is $lines[$at + 3][0], '2026-11-02', 'the dates of topics can be read by spreadsheets';

my @week = tables(table($parent->get('/diary?format=csv')));
is shift(@week)->[0][0], 'Что задано к завтрашнему дню', 'the diary begins with the next school day';
is_deeply [map { $_->[0][0] } @week[0 .. 4]], ['понедельник, 16 ноября', 'вторник, 17 ноября', 'среда, 18 ноября', 'четверг, 19 ноября', 'пятница, 20 ноября сегодня'],
    'each table of the diary is named by its day';
is_deeply [split /\n/, $week[0][2][2]], ['Подготовиться к словарному диктанту', 'На уроке: Причастный оборот. Упражнения'], 'two lines of a cell stay separate';
like $week[0][2][1], qr/^Русский язык 08:30–/, 'texts beside each other in a cell stay separate';
my $own = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б' AND year = 2026});
is_deeply table($deputy->get("/classes/$own?format=csv"))->[1], ['Ученик', 'Пропущено уроков, II четверть', 'Причины'],
    'a column that only has links is left out';
is_deeply table($teacher->get('/?format=csv'))->[1], ['№', 'День', 'Класс', 'Предмет', 'Тема', 'Осталось заполнить'],
    'the column with links of today\'s lessons is left out';
my $list = table($deputy->get('/journals?format=csv'));
is_deeply [@{(grep { $_->[0] eq '7Б' && $_->[1] eq 'Русский язык' } @$list)[0]}[4 .. 7]], ['I четверть', 'II четверть', 'III четверть', 'IV четверть'], 'each term of a journal has a cell';
my ($varvara) = grep { $_->[0] eq 'Булатова Варвара' } @{table($teacher->get($lesson . '?format=csv'))};
is $varvara->[1], 'есть', 'the table of a form has the chosen values';

my %topic = ('=1+2' => "'=1+2", '+7 900' => "'+7 900", '@SUM(A1)' => q{'@SUM(A1)}, '-2+3|x' => "'-2+3|x", ' =A1' => "'=A1",
    'Тема «5»' => 'Тема «5»', '"кавычки", запятая' => '"кавычки", запятая', "две\nстроки" => "две\nстроки", '-5' => '-5',
    'план;=1+2' => "план;'=1+2", 'а, @SUM(A1)' => "а, '\@SUM(A1)", 'а|-2+3' => "а|'-2+3", "а\t+A1" => "а\t'+A1", "а\n=A1" => "а\n'=A1", "а\r=A1" => "а\r'=A1",
    'а";=A1' => "а\";'=A1", 'а; "=A1"' => "а; \"'=A1\"", "\x{FF1D}A1" => "'\x{FF1D}A1", "а;\x{FF0B}A1" => "а;'\x{FF0B}A1", "\x{FF0D}5" => "'\x{FF0D}5", "а;\x{FF20}x" => "а;'\x{FF20}x",
    'а;-5;+4.5' => 'а;-5;+4.5', 'а;-5x' => "а;'-5x", 'а-б; в=г' => 'а-б; в=г', '-' => "'-", '<b>&amp;</b>' => '<b>&amp;</b>');
my ($id) = $lesson =~ /(\d+)$/;
sub topic_as {
    my ($topic, $dialect) = @_;
    $t->db->do('UPDATE ej.lesson SET topic = ? WHERE id = ?', undef, $topic, $id);
    my $r = $teacher->get("$journal?format=csv" . ($dialect // ''));
    my ($row) = grep { ($_->[0] // '') eq '2026-11-18' } @{$dialect ? parse($r->content, ',') : table($r)};
    return $row->[2];
}
for my $topic (sort keys %topic) {
    (my $name = $topic) =~ s/\s/ /g;
    is topic_as($topic), $topic{$topic}, "the topic «$name» is not a formula in a spreadsheet";
}

# A text that only looks like a number gets an invisible space at its end; a
# number has a comma for people and a point for programs.
for my $text ('2/4', '7.1', '1-4', '5 4', '007', '12:30', '1E5', '9 мая', '3 May 2026', '2026-11-16', '1 200', '4.5', '50%', '(5)', '1234567890123456') {
    is topic_as($text), "$text\x{200B}", "«$text» gets an invisible space, so that spreadsheets keep it as text";
    is topic_as($text, '&dialect=rfc4180'), $text, 'a text for programs has no invisible space';
}
for my $text ('7Б', '10А класс', 'Упр. 1, упр. 2', '§ 5А', 'х = 3', 'А1', '5', '-5', '4,5', '0,5') {
    is topic_as($text), $text, "«$text» gets no invisible space";
    (my $point = $text) =~ s/^(\d),(\d)$/$1.$2/;
    is topic_as($text, '&dialect=rfc4180'), $point, 'a number for programs has a point';
}
