<?xml version="1.0" encoding="UTF-8"?>
<!-- print/journal.xsl: the official spread of the class journal, for A4.
     in   <journal view="print" school_name class_name subject_name staff_name
                   term_name year is_unmarked?> head…
            <spread page pages> date…, pupil/(c…, term…)…, lesson… </spread>…
          20 lessons a spread at most; a pupil's <c> in the order of <date>, on
          the last spread a <term> for each <head> (final marks); a year's
          journal has heads and pupils only;
          what a letter prints as (н or nothing) is the database's
     out  per spread a page of marks and a page of topics; rows never split,
          heads repeat; signatures after the last topics
     see  static/css/print.css for paper, margins, page numbers
     source  requirements 3.0, 3.1; «№ · фамилия, имя · даты · итог» left,
          «дата · часы · тема; вид работы · домашнее задание» right -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="page/journal" mode="title">
  <xsl:value-of select="concat(@subject_name, ', ', @class_name, ', ', @term_name)"/>
</xsl:template>

<xsl:template match="page/journal">
  <xsl:apply-templates select="spread"/>
</xsl:template>

<xsl:template match="page/journal[not(spread)]">
  <section class="sheet marks-sheet">
    <xsl:apply-templates select="." mode="letterhead"/>
    <p class="empty">За этот период в журнале нет уроков.</p>
  </section>
</xsl:template>

<xsl:template match="spread">
  <xsl:apply-templates select="." mode="marks"/>
  <xsl:apply-templates select="." mode="topics"/>
</xsl:template>

<!-- A year: its final marks on one page, and the teacher's word for them. -->
<xsl:template match="spread[../head][not(date)]">
  <xsl:apply-templates select="." mode="marks"/>
</xsl:template>

<!-- .......................................... letterhead, repeated with the head -->

<xsl:template match="journal" mode="letterhead">
  <p class="school"><xsl:apply-templates select="@school_name" mode="tied"/></p>
  <p class="head">
    <b><xsl:value-of select="@subject_name"/></b>
    <span>класс <b><xsl:apply-templates select="@class_name" mode="tied"/></b></span>
    <span>
      <xsl:value-of select="@term_name"/>
      <xsl:if test="@year"><xsl:text> </xsl:text><xsl:value-of select="concat(@year, '/', @year + 1)"/> учебного года</xsl:if>
    </span>
  </p>
</xsl:template>

<xsl:template match="spread" mode="number">
  <p class="spread-no">Разворот <xsl:value-of select="concat(@page, ' из ', @pages)"/></p>
</xsl:template>

<!-- ....................................................... left page: marks -->

<xsl:template match="spread" mode="marks">
  <section class="sheet marks-sheet">
    <table class="form">
      <xsl:if test="count(date) &gt; 9"><xsl:attribute name="class">form wide</xsl:attribute></xsl:if>
      <colgroup>
        <col class="no"/><col class="name"/>
        <xsl:apply-templates select="date" mode="width"/>
        <xsl:apply-templates select="pupil[1]/term" mode="width"/>
      </colgroup>
      <thead>
        <tr class="letterhead">
          <td colspan="{count(date) + count(pupil[1]/term) + 2}"><xsl:apply-templates select=".." mode="letterhead"/></td>
        </tr>
        <tr>
          <th rowspan="2" scope="col" class="no">№<br/>п/п</th>
          <th rowspan="2" scope="col" class="name">Фамилия, имя</th>
          <xsl:apply-templates select="date[@month_name]" mode="month"/>
          <xsl:if test="pupil/term"><xsl:apply-templates select="../head"/></xsl:if>
        </tr>
        <tr><xsl:apply-templates select="date" mode="day"/></tr>
      </thead>
      <tbody><xsl:apply-templates select="pupil"/></tbody>
    </table>
    <xsl:if test="not(date)"><xsl:apply-templates select=".." mode="signatures"/></xsl:if>
    <xsl:apply-templates select="." mode="number"/>
  </section>
</xsl:template>

<xsl:template match="date" mode="width"><col class="date"/></xsl:template>

<xsl:template match="pupil/term" mode="width"><col class="term"/></xsl:template>

<xsl:template match="journal/head">
  <th rowspan="2" scope="col" class="term"><xsl:value-of select="@name"/></th>
</xsl:template>

<xsl:template match="date" mode="month">
  <th scope="colgroup">
    <xsl:if test="@month_span &gt; 1">
      <xsl:attribute name="colspan"><xsl:value-of select="@month_span"/></xsl:attribute>
    </xsl:if>
    <xsl:value-of select="@month_name"/>
  </th>
</xsl:template>

<!-- One lonely day has no room for its month's name: three letters do. -->
<xsl:template match="date[not(@month_span &gt; 1)]" mode="month">
  <th scope="colgroup" class="lone"><xsl:value-of select="substring(@month_name, 1, 3)"/></th>
