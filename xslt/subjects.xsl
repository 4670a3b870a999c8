<?xml version="1.0" encoding="UTF-8"?>
<!-- subjects.xsl: the subjects of a school, and the form of one.
     in   subjects[@view = 'list'] with find sort page pages count is_mine? done?
            /subject[subject_id name short_name is_pe? order_no]
          subjects[@view = 'show'] with the attributes of a subject
     out  a table of 60 rows and, where is_mine, the form of a new subject
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="name" label="Название" column="Предмет" sort="1" max="100" required="required" hint="Как в учебном плане."/>
  <f name="short_name" label="Коротко" column="Коротко" max="30" required="required" hint="Для расписания и сводных таблиц."/>
  <f name="order_no" label="Место в журнале" column="Место" sort="1" type="number" min="0" max="999"
     required="required" hint="Предметы стоят в журнале и в дневнике по возрастанию этого числа."/>
  <f name="is_pe" label="Физкультура" column="Физкультура" type="checkbox"
     hint="Учителю физкультуры видны группы здоровья и освобождения."/>
</xsl:variable>

<xsl:template match="page/subjects" mode="title">Предметы</xsl:template>
<xsl:template match="page/subjects[@view = 'show']" mode="title"><xsl:value-of select="@name"/></xsl:template>

<xsl:template match="page/subjects" mode="actions">
  <xsl:call-template name="record-actions">
    <xsl:with-param name="find" select="'Название'"/>
    <xsl:with-param name="import" select="'/imports/subjects'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/subjects[@view = 'show']" mode="actions"/>

<xsl:template match="page/subjects">
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/subjects'"/>
    <xsl:with-param name="add" select="'Добавить предмет'"/>
    <xsl:with-param name="one" select="'предмет'"/>
    <xsl:with-param name="few" select="'предмета'"/>
    <xsl:with-param name="many" select="'предметов'"/>
    <xsl:with-param name="none" select="'Предметов пока нет. Их заводит администратор или завуч.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/subjects[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить предмет'"/>
    <xsl:with-param name="removal"
                    select="'Удаляют то, что заведено по ошибке. Предмет, который преподают или преподавали, удалить нельзя.'"/>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
