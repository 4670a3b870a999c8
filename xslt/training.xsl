<?xml version="1.0" encoding="UTF-8"?>
<!-- training.xsl: what one learns, and what the staff have learnt (DOC-03, DOC-07).
     in   training[view=show training_id? home_id? is_inside? is_family? done?]
            /task[module role hours is_mine? passed_on? task done_on?]…, tasks of a module one after the other
          training[view=staff school_name today_on done?]
            /staff[staff_id name post? hours done last_on?]
              /record[training_record_id module passed_on hours seminar?]…, choice…
     out  the tasks of each module; the staff with their hours, and the form of a seminar
     see  training_words.xsl, record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="record.xsl"/>
<xsl:include href="training_words.xsl"/>

<xsl:variable name="fields">
  <f name="staff_id" label="Сотрудник" choices="1" required="required"/>
  <f name="passed_on" label="День" type="date" required="required"/>
  <f name="hours" label="Часов" type="decimal" max="18" required="required"/>
  <f name="seminar" label="Семинар" max="120" required="required" hint="Тема и кто проводил."/>
</xsl:variable>
<xsl:variable name="module-word" select="exsl:node-set($training-words)/module"/>
<xsl:variable name="role-word" select="exsl:node-set($training-words)/role"/>
<xsl:variable name="task-word" select="exsl:node-set($training-words)/task"/>

<xsl:template match="page[training]/errors/error[@code = 'JE203']" mode="words" priority="1">Этот день ещё не наступил.</xsl:template>

<!-- ............................................................ one's own -->

<xsl:template match="page/training" mode="title">Обучение</xsl:template>
<xsl:template match="page/training" mode="actions">
  <div class="actions">
    <xsl:if test="contains($opens, ' /training/staff ')"><a href="{$base}/training/staff">Обучение сотрудников</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/training">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:apply-templates select="." mode="where"/>
  <xsl:variable name="tasks" select="task"/>
  <xsl:variable name="first-tasks" select="task[not(@module = preceding-sibling::task[1]/@module)]"/>
  <xsl:for-each select="$first-tasks">
    <xsl:if test="@is_mine and position() = 1"><h2>Ваша программа: <xsl:value-of select="translate(sum($first-tasks[@is_mine]/@hours), '.', ',')"/> ч</h2></xsl:if>
    <xsl:if test="not(@is_mine) and not(preceding-sibling::task[1][not(@is_mine)])"><h2>Для других ролей</h2></xsl:if>
    <xsl:call-template name="module"><xsl:with-param name="tasks" select="$tasks[@module = current()/@module]"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<!-- Where the tasks are done. -->
<xsl:template match="training" mode="where">
  <p class="notice">Учебной школы пока нет: её создаёт администратор сервера командой ejournal-school --training. В ней можно ошибаться, письма из неё не уходят.</p>
</xsl:template>
<xsl:template match="training[@is_family]" mode="where">
  <p class="hint">Полчаса, чтобы освоиться с дневником. Задания проверяет журнал: сделайте их в своём дневнике.</p>
</xsl:template>
<xsl:template match="training[@training_id]" mode="where">
  <form class="card" method="post" action="{$base}/school">
    <xsl:call-template name="token"/>
    <input type="hidden" name="back" value="/training"/>
    <p>Задания выполняют в учебной школе: там есть ваш класс и ваш журнал, ошибиться не страшно. Журнал сам видит, что сделано.</p>
    <p class="bar"><button class="main" name="school_id" value="{@training_id}">Перейти в учебную школу</button></p>
  </form>
</xsl:template>
<xsl:template match="training[@is_inside]" mode="where" priority="1">
  <form class="card" method="post" action="{$base}/school">
    <xsl:call-template name="token"/>
    <input type="hidden" name="back" value="/training"/>
    <p>Вы в учебной школе. Выполните задания и зачтите модуль.</p>
    <p class="bar"><button name="school_id" value="{@home_id}">Вернуться в свою школу</button></p>
  </form>
</xsl:template>

