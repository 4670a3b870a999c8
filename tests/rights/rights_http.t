#!/usr/bin/perl
# rights_http.t: every route of routes.def, as every person, with ids that are
# theirs, that are somebody else's and that never were: what is hidden is
# answered byte for byte like what never was, in every format, in addresses,
# queries and forms, and nothing is answered with a fault of ours.
#
# Routes, their parameters and the fields of their forms are read from the
# sources, whose ids they are from their names: a new route is walked by itself.
#   EJ_ONLY=/messages: only addresses with these words
use strict;
use warnings;
use lib 'tests/lib';
use EJ::Test;
use EJ::Probe;
use EJ::Routes;
use URI::Escape qw(uri_unescape);

my $t = EJ::Test->new(start => 0, today => '2026-11-20'); # jobs write while tokens are counted
$t->db->do(q{UPDATE ej.school SET public_page = 'hidden'}); # shown pages are for everybody (about.t)
# What the seed has none of: addresses of people, talks with families, letters.
$t->db->do($_) for q{INSERT INTO ej.contact (person_id, channel, address) SELECT person_id, 'email', 'a' || id || '@example.ru' FROM ej.account},
    q{INSERT INTO ej.informing (school_id, pupil_id, way, informed_on, note, staff_id)
        SELECT e.school_id, e.pupil_id, 'call', '2026-11-19', 'Разговор', c.class_teacher_id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
         WHERE c.class_teacher_id IS NOT NULL AND e.during @> date '2026-11-20'},
    q{INSERT INTO ej.outbound (school_id, person_id, channel, address, hook_key, body, state, ended_at)
        SELECT a.school_id, a.person_id, 'email', 'a@example.ru', ej.outbound_new_key(), 'Тема', 'failed', now()
          FROM (SELECT s.school_id, s.person_id FROM ej.staff AS s UNION SELECT g.school_id, g.person_id FROM ej.guardian AS g) AS a};
EJ::Probe::prepare($t);
$t->start;
my @people = @{$t->db->selectcol_arrayref(q{SELECT login FROM probe.holder WHERE login <> 'english' ORDER BY 1})};

# ------------------------------------------------------------------ routes ----

sub text_of {
    my ($name) = @_;
    open my $file, '<:encoding(UTF-8)', $name or die "$name: $!\n";
    local $/;
    return scalar <$file>;
}

my @routes = EJ::Routes::all();
cmp_ok scalar @routes, '>', 10, 'there are routes to walk';

