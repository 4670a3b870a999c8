<?xml version="1.0" encoding="UTF-8"?>
<!-- terms.xsl: how a school year is divided for some grades, and the terms of one such plan.
     in   terms[@view = 'list'] with year from_on till_on is_mine? done?
            /plan[term_plan_id name kind grade_from grade_till classes]/term[name from_on till_on],
            choice[for = 'year']…
          terms[@view = 'show'] with the attributes of a plan, year from_on till_on
            /term[ordinal term_name? from_on? till_on?], one for each term of the kind
     out  a table with the terms of each plan; a form with a row for each term
     see  rows.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="rows.xsl"/>

<xsl:variable name="fields">
  <f name="name" label="Название" max="100" required="required" hint="Для кого: например, «2–9 классы»."/>
  <f name="kind" label="Учатся по">
    <o value="quarter">четвертям</o>
    <o value="half">полугодиям</o>
    <o value="trimester">триместрам</o>
    <o value="year">году без деления</o>
  </f>
  <f name="grade_from" label="С класса" type="number" min="1" max="12" required="required"/>
  <f name="grade_till" label="По класс" type="number" min="1" max="12" required="required"
     hint="Новому классу этих параллелей предлагаются эти периоды."/>
</xsl:variable>
<xsl:variable name="row-fields">
  <f name="term_name" label="Название" type="text" max="40"/>
  <f name="from_on" label="Первый день" type="date"/>
  <f name="till_on" label="Последний день" type="date"/>
</xsl:variable>

<xsl:template match="page/terms" mode="title">Учебные периоды <xsl:value-of select="choice[@value = current()/@year]/@name"/></xsl:template>
<xsl:template match="page/terms[@view = 'show']" mode="title">
  <xsl:value-of select="concat('Учебные периоды: ', @name, ', ', @year, '/', (@year + 1) mod 100)"/>
</xsl:template>
<xsl:template match="page/terms[@view = 'list']" mode="actions">
  <xsl:call-template name="years"><xsl:with-param name="path" select="'/terms'"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/terms">
  <xsl:apply-templates select="@done[not($is-refused)]"><xsl:with-param name="path" select="'/terms'"/></xsl:apply-templates>
  <xsl:apply-templates select="@is_mine" mode="new"/>
  <p class="hint">Учебный год: с <xsl:apply-templates select="@from_on" mode="date"/> по <xsl:apply-templates select="@till_on" mode="date"/>.</p>
  <xsl:if test="not(plan)"><p class="empty">Учебных периодов этого года пока нет. Их вводит администратор или завуч.</p></xsl:if>
  <xsl:if test="plan">
    <table class="data people">
      <thead>
        <tr>
          <th scope="col">Для кого</th>
          <th scope="col">Учатся по</th>
          <th scope="col">Классы</th>
          <th scope="col">Периоды</th>
          <th scope="col" class="number">Классов</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="plan"/></tbody>
    </table>
  </xsl:if>
</xsl:template>

<xsl:template match="terms/@is_mine" mode="new">
  <details class="more">
    <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Добавить деление года</summary>
    <form class="card" method="post" action="{$base}/terms{$list-query}">
      <xsl:call-template name="token"/>
      <input type="hidden" name="year" value="{../@year}"/>
      <xsl:for-each select="$page/terms"><xsl:call-template name="edit-fields"/></xsl:for-each>
      <p class="bar"><button class="main">Добавить</button></p>
    </form>
  </details>
</xsl:template>

