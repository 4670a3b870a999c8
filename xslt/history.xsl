<?xml version="1.0" encoding="UTF-8"?>
<!-- history.xsl: every change of the school's records, newest first.
     in   history[find kind? from_on? to_on? next? previous?]
            /change[change_key at who? what pupil? teaching? verb field? old? new? is_void?]
     out  a table, the filter, links to the pages
     see  history_words.xsl, list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="form.xsl"/>
<xsl:include href="history_words.xsl"/>

<xsl:template match="page/history" mode="title">История изменений</xsl:template>

<xsl:template match="page/history" mode="actions">
  <form class="filter" method="get" role="search">
    <label>Кто изменил <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <label>Что
      <select name="kind">
        <option value="">всё</option>
        <xsl:call-template name="kind">
          <xsl:with-param name="key" select="'journal'"/>
          <xsl:with-param name="word" select="'журнал'"/>
        </xsl:call-template>
        <xsl:call-template name="kind">
          <xsl:with-param name="key" select="'people'"/>
          <xsl:with-param name="word" select="'люди'"/>
        </xsl:call-template>
        <xsl:call-template name="kind">
          <xsl:with-param name="key" select="'accounts'"/>
          <xsl:with-param name="word" select="'учётные записи'"/>
        </xsl:call-template>
        <xsl:call-template name="kind">
          <xsl:with-param name="key" select="'setup'"/>
          <xsl:with-param name="word" select="'настройка школы'"/>
        </xsl:call-template>
      </select>
    </label>
    <label>С <input type="date" name="from_on" value="{@from_on}"/></label>
    <label>по <input type="date" name="to_on" value="{@to_on}"/></label>
    <button>Показать</button>
    <xsl:if test="string(@find) or @kind or @from_on or @to_on"><a href="{$base}/history">Сбросить</a></xsl:if>
  </form>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template name="kind">
  <xsl:param name="key"/>
  <xsl:param name="word"/>
  <option value="{$key}"><xsl:if test="@kind = $key"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="$word"/></option>
</xsl:template>

<xsl:template match="page/history">
  <table class="data people history">
    <thead>
      <tr>
        <th scope="col">Когда</th>
        <th scope="col">Кто изменил</th>
        <th scope="col">Запись</th>
        <th scope="col">Ученик</th>
        <th scope="col">Журнал</th>
        <th scope="col">Действие</th>
        <th scope="col">Что изменено</th>
        <th scope="col">Было</th>
        <th scope="col">Стало</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="change"/></tbody>
  </table>
  <xsl:call-template name="key-pages">
    <xsl:with-param name="kept" select="concat('find=', str:encode-uri(@find, true()), '&amp;kind=', @kind, '&amp;from_on=', @from_on, '&amp;to_on=', @to_on)"/>
  </xsl:call-template>
</xsl:template>
<!-- A file has its head even without rows. -->
<xsl:template match="page[@format = 'html' or @format = 'print']/history[not(change)]" priority="1">
  <p class="empty">Изменений не нашлось. <a href="{$base}/history">Показать все</a></p>
</xsl:template>

<!-- ................................................ of a lesson, a card, a plan -->

<xsl:template match="page/history[@name]" mode="title">
  <xsl:choose>
    <xsl:when test="@lesson_id">История урока · </xsl:when>
    <xsl:when test="@pupil_id">История карточки · </xsl:when>
    <xsl:otherwise>История плана · </xsl:otherwise>
  </xsl:choose>
  <xsl:value-of select="@name"/>
</xsl:template>
<xsl:template match="page/history[@name]" mode="actions">
  <div class="actions">
    <xsl:if test="@lesson_id"><a href="{$base}/lessons/{@lesson_id}">Урок</a></xsl:if>
    <xsl:if test="@pupil_id"><a href="{$base}/pupils/{@pupil_id}">Карточка</a></xsl:if>
    <xsl:if test="@plan_id"><a href="{$base}/plans/{@plan_id}">План</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="page/history[@name]" priority="2">
  <xsl:if test="not(change)"><p class="empty">Здесь ещё ничего не меняли.</p></xsl:if>
  <xsl:if test="change">
    <table class="data people history">
      <thead>
        <tr>
          <th scope="col">Когда</th><th scope="col">Кто изменил</th><th scope="col">Откуда</th><th scope="col">Запись</th>
          <th scope="col">Ученик</th><th scope="col">Действие</th><th scope="col">Что изменено</th><th scope="col">Было</th>
          <th scope="col">Стало</th><th scope="col">Причина</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="change" mode="of"/></tbody>
    </table>
  </xsl:if>
</xsl:template>
<xsl:template match="change" mode="of">
  <tr>
    <xsl:if test="@is_void"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
    <td data-word="Кто изменил"><xsl:value-of select="@who"/><xsl:if test="not(@who)">система</xsl:if></td>
    <td data-word="Откуда"><xsl:value-of select="@address"/></td>
    <td data-word="Запись"><xsl:apply-templates select="@what" mode="record-word"/></td>
    <td data-word="Ученик"><xsl:value-of select="@pupil"/></td>
    <td data-word="Действие"><xsl:apply-templates select="@verb" mode="verb-word"/></td>
    <td data-word="Что изменено"><xsl:apply-templates select="@field" mode="field-word"/></td>
    <td data-word="Было"><xsl:apply-templates select="@old" mode="value"/></td>
    <td data-word="Стало"><xsl:apply-templates select="@new" mode="value"/></td>
    <td data-word="Причина"><xsl:value-of select="@reason"/></td>
  </tr>
</xsl:template>
<xsl:template match="@verb" mode="verb-word">
  <xsl:choose>
    <xsl:when test=". = 'changed'">изменение</xsl:when>
    <xsl:when test=". = 'added'">добавление</xsl:when>
    <xsl:otherwise>удаление</xsl:otherwise>
  </xsl:choose>
  <xsl:if test="../@is_void"> (отменено)</xsl:if>
</xsl:template>

<xsl:template match="history/change">
  <tr>
    <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
    <td data-word="Кто изменил"><xsl:value-of select="@who"/><xsl:if test="not(@who)">система</xsl:if></td>
    <td data-word="Запись"><xsl:apply-templates select="@what" mode="record-word"/></td>
    <td data-word="Ученик"><xsl:value-of select="@pupil"/></td>
    <td data-word="Журнал"><xsl:value-of select="@teaching"/></td>
    <td data-word="Действие"><xsl:apply-templates select="@verb" mode="verb-word"/></td>
    <td data-word="Что изменено"><xsl:apply-templates select="@field" mode="field-word"/></td>
    <td data-word="Было"><xsl:apply-templates select="@old" mode="value"/></td>
    <td data-word="Стало"><xsl:apply-templates select="@new" mode="value"/></td>
  </tr>
</xsl:template>

<!-- A value: of a day and of «yes» as people write them. -->
<xsl:template match="@old|@new" mode="value"><xsl:value-of select="."/></xsl:template>
<xsl:template match="change[substring(@field, string-length(@field) - 2) = '_on']/@*" mode="value">
  <xsl:apply-templates select="." mode="date"/>
</xsl:template>
<xsl:template match="change[starts-with(@field, 'is_')]/@*" mode="value">
  <xsl:choose><xsl:when test=". = 'true'">да</xsl:when><xsl:otherwise>нет</xsl:otherwise></xsl:choose>
</xsl:template>

</xsl:stylesheet>
