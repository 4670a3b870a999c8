-- promotion.sql: the queries of promotion.c.

-- name: promotion_head :one
-- The present year, whether the next one was opened, and the promotion that holds.
-- params:
SELECT y.year, y.year + 1 AS next_year, lower(y.next_during) AS from_on,
       y.next_during IS NOT NULL
           AND EXISTS (SELECT FROM ej.term_plan AS t WHERE t.school_id = y.school_id
                          AND t.year = y.year + 1) AS is_open,
       cardinality(ej.my_setup_schools()) > 0 AS is_mine, p.id AS promotion_id, p.order_no, p.order_on
  FROM ej.promotion_year() AS y
  LEFT JOIN ej.promotion AS p ON p.school_id = y.school_id AND p.year = y.year + 1 AND p.undone_reason IS NULL;

-- name: promotion_classes :many class
-- Each class with the numbers of its pupils by outcome, and where they go.
-- params:
-- rows: at most 120
WITH l AS MATERIALIZED (
    SELECT l.class_id, l.grade, l.letter, l.outcome, l.to_grade, l.to_letter FROM ej.promotion_lines() AS l
)
SELECT l.class_id, l.grade || l.letter AS name, count(*) AS pupils,
       count(*) FILTER (WHERE l.outcome = 'promoted') AS promoted,
           count(*) FILTER (WHERE l.outcome = 'conditional') AS conditional,
       count(*) FILTER (WHERE l.outcome = 'repeating') AS repeating,
           count(*) FILTER (WHERE l.outcome = 'graduated') AS graduated,
       (SELECT string_agg(x.name || ': ' || x.n, ', ' ORDER BY x.n DESC, x.name)
          FROM (SELECT o.to_grade || o.to_letter AS name, count(*) AS n FROM l AS o
                 WHERE o.class_id = l.class_id AND o.to_grade IS NOT NULL GROUP BY 1) AS x) AS next
  FROM l
 GROUP BY l.class_id, l.grade, l.letter
 ORDER BY l.grade, l.letter;

-- name: promotion_next :many next
-- The classes of the next year with their numbers of pupils; is_new: the promotion makes them.
-- params:
-- rows: at most 120
SELECT l.to_grade || l.to_letter AS name, count(*) AS pupils, c.id IS NULL AS is_new
  FROM ej.promotion_lines() AS l
 CROSS JOIN ej.promotion_year() AS y
  LEFT JOIN ej.class AS c ON c.school_id = y.school_id AND c.year = y.year + 1 AND c.grade = l.to_grade
   AND c.letter = l.to_letter
 WHERE l.to_grade IS NOT NULL
 GROUP BY l.to_grade, l.to_letter, c.id
 ORDER BY l.to_grade, l.to_letter;

-- name: promotion_class :one
-- params: class_id bigint
SELECT c.id AS class_id, c.name, c.grade, y.year + 1 AS next_year, cardinality(ej.my_setup_schools()) > 0 AS is_mine,
       EXISTS (SELECT FROM ej.promotion AS p WHERE p.school_id = y.school_id AND p.year = y.year + 1
                  AND p.undone_reason IS NULL) AS is_done
  FROM ej.promotion_year() AS y
  JOIN ej.class AS c ON c.school_id = y.school_id AND c.year = y.year
 WHERE c.id = :class_id AND c.school_id = ANY ((SELECT ej.my_card_schools())::bigint[]);

-- name: promotion_pupils :many pupil
-- params: class_id bigint
-- rows: at most 45
WITH l AS MATERIALIZED (
    SELECT l.pupil_id, l.debts, l.outcome, l.to_letter FROM ej.promotion_lines() AS l WHERE l.class_id = :class_id
)
SELECT l.pupil_id, m.name, nullif(l.debts, 0) AS debts, l.outcome, l.to_letter AS letter
  FROM l
  JOIN ej.pupil AS p ON p.id = l.pupil_id
  JOIN ej.pupil_names(ARRAY(SELECT l.pupil_id FROM l)) AS m ON m.pupil_id = p.id
 ORDER BY p.surname, p.given_name, p.patronymic, p.id;

-- name: promotion_choose :outcomes
-- params: pupil_id bigint[], outcome text[], letter text[], old_outcome text[], old_letter text[]
SELECT ej.promotion_choose(:pupil_id, :outcome, :letter, :old_outcome, :old_letter);

-- name: promotion_commit :outcomes
-- params: order_no text, order_on date
SELECT ej.promotion_write(:order_no, :order_on);

-- name: promotion_mistake :one
-- params: promotion_id bigint
SELECT p.id AS promotion_id, p.year AS next_year, p.order_no, p.order_on, p.undone_reason,
       (SELECT count(*) FROM ej.movement AS m WHERE m.promotion_id = p.id AND m.undone_reason IS NULL) AS pupils
  FROM ej.promotion AS p
 WHERE p.id = :promotion_id AND p.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]);

-- name: promotion_undo :outcomes
-- params: promotion_id bigint, undone_reason text
SELECT ej.promotion_undo(:promotion_id, :undone_reason);
