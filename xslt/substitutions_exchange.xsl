<?xml version="1.0" encoding="UTF-8"?>
<!-- substitutions_exchange.xsl: two lessons of a day change places: their teachers, or their times.
     in   substitutions[@view = 'exchange'] with lesson_id held_on day_name slot class_name subject_name room? state
            staff_id planned_name staff_name reason? note? done?
            /exchange[value part slot starts class_name subject_name staff_name]…
     out  the lesson as it is, a select of the lessons with which it can change places
     see  substitutions.xsl, which includes this; the value: sql/objects/substitutions_exchange.sql -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/substitutions[@view = 'exchange']" mode="title" priority="1">
  <xsl:value-of select="concat('Обмен: ', @class_name, ', ', @subject_name)"/>
</xsl:template>

<xsl:template match="page/substitutions[@view = 'exchange']" mode="crumbs" priority="1">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/substitutions/', @staff_id, '?from_on=', @held_on)"/>
    <xsl:with-param name="word" select="@planned_name"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/substitutions[@view = 'exchange']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <xsl:call-template name="old-field"><xsl:with-param name="name" select="'exchange'"/>
      <xsl:with-param name="value" select="@state"/></xsl:call-template>
    <p class="lead"><xsl:value-of select="concat(@day_name, ', ', @slot, '-й урок')"/></p>
    <p>
      <xsl:text>Проводит </xsl:text><xsl:value-of select="@staff_name"/>
      <xsl:if test="@staff_name != @planned_name"><xsl:value-of select="concat(' вместо учителя ', @planned_name)"/></xsl:if>
      <xsl:if test="@room">, <xsl:apply-templates select="@room" mode="room"/></xsl:if>.
    </p>
    <xsl:choose>
      <xsl:when test="exchange">
        <xsl:apply-templates select="." mode="exchange"/>
        <xsl:call-template name="edit-fields"/>
        <p class="bar"><button class="main">Поменять местами</button></p>
      </xsl:when>
      <xsl:otherwise>
        <p class="empty">В этот день уроку не с чем поменяться: кто-то занят, отсутствует или урок уже проведён.</p>
      </xsl:otherwise>
    </xsl:choose>
  </form>
  <p><a href="{$base}/lessons/{@lesson_id}/substitution">Заменить, отменить или перенести урок</a></p>
</xsl:template>

<xsl:template match="substitutions" mode="exchange">
  <xsl:variable name="typed">
    <xsl:call-template name="typed"><xsl:with-param name="name" select="'exchange'"/></xsl:call-template>
  </xsl:variable>
  <p class="row">
    <label><span class="label">С каким уроком</span>
      <select name="exchange" required="required">
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="'exchange'"/></xsl:call-template>
        <option value="">выберите</option>
        <xsl:apply-templates select="exchange[@part = 'staff'][1]" mode="exchange">
          <xsl:with-param name="typed" select="string($typed)"/>
          <xsl:with-param name="word" select="'Учителя меняются уроками'"/>
        </xsl:apply-templates>
        <xsl:apply-templates select="exchange[@part = 'time'][1]" mode="exchange">
          <xsl:with-param name="typed" select="string($typed)"/>
          <xsl:with-param name="word" select="'Уроки меняются временем'"/>
        </xsl:apply-templates>
      </select></label>
    <span class="hint">Сначала уроки, которые проводят на замене. Предлагаются только обмены, при которых никто не занят дважды.</span>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'exchange'"/></xsl:call-template>
  </p>
</xsl:template>

<!-- The exchanges of one part; the context node is the first of them. -->
<xsl:template match="exchange" mode="exchange">
  <xsl:param name="typed"/>
  <xsl:param name="word"/>
  <optgroup label="{$word}">
    <xsl:for-each select="../exchange[@part = current()/@part]">
      <option value="{@value}">
        <xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
        <xsl:value-of select="concat(@slot, '-й урок, ', @starts, ', ', @class_name, ', ', @subject_name, ': ', @staff_name)"/>
      </option>
    </xsl:for-each>
  </optgroup>
</xsl:template>

<xsl:template match="page[substitutions]/errors/error[@field = 'exchange']" mode="field-name">Обмен</xsl:template>
<xsl:template match="page[substitutions]/errors/error[@code = 'JE106'][@field = 'exchange']" mode="words" priority="1">Эти уроки уже не поменять местами: посмотрите список ещё раз.</xsl:template>
<xsl:template match="page[substitutions]/errors/error[@code = 'JE210'][@field = 'exchange']" mode="conflict" priority="1"> Тем временем один из двух уроков изменили<xsl:if test="@who"> (<xsl:value-of select="@who"/>)</xsl:if>. Посмотрите, кто их проводит теперь, и выберите обмен ещё раз.</xsl:template>

</xsl:stylesheet>
