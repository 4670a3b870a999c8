-- gto.sql: the queries of gto.c. Row policies show results to the teacher of physical education, the class
-- teacher, director, deputy and the family; sql/objects/rights_gto.sql.

-- name: gto_head :one
-- params:
SELECT ej.my_today() AS today_on, cardinality(ej.my_pe_pupils()) > 0 AS is_pe,
    cardinality(ej.my_lead_schools()) > 0 AS is_lead;

-- name: gto_classes :many class
-- The classes that the reader sees, with the signs of their pupils in their present steps.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params:
-- rows: at most 120
SELECT x.class_id, x.name, x.pupils, x.admitted, x.tested, x.gold, x.silver, x.bronze
  FROM ej.gto_classes() AS x
 ORDER BY x.grade, x.letter, x.class_id;

-- name: gto_children :many child
-- The reader's own children, and oneself.
-- params:
-- rows: at most 20
SELECT n.pupil_id, n.name FROM ej.pupil_names(ej.my_family_pupils()) AS n
  JOIN ej.pupil AS p ON p.id = n.pupil_id AND p.school_id = ANY ((SELECT ej.my_gto_module())::bigint[])
 ORDER BY n.order_no;

-- name: gto_class :one
-- params: class_id bigint
SELECT c.id AS class_id, c.name, d.day AS today_on, s.name AS school_name, c.year,
       EXISTS (SELECT FROM ej.enrolment AS e WHERE e.class_id = c.id
           AND e.pupil_id = ANY ((SELECT ej.my_pe_pupils())::bigint[])) AS can_write,
       c.id = ANY ((SELECT ej.my_classes())::bigint[])
           OR c.school_id = ANY ((SELECT ej.my_deputy_schools())::bigint[]) AS can_admit,
       (SELECT min(ej.initials_name(f.surname, f.given_name, f.patronymic)) FROM ej.staff AS f
         WHERE f.id = ANY ((SELECT ej.my_staff())::bigint[])) AS staff_name
  FROM ej.class AS c
  JOIN ej.school AS s ON s.id = c.school_id
 CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
 WHERE c.id = :class_id AND ej.gto_sees_class(c.id);

-- name: gto_days :many day
-- The days on which pupils of the class have results, newest first.
-- params: class_id bigint
-- rows: at most 60
SELECT r.done_on, count(DISTINCT r.pupil_id) AS pupils, count(DISTINCT r.gto_test_id) AS tests,
       max(r.protocol_no) AS protocol_no
  FROM ej.gto_result AS r
 WHERE r.pupil_id = ANY (ARRAY(SELECT e.pupil_id FROM ej.enrolment AS e WHERE e.class_id = :class_id))
 GROUP BY r.done_on ORDER BY r.done_on DESC LIMIT 60;

-- name: gto_pupils :many pupil
-- The pupils of the class today whose results the reader reads: step, group of health, sign in the present step, the
-- ministry's last sign.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: class_id bigint
-- rows: at most 60
WITH n AS MATERIALIZED (
    SELECT e.pupil_id, ej.today(e.school_id) AS day FROM ej.enrolment AS e
     WHERE e.class_id = :class_id AND e.during @> ej.today(e.school_id)
), id AS MATERIALIZED (SELECT ej.gto_readable(array_agg(n.pupil_id)) AS ids, min(n.day) AS day FROM n)
SELECT m.pupil_id, m.name, s.step_no, h.kind, h.is_gto_allowed, g.sign, g.tests, a.award, a.award_step
  FROM id
 CROSS JOIN LATERAL ej.pupil_names(id.ids) AS m
  LEFT JOIN (SELECT s.pupil_id, s.step_no, s.gto_step_id FROM id, ej.gto_steps_of(id.ids, id.day) AS s) AS s
      ON s.pupil_id = m.pupil_id
  LEFT JOIN (SELECT g.pupil_id, g.gto_step_id, g.sign, g.tests FROM id, ej.gto_signs(id.ids) AS g) AS g
         ON g.pupil_id = m.pupil_id AND g.gto_step_id = s.gto_step_id
  LEFT JOIN LATERAL (SELECT h.kind, h.is_gto_allowed FROM ej.health_group AS h
                      WHERE h.pupil_id = m.pupil_id AND h.during @> id.day) AS h ON true
  LEFT JOIN LATERAL (SELECT a.sign AS award, a.step_no AS award_step FROM ej.gto_award AS a
                      WHERE a.pupil_id = m.pupil_id
                      ORDER BY a.order_on DESC, a.id DESC LIMIT 1) AS a ON true
 ORDER BY m.order_no;

