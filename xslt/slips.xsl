<?xml version="1.0" encoding="UTF-8"?>
<!-- slips.xsl: activation codes: which classes have them, who has one, the printed slips.
     in   <slips view="list"><class class_id? name? year? people active issued missing families apart/>…</slips>
          <slips view="show" class_id? name? school_name state is_mine? is_administrator?>
            <person pupil_id? person_id kind name note? is_staff? state code_until? seen_on?/>…</slips>
          <slips view="issued" … address><slip kind name note? pupils? code code_until/>…</slips>
     out  a table of classes; a table of people with the form that issues codes; slips to cut,
          ten on a sheet of A4
     see  form.xsl, static/css/slips.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="form.xsl"/>

<!-- Kinship of a guardian, as in ej.guardianship.kind. -->
<xsl:variable name="kin-words">
  <kin name="mother">мама</kin>
  <kin name="father">папа</kin>
  <kin name="grandmother">бабушка</kin>
  <kin name="grandfather">дедушка</kin>
  <kin name="guardian">опекун</kin>
  <kin name="trustee">попечитель</kin>
</xsl:variable>
<xsl:variable name="kin" select="exsl:node-set($kin-words)/kin"/>

<xsl:template match="page/slips" mode="title">Коды доступа · сотрудники</xsl:template>
<xsl:template match="page/slips[@class_id]" mode="title">Коды доступа · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/slips[@view = 'list']" mode="title">Коды доступа</xsl:template>
<xsl:template match="page/slips" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/slips[@view = 'issued']" mode="actions"/>

<!-- ............................................................. the list -->

<xsl:template match="page/slips[@view = 'list']">
  <p class="hint">По коду человек в первый раз входит в журнал и сам придумывает логин и пароль. Забывшему логин или пароль выдают новый код.</p>
  <table class="data people">
    <caption class="sr">Коды доступа по классам</caption>
    <thead>
      <tr>
        <th scope="col">Кому</th>
        <th scope="col">Всего людей</th>
        <th scope="col">Вошли</th>
        <th scope="col">Код выдан</th>
        <th scope="col">Без кода</th>
        <th scope="col">Семьи без доступа</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="class"/></tbody>
  </table>
</xsl:template>
<xsl:template match="page/slips[@view = 'list' and not(class)]">
  <p class="empty">Классов пока нет. Их заводит администратор или завуч.</p>
</xsl:template>

<xsl:variable name="last-year" select="/page/slips/class[@year][last()]/@year"/>
<xsl:template match="slips/class">
  <tr>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="@class_id"><a href="{$base}/slips/classes/{@class_id}"><xsl:value-of select="@name"/></a></xsl:when>
        <xsl:otherwise><a href="{$base}/slips/staff">Сотрудники</a></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@class_id and @year != $last-year">
        <span class="soft"> <xsl:value-of select="concat(@year, '/', (@year + 1) mod 100)"/></span>
      </xsl:if>
    </th>
    <td data-word="всего"><xsl:value-of select="@people"/></td>
    <td data-word="вошли"><xsl:value-of select="@active"/></td>
    <td data-word="код выдан"><xsl:value-of select="@issued"/></td>
    <td data-word="без кода"><xsl:value-of select="@missing"/></td>
    <td data-word="семьи без доступа">
      <xsl:if test="@apart &gt; 0"><span class="todo"><xsl:value-of select="@apart"/></span></xsl:if>
      <xsl:if test="@apart = 0 and @class_id">0</xsl:if>
    </td>
  </tr>
</xsl:template>

<!-- ............................................................ the people -->

