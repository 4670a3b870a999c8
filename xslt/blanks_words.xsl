<?xml version="1.0" encoding="UTF-8"?>
<!-- blanks_words.xsl: an absent pupil in words: «Иванов Иван (болезнь), Петров Пётр (2 урока из 6)».
     in   away[name lessons held why?]
     see  blanks.xsl and print/blanks_absent.xsl, which include this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="class/away">
  <xsl:if test="position() &gt; 1">, </xsl:if>
  <xsl:value-of select="@name"/>
  <xsl:variable name="why">
    <xsl:choose>
      <xsl:when test="@why = 'ill'">болезнь</xsl:when>
      <xsl:when test="@why = 'valid'">уважит.</xsl:when>
      <xsl:when test="@why = 'unjustified'">без уважит.</xsl:when>
    </xsl:choose>
  </xsl:variable>
  <xsl:if test="$why != '' or @lessons != @held">
    <xsl:text>&#160;(</xsl:text>
    <xsl:value-of select="$why"/>
    <xsl:if test="$why != '' and @lessons != @held">, </xsl:if>
    <xsl:if test="@lessons != @held"><xsl:value-of select="concat(@lessons, ' из ', @held, ' ур.')"/></xsl:if>
    <xsl:text>)</xsl:text>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
