<?xml version="1.0" encoding="UTF-8"?>
<!-- inspections.xsl: the monthly inspections of how journals are kept.
     in   inspections[@view = 'list'] with can_draft? is_head? month_on count done?
            /inspection[inspection_id month_on state made_on published_on? lines undone? confirmed is_confirmed?]…,
            missing[term_name ends_on staff_name]…
          inspections[@view = 'show'] with inspection_id month_on from_on till_on made_on state conclusion? published_on?
            staff_name? is_head? is_mine? can_confirm? done?
            /line[line_id staff_id name note? confirmed_on? undone total]/figure[duty_key undone total]…
     out  the list; an inspection: a form while it is a draft, else its lines, with the button that confirms the own
     see  rows.xsl, control_words.xsl, print/inspections.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="rows.xsl"/>
<xsl:include href="control_words.xsl"/>

<xsl:variable name="fields">
  <f name="month_on" label="Любой день месяца" type="date" required="required"/>
  <f name="text" label="Выводы и предложения" type="prose" max="3000"
     hint="Их увидят все, кого касается проверка."/>
</xsl:variable>
<xsl:variable name="row-fields">
  <f name="note" label="Что сделать" type="text" max="300"/>
</xsl:variable>
<xsl:variable name="inspection" select="/page/inspections"/>
<xsl:variable name="lines" select="$inspection/line"/>

<xsl:template match="page/inspections" mode="title">Проверки журналов</xsl:template>
<xsl:template match="page/inspections[@view = 'show']" mode="title">Проверка журналов, <xsl:apply-templates select="@month_on" mode="month"/></xsl:template>
<xsl:template match="page/inspections" mode="actions">
  <div class="actions">
    <xsl:if test="@is_head"><a href="{$base}/control">Контроль ведения журнала</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="page/inspections[@view = 'show']" mode="actions">
  <div class="actions">
    <a href="?format=print">Печать</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<!-- ............................................................. the list -->

<xsl:template match="page/inspections">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="missing"><xsl:call-template name="inspections-missing"/></xsl:if>
  <xsl:choose>
    <xsl:when test="inspection"><xsl:apply-templates select="." mode="table"/></xsl:when>
    <xsl:when test="@is_head"><p class="empty">Проверок пока нет. Черновик за прошлый месяц журнал составляет сам первого числа.</p></xsl:when>
    <xsl:otherwise><p class="empty">Вам ещё не сообщали результатов проверки.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="@can_draft"><xsl:call-template name="inspections-new"/></xsl:if>
</xsl:template>

<xsl:template match="inspections" mode="table">
  <table class="data people">
    <thead>
      <tr>
        <th scope="col">Месяц</th>
        <th scope="col">Состояние</th>
        <th scope="col" class="number">Не сделано</th>
        <th scope="col">Подтверждение</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="inspection"/></tbody>
  </table>
</xsl:template>

<xsl:template match="inspections/inspection">
  <tr>
    <th scope="row"><a href="{$base}/inspections/{@inspection_id}"><xsl:apply-templates select="@month_on" mode="month"/></a></th>
    <td data-word="Состояние">
      <xsl:choose>
        <xsl:when test="@state = 'draft'"><span class="todo">черновик</span></xsl:when>
        <xsl:otherwise>опубликована <xsl:apply-templates select="@published_on" mode="date"/></xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Не сделано" class="number"><xsl:value-of select="@undone"/></td>
    <td data-word="Подтверждение">
      <xsl:choose>
        <xsl:when test="@state = 'draft'"/>
        <xsl:when test="../@is_head"><xsl:value-of select="concat(@confirmed, ' из ', @lines)"/></xsl:when>
        <xsl:when test="@is_confirmed"><span class="done">подтверждено</span></xsl:when>
        <xsl:otherwise><span class="todo">ждёт вас</span></xsl:otherwise>
      </xsl:choose>
    </td>
  </tr>
</xsl:template>

<xsl:template name="inspections-missing">
  <section class="notice">
    <h2>Результаты проверки доведены не до всех</h2>
    <p>За учебный период результаты сообщают каждому учителю и классному руководителю хотя бы раз.</p>
    <ul>
      <xsl:for-each select="missing">
        <li>
          <xsl:value-of select="concat(@staff_name, ' — ', @term_name, ', до ')"/>
          <xsl:apply-templates select="@ends_on" mode="date"/>
        </li>
      </xsl:for-each>
    </ul>
  </section>
</xsl:template>

<xsl:template name="inspections-new">
  <details class="new">
    <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Составить черновик вручную</summary>
    <form class="card" method="post" action="{$base}/inspections">
      <xsl:call-template name="token"/>
      <xsl:variable name="month" select="string(@month_on)"/>
      <xsl:for-each select="$field[@name = 'month_on']">
        <p class="row"><xsl:call-template name="edit-field"><xsl:with-param name="value" select="$month"/></xsl:call-template></p>
      </xsl:for-each>
      <p class="hint">Если месяц ещё идёт, черновик считается по вчерашний день.</p>
      <p class="bar"><button class="main">Составить</button></p>
    </form>
  </details>
</xsl:template>

<!-- ........................................................ one inspection -->

