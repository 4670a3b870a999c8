-- notices_job.sql: notices that background jobs make, since no single write is their fact, or since they
-- wait: marks for 15 minutes, so that a slip of the pen is mended before anybody is told.
--
-- The jobs may run twice, or late: a fact is told once (ej.notify). The jobs of every minute ask ej.is_told()
-- first: the same fact is found for days, and ej.notify() takes as long to find that it has been told as to tell it.

GRANT SELECT ON ej.substitution, ej.control_work, ej.job, ej.receipt, ej.submission, ej.announcement TO ej_rule;

-- Tell of the marks given between 15 minutes ago and the last run of the job, as they are now. A mark
-- changed within the last 15 minutes waits; one changed after it was told is told again, but not one
-- changed by an accepted correction, of which there is a notice of its own.
CREATE OR REPLACE FUNCTION ej.notices_marks() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    till  timestamptz := now() - interval '15 minutes';
    since timestamptz := coalesce((SELECT max(j.started_at) FROM ej.job AS j
                                    WHERE j.kind = 'notices' AND j.outcome = 'done'), now() - interval '1 day')
                         - interval '35 minutes';
BEGIN
    -- The history of these minutes first, school by school, since an index by blocks (history_made) lacks the last
    -- ones; then the mark of each row: a plan that begins with all marks costs a second.
    PERFORM ej.notify_all(y.school_id, y.kind, y.pupil_ids, y.fact_keys)
       FROM (
        WITH h AS MATERIALIZED (
            SELECT h.id, s.id AS school_id, h.pupil_id, h.key_id, h.row_key
              FROM ej.school AS s
             CROSS JOIN LATERAL (
                   SELECT h.id, h.pupil_id, h.key_id, h.row_key FROM ej.history AS h
                    WHERE h.school_id = s.id AND h.made_at > since AND h.made_at <= till AND h.table_name = 'mark'
                      AND h.new ? 'value' AND h.account_id IS NOT NULL AND h.correction_id IS NULL
                      AND h.void_id IS NULL OFFSET 0) AS h
        ), x AS MATERIALIZED (
            SELECT h.school_id, h.pupil_id, h.key_id || '-' || max(h.id) AS fact_key,
                   CASE WHEN v.number IS NOT NULL AND NOT v.is_pass THEN 'unsatisfactory' ELSE 'mark' END AS kind
              FROM h
             CROSS JOIN LATERAL (SELECT m.scale_id, m.value FROM ej.mark AS m
                                  WHERE m.work_id = h.key_id AND m.pupil_id = h.row_key[2] AND m.attempt = h.row_key[3]
                                  OFFSET 0) AS m
              JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
             WHERE NOT EXISTS (SELECT FROM ej.history AS l
                                WHERE l.key_id = h.key_id AND l.table_name = 'mark' AND l.row_key = h.row_key
                                  AND l.made_at > till)
             GROUP BY h.school_id, h.pupil_id, h.key_id, h.row_key, v.number, v.is_pass
        )
        SELECT x.school_id, x.kind, array_agg(x.pupil_id) AS pupil_ids, array_agg(x.fact_key) AS fact_keys
          FROM x GROUP BY x.school_id, x.kind) AS y;
END
$$;

-- Tell of pupils who are not in a lesson of today that began 15 minutes ago, and nobody knows why.
CREATE OR REPLACE FUNCTION ej.notices_absences() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify_all(t.school_id, 'unexplained', array_agg(a.pupil_id), array_agg(t.today::text))
       FROM ej.school_today AS t
       JOIN ej.lesson AS l ON l.school_id = t.school_id AND l.held_on = t.today
        AND lower(l.during) + interval '15 minutes' <= t.today + (now() AT TIME ZONE t.tz)::time
       JOIN ej.attendance AS a ON a.lesson_id = l.id AND a.code = 'н'
      WHERE NOT ej.is_told(t.school_id, 'unexplained', a.pupil_id, t.today::text)
      GROUP BY t.school_id;
END
$$;

