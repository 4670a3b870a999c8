<?xml version="1.0" encoding="UTF-8"?>
<!-- region.xsl: the figures of the schools of a region by week.
     in   region[@view = 'show'] with region_id region_name schools week_on? counted_at? parent_id? parent_name?
            /choice…, figure[indicator_key schools? part? whole? pct? is_before? before_pct?]…
          region[@view = 'list'] with find sort page pages region_id region_name schools week_on?
            /school[school_id name region_name? <key>_pct? <key>_shown?]…, choice…
          region[@view = 'indicator'] likewise with indicator_key
            /school[… w1_pct? w1_shown? … w8_pct? w8_shown?]…, choice…, week[week_on schools? part? whole? pct?]…
     out  a table of the indicators; a table of the schools; a chart with its table, and the schools by week
     see  chart.xsl, list.xsl, sql/objects/region.sql (why a number is not shown) -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="layout.xsl"/>
<xsl:include href="chart.xsl"/>

<!-- The indicators: their words, the head of a column, what is counted and which part of it. -->
<xsl:variable name="indicators-text">
  <i key="filled" word="Журналы заполнены" head="Журналы" of="уроков" part="заполнены"/>
  <i key="attendance" word="Посещаемость" head="Посещаемость" of="уроков учеников" part="посещены"/>
  <i key="quality" word="Качество отметок" head="Качество" of="отметок" part="«4» и «5»"/>
  <i key="families" word="Семьи открывали журнал" head="Семьи" of="учеников" part="у них родитель открывал"/>
  <i key="meals" word="Питание" head="Питание" of="учеников" part="заказывали"/>
  <i key="gto" word="Знак ГТО" head="ГТО" of="учеников" part="получили знак"/>
</xsl:variable>
<xsl:variable name="indicators" select="exsl:node-set($indicators-text)/i"/>

<xsl:template match="page/region" mode="title">Регион · <xsl:value-of select="@region_name"/></xsl:template>
<xsl:template match="page/region[@view = 'list']" mode="title">Школы · <xsl:value-of select="@region_name"/></xsl:template>
<xsl:template match="page/region[@view = 'indicator']" mode="title"><xsl:value-of select="concat($indicators[@key = current()/@indicator_key]/@word, ' · ', @region_name)"/></xsl:template>

<!-- ............................................................ the head of a page -->

<xsl:template match="page/region" mode="actions">
  <xsl:if test="choice[2]">
    <form class="filter" method="get">
      <label>Регион
        <select name="region_id"><xsl:apply-templates select="choice" mode="region"/></select>
      </label>
      <button>Показать</button>
    </form>
  </xsl:if>
  <div class="actions">
    <xsl:if test="@view = 'show'"><a href="{$base}/region/schools?region_id={@region_id}">Все школы</a></xsl:if>
    <xsl:if test="@view != 'show'"><a href="{$base}/region?region_id={@region_id}">Сводка региона</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="choice" mode="region">
  <option value="{@value}">
    <xsl:if test="@value = ../@region_id"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="@name"/>
  </option>
</xsl:template>

<xsl:template match="region" mode="hint">
  <p class="hint">Здесь только числа: имён на странице нет. Числа меньше 5 не показаны, «скрыто» — чтобы их нельзя было вычислить по сумме.</p>
</xsl:template>

<!-- ................................................................. the summary -->

<xsl:template match="page/region">
  <xsl:apply-templates select="." mode="hint"/>
  <xsl:choose>
    <xsl:when test="@schools = 0"><p class="empty">В регионе ещё нет школ. Их присоединяет тот, кто ведёт сервер.</p></xsl:when>
    <xsl:when test="not(@week_on)"><p class="empty">Показатели ещё не посчитаны. Они появятся через несколько минут.</p></xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="figures"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="region" mode="figures">
  <table class="data people">
    <caption>Неделя с <xsl:apply-templates select="@week_on" mode="date"/>, школ: <xsl:value-of select="@schools"/></caption>
    <thead><tr><th scope="col">Показатель</th><th scope="col" class="number">Всего</th><th scope="col">Чего</th><th scope="col" class="number">Из них</th><th scope="col">Каких</th><th scope="col" class="number">%</th><th scope="col" class="number">Неделей раньше, %</th><th scope="col" class="number">Школ</th></tr></thead>
    <tbody><xsl:apply-templates select="figure"/></tbody>
  </table>
  <p class="hint">Посчитано <xsl:apply-templates select="@counted_at" mode="moment"/>; счёт повторяется каждые пять минут.</p>
</xsl:template>

