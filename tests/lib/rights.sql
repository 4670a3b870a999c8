-- rights.sql: the matrix of rights as data; for rights.pg and rights_write.pg.
--
-- A cell says which rows of a table a role may read, add, change or remove, in
-- words; `meaning` says in SQL what a word means for a table, `fact` what is
-- whose. Both are written apart from the policies, without their functions.
-- A person who holds several roles may do what any of them may. Compared are
-- whole sets of rows, so each cell tries what is allowed, what is another
-- class's and what is another school's at once. Include after school.sql.

\o /dev/null
-- Rights alone are asked here, rules elsewhere.
SET LOCAL session_replication_role = replica;

CREATE TEMP TABLE holder (login text, roles text[]);
INSERT INTO holder VALUES
    ('administrator',  '{administrator}'),
    ('director',       '{director}'),
    ('deputy',         '{deputy}'),
    ('class-teacher',  '{teacher,class_teacher}'),
    ('teacher',        '{teacher,class_teacher}'),
    ('english',        '{teacher}'),
    ('sport',          '{teacher}'),
    ('substitute',     '{teacher,substitute}'),
    ('teacher-parent', '{teacher,family}'),
    ('personnel',      '{hr}'),
    ('meals',          '{meals}'),
    ('observer',       '{observer}'),
    ('parent',         '{family}'),
    ('parent-left',    '{family}'),
    ('pupil',          '{family}'),
    ('teacher-17',     '{teacher,class_teacher}');

-- ------------------------------------------------------------------ facts --

CREATE TEMP TABLE fact (login text, kind text, id bigint);

INSERT INTO fact SELECT h.login, 'staff', s.id
  FROM holder AS h JOIN ej.account AS a USING (login) JOIN ej.staff AS s USING (person_id);
INSERT INTO fact SELECT h.login, 'guardian', g.id
  FROM holder AS h JOIN ej.account AS a USING (login) JOIN ej.guardian AS g USING (person_id);
INSERT INTO fact SELECT h.login, 'child', p.id
  FROM holder AS h JOIN ej.account AS a USING (login) JOIN ej.pupil AS p USING (person_id);
INSERT INTO fact SELECT f.login, 'child', k.pupil_id
  FROM fact AS f JOIN ej.guardianship AS k ON f.kind = 'guardian' AND k.guardian_id = f.id;
INSERT INTO fact SELECT DISTINCT f.login, 'school', x.school_id
  FROM fact AS f JOIN (SELECT 'staff' AS kind, id, school_id FROM ej.staff
                       UNION ALL SELECT 'child', id, school_id FROM ej.pupil) AS x USING (kind, id);

INSERT INTO fact SELECT f.login, 'teaching', t.id
  FROM fact AS f JOIN ej.teaching AS t ON f.kind = 'staff' AND t.staff_id = f.id;
INSERT INTO fact SELECT f.login, 'lesson', l.id          -- taken as substitute
  FROM fact AS f JOIN ej.lesson AS l ON f.kind = 'staff' AND l.staff_id = f.id
   AND l.planned_staff_id <> f.id;
INSERT INTO fact SELECT DISTINCT f.login, k.kind, k.id
  FROM fact AS f JOIN ej.lesson AS l ON f.kind = 'lesson' AND l.id = f.id,
       LATERAL (VALUES ('lesson_teaching', l.teaching_id), ('lesson_group', l.study_group_id)) AS k (kind, id);
INSERT INTO fact SELECT f.login, 'class', c.id
  FROM fact AS f JOIN ej.class AS c ON f.kind = 'staff' AND c.class_teacher_id = f.id;
INSERT INTO fact SELECT f.login, 'class_pupil', e.pupil_id
  FROM fact AS f JOIN ej.enrolment AS e ON f.kind = 'class' AND e.class_id = f.id
   AND e.during @> date '2026-11-20';
INSERT INTO fact SELECT f.login, 'class_group', g.study_group_id
  FROM fact AS f JOIN ej.study_group_class AS g ON f.kind = 'class' AND g.class_id = f.id;
INSERT INTO fact SELECT DISTINCT f.login, 'child_class', e.class_id
  FROM fact AS f JOIN ej.enrolment AS e ON f.kind = 'child' AND e.pupil_id = f.id;
