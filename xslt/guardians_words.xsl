<?xml version="1.0" encoding="UTF-8"?>
<!-- guardians_words.xsl: the words for who a guardian is to a child.
     in   @kind, @status of a guardianship
     out  mode kinship, mode status: text; $kinships, $statuses: the options of a select
     see  included by pupil.xsl and guardians.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="kinship-options">
  <o value="mother">мать</o>
  <o value="father">отец</o>
  <o value="parent">родитель</o>
  <o value="stepmother">мачеха</o>
  <o value="stepfather">отчим</o>
  <o value="grandmother">бабушка</o>
  <o value="grandfather">дедушка</o>
  <o value="sister">сестра</o>
  <o value="brother">брат</o>
  <o value="aunt">тётя</o>
  <o value="uncle">дядя</o>
  <o value="none">не родственник</o>
</xsl:variable>
<xsl:variable name="status-options">
  <o value="parent">родитель по закону</o>
  <o value="adopter">усыновитель</o>
  <o value="guardian">опекун</o>
  <o value="trustee">попечитель</o>
  <o value="foster">приёмный родитель</o>
  <o value="agency">представитель учреждения</o>
  <o value="proxy">по доверенности</o>
</xsl:variable>
<xsl:variable name="kinships" select="exsl:node-set($kinship-options)/o"/>
<xsl:variable name="statuses" select="exsl:node-set($status-options)/o"/>

<xsl:template match="@kind" mode="kinship"><xsl:value-of select="$kinships[@value = current()]"/></xsl:template>
<xsl:template match="@status" mode="status"><xsl:value-of select="$statuses[@value = current()]"/></xsl:template>

</xsl:stylesheet>
