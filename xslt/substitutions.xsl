<?xml version="1.0" encoding="UTF-8"?>
<!-- substitutions.xsl: lessons that are not given as planned.
     in   substitutions[@view = 'list'] with from_on till_on day_name is_day? is_mine? find sort page pages count
            /substitution[lesson_id kind reason note? held_on day_name slot starts class_name subject_name
              planned_staff_id planned_name staff_name? new_subject_name? joined_name? room? moved_name? moved_slot?]…
            /absence[staff_id name kind starts_on ends_on? from_on till_on lessons open]… /other[other_id name]…
          substitutions[@view = 'show'] with staff_id name from_on till_on one_id? reason? is_mine? done?
            /free[other_id name lessons same is_current?]…
            /lesson[lesson_id held_on day_name slot starts class_name subject_name room? value is_given?
              planned_name? moved_name? moved_slot?]…/choice[part value staff_name what? lessons_day? substituted?]…
          substitutions[@view = 'lesson'] with the attributes of a lesson, staff_id reason? note? is_mine? done?
            /choice… /time[value day_name slot starts]…
          substitutions[@view = 'totals'] with from_on till_on
            /teacher[staff_id name missed replaced joined subject cancelled moved given]… /term[name from_on till_on]…
          substitutions[@view = 'exchange']: substitutions_exchange.xsl
     out  the changes of the day and who is away; a select for each lesson; the totals by teacher
     see  substitutions_words.xsl, record.xsl; a choice's value: sql/objects/substitutions.sql -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings"
                exclude-result-prefixes="exsl str">

<xsl:import href="record.xsl"/>
<xsl:include href="substitutions_words.xsl"/>
<xsl:include href="substitutions_exchange.xsl"/>

<xsl:variable name="fields">
  <f name="reason" label="Причина" required="required">
    <o value="">выберите</o>
    <xsl:copy-of select="exsl:node-set($reasons)/o"/>
  </f>
  <f name="note" label="Пояснение" max="200" hint="Например, номер приказа. Причину и пояснение видят только администратор, директор и завучи."/>
</xsl:variable>

<xsl:variable name="is-mine" select="boolean(/page/substitutions/@is_mine)"/>
<xsl:key name="lesson" match="substitutions/lesson" use="concat('change.', @lesson_id)"/>
<xsl:key name="lesson" match="substitutions[@view = 'lesson']" use="concat('change.', @lesson_id)"/>

<xsl:template match="page/substitutions" mode="title">Замены и переносы</xsl:template>
<xsl:template match="page/substitutions[@view = 'show']" mode="title"><xsl:value-of select="concat('Уроки: ', @name)"/></xsl:template>
<xsl:template match="page/substitutions[@view = 'lesson']" mode="title">
  <xsl:value-of select="concat(@class_name, ', ', @subject_name)"/>
</xsl:template>
<xsl:template match="page/substitutions[@view = 'totals']" mode="title">Учёт замен</xsl:template>

<xsl:template match="page/substitutions[@view = 'lesson']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/substitutions/', @staff_id, '?from_on=', @held_on)"/>
    <xsl:with-param name="word" select="@planned_name"/>
  </xsl:call-template>
</xsl:template>

<!-- ............................................................ the changes of some days -->

<xsl:template match="substitutions" mode="days">
  <label>С <input type="date" name="from_on" value="{@from_on}"/></label>
  <xsl:text> </xsl:text>
  <label>по <input type="date" name="till_on" value="{@till_on}"/></label>
</xsl:template>

