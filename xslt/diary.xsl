<?xml version="1.0" encoding="UTF-8"?>
<!-- diary.xsl: the pages for families: the week as in a paper diary, and the marks of a term
     by subject.
     in   <diary pupil_id name class_name week_on previous_on next_on today_on>
            child…, unread?, truancy…?, away…?, unseen…?, news…?, due…?, event…?, receipt?/changed…?,
            day/(lesson/(homework…, mark…)…, homework[subject_name]…)
          <diary view="marks"> term…, subject/mark…
     out  one table for each day; one table of subjects, which shows how each mean is computed
     see  ui.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="layout.xsl"/>
<xsl:include href="receipts_words.xsl"/>

<xsl:variable name="page-pupil" select="/page/diary/@pupil_id"/>

<!-- .............................................................. the week -->

<xsl:template match="page/diary" mode="title">Дневник · <xsl:apply-templates select="." mode="whose"/></xsl:template>

<!-- In summer the class is unknown and its name left out. -->
<xsl:template match="diary" mode="whose">
  <xsl:value-of select="@name"/>
  <xsl:if test="string(@class_name)"><xsl:value-of select="concat(', ', @class_name)"/></xsl:if>
</xsl:template>

<xsl:template match="page/diary" mode="actions">
  <xsl:apply-templates select="self::*[child[2]]" mode="children"/>
  <div class="actions">
    <a href="{$base}/pupils/{@pupil_id}/marks">Отметки по предметам</a>
    <a href="{$base}/pupils/{@pupil_id}/homework">Домашние задания</a>
    <a href="{$base}/pupils/{@pupil_id}/controls">Контрольные работы</a>
    <a href="{$base}/pupils/{@pupil_id}/timetable">Расписание, учителя, каникулы</a>
    <a href="{$base}/pupils/{@pupil_id}/remarks">Рекомендации и замечания</a>
    <a href="{$base}/pupils/{@pupil_id}">Карточка</a>
    <xsl:if test="contains($opens, ' /papers ')"><a href="{$base}/pupils/{@pupil_id}/extract">Выписка</a></xsl:if>
    <xsl:if test="contains($opens, ' /informing ')"><a href="{$base}/pupils/{@pupil_id}/informing">Как извещали</a></xsl:if>
    <xsl:if test="contains($roles, ' parent ') and child[@pupil_id = ../@pupil_id]"><a href="{$base}/pupils/{@pupil_id}/absence">Сообщить об отсутствии</a></xsl:if>
  </div>
</xsl:template>

<!-- Staff come from the list of pupils, a family has its own entry of the menu. -->
<xsl:template match="page/diary" mode="crumbs">
  <xsl:if test="not(contains($opens, ' /diary '))">
    <xsl:call-template name="crumb">
      <xsl:with-param name="path" select="'/pupils'"/>
      <xsl:with-param name="word" select="'Ученики'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:apply-templates select="self::*[@view != 'week']" mode="diary-crumb"/>
</xsl:template>
<xsl:template match="diary" mode="diary-crumb">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path">/pupils/<xsl:value-of select="@pupil_id"/>/diary<xsl:if test="@held_on">?week_on=<xsl:value-of select="@held_on"/></xsl:if></xsl:with-param>
    <xsl:with-param name="word" select="'Дневник'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="diary" mode="children">
  <nav class="tabs" aria-label="Дети"><xsl:apply-templates select="child"/></nav>
</xsl:template>
<xsl:template match="child">
  <a href="{$base}/pupils/{@pupil_id}/diary"><xsl:value-of select="@name"/></a>
</xsl:template>
<xsl:template match="child[@is_current]">
  <b aria-current="page"><xsl:value-of select="@name"/></b>
</xsl:template>
<xsl:template match="diary[@view = 'marks']/child">
  <a href="{$base}/pupils/{@pupil_id}/marks"><xsl:value-of select="@name"/></a>