<xsl:template match="page/slips[@view = 'show']">
  <xsl:choose>
    <xsl:when test="not(person)"><p class="empty">В этом классе пока нет учеников. Их зачисляет администратор.</p></xsl:when>
    <xsl:when test="@is_mine">
      <form method="post" action="{$base}{/page/@path}">
        <xsl:call-template name="token"/>
        <input type="hidden" name="state" value="{@state}"/>
        <xsl:call-template name="issue-bar"/>
        <xsl:apply-templates select="." mode="people"/>
        <p class="bar"><button name="what" value="chosen">Выдать новые коды отмеченным</button></p>
        <details class="more">
          <xsl:if test="key('refused', 'learned_on')"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
          <summary>Логин известен другим</summary>
          <p>Логины отмеченных будут заблокированы, их сеансы закончатся, и каждому выдаётся новый код. Случай увидят руководители школы.</p>
          <xsl:call-template name="moment-row">
            <xsl:with-param name="name" select="'learned'"/>
            <xsl:with-param name="label" select="'Когда стало известно'"/>
          </xsl:call-template>
          <p class="hint">Только что — оставьте поля пустыми.</p>
          <p class="bar"><button name="what" value="known">Заблокировать и выдать новые коды</button></p>
        </details>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="people"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- How long the codes are valid, and the buttons that issue them to all without one. -->
<xsl:template name="issue-bar">
  <xsl:variable name="missing" select="person[(@state = 'none' or @state = 'expired') and (../@is_administrator or not(@is_staff))]"/>
  <div class="issue">
    <p class="row">
      <label>
        <span class="label">Коды действуют, дней</span>
        <input type="number" name="days" min="1" max="92" required="required" autocomplete="off">
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'days'"/>
              <xsl:with-param name="value" select="30"/>
            </xsl:call-template>
          </xsl:attribute>
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'days'"/></xsl:call-template>
        </input>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'days'"/></xsl:call-template>
    </p>
    <xsl:choose>
      <xsl:when test="$missing">
        <button class="main" name="what" value="all">Выдать коды всем, у кого их нет: <xsl:value-of select="count($missing)"/></button>
        <xsl:if test="$missing/@kind = 'pupil' and $missing/@kind = 'guardian'">
          <button name="what" value="guardian">Только родителям: <xsl:value-of select="count($missing[@kind = 'guardian'])"/></button>
          <button name="what" value="pupil">Только ученикам: <xsl:value-of select="count($missing[@kind = 'pupil'])"/></button>
        </xsl:if>
      </xsl:when>
      <xsl:otherwise><p class="done everybody">Коды есть у всех, кто ещё не вошёл.</p></xsl:otherwise>
    </xsl:choose>
  </div>
  <p class="hint">Коды показываются один раз, сразу после выдачи, чтобы их напечатать. Новый код отменяет прежний неиспользованный; у того, кто уже вошёл, прежний логин и пароль действуют, пока он не введёт новый код.</p>
</xsl:template>

<xsl:template match="slips" mode="people">
  <table class="data people">
    <caption class="sr">У кого есть коды</caption>
    <thead>
      <tr>
        <th scope="col">Имя</th>
        <th scope="col">
          <xsl:choose><xsl:when test="@class_id">Кто</xsl:when><xsl:otherwise>Должность</xsl:otherwise></xsl:choose>
        </th>
        <th scope="col">Доступ</th>
        <th scope="col">Был в журнале</th>
        <xsl:if test="@is_mine"><th scope="col" class="to">Новый код</th></xsl:if>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="person"/></tbody>
  </table>
</xsl:template>

<xsl:template match="slips/person">
  <tr class="{@kind}">
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td><xsl:apply-templates select="." mode="who"/></td>
    <td><xsl:apply-templates select="@state" mode="access"/></td>
    <td data-word="был"><xsl:apply-templates select="@seen_on" mode="date"/></td>
    <xsl:if test="../@is_mine">
      <td class="to">
        <xsl:choose>
          <xsl:when test="@is_staff and not(../@is_administrator)">у администратора</xsl:when>
          <xsl:otherwise>
            <label class="check">
              <input type="checkbox" name="person_id" value="{@person_id}" aria-label="Новый код: {@name}">
                <xsl:if test="$is-refused and /page/form/row/field[@name = 'person_id'][. = current()/@person_id]">
                  <xsl:attribute name="checked">checked</xsl:attribute>
                </xsl:if>
              </input>
              <span class="narrow">новый код</span>
            </label>
          </xsl:otherwise>
        </xsl:choose>
      </td>
    </xsl:if>
  </tr>
</xsl:template>

