-- events.sql: the queries of events.c, 60 rows a page. A family gets the events of its children's
-- classes, those of the school on days when a child learned there, and those with a child in them.

-- name: events_head :one
-- params: find text, sort text, page int
WITH own AS MATERIALIZED (
    SELECT n.pupil_id, n.class_id, n.school_id, n.during FROM ej.enrolment AS n
     WHERE n.pupil_id = ANY ((SELECT ej.my_family_pupils())::bigint[])
)
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, greatest(1, (count(*) + 59) / 60) AS pages,
       count(*) AS count,
       cardinality(ej.my_journal_schools() || ej.my_classes() || ej.my_taught_classes()) > 0 AS is_mine
  FROM ej.event AS e
 CROSS JOIN LATERAL (SELECT string_agg(c.name, ', ' ORDER BY c.grade, c.letter) AS names FROM ej.event_class AS x
                       JOIN ej.class AS c ON c.id = x.class_id WHERE x.event_id = e.id) AS c
 WHERE e.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
   AND (e.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[])
        OR EXISTS (SELECT FROM own AS o
                    WHERE o.school_id = e.school_id AND o.during && e.during
                      AND (e.is_whole OR EXISTS (SELECT FROM ej.event_class AS x
                                                  WHERE x.event_id = e.id AND x.class_id = o.class_id)
                           OR EXISTS (SELECT FROM ej.event_participant AS p
                                       WHERE p.event_id = e.id AND p.pupil_id = o.pupil_id))))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', e.title, e.place, c.names));

-- name: events_rows :many event
-- What is now or to come first, by days; then what is over, the last first. child_names: the
-- reader's own children whom it concerns. is_open: it is over, and not said to have been held.
-- list: sort day
-- params: find text, page int, lines int
-- rows: at most 60; in a file all
WITH own AS MATERIALIZED (
    SELECT n.pupil_id, n.class_id, n.school_id, n.during, p.given_name
      FROM ej.enrolment AS n JOIN ej.pupil AS p ON p.id = n.pupil_id
     WHERE n.pupil_id = ANY ((SELECT ej.my_family_pupils())::bigint[])
), led AS MATERIALIZED (
    SELECT ej.my_led_events() AS ids
), found AS (
    SELECT e.id, e.school_id, e.is_whole, e.title, e.kind, e.level, e.state, e.during, e.starts, e.ends, e.place,
           e.note, c.names AS class_names, upper(e.during) <= ej.today(e.school_id) AS is_over,
           e.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
               OR e.id = ANY ((SELECT l.ids FROM led AS l)::bigint[]) AS is_own,
           (SELECT string_agg(DISTINCT o.given_name, ', ') FROM own AS o
             WHERE o.school_id = e.school_id AND o.during && e.during
               AND (e.is_whole OR EXISTS (SELECT FROM ej.event_class AS x
                                           WHERE x.event_id = e.id AND x.class_id = o.class_id)
                    OR EXISTS (SELECT FROM ej.event_participant AS p
                                WHERE p.event_id = e.id AND p.pupil_id = o.pupil_id))) AS child_names
      FROM ej.event AS e
     CROSS JOIN LATERAL (SELECT string_agg(c.name, ', ' ORDER BY c.grade, c.letter) AS names FROM ej.event_class AS x
                           JOIN ej.class AS c ON c.id = x.class_id WHERE x.event_id = e.id) AS c
     WHERE e.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
       AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', e.title, e.place, c.names))
)
SELECT e.id AS event_id, e.title, e.kind, e.level, nullif(e.state, 'planned') AS state, lower(e.during) AS from_on,
       upper(e.during) - 1 AS till_on, to_char(e.starts, 'HH24:MI') AS starts, to_char(e.ends, 'HH24:MI') AS ends,
       nullif(e.place, '') AS place, e.is_whole, e.class_names, e.child_names, e.is_over, e.is_own,
       e.is_own AND e.is_over AND e.state = 'planned' AS is_open,
       (SELECT nullif(count(*), 0) FROM ej.event_participant AS p WHERE p.event_id = e.id) AS participants,
       e.note AS prose
  FROM found AS e
 WHERE e.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]) OR e.child_names IS NOT NULL
 ORDER BY e.is_over, (lower(e.during) - date '2000-01-01') * CASE WHEN e.is_over THEN -1 ELSE 1 END,
          e.starts NULLS FIRST, e.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: events_choices :many choice
