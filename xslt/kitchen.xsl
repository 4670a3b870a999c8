<?xml version="1.0" encoding="UTF-8"?>
<!-- kitchen.xsl: what the kitchen cooks on a day, and what changed after the cutoff. Without names.
     in   kitchen[@view = 'show'] with day_on day_name school_name director_name organisers? prev_on? next_on?
            /meal[meal_id name serves_at classes unsent? unconfirmed? cutoff_at]
              /group[category_name age sent now change? total price?]…
              /count[class_name category_name age sent now change? is_open? is_unconfirmed?]…
              /change[at class_name category_name age portions cause staff_name?]…
     out  for each meal three tables: by category and age, by class, the changes
     see  meals_words.xsl; print/kitchen.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="layout.xsl"/>
<xsl:include href="meals_words.xsl"/>
<xsl:include href="kitchen_tables.xsl"/>

<xsl:template match="page/kitchen" mode="title"><xsl:value-of select="concat('Для кухни: ', @day_name)"/></xsl:template>
<xsl:template match="page/kitchen" mode="actions">
  <div class="actions">
    <a href="{$base}/meals?day_on={@day_on}">Заказы</a>
    <a href="?format=print">Напечатать</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/kitchen">
  <nav class="pages" aria-label="Дни">
    <xsl:if test="@prev_on"><a rel="prev" href="{$base}/meals/kitchen/{@prev_on}">← Раньше</a></xsl:if>
    <xsl:if test="@next_on"><a rel="next" href="{$base}/meals/kitchen/{@next_on}">Позже →</a></xsl:if>
  </nav>
  <xsl:if test="not(meal)"><p class="empty">На этот день заказов нет. <a href="{$base}/meals">Заказы</a></p></xsl:if>
  <xsl:for-each select="meal">
    <h2><xsl:value-of select="concat(@name, ', ', @serves_at)"/></h2>
    <xsl:if test="@unsent"><p class="todo">Предварительно: заказы уйдут на кухню <xsl:apply-templates select="@cutoff_at" mode="moment"/>. Классов, чьи заказы ещё не ушли: <xsl:value-of select="@unsent"/> из <xsl:value-of select="@classes"/>.</p></xsl:if>
    <xsl:if test="@unconfirmed"><p class="hint">Классов без подтверждения: <xsl:value-of select="@unconfirmed"/>.</p></xsl:if>
    <xsl:call-template name="kitchen-groups"/>
    <xsl:call-template name="kitchen-counts"/>
    <xsl:call-template name="kitchen-changes"/>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>
