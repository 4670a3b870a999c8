#!/usr/bin/perl
# lists.t: a list sorted by a choice is in the order of the Russian words that the reader
# sees: its query has the codes in that order, and the sheet the words.
use strict;
use warnings;
use utf8;
use lib 'tests/lib';
use Test::More;
use XML::LibXML ();

my $sorted = 0;
for my $sheet (glob 'xslt/*.xsl') {
    my ($feature) = $sheet =~ m{([^/]+)\.xsl$};
    my $doc = XML::LibXML->load_xml(location => $sheet);
    for my $field ($doc->findnodes('//*[local-name() = "f"][@sort][*[local-name() = "o"]]')) {
        my $name  = $field->getAttribute('name');
        my @words = sort { $a->[1] cmp $b->[1] } map { [$_->getAttribute('value'), $_->textContent =~ tr/ёЁ/еЕ/r] } grep { length $_->getAttribute('value') } $field->findnodes('*[local-name() = "o"]');
        open my $in, '<:utf8', "sql/queries/$feature.sql" or die "$feature: $!\n";
        my $sql = do { local $/; <$in> };
        my ($codes) = $sql =~ /:sort = '$name'\s+THEN\s+array_position\('\{([\w,]+)\}'/;
        is $codes, join(',', map { $_->[0] } @words), "$feature is sorted by the words of $name";
        $sorted++;
    }
}
cmp_ok $sorted, '>', 0, 'some lists are sorted by a choice';
done_testing;
