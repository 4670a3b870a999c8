-- substitutions.sql: the queries of substitutions.c. Administrator, director and deputies read the
-- lessons of their school; administrator and deputies change them (is_mine).

-- name: substitutions_days :one
-- The days of a list: by default today.
-- params: from_on date, till_on date
SELECT d.from_on, greatest(d.from_on, coalesce(:till_on, d.from_on)) AS till_on
  FROM (SELECT coalesce(:from_on, :till_on, (SELECT ej.my_today())) AS from_on) AS d;

-- name: substitutions_head :one
-- The changes of some days.
-- params: from_on date, till_on date, find text, sort text, page int
SELECT :from_on AS from_on, :till_on AS till_on, ej.day_name(:from_on) AS day_name, :from_on = :till_on AS is_day,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine, :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count
  FROM ej.substitution_rows(:from_on, :till_on, :find) AS x;

-- name: substitutions_rows :many substitution
-- list: sort day
-- params: from_on date, till_on date, find text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT x.lesson_id, x.kind, x.reason, nullif(x.note, '') AS note, x.held_on,
       ej.weekday_short(x.held_on) || ', ' || ej.day_of_month(x.held_on) AS day_name, x.slot,
       to_char(x.starts, 'HH24:MI') AS starts, x.class_name, x.subject_name, x.planned_staff_id, x.planned_name,
       x.staff_name, x.new_subject_name, x.joined_name, x.room,
       ej.weekday_short(x.moved_on) || ', ' || ej.day_of_month(x.moved_on) AS moved_name, x.moved_slot
  FROM ej.substitution_rows(:from_on, :till_on, :find) AS x
 ORDER BY CASE WHEN :sort = 'day' THEN x.held_on END, x.slot, x.class_name, x.lesson_id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: substitutions_print_head :one
-- params: from_on date, till_on date
SELECT :from_on AS from_on, :till_on AS till_on, ej.day_name(:from_on) AS day_name, :from_on = :till_on AS is_day,
       o.name AS school_name
  FROM ej.school AS o WHERE o.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: substitutions_print_rows :many substitution
-- params: from_on date, till_on date
-- rows: at most 2000
SELECT x.lesson_id, x.kind, x.reason, nullif(x.note, '') AS note,
       ej.weekday_short(x.held_on) || ', ' || ej.day_of_month(x.held_on) AS day_name, x.slot,
       x.class_name, x.subject_name, x.planned_name, x.staff_name, x.new_subject_name, x.joined_name, x.room,
       ej.weekday_short(x.moved_on) || ', ' || ej.day_of_month(x.moved_on) AS moved_name, x.moved_slot
  FROM ej.substitution_rows(:from_on, :till_on, '') AS x
 ORDER BY x.held_on, x.slot, x.class_name, x.lesson_id
 LIMIT 2000;

-- name: substitutions_away :many absence
-- The teachers who are away on these days or in the week after the first: how many lessons each has in
-- the next two weeks, and how many of them have no choice yet (open).
-- params: from_on date, till_on date
-- rows: at most 200
WITH a AS MATERIALIZED (
    SELECT a.id, a.staff_id, a.kind, a.during, greatest(lower(a.during), :from_on) AS from_on,
           least(coalesce(upper(a.during) - 1, 'infinity'), greatest(lower(a.during), :from_on) + 13) AS till_on
      FROM ej.staff_absence AS a
     WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools())))
       AND a.during && daterange(:from_on, greatest(:from_on + 6, :till_on), '[]')
)
SELECT a.staff_id, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS name, a.kind,
       lower(a.during) AS starts_on, upper(a.during) - 1 AS ends_on, a.from_on, a.till_on, x.lessons, x.open
  FROM a
  JOIN ej.staff AS f ON f.id = a.staff_id
 CROSS JOIN LATERAL (
       SELECT count(*) AS lessons,
              count(*) FILTER (WHERE l.state = 'planned' AND l.staff_id = a.staff_id AND l.joined_id IS NULL
                                 AND l.moved_on IS NULL) AS open
         FROM ej.substitution_lessons(a.staff_id, a.from_on, a.till_on) AS l) AS x
 WHERE x.lessons > 0
 ORDER BY x.open = 0, a.from_on, f.surname, f.given_name, f.id
 LIMIT 200;

