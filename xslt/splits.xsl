<?xml version="1.0" encoding="UTF-8"?>
<!-- splits.xsl: the division of classes into subgroups: proposals and decisions (CFG-19).
     in   splits[@view = 'list'] with year? is_mine?
            /split[class_id class_name subject_id subject_name parts split_id? staff_name? nowhere], choice
          splits[@view = 'show'] with class_id class_name subject_id subject_name split_id? staff_name?
            note? parts is_saved? from_on is_mine? can_propose? by? has_sex? has_before?
            /part[part name study_group_id staff_names?],
            pupil[pupil_id name part? now_part? now_name? even_part?], decision
     out  a table of the splits; the form of one: a row of radio buttons for each pupil
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/splits" mode="title">Деление на подгруппы</xsl:template>
<xsl:template match="page/splits" mode="actions">
  <div class="actions"><a href="{$base}/groups">Учебные группы</a><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/splits[@view = 'show']" mode="title">
  <xsl:value-of select="concat(@class_name, ', ', @subject_name)"/>
</xsl:template>
<xsl:template match="page/splits[@view = 'show']" mode="actions"/>
<xsl:template match="page/splits[@view = 'show']" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/splits'"/>
    <xsl:with-param name="word" select="'Деление на подгруппы'"/>
  </xsl:call-template>
</xsl:template>

<!-- ............................................................. the list -->

<xsl:template match="page/splits">
  <xsl:if test="choice[@for = 'class_id']">
    <form class="filter" method="get" action="{$base}/split">
      <label>Класс <select name="class_id" required="required"><xsl:apply-templates select="choice[@for = 'class_id']"/></select></label>
      <label>Предмет <select name="subject_id" required="required"><xsl:apply-templates select="choice[@for = 'subject_id']"/></select></label>
      <button><xsl:choose><xsl:when test="@is_mine">Поделить</xsl:when><xsl:otherwise>Предложить деление</xsl:otherwise></xsl:choose></button>
    </form>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="split">
      <table class="data people">
        <caption class="sr">Деление классов</caption>
        <thead><tr><th scope="col">Класс и предмет</th><th scope="col">Подгрупп</th><th scope="col">Состояние</th></tr></thead>
        <tbody><xsl:apply-templates select="split"/></tbody>
      </table>
    </xsl:when>
    <xsl:otherwise><p class="empty">Классы этого года пока не делятся на подгруппы.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="splits/choice"><option value="{@value}"><xsl:value-of select="@name"/></option></xsl:template>

<xsl:template match="splits/split">
  <tr>
    <th scope="row">
      <a href="{$base}/split?class_id={@class_id}&amp;subject_id={@subject_id}">
        <xsl:value-of select="concat(@class_name, ', ', @subject_name)"/>
      </a>
    </th>
    <td data-word="Подгрупп"><xsl:value-of select="@parts"/></td>
    <td data-word="Состояние">
      <xsl:choose>
        <xsl:when test="@split_id"><span class="todo">предложение ждёт решения: <xsl:value-of select="@staff_name"/></span></xsl:when>
        <xsl:when test="@nowhere &gt; 0"><span class="todo">без подгруппы: <xsl:value-of select="@nowhere"/></span></xsl:when>
        <xsl:otherwise><span class="done">поделён</span></xsl:otherwise>
      </xsl:choose>
    </td>
  </tr>
</xsl:template>

<!-- ............................................................ one split -->

<xsl:template match="page/splits[@view = 'show']" priority="1">
  <xsl:if test="@is_saved and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <xsl:if test="@split_id">
    <p class="notice">Предложение: <xsl:value-of select="@staff_name"/><xsl:if test="@note"> — <xsl:value-of select="@note"/></xsl:if>. Решает администратор или завуч.</p>
  </xsl:if>
  <xsl:if test="part">
    <ul>
      <xsl:for-each select="part">
        <li><a href="{$base}/groups/{@study_group_id}"><xsl:value-of select="@name"/></a><xsl:if test="@staff_names"> — <xsl:value-of select="@staff_names"/></xsl:if></li>
      </xsl:for-each>
    </ul>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="pupil and @can_propose">
      <xsl:apply-templates select="." mode="even"/>
      <xsl:apply-templates select="." mode="form"/>
    </xsl:when>
    <xsl:when test="pupil"><xsl:apply-templates select="." mode="table"/></xsl:when>
    <xsl:otherwise><p class="empty">В классе пока нет учеников. <a href="{$base}/classes/{@class_id}">Класс</a></p></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="decision">
    <h2>Прежние решения</h2>
    <ul><xsl:apply-templates select="decision"/></ul>
  </xsl:if>
