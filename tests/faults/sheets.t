#!/usr/bin/perl
# sheets.t: a form of the school's own (EjournalForms) that is broken or
# hostile. configtest runs as root, reads nothing for it but sheets, and names it;
# a page made by it ends in an error page with a number, in seconds, other pages
# and the children of Apache go on. The school's form stands before the region's.
# Fault table, row 40.
use lib 'tests/lib';
use EJ::Test;
use EJ::Faults;
use Time::HiRes qw(time);

my $XSL = '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common" extension-element-prefixes="exsl">';
my $OUT = '<xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>';
my $SECRET = 'not for the sheets';

sub put {
    my ($file, $text) = @_;
    open my $out, '>:utf8', $file or die "$file: $!";
    print $out $text;
    close $out;
    return $file;
}

# --------------------------------------------------------------- configtest --

my $stage = EJ::Stage->new(cluster => 0);
my $n     = 0;

# configtest with forms/journal.xsl of this text, or as the sub made it; %s in
# it is a directory that no sheet may see. (is_right, what it said, seconds,
# the directory)
sub configtest {
    my ($sheet) = @_;
    my $dir = $stage->dir . "/sheets-$$-" . ++$n;
    mkdir "$dir$_" for '', '/forms', '/outside';
    put("$dir/outside/secret.xsl", "$XSL<xsl:variable name='told'>$SECRET</xsl:variable></xsl:stylesheet>");
    put("$dir/outside/secret.txt", $SECRET);
    put("$dir/forms/part.txt", 'a part');
    ref $sheet ? $sheet->($dir) : put("$dir/forms/journal.xsl", $sheet =~ s/%s/$dir/gr);
    my $httpd = EJ::Httpd->new(
        dir => "$dir/httpd", module => $stage->module, share => $stage->share,
        socket => '/nowhere', database => 'none', port => 1,
        conf => qq{EjournalForms "$dir/forms"});
    my $from = time;
    my ($right, $said) = $httpd->configtest;
    my @told = ($right, $said, time - $from, $dir);
    return @told;
}

