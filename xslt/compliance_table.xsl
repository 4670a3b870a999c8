<?xml version="1.0" encoding="UTF-8"?>
<!-- compliance_table.xsl: the requirements as tables, the same on the screen and on paper.
     in   template areas: state, met, school or open, or empty for all
     out  a table for each area that has such rows; template sources: the documents behind С0 … С4
     see  help/compliance.xsl; compliance.xsl and print/compliance.xsl include this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:include href="help/compliance.xsl"/>

<xsl:variable name="areas" select="exsl:node-set($requirements)/area"/>
<xsl:variable name="rows" select="$areas/row"/>

<xsl:template name="sources">
  <ul class="sources">
    <li>С0 — положение школы о ведении журнала: задачи, обязанности, ответственность</li>
    <li>С1 — положение школы о ведении журнала: доступ, обязанности, контроль, отчёты</li>
    <li>С2 — положение гимназии № 11 (Анжеро-Судженск)</li>
    <li>С3 — положение школы № 92</li>
    <li>С4 — обязанности заместителя директора по работе с журналом (Тёткинская школа-интернат)</li>
    <li>Федеральные документы известны по выдержкам; полный текст с журналом не сверен</li>
  </ul>
</xsl:template>

<xsl:template name="areas">
  <xsl:param name="state"/>
  <xsl:for-each select="$areas">
    <xsl:variable name="shown" select="row[not(string($state)) or @state = $state]"/>
    <xsl:if test="$shown">
      <table class="data people compliance">
        <caption><xsl:value-of select="@word"/></caption>
        <thead><tr><th scope="col">Номер</th><th scope="col">Требование</th><th scope="col">Источник</th><th scope="col">Чем выполнено</th><th scope="col">Проверка</th><th scope="col">Состояние</th></tr></thead>
        <tbody><xsl:for-each select="$shown"><xsl:call-template name="requirement"/></xsl:for-each></tbody>
      </table>
    </xsl:if>
  </xsl:for-each>
</xsl:template>

<xsl:template name="requirement">
  <tr id="{@id}">
    <td data-word="Номер"><xsl:value-of select="@id"/></td>
    <th scope="row"><xsl:value-of select="words"/></th>
    <td data-word="Источник"><xsl:value-of select="@source"/></td>
    <td data-word="Чем выполнено">
      <xsl:for-each select="page | command">
        <xsl:if test="position() &gt; 1"><br/></xsl:if>
        <xsl:choose>
          <xsl:when test="self::page and contains($opens, concat(' ', ., ' '))">
            <a href="{$base}{.}">
              <xsl:if test=". = '/books/archive'"><xsl:attribute name="download"/></xsl:if>
              <xsl:value-of select="."/>
            </a>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </td>
    <td data-word="Проверка">
      <xsl:for-each select="test">
        <xsl:if test="position() &gt; 1"><br/></xsl:if>
        <xsl:value-of select="."/>
      </xsl:for-each>
    </td>
    <td data-word="Состояние">
      <xsl:choose>
        <xsl:when test="@state = 'met'"><span class="done">выполнено</span></xsl:when>
        <xsl:when test="@state = 'school'"><span class="badge">обязанность школы</span></xsl:when>
        <xsl:otherwise><span class="todo">не выполнено</span></xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="why"><br/><xsl:value-of select="."/></xsl:for-each>
    </td>
  </tr>
</xsl:template>

</xsl:stylesheet>