<xsl:template match="page/inspections[@view = 'show']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:apply-templates select="." mode="lead"/>
  <xsl:choose>
    <xsl:when test="@is_mine">
      <form method="post" action="{$base}/inspections/{@inspection_id}">
        <xsl:call-template name="token"/>
        <xsl:variable name="text" select="string(@conclusion)"/>
        <xsl:for-each select="$field[@name = 'text']">
          <p class="row"><xsl:call-template name="edit-field"><xsl:with-param name="value" select="$text"/></xsl:call-template></p>
        </xsl:for-each>
        <xsl:apply-templates select="." mode="lines"/>
        <p class="savebar bar">
          <button class="main" name="action" value="save">Сохранить</button>
          <button name="action" value="count">Пересчитать</button>
          <button name="action" value="publish">Опубликовать</button>
        </p>
        <p class="hint">После публикации ничего не меняется: каждый увидит выводы и свою строку и подтвердит, что прочёл.</p>
      </form>
    </xsl:when>
    <xsl:otherwise>
      <xsl:if test="@conclusion"><p class="conclusion"><xsl:value-of select="@conclusion"/></p></xsl:if>
      <xsl:apply-templates select="." mode="lines"/>
    </xsl:otherwise>
  </xsl:choose>
  <xsl:if test="@can_confirm">
    <form class="card" method="post" action="{$base}/inspections/{@inspection_id}/confirmation">
      <xsl:call-template name="token"/>
      <p class="bar"><button class="main">Прочитано</button></p>
    </form>
  </xsl:if>
</xsl:template>

<xsl:template match="inspections" mode="lead">
  <p class="lead">
    <xsl:text>С </xsl:text><xsl:apply-templates select="@from_on" mode="date"/><xsl:text> по </xsl:text><xsl:apply-templates select="@till_on" mode="date"/>
    <xsl:choose>
      <xsl:when test="@state = 'draft'">. <span class="todo">Черновик</span>, числа на <xsl:apply-templates select="@made_on" mode="date"/></xsl:when>
      <xsl:otherwise>, числа на <xsl:apply-templates select="@made_on" mode="date"/>. Опубликовал(а) <xsl:value-of select="@staff_name"/>, <xsl:apply-templates select="@published_on" mode="date"/></xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<xsl:template match="inspections" mode="lines">
  <table class="data edit people">
    <caption class="sr">Что нашла проверка</caption>
    <thead>
      <tr>
        <th scope="col">Учитель</th>
        <th scope="col">Не сделано</th>
        <th scope="col">Что сделать</th>
        <xsl:if test="not(@is_mine)"><th scope="col">Прочитано</th></xsl:if>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="line"/></tbody>
  </table>
</xsl:template>
<xsl:template match="inspections[not(line)]" mode="lines"><p class="empty">Ни у кого не было обязанностей, которые можно проверить.</p></xsl:template>

<xsl:template match="inspections/line">
  <xsl:variable name="line" select="."/>
  <xsl:variable name="n" select="position()"/>
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td data-word="Не сделано">
      <xsl:choose>
        <xsl:when test="figure"><ul class="found"><xsl:apply-templates select="figure"/></ul></xsl:when>
        <xsl:otherwise><span class="done">всё сделано</span></xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Что сделать">
      <xsl:choose>
        <xsl:when test="$inspection/@is_mine">
          <input type="hidden" name="line_id" value="{@line_id}"/>
          <xsl:for-each select="$row-field">
            <xsl:call-template name="edit-cell">
              <xsl:with-param name="n" select="$n"/>
              <xsl:with-param name="row-label" select="$line/@name"/>
              <xsl:with-param name="value" select="$line/@note"/>
              <xsl:with-param name="old" select="string($line/@note)"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="@note"/></xsl:otherwise>
      </xsl:choose>
    </td>
    <xsl:if test="not($inspection/@is_mine)">
      <td data-word="Прочитано"><xsl:apply-templates select="@confirmed_on" mode="date"/></td>
    </xsl:if>
  </tr>
</xsl:template>

<xsl:template match="line/figure">
  <li>
    <a href="{$base}/control/duties/{@duty_key}?from_on={$inspection/@from_on}&amp;till_on={$inspection/@till_on}&amp;staff_id={../@staff_id}">
      <xsl:apply-templates select="@duty_key" mode="duty"/>
      <xsl:value-of select="concat(': ', @undone, ' из ', @total)"/>
    </a>
  </li>
</xsl:template>

<!-- .............................................................. refusals -->

<xsl:template match="page[inspections]/errors/error" mode="row-name">
  <xsl:value-of select="$lines[number(current()/@n)]/@name"/>
</xsl:template>
<xsl:template match="page[inspections]/errors/error[@field = 'state']" mode="field-name">Публикация</xsl:template>
<xsl:template match="page[inspections]/errors/error[@field = 'state'][@code = 'JE210']" mode="words">Эту проверку тем временем опубликовали, изменить её больше нельзя.</xsl:template>
<xsl:template match="page[inspections]/errors/error[@field = 'month_on'][@code = 'JE203']" mode="words">За этот месяц проверять ещё нечего.</xsl:template>
<xsl:template match="page[inspections]/errors/error[@field = 'month_on'][@code = 'JE212']" mode="words">Проверка этого месяца уже есть.</xsl:template>

</xsl:stylesheet>
