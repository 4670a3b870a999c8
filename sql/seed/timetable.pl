#!/usr/bin/perl
# timetable.pl: computes the demo school's plan: who teaches which class, and when.
#
#   perl timetable.pl > demo_timetable.sql
#
# The result is committed, so that loading the demo needs only psql; a test compares it
# with a new run. The program is deterministic: it seeds its random numbers and does not
# depend on the order of hashes. An event is one hour of one class (or of both classes of a
# profile grade), with a part for each teacher, since subgroups meet at the same hour. Events
# are put one by one into the cell with the fewest clashes; events that clash are taken out
# and queued again, until the queue is empty.
use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));

my %GRADE = (
    1 => 'Русский язык 5, Литературное чтение 4, Математика 4, Окружающий мир 2, Изобразительное искусство 1,'
       . ' Труд (технология) 1, Музыка 1, Физическая культура 2',
    2 => 'Русский язык 5, Литературное чтение 4, Математика 4, Окружающий мир 2, Изобразительное искусство 1,'
       . ' Труд (технология) 1, Музыка 1, Физическая культура 3, Английский язык 2',
    5 => 'Русский язык 5, Литература 3, Английский язык 3, Математика 5, История 3, География 1, Биология 1,'
       . ' Изобразительное искусство 1, Музыка 1, Труд (технология) 2, Физическая культура 2',
    6 => 'Русский язык 6, Литература 3, Английский язык 3, Математика 5, История 3, География 1, Биология 1,'
       . ' Изобразительное искусство 1, Музыка 1, Труд (технология) 2, Физическая культура 2',
    7 => 'Русский язык 4, Литература 2, Английский язык 3, Алгебра 3, Геометрия 2, Вероятность и статистика 1,'
       . ' Информатика 1, История 3, География 2, Физика 2, Биология 1, Изобразительное искусство 1, Музыка 1,'
       . ' Труд (технология) 2, Физическая культура 2',
    8 => 'Русский язык 3, Литература 2, Английский язык 3, Алгебра 3, Геометрия 2, Вероятность и статистика 1,'
       . ' Информатика 1, История 3, География 2, Физика 2, Химия 2, Биология 2, Музыка 1, Труд (технология) 1,'
       . ' Основы безопасности и защиты Родины 1, Физическая культура 2',
    9 => 'Русский язык 3, Литература 3, Английский язык 3, Алгебра 3, Геометрия 2, Вероятность и статистика 1,'
       . ' Информатика 1, История 2, Обществознание 1, География 2, Физика 3, Химия 2, Биология 2,'
       . ' Труд (технология) 1, Основы безопасности и защиты Родины 1, Физическая культура 2',
    10 => 'Английский язык 3, Вероятность и статистика 1, Химия 1, Биология 1,'
       . ' Основы безопасности и защиты Родины 1, Физическая культура 2, Индивидуальный проект 1',
);
$GRADE{$_} = $GRADE{2} for 3, 4;
$GRADE{4} .= ', Основы религиозных культур и светской этики 1';
($GRADE{11} = $GRADE{10}) =~ s/, Индивидуальный проект 1//;

# Profile grades: the technological and the humanities stream of both classes
# meet at the same hour, each with its own subject.
my @STREAMS = map { [ split / *[-:] */ ] } split /, /,
    'Алгебра-История:4, Геометрия-Обществознание:3, Физика-Литература:5, Информатика-Обществознание:1,'
  . ' Информатика-Русский язык:3, История-Алгебра:2, Обществознание-Физика:2, Литература-География:3,'
  . ' География-Геометрия:1, Русский язык-Информатика:1, Русский язык-:1';

