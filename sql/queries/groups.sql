-- groups.sql: the queries of groups.c, 60 rows a page.

-- name: groups_head :one
-- The groups of classes keep themselves and are not listed.
-- params: find text, sort text, page int, year int
SELECT :find AS find, :sort AS sort, coalesce(:page, 1) AS page, coalesce(:year, ej.shown_year()) AS year,
       greatest(1, (count(*) + 59) / 60) AS pages, count(*) AS count,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine
  FROM ej.group_words(coalesce(:year, ej.shown_year())) AS g
 WHERE ej.is_found((SELECT ej.find_patterns(:find)), g.words);

-- name: groups_rows :many group
-- By size: the empty ones first.
-- list: sort name kind size
-- params: find text, sort text, page int, lines int, year int
-- rows: at most 60; in a file all
WITH g AS MATERIALIZED (
    SELECT g.id, g.name, g.kind, g.subject_name, g.class_names, g.staff_names, g.day,
           row_number() OVER (ORDER BY CASE WHEN :sort = 'kind' THEN g.kind END,
               CASE WHEN :sort = 'size' THEN
                   (SELECT count(*) FROM ej.membership AS m WHERE m.study_group_id = g.id AND m.during @> g.day) END,
               substring(g.name FROM '^\d+')::numeric, g.name, g.id) AS place
      FROM ej.group_words(coalesce(:year, ej.shown_year())) AS g
     WHERE ej.is_found((SELECT ej.find_patterns(:find)), g.words)
     ORDER BY place LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines
)
SELECT g.id AS study_group_id, g.name, g.kind, g.subject_name, nullif(g.class_names, '') AS class_names,
       nullif(g.staff_names, '') AS staff_names,
       (SELECT count(*) FROM ej.membership AS m WHERE m.study_group_id = g.id AND m.during @> g.day) AS members
  FROM g
 ORDER BY g.place;

-- name: groups_years :many year
-- The school's years, for links to their lists.
-- params:
-- rows: at most 100 a school
SELECT y.year FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY y.year;

-- name: groups_choices :many choice
-- For the form, which only those have who keep the groups.
-- params:
SELECT x."for", x.value, x.name FROM (
    SELECT 'year' AS "for", y.year::text AS value, y.year || '/' || right((y.year + 1)::text, 2) AS name,
           y.year AS place
      FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))
    UNION ALL
    SELECT 'subject_id', s.id::text, s.name, s.order_no
      FROM ej.subject AS s WHERE s.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools())))) AS x
 ORDER BY x."for", x.place, x.name, x.value;

-- name: groups_show :one
-- params: study_group_id bigint, is_saved boolean
SELECT g.id AS study_group_id, g.name, g.kind, g.year, g.subject_id, s.name AS subject_name, g.week_days,
       nullif(g.basis, '') AS basis,
       :is_saved AS is_saved, g.kind <> 'class'
           AND g.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AS is_mine
  FROM ej.study_group AS g LEFT JOIN ej.subject AS s ON s.id = g.subject_id
 WHERE g.id = :study_group_id AND g.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())));

-- name: groups_classes :many class
-- The group's classes; for those who keep the groups also the others of the year.
-- params: study_group_id bigint
SELECT c.id AS class_id, c.name, x.class_id IS NOT NULL AS is_in
  FROM ej.study_group AS g
  JOIN ej.class AS c ON c.school_id = g.school_id AND c.year = g.year
  LEFT JOIN ej.study_group_class AS x ON x.study_group_id = g.id AND x.class_id = c.id
 WHERE g.id = :study_group_id AND g.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND (x.class_id IS NOT NULL OR g.kind <> 'class' AND g.school_id = ANY (ARRAY(SELECT unnest(ej.my_setup_schools()))))
   AND c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY c.grade, c.letter, c.id;

-- name: groups_teachings :many teaching
-- params: study_group_id bigint
SELECT t.id AS teaching_id, s.name AS subject_name, ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       t.hours_week
  FROM ej.teaching AS t
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS f ON f.id = t.staff_id
 WHERE t.study_group_id = :study_group_id AND t.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY s.order_no, s.name, t.id;

-- name: groups_now :many member
-- All members, those of today first.
-- params: study_group_id bigint
WITH m AS MATERIALIZED (
    SELECT m.pupil_id, m.during, m.during @> greatest(ej.today(m.school_id), lower(y.during)) AS is_now
      FROM ej.study_group AS g
      JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
      JOIN ej.membership AS m ON m.study_group_id = g.id
     WHERE g.id = :study_group_id AND g.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
)
SELECT m.pupil_id, n.name, lower(m.during) AS from_on, upper(m.during) - 1 AS till_on, m.is_now,
       (SELECT c.name FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
         WHERE e.pupil_id = m.pupil_id AND e.during && m.during ORDER BY lower(e.during) DESC LIMIT 1) AS class_name
  FROM m JOIN ej.pupil_names(ARRAY(SELECT DISTINCT m.pupil_id FROM m)) AS n ON n.pupil_id = m.pupil_id
 ORDER BY NOT m.is_now, n.order_no, lower(m.during);

-- name: groups_health :one
-- A group with pupils whose health the reader may read (policy of ej.pupil_health).
-- params: study_group_id bigint
SELECT g.id AS study_group_id, g.name
  FROM ej.study_group AS g JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
 WHERE g.id = :study_group_id
   AND (g.school_id = ANY ((SELECT ej.my_card_schools())::bigint[])
        OR EXISTS (SELECT FROM ej.membership AS m
                    WHERE m.study_group_id = g.id AND m.during @> greatest(ej.today(g.school_id), lower(y.during))
                      AND m.pupil_id = ANY ((SELECT ej.my_taught_pupils() || ej.my_class_pupils())::bigint[])));

