<?xml version="1.0" encoding="UTF-8"?>
<!-- diary_marks.xsl: a family's pages of marks: of a term by subject, of the year, of one work.
     in   <diary view="marks" year?> term…, choice[for = 'year']…, subject/(mark…, final…)…;
          <diary view="work"> change…
     out  one table of subjects, which shows how each mean is computed; how a mark came about
     see  diary.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- .................................................... marks by subject -->

<xsl:template match="page/diary[@view = 'marks']" mode="title">Отметки · <xsl:apply-templates select="." mode="whose"/></xsl:template>

<xsl:template match="page/diary[@view = 'marks']" mode="actions">
  <xsl:apply-templates select="self::*[child[2]]" mode="children"/>
  <nav class="tabs" aria-label="Учебные периоды"><xsl:apply-templates select="term[not(@is_column)]"/></nav>
  <xsl:call-template name="years"><xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/marks')"/></xsl:call-template>
  <div class="actions"><xsl:if test="@has_debts"><a href="{$base}/pupils/{@pupil_id}/debts">Задолженности и пересдачи</a></xsl:if><xsl:if test="@has_forecast"><a href="{$base}/pupils/{@pupil_id}/forecast">Прогноз отметок</a></xsl:if><a href="{$base}/pupils/{@pupil_id}/programme">Как идёт программа</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="diary/term">
  <a href="?term_id={@term_id}"><xsl:apply-templates select="@name" mode="term-name"/></a>
</xsl:template>
<xsl:template match="diary/term[@is_current]">
  <b aria-current="page"><xsl:value-of select="@name"/></b>
</xsl:template>

<xsl:template match="page/diary[@view = 'marks']">
  <table class="data subjects">
    <thead>
      <tr>
        <th scope="col">Предмет</th>
        <th scope="col">Отметки</th>
        <th scope="col">Средний балл</th>
        <th scope="col">Итог</th>
        <th scope="col">Пропущено</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="subject"/></tbody>
  </table>
  <p class="soft">Средний балл — взвешенный: у контрольной вес больше, чем у ответа на уроке. Откройте отметки, чтобы увидеть, из чего он сложился.</p>
</xsl:template>

<xsl:template match="page/diary[@view = 'marks' and not(subject)]">
  <p class="empty">В этом периоде отметок ещё нет.</p>
</xsl:template>

<xsl:template match="diary/subject">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td class="strip"><xsl:apply-templates select="." mode="how"/></td>
    <td class="mean" data-word="ср."><xsl:apply-templates select="@mean" mode="number"/></td>
    <td class="term" data-word="итог"><xsl:apply-templates select="@term_mark"/></td>
    <td class="missed"><xsl:apply-templates select="@missed"/></td>
  </tr>
</xsl:template>

<!-- Says the number in words, since a digit alone would look like a mark. -->
<xsl:template match="subject/@missed">
  <data value="{.}">
    <span class="narrow">пропущено </span>
    <xsl:call-template name="plural">
      <xsl:with-param name="n" select="."/>
      <xsl:with-param name="one" select="'урок'"/>
      <xsl:with-param name="few" select="'урока'"/>
      <xsl:with-param name="many" select="'уроков'"/>
    </xsl:call-template>
  </data>
</xsl:template>

<xsl:template match="subject/@term_mark"><b><xsl:apply-templates select="." mode="final"/></b></xsl:template>

<!-- Replaces the abbreviations of final marks by words. -->
<xsl:template match="@*|*" mode="final"><xsl:value-of select="."/></xsl:template>
<xsl:template match="@*[. = 'н/а']|*[. = 'н/а']" mode="final"><span class="word">не аттестован(а)</span></xsl:template>
<xsl:template match="@*[. = 'осв']|*[. = 'осв']" mode="final"><span class="word">освобождён(а)</span></xsl:template>

<xsl:template match="subject" mode="how"><span class="soft">нет</span></xsl:template>
<xsl:template match="subject[mark]" mode="how">
  <details>
    <summary><xsl:apply-templates select="mark" mode="strip"/></summary>
    <ul><xsl:apply-templates select="mark"/></ul>
    <xsl:apply-templates select="self::*[@mean]" mode="formula"/>
  </details>
</xsl:template>

<xsl:template match="mark" mode="strip">
  <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
  <span><xsl:value-of select="."/></span>
</xsl:template>

<xsl:template match="subject/mark">
  <li>
    <xsl:apply-templates select="@held_on" mode="day"/>
    <xsl:text> — </xsl:text><xsl:apply-templates select="." mode="value"/><xsl:text>, </xsl:text>
    <xsl:apply-templates select="." mode="work-name"/>
    <xsl:apply-templates select="@weight_pct" mode="weight"/>
    <xsl:apply-templates select="@comment"/>
  </li>
</xsl:template>