-- name: gto_tests :many test
-- The tests in which the class has results in the present steps, for the summary.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: class_id bigint
-- rows: at most 50
WITH id AS MATERIALIZED (SELECT array_agg(e.pupil_id) AS ids FROM ej.enrolment AS e
                          WHERE e.class_id = :class_id AND e.during @> ej.today(e.school_id))
SELECT t.gto_test_id AS column_id, t.name, t.short_name, t.unit
  FROM ej.gto_tests() AS t
 WHERE t.gto_test_id IN (SELECT b.gto_test_id FROM id, ej.gto_best(id.ids) AS b)
 ORDER BY t.order_no;

-- name: gto_bests :grid pupil_id column_id
-- The best result of each pupil in each test, of the present step.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: class_id bigint
WITH n AS MATERIALIZED (
    SELECT e.pupil_id, ej.today(e.school_id) AS day FROM ej.enrolment AS e
     WHERE e.class_id = :class_id AND e.during @> ej.today(e.school_id)
), id AS MATERIALIZED (SELECT ej.gto_readable(array_agg(n.pupil_id)) AS ids, min(n.day) AS day FROM n)
SELECT m.pupil_id, t.gto_test_id AS column_id, ej.gto_text(b.value, t.unit) AS text, b.level
  FROM id
 CROSS JOIN LATERAL ej.pupil_names(id.ids) AS m
  JOIN (SELECT s.pupil_id, s.gto_step_id FROM id, ej.gto_steps_of(id.ids, id.day) AS s) AS s ON s.pupil_id = m.pupil_id
  JOIN (SELECT b.pupil_id, b.gto_step_id, b.gto_test_id, b.value, b.level FROM id, ej.gto_best(id.ids) AS b) AS b
         ON b.pupil_id = m.pupil_id AND b.gto_step_id = s.gto_step_id
  JOIN ej.gto_tests() AS t ON t.gto_test_id = b.gto_test_id
 ORDER BY m.order_no, t.order_no;

-- name: gto_day :one
-- A day of the class; test_id: the test whose results are entered in a form.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: class_id bigint, done_on date, gto_test_id bigint
SELECT c.id AS class_id, c.name, :done_on AS done_on, d.day AS today_on, s.name AS school_name,
       x.can_write AND :done_on <= d.day AS can_write,
       (SELECT max(r.protocol_no) FROM ej.gto_result AS r WHERE r.done_on = :done_on AND r.pupil_id = ANY (ARRAY(
           SELECT e.pupil_id FROM ej.enrolment AS e WHERE e.class_id = c.id AND e.during @> :done_on))) AS protocol_no,
       CASE WHEN x.can_write THEN (SELECT t.gto_test_id FROM ej.gto_tests() AS t
           WHERE t.gto_test_id = :gto_test_id) END AS gto_test_id,
       (SELECT t.name FROM ej.gto_tests() AS t WHERE t.gto_test_id = :gto_test_id) AS test_name,
       (SELECT t.unit FROM ej.gto_tests() AS t WHERE t.gto_test_id = :gto_test_id) AS test_unit,
       (SELECT min(ej.initials_name(f.surname, f.given_name, f.patronymic)) FROM ej.staff AS f
         WHERE f.id = ANY ((SELECT ej.my_staff())::bigint[])) AS staff_name
  FROM ej.class AS c
  JOIN ej.school AS s ON s.id = c.school_id
 CROSS JOIN LATERAL (SELECT ej.today(c.school_id) AS day) AS d
 CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM ej.enrolment AS e WHERE e.class_id = c.id
        AND e.pupil_id = ANY ((SELECT ej.my_pe_pupils())::bigint[])) AS can_write) AS x
 WHERE c.id = :class_id AND ej.gto_sees_class(c.id);

