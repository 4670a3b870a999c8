<?xml version="1.0" encoding="UTF-8"?>
<!-- print/portfolio.xsl: the portfolio of a pupil, for A4; certified with a number and «Верно».
     in   portfolio[@view = 'show'] as in portfolio.xsl, signer[staff_name]?
     out  four tables, a line for the signature, the certificate
     see  ../events_words.xsl, ../extracts_certificate.xsl, ../gto_words.xsl, ../signatures.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../events_words.xsl"/>
<xsl:include href="../extracts_certificate.xsl"/>
<xsl:include href="../gto_words.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:template match="page/portfolio" mode="title">Портфолио · <xsl:value-of select="@name"/></xsl:template>

<xsl:template match="page/portfolio">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Портфолио обучающегося</h1>
    <xsl:call-template name="form-state"/>
    <p>
      <b><xsl:value-of select="@name"/></b>
      <xsl:if test="@class_name"><xsl:value-of select="concat(', ', @class_name, ' класс')"/></xsl:if>
    </p>
    <xsl:if test="not(event or achievement or award or mark)"><p class="plain">Записей нет.</p></xsl:if>
    <xsl:apply-templates select="self::*[event]" mode="events"/>
    <xsl:apply-templates select="self::*[achievement]" mode="achievements"/>
    <xsl:apply-templates select="self::*[award]" mode="awards"/>
    <xsl:apply-templates select="self::*[mark]" mode="marks"/>
    <div class="closing">
      <xsl:call-template name="signature">
        <xsl:with-param name="post" select="'Классный руководитель'"/>
        <xsl:with-param name="name" select="signer/@staff_name"/>
      </xsl:call-template>
      <xsl:call-template name="certificate"/>
    </div>
  </section>
</xsl:template>

<xsl:template match="portfolio" mode="events">
  <h2>Участие в событиях школы</h2>
  <table class="data report register">
    <thead><tr><th scope="col">№</th><th scope="col">Событие</th><th scope="col">Дата</th><th scope="col">Уровень</th><th scope="col">Результат</th><th scope="col">Документ</th></tr></thead>
    <tbody>
      <xsl:for-each select="event">
        <tr>
          <td class="no"/><th scope="row"><xsl:value-of select="@title"/></th><td><xsl:apply-templates select="@from_on" mode="date"/></td>
          <td><xsl:apply-templates select="@level" mode="event-level"/></td>
          <td><xsl:apply-templates select="@result" mode="event-result"/></td>
          <td><xsl:value-of select="@document"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="portfolio" mode="achievements">
  <h2>Достижения вне школы</h2>
  <table class="data report register">
    <thead><tr><th scope="col">№</th><th scope="col">Что</th><th scope="col">Дата</th><th scope="col">Уровень</th><th scope="col">Результат</th><th scope="col">Документ</th></tr></thead>
    <tbody>
      <xsl:for-each select="achievement">
        <tr>
          <td class="no"/>
          <th scope="row">
            <xsl:value-of select="@title"/>
            <xsl:if test="@organiser"><xsl:value-of select="concat(' (', @organiser, ')')"/></xsl:if>
          </th>
          <td><xsl:apply-templates select="@achieved_on" mode="date"/></td>
          <td><xsl:apply-templates select="@level" mode="event-level"/></td>
          <td><xsl:apply-templates select="@result" mode="event-result"/></td><td><xsl:value-of select="@document"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="portfolio" mode="awards">
  <h2>Знаки ГТО</h2>
  <table class="data report register">
    <thead><tr><th scope="col">№</th><th scope="col">Знак</th><th scope="col">Ступень</th><th scope="col">Приказ Минспорта</th></tr></thead>
    <tbody>
      <xsl:for-each select="award">
        <tr>
          <td class="no"/><th scope="row"><xsl:apply-templates select="@sign" mode="sign"/></th>
          <td><xsl:apply-templates select="@step_no" mode="step"/></td>
          <td>№ <xsl:value-of select="@order_no"/> от <xsl:apply-templates select="@order_on" mode="date"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="portfolio" mode="marks">
  <h2>Годовые отметки</h2>
  <table class="data report register">
    <thead><tr><th scope="col">№</th><th scope="col">Предмет</th><th scope="col">Учебный год</th><th scope="col">Отметка</th></tr></thead>
    <tbody>
      <xsl:for-each select="mark">
        <tr>
          <td class="no"/><th scope="row"><xsl:value-of select="@subject_name"/></th>
          <td><xsl:value-of select="concat(@year, '/', @year + 1)"/></td><td><xsl:value-of select="@value"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
