<?xml version="1.0" encoding="UTF-8"?>
<!-- events_show.xsl: one event with those who take part and their results; pupils to enter into it.
     in   events[@view = 'show'] with event_id title kind level state is_whole? class_names? from_on till_on starts?
            ends? place? note? order_no? order_on? staff_name? school_name has_begun? is_over? is_own?
            can_enter? is_staff? done?
            /participant[participant_id pupil_id name class_name? role? place_no? result? document? mentor? is_mine?]…
             winner[name class_name? place_no? result]…
          events[@view = 'choose'] the same /class[class_id name is_current? is_of?]…, pupil[pupil_id name is_in?]…
     out  what, when, where, who; a table by classes, for those who may write it a form; families: their children,
          winners who agreed
     see  events.xsl, rows.xsl, print/events.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:variable name="row-fields">
  <f name="role" label="Роль" type="text" max="100"/>
  <f name="place_no" label="Место" type="number"/>
  <f name="document" label="Документ" type="text" max="200"/>
  <f name="mentor" label="Наставник" type="text" max="100"/>
  <f name="result" label="Результат" type="text"/>
</xsl:variable>

<xsl:template match="page/events[@view = 'show']" mode="title"><xsl:value-of select="@title"/></xsl:template>
<xsl:template match="page/events[@view = 'choose']" mode="title">Записать участников</xsl:template>
<xsl:template match="page/events[@view = 'show']" mode="actions">
  <div class="actions">
    <xsl:if test="@can_enter"><a class="button" href="{$base}/events/{@event_id}/pupils">Записать участников</a></xsl:if>
    <xsl:if test="@is_own"><a href="{$base}/events/{@event_id}/edit{$list-query}">Изменить событие</a></xsl:if>
    <xsl:if test="participant and @is_staff">
      <a href="?format=print&amp;form=order">Приложение к приказу</a>
      <xsl:if test="@has_begun"><a href="?format=print&amp;form=results">Итоги</a></xsl:if>
      <xsl:call-template name="as-tables"/>
    </xsl:if>
  </div>
</xsl:template>

<xsl:template match="page/events[@view = 'show']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:apply-templates select="." mode="facts"/>
  <xsl:apply-templates select="@note"/>
  <xsl:apply-templates select="." mode="participants"/>
  <xsl:apply-templates select="self::*[winner]" mode="winners"/>
</xsl:template>

<xsl:template match="events/@note"><p class="prose"><xsl:value-of select="."/></p></xsl:template>

<xsl:template match="events" mode="facts">
  <dl class="facts">
    <dt>Когда</dt><dd><xsl:call-template name="event-days"/></dd>
    <xsl:if test="@place"><dt>Где</dt><dd><xsl:value-of select="@place"/></dd></xsl:if>
    <dt>Что</dt>
    <dd><xsl:apply-templates select="@kind" mode="event-kind"/>, уровень: <xsl:apply-templates select="@level" mode="event-level"/>;
      <xsl:apply-templates select="@state" mode="event-state"/></dd>
    <dt>Кого касается</dt><dd><xsl:call-template name="event-whom"/></dd>
    <xsl:if test="string(@staff_name)"><dt>Ответственный</dt><dd><xsl:value-of select="@staff_name"/></dd></xsl:if>
    <xsl:if test="@order_no">
      <dt>Приказ</dt>
      <dd>№ <xsl:value-of select="@order_no"/><xsl:if test="@order_on"> от <xsl:apply-templates select="@order_on" mode="date"/></xsl:if></dd>
    </xsl:if>
  </dl>
  <xsl:if test="@is_own and @is_over and @state = 'planned'">
    <p class="notice">Событие уже прошло по датам. <a href="{$base}/events/{@event_id}/edit{$list-query}">Отметьте, что оно проведено</a>: тогда пропуски участников предложат объяснить классному руководителю.</p>
  </xsl:if>
</xsl:template>

<!-- ..................................................... who takes part -->

<xsl:template match="events" mode="participants">
  <xsl:if test="@is_staff">
    <h2>Участники</h2>
    <p class="empty">Участников пока нет.<xsl:if test="@can_enter"><xsl:text> </xsl:text><a href="{$base}/events/{@event_id}/pupils">Записать участников</a></xsl:if></p>
  </xsl:if>
</xsl:template>
<xsl:template match="events[participant]" mode="participants" priority="1">
  <h2>Участники</h2>
  <xsl:apply-templates select="." mode="table"/>
</xsl:template>
<xsl:template match="events[participant/@is_mine]" mode="participants" priority="2">
  <h2>Участники</h2>
  <xsl:if test="not(@has_begun)"><p class="hint">Результаты записывают с первого дня события, <xsl:apply-templates select="@from_on" mode="day"/>.</p></xsl:if>
  <form method="post" action="{$base}/events/{@event_id}">
    <xsl:call-template name="token"/>
    <xsl:apply-templates select="." mode="results"/>
    <p class="savebar"><button class="main">Сохранить</button></p>
  </form>
