<?xml version="1.0" encoding="UTF-8"?>
<!-- forecast_pupil.xsl: the forecast of a pupil, and what is needed for each mark.
     in   forecast[@view = 'pupil'] with pupil_id name class_id? class_name? shown_on is_family? round_from_pct
            /subject[subject_id name marks lacking mean? expected? low? high? likely? ahead last? class_mean? absent_pct is_risk?]
              /chance[value pct]…, way[value with_value fewest]…
     out  a table of subjects
     see  forecast.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/forecast[@view = 'pupil']" mode="title" priority="1"><xsl:value-of select="concat('Прогноз отметок · ', @name)"/>
  </xsl:template>
<xsl:template match="page/forecast[@view = 'pupil']" mode="actions" priority="1">
  <div class="actions">
    <a href="{$base}/pupils/{@pupil_id}/marks">Отметки</a>
    <xsl:if test="@class_id and not(@is_family)"><a href="{$base}/classes/{@class_id}/forecast"><xsl:value-of select="@class_name"/>
      </a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="page/forecast[@view = 'pupil' and @is_family]" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/diary')"/>
    <xsl:with-param name="word" select="'Дневник'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/forecast[@view = 'pupil']" priority="1">
  <xsl:if test="not(subject)"><p class="empty">Прогноза нет: в этот день не идёт учебный период или отметок в нём не ставят. <a href="{$base}/pupils/{@pupil_id}/marks">Отметки</a></p></xsl:if>
  <xsl:if test="subject">
    <p class="hint">Какой будет отметка за период, если учиться так же. По данным на <xsl:apply-templates select="@shown_on" mode="day"/>; <xsl:value-of select="concat('средний балл округляют вверх начиная с 0,', @round_from_pct)"/>.</p>
    <table class="data people">
      <caption class="sr">Прогноз по предметам</caption>
      <thead>
        <tr>
          <th scope="col">Предмет</th>
          <th scope="col">Отметок</th>
          <th scope="col">Средний балл</th>
          <th scope="col">Ожидается</th>
          <th scope="col">Отметка</th>
          <th scope="col">Вероятности</th>
          <th scope="col">Чтобы вышло больше</th>
          <th scope="col">Прошлый период</th>
          <xsl:if test="not(@is_family)"><th scope="col">Средний балл группы</th></xsl:if>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="subject" mode="pupil"/></tbody>
    </table>
    <xsl:call-template name="forecast-formula"/>
  </xsl:if>
</xsl:template>

<xsl:template match="subject" mode="pupil">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td data-word="Отметок" class="number"><xsl:value-of select="@marks"/></td>
    <td data-word="Средний балл" class="number"><xsl:apply-templates select="@mean" mode="number"/></td>
    <td data-word="Ожидается" class="number"><xsl:apply-templates select="." mode="expected"/>
      <xsl:apply-templates select="self::*[@expected]" mode="bounds"/></td>
    <td><xsl:if test="@likely or @is_risk"><xsl:attribute name="data-word">Отметка</xsl:attribute></xsl:if><b><xsl:value-of select="@likely"/></b><xsl:if test="@is_risk"><xsl:text> </xsl:text><span class="todo">риск</span></xsl:if></td>
    <td data-word="Вероятности"><xsl:apply-templates select="." mode="chances"/></td>
    <td data-word="Чтобы вышло больше"><xsl:apply-templates select="way"/><xsl:apply-templates select="self::*[way]" mode="ahead"/></td>
    <td data-word="Прошлый период" class="number"><xsl:value-of select="@last"/></td>
    <xsl:if test="not(../@is_family)"><td data-word="Средний балл группы" class="number">
      <xsl:apply-templates select="@class_mean" mode="number"/></td></xsl:if>
  </tr>
</xsl:template>

<xsl:template match="subject" mode="bounds"><span class="soft"><xsl:value-of select="concat(' (', translate(@low, '.', ','), '–', translate(@high, '.', ','), ')')"/></span></xsl:template>

<!-- The probabilities that are shown: one in a hundred at least. -->
<xsl:template match="subject" mode="chances">
  <xsl:for-each select="chance[@pct &gt; 0]"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="concat('«', @value, '» ', @pct, ' %')"/></xsl:for-each>
  <xsl:if test="@absent_pct &gt; 0"><xsl:if test="chance">, </xsl:if><xsl:value-of select="concat('«н/а» ', @absent_pct, ' %')"/></xsl:if>
</xsl:template>

<!-- «для «4»: 5 × «4», или 2 × «5»» -->
<xsl:template match="subject/way">
  <xsl:variable name="before" select="preceding-sibling::way[1]"/>
  <xsl:choose>
    <xsl:when test="$before/@value = @value">, или </xsl:when>
    <xsl:otherwise><xsl:if test="$before">; </xsl:if><xsl:value-of select="concat('для «', @value, '»: ')"/></xsl:otherwise>
  </xsl:choose>
  <xsl:value-of select="concat(@fewest, ' × «', @with_value, '»')"/>
</xsl:template>

<!-- How many marks are still to be expected. -->
<xsl:template match="subject" mode="ahead">
  <span class="soft"><xsl:text> (ещё будет примерно </xsl:text>
    <xsl:call-template name="plural">
      <xsl:with-param name="n" select="@ahead"/>
      <xsl:with-param name="one" select="'отметка'"/><xsl:with-param name="few" select="'отметки'"/>
        <xsl:with-param name="many" select="'отметок'"/>
    </xsl:call-template>)</span>
</xsl:template>

</xsl:stylesheet>
