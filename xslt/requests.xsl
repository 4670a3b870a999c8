<?xml version="1.0" encoding="UTF-8"?>
<!-- requests.xsl: what class teachers and HR ask the administrator to enter, and what guardians
     report to the class teacher.
     in   requests[@view = 'list'] with find sort page pages count is_asker? is_mine? done?
            /request[request_id kind name class_name? happens_on note? state answer? staff_name is_mine?
                     card_field? old_value? new_value? card_value?], choice
          requests[@view = 'show'] with the attributes of a request, pupil_id?
          requests[@view = 'report'] with pupil_id name address? home_address? contacts? phone? email? done?
            /request[request_id happens_on note? state answer? card_field? old_value? new_value?]
     out  a table, the form of a request, the form of its answer; of a proposed change of a card two
          buttons, one of which writes it into the card
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="record.xsl"/>

<xsl:variable name="view" select="string(/page/requests/@view)"/>
<xsl:variable name="is-led" select="boolean(/page/requests/choice)"/>

<xsl:variable name="fields">
  <xsl:choose>
    <xsl:when test="$view = 'show'">
      <f name="state" label="Состояние">
        <o value="new">новая</o>
        <o value="done">выполнена</o>
        <o value="refused">отклонена</o>
      </f>
      <f name="answer" label="Ответ" max="300" hint="При отказе — причина: её увидит тот, кто просил."/>
    </xsl:when>
    <xsl:when test="$view = 'report'">
      <f name="phone" label="Ваш телефон" max="100"/>
      <f name="email" label="Ваша почта" max="200"/>
      <f name="contacts" label="Телефон и другие контакты ребёнка" max="200"/>
      <f name="home_address" label="Адрес, где живёт ребёнок" max="300"/>
      <f name="address" label="Адрес регистрации ребёнка" max="300"/>
      <f name="note" label="Что ещё изменилось" max="300" hint="Например: сменилась фамилия. Документы покажите классному руководителю."/>
    </xsl:when>
    <xsl:otherwise>
      <f name="kind" label="Что внести">
        <xsl:if test="$is-led"><o value="pupil_arrived">прибыл ученик</o><o value="pupil_left">выбыл ученик</o></xsl:if>
        <xsl:if test="not($is-led)">
          <o value="staff_arrived">принят сотрудник</o><o value="staff_left">уволен сотрудник</o>
          <o value="pupil_arrived">прибыл ученик</o><o value="pupil_left">выбыл ученик</o>
        </xsl:if>
      </f>
      <f name="name" label="Кто" max="200" required="required" hint="Фамилия, имя, отчество."/>
      <xsl:if test="$is-led"><f name="class_id" label="Класс" choices="1" required="required"/></xsl:if>
      <f name="happens_on" label="С какого дня" type="date" required="required"/>
      <f name="note" label="Подробности" max="300" hint="Приказ, откуда или куда."/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:variable>

<xsl:template match="page/requests" mode="title">Заявки администратору</xsl:template>
<xsl:template match="page/requests[@view = 'show']" mode="title">Заявка · <xsl:value-of select="@name"/></xsl:template>

<xsl:template match="page/requests" mode="actions">
  <xsl:call-template name="record-actions"><xsl:with-param name="find" select="'Имя'"/></xsl:call-template>
</xsl:template>
<xsl:template match="page/requests[@view = 'show']" mode="actions"/>

<xsl:template match="@kind" mode="request">
  <xsl:choose>
    <xsl:when test=". = 'pupil_arrived'">прибыл ученик</xsl:when>
    <xsl:when test=". = 'pupil_left'">выбыл ученик</xsl:when>
    <xsl:when test=". = 'staff_arrived'">принят сотрудник</xsl:when>
    <xsl:when test=". = 'card_changed'">изменились данные</xsl:when>
    <xsl:otherwise>уволен сотрудник</xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="@state" mode="request">
  <xsl:choose>
    <xsl:when test=". = 'new'"><span class="todo">новая</span></xsl:when>
    <xsl:when test=". = 'done'"><span class="done">выполнена</span></xsl:when>
    <xsl:otherwise>отклонена</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- What a request is about: words, or a proposed value of the card. -->
