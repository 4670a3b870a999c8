<?xml version="1.0" encoding="UTF-8"?>
<!-- print/movements.xsl: the book of movements of a school year, for A4.
     in   movements[@view = 'list'] with year school_name from_on till_on director_name?
            /movement[movement_id moved_on kind name from_name? class_name? reason order_no order_on note?]…
            /tally[class_id? name level? first arrived moved_in departed moved_out last]…
     out  the movements, then the numbers of the classes, each with its heading; lines for signatures
     see  movements_words.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../movements_words.xsl"/>

<xsl:template match="page/movements" mode="title">Книга движения обучающихся, <xsl:value-of select="concat(@year, '/', @year + 1)"/> учебный год</xsl:template>

<xsl:template match="page/movements">
  <section class="official wide">
    <p><xsl:value-of select="@school_name"/></p>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <p>с <xsl:apply-templates select="@from_on" mode="date"/> по <xsl:apply-templates select="@till_on" mode="date"/></p>
    <xsl:apply-templates select="self::*[movement]" mode="book"/>
    <xsl:if test="not(movement)"><p>Движения обучающихся за это время не было.</p></xsl:if>
    <xsl:apply-templates select="self::*[tally]" mode="tally"/>
    <p class="sign">Ответственный ______________________ / ______________________</p>
    <p class="sign">Директор ______________________ / <xsl:value-of select="@director_name"/><xsl:if test="not(@director_name)">______________________</xsl:if></p>
  </section>
</xsl:template>

<xsl:template match="movements" mode="book">
  <table class="data">
    <thead><tr><th scope="col">№</th><th scope="col">С дня</th><th scope="col">Фамилия, имя, отчество</th><th scope="col">Что</th><th scope="col">Из класса</th><th scope="col">В класс</th><th scope="col">Причина; откуда или куда</th><th scope="col">Приказ</th></tr></thead>
    <tbody>
      <xsl:for-each select="movement">
        <tr>
          <td class="number"><xsl:value-of select="position()"/></td>
          <td><xsl:apply-templates select="@moved_on" mode="date"/></td>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td><xsl:value-of select="$kind[@value = current()/@kind]/@word"/></td>
          <td><xsl:value-of select="@from_name"/></td>
          <td><xsl:value-of select="@class_name"/></td>
          <td>
            <xsl:value-of select="$reason[@value = current()/@reason]"/>
            <xsl:if test="@note"><xsl:value-of select="concat('; ', @note)"/></xsl:if>
          </td>
          <td>№ <xsl:value-of select="@order_no"/> от <xsl:apply-templates select="@order_on" mode="date"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="movements" mode="tally">
  <h2>Число обучающихся</h2>
  <table class="data">
    <thead><tr><th scope="col">Класс</th><th scope="col">На начало</th><th scope="col">Прибыло</th><th scope="col">Из других классов</th><th scope="col">Выбыло</th><th scope="col">В другие классы</th><th scope="col">На конец</th></tr></thead>
    <tbody>
      <xsl:for-each select="tally">
        <tr>
          <xsl:if test="not(@class_id)"><xsl:attribute name="class">total</xsl:attribute></xsl:if>
          <th scope="row"><xsl:apply-templates select="." mode="name"/></th>
          <td class="number"><xsl:value-of select="@first"/></td>
          <td class="number"><xsl:value-of select="@arrived"/></td>
          <td class="number"><xsl:value-of select="@moved_in"/></td>
          <td class="number"><xsl:value-of select="@departed"/></td>
          <td class="number"><xsl:value-of select="@moved_out"/></td>
          <td class="number"><xsl:value-of select="@last"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="tally" mode="name">Всего</xsl:template>
<xsl:template match="tally[@class_id]" mode="name"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="tally[@level]" mode="name">
  <xsl:choose>
    <xsl:when test="@level = 1">1–4 классы</xsl:when>
    <xsl:when test="@level = 5">5–9 классы</xsl:when>
    <xsl:otherwise>10–12 классы</xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