-- name: gto_day_pupils :many pupil
-- The pupils of the class on the day; refusal: why no result of theirs is taken.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: class_id bigint, done_on date
-- rows: at most 60
WITH id AS MATERIALIZED (SELECT array_agg(e.pupil_id) AS ids FROM ej.enrolment AS e
                          WHERE e.class_id = :class_id AND e.during @> :done_on)
SELECT m.pupil_id, m.name, s.step_no, x.refusal
  FROM id
 CROSS JOIN LATERAL ej.pupil_names(id.ids) AS m
  LEFT JOIN (SELECT x.pupil_id, x.refusal FROM id, ej.gto_refusals(id.ids, :done_on) AS x) AS x
      ON x.pupil_id = m.pupil_id
  LEFT JOIN (SELECT s.pupil_id, s.step_no FROM id, ej.gto_steps_of(id.ids, :done_on) AS s) AS s
      ON s.pupil_id = m.pupil_id
 ORDER BY m.order_no;

-- name: gto_day_tests :many column
-- The tests of the steps of these pupils, and those that have results on the day.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: class_id bigint, done_on date, gto_test_id bigint
-- rows: at most 50
WITH id AS MATERIALIZED (SELECT array_agg(e.pupil_id) AS ids FROM ej.enrolment AS e
                          WHERE e.class_id = :class_id AND e.during @> :done_on),
step AS MATERIALIZED (SELECT DISTINCT s.gto_edition_id, s.step_no, s.sex FROM id, ej.gto_steps_of(id.ids,
    :done_on) AS s),
test AS (
    SELECT n.gto_test_id, bool_or(n.is_obligatory) AS is_obligatory
      FROM step AS s, ej.gto_norms(s.gto_edition_id, s.step_no) AS n WHERE n.sex = s.sex GROUP BY 1
)
SELECT t.gto_test_id AS column_id, t.name, t.short_name, t.unit, x.is_obligatory
  FROM ej.gto_tests() AS t
  LEFT JOIN test AS x ON x.gto_test_id = t.gto_test_id
 WHERE (x.gto_test_id IS NOT NULL
        OR t.gto_test_id IN (SELECT r.gto_test_id FROM id, ej.gto_result AS r WHERE r.pupil_id = ANY (id.ids)
            AND r.done_on = :done_on))
   AND (:gto_test_id IS NULL OR t.gto_test_id = :gto_test_id)
 ORDER BY x.is_obligatory DESC NULLS LAST, t.order_no;

-- name: gto_day_cells :grid pupil_id column_id
-- The results of the day, the attempts of a test joined; the level is that of the best.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: class_id bigint, done_on date, gto_test_id bigint
WITH id AS MATERIALIZED (SELECT array_agg(e.pupil_id) AS ids FROM ej.enrolment AS e
                          WHERE e.class_id = :class_id AND e.during @> :done_on),
step AS MATERIALIZED (SELECT DISTINCT s.gto_edition_id, s.step_no, s.sex FROM id, ej.gto_steps_of(id.ids,
    :done_on) AS s),
test AS (SELECT n.gto_test_id, bool_or(n.is_obligatory) AS is_obligatory
           FROM step AS s, ej.gto_norms(s.gto_edition_id, s.step_no) AS n WHERE n.sex = s.sex GROUP BY 1),
