<?xml version="1.0" encoding="UTF-8"?>
<!-- load.xsl: the teaching load, by class and subject and by teacher and class.
     in   load[@view = 'list'] with year grade is_mine? done? year_before? year_after?
            /grade[grade is_current? differences?]…, /class[class_id name planned? hours?]…,
            /subject[subject_id name]/cell[class_id lacking?]
              /teaching[teaching_id staff_name next_name? from_on? group_name? hours planned? is_wrong?]
          load[@view = 'teachers'] with year find
            /class[class_id name]…, /staff[staff_id name hours rate norm difference]/c…
          load[@view = 'cell'] with class_id class_name subject_id subject_name grade planned? is_mine? done?
            /choice…, /teaching[teaching_id group_name staff_name hours_week]…
          load[@view = 'show' or @view = 'teacher'] with the attributes of a teaching
            /choice…, /period[from_on? till_on? name is_last?]…, /busy[lesson_id date_name slot subject_name group_name count]…
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <xsl:choose>
    <xsl:when test="/page/load[@view = 'cell']">
      <f name="study_group_id" label="Группа" column="Группа" show="group_name" choices="1" required="required" hint="Весь класс, подгруппа или профиль. Групп, где этот предмет уже кто-то ведёт, здесь нет."/>
      <f name="staff_id" label="Учитель" column="Учитель" show="staff_name" choices="1" required="required"/>
      <f name="hours_week" type="decimal" max="40" label="Часов в неделю" column="Часов в неделю" required="required" hint="Страницы журнала на все четверти появятся сами, система оценивания — по правилам школы."/>
    </xsl:when>
    <xsl:when test="/page/load[@view = 'teacher']">
      <f name="staff_id" label="Учитель" choices="1" required="required"/>
      <f name="from_on" label="С какого дня" type="date" hint="До этого дня журнал ведёт прежний учитель, с этого дня — новый, а прежний его читает. Пусто — с начала года, пока уроков ещё не было."/>
    </xsl:when>
    <xsl:otherwise>
      <f name="hours_week" type="decimal" max="40" label="Часов в неделю" required="required"/>
      <f name="scale_id" label="Текущие отметки" choices="1" required="required" hint="Действует на новые работы."/>
      <f name="term_scale_id" label="Итоговые отметки" choices="1" required="required"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:variable>

<xsl:variable name="school-year" select="concat(/page/load/@year, '/', format-number((/page/load/@year + 1) mod 100, '00'))"/>

<xsl:template match="page/load" mode="title">Нагрузка, <xsl:value-of select="$school-year"/> учебный год</xsl:template>
<xsl:template match="page/load[@view = 'teachers']" mode="title">Нагрузка учителей, <xsl:value-of select="$school-year"/> учебный год</xsl:template>
<xsl:template match="page/load[@view = 'cell']" mode="title">
  <xsl:value-of select="concat(@subject_name, ', ', @class_name)"/>
</xsl:template>
<xsl:template match="page/load[@view = 'show' or @view = 'teacher']" mode="title">
  <xsl:value-of select="concat(@subject_name, ', ', @group_name)"/>
</xsl:template>

<xsl:template match="page/load" mode="actions">
  <nav class="tabs" aria-label="Параллели"><xsl:apply-templates select="grade"/><xsl:call-template name="all-grades"/></nav>
  <div class="actions">
    <xsl:apply-templates select="@year_before|@year_after"/>
    <xsl:if test="contains($opens, ' /teachers ')"><a href="{$base}/teachers?year={@year}">По учителям</a></xsl:if>
    <xsl:if test="contains($opens, ' /curriculum ')"><a href="{$base}/curriculum?year={@year}&amp;grade={@grade}">Учебный план</a></xsl:if>
    <xsl:if test="contains($opens, ' /imports ')"><a href="{$base}/imports/load">Загрузить из файла</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="page/load[@view = 'teachers']" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Учитель'"/></xsl:call-template>
  <div class="actions"><a href="{$base}/load?year={@year}">По классам</a><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/load[@view = 'cell']" mode="actions"/>
