<?xml version="1.0" encoding="UTF-8"?>
<!-- movements_words.xsl: the words for the kinds and reasons of movements.
     out  $kind, $reason: elements with the value
     see  included by movements.xsl and print/movements.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="kinds">
  <o value="enrol" step="Зачислить" word="зачислен"/>
  <o value="transfer" step="Перевести в другой класс" word="переведён"/>
  <o value="leave" step="Отчислить" word="выбыл"/>
  <o value="return" step="Зачислить снова" word="вернулся"/>
</xsl:variable>
<xsl:variable name="kind" select="exsl:node-set($kinds)/o"/>

<xsl:variable name="reasons">
  <o value="first_grade">поступил в первый класс</o>
  <o value="from_school">прибыл из другой школы</o>
  <o value="from_city">прибыл из другого города или района</o>
  <o value="from_abroad">прибыл из другой страны</o>
  <o value="from_family">после семейного обучения</o>
  <o value="restored">восстановлен</o>
  <o value="request">по заявлению родителей</o>
  <o value="split">изменён состав классов</o>
  <o value="profile">сменил профиль обучения</o>
  <o value="to_school">в другую школу</o>
  <o value="to_city">переезд в другой город или район</o>
  <o value="to_abroad">переезд в другую страну</o>
  <o value="to_family">на семейное обучение</o>
  <o value="to_college">в колледж</o>
  <o value="expelled">отчислен в качестве взыскания</o>
  <o value="died">в связи со смертью</o>
  <o value="promoted">переведён в следующий класс</o>
  <o value="conditional">переведён условно</o>
  <o value="repeating">оставлен на повторное обучение</o>
  <o value="graduated">окончил обучение</o>
  <o value="other">другая причина</o>
</xsl:variable>
<xsl:variable name="reason" select="exsl:node-set($reasons)/o"/>

</xsl:stylesheet>
