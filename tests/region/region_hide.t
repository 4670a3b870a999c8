#!/usr/bin/perl
# region_hide.t: a number under 5 is not shown, and follows from nothing that is. The test is a reader who adds and
# subtracts: who knows all shown parts and all sums of all regions, and how each hidden part is bounded by its words.
# To that reader each part that must be hidden may still be each of its values. It knows nothing of blocks and slack.
use lib 'tests/lib';
use EJ::Test;

my $t  = EJ::Test->new(start => 0);
my $db = $t->db;
sub rows { return @{$db->selectall_arrayref(shift, {Slice => {}}, @_)} }

# A tree of regions with schools: a large one, one of a single school, one with a region below, some schools at the top.
my (%region, %parent, %schools_of);
sub region { my ($name, $above, $n) = @_; ($region{$name}) = $db->selectrow_array('INSERT INTO ej.region (name, parent_id) VALUES (?, ?) RETURNING id', undef, "R $name", $above && $region{$above}); $parent{$name} = $above;
    for (1 .. $n) { push @{$schools_of{$name}}, $db->selectrow_array(q{INSERT INTO ej.school (name, short_name, founder, city, tz, region_id) SELECT 'S ' || ?, 'S ' || ?, founder, city, tz, ? FROM ej.school WHERE id = 1 RETURNING id}, undef, "$name$_", "$name$_", $region{$name}) } }
region('top', undef, 2);
region('large', 'top', 9);
region('single', 'top', 1);
region('middle', 'top', 3);
region('below', 'middle', 2);
region('alone', undef, 2);
my @all = map { @{$schools_of{$_} || []} } sort keys %schools_of;

# Sixty weeks of random numbers: small schools, empty ones, ones with nearly all.
srand 7;
my %cell;
my $put = $db->prepare(q{INSERT INTO ej.indicator (school_id, indicator_key, week_on, part, whole) VALUES (?, 'gto', ?, ?, ?)});
my @weeks = map { $_->{w} } rows(q{SELECT (date '2025-09-01' + 7 * n)::text AS w FROM generate_series(0, 59) AS n});
for my $w (@weeks) {
    my $few = rand;
    for my $s (@all) {
        my $whole = rand() < 0.1 ? int rand 5 : 5 + int rand(rand() < 0.3 ? 12 : 400);
        my $part = rand() >= $few ? int rand($whole + 1) : rand() < 0.5 ? int rand 5 : $whole - int rand 5;
        $part = $part < 0 ? 0 : $part > $whole ? $whole : $part;
        $cell{$w}{$s} = [$part, $whole];
        $put->execute($s, $w, $part, $whole);
    }
    $db->do(q{SELECT ej.indicator_hide('gto', ?)}, undef, $w);
}

# What the reader knows of a week: the bounds of each part, and the sums.
sub known {
    my $w = shift;
    my (%bounds, %sum, %words);
    for my $v (rows('SELECT school_id, shown, part, whole FROM ej.indicator_view WHERE week_on = ?', $w)) {
        my $n = $v->{whole};
        $words{$v->{school_id}} = $v->{shown};
        next if $v->{shown} eq 'tiny';
        $bounds{$v->{school_id}} = {'' => [$v->{part}, $v->{part}], few => [0, 4], rest => [$n && $n - 4 > 5 ? $n - 4 : 5, $n], other => [5, $n && $n - 5]}->{$v->{shown}};
    }
    $sum{$_->{region_id}} = $_ for rows('SELECT region_id, schools, part, whole FROM ej.indicator_sum WHERE week_on = ?', $w);
    return (\%bounds, \%sum, \%words);
}

