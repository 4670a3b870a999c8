<?xml version="1.0" encoding="UTF-8"?>
<!-- programme.xsl: how far the programmes are fulfilled; a pupil's programme by subject.
     in   programme[@view = 'list'] with year lacks? find sort page pages count
            /line[teaching_id group_name subject_name staff_name norm? plan_id? plan_state? plan_hours? due given replaced covered?
            skipped? works? works_given? lag? done_pct?], choice[for = 'year']
          programme[@view = 'pupil'] with pupil_id name is_family?
            /subject[name group_name plan_hours? covered? lag? last_topic? next_topic? done_pct?]
     out  a table of teachings; a table of subjects
     see  list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="layout.xsl"/>

<xsl:template match="page/programme" mode="title">Выполнение программы <xsl:value-of select="concat(@year, '/', format-number((@year + 1) mod 100, '00'))"/></xsl:template>
<xsl:template match="page/programme[@view = 'pupil']" mode="title">
  <xsl:value-of select="concat('Как идёт программа · ', @name)"/>
</xsl:template>

<xsl:template match="page/programme" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Класс, предмет, учитель'"/></xsl:call-template>
  <xsl:call-template name="years"><xsl:with-param name="path" select="'/programme'"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/programme[@view = 'pupil']" mode="actions">
  <div class="actions"><a href="{$base}/pupils/{@pupil_id}/marks">Отметки</a></div>
</xsl:template>

<xsl:template match="page/programme">
  <xsl:if test="@lacks"><p class="notice">Только группы без утверждённого КТП. <a href="{$base}/programme?year={@year}">Весь список</a></p></xsl:if>
  <xsl:apply-templates select="self::*[line]" mode="table"/>
  <xsl:if test="not(line)">
    <p class="empty">
      <xsl:choose>
        <xsl:when test="string(@find) or @lacks">Ничего не нашлось. <a href="{$base}/programme?year={@year}">Весь список</a></xsl:when>
        <xsl:otherwise>Нагрузки в этом году пока нет. <a href="{$base}/load">Нагрузка</a></xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:if>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept">
        <xsl:value-of select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/>
        <xsl:for-each select=".."><xsl:call-template name="filters"/></xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="programme" mode="table">
  <p class="hint">Отставание и опережение — на сколько часов тем пройдено меньше или больше, чем уроков прошло по расписанию; объединённые темы считаются каждая, пропущенные с причиной — пройденными.</p>
  <div class="wide">
  <table class="data people broad">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/>
        <xsl:with-param name="one" select="'группа'"/>
        <xsl:with-param name="few" select="'группы'"/>
        <xsl:with-param name="many" select="'групп'"/>
      </xsl:call-template>
    </caption>
    <thead>
      <tr>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'class'"/>
          <xsl:with-param name="word" select="'Класс, группа'"/>
        </xsl:call-template>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'subject'"/>
          <xsl:with-param name="word" select="'Предмет'"/>
        </xsl:call-template>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'teacher'"/>
          <xsl:with-param name="word" select="'Учитель'"/>
        </xsl:call-template>
        <th scope="col">Часов по учебному плану</th>
        <th scope="col">Часов по КТП</th>
        <th scope="col">По плану на дату</th>
        <th scope="col">Проведено</th>
        <th scope="col">Из них замен</th>
        <th scope="col">Пройдено часов КТП</th>
        <th scope="col">Контрольных, лабораторных, практических</th>
        <th scope="col">Выполнено, %</th>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'lag'"/>
          <xsl:with-param name="word" select="'Отставание, опережение'"/>
        </xsl:call-template>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="line"/></tbody>
  </table>
  </div>
</xsl:template>