<xsl:template match="page/substitutions[@view = 'list']" mode="actions">
  <form class="filter" method="get" role="search">
    <xsl:apply-templates select="." mode="days"/>
    <label>Класс или учитель <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <button>Показать</button>
  </form>
  <div class="actions">
    <a href="?from_on={@from_on}&amp;till_on={@till_on}&amp;format=print">Лист замен для печати</a>
    <a href="{$base}/replacements">Учёт замен</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/substitutions[@view = 'list']">
  <xsl:apply-templates select="self::*[substitution]" mode="table"/>
  <xsl:if test="not(substitution)">
    <p class="empty">
      <xsl:choose>
        <xsl:when test="string(@find)">Ничего не нашлось. <a href="?from_on={@from_on}&amp;till_on={@till_on}">Все изменения этих дней</a></xsl:when>
        <xsl:otherwise>Изменений в эти дни нет: все уроки идут по расписанию.</xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:if>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept"
                      select="concat('?from_on=', ../@from_on, '&amp;till_on=', ../@till_on, '&amp;find=', str:encode-uri(../@find, true()))"/>
    </xsl:call-template>
  </xsl:for-each>
  <xsl:apply-templates select="self::*[absence]" mode="away"/>
  <xsl:if test="not(absence)">
    <p class="empty">В ближайшую неделю никто из учителей не отсутствует. Больничные и отпуска вносит специалист по кадрам: <a href="{$base}/absences">Кто отсутствует</a>.</p>
  </xsl:if>
  <xsl:if test="other">
    <details class="more">
      <summary>Уроки другого учителя</summary>
      <ul>
        <xsl:for-each select="other"><li><a href="{$base}/substitutions/{@other_id}?from_on={../@from_on}&amp;till_on={../@till_on}"><xsl:value-of select="@name"/></a></li></xsl:for-each>
      </ul>
    </details>
  </xsl:if>
</xsl:template>

<xsl:template match="substitutions" mode="table">
  <table class="data people">
    <caption>
      <xsl:choose><xsl:when test="@is_day"><xsl:value-of select="@day_name"/></xsl:when><xsl:otherwise>Изменения</xsl:otherwise></xsl:choose>
      <xsl:text>: </xsl:text>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'урок'"/>
        <xsl:with-param name="few" select="'урока'"/><xsl:with-param name="many" select="'уроков'"/>
      </xsl:call-template>
    </caption>
    <thead>
      <tr>
        <th scope="col">Урок</th>
        <th scope="col">День</th>
        <th scope="col">№</th>
        <th scope="col">По расписанию</th>
        <th scope="col">Вместо этого</th>
        <th scope="col">Кабинет</th>
        <th scope="col">Причина</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="substitution">
        <tr>
          <th scope="row"><a href="{$base}/lessons/{@lesson_id}/substitution">
              <xsl:value-of select="concat(@class_name, ', ', @subject_name)"/>
            </a>
          </th>
          <td data-word="День"><xsl:value-of select="@day_name"/></td>
          <td data-word="№"><xsl:value-of select="@slot"/></td>
          <td data-word="По расписанию"><xsl:value-of select="@planned_name"/></td>
          <td data-word="Вместо этого"><xsl:apply-templates select="." mode="what"/></td>
          <td data-word="Кабинет"><xsl:value-of select="@room"/></td>
          <td data-word="Причина"><xsl:apply-templates select="." mode="why"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="substitutions" mode="away">
  <table class="data people">
    <caption>Кто отсутствует</caption>
    <thead>
      <tr>
        <th scope="col">Учитель</th>
        <th scope="col">Причина</th>
        <th scope="col">С</th>
        <th scope="col">По</th>
        <th scope="col">Уроков за две недели</th>
        <th scope="col">Ещё не решено</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="absence">
        <tr>
          <th scope="row"><a href="{$base}/substitutions/{@staff_id}?from_on={@from_on}&amp;till_on={@till_on}"><xsl:value-of select="@name"/></a></th>
          <td data-word="Причина"><xsl:apply-templates select="@kind" mode="reason"/></td>
          <td data-word="С"><xsl:apply-templates select="@starts_on" mode="date"/></td>
          <td data-word="По"><xsl:apply-templates select="@ends_on" mode="date"/></td>
          <td data-word="Уроков за две недели"><xsl:value-of select="@lessons"/></td>
          <td data-word="Ещё не решено">
            <xsl:choose>
              <xsl:when test="@open &gt; 0"><span class="todo"><xsl:value-of select="@open"/></span></xsl:when>
              <xsl:otherwise>0</xsl:otherwise>
            </xsl:choose>
          </td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- ............................................................ the lessons of one teacher -->

<xsl:template match="page/substitutions[@view = 'show']" mode="actions">
  <form class="filter" method="get"><xsl:apply-templates select="." mode="days"/><button>Показать</button></form>
</xsl:template>

<!-- One teacher for all lessons: the choice of the teacher loads the page with that teacher chosen at each
     lesson without a decision at which the teacher is free; nothing is saved by it. -->