# The sums that the schools of a region may have together; undef: none that agrees with what is known. A sum that is known
# is that one number for the region above.
sub possible {
    my ($name, $bounds, $sum) = @_;
    my ($low, $high) = (0, 0);
    for my $b (map { $bounds->{$_} || () } @{$schools_of{$name} || []}) { $low += $b->[0]; $high += $b->[1] }
    for my $below (grep { ($parent{$_} // '') eq $name } keys %region) {
        my @b = possible($below, $bounds, $sum) or return;
        $low += $b[0];
        $high += $b[1];
    }
    my $said = $sum->{$region{$name}} && $sum->{$region{$name}}{part};
    return ($low, $high) if !defined $said;
    return $said >= $low && $said <= $high ? ($said, $said) : ();
}

my (@told, @wrong, %n);
for my $w (@weeks) {
    my ($bounds, $sum, $words) = known($w);
    for my $s (@all) {
        my ($part, $whole) = @{$cell{$w}{$s}};
        my $want = $whole == 0 ? undef : $whole < 5 ? 'tiny' : $part < 5 ? 'few' : $whole - $part < 5 ? 'rest' : '';
        my $got = $words->{$s};
        push @wrong, "$w $s" if ($want // 'no') ne ($got // 'no') && !(defined $want && $want eq '' && $got eq 'other');
        $n{$got // 'no'}++;
        next if ($got // '') !~ /^(?:few|rest)$/;
        for my $value ($bounds->{$s}[0] .. $bounds->{$s}[1]) {
            my %guess = (%$bounds, $s => [$value, $value]);
            push @told, "$w: school $s is not $value" if grep { !(() = possible($_, \%guess, $sum)) } 'top', 'alone';
        }
    }
    for my $name (keys %region) {
        my @in = map { @{$schools_of{$_}} } grep { my $r = $_; $r = $parent{$r} while defined $r && $r ne $name; defined $r } keys %region;
        my @count = grep { $_->[1] >= 5 } map { $cell{$w}{$_} } @in;
        my ($p, $all) = (0, 0);
        ($p, $all) = ($p + $_->[0], $all + $_->[1]) for @count;
        my $s = $sum->{$region{$name}} || {whole => 0, schools => 0, part => 0};
        push @wrong, "$w $name" if $s->{whole} != $all || $s->{schools} != @count || defined $s->{part} && $s->{part} != $p;
        $n{defined $s->{part} ? 'sums' : 'no sum'}++;
    }
}
is "@told", '', 'no part that must be hidden can be computed, nor narrowed';
is "@wrong", '', 'every part that may be shown is, but for those hidden beside it; the sums are those of the schools';
ok !(grep { !$n{$_} } '', qw(no tiny few rest other sums), 'no sum'), 'all of this occurs' or diag explain \%n;
is $db->selectrow_array(q{SELECT count(*) FROM ej.indicator_view WHERE shown <> '' AND part IS NOT NULL OR shown = 'tiny' AND whole IS NOT NULL}), 0, 'what is not shown is not in the table that the pages read';

# As little as possible is hidden: for one small number one other; for none, none.
my $hidden = sub { my %part = @_;
    $db->do(q{UPDATE ej.indicator SET part = 100, whole = 200 WHERE week_on = ?}, undef, $weeks[0]);
    $db->do(q{UPDATE ej.indicator SET part = ? WHERE week_on = ? AND school_id = ?}, undef, $part{$_}, $weeks[0], $schools_of{large}[$_]) for keys %part;
    $db->do(q{SELECT ej.indicator_hide('gto', ?)}, undef, $weeks[0]);
    return join ' ', map { $_->{shown} } rows(q{SELECT shown FROM ej.indicator_view WHERE week_on = ? AND shown <> '' ORDER BY shown}, $weeks[0]);
};
is $hidden->(), '', 'nothing is hidden without need';
is $hidden->(0 => 2), 'few other', 'one small number takes one other along';
is $hidden->(0 => 2, 1 => 0), 'few few other', 'two that would be known to be at most 2 as well';
is $hidden->(0 => 2, 1 => 2), 'few few', 'two that may still be anything hide one another';
is $hidden->(0 => 0, 1 => 198), 'few other rest', 'none and nearly all do not';
done_testing;
