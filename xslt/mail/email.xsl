<?xml version="1.0" encoding="UTF-8"?>
<!-- email.xsl: a letter by e-mail: the subject, an empty line, the text. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="words.xsl"/>
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/">
    <xsl:apply-templates select="page/letter"/>
  </xsl:template>

  <xsl:template match="letter">
    <xsl:apply-templates select="." mode="subject"/>
    <xsl:value-of select="concat($nl, $nl, 'Здравствуйте!', $nl, $nl)"/>
    <xsl:for-each select="notice">
      <xsl:text>— </xsl:text>
      <xsl:apply-templates select="." mode="words"/>
      <xsl:value-of select="concat('.', $nl)"/>
    </xsl:for-each>
    <xsl:if test="not(@code)">
      <xsl:value-of select="concat($nl, 'Подробно — в электронном журнале:', $nl, @address, '/notices', $nl)"/>
    </xsl:if>
    <xsl:value-of select="concat($nl, @school_name, $nl)"/>
    <xsl:value-of select="concat('Что присылать на этот адрес, решаете Вы: ', @address, '/account/notices', $nl)"/>
  </xsl:template>

  <xsl:template match="letter" mode="subject">
    <xsl:text>Электронный журнал: </xsl:text>
    <xsl:choose>
      <xsl:when test="count(notice) = 1 and @code">подтвердите адрес</xsl:when>
      <xsl:when test="count(notice) = 1">
        <xsl:apply-templates select="notice" mode="words"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>новости за </xsl:text>
        <xsl:call-template name="day">
          <xsl:with-param name="on" select="@today_on"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
