<?xml version="1.0" encoding="UTF-8"?>
<!-- controls.xsl: the schedule of control works: of a grade by classes and weeks, of a class, of a pupil.
     in   controls[@view = 'list'] with grade? term_id? term_name? most_day most_week
            /grade[grade is_current?]…, /term[term_id name is_current?]…, /week[week_on from_on till_on]…,
            /class[class_id name]/c[is_over?] with a line for each work
          controls[@view = 'class'] with class_id name grade term_id? … is_mine? done?
            /term…, /control[control_work_id held_on weekday subject_name group_name? form_name title? staff_name?
              lesson_id? is_without_lesson? day_works? week_works?]…, /choice…
          controls[@view = 'show'] with control_work_id class_id subject_name class_name held_on form_id title
          controls[@view = 'pupil'] with pupil_id name class_name? term_id?
            /term…, /control[… is_past? work_id? mark?]…
     out  a matrix; a list with the form of a new work; a form; a list
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="teaching_id" label="Предмет" choices="1" required="required"/>
  <f name="held_on" label="Дата" type="date" required="required" hint="Работа сама появится в журнале, в уроке этого дня."/>
  <f name="form_id" label="Форма контроля" choices="1" required="required"/>
  <f name="title" label="Тема" max="100" hint="Её увидят ученики и родители. Можно оставить пустой."/>
</xsl:variable>

<!-- ............................................................ of a grade -->

<xsl:template match="page/controls" mode="title">Контрольные работы</xsl:template>
<xsl:template match="page/controls[@grade]" mode="title">График контрольных работ, <xsl:value-of select="@grade"/> классы</xsl:template>

<xsl:template match="page/controls" mode="actions">
  <nav class="tabs" aria-label="Параллели"><xsl:apply-templates select="grade"/></nav>
  <xsl:apply-templates select="." mode="terms"/>
  <div class="actions">
    <xsl:if test="contains($opens, ' /settings ')"><a href="{$base}/settings">Настройки школы</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="controls/grade"><a href="{$base}/controls?grade={@grade}"><xsl:value-of select="@grade"/></a></xsl:template>
<xsl:template match="controls/grade[@is_current]"><b aria-current="page"><xsl:value-of select="@grade"/></b></xsl:template>

<xsl:template match="controls" mode="terms">
  <xsl:if test="term"><nav class="tabs" aria-label="Учебные периоды"><xsl:apply-templates select="term"/></nav></xsl:if>
</xsl:template>
<xsl:variable name="of-grade"><xsl:if test="/page/controls[@view = 'list']/@grade">grade=<xsl:value-of select="/page/controls/@grade"/>&amp;</xsl:if></xsl:variable>
<xsl:template match="controls/term"><a href="?{$of-grade}term_id={@term_id}"><xsl:value-of select="@name"/></a></xsl:template>
<xsl:template match="controls/term[@is_current]"><b aria-current="page"><xsl:value-of select="@name"/></b></xsl:template>

<xsl:template match="page/controls">
  <xsl:choose>
    <xsl:when test="not(class)"><p class="empty">Классов этого учебного года пока нет. <a href="{$base}/classes">Классы</a></p></xsl:when>
    <xsl:when test="not(week)"><p class="empty">У этой параллели нет учебных периодов. <a href="{$base}/terms">Учебные периоды</a></p></xsl:when>
    <xsl:otherwise>
      <p class="hint"><xsl:apply-templates select="." mode="limits"/></p>
      <xsl:if test="class/c/@is_over"><p class="notice">Выделены недели, в которых работ больше.</p></xsl:if>
      <div class="wide">
        <table class="data people controls">
          <caption><xsl:value-of select="@term_name"/></caption>
          <thead>
            <tr><th scope="col">Класс</th><xsl:for-each select="week"><th scope="col"><xsl:apply-templates select="@from_on" mode="day"/> – <xsl:apply-templates select="@till_on" mode="day"/></th></xsl:for-each></tr>
          </thead>
          <tbody><xsl:apply-templates select="class"/></tbody>
        </table>
      </div>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- How many works the school allows. -->
