<?xml version="1.0" encoding="UTF-8"?>
<!-- years.xsl: the school years, the check of a year's calendar, «Открыть следующий учебный год».
     in   <years view="list" year next can_open? is_mine? done?>
            <year year from_on till_on plans holidays classes is_open? job_id? is_busy?/>…
            <fault code name? from_on? till_on? n?/>…</years>
          <years view="bounds" year from_on till_on><outside kind name? from_on till_on n? term_plan_id? holiday_id?/>…
     out  a table of years; the faults in words, each with a link to where it is mended; a button
     see  form.xsl, jobs.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template name="year-name">
  <xsl:param name="year"/>
  <xsl:value-of select="concat($year, '/', substring($year + 1, 3))"/>
</xsl:template>

<xsl:template match="page/years" mode="title">Учебные годы</xsl:template>
<xsl:template match="page/years" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/years">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status"><xsl:choose><xsl:when test="@done = 'added'">Учебный год открыт: проверьте его сроки.</xsl:when><xsl:otherwise>Сохранено.</xsl:otherwise></xsl:choose></p></xsl:if>
  <table class="data people">
    <caption class="sr">Учебные годы</caption>
    <thead><tr><th scope="col">Учебный год</th><th scope="col">С</th><th scope="col">По</th><th scope="col">Учебные периоды</th><th scope="col">Каникулы</th><th scope="col">Классов</th><th scope="col">Журналы</th></tr></thead>
    <tbody><xsl:apply-templates select="year"/></tbody>
  </table>
  <h2>Проверка сроков: <xsl:call-template name="year-name"><xsl:with-param name="year" select="@year"/></xsl:call-template></h2>
  <xsl:if test="not(fault)"><p><span class="done">Пропусков и пересечений нет.</span></p></xsl:if>
  <xsl:if test="fault"><ul class="faults"><xsl:apply-templates select="fault"/></ul></xsl:if>
  <xsl:apply-templates select="@can_open"/>
</xsl:template>

<xsl:template match="years/year">
  <tr>
    <th scope="row">
      <a href="{$base}/years?year={@year}">
        <xsl:call-template name="year-name"><xsl:with-param name="year" select="@year"/></xsl:call-template>
      </a>
    </th>
    <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
    <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/><xsl:if test="../@is_mine"><xsl:text> </xsl:text><a href="{$base}/years/bounds?year={@year}">изменить</a></xsl:if></td>
    <td data-word="Учебные периоды"><a href="{$base}/terms?year={@year}"><xsl:value-of select="@plans"/></a></td>
    <td data-word="Каникулы"><a href="{$base}/holidays?year={@year}"><xsl:value-of select="@holidays"/></a></td>
    <td data-word="Классов"><a href="{$base}/classes?year={@year}"><xsl:value-of select="@classes"/></a></td>
    <td data-word="Журналы">
      <xsl:choose>
        <xsl:when test="@is_open"><span class="done">готовы</span></xsl:when>
        <xsl:when test="@is_busy"><a href="{$base}/jobs/{@job_id}"><span class="todo">готовятся</span></a></xsl:when>
        <xsl:when test="@job_id"><a href="{$base}/jobs/{@job_id}"><span class="todo">не подготовлены</span></a></xsl:when>
        <xsl:otherwise><span class="todo">не подготовлены</span></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="../@is_mine and not(@is_open or @is_busy)">
        <form method="post" action="{$base}/years">
          <xsl:call-template name="token"/>
          <input type="hidden" name="year" value="{@year}"/>
          <button class="plain">Подготовить ещё раз</button>
        </form>
      </xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="years/@can_open">
  <section class="card">
    <h2>Следующий год</h2>
    <p>Из последнего года возьмутся учебные периоды, каникулы и режим занятий: дни передвинутся на целые недели, праздники останутся в свои числа.
      Журналы нового года журнал готовит в фоне, это занимает до нескольких минут и никому не мешает.
      Классы нового года появятся, когда вы переведёте учеников; периоды им предложатся по параллелям.</p>
    <form method="post" action="{$base}/years">
      <xsl:call-template name="token"/>
      <input type="hidden" name="year" value="{../@next}"/>
      <p class="bar"><button class="main">Открыть <xsl:call-template name="year-name"><xsl:with-param name="year" select="../@next"/></xsl:call-template> учебный год</button></p>
    </form>
  </section>
</xsl:template>

<!-- ................................................................. faults -->

<xsl:template match="years/fault">
  <li>
    <xsl:apply-templates select="." mode="said"/>
    <xsl:text> </xsl:text>
    <a>
      <xsl:attribute name="href">
        <xsl:value-of select="$base"/>
        <xsl:choose>
          <xsl:when test="starts-with(@code, 'holiday') or @code = 'term_gap' or @code = 'term_in_holiday'"><xsl:value-of select="concat('/holidays?year=', ../@year)"/></xsl:when>
          <xsl:when test="@code = 'bells_missing'">/modes</xsl:when>
          <xsl:when test="@code = 'bells_empty'">/bells</xsl:when>
          <xsl:otherwise><xsl:value-of select="concat('/terms?year=', ../@year)"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:text>Исправить</xsl:text>
    </a>
  </li>
</xsl:template>

<xsl:template match="fault" mode="said">Нет учебных периодов для параллелей: <xsl:value-of select="@name"/>.</xsl:template>
<xsl:template match="fault[@code = 'term_missing']" mode="said"><xsl:value-of select="@name"/>: введены не все учебные периоды, не хватает — <xsl:value-of select="@n"/>.</xsl:template>
<xsl:template match="fault[@code = 'term_gap']" mode="said">
  <xsl:value-of select="@name"/>: дни между периодами не учебные и не каникулы (<xsl:apply-templates select="." mode="days"/>).
