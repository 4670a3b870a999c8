-- tasks.sql: the queries of tasks.c.

-- name: tasks_head :one
-- params:
SELECT ej.my_today() AS today_on;

-- name: tasks_rows :many lesson
-- The last lesson of each of the reader's teachings, today's too, with its homework for all and
-- the next lesson, at which a new one will be due. Grades without homework are left out.
-- params:
-- rows: at most 100
SELECT l.id AS lesson_id, g.name AS class_name, s.name AS subject_name, l.held_on, n.held_on AS due_on,
       (SELECT h.text FROM ej.homework AS h
         WHERE h.lesson_id = l.id AND NOT h.is_personal ORDER BY h.id LIMIT 1) AS prose
  FROM ej.teaching AS t
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
 CROSS JOIN LATERAL (SELECT l.id, l.held_on FROM ej.lesson AS l
                      WHERE l.teaching_id = t.id AND l.held_on <= (SELECT ej.my_today())
                        AND l.held_on > (SELECT ej.my_today()) - 14
                        AND l.state IN ('planned', 'given')
                      ORDER BY l.held_on DESC, l.slot DESC LIMIT 1) AS l
  LEFT JOIN LATERAL (SELECT n.held_on FROM ej.lesson AS n
                      WHERE n.teaching_id = t.id AND n.held_on > l.held_on AND n.state IN ('planned', 'given')
                      ORDER BY n.held_on, n.slot LIMIT 1) AS n ON true
 WHERE t.id = ANY ((SELECT ej.my_write_teachings())::bigint[]) AND NOT ej.is_unmarked(g.id)
 ORDER BY s.order_no, s.name, g.name LIMIT 100;

-- name: tasks_save :outcomes
-- params: lesson_id bigint[], note text
SELECT ej.tasks_save(:lesson_id, :note);

-- name: tasks_kinds :many kind
-- params:
SELECT k.id AS kind_id, k.name
  FROM ej.work_kind AS k
 WHERE k.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]) AND k.is_active
   AND k.code IS DISTINCT FROM 'monitoring'
 ORDER BY k.order_no, k.id;

-- name: tasks_teachings :many teaching
-- The reader's teachings with a lesson in these weeks. Grades without marks are left out.
-- params:
-- rows: at most 100
SELECT t.id AS teaching_id, g.name AS class_name, s.name AS subject_name
  FROM ej.teaching AS t
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
 WHERE t.id = ANY ((SELECT ej.my_write_teachings())::bigint[]) AND NOT ej.is_unmarked(g.id)
   AND EXISTS (SELECT FROM ej.lesson AS l
                WHERE l.teaching_id = t.id
                  AND l.held_on BETWEEN (SELECT ej.my_today()) - 7 AND (SELECT ej.my_today()) + 21
                  AND l.state IN ('planned', 'given'))
 ORDER BY s.order_no, s.name, g.name, t.id LIMIT 100;

-- name: tasks_lessons :many lesson under tasks_teachings teaching_id
-- Their lessons of the last week and the next three.
-- params:
SELECT l.teaching_id, l.id AS lesson_id, l.slot, l.held_on
  FROM ej.lesson AS l
 WHERE l.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
   AND l.held_on BETWEEN (SELECT ej.my_today()) - 7 AND (SELECT ej.my_today()) + 21
   AND l.state IN ('planned', 'given')
 ORDER BY l.held_on, l.slot, l.id;

-- name: tasks_add :outcomes
-- params: lesson bigint[], kind_id bigint, title text
SELECT ej.works_save(array_remove(:lesson, NULL), :kind_id, :title);