<!-- A module; the context node is its first task. -->
<xsl:template name="module">
  <xsl:param name="tasks"/>
  <table class="data people training">
    <caption>
      <xsl:value-of select="$module-word[@key = current()/@module]/@word"/>
      <xsl:text> · </xsl:text><xsl:value-of select="$role-word[@key = current()/@role]/@word"/>
      <xsl:text>, </xsl:text><xsl:value-of select="translate(number(@hours), '.', ',')"/><xsl:text> ч</xsl:text>
    </caption>
    <thead><tr><th scope="col">Задание</th><th scope="col">Сделано</th></tr></thead>
    <tbody>
      <xsl:for-each select="$tasks">
        <xsl:variable name="word" select="$task-word[@key = current()/@task]"/>
        <tr>
          <th scope="row">
            <xsl:choose>
              <xsl:when test="(../@is_inside or ../@is_family) and contains($opens, concat(' ', $word/@path, ' '))">
                <a href="{$base}{$word/@path}"><xsl:value-of select="$word/@word"/></a>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="$word/@word"/></xsl:otherwise>
            </xsl:choose>
          </th>
          <td data-word="Сделано">
            <xsl:choose>
              <xsl:when test="@done_on"><span class="done"><xsl:apply-templates select="@done_on" mode="date"/></span></xsl:when>
              <xsl:otherwise><span class="soft">ещё нет</span></xsl:otherwise>
            </xsl:choose>
          </td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <xsl:choose>
    <xsl:when test="@passed_on"><p><span class="done">Зачтено <xsl:apply-templates select="@passed_on" mode="date"/></span></p></xsl:when>
    <xsl:when test="not(../@is_family) and not($tasks[not(@done_on)])">
      <form method="post" action="{$base}/training">
        <xsl:call-template name="token"/>
        <p class="bar"><button class="main" name="module" value="{@module}">Зачесть модуль</button></p>
      </form>
    </xsl:when>
  </xsl:choose>
</xsl:template>

<!-- ............................................................. the staff -->

<xsl:template match="page/training[@view = 'staff']" mode="title">Обучение сотрудников</xsl:template>
<xsl:template match="page/training[@view = 'staff']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/training[@view = 'staff']" mode="actions">
  <div class="actions"><a href="{$base}/training/staff?format=print">Ведомость</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/training[@view = 'staff']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <details class="card">
    <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Записать семинар</summary>
    <form method="post" action="{$base}/training/staff">
      <xsl:call-template name="token"/>
      <xsl:call-template name="edit-fields"/>
      <p class="bar"><button class="main">Записать</button></p>
    </form>
  </details>
  <table class="data people">
    <caption>Программа по ролям, не более 18 часов</caption>
    <thead>
      <tr><th scope="col">Сотрудник</th><th scope="col">Должность</th><th scope="col" class="number">Программа, ч</th><th scope="col" class="number">Зачтено, ч</th><th scope="col">Последний раз</th><th scope="col">Семинары</th></tr>
    </thead>
    <tbody><xsl:for-each select="staff"><xsl:call-template name="learner"/></xsl:for-each></tbody>
  </table>
</xsl:template>

<xsl:template name="learner">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td data-word="Должность"><xsl:value-of select="@post"/></td>
    <td data-word="Программа, ч" class="number"><xsl:value-of select="translate(number(@hours), '.', ',')"/></td>
    <td data-word="Зачтено, ч" class="number"><xsl:value-of select="translate(number(@done), '.', ',')"/></td>
    <td data-word="Последний раз"><xsl:apply-templates select="@last_on" mode="date"/></td>
    <td data-word="Семинары">
      <xsl:for-each select="record[@seminar]">
        <form method="post" action="{$base}/training/records/{@training_record_id}">
          <xsl:call-template name="token"/>
          <xsl:apply-templates select="@passed_on" mode="date"/>
          <xsl:value-of select="concat(' ', @seminar, ', ', translate(number(@hours), '.', ','), ' ч ')"/>
          <button class="quiet">Удалить<span class="sr"> семинар <xsl:value-of select="@seminar"/></span></button>
        </form>
      </xsl:for-each>
    </td>
  </tr>
</xsl:template>

</xsl:stylesheet>
