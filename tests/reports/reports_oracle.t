#!/usr/bin/perl
# reports_oracle.t: every cell of the reports, computed a second time: in Perl, with exact fractions, from
# the tables alone. For each class and term, and for the sums of grades, levels and the school.
use lib 'tests/lib';
use EJ::Test;
use Math::BigRat;

my $demo = !$ENV{EJ_QUICK};
my $t = EJ::Test->new($demo ? (seed => 'demo') : (today => '2026-11-20'));
my $deputy = $t->login('deputy');
sub rows { my ($sql, @args) = @_; return @{$t->db->selectall_arrayref($sql, {Slice => {}}, @args)} }
my $today = $t->value('SELECT ej.today(1)');

# -------------------------------------------------------------- arithmetic ----

# A fraction with two decimals, half up, as people write it; nothing of nothing.
sub shown {
    my ($x) = @_;
    return '' unless defined $x;
    my $cents = ($x->copy->babs * 100 + Math::BigRat->new('1/2'))->bfloor;
    my $text = sprintf '%03d', $cents->numerator;
    $text =~ s/(..)$/.$1/;
    return ($x < 0 && $cents != 0 ? '-' : '') . $text;
}
sub ratio { my ($a, $b, $by) = @_; return $b ? Math::BigRat->new($a) * ($by // 100) / Math::BigRat->new($b) : undef }

# ------------------------------------------------------------------ tables ----

my @classes = rows('SELECT id, grade, letter, name, term_plan_id FROM ej.class WHERE school_id = 1 AND year = 2026');
my %class = map { $_->{id} => $_ } @classes;
my %scale;
$scale{"$_->{scale_id} $_->{value}"} = $_ for rows('SELECT * FROM ej.scale_value WHERE school_id = 1');
my %enrolled; # of a pupil: [class, first day, day after the last]
push @{$enrolled{$_->{pupil_id}}}, $_ for rows(q{SELECT pupil_id, class_id, coalesce(lower(during), '0001-01-01') AS a,
    coalesce(upper(during), '9999-01-01') AS b FROM ej.enrolment WHERE school_id = 1 AND NOT isempty(during)});
sub class_on { my ($pupil, $day) = @_; for (@{$enrolled{$pupil}}) { return $_->{class_id} if $_->{a} le $day && $day lt $_->{b} } return 0 }
my @terms = rows(q{SELECT e.id, e.name, e.kind, e.is_taught, e.term_plan_id, lower(e.during) AS a, upper(e.during) - 1 AS z
    FROM ej.term AS e JOIN ej.term_plan AS p ON p.id = e.term_plan_id WHERE p.school_id = 1 AND p.year = 2026});

# Levels of a mark, by the scale.
sub level {
    my ($m) = @_;
    my $v = $scale{"$m->{scale_id} $m->{value}"};
    return 'exempt' unless defined $v->{sou_weight};
    return 'na' if $m->{value} eq 'н/а';
    return 'n2' unless $v->{is_pass};
    return 'pass' unless defined $v->{number};
    return $v->{is_good} ? ($v->{sou_weight} >= 100 ? 'n5' : 'n4') : 'n3';
}

# The lines to which a class belongs.
sub lines_of { my ($c) = @_; my $g = $class{$c}{grade}; return ("class-$c", "grade-$g", 'level-' . ($g < 5 ? 1 : $g < 10 ? 5 : 10), 'school') }

# What the page shows of a table: {line}{column} = text.
sub page {
    my ($query, $name) = @_;
    my $r = $deputy->get("/reports/$query");
    is $r->status, 200, "$query opens" or return {};
    my %found;
    for my $table ($r->nodes($name ? "//table[\@name = '$name']" : '//table[1]')) {
        my @keys = map { $_->getAttribute('key') } $table->findnodes('column');
        for my $line ($table->findnodes('line')) {
            my @cells = $line->findnodes('c');
            $found{$line->getAttribute('line')}{$keys[$_]} = $cells[$_]->textContent for 0 .. $#keys;
        }
    }
    return \%found;
}

# Compare the columns that are computed here; lines that only one of both has differ, too.
sub same {
    my ($shown, $computed, $what) = @_;
    my @wrong;
    for my $line (sort { $a cmp $b } keys %{{%$shown, %$computed}}) {
        push @wrong, "$line is only " . ($shown->{$line} ? 'shown' : 'computed') and next unless $shown->{$line} && $computed->{$line};
        push @wrong, map { "$line $_: shown '" . ($shown->{$line}{$_} // 'none') . "', computed '$computed->{$line}{$_}'" }
            grep { ($shown->{$line}{$_} // 'none') ne $computed->{$line}{$_} } sort keys %{$computed->{$line}};
    }
    cmp_ok scalar(keys %$computed), '>', 0, "$what: there are lines";
    is join("\n", @wrong[0 .. ($#wrong > 8 ? 8 : $#wrong)]), '', "$what: every cell is what the tables give";
}

# ------------------------------------------------------------ REP-08, REP-13 ----

my %marks; # of a term: marks
push @{$marks{$_->{term_id}}}, $_ for rows('SELECT term_id, pupil_id, subject_id, scale_id, value FROM ej.term_mark WHERE school_id = 1 AND value IS NOT NULL');

# The sums of each line: numbers of pupils by group, of marks by level.
sub sums {
    my ($ends_on, $kind, @only) = @_;
    my (%sum, %by_pupil);
    for my $e (grep { $_->{z} eq $ends_on && ($_->{is_taught} ? 'taught' : $_->{kind}) eq $kind } @terms) {
        for my $m (@{$marks{$e->{id}}}) {
            my $c = class_on($m->{pupil_id}, $e->{z});
            next unless $class{$c} && (!@only || grep { $_ == $c } @only);
            my ($v, $l) = ($scale{"$m->{scale_id} $m->{value}"}, level($m));
            $by_pupil{$m->{pupil_id}}{$l}++;
            for my $line (lines_of($c), "subject-$c-$m->{subject_id}", "pupil-$c-$m->{pupil_id}") {
                my $s = $sum{$line} //= {};
                $s->{$l}++;
                next if $l eq 'exempt';
                $s->{counted}++, $s->{weights} += $v->{sou_weight}, $s->{passed} += $v->{is_pass} ? 1 : 0, $s->{fine_marks} += $v->{is_good} ? 1 : 0;
                $s->{numbers}++, $s->{total} += $v->{number} if defined $v->{number};
            }
        }
        for my $pupil (keys %enrolled) {
            my $c = class_on($pupil, $e->{z});
            next unless $class{$c} && $class{$c}{term_plan_id} == $e->{term_plan_id} && (!@only || grep { $_ == $c } @only);
            my %n = (n5 => 0, n4 => 0, n3 => 0, n2 => 0, na => 0, pass => 0, %{$by_pupil{$pupil} // {}});
            my $group = $n{n2} ? 'failing' : $n{na} ? 'absent' : $n{n3} ? 'fair' : $n{n4} ? 'good' : $n{n5} ? 'excellent' : '';
            for my $s (map { $sum{$_} //= {} } lines_of($c), "pupil-$c-$pupil") {
                $s->{pupils}++;
                $s->{$group}++ if $group;
                $s->{one_4}++ if $group eq 'good' && $n{n4} == 1;
                $s->{one_3}++ if $group eq 'fair' && $n{n3} == 1;
                next unless grep { $n{$_} } qw(n5 n4 n3 n2 na pass);
                $s->{rated}++;
                $s->{passing}++ unless $n{n2} || $n{na};
                $s->{fine}++ if $group eq 'good' || $group eq 'excellent';
            }
        }
    }
    return \%sum;
}

sub school_line {
    my ($s) = @_;
    return {(map { $_ => $s->{$_} // 0 } qw(pupils rated excellent good one_4 fair one_3 failing absent)),
        pass_pct => shown(ratio($s->{passing} // 0, $s->{rated})), quality_pct => shown(ratio($s->{fine} // 0, $s->{rated})),
        sou => shown(ratio($s->{weights} // 0, $s->{counted}, 1)), mean => shown(ratio($s->{total} // 0, $s->{numbers}, 1))};
}

my %choice; # of a term of the page: day and kind
for my $e (sort { $a->{id} <=> $b->{id} } @terms) {
    $choice{$e->{z} . ' ' . ($e->{is_taught} ? 'taught' : $e->{kind})} //= $e;
}
for my $key (sort keys %choice) {
    my ($e, $ends_on, $kind) = ($choice{$key}, split / /, $key);
    my $sum = sums($ends_on, $kind);
    my %school = map { /^(?:class|grade|level|school)/ ? ($_ => school_line($sum->{$_})) : () } grep { $sum->{$_}{pupils} || $sum->{$_}{counted} } keys %$sum;
    next unless %school;
    my ($before) = reverse sort map { /^(\S+) taught/ && $1 lt $e->{a} ? $1 : () } keys %choice;
    if ($kind eq 'taught' && $before) {
        my $earlier = sums($before, 'taught');
        for my $line (keys %school) {
            my ($now, $then) = ($sum->{$line}, $earlier->{$line} // {});
            my @mean = (ratio($now->{total} // 0, $now->{numbers}, 1), ratio($then->{total} // 0, $then->{numbers}, 1));
            $school{$line}{mean_change} = defined $mean[0] && defined $mean[1] ? shown($mean[0] - $mean[1]) : '';
        }
    }
    same(page("school?term_id=$e->{id}"), \%school, "REP-13, $e->{name}");
    next unless grep { $sum->{$_}{counted} } keys %$sum;
    for my $c (sort { $a <=> $b } map { /^class-(\d+)$/ } grep { $sum->{$_}{pupils} } keys %$sum) {
        my $results = page("results?term_id=$e->{id}&class_id=$c");
        my %lines;
        for my $line (grep { /^(?:pupil-$c-|class-$c$)/ } keys %$sum) {
            $lines{$line} = {(map { $_ => $sum->{$line}{$_} // 0 } qw(excellent good one_4 fair one_3 failing absent)),
                mean => shown(ratio($sum->{$line}{total} // 0, $sum->{$line}{numbers}, 1))};
        }
        for my $m (map { @{$marks{$_->{id}} // []} } grep { $_->{z} eq $ends_on && ($_->{is_taught} ? 'taught' : $_->{kind}) eq $kind } @terms) {
            my $line = "pupil-$c-$m->{pupil_id}";
            $lines{$line}{"subject-$m->{subject_id}"} = $m->{value} if class_on($m->{pupil_id}, $e->{z}) == $c && $lines{$line};
        }
        same($results, \%lines, "REP-08, $class{$c}{name}, $e->{name}");
        my $quality = page("quality?term_id=$e->{id}&class_id=$c");
        my %subject = map {
            my $s = $sum->{$_};
            ($_ => {(map { my $k = $_; $k => $s->{$k} // 0 } qw(n5 n4 n3 n2 na pass exempt)), pass_pct => shown(ratio($s->{passed} // 0, $s->{counted})),
                quality_pct => shown(ratio($s->{fine_marks} // 0, $s->{counted})), sou => shown(ratio($s->{weights} // 0, $s->{counted}, 1)),
                mean => shown(ratio($s->{total} // 0, $s->{numbers}, 1))})
        } grep { /^subject-$c-/ || $_ eq "class-$c" } keys %$sum;
        delete $quality->{$_} for grep { !$subject{$_} && !grep { $_ } @{$quality->{$_}}{qw(n5 n4 n3 n2 na pass exempt)} } keys %$quality;
        same($quality, \%subject, "REP-18, $class{$c}{name}, $e->{name}");
    }
}

# ---------------------------------------------------- every number's rows ----

# The rows of some numbers make them: each column of one line of each report.
for my $key (map { $_->getAttribute('report_key') } $deputy->get('/reports')->nodes('//report')) {
    my $r = $deputy->get("/reports/$key");
    for my $table ($r->nodes('//table')) {
        my @columns = $table->findnodes('column');
        my ($line) = grep { $_->getAttribute('kind') eq 'class' } $table->findnodes('line');
        $line //= ($table->findnodes('line'))[0] or next;
        my @cells = $line->findnodes('c');
        my @wrong;
        for my $i (grep { ($columns[$_]->getAttribute('rows_key') // '') eq $columns[$_]->getAttribute('key') } 0 .. $#columns) {
            my ($column, $row) = ($columns[$i]->getAttribute('key'), $line->getAttribute('line'));
            my $rows = $deputy->get("/reports/$key/rows?name=" . $table->getAttribute('name') . "&line=$row&column=$column");
            push @wrong, "$row $column: " . $cells[$i]->textContent . ' is made of ' . $rows->xpath('string(//reports/@amount)')
                if $rows->status != 200 || $rows->xpath('string(//reports/@amount)') != $cells[$i]->textContent;
        }
        is join("\n", @wrong), '', "$key, " . $table->getAttribute('name') . ': the rows of a number make it';
    }
}
done_testing;
