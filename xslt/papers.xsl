<?xml version="1.0" encoding="UTF-8"?>
<!-- papers.xsl: what is printed for families: strips of a class, the card of a pupil's term.
     in   papers[@view = 'class'] with class_id name school_name week_on week_name previous_on next_on? is_mine?
            staff_name?
            /pupil[pupil_id name is_paper? at?]
          papers[@view = 'extract'] with pupil_id name holder about class_id class_name year school_name term_id
            term_name from_on till_on is_open? staff_name? is_mine?
            /term[term_id name is_current?], copy[extract_id number made_on],
             subject[subject_id name mean? term_mark? missed?]/mark, missed[lessons ill]
     out  tables; to the class teacher the form that prints; the form that certifies a card
     see  form.xsl, extracts_certify.xsl, print/papers.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="extracts_certify.xsl"/>

<xsl:variable name="papers" select="/page/papers"/>

<!-- ................................................... the strips of a class -->

<xsl:template match="page/papers[@view = 'class']" mode="title"><xsl:value-of select="@name"/> · полоски на бумаге</xsl:template>
<xsl:template match="page/papers[@view = 'class']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/papers[@view = 'class']" mode="actions">
  <div class="actions">
    <a href="{$base}/classes/{@class_id}">Класс</a>
    <a href="{$base}/classes/{@class_id}/receipts?week_on={@week_on}">Ознакомление</a>
    <a href="{$base}/classes/{@class_id}/cards?format=print">Табели класса</a>
    <xsl:if test="pupil/@at"><a href="?week_on={@week_on}&amp;format=print">Напечатанное</a></xsl:if>
  </div>
</xsl:template>

<xsl:template match="page/papers[@view = 'class']" priority="1">
  <nav class="pages" aria-label="Недели">
    <a rel="prev" href="?week_on={@previous_on}">← Раньше</a>
    <b><xsl:value-of select="@week_name"/></b>
    <xsl:if test="@next_on"><a rel="next" href="?week_on={@next_on}">Позже →</a></xsl:if>
  </nav>
  <xsl:choose>
    <xsl:when test="not(pupil)"><p class="empty">В классе на этой неделе нет учеников. <a href="{$base}/classes/{@class_id}">Класс</a></p></xsl:when>
    <xsl:when test="@is_mine">
      <p class="hint">Отмечены семьи, которые получают всё на бумаге. На листе четыре полоски с местом для подписи; подписанные записывают на странице «Ознакомление».</p>
      <form method="post" action="{$base}/classes/{@class_id}/strips?week_on={@week_on}">
        <xsl:call-template name="token"/>
        <input type="hidden" name="week_on" value="{@week_on}"/>
        <xsl:apply-templates select="." mode="pupils"/>
        <p class="bar"><button class="main">Напечатать</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="pupils"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="papers" mode="pupils">
  <table class="data people">
    <caption class="sr">Ученики класса</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Напечатано</th><th scope="col" class="to">Табель</th></tr></thead>
    <tbody>
      <xsl:for-each select="pupil">
        <tr>
          <th scope="row">
            <xsl:if test="$papers/@is_mine">
              <label class="check">
                <input type="checkbox" name="pupil_id" value="{@pupil_id}"><xsl:if test="@is_paper"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input>
                <xsl:text> </xsl:text><xsl:value-of select="@name"/>
              </label>
            </xsl:if>
            <xsl:if test="not($papers/@is_mine)"><xsl:value-of select="@name"/></xsl:if>
            <xsl:if test="@is_paper"><xsl:text> </xsl:text><span class="badge">бумажная семья</span></xsl:if>
          </th>
          <td data-word="Напечатано"><xsl:apply-templates select="@at" mode="moment"/></td>
          <td class="to"><a href="{$base}/pupils/{@pupil_id}/extract" aria-label="Табель: {@name}">Табель</a></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- ................................................ the card of a pupil -->

<xsl:template match="page/papers[@view = 'extract']" mode="title">Табель · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/papers[@view = 'extract']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/papers[@view = 'extract']" mode="actions">
  <nav class="tabs" aria-label="Учебные периоды">
    <xsl:for-each select="term">
      <xsl:if test="@is_current"><b aria-current="page"><xsl:apply-templates select="@name" mode="term-name"/></b></xsl:if>
      <xsl:if test="not(@is_current)"><a href="?term_id={@term_id}"><xsl:apply-templates select="@name" mode="term-name"/></a></xsl:if>
    </xsl:for-each>
  </nav>
  <div class="actions">
    <a href="{$base}/pupils/{@pupil_id}/diary">Дневник</a>
    <a href="?term_id={@term_id}&amp;format=print">Напечатать<xsl:if test="@is_open"> предварительный</xsl:if></a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/papers[@view = 'extract']" priority="1">
  <table class="data people">
    <caption class="sr">Отметки, <xsl:value-of select="@term_name"/></caption>
    <thead><tr><th scope="col">Предмет</th><th scope="col">Отметки</th><th scope="col" class="number">Средний балл</th><th scope="col">Итог</th><th scope="col" class="number">Пропущено</th></tr></thead>
    <tbody>
      <xsl:for-each select="subject">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td><xsl:for-each select="mark"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="."/></xsl:for-each></td>
          <td class="number" data-word="средний балл"><xsl:apply-templates select="@mean" mode="number"/></td>
          <td data-word="итог"><xsl:value-of select="@term_mark"/></td>
          <td class="number" data-word="пропущено"><xsl:value-of select="@missed"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <xsl:if test="@is_mine">
    <xsl:call-template name="certify">
      <xsl:with-param name="kept"><input type="hidden" name="term_id" value="{@term_id}"/></xsl:with-param>
      <xsl:with-param name="purpose" select="'для родителей'"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template match="page[papers]/errors/error[@code = 'JE203']" mode="words" priority="1">Эта неделя ещё не началась.</xsl:template>

</xsl:stylesheet>
