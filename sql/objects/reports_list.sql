-- reports_list.sql: which reports there are: their tables, columns and filters.
--
-- A report is added by a line in each of these lists, a function that returns its facts, and its
-- words (xslt/reports_words.xsl).

-- The reports. place: its number among the requirements (REP-…); period: «final», a term with term
-- marks; «term», a term with lessons, or days; «day», the present day, or days. reach: who opens it
-- (ej.report_open).
CREATE OR REPLACE FUNCTION ej.report_list()
RETURNS TABLE (report_key text, place int, period text, reach text, filters text[], tables text[])
LANGUAGE sql IMMUTABLE AS $$ VALUES
    ('pupils', 5, 'day', 'class', '{from_on,level,grade,class_id}'::text[], '{pupils}'::text[]),
    ('movement', 6, 'day', 'class', '{from_on,level,grade,class_id}', '{movement,movement_months}'),
    ('sizes', 7, 'day', 'class', '{level,grade,class_id}', '{sizes}'),
    ('results', 8, 'final', 'class', '{term_id,level,grade,class_id}', '{results}'),
    ('attendance', 12, 'term', 'class', '{term_id,from_on,level,grade,class_id}', '{attendance}'),
    ('school', 13, 'final', 'class', '{term_id,level,grade,class_id}', '{school}'),
    ('programme', 14, 'day', 'teaching', '{grade,class_id,subject_id,staff_id}', '{programme}'),
    ('quality', 18, 'final', 'class', '{term_id,level,grade,class_id,subject_id}', '{quality}'),
    ('mastery', 19, 'final', 'class', '{term_id,level,grade,class_id,subject_id}', '{mastery,mastery_pupils}'),
    ('finals', 29, 'final', 'class', '{grade,class_id}', '{finals}')
$$;

-- The tables. facts: the function; lines: what a line is of (ej.report_lines_of); is_pivot: it has a
-- column for each subject.
CREATE OR REPLACE FUNCTION ej.report_tables() RETURNS TABLE (name text, facts text, lines text, is_pivot boolean)
LANGUAGE sql IMMUTABLE AS $$ VALUES
    ('pupils', 'report_pupils', 'class', false),
    ('movement', 'report_movement', 'class', false),
    ('movement_months', 'report_movement_months', 'day', false),
    ('sizes', 'report_sizes', 'class', false),
    ('results', 'report_results', 'pupil', true),
    ('attendance', 'report_attendance', 'pupil', false),
    ('school', 'report_school', 'class', false),
    ('programme', 'report_programme', 'teaching', false),
    ('quality', 'report_quality', 'subject', false),
    ('mastery', 'report_mastery', 'subject', false),
    ('mastery_pupils', 'report_mastery', 'pupil', false),
    ('finals', 'report_finals_sheet', 'term', true)
$$;

