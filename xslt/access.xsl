<?xml version="1.0" encoding="UTF-8"?>
<!-- access.xsl: the rights of each role. The document has the rights, access_words.xsl and access_tables.xsl the texts for
     roles, scopes, pages and tables.
     in   <access view="show" role><route method path/>…<rows name reads? adds? changes? removes?/>…</access>
     out  the pages and forms of a role, and a table of the data that it may read and write
     see  layout.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="layout.xsl"/>
<xsl:include href="access_words.xsl"/>
<xsl:include href="access_tables.xsl"/>

<xsl:variable name="glossary" select="exsl:node-set($words)"/>
<xsl:variable name="tables" select="exsl:node-set($table-words)"/>
<xsl:variable name="access" select="/page/access"/>
<xsl:variable name="role" select="$glossary/role[@name = $access/@role]/@word"/>

<xsl:template match="page/access" mode="title">Кто что может · <xsl:value-of select="$role"/></xsl:template>

<xsl:template match="page/access" mode="actions">
  <form class="filter" method="get" action="{$base}/access">
    <label>Роль <select name="role"><xsl:apply-templates select="$glossary/role"/></select></label>
    <button>Показать</button>
  </form>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="role">
  <option value="{@name}">
    <xsl:if test="@name = $access/@role"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="@word"/>
  </option>
</xsl:template>

<xsl:template match="page/access">
  <p class="hint">Страница составлена по правилам, которые действуют в журнале сейчас. У кого несколько ролей, может всё, что может
    каждая из них. Сверх этого: в закрытый журнал не пишет никто, историю изменений не правит никто.</p>
  <h2>Открывает страницы</h2>
  <ul><xsl:apply-templates select="route[@method = 'GET']"/></ul>
  <h2>Что делает</h2>
  <ul><xsl:apply-templates select="route[@method = 'POST']"/></ul>
  <h2>Видит и меняет</h2>
  <table class="data changes">
    <caption class="sr">Что видит и меняет: <xsl:value-of select="$role"/></caption>
    <thead><tr><th scope="col">Сведения</th><th scope="col">Видит</th><th scope="col">Добавляет</th><th scope="col">Меняет</th><th scope="col">Удаляет</th></tr></thead>
    <xsl:apply-templates select="$tables/group[table/@name = $access/rows/@name]"/>
    <!-- tables without a text here are shown by their names -->
    <xsl:apply-templates select="self::*[rows[not(@name = $tables/group/table/@name)]]" mode="nameless"/>
  </table>
</xsl:template>

<xsl:template match="route">
  <xsl:variable name="word" select="$glossary/page[@name = concat(current()/@method, ' ', current()/@path)]/@word"/>
  <li><xsl:value-of select="$word"/><xsl:if test="not($word)"><xsl:value-of select="@path"/></xsl:if></li>
</xsl:template>

<xsl:template match="group">
  <tbody>
    <tr><th scope="rowgroup" colspan="5"><xsl:value-of select="@word"/></th></tr>
    <xsl:for-each select="table">
      <xsl:apply-templates select="$access/rows[@name = current()/@name]"><xsl:with-param name="word" select="@word"/></xsl:apply-templates>
    </xsl:for-each>
  </tbody>
</xsl:template>
<xsl:template match="access" mode="nameless">
  <tbody><xsl:apply-templates select="rows[not(@name = $tables/group/table/@name)]"/></tbody>
</xsl:template>

<xsl:template match="access/rows">
  <xsl:param name="word" select="@name"/>
  <tr>
    <th scope="row"><xsl:value-of select="$word"/></th>
    <td data-word="Видит"><xsl:apply-templates select="@reads" mode="scope"/></td>
    <td data-word="Добавляет"><xsl:apply-templates select="@adds" mode="scope"/></td>
    <td data-word="Меняет"><xsl:apply-templates select="@changes" mode="scope"/></td>
    <td data-word="Удаляет"><xsl:apply-templates select="@removes" mode="scope"/></td>
  </tr>
</xsl:template>
<xsl:template match="@*" mode="scope"><xsl:value-of select="$glossary/scope[@name = current()]/@word"/></xsl:template>

</xsl:stylesheet>
