#!/usr/bin/perl
# configtest.t: `apachectl configtest` refuses what could only fail later, and
# says in one line what and where.
use lib 'tests/lib';
use EJ::Test;

my $stage = EJ::Stage->new(cluster => 0);
my $n     = 0;

# (is_right, what it said) of a server whose share directory was changed by
# the sub, with more configuration.
sub configtest {
    my ($change, %o) = @_;
    my $dir = $stage->dir . "/configtest-$$-" . ++$n;
    mkdir $dir;
    system 'cp', '-r', $stage->share, "$dir/share";
    $change->("$dir/share") if $change;
    my $httpd = EJ::Httpd->new(
        dir => "$dir/httpd", module => $stage->module, share => "$dir/share",
        socket => '/nowhere', database => 'none', port => 1, %o);
    my @said = $httpd->configtest;
    system 'rm', '-rf', $dir;
    return @said;
}

sub edit {
    my ($file, $from, $to) = @_;
    open my $in, '<:utf8', $file or die "$file: $!";
    my $text = do { local $/; <$in> };
    $text =~ s/$from/$to/ or die "$file holds no $from";
    open my $out, '>:utf8', $file or die "$file: $!";
    print $out $text;
    close $out;
}

# refuses(what, change, what it must say, more)
sub refuses {
    my ($what, $change, $words, %o) = @_;
    my ($right, $said) = configtest($change, %o);
    ok !$right, "configtest refuses $what";
    like $said, $words, '  and says so';
}

my ($right, $said) = configtest();
ok $right, 'what is shipped passes' or diag $said;

refuses('a route without its sheet', sub { unlink "$_[0]/xslt/diary.xsl" }, qr/diary/);
refuses('a sheet that is not well-formed', sub { edit("$_[0]/xslt/today.xsl", qr{</xsl:stylesheet>}, '') }, qr/today/);
refuses('a sheet that does not compile', sub {
    edit("$_[0]/xslt/today.xsl", qr{(?=</xsl:stylesheet>)}, '<xsl:template match="["/>') }, qr/today/);
refuses('a printed form without its sheet', sub { unlink "$_[0]/xslt/print/social.xsl" }, qr{no sheet .*/xslt/print/social\.xsl});
my $common = sub { my $line = shift; sub { edit("$_[0]/common-passwords.txt", qr/\z/, "$line\n") } };
refuses('no list of common passwords', sub { unlink "$_[0]/common-passwords.txt" }, qr/common-passwords\.txt/);
refuses('an empty one', sub { edit("$_[0]/common-passwords.txt", qr/.*/s, "# nothing\n") }, qr/no password in it/);
refuses('a common password that is refused as short', $common->('koshka'), qr/txt:\d+: koshka is shorter/);
refuses('one with a capital, which would never match', $common->('Koshkodom'), qr/txt:\d+: Koshkodom is not in lower case/);
refuses('one given twice', $common->('qwertyui'), qr/txt:\d+: qwertyui is there already/);
refuses('a share directory that is not there', undef, qr/nowhere/, conf => 'EjournalShare /nowhere');

my @values = (
    ['EjournalSecure perhaps',     qr/EjournalSecure/],
    (map { ["EjournalOrigin $_", qr/EjournalOrigin takes/] } 'journal.example', 'ftp://journal.example', 'https://', 'https://a.example/journal',
        'https://u@a.example', 'https://a.example?x'),
    ['EjournalDatabaseWait never', qr/EjournalDatabaseWait/],
    ['EjournalDatabaseWait 3h',    qr/EjournalDatabaseWait/],
    ['EjournalBodyLimit huge',     qr/EjournalBodyLimit/],
    ['EjournalBodyLimit 12q',      qr/EjournalBodyLimit/],
    ['EjournalPlaces 0',           qr/EjournalPlaces/],
    ['EjournalPlaces many',        qr/EjournalPlaces/],
    ['EjournalReports 0',          qr/EjournalReports/],
    ['EjournalMetrics host',       qr/EjournalMetrics/],
    ['EjournalMetrics 10.0.0.0/99', qr/EjournalMetrics/],
    ['EjournalColour red',         qr/EjournalColour/],
    ['EjournalPlaces 11',          qr/EjournalPlaces 11 is more than DBDMax 4/],
    ['EjournalForms /nowhere',     qr{EjournalForms /nowhere is no directory}],
    ['EjournalForms /etc/passwd',  qr{is no directory}],
    ['Ejournal On',                qr/Ejournal (?:belongs|not allowed)/],
    ["<Directory /tmp>\nEjournal On\n</Directory>",             qr/Ejournal belongs/],
    ["<LocationMatch ^/x>\nEjournal On\n</LocationMatch>",      qr/Ejournal belongs/],
    ["<LocationMatch /x>\nEjournal On\n</LocationMatch>",       qr/Ejournal belongs/],
    ["<Location ~ /x>\nEjournal On\n</Location>",               qr/Ejournal belongs/],
    ["<Location /x>\n<If true>\nEjournal On\n</If>\n</Location>", qr/Ejournal belongs|not allowed/],
);
refuses($_->[0] =~ s{\n}{ }gr, undef, $_->[1], conf => $_->[0]) for @values;