<xsl:template match="controls" mode="limits">
  <xsl:choose>
    <xsl:when test="@most_day = 0 and @most_week = 0">Число работ в день и в неделю не ограничено.</xsl:when>
    <xsl:otherwise>
      <xsl:text>Контрольных у класса должно быть не больше </xsl:text>
      <xsl:if test="@most_day &gt; 0"><xsl:value-of select="@most_day"/> в день</xsl:if>
      <xsl:if test="@most_day &gt; 0 and @most_week &gt; 0"> и </xsl:if>
      <xsl:if test="@most_week &gt; 0"><xsl:value-of select="@most_week"/> в неделю</xsl:if>
      <xsl:text>.</xsl:text>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:variable name="term-query"><xsl:if test="/page/controls/@term_id">?term_id=<xsl:value-of select="/page/controls/@term_id"/></xsl:if></xsl:variable>
<xsl:variable name="control-weeks" select="/page/controls/week"/>
<xsl:template match="controls/class">
  <tr>
    <th scope="row"><a href="{$base}/controls/classes/{@class_id}{$term-query}"><xsl:value-of select="@name"/></a></th>
    <xsl:for-each select="c">
      <xsl:variable name="n" select="position()"/>
      <td>
        <xsl:for-each select="$control-weeks[$n]"><xsl:attribute name="data-word"><xsl:apply-templates select="@from_on" mode="day"/> – <xsl:apply-templates select="@till_on" mode="day"/></xsl:attribute></xsl:for-each>
        <xsl:if test="@is_over"><xsl:attribute name="class">over</xsl:attribute></xsl:if><xsl:value-of select="."/></td>
    </xsl:for-each>
  </tr>
</xsl:template>

<!-- ............................................................ of a class -->

<xsl:template match="page/controls[@view = 'class']" mode="title">Контрольные работы, <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/controls[@view = 'class']" mode="actions">
  <xsl:apply-templates select="." mode="terms"/>
  <div class="actions">
    <a href="{$base}/controls?grade={@grade}"><xsl:value-of select="@grade"/> классы</a>
    <a href="{$base}/timetable?class_id={@class_id}">Расписание</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/controls[@view = 'class']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"><xsl:with-param name="path" select="'/controls'"/></xsl:apply-templates>
  <p class="hint"><xsl:apply-templates select="." mode="limits"/></p>
  <xsl:if test="control[@day_works or @week_works]"><p class="notice" role="status">Работ больше, чем можно: смотрите отмеченные строки.</p></xsl:if>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="concat('/controls/classes/', @class_id)"/>
      <xsl:with-param name="word" select="'Добавить работу'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="not(@term_id)"><p class="empty">У класса нет учебных периодов. <a href="{$base}/terms">Учебные периоды</a></p></xsl:when>
    <xsl:when test="not(control)"><p class="empty">В этом периоде контрольных работ пока нет. График составляет завуч.</p></xsl:when>
    <xsl:otherwise>
      <table class="data people">
        <caption><xsl:value-of select="@term_name"/></caption>
        <thead><tr><th scope="col">Дата</th><th scope="col">Предмет</th><th scope="col">Форма контроля</th><th scope="col">Тема</th><th scope="col">Учитель</th><th scope="col">Примечание</th></tr></thead>
        <tbody><xsl:apply-templates select="control"/></tbody>
      </table>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="controls/@done[. = 'removed']" priority="1"><p class="notice" role="status">Работа убрана из графика и из журнала.</p></xsl:template>

<xsl:variable name="is-mine" select="boolean(/page/controls/@is_mine)"/>
<xsl:template match="controls/control">
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="$is-mine">
          <a href="{$base}/controls/{@control_work_id}{$list-query}"><xsl:apply-templates select="." mode="day-words"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates select="." mode="day-words"/></xsl:otherwise>
      </xsl:choose>
    </th>
    <td>
      <xsl:value-of select="@subject_name"/>
      <xsl:if test="@group_name"><xsl:value-of select="concat(' (', @group_name, ')')"/></xsl:if>
    </td>
    <td><xsl:value-of select="@form_name"/></td>
    <td><xsl:value-of select="@title"/></td>
    <td><xsl:value-of select="@staff_name"/></td>
    <td>
      <xsl:if test="@is_without_lesson"><span class="todo">в этот день нет урока</span></xsl:if>
      <xsl:if test="@day_works"><span class="todo">в этот день работ: <xsl:value-of select="@day_works"/></span></xsl:if>
      <xsl:if test="@week_works"><xsl:text> </xsl:text><span class="todo">в неделю работ: <xsl:value-of select="@week_works"/></span></xsl:if>
      <xsl:if test="@lesson_id"><xsl:text> </xsl:text><a href="{$base}/lessons/{@lesson_id}">урок</a></xsl:if>
    </td>
  </tr>
