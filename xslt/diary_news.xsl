<?xml version="1.0" encoding="UTF-8"?>
<!-- diary_news.xsl: what a family is told above the week of the diary: new entries, absences, weeks
     that are to be acknowledged.
     in   <diary> news…, truancy…?, away…?, unseen…?, receipt?/changed…?
     out  modes news, unseen; receipt: whether the week has been seen, with the button
     see  diary.xsl, receipts_words.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- ............................................. new since the last day here -->

<xsl:template match="diary" mode="news">
  <section class="news">
    <h2>Новое с последнего визита</h2>
    <ul><xsl:apply-templates select="news[position() &lt;= 6]"/></ul>
    <xsl:if test="news[7]">
      <details>
        <summary>и ещё <xsl:value-of select="count(news) - 6"/></summary>
        <ul><xsl:apply-templates select="news[position() &gt; 6]"/></ul>
      </details>
    </xsl:if>
  </section>
</xsl:template>

<xsl:template match="diary/news">
  <li>
    <b><xsl:value-of select="@subject_name"/></b><xsl:text>: </xsl:text>
    <xsl:apply-templates select="." mode="what"/>
    <small> внесено <xsl:apply-templates select="@entered_on" mode="day"/></small>
  </li>
</xsl:template>

<xsl:template match="news" mode="what">отметка <b><xsl:value-of select="."/></b> за <xsl:apply-templates select="@held_on" mode="day"/></xsl:template>
<xsl:template match="news[@what = 'attendance']" mode="what">
  <xsl:value-of select="."/>, <xsl:apply-templates select="@held_on" mode="day"/>
</xsl:template>
<xsl:template match="news[@what = 'term_mark']" mode="what">итоговая отметка, <xsl:value-of select="."/></xsl:template>
<xsl:template match="news[@what = 'remark']" mode="what"><xsl:value-of select="."/></xsl:template>
<xsl:template match="news[@what = 'submission']" mode="what">
  <xsl:text>ответ на сданную работу</xsl:text>
  <xsl:if test="string(.)"><xsl:value-of select="concat(': ', .)"/></xsl:if>
</xsl:template>
<xsl:template match="news[@what = 'homework']" mode="what">задание<xsl:if test="@held_on"> к <xsl:apply-templates select="@held_on" mode="day"/></xsl:if>, <xsl:value-of select="."/></xsl:template>

<!-- ............................................................... absences -->

<xsl:template match="diary/truancy">
  <p class="alert" role="status">
    <xsl:text>Пропущено без уважительной причины: </xsl:text>
    <xsl:for-each select="../truancy">
      <xsl:if test="position() &gt; 1">; </xsl:if>
      <xsl:apply-templates select="@held_on" mode="day"/><xsl:text>, </xsl:text>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@lessons"/><xsl:with-param name="one" select="'урок'"/>
        <xsl:with-param name="few" select="'урока'"/><xsl:with-param name="many" select="'уроков'"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>
<xsl:template match="diary/away">
  <p class="notice">Школа знает об отсутствии: <xsl:value-of select="@code_name"/>, с <xsl:apply-templates select="@from_on" mode="day"/> по <xsl:apply-templates select="@till_on" mode="day"/>.</p>
</xsl:template>

<!-- ............................................ whether the week has been seen -->

<xsl:template match="diary" mode="unseen">
  <p class="notice">
    <xsl:text>Подтвердите, что видели дневник: </xsl:text>
    <xsl:for-each select="unseen">
      <xsl:if test="position() &gt; 1">; </xsl:if>
      <a href="{$base}/pupils/{../@pupil_id}/diary?week_on={@week_on}#receipt"><xsl:value-of select="@name"/></a>
      <xsl:if test="@state = 'overdue'"> (срок прошёл)</xsl:if>
      <xsl:if test="@state = 'changed'"> (изменилось)</xsl:if>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>

<!-- Staff and the pupil read the state; a guardian is asked. -->
<xsl:template match="diary/receipt">
  <section class="receipt" id="receipt">
    <h2>Ознакомление с неделей</h2>
    <xsl:apply-templates select="self::*[changed]" mode="changed"/>
    <p>
      <xsl:apply-templates select="@state" mode="state"/>
      <xsl:if test="@at and (@state = 'done' or @state = 'late' or @state = 'part')"><xsl:text>, </xsl:text><xsl:apply-templates select="@at" mode="moment"/></xsl:if>
      <xsl:if test="@state = 'due'"> до <xsl:apply-templates select="@due_on" mode="day"/></xsl:if>
      <xsl:if test="@state = 'early'">: откроется <xsl:apply-templates select="@opens_on" mode="day"/></xsl:if>
      <xsl:text>.</xsl:text>
    </p>
    <div class="actions"><a href="{$base}/pupils/{../@pupil_id}/receipts">Все недели</a></div>
    <xsl:if test="@can_tap or @can_read">
      <form method="post" action="{$base}/pupils/{../@pupil_id}/receipts">
        <xsl:if test="@can_read"><xsl:attribute name="data-ej-read"></xsl:attribute></xsl:if>
        <xsl:call-template name="token"/>
        <input type="hidden" name="week_on" value="{@week_on}"/>
        <input type="hidden" name="document" value="{@document}"/>
        <xsl:if test="@can_tap"><button class="main" name="way" value="tap">Ознакомлен(а)</button></xsl:if>
        <xsl:if test="@can_read"><span data-ej-seen="" hidden="hidden" role="status" class="hint"> Записано: неделя прочитана.</span></xsl:if>
      </form>
    </xsl:if>
  </section>
</xsl:template>

<xsl:template match="receipt" mode="changed">
  <p class="notice">
    <xsl:text>После вашей подписи изменились отметки: </xsl:text>
    <xsl:for-each select="changed">
      <xsl:if test="position() &gt; 1">; </xsl:if>
      <xsl:value-of select="@subject_name"/><xsl:text>, </xsl:text><xsl:apply-templates select="@held_on" mode="day"/><xsl:text>: </xsl:text>
      <xsl:choose>
        <xsl:when test="string(.)"><b><xsl:value-of select="."/></b><xsl:if test="@old"> (было <xsl:value-of select="@old"/>)</xsl:if></xsl:when>
        <xsl:otherwise>отметка <xsl:value-of select="@old"/> убрана</xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:text>.</xsl:text>
  </p>
</xsl:template>

</xsl:stylesheet>
