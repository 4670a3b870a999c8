<?xml version="1.0" encoding="UTF-8"?>
<!-- maintenance.xsl: the hours in which the journal is closed for maintenance of the server, and the form of one.
     in   maintenance[@view = 'list'] with count is_mine? done?, held_on starts ends (with which a new form is filled)
            /maintenance[maintenance_id held_on starts ends words?]…
          maintenance[@view = 'show'] with the attributes of one
     out  a table and, where is_mine, the form of a new row
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="held_on" label="День" column="День" type="date" required="required"/>
  <f name="starts" label="С" column="С" type="time" required="required"/>
  <f name="ends" label="До" column="До" type="time" required="required"/>
  <f name="words" label="Что делают" column="Что делают" max="200"
     hint="Это увидят все: за день до начала — над каждой страницей, в эти часы — вместо неё."/>
</xsl:variable>

<xsl:template match="page/maintenance" mode="title">Обслуживание журнала</xsl:template>

<xsl:template match="page/maintenance">
  <p class="lead">В эти часы журнал открыт только администратору: сервер обновляют или проверяют. Обычно это ночь, с 2:00 до 6:00.</p>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/maintenance'"/>
    <xsl:with-param name="add" select="'Объявить обслуживание'"/>
    <xsl:with-param name="one" select="'запись'"/>
    <xsl:with-param name="few" select="'записи'"/>
    <xsl:with-param name="many" select="'записей'"/>
    <xsl:with-param name="none" select="'Обслуживание не объявляли.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/maintenance[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Отменить'"/>
    <xsl:with-param name="removal" select="'Журнал в эти часы будет открыт, объявление исчезнет.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page[maintenance]/errors/error[@code = 'JE102'][@field = 'ends']" mode="words">Конец — позже начала, в тот же день.</xsl:template>
<xsl:template match="page[maintenance]/errors/error[@code = 'JE212']" mode="words">На эти часы обслуживание уже объявлено.</xsl:template>

</xsl:stylesheet>
