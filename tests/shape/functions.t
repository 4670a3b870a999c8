#!/usr/bin/perl
# functions.t: the functions of the database: each has a caller, and the object files leave to
# load.sql what it says once for all of them.
use strict;
use warnings;
use utf8;
use Test::More;
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

sub text {
    my ($file) = @_;
    open my $in, '<:encoding(UTF-8)', $file or die "$file: $!";
    local $/;
    return scalar <$in>;
}

my @objects = sort glob 'sql/objects/*.sql';
cmp_ok scalar(@objects), '>', 50, 'there are object files';

# Who may own and call a function is no call of it.
my $mention = qr/\b(?:ALTER|DROP) FUNCTION [^;]*;|\bGRANT EXECUTE ON FUNCTION [^;]*;/;
my $made    = qr/\bCREATE (?:OR REPLACE )?FUNCTION ej\.(\w+)(?=\s*\()/;

my (%file_of, %called, @once);
for my $file (@objects, glob('sql/*.sql sql/queries/*.sql sql/migrations/*.sql sql/seed/*.sql sql/ejournal-*'), 'mod_ejournal/queries.pl') {
    my $text = text($file) =~ s/^\s*--.*$//mgr;
    if ($file =~ m{^sql/objects/}) {
        $file_of{$1} = $file while $text =~ /$made/g;
        push @once, "$file: $1" while $text =~ /(REVOKE \w+ ON FUNCTION.*|OWNER TO ej_rule;.*|DROP FUNCTION.*|^CREATE FUNCTION.*)/gm;
    }
    my $rest = $text =~ s/$mention//gr =~ s/$made//gr;
    $called{$_} = 1 for $rest =~ /\bej\.(\w+)/g, $rest =~ /\b(\w+)\(/g, $rest =~ /'(\w+)'/g;
}
cmp_ok scalar(keys %file_of), '>', 400, 'there are functions';
my @idle = grep { !$called{$_} } sort keys %file_of;
is join("\n", map {"$file_of{$_}: ej.$_"} @idle), '', 'no function is without a caller';
is join("\n", @once), '', 'the object files drop no function, take EXECUTE from nobody and give no function to ej_rule: load.sql does';

done_testing;
