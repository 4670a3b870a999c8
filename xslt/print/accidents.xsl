<?xml version="1.0" encoding="UTF-8"?>
<!-- print/accidents.xsl: the register of accidents of pupils by annex 6 of the order of the Ministry of
     Education of 27.06.2017 No. 602, and the report of one accident, for A4.
     in   accidents[@view = 'list'] with school_name?, accident…; accidents[@view = 'show'] (accidents.xsl)
     out  the register's columns, then lines for signatures; the report
     see  accidents.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="page/accidents" mode="title">Журнал регистрации несчастных случаев с обучающимися</xsl:template>
<xsl:template match="page/accidents">
  <section class="official wide">
    <p>Приложение № 6 к Порядку, утверждённому приказом Минобрнауки России от 27.06.2017 № 602</p>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <p><xsl:value-of select="@school_name"/></p>
    <table class="data">
      <thead>
        <tr>
          <th scope="col">№ п/п</th><th scope="col">Дата, время</th><th scope="col">Фамилия, имя, отчество, дата рождения</th>
          <th scope="col">Класс</th><th scope="col">Место</th><th scope="col">Вид происшествия</th>
          <th scope="col">Краткие обстоятельства и причины</th><th scope="col">№ и дата акта</th>
          <th scope="col">Дней нетрудоспособности, диагноз</th><th scope="col">Последствия</th><th scope="col">Принятые меры</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="accident"/></tbody>
    </table>
    <xsl:if test="not(accident)"><p>Несчастных случаев не было.</p></xsl:if>
    <p class="sign">Ответственный ______________________ / ______________________</p>
    <p class="sign">Директор ______________________ / ______________________</p>
  </section>
</xsl:template>
<xsl:template match="accidents/accident">
  <tr>
    <td class="number"><xsl:value-of select="position()"/></td>
    <td><xsl:apply-templates select="@happened_on" mode="date"/>, <xsl:value-of select="@happened_time"/></td>
    <th scope="row"><xsl:value-of select="@name"/><xsl:if test="@birth_on">, <xsl:apply-templates select="@birth_on" mode="date"/></xsl:if></th>
    <td><xsl:value-of select="@class_name"/></td>
    <td><xsl:value-of select="@place"/></td>
    <td><xsl:value-of select="@manner"/></td>
    <td><xsl:apply-templates select="node()" mode="prose"/></td>
    <td><xsl:if test="@act_no">№ <xsl:value-of select="@act_no"/></xsl:if><xsl:if test="@act_on"> от <xsl:apply-templates select="@act_on" mode="date"/></xsl:if></td>
    <td><xsl:value-of select="@sick_days"/><xsl:if test="@sick_days and @diagnosis">; </xsl:if><xsl:value-of select="@diagnosis"/></td>
    <td><xsl:apply-templates select="@consequence"/></td>
    <td><xsl:value-of select="@measures"/></td>
  </tr>
</xsl:template>

<xsl:template match="@consequence[. = 'recovered']">выздо&#173;ровление</xsl:template>
<xsl:template match="@consequence[. = 'disabled']">установлена инвалидность</xsl:template>
<xsl:template match="@consequence[. = 'died']">смертельный исход</xsl:template>

<!-- The report of one accident to the heads of the school. -->
<xsl:template match="page/accidents[@view = 'show']" mode="title">Извещение о несчастном случае с обучающимся</xsl:template>
<xsl:template match="page/accidents[@view = 'show']" priority="1">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <table class="data">
      <tbody>
        <tr><th scope="row">Пострадавший</th><td><xsl:value-of select="@name"/><xsl:if test="@birth_on">, дата рождения <xsl:apply-templates select="@birth_on" mode="date"/></xsl:if><xsl:if test="@class_name">, класс <xsl:value-of select="@class_name"/></xsl:if></td></tr>
        <tr><th scope="row">Дата и время</th><td><xsl:apply-templates select="@happened_on" mode="date"/>, <xsl:value-of select="@happened_time"/></td></tr>
        <tr><th scope="row">Место</th><td><xsl:value-of select="@place"/></td></tr>
        <tr><th scope="row">Обстоятельства</th><td><xsl:value-of select="@what"/></td></tr>
        <tr><th scope="row">Оказанная помощь</th><td><xsl:value-of select="@first_aid"/></td></tr>
        <tr><th scope="row">Администрации сообщено устно</th><td><xsl:value-of select="@told_orally_to"/><xsl:if test="@told_orally_on">, <xsl:apply-templates select="@told_orally_on" mode="date"/>, <xsl:value-of select="@told_orally_time"/></xsl:if></td></tr>
        <tr><th scope="row">Родителям сообщено</th><td><xsl:if test="@parents_told_on"><xsl:apply-templates select="@parents_told_on" mode="date"/>, <xsl:value-of select="@parents_told_time"/></xsl:if></td></tr>
      </tbody>
    </table>
    <p class="sign">Сообщил ______________________ / <xsl:value-of select="@staff_name"/>, <xsl:apply-templates select="@written_at" mode="moment"/></p>
    <p class="sign">Принял ______________________ / <xsl:value-of select="@receiver_name"/><xsl:if test="@received_at">, <xsl:apply-templates select="@received_at" mode="moment"/></xsl:if></p>
  </section>
</xsl:template>

</xsl:stylesheet>
