<?xml version="1.0" encoding="UTF-8"?>
<!-- print/reports_programme.xsl: Отчёт о выполнении учебного плана и программы, for A4 (requirements 3.7).
     in   reports/table[@name = 'programme']
     out  a line for each class, subject and teacher; the cause of a lag and how it is made up are written by hand
     see  reports.xsl, ../reports_paper.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="reports.xsl"/>
<xsl:include href="../reports_paper.xsl"/>

<xsl:variable name="paper-heads">
  <h key="#" word="№"/>
  <xsl:if test="not($is-sums)"><h key="@class_name" word="Класс"/><h key="@subject_name" word="Предмет"/></xsl:if>
  <xsl:if test="not(/page/reports/@staff_id)"><h key="@staff_name" word="Учитель"/></xsl:if>
  <h key="norm" word="по уч. плану" group="Часов за год"/><h key="plan" word="по КТП" group="Часов за год"/>
  <h key="due" word="по плану" group="На дату"/><h key="given" word="прове&#173;дено" group="На дату"/>
    <h key="replaced" word="из них замен" group="На дату"/>
  <h key="lag" word="Отста&#173;вание"/>
  <h key="" word="Причина" group="Отставание (−), опережение (+)"/>
    <h key="" word="Чем компенсировано" group="Отставание (−), опережение (+)"/>
  <h key="works" word="план" group="Контр., лаб., практ."/><h key="works_given" word="факт" group="Контр., лаб., практ."/>
  <h key="done_pct" word="Выпол&#173;нено, %"/>
</xsl:variable>

<xsl:template match="reports" mode="name">Отчёт о выполнении учебного плана и программы</xsl:template>

<xsl:template match="page/reports[@view = 'show']" mode="body">
  <xsl:for-each select="table[@name = 'programme']">
    <xsl:call-template name="paper-teachings"><xsl:with-param name="heads" select="exsl:node-set($paper-heads)/h"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>