</xsl:template>

<xsl:template match="splits/decision">
  <li>
    <xsl:choose><xsl:when test="@state = 'accepted'">утверждено</xsl:when><xsl:otherwise>отклонено</xsl:otherwise></xsl:choose>
    <xsl:text> с </xsl:text><xsl:apply-templates select="@from_on" mode="date"/>
    <xsl:value-of select="concat(': предложил(а) ', @staff_name, ', решил(а) ', @decided_name)"/>
    <xsl:if test="@reason">; причина: <xsl:value-of select="@reason"/></xsl:if>
  </li>
</xsl:template>

<!-- Links that fill the form in with an even split. -->
<xsl:template match="splits" mode="even">
  <xsl:variable name="here" select="concat($base, '/split?class_id=', @class_id, '&amp;subject_id=', @subject_id, '&amp;by=')"/>
  <p>
    <xsl:text>Поделить поровну: </xsl:text>
    <a href="{$here}name&amp;into=2">по алфавиту на 2</a>, 
    <a href="{$here}name&amp;into=3">на 3</a>
    <xsl:if test="@has_sex">, <a href="{$here}sex">мальчики и девочки</a></xsl:if>
    <xsl:if test="@has_before">, <a href="{$here}before">как в прошлом году</a></xsl:if>
  </p>
  <xsl:if test="@by and not($is-refused)">
    <p class="notice" role="status">Ниже — деление <xsl:apply-templates select="@by" mode="by"/>:
      <xsl:for-each select="key('even', 1)[1] | key('even', 2)[1] | key('even', 3)[1] | key('even', 4)[1]">
        <xsl:sort select="@even_part" data-type="number"/>
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:value-of select="concat(@even_part, ' подгруппа — ', count(key('even', @even_part)))"/>
      </xsl:for-each>
      <xsl:if test="pupil[not(@even_part)]">, без подгруппы — <xsl:value-of select="count(pupil[not(@even_part)])"/></xsl:if>.
      Поправьте и сохраните: пока ничего не записано.</p>
  </xsl:if>
</xsl:template>
<xsl:key name="even" match="splits/pupil" use="@even_part"/>
<xsl:template match="@by" mode="by">по алфавиту</xsl:template>
<xsl:template match="@by[. = 'sex']" mode="by">на мальчиков и девочек</xsl:template>
<xsl:template match="@by[. = 'before']" mode="by">как в прошлом году</xsl:template>

<xsl:template match="splits" mode="form">
  <form method="post" action="{$base}/split">
    <xsl:call-template name="token"/>
    <input type="hidden" name="class_id" value="{@class_id}"/>
    <input type="hidden" name="subject_id" value="{@subject_id}"/>
    <input type="hidden" name="word" value="группа"/>
    <p class="row"><label><span class="label">Сколько подгрупп</span><select name="parts">
      <xsl:variable name="parts">
        <xsl:call-template name="typed">
          <xsl:with-param name="name" select="'parts'"/>
          <xsl:with-param name="value" select="@parts"/>
        </xsl:call-template>
      </xsl:variable>
      <xsl:call-template name="number-option">
        <xsl:with-param name="n" select="2"/>
        <xsl:with-param name="chosen" select="$parts"/>
      </xsl:call-template>
      <xsl:call-template name="number-option">
        <xsl:with-param name="n" select="3"/>
        <xsl:with-param name="chosen" select="$parts"/>
      </xsl:call-template>
      <xsl:call-template name="number-option">
        <xsl:with-param name="n" select="4"/>
        <xsl:with-param name="chosen" select="$parts"/>
      </xsl:call-template>
    </select></label></p>
    <p class="row">
      <label><span class="label">С какого дня</span>
        <input type="date" autocomplete="off">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'from_on'"/></xsl:call-template>
          <xsl:attribute name="name">from_on</xsl:attribute>
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'from_on'"/>
              <xsl:with-param name="value" select="@from_on"/>
            </xsl:call-template>
          </xsl:attribute>
        </input>
      </label>
      <span class="hint">Кто уже в подгруппе, переходит в другую только с первого дня учебного периода; это делает администратор.</span>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'from_on'"/></xsl:call-template>
    </p>
    <p class="row"><label><span class="label">Примечание</span><input name="note" maxlength="300" autocomplete="off"><xsl:attribute name="value"><xsl:call-template name="typed"><xsl:with-param name="name" select="'note'"/><xsl:with-param name="value" select="@note"/></xsl:call-template></xsl:attribute></input></label></p>
    <xsl:apply-templates select="." mode="table"><xsl:with-param name="is-form" select="true()"/></xsl:apply-templates>
    <p class="bar">
      <xsl:if test="@is_mine"><button class="main" name="action" value="commit">Записать в подгруппы</button></xsl:if>
      <button name="action" value="propose"><xsl:if test="not(@is_mine)"><xsl:attribute name="class">main</xsl:attribute></xsl:if>Сохранить предложение</button>
    </p>
    <xsl:if test="@is_mine and @split_id">
      <details class="more">
        <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
        <summary>Отклонить предложение</summary>
        <p class="row"><label><span class="label">Причина</span><input name="reason" maxlength="300" autocomplete="off"/></label><xsl:call-template name="field-error"><xsl:with-param name="name" select="'reason'"/></xsl:call-template></p>
        <p class="bar"><button name="action" value="decline">Отклонить предложение</button></p>
      </details>
    </xsl:if>
  </form>
