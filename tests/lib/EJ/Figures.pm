package EJ::Figures;

# The figures of reports, computed a second time from the tables alone with exact fractions, and compared with what
# pages show.
#
#   use EJ::Figures;
#   EJ::Figures::read_school($t);                # an EJ::Test: the tables of its school 1 and of 2026
#   EJ::Figures::read_school($t, sampled => 1)   # of a large school: fewer pages (is_asked)
#   EJ::Figures::check();                        # every report
#
# The reports are in EJ/Figures/*.pm; each of them has check(), which asks for pages and compares:
#
#   my %sum;
#   add(\%sum, $class_id, 'pupils', 1);          # to the lines of class, grade, level and school
#   same(page('sizes'), whole(\%sum, 'pupils'), 'REP-07');

use strict;
use warnings;
use utf8;
use Exporter qw(import);
use Math::BigRat;
use Test::More ();

our @EXPORT = qw(rows value shown ratio pct mean less class_on level lines_of first_of median ask page same add whole upper only
    is_asked term_of is_now before rewrite_activity @classes %class %scale %enrolled @terms %choice %teaching %lesson @marks @absences %finals
    %members %now %earlier $term_id $today $school $reader);
our (@classes, %class, %scale, %enrolled, @terms, %choice, %teaching, %lesson, @marks, @absences, %finals, %members, %now,
    %earlier, $term_id, $today, $school, $reader);
my ($t, $sampled, %asked, $got, $got_query);

# Every report: the cells, the rows behind them, the files.
sub check {
    for my $part (qw(Terms Days Teachings Course Changes Links Sheets)) {
        require "EJ/Figures/$part.pm";
        "EJ::Figures::$part"->can('check')->();
    }
}

# ------------------------------------------------------------------- tables ----

sub read_school {
    ($t, my %o) = @_;
    ($reader, $sampled) = ($t->login('deputy'), $o{sampled});
    $today = value('SELECT ej.today(1)');
    ($school) = rows('SELECT * FROM ej.school WHERE id = 1');
    @classes = rows('SELECT id, grade, letter, name, term_plan_id FROM ej.class WHERE school_id = 1 AND year = 2026 ORDER BY grade, id');
    %class = map { $_->{id} => $_ } @classes;
    $scale{"$_->{scale_id} $_->{value}"} = $_ for rows('SELECT * FROM ej.scale_value WHERE school_id = 1');
    # of a pupil: class, first day, day after the last
    push @{$enrolled{$_->{pupil_id}}}, $_ for rows(q{SELECT pupil_id, class_id, coalesce(lower(during), '0001-01-01') AS a,
        coalesce(upper(during), '9999-01-01') AS b FROM ej.enrolment WHERE school_id = 1 AND NOT isempty(during)});
    # of a group: the same
    push @{$members{$_->{study_group_id}}}, $_ for rows(q{SELECT study_group_id, pupil_id, lower(during) AS a, coalesce(upper(during), '9999-01-01') AS b
        FROM ej.membership WHERE school_id = 1});
    _read_terms();
    _read_lessons();
    return;
}

sub _read_terms {
    @terms = rows(q{SELECT e.id, e.name, e.kind, e.is_taught, e.term_plan_id, lower(e.during) AS a, upper(e.during) - 1 AS z
        FROM ej.term AS e JOIN ej.term_plan AS p ON p.id = e.term_plan_id WHERE p.school_id = 1 AND p.year = 2026 ORDER BY e.id});
    $_->{together} = "$_->{z} " . ($_->{is_taught} ? 'taught' : $_->{kind}) for @terms;
    # the terms that a page shows together
    push @{$choice{$_->{together}}}, $_ for @terms;
    # the taught terms in which today is, and those before them, by plan
    %now = map { $_->{term_plan_id} => $_ } grep { $_->{is_taught} && $_->{a} le $today && $today le $_->{z} } @terms;
    %earlier = map { $_->{term_plan_id} => $_ } before(values %now);
    ($term_id) = sort { $a <=> $b } map { $_->{id} } values %now;
    push @{$finals{$_->{term_id}}}, $_ for rows(q{SELECT term_id, pupil_id, subject_id, teaching_id, scale_id, value FROM ej.term_mark
        WHERE school_id = 1 AND value IS NOT NULL});
}

