<?xml version="1.0" encoding="UTF-8"?>
<!-- keys.xsl: a person's own keys, by which programs read the person's pages.
     in   keys[@view = 'list'][done?]/key[app_key_id name made_at ends_on used_at? address? state]…
          keys[@view = 'made'][address]/made[key]             a new key, shown once
     out  a table, the form of a new key; fields name, days
     see  form.xsl, static/js/copy.js -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/keys" mode="title">Ключи для программ</xsl:template>
<xsl:template match="page/keys[@view = 'made']" mode="title">Новый ключ</xsl:template>
<xsl:template match="page/keys" mode="actions"/>
<xsl:template match="page/keys" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/account'"/>
    <xsl:with-param name="word" select="'Профиль'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/keys">
  <xsl:if test="@done"><p class="notice" role="status">Ключ отозван: с ним больше ничего не прочесть.</p></xsl:if>
  <p>По ключу ваша программа или таблица сама берёт страницы журнала: видит ровно то, что видите вы, и ничего не может изменить. Страниц профиля и паролей по ключу не открыть. Смена пароля отзывает все ключи.</p>
  <xsl:apply-templates select="." mode="table"/>
  <form class="card" method="post" action="{$base}/account/keys">
    <xsl:call-template name="token"/>
    <h2>Новый ключ</h2>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'name'"/>
      <xsl:with-param name="label" select="'Для чего'"/>
      <xsl:with-param name="hint" select="'Например: «Таблица отметок дома».'"/>
    </xsl:call-template>
    <p class="row">
      <label><span class="label">Действует</span>
        <select name="days" id="f-days">
          <option value="30">месяц</option>
          <option value="90">три месяца</option>
          <option value="365">год</option>
        </select>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'days'"/></xsl:call-template>
    </p>
    <p class="bar"><button class="main">Создать ключ</button></p>
  </form>
</xsl:template>

<xsl:template match="keys" mode="table">
  <table class="data people">
    <thead>
      <tr>
        <th scope="col">Для чего</th>
        <th scope="col">Создан</th>
        <th scope="col">До</th>
        <th scope="col">Последнее обращение</th>
        <th scope="col" class="to"><span class="sr">Отозвать</span></th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="key"/></tbody>
  </table>
</xsl:template>
<xsl:template match="keys[not(key)]" mode="table">
  <p class="empty">Ключей у вас пока нет.</p>
</xsl:template>

<xsl:template match="keys/key">
  <tr>
    <th scope="row">
      <xsl:value-of select="@name"/>
      <xsl:if test="@state != 'live'"><xsl:text> </xsl:text><span class="badge"><xsl:apply-templates select="@state"/></span></xsl:if>
    </th>
    <td data-word="создан"><xsl:apply-templates select="@made_at" mode="moment"/></td>
    <td data-word="до"><xsl:apply-templates select="@ends_on" mode="date"/></td>
    <td data-word="последнее обращение">
      <xsl:choose>
        <xsl:when test="@used_at"><xsl:apply-templates select="@used_at" mode="moment"/></xsl:when>
        <xsl:otherwise>не было</xsl:otherwise>
      </xsl:choose>
    </td>
    <td class="to">
      <xsl:if test="@state = 'live'">
        <form method="post" action="{$base}/account/keys/{@app_key_id}">
          <xsl:call-template name="token"/>
          <button>Отозвать<span class="sr"> ключ «<xsl:value-of select="@name"/>»</span></button>
        </form>
      </xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="key/@state">
  <xsl:choose>
    <xsl:when test=". = 'revoked'">отозван</xsl:when>
    <xsl:when test=". = 'over'">истёк</xsl:when>
    <xsl:otherwise>кончился: сменён пароль или вход с кодом</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page/keys[@view = 'made']">
  <p class="notice" role="status">Ключ готов. Перепишите его сейчас: больше он не будет показан.</p>
  <section class="card">
    <p class="row">
      <label>
        <span class="label">Ключ</span>
        <input type="text" readonly="readonly" value="{made/@key}" data-ej-copy=""/>
      </label>
    </p>
    <p>Программа передаёт его в заголовке запроса, но не в адресе:</p>
    <pre>curl -H "Authorization: Bearer <xsl:value-of select="made/@key"/>" "<xsl:value-of select="@address"/>/?format=xml"</pre>
    <p class="hint">Любая страница журнала: <code>?format=xml</code>, <code>csv</code> или <code>xlsx</code>.</p>
  </section>
  <p><a href="{$base}/account/keys">Ключ сохранён</a></p>
</xsl:template>

<xsl:template match="page[keys]/errors/error[@field = 'name']" mode="field-name">Для чего</xsl:template>
<xsl:template match="page[keys]/errors/error[@field = 'days']" mode="field-name">Действует</xsl:template>

</xsl:stylesheet>
