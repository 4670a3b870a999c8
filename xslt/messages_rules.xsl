<?xml version="1.0" encoding="UTF-8"?>
<!-- messages_rules.xsl: who may write to whom, a select for each pair of parts.
     in   messages[@view = 'rules'] with is_mine? done? /rule[n from_role to_role scope scopes]
     out  a table; the form of the administrator
     see  messages.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="exsl str">

<xsl:variable name="rule-words">
  <r name="head" from="Директор, заместители, администратор" to="директору, заместителям, администратору"/>
  <r name="class_teacher" from="Классный руководитель" to="классному руководителю"/>
  <r name="teacher" from="Учитель" to="учителю"/>
  <r name="staff" from="Другой сотрудник" to="другому сотруднику"/>
  <r name="parent" from="Родитель" to="родителю"/>
  <r name="pupil" from="Ученик" to="ученику"/>
  <s name="none">нет</s>
  <s name="taught">да, кого учит</s>
  <s name="class">да, в своём классе</s>
  <s name="school">да, всем в школе</s>
</xsl:variable>
<xsl:variable name="part" select="exsl:node-set($rule-words)/r"/>
<xsl:variable name="scope" select="exsl:node-set($rule-words)/s"/>

<xsl:template match="page/messages[@view = 'rules']" mode="title" priority="1">Кто кому может писать</xsl:template>

<xsl:template match="page/messages[@view = 'rules']">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <p class="hint">Правило действует и для ответов. Одна семья в переписке о своём ребёнке видит сообщения друг друга.</p>
  <xsl:choose>
    <xsl:when test="@is_mine">
      <form method="post" action="{$base}/senders">
        <xsl:call-template name="token"/>
        <xsl:apply-templates select="." mode="rule-table"/>
        <p class="bar"><button class="main">Сохранить</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise>
      <xsl:apply-templates select="." mode="rule-table"/>
      <p class="hint">Правила меняет администратор.</p>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="messages" mode="rule-table">
  <table class="data people">
    <caption class="sr">Правила переписки</caption>
    <thead><tr><th scope="col">Кто пишет</th><th scope="col">Кому</th><th scope="col">Можно</th></tr></thead>
    <tbody><xsl:apply-templates select="rule"/></tbody>
  </table>
</xsl:template>

<xsl:template match="messages/rule">
  <xsl:variable name="words">
    <xsl:choose>
      <xsl:when test="@from_role = 'staff' and @to_role = 'staff'">Сотрудник — сотруднику</xsl:when>
      <xsl:otherwise><xsl:value-of select="concat($part[@name = current()/@from_role]/@from, ' — ', $part[@name = current()/@to_role]/@to)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <tr>
    <th scope="row"><xsl:value-of select="substring-before($words, ' — ')"/></th>
    <td data-word="Кому"><xsl:value-of select="substring-after($words, ' — ')"/></td>
    <td data-word="Можно">
      <xsl:choose>
        <xsl:when test="$messages/@is_mine">
          <xsl:apply-templates select="." mode="rule-field"><xsl:with-param name="words" select="$words"/></xsl:apply-templates>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$scope[@name = current()/@scope]"/></xsl:otherwise>
      </xsl:choose>
    </td>
  </tr>
</xsl:template>

<!-- The select of a rule; of a refused form the n-th row has what was chosen. -->
<xsl:template match="rule" mode="rule-field">
  <xsl:param name="words"/>
  <xsl:variable name="row" select="key('row', @n)"/>
  <xsl:variable name="chosen">
    <xsl:choose>
      <xsl:when test="$row/field[@name = 'scope']"><xsl:value-of select="$row/field[@name = 'scope']"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="@scope"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <input type="hidden" name="from_role" value="{@from_role}"/>
  <input type="hidden" name="to_role" value="{@to_role}"/>
  <input type="hidden" name="old_scope" value="{@scope}"/>
  <select name="scope" aria-label="{$words}">
    <xsl:for-each select="str:tokenize(@scopes, ' ')">
      <option value="{.}">
        <xsl:if test="string(.) = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
        <xsl:value-of select="$scope[@name = string(current())]"/>
      </option>
    </xsl:for-each>
  </select>
</xsl:template>

<xsl:template match="error[@field = 'scope']" mode="field-name">Можно</xsl:template>

</xsl:stylesheet>
