-- remarks.sql: the queries of remarks.c. Row policies show a remark to its author, the family,
-- the class teacher and the heads.

-- name: remarks_head :one
-- A pupil of the reader: an own child, a pupil of the teacher or class teacher, any pupil for the heads.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name,
       p.id = ANY ((SELECT ej.my_taught_pupils() || ej.my_class_pupils())::bigint[]) AS is_mine,
       p.id = ANY ((SELECT ej.my_pupils())::bigint[])
           OR p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]) AS has_diary
  FROM ej.pupil AS p
 WHERE p.id = :pupil_id
   AND (p.id = ANY ((SELECT ej.my_pupils() || ej.my_taught_pupils())::bigint[])
        OR p.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: remarks_rows :many remark
-- The newest first.
-- params: pupil_id bigint
-- rows: at most 200
SELECT r.id AS remark_id, r.kind, r.made_on, ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       r.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AS is_own, r.note AS prose
  FROM ej.remark AS r
  LEFT JOIN ej.staff AS f ON f.id = r.staff_id
 WHERE r.pupil_id = :pupil_id
 ORDER BY r.made_on DESC, r.id DESC LIMIT 200;

-- name: remarks_show :one
-- A remark that the reader wrote.
-- params: remark_id bigint
SELECT r.id AS remark_id, r.pupil_id, ej.pupil_name(r.pupil_id) AS name, r.kind, r.made_on, r.note
  FROM ej.remark AS r
 WHERE r.id = :remark_id AND r.staff_id = ANY ((SELECT ej.my_staff())::bigint[]);

-- name: remarks_add :outcomes
-- params: pupil_id bigint, fields jsonb
SELECT ej.save_rows('ej.remark', :fields || CASE WHEN :fields ->> 'kind' IS NULL THEN '{}'
                                                 ELSE jsonb_build_object('pupil_id', :pupil_id) END);

-- name: remarks_save :outcomes
-- params: remark_id bigint, fields jsonb
SELECT ej.save_rows('ej.remark', (:fields - 'pupil_id') || jsonb_build_object('id', :remark_id));
