<?xml version="1.0" encoding="UTF-8"?>
<!-- gto_words.xsl: the words of ГТЗО: signs, levels, groups of health, steps, units.
     in   attributes sign, level, kind, step_no, unit, quality
     out  their words
     see  gto.xsl, gto_norms.xsl, gto_pupil.xsl, print/gto.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="@*" mode="sign">
  <xsl:choose>
    <xsl:when test=". = 'gold'">золото</xsl:when>
    <xsl:when test=". = 'silver'">серебро</xsl:when>
    <xsl:when test=". = 'bronze'">бронза</xsl:when>
    <xsl:when test=". = 'none'">без знака</xsl:when>
    <xsl:otherwise>нет нормы</xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="@*" mode="to-sign">
  <xsl:choose>
    <xsl:when test=". = 'gold'">до золота</xsl:when>
    <xsl:when test=". = 'silver'">до серебра</xsl:when>
    <xsl:otherwise>до бронзы</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- One letter of a level, which stands in a cell beside the result, so that colour is not all. -->
<xsl:template match="@*" mode="letter">
  <xsl:choose>
    <xsl:when test=". = 'gold'">З</xsl:when>
    <xsl:when test=". = 'silver'">С</xsl:when>
    <xsl:when test=". = 'bronze'">Б</xsl:when>
    <xsl:when test=". = 'none'">–</xsl:when>
    <xsl:otherwise>?</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@*" mode="health">
  <xsl:choose>
    <xsl:when test=". = 'main'">основная</xsl:when>
    <xsl:when test=". = 'light'">подготовительная</xsl:when>
    <xsl:when test=". = 'special_a'">специальная А</xsl:when>
    <xsl:when test=". = 'special_b'">специальная Б</xsl:when>
    <xsl:otherwise>освобождён</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@*" mode="step"><xsl:number value="." format="I"/></xsl:template>

<xsl:template match="@*" mode="unit">
  <xsl:choose>
    <xsl:when test=". = 's'">с</xsl:when>
    <xsl:when test=". = 'min'">мин:с</xsl:when>
    <xsl:when test=". = 'count'">раз</xsl:when>
    <xsl:when test=". = 'cm'">см</xsl:when>
    <xsl:when test=". = 'm'">м</xsl:when>
    <xsl:otherwise>очки</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@*" mode="quality">
  <xsl:choose>
    <xsl:when test=". = 'speed'">Скорость</xsl:when>
    <xsl:when test=". = 'endurance'">Выносливость</xsl:when>
    <xsl:when test=". = 'strength'">Сила</xsl:when>
    <xsl:when test=". = 'flexibility'">Гибкость</xsl:when>
    <xsl:when test=". = 'power'">Скоростно-силовые</xsl:when>
    <xsl:when test=". = 'coordination'">Координация</xsl:when>
    <xsl:otherwise>Прикладные навыки</xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
