<?xml version="1.0" encoding="UTF-8"?>
<!-- ui.xsl: the small parts that every page shows the same way.
     in   attributes that hold dates, times, means; elements' texts
     out  mode date     16.11.2026        mode day      16.11
          mode moment   16.11.2026, 12:31 mode number   4,37
          mode room     каб. 214        mode amount   1,5
          mode tied     a name whose № stays with its number
          mode prose    an element's text with its links
          mode work-name  kind and title of a work
          mode term-name  «II четверть», on a phone «II»
     see  layout.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:template match="@*" mode="date">
  <time datetime="{.}">
    <xsl:value-of select="concat(substring(., 9, 2), '.', substring(., 6, 2),
                                 '.', substring(., 1, 4))"/>
  </time>
</xsl:template>

<xsl:template match="@*" mode="day">
  <time datetime="{.}">
    <xsl:value-of select="concat(substring(., 9, 2), '.', substring(., 6, 2))"/>
  </time>
</xsl:template>

<xsl:template match="@*" mode="moment">
  <time datetime="{translate(., ' ', 'T')}">
    <xsl:value-of select="concat(substring(., 9, 2), '.', substring(., 6, 2),
                                 '.', substring(., 1, 4), ', ',
                                 substring(., 12, 5))"/>
  </time>
</xsl:template>

<!-- A Russian reader's decimal comma; csv.c reads the value. -->
<xsl:template match="@*|mean" mode="number">
  <data value="{.}"><xsl:value-of select="translate(., '.', ',')"/></data>
</xsl:template>

<!-- «каб. 214», but «спортзал» -->
<xsl:template match="@*" mode="room">
  <xsl:if test="contains('0123456789', substring(., 1, 1))">каб. </xsl:if>
  <xsl:value-of select="."/>
</xsl:template>

<!-- «II четверть»; a phone has room for «II». -->
<xsl:template match="@*" mode="term-name"><xsl:value-of select="."/></xsl:template>
<xsl:template match="@*[contains(., ' ')]" mode="term-name">
  <xsl:value-of select="substring-before(., ' ')"/>
  <span class="rest"><xsl:value-of select="concat(' ', substring-after(., ' '))"/></span>
</xsl:template>

<!-- «Школа № 92» never breaks after №. -->
<xsl:template match="@*" mode="tied">
  <xsl:value-of select="str:replace(string(.), '№ ', '№&#160;')"/>
</xsl:template>

<!-- Hours and weights: 1.0 is 1, 1.5 is 1,5. -->
<xsl:template match="@*" mode="amount">
  <xsl:value-of select="translate(string(number(.)), '.', ',')"/>
</xsl:template>

<!-- 120 percent is «, вес 1,2»; the usual weight says nothing. -->
<xsl:template match="@weight_pct" mode="weight">, вес&#160;<xsl:value-of
  select="translate(string(. div 100), '.', ',')"/></xsl:template>
<xsl:template match="@weight_pct[. = 100]" mode="weight"/>

<!-- Texts keep their blanks; xml.c made <a> of their addresses. -->
<xsl:template match="a" mode="prose">
  <a rel="noopener noreferrer" href="{.}"><xsl:value-of select="."/></a>
</xsl:template>

<!-- A work: «тест: Дроби», but «Тест по теме «Дроби»», whose title names the kind. -->
<xsl:template match="*" mode="work-name">
  <xsl:variable name="kind" select="translate(@kind_name, $capitals, $letters)"/>
  <xsl:choose>
    <xsl:when test="not(string(@title))"><xsl:value-of select="@kind_name"/></xsl:when>
    <xsl:when test="starts-with(translate(@title, $capitals, $letters), $kind)"><xsl:value-of select="@title"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="concat(@kind_name, ': ', @title)"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:variable name="capitals" select="'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ'"/>
<xsl:variable name="letters" select="'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'"/>

<!-- «I четверть (закрыта)», «I полугодие (закрыто)» -->
<xsl:template match="@*" mode="closed-word">
  <xsl:choose>
    <xsl:when test="contains(., 'четверть')"> (закрыта)</xsl:when>
    <xsl:when test="contains(., 'полугодие')"> (закрыто)</xsl:when>
    <xsl:otherwise> (закрыт)</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- 1 урок, 2 урока, 5 уроков -->
<xsl:template name="plural">
  <xsl:param name="n"/>
  <xsl:param name="one"/>
  <xsl:param name="few"/>
  <xsl:param name="many"/>
  <xsl:value-of select="concat($n, '&#160;')"/>
  <xsl:choose>
    <xsl:when test="$n mod 100 &gt;= 11 and $n mod 100 &lt;= 14">
      <xsl:value-of select="$many"/>
    </xsl:when>
    <xsl:when test="$n mod 10 = 1"><xsl:value-of select="$one"/></xsl:when>
    <xsl:when test="$n mod 10 &gt;= 2 and $n mod 10 &lt;= 4">
      <xsl:value-of select="$few"/>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$many"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- What every POST carries: the session's token. -->
<xsl:template name="token">
  <input type="hidden" name="form_token" value="{/page/@form_token}"/>
</xsl:template>

</xsl:stylesheet>
