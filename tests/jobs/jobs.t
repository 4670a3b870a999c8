#!/usr/bin/perl
# jobs.t: the page of background jobs: who sees which, and what one job's page shows
# while it waits, runs and has ended. No runner here: the table is written by the test.
use lib 'tests/lib';
use EJ::Test;

my $t = EJ::Test->new(today => '2026-11-20', conf => 'EjournalJobs "host=/nowhere user=ej_job connect_timeout=1"');
my $db = $t->db;
my %account = map { $_ => $t->value('SELECT id FROM ej.account WHERE login = ?', $_) } qw(administrator deputy director administrator-17);
my $order = sub {
    my ($who, $school, %set) = @_;
    my $id = $t->value(q{INSERT INTO ej.job (kind, school_id, account_id, epoch, request)
        SELECT 'import', ?, id, epoch, 'pupils' FROM ej.account WHERE login = ? RETURNING id}, $school, $who);
    $db->do("UPDATE ej.job SET $_ = ? WHERE id = ?", undef, $set{$_}, $id) for sort keys %set;
    return $id;
};
$db->do('DELETE FROM ej.job');
$db->do(q{INSERT INTO ej.job (kind, every, started_at, finished_at, outcome, code, number, result)
    VALUES ('sweep', '5 minutes', now(), now(), 'failed', 'JE500', 'abcd1234', 'guess 1'), ('sweep', '5 minutes', NULL, NULL, NULL, NULL, NULL, NULL)});
my $deputys = $order->('deputy', 1);
my $theirs  = $order->('administrator-17', 2);

# -------------------------------------------------------------------- the list ---

my ($admin, $deputy, $director) = map { $t->login($_) } qw(administrator deputy director);
my $r = $admin->get('/jobs');
is join(' ', map { $_->getAttribute('kind') . ':' . $_->getAttribute('state') } $r->nodes('//job')), 'sweep:waits import:waits sweep:failed',
    'the administrator sees what waits, runs and ran in the school, and what is repeated';
is $r->xpath('string(//job[@state="failed"]/@code)') . $r->xpath('string(//job[@state="failed"]/@number)'), 'JE500abcd1234', 'with the error and its number';
is $r->xpath('count(//@*[contains(., "guess")])'), 0, 'what a sweep counts in all schools is not told';
like $admin->get('/jobs', html => 1)->content, qr/Уборка устаревших записей.*не удалось.*JE500, № abcd1234/s, 'in words';
is join(' ', map { $t->login($_)->get('/jobs')->status } qw(deputy director teacher parent)), '404 404 404 404', 'nobody else has this page';
is $t->login('administrator-17')->get('/jobs')->xpath('count(//job[@job_id = ' . $deputys . '])'), 0, 'another school has its own';

# --------------------------------------------------------------------- one job ---

is join(' ', map { $_->get("/jobs/$deputys")->status } $deputy, $admin, $director, $t->login('administrator-17')), '200 200 404 404',
    'who ordered a job sees it, and the administrator of the school';
is $admin->get("/jobs/$theirs")->status, 404, 'not that of another school';
my $page = sub { $deputy->get("/jobs/$deputys", html => 1) };
is $page->()->count('//form[contains(@action, "/jobs/")]'), 1, 'one that waits can be cancelled';
is $page->()->count('//a[@data-ej-job-look]'), 1, 'and looked at again, without a script';
$db->do('UPDATE ej.job SET started_at = now(), done = 30, total = 120 WHERE id = ?', undef, $deputys);
is $page->()->xpath('concat(//progress/@value, "/", //progress/@max, normalize-space(//p[@class="state"]))'), "30/120выполняется, 25\x{a0}%", 'one that runs shows how far it is';
$r = $deputy->get("/jobs/$deputys", headers => {'Accept' => 'application/xml'});
is $r->xpath('string(//jobs/@state)'), 'runs', 'programs read the same';
is $deputy->post("/jobs/$deputys")->status, 303, 'it is cancelled';
is $t->value('SELECT cancelled_at IS NOT NULL AND finished_at IS NULL FROM ej.job WHERE id = ?', $deputys), 1, 'which its runner is told';
is $page->()->count('//form[contains(@action, "/jobs/")]'), 0, 'once';
like $page->()->content, qr/останавливается/, 'and the page tells';
is $deputy->post("/jobs/$deputys")->status, 303, 'cancelled again it stays so';
is join(' ', map { $_->post("/jobs/$theirs")->status } $deputy, $admin), '404 404', 'nobody cancels another school\'s';
$db->do(q{UPDATE ej.job SET finished_at = now(), outcome = 'failed', code = 'JE503', number = 'feed0001', cancelled_at = NULL WHERE id = ?}, undef, $deputys);
like $page->()->content, qr/не удалось.*готовился слишком долго.*feed0001/s, 'one that failed says why, with the number';

# --------------------------------------------------------------------- ordering ---

my $web = $t->web_db;
my $as = sub {
    my ($who, $sql, @values) = @_;
    $web->begin_work;
    $web->do('SELECT ej.enter(?::bytea, NULL, gen_random_uuid())', undef, $t->value(q{SELECT '\x' || encode(s.digest, 'hex') FROM ej.session s JOIN ej.account a ON a.id = s.account_id WHERE a.login = ? LIMIT 1}, $who));
    my $got = eval { $web->selectrow_array($sql, undef, @values) } // $web->state;
    $web->state ? $web->rollback : $web->commit;
    return $got;
};
my $one = $as->('deputy', q{SELECT ej.job_order('import', 1, ?)}, 'rooms');
like $one, qr/^\d+$/, 'a job is ordered';
is $as->('deputy', q{SELECT ej.job_order('import', 1, ?)}, 'rooms'), $one, 'twice the same is one job';
is $t->value('SELECT kind || account_id FROM ej.job WHERE id = ?', $one), "import$account{deputy}", 'of who ordered it';
$as->('deputy', q{SELECT ej.job_order('import', 1, ?)}, $_) for 'load', 'subjects';
is $as->('deputy', q{SELECT ej.job_order('import', 1, ?)}, 'classes'), 'JE215', 'a fourth must wait';
is $as->('deputy', q{SELECT ej.job_order('import', 2, ?)}, 'rooms'), 'JE301', 'and none is ordered in another school';
is $as->($_->[0], 'SELECT ej.job_order(?, 1, ?)', $_->[1], 2026), 'JE301', "$_->[0] orders no job of the kind $_->[1]"
    for ['director', 'year'], ['deputy', 'sweep'], ['administrator', 'none'];
is $as->('deputy', 'SELECT ej.job_cancel(?)', $one), '', 'one that waits is cancelled at once';
is $t->value('SELECT outcome FROM ej.job WHERE id = ?', $one), 'cancelled', 'without a runner';
$as->('director', 'SELECT ej.job_cancel(?)', $one + 1);
is $t->value('SELECT cancelled_at IS NULL FROM ej.job WHERE id = ?', $one + 1), 1, 'nobody cancels another person\'s';
$web->disconnect;
done_testing;
