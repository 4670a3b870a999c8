<?xml version="1.0" encoding="UTF-8"?>
<!-- ui.xsl: the small parts that every page shows the same way.
     in   attributes that hold dates, times, means; elements' texts
     out  mode date     16.11.2026        mode day      16.11
          mode moment   16.11.2026, 12:31 mode number   4,37
          mode room     каб. 214        mode amount   1,5
          mode tied     a name whose № stays with its number
          mode prose    text whose web addresses are links
          mode term-name  «II четверть», on a phone «II»
     see  layout.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

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

<!-- A Russian reader's decimal comma; out_csv.c reads the value. -->
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
  <xsl:call-template name="tied"><xsl:with-param name="text" select="string(.)"/></xsl:call-template>
</xsl:template>

<xsl:template name="tied">
  <xsl:param name="text"/>
  <xsl:value-of select="substring-before(concat($text, '№ '), '№ ')"/>
  <xsl:if test="contains($text, '№ ')">
    <xsl:text>№&#160;</xsl:text>
    <xsl:call-template name="tied">
      <xsl:with-param name="text" select="substring-after($text, '№ ')"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<!-- Hours and weights: 1.0 is 1, 1.5 is 1,5. -->
<xsl:template match="@*" mode="amount">
  <xsl:value-of select="translate(string(number(.)), '.', ',')"/>
</xsl:template>

<!-- 200 percent is «×2»; the usual weight says nothing. -->
<xsl:template match="@weight_pct" mode="weight">×<xsl:value-of
  select="translate(string(. div 100), '.', ',')"/></xsl:template>
<xsl:template match="@weight_pct[. = 100]" mode="weight"/>

<!-- Most texts have no address, and are spared the search. -->
<xsl:template match="@*|*" mode="prose">
  <xsl:if test="contains(., '://')">
    <xsl:call-template name="prose">
      <xsl:with-param name="text" select="string(.)"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:if test="not(contains(., '://'))"><xsl:value-of select="."/></xsl:if>
</xsl:template>

<!-- Up to the first address, the address as a link, then the same of the rest. -->
<xsl:template name="prose">
  <xsl:param name="text"/>
  <xsl:variable name="plain" select="substring-before(concat($text, 'http://'), 'http://')"/>
  <xsl:variable name="safe" select="substring-before(concat($text, 'https://'), 'https://')"/>
  <xsl:variable name="mark" select="concat(substring('http://', 1, 7 * (string-length($plain) &lt; string-length($safe))),
                                           substring('https://', 1, 8 * (string-length($plain) &gt; string-length($safe))))"/>
  <xsl:choose>
    <xsl:when test="$mark">
      <xsl:variable name="before" select="substring-before($text, $mark)"/>
      <xsl:variable name="after" select="translate(substring-after($text, $mark), '&#10;&#9;&#160;', '   ')"/>
      <xsl:variable name="tail">
        <xsl:call-template name="address">
          <xsl:with-param name="text" select="substring-before(concat($after, ' '), ' ')"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:value-of select="$before"/>
      <xsl:choose>
        <xsl:when test="string($tail)">
          <a rel="noopener noreferrer" href="{$mark}{$tail}"><xsl:value-of select="concat($mark, $tail)"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$mark"/></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="prose">
        <xsl:with-param name="text"
          select="substring($text, string-length(concat($before, $mark, $tail)) + 1)"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- An address without the sentence's own marks at its end; a bracket that it
     opens itself is its own. -->
<xsl:template name="address">
  <xsl:param name="text"/>
  <xsl:variable name="last" select="substring($text, string-length($text))"/>
  <xsl:variable name="opened" select="string-length(translate($text, translate($text, '(', ''), ''))"/>
  <xsl:variable name="closed" select="string-length(translate($text, translate($text, ')', ''), ''))"/>
  <xsl:choose>
    <xsl:when test="$last and contains('.,;:!?»”&quot;', $last) or $last = ')' and $closed &gt; $opened">
      <xsl:call-template name="address">
        <xsl:with-param name="text" select="substring($text, 1, string-length($text) - 1)"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
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
