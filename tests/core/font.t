#!/usr/bin/perl
# font.t: the journal serves the font of the printed forms together with its
# licence, and only the forms load it. tests/browser checks how it prints.
use lib 'tests/lib';
use EJ::Test;

my $t       = EJ::Test->new(today => '2026-11-20')->plan(17);
my $deputy  = $t->login('deputy');
my $nobody  = $t->client('nobody');
my $journal = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $base    = $t->httpd->base;

my @preloads = map { s{^\Q$base\E}{}r } $deputy->get("$journal?format=print", html => 1)->texts('//link[@rel="preload"]/@href');
is scalar(@preloads), 2, 'a printed form preloads two faces of the font';
is $deputy->get($journal, html => 1)->count('//link[@rel="preload"]'), 0, 'a page for the screen preloads no face';

my ($static) = $preloads[0] =~ m{^(.*/)font/};
my @faces = $nobody->get($static . 'app.css')->content =~ m{\burl\("(font/[^"]+)"\)}g;
is scalar(@faces), 3, 'the style sheet names three faces of the font';
is join(' ', grep { my $face = $_; !grep { $_ eq "$static$face" } @preloads } @faces), 'font/ej-serif-italic.woff2', 'a printed form preloads all faces but the italic, by the addresses of the style sheet';
my $size = 0;
for my $face (@faces) {
    my $r = $nobody->get($static . $face);
    is $r->status . ' ' . $r->type, '200 font/woff2', "everybody may load $face";
    is $r->header('Cache-Control'), 'public, max-age=31536000, immutable', "a browser keeps $face for a year";
    is substr($r->content, 0, 4), 'wOF2', "$face is a WOFF2 file";
    $size += length $r->bytes;
}
cmp_ok $size, '<=', 96 * 1000, 'the three faces take at most 96 KB';
my $licence = $nobody->get("${static}font/OFL.txt");
like $licence->content, qr/Copyright 2010,2012-2020, Google Inc\..*SIL Open Font License, Version 1\.1/s, 'the licence of the font lies beside the faces';
is scalar(() = $licence->content =~ /Tinos/g), 1, 'the licence names the font from which the faces are made';
like $deputy->get($journal, html => 1)->header('Content-Security-Policy'), qr/^default-src 'self';(?!.*font-src)/, 'the Content-Security-Policy allows fonts only from the own server';
