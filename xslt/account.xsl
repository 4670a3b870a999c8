<?xml version="1.0" encoding="UTF-8"?>
<!-- account.xsl: people change their own password, and see where they are logged in.
     in   <account view="show" login is_saved/>
          <account view="sessions" is_ended?>
            <session is_this? way is_shared? agent address? created_at seen_at/>…
            <entrance way agent address? made_at/>…</account>
     out  a form; fields old_password, password, password2; tables of sessions and log-ins
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/account" mode="title">Профиль</xsl:template>
<xsl:template match="page/account[@view = 'sessions']" mode="title">Где я вошёл</xsl:template>
<xsl:template match="page/account[@view = 'known']" mode="title">Логин известен другим</xsl:template>
<xsl:template match="page/account" mode="actions">
  <div class="actions">
    <a href="{$base}/account/notices">Как меня извещать</a>
    <a href="{$base}/account/sessions">Где я вошёл</a>
    <a href="{$base}/factor">Вход с кодом</a>
    <a href="{$base}/account/keys">Ключи для программ</a>
    <a href="{$base}/account/known">Мой пароль мог узнать другой</a>
    <a href="{$base}/support">Поддержка</a>
  </div>
</xsl:template>
<xsl:template match="page/account[@view != 'show']" mode="actions"/>
<xsl:template match="page/account[@view != 'show']" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/account'"/>
    <xsl:with-param name="word" select="'Профиль'"/>
  </xsl:call-template>
</xsl:template>

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

<!-- ....................................................... sessions, log-ins -->

<xsl:template match="page/account[@view = 'sessions']">
  <xsl:if test="@is_ended">
    <p class="notice" role="status">Остальные сеансы завершены.</p>
  </xsl:if>
  <table class="data people">
    <caption>Открытые сеансы</caption>
    <thead>
      <tr>
        <th scope="col">Устройство</th>
        <th scope="col">Адрес</th>
        <th scope="col">Вход</th>
        <th scope="col">Последнее действие</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="session"/></tbody>
  </table>
  <xsl:if test="count(session) &gt; 1">
    <form method="post" action="{$base}/account/sessions">
      <xsl:call-template name="token"/>
      <p class="bar"><button class="main">Завершить остальные</button></p>
    </form>
  </xsl:if>
  <p class="hint">Видите незнакомое устройство? Завершите остальные сеансы и смените пароль.</p>
  <xsl:if test="entrance">
    <table class="data people">
      <caption>Последние входы</caption>
      <thead><tr><th scope="col">Когда</th><th scope="col">Устройство</th><th scope="col">Адрес</th></tr></thead>
      <tbody><xsl:apply-templates select="entrance"/></tbody>
    </table>
  </xsl:if>
</xsl:template>

<xsl:template match="account/session">
  <tr>
    <th scope="row">
      <xsl:apply-templates select="." mode="device"/>
      <xsl:if test="@is_this"><xsl:text> </xsl:text><span class="badge">этот сеанс</span></xsl:if>
      <xsl:if test="@is_shared"><xsl:text> </xsl:text><span class="soft">чужой компьютер</span></xsl:if>
    </th>
    <td data-word="адрес"><xsl:value-of select="@address"/></td>
    <td data-word="вход"><xsl:apply-templates select="@created_at" mode="moment"/></td>
    <td data-word="последнее действие"><xsl:apply-templates select="@seen_at" mode="moment"/></td>
  </tr>
</xsl:template>

<xsl:template match="account/entrance">
  <tr>
    <th scope="row"><xsl:apply-templates select="@made_at" mode="moment"/></th>
    <td><xsl:apply-templates select="." mode="device"/></td>
    <td data-word="адрес"><xsl:value-of select="@address"/></td>
  </tr>
</xsl:template>

<!-- ........................................................ known to others -->

<xsl:template match="page/account[@view = 'known']">
  <form class="card" method="post" action="{$base}/account/known">
    <xsl:call-template name="token"/>
    <p>Если ваш логин и пароль узнал кто-то другой, сообщите об этом сразу. Логин будет заблокирован, все сеансы закончатся,
      и этот тоже; директор и администратор получат извещение. Новый код выдаёт классный руководитель, сотруднику — администратор школы.</p>
    <xsl:call-template name="moment-row">
      <xsl:with-param name="name" select="'learned'"/>
      <xsl:with-param name="label" select="'Когда вы об этом узнали'"/>
    </xsl:call-template>
    <p class="hint">Только что — оставьте поля пустыми.</p>
    <p class="bar"><button class="main">Сообщить и заблокировать логин</button></p>
  </form>
</xsl:template>
<xsl:template match="error[@field = 'learned_on']" mode="field-name">Когда вы об этом узнали</xsl:template>

<!-- A browser and its system in words, from what the browser calls itself. -->
<xsl:template match="*" mode="device">
  <xsl:variable name="a" select="@agent"/>
  <xsl:choose>
    <xsl:when test="contains($a, 'YaBrowser')">Яндекс Браузер</xsl:when>
    <xsl:when test="contains($a, 'Edg')">Edge</xsl:when>
    <xsl:when test="contains($a, 'OPR')">Opera</xsl:when>
    <xsl:when test="contains($a, 'Firefox') or contains($a, 'FxiOS')">Firefox</xsl:when>
    <xsl:when test="contains($a, 'Chrom') or contains($a, 'CriOS')">Chrome</xsl:when>
    <xsl:when test="contains($a, 'Safari')">Safari</xsl:when>
    <xsl:otherwise>другая программа</xsl:otherwise>
  </xsl:choose>
  <xsl:choose>
    <xsl:when test="contains($a, 'Android')">, Android</xsl:when>
    <xsl:when test="contains($a, 'iPhone')">, iPhone</xsl:when>
    <xsl:when test="contains($a, 'iPad')">, iPad</xsl:when>
    <xsl:when test="contains($a, 'Windows')">, Windows</xsl:when>
    <xsl:when test="contains($a, 'Mac OS')">, Mac</xsl:when>
    <xsl:when test="contains($a, 'Linux')">, Linux</xsl:when>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
