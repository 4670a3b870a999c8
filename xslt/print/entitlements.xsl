<?xml version="1.0" encoding="UTF-8"?>
<!-- print/entitlements.xsl: the register of pupils who are fed at a benefit, for A4.
     in   entitlements[@view = 'list'] with school_name today_on director_name
            /entitlement[pupil_name class_name? category_name document from_on till_on?]…
     see  ../signatures.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/entitlements" mode="title">Реестр льготников</xsl:template>

<xsl:template match="page/entitlements">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Реестр обучающихся, имеющих право на льготное питание</h1>
    <p>на <xsl:apply-templates select="@today_on" mode="date"/></p>
    <table class="data">
      <thead><tr><th scope="col">№</th><th scope="col">Фамилия, имя, отчество</th><th scope="col">Класс</th><th scope="col">Категория</th><th scope="col">Документ</th><th scope="col">С</th><th scope="col">По</th></tr></thead>
      <tbody>
        <xsl:for-each select="entitlement">
          <tr>
            <td class="number"><xsl:value-of select="position()"/></td>
            <th scope="row"><xsl:value-of select="@pupil_name"/></th>
            <td><xsl:value-of select="@class_name"/></td>
            <td><xsl:value-of select="@category_name"/></td>
            <td><xsl:value-of select="@document"/></td>
            <td><xsl:apply-templates select="@from_on" mode="date"/></td>
            <td><xsl:apply-templates select="@till_on" mode="date"/><xsl:if test="not(@till_on)">бессрочно</xsl:if></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <div class="closing"><xsl:call-template name="signatures"><xsl:with-param name="posts" select="'keeper director'"/>
    </xsl:call-template></div>
  </section>
</xsl:template>

</xsl:stylesheet>
