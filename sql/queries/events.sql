-- events.sql: the queries of events.c, 60 rows a page. A family gets the events of its children's
-- classes, and those of the school on days when a child learned there.

-- name: events_head :one
-- params: find text, sort text, page int
WITH own AS MATERIALIZED (
    SELECT n.class_id, n.school_id, n.during FROM ej.enrolment AS n
     WHERE n.pupil_id = ANY ((SELECT ej.my_family_pupils())::bigint[])
)
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, greatest(1, (count(*) + 59) / 60) AS pages,
       count(*) AS count,
       cardinality(ej.my_journal_schools() || ej.my_classes() || ej.my_taught_classes()) > 0 AS is_mine
  FROM ej.event AS e
  LEFT JOIN ej.class AS c ON c.id = e.class_id
 WHERE e.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
   AND (e.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[])
        OR EXISTS (SELECT FROM own AS o WHERE o.school_id = e.school_id AND o.during && e.during
                      AND (e.class_id IS NULL OR o.class_id = e.class_id)))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', e.title, e.place, c.name));

-- name: events_rows :many event
-- What is now or to come first, by days; then what is over, the last first. child_names: the
-- reader's own children whom it concerns.
-- list: sort day
-- params: find text, page int, lines int
-- rows: at most 60; in a file all
WITH own AS MATERIALIZED (
    SELECT n.class_id, n.school_id, n.during, p.given_name
      FROM ej.enrolment AS n JOIN ej.pupil AS p ON p.id = n.pupil_id
     WHERE n.pupil_id = ANY ((SELECT ej.my_family_pupils())::bigint[])
), found AS (
    SELECT e.id, e.school_id, e.class_id, e.staff_id, e.title, e.during, e.starts, e.ends, e.place, e.note,
           c.name AS class_name, upper(e.during) <= ej.today(e.school_id) AS is_over,
           (SELECT string_agg(DISTINCT o.given_name, ', ') FROM own AS o
             WHERE o.school_id = e.school_id AND o.during && e.during
               AND (e.class_id IS NULL OR o.class_id = e.class_id)) AS child_names
      FROM ej.event AS e
      LEFT JOIN ej.class AS c ON c.id = e.class_id
     WHERE e.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
       AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', e.title, e.place, c.name))
)
SELECT e.id AS event_id, e.title, lower(e.during) AS from_on, upper(e.during) - 1 AS till_on,
       to_char(e.starts, 'HH24:MI') AS starts, to_char(e.ends, 'HH24:MI') AS ends, nullif(e.place, '') AS place,
       e.class_name, e.child_names, e.is_over,
       e.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
           OR e.class_id = ANY ((SELECT ej.my_classes())::bigint[])
           OR e.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AS is_own,
       e.note AS prose
  FROM found AS e
 WHERE e.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]) OR e.child_names IS NOT NULL
 ORDER BY e.is_over, (lower(e.during) - date '2000-01-01') * CASE WHEN e.is_over THEN -1 ELSE 1 END,
          e.starts NULLS FIRST, e.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: events_choices :many choice
-- The classes of this and the next year for which the reader may enter events; the empty choice of
-- the form is the whole school.
-- params:
SELECT 'class_id' AS "for", c.id AS value, c.name
  FROM ej.class AS c
  JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year AND upper(y.during) > ej.today(y.school_id)
 WHERE c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
    OR c.id = ANY ((SELECT ej.my_classes() || ej.my_taught_classes())::bigint[])
 ORDER BY c.year, c.grade, c.letter;

-- name: events_show :one
-- An event that the reader may change.
-- params: event_id bigint
SELECT e.id AS event_id, e.title, c.name AS class_name,
       lower(e.during) AS from_on, upper(e.during) - 1 AS till_on,
       to_char(e.starts, 'HH24:MI') AS starts, to_char(e.ends, 'HH24:MI') AS ends, e.place, e.note
  FROM ej.event AS e
  LEFT JOIN ej.class AS c ON c.id = e.class_id
 WHERE e.id = :event_id
   AND (e.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
        OR e.class_id = ANY ((SELECT ej.my_classes())::bigint[])
        OR e.staff_id = ANY ((SELECT ej.my_staff())::bigint[]));

-- name: events_save :outcomes
-- An event without a last day is of one day. The class of one that is there does not change.
-- params: event_id bigint, fields jsonb
SELECT ej.save_rows('ej.event', CASE WHEN :event_id IS NULL THEN :fields ELSE :fields - 'class_id' END
    || jsonb_build_object('id', :event_id)
    || CASE WHEN :fields ->> 'till_on' IS NULL AND :fields ? 'from_on'
            THEN jsonb_build_object('till_on', :fields ->> 'from_on') ELSE '{}' END);
