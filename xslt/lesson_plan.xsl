<?xml version="1.0" encoding="UTF-8"?>
<!-- lesson_plan.xsl: the calendar-thematic plan on the page of a lesson.
     in   <lesson><plan_row plan_row_id place topic kind homework? links? is_given? is_next? work_name?/>…
     out  mode plan: below the topic; a button that takes the next topic with its homework and the work
          that it asks for and saves the form, a button for the work of a topic taken before, and ticks
          for taking several topics or releasing one
     see  lesson.xsl, plans.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:variable name="given-topics" select="/page/lesson/plan_row[@is_given]"/>
<xsl:variable name="next-topics" select="/page/lesson/plan_row[not(@is_given)]"/>

<xsl:template match="lesson" mode="plan">
  <xsl:if test="$given-topics">
    <p class="soft">По КТП: <xsl:apply-templates select="$given-topics" mode="plan-name"/></p>
    <xsl:for-each select="$given-topics[@work_name]">
      <p class="plan-next"><button name="plan_work" value="{@plan_row_id}">Добавить работу: <xsl:value-of select="@work_name"/></button></p>
    </xsl:for-each>
  </xsl:if>
  <xsl:apply-templates select="plan_row[@is_next]" mode="plan-next"/>
  <xsl:if test="$next-topics[@is_next][@work_name]"><xsl:apply-templates select="." mode="plan-works"/></xsl:if>
  <details class="more">
    <xsl:if test="$is-refused and key('refused', 'plan_next')"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Другая тема КТП</summary>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'plan_next'"/></xsl:call-template>
    <xsl:apply-templates select="$given-topics" mode="plan-tick">
      <xsl:with-param name="name" select="'plan_not_given'"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="$next-topics" mode="plan-tick"><xsl:with-param name="name" select="'plan_row'"/></xsl:apply-templates>
    <xsl:if test="$next-topics[@work_name] and not($next-topics[@is_next][@work_name])">
      <xsl:apply-templates select="." mode="plan-works"/>
    </xsl:if>
    <xsl:if test="$next-topics">
      <label class="check">
        <input type="checkbox" name="plan_goes_on" value="1">
          <xsl:call-template name="checked"><xsl:with-param name="name" select="'plan_goes_on'"/></xsl:call-template>
        </input>
        <span>Темы продолжатся на следующем уроке: нужен ещё час</span>
      </label>
      <p class="hint">Отметьте несколько тем, чтобы пройти их за один урок, и сохраните.</p>
    </xsl:if>
  </details>
</xsl:template>

<!-- Whether taking a topic makes the work that it asks for. -->
<xsl:template match="lesson" mode="plan-works">
  <label class="check">
    <input type="checkbox" name="plan_works" value="1">
      <xsl:call-template name="checked">
        <xsl:with-param name="name" select="'plan_works'"/>
        <xsl:with-param name="value" select="true()"/>
      </xsl:call-template>
    </input>
    <span>
      <xsl:text>Вместе с темой добавить в журнал работу</xsl:text>
      <xsl:if test="$next-topics[@is_next]/@work_name">
        <xsl:value-of select="concat(': ', $next-topics[@is_next]/@work_name)"/>
      </xsl:if>
    </span>
  </label>
</xsl:template>

<xsl:template match="plan_row" mode="plan-name">
  <xsl:if test="position() &gt; 1">; </xsl:if>
  <xsl:value-of select="concat('№&#160;', @place, ' «', @topic, '»')"/>
  <xsl:if test="@links"><xsl:value-of select="concat(' ', @links)"/></xsl:if>
</xsl:template>

<xsl:template match="plan_row" mode="plan-next">
  <p class="plan-next">
    <button name="plan_next" value="{@plan_row_id}">По КТП: <xsl:value-of select="concat('№&#160;', @place, ' «', @topic, '»')"/></button>
    <xsl:if test="@homework or @links">
      <span class="hint">
        <xsl:if test="@homework"><xsl:value-of select="concat('Задание: ', @homework)"/></xsl:if>
        <xsl:if test="@homework and @links">. </xsl:if>
        <xsl:value-of select="@links"/>
      </span>
    </xsl:if>
  </p>
</xsl:template>

<xsl:template match="plan_row" mode="plan-tick">
  <xsl:param name="name"/>
  <xsl:variable name="field" select="concat($name, '.', @plan_row_id)"/>
  <label class="check">
    <input type="checkbox" name="{$field}" value="1">
      <xsl:call-template name="checked"><xsl:with-param name="name" select="$field"/></xsl:call-template>
    </input>
    <span>
      <xsl:if test="@is_given">Эту тему не прошли: </xsl:if>
      <xsl:value-of select="concat('№&#160;', @place, ' «', @topic, '»')"/>
    </span>
  </label>
</xsl:template>

<xsl:template match="page[lesson]/errors/error[@field = 'plan_next']" mode="field-name">Тема КТП</xsl:template>
<xsl:template match="page[lesson]/errors/error[@code = 'JE106'][@field = 'plan_next']" mode="words" priority="1">Этой темы нет в КТП урока: план, наверное, сменили. Откройте урок заново.</xsl:template>

</xsl:stylesheet>
