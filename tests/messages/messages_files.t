#!/usr/bin/perl
# messages_files.t: files of messages: who reads the message reads them, and nobody else, over HTTP and by
# any statement; what is refused says so.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my @all = qw(administrator director deputy class-teacher teacher sport grade1 substitute personnel meals observer teacher-parent
             parent parent-left pupil pupil-10 teacher-17 parent-17 administrator-17 director-17);
my %c      = map { $_ => $t->login($_) } @all;
my %person = map { @$_ } @{$t->db->selectall_arrayref('SELECT login, person_id FROM ej.account')};
my $child  = $c{pupil}->get('/diary')->xpath('string(/page/diary/@pupil_id)');
$t->db->do('DELETE FROM ej.message_file; DELETE FROM ej.file_piece WHERE person_id IS NOT NULL; DELETE FROM ej.file WHERE person_id IS NOT NULL;
    DELETE FROM ej.conversation_shown; DELETE FROM ej.message; DELETE FROM ej.participant; DELETE FROM ej.conversation; DELETE FROM ej.message_rule'); # of the seed
sub write_to {
    my ($client, $path, $files, @fields) = @_;
    my $n = 0;
    return $client->upload($path, [map { ['file' . ++$n, @$_] } @$files], @fields);
}

my $form  = "/recipients/$person{teacher}";
my @files = (['справка.jpg', 'a' x 300_000], ['заявление.docx', 'bb']);
is refused(write_to($c{parent}, $form, [['x.exe', 'MZ']], pupil_id => $child, text => 'x')), '422 JE130:file1', 'files of some types are not taken';
is refused(write_to($c{parent}, $form, [['x.jpg', 'a' x (10 * 1024 * 1024)]], pupil_id => $child, text => 'x')) =~ /^413 /, 1, 'nor more than 10 MB at once';
is refused(write_to($c{parent}, $form, \@files, pupil_id => $child, text => '')), '422 JE101:text', 'a file does not stand for the text';
is $t->value('SELECT count(*) FROM ej.file WHERE person_id IS NOT NULL'), 0, 'what was refused is not kept';
is write_to($c{parent}, $form, \@files, pupil_id => $child, text => 'Справка')->status, 303, 'a parent sends a message with two files';
my $talk = $t->value('SELECT max(id) FROM ej.conversation');
my @id   = @{$t->db->selectcol_arrayref('SELECT file_id FROM ej.message_file WHERE conversation_id = ? ORDER BY 1', undef, $talk)};
my $r    = $c{teacher}->get("/messages/$talk");
is join(' ', map { $_->getAttribute('name') . ':' . $_->getAttribute('size') } $r->nodes('//message/file')), 'справка.jpg:300000 заявление.docx:2', 'the teacher sees them';
like $c{teacher}->get("/messages/$talk", html => 1)->xpath("string(//li[a/\@href = '/journal/messages/$talk/files/$id[0]'])"), qr/справка.jpg\s+293.КБ/, 'with their size';
$r = $c{teacher}->get("/messages/$talk/files/$id[0]");
is length($r->bytes) . ' ' . $r->header('Content-Type'), '300000 image/jpeg', 'and gets one as it was sent';

# ------------------------------------------------- who reads a file: every log-in ---

my $web = $t->web_db;

# What a log-in reads of these files of messages: addresses over HTTP, rows of the three tables by statements.
sub reads {
    my ($login, $conversation, @files) = @_;
    my @got = map { scalar $c{$login}->get("/messages/$conversation/files/$_")->status } @files;
    $web->begin_work;
    $web->do(q{SELECT ej.enter(decode(?, 'hex'), '127.0.0.1', NULL)}, undef,
        $t->value(q{SELECT encode(s.digest, 'hex') FROM ej.session s JOIN ej.account a ON a.id = s.account_id WHERE a.login = ? ORDER BY s.created_at DESC LIMIT 1}, $login));
    my %list = map { $_ => 1 } @files;
    for my $sql ('SELECT id FROM ej.file', 'SELECT file_id FROM ej.file_piece', 'SELECT file_id FROM ej.message_file',
        'SELECT p.file_id FROM ej.file AS f JOIN ej.file_piece AS p ON p.file_id = f.id WHERE f.person_id IS NOT NULL') {
        push @got, scalar grep { $list{$_} } @{$web->selectcol_arrayref("SELECT DISTINCT * FROM ($sql) AS x")};
    }
    $web->rollback;
    return "@got";
}
sub readers {
    my ($conversation, $what, $some, @files) = @_;
    my ($all, $none) = (join(' ', map({ 200 } @files), (scalar @files) x 4), join ' ', map({ 404 } @files), (0) x 4);
    my %some = map { $_ => 1 } @$some;
    is join('; ', map { "$_: " . reads($_, $conversation, @files) } sort @all), join('; ', map { "$_: " . ($some{$_} ? $all : $none) } sort @all), $what;
}
readers($talk, 'participants read the files, and nobody else: no head, no administrator, not the child', [qw(parent teacher)], @id);
is $c{teacher}->post("/messages/$talk/director")->status, 303, 'a participant shows it to the director';
readers($talk, 'who then reads them', [qw(parent teacher director)], @id);
is write_to($c{teacher}, "/messages/$talk", [['ответ.pdf', '%PDF']], text => 'Ответ')->status, 303, 'the answer brings a file';
my $later = $t->value('SELECT max(file_id) FROM ej.message_file');
readers($talk, 'which came after it was shown', [qw(parent teacher)], $later);
is $c{parent}->post("/messages/$talk/leave")->status, 303, 'the parent leaves';
readers($talk, 'and keeps what was read', [qw(parent teacher)], $later);
readers($talk, 'as before', [qw(parent teacher director)], @id);
is $c{teacher}->get("/messages/" . ($talk + 1) . "/files/$id[0]")->status . $c{teacher}->get("/acts/$id[0]/file")->status, '404404', 'a file has one address';

# --------------------------------------------------------------- a letter to a class ---

$t->db->do(q{DELETE FROM ej.file_piece WHERE person_id = ?}, undef, $person{'class-teacher'});
my $class = $t->value(q{SELECT id FROM ej.class WHERE school_id = 1 AND name = '7Б'});
is write_to($c{'class-teacher'}, "/classes/$class/letter", [['план.pdf', '%PDF']], whom => 'both', text => 'План поездки')->status, 303, 'a letter to a class brings a file';
my ($one, $talks) = $t->db->selectrow_array('SELECT count(DISTINCT file_id), count(DISTINCT conversation_id) FROM ej.message_file AS f JOIN ej.file AS i ON i.id = f.file_id WHERE i.person_id = ?', undef, $person{'class-teacher'});
is $one . ($talks > 10 ? ' kept once' : ''), '1 kept once', 'which is kept once for all families';
my ($file, $own) = $t->db->selectrow_array(q{SELECT f.file_id, f.conversation_id FROM ej.message_file AS f JOIN ej.participant AS p USING (conversation_id)
    JOIN ej.file AS i ON i.id = f.file_id WHERE i.person_id = ? AND p.person_id = ? AND p.pupil_id = ?}, undef, @person{qw(class-teacher parent)}, $child);
is join(' ', map { $c{$_}->get("/messages/$own/files/$file")->status } qw(class-teacher parent pupil administrator deputy grade1)), '200 200 200 404 404 404', 'each family reads it in its own conversation';

# ------------------------------------------------------------------------ limits ---

$t->db->do(q{UPDATE ej.file SET made_at = now() - interval '2 days' WHERE person_id IS NOT NULL});
is write_to($c{teacher}, "/recipients/$person{deputy}", [map { ["$_.txt", "$_"] } 1 .. 3], text => 'x')->status, 303, 'three files at once' for 1 .. 10;
is refused(write_to($c{teacher}, "/recipients/$person{deputy}", [['x.txt', 'x']], text => 'x')), '409 JE223:file1', 'thirty of a day are enough';
like write_to($c{teacher}, "/recipients/$person{deputy}", [['x.txt', 'x']], {html => 1}, text => 'Важное')->content, qr/Важное.*не больше 30 файлов|не больше 30 файлов.*Важное/s, 'which is said, and the text comes back';
is $c{teacher}->post("/recipients/$person{deputy}", text => 'x')->status, 303, 'a message without files is sent';
my $kept = $t->value('SELECT count(*) FROM ej.file WHERE person_id IS NOT NULL');
$t->db->do(q{UPDATE ej.file SET made_at = now() - interval '2 days'; SELECT ej.sweep()});
is $t->value('SELECT count(*) FROM ej.file WHERE person_id IS NOT NULL'), $kept, 'the sweep leaves the files of messages';
done_testing;
