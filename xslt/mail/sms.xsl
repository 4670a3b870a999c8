<?xml version="1.0" encoding="UTF-8"?>
<!-- sms.xsl: a short message: at most 134 letters, which are two parts. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="words.xsl"/>
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/">
    <xsl:variable name="text">
      <xsl:for-each select="page/letter/notice">
        <xsl:if test="position() &gt; 1">; </xsl:if>
        <xsl:apply-templates select="." mode="words"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="string-length($text) &gt; 134">
        <xsl:value-of select="concat(substring($text, 1, 133), '…')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$text"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
