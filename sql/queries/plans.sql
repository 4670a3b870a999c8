-- plans.sql: the queries of plans.c. Plans are read by the whole staff that teaches, and written by
-- their authors (sql/objects/rights_plan.sql).

-- name: plans_head :one
-- params: year int, grade int, find text, sort text, page int
SELECT s.year, :grade AS grade, :find AS find, :sort AS sort, coalesce(:page, 1) AS page,
       greatest(1, (count(p.id) + 59) / 60) AS pages, count(p.id) AS count,
       s.year = (SELECT ej.shown_year())
           AND (ej.my_write_teachings() <> '{}' OR ej.my_setup_schools() <> '{}') AS is_mine
  FROM (SELECT coalesce(:year, (SELECT ej.shown_year())) AS year) AS s
  LEFT JOIN LATERAL (
       SELECT p.id FROM ej.plan AS p
         JOIN ej.subject AS u ON u.id = p.subject_id
         JOIN ej.staff AS f ON f.id = p.staff_id
        WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools()))) AND p.year = s.year
          AND (:grade IS NULL OR p.grade = :grade)
          AND ej.is_found((SELECT ej.find_patterns(:find)),
                          concat_ws(' ', u.name, p.name, f.surname, f.given_name))) AS p ON true
 GROUP BY s.year;

-- name: plans_years :many choice
-- params:
SELECT 'year' AS "for", y.year AS value, y.year || '/' || right((y.year + 1)::text, 2) AS name
  FROM ej.school_year AS y WHERE y.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY y.year DESC;

-- name: plans_choices :many choice
-- The subjects, those that the reader teaches first.
-- params:
SELECT 'subject_id' AS "for", s.id AS value, s.name
  FROM ej.subject AS s
 WHERE s.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
 ORDER BY EXISTS (SELECT FROM ej.teaching AS t WHERE t.subject_id = s.id
                     AND t.id = ANY ((SELECT ej.my_write_teachings())::bigint[])) DESC, s.order_no, s.name;

-- name: plans_grades :many grade
-- params: year int, grade int
SELECT c.grade, c.grade = coalesce(:grade, 0) AS is_current
  FROM ej.class AS c
 WHERE c.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
   AND c.year = coalesce(:year, (SELECT ej.shown_year()))
 GROUP BY c.grade ORDER BY c.grade;

-- name: plans_rows :many plan
-- list: sort subject grade state
-- params: year int, grade int, find text, sort text, page int, lines int
-- rows: at most 60; in a file all
WITH p AS MATERIALIZED (
    SELECT p.id, p.school_id, p.grade, p.name, p.version, p.state, p.hours_week, p.staff_id, u.name AS subject_name,
           row_number() OVER (
           ORDER BY p.state = 'former', p.staff_id <> ALL ((SELECT ej.my_staff())::bigint[]),
                    CASE WHEN :sort = 'state' THEN array_position('{offered,draft,approved}', p.state::text) END,
                    CASE WHEN :sort = 'grade' THEN p.grade END, u.order_no, u.name, p.grade, p.name, p.version DESC,
                    p.id) AS n,
           ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name
      FROM ej.plan AS p
      JOIN ej.subject AS u ON u.id = p.subject_id
      JOIN ej.staff AS f ON f.id = p.staff_id
     WHERE p.school_id = ANY (ARRAY(SELECT unnest(ej.my_staff_schools())))
       AND p.year = coalesce(:year, (SELECT ej.shown_year()))
       AND (:grade IS NULL OR p.grade = :grade)
       AND ej.is_found((SELECT ej.find_patterns(:find)),
                       concat_ws(' ', u.name, p.name, f.surname, f.given_name))
     ORDER BY n LIMIT :lines OFFSET (coalesce(:page, 1) - 1) * :lines
)
SELECT p.id AS plan_id, p.subject_name, p.grade, p.name, p.staff_name, p.version, p.state,
       coalesce(h.hours, 0) AS hours, ej.plan_norm(p.school_id, p.grade, p.hours_week) AS norm, p.hours_week,
       (SELECT count(*) FROM ej.plan_use AS x WHERE x.plan_id = p.id) AS teachings,
       p.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AS is_own
  FROM p
 CROSS JOIN LATERAL (SELECT sum(r.hours) AS hours FROM ej.plan_row AS r WHERE r.plan_id = p.id) AS h
 ORDER BY p.n;