<xsl:template match="page/load[@view = 'show']" mode="actions">
  <div class="actions"><a href="{$base}/load/{@teaching_id}/teacher">Передать другому учителю</a></div>
</xsl:template>
<xsl:template match="page/load[@view = 'teacher']" mode="actions">
  <div class="actions"><a href="{$base}/load/{@teaching_id}">Часы и оценивание</a></div>
</xsl:template>

<xsl:template match="page/load[@view = 'cell' or @view = 'show' or @view = 'teacher']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/load?year=', @year, '&amp;grade=', @grade)"/>
    <xsl:with-param name="word" select="concat(@grade, ' классы')"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="load/grade">
  <a href="{$base}/load?year={../@year}&amp;grade={@grade}"><xsl:apply-templates select="." mode="word"/></a>
</xsl:template>
<xsl:template match="load/grade[@is_current]"><b aria-current="page"><xsl:apply-templates select="." mode="word"/></b></xsl:template>
<xsl:template match="load/grade" mode="word">
  <xsl:value-of select="@grade"/>
  <xsl:if test="@differences">
    <xsl:text> </xsl:text>
    <span class="badge" title="расхождений с учебным планом"><xsl:value-of select="@differences"/></span>
  </xsl:if>
</xsl:template>
<xsl:template name="all-grades">
  <xsl:choose>
    <xsl:when test="@grade = 0"><b aria-current="page">вся школа</b></xsl:when>
    <xsl:otherwise><a href="{$base}/load?year={@year}&amp;grade=0">вся школа</a></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="@year_before|@year_after">
  <a href="{$base}/load?year={.}"><xsl:value-of select="concat(., '/', format-number((. + 1) mod 100, '00'))"/></a>
</xsl:template>

<!-- ............................................................ class by subject -->

<xsl:template match="page/load">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:choose>
    <xsl:when test="not(class)"><p class="empty">В этом учебном году пока нет классов. <a href="{$base}/classes">Классы</a></p></xsl:when>
    <xsl:when test="not(subject)"><p class="empty">Предметов пока нет. <a href="{$base}/subjects">Предметы</a></p></xsl:when>
    <xsl:otherwise>
      <div class="wide">
        <table class="data load">
          <caption>Кто что ведёт, часов в неделю; выделено то, что расходится с учебным планом</caption>
          <thead><tr><th scope="col">Предмет</th><xsl:apply-templates select="class" mode="head"/></tr></thead>
          <tbody><xsl:apply-templates select="subject"/></tbody>
          <tfoot>
            <tr><th scope="row">По плану</th><xsl:for-each select="class"><td class="number"><xsl:apply-templates select="@planned" mode="hours"/></td></xsl:for-each></tr>
            <tr><th scope="row">Часы учителей</th><xsl:for-each select="class"><td class="number"><xsl:apply-templates select="@hours" mode="hours"/></td></xsl:for-each></tr>
          </tfoot>
        </table>
      </div>
      <p class="hint">Часов учителей больше, чем по плану, там, где класс делится на подгруппы.</p>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="load/class" mode="head"><th scope="col"><xsl:value-of select="@name"/></th></xsl:template>

<xsl:variable name="load-classes" select="/page/load/class"/>
<xsl:template match="load/subject">
  <xsl:variable name="subject" select="."/>
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <xsl:for-each select="cell">
      <xsl:variable name="n" select="position()"/>
      <td>
        <xsl:for-each select="teaching"><p><xsl:apply-templates select="."/></p></xsl:for-each>
        <xsl:if test="@lacking"><p><span class="todo">нет учителя: <xsl:apply-templates select="@lacking" mode="plain"/> ч</span></p></xsl:if>
        <xsl:if test="$is-mine">
          <a class="add" href="{$base}/load/classes/{@class_id}/subjects/{$subject/@subject_id}"
             aria-label="назначить: {$subject/@name}, {$load-classes[$n]/@name}"/>
        </xsl:if>
      </td>
    </xsl:for-each>
  </tr>
