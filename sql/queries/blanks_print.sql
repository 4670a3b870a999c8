-- blanks_print.sql: the query of blanks.c for the forms of a group.

-- name: blanks_print_group :one
-- For those who teach the group, its class teacher and the heads.
-- params: study_group_id bigint, columns int
SELECT g.id AS study_group_id, g.name, g.year, s.name AS school_name, coalesce(:columns, 12) AS columns,
       ej.my_today() AS today_on
  FROM ej.study_group AS g JOIN ej.school AS s ON s.id = g.school_id
 WHERE g.id = :study_group_id AND g.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND (g.school_id = ANY (ARRAY(SELECT unnest(ej.my_journal_schools())))
        OR EXISTS (SELECT FROM ej.study_group_class AS x
                    WHERE x.study_group_id = g.id AND x.class_id = ANY ((SELECT ej.my_classes())::bigint[]))
        OR EXISTS (SELECT FROM ej.teaching AS t
                    WHERE t.study_group_id = g.id AND t.id = ANY ((SELECT ej.my_read_teachings())::bigint[])));