<xsl:variable name="one" select="string(/page/substitutions/free[@is_current]/@other_id)"/>
<xsl:template match="substitutions" mode="one">
  <form class="filter" method="get" action="{$base}{/page/@path}">
    <input type="hidden" name="from_on" value="{@from_on}"/>
    <input type="hidden" name="till_on" value="{@till_on}"/>
    <label>Один учитель на все уроки, где он свободен <select name="one_id">
      <xsl:for-each select="free">
        <option value="{@other_id}">
          <xsl:if test="@is_current"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
          <xsl:value-of select="concat(@name, ': ', @lessons)"/>
          <xsl:if test="@same &gt; 0">, ведёт предмет</xsl:if>
        </option>
      </xsl:for-each>
    </select></label>
    <button>Поставить</button>
  </form>
  <xsl:for-each select="free[@is_current]">
    <p class="notice">Выбран учитель: <xsl:value-of select="@name"/>, уроков: <xsl:value-of select="@lessons"/>. Проверьте и сохраните.</p>
  </xsl:for-each>
</xsl:template>

<xsl:template match="page/substitutions[@view = 'show']">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="$is-mine"><xsl:apply-templates select="self::*[free]" mode="one"/></xsl:if>
  <form method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <input type="hidden" name="from_on" value="{@from_on}"/>
    <input type="hidden" name="till_on" value="{@till_on}"/>
    <p class="hint">Сначала предлагаются учителя того же предмета; у каждого — сколько у него уроков в этот день и замен за месяц. Перенести урок на другой день или поменять его с другим можно по ссылкам справа.</p>
    <table class="data people">
      <caption class="sr">Уроки и замены</caption>
      <thead><tr><th scope="col">Урок</th><th scope="col">День</th><th scope="col">№</th><th scope="col">Кабинет</th><th scope="col">Кто проведёт</th><th scope="col"><span class="sr">Страница урока</span></th></tr></thead>
      <tbody><xsl:apply-templates select="lesson"/></tbody>
    </table>
    <xsl:if test="$is-mine">
      <div class="card">
        <xsl:for-each select="$field">
          <xsl:variable name="value"><xsl:if test="@name = 'reason'">
              <xsl:value-of select="$page/substitutions/@reason"/>
            </xsl:if>
          </xsl:variable>
          <p class="row"><xsl:call-template name="edit-field"><xsl:with-param name="value" select="string($value)"/></xsl:call-template></p>
        </xsl:for-each>
        <p class="bar"><button class="main">Сохранить</button></p>
      </div>
    </xsl:if>
  </form>
</xsl:template>
<xsl:template match="page/substitutions[@view = 'show'][not(lesson)]" priority="1">
  <p class="empty">В эти дни у учителя нет уроков. <a href="{$base}/timetable?staff_id={@staff_id}">Его расписание</a></p>
</xsl:template>

<xsl:template match="substitutions/lesson">
  <tr>
    <th scope="row"><xsl:value-of select="concat(@class_name, ', ', @subject_name)"/>
      <xsl:if test="@planned_name"><small> (замена: <xsl:value-of select="@planned_name"/>)</small></xsl:if></th>
    <td data-word="День"><xsl:value-of select="@day_name"/></td>
    <td data-word="№"><xsl:value-of select="@slot"/></td>
    <td data-word="Кабинет"><xsl:value-of select="@room"/></td>
    <td data-word="Кто проведёт"><xsl:apply-templates select="." mode="choose"/></td>
    <td class="to">
      <a href="{$base}/lessons/{@lesson_id}/substitution">Перенести…<span class="sr"> <xsl:value-of select="concat(@class_name, ', ', @day_name, ', ', @slot, '-й урок')"/></span></a>
      <xsl:if test="$is-mine and not(@is_given)"><xsl:text> </xsl:text><a href="{$base}/lessons/{@lesson_id}/exchange">Поменять…<span class="sr"> <xsl:value-of select="concat(@class_name, ', ', @day_name, ', ', @slot, '-й урок')"/></span></a></xsl:if>
    </td>
  </tr>
</xsl:template>

