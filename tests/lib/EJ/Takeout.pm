package EJ::Takeout;

# The command ejournal-school and the files that it and /takeout write.

use strict;
use warnings;
use Archive::Zip qw(:ERROR_CODES);
use Exporter 'import';

our @EXPORT_OK = qw(run_school unpacked);

# Run the command on a database of this PostgreSQL (EJ::Postgres): its exit code and all it said.
sub run_school {
    my ($postgres, $database, @args) = @_;
    my %env = $postgres->env($database);
    local @ENV{keys %env} = values %env;
    utf8::encode(my $line = join ' ', map {"'$_'"} 'sql/ejournal-school', @args);
    my $said = `$line 2>&1`;
    utf8::decode($said);
    return ($? >> 8, $said);
}

# The files of an archive by name, as bytes.
sub unpacked {
    my ($file) = @_;
    my $zip = Archive::Zip->new;
    $zip->read($file) == AZ_OK or die "$file: no ZIP\n";
    return map { ($_->fileName => scalar $_->contents) } grep { !$_->isDirectory } $zip->members;
}

1;
