#!/usr/bin/perl
# settings.t: the settings of a school: who changes them, what is refused, what the
# journal does with them; and that the form, the code and the grants name the same ones.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
sub text_of {
    my ($name) = @_;
    open my $file, '<:encoding(UTF-8)', $name or die "$name: $!\n";
    local $/;
    return scalar <$file>;
}
sub value { return $t->value("SELECT $_[0] FROM ej.school WHERE id = " . ($_[1] // 1)) }

# ------------------------------------------------------- the same everywhere ----

my @listed = text_of('xslt/settings.xsl') =~ /<setting name="(\w+)"/g;
@listed = sort @listed;
my ($read) = text_of('mod_ejournal/features/settings.c') =~ /(?=^static const ej_field_t fields)(.*)/ms;
is join(' ', sort grep { !/^old_/ } $read =~ /\{"(\w+)", EJ_/g), "@listed", 'the form has the settings that the code reads';
my %granted = map { $_->[0] => 1 } @{$db->selectall_arrayref(q{SELECT column_name::text FROM information_schema.column_privileges
    WHERE grantee = 'ej_web' AND table_name = 'school' AND privilege_type = 'UPDATE'})};
is join(' ', grep { !$granted{$_} } @listed), '', 'and that may be changed';
is scalar(() = text_of('xslt/settings.xsl') =~ /<setting [^>]*hint="[^"]{10,}"/g), scalar @listed, 'each with an explanation';

# ------------------------------------------------------------- who sees them ----

my $deputy = $t->login('deputy');
my $r = $deputy->get('/settings');
is $r->status . $r->xpath('string(//settings/@can_write)'), '2001', 'a deputy changes the settings';
my %shown = map { $_ => $r->xpath("string(//settings/\@$_)") } @listed;
is $shown{$_}, value(/^(?:unmarked_grades|final_grades|factor_roles|receipt_ways|modules)\z/ ? qq{array_to_string($_, ' ')} : $_), "$_ is that of the school" for @listed;
my $director = $t->login('director');
is $director->get('/settings')->xpath('string(//settings/@can_write)'), '', 'a director reads them';
unlike $director->get('/settings', accept => 'text/html')->content, qr{<form[^>]*/settings"}, 'without a form';
is $director->post('/settings', name => 'x')->status, 404, 'and does not save';
is $t->login($_)->get('/settings')->status, 404, "$_: no such page" for qw(teacher personnel parent observer);

# ------------------------------------------------------------------ saving ----

# What the form sends: all fields with their old values, some changed.
sub save {
    my ($client, %change) = @_;
    my %was = (%shown, %{delete $change{was} // {}});
    my @operation = map { ($_ => delete $change{$_}) } grep { exists $change{$_} } 'operation_id';
    my %now = (%was, %change);
    my @grades = split / /, delete $now{unmarked_grades};
    my @finals = split / /, delete $now{final_grades};
    my @roles  = split / /, delete $now{factor_roles};
    my @ways   = split / /, delete $now{receipt_ways};
    my @modules = split / /, delete $now{modules};
    return $client->post('/settings', {accept => delete $now{accept} // 'application/xml'}, (map { ($_ => $now{$_}) } sort keys %now), (map { ("old_$_" => $was{$_}) } sort keys %was),
        @grades ? (unmarked_grades => \@grades) : (), @finals ? (final_grades => \@finals) : (), @roles ? (factor_roles => \@roles) : (), @ways ? (receipt_ways => \@ways) : (), @modules ? (modules => \@modules) : (), @operation);
}
$r = save($deputy, short_name => 'Лицей', min_marks => 5);
is $r->status . ' ' . $r->location, '303 /settings?is_saved=1', 'a change is saved';
is value('short_name') . value('min_marks'), 'Лицей5', 'in the school';
is value('short_name', 2), 'Школа № 17', 'and in no other';
is $deputy->get('/')->xpath('string(/page/@school)'), 'Лицей', 'every page has the new name at once';
$r = $director->get('/settings');
is join(' | ', map { my $c = $_; join ', ', map { $c->getAttribute($_) } qw(field old new) } $r->nodes('//change')),
    'min_marks, 3, 5 | short_name, Школа № 92, Лицей', 'what was changed is told with both values';
is $r->xpath('string(//change/@who)'), $t->value(q{SELECT ej.person_name(person_id, 1) FROM ej.account WHERE login = 'deputy'}), 'and by whom';
like $r->xpath('string(//change/@at)'), qr/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'and when';

%shown = (%shown, short_name => 'Лицей', min_marks => 5);
is save($deputy, city => 'Дальний', operation_id => '0a000000-0000-4000-8000-000000000001')->status, 303, 'sent once or twice' for 1, 2;
is $t->value(q{SELECT count(*) FROM ej.history WHERE table_name = 'school' AND old->>'city' IS NOT NULL}), 1, 'a change stands once in the history';
$shown{city} = 'Дальний';

# Somebody else was quicker.
my $administrator = $t->login('administrator');
is save($administrator, min_marks => 4)->status, 303, 'an administrator changes a number';
$r = save($deputy, min_marks => 6, city => 'Ближний');
is $r->status . $r->xpath('string(//error/@code)') . $r->xpath('string(//error/@field)'), '409JE210min_marks', 'who did not see it does not overwrite it';
is $r->xpath('string(//error/@value)'), 4, 'and is told the present value';
is value('min_marks') . value('city'), '4Ближний', 'while the rest is saved';
$r = save($deputy, min_marks => 6, was => {city => 'Ближний'}, accept => 'text/html');
like $r->content, qr{name="min_marks"[^>]*value="6"}, 'what was typed stays in the form';
like $r->content, qr{name="old_min_marks" value="4"}, 'with the value that has now been seen, so that a second save writes it';
@shown{qw(city min_marks)} = ('Ближний', 4);

# --------------------------------------------------------------- bad values ----

my %bad = (
    'name='                  => '422 JE101 name', 'short_name=' => '422 JE101 short_name', 'min_marks=' => '422 JE101 min_marks',
    'min_marks=21'           => '422 JE102 min_marks', 'min_marks=-1' => '422 JE102 min_marks', 'min_marks=x' => '422 JE102 min_marks',
    'retake_counts=worst'    => '422 JE106 retake_counts', 'unmarked_grades=12' => '422 JE102 unmarked_grades',
    'unmarked_grades=0'      => '422 JE102 unmarked_grades', "short_name=\x{1}" => '422 JE105 short_name',
    'short_name=' . 'я' x 61 => '422 JE104 short_name',
);
for my $bad (sort keys %bad) {
    my ($field, $value) = split /=/, $bad, 2;
    $r = save($deputy, $field => $value, city => 'Никакой');
    is join(' ', $r->status, map { $r->xpath("string(//error/\@$_)") } qw(code field)), $bad{$bad}, 'refused at the field: ' . substr($bad, 0, 24) =~ s/\x{1}/^A/r;
}
is value('city'), 'Ближний', 'and then nothing is saved';
$r = save($deputy, unmarked_grades => '1 7');
is join(' ', $r->status, map { $r->xpath("string(//error/\@$_)") } qw(code field)), '409 JE211 unmarked_grades', 'a grade that has marks cannot be one without';
$r = $deputy->post('/settings', {token => undef}, name => 'x');
is $r->status, 403, 'no other site saves';
is $deputy->post('/settings', name => 'x', short_name => 'x', min_marks => 3, retake_counts => 'last')->status, 409, 'a form without old values is a conflict';
is join(' ', map { value($_) } qw(short_name min_marks)), 'Лицей 4', 'and overwrites nothing';

# ------------------------------------------------- what the settings do ----

save($deputy, unmarked_grades => '');
is value('cardinality(unmarked_grades)'), 0, 'no grade at all may be chosen';
$shown{unmarked_grades} = '';
is save($deputy, unmarked_grades => '1')->status, 303, 'and the first again, which has no marks';
$shown{unmarked_grades} = '1';
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $few = sub { $t->login('teacher')->get("$journal/finals")->count('//pupil[@is_unfounded]') };
save($deputy, min_marks => 20);
my $many = $few->();
$shown{min_marks} = 20;
save($deputy, min_marks => 0);
cmp_ok $many, '>', $few->(), 'the number of marks decides who has few';
is $few->(), 0, 'and 0 warns of nobody';

# Lessons are unfilled when their days have passed, the same wherever they are counted.
my $sum = sub { my $n = 0; $n += $_->getValue || 0 for $_[0]->nodes('//@unfilled'); return $n };
my @days;
for my $days (0, 3, 14) {
    $shown{fill_days} = value('fill_days');
    save($deputy, fill_days => $days);
    my $today = $deputy->get('/');
    my $late  = $t->value(q{SELECT date '2026-11-20' - ?::int}, $days);
    push @days, $sum->($today);
    my ($class) = map { $_->getAttribute('class_id') } grep { $_->getAttribute('class_name') eq '7Б' } $today->nodes('//summary');
    my $page = $deputy->get("/unfilled?class_id=$class");
    is $page->xpath('string(//today/@count)'), $today->xpath("string(//summary[\@class_id = $class]/\@unfilled)"), "$days days: the class has as many as «Сегодня» says";
    is scalar(grep { $_->getValue ge $late } $page->nodes('//unfilled/@held_on'), $t->login('teacher')->get('/')->nodes('//unfilled/@held_on')), 0,
        'none of a lesson whose days have not passed';
    is $sum->($deputy->get("/journals?class_id=$class")), $t->value(q{SELECT count(*) FROM ej.lesson AS l JOIN ej.study_group_class AS g USING (study_group_id)
        WHERE g.class_id = ? AND l.held_on < ? AND l.held_on >= date '2026-11-20' - 30 AND l.state IN ('planned', 'given')
          AND (l.topic = '' OR l.attendance_at IS NULL OR l.homework IS NULL)
          AND EXISTS (SELECT FROM ej.fillable_journal(l.teaching_id, l.study_group_id, l.held_on))}, $class, $late), 'the list of journals has the same';
}
ok $days[0] > $days[2], 'the more days, the fewer unfilled lessons: ' . join ' ', @days;
done_testing;
