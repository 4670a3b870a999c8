-- handins.sql: the queries of handins.c. Row policies show what was handed in to the family, the
-- class teacher, the heads and who teaches the group.

-- name: handins_head :one
-- params:
SELECT ej.my_today() AS today_on;

-- name: handins_rows :many homework
-- The homework of the reader's teachings due from two weeks ago to three weeks ahead, and older one
-- with something not yet answered; the latest day first.
-- params:
-- rows: at most 200
SELECT h.id AS homework_id, g.name AS class_name, s.name AS subject_name, h.due_on, h.is_personal,
       nullif(count(x.pupil_id), 0) AS handed,
       nullif(count(x.pupil_id) FILTER (WHERE x.answered_on IS NULL), 0) AS unanswered,
       h.text AS prose
  FROM ej.homework AS h
  JOIN ej.study_group AS g ON g.id = h.study_group_id
  JOIN ej.teaching AS t ON t.id = h.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.submission AS x ON x.homework_id = h.id
 WHERE h.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
    OR h.lesson_id = ANY ((SELECT ej.my_write_lessons())::bigint[])
 GROUP BY h.id, h.due_on, h.is_personal, h.text, g.name, s.name
HAVING h.due_on > (SELECT ej.my_today()) - 15 AND h.due_on < (SELECT ej.my_today()) + 22
    OR count(x.pupil_id) FILTER (WHERE x.answered_on IS NULL) > 0
 ORDER BY h.due_on DESC, s.name, g.name, h.id LIMIT 200;

-- name: handins_show :one
-- A homework. can_mark: the reader may write the lesson at which it is due, and it was held.
-- params: homework_id bigint
SELECT h.id AS homework_id, h.lesson_id, g.name AS class_name, s.name AS subject_name, h.due_on, h.is_personal,
       h.minutes, h.is_online, h.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
           OR h.lesson_id = ANY ((SELECT ej.my_write_lessons())::bigint[]) AS is_mine,
       d.held_on <= (SELECT ej.my_today()) AND d.state IN ('planned', 'given')
           AND (d.teaching_id = ANY ((SELECT ej.my_write_teachings())::bigint[])
                OR d.id = ANY ((SELECT ej.my_write_lessons())::bigint[])) AS can_mark
  FROM ej.homework AS h
  JOIN ej.study_group AS g ON g.id = h.study_group_id
  JOIN ej.teaching AS t ON t.id = h.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.lesson AS d ON d.id = h.due_lesson_id
 WHERE h.id = :homework_id;

-- name: handins_task :many task
-- params: homework_id bigint
SELECT h.text AS prose FROM ej.homework AS h WHERE h.id = :homework_id;

-- name: handins_attached :many attached
-- The files of the teacher.
-- params: homework_id bigint
-- rows: at most 10
SELECT f.id AS file_id, f.name, f.size
  FROM ej.file AS f WHERE f.homework_id = :homework_id AND f.pupil_id IS NULL ORDER BY f.id;

-- name: handins_load :many load
-- What is set for the same day.
-- params: homework_id bigint
SELECT x.subjects, x.names, x.minutes, x.norm FROM ej.homework_load(:homework_id) AS x;

-- name: handins_set :outcomes
-- params: homework_id bigint, minutes int, old_minutes int, is_online boolean, old_is_online boolean, gone bigint[]
-- params: name1 text, data1 bytea, name2 text, data2 bytea, name3 text, data3 bytea
SELECT ej.homework_set(:homework_id, :minutes, :old_minutes, :is_online, :old_is_online, coalesce(:gone, '{}'),
           ARRAY[:name1, :name2, :name3], ARRAY[:data1, :data2, :data3]);

