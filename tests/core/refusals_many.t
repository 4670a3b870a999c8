#!/usr/bin/perl
# refusals_many.t: a form with thousands of wrong cells is refused at low cost;
# and the typed values stay with their pupils.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use Time::HiRes qw(time);

my $t       = EJ::Test->new(today => '2026-11-20');
my $teacher = $t->login('teacher');
my ($grid)  = EJ::Faults::journal($t);
my $page    = $teacher->get($grid);
my @columns = $page->texts('//column[@lesson_id]/@column_id');
my @pupils  = $page->texts('//pupil/@pupil_id');
my $slow    = EJ::Stage::is_sanitized() ? 10 : 1;

# The CPU time that Apache needs for a POST, and the reply.
sub post {
    my (@of)   = @_;
    my $before = $t->httpd->processor;
    my $from   = time;
    my $r      = $teacher->post($grid, @of);
    return ($r, $t->httpd->processor - $before, time - $from);
}
sub alert { return $_[0]->xpath('string(//*[@role = "alert"])') }

# ----------------------------------------------------------- cells of a grid --

my $n = 4990;
my %bad = (column_id => [('x') x $n], pupil_id => [('y') x $n], old => [('') x $n], value => [(5) x $n]);
for my $how ({html => 1}, {}, {header => {'X-Ejournal' => 'fragment'}}) {
    my ($r, $seconds, $waited) = post($how, %bad);
    is $r->status, 422, 'a form of 4,990 wrong cells is refused';
    cmp_ok $seconds, '<', 0.5 * $slow, "  for $seconds s of the processor";
    cmp_ok $waited, '<', 2 * $slow, sprintf '  in %.2f s', $waited;
    if ($how->{html}) {
        is $r->count('//*[@role = "alert"]//li'), 50, '  fifty errors are shown';
        like alert($r), qr/И ещё 9934\sошибки\./, '  the rest is counted';
    }
    else {
        is scalar($r->errors), 50, '  fifty errors are told';
        is $r->xpath('string(//error[1]/@more)'), 9934, '  the rest is counted';
    }
}

# As many cells as a form may have.
my @cells = map { my $column = $_; map { [$column, $_] } @pupils } @columns;
@cells = (@cells, @cells) while @cells < 2000;
$#cells = 1999;
my %cells = (column_id => [map { $_->[0] } @cells], pupil_id => [map { $_->[1] } @cells], old => [('') x 2000]);
for my $value (5, 'щ') {
    my ($r, $seconds, $waited) = post({html => 1}, %cells, value => [($value) x 2000]);
    is int($r->status / 100), 4, "2,000 cells with «$value» that cannot all be saved";
    cmp_ok $seconds, '<', 0.5 * $slow, "  take $seconds s of the processor";
    cmp_ok $waited, '<', 2 * $slow, sprintf '  and %.2f s', $waited;
}
my @written = EJ::Faults::cells($t, 20);
my ($r, $seconds) = post({html => 1}, column_id => [map { $_->[0] } @written], pupil_id => [map { $_->[1] } @written],
    old => [('') x 20], value => [(4) x 20]);
is $r->status, 303, 'twenty good ones are saved';

# ------------------------------------------------------------ the term's form --

# Cells in another order than on the page, with pupils of other journals between them.
$t->db->do('UPDATE ej.school SET min_marks = 0');
my $form    = "$grid/finals";
my $empty   = $teacher->get($form, html => 1);
my @rows    = $empty->texts('//input[@name = "pupil_id"]/@value');
my ($term)  = $teacher->get($grid)->texts('//column[@kind = "term"]/@column_id');
my %typed   = map { $rows[$_] => $_ % 4 + 2 } 0 .. $#rows;
my @sent    = map { ($_, 999_000_000 + $_) } reverse @rows;
my @fields  = (pupil_id => \@sent, old => [('') x @sent], value => [map { $typed{$_} // '7' } @sent], old_note => [('') x @sent], note => [('') x @sent]);
sub shown {
    my ($page) = @_;
    return {map { $_ => $page->xpath(qq{string(//tr[td/input[\@name = "pupil_id" and \@value = "$_"]]//option[\@selected]/\@value)}) } @rows};
}
$r = $teacher->post($form, {html => 1}, @fields);
is $r->status, 422, 'a form of term marks with strangers among its pupils is refused';
is_deeply shown($r), \%typed, 'the refused form has each typed value at its pupil, whatever the order';

# A table of one pupil; and a form of an earlier session, which the
# handler does not see.
$r = $teacher->post($form, {html => 1}, pupil_id => $rows[1], old => '', value => 'щ', old_note => '', note => '');
is $r->status . ' ' . $r->xpath('string(//*[@role = "alert"]//li)'), '422 ' . $page->xpath("string(//pupil[\@pupil_id = '$rows[1]']/\@name)")
    . ': Такой отметки или буквы здесь нет.', 'the refusal of a table of one row names the pupil';
$r = $teacher->post($form, {html => 1, token => 'old'}, pupil_id => $rows[1], old => '', value => $typed{$rows[1]}, old_note => '', note => '');
is $r->status, 403, 'a form of an earlier session is refused';
is shown($r)->{$rows[1]}, $typed{$rows[1]}, 'a form of an earlier session keeps the typed value of its only row';

# A pupil with a conflict gets the present old value; the others keep
# the value that they were first shown.
my ($one, $two) = @rows[0, 1];
EJ::Faults::save($teacher, $grid, [[$term, $one, '', '4'], [$term, $two, '', '4']]);
$r = $teacher->post($form, {html => 1}, pupil_id => [$one, $two], old => ['', '4'], value => ['5', '7'], old_note => ['', ''], note => ['', '']);
sub old { return $_[0]->xpath(qq{string(//tr[td/input[\@name = "pupil_id" and \@value = "$_[1]"]]//input[\@name = "old"]/\@value)}) }
is $r->status, 422, 'a conflict beside a wrong value gets 422';
is old($r, $two), '4', 'a wrong value keeps its old value';
$r = $teacher->post($form, {html => 1}, pupil_id => [$two, $one], old => ['4', ''], value => ['4', '5'], old_note => ['', ''], note => ['', '']);
is $r->status, 409, 'a single conflict gets 409';
is old($r, $one) . shown($r)->{$one}, '45', 'a conflict gets the present old value and keeps the typed one';
$r = $teacher->post($form, {html => 1}, pupil_id => [$two, $one], old => ['4', '4'], value => ['4', '5'], old_note => ['', ''], note => ['', '']);
is $r->status, 303, 'the form after a conflict is saved when it is sent again';

# ---------------------------------------------------- fields of a lesson's form

my $lesson = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my @many   = map { ("code.$_" => 'щ', "old_code.$_" => '') } 1 .. 4990;
for my $of ([@many], [topic => [('a') x 9000]], [map { ("comment.1.$_" => "\x{1}") } 1 .. 2000]) {
    my $before = $t->httpd->processor;
    $r = $teacher->post($lesson, {html => 1}, @$of);
    my $took = $t->httpd->processor - $before;
    cmp_ok $took, '<', 0.5 * $slow, 'a lesson with ' . @$of . " fields: " . $r->status . " for $took s of the processor";
}
done_testing;
