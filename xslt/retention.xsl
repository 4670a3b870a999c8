<?xml version="1.0" encoding="UTF-8"?>
<!-- retention.xsl: how long years are kept, and the acts by which they are destroyed.
     in   retention[is_mine? is_director? is_administrator? done?]
            /term[kind usual years basis]… due[year kind years due_on is_due? package_state? state? is_ready?]…
            /act[act_id kind year state act_no act_on reason years due_on made_by made_at seen …]/part[name rows sha256]…
     out  the terms, a form to director and administrator; the years; the acts with what each destroyed
     see  rows.xsl; sql/ejournal-package, which carries the acts out -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="rows.xsl"/>
<xsl:include href="retention_acts.xsl"/>

<xsl:variable name="row-fields">
  <f name="years" label="Хранить, лет" type="number"/>
  <f name="basis" label="Основание" type="text" max="200"/>
</xsl:variable>
<xsl:variable name="order-236">приказ Росархива от 20.12.2019 № 236</xsl:variable>

<xsl:template match="page/retention" mode="title">Сроки хранения</xsl:template>
<xsl:template match="page/retention" mode="actions">
  <div class="actions">
    <a href="{$base}/packages">Архив учебных лет</a>
    <a href="{$base}/history?kind=setup">История изменений</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/retention">
  <xsl:apply-templates select="@done[not($is-refused)]" mode="retention"/>
  <p class="hint">Сколько лет хранят журналы и сводные ведомости и когда срок выходит: его считают с 1 января после конца
    учебного года. Само ничего не уничтожается: нужен акт, который подтвердили директор и администратор, каждый под своим логином.</p>
  <h2>Сроки</h2>
  <xsl:apply-templates select="." mode="terms"/>
  <h2>Когда выходит срок</h2>
  <xsl:choose>
    <xsl:when test="due"><xsl:apply-templates select="." mode="years"/></xsl:when>
    <xsl:otherwise><p class="empty">Оконченных учебных лет ещё нет.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="@is_mine and due[@is_ready]"><xsl:apply-templates select="." mode="draft"/></xsl:if>
  <h2>Акты об уничтожении</h2>
  <xsl:choose>
    <xsl:when test="act"><xsl:apply-templates select="." mode="acts"/></xsl:when>
    <xsl:otherwise><p class="empty">Актов нет.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@done" mode="retention">
  <p class="notice good" role="status">
    <xsl:choose>
      <xsl:when test=". = 'added'">Акт составлен. Теперь его подтверждают директор и администратор.</xsl:when>
      <xsl:otherwise>Записано.</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<xsl:template match="@kind" mode="retention">
  <xsl:choose>
    <xsl:when test=". = 'journal'">Журналы</xsl:when>
    <xsl:otherwise>Сводные ведомости</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ................................................................ the terms -->

<xsl:template match="retention" mode="terms">
  <table class="data people">
    <caption class="sr">Сроки хранения</caption>
    <thead><tr><th scope="col">Что</th><th scope="col" class="number">Хранить, лет</th><th scope="col">Основание</th></tr></thead>
    <tbody><xsl:apply-templates select="term"/></tbody>
  </table>
</xsl:template>
<xsl:template match="retention/term">
  <tr>
    <th scope="row"><xsl:apply-templates select="@kind" mode="retention"/></th>
    <td data-word="Хранить, лет" class="number"><xsl:value-of select="@years"/></td>
    <td data-word="Основание"><xsl:apply-templates select="." mode="basis"/></td>
  </tr>
</xsl:template>
<xsl:template match="term" mode="basis"><xsl:value-of select="$order-236"/></xsl:template>
<xsl:template match="term[string(@basis)]" mode="basis"><xsl:value-of select="@basis"/></xsl:template>

<xsl:template match="retention[@is_mine]" mode="terms">
  <form method="post" action="{$base}/retention">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="terms"/>
    <xsl:for-each select="term"><input type="hidden" name="kind" value="{@kind}"/></xsl:for-each>
    <xsl:call-template name="edit-rows">
      <xsl:with-param name="rows" select="term"/>
      <xsl:with-param name="head" select="'Что'"/>
    </xsl:call-template>
    <p class="hint">Меньше обычного срока нельзя: журналы — 5 лет, сводные ведомости — 25. Пустое основание — <xsl:value-of select="$order-236"/>.
      Сверьте со статьями номенклатуры дел школы.</p>
    <p class="bar"><button>Сохранить сроки</button></p>
  </form>
