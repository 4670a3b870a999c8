#!/usr/bin/perl
# forms.t: the official forms (requirements 3.0 … 3.9) as a browser prints them: the suite forms.mjs,
# with one server, of a small class and a large one (forms.sql). The first term of 7Б is closed, so that its
# documents can be certified.
#   perl tests/browser/forms.t
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Browser;
use EJ::Test;

my $t     = EJ::Test->new(today => '2026-11-20');
my $db    = $t->db;
open my $sql, '<:encoding(UTF-8)', 'tests/browser/forms.sql' or die "forms.sql: $!\n";
$db->do(do { local $/; <$sql> });
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my $term  = $t->value(q{SELECT e.id FROM ej.term e JOIN ej.class c ON c.term_plan_id = e.term_plan_id WHERE c.id = ? AND e.is_taught ORDER BY lower(e.during) LIMIT 1}, $class);
$db->do(q{UPDATE ej.journal j SET closed_at = now(), order_no = '31-к', reason = 'конец периода' FROM ej.teaching t JOIN ej.study_group_class g ON g.study_group_id = t.study_group_id
    WHERE t.id = j.teaching_id AND g.class_id = ? AND j.term_id = ? AND j.closed_at IS NULL}, undef, $class, $term);
my @classes = map { facts($_) } qw(10А 7Б);
my ($pupil, $surname) = $db->selectrow_array(q{SELECT p.id, p.surname FROM ej.pupil p JOIN ej.enrolment e ON e.pupil_id = p.id WHERE e.class_id = ? ORDER BY p.id LIMIT 1}, undef, $class);
is join(', ', map {"$_->{name} $_->{pupils} $_->{lessons}"} @classes), '10А 8 11, 7Б 34 60', 'one class is small, the other large';

# What the suite prints of a class, the surnames of its pupils, and the reports that have them all: 10А has no term
# marks yet.
sub facts {
    my ($name) = @_;
    my $id = $t->value('SELECT id FROM ej.class WHERE name = ? AND school_id = 1', $name);
    my ($journal, $lessons) = $db->selectrow_array(q{SELECT c.journal_id, (SELECT count(*) FROM ej.lesson l WHERE l.teaching_id = c.teaching_id AND l.held_on <@ c.during) FROM pg_temp.course(?) c}, undef, $id);
    my $names = $db->selectcol_arrayref('SELECT p.surname FROM ej.pupil p JOIN ej.enrolment e ON e.pupil_id = p.id WHERE e.class_id = ? AND e.during @> date $$2026-11-20$$ ORDER BY 1', undef, $id);
    return {name => $name, class => $id, journal => $journal, lessons => $lessons, pupils => scalar @$names, names => $names, named => [qw(attendance results), $name eq '7Б' ? qw(finals pairs) : ()],
        group => $t->value(q{SELECT x.study_group_id FROM ej.study_group_class x JOIN ej.study_group g ON g.id = x.study_group_id AND g.kind = 'class' WHERE x.class_id = ?}, $id)};
}

EJ::Browser::run($t, ['forms'], EJ_FACTS => {classes => \@classes, term => $term, pupil => $pupil, surname => $surname});
done_testing;
