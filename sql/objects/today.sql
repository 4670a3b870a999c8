-- today.sql: lessons in which something is not filled in yet.

-- The open journal in which a lesson can be filled in, for one whose group had pupils on
-- the day; no row for other lessons, which are not reported as missing. Without SET, so
-- that the planner inlines it. lower and upper instead of during @> day, which would be looked up in
-- an index of ranges for each lesson: that takes ten times as long as reading the few rows of a
-- teaching and a group.
CREATE OR REPLACE FUNCTION ej.fillable_journal(teaching_id bigint, study_group_id bigint, held_on date)
RETURNS TABLE (journal_id bigint)
LANGUAGE sql STABLE ROWS 1 AS $$
SELECT j.id
  FROM ej.journal AS j
  JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught AND lower(e.during) <= $3 AND upper(e.during) > $3
 WHERE j.teaching_id = $1 AND j.closed_at IS NULL
   AND EXISTS (SELECT FROM ej.membership AS b
                WHERE b.study_group_id = $2 AND lower(b.during) <= $3 AND (upper_inf(b.during) OR upper(b.during) > $3))
 LIMIT 1
$$;

-- Whether something is missing in a lesson: topic, absences or, in a group with homework, the
-- word about it (lesson.homework). Without SET, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.is_unfilled(topic text, attendance_at timestamptz, homework text, is_unmarked boolean)
RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
SELECT topic = '' OR attendance_at IS NULL OR homework IS NULL AND NOT is_unmarked
$$;

-- The unfilled lessons of a class in the last 30 days, with the parts that are missing; for
-- the heads. Without SET, so that the planner inlines it into the calling query.
CREATE OR REPLACE FUNCTION ej.today_missing(class_id bigint)
RETURNS TABLE (lesson_id bigint, held_on date, slot int, is_topic_missing boolean,
               is_attendance_missing boolean, is_homework_missing boolean)
LANGUAGE sql STABLE AS $$
SELECT x.id, x.held_on, x.slot, x.topic = '', x.attendance_at IS NULL, x.homework IS NULL AND NOT x.is_unmarked
  FROM (SELECT l.id, l.teaching_id, l.study_group_id, l.held_on, l.slot, l.topic, l.attendance_at, l.homework,
               c.grade = ANY (s.unmarked_grades) AS is_unmarked
          FROM ej.class AS c
          JOIN ej.school AS s ON s.id = c.school_id
         CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
          JOIN ej.study_group_class AS gc ON gc.class_id = c.id
         -- OFFSET 0: look up group by group, not the lessons of all schools
         CROSS JOIN LATERAL (
               SELECT l.* FROM ej.lesson AS l
                WHERE l.study_group_id = gc.study_group_id AND l.held_on < d.day - s.fill_days
                  AND l.held_on >= d.day - 30 AND l.state IN ('planned', 'given') OFFSET 0) AS l
         WHERE c.id = $1 AND c.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[])) AS x
 WHERE ej.is_unfilled(x.topic, x.attendance_at, x.homework, x.is_unmarked)
   AND EXISTS (SELECT FROM ej.fillable_journal(x.teaching_id, x.study_group_id, x.held_on))
$$;

-- The revision of the start page (revision.sql).
CREATE OR REPLACE FUNCTION ej.today_revision() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN ej.revision_digest(ej.my_teachings() || ej.my_class_teachings())
        || coalesce('.' || (SELECT max(r.id) FROM ej.receipt AS r WHERE r.pupil_id = ANY (ej.my_class_pupils())), '')
        || coalesce((SELECT concat('.', max(x.id), '.', count(x.void_at)) FROM ej.extract AS x
                      WHERE x.staff_id = ANY (ej.my_staff())), '')
        || coalesce((SELECT string_agg('.' || d.notice_id, '') FROM ej.informing_due() AS d), '')
        || coalesce((SELECT '.' || f.days_left FROM ej.factor_state() AS f WHERE f.confirmed_at IS NULL), '');
END
$$;
GRANT EXECUTE ON FUNCTION ej.today_revision() TO ej_web;
