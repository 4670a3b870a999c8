<?xml version="1.0" encoding="UTF-8"?>
<!-- gto_norms.xsl: the norms of the complex ГТО: a step of an edition, and which figures are missing.
     in   gto[@view = 'norms'] with gto_edition_id name since step_no can_import?
            /edition[gto_edition_id name since is_own?]
            /step[step_no age_from age_to obligatory bronze_tests silver_tests gold_tests source missing?]
            /norm[quality is_obligatory? test_name unit is_m? is_f? m_bronze? … f_gold? source]
     out  tables; a figure that no source has is told as «нет»
     see  gto.xsl, gto_words.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/gto[@view = 'norms']" mode="title">Нормы ГТО</xsl:template>
<xsl:template match="page/gto[@view = 'norms']" mode="actions"><div class="actions">
  <xsl:if test="@can_import"><a href="{$base}/imports/norms">Загрузить другую редакцию</a></xsl:if>
  <xsl:call-template name="as-tables"/>
  </div></xsl:template>

<xsl:template match="page/gto[@view = 'norms']">
  <xsl:variable name="present" select="step[@step_no = $gto/@step_no][1]"/>
  <p><xsl:value-of select="@name"/>, действует с <xsl:apply-templates select="@since" mode="date"/>.</p>
  <nav class="tabs" aria-label="Ступени">
    <xsl:for-each select="step">
      <xsl:choose>
        <xsl:when test="@step_no = $gto/@step_no"><b aria-current="page"><xsl:apply-templates select="@step_no" mode="step"/> (<xsl:value-of select="concat(@age_from, '–', @age_to)"/>)</b></xsl:when>
        <xsl:otherwise><a href="?gto_edition_id={$gto/@gto_edition_id}&amp;step_no={@step_no}"><xsl:apply-templates select="@step_no" mode="step"/> (<xsl:value-of select="concat(@age_from, '–', @age_to)"/>)</a></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </nav>
  <xsl:apply-templates select="$present" mode="norms"/>
  <xsl:apply-templates select="." mode="missing"/>
  <xsl:if test="count(edition) &gt; 1">
    <h2>Редакции</h2>
    <ul class="plain"><xsl:for-each select="edition"><li><a href="?gto_edition_id={@gto_edition_id}"><xsl:value-of select="@name"/></a>, с <xsl:apply-templates select="@since" mode="date"/><xsl:if test="@is_own">, загружена школой</xsl:if></li></xsl:for-each></ul>
  </xsl:if>
</xsl:template>

<xsl:template match="step" mode="norms">
  <p class="hint">На знак нужны обязательные испытания <xsl:value-of select="@obligatory"/> качеств (из испытаний одного качества засчитывают лучшее), всего испытаний: на бронзу <xsl:value-of select="@bronze_tests"/>, на серебро <xsl:value-of select="@silver_tests"/>, на золото <xsl:value-of select="@gold_tests"/>.</p>
  <div class="wide">
    <table class="data">
      <caption><xsl:apply-templates select="@step_no" mode="step"/> ступень, <xsl:value-of select="concat(@age_from, '–', @age_to)"/> лет</caption>
      <thead>
        <tr>
          <th scope="col" rowspan="2">Качество</th><th scope="col" rowspan="2">Испытание</th><th scope="col" rowspan="2">Единица</th>
          <th scope="colgroup" colspan="3">Юноши</th><th scope="colgroup" colspan="3">Девушки</th>
        </tr>
        <tr>
          <th scope="col" class="number">бронза</th><th scope="col" class="number">серебро</th><th scope="col" class="number">золото</th>
          <th scope="col" class="number">бронза</th><th scope="col" class="number">серебро</th><th scope="col" class="number">золото</th>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="../norm">
          <tr>
            <th scope="row"><xsl:apply-templates select="@quality" mode="quality"/></th>
            <td><xsl:value-of select="@test_name"/><xsl:if test="not(@is_obligatory)"><xsl:text> </xsl:text><span class="badge">по выбору</span></xsl:if></td>
            <td><xsl:apply-templates select="@unit" mode="unit"/></td>
            <xsl:call-template name="gto-norm"><xsl:with-param name="is" select="@is_m"/>
              <xsl:with-param name="value" select="@m_bronze"/></xsl:call-template>
            <xsl:call-template name="gto-norm"><xsl:with-param name="is" select="@is_m"/>
              <xsl:with-param name="value" select="@m_silver"/></xsl:call-template>
            <xsl:call-template name="gto-norm"><xsl:with-param name="is" select="@is_m"/>
              <xsl:with-param name="value" select="@m_gold"/></xsl:call-template>
            <xsl:call-template name="gto-norm"><xsl:with-param name="is" select="@is_f"/>
              <xsl:with-param name="value" select="@f_bronze"/></xsl:call-template>
            <xsl:call-template name="gto-norm"><xsl:with-param name="is" select="@is_f"/>
              <xsl:with-param name="value" select="@f_silver"/></xsl:call-template>
            <xsl:call-template name="gto-norm"><xsl:with-param name="is" select="@is_f"/>
              <xsl:with-param name="value" select="@f_gold"/></xsl:call-template>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
  <p class="hint">Откуда взято: <xsl:for-each select="../norm[not(@source = preceding-sibling::norm[1]/@source)]"><xsl:if test="position() &gt; 1">; </xsl:if><xsl:value-of select="@source"/></xsl:for-each>. Сколько испытаний нужно: <xsl:value-of select="@source"/>. Источники вторичные: сверьте с приказом.</p>
</xsl:template>

<xsl:template name="gto-norm">
  <xsl:param name="is"/>
  <xsl:param name="value"/>
  <td class="number"><xsl:choose>
    <xsl:when test="$value"><xsl:value-of select="$value"/></xsl:when>
    <xsl:when test="$is"><span class="todo">нет</span></xsl:when>
    <xsl:otherwise>—</xsl:otherwise>
  </xsl:choose></td>
</xsl:template>

<!-- The steps whose figures were found in no source. -->
<xsl:template match="gto" mode="missing">
  <xsl:if test="step/@missing">
    <p class="notice">Не найдено ни в одном источнике: <xsl:for-each select="step[@missing]"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:apply-templates select="@step_no" mode="step"/> ступень — <xsl:value-of select="@missing"/></xsl:for-each>. В таблице такие числа названы «нет»; уровень, для которого числа нет, — «нет нормы».</p>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
