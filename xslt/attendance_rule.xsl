<?xml version="1.0" encoding="UTF-8"?>
<!-- attendance_rule.xsl: by which rules of the school days and months count as missed, on the screen and
     on paper (requirements 3.3).
     in   attendance with missed_day missed_month_pct
     out  mode missed-rule: sentences under a table
     see  attendance.xsl, print/attendance.xsl, which include this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="attendance" mode="missed-rule">
  <xsl:text>День считается пропущенным, если пропущены все уроки, которые в этот день были у ученика; по болезни — если все они пропущены по болезни.</xsl:text>
  <xsl:apply-templates select="." mode="missed-month"/>
</xsl:template>
<xsl:template match="attendance[@missed_day &gt; 0]" mode="missed-rule">
  <xsl:text>День считается пропущенным, если пропущено не меньше </xsl:text>
  <xsl:value-of select="@missed_day"/>
  <xsl:choose><xsl:when test="@missed_day = 1"> урока</xsl:when><xsl:otherwise> уроков</xsl:otherwise></xsl:choose>
  <xsl:text> (или все уроки дня, если их меньше); по болезни — если столько уроков пропущено по болезни.</xsl:text>
  <xsl:apply-templates select="." mode="missed-month"/>
</xsl:template>

<xsl:template match="attendance" mode="missed-month"/>
<xsl:template match="attendance[@missed_month_pct &gt; 0][@is_month or @view = 'missed']" mode="missed-month">
  <xsl:value-of select="concat(' Выделены пропустившие не меньше ', @missed_month_pct, '&#160;% уроков месяца.')"/>
</xsl:template>
<xsl:template match="attendance[@missed_month_pct &gt; 0][@view = 'missed']" mode="missed-month" priority="1">
  <xsl:value-of select="concat(' Названы месяцы, в которых ученик пропустил не меньше ', @missed_month_pct, '&#160;% своих уроков.')"/>
</xsl:template>

</xsl:stylesheet>
