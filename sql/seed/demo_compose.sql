-- demo_compose.sql: a timetable that FET might have composed, for the deputy to compare: the same
-- week with Monday and Friday, Tuesday and Thursday in each other's place.

CREATE FUNCTION pg_temp.demo_compose(p_school bigint, p_today date) RETURNS void LANGUAGE sql AS $$
    WITH row AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY x.teaching_id, x.id) AS id, x.teaching_id, x.cycle, x.slot, x.room_id,
               CASE WHEN x.weekday < 6 THEN 6 - x.weekday ELSE x.weekday END AS weekday
          FROM ej.timetable AS x WHERE x.school_id = p_school AND x.during @> p_today
    ), draft AS MATERIALIZED (
        SELECT date_trunc('week', p_today + 7)::date AS day_on, array_agg(DISTINCT r.teaching_id) AS scope, count(*) AS total,
               jsonb_agg(jsonb_build_object('id', r.id, 'teaching_id', r.teaching_id, 'shift', 0, 'cycle', r.cycle) ORDER BY r.id) AS load,
               jsonb_agg(jsonb_build_object('teaching_id', r.teaching_id, 'weekday', r.weekday, 'slot', r.slot, 'cycle', r.cycle, 'room_id', r.room_id) ORDER BY r.id) AS lessons
          FROM row AS r
    ), result AS (
        SELECT jsonb_build_object('same', count(*) FILTER (WHERE p.what = 'same'), 'gone', count(*) FILTER (WHERE p.what = 'gone'),
                                  'added', count(*) FILTER (WHERE p.what = 'new'), 'faults', '[]'::jsonb) AS result
          FROM draft AS d, ej.timetable_whole_compare(d.scope, d.lessons, d.day_on) AS p
    )
    INSERT INTO ej.draft (account_id, kind, rows)
    SELECT a.id, 'compose', jsonb_build_object('school', p_school, 'day_on', d.day_on, 'minutes', 5, 'load', d.load, 'total', d.total,
               'words', '', 'lessons', d.lessons, 'result', r.result)
      FROM ej.account AS a, draft AS d, result AS r WHERE a.login = 'deputy' AND d.total > 0
$$;
