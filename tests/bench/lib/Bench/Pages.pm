package Bench::Pages;

# The pages that are measured: how each is asked, by the page's own statements
# and by the bare ones, and whether what is compared shows the same facts.

use strict;
use warnings;
use LWP::UserAgent ();
use XML::LibXML ();
use EJ::Postgres ();
use Bench::Place ();
use Bench::Script ();

my $TOP     = $EJ::Postgres::TOP;
my $READING = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;';
my $LOGGED  = 'BEGIN ISOLATION LEVEL REPEATABLE READ;'; # EJ_LOGGED in routes.def

# What a client learns of its seat, besides what the statements name.
my %SEAT = map { $_ => $_ }
    qw(school_id account_id journal_id teaching_id staff_id pupil_id class_id plan_id month_on from_on till_on day_on done_on scale_id find today_on week_on);
# The values of a save, turn about: flip is 1 in a client's first.
my %TURN = (
    old           => 'CASE :flip::int WHEN 1 THEN array_fill(text \'4\', ARRAY[30]) ELSE array_fill(text \'5\', ARRAY[30]) END',
    value         => 'CASE :flip::int WHEN 1 THEN array_fill(text \'5\', ARRAY[30]) ELSE array_fill(text \'4\', ARRAY[30]) END',
    column_id     => ':column_ids',
    pupil_id      => ':pupil_ids',
    operation_id  => 'gen_random_uuid()',
    operation_sha256 => q{'\x00'},
);

# The filter of a report that nobody has set.
my %WHOLE = map { $_ => 'NULL' } qw(year term_id from_on till_on level grade class_id subject_id staff_id);

our @PAGES = (
    # except: asked for another form, without a week, of other roles; xlsx: measured as a workbook, too;
    # connections, seconds: of a slow page, which would be refused if more asked at once (two deputies ask, eight seats)
    {name => 'grid',  handler => ['journal', 'ej_journal_show'], begin => $READING, except => [qw(journal_figures)],
        as => {open_from_on => q{nullif(:open_from_on, '')}}}, # which the scope may leave empty
    {name => 'diary', handler => ['diary', 'week'], begin => $READING, except => [qw(diary_truancy diary_away diary_unseen diary_news diary_due)]},
    {name => 'today', handler => ['today', 'ej_today_show', 'tell_of_today'], begin => $READING,
        except => [map {"today_$_"} qw(classes absent telling summary given readiness attendance tasks debts papers incidents jobs letters)]},
    {name => 'attendance', handler => ['attendance', 'ej_attendance_class'], begin => $READING, as => {week_on => 'NULL'}},
    {name => 'plan', handler => ['plans', 'ej_plans_show'], begin => $READING},
    {name => 'closing', handler => ['closing', 'ej_closing_list'], begin => $READING, as => {name => 'NULL'}},
    {name => 'people', handler => ['people', 'ej_people_list'], begin => $READING,
        as => {sort => q{'name'}, page => 'NULL', lines => '60'}},
    {name => 'inbox', handler => ['messages', 'ej_messages_list'], begin => $READING,
        as => {find => q{''}, sort => q{'last'}, page => 'NULL', lines => '60'}},
    {name => 'receipts', handler => ['receipts', 'ej_receipts_list'], begin => $READING},
    {name => 'report', handler => ['reports', 'ej_reports_show'], begin => $LOGGED, except => ['reports_taken'], xlsx => 1, connections => 2,
        as => {%WHOLE, report_key => q{'school'}}},
    {name => 'finals', handler => ['reports', 'ej_reports_show'], begin => $LOGGED, except => ['reports_taken'], xlsx => 1, connections => 2,
        as => {%WHOLE, report_key => q{'finals'}, class_id => ':class_id'}},
    {name => 'matrix', handler => ['control', 'ej_control_show'], begin => $READING, xlsx => 1, connections => 2, seconds => 8,
        except => [qw(control_classes control_classes_cells)], as => {name => 'NULL'}},
    {name => 'kitchen', handler => ['kitchen', 'ej_kitchen_show'], begin => $READING, as => {day_on => ':day_on'}},
    {name => 'gto', handler => ['gto', 'ej_gto_protocol'], begin => $READING, except => ['gto_print_signers'], as => {gto_test_id => 'NULL'}},
    # its statements are asked again and again, journal by journal, so that they are no script
    {name => 'book', bare_only => 1, connections => 2, is_print => 1, seconds => 20},
    {name => 'announcement', handler => ['announcements', 'ej_announcements_add'], begin => 'BEGIN;', is_write => 1,
        as => {fields => q{jsonb_build_object('title', 'Собрание', 'whom', 'families', 'note', 'В четверг в 18 часов.')}, operation_id => 'gen_random_uuid()'}},
    {name => 'save',  handler => ['journal', 'ej_journal_save'], begin => 'BEGIN;', is_write => 1, except => ['journal_work'], as => \%TURN,
        before => ['\set flip 1 - :flip'], columns => [qw(column_ids pupil_ids)]},
);

