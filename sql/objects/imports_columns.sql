-- imports_columns.sql: the columns of the lists that a file may fill.

-- The columns of a list in the order of its export: field, the headings that a file may have
-- (the first is shown), type, the words of a choice, and the cell of the template's example.
CREATE OR REPLACE FUNCTION ej.import_fields(kind text)
RETURNS TABLE (n int, field text, headings text[], type text, words jsonb, example text)
LANGUAGE sql IMMUTABLE AS $$
SELECT (row_number() OVER ())::int, f.field, f.headings, f.type, f.words, f.example
  FROM ej.import_fields_school() AS f WHERE f.kind = import_fields.kind
 UNION ALL
SELECT (row_number() OVER ())::int, f.field, f.headings, f.type, f.words, f.example
  FROM ej.import_fields_pupils() AS f WHERE import_fields.kind = 'pupils'
 UNION ALL
SELECT (row_number() OVER ())::int, f.field, f.headings, f.type, f.words, f.example
  FROM ej.import_fields_payments() AS f WHERE import_fields.kind = 'payments'
 UNION ALL
SELECT (row_number() OVER ())::int, f.field, f.headings, f.type, f.words, f.example
  FROM ej.import_fields_norms() AS f WHERE import_fields.kind = 'norms'
$$;

-- The columns of the lists whose rows are rows of one table.
CREATE OR REPLACE FUNCTION ej.import_fields_school()
RETURNS TABLE (kind text, field text, headings text[], type text, words jsonb, example text)
LANGUAGE sql IMMUTABLE AS $$
SELECT f.* FROM (VALUES
    ('rooms', 'id', '{"№ в журнале"}'::text[], 'int', NULL::jsonb, ''),
    ('rooms', 'name', '{Кабинет,Номер,Название,"Номер или название"}', 'text', NULL, '214'),
    ('rooms', 'kind', '{Вид,Вид кабинета}', 'choice',
     '{"учебный кабинет": "class", "лаборатория": "lab", "компьютерный класс": "computer", "мастерская": "workshop",
       "спортзал": "gym", "актовый зал": "hall", "библиотека": "library", "другое": "other"}', 'учебный кабинет'),
    ('rooms', 'capacity', '{Мест,Число мест,Количество мест,Вместимость}', 'int', NULL, '30'),
    ('rooms', 'is_shared', '{Несколько групп}', 'choice', '{"да": "true", "+": "true", "нет": "false", "": "false"}',
     'нет'),
    ('rooms', 'ended_on', '{Закрыт с}', 'date', NULL, ''),
    ('rooms', 'reason', '{Причина}', 'text', NULL, ''),

    ('subjects', 'id', '{"№ в журнале"}', 'int', NULL, ''),
    ('subjects', 'name', '{Предмет,Название,Название предмета,Наименование}', 'text', NULL, 'Русский язык'),
    ('subjects', 'short_name', '{Коротко,Сокращение,Краткое название,Кратко}', 'text', NULL, 'Рус. яз.'),
    ('subjects', 'order_no', '{Место,Порядок,Номер по порядку,"№ п/п"}', 'int', NULL, '1'),
    ('subjects', 'is_pe', '{Физкультура}', 'choice', '{"да": "true", "+": "true", "нет": "false", "": "false"}', 'нет'),

    ('staff', 'id', '{"№ в журнале"}', 'int', NULL, ''),
    ('staff', 'surname', '{Фамилия}', 'text', NULL, 'Иванова'),
    ('staff', 'given_name', '{Имя}', 'text', NULL, 'Мария'),
    ('staff', 'patronymic', '{Отчество}', 'text', NULL, 'Петровна'),
    ('staff', 'full_name', '{ФИО,"Ф. И. О.",Ф.И.О.,"Фамилия, имя, отчество",Фамилия Имя Отчество,Сотрудник,Учитель}',
     'text', NULL, NULL),
    ('staff', 'post', '{Должность,Кем работает}', 'text', NULL, 'Учитель математики'),
    ('staff', 'from_on', '{Работает с,Принят,Дата приёма,Принят с}', 'date', NULL, '01.09.2020'),
    ('staff', 'till_on', '{Работает по,Уволен,Дата увольнения}', 'date', NULL, ''),

    ('classes', 'id', '{"№ в журнале"}', 'int', NULL, ''),
    ('classes', 'name', '{Класс,Название}', 'text', NULL, '7Б'),
    ('classes', 'class_teacher', '{Классный руководитель,Руководитель}', 'text', NULL, 'Иванова Мария Петровна'),
    ('classes', 'week_days', '{Учебных дней в неделе,Учебных дней,Дней в неделе}', 'choice', '{"5": "5", "6": "6"}',
     '5'),
    ('classes', 'term_plan', '{Учебные периоды,Периоды}', 'text', NULL, ''),

    ('curricula', 'id', '{"№ в журнале"}', 'int', NULL, ''),
    ('curricula', 'study_group', '{Класс или группа,Класс,Группа,Учебная группа}', 'text', NULL, '7Б'),
    ('curricula', 'subject', '{Предмет}', 'text', NULL, 'Алгебра'),
    ('curricula', 'hours_week', '{Часов в неделю,Часов,Часы}', 'number', NULL, '3'),

    ('load', 'id', '{"№ в журнале"}', 'int', NULL, ''),
    ('load', 'study_group', '{Класс или группа,Класс,Группа,Учебная группа}', 'text', NULL, '7Б'),
    ('load', 'subject', '{Предмет}', 'text', NULL, 'Алгебра'),
    ('load', 'staff', '{Учитель,Педагог,ФИО учителя}', 'text', NULL, 'Иванова Мария Петровна'),
    ('load', 'hours_week', '{Часов в неделю,Часов,Часы,Нагрузка}', 'number', NULL, '3')
    ) AS f(kind, field, headings, type, words, example)
