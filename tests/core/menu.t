#!/usr/bin/perl
# menu.t: the menu has what a reader's roles open, and nothing else; an inner page leads
# back to its section.
use lib 'tests/lib';
use EJ::Routes;
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20');
sub text_of {
    my ($name) = @_;
    open my $file, '<:encoding(UTF-8)', $name or die "$name: $!\n";
    local $/;
    return scalar <$file>;
}
sub html { my ($client, $path) = @_; return $client->get($path, accept => 'text/html')->content }
sub part { my ($html, $class) = @_; return $html =~ m{<nav class="$class".*?</nav>}s ? $& : '' }
sub hrefs { return map {s{^/journal}{}r} $_[0] =~ /<a href="([^"]*)"/g }

# ------------------------------------------------------------- one list ------

# Pages that are reached otherwise, each with its way.
my %otherwise = ('/calendar' => 'from the events', '/books/archive' => 'from the books', '/tasks/works' => 'from /tasks', '/region/schools' => 'from /region', '/oneroster/csv' => 'from the programs', '/handins' => 'from the journals', '/gto/school' => 'from /gto', '/gto/norms' => 'from /gto', '/signal' => 'from the findings', '/recipients' => 'from the messages', '/senders' => 'from the messages', '/split' => 'from the list of splits', '/curriculum/copy' => 'from the curriculum', '/years/bounds' => 'from the years', '/fet/load' => 'from the exchange with FET', '/login' => 'the door', '/activate' => 'the door', '/about' => 'the door', '/account' => 'beside the name', '/school' => 'beside the name',
    '/training/staff' => 'from the training', '/unfilled' => 'from «Сегодня», by class', '/slips/staff' => 'from the codes of all classes', '/newcomers' => 'from the movements', '/transfer' => 'from the transfers', '/forecast/risks' => 'from the forecast', '/timetable/edit' => 'from the timetable', '/timetable/lessons' => 'from the timetable', '/feeds' => 'from the timetable', '/absences' => 'from the files of the staff', '/replacements' => 'from the substitutions', '/modes' => 'from the bells', '/teachers' => 'from the load',
    '/account/sessions' => 'from the profile', '/account/known' => 'from the profile', '/account/keys' => 'from the profile', '/account/notices' => 'from the profile', '/account/contacts' => 'from the choices of notices', '/factor' => 'from the profile', '/second' => 'the door');
