<?xml version="1.0" encoding="UTF-8"?>
<!-- mealsheets_class.xsl: the sheet of a class and month (табель).
     in   mealsheets[@view = 'class'] with class_id class_name month_key name school_name director_name teacher_name?
            organisers? meal_id? pupils fed pct? is_closed? prev_key next_key?
            /meal[meal_id name]…, day[day_id day weekday served_on]…,
             pupil[row_id pupil_id name category_name days total by_parents missed? paid? balance?]/c…,
             sum[category_name? portions days total by_parents missed?]…
     out  a table by category: names stay in view when it scrolls
     see  mealsheets.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/mealsheets[@view = 'class']" mode="title" priority="1">
<xsl:value-of select="concat('Табель питания: ', @class_name, ', ', @name)"/></xsl:template>
<xsl:template match="page/mealsheets[@view = 'class']" mode="actions" priority="1">
  <nav class="tabs" aria-label="Приём пищи">
    <a href="{$base}/meals/classes/{@class_id}/{@month_key}"><xsl:if test="not(@meal_id)"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>Все</a>
    <xsl:for-each select="meal">
      <a href="{$base}/meals/classes/{../@class_id}/{../@month_key}?meal_id={@meal_id}"><xsl:if test="@meal_id = ../@meal_id"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if><xsl:value-of select="@name"/></a>
    </xsl:for-each>
  </nav>
  <div class="actions"><a href="?format=print{substring(concat('&amp;meal_id=', @meal_id), 1, (9 + string-length(@meal_id)) * boolean(@meal_id))}">Напечатать</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/mealsheets[@view = 'class']" priority="1">
  <nav class="pages" aria-label="Месяцы">
    <a rel="prev" href="{$base}/meals/classes/{@class_id}/{@prev_key}">← Раньше</a>
    <xsl:if test="@next_key"><a rel="next" href="{$base}/meals/classes/{@class_id}/{@next_key}">Позже →</a></xsl:if>
  </nav>
  <xsl:call-template name="sheet-head"/>
  <xsl:choose>
    <xsl:when test="pupil"><div class="wide"><xsl:call-template name="sheet-table"/></div></xsl:when>
    <xsl:otherwise><p class="empty">В этом месяце в классе никто не питался. <a href="{$base}/classes/{@class_id}/meals">Кто питается</a></p></xsl:otherwise>
  </xsl:choose>
  <p class="hint">В клетке — сколько раз ученик ел; «н» — порция готова, но ученик не пришёл: семье она ничего не стоит.</p>
</xsl:template>

<xsl:template name="sheet-head">
  <p>В классе <b><xsl:value-of select="@pupils"/></b>, питается <b><xsl:value-of select="@fed"/></b><xsl:if test="@pct"> (<xsl:value-of select="translate(@pct, '.', ',')"/> %)</xsl:if>.<xsl:if test="@is_closed"> Месяц закрыт.</xsl:if></p>
</xsl:template>

<xsl:variable name="sheet-width" select="count(/page/mealsheets/day) + 7"/>

<xsl:template name="sheet-table">
  <table class="data marks sheet">
    <caption class="sr">Табель</caption>
    <thead>
      <tr>
        <th scope="col">Ученик</th>
        <xsl:for-each select="day"><th scope="col" class="day"><xsl:value-of select="@day"/><small><xsl:value-of select="@weekday"/>
        </small></th></xsl:for-each>
        <th scope="col" class="sum">Дней</th><th scope="col" class="sum">Не пришёл</th><th scope="col" class="sum">Стоимость, руб.</th><th scope="col" class="sum">Платит семья, руб.</th><th scope="col" class="sum">Оплачено, руб.</th><th scope="col" class="sum">Остаток, руб.</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="pupil">
        <xsl:if test="position() = 1 or @category_name != preceding-sibling::pupil[1]/@category_name">
          <tr class="part"><th scope="rowgroup" colspan="{$sheet-width}"><xsl:value-of select="@category_name"/></th></tr>
        </xsl:if>
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <xsl:for-each select="c"><td><xsl:value-of select="."/></td></xsl:for-each>
          <td class="sum"><xsl:value-of select="@days"/></td>
          <td class="sum"><xsl:value-of select="@missed"/></td>
          <td class="sum"><xsl:apply-templates select="@total" mode="money"/></td>
          <td class="sum"><xsl:apply-templates select="@by_parents" mode="money"/></td>
          <td class="sum"><xsl:apply-templates select="@paid" mode="money"/></td>
          <td class="sum"><xsl:apply-templates select="@balance" mode="money"/></td>
        </tr>
      </xsl:for-each>
      <xsl:for-each select="sum">
        <tr class="total">
          <th scope="row"><xsl:choose><xsl:when test="@category_name">Итого: <xsl:value-of select="@category_name"/></xsl:when><xsl:otherwise>Всего</xsl:otherwise></xsl:choose></th>
          <td colspan="{$sheet-width - 7}"/>
          <td class="sum"><xsl:value-of select="@days"/></td>
          <td class="sum"><xsl:value-of select="@missed"/></td>
          <td class="sum"><xsl:apply-templates select="@total" mode="money"/></td>
          <td class="sum"><xsl:apply-templates select="@by_parents" mode="money"/></td>
          <td class="sum"/><td class="sum"/>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