cell AS (
    SELECT f.pupil_id, f.gto_test_id, string_agg(ej.gto_text(f.value, f.unit), '/' ORDER BY f.attempt) AS text,
           max(ej.gto_rank(f.level)) AS rank
      FROM id, ej.gto_facts(id.ids) AS f WHERE f.done_on = :done_on GROUP BY 1, 2
)
SELECT m.pupil_id, t.gto_test_id AS column_id, c.text,
       (ARRAY['none', 'bronze', 'silver', 'gold'])[1 + c.rank] AS level
  FROM id
 CROSS JOIN LATERAL ej.pupil_names(id.ids) AS m
  JOIN cell AS c ON c.pupil_id = m.pupil_id
  JOIN ej.gto_tests() AS t ON t.gto_test_id = c.gto_test_id
  LEFT JOIN test AS x ON x.gto_test_id = t.gto_test_id
 WHERE :gto_test_id IS NULL OR t.gto_test_id = :gto_test_id
 ORDER BY m.order_no, x.is_obligatory DESC NULLS LAST, t.order_no;

-- name: gto_save :outcomes
-- scan: the tests of the law, some dozens of rows
-- params: class_id bigint, done_on date, column_id bigint[], pupil_id bigint[], old text[], value text[]
SELECT ej.gto_save(:class_id, :done_on, :column_id, :pupil_id, :old, :value);

-- name: gto_protocol :outcomes
-- params: class_id bigint, done_on date, protocol_no text, old_protocol_no text
SELECT ej.gto_protocol(:class_id, :done_on, :protocol_no, :old_protocol_no);

-- name: gto_health :many pupil
-- The pupils of the class today with their group of health.
-- params: class_id bigint
-- rows: at most 60
WITH n AS MATERIALIZED (SELECT e.pupil_id, ej.today(e.school_id) AS day FROM ej.enrolment AS e
                         WHERE e.class_id = :class_id AND e.during @> ej.today(e.school_id))
SELECT m.pupil_id, m.name, h.kind, h.is_gto_allowed, h.document, lower(h.during) AS from_on, upper(h.during) - 1
    AS till_on
  FROM (SELECT array_agg(n.pupil_id) AS ids, min(n.day) AS day FROM n) AS id
 CROSS JOIN LATERAL ej.pupil_names(id.ids) AS m
  LEFT JOIN ej.health_group AS h ON h.pupil_id = m.pupil_id AND (upper_inf(h.during) OR upper(h.during) > id.day)
 ORDER BY m.order_no, lower(h.during);

-- name: gto_admit :outcomes
-- params: class_id bigint, pupil_id bigint[], fields jsonb
SELECT ej.gto_admit(:class_id, :pupil_id, :fields);

-- name: gto_pupil :one
-- params: pupil_id bigint
SELECT p.id AS pupil_id, ej.pupil_name(p.id) AS name, s.name AS school_name, ej.today(p.school_id) AS today_on,
       p.id = ANY ((SELECT ej.my_pe_pupils())::bigint[]) AS can_write, k.name AS class_name,
       h.kind, h.is_gto_allowed, ej.gto_uin(p.id) AS gto_uin, (SELECT min(ej.initials_name(f.surname, f.given_name,
           f.patronymic)) FROM ej.staff AS f
         WHERE f.id = ANY ((SELECT ej.my_staff())::bigint[])) AS staff_name
  FROM ej.pupil AS p
  JOIN ej.school AS s ON s.id = p.school_id
  LEFT JOIN LATERAL (SELECT h.kind, h.is_gto_allowed FROM ej.health_group AS h
                      WHERE h.pupil_id = p.id AND h.during @> ej.today(p.school_id)) AS h ON true
  LEFT JOIN LATERAL (SELECT c.name FROM ej.enrolment AS e JOIN ej.class AS c ON c.id = e.class_id
                      WHERE e.pupil_id = p.id ORDER BY lower(e.during) DESC LIMIT 1) AS k ON true
 WHERE p.id = ANY (ej.gto_readable(ARRAY[:pupil_id]));

