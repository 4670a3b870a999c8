<?xml version="1.0" encoding="UTF-8"?>
<!-- lesson_before.xsl: what the lesson goes on from: the homework that was due,
     the last topic, who was absent just before.
     in   <lesson last_topic? last_name?><due homework_id set_name is_personal? for_whom? handed?>…</due>…
            <absent pupil_id name code subject_name slot day_name?/>…
     out  mode before: above the topic; mode absent: above the pupils, where the
          script offers to mark the same ones (data-ej-absent)
     see  lesson.xsl, static/js/absent.js -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="lesson" mode="before"/>
<xsl:template match="lesson[due or @last_topic]" mode="before">
  <section class="before">
    <xsl:if test="due">
      <h2><xsl:apply-templates select="." mode="due-word"/></h2>
      <xsl:apply-templates select="due"/>
    </xsl:if>
    <xsl:if test="@last_topic">
      <p class="soft">Прошлая тема, <xsl:value-of select="@last_name"/>: <span class="topic"><xsl:value-of select="@last_topic"/></span></p>
    </xsl:if>
  </section>
</xsl:template>

<xsl:template match="lesson" mode="due-word">Было задано на этот урок</xsl:template>
<xsl:template match="lesson[@is_today]" mode="due-word">Было задано на сегодня</xsl:template>
<xsl:template match="lesson[@is_ahead]" mode="due-word">Задано на этот урок</xsl:template>

<xsl:template match="lesson/due">
  <p>
    <xsl:if test="@for_whom"><b><xsl:value-of select="@for_whom"/></b><xsl:text>: </xsl:text></xsl:if>
    <xsl:apply-templates select="." mode="prose"/>
    <xsl:apply-templates select="." mode="handed"/>
  </p>
</xsl:template>

<!-- Once the roll is called it says more than the lesson before. -->
<xsl:template match="lesson" mode="absent"/>
<xsl:template match="lesson[absent and not(@attendance_at)]" mode="absent">
  <p class="absent-before" data-ej-absent="">
    <xsl:attribute name="data-pupils">
      <xsl:for-each select="absent"><xsl:value-of select="concat(@pupil_id, ' ')"/></xsl:for-each>
    </xsl:attribute>
    <xsl:if test="absent/@day_name"><xsl:value-of select="concat(absent/@day_name, ', ')"/></xsl:if>
    <xsl:value-of select="concat(absent/@slot, '-й урок, ', absent/@subject_name, ', отсутствовали: ')"/>
    <xsl:for-each select="absent">
      <xsl:if test="position() &gt; 1">, </xsl:if>
      <xsl:value-of select="concat(@name, '&#160;— ', @code)"/>
    </xsl:for-each>
    <xsl:text>. </xsl:text>
  </p>
</xsl:template>

<!-- Whose reason of absence is known already: «н» of theirs becomes its code. -->
<xsl:template match="lesson/known">
  <p class="hint">
    <xsl:text>Причина отсутствия уже известна: </xsl:text>
    <xsl:for-each select="../known">
      <xsl:if test="position() &gt; 1">, </xsl:if>
      <xsl:value-of select="concat(@name, '&#160;— ', @code_name)"/>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>

<xsl:template match="lesson" mode="asked">
  <span class="soft asked">Спрошено <b data-ej-asked=""><xsl:value-of select="count(pupil[mark[string(.)]])"/></b> из <xsl:value-of select="count(pupil[mark])"/></span>
</xsl:template>
<xsl:template match="lesson[not(pupil/mark)]" mode="asked"/>

</xsl:stylesheet>
