<?xml version="1.0" encoding="UTF-8"?>
<!-- reach.xsl: how many families agree, have addresses and see the diary; how many accidents there were.
     in   reach[school_name today_on]/count[theme = 'consent' | 'contact' | 'receipt' | 'accident', code name? things
            part? other?]
     out  a table for each theme
     see  consents_words.xsl, sql/objects/reach.sql -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="layout.xsl"/>
<xsl:include href="consents_words.xsl"/>

<xsl:template match="page/reach" mode="title">Семьи в числах</xsl:template>
<xsl:template match="page/reach" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/reach">
  <p class="hint"><xsl:value-of select="@school_name"/>, на <xsl:apply-templates select="@today_on" mode="date"/>. Здесь только числа: имён на этой странице нет.</p>
  <xsl:if test="count[@theme = 'consent']">
    <table class="data people">
      <caption>Согласия родителей</caption>
      <thead><tr><th scope="col">Цель</th><th scope="col" class="number">Родителей</th><th scope="col" class="number">Согласны</th><th scope="col" class="number">Отказались</th><th scope="col" class="number">Нет ответа</th></tr></thead>
      <tbody><xsl:apply-templates select="count[@theme = 'consent']"/></tbody>
    </table>
  </xsl:if>
  <table class="data people">
    <caption>Как извещать семьи</caption>
    <thead><tr><th scope="col">Способ</th><th scope="col" class="number">Учеников</th><th scope="col" class="number">Из них</th></tr></thead>
    <tbody><xsl:apply-templates select="count[@theme = 'contact']"/></tbody>
  </table>
  <xsl:if test="count[@theme = 'receipt']">
    <table class="data people">
      <caption>Ознакомление с дневником</caption>
      <thead><tr><th scope="col">Неделя</th><th scope="col" class="number">Учеников</th><th scope="col" class="number">Семья ознакомилась</th></tr></thead>
      <tbody><xsl:apply-templates select="count[@theme = 'receipt']"/></tbody>
    </table>
  </xsl:if>
  <table class="data people">
    <caption>Несчастные случаи</caption>
    <thead><tr><th scope="col">Учебный год</th><th scope="col" class="number">Всего</th><th scope="col" class="number">Не приняты</th></tr></thead>
    <tbody><xsl:apply-templates select="count[@theme = 'accident']"/></tbody>
  </table>
</xsl:template>

<xsl:template match="reach/count">
  <tr>
    <th scope="row"><xsl:apply-templates select="." mode="reach-name"/></th>
    <td class="number" data-word="всего"><xsl:value-of select="@things"/></td>
    <xsl:if test="@part"><td class="number" data-word="из них"><xsl:value-of select="@part"/></td></xsl:if>
    <xsl:if test="@theme = 'consent'">
      <td class="number" data-word="отказались"><xsl:value-of select="@other"/></td>
      <td class="number" data-word="нет ответа"><xsl:value-of select="@things - @part - @other"/></td>
    </xsl:if>
    <xsl:if test="@theme = 'accident'"><td class="number" data-word="не приняты"><xsl:value-of select="@other"/></td></xsl:if>
  </tr>
</xsl:template>

<xsl:template match="count" mode="reach-name"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="count[@theme = 'consent']" mode="reach-name">
  <xsl:value-of select="$purposes[@value = current()/@code]"/>
</xsl:template>
<xsl:template match="count[@theme = 'accident']" mode="reach-name">
  <xsl:value-of select="concat(@code, '/', (@code + 1) mod 100)"/>
</xsl:template>
<xsl:template match="count[@theme = 'contact']" mode="reach-name">
  <xsl:choose>
    <xsl:when test="@code = 'email'">почта родителя подтверждена</xsl:when>
    <xsl:when test="@code = 'sms'">телефон родителя подтверждён</xsl:when>
    <xsl:when test="@code = 'any'">почта или телефон</xsl:when>
    <xsl:otherwise>всё на бумаге</xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
