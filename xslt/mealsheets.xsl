<?xml version="1.0" encoding="UTF-8"?>
<!-- mealsheets.xsl: months of meals: the list, the month of the school, the sheet of a class.
     in   mealsheets[@view = 'list'] with today_on is_mine? /month[month_key name is_closed? closed_name? closed_at?]…
          mealsheets[@view = 'month'] with month_key name school_name director_name organisers? is_closed? closed_name?
            closed_at? is_mine? can_close? prev_key next_key? done?
            /cover[name pupils fed free pct?]…, cost[category_name meal_name age portions total by_parents by_budget missed?
             missed_total?]…, class[class_id name pupils fed portions total charged paid balance debtors?]…,
             difference[meal_order_id pupil_id pupil_name class_name served_on meal_name state is_absent?]…
          mealsheets[@view = 'class']: mealsheets_class.xsl
     out  tables; to the organiser the button that closes the month, and a form for each difference
     see  form.xsl, meals_tabs.xsl, print/mealsheets.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="meals_tabs.xsl"/>
<xsl:include href="meals_words.xsl"/>
<xsl:include href="mealsheets_class.xsl"/>
<xsl:include href="mealsheets_cost.xsl"/>

<xsl:template match="page/mealsheets" mode="title">Питание по месяцам</xsl:template>
<xsl:template match="page/mealsheets" mode="actions"/>

<xsl:template match="page/mealsheets">
  <xsl:call-template name="meals-tabs"><xsl:with-param name="here" select="'mealsheets'"/></xsl:call-template>
  <table class="data people">
    <caption class="sr">Месяцы</caption>
    <thead><tr><th scope="col">Месяц</th><th scope="col">Состояние</th></tr></thead>
    <tbody>
      <xsl:for-each select="month">
        <tr>
          <th scope="row"><a href="{$base}/meals/months/{@month_key}"><xsl:value-of select="@name"/></a></th>
          <td data-word="Состояние">
            <xsl:choose>
              <xsl:when test="@is_closed">закрыт, <xsl:value-of select="concat(@closed_name, ', ')"/><xsl:apply-templates select="@closed_at" mode="moment"/></xsl:when>
              <xsl:otherwise>открыт</xsl:otherwise>
            </xsl:choose>
          </td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <xsl:if test="not(month)"><p class="empty">Учебный год ещё не начался. <a href="{$base}/meals">Заказы</a></p></xsl:if>
</xsl:template>

<!-- ................................................................. the month -->

<xsl:template match="page/mealsheets[@view = 'month']" mode="title"><xsl:value-of select="concat('Питание: ', @name)"/></xsl:template>
<xsl:template match="page/mealsheets[@view = 'month']" mode="actions">
  <div class="actions"><a href="?format=print">Напечатать</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/mealsheets[@view = 'month']" priority="1">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <nav class="pages" aria-label="Месяцы">
    <a rel="prev" href="{$base}/meals/months/{@prev_key}">← Раньше</a>
    <xsl:if test="@next_key"><a rel="next" href="{$base}/meals/months/{@next_key}">Позже →</a></xsl:if>
  </nav>
  <xsl:if test="@is_closed"><p class="notice">Месяц закрыт: <xsl:value-of select="concat(@closed_name, ', ')"/><xsl:apply-templates select="@closed_at" mode="moment"/>.</p></xsl:if>
  <xsl:apply-templates select="self::*[difference]" mode="differences"/>
  <xsl:call-template name="meal-covers"/>
  <xsl:call-template name="meal-costs"/>
  <xsl:apply-templates select="self::*[class]" mode="classes"/>
  <xsl:if test="@can_close">
    <form class="card" method="post" action="{$base}/meals/months/{@month_key}">
      <xsl:call-template name="token"/>
      <p>После закрытия заказы и оплату этого месяца не меняют: остатки переходят на следующий. Открыть месяц снова нельзя.</p>
      <xsl:if test="difference"><p class="todo">Расхождения с посещаемостью ещё не разобраны.</p></xsl:if>
      <p class="bar"><button class="main">Закрыть месяц</button></p>
    </form>
  </xsl:if>
  <xsl:if test="@is_mine and not(@can_close)"><p class="hint">Закрыть месяц можно, когда прошёл его последний день с питанием и закрыты месяцы до него.</p></xsl:if>
</xsl:template>

