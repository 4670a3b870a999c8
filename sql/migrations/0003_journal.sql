-- 0003_journal: lessons with their works, marks, absences and homework; term marks.
--
-- The tables that grow with every lesson are partitioned by school year. The year is part
-- of the id (year * 10^10 + n), so that keys, foreign keys and addresses need only one
-- column. ej.open_year(year) in sql/objects/year.sql makes the partitions, the year's
-- sequence of ids, and the exclusion constraints lesson_staff_overlap,
-- lesson_group_overlap and lesson_room_overlap, with the year at the end of the name,
-- which PostgreSQL does not allow on a partitioned table itself.

CREATE TABLE ej.lesson (
    id               bigint NOT NULL PRIMARY KEY,
    school_id        bigint NOT NULL REFERENCES ej.school,
    teaching_id      bigint NOT NULL REFERENCES ej.teaching,
    study_group_id   bigint NOT NULL REFERENCES ej.study_group,
    held_on          date NOT NULL,
    slot             int NOT NULL,
    during           tsrange NOT NULL,     -- local time, copied from the bells, so that new bells do not change past lessons
    room_id          bigint REFERENCES ej.room,
    room_is_shared   boolean NOT NULL DEFAULT false,   -- copied by trigger
    planned_staff_id bigint NOT NULL REFERENCES ej.staff,
    staff_id         bigint NOT NULL REFERENCES ej.staff,   -- the teacher in fact (ACC-18)
    -- a column of its own, since the planner has statistics of columns, not of <>
    is_substitute    boolean NOT NULL GENERATED ALWAYS AS (staff_id <> planned_staff_id) STORED,
    -- the lesson with which this one is given together: by its teacher, in its room, at its time.
    -- Such lessons are exempt from one another in the constraints on two lessons at once
    joined_id        bigint,
    -- the cancelled lesson in whose place this one of another subject is given
    instead_of_id    bigint,
    -- the day and slot from which the lesson was moved to another day or slot
    moved_on         date,
    moved_slot       int,
    topic            ej.prose NOT NULL DEFAULT '',
    hours            numeric(4,1) NOT NULL DEFAULT 1,
    state            ej.line NOT NULL DEFAULT 'planned'
        CONSTRAINT lesson_state CHECK (state IN ('planned', 'given', 'cancelled', 'moved')),
    -- when absences were marked, and whether homework was set; NULL: not yet. Without these
    -- columns "all present" and "no homework" could not be told from "not filled in".
    attendance_at    timestamptz,
    homework         ej.line CONSTRAINT lesson_homework CHECK (homework IN ('none', 'set')),
    is_self_given    boolean NOT NULL DEFAULT false,  -- see sql/objects/rule_given.sql
    CONSTRAINT lesson_topic_length CHECK (length(topic) <= 1000),
    CONSTRAINT lesson_day CHECK (lower(during)::date = held_on),
    CONSTRAINT lesson_moved CHECK ((moved_on IS NULL) = (moved_slot IS NULL))
) PARTITION BY RANGE (id);
CREATE INDEX lesson_teaching ON ej.lesson (teaching_id, held_on);
CREATE INDEX lesson_group ON ej.lesson (study_group_id, held_on);
CREATE INDEX lesson_group_staff ON ej.lesson (study_group_id, staff_id);
CREATE INDEX lesson_staff ON ej.lesson (staff_id, held_on);
CREATE INDEX lesson_school ON ej.lesson (school_id, held_on);
CREATE INDEX lesson_room ON ej.lesson (room_id, held_on);
CREATE INDEX lesson_self_given ON ej.lesson (school_id) WHERE is_self_given;
CREATE INDEX lesson_substitute ON ej.lesson (staff_id) WHERE is_substitute;
CREATE INDEX lesson_joined ON ej.lesson (joined_id) WHERE joined_id IS NOT NULL;
CREATE INDEX lesson_instead ON ej.lesson (instead_of_id) WHERE instead_of_id IS NOT NULL;
CREATE INDEX lesson_moved ON ej.lesson (study_group_id, moved_on) WHERE moved_on IS NOT NULL;