-- name: gto_pupil_steps :many step
-- The steps in which the pupil has results, and that of today, newest first.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: pupil_id bigint
SELECT coalesce(g.gto_step_id, s.gto_step_id) AS gto_step_id, coalesce(g.step_no, s.step_no) AS step_no,
       s.gto_step_id IS NOT NULL AS is_present, g.sign, g.obligatory, g.tests, t.age_from, t.age_to,
       t.obligatory AS wanted_obligatory, t.bronze_tests, t.silver_tests, t.gold_tests
  FROM ej.gto_signs(ARRAY[:pupil_id]) AS g
  FULL JOIN (SELECT s.gto_step_id, s.step_no, s.gto_edition_id FROM ej.pupil AS p, ej.gto_steps_of(ARRAY[p.id],
      ej.today(p.school_id)) AS s
              WHERE p.id = :pupil_id) AS s ON s.gto_step_id = g.gto_step_id
  LEFT JOIN LATERAL ej.gto_steps(NULL, coalesce(g.gto_step_id, s.gto_step_id)) AS t ON true
 ORDER BY 2 DESC, 1;

-- name: gto_pupil_tests :many test under gto_pupil_steps gto_step_id
-- The best results of each step, with the norms and what is missing to the next level.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: pupil_id bigint
-- rows: at most 200
SELECT b.gto_step_id, t.name, t.unit, b.quality, b.is_obligatory, ej.gto_text(b.value, t.unit) AS value, b.done_on,
    b.level,
       ej.gto_text(b.bronze, t.unit) AS bronze, ej.gto_text(b.silver, t.unit) AS silver, ej.gto_text(b.gold,
           t.unit) AS gold,
       w.level AS wanted, ej.gto_gap(b.value, w.norm, t.unit) AS gap
  FROM ej.gto_best(ARRAY[:pupil_id]) AS b
  JOIN ej.gto_tests() AS t ON t.gto_test_id = b.gto_test_id
 CROSS JOIN LATERAL (SELECT CASE WHEN b.level = 'silver' THEN 'gold' WHEN b.level = 'bronze' THEN 'silver'
                                 WHEN b.level = 'none' THEN 'bronze' END AS level,
                            CASE WHEN b.level = 'silver' THEN b.gold WHEN b.level = 'bronze' THEN b.silver
                                 WHEN b.level = 'none' THEN b.bronze END AS norm) AS w
 WHERE b.gto_step_id IS NOT NULL
 ORDER BY b.step_no DESC, b.gto_step_id, b.is_obligatory DESC, t.order_no;

-- name: gto_pupil_years :many year
-- The best result of each school year in each test, for the course over the years.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: pupil_id bigint
-- rows: at most 300
SELECT t.gto_test_id AS test_id, t.name, t.is_less, x.year, ej.gto_text(x.value, t.unit) AS shown, x.value
  FROM (SELECT f.gto_test_id, extract(year FROM f.done_on - interval '7 months')::int AS year,
               CASE WHEN bool_or(f.is_less) THEN min(f.value) ELSE max(f.value) END AS value
          FROM ej.gto_facts(ARRAY[:pupil_id]) AS f GROUP BY 1, 2) AS x
  JOIN ej.gto_tests() AS t ON t.gto_test_id = x.gto_test_id
 ORDER BY t.order_no, x.year;

-- name: gto_awards :many award
-- params: pupil_id bigint
SELECT a.id AS gto_award_id, a.step_no, a.sign, a.order_no, a.order_on
  FROM ej.gto_award AS a WHERE a.pupil_id = :pupil_id ORDER BY a.order_on DESC, a.id;

-- name: gto_award :outcomes
-- params: pupil_id bigint, fields jsonb
SELECT ej.save_rows('ej.gto_award', :fields || jsonb_build_object('id', NULL, 'pupil_id', :pupil_id,
           'school_id', (SELECT p.school_id FROM ej.pupil AS p WHERE p.id = :pupil_id))
           || CASE WHEN :fields ? 'sign' THEN '{}' ELSE '{"fault": {"field": "sign", "code": "JE101"}}'::jsonb END);

-- name: gto_school :many class
-- The signs of the school by classes, with the groups of health.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params:
-- rows: at most 120
SELECT x.class_id, x.name, x.grade, x.pupils, x.admitted, x.tested, x.gold, x.silver, x.bronze,
       x.main, x.light, x.special_a, x.special_b, x.exempt
  FROM ej.gto_classes() AS x
 ORDER BY x.grade, x.letter, x.class_id;

