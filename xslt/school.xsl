<?xml version="1.0" encoding="UTF-8"?>
<!-- school.xsl: the page on which staff of several schools choose the one to work in.
     in   <school back><post school_id name city post is_current/>…</school>
     out  a button for each school
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/school" mode="title">В какой школе вы сейчас работаете?</xsl:template>

<xsl:template match="page/school">
  <form class="card schools" method="post" action="{$base}/school">
    <xsl:call-template name="token"/>
    <input type="hidden" name="back" value="{@back}"/>
    <xsl:apply-templates select="post"/>
  </form>
  <p class="hint">Журналы, списки и права — только этой школы. Сменить школу можно в любую минуту: её название — вверху страницы.
    Дневники своих детей видны всегда.</p>
</xsl:template>

<xsl:template match="page/school[not(post)]">
  <p class="empty">Ни в одной школе вы сейчас не числитесь сотрудником.</p>
</xsl:template>

<xsl:template match="school/post">
  <button name="school_id" value="{@school_id}">
    <xsl:if test="@is_current"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
    <b><xsl:apply-templates select="@name" mode="tied"/></b>
    <xsl:if test="@is_current"><span class="badge">сейчас</span></xsl:if>
    <span class="soft">
      <xsl:value-of select="@city"/>
      <xsl:if test="@city and @post">, </xsl:if>
      <xsl:value-of select="@post"/>
    </span>
  </button>
</xsl:template>

</xsl:stylesheet>