$$;

-- The words of a file for the kinds of guardians.
CREATE OR REPLACE FUNCTION ej.import_kinship() RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
SELECT '{"мать": "mother", "отец": "father", "родитель": "parent", "мачеха": "stepmother", "отчим": "stepfather",
         "бабушка": "grandmother", "дедушка": "grandfather", "сестра": "sister", "брат": "brother",
         "тётя": "aunt", "тетя": "aunt", "дядя": "uncle", "не родственник": "none"}'::jsonb
$$;

-- The columns of the list of pupils.
CREATE OR REPLACE FUNCTION ej.import_fields_pupils()
RETURNS TABLE (field text, headings text[], type text, words jsonb, example text)
LANGUAGE sql IMMUTABLE AS $$
SELECT f.* FROM (VALUES
    ('id', '{"№ в журнале"}'::text[], 'int', NULL::jsonb, ''),
    ('surname', '{Фамилия,Фамилия ученика}', 'text', NULL, 'Смирнова'),
    ('given_name', '{Имя,Имя ученика}', 'text', NULL, 'Анна'),
    ('patronymic', '{Отчество,Отчество ученика}', 'text', NULL, 'Павловна'),
    ('full_name',
     '{ФИО,"Ф. И. О.",Ф.И.О.,Фамилия Имя Отчество,"Фамилия, имя, отчество",Ученик,ФИО ученика,ФИО ребёнка}',
     'text', NULL, NULL),
    ('birth_on', '{Дата рождения,Родился,Д. р.}', 'date', NULL, '14.05.2013'),
    ('sex', '{Пол}', 'choice',
     '{"ж": "f", "жен": "f", "женский": "f", "м": "m", "муж": "m", "мужской": "m"}', 'ж'),
    ('class', '{Класс}', 'text', NULL, '7Б'),
    ('from_on', '{В классе с,Зачислен с,Дата зачисления,Зачислен}', 'date', NULL, '01.09.2026'),
    ('order_no', '{Приказ о зачислении,Приказ №,№ приказа,Номер приказа,Приказ}', 'text', NULL, '15-у'),
    ('order_on', '{Дата приказа,Приказ от}', 'date', NULL, '28.08.2026'),
    ('reason', '{Основание зачисления,Основание,Откуда прибыл}', 'choice',
     '{"поступил в первый класс": "first_grade", "прибыл из другой школы": "from_school",
       "прибыл из другого города или района": "from_city", "прибыл из другой страны": "from_abroad",
       "после семейного обучения": "from_family", "восстановлен": "restored", "другая причина": "other"}',
     'прибыл из другой школы'),
    ('snils', '{СНИЛС}', 'text', NULL, '001-002-003 45'),
    ('file_no', '{Личное дело,№ личного дела,Номер личного дела}', 'text', NULL, 'С-127'),
    ('address', '{Адрес,Адрес регистрации,Место жительства}', 'text', NULL,
     'г. Энск, ул. Садовая, д. 1, кв. 2'),
    ('contacts', '{Контакты,Телефон ученика,Телефон}', 'text', NULL, ''),
    ('parent1', '{Родитель 1,ФИО матери,Мать,Мать (ФИО),Родитель,Законный представитель}',
     'text', NULL, 'Смирнова Ольга Игоревна'),
    ('kind1', '{Родитель 1: кем приходится,Кем приходится 1,Кем приходится}', 'choice',
     ej.import_kinship(), 'мать'),
    ('phone1', '{Родитель 1: телефон,Телефон матери,Телефон 1,Телефон родителя}', 'text', NULL,
     '+7 900 123-45-67'),
    ('email1', '{Родитель 1: почта,Почта матери,Почта родителя,E-mail матери,E-mail}', 'text', NULL, ''),
    ('parent2', '{Родитель 2,ФИО отца,Отец,Отец (ФИО),Второй родитель}', 'text', NULL,
     'Смирнов Павел Андреевич'),
    ('kind2', '{Родитель 2: кем приходится,Кем приходится 2}', 'choice',
     ej.import_kinship(), 'отец'),
    ('phone2', '{Родитель 2: телефон,Телефон отца,Телефон 2}', 'text', NULL, ''),
    ('email2', '{Родитель 2: почта,Почта отца,E-mail отца}', 'text', NULL, '')
    ) AS f(field, headings, type, words, example)
$$;