# What stands below the journal. A line of the shipped configuration is changed.
my $without = sub {
    my ($from, $to) = @_;
    no warnings 'redefine';
    my $whole = \&EJ::Httpd::config;
    local *EJ::Httpd::config = sub { my $text = $whole->(@_); $text =~ s/$from/$to/g or die "no $from"; return $text };
    return configtest(undef, @_[2 .. $#_]);
};
for my $case (
    ['another database',        qr/^DBDriver pgsql$/m, 'DBDriver sqlite3', qr/DBDriver is sqlite3, not pgsql/],
    ['no driver',               qr/^DBDriver pgsql$/m, '',                 qr/DBDriver pgsql is missing/],
    ['no mod_dbd',              qr/^(?:LoadModule dbd_module .*|DBD.*)$/m, '', qr/mod_dbd is not loaded/],
    ['a smaller pool in a host', qr/^DBDExptime.*$/m,
        "DBDExptime 300\n<VirtualHost *:1>\nDBDMax 2\n</VirtualHost>", qr/EjournalPlaces 4 is more than DBDMax 2/],
) {
    my ($what, $from, $to, $words) = @$case;
    my ($ok, $told) = $without->($from, $to);
    ok !$ok, "configtest refuses $what";
    like $told, $words, '  and says so';
}
($right, $said) = configtest(undef, conf => 'EjournalOrigin https://a.example http://b.example:8080/ https://[::1]:8443');
ok $right, 'a journal may have several addresses' or diag $said;
($right, $said) = $without->(qr/^EjournalPlaces.*$/m, '');
ok $right, 'without EjournalPlaces there are as many as DBDMax' or diag $said;
($right, $said) = configtest(undef, conf => "<VirtualHost *:1>\nDBDriver sqlite3\nDBDParams /tmp/x\n<Location /journal>\nEjournal Off\n</Location>\n</VirtualHost>");
like $said, qr/DBDriver is sqlite3/, 'a host that has the journal from the whole server cannot have another database';
($right, $said) = configtest(undef, conf => "<IfModule mod_dbd.c>\n<Location /second>\n<IfModule mod_dbd.c>\nEjournal On\n</IfModule>\nSetHandler ejournal\n</Location>\n</IfModule>");
ok $right, 'conditions around it do no harm' or diag $said;

# The files of conf/ are whole: each way to log in passes beside the rest.
for my $file (sort glob 'conf/login-*.conf') {
    my ($way) = $file =~ /login-(\w+)/;
    my %module = (openidc => ['auth_openidc', 'authz_user'], kerberos => ['auth_gssapi', 'authz_user'], certificate => ['ssl']);
    my $libexec = EJ::Httpd::_libexec();
    my @wants = @{$module{$way} // []};
  SKIP: {
        skip "$file wants mod_$wants[0], which is not installed here", 1
            if grep { !-e "$libexec/mod_$_.so" } @wants;
        open my $in, '<:utf8', $file or die "$file: $!";
        my $text = join '', map {"LoadModule ${_}_module $libexec/mod_$_.so\n"} @wants;
        $text .= do { local $/; <$in> };
        # the files of certificates and secrets are the server's own
        $text =~ s/^SSLCACertificateFile.*$//m;
        $text =~ s/"exec:[^"]*"/"secret"/g;
        my ($ok, $words) = configtest(undef, base => '/other', conf => $text);
        ok $ok, "$file passes" or diag $words;
    }
}

done_testing;
$stage->done;
