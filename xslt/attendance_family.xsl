<?xml version="1.0" encoding="UTF-8"?>
<!-- attendance_family.xsl: a guardian announces that the child will be absent.
     in   attendance[@view = 'child'] with pupil_id name today_on last_on done?
            /reason[absence_reason_id code code_name from_on till_on slots? note? has_document? is_own?]
          attendance[@view = 'announced'] with pupil_id absence_reason_id name from_on till_on code_name today_on
     out  a form and a table; a button that takes an announcement back
     see  attendance.xsl, which includes this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/attendance[@view = 'child']" mode="title" priority="2">Отсутствие · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/attendance[@view = 'child' or @view = 'announced']" mode="crumbs" priority="2">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/diary')"/>
    <xsl:with-param name="word" select="'Дневник'"/>
  </xsl:call-template>
  <xsl:if test="@view = 'announced'">
    <xsl:call-template name="crumb">
      <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/absence')"/>
      <xsl:with-param name="word" select="'Отсутствие'"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>
<xsl:template match="page/attendance[@view = 'child']" mode="actions" priority="2"/>

<xsl:template match="page/attendance[@view = 'child']" priority="2">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <h2>Сообщить об отсутствии</h2>
    <xsl:call-template name="edit-fields"/>
    <p class="bar"><button class="main">Сообщить классному руководителю</button></p>
  </form>
  <p class="hint">Сообщить можно о сегодняшнем и следующих днях. Учителя увидят причину в журнале. После болезни принесите справку.</p>
  <h2>Что известно школе</h2>
  <xsl:if test="not(reason)"><p class="empty">Пока ничего.</p></xsl:if>
  <xsl:if test="reason">
    <table class="data people">
      <caption class="sr">Причины отсутствия</caption>
      <thead><tr><th scope="col">С</th><th scope="col">По</th><th scope="col">Причина</th><th scope="col">Примечание</th><th scope="col" class="to">Изменить</th></tr></thead>
      <tbody><xsl:apply-templates select="reason" mode="family"/></tbody>
    </table>
  </xsl:if>
</xsl:template>

<xsl:template match="reason" mode="family">
  <tr>
    <th scope="row"><xsl:apply-templates select="@from_on" mode="date"/></th>
    <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
    <td data-word="Причина"><xsl:value-of select="@code_name"/><xsl:if test="@slots">, уроки <xsl:value-of select="@slots"/></xsl:if></td>
    <td data-word="Примечание"><xsl:value-of select="@note"/><xsl:if test="@has_document"><xsl:text> </xsl:text><span class="done">есть документ</span></xsl:if></td>
    <td class="to"><xsl:if test="@is_own"><a href="{$base}{/page/@path}/{@absence_reason_id}" aria-label="Отозвать сообщение о днях с {@from_on}">Отозвать</a></xsl:if></td>
  </tr>
</xsl:template>

<xsl:template match="page/attendance[@view = 'child']/@done" priority="1">
  <p class="notice" role="status"><xsl:choose><xsl:when test=". = 'removed'">Сообщение отозвано.</xsl:when><xsl:otherwise>Классный руководитель и учителя увидят ваше сообщение.</xsl:otherwise></xsl:choose></p>
</xsl:template>

<xsl:template match="page/attendance[@view = 'announced']" mode="title" priority="2">Отозвать сообщение · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/attendance[@view = 'announced']" priority="2">
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <p>Вы сообщили: <xsl:value-of select="@code_name"/>, с <xsl:apply-templates select="@from_on" mode="date"/> по <xsl:apply-templates select="@till_on" mode="date"/>.</p>
    <p>Отозвать можно с сегодняшнего дня: прошедшие дни останутся.</p>
    <p class="bar"><button class="main">Отозвать</button></p>
  </form>
</xsl:template>

</xsl:stylesheet>
