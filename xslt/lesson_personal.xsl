<?xml version="1.0" encoding="UTF-8"?>
<!-- lesson_personal.xsl: homework for individual pupils.
     in   <lesson><homework is_personal="1" for_whom>…</homework>… <pupil/>…</lesson>
     out  the tasks given, each with a checkbox to remove it, and a new task with a
          checkbox for each pupil; fields personal_text, personal_for.{pupil_id},
          personal_gone.{homework_id}
     see  lesson.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="lesson" mode="personal">
  <xsl:variable name="text">
    <xsl:call-template name="typed"><xsl:with-param name="name" select="'personal_text'"/></xsl:call-template>
  </xsl:variable>
  <xsl:apply-templates select="homework[@is_personal]" mode="personal"/>
  <details class="more personal">
    <xsl:if test="string($text) or /page/errors/error[starts-with(@field, 'personal')]">
      <xsl:attribute name="open">open</xsl:attribute>
    </xsl:if>
    <summary>Задание отдельным ученикам</summary>
    <label>
      <span class="label">Задание</span>
      <textarea name="personal_text" rows="2" maxlength="4000">
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="'personal_text'"/></xsl:call-template>
        <xsl:value-of select="$text"/>
      </textarea>
    </label>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'personal_text'"/></xsl:call-template>
    <fieldset>
      <xsl:call-template name="invalid"><xsl:with-param name="name" select="'personal_for'"/></xsl:call-template>
      <legend class="label">Кому</legend>
      <xsl:apply-templates select="pupil[not(@is_unmarked)]" mode="personal"/>
    </fieldset>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'personal_for'"/></xsl:call-template>
  </details>
</xsl:template>

<xsl:template match="homework" mode="personal">
  <p class="soft">
    <xsl:if test="@for_whom"><b><xsl:value-of select="@for_whom"/></b><xsl:text>: </xsl:text></xsl:if>
    <xsl:apply-templates select="." mode="prose"/>
    <xsl:text> </xsl:text><a href="{$base}/handins/{@homework_id}/task">Файлы</a>
    <xsl:apply-templates select="." mode="handed"/>
    <label class="check">
      <input type="checkbox" name="personal_gone.{@homework_id}" value="1"/>
      <span>Убрать</span>
    </label>
  </p>
</xsl:template>

<xsl:template match="pupil" mode="personal">
  <xsl:variable name="name" select="concat('personal_for.', @pupil_id)"/>
  <label>
    <input type="checkbox" name="{$name}" value="1">
      <xsl:call-template name="checked"><xsl:with-param name="name" select="$name"/></xsl:call-template>
    </input>
    <xsl:value-of select="concat(' ', @name)"/>
  </label>
</xsl:template>

<xsl:template match="error[@field = 'personal_text']" mode="field-name">Задание отдельным ученикам</xsl:template>
<xsl:template match="error[@field = 'personal_for']" mode="field-name">Кому</xsl:template>

<xsl:template match="page[lesson]/errors/error[@field = 'personal_gone']" mode="field-name">Задание отдельным ученикам</xsl:template>
<xsl:template match="page[lesson]/errors/error[@code = 'JE211'][@field = 'personal_gone' or @field = 'homework_text']" mode="words" priority="1">По этому заданию уже сдали работу: снять его нельзя.</xsl:template>

</xsl:stylesheet>
