<?xml version="1.0" encoding="UTF-8"?>
<!-- factor.xsl: the second factor of a log-in: codes of an application on the telephone.
     in   <factor view="show" confirmed_at? recoveries is_fresh? days_left?/>
          <factor view="begun" path modules back?><new secret uri/></factor>
          <factor view="confirmed" back?><recovery code/>…</factor>
          <factor view="ask|new" back><wanted what/></factor>
          <factor view="list" find sort page pages count missing is_administrator? done?>
            <person staff_id staff_name post? confirmed_at? recoveries days_left? is_mine?/>…</factor>
     out  a form to begin; the QR code; the recovery codes; the form after the password, or the
          page that has one set up a factor (both have back); who has one or must have one
     see  form.xsl, list.xsl, page/qr.c -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="form.xsl"/>

<!-- Where the forms go: before the session has its rights to /second, with the way back. -->
<xsl:variable name="factor-form">
  <xsl:choose><xsl:when test="/page/factor/@back">/second</xsl:when><xsl:otherwise>/factor</xsl:otherwise></xsl:choose>
</xsl:variable>
<xsl:template name="factor-token">
  <xsl:choose>
    <xsl:when test="/page/factor/@back">
      <input type="hidden" name="form_token" value="{/page/@login_token}"/>
      <input type="hidden" name="back" value="{/page/factor/@back}"/>
    </xsl:when>
    <xsl:otherwise><xsl:call-template name="token"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page/factor" mode="title">Вход с кодом</xsl:template>
<xsl:template match="page/factor[@view = 'confirmed']" mode="title">Вход с кодом включён</xsl:template>
<xsl:template match="page/factor[@view = 'list']" mode="title">Вход с кодом у сотрудников</xsl:template>
<xsl:template match="page/factor" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/account'"/>
    <xsl:with-param name="word" select="'Профиль'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/factor[@back or @view = 'list']" mode="crumbs"/>

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
  <form class="card" method="post" action="{$base}{$factor-form}">
    <xsl:call-template name="factor-token"/>
    <p class="bar">
      <button name="action" value="begin">
        <xsl:if test="not($is-refused)"><xsl:attribute name="class">main</xsl:attribute></xsl:if>
        <xsl:value-of select="$word"/>
      </button>
    </p>
  </form>
</xsl:template>

<xsl:template name="confirm-form">
  <form class="card" method="post" action="{$base}{$factor-form}">
    <xsl:call-template name="factor-token"/>
    <xsl:call-template name="factor-code">
      <xsl:with-param name="hint" select="'Шесть цифр, которые приложение показывает сейчас.'"/>
    </xsl:call-template>
    <p class="bar"><button class="main" name="action" value="confirm">Включить</button></p>
  </form>
</xsl:template>

<xsl:template match="page/factor">
  <xsl:apply-templates select="@days_left"/>
  <p>После пароля журнал спросит ещё и код, который меняется каждые полминуты: его показывает приложение на вашем телефоне,
    например «Яндекс Ключ» или любое другое с кодами TOTP. Тогда одного пароля мало, чтобы войти под вашим именем.</p>
  <xsl:if test="$is-refused"><xsl:call-template name="confirm-form"/></xsl:if>
  <xsl:call-template name="begin-form">
    <xsl:with-param name="word">
      <xsl:choose>
        <xsl:when test="$is-refused">Начать заново</xsl:when>
        <xsl:otherwise>Включить вход с кодом</xsl:otherwise>
      </xsl:choose>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<!-- A role must have the factor, and the person has none yet. -->