</xsl:template>
<xsl:template match="diary[@view = 'marks']/child[@is_current]" priority="1">
  <b aria-current="page"><xsl:value-of select="@name"/></b>
</xsl:template>

<xsl:template match="page/diary">
  <xsl:apply-templates select="truancy[1]|away"/>
  <xsl:if test="due or news">
    <div class="first">
      <xsl:apply-templates select="self::*[due]" mode="due"/>
      <xsl:apply-templates select="self::*[news]" mode="news"/>
    </div>
  </xsl:if>
  <xsl:apply-templates select="unread"/>
  <xsl:apply-templates select="self::*[unseen]" mode="unseen"/>
  <xsl:apply-templates select="." mode="weeks"><xsl:with-param name="label" select="'Недели'"/></xsl:apply-templates>
  <xsl:apply-templates select="self::*[event]" mode="events"/>
  <xsl:apply-templates select="." mode="days"/>
  <xsl:apply-templates select="receipt"/>
  <!-- the links to other weeks again, where the reader arrives at the end of the page -->
  <xsl:apply-templates select="self::*[day/lesson or day/homework]" mode="weeks">
    <xsl:with-param name="label" select="'Недели, под дневником'"/>
  </xsl:apply-templates>
</xsl:template>

<xsl:template match="diary" mode="weeks">
  <xsl:param name="label"/>
  <nav class="weeks" aria-label="{$label}">
    <a rel="prev" href="{$base}/pupils/{@pupil_id}/diary?week_on={@previous_on}">← <span>Прошлая</span></a>
    <b><xsl:apply-templates select="." mode="week"/></b>
    <a rel="next" href="{$base}/pupils/{@pupil_id}/diary?week_on={@next_on}"><span>Следующая</span> →</a>
  </nav>
</xsl:template>

<!-- ............................................. new since the last day here -->

<xsl:template match="diary" mode="news">
  <section class="news">
    <h2>Новое с последнего визита</h2>
    <ul><xsl:apply-templates select="news[position() &lt;= 6]"/></ul>
    <xsl:if test="news[7]">
      <details>
        <summary>и ещё <xsl:value-of select="count(news) - 6"/></summary>
        <ul><xsl:apply-templates select="news[position() &gt; 6]"/></ul>
      </details>
    </xsl:if>
  </section>
</xsl:template>

<xsl:template match="diary/news">
  <li>
    <b><xsl:value-of select="@subject_name"/></b><xsl:text>: </xsl:text>
    <xsl:apply-templates select="." mode="what"/>
    <small>, внесено <xsl:apply-templates select="@entered_on" mode="day"/></small>
  </li>
</xsl:template>

<xsl:template match="news" mode="what">отметка <b><xsl:value-of select="."/></b> за <xsl:apply-templates select="@held_on" mode="day"/></xsl:template>
<xsl:template match="news[@what = 'attendance']" mode="what">
  <xsl:value-of select="."/>, <xsl:apply-templates select="@held_on" mode="day"/>
</xsl:template>
<xsl:template match="news[@what = 'term_mark']" mode="what">итоговая отметка, <xsl:value-of select="."/></xsl:template>
<xsl:template match="news[@what = 'remark']" mode="what"><xsl:value-of select="."/></xsl:template>
<xsl:template match="news[@what = 'submission']" mode="what">
  <xsl:text>ответ на сданную работу</xsl:text>
  <xsl:if test="string(.)"><xsl:value-of select="concat(': ', .)"/></xsl:if>
</xsl:template>
<xsl:template match="news[@what = 'homework']" mode="what">задание<xsl:if test="@held_on"> к <xsl:apply-templates select="@held_on" mode="day"/></xsl:if>, <xsl:value-of select="."/></xsl:template>

<!-- ............................................................... absences -->

<xsl:template match="diary/truancy">
  <p class="alert" role="status">
    <xsl:text>Пропущено без уважительной причины: </xsl:text>
    <xsl:for-each select="../truancy">
      <xsl:if test="position() &gt; 1">; </xsl:if>
      <xsl:apply-templates select="@held_on" mode="day"/><xsl:text>, </xsl:text>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@lessons"/><xsl:with-param name="one" select="'урок'"/>
        <xsl:with-param name="few" select="'урока'"/><xsl:with-param name="many" select="'уроков'"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>
