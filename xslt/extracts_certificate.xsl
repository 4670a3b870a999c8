<?xml version="1.0" encoding="UTF-8"?>
<!-- extracts_certificate.xsl: what makes a printed form a certified copy.
     in   /page/*/copy[number kind state by_number? made_on void_on? signer_role signer_name original?
            code_key journal sha256 path modules] when the form is a numbered copy (page/freeze.c)
     out  template form-state, below the title: «Предварительно», or that the copy is void or replaced;
          template certificate, below the signatures: «Верно», position, signature, name, date, place of
          the seal and of the original, the QR code that leads to the page /check
     see  extracts_words.xsl; the sheets that include this
     source  ГОСТ Р 7.0.97-2016, 5.26 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:include href="extracts_words.xsl"/>

<xsl:variable name="copy" select="/page/*/copy[@code_key]"/>

<!-- The context node is the form's element. -->
<xsl:template name="form-state">
  <xsl:choose>
    <xsl:when test="$copy/@state = 'void'"><p class="form-state">Аннулирован <xsl:apply-templates select="$copy/@void_on" mode="date"/></p></xsl:when>
    <xsl:when test="$copy/@state = 'replaced'"><p class="form-state">Заменён копией № <xsl:value-of select="$copy/@by_number"/></p></xsl:when>
    <xsl:when test="$copy"/>
    <xsl:when test="@is_open"><p class="form-state">Предварительно</p></xsl:when>
  </xsl:choose>
</xsl:template>

<xsl:template name="certificate">
  <xsl:apply-templates select="$copy" mode="certificate"/>
</xsl:template>

<xsl:template match="copy" mode="certificate">
  <div class="certificate">
    <div class="words">
      <p><b>Верно</b></p>
      <p class="signature">
        <span><xsl:apply-templates select="@signer_role" mode="signer-role"/></span>
        <span class="line"/>
        <span><xsl:value-of select="@signer_name"/></span>
      </p>
      <p class="under"><span>подпись</span></p>
      <p class="when"><xsl:apply-templates select="@made_on" mode="date"/><span>М. П.</span></p>
      <xsl:if test="@original"><p>Подлинник документа находится <xsl:value-of select="@original"/></p></xsl:if>
    </div>
    <svg class="code" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {@modules} {@modules}"
         role="img" aria-label="QR-код для проверки копии">
      <rect width="100%" height="100%" fill="#fff"/>
      <path d="{@path}" fill="#000"/>
    </svg>
    <p class="verify">
      <b>№ <xsl:value-of select="@number"/></b> от <xsl:apply-templates select="@made_on" mode="date"/><br/>
      <xsl:value-of select="concat(@year, '/', @year + 1, ' учебный год')"/><br/>
      <xsl:value-of select="concat('SHA-256 ', substring(@sha256, 1, 8), '…')"/><br/>
      Проверить копию: наведите камеру на код или откройте
      <xsl:value-of select="concat(@journal, '/check/', @code_key)"/>
    </p>
  </div>
</xsl:template>

</xsl:stylesheet>
