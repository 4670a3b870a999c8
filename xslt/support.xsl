<?xml version="1.0" encoding="UTF-8"?>
<!-- support.xsl: requests to the administrator of the school.
     in   support[@view = 'list'] with find sort page pages count is_mine? place? error_number? done? schema last_error?
            /school[school_id name hours?]…, request[support_id name? state place? error_number? incident_id? is_own? at
              unread? start?]
          support[@view = 'show'] with support_id state place? error_number? incident_id? name? is_own? school_name at
            done? /message[name? is_own? is_answer? at] with its text
     out  the form of a new request, a table; one request with its messages and the form of an answer
     see  record.xsl; messages.css, whose list of messages this page has, too -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="record.xsl"/>

<xsl:template match="page/support" mode="title">Поддержка</xsl:template>
<xsl:template match="page/support[@view = 'show']" mode="title"><xsl:value-of select="concat('Обращение № ', @support_id)"/></xsl:template>
<xsl:template match="page/support[@view = 'show']" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/support'"/>
    <xsl:with-param name="word" select="'Поддержка'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/support[@view = 'list']" mode="actions">
  <xsl:if test="@count &gt; 10 or string(@find)">
    <xsl:call-template name="find"><xsl:with-param name="word" select="'Имя, номер, страница'"/></xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template match="page[support]/errors/error[@code = 'JE288']" mode="words">За сутки можно отправить 20 обращений. Допишите в одно из отправленных.</xsl:template>
<xsl:template match="page[support/@view = 'show']/errors/error[@code = 'JE288']" mode="words" priority="1">За сутки вы написали в обращениях слишком много раз. Напишите завтра.</xsl:template>

<!-- ..................................................................... the list -->

<xsl:template match="page/support[@view = 'list']">
  <xsl:apply-templates select="." mode="facts"/>
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Отправлено. Когда ответят, придёт уведомление.</p></xsl:if>
  <xsl:choose>
    <xsl:when test="@is_mine">
      <xsl:apply-templates select="." mode="table"/>
      <details class="more">
        <xsl:if test="$is-refused or @place or @error_number"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
        <summary>Новое обращение</summary>
        <xsl:apply-templates select="." mode="ask"/>
      </details>
      <xsl:apply-templates select="." mode="known"/>
    </xsl:when>
    <xsl:otherwise>
      <xsl:apply-templates select="." mode="ask"/>
      <xsl:apply-templates select="." mode="known"/>
      <xsl:apply-templates select="." mode="table"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="support" mode="table">
  <xsl:if test="not(@is_mine)"><h2>Мои обращения</h2></xsl:if>
  <table class="data people">
    <caption class="sr">Обращения</caption>
    <thead>
      <tr>
        <th scope="col">Обращение</th><xsl:if test="@is_mine"><th scope="col">Кто</th></xsl:if>
        <th scope="col">О чём</th><th scope="col">Когда</th><th scope="col">Состояние</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="request"/></tbody>
  </table>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()))"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>
<xsl:template match="support[not(request)]" mode="table">
  <xsl:choose>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="{$base}/support">Все обращения</a></p></xsl:when>
    <xsl:when test="@is_mine"><p class="empty">Обращений пока нет.</p></xsl:when>
  </xsl:choose>
</xsl:template>

<xsl:template match="support/request">
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row">
      <a href="{$base}/support/{@support_id}"><xsl:value-of select="concat('№ ', @support_id)"/></a>
      <xsl:if test="@unread"><xsl:text> </xsl:text><span class="todo">новый ответ</span></xsl:if>
    </th>
    <xsl:if test="../@is_mine">
      <td data-word="Кто"><xsl:value-of select="@name"/><xsl:if test="@is_own"><span class="soft">вы</span></xsl:if></td>
    </xsl:if>
    <td data-word="О чём">
      <xsl:if test="@incident_id"><b>Логин известен другим. </b></xsl:if>
      <xsl:value-of select="@start"/>
      <xsl:apply-templates select="@error_number" mode="about"/>
    </td>
    <td data-word="Когда"><xsl:apply-templates select="@at" mode="moment"/></td>
    <td data-word="Состояние"><xsl:apply-templates select="." mode="state"/></td>
  </tr>
