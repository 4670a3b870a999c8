<?xml version="1.0" encoding="UTF-8"?>
<!-- prices.xsl: what a portion costs, and the form of a price.
     in   prices[@view = 'list'] with find sort page pages count is_mine? done?
            /price[meal_price_id meal_name category_name age total by_parents from_on till_on? state?], choice…
          prices[@view = 'show'] with the attributes of one, choice…
     out  a table and, where is_mine, the form of a new one
     see  record.xsl, meals_tabs.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>
<xsl:include href="meals_tabs.xsl"/>

<xsl:variable name="fields">
  <xsl:if test="/page/prices[@view = 'list']">
    <f name="meal_name" column="Приём пищи" type="shown"/>
    <f name="category_name" column="Категория" type="shown"/>
    <f name="meal_id" label="Приём пищи" choices="1" required="required"/>
    <f name="meal_category_id" label="Категория" choices="1" required="required"/>
    <f name="age" label="Возраст" column="Возраст">
      <o value="7-11">7–11 лет, 1–4 классы</o>
      <o value="12-18">12–18 лет, 5–11 классы</o>
    </f>
  </xsl:if>
  <f name="total" label="Стоимость порции, руб." column="Стоимость, руб." type="decimal" required="required"/>
  <f name="by_parents" label="Из неё платят родители, руб." column="Платят родители, руб." type="decimal" required="required"
      hint="0 — кормят за счёт бюджета."/>
  <f name="from_on" label="С какого дня" column="С" type="date" required="required"/>
  <f name="till_on" label="По какой день" column="По" type="date" hint="Пусто — пока не сменится. Новую цену начинают со следующего дня: дней без цены быть не должно."/>
  <xsl:if test="/page/prices[@view = 'list']">
    <f name="state" column="Сейчас" type="shown"><o value="over">прошла</o><o value="coming">будет</o></f>
  </xsl:if>
</xsl:variable>

<xsl:template match="page/prices" mode="title">Цены на питание</xsl:template>
<xsl:template match="page/prices[@view = 'show']" mode="title"><xsl:value-of select="concat(@meal_name, ': ', @category_name)"/>
</xsl:template>
<xsl:template match="page/prices" mode="actions">
  <xsl:call-template name="record-actions">
    <xsl:with-param name="find" select="'Приём пищи или категория'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/prices[@view = 'show']" mode="actions"/>

<xsl:template match="page/prices">
  <xsl:call-template name="meals-tabs"><xsl:with-param name="here" select="'prices'"/></xsl:call-template>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/meals/prices'"/>
    <xsl:with-param name="add" select="'Добавить цену'"/>
    <xsl:with-param name="one" select="'цена'"/>
    <xsl:with-param name="few" select="'цены'"/>
    <xsl:with-param name="many" select="'цен'"/>
    <xsl:with-param name="none" select="'Цен пока нет: без цены порцию не заказать.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/prices[@view = 'show']" priority="1">
  <p class="hint"><xsl:value-of select="concat(@meal_name, ', ', @category_name, ', ', translate(@age, '-', '–'), ' лет')"/>. Уже заказанное и съеденное своей цены не меняет.</p>
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить цену'"/>
    <xsl:with-param name="removal" select="'Удаляют то, что заведено по ошибке. Прежнюю цену не удаляют, а кончают: заполните «По какой день».'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page[prices]/errors/error[@code = 'JE252']" mode="words">Между ценами остаются дни без цены. Начните цену на следующий день после прежней.</xsl:template>
<xsl:template match="page[prices]/errors/error[@code = 'JE212']" mode="words">На эти дни цена уже есть. Сначала кончите прежнюю: заполните у неё «По какой день».</xsl:template>
<xsl:template match="page[prices]/errors/error[@code = 'JE102' and @field = 'by_parents']" mode="words">Родители платят не больше стоимости порции.</xsl:template>

</xsl:stylesheet>