-- For the form: the classes of this and the next year for which the reader may enter events, with those
-- of the event itself; none is the whole school. Who may be responsible: colleagues with a post now.
-- params: event_id bigint
SELECT x."for", x.value, x.name, x.is_in
  FROM (SELECT 'class_id' AS "for", c.id AS value, c.name::text, o.event_id IS NOT NULL AS is_in,
               c.year * 100 + c.grade AS n, c.letter::text AS order_text
          FROM ej.class AS c
          JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
          LEFT JOIN ej.event_class AS o ON o.class_id = c.id AND o.event_id = :event_id
         WHERE (upper(y.during) > ej.today(y.school_id) OR o.event_id IS NOT NULL)
           AND (c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
                OR c.id = ANY ((SELECT ej.my_classes() || ej.my_taught_classes())::bigint[])
                OR o.event_id IS NOT NULL AND c.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]))
         UNION ALL
        SELECT 'staff_id', s.id, concat_ws(' ', s.surname, s.given_name, nullif(s.patronymic, '')), false, 0,
               concat_ws(' ', s.surname, s.given_name)
          FROM ej.staff AS s
         WHERE s.school_id = ANY ((SELECT CASE WHEN cardinality(ej.my_journal_schools() || ej.my_classes()
                                                                || ej.my_taught_classes()) > 0
                                               THEN ej.my_colleague_schools() ELSE '{}' END)::bigint[])) AS x
 ORDER BY x."for", x.n, x.order_text, x.value;

-- name: events_show :one
-- is_own: the reader may change the event; can_enter: enter pupils into it, if only the own class; has_begun: it
-- may have results.
-- params: event_id bigint
SELECT e.id AS event_id, e.title, e.kind, e.level, e.state, e.is_whole, c.names AS class_names,
       lower(e.during) AS from_on, upper(e.during) - 1 AS till_on,
       to_char(e.starts, 'HH24:MI') AS starts, to_char(e.ends, 'HH24:MI') AS ends, nullif(e.place, '') AS place,
       nullif(e.note, '') AS note, nullif(e.order_no, '') AS order_no, e.order_on,
       concat_ws(' ', s.surname, s.given_name, nullif(s.patronymic, '')) AS staff_name,
       o.name AS school_name, lower(e.during) <= ej.today(e.school_id) AS has_begun,
       upper(e.during) <= ej.today(e.school_id) AS is_over,
       e.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
           OR e.id = ANY ((SELECT ej.my_led_events())::bigint[]) AS is_own,
       m.is_all OR m.pupil_ids <> '{}' AS can_enter,
       e.school_id = ANY ((SELECT ej.my_roster_schools())::bigint[]) AS is_staff
  FROM ej.event AS e
  JOIN ej.school AS o ON o.id = e.school_id
  LEFT JOIN ej.staff AS s ON s.id = e.staff_id
 CROSS JOIN ej.event_enterable(:event_id) AS m
 CROSS JOIN LATERAL (SELECT string_agg(c.name, ', ' ORDER BY c.grade, c.letter) AS names
                       FROM ej.event_class AS x JOIN ej.class AS c ON c.id = x.class_id WHERE x.event_id = e.id) AS c
 WHERE e.id = :event_id;

-- name: events_edit :one
-- An event that the reader may change.
-- params: event_id bigint
SELECT e.id AS event_id, e.title, e.kind, e.level, e.state, e.is_whole, c.ids AS class_ids, lower(e.during) AS from_on,
       upper(e.during) - 1 AS till_on, to_char(e.starts, 'HH24:MI') AS starts, to_char(e.ends, 'HH24:MI') AS ends,
       e.place, e.note, e.order_no, e.order_on, e.staff_id
  FROM ej.event AS e
 CROSS JOIN LATERAL (SELECT string_agg(x.class_id::text, ',' ORDER BY x.class_id) AS ids FROM ej.event_class AS x
                      WHERE x.event_id = e.id) AS c
 WHERE e.id = :event_id
   AND (e.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
        OR e.id = ANY ((SELECT ej.my_led_events())::bigint[]));

-- name: events_participants :many participant
-- Who takes part, by class and name; a family gets its own children. is_mine: the reader may change it.
-- params: event_id bigint
-- rows: at most 300
WITH p AS MATERIALIZED (
    SELECT p.id, p.school_id, p.event_id, p.pupil_id, p.role, p.place_no, p.result, p.document, p.mentor, e.during
      FROM ej.event_participant AS p JOIN ej.event AS e ON e.id = p.event_id
     WHERE p.event_id = :event_id
)
SELECT p.id AS participant_id, p.pupil_id, x.name, c.name AS class_name, nullif(p.role, '') AS role, p.place_no,
       p.result, nullif(p.document, '') AS document, nullif(p.mentor, '') AS mentor,
       m.is_all OR p.pupil_id = ANY (m.pupil_ids) AS is_mine
  FROM p
 CROSS JOIN ej.event_enterable(:event_id) AS m
  JOIN ej.pupil_names(ARRAY(SELECT p.pupil_id FROM p)) AS x ON x.pupil_id = p.pupil_id
  LEFT JOIN LATERAL (SELECT k.name, k.grade, k.letter FROM ej.enrolment AS n JOIN ej.class AS k ON k.id = n.class_id
                      WHERE n.pupil_id = p.pupil_id AND n.during && p.during
                      ORDER BY lower(n.during) DESC LIMIT 1) AS c ON true
 ORDER BY c.grade, c.letter, x.order_no LIMIT 300;

