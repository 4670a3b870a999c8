<?xml version="1.0" encoding="UTF-8"?>
<!-- history.xsl: every change of the school's records, newest first.
     in   history[find kind? from_on? to_on? next? previous?]
            /change[change_key at who? what pupil? teaching? verb field? old? new? is_void?]
     out  a table, the filter, links to the pages
     see  list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="form.xsl"/>

<xsl:template match="page/history" mode="title">История изменений</xsl:template>

<xsl:template match="page/history" mode="actions">
  <form class="filter" method="get" role="search">
    <label>Кто изменил <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <label>Что
      <select name="kind">
        <option value="">всё</option>
        <xsl:call-template name="kind"><xsl:with-param name="key" select="'journal'"/><xsl:with-param name="word" select="'журнал'"/></xsl:call-template>
        <xsl:call-template name="kind"><xsl:with-param name="key" select="'people'"/><xsl:with-param name="word" select="'люди'"/></xsl:call-template>
        <xsl:call-template name="kind"><xsl:with-param name="key" select="'accounts'"/><xsl:with-param name="word" select="'учётные записи'"/></xsl:call-template>
        <xsl:call-template name="kind"><xsl:with-param name="key" select="'setup'"/><xsl:with-param name="word" select="'настройка школы'"/></xsl:call-template>
      </select>
    </label>
    <label>С <input type="date" name="from_on" value="{@from_on}"/></label>
    <label>по <input type="date" name="to_on" value="{@to_on}"/></label>
    <button>Показать</button>
    <xsl:if test="string(@find) or @kind or @from_on or @to_on"><a href="{$base}/history">Сбросить</a></xsl:if>
  </form>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template name="kind">
  <xsl:param name="key"/>
  <xsl:param name="word"/>
  <option value="{$key}"><xsl:if test="@kind = $key"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="$word"/></option>
</xsl:template>

<xsl:template match="page/history">
  <table class="data people history">
    <thead>
      <tr>
        <th scope="col">Когда</th>
        <th scope="col">Кто изменил</th>
        <th scope="col">Запись</th>
        <th scope="col">Ученик</th>
        <th scope="col">Журнал</th>
        <th scope="col">Действие</th>
        <th scope="col">Что изменено</th>
        <th scope="col">Было</th>
        <th scope="col">Стало</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="change"/></tbody>
  </table>
  <xsl:call-template name="key-pages">
    <xsl:with-param name="kept" select="concat('find=', str:encode-uri(@find, true()), '&amp;kind=', @kind, '&amp;from_on=', @from_on, '&amp;to_on=', @to_on)"/>
  </xsl:call-template>
</xsl:template>
<!-- A file has its head even without rows. -->
<xsl:template match="page[@format = 'html' or @format = 'print']/history[not(change)]" priority="1">
  <p class="empty">Изменений не нашлось. <a href="{$base}/history">Показать все</a></p>
</xsl:template>

<xsl:template match="history/change">
  <tr>
    <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
    <td data-word="Кто изменил"><xsl:value-of select="@who"/></td>
    <td data-word="Запись"><xsl:apply-templates select="@what" mode="record-word"/></td>
    <td data-word="Ученик"><xsl:value-of select="@pupil"/></td>
    <td data-word="Журнал"><xsl:value-of select="@teaching"/></td>
    <td data-word="Действие">
      <xsl:choose>
        <xsl:when test="@verb = 'changed'">изменение</xsl:when>
        <xsl:when test="@verb = 'added'">добавление</xsl:when>
        <xsl:otherwise>удаление</xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@is_void"> (отменено)</xsl:if>
    </td>
    <td data-word="Что изменено"><xsl:apply-templates select="@field" mode="field-word"/></td>
    <td data-word="Было"><xsl:apply-templates select="@old" mode="value"/></td>
    <td data-word="Стало"><xsl:apply-templates select="@new" mode="value"/></td>
  </tr>
</xsl:template>