-- Tell of lessons of today and tomorrow that are not given as planned and have not begun, and of the
-- control works of the next three days.
CREATE OR REPLACE FUNCTION ej.notices_lessons() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify_all(t.school_id, 'substitution', array_agg(b.pupil_id), array_agg(l.id::text))
       FROM ej.school_today AS t
       JOIN ej.lesson AS l ON l.school_id = t.school_id AND l.held_on BETWEEN t.today AND t.today + 1
        AND lower(l.during) > t.today + (now() AT TIME ZONE t.tz)::time
       JOIN ej.substitution AS s ON s.lesson_id = l.id
       JOIN ej.membership AS b ON b.study_group_id = l.study_group_id AND b.during @> l.held_on
      WHERE NOT ej.is_told(t.school_id, 'substitution', b.pupil_id, l.id::text)
      GROUP BY t.school_id;
    PERFORM ej.notify_all(t.school_id, 'control_work', array_agg(b.pupil_id), array_agg(w.id::text))
       FROM ej.school_today AS t
       JOIN ej.control_work AS w ON w.school_id = t.school_id AND w.held_on BETWEEN t.today + 1 AND t.today + 3
       JOIN ej.teaching AS x ON x.id = w.teaching_id
       JOIN ej.membership AS b ON b.study_group_id = x.study_group_id AND b.during @> w.held_on
      WHERE NOT ej.is_told(t.school_id, 'control_work', b.pupil_id, w.id::text)
      GROUP BY t.school_id;
END
$$;

-- Make the notices of every minute. For the background job alone.
CREATE OR REPLACE FUNCTION ej.notices_minute() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notices_marks(), ej.notices_absences(), ej.notices_lessons();
END
$$;

-- Tell teachers of journals that lack marks in the last fortnight of a term, deputies of journals without
-- term marks after the day on which they were due.
CREATE OR REPLACE FUNCTION ej.notices_journals() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify(j.school_id, 'few_marks', NULL, j.id::text, ARRAY[f.person_id])
       FROM ej.school_today AS t
       JOIN ej.term AS e ON e.school_id = t.school_id AND e.is_taught AND e.during @> t.today
        AND upper(e.during) <= t.today + 14
       JOIN ej.school AS s ON s.id = t.school_id
       JOIN ej.journal AS j ON j.term_id = e.id AND j.closed_at IS NULL
       JOIN ej.teaching AS x ON x.id = j.teaching_id
       JOIN ej.study_group AS g ON g.id = x.study_group_id
        AND g.kind NOT IN ('elective', 'club', 'individual', 'home')
       JOIN ej.staff AS f ON f.id = x.staff_id
      WHERE NOT ej.is_unmarked(x.study_group_id)
        AND EXISTS (SELECT FROM ej.membership AS b
                     WHERE b.study_group_id = x.study_group_id AND b.during @> t.today
                       AND (SELECT count(*) FROM ej.work AS w JOIN ej.mark AS m ON m.work_id = w.id
                             WHERE w.journal_id = j.id AND m.pupil_id = b.pupil_id AND m.value IS NOT NULL)
                           < s.min_marks);
    PERFORM ej.notify(j.school_id, 'unmarked', NULL, j.id::text)
       FROM ej.school_today AS t
       JOIN ej.term AS e ON e.school_id = t.school_id AND e.is_taught AND upper(e.during) > t.today - 30
       JOIN ej.journal AS j ON j.term_id = e.id AND j.closed_at IS NULL
       JOIN ej.teaching AS x ON x.id = j.teaching_id
       JOIN ej.study_group AS g ON g.id = x.study_group_id
        AND g.kind NOT IN ('elective', 'club', 'individual', 'home')
      WHERE ej.finals_due(e.id) < t.today AND NOT ej.is_unmarked(x.study_group_id)
        AND EXISTS (SELECT FROM ej.membership AS b
                     WHERE b.study_group_id = x.study_group_id AND b.during @> least(t.today, upper(e.during) - 1)
                       AND NOT EXISTS (SELECT FROM ej.term_mark AS m
                                        WHERE m.pupil_id = b.pupil_id AND m.subject_id = x.subject_id
                                          AND m.term_id = e.id AND m.value IS NOT NULL));
