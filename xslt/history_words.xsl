<?xml version="1.0" encoding="UTF-8"?>
<!-- history_words.xsl: the words of records and of their fields. Part of history.xsl.
     see  tests/history/history.t, which asks for a word for each column of the tables with history -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<!-- A record's name. -->
<xsl:template match="@what" mode="record-word">
  <xsl:choose>
    <xsl:when test=". = 'mark'">отметка</xsl:when>
    <xsl:when test=". = 'attendance'">отсутствие</xsl:when>
    <xsl:when test=". = 'lesson'">урок</xsl:when>
    <xsl:when test=". = 'work'">работа</xsl:when>
    <xsl:when test=". = 'accident'">несчастный случай</xsl:when>
    <xsl:when test=". = 'meal'">приём пищи</xsl:when>
    <xsl:when test=". = 'meal_category'">категория питающихся</xsl:when>
    <xsl:when test=". = 'meal_price'">цена питания</xsl:when>
    <xsl:when test=". = 'meal_entitlement'">документ о льготе на питание</xsl:when>
    <xsl:when test=". = 'meal_choice'">выбор питания</xsl:when>
    <xsl:when test=". = 'meal_day'">подтверждение заказа питания</xsl:when>
    <xsl:when test=". = 'meal_order'">заказ питания</xsl:when>
    <xsl:when test=". = 'meal_month'">месяц питания</xsl:when>
    <xsl:when test=". = 'meal_payment'">оплата питания</xsl:when>
    <xsl:when test=". = 'menu'">меню</xsl:when>
    <xsl:when test=". = 'event'">событие</xsl:when>
    <xsl:when test=". = 'event_class'">класс события</xsl:when>
    <xsl:when test=". = 'event_participant'">участие в событии</xsl:when>
    <xsl:when test=". = 'achievement'">достижение ученика</xsl:when>
    <xsl:when test=". = 'announcement'">объявление</xsl:when>
    <xsl:when test=". = 'message_rule'">кто кому может писать</xsl:when>
    <xsl:when test=". = 'remark'">рекомендация или замечание</xsl:when>
    <xsl:when test=". = 'receipt'">ознакомление с дневником</xsl:when>
    <xsl:when test=". = 'paper'">полоска на бумаге</xsl:when>
    <xsl:when test=". = 'informing'">разговор с семьёй</xsl:when>
    <xsl:when test=". = 'submission'">сданная работа</xsl:when>
    <xsl:when test=". = 'homework_done'">отметка «сделано»</xsl:when>
    <xsl:when test=". = 'control_work'">работа графика контрольных</xsl:when>
    <xsl:when test=". = 'homework'">домашнее задание</xsl:when>
    <xsl:when test=". = 'homework_for'">личное задание</xsl:when>
    <xsl:when test=". = 'term_mark'">итоговая отметка</xsl:when>
    <xsl:when test=". = 'retake'">пересдача</xsl:when>
    <xsl:when test=". = 'outside_mark'">отметка из другой школы</xsl:when>
    <xsl:when test=". = 'journal'">страница журнала</xsl:when>
    <xsl:when test=". = 'voiding'">недействительные операции</xsl:when>
    <xsl:when test=". = 'correction'">заявка на исправление</xsl:when>
    <xsl:when test=". = 'account'">учётная запись</xsl:when>
    <xsl:when test=". = 'account_subject'">внешний вход</xsl:when>
    <xsl:when test=". = 'contact'">адрес для уведомлений</xsl:when>
    <xsl:when test=". = 'choice'">выбор уведомлений</xsl:when>
    <xsl:when test=". = 'activation'">код активации</xsl:when>
    <xsl:when test=". = 'factor'">вход с кодом</xsl:when>
    <xsl:when test=". = 'staff'">сотрудник</xsl:when>
    <xsl:when test=". = 'incident'">логин известен другим</xsl:when>
    <xsl:when test=". = 'staff_role'">роль сотрудника</xsl:when>
    <xsl:when test=". = 'staff_card'">личное дело сотрудника</xsl:when>
    <xsl:when test=". = 'staff_post'">должность сотрудника</xsl:when>
    <xsl:when test=". = 'staff_absence'">отсутствие сотрудника</xsl:when>
    <xsl:when test=". = 'pupil'">ученик</xsl:when>
    <xsl:when test=". = 'pupil_card'">личная карточка</xsl:when>
    <xsl:when test=". = 'pupil_health'">листок здоровья</xsl:when>
    <xsl:when test=". = 'health_group'">группа здоровья</xsl:when>
    <xsl:when test=". = 'gto_result'">результат ГТО</xsl:when>
    <xsl:when test=". = 'gto_award'">знак ГТО</xsl:when>
    <xsl:when test=". = 'pupil_category'">социальная категория</xsl:when>
    <xsl:when test=". = 'consent'">согласие или отказ</xsl:when>
    <xsl:when test=". = 'guardian'">родитель</xsl:when>
    <xsl:when test=". = 'guardianship'">чей родитель</xsl:when>
    <xsl:when test=". = 'enrolment'">зачисление в класс</xsl:when>
    <xsl:when test=". = 'promotion' or . = 'promotion_choice'">перевод в следующий год</xsl:when>
    <xsl:when test=". = 'request'">заявка</xsl:when>
    <xsl:when test=". = 'verification'">сверка данных</xsl:when>
    <xsl:when test=". = 'absence_reason'">причина отсутствия</xsl:when>
    <xsl:when test=". = 'attendance_check'">сверка посещаемости</xsl:when>
    <xsl:when test=". = 'duplicate'">слитые записи</xsl:when>
    <xsl:when test=". = 'movement'">движение ученика</xsl:when>
    <xsl:when test=". = 'transfer'">переход в другую школу</xsl:when>
    <xsl:when test=". = 'membership'">состав группы</xsl:when>
    <xsl:when test=". = 'teaching_former'">передача журнала</xsl:when>
    <xsl:when test=". = 'curriculum'">учебный план</xsl:when>
    <xsl:when test=". = 'plan'">КТП</xsl:when>
    <xsl:when test=". = 'plan_row'">тема КТП</xsl:when>
    <xsl:when test=". = 'plan_use'">КТП группы</xsl:when>
    <xsl:when test=". = 'plan_given' or . = 'plan_skip'">прохождение КТП</xsl:when>
    <xsl:when test=". = 'grade_norm'">норма нагрузки</xsl:when>
    <xsl:when test=". = 'finding'">замечание по ведению журнала</xsl:when>
    <xsl:when test=". = 'training_record'">обучение сотрудника</xsl:when>
    <xsl:when test=". = 'inspection'">проверка журналов</xsl:when>
    <xsl:when test=". = 'inspection_line'">результат проверки журналов</xsl:when>
    <xsl:when test=". = 'duty_limit'">предел обязанности</xsl:when>
    <xsl:when test=". = 'teaching'">нагрузка</xsl:when>
    <xsl:when test=". = 'class'">класс</xsl:when>
    <xsl:when test=". = 'study_group' or . = 'study_group_class'">учебная группа</xsl:when>
    <xsl:when test=". = 'split' or . = 'split_pupil'">деление на подгруппы</xsl:when>
    <xsl:when test=". = 'substitution'">замена или перенос</xsl:when>
    <xsl:when test=". = 'timetable'">расписание</xsl:when>
    <xsl:when test=". = 'school'">школа</xsl:when>
    <xsl:when test=". = 'school_year'">учебный год</xsl:when>
    <xsl:when test=". = 'arrival'">школа из другого журнала</xsl:when>
    <xsl:when test=". = 'takeout'">выгрузка школы</xsl:when>
    <xsl:when test=". = 'holiday'">каникулы</xsl:when>
    <xsl:when test=". = 'term' or . = 'term_plan'">учебный период</xsl:when>
    <xsl:when test=". = 'subject'">предмет</xsl:when>
    <xsl:when test=". = 'room'">кабинет</xsl:when>
    <xsl:when test=". = 'receiver'">адресат документов</xsl:when>
    <xsl:when test=". = 'api_client'">программа, которая читает данные школы</xsl:when>
    <xsl:when test=". = 'import_map'">запомненные столбцы файла</xsl:when>
    <xsl:when test=". = 'maintenance'">часы обслуживания</xsl:when>
    <xsl:when test=". = 'retention'">срок хранения</xsl:when>
    <xsl:when test=". = 'destruction'">акт об уничтожении</xsl:when>
    <xsl:when test=". = 'deposit'">передача в архив на бумаге</xsl:when>
    <xsl:when test=". = 'act'">локальный акт</xsl:when>
    <xsl:when test=". = 'bell' or . = 'bell_plan'">звонки</xsl:when>
    <xsl:when test=". = 'mode'">режим занятий</xsl:when>
    <xsl:when test=". = 'scale' or . = 'scale_value'">шкала отметок</xsl:when>
    <xsl:when test=". = 'scale_use'">правило оценивания</xsl:when>
    <xsl:when test=". = 'list_row'">общая запись региона</xsl:when>
    <xsl:when test=". = 'work_kind'">вид работы</xsl:when>
    <xsl:when test=". = 'attendance_code'">обозначение отсутствия</xsl:when>
    <xsl:otherwise>настройка</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The names of the fields: each column of the tables with history (tests/history/history.t). -->