<!-- A record's name. -->
<xsl:template match="@what" mode="record-word">
  <xsl:choose>
    <xsl:when test=". = 'mark'">отметка</xsl:when>
    <xsl:when test=". = 'attendance'">отсутствие</xsl:when>
    <xsl:when test=". = 'lesson'">урок</xsl:when>
    <xsl:when test=". = 'work'">работа</xsl:when>
    <xsl:when test=". = 'homework'">домашнее задание</xsl:when>
    <xsl:when test=". = 'homework_for'">личное задание</xsl:when>
    <xsl:when test=". = 'term_mark'">итоговая отметка</xsl:when>
    <xsl:when test=". = 'journal'">страница журнала</xsl:when>
    <xsl:when test=". = 'account'">учётная запись</xsl:when>
    <xsl:when test=". = 'account_subject'">внешний вход</xsl:when>
    <xsl:when test=". = 'activation'">код активации</xsl:when>
    <xsl:when test=". = 'staff'">сотрудник</xsl:when>
    <xsl:when test=". = 'staff_role'">роль сотрудника</xsl:when>
    <xsl:when test=". = 'pupil'">ученик</xsl:when>
    <xsl:when test=". = 'pupil_card'">личная карточка</xsl:when>
    <xsl:when test=". = 'guardian'">родитель</xsl:when>
    <xsl:when test=". = 'guardianship'">чей родитель</xsl:when>
    <xsl:when test=". = 'enrolment'">зачисление в класс</xsl:when>
    <xsl:when test=". = 'membership'">состав группы</xsl:when>
    <xsl:when test=". = 'teaching'">нагрузка</xsl:when>
    <xsl:when test=". = 'class'">класс</xsl:when>
    <xsl:when test=". = 'study_group' or . = 'study_group_class'">учебная группа</xsl:when>
    <xsl:when test=". = 'timetable'">расписание</xsl:when>
    <xsl:when test=". = 'school'">школа</xsl:when>
    <xsl:when test=". = 'school_year'">учебный год</xsl:when>
    <xsl:when test=". = 'holiday'">каникулы</xsl:when>
    <xsl:when test=". = 'term' or . = 'term_plan'">учебный период</xsl:when>
    <xsl:when test=". = 'subject'">предмет</xsl:when>
    <xsl:when test=". = 'room'">кабинет</xsl:when>
    <xsl:when test=". = 'bell' or . = 'bell_plan'">звонки</xsl:when>
    <xsl:when test=". = 'scale' or . = 'scale_value'">шкала отметок</xsl:when>
    <xsl:when test=". = 'work_kind'">вид работы</xsl:when>
    <xsl:when test=". = 'attendance_code'">обозначение отсутствия</xsl:when>
    <xsl:otherwise>настройка</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A field's name. -->
<xsl:template match="@field" mode="field-word">
  <xsl:choose>
    <xsl:when test=". = 'value'">отметка</xsl:when>
    <xsl:when test=". = 'code'">обозначение</xsl:when>
    <xsl:when test=". = 'comment'">комментарий</xsl:when>
    <xsl:when test=". = 'minutes'">минут</xsl:when>
    <xsl:when test=". = 'topic'">тема</xsl:when>
    <xsl:when test=". = 'text' or . = 'task'">задание</xsl:when>
    <xsl:when test=". = 'held_on'">день</xsl:when>
    <xsl:when test=". = 'due_on'">к какому дню</xsl:when>
    <xsl:when test=". = 'during'">срок</xsl:when>
    <xsl:when test=". = 'state'">состояние</xsl:when>
    <xsl:when test=". = 'staff_id'">учитель</xsl:when>
    <xsl:when test=". = 'room_id'">кабинет</xsl:when>
    <xsl:when test=". = 'kind_id'">вид работы</xsl:when>
    <xsl:when test=". = 'kind'">вид</xsl:when>
    <xsl:when test=". = 'title' or . = 'name' or . = 'short_name'">название</xsl:when>
    <xsl:when test=". = 'surname'">фамилия</xsl:when>
    <xsl:when test=". = 'given_name'">имя</xsl:when>
    <xsl:when test=". = 'patronymic'">отчество</xsl:when>
    <xsl:when test=". = 'birth_on'">дата рождения</xsl:when>
    <xsl:when test=". = 'post'">должность</xsl:when>
    <xsl:when test=". = 'role'">роль</xsl:when>
    <xsl:when test=". = 'login'">логин</xsl:when>
    <xsl:when test=". = 'is_password_new'">новый пароль</xsl:when>
    <xsl:when test=". = 'weight_pct'">вес, %</xsl:when>
    <xsl:when test=". = 'capacity'">мест</xsl:when>
    <xsl:when test=". = 'reason'">причина</xsl:when>
    <xsl:when test=". = 'grade'">параллель</xsl:when>
    <xsl:when test=". = 'letter'">буква</xsl:when>
    <xsl:when test=". = 'ended_on'">закрыто с</xsl:when>
    <xsl:when test="starts-with(., 'is_')">признак</xsl:when>
    <xsl:otherwise>другое</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A value: of a day and of «yes» as people write them. -->
<xsl:template match="@old|@new" mode="value"><xsl:value-of select="."/></xsl:template>
<xsl:template match="change[substring(@field, string-length(@field) - 2) = '_on']/@*" mode="value"><xsl:apply-templates select="." mode="date"/></xsl:template>
<xsl:template match="change[starts-with(@field, 'is_')]/@*" mode="value">
  <xsl:choose><xsl:when test=". = 'true'">да</xsl:when><xsl:otherwise>нет</xsl:otherwise></xsl:choose>
</xsl:template>

</xsl:stylesheet>
