<?xml version="1.0" encoding="UTF-8"?>
<!-- reports_table.xsl: a table of a report, on the screen, in files and on paper.
     in   table[name lines]/column[key name? rows_key?]…, line[line kind class_id? …]/c…
     out  mode figures: table.data with two-row heads, lines and totals
     see  reports.xsl and print/reports.xsl, which include this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<!-- No pattern of h has a predicate: in a tree of its own each test of one counts all siblings before it. -->
<xsl:key name="column-group" match="h" use="@group"/>

<xsl:template match="reports/table" mode="figures">
  <!-- kept: the address of the rows of a number, up to the line; empty where rows are not opened -->
  <xsl:param name="kept"/>
  <xsl:variable name="name" select="@name"/>
  <!-- the kind of the finest lines; those of any other kind are totals. Without single lines (there are too many of
       them, or the reader sees sums alone) these are classes or teachers. -->
  <xsl:variable name="lines">
    <xsl:choose>
      <xsl:when test="line[@kind = ../@lines]"><xsl:value-of select="@lines"/></xsl:when>
      <xsl:when test="line[@kind = 'class']">class</xsl:when>
      <xsl:when test="line[@kind = 'staff']">staff</xsl:when>
      <xsl:otherwise><xsl:value-of select="@lines"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="heads" select="$line-heads/table[@lines = string($lines)]/h"/>
  <xsl:variable name="words">
    <xsl:for-each select="column">
      <xsl:variable name="word" select="$tables/table[@name = $name]/c[@key = current()/@key]"/>
      <h key="{@key}" rows="{@rows_key}" group="{$word/@group}" word="{$word/@word}" alone="{$word/@alone}">
        <xsl:if test="@name">
          <xsl:attribute name="group">Итоговые отметки</xsl:attribute>
          <xsl:attribute name="word"><xsl:value-of select="@name"/></xsl:attribute>
        </xsl:if>
      </h>
    </xsl:for-each>
  </xsl:variable>
  <!-- a column that is the only one of its group has the group's name in its own head -->
  <xsl:variable name="made">
    <xsl:for-each select="exsl:node-set($words)/h">
      <xsl:variable name="is-alone" select="@alone != ''
          and not(preceding-sibling::h[1]/@group = @group or following-sibling::h[1]/@group = @group)"/>
      <h key="{@key}" rows="{@rows}" group="{@group[not($is-alone)]}" word="{@word}">
        <xsl:if test="$is-alone"><xsl:attribute name="word"><xsl:value-of select="@alone"/></xsl:attribute></xsl:if>
      </h>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="columns" select="exsl:node-set($made)/h"/>
  <xsl:variable name="is-tall" select="boolean($columns/@group[. != ''])"/>
  <table class="data report">
    <caption>
      <xsl:if test="not(../table[2])"><xsl:attribute name="class">sr</xsl:attribute></xsl:if>
      <xsl:choose>
        <xsl:when test="../table[2]">
          <xsl:value-of select="$tables/table[@name = $name]/@word"/>
          <xsl:apply-templates select="self::*[@name = 'activity' or @name = 'activity_families']" mode="of-month"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$reports/report[@key = $name]/@word"/></xsl:otherwise>
      </xsl:choose>
    </caption>
    <thead>
      <tr>
        <xsl:for-each select="$heads"><th scope="col"><xsl:call-template name="tall">
          <xsl:with-param name="is-tall" select="$is-tall"/></xsl:call-template><xsl:value-of select="@word"/></th>
            </xsl:for-each>
        <xsl:apply-templates select="$columns" mode="first-head"><xsl:with-param name="is-tall" select="$is-tall"/>
          </xsl:apply-templates>
      </tr>
      <xsl:if test="$is-tall">
        <tr><xsl:apply-templates select="$columns[@group != '']" mode="second-head"/></tr>
      </xsl:if>
    </thead>
    <tbody>
      <xsl:apply-templates select="line">
        <xsl:with-param name="columns" select="$columns"/>
        <xsl:with-param name="heads" select="$heads"/>
        <xsl:with-param name="lines" select="string($lines)"/>
        <xsl:with-param name="kept" select="string($kept)"/>
      </xsl:apply-templates>
    </tbody>
  </table>
</xsl:template>

<!-- The month that these tables are about: the last one that has been recorded. -->
<xsl:template match="table" mode="of-month">
  <xsl:for-each select="../table[@name = 'activity_months']/line[@kind = 'month'][last()]/@held_on">
    <xsl:text>, </xsl:text><xsl:apply-templates select="." mode="month"/></xsl:for-each>
</xsl:template>

<xsl:template name="tall">
  <xsl:param name="is-tall"/>
  <xsl:if test="$is-tall"><xsl:attribute name="rowspan">2</xsl:attribute></xsl:if>
</xsl:template>

<xsl:template match="h" mode="first-head">
  <xsl:param name="is-tall"/>
  <xsl:choose>
    <xsl:when test="@group = ''">
      <th scope="col" class="number"><xsl:call-template name="tall"><xsl:with-param name="is-tall" select="$is-tall"/>
        </xsl:call-template><xsl:value-of select="@word"/></th>
    </xsl:when>
    <xsl:when test="not(preceding-sibling::h[1]/@group = @group)">
      <th scope="colgroup" colspan="{count(key('column-group', @group))}"><xsl:value-of select="@group"/></th>
    </xsl:when>
  </xsl:choose>
