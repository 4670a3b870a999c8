<?xml version="1.0" encoding="UTF-8"?>
<!-- payments.xsl: what families have paid for meals.
     in   payments[@view = 'list'] with find sort page pages count is_mine? done?
            /payment[meal_payment_id pupil_id pupil_name class_name? paid_on amount document reason?], choice…
          payments[@view = 'show'] with the attributes of one, choice…
     out  a table and, where is_mine, the form of a new one
     see  record.xsl, meals_tabs.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>
<xsl:include href="meals_tabs.xsl"/>

<xsl:variable name="fields">
  <xsl:if test="/page/payments[@view = 'list']">
    <f name="document" column="Документ" type="shown"/>
    <f name="pupil_name" column="Ученик" type="shown"/>
    <f name="class_name" column="Класс" type="shown"/>
    <f name="pupil_id" label="Ученик" choices="1" required="required"/>
  </xsl:if>
  <f name="paid_on" label="День оплаты" column="День" type="date" required="required"/>
  <f name="amount" label="Сумма, руб." column="Сумма, руб." type="decimal" required="required" hint="Возврат — со знаком минус."/>
  <f name="document" label="Номер документа" max="80" required="required"/>
  <f name="reason" label="Примечание" column="Примечание" max="200"/>
</xsl:variable>

<xsl:template match="page/payments" mode="title">Оплата питания</xsl:template>
<xsl:template match="page/payments[@view = 'show']" mode="title"><xsl:value-of select="concat('Оплата: ', @pupil_name)"/></xsl:template>
<xsl:template match="page/payments" mode="actions">
  <xsl:call-template name="record-actions">
    <xsl:with-param name="find" select="'Ученик или документ'"/>
    <xsl:with-param name="import" select="'/imports/payments'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/payments[@view = 'show']" mode="actions"/>

<xsl:template match="page/payments">
  <xsl:call-template name="meals-tabs"><xsl:with-param name="here" select="'payments'"/></xsl:call-template>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/meals/payments'"/>
    <xsl:with-param name="add" select="'Записать оплату'"/>
    <xsl:with-param name="one" select="'запись'"/>
    <xsl:with-param name="few" select="'записи'"/>
    <xsl:with-param name="many" select="'записей'"/>
    <xsl:with-param name="none" select="'Оплат пока нет. Загрузите выписку банка из файла или запишите оплату вручную.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/payments[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить запись'"/>
    <xsl:with-param name="removal" select="'Удаляют то, что заведено по ошибке; в закрытом месяце ничего не меняют.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page[payments]/errors/error[@code = 'JE212']" mode="words">Этот документ у ученика уже записан.</xsl:template>
<xsl:template match="page[payments]/errors/error[@code = 'JE251']" mode="words">Месяц этого дня закрыт: запишите оплату следующим днём после него.</xsl:template>

</xsl:stylesheet>
