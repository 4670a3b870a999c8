<?xml version="1.0" encoding="UTF-8"?>
<!-- plans_forms.xsl: the forms of a calendar-thematic plan: a row of the grid, filling from a table,
     copying, its states, the texts of refusals.
     see  plans.xsl, which includes this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- One row of the grid, with the values that it showed. -->
<xsl:template match="plans/row" mode="grid">
  <xsl:call-template name="grid-row"><xsl:with-param name="n" select="position()"/></xsl:call-template>
</xsl:template>
<xsl:template match="form/row" mode="grid">
  <xsl:call-template name="grid-row"><xsl:with-param name="n" select="@n"/></xsl:call-template>
</xsl:template>
<xsl:template name="grid-row">
  <xsl:param name="n"/>
  <xsl:variable name="row" select="."/>
  <xsl:variable name="label" select="concat('строка ', $n)"/>
  <tr>
    <xsl:for-each select="$row-field">
      <td data-word="{@label}">
        <xsl:if test="position() = 1"><input type="hidden" name="row_id" value="{$row/@row_id}"/></xsl:if>
        <xsl:choose>
          <xsl:when test="@name = 'kind'">
            <xsl:call-template name="kind-cell">
              <xsl:with-param name="n" select="$n"/>
              <xsl:with-param name="stored" select="string($row/@kind)"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="edit-cell">
              <xsl:with-param name="n" select="$n"/>
              <xsl:with-param name="row-label" select="$label"/>
              <xsl:with-param name="value">
                <xsl:apply-templates select="$row" mode="row-value"><xsl:with-param name="name" select="string(@name)"/>
                </xsl:apply-templates>
              </xsl:with-param>
              <xsl:with-param name="old" select="string($row/@*[name() = current()/@name])"/>
            </xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </td>
    </xsl:for-each>
  </tr>
</xsl:template>
<xsl:template match="plans/row" mode="row-value">
  <xsl:param name="name"/>
  <xsl:variable name="value" select="string(@*[name() = $name])"/>
  <xsl:choose>
    <xsl:when test="$name = 'hours' or $name = 'place'"><xsl:value-of select="translate($value, '.', ',')"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="$value"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The select of a lesson's kind in the row n; the context node is its field. -->
<xsl:template name="kind-cell">
  <xsl:param name="n"/>
  <xsl:param name="stored"/>
  <xsl:for-each select="$page">
    <xsl:variable name="chosen">
      <xsl:choose>
        <xsl:when test="$is-refused and key('row', $n)/field[@name = 'kind']">
          <xsl:value-of select="key('row', $n)/field[@name = 'kind']"/></xsl:when>
        <xsl:when test="$stored"><xsl:value-of select="$stored"/></xsl:when>
        <xsl:otherwise>lesson</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <select name="kind" aria-label="строка {$n}: Вид">
      <xsl:for-each select="str:tokenize('lesson control laboratory practical excursion', ' ')" xmlns:str="http://exslt.org/strings">
        <option value="{.}">
          <xsl:if test=". = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
          <xsl:choose>
            <xsl:when test=". = 'control'">контрольная</xsl:when>
            <xsl:when test=". = 'laboratory'">лабораторная</xsl:when>
            <xsl:when test=". = 'practical'">практическая</xsl:when>
            <xsl:when test=". = 'excursion'">экскурсия</xsl:when>
            <xsl:otherwise>урок</xsl:otherwise>
          </xsl:choose>
        </option>
      </xsl:for-each>
    </select>
    <input type="hidden" name="old_kind" value="{$stored}"/>
  </xsl:for-each>
</xsl:template>