</xsl:template>
<xsl:template match="term" mode="row-label"><xsl:apply-templates select="@kind" mode="retention"/></xsl:template>
<xsl:template match="page[retention]/errors/error" mode="row-name">
  <xsl:apply-templates select="/page/retention/term[number(current()/@n)]/@kind" mode="retention"/>
</xsl:template>
<xsl:template match="page[retention]/errors/error[@code = 'JE102'][@n]" mode="words">
  <xsl:value-of select="concat('Целое число от ', /page/retention/term[number(current()/@n)]/@usual, ' до 100.')"/>
</xsl:template>

<!-- ................................................................ the years -->

<xsl:template match="retention" mode="years">
  <table class="data people">
    <caption class="sr">Когда выходит срок</caption>
    <thead>
      <tr>
        <th scope="col">Год</th>
        <th scope="col">Что</th>
        <th scope="col" class="number">Хранить, лет</th>
        <th scope="col">Хранить до</th>
        <th scope="col">Срок</th>
        <th scope="col">Пакет</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="due"/></tbody>
  </table>
</xsl:template>

<xsl:template match="retention/due">
  <tr>
    <th scope="row"><xsl:value-of select="concat(@year, '/', @year + 1)"/></th>
    <td data-word="Что"><xsl:apply-templates select="@kind" mode="retention"/></td>
    <td data-word="Хранить, лет" class="number"><xsl:value-of select="@years"/></td>
    <td data-word="Хранить до"><xsl:apply-templates select="@due_on" mode="date"/></td>
    <td data-word="Срок">
      <xsl:choose>
        <xsl:when test="@state = 'done'"><span class="done">уничтожены по акту</span></xsl:when>
        <xsl:when test="@state">акт составлен</xsl:when>
        <xsl:when test="@is_due"><span class="todo">вышел</span></xsl:when>
        <xsl:otherwise>идёт</xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Пакет">
      <xsl:choose>
        <xsl:when test="@package_state = 'made'"><span class="done">есть</span></xsl:when>
        <xsl:when test="@package_state = 'destroyed'">уничтожен</xsl:when>
        <xsl:when test="@package_state = 'damaged'"><span class="badge bad">испорчен</span></xsl:when>
        <xsl:when test="@package_state">ещё не сделан</xsl:when>
        <xsl:otherwise>нет</xsl:otherwise>
      </xsl:choose>
    </td>
  </tr>
</xsl:template>

<!-- .................................................................. the act -->

<xsl:template match="retention" mode="draft">
  <h2>Составить акт</h2>
  <p>Акт ещё ничего не уничтожает. До того, как его исполнит программа на сервере, его можно отозвать.</p>
  <form method="post" action="{$base}/retention" class="card">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="draft"/>
    <p class="row">
      <label class="label" for="year">Год</label>
      <select id="year" name="year">
        <xsl:for-each select="due[@is_ready][not(@year = preceding-sibling::due[@is_ready][1]/@year)]">
          <option value="{@year}"><xsl:value-of select="concat(@year, '/', @year + 1)"/></option>
        </xsl:for-each>
      </select>
    </p>
    <p class="row">
      <label class="label" for="kind">Что</label>
      <select id="kind" name="kind">
        <xsl:if test="due[@is_ready][@kind = 'journal']"><option value="journal">Журналы</option></xsl:if>
        <xsl:if test="due[@is_ready][@kind = 'sheet']"><option value="sheet">Сводные ведомости</option></xsl:if>
      </select>
    </p>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'act_no'"/>
      <xsl:with-param name="label" select="'Акт №'"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'act_on'"/>
      <xsl:with-param name="label" select="'Акт от'"/>
      <xsl:with-param name="type" select="'date'"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'reason'"/>
      <xsl:with-param name="label" select="'Основание'"/>
      <xsl:with-param name="value" select="concat('Истёк срок хранения: ', $order-236)"/>
    </xsl:call-template>
    <p class="bar"><button class="main">Составить акт</button></p>
  </form>
</xsl:template>

<xsl:template match="page[retention]/errors/error[@field = 'act_no']" mode="field-name">Акт №</xsl:template>
<xsl:template match="page[retention]/errors/error[@field = 'act_on']" mode="field-name">Акт от</xsl:template>
<xsl:template match="page[retention]/errors/error[@field = 'reason']" mode="field-name">Основание</xsl:template>
<xsl:template match="page[retention]/errors/error[@field = 'year']" mode="field-name">Год</xsl:template>
<xsl:template match="page[retention]/errors/error[@field = 'kind']" mode="field-name">Что</xsl:template>

</xsl:stylesheet>
