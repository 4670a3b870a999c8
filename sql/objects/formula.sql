-- formula.sql: the formulas of reports (requirements 3.10), one function each.
--
-- They are exact: numeric throughout, NULL where nothing is counted, rounded by ej.formula_shown()
-- alone. The scale of a mark says whether it is a pass, is good, and its weight. Without SET, so that
-- the planner inlines them.

-- The level of a mark: n5 … n2, pass («зач»: counted, but no figure), na («н/а»), exempt («осв»,
-- not counted at all). Two figures of a longer scale make one level.
CREATE OR REPLACE FUNCTION ej.formula_level(value text, number numeric, is_pass boolean, is_good boolean,
                                            sou_weight numeric) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN sou_weight IS NULL THEN 'exempt' WHEN value = 'н/а' THEN 'na' WHEN NOT is_pass THEN 'n2'
            WHEN number IS NULL THEN 'pass' WHEN NOT is_good THEN 'n3' WHEN sou_weight < 100 THEN 'n4' ELSE 'n5' END
$$;

-- Успеваемость, качество знаний: the share of marks among those that count (N), in percent.
CREATE OR REPLACE FUNCTION ej.formula_pass(passed numeric, counted numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT passed * 100 / nullif(counted, 0) $$;
CREATE OR REPLACE FUNCTION ej.formula_quality(good numeric, counted numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT good * 100 / nullif(counted, 0) $$;

-- СОУ, степень обученности: the mean weight of the marks that count, «н/а» included.
CREATE OR REPLACE FUNCTION ej.formula_sou(weights numeric, counted numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT weights / nullif(counted, 0) $$;

-- Средний балл of the marks that are numbers.
CREATE OR REPLACE FUNCTION ej.formula_mean(total numeric, numbers numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT total / nullif(numbers, 0) $$;

-- Освоение (S4 13): passes among all pupils of the class, those without a mark too.
CREATE OR REPLACE FUNCTION ej.formula_mastery(passed numeric, pupils numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT passed * 100 / nullif(pupils, 0) $$;

-- Of a class: pupils without «2» and «н/а», and pupils with nothing below «4», among those with marks.
CREATE OR REPLACE FUNCTION ej.formula_class_pass(passing numeric, rated numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT passing * 100 / nullif(rated, 0) $$;
CREATE OR REPLACE FUNCTION ej.formula_class_quality(good numeric, rated numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT good * 100 / nullif(rated, 0) $$;

-- Выполнение программы in percent.
CREATE OR REPLACE FUNCTION ej.formula_programme(given numeric, planned numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT given * 100 / nullif(planned, 0) $$;

-- Посещаемость: lessons at which pupils were present, of those due to them, in percent.
CREATE OR REPLACE FUNCTION ej.formula_attendance(due numeric, missed numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT (due - missed) * 100 / nullif(due, 0) $$;

-- A share of any other kind, in percent.
CREATE OR REPLACE FUNCTION ej.formula_share(part numeric, whole numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT part * 100 / nullif(whole, 0) $$;

-- Медиана of numbers N, each of which occurs as often as the sum with the key <prefix>_N says. The other formulas
-- have two sums, this one all sums of a line. NULL: there are no numbers.
CREATE OR REPLACE FUNCTION ej.formula_median(sums jsonb, prefix text) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
WITH n AS (
    SELECT v.number, sum(v.often) OVER (ORDER BY v.number) AS upto, sum(v.often) OVER () AS total
      FROM (SELECT substr(k.key, length(prefix) + 2)::numeric AS number, k.value::numeric AS often
              FROM jsonb_each_text(sums) AS k
             WHERE starts_with(k.key, prefix || '_') AND k.value::numeric > 0) AS v
)
SELECT (min(n.number) FILTER (WHERE n.upto >= floor((n.total + 1) / 2))
        + min(n.number) FILTER (WHERE n.upto >= floor(n.total / 2) + 1)) / 2 FROM n
$$;

-- The number of days, each of which has a key <prefix>_<day> with a sum above 0: a day on which there was something in
-- several teachings is one day in their total.
CREATE OR REPLACE FUNCTION ej.formula_days(sums jsonb, prefix text) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
SELECT count(*)::numeric FROM jsonb_each_text(sums) AS k
 WHERE starts_with(k.key, prefix || '_') AND k.value::numeric > 0
$$;

-- A figure as it is shown: two decimals, half up.
CREATE OR REPLACE FUNCTION ej.formula_shown(figure numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT round(figure, 2) $$;

-- The formula of this name, of its two arguments.
CREATE OR REPLACE FUNCTION ej.formula(name text, a numeric, b numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE name WHEN 'pass' THEN ej.formula_pass(a, b) WHEN 'quality' THEN ej.formula_quality(a, b)
    WHEN 'sou' THEN ej.formula_sou(a, b) WHEN 'mean' THEN ej.formula_mean(a, b)
    WHEN 'mastery' THEN ej.formula_mastery(a, b)
    WHEN 'class_pass' THEN ej.formula_class_pass(a, b) WHEN 'class_quality' THEN ej.formula_class_quality(a, b)
    WHEN 'programme' THEN ej.formula_programme(a, b) WHEN 'attendance' THEN ej.formula_attendance(a, b)
    WHEN 'share' THEN ej.formula_share(a, b) END
$$;
