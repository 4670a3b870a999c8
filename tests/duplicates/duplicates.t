#!/usr/bin/perl
# duplicates.t: two records of one person are found, compared and made one by the administrator:
# what the removed one had goes over, with its history; where that is not sound it is refused.
use lib 'tests/lib';
use DBD::Pg qw(:async);
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $hr, $teacher, $parent, $other) = map { $t->login($_) } qw(administrator deputy personnel teacher parent administrator-17);
sub pairs { return join '; ', map { my $x = $_; join ' ', map { $x->getAttribute($_) } qw(kind name why) } $admin->get('/duplicates')->nodes('//pair') }
sub facts { my ($path) = @_; return join '; ', map { my $x = $_; join '|', map { $x->getAttribute($_) // '' } qw(fact first second) } $admin->get($path)->nodes('//fact') }
sub hinders { my ($path) = @_; return join '; ', map { $_->getAttribute('kept_id') . ' ' . $_->getAttribute('fact') } $admin->get($path)->nodes('//hindrance') }
sub made { my ($sql, @values) = @_; return scalar $db->selectrow_array("$sql RETURNING id", undef, @values) }
sub guardian { return made(q{INSERT INTO ej.guardian (school_id, surname, given_name, patronymic, phone) VALUES (1, 'Двойникова', 'Дарья', 'Дмитриевна', ?)}, $_[0]) }
sub pair { $db->do(q{INSERT INTO ej.guardianship (school_id, guardian_id, pupil_id, kind, during) VALUES (1, ?, ?, 'mother', ?)}, undef, @_[0, 1], $_[2] // '(,)') }
sub account { my ($rel, $id, $login) = @_; return made("INSERT INTO ej.account (person_id, login, password) SELECT person_id, ?, '\$y\$x' FROM ej.$rel WHERE id = ?", $login, $id) }

# ----------------------------------------------------------------- families ---

is pairs(), '', 'nobody is there twice';
like $admin->get('/duplicates', html => 1)->content, qr/Похожих записей нет/, 'which the page says';
my @children = @{$db->selectcol_arrayref(q{SELECT e.pupil_id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id WHERE c.school_id = 1 AND c.name = '7Б' AND upper(e.during) > '2026-11-20' ORDER BY 1 LIMIT 3})};
my ($one, $two) = (guardian('8 900 111-22-33'), guardian('+7 (900) 1112233'));
pair($one, $children[0]);
pair($two, $children[0], '[2026-09-01,2026-10-01)');
pair($two, $children[1]);
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, 'email', 'refused', '2026-09-02')}, undef, $two, $children[1]);
$db->do(q{UPDATE ej.guardian SET email = 'd@example.ru' WHERE id = ?}, undef, $two);
my $login = account('guardian', $two, 'dvojnikova');
is pairs(), 'guardians Двойникова Дарья Дмитриевна phone', 'two parents of one name and phone are';
my $path = "/duplicates/guardians/$one/$two";
like facts($path), qr/^phone\|8 900 111-22-33\|\+7 \(900\) 1112233; email\|\|d\@example\.ru; login\|\|active; children\|/, 'what each has stands side by side';
is $admin->get($path, html => 1)->count('//input[@type = "radio"][@name = "kept_id"]'), 2, 'either can be kept';
is join(' ', map { $_->get('/duplicates')->status . $_->get($path)->status . $_->post($path, kept_id => $one)->status } $deputy, $hr, $teacher, $parent), '404404404 404404404 404404404 404404404', 'only an administrator has the pages';
is $other->get($path)->status . $other->post($path, kept_id => $one)->status, '404403', 'of the school';
is refused($admin->post($path)), '422 JE101:kept_id', 'one is chosen';
is refused($admin->post($path, kept_id => $children[0])), '403 JE301:', 'of the two';
$db->do(q{INSERT INTO ej.activation (code_sha256, person_id, school_id, expires_at) SELECT sha256(convert_to('of school ' || s.id, 'UTF8')), g.person_id, s.id, now() + interval '1 day'
    FROM ej.guardian AS g, ej.school AS s WHERE g.id = ? AND s.id IN (1, 2)}, undef, $two);
# What the second was told, by letters to addresses of her own, one of which the first has too.
my ($mine, $hers) = map { $t->value('SELECT person_id FROM ej.guardian WHERE id = ?', $_) } $one, $two;
$db->do(q{INSERT INTO ej.contact (person_id, channel, address, verified_at) VALUES (?, 'email', 'd@home.test', now()), (?, 'email', 'd2@home.test', now()), (?, 'sms', '+79001112233', now()), (?, 'sms', '+79001112233', NULL)},
    undef, $hers, $mine, $hers, $mine);
$db->do(q{INSERT INTO ej.choice (person_id, kind, channel, mode) VALUES (?, 'mark', 'email', 'off'), (?, 'mark', 'email', 'weekly'), (?, 'event', 'sms', 'off')}, undef, $mine, $hers, $hers);
$db->do(q{SELECT ej.notify(1, 'mark', ?, 'both', ?), ej.notify(1, 'mark', ?, 'hers', ?)}, undef, $children[0], [$mine, $hers], $children[0], [$hers]);
$db->do(q{WITH o AS (INSERT INTO ej.outbound (school_id, person_id, channel, address, hook_key) VALUES (1, ?, 'email', 'd@home.test', ej.outbound_new_key()) RETURNING id, person_id)
    INSERT INTO ej.outbound_notice SELECT o.id, f.id, 'email' FROM o JOIN ej.notice_for f USING (person_id)}, undef, $hers);
is $admin->post($path, kept_id => $one)->status, 303, 'the first is kept';
my $now = $t->value('SELECT person_id FROM ej.guardian WHERE id = ?', $one);
is $now, $hers, 'as the person who has the log-in';
is $t->value('SELECT count(*) FROM ej.outbound WHERE person_id = ?', $now) . $t->value(q{SELECT string_agg(f.fact_key, ' ' ORDER BY f.fact_key) FROM ej.outbound_notice n JOIN ej.notice_for f ON f.id = n.notice_for_id WHERE f.person_id = ?}, $now),
    '1both hers', 'with the letters and what they told';
is $t->value(q{SELECT string_agg(concat_ws(' ', address, CASE WHEN verified_at IS NULL THEN '?' END, CASE WHEN suspended_at IS NOT NULL THEN '-' END), ', ' ORDER BY address) FROM ej.contact WHERE person_id = ?}, $now),
    '+79001112233, d2@home.test -, d@home.test', 'and the addresses of both, of which one counts';
is $t->value(q{SELECT string_agg(kind || ' ' || mode, ', ' ORDER BY kind) FROM ej.choice WHERE person_id = ?}, $now), 'event off, mark weekly', 'and how she wants to be told';
is $t->value(q{SELECT (SELECT count(*) FROM ej.outbound WHERE person_id = $1) + (SELECT count(*) FROM ej.notice_for WHERE person_id = $1) + (SELECT count(*) FROM ej.contact WHERE person_id = $1) + (SELECT count(*) FROM ej.choice WHERE person_id = $1)}, $mine), 0, 'nothing is left behind';
is join(' ', @{$db->selectcol_arrayref(q{SELECT school_id FROM ej.activation WHERE code_sha256 IN (sha256('of school 1'), sha256('of school 2'))})}), '2', 'the other school\'s code stays valid';
is $t->value(q{SELECT string_agg(concat_ws(' ', w.pupil_id, w.kind, w.during), '; ' ORDER BY w.pupil_id) FROM ej.guardianship AS w WHERE guardian_id = ?}, $one), "$children[0] mother (,); $children[1] mother (,)", 'with the children of both';
is $t->value(q{SELECT concat_ws(' ', g.email, g.phone, c.purpose, c.answer, a.login) FROM ej.guardian AS g JOIN ej.consent AS c ON c.guardian_id = g.id JOIN ej.account AS a USING (person_id) WHERE g.id = ?}, $one), 'd@example.ru 8 900 111-22-33 email refused dvojnikova', 'what was empty, the consent and the log-in of the other';
is $t->value('SELECT count(*) FROM ej.guardian WHERE id = ?', $two), 0, 'which is no more';
is $t->value(q{SELECT string_agg(table_name || CASE WHEN new IS NULL THEN ' -' WHEN old IS NULL THEN ' +' ELSE '' END, ', ' ORDER BY id) FROM ej.history
    WHERE operation_id = (SELECT operation_id FROM ej.history WHERE table_name = 'duplicate' ORDER BY id DESC LIMIT 1) AND account_id = (SELECT id FROM ej.account WHERE login = 'administrator')}),
    'guardian, guardianship +, consent +, consent -, guardianship -, guardianship -, activation -, guardian -, guardian, duplicate +', 'all of it in the history, by the administrator';
is pairs() . $admin->get('/duplicates')->xpath('concat(//merge/@kind, " ", //merge/@name)'), 'guardians Двойникова Дарья Дмитриевна', 'the merge is on record';
is refused($admin->post($path, kept_id => $one)), '403 JE301:', 'once';

my $three = guardian('');
account('guardian', $three, 'dvojnikova2');
$path = "/duplicates/guardians/$one/$three";
is hinders($path), "$one logins; $three logins", 'two log-ins that are open are not one';
is refused($admin->post($path, kept_id => $one)), '409 JE224:logins', 'and refused with the reason';
like $admin->post($path, {html => 1}, kept_id => $one)->content, qr/у обеих записей открыт логин — закройте один/, 'in words';
$db->do(q{UPDATE ej.account SET blocked_at = now() WHERE login = 'dvojnikova'});
is $admin->post($path, kept_id => $one)->status . $t->value('SELECT a.login FROM ej.account AS a JOIN ej.guardian AS g USING (person_id) WHERE g.id = ?', $one), '303dvojnikova2', 'with one of them closed the other is the log-in';

# ------------------------------------------------------------------- pupils ---

my ($surname, $name) = $db->selectrow_array('SELECT surname, given_name FROM ej.pupil WHERE id = ?', undef, $children[0]);
my $copy = made(q{INSERT INTO ej.pupil (school_id, surname, given_name) VALUES (1, ?, ?)}, $surname, $name);
$db->do(q{INSERT INTO ej.pupil_card (pupil_id, school_id, birth_place) VALUES (?, 1, 'г. Энск')}, undef, $copy);
pair($one, $copy);
my $aunt = made(q{INSERT INTO ej.guardian (school_id, surname, given_name) VALUES (1, 'Тётушкина', 'Таисия')});
pair($aunt, $copy);
made(q{INSERT INTO ej.request (school_id, guardian_id, pupil_id, kind, name, happens_on, note) VALUES (1, ?, ?, 'card_changed', 'Двойников', '2026-11-16', 'новый телефон')}, $aunt, $copy);
$db->do(q{INSERT INTO ej.outside_mark (school_id, pupil_id, subject_id, given_on, number, document) SELECT 1, ?, min(s.id), '2026-11-05', 4, 'справка № 7' FROM ej.subject AS s WHERE s.school_id = 1}, undef, $copy);
$path = "/duplicates/pupils/$children[0]/$copy";
like pairs(), qr/^pupils $surname $name[^;]* birthday$/, 'a pupil whose second record has no birthday is found';
like hinders($path), qr/^$copy marks(; $copy \w+)*$/, 'who has marks is kept';
like refused($admin->post($path, kept_id => $copy)), qr/^409 JE224:marks/, 'the other way it is refused';
my $marks = $t->value('SELECT count(*) FROM ej.mark WHERE pupil_id = ?', $children[0]);
my ($class) = $db->selectrow_array(q{SELECT id FROM ej.class WHERE school_id = 1 AND name <> '7Б' AND year = 2026 ORDER BY id LIMIT 1});
$db->do(q{INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during) VALUES (1, ?, ?, '[2026-11-16,2027-08-31)')}, undef, $copy, $class);
is refused($admin->post($path, kept_id => $children[0])), '409 JE224:two_classes', 'nobody is in two classes at once';
$db->do('DELETE FROM ej.enrolment WHERE pupil_id = ?', undef, $copy);
is $admin->post($path, kept_id => $children[0])->status, 303, 'else they become one';
is $t->value('SELECT count(*) FROM ej.mark WHERE pupil_id = ?', $children[0]), $marks, 'with the marks';
is $t->value(q{SELECT concat_ws(' ', c.birth_place, (SELECT count(*) FROM ej.guardianship AS w WHERE w.pupil_id = c.pupil_id AND w.guardian_id IN (?, ?))) FROM ej.pupil_card AS c WHERE pupil_id = ?}, $one, $aunt, $children[0]), 'г. Энск 2', 'the card is filled, the parents are there once';

is $t->value(q{SELECT pupil_id FROM ej.request WHERE note = 'новый телефон'}), $children[0], 'what a guardian reported goes with the child';
is $t->value(q{SELECT pupil_id FROM ej.outside_mark WHERE document = 'справка № 7'}), $children[0], 'and so does a mark brought from another school';
my $aunt2 = made(q{INSERT INTO ej.guardian (school_id, surname, given_name) VALUES (1, 'Тётушкина', 'Таисия')});
is $admin->post("/duplicates/guardians/$aunt/$aunt2", kept_id => $aunt2)->status . $t->value(q{SELECT guardian_id FROM ej.request WHERE note = 'новый телефон'}), "303$aunt2", 'and with the guardian';

# A pupil who left last year and was entered anew: the classes of both are one record's.
my $late = made(q{INSERT INTO ej.pupil (school_id, surname, given_name) VALUES (1, ?, ?)}, $surname, $name);
my $fresh = made(q{INSERT INTO ej.pupil (school_id, surname, given_name) VALUES (1, 'Новиков', 'Никита')});
my $again = made(q{INSERT INTO ej.pupil (school_id, surname, given_name) VALUES (1, 'Новиков', 'Никита')});
$db->do(q{INSERT INTO ej.enrolment (school_id, pupil_id, class_id, during) VALUES (1, ?, ?, '[2026-11-16,2027-08-31)'), (1, ?, ?, '[2026-09-01,2026-10-01)')}, undef, $again, $class, $fresh, $class);
is $admin->post("/duplicates/pupils/$fresh/$again", kept_id => $fresh)->status, 303, 'two records with classes one after the other';
is $t->value('SELECT string_agg(during::text, \' \' ORDER BY during) FROM ej.enrolment WHERE pupil_id = ?', $fresh) . $t->value('SELECT count(*) FROM ej.membership WHERE pupil_id = ?', $fresh), '[2026-09-01,2026-10-01) [2026-11-16,2027-08-31)2', 'give both to one, with the groups';

# -------------------------------------------------------------------- staff ---

my ($staff, $family, $given, $middle) = $db->selectrow_array(q{SELECT s.id, s.surname, s.given_name, s.patronymic FROM ej.staff AS s JOIN ej.account AS a USING (person_id) WHERE a.login = 'teacher'});
my $second = made(q{INSERT INTO ej.staff (school_id, surname, given_name, patronymic, post) VALUES (1, ?, ?, ?, 'Учитель')}, $family, $given, $middle);
$db->do(q{INSERT INTO ej.staff_card (id, school_id, phone) VALUES (?, 1, '8 900 555-55-55') ON CONFLICT DO NOTHING}, undef, $second);
$path = "/duplicates/staff/$staff/$second";
like hinders($path), qr/^$second .*teachings/, 'who teaches is kept';
is $admin->post($path, kept_id => $staff)->status . $t->value('SELECT count(*) FROM ej.staff WHERE id = ?', $second), '3030', 'and the second record goes';
is $t->login('teacher')->get('/')->status, 200, 'the teacher goes on';

# Begin the transaction of a person.
sub enters {
    my ($web, $login) = @_;
    $web->begin_work;
    $web->do('SELECT ej.enter(?::bytea, NULL, gen_random_uuid())', undef, $t->value(q{SELECT '\x' || encode(s.digest, 'hex') FROM ej.session s JOIN ej.account a ON a.id = s.account_id WHERE a.login = ? LIMIT 1}, $login));
}

# Two administrators at once, each of whom keeps the record that the other removes: one remains.
my ($left, $right) = map { guardian('8 900 777-00-77') } 1 .. 2;
my ($web, $twin) = ($t->web_db, $t->web_db);
enters($_, 'administrator') for $web, $twin;
$web->do(q{SELECT ej.duplicate_merge('guardians', ?, ?)}, undef, $left, $right);
$twin->do("SELECT ej.duplicate_merge('guardians', $right, $left)", {pg_async => PG_ASYNC});
ok $t->wait_for(10, sub { $t->value('SELECT count(*) FROM pg_locks WHERE pid = ? AND NOT granted', $twin->{pg_pid}) }), 'a merge waits for another of the same records';
$web->commit;
is eval { $twin->pg_result; '' } // $twin->state, 'JE301', 'and is refused, since one of them is gone';
$twin->rollback;
is $t->value('SELECT string_agg(id::text, \' \') FROM ej.guardian WHERE id IN (?, ?)', $left, $right), $left, 'the other is still there';

# A hidden function gives nothing to those who do not administer.
sub asks {
    my ($login, $sql, @values) = @_;
    enters($web, $login);
    my $got = eval { $web->selectrow_array($sql, undef, @values) } // $web->state;
    $web->rollback;
    return $got;
}
my @pair = $db->selectrow_array(q{SELECT a.pupil_id, b.pupil_id FROM ej.enrolment AS a JOIN ej.enrolment AS b ON b.school_id = a.school_id AND b.class_id > a.class_id
    WHERE a.school_id = 1 AND a.during @> date '2026-11-20' AND b.during @> date '2026-11-20' LIMIT 1});
for my $who (qw(deputy personnel teacher parent administrator-17)) {
    is asks($who, q{SELECT ej.duplicate_merge('pupils', ?, ?)}, $fresh, $late), 'JE301', "$who merges nobody";
    is asks($who, q{SELECT count(*) FROM ej.duplicate_facts('pupils', ?)}, $fresh), 0, 'nor reads what a record has';
    is asks($who, q{SELECT cardinality(ej.duplicate_hindrances('pupils', ?, ?))}, @pair), 0, 'nor whether two pupils are in different classes';
}
is asks('administrator', q{SELECT cardinality(ej.duplicate_hindrances('pupils', ?, ?)) > 0}, @pair), 1, 'which the administrator reads';
my %elsewhere = (pupils => 'extract transfer transfer_file notice file file_piece card_view feed conversation participant mark attendance term_mark retake homework_for submission homework_done meal_balance meal_order meal_payment', guardians => 'absence_reason',
    # those that keep the record of a colleague from being removed: ej.duplicate_facts(); activity goes with the record
    staff => 'achievement activity accident announcement attendance_check class correction event extract feed finding gto_edition gto_result informing inspection inspection_line journal lesson mark meal_day meal_line meal_month meal_order paper plan receipt remark request split staff_role teaching takeout teaching_former term_mark training_record verification voiding');
for my $kind (sort keys %elsewhere) {
    is $t->value(q{SELECT string_agg(r.relname || '.' || a.attname, ' ' ORDER BY r.relname)
          FROM pg_constraint AS c JOIN pg_class AS r ON r.oid = c.conrelid
          JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.confrelid = ('ej.' || ej.duplicate_table(?))::regclass AND c.conparentid = 0
           AND r.relname <> ALL (ARRAY(SELECT p.rel FROM ej.duplicate_parts(?) AS p) || ?::text[])},
        $kind, $kind, '{' . $elsewhere{$kind} =~ tr/ /,/r . '}'), undef, "no table of $kind is forgotten";
}
done_testing;
