#!/usr/bin/perl
# install.t: `make install` puts all files where Debian's Apache looks for them, and
# these serve the journal at several paths beside an existing site.
use lib 'tests/lib';
use EJ::Test;
use File::Temp;

my $stage = EJ::Stage->new;
my $root  = File::Temp::tempdir('eiXXXXXX', TMPDIR => 1, CLEANUP => 1);
chmod 0755, $root;
my $make  = "make --no-print-directory -f apxs.mk SANITIZE= DESTDIR=$root";

is run("$make install"), 0, 'make install succeeds';
my $libexec = EJ::Httpd::_libexec();
my @wanted = ("$libexec/mod_ejournal.so", '/etc/apache2/mods-available/ejournal.load',
    '/etc/apache2/conf-available/ejournal.conf', '/usr/sbin/ejournal-migrate', '/usr/sbin/ejournal-school', '/usr/sbin/ejournal-verify',
    map({"/usr/sbin/ejournal-$_"} qw(backup package proof restore setup)), map({"/usr/share/ejournal/conf/$_"} qw(answers.conf backup.conf pgbackrest.conf ejournal-backup.timer ejournal-backup-ordered.service ejournal-package.timer apparmor/abstractions/ejournal selinux/ejournal.te)),
    '/usr/share/ejournal/xslt/layout.xsl',
    '/usr/share/ejournal/static/app.css', '/usr/share/ejournal/static/app.js',
    '/usr/share/ejournal/static/font/ej-serif.woff2', '/usr/share/ejournal/static/font/OFL.txt',
    '/usr/share/ejournal/sql/load.sql', '/usr/share/ejournal/sql/pack.sh', '/usr/share/ejournal/sql/copies.sh', '/usr/share/ejournal/sql/migrations/0001_school.sql',
    '/usr/share/ejournal/common-passwords.txt', '/usr/share/ejournal/conf/login-form.conf');
ok -s "$root$_", "$_ is installed" for @wanted;
is `cd $root/usr/share/ejournal/static && ls *.js* *.map 2>/dev/null | grep -v ^part-`, "app.js\njournal.js\nlesson.js\nplans.js\ntimetable.js\n", 'the scripts are joined, without source maps';
is `find $root ! -perm -o=r -o -type d ! -perm -o=x`, '', 'Apache can read all installed files';
is `find $root -name '.*' ! -path $root`, '', 'nothing of version control is installed';
is scalar(grep { index(do { open my $in, '<:raw', $_ or die; local $/; <$in> }, 'X-Ejournal-Leave') >= 0 } "$root$libexec/mod_ejournal.so"), 0,
    'the installed module has no hooks of tests';
is `find $root -perm /o=w ! -type l`, '', 'only root can write to installed files';

