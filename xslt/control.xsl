<?xml version="1.0" encoding="UTF-8"?>
<!-- control.xsl: how journals are kept: teachers and classes by duties, and what of a duty is undone.
     in   control[@view = 'staff' or @view = 'class'] with term_name? from_on till_on today_on is_whole? is_blind?
            /duty[duty_id duty_key theme undone? total?]…, line[line_id name? kind? number?]/c[undone? total?]…,
            term[name is_current?]…
          control[@view = 'duty'] with duty_key term_name? from_on till_on staff_id? staff_name? class_id?
            class_name? page pages count
            /fact[on_day lesson_id? journal_id? class_id? slot? class_name subject_name? staff_name? pupil_name? note?]…
     out  the matrix, which scrolls by itself; the rows of a duty, each with a link to where it is mended
     see  control_words.xsl, list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings"
                exclude-result-prefixes="exsl str">

<xsl:import href="form.xsl"/>
<xsl:include href="control_words.xsl"/>

<xsl:variable name="control" select="/page/control"/>
<xsl:variable name="columns" select="$control/duty"/>
<!-- the days, for every link of the page -->
<xsl:variable name="days">
  <xsl:choose>
    <xsl:when test="$control/@term_name">name=<xsl:value-of select="str:encode-uri($control/@term_name, true())"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="concat('from_on=', $control/@from_on, '&amp;till_on=', $control/@till_on)"/></xsl:otherwise>
  </xsl:choose>
</xsl:variable>
<xsl:variable name="line-field">
  <xsl:choose><xsl:when test="$control/@view = 'class'">class_id</xsl:when><xsl:otherwise>staff_id</xsl:otherwise></xsl:choose>
</xsl:variable>
<xsl:variable name="is-blind" select="boolean($control/@is_blind)"/>

<xsl:template match="page/control" mode="title">Контроль ведения журнала</xsl:template>
<xsl:template match="page/control" mode="actions">
  <nav class="tabs" aria-label="Учебные периоды">
    <xsl:apply-templates select="term"/>
  </nav>
  <div class="actions">
    <xsl:if test="contains($opens, ' /limits ')"><a href="{$base}/limits">Пределы</a></xsl:if>
    <xsl:if test="contains($opens, ' /forecast ')"><a href="{$base}/forecast">Прогноз отметок</a></xsl:if>
    <xsl:if test="contains($opens, ' /automation ')"><a href="{$base}/automation">Что автоматизировано</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="control/term">
  <a href="{$base}/control?name={str:encode-uri(@name, true())}&amp;by={../@view}"><xsl:value-of select="@name"/></a>
</xsl:template>
<xsl:template match="control/term[@is_current]"><b aria-current="page"><xsl:value-of select="@name"/></b></xsl:template>

<!-- .......................................................... the matrix -->

<xsl:template match="page/control">
  <xsl:call-template name="control-days"/>
  <xsl:if test="not(@is_blind)">
    <nav class="tabs" aria-label="Строки">
      <xsl:call-template name="control-by">
        <xsl:with-param name="by" select="'staff'"/>
        <xsl:with-param name="word" select="'По учителям'"/>
      </xsl:call-template>
      <xsl:call-template name="control-by">
        <xsl:with-param name="by" select="'class'"/>
        <xsl:with-param name="word" select="'По классам'"/>
      </xsl:call-template>
    </nav>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="line or @is_blind and duty/@total"><xsl:apply-templates select="." mode="matrix"/></xsl:when>
    <xsl:when test="@is_blind"><p class="empty">Показать нечего: нагрузка ещё не распределена или школа так мала, что по числам можно узнать людей.</p></xsl:when>
    <xsl:otherwise><p class="empty">В этом учебном году нагрузка ещё не распределена, контролировать нечего. <a href="{$base}/load">Нагрузка</a></p></xsl:otherwise>
  </xsl:choose>
  <p class="hint">«3 из 40»: не сделано 3 из 40, «нет» — сделано всё, «много» — не сделана десятая часть и больше. Числа считаются заново при каждом открытии страницы.<xsl:if test="not(@is_blind)"> Клетка ведёт к строкам, каждая строка — туда, где её исправляют.</xsl:if></p>
  <xsl:if test="@is_blind"><p class="hint">Маленькие классы показаны вместе: в каждой строке не меньше пяти учеников и трёх учителей. Обязанности классных руководителей показаны только там, где классных руководителей не меньше трёх.</p></xsl:if>
</xsl:template>

<xsl:template name="control-by">
  <xsl:param name="by"/>
  <xsl:param name="word"/>
  <xsl:choose>
    <xsl:when test="@view = $by"><b aria-current="page"><xsl:value-of select="$word"/></b></xsl:when>
    <xsl:otherwise><a href="{$base}/control?{$days}&amp;by={$by}"><xsl:value-of select="$word"/></a></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="control-days">
  <form class="controls days-form" method="get" action="{$base}/control">
    <input type="hidden" name="by" value="{@view}"/>
    <label><span class="label">С</span><input type="date" name="from_on" value="{@from_on}"/></label>
    <label><span class="label">по</span><input type="date" name="till_on" value="{@till_on}"/></label>
    <button>Показать</button>
  </form>
