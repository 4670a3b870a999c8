<?xml version="1.0" encoding="UTF-8"?>
<!-- promotion.xsl: all pupils go on into the next school year.
     in   promotion[@view = 'list'] with year next_year from_on? is_open? is_mine? promotion_id? order_no? order_on? done?
            /class[class_id name pupils promoted conditional repeating graduated next?], next[name pupils is_new?]
          promotion[@view = 'show'] with class_id name grade next_year is_mine? is_done?
            /pupil[pupil_id name debts? outcome letter?]
          promotion[@view = 'mistake'] with promotion_id next_year order_no order_on pupils undone_reason?
     out  counts by class with the form of the order; a table of selects for one class
     see  record.xsl, form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="order_no" label="Приказ №" max="40" required="required"/>
  <f name="order_on" label="Приказ от" type="date" required="required"/>
  <f name="undone_reason" label="Почему перевод отменяется" max="200" required="required"/>
  <f name="outcome" label="Решение">
    <o value="promoted">переведён</o>
    <o value="conditional">переведён условно</o>
    <o value="repeating">повторное обучение</o>
    <o value="graduated">окончил обучение</o>
  </f>
  <f name="letter" label="Буква"/>
</xsl:variable>

<xsl:template match="@*" mode="school-year"><xsl:value-of select="concat(., '/', (. + 1) mod 100)"/></xsl:template>

<xsl:template match="page/promotion" mode="title">Перевод в <xsl:apply-templates select="@next_year" mode="school-year"/> учебный год</xsl:template>
<xsl:template match="page/promotion[@view = 'show']" mode="title"><xsl:value-of select="concat('Перевод · ', @name)"/></xsl:template>
<xsl:template match="page/promotion[@view = 'mistake']" mode="title">Отменить перевод в <xsl:apply-templates select="@next_year" mode="school-year"/> учебный год</xsl:template>

<xsl:template match="page/promotion[@view = 'list']" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<!-- ................................................................. the overview -->

<xsl:template match="page/promotion">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:apply-templates select="." mode="state"/>
  <xsl:apply-templates select="self::*[class]" mode="classes"/>
  <xsl:apply-templates select="self::*[next and not(@promotion_id)]" mode="next"/>
</xsl:template>
<xsl:template match="page/promotion/@done" priority="1"><p class="notice" role="status">Сохранено.</p></xsl:template>
<xsl:template match="page/promotion/@done[. = 'added']" priority="2"><p class="notice" role="status">Все ученики переведены.</p></xsl:template>
<xsl:template match="page/promotion/@done[. = 'removed']" priority="2"><p class="notice" role="status">Перевод отменён: классы и группы учеников такие, как до него.</p></xsl:template>

<xsl:template match="promotion" mode="state">
  <form class="card" method="post" action="{$base}/promotion">
    <xsl:call-template name="token"/>
    <p>Проверьте решения по классам. Одним приказом будут созданы недостающие классы, а все ученики с <xsl:apply-templates select="@from_on" mode="date"/> зачислены в них. До первого урока нового года перевод можно отменить.</p>
    <xsl:for-each select="$field[@name = 'order_no' or @name = 'order_on']">
      <p class="row"><xsl:call-template name="edit-field"/></p>
    </xsl:for-each>
    <p class="bar"><button class="main">Перевести всех</button></p>
  </form>
</xsl:template>
<xsl:template match="promotion[not(@is_mine)]" mode="state" priority="1"><p class="hint">Переводят администратор и завуч; здесь видно, что предложено и решено.</p></xsl:template>
<xsl:template match="promotion[not(@is_open)]" mode="state" priority="2">
  <p class="empty"><xsl:apply-templates select="@next_year" mode="school-year"/> учебный год ещё не открыт или в нём нет учебных периодов. Сначала <a href="{$base}/years">откройте его</a>; решения по классам можно принимать уже сейчас.</p>
</xsl:template>
<xsl:template match="promotion[@promotion_id]" mode="state" priority="3">
  <p class="notice">Ученики переведены приказом № <xsl:value-of select="@order_no"/> от <xsl:apply-templates select="@order_on" mode="date"/>.
    <xsl:if test="@is_mine"><xsl:text> </xsl:text><a href="{$base}/promotions/{@promotion_id}">Отменить перевод</a></xsl:if>
  </p>
</xsl:template>

<xsl:template match="promotion" mode="classes">
  <table class="data people">
    <caption>Классы этого года</caption>
    <thead><tr><th scope="col">Класс</th><th scope="col">Учеников</th><th scope="col">Переведены</th><th scope="col">Условно</th><th scope="col">Повторно</th><th scope="col">Окончили</th><th scope="col">Куда</th></tr></thead>
    <tbody>
      <xsl:for-each select="class">
        <tr>
          <th scope="row"><a href="{$base}/promotion/{@class_id}"><xsl:value-of select="@name"/></a></th>
          <td data-word="Учеников"><xsl:value-of select="@pupils"/></td>
          <td data-word="Переведены"><xsl:value-of select="@promoted"/></td>
          <td data-word="Условно"><xsl:value-of select="@conditional"/></td>
          <td data-word="Повторно"><xsl:value-of select="@repeating"/></td>
          <td data-word="Окончили"><xsl:value-of select="@graduated"/></td>
          <td data-word="Куда"><xsl:value-of select="@next"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">Всего</th>
        <td><xsl:value-of select="sum(class/@pupils)"/></td>
        <td><xsl:value-of select="sum(class/@promoted)"/></td>
        <td><xsl:value-of select="sum(class/@conditional)"/></td>
        <td><xsl:value-of select="sum(class/@repeating)"/></td>
        <td><xsl:value-of select="sum(class/@graduated)"/></td>
        <td/>
      </tr>
    </tfoot>
  </table>
