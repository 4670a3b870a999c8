<?xml version="1.0" encoding="UTF-8"?>
<!-- bells.xsl: the bell plans of a school, and the lessons of one.
     in   bells[@view = 'list'] with count is_mine? done?
            /plan[bell_plan_id name shift lessons starts? ends? modes]
          bells[@view = 'show'] with bell_plan_id name shift is_mine?
            /lesson[slot starts? ends? minutes? pause?], one for each slot
     out  a list; a form with a row for each lesson, or only the lessons
     see  rows.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="rows.xsl"/>

<xsl:variable name="fields">
  <f name="name" label="Название" column="Звонки" max="100" required="required"
     hint="Например: «Основные», «Сокращённый день», «1 классы, сентябрь — октябрь»."/>
  <f name="shift" label="Смена" column="Смена">
    <o value="1">первая</o>
    <o value="2">вторая</o>
    <o value="3">третья</o>
  </f>
</xsl:variable>
<xsl:variable name="row-fields">
  <f name="starts" label="Начало" type="time"/>
  <f name="ends" label="Конец" type="time"/>
</xsl:variable>

<xsl:template match="page/bells" mode="title">Звонки</xsl:template>
<xsl:template match="page/bells[@view = 'show']" mode="title">Звонки: <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/bells" mode="actions">
  <div class="actions"><a href="{$base}/modes">Кто по каким звонкам учится</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/bells">
  <xsl:apply-templates select="@done[not($is-refused)]"><xsl:with-param name="path" select="'/bells'"/></xsl:apply-templates>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="'/bells'"/>
      <xsl:with-param name="word" select="'Добавить звонки'"/>
    </xsl:call-template>
  </xsl:if>
  <table class="data people">
    <thead>
      <tr>
        <th scope="col">Звонки</th>
        <th scope="col">Смена</th>
        <th scope="col" class="number">Уроков</th>
        <th scope="col">Время</th>
        <th scope="col">Режимы учёбы</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="plan"/></tbody>
  </table>
</xsl:template>
<xsl:template match="page/bells[@view = 'list'][not(plan)]">
  <p class="empty">Звонков пока нет. Их заводит администратор или завуч.</p>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="'/bells'"/>
      <xsl:with-param name="word" select="'Добавить звонки'"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template match="bells/plan">
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row"><a href="{$base}/bells/{@bell_plan_id}{$list-query}"><xsl:value-of select="@name"/></a></th>
    <td data-word="Смена"><xsl:value-of select="$field[@name = 'shift']/o[@value = current()/@shift]"/></td>
    <td data-word="Уроков" class="number"><xsl:value-of select="@lessons"/></td>
    <td data-word="Время">
      <xsl:if test="@starts"><xsl:value-of select="concat(@starts, '–', @ends)"/></xsl:if>
      <xsl:if test="not(@starts)"><span class="todo">уроки не введены</span></xsl:if>
    </td>
    <td data-word="Режимы учёбы">
      <xsl:choose>
        <xsl:when test="@modes = 0"><a href="{$base}/modes"><span class="todo">никто не учится</span></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@modes"/></xsl:otherwise>
      </xsl:choose>
    </td>
  </tr>
</xsl:template>

<!-- ............................................................. one plan -->

<xsl:template match="page/bells[@view = 'show']" priority="1">
  <table class="data">
    <thead><tr><th scope="col">Урок</th><th scope="col">Начало</th><th scope="col">Конец</th></tr></thead>
    <tbody>
      <xsl:for-each select="lesson[@starts]">
        <tr>
          <th scope="row"><xsl:value-of select="@slot"/></th>
          <td><xsl:value-of select="@starts"/></td>
          <td><xsl:value-of select="@ends"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="page/bells[@view = 'show'][@is_mine]" priority="2">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить звонки'"/>
    <xsl:with-param name="removal"
                    select="'Удаляются и все уроки этого расписания. Проведённые уроки не меняются: их время записано в журнале.'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/bells" mode="rows">
  <p class="hint">Строку, в которой нет урока, оставьте пустой. Если время изменить, уроки, которые уже стоят в журнале, останутся как были.</p>
  <xsl:call-template name="edit-rows">
    <xsl:with-param name="rows" select="lesson"/>
    <xsl:with-param name="head" select="'Урок'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="bells/lesson" mode="row-label">
  <xsl:value-of select="@slot"/>
  <xsl:if test="@minutes"><xsl:value-of select="concat(' · ', @minutes, '&#160;мин')"/></xsl:if>
  <xsl:if test="@pause"><xsl:value-of select="concat(', перемена ', @pause)"/></xsl:if>
</xsl:template>
<xsl:template match="page[bells]/errors/error" mode="row-name">Урок <xsl:value-of select="@n - 1"/></xsl:template>

<xsl:template match="page[bells]/errors/error[@code = 'JE132']" mode="words">Урок заканчивается раньше, чем начинается.</xsl:template>
<xsl:template match="page[bells]/errors/error[@code = 'JE271']" mode="words">Урок начинается раньше, чем закончился предыдущий.</xsl:template>
<xsl:template match="page[bells]/errors/error[@code = 'JE211']" mode="words">По этим звонкам учатся классы. Сначала дайте им другие: «Режим занятий».</xsl:template>
<xsl:template match="page[bells]/errors/error[@code = 'JE212']" mode="words">Звонки с таким названием уже есть.</xsl:template>

</xsl:stylesheet>
