#!/usr/bin/perl
# style.t: constructs that are forbidden in sheets, scripts, styles and queries, and why.
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

# The forbidden constructs of a sheet: [line, why].
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
        $say->($e, 'a space that is dropped: write xsl:text')
            if $is_xsl && $name =~ /^(if|when|otherwise)$/ && ($e->firstChild // $e)->nodeType == 3
            && $e->firstChild->data =~ /^ +$/;
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

# A long line is broken where that changes no page: between elements, attributes and the
# parts of an XPath, but not beside a text, nor in a value.
sub can_be_broken {
    my ($line) = @_;
    return length $line > 140 && $line !~ /="[^"]{71,}"/ && ($line =~ s/<(?:"[^"]*"|[^">])*>?//gr) !~ /\S/;
}
for my $sheet (@sheets) {
    my @lines = split /\n/, text($sheet);
    is join("\n", map { $_ + 1 } grep { can_be_broken($lines[$_]) } 0 .. $#lines), '', "$sheet has no line that should be broken";
}

# A template that calls itself would do so for each character or word of a text: libxslt
# gives up after 3,000 calls, which take seconds. xml.c and EXSLT
# read texts; xsl:apply-templates may descend the document, which is not deep.
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

# lines(pattern, files): the places where the pattern occurs
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
    'styles have no !important, no id, and load nothing from other sites';
# A page's <body> has its feature and its view as classes: a rule that begins with such a name and
# is not the feature's own would style whole pages of others.
{
    my (%of_body, %of_element);
    for my $html (map { text($_) } glob 'tests/*/*.html') {
        my ($body, $rest) = $html =~ /<body class="([^"]*)"(.*)/s or next;
        $of_body{$_} = 1 for split ' ', $body;
        $of_element{$_} = 1 for map { split ' ' } $rest =~ / class="([^"]*)"/g;
    }
    my @found;
    for my $file (@css) {
        my ($own) = $file =~ m{(\w+)\.css$};
        my $css = text($file) =~ s{/\*.*?\*/}{}gsr;
        for my $rule (map { split /,(?![^()]*\))/ } $css =~ /([^{}]+)\{/g) {
            my ($name) = $rule =~ /^\s*\.([a-z-]+)(?![\w-])/ or next;
            push @found, "$file: $rule" =~ s/\s+/ /gr if $of_body{$name} && $of_element{$name} && $name ne $own;
        }
    }
    is join("\n", @found), '', 'no rule for an element is one for the pages of a feature or a view of the same name';
}
is lines(qr/\bkind <> 'year'/, @queries, @objects), '', "terms with lessons are told by is_taught: exam and final have none either";
is lines(qr/\beval\s*\(|\bnew Function\b|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|https?:\/\//, @js), '',
    'scripts make no code or markup from texts, and load nothing from other sites';
{
    my @long;
    for my $file (@queries, @objects) {
        my $n = 0;
        $n++, length > 120 && push @long, "$file:$n: " . length for split /\n/, text($file);
    }
    is join("\n", @long), '', 'no line of SQL has more than 120 characters';
}
{
    my @sql = map { glob "sql/$_/*.sql" } qw(migrations objects queries seed);
    my %there = map { $_ => 1 } map { s/--.*//gr =~ /\bej\.(\w+)/g } map { text($_) } @sql;
    my (@found, $read);
    for my $file (@sql) {
        my $n = 0;
        for my $line (split /\n/, text($file)) {
            $n++;
            my ($comment) = $line =~ /--(.*)/ or next;
            $read++;
            push @found, "$file:$n: $_" for grep { !-e && !-e "sql/$_" && !-e "mod_ejournal/$_" } $comment =~ m{\b((?:\w+/)+\w+\.(?:sql|c|h|def|xsl|t|pg))\b}g;
            push @found, "$file:$n: ej.$_" for grep { !$there{$_} && !/_$/ } $comment =~ /\bej\.(\w+)/g;
        }
    }
    cmp_ok $read, '>', 1000, 'SQL has comments';
    is join("\n", @found), '', 'the files, tables and functions that comments of SQL name are there';
}
is lines(qr/\bselect\s+(\w+\.)?\*/i, @queries), '',
    'queries name their columns, since * breaks prepared statements after ALTER TABLE';
is lines(qr/\b(current_date|current_time|current_timestamp|localtimestamp|now\(\)\s*::\s*date)\b/i, @queries), '',
    'queries use ej.today instead of the clock';
is lines(qr/\b(current_date|coalesce\([^)]*today_fixed|localtimestamp|now\(\)\s*::\s*date)\b/i, grep { !m{/identity\.sql$} } @objects, @queries), '',
    'objects use ej.today or ej.school_today, which only identity.sql computes, instead of the day of the server';
is lines(qr/\bnow\(\)\s*AT\s+TIME\s+ZONE\b[^)]*\)\s*::\s*date/i, grep { !m{/identity\.sql$} } @objects, @queries), '',
    'objects do not compute the day of a time zone';
is lines(qr/\b(?:random|setseed|uuid_generate_v1\w*)\s*\(/i, @queries, @objects, glob 'sql/migrations/*.sql'), '',
    "secrets are of the system's generator (gen_random_uuid), since random() can be guessed";
is lines(qr/current_setting\('ej\.(account|person|role)/, @queries, @objects), '',
    'the identity comes from the session, not from a setting';

done_testing;