<xsl:template match="diary/away">
  <p class="notice">Школа знает об отсутствии: <xsl:value-of select="@code_name"/>, с <xsl:apply-templates select="@from_on" mode="day"/> по <xsl:apply-templates select="@till_on" mode="day"/>.</p>
</xsl:template>

<!-- ............................................ whether the week has been seen -->

<xsl:template match="diary" mode="unseen">
  <p class="notice">
    <xsl:text>Подтвердите, что видели дневник: </xsl:text>
    <xsl:for-each select="unseen">
      <xsl:if test="position() &gt; 1">; </xsl:if>
      <a href="{$base}/pupils/{../@pupil_id}/diary?week_on={@week_on}#receipt"><xsl:value-of select="@name"/></a>
      <xsl:if test="@state = 'overdue'"> (срок прошёл)</xsl:if>
      <xsl:if test="@state = 'changed'"> (изменилось)</xsl:if>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>

<!-- Staff and the pupil read the state; a guardian is asked. -->
<xsl:template match="diary/receipt">
  <section class="receipt" id="receipt">
    <h2>Ознакомление с неделей</h2>
    <xsl:apply-templates select="self::*[changed]" mode="changed"/>
    <p>
      <xsl:apply-templates select="@state" mode="state"/>
      <xsl:if test="@at and (@state = 'done' or @state = 'late' or @state = 'part')"><xsl:text>, </xsl:text><xsl:apply-templates select="@at" mode="moment"/></xsl:if>
      <xsl:if test="@state = 'due'"> до <xsl:apply-templates select="@due_on" mode="day"/></xsl:if>
      <xsl:if test="@state = 'early'">: откроется <xsl:apply-templates select="@opens_on" mode="day"/></xsl:if>
      <xsl:text>.</xsl:text>
    </p>
    <div class="actions"><a href="{$base}/pupils/{../@pupil_id}/receipts">Все недели</a></div>
    <xsl:if test="@can_tap or @can_read">
      <form method="post" action="{$base}/pupils/{../@pupil_id}/receipts">
        <xsl:if test="@can_read"><xsl:attribute name="data-ej-read"></xsl:attribute></xsl:if>
        <xsl:call-template name="token"/>
        <input type="hidden" name="week_on" value="{@week_on}"/>
        <input type="hidden" name="document" value="{@document}"/>
        <xsl:if test="@can_tap"><button class="main" name="way" value="tap">Ознакомлен(а)</button></xsl:if>
        <xsl:if test="@can_read"><span data-ej-seen="" hidden="hidden" role="status" class="hint"> Записано: неделя прочитана.</span></xsl:if>
      </form>
    </xsl:if>
  </section>
</xsl:template>

<xsl:template match="receipt" mode="changed">
  <p class="notice">
    <xsl:text>После вашей подписи изменились отметки: </xsl:text>
    <xsl:for-each select="changed">
      <xsl:if test="position() &gt; 1">; </xsl:if>
      <xsl:value-of select="@subject_name"/><xsl:text>, </xsl:text><xsl:apply-templates select="@held_on" mode="day"/><xsl:text>: </xsl:text>
      <xsl:choose>
        <xsl:when test="string(.)"><b><xsl:value-of select="."/></b><xsl:if test="@old"> (было <xsl:value-of select="@old"/>)</xsl:if></xsl:when>
        <xsl:otherwise>отметка <xsl:value-of select="@old"/> убрана</xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>

<!-- ..................................................... the next school day -->