</xsl:template>

<xsl:template name="participants-head">
  <thead><tr>
    <th scope="col">Ученик</th><th scope="col">Класс</th><th scope="col">Роль</th><th scope="col">Результат</th>
    <th scope="col" class="number">Место</th><th scope="col">Документ</th><th scope="col">Наставник</th>
    <xsl:if test="participant/@is_mine"><th scope="col" class="to">Убрать</th></xsl:if>
  </tr></thead>
</xsl:template>

<xsl:template match="page/events[@view = 'show']" mode="table">
  <table class="data people">
    <caption class="sr">Участники</caption>
    <xsl:call-template name="participants-head"/>
    <tbody><xsl:for-each select="participant"><tr><xsl:call-template name="participant-cells"/></tr></xsl:for-each></tbody>
  </table>
</xsl:template>

<xsl:template name="participant-cells">
  <th scope="row"><xsl:value-of select="@name"/></th>
  <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
  <td data-word="Роль"><xsl:value-of select="@role"/></td>
  <td data-word="Результат"><xsl:value-of select="$event-results[@value = current()/@result]"/></td>
  <td class="number" data-word="Место"><xsl:value-of select="@place_no"/></td>
  <td data-word="Документ"><xsl:value-of select="@document"/></td>
  <td data-word="Наставник"><xsl:value-of select="@mentor"/></td>
</xsl:template>

<!-- The grid: rows of others only to be read. The n-th row of the form is the n-th that may be written. -->
<xsl:template match="events" mode="results">
  <table class="data people edit attending">
    <caption class="sr">Участники и результаты</caption>
    <xsl:call-template name="participants-head"/>
    <tbody>
      <xsl:for-each select="participant[not(@is_mine)]">
        <tr><xsl:call-template name="participant-cells"/><td class="to"/></tr>
      </xsl:for-each>
      <xsl:for-each select="participant[@is_mine]">
        <xsl:variable name="n" select="position()"/>
        <tr>
          <th scope="row"><xsl:value-of select="@name"/><input type="hidden" name="participant_id" value="{@participant_id}"/></th>
          <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
          <xsl:call-template name="result-cell">
            <xsl:with-param name="n" select="$n"/><xsl:with-param name="name" select="'role'"/>
          </xsl:call-template>
          <td data-word="Результат">
            <xsl:call-template name="result-choice"><xsl:with-param name="n" select="$n"/></xsl:call-template>
          </td>
          <xsl:call-template name="result-cell">
            <xsl:with-param name="n" select="$n"/><xsl:with-param name="name" select="'place_no'"/>
          </xsl:call-template>
          <xsl:call-template name="result-cell">
            <xsl:with-param name="n" select="$n"/><xsl:with-param name="name" select="'document'"/>
          </xsl:call-template>
          <xsl:call-template name="result-cell">
            <xsl:with-param name="n" select="$n"/><xsl:with-param name="name" select="'mentor'"/>
          </xsl:call-template>
          <td class="to" data-word="Убрать">
            <input type="checkbox" name="gone_id" value="{@participant_id}" aria-label="{@name}: убрать из участников"/>
          </td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template name="result-cell">
  <xsl:param name="n"/>
  <xsl:param name="name"/>
  <xsl:variable name="row" select="."/>
  <xsl:for-each select="$row-field[@name = $name]">
    <td data-word="{@label}">
      <xsl:call-template name="edit-cell">
        <xsl:with-param name="n" select="$n"/>
        <xsl:with-param name="row-label" select="$row/@name"/>
        <xsl:with-param name="value" select="string($row/@*[name() = $name])"/>
        <xsl:with-param name="old" select="string($row/@*[name() = $name])"/>
      </xsl:call-template>
    </td>
  </xsl:for-each>
</xsl:template>

<!-- The choice of a result; the context node is the participant. -->
<xsl:template name="result-choice">
  <xsl:param name="n"/>
  <xsl:variable name="errors" select="key('refused-row', concat('result ', $n))"/>
  <xsl:variable name="typed" select="key('row', $n)/field[@name = 'result']"/>
  <xsl:variable name="sent" select="key('row', $n)/field[@name = 'old_result']"/>
  <xsl:variable name="value">
    <xsl:choose>
      <xsl:when test="$is-refused and key('row', $n)"><xsl:value-of select="$typed"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="@result"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <select name="result" aria-label="{@name}: результат">
    <xsl:if test="$errors">
      <xsl:attribute name="id"><xsl:value-of select="concat('f-result-', $n)"/></xsl:attribute>
      <xsl:attribute name="aria-invalid">true</xsl:attribute>
      <xsl:attribute name="aria-describedby"><xsl:value-of select="concat('e-result-', $n)"/></xsl:attribute>
    </xsl:if>
    <option value="">—</option>
    <xsl:for-each select="$event-results">
      <option value="{@value}">
        <xsl:if test="@value = $value"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
        <xsl:value-of select="."/>
      </option>
    </xsl:for-each>
  </select>
  <input type="hidden" name="old_result">
    <xsl:attribute name="value">
      <xsl:choose>
        <xsl:when test="$is-refused and key('row', $n) and not($errors[@code = 'JE210'])"><xsl:value-of select="$sent"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="@result"/></xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
  </input>
  <xsl:if test="$errors">
    <span class="field-error" id="{concat('e-result-', $n)}"><xsl:apply-templates select="$errors" mode="at-field"/></span>
  </xsl:if>
