<?xml version="1.0" encoding="UTF-8"?>
<!-- social_words.xsl: the words for social categories.
     out  $categories: the options of a select, each with a short head for a column
     see  included by social.xsl and print/social.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="category-list">
  <o value="large">многодетная семья</o>
  <o value="poor">малообеспеченная семья</o>
  <o value="single">неполная семья</o>
  <o value="ward">под опекой или попечительством</o>
  <o value="orphan">сирота</o>
  <o value="foster">приёмная семья</o>
  <o value="disabled">ребёнок-инвалид</o>
  <o value="needs">ОВЗ</o>
  <o value="parent_disabled">родитель-инвалид</o>
  <o value="hardship">трудная жизненная ситуация</o>
  <o value="risk">социально опасное положение</o>
  <o value="school_watch">внутришкольный учёт</o>
  <o value="police_watch">учёт в ПДН, КДН</o>
  <o value="refugee">беженцы, переселенцы</o>
  <o value="migrant">дети мигрантов</o>
  <o value="fighter">дети участников СВО</o>
</xsl:variable>
<xsl:variable name="categories" select="exsl:node-set($category-list)/o"/>

<xsl:template match="@category" mode="category"><xsl:value-of select="$categories[@value = current()]"/></xsl:template>

<!-- The passport of the school: a column for each category that somebody is in. -->
<xsl:template match="social" mode="passport">
  <xsl:variable name="total" select="class[not(@class_id)][1]/@*"/>
  <table class="data people social">
    <caption class="sr">Социальный паспорт</caption>
    <thead>
      <tr>
        <th scope="col">Класс</th><th scope="col" class="number">Учеников</th><th scope="col" class="number">В категориях</th>
        <xsl:for-each select="$categories">
          <xsl:if test="$total[name() = current()/@value] &gt; 0"><th scope="col" class="number"><xsl:value-of select="."/></th></xsl:if>
        </xsl:for-each>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="class">
        <xsl:variable name="row" select="@*"/>
        <tr>
          <th scope="row"><xsl:apply-templates select="." mode="head"/></th>
          <td class="number" data-word="учеников"><xsl:value-of select="@pupils"/></td>
          <td class="number" data-word="в категориях"><xsl:value-of select="@noted"/></td>
          <xsl:for-each select="$categories">
            <xsl:if test="$total[name() = current()/@value] &gt; 0">
              <td class="number" data-word="{.}"><xsl:value-of select="$row[name() = current()/@value][. &gt; 0]"/></td>
            </xsl:if>
          </xsl:for-each>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>
<xsl:template match="social/class" mode="head">Всего</xsl:template>

</xsl:stylesheet>
