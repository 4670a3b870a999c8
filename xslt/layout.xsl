<?xml version="1.0" encoding="UTF-8"?>
<!-- layout.xsl: the frame of every page.
     in   <page feature view lang base path roles opens person form_token notices? messages? version query>
            <errors/>? <form/>? one feature element
          </page>
     out  the whole HTML; the feature is called in three modes:
            title    plain text: the heading and the window's title
            actions  what stands beside the heading (links, buttons)
            (none)   the content of <main>
     see  ui.xsl for the small shared parts, xslt/README.md for the contract -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="ui.xsl"/>
<xsl:import href="list.xsl"/>
<xsl:import href="menu.xsl"/>

<xsl:output method="html" encoding="UTF-8" indent="no"
            doctype-system="about:legacy-compat"/>

<xsl:variable name="base" select="/page/@base"/>
<!-- The address of the static files has the build's version (a slash and twelve digits), so browsers can cache them for
     ever; without a version it is plain. A string, since a tree is slower where it is used a hundred times. -->
<xsl:variable name="static" select="concat($base, '/static', substring(concat('/', /page/@static), 1, 13 * boolean(/page/@static)))"/>

<!-- The roles of the reader, with a blank before and after each. -->
<xsl:variable name="roles" select="concat(' ', /page/@roles, ' ')"/>

<xsl:template match="/page">
  <html lang="ru">
    <xsl:call-template name="head"/>
    <body class="{@feature} {@view}">
      <a class="skip" href="#main">К содержанию</a>
      <xsl:apply-templates select="." mode="top"/>
      <main id="main">
        <!-- a page shown by a renewed log-in has that one's address; the script replaces it by
             this one -->
        <xsl:if test="errors/error/@code = 'JE302'">
          <xsl:attribute name="data-ej-here"><xsl:value-of select="concat($base, @path)"/></xsl:attribute>
        </xsl:if>
        <header class="title">
          <xsl:apply-templates select="." mode="crumbs"/>
          <h1><xsl:call-template name="title"/></h1>
          <xsl:apply-templates select="." mode="help-sign"/>
          <xsl:apply-templates select="*" mode="actions"/>
        </header>
        <xsl:apply-templates select="*"/>
      </main>
    </body>
  </html>
</xsl:template>

<!-- A printed form has no menu, only sheets of paper. -->
<xsl:template match="/page[@format = 'print']">
  <html lang="ru">
    <xsl:call-template name="head"/>
    <body class="print {@feature}">
      <xsl:apply-templates select="@is_training"/>
      <main>
        <xsl:apply-templates select="*"/>
      </main>
    </body>
  </html>
</xsl:template>

<xsl:template name="head">
  <head>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <title><xsl:apply-templates select="self::*[@notices or @messages]" mode="unread-number"/><xsl:call-template name="title"/> — <xsl:apply-templates select="." mode="school"/></title>
    <link rel="icon" href="{$static}/img/icon.svg"/>
    <link rel="stylesheet" href="{$static}/app.css"/>
    <xsl:apply-templates select="." mode="head"/>
  </head>
</xsl:template>

<xsl:template match="page" mode="head">
  <script type="module" src="{$static}/app.js"></script>
  <xsl:apply-templates select="*" mode="script"/>
</xsl:template>
<xsl:template match="page/*" mode="script"/>

<!-- A printed form has its own font, so that its layout does not depend on the fonts of the
     machine that prints it. The italic is rarely used and not preloaded. -->
<xsl:template match="page[@format = 'print']" mode="head">
  <link rel="preload" as="font" type="font/woff2" crossorigin="" href="{$static}/font/ej-serif.woff2"/>
  <link rel="preload" as="font" type="font/woff2" crossorigin="" href="{$static}/font/ej-serif-bold.woff2"/>
</xsl:template>

<!-- How many notices and messages are not read, in the title of the browser's tab; up to 99. -->
<xsl:template match="page" mode="unread-number">
  <xsl:variable name="n" select="sum(@notices | @messages)"/>
  <xsl:text>(</xsl:text>
  <xsl:choose><xsl:when test="$n &gt; 99">99+</xsl:when><xsl:otherwise><xsl:value-of select="$n"/></xsl:otherwise></xsl:choose>
  <xsl:text>) </xsl:text>
</xsl:template>

<!-- The title of a printed form is the name of its file, the same for every reader. -->
<xsl:template match="page[@format = 'print']" mode="unread-number"/>

<!-- The sign that leads to the topic of this page: the topic of a feature has its name, but for the page
     /help/compliance, whose name would be its own address. -->
<xsl:template match="page" mode="help-sign">
  <xsl:variable name="topic">
    <xsl:choose>
      <xsl:when test="@feature = 'compliance'">requirements</xsl:when>
      <xsl:otherwise><xsl:value-of select="@feature"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <a class="help-sign" href="{$base}/help/{$topic}">?<span class="sr"> Справка об этой странице</span></a>
</xsl:template>
<xsl:template match="page[@feature = 'help']" mode="help-sign"/>
<!-- where every page gives the same error, so would the topic -->
<xsl:template match="page[error/@code = 'JE305' or error/@code = 'JE307']" mode="help-sign"/>

