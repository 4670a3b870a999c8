<?xml version="1.0" encoding="UTF-8"?>
<!-- reports.xsl: reports, and the rows of which their numbers are made.
     in   reports[@view = 'list']/report[report_key place reach]…
          reports[@view = 'show'] with report_key period year term_name? starts_on ends_on level? grade? class_id? … can_open?
            /choice[for value name is_chosen?]…, table…
          reports[@view = 'rows'] with report_key name line kind column amount … page pages count
            /row[class_name? pupil_name? subject_name? staff_name? held_on? value? note? amount?]…
     out  a list; the filters and the tables of a report; a table of rows
     see  reports_table.xsl, reports_words.xsl, list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="layout.xsl"/>
<xsl:include href="reports_words.xsl"/>
<xsl:include href="reports_lines.xsl"/>
<xsl:include href="control_words.xsl"/>
<xsl:include href="reports_table.xsl"/>
<xsl:include href="reports_pairs.xsl"/>
<xsl:include href="reports_charts.xsl"/>
<xsl:include href="chart.xsl"/>

<!-- ......................................................................... list -->

<xsl:template match="page/reports" mode="title">Отчёты</xsl:template>
<xsl:template match="page/reports[@view = 'show']" mode="title">
  <xsl:value-of select="$reports/report[@key = current()/@report_key]/@word"/></xsl:template>

<xsl:template match="page/reports">
  <xsl:if test="not(report)">
    <p class="empty">Отчётов для вас пока нет: у вас нет ни класса, ни нагрузки. <a href="{$base}/journals">Журналы</a></p></xsl:if>
  <xsl:if test="report"><ul class="reports-list"><xsl:apply-templates select="report"/><xsl:if test="contains($opens, ' /handover ')">
    <li><a href="{$base}/handover">Сдача отчётов</a><p>Кто сдал отчёт за период, кто ещё нет; сдать свой.</p></li></xsl:if><xsl:if test="contains($opens, ' /forecast ')">
    <li><a href="{$base}/forecast">Прогноз отметок</a><p>Какими будут итоговые отметки; группа риска; почти отличники и хорошисты.</p></li></xsl:if></ul></xsl:if>
</xsl:template>

<xsl:template match="reports/report">
  <xsl:variable name="words" select="$reports/report[@key = current()/@report_key]"/>
  <li>
    <a href="{$base}/reports/{@report_key}"><xsl:value-of select="$words/@word"/></a>
    <p><xsl:value-of select="$words/@for"/></p>
  </li>
</xsl:template>

<!-- ....................................................................... report -->

<!-- The filter as a query string, for the addresses of rows. -->
<xsl:template match="reports" mode="kept">
  <xsl:value-of select="concat('year=', @year)"/>
  <xsl:for-each select="choice[@for = 'term_id'][@is_chosen]"><xsl:if test="not(../@from_on or ../@till_on)">
    <xsl:value-of select="concat('&amp;term_id=', @value)"/></xsl:if></xsl:for-each>
  <xsl:for-each select="@from_on | @till_on | @level | @grade | @class_id | @subject_id | @staff_id">
    <xsl:value-of select="concat('&amp;', name(), '=', .)"/></xsl:for-each>
</xsl:template>

