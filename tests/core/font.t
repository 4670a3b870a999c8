#!/usr/bin/perl
# font.t: the face of the printed forms is served with the journal, under its
# licence, and asked for by forms alone. How it prints: tests/browser.
use lib 'tests/lib';
use EJ::Test;

my $t       = EJ::Test->new(today => '2026-11-20')->plan(17);
my $deputy  = $t->login('deputy');
my $nobody  = $t->client('nobody');
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $base    = $t->httpd->base;

my @preloads = map { s{^\Q$base\E}{}r } $deputy->get("$journal?format=print", html => 1)->texts('//link[@rel="preload"]/@href');
is scalar(@preloads), 2, 'a form asks early for the faces that it always needs';
is $deputy->get($journal, html => 1)->count('//link[@rel="preload"]'), 0, 'a page of the screen for none';

my ($static) = $preloads[0] =~ m{^(.*/)font/};
my @faces = $nobody->get($static . 'app.css')->content =~ m{\burl\("(font/[^"]+)"\)}g;
is scalar(@faces), 3, 'the style has a regular, a bold and an italic';
is join(' ', grep { my $face = $_; !grep { $_ eq "$static$face" } @preloads } @faces), 'font/ej-serif-italic.woff2', 'of which the form asks for two early, by the same address';
my $size = 0;
for my $face (@faces) {
    my $r = $nobody->get($static . $face);
    is $r->status . ' ' . $r->type, '200 font/woff2', "$face is there for everybody";
    is $r->header('Cache-Control'), 'public, max-age=31536000, immutable', '  and kept for good';
    is substr($r->content, 0, 4), 'wOF2', '  in WOFF2';
    $size += length $r->bytes;
}
cmp_ok $size, '<=', 96 * 1000, 'together they take less than 96 KB';
my $licence = $nobody->get("${static}font/OFL.txt");
like $licence->content, qr/Copyright 2010,2012-2020, Google Inc\..*SIL Open Font License, Version 1\.1/s, 'their licence lies beside them';
is scalar(() = $licence->content =~ /Tinos/g), 1, 'which tells of which face they are made';
like $deputy->get($journal, html => 1)->header('Content-Security-Policy'), qr/^default-src 'self';(?!.*font-src)/, 'the page lets fonts come from the school alone';
