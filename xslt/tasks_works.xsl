<?xml version="1.0" encoding="UTF-8"?>
<!-- tasks_works.xsl: one kind of work for several classes of a teacher at once.
     in   as tasks.xsl says of tasks[@view = 'several']
     out  a form: kind and title of the work, and for each class the lesson that gets it
     see  tasks.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/tasks[@view = 'several']" mode="title" priority="1">Работа в нескольких классах</xsl:template>
<xsl:template match="page/tasks[@view = 'several']" mode="actions" priority="1">
  <div class="actions"><a href="{$base}/tasks">Задать нескольким классам</a></div>
</xsl:template>

<xsl:template match="page/tasks[@view = 'several']" priority="2">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Добавлено.</p></xsl:if>
  <form class="card" method="post" action="{$base}/tasks/works">
    <xsl:call-template name="token"/>
    <p class="row">
      <label>
        <span class="label">Вид работы</span>
        <select name="kind_id" required="required">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'kind_id'"/></xsl:call-template>
          <option value="">—</option>
          <xsl:apply-templates select="kind"/>
        </select>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'kind_id'"/></xsl:call-template>
    </p>
    <p class="row">
      <label>
        <span class="label">Название</span>
        <input name="title" maxlength="200" autocomplete="off">
          <xsl:attribute name="value">
            <xsl:call-template name="typed"><xsl:with-param name="name" select="'title'"/></xsl:call-template>
          </xsl:attribute>
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'title'"/></xsl:call-template>
        </input>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'title'"/></xsl:call-template>
    </p>
    <fieldset>
      <xsl:call-template name="invalid"><xsl:with-param name="name" select="'lesson'"/></xsl:call-template>
      <legend class="label">На каком уроке</legend>
      <xsl:apply-templates select="teaching"/>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'lesson'"/></xsl:call-template>
    </fieldset>
    <p class="hint">Столбец для отметок появится в журнале каждого выбранного урока.</p>
    <p class="bar"><button class="main">Добавить</button></p>
  </form>
</xsl:template>
<xsl:template match="page/tasks[@view = 'several'][not(teaching)]" priority="3">
  <p class="empty">На этой неделе и в следующие три у вас нет уроков, за которые ставят отметки. <a href="{$base}/journals">Журналы</a></p>
</xsl:template>

<xsl:variable name="typed-kind">
  <xsl:call-template name="typed"><xsl:with-param name="name" select="'kind_id'"/></xsl:call-template>
</xsl:variable>
<xsl:template match="tasks/kind">
  <option value="{@kind_id}">
    <xsl:if test="@kind_id = $typed-kind"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="@name"/>
  </option>
</xsl:template>

<xsl:template match="tasks/teaching">
  <xsl:variable name="chosen">
    <xsl:call-template name="typed"><xsl:with-param name="name" select="concat('lesson.', @teaching_id)"/></xsl:call-template>
  </xsl:variable>
  <p class="row">
    <label>
      <span class="label"><xsl:value-of select="concat(@class_name, ', ', @subject_name)"/></span>
      <select name="lesson.{@teaching_id}">
        <option value="">не добавлять</option>
        <xsl:apply-templates select="lesson" mode="option"><xsl:with-param name="chosen" select="string($chosen)"/></xsl:apply-templates>
      </select>
    </label>
  </p>
</xsl:template>
<xsl:template match="teaching/lesson" mode="option">
  <xsl:param name="chosen"/>
  <option value="{@lesson_id}">
    <xsl:if test="@lesson_id = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:apply-templates select="@held_on" mode="day-text"/>
    <xsl:value-of select="concat(', ', @slot, '-й урок')"/>
  </option>
</xsl:template>
<xsl:template match="@held_on" mode="day-text"><xsl:value-of select="concat(substring(., 9, 2), '.', substring(., 6, 2))"/></xsl:template>

<xsl:template match="page[tasks]/errors/error[@field = 'kind_id']" mode="field-name">Вид работы</xsl:template>
<xsl:template match="page[tasks]/errors/error[@field = 'title']" mode="field-name">Название</xsl:template>
<xsl:template match="page[tasks]/errors/error[@field = 'lesson']" mode="field-name">На каком уроке</xsl:template>
<xsl:template match="page[tasks]/errors/error[@code = 'JE101'][@field = 'lesson']" mode="words">Выберите урок хотя бы одного класса.</xsl:template>

</xsl:stylesheet>
