<?xml version="1.0" encoding="UTF-8"?>
<!-- print/accidents.xsl: the register of accidents of pupils by annex 6 (a recommended sample) of the order of the
     Ministry of Education of 27.06.2017 No. 602, and the report of one accident, for A4. The columns are
     those of the annex as base.garant.ru/71760502 shows them.
     in   accidents[@view = 'list'] with school_name?, accident…; accidents[@view = 'show'] (accidents.xsl)
     out  the register's 13 columns; the report
     see  accidents.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/accidents" mode="title">Журнал регистрации несчастных случаев с обучающимися</xsl:template>
<xsl:template match="page/accidents">
  <section class="official wide accidents">
    <p class="annex">Приложение № 6 к Порядку расследования и учёта несчастных случаев с обучающимися,<br/>
      утверждённому приказом Минобрнауки России от 27.06.2017 № 602</p>
    <h1>Журнал<br/>регистрации несчастных случаев с обучающимися</h1>
    <p><xsl:value-of select="@school_name"/></p>
    <p class="under">(наименование организации, осуществляющей образовательную деятельность)</p>
    <table class="data">
      <xsl:call-template name="register-head"/>
      <tbody><xsl:apply-templates select="accident"/></tbody>
    </table>
    <xsl:if test="not(accident)"><p>Несчастных случаев не было.</p></xsl:if>
  </section>
</xsl:template>

<!-- The columns of annex 6, with its row of numbers. -->
<xsl:template name="register-head">
  <thead>
    <tr>
      <th scope="col" rowspan="2">№ п/п</th>
      <th scope="col" rowspan="2">Дата, время проис&#173;шедшего несчаст&#173;ного случая</th>
      <th scope="col" rowspan="2">Фамилия, имя, отчество, дата и год рождения постра&#173;дав&#173;шего</th>
      <th scope="col" rowspan="2">Курс (аудито&#173;рия, класс, группа)</th>
      <th scope="col" rowspan="2">Место несчаст&#173;ного случая</th>
      <th scope="col" rowspan="2">Вид проис&#173;шествия</th>
      <th scope="col" rowspan="2">Краткие обстоя&#173;тельства и причины несчаст&#173;ного случая</th>
      <th scope="col" rowspan="2">№ и дата состав&#173;ления акта</th>
      <th scope="col" rowspan="2">Количество дней нетрудо&#173;способ&#173;ности в связи с несчаст&#173;ным случаем, диагноз по справке</th>
      <th scope="colgroup" colspan="3">Последствия несчастного случая</th>
      <th scope="col" rowspan="2">Принятые меры по устра&#173;нению причин несчаст&#173;ного случая</th>
    </tr>
    <tr>
      <th scope="col">Выздо&#173;ровел</th>
      <th scope="col">Установлена инвалид&#173;ность I, II или III группы / категория «ребёнок-инвалид»</th>
      <th scope="col">Смер&#173;тель&#173;ный исход</th>
    </tr>
    <tr class="numbers">
      <th>1</th><th>2</th><th>3</th><th>4</th><th>5</th><th>6</th><th>7</th><th>8</th><th>9</th><th>10</th><th>11</th><th>12</th><th>13</th>
    </tr>
  </thead>
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
    <td><xsl:if test="@consequence = 'recovered'">да</xsl:if></td>
    <td><xsl:apply-templates select="@consequence[starts-with(., 'disabled')]"/></td>
    <td><xsl:if test="@consequence = 'died'">да</xsl:if></td>
    <td><xsl:value-of select="@measures"/></td>
  </tr>
</xsl:template>

<xsl:template match="@consequence[. = 'disabled_1']">I группа</xsl:template>
<xsl:template match="@consequence[. = 'disabled_2']">II группа</xsl:template>
<xsl:template match="@consequence[. = 'disabled_3']">III группа</xsl:template>
<xsl:template match="@consequence[. = 'disabled_child']">ребёнок-инвалид</xsl:template>

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
    <div class="closing">
      <xsl:call-template name="signature">
        <xsl:with-param name="post" select="'Сообщил(а)'"/>
        <xsl:with-param name="name"><xsl:value-of select="@staff_name"/>, <xsl:apply-templates select="@written_at" mode="moment"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="signature">
        <xsl:with-param name="post" select="'Принял(а)'"/>
        <xsl:with-param name="name"><xsl:value-of select="@receiver_name"/><xsl:if test="@received_at">, <xsl:apply-templates select="@received_at" mode="moment"/></xsl:if></xsl:with-param>
      </xsl:call-template>
    </div>
  </section>
</xsl:template>

</xsl:stylesheet>