</xsl:template>

<xsl:template match="control" mode="matrix">
  <div class="matrix" role="region" aria-label="Обязанности" tabindex="0">
  <table class="data">
    <caption class="sr">Что не сделано, с <xsl:apply-templates select="@from_on" mode="date"/> по <xsl:apply-templates select="@till_on" mode="date"/></caption>
    <thead>
      <tr>
        <th scope="col" rowspan="2">
          <xsl:choose><xsl:when test="@view = 'class'">Класс</xsl:when><xsl:otherwise>Учитель</xsl:otherwise></xsl:choose>
        </th>
        <xsl:for-each select="exsl:node-set($duty-themes)/t">
          <xsl:variable name="theme" select="@key"/>
          <th scope="colgroup" colspan="{count($columns[@theme = $theme])}"><span><xsl:value-of select="@word"/></span></th>
        </xsl:for-each>
      </tr>
      <tr>
        <xsl:for-each select="$columns">
          <th scope="col"><xsl:apply-templates select="@duty_key" mode="duty-short"/></th>
        </xsl:for-each>
      </tr>
    </thead>
    <tbody>
      <tr class="all">
        <th scope="row"><xsl:choose><xsl:when test="@is_whole">Вся школа</xsl:when><xsl:otherwise>Всего</xsl:otherwise></xsl:choose></th>
        <xsl:for-each select="$columns">
          <td><xsl:call-template name="control-cell"><xsl:with-param name="duty" select="@duty_key"/></xsl:call-template></td>
        </xsl:for-each>
      </tr>
      <xsl:for-each select="line">
        <xsl:variable name="line" select="concat('&amp;', $line-field, '=', @line_id)"/>
        <xsl:variable name="name" select="concat(', ', @name)"/>
        <tr>
          <th scope="row"><xsl:apply-templates select="." mode="line-name"/></th>
          <xsl:for-each select="c">
            <xsl:variable name="n" select="position()"/>
            <td>
              <xsl:call-template name="control-cell">
                <xsl:with-param name="duty" select="$columns[$n]/@duty_key"/>
                <xsl:with-param name="line" select="$line"/>
                <xsl:with-param name="name" select="$name"/>
              </xsl:call-template>
            </td>
          </xsl:for-each>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  </div>
</xsl:template>

<!-- The cell of an element with undone and total. -->
<xsl:template name="control-cell">
  <xsl:param name="duty"/>
  <xsl:param name="line"/>
  <xsl:param name="name"/>
  <xsl:choose>
    <xsl:when test="not(@total)"/>
    <xsl:when test="@undone = 0"><span class="soft">нет</span></xsl:when>
    <xsl:otherwise>
      <xsl:attribute name="class">
        <xsl:choose><xsl:when test="@undone * 10 &lt; @total">some</xsl:when><xsl:otherwise>many</xsl:otherwise></xsl:choose>
      </xsl:attribute>
      <xsl:choose>
        <xsl:when test="$is-blind"><xsl:value-of select="concat(@undone, ' из ', @total)"/></xsl:when>
        <xsl:otherwise>
          <a href="{$base}/control/duties/{$duty}?{$days}{$line}">
            <span class="sr"><xsl:value-of select="concat($duty-words[@key = $duty]/@name, $name, ': ')"/></span>
            <xsl:value-of select="concat(@undone, ' из ', @total)"/>
          </a>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@undone * 10 &gt;= @total"><small> много</small></xsl:if>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- .............................................. what of a duty is undone -->

<xsl:template match="page/control[@view = 'duty']" mode="title"><xsl:apply-templates select="@duty_key" mode="duty"/></xsl:template>
<xsl:template match="page/control[@view = 'duty']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/control[@view = 'duty']" mode="actions">
  <div class="actions">
    <a href="{$base}/control?{$days}">Вся таблица</a>
    <xsl:if test="@is_lead and @staff_id">
      <a href="{$base}/control/duties/{@duty_key}/finding?addressee_id={@staff_id}&amp;from_on={@from_on}&amp;till_on={@till_on}">Замечание обо всём этом</a>
    </xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/control[@view = 'duty']" priority="1">
  <xsl:variable name="words" select="$duty-words[@key = current()/@duty_key]"/>
  <p class="lead">
    <xsl:choose>
      <xsl:when test="@staff_name"><xsl:value-of select="@staff_name"/></xsl:when>
      <xsl:when test="@class_name"><xsl:value-of select="@class_name"/></xsl:when>
      <xsl:when test="@is_whole">Вся школа</xsl:when>
      <xsl:otherwise>Всего</xsl:otherwise>
    </xsl:choose>
    <xsl:text>, с </xsl:text><xsl:apply-templates select="@from_on" mode="date"/><xsl:text> по </xsl:text><xsl:apply-templates select="@till_on" mode="date"/>
  </p>
  <p class="hint"><xsl:value-of select="concat($words/@hint, ' ', $words/@mend)"/></p>
  <xsl:choose>
    <xsl:when test="fact"><xsl:apply-templates select="." mode="facts"/></xsl:when>
    <xsl:otherwise><p class="empty">Всё сделано: таких случаев нет.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept">
        <xsl:value-of select="concat('?', $days)"/>
        <xsl:if test="../@staff_id"><xsl:value-of select="concat('&amp;staff_id=', ../@staff_id)"/></xsl:if>
        <xsl:if test="../@class_id"><xsl:value-of select="concat('&amp;class_id=', ../@class_id)"/></xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="control" mode="facts">
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'случай'"/>
        <xsl:with-param name="few" select="'случая'"/><xsl:with-param name="many" select="'случаев'"/>
      </xsl:call-template>
    </caption>
    <thead><tr><th scope="col">День</th><th scope="col">Класс, предмет</th><th scope="col">Учитель</th><th scope="col">О чём</th><xsl:if test="@is_lead"><th scope="col" class="to">Замечание</th></xsl:if></tr></thead>
    <tbody><xsl:apply-templates select="fact"/></tbody>
  </table>
