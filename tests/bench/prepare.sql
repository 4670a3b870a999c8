-- prepare.sql: who asks for what in the bench: eight seats for each page.
--   psql -v schools=N -f prepare.sql     (superuser, in a fresh copy of the seed)
--
-- With many schools each seat is of another school, so that eight connections
-- are as far apart as they can be; copies of the demo school are alike, so
-- the pages are the same pages. The choice is by order and never by chance.
--
-- What is changed in the school: the journals of the grid are open (a page
-- with entry is the larger one), and the cells that are saved hold one mark
-- each and no absence.

SET client_min_messages = warning;
SET session_replication_role = replica;

-- old marks are saved again and again, so without the limit for changes
UPDATE ej.school SET correction_hours = 0;

CREATE SCHEMA bench;
GRANT USAGE ON SCHEMA bench TO ej_web;
CREATE TABLE bench.start AS SELECT coalesce(max(id), 0) AS history_id FROM ej.history;

CREATE TABLE bench.seat (
    page        text NOT NULL,
    n           int NOT NULL,           -- 0 … 7, pgbench's client_id
    school_id   bigint NOT NULL,
    account_id  bigint NOT NULL,
    path        text NOT NULL,
    journal_id  bigint,
    teaching_id bigint,
    staff_id    bigint,
    pupil_id    bigint,
    class_id    bigint,
    plan_id     bigint,
    month_on    date,
    from_on     date,
    till_on     date,
    day_on      date,
    done_on     date,
    scale_id    bigint,
    find        text,
    pupil_ids   bigint[],
    column_ids  bigint[],
    today_on    date NOT NULL,
    week_on     date NOT NULL,
    token       text NOT NULL DEFAULT encode(sha256(gen_random_uuid()::text::bytea), 'hex'),
    form_token  text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),
    digest      bytea,
    PRIMARY KEY (page, n)
);
GRANT SELECT ON bench.seat TO ej_web;

CREATE TEMP TABLE place AS
SELECT i.n, s.id AS school_id, s.today_fixed AS today_on,
       s.today_fixed - extract(isodow FROM s.today_fixed)::int + 1 AS week_on
  FROM generate_series(0, 7) AS i(n)
  JOIN ej.school AS s ON s.id = 1 + i.n * :schools / 8;

-- Teachers and their accounts; heads and class teachers get other pages.
CREATE TEMP TABLE teacher AS
SELECT f.id AS staff_id, f.school_id, a.id AS account_id,
       EXISTS (SELECT FROM ej.class AS c WHERE c.class_teacher_id = f.id)
       OR EXISTS (SELECT FROM ej.staff_role AS r WHERE r.staff_id = f.id) AS is_more
  FROM ej.staff AS f JOIN ej.account AS a ON a.person_id = f.person_id
 WHERE f.school_id IN (SELECT school_id FROM place);

-- Journals of whole classes with their size on that day.
CREATE TEMP TABLE sized AS
SELECT j.id AS journal_id, j.school_id, t.id AS teaching_id, t.staff_id, t.scale_id,
       t.study_group_id, j.closed_at, x.account_id,
       (SELECT count(*) FROM ej.membership AS b
         WHERE b.study_group_id = t.study_group_id AND b.during && e.during) AS pupils,
       (SELECT count(*) FROM ej.lesson AS l
         WHERE l.teaching_id = t.id AND e.during @> l.held_on AND l.held_on <= p.today_on) AS lessons
  FROM ej.journal AS j
  JOIN ej.term AS e ON e.id = j.term_id AND e.is_taught
  JOIN ej.teaching AS t ON t.id = j.teaching_id
  JOIN ej.study_group AS g ON g.id = t.study_group_id AND g.kind = 'class'
  JOIN teacher AS x ON x.staff_id = t.staff_id
  JOIN (SELECT DISTINCT school_id, today_on FROM place) AS p ON p.school_id = j.school_id
 WHERE NOT EXISTS (SELECT FROM ej.study_group_class AS gc JOIN ej.class AS c ON c.id = gc.class_id
                    WHERE gc.study_group_id = g.id AND c.grade = 1)
   AND lower(e.during) <= p.today_on;

