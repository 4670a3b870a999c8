<?xml version="1.0" encoding="UTF-8"?>
<!-- meals_choices.xsl: who of a class eats what, by the families' choices.
     in   meals[@view = 'choices'] with class_id class_name today_on can_write? done?
            /meal[meal_id name]…, pupil[pupil_id name]/c[from_on?]… with the days of the week
     out  a select for each pupil and meal
     see  meals.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/meals[@view = 'choices']" mode="title" priority="1"><xsl:value-of select="concat('Кто питается: ', @class_name)"/>
</xsl:template>
<xsl:template match="page/meals[@view = 'choices']" mode="actions" priority="1">
  <div class="actions"><a href="{$base}/meals">Заказы</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/meals[@view = 'choices']" priority="1">
  <xsl:apply-templates select="." mode="told"/>
  <xsl:choose>
    <xsl:when test="not(meal)"><p class="empty">Приёмов пищи в школе пока нет. Их заводит ответственный за питание.</p></xsl:when>
    <xsl:when test="not(pupil)"><p class="empty">В классе пока никого нет. <a href="{$base}/classes/{@class_id}">Класс</a></p></xsl:when>
    <xsl:when test="@can_write">
      <form method="post" action="{$base}/classes/{@class_id}/meals">
        <xsl:call-template name="token"/>
        <p class="row">
          <label><span class="label">Изменения действуют с</span>
            <input type="date" name="from_on" required="required" min="{@today_on}">
              <xsl:attribute name="value"><xsl:call-template name="typed"><xsl:with-param name="name" select="'from_on'"/>
              <xsl:with-param name="value" select="@today_on"/></xsl:call-template></xsl:attribute>
              <xsl:call-template name="invalid"><xsl:with-param name="name" select="'from_on'"/></xsl:call-template>
            </input>
          </label>
          <xsl:call-template name="field-error"><xsl:with-param name="name" select="'from_on'"/></xsl:call-template>
        </p>
        <xsl:apply-templates select="." mode="choices"/>
        <p class="savebar bar"><button class="main">Сохранить</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="choices"/></xsl:otherwise>
  </xsl:choose>
  <p class="hint">По этому выбору журнал за день до срока предлагает заказ. Уже ушедшее на кухню не меняется. Категорию (бесплатно, льгота, за плату) журнал берёт сам: по классу и по документам.</p>
</xsl:template>

<xsl:template match="meals" mode="choices">
  <table class="data people">
    <caption class="sr">Кто питается</caption>
    <thead><tr><th scope="col">Ученик</th><xsl:for-each select="meal"><th scope="col"><xsl:value-of select="@name"/></th></xsl:for-each></tr></thead>
    <tbody><xsl:apply-templates select="pupil" mode="choices"/></tbody>
  </table>
</xsl:template>

<xsl:template match="pupil" mode="choices">
  <xsl:variable name="pupil" select="@pupil_id"/>
  <xsl:variable name="name" select="@name"/>
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <xsl:for-each select="c">
      <xsl:variable name="n" select="position()"/>
      <xsl:variable name="meal" select="$columns[$n]"/>
      <td data-word="{$meal/@name}">
        <xsl:choose>
          <xsl:when test="$can-write">
            <xsl:call-template name="meal-choice">
              <xsl:with-param name="field" select="concat('days.', $pupil, '.', $meal/@meal_id)"/>
              <xsl:with-param name="label" select="concat($name, ': ', $meal/@name)"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:when test=". = ''">—</xsl:when>
          <xsl:otherwise><xsl:call-template name="week-words"><xsl:with-param name="days" select="string(.)"/></xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@from_on"><xsl:text> </xsl:text><small>с <xsl:apply-templates select="@from_on" mode="day"/></small></xsl:if>
      </td>
    </xsl:for-each>
  </tr>
</xsl:template>

<!-- The select of a pupil and meal; days that stand in no option are one of their own. -->
<xsl:template name="meal-choice">
  <xsl:param name="field"/>
  <xsl:param name="label"/>
  <xsl:variable name="value" select="string(.)"/>
  <xsl:variable name="typed"><xsl:call-template name="typed"><xsl:with-param name="name" select="$field"/>
  <xsl:with-param name="value" select="$value"/></xsl:call-template></xsl:variable>
  <xsl:call-template name="old-field"><xsl:with-param name="name" select="$field"/><xsl:with-param name="value" select="$value"/>
  </xsl:call-template>
  <select name="{$field}" aria-label="{$label}">
    <option value="">—</option>
    <xsl:for-each select="$week-days">
      <option value="{@value}"><xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="."/></option>
    </xsl:for-each>
    <xsl:if test="string($typed) and not($week-days[@value = $typed])">
      <option value="{$typed}" selected="selected"><xsl:call-template name="week-words">
      <xsl:with-param name="days" select="string($typed)"/></xsl:call-template></option>
    </xsl:if>
  </select>
</xsl:template>

</xsl:stylesheet>