-- name: plans_show :one
-- params: plan_id bigint
SELECT p.id AS plan_id, p.year, p.subject_id, u.name AS subject_name, p.grade, p.hours_week, p.name, p.version, p.state,
       nullif(p.note, '') AS note, ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       ej.short_name(a.surname, a.given_name, a.patronymic) AS approved_name, p.approved_on,
       p.before_id, (SELECT max(n.id) FROM ej.plan AS n WHERE n.before_id = p.id) AS after_id,
       coalesce(h.hours, 0) AS hours, ej.plan_norm(p.school_id, p.grade, p.hours_week) AS norm,
       CASE WHEN p.state IN ('draft', 'offered') THEN ej.plan_fault(p.id) END AS fault,
       p.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AS is_own,
       p.school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[]) AS is_deputy,
       ej.my_write_teachings() <> '{}' OR ej.my_setup_schools() <> '{}' AS can_copy
  FROM ej.plan AS p
  JOIN ej.subject AS u ON u.id = p.subject_id
  JOIN ej.staff AS f ON f.id = p.staff_id
  LEFT JOIN ej.staff AS a ON a.id = p.approved_by
 CROSS JOIN LATERAL (SELECT sum(r.hours) AS hours FROM ej.plan_row AS r WHERE r.plan_id = p.id) AS h
 WHERE p.id = :plan_id AND p.school_id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: plans_terms :many term
-- The hours of each term by the curriculum and in the plan.
-- params: plan_id bigint
SELECT t.term_no, t.name, t.norm, t.hours, t.hours - t.norm AS difference
  FROM ej.plan_hours(:plan_id) AS t ORDER BY t.term_no;

-- name: plans_lines :many row
-- The topics. For the author of a draft, ten empty rows more.
-- params: plan_id bigint
-- rows: at most 410
WITH p AS MATERIALIZED (
    SELECT p.id, p.state = 'draft' AND p.staff_id = ANY ((SELECT ej.my_staff())::bigint[]) AS is_open
      FROM ej.plan AS p WHERE p.id = :plan_id
)
SELECT r.id AS row_id, trim_scale(r.place) AS place, nullif(r.section, '') AS section, r.term_no, r.topic, r.kind,
       trim_scale(r.hours) AS hours, nullif(r.homework, '') AS homework, nullif(r.links, '') AS links
  FROM p JOIN ej.plan_row AS r ON r.plan_id = p.id
 UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM p, generate_series(1, 10) WHERE p.is_open
 ORDER BY 2 NULLS LAST, 1;

-- name: plans_teachings :many teaching
-- The teachings that follow the plan.
-- params: plan_id bigint
SELECT t.id AS teaching_id, g.name, ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name
  FROM ej.plan_use AS x
  JOIN ej.teaching AS t ON t.id = x.teaching_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.staff AS f ON f.id = t.staff_id
 WHERE x.plan_id = :plan_id ORDER BY g.name, t.id;

-- name: plans_new :outcomes
-- params: base_id bigint, subject_id bigint, grade int, hours_week text, name text, is_version boolean
SELECT ej.plan_new(:base_id, :subject_id, :grade, :hours_week::numeric, :name, :is_version);

-- name: plans_save :outcomes
-- params: plan_id bigint, row_id bigint[], place text[], old_place text[], section text[], old_section text[]
-- params: term_no text[], old_term_no text[], topic text[], old_topic text[], kind text[], old_kind text[]
-- params: hours text[], old_hours text[], homework text[], old_homework text[], links text[], old_links text[]
SELECT ej.plan_save(:plan_id, jsonb_build_object('row_id', :row_id, 'place', :place, 'old_place', :old_place,
       'section', :section, 'old_section', :old_section, 'term_no', :term_no, 'old_term_no', :old_term_no,
       'topic', :topic, 'old_topic', :old_topic, 'kind', :kind, 'old_kind', :old_kind, 'hours', :hours,
       'old_hours', :old_hours, 'homework', :homework, 'old_homework', :old_homework, 'links', :links,
       'old_links', :old_links));

