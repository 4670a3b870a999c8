<?xml version="1.0" encoding="UTF-8"?>
<!-- ways.xsl: which account the user of another log-in (OpenID Connect, Kerberos …) has.
     in   <ways view="list"><way way subject login person_name/>…</ways>
     out  a form that adds a pair, a table of the pairs with a button that removes each
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/ways" mode="title">Другие способы входа</xsl:template>
<xsl:template match="page/ways" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/ways">
  <p class="hint">Кто входит не через страницу журнала, а через другую службу (OpenID Connect, Kerberos, сертификат), известен ей под своим
    именем. Здесь записано, чей логин в журнале стоит за этим именем. Способ входа пишется так, как его называет Apache: openid-connect,
    Negotiate, certificate, Basic.</p>
  <form class="card" method="post" action="{$base}/ways">
    <xsl:call-template name="token"/>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'way'"/>
      <xsl:with-param name="label" select="'Способ входа'"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'subject'"/>
      <xsl:with-param name="label" select="'Имя в той службе'"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'login'"/>
      <xsl:with-param name="label" select="'Логин в журнале'"/>
    </xsl:call-template>
    <p class="bar"><button class="main">Добавить</button></p>
  </form>
  <xsl:choose>
    <xsl:when test="way">
      <table class="data people">
        <caption class="sr">Кто входит другим способом</caption>
        <thead>
          <tr>
            <th scope="col">Логин</th>
            <th scope="col">Чей</th>
            <th scope="col">Способ входа</th>
            <th scope="col">Имя в той службе</th>
            <th scope="col" class="to">Убрать</th>
          </tr>
        </thead>
        <tbody><xsl:apply-templates select="way"/></tbody>
      </table>
    </xsl:when>
    <xsl:otherwise><p class="empty">Все входят через страницу журнала.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="ways/way">
  <tr>
    <th scope="row"><xsl:value-of select="@login"/></th>
    <td><xsl:value-of select="@person_name"/></td>
    <td data-word="способ"><xsl:value-of select="@way"/></td>
    <td data-word="имя"><xsl:value-of select="@subject"/></td>
    <td class="to">
      <form method="post" action="{$base}/ways">
        <xsl:call-template name="token"/>
        <input type="hidden" name="way" value="{@way}"/>
        <input type="hidden" name="subject" value="{@subject}"/>
        <input type="hidden" name="login" value="{@login}"/>
        <button name="is_removed" value="1" aria-label="Убрать: {@login}, {@subject}">Убрать</button>
      </form>
    </td>
  </tr>
</xsl:template>

<xsl:template match="page[ways]/errors/error[@field]" mode="summary">
  <li><a href="#f-{@field}"><xsl:apply-templates select="." mode="field-name"/></a></li>
</xsl:template>
<xsl:template match="error[@field = 'way']" mode="field-name">Способ входа</xsl:template>
<xsl:template match="error[@field = 'subject']" mode="field-name">Имя в той службе</xsl:template>
<xsl:template match="error[@field = 'login']" mode="field-name">Логин в журнале</xsl:template>
<xsl:template match="page[ways]/errors/error[@code = 'JE212']" mode="words">Под этим именем уже входит другой.</xsl:template>

</xsl:stylesheet>
