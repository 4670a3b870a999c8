<?xml version="1.0" encoding="UTF-8"?>
<!-- remarks.xsl: what teachers write to one pupil and the family, and the form of one remark.
     in   remarks[@view = 'list'] with pupil_id name is_mine? has_diary? done?
            /remark[remark_id kind made_on staff_name? is_own?] with the text
          remarks[@view = 'show'] with remark_id pupil_id name kind made_on note
     out  a list, the newest first; forms
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="kind" label="Вид" required="required">
    <o value="recommendation">рекомендация</o><o value="praise">похвала</o><o value="conduct">замечание о поведении</o>
  </f>
  <f name="note" label="Текст" type="prose" max="1000" required="required" hint="Его прочитают ученик, родители и классный руководитель."/>
</xsl:variable>
<xsl:variable name="kinds" select="$field[@name = 'kind']/o"/>

<xsl:template match="page/remarks" mode="title">Рекомендации и замечания · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/remarks" mode="actions">
  <div class="actions"><xsl:if test="@has_diary"><a href="{$base}/pupils/{@pupil_id}/diary">Дневник</a></xsl:if></div>
</xsl:template>
<xsl:template match="page/remarks" mode="crumbs">
  <xsl:choose>
    <xsl:when test="contains($opens, ' /pupils ')">
      <xsl:call-template name="crumb">
        <xsl:with-param name="path" select="'/pupils'"/>
        <xsl:with-param name="word" select="'Ученики'"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>
      <xsl:call-template name="crumb">
        <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/diary')"/>
        <xsl:with-param name="word" select="'Дневник'"/>
      </xsl:call-template>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page/remarks">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/remarks')"/>
      <xsl:with-param name="word" select="'Написать'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="not(remark)"><p class="empty">Здесь пока ничего нет. Пишут учителя и классный руководитель.</p></xsl:when>
    <xsl:otherwise>
      <table class="data people">
        <caption class="sr">Рекомендации и замечания</caption>
        <thead><tr><th scope="col">Дата</th><th scope="col">Вид</th><th scope="col">Текст</th><th scope="col">Кто написал</th></tr></thead>
        <tbody><xsl:apply-templates select="remark"/></tbody>
      </table>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="remarks/remark">
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="@is_own"><a href="{$base}/remarks/{@remark_id}"><xsl:apply-templates select="@made_on" mode="date"/></a></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="@made_on" mode="date"/></xsl:otherwise>
      </xsl:choose>
    </th>
    <td><xsl:value-of select="$kinds[@value = current()/@kind]"/></td>
    <td><xsl:apply-templates select="node()" mode="prose"/></td>
    <td><xsl:value-of select="@staff_name"/></td>
  </tr>
</xsl:template>

<xsl:template match="page/remarks[@view = 'show']" mode="actions"/>
<xsl:template match="page/remarks[@view = 'show']" mode="crumbs" priority="1">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/remarks')"/>
    <xsl:with-param name="word" select="@name"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/remarks[@view = 'show']" priority="1">
  <p class="hint">Написано <xsl:apply-templates select="@made_on" mode="date"/></p>
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить запись'"/>
    <xsl:with-param name="removal" select="'Семья её больше не увидит; в истории изменений она останется.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="remarks[@view = 'show']" mode="rows"><input type="hidden" name="pupil_id" value="{@pupil_id}"/></xsl:template>

</xsl:stylesheet>