sub page { return (grep { $_->{name} eq $_[0] } @PAGES)[0] }

sub core_query {
    my ($name) = @_;
    return (grep { $_->{name} eq $name } Bench::Script::read_queries("$TOP/sql/queries/core.sql"))[0];
}

# Without those whose facts no page shows (see compare).
sub bare_queries {
    my ($page) = @_;
    return grep { !$page->{unseen}{$_->{name}} } Bench::Script::read_queries("$TOP/tests/bench/bare/$page->{name}.sql");
}

sub own_queries {
    my ($page) = @_;
    my ($feature, @functions) = @{$page->{handler}};
    my @queries = Bench::Script::read_queries("$TOP/sql/queries/$feature.sql");
    return map { Bench::Script::of_handler("$TOP/mod_ejournal/features/$feature.c", $_, \@queries, except => $page->{except}) }
        @functions;
}

# Write the script of a page's statements: bare, own or authenticate.
sub write_script {
    my ($page, $which, $name) = @_;
    my $enter = core_query('core_enter');
    my @queries = $which eq 'bare' ? bare_queries($page)
        : $which eq 'own' ? ($enter, own_queries($page)) : core_query('core_authenticate');
    my %as    = (address => q{'127.0.0.1'}, operation_id => 'NULL', since => 'NULL', %{$page->{as} || {}});
    my %used  = map { %{$_->{params}} } @queries;
    my @scope = grep { $_->{name} =~ /_scope$/ } @queries;
    my @learn = grep { $used{$_} && (!$as{$_} || $as{$_} eq ":$_") } sort(keys %SEAT), 'digest';
    my $text  = Bench::Script::script(
        page => $page->{name}, queries => \@queries, as => \%as,
        columns => [@learn, @{$page->{columns} || []}], scope => [@scope ? ($enter, @scope) : ()],
        begin   => $which eq 'authenticate' ? undef : $page->{begin}, before => $page->{before});
    open my $out, '>:encoding(UTF-8)', $name or die "$name: $!\n";
    print $out $text;
    close $out or die "$name: $!\n";
}

# ---------------------------------------------------------------- asking --

sub seats {
    my ($db, $page) = @_;
    my $seats = $db->selectall_arrayref('SELECT * FROM bench.seat WHERE page = ? ORDER BY n', {Slice => {}}, $page);
    die "the school has no eight seats for the page $page\n" unless @$seats == 8;
    return @$seats;
}

# What a page's log-in leaves for its statements (ej.scope) is there for them
# under pgbench too, as it is for the page.
sub authenticate {
    my ($db, $page) = @_;
    $db->do(q{SELECT ej.authenticate(digest, '127.0.0.1') FROM bench.seat WHERE page = ?}, undef, $page);
}

