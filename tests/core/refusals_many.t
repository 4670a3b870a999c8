#!/usr/bin/perl
# refusals_many.t: a form with thousands of wrong cells costs its answer, not
# the server; and what was typed stays with its pupil.
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

# The seconds of the processor that a POST takes of Apache, and its answer.
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

# Whole cells, as often as a form may have.
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

# In another order than the page's, with pupils who are elsewhere between.
my $form    = "$grid?form=term";
my $empty   = $teacher->get($form, html => 1);
my @rows    = $empty->texts('//input[@name = "pupil_id"]/@value');
my ($term)  = $empty->texts('//input[@name = "column_id"]/@value');
my %typed   = map { $rows[$_] => $_ % 4 + 2 } 0 .. $#rows;
my @sent    = map { ($_, 999_000_000 + $_) } reverse @rows;
my @fields  = (column_id => [($term) x @sent], pupil_id => \@sent, old => [('') x @sent], value => [map { $typed{$_} // '7' } @sent]);
sub shown {
    my ($page) = @_;
    return {map { $_ => $page->xpath(qq{string(//tr[td/input[\@name = "pupil_id" and \@value = "$_"]]//option[\@selected]/\@value)}) } @rows};
}
$r = $teacher->post($form, {html => 1}, @fields);
is $r->status, 422, 'a form of term marks with strangers among its pupils is refused';
is_deeply shown($r), \%typed, 'and shows each pupil what was typed for the pupil, whatever the order';

# One pupil is a table as well; and a form of an earlier session is none of the
# handler's yet.
$r = $teacher->post($form, {html => 1}, column_id => $term, pupil_id => $rows[1], old => '', value => 'щ');
is $r->status . ' ' . $r->xpath('string(//*[@role = "alert"]//li)'), '422 ' . $page->xpath("string(//pupil[\@pupil_id = '$rows[1]']/\@name)")
    . ': Такой отметки или буквы здесь нет.', 'a table of one row is refused by the name of its pupil';
$r = $teacher->post($form, {html => 1, token => 'old'}, column_id => $term, pupil_id => $rows[1], old => '', value => $typed{$rows[1]});
is $r->status, 403, 'a form of an earlier session is refused';
is shown($r)->{$rows[1]}, $typed{$rows[1]}, 'and shows what was typed in its only row';

# Who was changed meanwhile is seen, and is then written over; the others keep
# the value that they were first shown.
my ($one, $two) = @rows[0, 1];
EJ::Faults::save($teacher, $grid, [[$term, $one, '', '4'], [$term, $two, '', '4']]);
$r = $teacher->post($form, {html => 1}, column_id => [$term, $term], pupil_id => [$one, $two], old => ['', '4'], value => ['5', '7']);
sub old { return $_[0]->xpath(qq{string(//tr[td/input[\@name = "pupil_id" and \@value = "$_[1]"]]//input[\@name = "old"]/\@value)}) }
is $r->status, 422, 'a conflict beside a wrong value';
is old($r, $two), '4', 'the wrong one keeps what it was measured against';
$r = $teacher->post($form, {html => 1}, column_id => [$term, $term], pupil_id => [$two, $one], old => ['4', ''], value => ['4', '5']);
is $r->status, 409, 'a conflict alone';
is old($r, $one) . shown($r)->{$one}, '45', 'shows the record, keeps what was typed';
$r = $teacher->post($form, {html => 1}, column_id => [$term, $term], pupil_id => [$two, $one], old => ['4', '4'], value => ['4', '5']);
is $r->status, 303, 'and is saved when it is sent again';

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