</xsl:template>

<xsl:template name="number-option">
  <xsl:param name="n"/>
  <xsl:param name="chosen"/>
  <option value="{$n}"><xsl:if test="$n = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="$n"/></option>
</xsl:template>

<xsl:template match="splits" mode="table">
  <xsl:param name="is-form"/>
  <table class="data people">
    <caption class="sr">Ученики</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Подгруппа</th><th scope="col">Сейчас</th></tr></thead>
    <tbody>
      <xsl:for-each select="pupil">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td data-word="Подгруппа">
            <xsl:choose>
              <xsl:when test="$is-form"><xsl:apply-templates select="." mode="choice"/></xsl:when>
              <xsl:otherwise><xsl:value-of select="@part"/></xsl:otherwise>
            </xsl:choose>
          </td>
          <td data-word="Сейчас"><xsl:value-of select="@now_name"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="splits/pupil" mode="choice">
  <xsl:variable name="name" select="concat('part.', @pupil_id)"/>
  <xsl:variable name="value"><xsl:choose>
    <xsl:when test="@even_part"><xsl:value-of select="@even_part"/></xsl:when>
    <xsl:when test="@part"><xsl:value-of select="@part"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="@now_part"/></xsl:otherwise>
  </xsl:choose></xsl:variable>
  <xsl:variable name="part">
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="value" select="$value"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:call-template name="old-field">
    <xsl:with-param name="name" select="$name"/>
    <xsl:with-param name="value" select="@part"/>
    <xsl:with-param name="is-lean" select="true()"/>
  </xsl:call-template>
  <select name="{$name}" aria-label="Подгруппа: {@name}">
    <option value="">—</option>
    <xsl:call-template name="number-option">
      <xsl:with-param name="n" select="1"/>
      <xsl:with-param name="chosen" select="$part"/>
    </xsl:call-template>
    <xsl:call-template name="number-option">
      <xsl:with-param name="n" select="2"/>
      <xsl:with-param name="chosen" select="$part"/>
    </xsl:call-template>
    <xsl:call-template name="number-option">
      <xsl:with-param name="n" select="3"/>
      <xsl:with-param name="chosen" select="$part"/>
    </xsl:call-template>
    <xsl:call-template name="number-option">
      <xsl:with-param name="n" select="4"/>
      <xsl:with-param name="chosen" select="$part"/>
    </xsl:call-template>
  </select>
  <xsl:call-template name="field-error"><xsl:with-param name="name" select="$name"/></xsl:call-template>
</xsl:template>

<!-- ......................................................... what is refused -->

<xsl:template match="page[splits]/errors/error[@field]" mode="field-name">
  <xsl:choose>
    <xsl:when test="@field = 'from_on'">С какого дня</xsl:when>
    <xsl:when test="@field = 'reason'">Причина</xsl:when>
    <xsl:otherwise><xsl:value-of select="/page/splits/pupil[concat('part.', @pupil_id) = current()/@field]/@name"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="page[splits]/errors/error[@code = 'JE301']" mode="words">Кто-то из учеников уже в подгруппе. В другую его переводит администратор журнала, с первого дня учебного периода.</xsl:template>
<xsl:template match="page[splits]/errors/error[@code = 'JE207']" mode="words">У ученика, который меняет подгруппу, после этого дня есть отметки или пропуски в прежней.</xsl:template>

</xsl:stylesheet>
