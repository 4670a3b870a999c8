#!/usr/bin/perl
# queries.t: every named statement, asked of a fresh schema as every role.
#
# Each is prepared as ej_web and explained with enable_seqscan off, within a
# session of each kind of person: a sequential scan that is left on a table
# that grows fails, unless the query says `-- scan: reason`; so does a policy
# that became a subplan of every row (reliability: form A only).
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(start => 0);
my @people = qw(teacher class-teacher substitute deputy administrator parent pupil);
my $grows  = qr/Seq Scan on (?:lesson|work|mark|attendance|homework|homework_for|term_mark|history|membership|enrolment|pupil|operation|session)(?:_\d+)?\b/;

# Returns [name, params, types, sql, scan] of each query of one file.
sub queries {
    my ($file) = @_;
    open my $in, '<:utf8', $file or die "$file: $!\n";
    my $text = do { local $/; <$in> };
    my @found;
    for my $part (split /^(?=-- name: )/m, $text) {
        my ($name) = $part =~ /^-- name: (\w+)/ or next;
        my ($list) = $part =~ /^-- params: (.*)$/m;
        my ($scan) = $part =~ /^-- scan: (.*)$/m;
        my @pairs  = map { [split / /, $_, 2] } grep {length} split /, /, $list // '';
        my $at = 0;
        my %place = map { ($_->[0] => ++$at) } @pairs;
        my %type  = map { @$_ } @pairs;
        my $sql = join "\n", grep { !/^\s*--/ } split /\n/, $part;
        $sql =~ s/;\s*\z//;
        $sql =~ s/(?<!:):([a-z_]\w*)/"\$$place{$1}::$type{$1}"/ge;
        push @found, {name => $name, types => [map { $_->[1] } @pairs], sql => $sql, scan => $scan};
    }
    return @found;
}

# A live session of each, as ej.login_success would make it.
$t->db->do(<<'SQL', undef, $_) for @people;
INSERT INTO ej.session (digest, account_id, epoch, form_token, idle, ends_at)
SELECT sha256(convert_to(login, 'UTF8')), id, epoch, 't', interval '1 hour', now() + interval '1 hour'
  FROM ej.account WHERE login = ?
SQL

my $web = $t->web_db;
$web->{RaiseError} = 1;
$web->{PrintError} = 0;

# Values that make a plan for somebody's real rows are not needed: the plan is
# the generic one, as the module's prepared statements get.
sub plan_of {
    my ($q, $person) = @_;
    my $types = @{$q->{types}} ? '(' . join(', ', @{$q->{types}}) . ')' : '';
    my $nulls = @{$q->{types}} ? '(' . join(', ', ('NULL') x @{$q->{types}}) . ')' : '';
    my $plan = eval {
        $web->do('BEGIN');
        $web->do("SELECT ej.enter(sha256(convert_to(?, 'UTF8')), '127.0.0.1')", undef, $person);
        $web->do('SET LOCAL enable_seqscan = off');
        $web->do('SET LOCAL plan_cache_mode = force_generic_plan');
        $web->do("PREPARE q$types AS $q->{sql}");
        join "\n", map { $_->[0] } @{$web->selectall_arrayref("EXPLAIN (COSTS off) EXECUTE q$nulls")};
    };
    my $error = $@;
    $web->do('ROLLBACK');
    $web->do('DEALLOCATE ALL');
    return ($plan, $error);
}

my @files = sort glob 'sql/queries/*.sql';
cmp_ok scalar @files, '>', 5, 'there are query files to ask';
for my $file (@files) {
    for my $q (queries($file)) {
        my (@wrong, @scans, @rows);
        for my $person (@people) {
            my ($plan, $error) = plan_of($q, $person);
            push @wrong, "$person: $error" if $error;
            next if $error;
            push @scans, "$person: $1" if $plan =~ /($grows)/;
            push @rows, "$person: $1" if $plan =~ /(Filter: .*SubPlan \d+.*ej\.my_.*)/;
        }
        is_deeply \@wrong, [], "$q->{name} is understood by the schema, for every role";
        is_deeply [$q->{scan} ? () : @scans], [], "$q->{name} reads no growing table from end to end";
        is_deeply \@rows, [], "$q->{name} asks no right of every row";
    }
}
done_testing;
