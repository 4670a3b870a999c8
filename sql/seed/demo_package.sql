-- demo_package.sql: last year of the demo school, sealed and packed, and the school taken out at its end.

-- Seal the closed year before this one; its package was made in the night after the order.
CREATE FUNCTION pg_temp.demo_package(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.package (school_id, year, state, order_no, order_on, made_by, ordered_at, started_at, made_at, checked_at,
                            files, size, sha256, copy1, copy2)
    SELECT p_school, 2025, 'made', '71-к', '2026-06-10', f.name, '2026-06-10 12:00+03', '2026-06-11 02:40+03',
           '2026-06-11 02:52+03', '2026-11-01 04:00+03', 214, 9437184, sha256('package 2025'),
           'server:/srv/backup/packages/school-' || p_school || '-2025-1', 'server:/mnt/second/packages/school-' || p_school || '-2025-1'
      FROM (SELECT ej.short_name(s.surname, s.given_name, s.patronymic) AS name
              FROM ej.staff AS s JOIN ej.staff_role AS r ON r.staff_id = s.id AND r.role = 'deputy'
             WHERE s.school_id = p_school ORDER BY s.id LIMIT 1) AS f;
    INSERT INTO ej.takeout (school_id, staff_id, made_at, taken_at, lines, sha256)
    SELECT p_school, r.staff_id, '2026-06-30 15:40+03', '2026-06-30 15:41+03', 389120, sha256('takeout 2026')
      FROM ej.staff_role AS r WHERE r.school_id = p_school AND r.role = 'director' ORDER BY r.id LIMIT 1;
$$;

-- The school keeps journals for seven years; the paper of that year was handed over to the archive.
CREATE FUNCTION pg_temp.demo_deposit(p_school bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ej.retention (school_id, kind, years, basis) VALUES (p_school, 'journal', 7, 'номенклатура дел школы, 05-12');
    INSERT INTO ej.deposit (school_id, year, act_no, act_on, what, given_by, taken_by)
    SELECT p_school, 2025, '4', '2026-06-15', 'Журналы 1–11 классов и сводные ведомости, 24 шт.', k.made_by, 'Петренко О. Л., архивариус'
      FROM ej.package AS k WHERE k.school_id = p_school AND k.year = 2025;
$$;
