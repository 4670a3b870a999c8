<?xml version="1.0" encoding="UTF-8"?>
<!-- print/reports_movement.xsl: Движение обучающихся, for A4 (requirements 3.8).
     in   reports/table[@name = 'movement' or 'movement_months']
     out  the numbers of each class, grade and level with their check, and by months; the persons are in the book of
          movements (movements.xsl), which imports this
     see  reports.xsl, ../reports_paper.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="reports.xsl"/>
<xsl:include href="../reports_paper.xsl"/>

<xsl:variable name="paper-heads">
  <h key="@class_name" word="Класс"/>
  <h key="first" word="На начало"/><h key="arrived" word="Прибыло"/>
  <h key="departed" word="всего" group="Выбыло"/><h key="to_city" word="в другой город, район" group="Выбыло"/>
  <h key="to_school" word="в другую школу" group="Выбыло"/><h key="to_abroad" word="в другую страну" group="Выбыло"/>
  <h key="to_college" word="в СПО" group="Выбыло"/><h key="to_family" word="семейное" group="Выбыло"/>
    <h key="to_other" word="иное" group="Выбыло"/>
  <h key="moved_in" word="из классов" group="Переведено внутри"/><h key="moved_out" word="в классы" group="Переведено внутри"/>
  <h key="last" word="На конец"/>
</xsl:variable>
<xsl:variable name="month-heads">
  <h key="@held_on" word="Месяц"/><h key="arrived" word="Прибыло"/><h key="departed" word="Выбыло"/>
</xsl:variable>

<xsl:template match="page/reports[@view = 'show']" mode="body"><xsl:call-template name="movement-tables"/></xsl:template>

<!-- The tables of movements; the context node is their parent, reports or movements. -->
<xsl:template name="movement-tables">
  <xsl:for-each select="table[@name = 'movement']">
    <xsl:call-template name="paper"><xsl:with-param name="heads" select="exsl:node-set($paper-heads)/h"/></xsl:call-template>
    <xsl:call-template name="balance"/>
  </xsl:for-each>
  <xsl:if test="table[@name = 'movement_months']/line">
    <h2>По месяцам</h2>
    <xsl:for-each select="table[@name = 'movement_months']">
      <xsl:call-template name="paper">
        <xsl:with-param name="heads" select="exsl:node-set($month-heads)/h"/>
        <xsl:with-param name="class" select="'months'"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:if>
</xsl:template>

<!-- Whether in each line the number at the beginning and the changes make the number at the end. -->
<xsl:template name="balance">
  <xsl:variable name="first" select="count(column[@key = 'first']/preceding-sibling::column) + 1"/>
  <xsl:variable name="arrived" select="count(column[@key = 'arrived']/preceding-sibling::column) + 1"/>
  <xsl:variable name="moved-in" select="count(column[@key = 'moved_in']/preceding-sibling::column) + 1"/>
  <xsl:variable name="departed" select="count(column[@key = 'departed']/preceding-sibling::column) + 1"/>
  <xsl:variable name="moved-out" select="count(column[@key = 'moved_out']/preceding-sibling::column) + 1"/>
  <xsl:variable name="last" select="count(column[@key = 'last']/preceding-sibling::column) + 1"/>
  <xsl:variable name="wrong" select="line[c[$first] + c[$arrived] + c[$moved-in] - c[$departed] - c[$moved-out] != c[$last]]"/>
  <p class="plain">На начало + прибыло + переведено из классов − выбыло − переведено в классы = на конец:
    <xsl:choose>
      <xsl:when test="$wrong"><b>не сходится в строках: <xsl:value-of select="count($wrong)"/></b></xsl:when>
      <xsl:otherwise>сходится по каждому классу, параллели, уровню и школе.</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

</xsl:stylesheet>
