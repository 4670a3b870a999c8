package EJ::Figures::Changes;

# Reports on how journals are kept, and what changed: REP-15, 27, 28 (EJ::Figures). The facts of duties are taken from
# ej.duty_facts(), which tests/control computes a second time.

use strict;
use warnings;
use utf8;
use EJ::Figures;
use EJ::Figures::Course ();
use EJ::Figures::Teachings ();
use EJ::Forecast;

sub check {
    keeping();
    monitor();
    decisions();
}

# The facts of duties in some days, of all teachings and these classes.
sub facts {
    my ($parts, $classes, $from, $till) = @_;
    return rows(q{SELECT f.duty_key, f.is_undone, f.staff_id, f.class_id, f.teaching_id, f.lesson_id FROM ej.duty_facts(?,
        ARRAY(SELECT id FROM ej.teaching WHERE school_id = 1 AND year = 2026), ?, ?, ?) AS f}, $parts, $classes, $from, $till);
}

# ----------------------------------------------------------------- REP-15 ----

sub keeping {
    my @parts = map { $_->{part} } rows(q{SELECT DISTINCT part FROM ej.duties() WHERE part <> 'marks'});
    for my $set ([map { $_->{id} } @classes], map { is_asked(keeping => $_->{id}) && term_of($_->{id}) ? [$_->{id}] : () } @classes) {
        my (%sum, %from);
        push @{$from{term_of($_)->{a}}}, $_ for grep { term_of($_) } @$set;
        keep(\%sum, \@parts, $_, $from{$_}) for keys %from;
        whole(\%sum, qw(due met unmet families visited weeks acknowledged findings open));
        for my $s (values %sum) {
            delete $s->{''};
            @$s{qw(met_pct visited_pct acknowledged_pct)} = (pct($s, 'met', 'due'), pct($s, 'visited', 'families'), pct($s, 'acknowledged', 'weeks'));
        }
        my $one = @$set == 1 ? "&class_id=$set->[0]" : '';
        same(page("keeping?term_id=$term_id$one"), $one ? only(\%sum, 'none', $set->[0]) : \%sum, 'REP-15, ' . ($one ? $class{$set->[0]}{name} : 'school'));
    }
}