<xsl:template match="page/reports[@view = 'show']" mode="actions">
  <xsl:apply-templates select="." mode="filter"/>
  <xsl:variable name="kept"><xsl:apply-templates select="." mode="kept"/></xsl:variable>
  <div class="actions">
    <a href="?{$kept}&amp;format=print">Печать</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="reports" mode="filter">
  <form class="filter" method="get">
    <xsl:if test="count(choice[@for = 'year']) &gt; 1">
      <xsl:call-template name="select"><xsl:with-param name="for" select="'year'"/><xsl:with-param name="word" select="'Год'"/>
        </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="select"><xsl:with-param name="for" select="'term_id'"/>
      <xsl:with-param name="word" select="'Период'"/></xsl:call-template>
    <xsl:if test="@has_days">
      <label>с <input type="date" name="from_on" value="{@from_on}"/></label>
      <label>по <input type="date" name="till_on" value="{@till_on}"/></label>
    </xsl:if>
    <xsl:if test="@has_level and choice[@for = 'grade'][2]">
      <label>Уровень <select name="level">
        <option value="">все</option>
        <option value="1"><xsl:if test="@level = 1"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>1–4</option>
        <option value="5"><xsl:if test="@level = 5"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>5–9</option>
        <option value="10"><xsl:if test="@level = 10"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>10–11</option>
      </select></label>
    </xsl:if>
    <xsl:if test="choice[@for = 'grade'][2]">
      <xsl:call-template name="select"><xsl:with-param name="for" select="'grade'"/>
        <xsl:with-param name="word" select="'Параллель'"/><xsl:with-param name="chosen" select="@grade"/>
          <xsl:with-param name="all" select="'все'"/></xsl:call-template>
    </xsl:if>
    <xsl:if test="choice[@for = 'class_id'][2]">
      <xsl:call-template name="select"><xsl:with-param name="for" select="'class_id'"/>
        <xsl:with-param name="word" select="'Класс'"/><xsl:with-param name="chosen" select="@class_id"/>
          <xsl:with-param name="all" select="'все'"/></xsl:call-template>
    </xsl:if>
    <xsl:call-template name="select"><xsl:with-param name="for" select="'subject_id'"/>
      <xsl:with-param name="word" select="'Предмет'"/><xsl:with-param name="chosen" select="@subject_id"/>
        <xsl:with-param name="all" select="'все'"/></xsl:call-template>
    <xsl:if test="choice[@for = 'staff_id'][2]">
      <xsl:call-template name="select"><xsl:with-param name="for" select="'staff_id'"/>
        <xsl:with-param name="word" select="'Учитель'"/><xsl:with-param name="chosen" select="@staff_id"/>
          <xsl:with-param name="all" select="'все'"/></xsl:call-template>
    </xsl:if>
    <button>Показать</button>
  </form>
</xsl:template>

<!-- A select of the choices for a filter; all: the word for no choice. -->
<xsl:template name="select">
  <xsl:param name="for"/>
  <xsl:param name="word"/>
  <xsl:param name="chosen"/>
  <xsl:param name="all"/>
  <xsl:if test="choice[@for = $for]">
    <label><xsl:value-of select="concat($word, ' ')"/><select name="{$for}">
      <xsl:if test="$all"><option value=""><xsl:value-of select="$all"/></option></xsl:if>
      <xsl:for-each select="choice[@for = $for]">
        <option value="{@value}">
          <xsl:if test="@is_chosen or @value = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
          <xsl:value-of select="@name"/>
        </option>
      </xsl:for-each>
    </select></label>
  </xsl:if>
</xsl:template>

<xsl:template match="page/reports[@view = 'show']">
  <xsl:variable name="filter"><xsl:apply-templates select="." mode="kept"/></xsl:variable>
  <xsl:variable name="key" select="@report_key"/>
  <xsl:variable name="can-open" select="@can_open"/>
  <p class="hint"><xsl:apply-templates select="." mode="days"/><xsl:apply-templates select="." mode="rule"/></p>
  <xsl:if test="not(@can_open)"><p class="hint">Наблюдатель видит только итоги: не меньше чем по пяти ученикам и трём учителям.</p></xsl:if>
  <xsl:if test="not(table/line)"><p class="empty"><xsl:apply-templates select="." mode="empty"/></p></xsl:if>
  <xsl:if test="table[line][not(line[@kind = ../@lines])] and $can-open">
    <p class="notice">Показаны только итоги: строк слишком много. Чтобы увидеть строки, выберите <xsl:choose>
      <xsl:when test="choice[@for = 'staff_id'][2]">параллель, класс или учителя</xsl:when>
      <xsl:otherwise>параллель или класс</xsl:otherwise></xsl:choose>.</p>
  </xsl:if>
  <xsl:for-each select="table[line]">
    <xsl:if test="not(../table[2])"><xsl:apply-templates select="." mode="chart"/></xsl:if>
    <div class="wide">
      <xsl:apply-templates select="." mode="figures">
        <xsl:with-param name="kept"><xsl:if test="$can-open">
          <xsl:value-of select="concat($base, '/reports/', $key, '/rows?', $filter, '&amp;name=', @name)"/></xsl:if></xsl:with-param>
      </xsl:apply-templates>
    </div>
    <!-- of several tables each is followed by its chart, since a chart before a table would seem to be that of the last one -->
    <xsl:if test="../table[2]"><xsl:apply-templates select="." mode="chart"/></xsl:if>
  </xsl:for-each>
</xsl:template>

<xsl:template match="reports" mode="days">
  <xsl:if test="@term_name"><xsl:value-of select="concat(@term_name, ', ')"/></xsl:if>
  <xsl:apply-templates select="@starts_on" mode="date"/> – <xsl:apply-templates select="@ends_on" mode="date"/><xsl:text>. </xsl:text>
