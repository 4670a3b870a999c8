<?xml version="1.0" encoding="UTF-8"?>
<!-- scales.xsl: the grading systems of a school, and the marks of one.
     in   scales[@view = 'list'] with is_mine? done? count is_active
            /scale[scale_id name is_active? list?]
          scales[@view = 'show'] with the attributes of a scale
          scales[@view = 'values'] with scale_id scale_name is_mine? done? count is_active order_no
            /value[scale_value_id value name number? order_no is_pass? is_good? sou_weight? is_active?]
          scales[@view = 'value'] with scale_id scale_name and the attributes of a value
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="record.xsl"/>

<!-- The fields of a scale, or of one of its marks, whose text is entered only once. -->
<xsl:variable name="fields">
  <xsl:choose>
    <xsl:when test="/page/scales[@view = 'list' or @view = 'show']">
      <f name="name" label="Название" column="Система оценивания" max="60" required="required" hint="Например: десятибалльная."/>
      <xsl:if test="/page/scales[@view = 'list']"><f name="list" column="Отметки" type="shown"/></xsl:if>
      <f name="is_active" label="Используется" column="Используется" type="checkbox"
         hint="Без этой пометки систему не предлагают новой нагрузке. Удалить систему нельзя: её отметки остаются в журналах прошлых лет."/>
    </xsl:when>
    <xsl:otherwise>
      <xsl:if test="/page/scales[@view = 'values']">
        <f name="value" label="Отметка" column="Отметка" max="8" required="required"
           hint="Как её ставят в журнал. Потом изменить её нельзя."/>
      </xsl:if>
      <f name="name" label="Словами" column="Словами" max="60"/>
      <f name="number" type="decimal" max="1000" label="Число" column="Число"
         hint="Сколько отметка значит в среднем балле. Пусто — в средний балл не входит."/>
      <f name="order_no" label="Место" column="Место" type="number" min="0" max="999" required="required"
         hint="Отметки стоят в списках по возрастанию этого числа."/>
      <f name="is_pass" label="Успевает" column="Успевает" type="checkbox" hint="Отметка входит в успеваемость."/>
      <f name="is_good" label="Качество" column="Качество" type="checkbox" hint="Отметка входит в качество знаний («4» и «5»)."/>
      <f name="sou_weight" type="decimal" max="100" label="Вес для СОУ" column="СОУ"
         hint="Степень обученности: 5 — 100, 4 — 64, 3 — 36, 2 — 16, н/а — 7. Пусто — ученик с такой отметкой в отчётах не считается (освобождён)."/>
      <f name="is_active" label="Используется" column="Используется" type="checkbox"
         hint="Без этой пометки отметку нельзя поставить; поставленные остаются."/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:variable>

<xsl:template match="page/scales" mode="title">Системы оценивания</xsl:template>
<xsl:template match="page/scales[@view = 'show']" mode="title"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/scales[@view = 'values']" mode="title">Отметки: <xsl:value-of select="@scale_name"/></xsl:template>
<xsl:template match="page/scales[@view = 'value']" mode="title">Отметка «<xsl:value-of select="@value"/>»</xsl:template>

<xsl:template match="page/scales" mode="actions"><div class="actions"><xsl:call-template name="as-tables"/></div></xsl:template>
<xsl:template match="page/scales[@view = 'show']" mode="actions">
  <div class="actions"><a href="{$base}/scales/{@scale_id}/values">Отметки этой системы</a></div>
</xsl:template>
<xsl:template match="page/scales[@view = 'value']" mode="actions"/>

<xsl:template match="page/scales[@view = 'values' or @view = 'value']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:if test="@view = 'value'">
    <xsl:call-template name="crumb">
      <xsl:with-param name="path" select="concat('/scales/', @scale_id, '/values')"/>
      <xsl:with-param name="word" select="@scale_name"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template match="page/scales">
  <p class="hint">Какую систему получает новая нагрузка, решают <a href="{$base}/grading">правила оценивания</a>; классы без отметок и округление
    итоговых задаются в <xsl:choose>
      <xsl:when test="contains($opens, ' /settings ')"><a href="{$base}/settings">настройках школы</a></xsl:when>
      <xsl:otherwise>настройках школы</xsl:otherwise>
    </xsl:choose>.</p>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/scales'"/>
    <xsl:with-param name="add" select="'Добавить систему оценивания'"/>
    <xsl:with-param name="one" select="'система'"/>
    <xsl:with-param name="few" select="'системы'"/>
    <xsl:with-param name="many" select="'систем'"/>
    <xsl:with-param name="none"
                    select="'Систем оценивания пока нет, а без них нельзя распределить нагрузку. Их заводит администратор или завуч.'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/scales[@view = 'show' or @view = 'value']" priority="1"><xsl:call-template name="record-form"/></xsl:template>

<xsl:template match="page/scales[@view = 'values']" priority="1">
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="concat('/scales/', @scale_id, '/values')"/>
    <xsl:with-param name="add" select="'Добавить отметку'"/>
    <xsl:with-param name="one" select="'отметка'"/>
    <xsl:with-param name="few" select="'отметки'"/>
    <xsl:with-param name="many" select="'отметок'"/>
    <xsl:with-param name="none" select="'Отметок в этой системе пока нет.'"/>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