<!-- What the reader can do with the plan: offer, take back, approve, return, remove, a new version. -->
<xsl:template match="plans" mode="moves">
  <xsl:if test="@is_own and @state = 'draft' and @fault or @is_deputy and @state = 'offered' and @fault">
    <p class="notice"><xsl:call-template name="plan-fault"><xsl:with-param name="code" select="string(@fault)"/></xsl:call-template></p>
  </xsl:if>
  <xsl:if test="@is_own and @state = 'draft'">
    <xsl:call-template name="move"><xsl:with-param name="state" select="'offered'"/>
      <xsl:with-param name="word" select="'Отдать на утверждение'"/></xsl:call-template>
  </xsl:if>
  <xsl:if test="@is_deputy and (@state = 'offered' or @state = 'draft') and not(@fault)">
    <xsl:call-template name="move"><xsl:with-param name="state" select="'approved'"/>
      <xsl:with-param name="word" select="'Утвердить'"/></xsl:call-template>
  </xsl:if>
  <xsl:if test="@state = 'offered' and (@is_deputy or @is_own)">
    <xsl:call-template name="move">
      <xsl:with-param name="state" select="'draft'"/>
      <xsl:with-param name="word"><xsl:choose><xsl:when test="@is_own">Забрать и исправить</xsl:when><xsl:otherwise>Вернуть автору</xsl:otherwise></xsl:choose></xsl:with-param>
      <xsl:with-param name="with-note" select="not(@is_own)"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:if test="@state = 'approved' and (@is_own or @is_deputy) and not(@after_id)">
    <form method="post" action="{$base}/plans/{@plan_id}/copy">
      <xsl:call-template name="token"/>
      <input type="hidden" name="is_version" value="1"/>
      <p class="bar"><button>Начать новую версию</button></p>
    </form>
  </xsl:if>
  <xsl:if test="@is_own and @state = 'draft'">
    <details class="more">
      <summary>Удалить черновик</summary>
      <p>Темы пропадут вместе с планом. План, по которому уже учатся, удалить нельзя.</p>
      <xsl:call-template name="move"><xsl:with-param name="state" select="'removed'"/>
        <xsl:with-param name="word" select="'Удалить черновик'"/></xsl:call-template>
    </details>
  </xsl:if>
</xsl:template>

<xsl:template name="move">
  <xsl:param name="state"/>
  <xsl:param name="word"/>
  <xsl:param name="with-note" select="false()"/>
  <form method="post" action="{$base}/plans/{@plan_id}/state">
    <xsl:call-template name="token"/>
    <input type="hidden" name="state" value="{$state}"/>
    <input type="hidden" name="old_state" value="{@state}"/>
    <xsl:if test="$with-note">
      <xsl:variable name="typed"><xsl:call-template name="typed"><xsl:with-param name="name" select="'note'"/></xsl:call-template>
      </xsl:variable>
      <p class="row">
        <label><span class="label">Что исправить</span><input name="note" maxlength="300" autocomplete="off" value="{$typed}"><xsl:call-template name="invalid"><xsl:with-param name="name" select="'note'"/></xsl:call-template></input></label>
        <xsl:call-template name="field-error"><xsl:with-param name="name" select="'note'"/></xsl:call-template>
      </p>
    </xsl:if>
    <p class="bar"><button><xsl:if test="$state = 'approved'"><xsl:attribute name="class">main</xsl:attribute></xsl:if><xsl:value-of select="$word"/></button></p>
  </form>
</xsl:template>

<xsl:template name="plan-fault">
  <xsl:param name="code"/>
  <xsl:choose>
    <xsl:when test="$code = 'JE101'">Утвердить пока нельзя: в плане нет тем.</xsl:when>
    <xsl:when test="$code = 'JE106'">Утвердить пока нельзя: в учебном плане ни у одного класса этой параллели нет столько часов предмета в неделю. <a href="{$base}/curriculum?grade={/page/plans/@grade}">Учебный план</a></xsl:when>
    <xsl:otherwise>Утвердить пока нельзя: часов в КТП должно быть столько же, сколько в учебном плане за год. Разница показана по периодам.</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ...................................................... from a spreadsheet -->

