<?xml version="1.0" encoding="UTF-8"?>
<!-- access_words.xsl: the texts for roles, scopes and pages, each once (braces are doubled as XSLT requires).
     see  access.xsl, which includes this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:variable name="words">
  <role name="administrator" word="Администратор журнала"/>
  <role name="director" word="Директор"/>
  <role name="deputy" word="Завуч"/>
  <role name="class_teacher" word="Классный руководитель"/>
  <role name="teacher" word="Учитель"/>
  <role name="substitute" word="Замещающий учитель"/>
  <role name="hr" word="Специалист по кадрам"/>
  <role name="meals" word="Ответственный за питание"/>
  <role name="archivist" word="Ответственный за резервные копии"/>
  <role name="observer" word="Наблюдатель"/>
  <role name="family" word="Родитель, ученик"/>
  <scope name="all" word="всё"/>
  <scope name="school" word="вся школа"/>
  <scope name="class" word="свой класс"/>
  <scope name="lessons" word="свои уроки"/>
  <scope name="sport" word="кому ведёт физкультуру"/>
  <scope name="substituted" word="уроки замены"/>
  <scope name="family" word="своя семья"/>
  <scope name="self" word="только своё"/>
  <page name="GET /" word="Сегодня"/>
  <page name="POST /" word="подтвердить то, что коллега назначил себе сам"/>
  <page name="GET /unfilled" word="Незаполненные уроки класса"/>
  <page name="GET /journals" word="Список журналов"/>
  <page name="GET /journals/{{journal_id}}" word="Страница журнала"/>
  <page name="POST /journals/{{journal_id}}" word="записать в журнал отметки, отсутствия, темы, итоговые"/>
  <page name="GET /journals/{{journal_id}}/marksheet" word="Перенос отметок из файла"/>
  <page name="POST /journals/{{journal_id}}/marksheet" word="перенести отметки из файла другой программы"/>
  <page name="GET /journals/{{journal_id}}/finals" word="Итоговые отметки журнала"/>
  <page name="POST /journals/{{journal_id}}/finals" word="выставить итоговые отметки с основанием"/>
  <page name="GET /pupils/{{pupil_id}}/outside" word="Отметки ученика из другой школы"/>
  <page name="POST /pupils/{{pupil_id}}/outside" word="внести отметку из другой школы"/>
  <page name="POST /outside/{{outside_mark_id}}" word="пометить отметку из другой школы как ошибочную"/>
  <page name="GET /debts" word="Академические задолженности"/>
  <page name="GET /pupils/{{pupil_id}}/debts" word="Задолженности и пересдачи ученика"/>
  <page name="POST /pupils/{{pupil_id}}/debts" word="назначить пересдачу"/>
  <page name="GET /retakes/{{retake_id}}" word="Пересдача"/>
  <page name="POST /retakes/{{retake_id}}" word="внести результат пересдачи, перенести её"/>
  <page name="GET /closing" word="Закрытие периодов"/>
  <page name="POST /closing" word="назначить срок итоговых отметок"/>
  <page name="GET /closing/classes/{{class_id}}" word="Закрытие периода в классе"/>
  <page name="POST /closing/classes/{{class_id}}" word="закрыть и снова открыть журналы класса"/>
  <page name="GET /journals/{{journal_id}}/columns/{{column_id}}/pupils/{{pupil_id}}" word="История клетки журнала"/>
  <page name="GET /lessons/{{lesson_id}}" word="Урок"/>
  <page name="POST /lessons/{{lesson_id}}" word="заполнить урок"/>
  <page name="GET /attendance" word="Посещаемость по классам"/>
  <page name="GET /classes/{{class_id}}/attendance" word="Посещаемость класса"/>
  <page name="POST /classes/{{class_id}}/attendance" word="записать причину отсутствия"/>
  <page name="GET /classes/{{class_id}}/unexplained" word="Пропуски без причины"/>
  <page name="POST /classes/{{class_id}}/unexplained" word="указать причины пропусков"/>
  <page name="GET /classes/{{class_id}}/checks" word="Сверка посещаемости по неделям"/>
  <page name="POST /classes/{{class_id}}/checks" word="отметить сверку посещаемости своего класса"/>
  <page name="GET /classes/{{class_id}}/missed" word="Сводная ведомость посещаемости"/>
  <page name="GET /reasons/{{absence_reason_id}}" word="Причина отсутствия"/>
  <page name="POST /reasons/{{absence_reason_id}}" word="изменить причину отсутствия"/>
  <page name="GET /pupils/{{pupil_id}}/absence" word="Сообщить об отсутствии ребёнка"/>
  <page name="POST /pupils/{{pupil_id}}/absence" word="сообщить об отсутствии ребёнка"/>
  <page name="GET /pupils/{{pupil_id}}/absence/{{absence_reason_id}}" word="Отозвать сообщение об отсутствии"/>
  <page name="POST /pupils/{{pupil_id}}/absence/{{absence_reason_id}}" word="отозвать сообщение об отсутствии"/>
  <page name="GET /classes" word="Список классов"/>
  <page name="GET /classes/{{class_id}}" word="Класс"/>
  <page name="POST /classes" word="завести класс"/>
  <page name="POST /classes/{{class_id}}" word="изменить класс"/>
  <page name="GET /groups" word="Список учебных групп"/>
  <page name="POST /groups" word="завести учебную группу"/>
  <page name="GET /individual" word="Ученики по ИУП и на дому"/>
  <page name="GET /groups/{{study_group_id}}" word="Учебная группа"/>
  <page name="POST /groups/{{study_group_id}}" word="изменить учебную группу"/>
  <page name="GET /groups/{{study_group_id}}/classes" word="Классы учебной группы"/>
  <page name="POST /groups/{{study_group_id}}/classes" word="изменить классы учебной группы"/>
  <page name="GET /groups/{{study_group_id}}/health" word="Листок здоровья"/>
  <page name="GET /groups/{{study_group_id}}/members" word="Состав учебной группы"/>
  <page name="POST /groups/{{study_group_id}}/members" word="изменить состав учебной группы"/>
  <page name="GET /splits" word="Деление классов на подгруппы"/>
  <page name="GET /split" word="Деление класса по предмету"/>
  <page name="POST /split" word="предложить или утвердить деление класса"/>
  <page name="GET /pupils" word="Список учеников"/>
  <page name="GET /pupils/{{pupil_id}}" word="Карточка ученика"/>
  <page name="GET /pupils/{{pupil_id}}/card" word="Карточка ученика: изменение"/>
  <page name="POST /pupils/{{pupil_id}}/card" word="изменить карточку ученика"/>
  <page name="GET /pupils/{{pupil_id}}/photo" word="Фотография ученика"/>
  <page name="GET /pupils/{{pupil_id}}/guardians" word="Новый представитель ученика"/>
  <page name="POST /pupils/{{pupil_id}}/guardians" word="добавить представителя ученика"/>
  <page name="GET /guardianships/{{guardianship_id}}" word="Представитель ученика"/>
  <page name="POST /guardianships/{{guardianship_id}}" word="изменить представителя ученика"/>
  <page name="GET /consents" word="Согласия и отказы по классам"/>
  <page name="GET /classes/{{class_id}}/consents" word="Согласия и отказы класса"/>
  <page name="POST /classes/{{class_id}}/consents" word="записать согласия и отказы родителей"/>
  <page name="GET /pupils/{{pupil_id}}/consents" word="Согласия и отказы по ученику"/>
  <page name="POST /pupils/{{pupil_id}}/consents" word="отозвать своё согласие"/>
  <page name="GET /social" word="Социальный паспорт"/>
  <page name="GET /classes/{{class_id}}/social" word="Социальный паспорт класса"/>
  <page name="GET /pupils/{{pupil_id}}/categories" word="Социальные категории ученика"/>
  <page name="POST /pupils/{{pupil_id}}/categories" word="отнести ученика к социальной категории"/>
  <page name="GET /categories/{{category_id}}" word="Социальная категория ученика"/>
  <page name="POST /categories/{{category_id}}" word="изменить социальную категорию ученика"/>
  <page name="GET /views" word="Кто открывал карточки учеников"/>
  <page name="GET /staff" word="Список сотрудников"/>
  <page name="GET /personnel" word="Персонал"/>
  <page name="POST /personnel" word="принять сотрудника"/>
  <page name="GET /personnel/{{staff_id}}" word="Работа сотрудника в школе"/>
  <page name="POST /personnel/{{staff_id}}" word="изменить имя, должность и срок работы сотрудника"/>
  <page name="GET /personnel/{{staff_id}}/card" word="Личное дело сотрудника"/>
  <page name="POST /personnel/{{staff_id}}/card" word="изменить личное дело сотрудника"/>
  <page name="GET /personnel/{{staff_id}}/posts" word="Должности сотрудника"/>
  <page name="POST /personnel/{{staff_id}}/posts" word="добавить должность сотрудника"/>
  <page name="GET /personnel/{{staff_id}}/posts/{{staff_post_id}}" word="Должность сотрудника"/>
  <page name="POST /personnel/{{staff_id}}/posts/{{staff_post_id}}" word="изменить должность сотрудника"/>
  <page name="GET /personnel/{{staff_id}}/absences" word="Отсутствия сотрудника"/>
  <page name="POST /personnel/{{staff_id}}/absences" word="добавить отсутствие сотрудника"/>
  <page name="GET /personnel/{{staff_id}}/absences/{{staff_absence_id}}" word="Отсутствие сотрудника"/>
  <page name="POST /personnel/{{staff_id}}/absences/{{staff_absence_id}}" word="изменить отсутствие сотрудника"/>
  <page name="GET /absences" word="Кто из сотрудников отсутствует"/>
  <page name="GET /promotion" word="Перевод в следующий учебный год"/>
  <page name="POST /promotion" word="перевести всех учеников в следующий год"/>
  <page name="GET /promotion/{{class_id}}" word="Решения о переводе класса"/>
  <page name="POST /promotion/{{class_id}}" word="решить о переводе учеников класса"/>
  <page name="GET /promotions/{{promotion_id}}" word="Отмена перевода в следующий год"/>
  <page name="POST /promotions/{{promotion_id}}" word="отменить перевод в следующий год"/>
  <page name="GET /corrections" word="Исправления"/>
  <page name="GET /corrections/{{correction_id}}" word="Заявка на исправление"/>
  <page name="POST /corrections/{{correction_id}}" word="принять или отклонить исправление, отозвать свою заявку"/>
  <page name="GET /journals/{{journal_id}}/columns/{{column_id}}/pupils/{{pupil_id}}/correction" word="Исправить отметку по заявке"/>
  <page name="POST /journals/{{journal_id}}/columns/{{column_id}}/pupils/{{pupil_id}}/correction" word="подать заявку на исправление отметки"/>
  <page name="GET /lessons/{{lesson_id}}/correction" word="Исправить тему или задание по заявке"/>
  <page name="POST /lessons/{{lesson_id}}/correction" word="подать заявку на исправление темы или задания"/>
  <page name="GET /requests" word="Заявки администратору"/>
  <page name="POST /requests" word="подать заявку администратору"/>
  <page name="GET /requests/{{request_id}}" word="Заявка"/>
  <page name="POST /requests/{{request_id}}" word="ответить на заявку"/>
  <page name="GET /pupils/{{pupil_id}}/report" word="Сообщить об изменении данных"/>
  <page name="POST /pupils/{{pupil_id}}/report" word="сообщить об изменении данных ребёнка или своих"/>
  <page name="GET /verifications" word="Сверка личных данных"/>
  <page name="POST /verifications" word="отметить сверку личных данных своего класса"/>
  <page name="GET /duplicates" word="Повторные записи об одном человеке"/>
  <page name="GET /duplicates/{{kind_key}}/{{first_id}}/{{second_id}}" word="Две записи рядом"/>
  <page name="POST /duplicates/{{kind_key}}/{{first_id}}/{{second_id}}" word="слить две записи об одном человеке"/>
  <page name="GET /transfers" word="Переход между школами"/>
  <page name="GET /transfer" word="Запросить ученика или направить в другую школу"/>
  <page name="POST /transfer" word="запросить ученика из другой школы, направить в другую школу"/>
  <page name="GET /transfers/{{transfer_id}}" word="Переход ученика и его личное дело"/>
  <page name="POST /transfers/{{transfer_id}}" word="направить, зачислить, отказать, отозвать переход"/>
  <page name="GET /movements" word="Движение учеников"/>
  <page name="GET /newcomers" word="Новый ученик"/>
  <page name="POST /newcomers" word="зачислить нового ученика"/>
  <page name="GET /movements/{{movement_id}}" word="Отмена записи о движении"/>
  <page name="POST /movements/{{movement_id}}" word="отменить ошибочную запись о движении"/>
  <page name="GET /pupils/{{pupil_id}}/movements" word="Движение ученика"/>
  <page name="POST /pupils/{{pupil_id}}/movements" word="перевести, отчислить или снова зачислить ученика"/>
  <page name="GET /history" word="История изменений"/>
  <page name="GET /lessons/{{lesson_id}}/history" word="История урока"/>
  <page name="GET /pupils/{{pupil_id}}/history" word="История карточки ученика"/>
  <page name="GET /plans/{{plan_id}}/history" word="История плана"/>
  <page name="GET /subjects" word="Список предметов"/>
  <page name="GET /subjects/{{subject_id}}" word="Предмет"/>
  <page name="POST /subjects" word="изменить список предметов"/>
  <page name="POST /subjects/{{subject_id}}" word="изменить предмет"/>
  <page name="GET /timetable" word="Расписание"/>
  <page name="GET /timetable/edit" word="Редактор расписания"/>
  <page name="POST /timetable/edit" word="изменить расписание"/>
  <page name="GET /timetable/lessons" word="Уроки по расписанию"/>
  <page name="POST /timetable/lessons" word="создать уроки по расписанию"/>
  <page name="GET /substitutions" word="Замены и переносы"/>
  <page name="GET /replacements" word="Учёт замен"/>
  <page name="GET /substitutions/{{staff_id}}" word="Уроки отсутствующего учителя"/>
  <page name="POST /substitutions/{{staff_id}}" word="назначить замены"/>
  <page name="GET /lessons/{{lesson_id}}/substitution" word="Замена или перенос урока"/>
  <page name="POST /lessons/{{lesson_id}}/substitution" word="заменить, отменить или перенести урок"/>
  <page name="GET /lessons/{{lesson_id}}/exchange" word="Обмен уроками одного дня"/>
  <page name="POST /lessons/{{lesson_id}}/exchange" word="поменять местами два урока или их учителей"/>
  <page name="GET /feeds" word="Расписание в календаре"/>
  <page name="POST /feeds" word="получить или отозвать адрес для календаря"/>
  <page name="GET /receivers" word="Адресаты: системы, которым школа отправляет документы"/>
  <page name="POST /receivers" word="добавить адресата документов"/>
  <page name="GET /receivers/{{receiver_id}}" word="Адресат документов"/>
  <page name="POST /receivers/{{receiver_id}}" word="изменить или закрыть адресата документов"/>
  <page name="GET /exchange" word="Обмен: что отправлено другим системам"/>
  <page name="POST /exchange" word="отправить документ адресату"/>
  <page name="GET /exchange/{{exchange_id}}" word="Отправленный документ"/>
  <page name="POST /exchange/{{exchange_id}}" word="отправить документ ещё раз"/>
  <page name="GET /clients" word="Программы, которые читают данные школы"/>
  <page name="GET /clients/{{api_client_id}}" word="Программа, которая читает данные школы"/>
  <page name="POST /clients" word="открыть данные школы программе"/>
  <page name="POST /clients/{{api_client_id}}" word="изменить, что и когда программа читает"/>
  <page name="POST /clients/{{api_client_id}}/secret" word="выдать программе новый ключ"/>
  <page name="GET /oneroster" word="Обмен OneRoster"/>
  <page name="GET /oneroster/csv" word="Списки школы файлами OneRoster"/>
  <page name="GET /maintenance" word="Часы обслуживания журнала"/>
  <page name="GET /maintenance/{{maintenance_id}}" word="Часы обслуживания"/>
  <page name="POST /maintenance" word="объявить обслуживание"/>
  <page name="POST /maintenance/{{maintenance_id}}" word="изменить часы обслуживания"/>
  <page name="GET /rooms" word="Список кабинетов"/>
  <page name="GET /rooms/{{room_id}}" word="Кабинет"/>
  <page name="POST /rooms" word="изменить список кабинетов"/>
  <page name="POST /rooms/{{room_id}}" word="изменить кабинет"/>
  <page name="GET /meals" word="Питание: заказы"/>
  <page name="GET /meals/orders/{{class_id}}/{{day_on}}" word="Питание класса в один день"/>
  <page name="POST /meals/orders/{{class_id}}/{{day_on}}" word="подтвердить питание класса"/>
  <page name="GET /classes/{{class_id}}/meals" word="Кто в классе питается"/>
  <page name="POST /classes/{{class_id}}/meals" word="выбрать, кто в классе питается"/>
  <page name="GET /pupils/{{pupil_id}}/meals" word="Питание ученика и остаток"/>
  <page name="GET /meals/kitchen/{{day_on}}" word="Заказ питания для кухни"/>
  <page name="GET /meals/months" word="Питание по месяцам"/>
  <page name="GET /meals/months/{{month_key}}" word="Питание за месяц"/>
  <page name="POST /meals/months/{{month_key}}" word="закрыть месяц питания, разобрать расхождения"/>
  <page name="GET /meals/classes/{{class_id}}/{{month_key}}" word="Табель питания класса"/>
  <page name="GET /meals/servings" word="Приёмы пищи"/>
  <page name="POST /meals/servings" word="добавить приём пищи"/>
  <page name="GET /meals/servings/{{meal_id}}" word="Приёмы пищи: одна запись"/>
  <page name="POST /meals/servings/{{meal_id}}" word="изменить приём пищи"/>
  <page name="GET /meals/benefits" word="Категории питающихся"/>
  <page name="POST /meals/benefits" word="добавить категорию питающихся"/>
  <page name="GET /meals/benefits/{{meal_category_id}}" word="Категории питающихся: одна запись"/>
  <page name="POST /meals/benefits/{{meal_category_id}}" word="изменить категорию питающихся"/>
  <page name="GET /meals/prices" word="Цены на питание"/>
  <page name="POST /meals/prices" word="добавить цену питания"/>
  <page name="GET /meals/prices/{{meal_price_id}}" word="Цены на питание: одна запись"/>
  <page name="POST /meals/prices/{{meal_price_id}}" word="изменить цену питания"/>
  <page name="GET /meals/menus" word="Меню"/>
  <page name="POST /meals/menus" word="добавить меню"/>
  <page name="GET /meals/menus/{{menu_id}}" word="Меню: одна запись"/>
  <page name="POST /meals/menus/{{menu_id}}" word="изменить меню"/>
  <page name="GET /meals/entitlements" word="Реестр льготников"/>
  <page name="POST /meals/entitlements" word="добавить документ о льготе на питание"/>
  <page name="GET /meals/entitlements/{{meal_entitlement_id}}" word="Реестр льготников: одна запись"/>
  <page name="POST /meals/entitlements/{{meal_entitlement_id}}" word="изменить документ о льготе на питание"/>
  <page name="GET /meals/payments" word="Оплата питания"/>
  <page name="POST /meals/payments" word="добавить оплату питания"/>
  <page name="GET /meals/payments/{{meal_payment_id}}" word="Оплата питания: одна запись"/>
  <page name="POST /meals/payments/{{meal_payment_id}}" word="изменить оплату питания"/>
  <page name="GET /accidents" word="Несчастные случаи"/>
  <page name="GET /accidents/{{accident_id}}" word="Извещение о несчастном случае"/>
  <page name="POST /accidents/{{accident_id}}" word="дополнить журнал несчастных случаев"/>
  <page name="POST /accidents/{{accident_id}}/receipt" word="принять извещение о несчастном случае"/>
  <page name="GET /pupils/{{pupil_id}}/accident" word="Сообщить о несчастном случае"/>
  <page name="POST /pupils/{{pupil_id}}/accident" word="отправить извещение о несчастном случае"/>
  <page name="GET /gto" word="{$gto-caption}: классы"/>
  <page name="GET /gto/school" word="{$gto-caption}: знаки по школе"/>
  <page name="GET /gto/norms" word="{$gto-caption}: нормы"/>
  <page name="GET /gto/classes/{{class_id}}" word="{$gto-caption}: класс"/>
  <page name="GET /gto/classes/{{class_id}}/health" word="{$gto-caption}: группы здоровья класса"/>
  <page name="POST /gto/classes/{{class_id}}/health" word="записать группу здоровья и допуск"/>
  <page name="GET /gto/classes/{{class_id}}/days/{{done_on}}" word="{$gto-caption}: результаты класса за день"/>
  <page name="POST /gto/classes/{{class_id}}/days/{{done_on}}" word="внести результаты ГТО"/>
  <page name="GET /pupils/{{pupil_id}}/gto" word="{$gto-caption}: ученик"/>
  <page name="POST /pupils/{{pupil_id}}/gto" word="записать знак ГТО по приказу"/>
  <page name="GET /events" word="События класса и школы"/>
  <page name="GET /calendar" word="События месяца"/>
  <page name="GET /participation" word="События в числах"/>
  <page name="GET /events/{{event_id}}" word="Событие"/>
  <page name="GET /events/{{event_id}}/edit" word="Форма события"/>
  <page name="GET /events/{{event_id}}/pupils" word="Кого записать в событие"/>
  <page name="GET /pupils/{{pupil_id}}/portfolio" word="Портфолио ученика"/>
  <page name="GET /pupils/{{pupil_id}}/achievements" word="Новое достижение ученика"/>
  <page name="GET /pupils/{{pupil_id}}/achievements/{{achievement_id}}" word="Достижение ученика"/>
  <page name="GET /pupils/{{pupil_id}}/achievements/{{achievement_id}}/file" word="Документ о достижении"/>
  <page name="POST /pupils/{{pupil_id}}/portfolio" word="заверить портфолио"/>
  <page name="POST /pupils/{{pupil_id}}/achievements" word="добавить достижение"/>
  <page name="POST /pupils/{{pupil_id}}/achievements/{{achievement_id}}" word="изменить или удалить достижение"/>
  <page name="POST /events" word="добавить событие"/>
  <page name="POST /events/{{event_id}}" word="записать результаты события"/>
  <page name="POST /events/{{event_id}}/edit" word="изменить или удалить событие"/>
  <page name="POST /events/{{event_id}}/pupils" word="записать участников события"/>
  <page name="GET /pupils/{{pupil_id}}/timetable" word="Расписание ученика"/>
  <page name="GET /pupils/{{pupil_id}}/teachers" word="Учителя ученика"/>
  <page name="GET /pupils/{{pupil_id}}/holidays" word="Учебные периоды и каникулы ученика"/>
  <page name="GET /pupils/{{pupil_id}}/changes" word="Изменённые отметки ученика"/>
  <page name="GET /pupils/{{pupil_id}}/remarks" word="Рекомендации и замечания ученику"/>
  <page name="POST /pupils/{{pupil_id}}/remarks" word="написать рекомендацию, похвалу или замечание"/>
  <page name="GET /remarks/{{remark_id}}" word="Своя рекомендация или замечание"/>
  <page name="POST /remarks/{{remark_id}}" word="изменить или удалить свою рекомендацию"/>
  <page name="GET /messages" word="Сообщения"/>
  <page name="GET /messages/{{conversation_id}}" word="Своя переписка"/>
  <page name="POST /messages/{{conversation_id}}" word="ответить в своей переписке"/>
  <page name="GET /messages/{{conversation_id}}/files/{{file_id}}" word="Файл своей переписки"/>
  <page name="GET /support" word="Обращения в поддержку"/>
  <page name="POST /support" word="написать администратору школы"/>
  <page name="GET /support/{{support_id}}" word="Обращение в поддержку"/>
  <page name="POST /support/{{support_id}}" word="ответить в обращении"/>
  <page name="POST /support/{{support_id}}/close" word="закрыть обращение"/>
  <page name="POST /messages/{{conversation_id}}/leave" word="выйти из переписки"/>
  <page name="POST /messages/{{conversation_id}}/director" word="показать свою переписку директору"/>
  <page name="GET /announcements" word="Объявления"/>
  <page name="POST /announcements" word="написать объявление"/>
  <page name="GET /announcements/{{announcement_id}}" word="Объявление"/>
  <page name="POST /announcements/{{announcement_id}}" word="изменить своё объявление"/>
  <page name="POST /announcements/{{announcement_id}}/receipt" word="подтвердить, что объявление прочитано"/>
  <page name="GET /recipients" word="Кому можно написать"/>
  <page name="GET /recipients/{{person_id}}" word="Новое сообщение"/>
  <page name="POST /recipients/{{person_id}}" word="написать сообщение"/>
  <page name="GET /classes/{{class_id}}/letter" word="Письмо семьям класса"/>
  <page name="POST /classes/{{class_id}}/letter" word="написать семьям класса"/>
  <page name="GET /senders" word="Кто кому может писать"/>
  <page name="POST /senders" word="решить, кто кому может писать"/>
  <page name="GET /tasks" word="Задать нескольким классам"/>
  <page name="POST /tasks" word="задать на дом нескольким классам"/>
  <page name="GET /tasks/works" word="Работа в нескольких классах"/>
  <page name="POST /tasks/works" word="добавить работу в уроки нескольких классов"/>
  <page name="GET /handins" word="Сданные работы"/>
  <page name="GET /handins/{{homework_id}}" word="Сданные работы по одному заданию"/>
  <page name="POST /handins/{{homework_id}}" word="ответить на сданные работы, поставить отметки"/>
  <page name="GET /handins/{{homework_id}}/task" word="Файлы и время домашнего задания"/>
  <page name="POST /handins/{{homework_id}}/task" word="приложить файлы к заданию, указать время и сдачу через журнал"/>
  <page name="GET /handins/{{homework_id}}/files/{{file_id}}" word="Файл задания или сданной работы"/>
  <page name="GET /pupils/{{pupil_id}}/homework" word="Домашние задания ученика"/>
  <page name="POST /pupils/{{pupil_id}}/homework" word="отметить, что задание сделано"/>
  <page name="GET /pupils/{{pupil_id}}/handins/{{homework_id}}" word="Задание ученика и сданная работа"/>
  <page name="POST /pupils/{{pupil_id}}/handins/{{homework_id}}" word="сдать работу"/>
  <page name="GET /handover" word="Сдача отчётов за период"/>
  <page name="GET /automation" word="Что автоматизировано: процессы журнала в числах"/>
  <page name="GET /training" word="Обучение: свои модули и задания"/>
  <page name="POST /training" word="зачесть пройденный модуль"/>
  <page name="GET /training/staff" word="Обучение сотрудников"/>
  <page name="POST /training/staff" word="записать семинар сотрудника"/>
  <page name="POST /training/records/{{training_record_id}}" word="удалить ошибочную запись о семинаре"/>
  <page name="GET /help/compliance" word="Сверка с требованиями"/>
  <page name="GET /forecast" word="Прогноз отметок по классам"/>
  <page name="GET /forecast/risks" word="Группа риска"/>
  <page name="GET /classes/{{class_id}}/forecast" word="Прогноз отметок класса"/>
  <page name="GET /pupils/{{pupil_id}}/forecast" word="Прогноз отметок ученика (семье — если школа это разрешила)"/>
  <page name="GET /region" word="Регион: показатели школ без имён"/>
  <page name="GET /region/schools" word="Регион: школы с их показателями"/>
  <page name="GET /region/indicators/{{indicator_key}}" word="Регион: один показатель по школам и неделям"/>
  <page name="GET /reach" word="Семьи в числах: согласия, адреса, ознакомление, несчастные случаи"/>
  <page name="GET /receipts" word="Ознакомление с дневником по классам"/>
  <page name="GET /classes/{{class_id}}/receipts" word="Ознакомление семей класса с дневником"/>
  <page name="POST /classes/{{class_id}}/receipts" word="записать подписи родителей на полосках"/>
  <page name="GET /pupils/{{pupil_id}}/receipts" word="Ознакомление семьи с дневником"/>
  <page name="POST /pupils/{{pupil_id}}/receipts" word="подтвердить ознакомление с дневником"/>
  <page name="GET /classes/{{class_id}}/strips" word="Полоски на бумаге для семей класса"/>
  <page name="POST /classes/{{class_id}}/strips" word="печатать полоски"/>
  <page name="GET /classes/{{class_id}}/cards" word="Табели класса"/>
  <page name="GET /pupils/{{pupil_id}}/extract" word="Табель успеваемости"/>
  <page name="POST /pupils/{{pupil_id}}/extract" word="заверить табель"/>
  <page name="GET /absent" word="Отсутствующие по классам"/>
  <page name="GET /groups/{{study_group_id}}/blanks" word="Бланки группы"/>
  <page name="GET /books" word="Журналы классов за год"/>
  <page name="GET /books/archive" word="Архив журналов всех классов"/>
  <page name="GET /classes/{{class_id}}/book" word="Журнал класса за год"/>
  <page name="GET /classes/{{class_id}}/book/archive" word="Архивная копия журнала класса"/>
  <page name="GET /extracts" word="Реестр заверенных копий"/>
  <page name="GET /extracts/{{extract_id}}" word="Заверенная копия"/>
  <page name="POST /extracts/{{extract_id}}" word="аннулировать заверенную копию"/>
  <page name="GET /informing" word="Как извещали семьи"/>
  <page name="POST /informing" word="записать звонок, беседу, собрание"/>
  <page name="POST /informing/told/{{notice_id}}" word="отметить, что семье сообщено лично"/>
  <page name="GET /informing/{{informing_id}}" word="Разговор с семьёй"/>
  <page name="POST /informing/{{informing_id}}" word="изменить или удалить запись о разговоре"/>
  <page name="GET /pupils/{{pupil_id}}/informing" word="Как извещали семью ученика"/>
  <page name="GET /controls" word="Сводный график контрольных работ"/>
  <page name="GET /controls/classes/{{class_id}}" word="График контрольных работ класса"/>
  <page name="POST /controls/classes/{{class_id}}" word="добавить работу в график контрольных"/>
  <page name="GET /controls/{{control_work_id}}" word="Работа графика контрольных"/>
  <page name="POST /controls/{{control_work_id}}" word="изменить или убрать работу графика контрольных"/>
  <page name="GET /pupils/{{pupil_id}}/controls" word="График контрольных работ ученика"/>
  <page name="GET /norms" word="Нормы нагрузки"/>
  <page name="GET /norms/{{norm_id}}" word="Норма параллели"/>
  <page name="POST /norms" word="изменить нормы нагрузки"/>
  <page name="POST /norms/{{norm_id}}" word="изменить норму параллели"/>
  <page name="GET /curriculum" word="Учебный план"/>
  <page name="POST /curriculum" word="изменить учебный план"/>
  <page name="GET /curriculum/copy" word="Взять готовый учебный план"/>
  <page name="POST /curriculum/copy" word="взять план другого класса или прошлого года"/>
  <page name="GET /load" word="Нагрузка"/>
  <page name="GET /teachers" word="Нагрузка учителей"/>
  <page name="GET /load/classes/{{class_id}}/subjects/{{subject_id}}" word="Кто ведёт предмет в классе"/>
  <page name="POST /load/classes/{{class_id}}/subjects/{{subject_id}}" word="назначить учителя"/>
  <page name="GET /load/{{teaching_id}}" word="Назначение учителя"/>
  <page name="POST /load/{{teaching_id}}" word="изменить назначение учителя"/>
  <page name="GET /load/{{teaching_id}}/teacher" word="Передача журнала"/>
  <page name="POST /load/{{teaching_id}}/teacher" word="передать журнал другому учителю"/>
  <page name="GET /kinds" word="Виды работ"/>
  <page name="GET /kinds/{{kind_id}}" word="Вид работы"/>
  <page name="POST /kinds" word="добавить вид работы"/>
  <page name="POST /kinds/{{kind_id}}" word="изменить вид работы"/>
  <page name="GET /scales" word="Системы оценивания"/>
  <page name="GET /scales/{{scale_id}}" word="Система оценивания"/>
  <page name="GET /scales/{{scale_id}}/values" word="Отметки системы оценивания"/>
  <page name="GET /scales/{{scale_id}}/values/{{scale_value_id}}" word="Отметка системы оценивания"/>
  <page name="POST /scales" word="добавить систему оценивания"/>
  <page name="POST /scales/{{scale_id}}" word="изменить систему оценивания"/>
  <page name="POST /scales/{{scale_id}}/values" word="добавить отметку в систему оценивания"/>
  <page name="POST /scales/{{scale_id}}/values/{{scale_value_id}}" word="изменить отметку системы оценивания"/>
  <page name="GET /grading" word="Правила оценивания"/>
  <page name="GET /grading/{{scale_use_id}}" word="Правило оценивания"/>
  <page name="POST /grading" word="добавить правило оценивания"/>
  <page name="POST /grading/{{scale_use_id}}" word="изменить правило оценивания"/>
  <page name="GET /about" word="О школе"/>
  <page name="GET /about/{{school_id}}" word="Открытая страница школы"/>
  <page name="GET /about/{{school_id}}/acts/{{act_id}}" word="Файл открытого локального акта"/>
  <page name="GET /control" word="Контроль ведения журнала"/>
  <page name="GET /control/duties/{{duty_key}}" word="Что не сделано по одной обязанности"/>
  <page name="GET /inspections" word="Проверки журналов"/>
  <page name="POST /inspections" word="составить проверку журналов"/>
  <page name="GET /inspections/{{inspection_id}}" word="Проверка журналов"/>
  <page name="POST /inspections/{{inspection_id}}" word="изменить и опубликовать проверку журналов"/>
  <page name="POST /inspections/{{inspection_id}}/confirmation" word="подтвердить, что результаты проверки прочитаны"/>
  <page name="GET /limits" word="Пределы контроля"/>
  <page name="POST /limits" word="изменить пределы контроля"/>
  <page name="GET /findings" word="Замечания по ведению журнала"/>
  <page name="GET /findings/{{finding_id}}" word="Замечание по ведению журнала"/>
  <page name="POST /findings/{{finding_id}}" word="ответить на замечание, принять ответ или вернуть"/>
  <page name="GET /control/duties/{{duty_key}}/finding" word="Новое замечание"/>
  <page name="POST /control/duties/{{duty_key}}/finding" word="сделать замечание"/>
  <page name="GET /signal" word="Сигнал завучу"/>
  <page name="POST /signal" word="подать сигнал завучу"/>
  <page name="GET /objectivity" word="Объективность отметок"/>
  <page name="GET /reports" word="Отчёты"/>
  <page name="GET /reports/{{report_key}}" word="Отчёт: классному руководителю — о своём классе, учителю — о своих группах, наблюдателю — одни итоги"/>
  <page name="POST /reports/{{report_key}}" word="сдать отчёт за период: классному руководителю — о своём классе, учителю — о своей работе"/>
  <page name="GET /reports/{{report_key}}/rows" word="Из чего сложено число отчёта"/>
  <page name="GET /programme" word="Выполнение программы"/>
  <page name="GET /pupils/{{pupil_id}}/programme" word="Как идёт программа ученика"/>
  <page name="GET /plans" word="КТП"/>
  <page name="POST /plans" word="составить КТП"/>
  <page name="GET /plans/{{plan_id}}" word="КТП одного предмета"/>
  <page name="POST /plans/{{plan_id}}" word="записать темы своего КТП"/>
  <page name="GET /plans/{{plan_id}}/rows" word="КТП из таблицы или файла"/>
  <page name="POST /plans/{{plan_id}}/rows" word="заполнить свой КТП из таблицы или файла"/>
  <page name="GET /plans/{{plan_id}}/copy" word="Копия КТП"/>
  <page name="POST /plans/{{plan_id}}/copy" word="скопировать КТП, начать новую версию"/>
  <page name="GET /teachings/{{teaching_id}}/plan" word="КТП группы по датам"/>
  <page name="POST /teachings/{{teaching_id}}/plan" word="выбрать КТП группы, пропустить тему с причиной"/>
  <page name="GET /plans/{{plan_id}}/state" word="Утверждение КТП"/>
  <page name="POST /plans/{{plan_id}}/state" word="отдать КТП на утверждение, завучу — утвердить или вернуть"/>
  <page name="GET /years" word="Учебные годы"/>
  <page name="POST /years" word="открыть следующий учебный год"/>
  <page name="GET /years/bounds" word="Сроки учебного года"/>
  <page name="POST /years/bounds" word="изменить сроки учебного года"/>
  <page name="GET /terms" word="Учебные периоды"/>
  <page name="GET /terms/{{term_plan_id}}" word="Периоды одних классов"/>
  <page name="POST /terms" word="добавить деление года"/>
  <page name="POST /terms/{{term_plan_id}}" word="изменить учебные периоды"/>
  <page name="GET /holidays" word="Каникулы и праздники"/>
  <page name="GET /holidays/{{holiday_id}}" word="Каникулы"/>
  <page name="POST /holidays" word="добавить каникулы"/>
  <page name="POST /holidays/{{holiday_id}}" word="изменить каникулы"/>
  <page name="GET /bells" word="Звонки"/>
  <page name="GET /bells/{{bell_plan_id}}" word="Звонки по урокам"/>
  <page name="POST /bells" word="добавить звонки"/>
  <page name="POST /bells/{{bell_plan_id}}" word="изменить звонки"/>
  <page name="GET /modes" word="Режим занятий"/>
  <page name="GET /modes/{{mode_id}}" word="Режим одного класса"/>
  <page name="POST /modes" word="добавить режим занятий"/>
  <page name="POST /modes/{{mode_id}}" word="изменить режим занятий"/>
  <page name="GET /settings" word="Настройки школы"/>
  <page name="POST /settings" word="изменить настройки школы"/>
  <page name="GET /readiness" word="Готовность к учебному году"/>
  <page name="GET /history" word="История изменений"/>
  <page name="GET /archive" word="Резервные копии"/>
  <page name="POST /archive" word="заказать резервную копию"/>
  <page name="GET /packages" word="Архив учебных лет"/>
  <page name="POST /packages" word="закрыть год и сдать его в архив"/>
  <page name="GET /lists" word="Общие списки региона"/>
  <page name="POST /lists" word="взять общие списки региона"/>
  <page name="GET /takeout" word="Выгрузка школы"/>
  <page name="POST /takeout" word="заказать выгрузку всей школы"/>
  <page name="GET /takeout/{{takeout_id}}" word="Файл со всей школой"/>
  <page name="GET /retention" word="Сроки хранения"/>
  <page name="POST /retention" word="задать сроки хранения, составить и подтвердить акт об уничтожении"/>
  <page name="GET /jobs" word="Фоновые задания"/>
  <page name="GET /jobs/{{job_id}}" word="Ход фонового задания"/>
  <page name="POST /jobs/{{job_id}}" word="отменить фоновое задание"/>
  <page name="GET /outbound" word="Письма и СМС"/>
  <page name="POST /outbound" word="создать адрес для возвращённых писем"/>
  <page name="POST /outbound/{{outbound_id}}" word="отправить письмо ещё раз"/>
  <page name="GET /access" word="Кто что может"/>
  <page name="GET /diary" word="Дневник"/>
  <page name="GET /pupils/{{pupil_id}}/diary" word="Дневник ученика"/>
  <page name="GET /pupils/{{pupil_id}}/works/{{work_id}}" word="История отметки"/>
  <page name="GET /pupils/{{pupil_id}}/marks" word="Отметки по предметам"/>
  <page name="GET /account" word="Профиль"/>
  <page name="POST /account" word="сменить свой пароль"/>
  <page name="GET /slips" word="Коды доступа по классам"/>
  <page name="GET /slips/staff" word="Коды доступа сотрудников"/>
  <page name="POST /slips/staff" word="выдать коды доступа сотрудникам"/>
  <page name="GET /slips/classes/{{class_id}}" word="Коды доступа класса"/>
  <page name="POST /slips/classes/{{class_id}}" word="выдать коды доступа ученикам и родителям класса"/>
  <page name="GET /roles" word="Роли по приказам"/>
  <page name="POST /roles" word="дать роль по приказу"/>
  <page name="GET /roles/{{role_id}}" word="Роль по приказу"/>
  <page name="POST /roles/{{role_id}}" word="изменить срок роли, закончить её"/>
  <page name="GET /ways" word="Другие способы входа"/>
  <page name="POST /ways" word="записать, чей логин у входящего другим способом"/>
  <page name="GET /incidents" word="Логин известен другим: случаи"/>
  <page name="GET /incidents/{{incident_id}}/operations" word="Что сделано под чужим логином"/>
  <page name="POST /incidents/{{incident_id}}/operations" word="признать операции недействительными"/>
  <page name="GET /voidings/{{voiding_id}}" word="Недействительные операции"/>
  <page name="POST /voidings/{{voiding_id}}" word="вернуть недействительные операции по приказу"/>
  <page name="GET /incidents/{{incident_id}}" word="Логин известен другим: один случай"/>
  <page name="POST /incidents/{{incident_id}}" word="записать, когда извещены директор и поддержка"/>
  <page name="GET /account/keys" word="Мои ключи для программ"/>
  <page name="POST /account/keys" word="создать ключ, по которому программа читает свои страницы"/>
  <page name="POST /account/keys/{{app_key_id}}" word="отозвать свой ключ"/>
  <page name="GET /account/notices" word="Как меня извещать"/>
  <page name="POST /account/notices" word="выбрать, о чём и как себя извещать"/>
  <page name="GET /account/contacts" word="Мои адреса для уведомлений"/>
  <page name="POST /account/contacts" word="добавить свой адрес для уведомлений"/>
  <page name="GET /account/contacts/{{contact_id}}" word="Мой адрес для уведомлений"/>
  <page name="POST /account/contacts/{{contact_id}}" word="подтвердить свой адрес или отказаться от него"/>
  <page name="GET /notices" word="Уведомления"/>
  <page name="POST /notices" word="отметить свои уведомления прочитанными"/>
  <page name="GET /account/known" word="Мой логин известен другим"/>
  <page name="POST /account/known" word="сообщить, что свой логин известен другим"/>
  <page name="GET /factor" word="Вход с кодом из приложения"/>
  <page name="POST /factor" word="включить, подтвердить или выключить вход с кодом"/>
  <page name="GET /second" word="Вход с кодом: код после пароля"/>
  <page name="POST /second" word="ввести код, включить обязательный вход с кодом"/>
  <page name="GET /factors" word="У кого из сотрудников включён вход с кодом"/>
  <page name="POST /factors" word="сбросить вход с кодом потерявшему телефон"/>
  <page name="GET /account/sessions" word="Где я вошёл в журнал"/>
  <page name="POST /account/sessions" word="завершить свои сеансы на других устройствах"/>
  <page name="GET /acts" word="Локальные акты"/>
  <page name="GET /acts/{{act_id}}/file" word="Файл локального акта"/>
  <page name="GET /acts/{{act_id}}" word="Локальный акт"/>
  <page name="POST /acts" word="добавить локальный акт"/>
  <page name="POST /acts/{{act_id}}" word="изменить локальный акт"/>
  <page name="GET /compose" word="Составить расписание автоматически"/>
  <page name="POST /compose" word="составлять расписание автоматически и принимать его"/>
  <page name="GET /fet" word="Обмен с программой FET"/>
  <page name="GET /fet/load" word="Файл нагрузки для FET"/>
  <page name="GET /fet/names/{{kind_key}}" word="Что значат имена файла FET"/>
  <page name="POST /fet" word="загружать файлы FET"/>
  <page name="POST /fet/names/{{kind_key}}" word="выбирать, что значат имена файла FET"/>
  <page name="GET /imports" word="Загрузка из файлов"/>
  <page name="GET /imports/{{kind_key}}/list" word="Список для правки в Excel"/>
  <page name="GET /imports/{{kind_key}}/sample" word="Образец файла"/>
  <page name="GET /imports/{{kind_key}}" word="Загрузка списка из файла"/>
  <page name="POST /imports/{{kind_key}}" word="загружать списки из файла"/>
  <page name="GET /school" word="Выбор школы"/>
  <page name="POST /school" word="перейти в другую свою школу"/>
  <page name="POST /logout" word="выйти"/>
</xsl:variable>

</xsl:stylesheet>