# Fields that a handler reads as ids, of a query or a form, itself or in a
# function of its file.
sub fields_of {
    my ($route) = @_;
    my (%body, %found, %seen, $name);
    for my $line (split /\n/, text_of("mod_ejournal/features/$route->{feature}.c")) {
        $name = $1 if $line =~ /^\w[\w *]*?(\w+)[\[(]/;
        $body{$name} .= "$line\n" if defined $name && $line =~ /^\s/;
    }
    my @todo = $route->{is_record} && $route->{method} eq 'POST' ? "ej_$route->{feature}_fields" : $route->{handler};
    while (defined(my $name = shift @todo)) {
        next if $seen{$name}++ || !defined $body{$name};
        while ($body{$name} =~ /\{"(\w+)", (EJ_\w+)([^}]*)\}/g) {
            my ($field, $type, $rest) = ($1, $2, $3);
            next if $field =~ /^(?:before|newest)_id\z/; # a place in an order, not a row that is looked up
            next unless $type eq 'EJ_ID' || $field =~ /_(for|gone)$/;
            $found{$_} = 1 for $field, $rest =~ /\.old =/ ? "old_$field" : ();
        }
        push @todo, $body{$name} =~ /(\w+)\(/g, $body{$name} =~ /ej_(?:form_read\(p|page_save\(c), (\w+)/g;
    }
    return sort keys %found;
}

sub table_of { return EJ::Routes::table_of($t->db, $_[0]) }

# ------------------------------------------------------------------ asking ----

# Letters, whose table nobody reads: the administrator repeats those of the school.
sub letters {
    my ($login) = @_;
    my $all = $t->db->selectall_arrayref(q{SELECT o.id, EXISTS (SELECT FROM ej.account AS a JOIN ej.staff AS s USING (person_id)
            JOIN ej.role_held AS r ON r.staff_id = s.id AND r.role = 'administrator'
           WHERE a.login = ? AND r.school_id = o.school_id) FROM ej.outbound AS o ORDER BY 1}, undef, $login);
    return map { my $is = $_; [map { $_->[0] } grep { $_->[1] == $is } @$all] } 1, 0;
}

# Those to whom one may write, whatever one else reads of them.
sub partners {
    my ($login) = @_;
    my ($digest) = $t->db->selectrow_array(q{SELECT encode(digest, 'hex') FROM probe.person WHERE login = ?}, undef, $login);
    my $web = $t->web_db;
    $web->begin_work;
    $web->do(q{SELECT ej.authenticate(decode(?, 'hex'), '127.0.0.1')}, undef, $digest);
    $web->do(q{SELECT ej.enter(decode(?, 'hex'), '127.0.0.1', NULL)}, undef, $digest);
    my $seen = $web->selectcol_arrayref('SELECT DISTINCT person_id FROM ej.recipients() ORDER BY 1');
    $web->rollback;
    my %is_seen = map { $_ => 1 } @$seen;
    return ($seen, [grep { !$is_seen{$_} } @{$t->db->selectcol_arrayref('SELECT id FROM ej.person ORDER BY 1')}]);
}

my %ids;
my $only = $ENV{EJ_ONLY} // '';
my (%client, %secret);
sub ids {
    my ($login, $name) = @_;
    return ([], (ids('observer', $name))[1]) if $login eq 'nobody';
    my $rel = table_of($name);
    return ($t->db->selectcol_arrayref('SELECT id FROM ej.gto_edition WHERE school_id IS NULL ORDER BY 1'), []) if $rel eq 'gto_edition'; # the law's
    return @{$ids{"$login $rel"} ||= [$rel eq 'outbound' ? letters($login) : EJ::Probe::ids($t->db, $login, $rel)]};
}

# Some of a list: the first, the last and those between.
sub some {
    my ($n, @all) = @_;
    return @all if @all <= $n;
    return $all[-1] if $n == 1;
    return map { $all[int($_ * $#all / ($n - 1))] } 0 .. $n - 1;
}

sub missing { return (table_of($_[0]) =~ /^(?:lesson|work|homework)$/ ? 20269_000_000_001 : 1_999_000_001) + ($_[1] // 0) }

# What is seen of an answer, without the id that was asked for, nor how much is unread: that grows by what others ask here.
sub seen {
    my ($reply, $id) = @_;
    my @headers = map { "$_: " . ($reply->header($_) // '') } qw(Content-Type Cache-Control Location Allow Vary Content-Disposition);
    my $all = join "\n", $reply->status, uri_unescape("@headers"), $reply->content;
    $all =~ s/(?<!\w)\Q$id\E(?!\w)/<id>/g;
    $all =~ s/ (?:notices|messages)="\d+"|(?<=<title>)\(\d+\) //g;
    return $all =~ s/saved=[-0-9a-f]{36}|operation_id="[^"]*"|name="operation_id" value="[^"]*"/operation/gr;
}

# Where two answers begin to differ.
sub difference {
    my ($is, $other) = @_;
    my $at = 0;
    $at++ while $at < length $is && substr($is, $at, 1) eq substr($other, $at, 1);
    $at = $at > 60 ? $at - 60 : 0;
    return substr($is, $at, 200) . "\n    never was: " . substr($other, $at, 200) =~ s/\n/ /gr;
}

# Words in a path, which are no ids.
my %word = (kind_key => 'rooms', duty_key => 'unfilled', report_key => 'school', indicator_key => 'filled', topic_key => 'lesson', role_key => 'teacher', day_on => '2026-11-20', done_on => '2026-10-14', month_key => '2026-11', service_word => 'rostering', parent_word => 'classes', list_word => 'students', sourced_key => 'class-1', parent_key => 'class-1', map { $_ => 'a' x 32 } qw(token_key sms_key bounce_key unsubscribe_key code_key));
sub fill {
    my ($path, %value) = (shift, %word, @_);
    return $path =~ s/\{(\w+)\}/$value{$1}/gr;
}

# What belongs together and is the person's: a journal, a lesson of it, a pupil
# of that group, the class; one's own teaching first.
sub own {
    my ($login, @names) = @_;
    my $from = qq{"seen_$login"};
    my $own  = $login eq 'nobody' ? {} : $t->db->selectrow_hashref(<<"SQL") // {};
SELECT j.id AS journal_id, l.id AS lesson_id, l.id AS column_id, b.pupil_id, b.pupil_id AS personal_for, j.term_id,
       t.subject_id, t.staff_id, g.class_id, h.id AS homework_id, h.due_lesson_id
  FROM $from.journal AS j JOIN $from.lesson AS l USING (teaching_id)
  JOIN ej.term AS e ON e.id = j.term_id AND e.during @> l.held_on AND e.is_taught
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  JOIN ej.study_group_class AS g ON g.study_group_id = t.study_group_id
  JOIN ej.membership AS b ON b.study_group_id = t.study_group_id AND b.during @> l.held_on
  JOIN $from.pupil AS p ON p.id = b.pupil_id
  LEFT JOIN $from.homework AS h ON h.lesson_id = l.id
 WHERE l.held_on < '2026-11-18'
 ORDER BY EXISTS (SELECT FROM probe.fact AS f WHERE (f.login, f.kind, f.id) = ('$login', 'teaching', t.id)) DESC,
       h.id IS NULL, l.held_on DESC, l.id, b.pupil_id LIMIT 1
SQL
    return map { ($_ => $own->{$_} // (ids($login, $_))[0][0] // missing($_, 5)) } @names;
}

# ------------------------------------------------------------------ walking ----

# One way of asking a route: one id, the others being the person's own.
sub ask {
    my ($client, $route, $own, $name, $id, $format) = @_;
    my %value   = (%$own, $name => $id);
    my $path    = fill($route->{path}, %value);
    my @options = $format ? (accept => $format) : ();
    if ($route->{method} eq 'POST') {
        my @fields = map { ($_ => $value{$_}) } @{$route->{fields}};
        push @fields, old => '', value => '5' if $route->{feature} eq 'journal';
        return $client->post($path, {@options}, @fields);
    }
    return $client->get($path . ($route->{path} =~ /\{$name\}/ ? '' : "?$name=$id"), @options);
}

# A family reads no plan, but which topics its child has had and which is next (KTP-06), and the
# homework that a teacher took from a plan. Whoever may write to people is told their names (MSG-01),
# who asks the administrator that of who answers (MSG-04). Norms of ГТО are the law's.
sub is_told {
    my ($route, $leak) = @_;
    return $route->{feature} =~ /^(?:programme|diary|handins)\z/ && $leak =~ / of plan_row: /
        || $route->{feature} eq 'region' && $leak =~ / of region(?:_role)?: / # one's own region, one's own name
        || $route->{feature} eq 'transfers' && $leak =~ / of (?:\w+ )*school\b[^:]*: / # the school that is asked for a pupil
        || $route->{feature} eq 'gto' && $leak =~ / of gto_(?:edition|step|norm)\b[^:]*: /
        || $route->{feature} =~ /^(?:messages|support)$/ && $leak =~ / of (?:\w+ )*(?:guardian|staff|person)\b[^:]*: /;
}

# What is wrong with one id's place in a route, for one person.
sub faults {
    my ($login, $route, $name, $own) = @_;
    my ($mine, $hidden) = $route->{path} =~ m{^/recipients/} && $login ne 'nobody' ? partners($login) : ids($login, $name);
    my %is_other = map { $own->{$_} => 1 } grep { $_ ne $name && $own->{$_} } keys %$own; # the same number of another table
    my ($client, @wrong, @statuses) = ($client{$login});
    for my $format ('application/xml', 'text/html', 'text/csv') {
        my $first = $format eq 'application/xml';
        my $never = seen(ask($client, $route, $own, $name, missing($name), $format), missing($name));
        for my $id (some($first ? 3 : 1, grep { !$is_other{$_} } @$hidden)) {
            my $is = seen(ask($client, $route, $own, $name, $id, $format), $id);
            push @wrong, "$name $id in $format: " . difference($is, $never) if $is ne $never;
        }
        for my $id ($first ? (@$mine[@$mine ? -1 : ()], $own->{$name}) : ()) {
            my $reply = ask($client, $route, $own, $name, $id, $format);
            push @statuses, $reply->status;
            push @wrong, map {"$name $id shows $_"} grep { !is_told($route, $_) }
                EJ::Probe::leaks($secret{$login}, $reply->content, join ' ', $id, values %$own);
        }
        push @wrong, map {"$name in $format: $_"} grep {/^5/} $never, @statuses;
    }
    return (\@wrong, \@statuses);
}

%client = map { $_ => $t->login($_) } @people;
$client{nobody} = $t->client('nobody');
%secret = map { $_ => EJ::Probe::secrets($t->db, $_) } keys %client;

for my $route (grep { $_->{path} !~ m{^/(?:login|logout|activate|second|factor\z)} && $_->{path} =~ $only } @routes) {
    my @in_path = grep { !$word{$_} } $route->{path} =~ /\{(\w+)\}/g;
    $route->{fields} = [grep { my $f = $_; !grep { $_ eq $f } @in_path } fields_of($route)];
    my @names = (@in_path, @{$route->{fields}}) or next;
    for my $login (sort keys %client) {
        my %own = own($login, @names);
        my (@wrong, %statuses);
        for my $name (grep { "$route->{feature} $_" ne 'transfers school_id' } @names) { # all schools are told there
            my ($wrong, $statuses) = faults($login, $route, $name, \%own);
            push @wrong, @$wrong;
            $statuses{$_}++ for @$statuses;
        }
        is join("\n", grep {defined} @wrong[0 .. 4]), '', "$route->{method} $route->{path}: to $login hidden is like missing (own: "
            . join(' ', sort keys %statuses) . ')';
    }
}

# The test can fail.
my ($lesson) = grep { $_->{path} eq '/lessons/{lesson_id}' && $_->{method} eq 'GET' } @routes;
$t->db->do("ALTER TABLE ej.$_ DISABLE ROW LEVEL SECURITY") for qw(lesson journal work);
my ($wrong) = faults('sport', $lesson, 'lesson_id', {own('sport', 'lesson_id')});
cmp_ok scalar @$wrong, '>', 0, 'where lessons are hidden no more, this is seen here';
done_testing;