</xsl:template>
<xsl:template match="@error_number" mode="about"><xsl:text> </xsl:text><span class="soft">ошибка <xsl:value-of select="."/></span></xsl:template>

<xsl:template match="*" mode="state">
  <xsl:choose>
    <xsl:when test="@state = 'answered'"><span class="done">есть ответ</span></xsl:when>
    <xsl:when test="@state = 'closed'"><span class="soft">закрыто</span></xsl:when>
    <xsl:when test="@is_own">ждёт ответа</xsl:when>
    <xsl:otherwise><span class="todo">ждёт ответа</span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- What a person tells who calls: when somebody answers, which version this is, the last error. -->
<xsl:template match="support" mode="facts">
  <xsl:variable name="is-several" select="count(school) &gt; 1"/>
  <dl class="record">
    <xsl:for-each select="school[@hours]">
      <dt>Часы поддержки<xsl:if test="$is-several"><xsl:value-of select="concat(', ', @name)"/></xsl:if></dt>
      <dd><xsl:value-of select="@hours"/></dd>
    </xsl:for-each>
    <dt>Версия журнала</dt>
    <dd><xsl:value-of select="concat(/page/@version, ', схема базы ', @schema)"/></dd>
    <xsl:apply-templates select="@last_error"/>
  </dl>
  <p><a href="{$base}/help">Сначала загляните в справку</a></p>
</xsl:template>
<xsl:template match="support/@last_error">
  <dt>Ваша последняя ошибка</dt>
  <dd>
    <code><xsl:value-of select="."/></code><xsl:text> </xsl:text>
    <a href="{$base}/support?error_number={.}">Написать о ней</a>
  </dd>
</xsl:template>

<!-- ................................................................ a new request -->

<xsl:template match="support" mode="ask">
  <form class="card" method="post" action="{$base}/support">
    <xsl:call-template name="token"/>
    <p>Не получается что-то в журнале — напишите администратору школы. Ответ придёт сюда и в уведомления.</p>
    <xsl:if test="count(school) &gt; 1"><xsl:apply-templates select="." mode="school"/></xsl:if>
    <xsl:apply-templates select="@place | @error_number" mode="filled"/>
    <xsl:call-template name="support-text"/>
    <p class="bar"><button class="main">Отправить</button></p>
  </form>
</xsl:template>
<xsl:template match="support[not(school)]" mode="ask"><p class="empty">Сейчас вы не записаны ни в одной школе: обратитесь в её канцелярию.</p></xsl:template>

<!-- A log-in that others know. -->
<xsl:template match="support" mode="known">
  <p class="notice">Пароль мог узнать другой? <a href="{$base}/account/known">Сообщите об этом сразу</a>: логин будет заблокирован,
    директор и администратор получат извещение.</p>
  <xsl:if test="@is_mine">
    <p class="notice">За того, кто войти уже не может, сообщаете вы: <a href="{$base}/slips">Коды доступа</a>, «Логин известен другим».</p>
  </xsl:if>
</xsl:template>

<xsl:template match="support" mode="school">
  <xsl:variable name="typed">
    <xsl:call-template name="typed"><xsl:with-param name="name" select="'school_id'"/></xsl:call-template>
  </xsl:variable>
  <p class="row">
    <label>
      <span class="label">Школа</span>
      <select name="school_id" required="required">
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="'school_id'"/></xsl:call-template>
        <option value=""></option>
        <xsl:for-each select="school">
          <option value="{@school_id}">
            <xsl:if test="@school_id = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
            <xsl:value-of select="@name"/>
          </option>
        </xsl:for-each>
      </select>
    </label>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'school_id'"/></xsl:call-template>
  </p>
