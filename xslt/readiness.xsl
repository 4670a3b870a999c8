<?xml version="1.0" encoding="UTF-8"?>
<!-- readiness.xsl: checklists of missing data for the new school year.
     in   <readiness year school_name today_on has_relay?>
            <line due_on code things missing is_done? is_late? grade? class_id?/>…
            <letters pupils reached paper/>?
     out  three lists, each with the day on which it is due: done, or the number of
          missing things and a link to the page on which to enter them
     see  readiness-words below, the names of the lines -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="layout.xsl"/>

<!-- word: the thing that must be complete; lacks: what a thing lacks that is incomplete; path: the
     page on which it is entered, if there is one; limit: what limits that page to what lacks it -->
<xsl:variable name="readiness-words">
  <line code="class" word="Списки классов" lacks="без учеников" path="/classes" limit="lacks=pupil"/>
  <line code="class_teacher" word="Классные руководители" lacks="классов без руководителя" path="/classes" limit="lacks=teacher"/>
  <line code="load" word="Учителя по классам" lacks="классов без нагрузки" path="/classes" limit="lacks=load"/>
  <line code="curriculum" word="Предметы в учебных планах" lacks="без часов" path="/curriculum"/>
  <line code="teacher" word="Учителя по учебному плану" lacks="без учителя" path="/load"/>
  <line code="hours" word="Нагрузка по учебному плану" lacks="часы не сходятся" path="/load"/>
  <line code="school" word="Реквизиты школы" lacks="не заполнено" path="/settings"/>
  <line code="staff" word="Сотрудники" path="/staff"/>
  <line code="subject" word="Предметы" path="/subjects"/>
  <line code="birth" word="Даты рождения учеников" lacks="нет даты" path="/pupils" limit="lacks=birth"/>
  <line code="guardian" word="Родители учеников" lacks="без родителей" path="/pupils" limit="lacks=guardian"/>
  <line code="code" word="Коды доступа для семей" lacks="семей без кода" path="/slips"/>
  <line code="consent" word="Согласия на обработку данных" lacks="без ответа родителей" path="/consents"/>
  <line code="plan" word="Утверждённые КТП" lacks="без утверждённого КТП" path="/programme" limit="lacks=plan"/>
  <line code="term" word="Учебные периоды по классам" lacks="классов без периодов" path="/classes" limit="lacks=term"/>
  <line code="calendar" word="Сроки без пропусков и пересечений" lacks="замечаний" path="/years"/>
  <line code="holiday" word="Каникулы" path="/holidays"/>
  <line code="bell" word="Звонки" path="/bells"/>
  <line code="room" word="Кабинеты" path="/rooms"/>
  <line code="member" word="Учебные группы" lacks="без учеников" path="/groups" limit="sort=size"/>
  <line code="timetable" word="Расписание по нагрузке" lacks="часы не сходятся" path="/timetable/edit"/>
  <line code="control" word="График контрольных работ" lacks="классов без контрольных" path="/controls"/>
</xsl:variable>
<xsl:variable name="readiness-line" select="exsl:node-set($readiness-words)/line"/>

<xsl:template match="page/readiness" mode="title">
  <xsl:value-of select="concat('Готовность к ', @year, '/', (@year + 1) mod 100, ' учебному году')"/>
</xsl:template>

<xsl:template match="page/readiness" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:key name="due" match="readiness/line" use="@due_on"/>

<xsl:template match="page/readiness">
  <xsl:apply-templates select="line[generate-id() = generate-id(key('due', @due_on))]" mode="list"/>
  <xsl:apply-templates select="letters"/>
</xsl:template>

