#!/usr/bin/perl
# views_taken.t: every page that names several pupils enters the log of access when it is taken away, as a file or on
# paper. The routes are walked as read from routes.def; whom a page names is read from the page itself.
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;
use EJ::Routes;

my $t  = EJ::Test->new(start => 0, today => '2026-11-20');
my $db = $t->db;
$t->start;
my %c = map { $_ => $t->login($_) } qw(administrator deputy parent);

# What the first school has not, of two pupils each.
$db->do(q{INSERT INTO ej.accident (school_id, pupil_id, staff_id, happened_on, happened_time, place, what, first_aid)
    SELECT 1, p.id, (SELECT min(s.id) FROM ej.staff AS s WHERE s.school_id = 1), '2026-11-20', '10:15', 'Спортзал', 'Ушиб', 'Холод'
      FROM ej.pupil AS p WHERE p.school_id = 1 ORDER BY p.id LIMIT 2});
$db->do(q{INSERT INTO ej.request (school_id, guardian_id, pupil_id, kind, name, happens_on, note)
    SELECT 1, min(w.guardian_id), p.id, 'card_changed', p.surname || ' ' || p.given_name, '2026-11-16', 'новый телефон'
      FROM ej.pupil AS p JOIN ej.guardianship AS w ON w.pupil_id = p.id WHERE p.school_id = 1 GROUP BY p.id ORDER BY p.id LIMIT 2});
$db->do(q{INSERT INTO ej.announcement (school_id, staff_id, whom, during, title, note, asks_receipt)
    SELECT 1, min(s.id), 'all', daterange('2026-11-20', NULL), 'Собрание', 'Во вторник.', true FROM ej.staff AS s WHERE s.school_id = 1});
$db->do(q{INSERT INTO ej.correction (school_id, teaching_id, journal_id, kind, lesson_id, column_id, pupil_id, old_value, new_value, reason, staff_id, asked_at, state)
    SELECT 1, w.teaching_id, w.journal_id, 'mark', w.lesson_id, w.id, m.pupil_id, m.value, '5', 'описка', t.staff_id, '2026-11-18 10:00+03', 'new'
      FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id JOIN ej.teaching AS t ON t.id = w.teaching_id
     WHERE m.school_id = 1 AND m.attempt = 1 AND m.value IS NOT NULL AND t.staff_id IS NOT NULL ORDER BY m.pupil_id, w.id LIMIT 40});

# The row of a table whose page is asked for: of the first school, and of its class 7Б where there is a choice.
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my %row = (class => $class, study_group => $t->value(q{SELECT x.study_group_id FROM ej.study_group_class x JOIN ej.study_group g ON g.id = x.study_group_id AND g.kind = 'class' WHERE x.class_id = ?}, $class),
    pupil => $t->value('SELECT min(pupil_id) FROM ej.enrolment WHERE class_id = ?', $class),
    journal => $t->value(q{SELECT min(j.id) FROM ej.journal j JOIN ej.teaching t ON t.id = j.teaching_id JOIN ej.study_group_class g ON g.study_group_id = t.study_group_id WHERE g.class_id = ?}, $class));
sub row_of {
    my ($name) = @_;
    my $table = EJ::Routes::table_of($db, $name);
    $row{$table} //= eval { local $db->{PrintError} = 0; $t->value("SELECT min(id) FROM ej.$table WHERE school_id = 1") }
        // eval { local $db->{PrintError} = 0; $t->value("SELECT min(id) FROM ej.$table") } // 0;
    return $row{$table};
}

my %name = map { $_->[0] => "$_->[1] $_->[2]" } @{$db->selectall_arrayref('SELECT id, surname, given_name FROM ej.pupil WHERE school_id = 1')};
my %is_name = map { $_ => 1 } values %name;
my $any = join '|', map {quotemeta} sort { length $b <=> length $a } keys %is_name;
my @keys = map { @$_ } @{$db->selectall_arrayref('SELECT report_key FROM ej.report_list() ORDER BY place')};

# Whom the log has for the path, since the last call.
sub recorded {
    my ($path) = @_;
    my %found = map { $name{$_->[0]} => 1 } @{$db->selectall_arrayref('DELETE FROM ej.card_view WHERE path = ? RETURNING pupil_id', undef, $path)};
    return \%found;
}

# Pages that name pupils and are no list of them: a card is recorded when it is opened (pupil.t).
my %is_other = map { $_ => 1 } "/pupils/$row{pupil}";

my ($walked, $naming) = (0, 0);
my @missing;
for my $route (grep { $_->{method} eq 'GET' && $_->{who} !~ /EJ_ANYONE|EJ_PENDING/ } EJ::Routes::all()) {
    my @paths = $route->{path};
    @paths = map { $route->{path} =~ s/\{report_key\}/$_/r } @keys if $route->{path} eq '/reports/{report_key}';
    @paths = '/imports/pupils/list' if $route->{path} eq '/imports/{kind_key}/list';
    for my $path (@paths) {
        $path =~ s/\{(\w+_id)\}/row_of($1)/ge;
        next if $path =~ /\{/ || $path =~ m{/0(?:/|\z)} || $is_other{$path};
        for my $format ($path =~ m{/books?/archive$} ? 'html' : qw(print csv)) {
            my $ask = $path . ($path =~ m{^/reports/} ? "?class_id=$class&" : '?') . "format=$format";
            my ($r) = grep { $_->status == 200 } map { $c{$_}->get($ask, html => 1) } qw(deputy administrator);
            next unless $r;
            $walked++;
            my $recorded = recorded($path);
            my $text = $r->content =~ s/<[^>]*>/ /gr =~ s/";"/ /gr =~ s/\s+/ /gr;
            my %named;
            $named{$1} = 1 while $text =~ /($any)/g;
            next unless $path =~ m{/books?/archive$} || keys %named > 1;
            $naming++;
            my @lost = grep { !$recorded->{$_} } sort keys %named;
            push @missing, "$path as $format names $lost[0]" . (@lost > 1 ? ' and ' . $#lost . ' more' : '') if @lost || !%$recorded;
        }
    }
}
cmp_ok $naming, '>', 40, "of $walked files and prints $naming name several pupils";
is join("\n", @missing), '', 'each of them is in the log, with each pupil whom it names';

$db->do('DELETE FROM ej.card_view');
my $own = $t->value(q{SELECT min(w.pupil_id) FROM ej.guardianship w JOIN ej.guardian g ON g.id = w.guardian_id JOIN ej.account a USING (person_id) WHERE a.login = 'parent'});
is $c{parent}->get("/pupils/$own/diary?format=print", html => 1)->status . $t->value('SELECT count(*) FROM ej.card_view'), '2000', 'what families print is not';
is $c{deputy}->get("/pupils/$row{pupil}/extract?format=print", html => 1)->status . $t->value('SELECT count(*) FROM ej.card_view'), '2000', 'nor the card of marks of one pupil';
$c{deputy}->get("/classes/$class", html => 1);
is $t->value('SELECT count(*) FROM ej.card_view'), 0, 'nor what staff read on the screen';
done_testing;
