package EJ::Queries;

# The named statements of sql/queries, for tests of all of them.
#
#   for my $q (map { EJ::Queries::of_file($_) } EJ::Queries::files()) {
#       $db->do(EJ::Queries::filled($q, $db, journal => 7, …));
#   }

use strict;
use warnings;
use utf8;
require './mod_ejournal/queries.pl';

sub files { return sort glob 'sql/queries/*.sql' }

# The queries of a file, as the build reads them: {name, names, types, sql, notes}; in sql
# parameters are $1::type.
sub of_file { return EJ::QueryFile::read_file(@_) }

# The given values with the scope that each page's scope query (ej_page_scope) returns for
# a person, for the queries that take it.
sub with_scopes {
    my ($db, $login, %of) = @_;
    $db->begin_work;
    $db->do('SELECT ej.enter(sha256(convert_to(?, \'UTF8\')), \'127.0.0.1\')', undef, $login);
    $db->do('SET LOCAL ROLE ej_web');
    for my $q (grep { $_->{name} =~ /_scope$/ } map { of_file($_) } files()) {
        my $row = $db->selectrow_hashref(filled($q, $db, %of)) or next;
        ref $_ and $_ = '{' . join(',', @$_) . '}' for values %$row;
        $of{scope}{$q->{name} =~ s/_scope$//r} = {map { $_ => $row->{$_} } grep { defined $row->{$_} } keys %$row};
    }
    $db->rollback;
    return %of;
}

# The text of a query with real values: the given journal, lesson, work (or other column),
# pupil, class and page scope; all other parameters are always the same.
sub filled {
    my ($q, $db, %of) = @_;
    my ($feature) = $q->{name} =~ /^([a-z]+)/;
    my %real = (journal_id => $of{journal}, lesson_id => $of{lesson}, column_id => $of{work}, pupil_id => $of{pupil},
        class_id => $of{class}, year => 2026, week_on => '2026-11-16', address => '127.0.0.1', works => 1, topic => 'Тема',
        operation_id => '00000000-0000-4000-8000-000000000009', sha256 => '\\x00', operation_sha256 => '\\x00',
        room_id => 1, study_group_id => 4, subject_id => 1, teaching_id => 1, kind_id => 1, bell_plan_id => 1, term_plan_id => 1, mode_id => 1, holiday_id => 1, scale_id => 1, scale_value_id => 1, scale_use_id => 1, staff_post_id => 1, staff_absence_id => 1, request_id => 1, absence_reason_id => 1, meal_id => 1, meal_category_id => 1, meal_price_id => 1, meal_entitlement_id => 1, meal_payment_id => 1, menu_id => 1, import_map_id => 1, kind_key => 'rooms', day_on => '2026-11-20', served_on => '2026-11-20', fields => '{"name": "13", "old_name": "12"}', homework_text => 'Упр. 7', old_homework_text => '', personal_text => '',
        code_id => "{$of{pupil}}", mark_id => "{$of{pupil}}", mark_id2 => '{}',
        (map { $_ => '{}' } qw(minutes_id comment_id comment_id2 personal_for_id personal_gone_id)),
        %{$of{scope}{$feature} || {}});
    my %list = (column_id => "{$of{work}}", class_id => "{$of{class}}", pupil_id => "{$of{pupil}}", old => '{""}', value => '{"5"}', code => '{""}',
        old_code => '{""}', mark => '{"5"}', old_mark => '{""}');
    my @values = map {
        my $name = $q->{names}[$_];
        my $v    = $q->{types}[$_] =~ m{\[\]$} ? $list{$name} // $real{$name} : $real{$name};
        defined $v ? $db->quote($v) : 'NULL'
    } 0 .. $#{$q->{names}};
    return $q->{sql} =~ s/\$(\d+)::/$values[$1 - 1]::/gr;
}

# Let the planner take the few rows of the test for those of years, by raising the rows
# per page in its statistics.
sub seem_large {
    my ($db) = @_;
    $db->do(q{
WITH large AS (SELECT oid FROM pg_class WHERE relnamespace = 'ej'::regnamespace AND relkind = 'r' AND relname <> 'migration')
UPDATE pg_class SET reltuples = 100000, relpages = 1
 WHERE oid IN (SELECT oid FROM large UNION SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM large))});
    return;
}

# Make a session for each person, whose token is the log-in.
sub log_in {
    my ($db, @people) = @_;
    $db->do(<<'SQL', undef, $_) for @people;
INSERT INTO ej.session (digest, account_id, epoch, form_token, idle, ends_at)
SELECT sha256(convert_to(login, 'UTF8')), id, epoch, 't', interval '1 hour', now() + interval '1 hour'
  FROM ej.account WHERE login = ? ON CONFLICT DO NOTHING
SQL
    return;
}

1;
