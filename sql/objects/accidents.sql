-- accidents.sql: accidents of pupils (MSG-06): reported by whoever works in the school, told at once,
-- received by a director or deputy.

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.accident TO ej_rule;

ALTER TABLE ej.accident ALTER COLUMN staff_id SET DEFAULT (ej.my_staff())[1];

-- Refuse hours that cannot be: the accident in the future; parents or heads told before it.
CREATE OR REPLACE FUNCTION ej.rule_accident_times() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    wrong text;
BEGIN
    SELECT CASE WHEN x.happened_on > x.today_on THEN 'happened_on'
                WHEN x.happened > x.present THEN 'happened_time'
                WHEN x.parents < x.happened THEN 'parents_told_time'
                ELSE 'told_orally_time' END INTO wrong
      FROM (SELECT n.happened_on, n.happened_on + n.happened_time AS happened, ej.today(n.school_id) AS today_on,
                   now() AT TIME ZONE s.tz AS present, n.parents_told_on + n.parents_told_time AS parents,
                   n.told_orally_on + n.told_orally_time AS heads
              FROM new_rows AS n JOIN ej.school AS s ON s.id = n.school_id) AS x
     WHERE x.happened_on > x.today_on OR x.happened > x.present OR least(x.parents, x.heads) < x.happened LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'an hour of an accident that cannot be' USING ERRCODE = 'JE263', COLUMN = wrong;
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_accident_times', 'accident', 'rule_accident_times', 'insert', 'update');

-- Tell parents, director and deputies of an accident when it is reported.
CREATE OR REPLACE FUNCTION ej.rule_accident_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify(n.school_id, 'accident', n.pupil_id, n.id::text) FROM new_rows AS n;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_accident_told', 'accident', 'rule_accident_told', 'insert');

-- Tell every head of reports that nobody has received for 15 minutes, at any hour (ej.sweep).
CREATE OR REPLACE FUNCTION ej.accidents_unreceived() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify(a.school_id, 'accident_unreceived', a.pupil_id, a.id::text)
       FROM ej.accident AS a
      WHERE a.received_at IS NULL AND a.written_at <= now() - interval '15 minutes'
        AND NOT EXISTS (SELECT FROM ej.notice AS n WHERE n.school_id = a.school_id
                           AND n.kind = 'accident_unreceived' AND n.fact_key = a.id::text)
      ORDER BY a.id;
END
$$;

-- Receive the report of an accident: the heads know of it. A second time changes nothing.
-- Errors: JE401 no such accident, or not of a school that the reader directs.
CREATE OR REPLACE FUNCTION ej.accident_receive(accident_id bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM FROM ej.accident AS a
     WHERE a.id = accident_receive.accident_id AND a.school_id = ANY (ej.my_lead_schools()) FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such accident' USING ERRCODE = 'JE401';
    END IF;
    UPDATE ej.accident AS a SET received_by = (ej.my_staff())[1], received_at = now()
     WHERE a.id = accident_receive.accident_id AND a.received_at IS NULL;
END
$$;
GRANT EXECUTE ON FUNCTION ej.accident_receive TO ej_web;