-- name: events_winners :many winner
-- For families: winners and prize winners whose families agreed to publication.
-- params: event_id bigint
-- rows: at most 100
SELECT w.name, w.class_name, w.place_no, w.result FROM ej.event_winners(:event_id) AS w;

-- name: events_save :outcomes
-- params: event_id bigint, fields jsonb, class_id bigint[], old_class_id text
SELECT ej.event_save(:event_id, :fields, coalesce(array_remove(:class_id, NULL), '{}'), :old_class_id);

-- name: events_results :outcomes
-- The rows of the table of participants: the n-th values of each field are a row's.
-- params: event_id bigint, participant_id bigint[], gone_id bigint[]
-- params: role text[], old_role text[], place_no text[], old_place_no text[], result text[], old_result text[]
-- params: document text[], old_document text[], mentor text[], old_mentor text[]
SELECT ej.event_results(:event_id, coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', r.id, 'is_removed', r.id = ANY (coalesce(:gone_id, '{}')),
               'role', coalesce(r.role, ''), 'old_role', coalesce(r.old_role, ''),
               'place_no', nullif(r.place_no, ''), 'old_place_no', nullif(r.old_place_no, ''),
               'result', nullif(r.result, ''), 'old_result', nullif(r.old_result, ''),
               'document', coalesce(r.document, ''), 'old_document', coalesce(r.old_document, ''),
               'mentor', coalesce(r.mentor, ''), 'old_mentor', coalesce(r.old_mentor, '')) ORDER BY r.n)
      FROM unnest(:participant_id, :role, :old_role, :place_no, :old_place_no, :result, :old_result, :document,
                  :old_document, :mentor, :old_mentor) WITH ORDINALITY
        AS r(id, role, old_role, place_no, old_place_no, result, old_result, document, old_document, mentor, old_mentor,
             n)), '[]'));

-- name: events_pupils :many pupil
-- The pupils of a class on the days of the event whom the reader may enter. is_in: takes part already.
-- params: event_id bigint, class_id bigint
-- rows: at most 60
SELECT x.pupil_id, x.name, EXISTS (SELECT FROM ej.event_participant AS p
                                    WHERE p.event_id = :event_id AND p.pupil_id = x.pupil_id) AS is_in
  FROM ej.pupil_names(ej.event_pupils(:event_id, :class_id)) AS x
 ORDER BY x.order_no;

-- name: events_classes :many class
-- The classes whose pupils the reader may enter: those of the event first.
-- params: event_id bigint, class_id bigint
-- rows: at most 120
SELECT c.id AS class_id, c.name, c.id = :class_id AS is_current, x.event_id IS NOT NULL AS is_of
  FROM ej.event AS e
  JOIN ej.school_year AS y ON y.school_id = e.school_id AND y.during @> lower(e.during)
  JOIN ej.class AS c ON c.school_id = e.school_id AND c.year = y.year
 CROSS JOIN ej.event_enterable(:event_id) AS m
  LEFT JOIN ej.event_class AS x ON x.event_id = e.id AND x.class_id = c.id
 WHERE e.id = :event_id AND (m.is_all OR c.id = ANY (m.class_ids))
 ORDER BY x.event_id IS NULL, c.grade, c.letter;

-- name: events_enter :outcomes
-- params: event_id bigint, class_id bigint, pupil_id bigint[], role text, is_all boolean
SELECT ej.event_enter(:event_id, CASE WHEN :is_all THEN ej.event_pupils(:event_id, :class_id)
                                      ELSE coalesce(:pupil_id, '{}') END, :role);

-- name: events_month_scope :one
-- The shown month, by default the present one.
-- params: month_on date
SELECT x.month_on, (x.month_on + interval '1 month')::date AS ends_on, x.today_on
  FROM (SELECT date_trunc('month', coalesce(:month_on, t.day)::timestamp)::date AS month_on, t.day AS today_on
          FROM (SELECT coalesce(ej.my_today(), (SELECT max(t.today) FROM ej.school_today AS t
                                                 WHERE t.school_id = ANY (ej.my_schools()))) AS day) AS t) AS x;

