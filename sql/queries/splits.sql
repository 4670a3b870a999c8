-- splits.sql: the queries of splits.c.

-- name: splits_year :one
-- params:
SELECT ej.shown_year() AS year, cardinality(ej.my_setup_schools()) > 0 AS is_mine;

-- name: splits_rows :many split
-- The classes of the year that the reader heads, leads or teaches, with each subject that is
-- taught in subgroups or has a proposal.
-- params:
-- rows: at most 800 a school
WITH d AS MATERIALIZED (
    SELECT o.id AS school_id, ej.today(o.id) AS day FROM unnest(ej.my_staff_schools()) AS o(id)
), c AS MATERIALIZED (
    SELECT c.id, c.name, c.grade, c.letter, d.day, e.pupils
      FROM d
      JOIN ej.class AS c ON c.school_id = d.school_id
     CROSS JOIN LATERAL (SELECT array_agg(e.pupil_id) AS pupils FROM ej.enrolment AS e
                          WHERE e.class_id = c.id AND e.during @> d.day) AS e
     WHERE c.year = (SELECT ej.shown_year())
       AND (c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
            OR c.id = ANY ((SELECT ej.my_taught_classes())::bigint[])
            OR c.id = ANY ((SELECT ej.my_classes())::bigint[]))
), g AS MATERIALIZED (
    SELECT c.id AS class_id, c.day, c.pupils, g.subject_id, g.id
      FROM c JOIN ej.study_group_class AS l ON l.class_id = c.id
      JOIN ej.study_group AS g ON g.id = l.study_group_id AND g.kind = 'subgroup'
), m AS MATERIALIZED (
    SELECT m.study_group_id, m.pupil_id, m.during FROM ej.membership AS m
     WHERE m.study_group_id = ANY (ARRAY(SELECT g.id FROM g))
), somewhere AS MATERIALIZED (
    SELECT g.class_id, g.subject_id, count(DISTINCT g.id) AS parts, count(DISTINCT m.pupil_id) AS n
      FROM g LEFT JOIN m ON m.study_group_id = g.id AND m.pupil_id = ANY (g.pupils)
       AND (upper_inf(m.during) OR upper(m.during) > g.day)
     GROUP BY g.class_id, g.subject_id
), x AS (
    SELECT s.class_id, s.subject_id FROM ej.split AS s WHERE s.class_id = ANY (ARRAY(SELECT c.id FROM c))
     UNION
    SELECT g.class_id, g.subject_id FROM g
)
SELECT x.class_id, c.name AS class_name, x.subject_id, u.name AS subject_name, coalesce(w.parts, 0) AS parts,
       s.id AS split_id, ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       coalesce(cardinality(c.pupils), 0) - coalesce(w.n, 0) AS nowhere
  FROM x JOIN c ON c.id = x.class_id
  JOIN ej.subject AS u ON u.id = x.subject_id
  LEFT JOIN somewhere AS w ON w.class_id = x.class_id AND w.subject_id = x.subject_id
  LEFT JOIN LATERAL (SELECT s.id, s.staff_id FROM ej.split AS s
                      WHERE s.class_id = x.class_id AND s.subject_id = x.subject_id
                        AND s.state = 'open' OFFSET 0) AS s ON true
  LEFT JOIN ej.staff AS f ON f.id = s.staff_id
 ORDER BY s.id IS NULL, c.grade, c.letter, u.order_no, u.name;

-- name: splits_choices :many choice
-- The classes and subjects of a new proposal.
-- params:
SELECT x."for", x.value, x.name FROM (
    SELECT 'class_id' AS "for", c.id::text AS value, c.name, lpad(c.grade::text, 2, '0') || c.letter AS place
      FROM ej.class AS c
     WHERE c.year = (SELECT ej.shown_year()) AND c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
       AND (c.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[])
            OR c.id = ANY ((SELECT ej.my_taught_classes())::bigint[])
            OR c.id = ANY ((SELECT ej.my_classes())::bigint[]))
    UNION ALL
    SELECT 'subject_id', s.id::text, s.name, lpad(s.order_no::text, 4, '0') || s.name
      FROM ej.subject AS s WHERE s.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))) AS x
 ORDER BY x."for", x.place;