sub sheet { my ($body, $dtd) = @_; return '<?xml version="1.0" encoding="UTF-8"?>' . ($dtd // '') . "$XSL$body</xsl:stylesheet>" }
sub empty { return '<xsl:template match="/page"><p/></xsl:template>' }

my %refused = (
    'imports a file elsewhere'       => sheet('<xsl:import href="%s/outside/secret.xsl"/>' . empty()),
    'includes one by a way up'       => sheet('<xsl:include href="../outside/secret.xsl"/>' . empty()),
    'includes one by file:'          => sheet('<xsl:include href="file://%s/outside/secret.xsl"/>' . empty()),
    'includes one, written with %'   => sheet('<xsl:include href="%s/outside/secre%%74.xsl"/>' =~ s/%%/%/r . empty()),
    'includes a page of the network' => sheet('<xsl:include href="http://127.0.0.1:1/x.xsl"/>' . empty()),
    'has an entity of a file elsewhere' => sheet('<xsl:template match="/page">&e;</xsl:template>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "%s/outside/secret.txt">]>'),
    'has a DTD elsewhere'            => sheet(empty(), '<!DOCTYPE x SYSTEM "%s/outside/secret.txt">'),
    'has a DTD of the network'       => sheet(empty(), '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">'),
    'has an entity that grows'       => sheet('<xsl:template match="/page">&h;</xsl:template>', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        . join('', map { my ($to, $of) = @$_; "<!ENTITY $to '" . "&$of;" x 30 . "'>" } [b => 'a'], [c => 'b'], [d => 'c'], [e => 'd'], [f => 'e'], [g => 'f'], [h => 'g']) . ']>'),
    'is a link to a file elsewhere'  => sub { symlink "$_[0]/outside/secret.xsl", "$_[0]/forms/journal.xsl" },
    'is in a directory by a link'    => sub { symlink "$_[0]/outside", "$_[0]/forms/more"; put("$_[0]/forms/journal.xsl", sheet('<xsl:include href="more/secret.xsl"/>' . empty())) },
    'is a pipe'                      => sub { system 'mkfifo', "$_[0]/forms/journal.xsl" },
    'is a directory'                 => sub { mkdir "$_[0]/forms/journal.xsl" },
    'is a device'                    => sub { symlink '/dev/zero', "$_[0]/forms/journal.xsl" },
    'reads a file at once'           => sheet('<xsl:template match="/page"><xsl:value-of select="document(\'%s/outside/secret.xsl\')"/></xsl:template>'),
    'reads the network at once'      => sheet('<xsl:template match="/page"><xsl:value-of select="document(\'http://127.0.0.1:1/\')"/></xsl:template>'),
    'writes a file at once'          => sheet('<xsl:template match="/page"><exsl:document href="%s/outside/new">x</exsl:document></xsl:template>'),
    'writes beside itself at once'   => sheet('<xsl:template match="/page"><exsl:document href="%s/forms/new">x</exsl:document></xsl:template>'),
    'makes a directory at once'      => sheet('<xsl:template match="/page"><xsl:document href="%s/outside/new/x">x</xsl:document></xsl:template>'),
);
for my $what (sort keys %refused) {
    my ($right, $said, $seconds, $dir) = configtest($refused{$what});
    ok $right, "configtest goes on without a form that $what" or diag $said;
    like $said, qr{sheet \S+/forms/journal\.xsl does not compile: \S}, '  and names it';
    unlike $said, qr/\Q$SECRET\E/, '  not what stands in the file';
    cmp_ok $seconds, '<', 8, '  at once';
    is join(' ', glob("$dir/outside/*"), grep {-e} "$dir/forms/new"), "$dir/outside/secret.txt $dir/outside/secret.xsl", '  and has written nothing';
    system 'rm', '-rf', $dir;
}

my $product = $stage->share . '/xslt/print/journal.xsl';
my %passes = (
    'imports the sheet of the product' => sheet("<xsl:import href='$product'/>"),
    'has entities of its own'          => sheet('<xsl:template match="/page">&nbsp;&part;</xsl:template>', '<!DOCTYPE x [<!ENTITY nbsp "&#160;"><!ENTITY part SYSTEM "part.txt">]>'),
    'is a link within its directory'   => sub { put("$_[0]/forms/one.xsl", sheet(empty())); symlink 'one.xsl', "$_[0]/forms/journal.xsl" },
    'stands in a directory with a blank' => sub { mkdir "$_[0]/forms/a b"; put("$_[0]/forms/a b/one.xsl", sheet(empty())); put("$_[0]/forms/journal.xsl", sheet('<xsl:include href="a%20b/one.xsl"/>')) },
    'does not end on an empty page'    => sheet('<xsl:template match="/page" name="page"><xsl:call-template name="page"/></xsl:template>'),
    'stops on an empty page'           => sheet('<xsl:template match="/page"><xsl:message terminate="yes">no journal</xsl:message></xsl:template>'),
);
for my $what (sort keys %passes) {
    my ($right, $said, $seconds, $dir) = configtest($passes{$what});
    ok $right, "configtest passes a form that $what" or diag $said;
    cmp_ok $seconds, '<', 8, '  at once';
    system 'rm', '-rf', $dir;
}

# ---------------------------------------------------------------- run time ---

# What ?case= asks for.
my %case = (
    recursion => '<xsl:call-template name="recursion"/>',
    tree      => '<xsl:call-template name="tree"><xsl:with-param name="n" select="40"/></xsl:call-template>',
    search    => '<xsl:value-of select="count(//*[count(//*[count(//*[count(//*) &gt; 1]) &gt; 1]) &gt; 1])"/>',
    nodes     => '<xsl:for-each select="//*"><xsl:for-each select="//*"><xsl:for-each select="//*"><b/></xsl:for-each></xsl:for-each></xsl:for-each>',
    double    => '<xsl:call-template name="double"><xsl:with-param name="t" select="\'text\'"/></xsl:call-template>',
    copies    => '<xsl:call-template name="copies"><xsl:with-param name="t"><b/><b/></xsl:with-param></xsl:call-template>',
    slow      => '<xsl:variable name="n"><xsl:for-each select="//*"><xsl:for-each select="//*"><b/><b/><b/><b/></xsl:for-each></xsl:for-each></xsl:variable><xsl:for-each select="exsl:node-set($n)/b"><xsl:number level="any"/></xsl:for-each>',
    file      => '<xsl:copy-of select="document(\'/etc/passwd\')"/>',
    xml       => '<xsl:copy-of select="document(\'%s/secret.xml\')"/>',
    network   => '<xsl:copy-of select="document(\'http://127.0.0.1:1/\')"/>',
    write     => '<exsl:document href="%s/new">x</exsl:document>',
    message   => '<xsl:message terminate="yes">stopped by itself</xsl:message>',
    words     => '<xsl:message>only words</xsl:message>',
);
my $named = <<'END';
<xsl:template name="recursion"><p><xsl:call-template name="recursion"/></p></xsl:template>
<xsl:template name="tree"><xsl:param name="n"/><xsl:if test="$n"><xsl:call-template name="tree"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template>
  <xsl:call-template name="tree"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template></xsl:if></xsl:template>
<xsl:template name="double"><xsl:param name="t"/><xsl:call-template name="double"><xsl:with-param name="t" select="concat($t, $t)"/></xsl:call-template></xsl:template>
<xsl:template name="copies"><xsl:param name="t"/><xsl:call-template name="copies"><xsl:with-param name="t"><b><xsl:copy-of select="$t"/><xsl:copy-of select="$t"/></b></xsl:with-param></xsl:call-template></xsl:template>
<xsl:template name="deep"><xsl:param name="n"/><xsl:if test="$n"><i><i><i><i><i><i><i><i><i><i><i><i><i><i><i><i><i><i><i><i><xsl:call-template name="deep"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template></i></i></i></i></i></i></i></i></i></i></i></i></i></i></i></i></i></i></i></i></xsl:if></xsl:template>
END

sub forms {
    my ($dir) = @_;
    mkdir "$dir/forms";
    put("$dir/secret.xml", "<secret>$SECRET</secret>");
    my $whens = join "\n", map {qq{<xsl:when test="contains(\@query, 'case=$_')">$case{$_}</xsl:when>}} sort keys %case;
    put("$dir/forms/journal.xsl", "$XSL$OUT$named<xsl:template match='/page'><html><head><title>form</title></head><body><xsl:choose>"
        . ($whens =~ s/%s/$dir/gr)
        . q{<xsl:when test="contains(@query, 'deep')"><xsl:call-template name="deep"><xsl:with-param name="n" select="900"/></xsl:call-template></xsl:when>}
        . '<xsl:otherwise><p class="well">form</p></xsl:otherwise></xsl:choose></body></html></xsl:template></xsl:stylesheet>');
    put("$dir/forms/diary.xsl", sheet($OUT . '<xsl:template match="/page"><html><head><title>diary</title></head><body><p class="well">diary</p></body></html></xsl:template>'));
    mkdir "$dir/region";
    put("$dir/forms/reports_$_.xsl", sheet($OUT . qq{<xsl:template match="/page"><html><head><title>own</title></head><body><p class="well">$_</p></body></html></xsl:template>})) for qw(attendance results);
    put("$dir/forms/reports_teachers.xsl", "$XSL<xsl:template");
    put("$dir/region/reports_$_.xsl", sheet($OUT . '<xsl:template match="/page"><html><head><title>own</title></head><body><p class="well">region</p></body></html></xsl:template>')) for qw(attendance movement);
    put("$dir/forms/movements.xsl", "$XSL<xsl:template");
    my $whose = sub { sheet($OUT . "<xsl:template match='/page'><html><head><title>form</title></head><body><p class='well'>$_[0]</p></body></html></xsl:template>") };
    put("$dir/forms/social.xsl", $whose->('school'));
    put("$dir/region/social.xsl", $whose->('region'));
    put("$dir/region/consents.xsl", $whose->('region'));
    system 'chmod', '-R', 'a+rX', "$dir/region";
    put("$dir/forms/lesson.xsl", sheet(qq{$OUT<xsl:variable name="a" select="\$b"/><xsl:variable name="b" select="\$a"/><xsl:template match="/page"><xsl:value-of select="\$a"/></xsl:template>}));
    system 'chmod', '-R', 'a+rX', "$dir/forms", "$dir/secret.xml";
    system 'chmod', '777', $dir;    # only the module is in the way of a file
    return "$dir/forms";
}

sub status {
    my ($pid) = @_;
    open my $file, '<', "/proc/$pid/status" or return '';
    local $/;
    return <$file>;
}

my $t = EJ::Test->new(today => '2026-11-20', conf => sub { my $dir = $_[0]->dir; 'EjournalForms "' . forms($dir) . qq{" "$dir/region"} });
my $teacher = $t->login('teacher');
my $parent  = $t->login('parent');
my ($grid)  = EJ::Faults::journal($t);
my @children = sort $t->httpd->children;
my ($held) = sort { $b <=> $a } map { status($_) =~ /^VmHWM:\s+(\d+) kB/m } @children;    # most of it the product's own sheets
$t->expect_log(qr/sheet: /, qr/JE500 500 number [0-9a-f]{8} .*the sheet/, qr/JE500 500 number [0-9a-f]{8} .*no such sheet/, qr/movements\.xsl does not compile/, qr/reports_teachers\.xsl does not compile/);

is $teacher->get("$grid?format=print", html => 1)->xpath('string(//p[@class = "well"])'), 'form', "the school's form is there";
for my $case (sort keys %case) {
    my $before = $t->httpd->processor;
    my $r      = $teacher->get("$grid?format=print&case=$case", html => 1);
    my $took   = $t->httpd->processor - $before;
    is $r->status, 500, "a form with «$case» is an error";
    like $r->content, qr{<code>[0-9a-f]{8}</code>}, '  with a number';
    unlike $r->content, qr/\Q$SECRET\E|root:/, '  and nothing of a file';
    cmp_ok $took, '<', 4, "  after $took s of the processor";
    is $parent->get('/diary?format=print', html => 1)->xpath('string(//p[@class = "well"])'), 'diary', '  another form is well';
    is $teacher->get($grid, html => 1)->status, 200, '  and the journal';
}
is $teacher->get($t->path('lesson', class => '7Б', on => '2026-11-18') . '?format=print', html => 1)->status, 500, 'variables that wait for one another are an error';
my $deputy = $t->login('deputy');
my $class  = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my $broken = $deputy->get('/movements?format=print', html => 1);
is $broken->status, 500, 'a form that does not compile is an error';
like $broken->content, qr{<code>[0-9a-f]{8}</code>}, '  with a number';
is $deputy->get('/movements', html => 1)->status, 200, '  its page on the screen is well';
is $deputy->get("/classes/$class/$_?format=print", html => 1)->xpath('string(//p[@class = "well"])'), {social => 'school', consents => 'region'}->{$_},
    "  so is «$_»: " . ($_ eq 'social' ? 'the school\'s form stands before the region\'s' : 'the region\'s, where the school has none') for qw(social consents);
is $deputy->get("/reports/$_->[0]?class_id=$class&format=print", html => 1)->xpath('string(//p[@class = "well"])'), $_->[1], "  the report «$_->[0]» " . ($_->[1] ? 'alone has a form of its own' : 'has the product\'s')
    for ['attendance', 'attendance'], ['results', 'results'], ['movement', 'region'], ['leader', ''], ['pupils', ''];
is $deputy->get("/reports/teachers?class_id=$class&format=print", html => 1)->status, 500, '  and one whose form is broken is an error alone';
ok !-e $t->dir . '/new', 'no file was written';
is $teacher->get("$grid?format=print&deep=1", html => 1)->status, 200, 'a page of 18,000 elements within one another is written';
is $teacher->get("$grid?format=print", html => 1)->status, 200, 'the form itself is well';
is join(' ', sort $t->httpd->children), "@children", 'and no child of Apache has died';

my ($most) = sort { $b <=> $a } map { status($_) =~ /^VmHWM:\s+(\d+) kB/m } @children;
my $grown = int(($most - $held) / 1_024);
cmp_ok $grown, '<', 3 * 64, "none has grown by three times what a transform may hold ($grown of 64 MB)" unless EJ::Stage::is_sanitized();

# While a form takes its time, others do not wait for it.
my $slow = EJ::Faults::go($t, sub { $_[0]->(EJ::Faults::own($teacher)->get("$grid?format=print&case=slow", html => 1)->status) });
my @took = map { my $from = time; EJ::Faults::own($parent)->get('/diary', html => 1); time - $from } 1 .. 10;
cmp_ok((sort { $a <=> $b } @took)[5], '<', 1, 'others have their pages meanwhile');
is_deeply [map {@$_} $slow->ended], [500], 'until it is ended';
done_testing;
$stage->done;
