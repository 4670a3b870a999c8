-- gto_pages.sql: what the pages of ГТЗО show of classes and pupils, and the forms beside the grid.

-- The edition of today in the school where the reader works, else in that of the children.
CREATE OR REPLACE FUNCTION ej.gto_present() RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT ej.gto_edition_on(s.id, ej.today(s.id)) FROM ej.school AS s
             WHERE s.id = ANY ((SELECT ej.my_gto_module())::bigint[])
             ORDER BY s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]) DESC, s.id LIMIT 1);
END
$$;

-- Whether the reader sees the results of a class: director and deputy, its class teacher, and who
-- teaches its pupils physical education.
CREATE OR REPLACE FUNCTION ej.gto_sees_class(class_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ej.class AS c
                    WHERE c.id = gto_sees_class.class_id AND c.school_id = ANY (ej.my_gto_module())
                      AND (c.school_id = ANY (ej.my_lead_schools()) OR c.id = ANY (ej.my_classes())
                        OR EXISTS (SELECT FROM ej.enrolment AS e
                                    WHERE e.class_id = c.id AND e.pupil_id = ANY (ej.my_pe_pupils()))));
END
$$;

-- The classes of the shown year that the reader sees: how many pupils there are, are admitted, have a
-- result in their present step, have earned which sign, are in which group of health.
CREATE OR REPLACE FUNCTION ej.gto_classes()
RETURNS TABLE (class_id bigint, name text, grade int, letter text, pupils bigint, admitted bigint, tested bigint,
               gold bigint, silver bigint, bronze bigint, main bigint, light bigint, special_a bigint, special_b bigint,
               exempt bigint)
LANGUAGE plpgsql STABLE ROWS 60 SET search_path = ej, pg_temp AS $$
DECLARE
    today   date := ej.my_today();
    classes bigint[] := ARRAY(
        SELECT c.id FROM ej.class AS c
         WHERE c.school_id = ANY (ej.my_staff_schools()) AND c.school_id = ANY (ej.my_gto_module())
           AND c.year = ej.shown_year()
           AND (c.school_id = ANY (ej.my_lead_schools()) OR c.id = ANY (ej.my_classes())
             OR c.id = ANY (ARRAY(SELECT e.class_id FROM ej.enrolment AS e
                 WHERE e.pupil_id = ANY (ej.my_pe_pupils())))));
    pupils  bigint[] := ARRAY(SELECT e.pupil_id FROM ej.enrolment AS e
                               WHERE e.class_id = ANY (classes) AND e.during @> today);
BEGIN
    RETURN QUERY
    WITH step AS MATERIALIZED (SELECT s.pupil_id, s.gto_step_id FROM ej.gto_steps_of(pupils, today) AS s),
    sign AS MATERIALIZED (SELECT g.pupil_id, g.gto_step_id, g.sign FROM ej.gto_signs(pupils) AS g)
    SELECT c.id, c.name::text, c.grade, c.letter::text, count(e.pupil_id), count(*) FILTER (WHERE h.is_gto_allowed),
           count(g.pupil_id), count(*) FILTER (WHERE g.sign = 'gold'), count(*) FILTER (WHERE g.sign = 'silver'),
           count(*) FILTER (WHERE g.sign = 'bronze'), count(*) FILTER (WHERE h.kind = 'main'),
           count(*) FILTER (WHERE h.kind = 'light'), count(*) FILTER (WHERE h.kind = 'special_a'),
           count(*) FILTER (WHERE h.kind = 'special_b'), count(*) FILTER (WHERE h.kind = 'exempt')
      FROM ej.class AS c
      LEFT JOIN ej.enrolment AS e ON e.class_id = c.id AND e.during @> today
      LEFT JOIN ej.health_group AS h ON h.pupil_id = e.pupil_id AND h.during @> today
      LEFT JOIN step AS s ON s.pupil_id = e.pupil_id
      LEFT JOIN sign AS g ON g.pupil_id = e.pupil_id AND g.gto_step_id = s.gto_step_id
     WHERE c.id = ANY (classes)
     GROUP BY c.id;
END
$$;

