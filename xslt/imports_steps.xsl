<?xml version="1.0" encoding="UTF-8"?>
<!-- imports_steps.xsl: what stands between a file and its rows: a job that works on it, people who
     are asked about, the order by which pupils are enrolled. Part of imports.xsl. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<!-- A job works on the file: nothing else can be done with the list meanwhile. -->
<xsl:template match="page/imports[job[@state = 'waits' or @state = 'runs']]" priority="2">
  <xsl:apply-templates select="job"/>
</xsl:template>

<xsl:template match="imports/job">
  <section class="card job" data-ej-job="{@state}" aria-live="polite">
    <h2><xsl:apply-templates select="../@todo"/> «<xsl:value-of select="../@file"/>»</h2>
    <p class="state"><b><xsl:apply-templates select="." mode="state"/></b></p>
    <xsl:if test="@state = 'runs'">
      <progress max="100" value="{@percent}" aria-label="Готово"><xsl:value-of select="@percent"/> %</progress>
    </xsl:if>
    <p class="hint">В файле много строк, поэтому журнал занимается им отдельно. Страницу можно закрыть и вернуться позже. <a href="{$base}/imports/{../@kind}" data-ej-job-look="">Обновить</a></p>
    <xsl:apply-templates select="." mode="step">
      <xsl:with-param name="step" select="'cancel'"/>
      <xsl:with-param name="word" select="'Отменить'"/>
    </xsl:apply-templates>
  </section>
</xsl:template>
<xsl:template match="imports/job[@state != 'waits' and @state != 'runs']">
  <section class="card">
    <p>
      <b class="todo"><xsl:apply-templates select="." mode="state"/></b>
      <xsl:if test="@number"> Номер ошибки: <xsl:value-of select="@number"/>.</xsl:if>
    </p>
    <xsl:apply-templates select="." mode="step">
      <xsl:with-param name="step" select="'again'"/>
      <xsl:with-param name="word" select="'Начать снова'"/>
    </xsl:apply-templates>
  </section>
</xsl:template>
<xsl:template match="job" mode="step">
  <xsl:param name="step"/>
  <xsl:param name="word"/>
  <form method="post">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="{$step}"/>
    <p class="bar"><button><xsl:value-of select="$word"/></button></p>
  </form>
</xsl:template>
<xsl:template match="@todo">Проверяется файл</xsl:template>
<xsl:template match="@todo[. = 'save']">Записывается файл</xsl:template>
<xsl:template match="job[@state = 'waits']" mode="state">Ждёт своей очереди</xsl:template>
<xsl:template match="job[@state = 'runs']" mode="state">Готово на <xsl:value-of select="@percent"/>&#160;%</xsl:template>
<xsl:template match="job[@state = 'cancelled' or @state = 'done']" mode="state">Отменено. Из файла «<xsl:value-of select="../@file"/>» ничего не записано.</xsl:template>
<xsl:template match="job[@state = 'failed']" mode="state">Файл «<xsl:value-of select="../@file"/>» обработать не удалось. Ничего не записано.</xsl:template>

<!-- Names that several people have: who is meant is asked once for each. -->
<xsl:template match="imports" mode="questions">
  <form class="card" method="post">
    <h3>Кто это?</h3>
    <p>Людей с таким именем в журнале несколько. Выберите, о ком строка файла.</p>
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="answer"/>
    <xsl:for-each select="question[@is_first]">
      <p class="row">
        <input type="hidden" name="question" value="{@line}.{@field}"/>
        <label>
          <span class="label">Строка <xsl:value-of select="concat(@line, ', ', @name)"/></span>
          <select name="person_id">
            <option value="">— не выбрано —</option>
            <xsl:for-each select="key('question', concat(@line, '.', @field))">
              <option value="{@id}"><xsl:value-of select="@person"/></option>
            </xsl:for-each>
            <xsl:if test="../@kind != 'payments'"><option value="0">другой человек, добавить</option></xsl:if>
          </select>
        </label>
      </p>
    </xsl:for-each>
    <p class="bar"><button>Проверить ещё раз</button></p>
  </form>
</xsl:template>

<!-- Pupils who come while the class learns: their order, where the file names none. -->
<xsl:variable name="enrol-reasons">
  <o value="from_school">прибыл из другой школы</o>
  <o value="from_city">прибыл из другого города или района</o>
  <o value="from_abroad">прибыл из другой страны</o>
  <o value="from_family">после семейного обучения</o>
  <o value="first_grade">поступил в первый класс</o>
  <o value="restored">восстановлен</o>
  <o value="other">другая причина</o>
</xsl:variable>
<xsl:template match="imports" mode="order">
  <form class="card" method="post">
    <h3>Приказ о зачислении</h3>
    <p>Для новых учеников, у которых приказ не указан в файле. Их зачисление попадёт в книгу движения.</p>
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="order"/>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'order_no'"/>
      <xsl:with-param name="label" select="'Номер приказа'"/>
      <xsl:with-param name="value" select="@order_no"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'order_on'"/>
      <xsl:with-param name="label" select="'Дата приказа'"/>
      <xsl:with-param name="type" select="'date'"/>
      <xsl:with-param name="value" select="@order_on"/>
    </xsl:call-template>
    <xsl:variable name="chosen">
      <xsl:call-template name="typed">
        <xsl:with-param name="name" select="'reason'"/>
        <xsl:with-param name="value" select="@reason"/>
      </xsl:call-template>
    </xsl:variable>
    <p class="row">
      <label>
        <span class="label">Основание</span>
        <select name="reason">
          <xsl:for-each select="exsl:node-set($enrol-reasons)/o">
            <option value="{@value}">
              <xsl:if test="@value = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
              <xsl:value-of select="."/>
            </option>
          </xsl:for-each>
        </select>
      </label>
    </p>
    <p class="bar"><button>Проверить ещё раз</button></p>
  </form>
</xsl:template>

</xsl:stylesheet>
