<?xml version="1.0" encoding="UTF-8"?>
<!-- outside.xsl: the marks that a pupil brought from another school.
     in   outside[pupil_id name is_counted? weight_pct is_mine? done?]
            /mark[outside_mark_id subject_name term_name? given_on number weight_pct document is_void?]
            /choice[for value name]…
     out  a table, a form that adds a mark, a button at each mark
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="subject_id" label="Предмет" choices="1" required="required"/>
  <f name="term_id" label="За весь период" choices="1" hint="Пусто — текущая отметка; иначе итоговая за этот период."/>
  <f name="given_on" label="Дата" type="date" required="required" hint="Текущая отметка входит в период, на который приходится эта дата."/>
  <f name="number" label="Отметка" type="number" min="0" max="100" required="required" hint="В баллах этой школы."/>
  <f name="weight_pct" label="Вес, %" type="number" min="1" max="1000" required="required"/>
  <f name="document" label="Документ" max="200" required="required" hint="Например: выписка из журнала школы № 5 от 12.10."/>
</xsl:variable>

<xsl:template match="page/outside" mode="title"><xsl:value-of select="concat('Отметки из другой школы: ', @name)"/></xsl:template>
<xsl:template match="page/outside" mode="actions"><div class="actions"><xsl:call-template name="as-tables"/></div></xsl:template>
<xsl:template match="page/outside" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id)"/>
    <xsl:with-param name="word" select="@name"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/outside">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <p class="hint">
    <xsl:choose>
      <xsl:when test="@is_counted">Эти отметки входят в средний балл; так выбрано в настройках школы.</xsl:when>
      <xsl:otherwise>Эти отметки показываются учителю, а в средний балл не входят; так выбрано в настройках школы.</xsl:otherwise>
    </xsl:choose>
  </p>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/outside')"/>
      <xsl:with-param name="word" select="'Добавить отметку'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:apply-templates select="." mode="marks"/>
</xsl:template>

<xsl:template match="outside" mode="marks"><p class="empty">Отметок из другой школы у ученика нет.</p></xsl:template>
<xsl:template match="outside[mark]" mode="marks">
  <table class="data people">
    <caption class="sr">Отметки из другой школы</caption>
    <thead>
      <tr>
        <th scope="col">Предмет</th>
        <th scope="col">Дата</th>
        <th scope="col">Отметка</th>
        <th scope="col">Вес, %</th>
        <th scope="col">Документ</th>
        <xsl:if test="@is_mine"><th scope="col" class="to"><span class="sr">Исправить</span></th></xsl:if>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="mark"/></tbody>
  </table>
</xsl:template>

<xsl:template match="outside/mark">
  <tr>
    <xsl:if test="@is_void"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <th scope="row"><xsl:value-of select="@subject_name"/></th>
    <td data-word="Дата"><xsl:apply-templates select="@given_on" mode="date"/></td>
    <td data-word="Отметка">
      <xsl:value-of select="@number"/>
      <xsl:if test="@term_name"><xsl:value-of select="concat(', ', @term_name)"/></xsl:if>
    </td>
    <td data-word="Вес, %"><xsl:value-of select="@weight_pct"/></td>
    <td data-word="Документ"><xsl:value-of select="@document"/><xsl:if test="@is_void"> (внесена по ошибке, не считается)</xsl:if></td>
    <xsl:if test="../@is_mine">
      <td class="to">
        <form method="post" action="{$base}/outside/{@outside_mark_id}">
          <xsl:call-template name="token"/>
          <input type="hidden" name="pupil_id" value="{../@pupil_id}"/>
          <input type="hidden" name="old_is_void" value="{@is_void}"/>
          <xsl:choose>
            <xsl:when test="@is_void"><button class="plain">Вернуть</button></xsl:when>
            <xsl:otherwise><button class="plain" name="is_void" value="1">Внесена по ошибке</button></xsl:otherwise>
          </xsl:choose>
        </form>
      </td>
    </xsl:if>
  </tr>
</xsl:template>

</xsl:stylesheet>
