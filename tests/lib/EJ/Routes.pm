package EJ::Routes;

# The addresses of mod_ejournal/routes.def, read by another way than the program's.

use strict;
use warnings;

# [{method path handler feature who}]: one of EJ_ROUTE, four of EJ_RECORDS; the roles
# as they are written.
sub all {
    open my $in, '<:encoding(UTF-8)', 'mod_ejournal/routes.def' or die "routes.def: $!\n";
    my @found;
    while (<$in>) {
        next unless /^EJ_(?!LIMITS)/;
        push @found, /^EJ_ROUTE\((\w+),\s*"([^"]*)",\s*(\w+),\s*(.*)\)$/ ? _route($1, $2, $3, $4)
            : /^EJ_RECORDS\("([^"]*)", "(\w+)", (\w+), ([^,]*), ([^,]*)\)$/ ? _records($1, $2, $3, $4, $5)
            : die "routes.def:$.: not understood: $_";
    }
    return @found;
}

sub _route {
    my ($method, $path, $handler, $who) = @_;
    return {method => $method, path => $path, handler => $handler, who => $who, feature => $handler =~ /^ej_([a-z]+)_/};
}

sub _records {
    my ($path, $id, $feature, $readers, $keepers) = @_;
    return map { {%{_route(@$_)}, is_record => 1} }
        ['GET', $path, "ej_${feature}_list", $readers], ['POST', $path, "ej_${feature}_save", $keepers],
        ['GET', "$path/{$id}", "ej_${feature}_show", $keepers], ['POST', "$path/{$id}", "ej_${feature}_save", $keepers];
}

1;
