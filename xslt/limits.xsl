<?xml version="1.0" encoding="UTF-8"?>
<!-- limits.xsl: the limits that a school sets for the duties it controls.
     in   limits[@view = 'list'] with is_mine? done?
            /limit[duty_key usual lowest highest value?]…
     out  a table, to director and deputies a form with a row for each limit
     see  rows.xsl, control_words.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="rows.xsl"/>
<xsl:include href="control_words.xsl"/>

<xsl:variable name="row-fields">
  <f name="value" label="В школе" type="number"/>
</xsl:variable>
<xsl:variable name="limits" select="/page/limits/limit"/>

<xsl:template match="page/limits" mode="title">Пределы контроля</xsl:template>
<xsl:template match="page/limits" mode="actions">
  <div class="actions">
    <a href="{$base}/control">Контроль ведения журнала</a>
    <a href="{$base}/history?kind=setup">История изменений</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/limits">
  <xsl:call-template name="limits-lead"/>
  <xsl:apply-templates select="." mode="table"/>
</xsl:template>
<xsl:template match="page/limits[@is_mine]">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:call-template name="limits-lead"/>
  <form method="post" action="{$base}/limits">
    <xsl:call-template name="token"/>
    <xsl:apply-templates select="." mode="table"/>
    <p class="savebar bar"><button class="main">Сохранить</button></p>
  </form>
</xsl:template>

<xsl:template name="limits-lead">
  <p class="lead">С какого значения контроль считает случай нарушением. Пустое поле — обычный предел. Меняют их директор и завуч; контроль сразу считает по-новому, сделанные замечания остаются.</p>
</xsl:template>

<xsl:template match="limits" mode="table">
  <table class="data edit people">
    <caption class="sr">Пределы контроля</caption>
    <thead>
      <tr>
        <th scope="col">Предел</th>
        <th scope="col">О чём</th>
        <th scope="col" class="number">Обычно</th>
        <th scope="col">Можно</th>
        <th scope="col" class="number">В школе</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="limit"/></tbody>
  </table>
</xsl:template>

<xsl:template match="limits/limit">
  <xsl:variable name="words" select="$duty-words[@key = current()/@duty_key]"/>
  <xsl:variable name="limit" select="."/>
  <xsl:variable name="n" select="position()"/>
  <tr>
    <th scope="row"><xsl:value-of select="$words/@limit"/></th>
    <td data-word="О чём"><a href="{$base}/control/duties/{@duty_key}"><xsl:value-of select="$words/@name"/></a></td>
    <td data-word="Обычно" class="number"><xsl:value-of select="@usual"/></td>
    <td data-word="Можно"><xsl:value-of select="concat('от ', @lowest, ' до ', @highest)"/></td>
    <td data-word="В школе" class="number">
      <xsl:choose>
        <xsl:when test="../@is_mine">
          <input type="hidden" name="duty_key" value="{@duty_key}"/>
          <xsl:for-each select="$row-field">
            <xsl:call-template name="edit-cell">
              <xsl:with-param name="n" select="$n"/>
              <xsl:with-param name="row-label" select="$words/@limit"/>
              <xsl:with-param name="value" select="$limit/@value"/>
              <xsl:with-param name="old" select="string($limit/@value)"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="@value"/></xsl:otherwise>
      </xsl:choose>
    </td>
  </tr>
</xsl:template>

<xsl:template match="page[limits]/errors/error" mode="row-name">
  <xsl:value-of select="$duty-words[@key = $limits[number(current()/@n)]/@duty_key]/@limit"/>
</xsl:template>
<xsl:template match="page[limits]/errors/error[@code = 'JE102']" mode="words">
  <xsl:variable name="limit" select="$limits[number(current()/@n)]"/>
  <xsl:value-of select="concat('Целое число от ', $limit/@lowest, ' до ', $limit/@highest, ' или пустое поле.')"/>
</xsl:template>

</xsl:stylesheet>
