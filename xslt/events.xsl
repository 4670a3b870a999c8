<?xml version="1.0" encoding="UTF-8"?>
<!-- events.xsl: the events of classes and of the school: their list, the form of one, the year in numbers.
     in   events[@view = 'list'] with find sort page pages count is_mine? done?
            /event[event_id title kind level state? from_on till_on starts? ends? place? is_whole? class_names?
              child_names? is_over? is_own? is_open? participants?] with the note, choice[for value name is_in?]…
          events[@view = 'edit'] with event_id title kind level state is_whole? class_ids? from_on till_on starts?
            ends? place note order_no order_on? staff_id, choice…
          events[@view = 'counts'] with year
            /year[year]…, level[level planned held cancelled participants winners prizes]…
     out  a table, what is to come first; forms; a table of numbers
     see  record.xsl, events_show.xsl, events_month.xsl, events_words.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="exsl str">

<xsl:import href="rows.xsl"/>
<xsl:include href="events_words.xsl"/>

<xsl:variable name="fields">
  <f name="title" label="Что будет" max="200" required="required"/>
  <f name="kind" label="Вид" words="kind" default="other"/>
  <f name="level" label="Уровень" words="level" default="school"/>
  <f name="from_on" label="Первый день" type="date" required="required"/>
  <f name="till_on" label="Последний день" type="date" hint="Пусто — событие в один день."/>
  <f name="starts" label="Начало" type="time"/>
  <f name="ends" label="Конец" type="time"/>
  <f name="place" label="Место" max="200"/>
  <f name="staff_id" label="Ответственный" choices="1" hint="Пусто — вы. Ответственный записывает участников и результаты."/>
  <f name="order_no" label="Приказ №" max="40"/>
  <f name="order_on" label="Дата приказа" type="date"/>
  <xsl:if test="/page/events[@view = 'edit']">
    <f name="state" label="Состояние">
      <o value="planned">запланировано</o>
      <o value="held">проведено</o>
      <o value="cancelled">отменено</o>
    </f>
  </xsl:if>
  <f name="note" label="Подробности" type="prose" max="1000" hint="Место и время сбора, что взять с собой. Прочитают ученики и родители."/>
</xsl:variable>
<!-- The heads choose the whole school, too; who enters for a class must name it. -->
<xsl:variable name="is-head"
              select="contains($roles, ' administrator ') or contains($roles, ' director ') or contains($roles, ' deputy ')"/>
<xsl:variable name="is-family" select="contains($roles, ' parent ') or contains($roles, ' pupil ')"/>
<xsl:variable name="names-children" select="contains($roles, ' parent ') and /page/events/event/@child_names"/>
<xsl:variable name="has-staff" select="contains($roles, ' staff ')"/>

<xsl:template match="page/events" mode="title">События</xsl:template>
<xsl:template match="page/events" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Событие, место или класс'"/></xsl:call-template>
  <div class="actions">
    <a href="{$base}/calendar">По месяцам</a>
    <xsl:if test="contains($opens, ' /participation ')"><a href="{$base}/participation">В числах</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/events">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_mine">
    <details class="more">
      <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary>Добавить событие</summary>
      <form class="card" method="post" action="{$base}/events{$list-query}">
        <xsl:call-template name="token"/>
        <xsl:call-template name="edit-fields"/>
        <xsl:apply-templates select="." mode="rows"/>
        <p class="bar"><button class="main">Добавить</button></p>
      </form>
    </details>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="event"><xsl:apply-templates select="." mode="table"/></xsl:when>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="{$base}/events">Все события</a></p></xsl:when>
    <xsl:otherwise><p class="empty">Событий пока нет. Их добавляют администрация школы, классные руководители и учителя.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages"><xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="events" mode="table">
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'событие'"/>
        <xsl:with-param name="few" select="'события'"/><xsl:with-param name="many" select="'событий'"/>
      </xsl:call-template>
    </caption>
    <thead>
      <tr>
        <th scope="col">Событие</th><th scope="col">Когда</th><th scope="col">Класс</th>
        <xsl:if test="$names-children"><th scope="col">Кого касается</th></xsl:if>
        <th scope="col">Уровень</th><th scope="col">Место</th>
        <xsl:if test="$has-staff"><th scope="col" class="number">Участников</th></xsl:if>
        <th scope="col">Подробности</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="event"/></tbody>
  </table>
</xsl:template>

<xsl:template match="events/event">
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row"><a href="{$base}/events/{@event_id}{$list-query}"><xsl:value-of select="@title"/></a></th>
    <td data-word="Когда">
      <xsl:call-template name="event-days"/>
      <xsl:choose>
        <xsl:when test="@state"><xsl:text> </xsl:text><small><xsl:apply-templates select="@state" mode="event-state"/></small></xsl:when>
        <xsl:when test="@is_open"><xsl:text> </xsl:text><a class="todo" href="{$base}/events/{@event_id}/edit{$list-query}">отметьте, прошло ли</a></xsl:when>
        <xsl:when test="@is_over"><xsl:text> </xsl:text><small>прошло</small></xsl:when>
      </xsl:choose>
    </td>
    <td data-word="Класс"><xsl:call-template name="event-whom"/></td>
    <xsl:if test="$names-children"><td data-word="Кого касается"><xsl:value-of select="@child_names"/></td></xsl:if>
    <td data-word="Уровень"><xsl:apply-templates select="@level" mode="event-level"/></td>
    <td data-word="Место"><xsl:value-of select="@place"/></td>
    <xsl:if test="$has-staff"><td class="number" data-word="Участников"><xsl:value-of select="@participants"/></td></xsl:if>
    <td data-word="Подробности"><xsl:apply-templates select="node()" mode="prose"/></td>
  </tr>
