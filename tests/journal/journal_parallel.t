#!/usr/bin/perl
# journal_parallel.t: a school year of one parallel over HTTP: four classes, 34 weeks, every lesson
# with its topic, homework, absences and marks. Then the figures of the pages are computed anew
# from what was sent.
#
#   EJ_WEEKS=2 perl -Itests/lib tests/journal/journal_parallel.t      fewer weeks
use lib 'tests/lib';
use EJ::Test;
use List::Util 'sum';
use Time::HiRes 'time';

my $t  = EJ::Test->new(empty => 1);
my $db = $t->db;
{
    my %env = $t->postgres->env($t->database);
    local @ENV{keys %env} = values %env;
    is system('psql', '-X', '-q', '-f', 'tests/journal/journal_parallel.sql'), 0, 'the parallel is there';
}
srand 17;
my $began = time;
my $weeks = $ENV{EJ_WEEKS} // 34;

# ------------------------------------------------------------------- the year ---

# What was sent: marks {pupil}{teaching}{term}{lesson}, absences {pupil}{lesson} => [teaching, term],
# term marks {pupil}{teaching}{term}; and what was decided: {term}{staff}{replaced, cancelled, given}.
my (%marks, %absent, %term_mark, %account);
my %teacher = map { ($t->value('SELECT s.id FROM ej.staff AS s JOIN ej.account AS a USING (person_id) WHERE a.login = ?', "teacher$_") => "teacher$_") } 0 .. 9;
my %client;
$t->today('2026-08-31');
my $deputy = $t->login('deputy');
my @terms  = @{$db->selectall_arrayref(q{SELECT e.id, e.name, lower(e.during) AS starts, upper(e.during) AS ends FROM ej.term AS e JOIN ej.term_plan AS p ON p.id = e.term_plan_id
    WHERE p.name = '2–9 классы' AND e.kind = 'quarter' ORDER BY e.during}, {Slice => {}})};
$terms[$_]{n} = $_ for 0 .. $#terms;
my @classes = @{$db->selectcol_arrayref('SELECT id FROM ej.class ORDER BY name')};
my ($saves, $refused) = (0, '');

