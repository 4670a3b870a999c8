-- file.sql: files kept in the database, in pieces.
--
-- A file of a school is read by its people, like the lists that name it (local acts); a file
-- of a pupil (a photo) is read like the pupil's card, one handed in for a homework also by who
-- teaches; one sent with a message by who reads the message. Its pieces are bytea of 256 kB: large
-- objects have no row policies, and are no faster. Measured with 5 MB of random bytes by psql
-- on a busy machine (ms, the better of two; write / read):
--     bytea, pieces of 256 kB, STORAGE EXTERNAL    66 / 113
--     the same, pieces of 1 MB                     83 / 160
--     the same, compressed                         72 / 247
--     large object                                236 / 179

GRANT SELECT, INSERT, UPDATE, DELETE ON ej.file, ej.file_piece TO ej_rule;
GRANT SELECT ON ej.act, ej.pupil_card, ej.achievement TO ej_rule;

-- Whether an account has kept files of the last day that no record names (of a form that was
-- refused, say), and one more of this size would be too many: 20 files, or 50 MB.
CREATE OR REPLACE FUNCTION ej.file_is_too_much(account_id bigint, size int) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT count(*) >= 20 OR coalesce(sum(f.size), 0) + file_is_too_much.size > 50 * 1024 * 1024
  FROM ej.file AS f
 WHERE f.account_id = file_is_too_much.account_id AND f.made_at > now() - interval '1 day'
   AND f.homework_id IS NULL AND f.person_id IS NULL
   AND NOT EXISTS (SELECT FROM ej.act AS a WHERE a.file_id = f.id)
   AND NOT EXISTS (SELECT FROM ej.pupil_card AS c WHERE c.file_id = f.id)
   AND NOT EXISTS (SELECT FROM ej.achievement AS d WHERE d.file_id = f.id)
$$;

-- Store a file in pieces and return its id, without asking who may.
CREATE OR REPLACE FUNCTION ej.file_put(school_id bigint, pupil_id bigint, homework_id bigint, teaching_id bigint,
    name text, data bytea, person_id bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    piece int := 262144;
    made  bigint;
BEGIN
    INSERT INTO ej.file AS f (school_id, pupil_id, homework_id, teaching_id, person_id, name, size, account_id)
    VALUES (school_id, pupil_id, homework_id, teaching_id, person_id, name, length(data), ej.session_account())
    RETURNING f.id INTO made;
    INSERT INTO ej.file_piece (file_id, n, school_id, pupil_id, teaching_id, person_id, data)
    SELECT made, i, school_id, pupil_id, teaching_id, person_id, substr(data, 1 + i * piece, piece)
      FROM generate_series(0, (length(data) - 1) / piece) AS i;
    RETURN made;
END
$$;

-- Store a file and return its id: for the school in which the writer works and may write the
-- set-up, or for a pupil whose card or achievements the writer may write. A file that no record names is
-- deleted after a day (job.sql). Errors: JE301 the writer may do neither; JE223 too many such
-- files are stored.
CREATE OR REPLACE FUNCTION ej.file_keep(name text, data bytea, pupil_id bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := CASE WHEN pupil_id IS NULL THEN (ej.my_setup_schools())[1]
                         ELSE (SELECT p.school_id FROM ej.pupil AS p
                                WHERE p.id = file_keep.pupil_id
                                  AND (p.school_id = ANY (ej.my_admin_schools() || ej.my_deputy_schools())
                                       OR p.id = ANY (ej.my_class_pupils()))) END;
    own    bigint := ej.session_account();
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'no school to write' USING ERRCODE = 'JE301';
    END IF;
    PERFORM FROM ej.account AS a WHERE a.id = own FOR NO KEY UPDATE; -- one file at a time
    IF ej.file_is_too_much(own, length(data)) THEN
        RAISE EXCEPTION 'files that no record names' USING ERRCODE = 'JE223', COLUMN = 'file';
    END IF;
    RETURN ej.file_put(school, pupil_id, NULL, NULL, name, data);
END
$$;

GRANT EXECUTE ON FUNCTION ej.file_keep TO ej_web;