-- name: events_month :one
-- params: month_on date, ends_on date
SELECT :month_on AS month_on, ej.month_name(:month_on) AS name, extract(year FROM :month_on)::int AS year,
       (:month_on - interval '1 month')::date AS previous_on, :ends_on AS next_on,
       (SELECT s.name FROM ej.school AS s WHERE s.id = ANY (ej.my_schools()) ORDER BY s.id LIMIT 1) AS school_name;

-- name: events_days :many day
-- The days of the weeks of the month.
-- params: month_on date, ends_on date, today_on date
SELECT d::date AS held_on, extract(day FROM d)::int AS number, ej.weekday_short(d::date) AS weekday,
       (d::date - date_trunc('week', :month_on::timestamp)::date) / 7 + 1 AS week_no, d::date = :today_on AS is_today,
       d::date < :month_on OR d::date >= :ends_on AS is_beside
  FROM generate_series(date_trunc('week', :month_on::timestamp),
                       date_trunc('week', (:ends_on - 1)::timestamp) + interval '6 days', interval '1 day') AS d
 ORDER BY d;

-- name: events_of_days :many event under events_days held_on
-- The events of each day; one of several days on each of them, numbered (day_no).
-- params: month_on date, ends_on date
-- rows: at most 1,000
WITH own AS MATERIALIZED (
    SELECT n.pupil_id, n.class_id, n.school_id, n.during FROM ej.enrolment AS n
     WHERE n.pupil_id = ANY ((SELECT ej.my_family_pupils())::bigint[])
)
SELECT d.day AS held_on, e.id AS event_id, e.title, e.kind, e.level, nullif(e.state, 'planned') AS state,
       lower(e.during) AS from_on, upper(e.during) - 1 AS till_on,
       CASE WHEN upper(e.during) - lower(e.during) > 1 THEN d.day - lower(e.during) + 1 END AS day_no,
       to_char(e.starts, 'HH24:MI') AS starts, to_char(e.ends, 'HH24:MI') AS ends, nullif(e.place, '') AS place,
       e.is_whole, c.names AS class_names,
       ej.initials_name(s.surname, s.given_name, s.patronymic) AS staff_name
  FROM ej.event AS e
  LEFT JOIN ej.staff AS s ON s.id = e.staff_id
 CROSS JOIN LATERAL (SELECT string_agg(c.name, ', ' ORDER BY c.grade, c.letter) AS names FROM ej.event_class AS x
                       JOIN ej.class AS c ON c.id = x.class_id WHERE x.event_id = e.id) AS c
 CROSS JOIN LATERAL (
       SELECT d::date AS day
         FROM generate_series(greatest(lower(e.during), date_trunc('week', :month_on::timestamp)::date)::timestamp,
                  least(upper(e.during) - 1, date_trunc('week', (:ends_on - 1)::timestamp)::date + 6)::timestamp,
                  interval '1 day') AS d) AS d
 WHERE e.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
   AND upper(e.during) > date_trunc('week', :month_on::timestamp)::date
   AND e.during && daterange(date_trunc('week', :month_on::timestamp)::date,
                             date_trunc('week', (:ends_on - 1)::timestamp)::date + 7)
   AND (e.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[])
        OR EXISTS (SELECT FROM own AS o
                    WHERE o.school_id = e.school_id AND o.during && e.during
                      AND (e.is_whole OR EXISTS (SELECT FROM ej.event_class AS x
                                                  WHERE x.event_id = e.id AND x.class_id = o.class_id)
                           OR EXISTS (SELECT FROM ej.event_participant AS p
                                       WHERE p.event_id = e.id AND p.pupil_id = o.pupil_id))))
 ORDER BY d.day, e.starts NULLS FIRST, e.id LIMIT 1000;

-- name: events_print_signers :many signer
-- Who signs the papers: the director.
-- params:
SELECT ej.director_name(s.id, ej.today(s.id)) AS director_name FROM ej.school AS s
 WHERE s.id = ANY ((SELECT ej.my_schools())::bigint[]) ORDER BY s.id LIMIT 1;

-- name: events_counts_head :one
-- params: year int
SELECT coalesce(:year, ej.shown_year()) AS year;

-- name: events_counts_years :many year
-- params:
SELECT y.year FROM ej.school_year AS y
 WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) ORDER BY y.year DESC;

-- name: events_counts_rows :many level
-- The events of the year in numbers.
-- params: year int
SELECT c.level, c.planned, c.held, c.cancelled, c.participants, c.winners, c.prizes
  FROM ej.event_counts(coalesce(:year, ej.shown_year())) AS c
 ORDER BY array_position('{class,school,municipal,regional,national,international}'::text[], c.level);
