package EJ::Fet;
# EJ::Fet: files for the tests of FET: a form with a file, the examples of fet-data, fet-cl.
use strict;
use warnings;
use Encode qw(encode);
use Exporter qw(import);
use File::Path qw(make_path);

our @EXPORT_OK = qw(upload head example run_fet);

# Send a file by the form, as a browser does.
sub upload { my ($client, $path, $name, $bytes, %o) = @_; return $client->upload($path, [['file', $name, $bytes]], {html => $o{html}}, step => 'file') }

sub head { return $_[0]->get('/fet') }

# The bytes of an example of the package fet-data, and its path.
sub example {
    my ($path) = glob "/usr/share/doc/fet-data/examples/FET-*/$_[0]";
    die "no example $_[0]: install fet-data\n" unless $path && -e $path;
    open my $file, '<:raw', $path or die "$path: $!\n";
    local $/;
    return (scalar <$file>, $path);
}

# Let fet-cl make a timetable of a file; the folder has its results. 1 when it is whole.
sub run_fet {
    my ($folder, $bytes) = @_;
    make_path($folder);
    open my $file, '>:raw', "$folder/x.fet" or die "$folder: $!\n";
    print $file utf8::is_utf8($bytes) ? encode('UTF-8', $bytes) : $bytes;
    close $file;
    my $said = qx(fet-cl --inputfile=$folder/x.fet --outputdir=$folder --timelimitseconds=60 --htmllevel=0 --exportcsv=true 2>&1);
    return $said =~ /(?:Simulation|Generation) successful/ ? 1 : $said;
}

1;