-- name: handins_pupils :many pupil
-- The pupils that the homework is for, with what they handed in: what waits for an answer first.
-- params: homework_id bigint
-- rows: at most 200
WITH h AS MATERIALIZED (
    SELECT h.id, h.due_on, h.is_online, ej.homework_work(h.due_lesson_id) AS work_id
      FROM ej.homework AS h WHERE h.id = :homework_id
), p AS MATERIALIZED (SELECT p.id FROM ej.homework_pupils(:homework_id) AS p(id))
SELECT n.pupil_id, n.name, s.handed_on, s.handed_on > h.due_on AS is_late,
       h.is_online AND s.pupil_id IS NULL AND h.due_on < (SELECT ej.my_today()) AS is_missing, s.answered_on, s.answer,
       (SELECT string_agg(m.value, '/' ORDER BY m.attempt) FROM ej.mark AS m
         WHERE m.work_id = h.work_id AND m.pupil_id = n.pupil_id) AS mark
  FROM h
  JOIN ej.pupil_names(ARRAY(SELECT p.id FROM p)) AS n ON true
  JOIN ej.pupil AS o ON o.id = n.pupil_id
  LEFT JOIN ej.submission AS s ON s.homework_id = h.id AND s.pupil_id = n.pupil_id
 ORDER BY s.pupil_id IS NULL, s.answered_on IS NOT NULL, n.name, n.pupil_id LIMIT 200;

-- name: handins_notes :many note under handins_pupils pupil_id
-- params: homework_id bigint
SELECT s.pupil_id, s.note AS prose
  FROM ej.submission AS s WHERE s.homework_id = :homework_id AND s.note <> '';

-- name: handins_files :many file under handins_pupils pupil_id
-- params: homework_id bigint
SELECT f.pupil_id, f.id AS file_id, f.name, f.size
  FROM ej.file AS f WHERE f.homework_id = :homework_id AND f.pupil_id IS NOT NULL ORDER BY f.id;

-- name: handins_save :outcomes
-- params: homework_id bigint, answer_id bigint[], answer text[], old_answer text[]
-- params: mark_id bigint[], mark text[], old_mark text[]
SELECT ej.handins_save(:homework_id, :answer_id, :answer, :old_answer, :mark_id, :mark, :old_mark);

-- name: handins_pupil :one
-- The pupil, for readers of the diary; with a year how many pages its homework has.
-- params: pupil_id bigint, year int, page int
SELECT :pupil_id AS pupil_id, ej.pupil_name(:pupil_id) AS name, w.today_on, :year AS year,
       :pupil_id = ANY ((SELECT ej.my_family_pupils())::bigint[]) AS is_mine,
       CASE WHEN :year IS NOT NULL THEN coalesce(:page, 1) END AS page,
       CASE WHEN :year IS NOT NULL THEN greatest(1, ((
            SELECT count(*) FROM ej.school_year AS y
             CROSS JOIN LATERAL ej.homework_of_pupil(:pupil_id, lower(y.during), upper(y.during) - 1) AS h(id)
             WHERE y.school_id = w.school_id AND y.year = :year) + 59) / 60) END AS pages
  FROM ej.diary_week(:pupil_id, NULL) AS w;

-- name: handins_years :many choice
-- The school years in which the pupil was in a class, the last first.
-- params: pupil_id bigint
SELECT DISTINCT 'year' AS "for", c.year AS value, c.year || '/' || right((c.year + 1)::text, 2) AS name
  FROM ej.enrolment AS n JOIN ej.class AS c ON c.id = n.class_id
 WHERE n.pupil_id = :pupil_id
 ORDER BY 2 DESC;

