<?xml version="1.0" encoding="UTF-8"?>
<!-- people.xsl: the lists of a school's pupils and staff, with a search by name.
     in   people[@view = 'list'] with find sort page pages count lacks?
            /pupil[pupil_id name class_name from_on? birth_on guardians is_mine]
          people[@view = 'staff'] likewise
            /staff[staff_id name post subjects classes]
     out  a table of 60 rows, the search field, links to the other pages
     see  list.xsl; the document has birth and parents only for readers who may see them -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="layout.xsl"/>

<xsl:template match="page/people" mode="title">Ученики</xsl:template>
<xsl:template match="page/people[@view = 'staff']" mode="title">Сотрудники</xsl:template>

<xsl:template match="page/people" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Имя или класс'"/></xsl:call-template>
  <div class="actions">
    <xsl:if test="contains($opens, ' /newcomers ')"><a href="{$base}/newcomers">Новый ученик</a></xsl:if>
    <xsl:call-template name="as-import">
      <xsl:with-param name="kind" select="'pupils'"/>
      <xsl:with-param name="one" select="'administrator'"/>
    </xsl:call-template>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="page/people[@view = 'staff']" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Имя или должность'"/></xsl:call-template>
  <div class="actions">
    <xsl:call-template name="as-import">
      <xsl:with-param name="kind" select="'staff'"/>
      <xsl:with-param name="one" select="'administrator'"/>
      <xsl:with-param name="other" select="'hr'"/>
    </xsl:call-template>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/people">
  <xsl:variable name="births" select="pupil/@birth_on"/>
  <xsl:variable name="guardians" select="pupil/@guardians"/>
  <xsl:apply-templates select="@lacks"/>
  <table class="data people">
    <xsl:apply-templates select="." mode="count"/>
    <thead>
      <tr>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'name'"/>
          <xsl:with-param name="word" select="'Ученик'"/>
        </xsl:call-template>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'class'"/>
          <xsl:with-param name="word" select="'Класс'"/>
        </xsl:call-template>
        <xsl:if test="$births"><th scope="col">Дата рождения</th></xsl:if>
        <xsl:if test="$guardians"><th scope="col">Родители</th></xsl:if>
        <xsl:if test="pupil/@is_mine"><th scope="col" class="to">Открыть</th></xsl:if>
      </tr>
    </thead>
    <tbody>
      <xsl:apply-templates select="pupil">
        <xsl:with-param name="births" select="boolean($births)"/>
        <xsl:with-param name="guardians" select="boolean($guardians)"/>
        <xsl:with-param name="is_open" select="boolean(pupil/@is_mine)"/>
      </xsl:apply-templates>
    </tbody>
  </table>
  <xsl:apply-templates select="@page"/>
</xsl:template>

<xsl:template match="people/pupil">
  <xsl:param name="births"/>
  <xsl:param name="guardians"/>
  <xsl:param name="is_open"/>
  <tr>
    <th scope="row"><xsl:apply-templates select="." mode="name"/></th>
    <td data-word="Класс"><xsl:value-of select="@class_name"/><xsl:if test="@from_on"><span class="soft"> с <xsl:apply-templates select="@from_on" mode="date"/></span></xsl:if></td>
    <xsl:if test="$births"><td><xsl:apply-templates select="@birth_on" mode="date"/></td></xsl:if>
    <xsl:if test="$guardians"><td><xsl:value-of select="@guardians"/></td></xsl:if>
    <xsl:if test="$is_open"><td class="to"><xsl:if test="@is_mine"><a href="{$base}/pupils/{@pupil_id}/marks">Отметки</a><xsl:text> </xsl:text><a href="{$base}/pupils/{@pupil_id}/diary">Дневник</a><xsl:text> </xsl:text><a href="{$base}/pupils/{@pupil_id}/movements">Движение</a></xsl:if></td></xsl:if>
  </tr>
</xsl:template>

<xsl:template match="people/pupil" mode="name"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="people/pupil[@is_mine]" mode="name">
  <a href="{$base}/pupils/{@pupil_id}"><xsl:value-of select="@name"/></a>
</xsl:template>

<xsl:template match="page/people[@view = 'staff']" priority="1">
  <table class="data people">
    <xsl:apply-templates select="." mode="count"/>
    <thead>
      <tr>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'name'"/>
          <xsl:with-param name="word" select="'Сотрудник'"/>
        </xsl:call-template>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'post'"/>
          <xsl:with-param name="word" select="'Должность'"/>
        </xsl:call-template>
        <th scope="col">Предметы</th>
        <th scope="col">Классное руководство</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="staff"/></tbody>
  </table>
  <xsl:apply-templates select="@page"/>
</xsl:template>

<xsl:template match="people/staff">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td><xsl:value-of select="@post"/></td>
    <td><xsl:value-of select="@subjects"/></td>
    <td><xsl:value-of select="@classes"/></td>
  </tr>
</xsl:template>

<!-- The number of people found on all pages. -->
<xsl:template match="people" mode="count">
  <caption>
    <xsl:call-template name="plural">
      <xsl:with-param name="n" select="@count"/>
      <xsl:with-param name="one" select="'ученик'"/>
      <xsl:with-param name="few" select="'ученика'"/>
      <xsl:with-param name="many" select="'учеников'"/>
    </xsl:call-template>
  </caption>
</xsl:template>
<xsl:template match="people[@view = 'staff']" mode="count">
  <caption>
    <xsl:call-template name="plural">
      <xsl:with-param name="n" select="@count"/>
      <xsl:with-param name="one" select="'сотрудник'"/>
      <xsl:with-param name="few" select="'сотрудника'"/>
      <xsl:with-param name="many" select="'сотрудников'"/>
    </xsl:call-template>
  </caption>
</xsl:template>

<!-- Which pupils a list is limited to. -->
<xsl:template match="people/@lacks">
  <p class="notice">Только ученики, у которых <xsl:apply-templates select="." mode="what"/>. <a href="{$base}/pupils">Все ученики</a></p>
</xsl:template>
<xsl:template match="@lacks" mode="what">не указана дата рождения</xsl:template>
<xsl:template match="@lacks[. = 'guardian']" mode="what">не записаны родители</xsl:template>
<xsl:template match="@lacks[. = 'consent']" mode="what">нет ответа родителей об обработке данных</xsl:template>
<xsl:template match="page/people[@lacks][not(pupil)]" priority="4">
  <xsl:apply-templates select="@lacks"/>
  <p class="empty">Таких учеников нет<xsl:if test="string(@find)"> среди найденных</xsl:if>.</p>
</xsl:template>

<xsl:template match="page/people[not(pupil or staff)]" priority="2">
  <p class="empty">Никого не нашлось. <a href="?sort={@sort}">Весь список</a></p>
</xsl:template>
<xsl:template match="page/people[not(pupil or staff)][not(string(@find))]" priority="3">
  <p class="empty">Здесь пока никого нет. Учеников и сотрудников заводит администратор.</p>
</xsl:template>
<xsl:template match="page[contains(concat(' ', @opens), ' /newcomers ')]/people[@view = 'list'][not(pupil)][not(string(@find))]" priority="4">
  <p class="empty">Учеников пока нет. <a href="{$base}/imports/pupils">Загрузите их с родителями из файла</a> или <a href="{$base}/newcomers">зачислите по одному</a>.</p>
</xsl:template>

<xsl:template match="people/@page">
  <xsl:variable name="lacks"><xsl:if test="../@lacks">&amp;lacks=<xsl:value-of select="../@lacks"/></xsl:if></xsl:variable>
  <xsl:call-template name="pages">
    <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort, $lacks)"/>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
