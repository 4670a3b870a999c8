<?xml version="1.0" encoding="UTF-8"?>
<!-- factor.xsl: the second factor of a log-in: codes of an application on the telephone.
     in   <factor view="show" confirmed_at? recoveries is_fresh?/>
          <factor view="begun" path modules><new secret uri/></factor>
          <factor view="confirmed"><recovery code/>…</factor>
          <factor view="ask"/>
     out  a form to begin; the QR code; the recovery codes; the form after the password
     see  form.xsl, page/qr.c -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/factor" mode="title">Вход с кодом</xsl:template>
<xsl:template match="page/factor[@view = 'confirmed']" mode="title">Вход с кодом включён</xsl:template>
<xsl:template match="page/factor" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/account'"/>
    <xsl:with-param name="word" select="'Профиль'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/factor[@view = 'ask']" mode="crumbs"/>

<!-- The field of a code; what is typed is never shown again. -->
<xsl:template name="factor-code">
  <xsl:param name="hint" select="'Шесть цифр из приложения или запасной код.'"/>
  <p class="row">
    <label>
      <span class="label">Код</span>
      <input type="text" name="factor_code" autocomplete="one-time-code" inputmode="numeric" required="required" maxlength="30">
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="'factor_code'"/></xsl:call-template>
      </input>
    </label>
    <span class="hint"><xsl:value-of select="$hint"/></span>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'factor_code'"/></xsl:call-template>
  </p>
</xsl:template>

<xsl:template name="begin-form">
  <xsl:param name="word"/>
  <form class="card" method="post" action="{$base}/factor">
    <xsl:call-template name="token"/>
    <p class="bar"><button name="what" value="begin"><xsl:if test="not($is-refused)"><xsl:attribute name="class">main</xsl:attribute></xsl:if><xsl:value-of select="$word"/></button></p>
  </form>
</xsl:template>

<xsl:template name="confirm-form">
  <form class="card" method="post" action="{$base}/factor">
    <xsl:call-template name="token"/>
    <xsl:call-template name="factor-code"><xsl:with-param name="hint" select="'Шесть цифр, которые приложение показывает сейчас.'"/></xsl:call-template>
    <p class="bar"><button class="main" name="what" value="confirm">Включить</button></p>
  </form>
</xsl:template>

<xsl:template match="page/factor">
  <p>После пароля журнал спросит ещё и код, который меняется каждые полминуты: его показывает приложение на вашем телефоне,
    например «Яндекс Ключ» или любое другое с кодами TOTP. Тогда одного пароля мало, чтобы войти под вашим именем.</p>
  <xsl:if test="$is-refused"><xsl:call-template name="confirm-form"/></xsl:if>
  <xsl:call-template name="begin-form"><xsl:with-param name="word"><xsl:choose><xsl:when test="$is-refused">Начать заново</xsl:when><xsl:otherwise>Включить вход с кодом</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
</xsl:template>

<xsl:template match="page/factor[@confirmed_at]">
  <p><span class="done">Включён</span><xsl:text> </xsl:text><xsl:apply-templates select="@confirmed_at" mode="moment"/>. Запасных кодов осталось: <xsl:value-of select="@recoveries"/>.</p>
  <xsl:if test="@is_fresh"><p class="notice" role="status">Вход подтверждён: десять минут можно давать роли.</p></xsl:if>
  <form class="card" method="post" action="{$base}/factor">
    <xsl:call-template name="token"/>
    <xsl:call-template name="factor-code"/>
    <p class="bar"><button class="main" name="what" value="again">Подтвердить вход ещё раз</button> <button name="what" value="remove">Выключить вход с кодом</button></p>
  </form>
  <p class="hint">Подтвердить вход ещё раз нужно перед тем, как давать роли. Сменили телефон — выключите вход с кодом и включите заново.</p>
</xsl:template>

<xsl:template match="page/factor[@view = 'begun']">
  <ol>
    <li>Откройте приложение с кодами и добавьте в нём новую запись по этой картинке.</li>
    <li>Введите ниже код, который оно покажет.</li>
  </ol>
  <p><svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {@modules} {@modules}" width="220" height="220" role="img" aria-label="QR-код; ключ есть и текстом ниже"><path d="M0,0h{@modules}v{@modules}H0z" fill="#fff"/><path d="{@path}" fill="#000"/></svg></p>
  <p>Не читается? Введите ключ руками: <code><xsl:value-of select="new/@secret"/></code></p>
  <xsl:call-template name="confirm-form"/>
</xsl:template>

<xsl:template match="page/factor[@view = 'confirmed']">
  <p class="notice" role="status">Теперь журнал спрашивает код после пароля.</p>
  <p>Запишите запасные коды: каждый годится один раз, если телефона нет под рукой. Второй раз они не показываются.</p>
  <ul class="recovery"><xsl:for-each select="recovery"><li><code><xsl:value-of select="@code"/></code></li></xsl:for-each></ul>
  <p><a href="{$base}/factor">Коды записаны</a></p>
</xsl:template>

<xsl:template match="page/factor[@view = 'ask']">
  <form class="card" method="post" action="{$base}/second">
    <input type="hidden" name="form_token" value="{/page/@login_token}"/>
    <xsl:call-template name="factor-code"/>
    <p class="bar"><button class="main">Войти</button></p>
    <p class="foot"><a href="{$base}/login">Войти под другим логином</a></p>
    <p class="hint">Нет ни телефона, ни запасных кодов? Новый код доступа выдаёт администратор школы.</p>
  </form>
</xsl:template>

<xsl:template match="error[@field = 'factor_code']" mode="field-name">Код</xsl:template>
<xsl:template match="page[factor]/errors" mode="heading">Код не принят</xsl:template>

</xsl:stylesheet>
