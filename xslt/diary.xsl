<?xml version="1.0" encoding="UTF-8"?>
<!-- diary.xsl: the pages for families: the week as in a paper diary, and the marks of a term
     by subject.
     in   <diary pupil_id name class_name week_on previous_on next_on today_on>
            child…, truancy…?, away…?, unseen…?, news…?, due…?, event…?, receipt?/changed…?,
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
    <a href="{$base}/pupils/{@pupil_id}/marks">Отметки<span class="rest"> по предметам</span></a>
    <a href="{$base}/pupils/{@pupil_id}/homework">Задания<span class="rest"> на дом</span></a>
    <a href="{$base}/pupils/{@pupil_id}/controls">Контрольные<span class="rest"> работы</span></a>
    <a href="{$base}/pupils/{@pupil_id}/timetable">Расписание<span class="rest">, учителя, каникулы</span></a>
    <a href="{$base}/pupils/{@pupil_id}/remarks">Замечания<span class="rest"> и рекомендации</span></a>
    <a href="{$base}/pupils/{@pupil_id}">Карточка</a>
    <xsl:if test="contains($opens, ' /events ')"><a href="{$base}/pupils/{@pupil_id}/portfolio">Портфолио</a></xsl:if>
    <xsl:if test="contains($opens, ' /classes ')"><a href="{$base}/pupils/{@pupil_id}/extract">Табель</a></xsl:if>
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
  <!-- for the family only, on the page without a chosen week, with which it begins -->
  <xsl:if test="child[@is_current] and not(contains(/page/@query, 'week_on='))"><xsl:apply-templates select="/page" mode="unread"/></xsl:if>
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

<xsl:include href="diary_news.xsl"/>
<xsl:include href="events_words.xsl"/>

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
    <a href="{$base}/events/{@event_id}"><b><xsl:value-of select="@title"/></b></a>
    <xsl:if test="@place">, <xsl:value-of select="@place"/></xsl:if>
    <xsl:if test="@is_whole"><xsl:text> </xsl:text><small>вся школа</small></xsl:if>
    <xsl:if test="@state = 'cancelled'"><xsl:text> </xsl:text><span class="badge">отменено</span></xsl:if>
    <xsl:choose>
      <xsl:when test="@result">
        <xsl:text> </xsl:text><span class="done"><xsl:apply-templates select="@result" mode="event-result"/></span>
      </xsl:when>
      <xsl:when test="@is_in"><xsl:text> </xsl:text><small>участвует</small></xsl:when>
    </xsl:choose>
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

<xsl:include href="diary_marks.xsl"/>

</xsl:stylesheet>