-- grid: 30 pupils, as near to 25 lessons as there are, each of another teacher
INSERT INTO bench.seat (page, n, school_id, account_id, path, journal_id, today_on, week_on)
SELECT 'grid', p.n, p.school_id, c.account_id, '/journals/' || c.journal_id, c.journal_id, p.today_on, p.week_on
  FROM place AS p
  JOIN (SELECT *, row_number() OVER (PARTITION BY school_id ORDER BY far, journal_id) - 1 AS n
          FROM (SELECT DISTINCT ON (school_id, staff_id) *, abs(lessons - 25) AS far
                  FROM sized WHERE pupils = 30
                 ORDER BY school_id, staff_id, abs(lessons - 25), journal_id) AS c) AS c
    ON c.school_id = p.school_id AND c.n = p.n;
UPDATE ej.journal SET closed_at = NULL, closed_by = NULL, order_no = '1', reason = 'bench'
 WHERE id IN (SELECT journal_id FROM bench.seat WHERE page = 'grid');

-- save: 30 cells of the last work of an open journal, each of another teacher
INSERT INTO bench.seat (page, n, school_id, account_id, path, journal_id, teaching_id, staff_id, scale_id,
                        pupil_ids, column_ids, today_on, week_on)
SELECT 'save', p.n, p.school_id, c.account_id, '/journals/' || c.journal_id, c.journal_id, c.teaching_id, c.staff_id,
       c.scale_id,
       ARRAY(SELECT b.pupil_id FROM ej.membership AS b
              WHERE b.study_group_id = c.study_group_id AND b.during @> c.held_on
              ORDER BY b.pupil_id LIMIT 30),
       array_fill(c.work_id, ARRAY[30]), p.today_on, p.week_on
  FROM place AS p
  JOIN (SELECT *, row_number() OVER (PARTITION BY school_id ORDER BY journal_id) - 1 AS n
          FROM (SELECT DISTINCT ON (s.school_id, s.staff_id) s.*, w.id AS work_id, l.held_on
                  FROM sized AS s
                  JOIN ej.work AS w ON w.journal_id = s.journal_id AND w.scale_id = s.scale_id
                  JOIN ej.lesson AS l ON l.id = w.lesson_id AND l.state = 'given'
                 WHERE s.closed_at IS NULL
                   AND s.journal_id NOT IN (SELECT journal_id FROM bench.seat WHERE page = 'grid')
                   AND EXISTS (SELECT FROM ej.scale_value AS v WHERE v.scale_id = w.scale_id AND v.value = '5')
                   AND (SELECT count(*) FROM ej.membership AS b
                         WHERE b.study_group_id = s.study_group_id AND b.during @> l.held_on) >= 30
                 ORDER BY s.school_id, s.staff_id, l.held_on DESC, w.id DESC) AS c) AS c
    ON c.school_id = p.school_id AND c.n = p.n;
DELETE FROM ej.attendance AS a USING bench.seat AS s, ej.work AS w
 WHERE s.page = 'save' AND w.id = s.column_ids[1] AND a.lesson_id = w.lesson_id;
DELETE FROM ej.mark AS m USING bench.seat AS s WHERE s.page = 'save' AND m.work_id = s.column_ids[1];
INSERT INTO ej.mark (work_id, pupil_id, school_id, teaching_id, scale_id, value, staff_id)
SELECT s.column_ids[1], u.pupil_id, s.school_id, s.teaching_id, s.scale_id, '4', s.staff_id
  FROM bench.seat AS s CROSS JOIN LATERAL unnest(s.pupil_ids) AS u(pupil_id)
 WHERE s.page = 'save';

-- diary: a parent, each with a child of another class
INSERT INTO bench.seat (page, n, school_id, account_id, path, pupil_id, today_on, week_on)
SELECT 'diary', p.n, p.school_id, c.account_id,
       '/pupils/' || c.pupil_id || '/diary?week_on=' || p.week_on, c.pupil_id, p.today_on, p.week_on
  FROM place AS p
  JOIN (SELECT *, row_number() OVER (PARTITION BY school_id ORDER BY class_id) - 1 AS n
          FROM (SELECT DISTINCT ON (n.school_id, n.class_id) n.school_id, n.class_id, n.pupil_id, a.id AS account_id
                  FROM ej.enrolment AS n
                  JOIN ej.class AS c ON c.id = n.class_id AND c.grade BETWEEN 5 AND 9
                  JOIN ej.guardianship AS k ON k.pupil_id = n.pupil_id
                  JOIN ej.guardian AS g ON g.id = k.guardian_id
                  JOIN ej.account AS a ON a.person_id = g.person_id
                 WHERE n.school_id IN (SELECT school_id FROM place) AND upper(n.during) > '2026-11-21'
                   AND NOT EXISTS (SELECT FROM ej.staff AS f WHERE f.person_id = g.person_id)
                 ORDER BY n.school_id, n.class_id, n.pupil_id) AS c) AS c
    ON c.school_id = p.school_id AND c.n = p.n;