<xsl:template name="title">
  <xsl:apply-templates select="*" mode="title"/>
</xsl:template>

<!-- The name of the school, since a browser may have pages of several schools open. -->
<xsl:template match="page" mode="school">Журнал</xsl:template>
<xsl:template match="page[@school]" mode="school"><xsl:value-of select="@school"/></xsl:template>

<!-- The built-in templates would print all texts of an element without a template for these modes. -->
<xsl:template match="page/*" mode="title"/>
<xsl:template match="page/*" mode="actions"/>
<xsl:template match="page/errors"/>
<xsl:template match="page/form"/>

<!-- ...................................................... the head line -->

<xsl:template match="page" mode="top">
  <header class="top">
    <a class="name" href="{$base}/">Электронный журнал</a>
  </header>
</xsl:template>

<!-- A school to learn in says so on every page, and on every sheet of paper. -->
<xsl:template match="page/@is_training"><p class="training">Учебная школа: здесь можно ошибаться, письма из неё не уходят</p></xsl:template>
<xsl:template match="page[@format = 'print']/@is_training"><p class="training">Учебная школа — не документ</p></xsl:template>

<xsl:template match="page[@person]" mode="top">
  <xsl:apply-templates select="@is_training"/>
  <header class="top">
    <xsl:apply-templates select="." mode="menu"/>
    <div class="me">
      <xsl:if test="contains($roles, ' several ')">
        <a class="where" href="{$base}/school">
          <span class="sr">Школа: </span>
          <xsl:choose>
            <xsl:when test="contains($roles, ' staff ')"><xsl:apply-templates select="@school" mode="tied"/></xsl:when>
            <xsl:otherwise>Выберите школу</xsl:otherwise>
          </xsl:choose>
          <span class="sr">, сменить</span>
        </a>
      </xsl:if>
      <span class="person"><xsl:value-of select="@person"/></span>
      <a href="{$base}/account">
        <xsl:if test="@feature = 'account'"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
        <xsl:text>Профиль</xsl:text>
      </a>
      <form method="post" action="{$base}/logout" data-ej-logout="">
        <xsl:if test="@is_shared"><xsl:attribute name="data-ej-shared"/></xsl:if>
        <xsl:call-template name="token"/>
        <button class="plain">Выйти</button>
      </form>
    </div>
    <xsl:apply-templates select="@maintenance_starts_at"/>
    <xsl:apply-templates select="@replayed_at"/>
    <xsl:if test="@is_shared">
      <p class="shared">Не ваш компьютер: уходя, нажмите «Выйти».</p>
    </xsl:if>
  </header>
</xsl:template>

<!-- Hours of maintenance that begin within a day, or are on: then only the administrator is here. -->
<xsl:template match="page/@maintenance_starts_at">
  <p class="shared maintenance">
    <xsl:text>Журнал будет закрыт на обслуживание </xsl:text>
    <xsl:apply-templates select="." mode="day"/>
    <xsl:value-of select="concat(' с ', substring-after(., 'T'), ' до ', substring-after(../@maintenance_ends_at, 'T'))"/>
    <xsl:if test="../@maintenance_words">: <xsl:value-of select="../@maintenance_words"/></xsl:if>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>

<!-- The line above a page that was read from a standby, since there is no primary: nothing can be saved. -->
<xsl:template match="page/@replayed_at">
  <p class="shared maintenance">
    <xsl:text>Сейчас журнал можно только читать: записи — на </xsl:text>
    <xsl:value-of select="substring-after(., 'T')"/>
    <xsl:text>, </xsl:text>
    <xsl:apply-templates select="." mode="day"/>
    <xsl:text>. Сохранить можно будет позже.</xsl:text>
  </p>
</xsl:template>

<!-- Links to the import of a list and to its export with the same columns (imports.xsl), for those
     who have one of the roles, each between blanks. -->
<xsl:template name="as-import">
  <xsl:param name="kind"/>
  <xsl:param name="one"/>
  <xsl:param name="other"/>
  <xsl:if test="contains($roles, concat(' ', $one, ' ')) or $other and contains($roles, concat(' ', $other, ' '))">
    <a href="{$base}/imports/{$kind}">Загрузить из файла</a>
    <a href="{$base}/imports/{$kind}/list?format=xlsx">Выгрузить для правки</a>
  </xsl:if>
</xsl:template>

<!-- Links to the tables of this page, with its filters, as files. -->
<xsl:template name="as-tables">
  <xsl:variable name="kept">
    <xsl:if test="string(/page/@query) and not(contains(/page/@query, 'format='))">
      <xsl:value-of select="concat(/page/@query, '&amp;')"/>
    </xsl:if>
  </xsl:variable>
  <!-- a list that can be sorted goes whole into a file (ej_page_list); of any other with several
       pages the file has one, and the link says so -->
  <xsl:variable name="part"><xsl:if test="/page/*[not(@sort)]/@pages &gt; 1"> этой страницы</xsl:if></xsl:variable>
  <a href="?{$kept}format=xlsx">Excel<xsl:value-of select="$part"/></a>
  <a href="?{$kept}format=csv">CSV<xsl:value-of select="$part"/></a>
</xsl:template>

</xsl:stylesheet>
