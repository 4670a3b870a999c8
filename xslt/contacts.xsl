<?xml version="1.0" encoding="UTF-8"?>
<!-- contacts.xsl: how a person is told of news, and the person's own addresses.
     in   contacts[@view = 'choices'] with is_saved?
            /address[contact_id channel address is_verified? is_suspended?], kind[kind_no kind email sms]
          contacts[@view = 'list'] with done?, /address, known[channel address]
          contacts[@view = 'show'] with contact_id channel address is_verified? is_suspended? is_old?
     out  forms; fields email.<number>, sms.<number> with old_…; channel, address; action, code
     see  form.xsl, notices_words.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="form.xsl"/>
<xsl:include href="notices_words.xsl"/>

<xsl:variable name="modes-tree">
  <m value="at_once">сразу</m><m value="daily">раз в день</m><m value="weekly">раз в неделю</m><m value="off">нет</m>
</xsl:variable>
<!-- The themes by which the kinds of notices stand together. -->
<xsl:variable name="themes-tree">
  <t word="Посещаемость" kinds=" unexplained unjustified missing "/>
  <t word="Отметки и задания" kinds=" mark unsatisfactory falling few_marks unmarked late_homework handin_answered correction voided "/>
  <t word="Уроки и события" kinds=" substitution control_work event event_cancelled announcement "/>
  <t word="Дневник и сообщения" kinds=" receipt_due fortnight message support "/>
  <t word="Безопасность и данные" kinds=" accident accident_unreceived card_changed card_answered incident new_device "/>
</xsl:variable>
<xsl:variable name="themes" select="exsl:node-set($themes-tree)/t"/>
<xsl:variable name="themed"><xsl:for-each select="$themes"><xsl:value-of select="@kinds"/></xsl:for-each></xsl:variable>
<xsl:variable name="modes" select="exsl:node-set($modes-tree)/m"/>

<xsl:template match="page/contacts" mode="title">Как меня извещать</xsl:template>
<xsl:template match="page/contacts[@view != 'choices']" mode="title">Мои адреса для уведомлений</xsl:template>
<xsl:template match="page/contacts" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/account'"/>
    <xsl:with-param name="word" select="'Профиль'"/>
  </xsl:call-template>
  <xsl:if test="@view != 'choices'">
    <xsl:call-template name="crumb">
      <xsl:with-param name="path" select="'/account/notices'"/>
      <xsl:with-param name="word" select="'Как меня извещать'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:if test="@view = 'show'">
    <xsl:call-template name="crumb">
      <xsl:with-param name="path" select="'/account/contacts'"/>
      <xsl:with-param name="word" select="'Мои адреса'"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>
<xsl:template match="page/contacts" mode="actions">
  <div class="actions"><a href="{$base}/notices">Уведомления</a><a href="{$base}/account/contacts">Мои адреса</a></div>
</xsl:template>
<xsl:template match="page/contacts[@view = 'list']" mode="actions">
  <div class="actions"><a href="{$base}/notices">Уведомления</a></div>
</xsl:template>
<xsl:template match="page/contacts[@view = 'show']" mode="actions"/>

<!-- ............................................................... choices -->

