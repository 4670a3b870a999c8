<?xml version="1.0" encoding="UTF-8"?>
<!-- meals_tabs.xsl: the links between the pages of meals, above each of them; included by their sheets.
     in   here: the feature of the present page; page/@opens, the addresses that the reader may open
     out  nav.tabs; mode money: roubles with kopecks -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="meals-tabs">
  <tab path="/meals" feature="meals">Заказы</tab>
  <tab path="/meals/months" feature="mealsheets">Месяцы</tab>
  <tab path="/meals/menus" feature="menus">Меню</tab>
  <tab path="/meals/payments" feature="payments">Оплата</tab>
  <tab path="/meals/entitlements" feature="entitlements">Льготы</tab>
  <tab path="/meals/prices" feature="prices">Цены</tab>
  <tab path="/meals/benefits" feature="benefits">Категории</tab>
  <tab path="/meals/servings" feature="servings">Приёмы пищи</tab>
</xsl:variable>

<xsl:template name="meals-tabs">
  <xsl:param name="here"/>
  <xsl:variable name="opens-here" select="concat(' ', /page/@opens)"/>
  <nav class="tabs" aria-label="Питание">
    <xsl:for-each select="exsl:node-set($meals-tabs)/tab[contains($opens-here, concat(' ', @path, ' '))]">
      <a href="{$base}{@path}">
        <xsl:if test="@feature = $here"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
        <xsl:value-of select="."/>
      </a>
    </xsl:for-each>
  </nav>
</xsl:template>

<!-- Roubles and kopecks as they are written: the database gives two digits after the point. -->
<xsl:template match="@*" mode="money"><data value="{.}"><xsl:value-of select="translate(., '.-', ',−')"/></data></xsl:template>
<xsl:template match="f[@type = 'decimal']" mode="value" priority="1">
  <xsl:param name="value"/>
  <xsl:apply-templates select="$value" mode="money"/>
</xsl:template>

</xsl:stylesheet>
