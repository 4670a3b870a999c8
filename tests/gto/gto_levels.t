#!/usr/bin/perl
# gto_levels.t: levels and signs of 10,000 random results equal those that this file computes from the
# CSV files of the norms (MOD-01): values on and beside each figure, tests of one quality that stand for
# each other, days before and on a birthday, days before the first edition.
use lib 'tests/lib';
use EJ::Test;

my ($PUPILS, $RESULTS, $FIRST) = (400, 10_000, 900_000_000);
my $t  = EJ::Test->new(start => 0);
my $db = $t->db;
my $seed = $ENV{EJ_SEED} || 117;
srand $seed;
sub pick { return $_[int rand @_] }
sub hundredths { my ($text) = @_; return defined $text && $text ne '' ? int sprintf '%.0f', 100 * $text : undef }

# ------------------------------------------------- the norms, from the files -----

sub rows {
    my ($name) = @_;
    open my $file, '<:encoding(UTF-8)', "sql/gto/$name.csv" or die "$name: $!";
    chomp(my @lines = <$file>);
    my @names = split /;/, shift @lines;
    return map { my %row; @row{@names} = split /;/, $_, -1; \%row } @lines;
}
my %test  = map { $_->{test_key} => $_ } rows('tests');
my @steps = rows('editions');
my %norm;   # step_no, sex, test_key
for my $n (rows('norms')) {
    $n->{$_} = hundredths($n->{$_}) for qw(bronze silver gold);
    $norm{$n->{step_no}}{$n->{sex}}{$n->{test_key}} = $n;
}

# Years that are full on the day; of the same form, so that texts compare.
sub age { my ($birth, $day) = @_; return substr($day, 0, 4) - substr($birth, 0, 4) - (substr($day, 5) lt substr($birth, 5)) }

sub step_on {
    my ($birth, $day) = @_;
    my $age = age($birth, $day);
    return (grep { $day ge $_->{since} && $age >= $_->{age_from} && $age <= $_->{age_to} } @steps)[0];
}

sub level {
    my ($n, $value, $is_less) = @_;
    for my $sign (qw(gold silver bronze)) {
        return $sign if defined $n->{$sign} && ($is_less ? $value <= $n->{$sign} : $value >= $n->{$sign});
    }
    return defined $n->{bronze} ? 'none' : 'unknown';
}

# ------------------------------------------------------------ random facts -----

my (%birth, %sex, @result);
for my $pupil (map { $FIRST + $_ } 1 .. $PUPILS) {
    my $year = 2006 + int rand 14;
    $birth{$pupil} = pick(sprintf('%d-10-%02d', $year, 1 + int rand 31), sprintf('%d-%02d-%02d', $year, 1 + int rand 12, 1 + int rand 28),
        '2012-02-29', "$year-10-14");
    $sex{$pupil} = pick('m', 'f');
}
my %taken;
while (@result < $RESULTS) {
    my $pupil = $FIRST + 1 + int rand $PUPILS;
    my $day   = pick('2026-10-13', '2026-10-14', '2026-10-14', '2026-10-15', '2025-02-28', '2025-03-01', '2023-03-31', '2023-04-01');
    my $step  = step_on($birth{$pupil}, $day);
    my $norms = $step ? $norm{$step->{step_no}}{$sex{$pupil}} : {};
    my $test  = pick(%$norms && rand() < 0.95 ? sort keys %$norms : sort keys %test);
    next if $taken{$pupil, $day, $test, my $attempt = pick(1, 1, 1, 2, 3)}++;
    my $n      = $norms->{$test};
    my $strong = $pupil % 4;    # 3 mostly meets gold, 0 nothing
    my $figure = $n && $n->{(qw(bronze bronze silver gold))[$strong]};
    my $worse  = $test{$test}{is_less} ? 1 : -1;
    my $value  = defined $figure
        ? $figure + $worse * ($strong ? pick(0, 0, 0, -1, -10, -100, rand() < 0.3 ? 1 : -5) : pick(1, 10, 100, rand() < 0.2 ? 0 : 5))
        : 1 + int rand 100 * $test{$test}{most};
    push @result, {pupil => $pupil, day => $day, test => $test, attempt => $attempt, value => $value > 0 ? $value : 1};
}

# --------------------------------------------------------------- by hand -----

