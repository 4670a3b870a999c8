-- papers.sql: what is printed for families on paper, with numbers (DIA-10, DIA-11).

GRANT SELECT, INSERT ON ej.paper TO ej_rule;

-- Record that the class teacher prints a strip of a week, or an extract of the days of a term, for
-- each of these pupils of the own class. The numbers of a kind go on through the school year. A
-- strip that was printed before and has not changed since keeps its number. Returns no outcomes.
-- Errors: JE301 a pupil of another class, JE203 no day of the pupil's school year up to today.
CREATE OR REPLACE FUNCTION ej.papers_print(kind text, pupil_ids bigint[], from_on date, till_on date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ej, pg_temp AS $$
#variable_conflict use_column
DECLARE
    school bigint := (ej.my_staff_schools())[1];
BEGIN
    IF NOT pupil_ids <@ ej.my_class_pupils() THEN
        RETURN '[{"outcome": "bad", "code": "JE301"}]';
    ELSIF from_on > ej.today(school) OR till_on < from_on THEN
        RETURN '[{"outcome": "bad", "field": "week_on", "code": "JE203"}]';
    END IF;
    PERFORM pg_advisory_xact_lock(97, hashint8(school)); -- the next number is the writer's own
    INSERT INTO ej.paper (school_id, pupil_id, kind, year, number, from_on, till_on, document_sha256, staff_id)
    SELECT school, x.pupil_id, $1, x.year,
           (SELECT coalesce(max(b.number), 0) FROM ej.paper AS b
             WHERE b.school_id = school AND b.year = x.year AND b.kind = $1)
               + row_number() OVER (PARTITION BY x.year ORDER BY x.surname, x.given_name, x.pupil_id),
           $3, $4, x.sha256, (ej.my_staff())[1]
      FROM (SELECT DISTINCT ON (p.id) p.id AS pupil_id, p.surname, p.given_name, c.year, d.sha256
              FROM ej.pupil AS p
              JOIN ej.enrolment AS n ON n.pupil_id = p.id AND n.during && daterange($3, $4, '[]')
              JOIN ej.class AS c ON c.id = n.class_id
              LEFT JOIN ej.week_documents(pupil_ids, ARRAY[$3]) AS d ON d.pupil_id = p.id AND $1 = 'strip'
             WHERE p.id = ANY (pupil_ids)
             ORDER BY p.id, n.during DESC) AS x
     WHERE $1 = 'extract' OR NOT EXISTS (
           SELECT FROM ej.paper AS b WHERE b.pupil_id = x.pupil_id AND b.kind = 'strip' AND b.from_on = $3
              AND b.document_sha256 = x.sha256);
    RETURN '[]';
END
$$;
GRANT EXECUTE ON FUNCTION ej.papers_print TO ej_web;