<xsl:template match="*" mode="request-about">
  <xsl:value-of select="@note"/>
  <xsl:if test="@card_field">
    <xsl:apply-templates select="@card_field" mode="request"/>:
    <xsl:if test="string(@old_value)"><del><xsl:value-of select="@old_value"/></del> → </xsl:if>
    <xsl:choose>
      <xsl:when test="string(@new_value)"><ins><xsl:value-of select="@new_value"/></ins></xsl:when>
      <xsl:otherwise>убрать</xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@state = 'new' and @card_value != @old_value">
      <small>сейчас в карточке: <xsl:value-of select="@card_value"/><xsl:if test="not(string(@card_value))">пусто</xsl:if></small>
    </xsl:if>
  </xsl:if>
</xsl:template>
<xsl:template match="@card_field" mode="request">
  <xsl:choose>
    <xsl:when test=". = 'phone'">телефон родителя</xsl:when>
    <xsl:when test=". = 'email'">почта родителя</xsl:when>
    <xsl:when test=". = 'contacts'">контакты ребёнка</xsl:when>
    <xsl:when test=". = 'home_address'">адрес проживания</xsl:when>
    <xsl:otherwise>адрес регистрации</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The buttons that answer a proposed change of a card. -->
<xsl:template match="*" mode="request-answer">
  <xsl:param name="with-answer"/>
  <form method="post" action="{$base}/requests/{@request_id}{$list-query}">
    <xsl:call-template name="token"/>
    <input type="hidden" name="old_state" value="new"/><input type="hidden" name="old_answer" value=""/>
    <input type="hidden" name="card_value" value="{@card_value}"/>
    <xsl:if test="$with-answer">
      <p class="row"><label><span class="label">Ответ, если нужен</span><input type="text" name="answer" maxlength="300" autocomplete="off"/></label></p>
    </xsl:if>
    <p class="bar"><button class="main" name="state" value="done" aria-label="Принять: {@name}">Принять</button> <button name="state" value="refused" aria-label="Отклонить: {@name}">Отклонить</button></p>
  </form>
</xsl:template>

