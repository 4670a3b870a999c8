<?xml version="1.0" encoding="UTF-8"?>
<!-- events.xsl: the events of classes and of the school, and the form of one.
     in   events[@view = 'list'] with find sort page pages count is_mine? done?
            /event[event_id title from_on till_on starts? ends? place? class_name? child_names? is_over? is_own?]
              with the note, choice[for = 'class_id']…
          events[@view = 'show'] with event_id title class_name? from_on till_on starts? ends? place note, choice…
     out  a table, what is to come first; forms
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="exsl str">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="title" label="Что будет" max="200" required="required"/>
  <f name="class_id" label="Класс" choices="1"/>
  <f name="from_on" label="Первый день" type="date" required="required"/>
  <f name="till_on" label="Последний день" type="date" hint="Пусто — событие в один день."/>
  <f name="starts" label="Начало" type="time"/>
  <f name="ends" label="Конец" type="time"/>
  <f name="place" label="Место" max="200"/>
  <f name="note" label="Подробности" type="prose" max="1000" hint="Место и время сбора, что взять с собой. Прочитают ученики и родители."/>
</xsl:variable>
<!-- The heads choose the whole school, too; who enters for a class must name it. -->
<xsl:variable name="is-head"
              select="contains($roles, ' administrator ') or contains($roles, ' director ') or contains($roles, ' deputy ')"/>
<xsl:variable name="names-children" select="contains($roles, ' parent ') and /page/events/event/@child_names"/>

<xsl:template match="page/events" mode="title">События</xsl:template>
<xsl:template match="page/events" mode="actions">
  <xsl:call-template name="record-actions"><xsl:with-param name="find" select="'Событие, место или класс'"/></xsl:call-template>
</xsl:template>

<xsl:template match="page/events">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="'/events'"/>
      <xsl:with-param name="word" select="'Добавить событие'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="event"><xsl:apply-templates select="." mode="table"/></xsl:when>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="{$base}/events">Все события</a></p></xsl:when>
    <xsl:otherwise><p class="empty">Событий пока нет. Их добавляют администрация школы, классные руководители и учителя.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages"><xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="events" mode="table">
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'событие'"/>
        <xsl:with-param name="few" select="'события'"/><xsl:with-param name="many" select="'событий'"/>
      </xsl:call-template>
    </caption>
    <thead>
      <tr>
        <th scope="col">Событие</th><th scope="col">Когда</th><th scope="col">Класс</th>
        <xsl:if test="$names-children"><th scope="col">Кого касается</th></xsl:if>
        <th scope="col">Место</th><th scope="col">Подробности</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="event"/></tbody>
  </table>
</xsl:template>

<xsl:template match="events/event">
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="@is_own"><a href="{$base}/events/{@event_id}{$list-query}"><xsl:value-of select="@title"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
      </xsl:choose>
    </th>
    <td data-word="Когда">
      <xsl:call-template name="event-days"/>
      <xsl:if test="@is_over"><xsl:text> </xsl:text><small>прошло</small></xsl:if>
    </td>
    <td data-word="Класс">
      <xsl:value-of select="@class_name"/><xsl:if test="not(@class_name)">вся школа</xsl:if>
    </td>
    <xsl:if test="$names-children"><td data-word="Кого касается"><xsl:value-of select="@child_names"/></td></xsl:if>
    <td data-word="Место"><xsl:value-of select="@place"/></td>
    <td data-word="Подробности"><xsl:apply-templates select="node()" mode="prose"/></td>
  </tr>
</xsl:template>

<!-- ............................................................ the form -->

<xsl:template match="page/events[@view = 'show']" mode="title"><xsl:value-of select="@title"/></xsl:template>
<xsl:template match="page/events[@view = 'show']" mode="actions"/>
<xsl:template match="page/events[@view = 'show']" priority="1">
  <p class="hint">Кого касается: <xsl:value-of select="@class_name"/><xsl:if test="not(@class_name)">вся школа</xsl:if></p>
  <xsl:call-template name="record-form">
    <xsl:with-param name="but" select="'class_id'"/>
    <xsl:with-param name="remove" select="'Удалить событие'"/>
    <xsl:with-param name="removal" select="'Его больше не увидят. Если событие не состоится, можно написать об этом в подробностях.'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="f[@name = 'class_id']" mode="input" priority="1">
  <xsl:param name="typed"/>
  <xsl:param name="tie"/>
  <span class="label">Кого касается</span>
  <select name="class_id">
    <xsl:copy-of select="exsl:node-set($tie)/i/@*"/>
    <option value=""><xsl:choose><xsl:when test="$is-head">вся школа</xsl:when><xsl:otherwise>—</xsl:otherwise></xsl:choose></option>
    <xsl:for-each select="$choice[@for = 'class_id']">
      <option value="{@value}">
        <xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
        <xsl:value-of select="@name"/>
      </option>
    </xsl:for-each>
  </select>
</xsl:template>

<xsl:template match="page[events]/errors/error[@code = 'JE102' and @field = 'ends']" mode="words">Событие кончается позже, чем начинается; без начала конец не указывают.</xsl:template>
<xsl:template match="page[events]/errors/error[@code = 'JE301']" mode="words">Выберите класс, который вы ведёте или учите. Событие для всей школы добавляет администрация.</xsl:template>

</xsl:stylesheet>
