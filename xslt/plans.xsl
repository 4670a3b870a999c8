<?xml version="1.0" encoding="UTF-8"?>
<!-- plans.xsl: the calendar-thematic plans of a school; one plan.
     in   plans[@view = 'list'] with year grade? find sort page pages count is_mine? done?
            /grade[grade is_current?], plan[plan_id subject_name grade name staff_name version state hours norm
            hours_week teachings is_own?], choice[for = 'year' or 'subject_id']
          plans[@view = 'show'] with plan_id year subject_name grade hours_week name version state note? staff_name
            approved_name? approved_on? before_id? after_id? hours norm fault? is_own? is_deputy? can_copy? done?
            /term[term_no name norm hours difference], row[row_id place section? term_no? topic kind hours homework?
            links?] and for the author of a draft empty ones, teaching[teaching_id name staff_name]
          plans[@view = 'fill' or 'copy'] with the attributes of a plan
          plans[@view = 'dates']: plans_dates.xsl
     out  a table of plans; a plan as a table or a grid of inputs, its hours by term, what can be done with it
     see  plans_forms.xsl, rows.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="rows.xsl"/>
<xsl:include href="plans_forms.xsl"/>
<xsl:include href="plans_dates.xsl"/>

<xsl:variable name="fields">
  <f name="subject_id" label="Предмет" choices="1" required="required"/>
  <f name="grade" label="Класс" type="number" min="1" max="12" required="required"
      hint="Номер параллели: 7 — для всех седьмых классов с этими часами."/>
  <f name="hours_week" label="Часов в неделю" type="decimal" max="40" required="required"
      hint="Как в учебном плане. У классов с другими часами — свой КТП."/>
  <f name="name" label="Название" max="200" required="required" hint="Например: «Алгебра, базовый уровень, учебник Макарычева»."/>
</xsl:variable>

<xsl:template match="page/plans" mode="title">КТП <xsl:value-of select="concat(@year, '/', format-number((@year + 1) mod 100, '00'))"/></xsl:template>
<xsl:template match="page/plans[@view != 'list']" mode="title">
  <xsl:value-of select="concat('КТП: ', @subject_name, ', ', @grade, ' класс')"/>
</xsl:template>

<xsl:template match="page/plans[@view = 'show']" mode="script">
  <xsl:if test="$is-grid"><script type="module" src="{$static}/plans.js"></script></xsl:if>
</xsl:template>

<!-- ................................................................. the list -->

<xsl:template match="page/plans[@view = 'list']" mode="actions">
  <nav class="tabs" aria-label="Параллели">
    <xsl:choose>
      <xsl:when test="@grade"><a href="{$base}/plans?year={@year}">все</a></xsl:when>
      <xsl:otherwise><b aria-current="page">все</b></xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="grade"/>
  </nav>
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Предмет, автор'"/></xsl:call-template>
  <xsl:call-template name="years"><xsl:with-param name="path" select="'/plans'"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="plans/grade"><a href="{$base}/plans?year={../@year}&amp;grade={@grade}">
  <xsl:value-of select="@grade"/></a></xsl:template>
<xsl:template match="plans/grade[@is_current]"><b aria-current="page"><xsl:value-of select="@grade"/></b></xsl:template>