</xsl:template>

<xsl:template match="date" mode="day">
  <th scope="col"><xsl:value-of select="@day"/></th>
</xsl:template>

<xsl:template match="spread/pupil">
  <tr>
    <td class="no"><xsl:value-of select="@no"/></td>
    <th scope="row" class="name"><xsl:apply-templates select="." mode="name"/></th>
    <xsl:apply-templates select="c"/>
    <xsl:apply-templates select="term"/>
    <!-- who left has no mark of the term, but a cell -->
    <xsl:if test="../pupil/term and not(term)"><td class="term"></td></xsl:if>
  </tr>
</xsl:template>

<xsl:template match="pupil" mode="name"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="pupil[@left_on]" mode="name">
  <s><xsl:value-of select="@name"/></s><xsl:text> </xsl:text>
  <small>выб. <xsl:apply-templates select="@left_on" mode="day"/></small>
</xsl:template>

<xsl:template match="c"><td><xsl:value-of select="."/></td></xsl:template>
<!-- Several works in one lesson: «5/4/4» needs a smaller hand. -->
<xsl:template match="c[string-length(.) &gt; 3]"><td class="many"><xsl:value-of select="."/></td></xsl:template>
<xsl:template match="pupil/term"><td class="term"><xsl:value-of select="."/></td></xsl:template>

<!-- ..................................................... right page: topics -->

<xsl:template match="spread" mode="topics">
  <section class="sheet topics-sheet">
    <table class="form">
      <colgroup>
        <col class="day"/><col class="hours"/><col/>
        <xsl:if test="not(../@is_unmarked)"><col class="homework"/></xsl:if>
      </colgroup>
      <thead>
        <tr class="letterhead">
          <td colspan="{4 - count(../@is_unmarked)}">
            <xsl:apply-templates select=".." mode="letterhead"/>
            <p class="teacher">Учитель: <b><xsl:apply-templates select=".." mode="teacher"/></b></p>
          </td>
        </tr>
        <tr>
          <th scope="col" class="day">Дата</th>
          <th scope="col" class="hours">Кол-во часов</th>
          <th scope="col">Что пройдено на уроке</th>
          <xsl:if test="not(../@is_unmarked)"><th scope="col" class="homework">Домашнее задание</th></xsl:if>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="lesson"/></tbody>
    </table>
    <xsl:if test="@page = @pages"><xsl:apply-templates select=".." mode="signatures"/></xsl:if>
    <xsl:apply-templates select="." mode="number"/>
  </section>
</xsl:template>

<xsl:template match="journal" mode="teacher"><xsl:value-of select="@staff_name"/></xsl:template>
<xsl:template match="journal[@staff_full_name]" mode="teacher"><xsl:value-of select="@staff_full_name"/></xsl:template>

<xsl:template match="spread/lesson">
  <tr>
    <td class="day"><xsl:apply-templates select="@date" mode="day"/></td>
    <td class="hours"><xsl:apply-templates select="@hours" mode="amount"/></td>
    <td>
      <xsl:value-of select="@topic"/>
      <xsl:if test="@kinds"><xsl:text>; </xsl:text><i><xsl:value-of select="@kinds"/></i></xsl:if>
      <xsl:if test="@staff_name"> (замена: <xsl:value-of select="@staff_name"/>)</xsl:if>
    </td>
    <xsl:if test="not(../../@is_unmarked)"><td class="homework"><xsl:value-of select="@homework"/></td></xsl:if>
  </tr>
</xsl:template>

<!-- ............................................................ signatures -->

<xsl:template match="journal" mode="signatures">
  <section class="signatures">
    <xsl:apply-templates select="@hours_given"/>
    <xsl:call-template name="signature">
      <xsl:with-param name="post" select="'Учитель'"/>
      <xsl:with-param name="name" select="@staff_name"/>
    </xsl:call-template>
    <xsl:call-template name="signature">
      <xsl:with-param name="post" select="'Заместитель директора'"/>
      <xsl:with-param name="name" select="@deputy_name"/>
    </xsl:call-template>
    <p class="seal"><span>М. П.</span><span>«____» ______________ 20___ г.</span></p>
  </section>
</xsl:template>

<xsl:template match="journal/@hours_given">
  <p>Проведено часов: <b><xsl:apply-templates select="." mode="amount"/></b></p>
</xsl:template>

<xsl:template name="signature">
  <xsl:param name="post"/>
  <xsl:param name="name"/>
  <p class="signature">
    <span><xsl:value-of select="$post"/></span>
    <span class="line"></span>
    <span class="line name"><xsl:value-of select="$name"/></span>
  </p>
  <p class="under">
    <span>подпись</span>
    <span>фамилия, инициалы</span>
  </p>
</xsl:template>

</xsl:stylesheet>