END
$$;

-- Tell, once a term and subject, of marks that fell: the mean of the last three is lower by one or more
-- than that of those before, at least three; and once a week of pupils who missed 20 lessons or more
-- in the last fortnight (CTL-10).
CREATE OR REPLACE FUNCTION ej.notices_pupils() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify_all(x.school_id, 'falling', array_agg(x.pupil_id), array_agg(x.fact_key))
       FROM (SELECT m.school_id, m.pupil_id, concat_ws('-', m.subject_id, m.term_id) AS fact_key
               FROM (SELECT t.school_id, m.pupil_id, x.subject_id, e.id AS term_id, v.number,
                            row_number() OVER (PARTITION BY m.pupil_id, x.subject_id, e.id
                                               ORDER BY l.held_on DESC, w.id DESC) AS n
                       FROM ej.school_today AS t
                       JOIN ej.term AS e ON e.school_id = t.school_id AND e.is_taught AND e.during @> t.today
                       JOIN ej.journal AS j ON j.term_id = e.id
                       JOIN ej.teaching AS x ON x.id = j.teaching_id
                       JOIN ej.work AS w ON w.journal_id = j.id
                       JOIN ej.lesson AS l ON l.id = w.lesson_id
                       JOIN ej.mark AS m ON m.work_id = w.id
                       JOIN ej.scale_value AS v ON v.scale_id = m.scale_id AND v.value = m.value
                        AND v.number BETWEEN 1 AND 5) AS m
              GROUP BY m.school_id, m.pupil_id, m.subject_id, m.term_id
             HAVING count(*) >= 6
                AND avg(m.number) FILTER (WHERE m.n <= 3) <= avg(m.number) FILTER (WHERE m.n > 3) - 1) AS x
      GROUP BY x.school_id;
    PERFORM ej.notify_all(x.school_id, 'missing', array_agg(x.pupil_id), array_agg(x.week_on::text))
       FROM (SELECT t.school_id, a.pupil_id, t.today - extract(isodow FROM t.today)::int + 1 AS week_on
               FROM ej.school_today AS t
               JOIN ej.lesson AS l ON l.school_id = t.school_id AND l.held_on BETWEEN t.today - 13 AND t.today
               JOIN ej.attendance AS a ON a.lesson_id = l.id
               JOIN ej.attendance_code AS k ON k.school_id = a.school_id AND k.code = a.code AND k.counts_missed
              GROUP BY t.school_id, t.today, a.pupil_id HAVING count(*) >= 20) AS x
      GROUP BY x.school_id;
END
$$;

-- Tell of homework of the last three days that was to be handed in and was not; those to whom it is of
-- an announcement whose first day has come.
CREATE OR REPLACE FUNCTION ej.notices_late() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify_all(x.school_id, 'late_homework', array_agg(x.pupil_id), array_agg(x.homework_id::text))
       FROM (SELECT h.school_id, h.id AS homework_id, p.pupil_id
               FROM ej.school_today AS t
               JOIN ej.study_group AS g ON g.school_id = t.school_id
               JOIN ej.homework AS h ON h.study_group_id = g.id AND h.due_on BETWEEN t.today - 3 AND t.today - 1
                AND h.is_online
              CROSS JOIN LATERAL ej.homework_pupils(h.id) AS p(pupil_id)
              WHERE NOT EXISTS (SELECT FROM ej.submission AS s
                                 WHERE s.homework_id = h.id AND s.pupil_id = p.pupil_id)) AS x
      GROUP BY x.school_id;
    PERFORM ej.notify(a.school_id, 'announcement', NULL, a.id::text,
                      ARRAY(SELECT p.person_id FROM ej.announcement_people(a) AS p))
       FROM ej.school_today AS t
       JOIN ej.announcement AS a ON a.school_id = t.school_id AND lower(a.during) = t.today
      WHERE NOT EXISTS (SELECT FROM ej.notice AS n WHERE n.school_id = a.school_id AND n.kind = 'announcement'
                           AND n.fact_key = a.id::text);
END
$$;

