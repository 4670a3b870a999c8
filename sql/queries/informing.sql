-- informing.sql: the queries of informing.c. Row policies show the records to the class teacher and
-- the heads.

-- name: informing_scope :one
-- The pupils of the classes that the reader leads or heads, with the last day on which each family was
-- informed in any way; those found, in the order of the list: the longest ago first.
-- params: find text, sort text, page int, lines int
WITH x AS MATERIALIZED (
    SELECT x.pupil_id, x.is_overdue, x.informed_on FROM ej.informing_last() AS x
      JOIN ej.pupil AS p ON p.id = x.pupil_id
      JOIN ej.class AS c ON c.id = x.class_id
     WHERE ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.surname, p.given_name, p.patronymic, c.name))
)
SELECT (SELECT count(*) FROM x) AS count, (SELECT count(*) FILTER (WHERE x.is_overdue) FROM x) AS overdue,
       ARRAY(SELECT x.pupil_id FROM x JOIN ej.pupil AS p ON p.id = x.pupil_id
              ORDER BY CASE WHEN :sort = 'day' THEN NOT x.is_overdue END,
                       CASE WHEN :sort = 'day' THEN coalesce(x.informed_on, '2000-01-01') END,
                       p.surname, p.given_name, p.id
              LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines) AS pupil_ids;

-- name: informing_head :one
-- params: find text, sort text, page int, count bigint, overdue bigint
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, greatest(1, (:count + 59) / 60) AS pages,
       :count AS count, :overdue AS overdue, cardinality(ej.my_classes()) > 0 AS is_mine, ej.my_today() AS today_on;

-- name: informing_rows :many pupil
-- list: sort day name
-- params: pupil_ids bigint[]
-- rows: at most 60; in a file all
SELECT x.pupil_id, n.name, c.name AS class_name, x.is_paper, x.informed_on,
       x.way, x.is_overdue, x.pupil_id = ANY ((SELECT ej.my_class_pupils())::bigint[]) AS is_led
  FROM ej.informing_last() AS x
  JOIN unnest(:pupil_ids) WITH ORDINALITY AS s(id, place) ON s.id = x.pupil_id
  JOIN ej.pupil_names(:pupil_ids) AS n ON n.pupil_id = x.pupil_id
  JOIN ej.class AS c ON c.id = x.class_id
 ORDER BY s.place;

-- name: informing_enter :outcomes
-- One record for each ticked pupil.
-- params: way text, informed_on date, note text, pupil_id bigint[]
SELECT CASE WHEN :informed_on > ej.my_today() THEN '[{"outcome": "bad", "field": "informed_on", "code": "JE203"}]'
            WHEN :pupil_id = '{}' THEN '[{"outcome": "bad", "field": "pupil_id", "code": "JE101"}]'
            ELSE ej.save_rows('ej.informing', (
                 SELECT jsonb_agg(jsonb_build_object('pupil_id', p.id, 'way', :way, 'informed_on', :informed_on,
                                                     'note', :note))
                   FROM unnest(:pupil_id) AS p(id))) END;

-- name: informing_tell :exec
-- params: notice_id bigint, way text
SELECT ej.informing_tell(:notice_id, :way);

-- name: informing_pupil :one
-- params: pupil_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name,
       p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]) AS is_mine, ej.today(p.school_id) AS today_on
  FROM ej.pupil AS p
 WHERE p.id = :pupil_id
   AND (p.id = ANY ((SELECT ej.my_class_pupils())::bigint[])
        OR p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: informing_all :many told
-- How the family was informed, the newest first: receipts of the diary, papers, talks.
-- params: pupil_id bigint
-- rows: at most 200
SELECT t.day AS told_on, t.way, t.note AS about, t.staff_name, t.informing_id, t.kind
  FROM (SELECT (r.made_at AT TIME ZONE (SELECT s.tz FROM ej.school AS s WHERE s.id = r.school_id))::date AS day,
               r.way::text, ej.day_of_month(r.week_on) AS note,
               (SELECT ej.short_name(g.surname, g.given_name, g.patronymic) FROM ej.guardian AS g
                 WHERE g.id = r.guardian_id) AS staff_name, NULL::bigint AS informing_id,
               NULL AS kind
          FROM ej.receipt AS r
         WHERE r.pupil_id = :pupil_id
         UNION ALL
        SELECT (b.printed_at AT TIME ZONE (SELECT s.tz FROM ej.school AS s WHERE s.id = b.school_id))::date,
               'paper', ej.day_of_month(b.week_on),
               (SELECT ej.short_name(f.surname, f.given_name, f.patronymic) FROM ej.staff AS f
                 WHERE f.id = b.staff_id), NULL, NULL
          FROM ej.paper AS b
         WHERE b.pupil_id = :pupil_id
         UNION ALL
        SELECT (x.made_at AT TIME ZONE (SELECT s.tz FROM ej.school AS s WHERE s.id = x.school_id))::date,
               'extract', x.number::text,
               (SELECT ej.short_name(f.surname, f.given_name, f.patronymic) FROM ej.staff AS f
                 WHERE f.id = x.staff_id), NULL, NULL
          FROM ej.extract AS x
         WHERE x.pupil_id = :pupil_id AND x.void_at IS NULL
         UNION ALL
        SELECT i.informed_on, i.way::text, i.note::text,
               (SELECT ej.short_name(f.surname, f.given_name, f.patronymic) FROM ej.staff AS f
                 WHERE f.id = i.staff_id), i.id, (SELECT n.kind::text FROM ej.notice AS n WHERE n.id = i.notice_id)
          FROM ej.informing AS i
         WHERE i.pupil_id = :pupil_id) AS t
 ORDER BY t.day DESC, t.way, t.informing_id LIMIT 200;

-- name: informing_show :one
-- params: informing_id bigint
SELECT i.id AS informing_id, i.pupil_id, ej.pupil_name(p.id) AS name, i.way, i.informed_on, i.note
  FROM ej.informing AS i
  JOIN ej.pupil AS p ON p.id = i.pupil_id
 WHERE i.id = :informing_id AND i.pupil_id = ANY ((SELECT ej.my_class_pupils())::bigint[]);

-- name: informing_save :outcomes
-- params: informing_id bigint, fields jsonb
SELECT ej.save_rows('ej.informing', (:fields - 'pupil_id') || jsonb_build_object('id', :informing_id)
    || CASE WHEN (:fields ->> 'informed_on')::date > ej.my_today()
            THEN '{"fault": {"field": "informed_on", "code": "JE203"}}'::jsonb ELSE '{}' END);
