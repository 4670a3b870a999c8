<?xml version="1.0" encoding="UTF-8"?>
<!-- journal.xsl: the list of journals, and the grid of one.
     in   <journal view="list"> class…, teaching/term…
          <journal view="show"> term…, scale_value…, term_value…, code…,
            column…, pupil/c…, lesson…   (dense, in order: see sql/queries)
     out  list: a table of links; show: table.data.marks and table.data.topics
     see  journal_forms.xsl: a cell's history; finals.xsl: term marks with what they are given on
          print/journal.xsl: the official spread -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="journal_forms.xsl"/>

<!-- ............................................................. the grid -->

<xsl:template match="page/journal" mode="title">
  <xsl:value-of select="concat(@subject_name, ', ', @class_name, ' · ',
                               @term_name, ' · ', @staff_name)"/>
</xsl:template>

<xsl:template match="page/journal[column and pupil]" mode="script">
  <script type="module" src="{$static}/journal.js"></script>
</xsl:template>

<xsl:template match="page/journal" mode="actions">
  <nav class="tabs" aria-label="Учебные периоды">
    <xsl:apply-templates select="term"/>
  </nav>
  <div class="actions">
    <span data-ej-status="" role="status"></span>
    <xsl:if test="@can_write">
      <button type="button" class="main" data-ej-save="" hidden="hidden">Сохранить</button>
    </xsl:if>
    <xsl:if test="lesson"><a href="#topics">Темы и задания</a></xsl:if>
    <xsl:if test="@can_carry"><a href="{$base}/journals/{@journal_id}/marksheet">Перенести отметки</a></xsl:if>
    <a href="?format=print">Печать</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="journal/term">
  <a href="{$base}/journals/{@journal_id}"><xsl:apply-templates select="@name" mode="term-name"/></a>
</xsl:template>
<xsl:template match="journal/term[@is_current]">
  <b aria-current="page"><xsl:value-of select="@name"/></b>
</xsl:template>

<xsl:template match="page/journal">
  <xsl:apply-templates select="self::*[@is_closed]" mode="closed"/>
  <xsl:apply-templates select="@former_names"/>
  <xsl:apply-templates select="self::*[not(column[@lesson_id])][@term_kind != 'year']" mode="no-lessons"/>
  <!-- like a spread of the paper journal, if both fit: marks left, topics right -->
  <div class="book">
    <div class="leaf">
      <xsl:apply-templates select="." mode="marks"/>
      <xsl:apply-templates select="." mode="legend"/>
    </div>
    <xsl:apply-templates select="." mode="topics"/>
  </div>
</xsl:template>

<!-- The journal names all who taught it. -->
<xsl:template match="journal/@former_names">
  <p class="hint">Учитель с <xsl:apply-templates select="../@handed_on" mode="date"/> — <xsl:value-of select="../@staff_name"/>, до этого — <xsl:value-of select="."/>.</p>
</xsl:template>

<xsl:template match="journal" mode="marks">
  <div class="scroll">
    <table class="data marks" role="grid" data-ej-grid="" data-journal="{@journal_id}"
           data-action="{$base}/journals/{@journal_id}" data-token="{/page/@form_token}">
      <xsl:if test="@is_unmarked"><xsl:attribute name="class">data marks unmarked</xsl:attribute></xsl:if>
      <xsl:apply-templates select="." mode="data"/>
      <caption class="sr">Отметки и пропуски: <xsl:value-of
        select="concat(@subject_name, ', ', @class_name, ', ', @term_name)"/></caption>
      <xsl:apply-templates select="." mode="head"/>
      <tbody><xsl:apply-templates select="pupil"/></tbody>
      <xsl:apply-templates select="self::*[not(@is_unmarked)]" mode="foot"/>
    </table>
  </div>
</xsl:template>

<xsl:template match="page/journal[not(pupil)]">
  <xsl:apply-templates select="self::*[@is_closed]" mode="closed"/>
  <p class="empty">В этой группе пока нет учеников. Их зачисляет в класс администратор или завуч.</p>
  <xsl:apply-templates select="." mode="topics"/>
</xsl:template>

