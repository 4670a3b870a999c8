<?xml version="1.0" encoding="UTF-8"?>
<!-- print/training.xsl: the list of what the staff have learnt, for A4.
     in   as training.xsl, view staff, with director_name?
     out  a row for each member of the staff, with the modules and seminars; the lines for signatures
     see  training_words.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../training_words.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:variable name="module-word" select="exsl:node-set($training-words)/module"/>

<xsl:template match="page/training" mode="title">Ведомость обучения работе с электронным журналом</xsl:template>

<xsl:template match="page/training">
  <section class="official wide">
    <p><xsl:value-of select="@school_name"/></p>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <p>на <xsl:apply-templates select="@today_on" mode="date"/></p>
    <table class="data">
      <thead><tr><th scope="col">№</th><th scope="col">Сотрудник</th><th scope="col">Должность</th><th scope="col">Программа, ч</th><th scope="col">Зачтено, ч</th><th scope="col">Модули</th><th scope="col">Семинары</th></tr></thead>
      <tbody><xsl:for-each select="staff"><xsl:call-template name="learner"/></xsl:for-each></tbody>
    </table>
    <div class="closing">
      <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'deputy director'"/></xsl:call-template>
    </div>
  </section>
</xsl:template>

<xsl:template name="learner">
  <tr>
    <td class="number"><xsl:value-of select="position()"/></td>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td><xsl:value-of select="@post"/></td>
    <td class="number"><xsl:value-of select="translate(number(@hours), '.', ',')"/></td>
    <td class="number"><xsl:value-of select="translate(number(@done), '.', ',')"/></td>
    <td>
      <xsl:for-each select="record[not(@seminar)]">
        <xsl:if test="position() &gt; 1"><br/></xsl:if>
        <xsl:value-of select="$module-word[@key = current()/@module]/@word"/>
        <xsl:text> — </xsl:text><xsl:apply-templates select="@passed_on" mode="date"/>
      </xsl:for-each>
    </td>
    <td>
      <xsl:for-each select="record[@seminar]">
        <xsl:if test="position() &gt; 1"><br/></xsl:if>
        <xsl:apply-templates select="@passed_on" mode="date"/>
        <xsl:value-of select="concat(' ', @seminar, ', ', translate(number(@hours), '.', ','), ' ч')"/>
      </xsl:for-each>
    </td>
  </tr>
</xsl:template>

</xsl:stylesheet>
