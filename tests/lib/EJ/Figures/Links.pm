package EJ::Figures::Links;

# The rows behind the numbers of reports (EJ::Figures).

use strict;
use warnings;
use utf8;
use EJ::Figures;
use Test::More ();

# The rows of a number make it: each column of one line of each table. In a large school of one class, whose line is
# among the last to be asked for.
sub check {
    for my $report ($reader->get('/reports')->nodes('//report')) {
        my $key = $report->getAttribute('report_key');
        my ($c) = grep { is_asked("rows of $key" => $_->{id}) } reverse @classes;
        my $has_class = grep { $_ eq 'class_id' } @{value('SELECT filters FROM ej.report_list() WHERE report_key = ?', $key)};
        my $of = $has_class && @classes > 12 ? "class_id=$c->{id}" : '';
        tables($key, $of, ask("/reports/$key?$of"));
    }
}

sub tables {
    my ($key, $of, $r) = @_;
    for my $table ($r->nodes('//table')) {
        my ($name, @columns) = ($table->getAttribute('name'), $table->findnodes('column'));
        my ($line) = grep { $_->getAttribute('kind') eq 'class' } $table->findnodes('line');
        $line //= ($table->findnodes('line'))[0] or next;
        my ($row, @cells) = ($line->getAttribute('line'), $line->findnodes('c'));
        my @wrong;
        for my $i (grep { ($columns[$_]->getAttribute('rows_key') // '') eq $columns[$_]->getAttribute('key') } 0 .. $#columns) {
            my $column = $columns[$i]->getAttribute('key');
            my $rows = ask("/reports/$key/rows?name=$name&line=$row&column=$column&$of");
            push @wrong, "$row $column: " . $cells[$i]->textContent . ' is made of ' . $rows->xpath('string(//reports/@amount)')
                if $rows->status != 200 || $rows->xpath('string(//reports/@amount)') != $cells[$i]->textContent;
        }
        Test::More::is(join("\n", @wrong), '', "$key, $name: the rows of a number make it");
    }
    return;
}

1;