<!-- Whether letters reach the families. -->
<xsl:template match="readiness/letters">
  <section class="readiness">
    <h2>Письма и СМС семьям</h2>
    <table class="data people">
      <caption class="sr">Письма и СМС семьям</caption>
      <thead><tr><th scope="col">Что нужно</th><th scope="col" class="number">Всего</th><th scope="col">Состояние</th></tr></thead>
      <tbody>
        <tr>
          <th scope="row">Почтовый сервер</th><td class="number"/>
          <td><xsl:choose>
            <xsl:when test="../@has_relay"><span class="done">подключён</span></xsl:when>
            <xsl:otherwise><span class="todo">не подключён</span> <small>Его указывает администратор сервера: EjournalMail.</small></xsl:otherwise>
          </xsl:choose></td>
        </tr>
        <tr>
          <th scope="row"><a href="{$base}/reach">Подтверждённые адреса родителей</a></th>
          <td class="number" data-word="учеников"><xsl:value-of select="@pupils"/></td>
          <td><xsl:choose>
            <xsl:when test="@reached + @paper &gt;= @pupils"><span class="done">готово</span></xsl:when>
            <xsl:otherwise><span class="todo">без адреса: <xsl:value-of select="@pupils - @reached - @paper"/></span></xsl:otherwise>
          </xsl:choose></td>
        </tr>
        <tr>
          <th scope="row"><a href="{$base}/consents">Семьи на бумаге</a></th>
          <td class="number" data-word="семей"><xsl:value-of select="@paper"/></td>
          <td><xsl:if test="@paper &gt; 0">получают полоски и выписки</xsl:if></td>
        </tr>
      </tbody>
    </table>
  </section>
</xsl:template>

<!-- The list of all lines that are due on the same day as this line, which is the first of them. -->
<xsl:template match="readiness/line" mode="list">
  <xsl:variable name="lines" select="key('due', @due_on)"/>
  <section class="readiness">
    <h2>
      <xsl:text>До </xsl:text>
      <xsl:apply-templates select="@due_on" mode="date"/>
      <xsl:text> </xsl:text>
      <xsl:choose>
        <xsl:when test="not($lines[not(@is_done)])"><span class="done">готово</span></xsl:when>
        <xsl:when test="$lines/@is_late"><span class="todo">просрочено: <xsl:value-of select="count($lines[@is_late])"/></span></xsl:when>
        <xsl:otherwise><span class="badge">осталось: <xsl:value-of select="count($lines[not(@is_done)])"/></span></xsl:otherwise>
      </xsl:choose>
    </h2>
    <table class="data people">
      <caption class="sr">До <xsl:apply-templates select="@due_on" mode="date"/></caption>
      <thead><tr><th scope="col">Что нужно</th><th scope="col" class="number">Всего</th><th scope="col">Состояние</th></tr></thead>
      <tbody><xsl:apply-templates select="$lines"/></tbody>
    </table>
  </section>
</xsl:template>

<xsl:template match="readiness/line">
  <xsl:variable name="words" select="$readiness-line[@code = current()/@code]"/>
  <tr>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="contains($opens, concat(' ', $words/@path, ' '))">
          <a href="{$base}{$words/@path}?year={../@year}"><xsl:value-of select="$words/@word"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$words/@word"/></xsl:otherwise>
      </xsl:choose>
    </th>
    <td class="number" data-word="всего"><xsl:value-of select="@things"/></td>
    <td>
      <xsl:choose>
        <xsl:when test="@is_done"><span class="done">готово</span></xsl:when>
        <xsl:when test="@things = 0"><span class="todo">ничего не введено</span></xsl:when>
        <xsl:when test="contains($opens, concat(' ', $words/@path, ' '))">
          <a class="todo">
            <xsl:attribute name="href">
              <xsl:value-of select="concat($base, $words/@path, '?year=', ../@year)"/>
              <xsl:if test="$words/@limit"><xsl:value-of select="concat('&amp;', $words/@limit)"/></xsl:if>
              <xsl:if test="@grade"><xsl:value-of select="concat('&amp;grade=', @grade)"/></xsl:if>
              <xsl:if test="@class_id"><xsl:value-of select="concat('&amp;class_id=', @class_id)"/></xsl:if>
            </xsl:attribute>
            <xsl:value-of select="concat($words/@lacks, ': ', @missing)"/>
          </a>
        </xsl:when>
        <xsl:otherwise><span class="todo"><xsl:value-of select="concat($words/@lacks, ': ', @missing)"/></span></xsl:otherwise>
      </xsl:choose>
    </td>
  </tr>
</xsl:template>

</xsl:stylesheet>