</xsl:template>

<!-- ............................................................ the form -->

<xsl:template match="page/events[@view = 'edit']" mode="title"><xsl:value-of select="@title"/></xsl:template>
<xsl:template match="page/events[@view = 'edit']" mode="actions"/>
<xsl:template match="page/events[@view = 'edit']" mode="crumbs">
  <xsl:call-template name="section"/>
  <li><a href="{$base}/events/{@event_id}{$list-query}"><xsl:value-of select="@title"/></a></li>
</xsl:template>
<xsl:template match="page/events[@view = 'edit']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить событие'"/>
    <xsl:with-param name="removal" select="'Его больше не увидят. Если событие не состоится, лучше отметить, что оно отменено: семьи увидят это в дневнике и календаре.'"/>
  </xsl:call-template>
</xsl:template>

<!-- The classes as ticks below the fields, ticked as they were sent after a refusal. -->
<xsl:template match="events" mode="rows">
  <xsl:variable name="sent" select="/page/form/row/field[@name = 'class_id']"/>
  <xsl:call-template name="old-field">
    <xsl:with-param name="name" select="'class_id'"/><xsl:with-param name="value" select="@class_ids"/>
  </xsl:call-template>
  <fieldset class="pills">
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="'class_id'"/></xsl:call-template>
    <legend>Классы<xsl:if test="$is-head and not(@event_id)">; без отметок — вся школа</xsl:if></legend>
    <xsl:for-each select="choice[@for = 'class_id']">
      <label>
        <input type="checkbox" name="class_id" value="{@value}">
          <xsl:if test="$is-refused and $sent = @value or not($is-refused) and @is_in"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
        </input>
        <span><xsl:value-of select="@name"/></span>
      </label>
    </xsl:for-each>
  </fieldset>
  <xsl:call-template name="field-error"><xsl:with-param name="name" select="'class_id'"/></xsl:call-template>
</xsl:template>
<xsl:template match="events[@is_whole]" mode="rows"><p class="hint">Событие для всей школы.</p></xsl:template>

<xsl:template match="page[events]/errors/error[@field = 'class_id']" mode="field-name">Кого касается</xsl:template>
<xsl:template match="page[events]/errors/error[@field = 'pupil_id']" mode="field-name">Ученики</xsl:template>
<xsl:template match="page[events]/errors/error[@code = 'JE101' and @field = 'class_id']" mode="words">Отметьте хотя бы один класс.</xsl:template>
<xsl:template match="page[events]/errors/error[@code = 'JE101' and @field = 'order_no']" mode="words">У приказа с датой нужен и номер.</xsl:template>
<xsl:template match="page[events]/errors/error[@code = 'JE102' and @field = 'ends']" mode="words">Событие кончается позже, чем начинается; без начала конец не указывают.</xsl:template>
<xsl:template match="page[events]/errors/error[@code = 'JE211']" mode="words">В событии записаны участники: сначала уберите их или отметьте, что событие отменено.</xsl:template>
<xsl:template match="page[events]/errors/error[@code = 'JE240']" mode="words">В дни события этот ученик в школе не учится.</xsl:template>
<xsl:template match="page[events]/errors/error[@code = 'JE240' and @field = 'from_on']" mode="words" priority="1">В новые дни не учится кто-то из участников: сначала уберите его.</xsl:template>
<xsl:template match="page[events]/errors/error[@code = 'JE301']" mode="words">Здесь можно записывать свои классы и своих учеников. Событие для всей школы добавляет администрация.</xsl:template>

<!-- ........................................................... in numbers -->

<xsl:template match="page/events[@view = 'counts']" mode="title">События в числах</xsl:template>
<xsl:template match="page/events[@view = 'counts']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/events[@view = 'counts']" mode="actions">
  <nav class="tabs" aria-label="Учебный год">
    <xsl:for-each select="year">
      <a href="?year={@year}">
        <xsl:if test="@year = ../@year"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
        <xsl:value-of select="concat(@year, '/', substring(@year + 1, 3))"/>
      </a>
    </xsl:for-each>
  </nav>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/events[@view = 'counts']" priority="1">
  <p class="hint">Участники и результаты — проведённых событий; каждый сосчитан в каждом событии.</p>
  <table class="data people">
    <caption class="sr">События учебного года по уровням</caption>
    <thead><tr>
      <th scope="col">Уровень</th><th scope="col" class="number">Запланировано</th><th scope="col" class="number">Проведено</th>
      <th scope="col" class="number">Отменено</th><th scope="col" class="number">Участников</th>
      <th scope="col" class="number">Победителей</th><th scope="col" class="number">Призёров</th>
    </tr></thead>
    <tbody>
      <xsl:for-each select="level">
        <tr>
          <th scope="row"><xsl:apply-templates select="@level" mode="event-level"/></th>
          <td class="number" data-word="Запланировано"><xsl:value-of select="@planned"/></td>
          <td class="number" data-word="Проведено"><xsl:value-of select="@held"/></td>
          <td class="number" data-word="Отменено"><xsl:value-of select="@cancelled"/></td>
          <td class="number" data-word="Участников"><xsl:value-of select="@participants"/></td>
          <td class="number" data-word="Победителей"><xsl:value-of select="@winners"/></td>
          <td class="number" data-word="Призёров"><xsl:value-of select="@prizes"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>
<xsl:template match="page/events[@view = 'counts'][not(level)]" priority="2"><p class="empty">Событий в этом учебном году нет.</p></xsl:template>

<!-- last, since their rules for a view come before those for all views -->
<xsl:include href="events_show.xsl"/>
<xsl:include href="events_month.xsl"/>

</xsl:stylesheet>
