<?xml version="1.0" encoding="UTF-8"?>
<!-- print/reports_attendance.xsl: Сводная ведомость учёта посещаемости, for A4 (requirements 3.3).
     in   reports/table[@name = 'attendance']
     out  days and lessons missed by reason, of each pupil; totals
     see  reports.xsl, ../reports_paper.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="reports.xsl"/>
<xsl:include href="../reports_paper.xsl"/>

<xsl:variable name="paper-heads">
  <h key="#" word="№"/>
  <h key="@pupil_name" word="Фамилия, имя"/>
  <xsl:if test="not(/page/reports/@class_id)"><h key="@class_name" word="Класс"/></xsl:if>
  <h key="days" word="всего" group="Полных дней"/><h key="days_ill" word="по болезни" group="Полных дней"/>
  <h key="lessons" word="всего" group="Уроков"/><h key="ill" word="по болезни" group="Уроков"/>
  <h key="valid" word="по уважит. причине" group="Уроков"/><h key="unjustified" word="без уважит. причины" group="Уроков"/>
  <h key="unexplained" word="причина не указана" group="Уроков"/>
  <h key="late" word="Опозданий"/><h key="due" word="Уроков было"/><h key="attendance_pct" word="Посещ., %"/>
</xsl:variable>

<xsl:template match="page/reports[@view = 'show']" mode="body">
  <xsl:for-each select="table[@name = 'attendance']">
    <xsl:call-template name="paper"><xsl:with-param name="heads" select="exsl:node-set($paper-heads)/h"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>
