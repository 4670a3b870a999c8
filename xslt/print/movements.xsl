<?xml version="1.0" encoding="UTF-8"?>
<!-- print/movements.xsl: the book of movements of a school year, for A4 (requirements 3.8).
     in   movements[@view = 'list'] with year school_name founder? from_on till_on director_name?
            /movement[movement_id moved_on kind name from_name? class_name? reason order_no order_on note?]…
            /promotion[reason from_name? class_name? order_no order_on pupils]…
            /table[@name = 'movement' or 'movement_months'], as in the report of movements
     out  the movements: order, type, who, from where, to where; the orders of the year's end; the numbers of the
          classes, grades and levels with their check; lines for signatures
     see  reports_movement.xsl, ../movements_words.xsl, ../signatures.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="reports_movement.xsl"/>
<xsl:include href="../movements_words.xsl"/>

<xsl:template match="page/movements" mode="title">Книга движения обучающихся, <xsl:value-of select="concat(@year, '/', @year + 1)"/> учебный год</xsl:template>

<xsl:template match="page/movements">
  <section class="official wide">
    <xsl:if test="@founder"><p><xsl:value-of select="@founder"/></p></xsl:if>
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Книга движения обучающихся</h1>
    <p><xsl:value-of select="concat(@year, '/', @year + 1, ' учебный год, ')"/>с <xsl:apply-templates select="@from_on" mode="date"/> по <xsl:apply-templates select="@till_on" mode="date"/></p>
    <xsl:apply-templates select="self::*[movement]" mode="book"/>
    <xsl:if test="not(movement)"><p class="plain">Движения обучающихся за это время не было.</p></xsl:if>
    <xsl:apply-templates select="self::*[promotion]" mode="promotions"/>
    <h2>Число обучающихся</h2>
    <xsl:call-template name="movement-tables"/>
    <div class="closing">
      <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'keeper director'"/></xsl:call-template>
      <p class="seal"><span>М. П.</span><span>«____» ______________ 20___ г.</span></p>
    </div>
  </section>
</xsl:template>

<xsl:template match="movements" mode="book">
  <table class="data report register">
    <thead>
      <tr>
        <th scope="col" rowspan="2">№</th><th scope="colgroup" colspan="2">Приказ</th><th scope="col" rowspan="2">С какого дня</th>
        <th scope="col" rowspan="2">Тип</th><th scope="col" rowspan="2">Фамилия, имя, отчество</th><th scope="col" rowspan="2">Из</th>
        <th scope="col" rowspan="2">В</th><th scope="col" rowspan="2">Причина</th>
      </tr>
      <tr><th scope="col">№</th><th scope="col">дата</th></tr>
    </thead>
    <tbody><xsl:apply-templates select="movement"/></tbody>
  </table>
</xsl:template>

<xsl:template match="movements/movement">
  <tr>
    <td class="no"/>
    <td><xsl:value-of select="@order_no"/></td>
    <td><xsl:apply-templates select="@order_on" mode="date"/></td>
    <td><xsl:apply-templates select="@moved_on" mode="date"/></td>
    <td><xsl:value-of select="$kind[@value = current()/@kind]/@word"/></td>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td><xsl:value-of select="@from_name"/><xsl:apply-templates select="self::*[@kind = 'enrol' or @kind = 'return']/@note"/></td>
    <td><xsl:value-of select="@class_name"/><xsl:apply-templates select="self::*[@kind = 'leave']/@note"/></td>
    <td><xsl:value-of select="$reason[@value = current()/@reason]"/>
      <xsl:if test="@kind = 'transfer' and @note"><xsl:value-of select="concat('; ', @note)"/></xsl:if></td>
  </tr>
</xsl:template>

<!-- The orders of the year's end, by classes: promoted, promoted conditionally, repeating, graduated. -->
<xsl:template match="movements" mode="promotions">
  <h2>Перевод на новый учебный год и выпуск</h2>
  <table class="data report register">
    <thead><tr><th scope="col">№</th><th scope="col">Приказ №</th><th scope="col">Дата</th><th scope="col">Тип</th><th scope="col">Из</th><th scope="col">В</th><th scope="col">Обучающихся</th></tr></thead>
    <tbody>
      <xsl:for-each select="promotion">
        <tr>
          <td class="no"/>
          <td><xsl:value-of select="@order_no"/></td>
          <td><xsl:apply-templates select="@order_on" mode="date"/></td>
          <th scope="row"><xsl:value-of select="$reason[@value = current()/@reason]"/></th>
          <td><xsl:value-of select="@from_name"/></td>
          <td><xsl:value-of select="@class_name"/></td>
          <td class="number"><xsl:value-of select="@pupils"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