</xsl:template>

<xsl:template match="control/fact">
  <tr>
    <th scope="row"><xsl:apply-templates select="." mode="place"/></th>
    <td data-word="Класс, предмет">
      <xsl:value-of select="@class_name"/>
      <xsl:if test="@subject_name"><xsl:value-of select="concat(', ', @subject_name)"/></xsl:if>
    </td>
    <td data-word="Учитель"><xsl:value-of select="@staff_name"/></td>
    <td data-word="О чём">
      <xsl:value-of select="@pupil_name"/>
      <xsl:if test="@pupil_name and @note"><xsl:text>: </xsl:text></xsl:if>
      <xsl:value-of select="@note"/>
      <xsl:apply-templates select="." mode="amount"/>
    </td>
    <xsl:if test="$control/@is_lead">
      <td class="to"><xsl:apply-templates select="self::*[@staff_id]" mode="find"/></td>
    </xsl:if>
  </tr>
</xsl:template>

<!-- A finding about this fact. -->
<xsl:template match="fact" mode="find">
  <a>
    <xsl:attribute name="href">
      <xsl:value-of select="concat($base, '/control/duties/', $control/@duty_key, '/finding?addressee_id=', @staff_id)"/>
      <xsl:for-each select="@class_id | @teaching_id | @lesson_id"><xsl:value-of select="concat('&amp;', name(), '=', .)"/></xsl:for-each>
      <xsl:value-of select="concat('&amp;from_on=', @on_day, '&amp;till_on=', @on_day)"/>
    </xsl:attribute>
    <xsl:text>Сделать замечание</xsl:text>
  </a>
</xsl:template>

<!-- The day of a fact, with a link to where it is mended. -->
<xsl:template match="fact" mode="place"><xsl:apply-templates select="@on_day" mode="date"/></xsl:template>
<xsl:template match="control[@duty_key = 'finals' or @duty_key = 'objectivity']/fact" mode="place">
  <a href="{$base}/journals/{@journal_id}/finals"><xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="control[@duty_key = 'few-marks']/fact" mode="place">
  <a href="{$base}/journals/{@journal_id}"><xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="control[@duty_key = 'lag' or @duty_key = 'plan']/fact" mode="place">
  <a href="{$base}/teachings/{@teaching_id}/plan"><xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="control[@duty_key = 'off-schedule']/fact[not(@lesson_id)]" mode="place">
  <a href="{$base}/controls/classes/{@class_id}"><xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="control[@duty_key = 'control-share']/fact" mode="place">
  <a href="{$base}/controls/classes/{@class_id}"><xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="control[@duty_key = 'corrections']/fact" mode="place">
  <a href="{$base}/corrections"><xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="control[@duty_key = 'week']/fact" mode="place">
  <a href="{$base}/classes/{@class_id}/checks">неделя с <xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="control[@duty_key = 'data']/fact" mode="place">
  <a href="{$base}/verifications">месяц с <xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="control[@duty_key = 'receipt']/fact" mode="place">
  <a href="{$base}/classes/{@class_id}/receipts?week_on={@on_day}">неделя с <xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="control[@duty_key = 'informing' or @duty_key = 'visit']/fact" mode="place">
  <a href="{$base}/pupils/{@pupil_id}/informing"><xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="control[@duty_key = 'homework-minutes']/fact" mode="place">
  <a href="{$base}/timetable?class_id={@class_id}"><xsl:apply-templates select="@on_day" mode="date"/></a>
</xsl:template>
<xsl:template match="fact[@lesson_id]" mode="place">
  <a href="{$base}/lessons/{@lesson_id}"><xsl:apply-templates select="@on_day" mode="date"/><xsl:if test="@slot">, <xsl:value-of select="@slot"/>-й урок</xsl:if></a>
</xsl:template>

</xsl:stylesheet>
