<?xml version="1.0" encoding="UTF-8"?>
<!-- print/social.xsl: the social passport of the school or of a class, for A4.
     in   as social.xsl, view list or class, with director_name?
     out  a page with the table, the day and the lines for signatures
     see  social_words.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../social_words.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/social" mode="title">Социальный паспорт<xsl:if test="@view = 'class'"><xsl:value-of select="concat(' ', @name, ' класса')"/></xsl:if></xsl:template>

<xsl:template match="page/social">
  <section class="official">
    <xsl:if test="@view = 'list'"><xsl:attribute name="class">official wide</xsl:attribute></xsl:if>
    <p><xsl:value-of select="@school_name"/></p>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <p>на <xsl:apply-templates select="@today_on" mode="date"/></p>
    <xsl:apply-templates select="." mode="passport"/>
    <div class="closing">
      <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'keeper director'"/></xsl:call-template>
    </div>
  </section>
</xsl:template>

<xsl:template match="social/class[@class_id]" mode="head"><xsl:value-of select="@name"/></xsl:template>

<!-- A class is printed by pupils: those who are in a category. -->
<xsl:template match="social[@view = 'class']" mode="passport">
  <table class="data">
    <thead><tr><th scope="col">№</th><th scope="col">Ученик</th><th scope="col">Категория</th><th scope="col">С</th><th scope="col">Документ</th></tr></thead>
    <tbody>
      <xsl:for-each select="pupil[@category]">
        <tr>
          <td><xsl:value-of select="position()"/></td>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td><xsl:apply-templates select="@category" mode="category"/></td>
          <td><xsl:apply-templates select="@from_on" mode="date"/></td>
          <td><xsl:value-of select="@paper"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>
<xsl:template match="social[@view = 'class'][not(pupil/@category)]" mode="passport"><p class="empty">В классе нет учеников, отнесённых к категориям.</p></xsl:template>

</xsl:stylesheet>
