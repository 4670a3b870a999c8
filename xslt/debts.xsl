<?xml version="1.0" encoding="UTF-8"?>
<!-- debts.xsl: academic debts, the retakes of a pupil, the form of one retake.
     in   debts[@view = 'list'] with find sort page pages count
            /debt[pupil_id name class_name subject_name year value until_on attempts? planned_on? passed_on? passed? is_over?]
          debts[@view = 'show'] with pupil_id name is_mine? done?
            /debt[debt_id subject_name year value arose_on until_on passed_on? passed?]
              /retake[retake_id attempt held_on examiners? value? value_name? is_pass? protocol? note? is_void?]
            /choice[for value name]…
          debts[@view = 'retake'] with retake_id pupil_id name subject_name attempt held_on examiners value? protocol note is_void?
            /choice…
     out  tables; forms
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="record.xsl"/>

<xsl:variable name="is-one" select="boolean(/page/debts[@view = 'retake'])"/>
<xsl:variable name="fields">
  <xsl:if test="not($is-one)"><f name="subject_id" label="Предмет" choices="1" required="required"/></xsl:if>
  <f name="held_on" label="День пересдачи" type="date" required="required"/>
  <f name="examiners" label="Кто принимает" max="300" hint="Вторую пересдачу принимает комиссия: назовите её состав или приказ."/>
  <xsl:if test="$is-one">
    <f name="value" label="Результат" choices="1" hint="Пусто — пересдачи ещё не было; «н/а» — ученик не явился без уважительной причины."/>
    <f name="protocol" label="Протокол" max="100" hint="Номер и дата; нужен к результату."/>
  </xsl:if>
  <f name="note" label="Примечание" max="300" hint="Обязательно, если пересдача позже года со дня долга (например, из-за болезни) или не состоялась."/>
  <xsl:if test="$is-one">
    <f name="is_void" label="Не состоялась по уважительной причине или назначена по ошибке: не считается" type="checkbox"/>
  </xsl:if>
</xsl:variable>

<xsl:template match="page/debts" mode="title">Академические задолженности</xsl:template>
<xsl:template match="page/debts[@view = 'show']" mode="title"><xsl:value-of select="concat('Задолженности: ', @name)"/></xsl:template>
<xsl:template match="page/debts[@view = 'retake']" mode="title">
  <xsl:value-of select="concat('Пересдача ', @attempt, ': ', @subject_name, ', ', @name)"/>
</xsl:template>

<xsl:template match="page/debts" mode="actions"/>
<xsl:template match="page/debts[@view = 'list']" mode="actions">
  <xsl:call-template name="record-actions"><xsl:with-param name="find" select="'Ученик, класс или предмет'"/></xsl:call-template>
</xsl:template>

<xsl:template match="page/debts[@view = 'show']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/marks')"/>
    <xsl:with-param name="word" select="'Отметки'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/debts[@view = 'retake']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/debts')"/>
    <xsl:with-param name="word" select="@name"/>
  </xsl:call-template>
</xsl:template>

<!-- ................................................................ the list -->

<xsl:template match="page/debts">
  <p class="hint">Долг — годовая «2» или «н/а». Его ликвидируют не более чем двумя пересдачами в течение года; до этого ученик переведён условно. Годовая отметка не меняется: результат пересдачи стоит рядом с ней.</p>
  <xsl:apply-templates select="self::*[debt]" mode="table"/>
  <xsl:if test="not(debt)">
    <p class="empty">
      <xsl:choose>
        <xsl:when test="string(@find)">Ничего не нашлось. <a href="{$base}/debts">Весь список</a></xsl:when>
        <xsl:otherwise>Задолженностей нет. Они появляются здесь сами, когда учитель выставляет годовую «2» или «н/а».</xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:if>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()))"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="debts" mode="table">
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'задолженность'"/>
        <xsl:with-param name="few" select="'задолженности'"/><xsl:with-param name="many" select="'задолженностей'"/>
      </xsl:call-template>
    </caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Класс</th><th scope="col">Предмет</th><th scope="col">За год</th><th scope="col">Отметка</th><th scope="col">Пересдач</th><th scope="col">Состояние</th><th scope="col">Срок</th></tr></thead>
    <tbody>
      <xsl:for-each select="debt">
        <tr>
          <th scope="row"><a href="{$base}/pupils/{@pupil_id}/debts"><xsl:value-of select="@name"/></a></th>
          <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
          <td data-word="Предмет"><xsl:value-of select="@subject_name"/></td>
          <td data-word="За год"><xsl:apply-templates select="@year" mode="years"/></td>
          <td data-word="Отметка"><xsl:value-of select="@value"/></td>
          <td data-word="Пересдач"><xsl:value-of select="@attempts"/></td>
          <td data-word="Состояние"><xsl:apply-templates select="." mode="state"/></td>
          <td data-word="Срок"><xsl:apply-templates select="@until_on" mode="date"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="@year" mode="years"><xsl:value-of select="concat(., '/', format-number((. + 1) mod 100, '00'))"/></xsl:template>

