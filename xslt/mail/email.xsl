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

  <!-- To the support outside: no names of people. -->
  <xsl:template match="letter[@support_id]">
    <xsl:apply-templates select="." mode="subject"/>
    <xsl:value-of select="concat($nl, $nl, 'Школа: ', @school_name, ' (', @school_id, ')', $nl)"/>
    <xsl:if test="@is_incident">
      <xsl:value-of select="concat('Логин стал известен другим и заблокирован.', $nl)"/>
    </xsl:if>
    <xsl:if test="@place">
      <xsl:value-of select="concat('Страница: ', @address, @place, $nl)"/>
    </xsl:if>
    <xsl:if test="@error_number">
      <xsl:value-of select="concat('Номер ошибки: ', @error_number, $nl)"/>
    </xsl:if>
    <xsl:value-of select="concat($nl, 'Обращение: ', @address, '/support/', @support_id, $nl)"/>
    <xsl:value-of select="concat('На него отвечают в журнале. Ответы на это письмо никто не читает.', $nl)"/>
  </xsl:template>
  <xsl:template match="letter[@support_id]" mode="subject">
    <xsl:value-of select="concat('Электронный журнал: обращение № ', @support_id)"/>
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
