-- save.sql: 30 marks changed and their history written, by one who already
-- knows what stood there. Keys hold; rules, rights, the operation's number,
-- the look at the old values and the answer are the page's own work.

-- name: save_bare_marks :exec
-- params: column_id bigint[], pupil_id bigint[], value text[], school_id bigint, teaching_id bigint, scale_id bigint, staff_id bigint
INSERT INTO ej.mark AS m (work_id, pupil_id, attempt, school_id, teaching_id, scale_id, value, staff_id)
SELECT i.work_id, i.pupil_id, 1, :school_id, :teaching_id, :scale_id, i.value, :staff_id
  FROM unnest(:column_id, :pupil_id, :value) AS i(work_id, pupil_id, value)
    ON CONFLICT (work_id, pupil_id, attempt) DO UPDATE
   SET value = excluded.value, staff_id = excluded.staff_id;

-- name: save_bare_history :exec
-- params: column_id bigint[], pupil_id bigint[], old text[], value text[], school_id bigint, teaching_id bigint, account_id bigint, operation_id uuid
INSERT INTO ej.history (school_id, table_name, row_key, teaching_id, pupil_id, operation_id, account_id, address,
                        old, new)
SELECT :school_id, 'mark', ARRAY[i.work_id, i.pupil_id, 1], :teaching_id, i.pupil_id, x.id, :account_id, '127.0.0.1',
       jsonb_build_object('value', i.old), jsonb_build_object('value', i.value)
  FROM unnest(:column_id, :pupil_id, :old, :value) AS i(work_id, pupil_id, old, value),
       (SELECT :operation_id AS id) AS x;