# Areas of teachers: the number of teachers, their subjects, the first room.
my @AREAS = (
    [ math      => 6, 301, 'Математика', 'Алгебра', 'Геометрия', 'Вероятность и статистика' ],
    [ russian   => 7, 201, 'Русский язык', 'Литература' ],
    [ english   => 8, 211, 'Английский язык' ],
    [ history   => 4, 221, 'История', 'Обществознание' ],
    [ computing => 2, 311, 'Информатика' ],
    [ physics   => 2, 321, 'Физика' ],
    [ chemistry => 1, 325, 'Химия' ],
    [ biology   => 2, 327, 'Биология' ],
    [ geography => 2, 331, 'География' ],
    [ art       => 1, 335, 'Изобразительное искусство' ],
    [ music     => 2, 336, 'Музыка' ],
    [ craft     => 2, 101, 'Труд (технология)' ],
    [ safety    => 1, 338, 'Основы безопасности и защиты Родины', 'Индивидуальный проект' ],
    [ sport     => 4, 0, 'Физическая культура' ],
);
my $SMALL = '8Г';    # too small for subgroups

my (@teacher, @bundle, @event, %teaching, %class_teacher);
my @classes = map { my $g = $_; map { "$g$_" } $g < 10 ? qw(А Б В Г) : qw(А Б) } 1 .. 11;

sub make_teachers {
    my $no = 0;
    for my $class (grep { /^[1-4]\D/ } @classes) {
        push @teacher, { no => ++$no, area => 'primary', room => 100 + 10 + $no, load => 0 };
        $class_teacher{$class} = $teacher[-1];
    }
    for my $a (@AREAS) {
        my ($area, $n, $room) = @$a;
        push @teacher, { no => ++$no, area => $area, load => 0,
            room => $area eq 'sport' ? ($_ < 3 ? 'Спортзал' : 'Малый спортзал') : $room + $_ - 1 } for 1 .. $n;
    }
}

