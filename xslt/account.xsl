<?xml version="1.0" encoding="UTF-8"?>
<!-- account.xsl: the form in which people change their own password.
     in   <account view="show" login is_saved/>
     out  a form; fields old_password, password, password2
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/account" mode="title">Профиль</xsl:template>

<xsl:template match="page/account">
  <xsl:if test="@is_saved">
    <p class="notice" role="status">Пароль изменён. На других устройствах придётся войти заново.</p>
  </xsl:if>
  <form class="card" method="post" action="{$base}/account">
    <xsl:call-template name="token"/>
    <p>Логин: <b><xsl:value-of select="@login"/></b></p>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'old_password'"/>
      <xsl:with-param name="label" select="'Текущий пароль'"/>
      <xsl:with-param name="type" select="'password'"/>
      <xsl:with-param name="autocomplete" select="'current-password'"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'password'"/>
      <xsl:with-param name="label" select="'Новый пароль'"/>
      <xsl:with-param name="type" select="'password'"/>
      <xsl:with-param name="autocomplete" select="'new-password'"/>
      <xsl:with-param name="hint" select="'Не короче 8 знаков; хорошо подходит короткая фраза.'"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'password2'"/>
      <xsl:with-param name="label" select="'Новый пароль ещё раз'"/>
      <xsl:with-param name="type" select="'password'"/>
      <xsl:with-param name="autocomplete" select="'new-password'"/>
    </xsl:call-template>
    <p class="bar"><button class="main">Сменить пароль</button></p>
  </form>
</xsl:template>

<!-- The summary only links to the fields: each field shows its message. -->
<xsl:template match="page[account]/errors/error[@field]" mode="summary">
  <li><a href="#f-{@field}"><xsl:apply-templates select="." mode="field-name"/></a></li>
</xsl:template>

<xsl:template match="error[@field = 'old_password']" mode="field-name">Текущий пароль</xsl:template>
<xsl:template match="error[@field = 'password']" mode="field-name">Новый пароль</xsl:template>
<xsl:template match="error[@field = 'password2']" mode="field-name">Новый пароль ещё раз</xsl:template>

</xsl:stylesheet>