-- The columns of tables, in their order. Without a formula a column is the sum of what facts count in
-- it; with one it is ej.formula() of two such sums. Those that are not shown only serve formulas.
CREATE OR REPLACE FUNCTION ej.report_columns()
RETURNS TABLE (name text, place int, key text, is_shown boolean, formula text, args text[])
LANGUAGE sql IMMUTABLE AS $$
SELECT c.name, c.place, c.key, true, c.formula, c.args FROM (VALUES
    ('school', 1, 'pupils', NULL, NULL::text[]),
    ('school', 2, 'rated', NULL, NULL),
    ('school', 3, 'excellent', NULL, NULL),
    ('school', 4, 'good', NULL, NULL),
    ('school', 5, 'one_4', NULL, NULL),
    ('school', 6, 'fair', NULL, NULL),
    ('school', 7, 'one_3', NULL, NULL),
    ('school', 8, 'failing', NULL, NULL),
    ('school', 9, 'absent', NULL, NULL),
    ('school', 10, 'pass_pct', 'class_pass', '{passing,rated}'),
    ('school', 11, 'quality_pct', 'class_quality', '{fine,rated}'),
    ('school', 12, 'quality_change', 'change', '{quality_pct}'),
    ('school', 13, 'sou', 'sou', '{weights,counted}'),
    ('school', 14, 'mean', 'mean', '{total,numbers}'),
    ('school', 15, 'mean_change', 'change', '{mean}'),
    ('results', 1, 'excellent', NULL, NULL),
    ('results', 2, 'good', NULL, NULL),
    ('results', 3, 'one_4', NULL, NULL),
    ('results', 4, 'fair', NULL, NULL),
    ('results', 5, 'one_3', NULL, NULL),
    ('results', 6, 'failing', NULL, NULL),
    ('results', 7, 'absent', NULL, NULL),
    ('results', 8, 'mean', 'mean', '{total,numbers}'),
    ('results', 9, 'missed', NULL, NULL),
    ('results', 10, 'ill', NULL, NULL),
    ('pupils', 1, 'pupils', NULL, NULL),
    ('pupils', 2, 'girls', NULL, NULL),
    ('pupils', 3, 'boys', NULL, NULL),
    ('pupils', 4, 'age_6', NULL, NULL),
    ('pupils', 5, 'age_10', NULL, NULL),
    ('pupils', 6, 'age_14', NULL, NULL),
    ('pupils', 7, 'age_17', NULL, NULL),
    ('pupils', 8, 'age_18', NULL, NULL),
    ('pupils', 9, 'mixed', NULL, NULL),
    ('pupils', 10, 'extramural', NULL, NULL),
    ('pupils', 11, 'needs', NULL, NULL),
    ('pupils', 12, 'disabled', NULL, NULL),
    ('pupils', 13, 'individual', NULL, NULL),
    ('pupils', 14, 'home', NULL, NULL),
    ('pupils', 15, 'day_group', NULL, NULL),
    ('pupils', 16, 'repeaters', NULL, NULL),
    ('movement', 1, 'first', NULL, NULL),
    ('movement', 2, 'arrived', NULL, NULL),
    ('movement', 3, 'moved_in', NULL, NULL),
    ('movement', 4, 'departed', NULL, NULL),
    ('movement', 5, 'to_city', NULL, NULL),
    ('movement', 6, 'to_school', NULL, NULL),
    ('movement', 7, 'to_abroad', NULL, NULL),
    ('movement', 8, 'to_college', NULL, NULL),
    ('movement', 9, 'to_family', NULL, NULL),
    ('movement', 10, 'to_other', NULL, NULL),
    ('movement', 11, 'moved_out', NULL, NULL),
    ('movement', 12, 'last', NULL, NULL),
    ('movement_months', 1, 'arrived', NULL, NULL),
    ('movement_months', 2, 'departed', NULL, NULL),
    ('sizes', 1, 'september_1', NULL, NULL),
    ('sizes', 2, 'september_20', NULL, NULL),
    ('sizes', 3, 'now', NULL, NULL),
    ('sizes', 4, 'places', NULL, NULL),
    ('sizes', 5, 'free', NULL, NULL),
    ('attendance', 1, 'days', NULL, NULL),
    ('attendance', 2, 'days_ill', NULL, NULL),
    ('attendance', 3, 'lessons', NULL, NULL),
    ('attendance', 4, 'ill', NULL, NULL),
    ('attendance', 5, 'valid', NULL, NULL),
    ('attendance', 6, 'unjustified', NULL, NULL),
    ('attendance', 7, 'unexplained', NULL, NULL),
    ('attendance', 8, 'late', NULL, NULL),
    ('attendance', 9, 'due', NULL, NULL),
    ('attendance', 10, 'attendance_pct', 'share', '{present,due}'),
    ('programme', 1, 'norm', NULL, NULL),
    ('programme', 2, 'plan', NULL, NULL),
    ('programme', 3, 'due', NULL, NULL),
    ('programme', 4, 'given', NULL, NULL),
    ('programme', 5, 'replaced', NULL, NULL),
    ('programme', 6, 'covered', NULL, NULL),
    ('programme', 7, 'done_pct', 'programme', '{covered,cover_due}'),
    ('programme', 8, 'lag', NULL, NULL),
    ('programme', 9, 'works', NULL, NULL),
    ('programme', 10, 'works_given', NULL, NULL),
    ('quality', 1, 'n5', NULL, NULL),
    ('quality', 2, 'n4', NULL, NULL),
    ('quality', 3, 'n3', NULL, NULL),
    ('quality', 4, 'n2', NULL, NULL),
    ('quality', 5, 'na', NULL, NULL),
    ('quality', 6, 'pass', NULL, NULL),
    ('quality', 7, 'exempt', NULL, NULL),
    ('quality', 8, 'pass_pct', 'pass', '{passed,counted}'),
    ('quality', 9, 'quality_pct', 'quality', '{fine,counted}'),
    ('quality', 10, 'sou', 'sou', '{weights,counted}'),
    ('quality', 11, 'mean', 'mean', '{total,numbers}'),
    ('quality', 12, 'missed', NULL, NULL),
    ('quality', 13, 'ill', NULL, NULL),
    ('quality', 14, 'valid', NULL, NULL),
    ('quality', 15, 'unjustified', NULL, NULL),
    ('quality', 16, 'unexplained', NULL, NULL),
    ('mastery', 1, 'places', NULL, NULL),
    ('mastery', 2, 'passed', NULL, NULL),
    ('mastery', 3, 'mastery_pct', 'mastery', '{passed,places}'),
    ('mastery_pupils', 1, 'places', NULL, NULL),
    ('mastery_pupils', 2, 'passed', NULL, NULL),
    ('mastery_pupils', 3, 'mastery_pct', 'mastery', '{passed,places}')
) AS c(name, place, key, formula, args)
$$;
