#!/usr/bin/perl
# fet_hostile.t: files that are no files of FET, or mean harm, are refused within bounds of
# time and memory, in words, and leave no draft; and who may load any.
use lib 'tests/lib';
use EJ::Test;
use EJ::Fet qw(upload);
use IO::Socket::INET ();
use Time::HiRes qw(time);

my $t = EJ::Test->new(today => '2026-11-20', children => 1);
my ($admin, $deputy) = map { $t->login($_) } qw(administrator deputy);
my $fet = sub { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n$_[1]<fet version=\"6.8.5\">$_[0]</fet>\n" };

# The most memory that Apache's child has used, in kB.
sub code { return join ' ', $_[0]->errors }
sub parent { open my $f, '<', "/proc/$_[0]/stat" or return 0; return (<$f> // '') =~ /\) \S (\d+)/ ? $1 : 0 }
my ($child) = grep { parent($_) == $t->httpd->pid } map { m{/(\d+)/} } glob '/proc/[0-9]*/stat';
sub most { open my $f, '<', "/proc/$child/status" or return 0; return (map { /^VmHWM:\s+(\d+)/ ? $1 : () } <$f>)[0] // 0 }
$admin->get('/fet');
my $before = most();
cmp_ok $before, '>', 0, 'the memory of the child is known';

my $lol = join '', map { "<!ENTITY l$_ \"" . ('&l' . ($_ - 1) . ';') x 10 . '">' } 1 .. 9;
my $unreadable = 'Это не файл FET';
my %files = (
    'billion laughs'        => [$fet->('<Comments>&l9;</Comments>', "<!DOCTYPE fet [<!ENTITY l0 \"lol\">$lol]>"), '422 JE131', $unreadable],
    'an external entity'    => [$fet->('<Comments>&x;</Comments>', '<!DOCTYPE fet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), '422 JE131', $unreadable],
    'an external DTD'       => [$fet->('', '<!DOCTYPE fet SYSTEM "http://127.0.0.1:1/x.dtd">'), '422 JE131', $unreadable],
    'an unknown entity'     => [$fet->('<Comments>&nbsp;</Comments>', ''), '422 JE131', $unreadable],
    'deep nesting'          => [$fet->('<a>' x 100_000 . '</a>' x 100_000, ''), '422 JE131', $unreadable],
    'nesting of 17'         => [$fet->('<a>' x 16 . '</a>' x 16, ''), '422 JE131', $unreadable],
    'a million elements'    => [$fet->('<a/>' x 1_000_000, ''), '422 JE107', 'больше 200 000 элементов'],
    'a long text'           => [$fet->('<Comments>' . 'x' x 30_000 . '</Comments>', ''), '422 JE104', 'слишком длинный текст'],
    'half a file'           => ['<fet version="6.8.5"><Days_List><Day>', '422 JE131', $unreadable],
    'two roots'             => ['<fet/><fet/>', '422 JE131', $unreadable],
    'bytes that are no XML' => ["\x00\x01\xff\xfe", '422 JE131', $unreadable],
    'nothing'               => ['', '422 JE131', $unreadable],
    'another document'      => ['<html><body>x</body></html>', '422 JE134', 'Сначала загрузите файл .fet'],
    'eleven megabytes'      => [$fet->('<!--' . 'x' x (11 << 20) . '-->', ''), '413 JE109', 'Файл больше 10 МБ'],
    'many attributes'       => ['<fet ' . join(' ', map {"a$_='x'"} 1 .. 200_000) . '/>', '422 JE131', $unreadable],
    'a hundred thousand activities' => [$fet->('<Activities_List>' . '<Activity/>' x 100_000 . '</Activities_List>', ''), '422 JE107', 'больше, чем бывает в школе'],
    'many long names'       => [$fet->(join('', map { "<n$_/>" } 1 .. 190_000), ''), '303', ''],
);
for my $name (sort keys %files) {
    my ($bytes, $status, $words) = @{$files{$name}};
    my $began = time;
    my $r = upload($admin, '/fet', 'x.fet', $bytes);
    my $took = time - $began;
    is join(' ', $r->status, $r->status == 303 ? () : $r->errors), $status, "$name: refused, or read in bounds";
    like upload($admin, '/fet', 'x.fet', $bytes, html => 1)->content, qr/\Q$words/, "$name: in words" if $words;
    cmp_ok $took, '<', 20, "$name: in time";
    is $admin->get('/fet')->xpath('count(//fet[@file])'), 0, "$name: and there is no draft" if $status ne '303';
    $t->db->do(q{DELETE FROM ej.draft WHERE kind = 'fet'});
}
cmp_ok most() - $before, '<', 150_000, 'all that within 150 MB';

# Two hundred megabytes are refused before they are sent.
my $token = $admin->form_token;
my $url = $t->url('/fet');
my ($host, $port, $path) = $url =~ m{//([^:/]+):(\d+)(.*)};
my $cookie;
$admin->agent->cookie_jar->scan(sub { $cookie = "$_[1]=$_[2]" if $_[1] =~ /ej-[0-9a-f]+$/ });
my $socket = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Timeout => 10);
my $began = time;
print $socket "POST $path HTTP/1.1\r\nHost: $host:$port\r\nCookie: $cookie\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: " . (200 << 20) . "\r\n\r\n--b\r\n";
like scalar(<$socket>), qr/ 413 /, '200 MB: refused by their announced length';
cmp_ok time - $began, '<', 5, '200 MB: at once';

# ----------------------------------------------------------------- rights ---

is code(upload($admin, '/fet', 'x.ods', 'x')), 'JE130', 'files of other types are not taken';
is join(' ', map { $t->login($_)->get('/fet')->status } qw(administrator deputy director teacher class-teacher parent)), '200 200 404 404 404 404', 'administrator and deputy exchange files with FET';
is join(' ', map { $t->login($_)->get('/fet/load')->status } qw(administrator deputy director teacher)), '200 200 404 404', 'and have the load as a file';
is join(' ', map { $_->get('/fet/names/teacher')->status } $admin, $deputy), '404 404', 'without a draft there are no names';

# -------------------------------------------------------- names, days, rights ---

my $teacher = $t->value(q{SELECT surname FROM ej.staff WHERE school_id = 1 ORDER BY id LIMIT 1});
my $small = sub {
    my ($name, $set) = @_;
    my $list = sub { "<$_[0]_List>" . join('', map {"<$_[1]><Name>$_</Name></$_[1]>"} @_[2 .. $#_]) . "</$_[0]_List>" };
    return $fet->($list->('Days', 'Day', 1 .. 5) . $list->('Hours', 'Hour', 0 .. 6) . $list->('Subjects', 'Subject', 'Алгебра', 'Астрономия') . $list->('Teachers', 'Teacher', $name)
        . $list->('Rooms', 'Room', '999') . $list->('Students', 'Year', $set)
        . "<Activities_List>" . join('', map {"<Activity><Teacher>$name</Teacher><Subject>Астрономия</Subject><Students>$set</Students><Duration>1</Duration><Id>$_</Id><Active>true</Active></Activity>"} 1, 2) . '</Activities_List>'
        . '<Time_Constraints_List>' . join('', map {"<ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage><Activity_Id>$_</Activity_Id><Preferred_Day>$_</Preferred_Day><Preferred_Hour>6</Preferred_Hour><Active>true</Active></ConstraintActivityPreferredStartingTime>"} 1, 2)
        . '</Time_Constraints_List>', '');
};
upload($deputy, '/fet', 'x.fet', $small->('Новиков Павел', '7Б'));
my $page = $deputy->get('/fet');
is $page->xpath('string(//fet/@code)'), 'JE301', 'a deputy adds no staff';
like $deputy->get('/fet', html => 1)->content, qr/сотрудников добавляет администратор/, 'which is told in words';
is $deputy->post('/fet', step => 'save', version => $page->xpath('string(//fet/@version)'))->status, 403, 'and nothing is written';
is $page->xpath('string(//fet/@first_slot)'), 0, 'hours with numbers are lessons of these numbers';
$page = $deputy->get('/fet/names/teacher');
my $id = $page->xpath('string(//choice[1]/@choice_id)');
is $page->xpath('string(//name/@state)'), 'new', 'the teacher is not known';
is $deputy->post('/fet/names/teacher', name => ['Новиков Павел'], to => [$id])->status, 303, 'the deputy chooses who it is';
$page = $deputy->get('/fet');
is $page->xpath('string(//group[@kind = "teacher"]/@known)') . $page->xpath('count(//fet/@code)'), '10', 'who is then known, and all can be written';
is code($deputy->post('/fet', step => 'days', day_on => '2027-09-01', first_slot => 1)), 'JE171', 'a day outside of the year is refused';
is code($deputy->post('/fet', step => 'days', day_on => '2026-12-01', first_slot => 99)), 'JE102', 'so is a lesson that does not exist';
is $deputy->post('/fet', step => 'days', day_on => '2026-12-01', first_slot => 7)->status, 303, 'day and first lesson are chosen';
$page = $deputy->get('/fet');
is $page->xpath('concat(//fet/@added, " ", //fet/@faults)'), '2 0', 'two lessons would be added';
my $version = $page->xpath('string(//fet/@version)');
$t->db->do(q{INSERT INTO ej.room (school_id, name) VALUES (1, '999')});
is code($deputy->post('/fet', step => 'save', version => $version)), 'JE210', 'what changed meanwhile is not written over';
$deputy->post('/fet', step => 'days', day_on => '2026-12-01', first_slot => 7);
is $deputy->post('/fet', step => 'save', version => $deputy->get('/fet')->xpath('string(//fet/@version)'))->status, 303, 'looked at again it is written';
is $t->value(q{SELECT string_agg(concat_ws(' ', g.name, x.weekday, x.slot, lower(x.during), upper(x.during) - 1), '; ' ORDER BY x.weekday) FROM ej.timetable x JOIN ej.teaching e ON e.id = x.teaching_id
    JOIN ej.subject s ON s.id = e.subject_id JOIN ej.study_group g ON g.id = e.study_group_id WHERE s.name = 'Астрономия'}), '7Б 1 13 2026-12-01 2027-08-31; 7Б 2 13 2026-12-01 2027-08-31', 'as the file has it, from that day';
is $deputy->get('/fet')->xpath('string(//fet/@is_saved)'), 1, 'the page tells that it is written';
is code($deputy->post('/fet', step => 'save', version => $version)), 'JE401', 'and there is nothing left to write';
done_testing;
