<?xml version="1.0" encoding="UTF-8"?>
<!-- oneroster.xsl: where and how other programs read the school.
     in   oneroster[@view = 'about'][address programs pupils paper]
     out  the addresses and what they give; replies to programs are JSON and need no sheet
     see  clients.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="layout.xsl"/>

<xsl:template match="page/oneroster" mode="title">Обмен OneRoster</xsl:template>
<xsl:template match="page/oneroster" mode="actions">
  <xsl:if test="contains(concat(' ', ../@roles, ' '), ' administrator ')">
    <div class="actions"><a href="{$base}/oneroster/csv" download="oneroster.zip">Списки файлами CSV (ZIP)</a></div>
  </xsl:if>
</xsl:template>

<xsl:template match="page/oneroster">
  <p class="lead">Другие системы школы (столовая, библиотека, учебная платформа) читают здесь списки и отметки по стандарту 1EdTech OneRoster 1.2. Какие и что именно, решает администратор: <a href="{$base}/clients">доступ программ</a><xsl:if test="@programs > 0"> (сейчас их <xsl:value-of select="@programs"/>)</xsl:if>.</p>
  <dl class="facts">
    <dt>Адрес, где дают доступ</dt><dd><code><xsl:value-of select="@address"/>/ims/oneroster/token</code></dd>
    <dt>Списки</dt><dd><code><xsl:value-of select="@address"/>/ims/oneroster/rostering/v1p2</code></dd>
    <dt>Отметки</dt><dd><code><xsl:value-of select="@address"/>/ims/oneroster/gradebook/v1p2</code></dd>
    <dt>Учеников</dt><dd><xsl:value-of select="@pupils"/></dd>
    <dt>Из них на бумаге</dt><dd><xsl:value-of select="@paper"/>. Семьи отказались от обработки данных: ни об ученике, ни о родителях программы не узнают ничего.</dd>
  </dl>
  <p class="hint">Телефоны, адреса, номера документов и логины не передаются никогда. Даты рождения и отметки — только тем программам, которым это разрешено.</p>
</xsl:template>

</xsl:stylesheet>
