<?xml version="1.0" encoding="UTF-8"?>
<!-- reports_charts.xsl: which tables of reports have a chart, and of which columns.
     in   reports/table[name lines]/column[key]…, line[kind …]/c…
     out  mode chart: an SVG, or nothing
     see  chart.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="exsl str">

<xsl:template match="table" mode="chart"/>
<xsl:template match="table[@name = 'school' or @name = 'quality']" mode="chart">
  <xsl:variable name="keys">
    <xsl:choose>
      <xsl:when test="@name = 'school'">excellent good fair failing absent</xsl:when>
      <xsl:otherwise>n5 n4 n3 n2 na</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="made"><xsl:apply-templates select="." mode="chart-rows"><xsl:with-param name="keys" select="$keys"/>
    </xsl:apply-templates></xsl:variable>
  <xsl:variable name="rows" select="exsl:node-set($made)/row[sum(s/@value) &gt; 0]"/>
  <xsl:if test="$rows">
    <xsl:call-template name="chart-shares">
      <xsl:with-param name="id" select="concat('chart-', @name)"/>
      <xsl:with-param name="title"><xsl:choose><xsl:when test="@name = 'school'">Доли учеников</xsl:when>
        <xsl:otherwise>Доли отметок</xsl:otherwise></xsl:choose></xsl:with-param>
      <xsl:with-param name="rows" select="$rows"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template match="table[@name = 'weeks']" mode="chart">
  <xsl:variable name="made"><xsl:apply-templates select="." mode="chart-rows">
    <xsl:with-param name="keys" select="'quality_pct attendance_pct'"/></xsl:apply-templates></xsl:variable>
  <xsl:variable name="rows" select="exsl:node-set($made)/row"/>
  <xsl:if test="$rows[2]">
    <xsl:call-template name="chart-course">
      <xsl:with-param name="title">По неделям, %</xsl:with-param>
      <xsl:with-param name="rows" select="$rows"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<!-- As much of the words as there is room for beside a bar. -->
<xsl:template name="chart-label">
  <xsl:param name="words"/>
  <xsl:choose>
    <xsl:when test="string-length($words) &gt; 24"><xsl:value-of select="concat(substring($words, 1, 23), '…')"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The figures of the columns with these keys, a row for each line that is not a total. -->
<xsl:template match="table" mode="chart-rows">
  <xsl:param name="keys"/>
  <xsl:variable name="table" select="."/>
  <xsl:variable name="words" select="$tables/table[@name = current()/@name]"/>
  <xsl:variable name="wanted">
    <xsl:for-each select="str:tokenize($keys, ' ')">
      <k at="{count($table/column[@key = current()][1]/preceding-sibling::column) + 1}"
         word="{$words/c[@key = current()]/@word}"/></xsl:for-each>
  </xsl:variable>
  <xsl:variable name="columns" select="exsl:node-set($wanted)/k"/>
  <!-- the subjects of one class do not repeat its name -->
  <xsl:variable name="first" select="line[@kind = ../@lines][1]/@class_name"/>
  <xsl:variable name="is-one" select="not(line[@kind = 'subject'][@class_name != $first])"/>
  <xsl:for-each select="line[@kind = ../@lines]">
    <xsl:variable name="cells" select="c"/>
    <row>
      <xsl:attribute name="label">
        <xsl:choose>
          <xsl:when test="@held_on"><xsl:value-of select="concat(substring(@held_on, 9, 2), '.', substring(@held_on, 6, 2))"/></xsl:when>
          <xsl:when test="@subject_name and $is-one"><xsl:call-template name="chart-label">
            <xsl:with-param name="words" select="@subject_name"/></xsl:call-template></xsl:when>
          <xsl:when test="@subject_name"><xsl:call-template name="chart-label">
            <xsl:with-param name="words" select="concat(@class_name, ' ', @subject_name)"/></xsl:call-template></xsl:when>
          <xsl:otherwise><xsl:value-of select="@class_name"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:for-each select="$columns"><xsl:variable name="at" select="number(@at)"/>
        <s word="{@word}" value="{$cells[$at]}"/></xsl:for-each>
    </row>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>
