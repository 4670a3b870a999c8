<?xml version="1.0" encoding="UTF-8"?>
<!-- forecast.xsl: the forecast of term marks: of the school, a class, a pupil; the risk list.
     in   forecast[@view = 'school'] with shown_on today_on term_name? is_whole?
            /class[class_id? name? pupils rated at_risk excellent nearly_excellent good nearly_good marks_quality? …]…
          forecast[@view = 'risks'] with shown_on find sort page pages count
            /risk[pupil_id pupil_name class_id class_name subject_name staff_name? marks lacking mean? expected? fail_pct? absent_pct]…
          forecast[@view = 'class'] with class_id class_name shown_on today_on is_whole?
            /subject[subject_id name short_name]…, pupil[pupil_id name pupil_group? risks]/c[expected? likely? is_known? is_risk?]…
          forecast[@view = 'pupil']: forecast_pupil.xsl
     out  tables
     see  forecast_pupil.xsl, forecast_words.xsl, list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="layout.xsl"/>
<xsl:include href="forecast_words.xsl"/>
<xsl:include href="forecast_pupil.xsl"/>

<!-- ....................................................................... school -->

<xsl:template match="page/forecast" mode="title">Прогноз отметок<xsl:for-each select="@term_name"><xsl:value-of select="concat(' · ', .)"/></xsl:for-each></xsl:template>

<xsl:template match="page/forecast" mode="actions">
  <xsl:apply-templates select="self::*[@is_whole]" mode="day"/>
  <div class="actions">
    <a href="{$base}/forecast/risks"><xsl:if test="@shown_on != @today_on"><xsl:attribute name="href"><xsl:value-of select="concat($base, '/forecast/risks?shown_on=', @shown_on)"/></xsl:attribute></xsl:if>Группа риска</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<!-- The form for another day. -->
<xsl:template match="forecast" mode="day">
  <form class="filter" method="get">
    <label>По данным на <input type="date" name="shown_on" value="{@shown_on}" max="{@today_on}"/></label>
    <button>Показать</button>
  </form>
</xsl:template>

<!-- A teacher sees the own subjects, a class teacher all subjects of the class; all figures are counted of these alone. -->
<xsl:template name="own-subjects">
  <xsl:if test="contains($roles, ' teacher ') and not(contains($roles, ' director ') or contains($roles, ' deputy ')
      or contains($roles, ' administrator '))"> Учителю видны его предметы, классному руководителю — все предметы класса: всё посчитано только по ним.</xsl:if>
</xsl:template>

<xsl:template match="page/forecast">
  <xsl:if test="not(class)"><p class="empty">Прогноза нет: в этот день не идёт учебный период или у вас нет классов, в которых ставят отметки. <a href="{$base}/journals">Журналы</a></p></xsl:if>
  <xsl:if test="class">
    <p class="hint">Какими будут итоговые отметки, если ученики продолжат учиться так же. Отличники и хорошисты считаются среди тех, у кого хотя бы по половине предметов не меньше трёх отметок; «почти» — не хватает одного предмета. Качество — доля «4» и «5».<xsl:call-template name="own-subjects"/></p>
    <div class="wide">
    <table class="data people broad">
      <caption class="sr">Прогноз по классам</caption>
      <thead>
        <tr>
          <th scope="col">Класс</th>
          <th scope="col">Учеников</th>
          <th scope="col">С прогнозом</th>
          <th scope="col">В группе риска</th>
          <th scope="col">Отличники</th>
          <th scope="col">Почти отличники</th>
          <th scope="col">Хорошисты</th>
          <th scope="col">Почти хорошисты</th>
          <th scope="col">Качество, % отметок</th>
          <th scope="col">Качество, % учеников</th>
          <th scope="col">Средний балл</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="class"/></tbody>
    </table>
    </div>
    <xsl:call-template name="forecast-formula"/>
  </xsl:if>
</xsl:template>