-- name: handins_child :many homework
-- The homework of the pupil due from two weeks ago to three weeks ahead: what is still to be done
-- first, by day. With a year all homework of that year, the latest day first, sixty a page.
-- params: pupil_id bigint, year int, page int
-- rows: at most 200
SELECT h.id AS homework_id, s.name AS subject_name, h.due_on, x.handed_on, x.handed_on > h.due_on AS is_late,
       h.is_online AND x.pupil_id IS NULL AND h.due_on < w.today_on AS is_missing, x.answered_on, h.is_online,
       h.minutes, nullif(h.file_names, '') AS file_names, h.text AS prose,
       EXISTS (SELECT FROM ej.homework_done AS d WHERE d.homework_id = h.id AND d.pupil_id = w.child_id) AS is_done
  FROM ej.diary_week(:pupil_id, NULL) AS w
  LEFT JOIN ej.school_year AS y ON y.school_id = w.school_id AND y.year = :year
 CROSS JOIN LATERAL ej.homework_of_pupil(w.child_id,
           CASE WHEN :year IS NULL THEN w.today_on - 14 ELSE lower(y.during) END,
           CASE WHEN :year IS NULL THEN w.today_on + 21 ELSE upper(y.during) - 1 END) AS o(id)
  JOIN ej.homework AS h ON h.id = o.id
  JOIN ej.teaching AS t ON t.id = h.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.submission AS x ON x.homework_id = h.id AND x.pupil_id = w.child_id
 ORDER BY CASE WHEN :year IS NULL THEN h.due_on < w.today_on END,
          CASE WHEN :year IS NULL THEN abs(h.due_on - w.today_on) END, h.due_on DESC, s.name, h.id
 LIMIT CASE WHEN :year IS NULL THEN 200 ELSE 60 END
OFFSET CASE WHEN :year IS NULL THEN 0 ELSE (coalesce(:page, 1) - 1) * 60 END;

-- name: handins_tick :outcomes
-- params: pupil_id bigint, done bigint[], was bigint[]
SELECT ej.homework_tick(:pupil_id, coalesce(:done, '{}'), coalesce(:was, '{}'));

-- name: handins_hand :one
-- A homework of the pupil with what was handed in, the answer and the mark.
-- params: pupil_id bigint, homework_id bigint
SELECT h.id AS homework_id, :pupil_id AS pupil_id, ej.pupil_name(:pupil_id) AS name, s.name AS subject_name, h.due_on,
       h.minutes, h.is_online, :pupil_id = ANY ((SELECT ej.my_family_pupils())::bigint[]) AS is_mine,
       x.note, x.handed_on, x.handed_on > h.due_on AS is_late, nullif(x.answer, '') AS answer, x.answered_on,
       (SELECT string_agg(m.value, '/' ORDER BY m.attempt) FROM ej.mark AS m
         WHERE m.work_id = ej.homework_work(h.due_lesson_id) AND m.pupil_id = w.child_id) AS mark
  FROM ej.diary_week(:pupil_id, NULL) AS w
  JOIN ej.homework AS h ON h.id = :homework_id
  JOIN ej.teaching AS t ON t.id = h.teaching_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN ej.submission AS x ON x.homework_id = h.id AND x.pupil_id = w.child_id
 WHERE EXISTS (SELECT FROM ej.homework_pupils(:homework_id) AS p(id) WHERE p.id = w.child_id);

-- name: handins_own :many file
-- params: pupil_id bigint, homework_id bigint
SELECT f.id AS file_id, f.name, f.size
  FROM ej.file AS f WHERE f.homework_id = :homework_id AND f.pupil_id = :pupil_id ORDER BY f.id;

-- name: handins_send :outcomes
-- params: pupil_id bigint, homework_id bigint, note text, old_note text, gone bigint[]
-- params: name1 text, data1 bytea, name2 text, data2 bytea, name3 text, data3 bytea
SELECT ej.submission_hand(:pupil_id, :homework_id, :note, :old_note, coalesce(:gone, '{}'),
           ARRAY[:name1, :name2, :name3], ARRAY[:data1, :data2, :data3]);

-- name: handins_file :file
-- params: homework_id bigint, file_id bigint
SELECT f.name, p.data
  FROM ej.file AS f LEFT JOIN ej.file_piece AS p ON p.file_id = f.id
 WHERE f.id = :file_id AND f.homework_id = :homework_id ORDER BY p.n;
