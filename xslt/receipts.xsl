<?xml version="1.0" encoding="UTF-8"?>
<!-- receipts.xsl: whether families have seen the weeks of the diary: of the school by classes, of a
     class, of a pupil.
     in   receipts[@view = 'list'] with week_on previous_on next_on? today_on is_off?
            /week[week_id week_on name], class[class_id name staff_name?]/c[@overdue?]
          receipts[@view = 'class'] with class_id name week_on week_name previous_on next_on? today_on is_off?
            is_mine? done?
            /pupil[pupil_id name state due_on is_paper?]/guardian[guardian_id name kind way? at?]
          receipts[@view = 'pupil'] with pupil_id name is_off? is_guardian?
            /week[week_on name state due_on document is_own?]/receipt[way at name?]
     out  tables; to the class teacher a form for signed strips, to a guardian a button for each week
     see  form.xsl, receipts_words.xsl, guardians_words.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="guardians_words.xsl"/>
<xsl:include href="receipts_words.xsl"/>

<xsl:variable name="receipts" select="/page/receipts"/>
<xsl:variable name="columns" select="$receipts/week"/>

<xsl:template match="page/receipts" mode="title">Ознакомление с дневником</xsl:template>
<xsl:template match="page/receipts" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<!-- Acknowledgement is switched off in the settings. -->
<xsl:template match="receipts" mode="off">
  <xsl:if test="@is_off"><p class="notice">Школа не спрашивает родителей, ознакомились ли они с дневником. Это меняют в настройках школы, раздел «Родители».</p></xsl:if>
</xsl:template>

<!-- ......................................................... of the school -->

<xsl:template match="page/receipts">
  <xsl:apply-templates select="." mode="off"/>
  <nav class="pages" aria-label="Недели">
    <a rel="prev" href="?week_on={@previous_on}">← Раньше</a>
    <xsl:if test="@next_on"><a rel="next" href="?week_on={@next_on}">Позже →</a></xsl:if>
  </nav>
  <table class="data people">
    <caption class="sr">Сколько семей ознакомились, по классам и неделям</caption>
    <thead>
      <tr>
        <th scope="col">Класс</th>
        <th scope="col">Классный руководитель</th>
        <xsl:for-each select="week"><th scope="col" class="number"><xsl:value-of select="@name"/></th></xsl:for-each>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="class"/></tbody>
  </table>
  <p class="hint">«24 из 28»: в 24 семьях из 28 ознакомились с неделей в её нынешнем виде. Если потом меняется отметка, пропуск или замечание, семью спрашивают снова. «Срок прошёл» — у стольких семей нет ни одной подписи.</p>
</xsl:template>
<xsl:template match="page/receipts[@view = 'list'][not(class)]">
  <p class="empty">Классов этого учебного года пока нет. <a href="{$base}/classes">Классы</a></p>
</xsl:template>

<xsl:template match="receipts/class">
  <xsl:variable name="class" select="@class_id"/>
  <xsl:variable name="name" select="@name"/>
  <tr>
    <th scope="row"><a href="{$base}/classes/{@class_id}/receipts"><xsl:value-of select="@name"/></a></th>
    <td><xsl:value-of select="@staff_name"/></td>
    <xsl:for-each select="c">
      <xsl:variable name="n" select="position()"/>
      <xsl:variable name="week" select="$columns[$n]"/>
      <td class="number">
        <xsl:if test="text() or @overdue"><xsl:attribute name="data-word"><xsl:value-of select="$week/@name"/></xsl:attribute></xsl:if>
        <xsl:if test="text()">
          <a href="{$base}/classes/{$class}/receipts?week_on={$week/@week_on}"
             aria-label="{$name}, {$week/@name}: {.}"><xsl:value-of select="."/></a>
        </xsl:if>
        <xsl:if test="@overdue"><br/><small class="todo">срок прошёл: <xsl:value-of select="@overdue"/></small></xsl:if>
      </td>
    </xsl:for-each>
  </tr>
</xsl:template>

<!-- .......................................................... of a class -->

<xsl:template match="page/receipts[@view = 'class']" mode="title"><xsl:value-of select="@name"/> · ознакомление с дневником</xsl:template>
<xsl:template match="page/receipts[@view = 'class']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/receipts[@view = 'class']" mode="actions">
  <div class="actions">
    <a href="{$base}/classes/{@class_id}">Класс</a>
    <a href="{$base}/classes/{@class_id}/strips?week_on={@week_on}">Полоски на бумаге</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/receipts[@view = 'class']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:apply-templates select="." mode="off"/>
  <nav class="pages" aria-label="Недели">
    <a rel="prev" href="?week_on={@previous_on}">← Раньше</a>
    <b><xsl:value-of select="@week_name"/></b>
    <xsl:if test="@next_on"><a rel="next" href="?week_on={@next_on}">Позже →</a></xsl:if>
  </nav>
  <xsl:choose>
    <xsl:when test="not(pupil)"><p class="empty">На этой неделе у класса не было уроков.</p></xsl:when>
    <xsl:when test="@is_mine">
      <p class="hint">Отметьте, кто подписал бумажную полоску, и нажмите «Записать».</p>
      <form method="post" action="{$base}/classes/{@class_id}/receipts?week_on={@week_on}">
        <xsl:call-template name="token"/>
        <input type="hidden" name="week_on" value="{@week_on}"/>
        <xsl:apply-templates select="." mode="families"/>
        <p class="bar"><button class="main">Записать</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="families"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="receipts" mode="families">
  <table class="data people">
    <caption class="sr">Семьи класса, <xsl:value-of select="@week_name"/></caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Состояние</th><th scope="col">Родители</th></tr></thead>
    <tbody><xsl:apply-templates select="pupil"/></tbody>
  </table>
