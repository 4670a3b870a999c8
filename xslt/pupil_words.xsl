<?xml version="1.0" encoding="UTF-8"?>
<!-- pupil_words.xsl: the words for the groups of a health sheet.
     out  $health-groups, $sport-groups: the options of a select
     see  included by pupil.xsl and groups.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="health-list">
  <o value=""/><o value="1">I</o><o value="2">II</o><o value="3">III</o><o value="4">IV</o><o value="5">V</o>
</xsl:variable>
<xsl:variable name="health-groups" select="exsl:node-set($health-list)/o"/>

<xsl:variable name="sport-list">
  <o value=""/><o value="main">основная</o><o value="light">подготовительная</o><o value="special_a">специальная А</o><o value="special_b">специальная Б</o><o value="exempt">освобождён</o>
</xsl:variable>
<xsl:variable name="sport-groups" select="exsl:node-set($sport-list)/o"/>

</xsl:stylesheet>
