-- lists.sql: the lists that the schools of a region have in common (INT-04): subjects, kinds of work, scales, holidays.
--
-- A region names one of its schools (ej.region.model_id), whose lists the others take over; so they are kept at the
-- pages that every school has. A row that was taken over (ej.list_row) is not renamed, ended or removed, neither in the
-- school that took it nor in the region's own: its name tells everywhere that it is the same. Schools add rows of their
-- own. All functions check the reader themselves.

-- ------------------------------------------------------------------- rules --

GRANT SELECT, INSERT ON ej.list_row TO ej_rule;
GRANT SELECT ON ej.list_row TO ej_web;
CREATE POLICY read ON ej.list_row FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[])
        OR school_id = any((select ej.my_lead_schools())::bigint[]));
GRANT INSERT ON ej.subject, ej.work_kind, ej.scale, ej.scale_value, ej.holiday TO ej_rule;
GRANT SELECT ON ej.region, ej.school, ej.school_year, ej.role_held, ej.subject, ej.work_kind, ej.scale, ej.scale_value,
    ej.holiday TO ej_rule;

-- A row of the region's lists keeps its name; a kind of work and a scale stay in use.
CREATE OR REPLACE FUNCTION ej.rule_list_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT n.name <> o.name AS is_renamed
               FROM new_rows AS n JOIN old_rows AS o USING (id)
              WHERE (n.name <> o.name OR to_jsonb(o) @> '{"is_active": true}' AND to_jsonb(n) @> '{"is_active": false}')
                AND EXISTS (SELECT FROM ej.list_row AS l
                             WHERE TG_TABLE_NAME = 'subject' AND l.subject_id = n.id
                                OR TG_TABLE_NAME = 'work_kind' AND l.work_kind_id = n.id
                                OR TG_TABLE_NAME = 'scale' AND l.scale_id = n.id) LOOP
        PERFORM ej.rule_fault(CASE WHEN r.is_renamed THEN 'list_name' ELSE 'list_active' END, NULL);
    END LOOP;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_list_row', 'subject', 'rule_list_row', 'update');
SELECT ej.watch('rule_list_row', 'work_kind', 'rule_list_row', 'update');
SELECT ej.watch('rule_list_row', 'scale', 'rule_list_row', 'update');

