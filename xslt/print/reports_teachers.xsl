<?xml version="1.0" encoding="UTF-8"?>
<!-- print/reports_teachers.xsl: Отчёт учителя-предметника, for A4 (requirements 3.6).
     in   reports/table[@name = 'teachers'], person[@kind = 'n2' or 'na' line pupil_name]
     out  a line for each class or group of the teacher, with the names of those who failed
     see  reports.xsl, ../reports_paper.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="reports.xsl"/>
<xsl:include href="../reports_paper.xsl"/>

<xsl:key name="failed" match="person" use="@line"/>
<xsl:variable name="paper-heads">
  <h key="#" word="№"/>
  <xsl:if test="not(/page/reports/@staff_id)"><h key="@staff_name" word="Учитель"/></xsl:if>
  <xsl:if test="not($is-sums)"><h key="@class_name" word="Класс, группа"/></xsl:if>
  <xsl:if test="not(/page/reports/@subject_id or $is-sums)"><h key="@subject_name" word="Предмет"/></xsl:if>
  <h key="pupils" word="Уча&#173;щихся"/>
  <h key="n5" word="5" group="Отметки"/><h key="n4" word="4" group="Отметки"/><h key="n3" word="3" group="Отметки"/>
  <h key="n2" word="2" group="Отметки"/><h key="na" word="н/а" group="Отметки"/><h key="exempt" word="осв" group="Отметки"/>
  <h key="pass_pct" word="Успев., %"/><h key="quality_pct" word="Кач., %"/><h key="sou" word="СОУ, %"/><h key="mean" word="Ср. балл"/>
  <h key="due" word="план" group="Часов"/><h key="given" word="дано" group="Часов"/><h key="lag" word="отст." group="Часов"/>
  <h key="controls_plan" word="план" group="Контр."/><h key="controls" word="факт" group="Контр."/>
  <h key="labs" word="лаб." group="Дано"/><h key="practicals" word="практ." group="Дано"/>
  <h key="one_3" word="С одной «3»"/>
  <xsl:if test="not($is-sums)"><h key="~" word="Не успевают, не аттестованы"/></xsl:if>
</xsl:variable>

<xsl:template match="page/reports[@view = 'show']" mode="body">
  <xsl:for-each select="table[@name = 'teachers']">
    <xsl:call-template name="paper-teachings">
      <xsl:with-param name="heads" select="exsl:node-set($paper-heads)/h"/>
      <xsl:with-param name="class" select="'dense'"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="line[@kind = 'teaching']" mode="paper-note">
  <xsl:for-each select="key('failed', @line)">
    <xsl:if test="position() &gt; 1">, </xsl:if>
    <xsl:value-of select="@pupil_name"/><xsl:if test="@kind = 'na'">&#160;(н/а)</xsl:if>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>
