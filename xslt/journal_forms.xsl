<?xml version="1.0" encoding="UTF-8"?>
<!-- journal_forms.xsl: the pages beside the grid.
     in   <journal view="show"> with ?form=term   term marks, without a script
          <journal view="cell"> change…           the history of one cell
     out  a form of parallel fields column_id, pupil_id, old, value; a table
     see  journal.xsl, which includes this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- ............................................ term marks as a plain form -->

<!-- The position of the term's own column, and so of its cell in each row. -->
<xsl:variable name="own"
  select="count(/page/journal/column[@kind = 'term' and @is_first][1]/preceding-sibling::column) + 1"/>
<xsl:variable name="own-column" select="/page/journal/column[$own]"/>
<xsl:variable name="term-values" select="/page/journal/term_value"/>

<xsl:template match="page[contains(@query, 'form=term')]/journal[@can_write
                and column[@kind = 'term' and not(@is_read_only)]]" mode="title" priority="3">
  <xsl:value-of select="concat('Итоговые отметки · ', @subject_name, ', ', @class_name, ' · ', @term_name)"/>
</xsl:template>
<xsl:template match="page[contains(@query, 'form=term')]/journal[@can_write
                and column[@kind = 'term' and not(@is_read_only)]]" mode="actions" priority="3"/>

<xsl:template match="page[contains(@query, 'form=term')]/journal[@can_write
                and column[@kind = 'term' and not(@is_read_only)]]" priority="3">
  <form method="post" action="{$base}/journals/{@journal_id}?form=term" data-ej-term="">
    <xsl:call-template name="token"/>
    <table class="data termform">
      <caption class="sr">Итоговые отметки</caption>
      <thead><tr><th scope="col">Ученик</th><xsl:apply-templates select="." mode="grounds"/><th scope="col">Итог</th></tr></thead>
      <tbody><xsl:apply-templates select="pupil[not(c[$own]/@off)]" mode="term"/></tbody>
    </table>
    <p class="savebar">
      <button class="main">Сохранить</button>
      <xsl:if test="figure/@proposed"><button type="button" data-ej-propose="" hidden="hidden">Поставить все предложенные</button></xsl:if>
      <a href="{$base}/journals/{@journal_id}">К журналу</a>
    </p>
  </form>
</xsl:template>

<!-- Pupils who were not in the group at the end of the term have no row. After a refusal a row
     shows the value typed for its pupil. Its old value is the one first shown, or the
     record's present one if a conflict has shown it. -->
<xsl:key name="typed-row" match="/page/form/row" use="field[@name = 'pupil_id']"/>

<xsl:template match="pupil" mode="term">
  <xsl:variable name="row" select="key('typed-row', @pupil_id[$is-refused])[1]"/>
  <xsl:variable name="typed" select="$row/field[@name = 'value']"/>
  <xsl:variable name="old" select="$row[not(@code = 'JE210')]/field[@name = 'old']"/>
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <xsl:apply-templates select="." mode="grounds"/>
    <td>
      <input type="hidden" name="column_id" value="{$own-column/@column_id}"/>
      <input type="hidden" name="pupil_id" value="{@pupil_id}"/>
      <input type="hidden" name="old" value="{($old | c[$own][not($old)])[1]}"/>
      <select name="value" aria-label="Итоговая отметка: {@name}" data-proposed="{key('figure', @pupil_id)/@proposed}">
        <option value="">—</option>
        <xsl:apply-templates select="$term-values" mode="option">
          <xsl:with-param name="value" select="string(($typed | c[$own][not($typed)])[1])"/>
        </xsl:apply-templates>
      </select>
    </td>
  </tr>
</xsl:template>

<!-- The figures from which the mark is proposed (FIN-06): the mean; for a year, the marks of its
     terms. -->
<xsl:template match="journal" mode="grounds">
  <th scope="col">Средний балл</th><th scope="col">Отметок</th><th scope="col">Пропущено</th><th scope="col">Предлагается</th>