<!-- The select of a lesson. The context node is the lesson, or the page's element with one. -->
<xsl:template match="*" mode="choose">
  <xsl:variable name="name" select="concat('change.', @lesson_id)"/>
  <xsl:variable name="typed">
    <xsl:call-template name="typed"><xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="value">
        <xsl:value-of select="@value"/>
        <xsl:if test="$one != '' and @value = '' and not(@is_given)">
          <xsl:value-of select="choice[@value = concat('s.', $one)]/@value"/>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:variable>
  <xsl:call-template name="old-field"><xsl:with-param name="name" select="$name"/>
    <xsl:with-param name="value" select="@value"/>
  </xsl:call-template>
  <select name="{$name}" aria-label="{concat('Кто проведёт: ', @class_name, ', ', @day_name, ', ', @slot, '-й урок')}">
    <xsl:if test="not($is-mine)"><xsl:attribute name="disabled">disabled</xsl:attribute></xsl:if>
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="$name"/></xsl:call-template>
    <option value="">по расписанию</option>
    <xsl:if test="@moved_name">
      <option value="{@value}"><xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>перенесён: <xsl:value-of select="concat(@moved_name, ', ', @moved_slot, '-й урок')"/></option>
    </xsl:if>
    <xsl:apply-templates select="choice[@part = 'same'][1]" mode="part">
      <xsl:with-param name="typed" select="string($typed)"/>
      <xsl:with-param name="word" select="'Учителя того же предмета'"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="choice[@part = 'other'][1]" mode="part">
      <xsl:with-param name="typed" select="string($typed)"/>
      <xsl:with-param name="word" select="'Другие свободные учителя'"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="choice[@part = 'join'][1]" mode="part">
      <xsl:with-param name="typed" select="string($typed)"/>
      <xsl:with-param name="word" select="'Вместе с другим уроком'"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="choice[@part = 'subject'][1]" mode="part">
      <xsl:with-param name="typed" select="string($typed)"/>
      <xsl:with-param name="word" select="'Другой предмет'"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="self::*[time]" mode="times"><xsl:with-param name="typed" select="string($typed)"/></xsl:apply-templates>
    <option value="c"><xsl:if test="$typed = 'c'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>отменить урок</option>
  </select>
  <xsl:call-template name="field-error"><xsl:with-param name="name" select="$name"/></xsl:call-template>
</xsl:template>

<!-- The choices of one part; the context node is the first of them. -->
<xsl:template match="choice" mode="part">
  <xsl:param name="typed"/>
  <xsl:param name="word"/>
  <optgroup label="{$word}">
    <xsl:apply-templates select="../choice[@part = current()/@part]" mode="option">
      <xsl:with-param name="typed" select="$typed"/>
    </xsl:apply-templates>
  </optgroup>
</xsl:template>
<xsl:template match="choice" mode="option">
  <xsl:param name="typed"/>
  <option value="{@value}">
    <xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:if test="@what"><xsl:value-of select="concat(@what, ', ')"/></xsl:if>
    <xsl:value-of select="@staff_name"/>
    <xsl:if test="@lessons_day"><xsl:value-of select="concat(' · уроков в этот день: ', @lessons_day, ', замен за месяц: ', @substituted)"/></xsl:if>
  </option>
</xsl:template>
<xsl:template match="*" mode="times">
  <xsl:param name="typed"/>
  <optgroup label="Перенести на время, когда свободны класс и учитель">
    <xsl:for-each select="time">
      <option value="{@value}"><xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="concat(@day_name, ', ', @slot, '-й урок, ', @starts)"/></option>
    </xsl:for-each>
  </optgroup>
</xsl:template>

<!-- ............................................................ one lesson -->

<xsl:template match="page/substitutions[@view = 'lesson']">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <p class="lead"><xsl:value-of select="concat(@day_name, ', ', @slot, '-й урок')"/></p>
    <p>По расписанию: <xsl:value-of select="@planned_name"/><xsl:if test="@room">, <xsl:apply-templates select="@room" mode="room"/></xsl:if>.</p>
    <xsl:if test="@is_given"><p class="hint">Урок уже проведён: его можно только записать на другого учителя.</p></xsl:if>
    <p class="row"><label><span class="label">Кто проведёт</span><xsl:apply-templates select="." mode="choose"/></label></p>
    <xsl:if test="$is-mine">
      <xsl:call-template name="edit-fields"/>
      <p class="bar"><button class="main">Сохранить</button></p>
    </xsl:if>
  </form>
  <xsl:if test="$is-mine and not(@is_given)"><p><a href="{$base}/lessons/{@lesson_id}/exchange">Поменять местами с другим уроком этого дня</a></p></xsl:if>
  <p><a href="{$base}/lessons/{@lesson_id}">Страница урока в журнале</a></p>
</xsl:template>

<!-- ......................................................... the totals -->

