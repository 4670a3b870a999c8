<?xml version="1.0" encoding="UTF-8"?>
<!-- chart.xsl: charts as inline SVG, which can be printed: hatching and dashes instead of colours. A chart stands beside
     the table of its figures and has no figure that the table has not.
     in   a tree of rows: row[label] with s[word value], with the same words in each row
     out  chart-shares  a bar for each row: its values as parts of their sum
          chart-course  a line for each word: its percentages, from row to row in time
     see  reports_charts.xsl, static/css/reports.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- The fillings of the second to fourth part of a bar. The first part is filled, the fifth and further are empty. -->
<xsl:template name="chart-patterns">
  <xsl:param name="id"/>
  <defs xmlns="http://www.w3.org/2000/svg">
    <pattern id="{$id}-2" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="2" height="4" fill="currentColor"/></pattern>
    <pattern id="{$id}-3" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
      <rect width="1" height="6" fill="currentColor"/></pattern>
    <pattern id="{$id}-4" width="5" height="5" patternUnits="userSpaceOnUse">
      <rect width="1.5" height="1.5" fill="currentColor"/></pattern>
  </defs>
</xsl:template>

<xsl:template name="chart-fill">
  <xsl:param name="id"/>
  <xsl:param name="n"/>
  <xsl:attribute name="fill">
    <xsl:choose>
      <xsl:when test="$n = 1">currentColor</xsl:when>
      <xsl:when test="$n &lt; 5"><xsl:value-of select="concat('url(#', $id, '-', $n, ')')"/></xsl:when>
      <xsl:otherwise>none</xsl:otherwise>
    </xsl:choose>
  </xsl:attribute>
</xsl:template>

<!-- ....................................................................... shares -->

<xsl:template name="chart-shares">
  <xsl:param name="id"/>
  <xsl:param name="title"/>
  <xsl:param name="rows"/>
  <xsl:variable name="height" select="count($rows) * 18 + 4"/>
  <figure class="chart">
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 590 {$height}" width="590" height="{$height}" role="img" aria-label="{$title}">
      <xsl:call-template name="chart-patterns"><xsl:with-param name="id" select="$id"/></xsl:call-template>
      <xsl:for-each select="$rows">
        <xsl:variable name="y" select="(position() - 1) * 18 + 2"/>
        <xsl:variable name="all" select="sum(s/@value)"/>
        <text x="182" y="{$y + 11}" text-anchor="end" font-size="11" fill="currentColor"><xsl:value-of select="@label"/></text>
        <xsl:for-each select="s[@value &gt; 0]">
          <rect x="{190 + 390 * sum(preceding-sibling::s/@value) div $all}" y="{$y}" width="{390 * @value div $all}" height="14"
                stroke="currentColor" stroke-width="0.7">
            <xsl:call-template name="chart-fill">
              <xsl:with-param name="id" select="$id"/>
              <xsl:with-param name="n" select="count(preceding-sibling::s) + 1"/>
            </xsl:call-template>
          </rect>
        </xsl:for-each>
      </xsl:for-each>
    </svg>
    <figcaption><xsl:value-of select="$title"/>: <xsl:for-each select="$rows[1]/s">
      <span class="key"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 12" width="16" height="12" aria-hidden="true">
        <rect x="0.5" y="0.5" width="15" height="11" stroke="currentColor" stroke-width="0.7">
          <xsl:call-template name="chart-fill">
            <xsl:with-param name="id" select="$id"/>
            <xsl:with-param name="n" select="position()"/>
          </xsl:call-template>
        </rect>
      </svg><xsl:value-of select="concat(' ', @word)"/></span><xsl:text> </xsl:text></xsl:for-each></figcaption>
  </figure>
</xsl:template>

<!-- ....................................................................... course -->

<xsl:template name="chart-course">
  <xsl:param name="title"/>
  <xsl:param name="rows"/>
  <xsl:variable name="width" select="count($rows) * 36 + 50"/>
  <figure class="chart">
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {$width} 150" width="{$width}" height="150" role="img" aria-label="{$title}">
      <xsl:call-template name="chart-level"><xsl:with-param name="value" select="0"/><xsl:with-param name="width" select="$width"/>
        </xsl:call-template>
      <xsl:call-template name="chart-level"><xsl:with-param name="value" select="50"/><xsl:with-param name="width" select="$width"/>
        </xsl:call-template>
      <xsl:call-template name="chart-level"><xsl:with-param name="value" select="100"/><xsl:with-param name="width" select="$width"/>
        </xsl:call-template>
      <xsl:for-each select="$rows">
        <text x="{position() * 36 + 14}" y="144" text-anchor="middle" font-size="10" fill="currentColor">
          <xsl:value-of select="@label"/></text>
      </xsl:for-each>
      <xsl:for-each select="$rows[1]/s">
        <xsl:variable name="n" select="position()"/>
        <polyline fill="none" stroke="currentColor" stroke-width="1.5">
          <xsl:call-template name="chart-dash"><xsl:with-param name="n" select="$n"/></xsl:call-template>
          <xsl:attribute name="points">
            <xsl:for-each select="$rows">
              <xsl:if test="s[$n]/@value != ''">
                <xsl:value-of select="concat(position() * 36 + 14, ',', 125 - s[$n]/@value * 1.2, ' ')"/></xsl:if>
            </xsl:for-each>
          </xsl:attribute>
        </polyline>
      </xsl:for-each>
    </svg>
    <figcaption><xsl:value-of select="$title"/>: <xsl:for-each select="$rows[1]/s">
      <xsl:variable name="n" select="position()"/>
      <span class="key"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12" width="24" height="12" aria-hidden="true">
        <line x1="0" x2="24" y1="6" y2="6" stroke="currentColor" stroke-width="1.5">
          <xsl:call-template name="chart-dash"><xsl:with-param name="n" select="$n"/></xsl:call-template>
        </line>
      </svg><xsl:value-of select="concat(' ', @word)"/></span><xsl:text> </xsl:text></xsl:for-each></figcaption>
  </figure>
</xsl:template>

<!-- The dashes of a line: the first is not dashed. -->
<xsl:template name="chart-dash">
  <xsl:param name="n"/>
  <xsl:if test="$n &gt; 1">
    <xsl:attribute name="stroke-dasharray"><xsl:value-of select="concat(8 - $n, ' 3')"/></xsl:attribute>
  </xsl:if>
</xsl:template>

<!-- The horizontal line of a percentage, with its number. -->
<xsl:template name="chart-level">
  <xsl:param name="value"/>
  <xsl:param name="width"/>
  <line xmlns="http://www.w3.org/2000/svg" x1="32" x2="{$width}" y1="{125 - $value * 1.2}" y2="{125 - $value * 1.2}" stroke="currentColor"
        stroke-width="0.4"/>
  <text xmlns="http://www.w3.org/2000/svg" x="28" y="{128 - $value * 1.2}" text-anchor="end" font-size="10" fill="currentColor">
    <xsl:value-of select="$value"/></text>
</xsl:template>

</xsl:stylesheet>
