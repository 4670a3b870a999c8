<?xml version="1.0" encoding="UTF-8"?>
<!-- compliance.xsl: what is required of a journal, and what meets it (DOC-08).
     in   compliance[school_name today_on state? met, school or open]
     out  the states as tabs, the sources, a table for each area
     see  help/compliance.xsl, the requirements; compliance_table.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="compliance_table.xsl"/>

<xsl:template match="page/compliance" mode="title">Сверка с требованиями</xsl:template>
<xsl:template match="page/compliance" mode="actions">
  <nav class="tabs" aria-label="Состояние">
    <xsl:call-template name="state-tab">
      <xsl:with-param name="word" select="'Все'"/><xsl:with-param name="n" select="count($rows)"/>
    </xsl:call-template>
    <xsl:call-template name="state-tab">
      <xsl:with-param name="state" select="'met'"/><xsl:with-param name="word" select="'Выполнено'"/>
      <xsl:with-param name="n" select="count($rows[@state = 'met'])"/>
    </xsl:call-template>
    <xsl:call-template name="state-tab">
      <xsl:with-param name="state" select="'school'"/><xsl:with-param name="word" select="'Обязанность школы'"/>
      <xsl:with-param name="n" select="count($rows[@state = 'school'])"/>
    </xsl:call-template>
    <xsl:call-template name="state-tab">
      <xsl:with-param name="state" select="'open'"/><xsl:with-param name="word" select="'Не выполнено'"/>
      <xsl:with-param name="n" select="count($rows[@state = 'open'])"/>
    </xsl:call-template>
  </nav>
  <div class="actions">
    <xsl:variable name="state"><xsl:if test="@state">&amp;state=<xsl:value-of select="@state"/></xsl:if></xsl:variable>
    <a href="{$base}/help/compliance?format=print{$state}">Печать</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template name="state-tab">
  <xsl:param name="state"/>
  <xsl:param name="word"/>
  <xsl:param name="n"/>
  <xsl:choose>
    <xsl:when test="string(@state) = string($state)"><b aria-current="page"><xsl:value-of select="concat($word, ' ', $n)"/></b></xsl:when>
    <xsl:when test="$state"><a href="{$base}/help/compliance?state={$state}"><xsl:value-of select="concat($word, ' ', $n)"/></a></xsl:when>
    <xsl:otherwise><a href="{$base}/help/compliance"><xsl:value-of select="concat($word, ' ', $n)"/></a></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page/compliance">
  <p class="hint">Что требуют от электронного журнала положения школ и федеральные документы, и чем это выполнено: страница или команда и проверка, которая это доказывает (файл в папке tests исходного текста). «Обязанность школы» исполняют люди, журнал им только помогает.</p>
  <details>
    <summary>Источники</summary>
    <xsl:call-template name="sources"/>
  </details>
  <xsl:call-template name="areas"><xsl:with-param name="state" select="@state"/></xsl:call-template>
</xsl:template>

</xsl:stylesheet>