my (%level, %best, %seen);
for my $r (@result) {
    my $step = step_on($birth{$r->{pupil}}, $r->{day});
    my $n    = $step && $norm{$step->{step_no}}{$sex{$r->{pupil}}}{$r->{test}};
    my $said = $n ? level($n, $r->{value}, $test{$r->{test}}{is_less}) : '-';
    $seen{$said}++;
    $level{join ' ', @$r{qw(pupil day test attempt)}} = join ' ', $step ? $step->{step_no} : '-', $said;
    next unless $n;
    my $rank = {gold => 3, silver => 2, bronze => 1, none => 0}->{$said} // next;
    my $old  = \$best{$r->{pupil}}{$step->{step_no}}{$n->{is_obligatory}}{$n->{quality}};
    $$old = $rank if $rank > ($$old // -1);
}
my (%sign, %given);
for my $pupil (keys %best) {
    for my $step_no (keys %{$best{$pupil}}) {
        my ($step) = grep { $_->{step_no} == $step_no } @steps;
        my $sign = 'none';
        for my $rank (1 .. 3) {
            my @must = grep { $_ >= $rank } values %{$best{$pupil}{$step_no}{1}};
            my @may  = grep { $_ >= $rank } values %{$best{$pupil}{$step_no}{0}};
            my $name = (qw(none bronze silver gold))[$rank];
            $sign = $name if @must >= $step->{obligatory} && @must + @may >= $step->{"${name}_tests"};
        }
        $sign{"$pupil $step_no"} = $sign;
        $given{$sign}++;
    }
}
diag "seed $seed: ", join ', ', map({ "$_ $seen{$_}" } sort keys %seen), map({ "sign $_ $given{$_}" } sort keys %given) if $ENV{EJ_SEED};
cmp_ok $seen{$_} // 0, '>', 50, "among the results are some of level $_" for qw(gold silver bronze none unknown -);
cmp_ok $given{$_} // 0, '>', 20, "among the pupils are some of sign $_" for qw(gold silver bronze none);

# --------------------------------------------------------- by the functions -----

$t->postgres->psql($t->database, '-f', 'tests/lib/school.sql');
$db->begin_work;
$db->do('SET LOCAL session_replication_role = replica'); # rules of admission and classes have tests of their own (gto.t)
sub copy_in { my ($into, @rows) = @_; $db->do("COPY $into FROM STDIN"); $db->pg_putcopydata(join("\t", @$_) . "\n") for @rows; $db->pg_putcopyend; return }
copy_in('ej.pupil (id, school_id, person_id, surname, given_name)', map { [$_, 1, $_, 'Иванов', 'Иван'] } sort keys %birth);
copy_in('ej.pupil_card (pupil_id, school_id, birth_on, sex)', map { [$_, 1, $birth{$_}, $sex{$_}] } sort keys %birth);
my %id = map { @$_ } @{$db->selectall_arrayref('SELECT test_key, id FROM ej.gto_test')};
my $staff = $t->value('SELECT min(id) FROM ej.staff WHERE school_id = 1');
copy_in('ej.gto_result (school_id, pupil_id, gto_test_id, done_on, attempt, value, staff_id)',
    map { [1, $_->{pupil}, $id{$_->{test}}, $_->{day}, $_->{attempt}, $_->{value} / 100, $staff] } @result);
$db->do(q{SELECT as_person('deputy')});
my %key = reverse %id;
my %told = map { my ($pupil, $day, $test, $attempt, @said) = @$_; ("$pupil $day $key{$test} $attempt" => join ' ', map { $_ // '-' } @said) }
    @{$db->selectall_arrayref('SELECT pupil_id, done_on, gto_test_id, attempt, step_no, level FROM ej.gto_facts(?)', undef, [keys %birth])};
my @wrong = grep { ($told{$_} // 'nothing') ne $level{$_} } sort keys %level;
is scalar(keys %told), $RESULTS, 'every result is there once';
is join("\n", map { "$_: $told{$_}, not $level{$_}" } @wrong[0 .. ($#wrong < 4 ? $#wrong : 4)]), '', 'steps and levels are the same';
%told = map { ("$_->[0] $_->[1]" => $_->[2]) } @{$db->selectall_arrayref('SELECT pupil_id, step_no, sign FROM ej.gto_signs(?)', undef, [keys %birth])};
@wrong = grep { ($told{$_} // 'none') ne ($sign{$_} // 'none') } sort keys %{{%told, %sign}};
is join("\n", map { "$_: " . ($told{$_} // '-') . ', not ' . ($sign{$_} // '-') } @wrong[0 .. ($#wrong < 4 ? $#wrong : 4)]), '', 'signs are the same';
$db->rollback;
done_testing;
