#!/usr/bin/perl
# html.t: a page is exactly the result of its sheet, whatever characters a
# text has; a school's own form may strip blanks and write comments.
use lib 'tests/lib';
use EJ::Test;
use File::Temp ();

my $t = EJ::Test->new(today => '2026-11-20', conf => sub { 'EjournalForms "' . forms($_[0]{dir}) . '"' })->plan(21);

my $teacher = $t->login('teacher');
my $parent  = $t->login('parent');
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');

my $bad = q{<b title="a' onclick='x">&amp; <!-- --> &{x} </td>' . chr(0x1F600) . '"'};
my ($id) = $lesson =~ /(\d+)$/;
$t->db->do('UPDATE ej.lesson SET topic = ? WHERE id = ?', undef, $bad, $id);
$t->db->do(q{UPDATE ej.homework SET text = ? WHERE due_on >= '2026-11-16'}, undef,
    qq{см. https://example.org/a"b'<c>[d]{e}?f=g&h=привет и  http://x.example/\ty $bad});

# A form of the school.
sub forms {
    my $dir = "$_[0]/forms";
    mkdir $dir;
    open my $out, '>', "$dir/journal.xsl" or die "$dir: $!";
    print {$out} <<'END';
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:strip-space elements="*"/>
<xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
<xsl:template match="/page"><html><head><title>form</title></head><body>
  <xsl:comment>own</xsl:comment><p><xsl:value-of select="count(.//text()[not(normalize-space())])"/></p>
  <xsl:for-each select="//lesson[@topic]"><p><xsl:value-of select="@topic"/></p></xsl:for-each>
</body></html></xsl:template>
</xsl:stylesheet>
END
    chmod 0755, $dir;
    return $dir;
}

# ----------------------------------------------- the same as xsltproc's ---

sub by_xsltproc {
    my ($client, $path) = @_;
    my $xml  = $client->get($path)->doc;
    my $page = $xml->documentElement;
    $page->setAttribute(format => 'html');
    my $file = File::Temp->new(SUFFIX => '.xml');
    print {$file} $xml->toString;
    close $file;
    my $sheet = 'xslt/' . $page->getAttribute('feature') . '.xsl';
    return scalar qx{xsltproc --nonet --nowrite "$sheet" "$file"};
}

sub canonical {
    my ($bytes) = @_;
    return XML::LibXML->load_html(string => $bytes, recover => 2, encoding => 'UTF-8')->toStringC14N;
}

my %pages = ($journal => $teacher, $lesson => $teacher, '/diary?week_on=2026-11-16' => $parent, '/' => $teacher,
    '/journals' => $teacher, '/account' => $teacher);
for my $path (sort keys %pages) {
    my $ours  = $pages{$path}->get($path, html => 1);
    my $bytes = by_xsltproc($pages{$path}, $path);
    is canonical($ours->bytes), canonical($bytes), "$path is equivalent to the output of xsltproc";
    next if $ours->content =~ /onclick/;
    is $ours->bytes, $bytes, "$path equals the output of xsltproc byte by byte";
}
is $teacher->get('/nowhere', html => 1)->count('//h1'), 1, 'a refusal is a page';

# ---------------------------------------------------------- hostile texts ---

for my $path ($journal, $lesson, '/diary?week_on=2026-11-16') {
    my $r = $pages{$path}->get($path, html => 1);
    is $r->count('//@onclick | //main//b[@title]'), 0, "$path: a text stays a text";
    my $shown = $r->count('//*[contains(., "<b title=") or contains(@value, "<b title=")]');
    cmp_ok $shown, '>', 0, 'the text is shown as it was typed';
}
like $parent->get("/diary?week_on=2026-11-16", html => 1)->content, qr{href="https://example\.org/a%22b'&lt;c&gt;%5Bd%5D%7Be%7D\?f=g&amp;h=%D0%BF},
    'an address in a text is escaped correctly';

# ------------------------------------------------------- a school's own form ---

my $form = $teacher->get("$journal?format=print", html => 1);
like $form->content, qr{<!--own--><p>\d+</p>}, 'a comment of the form is written';
is $form->count('//p[contains(., "<b title=")]'), 1, 'the form shows texts without markup';
is $teacher->get("$journal?format=print", html => 1)->status, 200, 'the form is served again';
is $teacher->get($journal, html => 1)->status, 200, 'the journal is served after the form';
