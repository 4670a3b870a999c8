<?xml version="1.0" encoding="UTF-8"?>
<!-- events_month.xsl: the events of a month, as weeks.
     in   events[@view = 'month'] with month_on name year previous_on next_on school_name
            /day[held_on number weekday week_no is_today? is_beside?]
              /event[event_id title kind level state? from_on till_on day_no? starts? ends? place? is_whole? class_names?
                staff_name?]…
     out  a table of weeks; on a phone the days that have events, one below the other
     see  events.xsl, static/css/events.css, print/events.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:key name="week" match="events/day" use="@week_no"/>

<xsl:template match="page/events[@view = 'month']" mode="title">События: <xsl:value-of select="concat(@name, ' ', @year)"/></xsl:template>
<xsl:template match="page/events[@view = 'month']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/events[@view = 'month']" mode="actions">
  <div class="actions">
    <a href="{$base}/events">Списком</a>
    <a href="?month_on={@month_on}&amp;format=print">План на месяц</a>
  </div>
</xsl:template>

<xsl:template match="page/events[@view = 'month']" priority="1">
  <nav class="pages" aria-label="Месяцы">
    <a rel="prev" href="?month_on={@previous_on}">← Раньше</a>
    <b><xsl:value-of select="concat(@name, ' ', @year)"/></b>
    <a rel="next" href="?month_on={@next_on}">Позже →</a>
  </nav>
  <xsl:if test="not(day/event)"><p class="empty">В этом месяце событий нет. <a href="{$base}/events">Все события</a></p></xsl:if>
  <table class="monthly">
    <caption class="sr">События месяца по дням</caption>
    <thead>
      <tr>
        <xsl:for-each select="day[position() &lt; 8]"><th scope="col"><xsl:value-of select="@weekday"/></th></xsl:for-each>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="day[not(@week_no = preceding-sibling::day[1]/@week_no)]">
        <tr><xsl:apply-templates select="key('week', @week_no)" mode="cell"/></tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="day" mode="cell">
  <td>
    <xsl:attribute name="class">
      <xsl:if test="@is_beside">beside </xsl:if><xsl:if test="@is_today">now </xsl:if><xsl:if test="not(event)">free</xsl:if>
    </xsl:attribute>
    <time datetime="{@held_on}">
      <xsl:value-of select="@number"/><span class="narrow"><xsl:value-of select="concat(', ', @weekday)"/></span>
    </time>
    <xsl:if test="event">
      <ul>
        <xsl:for-each select="event">
          <li>
            <xsl:if test="@state = 'cancelled'"><xsl:attribute name="class">gone</xsl:attribute></xsl:if>
            <xsl:if test="@starts"><small><xsl:value-of select="@starts"/></small><xsl:text> </xsl:text></xsl:if>
            <a href="{$base}/events/{@event_id}"><xsl:value-of select="@title"/></a>
            <xsl:if test="@class_names"><xsl:text> </xsl:text><small><xsl:value-of select="@class_names"/></small></xsl:if>
            <xsl:if test="@day_no &gt; 1">
              <xsl:text> </xsl:text>
              <small><xsl:value-of select="concat(@day_no, '-й&#160;день')"/></small>
            </xsl:if>
            <xsl:if test="@state = 'cancelled'"><xsl:text> </xsl:text><small>отменено</small></xsl:if>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </td>
</xsl:template>

</xsl:stylesheet>
