<?xml version="1.0" encoding="UTF-8"?>
<!-- print/timetable.xsl: the week of a class, a teacher or a room on one landscape A4; the whole
     school on landscape A4 or A3, some classes a sheet.
     in   as timetable.xsl, with paper? (a3)
     out  section.sheet.week-sheet
     see  static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../timetable_week.xsl"/>

<xsl:template match="page/timetable" mode="title">Расписание: <xsl:apply-templates select="." mode="whose"/></xsl:template>
<xsl:template match="timetable" mode="whose"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="timetable[@kind = 'room']" mode="whose"><xsl:apply-templates select="@name" mode="room"/></xsl:template>

<xsl:template match="timetable" mode="head">
  <p class="school"><xsl:value-of select="@school_name"/></p>
  <h1>Расписание уроков: <xsl:apply-templates select="." mode="whose"/><small> с <xsl:value-of select="@day_name"/></small></h1>
</xsl:template>

<xsl:template match="page/timetable">
  <section class="sheet week-sheet">
    <xsl:apply-templates select="." mode="head"/>
    <xsl:choose>
      <xsl:when test="slot/cell/item">
        <xsl:apply-templates select="." mode="week">
          <xsl:with-param name="class" select="'form week-grid'"/>
        </xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise><p>На этот день расписания нет.</p></xsl:otherwise>
    </xsl:choose>
  </section>
</xsl:template>

<xsl:variable name="hours" select="/page/timetable/hour"/>
<!-- how low the rows are, so that all hours of the week fit on a sheet -->
<xsl:variable name="density"><xsl:choose>
  <xsl:when test="count($hours) &gt; 42">denser</xsl:when>
  <xsl:when test="count($hours) &gt; 36">dense</xsl:when>
</xsl:choose></xsl:variable>

<!-- Sheets of so many classes as the paper is wide enough for. -->
<xsl:template match="page/timetable[@kind = 'school']">
  <xsl:variable name="week" select="."/>
  <xsl:variable name="width">
    <xsl:choose><xsl:when test="@paper = 'a3'">12</xsl:when><xsl:otherwise>8</xsl:otherwise></xsl:choose>
  </xsl:variable>
  <xsl:if test="not(class)"><p>На этот день расписания нет.</p></xsl:if>
  <xsl:for-each select="class[position() mod $width = 1]">
    <xsl:variable name="from" select="(position() - 1) * $width"/>
    <xsl:apply-templates select="$week" mode="sheet">
      <xsl:with-param name="first" select="."/>
      <xsl:with-param name="from" select="$from"/>
      <xsl:with-param name="till" select="$from + $width"/>
    </xsl:apply-templates>
  </xsl:for-each>
</xsl:template>

<xsl:template match="timetable" mode="sheet">
  <xsl:param name="first"/>
  <xsl:param name="from"/>
  <xsl:param name="till"/>
  <section class="sheet school-sheet {@paper} {$density}">
    <xsl:apply-templates select="." mode="head"/>
    <table class="form">
      <thead>
        <tr>
          <th class="corner" colspan="2">Урок</th>
          <xsl:apply-templates select="$first">
            <xsl:with-param name="more" select="$till - $from - 1"/>
          </xsl:apply-templates>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="$hours">
          <xsl:variable name="day" select="@weekday"/>
          <tr>
            <xsl:if test="not(preceding-sibling::*[1]/@weekday = $day)">
              <xsl:attribute name="class">opens</xsl:attribute>
              <th class="weekday" rowspan="{count($hours[@weekday = $day])}">
                <span><xsl:value-of select="$weekday[position() = $day]"/></span>
              </th>
            </xsl:if>
            <th class="no"><xsl:value-of select="@slot"/></th>
            <xsl:for-each select="c[position() &gt; $from and position() &lt;= $till]">
              <td>
                <xsl:if test="string-length(.) &gt; 24"><xsl:attribute name="class">long</xsl:attribute></xsl:if>
                <xsl:value-of select="."/>
              </td>
            </xsl:for-each>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </section>
</xsl:template>

<!-- The heads of a class and of so many more, one after the other: nothing looks through all classes. -->
<xsl:template match="timetable/class">
  <xsl:param name="more"/>
  <th><xsl:value-of select="@name"/></th>
  <xsl:if test="$more &gt; 0">
    <xsl:apply-templates select="following-sibling::class[1]"><xsl:with-param name="more" select="$more - 1"/></xsl:apply-templates>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
