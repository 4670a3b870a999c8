#!/usr/bin/perl
# exchange.t: documents for other systems: made by the sheet of a kind, checked with its schema, frozen, put into
# a folder or sent by HTTPS with a certificate; a kind that is only files; what fails is tried again.
# INT-01, FED-06, FED-42
use lib 'tests/lib';
use Digest::SHA qw(sha256_hex);
use EJ::Test qw(refused);
use File::Temp ();
use XML::LibXML ();

my $dir = File::Temp->newdir('ejxchXXXXXX', TMPDIR => 1);
chmod 0755, $dir;
sub put { my ($name, $text) = @_; open my $out, '>:encoding(UTF-8)', "$dir/$name" or die "$name: $!"; print {$out} $text; close $out }
sub text_of { my ($name) = @_; open my $in, '<:raw', $name or return ''; local $/; return scalar <$in> }
sub run { system(@_) == 0 or die "@_: $?" }

# Who signs, the receiver and the school; and another who signs nobody here knows.
for my $ca (qw(ca other)) {
    run("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=$ca -keyout $dir/$ca.key -out $dir/$ca.pem 2>/dev/null");
}
put('ext', "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
for my $who (['server', 'ca'], ['school', 'ca'], ['stranger', 'other']) {
    my ($name, $ca) = @$who;
    run("openssl req -newkey rsa:2048 -nodes -subj /CN=$name -keyout $dir/$name.key -out $dir/$name.csr 2>/dev/null");
    run("openssl x509 -req -in $dir/$name.csr -CA $dir/$ca.pem -CAkey $dir/$ca.key -CAcreateserial -days 2 -extfile $dir/ext -out $dir/$name.crt 2>/dev/null");
    run("cat $dir/$name.crt $dir/$name.key > $dir/$name.pem");
}
put('answer', '200');
my $server = fork // die "fork: $!";
exec 'python3', 'tests/exchange/exchange_server.py', "$dir" if !$server;
END { kill 'TERM', $server if $server }
for (1 .. 600) { last if -s "$dir/port"; select undef, undef, undef, 0.1 }
my $port = text_of("$dir/port") or die "no receiver\n";

# The kinds of a region: one that fits its schema (an XSD), one that does not, one that does not compile; and two as
# the first, with no certificate and that of a stranger.
sub kind {
    my ($name, $sheet, $schema, %pem) = @_;
    mkdir "$dir/kinds"; mkdir "$dir/kinds/$name";
    put("kinds/$name/sheet.xsl", $sheet);
    put("kinds/$name/schema.xsd", $schema);
    run("cp $dir/$pem{$_} $dir/kinds/$name/$_") for keys %pem;
}
my $head = '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/source">';
my $tail = '</xsl:template></xsl:stylesheet>';
my $xsd = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="classes"><xs:complexType><xs:attribute name="count" type="xs:positiveInteger" use="required"/></xs:complexType></xs:element></xs:schema>';
my $sheet = "$head<classes count=\"{count(class)}\"/>$tail";
kind('district', $sheet, $xsd, 'certificate.pem' => 'school.pem', 'ca.pem' => 'ca.pem');
kind('wrong', "$head<classes count=\"many\"/>$tail", $xsd);
kind('broken', "$head<xsl:nothing>$tail", $xsd);
kind('stranger', $sheet, $xsd, 'certificate.pem' => 'stranger.pem', 'ca.pem' => 'ca.pem');
kind('untrusted', $sheet, $xsd, 'certificate.pem' => 'school.pem', 'ca.pem' => 'other.pem');
mkdir "$dir/outbox"; chmod 0777, "$dir/outbox";
mkdir "$dir/outbox/locked"; chmod 0555, "$dir/outbox/locked";

my $t = EJ::Test->new(today => '2026-11-20', conf => sub { qq{EjournalExchange "$dir/kinds"\nEjournalOutbox "$dir/outbox"\nEjournalExchangeHost localhost:$port} });
$t->expect_log(qr/kind broken: /);
my $db = $t->db;
my $admin = $t->login('administrator');
my $director = $t->login('director');
my $n = 0;
sub receiver {
    my (%o) = @_;
    my $name = 'Адресат ' . ++$n;
    my %all = (name => $name, kind => 'contingent', transport => 'file', address => 'district', schedule => 'none', %o);
    my $r = $admin->post('/receivers', %all);
    $r->status == 303 or die "no receiver: ", refused($r);
    return $db->selectrow_array('SELECT id FROM ej.receiver WHERE name = ?', undef, $name);
}
# Let the job run now, and wait until the document has been tried so often and no run is at it.
sub tried {
    my ($id, $attempts) = @_;
    $db->do('UPDATE ej.exchange SET next_at = now() WHERE id = ? AND next_at IS NOT NULL', undef, $id);
    my $ok = $t->wait_for(60, sub {
        $db->do(q{UPDATE ej.job SET due_at = now() WHERE kind = 'exchange' AND finished_at IS NULL AND started_at IS NULL});
        return $db->selectrow_array(q{SELECT e.code IS NOT NULL AND e.attempts >= ? AND e.state <> 'queued' AND NOT EXISTS (
                   SELECT FROM ej.job AS j WHERE j.kind = 'exchange' AND j.started_at IS NOT NULL AND j.finished_at IS NULL)
              FROM ej.exchange AS e WHERE e.id = ?}, undef, $attempts // 1, $id);
    });
    return join ' ', $db->selectrow_array('SELECT state, code FROM ej.exchange WHERE id = ?', undef, $id);
}
sub order {
    my ($receiver, %o) = @_;
    my $r = $admin->post('/exchange', receiver_id => $receiver, %o);
    is $r->location, '/exchange?done=ordered', 'a document is ordered';
    return $db->selectrow_array('SELECT max(id) FROM ej.exchange WHERE receiver_id = ?', undef, $receiver);
}

# ----------------------------------------------------- a folder, the shipped kind ---

my $pupil = $db->selectrow_array(q{SELECT w.pupil_id FROM ej.guardianship AS w JOIN ej.enrolment AS e USING (pupil_id) JOIN ej.class AS c ON c.id = e.class_id
    WHERE c.name = '7Б' AND w.school_id = 1 AND e.during @> date '2026-11-20' ORDER BY 1 LIMIT 1});
$db->do(q{INSERT INTO ej.consent (school_id, guardian_id, pupil_id, purpose, answer, signed_on)
    SELECT school_id, guardian_id, pupil_id, 'processing', 'refused', '2026-11-19' FROM ej.guardianship WHERE pupil_id = ?}, undef, $pupil);
my $folder = receiver();
my $first = order($folder, operation_id => '00000000-0000-4000-8000-00000000bb01');
is order($folder, operation_id => '00000000-0000-4000-8000-00000000bb01'), $first, 'once, if the form is sent twice';
is tried($first), 'sent file', 'it is put into the folder of the receiver';
my ($file) = glob "$dir/outbox/district/contingent-1-*.xml";
my $bytes = text_of($file);
my ($kept, $digest) = $db->selectrow_array(q{SELECT convert_from(document, 'UTF8'), encode(sha256, 'hex') FROM ej.exchange WHERE id = ?}, undef, $first);
is sha256_hex($bytes), $digest, 'as it was frozen';
is_deeply [glob "$dir/outbox/district/.*.part"], [], 'nothing half written is left';
my $doc = XML::LibXML->load_xml(string => $bytes);
is eval { XML::LibXML::RelaxNG->new(location => 'xslt/exchange/contingent/schema.rng')->validate($doc) }, 0, 'it fits the schema';
# The same a second time, from the tables.
my $counts = $db->selectall_arrayref(q{SELECT c.name, count(e.pupil_id), count(e.pupil_id) FILTER (WHERE NOT EXISTS (SELECT FROM ej.consent AS k WHERE k.pupil_id = e.pupil_id
        AND k.purpose = 'processing' AND k.answer IN ('refused', 'withdrawn')))
    FROM ej.class AS c LEFT JOIN ej.enrolment AS e ON e.class_id = c.id AND e.during @> date '2026-11-20'
   WHERE c.school_id = 1 AND c.year = 2026 GROUP BY c.id, c.name, c.grade, c.letter ORDER BY c.grade, c.letter, c.id});
is join(' ', map { $_->getAttribute('name') . '=' . $_->getAttribute('pupils') . '/' . $_->getAttribute('named') . '/' . @{[$_->findnodes('pupil')]} } $doc->findnodes('//class')),
    join(' ', map { "$_->[0]=$_->[1]/$_->[2]/$_->[2]" } @$counts), 'each class has its pupils, and names but those on paper';
is $doc->findvalue("count(//pupil[\@id = $pupil])"), 0, 'a family on paper is counted, not named';

# ------------------------------------------------------------- who reads, who orders ---

my $seen = $director->get("/exchange/$first");
is $seen->content, $bytes, 'the director reads the document as it was sent';
cmp_ok $db->selectrow_array(q{SELECT count(*) FROM ej.card_view WHERE path = '/exchange'}), '>', 1, 'which the log of access tells';
is $director->get('/exchange')->count('//sent[@state = "sent"][@digest]'), 1, 'and the register';
is join(' ', map { $t->login($_)->get('/exchange')->status . $t->login($_)->get("/exchange/$first")->status . $t->login($_)->get('/receivers')->status } qw(teacher parent)), '404404404 404404404', 'nobody else';
is join(' ', map { $_->post('/exchange', receiver_id => $folder)->status } $director, $t->login('administrator-17')), '404 404', 'only the administrator of the school orders';
is $t->login('administrator-17')->get("/exchange/$first")->status, 404, 'another school reads none';
is refused($admin->post('/exchange')), '422 JE101:receiver_id', 'a receiver is chosen';
is refused($admin->post("/exchange/$first")), '409 JE318:', 'what was sent is not sent again';
is refused($admin->post('/receivers', name => 'Б', kind => 'contingent', transport => 'file', address => $_, schedule => 'none')), '422 JE102:address', "«$_» is no folder" for '../etc', '/etc', 'A', 'https://localhost/';
is refused($admin->post('/receivers', name => 'Б', kind => 'contingent', transport => 'https', address => $_, schedule => 'none')), '422 JE102:address', "«$_» is no address" for 'http://localhost/', 'https://u:p@localhost/', 'file:///etc/passwd';

# ------------------------------------------------ kinds that are only files, and faults ---

is tried(order(receiver(kind => 'wrong'))), 'refused schema', 'a document that does not fit its schema is not sent';
my $wrong = $director->get('/exchange');
like $wrong->xpath('string(//sent[@code = "schema"]/@answer)'), qr/many/, 'and the register says why';
is scalar(@{[glob "$dir/outbox/district/wrong-*"]}), 0, 'nothing of it is in the folder';
is tried(order(receiver(kind => $_))), 'failed kind', "a kind that is $_ waits" for qw(broken missing);
is tried(order(receiver(address => 'locked'))), 'failed folder', 'a folder that cannot be written is told';

my $url = "https://localhost:$port/in";
my %https = (kind => 'district', transport => 'https', address => $url);
my $sent = order(receiver(%https));
is tried($sent), 'accepted 200', 'a kind of a sheet and a schema alone is sent by HTTPS with the certificate of the school';
is text_of("$dir/last"), $db->selectrow_array(q{SELECT convert_from(document, 'UTF8') FROM ej.exchange WHERE id = ?}, undef, $sent), 'as it was frozen';
put('answer', '202');
is tried(order(receiver(%https))), 'sent 202', 'one that is looked at later is sent';
put('answer', '422');
is tried(order(receiver(%https))), 'refused 422', 'one that the receiver does not want is refused';
put('answer', '500');
my $later = order(receiver(%https));
is tried($later), 'failed 500', 'a fault of the receiver is one for now';
my ($wait) = $db->selectrow_array('SELECT extract(epoch FROM next_at - tried_at) FROM ej.exchange WHERE id = ?', undef, $later);
cmp_ok $wait, '>', 30, 'it is tried again later';
is tried($later, 2), 'failed 500', 'and again';
cmp_ok $db->selectrow_array('SELECT extract(epoch FROM next_at - tried_at) FROM ej.exchange WHERE id = ?', undef, $later), '>', 2 * $wait, 'later still';
put('answer', '201');
is $admin->post("/exchange/$later")->location, '/exchange?done=again', 'the administrator does not wait';
is tried($later, 3), 'accepted 201', 'and it comes through';
my %keys; $keys{(split)[0]}++ for split /\n/, text_of("$dir/received");
is $keys{sprintf '"district-1-%s"', $later}, 3, 'each attempt has the same key';
is tried(order(receiver(%https, kind => 'untrusted'))), 'failed certificate', 'a receiver whose certificate nobody knows gets nothing';
like tried(order(receiver(%https, kind => 'stranger'))), qr/^failed (?:certificate|connection)$/, 'nor one that does not want ours';
is tried(order(receiver(%https, address => 'https://127.0.0.1:1/'))), 'failed host', 'no host is asked that the server does not name';
kill 'TERM', $server;
waitpid $server, 0;
$server = 0;
is tried(order(receiver(%https))), 'failed connection', 'nobody there';
$db->do(q{UPDATE ej.exchange SET attempts = 9 WHERE state = 'failed' AND code = 'connection'});
my ($last) = $db->selectrow_array(q{SELECT max(id) FROM ej.exchange WHERE code = 'connection'});
tried($last, 10);
is $db->selectrow_array('SELECT next_at IS NULL AND ended_at IS NOT NULL FROM ej.exchange WHERE id = ?', undef, $last), 1, 'after ten attempts it rests';

# ------------------------------------------------------------------------- by itself ---

my $daily = receiver(schedule => 'day');
my $count = sub { $db->selectrow_array('SELECT count(*) FROM ej.exchange WHERE receiver_id = ?', undef, $daily) };
$db->do('SELECT ej.exchange_due()') for 1, 2;
my $is_day = $db->selectrow_array(q{SELECT (now() AT TIME ZONE tz)::time >= '05:00' FROM ej.school WHERE id = 1});
is $count->(), $is_day ? 1 : 0, 'a receiver has one document a day, in the morning';
done_testing;