<xsl:template match="page/journal[not(column)]">
  <xsl:apply-templates select="self::*[@is_closed]" mode="closed"/>
  <xsl:apply-templates select="." mode="no-lessons"/>
  <xsl:apply-templates select="." mode="topics"/>
</xsl:template>

<xsl:template match="journal" mode="no-lessons">
  <p class="notice">В этом периоде пока нет уроков. Они появятся, когда завуч составит расписание.</p>
</xsl:template>
<xsl:template match="journal[lesson]" mode="no-lessons">
  <p class="notice">Уроки этого периода ещё впереди: столбец для отметок появится в день урока.</p>
</xsl:template>

<xsl:template match="journal[@is_unmarked and @term_kind = 'year']" mode="no-lessons">
  <p class="notice">В этом классе отметок не ставят, и за год их нет.</p>
</xsl:template>

<xsl:template match="journal" mode="closed">
  <p class="notice">Журнал закрыт<xsl:if test="@closed_on"><xsl:text> </xsl:text><xsl:apply-templates
    select="@closed_on" mode="date"/></xsl:if>: записи можно только смотреть.</p>
</xsl:template>

<!-- Data for the script: the account, the letters of absences, the scales. -->
<xsl:template match="journal" mode="data">
  <xsl:if test="@can_write"><xsl:attribute name="data-can-write">1</xsl:attribute></xsl:if>
  <xsl:if test="/page/@account_id">
    <xsl:attribute name="data-account"><xsl:value-of select="/page/@account_id"/></xsl:attribute>
  </xsl:if>
  <xsl:attribute name="data-scale"><xsl:apply-templates select="scale_value[not(../@is_unmarked)]" mode="data"/></xsl:attribute>
  <xsl:attribute name="data-term-scale"><xsl:apply-templates select="term_value" mode="data"/></xsl:attribute>
  <xsl:attribute name="data-codes"><xsl:apply-templates select="code" mode="data"/></xsl:attribute>
  <xsl:attribute name="data-missed"><xsl:apply-templates select="code[@counts_missed]" mode="missed"/></xsl:attribute>
</xsl:template>
<xsl:template match="code" mode="missed">
  <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
  <xsl:value-of select="@code"/>
</xsl:template>

<xsl:template match="scale_value|term_value" mode="data">
  <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
  <xsl:value-of select="@value"/>
</xsl:template>
<xsl:template match="code" mode="data">
  <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
  <xsl:value-of select="concat(@code, ':', @latin)"/>
</xsl:template>

<xsl:template match="journal" mode="foot">
  <tfoot>
    <tr><th scope="row">Средний балл</th>
      <xsl:for-each select="column"><td><xsl:value-of select="translate(@mean, '.', ',')"/></td></xsl:for-each>
      <td></td>
    </tr>
  </tfoot>
</xsl:template>

<!-- The head has three rows: months, days (each links to its lesson), kinds of work. -->
<xsl:template match="journal" mode="head">
  <thead>
    <tr><th rowspan="3" scope="col">Ученик</th>
      <xsl:apply-templates select="column[@mspan]" mode="month"/>
      <xsl:apply-templates select="self::*[not(@is_unmarked)]" mode="total"/>
    </tr>
    <tr><xsl:apply-templates select="column[@is_first and @lesson_id]" mode="day"/></tr>
    <tr><xsl:apply-templates select="column" mode="kind"/>
      <xsl:if test="not(@is_unmarked)"><th scope="col" title="средний взвешенный балл">ср.</th></xsl:if>
    </tr>
  </thead>
</xsl:template>

<xsl:template match="journal" mode="total">
  <th colspan="{count(column[@kind = 'term']) + 1}" rowspan="2" scope="colgroup">Итог</th>
</xsl:template>

<!-- The name of a month is left out over a single column, which is too narrow for it. -->
<xsl:template match="column" mode="month">
  <th scope="colgroup">
    <xsl:choose>
      <xsl:when test="@mspan = 1">
        <xsl:attribute name="title"><xsl:value-of select="@month_name"/></xsl:attribute>
        <xsl:value-of select="substring(@month_name, 1, 3)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:attribute name="colspan"><xsl:value-of select="@mspan"/></xsl:attribute>
        <span><xsl:value-of select="@month_name"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </th>
