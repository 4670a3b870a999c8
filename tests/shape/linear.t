#!/usr/bin/perl
# linear.t: no sheet takes more than in proportion to what it shows. Each kind
# of row of each sample document (golden.t) is doubled: that may cost at most
# 2.5 times the time, the steps and the allocations. Once 4,990 errors of a
# form, each looked for in 20,000 fields, took 75 s.
use strict;
use warnings;
use utf8;
use lib 'tests/lib';
use EJ::Stage ();
use File::Temp ();
use Test::More;
use XML::LibXML;
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $NODES   = 6_000;     # of the smaller of two documents, or as many as LARGEST times
my $LARGEST = 3_000;
my $PAPER   = 100;
my $MOST    = 2.5;

my $sanitized = EJ::Stage::is_sanitized();
$ENV{ASAN_OPTIONS} = 'detect_leaks=0'; # the tool ends with its sheets
my $tool = $sanitized ? 'build/asan/sheet_cost' : 'build/sheet_cost';
-x $tool or die "$tool is missing: make test-objects first.\n";
my $dir = File::Temp::tempdir(CLEANUP => 1);

# ------------------------------------------------------------------ doubling --

# Rows that belong together: an error to its row of the form and to its pupil.
my %together = map { $_ => 1 } qw(error row pupil);

# What may be repeated: elements below the feature, the errors and the form,
# by their path.
sub kinds {
    my ($doc) = @_;
    my %of;
    for my $element ($doc->findnodes('/page/*/descendant::*')) {
        (my $path = $element->nodePath) =~ s/\[\d+\]//g;
        push @{$of{$path}}, $element;
    }
    my %kinds = map { $_ => $of{$_} } keys %of;
    my @rows = grep { m{^/page/\w+/(\w+)$} && $together{$1} } keys %of;
    $kinds{'the rows together'} = [map { @{$of{$_}} } @rows] if @rows > 1;
    return \%kinds;
}

# Numbers of a copy are its own, alike wherever the original's were.
sub renumber {
    my ($copy, $r, $rows) = @_;
    my $own = sub { $_[0] =~ s/(?<=.)(?<![^.])(\d+)|^(\d+)$/($1 \/\/ $2) . sprintf '%05d', $r/ger };
    for my $element ($copy, $copy->findnodes('descendant::*')) {
        for my $attribute ($element->attributes) {
            my ($name, $value) = ($attribute->nodeName, $attribute->value);
            $attribute->setValue($value + $r * $rows) if $name eq 'n';
            $attribute->setValue($own->($value))
                if $name =~ /_id$|^line$/ || $name =~ /^(name|field)$/ && $value =~ /\.\d/;
        }
        # a second field of the name would be in the next row
        $copy->setAttribute(name => $copy->getAttribute('name') . ".$r") if $copy->nodeName eq 'field' && $element == $copy;
        next if $element->nodeName ne 'field' || $element->getAttribute('name') !~ /_id$/;
        my $text = $own->($element->textContent);
        $element->removeChildNodes;
        $element->appendText($text);
    }
    return $copy;
}

# The document with the kind there times times.
sub repeated {
    my ($doc, $kind, $times) = @_;
    my $copy = XML::LibXML->load_xml(string => $doc->toString);
    my $rows = $copy->findnodes('/page/form/row')->size || 1;
    for my $element (@{kinds($copy)->{$kind}}) {
        my ($parent, $after) = ($element->parentNode, $element);
        for my $r (1 .. $times - 1) {
            my $new = renumber($element->cloneNode(1), $r, $rows);
            $parent->insertAfter($new, $after);
            $after = $new;
        }
    }
    return $copy;
}

sub nodes_of { return $_[0]->findnodes('descendant-or-self::node() | descendant-or-self::*/@*')->size }

# ----------------------------------------------------------------- measuring --

sub cost {
    my ($sheet, $runs, @files) = @_;
    open my $out, '-|', $tool, $sheet, $runs, @files or die "$tool: $!";
    my @lines = <$out>;
    close $out or return;
    return map { my %of; @of{qw(nodes steps allocations us)} = split; \%of } @lines;
}

# How often as much the second costs as the first, at the worst; time is asked
# again when the machine was busy.
sub growth {
    my ($sheet, @files) = @_;
    my %least;
    for my $try (1 .. 10) {
        my @cost = cost($sheet, $sanitized ? 1 : 3 * $try, @files) or return;
        for my $what (qw(steps allocations), $sanitized ? () : 'us') {
            my $ratio = $cost[1]{$what} / ($cost[0]{$what} || 1);
            $least{$what} = $ratio if !defined $least{$what} || $ratio < $least{$what};
        }
        last if !grep { $_ > $MOST } values %least;
    }
    return \%least;
}

my @docs = sort grep { !m{/\.} } glob 'tests/*/*.xml';
ok @docs, 'there are sample documents' or BAIL_OUT('no tests/*/*.xml found');
for my $file (@docs) {
    my $doc = XML::LibXML->load_xml(location => $file, no_blanks => 1);
    my ($name)    = $file =~ m{([^/]+)\.xml$};
    my ($feature) = $name =~ /^([a-z]+)/;
    my $print = $doc->documentElement->getAttribute('format') eq 'print' ? 'print/' : '';
    my $kinds = kinds($doc);
    my @slow;
    for my $kind (sort keys %$kinds) {
        my $each  = 0;
        $each += nodes_of($_) for @{$kinds->{$kind}};
        my $times = int($NODES / $each) + 1;
        # a printed form is cut into sheets of paper, each from all: as many
        # lessons and pupils as a journal may ever have are asked of it
        my $largest = $print ? int($PAPER / @{$kinds->{$kind}}) : $LARGEST;
        $times = $largest if $times > $largest;
        repeated($doc, $kind, $times)->toFile("$dir/once.xml");
        repeated($doc, $kind, 2 * $times)->toFile("$dir/twice.xml");
        my $growth = growth("xslt/$print$feature.xsl", "$dir/once.xml", "$dir/twice.xml");
        push @slow, "$kind: " . ($growth ? join ', ', map { sprintf "%s x %.1f", $_, $growth->{$_} } sort keys %$growth : 'failed')
            if !$growth || grep { $_ > $MOST } values %$growth;
    }
    is join("\n", @slow), '', "$name: " . keys(%$kinds) . ' kinds of rows cost in proportion';
}
done_testing;