INSERT INTO fact SELECT DISTINCT f.login, 'child_group', b.study_group_id
  FROM fact AS f JOIN ej.membership AS b ON f.kind = 'child' AND b.pupil_id = f.id;
INSERT INTO fact SELECT DISTINCT f.login, 'child_group_now', b.study_group_id
  FROM fact AS f JOIN ej.membership AS b ON f.kind = 'child' AND b.pupil_id = f.id
   AND b.during @> date '2026-11-20';
INSERT INTO fact SELECT DISTINCT f.login, 'child_lesson', l.id       -- of groups left early
  FROM fact AS f JOIN ej.membership AS b ON f.kind = 'child' AND b.pupil_id = f.id
   AND upper(b.during) <= date '2026-11-20'
  JOIN ej.lesson AS l ON l.study_group_id = b.study_group_id AND b.during @> l.held_on;
CREATE INDEX ON fact (login, kind, id);
ANALYZE fact;

-- --------------------------------------------------------------- meanings --
-- ~kind is the list of those facts of the person.

CREATE TEMP TABLE meaning (rel text, word text, says text);
CREATE FUNCTION pg_temp.mean(rels text, word text, says text) RETURNS void LANGUAGE sql AS
$$ INSERT INTO meaning SELECT r, word, says FROM unnest(string_to_array(rels, ' ')) AS r $$;
CREATE FUNCTION pg_temp.teaching_of(groups text) RETURNS text LANGUAGE sql AS
$$ SELECT format('(SELECT id FROM ej.teaching WHERE study_group_id IN ~%s)', groups) $$;

SELECT pg_temp.mean('school', 'school', 'x.id IN ~school'),
       pg_temp.mean('migration', 'all', 'true'),
       pg_temp.mean(string_agg(relname, ' '), 'school', 'x.school_id IN ~school')
  FROM pg_class WHERE relnamespace = 'ej'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
   AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'school_id');
