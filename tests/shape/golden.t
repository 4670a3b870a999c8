#!/usr/bin/perl
# golden.t: each sample document fits its schema and becomes, through its
# sheet, the page kept beside it. EJ_BLESS=1 writes the pages anew: read the
# difference before committing it.
#
# tests/<feature>/<feature>[_<aspect>].xml + .html; the sheet is xslt/<feature>.xsl, for
# format="print" xslt/print/<feature>_<form>.xsl, if page/@form has one, else
# xslt/print/<feature>.xsl; the schema xslt/schema/<feature>.rng.
use strict;
use warnings;
use Test::More;
use XML::LibXML;
use lib 'tests/lib';
use EJ::Reply ();

# A page may grow, but not past what a slow school line takes (bytes of HTML).
my %most = (journal_full => 40_000, diary_full => 30_000);

my @docs = sort glob('tests/*/*.xml');
ok(@docs, 'there are sample documents') or BAIL_OUT('no tests/*/*.xml found');

my %schema;
my %seen;
for my $doc (@docs) {
    my ($name) = $doc =~ m{([^/]+)\.xml$};
    my ($feature) = $name =~ /^([a-z]+)/;
    my $tree = XML::LibXML->load_xml(location => $doc, no_network => 1);
    $seen{$feature} = 1;

    $schema{$feature} ||= XML::LibXML::RelaxNG->new(
        location => "xslt/schema/$feature.rng");
    eval { $schema{$feature}->validate($tree); 1 };
    is($@, '', "$name fits the schema of $feature");

    my $print = $tree->documentElement->getAttribute('format') eq 'print';
    my $form = $tree->documentElement->getAttribute('form') // '';
    my $html = transform(-e "xslt/print/${feature}_$form.xsl" ? "${feature}_$form" : $feature, $print, $doc);
    golden($doc =~ s/xml$/html/r, $html);
    plain($name, $html);
    cmp_ok(length $html, '<', $most{$name}, "$name stays under $most{$name} bytes")
        if $most{$name};
}

for my $rng (glob("xslt/schema/*.rng")) {
    my ($feature) = $rng =~ m{([^/]+)\.rng$};
    next if $feature eq 'common';
    ok($seen{$feature}, "the schema of $feature has a sample document");
}
done_testing();

# The page as xsltproc makes it; anything said on stderr fails.
sub transform {
    my ($name, $print, $doc) = @_;
    my $sheet = "xslt/" . ($print ? 'print/' : '') . "$name.xsl";
    my $html = qx{xsltproc --nonet --nowrite "$sheet" "$doc" 2>&1};
    is($? >> 8, 0, "$sheet runs on $doc");
    return $html;
}

sub golden {
    my ($file, $html) = @_;
    if ($ENV{EJ_BLESS}) {
        open my $out, '>', $file or die "$file: $!";
        print {$out} $html;
        close $out or die "$file: $!";
    }
    open my $in, '<', $file or return fail("$file is there: run with EJ_BLESS=1");
    local $/;
    is($html, <$in>, "$file is the page its document becomes");
}

# What the Content-Security-Policy would block, and what would be wrong HTML.
sub plain {
    my ($name, $html) = @_;
    unlike($html, qr/\sstyle="|\son[a-z]+="|<style|<script[^>]*>[^<]/,
        "$name has nothing inline");
    my %ids;
    my @twice = grep { $ids{$_}++ } $html =~ /\sid="([^"]*)"/g;
    is("@twice", '', "$name has no id twice");
    my $page = XML::LibXML->load_html(string => $html, recover => 2, encoding => 'UTF-8');
    is(join('; ', map { EJ::Reply::Table::error($_) } $page->findnodes('//table')), '', "$name has the heads of its tables over their columns");
}
