package EJ::Routes;

# The addresses of mod_ejournal/routes.def, read by another way than the program's.

use strict;
use warnings;

# [{method path handler feature who}]: one of EJ_ROUTE, four of EJ_RECORDS; the roles
# as they are written.
sub all {
    open my $in, '<:encoding(UTF-8)', 'mod_ejournal/routes.def' or die "routes.def: $!\n";
    my @found;
    while (<$in>) {
        next unless /^EJ_(?!LIMITS)/;
        push @found, /^EJ_ROUTE\((\w+),\s*"([^"]*)",\s*(\w+),\s*(.*)\)$/ ? _route($1, $2, $3, $4)
            : /^EJ_RECORDS\("([^"]*)", "(\w+)", (\w+), ([^,]*), ([^,]*)\)$/ ? _records($1, $2, $3, $4, $5)
            : die "routes.def:$.: not understood: $_";
    }
    return @found;
}

# The table of an id by its name, in an address or a form, old or new.
my %MEANS = (addressee_id => 'staff', column_id => 'lesson', from_id => 'study_group', first_id => 'pupil', second_id => 'pupil', kept_id => 'pupil', personal_for => 'pupil', personal_gone => 'pupil', gone => 'file', due_lesson_id => 'lesson', plan_next => 'plan_row', plan_not_given => 'plan_row', plan_work => 'plan_row', work_lesson_id => 'lesson',
    new_kind_id => 'work_kind', place_id => 'room', form_id => 'work_kind', norm_id => 'grade_norm', category_id => 'pupil_category', kind_id => 'work_kind', row_id => 'teaching',
    line_id => 'inspection_line', participant_id => 'event_participant', gone_id => 'event_participant', done => 'homework', was => 'homework', class_teacher_id => 'staff', one_id => 'staff', role_id => 'staff_role', term_scale_id => 'scale');
sub table_of {
    my ($db, $name) = @_;
    $name =~ s/^old_//;
    (my $rel = $MEANS{$name} // $name) =~ s/_id$//;
    return $rel if $db->selectrow_array('SELECT to_regclass(?)', undef, "ej.$rel");
    die "$name is an id of no table: say of which in \%MEANS of EJ/Routes.pm\n";
}

sub _route {
    my ($method, $path, $handler, $who) = @_;
    return {method => $method, path => $path, handler => $handler, who => $who, feature => $handler =~ /^ej_([a-z]+)_/};
}

sub _records {
    my ($path, $id, $feature, $readers, $keepers) = @_;
    return map { {%{_route(@$_)}, is_record => 1} }
        ['GET', $path, "ej_${feature}_list", $readers], ['POST', $path, "ej_${feature}_save", $keepers],
        ['GET', "$path/{$id}", "ej_${feature}_show", $keepers], ['POST', "$path/{$id}", "ej_${feature}_save", $keepers];
}

1;
