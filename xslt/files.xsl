<?xml version="1.0" encoding="UTF-8"?>
<!-- files.xsl: the fields for three files of a form, and links to files; for sheets that include it.
     in   the variable $file-types of the including sheet: how names may end, as EJ_LIMITS of routes.def
          file[file_id name size]
     out  new-files, the rows of a form; mode size: «120 КБ»
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template name="new-files">
  <xsl:call-template name="new-file"><xsl:with-param name="name" select="'file1'"/></xsl:call-template>
  <xsl:call-template name="new-file"><xsl:with-param name="name" select="'file2'"/></xsl:call-template>
  <xsl:call-template name="new-file"><xsl:with-param name="name" select="'file3'"/></xsl:call-template>
</xsl:template>

<xsl:template name="new-file">
  <xsl:param name="name"/>
  <p class="row">
    <label>
      <span class="label">
        <xsl:choose>
          <xsl:when test="$name = 'file1'">Файл</xsl:when>
          <xsl:otherwise>Ещё файл</xsl:otherwise>
        </xsl:choose>
      </span>
      <input type="file" name="{$name}" accept="{$file-types}">
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="$name"/></xsl:call-template>
      </input>
    </label>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="$name"/></xsl:call-template>
  </p>
</xsl:template>

<!-- The fields of a form whose files are the exception, folded until one is at fault. -->
<xsl:template name="more-files">
  <details class="more">
    <xsl:if test="/page/errors/error[starts-with(@field, 'file')]"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Приложить файлы</summary>
    <xsl:call-template name="new-files"/>
    <p class="hint">Снимки, PDF, документы; вместе до 10 МБ.</p>
  </details>
</xsl:template>

<xsl:template match="@size" mode="size">
  <xsl:choose>
    <xsl:when test=". &lt; 1024 * 1024"><xsl:value-of select="concat(ceiling(. div 1024), '&#160;КБ')"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="concat(translate(format-number(. div 1048576, '0.0'), '.', ','), '&#160;МБ')"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="error[starts-with(@field, 'file')]" mode="field-name">Файл</xsl:template>

</xsl:stylesheet>
