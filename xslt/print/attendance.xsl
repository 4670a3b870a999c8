<?xml version="1.0" encoding="UTF-8"?>
<!-- print/attendance.xsl: the consolidated sheet of a class's attendance in a term or year, for A4
     (requirements 3.3).
     in   attendance[@view = 'missed'] with name school_name missed_day missed_month_pct teacher_name?
            /term[name is_current?]…, pupil[name days_missed? days_ill? lessons? ill? valid? unjustified? unexplained? late?
            months?]…
     out  the table with its totals and the lines for signatures; other views have no printed form
     see  static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../attendance_rule.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:variable name="has-months" select="boolean(/page/attendance[@missed_month_pct &gt; 0] | /page/books/attendance[@missed_month_pct &gt; 0])"/>

<xsl:template match="page/attendance" mode="title">Сводная ведомость учёта посещаемости</xsl:template>

<xsl:template match="page/attendance">
  <section class="official">
    <p>Печатается сводная ведомость класса. <a href="{$base}/attendance">Посещаемость</a></p>
  </section>
</xsl:template>

<xsl:template match="page/attendance[@view = 'missed'] | books/attendance">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Сводная ведомость учёта посещаемости</h1>
    <p><xsl:value-of select="concat(@name, ' класс, ', term[@is_current]/@name)"/></p>
    <table class="data">
      <thead>
        <tr>
          <th scope="col" rowspan="2">№</th>
          <th scope="col" rowspan="2">Ученик</th>
          <th scope="colgroup" colspan="2">Полных дней</th>
          <th scope="colgroup" colspan="5">Уроков</th>
          <th scope="col" rowspan="2">Опозданий</th>
          <xsl:if test="$has-months"><th scope="col" rowspan="2">Месяцы с пропуском от <xsl:value-of select="@missed_month_pct"/>&#160;% уроков</th></xsl:if>
        </tr>
        <tr>
          <th scope="col">всего</th>
          <th scope="col">по болезни</th>
          <th scope="col">всего</th>
          <th scope="col">по болезни</th>
          <th scope="col">по уважит. причине</th>
          <th scope="col">без уважит. причины</th>
          <th scope="col">причина не указана</th>
        </tr>
      </thead>
      <tbody>
        <xsl:apply-templates select="pupil"/>
        <tr class="total">
          <td/>
          <th scope="row">Всего</th>
          <td class="number"><xsl:value-of select="sum(pupil/@days_missed)"/></td>
          <td class="number"><xsl:value-of select="sum(pupil/@days_ill)"/></td>
          <td class="number"><xsl:value-of select="sum(pupil/@lessons)"/></td>
          <td class="number"><xsl:value-of select="sum(pupil/@ill)"/></td>
          <td class="number"><xsl:value-of select="sum(pupil/@valid)"/></td>
          <td class="number"><xsl:value-of select="sum(pupil/@unjustified)"/></td>
          <td class="number"><xsl:value-of select="sum(pupil/@unexplained)"/></td>
          <td class="number"><xsl:value-of select="sum(pupil/@late)"/></td>
          <xsl:if test="$has-months"><td/></xsl:if>
        </tr>
      </tbody>
    </table>
    <div class="closing">
      <p class="rule"><xsl:apply-templates select="." mode="missed-rule"/></p>
      <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'leader deputy'"/></xsl:call-template>
    </div>
  </section>
</xsl:template>

<xsl:template match="attendance/pupil">
  <tr>
    <td class="number"><xsl:value-of select="position()"/></td>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td class="number"><xsl:value-of select="@days_missed"/></td>
    <td class="number"><xsl:value-of select="@days_ill"/></td>
    <td class="number"><xsl:value-of select="@lessons"/></td>
    <td class="number"><xsl:value-of select="@ill"/></td>
    <td class="number"><xsl:value-of select="@valid"/></td>
    <td class="number"><xsl:value-of select="@unjustified"/></td>
    <td class="number"><xsl:value-of select="@unexplained"/></td>
    <td class="number"><xsl:value-of select="@late"/></td>
    <xsl:if test="$has-months"><td><xsl:value-of select="@months"/></td></xsl:if>
  </tr>
</xsl:template>

</xsl:stylesheet>