<xsl:template match="factor/@days_left">
  <p class="alert" role="status">
    <xsl:text>В вашей школе вход с кодом для вашей роли обязателен. </xsl:text>
    <xsl:choose>
      <xsl:when test=". = 0">Включите его сейчас: со следующего входа без него журнал не откроется.</xsl:when>
      <xsl:otherwise>
        <xsl:text>Осталось </xsl:text>
        <xsl:call-template name="plural">
          <xsl:with-param name="n" select="."/>
          <xsl:with-param name="one" select="'день'"/>
          <xsl:with-param name="few" select="'дня'"/>
          <xsl:with-param name="many" select="'дней'"/>
        </xsl:call-template>
        <xsl:text>, потом без него журнал не откроется.</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<xsl:template match="page/factor[@view = 'new']">
  <p>В вашей школе вход с кодом для вашей роли обязателен. Включите его, и журнал откроется. Понадобится телефон с приложением,
    которое показывает коды TOTP, например «Яндекс Ключ».</p>
  <xsl:if test="$is-refused"><xsl:call-template name="confirm-form"/></xsl:if>
  <xsl:call-template name="begin-form">
    <xsl:with-param name="word">
      <xsl:choose>
        <xsl:when test="$is-refused">Начать заново</xsl:when>
        <xsl:otherwise>Включить вход с кодом</xsl:otherwise>
      </xsl:choose>
    </xsl:with-param>
  </xsl:call-template>
  <p class="foot"><a href="{$base}/login">Войти под другим логином</a></p>
</xsl:template>

<xsl:template match="page/factor[@confirmed_at]">
  <p><span class="done">Включён</span><xsl:text> </xsl:text><xsl:apply-templates select="@confirmed_at" mode="moment"/>. Запасных кодов осталось: <xsl:value-of select="@recoveries"/>.</p>
  <xsl:if test="@is_fresh"><p class="notice" role="status">Вход подтверждён: десять минут можно давать роли.</p></xsl:if>
  <form class="card" method="post" action="{$base}/factor">
    <xsl:call-template name="token"/>
    <xsl:call-template name="factor-code"/>
    <p class="bar">
      <button class="main" name="action" value="again">Подтвердить вход ещё раз</button>
      <button name="action" value="remove">Выключить вход с кодом</button>
    </p>
  </form>
  <p class="hint">Подтвердить вход ещё раз нужно перед тем, как давать роли. Сменили телефон — выключите вход с кодом и включите заново.
    <xsl:if test="@days_left">Для вашей роли он обязателен: включить заново журнал попросит сразу.</xsl:if></p>
</xsl:template>

<xsl:template match="page/factor[@view = 'begun']">
  <ol>
    <li>Откройте приложение с кодами и добавьте в нём новую запись по этой картинке.</li>
    <li>Введите ниже код, который оно покажет.</li>
  </ol>
  <p>
    <svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {@modules} {@modules}" width="220" height="220"
         role="img" aria-label="QR-код; ключ есть и текстом ниже">
      <path d="M0,0h{@modules}v{@modules}H0z" fill="#fff"/>
      <path d="{@path}" fill="#000"/>
    </svg>
  </p>
  <p>Не читается? Введите ключ руками: <code><xsl:value-of select="new/@secret"/></code></p>
  <xsl:call-template name="confirm-form"/>
</xsl:template>

<xsl:template match="page/factor[@view = 'confirmed']">
  <p class="notice" role="status">Теперь журнал спрашивает код после пароля.</p>
  <p>Запишите запасные коды: каждый годится один раз, если телефона нет под рукой. Второй раз они не показываются.</p>
  <ul class="recovery"><xsl:for-each select="recovery"><li><code><xsl:value-of select="@code"/></code></li></xsl:for-each></ul>
  <p>
    <a href="{$base}{@back}"><xsl:if test="not(@back)">
        <xsl:attribute name="href"><xsl:value-of select="concat($base, '/factor')"/></xsl:attribute>
      </xsl:if>Коды записаны</a>
  </p>
</xsl:template>

<xsl:template match="page/factor[@view = 'ask']">
  <form class="card" method="post" action="{$base}/second">
    <xsl:call-template name="factor-token"/>
    <xsl:call-template name="factor-code"/>
    <p class="bar"><button class="main">Войти</button></p>
    <p class="foot"><a href="{$base}/login">Войти под другим логином</a></p>
    <p class="hint">Нет ни телефона, ни запасных кодов? Вход с кодом сбросит администратор школы.</p>
  </form>
