-- movements.sql: the queries of movements.c, 60 rows a page. Row policies decide which
-- movements a reader sees: heads those of the school, a class teacher those of the class.

-- name: movements_head :one
-- params: find text, kind text, class_id bigint, from_on date, till_on date, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, :kind AS kind, :class_id AS class_id,
       :from_on AS from_on, :till_on AS till_on,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count,
       count(*) FILTER (WHERE m.class_id IS NOT NULL AND m.from_class_id IS NULL
                          AND m.undone_reason IS NULL) AS arrived,
       count(*) FILTER (WHERE m.class_id IS NULL AND m.undone_reason IS NULL) AS departed,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine, cardinality(ej.my_admin_schools()) > 0 AS is_admin
  FROM ej.movement AS m
  JOIN ej.pupil AS p ON p.id = m.pupil_id
 WHERE m.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND (:kind IS NULL OR m.kind = :kind)
   AND (:class_id IS NULL OR :class_id IN (m.class_id, m.from_class_id))
   AND (:from_on IS NULL OR m.moved_on >= :from_on) AND (:till_on IS NULL OR m.moved_on <= :till_on)
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.surname, p.given_name, p.patronymic));

-- name: movements_rows :many movement
-- The movements of the school, the newest first, or by the pupil's name.
-- list: sort date name
-- params: find text, kind text, class_id bigint, from_on date, till_on date, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT m.id AS movement_id, m.moved_on, m.kind, m.pupil_id,
       concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       f.name AS from_name, c.name AS class_name, m.reason, m.order_no, m.order_on, nullif(m.note, '') AS note,
           m.undone_reason,
       p.school_id = ANY ((SELECT ej.my_card_schools())::bigint[])
           OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]) AS is_open
  FROM ej.movement AS m
  JOIN ej.pupil AS p ON p.id = m.pupil_id
  LEFT JOIN ej.class AS f ON f.id = m.from_class_id
  LEFT JOIN ej.class AS c ON c.id = m.class_id
 WHERE m.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND (:kind IS NULL OR m.kind = :kind)
   AND (:class_id IS NULL OR :class_id IN (m.class_id, m.from_class_id))
   AND (:from_on IS NULL OR m.moved_on >= :from_on) AND (:till_on IS NULL OR m.moved_on <= :till_on)
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.surname, p.given_name, p.patronymic))
 ORDER BY CASE WHEN :sort = 'name' THEN p.surname END, CASE WHEN :sort = 'name' THEN p.given_name END,
          m.moved_on DESC, m.id DESC
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: movements_classes :many choice
-- The classes of this school year and of one that is prepared, for the filter and the form.
-- params:
-- rows: at most 240
SELECT 'class_id' AS "for", c.id AS value,
       c.name || CASE WHEN lower(y.during) > t.day THEN format(' (%s/%s)', y.year, y.year % 100 + 1) ELSE '' END AS name
  FROM (SELECT y.school_id, y.year, y.during FROM ej.school_year AS y
         WHERE y.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[])) AS y
 CROSS JOIN LATERAL (SELECT ej.today(y.school_id) AS day) AS t
  JOIN ej.class AS c ON c.school_id = y.school_id AND c.year = y.year
 WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND upper(y.during) > t.day
 ORDER BY y.year, c.grade, c.letter;

-- name: movements_pupil_head :one
-- A pupil for the head of the page, with the class of today, and the movement that is being entered:
-- in its second step (is_ready) the kind, the day and, if one is needed, the class are known.
-- params: pupil_id bigint, kind text, class_id bigint, moved_on date
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       c.name AS class_name, d.day AS today_on, p.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AS is_mine,
       :kind AS kind, CASE WHEN :kind <> 'leave' THEN :class_id END AS class_id,
       CASE WHEN :kind <> 'leave' THEN (SELECT o.name FROM ej.class AS o WHERE o.id = :class_id) END AS to_name,
       :moved_on AS moved_on,
       :moved_on IS NOT NULL AND (:kind = 'leave' OR :class_id IS NOT NULL AND :kind IS NOT NULL) AS is_ready
  FROM ej.pupil AS p
 CROSS JOIN LATERAL (SELECT ej.today(p.school_id) AS day) AS d
  LEFT JOIN LATERAL (SELECT c.name FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
                      WHERE e.pupil_id = p.id AND e.during @> d.day LIMIT 1) AS c ON true
 WHERE p.id = :pupil_id
   AND (p.school_id = ANY ((SELECT ej.my_card_schools())::bigint[])
        OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]));