</xsl:template>

<xsl:template match="page[events]/errors/error[@n &gt; 0]" mode="row-name">
  <xsl:value-of select="/page/events/participant[@is_mine][number(current()/@n)]/@name"/>
</xsl:template>

<!-- For families: the results of others, whose families agreed. -->
<xsl:template match="events" mode="winners">
  <h2>Победители и призёры</h2>
  <p class="hint">Показаны те, чьи семьи согласны на публикацию.</p>
  <ul>
    <xsl:for-each select="winner">
      <li><xsl:value-of select="@name"/><xsl:if test="@class_name"><xsl:value-of select="concat(', ', @class_name)"/></xsl:if>
        <xsl:text> — </xsl:text><xsl:apply-templates select="@result" mode="event-result"/></li>
    </xsl:for-each>
  </ul>
</xsl:template>

<!-- ..................................................... pupils to enter -->

<xsl:template match="page/events[@view = 'choose']" mode="crumbs">
  <xsl:call-template name="section"/>
  <li><a href="{$base}/events/{@event_id}"><xsl:value-of select="@title"/></a></li>
</xsl:template>
<xsl:template match="page/events[@view = 'choose']" mode="actions">
  <nav class="tabs" aria-label="Классы">
    <xsl:for-each select="class">
      <a href="?class_id={@class_id}">
        <xsl:if test="@is_current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
        <xsl:value-of select="@name"/>
      </a>
    </xsl:for-each>
  </nav>
</xsl:template>
<xsl:template match="page/events[@view = 'choose']" priority="1">
  <p class="hint"><xsl:call-template name="event-days"/>. Выберите класс и отметьте учеников.</p>
  <xsl:choose>
    <xsl:when test="pupil[not(@is_in)]">
      <form class="card" method="post" action="{$base}/events/{@event_id}/pupils?class_id={class[@is_current]/@class_id}">
        <xsl:call-template name="token"/>
        <input type="hidden" name="class_id" value="{class[@is_current]/@class_id}"/>
        <xsl:apply-templates select="." mode="pupils"/>
      </form>
    </xsl:when>
    <xsl:when test="pupil"><p class="empty">Весь класс уже записан. <a href="{$base}/events/{@event_id}">К событию</a></p></xsl:when>
    <xsl:when test="class[@is_current]"><p class="empty">В этом классе нет учеников, которых вы можете записать.</p></xsl:when>
    <xsl:when test="not(class)"><p class="empty">Нет классов, из которых вы можете записать участников.</p></xsl:when>
  </xsl:choose>
</xsl:template>

<xsl:template match="events" mode="pupils">
  <xsl:variable name="sent" select="/page/form/row/field[@name = 'pupil_id']"/>
  <fieldset class="ticks">
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="'pupil_id'"/></xsl:call-template>
    <legend>Ученики</legend>
    <xsl:for-each select="pupil">
      <label class="check">
        <input type="checkbox" name="pupil_id" value="{@pupil_id}">
          <xsl:if test="@is_in"><xsl:attribute name="disabled">disabled</xsl:attribute></xsl:if>
          <xsl:if test="@is_in or $sent = @pupil_id"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
        </input>
        <span><xsl:value-of select="@name"/><xsl:if test="@is_in"><xsl:text> </xsl:text><small>уже записан(а)</small></xsl:if></span>
      </label>
    </xsl:for-each>
  </fieldset>
  <xsl:call-template name="field-error"><xsl:with-param name="name" select="'pupil_id'"/></xsl:call-template>
  <p class="row"><label><span class="label">Роль</span>
    <input type="text" name="role" maxlength="100" autocomplete="off">
      <xsl:attribute name="value">
        <xsl:call-template name="typed"><xsl:with-param name="name" select="'role'"/></xsl:call-template>
      </xsl:attribute>
      <xsl:call-template name="invalid"><xsl:with-param name="name" select="'role'"/></xsl:call-template>
    </input></label>
    <span class="hint">Необязательно: «капитан», «ведущий».</span></p>
  <p class="bar"><button class="main">Записать отмеченных</button><xsl:text> </xsl:text><button name="is_all" value="1">Записать весь класс</button></p>
</xsl:template>

</xsl:stylesheet>
