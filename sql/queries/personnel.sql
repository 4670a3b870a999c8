-- personnel.sql: the queries of personnel.c, 60 rows a page. Row policies show the files of
-- the staff to HR and the heads; HR and the administrator write them (is_mine).

-- name: personnel_head :one
-- params: find text, state text, sort text, page int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, coalesce(:state, 'now') AS state,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count, 18 AS rate_hours, -- of a new one
       cardinality(ej.my_hr_schools() || ej.my_admin_schools()) > 0 AS is_mine
  FROM ej.staff AS f
 WHERE f.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND CASE coalesce(:state, 'now') WHEN 'now' THEN upper_inf(f.during) OR upper(f.during) > (SELECT ej.my_today())
            WHEN 'left' THEN upper(f.during) <= (SELECT ej.my_today()) ELSE true END
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', f.surname, f.given_name, f.patronymic, f.post));

-- name: personnel_rows :many staff
-- The staff by name, post or the end of the category; today's rate is the sum of the posts.
-- list: sort name post category_till_on
-- params: find text, state text, sort text, page int, lines int
-- rows: at most 60; in a file all
SELECT f.id AS staff_id, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS name,
       nullif(f.post, '') AS post,
       (SELECT sum(p.rate) FROM ej.staff_post AS p WHERE p.staff_id = f.id
           AND p.during @> (SELECT ej.my_today())) AS rate,
       k.category, k.category_till_on,
       k.category_till_on < (SELECT ej.my_today()) + 90 AS is_ending,
       (SELECT a.kind FROM ej.staff_absence AS a WHERE a.staff_id = f.id AND a.during @> (SELECT ej.my_today())
         LIMIT 1) AS away,
       lower(f.during) AS from_on, upper(f.during) - 1 AS till_on
  FROM ej.staff AS f
  JOIN ej.staff_card AS k ON k.id = f.id
 WHERE f.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND CASE coalesce(:state, 'now') WHEN 'now' THEN upper_inf(f.during) OR upper(f.during) > (SELECT ej.my_today())
            WHEN 'left' THEN upper(f.during) <= (SELECT ej.my_today()) ELSE true END
   AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', f.surname, f.given_name, f.patronymic, f.post))
 ORDER BY CASE WHEN :sort = 'post' THEN f.post END, CASE WHEN :sort = 'category_till_on' THEN k.category_till_on END,
          f.surname, f.given_name, f.patronymic, f.id
 LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines;

-- name: personnel_show :one
-- What everybody of the staff may read, and whether the reader may change it.
-- params: staff_id bigint
SELECT f.id AS staff_id, f.surname, f.given_name, nullif(f.patronymic, '') AS patronymic, nullif(f.post, '') AS post,
       trim_scale(f.rate_hours) AS rate_hours, lower(f.during) AS from_on, upper(f.during) - 1 AS till_on,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS name,
       cardinality(ej.my_hr_schools() || ej.my_admin_schools()) > 0 AS is_mine
  FROM ej.staff AS f JOIN ej.staff_card AS k ON k.id = f.id
 WHERE f.id = :staff_id;

-- name: personnel_duties :many duty
-- What somebody else must take over when the person leaves: teachings and classes of years
-- that are not over.
-- params: staff_id bigint
SELECT s.name AS subject_name, g.name AS class_name
  FROM ej.teaching AS t
  JOIN ej.school_year AS y ON y.school_id = t.school_id AND y.year = t.year AND upper(y.during) > (SELECT ej.my_today())
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
 WHERE t.staff_id = :staff_id
 UNION ALL
SELECT NULL, c.name
  FROM ej.class AS c
  JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year AND upper(y.during) > (SELECT ej.my_today())
 WHERE c.class_teacher_id = :staff_id
 ORDER BY 1 NULLS FIRST, 2;

-- name: personnel_card :one
-- params: staff_id bigint
SELECT k.id AS staff_id, ej.short_name(f.surname, f.given_name, f.patronymic) AS name,
       k.birth_on, nullif(k.phone, '') AS phone, nullif(k.email, '') AS email, nullif(k.address, '') AS address,
       k.education, nullif(k.diploma, '') AS diploma, k.category, k.category_till_on,
       nullif(k.hire_order_no, '') AS hire_order_no, k.hire_order_on, nullif(k.leave_order_no, '') AS leave_order_no,
           k.leave_order_on,
       nullif(k.leave_reason, '') AS leave_reason, nullif(k.note, '') AS note,
       cardinality(ej.my_hr_schools() || ej.my_admin_schools()) > 0 AS is_mine
  FROM ej.staff_card AS k JOIN ej.staff AS f ON f.id = k.id
 WHERE k.id = :staff_id;

-- name: personnel_of :one
-- The head of the lists of one person.
-- params: staff_id bigint
SELECT k.id AS staff_id, ej.short_name(f.surname, f.given_name, f.patronymic) AS name,
       cardinality(ej.my_hr_schools() || ej.my_admin_schools()) > 0 AS is_mine
  FROM ej.staff_card AS k JOIN ej.staff AS f ON f.id = k.id
 WHERE k.id = :staff_id;