</xsl:template>

<xsl:template match="column" mode="day">
  <th scope="colgroup">
    <xsl:if test="@span != 1"><xsl:attribute name="colspan"><xsl:value-of select="@span"/></xsl:attribute></xsl:if>
    <a href="{$base}/lessons/{@lesson_id}" title="{concat(substring(@held_on, 9), '.', substring(@held_on, 6, 2), ', ', @slot, '-й урок')}">
      <xsl:if test="@held_on = ../@today_on"><xsl:attribute name="aria-current">date</xsl:attribute></xsl:if>
      <xsl:if test="translate(@held_on, '-', '') &gt; $today"><xsl:attribute name="class">ahead</xsl:attribute></xsl:if>
      <xsl:value-of select="@day"/>
    </a>
  </th>
</xsl:template>

<xsl:template match="column" mode="kind">
  <xsl:choose>
    <xsl:when test="@work_id"><xsl:apply-templates select="." mode="work"/></xsl:when>
    <xsl:when test="@kind = 'term'"><xsl:apply-templates select="." mode="term"/></xsl:when>
    <xsl:otherwise><th scope="col" data-c="{@column_id}"><xsl:apply-templates select="@is_read_only"/>·</th></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A substitute can edit only the lessons that they taught. -->
<xsl:template match="column/@is_read_only"><xsl:attribute name="data-off"/></xsl:template>

<xsl:template match="column" mode="work">
  <th scope="col" data-c="{@column_id}">
    <xsl:apply-templates select="@is_read_only"/>
    <xsl:attribute name="title">
      <xsl:apply-templates select="." mode="work-name"/>
      <xsl:apply-templates select="@weight_pct" mode="weight"/>
    </xsl:attribute>
    <xsl:value-of select="@short_name"/>
  </th>
</xsl:template>

<!-- The journal of a year shows the marks of the terms before the year's own (is_first). -->
<xsl:template match="column" mode="term">
  <th scope="col" data-c="{@column_id}" data-term="" title="{@kind_name}">
    <xsl:apply-templates select="@is_read_only"/>
    <xsl:choose>
      <xsl:when test="../@can_write and @is_first and not(@is_read_only)">
        <a href="{$base}/journals/{../@journal_id}/finals" title="Поставить итоговые отметки">
          <xsl:apply-templates select="@short_name" mode="term"/>
        </a>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="@short_name" mode="term"/></xsl:otherwise>
    </xsl:choose>
  </th>
</xsl:template>

<!-- Shortens «II четверть» to «II ч.». -->
<xsl:template match="@*" mode="term">
  <xsl:value-of select="substring-before(concat(., ' '), ' ')"/>
  <xsl:choose>
    <xsl:when test="contains(., ' четв')"> ч.</xsl:when>
    <xsl:when test="contains(., ' полуг')"> п/г</xsl:when>
    <xsl:when test="contains(., ' трим')"> тр.</xsl:when>
  </xsl:choose>
</xsl:template>

<!-- One row of the grid. Nearly all of the page's time and bytes are here, so an ordinary cell is
     a bare td and costs one xsl:if (an xsl:choose costs twice as much, a template matched for
     each cell three times); the built-in template puts its text. -->
<xsl:variable name="is-marked" select="not(/page/journal/@is_unmarked)"/>
<xsl:template match="journal/pupil">
  <tr data-p="{@pupil_id}">
    <xsl:choose>
      <xsl:when test="@left_on or @came_on"><xsl:apply-templates select="." mode="stay"/></xsl:when>
      <xsl:when test="@has_diary">
        <th scope="row">
          <a href="{$base}/pupils/{@pupil_id}/marks"><xsl:value-of select="@name"/></a>
        </th>
      </xsl:when>
      <xsl:otherwise>
        <th scope="row">
          <a href="{$base}/pupils/{@pupil_id}/remarks"><xsl:value-of select="@name"/></a>
        </th>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:for-each select="c">
      <td>
        <xsl:if test="@*"><xsl:apply-templates select="." mode="look"/></xsl:if>
        <xsl:apply-templates/>
      </td>
    </xsl:for-each>
    <xsl:if test="$is-marked"><td><xsl:value-of select="translate(@mean, '.', ',')"/></td></xsl:if>
  </tr>
