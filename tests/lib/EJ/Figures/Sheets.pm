package EJ::Figures::Sheets;

# The reports as files for spreadsheets (EJ::Figures): the workbook has the cells of the CSV, numbers as numbers; words
# and not the keys of states; the figures of the page in their lines.

use strict;
use warnings;
use utf8;
use EJ::Figures;
use EJ::Workbook;
use Test::More ();

# Only in a small school: the files are written in the same way whatever the school.
sub check {
    return if @classes > 12;
    for my $report ($reader->get('/reports')->nodes('//report')) {
        my $key = $report->getAttribute('report_key');
        my $page = $reader->get("/reports/$key");
        next unless $page->count('//line');
        my $found = EJ::Workbook::compare($reader, "/reports/$key");
        Test::More::is($found->{other}, '', "$key: the workbook has the cells of its CSV");
        Test::More::is($found->{sheet_rows}, $found->{rows}, "$key: and as many rows");
        heads($key, $found->{plain});
        next if $key =~ /^(?:results|leader|pairs)$/; # a group of pupils is ticked; a line is a column
        my @lines = map { figures(map { $_->textContent } $_->findnodes('c')) } $page->nodes('//line');
        my %rows = map { (figures(@$_), 1) } @{$found->{plain}};
        my @lacking = grep { my $line = $_; !grep { /(?:^|\|)\Q$line\E$/ } keys %rows } @lines;
        Test::More::is(join("\n", @lacking[0 .. ($#lacking > 3 ? 3 : $#lacking)]), '', "$key: the lines of the page");
    }
    my $rows = EJ::Workbook::compare($reader, '/reports/keeping/rows?name=keeping&line=school&column=unmet');
    Test::More::is($rows->{other} . join(' ', keys_in($rows->{plain})), '', 'the rows of a number: words, not keys of duties');
}

# The cells of a line that are not empty, without noughts behind the point: whole numbers have none in a file.
sub figures { return join '|', map { s/(\.\d*?)0+$/$1/r =~ s/\.$//r } grep { $_ ne '' } @_ }

# The cells that are keys instead of words.
sub keys_in { my ($plain) = @_; return grep { /^[a-z][a-z_-]+$/ } map { @$_ } @$plain }

# Each column has a head: its own, or that of a group above it.
sub heads {
    my ($key, $plain) = @_;
    my @wrong = keys_in($plain);
    my $at = 0;
    for my $row (0 .. $#$plain) {
        $at = $row + 1, next if !grep { $_ ne '' } @{$plain->[$row]};           # an empty row between tables
        next unless $row == $at;
        my @heads = @$plain[$row + 1, $row + 2];                                 # below the name of the table
        my $is_tall = $heads[1] && $heads[1][0] eq '';
        push @wrong, map { "column $_ of «$plain->[$row][0]»" } grep { $heads[0][$_] eq '' && !($is_tall && $heads[1][$_] ne '') } 0 .. $#{$heads[0]};
    }
    Test::More::is(join(' ', @wrong), '', "$key: words and not keys, each column with its head");
    return;
}

1;
