#!/usr/bin/perl
# objectivity.t: term marks that disagree with the marks they are given on (FIN-06): the page must list
# what the test computes from the marks themselves, and nothing else.
use lib 'tests/lib';
use EJ::Test;
use POSIX qw(floor);

my $t = EJ::Test->new(today => '2026-11-20');
my $deputy = $t->login('deputy');
sub rows { my ($sql, @args) = @_; return @{$t->db->selectall_arrayref($sql, {Slice => {}}, @args)} }
my ($percent, $rule) = $t->db->selectrow_array('SELECT round_from_pct, retake_counts FROM ej.school WHERE id = 1');

# -------------------------------------------------- the same, computed here ----

# The number that counts of the attempts at one work, in their order.
sub counted { my @n = @_; return $rule eq 'best' ? (sort { $b <=> $a } @n)[0] : $rule eq 'mean' ? eval { my $s = 0; $s += $_ for @n; $s / @n } : $n[-1] }

# «pupil subject value mean gap controls above» of each mark of the term that must be listed.
sub expected {
    my ($name) = @_;
    my (%works, %controls, @found);
    for my $m (rows(q{SELECT m.pupil_id, t.subject_id, m.work_id, w.weight_pct, k.is_control, v.number, m.value
                        FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id JOIN ej.teaching AS t ON t.id = w.teaching_id
                        JOIN ej.journal AS j ON j.id = w.journal_id JOIN ej.term AS e ON e.id = j.term_id
                        JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
                        LEFT JOIN ej.work_kind AS k ON k.id = w.kind_id JOIN ej.lesson AS l ON l.id = w.lesson_id
                       WHERE e.name = ? AND m.school_id = 1 AND v.number IS NOT NULL ORDER BY l.held_on, w.id, m.attempt}, $name)) {
        my $cell = "$m->{pupil_id} $m->{subject_id}";
        push @{$works{$cell}{$m->{work_id}}{numbers}}, $m->{number};
        $works{$cell}{$m->{work_id}}{weight} = $m->{weight_pct};
        push @{$controls{$cell}}, $m->{number} if $m->{is_control};
    }
    for my $m (rows(q{SELECT m.pupil_id, m.subject_id, m.value, v.number FROM ej.term_mark AS m JOIN ej.term AS e ON e.id = m.term_id
                        JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
                       WHERE e.name = ? AND m.school_id = 1 AND v.number IS NOT NULL}, $name)) {
        my $cell = "$m->{pupil_id} $m->{subject_id}";
        my ($sum, $weight) = (0, 0);
        $sum += counted(@{$_->{numbers}}) * $_->{weight}, $weight += $_->{weight} for values %{$works{$cell}};
        my $gap = $weight ? $m->{number} - floor($sum / $weight + 1 - $percent / 100) : '';
        my $is_above = $controls{$cell} && !grep { $_ >= $m->{number} } @{$controls{$cell}};
        push @found, join ' ', $cell, $m->{value}, $gap, $is_above ? 1 : '' if $is_above || abs($gap || 0) >= 1;
    }
    return sort @found;
}
# The same of the page, all its pages together.
sub shown {
    my ($query) = @_;
    my ($page, $pages, @found) = (0, 1);
    while ($page++ < $pages) {
        my $r = $deputy->get("/objectivity?page=$page" . ($query // ''));
        $pages = $r->xpath('string(//objectivity/@pages)');
        for my $m ($r->nodes('//mark')) {
            my $subject = $t->value('SELECT id FROM ej.subject WHERE school_id = 1 AND name = ?', $m->getAttribute('subject_name'));
            push @found, join ' ', $m->getAttribute('pupil_id'), $subject, map { $m->getAttribute($_) // '' } qw(value gap is_above);
        }
    }
    return sort @found;
}

# The teacher gives marks that nothing in the journal explains.
my @changed = rows(q{SELECT m.pupil_id, m.subject_id, m.term_id, m.scale_id FROM ej.term_mark AS m JOIN ej.term AS e ON e.id = m.term_id JOIN ej.subject AS s ON s.id = m.subject_id
                      WHERE e.name = 'I четверть' AND m.school_id = 1 AND s.name = 'Алгебра' AND m.value IN ('3', '4') ORDER BY m.pupil_id LIMIT 3});
is scalar(@changed), 3, 'the seed has term marks';
$t->db->do('SET session_replication_role = replica');
$t->db->do(q{UPDATE ej.term_mark SET value = ?, note = 'победа на олимпиаде' WHERE pupil_id = ? AND subject_id = ? AND term_id = ?}, {}, $$_[1], @{$$_[0]}{qw(pupil_id subject_id term_id)})
    for [$changed[0], '5'], [$changed[1], '2'], [$changed[2], '5'];
$t->db->do('SET session_replication_role = origin');

my @expected = expected('I четверть');
cmp_ok scalar(@expected), '>=', 2, 'some marks disagree: ' . scalar @expected;
is join("\n", shown()), join("\n", @expected), 'the page lists exactly those that the test finds';
is join("\n", shown('&name=I четверть&sort=teacher')), join("\n", @expected), 'the term can be named';
is join("\n", shown('&name=II четверть')), '', 'in a term without marks there are none';
my $r = $deputy->get('/objectivity');
my @gaps = map { abs($_->value) } $r->nodes('//mark/@gap');
is "@gaps", join(' ', sort { $b <=> $a } @gaps), 'the greatest differences come first';
is $r->xpath('string(//objectivity/@marks)'), $t->value(q{SELECT count(*) FROM ej.term_mark AS m JOIN ej.term AS e ON e.id = m.term_id JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value AND v.number IS NOT NULL WHERE e.name = 'I четверть' AND m.school_id = 1}), 'and the page says of how many';
is $r->xpath(qq{string(//mark[\@pupil_id = "$changed[0]{pupil_id}" and \@subject_name = 'Алгебра']/\@note)}), 'победа на олимпиаде', 'the reason that the teacher gave stands beside';

# -------------------------------------------------------------- search, files ----

my $found = $deputy->get('/objectivity?find=алгебра');
is $found->count('//mark[@subject_name = "Алгебра"]'), $found->count('//mark'), 'a subject is found';
is $deputy->get('/objectivity?find=нетникого')->count('//mark'), 0, 'and nothing by other words';
like $deputy->get('/objectivity?name=I четверть&find=алгебра', html => 1)->content, qr{name="name" value="I четверть".*sort=class&amp;name=I%20}s, 'search and order keep the term';
my $csv = $deputy->get('/objectivity?format=csv')->content;
is scalar(grep { /;/ } split /\n/, $csv) - 1, scalar(@expected), 'as a file it has all rows';
like $csv, qr/победа на олимпиаде/, 'with reasons';
is substr($deputy->get('/objectivity?format=xlsx')->content, 0, 2), 'PK', 'and as a workbook';

# ------------------------------------------------------------------- the year ----

# Year marks: a pupil with quarters 3 has the year 5.
my ($year) = $t->db->selectrow_array(q{SELECT y.id FROM ej.term AS e JOIN ej.term AS y ON y.term_plan_id = e.term_plan_id AND y.kind = 'year' WHERE e.id = ?}, {}, $changed[1]{term_id});
$t->db->do('SET session_replication_role = replica');
$t->db->do(q{INSERT INTO ej.term_mark (pupil_id, subject_id, term_id, school_id, teaching_id, scale_id, value) SELECT pupil_id, subject_id, ?, school_id, teaching_id, scale_id, CASE WHEN pupil_id = ? THEN '5' ELSE value END FROM ej.term_mark WHERE term_id = ? AND subject_id = ?},
    {}, $year, $changed[1]{pupil_id}, @{$changed[1]}{qw(term_id subject_id)});
$t->db->do('SET session_replication_role = origin');
$r = $deputy->get('/objectivity?name=Год');
is join(' ', map { my $m = $_; map { $m->getAttribute($_) } qw(pupil_id value mean gap) } grep { $_->getAttribute('gap') } $r->nodes('//mark')), "$changed[1]{pupil_id} 5 2.00 3", 'a year mark is compared with the mean of its terms';

# ---------------------------------------------------------------------- rights ----

is join(' ', map { $t->login($_)->get('/objectivity')->status } qw(director administrator)), '200 200', 'the heads read it';
is join(' ', map { $t->login($_)->get('/objectivity')->status } qw(teacher class-teacher parent observer personnel)), '404 404 404 404 404', 'nobody else';
like $deputy->get('/closing', html => 1)->content, qr{/objectivity"}, 'the page of closing leads there';
done_testing;
