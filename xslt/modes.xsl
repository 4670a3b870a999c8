<?xml version="1.0" encoding="UTF-8"?>
<!-- modes.xsl: who has which bells, and when; the form of one such mode.
     in   modes[@view = 'list'] with find sort page pages count is_mine? done?
            /mode[mode_id grades bell_plan shift is_special? from_on till_on?], choice…
          modes[@view = 'show'] with mode_id bell_plan_id grade_from grade_till
            study_group_id? is_special? from_on till_on?, choice…
     out  a table of 60 rows and, where is_mine, the form of a new mode
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="grades" type="shown" column="Классы" sort="1"/>
  <f name="bell_plan" type="shown" column="Звонки"/>
  <f name="shift" type="shown" column="Смена"/>
  <f name="bell_plan_id" label="Звонки" choices="1" required="required"/>
  <f name="grade_from" label="С класса" type="number" min="1" max="12" required="required"/>
  <f name="grade_till" label="По класс" type="number" min="1" max="12" required="required"/>
  <f name="study_group_id" label="Или только класс, группа" choices="1"
     hint="Если выбрать, номера классов выше не учитываются. Ученик на дому — тоже группа."/>
  <f name="from_on" label="Первый день" column="С" sort="1" type="date" required="required"/>
  <f name="till_on" label="Последний день" column="По" type="date" hint="Пусто — до тех пор, пока не заведут другие."/>
  <f name="is_special" label="Особые дни: вместо обычных звонков" column="Особые дни" type="checkbox"
     hint="Например, сокращённый день перед праздником."/>
</xsl:variable>

<xsl:template match="page/modes" mode="title">Режим занятий</xsl:template>
<xsl:template match="page/modes" mode="actions">
  <xsl:call-template name="record-actions"><xsl:with-param name="find" select="'Звонки или группа'"/></xsl:call-template>
</xsl:template>
<xsl:template match="page/modes[@view = 'show']" mode="actions"/>

<xsl:template match="page/modes">
  <p class="hint">По каким <a href="{$base}/bells">звонкам</a> учится каждый класс: смена, сокращённые дни, ступенчатый режим 1 классов. Отдельная запись группы важнее записи её класса, особые дни важнее обычных. Сколько дней в неделе учится класс — пять или шесть — указано у класса.</p>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/modes'"/>
    <xsl:with-param name="add" select="'Добавить режим'"/>
    <xsl:with-param name="one" select="'запись'"/>
    <xsl:with-param name="few" select="'записи'"/>
    <xsl:with-param name="many" select="'записей'"/>
    <xsl:with-param name="none" select="'Пока не указано, кто по каким звонкам учится. Это делает администратор или завуч.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/modes[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить режим'"/>
    <xsl:with-param name="removal"
                    select="'Удаляют то, что заведено по ошибке. Если звонки меняются с какого-то дня, укажите последний день и добавьте новую запись.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page[modes]/errors/error[@code = 'JE212']" mode="words">У этих классов или этой группы в такие дни уже есть звонки. Укажите другие дни или сначала закончите прежний режим.</xsl:template>
<xsl:template match="page[modes]/errors/error[@code = 'JE102'][@field = 'grade_till']" mode="words">Здесь нужен номер класса до 12, не меньше первого.</xsl:template>

</xsl:stylesheet>
