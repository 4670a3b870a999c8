<?xml version="1.0" encoding="UTF-8"?>
<!-- handins_load.xsl: how much is set for the day on which a homework is due.
     in   load[subjects names minutes? norm?]; minutes of an attribute in mode duration
     out  one line: the subjects and minutes of the day; a warning above the norm of the grade, and from
          three subjects on
     see  handins_task.xsl, lesson.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="load">
  <p class="hint"><xsl:apply-templates select="." mode="sum"/></p>
</xsl:template>
<xsl:template match="load[@minutes &gt; @norm]" priority="1">
  <p class="alert">
    <xsl:apply-templates select="." mode="sum"/>
    <xsl:text> Это больше нормы: не больше </xsl:text><xsl:apply-templates select="@norm" mode="duration"/><xsl:text> в день.</xsl:text>
  </p>
</xsl:template>

<xsl:template match="load" mode="sum">
  <xsl:text>На этот день задано</xsl:text>
  <xsl:if test="@subjects &gt; 2">
    <xsl:text> по </xsl:text><b><xsl:value-of select="@subjects"/></b><xsl:text> предметам</xsl:text>
  </xsl:if>
  <xsl:value-of select="concat(': ', @names)"/>
  <xsl:if test="@minutes">; рассчитано на <xsl:apply-templates select="@minutes" mode="duration"/></xsl:if>
  <xsl:text>.</xsl:text>
</xsl:template>

<xsl:template match="@*" mode="duration"><xsl:value-of select="concat(., '&#160;мин')"/></xsl:template>
<xsl:template match="@*[. &gt;= 60]" mode="duration">
  <xsl:value-of select="concat(floor(. div 60), '&#160;ч')"/>
  <xsl:if test=". mod 60"><xsl:value-of select="concat(' ', . mod 60, '&#160;мин')"/></xsl:if>
</xsl:template>

</xsl:stylesheet>
