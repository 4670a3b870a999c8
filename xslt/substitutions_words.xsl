<?xml version="1.0" encoding="UTF-8"?>
<!-- substitutions_words.xsl: the words of changed lessons, on the screen and on paper.
     in   substitution[kind reason note? staff_name? new_subject_name? joined_name? moved_name? moved_slot? room?]
     out  mode what: how the lesson is given; mode why: the reason -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="reasons">
  <o value="sick">больничный</o>
  <o value="vacation">отпуск</o>
  <o value="trip">командировка</o>
  <o value="study">учёба</o>
  <o value="unpaid">отпуск без сохранения зарплаты</o>
  <o value="child">отпуск по уходу за ребёнком</o>
  <o value="other">другое</o>
</xsl:variable>

<xsl:template match="@*" mode="reason"><xsl:value-of select="exsl:node-set($reasons)/o[@value = current()]"/></xsl:template>

<xsl:template match="substitution" mode="why">
  <xsl:choose>
    <xsl:when test="@reason = 'other' and @note"><xsl:value-of select="@note"/></xsl:when>
    <xsl:otherwise>
      <xsl:apply-templates select="@reason" mode="reason"/>
      <xsl:if test="@note"><xsl:value-of select="concat('; ', @note)"/></xsl:if>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="substitution" mode="what"><xsl:value-of select="@staff_name"/></xsl:template>
<xsl:template match="substitution[@kind = 'join']" mode="what">
  <xsl:value-of select="concat(@staff_name, ', вместе с ', @joined_name)"/>
</xsl:template>
<xsl:template match="substitution[@kind = 'subject']" mode="what">
  <xsl:value-of select="concat(@new_subject_name, ', ', @staff_name)"/>
</xsl:template>
<xsl:template match="substitution[@kind = 'cancel']" mode="what">урок отменён</xsl:template>
<xsl:template match="substitution[@kind = 'move']" mode="what">
  <xsl:value-of select="concat('перенесён: ', @moved_name, ', ', @moved_slot, '-й урок')"/>
</xsl:template>

</xsl:stylesheet>
