<?xml version="1.0" encoding="UTF-8"?>
<!-- clients.xsl: the programs of others that may read the school's data, and the form of one.
     in   clients[@view = 'list'] with count from_on is_mine? done?
            /client[api_client_id name reads_…? addresses? from_on till_on is_over? secret_till_on? is_expired? last_used_at?]…
          clients[@view = 'show'] with the attributes of one, client_key secret_at?
          clients[@view = 'secret'][name client_key secret address]
     out  a table and, where is_mine, the form of a new row; a secret that is shown once
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="name" label="Программа" column="Программа" max="100" required="required"
     hint="Какая система и кто её ведёт: «Столовая, ООО …»."/>
  <f name="reads_roster" label="Ученики, сотрудники, классы, предметы" column="Списки" type="checkbox"/>
  <f name="reads_demographics" label="Даты рождения и пол учеников" column="Даты рождения" type="checkbox"/>
  <f name="reads_gradebook" label="Работы и отметки" column="Отметки" type="checkbox"/>
  <f name="addresses" label="Только с адресов" column="С адресов" max="200"
     hint="Сети через пробел: 192.0.2.7 или 192.0.2.0/24. Пусто — с любого адреса."/>
  <f name="from_on" label="С" column="С" type="date" required="required"/>
  <f name="till_on" label="По" column="По" type="date" required="required" hint="Чтобы закрыть доступ раньше, поставьте вчерашний день."/>
  <f name="secret_till_on" label="Ключ до" column="Ключ до" type="shown"/>
  <f name="last_used_at" label="Обращалась" column="Обращалась" type="shown"/>
</xsl:variable>

<!-- The key: until when, in words where it has ended or was never given. -->
<xsl:template match="f[@name = 'secret_till_on']" mode="value" priority="1">
  <xsl:param name="value"/>
  <xsl:choose>
    <xsl:when test="$value/../@is_expired"><span class="badge bad">истёк <xsl:apply-templates select="$value" mode="date"/></span></xsl:when>
    <xsl:when test="$value"><xsl:apply-templates select="$value" mode="date"/></xsl:when>
    <xsl:otherwise>не выдан</xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="f[@name = 'last_used_at']" mode="value" priority="1">
  <xsl:param name="value"/>
  <xsl:if test="$value"><xsl:apply-templates select="$value" mode="moment"/></xsl:if>
</xsl:template>
<xsl:template match="f[@name = 'till_on']" mode="value" priority="1">
  <xsl:param name="value"/>
  <xsl:apply-templates select="$value" mode="date"/>
  <xsl:if test="$value/../@is_over"><xsl:text> </xsl:text><span class="badge">закрыт</span></xsl:if>
</xsl:template>

<xsl:template match="page/clients" mode="title">Доступ программ</xsl:template>
<xsl:template match="page/clients[@view = 'show']" mode="title">Программа «<xsl:value-of select="@name"/>»</xsl:template>
<xsl:template match="page/clients[@view = 'secret']" mode="title">Ключ программы «<xsl:value-of select="@name"/>»</xsl:template>

<xsl:template match="page/clients">
  <p class="lead">Эти программы читают данные школы по правилам <a href="{$base}/oneroster">OneRoster 1.2</a>. Изменить они ничего не могут. О семьях, отказавшихся от обработки данных, им не известно ничего.</p>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/clients'"/>
    <xsl:with-param name="add" select="'Добавить программу'"/>
    <xsl:with-param name="one" select="'программа'"/>
    <xsl:with-param name="few" select="'программы'"/>
    <xsl:with-param name="many" select="'программ'"/>
    <xsl:with-param name="none" select="'Ни одна программа данных школы не читает.'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/clients[@view = 'show']" priority="1">
  <xsl:call-template name="record-form"/>
  <section>
    <h2>Ключ</h2>
    <p>Имя программы (client_id): <code><xsl:value-of select="@client_key"/></code>.
      <xsl:choose>
        <xsl:when test="@secret_at">Ключ выдан <xsl:apply-templates select="@secret_at" mode="moment"/>; он действует год.</xsl:when>
        <xsl:otherwise>Ключа у неё ещё нет.</xsl:otherwise>
      </xsl:choose>
    </p>
    <form method="post" action="{$base}/clients/{@api_client_id}/secret">
      <xsl:call-template name="token"/>
      <p class="hint">Ключ будет показан один раз. Прежний ключ перестанет действовать сразу.</p>
      <button>Выдать новый ключ</button>
    </form>
  </section>
</xsl:template>

<xsl:template match="page/clients[@view = 'secret']" priority="1">
  <p class="notice" role="status">Перепишите ключ сейчас: больше он не будет показан, а в журнале хранится только его отпечаток.</p>
  <dl class="facts">
    <dt>Имя программы (client_id)</dt><dd><code><xsl:value-of select="@client_key"/></code></dd>
    <dt>Ключ (client_secret)</dt><dd><code><xsl:value-of select="@secret"/></code></dd>
    <dt>Адрес, где дают доступ</dt><dd><code><xsl:value-of select="@address"/>/ims/oneroster/token</code></dd>
    <dt>Адрес данных</dt><dd><code><xsl:value-of select="@address"/>/ims/oneroster</code></dd>
  </dl>
  <p><a href="{$base}/clients">К списку программ</a></p>
</xsl:template>

<xsl:template match="page[clients]/errors/error[@code = 'JE102'][@field = 'addresses']" mode="words">Сети пишут через пробел: 192.0.2.7 или 192.0.2.0/24.</xsl:template>
<xsl:template match="page[clients]/errors/error[@code = 'JE212']" mode="words">Программа с таким названием уже есть.</xsl:template>

</xsl:stylesheet>
