<?xml version="1.0" encoding="UTF-8"?>
<!-- help.xsl: the guides: the list of topics with its search, a topic, a guide of several topics.
     in   help[@view = 'list'] with find, guide[key title about]…, topic[key title about group? anchor?]…
          help[@view = 'show'] with topic[key title about group page?]: its elements are those of
            help/topic.rng; guide[key title]…
          help[@view = 'guide'] with guide[key title about]/part[title]/topic…
     out  lists of links; an article; a document with its contents, which is printed as it is (help.css)
     see  error.xsl, whose words head the paragraphs of error codes -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="error.xsl"/>
<xsl:include href="help_topic.xsl"/>

<xsl:template match="page/help" mode="title">Справка</xsl:template>
<xsl:template match="page/help[@view = 'show']" mode="title"><xsl:apply-templates select="topic/@title" mode="help"/></xsl:template>
<xsl:template match="page/help[@view = 'guide']" mode="title"><xsl:value-of select="guide/@title"/></xsl:template>
<xsl:template match="page/help[@view != 'list']" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/help'"/>
    <xsl:with-param name="word" select="'Справка'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/help[@view = 'guide']" mode="actions">
  <div class="actions"><a href="?format=print">Напечатать</a></div>
</xsl:template>

<!-- ................................................................ the list -->

<xsl:variable name="help-groups">
  <group key="entry" word="Вход и профиль"/>
  <group key="study" word="Учёба"/>
  <group key="people" word="Люди"/>
  <group key="year" word="Учебный год"/>
  <group key="school" word="Школа"/>
  <group key="server" word="Администратору сервера"/>
</xsl:variable>

<xsl:template match="page/help">
  <xsl:call-template name="help-find"/>
  <xsl:apply-templates select="." mode="guides"/>
  <xsl:variable name="topics" select="topic"/>
  <div class="help-groups">
    <xsl:for-each select="exsl:node-set($help-groups)/group[@key = $topics/@group]">
      <section aria-labelledby="g-{@key}">
        <h2 id="g-{@key}"><xsl:value-of select="@word"/></h2>
        <ul><xsl:apply-templates select="$topics[@group = current()/@key]"/></ul>
      </section>
    </xsl:for-each>
  </div>
</xsl:template>

<xsl:template name="help-find">
  <form class="filter help-find" method="get" role="search" action="{$base}/help">
    <label>
      <span>Что нужно сделать</span><xsl:text> </xsl:text>
      <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/>
    </label>
    <button>Найти</button>
    <xsl:if test="string(@find)"><a href="{$base}/help">Все темы</a></xsl:if>
  </form>
</xsl:template>

<xsl:template match="help" mode="guides">
  <section aria-labelledby="guides">
    <h2 id="guides">Руководства</h2>
    <ul class="help-guides"><xsl:apply-templates select="guide"/></ul>
  </section>
</xsl:template>
<xsl:template match="help/guide">
  <li>
    <xsl:variable name="role" select="translate(@key, '-', '_')"/>
    <a href="{$base}/help/guides/{@key}"><xsl:value-of select="@title"/></a>
    <xsl:if test="contains($roles, concat(' ', $role, ' ')) or @key = 'family' and contains($roles, ' parent ')">
      <xsl:text> </xsl:text><span class="badge">ваше</span>
    </xsl:if>
    <span class="hint"><xsl:value-of select="@about"/></span>
  </li>
</xsl:template>

<xsl:template match="help/topic">
  <li><a href="{$base}/help/{@key}"><xsl:apply-templates select="@title" mode="help"/></a></li>
</xsl:template>

<!-- What a search found: a topic with its summary, or a paragraph of one. -->
<xsl:template match="page/help[string(@find)]">
  <xsl:call-template name="help-find"/>
  <p role="status">
    <xsl:choose>
      <xsl:when test="topic">Нашлось: <xsl:value-of select="count(topic)"/></xsl:when>
      <xsl:otherwise>Ничего не нашлось. Попробуйте одно слово, например «отметка» или «пароль».</xsl:otherwise>
    </xsl:choose>
  </p>
  <ol class="help-found"><xsl:apply-templates select="topic" mode="found"/></ol>
</xsl:template>
<xsl:template match="topic" mode="found">
  <li>
    <a href="{$base}/help/{@key}"><xsl:apply-templates select="@title" mode="help"/></a>
    <span class="hint"><xsl:value-of select="@about"/></span>
  </li>
</xsl:template>
<xsl:template match="topic[@anchor]" mode="found">
  <li>
    <a href="{$base}/help/{@key}#{@anchor}"><xsl:value-of select="@anchor"/></a>
    <xsl:if test="@code">
      <span class="hint"><xsl:call-template name="words"><xsl:with-param name="code" select="@code"/></xsl:call-template></span>
    </xsl:if>
  </li>
</xsl:template>

<!-- .............................................................. one topic -->

<xsl:template match="page/help[@view = 'show']">
  <article class="help-topic">
    <p class="lead"><xsl:value-of select="topic/@about"/></p>
    <xsl:apply-templates select="topic/@page" mode="help"/>
    <xsl:apply-templates select="topic/*" mode="help"/>
  </article>
  <xsl:if test="guide">
    <section class="foot" aria-labelledby="guides">
      <h2 id="guides">Эта тема есть в руководствах</h2>
      <ul class="help-guides"><xsl:apply-templates select="guide"/></ul>
    </section>
  </xsl:if>
  <xsl:call-template name="help-more"/>
</xsl:template>

<xsl:template match="topic/@page" mode="help">
  <xsl:if test="contains($opens, concat(' ', ., ' '))">
    <p><a class="button" href="{$base}{.}">Открыть страницу</a></p>
  </xsl:if>
</xsl:template>

<xsl:template name="help-more">
  <p class="foot">
    <xsl:text>Не помогло? </xsl:text>
    <xsl:choose>
      <xsl:when test="contains($opens, ' /support ')"><a href="{$base}/support">Напишите администратору</a></xsl:when>
      <xsl:otherwise>Спросите администратора школы, а родители — классного руководителя.</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<!-- ................................................................ a guide -->

<xsl:template match="page/help[@view = 'guide']">
  <xsl:if test="/page/@format = 'print'"><h1><xsl:value-of select="guide/@title"/></h1></xsl:if>
  <article class="help-topic help-guide">
    <p class="lead"><xsl:value-of select="guide/@about"/></p>
    <nav class="help-contents" aria-labelledby="contents">
      <h2 id="contents">Содержание</h2>
      <ol><xsl:apply-templates select="guide/part" mode="contents"/></ol>
    </nav>
    <xsl:apply-templates select="guide/part"/>
  </article>
  <xsl:if test="/page/@format != 'print'"><xsl:call-template name="help-more"/></xsl:if>
</xsl:template>

<xsl:template match="part" mode="contents">
  <li>
    <xsl:value-of select="@title"/>
    <ol><xsl:apply-templates select="topic" mode="contents"/></ol>
  </li>
</xsl:template>
<xsl:template match="topic" mode="contents">
  <li><a href="#{@key}"><xsl:apply-templates select="@title" mode="help"/></a></li>
</xsl:template>

<xsl:template match="guide/part">
  <section>
    <h2><xsl:value-of select="@title"/></h2>
    <xsl:apply-templates select="topic"/>
  </section>
</xsl:template>
<xsl:template match="part/topic">
  <section class="help-part" id="{@key}">
    <h3><xsl:apply-templates select="@title" mode="help"/></h3>
    <p><xsl:value-of select="@about"/></p>
    <xsl:apply-templates select="*" mode="help"/>
  </section>
</xsl:template>

</xsl:stylesheet>
