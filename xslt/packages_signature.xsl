<?xml version="1.0" encoding="UTF-8"?>
<!-- packages_signature.xsl: the signature of a package's manifest, for packages.xsl.
     in   packages[is_mine?]/year[…]/signature[state sent_by sent_at signer? detail? checked_at? is_former?]
     out  modes signature, sign: what is known of a signature; the form that sends one -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="year" mode="signature"><p class="soft">не подписана</p></xsl:template>
<xsl:template match="signature" mode="signature">
  <p>
    <xsl:choose>
      <xsl:when test="@is_former">Подпись относится к прежней описи: подпишите новую.</xsl:when>
      <xsl:when test="@state = 'sent'"><span class="todo">подпись получена</span>, её проверит ближайший ночной запуск.</xsl:when>
      <xsl:when test="@state = 'good'"><span class="done">подпись верна</span>, издатель сертификата известен.</xsl:when>
      <xsl:when test="@state = 'intact'"><span class="done">подпись верна</span>; кем выдан сертификат, не проверено: на сервере не указан удостоверяющий центр.</xsl:when>
      <xsl:when test="@state = 'untrusted'"><span class="badge bad">сертификат не признан</span> подпись верна, но удостоверяющего центра, который выдал сертификат, нет среди доверенных на сервере.</xsl:when>
      <xsl:when test="@state = 'altered'"><span class="badge bad">подпись не сходится</span> подписана другая опись, или опись с тех пор изменили.</xsl:when>
      <xsl:when test="@state = 'broken'"><span class="badge bad">это не подпись</span> нужен файл .p7s (CMS).</xsl:when>
      <xsl:otherwise><span class="badge bad">проверить нечем</span> на сервере нет программы для алгоритма подписи (для ГОСТ — libengine-gost-openssl).</xsl:otherwise>
    </xsl:choose>
  </p>
  <p class="soft">
    <xsl:if test="@signer"><xsl:value-of select="concat(@signer, '; ')"/></xsl:if>
    <xsl:value-of select="concat('прислал ', @sent_by, ' ')"/><xsl:apply-templates select="@sent_at" mode="moment"/>
    <xsl:if test="@checked_at">, проверена <xsl:apply-templates select="@checked_at" mode="moment"/></xsl:if>
  </p>
  <xsl:if test="@detail"><p class="soft"><xsl:value-of select="@detail"/></p></xsl:if>
</xsl:template>

<xsl:template match="packages" mode="sign">
  <h2>Подписать опись</h2>
  <p>Возьмите из пакета на сервере файл <code>manifest-sha256.txt</code>, подпишите его своей программой отдельным файлом
    (открепленная подпись CMS, .p7s) и пришлите сюда. Подпись ляжет рядом с пакетом; программа на сервере проверяет её ночью и потом каждый месяц.</p>
  <form method="post" action="{$base}/packages" class="card" enctype="multipart/form-data">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="sign"/>
    <p class="row">
      <label class="label" for="signed_year">Год</label>
      <select id="signed_year" name="signed_year">
        <xsl:for-each select="year[@state = 'made']">
          <option value="{@year}"><xsl:value-of select="concat(@year, '/', @year + 1)"/></option>
        </xsl:for-each>
      </select>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'signed_year'"/></xsl:call-template>
    </p>
    <p class="row">
      <label for="file">Файл .p7s, до 64 КБ</label>
      <input type="file" id="file" name="file" accept=".p7s,.sig" required="required"/>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'file'"/></xsl:call-template>
    </p>
    <p class="bar"><button>Прислать подпись</button></p>
  </form>
</xsl:template>

<xsl:template match="page[packages]/errors/error[@field = 'signed_year']" mode="field-name">Год</xsl:template>
<xsl:template match="page[packages]/errors/error[@field = 'file']" mode="field-name">Файл</xsl:template>

</xsl:stylesheet>
