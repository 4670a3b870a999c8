<?xml version="1.0" encoding="UTF-8"?>
<!-- feeds.xsl: a timetable in the calendar of a telephone, by a secret address; that of a child by
     a guardian's consent.
     in   feeds[@view = 'list'][class_id? done?]
            /feed[staff_id | pupil_id | class_id, name made_at? is_agreed? is_guardian? is_paper?]…
                                                                    what can be had, or has an address
            /class[class_id name]…                                  for staff: all classes
          feeds[@view = 'made'][address path modules]/made[token]   a new address, shown once
     out  a card for each timetable; the address as text, link and QR code
     see  form.xsl, page/qr.c, static/js/copy.js -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/feeds" mode="title">Расписание в календаре</xsl:template>
<xsl:template match="page/feeds" mode="actions"/>

<xsl:template match="page/feeds">
  <xsl:apply-templates select="@done"/>
  <p>Календарь телефона или компьютера сам забирает уроки по секретному адресу и раз в несколько часов обновляет их: видны и замены, и отменённые уроки.
    <xsl:choose>
      <xsl:when test="feed[@pupil_id]">В календаре ребёнка есть также контрольные работы, события, каникулы и сроки заданий, но нет отметок и имён людей.</xsl:when>
      <xsl:otherwise>Тем, заданий и отметок в нём нет.</xsl:otherwise>
    </xsl:choose>
  </p>
  <p>Кто знает адрес, видит это расписание без пароля, поэтому не показывайте его другим. Адрес действует, пока его не отозвали, не заменили новым и не сменили пароль.</p>
  <xsl:if test="not(feed or class)">
    <p class="empty">Сейчас показывать нечего: у вас нет уроков, и никто из ваших детей здесь не учится.</p>
  </xsl:if>
  <div class="feeds">
    <xsl:apply-templates select="feed"/>
    <xsl:apply-templates select="class[1]" mode="choose"/>
  </div>
</xsl:template>

<xsl:template match="feeds/@done">
  <p class="notice" role="status">
    <xsl:choose>
      <xsl:when test=". = 'withdrawn'">Согласие отозвано: по адресу календаря больше ничего не видно.</xsl:when>
      <xsl:otherwise>Адрес отозван: по нему больше ничего не видно.</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<xsl:template match="feed">
  <form class="card" method="post" action="{$base}/feeds">
    <xsl:call-template name="token"/>
    <xsl:for-each select="@staff_id | @pupil_id | @class_id"><input type="hidden" name="{name()}" value="{.}"/></xsl:for-each>
    <h2><xsl:choose>
      <xsl:when test="@staff_id">Мои уроки</xsl:when>
      <xsl:when test="@class_id">Класс <xsl:value-of select="@name"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
    </xsl:choose></h2>
    <xsl:choose>
      <xsl:when test="@pupil_id and not(@is_agreed)"><xsl:apply-templates select="." mode="consent"/></xsl:when>
      <xsl:when test="@made_at">
        <p>Адрес выдан <xsl:apply-templates select="@made_at" mode="moment"/>.</p>
        <p class="bar"><button>Новый адрес</button> <button name="is_ended" value="1">Отозвать</button></p>
        <p class="hint">Новый адрес сразу заменяет старый.</p>
      </xsl:when>
      <xsl:otherwise>
        <p>Адреса пока нет.</p>
        <p class="bar"><button class="main">Получить адрес</button></p>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@is_agreed and @is_guardian">
      <p class="bar"><span>Вы согласились на календарь.</span> <button name="is_withdrawn" value="1">Отозвать согласие</button></p>
    </xsl:if>
  </form>
</xsl:template>

<!-- A child's calendar to which no guardian has agreed. -->
<xsl:template match="feed" mode="consent">
  <xsl:choose>
    <xsl:when test="@is_paper"><p>Календаря нет: родитель отказался от обработки данных, и семья получает всё на бумаге.</p></xsl:when>
    <xsl:when test="@is_guardian">
      <p>Нужно ваше согласие: календарь хранит программа телефона, часто на серверах её владельца. Отозвать согласие можно в любой момент, тогда адрес сразу перестанет действовать.</p>
      <p class="bar"><button class="main" name="is_agreed" value="1">Согласен и хочу адрес</button></p>
    </xsl:when>
    <xsl:otherwise><p>Нужно согласие родителя. Родитель даёт его на этой же странице под своим логином.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Staff choose a class. -->
<xsl:template match="feeds/class" mode="choose">
  <xsl:variable name="chosen" select="../@class_id"/>
  <form class="card" method="post" action="{$base}/feeds">
    <xsl:call-template name="token"/>
    <h2>Расписание класса</h2>
    <p class="row">
      <label><span class="label">Класс</span>
        <select name="class_id" id="f-class_id" required="required">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'class_id'"/></xsl:call-template>
          <option value="">выберите</option>
          <xsl:for-each select="../class">
            <option value="{@class_id}">
              <xsl:if test="@class_id = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
              <xsl:value-of select="@name"/>
            </option>
          </xsl:for-each>
        </select>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'class_id'"/></xsl:call-template>
    </p>
    <p class="bar"><button>Получить адрес</button></p>
  </form>
</xsl:template>

<xsl:template match="page/feeds[@view = 'made']">
  <p class="notice" role="status">Адрес готов. Он показан только сейчас: потом можно лишь получить новый.</p>
  <section class="card">
    <p class="row">
      <label>
        <span class="label">Адрес</span>
        <input type="text" readonly="readonly" value="{@address}" data-ej-copy=""/>
      </label>
    </p>
    <p><a class="button" href="webcal://{substring-after(@address, '://')}">Открыть в календаре этого устройства</a></p>
    <p>
      <svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {@modules} {@modules}" width="220" height="220"
           role="img" aria-label="QR-код с этим адресом">
        <path d="M0,0h{@modules}v{@modules}H0z" fill="#fff"/>
        <path d="{@path}" fill="#000"/>
      </svg>
    </p>
    <ul>
      <li>iPhone и iPad: наведите камеру на картинку и подпишитесь.</li>
      <li>Яндекс Календарь и Google Календарь: добавьте на компьютере календарь по ссылке, он появится и в телефоне.</li>
    </ul>
  </section>
  <p><a href="{$base}/feeds">Адрес сохранён</a></p>
</xsl:template>

<xsl:template match="page[feeds]/errors/error[@field = 'class_id']" mode="field-name">Класс</xsl:template>

</xsl:stylesheet>