# Lessons of the year, the marks and absences in them.
sub _read_lessons {
    %teaching = map { $_->{id} => $_ } rows(q{SELECT t.id, t.staff_id, t.study_group_id, t.subject_id, array_agg(c.id ORDER BY c.grade, c.id) AS classes
        FROM ej.teaching AS t JOIN ej.study_group_class AS x ON x.study_group_id = t.study_group_id JOIN ej.class AS c ON c.id = x.class_id
       WHERE t.school_id = 1 AND t.year = 2026 GROUP BY t.id});
    %lesson = map { $_->{id} => $_ } grep { $teaching{$_->{teaching_id}} } rows(q{SELECT id, teaching_id, study_group_id, held_on, hours, state, topic, staff_id, is_substitute,
        (attendance_at AT TIME ZONE ?)::date - held_on AS delay, homework IS NOT NULL AS homework FROM ej.lesson WHERE school_id = 1 AND state <> 'moved'}, $school->{tz});
    @marks = grep { $lesson{$_->{lesson_id}} } rows(q{SELECT w.id AS work_id, w.lesson_id, j.term_id, w.kind_id, w.weight_pct, k.is_control, m.pupil_id, m.attempt, m.scale_id, m.value
        FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id JOIN ej.work_kind AS k ON k.id = w.kind_id JOIN ej.journal AS j ON j.id = w.journal_id
       WHERE m.school_id = 1 AND m.value IS NOT NULL});
    for my $m (@marks) {
        @$m{qw(held_on teaching_id level)} = (@{$lesson{$m->{lesson_id}}}{qw(held_on teaching_id)}, level($m));
        @$m{qw(number is_pass is_good)} = @{$scale{"$m->{scale_id} $m->{value}"}}{qw(number is_pass is_good)};
        $m->{class_id} = class_on($m->{pupil_id}, $m->{held_on});
    }
    my %counts_missed = map { $_->{code} => 1 } rows('SELECT code FROM ej.attendance_code WHERE school_id = 1 AND counts_missed');
    @absences = grep { $lesson{$_->{lesson_id}} && $lesson{$_->{lesson_id}}{state} eq 'given' && ($counts_missed{$_->{code}} || $_->{code} eq 'о') }
        rows('SELECT pupil_id, lesson_id, code FROM ej.attendance WHERE school_id = 1');
    for my $a (@absences) {
        @$a{qw(held_on teaching_id)} = @{$lesson{$a->{lesson_id}}}{qw(held_on teaching_id)};
        @$a{qw(class_id is_missed)} = (class_on($a->{pupil_id}, $a->{held_on}), $counts_missed{$a->{code}} ? 1 : 0);
    }
}

# Rows of a statement as hashes; its first value.
sub rows { my ($sql, @args) = @_; return @{$t->db->selectall_arrayref($sql, {Slice => {}}, @args)} }
sub value { return $t->value(@_) }

# Write the use of the journal in a month, which the job has already written, once more.
sub rewrite_activity {
    my ($month_on) = @_;
    $t->db->do('DELETE FROM ej.activity WHERE school_id = 1 AND month_on = ?', undef, $month_on);
    $t->value('SELECT ej.activity_freeze()');
}

# The taught terms before these, of the same plans.
sub before {
    my @found;
    for my $e (@_) {
        my ($b) = sort { $b->{a} cmp $a->{a} } grep { $_->{is_taught} && $_->{term_plan_id} == $e->{term_plan_id} && $_->{z} lt $e->{a} } @terms;
        push @found, $b if $b;
    }
    return @found;
}

# The present term of a class; whether a day is in it, up to today.
sub term_of { return $now{$class{$_[0]}{term_plan_id}} }
sub is_now { my ($c, $day) = @_; my $e = $class{$c} && term_of($c); return $e && $e->{a} le $day && $day le $e->{z} && $day le $today }

# The class in which a pupil is on a day.
sub class_on {
    my ($pupil, $day) = @_;
    for (@{$enrolled{$pupil}}) { return $_->{class_id} if $_->{a} le $day && $day lt $_->{b} }
    return 0;
}

# The level of a mark, by the scale.
sub level {
    my ($m) = @_;
    my $v = $scale{"$m->{scale_id} $m->{value}"};
    return 'exempt' unless defined $v->{sou_weight};
    return 'na' if $m->{value} eq 'н/а';
    return 'n2' unless $v->{is_pass};
    return 'pass' unless defined $v->{number};
    return $v->{is_good} ? ($v->{sou_weight} >= 100 ? 'n5' : 'n4') : 'n3';
}

# ------------------------------------------------------------------ figures ----

