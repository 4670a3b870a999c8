<?xml version="1.0" encoding="UTF-8"?>
<!-- print/reports_movement.xsl: Движение обучающихся, for A4 (requirements 3.8).
     in   reports/table[@name = 'movement' or 'movement_months']
     out  the numbers of each class, grade and level, by months; the persons are in the book of movements (print/movements.xsl)
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

<xsl:template match="page/reports[@view = 'show']" mode="body">
  <xsl:for-each select="table[@name = 'movement']">
    <xsl:call-template name="paper"><xsl:with-param name="heads" select="exsl:node-set($paper-heads)/h"/></xsl:call-template>
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

</xsl:stylesheet>
