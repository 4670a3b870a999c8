<?xml version="1.0" encoding="UTF-8"?>
<!-- servings.xsl: the meals that a school serves, and the form of one.
     in   servings[@view = 'list'] with find sort page pages count is_mine? done?
            /serving[meal_id name serves_at cutoff_days cutoff_at withdraw_until ended_on?]
          servings[@view = 'show'] with the attributes of a serving
     out  a table and, where is_mine, the form of a new one
     see  record.xsl, meals_tabs.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>
<xsl:include href="meals_tabs.xsl"/>

<xsl:variable name="fields">
  <f name="name" label="Приём пищи" column="Приём пищи" max="40" required="required"/>
  <f name="serves_at" label="Начало" column="Начало" type="time" required="required"/>
  <f name="cutoff_days" label="Заказ закрывают за сколько учебных дней" column="Заказ: за дней" type="number" min="0" max="5"
      required="required" hint="0 — в тот же день."/>
  <f name="cutoff_at" label="Заказ закрывают в" column="Заказ: до" type="time" required="required" hint="Позже заказ уходит на кухню как есть; менять его может только ответственный за питание."/>
  <f name="withdraw_until" label="Снять порцию можно до" column="Снять: до" type="time" required="required" hint="В сам день: порцию отсутствующего до этого часа снимают, позже она считается невостребованной."/>
  <f name="ended_on" label="Отменён с" column="Отменён с" type="date" hint="Первый день, когда его уже не подают; пусто — подают."/>
</xsl:variable>

<xsl:template match="page/servings" mode="title">Приёмы пищи</xsl:template>
<xsl:template match="page/servings[@view = 'show']" mode="title"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/servings" mode="actions"/>

<xsl:template match="page/servings">
  <xsl:call-template name="meals-tabs"><xsl:with-param name="here" select="'servings'"/></xsl:call-template>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/meals/servings'"/>
    <xsl:with-param name="add" select="'Добавить приём пищи'"/>
    <xsl:with-param name="one" select="'приём пищи'"/>
    <xsl:with-param name="few" select="'приёма пищи'"/>
    <xsl:with-param name="many" select="'приёмов пищи'"/>
    <xsl:with-param name="none" select="'Приёмов пищи пока нет. Их заводит ответственный за питание: завтрак, обед, полдник.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/servings[@view = 'show']" priority="1">
  <xsl:call-template name="record-form"/>
</xsl:template>
<xsl:template match="page[servings]/errors/error[@code = 'JE212']" mode="words">Такой приём пищи уже есть.</xsl:template>
<xsl:template match="page[servings]/errors/error[@code = 'JE102' and @field = 'withdraw_until']" mode="words">Порцию снимают не позже начала, а заказ того же дня закрывают не позже, чем снимают порции.</xsl:template>

</xsl:stylesheet>
