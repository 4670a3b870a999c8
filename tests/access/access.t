#!/usr/bin/perl
# access.t: the page «Кто что может» says what the routes and the policies say, in words
# for each of them.
use lib 'tests/lib';
use EJ::Routes;
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
sub text_of {
    my ($name) = @_;
    open my $file, '<:encoding(UTF-8)', $name or die "$name: $!\n";
    local $/;
    return scalar <$file>;
}
my $director = $t->login('director');
my @roles = qw(administrator director deputy class_teacher teacher substitute hr meals archivist observer family);
my %page = map { $_ => $director->get("/access?role=$_") } @roles;

# ------------------------------------------------------------------- routes ----

# What routes.def lets these bits open, read by another way than the program's.
my $header = text_of('mod_ejournal/ej.h');
my %bits   = map { $_->[0] => $_->[1] } map { [/EJ_(\w+) = ([^,]+),?/] } $header =~ /^    (EJ_[A-Z_]+ = [^,\n]+)/mg;
sub bits {
    my ($said) = @_;
    $said =~ s{/\*.*?\*/}{}g;
    my $all = 0;
    $all |= /^\s*EJ_(\w+)\s*$/ ? bits($bits{$1}) : /^\s*1 << (\d+)\s*$/ ? 1 << $1 : oct(/^\s*0x/ ? $_ : 0) || 0 + $_ for split /\|/, $said =~ s/\s+$//r =~ s/\s*\|\s*/|/gr;
    return $all;
}
my @routes = map { [@$_{qw(method path who)}] } EJ::Routes::all();
cmp_ok scalar(@routes), '>', 10, 'there are routes';
for my $role (@roles) {
    my $mine = bits('EJ_' . uc $role) | bits('EJ_SESSION') | ($role eq 'family' ? 0 : bits('EJ_STAFF')) | ($role eq 'observer' ? bits('EJ_REGION') : 0);
    is join(' ', sort map { $_->getAttribute('method') . $_->getAttribute('path') } $page{$role}->nodes('//route')),
        join(' ', sort map {"$_->[0]$_->[1]"} grep { bits($_->[2]) & $mine && !(bits($_->[2]) & bits('EJ_ANYONE')) } @routes),
        "$role: the pages are those of routes.def";
}

# The page tells no more than what a person of the role can open.
my %who = (administrator => 'administrator', director => 'director', deputy => 'deputy', hr => 'personnel', meals => 'meals', archivist => 'archivist',
    observer => 'observer', family => 'parent', substitute => 'substitute');
