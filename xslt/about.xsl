<?xml version="1.0" encoding="UTF-8"?>
<!-- about.xsl: the page of a school for everybody, or the list of schools.
     in   <about view="show" school_id? name? short_name? founder? city? address? director? okpo?
            phone? email? year?>
            <school school_id short_name name city?/>…     only without school_id
            <act act_id title number? signed_on? file/>… <holiday name kind from_on till_on/>…
            <lesson bell_plan_id name shift grades slot starts ends/>…</about>
     out  requisites, acts with links to their files, holidays, a table for each bell plan
     see  layout.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="layout.xsl"/>

<xsl:key name="plan" match="about/lesson" use="@bell_plan_id"/>

<xsl:template match="page/about" mode="title">Школы</xsl:template>
<xsl:template match="page/about[@school_id]" mode="title"><xsl:apply-templates select="@short_name" mode="tied"/></xsl:template>
<xsl:template match="page/about" mode="actions">
  <div class="actions">
    <xsl:choose>
      <xsl:when test="/page/@person"><a href="{$base}/support">Написать администратору</a></xsl:when>
      <xsl:otherwise><a href="{$base}/login">Войти в журнал</a></xsl:otherwise>
    </xsl:choose>
  </div>
</xsl:template>

<xsl:template match="page/about">
  <ul class="places"><xsl:apply-templates select="school"/></ul>
  <xsl:if test="not(school)"><p class="empty">Открытых страниц школ здесь нет.</p></xsl:if>
</xsl:template>
<xsl:template match="about/school">
  <li>
    <a href="{$base}/about/{@school_id}"><xsl:apply-templates select="@short_name" mode="tied"/></a>
    <xsl:if test="@city"><xsl:value-of select="concat(', ', @city)"/></xsl:if>
    <span class="hint"><xsl:value-of select="@name"/></span>
  </li>
</xsl:template>

<xsl:template match="page/about[@school_id]">
  <p class="lead"><xsl:value-of select="@name"/></p>
  <dl class="record">
    <xsl:apply-templates select="@founder | @city | @address | @director | @phone | @email | @okpo" mode="requisite"/>
  </dl>
  <xsl:apply-templates select="self::*[act]" mode="acts"/>
  <xsl:apply-templates select="self::*[holiday]" mode="holidays"/>
  <xsl:if test="lesson">
    <h2>Звонки</h2>
    <div class="term-plans">
      <xsl:apply-templates select="lesson[generate-id() = generate-id(key('plan', @bell_plan_id)[1])]" mode="plan"/>
    </div>
  </xsl:if>
</xsl:template>

<xsl:template match="@*" mode="requisite">
  <dt>
    <xsl:choose>
      <xsl:when test="name() = 'founder'">Учредитель</xsl:when>
      <xsl:when test="name() = 'city'">Населённый пункт</xsl:when>
      <xsl:when test="name() = 'address'">Адрес</xsl:when>
      <xsl:when test="name() = 'director'">Директор</xsl:when>
      <xsl:when test="name() = 'phone'">Телефон</xsl:when>
      <xsl:when test="name() = 'email'">Электронная почта</xsl:when>
      <xsl:otherwise>ОКПО</xsl:otherwise>
    </xsl:choose>
  </dt>
  <dd>
    <xsl:choose>
      <xsl:when test="name() = 'email'"><a href="mailto:{.}"><xsl:value-of select="."/></a></xsl:when>
      <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
    </xsl:choose>
  </dd>
</xsl:template>

<xsl:template match="about" mode="acts">
  <h2>Локальные акты</h2>
  <table class="data people">
    <caption class="sr">Локальные акты</caption>
    <thead><tr><th scope="col">Название</th><th scope="col">Номер</th><th scope="col">Дата</th><th scope="col">Файл</th></tr></thead>
    <tbody>
      <xsl:for-each select="act">
        <tr>
          <th scope="row"><xsl:value-of select="@title"/></th>
          <td data-word="Номер"><xsl:value-of select="@number"/></td>
          <td data-word="Дата"><xsl:apply-templates select="@signed_on" mode="date"/></td>
          <td data-word="Файл"><a href="{$base}/about/{../@school_id}/acts/{@act_id}"><xsl:value-of select="@file"/></a></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="about" mode="holidays">
  <h2><xsl:value-of select="concat('Каникулы и праздники ', @year, '/', substring(@year + 1, 3))"/></h2>
  <table class="data people">
    <caption class="sr">Каникулы и праздники</caption>
    <thead><tr><th scope="col">Название</th><th scope="col">С</th><th scope="col">По</th></tr></thead>
    <tbody>
      <xsl:for-each select="holiday">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/><xsl:if test="@kind = 'extra'"> (1 классы)</xsl:if></th>
          <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
          <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- The lessons of a bell plan; the context node is the first. -->
<xsl:template match="about/lesson" mode="plan">
  <table class="data">
    <caption>
      <xsl:value-of select="concat(@name, ': ', @grades)"/>
      <xsl:choose><xsl:when test="string-length(@grades) &gt; 2"> классы</xsl:when><xsl:otherwise> класс</xsl:otherwise></xsl:choose>
      <xsl:if test="@shift &gt; 1"><xsl:value-of select="concat(', ', @shift, ' смена')"/></xsl:if>
    </caption>
    <thead><tr><th scope="col">Урок</th><th scope="col">Начало</th><th scope="col">Конец</th></tr></thead>
    <tbody>
      <xsl:for-each select="key('plan', @bell_plan_id)">
        <tr>
          <th scope="row"><xsl:value-of select="@slot"/></th>
          <td><xsl:value-of select="@starts"/></td>
          <td><xsl:value-of select="@ends"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
