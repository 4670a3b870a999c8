-- people.sql: the queries of people.c, 60 rows a page. Row policies decide which people a
-- reader sees, and of whom the birth and the parents. The schools are also given as an
-- array for the index, so that no other school's rows are read.

-- name: people_scope :one
-- The search: how many pupils are found, and those of the page, by name or class: the present
-- ones, and those who come on a later day, such as all of a new school's in August.
-- lacks: of the pupils whose cards the reader may read only those who lack it.
-- params: find text, sort text, page int, lines int, lacks text
WITH d AS MATERIALIZED (
    SELECT array_agg(o.id) AS schools, min(ej.today(o.id)) AS day FROM unnest(ej.my_staff_schools()) AS o(id)
), x AS MATERIALIZED (
    SELECT p.id, p.surname, p.given_name, p.patronymic, c.grade, c.letter
      FROM ej.pupil AS p
      JOIN d ON true
      -- not by @>, of which the planner expects one row
      JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.school_id = ANY ((SELECT d.schools FROM d)::bigint[])
       AND (upper_inf(n.during) OR upper(n.during) > d.day)
       AND (lower(n.during) <= d.day OR NOT EXISTS (
            SELECT FROM ej.enrolment AS b WHERE b.pupil_id = n.pupil_id AND b.during << n.during
               AND upper(b.during) > d.day))
      JOIN ej.class AS c ON c.id = n.class_id
     WHERE p.school_id = ANY ((SELECT d.schools FROM d)::bigint[])
       AND ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', p.surname, p.given_name, p.patronymic, c.name))
       AND (:lacks IS NULL
            OR (p.school_id = ANY ((SELECT ej.my_card_schools())::bigint[])
                OR p.id = ANY ((SELECT ej.my_class_pupils())::bigint[]))
           AND NOT CASE :lacks
               WHEN 'birth' THEN EXISTS (SELECT FROM ej.pupil_card AS k WHERE k.pupil_id = p.id
                                         AND k.birth_on IS NOT NULL)
               WHEN 'guardian' THEN EXISTS (SELECT FROM ej.guardianship AS g WHERE g.pupil_id = p.id
                                            AND g.during @> greatest(d.day, lower(n.during)))
               ELSE EXISTS (SELECT FROM ej.consent AS o WHERE o.pupil_id = p.id AND o.purpose = 'processing') END)
)
SELECT (SELECT d.day FROM d) AS today_on, (SELECT count(*) FROM x) AS count,
       ARRAY(SELECT x.id FROM x
              ORDER BY CASE WHEN :sort = 'class' THEN x.grade END, CASE WHEN :sort = 'class' THEN x.letter END,
                       x.surname, x.given_name, x.patronymic, x.id
             LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines) AS pupil_ids;

-- name: people_pupils_head :one
-- params: find text, sort text, page int, count bigint, lacks text
SELECT :find AS find, :sort AS sort, :lacks AS lacks, coalesce(:page, 1) AS page,
       greatest(1, (:count + 59) / 60) AS pages, :count AS count;

-- name: people_pupils :many pupil
-- The pupils of the page with full names; is_mine: the reader, as class teacher or head,
-- may open the pupil's pages; from_on: the first day of one who is still to come.
-- list: sort name class
-- params: pupil_ids bigint[], today_on date
-- rows: at most 60; in a file all
WITH p AS MATERIALIZED (
    SELECT p.id, p.school_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name, s.place
      FROM unnest(:pupil_ids) WITH ORDINALITY AS s(id, place) JOIN ej.pupil AS p ON p.id = s.id
)
SELECT p.id AS pupil_id, coalesce(m.name, p.name) AS name, c.name AS class_name,
       CASE WHEN n.from_on > :today_on THEN n.from_on END AS from_on, k.birth_on,
       (SELECT string_agg(concat_ws(' ', g.surname, g.given_name, nullif(g.patronymic, '')), ', '
                          ORDER BY g.surname, g.given_name, g.id)
          FROM ej.guardianship AS w JOIN ej.guardian AS g ON g.id = w.guardian_id
         WHERE w.pupil_id = p.id) AS guardians,
       (c.id = ANY ((SELECT ej.my_classes())::bigint[])
        OR p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])) AS is_mine
  FROM p
  JOIN LATERAL (SELECT n.class_id, lower(n.during) AS from_on FROM ej.enrolment AS n
                 WHERE n.pupil_id = p.id AND (upper_inf(n.during) OR upper(n.during) > :today_on)
                 ORDER BY lower(n.during) LIMIT 1) AS n ON true
  JOIN ej.class AS c ON c.id = n.class_id
  LEFT JOIN ej.namesakes(ARRAY(SELECT p.id FROM p WHERE p.name IN (
           SELECT p.name FROM p GROUP BY p.name HAVING count(*) > 1))) AS m ON m.pupil_id = p.id
  LEFT JOIN ej.pupil_card AS k ON k.pupil_id = p.id
 ORDER BY p.place;