-- name: movements_pupil :many movement
-- The movements of one pupil, the newest first; only the last that holds can be undone.
-- params: pupil_id bigint
-- rows: at most 100
SELECT m.id AS movement_id, m.moved_on, m.kind, f.name AS from_name, c.name AS class_name, m.reason, m.order_no,
       m.order_on,
       nullif(m.note, '') AS note, m.undone_reason,
       m.undone_reason IS NULL
           AND row_number() OVER (PARTITION BY m.undone_reason IS NULL ORDER BY m.id DESC) = 1 AS is_last
  FROM ej.movement AS m
  LEFT JOIN ej.class AS f ON f.id = m.from_class_id
  LEFT JOIN ej.class AS c ON c.id = m.class_id
 WHERE m.pupil_id = :pupil_id
 ORDER BY m.id DESC
 LIMIT 100;

-- name: movements_years :many enrolment
-- The classes the pupil was in, with or without a movement.
-- params: pupil_id bigint
SELECT c.name AS class_name, lower(e.during) AS from_on, upper(e.during) - 1 AS till_on,
       nullif(e.order_no, '') AS order_no
  FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
 WHERE e.pupil_id = :pupil_id
 ORDER BY e.during;

-- name: movements_ended :many ended
-- The groups that the pupil would leave.
-- params: pupil_id bigint, kind text, class_id bigint, moved_on date
SELECT g.name, lower(m.during) AS from_on
  FROM ej.members_ended(ARRAY[:pupil_id], ARRAY[CASE WHEN :kind <> 'leave' THEN :class_id END], :moved_on) AS m
  JOIN ej.study_group AS g ON g.id = m.study_group_id
 WHERE :moved_on IS NOT NULL AND :kind IS NOT NULL AND (:kind = 'leave' OR :class_id IS NOT NULL)
 ORDER BY g.kind <> 'class', g.name;

-- name: movements_groups :many group
-- The groups of the new class, of which its own is joined at once; of the others the
-- subjects taught in them.
-- params: kind text, class_id bigint
SELECT g.id AS study_group_id, g.name, g.kind = 'class' AS is_own,
       (SELECT string_agg(DISTINCT s.name, ', ') FROM ej.teaching AS t JOIN ej.subject AS s ON s.id = t.subject_id
         WHERE t.study_group_id = g.id AND g.kind <> 'class') AS subjects
  FROM ej.study_group_class AS x JOIN ej.study_group AS g ON g.id = x.study_group_id
 WHERE x.class_id = :class_id AND :kind <> 'leave'
 ORDER BY g.kind <> 'class', g.name;

-- name: movements_reasons :many reason
-- params: kind text
SELECT r.value FROM unnest(ej.movement_reasons(:kind)) WITH ORDINALITY AS r(value, n) WHERE :kind IS NOT NULL
 ORDER BY r.n;

-- name: movements_new_head :one
-- The page of a pupil who is new to the school.
-- params: class_id bigint, moved_on date
SELECT 'enrol' AS kind, :class_id AS class_id, (SELECT o.name FROM ej.class AS o WHERE o.id = :class_id) AS to_name,
       :moved_on AS moved_on, ej.my_today() AS today_on, true AS is_mine,
       :moved_on IS NOT NULL AND EXISTS (SELECT FROM ej.class AS o WHERE o.id = :class_id) AS is_ready;

-- name: movements_undo_head :one
-- params: movement_id bigint
SELECT m.id AS movement_id, m.pupil_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       m.moved_on, m.kind,
       f.name AS from_name, c.name AS class_name, m.reason, m.order_no, m.order_on, nullif(m.note, '') AS note,
           m.undone_reason
  FROM ej.movement AS m JOIN ej.pupil AS p ON p.id = m.pupil_id
  LEFT JOIN ej.class AS f ON f.id = m.from_class_id
  LEFT JOIN ej.class AS c ON c.id = m.class_id
 WHERE m.id = :movement_id AND m.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: movements_known :many known
-- The staff and parents of the school with the typed name, of whom one may be meant.
-- params: surname text, given_name text, patronymic text
SELECT k.person_id, k.kind, k.name, k.note, k.birth_on
  FROM ej.person_alike('pupil', :surname, :given_name, :patronymic) AS k;

-- name: movements_save :outcomes
-- params: pupil_id bigint, fields jsonb, study_group_id bigint[]
SELECT ej.movement_write(:pupil_id, :fields, coalesce(:study_group_id, '{}'));

-- name: movements_undo :outcomes
-- params: movement_id bigint, undone_reason text
SELECT ej.movement_undo(:movement_id, :undone_reason);
