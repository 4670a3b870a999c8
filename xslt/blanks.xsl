<?xml version="1.0" encoding="UTF-8"?>
<!-- blanks.xsl: forms of a group to be filled in by hand; who is absent on a day, by class.
     in   blanks[@view = 'group'] with study_group_id name year school_name columns today_on
            /pupil[name]…, teaching[subject_name staff_name?]…
          blanks[@view = 'absent'] with day_on today_on school_name
            /class[class_id name teacher_name? pupils absent whole unmarked]/away[name lessons held why?]…
     out  links to the printed forms; a table of classes with the absent
     see  print/blanks.xsl, print/blanks_lesson.xsl, print/blanks_absent.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="layout.xsl"/>
<xsl:include href="blanks_words.xsl"/>

<xsl:template match="page/blanks" mode="title"><xsl:value-of select="concat(@name, ' · бланки')"/></xsl:template>
<xsl:template match="page/blanks" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/groups/', @study_group_id)"/>
    <xsl:with-param name="word" select="concat('Группа ', @name)"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/blanks">
  <xsl:if test="not(pupil)"><p class="empty">В группе сейчас нет учеников. <a href="{$base}/groups/{@study_group_id}">Группа</a></p></xsl:if>
  <xsl:if test="pupil">
    <section class="card">
      <h2>Список с пустыми столбцами</h2>
      <p class="hint">Для ведомости, подписей, выдачи учебников.</p>
      <form class="filter" method="get">
        <input type="hidden" name="format" value="print"/>
        <input type="hidden" name="kind" value="list"/>
        <label>Столбцов <input type="number" name="columns" min="1" max="31" value="{@columns}"/></label>
        <button>Напечатать</button>
      </form>
    </section>
    <section class="card">
      <h2>Лист урока</h2>
      <p class="hint">На случай, если нет света или сети: тему, задание, отсутствующих и отметки записывают от руки и потом вносят в журнал.</p>
      <p class="bar"><a href="?format=print&amp;kind=lesson">Напечатать лист урока</a></p>
    </section>
  </xsl:if>
</xsl:template>

<!-- ................................................................... the absent -->

<xsl:template match="page/blanks[@view = 'absent']" mode="title">Отсутствующие по классам</xsl:template>
<xsl:template match="page/blanks[@view = 'absent']" mode="crumbs"/>
<xsl:template match="page/blanks[@view = 'absent']" mode="actions">
  <form class="filter" method="get">
    <label>День <input type="date" name="day_on" value="{@day_on}"/></label>
    <button>Показать</button>
  </form>
  <div class="actions">
    <a href="?day_on={@day_on}&amp;format=print">Печать: строевая записка</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/blanks[@view = 'absent']" priority="1">
  <xsl:if test="not(class)"><p class="empty">Классов у вас нет. <a href="{$base}/attendance">Посещаемость</a></p></xsl:if>
  <xsl:if test="class">
    <table class="data people">
      <caption class="sr">Отсутствующие, <xsl:apply-templates select="@day_on" mode="date"/></caption>
      <thead><tr><th scope="col">Класс</th><th scope="col" class="number">По списку</th><th scope="col" class="number">Были в школе</th><th scope="col" class="number">Пропускают уроки</th><th scope="col">Кто</th><th scope="col" class="number">Уроков без отметки о посещаемости</th></tr></thead>
      <tbody>
        <xsl:for-each select="class">
          <tr>
            <th scope="row"><a href="{$base}/classes/{@class_id}/attendance"><xsl:value-of select="@name"/></a></th>
            <td class="number" data-word="По списку"><xsl:value-of select="@pupils"/></td>
            <td class="number" data-word="Были в школе"><xsl:value-of select="@pupils - @whole"/></td>
            <td class="number" data-word="Пропускают уроки"><xsl:value-of select="@absent"/></td>
            <td data-word="Кто"><xsl:apply-templates select="away"/></td>
            <td class="number" data-word="Без отметки"><xsl:value-of select="@unmarked"/></td>
          </tr>
        </xsl:for-each>
        <tr class="total">
          <th scope="row">Всего</th>
          <td class="number"><xsl:value-of select="sum(class/@pupils)"/></td>
          <td class="number"><xsl:value-of select="sum(class/@pupils) - sum(class/@whole)"/></td>
          <td class="number"><xsl:value-of select="sum(class/@absent)"/></td>
          <td/>
          <td class="number"><xsl:value-of select="sum(class/@unmarked)"/></td>
        </tr>
      </tbody>
    </table>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