<xsl:template match="diary" mode="due">
  <section class="due">
    <h2>К <xsl:apply-templates select="due[1]" mode="day"/></h2>
    <table class="data">
      <caption class="sr">Что задано к <xsl:apply-templates select="due[1]" mode="day"/></caption>
      <thead><tr><th scope="col">№</th><th scope="col">Предмет</th><th scope="col">Что задано</th></tr></thead>
      <tbody><xsl:apply-templates select="due"/></tbody>
    </table>
  </section>
</xsl:template>

<xsl:template match="diary/due">
  <tr>
    <td class="no"><xsl:value-of select="@slot"/></td>
    <th scope="row"><xsl:value-of select="@subject_name"/></th>
    <td class="homework"><xsl:apply-templates select="." mode="prose"/></td>
  </tr>
</xsl:template>
<xsl:template match="diary/due[not(node())]">
  <tr>
    <td class="no"><xsl:value-of select="@slot"/></td>
    <th scope="row"><xsl:value-of select="@subject_name"/></th>
    <td class="homework"><span class="soft">—</span></td>
  </tr>
</xsl:template>

<!-- The day by which homework is due: «К завтрашнему дню», «К понедельнику, 30.11». -->
<xsl:template match="due[@is_tomorrow]" mode="day">завтрашнему дню</xsl:template>
<xsl:template match="due" mode="day">
  <xsl:choose>
    <xsl:when test="@weekday = 1">понедельнику</xsl:when>
    <xsl:when test="@weekday = 2">вторнику</xsl:when>
    <xsl:when test="@weekday = 3">среде</xsl:when>
    <xsl:when test="@weekday = 4">четвергу</xsl:when>
    <xsl:when test="@weekday = 5">пятнице</xsl:when>
    <xsl:when test="@weekday = 6">субботе</xsl:when>
    <xsl:otherwise>воскресенью</xsl:otherwise>
  </xsl:choose>
  <xsl:text>, </xsl:text><xsl:apply-templates select="@held_on" mode="day"/>
</xsl:template>

<!-- The events of the week, above its days: some last several days. -->
<xsl:template match="diary" mode="events">
  <section class="week-events">
    <h2>События недели</h2>
    <ul><xsl:apply-templates select="event"/></ul>
  </section>
</xsl:template>
<xsl:template match="diary/event">
  <li>
    <xsl:call-template name="event-days"/><xsl:text>: </xsl:text>
    <b><xsl:value-of select="@title"/></b>
    <xsl:if test="@place">, <xsl:value-of select="@place"/></xsl:if>
    <xsl:if test="not(@class_name)"><xsl:text> </xsl:text><small>вся школа</small></xsl:if>
    <xsl:if test="node()"><p class="prose"><xsl:apply-templates select="node()" mode="prose"/></p></xsl:if>
  </li>
</xsl:template>

<xsl:template match="diary" mode="days">
  <nav class="days" aria-label="Дни недели"><xsl:apply-templates select="day" mode="jump"/></nav>
  <div class="spread" data-ej-week=""><xsl:apply-templates select="day"/></div>
</xsl:template>

<!-- A week without lessons says «Уроков нет» once, not for each day. -->
<xsl:template match="diary[not(day/lesson or day/homework)]" mode="days">
  <p class="empty">
    <xsl:text>На этой неделе уроков нет</xsl:text>
    <xsl:if test="day/@holiday">: <xsl:value-of select="day/@holiday"/></xsl:if>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>

<xsl:template match="diary" mode="week">Неделя с <xsl:apply-templates select="@week_on" mode="date"/></xsl:template>
<xsl:template match="diary[@week_name]" mode="week"><xsl:value-of select="@week_name"/></xsl:template>
<!-- Shortens «16 ноября – 21 ноября» to «16–21 ноября». -->
<xsl:template match="diary[contains(@week_name, ' – ')]" mode="week">
  <xsl:variable name="from" select="substring-before(@week_name, ' – ')"/>
  <xsl:variable name="to" select="substring-after(@week_name, ' – ')"/>
  <xsl:choose>
    <xsl:when test="substring-after($from, ' ') = substring-after($to, ' ')">
      <xsl:value-of select="concat(substring-before($from, ' '), '–', $to)"/>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="@week_name"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Links to the days of the week, for phones, which show one day at a time. -->
