-- portfolio.sql: the queries of portfolio.c: what one pupil took part in and achieved.

-- name: portfolio_show :one
-- about, holder, year and pupil_id are what a certified copy is entered with (ej_page_freeze). is_mine: the
-- reader may enter achievements; can_certify: and certify the page.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name, nullif(p.patronymic, '')) AS name,
       p.surname AS holder,
       concat_ws(', ', ej.short_name(p.surname, p.given_name, p.patronymic), c.name, 'портфолио') AS about,
       c.name AS class_name, y.year, s.name AS school_name,
       p.id = ANY ((SELECT ej.my_class_pupils())::bigint[])
           OR p.school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[]) AS is_mine,
       p.id = ANY ((SELECT ej.my_class_pupils())::bigint[])
           OR p.school_id = ANY ((SELECT ej.my_lead_schools())::bigint[]) AS can_certify
  FROM ej.pupil AS p
  JOIN ej.school AS s ON s.id = p.school_id
 CROSS JOIN LATERAL (SELECT ej.today(p.school_id) AS day) AS d
  JOIN LATERAL (SELECT y.year FROM ej.school_year AS y WHERE y.school_id = p.school_id
                 ORDER BY lower(y.during) <= d.day DESC, abs(lower(y.during) - d.day) LIMIT 1) AS y ON true
  LEFT JOIN LATERAL (SELECT k.name FROM ej.enrolment AS n JOIN ej.class AS k ON k.id = n.class_id
                      WHERE n.pupil_id = p.id AND lower(n.during) <= d.day
                      ORDER BY lower(n.during) DESC LIMIT 1) AS c ON true
 WHERE p.id = :pupil_id
   AND (p.id = ANY ((SELECT ej.my_pupils())::bigint[])
        OR p.school_id = ANY ((SELECT ej.my_card_schools())::bigint[]));

-- name: portfolio_events :many event
-- The events in which the pupil took part, the newest first.
-- params: pupil_id bigint
-- rows: at most 300
SELECT e.id AS event_id, e.title, e.kind, e.level, lower(e.during) AS from_on,
       nullif(upper(e.during) - 1, lower(e.during)) AS till_on, nullif(p.role, '') AS role, p.result, p.place_no,
       nullif(p.document, '') AS document, nullif(p.mentor, '') AS mentor
  FROM ej.event_participant AS p
  JOIN ej.event AS e ON e.id = p.event_id AND e.state <> 'cancelled'
 WHERE p.pupil_id = :pupil_id
 ORDER BY lower(e.during) DESC, e.id DESC LIMIT 300;

-- name: portfolio_achievements :many achievement
-- Achievements outside of the school's events, the newest first.
-- params: pupil_id bigint
-- rows: at most 300
SELECT a.id AS achievement_id, a.achieved_on, a.title, nullif(a.organiser, '') AS organiser, a.level, a.result,
       a.place_no, nullif(a.document, '') AS document, nullif(a.mentor, '') AS mentor, f.name AS file, f.size
  FROM ej.achievement AS a
  LEFT JOIN ej.file AS f ON f.id = a.file_id
 WHERE a.pupil_id = :pupil_id
 ORDER BY a.achieved_on DESC, a.id DESC LIMIT 300;

-- name: portfolio_awards :many award
-- The signs of ГТО that the ministry gave the pupil by order, the newest first; none without the section ГТЗО.
-- params: pupil_id bigint
-- rows: at most 60
SELECT a.id AS gto_award_id, a.step_no, a.sign, a.order_no, a.order_on
  FROM ej.gto_award AS a WHERE a.pupil_id = :pupil_id ORDER BY a.order_on DESC, a.id DESC LIMIT 60;

-- name: portfolio_marks :many mark
-- The year marks of all years, the newest year first.
-- params: pupil_id bigint
-- rows: at most 300
SELECT l.year, s.name AS subject_name, m.value
  FROM ej.term_mark AS m
  JOIN ej.term AS t ON t.id = m.term_id AND t.kind = 'year'
  JOIN ej.term_plan AS l ON l.id = t.term_plan_id
  JOIN ej.subject AS s ON s.id = m.subject_id
 WHERE m.pupil_id = :pupil_id AND m.value IS NOT NULL
 ORDER BY l.year DESC, s.order_no, s.name LIMIT 300;

-- name: portfolio_copies :many copy
-- The valid certified copies, the newest first.
-- params: pupil_id bigint
-- rows: at most 20
SELECT x.id AS extract_id, x.number, x.made_on FROM ej.extract AS x
 WHERE x.pupil_id = :pupil_id AND x.kind = 'portfolio' AND ej.extract_state(x.id, x.void_at) = 'valid'
 ORDER BY x.id DESC LIMIT 20;

-- name: portfolio_print_signer :many signer
-- The class teacher, who signs it.
-- params: pupil_id bigint
SELECT ej.initials_name(f.surname, f.given_name, f.patronymic) AS staff_name
  FROM ej.pupil AS p
  JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during @> ej.today(p.school_id)
  JOIN ej.class AS c ON c.id = n.class_id
  JOIN ej.staff AS f ON f.id = c.class_teacher_id
 WHERE p.id = :pupil_id;

-- name: portfolio_new :one
-- A pupil for whom the reader may enter an achievement.
-- params: pupil_id bigint
SELECT p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name) AS name
  FROM ej.pupil AS p
 WHERE p.id = :pupil_id
   AND (p.id = ANY ((SELECT ej.my_class_pupils())::bigint[])
        OR p.school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[]));

-- name: portfolio_edit :one
-- An achievement that the reader may change.
-- params: pupil_id bigint, achievement_id bigint
SELECT a.id AS achievement_id, p.id AS pupil_id, concat_ws(' ', p.surname, p.given_name) AS name, a.title, a.organiser,
       a.achieved_on, a.level, a.result, a.place_no, a.document, a.mentor, a.file_id, f.name AS file
  FROM ej.achievement AS a
  JOIN ej.pupil AS p ON p.id = a.pupil_id
  LEFT JOIN ej.file AS f ON f.id = a.file_id
 WHERE a.id = :achievement_id AND a.pupil_id = :pupil_id
   AND (p.id = ANY ((SELECT ej.my_class_pupils())::bigint[])
        OR p.school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[]));

-- name: portfolio_file :file
-- params: pupil_id bigint, achievement_id bigint
SELECT f.name, p.data
  FROM ej.achievement AS a
  JOIN ej.file AS f ON f.id = a.file_id
  LEFT JOIN ej.file_piece AS p ON p.file_id = f.id
 WHERE a.id = :achievement_id AND a.pupil_id = :pupil_id ORDER BY p.n;

-- name: portfolio_save :outcomes
-- params: pupil_id bigint, achievement_id bigint, fields jsonb, file_name text, data bytea
SELECT CASE WHEN :achievement_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM ej.achievement AS a WHERE a.id = :achievement_id AND a.pupil_id = :pupil_id)
            THEN '[{"outcome": "bad", "code": "JE401"}]'
            ELSE ej.save_rows('ej.achievement', :fields || jsonb_build_object('id', :achievement_id)
                || CASE WHEN :achievement_id IS NULL THEN jsonb_build_object('pupil_id', :pupil_id) ELSE '{}' END
                || CASE WHEN :data IS NULL THEN '{}'
                        ELSE jsonb_build_object('file_id', ej.file_keep(:file_name, :data, :pupil_id)) END) END;