-- name: plans_put :outcomes
-- params: plan_id bigint, cells text, pasted text, is_replaced boolean
SELECT ej.plan_put(:plan_id, coalesce(:cells::jsonb, ej.plan_cells(:pasted)), :is_replaced);

-- name: plans_move :outcomes
-- params: plan_id bigint, old_state text, state text, note text
SELECT ej.plan_move(:plan_id, :old_state, :state, :note);

-- name: plans_dates :one
-- The plan of a teaching. unlinked: its given lessons that count for no topic of the plan.
-- params: teaching_id bigint
SELECT t.id AS teaching_id, g.name AS group_name, s.name AS subject_name, t.year, u.plan_id, p.name, p.state,
       ej.short_name(f.surname, f.given_name, f.patronymic) AS staff_name,
       t.id = ANY ((SELECT ej.my_write_teachings())::bigint[]) AS is_own,
       t.id = ANY ((SELECT ej.my_write_teachings())::bigint[])
         OR t.school_id = ANY ((SELECT ej.my_setup_schools())::bigint[]) AS can_choose,
       (SELECT count(*) FROM ej.lesson AS l WHERE l.teaching_id = t.id AND l.state = 'given' AND l.topic <> ''
           AND NOT EXISTS (SELECT FROM ej.plan_given AS x WHERE x.lesson_id = l.id)) AS unlinked
  FROM ej.teaching AS t
  JOIN ej.study_group AS g ON g.id = t.study_group_id
  JOIN ej.subject AS s ON s.id = t.subject_id
  JOIN ej.staff AS f ON f.id = t.staff_id
  LEFT JOIN ej.plan_use AS u ON u.teaching_id = t.id
  LEFT JOIN ej.plan AS p ON p.id = u.plan_id
 WHERE t.id = :teaching_id
   AND (t.id = ANY ((SELECT ej.my_journal_teachings())::bigint[])
        OR t.school_id = ANY ((SELECT ej.my_journal_schools())::bigint[]));

-- name: plans_dates_rows :many row
-- The topics, each with the lesson or day of its hour; a topic of several hours is there several times.
-- params: teaching_id bigint
-- rows: at most 800
SELECT x.plan_row_id AS row_id, trim_scale(x.place) AS place, nullif(r.section, '') AS section, r.topic, r.kind,
       trim_scale(r.hours) AS hours, x.state, x.lesson_id, x.held_on,
       CASE WHEN x.state = 'skipped' THEN (SELECT k.reason FROM ej.plan_skip AS k
            WHERE k.teaching_id = :teaching_id AND k.plan_row_id = x.plan_row_id) END AS reason
  FROM ej.plan_dates(:teaching_id, true) AS x
  JOIN ej.plan_row AS r ON r.id = x.plan_row_id
 ORDER BY x.place, x.plan_row_id, x.held_on, x.slot;

-- name: plans_dates_choices :many choice
-- The plans of the subject for the grades of the group, approved ones first.
-- params: teaching_id bigint
SELECT 'plan_id' AS "for", p.id AS value,
       concat_ws(', ', p.name, p.grade || ' класс', trim_scale(p.hours_week) || ' ч/нед',
                 ej.short_name(f.surname, f.given_name, f.patronymic)) AS name
  FROM ej.teaching AS t
  JOIN ej.plan AS p ON p.school_id = t.school_id AND p.year = t.year AND p.subject_id = t.subject_id
   AND (p.state <> 'former' OR p.id = (SELECT u.plan_id FROM ej.plan_use AS u WHERE u.teaching_id = t.id))
  JOIN ej.staff AS f ON f.id = p.staff_id
 WHERE t.id = :teaching_id
   AND EXISTS (SELECT FROM ej.study_group_class AS x JOIN ej.class AS c ON c.id = x.class_id
                WHERE x.study_group_id = t.study_group_id AND c.grade = p.grade)
 ORDER BY p.state = 'approved' DESC, p.hours_week = t.hours_week DESC, p.name, p.id;

-- name: plans_do :outcomes
-- params: teaching_id bigint, action text, old_plan_id bigint, plan_id bigint, plan_row_id bigint, reason text
SELECT ej.plan_do(:teaching_id, :action, :old_plan_id, :plan_id, :plan_row_id, :reason);
