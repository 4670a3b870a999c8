package EJ::Stage;

# The place where tests run: a directory in /tmp with a copy of the module and its share
# directory, which a build meanwhile does not change, and a running cluster with the
# database ej_SEED, which is copied for each test.
#
# The cluster is copied from build/template, where it is made once for each version of
# sql/. check.pl makes one stage for all tests and passes it on in EJ_STAGE; a test
# started by itself makes its own.

use strict;
use warnings;
use Fcntl qw(:flock);
use File::Path qw(make_path remove_tree);
use File::Temp ();
use EJ::Postgres ();

my $TOP = $EJ::Postgres::TOP;

# new(seed => 'test', cluster => 0: without a cluster); uses the stage in EJ_STAGE, if there is one. The
# cluster of that stage has the test seed; another seed gets a cluster of its own beside it.
sub new {
    my ($class, %o) = @_;
    my $self = bless {seed => 'test', cluster => 1, maker => $$, %o}, $class;
    if ($ENV{EJ_STAGE} && !$o{own}) {
        $self->{dir} = $ENV{EJ_STAGE};
        if ($self->{seed} ne 'test' && $self->{cluster}) {
            $self->{own_data} = File::Temp::tempdir('ejXXXXXX', TMPDIR => 1, CLEANUP => 0);
            chmod 0755, $self->{own_data};
        }
        $self->{postgres} = $self->{own_data} ? $self->cluster($self->{own_data}) : $self->_postgres($self->{dir});
        return $self;
    }
    $self->{dir} = File::Temp::tempdir('ejXXXXXX', TMPDIR => 1, CLEANUP => 0);
    chmod 0755, $self->{dir};
    $self->{is_own} = 1;
    $self->_copy_build;
    $self->{postgres} = $self->cluster($self->{dir}) if $self->{cluster};
    return $self;
}

sub dir      { return $_[0]{dir} }
sub share    { return "$_[0]{dir}/share" }
sub postgres { return $_[0]{postgres} }

# The path of the module; with hooks that of tests/faults. Tests of the database alone do
# not need it.
sub module {
    my ($self, $hooks) = @_;
    my $name = $hooks ? 'mod_faults.so' : 'mod_ejournal.so';
    -e "$self->{dir}/$name"
        or die "The module is missing: make ", $hooks ? 'test-objects' : 'build', " first.\n";
    return "$self->{dir}/$name";
}

sub is_sanitized { return ($ENV{SANITIZE} || '') eq '1' }

sub _copy_build {
    my ($self) = @_;
    my $out = is_sanitized() ? "$TOP/build/asan" : "$TOP/build";
    make_path("$TOP/build");
    open my $lock, '>', "$TOP/build/lock" or die "$TOP/build: $!\n";
    flock $lock, LOCK_SH;
    for my $file (glob "$out/mod_*.so") {
        system('cp', $file, $self->{dir}) == 0 or die "cannot copy $file\n";
    }
    return unless -d "$TOP/build/share";
    system('cp', '-r', "$TOP/build/share", $self->share) == 0 or die "cannot copy build/share\n";
}

sub _postgres {
    my ($self, $dir, @more) = @_;
    return EJ::Postgres->new(data => "$dir/data", socket => "$dir/s", fast => 1, @more);
}

# Start a copy of the template cluster under $dir, also for tests that stop, freeze or
# break it, or move its clock (a number: seconds after 1970).
sub cluster {
    my ($self, $dir, $clock, @settings) = @_;
    my $template = $self->_template;
    system('cp', '-a', '--reflink=auto', $template, "$dir/data") == 0
        or die "cannot copy the template cluster to $dir\n";
    my $postgres = $self->_postgres($dir, settings => \@settings, $clock ? (clock => "$dir/clock") : ());
    $postgres->set_clock($clock) if $clock;
    return $postgres->start;
}

# The path of the stopped template cluster, which is made if it does not exist.
sub _template {
    my ($self) = @_;
    my $dir  = "$TOP/build/template";
    my $made = "$dir/$self->{seed}-" . EJ::Postgres::fingerprint($self->{seed});
    make_path($dir);
    open my $lock, '>', "$dir/lock" or die "$dir/lock: $!\n";
    flock $lock, LOCK_EX;
    if (-d $made) {
        utime undef, undef, $made;
        return $made;
    }
    my $tmp = File::Temp::tempdir('ejtXXXXXX', TMPDIR => 1, CLEANUP => 0);
    chmod 0755, $tmp;
    my $ok = eval { $self->_make_template($tmp, $made); 1 };
    my $why = $@;
    remove_tree($tmp);
    die $why unless $ok;
    # keep the three newest, which is enough for work on two branches
    my @old = sort { -M $a <=> -M $b } grep {-d} glob "$dir/*-*";
    remove_tree($_) for grep {defined} @old[3 .. $#old];
    return $made;
}

sub _make_template {
    my ($self, $tmp, $made) = @_;
    my $postgres = $self->_postgres($tmp);
    $postgres->init;
    my $ok  = eval { $postgres->start; $postgres->make("ej_$self->{seed}", $self->{seed}); 1 };
    my $why = $@;
    $postgres->stop;
    die "the $self->{seed} seed: $why" unless $ok;
    system('cp', '-a', "$tmp/data", "$made.new") == 0 or die "cannot keep the template cluster\n";
    rename "$made.new", $made or die "$made: $!\n";
}

sub done {
    my ($self) = @_;
    my $dir = $self->{is_own} ? $self->{dir} : $self->{own_data};
    return unless $dir && $self->{maker} == $$;
    $self->{postgres}->stop('immediate') if $self->{postgres};
    remove_tree($dir);
}

sub DESTROY {
    local ($@, $?, $!);
    $_[0]->done;
}

1;
