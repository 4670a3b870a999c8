<?xml version="1.0" encoding="UTF-8"?>
<!-- events_words.xsl: the words of events and achievements, on pages and on paper.
     in   @kind, @level, @state, @result with @place_no? of an event, a participant, an achievement
     out  $event-kinds, $event-levels, $event-results (o[@value]); modes event-kind, event-level, event-state,
          event-result; template event-whom
     see  events.xsl, portfolio.xsl, diary.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="event-words">
  <kind value="olympiad">олимпиада</kind>
  <kind value="contest">конкурс</kind>
  <kind value="conference">конференция, чтения</kind>
  <kind value="sport">соревнование</kind>
  <kind value="celebration">праздник, концерт</kind>
  <kind value="excursion">экскурсия, поездка</kind>
  <kind value="action">акция, проект</kind>
  <kind value="meeting">собрание, встреча</kind>
  <kind value="other">другое</kind>
  <level value="class">класс</level>
  <level value="school">школа</level>
  <level value="municipal">муниципальный</level>
  <level value="regional">региональный</level>
  <level value="national">всероссийский</level>
  <level value="international">международный</level>
  <result value="winner">победитель</result>
  <result value="prize">призёр</result>
  <result value="participant">участник</result>
</xsl:variable>
<xsl:variable name="event-kinds" select="exsl:node-set($event-words)/kind"/>
<xsl:variable name="event-levels" select="exsl:node-set($event-words)/level"/>
<xsl:variable name="event-results" select="exsl:node-set($event-words)/result"/>

<xsl:template match="@kind" mode="event-kind"><xsl:value-of select="$event-kinds[@value = current()]"/></xsl:template>
<xsl:template match="@level" mode="event-level"><xsl:value-of select="$event-levels[@value = current()]"/></xsl:template>

<xsl:template match="@state" mode="event-state">
  <xsl:choose>
    <xsl:when test=". = 'cancelled'"><span class="badge">отменено</span></xsl:when>
    <xsl:when test=". = 'held'">проведено</xsl:when>
    <xsl:otherwise>запланировано</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A result with its place: «призёр, 2 место». -->
<xsl:template match="@result" mode="event-result">
  <xsl:value-of select="$event-results[@value = current()]"/>
  <xsl:if test="../@place_no"><xsl:value-of select="concat(', ', ../@place_no, ' место')"/></xsl:if>
</xsl:template>

<!-- Whom an event concerns; the context node has is_whole? class_names?. -->
<xsl:template name="event-whom">
  <xsl:choose>
    <xsl:when test="@is_whole">вся школа</xsl:when>
    <xsl:otherwise><xsl:value-of select="@class_names"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A field of a form that is a choice among these words (record.xsl): words is their name. -->
<xsl:template match="f[@words]" mode="input" priority="1">
  <xsl:param name="typed"/>
  <xsl:param name="tie"/>
  <xsl:variable name="default" select="@default"/>
  <span class="label"><xsl:value-of select="@label"/></span>
  <select name="{@name}">
    <xsl:copy-of select="exsl:node-set($tie)/i/@*"/>
    <xsl:for-each select="exsl:node-set($event-words)/*[name() = current()/@words]">
      <option value="{@value}">
        <xsl:if test="@value = $typed or not(string($typed)) and @value = $default"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
        <xsl:value-of select="."/>
      </option>
    </xsl:for-each>
  </select>
</xsl:template>
</xsl:stylesheet>
