#!/usr/bin/perl
# help.t: the guides over HTTP: everybody reads them, a search finds inflected words, a guide is printed.
# What the topics say is compared with the pages by help_topics.t.
use lib 'tests/lib';
use utf8;
use EJ::Test;
use URI::Escape qw(uri_escape_utf8);

my $t = EJ::Test->new(today => '2026-11-20');
my $nobody = $t->client;
my $teacher = $t->login('teacher');

# -------------------------------------------------------------- without a session ---

my $r = $nobody->get('/help');
is $r->status, 200, 'the help is open to everybody';
my %files = map { m{/([a-z-]+)\.xml$} ? ($1 => 1) : () } glob 'xslt/help/*.xml';
is $r->count('//help/topic'), scalar(keys %files), 'it lists every topic';
is $r->count('//help/guide'), scalar(my @guides = glob 'xslt/help/guides/*.xml'), 'and every guide';
is join(' ', grep { $nobody->get("/help/$_")->status != 200 } sort keys %files), '', 'each topic has its page';
is join(' ', grep { $nobody->get("/help/guides/$_")->status != 200 } map { m{([a-z-]+)\.xml$} } @guides), '', 'and each guide';
is join(' ', map { $nobody->get($_)->status } '/help/nothing', '/help/guides/nobody', '/help/guides/help'), '404 404 404', 'there are no others';
is $nobody->get('/help?find=' . 'a' x 101)->status, 422, 'a search has at most 100 characters';

# ------------------------------------------------------------------------ search ---

sub found { return map { join '#', grep {length} $_->getAttribute('key'), $_->getAttribute('anchor') // '' } $nobody->get('/help?find=' . uri_escape_utf8($_[0]))->nodes('//help/topic') }
is join(' ', grep { $_ eq 'help' } found('справку')), 'help', 'a word is found in another case';
is scalar(my @none = found('абракадабра')), 0, 'what is nowhere is not found';
my @all = found('а');
cmp_ok scalar(@all), '<=', 30, 'a search shows at most 30';

# --------------------------------------------------------------------- the pages ---

$r = $teacher->get('/journals', html => 1);
is $r->xpath('substring-after(//a[@class = "help-sign"]/@href, "/help/")'), 'journal', 'the sign on a page leads to the topic of its feature';
is $nobody->get('/login', html => 1)->count('//a[@class = "help-sign"]'), 1, 'also before the log-in';
$r = $nobody->get('/help/guides/teacher?format=print', html => 1);
is $r->count('//nav[not(@aria-labelledby = "contents")]') . ' ' . $r->count('//h1'), '0 1', 'a guide is printed without the menu';
is $r->count('//nav//ol/li/ol/li/a'), $r->count('//section[@class = "help-part"]'), 'with its contents';
is $nobody->get('/about/999', html => 1)->xpath('substring-after(//a[contains(@href, "/help/error#")]/@href, "#")'), 'JE401', 'an error leads to its paragraph, also before the log-in';
is $teacher->get('/journals/1', html => 1)->xpath('substring-after(//a[contains(@href, "/help/error#")]/@href, "#")'), 'JE401', 'whose code is that of the error';
is $nobody->get('/help/error', html => 1)->count('//*[@id = "JE401"]'), 1, 'which is there';

# ------------------------------------------------------------- who has a session ---

$r = $teacher->get('/help', html => 1);
is $r->count('//nav[@class = "menu"]//a[contains(@href, "/journals")]') > 0, 1, 'who is logged in keeps the menu';
is join(' ', map { $_->getAttribute('href') =~ s{.*/}{}r } $r->nodes('//a[following-sibling::span[@class = "badge"]]')), 'class-teacher teacher', 'and sees which guides are the own';
$r = $teacher->get('/help/journal', html => 1);
is $r->count('//main//a[contains(@href, "/journals")]') > 0, 1, 'a page that a topic names is a link for those who may open it';
is $nobody->get('/help/journal', html => 1)->count('//main//a[contains(@href, "/journals")]') . $nobody->get('/help', html => 1)->count('//nav[@class = "menu"]'), '00', 'without a log-in there is neither';

$r = $nobody->get('/help/help');
my $tag = $r->header('ETag');
is $nobody->get('/help/help', header => {'If-None-Match' => $tag})->status, 304, 'a topic that the browser has is not sent again';

done_testing;