</xsl:template>

<xsl:template match="@place | @error_number" mode="filled">
  <input type="hidden" name="{name()}" value="{.}"/>
  <p class="hint">
    <xsl:choose><xsl:when test="name() = 'place'">Страница: </xsl:when><xsl:otherwise>Номер ошибки: </xsl:otherwise></xsl:choose>
    <code><xsl:value-of select="."/></code>
  </p>
</xsl:template>

<xsl:template name="support-text">
  <p class="row">
    <label>
      <span class="label">Сообщение</span>
      <textarea name="text" rows="5" maxlength="4000" required="required">
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="'text'"/></xsl:call-template>
        <xsl:call-template name="typed"><xsl:with-param name="name" select="'text'"/></xsl:call-template>
      </textarea>
    </label>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'text'"/></xsl:call-template>
  </p>
</xsl:template>

<!-- .................................................................. one request -->

<xsl:template match="page/support[@view = 'show']">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <dl class="record">
    <xsl:if test="@name"><dt>Кто</dt><dd><xsl:value-of select="@name"/></dd></xsl:if>
    <dt>Когда</dt><dd><xsl:apply-templates select="@at" mode="moment"/></dd>
    <dt>Состояние</dt><dd><xsl:apply-templates select="." mode="state"/></dd>
    <xsl:if test="@place and not(@incident_id)"><dt>Страница</dt><dd><a href="{$base}{@place}"><xsl:value-of select="@place"/></a></dd></xsl:if>
    <xsl:if test="@error_number"><dt>Номер ошибки</dt><dd><code><xsl:value-of select="@error_number"/></code></dd></xsl:if>
  </dl>
  <xsl:apply-templates select="@incident_id"/>
  <ol class="talk"><xsl:apply-templates select="message"/></ol>
  <form class="card" method="post" action="{$base}/support/{@support_id}">
    <xsl:call-template name="token"/>
    <xsl:call-template name="support-text"/>
    <p class="bar">
      <button class="main"><xsl:choose><xsl:when test="@is_own">Отправить</xsl:when><xsl:otherwise>Ответить</xsl:otherwise></xsl:choose></button>
    </p>
    <xsl:if test="@state = 'closed'"><p class="hint">Обращение закрыто; новое сообщение откроет его снова.</p></xsl:if>
  </form>
  <xsl:if test="@state != 'closed'">
    <form method="post" action="{$base}/support/{@support_id}/close">
      <xsl:call-template name="token"/>
      <p class="bar"><button><xsl:choose><xsl:when test="@is_own">Вопрос решён</xsl:when><xsl:otherwise>Закрыть обращение</xsl:otherwise></xsl:choose></button></p>
    </form>
  </xsl:if>
</xsl:template>

<xsl:template match="@incident_id">
  <p class="alert">Логин стал известен другим и заблокирован.
    <xsl:if test="contains($opens, ' /incidents ')"><a href="{$base}/incidents/{.}">Случай и что сделано под этим логином</a></xsl:if></p>
</xsl:template>

<xsl:template match="support/message">
  <li>
    <xsl:if test="@is_own"><xsl:attribute name="class">is-own</xsl:attribute></xsl:if>
    <p class="hint">
      <xsl:choose><xsl:when test="@is_own">Вы</xsl:when><xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise></xsl:choose>
      <xsl:if test="@is_answer and not(@is_own)">, администратор</xsl:if>
      <xsl:text>, </xsl:text><xsl:apply-templates select="@at" mode="moment"/>
    </p>
    <p><xsl:apply-templates select="node()" mode="prose"/></p>
  </li>
</xsl:template>

<xsl:template match="error[@field = 'text']" mode="field-name">Сообщение</xsl:template>
<xsl:template match="error[@field = 'school_id']" mode="field-name">Школа</xsl:template>
<xsl:template match="error[@field = 'find']" mode="field-name">Имя, номер, страница</xsl:template>

</xsl:stylesheet>
