<?xml version="1.0" encoding="UTF-8"?>
<!-- plans_dates.xsl: the plan of a teaching on the dates of its lessons.
     in   plans[@view = 'dates'] with teaching_id group_name subject_name year staff_name plan_id? name? state? is_own?
            can_choose? unlinked done?
            /row[row_id place section? topic kind hours state lesson_id? held_on? reason?], choice[for = 'plan_id']
     out  the choice of the plan, the topics with their days, what the teacher can do with them
     see  plans.xsl, which includes this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:variable name="rest" select="/page/plans[@view = 'dates']/row[@state = 'ahead' or @state = 'left']"/>

<xsl:template match="page/plans[@view = 'dates']" mode="title" priority="1">
  <xsl:value-of select="concat('КТП: ', @group_name, ', ', @subject_name)"/>
</xsl:template>
<xsl:template match="page/plans[@view = 'dates']" mode="crumbs" priority="1">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/plans?year=', @year)"/>
    <xsl:with-param name="word" select="'КТП'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/plans[@view = 'dates']" mode="actions" priority="1">
  <div class="actions">
    <xsl:if test="@plan_id"><a href="{$base}/plans/{@plan_id}">Открыть план</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/plans[@view = 'dates']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <p class="facts">
    <xsl:value-of select="@staff_name"/>
    <xsl:if test="@plan_id"><xsl:value-of select="concat(' · ', @name, ' · ')"/><xsl:apply-templates select="@state" mode="plan"/></xsl:if>
  </p>
  <xsl:apply-templates select="self::*[@can_choose]" mode="choose"/>
  <xsl:choose>
    <xsl:when test="row">
      <xsl:apply-templates select="self::*[@is_own]" mode="do"/>
      <xsl:apply-templates select="." mode="dates"/>
    </xsl:when>
    <xsl:when test="@plan_id"><p class="empty">В этом плане пока нет тем. <a href="{$base}/plans/{@plan_id}">Записать темы</a></p></xsl:when>
    <xsl:otherwise><p class="empty">КТП для этой группы ещё не выбран. <a href="{$base}/plans">Все КТП</a></p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="plans" mode="choose">
  <xsl:variable name="chosen">
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="'plan_id'"/>
      <xsl:with-param name="value" select="@plan_id"/>
    </xsl:call-template>
  </xsl:variable>
  <form class="filter" method="post" action="{$base}/teachings/{@teaching_id}/plan">
    <xsl:call-template name="token"/>
    <input type="hidden" name="action" value="use"/>
    <input type="hidden" name="old_plan_id" value="{@plan_id}"/>
    <label>План <select name="plan_id">
      <xsl:call-template name="invalid"><xsl:with-param name="name" select="'plan_id'"/></xsl:call-template>
      <option value="">не выбран</option>
      <xsl:for-each select="choice">
        <option value="{@value}">
          <xsl:if test="@value = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
          <xsl:value-of select="@name"/>
        </option>
      </xsl:for-each>
    </select></label>
    <button>Учить по этому плану</button>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'plan_id'"/></xsl:call-template>
  </form>
  <xsl:if test="not(choice)"><p class="hint">Для этого предмета и параллели КТП ещё не составлен. <a href="{$base}/plans">Составить</a></p></xsl:if>
</xsl:template>

<!-- What the teacher does: count lessons given before, skip a topic. -->
<xsl:template match="plans" mode="do">
  <xsl:if test="@unlinked &gt; 0 and $rest">
    <form method="post" action="{$base}/teachings/{@teaching_id}/plan">
      <xsl:call-template name="token"/>
      <input type="hidden" name="action" value="fill"/>
      <input type="hidden" name="old_plan_id" value="{@plan_id}"/>
      <p class="notice">Проведённых уроков без темы из плана: <xsl:value-of select="@unlinked"/>.
        <button>Считать их темами плана по порядку</button></p>
    </form>
  </xsl:if>
  <xsl:if test="$rest">
    <details class="more">
      <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary>Пропустить тему</summary>
      <form class="card" method="post" action="{$base}/teachings/{@teaching_id}/plan">
        <xsl:call-template name="token"/>
        <input type="hidden" name="action" value="skip"/>
        <input type="hidden" name="old_plan_id" value="{@plan_id}"/>
        <xsl:apply-templates select="." mode="skip"/>
        <p class="bar"><button class="main">Пропустить</button></p>
      </form>
    </details>
  </xsl:if>