-- How far a result is from a norm, as it is said: «0,3 с», «2 раза»; NULL without one.
CREATE OR REPLACE FUNCTION ej.gto_gap(value numeric, norm numeric, unit text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN unit = 'min' AND abs(value - norm) >= 60 THEN ej.gto_text(abs(value - norm), 'min') || ' мин'
                ELSE replace(trim_scale(abs(value - norm))::text, '.', ',') || ' '
                     || CASE unit WHEN 'count' THEN CASE WHEN abs(value - norm) % 10 IN (2, 3, 4)
                                                          AND abs(value - norm) % 100 NOT BETWEEN 12 AND 14
                                                              THEN 'раза' ELSE 'раз' END
                                  WHEN 'points' THEN 'очк.' WHEN 'cm' THEN 'см' WHEN 'm' THEN 'м' ELSE 'с' END END
$$;

-- The number (УИН) under which the ministry knows the pupil, for those who read the results.
CREATE OR REPLACE FUNCTION ej.gto_uin(pupil_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT nullif(c.gto_uin, '') FROM ej.pupil_card AS c
             WHERE c.pupil_id = ANY (ej.gto_readable(ARRAY[gto_uin.pupil_id])));
END
$$;
ALTER FUNCTION ej.gto_uin(bigint) OWNER TO ej_rights;

-- Give the results of a class of one day the number of their protocol.
CREATE OR REPLACE FUNCTION ej.gto_protocol(class_id bigint, done_on date, protocol_no text, old_no text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    results bigint[];
    stored  text;
    outcome jsonb;
BEGIN
    results := ARRAY(SELECT r.id FROM ej.gto_result AS r
                      WHERE r.done_on = gto_protocol.done_on AND r.pupil_id = ANY (ej.my_pe_pupils())
                        AND r.pupil_id IN (SELECT e.pupil_id FROM ej.enrolment AS e
                                            WHERE e.class_id = gto_protocol.class_id
                                                AND e.during @> gto_protocol.done_on));
    IF results = '{}' THEN
        RAISE EXCEPTION 'no results of this day' USING ERRCODE = 'JE401';
    END IF;
    SELECT max(r.protocol_no) INTO stored FROM ej.gto_result AS r WHERE r.id = ANY (results);
    outcome := jsonb_build_array(ej.field_outcome('protocol_no', stored, coalesce(old_no, ''), protocol_no, NULL,
                                                  'gto_result', ARRAY[results[1]]));
    IF outcome #>> '{0,outcome}' = 'saved' THEN
        UPDATE ej.gto_result AS r SET protocol_no = gto_protocol.protocol_no
         WHERE r.id = ANY (results) AND r.protocol_no <> gto_protocol.protocol_no;
    END IF;
    RETURN outcome;
END
$$;

-- Enter the group of health and the admission of pupils of a class for the same days. An earlier entry
-- ends on the day before; one of the same first day is corrected. fields: kind, is_gto_allowed
-- (yes, no), document, from_on, till_on. Errors: JE301 not the reader's pupils; JE212 a later entry is
-- there; JE132 the days are reversed.
CREATE OR REPLACE FUNCTION ej.gto_admit(class_id bigint, pupil_ids bigint[], fields jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
DECLARE
    days   daterange;
    allows boolean := fields ->> 'is_gto_allowed' = 'yes';
BEGIN
    IF EXISTS (SELECT FROM unnest(pupil_ids) AS u(id) WHERE NOT EXISTS (
            SELECT FROM ej.enrolment AS e WHERE e.class_id = gto_admit.class_id AND e.pupil_id = u.id
               AND (e.pupil_id = ANY (ej.my_class_pupils()) OR e.school_id = ANY (ej.my_deputy_schools())))) THEN
        RAISE EXCEPTION 'not your pupils' USING ERRCODE = 'JE301';
    ELSIF cardinality(pupil_ids) = 0 THEN
        RETURN '[{"outcome": "bad", "field": "pupil_id", "code": "JE101"}]';
    ELSIF (fields ->> 'till_on')::date < (fields ->> 'from_on')::date THEN
        RETURN '[{"outcome": "bad", "field": "till_on", "code": "JE132"}]';
    ELSIF allows AND fields ->> 'kind' = 'exempt' THEN
        RETURN '[{"outcome": "bad", "field": "is_gto_allowed", "code": "JE106"}]';
    END IF;
    days := daterange((fields ->> 'from_on')::date, (fields ->> 'till_on')::date, '[]');
    PERFORM FROM ej.health_group AS h WHERE h.pupil_id = ANY (pupil_ids) ORDER BY h.id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM ej.health_group AS h
                WHERE h.pupil_id = ANY (pupil_ids) AND h.during && days AND lower(h.during) > lower(days)) THEN
        RETURN '[{"outcome": "bad", "field": "from_on", "code": "JE212"}]';
    END IF;
    UPDATE ej.health_group AS h SET during = daterange(lower(h.during), lower(days))
     WHERE h.pupil_id = ANY (pupil_ids) AND h.during && days AND lower(h.during) < lower(days);
    UPDATE ej.health_group AS h
       SET kind = fields ->> 'kind', is_gto_allowed = allows, document = fields ->> 'document', during = days
     WHERE h.pupil_id = ANY (pupil_ids) AND lower(h.during) = lower(days);
    INSERT INTO ej.health_group (school_id, pupil_id, kind, is_gto_allowed, document, during)
    SELECT p.school_id, p.id, fields ->> 'kind', allows, fields ->> 'document', days
      FROM ej.pupil AS p
     WHERE p.id = ANY (pupil_ids)
       AND NOT EXISTS (SELECT FROM ej.health_group AS h WHERE h.pupil_id = p.id AND lower(h.during) = lower(days));
    RETURN '[{"outcome": "saved"}]';
END
$$;

GRANT EXECUTE ON FUNCTION ej.gto_present(), ej.gto_sees_class(bigint), ej.gto_classes(),
    ej.gto_gap(numeric, numeric, text), ej.gto_uin(bigint), ej.gto_protocol(bigint, date, text, text),
    ej.gto_admit(bigint, bigint[], jsonb) TO ej_web;