</xsl:template>
<xsl:template match="control" mode="day-words"><xsl:apply-templates select="@held_on" mode="date"/>, <xsl:value-of select="@weekday"/></xsl:template>

<!-- ............................................................ of one work -->

<xsl:template match="page/controls[@view = 'show']" mode="title"><xsl:value-of select="concat(@subject_name, ', ', @class_name)"/> · контрольная работа</xsl:template>
<xsl:template match="page/controls[@view = 'show']" mode="actions"/>
<xsl:template match="page/controls[@view = 'show']" mode="crumbs" priority="1">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/controls/classes/', @class_id, $list-query)"/>
    <xsl:with-param name="word" select="@class_name"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/controls[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Убрать из графика'"/>
    <xsl:with-param name="removal" select="'Работа исчезнет из графика и из журнала. Если за неё уже есть отметки, убрать её нельзя.'"/>
    <xsl:with-param name="but" select="'teaching_id'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="controls[@view = 'show']" mode="rows"><input type="hidden" name="class_id" value="{@class_id}"/></xsl:template>

<!-- ............................................................ of a pupil -->

<xsl:template match="page/controls[@view = 'pupil']" mode="title">Контрольные работы · <xsl:value-of select="@name"/><xsl:if test="@class_name"><xsl:value-of select="concat(', ', @class_name)"/></xsl:if></xsl:template>
<xsl:template match="page/controls[@view = 'pupil']" mode="actions"><xsl:apply-templates select="." mode="terms"/></xsl:template>
<xsl:template match="page/controls[@view = 'pupil']" mode="crumbs">
  <xsl:if test="not(contains($opens, ' /diary '))">
    <xsl:call-template name="crumb">
      <xsl:with-param name="path" select="'/pupils'"/>
      <xsl:with-param name="word" select="'Ученики'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/diary')"/>
    <xsl:with-param name="word" select="'Дневник'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/controls[@view = 'pupil']" priority="1">
  <xsl:choose>
    <xsl:when test="not(control)"><p class="empty">В этом периоде контрольных работ по графику нет.</p></xsl:when>
    <xsl:otherwise>
      <table class="data people">
        <caption class="sr">Контрольные работы: <xsl:value-of select="@term_name"/></caption>
        <thead><tr><th scope="col">Дата</th><th scope="col">Предмет</th><th scope="col">Форма контроля</th><th scope="col">Тема</th><th scope="col">Отметка</th></tr></thead>
        <tbody><xsl:apply-templates select="control" mode="own"/></tbody>
      </table>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:variable name="pupil" select="/page/controls/@pupil_id"/>
<xsl:template match="control" mode="own">
  <tr>
    <th scope="row"><xsl:apply-templates select="." mode="day-words"/></th>
    <td><xsl:value-of select="@subject_name"/></td>
    <td><xsl:value-of select="@form_name"/></td>
    <td><xsl:value-of select="@title"/></td>
    <td data-word="Отметка">
      <xsl:if test="@mark"><a href="{$base}/pupils/{$pupil}/works/{@work_id}"><xsl:value-of select="@mark"/></a></xsl:if>
    </td>
  </tr>
</xsl:template>

<!-- ...................................................... what is refused -->

<xsl:template match="page[controls]/errors/error[@code = 'JE203']" mode="words">В этот день класс не учится: дата вне учебных периодов.</xsl:template>
<xsl:template match="page[controls]/errors/error[@code = 'JE212']" mode="words">По этому предмету в этот день работа уже есть.</xsl:template>
<xsl:template match="page[controls]/errors/error[@code = 'JE211']" mode="words">За эту работу уже есть записи в журнале: её нельзя ни убрать, ни перенести.</xsl:template>

</xsl:stylesheet>
