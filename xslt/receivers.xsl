<?xml version="1.0" encoding="UTF-8"?>
<!-- receivers.xsl: the other systems to which the school sends documents, and the form of one.
     in   receivers[@view = 'list'][count is_mine? done?]/receiver[receiver_id name kind transport address schedule is_closed?]…
          receivers[@view = 'show'] with the attributes of one
     out  a table and, where is_mine, the form of a new row
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="name" label="Адресат" column="Адресат" max="100" required="required"
     hint="Какая система и чья: «Контингент, управление образования»."/>
  <f name="kind" label="Вид документа" column="Вид" max="32" required="required"
     hint="contingent — ученики по классам; другие виды добавляет администратор сервера."/>
  <f name="transport" label="Как отправлять" column="Способ" type="select" required="required">
    <o value="file">папка на сервере</o>
    <o value="https">HTTPS</o>
  </f>
  <f name="address" label="Адрес" column="Адрес" max="200" required="required"
     hint="Имя папки строчными латинскими буквами или адрес https://… Серверы разрешает администратор сервера."/>
  <f name="schedule" label="Когда" column="Когда" type="select" required="required">
    <o value="none">только вручную</o>
    <o value="day">каждый день</o>
    <o value="week">раз в неделю</o>
    <o value="month">раз в месяц</o>
  </f>
  <f name="is_closed" label="Больше не отправлять" column="Закрыт" type="checkbox"/>
</xsl:variable>

<xsl:template match="page/receivers" mode="title">Адресаты документов</xsl:template>
<xsl:template match="page/receivers[@view = 'show']" mode="title">Адресат «<xsl:value-of select="@name"/>»</xsl:template>

<xsl:template match="page/receivers">
  <p class="hint">Этим системам школа отправляет документы. Что отправлено и что ответили, видно на странице
     <a href="{$base}/exchange">«Обмен документами»</a>. О семьях, отказавшихся от обработки данных, уходит только их число.</p>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/receivers'"/>
    <xsl:with-param name="add" select="'Добавить адресата'"/>
    <xsl:with-param name="one" select="'адресат'"/>
    <xsl:with-param name="few" select="'адресата'"/>
    <xsl:with-param name="many" select="'адресатов'"/>
    <xsl:with-param name="none" select="'Школа никому документов не отправляет.'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/receivers[@view = 'show']" priority="1">
  <xsl:call-template name="record-form"/>
</xsl:template>

<xsl:template match="page[receivers]/errors/error[@code = 'JE102'][@field = 'address']" mode="words">Для папки — имя строчными латинскими буквами, для HTTPS — адрес https://…</xsl:template>
<xsl:template match="page[receivers]/errors/error[@code = 'JE102'][@field = 'kind']" mode="words">Вид пишут строчными латинскими буквами.</xsl:template>
<xsl:template match="page[receivers]/errors/error[@code = 'JE212']" mode="words">Адресат с таким названием уже есть.</xsl:template>

</xsl:stylesheet>
