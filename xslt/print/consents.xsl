<?xml version="1.0" encoding="UTF-8"?>
<!-- print/consents.xsl: the register of consent of the school by classes, or of a class, for A4.
     in   as consents.xsl, view list or class, with school_name and director_name?
     out  a page with the table, the day and the lines for signatures
     see  consents_words.xsl, guardians_words.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../consents_words.xsl"/>
<xsl:include href="../guardians_words.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/consents" mode="title">Реестр согласий и отказов<xsl:if test="@view = 'class'"><xsl:value-of select="concat(', ', @name, ' класс')"/></xsl:if></xsl:template>

<xsl:template match="page/consents">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <p>Цель: <xsl:apply-templates select="@purpose" mode="purpose"/>; на <xsl:apply-templates select="@today_on" mode="date"/></p>
    <xsl:apply-templates select="." mode="register"/>
    <div class="closing">
      <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'keeper director'"/></xsl:call-template>
    </div>
  </section>
</xsl:template>

<xsl:template match="consents" mode="register">
  <table class="data">
    <thead><tr><th scope="col">Класс</th><th scope="col">Законных представителей</th><th scope="col">Согласны</th><th scope="col">Отказались</th><th scope="col">Нет ответа</th></tr></thead>
    <tbody>
      <xsl:for-each select="class">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td class="number"><xsl:value-of select="@guardians"/></td>
          <td class="number"><xsl:value-of select="@given"/></td>
          <td class="number"><xsl:value-of select="@refused"/></td>
          <td class="number"><xsl:value-of select="@missing"/></td>
        </tr>
      </xsl:for-each>
      <tr class="total">
        <th scope="row">Всего</th>
        <td class="number"><xsl:value-of select="sum(class/@guardians)"/></td>
        <td class="number"><xsl:value-of select="sum(class/@given)"/></td>
        <td class="number"><xsl:value-of select="sum(class/@refused)"/></td>
        <td class="number"><xsl:value-of select="sum(class/@missing)"/></td>
      </tr>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="consents[@view = 'class']" mode="register">
  <table class="data">
    <thead><tr><th scope="col">№</th><th scope="col">Ученик</th><th scope="col">Законный представитель</th><th scope="col">Ответ</th><th scope="col">Документ</th><th scope="col">Дата</th></tr></thead>
    <tbody>
      <xsl:for-each select="guardian">
        <xsl:sort select="@pupil" lang="ru"/>
        <tr>
          <td class="number"><xsl:value-of select="position()"/></td>
          <th scope="row"><xsl:value-of select="@pupil"/></th>
          <td><xsl:value-of select="@guardian"/>, <xsl:apply-templates select="@kind" mode="kinship"/></td>
          <td><xsl:apply-templates select="@answer" mode="answer"/><xsl:if test="not(@answer)">нет ответа</xsl:if></td>
          <td><xsl:value-of select="@document_no"/></td>
          <td><xsl:apply-templates select="@signed_on" mode="date"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
