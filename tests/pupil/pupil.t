#!/usr/bin/perl
# pupil.t: a pupil's card over HTTP: who reads it, who changes it, its photo, and the log
# of access that each opening leaves.
use lib 'tests/lib';
use EJ::Test qw(refused);
use Digest::SHA 'sha256';

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c  = map { $_ => $t->login($_) } qw(administrator director deputy class-teacher teacher english grade1 parent parent-left pupil personnel meals observer sport deputy-17);
my ($pupil, $other) = map { $t->value(q{SELECT e.pupil_id FROM ej.enrolment e JOIN ej.class c ON c.id = e.class_id
    WHERE c.school_id = 1 AND c.name = '7Б' ORDER BY e.pupil_id OFFSET ? LIMIT 1}, $_) } 0, 1;
my $card = "/pupils/$pupil";
sub statuses { my ($path, @who) = @_; return join ' ', map { $c{$_}->get($path)->status } @who }
sub views { return $t->value('SELECT count(*) FROM ej.card_view WHERE pupil_id = ?', $_[0] // $pupil) }

# ------------------------------------------------------------------ reading ---

is statuses($card, qw(administrator director deputy class-teacher parent pupil)), '200 200 200 200 200 200', 'heads, the class teacher and the family open a card';
is statuses($card, qw(teacher english grade1 parent-left personnel meals observer sport deputy-17)), '404 404 404 404 404 404 404 404 404', 'nobody else does';
is statuses("/pupils/$other", qw(parent pupil)), '404 404', 'a family opens no other card';
is views(), 6, 'each opening is in the log, and no refused one';
is views($other), 0, 'a card that was refused has none';
$db->do(q{UPDATE ej.pupil_card SET snils = '112-233-445 95', citizenship = 'Россия' WHERE pupil_id = ?}, undef, $pupil);
$db->do(q{UPDATE ej.pupil_health SET sport_group = 'light' WHERE pupil_id = ?}, undef, $pupil);
my $r = $c{parent}->get($card);
is $r->xpath('concat(//pupil/@snils, " ", //pupil/@citizenship, " ", //pupil/@health_group, " ", //pupil/@sport_group)'), '112-233-445 95 Россия 2 light', 'a parent reads all fields';
is $r->xpath('count(//guardian)') . $r->xpath('count(//pupil/@is_mine)'), '10', 'and the own row among the guardians, and may change nothing';
is $c{pupil}->get($card)->xpath('count(//guardian)'), 0, 'the pupil sees no data of the parents';
$r = $c{'class-teacher'}->get($card);
is $r->xpath('count(//guardian[@kind = "mother"])') . $r->xpath('string(//pupil/@is_mine)') . $r->xpath('count(//pupil/@is_admin)'), '110', 'the class teacher sees the guardians and may change the card';
like $c{administrator}->get($card)->xpath('string(//guardian/@children)'), qr/1А$/, 'the other child of the guardian is named with the class';
is $r->xpath('string(//class/@name)'), '7Б', 'the classes of the pupil are listed';
my $html = $c{'class-teacher'}->get($card, html => 1);
like $html->content, qr/112-233-445 95.*подготовительная.*мать.*7Б/s, 'the page shows the card in words';
is join(' ', map { $html->count("//main//a[contains(\@href, '$card/$_')]") } qw(card diary marks)), '1 1 1', 'with links to form, diary and marks';

# ------------------------------------------------------------------ the log ---

my $before = views();
my $tag = $c{director}->get($card, html => 1)->header('ETag');
is $c{director}->get($card, html => 1, header => {'If-None-Match' => $tag})->status, 304, 'an unchanged card gets 304';
is views() - $before, 2, 'which is an opening, too';
is $t->value(q{SELECT a.login FROM ej.card_view v JOIN ej.account a USING (person_id) WHERE host(v.address) = '127.0.0.1' ORDER BY v.id DESC LIMIT 1}), 'director', 'the log has the person and the address';
$before = views();
$c{administrator}->get("$card/card");
is views() - $before, 1, 'the form shows the card, so it is logged';
$before = views();
is $c{english}->get("/pupils?find=x")->status . views(), "200$before", 'a list of names is not';
$db->do('ALTER TABLE ej.card_view ADD CONSTRAINT full_disk CHECK (false) NOT VALID');
is $c{director}->get($card)->status, 422, 'no card is shown when the log cannot be written';
is join(' ', map { $c{director}->get("/pupils?format=$_")->status } qw(csv xlsx print)), '422 422 422', 'nor is a list of pupils given away';
$db->do('ALTER TABLE ej.card_view DROP CONSTRAINT full_disk');

# A standby: the database takes no write, and other pages are read.
$c{director}->get('/staff');
my $name = $t->value('SELECT current_database()');
$db->do("ALTER DATABASE \"$name\" SET default_transaction_read_only = on");
$db->do(q{SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ej_web' AND datname = current_database()});
is $c{director}->get('/staff')->status, 200, 'on a read-only standby other pages are read';
$r = $c{director}->get($card);
is $r->status . ' ' . join(' ', $r->errors) . ' ' . $r->header('Retry-After'), '503 JE505 2', 'but no card';
is $c{director}->get('/pupils?format=csv')->status, 503, 'and no list is taken away';
$db->do("ALTER DATABASE \"$name\" RESET default_transaction_read_only");
$db->do(q{SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ej_web' AND datname = current_database()});
is $c{director}->get($card)->status, 200, 'afterwards it is shown again';
$t->expect_log(qr/JE505/);

# ----------------------------------------------------------------- changing ---

my @names = qw(surname given_name patronymic file_no birth_on sex birth_place citizenship document_kind document_number document_by document_on snils gto_uin
    insurance_number address home_address contacts study_form languages is_day_group is_repeater health_group sport_group advice);
sub form {
    my ($who, %new) = @_;
    my $shown = $c{$who}->get("$card/card");
    my %value = map { $_ => $shown->xpath("string(//pupil/\@$_)") } @names, 'file_id';
    my %all = ((map { ("old_$_" => $value{$_}, $_ => $value{$_}) } grep { !/^is_/ || $value{$_} } @names), ($value{file_id} ? (old_file_id => $value{file_id}) : ()), %new);
    return %all;
}
sub put { my ($who, $name, $bytes, %fields) = @_; return $c{$who}->upload("$card/card", [['file', $name, $bytes]], %fields) }

my %stale = form('class-teacher', advice => 'первая парта', file_no => 'К-18');
$r = $c{'class-teacher'}->post("$card/card", form('class-teacher', file_no => 'К-17', sex => 'm', health_group => '3', sport_group => '', is_day_group => 1));
like $r->status . ($r->location // ''), qr{^303$card\?done=changed}, 'the class teacher changes the card' or diag refused($r);
is join('|', $db->selectrow_array('SELECT c.file_no, c.sex, c.is_day_group, h.health_group, h.sport_group FROM ej.pupil_card c JOIN ej.pupil_health h USING (pupil_id) WHERE pupil_id = ?', undef, $pupil)),
    'К-17|m|1|3|', 'all its parts are saved';
is $t->value(q{SELECT count(DISTINCT table_name) FROM ej.history WHERE pupil_id = ? AND operation_id IS NOT NULL AND table_name IN ('pupil_card', 'pupil_health') AND (new -> 'file_no' IS NOT NULL OR new -> 'health_group' IS NOT NULL)}, $pupil), 2, 'the history has them';
is refused($c{administrator}->post("$card/card", form('administrator', snils => '123', birth_on => 'x'))), '422 JE103:birth_on', 'a wrong day is refused';
is refused($c{administrator}->post("$card/card", form('administrator', snils => '123'))), '422 JE102:snils', 'so is a wrong number';
like $c{administrator}->post("$card/card", {html => 1}, form('administrator', snils => '123'))->content, qr/СНИЛС записывают так.*value="123"/s, 'and comes back with the reason';
is refused($c{'class-teacher'}->post("$card/card", %stale)), '409 JE210:file_no', 'what was changed meanwhile is not overwritten';
is $t->value('SELECT advice FROM ej.pupil_health WHERE pupil_id = ?', $pupil), 'первая парта', 'the rest is saved';
is refused($c{$_}->post("$card/card", form('administrator', file_no => 'x'))), '404 JE401:', "$_ changes no card" for qw(director deputy english parent pupil);
is refused($c{grade1}->post("$card/card", form('administrator', file_no => 'x'))), '403 JE301: JE401:', 'nor does the class teacher of another class';

# -------------------------------------------------------------------- photo ---

my $jpeg = "\xff\xd8\xff\xe0" . join '', map { chr $_ % 256 } 1 .. 300_000;
is $c{parent}->get("$card/photo")->status, 404, 'there is no photo at first';
$r = put('class-teacher', 'Фото.JPG', $jpeg, form('class-teacher'));
is $r->status, 303, 'the class teacher brings a photo' or diag refused($r);
is sha256($c{parent}->get("$card/photo")->bytes), sha256($jpeg), 'the family gets it as it was';
is $c{parent}->get("$card/photo")->header('Content-Type'), 'image/jpeg', 'as a picture';
is $c{parent}->get($card, html => 1)->count("//img[contains(\@src, '$card/photo')]"), 1, 'the card shows it';
is statuses("$card/photo", qw(director class-teacher pupil)), '200 200 200', 'so does the card of others who may open it';
is statuses("$card/photo", qw(teacher english grade1 parent-left personnel observer deputy-17)), '404 404 404 404 404 404 404', 'nobody else gets the photo';
is refused(put('class-teacher', 'x.png', '<script>', form('class-teacher'))), '422 JE131:file_id', 'what is no picture is refused';
is refused(put('class-teacher', 'x.gif', 'GIF89a', form('class-teacher'))), '422 JE130:file', 'another type, too';
$db->do(q{UPDATE ej.file SET made_at = now() - interval '2 days'});
$db->do(q{SELECT ej.sweep()});
is $c{parent}->get("$card/photo")->status, 200, 'the photo in use is not swept away';
is $c{'class-teacher'}->post("$card/card", form('class-teacher', is_photo_removed => 1))->status, 303, 'the photo is taken away';
is $c{parent}->get("$card/photo")->status, 404, 'and is gone';

# The rights are the database's, whatever the page asks.
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
put('class-teacher', 'Фото.jpg', $jpeg, form('class-teacher'));
is join(' ', map { read_as($_, 'SELECT count(DISTINCT pupil_id) FROM ej.file_piece') } qw(parent director english deputy-17 personnel)), '1 1 0 0 0', 'no statement finds the photo of a hidden card';
is join(' ', map { read_as($_, "SELECT count(*) FROM ej.pupil_card WHERE pupil_id IN ($pupil, $other)") } qw(english personnel meals parent director)), '0 0 0 1 2', 'nor the card';
is join(' ', map { read_as($_, "SELECT count(*) FROM ej.pupil_health WHERE pupil_id = $pupil") } qw(teacher sport personnel meals parent)), '1 1 0 0 1', 'the health sheet is read by those who teach the pupil';
is join(' ', map { read_as($_, "SELECT ej.file_keep('x.png', '\\x00', $pupil)") =~ /^JE301$/ ? 'no' : 'yes' } qw(english parent)), 'no no', 'who changes no card keeps no photo';
# a deputy keeps documents of achievements, but changes no card
is join(' ', map { read_as($_, "WITH f AS (UPDATE ej.pupil_card SET file_id = file_id WHERE pupil_id = $pupil RETURNING 1) SELECT count(*) FROM f") } qw(deputy)), '0', 'nor does who keeps documents of achievements';
$before = views();
read_as($_, "SELECT ej.card_opened($pupil)") for qw(english deputy-17);
is views(), $before, 'nobody writes the log about a card that is hidden';
is join(' ', map { read_as($_, 'DELETE FROM ej.card_view RETURNING 1') } qw(administrator director)), '42501 42501', 'and nobody deletes it';
done_testing;
