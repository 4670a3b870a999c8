-- 0014_substitution: lessons that are not given as planned (SCH-04, SCH-05).

-- One row for each lesson that the school gives to another teacher, joins with another lesson,
-- replaces by another subject, cancels or moves: how, why, and its time and room before. What is
-- valid now is in ej.lesson, for families too; the reason is for the heads only. Written by
-- ej.substitution_save() (objects/substitutions.sql).
CREATE TABLE ej.substitution (
    lesson_id      bigint NOT NULL PRIMARY KEY REFERENCES ej.lesson,
    school_id      bigint NOT NULL REFERENCES ej.school,
    kind           ej.line NOT NULL
        CONSTRAINT substitution_kind CHECK (kind IN ('staff', 'join', 'subject', 'cancel', 'move')),
    reason         ej.line NOT NULL CONSTRAINT substitution_reason
        CHECK (reason IN ('vacation', 'sick', 'trip', 'study', 'unpaid', 'child', 'other')), -- as staff_absence.kind
    note           ej.line NOT NULL DEFAULT '',
    held_on        date NOT NULL,       -- the planned day, slot, time and room
    slot           int NOT NULL,
    during         tsrange NOT NULL,
    room_id        bigint REFERENCES ej.room,
    CONSTRAINT substitution_note_length CHECK (length(note) <= 200)
) PARTITION BY RANGE (lesson_id);
CREATE INDEX substitution_school ON ej.substitution (school_id, held_on);
CREATE INDEX substitution_room ON ej.substitution (room_id);

DO $$
BEGIN
    ASSERT to_regclass('ej.substitution') IS NOT NULL, 'substitution is there';
END
$$;