<xsl:template match="day" mode="jump">
  <a href="#d{@held_on}">
    <xsl:if test="@is_today"><xsl:attribute name="aria-current">date</xsl:attribute></xsl:if>
    <xsl:value-of select="@short_name"/>
    <xsl:text> </xsl:text>
    <xsl:value-of select="number(substring(@held_on, 9))"/>
  </a>
</xsl:template>

<xsl:template match="day">
  <section class="day" id="d{@held_on}">
    <xsl:if test="@is_today"><xsl:attribute name="class">day is-today</xsl:attribute></xsl:if>
    <h2>
      <xsl:value-of select="@name"/>
      <xsl:if test="@is_today"><xsl:text> </xsl:text><span class="badge">сегодня</span></xsl:if>
    </h2>
    <xsl:apply-templates select="." mode="lessons"/>
  </section>
</xsl:template>

<xsl:template match="day" mode="lessons"><xsl:apply-templates select="." mode="table"/></xsl:template>
<xsl:template match="day" mode="table">
  <table class="data">
    <thead><tr><th scope="col">№</th><th scope="col">Предмет</th><th scope="col">Что задано</th><th scope="col">Отметка</th></tr></thead>
    <tbody><xsl:apply-templates select="lesson"/><xsl:apply-templates select="moved"/><xsl:apply-templates select="homework"/></tbody>
  </table>
</xsl:template>
<xsl:template match="day[not(lesson or moved or homework)]" mode="lessons"><p class="empty">Уроков нет.</p></xsl:template>
<xsl:template match="day[@holiday]" mode="lessons" priority="1">
  <p class="empty"><xsl:value-of select="@holiday"/></p>
  <xsl:apply-templates select="self::*[homework]" mode="table"/>
</xsl:template>

<!-- Homework due on a day on which its subject has no lesson. -->
<xsl:template match="day/homework">
  <tr>
    <td class="no"></td>
    <th scope="row"><b><xsl:value-of select="@subject_name"/></b> <small>к этому дню, урока нет</small></th>
    <td class="homework"><p><xsl:apply-templates select="." mode="prose"/><xsl:apply-templates select="." mode="asks"/></p></td>
    <td class="marks"></td>
  </tr>
</xsl:template>

<!-- A lesson that was moved from this day. -->
<xsl:template match="day/moved">
  <tr class="is-off">
    <td class="no"><xsl:value-of select="@slot"/></td>
    <th scope="row">
      <b><xsl:value-of select="@subject_name"/></b>
      <small><xsl:value-of select="concat('урок перенесён: ', @moved_name, ', ', @new_slot, '-й урок')"/></small>
    </th>
    <td class="homework"></td>
    <td class="marks"></td>
  </tr>
</xsl:template>

<xsl:template match="day/lesson">
  <tr>
    <xsl:if test="@state = 'cancelled' or @state = 'moved'"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <td class="no"><xsl:value-of select="@slot"/></td>
    <th scope="row">
      <b><xsl:value-of select="@subject_name"/></b>
      <xsl:apply-templates select="." mode="facts"/>
    </th>
    <td class="homework">
      <xsl:apply-templates select="homework"/>
      <xsl:if test="@topic"><span class="topic">На уроке: <xsl:value-of select="@topic"/></span></xsl:if>
    </td>
    <td class="marks">
      <xsl:apply-templates select="@code"/>
      <xsl:apply-templates select="mark"/>
    </td>
  </tr>
</xsl:template>

<xsl:template match="lesson" mode="facts">
  <small>
    <span><xsl:value-of select="concat(@starts, '–', @ends)"/></span>
    <xsl:if test="string(@room)"><xsl:text> </xsl:text><span><xsl:apply-templates select="@room" mode="room"/></span></xsl:if>
    <xsl:if test="@staff_name"><xsl:text> </xsl:text><span><xsl:value-of select="@staff_name"/></span></xsl:if>
    <xsl:if test="@moved_from"><xsl:text> </xsl:text><span>перенесён: был <xsl:value-of select="@moved_from"/></span></xsl:if>
  </small>
  <xsl:if test="@is_substitute"><xsl:text> </xsl:text><span class="badge">замена</span></xsl:if>