</xsl:template>
<xsl:key name="figure" match="journal/figure" use="@pupil_id"/>
<xsl:template match="journal[@term_kind = 'year']" mode="grounds">
  <xsl:apply-templates select="column[not(@is_first)]" mode="grounds"/>
</xsl:template>
<xsl:template match="column" mode="grounds">
  <th scope="col" title="{@kind_name}"><xsl:apply-templates select="@short_name" mode="term"/></th>
</xsl:template>
<xsl:template match="pupil" mode="grounds">
  <xsl:variable name="figure" select="key('figure', @pupil_id)"/>
  <td data-word="ср.">
    <xsl:if test="$figure/@is_borderline"><xsl:attribute name="class">edge</xsl:attribute></xsl:if>
    <xsl:apply-templates select="@mean" mode="number"/>
    <xsl:if test="$figure/@is_borderline"><xsl:text> </xsl:text><small>на границе</small></xsl:if>
  </td>
  <td data-word="отметок">
    <xsl:if test="$figure/@is_few"><xsl:attribute name="class">edge</xsl:attribute></xsl:if>
    <xsl:value-of select="$figure/@marks"/>
    <xsl:if test="$figure/@is_few"><xsl:text> </xsl:text><small>мало</small></xsl:if>
  </td>
  <td data-word="пропущено"><xsl:value-of select="$figure/@missed"/></td>
  <td class="proposed" data-word="предлагается"><xsl:value-of select="$figure/@proposed"/></td>
</xsl:template>
<xsl:template match="journal[@term_kind = 'year']/pupil" mode="grounds">
  <xsl:apply-templates select="c[position() &lt; $own]" mode="grounds"/>
</xsl:template>
<xsl:template match="c" mode="grounds"><td><xsl:value-of select="."/></td></xsl:template>

<xsl:template match="scale_value|term_value" mode="option">
  <xsl:param name="value"/>
  <option value="{@value}">
    <xsl:if test="@value = $value"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="@value"/>
  </option>
</xsl:template>

<!-- An error of a refused save names the number of its row; the summary shows the pupil's name. -->
<xsl:key name="pupil" match="journal/pupil" use="@pupil_id"/>

<xsl:template match="page[journal]/errors/error[@n]" mode="place">
  <xsl:variable name="pupil" select="key('pupil', key('row', @n)/field[@name = 'pupil_id'])"/>
  <b><xsl:value-of select="$pupil/@name"/><xsl:if test="not($pupil)">Ученик не из этого журнала</xsl:if></b>
  <xsl:text>: </xsl:text>
</xsl:template>

<!-- ............................................. words that the script shows -->

<!-- The reply to a save by script has only error codes; these are their texts. -->
<xsl:template match="journal" mode="words">
  <ul hidden="hidden" data-ej-words="">
    <li data-code="JE104"><xsl:call-template name="JE104"/></li>
    <li data-code="JE105"><xsl:call-template name="JE105"/></li>
    <li data-code="JE107"><xsl:call-template name="JE107"/></li>
    <li data-code="JE108"><xsl:call-template name="JE108"/></li>
    <li data-code="JE120"><xsl:call-template name="JE120"/></li>
    <li data-code="JE201"><xsl:call-template name="JE201"/></li>
    <li data-code="JE202"><xsl:call-template name="JE202"/></li>
    <li data-code="JE203"><xsl:call-template name="JE203"/></li>
    <li data-code="JE204"><xsl:call-template name="JE204"/></li>
    <li data-code="JE205"><xsl:call-template name="JE205"/></li>
    <li data-code="JE209"><xsl:call-template name="JE209"/></li>
    <li data-code="JE210"><xsl:call-template name="JE210"/></li>
    <li data-code="JE213"><xsl:call-template name="JE213"/></li>
    <li data-code="JE281"><xsl:call-template name="JE281"/></li>
    <li data-code="JE282"><xsl:call-template name="JE282"/></li>
    <li data-code="JE301"><xsl:call-template name="JE301"/></li>
    <li data-code="JE302"><xsl:call-template name="JE302"/></li>
    <li data-code="JE303"><xsl:call-template name="JE303"/></li>
    <li data-code="JE401"><xsl:call-template name="JE401"/></li>
    <li data-code="JE505"><xsl:call-template name="JE505"/></li>
    <li data-code="JE506"><xsl:call-template name="JE506"/></li>
    <li data-code="JE507"><xsl:call-template name="JE507"/></li>
  </ul>