sub headers {
    my ($seat, %more) = @_;
    my %header = ('Cookie' => Bench::Place::cookie() . "=$seat->{token}", 'Accept' => 'text/html', %more);
    return %header;
}

sub ask {
    my ($httpd, $seat, %more) = @_;
    my $agent = LWP::UserAgent->new(requests_redirectable => [], timeout => 50);
    my $reply = $agent->get($httpd->url . $seat->{path}, headers($seat, %more));
    die "$seat->{path} answers " . $reply->status_line . "\n" unless $reply->code == 200;
    return $reply;
}

# Look at each seat's page once: bytes of HTML, validator, size in words; and
# whether the bare statements give as many facts as the page shows.
sub look {
    my ($page, $httpd, $db, $seats) = @_;
    my %seen = (bytes => 0, etags => []);
    my %facts;
    for my $seat (@$seats) {
        my $html = ask($httpd, $seat);
        my $doc  = $page->{is_print} ? XML::LibXML->load_html(string => $html->content, recover => 2)
            : XML::LibXML->load_xml(string => ask($httpd, $seat, Accept => 'application/xml')->content);
        my $length = length $html->content;
        $seen{bytes} = $length if $length > $seen{bytes};
        push @{$seen{etags}}, $html->header('ETag');
        compare($page, $db, $seat, $doc, \%facts) unless $page->{is_write};
        push @{$seen{sizes}}, size_of($doc);
    }
    judge($page, \%facts);
    return \%seen;
}

sub size_of {
    my ($doc) = @_;
    my %n = map { $_ => $doc->findvalue("count(/page/*//$_)") } qw(pupil lesson mark homework unfilled conversation class line section row term group count);
    $n{column} = $doc->findvalue('count(/page/*/column)');
    $n{cell}   = $doc->findvalue('count(/page/*/*/c[text()])');
    return \%n;
}

