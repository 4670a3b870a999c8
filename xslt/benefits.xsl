<?xml version="1.0" encoding="UTF-8"?>
<!-- benefits.xsl: the categories by which pupils are fed, and the form of one.
     in   benefits[@view = 'list'] with find sort page pages count is_mine? done?
            /benefit[meal_category_id name kind ground? ended_on?]
          benefits[@view = 'show'] with the attributes of one
     out  a table and, where is_mine, the form of a new one
     see  record.xsl, meals_tabs.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>
<xsl:include href="meals_tabs.xsl"/>

<xsl:variable name="fields">
  <f name="name" label="Категория" column="Категория" max="100" required="required"/>
  <xsl:if test="/page/benefits[@view = 'list']">
    <f name="kind" label="Вид" column="Вид">
      <o value="benefit">льгота по документу</o>
      <o value="free">бесплатно, 1–4 классы</o>
      <o value="paid">за плату</o>
    </f>
  </xsl:if>
  <f name="ground" label="Основание" column="Основание" max="300" hint="Закон или местный акт, по которому кормят."/>
  <f name="ended_on" label="Отменена с" column="Отменена с" type="date"/>
</xsl:variable>

<xsl:template match="page/benefits" mode="title">Категории питающихся</xsl:template>
<xsl:template match="page/benefits[@view = 'show']" mode="title"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/benefits" mode="actions">
  <xsl:call-template name="record-actions">
    <xsl:with-param name="find" select="'Категория'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/benefits[@view = 'show']" mode="actions"/>

<xsl:template match="page/benefits">
  <xsl:call-template name="meals-tabs"><xsl:with-param name="here" select="'benefits'"/></xsl:call-template>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/meals/benefits'"/>
    <xsl:with-param name="add" select="'Добавить категорию'"/>
    <xsl:with-param name="one" select="'категория'"/>
    <xsl:with-param name="few" select="'категории'"/>
    <xsl:with-param name="many" select="'категорий'"/>
    <xsl:with-param name="none" select="'Категорий пока нет. Нужны «бесплатно, 1–4 классы» и «за плату»; к ним добавляют льготы.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/benefits[@view = 'show']" priority="1">
  <xsl:call-template name="record-form"/>
</xsl:template>
<xsl:template match="page[benefits]/errors/error[@code = 'JE212']" mode="words">Такая категория уже есть. Категорий «бесплатно, 1–4 классы» и «за плату» в школе по одной.</xsl:template>

</xsl:stylesheet>
