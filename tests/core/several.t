#!/usr/bin/perl
# several.t: several Apaches with one database act as one journal: they have the same names
# of static files and the same validators, wherever and whenever each of them
# was installed.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');

# Start another Apache with its own files, which have other times.
sub another {
    my ($change) = @_;
    our $n;
    my $dir = $t->dir . '/other-' . ++$n;
    mkdir $dir;
    system 'cp', '-r', $t->stage->share, "$dir/share";
    system "find '$dir/share' -type f -exec touch -d '2020-02-02 0$n:00' {} +";
    $change->("$dir/share") if $change;
    my $httpd = EJ::Httpd->new(dir => "$dir/httpd", module => $t->stage->module, share => "$dir/share", children => 1,
        socket => $t->postgres->socket, database => $t->database);
    return $httpd->start;
}
sub add { my ($file, $text) = @_; open my $out, '>>', $file or die "$file: $!\n"; print $out $text; close $out }

my $here  = $t->httpd;
my $there = another();
my %client;
for my $who ('teacher', 'parent', 'deputy') {
    $client{$who} = $t->login($who);
    $client{$who}->get('/account');
}
# Send a request of a logged-in browser to one of the Apaches, like a load balancer.
sub at {
    my ($httpd, $who, $path, %o) = @_;
    local $client{$who}{httpd} = $httpd;
    return $client{$who}->get($path, html => 1, %o);
}
sub plain { return ($_[0]->header('ETag') // 'none') =~ s/-gzip//r }

my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');
my @pages   = (['teacher', '/'], ['teacher', $journal], ['teacher', "$journal?format=print"], ['teacher', "$journal?format=xml"], ['teacher', $lesson],
    ['teacher', '/account'], ['parent', '/diary'], ['deputy', '/'], ['deputy', '/journals']);
for my $page (@pages) {
    my ($who, $path) = @$page;
    my ($one, $other) = (at($here, $who, $path), at($there, $who, $path));
    like plain($one), qr/[0-9a-f]{32}"$/, "$who, $path: a page has a validator";
    is plain($other), plain($one), 'each Apache gives the same validator of the page';
    is $other->content, $one->content, 'each Apache gives the same page';
    is at($there, $who, $path, header => {'If-None-Match' => plain($one)})->status, 304, 'a validator of one Apache gets 304 from another';
}
my ($name) = at($here, 'teacher', '/')->content =~ m{(/journal/static/[0-9a-f]{12})/app\.css};
my $style  = sub { my ($httpd, %o) = @_; at($httpd, 'teacher', "$name/app.css", header => {'Accept-Encoding' => 'identity'}, %o) };
is plain($style->($there)), plain($style->($here)), 'each Apache gives the same validator of a style';
like plain($style->($here)), qr/^"\S+"$/, 'a style has a validator';
is at($there, 'teacher', "$name/app.css", header => {'If-None-Match' => plain($style->($here))})->status, 304, 'a validator of a style gets 304 from another Apache';
is $style->($there)->header('Cache-Control'), 'public, max-age=31536000, immutable', 'a style under its present name can be cached for ever';

# A change of a sheet, a style or a file's name changes the validators.
my $sheet = another(sub { add("$_[0]/xslt/ui.xsl", '<!-- changed -->') });
isnt plain(at($sheet, 'teacher', '/')), plain(at($here, 'teacher', '/')), 'a changed sheet gives pages other validators';
$sheet->stop;
my $css = another(sub { add("$_[0]/static/app.css", "\n") });
unlike at($css, 'teacher', '/')->content, qr{\Q$name\E/}, 'a changed style gets another name';
isnt plain($style->($css)), plain($style->($here)), 'a changed style gets another validator';
is $style->($css)->header('Cache-Control'), 'no-cache', 'a style under an old name is not cached';
$css->stop;
my $renamed = another(sub { rename "$_[0]/static/app.css", "$_[0]/static/other.css" });
unlike at($renamed, 'teacher', '/')->content, qr{\Q$name\E/}, 'a renamed style gets another name, too';
$renamed->stop;
$there->stop;
done_testing;
