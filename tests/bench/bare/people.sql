-- people.sql: the facts of a list of pupils found by part of a name, asked without rights
-- and without a document. Form: grid.sql.

-- name: people_bare_pupils :many
-- The search of one word, as it is typed.
-- params: school_id bigint, today_on date, find text
-- same: /page/people/pupil
SELECT p.id, p.surname, p.given_name, p.patronymic, c.name AS class_name, count(*) OVER () AS count
  FROM ej.pupil AS p
  JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during @> :today_on
  JOIN ej.class AS c ON c.id = n.class_id
 WHERE p.school_id = :school_id
   AND ' ' || lower(concat_ws(' ', p.surname, p.given_name, p.patronymic, c.name)) LIKE '% ' || :find || '%'
 ORDER BY p.surname, p.given_name, p.patronymic, p.id
 LIMIT 60;