my @listed = text_of('xslt/menu.xsl') =~ /<entry path="([^"]*)"/g;
my @pages = map { $_->{path} } grep { $_->{method} eq 'GET' && $_->{path} !~ /\{/ } EJ::Routes::all();
cmp_ok scalar(@pages), '>', 5, 'there are pages';
is join(' ', sort @listed), join(' ', sort grep { !$otherwise{$_} } @pages), 'every page that needs nothing in its address is in the menu';

# ------------------------------------------------------------ each reader ----

# Who sees an entry: log-ins, or one of these groups.
my %group = (
    everybody => 'staff families',
    families  => 'parent pupil',
    staff     => 'colleagues observer',
    colleagues => 'teachers heads personnel archivist',
    teachers  => 'teacher class-teacher teacher-parent',
    leaders   => 'teacher class-teacher', # teacher leads a class, too
    heads     => 'deputy director administrator',
);
my %seen_by = (
    '/'          => 'staff',
    '/access'    => 'heads',
    '/accidents' => 'heads teachers',
    '/acts'      => 'everybody',
    '/attendance' => 'heads leaders',
    '/bells'     => 'staff',
    '/classes'   => 'heads leaders',
    '/notices' => 'everybody',
    '/corrections' => 'heads teachers',
    '/compose'   => 'deputy administrator',
    '/consents'  => 'heads leaders',
    '/findings'  => 'heads teachers',
    '/limits'    => 'heads',
    '/gto' => 'heads leaders families teacher-parent',
    '/inspections' => 'heads teachers',
    '/control'   => 'heads teachers observer',
    '/controls'  => 'heads teachers',
    '/curriculum' => 'heads teachers',
    '/debts'     => 'heads leaders',
    '/diary'     => 'families teacher-parent',
    '/events'    => 'families colleagues',
    '/participation' => 'observer',
    '/fet'       => 'deputy administrator',
    '/automation' => 'heads observer',
    '/forecast'  => 'heads teachers',
    '/handover'  => 'heads teachers',
    '/grading'   => 'staff',
    '/groups'    => 'heads teachers',
    '/closing'   => 'heads',
    '/factors'   => 'director administrator',
    '/history'   => 'heads',
    '/help'      => 'everybody',
    '/help/compliance' => 'heads observer',
    '/holidays'  => 'staff',
    '/imports'   => 'deputy administrator personnel',
    '/incidents' => 'heads',
    '/individual' => 'heads teachers',
    '/jobs'      => 'administrator',
    '/journals'  => 'heads teachers',
    '/kinds'     => 'staff',
    '/lists'     => 'heads',
    '/load'      => 'heads teachers',
    '/announcements' => 'families colleagues',
    '/messages' => 'families colleagues',
    '/support' => 'everybody',
    '/movements' => 'heads leaders',
    '/transfers' => 'heads leaders',
    '/duplicates' => 'administrator',
    '/norms'     => 'heads',
    '/objectivity' => 'heads',
    '/outbound'  => 'everybody',
    '/personnel' => 'heads personnel',
    '/pupils'    => 'heads teachers',
    '/promotion' => 'heads',
    '/plans'     => 'heads teachers',
    '/programme' => 'heads teachers',
    '/archive'   => 'heads archivist',
    '/packages'  => 'heads archivist',
    '/takeout'   => 'director',
    '/retention' => 'heads archivist',
    '/readiness' => 'heads',
    '/informing' => 'heads leaders',
    '/extracts'  => 'heads teachers families',
    '/reach'     => 'heads observer',
    '/region'    => 'observer',
    '/absent'    => 'heads leaders',
    '/books'     => 'heads leaders',
    '/receipts'  => 'heads leaders',
    '/meals'     => 'director deputy leaders',
    (map { $_ => 'director deputy' } qw(/meals/benefits /meals/menus /meals/months /meals/payments /meals/prices /meals/servings)),
    '/meals/entitlements' => 'deputy',
    '/reports'   => 'heads teachers observer',
    '/requests'  => 'heads leaders personnel',
    '/roles'     => 'heads',
    '/rooms'     => 'staff',
    '/maintenance' => 'heads',
    '/clients'   => 'heads',
    '/receivers' => 'heads',
    '/exchange'  => 'heads',
    '/oneroster' => 'heads',
    '/scales'    => 'staff',
    '/settings'  => 'heads',
    '/slips'     => 'leaders director administrator',
    '/social'    => 'heads leaders',
    '/splits'    => 'heads teachers',
    '/staff'     => 'colleagues',
    '/subjects'  => 'staff',
    '/substitutions' => 'heads',
    '/tasks'     => 'leaders teacher-parent',
    '/terms'     => 'staff',
    '/training' => 'everybody',
    '/timetable' => 'families teachers heads observer',
    '/verifications' => 'heads leaders',
    '/ways'      => 'administrator',
    '/views'     => 'director administrator',
    '/years'     => 'heads',
);
sub people { return map { $group{$_} ? people($group{$_}) : $_ } split / /, $_[0] }
my %menu = map { $_ => '' } people('everybody');
for my $path (keys %seen_by) {
    $menu{$_} .= "$path " for people($seen_by{$path});
}
for my $who (sort keys %menu) {
    my $client = $t->login($who);
    my $html   = html($client, $who =~ /^(?:parent|pupil)$/ ? '/diary' : '/');
    $html = html($client, $client->get('/diary')->location) if $who =~ /^(?:parent|pupil)$/ && !part($html, 'menu');
    my %links = map { $_ => 1 } hrefs(part($html, 'menu'));
    is join(' ', sort keys %links), join(' ', sort split / /, $menu{$who}), "$who: the menu has what there is to see";
    is join(' ', grep { $client->get($_)->status !~ /^(?:200|303)$/ } sort keys %links), '', "$who: each entry opens";
    my %opens = map { $_ => 1 } split / /, $client->get('/account')->xpath('string(/page/@opens)');
    is join(' ', grep { !$otherwise{$_} && !$opens{$_} && $client->get($_)->status != 404 } sort @pages), '', "$who: what is not opened is not there";
}

# --------------------------------------------------------- where one is ------

my $deputy = $t->login('deputy');
my $list   = part(html($deputy, '/classes'), 'menu');
is scalar(() = $list =~ /aria-current/g), 2, 'the page\'s own entry is marked, in the panel and in the head';
like $list, qr{<a href="/journal/classes" aria-current="page">}, 'as the present page';
is part(html($deputy, '/classes'), 'crumbs'), '', 'a page of the menu needs no way back';
like part(html($deputy, '/staff'), 'menu'), qr{<a href="/journal/staff" aria-current="page">(?!.*aria-current="true")}s, 'of two entries of one feature the one is marked';

my $grid   = $t->path(journal => class => '7Б', subject => 'Алгебра', on => '2026-11-20');
my $lesson = '/lessons/' . $t->value(q{SELECT l.id FROM ej.lesson AS l JOIN ej.journal AS j USING (teaching_id)
    WHERE j.id = ? AND l.held_on = '2026-11-20'}, $grid =~ /(\d+)/);
my ($pupil, $class) = $t->db->selectrow_array(q{SELECT e.pupil_id, e.class_id FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
    WHERE c.name = '7Б' AND c.school_id = 1 ORDER BY 1 LIMIT 1});
my %way = (
    $grid                   => '/journals',
    $lesson                 => "/journals $grid",
    "/classes/$class"       => '/classes',
    "/pupils/$pupil/diary"  => '/pupils',
    "/pupils/$pupil/marks"  => "/pupils /pupils/$pupil/diary",
    "/unfilled?class_id=$class" => '/',
);
for my $path (sort keys %way) {
    my $html = html($deputy, $path);
    is join(' ', hrefs(part($html, 'crumbs'))), $way{$path}, "from $path one comes back";
    is join(' ', grep { $deputy->get($_)->status != 200 } hrefs(part($html, 'crumbs'))), '', 'each step opens';
}
my $parent = $t->login('parent');
is part(html($parent, "/pupils/$pupil/diary"), 'crumbs'), '', 'a family is at home in its diary';
is join(' ', hrefs(part(html($parent, "/pupils/$pupil/marks"), 'crumbs'))), "/pupils/$pupil/diary", 'and comes back to it';
unlike html($deputy, "$grid?format=print"), qr{<nav class="(?:menu|crumbs)"}, 'a printed form has neither';
done_testing;
