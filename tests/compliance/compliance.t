#!/usr/bin/perl
# compliance.t: the sheet of requirements (DOC-08): none of compliance_ids.txt is missing, every page, command and test that it
# names exists, what is not met says why; heads and an observer read it, by state and on paper.
use lib 'tests/lib';
use EJ::Routes;
use EJ::Test;
use XML::LibXML;

my $sheet = XML::LibXML->load_xml(location => 'xslt/help/compliance.xsl', no_network => 1);
eval { XML::LibXML::RelaxNG->new(location => 'xslt/help/compliance.rng')->validate($sheet) };
is $@, '', 'the requirements fit their schema';
my @rows = $sheet->findnodes('//row');
open my $ids, '<', 'tests/compliance/compliance_ids.txt' or die "compliance_ids.txt: $!\n";
my @wanted = map { split } <$ids>;
cmp_ok scalar(@wanted), '>', 200, 'the list of requirements is there';
is join(' ', sort map { $_->getAttribute('id') } @rows), join(' ', sort @wanted), 'each of them has one row, and there is no other';
is join(' ', map { $_->getAttribute('id') } grep { $_->getAttribute('id') !~ /^\Q@{[$_->parentNode->getAttribute('key')]}\E-/ } @rows), '', 'in the area of its letters';

my %route = map { $_->{path} => 1 } grep { $_->{method} eq 'GET' } EJ::Routes::all();
is join(' ', grep { !$route{$_} } map { $_->textContent } $sheet->findnodes('//row/page')), '', 'each page is an address of the journal';
is join(' ', grep { !m{^(?:\w+/)+\w+\.(?:t|pg)$} || !-f "tests/$_" } map { $_->textContent } $sheet->findnodes('//row/test')), '', 'each test is there';
is join(' ', grep { $_ ne 'make install' && !-f "sql/$_" } map { $_->textContent } $sheet->findnodes('//row/command')), '', 'each command is there';
my %file;
sub text { my ($name) = @_; return $file{$name} //= do { open my $in, '<:encoding(UTF-8)', $name or die "$name: $!\n"; local $/; <$in> } }
is join(' ', map { $_->getAttribute('id') } grep { !grep { text("tests/$_") =~ /\b(?:is|ok|like|unlike|cmp_ok|throws_ok|lives_ok|results_eq|run_suite|suite)\b/ } map { $_->textContent } $_->findnodes('test') } grep { $_->getAttribute('state') eq 'met' } @rows), '', 'what is met is asserted by a test';

# -------------------------------------------------------------- the page --

my $t = EJ::Test->new(today => '2026-11-20');
my %c = map { ($_ => $t->login($_)) } qw(director administrator deputy observer teacher parent);
is join(' ', map { $c{$_}->get('/help/compliance')->status } qw(director deputy administrator observer teacher parent)), '200 200 200 200 404 404', 'heads and an observer have the page';
my $html = $c{deputy}->get('/help/compliance', html => 1);
is $html->count('//table[contains(@class, "compliance")]/tbody/tr'), scalar(@wanted), 'it has each requirement';
for my $state (qw(met school open)) {
    my $of = $c{deputy}->get("/help/compliance?state=$state", html => 1);
    is $of->count('//table[contains(@class, "compliance")]/tbody/tr'), scalar(grep { $_->getAttribute('state') eq $state } @rows), "by state: $state";
}
is EJ::Test::refused($c{deputy}->get('/help/compliance?state=other')), '422 JE106:state', 'another state is none';
my @dead = grep { $c{deputy}->get($_)->status != 200 } keys %{{map { $_->value => 1 } $html->nodes('//td[@data-word = "Чем выполнено"]/a/@href')}};
is "@dead", '', 'each page that a deputy may open, and that needs nothing in its address, opens';
my $paper = $c{director}->get('/help/compliance?format=print&state=open', html => 1);
is $paper->count('//table/tbody/tr'), scalar(grep { $_->getAttribute('state') eq 'open' } @rows), 'on paper, too';
like $paper->xpath('string(//main)'), qr/не выполнено ${\scalar grep { $_->getAttribute('state') eq 'open' } @rows}(?!\d)/, 'with the numbers of all';
like $c{deputy}->get('/help/compliance?format=csv')->content, qr/ЕСИА/, 'and as a table for a spreadsheet';
done_testing;