<xsl:template match="page/contacts">
  <xsl:if test="@is_saved and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <xsl:choose>
    <xsl:when test="address[@is_verified][not(@is_suspended)]">
      <p>Сейчас уведомления приходят:
        <xsl:for-each select="address[@is_verified][not(@is_suspended)]"><xsl:if test="position() &gt; 1">, </xsl:if><b><xsl:value-of select="@address"/></b></xsl:for-each>.
        Всё остальное — на странице <a href="{$base}/notices">«Уведомления»</a>.</p>
    </xsl:when>
    <xsl:otherwise><p class="empty">Пока уведомления видны только в журнале: подтверждённого адреса нет. <a href="{$base}/account/contacts">Добавить почту или телефон</a></p></xsl:otherwise>
  </xsl:choose>
  <p class="hint">Раз в день — в 18:00, раз в неделю — в пятницу в 18:00. С 21:00 до 8:00 приходит только самое срочное: несчастный случай. Письма и СМС школа шлёт, если вы дали на это согласие.</p>
  <form method="post" action="{$base}/account/notices">
    <xsl:call-template name="token"/>
    <table class="data choices">
      <caption class="sr">О чём и как извещать</caption>
      <thead><tr><th scope="col">О чём</th><th scope="col">Почта</th><th scope="col">СМС</th></tr></thead>
      <xsl:variable name="kinds" select="kind"/>
      <xsl:for-each select="$themes">
        <xsl:variable name="theme" select="."/>
        <xsl:apply-templates select="$kinds[contains($theme/@kinds, concat(' ', @kind, ' '))][1]" mode="theme">
          <xsl:with-param name="word" select="@word"/>
          <xsl:with-param name="kinds" select="$kinds[contains($theme/@kinds, concat(' ', @kind, ' '))]"/>
        </xsl:apply-templates>
      </xsl:for-each>
      <xsl:apply-templates select="$kinds[not(contains($themed, concat(' ', @kind, ' ')))][1]" mode="theme">
        <xsl:with-param name="word" select="'Прочее'"/>
        <xsl:with-param name="kinds" select="$kinds[not(contains($themed, concat(' ', @kind, ' ')))]"/>
      </xsl:apply-templates>
    </table>
    <p class="savebar bar"><button class="main">Сохранить</button></p>
  </form>
</xsl:template>

<!-- The kinds of one theme; the context node is the first of them. -->
<xsl:template match="kind" mode="theme">
  <xsl:param name="word"/>
  <xsl:param name="kinds"/>
  <tbody>
    <tr><th colspan="3" scope="rowgroup"><xsl:value-of select="$word"/></th></tr>
    <xsl:apply-templates select="$kinds"/>
  </tbody>
</xsl:template>

<xsl:template match="contacts/kind">
  <xsl:variable name="name" select="$notice-kinds[@kind = current()/@kind]"/>
  <tr>
    <th scope="row"><xsl:value-of select="$name"/></th>
    <td data-word="Почта">
      <xsl:apply-templates select="@email" mode="modes">
        <xsl:with-param name="label" select="concat('Почта: ', $name)"/>
      </xsl:apply-templates>
    </td>
    <td data-word="СМС">
      <xsl:apply-templates select="@sms" mode="modes">
        <xsl:with-param name="label" select="concat('СМС: ', $name)"/>
      </xsl:apply-templates>
    </td>
  </tr>
</xsl:template>

<!-- The choice of a mode: the field <channel>.<number>. -->
<xsl:template match="kind/@*" mode="modes">
  <xsl:param name="label"/>
  <xsl:variable name="field" select="concat(name(), '.', ../@kind_no)"/>
  <xsl:variable name="now">
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="$field"/>
      <xsl:with-param name="value" select="."/>
    </xsl:call-template>
  </xsl:variable>
  <input type="hidden" name="old_{$field}" value="{.}"/>
  <select name="{$field}" aria-label="{$label}">
    <xsl:for-each select="$modes">
      <option value="{@value}"><xsl:if test="@value = $now"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="."/></option>
    </xsl:for-each>
  </select>
</xsl:template>

<!-- ............................................................. addresses -->

<xsl:template match="page/contacts[@view = 'list']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:choose>
    <xsl:when test="not(address)"><p class="empty">Адресов пока нет. Добавьте почту или телефон ниже: на них придёт код.</p></xsl:when>
    <xsl:otherwise>
      <table class="data people">
        <caption class="sr">Мои адреса</caption>
        <thead><tr><th scope="col">Адрес</th><th scope="col">Вид</th><th scope="col">Состояние</th></tr></thead>
        <tbody><xsl:apply-templates select="address"/></tbody>
      </table>
    </xsl:otherwise>
  </xsl:choose>
  <xsl:apply-templates select="known"/>
  <section class="own">
  <form class="card" method="post" action="{$base}/account/contacts">
    <xsl:call-template name="token"/>
    <h2>Новый адрес</h2>
    <p class="row"><label><span class="label">Вид</span>
      <xsl:variable name="now">
        <xsl:call-template name="typed"><xsl:with-param name="name" select="'channel'"/></xsl:call-template>
      </xsl:variable>
      <select name="channel">
        <option value="email">почта</option>
        <option value="sms"><xsl:if test="$now = 'sms'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>телефон (СМС)</option>
      </select></label></p>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'address'"/>
      <xsl:with-param name="label" select="'Адрес почты или номер телефона'"/>
      <xsl:with-param name="hint" select="'На него придёт код из шести цифр.'"/>
    </xsl:call-template>
    <p class="bar"><button class="main">Получить код</button></p>
  </form>
  </section>
