-- day.sql: days and terms as a school says them. In SQL since sheets do not compute
-- and the same words go into every format. The planner puts their bodies into
-- the query: an int is cast to text before ||, which else is STABLE and keeps
-- them out, at 10 µs a call.

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
                     WHEN 'year' THEN 'Год' ELSE name END
$$;

GRANT EXECUTE ON FUNCTION ej.term_short_name(text, text), ej.month_name(date), ej.day_of_month(date),
    ej.day_name(date), ej.weekday_short(date) TO ej_web;
