<?xml version="1.0" encoding="UTF-8"?>
<!-- acts.xsl: the school's local acts, and the form of one.
     in   acts[@view = 'list'] with find sort page pages count is_mine? done?
            /act[act_id title number? signed_on? is_public? file size]
          acts[@view = 'show'] with the attributes of an act and file_id
     out  a table of 60 rows, each with its file; where is_mine the form of a new act
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="title" label="Название" column="Название" sort="1" max="200" required="required"/>
  <f name="number" label="Номер" column="Номер" max="40"/>
  <f name="signed_on" label="Дата" column="Дата" sort="1" type="date"/>
  <f name="is_public" label="Показывать на открытой странице школы" column="Открыт всем" type="checkbox"
     hint="Её видят и без входа: не отмечайте документ с личными данными."/>
  <f name="file" label="Файл" column="Файл" type="file" accept=".pdf,.docx,.odt,.xlsx,.png,.jpg,.jpeg"
     hint="PDF, документ или снимок, до 10 МБ."/>
</xsl:variable>

<xsl:template match="page/acts" mode="title">Локальные акты</xsl:template>
<xsl:template match="page/acts[@view = 'show']" mode="title"><xsl:value-of select="@title"/></xsl:template>
<xsl:template match="page/acts[@view = 'list']" mode="actions">
  <xsl:call-template name="record-actions"><xsl:with-param name="find" select="'Название или номер'"/></xsl:call-template>
</xsl:template>

<xsl:template match="page/acts">
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/acts'"/>
    <xsl:with-param name="add" select="'Добавить акт'"/>
    <xsl:with-param name="one" select="'акт'"/>
    <xsl:with-param name="few" select="'акта'"/>
    <xsl:with-param name="many" select="'актов'"/>
    <xsl:with-param name="none" select="'Актов пока нет. Их добавляет администратор или завуч.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/acts[@view = 'show']" priority="1">
  <p><a href="{$base}/acts/{@act_id}/file"><xsl:value-of select="@file"/></a></p>
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить акт'"/>
    <xsl:with-param name="removal" select="'Акт удаляется вместе с его файлом.'"/>
  </xsl:call-template>
</xsl:template>

<!-- The file of a row is a link to it. -->
<xsl:template match="acts/act/@file" mode="file">
  <a href="{$base}/acts/{../@act_id}/file"><xsl:value-of select="."/></a>
</xsl:template>

</xsl:stylesheet>