for my $role (sort keys %who) {
    my $client = $t->login($who{$role});
    my %opens = map { $_ => 1 } split / /, $client->get('/account')->xpath('string(/page/@opens)');
    my @told = grep { !/\{/ } map { $_->getAttribute('path') } $page{$role}->nodes('//route[@method = "GET"]');
    is join(' ', grep { !$opens{$_} } @told), '', "$role: each page opens to $who{$role}";
}

# ------------------------------------------------------------------ policies ----

# The rights that rights.pg and rights_write.pg prove, statement by statement.
my (@columns, %proved, %own);
for (grep { !/^#/ } split /\n/, text_of('tests/lib/matrix.tsv')) {
    my @cell = split /\t/, $_, -1;
    @columns = @cell, next unless @columns;
    my %cell; @cell{@columns} = @cell;
    for my $verb (split / /, $cell{verb}) {
        for my $rel (split / /, $cell{tables}) {
            $own{"$verb $rel"} = 1 if $cell{but} =~ /^one's own/; # of whoever one is
            $proved{$_}{"$verb $rel"} = $cell{$_} for grep { $cell{$_} ne '-' && $cell{$_} ne '!' } @roles;
        }
    }
}
my %verb = (SELECT => 'reads', INSERT => 'adds', UPDATE => 'changes', DELETE => 'removes');
my %scope = (school => qr/^(?:school|both|all but messages(?: shown)?|school as author|school without class|school and family|but accounts|but accidents|but documents|open\b.*)$/, class => qr/^(?:(?:taught or )?led(?: or self| as author)?|(?:self or )?reported)$/, sport => qr/^sport(?: as author)?$/, lessons => qr/^(?:own\b|taught$)/,
    substituted => qr/^(?:th(?:at|ose)\b|taught$)/,
    family => qr/^(?:family(?: accepted)?|of a child)$/, self => qr/^(?:self(?: or shown| author)?|asker|own report|(?:led|taught|school) as own)$/, all => qr/^all$/);
for my $role (@roles) {
    my %told;
    for my $rows ($page{$role}->nodes('//rows')) {
        for my $verb (keys %verb) {
            my $said = $rows->getAttribute($verb{$verb});
            my $what = "$verb " . $rows->getAttribute('name');
            next if !$said || $said eq 'self' && $own{$what} && !$proved{$role}{$what};
            $told{$what} = $said;
        }
    }
    is join(', ', sort keys %told), join(', ', sort keys %{$proved{$role}}), "$role: what is read and written is what the tests of rights prove";
    is join(', ', map {"$_: $told{$_}, not $proved{$role}{$_}"} grep { ($proved{$role}{$_} // '') !~ $scope{$told{$_}} } sort keys %told), '',
        "$role: of the same scope";
}

# A right that is taken away goes from the page, one that is given comes.
my $db = $t->db;
$db->do('DROP POLICY read ON ej.room');
$db->do('CREATE POLICY sweep ON ej.mark FOR DELETE TO ej_web USING (school_id = any((select ej.my_hr_schools())::bigint[]))');
$db->do('GRANT DELETE ON ej.mark TO ej_web');
is $director->get('/access?role=teacher')->xpath('count(//rows[@name = "room"])'), 0, 'a right that was taken away is not told';
is $director->get('/access?role=hr')->xpath('string(//rows[@name = "mark"]/@removes)'), 'school', 'one that was given is';
$db->do('REVOKE DELETE ON ej.mark FROM ej_web');
is $director->get('/access?role=hr')->xpath('string(//rows[@name = "mark"]/@removes)'), '', 'but not by a policy without a grant';

# --------------------------------------------------------------------- words ----

my $words = text_of('xslt/access_words.xsl') . text_of('xslt/access_tables.xsl');
# as XSLT reads a name: a single brace begins an expression, which finds nothing
my %word  = map { $_ => {map { s/(?<!\{)\{[^{}]*\}(?!\})//gr =~ s/\{\{/{/gr =~ s/\}\}/}/gr => 1 } $words =~ /<$_ name="([^"]*)" word="[^"]+"/g} } qw(role scope page table);
is join(' ', sort grep { !$word{page}{$_} } map {"$_->[0] $_->[1]"} grep { $_->[2] !~ /EJ_ANYONE/ } @routes), '', 'every page and form has words';
is join(' ', sort grep { my $w = $_; !grep {"$_->[0] $_->[1]" eq $w} @routes } keys %{$word{page}}), '', 'and no words are of a page that has gone';
my %rels = map { (split / /)[1] => 1 } keys %own, map { keys %$_ } values %proved;
is join(' ', sort keys %{$word{table}}), join(' ', sort keys %rels), 'the tables with words are those that may be read';
is join(' ', sort keys %{$word{role}}), join(' ', sort @roles), 'every role has words';
is join(' ', sort keys %{$word{scope}}), join(' ', sort keys %scope), 'every scope, too';
my $html = $director->get('/access?role=class_teacher', accept => 'text/html')->content;
like $html, qr{<option value="class_teacher" selected>}, 'the chosen role is chosen';
unlike $html =~ s/.*<main//sr, qr/\b(?:school|lessons|journal_id)\b/, 'no word of the program stands in the page';

# ---------------------------------------------------------------------- who ----

is $director->get('/access')->xpath('string(//access/@role)'), 'teacher', 'a teacher is shown first';
is $director->get('/access?role=king')->status, 422, 'an unknown role is told';
is $t->login($_)->get('/access')->status, 404, "$_: no such page" for qw(teacher personnel observer parent);
is $t->login($_)->get('/access')->status, 200, "$_ opens it" for qw(administrator deputy);
done_testing;