-- name: splits_show :one
-- The class and the subject, with the open proposal. from_on: of it, else the first day of the
-- year or, once there are subgroups, of the next term. has_sex, has_before: what an even split
-- can go by.
-- params: class_id bigint, subject_id bigint, done boolean, by text, into int
SELECT c.id AS class_id, c.name AS class_name, u.id AS subject_id, u.name AS subject_name, s.id AS split_id,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name, nullif(s.note, '') AS note,
       coalesce(CASE WHEN :by = 'sex' THEN 2 WHEN :by = 'name' THEN :into END, s.parts,
                greatest(2, n.parts)) AS parts, :done AS is_saved, :by AS by,
       EXISTS (SELECT FROM ej.enrolment AS e JOIN ej.pupil_card AS k ON k.pupil_id = e.pupil_id AND k.sex <> ''
                WHERE e.class_id = c.id AND e.during @> greatest(ej.today(c.school_id), lower(y.during))) AS has_sex,
       EXISTS (SELECT FROM ej.split_before(c.id, u.id) AS b) AS has_before,
       coalesce(s.from_on, CASE WHEN n.members > 0 THEN (SELECT min(lower(t.during)) FROM ej.term AS t
           WHERE t.term_plan_id = c.term_plan_id AND t.is_taught AND lower(t.during) > ej.today(c.school_id)) END,
                 lower(y.during)) AS from_on,
       c.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AS is_mine,
       c.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[])
         OR c.id = ANY ((SELECT ej.my_taught_classes())::bigint[])
         OR c.id = ANY ((SELECT ej.my_classes())::bigint[]) AS can_propose
  FROM ej.class AS c
  JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
  JOIN ej.subject AS u ON u.id = :subject_id AND u.school_id = c.school_id
  LEFT JOIN ej.split AS s ON s.class_id = c.id AND s.subject_id = u.id AND s.state = 'open'
  LEFT JOIN ej.staff AS f ON f.id = s.staff_id
 CROSS JOIN LATERAL (SELECT count(DISTINCT g.part)::int AS parts, count(m.id) AS members
                       FROM ej.split_groups(c.id, u.id) AS g
                       LEFT JOIN ej.membership AS m ON m.study_group_id = g.study_group_id) AS n
 WHERE c.id = :class_id
   AND (c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])
        OR c.id = ANY ((SELECT ej.my_taught_classes())::bigint[]) OR c.id = ANY ((SELECT ej.my_classes())::bigint[]));

-- name: splits_parts :many part
-- The subgroups that are there.
-- params: class_id bigint, subject_id bigint
SELECT g.part, g.name, g.study_group_id,
       (SELECT string_agg(DISTINCT ej.short_name(f.surname, f.given_name, f.patronymic), ', ')
          FROM ej.teaching AS t JOIN ej.staff AS f ON f.id = t.staff_id
         WHERE t.study_group_id = g.study_group_id) AS staff_names
  FROM ej.split_groups(:class_id, :subject_id) AS g ORDER BY g.part;

-- name: splits_pupils :many pupil
-- The pupils of the class: part is that of the open proposal, now_part that of the subgroup in
-- which the pupil is, or will be, even_part that of the even split asked for.
-- params: class_id bigint, subject_id bigint, by text, into int
-- rows: at most 45
WITH n AS MATERIALIZED (
    SELECT e.pupil_id, d.day, s.id AS split_id
      FROM ej.class AS c
      JOIN ej.school_year AS y ON y.school_id = c.school_id AND y.year = c.year
     CROSS JOIN LATERAL (SELECT greatest(ej.today(c.school_id), lower(y.during)) AS day) AS d
      JOIN ej.enrolment AS e ON e.class_id = c.id AND e.during @> d.day
      LEFT JOIN ej.split AS s ON s.class_id = c.id AND s.subject_id = :subject_id AND s.state = 'open'
     WHERE c.id = :class_id
)
SELECT n.pupil_id, w.name,
       (SELECT p.part FROM ej.split_pupil AS p WHERE p.split_id = n.split_id AND p.pupil_id = n.pupil_id) AS part,
       g.part AS now_part, g.name AS now_name,
       CASE :by WHEN 'name' THEN ntile(coalesce(:into, 2)) OVER (ORDER BY w.order_no)
                WHEN 'sex' THEN CASE (SELECT k.sex FROM ej.pupil_card AS k WHERE k.pupil_id = n.pupil_id)
                                     WHEN 'm' THEN 1 WHEN 'f' THEN 2 END
                WHEN 'before' THEN (SELECT b.part FROM ej.split_before(:class_id, :subject_id) AS b
                                    WHERE b.pupil_id = n.pupil_id) END AS even_part
  FROM n JOIN ej.pupil_names(ARRAY(SELECT n.pupil_id FROM n)) AS w ON w.pupil_id = n.pupil_id
  LEFT JOIN LATERAL (SELECT g.part, g.name FROM ej.split_groups(:class_id, :subject_id) AS g
                       JOIN ej.membership AS m ON m.study_group_id = g.study_group_id AND m.pupil_id = n.pupil_id
                      WHERE upper_inf(m.during) OR upper(m.during) > n.day ORDER BY lower(m.during) DESC
                      LIMIT 1) AS g ON true
 ORDER BY w.order_no;

-- name: splits_past :many decision
-- What was decided before.
-- params: class_id bigint, subject_id bigint
SELECT s.id AS split_id, s.state, s.from_on, nullif(s.note, '') AS note, nullif(s.reason, '') AS reason,
       (SELECT ej.short_name(f.surname, f.given_name, f.patronymic) FROM ej.staff AS f
         WHERE f.id = s.staff_id) AS staff_name,
       (SELECT ej.short_name(f.surname, f.given_name, f.patronymic) FROM ej.staff AS f
         WHERE f.id = s.decided_staff_id) AS decided_name
  FROM ej.split AS s
 WHERE s.class_id = :class_id AND s.subject_id = :subject_id AND s.state <> 'open' ORDER BY s.id + 0 DESC;

-- name: splits_save :outcomes
-- params: class_id bigint, subject_id bigint, fields jsonb, part_id bigint[], part int[], old_part int[]
SELECT ej.split_write(:class_id, :subject_id, :fields, :part_id, :part, :old_part);