# A fraction with two decimals, half up, as people write it; '' for undef. It and a quotient are computed once for the
# same numbers: exact fractions are slow.
my (%shown, %ratio);
sub shown {
    my ($x) = @_;
    return '' unless defined $x;
    return $shown{$x} //= _shown($x);
}
sub _shown {
    my ($x) = @_;
    my $cents = ($x->copy->babs * 100 + Math::BigRat->new('1/2'))->bfloor;
    my $text = sprintf '%03d', $cents->numerator;
    $text =~ s/(..)$/.$1/;
    return ($x < 0 && $cents != 0 ? '-' : '') . $text;
}
sub ratio {
    my ($a, $b, $by) = (@_[0, 1], $_[2] // 100);
    return $b ? $ratio{"$a $b $by"} //= Math::BigRat->new($a) * $by / Math::BigRat->new($b) : undef;
}

# The share of two sums as a percentage, their quotient, and a figure less another one.
sub pct { my ($s, $a, $b) = @_; return shown(ratio($s->{$a} // 0, $s->{$b})) }
sub mean { my ($s, $a, $b) = @_; return ratio($s->{$a} // 0, $s->{$b}, 1) }
sub less { my ($a, $b) = @_; return defined $a && defined $b ? shown($a - $b) : '' }

# The middle of some whole numbers, or half way between the two in the middle; '' without numbers.
sub median {
    my @n = sort { $a <=> $b } @_;
    return @n ? ($n[$#n / 2] + $n[@n / 2]) / 2 : '';
}

# The first day of the week or month of a day, as in the names of lines.
my %first;
sub first_of {
    my ($step, $day) = @_;
    return $first{"$step $day"} //= "$step-" . value("SELECT date_trunc(?, ?::timestamp)::date - date '2000-01-01'", $step, $day);
}

# -------------------------------------------------------------------- lines ----

# The lines to which a class belongs.
sub lines_of {
    my ($c) = @_;
    my $g = $class{$c}{grade};
    return ("class-$c", "grade-$g", 'level-' . ($g < 5 ? 1 : $g < 10 ? 5 : 10), 'school');
}

# Add to the sums of the lines of a class.
sub add { my ($sum, $c, $key, $n, @more) = @_; $sum->{$_}{$key} += $n for lines_of($c), @more }
# With a nought where nothing was added.
sub whole { my ($sum, @keys) = @_; for my $s (values %$sum) { $s->{$_} //= 0 for @keys } return $sum }
# Only lines of classes and above, or of the pupils and subjects of one class.
sub upper { my ($lines) = @_; return {map { /^(?:class|grade|level|school)/ ? ($_ => $lines->{$_}) : () } keys %$lines} }
sub only { my ($lines, $kind, $c) = @_; return {map { /^$kind-$c-/ || $_ eq "class-$c" ? ($_ => $lines->{$_}) : () } keys %$lines} }

# -------------------------------------------------------------------- pages ----

# Whether a page of a class is asked for: in a small school always. In a sampled school a report is asked for every
# eighth class, beginning with another class for each report; of `of` terms a class is asked for one, its number is `nth`.
sub is_asked {
    my ($report, $c, $nth, $of) = @_;
    return 1 if !$sampled;
    my $from = $asked{$report} //= keys %asked;
    my ($place) = grep { $classes[$_]{id} == $c } 0 .. $#classes;
    return $place % 8 == $from % 8 && int($place / 8) % ($of // 1) == ($nth // 0);
}

# A page of the reader, asked for again if the machine is too busy for the time that a statement may take.
sub ask {
    my ($path) = @_;
    my $r;
    for (1 .. 5) {
        $r = $reader->get($path);
        return $r if $r->status != 503;
    }
    return $r;
}

# What the page shows of a table: {line}{column} = text.
sub page {
    my ($query, $name) = @_;
    if (!$got || $got_query ne $query) {
        ($got, $got_query) = (ask("/reports/$query"), $query);
        Test::More::is($got->status, 200, "$query opens") or return {};
    }
    my %found;
    for my $table ($got->nodes($name ? "//table[\@name = '$name']" : '//table[1]')) {
        my @keys = map { $_->getAttribute('key') } $table->findnodes('column');
        for my $line ($table->findnodes('line')) {
            my @cells = $line->findnodes('c');
            $found{$line->getAttribute('line')}{$keys[$_]} = $cells[$_]->textContent for 0 .. $#keys;
        }
    }
    return \%found;
}

# Compare all cells of what the page shows and what was computed; a line or column that only one of them has is a
# difference, too. A subject that was not computed must be shown empty.
sub same {
    my ($shown, $computed, $what) = @_;
    my @wrong;
    for my $line (sort { $a cmp $b } keys %{{%$shown, %$computed}}) {
        my ($s, $c) = ($shown->{$line}, $computed->{$line});
        push @wrong, "$line is only " . ($s ? 'shown' : 'computed') and next unless $s && $c;
        for my $key (sort keys %{{%$s, %$c}}) {
            my $is = $c->{$key} // ($key =~ /^subject-/ ? '' : 'none');
            push @wrong, "$line $key: shown '" . ($s->{$key} // 'none') . "', computed '$is'" if ($s->{$key} // 'none') ne $is;
        }
    }
    Test::More::cmp_ok(scalar(keys %$computed), '>', 0, "$what: there are lines");
    Test::More::is(join("\n", @wrong[0 .. ($#wrong > 8 ? 8 : $#wrong)]), '', "$what: every cell is what the tables give");
}

1;
