<?xml version="1.0" encoding="UTF-8"?>
<!-- outbound.xsl: letters and short messages that left the journal; what a hook answers.
     in   outbound[@view = 'list'][find state? can_set? done?]
            /pause[channel code since_at until]…, spent[count most?]
            /letter[outbound_id who channel state code? attempt? kinds? at next_at? is_mine? can_retry?]…
          outbound[@view = 'made'][address]/made[key]
          outbound[@view = 'report'][is_taken]
          outbound[@view = 'ask'][school_name channel is_ended?]
     out  a table with a filter; a new address; a word for a program; the question whether to end
     see  list.xsl, mail/words.xsl (what a notice is called) -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="mail/words.xsl"/>
<xsl:import href="form.xsl"/>

<xsl:template match="page/outbound" mode="title">Письма и СМС</xsl:template>
<xsl:template match="page/outbound[@view = 'made']" mode="title">Адрес для возвращённых писем</xsl:template>
<xsl:template match="page/outbound[@view = 'report']" mode="title">Принято</xsl:template>
<xsl:template match="page/outbound[@view = 'ask']" mode="title">Сообщения журнала</xsl:template>

<xsl:template match="page/outbound" mode="actions"/>
<xsl:template match="page/outbound[@view = 'list']" mode="actions">
  <xsl:variable name="state" select="@state"/>
  <form class="filter" method="get" role="search">
    <label>Кому <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <label>Состояние
      <select name="state">
        <option value="">любое</option>
        <xsl:for-each select="str:tokenize('failed unknown deferred waiting sending sent cancelled')">
          <option value="{.}">
            <xsl:if test=". = $state"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
            <xsl:call-template name="letter-state"><xsl:with-param name="state" select="."/></xsl:call-template>
          </option>
        </xsl:for-each>
      </select>
    </label>
    <button>Показать</button>
    <xsl:if test="string(@find) or @state"><a href="{$base}/outbound">Сбросить</a></xsl:if>
  </form>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/outbound">
  <xsl:if test="@done[not($is-refused)]"><p class="notice" role="status">Письмо отправляется ещё раз.</p></xsl:if>
  <xsl:apply-templates select="pause"/>
  <xsl:apply-templates select="spent"/>
  <xsl:if test="letter">
    <table class="data people letters">
      <thead>
        <tr>
          <th scope="col">Кому</th>
          <th scope="col">Как</th>
          <th scope="col">О чём</th>
          <th scope="col">Состояние</th>
          <th scope="col">Когда</th>
          <th scope="col">Попыток</th>
          <th scope="col">Ответ</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="letter"/></tbody>
    </table>
  </xsl:if>
  <xsl:if test="not(letter)">
    <p class="empty">Таких писем нет. Письма уходят тем, кто подтвердил адрес и дал согласие.</p>
  </xsl:if>
  <xsl:apply-templates select="@can_set"/>
</xsl:template>

<xsl:template match="outbound/pause">
  <p class="notice" role="status">
    <xsl:choose>
      <xsl:when test="@channel = 'sms'">СМС сейчас не уходят: шлюз </xsl:when>
      <xsl:otherwise>Письма сейчас не уходят: почтовый сервер </xsl:otherwise>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="@code = 'login'">не принимает логин и пароль журнала</xsl:when>
      <xsl:when test="@code = 'connection' or @code = 'timeout'">не отвечает</xsl:when>
      <xsl:otherwise>ответил <xsl:value-of select="@code"/></xsl:otherwise>
    </xsl:choose>
    <xsl:text>. С </xsl:text><xsl:apply-templates select="@since_at" mode="moment"/>
    <xsl:text>, следующая попытка </xsl:text><xsl:apply-templates select="@until" mode="moment"/>
    <xsl:text>. Ничего не потеряно: всё, что ждёт, уйдёт потом.</xsl:text>
  </p>
</xsl:template>

<xsl:template match="outbound/spent">
  <p class="hint">
    <xsl:text>СМС в этом месяце: </xsl:text><xsl:value-of select="@count"/>
    <xsl:if test="@most"> из <xsl:value-of select="@most"/></xsl:if>
    <xsl:text>. Сколько писем и СМС можно отправить, задано в </xsl:text><a href="{$base}/settings">настройках школы</a>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>
<xsl:template match="outbound/spent[@count &gt;= @most]">
  <p class="alert" role="status">
    <xsl:text>СМС в этом месяце больше не уходят: оплаченные </xsl:text><xsl:value-of select="@most"/>
    <xsl:text> отправлены. Срочное уходит письмами. Предел — в </xsl:text><a href="{$base}/settings">настройках школы</a>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>

<xsl:template match="outbound/letter">
  <tr>
    <th scope="row" class="who"><xsl:value-of select="@who"/></th>
    <td data-word="Как"><xsl:apply-templates select="@channel" mode="channel"/></td>
    <td data-word="О чём"><xsl:apply-templates select="@kinds" mode="about"/></td>
    <td data-word="Состояние">
      <span>
        <xsl:if test="@state = 'failed' or @state = 'unknown'"><xsl:attribute name="class">todo</xsl:attribute></xsl:if>
        <xsl:call-template name="letter-state"><xsl:with-param name="state" select="@state"/></xsl:call-template>
      </span>
      <xsl:if test="@next_at">, снова <xsl:apply-templates select="@next_at" mode="moment"/></xsl:if>
      <xsl:apply-templates select="@can_retry" mode="retry"/>
    </td>
    <td data-word="Когда"><xsl:apply-templates select="@at" mode="moment"/></td>
    <td data-word="Попыток"><xsl:value-of select="@attempt"/></td>
    <td data-word="Ответ"><xsl:apply-templates select="@code" mode="answer"/></td>
  </tr>
