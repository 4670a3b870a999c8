<?xml version="1.0" encoding="UTF-8"?>
<!-- meals_words.xsl: the words of an order's state and cause, and of days of the week; for the sheets of meals. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="order-words">
  <state value="ordered">заказано</state>
  <state value="withdrawn">снято</state>
  <state value="eaten">съедено</state>
  <state value="missed">не пришёл</state>
  <cause value="choice">по выбору семьи</cause>
  <cause value="announced">сообщили об отсутствии</cause>
  <cause value="event">класс на мероприятии</cause>
  <cause value="absent">нет на первом уроке</cause>
  <cause value="settled">по итогам дня</cause>
  <cause value="hand">вручную</cause>
  <days value="123456">каждый день</days>
  <days value="12345">каждый день, кроме субботы</days>
  <days value="135">пн, ср, пт</days>
  <days value="24">вт, чт</days>
  <age value="7-11">7–11 лет</age>
  <age value="12-18">12–18 лет</age>
</xsl:variable>
<xsl:variable name="order-state" select="exsl:node-set($order-words)/state"/>
<xsl:variable name="order-cause" select="exsl:node-set($order-words)/cause"/>
<xsl:variable name="week-days" select="exsl:node-set($order-words)/days"/>
<xsl:variable name="meal-age" select="exsl:node-set($order-words)/age"/>

<!-- The words of days of the week, «135»: those above, or each day. -->
<xsl:template name="week-words">
  <xsl:param name="days"/>
  <xsl:choose>
    <xsl:when test="$week-days[@value = $days]"><xsl:value-of select="$week-days[@value = $days]"/></xsl:when>
    <xsl:otherwise>
      <xsl:if test="contains($days, '1')">пн </xsl:if>
      <xsl:if test="contains($days, '2')">вт </xsl:if>
      <xsl:if test="contains($days, '3')">ср </xsl:if>
      <xsl:if test="contains($days, '4')">чт </xsl:if>
      <xsl:if test="contains($days, '5')">пт </xsl:if>
      <xsl:if test="contains($days, '6')">сб</xsl:if>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
