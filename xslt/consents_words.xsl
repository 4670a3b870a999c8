<?xml version="1.0" encoding="UTF-8"?>
<!-- consents_words.xsl: the words for the purposes and answers of the register of consent.
     out  $purposes, $answers: elements with the value
     see  included by consents.xsl and print/consents.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="purpose-list">
  <o value="processing" about="Без него сведения о ребёнке не передают в электронном виде: семье выдают выписки на бумаге.">обработка персональных данных</o>
  <o value="email" about="Письма об отметках и пропусках.">письма на почту</o>
  <o value="sms" about="Сообщения об отметках и пропусках.">СМС</o>
  <o value="calendar" about="Расписание по секретному адресу для календаря телефона.">расписание в календаре</o>
  <o value="publication" about="Фотографии и имя ребёнка на сайте школы.">публикация на сайте школы</o>
</xsl:variable>
<xsl:variable name="purposes" select="exsl:node-set($purpose-list)/o"/>
<xsl:variable name="answer-list">
  <o value="given">согласие</o>
  <o value="refused">отказ</o>
  <o value="withdrawn">отзыв согласия</o>
</xsl:variable>
<xsl:variable name="answers" select="exsl:node-set($answer-list)/o"/>
<xsl:template match="@purpose" mode="purpose"><xsl:value-of select="$purposes[@value = current()]"/></xsl:template>
<xsl:template match="@answer" mode="answer"><xsl:value-of select="$answers[@value = current()]"/></xsl:template>

</xsl:stylesheet>
