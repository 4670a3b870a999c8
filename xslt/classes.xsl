<?xml version="1.0" encoding="UTF-8"?>
<!-- classes.xsl: the classes that the reader is responsible for, and the pupils of one class.
     in   <classes view="list"> class…
          <classes view="show" class_id name staff_name? term_name?>
            pupil(pupil_id name)/absence(code code_name is_missed? lessons)…
     out  a table of classes; a table of pupils with their absences in the
          term, each name leading to the pupil's marks and diary
     see  ui.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="layout.xsl"/>

<xsl:template match="page/classes" mode="title">
  <xsl:value-of select="concat(@name, ' класс')"/>
  <xsl:if test="@staff_name"><xsl:value-of select="concat(' · ', @staff_name)"/></xsl:if>
</xsl:template>

<xsl:template match="page/classes" mode="actions">
  <div class="actions">
    <a href="{$base}/journals?class_id={@class_id}">Журналы класса</a>
    <a href="{$base}/movements?class_id={@class_id}">Движение класса</a>
    <a href="{$base}/classes/{@class_id}/consents">Согласия</a>
    <a href="{$base}/classes/{@class_id}/social">Социальный паспорт</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/classes">
  <table class="data roll">
    <caption class="sr">Ученики <xsl:value-of select="@name"/></caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Пропущено уроков<xsl:if test="@term_name">, <xsl:value-of select="@term_name"/></xsl:if></th><th scope="col">Причины</th><th scope="col" class="to">Открыть</th></tr></thead>
    <tbody><xsl:apply-templates select="pupil"/></tbody>
  </table>
</xsl:template>

<xsl:template match="page/classes[not(pupil)]">
  <p class="empty">В этом классе пока нет учеников. Их зачисляет администратор или завуч.</p>
</xsl:template>

<xsl:template match="classes/pupil">
  <tr>
    <th scope="row"><a href="{$base}/pupils/{@pupil_id}"><xsl:value-of select="@name"/></a></th>
    <td><xsl:value-of select="sum(absence[@is_missed]/@lessons)"/></td>
    <td><xsl:apply-templates select="absence"/></td>
    <td class="to">
      <a href="{$base}/pupils/{@pupil_id}/marks" aria-label="Отметки: {@name}">Отметки</a>
      <a href="{$base}/pupils/{@pupil_id}/diary" aria-label="Дневник: {@name}">Дневник</a>
      <a href="{$base}/pupils/{@pupil_id}/movements" aria-label="Движение: {@name}">Движение</a>
    </td>
  </tr>
</xsl:template>

<xsl:template match="pupil/absence">
  <xsl:if test="position() &gt; 1">, </xsl:if>
  <xsl:value-of select="concat(@code_name, '&#160;—&#160;', @lessons)"/>
</xsl:template>

<!-- ............................................................. the list -->

<xsl:template match="page/classes[@view = 'list']" mode="title">Классы</xsl:template>
<xsl:template match="page/classes[@view = 'list']" mode="actions">
  <div class="actions">
    <xsl:call-template name="as-import"><xsl:with-param name="kind" select="'classes'"/><xsl:with-param name="one" select="'administrator'"/><xsl:with-param name="other" select="'deputy'"/></xsl:call-template>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/classes[@view = 'list']" priority="1">
  <table class="data list">
    <thead><tr><th scope="col">Класс</th><th scope="col">Классный руководитель</th><th scope="col">Учеников</th></tr></thead>
    <tbody><xsl:apply-templates select="class"/></tbody>
  </table>
</xsl:template>

<xsl:template match="page/classes[@view = 'list' and not(class)]" priority="2">
  <p class="empty">Классов этого учебного года пока нет. Их заводит администратор или завуч.</p>
</xsl:template>

<xsl:template match="classes/class">
  <tr>
    <th scope="row"><a href="{$base}/classes/{@class_id}"><xsl:value-of select="@name"/></a></th>
    <td><xsl:value-of select="@staff_name"/><xsl:if test="not(@staff_name)"><span class="todo">не назначен</span></xsl:if></td>
    <td><xsl:value-of select="@pupils"/></td>
  </tr>
</xsl:template>

</xsl:stylesheet>
