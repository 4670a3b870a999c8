<?xml version="1.0" encoding="UTF-8"?>
<!-- meals.xsl: orders of meals: the classes of a day, a class and day; the other views are included.
     in   meals[@view = 'list'] with day_on day_name is_past? is_lead? is_organiser? prev_on? next_on? unpriced? meals done?
            /total[name classes confirmed sent portions cutoff_at]…
            /order[class_id class_name day_on day_name portions count is_confirmed? is_sent? is_open? cutoff_at? can_confirm?]…
          meals[@view = 'class'] with class_id class_name day_on day_name month_key organisers? is_closed? can_write? is_late?
            prev_on? next_on? done?
            /meal[meal_id name serves_at cutoff_at is_open? confirmed_name? confirmed_at? sent_at? portions]…
            /pupil[pupil_id name announced?]/c[s? w? r?]…
     out  tables; a button for each class that is to be confirmed; a tick for each pupil and meal
     see  form.xsl, meals_tabs.xsl, meals_choices.xsl, meals_pupil.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="meals_tabs.xsl"/>
<xsl:include href="meals_words.xsl"/>
<xsl:include href="meals_choices.xsl"/>
<xsl:include href="meals_pupil.xsl"/>

<xsl:key name="eats" match="/page/form/row/field[@name = 'eats']" use="."/>
<xsl:key name="ate" match="/page/form/row/field[@name = 'ate']" use="."/>
<xsl:variable name="meals" select="/page/meals"/>
<xsl:variable name="columns" select="$meals/meal"/>
<xsl:variable name="can-write" select="boolean($meals/@can_write)"/>
<xsl:variable name="is-conflict" select="boolean(/page/errors/error[@code = 'JE210'])"/>

<xsl:template match="page/meals" mode="title">Питание</xsl:template>
<xsl:template match="page/meals" mode="actions">
  <div class="actions">
    <xsl:if test="@is_lead"><a href="{$base}/meals/kitchen/{@day_on}">Для кухни</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<!-- ............................................................ the classes -->

<xsl:template match="page/meals">
  <xsl:call-template name="meals-tabs"><xsl:with-param name="here" select="'meals'"/></xsl:call-template>
  <xsl:apply-templates select="." mode="told"/>
  <xsl:if test="@is_lead">
    <nav class="pages" aria-label="Дни">
      <xsl:if test="@prev_on"><a rel="prev" href="?day_on={@prev_on}">← Раньше</a></xsl:if>
      <xsl:if test="@next_on"><a rel="next" href="?day_on={@next_on}">Позже →</a></xsl:if>
    </nav>
    <h2><xsl:value-of select="@day_name"/></h2>
  </xsl:if>
  <xsl:if test="@unpriced">
    <p class="todo">На этот день нет цены, поэтому не предложено заказов: <xsl:value-of select="@unpriced"/>. <a href="{$base}/meals/prices">Цены</a></p>
  </xsl:if>
  <xsl:if test="total"><xsl:apply-templates select="." mode="totals"/></xsl:if>
  <xsl:choose>
    <xsl:when test="order"><xsl:apply-templates select="." mode="orders"/></xsl:when>
    <xsl:when test="@meals = 0 and @is_organiser"><p class="empty">Приёмов пищи пока нет. <a href="{$base}/meals/servings">Завести завтрак и обед</a></p></xsl:when>
    <xsl:when test="@is_past"><p class="empty">В этот день заказов не было.</p></xsl:when>
    <xsl:otherwise><p class="empty">Заказов пока нет. Журнал предлагает их за день до срока по тому, <a href="{$base}/classes">кто в классе питается</a>.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="meals" mode="told">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
</xsl:template>

<xsl:template match="meals" mode="totals">
  <table class="data people">
    <caption>По школе</caption>
    <thead><tr><th scope="col">Приём пищи</th><th scope="col" class="number">Порций</th><th scope="col" class="number">Классов</th><th scope="col" class="number">Подтверждено</th><th scope="col" class="number">На кухне</th><th scope="col">Срок</th></tr></thead>
    <tbody>
      <xsl:for-each select="total">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td class="number" data-word="Порций"><xsl:value-of select="@portions"/></td>
          <td class="number" data-word="Классов"><xsl:value-of select="@classes"/></td>
          <td class="number" data-word="Подтверждено"><xsl:value-of select="@confirmed"/></td>
          <td class="number" data-word="На кухне"><xsl:value-of select="@sent"/></td>
          <td data-word="Срок"><xsl:apply-templates select="@cutoff_at" mode="moment"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="meals" mode="orders">
  <table class="data people">
    <caption>Классы</caption>
    <thead><tr><th scope="col">Класс</th><th scope="col">День</th><th scope="col">Порции</th><th scope="col">Состояние</th><th scope="col" class="to">Подтвердить</th></tr></thead>
    <tbody><xsl:apply-templates select="order"/></tbody>
  </table>