# The area whose teachers may teach a subject; in grades 1-4 mostly the class teacher's.
sub area_of {
    my ($subject, $grade) = @_;
    for my $a (@AREAS) {
        next unless grep { $_ eq $subject } @$a[3 .. $#$a];
        return $a->[0] if $grade > 4 || $a->[0] =~ /english|music|sport/;
    }
    return 'primary';
}

# Give all subjects of an area in a class to one teacher, the one with the fewest hours so
# far, beginning with the largest bundles. English teachers work in fixed pairs.
sub make_bundles {
    my %hours;
    for my $class (@classes) {
        my ($grade) = $class =~ /^(\d+)/;
        for (split /, */, $GRADE{$grade}) {
            my ($subject, $hours) = /^(.*) (\d)$/;
            $hours{ join ' ', area_of($subject, $grade), $class } += $hours;
        }
    }
    for my $grade (10, 11) {
        for (@STREAMS) {
            my ($tech, $hum, $n) = @$_;
            $hours{ area_of($tech, 10) . " ${grade}АБ/т" } += $n;
            $hours{ area_of($hum, 10) . " ${grade}АБ/г" } += $n if $hum;
        }
    }
    my %given;
    for my $key (sort { $hours{$b} <=> $hours{$a} || $a cmp $b } keys %hours) {
        my ($area, $unit) = split / /, $key;
        if ($area eq 'primary') {
            $class_teacher{$unit}{load} += $hours{$key};
            $given{$key} = [ $class_teacher{$unit} ];
            next;
        }
        my $pair = $area eq 'english' || $area eq 'computing' && $unit !~ m{/};
        my @all = grep { $_->{area} eq $area } @teacher;
        my @free = sort { $a->{load} <=> $b->{load} || $a->{no} <=> $b->{no} } $pair ? @all[ grep { !($_ % 2) } 0 .. $#all ] : @all;
        my @who = ($free[0]);
        push @who, $teacher[ $who[0]{no} ] if $pair && $unit ne $SMALL;    # no is 1-based: the next one
        $_->{load} += $hours{$key} for @who;
        $given{$key} = \@who;
    }
    return \%given;
}

sub add_event {
    my ($classes, @parts) = @_;    # part: [unit, subject, teacher]
    push @event, { no => scalar @event, classes => $classes, parts => \@parts, tabu => {},
        subjects => [ map { "$_->[0] $_->[1]" } @parts ] };
}

sub make_events {
    my ($given) = @_;
    for my $grade (10, 11) {
        for (@STREAMS) {
            my ($tech, $hum, $n) = @$_;
            my @parts = [ "${grade}АБ/т", $tech, $given->{ area_of($tech, 10) . " ${grade}АБ/т" }[0] ];
            push @parts, [ "${grade}АБ/г", $hum, $given->{ area_of($hum, 10) . " ${grade}АБ/г" }[0] ] if $hum;
            add_event([ "${grade}А", "${grade}Б" ], @parts) for 1 .. $n;
        }
    }
    for my $class (@classes) {
        my ($grade) = $class =~ /^(\d+)/;
        for (split /, */, $GRADE{$grade}) {
            my ($subject, $hours) = /^(.*) (\d)$/;
            my @who = @{ $given->{ area_of($subject, $grade) . " $class" } };
            my $mark = $subject eq 'Английский язык' ? 'а' : 'и';
            my @parts = @who == 1 ? [ $class, $subject, $who[0] ]
                      : map { [ "$class/$mark" . ($_ + 1), $subject, $who[$_] ] } 0, 1;
            add_event([$class], @parts) for 1 .. $hours;
        }
    }
}

# The cells of a class: days of similar length, Saturday the shortest, no free hours.
sub cells_of {
    my ($class) = @_;
    my $n = grep { grep { $_ eq $class } @{ $_->{classes} } } @event;
    my @days = $class =~ /^1\D/ ? (1 .. 5) : (1 .. 6);
    my @long = @days == 5 ? (3, 2, 4, 1, 5) : (2, 4, 3, 1, 5, 6);
    my %length = map { $_ => int($n / @days) } @days;
    $length{ $long[$_] }++ for 0 .. $n % @days - 1;
    return map { my $d = $_; map { "$d$_" } 1 .. $length{$d} } @days;
}

my (%busy, %today);    # "class cell" or "teacher cell" -> event; "subject day" -> events

sub keys_of {
    my ($e, $cell) = @_;
    return ((map { "$_ $cell" } @{ $e->{classes} }), map { "$_->[2]{no} $cell" } @{ $e->{parts} });
}

sub put {
    my ($e, $cell) = @_;
    $busy{$_} = $e for keys_of($e, $cell);
    $today{"$_ " . substr $cell, 0, 1}{ $e->{no} } = $e for @{ $e->{subjects} };
    $e->{cell} = $cell;
}

sub take {
    my ($e) = @_;
    my $cell = delete $e->{cell};
    delete $busy{$_} for keys_of($e, $cell);
    delete $today{"$_ " . substr $cell, 0, 1}{ $e->{no} } for @{ $e->{subjects} };
}

# The events that clash with an event in a cell.
sub clashes {
    my ($e, $cell) = @_;
    my %out = map { $_->{no} => $_ } grep { defined } map { $busy{$_} } keys_of($e, $cell);
    my $day = substr $cell, 0, 1;
    %out = (%out, %{ $today{"$_ $day"} || {} }) for @{ $e->{subjects} };
    return map { $out{$_} } sort { $a <=> $b } keys %out;
}

sub place_all {
    my %cells = map { $_ => [ cells_of($_) ] } @classes;
    for my $e (@event) {
        my ($first, @more) = @{ $e->{classes} };
        my %both = map { my $c = $_; map { ($_ => 1) } @{ $cells{$c} } } @more;
        $e->{cells} = [ grep { !@more || $both{$_} } @{ $cells{$first} } ];
        $e->{weight} = 10 * @more + 5 * @{ $e->{parts} } + $e->{parts}[0][2]{load} / 40;
    }
    my @queue = sort { $b->{weight} <=> $a->{weight} || $a->{no} <=> $b->{no} } @event;
    srand 92;    # since Perl 5.20 the same sequence on every machine
    my $step = 0;
    while (my $e = shift @queue) {
        die "no timetable found\n" if ++$step > 200_000;
        my ($best, $cost);
        for my $cell (@{ $e->{cells} }) {
            my $c = rand() * 0.9;
            $c += $_->{weight} + 6 * ($_->{out} // 0) for clashes($e, $cell);
            $c += 30 if ($e->{tabu}{$cell} // 0) > $step;
            ($best, $cost) = ($cell, $c) if !defined $cost || $c < $cost;
        }
        for my $other (clashes($e, $best)) {
            $other->{tabu}{ $other->{cell} } = $step + 40;
            $other->{out} += 0.2;
            take($other);
            push @queue, $other;
        }
        put($e, $best);
    }
    print STDERR "placed ", scalar @event, " events in $step steps\n";
}

# Choose a class teacher for each class: the one with most hours in it who has no class yet.
sub choose_class_teachers {
    my %has;
    $has{ $class_teacher{$_}{no} } = 1 for keys %class_teacher;
    for my $class (sort { ($b eq '7Б') <=> ($a eq '7Б') || $a cmp $b } grep { !$class_teacher{$_} } @classes) {
        my %hours;
        for my $e (@event) {
            next unless grep { $_ eq $class } @{ $e->{classes} };
            $hours{ $_->[2]{no} }++ for @{ $e->{parts} };
        }
        my $bonus = sub { $class eq '7Б' && $teacher[ $_[0] - 1 ]{area} eq 'russian' ? 100 : 0 };
        my ($no) = sort { $bonus->($b) + $hours{$b} <=> $bonus->($a) + $hours{$a} || $a <=> $b } grep { !$has{$_} } keys %hours;
        $has{$no} = 1;
        $class_teacher{$class} = $teacher[ $no - 1 ];
    }
}

# Rows of VALUES, four to a line.
sub rows {
    my @rows = @_;
    my @lines;
    push @lines, join ', ', splice @rows, 0, 4 while @rows;
    return join(",\n", @lines) . ";\n\n";
}

sub print_plan {
    print "-- demo_timetable.sql: made by timetable.pl; do not edit.\n\n";
    print "-- area and room of each teacher\n";
    print "CREATE TEMP TABLE plan_teacher (no int PRIMARY KEY, area text, room text);\nINSERT INTO plan_teacher VALUES\n";
    print rows(map { "($_->{no}, '$_->{area}', '$_->{room}')" } @teacher);
    print "CREATE TEMP TABLE plan_class (n int GENERATED ALWAYS AS IDENTITY, class text PRIMARY KEY, teacher int);\n";
    print "INSERT INTO plan_class (class, teacher) VALUES\n";
    print rows(map { "('$_', $class_teacher{$_}{no})" } @classes);

    my %slots;
    for my $e (@event) {
        push @{ $slots{ $_->[0] }{ $_->[1] . '=' . $_->[2]{no} } }, $e->{cell} for @{ $e->{parts} };
    }
    my %order = map { $classes[$_] => $_ } 0 .. $#classes;
    my $rank = sub { my ($c) = $_[0] =~ m{^(\d+[АБВГ])}; $order{$c} };
    print "-- unit; subject=teacher: weekday and slot, weekday and slot … | next subject\n";
    print "CREATE TEMP TABLE plan_unit (n int GENERATED ALWAYS AS IDENTITY, unit text, plan text);\n";
    print "INSERT INTO plan_unit (unit, plan) VALUES\n";
    print join(",\n", map {
        my $u = $_;
        "('$u', '" . join(" |\n    ", map { "$_: " . join ' ', sort @{ $slots{$u}{$_} } } sort keys %{ $slots{$u} }) . "')"
    } sort { $rank->($a) <=> $rank->($b) || $a cmp $b } keys %slots), ";\n";
}

make_teachers();
make_events(make_bundles());
place_all();
choose_class_teachers();
print STDERR join(' ', map { "$_->{area}:$_->{load}" } @teacher), "\n";
print_plan();
