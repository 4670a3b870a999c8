#!/usr/bin/perl
# bytes.t: bytes that no XML document can have. Each is refused at its field, by the module
# and by the database; what is stored gives a page and a document that can be parsed.
# Fault table, row 28.
use lib 'tests/lib';
use EJ::Test;
use EJ::Routes;
use Encode ();

my $t = EJ::Test->new(today => '2026-11-20');
my $teacher = $t->login('teacher');
my $grid    = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $lesson  = $t->path(lesson => class => '7Б', subject => 'Алгебра', on => '2026-11-18');

# Whether bytes are UTF-8 of characters that a line may have: those of XML 1.0, no control
# characters. Blanks and line breaks at both ends are taken away before.
sub is_clean {
    my ($bytes) = @_;
    my $text = eval { Encode::decode('UTF-8', $bytes, Encode::FB_CROAK | Encode::LEAVE_SRC) } // return 0;
    $text =~ s/^[ \t\r\n]+|[ \t\r\n]+$//g;
    return $text !~ /[\x{0}-\x{1F}\x{7F}\x{FFFE}\x{FFFF}\x{D800}-\x{DFFF}]/;
}

# -------------------------------------------------------- all pairs of bytes --

my $column = $teacher->get($grid)->xpath('string(//column[@held_on = "2026-11-18"][1]/@column_id)');
my $pupil  = $t->id(pupil => pupil => 'Андреева Алиса');
my $token  = $teacher->form_token;
my (@wrong, $cells);
for my $first (map { $_ * 4 } 0 .. 63) {
    my @pairs = map { my $a = $_; map { pack 'CC', $a, $_ } 0 .. 255 } $first .. $first + 3;
    my @bad   = grep { !is_clean($pairs[$_ - 1]) } 1 .. @pairs;
    my $r = $teacher->post($grid, {body => join '&', "form_token=$token",
        map {"column_id=$column&pupil_id=$pupil&old=&value=$_"} map { join '', map { sprintf '%%%02X', $_ } unpack 'CC', $_ } @pairs});
    my @said = map { $_->getAttribute('n') } $r->nodes('//error[@code = "JE105"][@field = "value"]');
    my $more = $r->xpath('string(//error[1]/@more)') || 0;
    push @wrong, sprintf 'from %02X: %s', $first, $r->status
        if $r->status != 422 || @said + $more != @bad || "@said" ne "@bad[0 .. $#said]";
    $cells += @pairs;
}
is "@wrong", '', "of $cells pairs of bytes in cells those are refused, each at its cell, that no document can have";

# ------------------------------------------------------------ every text field --

# The forms of all pages without a number in the address, and the fields that one can type in.
my (%done, @said, $fields);
for my $who (qw(administrator deputy personnel class-teacher)) {
    my $client = $t->login($who);
    for my $path (grep { !/[*:]/ } map { $_->{path} } grep { $_->{method} eq 'GET' } EJ::Routes::all()) {
        my $page = $client->get($path || '/', html => 1);
        next if $page->status != 200 || $page->type ne 'text/html';
        for my $form ($page->nodes('//form[@method = "post"][not(@enctype)]')) {
            my $action = ($form->getAttribute('action') // '') =~ s/#.*//r =~ s{^\Q@{[$t->httpd->base]}\E}{}r || $path;
            my @typed  = grep { !$_->getAttribute('readonly') && !$_->getAttribute('disabled') }
                $form->findnodes('.//textarea[@name] | .//input[@name][not(@type) or @type = "text" or @type = "search"]');
            for my $field (@typed) {
                my $name = $field->getAttribute('name');
                next if $done{"$action $name" =~ s/\d+/n/gr}++;    # one of a table's
                $fields++;
                my @values = map { ($_->getAttribute('name') => $_->nodeName eq 'textarea' ? $_->textContent : $_->getAttribute('value') // '') }
                    grep { ($_->getAttribute('type') // '') !~ /^(?:checkbox|radio|file|submit)$/ && $_->getAttribute('name') !~ /^(?:\Q$name\E|form_token)$/ }
                    $form->findnodes('.//textarea[@name] | .//input[@name]');
                for my $bad ("a\x{1}b", "a\x{FFFE}") {
                    my $r = $client->post($action, @values, $name => $bad);
                    # JE105; a number has codes of its own
                    my $at = grep { $_->getAttribute('field') eq $name } $r->nodes('//error[@field][@code = "JE105" or @code = "JE102"]');
                    push @said, "$who $action $name: " . $r->status . ' ' . join(' ', map { $_->toString } $r->nodes('//error[position() < 3]'))
                        if $r->status != 422 || !$at;
                }
            }
        }
    }
}
cmp_ok $fields // 0, '>', 30, ($fields // 0) . ' fields of all forms are tried';
is join("\n", @said), '', 'a control character and U+FFFE are refused at each of them';

# ----------------------------------------------------------- the database's check --

$t->db->do(<<'SQL');
CREATE FUNCTION pg_temp.refused(kind text) RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE
    refused int[] := '{}';
BEGIN
    FOR i IN 1 .. 66000 LOOP
        CONTINUE WHEN i BETWEEN 55296 AND 57343;
        BEGIN
            EXECUTE format('SELECT $1::ej.%I', kind) USING 'a' || chr(i);
        EXCEPTION WHEN check_violation THEN
            refused := refused || i;
        END;
    END LOOP;
    RETURN refused;
END
$$
SQL
my %may = (line => '', name => '', prose => "\t\n\r");
for my $kind (sort keys %may) {
    my $refused = $t->value('SELECT pg_temp.refused(?)', $kind);
    is "@$refused", join(' ', grep { index($may{$kind}, chr) < 0 } 1 .. 31, 127, 65534, 65535),
        "the database refuses the same in a text of type $kind";
}
is join(' ', @{$t->db->selectcol_arrayref(q{
    SELECT c.relname || '.' || a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
     WHERE c.relnamespace = 'ej'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT a.attisdropped
       AND a.atttypid IN ('text'::regtype, 'varchar'::regtype)
       AND has_column_privilege('ej_web', c.oid, a.attnum, 'INSERT, UPDATE') ORDER BY 1})}), '',
    'each text that the web role may write is of such a type';

# --------------------------------------------------- what is stored can be parsed --

# All other characters of the first two planes, in texts of the longest kind.
my @all = grep { !/[\x{D800}-\x{DFFF}\x{FFFE}\x{FFFF}\x{7F}]/ } map {chr} 9, 10, 13, 32 .. 0x1FFFF;
my ($id) = $lesson =~ /(\d+)$/;
my @broken;
my $texts = 0;
while (my @some = splice @all, 0, 480) {
    my $text = 'a' . join('', @some) . 'b';
    next if $texts++ % 16;    # a sixteenth of them, from all over the planes
    my $line = $text =~ s/[\t\n\r]//gr;
    $t->db->do('UPDATE ej.lesson SET topic = ? WHERE id = ?', undef, $line, $id);
    my $xml = eval { XML::LibXML->load_xml(string => $teacher->get($lesson)->bytes) };
    my $is  = $xml && $xml->toString =~ /topic/ ? (map { $_->value } grep { $_->value eq $line } $xml->findnodes('//@topic'))[0] // '' : '';
    my $page = $teacher->get($lesson, html => 1);
    push @broken, sprintf 'U+%04X', ord $some[0] if $is ne $line || $page->status != 200 || !eval { $page->doc };
}
is "@broken", '', 'what is stored comes back in the document, character by character, and the page is whole';
done_testing;