SELECT pg_temp.mean('staff', 'self', 'x.id IN ~staff'),
       pg_temp.mean('staff_role', 'self', 'x.staff_id IN ~staff'),
       pg_temp.mean('guardian', 'self', 'x.id IN ~guardian'),
       pg_temp.mean('guardianship', 'self', 'x.guardian_id IN ~guardian'),
       pg_temp.mean('pupil', 'led', 'x.id IN ~class_pupil'),
       pg_temp.mean('pupil_card guardianship attendance', 'led', 'x.pupil_id IN ~class_pupil'),
       pg_temp.mean('mark homework_for term_mark history', 'led', 'x.pupil_id IN ~class_pupil'),
       pg_temp.mean('history', 'but accounts', 'x.school_id IN ~school AND x.table_name NOT IN (''account'', ''account_subject'', ''activation'')'),
       pg_temp.mean('guardian', 'led', 'x.id IN (SELECT guardian_id FROM ej.guardianship
                                                  WHERE pupil_id IN ~class_pupil)'),
       pg_temp.mean('journal work', 'led', 'x.teaching_id IN ' || pg_temp.teaching_of('class_group')),
       pg_temp.mean('lesson', 'led', 'x.study_group_id IN ~class_group'),
       pg_temp.mean('homework', 'led', 'x.study_group_id IN ~class_group AND NOT x.is_personal OR x.id IN
           (SELECT homework_id FROM ej.homework_for WHERE pupil_id IN ~class_pupil)');
SELECT pg_temp.mean('journal lesson work mark attendance homework homework_for term_mark history',
                    'own', 'x.teaching_id IN ~teaching'),
       pg_temp.mean('lesson', 'own as own', 'x.teaching_id IN ~teaching AND x.staff_id IN ~staff
                                             AND x.planned_staff_id IN ~staff'),
       pg_temp.mean('mark term_mark', 'own as own', 'x.teaching_id IN ~teaching
                                             AND coalesce(x.staff_id IN ~staff, true)');
SELECT pg_temp.mean('journal lesson work mark attendance homework homework_for',
                    'that journal', 'x.teaching_id IN ~lesson_teaching'),
       pg_temp.mean('pupil', 'that group', 'x.id IN (SELECT pupil_id FROM ej.membership
                                                     WHERE study_group_id IN ~lesson_group)'),
       pg_temp.mean('lesson', 'those', 'x.id IN ~lesson'),
       pg_temp.mean('work attendance homework', 'those', 'x.lesson_id IN ~lesson'),
       pg_temp.mean('mark', 'those', 'x.work_id IN (SELECT id FROM ej.work WHERE lesson_id IN ~lesson)'),
       pg_temp.mean('mark', 'those as own', 'x.work_id IN (SELECT id FROM ej.work WHERE lesson_id IN ~lesson)
                                             AND coalesce(x.staff_id IN ~staff, true)'),
       pg_temp.mean('homework_for', 'those', 'x.homework_id IN (SELECT id FROM ej.homework WHERE lesson_id IN ~lesson)');
SELECT pg_temp.mean('pupil', 'family', 'x.id IN ~child'),
       pg_temp.mean('pupil_card enrolment membership mark attendance homework_for term_mark', 'family',
                    'x.pupil_id IN ~child'),
       pg_temp.mean('class', 'family', 'x.id IN ~child_class'),
       pg_temp.mean('study_group', 'family', 'x.id IN ~child_group'),
       pg_temp.mean('study_group_class teaching', 'family', 'x.study_group_id IN ~child_group'),
       pg_temp.mean('timetable', 'family', 'x.teaching_id IN ' || pg_temp.teaching_of('child_group_now')),
       pg_temp.mean('journal', 'family', 'x.teaching_id IN ' || pg_temp.teaching_of('child_group')),
       pg_temp.mean('lesson', 'family', 'x.study_group_id IN ~child_group_now OR x.id IN ~child_lesson'),
       pg_temp.mean('work', 'family', 'x.teaching_id IN ' || pg_temp.teaching_of('child_group_now')
                                      || ' OR x.lesson_id IN ~child_lesson'),
       pg_temp.mean('homework', 'family', '(x.study_group_id IN ~child_group_now OR x.lesson_id IN ~child_lesson)
           AND NOT x.is_personal OR x.id IN (SELECT homework_id FROM ej.homework_for WHERE pupil_id IN ~child)'),
       pg_temp.mean('history', 'family', 'x.pupil_id IN ~child AND x.table_name IN (''mark'', ''term_mark'')');

-- What the person's roles mean together for a table: a condition.
CREATE FUNCTION pg_temp.condition(rel text, words text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    found text[] := ARRAY(SELECT '(' || m.says || ')' FROM meaning AS m
                           WHERE m.rel = condition.rel AND m.word = ANY (words));
BEGIN
    IF cardinality(found) < cardinality(words) THEN
        RAISE 'no meaning of % for %', words, rel;
    END IF;
    RETURN regexp_replace(coalesce(nullif(array_to_string(found, ' OR '), ''), 'false'),
        '~(\w+)', '(SELECT f.id FROM fact AS f WHERE f.login = $1 AND f.kind = ''\1'')', 'g');
END
$$;

-- ------------------------------------------------------------ asking rows --

-- A set of rows as a word to compare: how many, and a digest of which. Names
-- that a change puts to a row (who marked, who closed) are left out.
CREATE FUNCTION set_of(rows jsonb[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(cardinality(rows), 0) || ' rows '
        || coalesce(left(md5(string_agg(t.text, ';' ORDER BY t.text)), 8), '')
      FROM unnest(rows) AS r, LATERAL (SELECT (r - '{staff_id,closed_by}'::text[])::text) AS t (text)
$$;

CREATE FUNCTION pg_temp.wanted(rel text, words text[], login text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    rows jsonb[];
BEGIN
    EXECUTE format('SELECT array_agg(to_jsonb(x)) FROM ej.%I AS x WHERE %s', rel,
                   pg_temp.condition(rel, words)) INTO rows USING login;
    RETURN set_of(rows);
END
$$;

-- What a statement that returns rows gets as that person: a set, or "refused".
CREATE FUNCTION pg_temp.got(login text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    rows jsonb[];
BEGIN
    BEGIN
        PERFORM as_person(login);
        EXECUTE format('WITH y AS (%s) SELECT array_agg(y.r) FROM y', statement) INTO rows;
        RAISE 'undo' USING ERRCODE = 'ZZ000';
    EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
        RETURN set_of(rows);
    WHEN insufficient_privilege THEN
        RETURN CASE WHEN SQLERRM LIKE 'permission denied%' THEN 'no grant' ELSE 'refused' END;
    END;
END
$$;
\o
