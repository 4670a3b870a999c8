<?xml version="1.0" encoding="UTF-8"?>
<!-- reports_lines.xsl: the words of the lines of reports: what stands before the figures, the names of totals.
     in   a line, or the page of a number: kind number? class_name? staff_name?
     out  $line-heads/table[lines]/h[attribute word]; mode total
     see  sql/objects/reports.sql, ej.report_lines -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<!-- The heads before the columns: attributes of a line. -->
<xsl:variable name="line-words">
  <table lines="class"><h attribute="class_name" word="Класс"/></table>
  <table lines="pupil"><h attribute="pupil_name" word="Ученик"/><h attribute="class_name" word="Класс"/></table>
  <table lines="subject"><h attribute="class_name" word="Класс"/><h attribute="subject_name" word="Предмет"/></table>
  <table lines="term"><h attribute="pupil_name" word="Ученик"/><h attribute="term_name" word="Период"/></table>
  <table lines="teaching"><h attribute="staff_name" word="Учитель"/><h attribute="class_name" word="Класс, группа"/>
    <h attribute="subject_name" word="Предмет"/></table>
  <table lines="work"><h attribute="title" word="Работа"/><h attribute="held_on" word="День"/>
    <h attribute="class_name" word="Класс, группа"/><h attribute="subject_name" word="Предмет"/>
      <h attribute="staff_name" word="Учитель"/></table>
  <table lines="year"><h attribute="pupil_name" word="Ученик"/><h attribute="number" word="Год"/>
    <h attribute="term_name" word="Класс"/></table>
  <table lines="finding"><h attribute="title" word="Решение"/><h attribute="held_on" word="День"/>
    <h attribute="staff_name" word="Кому"/><h attribute="class_name" word="Класс"/></table>
  <table lines="kind"><h attribute="title" word="Вид работы"/></table>
  <table lines="staff"><h attribute="staff_name" word="Сотрудник"/></table>
  <table lines="row"><h attribute="title" word="Строка"/><h attribute="term_name" word="Раздел"/></table>
  <table lines="check"><h attribute="title" word="Проверка"/></table>
  <table lines="day"><h attribute="held_on" word="День"/></table>
  <table lines="week"><h attribute="held_on" word="Неделя с"/></table>
  <table lines="month"><h attribute="held_on" word="Месяц"/></table>
</xsl:variable>
<xsl:variable name="line-heads" select="exsl:node-set($line-words)"/>

<!-- The name of a total: the context node has @kind, and the ids and words of its line. -->
<xsl:template match="*" mode="total">Всего</xsl:template>
<xsl:template match="*[@kind = 'level' or @kind = 'grade']" mode="total"><xsl:apply-templates select="." mode="classes"/></xsl:template>
<xsl:template match="*[@kind = 'class']" mode="total"><xsl:value-of select="concat(@class_name, ' класс')"/></xsl:template>
<xsl:template match="*[@kind = 'staff']" mode="total"><xsl:value-of select="concat('Всего: ', @staff_name)"/></xsl:template>

</xsl:stylesheet>
