-- timetable.sql: the queries of timetable.c. timetable_scope decides whose week a page
-- shows, and on which day; the other queries take its columns.

-- name: timetable_scope :one
-- params: class_id bigint, staff_id bigint, room_id bigint, kind text, day_on date
SELECT w.school_id, w.year, w.day_on, w.today_on, w.from_on, w.kind, w.class_id, w.staff_id, w.room_id, w.name,
       w.cycle, w.is_mine
  FROM ej.timetable_scope(:class_id, :staff_id, :room_id, :kind, :day_on) AS w;

-- name: timetable_edit_scope :one
-- The same for those who change the timetable. A school without classes has the empty page of
-- the whole school.
-- params: class_id bigint, staff_id bigint, room_id bigint, kind text, day_on date
SELECT w.school_id, w.year, w.day_on, w.today_on, w.from_on, w.kind, w.class_id, w.staff_id, w.room_id, w.name,
       w.cycle, w.is_mine
  FROM ej.timetable_scope(:class_id, :staff_id, :room_id, :kind, :day_on) AS w WHERE w.is_mine
   AND (w.kind <> 'school' OR :kind IS DISTINCT FROM 'school');

-- name: timetable_head :one
-- params: school_id bigint, day_on date, today_on date, kind text, class_id bigint, staff_id bigint
-- params: room_id bigint, name text, cycle int, is_mine boolean
SELECT :kind AS kind, :class_id AS class_id, :staff_id AS staff_id, :room_id AS room_id, :name AS name,
       :day_on AS day_on,
       ej.day_of_month(:day_on) || ' ' || extract(year FROM :day_on) AS day_name, :day_on = :today_on AS is_today,
       :cycle AS cycle, :is_mine AS is_mine, cardinality(ej.my_staff_schools()) > 0 AS is_staff,
       o.name AS school_name
  FROM ej.school AS o WHERE o.id = :school_id;

-- name: timetable_others :many other
-- The classes, staff members or rooms among which one is chosen.
-- params: school_id bigint, year int, day_on date, kind text, class_id bigint, staff_id bigint, room_id bigint
-- rows: at most 300
SELECT c.id AS other_id, c.name, c.id = :class_id AS is_current
  FROM (SELECT c.id, c.name, c.grade, c.letter FROM ej.class AS c
         WHERE :kind = 'class' AND c.school_id = :school_id AND c.year = :year ORDER BY c.grade, c.letter, c.id) AS c
UNION ALL
SELECT f.id, f.name, f.id = :staff_id
  FROM (SELECT f.id, ej.short_name(f.surname, f.given_name, f.patronymic) AS name FROM ej.staff AS f
         WHERE :kind = 'staff' AND f.school_id = :school_id
           AND f.id = ANY (ARRAY(SELECT t.staff_id FROM ej.teaching AS t WHERE t.school_id = :school_id
                                    AND t.year = :year))
         ORDER BY f.surname, f.given_name, f.patronymic, f.id) AS f
UNION ALL
SELECT r.id, r.name, r.id = :room_id
  FROM (SELECT r.id, r.name::text AS name FROM ej.room AS r
         WHERE :kind = 'room' AND r.school_id = :school_id AND (r.ended_on IS NULL OR r.ended_on > :day_on)
         ORDER BY substring(r.name FROM '^\d+')::numeric, r.name) AS r;

-- name: timetable_slots :many slot
-- The rows of the week: as many as it has lessons, and for an editor at least eight; with the
-- bells of the class.
-- params: school_id bigint, year int, day_on date, class_id bigint, staff_id bigint, room_id bigint, least int
SELECT s.slot, to_char(e.starts, 'HH24:MI') AS starts, to_char(e.ends, 'HH24:MI') AS ends
  FROM (SELECT min(x.slot) AS first, max(x.slot) AS last
          FROM ej.timetable_week(:school_id, :year, :day_on, :class_id, :staff_id, :room_id) AS x) AS b,
       generate_series(least(1, b.first), greatest(b.last, :least)) AS s(slot)
  LEFT JOIN ej.bell AS e ON e.slot = s.slot AND e.bell_plan_id = (
       SELECT ej.bell_plan_on(min(k.study_group_id), :day_on) FROM ej.study_group_class AS k
         JOIN ej.study_group AS g ON g.id = k.study_group_id AND g.kind = 'class' WHERE k.class_id = :class_id)
 ORDER BY s.slot;