-- attendance: the month of a class, as near to 30 pupils as there are, asked by its class teacher
INSERT INTO bench.seat (page, n, school_id, account_id, path, class_id, month_on, today_on, week_on)
SELECT 'attendance', p.n, p.school_id, c.account_id, '/classes/' || c.id || '/attendance?month_on=' || c.month_on, c.id,
       c.month_on, p.today_on, p.week_on
  FROM place AS p
  JOIN (SELECT c.*, row_number() OVER (PARTITION BY c.school_id ORDER BY abs(c.pupils - 30), c.id) - 1 AS n
          FROM (SELECT c.id, c.school_id, a.id AS account_id, date '2026-11-01' AS month_on,
                       (SELECT count(*) FROM ej.enrolment AS n WHERE n.class_id = c.id) AS pupils
                  FROM ej.class AS c
                  JOIN ej.staff AS f ON f.id = c.class_teacher_id
                  JOIN ej.account AS a ON a.person_id = f.person_id
                 WHERE c.grade BETWEEN 5 AND 9
                   AND c.year = (SELECT max(x.year) FROM ej.class AS x WHERE x.school_id = c.school_id)
                   AND NOT EXISTS (SELECT FROM ej.staff_role AS r WHERE r.staff_id = f.id)) AS c) AS c
    ON c.school_id = p.school_id AND c.n = p.n;

-- plan: a calendar-thematic plan of 102 rows, or as near to it as there is one, asked by its author
INSERT INTO bench.seat (page, n, school_id, account_id, path, plan_id, today_on, week_on)
SELECT 'plan', p.n, p.school_id, c.account_id, '/plans/' || c.id, c.id, p.today_on, p.week_on
  FROM place AS p
  JOIN (SELECT o.*, row_number() OVER (PARTITION BY o.school_id ORDER BY abs(o.rows - 102), o.id) - 1 AS n
          FROM (SELECT o.id, o.school_id, t.account_id,
                       (SELECT count(*) FROM ej.plan_row AS r WHERE r.plan_id = o.id) AS rows
                  FROM ej.plan AS o JOIN teacher AS t ON t.staff_id = o.staff_id) AS o) AS c
    ON c.school_id = p.school_id AND c.n = p.n;

-- closing: the classes of the school in the term that runs, asked by a deputy
INSERT INTO bench.seat (page, n, school_id, account_id, path, today_on, week_on)
SELECT 'closing', p.n, p.school_id, r.account_id, '/closing', p.today_on, p.week_on
  FROM place AS p
  JOIN (SELECT DISTINCT ON (r.school_id) r.school_id, a.id AS account_id
          FROM ej.staff_role AS r JOIN ej.staff AS f ON f.id = r.staff_id JOIN ej.account AS a ON a.person_id = f.person_id
         WHERE r.role = 'deputy' ORDER BY r.school_id, r.staff_id) AS r ON r.school_id = p.school_id;

-- today: teachers who are nothing else, with four or so lessons on that day
INSERT INTO bench.seat (page, n, school_id, account_id, path, staff_id, today_on, week_on)
SELECT 'today', p.n, p.school_id, c.account_id, '/', c.staff_id, p.today_on, p.week_on
  FROM place AS p
  JOIN (SELECT t.*, row_number() OVER (PARTITION BY t.school_id ORDER BY abs(l.lessons - 4), t.staff_id) - 1 AS n
          FROM teacher AS t
          JOIN (SELECT l.staff_id, count(*) AS lessons FROM ej.lesson AS l JOIN
                       (SELECT DISTINCT school_id, today_on FROM place) AS p
                       ON l.school_id = p.school_id AND l.held_on = p.today_on
                 GROUP BY l.staff_id) AS l ON l.staff_id = t.staff_id
         WHERE NOT t.is_more) AS c
    ON c.school_id = p.school_id AND c.n = p.n;

-- kitchen: the orders of the last day that was served, asked by the same deputies
INSERT INTO bench.seat (page, n, school_id, account_id, path, day_on, today_on, week_on)
SELECT 'kitchen', s.n, s.school_id, s.account_id, '/meals/kitchen/' || d.day_on, d.day_on, s.today_on, s.week_on
  FROM bench.seat AS s
 CROSS JOIN LATERAL (SELECT max(d.served_on) AS day_on FROM ej.meal_day AS d
                      WHERE d.school_id = s.school_id AND d.served_on < s.today_on) AS d
 WHERE s.page = 'closing';

