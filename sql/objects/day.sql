-- day.sql: the Russian names of days and terms. They are made in SQL because
-- sheets do not compute and every format needs the same words. The planner must
-- be able to inline these functions (else 10 µs a call): an int is cast to text
-- before ||, since int || text is only STABLE.

CREATE OR REPLACE FUNCTION ej.month_name(day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ('{январь,февраль,март,апрель,май,июнь,июль,август,сентябрь,октябрь,ноябрь,декабрь}'::text[])
           [extract(month FROM day)::int]
$$;

-- «21 ноября»
CREATE OR REPLACE FUNCTION ej.day_of_month(day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT extract(day FROM day)::int::text || ' ' ||
           ('{января,февраля,марта,апреля,мая,июня,июля,августа,сентября,октября,ноября,декабря}'::text[])
           [extract(month FROM day)::int]
$$;

-- «суббота, 21 ноября»
CREATE OR REPLACE FUNCTION ej.day_name(day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ('{понедельник,вторник,среда,четверг,пятница,суббота,воскресенье}'::text[])
           [extract(isodow FROM day)::int] || ', ' || ej.day_of_month(day)
$$;

-- «сб»
CREATE OR REPLACE FUNCTION ej.weekday_short(day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ('{пн,вт,ср,чт,пт,сб,вс}'::text[])[extract(isodow FROM day)::int]
$$;

-- «II ч.», «I п/г», «Год»: the head of a column of term marks.
CREATE OR REPLACE FUNCTION ej.term_short_name(kind text, name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE kind WHEN 'quarter' THEN split_part(name, ' ', 1) || ' ч.'
                     WHEN 'half' THEN split_part(name, ' ', 1) || ' п/г'
                     WHEN 'year' THEN 'Год' WHEN 'exam' THEN 'Экз.' ELSE name END
$$;

-- Whether the marks of terms of one kind are what the mark of another kind is given on: those
-- of the terms for the year, of year and exam for the final mark.
CREATE OR REPLACE FUNCTION ej.is_under(kind text, of text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE of WHEN 'year' THEN kind IN ('quarter', 'half', 'trimester')
                   WHEN 'final' THEN kind IN ('year', 'exam') ELSE false END
$$;
