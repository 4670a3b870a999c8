-- gto.sql: the results of a class on a day of tests, asked without rights and without a document. Form: grid.sql.

-- name: gto_bare_head :one
-- params: class_id bigint
-- same: /page/gto
SELECT c.id, c.name, s.name FROM ej.class AS c JOIN ej.school AS s ON s.id = c.school_id WHERE c.id = :class_id;

-- name: gto_bare_pupils :many
-- params: class_id bigint, done_on date
-- same: /page/gto/pupil
SELECT p.id, p.surname, p.given_name, p.patronymic, c.birth_on, c.sex, h.kind, h.is_gto_allowed
  FROM ej.enrolment AS n
  JOIN ej.pupil AS p ON p.id = n.pupil_id
  LEFT JOIN ej.pupil_card AS c ON c.pupil_id = p.id
  LEFT JOIN ej.health_group AS h ON h.pupil_id = p.id AND h.during @> :done_on
 WHERE n.class_id = :class_id AND n.during @> :done_on ORDER BY p.surname, p.given_name, p.id;

-- name: gto_bare_tests :many
-- The tests of the pupils' steps, and those that have results.
-- params: class_id bigint, done_on date
-- same: /page/gto/column
SELECT t.id, t.name, t.short_name, t.unit FROM ej.gto_test AS t
 WHERE t.id IN (SELECT n.gto_test_id
                  FROM ej.enrolment AS e
                  JOIN ej.pupil_card AS c ON c.pupil_id = e.pupil_id
                  JOIN ej.gto_step AS s ON extract(year FROM age(:done_on, c.birth_on)) BETWEEN s.age_from AND s.age_to
                  JOIN ej.gto_edition AS x ON x.id = s.gto_edition_id AND x.school_id IS NULL AND x.since <= :done_on
                  JOIN ej.gto_norm AS n ON n.gto_step_id = s.id AND n.sex = c.sex
                 WHERE e.class_id = :class_id AND e.during @> :done_on
                 UNION ALL
                SELECT r.gto_test_id FROM ej.enrolment AS e JOIN ej.gto_result AS r ON r.pupil_id = e.pupil_id
                 WHERE e.class_id = :class_id AND e.during @> :done_on AND r.done_on = :done_on)
 ORDER BY t.order_no;

-- name: gto_bare_cells :many
-- The results with the norms of the pupils' steps.
-- params: class_id bigint, done_on date
-- same: /page/gto/pupil/c[text()]
SELECT r.pupil_id, r.gto_test_id, array_agg(r.value ORDER BY r.attempt), min(n.bronze), min(n.silver), min(n.gold)
  FROM ej.enrolment AS e
  JOIN ej.pupil_card AS c ON c.pupil_id = e.pupil_id
  JOIN ej.gto_result AS r ON r.pupil_id = e.pupil_id AND r.done_on = :done_on
  LEFT JOIN (ej.gto_norm AS n JOIN ej.gto_step AS s ON s.id = n.gto_step_id
             JOIN ej.gto_edition AS x ON x.id = s.gto_edition_id AND x.school_id IS NULL)
         ON n.gto_test_id = r.gto_test_id AND n.sex = c.sex AND x.since <= :done_on
        AND extract(year FROM age(:done_on, c.birth_on)) BETWEEN s.age_from AND s.age_to
 WHERE e.class_id = :class_id AND e.during @> :done_on
 GROUP BY r.pupil_id, r.gto_test_id;
