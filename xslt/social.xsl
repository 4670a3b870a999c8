<?xml version="1.0" encoding="UTF-8"?>
<!-- social.xsl: social categories of pupils, and the social passport.
     in   social[@view = 'list'] with school_name today_on
            /class[class_id? name? pupils noted large poor …]   the last one counts all
          social[@view = 'class'] with class_id name school_name today_on
            /pupil[pupil_id name category? from_on? till_on? paper?]
          social[@view = 'pupil'] with pupil_id name from_on is_mine? done?
            /mark[category_id category from_on? till_on? paper? is_now?]
          social[@view = 'show'] with category_id pupil_id pupil category from_on till_on? paper?
     out  tables; forms for a category
     see  record.xsl, social_words.xsl, print/social.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>
<xsl:include href="social_words.xsl"/>

<xsl:variable name="fields">
  <f name="category" label="Категория" required="required"><o value=""/><xsl:copy-of select="$categories"/></f>
  <f name="from_on" label="С" type="date" required="required"/>
  <f name="till_on" label="По" type="date" hint="Оставьте пустым, пока действует."/>
  <f name="paper" label="Документ" max="200" hint="Удостоверение, справка, постановление: номер и дата."/>
</xsl:variable>

<xsl:template match="page/social" mode="title">Социальный паспорт</xsl:template>
<xsl:template match="page/social[@view = 'class']" mode="title">Социальный паспорт · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/social[@view = 'pupil']" mode="title"><xsl:value-of select="@name"/> · социальные категории</xsl:template>
<xsl:template match="page/social[@view = 'show']" mode="title"><xsl:apply-templates select="@category" mode="category"/></xsl:template>

<xsl:template match="page/social" mode="actions">
  <div class="actions"><xsl:if test="@class_id"><a href="{$base}/classes/{@class_id}">Класс</a></xsl:if><a href="?format=print">Печать</a><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/social[@view = 'pupil']" mode="actions">
  <div class="actions"><a href="{$base}/pupils/{@pupil_id}">Карточка</a></div>
</xsl:template>
<xsl:template match="page/social[@view = 'show']" mode="actions"/>

<xsl:template match="page/social[@view = 'show']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/categories')"/>
    <xsl:with-param name="word" select="@pupil"/>
  </xsl:call-template>
</xsl:template>

<!-- ........................................................... the passport -->

<xsl:template match="page/social"><div class="wide"><xsl:apply-templates select="." mode="passport"/></div></xsl:template>
<xsl:template match="page/social[@view = 'list'][not(class)]" priority="1">
  <p class="empty">Учеников этого учебного года пока нет. <a href="{$base}/classes">Классы</a></p>
</xsl:template>
<xsl:template match="social/class[@class_id]" mode="head">
  <a href="{$base}/classes/{@class_id}/social"><xsl:value-of select="@name"/></a>
</xsl:template>

<xsl:template match="page/social[@view = 'class']" priority="1">
  <table class="data people">
    <caption class="sr">Категории учеников</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Категория</th><th scope="col">С</th><th scope="col">По</th><th scope="col">Документ</th><th scope="col" class="to">Открыть</th></tr></thead>
    <tbody>
      <xsl:for-each select="pupil">
        <tr>
          <th scope="row"><a href="{$base}/pupils/{@pupil_id}"><xsl:value-of select="@name"/></a></th>
          <td><xsl:apply-templates select="@category" mode="category"/></td>
          <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
          <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
          <td><xsl:value-of select="@paper"/></td>
          <td class="to"><a href="{$base}/pupils/{@pupil_id}/categories" aria-label="Категории: {@name}">Категории</a></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>
<xsl:template match="page/social[@view = 'class'][not(pupil)]" priority="2">
  <p class="empty">В этом классе пока нет учеников. <a href="{$base}/classes/{@class_id}">Класс</a></p>
</xsl:template>

<!-- ............................................................. of a pupil -->

<xsl:template match="page/social[@view = 'pupil']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/categories')"/>
      <xsl:with-param name="word" select="'Добавить категорию'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:apply-templates select="." mode="categories"/>
</xsl:template>

<xsl:template match="social" mode="categories"><p class="empty">Категорий у ученика нет.</p></xsl:template>
<xsl:template match="social[mark]" mode="categories">
  <table class="data people">
    <caption class="sr">Категории</caption>
    <thead><tr><th scope="col">Категория</th><th scope="col">С</th><th scope="col">По</th><th scope="col">Документ</th></tr></thead>
    <tbody>
      <xsl:for-each select="mark">
        <tr>
          <th scope="row">
            <xsl:choose>
              <xsl:when test="../@is_mine">
                <a href="{$base}/categories/{@category_id}">
                  <xsl:apply-templates select="@category" mode="category"/>
                </a>
              </xsl:when>
              <xsl:otherwise><xsl:apply-templates select="@category" mode="category"/></xsl:otherwise>
            </xsl:choose>
            <xsl:if test="not(@is_now)"><xsl:text> </xsl:text><span class="badge">не действует</span></xsl:if>
          </th>
          <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
          <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
          <td><xsl:value-of select="@paper"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="page/social[@view = 'show']" priority="1"><xsl:call-template name="record-form"/></xsl:template>

<xsl:template match="error[@code = 'JE212']" mode="words" priority="1">Эта категория у ученика в эти дни уже записана.</xsl:template>

</xsl:stylesheet>
