#!/usr/bin/perl
# holidays.t: holidays of a school year, by kind: added, changed, removed; within one
# year and without overlaps; grade 1 has extra ones.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
sub form {
    my ($r, %new) = @_;
    return map { my $was = $r->xpath("string(//holidays/\@$_)"); ("old_$_" => $was, $_ => $new{$_} // $was) } qw(name kind from_on till_on);
}
sub with_ { my %all = @_; return %all } # the last value of a name counts
my %extra = (name => 'Дополнительные', kind => 'extra', from_on => '15.02.2027', till_on => '2027-02-21');

my $r = $admin->get('/holidays');
is $r->xpath('concat(//holidays/@year, " ", //holiday[1]/@kind, " ", //holiday[1]/@from_on, " ", count(//holiday[@kind = "public"]))'), '2026 autumn 2026-10-25 5', 'the holidays of the year';
is $admin->post('/holidays', %extra)->location =~ s/&saved=\d+#saved$//r, '/holidays?done=added', 'one is added';
my $id = $t->value(q{SELECT id FROM ej.holiday WHERE kind = 'extra'});
is $t->value('SELECT year FROM ej.holiday WHERE id = ?', $id), 2026, 'it belongs to the year of its days';
is refused($admin->post('/holidays', %extra)), '409 JE212:from_on', 'the same days twice are refused';
is refused($admin->post('/holidays', with_(%extra, kind => 'other', from_on => '2026-10-30', till_on => '2026-11-09'))), '409 JE212:from_on', 'so are holidays that overlap';
is $admin->post('/holidays', name => 'Выборы', kind => 'public', from_on => '2026-10-27', till_on => '2026-10-27')->status, 303, 'a public holiday may be within them';
is refused($admin->post('/holidays', with_(%extra, from_on => '2025-08-25', till_on => '2025-08-30'))), '422 JE171:from_on', 'days of no school year are refused';
is refused($admin->post('/holidays', with_(%extra, from_on => '2027-08-25', till_on => '2027-09-02'))), '422 JE171:from_on', 'so are those of two';
is refused($admin->post('/holidays', with_(%extra, till_on => '2027-02-01'))), '422 JE132:till_on', 'the last day is not before the first';
is refused($admin->post('/holidays', name => '', kind => 'x', from_on => 'y', till_on => '')), '422 JE101:name JE106:kind JE103:from_on JE101:till_on', 'wrong fields are named';
$r = $deputy->post("/holidays/$id", {html => 1}, form($deputy->get("/holidays/$id"), from_on => '2026-08-15'));
like $r->xpath('string(//*[@role = "alert"])'), qr/должны входить в один учебный год/, 'in words';
is $r->xpath('string(//input[@name = "from_on"]/@value)'), '2026-08-15', 'what was typed comes back';
my $seen = $admin->get("/holidays/$id");
is $deputy->post("/holidays/$id", form($seen, till_on => '2027-02-22'))->status, 303, 'a deputy changes the days';
is refused($admin->post("/holidays/$id", form($seen, till_on => '2027-02-23'))), '409 JE210:till_on', 'who saw the old one is told';

# ------------------------------------------------------------ who sees them ---

my $parent = $t->login('parent');
my ($first, $seventh) = map { $t->value(q{SELECT g.pupil_id FROM ej.guardianship g JOIN ej.guardian w ON w.id = g.guardian_id JOIN ej.account a USING (person_id)
    JOIN ej.enrolment e ON e.pupil_id = g.pupil_id JOIN ej.class c ON c.id = e.class_id WHERE a.login = 'parent' AND c.grade = ?}, $_) } 1, 7;
my $days = sub { $parent->get("/pupils/$_[0]/diary?week_on=2027-02-15")->xpath('string(//day[@held_on = "2027-02-16"]/@holiday)') };
is $days->($first), 'Дополнительные', 'the diary of grade 1 has the extra holidays';
is $days->($seventh), '', 'that of another grade has not';
is $teacher->get('/holidays')->count('//holidays[not(@is_mine)]/holiday'), $admin->get('/holidays')->count('//holiday'), 'a teacher reads them';
is join(' ', map { $teacher->post($_, %extra)->status } '/holidays', "/holidays/$id"), '404 404', 'and writes none';
is join(' ', $t->login('deputy-17')->get("/holidays/$id")->status, refused($t->login('deputy-17')->post("/holidays/$id", form($seen)))), '404 404 JE401:', 'nor does another school';
is $admin->get('/holidays?year=2031')->status, 404, 'there is no such year';

# ----------------------------------------------------------------- removing ---

is $admin->post("/holidays/$id", form($admin->get("/holidays/$id")), is_removed => 1)->location, '/holidays?done=removed', 'it is removed';
is $t->value('SELECT count(*) FROM ej.holiday WHERE id = ?', $id), 0, 'and gone';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'holiday' AND key_id = ?}, $id), 3, 'the history has all of it';
done_testing;
