<?xml version="1.0" encoding="UTF-8"?>
<!-- print/gto.xsl: the printed forms of ГТЗО: the protocol of a day, the summary of a class, the card of a
     pupil, the report of the school.
     in   gto[@view = 'protocol' or 'class' or 'pupil' or 'school'], see ../gto.xsl and ../gto_pupil.xsl
     out  official tables on A4 with signatures
     see  signatures.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../gto.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/gto" mode="actions" priority="5"/>
<xsl:template match="page/gto" mode="crumbs" priority="5"/>
<xsl:template match="page/gto" mode="script" priority="5"/>
<xsl:template match="pupil" mode="pupil-name"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="class" mode="school-name"><xsl:value-of select="@name"/></xsl:template>

<xsl:template name="gto-signed">
  <div class="closing">
    <xsl:call-template name="signature"><xsl:with-param name="post" select="'Учитель физической культуры'"/></xsl:call-template>
    <xsl:call-template name="signature"><xsl:with-param name="post" select="'Директор'"/>
      <xsl:with-param name="name" select="signer/@name"/></xsl:call-template>
  </div>
</xsl:template>

<xsl:template match="page/gto[@view = 'protocol']" priority="5">
  <section class="official wide">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Протокол<xsl:if test="string(@protocol_no)"> № <xsl:value-of select="@protocol_no"/></xsl:if> выполнения испытаний комплекса ГТО</h1>
    <p><xsl:value-of select="@name"/> класс, <xsl:apply-templates select="@done_on" mode="date"/></p>
    <xsl:variable name="columns" select="column"/>
    <!-- only the tests that were held -->
    <xsl:variable name="held"><xsl:for-each select="pupil/c[text()]">
      <xsl:value-of select="concat(' ', count(preceding-sibling::c) + 1, ' ')"/></xsl:for-each></xsl:variable>
    <table class="data report">
      <thead>
        <tr>
          <th scope="col">№</th><th scope="col">Фамилия, имя</th><th scope="col">Ступень</th>
          <xsl:for-each select="$columns[contains($held, concat(' ', position(), ' '))]"><th scope="col"><xsl:value-of select="@name"/>, <xsl:apply-templates select="@unit" mode="unit"/></th></xsl:for-each>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="pupil">
          <tr>
            <td class="no"></td><th scope="row"><xsl:value-of select="@name"/></th>
            <td class="number"><xsl:apply-templates select="@step_no" mode="step"/></td>
            <xsl:for-each select="c[contains($held, concat(' ', position(), ' '))]">
              <td class="number"><xsl:value-of select="."/><xsl:if test="../@refusal and not(text())">н/д</xsl:if></td>
            </xsl:for-each>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <p class="rule">н/д — нет допуска врача. Через черту — попытки; засчитывается лучшая.</p>
    <xsl:call-template name="gto-signed"/>
  </section>
</xsl:template>

<xsl:template match="page/gto[@view = 'class']" priority="5">
  <section class="official wide">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Сводная ведомость комплекса ГТО</h1>
    <p><xsl:value-of select="@name"/> класс, <xsl:value-of select="concat(@year, '/', @year + 1)"/> учебный год, на <xsl:apply-templates select="@today_on" mode="date"/></p>
    <table class="data report dense">
      <thead>
        <tr>
          <th scope="col">№</th><th scope="col">Фамилия, имя</th><th scope="col">Ступень</th><th scope="col">Группа здоровья</th>
          <xsl:for-each select="test|column"><th scope="col"><xsl:value-of select="@short_name"/></th></xsl:for-each>
          <th scope="col">Знак по результатам</th><th scope="col">Знак Минспорта</th>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="pupil">
          <tr>
            <td class="no"></td><th scope="row"><xsl:value-of select="@name"/></th>
            <td class="number"><xsl:apply-templates select="@step_no" mode="step"/></td>
            <td><xsl:apply-templates select="@kind" mode="health"/></td>
            <!-- in brackets: a З beside a figure is read as 3 -->
            <xsl:for-each select="c"><td class="number"><xsl:value-of select="."/><xsl:if test="text()">&#160;<small>(<xsl:apply-templates select="@level" mode="letter"/><xsl:if test="not(@level)">?</xsl:if>)</small></xsl:if></td></xsl:for-each>
            <td><xsl:apply-templates select="@sign" mode="sign"/></td>
            <td><xsl:if test="@award"><xsl:apply-templates select="@award" mode="sign"/>, <xsl:apply-templates select="@award_step" mode="step"/></xsl:if></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <p class="rule">З — золото, С — серебро, Б — бронза, «–» — ниже бронзы, «?» — нормы нет.</p>
    <xsl:call-template name="gto-signed"/>
  </section>
</xsl:template>

<xsl:template match="page/gto[@view = 'school']" priority="5">
  <section class="official wide">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Отчёт о выполнении нормативов комплекса ГТО</h1>
    <p><xsl:value-of select="concat(@year, '/', @year + 1)"/> учебный год, на <xsl:apply-templates select="@today_on" mode="date"/></p>
    <xsl:apply-templates select="." mode="school"/>
    <xsl:call-template name="gto-signed"/>
  </section>
</xsl:template>

<xsl:template match="page/gto[@view = 'pupil']" priority="5">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Карточка учёта выполнения нормативов комплекса ГТО</h1>
    <p><b><xsl:value-of select="@name"/></b><xsl:if test="@class_name">, <xsl:value-of select="@class_name"/> класс</xsl:if></p>
    <p>УИН <xsl:value-of select="@gto_uin"/><xsl:if test="not(@gto_uin)">____________________</xsl:if>, группа здоровья: <xsl:apply-templates select="@kind" mode="health"/><xsl:if test="not(@kind)">не записана</xsl:if></p>
    <xsl:for-each select="step[test]">
      <h2><xsl:apply-templates select="@step_no" mode="step"/> ступень, <xsl:value-of select="concat(@age_from, '–', @age_to)"/> лет: <xsl:apply-templates select="@sign" mode="sign"/></h2>
      <table class="data report">
        <thead><tr><th scope="col">Испытание</th><th scope="col">Результат</th><th scope="col">День</th><th scope="col">Уровень</th><th scope="col">Бронза</th><th scope="col">Серебро</th><th scope="col">Золото</th></tr></thead>
        <tbody>
          <xsl:for-each select="test">
            <tr>
              <th scope="row"><xsl:value-of select="@name"/>, <xsl:apply-templates select="@unit" mode="unit"/></th>
              <td class="number"><xsl:value-of select="@value"/></td><td><xsl:apply-templates select="@done_on" mode="date"/></td>
              <td><xsl:choose><xsl:when test="@level = 'none'">ниже бронзы</xsl:when><xsl:otherwise><xsl:apply-templates select="@level" mode="sign"/></xsl:otherwise></xsl:choose></td>
              <td class="number"><xsl:value-of select="@bronze"/></td><td class="number"><xsl:value-of select="@silver"/>
                </td><td class="number"><xsl:value-of select="@gold"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </xsl:for-each>
    <xsl:for-each select="award"><p>Знак: <xsl:apply-templates select="@sign" mode="sign"/>, <xsl:apply-templates select="@step_no" mode="step"/> ступень, приказ Минспорта № <xsl:value-of select="@order_no"/> от <xsl:apply-templates select="@order_on" mode="date"/></p></xsl:for-each>
    <xsl:call-template name="gto-signed"/>
  </section>
</xsl:template>

</xsl:stylesheet>
