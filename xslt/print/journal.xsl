<?xml version="1.0" encoding="UTF-8"?>
<!-- print/journal.xsl: the official spread of the class journal, for A4.
     in   <journal view="print" school_name class_name subject_name staff_name
                   term_name year is_unmarked?> head… lesson… pupil/(c…, term…)…
          a pupil's <c> in the order of <lesson>, a <term> for each <head> (final
          marks); a year's journal has heads and pupils only; what a letter
          prints as (н or nothing) is the database's
     out  per spread a page of marks and a page of topics; rows never split,
          heads repeat; final marks on the last spread, signatures at its end
     see  ../journal_cut.xsl for what goes on which spread,
          static/css/print.css for paper, margins, page numbers
     source  requirements 3.0, 3.1; «№ · фамилия, имя · даты · итог» left,
          «дата · часы · тема; вид работы · домашнее задание» right -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings"
                exclude-result-prefixes="exsl str">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../journal_cut.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/journal" mode="title">
  <xsl:value-of select="concat(@subject_name, ', ', @class_name, ', ', @term_name)"/>
</xsl:template>

<xsl:template match="page/journal | books/journal">
  <xsl:variable name="journal" select="."/>
  <xsl:variable name="cut"><xsl:apply-templates select="." mode="cut"/></xsl:variable>
  <xsl:variable name="spreads" select="exsl:node-set($cut)/spread"/>
  <xsl:for-each select="$spreads">
    <xsl:variable name="number">
      <xsl:apply-templates select="$journal" mode="section"/><xsl:value-of select="concat('Разворот ', position(), ' из ', last())"/>
    </xsl:variable>
    <xsl:variable name="is_last" select="position() = last()"/>
    <xsl:variable name="lessons" select="$journal/lesson[position() &gt;= current()/@from and position() &lt;= current()/@to]"/>
    <xsl:apply-templates select="$journal" mode="marks">
      <xsl:with-param name="spread" select="."/>
      <xsl:with-param name="lessons" select="$lessons"/>
      <xsl:with-param name="heads" select="$journal/head[$is_last]"/>
      <xsl:with-param name="number" select="$number"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="$journal" mode="topics">
      <xsl:with-param name="lessons" select="$lessons"/>
      <xsl:with-param name="number" select="$number"/>
      <xsl:with-param name="is_last" select="$is_last"/>
    </xsl:apply-templates>
  </xsl:for-each>
</xsl:template>

<!-- The journal of a year is one page: the final marks, and the teacher's signature. -->
<xsl:template match="page/journal[not(lesson)] | books/journal[not(lesson)]">
  <xsl:apply-templates select="." mode="marks">
    <xsl:with-param name="number"><xsl:apply-templates select="." mode="section"/></xsl:with-param>
  </xsl:apply-templates>
</xsl:template>

<!-- Its number in the contents of a book. -->
<xsl:template match="journal" mode="section"/>
<xsl:template match="journal[@section]" mode="section"><xsl:value-of select="concat('Раздел ', @section, '. ')"/></xsl:template>

<xsl:template match="page/journal[not(lesson or head)] | books/journal[not(lesson or head)]">
  <section class="sheet marks-sheet">
    <xsl:apply-templates select="." mode="letterhead"/>
    <p class="empty">За этот период в журнале нет уроков.</p>
  </section>
</xsl:template>

<!-- .......................................... letterhead, repeated with the head -->

<xsl:template match="journal" mode="letterhead">
  <xsl:param name="number"/>
  <p class="school">
    <xsl:if test="string-length(@school_name) &gt; 200"><xsl:attribute name="class">school small</xsl:attribute></xsl:if>
    <xsl:apply-templates select="@school_name" mode="tied"/>
  </p>
  <p class="head">
    <xsl:if test="string-length(@subject_name) + string-length(@class_name) &gt; 75">
      <xsl:attribute name="class">head small</xsl:attribute>
    </xsl:if>
    <b><xsl:value-of select="@subject_name"/></b>
    <span>Класс <b><xsl:apply-templates select="@class_name" mode="tied"/></b></span>
  </p>
  <p class="head">
    <span><xsl:apply-templates select="@term_name" mode="period"/></span>
    <span><xsl:value-of select="$number"/></span>
  </p>
</xsl:template>

<xsl:template match="@term_name" mode="period">
  <xsl:value-of select="concat(., ', ', ../@year, '/', ../@year + 1, ' учебный год')"/>
</xsl:template>
<xsl:template match="@term_name[. = 'Год']" mode="period">
  <xsl:value-of select="concat(../@year, '/', ../@year + 1, ' учебный год')"/>
</xsl:template>

<!-- ....................................................... left page: marks -->

