package EJ::Reply;

# A reply of the journal.

use strict;
use warnings;
use XML::LibXML ();

sub new {
    my ($class, $response, $base) = @_;
    my $request = $response->request;
    return bless {
        response => $response, base => $base,
        asked    => $request ? $request->method . ' ' . $request->uri->path_query : '',
    }, $class;
}

sub response { return $_[0]{response} }
sub status   { return $_[0]{response}->code }
sub header   { return scalar $_[0]{response}->header($_[1]) }

# The body as characters, and as decompressed bytes.
sub content { return $_[0]{response}->decoded_content(charset => 'utf-8') // '' }
sub bytes   { return $_[0]{response}->decoded_content(charset => 'none')  // '' }
sub type    { return lc((split /;/, $_[0]->header('Content-Type') // '')[0] // '') }

sub is_xml { return $_[0]->type =~ m{^(application|text)/xml$} }

# The target of a redirect, as a path of the journal without its base.
sub location {
    my ($self) = @_;
    my $to = $self->header('Location') // return;
    $to =~ s{^http://127\.0\.0\.1:\d+}{};
    $to =~ s{^\Q$self->{base}\E(?=/|$)}{} if $self->{base} ne '';
    return $to eq '' ? '/' : $to;
}

# The parsed body. If it is neither XML nor HTML, dies with its first characters.
sub doc {
    my ($self) = @_;
    return $self->{doc} ||= $self->_parse;
}

sub _parse {
    my ($self) = @_;
    my $doc = eval {
        $self->is_xml
            ? XML::LibXML->load_xml(string => $self->bytes)
            : XML::LibXML->load_html(string => $self->content, recover => 2, encoding => 'UTF-8');
    };
    return $doc if $doc;
    my $status = $self->status;
    my $begin  = substr $self->content, 0, 300;
    die "$self->{asked}: $status, no document: $@$begin\n";
}

sub page {
    my ($self) = @_;
    my $root = $self->doc->documentElement;
    return $root && $root->nodeName eq 'page' ? $root : undef;
}

# The value of an XPath expression as one text or number.
sub xpath { return $_[0]->doc->findvalue($_[1]) }

# The nodes that an XPath expression selects; their texts; their number.
sub nodes { return $_[0]->doc->findnodes($_[1]) }
sub texts { return map { $_->textContent } $_[0]->nodes($_[1]) }
sub count { return scalar @{[$_[0]->nodes($_[1])]} }

# The codes of the errors in the document, in order: 'JE101', 'JE108' …
sub errors { return $_[0]->texts('//error/@code') }

# Why the document does not fit the schema of its feature; empty if it does.
sub schema_error {
    my ($self, $dir) = @_;
    our %schema;
    my $name = $self->page->getAttribute('feature') // return 'page without a feature';
    my $file = "$dir/$name.rng";
    return unless -e $file;
    $schema{$file} ||= XML::LibXML::RelaxNG->new(location => $file);
    return if eval { $schema{$file}->validate($self->doc); 1 };
    (my $why = "$@") =~ s/\s+/ /g;
    return "$name.rng: $why";
}

# Why a table of the page is not a rectangle; empty if all are. A row that is too short or
# too long puts cells under the wrong heads.
sub tables_error {
    my ($self) = @_;
    return join '; ', map { EJ::Reply::Table::error($_) } $self->nodes('//table');
}

# A short description of the reply for a test's message.
sub summary {
    my ($self) = @_;
    return sprintf '%s: %s %s', $self->{asked}, $self->status,
        join(' ', $self->is_xml ? $self->errors : ()) || substr($self->content, 0, 200);
}

package EJ::Reply::Table;

# Why a table is not a rectangle; undef if it is.
sub error {
    my ($table) = @_;
    my $name  = 'table.' . ($table->getAttribute('class') // '');
    my @parts = $table->findnodes('thead | tbody | tfoot | self::*[tr]');
    my $wide;
    for my $part (@parts) {
        my @below;    # how many rows more a cell above takes, by column
        my $n = 0;
        for my $tr ($part->findnodes('tr')) {
            my $where = "$name, row " . ++$n . ' of ' . $part->nodeName;
            my $at    = 0;
            my @next  = map { $_ ? $_ - 1 : 0 } @below;
            for my $cell ($tr->findnodes('td | th')) {
                $at++ while $below[$at];
                my ($columns, $rows) = map { $cell->getAttribute($_) // 1 } qw(colspan rowspan);
                for (1 .. $columns) {
                    return "$where: two cells in one place" if $below[$at];
                    $next[$at++] = $rows - 1;
                }
            }
            $at++ while $below[$at];
            $wide //= $at;
            return "$where: $at columns, not $wide" if $at != $wide || @below > $at;
            @below = @next;
        }
        return "$name: a cell goes on below its " . $part->nodeName if grep {$_} @below;
    }
    return;
}

1;
