<?xml version="1.0" encoding="UTF-8"?>
<!-- packages_paper.xsl: the batches of paper that were handed over to the archive, for packages.xsl.
     in   packages[is_mine?]/deposit[deposit_id year act_no act_on what given_by taken_by]…
     out  mode paper: the batches, and the form that enters one -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="packages" mode="paper">
  <h2>На бумаге</h2>
  <p class="hint">Журналы и ведомости печатают на странице <a href="{$base}/books">«Журналы классов»</a>. Сданное в архив школы записывают здесь.</p>
  <xsl:choose>
    <xsl:when test="deposit">
      <table class="data people archive">
        <caption class="sr">Сдано в архив на бумаге</caption>
        <thead>
          <tr>
            <th scope="col">Год</th>
            <th scope="col">Акт</th>
            <th scope="col">Что сдано</th>
            <th scope="col">Сдал</th>
            <th scope="col">Принял</th>
          </tr>
        </thead>
        <tbody><xsl:apply-templates select="deposit"/></tbody>
      </table>
    </xsl:when>
    <xsl:otherwise><p class="empty">На бумаге ещё ничего не сдано.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="@is_mine and year"><xsl:apply-templates select="." mode="deposit"/></xsl:if>
</xsl:template>

<xsl:template match="packages/deposit">
  <tr>
    <th scope="row"><xsl:value-of select="concat(@year, '/', @year + 1)"/></th>
    <td data-word="Акт"><xsl:value-of select="concat('№ ', @act_no, ' от ')"/><xsl:apply-templates select="@act_on" mode="date"/></td>
    <td data-word="Что сдано"><xsl:value-of select="@what"/></td>
    <td data-word="Сдал"><xsl:value-of select="@given_by"/></td>
    <td data-word="Принял">
      <xsl:value-of select="@taken_by"/>
      <xsl:if test="../@is_mine">
        <form method="post" action="{$base}/packages">
          <xsl:call-template name="token"/>
          <input type="hidden" name="step" value="remove"/>
          <input type="hidden" name="deposit_id" value="{@deposit_id}"/>
          <button>Убрать запись</button>
        </form>
      </xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="packages" mode="deposit">
  <h2>Записать передачу в архив</h2>
  <form method="post" action="{$base}/packages" class="card">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="deposit"/>
    <p class="row">
      <label class="label" for="deposit_year">Год</label>
      <select id="deposit_year" name="deposit_year">
        <xsl:for-each select="year"><option value="{@year}"><xsl:value-of select="concat(@year, '/', @year + 1)"/></option></xsl:for-each>
      </select>
    </p>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'deposit_no'"/>
      <xsl:with-param name="label" select="'Акт №'"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'deposit_on'"/>
      <xsl:with-param name="label" select="'Акт от'"/>
      <xsl:with-param name="type" select="'date'"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'what'"/>
      <xsl:with-param name="label" select="'Что сдано'"/>
      <xsl:with-param name="hint" select="'Например: журналы 1–11 классов, 24 шт.'"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'taken_by'"/>
      <xsl:with-param name="label" select="'Принял'"/>
      <xsl:with-param name="hint" select="'Фамилия и должность; сдал тот, кто записывает.'"/>
    </xsl:call-template>
    <p class="bar"><button>Записать передачу</button></p>
  </form>
</xsl:template>

<xsl:template match="page[packages]/errors/error[@field = 'deposit_year']" mode="field-name">Год</xsl:template>
<xsl:template match="page[packages]/errors/error[@field = 'deposit_no']" mode="field-name">Акт №</xsl:template>
<xsl:template match="page[packages]/errors/error[@field = 'deposit_on']" mode="field-name">Акт от</xsl:template>
<xsl:template match="page[packages]/errors/error[@field = 'what']" mode="field-name">Что сдано</xsl:template>
<xsl:template match="page[packages]/errors/error[@field = 'taken_by']" mode="field-name">Принял</xsl:template>

</xsl:stylesheet>