<xsl:template match="forecast/class">
  <tr>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="@class_id">
          <a href="{$base}/classes/{@class_id}/forecast{$forecast-day}"><xsl:value-of select="@name"/></a>
        </xsl:when>
        <xsl:otherwise>Всего</xsl:otherwise>
      </xsl:choose>
    </th>
    <td data-word="Учеников" class="number"><xsl:value-of select="@pupils"/></td>
    <td data-word="С прогнозом" class="number"><xsl:value-of select="@rated"/></td>
    <td data-word="В группе риска" class="number"><xsl:value-of select="@at_risk"/></td>
    <td data-word="Отличники" class="number"><xsl:value-of select="@excellent"/></td>
    <td data-word="Почти отличники" class="number"><xsl:value-of select="@nearly_excellent"/></td>
    <td data-word="Хорошисты" class="number"><xsl:value-of select="@good"/></td>
    <td data-word="Почти хорошисты" class="number"><xsl:value-of select="@nearly_good"/></td>
    <td data-word="Качество, % отметок" class="number"><xsl:apply-templates select="@marks_quality" mode="number"/></td>
    <td data-word="Качество, % учеников" class="number"><xsl:apply-templates select="@pupils_quality" mode="number"/></td>
    <td data-word="Средний балл" class="number"><xsl:apply-templates select="@mean" mode="number"/></td>
  </tr>
</xsl:template>

<!-- The query string of another day than today. -->
<xsl:variable name="forecast-day"><xsl:for-each select="/page/forecast[@today_on and @shown_on != @today_on]/@shown_on">
  <xsl:value-of select="concat('?shown_on=', .)"/></xsl:for-each></xsl:variable>

<!-- ........................................................................ risks -->

<xsl:template match="page/forecast[@view = 'risks']" mode="title">Группа риска</xsl:template>
<xsl:template match="page/forecast[@view = 'risks']" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Класс, предмет, учитель, ученик'"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/forecast[@view = 'risks']">
  <p class="hint">Ученики и предметы, по которым вероятность отметки «2» или неаттестации — 30 % и больше. По данным на <xsl:apply-templates select="@shown_on" mode="day"/>.</p>
  <xsl:if test="not(risk)"><p class="empty"><xsl:choose><xsl:when test="string(@find)">Ничего не нашлось.</xsl:when><xsl:otherwise>Таких учеников нет. <a href="{$base}/forecast">Прогноз по классам</a></xsl:otherwise></xsl:choose></p></xsl:if>
  <xsl:if test="risk">
    <div class="wide">
    <table class="data people broad">
      <caption><xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/>
        <xsl:with-param name="one" select="'строка'"/><xsl:with-param name="few" select="'строки'"/>
          <xsl:with-param name="many" select="'строк'"/>
      </xsl:call-template></caption>
      <thead>
        <tr>
          <th scope="col">Ученик</th>
          <xsl:call-template name="sorted"><xsl:with-param name="key" select="'class'"/>
            <xsl:with-param name="word" select="'Класс'"/></xsl:call-template>
          <xsl:call-template name="sorted"><xsl:with-param name="key" select="'subject'"/>
            <xsl:with-param name="word" select="'Предмет'"/></xsl:call-template>
          <xsl:call-template name="sorted"><xsl:with-param name="key" select="'teacher'"/>
            <xsl:with-param name="word" select="'Учитель'"/></xsl:call-template>
          <th scope="col">Отметок</th>
          <th scope="col">Средний балл</th>
          <th scope="col">Ожидается</th>
          <xsl:call-template name="sorted"><xsl:with-param name="key" select="'risk'"/>
            <xsl:with-param name="word" select="'Риск «2», %'"/></xsl:call-template>
          <th scope="col">Риск «н/а», %</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="risk"/></tbody>
    </table>
    </div>
  </xsl:if>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept"><xsl:value-of select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort, '&amp;shown_on=', ../@shown_on)"/></xsl:with-param>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="forecast/risk">
  <tr>
    <th scope="row"><a href="{$base}/pupils/{@pupil_id}/forecast"><xsl:value-of select="@pupil_name"/></a></th>
    <td data-word="Класс"><a href="{$base}/classes/{@class_id}/forecast"><xsl:value-of select="@class_name"/></a></td>
    <td data-word="Предмет"><xsl:value-of select="@subject_name"/></td>
    <td data-word="Учитель"><xsl:value-of select="@staff_name"/></td>
    <td data-word="Отметок" class="number"><xsl:value-of select="@marks"/></td>
    <td data-word="Средний балл" class="number"><xsl:apply-templates select="@mean" mode="number"/></td>
    <td data-word="Ожидается" class="number"><xsl:apply-templates select="." mode="expected"/></td>
    <td data-word="Риск «2», %" class="number"><xsl:value-of select="@fail_pct"/></td>
    <td data-word="Риск «н/а», %" class="number"><xsl:value-of select="@absent_pct"/></td>
  </tr>
