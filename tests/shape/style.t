#!/usr/bin/perl
# style.t: what no sheet, script, style or query may hold, and why.
use strict;
use warnings;
use utf8;
use Test::More;
use XML::LibXML;
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $xsl = 'http://www.w3.org/1999/XSL/Transform';
my @sheets = sort glob 'xslt/*.xsl xslt/print/*.xsl xslt/help/*.xsl';
cmp_ok scalar(@sheets), '>', 0, 'there are sheets';

sub text {
    my ($file) = @_;
    open my $in, '<:encoding(UTF-8)', $file or die "$file: $!";
    local $/;
    return scalar <$in>;
}

# In one sheet, all that offends: [line, why].
sub offences {
    my ($file) = @_;
    my $doc = eval { XML::LibXML->load_xml(location => $file, line_numbers => 1) }
        or return "not well-formed: $@";
    my @found;
    my $say = sub { push @found, $_[0]->line_number . ": $_[1]" };
    for my $e ($doc->findnodes('//*')) {
        my $is_xsl = ($e->namespaceURI // '') eq $xsl;
        my $name   = $e->localname;
        for my $a (grep { $_->nodeType == 2 } $e->attributes) {
            my ($n, $v) = ($a->nodeName, $a->value);
            $say->($e, 'output escaping switched off') if $n eq 'disable-output-escaping';
            $say->($e, "a computed $n is not safe in threads")
                if $is_xsl && $name eq 'sort' && $n =~ /^(order|data-type|lang)$/ && $v =~ /\{/;
            $say->($e, "it searches (//), time grows with the page: $v")
                if $is_xsl && $n =~ /^(select|match|test|use)$/ && outside_quotes($v) =~ m{//};
            $say->($e, 'document() reads files') if $v =~ /\bdocument\s*\(/;
            next if $is_xsl;
            $say->($e, "inline style") if $n eq 'style';
            $say->($e, "inline script: $n") if $n =~ /^on[a-z]+$/;
            $say->($e, "leads out of the site: $v") if $n =~ /^(href|src|action)$/ && $v =~ m{^(//|https?:)};
            $say->($e, "a link that assumes the root: $v") if $n =~ /^(href|src|action)$/ && $v =~ m{^/};
        }
        $say->($e, 'inline script') if $name eq 'script' && $e->textContent =~ /\S/;
        $say->($e, 'inline style')  if $name eq 'style';
        $say->($e, 'inline style or script by xsl:attribute')
            if $is_xsl && $name eq 'attribute' && ($e->getAttribute('name') // '') =~ /^(style|on[a-z]+)$/;
        $say->($e, "$name reads or writes files")
            if ($is_xsl && $name eq 'document') || ($e->namespaceURI // '') =~ m{exslt\.org/common} && $name eq 'document';
    }
    return @found;
}

sub outside_quotes {
    my ($text) = @_;
    $text =~ s/'[^']*'|"[^"]*"//g;
    return $text;
}

for my $sheet (@sheets) {
    my @found = offences($sheet);
    is join("\n", @found), '', "$sheet keeps the rules";
}

# A template that calls itself does so once a sign or a word of a text: libxslt
# gives up at 3,000, and before that the page takes seconds. xml.c and EXSLT
# read texts; xsl:apply-templates goes down the document, which is not deep.
my %calls;
for my $sheet (@sheets) {
    for my $template (XML::LibXML->load_xml(location => $sheet)->findnodes('//*[local-name() = "template"][@name]')) {
        my $name = $template->getAttribute('name');
        $calls{$name} ||= {};
        $calls{$name}{$_->value} = 1 for $template->findnodes('.//*[local-name() = "call-template"]/@name');
    }
}
sub reaches {
    my ($from, $to, $seen) = @_;
    return 0 if $seen->{$from}++;
    return scalar grep { $_ eq $to || reaches($_, $to, $seen) } keys %{$calls{$from}};
}
cmp_ok scalar(keys %calls), '>', 10, 'there are named templates';
is join(' ', grep { reaches($_, $_, {}) } sort keys %calls), '', 'no template calls itself';

# lines(pattern, files): where it occurs
sub lines {
    my ($pattern, @files) = @_;
    my @found;
    for my $file (@files) {
        my $n = 0;
        for my $line (split /\n/, text($file)) {
            $n++;
            push @found, "$file:$n: $&" if $line !~ m{^\s*(--|//|\*|/\*)} && $line =~ $pattern;
        }
    }
    return join "\n", @found;
}

my @css = glob 'xslt/static/css/*.css';
my @js  = glob 'xslt/static/js/*.js';
my @queries = glob 'sql/queries/*.sql';
my @objects = glob 'sql/objects/*.sql';

is lines(qr/!\s*important|\burl\(\s*["']?(https?:|\/\/)|^\s*#[a-z][\w-]*\s*[{,]|\@import/, @css), '',
    'styles: no !important, no id, nothing from elsewhere';
is lines(qr/\beval\s*\(|\bnew Function\b|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|https?:\/\//, @js), '',
    'scripts: no text is made code or markup, nothing from elsewhere';
is lines(qr/\bselect\s+(\w+\.)?\*/i, @queries), '',
    'queries name their columns: * breaks prepared ones after ALTER TABLE';
is lines(qr/\b(current_date|current_time|current_timestamp|localtimestamp|now\(\)\s*::\s*date)\b/i, @queries), '',
    'queries ask ej.today, never the clock';
is lines(qr/\b(current_date|coalesce\([^)]*today_fixed|localtimestamp|now\(\)\s*::\s*date)\b/i, grep { !m{/identity\.sql$} } @objects, @queries), '',
    'objects ask ej.today or ej.school_today, never the day of the server; what the day is stands in identity.sql alone';
is lines(qr/\bnow\(\)\s*AT\s+TIME\s+ZONE\b[^)]*\)\s*::\s*date/i, grep { !m{/identity\.sql$} } @objects, @queries), '',
    'nor work it out for themselves';
is lines(qr/current_setting\('ej\.(account|person|role)/, @queries, @objects), '',
    'the identity comes from the session, not from a setting';

done_testing;
