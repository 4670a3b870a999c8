<?xml version="1.0" encoding="UTF-8"?>
<!-- meals_pupil.xsl: what a pupil eats and what it costs the family.
     in   meals[@view = 'pupil'] with pupil_id name today_on balance category_name? category_till_on? is_family?
            /choice[name days from_on till_on?]…, menu[served_on day_name meal_name] with its text…,
             month[month_on name charged paid balance days]…,
             order[served_on weekday meal_name state cause category_name total by_parents]…, payment[paid_on amount document]…
     out  the balance first, then the menu, months, orders, payments
     see  meals.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/meals[@view = 'pupil']" mode="title" priority="1">
  <xsl:value-of select="concat('Питание · ', @name)"/>
</xsl:template>
<xsl:template match="page/meals[@view = 'pupil']" mode="actions" priority="1">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/meals[@view = 'pupil']" priority="1">
  <p class="balance">
    <xsl:choose>
      <xsl:when test="starts-with(@balance, '-')">Долг: <b class="todo"><xsl:value-of select="translate(substring(@balance, 2), '.', ',')"/> руб.</b></xsl:when>
      <xsl:otherwise>Остаток: <b><xsl:value-of select="translate(@balance, '.', ',')"/> руб.</b></xsl:otherwise>
    </xsl:choose>
  </p>
  <p>Лицевой счёт для оплаты: <b><xsl:value-of select="@pupil_id"/></b></p>
  <p>
    <xsl:choose>
      <xsl:when test="choice">
        <xsl:for-each select="choice">
          <xsl:if test="position() &gt; 1">; </xsl:if>
          <xsl:value-of select="concat(@name, ': ')"/><xsl:call-template name="week-words"><xsl:with-param name="days" select="@days"/>
          </xsl:call-template>
          <xsl:if test="translate(@from_on, '-', '') &gt; translate(/page/meals/@today_on, '-', '')"> с <xsl:apply-templates select="@from_on" mode="day"/></xsl:if>
          <xsl:if test="@till_on"> по <xsl:apply-templates select="@till_on" mode="day"/></xsl:if>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise>Питание не выбрано.</xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@category_name"> Льгота: <xsl:value-of select="@category_name"/><xsl:if test="@category_till_on"> по <xsl:apply-templates select="@category_till_on" mode="day"/></xsl:if>.</xsl:if>
  </p>
  <xsl:if test="@is_family"><p class="hint">Изменить выбор — через классного руководителя. Если ребёнка не будет, сообщите об этом в <a href="{$base}/pupils/{@pupil_id}/diary">дневнике</a>: питание снимется само. За то, чего ребёнок не съел, платить не нужно.</p></xsl:if>
  <xsl:if test="menu"><xsl:apply-templates select="." mode="own-menus"/></xsl:if>
  <h2>По месяцам</h2>
  <table class="data people">
    <caption class="sr">По месяцам</caption>
    <thead><tr><th scope="col">Месяц</th><th scope="col" class="number">Дней</th><th scope="col" class="number">Начислено, руб.</th><th scope="col" class="number">Оплачено, руб.</th><th scope="col" class="number">Остаток, руб.</th></tr></thead>
    <tbody>
      <xsl:for-each select="month">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td class="number" data-word="Дней"><xsl:value-of select="@days"/></td>
          <td class="number" data-word="Начислено, руб."><xsl:apply-templates select="@charged" mode="money"/></td>
          <td class="number" data-word="Оплачено, руб."><xsl:apply-templates select="@paid" mode="money"/></td>
          <td class="number" data-word="Остаток, руб."><xsl:apply-templates select="@balance" mode="money"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <xsl:if test="order"><xsl:apply-templates select="." mode="own-orders"/></xsl:if>
  <xsl:if test="payment"><xsl:apply-templates select="." mode="own-payments"/></xsl:if>
</xsl:template>

<xsl:template match="meals" mode="own-menus">
  <table class="data people">
    <caption>Меню</caption>
    <thead><tr><th scope="col">День</th><th scope="col">Что дадут</th></tr></thead>
    <tbody><xsl:apply-templates select="menu"/></tbody>
  </table>
</xsl:template>
<xsl:template match="meals/menu">
  <tr>
    <xsl:choose>
      <xsl:when test="@served_on = preceding-sibling::*[1]/@served_on"><td/></xsl:when>
      <xsl:otherwise><th scope="row"><xsl:value-of select="@day_name"/></th></xsl:otherwise>
    </xsl:choose>
    <td><b><xsl:value-of select="@meal_name"/>: </b><xsl:apply-templates select="node()" mode="prose"/></td>
  </tr>
</xsl:template>

<xsl:template match="meals" mode="own-orders">
  <table class="data people">
    <caption>Заказы</caption>
    <thead><tr><th scope="col">День</th><th scope="col">Приём пищи</th><th scope="col">Состояние</th><th scope="col">Категория</th><th scope="col" class="number">Платит семья, руб.</th></tr></thead>
    <tbody>
      <xsl:for-each select="order">
        <tr>
          <th scope="row"><xsl:value-of select="concat(@weekday, ', ')"/><xsl:apply-templates select="@served_on" mode="date"/></th>
          <td data-word="Приём пищи"><xsl:value-of select="@meal_name"/></td>
          <td data-word="Состояние">
            <xsl:value-of select="$order-state[@value = current()/@state]"/>
            <xsl:if test="@state = 'withdrawn' or @state = 'missed'"><xsl:text> </xsl:text><small>
            <xsl:value-of select="$order-cause[@value = current()/@cause]"/></small></xsl:if>
          </td>
          <td data-word="Категория"><xsl:value-of select="@category_name"/></td>
          <td class="number" data-word="Платит семья, руб.">
            <xsl:choose><xsl:when test="@state = 'eaten'"><xsl:apply-templates select="@by_parents" mode="money"/></xsl:when><xsl:when test="@state = 'ordered'"><small><xsl:value-of select="translate(@by_parents, '.', ',')"/></small></xsl:when><xsl:otherwise>0</xsl:otherwise></xsl:choose>
          </td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="meals" mode="own-payments">
  <table class="data people">
    <caption>Оплата</caption>
    <thead><tr><th scope="col">День</th><th scope="col" class="number">Сумма, руб.</th><th scope="col">Документ</th></tr></thead>
    <tbody>
      <xsl:for-each select="payment">
        <tr><th scope="row"><xsl:apply-templates select="@paid_on" mode="date"/></th><td class="number" data-word="Сумма, руб.">
        <xsl:apply-templates select="@amount" mode="money"/></td><td data-word="Документ"><xsl:value-of select="@document"/></td></tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
