#!/usr/bin/perl
# imports_job.t: a file of thousands of rows: done by a job whose progress its page shows,
# within the time and the memory that a school can spare, whole or not at all.
use lib 'tests/lib';
use EJ::Test;
use Time::HiRes 'time';

my $t     = EJ::Test->new(today => '2026-11-20', children => 1);
my $db    = $t->db;
$db->do('SET session_replication_role = replica'); # without the rules: no journal is closed
$db->do('UPDATE ej.journal SET closed_at = NULL, closed_by = NULL WHERE closed_at IS NOT NULL');
$db->do('SET session_replication_role = DEFAULT');
my ($admin, $deputy) = map { $t->login($_) } qw(administrator deputy);
my $path  = '/imports/pupils';
my $rows  = $ENV{EJ_ROWS} // 5000;

sub upload { my ($bytes, $client) = @_; return ($client // $admin)->upload($path, [['file', 'x.csv', $bytes]], step => 'file') }
sub counts { my $r = $admin->get($path); return join ' ', map { $r->xpath("string(//imports/\@$_)") } qw(added changed same bad) }
sub state { return $admin->get($path)->xpath('string(//job/@state)') }
sub is_ready { return $t->wait_for(120, sub { !$t->value(q{SELECT count(*) FROM ej.job WHERE kind = 'import' AND finished_at IS NULL}) }) && state() !~ /waits|runs/ }
sub save { return $admin->post($path, step => 'save', version => $admin->get($path)->xpath('string(//imports/@version)'))->status }
sub guardians { return $t->value('SELECT count(*) FROM ej.guardian WHERE surname ~ ?', $_[0]) }
sub job { return $t->value("SELECT $_[0] FROM ej.job WHERE kind = 'import' ORDER BY id DESC LIMIT 1") }
sub refused { my ($r) = @_; return join ' ', $r->status, $r->errors }
sub file {
    my ($name, $n) = @_;
    return "Фамилия;Имя;Отчество;Дата рождения;Пол;Класс;ФИО матери;Телефон матери;ФИО отца;Приказ;Дата приказа\n"
        . join '', map { "$name$_;Пупил;Иванович;01.01.2013;м;7Б;$name$_ Мать Ивановна;8 901 " . (1000000 + $_) . ";$name$_ Отец Иванович;5-к;31.08.2026\n" } 1 .. $n;
}

# The seconds of the processor that the program of a PID has used, and its memory in kB.
sub cpu { my $sum = 0; for my $pid (@_) { open my $in, '<', "/proc/$pid/stat" or next; my @f = split / /, <$in>; $sum += ($f[13] + $f[14]) / 100 } return $sum }
sub memory { open my $in, '<', "/proc/$_[0]/statm" or return 0; return (split / /, <$in>)[1] * 4 }
sub servers { return @{$db->selectcol_arrayref('SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()')} }

# ---------------------------------------------------------------- in time ---

my ($child) = $t->httpd->children;
$admin->get('/imports');
my ($memory, $cpu, $since) = (memory($child), cpu(servers()), time);
is upload(file('Много', $rows))->status, 303, "a file of $rows pupils with both parents is taken";
my $uploaded = time - $since;
ok is_ready(), 'and tried';
is counts(), "$rows 0 0 0", 'all of it';
my $tried = time - $since;
is save(), 303, 'it is saved';
ok is_ready(), 'by a job again';
my ($took, $used) = (time - $since, cpu(servers()) - $cpu);
is guardians('^Много'), 2 * $rows, 'every parent once';
is counts() . $admin->get($path)->xpath('string(//imports/@is_saved)'), "$rows 0 0 01", 'and the page reports it';
note sprintf '%d rows: taken after %.1f s, tried after %.1f, saved after %.1f; PostgreSQL used the processor for %.1f s; the child grew by %d kB', $rows, $uploaded, $tried, $took, $used, memory($child) - $memory;
cmp_ok $used, '<', 10, 'the processor is not used for more than half of the twenty seconds that the whole may take';
cmp_ok memory($child) - $memory, '<', 40_000, 'and the child grows by less than 40 MB';
is $t->value(q{SELECT count(*) FROM ej.job WHERE kind = 'import' AND outcome = 'done'}), 2, 'two jobs';
is $t->value(q{SELECT string_agg(DISTINCT a.login, ' ') FROM ej.history AS h JOIN ej.account AS a ON a.id = h.account_id WHERE h.table_name = 'guardian' AND h.new ->> 'surname' ~ '^Много'}), 'administrator', 'the history names who ordered it';
upload(file('Много', $rows));
is_ready();
is counts(), "0 0 $rows 0", 'the same file again changes nothing';

# --------------------------------------------------------------- progress ---

# Where another transaction holds the guardianships, a job stops before the last of its tables.
my $other = $t->new_db;
sub hold { $other->begin_work; $other->do('LOCK TABLE ej.guardianship IN SHARE ROW EXCLUSIVE MODE') }
my $new = 600;
upload(file('Новый', $new));
is_ready();
is counts(), "$new 0 0 0", 'a second file';
hold();
is save(), 303, 'is saved';
ok $t->wait_for(30, sub { $admin->get($path)->xpath('number(//job/@percent)') > 20 }), 'the page tells how far it is';
my $html = $admin->get($path, html => 1);
is $html->count('//progress') . $html->count('//input[@type = "file"]'), '10', 'and offers no other file meanwhile';
like $html->content, qr/Записывается файл «x\.csv»/, 'in words';
like $admin->get('/jobs/' . job('id'), html => 1)->content, qr/Загрузка из файла.*<progress max="100" value="[1-9]/s, 'so does the page of the job';
is $deputy->get('/jobs/' . job('id'))->status, 404, 'which is its owner\'s';
is refused(upload(file('Иной', 1))), '409 JE215', 'nor is one taken';
is refused($admin->post($path, step => 'match', field => ['surname'], n => [1])), '409 JE215', 'nor are columns chosen';
is guardians('^Новый'), 0, 'nothing is written yet';

# ------------------------------------------------------------ kill -9, cancel ---

kill 'KILL', $t->httpd->children;
$other->rollback;
ok $t->wait_for(60, sub { (job('outcome') // '') eq 'done' }), 'after kill -9 of the child the job is done by another';
is job('tries'), 2, 'at the second try';
is guardians('^Новый') . ' ' . $t->value(q{SELECT count(*) FROM ej.pupil WHERE surname ~ '^Новый'}), 2 * $new . " $new", 'whole, once';

upload(file('Третий', $new));
is_ready();
hold();
save();
$t->wait_for(30, sub { $admin->get($path)->xpath('number(//job/@percent)') > 20 });
is $admin->post($path, step => 'cancel')->status, 303, 'a job is cancelled';
$other->rollback;
ok is_ready(), 'and ends';
is job('outcome') . guardians('^Третий'), 'cancelled0', 'nothing of it is written';
like $admin->get($path, html => 1)->content, qr/Отменено\. Из файла «x\.csv» ничего не записано/, 'which the page says';
is $admin->post($path, step => 'again')->status, 303, 'it can be begun again';
is_ready();
is guardians('^Третий'), 2 * $new, 'and is done';
is refused($admin->post($path, step => 'again')), '404 JE401', 'once';

# -------------------------------------------------------- changed meanwhile ---

upload(file('Третий', $new) =~ s/8 901/8 902/gr);
is_ready();
is counts(), "0 $new 0 0", 'phones would change';
$db->do(q{UPDATE ej.guardian SET phone = '8 903 0000001' WHERE surname = 'Третий7' AND given_name = 'Мать'});
save();
is_ready();
is $admin->get($path)->xpath('string(//imports/@is_stale)') . guardians('^Третий'), 1 . 2 * $new, 'one was changed since: nothing is written, the file is tried anew';
is $t->value(q{SELECT phone FROM ej.guardian WHERE surname = 'Третий8' AND given_name = 'Мать'}), '8 901 1000008', 'for all of them';
like $admin->get($path, html => 1)->content, qr/пока вы смотрели, в журнале что-то изменилось/, 'the page says so';
save();
is_ready();
is $t->value(q{SELECT count(*) FROM ej.guardian WHERE surname ~ '^Третий' AND phone ~ '^8 902'}), $new, 'and what was seen then is saved';
upload(file('Третий', $new - 1) . ";Без;Фамилии;;;;;;\n");
is_ready();
is refused($admin->post($path, step => 'save', version => $admin->get($path)->xpath('string(//imports/@version)'))), '422 JE101', 'a file with a bad row is not ordered';
done_testing;
