<?xml version="1.0" encoding="UTF-8"?>
<!-- views.xsl: the log of access to pupils' cards, newest first.
     in   views[find pupil from_on? to_on? next? previous?]
            /opening[view_key at who? role? pupil_id pupil class_name? address? path?], where path is the page of a list
            that was taken away, as a file or on paper
     out  a table, the filter, links to the pages
     see  list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="form.xsl"/>

<xsl:template match="page/views" mode="title">Кто открывал карточки</xsl:template>

<xsl:template match="page/views" mode="actions">
  <form class="filter" method="get" role="search">
    <label>Кто открывал <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <label>Чью карточку <input type="search" name="pupil" value="{@pupil}" maxlength="100" autocomplete="off"/></label>
    <label>С <input type="date" name="from_on" value="{@from_on}"/></label>
    <label>по <input type="date" name="to_on" value="{@to_on}"/></label>
    <button>Показать</button>
    <xsl:if test="string(@find) or string(@pupil) or @from_on or @to_on"><a href="{$base}/views">Сбросить</a></xsl:if>
  </form>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/views">
  <table class="data people history">
    <thead>
      <tr>
        <th scope="col">Когда</th>
        <th scope="col">Кто открыл</th>
        <th scope="col">Кто это</th>
        <th scope="col">Чья карточка</th>
        <th scope="col">Класс</th>
        <th scope="col">С адреса</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="opening"/></tbody>
  </table>
  <xsl:call-template name="key-pages">
    <xsl:with-param name="kept"
                    select="concat('find=', str:encode-uri(@find, true()), '&amp;pupil=',
                      str:encode-uri(@pupil, true()), '&amp;from_on=', @from_on, '&amp;to_on=', @to_on)"/>
  </xsl:call-template>
</xsl:template>
<!-- A file has its head even without rows. -->
<xsl:template match="page[@format = 'html' or @format = 'print']/views[not(opening)]" priority="1">
  <p class="empty">Таких записей нет. <a href="{$base}/views">Показать все</a></p>
</xsl:template>

<xsl:template match="views/opening">
  <tr>
    <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
    <td data-word="Кто открыл"><xsl:value-of select="@who"/></td>
    <td data-word="Кто это">
      <xsl:if test="contains(@role, 'staff')">сотрудник</xsl:if>
      <xsl:if test="contains(@role, 'staff') and contains(@role, 'guardian')">, </xsl:if>
      <xsl:if test="contains(@role, 'guardian')">родитель</xsl:if>
      <xsl:if test="contains(@role, 'pupil')">ученик</xsl:if>
    </td>
    <td data-word="Чья карточка"><a href="{$base}/pupils/{@pupil_id}"><xsl:value-of select="@pupil"/></a>
      <xsl:if test="@path"><span class="soft"> — в списке, файлом или на бумаге: <a href="{$base}{@path}"><xsl:value-of select="@path"/></a></span></xsl:if></td>
    <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
    <td data-word="С адреса"><xsl:value-of select="@address"/></td>
  </tr>
</xsl:template>

<!-- ....................................................... what is refused -->

<xsl:template match="error" mode="field-name">
  <xsl:choose>
    <xsl:when test="@field = 'from_on'">С</xsl:when>
    <xsl:when test="@field = 'to_on'">По</xsl:when>
    <xsl:when test="@field = 'pupil'">Чью карточку</xsl:when>
    <xsl:when test="@field = 'find'">Кто открывал</xsl:when>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
