<?xml version="1.0" encoding="UTF-8"?>
<!-- help/compliance.xsl: each requirement of the school regulations and the federal documents (DOC-08): its clause,
     the pages and commands that meet it, the tests (below tests/) that prove it, its state.
     state  met     the journal does it, and a test proves it
            school  people do it; the pages help them
            open    not met; <why> says why
     A source С0 … С4 is a document of the list in compliance.xsl. The words are the product's own, the clauses the
     documents'.
     see  ../compliance.xsl, compliance.rng; tests/compliance/ compares the ids with its own list, and looks for each
          page and test -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:variable name="requirements">
  <area key="ACC" word="Роли и доступ">
    <row id="ACC-01" state="met" source="С2 1.7; С3 1.5, 1.6; С1 3.1"><words>Пользователи: администрация, учителя, классные руководители, ученики, родители</words><page>/access</page><test>rights/rights_routes.t</test><test>access/access.t</test></row>
    <row id="ACC-02" state="met" source="С0 3.2; С1 4.1–4.6; С2 4.1–4.6, 4.6.7; С3 3.5"><words>Рабочие роли: администратор, директор, завуч, учитель физкультуры, специалист по кадрам</words><page>/roles</page><test>roles/roles.t</test></row>
    <row id="ACC-03" state="met" source="С0 3.2.1; С1 4.2.2, 8.6; С2 4.2.2, 5.7"><words>Роль назначается приказом: у назначения есть номер, дата и срок</words><page>/roles</page><test>roles/roles.t</test></row>
    <row id="ACC-04" state="met" source="С1 4.1.1; С2 4.1.2"><words>Права доступа разных категорий на уровне школы</words><page>/access</page><page>/roles</page><test>access/access.t</test><test>roles/roles.t</test></row>
    <row id="ACC-05" state="met" source="С1 4.1.3; С2 4.1.6"><words>Администратор вводит новых пользователей</words><page>/personnel</page><page>/newcomers</page><page>/imports</page><test>personnel/personnel.t</test><test>movements/movements.t</test></row>
    <row id="ACC-06" state="met" source="С0 3.2.2; С1 3.1, 4.1.5; С2 3.1, 4.1.8; С3 3.1, 3.2а, 4.2з"><words>Сотрудники получают коды доступа у администратора</words><page>/slips/staff</page><test>slips/slips.t</test></row>
    <row id="ACC-07" state="met" source="С1 3.1, 4.3.9; С2 3.1, 4.3.5; С3 3.2б,в, 3.4, 4.2-КР в, 5.1в"><words>Родители и ученики получают коды у классного руководителя</words><page>/slips/classes/{class_id}</page><test>slips/slips.t</test></row>
    <row id="ACC-08" state="school" source="С0 3.2.3"><words>Реквизиты доступа выдаются семьям в начале учебного года</words><page>/slips</page><test>slips/slips.t</test><why>Выдаёт классный руководитель; журнал печатает коды и показывает, кто их ещё не ввёл</why></row>
    <row id="ACC-09" state="met" source="С1 3.1; С3 3.2"><words>Код активации, по которому человек сам задаёт логин и пароль</words><page>/activate</page><test>login/login.t</test></row>
    <row id="ACC-10" state="met" source="С1 4.3.9; С2 4.3.5"><words>Классный руководитель контролирует доступ семей</words><page>/slips/classes/{class_id}</page><test>slips/slips.t</test></row>
    <row id="ACC-11" state="met" source="С1 3.6; С2 3.7; С3 3.7, 1.6"><words>Родитель видит данные только своего ребёнка</words><page>/diary</page><test>rights/rights.pg</test><test>rights/rights_http.t</test></row>
    <row id="ACC-12" state="met" source="С2 3.7; С3 3.8"><words>Ученик видит только свои данные</words><page>/diary</page><test>rights/rights.pg</test><test>rights/rights_http.t</test></row>
    <row id="ACC-13" state="met" source="С2 3.7; С3 5.1б"><words>Семьи только читают; исключения: переписка, ознакомление, сообщение об отсутствии</words><page>/diary</page><page>/messages</page><test>rights/rights_write.pg</test></row>
    <row id="ACC-14" state="met" source="С4 16, абз. 2"><words>Сотрудник видит и правит то, что нужно по его обязанностям</words><page>/access</page><test>rights/rights.pg</test><test>rights/rights_pairs.pg</test></row>
    <row id="ACC-15" state="met" source="С1 2.1, 2.4; С2 2.6"><words>Данные доступны за всё время ведения журнала</words><page>/pupils/{pupil_id}/marks</page><test>diary/diary_years.t</test></row>
    <row id="ACC-16" state="met" source="С0 3.2.4"><words>Замещающий учитель заполняет журнал вместо отсутствующего</words><page>/substitutions</page><test>substitutions/substitutions.t</test></row>
    <row id="ACC-17" state="met" source="С0 3.1.3"><words>У замещающего свои права на уроки замены, чужой пароль не нужен</words><page>/substitutions</page><test>rights/rights_cases.pg</test><test>substitutions/substitutions.t</test></row>
    <row id="ACC-18" state="met" source="С3 3.3"><words>Имя учителя, давшего урок, ставится само и меняется при замене</words><page>/lessons/{lesson_id}</page><test>substitutions/substitutions.t</test></row>
    <row id="ACC-19" state="met" source="С1 8.3; С2 5.3"><words>Журнал заполняется на уроке и после него, с любого компьютера</words><page>/</page><test>today/today_fillable.t</test><test>lesson/lesson_write.t</test></row>
    <row id="ACC-20" state="met" source="С2 2.6"><words>Доступ с любого компьютера с интернетом в любое время</words><page>/login</page><test>login/login.t</test><test>browser/browser.t</test></row>
    <row id="ACC-21" state="met" source="С0 2.1, абз. 8"><words>Оперативный доступ к сведениям об учениках в пределах прав</words><page>/pupils</page><test>people/people.t</test></row>
  </area>
  <area key="SEC" word="Пароли и недействительные операции">
    <row id="SEC-01" state="school" source="С0 4.2.4; С1 3.2, 8.7; С2 3.2, 5.8; С3 4.2-КР е, 5.2б; С4 20"><words>Каждый отвечает за сохранность своего пароля</words><page>/account</page><test>account/account.t</test><why>Ответственность человека; журнал показывает открытые сеансы и принимает сообщение о чужом входе</why></row>
    <row id="SEC-02" state="school" source="С0 3.1.3; С1 4.3.12, 4.4.8"><words>Ученики не работают под паролем сотрудника</words><test>login/login.t</test><why>Запрет исполняют люди; у учеников есть свои входы, у ролей с большими правами — второй фактор</why></row>
    <row id="SEC-03" state="met" source="С0 3.1.3"><words>Если пароль стал известен другим, его сразу меняют</words><page>/account/known</page><test>account/account.t</test></row>
    <row id="SEC-04" state="school" source="С4 19"><words>Передавать логин и пароль другому запрещено</words><why>Запрет исполняют люди; для замен чужой пароль не нужен (ACC-17)</why></row>
    <row id="SEC-05" state="met" source="С3 4.2-КР е"><words>Вход защищён от посторонних: пароли хранятся хешами, подбор замедляется, есть второй фактор</words><page>/factor</page><test>login/login.t</test><test>login/login_time.t</test><test>factor/factor.t</test></row>
    <row id="SEC-06" state="met" source="С4 21"><words>О раскрытии пароля извещаются директор и поддержка, сроки записаны</words><page>/account/known</page><page>/incidents</page><test>incidents/incidents.t</test></row>
    <row id="SEC-07" state="met" source="С4 21"><words>Операции после извещения недействительны: прежние значения возвращаются, история остаётся</words><page>/incidents/{incident_id}/operations</page><test>voidings/voidings.t</test><test>voidings/voidings_race.t</test></row>
  </area>
  <area key="LEG" word="Закон и согласия">
    <row id="LEG-01" state="school" source="С2 1.1; С3 1.7; С4 3"><words>Соблюдать 152-ФЗ, 149-ФЗ, 273-ФЗ, 210-ФЗ</words><page>/consents</page><page>/views</page><test>consents/consents.t</test><test>views/views.t</test><why>Закон исполняет школа; журнал ведёт согласия, права и учёт обращений к личным делам</why></row>
    <row id="LEG-02" state="met" source="С4 3"><words>Реестр согласий и отказов; завуч его контролирует</words><page>/consents</page><test>consents/consents.t</test></row>
    <row id="LEG-03" state="met" source="С3 5.2а"><words>Согласие родителя записывается с документом и датой</words><page>/pupils/{pupil_id}/consents</page><test>consents/consents.t</test></row>
    <row id="LEG-04" state="open" source="С3 1.4; С2 1.1"><words>Журнал отвечает Единым требованиям МОН-П-2071</words><why>Полный текст требований с журналом не сверен: известны выдержки (раздел FED), из них не выполнены требования об архиве и копиях</why></row>
    <row id="LEG-05" state="met" source="С3 1.1; С2 7"><words>Услуга «Предоставление информации о текущей успеваемости, ведение дневника и журнала»</words><page>/diary</page><page>/journals</page><test>diary/diary.t</test><test>journal/journal.t</test></row>
    <row id="LEG-06" state="met" source="С1 4.2.1, 4.6.1; С2 4.2.1, 4.6.1; С4 2"><words>Локальные акты о журнале размещены на странице школы</words><page>/acts</page><page>/about</page><test>acts/acts.t</test><test>about/about.t</test></row>
    <row id="LEG-07" state="school" source="С2 1.5, 1.6"><words>Каждый учитель обязан вести журнал, данные актуальны</words><page>/control</page><test>control/control_duties.t</test><why>Обязанность учителя; журнал показывает незаполненное</why></row>
    <row id="LEG-08" state="school" source="С2 1.8; С4 8"><words>Руководитель отвечает за соответствие записей нормам, завуч — фактам</words><page>/control</page><page>/inspections</page><test>inspections/inspections.t</test><why>Обязанность руководителя; журнал готовит проверку</why></row>
    <row id="LEG-09" state="met" source="С1 4.3.5; С2 7.2; С4 13"><words>Семья может отказаться от электронной формы</words><page>/classes/{class_id}/consents</page><test>consents/consents.t</test><test>receipts/receipts_duty.pg</test></row>
    <row id="LEG-10" state="school" source="С0 4.2.1–4.2.3; С1 8.4–8.6; С2 5.4–5.7; С3 4.2-КР ж"><words>За достоверность отметок, списков и работу журнала отвечают названные лица</words><page>/history</page><test>history/history_record.t</test><why>Ответственность людей; история называет автора каждой записи</why></row>
  </area>
  <area key="CFG" word="Школа, год, группы, нагрузка">
    <row id="CFG-01" state="met" source="С0 3.1.1"><words>База года готова к 1 сентября: списки, предметы, учителя</words><page>/readiness</page><page>/years</page><test>readiness/readiness.t</test><test>years/years.t</test></row>
    <row id="CFG-02" state="met" source="С0 3.2.5"><words>К 25 августа: списки классов и учителя по классам</words><page>/readiness</page><test>readiness/readiness.t</test></row>
    <row id="CFG-03" state="met" source="С4 5"><words>К 15 сентября завуч завершает настройку</words><page>/readiness</page><test>readiness/readiness.t</test></row>
    <row id="CFG-04" state="met" source="С4 5, 6"><words>Учебные периоды всех ступеней: виды и границы</words><page>/terms</page><test>terms/terms.t</test></row>
    <row id="CFG-05" state="met" source="С4 5, 6"><words>Каникулы: виды и границы</words><page>/holidays</page><test>holidays/holidays.t</test></row>
    <row id="CFG-06" state="met" source="С4 5; С0 3.1.1; С3 3.1, 4.2д"><words>Предметы по учебным планам</words><page>/subjects</page><test>subjects/subjects.t</test></row>
    <row id="CFG-07" state="met" source="С4 5"><words>Кабинеты</words><page>/rooms</page><test>rooms/rooms.t</test></row>
    <row id="CFG-08" state="met" source="С4 5"><words>Сотрудники</words><page>/personnel</page><test>personnel/personnel.t</test></row>
    <row id="CFG-09" state="met" source="С4 5, 6"><words>Классы с классными руководителями, классы-комплекты</words><page>/classes</page><page>/groups</page><test>classes/classes.t</test><test>groups/groups.t</test></row>
    <row id="CFG-10" state="met" source="С4 5, 6"><words>Группы и потоки с учениками: профильные, элективы, кружки, проекты</words><page>/groups</page><test>groups/groups.t</test></row>
    <row id="CFG-11" state="met" source="С4 5, 6"><words>Списки учеников на индивидуальных учебных планах</words><page>/individual</page><test>groups/groups.t</test></row>
    <row id="CFG-12" state="met" source="С2 4.1.4; С3 3.1, 4.2д"><words>Сведения и реквизиты школы</words><page>/settings</page><page>/about</page><test>settings/settings.t</test><test>about/about.t</test></row>
    <row id="CFG-13" state="met" source="С2 4.1.4; С4 6"><words>Режим работы школы, класса, группы, ученика на ИУП</words><page>/bells</page><page>/modes</page><test>bells/bells.t</test><test>modes/modes.t</test></row>
    <row id="CFG-14" state="met" source="С2 4.1.4"><words>Учебные планы</words><page>/curriculum</page><test>curriculum/curriculum.t</test><test>norms/norms.t</test></row>
    <row id="CFG-15" state="met" source="С4 6; С2 4.6.2"><words>Учебная нагрузка</words><page>/load</page><page>/teachers</page><test>load/load.t</test></row>
    <row id="CFG-16" state="met" source="С4 16, абз. 9"><words>Структура учебного года настраивается</words><page>/terms</page><page>/years</page><test>terms/terms.t</test><test>years/years.t</test></row>
    <row id="CFG-17" state="met" source="С4 16, абз. 10"><words>Системы оценивания настраиваются</words><page>/scales</page><page>/grading</page><page>/kinds</page><test>scales/scales.t</test><test>grading/grading.t</test></row>
    <row id="CFG-18" state="met" source="С0 3.2.3; С1 4.4.3, 7.1; С2 4.4.4"><words>Виды периодов: четверть, полугодие, год, экзамен, итог</words><page>/terms</page><test>terms/terms.t</test><test>finals/finals.t</test></row>
    <row id="CFG-19" state="met" source="С1 4.3.3, 4.4.6; С2 4.4.6"><words>Деление класса на подгруппы: предлагают учителя, утверждает завуч</words><page>/splits</page><test>splits/splits.t</test></row>
    <row id="CFG-20" state="met" source="С1 4.4.6"><words>Перевод между подгруппами — администратором и в конце периода</words><page>/splits</page><page>/groups/{study_group_id}/members</page><test>splits/splits.t</test><test>groups/groups.t</test></row>
    <row id="CFG-21" state="met" source="С4 16, абз. 7"><words>Ввод и обновление списков учеников, классов, групп, сотрудников</words><page>/imports</page><test>imports/imports_lists.t</test><test>imports/imports_pupils.t</test></row>
    <row id="CFG-22" state="met" source="С2 4.1.4; С1 4.6.2"><words>Администратор устраивает журнал по данным завучей</words><page>/imports</page><page>/settings</page><test>imports/imports.t</test><test>browser/school.t</test></row>
  </area>
  <area key="CNT" word="Контингент и личные данные">
    <row id="CNT-01" state="met" source="С3 3.1, 4.2е; С0 3.1.1"><words>База данных об учениках</words><page>/pupils/{pupil_id}</page><test>pupil/pupil.t</test><test>people/people.t</test></row>
    <row id="CNT-02" state="met" source="С2 4.1.4; С3 3.1, 4.2ж"><words>Зачисление и отчисление</words><page>/movements</page><page>/newcomers</page><test>movements/movements.t</test></row>
    <row id="CNT-03" state="met" source="С1 4.3.6"><words>Классный руководитель просит зачислить или отчислить: очередь заявок</words><page>/requests</page><test>requests/requests.t</test></row>
    <row id="CNT-04" state="met" source="С2 4.5.2"><words>Кадровик сообщает об изменениях: очередь заявок</words><page>/requests</page><test>requests/requests.t</test></row>
    <row id="CNT-05" state="met" source="С0 3.2.3; С1 3.3; С3 3.4"><words>Классный руководитель ведёт данные учеников и родителей</words><page>/pupils/{pupil_id}/card</page><test>pupil/pupil.t</test><test>guardians/guardians.t</test></row>
    <row id="CNT-06" state="met" source="С1 4.3.7"><words>Ежемесячная сверка личных данных</words><page>/verifications</page><test>verifications/verifications.t</test></row>
    <row id="CNT-07" state="met" source="С2 4.3.1"><words>В сентябре — сверенные данные, затем изменения — сразу ответственному</words><page>/verifications</page><page>/requests</page><test>verifications/verifications.t</test><test>requests/requests.t</test></row>
    <row id="CNT-08" state="met" source="С2 3.3"><words>Назначенные приказом обновляют данные учеников и сотрудников</words><page>/personnel</page><page>/pupils</page><test>personnel/personnel.t</test><test>pupil/pupil.t</test></row>
    <row id="CNT-09" state="met" source="С0 3.2.3; С4 16, абз. 8"><words>Движение: перевод, выбытие</words><page>/movements</page><test>movements/movements.t</test></row>
    <row id="CNT-10" state="met" source="С0 3.2.3"><words>Электронный перевод в следующий класс</words><page>/promotion</page><test>promotion/promotion.t</test></row>
    <row id="CNT-11" state="met" source="С3 5.2в"><words>Родители сообщают об изменениях данных</words><page>/pupils/{pupil_id}/report</page><test>requests/requests.t</test></row>
    <row id="CNT-12" state="met" source="С4 6"><words>Завуч формирует контингент</words><page>/movements</page><page>/classes</page><test>movements/movements.t</test><test>classes/classes.t</test></row>
  </area>
  <area key="SCH" word="Расписание и замены">
    <row id="SCH-01" state="met" source="С1 4.6.2; С2 4.6.2, 4.1.4"><words>Расписание по классам, учителям и кабинетам</words><page>/timetable</page><test>timetable/timetable.t</test></row>
    <row id="SCH-02" state="met" source="С4 5"><words>Расписание классов, групп, потоков, учеников на ИУП</words><page>/timetable</page><test>timetable/timetable.t</test><test>timetable/timetable_clashes.pg</test></row>
    <row id="SCH-03" state="met" source="С2 4.6.2; С4 6"><words>Расписание строится по учебным планам и нагрузке</words><page>/compose</page><page>/fet</page><test>compose/compose.t</test><test>fet/fet.t</test></row>
    <row id="SCH-04" state="met" source="С4 4, 6"><words>Замены записаны</words><page>/substitutions</page><test>substitutions/substitutions.t</test></row>
    <row id="SCH-05" state="met" source="С4 6"><words>Переносы уроков записаны</words><page>/lessons/{lesson_id}/exchange</page><test>substitutions/substitutions_exchange.t</test></row>
    <row id="SCH-06" state="met" source="С4 10"><words>Учёт заменённых и пропущенных уроков</words><page>/replacements</page><test>substitutions/substitutions.t</test></row>
    <row id="SCH-07" state="met" source="С4 6, 13; С1 3.6"><words>Семьи видят расписание, замены и переносы сразу</words><page>/pupils/{pupil_id}/timetable</page><page>/feeds</page><test>family/family.t</test><test>feeds/feeds_pupil.t</test></row>
  </area>
  <area key="KTP" word="Планирование и программа">
    <row id="KTP-01" state="met" source="С0 2.1, абз. 3"><words>Единая база КТП по всем предметам и параллелям</words><page>/plans</page><test>plans/plans.t</test></row>
    <row id="KTP-02" state="met" source="С1 4.4.4; С4 6"><words>Учитель составляет КТП и кладёт его на расписание</words><page>/teachings/{teaching_id}/plan</page><test>plans/plans.t</test><test>plans/plans_lesson.t</test></row>
    <row id="KTP-03" state="met" source="С1 4.4.4"><words>Часы КТП равны часам учебного плана</words><page>/plans/{plan_id}</page><test>plans/plans.t</test></row>
    <row id="KTP-04" state="met" source="С3 2.1"><words>Проведённые уроки с темой, учителем и отклонением от плана</words><page>/lessons/{lesson_id}</page><page>/programme</page><test>plans/plans_lesson.t</test><test>programme/programme.t</test></row>
    <row id="KTP-05" state="met" source="С4 10; С0 3.1.2; С1 3.4"><words>Проверка выполнения программы</words><page>/programme</page><test>programme/programme.t</test></row>
    <row id="KTP-06" state="met" source="С1 2.8; С2 2.10"><words>Семья видит ход программы по предметам</words><page>/pupils/{pupil_id}/programme</page><test>programme/programme.t</test></row>
  </area>
  <area key="JRN" word="Уроки, темы, задания">
    <row id="JRN-01" state="met" source="С0 3.2.4"><words>Темы, задания и виды работ — в день урока</words><page>/lessons/{lesson_id}</page><test>lesson/lesson_write.t</test><test>journal/journal_print.t</test></row>
    <row id="JRN-02" state="school" source="С0 3.2.4; С1 4.4.5; С2 4.4.5"><words>Записи ведутся на русском языке</words><page>/control</page><test>control/control_duties.t</test><why>Пишет учитель; темы без русских букв журнал показывает в контроле</why></row>
    <row id="JRN-03" state="met" source="С1 4.4.5; С2 4.4.5"><words>Темы практических, лабораторных и контрольных обязательны</words><page>/lessons/{lesson_id}</page><page>/control</page><test>control/control_duties.t</test><test>journal/journal_print.t</test></row>
    <row id="JRN-04" state="met" source="С0 3.2.4; С1 4.4.2; С2 3.4, 4.4.1"><words>Домашнее задание записывается в день урока</words><page>/tasks</page><page>/lessons/{lesson_id}</page><test>lesson/lesson_write.t</test><test>tasks/tasks.t</test></row>
    <row id="JRN-05" state="met" source="С3 3.3, 4.2"><words>Обязательны тема, задание, отметки, отсутствие</words><page>/lessons/{lesson_id}</page><test>lesson/lesson_write.t</test><test>control/control_duties.t</test></row>
    <row id="JRN-06" state="met" source="С3 3.3; С2 4.4.1; С1 8.4"><words>Отметки в срок: в тот же день или за неделю, по настройке школы</words><page>/control</page><page>/limits</page><test>control/control_duties.t</test><test>limits/limits.t</test></row>
    <row id="JRN-07" state="met" source="С0 3.2.4; С1 4.4.6; С2 4.4.6"><words>У подгруппы свой учитель и свой журнал</words><page>/journals</page><test>journal/journal_list.t</test><test>splits/splits.t</test></row>
    <row id="JRN-08" state="met" source="С0 3.2.4; С2 3.8"><words>В 1 классе — посещаемость и темы, без отметок и заданий</words><page>/lessons/{lesson_id}</page><test>lesson/lesson.t</test><test>diary/diary.t</test></row>
    <row id="JRN-09" state="met" source="С4 6"><words>Рекомендации педагогов</words><page>/pupils/{pupil_id}/remarks</page><test>remarks/remarks.t</test></row>
    <row id="JRN-10" state="met" source="С4 6; С3 2.1"><words>Учёт выданных заданий</words><page>/tasks</page><page>/pupils/{pupil_id}/homework</page><test>tasks/tasks.t</test><test>handins/handins_done.t</test></row>
    <row id="JRN-11" state="met" source="С4 9"><words>Исправления — по регламенту и под контролем</words><page>/corrections</page><test>corrections/corrections.t</test><test>corrections/corrections_work.pg</test></row>
    <row id="JRN-12" state="met" source="С0 3.2.4"><words>Советы семьям, поддержка ИУП, одарённых и отстающих</words><page>/pupils/{pupil_id}/remarks</page><page>/forecast/risks</page><test>remarks/remarks.t</test><test>forecast/forecast.t</test></row>
    <row id="JRN-13" state="met" source="С2 2.7"><words>Элементы дистанционного обучения: задание, ответ, проверка</words><page>/handins</page><test>handins/handins.t</test><test>handins/handins_task.t</test></row>
    <row id="JRN-14" state="school" source="С1 8.4; С2 5.4; С0 4.2.1"><words>Журнал заполняется ежедневно и достоверно</words><page>/control</page><test>today/today_fillable.t</test><test>control/control_duties.t</test><why>Заполняет учитель; журнал показывает незаполненные уроки</why></row>
    <row id="JRN-15" state="met" source="С0 2.1, абз. 6"><words>О несчастных случаях сообщается в журнале</words><page>/accidents</page><test>accidents/accidents.t</test></row>
  </area>
  <area key="MRK" word="Текущие отметки">
    <row id="MRK-01" state="met" source="С1 4.4.1; С2 3.4, 4.4.2; С0 3.2.4"><words>Текущие отметки выставляются вовремя</words><page>/journals/{journal_id}</page><test>journal/journal_save.t</test><test>journal/journal_write.pg</test></row>
    <row id="MRK-02" state="met" source="С4 6; С3 3.3"><words>У отметки есть вид работы</words><page>/kinds</page><test>kinds/kinds.t</test></row>
    <row id="MRK-03" state="met" source="С4 6"><words>Контрольные работы внутреннего мониторинга — отдельный вид</words><page>/controls</page><test>controls/controls.t</test></row>
    <row id="MRK-04" state="met" source="С0 4.2.1"><words>Отметки своевременны и обоснованы: это видно завучу</words><page>/control</page><page>/objectivity</page><test>control/control_duties.t</test><test>objectivity/objectivity.t</test></row>
    <row id="MRK-05" state="met" source="С4 6; С0 2.1, абз. 5"><words>Индивидуальные результаты по программам и их динамика</words><page>/reports</page><test>reports/reports.t</test><test>reports/reports_oracle.t</test></row>
  </area>
  <area key="ATT" word="Посещаемость">
    <row id="ATT-01" state="met" source="С2 4.4.2; С1 4.4.1; С0 3.2.4; С3 3.3; С4 6"><words>Отсутствующие отмечаются на каждом уроке</words><page>/lessons/{lesson_id}</page><test>lesson/lesson_write.t</test></row>
    <row id="ATT-02" state="met" source="С0 3.2.3; С1 4.3.8; С2 4.3.4; С3 3.4"><words>Еженедельная сверка пропусков классным руководителем</words><page>/classes/{class_id}/checks</page><test>attendance/attendance.t</test></row>
    <row id="ATT-03" state="met" source="С1 4.3.1; С2 4.3.3"><words>Еженедельный контроль посещаемости</words><page>/attendance</page><test>attendance/attendance.t</test></row>
    <row id="ATT-04" state="met" source="С2 4.3.3; С1 4.3.10"><words>О пропуске без причины сразу узнают завуч и родители</words><page>/classes/{class_id}/unexplained</page><test>notices/notices.pg</test><test>attendance/attendance.pg</test></row>
    <row id="ATT-05" state="met" source="С2 4.3.3; С1 4.3.10"><words>Причина отсутствия записана</words><page>/classes/{class_id}/attendance</page><test>attendance/attendance.t</test></row>
  </area>
  <area key="FIN" word="Итоговые отметки">
    <row id="FIN-01" state="met" source="С1 4.4.3; С2 4.4.4; С4 6"><words>Итоговые отметки: четверть, полугодие, год, экзамен, итог</words><page>/journals/{journal_id}/finals</page><test>finals/finals.t</test><test>journal/journal.t</test></row>
    <row id="FIN-02" state="met" source="С0 3.2.4"><words>Столбец итоговых — сразу после последнего урока</words><page>/journals/{journal_id}</page><test>journal/journal_print.t</test><test>journal/journal.t</test></row>
    <row id="FIN-03" state="met" source="С0 3.2.4; С1 4.4.3"><words>Срок итоговых — приказом об окончании периода</words><page>/closing</page><test>finals/finals.t</test><test>closing/closing.t</test></row>
    <row id="FIN-04" state="met" source="С1 5.3"><words>Срок: за 2 дня до конца периода</words><page>/settings</page><test>finals/finals.t</test></row>
    <row id="FIN-05" state="met" source="С2 4.4.4"><words>Срок: последний учебный день периода</words><page>/settings</page><test>finals/finals.t</test></row>
    <row id="FIN-06" state="met" source="С1 5.1, 2.5; С2 2.8, 4.6.6"><words>Итоговая обоснована, объективность проверяется</words><page>/objectivity</page><test>objectivity/objectivity.t</test></row>
    <row id="FIN-07" state="met" source="С1 5.2"><words>Для аттестации нужно не меньше трёх отметок</words><page>/settings</page><test>finals/finals.t</test></row>
    <row id="FIN-08" state="met" source="С0 3.2.4"><words>Итоговые — по положению школы об аттестации</words><page>/closing</page><page>/journals/{journal_id}/finals</page><test>finals/finals.t</test><test>closing/closing.t</test></row>
  </area>
  <area key="CTL" word="Контроль ведения журнала">
    <row id="CTL-01" state="met" source="С1 3.5; С2 4.1.5"><words>Администратор контролирует ведение журнала</words><page>/control</page><test>control/control.t</test></row>
    <row id="CTL-02" state="met" source="С2 4.2.4"><words>Директор контролирует ведение журнала</words><page>/control</page><test>control/control.t</test></row>
    <row id="CTL-03" state="met" source="С1 4.6.5; С2 3.6, 4.6.7; С3 3.6, 4.2; С4 7"><words>Завуч контролирует систематически</words><page>/control</page><test>control/control.t</test><test>control/control_duties.t</test></row>
    <row id="CTL-04" state="met" source="С0 3.2.5"><words>Ежемесячная проверка</words><page>/inspections</page><test>inspections/inspections.t</test></row>
    <row id="CTL-05" state="met" source="С0 3.2.5; С1 6.2"><words>Итоги проверки доводятся до учителей раз в период</words><page>/inspections</page><test>inspections/inspections.t</test></row>
    <row id="CTL-06" state="met" source="С2 4.6.6"><words>Проверяются полнота, наполняемость, темы, задания, объективность, активность родителей</words><page>/control</page><page>/objectivity</page><page>/receipts</page><test>control/control_duties.t</test><test>objectivity/objectivity.t</test></row>
    <row id="CTL-07" state="met" source="С4 10"><words>Проверяются своевременность, посещаемость, программа, объём заданий, замены</words><page>/control</page><test>control/control_duties.t</test></row>
    <row id="CTL-08" state="met" source="С0 3.2.3; С1 4.3.2; С2 4.3.2"><words>Классный руководитель сообщает завучу о невыставленных отметках</words><page>/signal</page><test>findings/findings.t</test></row>
    <row id="CTL-09" state="met" source="С2 4.3.2, 3.5"><words>Динамика качества, группа риска, резерв хорошистов и отличников</words><page>/forecast/risks</page><test>forecast/forecast.t</test></row>
    <row id="CTL-10" state="met" source="С2 4.4.3"><words>Учитель сообщает о неуспевающих и спаде</words><page>/signal</page><test>findings/findings.t</test></row>
    <row id="CTL-11" state="met" source="С2 4.6.7"><words>По нарушениям записано управленческое решение</words><page>/findings</page><test>findings/findings.t</test></row>
    <row id="CTL-12" state="met" source="С4 5, 6"><words>График контрольных работ</words><page>/controls</page><test>controls/controls.t</test></row>
    <row id="CTL-13" state="met" source="С4 9"><words>Контроль исправлений</words><page>/corrections</page><test>corrections/corrections.t</test></row>
    <row id="CTL-14" state="met" source="С2 4.3.6, 4.6.6"><words>Активность учеников и родителей</words><page>/receipts</page><page>/reach</page><test>receipts/receipts_duty.pg</test><test>reach/reach.t</test></row>
    <row id="CTL-15" state="met" source="С4 6, 16"><words>Видно, что процессы автоматизированы</words><page>/automation</page><test>automation/automation.t</test></row>
  </area>
  <area key="REP" word="Отчёты и анализ">
    <row id="REP-01" state="met" source="С0 2.1, абз. 2; С1 2.6, 4.4.7"><words>Отчёты учителей, классных руководителей, администрации составляются сами</words><page>/reports</page><page>/handover</page><test>handover/handover.t</test><test>reports/reports.t</test></row>
    <row id="REP-02" state="met" source="С0 4.1.3, 3.2.4, 3.2.5; С1 4.6.4; С2 4.6.5"><words>Отчёты — на экране и на бумаге</words><page>/reports</page><test>reports/reports.t</test><test>browser/forms.t</test></row>
    <row id="REP-03" state="met" source="С0 3.2.3"><words>Классный руководитель в конце периода: успеваемость, посещаемость, качество</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-04" state="met" source="С1 7.1"><words>Отчёты за четверть, полугодие, год</words><page>/handover</page><test>handover/handover.t</test></row>
    <row id="REP-05" state="met" source="С2 4.6.5, абз. 1"><words>Общие сведения об обучающихся</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-06" state="met" source="С2 4.6.5, абз. 2"><words>Динамика движения</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-07" state="met" source="С2 4.6.5, абз. 3"><words>Наполняемость классов</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-08" state="met" source="С2 4.6.5, абз. 4"><words>Итоговые данные по обучающимся</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-09" state="met" source="С2 4.6.5, абз. 5"><words>Учёт часов и качество работы учителя</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-10" state="met" source="С2 4.6.5, абз. 6"><words>Заполнение и посещение журнала</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-11" state="met" source="С2 4.6.5, абз. 7"><words>Сводный отчёт классного руководителя</words><page>/reports</page><test>reports/reports_oracle.t</test><test>browser/forms.t</test></row>
    <row id="REP-12" state="met" source="С2 4.6.5, абз. 9"><words>Сводная ведомость посещаемости</words><page>/classes/{class_id}/missed</page><page>/reports</page><test>attendance/attendance.t</test><test>reports/reports_oracle.t</test></row>
    <row id="REP-13" state="met" source="С2 4.6.5, абз. 8"><words>Сводный отчёт об успеваемости по школе</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-14" state="met" source="С2 4.6.5, абз. 10; С4 13"><words>Выполнение учебного плана</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-15" state="met" source="С2 4.6.5, абз. 11"><words>Ведение журналов и дневников</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-16" state="met" source="С2 4.6.7"><words>ОО-1 в начале года</words><page>/reports</page><test>reports/reports_oracle.t</test><test>browser/forms.t</test></row>
    <row id="REP-17" state="met" source="С0 3.2.2"><words>Ежемесячный отчёт об активности</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-18" state="met" source="С3 3.6, 4.2"><words>Качественная и количественная успеваемость, пропуски</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-19" state="met" source="С4 13, абз. 1"><words>Освоение: доля итоговых не ниже «3»</words><page>/reports</page><test>reports/reports_oracle.t</test><test>rules/figures.t</test></row>
    <row id="REP-20" state="met" source="С4 11, 13, абз. 2"><words>Отчёт о контрольных работах мониторинга</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-21" state="met" source="С4 13, абз. 3"><words>Пропущенные уроки с темами</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-22" state="met" source="С4 13, абз. 4"><words>Неудовлетворительные отметки с темами</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-23" state="met" source="С4 13, абз. 5"><words>Полнота и своевременность журналов</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-24" state="met" source="С2 2.5"><words>Статистика успеваемости и посещаемости</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-25" state="met" source="С0 2.1, абз. 10; С1 2.7; С2 2.2, 2.9"><words>Прогноз: ученик, класс, школа</words><page>/forecast</page><test>forecast/forecast.t</test></row>
    <row id="REP-26" state="met" source="С4 16, абз. 5; С1 4.6.4; С2 4.6.5"><words>Оперативный анализ результатов учеников и педагогов</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-27" state="met" source="С2 2.2, 2.1"><words>Мониторинг для быстрого реагирования</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-28" state="met" source="С4 12; С0 2.1, абз. 4"><words>Данные для управленческих решений</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
    <row id="REP-29" state="met" source="С4 16, абз. 4"><words>Сводная ведомость итоговых отметок на бумаге</words><page>/reports</page><test>reports/reports_oracle.t</test><test>browser/forms.t</test></row>
    <row id="REP-30" state="met" source="С4 13"><words>Индивидуальные результаты по программам НОО и ООО</words><page>/reports</page><test>reports/reports_oracle.t</test></row>
  </area>
  <area key="DIA" word="Дневник и информирование семей">
    <row id="DIA-01" state="met" source="С1 2.8, 3.6; С2 2.10; С3 1.6, 5.1б; С4 13"><words>Дневник: отметки, посещаемость, расписание, задания, ход программы</words><page>/diary</page><test>diary/diary.t</test></row>
    <row id="DIA-02" state="met" source="С4 6, 13"><words>Сразу: расписание, замены, контрольные, учителя, каникулы, рекомендации</words><page>/diary</page><page>/pupils/{pupil_id}/teachers</page><test>diary/diary.t</test><test>family/family.t</test></row>
    <row id="DIA-03" state="met" source="С1 3.6"><words>События класса и школы видны родителям</words><page>/events</page><test>events/events.t</test></row>
    <row id="DIA-04" state="met" source="С4 13"><words>Личный кабинет</words><page>/diary</page><page>/account</page><test>family/family.t</test><test>account/account.t</test></row>
    <row id="DIA-05" state="met" source="С2 7.1"><words>Сведения приходят сами, сотрудников просить не нужно</words><page>/notices</page><test>notices/notices.t</test></row>
    <row id="DIA-06" state="met" source="С4 13"><words>Письма по электронной почте и SMS</words><page>/outbound</page><test>outbound/outbound_mail.t</test><test>outbound/outbound.t</test></row>
    <row id="DIA-07" state="met" source="С2 3.5"><words>Родители информируются раз в две недели</words><page>/informing</page><test>informing/informing.t</test></row>
    <row id="DIA-08" state="met" source="С0 3.2.3; С1 4.3.4"><words>Информирование другими способами записывается</words><page>/informing</page><test>informing/informing_told.t</test></row>
    <row id="DIA-09" state="met" source="С1 4.3.5; С2 7.2"><words>Семья без электронной формы получает сведения раз в неделю</words><page>/classes/{class_id}/strips</page><test>papers/papers.t</test></row>
    <row id="DIA-10" state="met" source="С2 7.2"><words>Полоски для бумажного дневника</words><page>/classes/{class_id}/strips</page><test>papers/papers.t</test></row>
    <row id="DIA-11" state="met" source="С4 13"><words>Выписки на бумаге</words><page>/pupils/{pupil_id}/extract</page><test>papers/papers.t</test><test>extracts/extracts.t</test></row>
    <row id="DIA-12" state="met" source="С4 15"><words>Факт ознакомления с дневником</words><page>/receipts</page><test>receipts/receipts.t</test></row>
    <row id="DIA-13" state="met" source="С1 4.3.10; С2 4.3.3"><words>Родители неуспевающих и прогульщиков извещаются</words><page>/notices</page><test>notices/notices.pg</test></row>
    <row id="DIA-14" state="met" source="С3 4.2-КР з"><words>Родители получают отчёты по данным журнала</words><page>/pupils/{pupil_id}/extract</page><test>papers/papers.t</test></row>
    <row id="DIA-15" state="met" source="С4 13"><words>Сведения и на экране, и на бумаге</words><page>/extracts</page><page>/diary</page><test>papers/papers.t</test><test>diary/diary.t</test></row>
    <row id="DIA-16" state="met" source="С4 18"><words>Журнал сам даёт дневник</words><page>/diary</page><test>diary/diary.t</test></row>
    <row id="DIA-17" state="met" source="С4 13"><words>Завуч контролирует своевременность информирования</words><page>/informing</page><page>/control</page><test>receipts/receipts_duty.pg</test><test>informing/informing.t</test></row>
    <row id="DIA-18" state="met" source="С3 5.1а,г"><words>Доступ для родителей бесплатен, есть помощь</words><page>/messages</page><page>/support</page><test>messages/messages.t</test><test>support/support.t</test></row>
  </area>
  <area key="MSG" word="Переписка и несчастные случаи">
    <row id="MSG-01" state="met" source="С0 2.1, абз. 7; С1 2.9; С2 2.11"><words>Общение администрации, учителей, родителей и учеников</words><page>/messages</page><test>messages/messages.t</test></row>
    <row id="MSG-02" state="met" source="С4 6"><words>Обратная связь об учёбе</words><page>/messages</page><page>/announcements</page><test>messages/messages.t</test><test>announcements/announcements.t</test></row>
    <row id="MSG-03" state="met" source="С3 5.1б"><words>Переписка родителей с учителями</words><page>/messages</page><test>messages/messages.t</test></row>
    <row id="MSG-04" state="met" source="С0 4.1.1; С3 4.1б"><words>Обращения к администратору журнала</words><page>/support</page><test>support/support.t</test></row>
    <row id="MSG-05" state="met" source="С0 3.2.2; С1 4.1.6; С2 4.1.1; С3 3.1, 4.2и"><words>Связь администратора с внешней поддержкой</words><page>/support</page><test>support/support_mail.t</test></row>
    <row id="MSG-06" state="met" source="С0 2.1, абз. 6"><words>О несчастном случае сразу узнаёт администрация</words><page>/accidents</page><test>accidents/accidents.t</test></row>
  </area>
  <area key="MOD" word="Дополнительные разделы">
    <row id="MOD-01" state="met" source="С3 3.5, 3.6, 4.2"><words>Раздел «ГТЗО» ведёт учитель физкультуры</words><page>/gto</page><test>gto/gto.t</test></row>
    <row id="MOD-02" state="met" source="С3 3.4, 4.2-КР д"><words>Раздел «Питание» ведёт классный руководитель</words><page>/meals</page><page>/meals/orders/{class_id}/{day_on}</page><test>meals/meals.t</test></row>
    <row id="MOD-03" state="met" source="С2 4.6.4"><words>Раздел «События»: календарь, участники, результаты</words><page>/events</page><page>/calendar</page><page>/pupils/{pupil_id}/portfolio</page><test>events/events.t</test><test>portfolio/portfolio.t</test></row>
    <row id="MOD-04" state="met" source="С2 4.5.1"><words>Раздел «Персонал» ведёт специалист по кадрам</words><page>/personnel</page><test>personnel/personnel.t</test></row>
    <row id="MOD-05" state="met" source="С0 3.2.3; С2 4.3.4"><words>Раздел «Посещаемость» классного руководителя</words><page>/classes/{class_id}/attendance</page><test>attendance/attendance.t</test></row>
  </area>
  <area key="ARC" word="Печать, копии, хранение">
    <row id="ARC-01" state="met" source="С0 3.2.2"><words>База сохраняется на электронный носитель раз в неделю</words><page>/archive</page><command>ejournal-backup</command><test>archive/archive_backup.t</test><test>archive/archive.t</test></row>
    <row id="ARC-02" state="met" source="С0 4.2.3"><words>Восстановление из копии</words><page>/archive</page><command>ejournal-restore</command><test>archive/archive_backup.t</test><test>archive/archive_minute.t</test></row>
    <row id="ARC-03" state="met" source="С1 6.3"><words>Документ печатается и заверяется</words><page>/extracts</page><test>extracts/extracts.t</test></row>
    <row id="ARC-04" state="met" source="С4 16, абз. 3"><words>Печать по регламенту школы: свои бланки школы и региона</words><page>/groups/{study_group_id}/blanks</page><test>blanks/blanks.t</test><test>browser/forms.t</test></row>
    <row id="ARC-05" state="met" source="С1 4.6.6"><words>Бумажные версии за период — классным руководителем, завучу, в архив</words><page>/books</page><test>books/books.t</test></row>
    <row id="ARC-06" state="met" source="С2 3.6"><words>Завучи делают бумажные копии журнала</words><page>/books</page><test>books/books.t</test></row>
    <row id="ARC-07" state="met" source="С0 2.1, абз. 1; С2 2.5; С4 10"><words>Хранение журналов и данных</words><page>/packages</page><page>/retention</page><command>ejournal-package</command><test>packages/packages.t</test><test>retention/retention.t</test></row>
  </area>
  <area key="INT" word="Обмен">
    <row id="INT-01" state="met" source="С4 18"><words>Обмен с другими системами в стандартных форматах</words><page>/clients</page><page>/oneroster</page><page>/imports</page><page>/fet</page><page>/feeds</page><page>/account/keys</page><page>/exchange</page><test>oneroster/oneroster.t</test><test>exchange/exchange.t</test><test>keys/keys.t</test><test>imports/imports.t</test><test>fet/fet.t</test></row>
    <row id="INT-02" state="met" source="С4 16, абз. 6"><words>Выгрузка в стандартные форматы</words><page>/reports</page><test>core/formats.t</test></row>
    <row id="INT-03" state="open" source="С2 1.2"><words>Обмен с порталом услуг и ЕПГУ</words><why>Форматы и доступ даёт оператор портала по договору с регионом; их у разработчика нет</why></row>
    <row id="INT-04" state="met" source="С2 2.4"><words>Сведения в реальном времени на уровне муниципалитета и региона</words><page>/region</page><page>/lists</page><page>/reach</page><test>region/region.t</test><test>lists/lists.t</test><test>region/region_hide.t</test><test>reach/reach.t</test></row>
    <row id="INT-05" state="met" source="С4 18"><words>Получение и восстановление данных, если журнал — внешняя услуга</words><page>/takeout</page><command>ejournal-school</command><test>takeout/takeout.t</test><test>takeout/takeout_back.t</test></row>
    <row id="INT-06" state="open" source="С0 2.1, абз. 9; С2 2.3"><words>Единое информационное пространство школы, открытое родителям</words><page>/about</page><page>/feeds</page><test>about/about.t</test><test>feeds/feeds.t</test><why>Страница школы и календари есть; обмена с другими системами школы нет</why></row>
  </area>
  <area key="AVL" word="Доступность">
    <row id="AVL-01" state="school" source="С1 8.2; С2 5.2; С0 4.1.2"><words>Доступ ежедневно и круглосуточно</words><test>faults/restart.t</test><test>faults/standby.t</test><test>faults/backend.t</test><why>Обеспечивает тот, у кого стоит сервер; журнал сам переживает перезапуск базы и обрыв связи</why></row>
    <row id="AVL-02" state="met" source="С3 4.1а"><words>20 часов в сутки: обслуживание с 02 до 06, о нём предупреждают</words><page>/maintenance</page><test>maintenance/maintenance.t</test></row>
    <row id="AVL-03" state="school" source="С1 6.1, 4.1.2, 4.2.3; С2 4.1.3, 4.2.3; С3 3.1, 4.2б,г"><words>Бесперебойную работу обеспечивают директор и администратор</words><page>/jobs</page><test>jobs/jobs.t</test><why>Обязанность школы; состояние фоновых работ видно администратору</why></row>
    <row id="AVL-04" state="met" source="С3 4.2а"><words>Работает на слабых компьютерах</words><test>browser/browser.t</test></row>
    <row id="AVL-05" state="met" source="С2 1.3"><words>Клиент-серверное приложение</words><test>core/install.t</test></row>
    <row id="AVL-06" state="school" source="С0 3.2.2"><words>Администратор ставит программы</words><command>ejournal-setup</command><test>core/install.t</test><why>Ставит школа: пакет Debian и одна команда</why></row>
    <row id="AVL-07" state="met" source="С0 2.1, абз. 5"><words>Меньше работы учителю: без двойного ввода</words><page>/</page><page>/handover</page><test>lesson/lesson_before.t</test><test>tasks/tasks_works.t</test><test>handover/handover.t</test></row>
  </area>
  <area key="DOC" word="Руководства, обучение, поддержка">
    <row id="DOC-01" state="met" source="С4 17"><words>Руководство администратора</words><page>/help/guides/{role_key}</page><test>help/help_topics.t</test><test>help/help.t</test></row>
    <row id="DOC-02" state="met" source="С4 17"><words>Руководства для каждой роли</words><page>/help/guides/{role_key}</page><test>help/help_topics.t</test><test>help/help.t</test></row>
    <row id="DOC-03" state="met" source="С4 17"><words>Программа обучения не более 18 часов</words><page>/training</page><command>ejournal-school</command><test>training/training.t</test></row>
    <row id="DOC-04" state="met" source="С4 17"><words>Другие справочные материалы</words><page>/help</page><page>/help/{topic_key}</page><test>help/help_topics.t</test><test>help/help.t</test></row>
    <row id="DOC-05" state="school" source="С4 17; С0 4.1.1; С3 4.1б"><words>Техническая поддержка в рабочее время</words><page>/support</page><test>support/support.t</test><why>Часы назначает школа или её оператор; журнал передаёт обращения</why></row>
    <row id="DOC-06" state="school" source="С0 3.2.2; С1 4.1.4, 4.3.11, 4.6.3, 8.1; С2 4.1.7, 4.3.7, 4.6.3, 5.1; С3 3.1, 4.2к"><words>Администратор консультирует пользователей</words><page>/support</page><test>support/support.t</test><why>Консультирует администратор; обращения и ответы остаются в журнале</why></row>
    <row id="DOC-07" state="met" source="С0 3.2.3"><words>Классный руководитель проходит обучающие семинары</words><page>/training/staff</page><test>training/training.t</test></row>
    <row id="DOC-08" state="met" source="С4 1"><words>Завуч участвует в выборе журнала: сверка с требованиями</words><page>/help/compliance</page><test>compliance/compliance.t</test></row>
  </area>
  <area key="FED" word="Федеральные документы">
    <row id="FED-01" state="met" source="Письмо АП-147/07, определения; С3 2.1"><words>Журнал учитывает ход программ, успеваемость и посещаемость; дневник сообщает о них семье</words><page>/journals</page><page>/diary</page><test>journal/journal.t</test><test>diary/diary.t</test></row>
    <row id="FED-02" state="met" source="С3 2.1"><words>Учёт уроков с темой и учителем, отклонений, заданий, результатов, посещаемости</words><page>/programme</page><page>/journals/{journal_id}</page><test>programme/programme.t</test><test>journal/journal.t</test></row>
    <row id="FED-03" state="met" source="С4 16"><words>Права по обязанностям, печать, сводная ведомость, анализ, выгрузка, движение, год, оценивание</words><page>/automation</page><test>automation/automation.t</test></row>
    <row id="FED-04" state="met" source="С4 13"><words>Дневник: кабинет, почта и SMS, выписки на бумаге</words><page>/diary</page><page>/outbound</page><page>/pupils/{pupil_id}/extract</page><test>diary/diary.t</test><test>outbound/outbound_mail.t</test><test>papers/papers.t</test></row>
    <row id="FED-05" state="met" source="С4 15"><words>Ознакомление родителей записывается</words><page>/receipts</page><test>receipts/receipts.t</test></row>
    <row id="FED-06" state="met" source="С4 18"><words>Обмен с внешними системами; при внешнем размещении — порядок получения и восстановления данных</words><page>/imports</page><page>/oneroster</page><page>/takeout</page><command>ejournal-school</command><test>imports/imports.t</test><test>oneroster/oneroster.t</test><test>takeout/takeout.t</test><test>takeout/takeout_back.t</test></row>
    <row id="FED-07" state="met" source="С4 17"><words>Справочный комплект: руководства, обучение, поддержка</words><page>/help</page><page>/training</page><page>/support</page><test>help/help_topics.t</test><test>training/training.t</test><test>support/support.t</test></row>
    <row id="FED-08" state="met" source="С4 5, 6"><words>Работает для всех видов программ: класс, комплект, поток, ИУП, дом, электив, кружок</words><page>/groups</page><page>/individual</page><test>groups/groups_kinds.t</test></row>
    <row id="FED-10" state="met" source="Требования к защите от несанкционированного доступа, п. 1"><words>Средства входа с разными правами</words><page>/login</page><page>/access</page><test>login/login.t</test><test>rights/rights_routes.t</test></row>
    <row id="FED-11" state="met" source="Требования к защите от несанкционированного доступа"><words>Только защищённый канал: без HTTPS журнал отказывает</words><test>core/tls.t</test></row>
    <row id="FED-12" state="met" source="Требования к защите; С4 9, 21"><words>Каждое изменение: кто, когда, было, стало</words><page>/history</page><test>history/history_record.t</test><test>rules/history.pg</test></row>
    <row id="FED-13" state="met" source="Требования к защите; С4 9"><words>Исправления — только уполномоченными, прежнее значение не исчезает</words><page>/history</page><page>/corrections</page><test>history/history_record.t</test><test>history/history_seal.t</test></row>
    <row id="FED-14" state="school" source="152-ФЗ; постановления 781 и 1119; С2 1.1"><words>Меры 152-ФЗ и уровень защищённости</words><page>/views</page><page>/consents</page><test>views/views.t</test><test>views/views_taken.t</test><why>Уровень и организационные меры определяет школа; журнал ведёт права, учёт обращений к личным делам, печать истории</why></row>
    <row id="FED-15" state="met" source="С4 21"><words>Операции после извещения о раскрытии недействительны</words><page>/voidings/{voiding_id}</page><test>voidings/voidings.t</test></row>
    <row id="FED-20" state="met" source="Требования по сохранности информации, п. 1"><words>Архив данных на внешних электронных и бумажных носителях</words><page>/packages</page><page>/books/archive</page><command>ejournal-package</command><test>packages/packages.t</test><test>books/books.t</test></row>
    <row id="FED-21" state="met" source="Требования по сохранности информации, п. 2; С0 3.2.2"><words>Резервная копия ответственным сотрудником</words><page>/archive</page><command>ejournal-backup</command><test>archive/archive.t</test></row>
    <row id="FED-22" state="met" source="Приказ 526, п. 2.30; приказ Росархива 77"><words>Две копии на разных устройствах</words><page>/archive</page><command>ejournal-backup</command><command>ejournal-package</command><test>archive/archive_backup.t</test><test>packages/packages.t</test></row>
    <row id="FED-23" state="met" source="Требования по сохранности информации"><words>Целостность архива проверяется весь срок</words><page>/packages</page><page>/extracts</page><command>ejournal-package</command><command>ejournal-verify</command><test>packages/packages.t</test><test>extracts/extracts_restore.t</test><test>history/history_seal.t</test></row>
    <row id="FED-24" state="met" source="С1 4.6.6, 6.3; С4 16, абз. 4"><words>Ведомость итоговых в конце года печатается и заверяется</words><page>/reports</page><page>/extracts</page><test>extracts/extracts.t</test><test>browser/forms.t</test></row>
    <row id="FED-25" state="met" source="Приказ Росархива 236"><words>Сроки хранения: журналы 5 лет, ведомости 25 лет</words><page>/retention</page><command>ejournal-package</command><test>retention/retention.t</test><test>retention/retention_destroy.t</test></row>
    <row id="FED-26" state="met" source="С0 4.2.3"><words>Порядок восстановления есть и проверен</words><command>ejournal-restore</command><command>ejournal-proof</command><test>archive/archive_backup.t</test></row>
    <row id="FED-30" state="school" source="Письмо АП-147/07; С3 4.1а"><words>Не меньше 20 часов в сутки, 7 дней в неделю</words><test>faults/restart.t</test><why>Обеспечивает тот, у кого стоит сервер</why></row>
    <row id="FED-31" state="met" source="Единые требования, часть 2"><words>Введённое не теряется при сбое связи или сервера</words><page>/journals/{journal_id}</page><test>faults/again.t</test><test>faults/child.t</test><test>browser/browser.t</test></row>
    <row id="FED-40" state="met" source="Приказы 582 и 779"><words>Отчёты составляет журнал: учитель не вводит того, что журнал уже знает</words><page>/reports</page><page>/handover</page><test>handover/handover.t</test><test>reports/reports.t</test></row>
    <row id="FED-41" state="met" source="273-ФЗ, ст. 47"><words>Бумажные копии печатает администрация, сразу все</words><page>/books/archive</page><test>books/books.t</test></row>
    <row id="FED-42" state="open" source="Рекомендации Минцифры, протокол 52; постановление 1241"><words>Обмен с «Моей школой» и ЕПГУ</words><why>Форматы по методическим рекомендациям Минцифры даются участникам обмена; у разработчика их нет</why></row>
    <row id="FED-43" state="open" source="Решения регионов о входе через ЕСИА"><words>Вход через ЕСИА</words><page>/ways</page><test>ways/ways_openid.t</test><why>Вход через OpenID Connect есть; ЕСИА требует запросов, подписанных ключом организации (ГОСТ), и договора: этого нет</why></row>
  </area>
</xsl:variable>

</xsl:stylesheet>
