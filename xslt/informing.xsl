<?xml version="1.0" encoding="UTF-8"?>
<!-- informing.xsl: who was informed about a child, how and when.
     in   informing[@view = 'list'] with find sort page pages count overdue is_mine? today_on done?
            /pupil[pupil_id name class_name is_paper? informed_on? way? is_overdue? is_led?]
          informing[@view = 'pupil'] with pupil_id name is_mine? today_on done?
            /told[told_on way about? staff_name? informing_id? kind?]
          informing[@view = 'show'] with informing_id pupil_id name way informed_on note
     out  tables; to the class teacher a form for a talk or a meeting
     see  record.xsl, mail/words.xsl (what a notice is called) -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="mail/words.xsl"/>
<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="way" label="Как" required="required">
    <o value="call">звонок</o><o value="talk">беседа</o><o value="meeting">собрание</o><o value="letter">письмо</o>
  </f>
  <f name="informed_on" label="День" type="date" required="required"/>
  <f name="note" label="О чём" max="300"/>
</xsl:variable>
<xsl:variable name="informing" select="/page/informing"/>

<xsl:template match="page/informing" mode="title">Как извещали семьи</xsl:template>
<xsl:template match="page/informing" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Ученик или класс'"/></xsl:call-template>
  <div class="actions"><a href="{$base}/receipts">Ознакомление с дневником</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="@way" mode="told-way">
  <xsl:choose>
    <xsl:when test=". = 'receipt'">дневник</xsl:when>
    <xsl:when test=". = 'tap' or . = 'read'">дневник, неделя с</xsl:when>
    <xsl:when test=". = 'strip'">подпись на полоске, неделя с</xsl:when>
    <xsl:when test=". = 'paper' and local-name(..) = 'told'">полоска, неделя с</xsl:when>
    <xsl:when test=". = 'paper'">бумага</xsl:when>
    <xsl:when test=". = 'extract'">заверенная копия №</xsl:when>
    <xsl:otherwise><xsl:value-of select="$field[@name = 'way']/o[@value = current()]"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ............................................................ the list -->

<xsl:template match="page/informing">
  <xsl:apply-templates select="@done[not($is-refused)]"><xsl:with-param name="path" select="'/informing'"/></xsl:apply-templates>
  <p class="hint">
    <xsl:text>Семью пора известить: </xsl:text><b><xsl:value-of select="@overdue"/></b>
    <xsl:text>. Срок — по настройкам школы; считаются ознакомление с дневником, бумага, звонки, беседы и собрания.</xsl:text>
  </p>
  <xsl:choose>
    <xsl:when test="@is_mine and pupil[@is_led]">
      <form method="post" action="{$base}/informing">
        <xsl:call-template name="token"/>
        <xsl:call-template name="edit-fields"/>
        <xsl:apply-templates select="." mode="table"/>
        <p class="bar"><button class="main">Записать отмеченным</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="table"/></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>
<xsl:template match="page/informing[@view = 'list'][not(pupil)]">
  <p class="empty">Таких учеников нет. <a href="{$base}/classes">Классы</a></p>
</xsl:template>

<xsl:template match="informing" mode="table">
  <table class="data people">
    <caption class="sr">Семьи</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Класс</th><th scope="col">Последний раз</th></tr></thead>
    <tbody>
      <xsl:for-each select="pupil">
        <tr>
          <th scope="row">
            <xsl:if test="@is_led">
              <label class="check"><input type="checkbox" name="pupil_id" value="{@pupil_id}" aria-label="Отметить: {@name}"/></label>
              <xsl:text> </xsl:text>
            </xsl:if>
            <a href="{$base}/pupils/{@pupil_id}/informing"><xsl:value-of select="@name"/></a>
            <xsl:if test="@is_paper"><xsl:text> </xsl:text><span class="badge">бумажная семья</span></xsl:if>
          </th>
          <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
          <td>
            <xsl:if test="@informed_on"><xsl:apply-templates select="@informed_on" mode="date"/>, <xsl:apply-templates select="@way" mode="told-way"/></xsl:if>
            <xsl:if test="not(@informed_on)">ещё не извещали</xsl:if>
            <xsl:if test="@is_overdue"><xsl:text> </xsl:text><span class="todo">пора известить</span></xsl:if>
          </td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- .......................................................... of a pupil -->

<xsl:template match="page/informing[@view = 'pupil']" mode="title"><xsl:value-of select="@name"/> · как извещали семью</xsl:template>
<xsl:template match="page/informing[@view = 'pupil']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/informing[@view = 'pupil']" mode="actions">
  <div class="actions"><a href="{$base}/pupils/{@pupil_id}/receipts">Ознакомление с дневником</a><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/informing[@view = 'pupil']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/informing')"/>
  </xsl:apply-templates>
  <xsl:if test="not(told)"><p class="empty">Записей пока нет. Звонки, беседы и собрания классный руководитель записывает на странице <a href="{$base}/informing">«Как извещали семьи»</a>.</p></xsl:if>
  <xsl:if test="told">
    <table class="data people">
      <caption class="sr">Как извещали семью</caption>
      <thead><tr><th scope="col">День</th><th scope="col">Как, о чём</th><th scope="col">Кто</th></tr></thead>
      <tbody>
        <xsl:for-each select="told">
          <tr>
            <th scope="row">
              <xsl:choose>
                <xsl:when test="@informing_id and $informing/@is_mine">
                  <a href="{$base}/informing/{@informing_id}"><xsl:apply-templates select="@told_on" mode="date"/></a>
                </xsl:when>
                <xsl:otherwise><xsl:apply-templates select="@told_on" mode="date"/></xsl:otherwise>
              </xsl:choose>
            </th>
            <td>
              <xsl:apply-templates select="@way" mode="told-way"/>
              <xsl:if test="@informing_id and (string(@about) or @kind)">:</xsl:if>
              <xsl:for-each select="@kind">
                <xsl:text> </xsl:text>
                <xsl:call-template name="kind-words"><xsl:with-param name="kind" select="string(.)"/></xsl:call-template>
              </xsl:for-each>
              <xsl:text> </xsl:text><xsl:value-of select="@about"/>
            </td>
            <td><xsl:value-of select="@staff_name"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:if>
</xsl:template>

<!-- ........................................................... of a talk -->

<xsl:template match="page/informing[@view = 'show']" mode="title">Разговор с семьёй · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/informing[@view = 'show']" mode="actions"/>
<xsl:template match="page/informing[@view = 'show']" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/informing')"/>
    <xsl:with-param name="word" select="@name"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/informing[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить запись'"/>
    <xsl:with-param name="removal" select="'В истории изменений она останется.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="informing[@view = 'show']" mode="rows"><input type="hidden" name="pupil_id" value="{@pupil_id}"/></xsl:template>

<xsl:template match="page[informing]/errors/error[@field = 'pupil_id']" mode="field-name">Ученики</xsl:template>
<xsl:template match="page[informing]/errors/error[@field = 'pupil_id'][@code = 'JE101']" mode="words" priority="1">Отметьте хотя бы одного ученика.</xsl:template>
<xsl:template match="page[informing]/errors/error[@code = 'JE203']" mode="words" priority="1">Этот день ещё не наступил.</xsl:template>

</xsl:stylesheet>
