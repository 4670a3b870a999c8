#!/usr/bin/perl
# imports_maps.t: columns of another system's file that were chosen once are recognised in the next file (INT-01).
use lib 'tests/lib';
use EJ::Test;
use Encode qw(encode);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy) = map { $t->login($_) } qw(administrator deputy);
my $path = '/imports/rooms';

sub upload { my ($client, $rows) = @_; return $client->upload($path, [['file', 'x.csv', encode('UTF-8', join "\n", @$rows, '')]], step => 'file')->status }
sub seen { my $r = $_[0]->get($path); return join ' ', map { $r->xpath("string(//imports/\@$_)") } qw(map added bad) }
sub step { my ($client, @fields) = @_; my $r = $client->post($path, @fields); return join ' ', $r->status, $r->status == 303 ? '' : $r->errors }
sub maps { return $t->value(q{SELECT string_agg(concat_ws('|', name, array_to_string(fields, ','), array_to_string(headings, ','), ended_on), '; ' ORDER BY id) FROM ej.import_map WHERE school_id = 1 AND kind = 'rooms'}) // '' }

upload($admin, ['Отчёт', 'Аудитория;Вместимость зала;Номер', '931;20;7', '932;30;8']);
is seen($admin), ' 2 0', 'of another system only «Номер» is known, which means something else';
is step($admin, step => 'map', map_name => ' '), '422 JE101', 'a map needs a name';
is step($admin, step => 'match', field => [qw(name capacity)], n => [1, 2]), '303 ', 'the columns are chosen';
is seen($admin), ' 2 0', 'and read so';
is step($deputy, step => 'map', map_name => 'X'), '404 JE401', 'who has no draft has nothing to remember';
is step($admin, step => 'map', map_name => 'Другая система'), '303 ', 'and remembered by a name';
is maps(), 'Другая система|capacity,name|Вместимость зала,Аудитория', 'headings with their fields';
is seen($admin), 'Другая система 2 0', 'which the page names';
ok $admin->get($path, html => 1)->count('//tr[th = "Другая система"]//button') == 2, 'the administrator may rename and end it';

upload($deputy, ['Аудитория;Номер;Вместимость зала', '933;7;40']);
is seen($deputy), 'Другая система 1 0', 'the next file is recognised, whoever brings it, in any order of columns';
is $deputy->get($path)->xpath('string(//row/@name)'), 933, 'by the map, not by the known heading «Номер»';
is $deputy->get($path, html => 1)->count('//tr[th = "Другая система"]//button'), 0, 'who is no administrator only sees it';
is step($deputy, step => 'map', map_name => 'X'), '403 JE301', 'and may not remember';
upload($deputy, ['Аудитория;Мест', '933;40']);
is seen($deputy), ' 0 1', 'a file without one of its headings is not its file';

# ------------------------------------------------------------- keeping maps ---

my $id = $t->value(q{SELECT id FROM ej.import_map WHERE name = 'Другая система'});
my $other = $t->value(q{INSERT INTO ej.import_map (school_id, kind, name, fields, headings) VALUES (2, 'rooms', 'Чужая', '{name}', '{Аудитория}') RETURNING id});
upload($admin, ['Аудитория', '934']);
is seen($admin), ' 0 1', 'the map of another school knows nothing here';
is step($admin, step => 'rename', import_map_id => $other, old_name => 'Чужая', name => 'Y'), '404 JE401', 'nor is it renamed from here';
is step($admin, step => 'end', import_map_id => $other), '404 JE401', 'nor ended';
is step($deputy, step => 'rename', import_map_id => $id, old_name => 'Другая система', name => 'Y'), '404 JE401', 'who is no administrator renames none';
is step($deputy, step => 'end', import_map_id => $id), '404 JE401', 'and ends none';
is step($admin, step => 'rename', import_map_id => $id, old_name => 'Старая', name => 'Y'), '409 JE210', 'a name that was changed meanwhile is not overwritten';
is step($admin, step => 'rename', import_map_id => $id, old_name => 'Другая система', name => 'Сетевая'), '303 ', 'it is renamed';
is step($admin, step => 'rename', import_map_id => $id, old_name => 'Другая система', name => 'Сетевая'), '303 ', 'twice is once';
upload($admin, ['Аудитория;Вместимость зала', '935;20']);
is seen($admin), 'Сетевая 1 0', 'and known by its new name';
is step($admin, step => 'match', field => ['name'], n => [1]), '303 ', 'who chooses other columns';
is seen($admin), ' 1 0', 'leaves the map';
is step($admin, step => 'map', map_name => 'Сетевая'), '303 ', 'and may replace it';
is maps(), 'Сетевая|name|Аудитория', 'so that it has the new columns';
is step($admin, step => 'end', import_map_id => $id), '303 ', 'it is ended';
is maps(), 'Сетевая|name|Аудитория|2026-11-20', 'on the day';
upload($admin, ['Аудитория', '936']);
is seen($admin), ' 0 1', 'and applies no longer';
is $admin->get($path)->count('//map'), 0, 'nor is it shown';
step($admin, step => 'match', field => ['name'], n => [1]);
is step($admin, step => 'map', map_name => 'Сетевая'), '303 ', 'the same name begins again';
is maps(), 'Сетевая|name|Аудитория', 'as the same map';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'import_map' AND key_id = ? AND account_id IS NOT NULL}, $id), 5, 'the history has each change';

# -------------------------------------------------------------- bad headings ---

upload($admin, [('x' x 501) . ';Аудитория 2', '937;938']);
step($admin, step => 'match', field => ['name'], n => [1]);
is step($admin, step => 'map', map_name => 'Длинная'), '422 JE104', 'a heading longer than a line is not remembered';
upload($admin, ["'; DROP TABLE ej.room; --;<b>&amp;", '939;40']);
step($admin, step => 'match', field => [qw(name capacity)], n => [1, 2]);
is step($admin, step => 'map', map_name => q{<script>'"}), '303 ', 'any other text is a heading';
upload($admin, ["'; DROP TABLE ej.room; --;<b>&amp;", '939;40']);
like seen($admin), qr/^<script>'" 1 0$/, 'and is found again';
is $admin->get($path, html => 1)->count('//script[not(@src)]'), 0, 'as text';
done_testing;