</xsl:template>
<xsl:template match="lesson[@state = 'cancelled']" mode="facts"><small>урок отменён</small></xsl:template>
<xsl:template match="lesson[@state = 'moved']" mode="facts"><small>урок перенесён</small></xsl:template>

<xsl:template match="lesson/homework">
  <p><xsl:apply-templates select="." mode="prose"/><xsl:apply-templates select="." mode="asks"/></p>
</xsl:template>

<!-- What a homework asks for beside its text; the link leads to its files and to handing it in. -->
<xsl:template match="homework" mode="asks"/>
<xsl:template match="homework[@file_names or @is_online]" mode="asks">
  <xsl:text> </xsl:text>
  <a href="{$base}/pupils/{$page-pupil}/handins/{@homework_id}">
    <xsl:choose>
      <xsl:when test="@is_online">Сдать через журнал</xsl:when>
      <xsl:otherwise>Файлы</xsl:otherwise>
    </xsl:choose>
  </a>
</xsl:template>

<xsl:template match="day/lesson/@code">
  <p><b class="a"><xsl:value-of select="."/></b><xsl:text> </xsl:text>
    <small><xsl:value-of select="../@code_name"/><xsl:if test="../@minutes">, <xsl:value-of select="../@minutes"/> мин</xsl:if></small></p>
</xsl:template>

<!-- A mark with its work and comment, and with the person who gave it if that is not the lesson's
     teacher. -->
<xsl:template match="day/lesson/mark">
  <p><xsl:apply-templates select="." mode="value"/><xsl:text> </xsl:text>
    <small>
      <xsl:apply-templates select="." mode="work-name"/>
      <xsl:apply-templates select="@weight_pct" mode="weight"/>
      <xsl:if test="@staff_name != ../@staff_name">, <xsl:value-of select="@staff_name"/></xsl:if>
    </small>
    <xsl:apply-templates select="@comment"/></p>
</xsl:template>

<!-- The mark links to the page of its work, which has its history. -->
<xsl:template match="mark" mode="value"><b><xsl:value-of select="."/></b></xsl:template>
<xsl:template match="mark[@work_id]" mode="value">
  <b><a href="{$base}/pupils/{/page/diary/@pupil_id}/works/{@work_id}" title="История отметки"><xsl:value-of select="."/></a></b>
</xsl:template>

<xsl:template match="mark/@comment">
  <xsl:text> </xsl:text><q><xsl:value-of select="."/></q>
</xsl:template>

<!-- .................................................... marks by subject -->

<xsl:template match="page/diary[@view = 'marks']" mode="title">Отметки · <xsl:apply-templates select="." mode="whose"/></xsl:template>

<xsl:template match="page/diary[@view = 'marks']" mode="actions">
  <xsl:apply-templates select="self::*[child[2]]" mode="children"/>
  <nav class="tabs" aria-label="Учебные периоды"><xsl:apply-templates select="term[not(@is_column)]"/></nav>
  <div class="actions"><xsl:if test="@has_debts"><a href="{$base}/pupils/{@pupil_id}/debts">Задолженности и пересдачи</a></xsl:if><a href="{$base}/pupils/{@pupil_id}/programme">Как идёт программа</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="diary/term">
  <a href="?term_id={@term_id}"><xsl:apply-templates select="@name" mode="term-name"/></a>
</xsl:template>
<xsl:template match="diary/term[@is_current]">
  <b aria-current="page"><xsl:value-of select="@name"/></b>
</xsl:template>

