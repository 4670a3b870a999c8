-- accidents.sql: the queries of accidents.c, 60 rows a page. Row policies show an accident to director
-- and deputies, to its author and to the parents.

-- name: accidents_head :one
-- params: find text, sort text, page int, whom text
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, greatest(1, (count(*) + 59) / 60) AS pages,
       count(*) AS count, nullif(:whom, '') AS whom, cardinality(ej.my_lead_schools()) > 0 AS is_mine
  FROM ej.accident AS a
  JOIN ej.pupil AS p ON p.id = a.pupil_id
 WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.surname, p.given_name));

-- name: accidents_rows :many accident
-- The last one first. is_untold: no head was told orally; is_late: nobody has received it for 15 minutes.
-- list: sort day
-- params: find text, page int, lines int
-- rows: at most 60; in a file all
SELECT a.id AS accident_id, a.pupil_id, a.happened_on, to_char(a.happened_time, 'HH24:MI') AS happened_time,
       concat_ws(' ', p.surname, p.given_name, p.patronymic) AS name, c.name AS class_name, a.place,
       a.told_orally_to = '' AS is_untold,
       to_char(a.received_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS received_at,
       a.received_at IS NULL AND a.written_at <= now() - interval '15 minutes' AS is_late,
       nullif(a.act_no, '') AS act_no, a.act_on, a.what AS prose
  FROM ej.accident AS a
  JOIN ej.school AS o ON o.id = a.school_id
  JOIN ej.pupil AS p ON p.id = a.pupil_id
  LEFT JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during @> a.happened_on
  LEFT JOIN ej.class AS c ON c.id = n.class_id
 WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.surname, p.given_name))
 ORDER BY a.happened_on DESC, a.happened_time DESC, a.id DESC
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: accidents_print_head :one
-- params:
SELECT o.name AS school_name FROM ej.school AS o WHERE o.id = ANY ((SELECT ej.my_staff_schools())::bigint[]) LIMIT 1;

-- name: accidents_print_rows :many accident
-- The register: all accidents that the reader may see, by days.
-- params:
-- rows: at most 1000
SELECT a.id AS accident_id, a.pupil_id, a.happened_on, to_char(a.happened_time, 'HH24:MI') AS happened_time,
       concat_ws(' ', p.surname, p.given_name, p.patronymic) AS name, k.birth_on, c.name AS class_name, a.place,
       nullif(a.manner, '') AS manner, nullif(a.act_no, '') AS act_no, a.act_on, a.sick_days,
       nullif(a.diagnosis, '') AS diagnosis, a.consequence,
       nullif(a.measures, '') AS measures, a.what AS prose
  FROM ej.accident AS a
  JOIN ej.pupil AS p ON p.id = a.pupil_id
  LEFT JOIN ej.pupil_card AS k ON k.pupil_id = p.id
  LEFT JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during @> a.happened_on
  LEFT JOIN ej.class AS c ON c.id = n.class_id
 WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY a.happened_on, a.happened_time, a.id LIMIT 1000;

-- name: accidents_candidates :many candidate
-- Pupils of this name, of whom an accident can be reported.
-- params: whom text
-- rows: at most 20
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name, c.name AS class_name
  FROM ej.pupil AS p
  JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during @> (SELECT ej.my_today())
  JOIN ej.class AS c ON c.id = n.class_id
 WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND ej.is_found((SELECT ej.find_patterns(:whom)), concat_ws(' ', p.surname, p.given_name, c.name))
 ORDER BY p.surname, p.given_name, p.id LIMIT 20;

-- name: accidents_new :one
-- params: pupil_id bigint
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name, p.patronymic) AS name, c.name AS class_name,
       (SELECT ej.my_today()) AS today_on
  FROM ej.pupil AS p
  JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during @> (SELECT ej.my_today())
  JOIN ej.class AS c ON c.id = n.class_id
 WHERE p.id = :pupil_id AND p.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: accidents_add :outcomes
-- The hours at which heads and parents were told are of the same day.
-- params: pupil_id bigint, fields jsonb
SELECT ej.save_rows('ej.accident', :fields || CASE WHEN :fields ->> 'happened_on' IS NULL THEN '{}' ELSE
    jsonb_build_object(
        'pupil_id', (SELECT p.id FROM ej.pupil AS p WHERE p.id = :pupil_id),
        'told_orally_on', CASE WHEN :fields ->> 'told_orally_time' IS NOT NULL THEN :fields ->> 'happened_on' END,
        'parents_told_on', CASE WHEN :fields ->> 'parents_told_time' IS NOT NULL THEN :fields ->> 'happened_on' END)
    END);

-- name: accidents_show :one
-- params: accident_id bigint
SELECT a.id AS accident_id, a.pupil_id, concat_ws(' ', p.surname, p.given_name, p.patronymic) AS name, k.birth_on,
       c.name AS class_name, a.happened_on, to_char(a.happened_time, 'HH24:MI') AS happened_time, a.place,
       a.what, a.first_aid, concat_ws(' ', f.surname, f.given_name, f.patronymic) AS staff_name,
       to_char(a.written_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS written_at,
       concat_ws(' ', g.surname, g.given_name, g.patronymic) AS receiver_name,
       to_char(a.received_at AT TIME ZONE o.tz, 'YYYY-MM-DD"T"HH24:MI') AS received_at,
       a.received_at IS NULL AND a.written_at <= now() - interval '15 minutes' AS is_late,
       a.told_orally_to, a.told_orally_on, to_char(a.told_orally_time, 'HH24:MI') AS told_orally_time,
       a.parents_told_on, to_char(a.parents_told_time, 'HH24:MI') AS parents_told_time, a.manner,
       a.act_no, a.act_on, a.sick_days, a.diagnosis, a.consequence, a.measures, o.name AS school_name,
       a.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[]) AS is_mine
  FROM ej.accident AS a
  JOIN ej.school AS o ON o.id = a.school_id
  JOIN ej.pupil AS p ON p.id = a.pupil_id
  LEFT JOIN ej.pupil_card AS k ON k.pupil_id = p.id
  LEFT JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during @> a.happened_on
  LEFT JOIN ej.class AS c ON c.id = n.class_id
  LEFT JOIN ej.staff AS f ON f.id = a.staff_id
  LEFT JOIN ej.staff AS g ON g.id = a.received_by
 WHERE a.id = :accident_id;

-- name: accidents_save :outcomes
-- params: accident_id bigint, fields jsonb
SELECT ej.save_rows('ej.accident', :fields || jsonb_build_object('id', :accident_id));

-- name: accidents_receive :exec
-- params: accident_id bigint
SELECT ej.accident_receive(:accident_id);