# Count the facts and findings of classes whose term began on the same day.
sub keep {
    my ($sum, $parts, $from, $set) = @_;
    my %is_wanted = map { $_ => 1 } @$set;
    for my $f (grep { $is_wanted{$_->{class_id} // 0} } facts($parts, $set, $from, $today)) {
        my ($all, $done, $not) = @{{visit => ['families', 'visited', ''], receipt => ['weeks', 'acknowledged', '']}->{$f->{duty_key}} // [qw(due met unmet)]};
        add($sum, $f->{class_id}, $all => 1);
        add($sum, $f->{class_id}, $f->{is_undone} ? $not : $done, 1);
    }
    for my $d (rows(q{SELECT class_id, state FROM ej.finding WHERE school_id = 1 AND kind = 'finding' AND made_on BETWEEN ? AND ?}, $from, $today)) {
        next unless $d->{class_id} && $is_wanted{$d->{class_id}};
        add($sum, $d->{class_id}, findings => 1), add($sum, $d->{class_id}, open => $d->{state} =~ /^(?:open|returned)$/ ? 1 : 0);
    }
}

# ----------------------------------------------------------------- REP-27 ----

sub monitor {
    my ($fortnight, $week) = (EJ::Figures::Course::days_ago(14), EJ::Figures::Course::days_ago(7));
    # the last seven days, and the seven before them
    my $when = sub { return $_[0] gt $today || $_[0] le $fortnight ? undef : $_[0] gt $week ? '' : '_before' };
    my %sum;
    for my $a (grep { $_->{is_missed} && $class{$_->{class_id}} } @absences) {
        my $w = $when->($a->{held_on}) // next;
        add(\%sum, $a->{class_id}, "missed$w" => 1);
        add(\%sum, $a->{class_id}, "truant$w" => 1) if $a->{code} =~ /^[нп]$/;
    }
    my %is_unmarked = map { $_ => 1 } @{$school->{unmarked_grades}};
    for my $l (values %lesson) {
        my $w = $when->($l->{held_on}) // next;
        next if $l->{state} eq 'cancelled' || !($l->{state} eq 'given' || $l->{held_on} lt $today);
        my $c = $teaching{$l->{teaching_id}}{classes}[0];
        next if $l->{topic} ne '' && defined $l->{delay} && ($l->{homework} || $is_unmarked{$class{$c}{grade}});
        add(\%sum, $c, "unfilled$w" => 1);
    }
    for my $m (grep { !$_->{is_pass} && $_->{level} ne 'exempt' && $class{$_->{class_id}} } @marks) {
        my $w = $when->($m->{held_on}) // next;
        add(\%sum, $m->{class_id}, "failed$w" => 1);
    }
    EJ::Figures::Course::each_mean(sub {
        my ($c, undef, undef, $mean, $before) = @_;
        add(\%sum, $c, falls => 1) if EJ::Figures::Course::turn($mean, $before) < 0;
    });
    for my $d (rows(q{SELECT class_id, state, due_on FROM ej.finding WHERE school_id = 1 AND kind = 'finding' AND state <> 'accepted'})) {
        next unless $d->{class_id} && $class{$d->{class_id}};
        add(\%sum, $d->{class_id}, findings => 1);
        add(\%sum, $d->{class_id}, overdue => $d->{state} ne 'answered' && $d->{due_on} lt $today ? 1 : 0);
    }
    my $forecast = EJ::Forecast->new(\&rows, $today);
    for my $f (grep { $class{$_->{class_id}} } $forecast->cells) { add(\%sum, $f->{class_id}, risk => 1) if $forecast->is_risk($f) }
    whole(\%sum, map({ ($_, "${_}_before") } qw(missed truant unfilled failed)), qw(falls risk findings overdue));
    same(page('monitor'), \%sum, 'REP-27');
}

# ----------------------------------------------------------------- REP-28 ----

sub decisions {
    my %part = map { $_->{duty_key} => $_->{part} } rows('SELECT duty_key, part FROM ej.duties()');
    my %sum;
    for my $d (rows(q{SELECT * FROM ej.finding WHERE school_id = 1 AND kind = 'finding'})) {
        my $is_present = $part{$d->{duty_key}} =~ /^(?:programme|visits)$/ || $d->{duty_key} eq 'control-share';
        my $till = $is_present && $d->{till_on} lt $today ? $today : $d->{till_on};
        my $after = grep { $_->{duty_key} eq $d->{duty_key} && $_->{is_undone} && ($_->{staff_id} // 0) == $d->{addressee_id}
                && (!$d->{lesson_id} || ($_->{lesson_id} // 0) == $d->{lesson_id}) && (!$d->{class_id} || ($_->{class_id} // 0) == $d->{class_id})
                && (!$d->{teaching_id} || !$_->{teaching_id} || $_->{teaching_id} == $d->{teaching_id}) }
            facts([$part{$d->{duty_key}}], $d->{class_id} ? [$d->{class_id}] : [map { $_->{id} } @classes], $d->{from_on}, $till);
        for my $s (map { $sum{$_} //= {findings => 0, accepted => 0, open => 0, before => 0, after => 0, mended => 0} } "finding-$d->{id}", 'school') {
            $s->{findings}++, $s->{$d->{state} eq 'accepted' ? 'accepted' : 'open'}++, $s->{before} += $d->{undone_before} // 0, $s->{after} += $after;
            $s->{mended} += $d->{undone_before} - $after if defined $d->{undone_before};
        }
    }
    same(page('decisions'), \%sum, 'REP-28') if %sum;
    return;
}

1;
