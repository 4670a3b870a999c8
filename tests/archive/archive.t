#!/usr/bin/perl
# archive.t: the register of backups: who reads it, who orders a backup, and that a school without a verified
# backup of the week is told so on the start page of those who answer for it.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my %c = map { $_ => $t->login($_) } qw(administrator director deputy archivist teacher class-teacher meals personnel observer parent pupil);
sub statuses { my ($method, @who) = @_; return join ' ', map { $c{$_}->$method('/archive')->status } @who }

is statuses(get => qw(administrator director deputy archivist)), '200 200 200 200', 'the heads and the archivist read the register';
is statuses(get => qw(teacher class-teacher meals personnel observer parent pupil)), '404 404 404 404 404 404 404', 'nobody else does';
my $r = $c{director}->get('/archive');
is $r->xpath('concat(//archive/@days, " ", //archive/@is_late, " ", //backup/@state, " ", //backup/@started_at)'), '3  verified 2026-11-17T02:30', 'it tells the age of the last verified backup';
is $r->count('//@can_order'), 0, 'the director orders none';
is statuses(post => qw(director deputy teacher)), '404 404 404', 'nor do deputies and teachers';

# ------------------------------------------------------------------ ordering --

is statuses(post => qw(archivist archivist administrator)), '303 303 303', 'the archivist and the administrator order one';
like $t->value(q{SELECT count(*) || ' ' || min(made_by) FROM ej.backup WHERE state = 'ordered'}), qr/^1 \w+ \w\. \w\.$/, 'that is one backup, in the name of who asked first';
is $c{archivist}->get('/archive')->xpath('string(//backup[1]/@state)'), 'ordered', 'the register shows it';
like $c{archivist}->get('/archive', html => 1)->content, qr/Копия заказана/, 'and no second button';
$db->do(q{UPDATE ej.staff_role SET during = '[2026-11-01,2026-11-20)' WHERE role = 'archivist'});
is statuses(get => 'archivist') . statuses(post => 'archivist'), '404404', 'the right ends with the order';
$db->do(q{UPDATE ej.staff_role SET during = '[2026-11-01,)' WHERE role = 'archivist'});
$db->do(q{UPDATE ej.school SET training_of_id = (SELECT min(id) FROM ej.school WHERE id <> 1) WHERE id = 1});
is statuses(get => qw(administrator director archivist)) . ' ' . statuses(post => qw(administrator archivist)), '404 404 404 403 403', 'roles in a training school open no backups';
$db->do('UPDATE ej.school SET training_of_id = NULL');

# ------------------------------------------------------- the start page, ARC-01 --

sub red { my ($who) = @_; return $c{$who}->get('/')->xpath('string(//task[starts-with(@code, "archive")]/@count)') }
is join(',', map { red($_) } qw(administrator director deputy archivist)), ',,,', 'a backup three days old is no news';
$db->do(q{UPDATE ej.backup SET started_at = '2026-11-13 12:00+03' WHERE state = 'verified'});
is red('director'), '', 'nor is one of a week';
$db->do(q{UPDATE ej.backup SET started_at = '2026-11-12 12:00+03' WHERE state = 'verified'});
is join(',', map { red($_) } qw(administrator director deputy archivist)), '8,8,8,8', 'an older one is, for all who read the register';
like $c{director}->get('/', html => 1)->content, qr/class="notice bad">.*8/s, 'in red';
is red('teacher'), '', 'a teacher is told nothing';
is $c{deputy}->get('/archive')->xpath('concat(//archive/@days, " ", //archive/@is_late)'), '8 1', 'the register says so, too';
$db->do(q{UPDATE ej.backup SET removed_at = now() WHERE state = 'verified'});
is red('deputy'), '1', 'one whose copies were deleted does not count';
$db->do(q{UPDATE ej.backup SET removed_at = NULL, started_at = '2026-11-19' WHERE state = 'verified'});
my $copied = $t->value(q{SELECT id FROM ej.backup WHERE state = 'verified'});

# --------------------------------------------------- what ejournal-backup enters --

my $program = $t->_connect($t->database, 'ej_backup');
sub enter { my ($call, @values) = @_; return $program->selectrow_array("SELECT ej.$call", undef, @values) }
my $id = enter('backup_begin(true)');
is $t->value('SELECT state FROM ej.backup WHERE id = ?', $id), 'running', 'an order is begun';
is enter('backup_begin(true)'), undef, 'none is made without one';
is $t->value(q{SELECT state || ' ' || fault FROM ej.backup WHERE id = ?}, $id), 'failed interrupted', 'what ended without a word has failed';
ok !eval { enter(q{backup_verified(?, sha256('x'))}, $id); 1 }, 'what has no copies is never verified';
ok !eval { enter(q{backup_verified(?, sha256('other'))}, $copied); 1 }, 'nor other copies than those entered';
enter(q{backup_failed(?, 'altered', E'copy 2\nof /mnt')}, $copied);
is $t->value(q{SELECT concat_ws(' ', state, verified_at, fault, detail) FROM ej.backup WHERE id = ?}, $copied), 'damaged altered copy 2 of /mnt', 'a copy found damaged is not verified any more';
is $c{deputy}->get('/')->count('//task[@code = "archive_none"]'), 1, 'and does not count';
like $c{deputy}->get('/archive', html => 1)->content, qr/испорчена.*Файлы копии не те/s, 'the register says what is wrong with it';
enter('backup_remade(?, 2)', $copied);
is $t->value(q{SELECT concat_ws(' ', state, remade, fault, detail) FROM ej.backup WHERE id = ?}, $copied), 'copied 2  ', 'a copy made anew from the other is there, and to be proved again';
like $c{deputy}->get('/archive', html => 1)->content, qr/не проверена.*вторая копия оказалась испорченной и сделана заново с первой/s, 'the register says so';
for my $sql ("UPDATE ej.backup SET state = 'ordered'", "DELETE FROM ej.backup", "INSERT INTO ej.backup (state) VALUES ('running')", "DELETE FROM ej.mark",
    "SELECT ej.session_end('x')", 'CREATE TABLE ej.x (n int)') {
    ok !eval { $program->do($sql); 1 }, "ej_backup may not: $sql";
}
is $program->selectrow_array('SELECT count(*) > 0 FROM ej.pupil'), 1, 'it reads everything';
done_testing;
