-- hidden.sql: helpers to check that the answer does not tell a hidden row from a missing
-- one. The same person names both in the same statement; the answers (rows, or the code,
-- message and constraint of an error) must be equal. Include after school.sql.

\o /dev/null
\ir matrix.sql
\copy matrix FROM PROGRAM 'sed "/^#/d; /^verb/d" tests/lib/matrix.tsv'
\ir rows.sql

-- Give every person a session and its computed rights from the start.
SELECT as_person(login) FROM holder;
SELECT as_superuser();
SELECT a.* FROM holder AS h, ej.authenticate(sha256(convert_to('session of ' || h.login, 'UTF8')), '127.0.0.1') AS a;

-- For each person and table: one hidden id of each kind, and one visible id, preferably
-- of the person's own teaching and the last one until today. kind: 'seen', or why the row
-- is hidden.
CREATE TEMP TABLE known (login text, rel text, kind text, id bigint);

-- The rows of a table that a person sees, as a condition; accounts belong to visible
-- people.
CREATE FUNCTION pg_temp.seen(login text, rel text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE rel WHEN 'account' THEN format('x.login = %L OR x.person_id IN (SELECT x.person_id FROM ej.staff AS x WHERE %s
            UNION SELECT x.person_id FROM ej.guardian AS x WHERE %s UNION SELECT x.person_id FROM ej.pupil AS x WHERE %s)',
        login, pg_temp.scope('SELECT', 'staff', login), pg_temp.scope('SELECT', 'guardian', login),
        pg_temp.scope('SELECT', 'pupil', login))
        -- the regions of one's roles; read by functions alone
        WHEN 'region' THEN format('x.id IN (SELECT r.region_id FROM ej.region_role AS r JOIN ej.account AS a USING (person_id) WHERE a.login = %L)', login)
        -- the norms of the law are everybody's, those that a school imported its own; read by functions alone
        WHEN 'gto_edition' THEN format('x.school_id IS NULL OR x.school_id IN (SELECT id FROM fact WHERE login = %L AND kind = ''school'')', login)
        WHEN 'gto_step' THEN format('x.gto_edition_id IN (SELECT x.id FROM ej.gto_edition AS x WHERE %s)', pg_temp.seen(login, 'gto_edition'))
        WHEN 'gto_norm' THEN format('x.gto_step_id IN (SELECT x.id FROM ej.gto_step AS x WHERE %s)', pg_temp.seen(login, 'gto_step'))
        ELSE coalesce(pg_temp.scope('SELECT', rel, login), 'false') END
$$;

-- The rows to prefer among the visible ones, mostly those of the own teaching, as a
-- condition.
CREATE FUNCTION pg_temp.best(login text, rel text) RETURNS text LANGUAGE sql AS $$
    SELECT format(CASE rel
        WHEN 'lesson' THEN 'x.teaching_id IN %1$s AND x.held_on <= ''2026-11-20'' AND x.state = ''given'''
        WHEN 'work' THEN 'x.teaching_id IN %1$s AND x.lesson_id IN (SELECT id FROM known WHERE login = %2$L AND rel = ''lesson'' AND kind = ''seen'')'
        WHEN 'homework' THEN 'x.teaching_id IN %1$s'
        WHEN 'journal' THEN 'x.teaching_id IN %1$s AND x.term_id IN (SELECT id FROM ej.term WHERE is_taught AND during @> date ''2026-11-20'')'
        WHEN 'teaching' THEN 'x.id IN %1$s'
        WHEN 'study_group' THEN 'x.id IN (SELECT study_group_id FROM ej.teaching WHERE id IN %1$s)'
        WHEN 'pupil' THEN 'x.id IN (SELECT pupil_id FROM ej.membership WHERE upper_inf(during) AND study_group_id IN (SELECT study_group_id FROM ej.teaching WHERE id IN %1$s))'
        WHEN 'term' THEN 'x.is_taught AND x.during @> date ''2026-11-20'''
        WHEN 'staff' THEN 'x.id IN (SELECT id FROM fact WHERE login = %2$L AND kind = ''staff'')'
        WHEN 'class' THEN 'x.grade > 1'
        ELSE 'true' END,
        format('(SELECT max(id) FROM fact WHERE login = %L AND kind IN (''teaching'', ''lesson_teaching''))', login), login)
$$;

DO $$
DECLARE
    h record;
    r text;
