-- clients.sql: programs of others that may read a school's data (INT-01, FED-06): who keeps their list,
-- their secrets and tokens.
--
-- A program shows its secret (RFC 6749, client_credentials) and gets a token for an hour. Both are
-- random, and only their digests are stored. What a token opens is in oneroster_page.sql: it reads the rows of
-- one school, by functions that look the token up themselves. A token is no session: ej.enter does not take
-- it, and every row policy hides all rows from it.

GRANT SELECT ON ej.api_client, ej.api_token TO ej_rights;
GRANT SELECT, UPDATE (secret_at) ON ej.api_client TO ej_rule;
GRANT SELECT, INSERT, UPDATE ON ej.api_secret TO ej_rule;
GRANT SELECT, INSERT, UPDATE, DELETE ON ej.api_token TO ej_rule;

CREATE POLICY read ON ej.api_client FOR SELECT TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[])
        OR school_id = any((select ej.my_lead_schools())::bigint[]));
CREATE POLICY add ON ej.api_client FOR INSERT TO ej_web
    WITH CHECK (school_id = any((select ej.my_admin_schools())::bigint[]));
CREATE POLICY change ON ej.api_client FOR UPDATE TO ej_web
    USING (school_id = any((select ej.my_admin_schools())::bigint[]));
GRANT SELECT ON ej.api_client TO ej_web;
GRANT INSERT (school_id, name, reads_roster, reads_demographics, reads_gradebook, addresses,
    during) ON ej.api_client TO ej_web;
GRANT UPDATE (name, reads_roster, reads_demographics, reads_gradebook, addresses, during) ON ej.api_client TO ej_web;

-- When the programs of the reader's school last showed their secrets, and until when these are good.
CREATE OR REPLACE FUNCTION ej.client_uses()
RETURNS TABLE (api_client_id bigint, ends_at timestamptz, last_used_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT s.api_client_id, s.ends_at, s.last_used_at
      FROM ej.api_client AS c JOIN ej.api_secret AS s ON s.api_client_id = c.id
     WHERE c.school_id = ANY (ej.my_admin_schools() || ej.my_lead_schools());
END
$$;

-- Make the secret of a program and return it; only its digest is stored. An earlier one and its tokens end.
-- Errors: JE302 no live session; JE401 no such program, or not the reader's to keep.
CREATE OR REPLACE FUNCTION ej.client_secret(client bigint) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    made text := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
BEGIN
    IF (ej.author()).account_id IS NULL THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = 'JE302';
    END IF;
    UPDATE ej.api_client AS c SET secret_at = now()
     WHERE c.id = client AND c.school_id = ANY (ej.my_admin_schools());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such program' USING ERRCODE = 'JE401';
    END IF;
    INSERT INTO ej.api_secret AS s (api_client_id, sha256) VALUES (client, sha256(convert_to(made, 'UTF8')))
    ON CONFLICT ON CONSTRAINT api_secret_pkey DO UPDATE
       SET sha256 = excluded.sha256, made_at = excluded.made_at, ends_at = excluded.ends_at;
    DELETE FROM ej.api_token AS t WHERE t.api_client_id = client;
    RETURN made;
END
$$;

-- Whether an address is within one of these networks; without a network any address is.
CREATE OR REPLACE FUNCTION ej.address_is_within(address inet, networks text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = ej, pg_temp AS $$
BEGIN
    RETURN btrim(networks) = '' OR EXISTS (
        SELECT FROM unnest(string_to_array(btrim(regexp_replace(networks, ' +', ' ', 'g')), ' ')) AS n(net)
         WHERE address <<= n.net::inet);
EXCEPTION WHEN invalid_text_representation THEN -- «:::1» looks like a network and is none
    RETURN false;
END
$$;

-- The scopes (1EdTech) that a program has.
CREATE OR REPLACE FUNCTION ej.client_scopes(reads_roster boolean, reads_demographics boolean, reads_gradebook boolean)
RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT array_agg('https://purl.imsglobal.org/spec/or/v1p2/scope/' || s.name || '.readonly' ORDER BY s.n)
  FROM (VALUES (1, 'roster-core', reads_roster), (2, 'roster', reads_roster),
               (3, 'roster-demographics', reads_demographics),
               (4, 'gradebook-core', reads_gradebook), (5, 'gradebook', reads_gradebook)) AS s (n, name, is_read)
 WHERE s.is_read
$$;

-- Give a program that shows its secret a new token with the wanted scopes (separated by blanks; all that it
-- has where none are named), good for an hour. Only the token's digest is stored.
-- Errors: JE312 401 program unknown, not from this address, not in these days, secret wrong or too old, all
-- told alike; JE313 400 a scope that it does not have.
CREATE OR REPLACE FUNCTION ej.client_token(client_key text, secret text, scope text, from_address inet)
RETURNS TABLE (token text, scopes text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
DECLARE
    shown  bytea := sha256(convert_to(coalesce(secret, ''), 'UTF8'));
    made   text := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
    wanted text[] := string_to_array(btrim(regexp_replace(coalesce(scope, ''), ' +', ' ', 'g')), ' ');
    had    text[];
    client bigint;
BEGIN
    SELECT c.id, ej.client_scopes(c.reads_roster, c.reads_demographics, c.reads_gradebook) INTO client, had
      FROM ej.api_client AS c
      JOIN ej.api_secret AS s ON s.api_client_id = c.id AND s.sha256 = shown AND s.ends_at > now()
      JOIN ej.school_today AS d ON d.school_id = c.school_id
     WHERE c.client_key = client_token.client_key AND c.during @> d.today
       AND ej.address_is_within(from_address, c.addresses) AND NOT ej.is_training(c.school_id);
    IF client IS NULL THEN
        RAISE EXCEPTION 'no such program, or a wrong secret' USING ERRCODE = 'JE312';
    ELSIF NOT (wanted <@ coalesce(had, '{}')) THEN
        RAISE EXCEPTION 'not a scope of this program' USING ERRCODE = 'JE313';
    END IF;
    wanted := CASE WHEN cardinality(wanted) = 0 THEN coalesce(had, '{}') ELSE wanted END;
    DELETE FROM ej.api_token AS t WHERE t.api_client_id = client AND t.ends_at < now();
    INSERT INTO ej.api_token (digest, api_client_id, scopes) VALUES (sha256(convert_to(made, 'UTF8')), client, wanted);
    UPDATE ej.api_secret AS s SET last_used_at = now(), address = from_address WHERE s.api_client_id = client;
    token := made;
    scopes := array_to_string(wanted, ' ');
    RETURN NEXT;
END
$$;

GRANT EXECUTE ON FUNCTION ej.client_uses, ej.client_secret, ej.client_token TO ej_web;