<xsl:template match="terms/plan">
  <xsl:variable name="kind" select="$field[@name = 'kind']/o[@value = current()/@kind]"/>
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="../@is_mine"><a href="{$base}/terms/{@term_plan_id}{$list-query}"><xsl:value-of select="@name"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
      </xsl:choose>
    </th>
    <td data-word="Учатся по"><xsl:value-of select="$kind"/></td>
    <td data-word="Классы">
      <xsl:value-of select="@grade_from"/>
      <xsl:if test="@grade_till != @grade_from"><xsl:value-of select="concat('–', @grade_till)"/></xsl:if>
    </td>
    <td data-word="Периоды">
      <xsl:for-each select="term">
        <xsl:if test="position() &gt; 1"><br/></xsl:if>
        <xsl:value-of select="concat(@name, ': ')"/>
        <xsl:apply-templates select="@from_on" mode="date"/> – <xsl:apply-templates select="@till_on" mode="date"/>
      </xsl:for-each>
      <xsl:if test="not(term)"><span class="todo">дни не введены</span></xsl:if>
    </td>
    <td data-word="Классов" class="number"><xsl:value-of select="@classes"/></td>
  </tr>
</xsl:template>

<!-- ............................................................. one plan -->

<xsl:template match="page/terms[@view = 'show']" priority="1">
  <p class="hint">Учатся по <xsl:value-of select="$field[@name = 'kind']/o[@value = current()/@kind]"/>. Учебный год: с <xsl:apply-templates select="@from_on" mode="date"/> по <xsl:apply-templates select="@till_on" mode="date"/>.</p>
  <xsl:call-template name="record-form">
    <xsl:with-param name="but" select="'kind'"/>
    <xsl:with-param name="remove" select="'Удалить деление года'"/>
    <xsl:with-param name="removal" select="'Удаляют то, что заведено по ошибке. Если по этим периодам учится класс, удалить их нельзя.'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/terms" mode="rows">
  <input type="hidden" name="year_name" value="Год"/>
  <p class="hint">Между периодами — каникулы: их дни вводятся <a href="{$base}/holidays?year={@year}">отдельно</a>. Год продолжается от первого дня первого периода до последнего дня последнего.</p>
  <xsl:call-template name="edit-rows">
    <xsl:with-param name="rows" select="term"/>
    <xsl:with-param name="head" select="'№'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="terms/term" mode="row-label"><xsl:value-of select="@ordinal"/></xsl:template>

<xsl:template match="page[terms]/errors/error" mode="row-name">Период <xsl:value-of select="@n"/></xsl:template>

<!-- the usual name of a term that has none yet -->
<xsl:template match="terms/term[not(@term_name)]" mode="row-value">
  <xsl:param name="name"/>
  <xsl:variable name="kind" select="../@kind"/>
  <xsl:if test="$name = 'term_name'">
    <xsl:choose>
      <xsl:when test="$kind = 'year'">Год</xsl:when>
      <xsl:otherwise>
        <xsl:number value="@ordinal" format="I"/>
        <xsl:choose>
          <xsl:when test="$kind = 'quarter'"> четверть</xsl:when>
          <xsl:when test="$kind = 'half'"> полугодие</xsl:when>
          <xsl:otherwise> триместр</xsl:otherwise>
        </xsl:choose>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:if>
</xsl:template>

<xsl:template match="page[terms]/errors/error[@code = 'JE102'][@field = 'grade_till']" mode="words">Здесь нужен номер класса до 12, не меньше первого.</xsl:template>
<xsl:template match="page[terms]/errors/error[@code = 'JE171']" mode="words">Этот день не входит в учебный год.</xsl:template>
<xsl:template match="page[terms]/errors/error[@code = 'JE271']" mode="words">Период начинается раньше, чем закончился предыдущий.</xsl:template>
<xsl:template match="page[terms]/errors/error[@code = 'JE201']" mode="words">Журналы этого периода уже закрыты: его дни изменить нельзя.</xsl:template>
<xsl:template match="page[terms]/errors/error[@code = 'JE207']" mode="words">За новыми границами остаются отметки. Верните прежние дни или выберите другие.</xsl:template>
<xsl:template match="page[terms]/errors/error[@code = 'JE211']" mode="words">По этому периоду уже ведутся журналы или учатся классы: удалить его нельзя.</xsl:template>
<xsl:template match="page[terms]/errors/error[@code = 'JE212']" mode="words">Деление года с таким названием уже есть.</xsl:template>

</xsl:stylesheet>
