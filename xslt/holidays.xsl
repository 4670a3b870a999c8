<?xml version="1.0" encoding="UTF-8"?>
<!-- holidays.xsl: the holidays of a school year, and the form of one.
     in   holidays[@view = 'list'] with year from_on till_on count is_mine? done?
            /holiday[holiday_id name kind from_on till_on days], choice[for = 'year']…
          holidays[@view = 'show'] with the attributes of a holiday and its year
     out  a table and, where is_mine, the form of a new holiday
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="name" label="Название" column="Название" max="100" required="required"/>
  <f name="kind" label="Вид" column="Вид">
    <o value="autumn">осенние каникулы</o>
    <o value="winter">зимние каникулы</o>
    <o value="extra">дополнительные каникулы 1 классов</o>
    <o value="spring">весенние каникулы</o>
    <o value="summer">летние каникулы</o>
    <o value="public">праздник</o>
    <o value="other">другие каникулы</o>
  </f>
  <f name="from_on" label="Первый день" column="С" type="date" required="required"/>
  <f name="till_on" label="Последний день" column="По" type="date" required="required"/>
  <f name="days" type="shown" column="Дней"/>
</xsl:variable>

<xsl:template match="page/holidays" mode="title">Каникулы и праздники <xsl:value-of select="choice[@value = current()/@year]/@name"/></xsl:template>
<xsl:template match="page/holidays[@view = 'show']" mode="title"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/holidays[@view = 'list']" mode="actions">
  <xsl:call-template name="years"><xsl:with-param name="path" select="'/holidays'"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/holidays">
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/holidays'"/>
    <xsl:with-param name="add" select="'Добавить каникулы или праздник'"/>
    <xsl:with-param name="one" select="'запись'"/>
    <xsl:with-param name="few" select="'записи'"/>
    <xsl:with-param name="many" select="'записей'"/>
    <xsl:with-param name="none" select="'Каникул пока нет. Их вводит администратор или завуч.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/holidays[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить'"/>
    <xsl:with-param name="removal" select="'Дни снова станут учебными. Уроки на них нужно будет добавить.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page[holidays]/errors/error[@code = 'JE171']" mode="words">Все дни должны входить в один учебный год. Если он ещё не открыт, сначала откройте его.</xsl:template>
<xsl:template match="page[holidays]/errors/error[@code = 'JE212']" mode="words">В эти дни уже есть каникулы. Исправьте даты здесь или там.</xsl:template>

</xsl:stylesheet>