</xsl:template>

<xsl:template match="pupil" mode="stay">
  <th scope="row" title="{@name}">
    <xsl:choose>
      <xsl:when test="@left_on">
        <s><xsl:value-of select="@name"/></s><xsl:text> </xsl:text><small>до <xsl:apply-templates select="@left_on" mode="day"/></small>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="@name"/><xsl:text> </xsl:text><small>с <xsl:apply-templates select="@came_on" mode="day"/></small>
      </xsl:otherwise>
    </xsl:choose>
  </th>
</xsl:template>

<!-- Attributes of a special cell, most often one with an absence. -->
<xsl:template match="c" mode="look">
  <xsl:if test="@a"><xsl:attribute name="class">a</xsl:attribute></xsl:if>
  <xsl:if test="@off or @t or @m">
    <xsl:attribute name="class">
      <xsl:if test="@off">x</xsl:if>
      <xsl:value-of select="normalize-space(concat(name(@a), ' ', name(@t), ' ', name(@m)))"/>
    </xsl:attribute>
    <xsl:if test="@m"><xsl:attribute name="title"><xsl:value-of select="@m"/></xsl:attribute></xsl:if>
  </xsl:if>
</xsl:template>

<!-- ...................................................... under the grid -->

<xsl:template match="journal" mode="legend">
  <dl class="codes legend"><xsl:apply-templates select="code" mode="legend"/></dl>
  <details class="legend">
    <summary>Обозначения и клавиши</summary>
    <div class="columns">
      <section>
        <h2>Клетки</h2>
        <p>Отметка рядом с буквой — через пробел: «о&#160;4». Пересдача — через черту: «2/4». Зачёркнут тот, кто выбыл; серая клетка — ученика в этот день нет в группе; уголок у клетки — пояснение к отметке. Число вверху открывает урок, выделено сегодняшнее.</p>
      </section>
      <!-- the script adds the keys (words.js) -->
      <xsl:apply-templates select="self::*[@can_write]" mode="words"/>
    </div>
  </details>
</xsl:template>

<xsl:template match="code" mode="legend">
  <div><dt><xsl:value-of select="@code"/></dt><xsl:text> </xsl:text><dd><xsl:value-of select="@name"/></dd></div>
</xsl:template>

<xsl:variable name="can-add-work" select="/page/@format = 'html' and /page/journal/@can_write"/>

<xsl:template match="journal" mode="topics">
  <section class="leaf">
    <h2 id="topics">Темы уроков и задания</h2>
    <!-- the form of all buttons in the table -->
    <xsl:if test="$can-add-work and lesson/@wanted_kinds">
      <form id="work" method="post" action="{$base}/journals/{@journal_id}"><xsl:call-template name="token"/></form>
    </xsl:if>
    <table class="data topics">
      <thead>
        <tr>
          <th scope="col">Дата</th>
          <th scope="col">Часы</th>
          <th scope="col">Тема</th>
          <th scope="col">Вид работы</th>
          <xsl:if test="not(@is_unmarked)"><th scope="col">Домашнее задание</th></xsl:if>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="lesson"/></tbody>
    </table>
  </section>
</xsl:template>

<!-- The journal of a year has no lessons, so it has no topics. -->
<xsl:template match="journal[not(lesson)]" mode="topics"/>

