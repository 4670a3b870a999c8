<?xml version="1.0" encoding="UTF-8"?>
<!-- lesson_saved.xsl: the message after a save, and the texts for a save by script.
     in   <lesson><saved part? n at/>…</lesson>: one for each kind of field; without
          a part: nothing was changed
     out  the message beside the Save button; data-saved, the operation whose reply
          this page is; the texts of refusals by code
     see  lesson.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="saved" mode="operation">
  <xsl:attribute name="data-saved">
    <xsl:value-of select="substring-before(concat(substring-after(/page/@query, 'saved='), '&amp;'), '&amp;')"/>
  </xsl:attribute>
</xsl:template>

<!-- Before the first save. -->
<xsl:template match="lesson" mode="saved">
  <span class="soft" data-ej-plain="">Сохраняется всё сразу</span>
</xsl:template>
<xsl:template match="lesson[saved][not(/page/errors)]" mode="saved">
  <xsl:attribute name="data-state">saved</xsl:attribute>
  <xsl:value-of select="concat('Сохранено в ', saved[1]/@at, ': ')"/>
  <xsl:apply-templates select="saved" mode="item"/>
  <xsl:if test="not(@attendance_at) and not(@is_ahead) and pupil">. Отсутствующие ещё не отмечены.</xsl:if>
</xsl:template>

<xsl:template match="saved" mode="item">
  <xsl:if test="position() != 1">, </xsl:if>
  <xsl:apply-templates select="." mode="part"/>
</xsl:template>

<xsl:template match="saved" mode="part">изменений не было</xsl:template>
<xsl:template match="saved[@part = 'topic']" mode="part">тема</xsl:template>
<xsl:template match="saved[@part = 'attendance_done']" mode="part">отсутствующие отмечены</xsl:template>
<xsl:template match="saved[@part = 'homework_text']" mode="part">задание</xsl:template>
<xsl:template match="saved[@part = 'homework_none']" mode="part">«не задано»</xsl:template>
<xsl:template match="saved[@part = 'due_lesson_id']" mode="part">день задания</xsl:template>
<xsl:template match="saved[@part = 'personal_text']" mode="part">задание отдельным ученикам</xsl:template>
<xsl:template match="saved[@part = 'personal_gone']" mode="part">снято задание отдельным ученикам</xsl:template>
<xsl:template match="saved[@part = 'new_kind_id']" mode="part">новая работа</xsl:template>
<xsl:template match="saved[@part = 'minutes']" mode="part">минуты опоздания (<xsl:value-of select="@n"/>)</xsl:template>
<xsl:template match="saved[@part = 'code']" mode="part">
  <xsl:call-template name="plural">
    <xsl:with-param name="n" select="@n"/>
    <xsl:with-param name="one">запись о присутствии</xsl:with-param>
    <xsl:with-param name="few">записи о присутствии</xsl:with-param>
    <xsl:with-param name="many">записей о присутствии</xsl:with-param>
  </xsl:call-template>
</xsl:template>
<xsl:template match="saved[@part = 'mark']" mode="part">
  <xsl:call-template name="plural">
    <xsl:with-param name="n" select="@n"/>
    <xsl:with-param name="one">отметка</xsl:with-param>
    <xsl:with-param name="few">отметки</xsl:with-param>
    <xsl:with-param name="many">отметок</xsl:with-param>
  </xsl:call-template>
</xsl:template>
<xsl:template match="saved[@part = 'comment']" mode="part">
  <xsl:call-template name="plural">
    <xsl:with-param name="n" select="@n"/>
    <xsl:with-param name="one">комментарий</xsl:with-param>
    <xsl:with-param name="few">комментария</xsl:with-param>
    <xsl:with-param name="many">комментариев</xsl:with-param>
  </xsl:call-template>
</xsl:template>

<!-- The texts of the codes with which a save by script can be refused, from error.xsl. -->
<xsl:template match="lesson" mode="script-words">
  <ul hidden="hidden" data-ej-words="">
    <li data-code="JE101"><xsl:call-template name="JE101"/></li>
    <li data-code="JE102"><xsl:call-template name="JE102"/></li>
    <li data-code="JE104"><xsl:call-template name="JE104"/></li>
    <li data-code="JE105"><xsl:call-template name="JE105"/></li>
    <li data-code="JE108"><xsl:call-template name="JE108"/></li>
    <li data-code="JE123"><xsl:call-template name="JE123"/></li>
    <li data-code="JE128"><xsl:call-template name="JE128"/></li>
    <li data-code="JE201"><xsl:call-template name="JE201"/></li>
    <li data-code="JE202"><xsl:call-template name="JE202"/></li>
    <li data-code="JE204"><xsl:call-template name="JE204"/></li>
    <li data-code="JE205"><xsl:call-template name="JE205"/></li>
    <li data-code="JE208"><xsl:call-template name="JE208"/></li>
    <li data-code="JE213"><xsl:call-template name="JE213"/></li>
    <li data-code="JE281"><xsl:call-template name="JE281"/></li>
    <li data-code="JE301"><xsl:call-template name="JE301"/></li>
    <li data-code="JE401"><xsl:call-template name="JE401"/></li>
  </ul>
</xsl:template>

</xsl:stylesheet>
