#!/usr/bin/perl
# imports.t: rows of a file become rooms: read from every kind of file, shown before
# they are saved, saved all or not at all, once.
use lib 'tests/lib';
use EJ::Test;
use Archive::Zip ();
use Encode qw(encode);
use File::Temp ();

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
my $path = '/imports/rooms';

sub upload { my ($client, $name, $bytes, %o) = @_; return $client->upload($path, [['file', $name, $bytes]], {html => $o{html}}, step => 'file') }
sub counts { my $r = $_[0]->get($path); return join ' ', map { $r->xpath("string(//imports/\@$_)") } qw(added changed same bad) }
sub bad { return join '; ', map { my $x = $_; join ' ', map { $x->getAttribute($_) // '-' } qw(line field code value) } $_[0]->get($path)->nodes('//row[@done = "bad"]') }
sub version { return $_[0]->get($path)->xpath('string(//imports/@version)') }
sub save { return $_[0]->post($path, step => 'save', version => version($_[0])) }
sub rooms { return $t->value(q{SELECT string_agg(concat_ws('|', name, kind, capacity, is_shared::int, ended_on), '; ' ORDER BY name) FROM ej.room WHERE school_id = 1 AND name ~ ?}, $_[0]) }
sub refused { my ($r) = @_; return join ' ', $r->status, $r->errors, map { $_->getAttribute('field') // '' } $r->nodes('//error') }

# ------------------------------------------------------------------- a file ---

my $table = "Кабинет;Вид;Мест;Несколько групп;Закрыт с;Примечание\r\n901;лаборатория;24;да;;x\r\n902;Учебный кабинет;;;31.12.2026;\r\n\r\n;;;;;\r\n\"Зал \"\"А\"\"\";;100;нет;;\r\n";
my $rest = "Причина";
is refused($admin->get('/imports/lessons')), '404 JE401 ', 'there is no import of lessons';
is $admin->get($path)->count('//imports[not(@file)]'), 1, 'no draft yet';
my $r = upload($admin, 'Кабинеты.csv', encode('UTF-8', $table));
is $r->status . $r->location, "303$path", 'a file is read';
is counts($admin), '2 0 0 1', 'two rows would be added, one is bad';
is bad($admin), '3 reason JE101 -', 'a room is closed for a reason: with line and column';
is rooms('^90'), undef, 'nothing is saved yet';
is refused(save($admin)), '422 JE101 reason', 'and with a bad row nothing will be';
is $admin->get($path)->xpath('string(//field[@field = "capacity"]/@n)'), 3, 'columns are found by their headings';
is $teacher->get($path)->status, 404, 'a teacher has no such page';
is $deputy->get($path)->count('//imports[@file]'), 0, 'a draft is its owner\'s alone';
upload($deputy, 'x.csv', encode('UTF-8', "Чушь;Ещё\r\n1;2\r\n"));
like $deputy->get($path, html => 1)->content, qr/В строке нет узнанных столбцов/, 'a file without a known column is refused by words that say so';

$table =~ s/Примечание/Причина/;
$table =~ s/31\.12\.2026;/31.12.2026;ремонт/;
upload($admin, 'Кабинеты.csv', "\xEF\xBB\xBF" . encode('UTF-8', $table));
is counts($admin), '3 0 0 0', 'put right, three rows would be added';
is scalar(() = $admin->get($path, html => 1)->content =~ /<td>добавится</g), 3, 'which the page tells of each';
my $before = $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'room'});
is save($admin)->status, 303, 'and are';
is rooms('^90|^Зал'), '901|lab|24|1; 902|class|0|2026-12-31; Зал "А"|class|100|0', 'as the file has them';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'room'}) - $before, 3, 'with their history';
like $admin->get($path, html => 1)->content, qr/добавлено 3, изменено 0, без изменений 0/, 'the report tells it';
is refused(save($admin)), '404 JE401 ', 'there is nothing left to save';
upload($admin, 'Кабинеты.csv', encode('UTF-8', $table));
is counts($admin), '0 0 3 0', 'the same file again changes nothing';
is $admin->get($path, html => 1)->count('//button[text() = "Записать"]'), 0, 'so there is nothing to save';

# ----------------------------------------------------- encodings, separators ---

for my $case (['CP1251, comma' => 'cp1251', ','], ['CP1251, TAB' => 'cp1251', "\t"], ['UTF-8, comma' => 'UTF-8', ','], ['UTF-8, TAB, lines of a Mac' => 'UTF-8', "\t", "\r"]) {
    my ($what, $code, $mark, $end) = @$case;
    my $text = encode($code, join $end // "\r\n", map { join $mark, @$_ } [qw(Кабинет Вид Мест)], [qw(903 Спортзал 30)], ['Ёлка № 1', 'другое', 5]);
    upload($admin, 'x.txt', $text);
    is counts($admin), '2 0 0 0', $what or diag $admin->get($path)->content;
    is $admin->get($path)->xpath('string(//row[2]/@name)'), 'Ёлка № 1', 'with its letters';
}
my $wrong = encode('UTF-8', "Номер;Вид;Мест;Закрыт с\n904;дворец;30;\n905;другое;много;\n906;другое;0;\n907;другое;;30.02.2026\n908;другое;5;\n908;другое;6;\n" . ('9' x 41) . ";другое;1;\n;другое;1;\n");
upload($admin, 'x.csv', $wrong);
is bad($admin), '2 kind JE106 дворец; 3 capacity JE102 много; 4 capacity JE102 0; 5 ended_on JE103 30.02.2026; 7 name JE212 908; 8 name JE104 ' . '9' x 41 . '; 9 name JE101 ', 'each bad row has line, column and reason';
my $html = $admin->get($path, html => 1);
like $html->content, qr/<th scope="row"[^>]*>3<\/th>.*Здесь нужно число.*Мест.*много/s, 'as people read it';
like $html->xpath('string(//tr[td = "904"]/td[2])'), qr/^Так писать нельзя. Можно: актовый зал, библиотека,.*учебный кабинет\.$/, 'with the words that a choice may have';
like $html->xpath('string(//tr[td = "907"]/td[2])'), qr/так: 16\.11\.2026/, 'and a date as it is written here';

# ------------------------------------------------------------------- columns ---

upload($admin, 'x.csv', encode('UTF-8', "Где;Сколько\n909;12\n"));
is bad($admin), '2 - JE101 -', 'unknown headings match nothing';
my @heads = map { $_->getAttribute('n') } $admin->get($path)->nodes('//head');
is "@heads", '1 2', 'the columns of the file are shown';
like $admin->get($path, html => 1)->content, qr/не узнаны и не будут взяты: «Где», «Сколько»/, 'and those that would be left out are named';
is $admin->post($path, step => 'match', field => [qw(name capacity kind)], n => [1, 2, 0])->status, 303, 'they are chosen';
is counts($admin), '1 0 0 0', 'and read so';
is refused($admin->post($path, step => 'match', field => ['name'], n => [101])), '422 JE102 n', 'a column is one of a hundred';
save($admin);
is rooms('^909'), '909|class|12|0', 'and saved so';

# ------------------------------------------------------------ changed meanwhile ---

upload($admin, 'x.csv', encode('UTF-8', "Кабинет;Мест\n909;13\n901;25\n"));
is counts($admin), '0 2 0 0', 'two rooms would change';
$db->do(q{UPDATE ej.room SET capacity = 14 WHERE name = '909'});
is refused(save($admin)), '409 JE210 capacity', 'one was changed since: that is told';
is rooms('^901'), '901|lab|24|1', 'and neither is changed';
upload($admin, 'x.csv', encode('UTF-8', "Кабинет;Мест\n909;13\n901;25\n"));
my ($once, $version) = ('00000000-0000-4000-8000-000000000093', version($admin));
is join(' ', map { $admin->post($path, step => 'save', version => $version, operation_id => $once)->status } 1, 2), '303 303', 'a save sent twice';
is rooms('^90[19]'), '901|lab|25|1; 909|class|13|0', 'happens once';

# Two windows of one person: what is saved was seen.
upload($admin, 'x.csv', encode('UTF-8', "Кабинет\n920\n"));
$version = version($admin);
upload($admin, 'y.csv', encode('UTF-8', "Кабинет\n921\n"));
is refused($admin->post($path, step => 'save', version => $version)), '409 JE210 ', 'a file is not saved whose rows the window did not show';
is refused($admin->post($path, step => 'save')), '409 JE210 ', 'nor by a form that tells none';
is rooms('^92[01]'), undef, 'neither of the two is saved';
upload($admin, 'x.csv', encode('UTF-8', "Кабинет\n920\n"));
is $admin->post($path, step => 'save', version => $version)->status . ' ' . rooms('^92[01]'), '303 920|class|0', 'the same rows, chosen again, are saved';

# ---------------------------------------------------------------- workbooks ---

my $own = $admin->get('/rooms?format=xlsx')->bytes;
my $all = $t->value('SELECT count(*) FROM ej.room WHERE school_id = 1');
upload($admin, 'Кабинеты.XLSX', $own);
is counts($admin), "0 0 $all 0", 'the list as a workbook, brought back, changes nothing' or diag bad($admin);
upload($admin, 'x.csv', $admin->get('/rooms?format=csv')->bytes);
is counts($admin), "0 0 $all 0", 'and so does the CSV' or diag bad($admin);

# A workbook by hand: its parts are replaced.
my %part = (
    'xl/workbook.xml' => '<workbook xmlns:r="r"><sheets><sheet name="x" r:id="rId7"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels' => '<Relationships><Relationship Id="rId1" Target="no.xml"/><Relationship Id="rId7" Target="worksheets/second.xml"/></Relationships>',
    'xl/sharedStrings.xml' => '<sst><si><t>Кабинет</t></si><si><r><t>Ме</t></r><rPh><t>no</t></rPh><r><t>ст</t></r></si></sst>',
    'xl/worksheets/second.xml' => '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>Закрыт с</t></is></c></row>'
        . '<row r="9"><c r="A9"><v>910</v></c><c r="C9"><v>17</v></c><c r="D9"><v>46387</v></c></row></sheetData></worksheet>');
sub workbook {
    my (%parts) = (%part, @_);
    my $zip = Archive::Zip->new;
    $zip->addString(encode('UTF-8', $parts{$_}), $_)->desiredCompressionMethod(8) for grep { defined $parts{$_} } sort keys %parts;
    my $file = File::Temp->new;
    $zip->writeToFileNamed("$file");
    open my $in, '<:raw', "$file" or die;
    local $/;
    return scalar <$in>;
}
is upload($admin, 'x.xlsx', workbook())->status, 303, 'a workbook made elsewhere';
is $admin->get($path)->xpath('concat(//row/@line, " ", //row/@name, " ", //row/@code, " ", //row/@field)'), '9 910 JE101 reason', 'its first sheet, shared strings, days and line numbers are read';
my $sheet = 'xl/worksheets/second.xml';
my %hostile = (
    'entities'                 => workbook($sheet => '<!DOCTYPE w [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'),
    'a file of the server'     => workbook($sheet => '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'),
    'fifteen million blanks'   => workbook($sheet => '<worksheet><sheetData>' . ' ' x 15_000_000 . '</sheetData></worksheet>'),
    'deep elements'            => workbook($sheet => '<worksheet>' . '<a>' x 100_000),
    'cut XML'                  => workbook($sheet => '<worksheet><sheetData><row r="1"><c'),
    'a string it has not'      => workbook($sheet => '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData></worksheet>'),
    'no sheet'                 => workbook($sheet => undef),
    'two thousand entries'     => workbook(map { ("x/$_" => 'x') } 1 .. 2000),
    'half a file'              => substr(workbook(), 0, 700),
    'no workbook'              => "PK\3\4 not",
    'nothing'                  => '',
);
for my $what (sort keys %hostile) {
    is refused(upload($admin, 'x.xlsx', $hostile{$what})), '422 JE131 file', "$what: refused";
}
is refused(upload($admin, 'x.csv', "a;b\0c")), '422 JE131 file', 'a CSV with a NUL';
is refused(upload($admin, 'x.csv', 'a;"b')), '422 JE131 file', 'a quote without end';
is refused(upload($admin, 'x.csv', join "\n", 'x', 1 .. 5001)), '422 JE107 file', 'more than five thousand rows';
is refused(upload($admin, 'x.csv', ';' x 200 . 'x')), '422 JE107 file', 'two hundred columns';
is refused(upload($admin, 'x.csv', 'x' x 5000)), '422 JE104 file', 'a novel in a cell';
is refused(upload($admin, 'x.exe', 'x')), '422 JE130 file', 'a program';
is refused(upload($admin, '', '')), '422 JE101 file', 'no file';
$r = upload($admin, 'x.exe', 'x', html => 1);
is $r->xpath('concat(count(//input[@type = "file"][@aria-invalid]), " ", normalize-space(//*[@id = "e-file"]))'), '1 Файл другого вида. Выберите файл, как сказано у поля.', 'in words, at the field' or diag $r->status;
like upload($admin, 'x.csv', join("\n", 'x', 1 .. 5001), html => 1)->xpath('string(//*[@role = "alert"])'), qr/В файле больше 5000 строк/, 'the limit is told';

# A draft belongs to the school in which it was made: deputy is one in 17 as well.
$db->do(q{UPDATE ej.staff SET person_id = (SELECT person_id FROM ej.account WHERE login = 'deputy')
           WHERE school_id = 2 AND person_id = (SELECT person_id FROM ej.account WHERE login = 'deputy-17')});
sub work_in { $deputy->post('/school', school_id => $_[0]); return $deputy->get($path)->xpath('string(//imports/@file)') }
work_in(1);
upload($deputy, 'x.csv', encode('UTF-8', "Кабинет;Мест\n977;13\n"));
is work_in(2), '', 'a draft is not shown in another school';
is refused(save($deputy)), '404 JE401 ', 'nor saved there';
is refused($deputy->post($path, step => 'match', field => ['name'], n => [1])), '404 JE401 ', 'nor read anew';
is work_in(1), 'x.csv', 'it is shown where it was made';
save($deputy);
is $t->value(q{SELECT string_agg(school_id::text, ' ') FROM ej.room WHERE name = '977'}), 1, 'and saved there';

# The words of the lists are those that the pages show.
sub text_of { open my $in, '<:encoding(UTF-8)', $_[0] or die; local $/; return scalar <$in> }
my %shown = reverse text_of('xslt/rooms.xsl') =~ /<o value="(\w+)">([^<]+)</g;
is_deeply {%shown}, {map { @$_ } @{$db->selectall_arrayref(q{SELECT w.key, w.value FROM ej.import_fields('rooms') AS f, jsonb_each_text(f.words) AS w WHERE f.field = 'kind'})}}, 'the words of a choice are those of its page';
my ($columns) = map { join '|', /column="([^"]+)"/g } text_of('xslt/rooms.xsl');
is $t->value(q{SELECT string_agg(headings[1], '|' ORDER BY n) FROM ej.import_fields('rooms') WHERE field <> 'id'}), $columns, 'the headings are those of its table';
done_testing;
