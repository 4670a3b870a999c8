#!/usr/bin/perl
# queries.t: every named statement, asked of a fresh schema as every role.
#
# Each is prepared as ej_web (those of the runner of jobs as ej_job, of the sender of letters as ej_sender) and explained with enable_seqscan off, within a
# session of each kind of person: a table that is read from end to end (a
# sequential scan, or an index without a condition) fails, unless the query
# says `-- scan: reason`. Every table grows with the schools there are; those of
# the test are small, so the planner is told that they are large, and other ways
# than by an index are made dear. So does a right that is asked for every row
# (form A only). Then each is run with real values, and auto_explain shows the
# same of every statement within the functions; what is within triggers and
# keys is counted by neighbours.t.
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Queries;
use EJ::Test;

my $t = EJ::Test->new(start => 0);
my @people = qw(teacher class-teacher substitute deputy administrator parent pupil);
my $tables = join '|', @{$t->db->selectcol_arrayref(q{SELECT relname FROM pg_class
    WHERE relnamespace = 'ej'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'migration'})};
my $growing = qr/(?:ej\.)?(?:$tables)(?:_\d+)?\b/;

# The node that a line of a plan belongs to.
sub above {
    my ($lines, $i) = @_;
    my ($indent) = $lines->[$i] =~ /^(\s*)/;
    $i-- while $i > 0 && $lines->[$i] =~ /^(\s*)/ && length $1 >= length $indent;
    return $lines->[$i];
}

# Nodes that read a table from end to end.
sub whole_reads {
    my @lines = split /\n/, $_[0];
    my @found;
    for my $i (0 .. $#lines) {
        push @found, $1 if $lines[$i] =~ /(Seq Scan on $growing)/;
        next unless $lines[$i] =~ /(Index (?:Only )?Scan (?:Backward )?using \S+ on $growing|Bitmap Index Scan on \S+)/;
        my $node = $1;
        # one of several that are cut with each other: another has a condition
        next if $node =~ /^Bitmap/ && above(\@lines, $i) =~ /BitmapAnd/;
        my $j = $i + 1;
        $j++ while $j <= $#lines && $lines[$j] !~ /->|^\s*(?:SubPlan|InitPlan|CTE) / && $lines[$j] !~ /Index Cond:/;
        push @found, "$node without a condition" unless $j <= $#lines && $lines[$j] =~ /Index Cond:/;
    }
    return @found;
}

# Rights that are asked for every row: in a filter or condition itself, or in
# a subplan. Once, in an InitPlan, is the form that is wanted.
sub row_rights {
    my (@found, @within);
    for my $line (split /\n/, $_[0]) {
        my ($indent) = $line =~ /^(\s*)/;
        pop @within while @within && length $indent <= $within[-1][0];
        push @within, [length $indent, $1] if $line =~ /^\s*(SubPlan|InitPlan|CTE) /;
        next unless $line =~ /\bmy_\w+\(\)/;
        my $in = @within ? $within[-1][1] : '';
        (my $what = $line) =~ s/^\s+//;
        push @found, $what if $in eq 'SubPlan' || $what =~ /^(?:Join |One-Time )?(?:Filter|Index Cond|Hash Cond|Merge Cond|Recheck Cond):/ && $in ne 'InitPlan';
    }
    return @found;
}

EJ::Queries::log_in($t->db, @people);
# of an empty table the planner may read all as well as none
$t->db->do(q{INSERT INTO ej.teaching_former (school_id, teaching_id, staff_id, during) SELECT school_id, id, staff_id, '(,2026-09-02)' FROM ej.teaching});
$t->db->do(q{INSERT INTO ej.curriculum (school_id, study_group_id, subject_id, hours_week) SELECT school_id, study_group_id, subject_id, 3 FROM ej.teaching});
1 while $t->value('SELECT ej.indicators_step()');
EJ::Queries::seem_large($t->db);

my $web = $t->web_db;
$web->{RaiseError} = 1;
$web->{PrintError} = 0;
my %job = (job => $t->job_db, post => $t->sender_db);
sub is_job { return $_[0]{name} =~ /^core_(job|post)_/ && $1 }

# Values that make a plan for somebody's real rows are not needed: the plan is
# the generic one, as the module's prepared statements get.
sub plan_of {
    my ($q, $person) = @_;
    my $db = is_job($q) ? $job{is_job($q)} : $web;
    my $types = @{$q->{types}} ? '(' . join(', ', @{$q->{types}}) . ')' : '';
    my $nulls = @{$q->{types}} ? '(' . join(', ', ('NULL') x @{$q->{types}}) . ')' : '';
    my $plan = eval {
        $db->do('BEGIN');
        is_job($q) or $db->do("SELECT ej.enter(sha256(convert_to(?, 'UTF8')), '127.0.0.1')", undef, $person);
        $db->do("SET LOCAL enable_$_ = off") for qw(seqscan hashjoin mergejoin);
        $db->do('SET LOCAL plan_cache_mode = force_generic_plan');
        $db->do("PREPARE q$types AS $q->{sql}");
        join "\n", map { $_->[0] } @{$db->selectall_arrayref("EXPLAIN (VERBOSE, COSTS off) EXECUTE q$nulls")};
    };
    my $error = $@;
    $db->do('ROLLBACK');
    $db->do('DEALLOCATE ALL');
    return ($plan, $error);
}

