<?xml version="1.0" encoding="UTF-8"?>
<!-- verify.xsl: whoever holds the paper of a numbered copy checks it. Needs no log-in and no script.
     in   verify with code_key kind number year made_on school_name state by_number? is_pupil?
     out  what the code alone tells; the form that opens the copy by the name on it
     see  form.xsl, extracts_words.xsl; the copy itself is printed by the sheet of its form -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="login.xsl"/>
<xsl:include href="extracts_words.xsl"/>

<xsl:template match="page/verify" mode="title">Проверка документа</xsl:template>
<xsl:template match="page[verify]/errors" mode="heading">Документ не открыт</xsl:template>
<xsl:template match="error[@field = 'holder']" mode="field-name">Фамилия</xsl:template>
<xsl:template match="page[verify]/errors/error[@code = 'JE303']" mode="words" priority="1">Страница слишком долго была открыта. Введите фамилию ещё раз.</xsl:template>

<xsl:template match="page/verify">
  <dl class="record">
    <dt>Документ</dt><dd><xsl:apply-templates select="@kind" mode="extract-kind"/></dd>
    <dt>Номер и дата</dt><dd>№ <xsl:value-of select="@number"/> от <xsl:apply-templates select="@made_on" mode="date"/></dd>
    <dt>Школа</dt><dd><xsl:value-of select="@school_name"/></dd>
    <dt>Состояние</dt>
    <dd>
      <xsl:apply-templates select="@state" mode="extract-state"/>
      <xsl:if test="@by_number"> копией № <xsl:value-of select="@by_number"/></xsl:if>
    </dd>
  </dl>
  <form class="card" method="post" action="{$base}/check/{@code_key}">
    <xsl:call-template name="login-token"/>
    <p class="hint">Чтобы сверить содержание с бумагой, введите фамилию, которая на ней напечатана:
      <xsl:if test="@is_pupil">фамилию ученика.</xsl:if><xsl:if test="not(@is_pupil)">того, кто заверил документ.</xsl:if></p>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'holder'"/>
      <xsl:with-param name="label" select="'Фамилия'"/>
    </xsl:call-template>
    <p class="bar"><button class="main">Показать содержание</button></p>
  </form>
</xsl:template>

</xsl:stylesheet>