-- name: substitutions_staff :many other
-- The teachers of the present year.
-- params:
-- rows: at most 300
SELECT f.id AS other_id, ej.short_name(f.surname, f.given_name, f.patronymic) AS name
  FROM ej.staff AS f
 WHERE f.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools())))
   AND f.id = ANY (ARRAY(
       SELECT t.staff_id FROM ej.teaching AS t
         JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year
          AND y.during @> (SELECT ej.my_today())
        WHERE t.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools())))))
 ORDER BY f.surname, f.given_name, f.patronymic, f.id
 LIMIT 300;

-- name: substitutions_teacher :one
-- A teacher, and the days: by default those of the absence that is or comes next, two weeks at most.
-- params: staff_id bigint, from_on date, till_on date, one_id bigint
SELECT f.id AS staff_id, ej.short_name(f.surname, f.given_name, f.patronymic) AS name, d.from_on, :one_id AS one_id,
       least(greatest(d.from_on, coalesce(:till_on, CASE WHEN :from_on IS NULL THEN upper(a.during) - 1 END)),
             d.from_on + 13) AS till_on,
       (SELECT x.kind FROM ej.staff_absence AS x WHERE x.staff_id = f.id AND x.during @> d.from_on LIMIT 1) AS reason,
       f.school_id = ANY (ej.my_setup_schools()) AS is_mine
  FROM ej.staff AS f
  LEFT JOIN LATERAL (SELECT a.during FROM ej.staff_absence AS a
                      WHERE a.staff_id = f.id
                        AND (upper_inf(a.during) OR upper(a.during) > (SELECT ej.my_today()))
                      ORDER BY lower(a.during) LIMIT 1) AS a ON true
 CROSS JOIN LATERAL (SELECT coalesce(:from_on, greatest(lower(a.during), (SELECT ej.my_today()))) AS from_on) AS d
 WHERE f.id = :staff_id AND f.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools())));

-- name: substitutions_lessons :many lesson
-- params: staff_id bigint, from_on date, till_on date
-- rows: at most 200
SELECT l.id AS lesson_id, coalesce(l.moved_on, l.held_on) AS held_on,
       ej.day_name(coalesce(l.moved_on, l.held_on)) AS day_name, coalesce(l.moved_slot, l.slot) AS slot,
       to_char(lower(l.during), 'HH24:MI') AS starts, g.name AS class_name, s.name AS subject_name,
       r.name AS room, ej.substitution_value(l) AS value, l.state = 'given' AS is_given,
       CASE WHEN l.planned_staff_id <> :staff_id
            THEN ej.short_name(p.surname, p.given_name, p.patronymic) END AS planned_name,
       CASE WHEN l.moved_on IS NOT NULL
            THEN ej.weekday_short(l.held_on) || ', ' || ej.day_of_month(l.held_on) END AS moved_name,
       CASE WHEN l.moved_on IS NOT NULL THEN l.slot END AS moved_slot
  FROM ej.substitution_lessons(:staff_id, :from_on, :till_on) AS l
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS p ON p.id = l.planned_staff_id
  LEFT JOIN ej.room AS r ON r.id = l.room_id
 WHERE l.instead_of_id IS NULL
 ORDER BY coalesce(l.moved_on, l.held_on), coalesce(l.moved_slot, l.slot), g.name, l.id
 LIMIT 200;

-- name: substitutions_choices :many choice under substitutions_lessons lesson_id
-- With one_id all free teachers, so that the chosen one is among them.
-- params: staff_id bigint, from_on date, till_on date, one_id bigint
SELECT c.lesson_id, c.part, c.value, c.staff_name, c.what, c.lessons_day, c.substituted
  FROM ej.substitution_choices(ARRAY(SELECT l.id FROM ej.substitution_lessons(:staff_id, :from_on, :till_on) AS l
                                      WHERE l.instead_of_id IS NULL),
                                CASE WHEN :one_id IS NULL THEN 12 ELSE 200 END) AS c
 ORDER BY c.lesson_id, c.place;