</xsl:template>

<xsl:template match="contacts/address">
  <tr>
    <th scope="row"><a href="{$base}/account/contacts/{@contact_id}"><xsl:value-of select="@address"/></a></th>
    <td data-word="Вид"><xsl:apply-templates select="@channel" mode="channel"/></td>
    <td data-word="Состояние">
      <xsl:choose>
        <xsl:when test="@is_suspended">не используется</xsl:when>
        <xsl:when test="@is_verified"><span class="done">подтверждён</span></xsl:when>
        <xsl:otherwise><a class="todo" href="{$base}/account/contacts/{@contact_id}">ввести код</a></xsl:otherwise>
      </xsl:choose>
    </td>
  </tr>
</xsl:template>
<xsl:template match="@channel" mode="channel"><xsl:choose><xsl:when test=". = 'email'">почта</xsl:when><xsl:otherwise>телефон (СМС)</xsl:otherwise></xsl:choose></xsl:template>

<!-- An address of the card, added by one button. -->
<xsl:template match="contacts/known">
  <form method="post" action="{$base}/account/contacts">
    <xsl:call-template name="token"/>
    <input type="hidden" name="channel" value="{@channel}"/><input type="hidden" name="address" value="{@address}"/>
    <p class="bar">В вашей карточке записано: <b><xsl:value-of select="@address"/></b> <button>Получить код на этот адрес</button></p>
  </form>
</xsl:template>

<!-- ........................................................... one address -->

<xsl:template match="page/contacts[@view = 'show']" priority="1">
  <p><b><xsl:value-of select="@address"/></b>,
    <xsl:choose><xsl:when test="@is_suspended">не используется</xsl:when><xsl:when test="@is_verified">подтверждён</xsl:when><xsl:otherwise>ждёт кода</xsl:otherwise></xsl:choose></p>
  <xsl:if test="not(@is_verified)">
    <form class="card" method="post" action="{$base}/account/contacts/{@contact_id}">
      <xsl:call-template name="token"/>
      <input type="hidden" name="action" value="confirm"/>
      <xsl:call-template name="form-row">
        <xsl:with-param name="name" select="'code'"/>
        <xsl:with-param name="label" select="'Код из письма или СМС'"/>
        <xsl:with-param name="autocomplete" select="'one-time-code'"/>
        <xsl:with-param name="hint" select="'Шесть цифр; код действует сутки.'"/>
      </xsl:call-template>
      <p class="bar"><button class="main">Подтвердить</button></p>
    </form>
    <form method="post" action="{$base}/account/contacts/{@contact_id}">
      <xsl:call-template name="token"/>
      <p class="bar"><button name="action" value="send">Прислать новый код</button></p>
    </form>
  </xsl:if>
  <xsl:if test="not(@is_suspended)">
    <form method="post" action="{$base}/account/contacts/{@contact_id}">
      <xsl:call-template name="token"/>
      <p class="bar"><button name="action" value="drop">Больше не использовать этот адрес</button></p>
    </form>
  </xsl:if>
</xsl:template>

<xsl:template match="error[@field = 'address']" mode="field-name">Адрес</xsl:template>
<xsl:template match="error[@field = 'code']" mode="field-name">Код</xsl:template>
<xsl:template match="error[@field = 'channel']" mode="field-name">Вид</xsl:template>

</xsl:stylesheet>
