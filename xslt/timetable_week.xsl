<?xml version="1.0" encoding="UTF-8"?>
<!-- timetable_week.xsl: the grid of a week, on pages and on paper.
     in   timetable[class_id? staff_id? room_id?]/slot[slot]/cell[weekday is_busy?]/item
            [timetable_id subject_name part_name? group_name class_id? staff_id staff_name?
             room_id? room_name? cycle? from_on? is_picked?]
     out  table.week: a row an hour, a column a day; mode cell: what is in a cell -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="weekday-words">
  <d>Понедельник</d><d>Вторник</d><d>Среда</d><d>Четверг</d><d>Пятница</d><d>Суббота</d><d>Воскресенье</d>
</xsl:variable>
<xsl:variable name="weekday" select="exsl:node-set($weekday-words)/d"/>

<xsl:template match="timetable" mode="week">
  <xsl:param name="class" select="'data week-grid'"/>
  <table class="{$class}">
    <caption class="sr">Расписание: <xsl:value-of select="@name"/></caption>
    <thead>
      <tr>
        <th scope="col">Урок</th>
        <xsl:for-each select="slot[1]/cell">
          <th scope="col" class="d{@weekday}"><xsl:value-of select="$weekday[position() = current()/@weekday]"/></th>
        </xsl:for-each>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="slot">
        <tr>
          <th scope="row">
            <xsl:value-of select="@slot"/>
            <xsl:if test="@starts"><small><xsl:value-of select="concat(@starts, '–', @ends)"/></small></xsl:if>
          </th>
          <xsl:for-each select="cell">
            <td data-slot="{../@slot}">
              <xsl:attribute name="class">
                <xsl:value-of select="concat('d', @weekday)"/>
                <xsl:if test="@is_busy"> is-busy</xsl:if>
                <xsl:if test="not(item)"> is-free</xsl:if>
              </xsl:attribute>
              <xsl:apply-templates select="." mode="cell"/>
            </td>
          </xsl:for-each>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="cell" mode="cell"><xsl:apply-templates select="item" mode="lesson"/></xsl:template>

<!-- One lesson of the week: the subject, then what the reader does not know from the heading. -->
<xsl:template match="item" mode="lesson">
  <div class="item">
    <b><xsl:value-of select="@subject_name"/></b>
    <xsl:if test="@cycle"><i><xsl:value-of select="concat(' ', @cycle, '-я неделя')"/></i></xsl:if>
    <small><xsl:apply-templates select="." mode="facts"/></small>
  </div>
</xsl:template>

<xsl:template match="item" mode="facts">
  <xsl:variable name="whose" select="ancestor::timetable"/>
  <xsl:choose>
    <xsl:when test="not($whose/@class_id)"><span><xsl:apply-templates select="." mode="group"/></span></xsl:when>
    <xsl:when test="@part_name"><span><xsl:value-of select="@part_name"/></span></xsl:when>
  </xsl:choose>
  <xsl:if test="@staff_name and not($whose/@staff_id)"><span><xsl:apply-templates select="." mode="staff"/></span></xsl:if>
  <xsl:if test="@room_name and not($whose/@room_id)"><span><xsl:apply-templates select="." mode="room"/></span></xsl:if>
</xsl:template>
<xsl:template match="item" mode="group"><xsl:value-of select="@group_name"/></xsl:template>
<xsl:template match="item" mode="staff"><xsl:value-of select="@staff_name"/></xsl:template>
<xsl:template match="item" mode="room"><xsl:apply-templates select="@room_name" mode="room"/></xsl:template>

</xsl:stylesheet>