</xsl:template>

<xsl:template match="plans" mode="skip">
  <xsl:variable name="chosen"><xsl:call-template name="typed">
      <xsl:with-param name="name" select="'plan_row_id'"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:variable name="reason"><xsl:call-template name="typed"><xsl:with-param name="name" select="'reason'"/>
    </xsl:call-template>
  </xsl:variable>
  <p class="row">
    <label><span class="label">Тема</span>
      <select name="plan_row_id">
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="'plan_row_id'"/></xsl:call-template>
        <xsl:for-each select="$rest[not(@row_id = preceding-sibling::row[1]/@row_id)]">
          <option value="{@row_id}">
            <xsl:if test="@row_id = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
            <xsl:value-of select="concat(@place, '. ', @topic)"/>
          </option>
        </xsl:for-each>
      </select></label>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'plan_row_id'"/></xsl:call-template>
  </p>
  <p class="row">
    <label><span class="label">Причина</span>
      <input name="reason" maxlength="300" autocomplete="off" required="required" value="{$reason}">
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="'reason'"/></xsl:call-template>
      </input></label>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'reason'"/></xsl:call-template>
  </p>
</xsl:template>

<xsl:template match="plans" mode="dates">
  <xsl:if test="row[@state = 'left']"><p class="notice">Для тем без даты уроков до конца года не хватает: объедините темы или пропустите часть с причиной.</p></xsl:if>
  <table class="data people">
    <caption>Темы по датам</caption>
    <thead>
      <tr><th scope="col">№</th><th scope="col">Тема</th><th scope="col">Вид</th><th scope="col">Урок</th><th scope="col">Состояние</th></tr>
    </thead>
    <tbody><xsl:apply-templates select="row" mode="dates"/></tbody>
  </table>
</xsl:template>

<xsl:template match="row" mode="dates">
  <tr>
    <td data-word="№"><xsl:value-of select="@place"/></td>
    <th scope="row"><xsl:value-of select="@topic"/><xsl:if test="@section and not(contains(@topic, @section))"><span class="soft">
          <xsl:value-of select="concat(' · ', @section)"/>
        </span>
      </xsl:if>
    </th>
    <td data-word="Вид"><xsl:apply-templates select="@kind" mode="plan-kind"/></td>
    <td data-word="Урок">
      <xsl:choose>
        <xsl:when test="@lesson_id"><a href="{$base}/lessons/{@lesson_id}">
            <xsl:apply-templates select="@held_on" mode="date"/>
          </a>
        </xsl:when>
        <xsl:when test="@held_on"><xsl:apply-templates select="@held_on" mode="date"/></xsl:when>
        <xsl:otherwise>—</xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Состояние"><xsl:apply-templates select="." mode="dates-state"/></td>
  </tr>
</xsl:template>
<xsl:template match="row" mode="dates-state">впереди</xsl:template>
<xsl:template match="row[@state = 'given']" mode="dates-state"><span class="done">пройдена</span></xsl:template>
<xsl:template match="row[@state = 'left']" mode="dates-state"><span class="todo">нет урока</span></xsl:template>
<xsl:template match="row[@state = 'skipped']" mode="dates-state">
  <xsl:value-of select="concat('пропущена: ', @reason)"/>
  <xsl:if test="../@is_own">
    <form method="post" action="{$base}/teachings/{../@teaching_id}/plan">
      <xsl:call-template name="token"/>
      <input type="hidden" name="action" value="unskip"/>
      <input type="hidden" name="old_plan_id" value="{../@plan_id}"/>
      <input type="hidden" name="plan_row_id" value="{@row_id}"/>
      <button class="plain">Вернуть</button>
    </form>
  </xsl:if>
</xsl:template>

<xsl:template match="page[plans]/errors/error[@field = 'plan_id']" mode="field-name">План</xsl:template>
<xsl:template match="page[plans]/errors/error[@field = 'reason']" mode="field-name">Причина</xsl:template>
<xsl:template match="page[plans]/errors/error[@field = 'plan_row_id']" mode="field-name">Тема</xsl:template>
<xsl:template match="page[plans]/errors/error[@code = 'JE106'][@field = 'plan_id']" mode="words" priority="1">Этот план не для этой группы: у него другой предмет, класс или учебный год.</xsl:template>

</xsl:stylesheet>
