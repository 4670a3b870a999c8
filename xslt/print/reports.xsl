<?xml version="1.0" encoding="UTF-8"?>
<!-- print/reports.xsl: any report, for A4: its tables, the rule by which they count, who signs. The official
     forms, each in a sheet reports_<report_key>.xsl, import this.
     in   reports[@view = 'show'] with school_name founder? today_on teacher_name? director_name? and the page's attributes
            /table…, person[kind line? pupil_id? pupil_name? …]…
     out  landscape where there are many columns; the list and the rows of a number have no printed form
     see  ../reports_table.xsl, ../reports_paper.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../reports_words.xsl"/>
<xsl:include href="../reports_lines.xsl"/>
<xsl:include href="../reports_table.xsl"/>
<xsl:include href="../reports_pairs.xsl"/>
<xsl:include href="../reports_charts.xsl"/>
<xsl:include href="../chart.xsl"/>
<xsl:include href="../extracts_certificate.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/reports" mode="title">Отчёты</xsl:template>
<xsl:template match="page/reports[@view = 'show']" mode="title">
  <xsl:value-of select="$reports/report[@key = current()/@report_key]/@word"/></xsl:template>

<xsl:template match="page/reports">
  <section class="official">
    <p>Печатаются сами отчёты. <a href="{$base}/reports">Отчёты</a></p>
  </section>
</xsl:template>

<!-- A form of its own sheet has other words for these modes: paper-class, name, period, body, rule, signatures. -->
<xsl:template match="page/reports[@view = 'show'] | books/reports">
  <section>
    <xsl:attribute name="class"><xsl:apply-templates select="." mode="paper-class"/></xsl:attribute>
    <xsl:if test="string(@founder)"><p><xsl:value-of select="@founder"/></p></xsl:if>
    <p><xsl:value-of select="@school_name"/></p>
    <h1><xsl:apply-templates select="." mode="name"/></h1>
    <xsl:call-template name="form-state"/>
    <p>
      <xsl:if test="@class_name"><xsl:value-of select="concat(@class_name, ' класс, ')"/></xsl:if>
      <xsl:if test="@subject_name"><xsl:value-of select="concat(@subject_name, ', ')"/></xsl:if>
      <xsl:if test="@staff_name"><xsl:value-of select="concat(@staff_name, ', ')"/></xsl:if>
      <xsl:apply-templates select="." mode="period"/>
      <xsl:value-of select="concat(@year, '/', @year + 1, ' учебный год')"/>
    </p>
    <xsl:if test="not(table/line)"><p>За этот период считать нечего.</p></xsl:if>
    <xsl:if test="table/line"><xsl:apply-templates select="." mode="body"/></xsl:if>
    <div class="closing">
      <p class="rule"><xsl:apply-templates select="." mode="rule"/></p>
      <xsl:apply-templates select="." mode="signatures"/>
      <p class="seal"><span>М. П.</span><span><xsl:apply-templates select="@today_on" mode="date"/></span></p>
      <xsl:call-template name="certificate"/>
    </div>
  </section>
</xsl:template>

<xsl:template match="reports" mode="paper-class">official</xsl:template>
<xsl:template match="reports[table/column[8]]" mode="paper-class">official wide</xsl:template>

<xsl:template match="reports" mode="period">
  <xsl:if test="@term_name"><xsl:value-of select="concat(@term_name, ' (')"/></xsl:if>
  <xsl:apply-templates select="@starts_on" mode="date"/> – <xsl:apply-templates select="@ends_on" mode="date"/>
  <xsl:if test="@term_name">)</xsl:if>
  <xsl:text>, </xsl:text>
</xsl:template>

<xsl:template match="reports[@report_key = 'progress']" mode="period"/>

<xsl:template match="reports" mode="name"><xsl:apply-templates select="." mode="title"/></xsl:template>
<xsl:template match="reports" mode="body">
  <xsl:for-each select="table[line]">
    <xsl:apply-templates select="." mode="figures"/>
    <xsl:apply-templates select="." mode="chart"/>
  </xsl:for-each>
</xsl:template>

<xsl:template match="reports" mode="signatures">
  <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'deputy director'"/></xsl:call-template>
</xsl:template>
<xsl:template match="reports[@class_id]" mode="signatures">
  <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'leader deputy'"/></xsl:call-template>
</xsl:template>
<xsl:template match="reports[@staff_id]" mode="signatures">
  <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'teacher'"/></xsl:call-template>
</xsl:template>

</xsl:stylesheet>