<xsl:template match="journal/lesson">
  <tr>
    <xsl:if test="@state = 'cancelled' or @state = 'moved'"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <th scope="row"><a href="{$base}/lessons/{@lesson_id}"><xsl:apply-templates select="@held_on" mode="day"/></a></th>
    <td><xsl:apply-templates select="@hours" mode="amount"/></td>
    <td>
      <xsl:choose>
        <xsl:when test="@state = 'cancelled'">Урок отменён</xsl:when>
        <xsl:when test="@state = 'moved'">Урок перенесён</xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="@topic"/>
          <xsl:if test="not(@attendance_at and string(@topic))"><xsl:apply-templates select="." mode="todo"/></xsl:if>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@staff_name"><xsl:text> </xsl:text><small>(замена: <xsl:value-of select="@staff_name"/>)</small></xsl:if>
    </td>
    <td><xsl:value-of select="@kinds"/><xsl:apply-templates select="@wanted_kinds"/></td>
    <xsl:if test="not(../@is_unmarked)">
      <td>
        <xsl:choose>
          <xsl:when test="@is_homework_none"><span class="soft none">не задано</span></xsl:when>
          <xsl:when test="@is_homework_missing"><a class="todo none" href="{$base}/lessons/{@lesson_id}">Задание не записано</a></xsl:when>
          <xsl:otherwise><xsl:apply-templates select="homework"/></xsl:otherwise>
        </xsl:choose>
      </td>
    </xsl:if>
  </tr>
</xsl:template>

<!-- The work that the plan's topic asks for, made in one tap. -->
<xsl:template match="lesson/@wanted_kinds">
  <xsl:if test="$can-add-work">
    <div><button class="plain" form="work" name="work_lesson_id" value="{../@lesson_id}">Добавить: <xsl:value-of select="."/></button></div>
  </xsl:if>
</xsl:template>

<xsl:template match="journal/lesson/homework">
  <xsl:if test="position() &gt; 1"><br/></xsl:if>
  <xsl:apply-templates mode="prose"/>
</xsl:template>

<!-- A lesson until today without a topic stands out, since the deputy checks for these. Dates are
     compared as numbers. -->
<xsl:variable name="today" select="number(translate(/page/journal/@today_on, '-', ''))"/>

<xsl:template match="lesson" mode="todo">
  <xsl:if test="translate(@held_on, '-', '') &lt;= $today">
    <xsl:if test="not(string(@topic))"><a class="todo none" href="{$base}/lessons/{@lesson_id}">Тема не записана</a></xsl:if>
    <xsl:if test="not(@attendance_at)">
      <xsl:text> </xsl:text>
      <a class="todo" href="{$base}/lessons/{@lesson_id}">Отсутствующие не отмечены</a>
    </xsl:if>
  </xsl:if>
</xsl:template>

<!-- ............................................................. the list -->

<xsl:template match="page/journal[@view = 'list']" mode="title" priority="1">Журналы</xsl:template>
<xsl:template match="page/journal[@view = 'list']" mode="actions">
  <form class="filter" method="get" action="{$base}/journals">
    <xsl:if test="class[2]">
      <label>Класс <select name="class_id">
          <option value="">все</option>
          <xsl:apply-templates select="class" mode="filter"/>
        </select></label>
    </xsl:if>
    <xsl:if test="subject[2]">
      <label>Предмет <select name="subject_id">
          <option value="">все</option>
          <xsl:apply-templates select="subject" mode="filter"/>
        </select></label>
    </xsl:if>
    <xsl:if test="staff[2]">
      <label>Учитель <select name="staff_id">
          <option value="">все</option>
          <xsl:apply-templates select="staff" mode="filter"/>
        </select></label>
    </xsl:if>
    <xsl:apply-templates select="@year|@class_id[not(../class[2])]|@subject_id[not(../subject[2])]|@staff_id[not(../staff[2])]"
                         mode="kept"/>
    <button>Показать</button>
  </form>
  <xsl:if test="contains($opens, ' /tasks ')"><div class="actions"><a href="{$base}/tasks">Задать нескольким классам</a> <a href="{$base}/handins">Сданные работы</a></div></xsl:if>
</xsl:template>
<xsl:template match="page/journal[@view = 'list' and not(class[2] or subject[2] or staff[2])]" mode="actions" priority="1"/>

<!-- Carries along the filters that cannot be chosen on this page. -->
<xsl:template match="@*" mode="kept"><input type="hidden" name="{name()}" value="{.}"/></xsl:template>

<xsl:template match="class" mode="filter">
  <option value="{@class_id}">
    <xsl:if test="@class_id = ../@class_id"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="@name"/>
  </option>