-- name: gto_school_head :one
-- params:
SELECT s.name AS school_name, ej.today(s.id) AS today_on, y.year, (SELECT min(ej.initials_name(f.surname,
    f.given_name, f.patronymic)) FROM ej.staff AS f
         WHERE f.id = ANY ((SELECT ej.my_staff())::bigint[])) AS staff_name
  FROM ej.school AS s JOIN ej.school_year AS y ON y.school_id = s.id AND y.year = (SELECT ej.shown_year())
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: gto_print_signers :many signer
-- Who signs beside the teacher: the director.
-- params:
SELECT ej.director_name(s.id, ej.today(s.id)) AS name FROM ej.school AS s
 WHERE s.id = ANY ((SELECT ej.my_staff_schools())::bigint[]);

-- name: gto_norms_head :one
-- The edition that is shown: by default that of today; the step: by default the first.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: gto_edition_id bigint, step_no int
SELECT e.gto_edition_id, e.name, e.since, coalesce(:step_no, 1) AS step_no,
       cardinality(ej.my_admin_schools()) > 0 AS can_import
  FROM unnest(ej.my_gto_module()) AS m(school_id), ej.gto_editions(m.school_id) AS e
 WHERE e.gto_edition_id = coalesce(:gto_edition_id, ej.gto_present()) LIMIT 1;

-- name: gto_norms_editions :many edition
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params:
-- rows: at most 50
SELECT DISTINCT e.gto_edition_id, e.name, e.since, e.is_own
  FROM unnest(ej.my_gto_module()) AS m(school_id), ej.gto_editions(m.school_id) AS e ORDER BY e.since DESC,
      e.gto_edition_id;

-- name: gto_norms_steps :many step
-- The steps of the shown edition; missing: figures that no source has.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: gto_edition_id bigint
-- rows: at most 18
SELECT t.step_no, t.age_from, t.age_to, t.obligatory, t.bronze_tests, t.silver_tests, t.gold_tests, t.source,
       (SELECT nullif(sum((n.bronze IS NULL)::int + (n.silver IS NULL)::int + (n.gold IS NULL)::int), 0)
          FROM ej.gto_norms(x.id, t.step_no) AS n) AS missing
  FROM (SELECT coalesce(:gto_edition_id, ej.gto_present()) AS id) AS x,
       ej.gto_steps(x.id) AS t
 ORDER BY t.step_no;

-- name: gto_norms :many norm
-- The norms of the shown step, boys and girls side by side.
-- scan: the tests, steps and editions of the law, some dozens of rows
-- params: gto_edition_id bigint, step_no int
-- rows: at most 60
SELECT n.quality, bool_or(n.is_obligatory) AS is_obligatory, n.test_name, n.unit,
       count(*) FILTER (WHERE n.sex = 'm') > 0 AS is_m, count(*) FILTER (WHERE n.sex = 'f') > 0 AS is_f,
       max(ej.gto_text(n.bronze, n.unit)) FILTER (WHERE n.sex = 'm') AS m_bronze,
       max(ej.gto_text(n.silver, n.unit)) FILTER (WHERE n.sex = 'm') AS m_silver,
       max(ej.gto_text(n.gold, n.unit)) FILTER (WHERE n.sex = 'm') AS m_gold,
       max(ej.gto_text(n.bronze, n.unit)) FILTER (WHERE n.sex = 'f') AS f_bronze,
       max(ej.gto_text(n.silver, n.unit)) FILTER (WHERE n.sex = 'f') AS f_silver,
       max(ej.gto_text(n.gold, n.unit)) FILTER (WHERE n.sex = 'f') AS f_gold,
       string_agg(DISTINCT n.source, '; ') AS source
  FROM (SELECT coalesce(:gto_edition_id, ej.gto_present()) AS id) AS x,
       ej.gto_norms(x.id, coalesce(:step_no, 1)) AS n
 GROUP BY n.gto_test_id, n.quality, n.test_name, n.unit, n.order_no
 ORDER BY bool_or(n.is_obligatory) DESC, n.order_no;
