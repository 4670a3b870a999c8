-- packages.sql: closed years as packages for the archive (ARC-07, FED-20): the order, what ejournal-package enters as
-- ej_backup, and what the page /packages reads.

GRANT SELECT, INSERT, UPDATE ON ej.package TO ej_rule;
GRANT SELECT ON ej.package, ej.backup TO ej_rights;

-- ------------------------------------------------------ ejournal-package --

-- The packages to be made from a verified backup: those ordered before it began, so that it has the sealed year. They
-- are entered as begun. One that is running was interrupted, since the caller holds the lock of the copies' folder: it
-- is made again, and so is one that failed.
CREATE OR REPLACE FUNCTION ej.package_begin(backup_id bigint)
RETURNS TABLE (package_id bigint, school_id bigint, year int)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    UPDATE ej.package AS p SET state = 'running', started_at = now()
      FROM ej.backup AS b
     WHERE b.id = backup_id AND b.state = 'verified' AND b.removed_at IS NULL AND p.ordered_at < b.started_at
       AND p.state IN ('ordered', 'running', 'failed')
    RETURNING p.id, p.school_id, p.year;
END
$$;

-- Enter that both copies of a running package are written and were read again.
CREATE OR REPLACE FUNCTION ej.package_made(package_id bigint, files int, size bigint, sha256 bytea, copy1 text,
                                           copy2 text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.package AS p
       SET state = 'made', made_at = now(), checked_at = now(), files = $2, size = $3, sha256 = $4, copy1 = $5,
           copy2 = $6, failed_at = NULL, fault = '', detail = ''
     WHERE p.id = package_id AND p.state = 'running';
END
$$;

-- Enter what is wrong with a package: it was not made, or both its copies are bad.
CREATE OR REPLACE FUNCTION ej.package_failed(package_id bigint, fault text, detail text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.package AS p
       SET state = CASE WHEN p.made_at IS NULL THEN 'failed' ELSE 'damaged' END, failed_at = now(), fault = $2,
           detail = left(regexp_replace($3, '[[:cntrl:]]+', ' ', 'g'), 300)
     WHERE p.id = package_id AND p.state IN ('running', 'made', 'damaged');
END
$$;

-- Enter that both copies of a package were read and are right; copy (1 or 2) was bad and was made anew from the other
-- one, NULL: none was.
CREATE OR REPLACE FUNCTION ej.package_checked(package_id bigint, copy int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.package AS p
       SET state = 'made', checked_at = now(), failed_at = NULL, fault = '', detail = '',
           remade_at = CASE WHEN copy IS NULL THEN p.remade_at ELSE now() END, remade = coalesce(copy, p.remade)
     WHERE p.id = package_id AND p.state IN ('made', 'damaged');
END
$$;
GRANT EXECUTE ON FUNCTION ej.package_begin, ej.package_made, ej.package_failed, ej.package_checked TO ej_backup;

-- -------------------------------------------------------------- the page --

-- The schools in which the present person reads the packages (administrator, director, deputy, archivist) and orders
-- them (director, deputy).
CREATE OR REPLACE FUNCTION ej.packages_may(OUT readable bigint[], OUT own bigint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    SELECT coalesce(array_agg(DISTINCT r.school_id), '{}'),
           coalesce(array_agg(DISTINCT r.school_id) FILTER (WHERE r.role IN ('director', 'deputy')), '{}')
      INTO readable, own
      FROM ej.role_held AS r
     WHERE r.staff_id = ANY (ej.my_staff()) AND r.role IN ('administrator', 'director', 'deputy', 'archivist');
END
$$;
ALTER FUNCTION ej.packages_may() OWNER TO ej_rights;

-- The journals of a school's year, and how many of them are open.
CREATE OR REPLACE FUNCTION ej.year_journals(school_id bigint, year int, OUT journals bigint, OUT open bigint)
LANGUAGE plpgsql STABLE SET search_path = ej, pg_temp AS $$
BEGIN
    SELECT count(*), count(*) FILTER (WHERE j.closed_at IS NULL) INTO journals, open
      FROM ej.journal AS j
     WHERE j.teaching_id = ANY (ARRAY(SELECT t.id FROM ej.teaching AS t WHERE t.school_id = $1 AND t.year = $2));
END
$$;

-- The years of the schools whose packages the reader may read, newest first, each with its journals and its package, if
-- it has one.
CREATE OR REPLACE FUNCTION ej.packages_list()
RETURNS TABLE (year int, journals bigint, open bigint, is_over boolean, package_id bigint, state text, order_no text,
               order_on date, made_by text, ordered_at timestamptz, made_at timestamptz, checked_at timestamptz,
               remade_at timestamptz, remade int, files int, size bigint, sha256 text, copy1 text, copy2 text,
               fault text, detail text, tz text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT y.year, j.journals, j.open, upper(y.during) <= t.today, p.id, p.state::text, p.order_no::text, p.order_on,
           p.made_by::text, p.ordered_at, p.made_at, p.checked_at, p.remade_at, p.remade, p.files, p.size,
           encode(p.sha256, 'hex'), p.copy1::text, p.copy2::text, p.fault::text, p.detail::text, t.tz::text
      FROM ej.school_year AS y
      JOIN ej.school_today AS t ON t.school_id = y.school_id
     CROSS JOIN LATERAL ej.year_journals(y.school_id, y.year) AS j
      LEFT JOIN LATERAL (
           SELECT k.* FROM ej.package AS k
            WHERE k.school_id = y.school_id AND k.year = y.year AND k.state <> 'withdrawn' OFFSET 0) AS p ON true
     WHERE y.school_id = ANY ((SELECT m.readable FROM ej.packages_may() AS m)::bigint[])
     ORDER BY y.year DESC LIMIT 60;
END
$$;
ALTER FUNCTION ej.packages_list() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.packages_may, ej.year_journals TO ej_rule, ej_rights;

-- What a sealed year refuses is in change.sql (ej.change_sealed).

-- Seal a year of the own school and order its package, by an order of the school. Repeated it changes nothing.
-- Outcomes: JE102 no such year, JE298 the year is not over or has open journals.
-- Errors: JE301 not that person's to order.
CREATE OR REPLACE FUNCTION ej.packages_order(year int, order_no text, order_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    school  bigint := (SELECT m.own[1] FROM ej.packages_may() AS m);
    is_over boolean;
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'not to be ordered' USING ERRCODE = 'JE301';
    END IF;
    SELECT upper(y.during) <= ej.today(school) INTO is_over
      FROM ej.school_year AS y WHERE y.school_id = school AND y.year = packages_order.year FOR UPDATE;
    IF is_over IS NULL THEN
        RETURN '[{"outcome": "bad", "field": "year", "code": "JE102"}]';
    END IF;
    -- an order that opens a journal waits, or is waited for
    PERFORM FROM ej.journal AS j
      WHERE j.teaching_id = ANY (ARRAY(SELECT t.id FROM ej.teaching AS t
                                        WHERE t.school_id = school AND t.year = packages_order.year))
      ORDER BY j.id + 0 FOR SHARE;
    IF NOT is_over OR (SELECT j.open > 0 OR j.journals = 0 FROM ej.year_journals(school, year) AS j) THEN
        RETURN '[{"outcome": "bad", "field": "year", "code": "JE298"}]';
    END IF;
    INSERT INTO ej.package AS p (school_id, year, state, order_no, order_on, made_by)
    SELECT school, packages_order.year, 'ordered', packages_order.order_no, packages_order.order_on,
           coalesce(ej.account_name(m.account_id), '') FROM ej.me AS m
    ON CONFLICT ON CONSTRAINT package_once DO UPDATE
       SET state = 'ordered', order_no = excluded.order_no, order_on = excluded.order_on, made_by = excluded.made_by,
           ordered_at = now()
     WHERE p.state = 'withdrawn';
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- Take the order back, so that the year is open again; not when the package is there.
-- Outcomes: JE102 no order, JE299 the package is made. Errors: JE301.
CREATE OR REPLACE FUNCTION ej.packages_withdraw(year int) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (SELECT m.own[1] FROM ej.packages_may() AS m);
    p      ej.package;
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'not to be ordered' USING ERRCODE = 'JE301';
    END IF;
    SELECT x.* INTO p FROM ej.package AS x WHERE x.school_id = school AND x.year = packages_withdraw.year FOR UPDATE;
    IF p.id IS NULL THEN
        RETURN '[{"outcome": "bad", "field": "year", "code": "JE102"}]';
    ELSIF p.made_at IS NOT NULL OR p.state = 'running' THEN
        RETURN '[{"outcome": "bad", "field": "year", "code": "JE299"}]';
    END IF;
    UPDATE ej.package AS x
       SET state = 'withdrawn', withdrawn_by = ej.my_name()
     WHERE x.id = p.id AND x.state <> 'withdrawn';
    RETURN '[{"outcome": "saved"}]';
END
$$;
GRANT EXECUTE ON FUNCTION ej.packages_may, ej.packages_list, ej.packages_order, ej.packages_withdraw TO ej_web;

-- ------------------------------------------------------------- on paper --

-- The batches of paper journals and sheets of the reader's schools that were handed over to the archive (ARC-05).
CREATE OR REPLACE FUNCTION ej.packages_deposits()
RETURNS TABLE (deposit_id bigint, year int, act_no text, act_on date, what text, given_by text, taken_by text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT d.id, d.year, d.act_no::text, d.act_on, d.what::text, d.given_by::text, d.taken_by::text FROM ej.deposit AS d
     WHERE d.school_id = ANY ((SELECT m.readable FROM ej.packages_may() AS m)::bigint[])
     ORDER BY d.year DESC, d.act_on DESC, d.id + 0 DESC LIMIT 300;
END
$$;
ALTER FUNCTION ej.packages_deposits() OWNER TO ej_rights;
GRANT SELECT ON ej.deposit TO ej_rights;
GRANT SELECT, INSERT, DELETE ON ej.deposit TO ej_rule;

-- Enter that a batch of a year of the own school was handed over, by the writer, under an act. Repeated it changes
-- nothing. Outcomes: JE102 no such year, JE212 the act is entered otherwise. Errors: JE301.
CREATE OR REPLACE FUNCTION ej.packages_deposit(year int, act_no text, act_on date, what text, taken_by text)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    school bigint := (SELECT m.own[1] FROM ej.packages_may() AS m);
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'not yours to enter' USING ERRCODE = 'JE301';
    ELSIF NOT EXISTS (SELECT FROM ej.school_year AS y WHERE y.school_id = school AND y.year = year) THEN
        RETURN '[{"outcome": "bad", "field": "deposit_year", "code": "JE102"}]';
    END IF;
    INSERT INTO ej.deposit (school_id, year, act_no, act_on, what, given_by, taken_by)
    SELECT school, year, act_no, act_on, what, coalesce(ej.account_name(m.account_id), ''), taken_by FROM ej.me AS m
    ON CONFLICT ON CONSTRAINT deposit_once DO NOTHING;
    RETURN CASE WHEN EXISTS (
        SELECT FROM ej.deposit AS d WHERE d.school_id = school AND d.year = year AND d.act_no = act_no
           AND d.act_on = act_on AND d.what = what AND d.taken_by = taken_by)
        THEN '[{"outcome": "saved"}]'::jsonb ELSE '[{"outcome": "bad", "field": "deposit_no", "code": "JE212"}]' END;
END
$$;

-- Take out what was entered by mistake; the history keeps it. Again it changes nothing. Errors: JE301.
CREATE OR REPLACE FUNCTION ej.packages_deposit_remove(deposit_id bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (SELECT m.own[1] FROM ej.packages_may() AS m);
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'not yours to remove' USING ERRCODE = 'JE301';
    END IF;
    DELETE FROM ej.deposit AS d WHERE d.id = deposit_id AND d.school_id = school;
    RETURN '[{"outcome": "saved"}]';
END
$$;
GRANT EXECUTE ON FUNCTION ej.packages_deposits, ej.packages_deposit, ej.packages_deposit_remove TO ej_web;