</xsl:template>
<xsl:variable name="is-mine" select="boolean(/page/load/@is_mine)"/>

<xsl:template match="teaching">
  <xsl:choose>
    <xsl:when test="$is-mine"><a href="{$base}/load/{@teaching_id}"><xsl:value-of select="@staff_name"/></a></xsl:when>
    <xsl:otherwise><xsl:value-of select="@staff_name"/></xsl:otherwise>
  </xsl:choose>
  <xsl:text> </xsl:text>
  <b><xsl:apply-templates select="@hours" mode="plain"/></b>
  <xsl:if test="@is_wrong">
    <xsl:text> </xsl:text>
    <span class="todo">
      <xsl:choose>
        <xsl:when test="@planned">по плану <xsl:apply-templates select="@planned" mode="plain"/></xsl:when>
        <xsl:otherwise>нет в плане</xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:if>
  <xsl:if test="@group_name"><br/><small><xsl:value-of select="@group_name"/></small></xsl:if>
  <xsl:if test="@next_name"><br/><small>с <xsl:apply-templates select="@from_on" mode="date"/> — <xsl:value-of select="@next_name"/></small></xsl:if>
</xsl:template>

<!-- Hours without a zero after the comma; plain: beside other words of a cell, whose whole text goes
     into a spreadsheet. -->
<xsl:template match="@*" mode="plain"><xsl:value-of select="translate(number(.), '.', ',')"/></xsl:template>
<xsl:template match="@*" mode="hours"><data value="{.}"><xsl:apply-templates select="." mode="plain"/></data></xsl:template>

<!-- ............................................................ teacher by class -->

<xsl:template match="page/load[@view = 'teachers']" priority="1">
  <xsl:choose>
    <xsl:when test="staff">
      <div class="wide">
        <table class="data load hours">
          <caption>Часов в неделю; часы потока стоят в каждом его классе, а в сумме — один раз</caption>
          <thead><tr>
            <th scope="col">Учитель</th><th scope="col">Всего</th><th scope="col">Ставка</th><th scope="col">Норма</th><th scope="col">Сверх нормы</th>
            <xsl:apply-templates select="class" mode="head"/>
          </tr></thead>
          <tbody><xsl:apply-templates select="staff"/></tbody>
        </table>
      </div>
      <p class="hint">Норма — часы полной ставки, умноженные на ставку: и то и другое указывает специалист по кадрам в разделе «Персонал». Если должностей там нет, считается одна ставка.</p>
    </xsl:when>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="?find=">Все учителя</a></p></xsl:when>
    <xsl:otherwise><p class="empty">Нагрузка пока не распределена. <a href="{$base}/load">Распределить</a></p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="load/staff">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td class="number"><xsl:apply-templates select="@hours" mode="hours"/></td>
    <td class="number"><xsl:apply-templates select="@rate" mode="hours"/></td>
    <td class="number"><xsl:apply-templates select="@norm" mode="hours"/></td>
    <td class="number">
      <xsl:apply-templates select="@difference" mode="hours"/>
    </td>
    <xsl:for-each select="c">
      <td class="number">
        <xsl:if test="string(.)">
          <data value="{.}"><xsl:value-of select="translate(number(.), '.', ',')"/></data>
        </xsl:if>
      </td>
    </xsl:for-each>
  </tr>
</xsl:template>

<!-- ....................................................... one cell, one teaching -->

