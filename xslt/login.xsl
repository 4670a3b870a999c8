<?xml version="1.0" encoding="UTF-8"?>
<!-- login.xsl: the log-in page and the activation of an account. Works without scripts.
     in   <login view="show" back note?/>
          <login view="other" back note?/>  where another service logs people in
          <login view="activate" step="code|choose"><found person_name school_name/></login>
     out  one form in the middle of the page
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/login" mode="title">Вход</xsl:template>
<xsl:template match="page/login[@view = 'activate']" mode="title">Первый вход</xsl:template>
<xsl:template match="page[login]/errors" mode="heading">Войти не удалось</xsl:template>
<xsl:template match="page[login/@view = 'activate']/errors" mode="heading">Пока не получилось</xsl:template>

<!-- Without a session there is no session's token, so these forms have a token of their own. -->
<xsl:template name="login-token">
  <input type="hidden" name="form_token" value="{/page/@login_token}"/>
</xsl:template>
<xsl:template match="errors/error[@code = 'JE303']" mode="words">Страница слишком долго была открыта. Введите пароль или код ещё раз.</xsl:template>

<!-- The sentence says how many seconds to wait. -->
<xsl:template match="error[@code = 'JE111']" mode="words">
  <xsl:variable name="wait" select="@value"/>
  <xsl:text>Слишком много попыток подряд. Подождите </xsl:text>
  <xsl:choose>
    <xsl:when test="$wait">
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="$wait"/>
        <xsl:with-param name="one" select="'секунду'"/>
        <xsl:with-param name="few" select="'секунды'"/>
        <xsl:with-param name="many" select="'секунд'"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>немного</xsl:otherwise>
  </xsl:choose>
  <xsl:text> и попробуйте снова.</xsl:text>
</xsl:template>

<xsl:template match="page/login">
  <!-- once the log-in name is typed the focus goes to the password -->
  <xsl:variable name="is-known" select="$is-refused and key('typed', 'login')[1] != '' and not(key('refused', 'login'))"/>
  <xsl:apply-templates select="/page/@school" mode="door"/>
  <xsl:if test="@note = 'blocked'">
    <p class="notice" role="status">Логин заблокирован. Новый код выдаёт классный руководитель, сотруднику — администратор школы.</p>
  </xsl:if>
  <xsl:if test="@note = 'ready'"><p class="notice" role="status">Логин и пароль созданы. Войдите с ними.</p></xsl:if>
  <form class="card" method="post" action="{$base}/login">
    <xsl:call-template name="login-token"/>
    <xsl:apply-templates select="/page/form/row/field[starts-with(@name, 'typed.')]" mode="again"/>
    <input type="hidden" name="back">
      <xsl:attribute name="value">
        <xsl:call-template name="typed">
          <xsl:with-param name="name" select="'back'"/>
          <xsl:with-param name="value" select="@back"/>
        </xsl:call-template>
      </xsl:attribute>
    </input>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'login'"/>
      <xsl:with-param name="label" select="'Логин'"/>
      <xsl:with-param name="autocomplete" select="'username'"/>
      <xsl:with-param name="focus" select="not($is-known)"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'password'"/>
      <xsl:with-param name="label" select="'Пароль'"/>
      <xsl:with-param name="type" select="'password'"/>
      <xsl:with-param name="autocomplete" select="'current-password'"/>
      <xsl:with-param name="focus" select="$is-known"/>
    </xsl:call-template>
    <p class="row">
      <label class="check">
        <input type="checkbox" name="is_shared" value="1">
          <xsl:call-template name="checked">
            <xsl:with-param name="name" select="'is_shared'"/>
          </xsl:call-template>
        </input>
        <span>Не мой компьютер</span>
      </label>
      <span class="hint">Вход закончится сам: через полчаса без работы или когда закроете браузер.</span>
    </p>
    <p class="bar"><button class="main">Войти</button></p>
    <p class="foot"><a href="{$base}/activate">У меня есть код для первого входа</a></p>
    <p class="foot"><a href="{$base}/about">О школе</a></p>
    <p class="hint">Забыли логин или пароль? Новый код выдаёт классный руководитель, сотруднику — администратор школы.</p>
  </form>
  <!-- the reply to this image clears the browser's cached pages of the former session: see
       out/send.c -->
  <img src="{$static}/img/forget.svg" alt="" width="1" height="1" data-ej-left=""/>
</xsl:template>