</xsl:template>
<xsl:template match="h" mode="second-head">
  <th scope="col" class="number"><xsl:if test="string-length(@word) &lt; 4"><xsl:attribute name="class">number short</xsl:attribute></xsl:if>
    <xsl:value-of select="@word"/></th>
</xsl:template>

<!-- ........................................................................ lines -->

<xsl:template match="table/line">
  <xsl:param name="columns"/>
  <xsl:param name="heads"/>
  <xsl:param name="lines"/>
  <xsl:param name="kept"/>
  <tr>
    <xsl:if test="@kind != $lines"><xsl:attribute name="class">total <xsl:value-of select="@kind"/></xsl:attribute></xsl:if>
    <xsl:choose>
      <xsl:when test="@kind = $lines"><xsl:apply-templates select="." mode="line-heads">
        <xsl:with-param name="heads" select="$heads"/></xsl:apply-templates></xsl:when>
      <xsl:otherwise><th scope="row" colspan="{count($heads)}"><xsl:apply-templates select="." mode="total"/></th></xsl:otherwise>
    </xsl:choose>
    <!-- the address of the line's rows but for the column; '' without $kept. A string, since a tree for each line is slow -->
    <xsl:variable name="rows" select="substring(concat($kept, '&amp;line=', @line, '&amp;column='), 1, 1000 * ($kept != ''))"/>
    <xsl:for-each select="c">
      <xsl:variable name="at" select="position()"/>
      <td class="number">
        <xsl:apply-templates select="." mode="figure">
          <xsl:with-param name="column" select="$columns[$at]"/>
          <xsl:with-param name="rows" select="$rows"/>
        </xsl:apply-templates>
      </td>
    </xsl:for-each>
  </tr>
</xsl:template>

<xsl:template match="table/line" mode="line-heads">
  <xsl:param name="heads"/>
  <xsl:variable name="line" select="."/>
  <xsl:for-each select="$heads">
    <xsl:variable name="value" select="$line/@*[name() = current()/@attribute]"/>
    <xsl:choose>
      <xsl:when test="position() = 1"><th scope="row"><xsl:if test="@attribute = 'title'"><xsl:attribute name="class">words</xsl:attribute>
        </xsl:if><xsl:apply-templates select="$value" mode="line-head"/></th></xsl:when>
      <xsl:otherwise><td><xsl:if test="@attribute = 'staff_name'"><xsl:attribute name="class">name</xsl:attribute></xsl:if>
        <xsl:apply-templates select="$value" mode="line-head"/></td></xsl:otherwise>
    </xsl:choose>
  </xsl:for-each>
</xsl:template>
<xsl:template match="@*" mode="line-head"><xsl:value-of select="."/></xsl:template>
<xsl:template match="@number" mode="line-head"><xsl:value-of select="concat(., '/', substring(. + 1, 3))"/></xsl:template>
<!-- A row of a federal form begins with its number. -->
<xsl:template match="line[@kind = 'row']/@title" mode="line-head">
  <xsl:value-of select="concat(substring-before(., ' '), '. ', substring-after(., ' '))"/></xsl:template>
<xsl:template match="@held_on" mode="line-head"><xsl:apply-templates select="." mode="date"/></xsl:template>
<xsl:template match="line[@kind = 'month']/@held_on" mode="line-head"><xsl:apply-templates select="." mode="month"/></xsl:template>

<!-- ...................................................................... figures -->

<!-- A number leads to the rows of which it is made, at the address $rows and the column's key; a nought has no link and is
     written softly. -->
<xsl:template match="line/c" mode="figure">
  <xsl:param name="column"/>
  <xsl:param name="rows"/>
  <xsl:choose>
    <xsl:when test="$rows != '' and $column/@rows != ''">
      <a href="{$rows}{$column/@rows}"><xsl:apply-templates select="." mode="shown">
        <xsl:with-param name="column" select="$column"/></xsl:apply-templates></a>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="shown"><xsl:with-param name="column" select="$column"/>
      </xsl:apply-templates></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="line/c[. = '0']" mode="figure"><data value="0" class="zero">0</data></xsl:template>
<!-- There is nothing to count a figure of: a dash, in files an empty cell. A subject without a mark is empty. -->
<xsl:template match="line/c[. = '']" mode="figure">
  <xsl:param name="column"/>
  <xsl:if test="not(starts-with($column/@key, 'subject-'))"><data value="" class="zero">—</data></xsl:if>
</xsl:template>
<!-- Of one pupil the group is ticked. -->
<xsl:template match="table[@name = 'results']/line[@kind = 'pupil']/c[. = '0']" mode="figure" priority="1"/>

<!-- A mark is a text, any other figure a number for spreadsheets. -->
<xsl:template match="line/c" mode="shown"><xsl:value-of select="."/></xsl:template>
<xsl:template match="line/c[number(.) = number(.)]" mode="shown">
  <xsl:param name="column"/>
  <xsl:choose>
    <xsl:when test="starts-with($column/@key, 'subject-')"><xsl:value-of select="."/></xsl:when>
    <xsl:when test="../../@name = 'statistic_checks'">
      <data value="{number(.)}"><xsl:value-of select="translate(number(.), '.-', ',−')"/></data></xsl:when>
    <xsl:otherwise>
      <data value="{.}">
        <xsl:if test="contains($column/@key, 'change') and . &gt; 0">+</xsl:if>
        <xsl:value-of select="translate(., '.-', ',−')"/>
      </data>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
