<?xml version="1.0" encoding="UTF-8"?>
<!-- handins_pupil.xsl: the homework of a pupil, to be ticked as done.
     in   handins[@view = 'pupil'] with pupil_id name today_on year? page? pages? is_mine? done?
            /choice[for = 'year' value name]…,
             homework[homework_id subject_name due_on handed_on? is_late? is_missing? answered_on? is_online? minutes?
              file_names? is_done?] with its text
     out  without a year: what is to be done by day, each with a tick; what was due before. With a year: all homework of
          that school year, by pages
     see  handins.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/handins[@view = 'pupil']" mode="title" priority="1">
  <xsl:value-of select="concat('Домашние задания · ', @name)"/>
</xsl:template>

<!-- The tabs: the present weeks, and each school year of the pupil. -->
<xsl:template match="page/handins[@view = 'pupil']" mode="actions" priority="1">
  <nav class="tabs" aria-label="Учебный год">
    <xsl:choose>
      <xsl:when test="@year"><a href="{$base}/pupils/{@pupil_id}/homework">Эти недели</a></xsl:when>
      <xsl:otherwise><b aria-current="page">Эти недели</b></xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="choice"/>
  </nav>
</xsl:template>
<xsl:template match="handins/choice">
  <a href="{$base}/pupils/{../@pupil_id}/homework?year={@value}"><xsl:value-of select="@name"/></a>
</xsl:template>
<xsl:template match="handins/choice[@value = ../@year]"><b aria-current="page"><xsl:value-of select="@name"/></b></xsl:template>

<xsl:variable name="to-do" select="/page/handins[@view = 'pupil']/homework[translate(@due_on, '-', '') &gt;= translate(../@today_on, '-', '')]"/>
<xsl:variable name="past" select="/page/handins[@view = 'pupil']/homework[translate(@due_on, '-', '') &lt; translate(../@today_on, '-', '')]"/>

<xsl:template match="page/handins[@view = 'pupil']" priority="1">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <xsl:choose>
    <xsl:when test="@year">
      <xsl:call-template name="homework-table">
        <xsl:with-param name="caption" select="concat('Задания ', choice[@value = current()/@year]/@name, ' учебного года')"/>
        <xsl:with-param name="rows" select="homework"/>
      </xsl:call-template>
      <xsl:for-each select="@page">
        <xsl:call-template name="pages"><xsl:with-param name="kept" select="concat('?year=', ../@year)"/></xsl:call-template>
      </xsl:for-each>
    </xsl:when>
    <xsl:when test="@is_mine">
      <form method="post" action="{$base}/pupils/{@pupil_id}/homework">
        <xsl:call-template name="token"/>
        <xsl:apply-templates select="homework[@is_done]" mode="was"/>
        <xsl:apply-templates select="." mode="lists"/>
        <p class="bar"><button class="main">Сохранить</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="lists"/></xsl:otherwise>
  </xsl:choose>
  <p class="hint">Отметка «сделано» — для себя; её видят семья и школа. Сдавать через журнал нужно, если так просит учитель.</p>
</xsl:template>
<xsl:template match="page/handins[@view = 'pupil'][@year][not(homework)]" priority="3">
  <p class="empty">Домашних заданий этого учебного года нет. <a href="{$base}/pupils/{@pupil_id}/homework">Эти недели</a></p>
</xsl:template>
<xsl:template match="page/handins[@view = 'pupil'][not(homework)]" priority="2">
  <p class="empty">Домашних заданий на эти недели нет. <a href="{$base}/pupils/{@pupil_id}/diary">Дневник</a></p>
</xsl:template>

<xsl:template match="homework" mode="was"><input type="hidden" name="was" value="{@homework_id}"/></xsl:template>

<xsl:template match="handins" mode="lists">
  <xsl:if test="$to-do">
    <xsl:call-template name="homework-table">
      <xsl:with-param name="caption" select="'Сделать'"/>
      <xsl:with-param name="rows" select="$to-do"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:if test="$past">
    <xsl:call-template name="homework-table">
      <xsl:with-param name="caption" select="'Было задано за две недели'"/>
      <xsl:with-param name="rows" select="$past"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template name="homework-table">
  <xsl:param name="caption"/>
  <xsl:param name="rows"/>
  <table class="data people">
    <caption><xsl:value-of select="$caption"/></caption>
    <thead><tr>
      <th scope="col">Предмет</th><th scope="col">К какому дню</th><th scope="col">Задание</th><th scope="col">Сделано</th><th scope="col">Сдано</th>
    </tr></thead>
    <tbody><xsl:apply-templates select="$rows" mode="own"/></tbody>
  </table>
</xsl:template>

<xsl:template match="homework" mode="own">
  <tr>
    <th scope="row"><a href="{$base}/pupils/{$task/@pupil_id}/handins/{@homework_id}"><xsl:value-of select="@subject_name"/></a></th>
    <td data-word="К какому дню"><xsl:apply-templates select="@due_on" mode="day"/></td>
    <td data-word="Задание">
      <xsl:apply-templates select="node()" mode="prose"/>
      <xsl:if test="@file_names"><p class="hint">Файлы: <xsl:value-of select="@file_names"/></p></xsl:if>
      <xsl:apply-templates select="." mode="asks"/>
    </td>
    <td><xsl:apply-templates select="." mode="tick"/></td>
    <td data-word="Сдано"><xsl:apply-templates select="." mode="state"/></td>
  </tr>
</xsl:template>

<xsl:template match="homework" mode="tick"><xsl:if test="@is_done">сделано</xsl:if></xsl:template>
<xsl:template match="handins[@is_mine][not(@year)]/homework" mode="tick">
  <label class="check">
    <input type="checkbox" name="done" value="{@homework_id}" aria-label="Сделано: {@subject_name}">
      <xsl:if test="@is_done"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
    </input>
    <span aria-hidden="true">сделано</span>
  </label>
</xsl:template>

<xsl:template match="homework" mode="state">
  <xsl:apply-templates select="self::*[@handed_on or @is_missing]" mode="when"/>
  <xsl:if test="@answered_on">, есть ответ</xsl:if>
</xsl:template>

</xsl:stylesheet>