<!-- One page of marks with the pupils that fit; the remaining pupils go to further pages. -->
<xsl:template match="journal" mode="marks">
  <xsl:param name="spread"/>
  <xsl:param name="lessons" select="lesson"/>
  <xsl:param name="heads" select="head"/>
  <xsl:param name="number"/>
  <xsl:param name="first" select="1"/>
  <xsl:variable name="next" select="$first + ceiling(count(pupil) div ceiling(count(pupil) div $rows))"/>
  <section class="sheet marks-sheet">
    <table class="form">
      <xsl:if test="count($lessons) &gt; 9"><xsl:attribute name="class">form wide</xsl:attribute></xsl:if>
      <xsl:if test="not($lessons)"><xsl:attribute name="class">form finals</xsl:attribute></xsl:if>
      <colgroup>
        <col class="no"/><col class="name"/>
        <xsl:for-each select="$lessons"><col class="date"/></xsl:for-each>
        <xsl:for-each select="$heads"><col class="term"/></xsl:for-each>
      </colgroup>
      <xsl:apply-templates select="." mode="marks-head">
        <xsl:with-param name="lessons" select="$lessons"/>
        <xsl:with-param name="heads" select="$heads"/>
        <xsl:with-param name="number" select="$number"/>
      </xsl:apply-templates>
      <tbody>
        <xsl:for-each select="pupil[position() &gt;= $first and position() &lt; $next]">
          <xsl:apply-templates select=".">
            <xsl:with-param name="no" select="$first + position() - 1"/>
            <xsl:with-param name="cells" select="c[position() &gt;= $spread/@from and position() &lt;= $spread/@to]"/>
            <xsl:with-param name="terms" select="term[$heads]"/>
          </xsl:apply-templates>
        </xsl:for-each>
      </tbody>
    </table>
    <xsl:if test="not(lesson) and $next &gt; count(pupil)"><xsl:apply-templates select="." mode="signatures"/></xsl:if>
  </section>
  <xsl:if test="$next &lt;= count(pupil)">
    <xsl:apply-templates select="." mode="marks">
      <xsl:with-param name="spread" select="$spread"/>
      <xsl:with-param name="lessons" select="$lessons"/>
      <xsl:with-param name="heads" select="$heads"/>
      <xsl:with-param name="number" select="$number"/>
      <xsl:with-param name="first" select="$next"/>
    </xsl:apply-templates>
  </xsl:if>
</xsl:template>

<xsl:template match="journal" mode="marks-head">
  <xsl:param name="lessons"/>
  <xsl:param name="heads"/>
  <xsl:param name="number"/>
  <thead>
    <tr class="letterhead">
      <td colspan="{count($lessons | $heads) + 2}">
        <xsl:apply-templates select="." mode="letterhead"><xsl:with-param name="number" select="$number"/></xsl:apply-templates>
      </td>
    </tr>
    <tr>
      <th rowspan="2" scope="col" class="no">№<br/>п/п</th>
      <th rowspan="2" scope="col" class="name">Фамилия, имя</th>
      <xsl:for-each select="$lessons">
        <xsl:variable name="month" select="substring(@held_on, 1, 7)"/>
        <xsl:if test="position() = 1 or substring(preceding-sibling::lesson[1]/@held_on, 1, 7) != $month">
          <xsl:apply-templates select="@month_name">
            <xsl:with-param name="span" select="count($lessons[substring(@held_on, 1, 7) = $month])"/>
          </xsl:apply-templates>
        </xsl:if>
      </xsl:for-each>
      <xsl:for-each select="$heads"><th rowspan="2" scope="col" class="term"><xsl:value-of select="@name"/></th></xsl:for-each>
    </tr>
    <tr><xsl:for-each select="$lessons"><th scope="col"><xsl:value-of select="number(substring(@held_on, 9))"/></th></xsl:for-each></tr>
  </thead>
</xsl:template>

<!-- The name of a month is cut to three letters over one or two days. -->
<xsl:template match="lesson/@month_name">
  <xsl:param name="span"/>
  <th scope="colgroup" colspan="{$span}">
    <xsl:if test="$span = 1"><xsl:attribute name="class">lone</xsl:attribute></xsl:if>
    <xsl:value-of select="substring(., 1, 3 + 9 * ($span &gt; 2))"/>
  </th>
</xsl:template>

<xsl:template match="journal/pupil">
  <xsl:param name="no"/>
  <xsl:param name="cells"/>
  <xsl:param name="terms"/>
  <tr>
    <td class="no"><xsl:value-of select="$no"/></td>
    <th scope="row" class="name"><xsl:apply-templates select="." mode="name"/></th>
    <xsl:for-each select="$cells">
      <xsl:if test="string-length(.) &lt; 4"><td><xsl:value-of select="."/></td></xsl:if>
      <xsl:if test="string-length(.) &gt; 3"><xsl:apply-templates select="."/></xsl:if>
    </xsl:for-each>
    <xsl:for-each select="$terms"><td class="term"><xsl:value-of select="."/></td></xsl:for-each>
  </tr>
