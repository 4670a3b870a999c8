<?xml version="1.0" encoding="UTF-8"?>
<!-- exchange.xsl: the register of documents sent to other systems.
     in   exchange[@view = 'list'][count is_mine? done?]
            /choice[for value name]…                            receivers
            /sent[exchange_id name kind state code? answer? attempts? made_at tried_at? next_at? digest?]…
     out  a form, and a table
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/exchange" mode="title">Обмен документами</xsl:template>
<xsl:template match="page/exchange" mode="actions">
  <div class="actions"><a href="{$base}/receivers">Адресаты</a></div>
</xsl:template>

<xsl:template match="page/exchange">
  <xsl:if test="@done">
    <p class="notice" role="status">Документ в очереди: он уйдёт в течение минуты, если адресат отвечает.</p>
  </xsl:if>
  <p class="hint">Документ составляют один раз, проверяют по схеме и хранят таким, каким отправили. Если отправить не удалось, журнал повторяет сам, каждый раз реже, до десяти раз.</p>
  <xsl:if test="@is_mine and choice"><xsl:apply-templates select="." mode="order"/></xsl:if>
  <xsl:apply-templates select="." mode="table"/>
</xsl:template>

<xsl:template match="exchange" mode="order">
  <form class="card" method="post" action="{$base}/exchange">
    <xsl:call-template name="token"/>
    <p class="row">
      <label><span class="label">Адресат</span>
        <select name="receiver_id" id="f-receiver_id" required="required">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'receiver_id'"/></xsl:call-template>
          <xsl:for-each select="choice"><option value="{@value}"><xsl:value-of select="@name"/></option></xsl:for-each>
        </select>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'receiver_id'"/></xsl:call-template>
    </p>
    <p class="bar"><button class="main">Отправить сейчас</button></p>
  </form>
</xsl:template>

<xsl:template match="exchange" mode="table">
  <div class="wide"><table class="data people">
    <thead>
      <tr>
        <th scope="col">Составлен</th>
        <th scope="col">Адресат</th>
        <th scope="col">Состояние</th>
        <th scope="col">Ответ</th>
        <th scope="col">Отпечаток</th>
        <th scope="col" class="to"><span class="sr">Действия</span></th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="sent"/></tbody>
  </table></div>
</xsl:template>
<xsl:template match="exchange[not(sent)]" mode="table">
  <p class="empty">Пока ничего не отправлено.
    <xsl:if test="not(choice)"><a href="{$base}/receivers">Добавить адресата</a></xsl:if>
  </p>
</xsl:template>

<xsl:template match="exchange/sent">
  <tr>
    <th scope="row"><xsl:apply-templates select="@made_at" mode="moment"/></th>
    <td data-word="адресат">
      <xsl:value-of select="@name"/><xsl:text> </xsl:text><small class="soft"><xsl:value-of select="@kind"/></small>
    </td>
    <td data-word="состояние">
      <span>
        <xsl:attribute name="class">badge<xsl:if test="@state = 'refused' or @state = 'failed'"> bad</xsl:if></xsl:attribute>
        <xsl:apply-templates select="@state"/>
      </span>
      <xsl:if test="@attempts &gt; 1"> попыток: <xsl:value-of select="@attempts"/></xsl:if>
      <xsl:if test="@next_at">, снова <xsl:apply-templates select="@next_at" mode="moment"/></xsl:if>
    </td>
    <td data-word="ответ">
      <xsl:apply-templates select="@code"/>
      <xsl:if test="@answer"><br/><small><xsl:value-of select="@answer"/></small></xsl:if>
    </td>
    <td><xsl:if test="@digest"><xsl:attribute name="data-word">отпечаток</xsl:attribute><code><xsl:value-of select="@digest"/></code></xsl:if></td>
    <td class="to">
      <xsl:if test="@digest"><a href="{$base}/exchange/{@exchange_id}">Документ</a></xsl:if>
      <xsl:if test="../@is_mine and (@state = 'failed' or @state = 'refused')">
        <form method="post" action="{$base}/exchange/{@exchange_id}">
          <xsl:call-template name="token"/>
          <button>Повторить</button>
        </form>
      </xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="sent/@state">
  <xsl:choose>
    <xsl:when test=". = 'queued'">в очереди</xsl:when>
    <xsl:when test=". = 'sent'">отправлен</xsl:when>
    <xsl:when test=". = 'accepted'">принят</xsl:when>
    <xsl:when test=". = 'refused'">отклонён</xsl:when>
    <xsl:otherwise>не отправлен</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="sent/@code">
  <xsl:choose>
    <xsl:when test=". = 'file'">Положен в папку адресата</xsl:when>
    <xsl:when test=". = 'schema'">Документ не подходит под схему и не отправлен</xsl:when>
    <xsl:when test=". = 'kind'">На сервере нет такого вида документов</xsl:when>
    <xsl:when test=". = 'outbox'">На сервере не задана папка для документов (EjournalOutbox)</xsl:when>
    <xsl:when test=". = 'host'">Этому серверу отправлять не разрешено (EjournalExchangeHost)</xsl:when>
    <xsl:when test=". = 'full'">На диске сервера нет места</xsl:when>
    <xsl:when test=". = 'folder'">В папку адресата нельзя записать</xsl:when>
    <xsl:when test=". = 'timeout'">Адресат не ответил вовремя</xsl:when>
    <xsl:when test=". = 'certificate'">Сертификаты не подошли</xsl:when>
    <xsl:when test=". = 'connection'">С адресатом нет связи</xsl:when>
    <xsl:otherwise>Ответ <xsl:value-of select="."/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page[exchange]/errors/error[@field = 'receiver_id']" mode="field-name">Адресат</xsl:template>

</xsl:stylesheet>