-- name: substitutions_free :many free
-- The teachers who are free at several of the lessons without a decision, those of most lessons first.
-- params: staff_id bigint, from_on date, till_on date, one_id bigint
-- rows: at most 60
SELECT f.staff_id AS other_id, f.name, count(*) AS lessons, count(*) FILTER (WHERE f.is_same) AS same,
       f.staff_id = :one_id AS is_current
  FROM ej.substitution_free(ARRAY(
       SELECT l.id FROM ej.substitution_lessons(:staff_id, :from_on, :till_on) AS l
        WHERE l.instead_of_id IS NULL AND l.state = 'planned' AND ej.substitution_value(l) = '')) AS f
 GROUP BY f.staff_id, f.name
HAVING count(*) > 1 OR f.staff_id = :one_id
 ORDER BY count(*) DESC, count(*) FILTER (WHERE f.is_same) DESC, f.name, f.staff_id
 LIMIT 60;

-- name: substitutions_lesson :one
-- One lesson with its present choice.
-- params: lesson_id bigint
SELECT l.id AS lesson_id, coalesce(l.moved_on, l.held_on) AS held_on,
       ej.day_name(coalesce(l.moved_on, l.held_on)) AS day_name, coalesce(l.moved_slot, l.slot) AS slot,
       g.name AS class_name, s.name AS subject_name, r.name AS room,
       ej.substitution_value(l) AS value, l.state = 'given' AS is_given, p.id AS staff_id,
       ej.short_name(p.surname, p.given_name, p.patronymic) AS planned_name,
       CASE WHEN l.moved_on IS NOT NULL THEN ej.day_name(l.held_on) END AS moved_name,
       CASE WHEN l.moved_on IS NOT NULL THEN l.slot END AS moved_slot,
       coalesce(x.reason, (SELECT a.kind FROM ej.staff_absence AS a
                            WHERE a.staff_id = p.id AND a.during @> l.held_on LIMIT 1)) AS reason,
       nullif(x.note, '') AS note, l.school_id = ANY (ej.my_setup_schools()) AS is_mine
  FROM ej.lesson AS l
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS p ON p.id = l.planned_staff_id
  LEFT JOIN ej.room AS r ON r.id = l.room_id
  LEFT JOIN ej.substitution AS x ON x.lesson_id = l.id
 WHERE l.id = :lesson_id AND l.instead_of_id IS NULL AND l.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]);

-- name: substitutions_all :many choice
-- params: lesson_id bigint
SELECT c.part, c.value, c.staff_name, c.what, c.lessons_day, c.substituted
  FROM ej.substitution_choices(ARRAY[:lesson_id], 200) AS c
 ORDER BY c.place;

-- name: substitutions_times :many time
-- params: lesson_id bigint
-- rows: at most 300
SELECT x.value, ej.day_name(x.day) AS day_name, x.slot, to_char(x.starts, 'HH24:MI') AS starts
  FROM (SELECT l FROM ej.lesson AS l
         WHERE l.id = :lesson_id AND l.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])) AS o
 CROSS JOIN LATERAL ej.substitution_times(o.l) AS x
 ORDER BY x.day, x.slot;

-- name: substitutions_save :outcomes
-- params: change_id bigint[], change text[], old_change text[], reason text, note text
SELECT ej.substitution_save(:change_id, :change, :old_change, :reason, :note);

-- name: substitutions_term :one
-- The days of the totals: by default those of the present term.
-- params: from_on date, till_on date
SELECT d.from_on, greatest(d.from_on, coalesce(:till_on, upper(e.during) - 1)) AS till_on
  FROM (SELECT) AS one
  LEFT JOIN LATERAL (SELECT e.during FROM ej.term AS e
                      WHERE e.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools())))
                        AND e.is_taught AND lower(e.during) <= (SELECT ej.my_today())
                      ORDER BY lower(e.during) DESC, upper(e.during) LIMIT 1) AS e ON true
 CROSS JOIN LATERAL (SELECT coalesce(:from_on, lower(e.during), (SELECT ej.my_today())) AS from_on) AS d;

-- name: substitutions_totals_head :one
-- params: from_on date, till_on date
SELECT :from_on AS from_on, :till_on AS till_on;

