-- packages_signature.sql: the signature of a package's manifest (FED-23): sent by director or deputy, checked by
-- ejournal-package as ej_backup. The web server itself checks nothing: it has neither the package nor the program.

GRANT SELECT, INSERT, UPDATE ON ej.package_signature TO ej_rule;
GRANT SELECT ON ej.package_signature TO ej_rights;

-- Keep the signature of a year's package of the own school, instead of the one before. The same again changes nothing.
-- Outcomes: JE102 no such package; JE131 it is neither DER nor PEM, or larger than 64 KB. Errors: JE301.
CREATE OR REPLACE FUNCTION ej.packages_sign(year int, data bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    school bigint := (SELECT m.own[1] FROM ej.packages_may() AS m);
    p      ej.package;
BEGIN
    IF school IS NULL THEN
        RAISE EXCEPTION 'not yours to sign' USING ERRCODE = 'JE301';
    END IF;
    SELECT x.* INTO p FROM ej.package AS x
     WHERE x.school_id = school AND x.year = packages_sign.year AND x.state IN ('made', 'damaged') FOR UPDATE;
    IF p.id IS NULL THEN
        RETURN '[{"outcome": "bad", "field": "signed_year", "code": "JE102"}]';
    ELSIF length(data) NOT BETWEEN 64 AND 65536
          OR substr(data, 1, 1) <> '\x30' AND substr(data, 1, 10) <> '-----BEGIN' THEN
        RETURN '[{"outcome": "bad", "field": "file", "code": "JE131"}]';
    END IF;
    INSERT INTO ej.package_signature AS s (package_id, school_id, data, sha256, sent_by)
    SELECT p.id, school, packages_sign.data, p.sha256, coalesce(ej.account_name(m.account_id), '') FROM ej.me AS m
    ON CONFLICT (package_id) DO UPDATE
       SET data = excluded.data, sha256 = excluded.sha256, sent_by = excluded.sent_by, sent_at = now(), state = 'sent',
           signer = '', detail = '', checked_at = NULL
     WHERE s.data <> excluded.data;
    RETURN '[{"outcome": "saved"}]';
END
$$;

-- The signatures of the reader's schools.
CREATE OR REPLACE FUNCTION ej.packages_signatures()
RETURNS TABLE (package_id bigint, state text, sent_by text, sent_at timestamptz, signer text, detail text,
               checked_at timestamptz, is_former boolean, tz text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT s.package_id, s.state::text, s.sent_by::text, s.sent_at, s.signer::text, s.detail::text, s.checked_at,
           s.sha256 <> p.sha256, t.tz::text
      FROM ej.school_today AS t
     CROSS JOIN LATERAL (SELECT x.* FROM ej.package_signature AS x WHERE x.school_id = t.school_id OFFSET 0) AS s
     CROSS JOIN LATERAL (SELECT x.sha256 FROM ej.package AS x WHERE x.id = s.package_id OFFSET 0) AS p
     WHERE t.school_id = ANY ((SELECT m.readable FROM ej.packages_may() AS m)::bigint[])
     ORDER BY s.package_id + 0 DESC LIMIT 60;
END
$$;
ALTER FUNCTION ej.packages_signatures() OWNER TO ej_rights;
GRANT EXECUTE ON FUNCTION ej.packages_sign, ej.packages_signatures TO ej_web;

-- Enter what the check of a signature found; nothing, if another one was sent since it was read (checked: its digest).
CREATE OR REPLACE FUNCTION ej.package_signed(package_id bigint, checked bytea, state text, signer text, detail text)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    UPDATE ej.package_signature AS s
       SET state = $3, signer = left(regexp_replace($4, '[[:cntrl:]]+', ' ', 'g'), 300),
           detail = left(regexp_replace($5, '[[:cntrl:]]+', ' ', 'g'), 300), checked_at = now()
     WHERE s.package_id = $1 AND sha256(s.data) = checked;
END
$$;
GRANT EXECUTE ON FUNCTION ej.package_signed TO ej_backup;
