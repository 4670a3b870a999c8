<?xml version="1.0" encoding="UTF-8"?>
<!-- papers.xsl: what is printed for families: strips of a class, the extract of a pupil, the register.
     in   papers[@view = 'class'] with class_id name school_name week_on week_name previous_on next_on? is_mine?
            staff_name?
            /pupil[pupil_id name is_paper? number? at?]
          papers[@view = 'extract'] with pupil_id name class_name year school_name term_id term_name from_on till_on
            staff_name? is_mine? number? printed_on?
            /term[term_id name is_current?], subject[subject_id name mean? term_mark? missed?]/mark, missed[lessons ill]
          papers[@view = 'list'] with find sort page pages count
            /paper[paper_id kind number year printed_on pupil_id name from_on till_on staff_name?]
     out  tables; to the class teacher forms that number and print
     see  list.xsl, form.xsl, print/papers.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="form.xsl"/>

<xsl:variable name="papers" select="/page/papers"/>

<!-- .......................................................... the register -->

<xsl:template match="page/papers" mode="title">Полоски и выписки</xsl:template>
<xsl:template match="page/papers" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Ученик или номер'"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/papers">
  <p class="hint">Полоски печатают на странице класса, выписку — из карточки ученика.</p>
  <table class="data people">
    <caption class="sr">Что напечатано семьям</caption>
    <thead><tr><th scope="col">№</th><th scope="col">Вид</th><th scope="col">Напечатано</th><th scope="col">Ученик</th><th scope="col">За дни</th><th scope="col">Кто напечатал</th></tr></thead>
    <tbody>
      <xsl:for-each select="paper">
        <tr>
          <td class="number" data-word="№"><xsl:value-of select="@number"/></td>
          <td><xsl:if test="@kind = 'strip'">полоска</xsl:if><xsl:if test="@kind = 'extract'">выписка</xsl:if></td>
          <td><xsl:apply-templates select="@printed_on" mode="date"/></td>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td><xsl:apply-templates select="@from_on" mode="date"/>–<xsl:apply-templates select="@till_on" mode="date"/></td>
          <td><xsl:value-of select="@staff_name"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>
<xsl:template match="page/papers[@view = 'list'][not(paper)]">
  <p class="empty">Пока ничего не напечатано<xsl:if test="string(@find)">, или ничего не нашлось</xsl:if>. <a href="{$base}/classes">Классы</a></p>
</xsl:template>

<!-- ................................................... the strips of a class -->

<xsl:template match="page/papers[@view = 'class']" mode="title"><xsl:value-of select="@name"/> · полоски на бумаге</xsl:template>
<xsl:template match="page/papers[@view = 'class']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/papers[@view = 'class']" mode="actions">
  <div class="actions">
    <a href="{$base}/classes/{@class_id}">Класс</a>
    <a href="{$base}/classes/{@class_id}/receipts?week_on={@week_on}">Ознакомление</a>
    <xsl:if test="pupil/@number"><a href="?week_on={@week_on}&amp;format=print">Напечатанное</a></xsl:if>
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
    <thead><tr><th scope="col">Ученик</th><th scope="col">Напечатано</th><th scope="col" class="to">Выписка</th></tr></thead>
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
          <td><xsl:if test="@number">№ <xsl:value-of select="@number"/>, <xsl:apply-templates select="@at" mode="moment"/></xsl:if></td>
          <td class="to"><a href="{$base}/pupils/{@pupil_id}/extract" aria-label="Выписка: {@name}">Выписка</a></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- ................................................ the extract of a pupil -->

<xsl:template match="page/papers[@view = 'extract']" mode="title">Выписка · <xsl:value-of select="@name"/></xsl:template>
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
    <xsl:if test="@number"><a href="?term_id={@term_id}&amp;format=print">Выписка № <xsl:value-of select="@number"/></a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/papers[@view = 'extract']" priority="1">
  <xsl:if test="@is_mine">
    <form method="post" action="{$base}/pupils/{@pupil_id}/extract?term_id={@term_id}">
      <xsl:call-template name="token"/>
      <input type="hidden" name="term_id" value="{@term_id}"/>
      <input type="hidden" name="from_on" value="{@from_on}"/>
      <input type="hidden" name="till_on" value="{@till_on}"/>
      <p class="bar"><button class="main">Выдать выписку с номером</button></p>
    </form>
  </xsl:if>
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
</xsl:template>

<xsl:template match="page[papers]/errors/error[@code = 'JE203']" mode="words" priority="1">Эта неделя ещё не началась.</xsl:template>

</xsl:stylesheet>