</xsl:template>

<xsl:template match="meals/order">
  <tr>
    <th scope="row"><a href="{$base}/meals/orders/{@class_id}/{@day_on}"><xsl:value-of select="@class_name"/></a></th>
    <td data-word="День"><xsl:value-of select="@day_name"/></td>
    <td data-word="Порции"><xsl:value-of select="@portions"/></td>
    <td data-word="Состояние"><xsl:apply-templates select="." mode="state"/></td>
    <td class="to">
      <xsl:if test="@can_confirm">
        <form method="post" action="{$base}/meals/orders/{@class_id}/{@day_on}">
          <xsl:call-template name="token"/>
          <input type="hidden" name="count" value="{@count}"/>
          <button class="main" aria-label="Подтвердить: {@count} — {@class_name}, {@day_name}">Подтвердить: <xsl:value-of select="@count"/></button>
        </form>
      </xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="order" mode="state">
  <xsl:choose>
    <xsl:when test="@is_sent and @is_confirmed">ушло на кухню</xsl:when>
    <xsl:when test="@is_sent"><b class="todo">ушло без подтверждения</b></xsl:when>
    <xsl:when test="@is_confirmed">подтверждено</xsl:when>
    <xsl:when test="@cutoff_at">подтвердить до <xsl:apply-templates select="@cutoff_at" mode="moment"/></xsl:when>
    <xsl:otherwise>срок прошёл</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ................................................................. a class -->

<xsl:template match="page/meals[@view = 'class']" mode="title"><xsl:value-of select="concat('Питание: ', @class_name, ', ', @day_name)"/>
</xsl:template>
<xsl:template match="page/meals[@view = 'class']" mode="actions">
  <div class="actions">
    <a href="{$base}/classes/{@class_id}/meals">Кто питается</a>
    <a href="{$base}/meals/classes/{@class_id}/{@month_key}">Табель</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/meals[@view = 'class']" priority="1">
  <xsl:apply-templates select="." mode="told"/>
  <nav class="pages" aria-label="Дни">
    <xsl:if test="@prev_on"><a rel="prev" href="{$base}/meals/orders/{@class_id}/{@prev_on}">← Раньше</a></xsl:if>
    <xsl:if test="@next_on"><a rel="next" href="{$base}/meals/orders/{@class_id}/{@next_on}">Позже →</a></xsl:if>
  </nav>
  <xsl:apply-templates select="meal" mode="line"/>
  <xsl:choose>
    <xsl:when test="not(meal)"><p class="empty">На этот день заказов нет: его ещё рано предлагать, или в классе никто не выбрал питание. <a href="{$base}/classes/{@class_id}/meals">Кто питается</a></p></xsl:when>
    <xsl:when test="@can_write">
      <form method="post" action="{$base}/meals/orders/{@class_id}/{@day_on}">
        <xsl:call-template name="token"/>
        <xsl:apply-templates select="." mode="pupils"/>
        <xsl:if test="@is_late">
          <p class="row">
            <label><span class="label">Причина изменения</span>
              <input name="reason" type="text" maxlength="200" autocomplete="off">
                <xsl:attribute name="value"><xsl:call-template name="typed"><xsl:with-param name="name" select="'reason'"/>
                </xsl:call-template></xsl:attribute>
                <xsl:call-template name="invalid"><xsl:with-param name="name" select="'reason'"/></xsl:call-template>
              </input>
            </label>
            <span class="hint">Срок заказа прошёл: без причины изменить порцию нельзя.</span>
            <xsl:call-template name="field-error"><xsl:with-param name="name" select="'reason'"/></xsl:call-template>
          </p>
        </xsl:if>
        <p class="savebar bar"><button class="main"><xsl:choose><xsl:when test="meal[@is_open and not(@confirmed_at)]">Подтвердить</xsl:when><xsl:otherwise>Сохранить</xsl:otherwise></xsl:choose></button></p>
      </form>
    </xsl:when>
    <xsl:otherwise>
      <xsl:if test="not(@is_closed) and @organisers and not(meal/@is_open)"><p class="hint">Заказ ушёл на кухню. Изменить его может ответственный за питание: <xsl:value-of select="@organisers"/>.</p></xsl:if>
      <xsl:if test="@is_closed"><p class="hint">Месяц закрыт: заказы больше не меняют.</p></xsl:if>
      <xsl:apply-templates select="." mode="pupils"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="meal" mode="line">
  <p>
    <b><xsl:value-of select="@name"/></b>, <xsl:value-of select="@serves_at"/>: порций <b><xsl:value-of select="@portions"/></b>
    <xsl:choose>
      <xsl:when test="@confirmed_at">; <xsl:value-of select="concat('подтверждено, ', @confirmed_name, ', ')"/><xsl:apply-templates select="@confirmed_at" mode="moment"/></xsl:when>
      <xsl:when test="@is_open">; подтвердить до <xsl:apply-templates select="@cutoff_at" mode="moment"/></xsl:when>
      <xsl:otherwise>; <b class="todo">ушло без подтверждения</b></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@sent_at">; на кухне с <xsl:apply-templates select="@sent_at" mode="moment"/></xsl:if>
  </p>