</xsl:template>
<xsl:template match="subject" mode="filter">
  <option value="{@subject_id}">
    <xsl:if test="@subject_id = ../@subject_id"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="@name"/>
  </option>
</xsl:template>
<xsl:template match="staff" mode="filter">
  <option value="{@staff_id}">
    <xsl:if test="@staff_id = ../@staff_id"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="@name"/>
  </option>
</xsl:template>

<xsl:template match="page/journal[@view = 'list']" priority="1">
  <!-- the largest number of terms of a teaching gives the number of columns -->
  <xsl:variable name="most">
    <xsl:for-each select="teaching">
      <xsl:sort select="count(term)" data-type="number" order="descending"/>
      <xsl:if test="position() = 1"><xsl:value-of select="count(term)"/></xsl:if>
    </xsl:for-each>
  </xsl:variable>
  <table class="data list">
    <thead>
      <tr>
        <th scope="col">Класс, группа</th>
        <th scope="col">Предмет</th>
        <th scope="col">Учитель</th>
        <th scope="col">Не заполнено</th>
        <th scope="colgroup" colspan="{$most}">Журнал за период</th>
      </tr>
    </thead>
    <tbody>
      <xsl:apply-templates select="teaching"><xsl:with-param name="most" select="$most"/></xsl:apply-templates>
    </tbody>
  </table>
  <xsl:apply-templates select="@page"/>
</xsl:template>

<xsl:template match="page/journal[@view = 'list' and not(teaching)]" priority="2">
  <p class="empty">Журналов нет: за вами не закреплены предметы. Нагрузку распределяет завуч.</p>
</xsl:template>

<xsl:template match="page/journal[@view = 'list'][not(teaching)][@class_id or @subject_id or @staff_id or @year]" priority="3">
  <p class="empty">По этому отбору журналов нет. <a href="{$base}/journals">Показать все</a></p>
</xsl:template>

<xsl:template match="journal/teaching">
  <xsl:param name="most"/>
  <tr>
    <th scope="row"><xsl:value-of select="@class_name"/></th>
    <td><xsl:value-of select="@subject_name"/></td>
    <td><xsl:value-of select="@staff_name"/></td>
    <td class="missing"><xsl:apply-templates select="@unfilled"/></td>
    <xsl:apply-templates select="term"/>
    <xsl:if test="count(term) &lt; $most"><td class="terms" colspan="{$most - count(term)}"></td></xsl:if>
  </tr>
</xsl:template>

<!-- The number of unfilled lessons; the linked journal lists them under its grid. -->
<xsl:template match="teaching/@unfilled">
  <xsl:variable name="terms" select="../term"/>
  <xsl:variable name="current" select="$terms[@is_current]"/>
  <a class="todo" href="{$base}/journals/{($current | $terms[not($current)][last()])/@journal_id}#topics">
    <xsl:call-template name="plural">
      <xsl:with-param name="n" select="."/>
      <xsl:with-param name="one" select="'урок'"/>
      <xsl:with-param name="few" select="'урока'"/>
      <xsl:with-param name="many" select="'уроков'"/>
    </xsl:call-template>
  </a>
</xsl:template>

<xsl:template match="teaching/term">
  <td class="terms"><a href="{$base}/journals/{@journal_id}">
    <xsl:if test="@is_current"><xsl:attribute name="class">is-current</xsl:attribute></xsl:if>
    <xsl:apply-templates select="@name" mode="term-name"/>
    <xsl:if test="@is_closed"><span class="soft"><xsl:apply-templates select="@name" mode="closed-word"/></span></xsl:if>
  </a></td>
</xsl:template>

<xsl:template match="journal/@page">
  <xsl:variable name="filter" select="concat('?class_id=', ../@class_id, '&amp;subject_id=', ../@subject_id,
                                              '&amp;staff_id=', ../@staff_id, '&amp;year=', ../@year)"/>
  <xsl:call-template name="pages"><xsl:with-param name="kept" select="$filter"/></xsl:call-template>
</xsl:template>

</xsl:stylesheet>
