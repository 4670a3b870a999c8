#!/usr/bin/perl
# imports_roster.t: the lists of a school leave as an archive of OneRoster 1.2, fill another school, and leave it equal
# but for ids (INT-01); brought once more they change nothing; broken and hostile archives are refused with words.
use lib 'tests/lib';
use EJ::School;
use EJ::Test qw(refused);
use Archive::Zip qw(:ERROR_CODES);
use Encode qw(encode decode);

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $from = $t->login('administrator');

sub zip {
    my (%file) = @_;
    my $zip = Archive::Zip->new;
    $zip->addString(encode('UTF-8', $file{$_}), $_)->desiredCompressionMethod(8) for sort keys %file;
    return bytes($zip);
}
sub bytes { my ($zip) = @_; my $name = "$t->{dir}/made.zip"; $zip->writeToFileNamed($name) == AZ_OK or die; open my $in, '<:raw', $name or die; local $/; return scalar <$in> }
sub opened {
    my ($bytes) = @_;
    open my $to, '>:raw', "$t->{dir}/taken.zip" or die;
    print $to $bytes;
    close $to;
    my $zip = Archive::Zip->new;
    $zip->read("$t->{dir}/taken.zip") == AZ_OK or die "no ZIP\n";
    return map { ($_->fileName => decode('UTF-8', scalar $_->contents)) } $zip->members;
}
# The rows of a CSV file as hashes, by another reader than the module's.
sub rows {
    my @lines = map { my @f; push @f, defined $1 ? $1 =~ s/""/"/gr : $2 while /\G(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g; [@f] } grep { length } split /\r?\n/, $_[0];
    my $head = shift @lines;
    return map { my $f = $_; +{map { $head->[$_] => $f->[$_] // '' } 0 .. $#$head} } @lines;
}
# What an archive says, without ids: sentences of names.
sub says {
    my (%f) = @_;
    my %at = map { my $of = $_; map { $_->{sourcedId} => $_ } rows($f{"$of.csv"}) } qw(users classes courses);
    my $who = sub { join ' ', map { $at{$_[0]}{$_} } qw(familyName givenName middleName) };
    my @said;
    push @said, map { $_->{title} . ' ' . $_->{courseCode} . ' is a course' } grep { $_->{sourcedId} !~ /^homeroom/ } values %{{map { $_->{sourcedId} => $_ } rows($f{'courses.csv'})}};
    push @said, map {"$_->{title} is $_->{classType} of $at{$_->{courseSourcedId}}{title} for $_->{grades}"} rows($f{'classes.csv'});
    # who represents nobody that is here, and teaches nothing that was taken along, cannot come along
    my %agent = map { $_ => 1 } map { split /,/, $_->{agentSourcedIds} } values %{$at{users}};
    push @said, map { my $u = $_; $who->($u->{sourcedId}) . ' has ' . join ', ', sort map { $who->($_) } split /,/, $u->{agentSourcedIds} } grep { $agent{$_->{sourcedId}} || $_->{sourcedId} !~ /^guardian/ } rows($f{'users.csv'});
    push @said, map { $who->($_->{userSourcedId}) . " is a $_->{role}" } grep { $_->{role} eq 'student' || $agent{$_->{userSourcedId}} } rows($f{'roles.csv'});
    push @said, map { $who->($_->{userSourcedId}) . " is a $_->{role} in $at{$_->{classSourcedId}}{title}" } rows($f{'enrollments.csv'});
    my %said = map { $_ => 1 } @said; # two records of one guardian become one
    return join "\n", sort keys %said;
}
sub counts { my ($who, $kind) = @_; my $r = $who->get("/imports/$kind"); return join ' ', map { $r->xpath("string(//imports/\@$_)") } qw(added changed bad) }
sub upload { my ($who, $kind, $bytes) = @_; return refused($who->upload("/imports/$kind", [['file', 'oneroster.zip', $bytes]], step => 'file')) }
sub save { my ($who, $kind) = @_; return refused($who->post("/imports/$kind", step => 'save', version => $who->get("/imports/$kind")->xpath('string(//imports/@version)'))) }

# ------------------------------------------------- from one school to another ---

# The other school: empty but for its year and terms, before its lessons begin.
my $archive = $from->get('/oneroster/csv', html => 1)->bytes;
my %first = opened($archive);
my @lists = qw(subjects staff classes pupils load);

# The groups of parts of classes are made by hand: here only whole classes are taken along.
sub less {
    my (%f) = @_;
    my %class = map { $_->{title} => 1 } grep { $_->{classType} eq 'homeroom' } rows($f{'classes.csv'});
    my %course = map { $_->{sourcedId} => $_->{title} } rows($f{'courses.csv'});
    my %gone  = map { $_->{sourcedId} => 1 } grep { $_->{classType} eq 'scheduled' && !$class{$_->{title} =~ s/, \Q$course{$_->{courseSourcedId}}\E$//r} } rows($f{'classes.csv'});
    for my $of (qw(classes enrollments)) {
        $f{"$of.csv"} = join "\n", grep { !grep { $gone{$_} } split /[",]+/ } split /\n/, $f{"$of.csv"};
    }
    return %f;
}
%first = less(%first);
$archive = zip(%first);

my $other = EJ::Test->new(empty => 1);
my $code  = EJ::School::install($other, '2026-08-24');
my $to    = $other->client('sedykh');
my %new   = (code => $code, login => 'sedykh', password => 'long enough 92', password2 => 'long enough 92', is_agreed => 1);
$to->post('/activate', {html => 1}, code => $code);
is $to->post('/activate', {html => 1}, %new)->status, 303, 'the administrator of a new school';
$to->log_in('sedykh', 'long enough 92');

for my $kind (@lists) {
    is upload($to, $kind, $archive), '303', "$kind: the archive is read";
    is $to->post('/imports/pupils', step => 'order', order_no => '9-к', order_on => '2026-08-24', reason => 'from_school')->status, 303, 'those who came later have an order' if $kind eq 'pupils';
    for my $try (1 .. 20) {
        my $page = $to->get("/imports/$kind");
        my @asked = map { $_->getAttribute('line') . '.' . $_->getAttribute('field') } $page->nodes('//question[@is_first]');
        last if !@asked;
        $to->post("/imports/$kind", step => 'answer', question => \@asked, person_id => [(0) x @asked]);
    }
    # the usual subjects are there from the beginning
    like counts($to, $kind), $kind eq 'subjects' ? qr/^\d+ \d+ 0$/ : qr/^[1-9]\d* \d+ 0$/, "$kind: shown, none bad" or diag join "\n", map { $_->toString } $to->get("/imports/$kind")->nodes('//row[@done = "bad"]');
    is save($to, $kind), '303', "$kind: and saved";
}
my %second = opened($to->get('/oneroster/csv', html => 1)->bytes);
my ($was, $is) = map { join "\n", grep { !/Седых/ } split /\n/, $_ } says(%first), says(%second);
is length($is) > 1000, 1, 'the other school gives its lists';
if ($is ne $was) {
    my (%a, %b);
    $a{$_}++ for split /\n/, $was;
    $b{$_}++ for split /\n/, $is;
    diag join "\n", map { "- $_" } grep { ($a{$_} // 0) > ($b{$_} // 0) } sort keys %a;
    diag join "\n", map { "+ $_" } grep { ($b{$_} // 0) > ($a{$_} // 0) } sort keys %b;
}
ok $is eq $was, 'export, import, export: equal but for ids';

# -------------------------------------------------------------- once more ---

for my $kind (@lists) {
    upload($to, $kind, $archive);
    is counts($to, $kind), '0 0 0', "$kind: brought once more, nothing is doubled or changed" or diag join "\n", map { $_->toString } $to->get("/imports/$kind")->nodes('//row');
}

# ---------------------------------------------------------- other archives ---

my %small = (
    'manifest.csv'    => "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n",
    'courses.csv'     => "sourcedId,status,title\nc1,active,Физика\nc2,tobedeleted,Химия\n",
    'classes.csv'     => "sourcedId,title,classType,courseSourcedId\nk1,7Б,homeroom,c1\n",
    'users.csv'       => "sourcedId,enabledUser,givenName,familyName,middleName,agentSourcedIds,phone\ns1,true,Пётр,Нездешний,,\"g1,g2,g3\",\ng1,true,Анна,Нездешняя,,,8 900 000-00-11\ng2,true,Ян,Нездешний,,,\nt1,true,Ольга,Учёная,Ивановна,,\nt2,false,Ушла,Давно,,,\n",
    'roles.csv'       => "sourcedId,userSourcedId,roleType,role\n1,s1,primary,student\n2,g1,primary,guardian\n3,g2,primary,parent\n4,t1,primary,teacher\n5,t2,primary,teacher\n",
    'enrollments.csv' => "sourcedId,classSourcedId,userSourcedId,role,beginDate\n1,k1,s1,student,2026-11-19\n",
    'demographics.csv' => "sourcedId,birthDate,sex\ns1,2013-05-14,male\n",
);
is upload($from, 'staff', zip(%small)) . ' ' . counts($from, 'staff'), '303 1 0 0', 'who works there now, alone';
is upload($from, 'pupils', zip(%small)) . ' ' . counts($from, 'pupils'), '303 0 0 1', 'a pupil of the running year needs an order';
is $from->post('/imports/pupils', step => 'order', order_no => '9-к', order_on => '2026-11-19', reason => 'from_school')->status . save($from, 'pupils'), '303303', 'which the page asks for';
is $t->value(q{SELECT concat_ws(' ', k.birth_on, k.sex, (SELECT string_agg(concat_ws(' ', g.surname, g.given_name, nullif(g.phone, '')), ', ' ORDER BY g.given_name) FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id WHERE w.pupil_id = p.id))
    FROM ej.pupil AS p JOIN ej.pupil_card AS k ON k.pupil_id = p.id WHERE p.surname = 'Нездешний'}), '2013-05-14 m Нездешняя Анна 8 900 000-00-11, Нездешний Ян', 'with birthday, sex and guardians';
is upload($from, 'subjects', zip(%small)) . ' ' . counts($from, 'subjects'), '303 0 0 0', 'a course of homerooms alone, or a deleted one, is no subject';
is upload($from, 'rooms', zip(%small)), '422 JE130:file', 'rooms are not in it';

my $bomb = zip(%small, 'users.csv' => 'sourcedId' . "\n" . ' ' x 15_000_000);
my %bad = (
    'without manifest'        => zip(map { ($_ => $small{$_}) } grep {!/manifest/} keys %small),
    'of version 1.1'          => zip(%small, 'manifest.csv' => "propertyName,value\noneroster.version,1.1\n"),
    'without roles'           => zip(map { ($_ => $small{$_}) } grep {!/roles/} keys %small),
    'in a folder'             => zip(map { ("roster/$_" => $small{$_}) } keys %small),
    'with ../ in a name'      => zip(%small, '../users.csv' => 'x'),
    'with an absolute name'   => zip(%small, '/etc/passwd' => 'x'),
    'with a Windows path'     => zip(%small, 'C:\\users.csv' => 'x'),
    'a bomb'                  => $bomb,
    'of two thousand entries' => zip(%small, map { ("x$_.csv" => 'x') } 1 .. 2000),
    'cut'                     => substr(zip(%small), 0, 400),
    'no archive'              => "PK\3\4 not",
    'empty'                   => zip('x.txt' => ''),
    'a NUL in a file'         => zip(%small, 'users.csv' => "sourcedId\n\0"),
    'a quote without end'     => zip(%small, 'users.csv' => qq{sourcedId\n"x}),
);
{
    my $zip = Archive::Zip->new;
    $zip->addString($_ eq 'users.csv' ? encode('CP1251', $small{$_}) : encode('UTF-8', $small{$_}), $_) for sort keys %small;
    $bad{'in CP1251'} = bytes($zip);
    (my $flipped = bytes($zip)) =~ s/oneroster\.version,1\.2/oneroster.version,1.3/;
    $bad{'with a wrong checksum'} = $flipped;
}
is upload($from, 'staff', $bad{$_}), '422 JE131:file', "an archive $_ is refused" for sort keys %bad;
like $from->upload('/imports/staff', [['file', 'x.zip', $bad{'without manifest'}]], {html => 1}, step => 'file')->content, qr/Архив OneRoster — это ZIP с manifest\.csv версии 1\.2/, 'with words';
is refused($t->login('teacher')->upload('/imports/staff', [['file', 'x.zip', zip(%small)]], step => 'file')), '404 JE401:', 'who loads no list loads no archive';
$other->finish;
done_testing;