</xsl:template>

<xsl:template match="meals" mode="pupils">
  <table class="data people">
    <caption class="sr">Кто питается в этот день</caption>
    <thead><tr><th scope="col">Ученик</th><xsl:for-each select="meal"><th scope="col"><xsl:value-of select="@name"/></th></xsl:for-each></tr></thead>
    <tbody><xsl:apply-templates select="pupil" mode="day"/></tbody>
  </table>
</xsl:template>

<xsl:template match="pupil" mode="day">
  <xsl:variable name="pupil" select="@pupil_id"/>
  <xsl:variable name="name" select="@name"/>
  <tr>
    <th scope="row"><xsl:value-of select="@name"/><xsl:if test="@announced"><xsl:text> </xsl:text><small class="badge">будет отсутствовать</small></xsl:if></th>
    <xsl:for-each select="c">
      <xsl:variable name="n" select="position()"/>
      <xsl:variable name="meal" select="$columns[$n]"/>
      <td data-word="{$meal/@name}">
        <xsl:choose>
          <xsl:when test="$can-write">
            <xsl:call-template name="meal-tick">
              <xsl:with-param name="cell" select="concat($pupil, '.', $meal/@meal_id)"/>
              <xsl:with-param name="label" select="concat($name, ': ', $meal/@name)"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:when test="not(@s)">—</xsl:when>
          <xsl:otherwise><xsl:value-of select="$order-state[@value = current()/@s]"/></xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@s = 'withdrawn' or @s = 'missed' or @r">
          <xsl:text> </xsl:text><small><xsl:value-of select="$order-cause[@value = current()/@w]"/><xsl:if test="@r">
          <xsl:value-of select="concat(': ', @r)"/></xsl:if></small>
        </xsl:if>
      </td>
    </xsl:for-each>
  </tr>
</xsl:template>

<!-- A tick with what it was when the form was shown; the context node is the cell. -->
<xsl:template name="meal-tick">
  <xsl:param name="cell"/>
  <xsl:param name="label"/>
  <xsl:variable name="is-on" select="@s and @s != 'withdrawn'"/>
  <xsl:variable name="was-on" select="$is-on and (not($is-refused) or $is-conflict) or $is-refused and not($is-conflict) and key('ate', $cell)"/>
  <xsl:if test="$was-on"><input type="hidden" name="ate" value="{$cell}"/></xsl:if>
  <label class="check">
    <input type="checkbox" name="eats" value="{$cell}" aria-label="{$label}">
      <xsl:if test="$is-on and not($is-refused) or $is-refused and key('eats', $cell)"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
    </input>
    <span class="sr"><xsl:value-of select="$label"/></span>
  </label>
</xsl:template>

<xsl:template match="page[meals]/errors/error[@code = 'JE250']" mode="words">Срок прошёл, заказ ушёл на кухню. Изменить его может ответственный за питание<xsl:if test="/page/meals/@organisers">: <xsl:value-of select="/page/meals/@organisers"/></xsl:if>.</xsl:template>
<xsl:template match="page[meals]/errors/error[@code = 'JE203']" mode="words">Выбирать можно с сегодняшнего дня.</xsl:template>
<xsl:template match="page[meals]/errors/error[@code = 'JE401']" mode="words">На этот день заказов нет, или такого ученика в классе нет.</xsl:template>
<xsl:template match="page[meals]/errors/error" mode="current">
  <xsl:choose><xsl:when test="@value = '1'">питается</xsl:when><xsl:when test="@value = '0'">не питается</xsl:when><xsl:when test="@field = 'count'">порций <xsl:value-of select="@value"/></xsl:when><xsl:when test="@value = ''">не питается</xsl:when><xsl:otherwise>другие дни</xsl:otherwise></xsl:choose>
</xsl:template>

</xsl:stylesheet>