-- name: substitutions_terms :many term
-- The terms of the present year, to choose the days.
-- params:
-- rows: at most 40
WITH e AS MATERIALIZED (
    SELECT e.name, e.during, e.term_plan_id FROM ej.term AS e
     WHERE e.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools()))) AND (e.is_taught OR e.kind = 'year')
)
SELECT DISTINCT e.name, lower(e.during) AS from_on, upper(e.during) - 1 AS till_on
  FROM e
  JOIN ej.term_plan AS p ON p.id = e.term_plan_id
  JOIN ej.school_year AS y ON y.school_id = p.school_id AND y.year = p.year AND y.during @> (SELECT ej.my_today())
 ORDER BY 3, 2 DESC, 1
 LIMIT 40;

-- name: substitutions_totals :many teacher
-- The numbers of replaced, missed and moved lessons by teacher (SCH-06). missed: not given by the
-- teacher as planned, of which replaced by a colleague, joined, by another subject, cancelled; moved:
-- given at another time; given: lessons given for others.
-- params: from_on date, till_on date
-- rows: at most 500
WITH x AS MATERIALIZED (
    SELECT x.kind, x.planned_staff_id, x.staff_id FROM ej.substitution_rows(:from_on, :till_on, '') AS x
), n AS MATERIALIZED (
    SELECT x.planned_staff_id AS id, x.kind, 0 AS given FROM x
     UNION ALL
    SELECT x.staff_id, NULL, 1 FROM x WHERE x.staff_id IS NOT NULL
)
SELECT f.id AS staff_id, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS name,
       count(*) FILTER (WHERE n.kind <> 'move') AS missed, count(*) FILTER (WHERE n.kind = 'staff') AS replaced,
       count(*) FILTER (WHERE n.kind = 'join') AS joined, count(*) FILTER (WHERE n.kind = 'subject') AS subject,
       count(*) FILTER (WHERE n.kind = 'cancel') AS cancelled, count(*) FILTER (WHERE n.kind = 'move') AS moved,
       sum(n.given) AS given
  FROM n JOIN ej.staff AS f ON f.id = n.id AND f.id = ANY (ARRAY(SELECT n.id FROM n))
 GROUP BY f.id, f.surname, f.given_name, f.patronymic
 ORDER BY f.surname, f.given_name, f.patronymic, f.id
 LIMIT 500;

-- name: substitutions_exchange :one
-- The lesson that is to change places with another one; state: what an exchange changes of it.
-- params: lesson_id bigint
SELECT l.id AS lesson_id, l.held_on, ej.day_name(l.held_on) AS day_name, l.slot, g.name AS class_name,
       s.name AS subject_name, r.name AS room, ej.exchange_state(l) AS state, p.id AS staff_id,
       ej.short_name(p.surname, p.given_name, p.patronymic) AS planned_name,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       coalesce(x.reason, (SELECT a.kind FROM ej.staff_absence AS a
                            WHERE a.staff_id = p.id AND a.during @> l.held_on LIMIT 1)) AS reason,
       nullif(x.note, '') AS note
  FROM ej.lesson AS l
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS p ON p.id = l.planned_staff_id
  JOIN ej.staff AS f ON f.id = l.staff_id
  LEFT JOIN ej.room AS r ON r.id = l.room_id
  LEFT JOIN ej.substitution AS x ON x.lesson_id = l.id
 WHERE l.id = :lesson_id AND l.instead_of_id IS NULL AND l.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: substitutions_exchanges :many exchange
-- The lessons of the day with which it can change places: those that substitutes give first, then those
-- of its class.
-- params: lesson_id bigint
-- rows: at most 120
WITH e AS MATERIALIZED (
    SELECT e.value, e.part, e.other_id, o.l AS one
      FROM (SELECT l FROM ej.lesson AS l
             WHERE l.id = :lesson_id AND l.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[])) AS o
     CROSS JOIN LATERAL ej.substitution_exchanges(o.l) AS e
)
SELECT e.value, e.part, l.slot, to_char(lower(l.during), 'HH24:MI') AS starts, g.name AS class_name,
       s.name AS subject_name, ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name
  FROM e
  JOIN ej.lesson AS l ON l.id = e.other_id
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS f ON f.id = l.staff_id
 ORDER BY e.part, l.is_substitute DESC, l.study_group_id <> (e.one).study_group_id, l.slot, g.name, s.name, l.id
 LIMIT 120;

-- name: substitutions_swap :outcomes
-- params: lesson_id bigint, exchange text, old_exchange text, reason text, note text
SELECT ej.substitution_exchange(:lesson_id, :exchange, :old_exchange, :reason, :note);
