package EJ::Maker::Hostile;

# Makes statements that a web role must not run, and forges the settings that tell who
# asks and from where, before a statement or within it.

use strict;
use warnings;
use utf8;
use EJ::Chance;

# One statement a line. (a|b) means either; a ! at the beginning means refused to
# everybody. The others may succeed if they change nothing.
my @hostile = grep {/\S/} split /\n/, <<'SQL';
!SET ROLE {role}
!SET SESSION AUTHORIZATION {role}
!SELECT set_config('role', '{role}', true)
!GRANT {role} TO ej_web
!ALTER ROLE {role} SUPERUSER
!ALTER ROLE ej_web (BYPASSRLS|CREATEROLE|RENAME TO other|VALID UNTIL 'infinity')
ALTER ROLE ej_web PASSWORD 'x'
ALTER ROLE ej_web SET work_mem = '1GB'
!CREATE ROLE other
!DROP ROLE ej_backup
!ALTER TABLE {rel} (DISABLE ROW LEVEL SECURITY|NO FORCE ROW LEVEL SECURITY|DISABLE TRIGGER ALL|OWNER TO ej_web|ADD COLUMN x int)
!DROP TABLE {rel} CASCADE
!CREATE TABLE (ej|public).x (a int)
!CREATE TEMP TABLE x (a int)
!CREATE TEMP TABLE x AS SELECT * FROM {rel}
!CREATE TEMP (VIEW x AS SELECT 1|SEQUENCE x)
!CREATE SCHEMA x
!CREATE TRIGGER x AFTER INSERT ON {rel} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
!CREATE POLICY x ON {rel} USING (true)
!DROP POLICY read ON {rel}
!ALTER POLICY read ON {rel} USING (true)
!CREATE RULE x AS ON SELECT TO {rel} DO INSTEAD SELECT 1
!CREATE INDEX ON {rel} ((1))
!CREATE OR REPLACE FUNCTION {function} RETURNS int LANGUAGE sql AS 'SELECT 1'
!CREATE FUNCTION pg_temp.x() RETURNS int LANGUAGE sql AS 'SELECT 1'
!ALTER FUNCTION {function} (OWNER TO ej_web|RESET ALL)
!DROP FUNCTION {function}
GRANT ALL ON {rel} TO ej_web
GRANT ALL ON ALL TABLES IN SCHEMA ej TO PUBLIC
REVOKE ALL ON {rel} FROM ej_rule
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC
!COMMENT ON TABLE {rel} IS 'x'
!SECURITY LABEL ON TABLE {rel} IS 'x'
!CREATE EXTENSION (dblink|file_fdw|plpython3u|pg_trgm|adminpack)
!CREATE LANGUAGE plperlu
!LOAD 'x'
!COPY (SELECT 1) TO PROGRAM 'true'
!COPY (SELECT 1) TO '/tmp/x'
!COPY {rel} FROM '/etc/passwd'
!COPY {rel} FROM PROGRAM 'true'
SET row_security = off
!SET session_replication_role = replica
SET LOCAL search_path = pg_temp, ej
SET ej.session = ''
SET default_transaction_read_only = on
!SET lo_compat_privileges = on
!SELECT lo_(create(0)|from_bytea(0, 'x')|creat(-1)|put(1, 0, 'x')|unlink(1)|open(1, 131072))
!SELECT pg_(reload_conf()|rotate_logfile()|switch_wal()|create_restore_point('x')|promote()|replication_origin_create('x')|backup_start('x'))
SELECT pg_(logical_emit_message(true, 'x', 'y')|terminate_backend(0)|export_snapshot()|advisory_xact_lock(1))
LISTEN x
NOTIFY x, 'y'
!REINDEX TABLE {rel}
CLUSTER {rel}
ANALYZE {rel}
!REASSIGN OWNED BY ej_owner TO ej_web
!DROP OWNED BY ej_rule
!CREATE EVENT TRIGGER x ON ddl_command_end EXECUTE FUNCTION suppress_redundant_updates_trigger()
!CREATE PUBLICATION x FOR ALL TABLES
!CREATE FOREIGN DATA WRAPPER x
!CREATE OPERATOR ej.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)
!CREATE (TYPE x AS (a int)|DOMAIN x AS int)
!CREATE STATISTICS x ON 1 FROM {rel}
!IMPORT FOREIGN SCHEMA x FROM SERVER y INTO ej
SQL

sub make_hostile {
    my ($self) = @_;
    my %name = (rel => 'ej.' . $self->a_table('select')->{rel}, function => pick(@{$self->{catalogue}{functions}})->{name},
        role => pick(grep { $_ ne 'ej_web' } @{$self->{catalogue}{roles}}));
    (my $sql = pick($self->only(@hostile))) =~ s/\{(\w+)\}/$name{$1}/g;
    my $must_fail = $sql =~ s/^!//;
    # resolve alternatives, also with nested brackets
    $sql =~ s/\(((?:[^()|]|\((?:[^()])*\))*(?:\|(?:[^()|]|\((?:[^()])*\))*)+)\)/pick(split m{\|}, $1)/e;
    return {leaves_traces => 1, sql => $sql, must_fail => $must_fail};
}

my @settings = (
    "SELECT set_config('ej.address', '203.0.113.66', true)",
    "SELECT set_config('ej.operation', '00000000-0000-4000-8000-00000000dead', true)",
    'SET LOCAL check_function_bodies = off', 'SET LOCAL client_min_messages = debug5',
    'SET LOCAL plan_cache_mode = force_generic_plan', 'SET LOCAL search_path = pg_temp, public', 'SET LOCAL row_security = off');
my @who = ("SELECT set_config('ej.session', encode(sha256('guessed'), 'hex'), true)",
    "SELECT set_config('ej.session', '1', true)", "SELECT set_config('ej.session', '', true)", 'RESET ALL');

sub make_forged {
    my ($self) = @_;
    my $make = pick(qw(make_insert make_update make_delete make_call make_read));
    my $s    = $self->$make;
    # change the setting during the statement, before history and rules use it
    if ($s->{sql} && $s->{sql} =~ /^(?:INSERT|UPDATE|DELETE)/ && chance(0.5)) {
        my $who = pick('', 'no hex', $self->{n});
        $s->{sql} =~ s/ RETURNING .*//;
        $s->{sql} .= " RETURNING set_config('ej.session', '$who', true)";
        return $s;
    }
    my $is_other = chance(0.4);
    return {%$s, before => [$is_other ? pick(@who) : pick(@settings), @{$s->{before} || []}], $is_other ? (how => 'other') : ()};
}

1;