-- name: timetable_cells :many cell under timetable_slots slot
-- All cells; for a lesson that is to be placed or moved, with what would be in two places.
-- params: school_id bigint, year int, day_on date, class_id bigint, staff_id bigint, room_id bigint
-- params: least int, teaching_id bigint, timetable_id bigint
WITH b AS MATERIALIZED (
    SELECT min(x.slot) AS first, max(x.slot) AS last, max(x.weekday) AS last_day
      FROM ej.timetable_week(:school_id, :year, :day_on, :class_id, :staff_id, :room_id) AS x
), cell AS MATERIALIZED (
    SELECT s.slot, d.weekday, s.slot * 10 + d.weekday AS cell
      FROM b, generate_series(least(1, b.first), greatest(b.last, :least)) AS s(slot),
           generate_series(1, 6) AS d(weekday)
     WHERE d.weekday < 6 OR b.last_day = 6
        OR coalesce((SELECT c.week_days FROM ej.class AS c WHERE c.id = :class_id), 6) = 6
)
SELECT c.slot, c.weekday, c.cell, x.is_busy
  FROM cell AS c
  LEFT JOIN ej.timetable_busy(:teaching_id, :timetable_id, :day_on,
                              ARRAY(SELECT c.cell FROM cell AS c)) AS x ON x.cell = c.cell
 ORDER BY c.slot, c.weekday;

-- name: timetable_items :many item under timetable_cells cell
-- params: school_id bigint, year int, day_on date, class_id bigint, staff_id bigint, room_id bigint
-- params: timetable_id bigint
-- rows: at most 150
SELECT x.slot * 10 + x.weekday AS cell, x.id AS timetable_id, x.subject_name, x.part_name, x.group_name,
       x.class_id, x.staff_id, x.staff_name, x.room_id, x.room_name, nullif(x.cycle, 0) AS cycle,
       x.id = :timetable_id AS is_picked, CASE WHEN x.is_changed THEN lower(x.during) END AS from_on
  FROM ej.timetable_week(:school_id, :year, :day_on, :class_id, :staff_id, :room_id) AS x
 ORDER BY x.slot, x.weekday, x.cycle, x.group_name, x.subject_name, x.id;

-- name: timetable_changes :many change
-- The lessons of this week that are not given as the timetable says, of those that the reader may
-- read: substitutions, cancelled, moved and joined lessons, those of another subject (SCH-07).
-- params: school_id bigint, day_on date, class_id bigint, staff_id bigint, room_id bigint
-- rows: at most 200
WITH l AS MATERIALIZED (
    SELECT l.id, l.held_on, l.slot, l.moved_on, l.moved_slot, l.study_group_id, l.teaching_id, l.staff_id,
           l.planned_staff_id, l.room_id, l.state, l.joined_id, l.instead_of_id
      FROM ej.lesson AS l
     WHERE l.school_id = :school_id
       AND l.held_on BETWEEN date_trunc('week', :day_on)::date AND date_trunc('week', :day_on)::date + 6
       AND (l.is_substitute OR l.state = 'cancelled' OR l.moved_on IS NOT NULL OR l.joined_id IS NOT NULL
            OR l.instead_of_id IS NOT NULL)
     UNION
    SELECT l.id, l.held_on, l.slot, l.moved_on, l.moved_slot, l.study_group_id, l.teaching_id, l.staff_id,
           l.planned_staff_id, l.room_id, l.state, l.joined_id, l.instead_of_id
      FROM ej.study_group AS g
      JOIN ej.lesson AS l ON l.study_group_id = g.id
     WHERE g.school_id = :school_id
       AND l.moved_on BETWEEN date_trunc('week', :day_on)::date AND date_trunc('week', :day_on)::date + 6
)
SELECT l.id AS lesson_id, ej.weekday_short(coalesce(l.moved_on, l.held_on)) || ', '
           || ej.day_of_month(coalesce(l.moved_on, l.held_on)) AS day_name,
       coalesce(l.moved_slot, l.slot) AS slot, g.name AS group_name, s.name AS subject_name,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name, r.name AS room_name,
       CASE WHEN l.moved_on IS NOT NULL THEN 'move' WHEN l.state = 'cancelled' THEN 'cancel'
            WHEN l.instead_of_id IS NOT NULL THEN 'subject' WHEN l.joined_id IS NOT NULL THEN 'join'
            ELSE 'staff' END AS kind,
       CASE WHEN l.moved_on IS NOT NULL THEN ej.weekday_short(l.held_on) || ', ' || ej.day_of_month(l.held_on) END
           AS moved_name, CASE WHEN l.moved_on IS NOT NULL THEN l.slot END AS moved_slot
  FROM l
  JOIN ej.study_group AS g ON g.id = l.study_group_id
  JOIN ej.teaching AS t ON t.id = l.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.staff AS f ON f.id = l.staff_id AND f.school_id = :school_id
  LEFT JOIN ej.room AS r ON r.id = l.room_id
 WHERE (:class_id IS NULL OR l.study_group_id = ANY (ARRAY(
           SELECT k.study_group_id FROM ej.study_group_class AS k WHERE k.class_id = :class_id)))
   AND (:staff_id IS NULL OR :staff_id IN (l.staff_id, l.planned_staff_id))
   AND (:room_id IS NULL OR l.room_id = :room_id)
 ORDER BY coalesce(l.moved_on, l.held_on), coalesce(l.moved_slot, l.slot), g.name, l.id
 LIMIT 200;