</xsl:template>

<xsl:template match="@channel" mode="channel">письмо</xsl:template>
<xsl:template match="@channel[. = 'sms']" mode="channel">СМС</xsl:template>

<!-- The kinds of the notices, in words: those of a letter. -->
<xsl:template match="@kinds" mode="about">
  <xsl:for-each select="str:tokenize(.)">
    <xsl:if test="position() &gt; 1">; </xsl:if>
    <xsl:call-template name="kind-words"><xsl:with-param name="kind" select="string(.)"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="@can_retry" mode="retry">
  <xsl:if test="/page/@format = 'html'">
    <form method="post" action="{$base}/outbound/{../@outbound_id}">
      <xsl:call-template name="token"/>
      <button>Отправить ещё раз</button>
    </form>
  </xsl:if>
</xsl:template>

<xsl:template name="letter-state">
  <xsl:param name="state"/>
  <xsl:choose>
    <xsl:when test="$state = 'waiting'">ждёт отправки</xsl:when>
    <xsl:when test="$state = 'sending'">отправляется</xsl:when>
    <xsl:when test="$state = 'sent'">отправлено</xsl:when>
    <xsl:when test="$state = 'deferred'">отложено</xsl:when>
    <xsl:when test="$state = 'failed'">не дошло</xsl:when>
    <xsl:when test="$state = 'unknown'">неизвестно, дошло ли</xsl:when>
    <xsl:otherwise>отменено</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@code" mode="answer">
  <xsl:choose>
    <xsl:when test=". = 'delivered'">доставлено</xsl:when>
    <xsl:when test=". = 'undelivered'">телефон не получил</xsl:when>
    <xsl:when test=". = 'rejected'">оператор не принял</xsl:when>
    <xsl:when test=". = 'stale'">слишком поздно</xsl:when>
    <xsl:when test=". = 'lost'">прервано</xsl:when>
    <xsl:when test=". = 'timeout' or . = 'connection'">нет связи</xsl:when>
    <xsl:when test=". = 'login'">неверный логин журнала</xsl:when>
    <xsl:when test=". = 'address'">неверный адрес</xsl:when>
    <xsl:when test=". = 'composing'">не составлено</xsl:when>
    <xsl:when test=". = 'limit_day'">предел на день</xsl:when>
    <xsl:when test=". = 'limit_hour'">предел на час</xsl:when>
    <xsl:when test=". = 'limit_relay'">предел почтового сервера на час</xsl:when>
    <xsl:when test=". = 'limit_month'">предел на месяц</xsl:when>
    <xsl:when test=". = '250' or . = '200' or . = '202'">принято</xsl:when>
    <xsl:when test="starts-with(., '5')">отказ (<xsl:value-of select="."/>)</xsl:when>
    <xsl:when test="starts-with(., '4')">просят позже (<xsl:value-of select="."/>)</xsl:when>
    <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ............................................... letters that come back -->

<xsl:template match="outbound/@can_set">
  <xsl:if test="/page/@format = 'html'">
    <form class="card" method="post" action="{$base}/outbound">
      <xsl:call-template name="token"/>
      <h2>Возвращённые письма</h2>
      <p>Если адреса больше нет, почтовый сервер возвращает письмо. Чтобы журнал узнал об этом, сервер передаёт возвращённые письма по секретному адресу.</p>
      <p class="bar"><button>Новый адрес</button></p>
      <p class="hint">Новый адрес сразу заменяет прежний и показывается один раз.</p>
    </form>
  </xsl:if>
</xsl:template>

<xsl:template match="page/outbound[@view = 'made']">
  <p>Запишите адрес: он показывается один раз.</p>
  <p><code><xsl:value-of select="@address"/></code></p>
  <p>Команда для почтового сервера, которой он передаёт письма, пришедшие на адрес журнала:</p>
  <p><code>curl -fsS -F 'message=@-;filename=letter.eml' <xsl:value-of select="@address"/></code></p>
  <p><a href="{$base}/outbound">К письмам и СМС</a></p>
</xsl:template>

<xsl:template match="page/outbound[@view = 'report']">
  <p>Сообщение принято.</p>
</xsl:template>

<!-- ........................................................ no more letters -->

<xsl:template match="page/outbound[@view = 'ask']">
  <xsl:variable name="what">
    <xsl:choose>
      <xsl:when test="@channel = 'sms'">СМС</xsl:when>
      <xsl:otherwise>письма</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:choose>
    <xsl:when test="@is_ended">
      <p class="notice" role="status">Журнал больше не присылает вам <xsl:value-of select="$what"/>. Всё новое видно в самом журнале.</p>
      <p><a href="{$base}/account/notices">Выбрать, что присылать</a></p>
    </xsl:when>
    <xsl:otherwise>
      <p><xsl:value-of select="@school_name"/></p>
      <form class="card" method="post" action="{$base}{/page/@path}">
        <p>Больше не присылать вам <xsl:value-of select="$what"/> из электронного журнала?</p>
        <p class="bar"><button class="main">Не присылать</button></p>
        <p class="hint">Выбрать, что присылать, а что нет, можно <a href="{$base}/account/notices">в журнале</a>.</p>
      </form>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="error" mode="field-name">
  <xsl:choose>
    <xsl:when test="@field = 'find'">Кому</xsl:when>
    <xsl:when test="@field = 'state'">Состояние</xsl:when>
    <xsl:when test="@field = 'message'">Письмо</xsl:when>
    <xsl:when test="@field = 'status'">Состояние</xsl:when>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
