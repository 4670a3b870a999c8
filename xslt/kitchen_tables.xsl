<?xml version="1.0" encoding="UTF-8"?>
<!-- kitchen_tables.xsl: the tables of a meal for the kitchen, the same on the screen and on paper; the context node
     of each template is the meal. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="@*" mode="money"><data value="{.}"><xsl:value-of select="translate(., '.-', ',−')"/></data></xsl:template>
<xsl:template match="@change"><xsl:if test=". &gt; 0">+</xsl:if><xsl:value-of select="translate(., '-', '−')"/></xsl:template>

<xsl:template name="kitchen-groups">
  <table class="data people">
    <caption><xsl:value-of select="@name"/>: всего</caption>
    <thead><tr><th scope="col">Категория</th><th scope="col">Возраст</th><th scope="col" class="number">Заказано</th><th scope="col" class="number">Изменения</th><th scope="col" class="number">Порций</th><th scope="col" class="number">Стоимость, руб.</th></tr></thead>
    <tbody>
      <xsl:for-each select="group">
        <tr>
          <th scope="row"><xsl:value-of select="@category_name"/></th>
          <td data-word="Возраст"><xsl:value-of select="$meal-age[@value = current()/@age]"/></td>
          <td class="number" data-word="Заказано"><xsl:value-of select="@sent"/></td>
          <td class="number" data-word="Изменения"><xsl:apply-templates select="@change"/></td>
          <td class="number" data-word="Порций"><b><xsl:value-of select="@now"/></b></td>
          <td class="number" data-word="Стоимость, руб."><xsl:apply-templates select="@total" mode="money"/></td>
        </tr>
      </xsl:for-each>
      <tr class="total">
        <th scope="row">Всего</th><td/>
        <td class="number" data-word="Заказано"><xsl:value-of select="sum(group/@sent)"/></td>
        <td/>
        <td class="number" data-word="Порций"><b><xsl:value-of select="sum(group/@now)"/></b></td>
        <td class="number" data-word="Стоимость, руб.">
        <xsl:value-of select="translate(format-number(sum(group/@total), '0.00'), '.', ',')"/></td>
      </tr>
    </tbody>
  </table>
</xsl:template>

<xsl:template name="kitchen-counts">
  <table class="data people">
    <caption><xsl:value-of select="@name"/>: по классам</caption>
    <thead><tr><th scope="col">Класс</th><th scope="col">Категория</th><th scope="col">Возраст</th><th scope="col" class="number">Заказано</th><th scope="col" class="number">Изменения</th><th scope="col" class="number">Порций</th></tr></thead>
    <tbody>
      <xsl:for-each select="count">
        <tr>
          <th scope="row"><xsl:value-of select="@class_name"/><xsl:if test="@is_open"><xsl:text> </xsl:text><small>предварительно</small></xsl:if></th>
          <td data-word="Категория"><xsl:value-of select="@category_name"/></td>
          <td data-word="Возраст"><xsl:value-of select="$meal-age[@value = current()/@age]"/></td>
          <td class="number" data-word="Заказано"><xsl:value-of select="@sent"/></td>
          <td class="number" data-word="Изменения"><xsl:apply-templates select="@change"/></td>
          <td class="number" data-word="Порций"><b><xsl:value-of select="@now"/></b></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template name="kitchen-changes">
  <xsl:if test="change">
    <table class="data people">
      <caption><xsl:value-of select="@name"/>: изменения после срока</caption>
      <thead><tr><th scope="col">Когда</th><th scope="col">Класс</th><th scope="col">Категория</th><th scope="col">Возраст</th><th scope="col" class="number">Порций</th><th scope="col">Почему</th><th scope="col">Кто</th></tr></thead>
      <tbody>
        <xsl:for-each select="change">
          <tr>
            <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
            <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
            <td data-word="Категория"><xsl:value-of select="@category_name"/></td>
            <td data-word="Возраст"><xsl:value-of select="$meal-age[@value = current()/@age]"/></td>
            <td class="number" data-word="Порций"><xsl:if test="@portions &gt; 0">+</xsl:if><xsl:value-of select="translate(@portions, '-', '−')"/></td>
            <td data-word="Почему"><xsl:value-of select="$order-cause[@value = current()/@cause]"/></td>
            <td data-word="Кто"><xsl:value-of select="@staff_name"/><xsl:if test="not(@staff_name)">журнал</xsl:if></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