# How many facts each bare statement gives, beside how many the page shows.
sub compare {
    my ($page, $db, $seat, $doc, $facts) = @_;
    for my $query (bare_queries($page)) {
        my $path = $query->{same} or next;
        my @values;
        (my $sql = Bench::Script::statement($query)) =~
            s{(?<!:):(\w+)}{push @values, $seat->{$1}; '$' . @values}ge;
        my $rows = $db->selectall_arrayref($sql =~ s/;\s*\z//r, {pg_placeholder_dollaronly => 1}, @values);
        push @{$facts->{$query->{name}}}, [scalar @$rows, $doc->findnodes($path)->size, "$seat->{path}, $path"];
    }
}

# Refuse to compare a page with statements that ask for something else. What
# no page shows, none of them asks for: that statement is left out.
sub judge {
    my ($page, $facts) = @_;
    for my $name (sort keys %$facts) {
        my @uneven = grep { $_->[0] != $_->[1] } @{$facts->{$name}} or next;
        if (grep { $_->[1] } @{$facts->{$name}}) {
            die sprintf "%s gives %d rows where the page shows %d: %s\n", $name, @{$uneven[0]};
        }
        print "The page $page->{name} shows nothing of $name, which is left out\n";
        $page->{unseen}{$name} = 1;
    }
}

# ------------------------------------------------------------- plans ------

# The list of requests of one seat, for pages.lua.
sub get_request {
    my ($seat, %more) = @_;
    return {method => 'GET', path => $seat->{path}, headers => {headers($seat, %more)}};
}

# The requests of a page that writes: cells (values of the first are the old ones of the second), or an
# announcement.
sub save_request {
    my ($seat, $httpd, @values) = @_;
    @values = ('4', '5') unless @values;
    my @bodies = $seat->{page} eq 'announcement' ? (announcement_body($seat)) x 2
        : map { save_body($seat, @$_) } [reverse @values], [@values];
    return {
        method => 'POST', path => $seat->{path}, bodies => \@bodies,
        headers => {headers($seat,
            'X-Ejournal' => 'fragment', 'Origin' => 'http://127.0.0.1:' . $httpd->port,
            'Content-Type' => 'application/x-www-form-urlencoded')}};
}

sub save_body {
    my ($seat, $old, $new) = @_;
    # a form's token ends with the school that it was opened in (ej.authenticate)
    my @fields = "form_token=$seat->{form_token}.$seat->{school_id}";
    for my $i (0 .. $#{$seat->{pupil_ids}}) {
        push @fields, "column_id=$seat->{column_ids}[$i]", "pupil_id=$seat->{pupil_ids}[$i]", "old=$old", "value=$new";
    }
    return join '&', @fields;
}

sub announcement_body {
    my ($seat) = @_;
    return "form_token=$seat->{form_token}.$seat->{school_id}&title=%D0%A1&whom=families&note=%D0%92";
}

# How many announcements there are, and whether each was told to as many people as the first since
# the last id.
sub announcements {
    my ($db, $since) = @_;
    my ($n, $least, $most) = $db->selectrow_array(q{SELECT count(*), min(x.n), max(x.n) FROM (
        SELECT n.id, count(*) AS n FROM ej.notice AS n JOIN ej.notice_for AS f ON f.notice_id = n.id
         WHERE n.kind = 'announcement' AND n.id > ? GROUP BY n.id) AS x}, undef, $since);
    die "an announcement was told to $least people, another to $most\n" if ($least // 0) != ($most // 0);
    return ($n, $most);
}

# A round of saves begins with 4 in every cell, whatever the last one left.
sub reset_cells {
    my ($db) = @_;
    $db->begin_work;
    $db->do('SET LOCAL session_replication_role = replica');
    $db->do(q{UPDATE ej.mark AS m SET value = '4' FROM bench.seat AS s
               WHERE s.page = 'save' AND m.work_id = s.column_ids[1] AND m.value <> '4'});
    $db->do(q{DELETE FROM ej.attendance AS a USING bench.seat AS s, ej.work AS w
               WHERE s.page = 'save' AND w.id = s.column_ids[1] AND a.lesson_id = w.lesson_id});
    $db->commit;
}

# How many cells of the journal were changed: what follows from an absence, as a meal that is withdrawn, is not counted.
sub changes {
    return $_[0]->selectrow_array(q{SELECT count(*) FROM ej.history WHERE id > (SELECT history_id FROM bench.start)
                                       AND table_name IN ('mark', 'attendance')});
}

# Write the plan for wrk: `lists` holds each seat's requests.
sub write_plan {
    my ($name, @lists) = @_;
    our $runs;
    open my $out, '>:encoding(UTF-8)', $name or die "$name: $!\n";
    printf $out "return {run = \"%08x\",\n", (time & 0xffff) << 16 | ++$runs;
    print $out '{' . join(",\n", map { lua($_) } @$_) . "},\n" for @lists;
    print $out "}\n";
    close $out or die "$name: $!\n";
}

# A request of a plan as it goes over the wire.
sub wire {
    my ($request, $port) = @_;
    my %header = ('Host' => "127.0.0.1:$port", %{$request->{headers}});
    return join "\r\n", "$request->{method} $request->{path} HTTP/1.1", (map { "$_: $header{$_}" } sort keys %header), '', '';
}

# The seat, but its page as a file.
sub as_file {
    my ($seat, $format) = @_;
    return {%$seat, path => $seat->{path} . ($seat->{path} =~ /\?/ ? '&' : '?') . "format=$format"};
}

sub lua {
    my ($value) = @_;
    return '{' . join(', ', map { lua($_) } @$value) . '}' if ref $value eq 'ARRAY';
    return '{' . join(', ', map { '[' . lua($_) . '] = ' . lua($value->{$_}) } sort keys %$value) . '}'
        if ref $value eq 'HASH';
    return '"' . $value =~ s/(["\\])/\\$1/gr =~ s/\n/\\n/gr . '"';
}

1;