<!-- The formula of the mean: (5 × 1 + 4 × 2) : (1 + 2) = 4,33. Of a retaken mark (2/4) it needs
     the attempt that the school counts (@counts); without it no formula is shown. -->
<xsl:template match="subject" mode="formula">
  <p class="formula">
    <xsl:text>(</xsl:text><xsl:apply-templates select="mark" mode="term"/>
    <xsl:text>) : (</xsl:text><xsl:apply-templates select="mark" mode="divisor"/>
    <xsl:text>) = </xsl:text><b><xsl:value-of select="translate(@mean, '.', ',')"/></b>
  </p>
</xsl:template>
<xsl:template match="subject[mark[contains(., '/') and not(@counts)]]" mode="formula"/>

<xsl:template match="mark" mode="term">
  <xsl:if test="position() &gt; 1"> + </xsl:if>
  <xsl:value-of select="concat(., ' × ', translate(string(@weight_pct div 100), '.', ','))"/>
</xsl:template>
<xsl:template match="mark[@counts]" mode="term">
  <xsl:if test="position() &gt; 1"> + </xsl:if>
  <xsl:value-of select="concat(@counts, ' × ', translate(string(@weight_pct div 100), '.', ','))"/>
</xsl:template>
<xsl:template match="mark" mode="divisor">
  <xsl:if test="position() &gt; 1"> + </xsl:if>
  <xsl:value-of select="translate(string(@weight_pct div 100), '.', ',')"/>
</xsl:template>

<!-- ...................................... the year: final marks of its terms -->

<xsl:template match="page/diary[@is_year][subject]" priority="1">
  <table class="data subjects year">
    <thead><tr><th scope="col">Предмет</th><xsl:apply-templates select="term" mode="head"/><th scope="col">Пропущено</th></tr></thead>
    <tbody><xsl:apply-templates select="subject" mode="year"/></tbody>
  </table>
</xsl:template>

<xsl:template match="term" mode="head"><th scope="col"><xsl:value-of select="@name"/></th></xsl:template>
<xsl:template match="term[@short_name]" mode="head"><th scope="col" title="{@name}"><xsl:value-of select="@short_name"/></th></xsl:template>

<xsl:template match="subject" mode="year">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <xsl:apply-templates select="final[not(@is_last)]"/>
    <td class="term" data-word="год"><xsl:apply-templates select="@term_mark"/></td>
    <xsl:apply-templates select="final[@is_last]"/>
    <td class="missed"><xsl:apply-templates select="@missed"/></td>
  </tr>
</xsl:template>

<!-- On a phone each cell names its term. -->
<xsl:template match="final">
  <td class="final">
    <xsl:if test="string(.)">
      <xsl:attribute name="data-word"><xsl:value-of select="@name"/></xsl:attribute>
    </xsl:if>
    <xsl:apply-templates select="." mode="final"/>
  </td>
</xsl:template>

<!-- ........................................... one work: how its mark came about -->

<xsl:template match="page/diary[@view = 'work']" mode="title">
  <xsl:value-of select="concat('История отметки · ', @subject_name, ' · ', @name)"/>
</xsl:template>

<xsl:template match="page/diary[@view = 'work']" mode="actions" priority="1">
  <div class="actions">
    <a href="{$base}/pupils/{@pupil_id}/marks">Отметки по предметам</a>
  </div>
</xsl:template>

<xsl:template match="page/diary[@view = 'work']" priority="1">
  <p class="lead">
    <xsl:if test="@value"><b><xsl:value-of select="@value"/></b> — </xsl:if>
    <xsl:apply-templates select="." mode="work-name"/>
    <xsl:apply-templates select="@weight_pct" mode="weight"/>
    <xsl:text>, </xsl:text><xsl:apply-templates select="@held_on" mode="date"/>
  </p>
  <table class="data changes">
    <caption class="sr">Изменения отметки</caption>
    <thead>
      <tr>
        <th scope="col">Когда</th>
        <th scope="col">Кто</th>
        <th scope="col">Было</th>
        <th scope="col">Стало</th>
        <th scope="col">Комментарий</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="change"/></tbody>
  </table>
</xsl:template>

<xsl:template match="diary/change">
  <tr>
    <xsl:if test="@is_void"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
    <td><xsl:value-of select="@who"/></td>
    <td data-word="Было"><xsl:apply-templates select="@old" mode="final"/></td>
    <td data-word="Стало">
      <xsl:apply-templates select="@new" mode="final"/>
      <xsl:if test="@attempt"><small> (пересдача)</small></xsl:if>
      <xsl:if test="@is_void"><small> (отменено)</small></xsl:if>
      <xsl:if test="@reason"><small> (исправлено: <xsl:value-of select="@reason"/>)</small></xsl:if>
    </td>
    <td><xsl:value-of select="@comment"/></td>
  </tr>
</xsl:template>

</xsl:stylesheet>