<xsl:template match="page/diary[@view = 'marks']">
  <table class="data subjects">
    <thead>
      <tr>
        <th scope="col">Предмет</th>
        <th scope="col">Отметки</th>
        <th scope="col">Средний балл</th>
        <th scope="col">Итог</th>
        <th scope="col">Пропущено</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="subject"/></tbody>
  </table>
  <p class="soft">Средний балл — взвешенный: у контрольной вес больше, чем у ответа на уроке. Откройте отметки, чтобы увидеть, из чего он сложился.</p>
</xsl:template>

<xsl:template match="page/diary[@view = 'marks' and not(subject)]">
  <p class="empty">В этом периоде отметок ещё нет.</p>
</xsl:template>

<xsl:template match="diary/subject">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td class="strip"><xsl:apply-templates select="." mode="how"/></td>
    <td class="mean" data-word="ср."><xsl:apply-templates select="@mean" mode="number"/></td>
    <td class="term" data-word="итог"><xsl:apply-templates select="@term_mark"/></td>
    <td class="missed"><xsl:apply-templates select="@missed"/></td>
  </tr>
</xsl:template>

<!-- Says the number in words, since a digit alone would look like a mark. -->
<xsl:template match="subject/@missed">
  <data value="{.}">
    <span class="narrow">пропущено </span>
    <xsl:call-template name="plural">
      <xsl:with-param name="n" select="."/>
      <xsl:with-param name="one" select="'урок'"/>
      <xsl:with-param name="few" select="'урока'"/>
      <xsl:with-param name="many" select="'уроков'"/>
    </xsl:call-template>
  </data>
</xsl:template>

<xsl:template match="subject/@term_mark"><b><xsl:apply-templates select="." mode="final"/></b></xsl:template>

<!-- Replaces the abbreviations of final marks by words. -->
<xsl:template match="@*|*" mode="final"><xsl:value-of select="."/></xsl:template>
<xsl:template match="@*[. = 'н/а']|*[. = 'н/а']" mode="final"><span class="word">не аттестован(а)</span></xsl:template>
<xsl:template match="@*[. = 'осв']|*[. = 'осв']" mode="final"><span class="word">освобождён(а)</span></xsl:template>

<xsl:template match="subject" mode="how"><span class="soft">нет</span></xsl:template>
<xsl:template match="subject[mark]" mode="how">
  <details>
    <summary><xsl:apply-templates select="mark" mode="strip"/></summary>
    <ul><xsl:apply-templates select="mark"/></ul>
    <xsl:apply-templates select="self::*[@mean]" mode="formula"/>
  </details>
</xsl:template>

<xsl:template match="mark" mode="strip">
  <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
  <span><xsl:value-of select="."/></span>
</xsl:template>

<xsl:template match="subject/mark">
  <li>
    <xsl:apply-templates select="@held_on" mode="day"/>
    <xsl:text> — </xsl:text><xsl:apply-templates select="." mode="value"/><xsl:text>, </xsl:text>
    <xsl:apply-templates select="." mode="work-name"/>
    <xsl:apply-templates select="@weight_pct" mode="weight"/>
    <xsl:apply-templates select="@comment"/>
  </li>
</xsl:template>

<!-- The formula of the mean: (5 × 1 + 4 × 2) : (1 + 2) = 4,33. Of a retaken mark (2/4) it needs
     the attempt that the school counts (@counts); without it no formula is shown. -->
<xsl:template match="subject" mode="formula">
  <p class="formula">
    <xsl:text>(</xsl:text><xsl:apply-templates select="mark" mode="term"/>
    <xsl:text>) : (</xsl:text><xsl:apply-templates select="mark" mode="divisor"/>
    <xsl:text>) = </xsl:text><b><xsl:value-of select="translate(@mean, '.', ',')"/></b>
  </p>
</xsl:template>
<xsl:template match="subject[mark[contains(., '/') and not(@counts)]]" mode="formula"/>

<xsl:template match="mark" mode="term">
  <xsl:if test="position() &gt; 1"> + </xsl:if>
  <xsl:value-of select="concat(., ' × ', translate(string(@weight_pct div 100), '.', ','))"/>