# Give a lesson: its topic, homework, absences and marks in one form.
sub give {
    my ($lesson, $pupils) = @_;
    my ($id, $teaching, $term) = @$lesson{qw(id teaching_id term_id)};
    my %form = (topic => "Тема $saves", old_topic => '', works => 0, attendance_done => 1, homework_text => '§ ' . ($saves % 60 + 1));
    for my $pupil (@$pupils) {
        my $dice = int rand 100;
        if ($dice < 4) {
            $form{"code.$pupil"} = $dice < 2 ? 'б' : 'н';
            $absent{$pupil}{$id} = [$teaching, $term];
            $form{"old_code.$pupil"} = '';
        }
        elsif ($dice < 24) {
            $form{"mark.$id.$pupil"} = 2 + int(($pupil + rand 10) % 4);
            $form{"old_mark.$id.$pupil"} = '';
            $marks{$pupil}{$teaching}{$term}{$id} = $form{"mark.$id.$pupil"};
        }
    }
    my $login = $teacher{$lesson->{staff_id}};
    my $reply = ($client{$login} //= $t->login($login))->post("/lessons/$id", {header => {'X-Ejournal' => 'fragment'}}, %form);
    $saves++;
    $refused ||= "$lesson->{held_on} $login: " . $reply->summary if $reply->status != 200;
    return;
}

# The mark to which a mean is rounded, up from .5.
sub rounded { my ($sum, $n) = @_; return int($sum / $n + 0.5) }

# Every teacher gives the marks of the term: to those with three marks or more what the mean rounds
# to, to the others none; returns what the page told otherwise than the marks that were sent.
sub give_term_marks {
    my ($term) = @_;
    my @differ;
    my $journals = $db->selectall_arrayref(q{SELECT j.id, j.teaching_id, x.staff_id FROM ej.journal AS j JOIN ej.teaching AS x ON x.id = j.teaching_id
        WHERE j.term_id = ? ORDER BY j.id}, {Slice => {}}, $term->{id});
    for my $journal (@$journals) {
        my $who  = $client{$teacher{$journal->{staff_id}}};
        my $page = $who->get("/journals/$journal->{id}/finals");
        my (@pupil, @value);
        for my $pupil ($page->nodes('//pupil')) {
            my $id   = $pupil->getAttribute('pupil_id');
            my @sent = values %{$marks{$id}{$journal->{teaching_id}}{$term->{id}} // {}};
            my $told = join ' ', map { $pupil->getAttribute($_) // '' } qw(mean marks missed);
            my $want = join ' ', @sent ? sprintf('%.2f', int(100 * sum(@sent) / @sent + 0.5) / 100) : '', scalar @sent, missed($id, $journal->{teaching_id}, $term);
            push @differ, "journal $journal->{id}, pupil $id: $told, not $want" if $told ne $want;
            next if @sent < 3;
            push @pupil, $id;
            push @value, $term_mark{$id}{$journal->{teaching_id}}{$term->{id}} = rounded(sum(@sent), scalar @sent);
        }
        my $reply = $who->post("/journals/$journal->{id}/finals", pupil_id => \@pupil, value => \@value, map { ($_ => [('') x @pupil]) } qw(old note old_note));
        $refused ||= "journal $journal->{id}: " . $reply->summary if $reply->status != 303;
    }
    return @differ;
}

# The deputy closes the journals of a term class by class; then nothing is written there.
sub close_term {
    my ($term, $last) = @_;
    $t->today($last);
    my @closed;
    for my $class (@classes) {
        my @ids = @{$db->selectcol_arrayref(q{SELECT j.id FROM ej.journal AS j JOIN ej.teaching AS x ON x.id = j.teaching_id JOIN ej.study_group_class AS c USING (study_group_id)
            WHERE j.term_id = ? AND c.class_id = ? ORDER BY 1}, undef, $term->{id}, $class)};
        push @closed, $deputy->post("/closing/classes/$class", name => $term->{name}, action => 'close', order_no => $term->{n} + 1, order_on => $last, reason => 'Конец учебного периода',
            is_incomplete => 1, map { (journal_id => $_) } @ids)->status;
    }
    is join(' ', @closed), '303 303 303 303', "$term->{name}: the deputy closes the journals of the four classes";
    is $t->value('SELECT count(*) FROM ej.journal WHERE term_id = ? AND closed_at IS NULL', $term->{id}), 0, 'none is left open';
    my ($journal, $column, $pupil, $login) = $db->selectrow_array(q{SELECT w.journal_id, w.id, m.pupil_id, a.login FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id JOIN ej.journal AS j ON j.id = w.journal_id
        JOIN ej.teaching AS x ON x.id = j.teaching_id JOIN ej.staff AS f ON f.id = x.staff_id JOIN ej.account AS a USING (person_id) WHERE j.term_id = ? AND m.value = '3' LIMIT 1}, undef, $term->{id});
    is join(' ', $client{$login}->post("/journals/$journal", column_id => $column, pupil_id => $pupil, old => '3', value => '5')->errors), 'JE201', 'and closed means closed';
    return;
}

# What the pages propose for the year against the mean of four quarters, as differences; the
# teachers give it.
sub give_year_marks {
    my @differ;
    my $journals = $db->selectall_arrayref(q{SELECT j.id, j.teaching_id, x.staff_id FROM ej.journal AS j JOIN ej.teaching AS x ON x.id = j.teaching_id
        JOIN ej.term AS e ON e.id = j.term_id AND e.kind = 'year' ORDER BY j.id}, {Slice => {}});
    for my $journal (@$journals) {
        my $who  = $client{$teacher{$journal->{staff_id}}};
        my $page = $who->get("/journals/$journal->{id}/finals");
        my (@pupil, @value);
        for my $pupil ($page->nodes('//pupil')) {
            my $id    = $pupil->getAttribute('pupil_id');
            my @terms = values %{$term_mark{$id}{$journal->{teaching_id}} // {}};
            next if @terms < 4;
            push @pupil, $id;
            push @value, rounded(sum(@terms), scalar @terms);
            my $told = $pupil->getAttribute('proposed') // '';
            push @differ, "journal $journal->{id}, pupil $id: $told, not $value[-1]" if $told ne $value[-1];
        }
        next if !@pupil;
        my $reply = $who->post("/journals/$journal->{id}/finals", pupil_id => \@pupil, value => \@value, map { ($_ => [('') x @pupil]) } qw(old note old_note));
        $refused ||= "journal $journal->{id}: " . $reply->summary if $reply->status != 303;
    }
    return @differ;
}

# The lessons of a teaching that a pupil missed in a term.
sub missed {
    my ($pupil, $teaching, $term) = @_;
    return scalar grep { $_->[0] == $teaching && $_->[1] == $term->{id} } values %{$absent{$pupil} // {}};
}

# A teacher is away for two days: colleagues who are free give the lessons, the last one is
# cancelled; counts what the account of the term must tell.
sub send_away {
    my ($term, $login) = @_;
    my ($staff) = grep { $teacher{$_} eq $login } keys %teacher;
    my ($from, $till) = $db->selectrow_array(q{SELECT (date_trunc('week', ?::date)::date + 14)::text, (date_trunc('week', ?::date)::date + 15)::text}, undef, ($term->{starts}) x 2);
    my $page = $deputy->get("/substitutions/$staff?from_on=$from&till_on=$till");
    my @lessons = $page->texts('//lesson/@lesson_id');
    my %change;
    for my $lesson (@lessons) {
        my ($value) = $lesson eq $lessons[-1] ? 'c' : $page->texts("//lesson[\@lesson_id = $lesson]/choice[starts-with(\@value, 's.')]/\@value");
        @change{"change.$lesson", "old_change.$lesson"} = ($value, '');
        $account{$term->{id}}{$staff}{$value eq 'c' ? 'cancelled' : 'replaced'}++;
        $account{$term->{id}}{$1}{given}++ if $value =~ /^s\.(\d+)/;
    }
    my $reply = $deputy->post("/substitutions/$staff", from_on => $from, till_on => $till, reason => 'sick', %change);
    is $reply->status, 303, "$term->{name}: " . @lessons . " lessons of $login are given by others" or diag $reply->summary;
    return;
}

# The account of the pages against what was decided, as differences.
sub account_differences {
    my ($term) = @_;
    my $page = $deputy->get("/replacements?from_on=$term->{starts}&till_on=" . $t->value('SELECT (?::date - 1)::text', $term->{ends}));
    my %told = map { my $x = $_; $x->getAttribute('staff_id') => join ' ', map { $x->getAttribute($_) || 0 } qw(replaced cancelled given) } $page->nodes('//teacher');
    my %want = map { my $x = $account{$term->{id}}{$_}; $_ => join ' ', map { $x->{$_} || 0 } qw(replaced cancelled given) } keys %{$account{$term->{id}}};
    return grep { ($told{$_} // '') ne ($want{$_} // '') } keys %{{%told, %want}};
}

# Marks entered long ago are corrected by request: of three requests the deputy accepts two.
sub correct {
    my ($term) = @_;
    $db->do(q{UPDATE ej.history SET made_at = made_at - interval '2 days' WHERE table_name = 'mark' AND made_at > now() - interval '1 day'});
    my $found = $db->selectall_arrayref(q{SELECT m.work_id, m.pupil_id, m.value, w.lesson_id, w.journal_id, w.teaching_id, x.staff_id FROM ej.mark AS m JOIN ej.work AS w ON w.id = m.work_id
        JOIN ej.teaching AS x ON x.id = w.teaching_id JOIN ej.journal AS j ON j.id = w.journal_id WHERE j.term_id = ? AND m.value = '2' ORDER BY m.pupil_id, m.work_id LIMIT 3}, {Slice => {}}, $term->{id});
    my @outcome;
    for my $mark (@$found) {
        my $who  = $client{$teacher{$mark->{staff_id}}};
        my $cell = "/journals/$mark->{journal_id}/columns/$mark->{work_id}/pupils/$mark->{pupil_id}/correction";
        my $asked = $who->post($cell, kind => 'mark', old_new => 2, new => 4, reason => 'Ошибка при переносе из тетради');
        my $id    = $t->value('SELECT max(id) FROM ej.correction');
        my $state = $mark == $found->[-1] ? 'refused' : 'accepted';
        push @outcome, $asked->status . $deputy->post("/corrections/$id", state => $state, answer => 'Проверено')->status;
        $marks{$mark->{pupil_id}}{$mark->{teaching_id}}{$term->{id}}{$mark->{lesson_id}} = 4 if $state eq 'accepted';
    }
    is join(' ', @outcome), '303303 303303 303303', "$term->{name}: old marks are corrected by request";
    return;
}

for my $term (@terms) {
    my $eve = $t->value(q{SELECT (?::date - 1)::text}, $term->{starts});
    last if $eve gt $t->value(q{SELECT (date '2026-09-01' + ? * 7)::text}, $weeks);
    $t->today($eve);
    is $deputy->post('/timetable/lessons')->status, 303, "$term->{name}: the deputy makes the lessons";
    send_away($term, 'teacher' . $term->{n});
    my $lessons = $db->selectall_arrayref(q{SELECT l.id, l.teaching_id, l.staff_id, l.held_on::text, l.study_group_id, ? AS term_id FROM ej.lesson AS l
        WHERE l.held_on >= ? AND l.held_on < ? AND l.held_on < date '2026-09-01' + ? * 7 AND l.state <> 'cancelled' ORDER BY l.held_on, l.slot, l.id}, {Slice => {}}, @$term{qw(id starts ends)}, $weeks);
    my $day = '';
    for my $lesson (@$lessons) {
        $t->today($day = $lesson->{held_on}) if $day ne $lesson->{held_on};
        give($lesson, $db->selectcol_arrayref(q{SELECT pupil_id FROM ej.membership WHERE study_group_id = ? AND during @> ?::date ORDER BY 1}, undef, @$lesson{qw(study_group_id held_on)}));
    }
    correct($term);
    is join("\n", give_term_marks($term)), '', "$term->{name}: means, marks and absences of the journals are those that were sent";
    is join(' ', account_differences($term)), '', "$term->{name}: so is the account of lessons given by others";
    close_term($term, $day);
}
is join("\n", give_year_marks()), '', 'what is proposed for the year is the mean of the four quarters' if $weeks >= 34;
is $refused, '', "every one of $saves saves is taken";
note sprintf '%d lessons in %.0f s', $saves, time - $began;
$t->done_testing;