-- What a mark counts for stays, too: indicators count passes and good marks.
CREATE OR REPLACE FUNCTION ej.rule_list_value() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows AS n JOIN old_rows AS o USING (id) JOIN ej.list_row AS l ON l.scale_id = n.scale_id
                WHERE (n.number, n.is_pass, n.is_good, n.sou_weight)
                      IS DISTINCT FROM (o.number, o.is_pass, o.is_good, o.sou_weight)) THEN
        PERFORM ej.rule_fault('list_value', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_list_value', 'scale_value', 'rule_list_value', 'update');

CREATE OR REPLACE FUNCTION ej.rule_list_holiday() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT n.name <> o.name AS is_renamed, n.during <> o.during AS is_moved
               FROM new_rows AS n JOIN old_rows AS o USING (id) JOIN ej.list_row AS l ON l.holiday_id = n.id
              WHERE (n.name, n.during, n.kind) <> (o.name, o.during, o.kind) LOOP
        PERFORM ej.rule_fault(CASE WHEN r.is_renamed THEN 'list_name' WHEN r.is_moved THEN 'list_days'
                                   ELSE 'list_kind' END, NULL);
    END LOOP;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_list_holiday', 'holiday', 'rule_list_holiday', 'update');

-- ------------------------------------------------------------- what is there --

-- The school whose lists a school takes over: that of its region, or of the nearest region above that names one.
CREATE OR REPLACE FUNCTION ej.list_model(school bigint) RETURNS TABLE (model_id bigint, region_name text)
LANGUAGE sql STABLE ROWS 1 SET search_path = ej, pg_temp AS $$
WITH RECURSIVE up (region_id, n) AS (
    SELECT s.region_id, 1 FROM ej.school AS s WHERE s.id = school AND s.region_id IS NOT NULL
     UNION ALL
    SELECT g.parent_id, up.n + 1 FROM up JOIN ej.region AS g ON g.id = up.region_id
     WHERE g.parent_id IS NOT NULL AND up.n < 10
)
SELECT g.model_id, g.name::text FROM up JOIN ej.region AS g ON g.id = up.region_id
 WHERE g.model_id IS NOT NULL ORDER BY up.n LIMIT 1
$$;

-- The values of a scale that count, to compare two scales by.
CREATE OR REPLACE FUNCTION ej.list_values(scale bigint) RETURNS TABLE (value text, counts jsonb)
LANGUAGE sql STABLE ROWS 20 SET search_path = ej, pg_temp AS $$
SELECT v.value::text, jsonb_build_array(v.number, v.is_pass, v.is_good, v.sou_weight)
  FROM ej.scale_value AS v WHERE v.scale_id = scale AND v.is_active
$$;

-- The rows of the model's lists beside those of a school (own_id, NULL: it has none). state: taken, or what taking over
-- would do: new (added), same (the school's row of this name becomes the region's), more (a scale gets marks),
-- clash (nothing: a scale whose marks count otherwise, holidays that overlap or are outside of the year).
CREATE OR REPLACE FUNCTION ej.list_compare(school bigint, model bigint)
RETURNS TABLE (list text, row_id bigint, name text, own_id bigint, state text)
LANGUAGE sql STABLE ROWS 100 SET search_path = ej, pg_temp AS $$
SELECT 'subject', m.id, m.name::text, o.id,
       CASE WHEN o.id IS NULL THEN 'new' WHEN l.id IS NULL THEN 'same' ELSE 'taken' END
  FROM ej.subject AS m
  LEFT JOIN ej.subject AS o ON o.school_id = school AND o.name = m.name
  LEFT JOIN LATERAL (SELECT x.id FROM ej.list_row AS x WHERE x.subject_id = o.id OFFSET 0) AS l ON true
 WHERE m.school_id = model
 UNION ALL
SELECT 'work_kind', m.id, m.name::text, o.id,
       CASE WHEN o.id IS NULL THEN 'new' WHEN NOT o.is_active THEN 'clash' WHEN l.id IS NULL THEN 'same'
            ELSE 'taken' END
  FROM ej.work_kind AS m
  LEFT JOIN ej.work_kind AS o ON o.school_id = school AND o.name = m.name
  LEFT JOIN LATERAL (SELECT x.id FROM ej.list_row AS x WHERE x.work_kind_id = o.id OFFSET 0) AS l ON true
 WHERE m.school_id = model AND m.is_active
 UNION ALL
SELECT 'scale', m.id, m.name::text, o.id,
       CASE WHEN o.id IS NULL THEN 'new' WHEN v.is_other OR NOT o.is_active THEN 'clash' WHEN l.id IS NULL THEN 'same'
            WHEN v.is_more THEN 'more' ELSE 'taken' END
  FROM ej.scale AS m
  LEFT JOIN ej.scale AS o ON o.school_id = school AND o.name = m.name
  LEFT JOIN LATERAL (SELECT x.id FROM ej.list_row AS x WHERE x.scale_id = o.id OFFSET 0) AS l ON true
 CROSS JOIN LATERAL (SELECT bool_or(b.counts <> a.counts) AS is_other, bool_or(b.value IS NULL) AS is_more
                       FROM ej.list_values(m.id) AS a LEFT JOIN ej.list_values(o.id) AS b USING (value)) AS v
 WHERE m.school_id = model AND m.is_active
 UNION ALL
SELECT 'holiday', m.id, m.name::text, o.id,
       CASE WHEN o.id IS NOT NULL THEN CASE WHEN l.id IS NULL THEN 'same' ELSE 'taken' END
            WHEN NOT y.during @> m.during OR EXISTS (
                 SELECT FROM ej.holiday AS h
                  WHERE h.school_id = school AND h.during && m.during
                    AND CASE WHEN h.kind IN ('public', 'extra') THEN h.kind::text ELSE 'other' END
                      = CASE WHEN m.kind IN ('public', 'extra') THEN m.kind::text ELSE 'other' END) THEN 'clash'
            ELSE 'new' END
  FROM ej.holiday AS m
  JOIN ej.school_year AS y ON y.school_id = school AND y.year = m.year
  LEFT JOIN ej.holiday AS o ON o.school_id = school
   AND (o.year, o.kind, o.name, o.during) = (m.year, m.kind, m.name, m.during)
  LEFT JOIN LATERAL (SELECT x.id FROM ej.list_row AS x WHERE x.holiday_id = o.id OFFSET 0) AS l ON true
 WHERE m.school_id = model AND upper(y.during) > ej.today(school)
$$;

-- The school of a head of it, its model, and whether the lists may be taken over; no row for anybody else.
CREATE OR REPLACE FUNCTION ej.lists_head()
RETURNS TABLE (school_id bigint, model_id bigint, region_name text, model_name text, is_model boolean, is_mine boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.id, m.model_id, m.region_name, o.short_name::text, coalesce(m.model_id = s.id, false),
           s.id = ANY (ej.my_setup_schools())
      FROM (SELECT DISTINCT r.school_id FROM ej.role_held AS r
             WHERE r.staff_id = ANY (ej.my_staff()) AND r.role IN ('administrator', 'director', 'deputy')) AS r
      JOIN ej.school AS s ON s.id = r.school_id
      LEFT JOIN LATERAL ej.list_model(s.id) AS m ON true
      LEFT JOIN ej.school AS o ON o.id = m.model_id
     ORDER BY s.id LIMIT 1;
END
$$;

-- What the lists of the region are to the reader's school.
CREATE OR REPLACE FUNCTION ej.lists_rows() RETURNS TABLE (list text, name text, state text, days daterange)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT c.list, c.name, c.state,
           CASE c.list WHEN 'holiday' THEN (SELECT h.during FROM ej.holiday AS h WHERE h.id = c.row_id) END
      FROM ej.lists_head() AS h
     CROSS JOIN LATERAL ej.list_compare(h.school_id, h.model_id) AS c
     WHERE NOT h.is_model;
END
$$;

-- ----------------------------------------------------------------- taking over --

-- Add one row of the model to the own school; its number. Errors: JE301 not the set-up of this school.
CREATE OR REPLACE FUNCTION ej.list_add(school bigint, kind text, model_row_id bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    added bigint;
BEGIN
    IF school IS NULL OR school <> ALL (ej.my_setup_schools()) THEN
        RAISE EXCEPTION 'not yours to set up' USING ERRCODE = 'JE301';
    END IF;
    CASE kind
    WHEN 'subject' THEN
        INSERT INTO ej.subject (school_id, name, short_name, is_pe, order_no)
        SELECT school, m.name, m.short_name, m.is_pe, m.order_no FROM ej.subject AS m WHERE m.id = model_row_id
        RETURNING id INTO added;
    WHEN 'work_kind' THEN
        INSERT INTO ej.work_kind (school_id, code, name, short_name, weight_pct, is_control, is_required, order_no)
        SELECT school,
               CASE WHEN NOT EXISTS (SELECT FROM ej.work_kind AS o WHERE o.school_id = school AND o.code = m.code)
                    THEN m.code END, m.name, m.short_name, m.weight_pct, m.is_control, m.is_required, m.order_no
          FROM ej.work_kind AS m WHERE m.id = model_row_id
        RETURNING id INTO added;
    WHEN 'scale' THEN
        INSERT INTO ej.scale (school_id, code, name)
        SELECT school, CASE WHEN NOT EXISTS (SELECT FROM ej.scale AS o WHERE o.school_id = school AND o.code = m.code)
                            THEN m.code END, m.name
          FROM ej.scale AS m WHERE m.id = model_row_id
        RETURNING id INTO added;
    ELSE
        INSERT INTO ej.holiday (school_id, year, kind, name, during)
        SELECT school, m.year, m.kind, m.name, m.during FROM ej.holiday AS m WHERE m.id = model_row_id
        RETURNING id INTO added;
    END CASE;
    RETURN added;
END
$$;

-- Note that rows are the region's.
CREATE OR REPLACE FUNCTION ej.list_bind(school bigint, list text, row_id bigint) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ej, pg_temp AS $$
INSERT INTO ej.list_row (school_id, subject_id, work_kind_id, scale_id, holiday_id)
VALUES (school, CASE list WHEN 'subject' THEN row_id END, CASE list WHEN 'work_kind' THEN row_id END,
        CASE list WHEN 'scale' THEN row_id END, CASE list WHEN 'holiday' THEN row_id END)
    ON CONFLICT DO NOTHING
$$;

-- Take over what is new in the lists of the region, and nothing else; seen is what ej.lists_seen() said of the page.
-- Errors: JE301 not that person's to do, JE401 there are no lists, JE210 they have changed since the page was shown.
CREATE OR REPLACE FUNCTION ej.lists_take(seen text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    mine record;
    r    record;
    own  bigint;
BEGIN
    SELECT h.* INTO mine FROM ej.lists_head() AS h;
    IF mine.is_mine IS NOT TRUE THEN
        RAISE EXCEPTION 'not to be taken over' USING ERRCODE = 'JE301';
    ELSIF mine.model_id IS NULL OR mine.is_model THEN
        RAISE EXCEPTION 'there are no lists of a region' USING ERRCODE = 'JE401';
    END IF;
    PERFORM FROM ej.school AS s WHERE s.id = mine.school_id FOR NO KEY UPDATE; -- two at once
    IF NOT EXISTS (SELECT FROM ej.list_compare(mine.school_id, mine.model_id) AS c
                    WHERE c.state IN ('new', 'same', 'more')) THEN
        RETURN; -- asked again
    ELSIF seen IS DISTINCT FROM ej.lists_seen() THEN
        RAISE EXCEPTION 'the lists have changed' USING ERRCODE = 'JE210', COLUMN = 'seen';
    END IF;
    FOR r IN SELECT c.* FROM ej.list_compare(mine.school_id, mine.model_id) AS c
              WHERE c.state IN ('new', 'same', 'more') ORDER BY c.list, c.row_id LOOP
        own := coalesce(r.own_id, ej.list_add(mine.school_id, r.list, r.row_id));
        IF r.list = 'scale' THEN
            INSERT INTO ej.scale_value
                   (scale_id, value, school_id, name, number, is_pass, is_good, sou_weight, order_no)
            SELECT own, v.value, mine.school_id, v.name, v.number, v.is_pass, v.is_good, v.sou_weight, v.order_no
              FROM ej.scale_value AS v
             WHERE v.scale_id = r.row_id AND v.is_active
               AND NOT EXISTS (SELECT FROM ej.scale_value AS o WHERE o.scale_id = own AND o.value = v.value);
        END IF;
        PERFORM ej.list_bind(mine.school_id, r.list, own), ej.list_bind(mine.model_id, r.list, r.row_id);
    END LOOP;
END
$$;

-- A digest of what taking over would do now.
CREATE OR REPLACE FUNCTION ej.lists_seen() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT md5(string_agg(concat_ws(' ', r.list, r.state, r.name, r.days), ',' ORDER BY r.list, r.name, r.days))
              FROM ej.lists_rows() AS r);
END
$$;
GRANT EXECUTE ON FUNCTION ej.lists_head(), ej.lists_rows(), ej.lists_seen(), ej.lists_take(text) TO ej_web;