</xsl:template>
<xsl:template match="page/promotion[@view = 'list'][not(class)]" priority="1">
  <p class="empty">В этом учебном году ещё нет учеников. Их зачисляют на странице <a href="{$base}/movements">«Движение учеников»</a>.</p>
</xsl:template>

<xsl:template match="promotion" mode="next">
  <table class="data people">
    <caption>Классы нового года</caption>
    <thead><tr><th scope="col">Класс</th><th scope="col">Учеников</th><th scope="col">Класс уже есть</th></tr></thead>
    <tbody>
      <xsl:for-each select="next">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td data-word="Учеников"><xsl:value-of select="@pupils"/></td>
          <td data-word="Класс уже есть"><xsl:choose><xsl:when test="@is_new">будет создан</xsl:when><xsl:otherwise>да</xsl:otherwise></xsl:choose></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- .................................................................. one class -->

<xsl:template match="page/promotion[@view = 'show']" priority="1">
  <form method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <p class="hint">«Условно» — с академической задолженностью. Буква нужна, если ученик пойдёт не в класс с той же буквой; повторно обучаются в этой же параллели.</p>
    <table class="data people">
      <caption class="sr">Решения</caption>
      <thead><tr><th scope="col">Ученик</th><th scope="col">Долгов</th><th scope="col">Решение</th><th scope="col">Буква нового класса</th></tr></thead>
      <tbody><xsl:apply-templates select="pupil"/></tbody>
    </table>
    <xsl:if test="@is_mine and not(@is_done)"><p class="bar"><button class="main">Сохранить</button></p></xsl:if>
  </form>
</xsl:template>
<xsl:template match="page/promotion[@view = 'show'][not(pupil)]" priority="2"><p class="empty">В этом классе на конец года нет учеников.</p></xsl:template>

<xsl:template match="promotion/pupil">
  <xsl:variable name="row" select="."/>
  <xsl:variable name="n" select="position()"/>
  <xsl:variable name="typed" select="key('row', $n)"/>
  <tr>
    <th scope="row">
      <xsl:value-of select="@name"/>
      <input type="hidden" name="pupil_id" value="{@pupil_id}"/>
      <input type="hidden" name="old_outcome" value="{@outcome}"/>
      <input type="hidden" name="old_letter" value="{@letter}"/>
    </th>
    <td data-word="Долгов"><xsl:value-of select="@debts"/></td>
    <td data-word="Решение">
      <select name="outcome" aria-label="Решение: {@name}">
        <xsl:for-each select="$field[@name = 'outcome']/o">
          <option value="{@value}">
            <xsl:if test="@value = $typed/field[@name = 'outcome'] or not($typed) and @value = $row/@outcome"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
            <xsl:value-of select="."/>
          </option>
        </xsl:for-each>
      </select>
    </td>
    <td data-word="Буква нового класса">
      <input type="text" name="letter" maxlength="10" size="3" autocomplete="off" aria-label="Буква нового класса: {@name}">
        <xsl:attribute name="value">
          <xsl:choose>
            <xsl:when test="$typed"><xsl:value-of select="$typed/field[@name = 'letter']"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="@letter"/></xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </input>
    </td>
  </tr>
</xsl:template>

<!-- ................................................................. a mistake -->

<xsl:template match="page/promotion[@view = 'mistake']" priority="1">
  <p>Приказ № <xsl:value-of select="@order_no"/> от <xsl:apply-templates select="@order_on" mode="date"/>, учеников: <xsl:value-of select="@pupils"/>.</p>
  <xsl:choose>
    <xsl:when test="@undone_reason"><p class="notice">Перевод отменён: <xsl:value-of select="@undone_reason"/></p></xsl:when>
    <xsl:otherwise>
      <form class="card" method="post" action="{$base}{/page/@path}">
        <xsl:call-template name="token"/>
        <p>Классы и группы всех учеников станут такими, как до перевода. Созданные классы нового года останутся без учеников.</p>
        <xsl:for-each select="$field[@name = 'undone_reason']"><p class="row"><xsl:call-template name="edit-field"/></p></xsl:for-each>
        <p class="bar"><button class="main">Отменить перевод</button></p>
      </form>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page[promotion]/errors/error[@code = 'JE211']" mode="words">После перевода учеников переводили или отчисляли, или их классы меняли иначе. Сначала отмените эти записи в «Движении учеников».</xsl:template>
<xsl:template match="page[promotion]/errors/error[@code = 'JE104']" mode="words">Буква класса — до 10 знаков без пробелов.</xsl:template>

</xsl:stylesheet>
