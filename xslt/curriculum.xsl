<?xml version="1.0" encoding="UTF-8"?>
<!-- curriculum.xsl: the curriculum, a matrix of subjects and study groups with inputs.
     in   curriculum[@view = 'list'] with year grade is_mine? done?
            /grade[grade is_current?]…, /group[study_group_id name is_class? hours? hours_year? total? most? is_over?]…,
            /subject[subject_id name]/cell[study_group_id hours_week?]
          curriculum[@view = 'copy'] with year grade /group…, /choice…
     out  one form; for others, and for the whole school, a table; the form that copies a plan
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:template match="page/curriculum" mode="title">Учебный план, <xsl:value-of select="concat(@year, '/', format-number((@year + 1) mod 100, '00'))"/> учебный год</xsl:template>

<xsl:template match="page/curriculum" mode="actions">
  <nav class="tabs" aria-label="Параллели">
    <xsl:apply-templates select="grade"/>
    <xsl:choose>
      <xsl:when test="@grade = 0"><b aria-current="page">вся школа</b></xsl:when>
      <xsl:otherwise><a href="{$base}/curriculum?year={@year}&amp;grade=0">вся школа</a></xsl:otherwise>
    </xsl:choose>
  </nav>
  <div class="actions">
    <xsl:if test="contains($opens, ' /curriculum/copy ')"><a href="{$base}/curriculum/copy?year={@year}&amp;grade={@grade}">Взять готовый план</a></xsl:if>
    <xsl:if test="contains($opens, ' /load ')"><a href="{$base}/load?year={@year}&amp;grade={@grade}">Нагрузка</a></xsl:if>
    <xsl:if test="contains($opens, ' /norms ')"><a href="{$base}/norms">Нормы</a></xsl:if>
    <xsl:if test="contains($opens, ' /imports ')"><a href="{$base}/imports/curricula">Загрузить из файла</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="curriculum/grade">
  <a href="{$base}/curriculum?year={../@year}&amp;grade={@grade}"><xsl:value-of select="@grade"/></a>
</xsl:template>
<xsl:template match="curriculum/grade[@is_current]"><b aria-current="page"><xsl:value-of select="@grade"/></b></xsl:template>

<xsl:template match="page/curriculum">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:choose>
    <xsl:when test="not(group)"><p class="empty">В этом учебном году пока нет классов. <a href="{$base}/classes">Классы</a></p></xsl:when>
    <xsl:when test="not(subject)"><p class="empty">Предметов пока нет. <a href="{$base}/subjects">Предметы</a></p></xsl:when>
    <xsl:when test="@is_mine">
      <form method="post" action="{$base}/curriculum">
        <xsl:call-template name="token"/>
        <input type="hidden" name="year" value="{@year}"/>
        <input type="hidden" name="grade" value="{@grade}"/>
        <xsl:apply-templates select="." mode="matrix"/>
        <p class="bar"><button class="main">Сохранить</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="matrix"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="curriculum" mode="matrix">
  <div class="wide">
    <table class="data plan">
      <caption>Часов в неделю; у подгрупп — часы класса</caption>
      <thead><tr><th scope="col">Предмет</th><xsl:for-each select="group"><th scope="col"><xsl:value-of select="@name"/></th></xsl:for-each></tr></thead>
      <tbody><xsl:apply-templates select="subject"/></tbody>
      <tfoot>
        <tr><th scope="row">Всего в неделю</th><xsl:for-each select="group"><td class="number">
          <xsl:if test="@is_over and @is_class"><xsl:attribute name="class">number over</xsl:attribute></xsl:if>
          <xsl:apply-templates select="@hours" mode="hours"/></td></xsl:for-each></tr>
        <xsl:if test="group[@total and not(@is_class)]">
          <tr><th scope="row">Вместе с классом</th><xsl:for-each select="group"><td class="number">
            <xsl:if test="@is_over"><xsl:attribute name="class">number over</xsl:attribute></xsl:if>
            <xsl:apply-templates select="@total" mode="hours"/></td></xsl:for-each></tr>
        </xsl:if>
        <tr><th scope="row">Не больше</th><xsl:for-each select="group"><td class="number"><xsl:apply-templates select="@most" mode="hours"/></td></xsl:for-each></tr>
        <tr><th scope="row">Всего в год</th><xsl:for-each select="group"><td class="number"><xsl:apply-templates select="@hours_year" mode="hours"/></td></xsl:for-each></tr>
      </tfoot>
    </table>
  </div>
  <xsl:if test="group/@is_over"><p class="notice">Выделено то, что больше допустимой недельной нагрузки.</p></xsl:if>
</xsl:template>
<xsl:template match="@*" mode="hours"><data value="{.}"><xsl:value-of select="translate(number(.), '.', ',')"/></data></xsl:template>

<xsl:variable name="is-mine" select="boolean(/page/curriculum/@is_mine)"/>
<xsl:variable name="groups" select="/page/curriculum/group"/>