<xsl:template match="page/plans">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="'/plans'"/>
      <xsl:with-param name="word" select="'Новый КТП'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:apply-templates select="self::*[plan]" mode="table"/>
  <xsl:if test="not(plan)">
    <p class="empty">
      <xsl:choose>
        <xsl:when test="string(@find)">Ничего не нашлось. <a href="{$base}/plans?year={@year}">Весь список</a></xsl:when>
        <xsl:otherwise>КТП пока нет. Их составляют учителя: «Новый КТП», затем темы — по одной, вставкой из таблицы или из файла.</xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:if>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages"><xsl:with-param name="kept"><xsl:value-of select="concat('?year=', ../@year, '&amp;find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/><xsl:if test="../@grade"><xsl:value-of select="concat('&amp;grade=', ../@grade)"/></xsl:if></xsl:with-param></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="plans" mode="table">
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'план'"/>
        <xsl:with-param name="few" select="'плана'"/><xsl:with-param name="many" select="'планов'"/>
      </xsl:call-template>
    </caption>
    <thead>
      <tr>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'subject'"/>
          <xsl:with-param name="word" select="'Предмет'"/></xsl:call-template>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'grade'"/>
          <xsl:with-param name="word" select="'Класс'"/></xsl:call-template>
        <th scope="col">Название</th>
        <th scope="col">Автор</th>
        <th scope="col" class="number">Часов</th>
        <th scope="col" class="number">По учебному плану</th>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'state'"/>
          <xsl:with-param name="word" select="'Состояние'"/></xsl:call-template>
        <th scope="col" class="number">Групп</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="plan"/></tbody>
  </table>
</xsl:template>

<xsl:template match="plans/plan">
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row"><a href="{$base}/plans/{@plan_id}"><xsl:value-of select="@subject_name"/></a></th>
    <td data-word="Класс"><xsl:value-of select="@grade"/></td>
    <td data-word="Название"><xsl:value-of select="@name"/></td>
    <td data-word="Автор"><xsl:value-of select="@staff_name"/><xsl:if test="@is_own"> (вы)</xsl:if></td>
    <td data-word="Часов" class="number"><xsl:if test="@hours != @norm"><xsl:attribute name="class">number over</xsl:attribute></xsl:if><xsl:apply-templates select="@hours" mode="amount"/></td>
    <td data-word="По учебному плану" class="number"><xsl:apply-templates select="@norm" mode="amount"/></td>
    <td data-word="Состояние"><xsl:apply-templates select="@state" mode="plan"/><xsl:if test="@version &gt; 1">
      <xsl:value-of select="concat(', версия ', @version)"/></xsl:if></td>
    <td data-word="Групп" class="number"><xsl:value-of select="@teachings"/></td>
  </tr>
</xsl:template>

<xsl:template match="@state" mode="plan">
  <xsl:choose>
    <xsl:when test=". = 'draft'">черновик</xsl:when>
    <xsl:when test=". = 'offered'"><span class="todo">на утверждении</span></xsl:when>
    <xsl:when test=". = 'approved'"><span class="done">утверждён</span></xsl:when>
    <xsl:otherwise>заменён новой версией</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ................................................................. one plan -->

<xsl:variable name="row-fields">
  <f name="place" label="№" type="text" max="6"/>
  <f name="section" label="Раздел" type="text" max="300"/>
  <f name="term_no" label="Четверть" type="text" max="1"/>
  <f name="topic" label="Тема" type="text" max="500"/>
  <f name="kind" label="Вид"/>
  <f name="hours" label="Часов" type="text" max="4"/>
  <f name="homework" label="Домашнее задание" type="text" max="1000"/>
  <f name="links" label="Ссылки" type="text" max="1000"/>
</xsl:variable>
<!-- A file has the topics alone, in words, so that it can be read again (ej.plan_read). -->
<xsl:variable name="is-file" select="/page/@format = 'csv' or /page/@format = 'xlsx'"/>
<xsl:variable name="is-grid" select="not($is-file) and boolean(/page/plans[@view = 'show'][@is_own][@state = 'draft'])"/>

<xsl:template match="page/plans[@view != 'list']" mode="crumbs">
  <xsl:call-template name="crumb"><xsl:with-param name="path" select="concat('/plans?year=', @year)"/>
    <xsl:with-param name="word" select="'КТП'"/></xsl:call-template>
</xsl:template>
<xsl:template match="page/plans[@view = 'fill' or @view = 'copy']" mode="crumbs">
  <xsl:call-template name="crumb"><xsl:with-param name="path" select="concat('/plans?year=', @year)"/>
    <xsl:with-param name="word" select="'КТП'"/></xsl:call-template>
  <xsl:call-template name="crumb"><xsl:with-param name="path" select="concat('/plans/', @plan_id)"/>
    <xsl:with-param name="word" select="@name"/></xsl:call-template>
</xsl:template>

<xsl:template match="page/plans[@view = 'show']" mode="actions">
  <div class="actions">
    <xsl:if test="$is-grid"><a href="{$base}/plans/{@plan_id}/rows">Вставить из таблицы или файла</a></xsl:if>
    <xsl:if test="@can_copy"><a href="{$base}/plans/{@plan_id}/copy">Скопировать себе</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/plans[@view = 'show']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:apply-templates select="." mode="facts"/>
  <xsl:apply-templates select="self::*[term and not($is-file)]" mode="terms"/>
  <xsl:apply-templates select="." mode="moves"/>
  <xsl:choose>
    <xsl:when test="$is-grid">
      <form method="post" action="{$base}/plans/{@plan_id}" autocomplete="off" data-ej-plan="" data-most="410">
        <xsl:call-template name="token"/>
        <xsl:apply-templates select="." mode="rows"/>
        <p class="savebar"><button class="main">Сохранить</button><span role="status" data-ej-status=""></span></p>
        <p class="hint">Чтобы вставить тему между третьей и четвёртой, напишите её в пустой строке с номером 3,5. Пустой номер — в конец. Строка с очищенной темой удаляется. Раздел и четверть пишут один раз: они действуют до следующих.</p>
      </form>
    </xsl:when>
    <xsl:when test="row"><xsl:apply-templates select="." mode="rows"/></xsl:when>
    <xsl:otherwise><p class="empty">В этом плане пока нет тем.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:apply-templates select="self::*[teaching and not($is-file)]" mode="teachings"/>
</xsl:template>

<xsl:template match="plans" mode="facts">
  <dl class="record">
    <dt>Название</dt><dd><xsl:value-of select="@name"/><xsl:if test="@version &gt; 1"><xsl:value-of select="concat(', версия ', @version)"/></xsl:if></dd>
    <dt>Автор</dt><dd><xsl:value-of select="@staff_name"/></dd>
    <dt>Состояние</dt>
    <dd>
      <xsl:apply-templates select="@state" mode="plan"/>
      <xsl:if test="@approved_on">: <xsl:value-of select="@approved_name"/>, <xsl:apply-templates select="@approved_on" mode="date"/></xsl:if>
      <xsl:if test="@note"><xsl:value-of select="concat('. Замечание завуча: ', @note)"/></xsl:if>
      <xsl:if test="@before_id"><xsl:text>. </xsl:text><a href="{$base}/plans/{@before_id}">Прежняя версия</a></xsl:if>
      <xsl:if test="@after_id"><xsl:text>. </xsl:text><a href="{$base}/plans/{@after_id}">Следующая версия</a></xsl:if>
    </dd>
    <dt>Часов в неделю</dt><dd><xsl:apply-templates select="@hours_week" mode="amount"/></dd>
  </dl>
</xsl:template>

<xsl:template match="plans" mode="terms">
  <table class="data plan-hours">
    <caption>Часы по учебному плану и в КТП</caption>
    <thead><tr><th scope="col">Период</th><th scope="col" class="number">По учебному плану</th><th scope="col" class="number">В КТП</th><th scope="col" class="number">Разница</th></tr></thead>
    <tbody>
      <xsl:for-each select="term">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td class="number"><xsl:apply-templates select="@norm" mode="amount"/></td>
          <td class="number"><xsl:apply-templates select="@hours" mode="amount"/></td>
          <td class="number"><xsl:apply-templates select="@difference" mode="difference"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">Год</th>
        <td class="number"><xsl:apply-templates select="@norm" mode="amount"/></td>
        <td class="number"><xsl:apply-templates select="@hours" mode="amount"/></td>
        <td class="number"><xsl:call-template name="difference"><xsl:with-param name="n" select="@hours - @norm"/></xsl:call-template></td>
      </tr>
    </tfoot>
  </table>
</xsl:template>
<xsl:template match="@difference" mode="difference"><xsl:call-template name="difference">
  <xsl:with-param name="n" select="number(.)"/></xsl:call-template></xsl:template>
<xsl:template name="difference">
  <xsl:param name="n"/>
  <xsl:choose>
    <xsl:when test="$n &gt; 0"><span class="todo">+<xsl:value-of select="translate($n, '.', ',')"/></span></xsl:when>
    <xsl:when test="$n &lt; 0"><span class="todo">−<xsl:value-of select="translate(-$n, '.', ',')"/></span></xsl:when>
    <xsl:otherwise>0</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The topics: a grid of inputs for the author of a draft, else a table. -->
<xsl:template match="page/plans" mode="rows">
  <div class="wide">
    <table class="data edit plan-rows">
      <xsl:if test="not($is-grid)"><xsl:attribute name="class">data edit plan-rows read</xsl:attribute></xsl:if>
      <caption class="sr">Темы</caption>
      <thead><tr><xsl:for-each select="$row-field"><th scope="col"><xsl:value-of select="@label"/></th></xsl:for-each></tr></thead>
      <tbody>
        <xsl:choose>
          <xsl:when test="$is-grid">
            <xsl:apply-templates select="row" mode="grid"/>
            <!-- a refused form may have more rows: those that the script had added -->
            <xsl:apply-templates select="/page/form/row[@n &gt; count($page/plans/row)]" mode="grid"/>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates select="row"/></xsl:otherwise>
        </xsl:choose>
      </tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="plans/row">
  <tr>
    <td data-word="№"><xsl:value-of select="@place"/></td>
    <td data-word="Раздел"><xsl:value-of select="@section"/></td>
    <td data-word="Четверть"><xsl:value-of select="@term_no"/></td>
    <th scope="row"><xsl:value-of select="@topic"/></th>
    <td data-word="Вид"><xsl:apply-templates select="@kind" mode="plan-kind"/></td>
    <td data-word="Часов" class="number"><xsl:apply-templates select="@hours" mode="amount"/></td>
    <td data-word="Домашнее задание"><xsl:value-of select="@homework"/></td>
    <td data-word="Ссылки"><xsl:value-of select="@links"/></td>
  </tr>
</xsl:template>

<xsl:template match="@kind" mode="plan-kind">
  <xsl:choose>
    <xsl:when test=". = 'lesson'">урок</xsl:when>
    <xsl:when test=". = 'control'">контрольная работа</xsl:when>
    <xsl:when test=". = 'laboratory'">лабораторная работа</xsl:when>
    <xsl:when test=". = 'practical'">практическая работа</xsl:when>
    <xsl:otherwise>экскурсия</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="plans" mode="teachings">
  <h2>По этому плану учатся</h2>
  <ul>
    <xsl:for-each select="teaching">
      <li><a href="{$base}/teachings/{@teaching_id}/plan"><xsl:value-of select="concat(@name, ', ', @staff_name)"/></a></li>
    </xsl:for-each>
  </ul>
</xsl:template>

</xsl:stylesheet>
