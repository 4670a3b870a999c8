#!/usr/bin/perl
# tables.t: every table is a rectangle, on every page that links lead to and on
# every journal with its printed form: a row that is wider than its head has its
# cells under the wrong one. (What other tests see is asked by EJ::Client.)
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');

# The kind of a page: its path with numbers and days taken out, and the names of its parameters.
sub kind {
    my ($path, $query) = split /\?/, $_[0], 2;
    return join '?', $path =~ s/\d{4}-\d\d-\d\d|\d+/#/gr, join '&', sort map { s/=.*//r } split /&/, $query // '';
}

# The parameters that a link has twice: it would grow with each page that is turned.
sub repeated {
    my %of;
    $of{$_}++ for map { s/=.*//r } split /&/, $_[0] =~ s/^[^?]*\??//r;
    return grep { $of{$_} > 1 } sort keys %of;
}

my ($tables, @wrong, %repeated);

sub look {
    my ($client, $path) = @_;
    my $r = $client->get($path, html => 1);
    return if $r->type ne 'text/html';
    $tables += $r->count('//table');
    my $wrong = $r->tables_error;
    push @wrong, "$path: $wrong" if $wrong;
    return $r;
}

# One page of each kind, with all that is linked from there.
sub crawl {
    my ($client, @queue) = @_;
    my %seen;
    while (defined(my $path = shift @queue)) {
        next if $seen{kind($path)}++;
        my $r = look($client, $path) or next;
        (my $here = $path) =~ s/\?.*//;
        my @links = $r->texts('//a/@href');
        $repeated{kind($_)} = join ', ', repeated($_) for grep { repeated($_) } @links;
        push @queue, grep {m{^/} && !m{^/static/|format=(csv|xml)}} map { s/#.*//r } map { /^\?/ ? "$here$_" : s{^/journal(?=/|$)}{}r } grep { !/^#/ } @links;
    }
    return scalar keys %seen;
}

for ($t->postgres->logins($t->database)) {
    my ($role, $login) = @$_;
    next if $login =~ /-17$/;    # the second school is the first once more
    cmp_ok crawl($t->login($login), '/', '/account', '/nowhere'), '>', 1, "$role: one page of each kind was looked at";
}

my $deputy = $t->login('deputy');
my $of = sub { return map { $_->[0] } @{$t->db->selectall_arrayref($_[0])} };
for my $id ($of->('SELECT id FROM ej.journal WHERE school_id = 1')) {
    look($deputy, "/journals/$id$_") for '', '?format=print', '/finals';
}
# a lesson of each number of works, written and read, of every grade
my @lessons = $of->(q{SELECT DISTINCT ON (g.name, n, l.held_on > '2026-11-20') l.id FROM ej.lesson AS l JOIN ej.study_group AS g ON g.id = l.study_group_id,
    LATERAL (SELECT count(*) AS n FROM ej.work AS w WHERE w.lesson_id = l.id) AS w WHERE l.school_id = 1});
look($deputy, "/lessons/$_") for @lessons;
my ($first) = $of->(q{SELECT a.login FROM ej.account AS a JOIN ej.staff AS s ON s.person_id = a.person_id JOIN ej.teaching AS h ON h.staff_id = s.id
    JOIN ej.study_group AS g ON g.id = h.study_group_id WHERE g.name = '1А' AND a.login NOT LIKE '%-17' LIMIT 1});
if ($first) {
    my $teacher = $t->login($first);
    look($teacher, "/lessons/$_") for $of->(q{SELECT l.id FROM ej.lesson AS l JOIN ej.study_group AS g ON g.id = l.study_group_id
        WHERE g.name = '1А' AND l.school_id = 1 AND l.held_on BETWEEN '2026-11-16' AND '2026-11-20'});
}
cmp_ok $tables, '>', 200, "$tables tables were looked at";
is join("\n", @wrong), '', 'and in each all rows are as wide as the head';
is join("\n", map {"$_: $repeated{$_}"} sort keys %repeated), '', 'no link has a parameter twice';
done_testing;
