#!/usr/bin/perl
# fet.t: real schools of FET's examples (fet-data), read into an empty school and counted
# against the file by other code; the same file twice; our load as a file that FET opens; a
# timetable that FET makes of it, read back.
use lib 'tests/lib';
use EJ::Test;
use EJ::Fet qw(upload head example run_fet);
use XML::LibXML;

my $t  = EJ::Test->new(today => '2026-11-20');
my $db = $t->db;
my $admin = $t->login('administrator-17');
my $x = XML::LibXML->new;
$db->do('UPDATE ej.term_plan SET grade_till = 12 WHERE grade_till = 11');

sub names { my ($doc, $path) = @_; my %n; $n{$_->textContent =~ s/^\s+|\s+$//gr}++ for $doc->findnodes($path); return [sort keys %n] }
sub distinct { return scalar @{names(@_)} }
sub nodes { my ($doc, $path) = @_; my @found = $doc->findnodes($path); return scalar @found }
sub group { my ($page, $kind, $name) = @_; return $page->xpath("string(//group[\@kind = '$kind']/\@$name)") }
sub number { return $t->value("SELECT count(*) FROM ej.$_[0] WHERE school_id = 2" . ($_[1] ? " AND $_[1]" : '')) }
sub all_numbers { return join ' ', map { number($_) } qw(staff subject room class study_group teaching timetable history) }

# What a file has, counted here: works are distinct (students, subject, teacher).
sub counted {
    my ($doc) = @_;
    my (%work, $hours);
    for my $a ($doc->findnodes('//Activity[Active != "false"]')) {
        for my $teacher (map { $_->textContent } $a->findnodes('Teacher')) {
            my @sets = sort map { $_->textContent } $a->findnodes('Students') or next;
            $work{join "\0", @sets, $a->findvalue('Subject'), $teacher}++;
            $hours += $a->findvalue('Duration');
        }
    }
    my %kind;
    # a time or room that always holds is taken; the two basic rules the journal has itself
    $kind{$_->nodeName}++ for grep { $_->nodeName !~ /BasicCompulsory/ && !($_->nodeName =~ /^ConstraintActivityPreferred(StartingTime|Room)$/ && $_->findvalue('Weight_Percentage') == 100 && $_->findvalue('Active') eq 'true') }
        $doc->findnodes('//Time_Constraints_List/* | //Space_Constraints_List/*');
    return (scalar(keys %work), $hours, \%kind);
}

for my $file ('Romania/Constantin-Brancusi-School-Medgidia/2019-2020/Orar_4_6.fet', 'Hungary/Bethlen/2007-2008-difficult/Bethlen_2007_2008.fet') {
    my ($bytes, $path) = example($file);
    my $doc = $x->parse_string($bytes);
    my ($works, $hours, $rules) = counted($doc);
    my $name = $file =~ s{/.*}{}r;
    my %before = map { $_ => number($_) } qw(staff subject room class teaching);
    is upload($admin, '/fet', 'x.fet', $bytes)->status, 303, "$name: the file is read";
    my $page = head($admin);
    is join(' ', map { group($page, $_, 'names') } qw(teacher subject room set)),
        join(' ', distinct($doc, '//Teachers_List/Teacher/Name'), distinct($doc, '//Subjects_List/Subject/Name'),
            distinct($doc, '//Rooms_List/Room/Name'), distinct($doc, '//Students_List//Name')),
        "$name: teachers, subjects, rooms and sets of students are all there";
    is $page->xpath('sum(//work[@n]/@n)') . ' ' . $page->xpath('sum(//work[@n]/@hours)'), "$works $hours", "$name: and what they are taught, with the hours";
    is $page->xpath('count(//work[@state = "skipped"])'), 0, "$name: nothing of the load is left out";
    is $page->xpath('string(//fet/@activities)'), nodes($doc, '//Activity[Active != "false"]'), "$name: all activities";
    is join(' ', map { $_->getAttribute('what') . $_->getAttribute('n') } sort { $a->getAttribute('what') cmp $b->getAttribute('what') } $page->nodes('//skipped[starts-with(@what, "Constraint")]')),
        join(' ', map { $_ . $rules->{$_} } sort keys %$rules), "$name: every kind of constraint that is not taken is listed with its number";
    is number('staff'), $before{staff}, "$name: nothing is written yet";

    is $admin->post('/fet', step => 'save', version => $page->xpath('string(//fet/@version)'))->status, 303, "$name: it is written";
    is number('staff') - $before{staff}, group($page, 'teacher', 'added'), "$name: the new teachers";
    is number('subject') - $before{subject}, group($page, 'subject', 'added'), "$name: the new subjects";
    is number('room') - $before{room}, group($page, 'room', 'added'), "$name: the new rooms";
    is number('class') - $before{class}, group($page, 'set', 'added'), "$name: the new classes";
    is number('teaching') - $before{teaching}, $works, "$name: a teaching for every teacher, students and subject";
    is $t->value('SELECT sum(hours_week)::int FROM ej.teaching AS t JOIN ej.staff AS f ON f.id = t.staff_id WHERE f.given_name = \'\' AND f.surname = ANY (?)', names($doc, '//Teachers_List/Teacher/Name')),
        $hours, "$name: with all hours";

    my $all = all_numbers();
    is upload($admin, '/fet', 'x.fet', $bytes)->status, 303, "$name: the same file again";
    $page = head($admin);
    is join(' ', $page->xpath('sum(//group/@added)'), $page->xpath('string(//work[1]/@state)'), $page->xpath('count(//work)'), $page->xpath('string(//fet/@added)'), $page->xpath('string(//fet/@gone)')),
        '0 same 1 0 0', "$name: is all known";
    is $admin->post('/fet', step => 'save', version => $page->xpath('string(//fet/@version)'))->status, 303, "$name: written again";
    is all_numbers(), $all, "$name: it changes nothing";
}

# ------------------------------------------------------------ there and back ---

my $deputy = $t->login('deputy');
my $r = $deputy->get('/fet/load');
is $r->status, 200, 'the load is sent as a file';
my ($doc, $out) = ($x->parse_string($r->content), "$t->{dir}/fet");
my $ours = sub { $t->value("SELECT count(DISTINCT $_[0]) FROM ej.teaching WHERE school_id = 1 AND year = 2026") };
is distinct($doc, '//Teacher/Name'), $ours->('staff_id'), 'it has our teachers';
is distinct($doc, '//Activity/Students'), $ours->('study_group_id'), 'our groups';
is nodes($doc, '//Activity'), $t->value('SELECT sum(ceil(hours_week)) FROM ej.teaching WHERE school_id = 1 AND year = 2026'), 'and an activity for each hour';
is nodes($doc, '//Students_List/Year'), $t->value('SELECT count(*) FROM ej.class WHERE school_id = 1 AND year = 2026'), 'a year of FET is a class';
is run_fet($out, $r->content), 1, 'fet-cl reads it and makes a timetable';

is upload($deputy, '/fet', 'школа.fet', $r->content)->status, 303, 'our own file is read';
my $page = head($deputy);
is join(' ', $page->xpath('sum(//group/@added)'), $page->xpath('sum(//work[@state != "same"]/@n)'), $page->xpath('count(//work[@state = "same"])')), '0 0 1', 'everything in it is known';
my $times = sub { my ($name) = glob "$out/$_[0]"; open my $f, '<:raw', $name or die "$_[0]: $!"; local $/; return scalar <$f> };
is upload($deputy, '/fet', 'activities.xml', $times->('timetables/x/x_activities.xml'))->status, 303, 'the timetable that FET made is added to it';
$page = head($deputy);
my $lessons = nodes($doc, '//Activity');
is $page->xpath('string(//fet/@timed)'), $lessons, 'every activity has its time';
is $page->xpath('//fet/@added + //fet/@same + //fet/@faults'), $lessons, 'and every lesson is added, there already, or told of';
my @of = map { $page->xpath("string(//fet/\@$_)") } qw(added same faults);
is upload($deputy, '/fet', 'timetable.csv', $times->('csv/x/x_timetable.csv'))->status, 303, 'the same as CSV';
is join(' ', map { head($deputy)->xpath("string(//fet/\@$_)") } qw(added same faults)), "@of", 'is the same';
$page = head($deputy);
is $deputy->post('/fet', step => 'save', version => $page->xpath('string(//fet/@version)'))->status, 303, 'it is written';
is $t->value(q{SELECT count(*) FROM ej.timetable AS x JOIN ej.teaching AS t ON t.id = x.teaching_id WHERE t.school_id = 1 AND t.year = 2026 AND x.during @> date '2026-11-23'}),
    $of[0] + $of[1], 'and holds from the day';
cmp_ok $t->value(q{SELECT count(*) FROM ej.timetable AS x WHERE x.school_id = 1 AND upper(x.during) = '2026-11-23'}), '>', 0, 'the weeks before stay as they were';
done_testing;
