<?xml version="1.0" encoding="UTF-8"?>
<!-- print/compliance.xsl: what is required of a journal, and what meets it, for A4.
     in   as compliance.xsl, with director_name?
     out  the numbers of each state, the tables, the lines for signatures
     see  compliance_table.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../compliance_table.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/compliance" mode="title">Сверка журнала с требованиями</xsl:template>

<xsl:template match="page/compliance">
  <section class="official wide">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Сверка электронного журнала с требованиями</h1>
    <p>
      <xsl:apply-templates select="@today_on" mode="date"/>
      <xsl:text>. Требований </xsl:text><xsl:value-of select="count($rows)"/>
      <xsl:text>: выполнено </xsl:text><xsl:value-of select="count($rows[@state = 'met'])"/>
      <xsl:text>, обязанность школы — </xsl:text><xsl:value-of select="count($rows[@state = 'school'])"/>
      <xsl:text>, не выполнено </xsl:text><xsl:value-of select="count($rows[@state = 'open'])"/>
    </p>
    <xsl:call-template name="sources"/>
    <xsl:call-template name="areas"><xsl:with-param name="state" select="@state"/></xsl:call-template>
    <div class="closing">
      <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'deputy director'"/></xsl:call-template>
    </div>
  </section>
</xsl:template>

</xsl:stylesheet>
