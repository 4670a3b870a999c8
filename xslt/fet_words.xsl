<?xml version="1.0" encoding="UTF-8"?>
<!-- fet_words.xsl: the words of FET's files in Russian.
     in   attributes of fet.xsl: kind, state, why, rule, what; errors of a file
     out  their words, mode fet -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="@kind" mode="fet">
  <xsl:choose>
    <xsl:when test=". = 'teacher'">Учителя</xsl:when>
    <xsl:when test=". = 'subject'">Предметы</xsl:when>
    <xsl:when test=". = 'room'">Кабинеты</xsl:when>
    <xsl:otherwise>Классы и группы</xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="@kind" mode="hint"/>
<xsl:template match="@kind[. = 'teacher']" mode="hint">Новый учитель добавляется с тем именем, что в файле; карточку потом дополняют в «Персонале».</xsl:template>
<xsl:template match="@kind[. = 'set']" mode="hint">Новая запись для имени вида «7Б» — класс; часть класса станет группой по каждому своему предмету.</xsl:template>

<xsl:template match="@state" mode="fet">
  <xsl:choose>
    <xsl:when test=". = 'new'">Добавится</xsl:when>
    <xsl:when test=". = 'changed'">Изменятся часы</xsl:when>
    <xsl:when test=". = 'same'">Уже есть</xsl:when>
    <xsl:otherwise>Не берётся</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@weekday" mode="fet"><xsl:value-of select="substring('пнвтсрчтптсбвс', 2 * . - 1, 2)"/></xsl:template>

<xsl:template match="@why" mode="fet">
  <xsl:choose>
    <xsl:when test=". = 'sets'">Неизвестно, какие это классы: выберите их в «Классах и группах».</xsl:when>
    <xsl:when test=". = 'teacher'">Учитель не берётся.</xsl:when>
    <xsl:when test=". = 'subject'">Предмет не берётся.</xsl:when>
    <xsl:otherwise>В журнале этот предмет ведёт <xsl:value-of select="../@other"/>; учитель не изменится, его меняют передачей нагрузки.</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@rule" mode="fet">
  <xsl:choose>
    <xsl:when test=". = 'staff'">учитель занят</xsl:when>
    <xsl:when test=". = 'room'">кабинет занят</xsl:when>
    <xsl:when test=". = 'group'">класс или группа заняты</xsl:when>
    <xsl:otherwise>ученик занят</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Why a draft cannot be written. -->
<xsl:template match="fet" mode="why">Одна из новых записей не подходит: такая уже есть, или её имя слишком длинное. Выберите вместо неё запись журнала.</xsl:template>
<xsl:template match="fet[@code = 'JE301']" mode="why">В файле есть новые учителя, а сотрудников добавляет администратор или отдел кадров. Выберите учителей из тех, кто есть, или попросите администратора загрузить файл.</xsl:template>
<xsl:template match="fet[@code = 'JE101']" mode="why">Для класса <xsl:value-of select="@value"/> нет <a href="{$base}/terms">учебных периодов</a>: задайте четверти или полугодия для всех параллелей файла.</xsl:template>

<!-- What the journal has no place for. A kind of constraint is named as FET names it. -->
<xsl:template match="@what" mode="fet"><xsl:value-of select="."/></xsl:template>
<xsl:template match="@what[starts-with(., 'Constraint')]" mode="fet">Условие <code><xsl:value-of select="."/></code></xsl:template>
<xsl:template match="@what[. = 'ConstraintActivityPreferredStartingTime']" mode="fet">Желательное, не обязательное время занятия (<code><xsl:value-of select="."/></code>)</xsl:template>
<xsl:template match="@what[. = 'ConstraintActivityPreferredRoom']" mode="fet">Желательный, не обязательный кабинет занятия (<code><xsl:value-of select="."/></code>)</xsl:template>
<xsl:template match="@what[. = 'ConstraintTeacherNotAvailableTimes']" mode="fet">Часы, когда учителя нет (<code><xsl:value-of select="."/></code>)</xsl:template>
<xsl:template match="@what[. = 'ConstraintStudentsSetNotAvailableTimes']" mode="fet">Часы, когда у класса нет уроков (<code><xsl:value-of select="."/></code>)</xsl:template>
<xsl:template match="@what[. = 'ConstraintMinDaysBetweenActivities']" mode="fet">Дни между уроками предмета (<code><xsl:value-of select="."/></code>)</xsl:template>
<xsl:template match="@what[. = 'inactive']" mode="fet">Выключенные занятия</xsl:template>
<xsl:template match="@what[. = 'no_teacher']" mode="fet">Занятия без учителя</xsl:template>
<xsl:template match="@what[. = 'no_sets']" mode="fet">Занятия без учеников</xsl:template>
<xsl:template match="@what[. = 'tags']" mode="fet">Метки занятий</xsl:template>
<xsl:template match="@what[. = 'buildings']" mode="fet">Здания</xsl:template>
<xsl:template match="@what[. = 'virtual']" mode="fet">Составные кабинеты</xsl:template>
<xsl:template match="@what[. = 'targets']" mode="fet">Норма часов и предметы учителя</xsl:template>
<xsl:template match="@what[. = 'comments']" mode="fet">Примечания</xsl:template>
<xsl:template match="@what[. = 'unknown']" mode="fet">Время занятий, которых нет в файле .fet</xsl:template>

<!-- A file that cannot be read. -->
<xsl:template match="page[fet]/errors/error[@code = 'JE131']" mode="words">Это не файл FET: он повреждён, или в нём есть то, чего FET не пишет (описание DOCTYPE, сущности, слишком глубокая вложенность).</xsl:template>
<xsl:template match="page[fet]/errors/error[@code = 'JE107']" mode="words">Файл слишком велик внутри: в нём больше 200 000 элементов либо занятий, групп и учителей больше, чем бывает в школе.</xsl:template>
<xsl:template match="page[fet]/errors/error[@code = 'JE109']" mode="words">Файл больше 10 МБ.</xsl:template>
<xsl:template match="page[fet]/errors/error[@code = 'JE104']" mode="words">В файле слишком длинный текст.</xsl:template>
<xsl:template match="page[fet]/errors/error[@code = 'JE210']" mode="words">Пока вы смотрели, в школе что-то изменилось. Проверьте файл ещё раз.</xsl:template>

</xsl:stylesheet>
