-- receipts.sql: how many families of each class have seen each of four weeks as it is now, asked without
-- rights and without a document. A week is compared by the digest of its marks, absences and remarks, as
-- the school's rule wants it. Form: grid.sql.

-- name: receipts_bare_classes :many
-- params: school_id bigint
-- same: /page/receipts/class
SELECT c.id, c.name, f.surname, f.given_name, f.patronymic
  FROM ej.class AS c LEFT JOIN ej.staff AS f ON f.id = c.class_teacher_id
 WHERE c.school_id = :school_id AND c.year = 2026 ORDER BY c.grade, c.letter;

-- name: receipts_bare_cells :many
-- params: school_id bigint, week_on date
-- same: /page/receipts/class/c[text()]
WITH n AS MATERIALIZED (
    SELECT n.pupil_id, n.class_id, w.week_on
      FROM ej.class AS c
      JOIN ej.enrolment AS n ON n.class_id = c.id
      JOIN (SELECT :week_on - 7 * i AS week_on FROM generate_series(0, 3) AS i) AS w
        ON n.during && daterange(w.week_on, w.week_on + 6)
     WHERE c.school_id = :school_id AND c.year = 2026
       AND EXISTS (SELECT FROM ej.study_group_class AS g JOIN ej.lesson AS l ON l.study_group_id = g.study_group_id
                    WHERE g.class_id = c.id AND l.held_on >= w.week_on AND l.held_on < w.week_on + 7
                      AND l.state IN ('planned', 'given'))
), l AS MATERIALIZED (
    SELECT l.id, l.held_on - extract(isodow FROM l.held_on)::int + 1 AS week_on FROM ej.lesson AS l
     WHERE l.school_id = :school_id AND l.held_on >= :week_on - 21 AND l.held_on < :week_on + 7
), d AS MATERIALIZED (
    SELECT f.pupil_id, f.week_on, string_agg(f.fact, chr(10) ORDER BY f.fact) AS text
      FROM (SELECT m.pupil_id, l.week_on, concat_ws(' ', 'mark', m.work_id, m.attempt, m.value) AS fact
              FROM l JOIN ej.work AS w ON w.lesson_id = l.id JOIN ej.mark AS m ON m.work_id = w.id
             WHERE m.value IS NOT NULL
             UNION ALL
            SELECT a.pupil_id, l.week_on, concat_ws(' ', 'absence', a.lesson_id, a.code, a.minutes)
              FROM l JOIN ej.attendance AS a ON a.lesson_id = l.id
             UNION ALL
            SELECT r.pupil_id, r.made_on - extract(isodow FROM r.made_on)::int + 1, concat_ws(' ', 'remark', r.id, r.kind, r.note)
              FROM ej.remark AS r
             WHERE r.school_id = :school_id AND r.made_on >= :week_on - 21 AND r.made_on < :week_on + 7) AS f
     GROUP BY f.pupil_id, f.week_on
)
SELECT n.class_id, n.week_on, count(*) AS families, count(r.pupil_id) AS seen
  FROM n
  LEFT JOIN d ON d.pupil_id = n.pupil_id AND d.week_on = n.week_on
  LEFT JOIN LATERAL (SELECT r.pupil_id FROM ej.receipt AS r
                      WHERE r.pupil_id = n.pupil_id AND r.week_on = n.week_on AND r.document_sha256
                            = sha256(convert_to(concat(n.pupil_id, ' ', n.week_on, chr(10), d.text), 'UTF8'))
                      LIMIT 1) AS r ON true
 GROUP BY n.class_id, n.week_on;
