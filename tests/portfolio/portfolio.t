#!/usr/bin/perl
# portfolio.t: the portfolio of a pupil (MOD-03): events, achievements with their documents, year marks;
# read by the family and the class teacher, written by the class teacher and deputies, certified.
use lib 'tests/lib';
use EJ::Test qw(refused);

my $t = EJ::Test->new(today => '2026-11-20');
my ($deputy, $lead, $grade1, $parent, $pupil, $director) = map { $t->login($_) } qw(deputy class-teacher grade1 parent pupil director);
my $child = $t->value(q{SELECT p.id FROM ej.pupil p JOIN ej.account a USING (person_id) WHERE a.login = 'pupil'});
my $page = "/pupils/$child/portfolio";
my $race = $t->value(q{SELECT id FROM ej.event WHERE title = 'Осенний кросс' AND school_id = 1});
$t->db->do(q{INSERT INTO ej.event_participant (school_id, event_id, pupil_id, result, place_no) VALUES (1, ?, ?, 'prize', 4) ON CONFLICT (event_id, pupil_id) DO UPDATE SET result = 'prize', place_no = 4}, undef, $race, $child);
$t->db->do('DELETE FROM ej.achievement WHERE pupil_id = ?', undef, $child);

is join(' ', map { $_->get($page)->status } $lead, $deputy, $director, $parent, $pupil, $grade1, $t->login('observer')), '200 200 200 200 200 404 404', 'who reads the card reads the portfolio';
is $parent->get($page)->xpath('concat(//event/@title, " ", //event/@place_no)'), 'Осенний кросс 4', 'with the events';

my $path = "/pupils/$child/achievements";
my %new = (title => 'Шахматный турнир', organiser => 'Дворец творчества', achieved_on => '2026-11-15', level => 'municipal', result => 'prize', place_no => 2, document => 'диплом', mentor => '');
is join(' ', map { $_->get($path)->status } $lead, $deputy, $director, $parent, $grade1), '200 200 404 404 404', 'who may enter one has the form';
is refused($lead->post($path, %{{%new, title => '', level => 'world', place_no => 0}})), '422 JE101:title JE106:level JE102:place_no', 'each wrong field is named';
is refused($lead->post($path, %{{%new, achieved_on => '2026-11-21'}})), '422 JE203:achieved_on', 'it is not of a day to come';
is $lead->post($path, {html => 1}, %{{%new, achieved_on => '2026-11-21'}})->xpath('string(//input[@name = "title"]/@value)'), 'Шахматный турнир', 'what was typed comes back';
is refused($lead->post($path, %new)), '303', 'the class teacher enters one';
is refused($grade1->post($path, %new)), '403 JE301:', 'another class teacher enters none';
is refused($parent->post($path, %new)), '404 JE401:', 'nor does the family';
my $id = $t->value('SELECT max(id) FROM ej.achievement WHERE pupil_id = ?', $child);
is $parent->get($page)->xpath('string(//achievement/@title)'), 'Шахматный турнир', 'the family reads it';
my %old = map { ("old_$_" => $new{$_}) } keys %new;
is refused($lead->post("$path/$id", %{{%new, %old, title => 'Турнир'}})), '303', 'it is changed';
is refused($deputy->post("$path/$id", %{{%new, %old, title => 'Партия'}})), '409 JE210:title', 'what was changed since is not overwritten';
my $other = $t->value('SELECT max(pupil_id) FROM ej.enrolment WHERE school_id = 1');
is refused($deputy->post("/pupils/$other/achievements/$id", %{{%new, %old}})), '404 JE401:', 'nor is it that of another pupil';
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'achievement' AND key_id = ?}, $id), 2, 'the history has both';

