<?xml version="1.0" encoding="UTF-8"?>
<!-- family.xsl: what a family may know of one pupil beside the diary.
     in   family[@view] with pupil_id name year? class_name? leader_name?, child(pupil_id name is_current?)…,
            choice[for = 'year']…
          timetable: day(weekday name)/item(weekday slot subject_name cycle? room? staff_name? starts? ends?)
          teachers: teacher[subject_name staff_name group_name? is_over?]
          holidays: term[name from_on till_on is_current?], holiday[name from_on till_on days is_current?]
          changes: change[at who? subject_name held_on? work_id? term_name? old new is_void? reason?]
     out  tabs of these pages, and the table of one
     see  diary.xsl, list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="pupil" select="concat('/pupils/', /page/family/@pupil_id)"/>
<xsl:variable name="view" select="string(/page/family/@view)"/>
<xsl:variable name="is-past" select="boolean(/page/family/choice[@for = 'year'][@value &gt; ../@year])"/>

<xsl:template match="page/family" mode="title">
  <xsl:choose>
    <xsl:when test="$view = 'timetable'">Расписание</xsl:when>
    <xsl:when test="$view = 'teachers'">Учителя</xsl:when>
    <xsl:when test="$view = 'holidays'">Периоды и каникулы</xsl:when>
    <xsl:otherwise>Изменённые отметки</xsl:otherwise>
  </xsl:choose>
  <xsl:value-of select="concat(' · ', @name)"/>
  <xsl:if test="@class_name"><xsl:value-of select="concat(', ', @class_name)"/></xsl:if>
</xsl:template>

<xsl:template match="page/family" mode="actions">
  <xsl:if test="child[2]">
    <nav class="tabs" aria-label="Дети">
      <xsl:for-each select="child">
        <xsl:choose>
          <xsl:when test="@is_current"><b aria-current="page"><xsl:value-of select="@name"/></b></xsl:when>
          <xsl:otherwise><a href="{$base}/pupils/{@pupil_id}/{$view}"><xsl:value-of select="@name"/></a></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </nav>
  </xsl:if>
  <xsl:call-template name="years"><xsl:with-param name="path" select="concat($pupil, '/', $view)"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<!-- Staff come from the list of pupils, a family from its diary. -->
<xsl:template match="page/family" mode="crumbs">
  <xsl:if test="not(contains($opens, ' /diary '))">
    <xsl:call-template name="crumb">
      <xsl:with-param name="path" select="'/pupils'"/>
      <xsl:with-param name="word" select="'Ученики'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat($pupil, '/diary')"/>
    <xsl:with-param name="word" select="'Дневник'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template name="family-tab">
  <xsl:param name="path"/>
  <xsl:param name="word"/>
  <xsl:choose>
    <xsl:when test="$path = $view"><b aria-current="page"><xsl:value-of select="$word"/></b></xsl:when>
    <xsl:otherwise><a href="{$base}{$pupil}/{$path}"><xsl:value-of select="$word"/></a></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page/family">
  <nav class="tabs" aria-label="Об ученике">
    <xsl:call-template name="family-tab">
      <xsl:with-param name="path" select="'timetable'"/>
      <xsl:with-param name="word" select="'Расписание'"/>
    </xsl:call-template>
    <xsl:call-template name="family-tab">
      <xsl:with-param name="path" select="'teachers'"/>
      <xsl:with-param name="word" select="'Учителя'"/>
    </xsl:call-template>
    <xsl:call-template name="family-tab">
      <xsl:with-param name="path" select="'holidays'"/>
      <xsl:with-param name="word" select="'Каникулы'"/>
    </xsl:call-template>
    <xsl:call-template name="family-tab">
      <xsl:with-param name="path" select="'programme'"/>
      <xsl:with-param name="word" select="'Программа'"/>
    </xsl:call-template>
    <xsl:call-template name="family-tab">
      <xsl:with-param name="path" select="'changes'"/>
      <xsl:with-param name="word" select="'Изменённые отметки'"/>
    </xsl:call-template>
  </nav>
  <xsl:apply-templates select="." mode="table"/>
</xsl:template>

<!-- ....................................................... the timetable -->

<xsl:template match="family[@view = 'timetable']" mode="table">
  <xsl:choose>
    <xsl:when test="day"><div class="spread"><xsl:apply-templates select="day"/></div></xsl:when>
    <xsl:when test="$is-past"><p class="empty">Расписания этого учебного года в журнале нет.</p></xsl:when>
    <xsl:otherwise><p class="empty">Расписания пока нет. Его составляет администратор или завуч.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="not($is-past)"><p class="hint">Замены и переносы этой недели — в <a href="{$base}{$pupil}/diary">дневнике</a>.</p></xsl:if>
</xsl:template>
<xsl:template match="family/day">
  <section class="day">
    <h2><xsl:value-of select="substring-before(concat(@name, ','), ',')"/></h2>
    <table class="data people">
      <caption class="sr"><xsl:value-of select="substring-before(concat(@name, ','), ',')"/></caption>
      <thead><tr><th scope="col">№</th><th scope="col">Предмет</th><th scope="col">Время</th><th scope="col">Кабинет, учитель</th></tr></thead>
      <tbody><xsl:apply-templates select="item"/></tbody>
    </table>
  </section>
