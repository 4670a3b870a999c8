<?xml version="1.0" encoding="UTF-8"?>
<!-- extracts_words.xsl: the words of numbered copies, on pages and on paper.
     in   @kind, @signer_role, @state of a copy
     out  modes extract-kind, signer-role, extract-state
     see  extracts.xsl, verify.xsl, extracts_certify.xsl, extracts_certificate.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<!-- The forms of which copies are kept: the kinds that the handlers pass to ej_page_freeze. -->
<xsl:variable name="extract-kinds">
  <k kind="card">Табель успеваемости</k>
  <k kind="portfolio">Портфолио</k>
  <k kind="report_leader">Отчёт классного руководителя</k>
  <k kind="report_teachers">Отчёт учителя</k>
</xsl:variable>
<xsl:template match="@kind" mode="extract-kind">
  <xsl:variable name="word" select="exsl:node-set($extract-kinds)/k[@kind = current()]"/>
  <xsl:value-of select="$word"/>
  <xsl:if test="not($word)">Документ</xsl:if>
</xsl:template>

<xsl:template match="@signer_role" mode="signer-role">
  <xsl:choose>
    <xsl:when test=". = 'director'">Директор</xsl:when>
    <xsl:when test=". = 'deputy'">Заместитель директора</xsl:when>
    <xsl:when test=". = 'class_teacher'">Классный руководитель</xsl:when>
    <xsl:otherwise>Учитель</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@state" mode="extract-state">
  <xsl:choose>
    <xsl:when test=". = 'void'"><span class="badge todo">аннулирован</span></xsl:when>
    <xsl:when test=". = 'replaced'"><span class="badge todo">заменён</span></xsl:when>
    <xsl:otherwise><span class="done">действителен</span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
