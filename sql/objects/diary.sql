-- diary.sql: the pupil, week and term of a diary page, and the news in it.

-- The week of a pupil's diary. pupil_id NULL: the reader's first child, or the
-- reader. week_on NULL: this week, on a Sunday the next one; the week ends before
-- its Sunday. Only the family, the class teacher and the heads may read a diary,
-- although other staff may read the pupil's name: for them there is no row, and the
-- page is 404. Owned by ej_rights, as ej.journal_scope. It makes small look-ups,
-- since every query of the page calls it.
CREATE OR REPLACE FUNCTION ej.diary_week(pupil_id bigint, week_on date)
RETURNS TABLE (child_id bigint, school_id bigint, today_on date, monday date, ends_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    child_id := $1;
    IF child_id IS NULL THEN
        SELECT m.id INTO child_id FROM ej.pupil AS m
         WHERE m.id = ANY (ej.my_family_pupils())
         ORDER BY m.surname, m.given_name, m.id LIMIT 1;
    END IF;
    SELECT p.school_id, d.today INTO school_id, today_on
      FROM ej.pupil AS p JOIN ej.school_today AS d ON d.school_id = p.school_id
     WHERE p.id = child_id;
    IF child_id = ANY (ej.my_pupils()) OR school_id = ANY (ej.my_journal_schools()) THEN
        monday := coalesce($2, today_on + (extract(isodow FROM today_on) = 7)::int);
        monday := monday - extract(isodow FROM monday)::int + 1;
        ends_on := monday + 6;
        RETURN NEXT;
    END IF;
END
$$;
ALTER FUNCTION ej.diary_week(bigint, date) OWNER TO ej_rights;

-- A term of a pupil, for readers of the diary (ej.diary_week), with the pupil's class of that time.
-- term_id NULL: of the school year :year the whole year if it is over, else the last term that has
-- begun; year NULL: that of the pupil's present or last class; for a pupil whose first class has
-- not begun, of that class.
CREATE OR REPLACE FUNCTION ej.diary_term(pupil_id bigint, term_id bigint, year int DEFAULT NULL)
RETURNS TABLE (child_id bigint, class_id bigint, of_term_id bigint, name text, during daterange, is_year boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT n.pupil_id, n.class_id, e.id, e.name::text, e.during, e.kind = 'year'
      FROM ej.enrolment AS n
      JOIN ej.school_today AS d ON d.school_id = n.school_id
      JOIN ej.class AS c ON c.id = n.class_id
      JOIN ej.term AS e ON e.term_plan_id = c.term_plan_id
     WHERE n.pupil_id = $1 AND (n.pupil_id = ANY (ej.my_pupils()) OR n.school_id = ANY (ej.my_journal_schools()))
       AND CASE WHEN $2 IS NOT NULL THEN e.id = $2
                ELSE lower(e.during) <= d.today AND coalesce(c.year = $3, true)
                 AND (e.is_taught OR $3 IS NOT NULL AND e.kind = 'year' AND upper(e.during) <= d.today) END
     ORDER BY lower(n.during) <= d.today DESC, CASE WHEN lower(n.during) <= d.today THEN lower(n.during) END DESC,
              lower(n.during), e.is_taught, lower(e.during) DESC
     LIMIT 1;
END
$$;
ALTER FUNCTION ej.diary_term OWNER TO ej_rights;

-- Every subject of the pupil in the term (ej.diary_term) with weighted mean, final mark and missed
-- lessons. Without SET, so that the planner inlines it.
CREATE OR REPLACE FUNCTION ej.diary_subjects(pupil_id bigint, term_id bigint, year int DEFAULT NULL)
RETURNS TABLE (subject_id bigint, order_no int, name text, mean numeric, term_mark text, missed bigint)
LANGUAGE sql STABLE AS $$
WITH x AS MATERIALIZED (
    SELECT x.child_id, x.of_term_id, x.during FROM ej.diary_term($1, $2, $3) AS x
), subjects AS MATERIALIZED (
    SELECT DISTINCT t.subject_id
      FROM x
      JOIN ej.membership AS b ON b.pupil_id = x.child_id AND b.during && x.during
      JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id
), figures AS MATERIALIZED (
    SELECT f.subject_id, f.mean, nullif(f.missed, 0) AS missed
      FROM x
     CROSS JOIN LATERAL ej.figures(ARRAY[x.child_id], ARRAY(SELECT t.subject_id FROM subjects AS t), x.of_term_id,
                                   true) AS f
)
SELECT s.id, s.order_no, s.name::text, ej.mean_shown(g.mean), f.value::text, g.missed
  FROM x
  JOIN subjects AS t ON true
  JOIN ej.subject AS s ON s.id = t.subject_id
  LEFT JOIN figures AS g ON g.subject_id = s.id
  LEFT JOIN ej.term_mark AS f ON f.pupil_id = x.child_id AND f.subject_id = s.id AND f.term_id = x.of_term_id
$$;

-- Join the comments of a mark; with several attempts each comment stands behind its
-- attempt's value: «2: Ошибка в знаке; 4: Разобрался».
CREATE OR REPLACE FUNCTION ej.mark_comments(marks text[], comments text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN CASE WHEN cardinality(marks) > 1
                THEN (SELECT string_agg(coalesce(u.mark, 'без отметки') || ': ' || u.comment, '; ' ORDER BY u.n)
                        FROM unnest(marks, comments) WITH ORDINALITY AS u(mark, comment, n) WHERE u.comment IS NOT NULL)
                ELSE comments[1] END;
END
$$;

-- The days on which the pupil was in a class without homework (JRN-08): homework of
-- a group of grades 1 and 2 is for grade 2 only. Same owner and same readers as
-- ej.diary_week.
CREATE OR REPLACE FUNCTION ej.diary_unmarked(pupil_id bigint) RETURNS datemultirange
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(range_agg(u.during), '{}')
              FROM ej.pupil AS p
              JOIN ej.enrolment_unmarked AS u ON u.pupil_id = p.id
             WHERE p.id = $1
               AND (p.id = ANY (ej.my_pupils()) OR p.school_id = ANY (ej.my_journal_schools())));
END
$$;
ALTER FUNCTION ej.diary_unmarked(bigint) OWNER TO ej_rights;

-- The revision of a diary (revision.sql). It covers past groups too, since their
-- marks are shown, and for a family the groups of all its children, since that list
-- is already kept (ej.my_…).
CREATE OR REPLACE FUNCTION ej.diary_revision(pupil_id bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF pupil_id IS NULL OR pupil_id = ANY (ej.my_family_pupils()) THEN
        RETURN ej.revision_digest(ej.my_family_teachings()) || coalesce('.' || (
            SELECT max(r.id) FROM ej.receipt AS r WHERE r.pupil_id = ANY (ej.my_family_pupils())), '');
    END IF;
    RETURN ej.revision_digest(ARRAY(
        SELECT t.id FROM ej.membership AS b
          JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id
         WHERE b.pupil_id = diary_revision.pupil_id
           AND (b.pupil_id = ANY (ej.my_pupils()) OR b.school_id = ANY (ej.my_journal_schools()))))
        || coalesce('.' || (SELECT max(r.id) FROM ej.receipt AS r WHERE r.pupil_id = diary_revision.pupil_id), '');
END
$$;

-- The keys of the rows about the reader's child that were written since the reader's
-- last day here before today (at most 14 days ago; 7 for a first visit), and the
-- time of each last write. The rows themselves are then read under the row policies.
-- Owned by ej_rights, since a family may read the history of marks only; the
-- function returns nothing of the history but the time.
CREATE OR REPLACE FUNCTION ej.diary_news(pupil_id bigint)
RETURNS TABLE (what text, row_key bigint[], entered_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    child     record;
    since     timestamptz;
    teachings bigint[];
BEGIN
    SELECT w.child_id, w.school_id, w.today_on, s.tz INTO child
      FROM ej.diary_week($1, NULL) AS w JOIN ej.school AS s ON s.id = w.school_id;
    IF NOT FOUND OR NOT child.child_id = ANY (ej.my_family_pupils()) THEN
        RETURN;
    END IF;
    since := greatest(child.today_on - 14, coalesce(
        (SELECT max(v.seen_on) FROM ej.visit AS v
          WHERE v.account_id = ej.session_account() AND v.seen_on < child.today_on),
        child.today_on - 7))::timestamp AT TIME ZONE child.tz;
    teachings := ARRAY(SELECT t.id FROM ej.membership AS b JOIN ej.teaching AS t ON t.study_group_id = b.study_group_id
                     WHERE b.pupil_id = child.child_id AND b.during @> child.today_on);
    RETURN QUERY
    SELECT h.table_name, h.row_key, (max(h.made_at) AT TIME ZONE child.tz)::date
      FROM (SELECT h.table_name, h.row_key, h.made_at FROM ej.history AS h
             WHERE h.pupil_id = child.child_id AND h.made_at >= since
               AND h.table_name = ANY ('{mark,attendance,term_mark,remark,submission}'::text[])
             UNION ALL
            SELECT h.table_name, h.row_key, h.made_at FROM ej.history AS h
             WHERE h.teaching_id = ANY (teachings) AND h.made_at >= since AND h.table_name = 'homework') AS h
     GROUP BY h.table_name, h.row_key
     ORDER BY max(h.made_at) DESC, h.row_key LIMIT 40;
END
$$;
ALTER FUNCTION ej.diary_news(bigint) OWNER TO ej_rights;
GRANT SELECT ON ej.pupil, ej.school, ej.enrolment, ej.class, ej.term TO ej_rights;

GRANT EXECUTE ON FUNCTION ej.diary_week(bigint, date), ej.diary_term,
    ej.diary_unmarked(bigint), ej.diary_revision(bigint), ej.diary_news(bigint) TO ej_web;
