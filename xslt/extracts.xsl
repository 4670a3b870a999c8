<?xml version="1.0" encoding="UTF-8"?>
<!-- extracts.xsl: the register of numbered copies, and one of them.
     in   extracts[@view = 'list'] with find sort page pages count
            /extract[extract_id number year kind about made_on purpose signer_name state]
          extracts[@view = 'show'] with extract_id number year kind about purpose original? signer_role
            signer_name made_on sha256 journal code_key state void_on? void_reason? void_name? old_id? old_number?
            new_id? new_number? pupil_id? term_id? is_mine?
            /view[at address?]
     out  a table; a record with the form that makes it void
     see  list.xsl, form.xsl, extracts_words.xsl; extracts_certificate.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="form.xsl"/>
<xsl:include href="extracts_words.xsl"/>

<!-- ........................................................... the register -->

<xsl:template match="page/extracts" mode="title">Заверенные копии</xsl:template>
<xsl:template match="page/extracts" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Номер, о ком или для чего'"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/extracts">
  <table class="data people">
    <caption class="sr">Реестр заверенных копий</caption>
    <thead>
      <tr>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'number'"/>
          <xsl:with-param name="word" select="'№'"/>
        </xsl:call-template>
        <th scope="col">Дата</th>
        <th scope="col">Документ</th>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'name'"/>
          <xsl:with-param name="word" select="'О ком, период'"/>
        </xsl:call-template>
        <th scope="col">Для чего</th><th scope="col">Кто заверил</th><th scope="col">Состояние</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="extract">
        <tr>
          <th scope="row" class="number"><a href="{$base}/extracts/{@extract_id}"><xsl:value-of select="@number"/></a></th>
          <td data-word="Дата"><xsl:apply-templates select="@made_on" mode="date"/></td>
          <td data-word="Документ"><xsl:apply-templates select="@kind" mode="extract-kind"/></td>
          <td data-word="О ком, период"><xsl:value-of select="@about"/></td>
          <td data-word="Для чего"><xsl:value-of select="@purpose"/></td>
          <td data-word="Кто заверил"><xsl:value-of select="@signer_name"/></td>
          <td data-word="Состояние"><xsl:apply-templates select="@state" mode="extract-state"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>
<xsl:template match="page/extracts[@view = 'list'][not(extract)]">
  <p class="empty">
    <xsl:choose>
      <xsl:when test="string(@find)">Ничего не нашлось. <a href="{$base}/extracts">Весь реестр</a></xsl:when>
      <xsl:when test="contains($roles, ' class_teacher ')">Заверенных копий пока нет. Табель заверяют на странице ученика: <a href="{$base}/classes">Классы</a></xsl:when>
      <xsl:otherwise>Заверенных копий пока нет.</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<!-- ............................................................... one copy -->

<xsl:template match="page/extracts[@view = 'show']" mode="title">
  <xsl:apply-templates select="@kind" mode="extract-kind"/><xsl:value-of select="concat(' № ', @number)"/>
</xsl:template>
<xsl:template match="page/extracts[@view = 'show']" mode="crumbs">
  <xsl:call-template name="section"/>
</xsl:template>
<xsl:template match="page/extracts[@view = 'show']" mode="actions">
  <div class="actions">
    <a href="?format=print">Напечатать</a>
    <xsl:if test="@kind = 'card' and @pupil_id and not(contains($roles, ' parent ') or contains($roles, ' pupil '))">
      <a href="{$base}/pupils/{@pupil_id}/extract?term_id={@term_id}">Табель ученика</a>
    </xsl:if>
  </div>
</xsl:template>

<xsl:template match="page/extracts[@view = 'show']" priority="1">
  <dl class="record">
    <dt>Состояние</dt>
    <dd>
      <xsl:apply-templates select="@state" mode="extract-state"/>
      <xsl:if test="@void_on"><xsl:text> </xsl:text><xsl:apply-templates select="@void_on" mode="date"/>, <xsl:value-of select="@void_name"/>: <xsl:value-of select="@void_reason"/></xsl:if>
      <xsl:if test="@new_id"> копией <a href="{$base}/extracts/{@new_id}">№ <xsl:value-of select="@new_number"/></a></xsl:if>
    </dd>
    <dt>О ком, период</dt><dd><xsl:value-of select="@about"/></dd>
    <dt>Учебный год</dt><dd><xsl:value-of select="concat(@year, '/', @year + 1)"/></dd>
    <dt>Для чего</dt><dd><xsl:value-of select="@purpose"/></dd>
    <xsl:if test="@original"><dt>Подлинник находится</dt><dd><xsl:value-of select="@original"/></dd></xsl:if>
    <xsl:if test="@old_id"><dt>Взамен</dt><dd><a href="{$base}/extracts/{@old_id}">№ <xsl:value-of select="@old_number"/></a></dd></xsl:if>
    <dt>Заверено</dt>
    <dd><xsl:apply-templates select="@made_on" mode="date"/>, <xsl:apply-templates select="@signer_role" mode="signer-role"/><xsl:value-of select="concat(' ', @signer_name)"/></dd>
    <dt>Проверка</dt><dd class="long"><a href="{$base}/check/{@code_key}"><xsl:value-of select="concat(@journal, '/check/', @code_key)"/></a></dd>
    <dt>SHA-256</dt><dd class="long"><code><xsl:value-of select="@sha256"/></code></dd>
  </dl>
  <xsl:apply-templates select="self::*[view]" mode="views"/>
  <xsl:apply-templates select="self::*[@is_mine]" mode="void"/>
</xsl:template>

<xsl:template match="extracts" mode="views">
  <table class="data people">
    <caption>Кто проверял по коду</caption>
    <thead><tr><th scope="col">Когда</th><th scope="col">С адреса</th></tr></thead>
    <tbody>
      <xsl:for-each select="view">
        <tr>
          <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
          <td data-word="С адреса"><xsl:value-of select="@address"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="extracts" mode="void">
  <form class="card" method="post" action="{$base}/extracts/{@extract_id}">
    <h2>Аннулировать</h2>
    <xsl:call-template name="token"/>
    <p class="hint">Номер остаётся в реестре; проверка по коду покажет, что копия недействительна. Отменить это нельзя.</p>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'reason'"/>
      <xsl:with-param name="label" select="'Причина'"/>
    </xsl:call-template>
    <p class="bar"><button>Аннулировать</button></p>
  </form>
</xsl:template>
<xsl:template match="error[@field = 'reason']" mode="field-name">Причина</xsl:template>

</xsl:stylesheet>