</xsl:template>

<!-- Several marks in one lesson, «5/4/4», are printed smaller and break only after «/». -->
<xsl:template match="pupil/c">
  <td class="many">
    <xsl:if test="string-length(.) &gt; 7"><xsl:attribute name="class">more</xsl:attribute></xsl:if>
    <xsl:value-of select="str:replace(., '/', '/&#8203;')"/>
  </td>
</xsl:template>

<!-- A long name is printed smaller, so that all rows have the same height. -->
<xsl:template match="pupil" mode="name">
  <xsl:variable name="length" select="string-length(@name) + 11 * count(@left_on)"/>
  <div>
    <xsl:if test="$length &gt; 24"><xsl:attribute name="class">long</xsl:attribute></xsl:if>
    <xsl:if test="$length &gt; 44"><xsl:attribute name="class">longer</xsl:attribute></xsl:if>
    <xsl:if test="$length &gt; 60"><xsl:attribute name="class">longest</xsl:attribute></xsl:if>
    <xsl:apply-templates select="@name"/>
  </div>
</xsl:template>

<xsl:template match="pupil/@name"><xsl:value-of select="."/></xsl:template>
<xsl:template match="pupil[@left_on]/@name">
  <s><xsl:value-of select="."/></s><xsl:text> выб.&#160;</xsl:text><xsl:apply-templates select="../@left_on" mode="day"/>
</xsl:template>

<!-- ..................................................... right page: topics -->

<xsl:template match="journal" mode="topics">
  <xsl:param name="lessons"/>
  <xsl:param name="number"/>
  <xsl:param name="is_last"/>
  <section class="sheet topics-sheet">
    <table class="form">
      <colgroup>
        <col class="day"/><col class="hours"/><col/>
        <xsl:if test="not(@is_unmarked)"><col class="homework"/></xsl:if>
      </colgroup>
      <thead>
        <tr class="letterhead">
          <td colspan="{4 - count(@is_unmarked)}">
            <xsl:apply-templates select="." mode="letterhead"><xsl:with-param name="number" select="$number"/></xsl:apply-templates>
            <p class="teacher">Учитель: <b><xsl:apply-templates select="." mode="teacher"/></b></p>
          </td>
        </tr>
        <tr>
          <th scope="col">Дата</th>
          <th scope="col">Кол-во часов</th>
          <th scope="col">Что пройдено на уроке</th>
          <xsl:if test="not(@is_unmarked)"><th scope="col">Домашнее задание</th></xsl:if>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="$lessons"/></tbody>
    </table>
    <xsl:if test="$is_last"><xsl:apply-templates select="." mode="signatures"/></xsl:if>
  </section>
</xsl:template>

<xsl:template match="journal" mode="teacher"><xsl:value-of select="@staff_name"/></xsl:template>
<xsl:template match="journal[@staff_full_name]" mode="teacher">
  <xsl:value-of select="@staff_full_name"/>
  <xsl:if test="@former_names"> (с <xsl:apply-templates select="@handed_on" mode="date"/>; ранее <xsl:value-of select="@former_names"/>)</xsl:if>
</xsl:template>

<xsl:template match="journal/lesson">
  <tr>
    <td class="day"><xsl:apply-templates select="@held_on" mode="day"/></td>
    <td class="hours"><xsl:apply-templates select="@hours" mode="amount"/></td>
    <td>
      <xsl:value-of select="@topic"/>
      <xsl:if test="@topic and @kinds"><xsl:text>; </xsl:text></xsl:if>
      <xsl:if test="@kinds"><i><xsl:value-of select="@kinds"/></i></xsl:if>
      <xsl:if test="@staff_name"> (замена: <xsl:value-of select="@staff_name"/>)</xsl:if>
    </td>
    <xsl:if test="not(../@is_unmarked)"><td class="homework"><xsl:value-of select="@homework"/></td></xsl:if>
  </tr>
</xsl:template>

<!-- ............................................................ signatures -->

<xsl:template match="journal" mode="signatures">
  <div class="closing">
    <xsl:apply-templates select="@hours_given"/>
    <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'teacher deputy'"/></xsl:call-template>
    <p class="seal"><span>М. П.</span><span>«____» ______________ 20___ г.</span></p>
  </div>
</xsl:template>

<xsl:template match="journal/@hours_given">
  <p>Проведено часов: <b><xsl:apply-templates select="." mode="amount"/></b></p>
</xsl:template>
</xsl:stylesheet>
