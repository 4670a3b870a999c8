<?xml version="1.0" encoding="UTF-8"?>
<!-- handover.xsl: which reports of a term have been handed in, with a button for the reader's own.
     in   handover with name? count missing is_whole?
            /term[name is_current?]…, line[kind term_id class_id? class_name? staff_id staff_name is_open? is_mine?
             extract_id? number? made_on?]…
     out  the terms as tabs, a table
     see  sql/objects/handover.sql, reports.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="layout.xsl"/>

<xsl:template match="page/handover" mode="title">Сдача отчётов</xsl:template>
<xsl:template match="page/handover" mode="actions">
  <nav class="tabs" aria-label="Учебные периоды"><xsl:apply-templates select="term"/></nav>
  <div class="actions"><a href="{$base}/reports">Отчёты</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="handover/term"><a href="{$base}/handover?name={str:encode-uri(@name, true())}"><xsl:value-of select="@name"/>
  </a></xsl:template>
<xsl:template match="handover/term[@is_current]"><b aria-current="page"><xsl:value-of select="@name"/></b></xsl:template>

<xsl:template match="page/handover">
  <p class="hint">В конце периода классный руководитель сдаёт отчёт по классу, учитель — отчёт об учебных часах и качестве работы. Отчёт составляет журнал; сданный сохраняется как копия под номером и больше не меняется.</p>
  <xsl:if test="@is_whole and @missing &gt; 0"><p class="notice">Не сдано отчётов по закрытым журналам: <xsl:value-of select="@missing"/>.</p></xsl:if>
  <xsl:if test="not(line)"><p class="empty">Сдавать за этот период нечего: у вас нет ни класса, ни нагрузки. <a href="{$base}/reports">Отчёты</a></p></xsl:if>
  <xsl:if test="line">
    <table class="data people">
      <caption class="sr">Отчёты за период</caption>
      <thead><tr><th scope="col">Кто сдаёт</th><th scope="col">Отчёт</th><th scope="col">Состояние</th></tr></thead>
      <tbody><xsl:apply-templates select="line"/></tbody>
    </table>
  </xsl:if>
</xsl:template>

<xsl:template match="handover/line">
  <tr>
    <th scope="row"><xsl:value-of select="@staff_name"/></th>
    <td data-word="Отчёт"><a><xsl:attribute name="href"><xsl:apply-templates select="." mode="address"/></xsl:attribute>
      <xsl:apply-templates select="." mode="report"/></a></td>
    <td data-word="Состояние"><xsl:apply-templates select="." mode="state"/></td>
  </tr>
</xsl:template>

<xsl:template match="line" mode="report">учителя</xsl:template>
<xsl:template match="line[@kind = 'report_leader']" mode="report">классного руководителя, <xsl:value-of select="@class_name"/></xsl:template>
<xsl:template match="line" mode="address"><xsl:value-of select="concat($base, '/reports/teachers?term_id=', @term_id, '&amp;staff_id=', @staff_id)"/></xsl:template>
<xsl:template match="line[@kind = 'report_leader']" mode="address"><xsl:value-of select="concat($base, '/reports/leader?term_id=', @term_id, '&amp;class_id=', @class_id)"/></xsl:template>

<xsl:template match="line" mode="state"><span class="todo">не сдан</span></xsl:template>
<xsl:template match="line[@is_open]" mode="state"><span class="soft">период не закрыт</span></xsl:template>
<xsl:template match="line[@is_mine and not(@is_open)]" mode="state">
  <form method="post" action="{$base}/reports/teachers">
    <xsl:if test="@class_id"><xsl:attribute name="action"><xsl:value-of select="concat($base, '/reports/leader')"/></xsl:attribute></xsl:if>
    <xsl:call-template name="token"/>
    <input type="hidden" name="term_id" value="{@term_id}"/>
    <xsl:if test="@class_id"><input type="hidden" name="class_id" value="{@class_id}"/></xsl:if>
    <xsl:if test="not(@class_id)"><input type="hidden" name="staff_id" value="{@staff_id}"/></xsl:if>
    <input type="hidden" name="purpose" value="сдан за период"/>
    <button>Сдать отчёт</button>
  </form>
</xsl:template>
<xsl:template match="line[@extract_id]" mode="state" priority="1">
  <span class="done">сдан</span><xsl:text> </xsl:text><xsl:apply-templates select="@made_on" mode="date"/>, <a href="{$base}/extracts/{@extract_id}">№ <xsl:value-of select="@number"/></a>
</xsl:template>

</xsl:stylesheet>
