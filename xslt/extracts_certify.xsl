<?xml version="1.0" encoding="UTF-8"?>
<!-- extracts_certify.xsl: the form that certifies the document of a page as a numbered copy.
     in   the page's element with @is_open? and copy[extract_id number made_on]…, the valid copies of the
          same document, the newest first
     out  template certify: kept is the page's own fields as hidden inputs, word the document's
     see  page/freeze.c, extracts.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:include href="extracts_words.xsl"/>

<xsl:template match="error[@field = 'purpose']" mode="field-name">Для чего</xsl:template>
<xsl:template match="error[@field = 'original']" mode="field-name">Где подлинник</xsl:template>

<xsl:template name="certify">
  <xsl:param name="kept"/>
  <xsl:param name="purpose"/>
  <section class="certify">
    <h2>Заверенные копии</h2>
    <xsl:apply-templates select="." mode="copies"/>
    <xsl:if test="@is_open"><p class="notice">Период ещё не закрыт: документ печатается с пометкой «Предварительно», заверить его можно будет после закрытия.</p></xsl:if>
    <xsl:if test="not(@is_open)">
      <form class="card" method="post" action="{$base}{/page/@path}">
        <xsl:call-template name="token"/>
        <xsl:copy-of select="$kept"/>
        <xsl:call-template name="certify-fields"><xsl:with-param name="purpose" select="$purpose"/></xsl:call-template>
        <p class="bar"><button class="main">Заверить и присвоить номер</button></p>
      </form>
    </xsl:if>
  </section>
</xsl:template>

<xsl:template match="*" mode="copies">
  <p class="hint">Копия получает номер, код для проверки и больше не меняется; повторно напечатать её можно из <a href="{$base}/extracts">реестра</a>.</p>
  <xsl:if test="copy">
    <ul>
      <xsl:for-each select="copy">
        <li><a href="{$base}/extracts/{@extract_id}">№ <xsl:value-of select="@number"/></a> от <xsl:apply-templates select="@made_on" mode="date"/></li>
      </xsl:for-each>
    </ul>
  </xsl:if>
</xsl:template>

<xsl:template name="certify-fields">
  <xsl:param name="purpose"/>
  <xsl:call-template name="form-row">
    <xsl:with-param name="name" select="'purpose'"/>
    <xsl:with-param name="label" select="'Для чего'"/>
    <xsl:with-param name="value" select="$purpose"/>
  </xsl:call-template>
  <p class="row">
    <label>
      <span class="label">Для другой организации: подлинник документа находится</span>
      <input type="text" name="original" maxlength="300" autocomplete="off" placeholder="в МБОУ «Школа № 92» в деле № 02-15 за 2026 год">
        <xsl:attribute name="value">
          <xsl:call-template name="typed"><xsl:with-param name="name" select="'original'"/></xsl:call-template>
        </xsl:attribute>
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="'original'"/></xsl:call-template>
      </input>
    </label>
    <span class="hint">Если копия остаётся в школе или идёт семье, оставьте пустым.</span>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'original'"/></xsl:call-template>
  </p>
  <xsl:for-each select="copy[1]">
    <p class="row">
      <label class="check">
        <input type="checkbox" name="replaces_id" value="{@extract_id}">
          <xsl:call-template name="checked"><xsl:with-param name="name" select="'replaces_id'"/></xsl:call-template>
        </input>
        <span>Взамен № <xsl:value-of select="@number"/>: прежняя копия будет считаться заменённой</span>
      </label>
    </p>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>
