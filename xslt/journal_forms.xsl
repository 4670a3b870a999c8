<?xml version="1.0" encoding="UTF-8"?>
<!-- journal_forms.xsl: the pages beside the grid.
     in   <journal view="cell"> change…           the history of one cell
     out  a table; the words of errors for the script
     see  journal.xsl, which includes this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- An error of a refused save names the number of its row; the summary shows the pupil's name. -->
<xsl:key name="pupil" match="journal/pupil" use="@pupil_id"/>

<xsl:template match="page[journal]/errors/error[@n]" mode="place">
  <xsl:variable name="pupil" select="key('pupil', key('row', @n)/field[@name = 'pupil_id'])"/>
  <b><xsl:value-of select="$pupil/@name"/><xsl:if test="not($pupil)">Ученик не из этого журнала</xsl:if></b>
  <xsl:text>: </xsl:text>
</xsl:template>

<!-- ............................................. words that the script shows -->

<!-- The reply to a save by script has only error codes; these are their texts. -->
<xsl:template match="journal" mode="words">
  <ul hidden="hidden" data-ej-words="">
    <li data-code="JE104"><xsl:call-template name="JE104"/></li>
    <li data-code="JE105"><xsl:call-template name="JE105"/></li>
    <li data-code="JE107"><xsl:call-template name="JE107"/></li>
    <li data-code="JE108"><xsl:call-template name="JE108"/></li>
    <li data-code="JE120"><xsl:call-template name="JE120"/></li>
    <li data-code="JE201"><xsl:call-template name="JE201"/></li>
    <li data-code="JE202"><xsl:call-template name="JE202"/></li>
    <li data-code="JE203"><xsl:call-template name="JE203"/></li>
    <li data-code="JE204"><xsl:call-template name="JE204"/></li>
    <li data-code="JE205"><xsl:call-template name="JE205"/></li>
    <li data-code="JE209"><xsl:call-template name="JE209"/></li>
    <li data-code="JE210"><xsl:call-template name="JE210"/></li>
    <li data-code="JE291"><xsl:call-template name="JE291"/></li>
    <li data-code="JE213"><xsl:call-template name="JE213"/></li>
    <li data-code="JE281"><xsl:call-template name="JE281"/></li>
    <li data-code="JE282"><xsl:call-template name="JE282"/></li>
    <li data-code="JE301"><xsl:call-template name="JE301"/></li>
    <li data-code="JE302"><xsl:call-template name="JE302"/></li>
    <li data-code="JE303"><xsl:call-template name="JE303"/></li>
    <li data-code="JE401"><xsl:call-template name="JE401"/></li>
    <li data-code="JE505"><xsl:call-template name="JE505"/></li>
    <li data-code="JE506"><xsl:call-template name="JE506"/></li>
    <li data-code="JE507"><xsl:call-template name="JE507"/></li>
  </ul>
</xsl:template>

<!-- ................................................... a cell's history -->

<xsl:template match="page/journal[@view = 'cell']" mode="title" priority="1">История клетки</xsl:template>
<xsl:template match="page/journal[@view = 'cell']" mode="actions" priority="1"/>
<xsl:template match="page/journal[@view = 'cell']" mode="crumbs"><xsl:apply-templates select="." mode="journal-crumbs"/></xsl:template>

<xsl:template match="page/journal[@view = 'cell']" priority="2">
  <p class="lead"><b><xsl:value-of select="@pupil"/></b><br/>
    <xsl:value-of select="concat(@subject_name, ', ', @class_name)"/>
    <xsl:if test="@held_on">, <xsl:apply-templates select="@held_on" mode="date"/></xsl:if>
    <xsl:if test="@kind_name">, <xsl:apply-templates select="." mode="work-name"/></xsl:if>
    <xsl:if test="@term_name">, итог: <xsl:value-of select="@term_name"/></xsl:if>
  </p>
  <xsl:if test="attempt/@comment">
    <dl class="record"><xsl:apply-templates select="attempt[@comment]"/></dl>
  </xsl:if>
  <xsl:apply-templates select="." mode="changes"/>
  <xsl:if test="@may_ask"><p><a href="{$base}{/page/@path}/correction">Исправить по заявке</a></p></xsl:if>
</xsl:template>

<!-- The comment on each attempt, which the family sees. -->
<xsl:template match="attempt">
  <dt>Комментарий<xsl:if test="@attempt &gt; 1"> к пересдаче</xsl:if><xsl:if test="@value"> (<xsl:value-of select="@value"/>)</xsl:if></dt>
  <dd><xsl:value-of select="@comment"/></dd>
</xsl:template>

<xsl:template match="journal" mode="changes">
  <table class="data changes">
    <thead>
      <tr>
        <th scope="col">Когда</th>
        <th scope="col">Кто</th>
        <th scope="col">Что</th>
        <th scope="col">Было</th>
        <th scope="col">Стало</th>
        <th scope="col">Откуда</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="change"/></tbody>
  </table>
</xsl:template>
<xsl:template match="journal[not(change)]" mode="changes">
  <p class="empty">В этой клетке ещё ничего не записывали.</p>
</xsl:template>

<xsl:template match="change">
  <tr>
    <xsl:if test="@is_void"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
    <td><xsl:value-of select="@who"/></td>
    <td><xsl:apply-templates select="@what"/><xsl:if test="@is_void"> (отменено)</xsl:if><xsl:if test="@file">, из файла «<xsl:value-of select="@file"/>»</xsl:if><xsl:if test="@is_late">, с опозданием</xsl:if><xsl:if test="@reason">, по заявке: <xsl:value-of select="@reason"/></xsl:if></td>
    <td data-word="Было">
      <xsl:value-of select="@old"/>
      <xsl:apply-templates select="@old_minutes"/>
      <xsl:apply-templates select="@old_comment"/>
    </td>
    <td data-word="Стало"><xsl:value-of select="@new"/><xsl:apply-templates select="@minutes"/><xsl:apply-templates select="@comment"/></td>
    <td data-word="Откуда"><xsl:value-of select="@address"/></td>
  </tr>
</xsl:template>

<xsl:template match="change/@what">отметка<xsl:if test="../@kind_name">, <xsl:value-of select="../@kind_name"/></xsl:if><xsl:if test="../@attempt">, пересдача</xsl:if></xsl:template>
<xsl:template match="change/@what[. = 'attendance']">присутствие</xsl:template>
<xsl:template match="change/@what[. = 'term_mark']">итоговая отметка</xsl:template>
<xsl:template match="change/@minutes|change/@old_minutes"><xsl:value-of select="concat(' ', ., ' мин')"/></xsl:template>
<xsl:template match="change/@comment|change/@old_comment"><xsl:text> </xsl:text><q><xsl:value-of select="."/></q></xsl:template>

</xsl:stylesheet>
