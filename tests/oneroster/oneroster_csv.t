#!/usr/bin/perl
# oneroster_csv.t: the administrator takes the lists of the school as CSV files of OneRoster 1.2 (INT-01, FED-06): whole,
# of who is here now, each reference found, counted in the tables by other queries; nothing of families on paper, no
# mark, birthday or log-in; nobody else takes them, and the log of access tells it.
use lib 'tests/lib';
use EJ::Test;
use Archive::Zip qw(:ERROR_CODES);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my @others = qw(director deputy archivist teacher class-teacher observer parent pupil);
my %c = map { $_ => $t->login($_) } 'administrator', @others;
is join(' ', map { $c{$_}->get('/oneroster/csv')->status } @others), join(' ', (404) x @others), 'only the administrator takes the lists';

sub taken {
    my $r = $c{administrator}->get('/oneroster/csv', html => 1);
    is join(' ', $r->status, map { $r->header($_) } qw(Content-Type Content-Disposition Cache-Control)), '200 application/zip attachment; filename="oneroster.zip" no-store', 'they are a file that no cache keeps';
    my $name = "$t->{dir}/o.zip";
    open my $to, '>:raw', $name or die "$name: $!\n";
    print $to $r->bytes;
    close $to;
    my $zip = Archive::Zip->new;
    $zip->read($name) == AZ_OK or die "no ZIP\n";
    return map { my $text = $_->contents; utf8::decode($text); ($_->fileName => rows($text)) } $zip->members;
}
# The rows of a CSV file (RFC 4180) as hashes.
sub rows {
    my ($text) = @_;
    my (@records, @row);
    while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^,"\n]*))(,|\n)/gc) {
        my ($quoted, $plain, $end) = ($1, $2, $3);
        push @row, defined $quoted ? $quoted =~ s/""/"/gr : $plain;
        if ($end eq "\n") { push @records, [@row]; @row = () }
    }
    is pos($text) // 0, length $text, 'a CSV file to its end';
    my $head = shift @records;
    is scalar(grep { @$_ != @$head } @records), 0, 'each line has all columns';
    return [map { my %row; @row{@$head} = @$_; \%row } @records];
}
my %f = taken();
is join(' ', sort keys %f), join(' ', map {"$_.csv"} qw(academicSessions classes courses enrollments manifest orgs roles users)), 'eight files';
my %manifest = map { $_->{propertyName} => $_->{value} } @{$f{'manifest.csv'}};
is scalar(grep {/^file\./} keys %manifest), 21, 'the manifest names all of the standard';
is join(' ', grep { ($manifest{$_} eq 'bulk') != exists $f{s/^file\.(.*)/$1.csv/r} } sort grep {/^file\./} keys %manifest), '', 'and which are here';
is "@manifest{'manifest.version', 'oneroster.version'}", '1.0 1.2', 'of 1.2';

# ------------------------------------------------------- references and counts ---

my %key = map { my $of = $_; ($of => {map { $_->{sourcedId} => 1 } @{$f{"$of.csv"}}}) } qw(academicSessions classes courses enrollments orgs roles users);
my %refers = (classes => {courseSourcedId => 'courses', schoolSourcedId => 'orgs', termSourcedIds => 'academicSessions'}, courses => {schoolYearSourcedId => 'academicSessions', orgSourcedId => 'orgs'},
    users => {agentSourcedIds => 'users', primaryOrgSourcedId => 'orgs'}, roles => {userSourcedId => 'users', orgSourcedId => 'orgs'},
    enrollments => {classSourcedId => 'classes', schoolSourcedId => 'orgs', userSourcedId => 'users'}, academicSessions => {parentSourcedId => 'academicSessions'});
my @lost;
for my $of (sort keys %refers) {
    for my $column (sort keys %{$refers{$of}}) {
        push @lost, map {"$of.$column: $_"} grep { !$key{$refers{$of}{$column}}{$_} } map { split /,/, $_->{$column} } @{$f{"$of.csv"}};
    }
}
is "@lost[0 .. ($#lost > 4 ? 4 : $#lost)]", '', 'every reference is in the files';
is join(' ', map { scalar @{$f{"$_.csv"}} - keys %{$key{$_}} } sort keys %key), '0 0 0 0 0 0 0', 'every sourcedId is there once';
is scalar(grep { $_->{status} || $_->{dateLastModified} } map { @{$f{"$_.csv"}} } keys %key), 0, 'in bulk neither status nor time';
is scalar(grep { $_->{classType} eq 'homeroom' } @{$f{'classes.csv'}}), $t->value('SELECT count(*) FROM ej.class WHERE school_id = 1 AND year = 2026'), 'the classes of the year';
is scalar(grep { $_->{classType} eq 'scheduled' } @{$f{'classes.csv'}}), $t->value('SELECT count(*) FROM ej.teaching WHERE school_id = 1 AND year = 2026'), 'what is taught';
my $here = q{SELECT count(DISTINCT e.pupil_id) FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id AND c.year = 2026 WHERE e.school_id = 1 AND e.during @> date '2026-11-20'};
my $pupils = sub { scalar grep { $_->{sourcedId} =~ /^pupil-/ } @{$_[0]{'users.csv'}} };
is $pupils->(\%f), $t->value($here), 'the pupils who are here';
is scalar(grep { $_->{sourcedId} =~ /^enrolment-/ } @{$f{'enrollments.csv'}}), $t->value($here), 'each in a class';
is $t->value(q{SELECT count(DISTINCT pupil_id) FROM ej.card_view WHERE path = '/oneroster' AND school_id = 1}), $t->value($here), 'and the log of access has each';
my $all = join ' ', map { values %$_ } map {@$_} values %f;
is scalar(grep { index($all, $_) >= 0 } @{$db->selectcol_arrayref(q{SELECT p.surname || ' ' || p.given_name FROM ej.pupil AS p WHERE p.school_id = 2})}), 0, 'no pupil of another school';
is scalar(grep { $_->{username} ne $_->{sourcedId} || $_->{email} || $_->{phone} || $_->{sms} || $_->{password} } @{$f{'users.csv'}}), 0, 'no log-in, address or telephone';

# --------------------------------------------------------------- on paper alone ---

my ($pupil, $guardian) = $db->selectrow_array(q{SELECT w.pupil_id, w.guardian_id FROM ej.guardianship AS w JOIN ej.enrolment AS e ON e.pupil_id = w.pupil_id AND e.during @> date '2026-11-20' JOIN ej.class AS c ON c.id = e.class_id AND c.year = 2026
    WHERE w.school_id = 1 AND w.pupil_id <> ALL (SELECT ej.rule_paper_pupils(1)) AND (SELECT count(*) FROM ej.guardianship AS o WHERE o.pupil_id = w.pupil_id) = 1 ORDER BY 1 LIMIT 1});
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on) VALUES (1, ?, ?, 'processing', 'refused', '2026-11-19')}, undef, $guardian, $pupil);
is $t->value('SELECT count(*) FROM ej.rule_paper_pupils(1) AS p WHERE p = ?', $pupil), 1, 'a family refuses';
my %less = taken();
is $pupils->(\%less), $pupils->(\%f) - 1, 'its child leaves the lists';
is scalar(grep { my $row = $_; grep { $row->{$_} =~ /\b(?:pupil-$pupil|guardian-$guardian)\b/ } keys %$row } map {@$_} values %less), 0, 'wholly, with its guardian';
done_testing;