</xsl:template>

<!-- ............................................................ the list -->

<xsl:template match="page/factor[@view = 'list']" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Имя'"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/factor[@view = 'list']">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Вход с кодом сброшен, все сеансы закончены.</p></xsl:if>
  <xsl:choose>
    <xsl:when test="person">
      <p>Без кода пока: <xsl:value-of select="@missing"/> из <xsl:value-of select="@count"/>.</p>
      <table class="data people">
        <caption class="sr">Сотрудники, у которых вход с кодом включён или обязателен</caption>
        <thead>
          <tr>
            <xsl:call-template name="sorted">
              <xsl:with-param name="key" select="'staff_id'"/>
              <xsl:with-param name="word" select="'Сотрудник'"/>
            </xsl:call-template>
            <th scope="col">Должность</th>
            <xsl:call-template name="sorted">
              <xsl:with-param name="key" select="'days_left'"/>
              <xsl:with-param name="word" select="'Вход с кодом'"/>
            </xsl:call-template>
            <th scope="col">Обязателен</th>
            <th scope="col">Запасных кодов</th>
            <xsl:if test="@is_administrator"><th scope="col" class="to">Потерян телефон</th></xsl:if>
          </tr>
        </thead>
        <tbody><xsl:apply-templates select="person"/></tbody>
      </table>
    </xsl:when>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="?sort={@sort}">Весь список</a></p></xsl:when>
    <xsl:otherwise>
      <p class="empty">Вход с кодом никому не обязателен, и никто его не включил. Кому он обязателен, выбирают в <a href="{$base}/settings">настройках школы</a>.</p>
    </xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept"
                      select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/>
    </xsl:call-template>
  </xsl:for-each>
  <xsl:if test="person"><p class="hint">Сброс — для того, кто потерял и телефон, и запасные коды: его сеансы заканчиваются, и он включает вход с кодом заново.
    Сначала убедитесь, что просит сам сотрудник. Кого знает и другая школа, тому нужны новые коды доступа обеих школ.
    Кому вход с кодом обязателен, выбирают в <a href="{$base}/settings">настройках школы</a>.</p></xsl:if>
</xsl:template>

<xsl:template match="factor/person">
  <tr>
    <th scope="row"><xsl:value-of select="@staff_name"/></th>
    <td data-word="Должность"><xsl:value-of select="@post"/></td>
    <td data-word="Вход с кодом">
      <xsl:choose>
        <xsl:when test="@confirmed_at">
          <span class="done">включён</span>
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="@confirmed_at" mode="moment"/>
        </xsl:when>
        <xsl:when test="@days_left = 0"><span class="todo">включит при следующем входе</span></xsl:when>
        <xsl:otherwise><span class="todo">ещё нет, дней осталось: <xsl:value-of select="@days_left"/></span></xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Обязателен"><xsl:choose><xsl:when test="@days_left">да</xsl:when><xsl:otherwise>нет</xsl:otherwise></xsl:choose></td>
    <td data-word="Запасных кодов"><xsl:if test="@confirmed_at"><xsl:value-of select="@recoveries"/></xsl:if></td>
    <xsl:if test="../@is_administrator">
      <td class="to">
        <xsl:if test="@is_mine">
          <form method="post" action="{$base}/factors">
            <xsl:call-template name="token"/>
            <input type="hidden" name="staff_id" value="{@staff_id}"/>
            <button aria-label="Сбросить вход с кодом: {@staff_name}">Сбросить</button>
          </form>
        </xsl:if>
      </td>
    </xsl:if>
  </tr>
</xsl:template>

<xsl:template match="error[@field = 'factor_code']" mode="field-name">Код</xsl:template>
<xsl:template match="page[factor]/errors" mode="heading">Код не принят</xsl:template>

</xsl:stylesheet>
