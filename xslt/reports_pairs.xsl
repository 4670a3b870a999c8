<?xml version="1.0" encoding="UTF-8"?>
<!-- reports_pairs.xsl: the sheet of term marks with two pupils side by side (requirements 3.2, layout B).
     in   reports[@report_key = 'pairs']/table/column[title]…, line[line pupil_id pupil_name term_name]/c…
     out  mode figures: a table.data for each two pupils: rows are subjects, columns the terms of both
     see  reports.xsl and print/reports.xsl, which include this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:key name="line-of-pupil" match="table/line" use="@pupil_id"/>
<xsl:key name="pair-cell" match="v" use="@key"/>
<xsl:key name="pupil-at" match="p" use="@n"/>

<xsl:template match="reports[@report_key = 'pairs']/table" mode="figures">
  <xsl:variable name="firsts" select="line[generate-id() = generate-id(key('line-of-pupil', @pupil_id)[1])]"/>
  <xsl:variable name="columns" select="column"/>
  <xsl:variable name="made">
    <xsl:for-each select="line">
      <xsl:variable name="line" select="@line"/>
      <xsl:for-each select="c"><v key="{$line} {position()}"><xsl:value-of select="."/></v></xsl:for-each>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="order"><xsl:for-each select="$firsts"><p n="{position()}" id="{@pupil_id}"/></xsl:for-each></xsl:variable>
  <xsl:variable name="pupils" select="exsl:node-set($order)"/>
  <xsl:for-each select="$firsts[position() mod 2 = 1]">
    <xsl:variable name="n" select="position() * 2"/>
    <xsl:variable name="second">
      <xsl:for-each select="$pupils"><xsl:value-of select="key('pupil-at', $n)/@id"/></xsl:for-each>
    </xsl:variable>
    <xsl:call-template name="pair">
      <xsl:with-param name="pupils" select=". | key('line-of-pupil', string($second))[1]"/>
      <xsl:with-param name="columns" select="$columns"/>
      <xsl:with-param name="cells" select="exsl:node-set($made)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<!-- The table of these pupils: the first line of each. -->
<xsl:template name="pair">
  <xsl:param name="pupils"/>
  <xsl:param name="columns"/>
  <xsl:param name="cells"/>
  <xsl:variable name="lines" select="key('line-of-pupil', $pupils/@pupil_id)"/>
  <table class="data report of-two">
    <caption class="sr"><xsl:for-each select="$pupils"><xsl:if test="position() = 2">, </xsl:if><xsl:value-of select="@pupil_name"/>
      </xsl:for-each></caption>
    <thead>
      <tr>
        <th scope="col" rowspan="2">Предмет (учитель)</th>
        <xsl:for-each select="$pupils">
          <th scope="colgroup" colspan="{count(key('line-of-pupil', @pupil_id))}"><xsl:value-of select="@pupil_name"/></th></xsl:for-each>
      </tr>
      <tr><xsl:for-each select="$lines"><th scope="col"><xsl:value-of select="@term_name"/></th></xsl:for-each></tr>
    </thead>
    <tbody>
      <xsl:for-each select="$columns">
        <xsl:variable name="at" select="position()"/>
        <tr>
          <th scope="row"><xsl:value-of select="@title"/><xsl:if test="not(string(@title))"><xsl:value-of select="@name"/></xsl:if></th>
          <xsl:for-each select="$lines">
            <xsl:variable name="key" select="concat(@line, ' ', $at)"/>
            <td class="number"><xsl:for-each select="$cells"><xsl:value-of select="key('pair-cell', $key)"/></xsl:for-each></td>
          </xsl:for-each>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