-- gto: the days of tests with the most results, each asked by a teacher of physical education of that class
INSERT INTO bench.seat (page, n, school_id, account_id, path, class_id, done_on, today_on, week_on)
SELECT 'gto', p.n, p.school_id, g.account_id, format('/gto/classes/%s/days/%s', g.class_id, g.done_on), g.class_id, g.done_on,
       p.today_on, p.week_on
  FROM place AS p
  JOIN (SELECT d.*, t.account_id, row_number() OVER (PARTITION BY d.school_id ORDER BY d.results DESC, d.class_id, d.done_on) - 1 AS n
          FROM (SELECT r.school_id, e.class_id, r.done_on, count(*) AS results
                  FROM ej.gto_result AS r JOIN ej.enrolment AS e ON e.pupil_id = r.pupil_id AND e.during @> r.done_on
                 GROUP BY 1, 2, 3) AS d
         CROSS JOIN LATERAL (SELECT a.id AS account_id
                               FROM ej.study_group_class AS gc
                               JOIN ej.teaching AS t ON t.study_group_id = gc.study_group_id
                               JOIN ej.subject AS u ON u.id = t.subject_id AND u.is_pe
                               JOIN ej.staff AS f ON f.id = t.staff_id JOIN ej.account AS a ON a.person_id = f.person_id
                              WHERE gc.class_id = d.class_id ORDER BY a.id LIMIT 1) AS t) AS g
    ON g.school_id = p.school_id AND g.n = p.n;

-- people: the same teachers search the pupils of the school
INSERT INTO bench.seat (page, n, school_id, account_id, path, staff_id, find, today_on, week_on)
SELECT 'people', s.n, s.school_id, s.account_id, '/pupils?find=%D0%BC%D0%B0', s.staff_id, 'ма', s.today_on, s.week_on
  FROM bench.seat AS s WHERE s.page = 'today';

-- receipts, announcement: the same deputies; all families of the school are told
INSERT INTO bench.seat (page, n, school_id, account_id, path, staff_id, today_on, week_on)
SELECT v.page, s.n, s.school_id, s.account_id, v.path, f.id, s.today_on, s.week_on
  FROM bench.seat AS s
  JOIN ej.account AS a ON a.id = s.account_id
  JOIN ej.staff AS f ON f.person_id = a.person_id AND f.school_id = s.school_id
 CROSS JOIN (VALUES ('receipts', '/receipts'), ('announcement', '/announcements')) AS v(page, path)
 WHERE s.page = 'closing';

-- report, matrix: the same deputies; finals, book: each of another class of grades 5 to 9
INSERT INTO bench.seat (page, n, school_id, account_id, path, today_on, week_on)
SELECT v.page, s.n, s.school_id, s.account_id, v.path, s.today_on, s.week_on
  FROM bench.seat AS s CROSS JOIN (VALUES ('report', '/reports/school'), ('matrix', '/control')) AS v(page, path)
 WHERE s.page = 'closing';
INSERT INTO bench.seat (page, n, school_id, account_id, path, class_id, today_on, week_on)
SELECT v.page, s.n, s.school_id, s.account_id, format(v.path, c.id), c.id, s.today_on, s.week_on
  FROM bench.seat AS s
  JOIN (SELECT c.id, c.school_id, row_number() OVER (PARTITION BY c.school_id ORDER BY c.grade, c.letter) - 1 AS n
          FROM ej.class AS c
         WHERE c.grade BETWEEN 5 AND 9
           AND c.year = (SELECT max(x.year) FROM ej.class AS x WHERE x.school_id = c.school_id)) AS c
    ON c.school_id = s.school_id AND c.n = s.n
 CROSS JOIN (VALUES ('finals', '/reports/finals?class_id=%s'), ('book', '/classes/%s/book?format=print')) AS v(page, path)
 WHERE s.page = 'closing';

-- matrix: of the shortest term that runs
UPDATE bench.seat AS s SET from_on = lower(e.during), till_on = upper(e.during) - 1
  FROM ej.term AS e JOIN ej.term_plan AS p ON p.id = e.term_plan_id
 WHERE s.page = 'matrix' AND p.school_id = s.school_id AND e.is_taught AND e.during @> s.today_on
   AND NOT EXISTS (SELECT FROM ej.term AS o JOIN ej.term_plan AS q ON q.id = o.term_plan_id
                    WHERE q.school_id = s.school_id AND o.is_taught AND o.during @> s.today_on
                      AND lower(o.during) > lower(e.during));