<xsl:template match="debt" mode="state">
  <xsl:choose>
    <xsl:when test="@passed_on"><span class="done">ликвидирована: <xsl:value-of select="@passed"/>, <xsl:apply-templates select="@passed_on" mode="date"/></span></xsl:when>
    <xsl:when test="@planned_on">пересдача <xsl:apply-templates select="@planned_on" mode="date"/></xsl:when>
    <xsl:when test="@attempts = 2"><span class="todo">не сдана дважды</span></xsl:when>
    <xsl:when test="@is_over"><span class="todo">срок прошёл</span></xsl:when>
    <xsl:otherwise><span class="todo">назначьте пересдачу</span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ............................................................. of a pupil -->

<xsl:template match="page/debts[@view = 'show']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_mine and choice">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/debts')"/>
      <xsl:with-param name="word" select="'Назначить пересдачу'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:apply-templates select="debt"/>
  <xsl:if test="not(debt)"><p class="empty">Академических задолженностей нет.</p></xsl:if>
</xsl:template>

<xsl:template match="debts/debt">
  <section class="card">
    <h2><xsl:value-of select="@subject_name"/>: <xsl:value-of select="@value"/> за <xsl:apply-templates select="@year" mode="years"/> учебный год</h2>
    <p>
      <xsl:choose>
        <xsl:when test="@passed_on"><span class="done">Ликвидирована <xsl:apply-templates select="@passed_on" mode="date"/>: <xsl:value-of select="@passed"/></span></xsl:when>
        <xsl:otherwise>Не ликвидирована. Пересдать можно два раза до <xsl:apply-templates select="@until_on" mode="date"/>.</xsl:otherwise>
      </xsl:choose>
    </p>
    <xsl:if test="retake">
      <table class="data people">
        <caption class="sr">Пересдачи: <xsl:value-of select="@subject_name"/></caption>
        <thead><tr><th scope="col">Пересдача</th><th scope="col">День</th><th scope="col">Кто принимает</th><th scope="col">Результат</th><th scope="col">Протокол</th><th scope="col">Примечание</th></tr></thead>
        <tbody><xsl:apply-templates select="retake"/></tbody>
      </table>
    </xsl:if>
  </section>
</xsl:template>

<xsl:template match="debt/retake">
  <tr>
    <xsl:if test="@is_void"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="../../@is_mine"><a href="{$base}/retakes/{@retake_id}"><xsl:value-of select="@attempt"/>-я</a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@attempt"/>-я</xsl:otherwise>
      </xsl:choose>
    </th>
    <td data-word="День"><xsl:apply-templates select="@held_on" mode="date"/></td>
    <td data-word="Кто принимает"><xsl:value-of select="@examiners"/></td>
    <td data-word="Результат">
      <xsl:choose>
        <xsl:when test="@is_void">не считается</xsl:when>
        <xsl:when test="@is_pass"><span class="done"><xsl:value-of select="@value"/>, сдана</span></xsl:when>
        <xsl:when test="@value"><xsl:value-of select="@value"/>, не сдана</xsl:when>
        <xsl:otherwise>ещё нет</xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Протокол"><xsl:value-of select="@protocol"/></td>
    <td data-word="Примечание"><xsl:value-of select="@note"/></td>
  </tr>
</xsl:template>

<!-- ........................................................... of one retake -->

<xsl:template match="page/debts[@view = 'retake']" priority="1"><xsl:call-template name="record-form"/></xsl:template>
<xsl:template match="debts[@view = 'retake']" mode="rows"><input type="hidden" name="pupil_id" value="{@pupil_id}"/></xsl:template>

<xsl:template match="page[debts]/errors/error[@code = 'JE212']" mode="words">Пересдача этого долга уже назначена: её назначил кто-то другой.</xsl:template>

</xsl:stylesheet>