<xsl:template match="curriculum/subject">
  <xsl:variable name="subject" select="."/>
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <xsl:for-each select="cell">
      <xsl:variable name="n" select="position()"/>
      <td class="number">
        <xsl:choose>
          <xsl:when test="$is-mine">
            <xsl:call-template name="hours">
              <xsl:with-param name="name" select="concat('hours.', @study_group_id, '.', $subject/@subject_id)"/>
              <xsl:with-param name="label" select="concat($subject/@name, ', ', $groups[$n]/@name)"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates select="@hours_week" mode="hours"/></xsl:otherwise>
        </xsl:choose>
      </td>
    </xsl:for-each>
  </tr>
</xsl:template>

<!-- The input of a cell, with the value that it showed. -->
<xsl:template name="hours">
  <xsl:param name="name"/>
  <xsl:param name="label"/>
  <xsl:variable name="value">
    <xsl:if test="@hours_week"><xsl:value-of select="translate(number(@hours_week), '.', ',')"/></xsl:if>
  </xsl:variable>
  <xsl:variable name="typed">
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="value" select="string($value)"/>
    </xsl:call-template>
  </xsl:variable>
  <input name="{$name}" value="{$typed}" inputmode="decimal" maxlength="4" autocomplete="off" aria-label="{$label}">
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="$name"/></xsl:call-template>
  </input>
  <xsl:call-template name="old-field">
    <xsl:with-param name="name" select="$name"/>
    <xsl:with-param name="value" select="string($value)"/>
  </xsl:call-template>
  <xsl:call-template name="field-error"><xsl:with-param name="name" select="$name"/></xsl:call-template>
</xsl:template>

<!-- ............................................................ a plan is copied -->

<xsl:template match="page/curriculum[@view = 'copy']" mode="title">Взять готовый учебный план</xsl:template>
<xsl:template match="page/curriculum[@view = 'copy']" mode="actions"/>
<xsl:template match="page/curriculum[@view = 'copy']" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/curriculum?year=', @year, '&amp;grade=', @grade)"/>
    <xsl:with-param name="word" select="'Учебный план'"/>
  </xsl:call-template>
</xsl:template>

<xsl:key name="ticked" match="form/row/field[@name = 'study_group_id']" use="."/>

<xsl:template match="page/curriculum[@view = 'copy']" priority="1">
  <xsl:variable name="from">
    <xsl:call-template name="typed"><xsl:with-param name="name" select="'from_id'"/></xsl:call-template>
  </xsl:variable>
  <form class="card" method="post" action="{$base}/curriculum/copy">
    <xsl:call-template name="token"/>
    <input type="hidden" name="year" value="{@year}"/>
    <input type="hidden" name="grade" value="{@grade}"/>
    <p>Часы перейдут по всем предметам, которых в плане ещё нет; то, что уже стоит, останется. Потом поправьте план как обычно.</p>
    <p class="row">
      <label><span class="label">Откуда</span>
        <select name="from_id">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'from_id'"/></xsl:call-template>
          <option value="">из прошлого года: 7Б — от прежнего 7Б</option>
          <xsl:for-each select="choice[@for = 'from_id']">
            <option value="{@value}"><xsl:if test="@value = $from"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="@name"/></option>
          </xsl:for-each>
        </select></label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'from_id'"/></xsl:call-template>
    </p>
    <xsl:choose>
      <xsl:when test="@grade = 0"><p>Кому: всем классам и группам года.</p></xsl:when>
      <xsl:otherwise>
        <fieldset class="pills">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'study_group_id'"/></xsl:call-template>
          <legend>Кому</legend>
          <xsl:for-each select="group">
            <label><input type="checkbox" name="study_group_id" value="{@study_group_id}">
              <xsl:if test="key('ticked', @study_group_id) or not($is-refused or @hours)"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
            </input><span><xsl:value-of select="@name"/></span></label>
          </xsl:for-each>
        </fieldset>
        <p class="row"><xsl:if test="group[not(@hours)]"><span class="hint">Отмечены те, у кого плана ещё нет.</span></xsl:if><xsl:call-template name="field-error"><xsl:with-param name="name" select="'study_group_id'"/></xsl:call-template></p>
      </xsl:otherwise>
    </xsl:choose>
    <p class="bar"><button class="main">Взять план</button></p>
  </form>
</xsl:template>

<xsl:template match="page[curriculum]/errors/error[@field]" mode="field-name"><xsl:choose><xsl:when test="@field = 'from_id'">Откуда</xsl:when><xsl:when test="@field = 'study_group_id'">Кому</xsl:when></xsl:choose></xsl:template>
<xsl:template match="page[curriculum]/errors/error[@code = 'JE101'][@field = 'study_group_id']" mode="words" priority="1">Отметьте классы или группы, которым нужен план.</xsl:template>
<xsl:template match="page[curriculum]/errors/error[@code = 'JE106'][@field = 'from_id']" mode="words" priority="1">Такого плана нет: выберите другой класс или введите часы сами.</xsl:template>
<xsl:template match="page[curriculum]/errors/error[@code = 'JE102']" mode="words" priority="1">Часов в неделю — от 0 до 40, например 1,5.</xsl:template>

</xsl:stylesheet>
