<?xml version="1.0" encoding="UTF-8"?>
<!-- grading.xsl: which grading system a new teaching gets.
     in   grading[@view = 'list'] with is_mine? done? count
            /choice[for value name]…
            /rule[scale_use_id scale_id scale_name term_scale_id term_scale_name subject_id? subject_name? grade_from?
                  grade_till? class_id? class_name?]
          grading[@view = 'show'] with the attributes of a rule, and choice…
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="scale_id" label="Текущие отметки" column="Текущие отметки" show="scale_name" choices="1" required="required"/>
  <f name="term_scale_id" label="Итоговые отметки" column="Итоговые отметки" show="term_scale_name" choices="1"
     required="required" hint="За четверть, полугодие, год: обычно с «н/а» и «осв»."/>
  <f name="subject_id" label="Предмет" column="Предмет" show="subject_name" choices="1" hint="Пусто — все предметы."/>
  <f name="grade_from" label="С класса" column="С класса" type="number" min="1" max="12"/>
  <f name="grade_till" label="По класс" column="По класс" type="number" min="1" max="12" hint="Пусто — все параллели."/>
  <f name="class_id" label="Только один класс" column="Класс" show="class_name" choices="1"/>
</xsl:variable>

<xsl:template match="page/grading" mode="title">Правила оценивания</xsl:template>
<xsl:template match="page/grading" mode="actions"><div class="actions"><xsl:call-template name="as-tables"/></div></xsl:template>
<xsl:template match="page/grading[@view = 'show']" mode="actions"/>

<xsl:template match="page/grading">
  <p class="hint">Новая нагрузка получает <a href="{$base}/scales">систему оценивания</a> по самому точному подходящему правилу: сначала для
    класса, затем для предмета, затем для параллелей. У нагрузки, которая уже есть, ничего не меняется.</p>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/grading'"/>
    <xsl:with-param name="add" select="'Добавить правило'"/>
    <xsl:with-param name="one" select="'правило'"/>
    <xsl:with-param name="few" select="'правила'"/>
    <xsl:with-param name="many" select="'правил'"/>
    <xsl:with-param name="none" select="'Правил пока нет: нагрузка получает первую систему оценивания школы.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/grading[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить правило'"/>
    <xsl:with-param name="removal" select="'Нагрузка, которая уже есть, свою систему оценивания сохранит.'"/>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