CREATE TABLE ej.work (
    id          bigint NOT NULL PRIMARY KEY,
    school_id   bigint NOT NULL REFERENCES ej.school,
    lesson_id   bigint NOT NULL REFERENCES ej.lesson,
    journal_id  bigint NOT NULL REFERENCES ej.journal,
    teaching_id bigint NOT NULL REFERENCES ej.teaching,
    kind_id     bigint NOT NULL REFERENCES ej.work_kind,
    weight_pct  int NOT NULL CONSTRAINT work_weight CHECK (weight_pct BETWEEN 0 AND 1000),
    scale_id    bigint NOT NULL REFERENCES ej.scale,
    title       ej.line NOT NULL DEFAULT '',
    control_work_id bigint,                -- of the schedule that made the work (0015_works)
    CONSTRAINT work_scale UNIQUE (id, scale_id),
    CONSTRAINT work_title_length CHECK (length(title) <= 200)
) PARTITION BY RANGE (id);
CREATE INDEX work_lesson ON ej.work (lesson_id);
CREATE INDEX work_journal ON ej.work (journal_id);
CREATE INDEX work_teaching ON ej.work (teaching_id);
CREATE INDEX work_school ON ej.work (school_id);
CREATE INDEX work_by_kind ON ej.work (kind_id);
CREATE INDEX work_control_work ON ej.work (control_work_id);

-- Marks. Rows are never deleted: a mark that was emptied has value NULL.
CREATE TABLE ej.mark (
    work_id     bigint NOT NULL,
    pupil_id    bigint NOT NULL REFERENCES ej.pupil,
    attempt     smallint NOT NULL DEFAULT 1
        CONSTRAINT mark_attempt CHECK (attempt BETWEEN 1 AND 5),
    school_id   bigint NOT NULL REFERENCES ej.school,
    teaching_id bigint NOT NULL REFERENCES ej.teaching,
    scale_id    bigint NOT NULL,
    value       ej.line,
    comment     ej.prose,
    staff_id    bigint REFERENCES ej.staff,    -- who gave the mark, for the diary
    PRIMARY KEY (work_id, pupil_id, attempt),
    CONSTRAINT mark_work FOREIGN KEY (work_id, scale_id) REFERENCES ej.work (id, scale_id),
    CONSTRAINT mark_value FOREIGN KEY (scale_id, value) REFERENCES ej.scale_value (scale_id, value),
    CONSTRAINT mark_comment_length CHECK (length(comment) <= 1000)
) PARTITION BY RANGE (work_id);
CREATE INDEX mark_pupil ON ej.mark (pupil_id);
CREATE INDEX mark_teaching ON ej.mark (teaching_id);
CREATE INDEX mark_school ON ej.mark (school_id);

-- Absences and lateness; a pupil without a row was present.
CREATE TABLE ej.attendance (
    lesson_id   bigint NOT NULL REFERENCES ej.lesson,
    pupil_id    bigint NOT NULL REFERENCES ej.pupil,
    school_id   bigint NOT NULL REFERENCES ej.school,
    teaching_id bigint NOT NULL REFERENCES ej.teaching,
    code        ej.line NOT NULL,
    minutes     int CONSTRAINT attendance_minutes CHECK (minutes BETWEEN 1 AND 120),
    PRIMARY KEY (lesson_id, pupil_id),
    CONSTRAINT attendance_code FOREIGN KEY (school_id, code) REFERENCES ej.attendance_code
) PARTITION BY RANGE (lesson_id);
CREATE INDEX attendance_pupil ON ej.attendance (pupil_id);
CREATE INDEX attendance_teaching ON ej.attendance (teaching_id);
CREATE INDEX attendance_school ON ej.attendance (school_id);