<xsl:template match="programme/line">
  <tr>
    <th scope="row"><a href="{$base}/teachings/{@teaching_id}/plan"><xsl:value-of select="@group_name"/></a></th>
    <td data-word="Предмет"><xsl:value-of select="@subject_name"/></td>
    <td data-word="Учитель"><xsl:value-of select="@staff_name"/></td>
    <td data-word="Часов по учебному плану" class="number"><xsl:apply-templates select="@norm" mode="amount"/></td>
    <td data-word="Часов по КТП" class="number">
      <xsl:if test="@plan_hours and @plan_hours != @norm"><xsl:attribute name="class">number over</xsl:attribute></xsl:if>
      <xsl:apply-templates select="@plan_hours" mode="amount"/>
      <xsl:if test="not(@plan_id)"><span class="todo">нет КТП</span></xsl:if>
      <xsl:if test="@plan_state != 'approved'"><xsl:text> </xsl:text><span class="todo">не утверждён</span></xsl:if>
    </td>
    <td data-word="По плану на дату" class="number"><xsl:apply-templates select="@due" mode="amount"/></td>
    <td data-word="Проведено" class="number"><xsl:apply-templates select="@given" mode="amount"/></td>
    <td data-word="Из них замен" class="number"><xsl:value-of select="@replaced"/></td>
    <td data-word="Пройдено часов КТП" class="number"><xsl:apply-templates select="@covered" mode="amount"/></td>
    <td data-word="Контрольных, лабораторных, практических" class="number">
      <xsl:if test="@plan_id"><xsl:value-of select="concat(@works_given, ' из ', @works)"/></xsl:if>
    </td>
    <td data-word="Выполнено, %" class="number"><xsl:value-of select="@done_pct"/></td>
    <td data-word="Отставание, опережение" class="number"><xsl:apply-templates select="@lag" mode="lag"/></td>
  </tr>
</xsl:template>

<xsl:template match="@lag" mode="lag"><xsl:value-of select="concat('+', translate(number(.), '.', ','))"/></xsl:template>
<xsl:template match="@lag[. = 0]" mode="lag">0</xsl:template>
<xsl:template match="@lag[. &lt; 0]" mode="lag"><span class="todo">
    <xsl:value-of select="concat('−', translate(-number(.), '.', ','))"/>
  </span>
</xsl:template>

<!-- ................................................................. a pupil -->

<xsl:template match="page/programme[@view = 'pupil']" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/diary')"/>
    <xsl:with-param name="word" select="'Дневник'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/programme[@view = 'pupil']" priority="1">
  <xsl:if test="not(subject)"><p class="empty">Уроков у ученика сейчас нет.</p></xsl:if>
  <xsl:if test="subject">
    <table class="data people">
      <caption class="sr">Программа по предметам</caption>
      <thead>
        <tr>
          <th scope="col">Предмет</th>
          <th scope="col">Пройдено</th>
          <th scope="col">По сравнению с планом</th>
          <th scope="col">Последняя тема</th>
          <th scope="col">Следующая тема</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="subject"/></tbody>
    </table>
  </xsl:if>
</xsl:template>

<xsl:template match="programme/subject">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td data-word="Пройдено">
      <xsl:choose>
        <xsl:when test="@plan_hours">
          <xsl:apply-templates select="@covered" mode="amount"/> из <xsl:apply-templates select="@plan_hours" mode="amount"/> ч, <xsl:value-of select="concat(@done_pct, '&#160;%')"/>
        </xsl:when>
        <xsl:otherwise><span class="soft">план не опубликован</span></xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="По сравнению с планом"><xsl:apply-templates select="@lag" mode="pace"/></td>
    <td data-word="Последняя тема"><xsl:value-of select="@last_topic"/></td>
    <td data-word="Следующая тема"><xsl:value-of select="@next_topic"/></td>
  </tr>
</xsl:template>
<xsl:template match="@lag" mode="pace">по плану</xsl:template>
<xsl:template match="@lag[. &lt; 0]" mode="pace">отстаёт, ч: <xsl:value-of select="translate(-number(.), '.', ',')"/></xsl:template>
<xsl:template match="@lag[. &gt; 0]" mode="pace">опережает, ч: <xsl:value-of select="translate(number(.), '.', ',')"/></xsl:template>

</xsl:stylesheet>