</xsl:template>
<xsl:template match="mark[@counts]" mode="term">
  <xsl:if test="position() &gt; 1"> + </xsl:if>
  <xsl:value-of select="concat(@counts, ' × ', translate(string(@weight_pct div 100), '.', ','))"/>
</xsl:template>
<xsl:template match="mark" mode="divisor">
  <xsl:if test="position() &gt; 1"> + </xsl:if>
  <xsl:value-of select="translate(string(@weight_pct div 100), '.', ',')"/>
</xsl:template>

<!-- ...................................... the year: final marks of its terms -->

<xsl:template match="page/diary[@is_year][subject]" priority="1">
  <table class="data subjects year">
    <thead><tr><th scope="col">Предмет</th><xsl:apply-templates select="term" mode="head"/><th scope="col">Пропущено</th></tr></thead>
    <tbody><xsl:apply-templates select="subject" mode="year"/></tbody>
  </table>
</xsl:template>

<xsl:template match="term" mode="head"><th scope="col"><xsl:value-of select="@name"/></th></xsl:template>
<xsl:template match="term[@short_name]" mode="head"><th scope="col" title="{@name}"><xsl:value-of select="@short_name"/></th></xsl:template>

<xsl:template match="subject" mode="year">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <xsl:apply-templates select="final[not(@is_last)]"/>
    <td class="term" data-word="год"><xsl:apply-templates select="@term_mark"/></td>
    <xsl:apply-templates select="final[@is_last]"/>
    <td class="missed"><xsl:apply-templates select="@missed"/></td>
  </tr>
</xsl:template>

<!-- On a phone each cell names its term. -->
<xsl:template match="final">
  <td class="final">
    <xsl:if test="string(.)">
      <xsl:attribute name="data-word"><xsl:value-of select="@name"/></xsl:attribute>
    </xsl:if>
    <xsl:apply-templates select="." mode="final"/>
  </td>
</xsl:template>

<!-- ........................................... one work: how its mark came about -->

<xsl:template match="page/diary[@view = 'work']" mode="title">
  <xsl:value-of select="concat('История отметки · ', @subject_name, ' · ', @name)"/>
</xsl:template>

<xsl:template match="page/diary[@view = 'work']" mode="actions" priority="1">
  <div class="actions">
    <a href="{$base}/pupils/{@pupil_id}/marks">Отметки по предметам</a>
  </div>
</xsl:template>

<xsl:template match="page/diary[@view = 'work']" priority="1">
  <p class="lead">
    <xsl:if test="@value"><b><xsl:value-of select="@value"/></b> — </xsl:if>
    <xsl:apply-templates select="." mode="work-name"/>
    <xsl:apply-templates select="@weight_pct" mode="weight"/>
    <xsl:text>, </xsl:text><xsl:apply-templates select="@held_on" mode="date"/>
  </p>
  <table class="data changes">
    <caption class="sr">Изменения отметки</caption>
    <thead>
      <tr>
        <th scope="col">Когда</th>
        <th scope="col">Кто</th>
        <th scope="col">Было</th>
        <th scope="col">Стало</th>
        <th scope="col">Комментарий</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="change"/></tbody>
  </table>
</xsl:template>

<xsl:template match="diary/change">
  <tr>
    <xsl:if test="@is_void"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
    <td><xsl:value-of select="@who"/></td>
    <td data-word="Было"><xsl:apply-templates select="@old" mode="final"/></td>
    <td data-word="Стало">
      <xsl:apply-templates select="@new" mode="final"/>
      <xsl:if test="@attempt"><small> (пересдача)</small></xsl:if>
      <xsl:if test="@is_void"><small> (отменено)</small></xsl:if>
      <xsl:if test="@reason"><small> (исправлено: <xsl:value-of select="@reason"/>)</small></xsl:if>
    </td>
    <td><xsl:value-of select="@comment"/></td>
  </tr>
</xsl:template>

</xsl:stylesheet>
