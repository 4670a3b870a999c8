<?xml version="1.0" encoding="UTF-8"?>
<!-- print/reports_finals.xsl: Сводная ведомость учёта успеваемости, layout A, for A4 (requirements 3.2).
     in   reports/table[@name = 'finals']/line[pupil_id term_name]/c…, person[@kind = 'missed' or 'decision']
     out  rows of pupils and terms, columns of subjects; days and lessons missed, the decision of the council; layout B is reports_pairs.xsl
     see  reports.xsl, ../reports_paper.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="reports.xsl"/>
<xsl:include href="../reports_paper.xsl"/>

<xsl:key name="lines-of" match="line" use="@pupil_id"/>
<xsl:key name="missed" match="person[@kind = 'missed']" use="@line"/>
<xsl:key name="decision" match="person[@kind = 'decision']" use="@pupil_id"/>

<xsl:template match="reports" mode="period"/>
<xsl:template match="reports" mode="name">Сводная ведомость учёта успеваемости обучающихся</xsl:template>

<xsl:template match="page/reports[@view = 'show'] | books/reports" mode="body">
  <xsl:apply-templates select="table[@name = 'finals']" mode="sheet"/>
</xsl:template>

<xsl:template match="table" mode="sheet">
  <table class="data report finals">
    <thead>
      <tr>
        <th rowspan="2" scope="col">№</th>
        <th rowspan="2" scope="col" class="pupil">Фамилия, имя</th>
        <th rowspan="2" scope="col" class="term">Период</th>
        <xsl:for-each select="column"><th rowspan="2" scope="col" class="subject"><span><xsl:value-of select="@name"/></span></th>
          </xsl:for-each>
        <th colspan="2" scope="colgroup">Пропущено</th>
        <th rowspan="2" scope="col" class="decision">Решение педсовета (дата, №)</th>
      </tr>
      <tr><th scope="col" class="missed">дней</th><th scope="col" class="missed">уроков</th></tr>
    </thead>
    <xsl:for-each select="line[@pupil_id]">
      <xsl:if test="not(preceding-sibling::line[1]/@pupil_id = @pupil_id)">
        <tbody><xsl:apply-templates select="key('lines-of', @pupil_id)" mode="sheet"/></tbody>
      </xsl:if>
    </xsl:for-each>
  </table>
</xsl:template>

<xsl:template match="line" mode="sheet">
  <tr>
    <xsl:if test="position() = 1">
      <td class="no" rowspan="{last()}"/>
      <th scope="rowgroup" class="pupil" rowspan="{last()}"><xsl:value-of select="@pupil_name"/></th>
    </xsl:if>
    <th scope="row" class="term"><xsl:value-of select="@term_name"/></th>
    <xsl:for-each select="c"><td class="number"><xsl:value-of select="."/></td></xsl:for-each>
    <td class="number"><xsl:value-of select="number(concat('0', key('missed', @line)/@value))"/></td>
    <td class="number"><xsl:value-of select="number(concat('0', key('missed', @line)/@note))"/></td>
    <xsl:if test="position() = 1">
      <td class="decision" rowspan="{last()}"><xsl:apply-templates select="key('decision', @pupil_id)" mode="decision"/></td>
    </xsl:if>
  </tr>
</xsl:template>

<xsl:template match="person" mode="decision">
  <xsl:choose>
    <xsl:when test="@value = 'promoted'">переведён</xsl:when>
    <xsl:when test="@value = 'conditional'">переведён условно</xsl:when>
    <xsl:when test="@value = 'repeating'">оставлен на повторное обучение</xsl:when>
    <xsl:otherwise>выпущен</xsl:otherwise>
  </xsl:choose>
  <xsl:text>, </xsl:text><xsl:apply-templates select="@held_on" mode="date"/><xsl:value-of select="concat(', № ', @note)"/>
</xsl:template>

<xsl:template match="reports" mode="signatures">
  <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'leader deputy director'"/></xsl:call-template>
</xsl:template>

</xsl:stylesheet>