</xsl:template>
<xsl:template match="*" mode="expected"><span class="soft">мало данных</span></xsl:template>
<xsl:template match="*[@expected]" mode="expected"><xsl:apply-templates select="@expected" mode="number"/></xsl:template>

<!-- ........................................................................ class -->

<xsl:template match="page/forecast[@view = 'class']" mode="title"><xsl:value-of select="concat('Прогноз отметок · ', @class_name)"/>
  </xsl:template>
<xsl:template match="page/forecast[@view = 'class']" mode="actions">
  <xsl:apply-templates select="self::*[@is_whole]" mode="day"/>
  <div class="actions"><a href="{$base}/forecast">Все классы</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/forecast[@view = 'class']">
  <xsl:if test="not(pupil)"><p class="empty">Прогноза нет: в этот день у класса не идёт учебный период или отметок в нём не ставят. <a href="{$base}/forecast">Прогноз по классам</a></p></xsl:if>
  <xsl:if test="pupil">
    <p class="hint">В клетке — ожидаемый средний балл в конце периода, по данным на <xsl:apply-templates select="@shown_on" mode="day"/>. «Риск» — вероятность «2» или неаттестации 30 % и больше, «·» — меньше трёх отметок.<xsl:call-template name="own-subjects"/></p>
    <div class="wide">
    <table class="data">
      <caption class="sr">Ожидаемые отметки</caption>
      <thead><tr><th scope="col">Ученик</th><th scope="col">Группа</th><xsl:apply-templates select="subject" mode="head"/></tr></thead>
      <tbody><xsl:apply-templates select="pupil"/></tbody>
    </table>
    </div>
    <xsl:call-template name="forecast-formula"/>
  </xsl:if>
</xsl:template>

<xsl:template match="forecast/subject" mode="head"><th scope="col" class="upright"><abbr title="{@name}">
  <xsl:value-of select="@short_name"/></abbr></th></xsl:template>

<xsl:template match="forecast/pupil">
  <tr>
    <th scope="row"><a href="{$base}/pupils/{@pupil_id}/forecast{$forecast-day}"><xsl:value-of select="@name"/></a></th>
    <td><xsl:apply-templates select="@pupil_group" mode="forecast-group"/></td>
    <xsl:apply-templates select="c"/>
  </tr>
</xsl:template>
<xsl:template match="forecast/pupil/c"><td/></xsl:template>
<xsl:template match="forecast/pupil/c[@likely or @is_risk]">
  <td class="number"><xsl:apply-templates select="." mode="cell"/></td>
</xsl:template>
<xsl:template match="c" mode="cell"><xsl:apply-templates select="." mode="known"/><xsl:if test="@is_risk"><xsl:text> </xsl:text><span class="todo">риск</span></xsl:if></xsl:template>
<xsl:template match="c" mode="known"><span class="soft" title="мало данных">·</span></xsl:template>
<xsl:template match="c[@expected]" mode="known"><xsl:apply-templates select="@expected" mode="number"/></xsl:template>

</xsl:stylesheet>
