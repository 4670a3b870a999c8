<?xml version="1.0" encoding="UTF-8"?>
<!-- contingent/sheet.xsl: the pupils of a school by class, as they learn there on a day.
     in   source[school_id school made_on year]/class[class_id name grade letter? class_teacher? pupils paper]
            /pupil[pupil_id surname given_name patronymic birth_on? sex? enrolled_on]…
     out  contingent, as schema.rng has it -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:output method="xml" encoding="UTF-8" indent="yes"/>

<xsl:template match="/source">
  <contingent version="1" school="{@school}" made-on="{@made_on}" year="{@year}" pupils="{sum(class/@pupils)}">
    <xsl:apply-templates select="class"/>
  </contingent>
</xsl:template>

<xsl:template match="class">
  <class id="{@class_id}" name="{@name}" grade="{@grade}" pupils="{@pupils}" named="{@pupils - @paper}">
    <xsl:apply-templates select="pupil"/>
  </class>
</xsl:template>

<xsl:template match="pupil">
  <pupil id="{@pupil_id}" enrolled-on="{@enrolled_on}">
    <xsl:if test="@birth_on"><xsl:attribute name="born-on"><xsl:value-of select="@birth_on"/></xsl:attribute></xsl:if>
    <xsl:if test="@sex"><xsl:attribute name="sex"><xsl:value-of select="@sex"/></xsl:attribute></xsl:if>
    <surname><xsl:value-of select="@surname"/></surname>
    <name><xsl:value-of select="@given_name"/></name>
    <xsl:if test="@patronymic != ''"><patronymic><xsl:value-of select="@patronymic"/></patronymic></xsl:if>
  </pupil>
</xsl:template>

</xsl:stylesheet>
