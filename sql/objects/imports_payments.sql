-- imports_payments.sql: payments of meals (MOD-02) from the bank's file.
--
-- A pupil is found by the account that the bank asks the payer for (the pupil's number in the journal), or by
-- name and class. A payment is known by pupil and document. A file only adds: a line that the journal has
-- already, or that repeats an earlier line, changes nothing, so that the whole file can be loaded again. The same
-- document with another day or sum is a fault of the line: it is corrected on the page of payments.

-- The columns of a file of payments.
CREATE OR REPLACE FUNCTION ej.import_fields_payments()
RETURNS TABLE (field text, headings text[], type text, words jsonb, example text)
LANGUAGE sql IMMUTABLE AS $$
SELECT f.* FROM (VALUES
    ('account', '{Лицевой счёт,Лицевой счет,Л/с,№ л/с,Номер лицевого счёта,Счёт ученика}'::text[], 'int', NULL::jsonb,
     '1024'),
    ('pupil', '{Ученик,ФИО ученика,ФИО ребёнка,ФИО ребенка,Ребёнок,Обучающийся,Фамилия и имя ученика}', 'text', NULL,
     'Смирнова Анна'),
    ('class', '{Класс}', 'text', NULL, '7Б'),
    ('paid_on', '{День оплаты,Дата,Дата оплаты,Дата платежа,Дата операции,День}', 'date', NULL, '16.11.2026'),
    ('amount', '{"Сумма, руб.",Сумма,Сумма платежа,Сумма операции,Оплачено}', 'money', NULL, '1500,00'),
    ('document', '{Номер документа,№ документа,Документ,Номер платежа,№ платежа,Номер операции,УИП}', 'text', NULL,
     '124-7'),
    ('reason', '{Примечание,Назначение платежа,Назначение}', 'text', NULL, '')
    ) AS f(field, headings, type, words, example)
$$;

-- The pupils of the reader's school with the ways in which a file may name them: surname and given name, with or
-- without the patronymic. The class is that of today.
CREATE OR REPLACE FUNCTION ej.import_payers()
RETURNS TABLE (pupil_id bigint, name text, class_name text, surname text, words text[])
LANGUAGE sql STABLE SET search_path = ej, pg_temp AS $$
SELECT p.id, concat_ws(' ', p.surname, p.given_name), c.name, ej.import_word(p.surname),
       ARRAY(SELECT DISTINCT unnest(ARRAY[ej.import_word(p.surname || p.given_name),
                                          ej.import_word(p.surname || p.given_name || p.patronymic)]))
  FROM ej.pupil AS p
  LEFT JOIN ej.enrolment AS e ON e.pupil_id = p.id AND e.during @> ej.today(p.school_id)
  LEFT JOIN ej.class AS c ON c.id = e.class_id
 WHERE p.school_id = ANY ((SELECT ej.import_schools('payments'))::bigint[])
$$;

-- The rows with their pupils: item of the row, values, pupil_id when exactly one is meant, and the choices where
-- several have the name.
CREATE OR REPLACE FUNCTION ej.import_paid_by(rows jsonb, answers jsonb)
RETURNS TABLE (n bigint, item jsonb, v jsonb, pupil_id bigint, name text, is_other boolean, choices jsonb)
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH payer AS MATERIALIZED (
    SELECT p.* FROM ej.import_payers() AS p
), row AS MATERIALIZED (
    SELECT r.n, r.item, r.item -> 'values' AS v, (r.item -> 'values' ->> 'account')::bigint AS account,
           coalesce(ej.import_word(r.item -> 'values' ->> 'pupil'), '') AS word,
           coalesce(ej.import_word(r.item -> 'values' ->> 'class'), '') AS class
      FROM jsonb_array_elements(rows) WITH ORDINALITY AS r(item, n)
), named AS MATERIALIZED (
    SELECT r.n, array_agg(p.pupil_id ORDER BY p.pupil_id) AS ids,
           jsonb_agg(jsonb_build_object('id', p.pupil_id, 'name', concat_ws(', ', p.name, p.class_name))
                     ORDER BY p.class_name, p.pupil_id) AS choices
      FROM row AS r
      JOIN (SELECT p.*, w.word FROM payer AS p CROSS JOIN LATERAL unnest(p.words) AS w(word)) AS p
        ON p.word = r.word AND (r.class = '' OR ej.import_word(p.class_name) = r.class)
     WHERE r.account IS NULL
     GROUP BY r.n
), found AS (
    SELECT r.*, m.choices,
           CASE WHEN r.account IS NOT NULL THEN r.account
                WHEN cardinality(m.ids) = 1 THEN m.ids[1]
                WHEN (answers ->> ((r.item ->> 'line') || '.pupil'))::bigint = ANY (m.ids)
                THEN (answers ->> ((r.item ->> 'line') || '.pupil'))::bigint END AS id
      FROM row AS r LEFT JOIN named AS m ON m.n = r.n
)
SELECT f.n, f.item, f.v, p.pupil_id,
       coalesce(concat_ws(', ', p.name, p.class_name), nullif(concat_ws(', ', nullif(f.v ->> 'account', ''),
           nullif(f.v ->> 'pupil', ''), nullif(f.v ->> 'class', '')), '')),
       -- an account with the name of somebody else
       f.account IS NOT NULL AND f.word <> '' AND left(f.word, length(p.surname)) <> p.surname,
       CASE WHEN p.pupil_id IS NULL THEN f.choices END
  FROM found AS f LEFT JOIN payer AS p ON p.pupil_id = f.id
$$;

-- What is wrong with a row of a payment as a whole, the first fault of the order of the columns; NULL: nothing.
CREATE OR REPLACE FUNCTION ej.import_paid_fault(v jsonb, pupil_id bigint, is_other boolean, choices jsonb)
RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = ej, pg_temp AS $$
SELECT CASE
    WHEN pupil_id IS NULL AND coalesce(v ->> 'account', v ->> 'pupil', '') = ''
    THEN '{"field": "account", "code": "JE101"}'
    WHEN pupil_id IS NULL AND choices IS NOT NULL
    THEN jsonb_build_object('field', 'pupil', 'code', 'JE217', 'value', v -> 'pupil', 'choices', choices)
    WHEN pupil_id IS NULL AND v ->> 'account' IS NOT NULL
    THEN jsonb_build_object('field', 'account', 'code', 'JE401', 'value', v -> 'account')
    WHEN pupil_id IS NULL OR is_other THEN jsonb_build_object('field', 'pupil', 'code', 'JE401', 'value', v -> 'pupil')
    WHEN v ->> 'paid_on' IS NULL THEN '{"field": "paid_on", "code": "JE101"}'
    WHEN v ->> 'amount' IS NULL THEN '{"field": "amount", "code": "JE101"}'
    WHEN (v ->> 'amount')::numeric = 0 OR abs((v ->> 'amount')::numeric) > 100000
    THEN jsonb_build_object('field', 'amount', 'code', 'JE102', 'value', v -> 'amount')
    WHEN coalesce(v ->> 'document', '') = '' THEN '{"field": "document", "code": "JE101"}'
    WHEN length(v ->> 'document') > 80
    THEN jsonb_build_object('field', 'document', 'code', 'JE104', 'value', v -> 'document') END
$$;

-- The rows of a file of payments, each with what a save would do. Of a purpose that is longer than a note the
-- beginning is kept.
CREATE OR REPLACE FUNCTION ej.import_resolve_payments(rows jsonb, answers jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = ej, pg_temp SET enable_nestloop = off AS $$
WITH row AS MATERIALIZED (
    SELECT p.*, p.v ->> 'document' AS document,
           coalesce(p.item -> 'fault', ej.import_paid_fault(p.v, p.pupil_id, p.is_other, p.choices)) AS fault
      FROM ej.import_paid_by(rows, answers) AS p
), kept AS MATERIALIZED (
    SELECT y.pupil_id, y.document::text AS document, y.paid_on, y.amount FROM ej.meal_payment AS y
     WHERE y.school_id = ANY ((SELECT ej.import_schools('payments'))::bigint[])
), known AS (
    SELECT r.*, (r.v ->> 'paid_on')::date AS paid_on, (r.v ->> 'amount')::numeric AS amount,
           coalesce(k.paid_on, CASE WHEN f.n > 1 THEN (f.first ->> 'paid_on')::date END) AS was_on,
           coalesce(k.amount, CASE WHEN f.n > 1 THEN (f.first ->> 'amount')::numeric END) AS was
      FROM row AS r
      LEFT JOIN kept AS k ON k.pupil_id = r.pupil_id AND k.document = r.document
      LEFT JOIN (SELECT r.n AS place, row_number() OVER w AS n, first_value(r.v) OVER w AS first
                   FROM row AS r WHERE r.fault IS NULL
                 WINDOW w AS (PARTITION BY r.pupil_id, r.document ORDER BY r.n)) AS f ON f.place = r.n
), judged AS (
    SELECT k.*, k.was IS NOT NULL AND (k.was_on, k.was) = (k.paid_on, k.amount) AS is_same,
           coalesce(k.fault, CASE WHEN k.was IS NOT NULL AND (k.was_on, k.was) <> (k.paid_on, k.amount)
                                  THEN jsonb_build_object('field', 'document', 'code', 'JE212',
                                                          'value', k.document) END) AS refused
      FROM known AS k
)
SELECT coalesce(jsonb_agg(
           (j.item - 'values')
           || jsonb_build_object(
                  'name', concat_ws(' · ', j.name, translate(j.v ->> 'amount', '.', ',')),
                  'values', jsonb_build_object(
                      'pupil_id', j.pupil_id,
                      'paid_on', j.v -> 'paid_on',
                      'amount', j.v -> 'amount',
                      'document', j.v -> 'document',
                      'reason', left(coalesce(j.v ->> 'reason', ''), 200)),
                  'done', CASE WHEN j.refused IS NOT NULL THEN 'bad' WHEN j.is_same THEN 'same' ELSE 'added' END)
           || CASE WHEN j.refused IS NULL THEN '{}' ELSE jsonb_build_object('fault', j.refused) END
           ORDER BY j.n), '[]')
  FROM judged AS j
$$;