<xsl:template match="page/login[@view = 'other']">
  <xsl:apply-templates select="/page/@school" mode="door"/>
  <xsl:choose>
    <xsl:when test="@note = 'left'">
      <p class="notice" role="status">Вы вышли из журнала.</p>
      <p>Но служба, через которую вы входите, вас ещё помнит: пока вы не выйдете и из неё или не закроете браузер, журнал откроется без пароля.
        На чужом компьютере сделайте это сейчас.</p>
    </xsl:when>
    <xsl:otherwise><p>В этот журнал входят через другую службу, её пароль и спросят.</p></xsl:otherwise>
  </xsl:choose>
  <p class="bar"><a class="main" href="{$base}{@back}">Войти</a></p>
  <p class="foot"><a href="{$base}/about">О школе</a></p>
  <img src="{$static}/img/forget.svg" alt="" width="1" height="1" data-ej-left=""/>
</xsl:template>
<xsl:template match="page/login[@view = 'other'][@note = 'left']" mode="title">Вы вышли</xsl:template>

<xsl:template match="page/@school" mode="door">
  <p class="lead"><xsl:value-of select="."/></p>
</xsl:template>

<xsl:template match="page/login[@view = 'activate']">
  <xsl:apply-templates select="/page/@school" mode="door"/>
  <form class="card" method="post" action="{$base}/activate">
    <xsl:call-template name="login-token"/>
    <p>Код напечатан на листке, который вам дали в школе.</p>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'code'"/>
      <xsl:with-param name="label" select="'Код'"/>
      <xsl:with-param name="autocomplete" select="'one-time-code'"/>
      <xsl:with-param name="focus" select="true()"/>
    </xsl:call-template>
    <p class="bar"><button class="main">Дальше</button></p>
    <p class="foot"><a href="{$base}/login">У меня уже есть логин и пароль</a></p>
  </form>
</xsl:template>

<xsl:template match="page/login[@step = 'choose']">
  <form class="card" method="post" action="{$base}/activate">
    <xsl:call-template name="login-token"/>
    <xsl:apply-templates select="found"/>
    <p>Придумайте логин и пароль — с ними вы будете входить дальше.</p>
    <input type="hidden" name="code" value="{/page/form/row/field[@name = 'code']}"/>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'login'"/>
      <xsl:with-param name="label" select="'Логин'"/>
      <xsl:with-param name="autocomplete" select="'username'"/>
      <xsl:with-param name="hint" select="'От 3 до 64 знаков: буквы, цифры, точка, дефис, подчёркивание, @.'"/>
    </xsl:call-template>
    <xsl:call-template name="new-password"/>
    <p class="row">
      <label class="check">
        <input type="checkbox" name="is_agreed" value="1">
          <xsl:call-template name="checked"><xsl:with-param name="name" select="'is_agreed'"/></xsl:call-template>
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'is_agreed'"/></xsl:call-template>
        </input>
        <span>Логин и пароль — только мои: я отвечаю за них и никому не передаю. Ученик не работает под логином сотрудника. Если их узнает кто-то другой, сразу сообщу.</span>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'is_agreed'"/></xsl:call-template>
    </p>
    <p class="bar"><button class="main">Готово</button></p>
  </form>
</xsl:template>

<xsl:template match="login/found">
  <p class="lead"><xsl:value-of select="@person_name"/><br/>
    <span class="soft"><xsl:apply-templates select="@school_name" mode="tied"/></span></p>
</xsl:template>

<xsl:template name="new-password">
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
</xsl:template>

<!-- The summary only links to the fields: each field shows its message. -->
<xsl:template match="page[login]/errors/error[@field][not(@code = 'JE110' or @code = 'JE111')]" mode="summary">
  <li><a href="#f-{@field}"><xsl:apply-templates select="." mode="field-name"/></a></li>
</xsl:template>

<xsl:template match="error[@field = 'login']" mode="field-name">Логин</xsl:template>
<xsl:template match="error[@code = 'JE110' or @code = 'JE111']" mode="field-name"/>
<xsl:template match="error[@field = 'password' and not(@code = 'JE110')]" mode="field-name">Пароль</xsl:template>
<xsl:template match="error[@field = 'password2']" mode="field-name">Пароль ещё раз</xsl:template>
<xsl:template match="error[@field = 'code']" mode="field-name">Код</xsl:template>
<xsl:template match="error[@field = 'is_agreed']" mode="field-name">Правила</xsl:template>

</xsl:stylesheet>
