<?xml version="1.0" encoding="UTF-8"?>
<!-- print/reports_pairs.xsl: Сводная ведомость учёта успеваемости, layout B, for A4 (requirements 3.2).
     in   reports/table[@name = 'finals']/column[key name], line…/c…; person[@kind = 'teacher' line staff_name]
     out  rows of subjects with their teachers, two pupils beside each other with a column for each term
     see  reports.xsl, ../reports_paper.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="reports.xsl"/>
<xsl:include href="../reports_paper.xsl"/>

<xsl:key name="lines-of" match="line" use="@pupil_id"/>
<xsl:key name="teacher" match="person[@kind = 'teacher']" use="@line"/>
<xsl:key name="missed" match="person[@kind = 'missed']" use="@line"/>

<xsl:template match="reports[table/column[8]]" mode="paper-class">official</xsl:template>
<xsl:template match="reports" mode="period"/>
<xsl:template match="reports" mode="name">Сводная ведомость учёта успеваемости обучающихся</xsl:template>

<xsl:template match="page/reports[@view = 'show']" mode="body">
  <xsl:variable name="firsts">
    <xsl:for-each select="table[@name = 'finals']/line[@pupil_id]">
      <xsl:if test="not(preceding-sibling::line[1]/@pupil_id = @pupil_id)"><p pupil_id="{@pupil_id}"/></xsl:if>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="table" select="table[@name = 'finals']"/>
  <xsl:for-each select="exsl:node-set($firsts)/p[position() mod 2 = 1]">
    <xsl:variable name="left" select="@pupil_id"/>
    <xsl:variable name="right" select="following-sibling::p[1]/@pupil_id"/>
    <xsl:apply-templates select="$table" mode="pair">
      <xsl:with-param name="left" select="$left"/>
      <xsl:with-param name="right" select="$right"/>
    </xsl:apply-templates>
  </xsl:for-each>
</xsl:template>

<xsl:template match="table" mode="pair">
  <xsl:param name="left"/>
  <xsl:param name="right"/>
  <xsl:variable name="lines" select="key('lines-of', $left) | key('lines-of', $right)"/>
  <table class="data report twins">
    <thead>
      <tr>
        <th rowspan="2" scope="col">Предмет (учитель)</th>
        <xsl:for-each select="key('lines-of', $left)[1] | key('lines-of', $right)[1]">
          <th scope="colgroup" colspan="{count(key('lines-of', @pupil_id))}"><xsl:value-of select="@pupil_name"/></th>
        </xsl:for-each>
      </tr>
      <tr><xsl:for-each select="$lines"><th scope="col"><xsl:value-of select="@term_name"/></th></xsl:for-each></tr>
    </thead>
    <tbody>
      <xsl:for-each select="column">
        <xsl:variable name="at" select="position()"/>
        <tr>
          <th scope="row"><xsl:value-of select="@name"/>
            <xsl:for-each select="key('teacher', @key)">
              <xsl:if test="position() = 1"> (</xsl:if><xsl:if test="position() &gt; 1">, </xsl:if>
              <xsl:value-of select="@staff_name"/><xsl:if test="position() = last()">)</xsl:if>
            </xsl:for-each></th>
          <xsl:for-each select="$lines"><td class="number"><xsl:value-of select="c[$at]"/></td></xsl:for-each>
        </tr>
      </xsl:for-each>
      <tr>
        <th scope="row">Пропущено дней</th>
        <xsl:for-each select="$lines"><td class="number"><xsl:value-of select="number(concat('0', key('missed', @line)/@value))"/>
          </td></xsl:for-each>
      </tr>
      <tr>
        <th scope="row">Пропущено уроков</th>
        <xsl:for-each select="$lines"><td class="number"><xsl:value-of select="number(concat('0', key('missed', @line)/@note))"/>
          </td></xsl:for-each>
      </tr>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="reports" mode="signatures">
  <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'leader deputy director'"/></xsl:call-template>
</xsl:template>

</xsl:stylesheet>