<xsl:template match="page/substitutions[@view = 'totals']" mode="actions">
  <form class="filter" method="get"><xsl:apply-templates select="." mode="days"/><button>Показать</button></form>
  <div class="actions">
    <xsl:for-each select="term"><a href="?from_on={@from_on}&amp;till_on={@till_on}"><xsl:value-of select="@name"/></a></xsl:for-each>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/substitutions[@view = 'totals']">
  <table class="data people">
    <caption>Уроки по учителям</caption>
    <thead>
      <tr>
        <th scope="col">Учитель</th><th scope="col">Пропущено</th><th scope="col">Заменено</th><th scope="col">Объединено</th>
        <th scope="col">Другой предмет</th><th scope="col">Отменено</th><th scope="col">Перенесено</th><th scope="col">Проведено за других</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="teacher">
        <tr>
          <th scope="row"><a href="{$base}/substitutions?from_on={../@from_on}&amp;till_on={../@till_on}&amp;find={str:encode-uri(substring-before(concat(@name, ' '), ' '), true())}"><xsl:value-of select="@name"/></a></th>
          <td data-word="Пропущено"><xsl:value-of select="@missed"/></td>
          <td data-word="Заменено"><xsl:value-of select="@replaced"/></td>
          <td data-word="Объединено"><xsl:value-of select="@joined"/></td>
          <td data-word="Другой предмет"><xsl:value-of select="@subject"/></td>
          <td data-word="Отменено"><xsl:value-of select="@cancelled"/></td>
          <td data-word="Перенесено"><xsl:value-of select="@moved"/></td>
          <td data-word="Проведено за других"><xsl:value-of select="@given"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">Всего</th>
        <td data-word="Пропущено"><xsl:value-of select="sum(teacher/@missed)"/></td>
        <td data-word="Заменено"><xsl:value-of select="sum(teacher/@replaced)"/></td>
        <td data-word="Объединено"><xsl:value-of select="sum(teacher/@joined)"/></td>
        <td data-word="Другой предмет"><xsl:value-of select="sum(teacher/@subject)"/></td>
        <td data-word="Отменено"><xsl:value-of select="sum(teacher/@cancelled)"/></td>
        <td data-word="Перенесено"><xsl:value-of select="sum(teacher/@moved)"/></td>
        <td data-word="Проведено за других"><xsl:value-of select="sum(teacher/@given)"/></td>
      </tr>
    </tfoot>
  </table>
</xsl:template>
<xsl:template match="page/substitutions[@view = 'totals'][not(teacher)]" priority="1">
  <p class="empty">За эти дни замен и переносов нет. Их вносят на странице <a href="{$base}/substitutions">«Замены и переносы»</a>.</p>
</xsl:template>

<!-- ............................................................ what is refused -->

<xsl:template match="error[starts-with(@field, 'change.')]" mode="field-name" priority="1">
  <xsl:for-each select="key('lesson', @field)">
    <xsl:value-of select="concat(@class_name, ', ', @day_name, ', ', @slot, '-й урок')"/>
  </xsl:for-each>
</xsl:template>
<xsl:template match="page[substitutions]/errors/error[@code = 'JE206']" mode="words">
  <xsl:choose>
    <xsl:when test="@value = 'staff'">Учитель в это время уже занят.</xsl:when>
    <xsl:when test="@value = 'room'">Кабинет в это время уже занят.</xsl:when>
    <xsl:when test="@value = 'pupil'">У кого-то из учеников в это время другой урок.</xsl:when>
    <xsl:otherwise>У класса в это время другой урок.</xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="page[substitutions]/errors/error[@code = 'JE106'][starts-with(@field, 'change.')]" mode="words">Этот вариант уже недоступен: посмотрите список ещё раз.</xsl:template>
<xsl:template match="page[substitutions]/errors/error[@code = 'JE211']" mode="words">Урок, или тот, что проведён вместо него, уже заполнен: отменить, перенести и вернуть его нельзя.</xsl:template>
<xsl:template match="page[substitutions]/errors/error[@code = 'JE207']" mode="words">В уроке уже есть отметки или пропуски: отменить или перенести его нельзя.</xsl:template>
<xsl:template match="page[substitutions]/errors/error[@code = 'JE208']" mode="words">Задание, данное на этом уроке, сдают раньше нового дня.</xsl:template>
<xsl:template match="page[substitutions]/errors/error[@code = 'JE210']" mode="conflict"> Тем временем для этого урока решил другой человек<xsl:if test="@who"> (<xsl:value-of select="@who"/>)</xsl:if>. Посмотрите на его решение; чтобы заменить его своим, сохраните ещё раз.</xsl:template>

</xsl:stylesheet>
