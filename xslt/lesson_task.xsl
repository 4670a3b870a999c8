<?xml version="1.0" encoding="UTF-8"?>
<!-- lesson_task.xsl: what belongs to the homework of a lesson beside its text.
     in   <lesson><homework homework_id minutes? is_online? file_names? handed?/>… <load/>?</lesson>,
          <due homework_id handed?/>
     out  mode task: links to its files, minutes and what was handed in; what is set for the same day
     see  lesson.xsl, lesson_before.xsl, handins_task.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:include href="handins_load.xsl"/>

<xsl:template match="homework" mode="task">
  <p class="soft task-line">
    <a href="{$base}/handins/{@homework_id}/task">
      <xsl:choose>
        <xsl:when test="@file_names">Файлы: <xsl:value-of select="@file_names"/></xsl:when>
        <xsl:otherwise>Файлы, время и сдача</xsl:otherwise>
      </xsl:choose>
    </a>
    <xsl:if test="@minutes"> · <xsl:apply-templates select="@minutes" mode="duration"/></xsl:if>
    <xsl:if test="@is_online"> · сдают через журнал</xsl:if>
    <xsl:apply-templates select="." mode="handed"/>
  </p>
</xsl:template>

<xsl:template match="homework|due" mode="handed"/>
<xsl:template match="*[@handed]" mode="handed" priority="1">
  <xsl:text> · </xsl:text><a href="{$base}/handins/{@homework_id}">Сдано работ: <xsl:value-of select="@handed"/></a>
</xsl:template>

</xsl:stylesheet>
