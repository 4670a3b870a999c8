#!/usr/bin/perl
# install.t: `make install` puts everything where Debian's Apache looks, and
# what it put serves the journal at several paths beside an existing site.
use lib 'tests/lib';
use EJ::Test;
use File::Temp;

my $stage = EJ::Stage->new;
my $root  = File::Temp::tempdir('eiXXXXXX', TMPDIR => 1, CLEANUP => 1);
chmod 0755, $root;
my $make  = "make --no-print-directory -f apxs.mk SANITIZE= DESTDIR=$root";

is run("$make install"), 0, 'make install';
my $libexec = EJ::Httpd::_libexec();
my @wanted = ("$libexec/mod_ejournal.so", '/etc/apache2/mods-available/ejournal.load',
    '/etc/apache2/conf-available/ejournal.conf', '/usr/sbin/ejournal-migrate', '/usr/sbin/ejournal-school',
    '/usr/share/ejournal/xslt/layout.xsl',
    '/usr/share/ejournal/static/app.css', '/usr/share/ejournal/static/app.js',
    '/usr/share/ejournal/static/font/ej-serif.woff2', '/usr/share/ejournal/static/font/OFL.txt',
    '/usr/share/ejournal/sql/load.sql', '/usr/share/ejournal/sql/migrations/0001_school.sql',
    '/usr/share/ejournal/common-passwords.txt', '/usr/share/ejournal/conf/login-form.conf');
ok -s "$root$_", "$_ is there" for @wanted;
is `cd $root/usr/share/ejournal/static && ls *.js* *.map 2>/dev/null | grep -v ^part-`, "app.js\njournal.js\nlesson.js\n", 'the scripts are joined, without source maps';
is `find $root ! -perm -o=r -o -type d ! -perm -o=x`, '', 'and Apache can read all of it';
is `find $root -perm /o=w ! -type l`, '', 'and nobody else can write to it';

# The installed ejournal-migrate makes a schema with the installed SQL.
my $postgres = $stage->postgres;
my $database = "i_$$";
$postgres->psql('postgres', '-c', "CREATE DATABASE $database");
my $code;
my %env = $postgres->env($database);
{
    local @ENV{keys %env} = values %env;
    my $migrate = "$root/usr/sbin/ejournal-migrate --sql $root/usr/share/ejournal/sql";
    is run("$migrate --roles"), 0, 'the roles are made';
    is run($migrate), 0, 'the schema is made';
    is run($migrate), 0, 'and made again without harm';
    # as a restored dump has it
    $postgres->psql($database, '-c', "GRANT TEMPORARY ON DATABASE $database TO PUBLIC",
        '-c', 'GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC', '-c', 'GRANT CREATE ON SCHEMA public TO PUBLIC');
    is `$migrate`, "not withheld from the web role: temporary tables, tables in the schema public, large objects: run ejournal-migrate --roles\n",
        'what the web role could make is told';
    is run("$migrate --roles"), 0, 'and withheld again';
    is `$migrate`, '', 'so that nothing is to be told';
    # what whoever runs statements as ej_web can do for good
    my $as_web = "@{[EJ::Postgres::bindir()]}/psql -X -q -U ej_web $database";
    is run(qq{$as_web -c "ALTER ROLE ej_web SET tcp_keepalives_count = 7" -c "ALTER ROLE ej_web IN DATABASE $database SET work_mem = '9MB'"
        -c "ALTER ROLE ej_web PASSWORD 'mine'"} =~ s/\n//r), 0, 'ej_web sets its own defaults and a password';
    my $said = `$migrate 2>&1`;
    like $said, qr/^not withheld from the web role: .*\Q$_\E[:,]/, "the upgrade says so: $_"
        for 'the setting tcp_keepalives_count=7', "the setting work_mem=9MB in $database", 'a password';
    unlike $said, qr/jit|random_page_cost/, 'and nothing of what it is given';
    is run("$migrate --roles"), 0, 'the roles made again take it away';
    is `$migrate 2>&1`, '', 'as the next upgrade tells';
    my $school = "$root/usr/sbin/ejournal-school --sql $root/usr/share/ejournal/sql --name 'МБОУ «Школа № 5»'"
        . " --short 'Школа № 5' --city Заречный --admin 'О’Коннор-Ёлкина Анна Петровна'";
    utf8::encode($school);
    chomp($code = `$school`);
    like $code, qr/^[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}$/, 'a school is made, and its administrator has a code';
    isnt system("$school >$root/again 2>&1"), 0, 'it is not made twice';
    is slurp("$root/again") =~ /there is a school of this name.*nothing was changed/s, 1, 'which is told';
}
# The lines of pg_hba.conf: ej_web comes in by the kernel's word and by nothing else.
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
    is_deeply $rules, ['local ejournal ej_web,ej_job peer', 'local all ej_web,ej_job reject', 'host all ej_web,ej_job reject', 'host all all scram-sha-256',
        'local all all peer'], 'the shipped lines of pg_hba.conf let ej_web and ej_job in by peer and refuse them all else';
    like slurp('README.md'), qr{1r /usr/share/ejournal/conf/pg_hba\.conf}, 'and README puts them first';
    $t->_take_down;
}