<xsl:template match="*" mode="who"><xsl:value-of select="@note"/></xsl:template>
<xsl:template match="*[@kind = 'pupil']" mode="who">ученик</xsl:template>
<xsl:template match="*[@kind = 'guardian']" mode="who">
  <xsl:variable name="word" select="$kin[@name = current()/@note]"/>
  <xsl:value-of select="$word"/><xsl:if test="not($word)">родитель</xsl:if>
</xsl:template>

<xsl:template match="@state" mode="access"><span class="done">вошёл</span></xsl:template>
<xsl:template match="@state[. = 'none']" mode="access"><span class="todo">нет кода</span></xsl:template>
<xsl:template match="@state[. = 'expired']" mode="access"><span class="todo">код устарел</span></xsl:template>
<xsl:template match="@state[. = 'blocked']" mode="access"><span class="todo">заблокирован</span></xsl:template>
<xsl:template match="@state[. = 'issued']" mode="access">код выдан, до <xsl:apply-templates select="../@code_until" mode="date"/></xsl:template>
<xsl:template match="person[@state = 'active' and @code_until]/@state" mode="access" priority="1">
  <span class="done">вошёл</span>; новый код до <xsl:apply-templates select="../@code_until" mode="date"/>
</xsl:template>

<!-- ............................................................. the slips -->

<xsl:template match="page/slips[@view = 'issued']" mode="title">Коды выданы: <xsl:value-of select="count(slip)"/></xsl:template>

<xsl:template match="page/slips[@view = 'issued']">
  <xsl:variable name="back">
    <xsl:choose>
      <xsl:when test="@class_id">/slips/classes/<xsl:value-of select="@class_id"/></xsl:when>
      <xsl:otherwise>/slips/staff</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <div class="notice" role="status">
    <p>Напечатайте эту страницу сейчас (Ctrl+P) и разрежьте по линиям: второй раз коды не показываются. Если листки пропали, выдайте новые коды — прежние перестанут действовать.</p>
    <p><a href="{$base}{$back}">Листки напечатаны</a></p>
  </div>
  <div class="slips"><xsl:apply-templates select="slip"/></div>
</xsl:template>

<xsl:template match="slips/slip">
  <section class="slip">
    <p class="soft"><xsl:apply-templates select="../@school_name" mode="tied"/></p>
    <h2><xsl:value-of select="@name"/></h2>
    <p><xsl:apply-templates select="." mode="whose"/></p>
    <p class="code"><xsl:value-of select="@code"/></p>
    <ol>
      <li>Откройте <b><xsl:value-of select="concat(../@address, '/activate')"/></b></li>
      <li>Введите код — русскими или латинскими буквами, всё равно.</li>
      <li>Придумайте логин и пароль.</li>
    </ol>
    <p class="soft">Код действует один раз, до <xsl:apply-templates select="@code_until" mode="date"/>. Никому его не передавайте.</p>
  </section>
</xsl:template>

<xsl:template match="slip" mode="whose"><xsl:value-of select="@note"/></xsl:template>
<xsl:template match="slip[@kind = 'pupil']" mode="whose"><xsl:value-of select="concat('ученик, ', ../@name)"/></xsl:template>
<xsl:template match="slip[@kind = 'guardian']" mode="whose">
  <xsl:apply-templates select="." mode="who"/>
  <xsl:value-of select="concat(': ', @pupils, ', ', ../@name)"/>
</xsl:template>

<xsl:template match="error[@field = 'learned_on']" mode="field-name">Когда стало известно</xsl:template>
<xsl:template match="error[@field = 'days']" mode="field-name">Коды действуют, дней</xsl:template>
<xsl:template match="page[slips]/errors/error[@code = 'JE102' and @field = 'days']" mode="words">Код действует от 1 до 92 дней.</xsl:template>
<xsl:template match="page[slips]/errors/error[@code = 'JE101' and @field = 'person_id']" mode="words">Отметьте, кому выдать новые коды.</xsl:template>
<xsl:template match="page[slips]/errors" mode="heading">Коды не выданы</xsl:template>

</xsl:stylesheet>