my @files = EJ::Queries::files();
cmp_ok scalar @files, '>', 5, 'there are query files to ask';
for my $file (@files) {
    for my $q (EJ::Queries::of_file($file)) {
        my (@wrong, @scans, @rows);
        for my $person (@people) {
            my ($plan, $error) = plan_of($q, $person);
            push @wrong, "$person: $error" if $error;
            next if $error;
            push @scans, map {"$person: $_"} whole_reads($plan);
            push @rows, map {"$person: $_"} row_rights($plan);
        }
        is_deeply \@wrong, [], "$q->{name} is understood by the schema, for every role";
        is_deeply [$q->{notes}{scan} ? () : @scans], [], "$q->{name} reads no table from end to end";
        is_deeply \@rows, [], "$q->{name} asks no right of every row";
    }
}

# ------------------------------------------------ the test itself is tested ---

my $owner = $t->new_db;
sub plan_under {
    my ($policy, $sql) = @_;
    $owner->do('BEGIN');
    $owner->do("ALTER POLICY read ON ej.enrolment USING ($policy)") if $policy;
    $owner->do('SELECT ej.enter(sha256(convert_to(?, \'UTF8\')), \'127.0.0.1\')', undef, 'teacher');
    $owner->do('SET LOCAL ROLE ej_web');
    $owner->do('SET LOCAL enable_seqscan = off');
    $owner->do('SET LOCAL enable_bitmapscan = off');
    my $plan = join "\n", map { $_->[0] } @{$owner->selectall_arrayref("EXPLAIN (VERBOSE, COSTS off) $sql")};
    $owner->do('ROLLBACK');
    return $plan;
}
my $asks = 'SELECT x.id FROM ej.enrolment AS x WHERE x.pupil_id = 1';
is_deeply [row_rights(plan_under('', $asks))], [], 'a policy of form A is not asked of every row';
for my $policy ('school_id IN (SELECT unnest(ej.my_schools()))', 'school_id = ANY (ej.my_schools())',
    'EXISTS (SELECT FROM ej.staff AS s WHERE s.id = ANY (ej.my_staff()) AND s.school_id = enrolment.school_id)') {
    isnt scalar(row_rights(plan_under($policy, $asks))), 0, "one that is would be seen: $policy";
}
isnt scalar(whole_reads(plan_under('', 'SELECT count(x.id) FROM ej.enrolment AS x'))), 0, 'a table read whole by its index would be seen';
is_deeply [whole_reads(plan_under('', $asks))], [], 'one of which some rows are asked for would not';

# ------------------------------------------- what is within the functions ---

my $journal = $t->id(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my ($lesson, $work) = $t->db->selectrow_array(<<'SQL', undef, $journal);
SELECT w.lesson_id, w.id FROM ej.work AS w WHERE w.journal_id = ? ORDER BY w.id LIMIT 1
SQL
my ($pupil) = $t->db->selectrow_array(<<'SQL', undef, $lesson);
SELECT b.pupil_id FROM ej.lesson AS l JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
 WHERE l.id = ? ORDER BY b.pupil_id LIMIT 1
SQL
my %of = EJ::Queries::with_scopes($t->db, 'deputy',
    journal => $journal, lesson => $lesson, work => $work, pupil => $pupil, class => 2);
sub run_as {
    my ($person, $sql, $role) = @_;
    my @plans;
    local $SIG{__WARN__} = sub { push @plans, $_[0] };
    $owner->do('DISCARD PLANS');
    $owner->do('BEGIN');
    $owner->do('SET LOCAL enable_seqscan = off');
    $owner->do('SELECT ej.enter(sha256(convert_to(?, \'UTF8\')), \'127.0.0.1\')', undef, $person);
    # rows are dear, as they are where there are many: PostgreSQL 17 reads all of
    # a small table by an index for the sake of its order, in a UNION
    $owner->do('SET LOCAL cpu_tuple_cost = 1');
    $owner->do("SET LOCAL $_") for (map {"enable_$_ = off"} qw(seqscan hashjoin mergejoin)), 'auto_explain.log_min_duration = 0', 'role = ' . ($role // 'ej_web');
    # refused by a rule or a row policy is run as well: what the values are is not the matter; a missing grant is
    my $fault = eval { $owner->do($sql); 1 } || $owner->state =~ /^(?:JE|22|23)/ || $@ =~ /violates row-level security policy/ ? '' : $@;
    $owner->do('ROLLBACK');
    return ($fault, @plans);
}
$owner->{PrintWarn} = 1;
$owner->do($_) for "LOAD 'auto_explain'", 'SET auto_explain.log_nested_statements = on', 'SET auto_explain.log_level = notice',
    'SET auto_explain.log_verbose = on', 'SET client_min_messages = notice';
my %nested;
for my $q (map { EJ::Queries::of_file($_) } @files) {
    next if $q->{notes}{scan};
    my (@scans, @refused);
    for my $person (qw(teacher deputy parent)) {
        my ($error, @plans) = run_as($person, EJ::Queries::filled($q, $owner, %of), {job => 'ej_job', post => 'ej_sender', '' => 'ej_web'}->{is_job($q) || ''});
        $nested{$q->{name}} += @plans;
        push @refused, $error if $error;
        push @scans, map { my $plan = $_; map { "$person: $_\n$plan" } whole_reads($plan) } @plans;
    }
    is_deeply \@scans, [], "$q->{name} reads none from end to end within its functions, either";
    is_deeply \@refused, [], '  and was run';
}
cmp_ok $nested{$_}, '>', 30, "$_ was looked into" for 'journal_save', 'lesson_save';
done_testing;
