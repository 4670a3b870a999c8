<?xml version="1.0" encoding="UTF-8"?>
<!-- print/blanks_absent.xsl: who is absent on a day, by class (строевая записка), for A4.
     in   blanks[@view = 'absent'] with day_on school_name
            /class[name teacher_name? pupils absent whole unmarked]/away[name lessons held why?]…
     out  a line for each class; totals; who signs
     see  ../blanks_words.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../blanks_words.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/blanks" mode="title">Строевая записка</xsl:template>

<xsl:template match="page/blanks">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Строевая записка</h1>
    <p>отсутствующие на <xsl:apply-templates select="@day_on" mode="date"/></p>
    <table class="data report">
      <thead><tr><th scope="col">Класс</th><th scope="col">По списку</th><th scope="col">Были в школе</th><th scope="col">Пропус&#173;кают уроки</th><th scope="col">Кто и почему</th><th scope="col">Уроков без отметки</th></tr></thead>
      <tbody>
        <xsl:for-each select="class">
          <tr>
            <th scope="row"><xsl:value-of select="@name"/></th>
            <td class="number"><xsl:value-of select="@pupils"/></td>
            <td class="number"><xsl:value-of select="@pupils - @whole"/></td>
            <td class="number"><xsl:value-of select="@absent"/></td>
            <td><xsl:apply-templates select="away"/></td>
            <td class="number"><xsl:value-of select="@unmarked"/></td>
          </tr>
        </xsl:for-each>
        <tr class="total">
          <th scope="row">Всего</th>
          <td class="number"><xsl:value-of select="sum(class/@pupils)"/></td>
          <td class="number"><xsl:value-of select="sum(class/@pupils) - sum(class/@whole)"/></td>
          <td class="number"><xsl:value-of select="sum(class/@absent)"/></td>
          <td/>
          <td class="number"><xsl:value-of select="sum(class/@unmarked)"/></td>
        </tr>
      </tbody>
    </table>
    <div class="closing">
      <p class="rule">Были в школе — хотя бы на одном уроке дня; пропускают уроки — нет на одном или нескольких. Уроки без отметки — посещаемость ещё не записана.</p>
      <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'keeper'"/></xsl:call-template>
    </div>
  </section>
</xsl:template>

</xsl:stylesheet>