CREATE TABLE ej.homework (
    id             bigint NOT NULL PRIMARY KEY,
    school_id      bigint NOT NULL REFERENCES ej.school,
    lesson_id      bigint NOT NULL REFERENCES ej.lesson,    -- at which it was set
    teaching_id    bigint NOT NULL REFERENCES ej.teaching,
    study_group_id bigint NOT NULL REFERENCES ej.study_group,
    due_lesson_id  bigint REFERENCES ej.lesson,
    due_on         date NOT NULL,
    text           ej.prose NOT NULL,
    -- true: only for the pupils in homework_for
    is_personal    boolean NOT NULL DEFAULT false,
    -- how long it is expected to take; whether the work is to be handed in through the journal; the
    -- names of its files, which the teacher attached (ej.file)
    minutes        int CONSTRAINT homework_minutes CHECK (minutes BETWEEN 1 AND 300),
    is_online      boolean NOT NULL DEFAULT false,
    file_names     ej.prose NOT NULL DEFAULT '',
    CONSTRAINT homework_text_length CHECK (length(text) BETWEEN 1 AND 4000)
) PARTITION BY RANGE (id);
CREATE INDEX homework_lesson ON ej.homework (lesson_id);
CREATE INDEX homework_group ON ej.homework (study_group_id, due_on);
CREATE INDEX homework_teaching ON ej.homework (teaching_id);
CREATE INDEX homework_school ON ej.homework (school_id);
CREATE INDEX homework_due ON ej.homework (due_lesson_id);

CREATE TABLE ej.homework_for (
    homework_id bigint NOT NULL REFERENCES ej.homework,
    pupil_id    bigint NOT NULL REFERENCES ej.pupil,
    school_id   bigint NOT NULL REFERENCES ej.school,
    teaching_id bigint NOT NULL REFERENCES ej.teaching,
    PRIMARY KEY (homework_id, pupil_id)
) PARTITION BY RANGE (homework_id);
CREATE INDEX homework_for_pupil ON ej.homework_for (pupil_id);
CREATE INDEX homework_for_teaching ON ej.homework_for (teaching_id);
CREATE INDEX homework_for_school ON ej.homework_for (school_id);

-- Term marks, by pupil and subject, so that a pupil who moves to another subgroup keeps
-- them; teaching_id is the teaching in which the mark was last set. Rows are never
-- deleted: an emptied mark has value NULL.
CREATE TABLE ej.term_mark (
    pupil_id    bigint NOT NULL REFERENCES ej.pupil,
    subject_id  bigint NOT NULL REFERENCES ej.subject,
    term_id     bigint NOT NULL REFERENCES ej.term,
    school_id   bigint NOT NULL REFERENCES ej.school,
    teaching_id bigint NOT NULL REFERENCES ej.teaching,
    scale_id    bigint NOT NULL,
    value       ej.line,
    staff_id    bigint REFERENCES ej.staff,
    -- why the mark stands without the marks that the school wants; in a grade without marks
    -- the words that stand for a mark
    note        ej.prose NOT NULL DEFAULT '' CONSTRAINT term_mark_note_length CHECK (length(note) <= 500),
    given_on    date,          -- when it was first given (rule_term_mark_given)
    -- pupil and subject in one number, for a policy with a list of such pairs: separate
    -- lists of pupils and subjects would allow every pupil in every subject
    pupil_subject bigint GENERATED ALWAYS AS (pupil_id * 4294967296 + subject_id) STORED,
    PRIMARY KEY (pupil_id, subject_id, term_id),
    CONSTRAINT term_mark_pair CHECK (subject_id < 4294967296),
    CONSTRAINT term_mark_value FOREIGN KEY (scale_id, value) REFERENCES ej.scale_value (scale_id, value)
);
CREATE INDEX term_mark_term ON ej.term_mark (term_id);
CREATE INDEX term_mark_pair ON ej.term_mark (pupil_subject);
CREATE INDEX term_mark_teaching ON ej.term_mark (teaching_id);
CREATE INDEX term_mark_school ON ej.term_mark (school_id);
CREATE INDEX term_mark_subject ON ej.term_mark (subject_id);

DO $$
BEGIN
    ASSERT to_regclass('ej.mark') IS NOT NULL, 'mark is there';
    ASSERT to_regclass('ej.term_mark') IS NOT NULL, 'term_mark is there';
    ASSERT (SELECT count(*) FROM pg_partitioned_table p
             JOIN pg_class c ON c.oid = p.partrelid
            WHERE c.relnamespace = 'ej'::regnamespace) = 6, 'six partitioned tables';
END
$$;
