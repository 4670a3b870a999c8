<?xml version="1.0" encoding="UTF-8"?>
<!-- announcements.xsl: announcements, the forms, who has confirmed one.
     in   announcements[@view = 'list'] with find sort page pages count is_mine? done?
            /announcement[announcement_id title from_on till_on? whom place? staff_name? is_past? is_due?],
            choice[for = 'class_id' or 'study_group_id']
          announcements[@view = 'show'] with announcement_id title from_on till_on? whom place? staff_name?
            asks_receipt? read_at? is_told? is_mine? note done? /body with the text,
            reader[name role pupil_name? class_name? read_at?]
     out  a table, forms, a table of readers
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="exsl str">

<xsl:import href="record.xsl"/>

<xsl:variable name="is-new" select="/page/announcements/@view = 'list'"/>
<xsl:variable name="fields">
  <f name="title" label="О чём" max="200" required="required"/>
  <xsl:if test="$is-new">
    <f name="class_id" label="Класс" choices="1" hint="Без класса и группы — вся школа."/>
    <f name="study_group_id" label="Своя группа" choices="1"/>
    <f name="whom" label="Кому" required="required">
      <o value="families">родителям и ученикам</o><o value="parents">родителям</o><o value="pupils">ученикам</o>
      <o value="staff">сотрудникам</o><o value="all">всем: сотрудникам и семьям</o>
    </f>
  </xsl:if>
  <f name="from_on" label="Показывать с" type="date">
    <xsl:if test="not($is-new)"><xsl:attribute name="required">required</xsl:attribute></xsl:if>
    <xsl:if test="$is-new"><xsl:attribute name="hint">Пусто — с сегодняшнего дня.</xsl:attribute></xsl:if>
  </f>
  <f name="till_on" label="по" type="date" hint="Пусто — пока не снимут."/>
  <xsl:if test="$is-new"><f name="asks_receipt" label="Просить подтвердить, что прочитано" type="checkbox"/></xsl:if>
  <f name="note" label="Текст" type="prose" max="4000" required="required"/>
</xsl:variable>
<xsl:variable name="whom">
  <o value="families">родителям и ученикам</o><o value="parents">родителям</o><o value="pupils">ученикам</o>
  <o value="staff">сотрудникам</o><o value="all">всем</o>
</xsl:variable>
<xsl:variable name="whom-words" select="exsl:node-set($whom)/o"/>

<xsl:template match="page/announcements" mode="title">Объявления</xsl:template>
<xsl:template match="page/announcements[@view = 'show']" mode="title"><xsl:value-of select="@title"/></xsl:template>
<xsl:template match="page/announcements" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Слово'"/></xsl:call-template>
</xsl:template>
<xsl:template match="page/announcements[@view = 'show']" mode="actions"/>

<xsl:template match="page/announcements">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="'/announcements'"/>
      <xsl:with-param name="word" select="'Новое объявление'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="announcement">
      <table class="data people">
        <caption class="sr">Объявления</caption>
        <thead><tr><th scope="col">О чём</th><th scope="col">Когда</th><th scope="col">Кому</th><th scope="col">От кого</th></tr></thead>
        <tbody><xsl:apply-templates select="announcement"/></tbody>
      </table>
    </xsl:when>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="{$base}/announcements">Все объявления</a></p></xsl:when>
    <xsl:otherwise><p class="empty">Объявлений пока нет. Их пишут администрация школы, классные руководители и учителя.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()))"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="announcements/announcement">
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row">
      <a href="{$base}/announcements/{@announcement_id}"><xsl:value-of select="@title"/></a>
      <xsl:if test="@is_due"><xsl:text> </xsl:text><span class="todo">подтвердите</span></xsl:if>
    </th>
    <td data-word="Когда">
      <xsl:apply-templates select="." mode="days"/>
      <xsl:if test="@is_past"><xsl:text> </xsl:text><small>сейчас не показано</small></xsl:if>
    </td>
    <td data-word="Кому"><xsl:apply-templates select="." mode="whom"/></td>
    <td data-word="От кого"><xsl:value-of select="@staff_name"/></td>
  </tr>
</xsl:template>

<xsl:template match="*" mode="days">
  <xsl:text>с </xsl:text><xsl:apply-templates select="@from_on" mode="date"/>
  <xsl:if test="@till_on"><xsl:text> по </xsl:text><xsl:apply-templates select="@till_on" mode="date"/></xsl:if>
</xsl:template>
<xsl:template match="*" mode="whom">
  <xsl:value-of select="$whom-words[@value = current()/@whom]"/>
  <xsl:choose>
    <xsl:when test="@place"><xsl:value-of select="concat(': ', @place)"/></xsl:when>
    <xsl:otherwise>: вся школа</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page/announcements[@view = 'show']" priority="1">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <p><xsl:apply-templates select="body/node()" mode="prose"/></p>
  <p class="hint">
    <xsl:apply-templates select="." mode="whom"/>, <xsl:apply-templates select="." mode="days"/>
    <xsl:if test="@staff_name"><xsl:value-of select="concat('. ', @staff_name)"/></xsl:if>
  </p>
  <xsl:apply-templates select="." mode="receipt"/>
  <xsl:if test="@is_mine">
    <details class="more">
      <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary>Изменить или снять</summary>
      <p class="hint">Чтобы снять объявление, укажите последний день.</p>
      <xsl:call-template name="record-form"/>
    </details>
  </xsl:if>
  <xsl:if test="reader">
    <table class="data people">
      <caption><xsl:value-of select="concat('Подтвердили: ', count(reader[@read_at]), ' из ', count(reader))"/></caption>
      <thead><tr><th scope="col">Имя</th><th scope="col">Ученик</th><th scope="col">Прочитано</th></tr></thead>
      <tbody><xsl:apply-templates select="reader"/></tbody>
    </table>
  </xsl:if>
</xsl:template>

<xsl:template match="announcements" mode="receipt"/>
<xsl:template match="announcements[@asks_receipt and @is_told]" mode="receipt">
  <form method="post" action="{$base}/announcements/{@announcement_id}/receipt">
    <xsl:call-template name="token"/>
    <p class="bar"><button class="main">Прочитано</button></p>
  </form>
</xsl:template>
<xsl:template match="announcements[@read_at]" mode="receipt" priority="1">
  <p class="done">Вы подтвердили <xsl:apply-templates select="@read_at" mode="moment"/></p>
</xsl:template>

<xsl:template match="announcements/reader">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td data-word="Ученик">
      <xsl:value-of select="@pupil_name"/>
      <xsl:if test="@class_name"><xsl:value-of select="concat(', ', @class_name)"/></xsl:if>
    </td>
    <td data-word="Прочитано">
      <xsl:apply-templates select="@read_at" mode="moment"/>
      <xsl:if test="not(@read_at)"><span class="todo">нет</span></xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="page[announcements]/errors/error[@code = 'JE301']" mode="words">Выберите свой класс или группу. Объявления всей школе пишет администрация.</xsl:template>

</xsl:stylesheet>