<xsl:template match="page/requests">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_asker">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="'/requests'"/>
      <xsl:with-param name="word" select="'Новая заявка'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:apply-templates select="self::*[request]" mode="table"/>
  <xsl:if test="not(request)"><p class="empty">Заявок нет. Их подают классные руководители и кадровая служба, а выполняет администратор.</p></xsl:if>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages"><xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="requests" mode="table">
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'заявка'"/>
        <xsl:with-param name="few" select="'заявки'"/><xsl:with-param name="many" select="'заявок'"/>
      </xsl:call-template>
    </caption>
    <thead><tr><th scope="col">Кто</th><th scope="col">Что внести</th><th scope="col">Класс</th><th scope="col">С дня</th><th scope="col">Подробности</th><th scope="col">Просит</th><th scope="col">Состояние</th><th scope="col">Ответ</th></tr></thead>
    <tbody>
      <xsl:for-each select="request">
        <tr>
          <xsl:if test="$saved and @request_id = $saved"><xsl:attribute name="id">saved</xsl:attribute><xsl:attribute name="class">saved</xsl:attribute></xsl:if>
          <th scope="row">
            <xsl:choose>
              <xsl:when test="@is_mine"><a href="{$base}/requests/{@request_id}{$list-query}"><xsl:value-of select="@name"/></a></xsl:when>
              <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
            </xsl:choose>
          </th>
          <td data-word="Что внести"><xsl:apply-templates select="@kind" mode="request"/></td>
          <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
          <td data-word="С дня"><xsl:apply-templates select="@happens_on" mode="date"/></td>
          <td data-word="Подробности"><xsl:apply-templates select="." mode="request-about"/></td>
          <td data-word="Просит"><xsl:value-of select="@staff_name"/></td>
          <td data-word="Состояние">
            <xsl:apply-templates select="@state" mode="request"/>
            <xsl:apply-templates select="self::*[@card_field and @is_mine and @state = 'new']" mode="request-answer"/>
          </td>
          <td data-word="Ответ"><xsl:value-of select="@answer"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="page/requests[@view = 'show']" priority="1">
  <p>
    <xsl:apply-templates select="@kind" mode="request"/>: <b><xsl:value-of select="@name"/></b><xsl:if test="@class_name"><xsl:value-of select="concat(', ', @class_name)"/></xsl:if>, с <xsl:apply-templates select="@happens_on" mode="date"/>.
    <xsl:if test="@note"><xsl:value-of select="concat(@note, '. ')"/></xsl:if>
    <xsl:if test="@card_field"><xsl:apply-templates select="." mode="request-about"/>. </xsl:if>
    <xsl:choose>
      <xsl:when test="@pupil_id"><xsl:value-of select="concat('Сообщает: ', @staff_name)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="concat('Просит: ', @staff_name)"/></xsl:otherwise>
    </xsl:choose>
  </p>
  <p><xsl:choose>
    <xsl:when test="@card_field"><a href="{$base}/pupils/{@pupil_id}">Карточка</a></xsl:when>
    <xsl:when test="@pupil_id"><a href="{$base}/pupils/{@pupil_id}">Открыть карточку и исправить</a></xsl:when>
    <xsl:when test="@kind = 'pupil_arrived'"><a href="{$base}/newcomers">Зачислить нового ученика</a></xsl:when>
    <xsl:when test="@kind = 'pupil_left'"><a href="{$base}/pupils?find={str:encode-uri(@name, true())}">Найти ученика и записать выбытие</a></xsl:when>
    <xsl:otherwise><a href="{$base}/personnel">Персонал</a></xsl:otherwise>
  </xsl:choose></p>
  <xsl:choose>
    <xsl:when test="@card_field and @state = 'new'">
      <xsl:apply-templates select="." mode="request-answer"><xsl:with-param name="with-answer" select="true()"/></xsl:apply-templates>
    </xsl:when>
    <xsl:when test="@card_field"><p>Эта просьба <xsl:apply-templates select="@state" mode="request"/>.<xsl:if test="@answer"> Ответ: <xsl:value-of select="@answer"/></xsl:if></p></xsl:when>
    <xsl:otherwise><xsl:call-template name="record-form"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="error[@field = 'card_value']" mode="field-name">Карточка</xsl:template>

<!-- ......................................................... a guardian reports -->

<xsl:template match="@state" mode="reported">
  <xsl:choose>
    <xsl:when test=". = 'new'"><span class="badge">ждёт ответа</span></xsl:when>
    <xsl:when test=". = 'done'"><span class="done"><xsl:choose><xsl:when test="../@card_field">принято</xsl:when><xsl:otherwise>выполнено</xsl:otherwise></xsl:choose></span></xsl:when>
    <xsl:otherwise>отклонено</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page/requests[@view = 'report']" mode="title">Сообщить об изменении данных · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/requests[@view = 'report']" mode="actions">
  <div class="actions"><a href="{$base}/pupils/{@pupil_id}">Карточка</a></div>
</xsl:template>

<xsl:template match="page/requests[@view = 'report']" priority="1">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Отправлено классному руководителю.</p></xsl:if>
  <p class="hint">Исправьте здесь то, что изменилось. Классный руководитель примет исправление или откажет, и ответ появится ниже.</p>
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <xsl:call-template name="edit-fields"/>
    <p class="bar"><button class="main">Отправить</button></p>
  </form>
  <xsl:if test="request">
    <table class="data people">
      <caption>Вы сообщали</caption>
      <thead><tr><th scope="col">День</th><th scope="col">Что изменилось</th><th scope="col">Состояние</th><th scope="col">Ответ</th></tr></thead>
      <tbody>
        <xsl:for-each select="request">
          <tr>
            <th scope="row"><xsl:apply-templates select="@happens_on" mode="date"/></th>
            <td data-word="Что изменилось"><xsl:apply-templates select="." mode="request-about"/></td>
            <td data-word="Состояние"><xsl:apply-templates select="@state" mode="reported"/></td>
            <td data-word="Ответ"><xsl:value-of select="@answer"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
