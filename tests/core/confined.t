#!/usr/bin/perl
# confined.t: the profiles of conf/ for kernels that confine programs (AppArmor, SELinux) name the
# files that the journal uses, and pass their compilers where these are installed:
#   apt-get install apparmor checkpolicy semodule-utils
# No kernel of a test machine enforces them: that they suffice is not tested.
use strict;
use warnings;
use utf8;
use File::Temp ();
use Test::More;
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

sub text { open my $in, '<:encoding(UTF-8)', $_[0] or die "$_[0]: $!\n"; local $/; return scalar <$in> }
sub where { for my $dir (split(/:/, $ENV{PATH}), '/sbin', '/usr/sbin') { return "$dir/$_[0]" if -x "$dir/$_[0]" } return }
# Run a command; returns its code and, if that is not 0, what it said.
sub run { my $said = `$_[0] 2>&1`; return $? ? ($? >> 8) . ": $said" : 0 }

my $conf     = text('conf/ejournal.conf');
my $rules    = text('conf/apparmor/abstractions/ejournal');
my $profile  = text('conf/apparmor/usr.sbin.apache2');
my $te       = text('conf/selinux/ejournal.te');
my $fc       = text('conf/selinux/ejournal.fc');
my $dir      = File::Temp::tempdir(CLEANUP => 1);

# --------------------------------------------------- the files they name ---

my ($share)  = $conf =~ /^EjournalShare (\S+)$/m;
my ($fet)    = $conf =~ /^#EjournalFet (\S+)$/m;
my ($socket) = $conf =~ m{^DBDParams "host=/var/run(\S+) }m;
my ($spool)  = text('mod_ejournal/core/out/spool.c') =~ m{"/(ejournal\.)XXXXXX"};
my ($secret) = $conf =~ m{^#EjournalForeignSecret (/etc/\w+)/}m;
like $rules, qr/^\s*\Q$share\E\/\{,\*\*\} r,$/m, 'AppArmor lets the sheets be read where the configuration has them';
like $rules, qr/^\s*\Q$secret\E\/\{,\*\*\} r,$/m, 'and the secrets and forms';
like $rules, qr/^\s*\Q$fet\E Cx -> fet,$/m, 'the program that composes timetables runs in a profile of its own';
like $rules, qr/\@\{run\}\Q$socket\E\/\.s\.PGSQL/, 'the socket of PostgreSQL is connected to';
like $rules, qr/^\s*owner \S+tmp\/\Q$spool\E\* rwk,$/m, 'temporary files have the name that the module gives them';
my @programs = sort grep {m{^/}} map { /\bexec(?:l|lp|v|vp)\("([^"]+)"/g } map { text($_) } glob 'mod_ejournal/core/*/*.c mod_ejournal/*.c mod_ejournal/features/*.c';
is_deeply \@programs, ['/bin/rm'], 'the module starts no program but that one and rm';
is scalar(() = $rules =~ /\b[CPU]?i?x\b/gi), 2, 'nor may it by the profile';
unlike $profile . $rules, qr{^\s*/\*\* \w*w|flags=\([^)]*complain}m, 'no rule lets it write anywhere, and what is refused is refused';
like $profile, qr{include <abstractions/ejournal>.*include if exists <local/usr\.sbin\.apache2>}s, 'the profile has the journal\'s rules and those of the place';
like $fc, qr{^\Q$secret\E\(/\.\*\)\?\s+system_u:object_r:ejournal_conf_t:s0$}m, 'SELinux labels the secrets';
like $fc, qr{^\Q$fet\E\s+--\s+system_u:object_r:ejournal_fet_exec_t:s0$}m, 'and that program';
my %type = map { $_ => 1 } $te =~ /^type (\w+)/mg;
is join(' ', grep { !$type{$_} } $fc =~ /object_r:(\w+):s0$/mg), '', 'each label is a type of the module';
is join(' ', grep { !/^\S+\s+(?:--\s+)?system_u:object_r:\w+:s0$/ } grep { !/^(?:#|$)/ } split /\n/, $fc), '', 'each line of labels has its form';

# ------------------------------------------------------------ compilers ---

SKIP: {
    my $parser = where('apparmor_parser');
    my $base   = $ENV{EJ_APPARMOR} // '/etc/apparmor.d';
    skip 'apparmor is not installed', 2 if !$parser || !-d "$base/abstractions";
    my $parse = "'$parser' -Q -K -b '$base' -I '$dir' -I conf/apparmor";
    is run("$parse conf/apparmor/usr.sbin.apache2"), 0, 'apparmor_parser compiles the profile';
    mkdir "$dir/abstractions";
    open my $out, '>:encoding(UTF-8)', "$dir/abstractions/ejournal" or die $!;
    print $out $rules =~ s/ Cx -> fet,/ Cx -> no such,/r;
    close $out;
    isnt run("$parse conf/apparmor/usr.sbin.apache2"), 0, 'a mistake in the rules would be noticed';
}
SKIP: {
    my ($check, $package) = map { where($_) } qw(checkmodule semodule_package);
    skip 'checkpolicy and semodule-utils are not installed', 3 if !$check || !$package;
    is run("'$check' -M -m -o $dir/ejournal.mod conf/selinux/ejournal.te"), 0, 'checkmodule compiles the module';
    is run("'$package' -o $dir/ejournal.pp -m $dir/ejournal.mod -f conf/selinux/ejournal.fc"), 0, 'with its labels it makes a package';
    open my $out, '>:encoding(UTF-8)', "$dir/ejournal.te" or die $!;
    print $out $te =~ s/allow httpd_t ejournal_conf_t/allow httpd_t no_such_t/r;
    close $out;
    isnt run("'$check' -M -m -o $dir/ejournal.mod $dir/ejournal.te"), 0, 'a mistake in it would be noticed';
}
done_testing;