BEGIN
    FOR h IN SELECT * FROM holder LOOP
        FOREACH r IN ARRAY '{school,region,school_year,holiday,maintenance,api_client,import_map,receiver,exchange,term_plan,term,subject,room,bell_plan,mode,scale,work_kind,staff,pupil,
            guardian,class,study_group,teaching,journal,enrolment,membership,movement,transfer,promotion,timetable,absence_reason,plan,plan_row,correction,voiding,remark,conversation,support,announcement,event,event_participant,achievement,extract,finding,inspection,inspection_line,training_record,meal,meal_day,meal_order,gto_test,gto_edition,gto_step,gto_norm,control_work,outside_mark,split,request,act,lesson,work,homework,account,history}'::text[]
        LOOP
            CONTINUE WHEN r = 'school_year';
            EXECUTE format($f$
                INSERT INTO known
                SELECT %1$L, %2$L, k.kind, k.id FROM (
                    SELECT DISTINCT ON (s.kind) s.kind, s.id
                      FROM (SELECT x.id, CASE WHEN %5$s THEN 'of another school' ELSE 'of the own school' END AS kind
                              FROM ej.%2$I AS x WHERE (%3$s) IS NOT TRUE) AS s
                     ORDER BY s.kind, md5(s.id::text || %1$L)) AS k
                UNION ALL
                (SELECT %1$L, %2$L, 'seen', x.id FROM ej.%2$I AS x WHERE %3$s
                  ORDER BY (%4$s) IS TRUE DESC, x.id DESC LIMIT 1)$f$,
                h.login, r, pg_temp.seen(h.login, r), pg_temp.best(h.login, r),
                CASE WHEN r IN ('school', 'region', 'gto_test', 'gto_step', 'gto_norm') THEN 'true'
                       WHEN r = 'account' THEN format('x.person_id NOT IN (SELECT person_id FROM ej.staff WHERE school_id IN %1$s
                           UNION SELECT person_id FROM ej.pupil WHERE school_id IN %1$s UNION SELECT person_id FROM ej.guardian WHERE school_id IN %1$s)',
                           format('(SELECT id FROM fact WHERE login = %L AND kind = ''school'')', h.login))
                       ELSE format('x.school_id NOT IN (SELECT id FROM fact WHERE login = %L AND kind = ''school'')', h.login) END);
        END LOOP;
    END LOOP;
END
$$;
CREATE INDEX ON known (login, rel, kind);
ANALYZE known;

-- An id that no row has, another for each table; in partitioned tables of the open year.
CREATE FUNCTION pg_temp.missing(rel text) RETURNS bigint LANGUAGE sql AS $$
    SELECT CASE WHEN rel IN ('lesson', 'work', 'homework', 'meal_order') THEN 20269876500000 ELSE 987600000 END + ascii(rel) * 128 + ascii(substr(rel, 2))
$$;

-- A visible id, or if there is none another missing one.
CREATE FUNCTION pg_temp.seen_id(login text, rel text) RETURNS bigint LANGUAGE sql AS $$
    SELECT coalesce((SELECT k.id FROM known AS k WHERE (k.login, k.rel, k.kind) = (seen_id.login, seen_id.rel, 'seen')),
                    20000 + pg_temp.missing(rel))
$$;

-- Everything that a person learns from a statement. Its changes are undone, and the next
-- id stays the same.
CREATE FUNCTION pg_temp.answer(login text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    said  text;
    words text;
    place text;
    more  text;
BEGIN
    BEGIN
        PERFORM setval('ej.growing_id_2026', 5000000000);
        PERFORM as_person(login);
        EXECUTE statement INTO said;
        SET CONSTRAINTS ALL IMMEDIATE;
        RAISE 'undo' USING ERRCODE = 'ZZ000';
    EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
        said := coalesce(said, 'nothing');
    WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS words = MESSAGE_TEXT, place = CONSTRAINT_NAME, more = PG_EXCEPTION_DETAIL;
        said := concat_ws(' | ', SQLSTATE, words, place, more);
    END;
    RETURN said;
END
$$;

-- An answer without the two ids, which it may repeat.
CREATE FUNCTION pg_temp.unnamed(said text, hidden bigint, missing bigint) RETURNS text LANGUAGE sql AS $$
    SELECT regexp_replace(said, format('\y(%s|%s)\y', hidden, missing), '#', 'g')
$$;
\o
