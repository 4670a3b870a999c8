<?xml version="1.0" encoding="UTF-8"?>
<!-- print/kitchen.xsl: the order of a day for the kitchen, for A4: the head of the form 0504202 with the planned
     cost by category, then each meal by category, age and class. It names no pupil.
     in   as kitchen.xsl
     see  ../kitchen_tables.xsl, ../signatures.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../meals_words.xsl"/>
<xsl:include href="../kitchen_tables.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/kitchen" mode="title"><xsl:value-of select="concat('Заказ питания, ', @day_name)"/></xsl:template>

<xsl:template match="page/kitchen">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Заказ питания</h1>
    <p><xsl:apply-templates select="@day_on" mode="date"/></p>
    <table class="data">
      <caption>К меню-требованию на выдачу продуктов питания (форма 0504202)</caption>
      <thead><tr><th scope="col">Приём пищи</th><th scope="col">Категория довольствующихся</th><th scope="col">Численность, чел.</th><th scope="col">Плановая стоимость на одного, руб.</th><th scope="col">Плановая стоимость на всех, руб.</th></tr></thead>
      <tbody>
        <xsl:for-each select="meal/group">
          <tr>
            <th scope="row"><xsl:value-of select="../@name"/></th>
            <td><xsl:value-of select="concat(@category_name, ', ', $meal-age[@value = current()/@age])"/></td>
            <td class="number"><xsl:value-of select="@now"/></td>
            <td class="number"><xsl:apply-templates select="@price" mode="money"/></td>
            <td class="number"><xsl:apply-templates select="@total" mode="money"/></td>
          </tr>
        </xsl:for-each>
        <tr class="total">
          <th scope="row">Всего</th><td/>
          <td class="number"><xsl:value-of select="sum(meal/group/@now)"/></td><td/>
          <td class="number"><xsl:value-of select="translate(format-number(sum(meal/group/@total), '0.00'), '.', ',')"/></td>
        </tr>
      </tbody>
    </table>
    <xsl:for-each select="meal">
      <h2><xsl:value-of select="concat(@name, ', ', @serves_at)"/></h2>
      <xsl:if test="@unsent"><p class="plain">Предварительно: срок заказа — <xsl:apply-templates select="@cutoff_at" mode="moment"/>.</p></xsl:if>
      <xsl:call-template name="kitchen-grid"/>
      <xsl:call-template name="kitchen-changes"/>
    </xsl:for-each>
    <div class="closing"><xsl:call-template name="signatures"><xsl:with-param name="posts" select="'keeper director'"/>
    </xsl:call-template></div>
  </section>
</xsl:template>

<xsl:key name="of-class" match="count" use="concat(generate-id(..), @class_name)"/>
<xsl:key name="portions" match="count" use="concat(generate-id(..), @class_name, '|', @category_name, '|', @age)"/>

<!-- The portions of a meal: a row a class, a column a category and age. -->
<xsl:template name="kitchen-grid">
  <xsl:variable name="meal" select="."/>
  <table class="data">
    <caption><xsl:value-of select="@name"/>: по классам</caption>
    <thead>
      <tr>
        <th scope="col">Класс</th>
        <xsl:for-each select="group">
          <th scope="col"><xsl:value-of select="concat(@category_name, ', ', $meal-age[@value = current()/@age])"/></th>
        </xsl:for-each>
        <th scope="col">Всего</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="count[generate-id() = generate-id(key('of-class', concat(generate-id(..), @class_name))[1])]">
        <xsl:variable name="class" select="@class_name"/>
        <tr>
          <th scope="row">
            <xsl:value-of select="$class"/>
            <xsl:if test="@is_open"><xsl:text> </xsl:text><small>предварительно</small></xsl:if>
          </th>
          <xsl:for-each select="$meal/group">
            <xsl:variable name="of" select="concat(generate-id($meal), $class, '|', @category_name, '|', @age)"/>
            <td class="number"><xsl:apply-templates select="key('portions', $of)" mode="portions"/></td>
          </xsl:for-each>
          <td class="number"><b><xsl:value-of select="sum(key('of-class', concat(generate-id(..), $class))/@now)"/></b></td>
        </tr>
      </xsl:for-each>
      <tr class="total">
        <th scope="row">Всего</th>
        <xsl:for-each select="group"><td class="number"><xsl:value-of select="@now"/></td></xsl:for-each>
        <td class="number"><xsl:value-of select="sum(group/@now)"/></td>
      </tr>
    </tbody>
  </table>
</xsl:template>
<xsl:template match="count" mode="portions">
  <xsl:if test="@change"><small>(<xsl:apply-templates select="@change"/>) </small></xsl:if><xsl:value-of select="@now"/>
</xsl:template>

</xsl:stylesheet>