</xsl:template>

<xsl:template match="receipts/pupil">
  <tr>
    <th scope="row">
      <a href="{$base}/pupils/{@pupil_id}/receipts"><xsl:value-of select="@name"/></a>
      <xsl:if test="@is_paper"><xsl:text> </xsl:text><span class="badge">бумажная семья</span></xsl:if>
    </th>
    <td>
      <xsl:apply-templates select="@state" mode="state"/>
      <xsl:if test="@state = 'due'"> до <xsl:apply-templates select="@due_on" mode="day"/></xsl:if>
    </td>
    <td>
      <xsl:apply-templates select="guardian"/>
      <xsl:if test="not(guardian)"><span class="todo">родители не записаны</span></xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="pupil/guardian">
  <p>
    <xsl:value-of select="@name"/>, <xsl:apply-templates select="@kind" mode="kinship"/>
    <xsl:if test="@way"><xsl:text>: </xsl:text><small><xsl:apply-templates select="@way" mode="receipt-way"/>, <xsl:apply-templates select="@at" mode="moment"/></small></xsl:if>
    <xsl:if test="$receipts/@is_mine and not(@way = 'strip')">
      <xsl:text> </xsl:text>
      <label class="check">
        <input type="checkbox" name="signed.{../@pupil_id}.{@guardian_id}" value="1" aria-label="Подпись на полоске: {../@name}, {@name}"/>
        <xsl:text> подпись</xsl:text>
      </label>
    </xsl:if>
  </p>
</xsl:template>

<!-- .......................................................... of a pupil -->

<xsl:template match="page/receipts[@view = 'pupil']" mode="title">Ознакомление с дневником · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/receipts[@view = 'pupil']" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/diary')"/>
    <xsl:with-param name="word" select="'Дневник'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/receipts[@view = 'pupil']" mode="actions">
  <div class="actions"><a href="{$base}/pupils/{@pupil_id}/diary">Дневник</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/receipts[@view = 'pupil']" priority="1">
  <xsl:apply-templates select="." mode="off"/>
  <xsl:if test="not(week)"><p class="empty">Здесь будут недели, в которые у ученика есть уроки.</p></xsl:if>
  <xsl:if test="week">
    <table class="data people">
      <caption class="sr">Недели</caption>
      <thead><tr><th scope="col">Неделя</th><th scope="col">Состояние</th><th scope="col">Кто и когда</th><xsl:if test="@is_guardian"><th scope="col" class="to">Подтвердить</th></xsl:if></tr></thead>
      <tbody><xsl:apply-templates select="week"/></tbody>
    </table>
  </xsl:if>
</xsl:template>

<xsl:template match="receipts/week">
  <tr>
    <th scope="row"><a href="{$base}/pupils/{$receipts/@pupil_id}/diary?week_on={@week_on}"><xsl:value-of select="@name"/></a></th>
    <td>
      <xsl:apply-templates select="@state" mode="state"/>
      <xsl:if test="@state = 'due'"> до <xsl:apply-templates select="@due_on" mode="day"/></xsl:if>
    </td>
    <td>
      <xsl:for-each select="receipt">
        <xsl:if test="position() &gt; 1"><br/></xsl:if>
        <xsl:apply-templates select="@at" mode="moment"/><xsl:text>, </xsl:text>
        <xsl:value-of select="@name"/><xsl:if test="not(@name)">другой родитель</xsl:if>
        <xsl:text>, </xsl:text><xsl:apply-templates select="@way" mode="receipt-way"/>
      </xsl:for-each>
    </td>
    <xsl:if test="$receipts/@is_guardian">
      <td class="to">
        <xsl:if test="@state != 'early' and not(@is_own)">
          <form method="post" action="{$base}/pupils/{$receipts/@pupil_id}/receipts">
            <xsl:call-template name="token"/>
            <input type="hidden" name="week_on" value="{@week_on}"/>
            <input type="hidden" name="document" value="{@document}"/>
            <button name="way" value="tap" aria-label="Ознакомлен(а): {@name}">Ознакомлен(а)</button>
          </form>
        </xsl:if>
      </td>
    </xsl:if>
  </tr>
</xsl:template>

<xsl:template match="receipts/@done"><p class="notice" role="status">Записано.</p></xsl:template>

<!-- ....................................................... what is refused -->

<xsl:template match="page[receipts]/errors/error[@field = 'week_on']" mode="field-name">Неделя</xsl:template>
<xsl:template match="page[receipts]/errors/error[@code = 'JE203']" mode="words" priority="1">Эта неделя ещё не открыта для ознакомления, или уроков в ней не было.</xsl:template>
<xsl:template match="page[receipts]/errors/error[@code = 'JE210']" mode="words" priority="1">Дневник за эту неделю изменился, пока страница была открыта. Посмотрите неделю ещё раз и подтвердите снова.</xsl:template>
<xsl:template match="page[receipts]/errors/error[@code = 'JE211']" mode="words" priority="1">Этот человек больше не представляет ученика. Откройте страницу заново.</xsl:template>
<xsl:template match="page[receipts]/errors/error[@code = 'JE106'][@field = 'way']" mode="words" priority="1">Школа не принимает подтверждений этим способом.</xsl:template>

</xsl:stylesheet>
