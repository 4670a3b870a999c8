<?xml version="1.0" encoding="UTF-8"?>
<!-- help_topic.xsl: the elements of a topic (help/topic.rng).
     in   p steps list part note picture error directive command; within texts ui key code b link page
     out  paragraphs, lists, headings one level below that of the topic. Mode help leaves out what is for others (@for),
          mode block makes an element whoever reads it
     see  help.xsl, which includes this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- What is for families alone is not in the guides of staff, nor what is for staff in those of families; the topic's own
     page has both. @for is asked here and not in the pattern, for which libxslt would count the siblings of each
     element. -->
<xsl:template match="*" mode="help">
  <xsl:variable name="guide" select="ancestor::guide/@key"/>
  <xsl:if test="not(@for) or not($guide) or ($guide = 'family' or $guide = 'pupil') = (@for = 'family')"><xsl:apply-templates select="." mode="block"/></xsl:if>
</xsl:template>

<xsl:template match="p" mode="block"><p><xsl:apply-templates mode="help"/></p></xsl:template>
<xsl:template match="note" mode="block"><p class="notice"><xsl:apply-templates mode="help"/></p></xsl:template>
<xsl:template match="steps" mode="block"><ol class="help-steps"><xsl:apply-templates select="*" mode="help"/></ol></xsl:template>
<xsl:template match="list" mode="block"><ul><xsl:apply-templates select="*" mode="help"/></ul></xsl:template>
<xsl:template match="step | item" mode="block"><li><xsl:apply-templates mode="help"/></li></xsl:template>

<xsl:template match="part" mode="block">
  <section>
    <xsl:choose>
      <xsl:when test="ancestor::guide"><h4><xsl:value-of select="@title"/></h4></xsl:when>
      <xsl:otherwise><h2><xsl:value-of select="@title"/></h2></xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="*" mode="help"/>
  </section>
</xsl:template>

<!-- a guide is complete when it is printed -->
<xsl:template match="picture" mode="block">
  <figure>
    <img src="{$static}/img/help/{@file}" alt="{@alt}" width="{@width}" height="{@height}">
      <xsl:if test="not(ancestor::guide)"><xsl:attribute name="loading">lazy</xsl:attribute></xsl:if>
    </img>
  </figure>
</xsl:template>

<!-- The paragraph of an error code, headed by what the page of the error says. -->
<xsl:template match="error" mode="help">
  <section class="help-entry" id="{@code}">
    <p>
      <b><xsl:value-of select="@code"/></b><xsl:text> </xsl:text>
      <xsl:call-template name="words"><xsl:with-param name="code" select="@code"/></xsl:call-template>
    </p>
    <p><span class="soft">Что делать. </span><xsl:apply-templates mode="help"/></p>
  </section>
</xsl:template>

<xsl:template match="directive | command" mode="help">
  <section class="help-entry" id="{@name}">
    <p><code><b><xsl:value-of select="@name"/></b><xsl:if test="@value"><xsl:value-of select="concat(' ', @value)"/></xsl:if></code></p>
    <p><xsl:apply-templates mode="help"/></p>
  </section>
</xsl:template>

<!-- ........................................................... within texts -->

<!-- A text, with the name that the reader's school gives the section of the norms of ГТО (once in a text). -->
<xsl:template match="text()|@title" mode="help">
  <xsl:choose>
    <xsl:when test="contains(., 'ГТЗО')"><xsl:value-of select="concat(substring-before(., 'ГТЗО'), $gto-caption, substring-after(., 'ГТЗО'))"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="ui" mode="help"><b class="ui"><xsl:apply-templates mode="help"/></b></xsl:template>
<xsl:template match="b" mode="help"><b><xsl:apply-templates mode="help"/></b></xsl:template>
<xsl:template match="key" mode="help"><kbd><xsl:apply-templates mode="help"/></kbd></xsl:template>
<xsl:template match="code" mode="help"><code><xsl:apply-templates mode="help"/></code></xsl:template>
<xsl:template match="link" mode="help"><a href="{$base}/help/{@to}"><xsl:apply-templates mode="help"/></a></xsl:template>
<xsl:template match="page" mode="help">
  <xsl:choose>
    <xsl:when test="contains($opens, concat(' ', @path, ' '))"><a href="{$base}{@path}"><xsl:apply-templates mode="help"/></a></xsl:when>
    <xsl:otherwise><b class="ui"><xsl:apply-templates mode="help"/></b></xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
