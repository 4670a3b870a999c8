<?xml version="1.0" encoding="UTF-8"?>
<!-- print/mealsheets.xsl: the sheet of a class and month, and the month of the school, for A4.
     in   as mealsheets.xsl
     see  ../mealsheets_class.xsl, ../mealsheets_cost.xsl, ../signatures.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../meals_words.xsl"/>
<xsl:include href="../mealsheets_class.xsl"/>
<xsl:include href="../mealsheets_cost.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="@*" mode="money"><xsl:value-of select="translate(., '.-', ',−')"/></xsl:template>

<xsl:template match="page/mealsheets" mode="title">Питание по месяцам</xsl:template>
<xsl:template match="page/mealsheets"><section class="official"><p>Печатается табель класса или месяц школы. <a href="{$base}/meals/months">Месяцы</a></p></section></xsl:template>

<xsl:template match="page/mealsheets[@view = 'class']" priority="2">
  <section class="official wide">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Табель учёта питания</h1>
    <p><xsl:value-of select="concat(@class_name, ' класс, ', @name)"/><xsl:if test="@meal_id">
    <xsl:value-of select="concat(', ', meal[@meal_id = current()/@meal_id]/@name)"/></xsl:if></p>
    <xsl:call-template name="sheet-head"/>
    <xsl:call-template name="sheet-table"/>
    <div class="closing"><xsl:call-template name="signatures"><xsl:with-param name="posts" select="'leader keeper director'"/>
    </xsl:call-template></div>
  </section>
</xsl:template>

<xsl:template match="page/mealsheets[@view = 'month']" mode="title" priority="1"><xsl:value-of select="concat('Питание: ', @name)"/>
</xsl:template>
<xsl:template match="page/mealsheets[@view = 'month']" priority="2">
  <section class="official wide">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Отчёт о питании обучающихся</h1>
    <p><xsl:value-of select="@name"/></p>
    <xsl:call-template name="meal-covers"/>
    <xsl:call-template name="meal-costs"/>
    <div class="closing"><xsl:call-template name="signatures"><xsl:with-param name="posts" select="'keeper director'"/>
    </xsl:call-template></div>
  </section>
</xsl:template>

</xsl:stylesheet>