my $made = sub { my $said = `@{[EJ::Postgres::bindir()]}/psql -X -At -h @{[$postgres->socket]} -U postgres -c "$_[0]" $database`; chomp $said; $said };
is $made->('SELECT count(*) FROM ej.school'), 1, 'there is one school';
is $made->("SELECT string_agg(n::text, ' ') FROM (SELECT count(*) AS n FROM ej.term UNION ALL SELECT count(*) FROM ej.bell
    UNION ALL SELECT count(*) FROM ej.scale UNION ALL SELECT count(*) FROM ej.attendance_code
    UNION ALL SELECT count(*) FROM ej.work_kind UNION ALL SELECT count(*) FROM ej.subject) AS x"), '13 13 5 6 16 23', 'with terms, bells, scales, codes, kinds of work and subjects';
is $made->("SELECT bool_and(to_regclass('ej.lesson_' || year) IS NOT NULL) FROM ej.school_year"), 't', 'and an open year';

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
is run("$apache -f $root/httpd.conf -t"), 0, 'configtest of the installed files';

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
    'the site that was there is served as before';
is $agent->get("http://127.0.0.1:$port/index.html")->header('Server'), 'Apache', 'without its version';
my $validator = sub { $agent->get("http://127.0.0.1:$port/journal/static/app.css")->header('ETag') };
my $first = $validator->();
utime 1, 1, "$root/usr/share/ejournal/static/app.css";
is $validator->(), $first, 'a style is known by what is in it, not by its time';
my %mount = ('/journal' => $port, '/school/92' => $port, '' => $more);
for my $base (sort keys %mount) {
    my $url  = "http://127.0.0.1:$mount{$base}$base";
    my $name = $base || '/';
    my $login = $agent->get("$url/login", Accept => 'application/xml');
    is $login->code, 200, "the log-in page is served under $name";
    like $login->content, qr/ base="\Q$base\E"/, '  and knows where it is';
    like $login->decoded_content, qr/ school="Школа № 5"/, '  and whose it is, there being but one school';
    my $page = $agent->get("$url/login", Accept => 'text/html')->decoded_content;
    my @links = grep { !m{^#} } $page =~ /(?:href|src|action)="([^"]*)"/g;
    is join(' ', grep { index $_, "$base/" } @links), '', '  and no link leads elsewhere';
    my $css = $agent->get("$url/static/app.css");
    is $css->code . ' ' . ($css->header('Content-Type') // ''), '200 text/css', '  and its style is there';
    is $agent->get("$url/static/font/ej-serif.woff2")->header('Content-Type'), 'font/woff2', '  and the face of its forms';
    is $agent->get("$url/static/../xslt/login.xsl")->code == 200, '', '  and nothing above static/';
}

# The first administrator comes in.
my $url = "http://127.0.0.1:$port/journal";
my @origin = (Origin => "http://127.0.0.1:$port");
$agent->cookie_jar({});
my @token = (form_token => $agent->get("$url/activate", Accept => 'application/xml')->content =~ /login_token="([0-9a-f]+)"/);
my $opened = $agent->post("$url/activate", {@token, code => lc $code}, @origin);
like $opened->code . $opened->decoded_content, qr/^200.*О’Коннор-Ёлкина А\. П\./s, 'the code is the administrator\'s';
$opened = $agent->post("$url/activate", {@token, code => $code, login => 'admin', password => 'снег идёт с утра', password2 => 'снег идёт с утра'}, @origin);
is $opened->code, 303, 'and becomes a log-in';
$opened = $agent->post("$url/login", {@token, login => 'admin', password => 'снег идёт с утра'}, @origin);
is $opened->code, 303, 'which opens the door';
$opened = $agent->get("$url/", Accept => 'text/html');
is $opened->code, 200, 'to a working journal';
kill 'TERM', $pid;
waitpid $pid, 0;
my @bad = grep {/:(error|crit|alert|emerg)\]/} split /\n/, slurp("$root/error_log");
is "@bad", '', 'the error log is clean';
$postgres->psql('postgres', '-c', "DROP DATABASE $database WITH (FORCE)");

# A configuration that the administrator changed is his.
spill("$root/etc/apache2/conf-available/ejournal.conf", "# mine\n");
is run("$make install"), 0, 'make install again';
is slurp("$root/etc/apache2/conf-available/ejournal.conf"), "# mine\n", 'keeps a changed configuration';
ok -s "$root/etc/apache2/conf-available/ejournal.conf.new", 'and lays the new one beside it';
is run("$make uninstall"), 0, 'make uninstall';
is join(' ', grep { -e "$root$_" && !/ejournal\.conf$/ } @wanted), '', 'takes away all but that';
is slurp("$root/etc/apache2/conf-available/ejournal.conf"), "# mine\n", 'which it keeps';

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