<xsl:template match="region/figure">
  <xsl:variable name="i" select="$indicators[@key = current()/@indicator_key]"/>
  <tr>
    <th scope="row">
      <a href="{$base}/region/indicators/{@indicator_key}?region_id={../@region_id}"><xsl:value-of select="$i/@word"/></a>
    </th>
    <td data-word="Всего" class="number"><xsl:value-of select="@whole"/></td>
    <td data-word="Чего"><xsl:if test="@whole"><xsl:value-of select="$i/@of"/></xsl:if></td>
    <td data-word="Из них" class="number"><xsl:apply-templates select="." mode="part"/></td>
    <td data-word="Каких"><xsl:if test="@whole"><xsl:value-of select="$i/@part"/></xsl:if></td>
    <td data-word="%" class="number"><xsl:apply-templates select="@pct" mode="pct"/></td>
    <td data-word="Неделей раньше, %" class="number"><xsl:apply-templates select="@before_pct" mode="pct"/></td>
    <td data-word="Школ" class="number"><xsl:value-of select="@schools"/></td>
  </tr>
</xsl:template>

<!-- The part of a sum, or that it would tell too much. -->
<xsl:template match="figure | week" mode="part">
  <xsl:choose>
    <xsl:when test="@part"><xsl:value-of select="@part"/></xsl:when>
    <xsl:when test="@whole"><span class="soft">скрыто</span></xsl:when>
  </xsl:choose>
</xsl:template>

<xsl:template match="@*" mode="pct">
  <data value="{.}"><xsl:value-of select="translate(format-number(., '0.0'), '.', ',')"/></data>
</xsl:template>

<!-- The cell of a school: its share, or why it is not shown. -->
<xsl:template name="region-cell">
  <xsl:param name="word"/>
  <xsl:param name="pct"/>
  <xsl:param name="shown"/>
  <td class="number" data-word="{$word}">
    <xsl:choose>
      <xsl:when test="$pct"><xsl:apply-templates select="$pct" mode="pct"/></xsl:when>
      <xsl:when test="$shown = 'rest'"><span class="soft">все, кроме &lt;5</span></xsl:when>
      <xsl:when test="$shown = 'other'"><span class="soft">скрыто</span></xsl:when>
      <xsl:when test="$shown"><span class="soft">&lt;5</span></xsl:when>
    </xsl:choose>
  </td>
</xsl:template>

<!-- ................................................................. the schools -->

<xsl:template match="page/region[@view = 'list']">
  <xsl:apply-templates select="." mode="hint"/>
  <xsl:call-template name="find"><xsl:with-param name="word">Школа</xsl:with-param></xsl:call-template>
  <div class="wide" tabindex="0" role="group" aria-label="Школы">
    <table class="data">
      <caption><xsl:choose><xsl:when test="@week_on">Доли в процентах за неделю с <xsl:apply-templates select="@week_on" mode="date"/></xsl:when>
        <xsl:otherwise>Школы региона</xsl:otherwise></xsl:choose></caption>
      <thead><tr>
        <xsl:call-template name="sorted"><xsl:with-param name="key">name</xsl:with-param><xsl:with-param name="word">Школа</xsl:with-param></xsl:call-template>
        <xsl:variable name="region" select="."/>
        <xsl:for-each select="$indicators">
          <xsl:variable name="i" select="."/>
          <xsl:for-each select="$region">
            <xsl:call-template name="sorted">
              <xsl:with-param name="key" select="$i/@key"/>
              <xsl:with-param name="word" select="$i/@head"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
      </tr></thead>
      <tbody><xsl:apply-templates select="school" mode="indicators"/></tbody>
    </table>
  </div>
  <xsl:if test="not(school)"><p class="empty">Таких школ нет.</p></xsl:if>
  <xsl:apply-templates select="@page" mode="region-pages"/>
</xsl:template>

<xsl:template match="@page" mode="region-pages">
  <xsl:call-template name="pages">
    <xsl:with-param name="kept" select="concat('?region_id=', ../@region_id, '&amp;week_on=', ../@week_on, '&amp;sort=', ../@sort)"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="school" mode="name">
  <th scope="row">
    <xsl:value-of select="@name"/>
    <xsl:if test="@region_name"><xsl:text> </xsl:text><span class="soft"><xsl:value-of select="@region_name"/></span></xsl:if>
  </th>
</xsl:template>

<xsl:template match="school" mode="indicators">
  <xsl:variable name="school" select="."/>
  <tr>
    <xsl:apply-templates select="." mode="name"/>
    <xsl:for-each select="$indicators">
      <xsl:call-template name="region-cell">
        <xsl:with-param name="word" select="@head"/>
        <xsl:with-param name="pct" select="$school/@*[name() = concat(current()/@key, '_pct')]"/>
        <xsl:with-param name="shown" select="$school/@*[name() = concat(current()/@key, '_shown')]"/>
      </xsl:call-template>
    </xsl:for-each>
  </tr>
