<?xml version="1.0" encoding="UTF-8"?>
<!-- ui.xsl: the small parts that look the same on every page.
     in   attributes that hold dates, times, means; elements' texts
     out  mode date     16.11.2026        mode day      16.11
          mode moment   16.11.2026, 12:31 mode number   4,37
          mode room     каб. 214        mode amount   1,5
          mode month    сентябрь 2026
          mode tied     a name in which № is not separated from its number
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

<!-- The days and hours of an event; the context node has from_on till_on? starts? ends?. -->
<xsl:template name="event-days">
  <xsl:apply-templates select="@from_on" mode="day"/>
  <xsl:if test="@till_on and @till_on != @from_on"> – <xsl:apply-templates select="@till_on" mode="day"/></xsl:if>
  <xsl:if test="@starts"><xsl:value-of select="concat(', ', @starts)"/></xsl:if>
  <xsl:if test="@ends"><xsl:value-of select="concat('–', @ends)"/></xsl:if>
</xsl:template>

<xsl:template match="@*" mode="day">
  <time datetime="{.}">
    <xsl:value-of select="concat(substring(., 9, 2), '.', substring(., 6, 2))"/>
  </time>
</xsl:template>

<!-- «сентябрь 2026» -->
<xsl:template match="@*" mode="month">
  <xsl:variable name="names"
                select="'январь   февраль  март     апрель   май      июнь     июль     август   сентябрь октябрь  ноябрь   декабрь  '"/>
  <xsl:value-of select="concat(normalize-space(substring($names, substring(., 6, 2) * 9 - 8, 9)), ' ', substring(., 1, 4))"/>
</xsl:template>

<xsl:template match="@*" mode="moment">
  <time datetime="{translate(., ' ', 'T')}">
    <xsl:value-of select="concat(substring(., 9, 2), '.', substring(., 6, 2),
                                 '.', substring(., 1, 4), ', ',
                                 substring(., 12, 5))"/>
  </time>
</xsl:template>

<!-- A number with a decimal comma; the CSV file takes it from @value. -->
<xsl:template match="@*|mean" mode="number">
  <data value="{.}"><xsl:value-of select="translate(., '.', ',')"/></data>
</xsl:template>

<!-- Rooms with a number are «каб. 214», others, such as «спортзал», have only their name. -->
<xsl:template match="@*" mode="room">
  <xsl:if test="contains('0123456789', substring(., 1, 1))">каб. </xsl:if>
  <xsl:value-of select="."/>
</xsl:template>

<!-- The name of a term, «II четверть»; on a phone «II». -->
<xsl:template match="@*" mode="term-name"><xsl:value-of select="."/></xsl:template>
<xsl:template match="@*[contains(., ' ')]" mode="term-name">
  <xsl:value-of select="substring-before(., ' ')"/>
  <span class="rest"><xsl:value-of select="concat(' ', substring-after(., ' '))"/></span>
</xsl:template>

<!-- Prevents a line break after № in names such as «Школа № 92». -->
<xsl:template match="@*" mode="tied">
  <xsl:value-of select="str:replace(string(.), '№ ', '№&#160;')"/>
</xsl:template>

<!-- Hours and weights: 1.0 is shown as 1 and 1.5 as 1,5. -->
<xsl:template match="@*" mode="amount">
  <xsl:value-of select="translate(string(number(.)), '.', ',')"/>
</xsl:template>

<!-- A weight of 120 percent is shown as «, вес 1,2»; documents have no @weight_pct for the usual
     weight. -->
<xsl:template match="@weight_pct" mode="weight">, вес&#160;<xsl:value-of
  select="translate(string(. div 100), '.', ',')"/></xsl:template>
<xsl:template match="@weight_pct[. = 100]" mode="weight"/>

<!-- A link in a text; the document already has an <a> for each address (xml.c). -->
<xsl:template match="a" mode="prose">
  <a rel="noopener noreferrer" href="{.}"><xsl:value-of select="."/></a>
</xsl:template>

<!-- The name of a work, «тест: Дроби»; a title that already names the kind stands alone: «Тест по
     теме «Дроби»». -->
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

<!-- The ending that agrees with the term: «I четверть (закрыта)», «I полугодие (закрыто)». -->
<xsl:template match="@*" mode="closed-word">
  <xsl:choose>
    <xsl:when test="contains(., 'четверть')"> (закрыта)</xsl:when>
    <xsl:when test="contains(., 'полугодие')"> (закрыто)</xsl:when>
    <xsl:otherwise> (закрыт)</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A number with its noun: 1 урок, 2 урока, 5 уроков. -->
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

<!-- The name of a line that counts the classes of a grade, or of a level, whose number is its first grade. -->
<xsl:template match="*[@kind = 'grade']" mode="classes"><xsl:value-of select="concat(@number, '-е классы')"/></xsl:template>
<xsl:template match="*[@kind = 'level']" mode="classes">
  <xsl:choose>
    <xsl:when test="@number = 1">1–4 классы</xsl:when>
    <xsl:when test="@number = 5">5–9 классы</xsl:when>
    <xsl:otherwise>10–11 классы</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The session's token, which every POST must have. -->
<xsl:template name="token">
  <input type="hidden" name="form_token" value="{/page/@form_token}"/>
</xsl:template>

<!-- What the reader has not read yet: notices and messages, each counted up to 100. -->
<xsl:template match="page" mode="unread"/>
<xsl:template match="page[@notices or @messages]" mode="unread">
  <p class="notice unread">
    <xsl:for-each select="@notices|@messages">
      <xsl:sort select="name()" order="descending"/>
      <xsl:if test="position() &gt; 1"><xsl:text> · </xsl:text></xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </p>
</xsl:template>
<xsl:template match="page/@notices"><a href="{$base}/notices?is_new=1">Новых уведомлений: <xsl:apply-templates select="." mode="up-to"/></a></xsl:template>
<xsl:template match="page/@messages"><a href="{$base}/messages">Новых сообщений: <xsl:apply-templates select="." mode="up-to"/></a></xsl:template>
<xsl:template match="@*" mode="up-to"><b><xsl:value-of select="."/></b></xsl:template>
<xsl:template match="@*[. &gt; 99]" mode="up-to"><b>больше 99</b></xsl:template>

</xsl:stylesheet>
