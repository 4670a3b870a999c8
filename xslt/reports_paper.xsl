<?xml version="1.0" encoding="UTF-8"?>
<!-- reports_paper.xsl: a table of a report in the layout of an official form, which lists its columns.
     in   table/column[key]…, line[…]/c…; heads: elements h[key word group? alone?], where key is a column of the
          table, "@name" an attribute of the line, "#" its number (of print.css), "" a place to write by hand, "~" what the
          mode paper-note says of the line
     out  template paper: table.data; template paper-teachings: the same of teachings, with totals of teachers; mode
          paper-note is for the sheet that includes this
     see  print/reports_<report_key>.xsl; reports_table.xsl, for the words of totals -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<!-- The context node is the table. -->
<xsl:template name="paper">
  <xsl:param name="heads"/>
  <xsl:param name="class"/>
  <xsl:param name="lines" select="line"/>
  <!-- the kind of the finest lines; those of any other kind are totals -->
  <xsl:param name="finest" select="@lines"/>
  <xsl:variable name="table" select="."/>
  <xsl:variable name="placed">
    <xsl:for-each select="$heads">
      <xsl:variable name="column" select="$table/column[@key = current()/@key]"/>
      <!-- a column that is the only one of its group has the group's name in its own head -->
      <xsl:variable name="is-alone" select="@alone and count($heads[@group = current()/@group]) = 1"/>
      <h key="{@key}" word="{@word}" group="{@group[not($is-alone)]}" at="{count($column/preceding-sibling::column) + 1}">
        <xsl:if test="$is-alone"><xsl:attribute name="word"><xsl:value-of select="@alone"/></xsl:attribute></xsl:if>
        <xsl:if test="not($column)"><xsl:attribute name="at"/></xsl:if>
      </h>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="columns" select="exsl:node-set($placed)/h"/>
  <table class="data report {$class}">
    <xsl:call-template name="paper-head"><xsl:with-param name="columns" select="$columns"/></xsl:call-template>
    <tbody>
      <xsl:for-each select="$lines">
        <xsl:apply-templates select="." mode="paper">
          <xsl:with-param name="columns" select="$columns"/>
          <xsl:with-param name="is_total" select="@kind != $finest"/>
        </xsl:apply-templates>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- The lines of a teacher. -->
<xsl:key name="of-staff" match="line" use="@staff_name"/>
<!-- Of a whole school there are only sums of teachers (ej.report_lines), which have no class and no subject. -->
<xsl:variable name="is-sums" select="not(/page/reports/table/line[@kind = 'teaching'])"/>

<!-- A table whose lines are teachings; a teacher with one class and subject needs no total. -->
<xsl:template name="paper-teachings">
  <xsl:param name="heads"/>
  <xsl:param name="class"/>
  <xsl:call-template name="paper">
    <xsl:with-param name="heads" select="$heads"/>
    <xsl:with-param name="class" select="$class"/>
    <xsl:with-param name="lines" select="line[@kind != 'staff' or $is-sums or key('of-staff', @staff_name)[3]]"/>
    <xsl:with-param name="finest"><xsl:choose><xsl:when test="$is-sums">staff</xsl:when><xsl:otherwise>teaching</xsl:otherwise>
      </xsl:choose></xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template name="paper-head">
  <xsl:param name="columns"/>
  <xsl:variable name="is_tall" select="boolean($columns[@group != ''])"/>
  <thead>
    <tr>
      <xsl:for-each select="$columns">
        <xsl:choose>
          <xsl:when test="@group = ''">
            <th scope="col"><xsl:if test="$is_tall"><xsl:attribute name="rowspan">2</xsl:attribute></xsl:if>
              <xsl:value-of select="@word"/></th>
          </xsl:when>
          <xsl:when test="not(preceding-sibling::h[1]/@group = @group)">
            <th scope="colgroup" colspan="{count($columns[@group = current()/@group])}"><xsl:value-of select="@group"/></th>
          </xsl:when>
        </xsl:choose>
      </xsl:for-each>
    </tr>
    <xsl:if test="$is_tall">
      <tr><xsl:for-each select="$columns[@group != '']">
        <th scope="col"><xsl:if test="string-length(@word) &lt; 4"><xsl:attribute name="class">short</xsl:attribute></xsl:if>
          <xsl:value-of select="@word"/></th></xsl:for-each></tr>
    </xsl:if>
  </thead>
</xsl:template>

<!-- A line: the words of a total take the columns of words. -->
<xsl:template match="line" mode="paper">
  <xsl:param name="columns"/>
  <xsl:param name="is_total"/>
  <xsl:variable name="line" select="."/>
  <xsl:variable name="words" select="$columns[@key = '#' or starts-with(@key, '@')]"/>
  <tr>
    <xsl:if test="$is_total">
      <xsl:attribute name="class">total</xsl:attribute>
      <th scope="row" colspan="{count($words)}"><xsl:apply-templates select="." mode="total"/></th>
    </xsl:if>
    <xsl:if test="not($is_total)">
      <xsl:for-each select="$words">
        <xsl:choose>
          <xsl:when test="@key = '#'"><td class="no"/></xsl:when>
          <xsl:otherwise><th scope="row">
            <xsl:apply-templates select="$line/@*[concat('@', name()) = current()/@key]" mode="line-head"/></th></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </xsl:if>
    <xsl:for-each select="$columns[@key != '#' and not(starts-with(@key, '@'))]">
      <xsl:choose>
        <xsl:when test="@key = '~'"><td><xsl:apply-templates select="$line" mode="paper-note"/></td></xsl:when>
        <xsl:when test="@at = ''"><td/></xsl:when>
        <xsl:otherwise><td class="number"><xsl:apply-templates select="$line/c[number(current()/@at)]" mode="paper"/></td></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </tr>
</xsl:template>

<xsl:template match="line/c" mode="paper"><xsl:value-of select="translate(., '.-', ',−')"/></xsl:template>
<xsl:template match="line" mode="paper-note"/>

</xsl:stylesheet>
