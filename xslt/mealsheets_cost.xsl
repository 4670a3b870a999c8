<?xml version="1.0" encoding="UTF-8"?>
<!-- mealsheets_cost.xsl: the school's cover and costs in a month, the same on the screen and on paper; the context
     node of each template is mealsheets. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template name="meal-covers">
  <table class="data people">
    <caption>Охват питанием</caption>
    <thead><tr><th scope="col">Классы</th><th scope="col" class="number">Учеников</th><th scope="col" class="number">Питались</th><th scope="col" class="number">%</th><th scope="col" class="number">Из них за счёт бюджета</th></tr></thead>
    <tbody>
      <xsl:for-each select="cover">
        <tr>
          <xsl:if test="position() = last()"><xsl:attribute name="class">total</xsl:attribute></xsl:if>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td class="number" data-word="Учеников"><xsl:value-of select="@pupils"/></td>
          <td class="number" data-word="Питались"><xsl:value-of select="@fed"/></td>
          <td class="number" data-word="%"><xsl:value-of select="translate(@pct, '.', ',')"/></td>
          <td class="number" data-word="Из них за счёт бюджета"><xsl:value-of select="@free"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template name="meal-costs">
  <table class="data people">
    <caption>Для бухгалтерии: съедено и стоимость</caption>
    <thead><tr><th scope="col">Категория</th><th scope="col">Приём пищи</th><th scope="col">Возраст</th><th scope="col" class="number">Порций</th><th scope="col" class="number">Стоимость, руб.</th><th scope="col" class="number">Родители, руб.</th><th scope="col" class="number">Бюджет, руб.</th><th scope="col" class="number">Не востребовано, порций</th><th scope="col" class="number">на сумму, руб.</th></tr></thead>
    <tbody>
      <xsl:for-each select="cost">
        <tr>
          <th scope="row"><xsl:value-of select="@category_name"/></th>
          <td data-word="Приём пищи"><xsl:value-of select="@meal_name"/></td>
          <td data-word="Возраст"><xsl:value-of select="$meal-age[@value = current()/@age]"/></td>
          <td class="number" data-word="Порций"><xsl:value-of select="@portions"/></td>
          <td class="number" data-word="Стоимость, руб."><xsl:apply-templates select="@total" mode="money"/></td>
          <td class="number" data-word="Родители, руб."><xsl:apply-templates select="@by_parents" mode="money"/></td>
          <td class="number" data-word="Бюджет, руб."><xsl:apply-templates select="@by_budget" mode="money"/></td>
          <td class="number" data-word="Не востребовано, порций"><xsl:value-of select="@missed"/></td>
          <td class="number" data-word="на сумму, руб."><xsl:apply-templates select="@missed_total" mode="money"/></td>
        </tr>
      </xsl:for-each>
      <tr class="total">
        <th scope="row">Всего</th><td/><td/>
        <td class="number" data-word="Порций"><xsl:value-of select="sum(cost/@portions)"/></td>
        <td class="number" data-word="Стоимость, руб.">
        <xsl:value-of select="translate(format-number(sum(cost/@total), '0.00'), '.', ',')"/></td>
        <td class="number" data-word="Родители, руб.">
        <xsl:value-of select="translate(format-number(sum(cost/@by_parents), '0.00'), '.', ',')"/></td>
        <td class="number" data-word="Бюджет, руб.">
        <xsl:value-of select="translate(format-number(sum(cost/@by_budget), '0.00'), '.', ',')"/></td>
        <td class="number" data-word="Не востребовано, порций"><xsl:value-of select="sum(cost/@missed)"/></td><td/>
      </tr>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