-- name: timetable_load :many load
-- What the class or staff member has to be taught, with the hours that are in the timetable
-- on the day; those that lack hours first.
-- params: school_id bigint, year int, day_on date, class_id bigint, staff_id bigint, teaching_id bigint
SELECT t.teaching_id, t.subject_name, t.group_name, t.staff_name, t.hours_week, t.placed,
       t.placed <> t.hours_week AS is_wrong, t.teaching_id = :teaching_id AS is_picked
  FROM ej.timetable_load(:school_id, :year, :day_on, :class_id, :staff_id) AS t
 ORDER BY t.placed >= t.hours_week, t.subject_name, t.group_name, t.teaching_id;

-- name: timetable_picked :many picked
-- The teaching or the lesson of the week that is to be placed, moved or changed.
-- params: teaching_id bigint, timetable_id bigint, day_on date
SELECT x.id AS timetable_id, t.id AS teaching_id, s.name AS subject_name, g.name AS group_name,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       coalesce(x.cycle, 0) AS cycle, x.weekday || '.' || x.slot AS at,
       CASE WHEN x.id IS NULL THEN ej.timetable_room(t.id) ELSE x.room_id END AS place_id,
       lower(x.during) < :day_on AS is_before
  FROM ej.teaching AS t
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  LEFT JOIN ej.staff AS f ON f.id = t.staff_id
  LEFT JOIN ej.timetable AS x ON x.id = :timetable_id
 WHERE t.id = coalesce((SELECT x.teaching_id FROM ej.timetable AS x WHERE x.id = :timetable_id), :teaching_id)
   AND t.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: timetable_places :many place
-- params: school_id bigint, day_on date
SELECT r.id AS place_id, r.name
  FROM ej.room AS r WHERE r.school_id = :school_id AND (r.ended_on IS NULL OR r.ended_on > :day_on)
 ORDER BY substring(r.name FROM '^\d+')::numeric, r.name;

-- name: timetable_save :outcomes
-- params: fields jsonb
SELECT ej.timetable_save(:fields);

-- name: timetable_print_rows :many hour
-- The hours of the week of the whole school.
-- params: school_id bigint, year int, day_on date
SELECT h.weekday * 100 + h.slot AS hour, h.weekday, h.slot
  FROM (SELECT DISTINCT x.weekday,
               x.slot FROM ej.timetable_week(:school_id, :year, :day_on, NULL, NULL, NULL) AS x) AS h
 ORDER BY 1;

-- name: timetable_print_columns :many class
-- params: school_id bigint, year int
SELECT c.id AS class_id, c.name FROM ej.class AS c
 WHERE c.school_id = :school_id AND c.year = :year ORDER BY c.grade, c.letter, c.id;

-- name: timetable_print_cells :grid hour class_id
-- «Англ. яз. 24 / 32»: a subject with the rooms of its groups.
-- params: school_id bigint, year int, day_on date
WITH subject AS MATERIALIZED (
    SELECT x.weekday * 100 + x.slot AS hour, c.id, c.grade, c.letter, min(x.group_name) AS first,
           x.subject_short || CASE x.cycle WHEN 0 THEN '' ELSE ' (' || x.cycle || ')' END
             || coalesce(' ' || string_agg(x.room_name, ' / ' ORDER BY x.group_name, x.id), '') AS text
      FROM ej.class AS c
      JOIN ej.study_group_class AS k ON k.class_id = c.id
      JOIN ej.timetable_week(:school_id, :year, :day_on, NULL, NULL, NULL) AS x ON x.group_id = k.study_group_id
     WHERE c.school_id = :school_id AND c.year = :year
     GROUP BY 1, c.id, c.grade, c.letter, x.subject_short, x.cycle
)
SELECT s.hour, s.id AS class_id, string_agg(s.text, ' / ' ORDER BY s.first, s.text) AS text
  FROM subject AS s
 GROUP BY s.hour, s.id, s.grade, s.letter
 ORDER BY s.hour, s.grade, s.letter, s.id;

-- name: timetable_lessons :one
-- How the lessons of the term ahead differ from the timetable; no days when no term is near.
-- params:
SELECT ej.day_of_month(d.from_on) AS from_name, ej.day_of_month(d.till_on) AS till_name,
       count(*) FILTER (WHERE c.what = 'new') AS added, count(*) FILTER (WHERE c.what = 'moved') AS moved,
       count(*) FILTER (WHERE c.what = 'gone') AS gone, count(*) FILTER (WHERE c.what = 'stuck') AS stuck
  FROM unnest(ej.my_setup_schools()) AS s(id)
  LEFT JOIN ej.lessons_days(s.id) AS d ON true
  LEFT JOIN ej.lessons_changes(s.id) AS c ON true
 GROUP BY d.from_on, d.till_on;

-- name: timetable_make :exec
-- params:
SELECT ej.lessons_apply();