</xsl:template>
<!-- ОО-1 is of a day of its own, the results of years are of all years: there are no days to be named. -->
<xsl:template match="reports[@report_key = 'statistic' or @report_key = 'progress']" mode="days"/>

<xsl:template match="reports" mode="empty">За эти дни считать нечего. Выберите другой период.</xsl:template>

<xsl:template match="reports[@period = 'final']"
        mode="empty">Итоговых отметок за этот период пока нет.<xsl:if test="contains($opens, ' /closing ')"> Чего не хватает, показывает <a
                href="{$base}/closing">«Закрытие периодов»</a>.</xsl:if></xsl:template>
<xsl:template match="reports[@report_key = 'progress']" mode="empty">Годовых отметок у этих учеников ещё нет. Они появятся, когда закроют год.</xsl:template>

<!-- ......................................................................... rows -->

<xsl:template match="page/reports[@view = 'rows']" mode="title">
  <xsl:variable name="table" select="$tables/table[@name = current()/@name]"/>
  <xsl:value-of select="$reports/report[@key = current()/@report_key]/@word"/>: <xsl:apply-templates select="." mode="line-word"/>
  <xsl:for-each select="$table/c[@key = current()/@column]/@*[name() = 'group' or name() = 'word']">
    <xsl:sort select="name()"/>
    <xsl:text>, </xsl:text><xsl:apply-templates select="." mode="within"/></xsl:for-each>
</xsl:template>

<!-- The head of a column within a title: an abbreviation keeps its capitals. -->
<xsl:template match="@*" mode="within">
  <xsl:choose>
    <xsl:when test="contains($capitals, substring(concat(., ' '), 2, 1))"><xsl:value-of select="."/></xsl:when>
    <xsl:otherwise><xsl:value-of select="concat(translate(substring(., 1, 1), $capitals, $letters), substring(., 2))"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="reports" mode="line-word">
  <xsl:choose>
    <xsl:when test="@pupil_name"><xsl:value-of select="@pupil_name"/></xsl:when>
    <xsl:when test="@subject_name"><xsl:value-of select="concat(@class_name, ', ', @subject_name)"/></xsl:when>
    <xsl:when test="@kind = 'month'"><xsl:apply-templates select="@held_on" mode="month"/></xsl:when>
    <xsl:when test="@held_on"><xsl:if test="@kind = 'week'">неделя с </xsl:if><xsl:apply-templates select="@held_on" mode="date"/></xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="total"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page/reports[@view = 'rows']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/reports/', @report_key)"/>
    <xsl:with-param name="word" select="$reports/report[@key = current()/@report_key]/@word"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/reports[@view = 'rows']" mode="actions">
  <xsl:if test="@pages &gt; 1 or string(@find)"><xsl:apply-templates select="." mode="find-rows"/></xsl:if>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/reports[@view = 'rows']">
  <p class="hint"><xsl:apply-templates select="." mode="days"/>Число <b><xsl:value-of select="translate(@amount, '.', ',')"/>
    </b> сложено из этих строк.</p>
  <xsl:if test="not(row)"><p class="empty">Строк нет: число равно нулю.</p></xsl:if>
  <xsl:apply-templates select="self::*[row]" mode="rows"/>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept">
        <xsl:text>?</xsl:text>
        <xsl:for-each select="str:tokenize(/page/@query, '&amp;')[not(starts-with(., 'page=') or starts-with(., 'sort=') or starts-with(., 'format='))]">
          <xsl:value-of select="concat(., '&amp;')"/></xsl:for-each>
        <xsl:text>sort=</xsl:text><xsl:value-of select="../@sort"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="reports" mode="find-rows">
  <form class="filter" method="get" role="search">
    <label>Класс, ученик, предмет <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <xsl:for-each select="str:tokenize(/page/@query, '&amp;')[not(starts-with(., 'find=') or starts-with(., 'page=') or starts-with(., 'format='))]">
      <input type="hidden" name="{substring-before(., '=')}" value="{str:decode-uri(substring-after(., '='))}"/>
    </xsl:for-each>
    <button>Найти</button>
  </form>
</xsl:template>

