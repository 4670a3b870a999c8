<?xml version="1.0" encoding="UTF-8"?>
<!-- entitlements.xsl: the documents by which pupils are fed at a benefit.
     in   entitlements[@view = 'list'] with find sort page pages count is_mine? done?
            /entitlement[meal_entitlement_id pupil_id pupil_name class_name? category_name document from_on till_on? is_past? reason?], choice…
          entitlements[@view = 'show'] with the attributes of one, choice…
     out  a table and, where is_mine, the form of a new one
     see  record.xsl, meals_tabs.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>
<xsl:include href="meals_tabs.xsl"/>

<xsl:variable name="fields">
  <xsl:if test="/page/entitlements[@view = 'list']">
    <f name="pupil_name" column="Ученик" type="shown"/>
    <f name="class_name" column="Класс" type="shown"/>
    <f name="category_name" column="Категория" type="shown"/>
    <f name="pupil_id" label="Ученик" choices="1" required="required"/>
  </xsl:if>
  <f name="meal_category_id" label="Категория" choices="1" required="required"/>
  <f name="document" label="Документ" column="Документ" max="200" required="required"
      hint="Название, номер, дата: по нему кормят за счёт бюджета."/>
  <f name="from_on" label="С какого дня" column="С" type="date" required="required"/>
  <f name="till_on" label="По какой день" column="По" type="date" hint="Пусто — бессрочно."/>
  <f name="reason" label="Примечание" column="Примечание" max="200"/>
</xsl:variable>

<xsl:template match="page/entitlements" mode="title">Реестр льготников</xsl:template>
<xsl:template match="page/entitlements[@view = 'show']" mode="title"><xsl:value-of select="@pupil_name"/></xsl:template>
<xsl:template match="page/entitlements" mode="actions">
  <xsl:call-template name="record-actions">
    <xsl:with-param name="find" select="'Ученик или категория'"/>
  </xsl:call-template>
  <div class="actions"><a href="{$base}/meals/entitlements?format=print">Напечатать реестр</a></div>
</xsl:template>
<xsl:template match="page/entitlements[@view = 'show']" mode="actions"/>

<xsl:template match="page/entitlements">
  <xsl:call-template name="meals-tabs"><xsl:with-param name="here" select="'entitlements'"/></xsl:call-template>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/meals/entitlements'"/>
    <xsl:with-param name="add" select="'Добавить документ'"/>
    <xsl:with-param name="one" select="'документ'"/>
    <xsl:with-param name="few" select="'документа'"/>
    <xsl:with-param name="many" select="'документов'"/>
    <xsl:with-param name="none" select="'Документов о льготах пока нет.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/entitlements[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить документ'"/>
    <xsl:with-param name="removal" select="'Удаляют то, что заведено по ошибке. Когда льгота кончилась, заполните «По какой день».'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page[entitlements]/errors/error[@code = 'JE212']" mode="words">У этого ученика уже есть документ на эти дни.</xsl:template>

</xsl:stylesheet>