</xsl:template>

<!-- ................................................... a cell's history -->

<xsl:template match="page/journal[@view = 'cell']" mode="title" priority="1">История клетки</xsl:template>
<xsl:template match="page/journal[@view = 'cell']" mode="actions" priority="1"/>
<xsl:template match="page/journal[@view = 'cell']" mode="crumbs"><xsl:apply-templates select="." mode="journal-crumbs"/></xsl:template>

<xsl:template match="page/journal[@view = 'cell']" priority="2">
  <p class="lead"><b><xsl:value-of select="@pupil"/></b><br/>
    <xsl:value-of select="concat(@subject_name, ', ', @class_name)"/>
    <xsl:if test="@held_on">, <xsl:apply-templates select="@held_on" mode="date"/></xsl:if>
    <xsl:if test="@kind_name">, <xsl:apply-templates select="." mode="work-name"/></xsl:if>
    <xsl:if test="@term_name">, итог: <xsl:value-of select="@term_name"/></xsl:if>
  </p>
  <xsl:if test="attempt/@comment">
    <dl class="record"><xsl:apply-templates select="attempt[@comment]"/></dl>
  </xsl:if>
  <xsl:apply-templates select="." mode="changes"/>
  <xsl:if test="@may_ask"><p><a href="{$base}{/page/@path}/correction">Исправить по заявке</a></p></xsl:if>
</xsl:template>

<!-- The comment on each attempt, which the family sees. -->
<xsl:template match="attempt">
  <dt>Комментарий<xsl:if test="@attempt &gt; 1"> к пересдаче</xsl:if><xsl:if test="@value"> (<xsl:value-of select="@value"/>)</xsl:if></dt>
  <dd><xsl:value-of select="@comment"/></dd>
</xsl:template>

<xsl:template match="journal" mode="changes">
  <table class="data changes">
    <thead>
      <tr>
        <th scope="col">Когда</th>
        <th scope="col">Кто</th>
        <th scope="col">Что</th>
        <th scope="col">Было</th>
        <th scope="col">Стало</th>
        <th scope="col">Откуда</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="change"/></tbody>
  </table>
</xsl:template>
<xsl:template match="journal[not(change)]" mode="changes">
  <p class="empty">В этой клетке ещё ничего не записывали.</p>
</xsl:template>

<xsl:template match="change">
  <tr>
    <xsl:if test="@is_void"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
    <td><xsl:value-of select="@who"/></td>
    <td><xsl:apply-templates select="@what"/><xsl:if test="@is_void"> (отменено)</xsl:if></td>
    <td data-word="Было">
      <xsl:value-of select="@old"/>
      <xsl:apply-templates select="@old_minutes"/>
      <xsl:apply-templates select="@old_comment"/>
    </td>
    <td data-word="Стало"><xsl:value-of select="@new"/><xsl:apply-templates select="@minutes"/><xsl:apply-templates select="@comment"/></td>
    <td data-word="Откуда"><xsl:value-of select="@address"/></td>
  </tr>
</xsl:template>

<xsl:template match="change/@what">отметка<xsl:if test="../@kind_name">, <xsl:value-of select="../@kind_name"/></xsl:if><xsl:if test="../@attempt">, пересдача</xsl:if></xsl:template>
<xsl:template match="change/@what[. = 'attendance']">присутствие</xsl:template>
<xsl:template match="change/@what[. = 'term_mark']">итоговая отметка</xsl:template>
<xsl:template match="change/@minutes|change/@old_minutes"><xsl:value-of select="concat(' ', ., ' мин')"/></xsl:template>
<xsl:template match="change/@comment|change/@old_comment"><xsl:text> </xsl:text><q><xsl:value-of select="."/></q></xsl:template>

</xsl:stylesheet>
