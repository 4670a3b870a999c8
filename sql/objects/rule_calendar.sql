-- rule_calendar.sql: rules of the calendar: bells follow one another, terms and holidays
-- are within their school year.

-- The lessons of a bell plan follow one another in the order of their slots. The plan is
-- locked, so that two writers wait for each other.
CREATE OR REPLACE FUNCTION ej.rule_bell() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM FROM ej.bell_plan AS p WHERE p.id IN (SELECT n.bell_plan_id FROM new_rows AS n) ORDER BY p.id FOR UPDATE;
    IF EXISTS (SELECT FROM (
            SELECT b.starts, max(b.ends) OVER (PARTITION BY b.bell_plan_id ORDER BY b.slot
                                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
              FROM ej.bell AS b WHERE b.bell_plan_id IN (SELECT n.bell_plan_id FROM new_rows AS n)) AS b
            WHERE b.starts < b.before) THEN
        PERFORM ej.rule_fault('rows_in_order', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_bell', 'bell', 'rule_bell', 'insert', 'update');

-- A holiday belongs to the school year in which all its days are. This trigger refuses
-- nothing, since it comes before the row policies: a refusal would tell the years of a school
-- that the writer does not know. The next trigger does.
CREATE OR REPLACE FUNCTION ej.rule_holiday() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    NEW.year := coalesce((SELECT y.year FROM ej.school_year AS y
                           WHERE y.school_id = NEW.school_id AND y.during @> NEW.during FOR SHARE),
                         (SELECT min(y.year) FROM ej.school_year AS y WHERE y.school_id = NEW.school_id), NEW.year, 0);
    RETURN NEW;
END
$$;
CREATE TRIGGER rule_holiday BEFORE INSERT OR UPDATE ON ej.holiday
    FOR EACH ROW EXECUTE FUNCTION ej.rule_holiday();

CREATE OR REPLACE FUNCTION ej.rule_holiday_in_year() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows AS n JOIN ej.school_year AS y ON y.school_id = n.school_id AND y.year = n.year
                WHERE NOT y.during @> n.during) THEN
        PERFORM ej.rule_fault('outside_years', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_holiday_in_year', 'holiday', 'rule_holiday_in_year', 'insert', 'update');

CREATE OR REPLACE FUNCTION ej.rule_term_in_year() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    PERFORM FROM ej.school_year AS y WHERE y.school_id IN (SELECT n.school_id FROM new_rows AS n) FOR SHARE;
    IF EXISTS (SELECT FROM new_rows AS n JOIN ej.term_plan AS p ON p.id = n.term_plan_id
                 JOIN ej.school_year AS y ON y.school_id = p.school_id AND y.year = p.year
                WHERE NOT y.during @> n.during) THEN
        PERFORM ej.rule_fault('outside_years', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_term_in_year', 'term', 'rule_term_in_year', 'insert', 'update');

-- The reverse rule: a school year keeps its terms and holidays.
CREATE OR REPLACE FUNCTION ej.rule_year_of_terms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows AS n JOIN ej.holiday AS h ON h.school_id = n.school_id AND h.year = n.year
                WHERE NOT n.during @> h.during)
       OR EXISTS (SELECT FROM new_rows AS n JOIN ej.term_plan AS p ON p.school_id = n.school_id AND p.year = n.year
                    JOIN ej.term AS t ON t.term_plan_id = p.id WHERE NOT n.during @> t.during) THEN
        PERFORM ej.rule_fault('outside_years', NULL);
    END IF;
    RETURN NULL;
END
$$;
SELECT ej.watch('rule_year_of_terms', 'school_year', 'rule_year_of_terms', 'update');