# The installed ejournal-migrate makes a schema with the installed SQL.
my $postgres = $stage->postgres;
my $database = "i_$$";
$postgres->psql('postgres', '-c', "CREATE DATABASE $database");
my $code;
my %env = $postgres->env($database);
{
    local @ENV{keys %env} = values %env;
    my $migrate = "$root/usr/sbin/ejournal-migrate --sql $root/usr/share/ejournal/sql";
    is run("$migrate --roles"), 0, 'ejournal-migrate --roles makes the roles';
    is run($migrate), 0, 'ejournal-migrate makes the schema';
    is run($migrate), 0, 'ejournal-migrate can be run again';
    # the state of a restored dump
    $postgres->psql($database, '-c', "GRANT TEMPORARY ON DATABASE $database TO PUBLIC",
        '-c', 'GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC', '-c', 'GRANT CREATE ON SCHEMA public TO PUBLIC');
    is `$migrate`, "not withheld from the web role: temporary tables, tables in the schema public, large objects: run ejournal-migrate --roles\n",
        'ejournal-migrate reports rights that the web role must not have';
    is run("$migrate --roles"), 0, 'ejournal-migrate --roles withdraws these rights';
    is `$migrate`, '', 'after that ejournal-migrate reports nothing';
    # permanent changes that an attacker who runs statements as ej_web can make
    my $as_web = "@{[EJ::Postgres::bindir()]}/psql -X -q -U ej_web $database";
    is run(qq{$as_web -c "ALTER ROLE ej_web SET tcp_keepalives_count = 7" -c "ALTER ROLE ej_web IN DATABASE $database SET work_mem = '9MB'"
        -c "ALTER ROLE ej_web PASSWORD 'mine'"} =~ s/\n//r), 0, 'ej_web can set its own defaults and a password';
    my $said = `$migrate 2>&1`;
    like $said, qr/^not withheld from the web role: .*\Q$_\E[:,]/, "ejournal-migrate reports $_"
        for 'the setting tcp_keepalives_count=7', "the setting work_mem=9MB in $database", 'a password';
    unlike $said, qr/jit|random_page_cost/, 'ejournal-migrate does not report the settings that it makes itself';
    is run("$migrate --roles"), 0, 'ejournal-migrate --roles removes the defaults and the password';
    is `$migrate 2>&1`, '', 'after that ejournal-migrate reports nothing again';
    my $school = "$root/usr/sbin/ejournal-school --sql $root/usr/share/ejournal/sql --name 'МБОУ «Школа № 5»'"
        . " --short 'Школа № 5' --city Заречный --admin 'О’Коннор-Ёлкина Анна Петровна'";
    utf8::encode($school);
    chomp($code = `$school`);
    like $code, qr/^[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}$/, 'ejournal-school adds a school and prints the administrator\'s code';
    isnt system("$school >$root/again 2>&1"), 0, 'ejournal-school does not add the same school twice';
    is slurp("$root/again") =~ /there is a school of this name.*nothing was changed/s, 1, 'ejournal-school reports that the school exists';
}
# With the lines of pg_hba.conf ej_web can connect only by peer authentication.
{
    my $t = EJ::Test->new(own_postgres => 1, start => 0);
    my $hba = "$t->{postgres}{data}/pg_hba.conf";
    my $shipped = slurp("$root/usr/share/ejournal/conf/pg_hba.conf");
    open my $out, '>', $hba or die "$hba: $!";
    print $out "# PostgreSQL\n$shipped", "host all all all scram-sha-256\nlocal all all peer\n";
    close $out;
    my $rules = $t->db->selectcol_arrayref(<<'SQL');
SELECT concat_ws(' ', type, database[1], array_to_string(user_name, ','), auth_method, error) FROM pg_hba_file_rules ORDER BY line_number
SQL
    is_deeply $rules, ['local ejournal ej_web,ej_job,ej_sender peer', 'local ejournal ej_backup peer', 'local all ej_web,ej_job,ej_sender reject', 'host all ej_web,ej_job,ej_sender reject', 'host all all scram-sha-256',
        'local all all peer'], 'the shipped lines of pg_hba.conf let ej_web, ej_job and ej_sender in by peer and refuse them all else';
    like slurp('README.md'), qr{1r /usr/share/ejournal/conf/pg_hba\.conf}, 'README.md puts these lines first';
    $t->_take_down;
}

my $made = sub { my $said = `@{[EJ::Postgres::bindir()]}/psql -X -At -h @{[$postgres->socket]} -U postgres -c "$_[0]" $database`; chomp $said; $said };
is $made->('SELECT count(*) FROM ej.school'), 1, 'the database has one school';
is $made->('SELECT count(*) FROM ej.account'), 0, 'nobody has an account';
is $made->("SELECT string_agg(n::text, ' ') FROM (SELECT count(*) AS n FROM ej.term UNION ALL SELECT count(*) FROM ej.bell
    UNION ALL SELECT count(*) FROM ej.scale UNION ALL SELECT count(*) FROM ej.attendance_code
    UNION ALL SELECT count(*) FROM ej.work_kind UNION ALL SELECT count(*) FROM ej.subject) AS x"), '19 13 5 6 17 23', 'the school has terms, bells, scales, codes, kinds of work and subjects';
is $made->("SELECT bool_and(to_regclass('ej.lesson_' || year) IS NOT NULL) FROM ej.school_year"), 't', 'the year of the school is open';

# Debian's apache2.conf in short: a site of its own, then what a2enmod and
# a2enconf would have linked.
my $port = EJ::Httpd::free_port();
my $more = EJ::Httpd::free_port();
my $conf = slurp("$root/etc/apache2/conf-available/ejournal.conf");
$conf =~ s{/usr/share/ejournal}{$root/usr/share/ejournal}g;
$conf =~ s{host=/var/run/postgresql dbname=ejournal}{"host=" . $postgres->socket . " dbname=$database"}e;
$conf =~ s{^EjournalSecure on}{EjournalSecure off}m;
my $load = slurp("$root/etc/apache2/mods-available/ejournal.load");
$load =~ s{(?<=_module )(?=/)}{$root};
my ($user) = EJ::Postgres::web();
my $account = $> ? '' : "User $user\nGroup " . getgrgid((EJ::Postgres::web())[2]);
my %depends = map { $_ => 1 } $load =~ /^# Depends: (.*)$/m ? split(' ', $1) : ();
my @modules = map { -e "$libexec/mod_$_.so" ? "LoadModule ${_}_module $libexec/mod_$_.so" : () }
    'mpm_event', 'dir', 'alias', 'unixd', sort keys %depends;
mkdir "$root/site";
spill("$root/site/index.html", 'the site that was here first');
my $place = join "\n", map {<<"END"} '/school/92', '/';
<Location $_>
    Ejournal On
    SetHandler ejournal
    AuthType Ejournal
    AuthName "ejournal"
    Require ejournal
</Location>
END
my ($second, $third) = $place =~ /(<Location .*?<\/Location>)/sg;
spill("$root/httpd.conf", join "\n", "ServerRoot $root", 'ServerName 127.0.0.1', "PidFile $root/pid",
    "DefaultRuntimeDir $root", "ErrorLog $root/error_log", "Listen 127.0.0.1:$port", "Listen 127.0.0.1:$more",
    @modules, $account, $load, 'TypesConfig /dev/null', 'ServerLimit 1', 'StartServers 1', 'ThreadsPerChild 8', 'MinSpareThreads 1', 'MaxSpareThreads 8',
    'MaxRequestWorkers 8', "DocumentRoot $root/site", "<Directory $root/site>\nRequire all granted\n</Directory>",
    $conf, $second, "<VirtualHost 127.0.0.1:$port>\n</VirtualHost>",
    "<VirtualHost 127.0.0.1:$more>\n$third\n</VirtualHost>");
my $apache = -x '/usr/sbin/apache2' ? '/usr/sbin/apache2' : 'httpd';
is run("$apache -f $root/httpd.conf -t"), 0, 'configtest accepts the installed files';

my $pid = fork // die;
if (!$pid) {
    exec 'setpriv', '--pdeathsig', 'TERM', $apache, '-f', "$root/httpd.conf", '-DFOREGROUND';
    exit 127;
}
my $agent = LWP::UserAgent->new(requests_redirectable => [], timeout => 10);
for (1 .. 200) {
    last if $agent->get("http://127.0.0.1:$port/index.html")->code == 200;
    select undef, undef, undef, 0.05;
}
is $agent->get("http://127.0.0.1:$port/index.html")->content, 'the site that was here first',
    'the existing site is served as before';
is $agent->get("http://127.0.0.1:$port/index.html")->header('Server'), 'Apache', 'Apache does not send its version';
my $validator = sub { $agent->get("http://127.0.0.1:$port/journal/static/app.css")->header('ETag') };
my $first = $validator->();
utime 1, 1, "$root/usr/share/ejournal/static/app.css";
is $validator->(), $first, 'the ETag of a style depends on its content, not on its time';
my %mount = ('/journal' => $port, '/school/92' => $port, '' => $more);
for my $base (sort keys %mount) {
    my $url  = "http://127.0.0.1:$mount{$base}$base";
    my $name = $base || '/';
    my $login = $agent->get("$url/login", Accept => 'application/xml');
    is $login->code, 200, "the log-in page is served under $name";
    like $login->content, qr/ base="\Q$base\E"/, '  and has its path';
    like $login->decoded_content, qr/ school="Школа № 5"/, '  and names the only school';
    my $page = $agent->get("$url/login", Accept => 'text/html')->decoded_content;
    my @links = grep { !m{^#} } $page =~ /(?:href|src|action)="([^"]*)"/g;
    is join(' ', grep { index $_, "$base/" } @links), '', '  and all its links are below this path';
    my $css = $agent->get("$url/static/app.css");
    is $css->code . ' ' . ($css->header('Content-Type') // ''), '200 text/css; charset=utf-8', '  and its style is served';
    is $agent->get("$url/static/font/ej-serif.woff2")->header('Content-Type'), 'font/woff2', '  and the font of printed forms is served';
    is $agent->get("$url/static/../xslt/login.xsl")->code == 200, '', '  and no file above static/ is served';
}

# The first administrator logs in.
my $url = "http://127.0.0.1:$port/journal";
my @origin = (Origin => "http://127.0.0.1:$port");
$agent->cookie_jar({});
my @token = (form_token => $agent->get("$url/activate", Accept => 'application/xml')->content =~ /login_token="([0-9a-f]+)"/);
my $opened = $agent->post("$url/activate", {@token, code => lc $code}, @origin);
like $opened->code . $opened->decoded_content, qr/^200.*О’Коннор-Ёлкина А\. П\./s, 'the code shows the administrator\'s name';
$opened = $agent->post("$url/activate", {@token, code => $code, login => 'admin', password => 'снег идёт с утра', password2 => 'снег идёт с утра', is_agreed => 1}, @origin);
is $opened->code, 303, 'the code makes an account';
$opened = $agent->post("$url/login", {@token, login => 'admin', password => 'снег идёт с утра'}, @origin);
is $opened->code, 303, 'the administrator logs in';
$opened = $agent->get("$url/", Accept => 'text/html');
is $opened->code, 200, 'the start page opens for the administrator';
kill 'TERM', $pid;
waitpid $pid, 0;
my @bad = grep {/:(error|crit|alert|emerg)\]/} split /\n/, slurp("$root/error_log");
is "@bad", '', 'the error log is clean';
$postgres->psql('postgres', '-c', "DROP DATABASE $database WITH (FORCE)");

# A configuration that the administrator changed is kept.
spill("$root/etc/apache2/conf-available/ejournal.conf", "# mine\n");
is run("$make install"), 0, 'make install succeeds again';
is slurp("$root/etc/apache2/conf-available/ejournal.conf"), "# mine\n", 'make install keeps a changed configuration';
ok -s "$root/etc/apache2/conf-available/ejournal.conf.new", 'make install puts the new configuration beside it';
is run("$make uninstall"), 0, 'make uninstall succeeds';
is join(' ', grep { -e "$root$_" && !/ejournal\.conf$/ } @wanted), '', 'make uninstall removes all other files';
is slurp("$root/etc/apache2/conf-available/ejournal.conf"), "# mine\n", 'make uninstall keeps a changed configuration';

done_testing;
$stage->done;

sub run {
    my ($command) = @_;
    my $said = `MAKEFLAGS= $command 2>&1`;
    diag $said if $?;
    return $? >> 8;
}

sub slurp {
    my ($name) = @_;
    open my $file, '<:utf8', $name or return '';
    local $/;
    return scalar(<$file>) // '';
}

sub spill {
    my ($name, $text) = @_;
    open my $file, '>:utf8', $name or die "$name: $!";
    print $file $text;
    close $file;
}