</xsl:template>
<xsl:template match="fault[@code = 'term_in_holiday']" mode="said">
  <xsl:value-of select="@name"/>: начинается или заканчивается во время каникул (<xsl:apply-templates select="." mode="days"/>).
</xsl:template>
<xsl:template match="fault[@code = 'holiday_missing']" mode="said">
  <xsl:text>Нет каникул: </xsl:text>
  <xsl:choose>
    <xsl:when test="@name = 'autumn'">осенних.</xsl:when>
    <xsl:when test="@name = 'winter'">зимних.</xsl:when>
    <xsl:otherwise>весенних.</xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="fault[@code = 'bells_missing']" mode="said">В начале года нет звонков у параллелей: <xsl:value-of select="@name"/>.</xsl:template>
<xsl:template match="fault[@code = 'bells_empty']" mode="said">В звонках «<xsl:value-of select="@name"/>» нет ни одного урока.</xsl:template>
<xsl:template match="fault" mode="days">
  <xsl:apply-templates select="@from_on" mode="date"/>
  <xsl:if test="@till_on != @from_on"> – <xsl:apply-templates select="@till_on" mode="date"/></xsl:if>
</xsl:template>

<!-- ................................................................. bounds -->

<xsl:template match="page/years[@view = 'bounds']" mode="title">Сроки учебного года <xsl:call-template name="year-name"><xsl:with-param name="year" select="@year"/></xsl:call-template></xsl:template>
<xsl:template match="page/years[@view = 'bounds']" mode="actions"/>
<xsl:template match="page/years[@view = 'bounds']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>

<xsl:template match="page/years[@view = 'bounds']" priority="1">
  <form class="card" method="post" action="{$base}/years/bounds">
    <xsl:call-template name="token"/>
    <input type="hidden" name="year" value="{@year}"/>
    <xsl:apply-templates select="@from_on" mode="bound"><xsl:with-param name="word" select="'Первый день'"/></xsl:apply-templates>
    <xsl:apply-templates select="@till_on" mode="bound"><xsl:with-param name="word" select="'Последний день'"/></xsl:apply-templates>
    <p class="hint">В эти сроки входят и каникулы, и летняя практика: обычно с 1 сентября по 31 августа. Начало и конец уроков задают <a href="{$base}/terms?year={@year}">учебные периоды</a>.</p>
    <xsl:if test="outside">
      <p>Вне этих сроков остались бы:</p>
      <ul><xsl:apply-templates select="outside"/></ul>
    </xsl:if>
    <p class="bar"><button class="main">Сохранить</button></p>
  </form>
</xsl:template>

<xsl:template match="years/@from_on|years/@till_on" mode="bound">
  <xsl:param name="word"/>
  <xsl:call-template name="old-field">
    <xsl:with-param name="name" select="name()"/>
    <xsl:with-param name="value" select="."/>
  </xsl:call-template>
  <xsl:call-template name="form-row">
    <xsl:with-param name="name" select="name()"/>
    <xsl:with-param name="label" select="$word"/>
    <xsl:with-param name="type" select="'date'"/>
    <xsl:with-param name="value" select="."/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="years/outside">
  <li><xsl:apply-templates select="." mode="what"/> (<xsl:apply-templates select="." mode="days"/>)</li>
</xsl:template>
<xsl:template match="outside" mode="days">
  <xsl:apply-templates select="@from_on" mode="date"/>
  <xsl:if test="@till_on != @from_on"> – <xsl:apply-templates select="@till_on" mode="date"/></xsl:if>
</xsl:template>
<xsl:template match="outside" mode="what"><a href="{$base}/terms/{@term_plan_id}"><xsl:value-of select="@name"/></a></xsl:template>
<xsl:template match="outside[@holiday_id]" mode="what">
  <a href="{$base}/holidays/{@holiday_id}"><xsl:value-of select="@name"/></a>
</xsl:template>
<xsl:template match="outside[@kind = 'lesson']" mode="what">
  <xsl:call-template name="plural">
    <xsl:with-param name="n" select="@n"/>
    <xsl:with-param name="one" select="'урок'"/>
    <xsl:with-param name="few" select="'урока'"/>
    <xsl:with-param name="many" select="'уроков'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page[years]/errors/error[@field = 'from_on']" mode="field-name">Первый день</xsl:template>
<xsl:template match="page[years]/errors/error[@field = 'till_on']" mode="field-name">Последний день</xsl:template>
<xsl:template match="page[years]/errors/error[@code = 'JE106']" mode="words">Учебный год начинается с июня по декабрь и заканчивается в следующем календарном году.</xsl:template>
<xsl:template match="page[years]/errors/error[@code = 'JE171']" mode="words">Сначала передвиньте периоды и каникулы, которые остались бы вне года, — они названы ниже.</xsl:template>
<xsl:template match="page[years]/errors/error[@code = 'JE207']" mode="words">Вне года остались бы уроки.</xsl:template>
<xsl:template match="page[years]/errors/error[@code = 'JE212']" mode="words">Эти дни уже входят в другой учебный год.</xsl:template>
<xsl:template match="page[years]/errors/error[@code = 'JE102']" mode="words">Этот год сейчас открыть нельзя: откройте страницу ещё раз.</xsl:template>

</xsl:stylesheet>