<!-- Columns that are empty in all rows are left out. -->
<xsl:variable name="has-pupils" select="boolean(/page/reports/row/@pupil_name)"/>
<xsl:variable name="has-classes" select="boolean(/page/reports/row/@class_name)"/>
<xsl:variable name="has-subjects" select="boolean(/page/reports/row/@subject_name)"/>
<xsl:variable name="has-staff" select="boolean(/page/reports/row/@staff_name)"/>
<xsl:variable name="has-days" select="boolean(/page/reports/row/@held_on)"/>
<xsl:variable name="has-amounts" select="boolean(/page/reports/row/@amount)"/>
<xsl:variable name="has-notes" select="boolean(/page/reports/row/@note)"/>
<xsl:variable name="is-mastery" select="starts-with(/page/reports[@view = 'rows']/@name, 'mastery')"/>
<xsl:variable name="has-values" select="$is-mastery or /page/reports/row/@value"/>

<!-- What the values of rows are: marks, unless the table says otherwise. -->
<xsl:variable name="rows-of" select="/page/reports[@view = 'rows']/@name"/>
<xsl:variable name="is-duty" select="$rows-of = 'keeping' or $rows-of = 'decisions' or $rows-of = 'monitor'"/>
<xsl:variable name="value-word">
  <xsl:choose>
    <!-- the rows are duties that were due, done or not, though the name of a duty says what is undone -->
    <xsl:when test="$rows-of = 'keeping'">Обязанность</xsl:when>
    <xsl:when test="$is-duty">Что</xsl:when>
    <xsl:when test="$rows-of = 'filling'">Через дней</xsl:when>
    <xsl:when test="$rows-of = 'analysis'">Средний балл</xsl:when>
    <xsl:otherwise>Отметка</xsl:otherwise>
  </xsl:choose>
</xsl:variable>
<xsl:template match="@value" mode="value"><xsl:value-of select="."/></xsl:template>
<xsl:template match="row[../@name = 'keeping' or ../@name = 'decisions' or ../@name = 'monitor']/@value" mode="value">
  <xsl:variable name="name" select="$duty-words[@key = current()]/@name"/>
  <xsl:value-of select="$name"/><xsl:if test="not($name)"><xsl:value-of select="."/></xsl:if>
</xsl:template>

<xsl:template match="reports" mode="rows">
  <div class="wide">
    <table class="data people">
      <caption class="sr">Строки, из которых сложено число</caption>
      <thead>
        <tr>
          <xsl:if test="$has-pupils"><th scope="col">Ученик</th></xsl:if>
          <xsl:if test="$has-classes"><th scope="col">Класс</th></xsl:if>
          <xsl:if test="$has-subjects"><th scope="col">Предмет</th></xsl:if>
          <xsl:if test="$has-staff"><th scope="col">Учитель</th></xsl:if>
          <xsl:if test="$has-days"><th scope="col">День</th></xsl:if>
          <xsl:if test="$has-values"><th scope="col"><xsl:value-of select="$value-word"/></th></xsl:if>
          <xsl:if test="$has-amounts"><th scope="col">Сколько</th></xsl:if>
          <xsl:if test="$has-notes"><th scope="col">Примечание</th></xsl:if>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="row"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="reports/row">
  <tr>
    <xsl:if test="$has-pupils"><td><xsl:apply-templates select="@pupil_name" mode="pupil"/></td></xsl:if>
    <xsl:if test="$has-classes"><td data-word="Класс"><xsl:value-of select="@class_name"/></td></xsl:if>
    <xsl:if test="$has-subjects"><td data-word="Предмет"><xsl:value-of select="@subject_name"/></td></xsl:if>
    <xsl:if test="$has-staff"><td data-word="Учитель"><xsl:value-of select="@staff_name"/></td></xsl:if>
    <xsl:if test="$has-days"><td data-word="День"><xsl:apply-templates select="@held_on" mode="date"/></td></xsl:if>
    <xsl:if test="$has-values"><td data-word="{$value-word}">
      <xsl:apply-templates select="@value" mode="value"/><xsl:if test="$is-mastery and not(@value)">нет</xsl:if></td></xsl:if>
    <xsl:if test="$has-amounts"><td data-word="Сколько" class="number"><xsl:apply-templates select="@amount" mode="number"/></td></xsl:if>
    <xsl:if test="$has-notes"><td data-word="Примечание"><xsl:value-of select="@note"/></td></xsl:if>
  </tr>
</xsl:template>

<xsl:template match="@pupil_name" mode="pupil">
  <a href="{$base}/pupils/{../@pupil_id}/marks"><xsl:value-of select="."/></a>
</xsl:template>

</xsl:stylesheet>
