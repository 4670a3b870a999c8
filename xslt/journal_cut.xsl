<?xml version="1.0" encoding="UTF-8"?>
<!-- journal_cut.xsl: divides the lessons into spreads of the journal, so that each of the two
     pages of a spread fits on one sheet of paper.
     in   <journal> lesson… </journal>
     out  mode cut: <spread from to/>…, positions of lessons
     see  print/journal.xsl; static/css/print.css sets the sizes computed here, and
          tests/browser/print.mjs measures them on paper -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<!-- A page has 272 mm. The left page has a head of 33 mm and rows of 7 mm (6 in the journal of a
     year, which has signatures below). A column for «2/3» takes 6 mm: 18 fit beside name and
     mark. -->
<xsl:variable name="rows" select="34"/>
<xsl:variable name="columns" select="18"/>
<!-- The right page has a head of 40 mm and signatures of 41 mm, which leaves 190 mm for lessons. A
     line takes 4.3 mm; the numbers of characters per line are measured with Russian texts. If
     a text takes more lines than computed, it fits where there are no signatures, or goes to
     another page. -->
<xsl:variable name="room" select="190"/>
<xsl:variable name="topic_signs" select="41"/>
<xsl:variable name="homework_signs" select="30"/>
<xsl:variable name="alone_signs" select="75"/>

<!-- Uses as few spreads as possible, with about the same number of lessons on each: 24 lessons are
     12 and 12. -->
<xsl:template match="journal" mode="cut">
  <xsl:variable name="fewest">
    <xsl:apply-templates select="lesson[1]" mode="cut"><xsl:with-param name="most" select="$columns"/></xsl:apply-templates>
  </xsl:variable>
  <xsl:apply-templates select="lesson[1]" mode="cut">
    <xsl:with-param name="most" select="ceiling(count(lesson) div count(exsl:node-set($fewest)/spread))"/>
  </xsl:apply-templates>
</xsl:template>

<!-- Adds lessons to the spread that begins at $from until it has $most of them or its right page
     is full. -->
<xsl:template match="lesson" mode="cut">
  <xsl:param name="most"/>
  <xsl:param name="at" select="1"/>
  <xsl:param name="from" select="1"/>
  <xsl:param name="used" select="0"/>
  <xsl:variable name="height"><xsl:apply-templates select="." mode="height"/></xsl:variable>
  <xsl:variable name="is_full" select="$at - $from = $most or $used + $height &gt; $room and $at &gt; $from"/>
  <xsl:variable name="start" select="$from + ($at - $from) * $is_full"/>
  <xsl:if test="$is_full"><spread from="{$from}" to="{$at - 1}"/></xsl:if>
  <xsl:if test="not(following-sibling::lesson[1])"><spread from="{$start}" to="{$at}"/></xsl:if>
  <xsl:apply-templates select="following-sibling::lesson[1]" mode="cut">
    <xsl:with-param name="most" select="$most"/>
    <xsl:with-param name="at" select="$at + 1"/>
    <xsl:with-param name="from" select="$start"/>
    <xsl:with-param name="used" select="$used * not($is_full) + $height"/>
  </xsl:apply-templates>
</xsl:template>

<!-- The height of a lesson's row in millimetres, which is that of the higher of its two texts. -->
<xsl:template match="lesson" mode="height">
  <xsl:variable name="said" select="string-length(concat(@topic, @kinds)) + 2 * count(@kinds)
                                    + count(@staff_name) * (string-length(@staff_name) + 11)"/>
  <xsl:variable name="topic">
    <xsl:call-template name="lines">
      <xsl:with-param name="text" select="@topic"/>
      <xsl:with-param name="length" select="$said"/>
      <xsl:with-param name="signs" select="$topic_signs + ($alone_signs - $topic_signs) * count(../@is_unmarked)"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:variable name="homework">
    <xsl:call-template name="lines">
      <xsl:with-param name="text" select="@homework[not(../../@is_unmarked)]"/>
      <xsl:with-param name="length" select="string-length(@homework[not(../../@is_unmarked)])"/>
      <xsl:with-param name="signs" select="$homework_signs"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:variable name="lines" select="$topic + ($homework - $topic) * ($homework &gt; $topic)"/>
  <xsl:value-of select="7.5 + (4.3 * $lines - 6.5) * ($lines &gt; 1)"/>
</xsl:template>

<!-- The number of lines of a text: full lines, and one for each line break in it. -->
<xsl:template name="lines">
  <xsl:param name="text"/>
  <xsl:param name="length"/>
  <xsl:param name="signs"/>
  <xsl:value-of select="ceiling($length div $signs) + string-length($text) - string-length(translate($text, '&#10;', ''))"/>
</xsl:template>

</xsl:stylesheet>
