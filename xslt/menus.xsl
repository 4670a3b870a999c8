<?xml version="1.0" encoding="UTF-8"?>
<!-- menus.xsl: what is served, and the form of the menu of a meal and day.
     in   menus[@view = 'list'] with find sort page pages count is_mine? done?
            /menu[menu_id served_on meal_name note], choice…
          menus[@view = 'show'] with the attributes of one, choice…
     out  a table and, where is_mine, the form of a new one
     see  record.xsl, meals_tabs.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>
<xsl:include href="meals_tabs.xsl"/>

<xsl:variable name="fields">
  <xsl:if test="/page/menus[@view = 'list']">
    <f name="meal_name" column="Приём пищи" type="shown"/>
    <f name="meal_id" label="Приём пищи" choices="1" required="required"/>
  </xsl:if>
  <f name="served_on" label="День" column="День" type="date" required="required"/>
  <f name="note" label="Что подают" column="Что подают" type="prose" max="1000" required="required"
      hint="Это прочитают ученики и родители."/>
</xsl:variable>

<xsl:template match="page/menus" mode="title">Меню</xsl:template>
<xsl:template match="page/menus[@view = 'show']" mode="title"><xsl:value-of select="@meal_name"/>, <xsl:apply-templates select="@served_on" mode="day"/></xsl:template>
<xsl:template match="page/menus" mode="actions">
  <xsl:call-template name="record-actions">
    <xsl:with-param name="find" select="'Блюдо'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/menus[@view = 'show']" mode="actions"/>

<xsl:template match="page/menus">
  <xsl:call-template name="meals-tabs"><xsl:with-param name="here" select="'menus'"/></xsl:call-template>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/meals/menus'"/>
    <xsl:with-param name="add" select="'Добавить меню дня'"/>
    <xsl:with-param name="one" select="'запись'"/>
    <xsl:with-param name="few" select="'записи'"/>
    <xsl:with-param name="many" select="'записей'"/>
    <xsl:with-param name="none" select="'Меню пока не введено.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/menus[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить меню'"/>
    <xsl:with-param name="removal" select="'Семьи его больше не увидят.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page[menus]/errors/error[@code = 'JE212']" mode="words">Меню этого приёма пищи на этот день уже есть.</xsl:template>

</xsl:stylesheet>
