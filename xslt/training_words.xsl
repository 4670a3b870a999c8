<?xml version="1.0" encoding="UTF-8"?>
<!-- training_words.xsl: the modules and tasks of the training, each with the page on which it is done.
     see  sql/objects/training.sql, which says when a task is done; training.xsl, print/training.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:variable name="training-words">
  <module key="lesson" word="Урок"/>
  <module key="journal" word="Журнал и планирование"/>
  <module key="attendance" word="Посещаемость класса"/>
  <module key="pupils" word="Карточки, согласия, рекомендации"/>
  <module key="families" word="Работа с семьями"/>
  <module key="year" word="Учебный год: каникулы, группы, нагрузка"/>
  <module key="day" word="Замены и график контрольных"/>
  <module key="control" word="Контроль и закрытие периода"/>
  <module key="people" word="Сотрудники, роли, коды"/>
  <module key="school" word="Настройка школы"/>
  <module key="contingent" word="Движение и семьи"/>
  <module key="diary" word="Дневник"/>
  <role key="teacher" word="учитель"/>
  <role key="class_teacher" word="классный руководитель"/>
  <role key="deputy" word="завуч"/>
  <role key="administrator" word="администратор"/>
  <role key="family" word="родители и ученики"/>
  <task key="lesson" path="/journals" word="Сохраните урок с темой и домашним заданием"/>
  <task key="mark" path="/journals" word="Поставьте отметку"/>
  <task key="absence" path="/journals" word="Отметьте отсутствующего"/>
  <task key="work" path="/journals" word="Добавьте работу другого вида, чем ответ на уроке"/>
  <task key="change" path="/journals" word="Исправьте выставленную отметку"/>
  <task key="plan" path="/plans" word="Начните КТП: добавьте строку"/>
  <task key="reason" path="/attendance" word="Укажите причину отсутствия ученика"/>
  <task key="check" path="/attendance" word="Отметьте сверку посещаемости за неделю"/>
  <task key="card" path="/pupils" word="Исправьте карточку ученика"/>
  <task key="consent" path="/consents" word="Запишите согласие или отказ родителя"/>
  <task key="remark" path="/pupils" word="Напишите рекомендацию или похвалу"/>
  <task key="informing" path="/informing" word="Запишите разговор с семьёй"/>
  <task key="announcement" path="/announcements" word="Опубликуйте объявление для класса"/>
  <task key="holiday" path="/holidays" word="Добавьте или измените каникулы"/>
  <task key="group" path="/groups" word="Создайте учебную группу"/>
  <task key="load" path="/load" word="Назначьте учителю нагрузку"/>
  <task key="substitution" path="/substitutions" word="Назначьте замену"/>
  <task key="control_work" path="/controls" word="Поставьте контрольную в график"/>
  <task key="finding" path="/control" word="Сделайте замечание по журналу"/>
  <task key="inspection" path="/inspections" word="Составьте проверку журналов"/>
  <task key="closing" path="/closing" word="Закройте журнал периода"/>
  <task key="staff" path="/personnel" word="Примите сотрудника"/>
  <task key="role" path="/roles" word="Назначьте роль по приказу"/>
  <task key="code" path="/slips/staff" word="Выдайте код доступа"/>
  <task key="settings" path="/settings" word="Измените настройку школы"/>
  <task key="room" path="/rooms" word="Добавьте кабинет"/>
  <task key="bell" path="/bells" word="Измените звонки"/>
  <task key="movement" path="/movements" word="Зачислите или переведите ученика"/>
  <task key="guardian" path="/pupils" word="Добавьте ученику законного представителя"/>
  <task key="receipt" path="/diary" word="Подтвердите, что видели неделю дневника"/>
  <task key="contact" path="/account/contacts" word="Подтвердите адрес почты или телефон"/>
  <task key="message" path="/messages" word="Напишите учителю или классному руководителю"/>
</xsl:variable>

</xsl:stylesheet>