-- name: personnel_posts :many post
-- params: staff_id bigint
SELECT p.id AS staff_post_id, p.name, p.rate, lower(p.during) AS from_on, upper(p.during) - 1 AS till_on, p.order_no,
       p.order_on
  FROM ej.staff_post AS p WHERE p.staff_id = :staff_id ORDER BY lower(p.during) DESC NULLS LAST, p.id DESC;

-- name: personnel_post :one
-- params: staff_id bigint, staff_post_id bigint
SELECT p.staff_id, p.id AS staff_post_id, p.name, p.rate, lower(p.during) AS from_on, upper(p.during) - 1 AS till_on,
       p.order_no, p.order_on, nullif(p.reason, '') AS reason,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name
  FROM ej.staff_post AS p JOIN ej.staff AS f ON f.id = p.staff_id
 WHERE p.id = :staff_post_id AND p.staff_id = :staff_id
   AND p.school_id = ANY ((SELECT ej.my_hr_schools() || ej.my_admin_schools())::bigint[]);

-- name: personnel_absences :many absence
-- params: staff_id bigint
SELECT a.id AS staff_absence_id, a.kind, lower(a.during) AS from_on, upper(a.during) - 1 AS till_on,
       nullif(a.document, '') AS document, nullif(a.note, '') AS note
  FROM ej.staff_absence AS a WHERE a.staff_id = :staff_id ORDER BY lower(a.during) DESC, a.id DESC;

-- name: personnel_absence :one
-- params: staff_id bigint, staff_absence_id bigint
SELECT a.staff_id, a.id AS staff_absence_id, a.kind, lower(a.during) AS from_on, upper(a.during) - 1 AS till_on,
       nullif(a.document, '') AS document, nullif(a.note, '') AS note, nullif(a.reason, '') AS reason,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name
  FROM ej.staff_absence AS a JOIN ej.staff AS f ON f.id = a.staff_id
 WHERE a.id = :staff_absence_id AND a.staff_id = :staff_id
   AND a.school_id = ANY ((SELECT ej.my_hr_schools() || ej.my_admin_schools())::bigint[]);

-- name: personnel_away_head :one
-- params: from_on date, till_on date
SELECT d.from_on, greatest(d.from_on, coalesce(:till_on, d.from_on + 30)) AS till_on
  FROM (SELECT coalesce(:from_on, (SELECT ej.my_today())) AS from_on) AS d;

-- name: personnel_away :many absence
-- Who is away on one of these days.
-- params: from_on date, till_on date
-- rows: at most 500
SELECT a.id AS staff_absence_id, a.staff_id, concat_ws(' ', f.surname, f.given_name, nullif(f.patronymic, '')) AS name,
       nullif(f.post, '') AS post,
       a.kind, lower(a.during) AS from_on, upper(a.during) - 1 AS till_on, nullif(a.document, '') AS document
  FROM ej.staff_absence AS a
  JOIN ej.staff AS f ON f.id = a.staff_id
 CROSS JOIN LATERAL (SELECT coalesce(:from_on, (SELECT ej.my_today())) AS starts) AS d
 WHERE a.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND a.during && daterange(d.starts, greatest(d.starts, coalesce(:till_on, d.starts + 30)), '[]')
 ORDER BY lower(a.during), f.surname, f.given_name, a.id
 LIMIT 500;

-- name: personnel_save :outcomes
-- params: staff_id bigint, fields jsonb
SELECT ej.staff_save(:staff_id, :fields);

-- name: personnel_known :many known
-- The parents and pupils of the school with the typed name, of whom one may be meant.
-- params: surname text, given_name text, patronymic text
SELECT k.person_id, k.kind, k.name, k.note, k.birth_on
  FROM ej.person_alike('staff', :surname, :given_name, :patronymic) AS k;

-- name: personnel_card_save :outcomes
-- params: staff_id bigint, fields jsonb
SELECT ej.save_rows('ej.staff_card', :fields || jsonb_build_object('id', :staff_id));

-- name: personnel_post_save :outcomes
-- params: staff_id bigint, staff_post_id bigint, fields jsonb
SELECT ej.save_rows('ej.staff_post', :fields || jsonb_build_object('id', :staff_post_id)
           || CASE WHEN :staff_post_id IS NULL THEN jsonb_build_object('staff_id', :staff_id) ELSE '{}' END);

-- name: personnel_absence_save :outcomes
-- params: staff_id bigint, staff_absence_id bigint, fields jsonb
SELECT ej.save_rows('ej.staff_absence', :fields || jsonb_build_object('id', :staff_absence_id)
           || CASE WHEN :staff_absence_id IS NULL THEN jsonb_build_object('staff_id', :staff_id) ELSE '{}' END);