# the document of an achievement
my $scan = join '', map { chr 33 + $_ % 90 } 1 .. 300_000;
my %same = (%new, %old, title => 'Турнир', old_title => 'Турнир', old_file_id => '');
like $lead->upload("$path/$id", [["file", "диплом.exe", "MZ"]], {html => 1}, %same)->content, qr/Файл другого вида/, "a file of another type is refused in words";
is refused($lead->upload("$path/$id", [['file', 'диплом.exe', 'MZ']], %same)), '422 JE130:file', 'at its field';
my $large = $lead->upload("$path/$id", [['file', 'диплом.pdf', 'x' x (10241 * 1024)]], {html => 1}, %same);
is join(' ', $large->status, $large->content =~ /Слишком много данных/ ? 'words' : ''), '413 words', 'one of more than 10 MB, too';
is $parent->get("$path/$id/file")->status, 404, 'of that nothing stays';
is refused($lead->upload("$path/$id", [['file', 'диплом.pdf', $scan]], %same)), '303', 'the class teacher adds the document';
my ($file) = $parent->get($page)->nodes('//achievement');
is join(' ', map { $file->getAttribute($_) } qw(file size)), 'диплом.pdf 300000', 'the family has it in the portfolio';
is $_->get("$path/$id/file")->bytes, $scan, 'and opens it as it was sent' for $parent, $pupil;
is join(' ', map { $_->get("$path/$id/file")->status } $deputy, $grade1, $t->login('parent-17'), $t->login('observer'), $t->login('teacher')), '200 404 404 404 404', 'others have no such file';
is $parent->get("/pupils/" . $other . "/achievements/$id/file")->status, 404, 'nor is it that of another pupil';
is join(' ', map { refused($_->upload("$path/$id", [['file', 'x.pdf', 'x']], %same)) } $grade1, $parent), '404 JE401: 404 JE401:', 'and nobody else puts one in its place';

# the signs of ГТО that the ministry gave, while the section is on
$t->db->do('DELETE FROM ej.gto_award WHERE pupil_id = ?', undef, $child);
is $parent->get($page)->count('//award'), 0, 'without a sign there is none';
$t->db->do(q{INSERT INTO ej.gto_award (school_id, pupil_id, step_no, sign, order_no, order_on) VALUES (1, ?, 4, 'silver', '45 нг', '2026-06-20')}, undef, $child);
sub sign { my ($who, $query) = @_; return $who->get($page . ($query // ''), html => 1)->xpath('normalize-space((//h2[. = "Знаки ГТО"]/following-sibling::table[1]//tbody/tr)[1])') =~ s/\s+/ /gr }
like sign($_), qr/серебро ?IV ?№ 45 нг/, 'the ministry\'s sign stands in it' for $lead, $parent, $pupil;
like sign($lead, '?format=print'), qr/серебро ?IV ?№ 45 нг от 20\.06\.2026/, 'in the printed one, too';

# the figures again from the rows
is join(', ', map { join ' ', map { $_ // '' } @$_ } @{$t->db->selectall_arrayref(q{SELECT l.year, s.name, m.value FROM ej.term_mark m JOIN ej.term t ON t.id = m.term_id JOIN ej.term_plan l ON l.id = t.term_plan_id JOIN ej.subject s ON s.id = m.subject_id
    WHERE m.pupil_id = ? AND t.kind = 'year' AND m.value IS NOT NULL ORDER BY l.year DESC, s.order_no, s.name}, undef, $child)}),
    join(', ', map { my $row = $_; join ' ', map { $row->getAttribute($_) } qw(year subject_name value) } $parent->get($page)->nodes('//mark')), 'year marks are those of the journal';

# certified
is refused($parent->post($page, purpose => 'для поступления')), '404 JE401:', 'a family certifies none';
my $made = $lead->post($page, purpose => 'для поступления');
is $made->status, 303, 'the class teacher certifies it';
is $parent->get($page)->count('//copy'), 1, 'the family reads of the copy';
$t->db->do(q{UPDATE ej.school SET modules = array_remove(modules, 'gto') WHERE id = 1});
is join('', map { sign($lead, $_) } '', '?format=print'), '', 'without the section of ГТО the portfolio has no sign';
like $lead->get($made->location . '?format=print', html => 1)->content, qr/серебро.*45 нг/s, 'the copy that was certified keeps its own';
is $t->value(q{SELECT kind FROM ej.extract WHERE pupil_id = ? ORDER BY id DESC LIMIT 1}, $child), 'portfolio', 'which is in the register';
is $lead->get($made->location . '?format=print', html => 1)->status, 200, 'and is printed again';

is refused($lead->post("$path/$id", %{{%new, %old, title => 'Турнир', old_title => 'Турнир', is_removed => 1}})), '303', 'it is removed';
is $parent->get($page)->count('//achievement'), 0, 'and is gone';
done_testing;