-- name: groups_healths :many health
-- The present pupils of the group with their health sheets.
-- params: study_group_id bigint
-- rows: at most 200
WITH m AS MATERIALIZED (
    SELECT m.pupil_id
      FROM ej.study_group AS g JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
      JOIN ej.membership AS m ON m.study_group_id = g.id
       AND m.during @> greatest(ej.today(g.school_id), lower(y.during))
     WHERE g.id = :study_group_id
       AND (g.school_id = ANY ((SELECT ej.my_card_schools())::bigint[])
            OR m.pupil_id = ANY ((SELECT ej.my_taught_pupils() || ej.my_class_pupils())::bigint[]))
)
SELECT m.pupil_id, n.name, nullif(h.health_group, '') AS health_group, nullif(h.sport_group, '') AS sport_group,
       nullif(h.advice, '') AS advice
  FROM m JOIN ej.pupil_names(ARRAY(SELECT m.pupil_id FROM m)) AS n ON n.pupil_id = m.pupil_id
  LEFT JOIN ej.pupil_health AS h ON h.pupil_id = m.pupil_id
 ORDER BY n.order_no;

-- name: groups_save :outcomes
-- The year is that of a new group only.
-- params: study_group_id bigint, fields jsonb
SELECT ej.save_rows('ej.study_group',
                    CASE WHEN :study_group_id IS NULL THEN :fields ELSE :fields - 'year' END
                        || jsonb_build_object('id', :study_group_id));

-- name: groups_draw :outcomes
-- params: study_group_id bigint, class_id bigint[], old_class_id text, is_all boolean
SELECT ej.groups_draw(:study_group_id, :class_id, :old_class_id, :is_all);

-- name: groups_members :one
-- day_on: the first day of the year, from which whoever is ticked becomes a member.
-- params: study_group_id bigint, find text
SELECT g.id AS study_group_id, g.name, g.kind, :find AS find, lower(y.during) AS day_on,
       EXISTS (SELECT FROM ej.study_group_class AS x WHERE x.study_group_id = g.id) AS has_classes
  FROM ej.study_group AS g JOIN ej.school_year AS y ON y.school_id = g.school_id AND y.year = g.year
 WHERE g.id = :study_group_id AND g.kind <> 'class' AND g.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: groups_member_rows :many row
-- params: study_group_id bigint, find text
-- rows: at most 1500
SELECT r.pupil_id, r.n, r.name, r.class_name, r.from_on, r.till_on, r.is_in
  FROM ej.groups_member_rows(:study_group_id, :find) AS r
 ORDER BY r.place, r.name, r.pupil_id, r.n;

-- name: groups_enter :outcomes
-- params: study_group_id bigint, day_on date, from_on_id bigint[], from_on_id2 bigint[], from_on date[]
-- params: old_from_on date[], till_on_id bigint[], till_on_id2 bigint[], till_on date[], old_till_on date[]
-- params: is_in_id bigint[], is_in_id2 bigint[]
SELECT ej.groups_enter(:study_group_id, ej.member_cells(:study_group_id, :day_on,
           (SELECT jsonb_agg(jsonb_build_object('pupil', f.pupil, 'n', f.n, 'from_on', f.day, 'old_from_on', f.old,
                                 'till_on', t.day, 'old_till_on', t.old, 'is_in', i.n IS NOT NULL))
              FROM unnest(:from_on_id, :from_on_id2, :from_on, :old_from_on) AS f(pupil, n, day, old)
              LEFT JOIN unnest(:till_on_id, :till_on_id2, :till_on, :old_till_on) AS t(pupil, n, day, old)
             USING (pupil, n)
              LEFT JOIN unnest(:is_in_id, :is_in_id2) AS i(pupil, n) USING (pupil, n))));

-- name: groups_individual :one
-- params: year int
SELECT coalesce(:year, ej.shown_year()) AS year, cardinality(ej.my_setup_schools()) > 0 AS is_mine;

-- name: groups_pupils :many pupil
-- The pupils who are taught alone, each with the hours and teachers.
-- params: year int
WITH m AS MATERIALIZED (
    SELECT g.id, g.name AS group_name, g.kind, g.week_days, g.basis, m.pupil_id, m.during
      FROM ej.study_group AS g JOIN ej.membership AS m ON m.study_group_id = g.id
     WHERE g.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
       AND g.year = coalesce(:year, (SELECT ej.shown_year()))
       AND g.kind IN ('individual', 'home')
)
SELECT m.id AS study_group_id, m.pupil_id, n.name, c.name AS class_name, m.group_name, m.kind,
       coalesce(m.week_days, c.week_days) AS week_days,
       nullif(m.basis, '') AS basis, lower(m.during) AS from_on, upper(m.during) - 1 AS till_on,
       (SELECT sum(t.hours_week) FROM ej.teaching AS t WHERE t.study_group_id = m.id) AS hours,
       (SELECT string_agg(DISTINCT ej.short_name(f.surname, f.given_name, f.patronymic), ', ')
          FROM ej.teaching AS t JOIN ej.staff AS f ON f.id = t.staff_id WHERE t.study_group_id = m.id) AS staff_names
  FROM m
  JOIN ej.pupil_names(ARRAY(SELECT DISTINCT m.pupil_id FROM m)) AS n ON n.pupil_id = m.pupil_id
  LEFT JOIN LATERAL (SELECT c.name, c.grade, c.letter, c.week_days FROM ej.enrolment AS e
                       JOIN ej.class AS c ON c.id = e.class_id
                      WHERE e.pupil_id = m.pupil_id AND e.during && m.during ORDER BY lower(e.during) DESC
                      LIMIT 1) AS c ON true
 ORDER BY c.grade, c.letter, n.order_no, lower(m.during), m.id;
