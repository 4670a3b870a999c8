<?xml version="1.0" encoding="UTF-8"?>
<!-- kinds.xsl: the kinds of work of a school, and the form of one.
     in   kinds[@view = 'list'] with find sort page pages count is_mine? done? weight_pct is_active
            /kind[kind_id name short_name weight_pct order_no is_control? is_required? is_active?]
          kinds[@view = 'show'] with the attributes of a kind
     out  a table of 60 rows and, where is_mine, the form of a new kind
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="name" label="Название" column="Вид работы" sort="1" max="60" required="required" hint="Например: контрольная работа."/>
  <f name="short_name" label="Коротко" column="Коротко" max="10" required="required" hint="Стоит над столбцом журнала: К/р."/>
  <f name="weight_pct" label="Вес, %" column="Вес, %" type="number" min="0" max="1000" required="required"
     hint="100 — как у ответа на уроке, 200 — считается за две такие отметки. Действует на новые работы: у прежних вес не меняется."/>
  <f name="order_no" label="Место в списке" column="Место" sort="1" type="number" min="0" max="999" required="required"/>
  <f name="is_control" label="Контрольная" column="Контрольная" type="checkbox" hint="По таким работам сверяют план контрольных."/>
  <f name="is_required" label="Обязательна для итоговой" column="Обязательна" type="checkbox"
     hint="Кто пропустил все такие работы периода, тому предлагается «н/а»; отметку можно поставить, указав основание."/>
  <f name="is_active" label="Используется" column="Используется" type="checkbox"
     hint="Без этой пометки вид работы не предлагается, а проведённые работы остаются."/>
</xsl:variable>

<xsl:template match="page/kinds" mode="title">Виды работ</xsl:template>
<xsl:template match="page/kinds[@view = 'show']" mode="title"><xsl:value-of select="@name"/></xsl:template>

<xsl:template match="page/kinds" mode="actions">
  <xsl:call-template name="record-actions"><xsl:with-param name="find" select="'Название'"/></xsl:call-template>
</xsl:template>
<xsl:template match="page/kinds[@view = 'show']" mode="actions"/>

<xsl:template match="page/kinds">
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/kinds'"/>
    <xsl:with-param name="add" select="'Добавить вид работы'"/>
    <xsl:with-param name="one" select="'вид работы'"/>
    <xsl:with-param name="few" select="'вида работ'"/>
    <xsl:with-param name="many" select="'видов работ'"/>
    <xsl:with-param name="none" select="'Видов работ пока нет, а без них нельзя поставить отметку. Их заводит администратор или завуч.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/kinds[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить вид работы'"/>
    <xsl:with-param name="removal"
                    select="'Удаляют то, что заведено по ошибке. Если такие работы уже были, снимите пометку «Используется».'"/>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
