#!/usr/bin/perl
# history.t: the list of all changes of a school, by pages and as a file of any size.
use lib 'tests/lib';
use EJ::Test;
use Archive::Zip ();
use File::Temp ();

my $t = EJ::Test->new(today => '2026-11-20', children => 1);
my $db = $t->db;
my ($deputy, $director, $admin) = map { $t->login($_) } qw(deputy director administrator);
my $teacher = $t->value(q{SELECT id FROM ej.account WHERE login = 'teacher'});
sub keys_of { my %seen; return grep { !$seen{$_}++ } map { $_->getAttribute('change_key') } $_[0]->nodes('//change') }

# ------------------------------------------------------------------- by pages ---

my $all = $db->selectcol_arrayref(q{SELECT (extract(epoch FROM made_at) * 1000000)::bigint || '.' || id FROM ej.history
    WHERE school_id = 1 AND table_name <> ALL ('{account,account_subject,activation,contact,choice}') ORDER BY made_at DESC, id DESC LIMIT 350});
my $r = $deputy->get('/history');
is $r->status, 200, 'a deputy reads the history of the school';
my @first = keys_of($r);
is "@first", "@$all[0 .. 99]", 'the newest hundred changes';
my ($next) = map { $_->value } $r->nodes('//history/@next');
$r = $deputy->get("/history?after=$next");
is join(' ', keys_of($r)), "@$all[100 .. 199]", 'then the next hundred';
my ($previous) = map { $_->value } $r->nodes('//history/@previous');
is join(' ', keys_of($deputy->get("/history?before=$previous"))), "@first", 'and back';
$r = $deputy->get('/history?after=' . $all->[249]);
is join(' ', keys_of($deputy->get('/history?before=' . $r->xpath('string(//history/@previous)')))), "@$all[150 .. 249]", 'back from the middle, too';
is $deputy->get("/history?before=$all->[3]")->xpath('count(//history/@previous)'), 0, 'nothing is before the first page';
is $deputy->get('/history?after=1.1')->xpath('count(//change)'), 0, 'and nothing behind the last';
is join(' ', map { my $x = $deputy->get("/history?$_"); $x->status . ($x->errors)[0] } 'after=x', 'before=1.x', 'kind=x', 'from_on=yesterday'),
    '422JE102 422JE102 422JE106 422JE103', 'what is no key, kind or day is refused';

# -------------------------------------------------------------------- filters ---

$db->do(q{INSERT INTO ej.history (school_id, table_name, row_key, account_id, old, new, made_at) VALUES
    (1, 'room', '{1}', ?, '{"name": "12", "is_shared": false, "ended_on": null}', '{"name": "12а", "is_shared": true, "ended_on": "2026-11-19"}', '2026-11-19 09:00+00'),
    (1, 'account', '{7}', ?, '{"login": "a"}', '{"login": "b", "is_password_new": true}', '2026-11-18 09:00+00'),
    (2, 'room', '{2}', NULL, NULL, '{"name": "чужой"}', now())}, undef, $teacher, $teacher);
$r = $director->get('/history?kind=setup&from_on=2026-11-19&to_on=2026-11-19');
is join(' ', map { join ':', map { $_ // '' } $_->getAttribute('field'), $_->getAttribute('old'), $_->getAttribute('new') } $r->nodes('//change')),
    'ended_on::2026-11-19 is_shared:false:true name:12:12а', 'a change of several fields has a row for each';
my $html = $director->get('/history?kind=setup&from_on=2026-11-19&to_on=2026-11-19', html => 1)->content;
like $html, qr/кабинет.*закрыто с.*19\.11\.2026.*на несколько групп.*нет.*да.*название.*12.*12а/s, 'in words';
is $deputy->get('/history?kind=accounts')->xpath('count(//change)'), 0, 'changes of accounts are not for a deputy';
is $admin->get('/history?kind=accounts&from_on=2026-11-18&to_on=2026-11-18')->xpath('string(//change[@field="login"]/@new)'), 'b', 'but for the administrator';
my ($surname) = $db->selectrow_array('SELECT f.surname FROM ej.staff f JOIN ej.account a ON a.person_id = f.person_id WHERE a.id = ?', undef, $teacher);
$r = $admin->get('/history?kind=setup&find=' . URI::Escape::uri_escape_utf8($surname));
is $r->xpath('string(//change[1]/@new)') . $r->xpath('count(//change)'), '2026-11-193', 'a colleague finds what he or she changed';
is $admin->get('/history')->xpath('count(//change[@new="чужой"])'), 0, 'another school has its own';
is join(' ', map { $t->login($_)->get('/history')->status } qw(teacher parent pupil)), '404 404 404', 'others have no such page';

# ----------------------------------------------------------------- as a file ---

$db->do(q{INSERT INTO ej.history (school_id, table_name, row_key, account_id, old, new, made_at)
    SELECT 1, 'mark', ARRAY[i, 1, 1], ?, '{"value": "4"}', '{"value": "5"}', timestamptz '2026-10-01' + i * interval '1 second' FROM generate_series(1, 30000) AS i}, undef, $teacher);
my $many = '/history?kind=journal&from_on=2026-10-01&to_on=2026-10-01';
$r = $deputy->get("$many&format=csv");
is $r->status, 200, 'thirty thousand changes are a file';
is $r->header('Cache-Control') . ' ' . $r->header('Content-Disposition'), 'no-store attachment; filename="history.csv"', 'which no cache keeps';
my @lines = split /\r\n/, $r->content;
is scalar(grep {/"4";"5"$/} @lines), 30000, 'with a line for each';
is scalar(grep {/Когда/} @lines), 1, 'the head stands once';
is "@lines[1 .. $#lines]" =~ /2026-10-01 (\d\d:\d\d).*2026-10-01 (\d\d:\d\d)/s && $1 gt $2, 1, 'the newest first';
my $xlsx = $deputy->get("$many&format=xlsx");
my $file = File::Temp->new(SUFFIX => '.xlsx');
binmode $file;
print $file $xlsx->bytes;
close $file;
my $workbook = Archive::Zip->new("$file");
my $sheet    = $workbook->contents('xl/worksheets/sheet1.xml');
is scalar(() = $sheet =~ /<row /g), scalar @lines, 'as many rows has the workbook';
is scalar(grep {/sheet\d+\.xml$/} $workbook->memberNames), 1, 'on one sheet';
is $deputy->get('/history?from_on=2030-01-01&format=csv')->content =~ tr/\n//, 1, 'without changes a file has its head alone';

# ------------------------------------------------------------------ words ---

my $columns = $db->selectcol_arrayref(q{
    SELECT DISTINCT a.attname::text FROM ej.watched_tables() AS w
      JOIN pg_attribute AS a ON a.attrelid = ('ej.' || w.name)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE w.history AND a.attname <> 'school_id' AND NOT a.attname = ANY (ej.key_columns(('ej.' || w.name)::regclass))});
my $words = do { open my $in, '<', 'xslt/history_words.xsl' or die $!; local $/; <$in> };
is join(' ', grep { $words !~ /<f name="$_">./ } sort @$columns), '', 'every field of a record with history has a Russian word';
my $tables = $db->selectcol_arrayref('SELECT name FROM ej.watched_tables() WHERE history');
is join(' ', grep { $words !~ /'$_'/ } sort @$tables), '', 'and so has every kind of record';
done_testing;
