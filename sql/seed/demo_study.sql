-- demo_study.sql: groups, teachings and timetable of the demo school from demo_timetable.sql,
-- and substitutes.

-- The group of a unit: '7Б' is a class, '7Б/а1' half of it, '10АБ/т' a stream of two.
CREATE FUNCTION pg_temp.demo_group(p_unit text) RETURNS bigint LANGUAGE sql AS $$
    SELECT CASE
        WHEN p_unit NOT LIKE '%/%' THEN (SELECT group_id FROM pg_temp.demo_class WHERE class = p_unit)
        WHEN p_unit LIKE '%/т' OR p_unit LIKE '%/г'
        THEN pg_temp.add_subgroup(
                (SELECT array_agg(class_id ORDER BY class) FROM pg_temp.demo_class
                  WHERE class IN (replace(split_part(p_unit, '/', 1), 'Б', ''), replace(split_part(p_unit, '/', 1), 'А', ''))),
                'stream', substring(p_unit FROM '\d+') || CASE right(p_unit, 1)
                          WHEN 'т' THEN ' классы, технологический профиль' ELSE ' классы, гуманитарный профиль' END,
                CASE right(p_unit, 1) WHEN 'т' THEN 0 ELSE 1 END, 2)
        ELSE pg_temp.add_subgroup(
                (SELECT ARRAY[class_id] FROM pg_temp.demo_class WHERE class = split_part(p_unit, '/', 1)), 'subgroup',
                format('%s, %s, %s группа', split_part(p_unit, '/', 1),
                       CASE substr(split_part(p_unit, '/', 2), 1, 1) WHEN 'а' THEN 'английский' ELSE 'информатика' END,
                       right(p_unit, 1)),
                right(p_unit, 1)::int - 1, 2,
                CASE substr(split_part(p_unit, '/', 2), 1, 1) WHEN 'а' THEN 'Английский язык' ELSE 'Информатика' END)
        END
$$;

CREATE FUNCTION pg_temp.demo_study(p_school bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    u record;
    v record;
    v_group bigint;
BEGIN
    FOR u IN SELECT * FROM pg_temp.plan_unit ORDER BY n LOOP
        v_group := pg_temp.demo_group(u.unit);
        FOR v IN SELECT m[1] AS subject, m[2]::int AS no, btrim(m[3]) AS slots
                   FROM regexp_split_to_table(u.plan, '\s*\|\s*') AS p, regexp_match(p, '^(.*)=(\d+): (.*)$') AS m
        LOOP
            PERFORM pg_temp.add_timetable(
                        pg_temp.add_teaching(v_group, v.subject, s.staff, cardinality(string_to_array(v.slots, ' '))),
                        v.slots, t.room)
               FROM pg_temp.demo_staff s JOIN pg_temp.plan_teacher t USING (no) WHERE s.no = v.no;
        END LOOP;
    END LOOP;
    PERFORM pg_temp.add_movements(p_school), pg_temp.add_staff_files(p_school), pg_temp.add_requests(p_school);
END
$$;

-- Let free colleagues, if possible of the same area, give the lessons of some teachers who
-- were ill. The last of these is a teacher of mathematics, whose lessons `substitute`
-- gives today.
CREATE FUNCTION pg_temp.demo_substitutes(p_school bigint, p_today date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v record;
    v_other bigint;
BEGIN
    FOR v IN
        SELECT l.teaching_id, l.n, l.staff_id, l.held_on, l.slot, t.area
          FROM pg_temp.seed_lesson l
          JOIN pg_temp.demo_staff s ON s.staff = l.staff_id
          JOIN pg_temp.plan_teacher t USING (no)
          JOIN (VALUES ('math', daterange(p_today - 2, p_today + 2)), ('english', '[2026-10-12,2026-10-18)'),
                       ('russian', '[2026-09-21,2026-09-26)'), ('physics', '[2026-11-09,2026-11-13)')) AS i(area, during)
            ON i.area = t.area AND i.during @> l.held_on
         WHERE t.no = (SELECT min(o.no) FROM pg_temp.plan_teacher o JOIN pg_temp.demo_staff d USING (no)
                        WHERE o.area = t.area AND d.login LIKE 't0%')
           AND l.grade < 10
         ORDER BY l.held_on, l.slot, l.teaching_id
    LOOP
        SELECT s.staff INTO v_other
          FROM pg_temp.demo_staff s JOIN pg_temp.plan_teacher t USING (no)
         WHERE s.staff <> v.staff_id AND s.login NOT IN ('teacher', 'grade1') AND t.area <> 'primary'
           AND NOT EXISTS (SELECT FROM pg_temp.seed_lesson x
                            WHERE x.given_by = s.staff AND x.held_on = v.held_on AND x.slot = v.slot)
         ORDER BY (v.area = 'math' AND s.login = 'substitute') DESC, t.area = v.area DESC, s.no LIMIT 1;
        UPDATE pg_temp.seed_lesson SET given_by = coalesce(v_other, given_by)
         WHERE teaching_id = v.teaching_id AND n = v.n;
    END LOOP;
END
$$;
