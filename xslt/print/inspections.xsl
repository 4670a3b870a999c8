<?xml version="1.0" encoding="UTF-8"?>
<!-- print/inspections.xsl: the results of an inspection of journals, for A4.
     in   inspections[@view = 'show'] as inspections.xsl, with school_name director_name?
     out  a page with what was found at each teacher and the column for signatures; the list has no printed form
     see  control_words.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../control_words.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/inspections" mode="title">Справка о результатах проверки журналов</xsl:template>

<xsl:template match="page/inspections">
  <section class="official"><p>Печатается одна проверка. <a href="{$base}/inspections">Проверки журналов</a></p></section>
</xsl:template>

<xsl:template match="page/inspections[@view = 'show']">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Справка о результатах проверки журналов</h1>
    <p>
      <xsl:text>с </xsl:text><xsl:apply-templates select="@from_on" mode="date"/><xsl:text> по </xsl:text><xsl:apply-templates select="@till_on" mode="date"/>
      <xsl:text>, числа на </xsl:text><xsl:apply-templates select="@made_on" mode="date"/>
      <xsl:if test="@state = 'draft'"> (черновик)</xsl:if>
    </p>
    <table class="data">
      <thead>
        <tr>
          <th scope="col">№</th>
          <th scope="col">Учитель</th>
          <th scope="col">Не сделано (из скольких случаев)</th>
          <th scope="col">Что сделать</th>
          <th scope="col">Ознакомлен(а)</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="line"/></tbody>
    </table>
    <div class="closing">
      <xsl:if test="@conclusion"><p class="conclusion">Выводы и предложения. <xsl:value-of select="@conclusion"/></p></xsl:if>
      <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'inspector director'"/></xsl:call-template>
    </div>
  </section>
</xsl:template>

<xsl:template match="inspections/line">
  <tr>
    <td class="number"><xsl:value-of select="position()"/></td>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td>
      <xsl:for-each select="figure">
        <xsl:if test="position() &gt; 1">; </xsl:if>
        <xsl:apply-templates select="@duty_key" mode="duty"/>
        <xsl:value-of select="concat(': ', @undone, ' (', @total, ')')"/>
      </xsl:for-each>
      <xsl:if test="not(figure)">замечаний нет</xsl:if>
    </td>
    <td><xsl:value-of select="@note"/></td>
    <td><xsl:apply-templates select="@confirmed_on" mode="date"/></td>
  </tr>
</xsl:template>

</xsl:stylesheet>
