#!/usr/bin/perl
# browser.t: the journal in a real browser. The suites are *.mjs beside this
# file; run.mjs prints their TAP, which is passed on here.
#   prove tests/browser/browser.t           all
#   perl tests/browser/browser.t login      one suite
use strict;
use warnings;
use lib 'tests/lib';
use File::Basename qw(dirname);
use EJ::Test;

my $dir   = dirname(__FILE__);
my $today = '2026-11-20';

if (grep { !-d "$dir/node_modules/$_" } qw(playwright-core axe-core ws)) {
    my $said = `cd '$dir' && npm ci --no-audit --no-fund 2>&1`;
    die "npm could not install its packages:\n$said\n" if $?;
}

my $t = EJ::Test->new(seed => 'test', today => $today);

# The addresses of pages by the names the suites use.
my %paths = (
    journal => $t->path(journal => class => '7Б', subject => 'Алгебра', on => $today),
    lesson  => $t->path(lesson => class => '7Б', subject => 'Алгебра', on => $t->value(
        q{SELECT max(l.held_on) FROM ej.lesson l JOIN ej.teaching t ON t.id = l.teaching_id
            JOIN ej.subject s ON s.id = t.subject_id JOIN ej.study_group g ON g.id = t.study_group_id
           WHERE s.name = 'Алгебра' AND g.name = '7Б' AND l.held_on < ? AND l.staff_id = t.staff_id}, $today)),
    closed => $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-09-20'),
    year   => '/journals/' . $t->value(q{SELECT j.id FROM ej.journal j JOIN ej.term e ON e.id = j.term_id AND e.kind = 'year'
        JOIN ej.teaching t ON t.id = j.teaching_id JOIN ej.study_group g ON g.id = t.study_group_id
        JOIN ej.subject s ON s.id = t.subject_id WHERE g.name = '7Б' AND s.name = 'Алгебра'}),
    grade1 => $t->path(journal => class => '1А', subject => 'Русский язык', on => $today),
    group  => $t->path(journal => class => '7Б', subject => 'Английский язык', staff => 'Моисеева', on => $today),
);

$ENV{EJ_URL}    = $t->url;
$ENV{EJ_LOGINS} = $t->logins_file;
$ENV{EJ_TODAY}  = $today;
$ENV{EJ_PATHS}  = '{' . join(',', map {qq{"$_":"$paths{$_}"}} sort keys %paths) . '}';

# A suite may try wrong passwords and meet conflicts: these are told, at info.
open my $tap, '-|:encoding(UTF-8)', 'node', "$dir/run.mjs", @ARGV or die "node: $!\n";
my ($n, $is_planned) = (0, 0);
while (my $line = <$tap>) {
    chomp $line;
    if    ($line =~ /^(not )?ok \d+ - (.*)$/) { $n++; ok !$1, $2 }
    elsif ($line =~ /^# (.*)$/)               { diag $1 }
    elsif ($line =~ /^1\.\.(\d+)$/)           { $is_planned = $1 == $n }
    else                                      { diag $line }
}
close $tap;
ok $n && $is_planned, 'the browser came to the end';
done_testing;

