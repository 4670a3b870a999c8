#!/usr/bin/perl
# acts.t: the school's local acts: everybody of the school reads them and their files, no
# one else; a file comes back as it was, as an attachment.
use lib 'tests/lib';
use EJ::Test qw(refused);
use Digest::SHA 'sha256';

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $teacher, $parent, $other) = map { $t->login($_) } qw(administrator deputy teacher parent deputy-17);
sub put { my ($client, $path, $name, $bytes, %fields) = @_; return $client->upload($path, [['file', $name, $bytes]], %fields) }
sub old { my ($id) = @_; my $r = $admin->get("/acts/$id"); return ((map { ("old_$_" => $r->xpath("string(//acts/\@$_)"), $_ => $r->xpath("string(//acts/\@$_)")) } qw(title number signed_on is_public)), old_file_id => $r->xpath('string(//acts/@file_id)')) }
sub pieces { return $t->value('SELECT count(*) FROM ej.file_piece') }

# ------------------------------------------------------------------- adding ---

my $bytes = join '', map { chr } map { $_ % 256, int($_ / 256) % 256 } 1 .. 350_000;    # 700 kB: three pieces
my $name  = 'Правила приёма №1 (2026).pdf';
my $r = put($admin, '/acts', $name, $bytes, title => 'Правила приёма', number => '12-д', signed_on => '2026-08-30');
like $r->status . ($r->location // ''), qr{^303/acts[?]done=added&saved=\d+#saved$}, 'an act is added with its file' or diag refused($r);
my $id = $t->value(q{SELECT id FROM ej.act WHERE title = 'Правила приёма'});
is $t->value('SELECT count(*) FROM ej.file_piece p JOIN ej.act a USING (file_id) WHERE a.id = ?', $id), 3, 'which is kept in pieces';
is refused(put($admin, '/acts', '', '', title => 'Без файла')), '422 JE101:file', 'there is none without a file';
is refused(put($admin, '/acts', '', '', title => '', signed_on => 'x')), '422 JE101:title JE103:signed_on', 'the other fields are named first';
is refused(put($admin, '/acts', 'x.html', '<script>', title => 'x')), '422 JE130:file', 'a page is no act';
is refused(put($admin, '/acts', $name, 'x', title => 'Правила приёма', number => '12-д')), '409 JE212:number', 'nor one there already';
is refused(put($teacher, '/acts', $name, 'x', title => 'x')), '404 JE401:', 'a teacher keeps none';

# Files of forms that were refused are swept away after a day; until then they are bounded.
$db->do(q{INSERT INTO ej.file (school_id, name, size, account_id) SELECT 1, 'x', 1, id FROM ej.account, generate_series(2, 20) WHERE login = 'administrator'});
is refused(put($admin, '/acts', 'x.pdf', 'x', title => 'Двадцать первый')), '409 JE223:file', 'twenty files of a day that no act names, and no more are kept';
like put($admin, '/acts', 'x.pdf', 'x', title => 'Двадцать первый')->status, qr/409/, 'whatever the form says';
is $db->do(q{DELETE FROM ej.file AS f WHERE name = 'x' AND size = 1}), 19, 'a sweep later';
$db->do(q{INSERT INTO ej.file (school_id, name, size, account_id) SELECT 1, 'x', 52428799, id FROM ej.account WHERE login = 'administrator'});
is refused(put($admin, '/acts', 'x.pdf', 'xx', title => 'Двадцать первый')), '409 JE223:file', 'nor more than fifty megabytes';
$db->do(q{DELETE FROM ej.file AS f WHERE name = 'x' AND size > 9});

# ------------------------------------------------------------------ reading ---

$r = $parent->get('/acts');
is $r->count('//act'), 4, 'a family reads the list';
is $r->xpath('concat(//act[1]/@title, "|", //act[1]/@number, "|", //act[1]/@file, "|", //act[1]/@size, "|", //acts/@is_mine)'), "Правила приёма|12-д|$name|700000|", 'as it is';
is $parent->get('/acts', html => 1)->count("//a[contains(\@href, '/acts/$id/file')]"), 1, 'with the way to the file';
for my $who ($parent, $t->login('pupil'), $t->login('observer'), $teacher) {
    is sha256($who->get("/acts/$id/file")->bytes), sha256($bytes), $who->who . ' gets the file as it was';
}
$r = $parent->get("/acts/$id/file");
is $r->header('Content-Type'), 'application/pdf', 'with its type';
is $r->header('Content-Disposition'), qq{attachment; filename="_______ ______ _1 _2026_.pdf"; filename*=UTF-8''%D0%9F%D1%80%D0%B0%D0%B2%D0%B8%D0%BB%D0%B0%20%D0%BF%D1%80%D0%B8%D1%91%D0%BC%D0%B0%20%E2%84%961%20%282026%29.pdf}, 'as an attachment, with its name in Russian';
is $r->header('X-Content-Type-Options'), 'nosniff', 'which no browser takes for anything else';
is $parent->get("/acts/$id/file", header => {'If-None-Match' => $r->header('ETag')})->status, 304, 'the same file is not sent again';
is $other->get("/acts/$id/file")->status . $other->get('/acts')->xpath('string(//acts/@count)'), '4043', 'another school has its own alone';
is $t->client->get("/acts/$id/file")->status, 401, 'nor has a stranger';

# The rights are the database's: pieces are read by whoever reads the act.
sub read_as {
    my ($login, $sql) = @_;
    my $web = $t->web_db;
    $web->begin_work;
    $web->do(q{SELECT ej.enter(decode(?, 'hex'), '127.0.0.1', NULL)}, undef,
        $t->value(q{SELECT encode(s.digest, 'hex') FROM ej.session s JOIN ej.account a ON a.id = s.account_id WHERE a.login = ? ORDER BY s.created_at DESC LIMIT 1}, $login));
    my ($n) = eval { local $web->{PrintError} = 0; $web->selectrow_array($sql) };
    my $state = $web->state;
    $web->rollback;
    return $n // $state;
}
is join(' ', map { read_as($_, "SELECT count(*) FROM ej.file_piece WHERE file_id = (SELECT a.file_id FROM ej.act a WHERE a.id = $id)") } qw(parent deputy-17)), '3 0',
    'a family finds the pieces of the file';
my $mine = $t->value('SELECT school_id FROM ej.act WHERE id = ?', $id);
is join(' ', map { read_as($_, "SELECT count(*) FROM ej.file_piece WHERE school_id = $mine") > 0 ? 'some' : 'none' } qw(administrator deputy-17)), 'some none',
    'no statement of another school finds a piece';
is join(' ', map { read_as($_, "SELECT ej.file_keep('x', '\\x00')") =~ /^JE301$/ ? 'no' : 'yes' } qw(parent teacher administrator)), 'no no yes', 'who keeps no acts keeps no file';
is read_as('administrator', "INSERT INTO ej.file_piece (file_id, n, school_id, data) VALUES (1, 9, 1, '') RETURNING 1"), '42501', 'and nobody writes into one';

# ----------------------------------------------------------------- changing ---

my $before = pieces();
is put($deputy, "/acts/$id", '', '', old($id), number => '13-д')->status, 303, 'a deputy changes the number';
is pieces(), $before, 'and leaves the file';
my %stale = old($id);
is put($deputy, "/acts/$id", 'new.docx', 'new', old($id))->status . ' ' . $teacher->get("/acts/$id/file")->content, '303 new', 'or brings a new file';
is $teacher->get("/acts/$id/file")->header('Content-Type'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'of another type';
is refused(put($admin, "/acts/$id", 'late.pdf', 'late', %stale)), '409 JE210:file_id', 'who saw the older one is told';
is $teacher->get("/acts/$id/file")->content, 'new', 'and nothing is overwritten';
my $file = $t->value('SELECT file_id FROM ej.act WHERE id = ?', $id);
is put($admin, "/acts/$id", '', '', old($id), is_removed => 1)->status . $t->value(q{SELECT count(*) FROM ej.act WHERE title <> 'Устав'}), '3030', 'an act is removed';
is $teacher->get("/acts/$id/file")->status, 404, 'with its file';
$db->do(q{UPDATE ej.file SET made_at = now() - interval '2 days'});
$db->do(q{SELECT ej.sweep()});
is $t->value('SELECT count(*) FROM ej.file WHERE id = ?', $file) . $t->value('SELECT count(*) FROM ej.file_piece WHERE file_id = ?', $file), '00',
    'which is swept away';
done_testing;