<xsl:variable name="field-words">
  <f name="value">отметка</f>
  <f name="channel">вид связи</f>
  <f name="mode">как присылать</f>
  <f name="verified_at">подтверждён</f>
  <f name="suspended_at">не используется с</f>
  <f name="code">обозначение</f>
  <f name="comment">комментарий</f>
  <f name="minutes">минут</f>
  <f name="is_pass">успевает</f>
  <f name="is_good">качество</f>
  <f name="sou_weight">вес для СОУ</f>
  <f name="hours_5">часов при 5 днях</f>
  <f name="hours_6">часов при 6 днях</f>
  <f name="words">что делают</f>
  <f name="weeks">учебных недель</f>
  <f name="homework_min">минут домашней работы</f>
  <f name="rate_hours">ставка, часов</f>
  <f name="grade_from">с класса</f>
  <f name="grade_till">по класс</f>
  <f name="due_order">приказ о сроке</f>
  <f name="final_grades">классы с экзаменом и итогом</f>
  <f name="final_half">итог посередине года и экзамена</f>
  <f name="finals_due">срок итоговых</f>
  <f name="given_on">когда поставлена</f>
  <f name="client_key">имя программы при входе</f>
  <f name="addresses">с каких адресов</f>
  <f name="fields">столбцы журнала</f>
  <f name="headings">заголовки файла</f>
  <f name="reads_roster">читает списки</f>
  <f name="reads_demographics">читает даты рождения</f>
  <f name="reads_gradebook">читает отметки</f>
  <f name="secret_at">ключ выдан</f>
  <f name="region_id">регион</f>
  <f name="lines">записей</f>
  <f name="sha256">SHA-256 списка сумм</f>
  <f name="history_sha256">SHA-256 пришедшей истории</f>
  <f name="is_required">обязательная работа</f>
  <f name="is_void">не считается</f>
  <f name="min_marks_hour">отметок на каждый час</f>
  <f name="attempt">которая по счёту</f>
  <f name="examiners">кто принимает</f>
  <f name="protocol">протокол</f>
  <f name="outside_counts">отметки из другой школы</f>
  <f name="forecast_shown">прогноз отметок семьям</f>
  <f name="year_half">год посередине</f>
  <f name="round_from_pct">округление итоговых</f>
  <f name="topic">тема</f>
  <f name="text">задание</f>
  <f name="held_on">день</f>
  <f name="due_on">к какому дню</f>
  <f name="due_lesson_id">к какому уроку</f>
  <f name="during">срок</f>
  <f name="starts">начало</f>
  <f name="ends">конец</f>
  <f name="state">состояние</f>
  <f name="attendance_at">отсутствующие отмечены</f>
  <f name="homework">задано ли на дом</f>
  <f name="is_personal">лично</f>
  <f name="is_online">сдать через журнал</f>
  <f name="file_names">файлы</f>
  <f name="hours">часов</f>
  <f name="hours_week">часов в неделю</f>
  <f name="approved_by">утвердил</f>
  <f name="approved_on">утверждён</f>
  <f name="before_id">прежняя версия</f>
  <f name="version">версия</f>
  <f name="plan_id">КТП</f>
  <f name="plan_row_id">тема КТП</f>
  <f name="from_id">тема прежней версии</f>
  <f name="section">раздел</f>
  <f name="term_no">четверть</f>
  <f name="age">возраст питающихся</f>
  <f name="amount">сумма</f>
  <f name="by_parents">платят родители</f>
  <f name="cause">почему</f>
  <f name="confirmed_at">когда подтверждено</f>
  <f name="confirmed_by">кто подтвердил</f>
  <f name="cutoff_at">заказ закрывают в</f>
  <f name="cutoff_days">заказ закрывают за дней</f>
  <f name="ground">основание</f>
  <f name="meal_category_id">категория питания</f>
  <f name="meal_id">приём пищи</f>
  <f name="paid_on">день оплаты</f>
  <f name="sent_at">когда ушло на кухню</f>
  <f name="served_on">день питания</f>
  <f name="serves_at">начало</f>
  <f name="total">стоимость</f>
  <f name="weekdays">дни недели</f>
  <f name="withdraw_until">снять порцию можно до</f>
  <f name="happened_on">день случая</f>
  <f name="happened_time">час случая</f>
  <f name="manner">вид происшествия</f>
  <f name="what">что случилось</f>
  <f name="first_aid">первая помощь</f>
  <f name="parents_told_on">родителям сообщено, день</f>
  <f name="parents_told_time">родителям сообщено, час</f>
  <f name="told_orally_to">устно сообщено кому</f>
  <f name="told_orally_on">устно сообщено, день</f>
  <f name="told_orally_time">устно сообщено, час</f>
  <f name="written_at">написано</f>
  <f name="received_by">принял</f>
  <f name="received_at">принято</f>
  <f name="years">хранить, лет</f>
  <f name="package_sha256">SHA-256 описи пакета</f>
  <f name="package_files">файлов в пакете</f>
  <f name="package_size">размер пакета</f>
  <f name="left_sha256">SHA-256 описи оставленного</f>
  <f name="administrator_at">подтвердил администратор, когда</f>
  <f name="administrator_by">подтвердил администратор</f>
  <f name="administrator_id">подтвердил администратор, логин</f>
  <f name="director_at">подтвердил директор, когда</f>
  <f name="director_by">подтвердил директор</f>
  <f name="director_id">подтвердил директор, логин</f>
  <f name="detail">подробности</f>
  <f name="done_at">исполнено, когда</f>
  <f name="emptied_at">записи уничтожены, когда</f>
  <f name="failed_at">не удалось, когда</f>
  <f name="fault">помеха</f>
  <f name="given_by">кто сдал</f>
  <f name="taken_by">кто принял</f>
  <f name="made_by">кто составил</f>
  <f name="withdrawn_by">кто отозвал</f>
  <f name="is_closed">больше не получает</f>
  <f name="schedule">когда отправлять</f>
  <f name="transport">способ отправки</f>
  <f name="holiday_id">каникулы или праздник</f>
  <f name="work_kind_id">вид работы</f>
  <f name="act_no">№ акта</f>
  <f name="act_on">дата акта</f>
  <f name="sick_days">дней болезни</f>
  <f name="diagnosis">диагноз</f>
  <f name="measures">меры</f>
  <f name="place">место</f>
  <f name="links">ссылки</f>
  <f name="goes_on">продолжится</f>
  <f name="staff_id">учитель</f>
  <f name="planned_staff_id">учитель по расписанию</f>
  <f name="joined_id">вместе с уроком</f>
  <f name="instead_of_id">вместо урока</f>
  <f name="moved_on">перенесён со дня</f>
  <f name="moved_slot">перенесён с урока №</f>
  <f name="class_teacher_id">классный руководитель</f>
  <f name="room_id">кабинет</f>
  <f name="room_is_shared">кабинет на несколько групп</f>
  <f name="is_shared">на несколько групп</f>
  <f name="class_id">класс</f>
  <f name="lesson_id">урок</f>
  <f name="journal_id">страница журнала</f>
  <f name="teaching_id">нагрузка</f>
  <f name="study_group_id">учебная группа</f>
  <f name="subject_id">предмет</f>
  <f name="pupil_id">ученик</f>
  <f name="person_id">человек</f>
  <f name="term_id">учебный период</f>
  <f name="term_plan_id">учебные периоды</f>
  <f name="parent_id">в составе периода</f>
  <f name="scale_id">шкала отметок</f>
  <f name="term_scale_id">шкала итоговых</f>
  <f name="kind_id">вид работы</f>
  <f name="made_on">дата</f>
  <f name="published_on">день публикации</f>
  <f name="confirmed_on">день подтверждения</f>
  <f name="handed_on">сдано</f>
  <f name="answer">ответ</f>
  <f name="answered_on">отвечено</f>
  <f name="form_id">форма контроля</f>
  <f name="control_work_id">работа графика контрольных</f>
  <f name="missed_day">уроков в пропущенном дне</f>
  <f name="missed_month_pct">доля пропущенных уроков месяца</f>
  <f name="controls_day">контрольных в день</f>
  <f name="controls_week">контрольных в неделю</f>
  <f name="file_id">файл</f>
  <f name="closed_at">закрыта</f>
  <f name="closed_by">кто закрыл</f>
  <f name="kind">вид</f>
  <f name="title">название</f>
  <f name="name">название</f>
  <f name="short_name">короткое название</f>
  <f name="number">номер</f>
  <f name="order_no">номер</f>
  <f name="ordinal">номер по порядку</f>
  <f name="signed_on">подписан</f>
  <f name="order_on">дата приказа</f>
  <f name="phone">телефон</f>
  <f name="email">почта</f>
  <f name="education">образование</f>
  <f name="diploma">диплом</f>
  <f name="category">категория</f>
  <f name="category_till_on">категория по</f>
  <f name="hire_order_no">приказ о приёме</f>
  <f name="hire_order_on">дата приказа о приёме</f>
  <f name="leave_order_no">приказ об увольнении</f>
  <f name="leave_order_on">дата приказа об увольнении</f>
  <f name="leave_reason">причина увольнения</f>
  <f name="rate">ставка</f>
  <f name="level">уровень</f>
  <f name="result">результат</f>
  <f name="place_no">место</f>
  <f name="mentor">наставник</f>
  <f name="organiser">кто проводил</f>
  <f name="achieved_on">день</f>
  <f name="is_whole">для всей школы</f>
  <f name="document">документ</f>
  <f name="is_gto_allowed">допуск к ГТО</f>
  <f name="done_on">день</f>
  <f name="protocol_no">протокол №</f>
  <f name="step_no">ступень</f>
  <f name="sign">знак</f>
  <f name="consequence">последствия</f>
  <f name="outcome">решение</f>
  <f name="promotion_id">перевод в следующий год</f>
  <f name="happens_on">с какого дня</f>
  <f name="card_field">поле карточки</f>
  <f name="old_value">было</f>
  <f name="new_value">предлагается</f>
  <f name="month_on">месяц</f>
  <f name="is_late">позже срока</f>
  <f name="till_on">по какой день</f>
  <f name="week_on">неделя с</f>
  <f name="slots">уроки</f>
  <f name="moved_on">с какого дня</f>
  <f name="from_class_id">из класса</f>
  <f name="to_school_id">в какую школу</f>
  <f name="school_name">прежняя школа</f>
  <f name="to_school_name">новая школа</f>
  <f name="class_name">прежний класс</f>
  <f name="leaves_on">уходит с</f>
  <f name="enter_order_no">приказ о зачислении</f>
  <f name="enter_order_on">дата приказа о зачислении</f>
  <f name="entered_id">ученик новой школы</f>
  <f name="movement_id">движение ученика</f>
  <f name="asked_by">кто запросил</f>
  <f name="asked_at">запрошен</f>
  <f name="sent_by">кто направил</f>
  <f name="ended_by">кто ответил</f>
  <f name="ended_at">отвечено</f>
  <f name="note">примечание</f>
  <f name="written">изменённые записи</f>
  <f name="undone_reason">почему отменено</f>
  <f name="kept_id">какая запись осталась</f>
  <f name="gone_id">какая запись убрана</f>
  <f name="made_at">когда</f>
  <f name="ended_on">закрыто с</f>
  <f name="profile">профиль</f>
  <f name="parts">сколько подгрупп</f>
  <f name="part">подгруппа</f>
  <f name="from_on">с какого дня</f>
  <f name="decided_staff_id">кто решил</f>
  <f name="decided_on">дата решения</f>
  <f name="undone_before">сколько нарушений было</f>
  <f name="decision">решение</f>
  <f name="addressee_id">кому</f>
  <f name="passed_on">когда пройдено</f>
  <f name="seminar">семинар</f>
  <f name="module">модуль обучения</f>
  <f name="training_of_id">чья учебная школа</f>
  <f name="inspection_id">проверка журналов</f>
  <f name="shown_staff_id">кому показано</f>
  <f name="figures">числа проверки</f>
  <f name="duty_key">обязанность</f>
  <f name="split_id">предложение</f>
  <f name="basis">основание</f>
  <f name="reason">причина</f>
  <f name="whom">кому</f>
  <f name="asks_receipt">просят подтвердить</f>
  <f name="from_role">кто пишет</f>
  <f name="to_role">кому</f>
  <f name="scope">кому можно</f>
  <f name="surname">фамилия</f>
  <f name="given_name">имя</f>
  <f name="patronymic">отчество</f>
  <f name="birth_on">дата рождения</f>
  <f name="sex">пол</f>
  <f name="address">адрес</f>
  <f name="contacts">контакты</f>
  <f name="file_no">номер личного дела</f>
  <f name="birth_place">место рождения</f>
  <f name="citizenship">гражданство</f>
  <f name="document_kind">вид документа</f>
  <f name="document_number">номер документа</f>
  <f name="document_by">кем выдан документ</f>
  <f name="document_on">дата документа</f>
  <f name="snils">СНИЛС</f>
  <f name="gto_uin">УИН ГТО</f>
  <f name="gto_test_id">испытание ГТО</f>
  <f name="event_id">событие</f>
  <f name="insurance_number">полис ОМС</f>
  <f name="home_address">адрес проживания</f>
  <f name="study_form">форма обучения</f>
  <f name="languages">иностранные языки</f>
  <f name="is_day_group">продлённый день</f>
  <f name="is_repeater">учится повторно</f>
  <f name="health_group">группа здоровья</f>
  <f name="sport_group">группа для физкультуры</f>
  <f name="advice">рекомендации врача</f>
  <f name="phone">телефон</f>
  <f name="email">почта</f>
  <f name="work">место работы</f>
  <f name="guardian_id">представитель</f>
  <f name="status">правовой статус</f>
  <f name="paper">документ</f>
  <f name="is_informed">сообщать об учёбе</f>
  <f name="is_called">звонить в экстренном случае</f>
  <f name="is_collector">отпускать ребёнка</f>
  <f name="purpose">цель</f>
  <f name="answer">ответ</f>
  <f name="answered_on">день ответа</f>
  <f name="document_no">номер документа</f>
  <f name="category">категория</f>
  <f name="post">должность</f>
  <f name="role">роль</f>
  <f name="login">логин</f>
  <f name="is_password_new">новый пароль</f>
  <f name="weight_pct">вес, %</f>
  <f name="is_control">контрольная</f>
  <f name="is_active">в ходу</f>
  <f name="is_pe">физкультура</f>
  <f name="is_self_given">дано самому себе</f>
  <f name="capacity">мест</f>
  <f name="grade">параллель</f>
  <f name="grade_from">с класса</f>
  <f name="grade_till">по класс</f>
  <f name="shift">смена</f>
  <f name="bell_plan_id">звонки</f>
  <f name="is_special">особые дни</f>
  <f name="letter">буква</f>
  <f name="year">учебный год</f>
  <f name="week_days">дней в неделе</f>
  <f name="weekday">день недели</f>
  <f name="cycle">неделя</f>
  <f name="slot">номер урока</f>
  <f name="founder">учредитель</f>
  <f name="director">директор</f>
  <f name="okpo">код ОКПО</f>
  <f name="support_hours">часы поддержки</f>
  <f name="public_page">открытая страница школы</f>
  <f name="is_public">на открытой странице</f>
  <f name="city">населённый пункт</f>
  <f name="tz">часовой пояс</f>
  <f name="today_fixed">остановленный день</f>
  <f name="correction_hours">часов на свободное исправление</f>
  <f name="lock_days">дней до закрытия урока</f>
  <f name="incident_id">случай</f>
  <f name="changes">изменений</f>
  <f name="ids_sha256">контрольная сумма</f>
  <f name="undo_order_no">приказ об отмене</f>
  <f name="undo_order_on">дата приказа об отмене</f>
  <f name="undone_staff_id">кто отменил</f>
  <f name="undone_at">отменено</f>
  <f name="column_id">столбец журнала</f>
  <f name="old_value">было</f>
  <f name="new_value">просят записать</f>
  <f name="asked_at">подана</f>
  <f name="decided_at">решение принято</f>
  <f name="fill_days">дней на заполнение</f>
  <f name="min_marks">отметок для итоговой</f>
  <f name="factor_roles">кому вход с кодом обязателен</f>
  <f name="factor_days">дней на вход с кодом</f>
  <f name="receipt_ways">что считать ознакомлением</f>
  <f name="receipt_by">кто должен ознакомиться</f>
  <f name="receipt_opens">с какого дня недели подтверждать</f>
  <f name="receipt_days">дней на ознакомление</f>
  <f name="informing_days">дней до нового извещения семьи</f>
  <f name="informing_paper_days">дней до новой бумаги семье</f>
  <f name="letters_day">писем человеку в день</f>
  <f name="letters_hour">писем школы в час</f>
  <f name="sms_day">СМС человеку в день</f>
  <f name="sms_month">СМС школы в месяц</f>
  <f name="gto_caption">название раздела норм ГТО</f>
  <f name="modules">разделы кроме журнала</f>
  <f name="notice_id">уведомление</f>
  <f name="way">способ</f>
  <f name="document_sha256">отпечаток документа</f>
  <f name="informed_on">день извещения</f>
  <f name="printed_at">напечатано</f>
  <f name="view_months">месяцев хранить, кто открывал карточки</f>
  <f name="retake_counts">что считать после пересдачи</f>
  <f name="unmarked_grades">классы без отметок</f>
  <f name="latin">латинская клавиша</f>
  <f name="printed">на печати</f>
  <f name="counts_missed">считать пропуском</f>
</xsl:variable>
<xsl:variable name="field-word" select="exsl:node-set($field-words)/f"/>

<xsl:template match="@field" mode="field-word"><xsl:value-of select="$field-word[@name = current()]"/></xsl:template>

</xsl:stylesheet>