-- inbox: the teachers of today, each with 60 conversations with parents, of five messages each
INSERT INTO bench.seat (page, n, school_id, account_id, path, staff_id, today_on, week_on)
SELECT 'inbox', s.n, s.school_id, s.account_id, '/messages', s.staff_id, s.today_on, s.week_on
  FROM bench.seat AS s WHERE s.page = 'today';
CREATE TEMP TABLE talk AS
SELECT row_number() OVER () AS place, row_number() OVER () + (SELECT coalesce(max(c.id), 0) FROM ej.conversation AS c) AS id, s.n AS seat, s.school_id,
       a.person_id AS own_id, g.person_id AS other_id, g.pupil_id
  FROM bench.seat AS s
  JOIN ej.account AS a ON a.id = s.account_id
 CROSS JOIN LATERAL (SELECT DISTINCT ON (w.pupil_id) w.pupil_id, g.person_id
                       FROM ej.enrolment AS e
                       JOIN ej.guardianship AS w ON w.pupil_id = e.pupil_id
                       JOIN ej.guardian AS g ON g.id = w.guardian_id AND g.person_id <> a.person_id
                      WHERE e.school_id = s.school_id AND e.during @> s.today_on
                      ORDER BY w.pupil_id, g.id OFFSET 60 * s.n LIMIT 60) AS g
 WHERE s.page = 'inbox';
DELETE FROM ej.participant AS p USING talk AS t WHERE p.person_id = t.own_id; -- the demo's own few
INSERT INTO ej.conversation (id, school_id, kind, pupil_id, last_id)
SELECT t.id, t.school_id, 'direct', t.pupil_id, 2026 * 10000000000 + 9000000000 + t.place * 5 + 4 FROM talk AS t;
INSERT INTO ej.participant (conversation_id, person_id, school_id, role, pupil_id, read_id)
SELECT t.id, t.own_id, t.school_id, 'staff', NULL::bigint, 2026 * 10000000000 + 9000000000 + t.place * 5 + t.place % 3 + 2
  FROM talk AS t
 UNION ALL
SELECT t.id, t.other_id, t.school_id, 'parent', t.pupil_id, 2026 * 10000000000 + 9000000000 + t.place * 5 + 4 FROM talk AS t;
INSERT INTO ej.message (id, conversation_id, school_id, person_id, text, made_at)
SELECT 2026 * 10000000000 + 9000000000 + t.place * 5 + i, t.id, t.school_id, CASE WHEN i % 2 = 0 THEN t.other_id ELSE t.own_id END,
       'Здравствуйте! Подскажите, пожалуйста, что задано на завтра по алгебре и когда консультация.',
       timestamptz '2026-11-20 12:00+03' - (5 - i) * interval '1 hour' - t.place * interval '1 minute'
  FROM talk AS t CROSS JOIN generate_series(0, 4) AS i;

-- lists: an administrator
INSERT INTO bench.seat (page, n, school_id, account_id, path, staff_id, today_on, week_on)
SELECT 'lists', p.n, p.school_id, r.account_id, '/', r.staff_id, p.today_on, p.week_on
  FROM place AS p
  JOIN (SELECT DISTINCT ON (r.school_id) r.school_id, r.staff_id, a.id AS account_id
          FROM ej.staff_role AS r JOIN ej.staff AS f ON f.id = r.staff_id JOIN ej.account AS a ON a.person_id = f.person_id
         WHERE r.role = 'administrator' ORDER BY r.school_id, r.staff_id) AS r ON r.school_id = p.school_id;

-- Their sessions. Not by logging in, which is made to be slow.
RESET session_replication_role;
UPDATE bench.seat SET digest = sha256(token::bytea);
INSERT INTO ej.session (digest, account_id, epoch, form_token, address, idle, ends_at)
SELECT s.digest, s.account_id, a.epoch, s.form_token, '127.0.0.1', '4 hours', now() + interval '14 hours'
  FROM bench.seat AS s JOIN ej.account AS a ON a.id = s.account_id;

SELECT page, count(*) FROM bench.seat GROUP BY page;
VACUUM ANALYZE ej.conversation, ej.participant, ej.message, ej.absence_reason, ej.mark, ej.history, ej.operation, ej.session, ej.attendance, ej.journal, bench.seat;
