<?xml version="1.0" encoding="UTF-8"?>
<!-- tasks.xsl: one homework for several classes of a teacher at once.
     in   tasks with today_on done? /lesson[lesson_id class_name subject_name held_on due_on?] with its homework
          tasks[@view = 'several'] with today_on done? /kind[kind_id name], teaching[teaching_id class_name subject_name]
            /lesson[lesson_id held_on slot]
     out  a form: the text, and the classes to be ticked
     see  form.xsl, tasks_works.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="tasks_works.xsl"/>

<xsl:template match="page/tasks" mode="title">Задать нескольким классам</xsl:template>
<xsl:template match="page/tasks" mode="actions">
  <div class="actions"><a href="{$base}/tasks/works">Работа в нескольких классах</a></div>
</xsl:template>
<xsl:template match="page/tasks" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/journals'"/>
    <xsl:with-param name="word" select="'Журналы'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/tasks">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Задано.</p></xsl:if>
  <form class="card" method="post" action="{$base}/tasks">
    <xsl:call-template name="token"/>
    <p class="row">
      <label>
        <span class="label">Задание</span>
        <textarea name="note" rows="4" maxlength="4000" required="required">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'note'"/></xsl:call-template>
          <xsl:call-template name="typed"><xsl:with-param name="name" select="'note'"/></xsl:call-template>
        </textarea>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'note'"/></xsl:call-template>
    </p>
    <fieldset>
      <xsl:call-template name="invalid"><xsl:with-param name="name" select="'lesson_id'"/></xsl:call-template>
      <legend class="label">Кому</legend>
      <xsl:apply-templates select="lesson"/>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'lesson_id'"/></xsl:call-template>
    </fieldset>
    <p class="hint">Задание записывается в последний урок класса и сдаётся к следующему.</p>
    <p class="bar"><button class="main">Задать</button></p>
  </form>
</xsl:template>
<xsl:template match="page/tasks[not(lesson)]" priority="1">
  <p class="empty">За последние две недели у вас не было уроков, на которых задают на дом. <a href="{$base}/journals">Журналы</a></p>
</xsl:template>

<xsl:key name="ticked" match="/page/form/row/field[@name = 'lesson_id']" use="."/>
<xsl:template match="tasks/lesson">
  <p class="row">
    <label class="check">
      <input type="checkbox" name="lesson_id" value="{@lesson_id}">
        <xsl:if test="$is-refused and key('ticked', @lesson_id)"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
      </input>
      <span>
        <xsl:value-of select="concat(@class_name, ', ', @subject_name, ': урок ')"/>
        <xsl:apply-templates select="@held_on" mode="day"/>
        <xsl:if test="@due_on">, сдать <xsl:apply-templates select="@due_on" mode="day"/></xsl:if>
      </span>
    </label>
    <xsl:if test="node()"><span class="hint">Уже задано: <xsl:apply-templates select="node()" mode="prose"/></span></xsl:if>
  </p>
</xsl:template>

<xsl:template match="error[@field = 'note']" mode="field-name">Задание</xsl:template>
<xsl:template match="error[@field = 'lesson_id']" mode="field-name">Кому</xsl:template>
<xsl:template match="page[tasks]/errors/error[@code = 'JE212']" mode="words">В одном из этих уроков уже задано другое. Снимите с него отметку или измените задание на странице урока.</xsl:template>

</xsl:stylesheet>