<xsl:template match="page/plans[@view = 'fill']" priority="1">
  <xsl:choose>
    <xsl:when test="not(@is_own and @state = 'draft')"><p class="empty">Темы записывает автор плана, пока план — черновик. <a href="{$base}/plans/{@plan_id}">Открыть план</a></p></xsl:when>
    <xsl:otherwise>
      <form class="card" method="post" action="{$base}/plans/{@plan_id}/rows" enctype="multipart/form-data">
        <xsl:call-template name="token"/>
        <p>Скопируйте строки в Excel или LibreOffice вместе с заголовками и вставьте сюда — или выберите файл. Заголовки: Раздел, Четверть, Тема, Вид, Часов, Домашнее задание, Ссылки; нужна только «Тема», порядок любой. Без заголовков столбцы читаются так: тема, часы, вид, домашнее задание, раздел.</p>
        <p class="row">
          <label><span class="label">Строки таблицы</span>
            <textarea name="pasted" rows="12" maxlength="200000"><xsl:call-template name="invalid">
              <xsl:with-param name="name" select="'pasted'"/></xsl:call-template><xsl:call-template name="typed">
              <xsl:with-param name="name" select="'pasted'"/></xsl:call-template></textarea></label>
          <xsl:call-template name="field-error"><xsl:with-param name="name" select="'pasted'"/></xsl:call-template>
        </p>
        <p class="row">
          <label><span class="label">Или файл Excel, CSV</span><input type="file" name="file" accept=".xlsx,.csv,.txt"><xsl:call-template name="invalid"><xsl:with-param name="name" select="'file'"/></xsl:call-template></input></label>
          <xsl:call-template name="field-error"><xsl:with-param name="name" select="'file'"/></xsl:call-template>
        </p>
        <p class="row"><label class="check"><input type="checkbox" name="is_replaced" value="1"><xsl:call-template name="checked"><xsl:with-param name="name" select="'is_replaced'"/></xsl:call-template></input><span>Вместо тем, которые уже есть</span></label>
          <xsl:call-template name="field-error"><xsl:with-param name="name" select="'is_replaced'"/></xsl:call-template></p>
        <p class="bar"><button class="main">Записать темы</button></p>
      </form>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ................................................................. a copy -->

<xsl:template match="page/plans[@view = 'copy']" priority="1">
  <form class="card" method="post" action="{$base}/plans/{@plan_id}/copy">
    <xsl:call-template name="token"/>
    <p>Получится ваш черновик с теми же темами: исправьте его и отдайте на утверждение. Исходный план не изменится.</p>
    <xsl:variable name="plan" select="."/>
    <xsl:for-each select="$field[@name != 'subject_id']">
      <xsl:variable name="stored"><xsl:apply-templates select="." mode="stored">
        <xsl:with-param name="value" select="$plan/@*[name() = current()/@name]"/></xsl:apply-templates></xsl:variable>
      <p class="row"><xsl:call-template name="edit-field"><xsl:with-param name="value" select="string($stored)"/></xsl:call-template></p>
    </xsl:for-each>
    <p class="bar"><button class="main">Скопировать</button></p>
  </form>
</xsl:template>

<!-- ......................................................... why it is refused -->

<xsl:template match="page[plans]/errors/error[@field = 'pasted' or @field = 'file']" mode="field-name">Таблица</xsl:template>
<xsl:template match="page[plans]/errors/error[@field = 'note']" mode="field-name">Что исправить</xsl:template>
<xsl:template match="page[plans]/errors/error[@code = 'JE211'][not(@field)]" mode="words" priority="1">Эту тему уже прошли на уроке: удалить её нельзя. Её можно переименовать.</xsl:template>
<xsl:template match="page[plans]/errors/error[@code = 'JE211']" mode="words">По этому плану уже учатся: темы, которые прошли, удалить нельзя.</xsl:template>
<xsl:template match="page[plans]/errors/error[@code = 'JE212']" mode="words">Новую версию этого плана уже составляют.</xsl:template>
<xsl:template match="page[plans]/errors/error[@code = 'JE101'][@field = 'pasted']" mode="words" priority="1">Вставьте строки с темами или выберите файл с ними.</xsl:template>
<xsl:template match="page[plans]/errors/error[@code = 'JE107']" mode="words" priority="1">Тем слишком много: в одном плане их не больше 400.</xsl:template>
<xsl:template match="page[plans]/errors/error[@code = 'JE102'][@field = 'hours']" mode="words" priority="1">Часов — от 0,5 до 40.</xsl:template>
<xsl:template match="page[plans]/errors/error[@code = 'JE102'][@field = 'term_no']" mode="words" priority="1">Четверть — число от 1 до 4.</xsl:template>
<xsl:template match="page[plans]/errors/error[@field = 'hours'][not(@n &gt; 0)]" mode="words" priority="1.5">
  <xsl:call-template name="plan-fault"><xsl:with-param name="code" select="string(@code)"/></xsl:call-template></xsl:template>

</xsl:stylesheet>
