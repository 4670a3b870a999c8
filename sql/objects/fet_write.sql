-- fet_write.sql: a plan (fet.sql) is tried as a draft, and written in one transaction.
--
-- The draft of the kind fet has file, school, plan, answers, day_on (the first day of the
-- timetable), first_slot (the lesson of the file's first hour), names and works (fet_match.sql),
-- and result, found by writing the whole timetable and undoing it: the result of ej.timetable_whole_apply(), or
-- the fault {fault, field, value} by which the database refuses the plan.

-- Add the records that are new; returns answers: kind -> name -> id. Names that differ only in
-- signs are one record.
CREATE OR REPLACE FUNCTION ej.fet_add(names jsonb, week_days int) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (ej.my_setup_schools())[1];
    y      int := ej.import_year();
    item   record;
    made   bigint;
    all_of jsonb := '{}';
BEGIN
    FOR item IN
        SELECT n.kind, n.class, min(n.name) AS name, max(n.capacity) AS capacity, array_agg(n.name) AS names
          FROM ROWS FROM (jsonb_to_recordset(names)
                          AS (kind text, name text, class text, capacity int, state text))
               WITH ORDINALITY AS n(kind, name, class, capacity, state, place)
         WHERE n.state = 'new'
         GROUP BY n.kind, n.class, ej.fet_word(n.kind, coalesce(n.class, n.name)) ORDER BY min(n.place)
    LOOP
        IF item.kind = 'teacher' THEN
            INSERT INTO ej.staff AS f (school_id, surname, given_name, patronymic)
            SELECT school, left(p.part[1], 100), coalesce(left(p.part[2], 100), ''),
                   left(array_to_string(p.part[3:], ' '), 100)
              FROM regexp_split_to_array(item.name, '\s+') AS p(part) RETURNING f.id INTO made;
        ELSIF item.kind = 'subject' THEN
            INSERT INTO ej.subject AS u (school_id, name, short_name)
            VALUES (school, item.name, item.name) RETURNING u.id INTO made;
        ELSIF item.kind = 'room' THEN
            INSERT INTO ej.room AS r (school_id, name, capacity)
            VALUES (school, left(item.name, 40), item.capacity) RETURNING r.id INTO made;
        ELSIF ej.term_plan_of(school, y, (ej.fet_class(item.name))[1]::int) IS NULL THEN
            RAISE EXCEPTION 'no terms' USING ERRCODE = 'JE101', COLUMN = 'term_plan', DETAIL = item.class;
        ELSE
            INSERT INTO ej.class AS c (school_id, year, grade, letter, week_days, term_plan_id)
            SELECT school, y, x.part[1]::int, x.part[2], fet_add.week_days, ej.term_plan_of(school, y, x.part[1]::int)
              FROM (SELECT ej.fet_class(item.name) AS part) AS x RETURNING c.id INTO made;
            made := (SELECT g.id FROM ej.study_group_class AS k JOIN ej.study_group AS g ON g.id = k.study_group_id
                      WHERE k.class_id = made AND g.kind = 'class');
        END IF;
        all_of := ej.fet_answers(all_of, jsonb_build_object(item.kind, (
            SELECT jsonb_object_agg(n, made) FROM unnest(item.names) AS n)));
    END LOOP;
    RETURN all_of;
END
$$;

-- Add the study groups that the works need, with their classes.
CREATE OR REPLACE FUNCTION ej.fet_add_groups(works jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (ej.my_setup_schools())[1];
    y      int := ej.import_year();
BEGIN
    INSERT INTO ej.study_group (school_id, year, kind, name, subject_id)
    SELECT school, y, min(w.group_kind), w."group", min(w.subject_id)
      FROM jsonb_to_recordset(works) AS w("group" text, group_kind text, group_id bigint, subject_id bigint, state text)
     WHERE w.group_id IS NULL AND w.state <> 'skipped' GROUP BY w."group" ORDER BY w."group";
    INSERT INTO ej.study_group_class (study_group_id, class_id, school_id)
    SELECT DISTINCT g.id, c.id, school
      FROM jsonb_to_recordset(works) AS w("group" text, group_id bigint, classes jsonb, state text)
      JOIN ej.study_group AS g ON g.school_id = school AND g.year = y AND g.name = w."group"
     CROSS JOIN LATERAL jsonb_array_elements_text(w.classes) AS n(name)
      JOIN ej.class AS c ON c.school_id = school AND c.year = y AND c.name = n.name
     WHERE w.group_id IS NULL AND w.state <> 'skipped';
END
$$;

-- Write the load: new teachings with the scales of the school's rules, and changed hours.
CREATE OR REPLACE FUNCTION ej.fet_write_load(works jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    INSERT INTO ej.teaching (school_id, year, study_group_id, subject_id, staff_id, hours_week, scale_id, term_scale_id)
    SELECT DISTINCT ON (w.group_id, w.subject_id) (ej.my_setup_schools())[1], ej.import_year(),
           w.group_id, w.subject_id, w.staff_id, w.hours, s.scale_id, s.term_scale_id
      FROM jsonb_to_recordset(works) AS w(group_id bigint, subject_id bigint, staff_id bigint, hours int, state text)
     CROSS JOIN LATERAL ej.scales_for(w.group_id, w.subject_id) AS s
     WHERE w.state = 'new' ORDER BY w.group_id, w.subject_id, w.staff_id;
    UPDATE ej.teaching AS t SET hours_week = w.hours
      FROM jsonb_to_recordset(works) AS w(teaching_id bigint, hours int, state text)
     WHERE w.state = 'changed' AND t.id = w.teaching_id;
END
$$;

-- The lessons of a plan whose times the file has: a row for each hour of an activity and each
-- teacher. A room is given to the first teacher's group.
CREATE OR REPLACE FUNCTION ej.fet_lessons(plan jsonb, names jsonb, works jsonb, first_slot int) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
SELECT coalesce(jsonb_agg(jsonb_build_object(
           'teaching_id', w.teaching_id, 'weekday', a.day, 'slot', first_slot + a.hour - 1 + h.n,
           'room_id', CASE WHEN t.n = 1 THEN r.id END)), '[]')
  FROM jsonb_to_recordset(plan -> 'activities')
       AS a(sets jsonb, subject text, teachers jsonb, duration int, day int, hour int, room text)
 CROSS JOIN LATERAL jsonb_array_elements_text(a.teachers) WITH ORDINALITY AS t(name, n)
 CROSS JOIN LATERAL generate_series(0, a.duration - 1) AS h(n)
  JOIN jsonb_to_recordset(works) AS w(sets jsonb, subject text, teacher text, teaching_id bigint, state text)
    ON w.sets = a.sets AND w.subject = a.subject AND w.teacher = t.name AND w.state <> 'skipped'
  LEFT JOIN jsonb_to_recordset(names) AS r(kind text, name text, id bigint, state text)
    ON r.kind = 'room' AND r.name = a.room AND r.state <> 'skipped'
 WHERE a.day BETWEEN 1 AND 7 AND first_slot + a.hour - 1 + h.n <= 20
$$;

-- Write a plan. Returns the result of the draft.
CREATE OR REPLACE FUNCTION ej.fet_write(draft jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    plan    jsonb := draft -> 'plan';
    names   jsonb := draft -> 'names';
    works   jsonb;
    lessons jsonb;
BEGIN
    names := ej.fet_names(plan, ej.fet_answers(draft -> 'answers',
        ej.fet_add(names, CASE WHEN jsonb_array_length(plan -> 'days') = 5 THEN 5 ELSE 6 END)));
    PERFORM ej.fet_add_groups(ej.fet_works(plan, names));
    PERFORM ej.fet_write_load(ej.fet_works(plan, names));
    works := ej.fet_works(plan, names);
    lessons := ej.fet_lessons(plan, names, works, (draft ->> 'first_slot')::int);
    IF lessons = '[]' THEN
        RETURN '{"same": 0, "gone": 0, "added": 0, "faults": []}';
    END IF;
    RETURN ej.timetable_whole_apply(
        ARRAY(SELECT DISTINCT w.teaching_id FROM jsonb_to_recordset(works) AS w(teaching_id bigint, state text)
               WHERE w.state <> 'skipped'),
        lessons, (draft ->> 'day_on')::date);
END
$$;

-- The union of two objects kind -> name -> id; where both have a name, the id of more.
CREATE OR REPLACE FUNCTION ej.fet_answers(answers jsonb, more jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce(jsonb_object_agg(k.kind, coalesce(answers -> k.kind, '{}') || coalesce(more -> k.kind, '{}')), '{}')
  FROM (SELECT jsonb_object_keys(coalesce(answers, '{}') || coalesce(more, '{}')) AS kind) AS k
$$;

-- Write a draft and undo it: returns the result that ej.fet_write() would have, or the fault.
CREATE OR REPLACE FUNCTION ej.fet_trial(draft jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    result jsonb;
    state  text;
    rule   text;
    field  text;
    value  text;
BEGIN
    result := ej.fet_write(draft);
    RAISE EXCEPTION USING ERRCODE = 'EJ000';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, rule = CONSTRAINT_NAME, field = COLUMN_NAME,
        value = PG_EXCEPTION_DETAIL;
    IF state = 'EJ000' THEN
        RETURN result;
    ELSIF state !~ '^(22|23|42501|JE[123])' THEN
        RAISE;
    END IF;
    RETURN jsonb_build_object(
        'fault', CASE state WHEN '42501' THEN 'JE301' ELSE coalesce(substring(state FROM '^JE.*'), 'JE212') END,
        'field', coalesce(nullif(rule, ''), field),
        'value', CASE WHEN state LIKE 'JE%' THEN value ELSE '' END);
END
$$;

-- ----------------------------------------------------------------- drafts --

-- Match and try a draft anew, and keep it.
CREATE OR REPLACE FUNCTION ej.fet_try(draft jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    draft := draft - 'saved' || jsonb_build_object('names', ej.fet_names(draft -> 'plan', draft -> 'answers'));
    draft := draft || jsonb_build_object('works', ej.fet_works(draft -> 'plan', draft -> 'names'));
    PERFORM ej.draft_keep('fet', draft || jsonb_build_object('result', ej.fet_trial(draft)));
END
$$;

-- Refuse a file with more than a school has. Errors: JE107.
CREATE OR REPLACE FUNCTION ej.fet_check(doc jsonb) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM (VALUES
                        ('Activities_List', 10000), ('Students_List', 1000), ('Teachers_List', 2000),
                        ('Subjects_List', 2000), ('Rooms_List', 2000),
                        ('Time_Constraints_List', 50000), ('Space_Constraints_List', 50000)) AS v(list, most)
                WHERE (SELECT sum(jsonb_array_length(l.item))
                         FROM ej.fet_children(doc, v.list) AS l(item)) > v.most) THEN
        RAISE EXCEPTION 'not of one school' USING ERRCODE = 'JE107', COLUMN = 'file';
    END IF;
END
$$;

-- Begin a draft with a file of FET, or add a timetable's times to the present one.
-- Errors: JE107 larger than a school; JE131 not a file of FET; JE134 a timetable without its .fet;
-- JE242 no school year.
CREATE OR REPLACE FUNCTION ej.fet_begin(file text, doc jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_of('fet');
    plan  jsonb;
    first date := ej.timetable_whole_first_day();
BEGIN
    IF first IS NULL THEN
        RAISE EXCEPTION 'no school year' USING ERRCODE = 'JE242', COLUMN = 'file';
    ELSIF doc ->> 0 = 'fet' THEN
        PERFORM ej.fet_check(doc);
        plan := ej.fet_plan(doc);
        PERFORM ej.fet_try(jsonb_build_object(
            'file', file, 'school', (ej.my_setup_schools())[1], 'plan', plan, 'answers', '{}'::jsonb, 'day_on', first,
            'first_slot', (
                SELECT CASE WHEN bool_and(h ~ '^\d{1,2}\.?$') AND min(rtrim(h, '.'))::int <= 14
                            THEN (array_agg(rtrim(h, '.')))[1]::int ELSE 1 END
                  FROM jsonb_array_elements_text(plan -> 'hours') AS h)));
    ELSIF draft -> 'plan' IS NULL THEN
        RAISE EXCEPTION 'no plan for the timetable' USING ERRCODE = 'JE134', COLUMN = 'file';
    ELSE
        PERFORM ej.fet_try(draft || jsonb_build_object('timetable', file, 'plan', ej.fet_timed(draft -> 'plan', doc)));
    END IF;
END
$$;

-- Choose the first day of the timetable, and the lesson of the file's first hour. Errors: JE171
-- the day is outside of the year; JE401 no draft.
CREATE OR REPLACE FUNCTION ej.fet_days(day_on date, first_slot int) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.timetable_whole_check_day(fet_days.day_on);
    PERFORM ej.fet_try(ej.draft_with('fet', 'plan')
        || jsonb_build_object('day_on', fet_days.day_on, 'first_slot', fet_days.first_slot));
END
$$;

-- Choose the records of names: pairs of a name and an id, 0 for a new record, -1 for none.
CREATE OR REPLACE FUNCTION ej.fet_match(kind text, names text[], ids bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_with('fet', 'plan');
BEGIN
    PERFORM ej.fet_try(draft || jsonb_build_object('answers', ej.fet_answers(
        draft -> 'answers',
        jsonb_build_object(fet_match.kind, (
            SELECT coalesce(jsonb_object_agg(x.name, x.id), '{}')
              FROM unnest(names, ids) AS x(name, id)
              JOIN jsonb_to_recordset(draft -> 'names') AS n(kind text, name text, id bigint, state text)
                ON n.kind = fet_match.kind AND n.name = x.name
             WHERE x.id <= 0 OR EXISTS (SELECT FROM ej.fet_choices(fet_match.kind) AS c WHERE c.id = x.id))))));
END
$$;

-- The records of the school that a name may mean.
CREATE OR REPLACE FUNCTION ej.fet_choices(kind text) RETURNS TABLE (id bigint, name text)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
DECLARE
    schools bigint[] := ej.my_setup_schools();
BEGIN
    CASE kind
    WHEN 'teacher' THEN RETURN QUERY
        SELECT f.id, concat_ws(' ', f.surname, nullif(f.given_name, ''), nullif(f.patronymic, '')) FROM ej.staff AS f
         WHERE f.school_id = ANY (schools) AND (upper(f.during) IS NULL OR upper(f.during) > ej.today(f.school_id))
         ORDER BY f.surname, f.given_name, f.patronymic, f.id;
    WHEN 'subject' THEN RETURN QUERY
        SELECT u.id, u.name::text FROM ej.subject AS u WHERE u.school_id = ANY (schools) ORDER BY u.order_no, u.name;
    WHEN 'room' THEN RETURN QUERY
        SELECT r.id, r.name::text FROM ej.room AS r
         WHERE r.school_id = ANY (schools) AND (r.ended_on IS NULL OR r.ended_on > ej.today(r.school_id))
         ORDER BY substring(r.name FROM '^\d+')::numeric, r.name;
    WHEN 'set' THEN RETURN QUERY
        SELECT g.id, g.name::text FROM ej.study_group AS g
         WHERE g.school_id = ANY (schools) AND g.year = ej.import_year()
         ORDER BY substring(g.name FROM '^\d+')::numeric, g.name;
    ELSE RETURN;
    END CASE;
END
$$;

-- The version of a draft, by which a save recognises the preview that the person saw.
CREATE OR REPLACE FUNCTION ej.fet_version(draft jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT md5(concat(draft -> 'names', draft -> 'works', draft -> 'result', draft -> 'day_on', draft -> 'first_slot'))
$$;

-- Write the draft whose preview the person saw: all of it, once. Errors: JE401 no draft; JE210
-- another draft was seen, or the school's records changed since.
CREATE OR REPLACE FUNCTION ej.fet_save(version text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    draft jsonb := ej.draft_with('fet', 'plan');
BEGIN
    IF ej.fet_version(draft) IS DISTINCT FROM version OR draft ? 'saved'
       OR draft -> 'names' IS DISTINCT FROM ej.fet_names(draft -> 'plan', draft -> 'answers')
       OR draft -> 'works' IS DISTINCT FROM ej.fet_works(draft -> 'plan', draft -> 'names')
       OR draft -> 'result' IS DISTINCT FROM ej.fet_write(draft) THEN
        RAISE EXCEPTION 'another draft was seen' USING ERRCODE = 'JE210';
    END IF;
    PERFORM ej.draft_keep('fet',
        draft - 'plan' || jsonb_build_object('saved', true, 'skipped', draft -> 'plan' -> 'skipped'));
    RETURN '[{"outcome": "saved"}]';
END
$$;
