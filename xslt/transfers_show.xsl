<?xml version="1.0" encoding="UTF-8"?>
<!-- transfers_show.xsl: one transfer: what was done by whom, the forms of the next step, refusals; for transfers.xsl.
     in   transfers[@view = 'show'], as there
     out  the course, a form or a button for each step that is the reader's, the file below -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- ............................................................... one transfer -->

<xsl:template match="page/transfers[@view = 'show']" mode="actions">
  <div class="actions">
    <xsl:if test="@pupil_id"><a href="{$base}/pupils/{@pupil_id}">Карточка ученика</a></xsl:if>
    <xsl:if test="@pupil_id and subject"><a href="{$base}/pupils/{@pupil_id}/outside">Внести отметки из другой школы</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/transfers[@view = 'show']">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <p class="big">
    <xsl:value-of select="concat(@school_name, ' → ', @to_school_name, ': ')"/>
    <b><xsl:value-of select="$states[@value = current()/@state]"/></b>
    <xsl:if test="@birth_on"><xsl:text>. Дата рождения </xsl:text><xsl:apply-templates select="@birth_on" mode="date"/></xsl:if>
    <xsl:if test="@class_name"><xsl:value-of select="concat(', прежний класс ', @class_name)"/></xsl:if>
  </p>
  <xsl:if test="@note"><p><xsl:value-of select="@note"/></p></xsl:if>
  <xsl:apply-templates select="." mode="course"/>
  <xsl:apply-templates select="@may_send | @may_accept | @may_refuse | @may_withdraw"/>
  <xsl:apply-templates select="." mode="file"/>
</xsl:template>

<!-- What was done, by whom and when. -->
<xsl:template match="transfers" mode="course">
  <ol class="course">
    <xsl:if test="@asked_at"><li>Запросила <xsl:value-of select="@to_school_name"/>: <xsl:apply-templates select="@asked_at" mode="by"/></li></xsl:if>
    <xsl:if test="@sent_at">
      <li>Направила <xsl:value-of select="@school_name"/>, приказ № <xsl:value-of select="@order_no"/> от <xsl:apply-templates select="@order_on" mode="date"/>, уходит с <xsl:apply-templates select="@leaves_on" mode="date"/>: <xsl:apply-templates select="@sent_at" mode="by"/></li>
    </xsl:if>
    <xsl:if test="@ended_at">
      <li>
        <xsl:choose>
          <xsl:when test="@state = 'accepted'">Зачислила <xsl:value-of select="@to_school_name"/> с <xsl:apply-templates select="@moved_on" mode="date"/>, приказ № <xsl:value-of select="@enter_order_no"/> от <xsl:apply-templates select="@enter_order_on" mode="date"/></xsl:when>
          <xsl:when test="@state = 'refused'">Отказ: <xsl:value-of select="@answer"/></xsl:when>
          <xsl:otherwise>Отозвано</xsl:otherwise>
        </xsl:choose>
        <xsl:text>: </xsl:text><xsl:apply-templates select="@ended_at" mode="by"/>
      </li>
    </xsl:if>
  </ol>
</xsl:template>
<xsl:template match="@asked_at | @sent_at | @ended_at" mode="by">
  <xsl:value-of select="concat(../@*[name() = concat(substring-before(name(current()), '_'), '_by')], ', ')"/><xsl:apply-templates select="." mode="moment"/>
</xsl:template>

<xsl:template match="@may_send">
  <h2>Направить в новую школу</h2>
  <xsl:choose>
    <xsl:when test="../meant">
      <xsl:for-each select="..">
        <xsl:call-template name="transfer-form">
          <xsl:with-param name="form" select="'send'"/>
          <xsl:with-param name="word" select="'Направить'"/>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:when>
    <xsl:otherwise><p class="empty">Такого ученика в ваших классах нет: ни по имени, ни по имени и дате рождения. Если это ошибка в карточке, исправьте её; иначе откажите.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="@may_accept">
  <h2>Зачислить</h2>
  <xsl:for-each select="..">
    <xsl:call-template name="transfer-form">
      <xsl:with-param name="form" select="'accept'"/>
      <xsl:with-param name="word" select="'Зачислить'"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>
<xsl:template match="@may_refuse">
  <details class="more">
    <xsl:if test="$page/form/row/field[@name = 'step'] = 'refuse'"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Отказать</summary>
    <xsl:for-each select="..">
      <xsl:call-template name="transfer-form">
        <xsl:with-param name="form" select="'refuse'"/>
        <xsl:with-param name="word" select="'Отказать'"/>
      </xsl:call-template>
    </xsl:for-each>
  </details>
</xsl:template>
<xsl:template match="@may_withdraw">
  <details class="more">
    <summary>Отозвать</summary>
    <xsl:for-each select="..">
      <xsl:call-template name="transfer-form">
        <xsl:with-param name="form" select="'withdraw'"/>
        <xsl:with-param name="word" select="'Отозвать'"/>
      </xsl:call-template>
    </xsl:for-each>
  </details>
</xsl:template>

<!-- ................................................................... refusals -->

<xsl:template match="page[transfers]/errors/error[@field]" mode="field-name">
  <xsl:value-of select="$field[@name = current()/@field]/@label"/>
</xsl:template>
<xsl:template match="page[transfers]/errors[error/@field = 'step']" mode="heading">Другая школа успела раньше</xsl:template>
<xsl:template match="page[transfers]/errors/error[@field = 'step']" mode="summary">
  <li>Переход тем временем изменился: сейчас <b><xsl:value-of select="$states[@value = current()/@value]"/></b><xsl:if test="@who"> (<xsl:value-of select="@who"/>)</xsl:if>. Ничего не записано.</li>
</xsl:template>
<xsl:template match="page[transfers]/errors/error[@code = 'JE212']" mode="words">Такой переход уже открыт: найдите его в списке.</xsl:template>
<xsl:template match="page[transfers]/errors/error[@code = 'JE203']" mode="words">День раньше, чем отпускает прежняя школа, или не из учебного года класса.</xsl:template>
<xsl:template match="page[transfers]/errors/error[@code = 'JE207']" mode="words">В прежней школе с этого дня уже есть отметки или пропуски. Возьмите более поздний день.</xsl:template>
<xsl:template match="page[transfers]/errors/error[@code = 'JE201']" mode="words">Журнал этих дней уже закрыт. Возьмите более поздний день.</xsl:template>
<xsl:template match="page[transfers]/errors/error[@code = 'JE240']" mode="words">В этот день ученик не числится ни в одном классе прежней школы.</xsl:template>

</xsl:stylesheet>