</xsl:template>
<xsl:template match="day/item">
  <tr>
    <td class="no"><xsl:value-of select="@slot"/></td>
    <th scope="row">
      <b><xsl:value-of select="@subject_name"/></b>
      <xsl:if test="@cycle"><small><xsl:value-of select="concat(@cycle, '-я неделя')"/></small></xsl:if>
    </th>
    <td><xsl:if test="@starts"><xsl:value-of select="concat(@starts, '–', @ends)"/></xsl:if></td>
    <td>
      <xsl:if test="@room"><xsl:apply-templates select="@room" mode="room"/><xsl:if test="@staff_name">, </xsl:if></xsl:if>
      <xsl:value-of select="@staff_name"/>
    </td>
  </tr>
</xsl:template>

<!-- ........................................................ the teachers -->

<xsl:template match="family[@view = 'teachers']" mode="table">
  <xsl:if test="string(@leader_name)"><p>Классный руководитель: <b><xsl:value-of select="@leader_name"/></b></p></xsl:if>
  <xsl:if test="contains($opens, ' /recipients ')"><p><a href="{$base}/recipients">Написать учителю</a></p></xsl:if>
  <xsl:choose>
    <xsl:when test="teacher">
      <table class="data people">
        <caption class="sr">Учителя по предметам</caption>
        <thead><tr><th scope="col">Предмет</th><th scope="col">Учитель</th><th scope="col">Группа</th></tr></thead>
        <tbody><xsl:apply-templates select="teacher"/></tbody>
      </table>
    </xsl:when>
    <xsl:when test="$is-past"><p class="empty">Учителей этого учебного года в журнале нет.</p></xsl:when>
    <xsl:otherwise><p class="empty">Учителей пока нет: их назначает завуч, когда распределяет нагрузку.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="family/teacher">
  <tr>
    <th scope="row"><xsl:value-of select="@subject_name"/></th>
    <td data-word="Учитель"><xsl:value-of select="@staff_name"/></td>
    <td data-word="Группа">
      <xsl:value-of select="@group_name"/>
      <xsl:if test="@is_over"><xsl:text> </xsl:text><small>раньше</small></xsl:if>
    </td>
  </tr>
</xsl:template>

<!-- ............................................... terms and holidays -->

<xsl:template match="family[@view = 'holidays']" mode="table">
  <xsl:if test="not(term or holiday)"><p class="empty">Периодов и каникул этого года пока нет. Их вводит администратор или завуч.</p></xsl:if>
  <xsl:if test="term">
    <table class="data people">
      <caption>Учебные периоды</caption>
      <thead><tr><th scope="col">Период</th><th scope="col">С</th><th scope="col">По</th></tr></thead>
      <tbody><xsl:apply-templates select="term"/></tbody>
    </table>
  </xsl:if>
  <xsl:if test="holiday">
    <table class="data people">
      <caption>Каникулы и праздники</caption>
      <thead><tr><th scope="col">Название</th><th scope="col">С</th><th scope="col">По</th><th scope="col">Дней</th></tr></thead>
      <tbody><xsl:apply-templates select="holiday"/></tbody>
    </table>
  </xsl:if>
</xsl:template>
<xsl:template match="family/term|family/holiday">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/><xsl:if test="@is_current"><xsl:text> </xsl:text><span class="badge">сейчас</span></xsl:if></th>
    <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
    <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
    <xsl:if test="@days"><td data-word="Дней"><xsl:value-of select="@days"/></td></xsl:if>
  </tr>
</xsl:template>

<!-- .................................................... changed marks -->

<xsl:template match="family[@view = 'changes']" mode="table">
  <xsl:choose>
    <xsl:when test="change">
      <table class="data people">
        <caption class="sr">Отметки, которые изменили после того, как поставили</caption>
        <thead><tr><th scope="col">Предмет</th><th scope="col">За что</th><th scope="col">Было</th><th scope="col">Стало</th><th scope="col">Когда и кто</th><th scope="col">Почему</th></tr></thead>
        <tbody><xsl:apply-templates select="change"/></tbody>
      </table>
    </xsl:when>
    <xsl:otherwise><p class="empty">В этом году поставленные отметки не меняли.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="family/change">
  <tr>
    <th scope="row"><xsl:value-of select="@subject_name"/></th>
    <td data-word="За что">
      <xsl:choose>
        <xsl:when test="@work_id">
          <a href="{$base}{$pupil}/works/{@work_id}"><xsl:apply-templates select="@held_on" mode="date"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="@term_name"/></xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Было"><xsl:value-of select="@old"/></td>
    <td data-word="Стало">
      <xsl:choose>
        <xsl:when test="@is_void">признано недействительным</xsl:when>
        <xsl:when test="@new = ''">убрана</xsl:when>
        <xsl:otherwise><xsl:value-of select="@new"/></xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Когда и кто"><xsl:apply-templates select="@at" mode="moment"/><xsl:if test="@who">, <xsl:value-of select="@who"/></xsl:if></td>
    <td data-word="Почему"><xsl:value-of select="@reason"/></td>
  </tr>
</xsl:template>

</xsl:stylesheet>