-- Tell families, three days before the end of the days for it, of a week of the diary that none of them
-- has seen (DIA-12); every other Friday of the marks and absences of two weeks (DIA-07). Not families that
-- get all on paper.
CREATE OR REPLACE FUNCTION ej.notices_weeks() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify_all(x.school_id, x.kind, array_agg(x.pupil_id), array_agg(x.week_on::text))
       FROM (SELECT n.school_id, w.kind, w.week_on, n.pupil_id
               FROM ej.school_today AS t
               JOIN ej.school AS s ON s.id = t.school_id
              CROSS JOIN LATERAL (
                    SELECT 'receipt_due' AS kind, t.today + 3 - s.receipt_days - s.receipt_opens + 1 AS week_on
                     WHERE cardinality(s.receipt_ways) > 0
                     UNION ALL
                    SELECT 'fortnight', t.today - 11
                     WHERE extract(isodow FROM t.today) = 5 AND extract(week FROM t.today)::int % 2 = 0) AS w
               JOIN ej.enrolment AS n ON n.school_id = t.school_id AND n.during @> t.today AND n.during @> w.week_on
              WHERE extract(isodow FROM w.week_on) = 1
                AND EXISTS (SELECT FROM ej.study_group_class AS g
                              JOIN ej.lesson AS l ON l.study_group_id = g.study_group_id
                             WHERE g.class_id = n.class_id AND l.held_on >= w.week_on AND l.held_on < w.week_on + 7
                               AND l.state IN ('planned', 'given'))
                AND (w.kind = 'fortnight' OR NOT EXISTS (
                     SELECT FROM ej.receipt AS r
                      WHERE r.pupil_id = n.pupil_id AND r.week_on = w.week_on AND r.way = ANY (s.receipt_ways)))) AS x
      WHERE NOT EXISTS (SELECT FROM ej.paper_pupils_of(ARRAY[x.pupil_id]))
      GROUP BY x.school_id, x.kind;
END
$$;

-- Make the notices of every hour. For the background job alone.
CREATE OR REPLACE FUNCTION ej.notices_hour() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notices_journals(), ej.notices_pupils(), ej.notices_late(), ej.notices_weeks();
END
$$;

GRANT EXECUTE ON FUNCTION ej.notices_minute, ej.notices_hour TO ej_job;

-- Tell the family of a mark that was corrected by request (trigger).
CREATE OR REPLACE FUNCTION ej.rule_correction_notice() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify(n.school_id, 'correction', p.id, n.id::text)
       FROM new_rows AS n JOIN old_rows AS o USING (id)
       JOIN ej.pupil AS p ON p.id = n.pupil_id
      WHERE n.state = 'accepted' AND o.state <> 'accepted';
    RETURN NULL;
END
$$;
DO $$ BEGIN PERFORM ej.drop_triggers('rule_correction_notice'); END $$;
SELECT ej.watch('rule_correction_notice', 'correction', 'rule_correction_notice', 'update');

-- Tell the deputies of a changed card, once a day and pupil (CNT-07); not of the many that an import changes.
CREATE OR REPLACE FUNCTION ej.rule_card_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify_all(x.school_id, 'card_changed', x.pupil_ids, x.days)
       FROM (SELECT n.school_id, array_agg(n.pupil_id) AS pupil_ids, array_agg(ej.today(n.school_id)::text) AS days
               FROM new_rows AS n JOIN old_rows AS o USING (pupil_id)
              WHERE n IS DISTINCT FROM o
              GROUP BY n.school_id HAVING count(*) <= 5) AS x;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_card_told', 'pupil_card', 'rule_card_told', 'update');

-- Tell a guardian that what the guardian has reported of a card is answered (CNT-11).
CREATE OR REPLACE FUNCTION ej.rule_request_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM ej.notify(n.school_id, 'card_answered', n.pupil_id, n.id::text, ARRAY[g.person_id])
       FROM new_rows AS n
       JOIN old_rows AS o USING (id)
       JOIN ej.guardian AS g ON g.id = n.guardian_id
      WHERE n.state <> 'new' AND o.state = 'new';
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_request_told', 'request', 'rule_request_told', 'update');
