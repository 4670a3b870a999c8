<?xml version="1.0" encoding="UTF-8"?>
<!-- print/blanks.xsl: the list of a group with empty columns, for A4.
     in   blanks[@view = 'group'] with name year school_name columns
            /pupil[name]…
     out  portrait, landscape where there are many columns
     see  static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="../layout.xsl"/>

<xsl:template match="page/blanks" mode="title"><xsl:value-of select="concat('Список, ', @name)"/></xsl:template>

<xsl:template match="page/blanks">
  <xsl:variable name="columns" select="str:tokenize(str:padding(2 * @columns, '. '), ' ')"/>
  <section class="official blank">
    <xsl:if test="@columns &gt; 14"><xsl:attribute name="class">official wide blank</xsl:attribute></xsl:if>
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Список: <xsl:value-of select="@name"/></h1>
    <p><xsl:value-of select="concat(@year, '/', @year + 1, ' учебный год')"/></p>
    <table class="data report">
      <thead>
        <tr>
          <th scope="col" class="no-head">№</th><th scope="col" class="who">Фамилия, имя</th>
          <xsl:for-each select="$columns"><th scope="col" class="slot"/></xsl:for-each>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="pupil">
          <tr>
            <td class="no"/><th scope="row" class="who"><xsl:value-of select="@name"/></th>
            <xsl:for-each select="$columns"><td/></xsl:for-each>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </section>
</xsl:template>

</xsl:stylesheet>
