<?xml version="1.0" encoding="UTF-8"?>
<!-- norms.xsl: the most hours a week of each grade, and the form of one.
     in   norms[@view = 'list'] with count weeks is_mine? done?
            /norm[norm_id grade hours_5? hours_6? weeks homework_min?]
          norms[@view = 'show'] with the attributes of a norm
     out  a table and, where is_mine, the form of a new norm
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="grade" label="Параллель" column="Параллель" type="number" min="1" max="12" required="required"/>
  <f name="hours_5" label="Часов при пяти днях" column="При 5 днях" max="4"
     hint="Не больше стольких часов в неделю; пусто — такой недели у параллели нет."/>
  <f name="hours_6" label="Часов при шести днях" column="При 6 днях" max="4"/>
  <f name="weeks" label="Учебных недель в году" column="Недель в году" type="number" min="1" max="53" required="required"/>
  <f name="homework_min" label="Минут домашней работы в день" column="Домашняя работа, мин" type="number" min="1" max="600"
     hint="Если на один день задано больше, учитель видит предупреждение."/>
</xsl:variable>

<xsl:template match="page/norms" mode="title">Нормы нагрузки</xsl:template>
<xsl:template match="page/norms[@view = 'show']" mode="title">Норма нагрузки, <xsl:value-of select="@grade"/> классы</xsl:template>

<xsl:template match="page/norms" mode="actions">
  <div class="actions"><a href="{$base}/curriculum">Учебный план</a><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/norms[@view = 'show']" mode="actions"/>

<xsl:template match="page/norms">
  <p class="hint">Сначала здесь стоят числа из СанПиН 1.2.3685-21. Учебный план выделяет классы, у которых часов больше.</p>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/norms'"/>
    <xsl:with-param name="add" select="'Добавить норму'"/>
    <xsl:with-param name="one" select="'норма'"/>
    <xsl:with-param name="few" select="'нормы'"/>
    <xsl:with-param name="many" select="'норм'"/>
    <xsl:with-param name="none" select="'Норм пока нет. Их заводит администратор или завуч.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/norms[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить норму'"/>
    <xsl:with-param name="removal" select="'Без нормы учебный план параллели ни с чем не сравнивается.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page[norms]/errors/error[@code = 'JE212']" mode="words">Норма этой параллели уже есть.</xsl:template>

</xsl:stylesheet>
