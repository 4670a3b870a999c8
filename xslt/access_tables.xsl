<?xml version="1.0" encoding="UTF-8"?>
<!-- access_tables.xsl: the texts for tables, by the part of the journal, each once.
     see  access.xsl, which includes this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:variable name="table-words">
  <group word="Журнал">
    <table name="journal" word="Страницы журнала"/>
    <table name="lesson" word="Уроки: темы, даты"/>
    <table name="work" word="Работы, за которые ставят отметки"/>
    <table name="control_work" word="График контрольных работ"/>
    <table name="accident" word="Несчастные случаи"/>
    <table name="event" word="События класса и школы"/>
    <table name="event_class" word="Классы событий"/>
    <table name="event_participant" word="Участники событий и их результаты"/>
    <table name="achievement" word="Достижения учеников"/>
    <table name="remark" word="Рекомендации, похвала, замечания"/>
    <table name="meal" word="Питание: приёмы пищи"/>
    <table name="meal_category" word="Питание: категории"/>
    <table name="meal_price" word="Питание: цены"/>
    <table name="menu" word="Питание: меню"/>
    <table name="meal_entitlement" word="Питание: документы о льготах"/>
    <table name="meal_choice" word="Питание: кто что выбрал"/>
    <table name="meal_day" word="Питание: подтверждения заказов"/>
    <table name="meal_order" word="Питание: порции учеников"/>
    <table name="meal_line" word="Питание: что сказано кухне"/>
    <table name="meal_month" word="Питание: закрытые месяцы"/>
    <table name="meal_balance" word="Питание: остатки на конец месяца"/>
    <table name="meal_payment" word="Питание: оплата"/>
    <table name="receipt" word="Ознакомление семей с дневником"/>
    <table name="health_group" word="Группы здоровья и допуск к ГТО"/>
    <table name="gto_result" word="Результаты ГТО"/>
    <table name="gto_award" word="Знаки ГТО"/>
    <table name="paper" word="Полоски на бумаге"/>
    <table name="extract" word="Заверенные копии документов"/>
    <table name="marksheet" word="Файлы, из которых перенесены отметки"/>
    <table name="extract_view" word="Кто проверял копии по коду"/>
    <table name="informing" word="Звонки, беседы, собрания с родителями"/>
    <table name="submission" word="Сданные работы и ответы на них"/>
    <table name="homework_done" word="Отметки «сделано» у домашних заданий"/>
    <table name="mark" word="Отметки"/>
    <table name="plan_given" word="Какие темы КТП прошли на уроке"/>
    <table name="plan_skip" word="Какие темы КТП пропустили и почему"/>
    <table name="attendance" word="Отсутствия"/>
    <table name="absence_reason" word="Причины отсутствия"/>
    <table name="notice" word="Уведомления"/>
    <table name="announcement" word="Объявления"/>
    <table name="announcement_read" word="Кто прочитал объявление"/>
    <table name="conversation" word="Переписка"/>
    <table name="participant" word="Участники переписки"/>
    <table name="message" word="Сообщения"/>
    <table name="message_file" word="Файлы сообщений"/>
    <table name="support" word="Обращения в поддержку"/>
    <table name="support_message" word="Сообщения в обращениях"/>
    <table name="conversation_shown" word="Переписка, показанная директору"/>
    <table name="message_rule" word="Кто кому может писать"/>
    <table name="notice_for" word="Уведомления: кому, и прочитано ли"/>
    <table name="contact" word="Свои адреса для уведомлений"/>
    <table name="choice" word="Выбор уведомлений"/>
    <table name="homework" word="Домашние задания"/>
    <table name="homework_for" word="Кому задано лично"/>
    <table name="term_mark" word="Итоговые отметки"/>
    <table name="retake" word="Пересдачи"/>
    <table name="outside_mark" word="Отметки из другой школы"/>
    <table name="finding" word="Замечания по ведению журнала"/>
    <table name="inspection" word="Проверки журналов"/>
    <table name="inspection_line" word="Результаты проверок журналов по учителям"/>
    <table name="duty_limit" word="Пределы обязанностей"/>
    <table name="correction" word="Заявки на исправление"/>
    <table name="voiding" word="Отмена действий под чужим логином"/>
    <table name="history" word="История изменений"/>
  </group>
  <group word="Люди">
    <table name="pupil" word="Ученики: имена"/>
    <table name="pupil_card" word="Карточки учеников: документы, адреса"/>
    <table name="pupil_health" word="Листок здоровья"/>
    <table name="pupil_category" word="Социальные категории"/>
    <table name="guardian" word="Родители: имена, телефоны"/>
    <table name="consent" word="Согласия и отказы"/>
    <table name="card_view" word="Кто открывал карточки"/>
    <table name="guardianship" word="Кто чей родитель"/>
    <table name="staff" word="Сотрудники"/>
    <table name="staff_card" word="Личные дела сотрудников"/>
    <table name="staff_post" word="Должности и ставки по приказам"/>
    <table name="staff_absence" word="Отпуска, больничные, командировки"/>
    <table name="staff_role" word="Роли по приказам"/>
    <table name="incident" word="Логины, которые узнали другие"/>
  </group>
  <group word="Классы и расписание">
    <table name="class" word="Классы"/>
    <table name="enrolment" word="Зачисления в классы"/>
    <table name="promotion" word="Переводы в следующий год"/>
    <table name="promotion_choice" word="Решения о переводе"/>
    <table name="request" word="Заявки администратору"/>
    <table name="training_record" word="Обучение сотрудников"/>
    <table name="verification" word="Сверки личных данных"/>
    <table name="attendance_check" word="Сверки посещаемости"/>
    <table name="duplicate" word="Слитые записи"/>
    <table name="movement" word="Движение учеников"/>
    <table name="transfer" word="Переходы между школами"/>
    <table name="transfer_file" word="Личные дела из других школ"/>
    <table name="study_group" word="Учебные группы"/>
    <table name="study_group_class" word="Классы учебных групп"/>
    <table name="split" word="Предложения о делении на подгруппы"/>
    <table name="split_pupil" word="Кто в какой подгруппе предложен"/>
    <table name="membership" word="Составы групп"/>
    <table name="teaching" word="Кто что преподаёт"/>
    <table name="teaching_former" word="Кто преподавал раньше"/>
    <table name="curriculum" word="Учебный план"/>
    <table name="plan" word="КТП"/>
    <table name="plan_row" word="Темы КТП"/>
    <table name="plan_use" word="Кто по какому КТП учится"/>
    <table name="timetable" word="Расписание"/>
    <table name="substitution" word="Причины замен и переносов"/>
  </group>
  <group word="Устройство школы">
    <table name="school" word="Школа и её настройки"/>
    <table name="school_year" word="Учебные годы"/>
    <table name="term_plan" word="Деление года на четверти, полугодия"/>
    <table name="term" word="Учебные периоды"/>
    <table name="holiday" word="Каникулы и праздники"/>
    <table name="subject" word="Предметы"/>
    <table name="room" word="Кабинеты"/>
    <table name="maintenance" word="Часы обслуживания"/>
    <table name="import_map" word="Запомненные столбцы файлов"/>
    <table name="list_row" word="Строки общих списков региона"/>
    <table name="receiver" word="Адресаты документов"/>
    <table name="exchange" word="Документы, отправленные другим системам"/>
    <table name="api_client" word="Программы, которые читают данные школы"/>
    <table name="act" word="Локальные акты"/>
    <table name="file" word="Файлы: имена"/>
    <table name="file_piece" word="Файлы: содержание"/>
    <table name="bell_plan" word="Расписания звонков"/>
    <table name="bell" word="Звонки"/>
    <table name="mode" word="Режим занятий: кто по каким звонкам"/>
    <table name="scale" word="Шкалы отметок"/>
    <table name="scale_value" word="Отметки шкал"/>
    <table name="scale_use" word="Правила оценивания"/>
    <table name="grade_norm" word="Нормы нагрузки параллелей"/>
    <table name="work_kind" word="Виды работ"/>
    <table name="attendance_code" word="Обозначения отсутствия"/>
    <table name="job" word="Фоновые задания"/>
    <table name="gto_test" word="Испытания ГТО: названия"/>
    <table name="migration" word="Версия базы данных"/>
  </group>
</xsl:variable>
</xsl:stylesheet>