<xsl:template match="page/load[@view = 'cell']" priority="1">
  <p class="hint">
    <xsl:choose>
      <xsl:when test="@planned">По учебному плану класса — <xsl:apply-templates select="@planned" mode="hours"/> ч в неделю.</xsl:when>
      <xsl:otherwise>В учебном плане класса этого предмета нет. <a href="{$base}/curriculum?year={@year}&amp;grade={@grade}">Учебный план</a></xsl:otherwise>
    </xsl:choose>
  </p>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/load'"/>
    <xsl:with-param name="post" select="/page/@path"/>
    <xsl:with-param name="add" select="'Назначить учителя'"/>
    <xsl:with-param name="one" select="'назначение'"/>
    <xsl:with-param name="few" select="'назначения'"/>
    <xsl:with-param name="many" select="'назначений'"/>
    <xsl:with-param name="none" select="'Этот предмет в классе пока никто не ведёт.'"/>
    <xsl:with-param name="open"><xsl:if test="not(teaching)">open</xsl:if></xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/load[@view = 'show']" priority="1">
  <p>Учитель: <b><xsl:value-of select="@staff_name"/></b>.</p>
  <xsl:if test="@is_self_given"><p class="notice">Это назначение сделал сам учитель: пока его не подтвердит другой руководитель, журнал закрыт для записи.</p></xsl:if>
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить назначение'"/>
    <xsl:with-param name="removal" select="'Удаляют то, что заведено по ошибке. Назначение, по которому уже есть уроки или расписание, удалить нельзя: его передают другому учителю.'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/load[@view = 'teacher']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <table class="data people">
    <caption>Кто ведёт журнал</caption>
    <thead><tr><th scope="col">Учитель</th><th scope="col">С</th><th scope="col">По</th></tr></thead>
    <tbody>
      <xsl:for-each select="period">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td data-word="с"><xsl:apply-templates select="@from_on" mode="date"/><xsl:if test="not(@from_on)">начала года</xsl:if></td>
          <td data-word="по"><xsl:apply-templates select="@till_on" mode="date"/><xsl:if test="not(@till_on)">конец года</xsl:if></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <xsl:apply-templates select="self::*[busy]" mode="busy"/>
  <h2>Передать другому учителю</h2>
  <p class="hint">Запланированные уроки перейдут к новому учителю. Если в эти часы у него другие уроки, сначала измените расписание.</p>
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove"><xsl:if test="period[2]">Отменить последнюю передачу</xsl:if></xsl:with-param>
    <xsl:with-param name="removal" select="'Журнал снова будет вести прежний учитель; проведённые уроки останутся за тем, кто их дал.'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="load" mode="busy">
  <table class="data people">
    <caption>Другие уроки этого учителя в те же часы: <xsl:value-of select="busy[1]/@count"/><xsl:if test="busy[1]/@count &gt; count(busy)">, первые <xsl:value-of select="count(busy)"/></xsl:if></caption>
    <thead><tr><th scope="col">День</th><th scope="col">Урок</th><th scope="col">Предмет</th><th scope="col">Класс, группа</th></tr></thead>
    <tbody>
      <xsl:for-each select="busy">
        <tr>
          <th scope="row">
            <a href="{$base}/lessons/{@lesson_id}">
              <time datetime="{@held_on}"><xsl:value-of select="@date_name"/></time>
            </a>
          </th>
          <td data-word="урок"><xsl:value-of select="@slot"/></td>
          <td><xsl:value-of select="@subject_name"/></td>
          <td><xsl:value-of select="@group_name"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="error[@code = 'JE101'][@field = 'from_on']" mode="words">Уроки уже были: укажите день, с которого ведёт новый учитель.</xsl:template>
<xsl:template match="error[@code = 'JE106'][@field = 'staff_id']" mode="words">Выберите другого учителя, который в это время работает в школе.</xsl:template>
<xsl:template match="error[@code = 'JE203'][@field = 'from_on']" mode="words">День должен быть в этом учебном году, позже начала года и последней передачи.</xsl:template>
<xsl:template match="error[@code = 'JE206']" mode="words">У этого учителя в часы запланированных уроков уже есть другие уроки: они названы ниже. Сначала измените расписание или выберите другой день.</xsl:template>
<xsl:template match="error[@code = 'JE106'][@field = 'study_group_id']" mode="words">Выберите группу этого класса.</xsl:template>
<xsl:template match="error[@code = 'JE212']" mode="words">В этой группе предмет уже кто-то ведёт.</xsl:template>

</xsl:stylesheet>
