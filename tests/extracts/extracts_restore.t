#!/usr/bin/perl
# extracts_restore.t: the backup of the database is restored on another machine, two days later. The journal works
# there, the seals of its history are whole, and every form is printed byte for byte as before.
# Fault table, row 38.
use lib 'tests/lib';
use EJ::Test;
use EJ::Client;
use EJ::Httpd;

plan skip_all => 'the sanitizers and libfaketime cannot both be loaded first' if EJ::Stage::is_sanitized();
my $t     = EJ::Test->new(today => '2026-11-20');
my $db    = $t->db;
my $class = $t->value(q{SELECT id FROM ej.class WHERE name = '7Б' AND school_id = 1});
my $term  = $t->value('SELECT e.id FROM ej.term e JOIN ej.class c ON c.term_plan_id = e.term_plan_id WHERE c.id = ? AND e.is_taught ORDER BY lower(e.during) LIMIT 1', $class);
my $pupil = $t->value('SELECT min(pupil_id) FROM ej.enrolment WHERE class_id = ?', $class);
my ($journal) = map { @$_ } @{$db->selectall_arrayref('SELECT min(j.id) FROM ej.journal j JOIN ej.teaching t ON t.id = j.teaching_id JOIN ej.study_group_class g ON g.study_group_id = t.study_group_id WHERE g.class_id = ? AND j.term_id = ?', undef, $class, $term)};
$db->do(q{UPDATE ej.journal SET closed_at = now(), order_no = '31-к', reason = 'конец периода' WHERE term_id = ? AND closed_at IS NULL}, undef, $term);
$t->value('SELECT ej.seal_days(1000)');
my $deputy = $t->login('deputy');
my ($copy) = $deputy->post("/pupils/$pupil/extract", term_id => $term, purpose => 'для родителей')->location =~ m{(/extracts/\d+)$};
my @forms = map {"$_?format=print&class_id=$class"} $copy, "/journals/$journal", "/classes/$class/book", "/classes/$class/cards",
    '/reports/statistic', map {"/reports/$_"} qw(movement finals leader attendance programme);
my %here = map { $_ => $deputy->get($_, html => 1)->content } @forms;
like $here{$forms[0]}, qr/Верно/, 'a copy was certified';

# ------------------------------------------------------------- another machine --

my $dir = $t->dir . '/there';
mkdir $dir;
chmod 0755, $dir;
my $there = $t->stage->cluster($dir, time + 2 * 86400);
{
    local %ENV = (%ENV, $t->postgres->env($t->database));
    is system('pg_dump', '-Fc', '-f', "$dir/backup", $t->database), 0, 'the backup is taken';
}
$there->psql('postgres', '-c', 'CREATE DATABASE restored TEMPLATE template0');
{
    local %ENV = (%ENV, $there->env('restored'));
    is system('pg_restore', '--exit-on-error', '-d', 'restored', "$dir/backup"), 0, 'and restored';
}
$db->disconnect;
my $httpd = EJ::Httpd->new(dir => "$dir/httpd", module => $t->stage->module, share => $t->stage->share, socket => $there->socket, database => 'restored');
$httpd->start;
my $reader = EJ::Client->new(httpd => $httpd, share => $t->stage->share, wrong => $t->{wrong}, who => 'deputy');
is $reader->log_in('deputy', $t->password)->status, 303, 'one logs in there with the same password';
my @other = grep { ($reader->get($_, html => 1)->content // '') ne $here{$_} } @forms;
is "@other", '', @forms . ' forms are printed byte for byte as before';
is $reader->post($copy, reason => 'ошибка')->status, 303, 'the journal works';
like $reader->get($forms[0], html => 1)->content, qr/Аннулирован/, 'what is written there is there';
my $seals = $there->psql('restored', '-c', q{SELECT count(*) || ' ' || (SELECT count(*) FROM ej.seal_faults()) FROM ej.seal});
like $seals, qr/^[1-9]\d* 0$/m, 'the seals of the history are whole';
$httpd->stop;
$there->stop('immediate');
done_testing;