</xsl:template>

<!-- ............................................................. one indicator -->

<xsl:template match="page/region[@view = 'indicator']">
  <xsl:variable name="i" select="$indicators[@key = current()/@indicator_key]"/>
  <xsl:apply-templates select="." mode="hint"/>
  <xsl:if test="not(week)"><p class="empty">Считать пока нечего.</p></xsl:if>
  <xsl:if test="week">
    <xsl:apply-templates select="self::*[week[2]]" mode="chart"/>
    <table class="data people">
      <caption>Регион по неделям</caption>
      <thead><tr><th scope="col">Неделя с</th><th scope="col" class="number">Всего <xsl:value-of select="$i/@of"/></th><th scope="col" class="number">Из них <xsl:value-of select="$i/@part"/></th><th scope="col" class="number">%</th><th scope="col" class="number">Школ</th></tr></thead>
      <tbody><xsl:apply-templates select="week"/></tbody>
    </table>
    <xsl:apply-templates select="." mode="schools"/>
  </xsl:if>
</xsl:template>

<xsl:template match="region/week">
  <tr>
    <th scope="row"><xsl:apply-templates select="@week_on" mode="date"/></th>
    <td class="number" data-word="Всего"><xsl:value-of select="@whole"/></td>
    <td class="number" data-word="Из них"><xsl:apply-templates select="." mode="part"/></td>
    <td class="number" data-word="%"><xsl:apply-templates select="@pct" mode="pct"/></td>
    <td class="number" data-word="Школ"><xsl:value-of select="@schools"/></td>
  </tr>
</xsl:template>

<xsl:template match="region" mode="chart">
  <xsl:variable name="made">
    <xsl:for-each select="week">
      <row label="{concat(substring(@week_on, 9), '.', substring(@week_on, 6, 2))}"><s word="{../@region_name}" value="{@pct}"/></row>
    </xsl:for-each>
  </xsl:variable>
  <xsl:call-template name="chart-course">
    <xsl:with-param name="title">По неделям, %</xsl:with-param>
    <xsl:with-param name="rows" select="exsl:node-set($made)/row"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="region" mode="schools">
  <xsl:call-template name="find"><xsl:with-param name="word">Школа</xsl:with-param></xsl:call-template>
  <div class="wide" tabindex="0" role="group" aria-label="Школы по неделям">
    <table class="data">
      <caption>Школы по неделям, %: последние восемь недель</caption>
      <thead><tr>
        <xsl:call-template name="sorted"><xsl:with-param name="key">name</xsl:with-param><xsl:with-param name="word">Школа</xsl:with-param></xsl:call-template>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key">last</xsl:with-param>
          <xsl:with-param name="word"><xsl:apply-templates select="week[last()]/@week_on" mode="day"/></xsl:with-param>
        </xsl:call-template>
        <xsl:for-each select="week[position() &gt; last() - 8 and position() &lt; last()]">
          <xsl:sort select="position()" data-type="number" order="descending"/>
          <th scope="col" class="number"><xsl:apply-templates select="@week_on" mode="day"/></th>
        </xsl:for-each>
      </tr></thead>
      <tbody>
        <xsl:apply-templates select="school" mode="weeks">
          <xsl:with-param name="weeks" select="week[position() &gt; last() - 8]"/>
        </xsl:apply-templates>
      </tbody>
    </table>
  </div>
  <xsl:if test="not(school)"><p class="empty">Таких школ нет.</p></xsl:if>
  <xsl:apply-templates select="@page" mode="region-pages"/>
</xsl:template>

<!-- As many cells as the head has weeks; weeks: found once, and not beside each school. -->
<xsl:template match="school" mode="weeks">
  <xsl:param name="weeks"/>
  <xsl:variable name="school" select="."/>
  <tr>
    <xsl:apply-templates select="." mode="name"/>
    <xsl:for-each select="$weeks">
      <xsl:sort select="position()" data-type="number" order="descending"/>
      <xsl:variable name="n" select="position()"/>
      <xsl:call-template name="region-cell">
        <xsl:with-param name="word"><xsl:apply-templates select="@week_on" mode="day"/></xsl:with-param>
        <xsl:with-param name="pct" select="$school/@*[name() = concat('w', $n, '_pct')]"/>
        <xsl:with-param name="shown" select="$school/@*[name() = concat('w', $n, '_shown')]"/>
      </xsl:call-template>
    </xsl:for-each>
  </tr>
</xsl:template>

</xsl:stylesheet>
