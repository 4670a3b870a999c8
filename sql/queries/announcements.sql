-- announcements.sql: the queries of announcements.c. Row policies show an announcement to those to whom
-- it is, to its author and the heads.

-- name: announcements_head :one
-- params: find text, sort text, page int
SELECT coalesce(:find, '') AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count,
       cardinality(ej.my_journal_schools() || ej.my_classes() || ej.my_taught_groups()) > 0 AS is_mine
  FROM ej.announcement AS a
 WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', a.title, a.note));

-- name: announcements_rows :many announcement
-- Those of today first, then what is to come and what is over, the newest first. is_due: the reader is
-- asked to confirm it, and has not.
-- list: sort day
-- params: find text, sort text, page int, lines int
SELECT a.id AS announcement_id, a.title, lower(a.during) AS from_on, upper(a.during) - 1 AS till_on, a.whom,
       coalesce(c.name, g.name) AS place, ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       NOT a.during @> ej.today(a.school_id) AS is_past,
       a.asks_receipt AND a.during @> ej.today(a.school_id) AND r.person_id IS NULL
           AND a.id = ANY ((SELECT ej.my_announcements())::bigint[]) AS is_due
  FROM ej.announcement AS a
  LEFT JOIN ej.class AS c ON c.id = a.class_id
  LEFT JOIN ej.study_group AS g ON g.id = a.study_group_id
  LEFT JOIN ej.staff AS f ON f.id = a.staff_id
  LEFT JOIN ej.announcement_read AS r
    ON r.announcement_id = a.id AND r.person_id = ANY ((SELECT ej.my_persons())::bigint[])
 WHERE :sort = 'day' AND a.school_id = ANY (ARRAY(SELECT unnest(ej.my_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', a.title, a.note))
 ORDER BY a.during @> ej.today(a.school_id) DESC, lower(a.during) DESC, a.id DESC
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: announcements_choices :many choice
-- The classes and groups of this year to which the reader may announce.
-- params:
SELECT x."for", x.value, x.name
  FROM (SELECT 'class_id' AS "for", c.id AS value, c.name::text AS name, c.grade, c.letter::text AS letter
          FROM ej.class AS c
         WHERE (c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
                OR c.id = ANY ((SELECT ej.my_classes())::bigint[]))
           AND EXISTS (SELECT FROM ej.school_year AS y WHERE y.school_id = c.school_id AND y.year = c.year
                          AND upper(y.during) > ej.today(y.school_id))
         UNION ALL
        SELECT 'study_group_id', g.id, g.name, NULL, g.name FROM ej.study_group AS g
         WHERE g.id = ANY ((SELECT ej.my_taught_groups())::bigint[])
           AND EXISTS (SELECT FROM ej.school_year AS y WHERE y.school_id = g.school_id AND y.year = g.year
                          AND upper(y.during) > ej.today(y.school_id))) AS x
 ORDER BY x."for", x.grade, x.letter, x.value;

-- name: announcements_show :one
-- is_mine: the reader wrote it; can_see: and may see who has confirmed it.
-- params: announcement_id bigint
SELECT a.id AS announcement_id, a.title, lower(a.during) AS from_on, upper(a.during) - 1 AS till_on, a.whom,
       coalesce(c.name, g.name) AS place, ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       a.asks_receipt, to_char(r.read_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS read_at,
       a.id = ANY ((SELECT ej.my_announcements())::bigint[]) AS is_told,
       a.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AS is_mine, a.note
  FROM ej.announcement AS a
  JOIN ej.school AS s ON s.id = a.school_id
  LEFT JOIN ej.class AS c ON c.id = a.class_id
  LEFT JOIN ej.study_group AS g ON g.id = a.study_group_id
  LEFT JOIN ej.staff AS f ON f.id = a.staff_id
  LEFT JOIN ej.announcement_read AS r
    ON r.announcement_id = a.id AND r.person_id = ANY ((SELECT ej.my_persons())::bigint[])
 WHERE a.id = :announcement_id;

-- name: announcements_text :many body
-- params: announcement_id bigint
SELECT a.note AS prose FROM ej.announcement AS a WHERE a.id = :announcement_id;

-- name: announcements_readers :many reader
-- Of an announcement that asks for it: who has not confirmed it, and then who has.
-- params: announcement_id bigint
SELECT r.name, r.role, r.pupil_id, r.pupil_name, r.class_name,
       to_char(r.read_at AT TIME ZONE s.tz, 'YYYY-MM-DD"T"HH24:MI') AS read_at
  FROM ej.announcement AS a
  JOIN ej.school AS s ON s.id = a.school_id
 CROSS JOIN LATERAL ej.announcement_readers(a.id) AS r
 WHERE a.id = :announcement_id AND a.asks_receipt
 ORDER BY r.read_at IS NOT NULL, r.role DESC, r.class_name, r.pupil_name, r.name;

-- name: announcements_add :outcomes
-- Without a first day it is shown from today on.
-- params: fields jsonb
SELECT ej.save_rows('ej.announcement', :fields
    || CASE WHEN :fields ->> 'from_on' IS NULL AND :fields ? 'title'
            THEN jsonb_build_object('from_on', (SELECT ej.my_today())) ELSE '{}' END);

-- name: announcements_save :outcomes
-- params: announcement_id bigint, fields jsonb
SELECT ej.save_rows('ej.announcement', :fields || jsonb_build_object('id', :announcement_id));

-- name: announcements_confirm :outcomes
-- params: announcement_id bigint
SELECT ej.announcement_confirm(:announcement_id);
