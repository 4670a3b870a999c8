<?xml version="1.0" encoding="UTF-8"?>
<!-- list.xsl: the parts of every long list: a search field, heads to sort by, links to pages.
     in   the list's element with @find @sort @page @pages (ej_page_list); its filters @lacks, @year and
          @name, which a search and another order keep
     out  named templates find, sorted, pages; key-pages for a list by key
     see  layout.xsl, which imports this; people.xsl for a complete list -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<!-- The search field; the context node is the list's element. -->
<xsl:template name="find">
  <xsl:param name="word"/>
  <form class="filter" method="get" role="search">
    <label>
      <xsl:value-of select="$word"/>
      <xsl:text> </xsl:text>
      <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/>
    </label>
    <input type="hidden" name="sort" value="{@sort}"/>
    <xsl:for-each select="@lacks | @year | @name | self::region/@region_id | self::region/@week_on"><input type="hidden" name="{name()}" value="{.}"/></xsl:for-each>
    <button>Найти</button>
    <xsl:if test="string(@find)">
      <a>
        <xsl:attribute name="href"><xsl:value-of select="concat('?sort=', @sort)"/><xsl:call-template name="filters"/></xsl:attribute>
        <xsl:text>Весь список</xsl:text>
      </a>
    </xsl:if>
  </form>
</xsl:template>

<!-- The filters of the list as parts of an address, each with & before it. -->
<xsl:template name="filters">
  <xsl:for-each select="@lacks | @year | @name | self::region/@region_id | self::region/@week_on">
    <xsl:value-of select="concat('&amp;', name(), '=', str:encode-uri(., true()))"/>
  </xsl:for-each>
</xsl:template>

<!-- The head of a column by which the list can be sorted. -->
<xsl:template name="sorted">
  <xsl:param name="key"/>
  <xsl:param name="word"/>
  <th scope="col">
    <xsl:if test="@sort = $key"><xsl:attribute name="aria-sort">ascending</xsl:attribute></xsl:if>
    <xsl:choose>
      <xsl:when test="@sort = $key"><xsl:value-of select="$word"/></xsl:when>
      <xsl:otherwise>
        <a>
          <xsl:attribute name="href">
            <xsl:value-of select="concat('?find=', str:encode-uri(@find, true()), '&amp;sort=', $key)"/>
            <xsl:call-template name="filters"/>
          </xsl:attribute>
          <xsl:value-of select="$word"/>
        </a>
      </xsl:otherwise>
    </xsl:choose>
  </th>
</xsl:template>

<!-- Links to the other pages; the context node is @page. kept: the part of the query string to
     keep, from ? on. -->
<xsl:template name="pages">
  <xsl:param name="kept"/>
  <xsl:if test="../@pages &gt; 1">
    <nav class="pages" aria-label="Страницы списка">
      <xsl:if test=". &gt; 1"><a href="{$kept}&amp;page={. - 1}" rel="prev">Назад</a></xsl:if>
      <span>Страница <xsl:value-of select="concat(., ' из ', ../@pages)"/></span>
      <xsl:if test=". &lt; ../@pages"><a href="{$kept}&amp;page={. + 1}" rel="next">Дальше</a></xsl:if>
    </nav>
  </xsl:if>
</xsl:template>

<!-- Links to the pages of a list by key; the context node is the list's element with @next,
     @previous. kept: the filters, «find=…&amp;kind=…», each name with its value. -->
<xsl:template name="key-pages">
  <xsl:param name="kept"/>
  <xsl:if test="@next or @previous">
    <nav class="pages" aria-label="Страницы списка">
      <xsl:if test="@previous">
        <a href="?{$kept}">В начало</a>
        <a href="?{$kept}&amp;before={@previous}" rel="prev">Назад</a>
      </xsl:if>
      <xsl:if test="@next"><a href="?{$kept}&amp;after={@next}" rel="next">Дальше</a></xsl:if>
    </nav>
  </xsl:if>
</xsl:template>

<!-- A form that chooses one of the school years of the page, its choices for year. -->
<xsl:template name="years">
  <xsl:param name="path"/>
  <xsl:variable name="year" select="string(@year)"/>
  <xsl:if test="choice[2]">
    <form class="filter" method="get" action="{$base}{$path}">
      <label>Учебный год <select name="year">
        <xsl:for-each select="choice[@for = 'year']">
          <option value="{@value}"><xsl:if test="@value = $year"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="@name"/></option>
        </xsl:for-each>
      </select></label>
      <button>Показать</button>
    </form>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
