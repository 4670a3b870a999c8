#!/usr/bin/perl
# help_topics.t: the guides do not lie. Every feature has a topic; every error code, directive and command a
# paragraph; the words of the screen that a topic names stand on a sample page of its feature; its links and
# pictures are there.
use strict;
use warnings;
use utf8;
use Test::More;
use XML::LibXML;
use lib 'tests/lib';
use EJ::Routes;
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

# Topics that are about no single feature.
my %general = map { $_ => 1 } qw(error directives commands install backup monitor standby privacy requirements
    teacher-day leader-day deputy-day director-day administrator-day hr-day substitute-day family-day);
# The topic of a feature whose own name cannot be an address (xslt/layout.xsl).
my %other_name = (compliance => 'requirements');

sub text {
    my ($file) = @_;
    open my $in, '<:encoding(UTF-8)', $file or die "$file: $!";
    local $/;
    return scalar <$in>;
}
sub words { my ($s) = @_; $s =~ s/[\s\x{a0}\x{ad}\x{200b}]+/ /g; $s =~ s/^ | $//g; return $s }

my %topic = map { m{/([a-z-]+)\.xml$} ? ($1 => XML::LibXML->load_xml(location => $_)) : () } glob 'xslt/help/*.xml';
my %guide = map { m{/([a-z-]+)\.xml$} ? ($1 => XML::LibXML->load_xml(location => $_)) : () } glob 'xslt/help/guides/*.xml';
cmp_ok scalar(keys %topic), '>', 0, 'there are topics';

# ---------------------------------------------------------------- form and place ---

my $topic_schema = XML::LibXML::RelaxNG->new(location => 'xslt/help/topic.rng');
my $guide_schema = XML::LibXML::RelaxNG->new(location => 'xslt/help/guide.rng');
is join(' ', grep { !eval { $topic_schema->validate($topic{$_}); 1 } } sort keys %topic), '', 'every topic has the form of a topic';
is join(' ', grep { !eval { $guide_schema->validate($guide{$_}); 1 } } sort keys %guide), '', 'every guide that of a guide';

my %feature = map { $_->{feature} => 1 } EJ::Routes::all();
is join(' ', grep { !$topic{$other_name{$_} // $_} } sort keys %feature), '', 'every feature has a topic';
is join(' ', grep { !$feature{$_} && !$general{$_} } sort keys %topic), '', 'every topic is about a feature, or a general one';
is join(' ', grep { !$topic{$_} } map { $_->value } map { $_->findnodes('//link/@to') } values %topic), '', 'a link leads to a topic';
my %in_guide = map { $_->value => 1 } map { $_->findnodes('//topic/@key') } values %guide;
is join(' ', grep { !$topic{$_} } sort keys %in_guide), '', 'a guide has topics that are there';
is join(' ', grep { !$in_guide{$_} } sort keys %topic), '', 'every topic is in a guide';
is join(' ', sort keys %guide), 'administrator class-teacher deputy director family hr meals observer pe-teacher pupil substitute teacher', 'every role of the model has its guide';

my %open = map { $_->{path} => 1 } grep { $_->{method} eq 'GET' && $_->{path} !~ /\{/ } EJ::Routes::all();
is join(' ', grep { !$open{$_} } map { $_->value } map { $_->findnodes('//page/@path | /topic/@page') } values %topic), '', 'a page that a topic leads to is there';

# -------------------------------------------------------------- words of the screen ---

# The words of each feature's sample pages; those of the menu and of the scripts belong to all.
my $everywhere = join "\n", map { words($_) } (map { $_->value } XML::LibXML->load_xml(location => 'xslt/menu.xsl')->findnodes('//*/@word')),
    map { /'([^']*)'/g } text('xslt/static/js/words.js');
my %page_words;
for my $file (glob 'tests/*/*.html') {
    my ($name) = $file =~ m{/([a-z]+)[^/]*$};
    my $page = XML::LibXML->load_html(location => $file, recover => 2, encoding => 'UTF-8');
    my $main = ($page->findnodes('//body'))[0] or next;
    $page_words{$name} .= "\n" . join ' ', map { words($_->data) } $main->findnodes('.//text()');
    $page_words{$name} .= "\n" . words($_->textContent) for $main->findnodes('.//*[not(self::main or self::form or self::table or self::tbody or self::tr)]');
}
sub stands { my ($text, $in) = @_; return ($in // '') =~ /(?<![\p{L}\d])\Q$text\E(?![\p{L}\d])/ }
for my $key (sort keys %topic) {
    my @lies = map { words($_->textContent) . ($_->getAttribute('on') ? ' (' . $_->getAttribute('on') . ')' : '') }
        grep { my $t = words($_->textContent); !stands($t, $page_words{$_->getAttribute('on') // $key}) && !stands($t, $everywhere) } $topic{$key}->findnodes('//ui');
    is join("\n", @lies), '', "$key: the words of the screen stand on its pages";
}
my %menu = map { $_->getAttribute('path') => $_->getAttribute('word') } XML::LibXML->load_xml(location => 'xslt/menu.xsl')->findnodes('//*[local-name() = "entry"]');
my @called = map { $_->findnodes('//page') } values %topic;
is join(' ', map { $_->textContent } grep { ($menu{$_->getAttribute('path')} // words($_->textContent)) ne words($_->textContent) } @called), '', 'a page of the menu has its name';

# --------------------------------------------------- codes, directives, commands ---

my %code = map { $_ => 1 } text('mod_ejournal/errors.def') =~ /^EJ_ERROR\((JE\d+)/mg;
my %told = map { $_->value => 1 } map { $_->findnodes('//error/@code') } values %topic;
is join(' ', grep { !$told{$_} } sort keys %code), '', 'for every error code there is what to do';
is join(' ', grep { !$code{$_} } sort keys %told), '', 'and for no other';
my %directive = map { $_ => 1 } text('mod_ejournal/config.c') =~ /AP_INIT_\w+\(\s*"(Ejournal\w*)"/g;
my %shown = map { $_->value => 1 } map { $_->findnodes('//directive/@name') } values %topic;
is join(' ', sort keys %shown), join(' ', sort keys %directive), 'every directive has a paragraph, and no other';
my ($phony) = text('apxs.mk') =~ /^\.PHONY: (.*)$/m;
my %command = map { $_ => 1 } (map { m{sql/(ejournal-\w+)$} } glob 'sql/ejournal-*'), map {"make $_"} grep { !/^(?:objects|test-objects)$/ } split ' ', $phony;
my %known = map { $_->value => 1 } map { $_->findnodes('//command/@name') } values %topic;
is join(' ', sort keys %known), join(' ', sort keys %command), 'every command has a paragraph, and no other';

# ------------------------------------------------------------------------ pictures ---

my %picture = map { $_->value => 1 } map { $_->findnodes('//picture/@file') } values %topic;
is join(' ', sort keys %picture), join(' ', sort map { m{([^/]+)$} } glob 'xslt/static/img/help/*'), 'every picture is there, and used';
is join(' ', grep { -s $_ > 60 * 1024 } glob 'xslt/static/img/help/*'), '', 'none is larger than 60 KB';

done_testing;
