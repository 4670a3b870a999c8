-- feeds.sql: the queries of feeds.c.

-- name: feeds_rows :many feed
-- The timetables that the reader may have in a calendar; of classes only those with an address.
-- is_agreed: by a guardian's consent the reader may have the calendar of a pupil.
-- params:
-- rows: at most 50
WITH mine AS MATERIALIZED (
    SELECT m.staff_id, m.pupil_id, m.class_id, m.made_at FROM ej.my_feeds() AS m
)
SELECT f.id AS staff_id, NULL::bigint AS pupil_id, NULL::bigint AS class_id,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS name, m.made_at,
       NULL::boolean AS is_agreed, NULL::boolean AS is_guardian, NULL::boolean AS is_paper
  FROM ej.staff AS f LEFT JOIN mine AS m ON m.staff_id = f.id
 WHERE f.id = ANY (ARRAY(SELECT unnest(ej.my_staff())))
   AND (EXISTS (SELECT FROM ej.teaching AS t WHERE t.staff_id = f.id)
     OR EXISTS (SELECT FROM ej.lesson AS l WHERE l.staff_id = f.id))
UNION ALL
SELECT NULL, p.id, NULL, ej.short_name(p.surname, p.given_name, p.patronymic), m.made_at, k.is_agreed, k.is_guardian,
       k.is_paper
  FROM ej.pupil AS p JOIN ej.my_calendars() AS k ON k.pupil_id = p.id LEFT JOIN mine AS m ON m.pupil_id = p.id
 WHERE p.id = ANY (ARRAY(SELECT unnest(ej.my_family_pupils())))
   AND EXISTS (SELECT FROM ej.enrolment AS e WHERE e.pupil_id = p.id
                  AND (upper_inf(e.during) OR upper(e.during) > ej.today(e.school_id)))
UNION ALL
SELECT NULL, NULL, c.id, c.name, m.made_at, NULL, NULL, NULL
  FROM mine AS m JOIN ej.class AS c ON c.id = m.class_id
 WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())));

-- name: feeds_classes :many class
-- For staff who read classes and the names of teachers: the classes of the present school year, or
-- of the next one, between two years.
-- params:
-- rows: at most 100
SELECT c.id AS class_id, c.name FROM ej.class AS c
 WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_class_schools())))
   AND c.school_id = ANY (ARRAY(SELECT unnest(ej.my_colleague_schools())))
   AND c.year = (SELECT y.year FROM ej.school_year AS y WHERE y.school_id = c.school_id
                  ORDER BY y.during @> ej.today(y.school_id) DESC, lower(y.during) > ej.today(y.school_id) DESC,
                           abs(lower(y.during) - ej.today(y.school_id)) LIMIT 1)
 ORDER BY c.grade, c.letter, c.id;

-- name: feeds_make :many made
-- params: staff_id bigint, pupil_id bigint, class_id bigint
SELECT ej.feed_make(:staff_id, :pupil_id, :class_id) AS token;

-- name: feeds_agree :exec
-- params: pupil_id bigint
SELECT ej.feed_agree(:pupil_id);

-- name: feeds_withdraw :outcomes
-- params: pupil_id bigint
SELECT ej.consent_withdraw(:pupil_id, 'calendar');

-- name: feeds_end :exec
-- params: staff_id bigint, pupil_id bigint, class_id bigint
SELECT ej.feed_end(:staff_id, :pupil_id, :class_id);

-- name: feeds_address_scope :one
-- The timetable at an address; no row for a wrong address or one that is no longer valid.
-- params: token_key text
SELECT f.name, f.tz, f.today_on, f.from_on, f.till_on FROM ej.feed_find(:token_key) AS f;

-- name: feeds_head :one
-- params: name text, tz text, today_on date
SELECT :name AS name, :tz AS tz, to_char(:today_on, 'YYYYMMDD"T000000Z"') AS stamp;

-- name: feeds_zone :many zone
-- params: tz text, from_on date, till_on date
SELECT to_char(z.starts, 'YYYYMMDD"T"HH24MISS') AS starts, z.offset_from, z.offset_to
  FROM ej.feed_zone(:tz, :from_on, :till_on) AS z ORDER BY z.starts;

-- name: feeds_events :many event
-- The lessons; of a pupil also control works, events, holidays, and the days on which homework is
-- due. Times of eight digits are whole days, of which the last is not included.
-- params: token_key text
-- rows: at most 4,000
SELECT x.uid, x.starts, x.ends, x.name, x.place, x.text, x.is_cancelled
  FROM (SELECT 'lesson-' || l.lesson_id AS uid, to_char(l.starts, 'YYYYMMDD"T"HH24MISS') AS starts,
               to_char(l.ends, 'YYYYMMDD"T"HH24MISS') AS ends,
               CASE WHEN l.is_cancelled THEN 'Отменён: ' ELSE '' END || concat_ws(', ', l.subject_name, l.group_name)
                 AS name,
               CASE WHEN l.room_name ~ '^\d' THEN 'каб. ' ELSE '' END || l.room_name AS place,
               concat_ws(E'\n', CASE WHEN l.staff_name IS NOT NULL
                                     THEN CASE WHEN l.is_substitute THEN 'Замена: ' ELSE '' END || l.staff_name
                                     WHEN l.is_substitute THEN 'Замена' END,
                         'Перенесён с ' || ej.day_of_month(l.moved_on)) AS text,
               l.is_cancelled
          FROM ej.feed_lessons(:token_key) AS l
         UNION ALL
        SELECT d.kind || '-' || d.id,
               coalesce(to_char(d.starts, 'YYYYMMDD"T"HH24MISS'), to_char(d.from_on, 'YYYYMMDD')),
               coalesce(to_char(d.ends, 'YYYYMMDD"T"HH24MISS'), to_char(d.till_on + 1, 'YYYYMMDD')),
               CASE d.kind WHEN 'control' THEN d.subject_name || ': ' || concat_ws(', ', d.form_name, d.title)
                           WHEN 'homework' THEN 'Сдать задание: ' || d.subject_name
                           WHEN 'event' THEN CASE WHEN d.is_cancelled THEN 'Отменено: ' ELSE '' END || d.title
                           ELSE d.title END,
               CASE WHEN d.kind = 'control' AND d.place ~ '^\d' THEN 'каб. ' ELSE '' END || d.place,
               CASE WHEN d.kind = 'homework' THEN 'Само задание — в дневнике.' ELSE nullif(d.hours, '') END,
               d.is_cancelled
          FROM ej.feed_days(:token_key) AS d) AS x
 ORDER BY x.starts, x.uid
 LIMIT 4000;
