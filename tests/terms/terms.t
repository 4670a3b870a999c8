#!/usr/bin/perl
# terms.t: term plans of a school year, and their terms as rows of one form: within the
# year, one after another; a term with marks or a closed journal stays as it is.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my ($admin, $deputy, $teacher) = map { $t->login($_) } qw(administrator deputy teacher);
sub refused { my ($r) = @_; return join ' ', $r->status, map { join ':', map { $_ // '' } $_->getAttribute('code'), $_->getAttribute('field'), $_->getAttribute('n') } $r->nodes('//error') }
sub terms { return $t->value(q{SELECT string_agg(concat(t.name, ' ', lower(t.during), '..', upper(t.during) - 1, CASE WHEN p.id IS NOT NULL THEN ' <' END), ', ' ORDER BY t.ordinal)
    FROM ej.term t LEFT JOIN ej.term p ON p.id = t.parent_id WHERE t.term_plan_id = ?}, $_[0]) }
# The form of a plan as its page sends it; the number of a term gives its [name, from, till].
sub form {
    my ($r, %new) = @_;
    my %was = map { $_ => $r->xpath("string(//terms/\@$_)") } qw(name grade_from grade_till);
    my @send = (year_name => 'Год', map { ("old_$_" => $was{$_}, $_ => $new{$_} // $was{$_}) } sort keys %was);
    for my $term ($r->nodes('//term')) {
        my @is = map { $term->getAttribute($_) // '' } qw(term_name from_on till_on);
        my @to = @{$new{$term->getAttribute('ordinal')} // \@is};
        push @send, map { ($_ => shift @to, "old_$_" => shift @is) } qw(term_name from_on till_on);
    }
    return @send, map { ($_ => $new{$_}) } grep { $_ eq 'is_removed' } keys %new;
}

sub with_ { my %all = @_; return %all } # the last value of a name counts

# ------------------------------------------------------------------ a new plan ---

my %new = (year => 2026, name => '11 классы', kind => 'trimester', grade_from => 11, grade_till => 11);
is $admin->post('/terms', %new)->location =~ s/&saved=\d+#saved$//r, '/terms?done=added', 'a plan is added';
is refused($admin->post('/terms', %new)), '409 JE212:name:1', 'its name is taken';
is refused($admin->post('/terms', with_(%new, name => 'x', grade_till => 10))), '422 JE102:grade_till:1', 'grades go upwards';
is refused($admin->post('/terms', name => '', kind => 'week', grade_from => 0)), '422 JE101:year: JE101:name: JE106:kind: JE102:grade_from: JE101:grade_till:', 'wrong fields are named';
is refused($admin->post('/terms', with_(%new, name => 'y', year => 2031))), '409 JE211:year:1', 'the year must be open';
my $plan = $t->value(q{SELECT id FROM ej.term_plan WHERE name = '11 классы'});
is join(' ', map { $t->value('SELECT p.name FROM ej.term_plan p WHERE p.id = ej.term_plan_of(1, 2026, ?)', $_) } 5, 10, 11), '2–9 классы 10–11 классы 11 классы', 'a new class of a grade gets the plan made for the fewest grades';
my $page = sub { $deputy->get("/terms/$plan") };
is $page->()->count('//term'), 3, 'a plan of trimesters has three rows';
my @one = ('I триместр', '2026-09-01', '2026-11-21');
my @two = ('II триместр', '2026-11-30', '2027-02-20');
is $deputy->post("/terms/$plan", form($page->(), 1 => \@one, 2 => \@two))->status, 303, 'days are entered';
is terms($plan), 'Итог 2026-09-01..2027-02-20, Экзамен 2026-09-01..2027-02-20, Год 2026-09-01..2027-02-20, I триместр 2026-09-01..2026-11-21 <, II триместр 2026-11-30..2027-02-20 <', 'the year reaches from the first to the last';
is $deputy->post("/terms/$plan", form($page->(), 1 => ['I триместр', '2026-09-01', '2026-12-01'], 2 => ['II тр.', '2026-12-02', '2027-02-20'], 3 => ['III триместр', '2027-03-01', '26.05.2027']))->status, 303, 'days pass from one term to its neighbour at once';
is terms($plan), 'Итог 2026-09-01..2027-05-26, Экзамен 2026-09-01..2027-05-26, Год 2026-09-01..2027-05-26, I триместр 2026-09-01..2026-12-01 <, II тр. 2026-12-02..2027-02-20 <, III триместр 2027-03-01..2027-05-26 <', 'and the year becomes longer';

# ------------------------------------------------------------------- what is refused ---

is refused($deputy->post("/terms/$plan", form($page->(), 2 => ['II', '2026-11-30', '2027-02-20']))), '422 JE271:from_on:2', 'a term that begins in another is refused';
is refused($deputy->post("/terms/$plan", form($page->(), 1 => ['', '2026-08-30', '2026-12-01'], 3 => ['III', '2027-03-01', '2027-02-28']))), '422 JE101:term_name:1 JE171:from_on:1 JE132:till_on:3', 'all wrong rows are named at once';
is refused($deputy->post("/terms/$plan", form($page->(), 3 => ['III', '2027-03-01', '']))), '422 JE101:till_on:3', 'a day alone is no term';
my $r = $deputy->post("/terms/$plan", {html => 1}, form($page->(), 2 => ['II', '2026-11-30', '2027-02-20']));
like $r->xpath('string(//*[@role = "alert"])'), qr/Период 2, Первый день: Период начинается раньше, чем закончился предыдущий/, 'in words';
is $r->xpath('concat(//tr[2]//input[@name = "from_on"]/@value, " ", //tr[2]//input[@name = "old_from_on"]/@value)'), '2026-11-30 2026-12-02', 'what was typed comes back in its row';
my $seen = $page->();
$admin->post("/terms/$plan", form($page->(), 3 => ['III триместр', '2027-03-01', '2027-05-25']));
is refused($deputy->post("/terms/$plan", form($seen, 3 => ['Третий', '2027-03-01', '2027-05-24']))), '409 JE210:till_on:3', 'who saw the old day is told of the new one';
like terms($plan), qr/Третий 2027-03-01..2027-05-25/, 'the other field is saved';

# ------------------------------------------------- terms with marks, closed ones ---

my $quarters = $t->value(q{SELECT id FROM ej.term_plan WHERE school_id = 1 AND name = '2–9 классы'});
my $used = sub { $deputy->get("/terms/$quarters") };
is refused($deputy->post("/terms/$quarters", form($used->(), 1 => ['I четверть', '2026-09-01', '2026-10-24'], 2 => ['II четверть', '2026-11-18', '2026-12-30']))), '409 JE207:during:', 'marks do not fall out of a term';
is refused($deputy->post("/terms/$quarters", form($used->(), 1 => ['I четверть', '2026-09-01', '2026-10-23']))), '409 JE201:journal_id:', 'a term with a closed journal is not changed';
is refused($deputy->post("/terms/$quarters", form($used->(), 2 => ['II четверть', '', '']))), '409 JE211:journal_id:', 'nor is one removed that has marks';
is refused($deputy->post("/terms/$quarters", form($used->(), is_removed => 1))), '409 JE211::', 'or a plan that has classes';
is $deputy->post("/terms/$quarters", form($used->(), 2 => ['II четверть', '2026-11-02', '2026-12-29']))->status, 303, 'what marks allow is changed';

# -------------------------------------------------------------------- who may ---

is $teacher->get('/terms')->xpath('count(//plan) = 4 and count(//plan[@name = "2–9 классы"]/term) = 4 and not(//@is_mine)'), 'true', 'a teacher reads the plans with their terms';
is join(' ', $teacher->get("/terms/$plan")->status, map { $teacher->post($_, %new)->status } '/terms', "/terms/$plan"), '404 404 404', 'and has no form';
is refused($t->login('deputy-17')->post("/terms/$plan", form($page->(), name => 'x'))), '404 JE401::', 'nor has another school';
is $admin->get('/terms?year=2031')->status, 404, 'there is no such year';
is $admin->post("/terms/$plan", form($admin->get("/terms/$plan"), is_removed => 1))->location, '/terms?done=removed', 'a plan without classes is removed';
is $t->value('SELECT count(*) FROM ej.term WHERE term_plan_id = ?', $plan), 0, 'with its terms';

# ---------------------------------------------------------- the database itself ---

for (["UPDATE ej.term SET during = '[2026-08-20,2026-10-24)' WHERE term_plan_id = $quarters AND ordinal = 1", 'JE171', 'a term outside of its year'],
     ["UPDATE ej.school_year SET during = '[2026-09-01,2027-05-01)' WHERE school_id = 1", 'JE171', 'a year shorter than its terms'],
     ["UPDATE ej.term_plan SET kind = 'half' WHERE id = $quarters", 'JE211', 'another kind of the terms that are there']) {
    ok !eval { local $db->{PrintError} = 0; $db->do($_->[0]) }, "$_->[2] is refused";
    is $db->state, $_->[1], "by $_->[1]";
}
done_testing;
