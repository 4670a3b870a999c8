package EJ::Workbook;

# The two forms of a page for spreadsheets, CSV and XLSX, read by other programs and compared.
#
#   my @rows  = EJ::Workbook::cells($reply->bytes);        # the rows of cells of a workbook, sheet by sheet
#   my $table = EJ::Workbook::parse($reply->content);      # the rows of a CSV file
#   my $found = EJ::Workbook::compare($client, $path);     # {other => the cells that differ, numbers => how many there are, …}

use strict;
use warnings;
use utf8;
use Spreadsheet::ParseXLSX;

# The rows of a CSV file, strictly: every field quoted or free of quotes, rows end in CRLF.
sub parse {
    my ($text, $separator) = (@_, ';');
    my @rows = ([]);
    while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^"$separator\r\n]*))($separator|\r\n)/gc) {
        my ($value, $end) = ($1 // $2, $3);
        $value =~ s/""/"/g;
        push @{$rows[-1]}, $value;
        push @rows, [] if $end ne $separator;
    }
    return [@rows[0 .. $#rows - 1], substr($text, pos($text) // 0) eq '' ? () : ['REST']];
}

sub cells {
    my ($bytes) = @_;
    my @cells;
    for my $sheet (Spreadsheet::ParseXLSX->new->parse(\$bytes)->worksheets) {
        my (undef, $rows) = $sheet->row_range;
        my (undef, $columns) = $sheet->col_range;
        push @cells, [] if @cells;
        push @cells, map { my $row = $_; [map { $sheet->get_cell($row, $_) } 0 .. $columns] } 0 .. $rows;
    }
    return @cells;
}

# Compare the workbook of a page with its CSV: numbers must be numbers, days days, all else text.
sub compare {
    my ($client, $path) = @_;
    my $with = $path =~ /\?/ ? '&' : '?';
    my @cells = cells($client->get("$path${with}format=xlsx")->bytes);
    my @plain = @{parse($client->get("$path${with}format=csv&dialect=rfc4180")->content, ',')};
    my (@other, $numbers);
    for my $row (0 .. $#plain) {
        for my $column (0 .. $#{$plain[$row]}) {
            my ($want, $cell) = ($plain[$row][$column], $cells[$row][$column]);
            my $got = $cell ? $cell->unformatted : '';
            my $is_day = $want =~ /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/ && ($got = $cell->value, $want = "$3.$2.$1" . ($4 ? " $4" : ''));
            my $is_number = $want =~ /^-?(0|[1-9]\d{0,14})(\.\d+)?$/;
            $numbers += $is_number;
            my $is_same = $is_number ? $cell && $cell->type eq 'Numeric' && $got == $want : $got eq $want =~ s/^'//r;
            push @other, "$row/$column: «$want», «$got»" if !$is_same;
        }
    }
    return {other => join("\n", @other), numbers => $numbers // 0, rows => scalar(@plain), sheet_rows => scalar(@cells), plain => \@plain};
}

1;