-- name: people_staff_head :one
-- params: find text, sort text, page int
WITH d AS MATERIALIZED (
    SELECT s.id AS school_id, ej.today(s.id) AS day FROM ej.school AS s
     WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[])
)
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count
  FROM d
  JOIN ej.staff AS f ON f.school_id = d.school_id AND f.during @> d.day
   AND f.school_id = ANY (ARRAY(SELECT d.school_id FROM d))
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', f.surname, f.given_name, f.patronymic, f.post));

-- name: people_staff :many staff
-- The present staff, by name or by post.
-- list: sort name post
-- params: find text, sort text, page int, lines int
-- rows: at most 60; in a file all
WITH d AS MATERIALIZED (
    SELECT s.id AS school_id, ej.today(s.id) AS day FROM ej.school AS s
     WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[])
), x AS MATERIALIZED (
    SELECT f.id, f.post, d.day,
           row_number() OVER (ORDER BY CASE WHEN :sort = 'post' THEN f.post END,
                                       f.surname, f.given_name, f.patronymic, f.id) AS place
      FROM d
      JOIN ej.staff AS f ON f.school_id = d.school_id AND f.during @> d.day
   AND f.school_id = ANY (ARRAY(SELECT d.school_id FROM d))
     WHERE ej.is_found((SELECT ej.find_patterns(:find)), concat_ws(' ', f.surname, f.given_name, f.patronymic, f.post))
), shown AS MATERIALIZED (
    SELECT x.id, x.post, x.day, x.place FROM x
     ORDER BY x.place LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines
), year AS MATERIALIZED (
    SELECT y.school_id, y.year FROM d JOIN ej.school_year AS y ON y.school_id = d.school_id AND y.during @> d.day
     WHERE y.school_id = ANY (ARRAY(SELECT d.school_id FROM d))
), taught AS MATERIALIZED (
    SELECT t.staff_id, t.subject_id FROM ej.teaching AS t
     WHERE t.school_id = ANY (ARRAY(SELECT y.school_id FROM year AS y))
       AND t.year = ANY (ARRAY(SELECT y.year FROM year AS y))
), subject AS MATERIALIZED (
    SELECT t.staff_id, string_agg(DISTINCT u.name, ', ') AS names
      FROM taught AS t JOIN ej.subject AS u ON u.id = t.subject_id
     WHERE u.school_id = ANY (ARRAY(SELECT d.school_id FROM d))
     GROUP BY t.staff_id
), class AS MATERIALIZED (
    SELECT c.class_teacher_id, string_agg(c.name, ', ' ORDER BY c.grade, c.letter) AS names
      FROM year AS y JOIN ej.class AS c ON c.school_id = y.school_id AND c.year = y.year
     WHERE c.school_id = ANY (ARRAY(SELECT d.school_id FROM d)) AND c.class_teacher_id IS NOT NULL
     GROUP BY c.class_teacher_id
)
SELECT s.id AS staff_id, m.full_name AS name, nullif(s.post, '') AS post, u.names AS subjects, c.names AS classes
  FROM shown AS s
  JOIN ej.staff_names(ARRAY(SELECT s.id FROM shown AS s)) AS m ON m.staff_id = s.id
  LEFT JOIN subject AS u ON u.staff_id = s.id
  LEFT JOIN class AS c ON c.class_teacher_id = s.id
 ORDER BY s.place;