<xsl:template match="mealsheets" mode="differences">
  <section>
    <h2>Расхождения с посещаемостью</h2>
    <table class="data people">
      <caption class="sr">Расхождения</caption>
      <thead><tr><th scope="col">Ученик</th><th scope="col">Класс</th><th scope="col">День</th><th scope="col">Приём пищи</th><th scope="col">Что не сходится</th><xsl:if test="@is_mine"><th scope="col" class="to">Разобрать</th></xsl:if></tr></thead>
      <tbody><xsl:apply-templates select="difference"/></tbody>
    </table>
  </section>
</xsl:template>

<xsl:variable name="can-settle" select="boolean(/page/mealsheets/@is_mine)"/>
<xsl:variable name="month-key" select="string(/page/mealsheets/@month_key)"/>
<xsl:template match="mealsheets/difference">
  <tr>
    <th scope="row"><a href="{$base}/pupils/{@pupil_id}/meals"><xsl:value-of select="@pupil_name"/></a></th>
    <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
    <td data-word="День"><xsl:apply-templates select="@served_on" mode="date"/></td>
    <td data-word="Приём пищи"><xsl:value-of select="@meal_name"/></td>
    <td data-word="Что не сходится">
      <xsl:choose>
        <xsl:when test="@is_absent">съедено, но на первом уроке отсутствовал</xsl:when>
        <xsl:otherwise><xsl:value-of select="$order-state[@value = current()/@state]"/>, но на первом уроке был</xsl:otherwise>
      </xsl:choose>
    </td>
    <xsl:if test="$can-settle">
      <td class="to">
        <form class="settle" method="post" action="{$base}/meals/months/{$month-key}">
          <xsl:call-template name="token"/>
          <input type="hidden" name="meal_order_id" value="{@meal_order_id}"/>
          <input type="hidden" name="old_state" value="{@state}"/>
          <select name="state" aria-label="Что было: {@pupil_name}">
            <option value="eaten"><xsl:if test="not(@is_absent)"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>съел(а)</option>
            <option value="missed"><xsl:if test="@is_absent"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>не ел(а)</option>
          </select>
          <input type="text" name="reason" maxlength="200" required="required" placeholder="Причина"
              aria-label="Причина: {@pupil_name}" autocomplete="off"/>
          <button aria-label="Записать: {@pupil_name}">Записать</button>
        </form>
      </td>
    </xsl:if>
  </tr>
</xsl:template>

<xsl:template match="mealsheets" mode="classes">
  <table class="data people">
    <caption>Классы</caption>
    <thead><tr><th scope="col">Класс</th><th scope="col" class="number">Учеников</th><th scope="col" class="number">Питались</th><th scope="col" class="number">Порций</th><th scope="col" class="number">Начислено семьям, руб.</th><th scope="col" class="number">Оплачено, руб.</th><th scope="col" class="number">Остаток, руб.</th><th scope="col" class="number">С долгом</th></tr></thead>
    <tbody>
      <xsl:for-each select="class">
        <tr>
          <th scope="row"><a href="{$base}/meals/classes/{@class_id}/{$month-key}"><xsl:value-of select="@name"/></a></th>
          <td class="number" data-word="Учеников"><xsl:value-of select="@pupils"/></td>
          <td class="number" data-word="Питались"><xsl:value-of select="@fed"/></td>
          <td class="number" data-word="Порций"><xsl:value-of select="@portions"/></td>
          <td class="number" data-word="Начислено семьям, руб."><xsl:apply-templates select="@charged" mode="money"/></td>
          <td class="number" data-word="Оплачено, руб."><xsl:apply-templates select="@paid" mode="money"/></td>
          <td class="number" data-word="Остаток, руб."><xsl:apply-templates select="@balance" mode="money"/></td>
          <td class="number" data-word="С долгом"><xsl:value-of select="@debtors"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="page[mealsheets]/errors/error[@code = 'JE254']" mode="words">В этом месяце ещё будут кормить: закройте его после последнего дня с питанием.</xsl:template>
<xsl:template match="page[mealsheets]/errors/error[@code = 'JE255']" mode="words">Сначала закройте предыдущие месяцы.</xsl:template>
<xsl:template match="page[mealsheets]/errors/error[@code = 'JE212']" mode="words">Месяц уже закрыт.</xsl:template>
<xsl:template match="page[mealsheets]/errors/error[@code = 'JE101']" mode="words">Напишите причину.</xsl:template>

</xsl:stylesheet>
