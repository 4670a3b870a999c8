#!/usr/bin/perl
# fingerprint.t: a database that was made by one checkout serves another with the same files, and no
# longer when a file differs.
use strict;
use warnings;
use lib 'tests/lib';
use File::Copy qw(copy);
use File::Path qw(make_path);
use File::Temp ();
use Test::More;
use EJ::Postgres;

my $here = EJ::Postgres::fingerprint('seed 1');
my $dir  = File::Temp->newdir;
for my $file (glob '{sql,sql/migrations,sql/objects,sql/seed}/*') {
    make_path("$dir/" . $file =~ s{/[^/]+$}{}r);
    copy($file, "$dir/$file") or die "$file: $!\n" if -f $file;
}
local $EJ::Postgres::TOP = "$dir";
is EJ::Postgres::fingerprint('seed 1'), $here, 'a copy elsewhere has the same';
isnt EJ::Postgres::fingerprint('seed 6'), $here, 'with other schools it differs';
open my $file, '>>', "$dir/sql/seed/demo.sql" or die "demo.sql: $!\n";
print $file "SELECT 1;\n";
close $file or die "demo.sql: $!\n";
isnt EJ::Postgres::fingerprint('seed 1'), $here, 'with another line, too';
done_testing;
