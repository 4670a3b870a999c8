<?xml version="1.0" encoding="UTF-8"?>
<!-- notices.xsl: what a person is told of, the newest first.
     in   notices[unread? newest_id? pupil_id? is_new? next? previous?]
            /child[pupil_id name is_current?]
            /notice[notice_key kind at pupil_id? pupil? row_id? held_on? subject_name? value? detail? is_new?]
     out  a list; buttons that mark one or all as read; links to what the notices are about
     see  notices_words.xsl, list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="notices_words.xsl"/>

<xsl:template match="page/notices" mode="title">Уведомления</xsl:template>

<xsl:template match="page/notices" mode="actions">
  <form class="filter" method="get">
    <xsl:if test="child">
      <label>Ребёнок
        <select name="pupil_id">
          <option value="">все</option>
          <xsl:for-each select="child">
            <option value="{@pupil_id}"><xsl:if test="@is_current"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="@name"/></option>
          </xsl:for-each>
        </select>
      </label>
    </xsl:if>
    <label class="check"><input type="checkbox" name="is_new" value="1"><xsl:if test="@is_new"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input> Только новые</label>
    <button>Показать</button>
  </form>
  <div class="actions">
    <a href="{$base}/account/notices">Как меня извещать</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/notices">
  <xsl:if test="@unread">
    <form method="post" action="{$base}/notices">
      <xsl:call-template name="token"/>
      <p class="bar"><button name="newest_id" value="{@newest_id}">Отметить все прочитанными</button></p>
    </form>
  </xsl:if>
  <table class="data people">
    <caption class="sr">Уведомления</caption>
    <thead><tr><th scope="col">Что</th><th scope="col">О ком</th><th scope="col">Когда</th><th scope="col">Прочитано</th></tr></thead>
    <tbody><xsl:apply-templates select="notice"/></tbody>
  </table>
  <xsl:call-template name="key-pages">
    <xsl:with-param name="kept" select="concat('pupil_id=', @pupil_id, '&amp;is_new=', @is_new)"/>
  </xsl:call-template>
</xsl:template>
<!-- A file has its head even without rows. -->
<xsl:template match="page[@format = 'html' or @format = 'print']/notices[not(notice)]" priority="1">
  <p class="empty">
    <xsl:choose>
      <xsl:when test="@pupil_id or @is_new">Таких уведомлений нет. <a href="{$base}/notices">Показать все</a></xsl:when>
      <xsl:otherwise>Уведомлений пока нет. Здесь будет то, о чём школа должна вам сообщить. <a href="{$base}/account/notices">Как меня извещать</a></xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<xsl:template match="notices/notice">
  <xsl:variable name="path"><xsl:apply-templates select="." mode="path"/></xsl:variable>
  <xsl:variable name="text"><xsl:apply-templates select="." mode="sentence"/></xsl:variable>
  <tr>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="string($path)"><a href="{$base}{$path}"><xsl:value-of select="$text"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
      </xsl:choose>
    </th>
    <td><xsl:value-of select="@pupil"/></td>
    <td><xsl:apply-templates select="@at" mode="moment"/></td>
    <td>
      <xsl:choose>
        <xsl:when test="@is_new">
          <form method="post" action="{$base}/notices">
            <xsl:call-template name="token"/>
            <button name="notice_for_id" value="{substring-after(@notice_key, '.')}" aria-label="Прочитано: {$text}">Прочитано</button>
          </form>
        </xsl:when>
        <xsl:otherwise><span class="soft">прочитано</span></xsl:otherwise>
      </xsl:choose>
    </td>
  </tr>
</xsl:template>

<!-- The page on which the reader finds what a notice is about; nothing without one. -->
<xsl:template match="notice" mode="path">
  <xsl:if test="@pupil_id">
    <xsl:value-of select="concat('/pupils/', @pupil_id, '/diary')"/>
    <xsl:if test="@held_on">?week_on=<xsl:value-of select="@held_on"/></xsl:if>
  </xsl:if>
</xsl:template>
<xsl:template match="notice[@kind = 'mark' or @kind = 'unsatisfactory'][@value]" mode="path">
  <xsl:value-of select="concat('/pupils/', @pupil_id, '/works/', @row_id)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'falling' or @kind = 'fortnight']" mode="path">
  <xsl:value-of select="concat('/pupils/', @pupil_id, '/marks')"/>
</xsl:template>
<xsl:template match="notice[@kind = 'control_work']" mode="path">
  <xsl:value-of select="concat('/pupils/', @pupil_id, '/controls')"/>
</xsl:template>
<xsl:template match="notice[@kind = 'finding' or @kind = 'signal']" mode="path">
  <xsl:value-of select="concat('/findings/', @row_id)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'inspection']" mode="path">
  <xsl:value-of select="concat('/inspections/', @row_id)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'event' or @kind = 'event_cancelled']" mode="path">/events</xsl:template>
<xsl:template match="notice[@kind = 'late_homework' or @kind = 'handin_answered']" mode="path">
  <xsl:value-of select="concat('/pupils/', @pupil_id, '/handins/', @row_id)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'few_marks' or @kind = 'unmarked'][@subject_name]" mode="path">
  <xsl:value-of select="concat('/journals/', @row_id, '/finals')"/>
</xsl:template>
<xsl:template match="notice[@kind = 'correction' or @kind = 'voided']" mode="path">
  <xsl:value-of select="concat('/pupils/', @pupil_id, '/changes')"/>
</xsl:template>
<xsl:template match="notice[@kind = 'message'][@row_id]" mode="path">
  <xsl:value-of select="concat('/messages/', @row_id)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'message'][not(@row_id)]" mode="path">/messages</xsl:template>
<xsl:template match="notice[@kind = 'support']" mode="path"><xsl:value-of select="concat('/support/', @row_id)"/></xsl:template>
<xsl:template match="notice[@kind = 'incident']" mode="path"><xsl:value-of select="concat('/incidents/', @row_id)"/></xsl:template>
<xsl:template match="notice[@kind = 'announcement']" mode="path">/announcements</xsl:template>
<xsl:template match="notice[@kind = 'announcement'][@detail]" mode="path" priority="1">
  <xsl:value-of select="concat('/announcements/', @row_id)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'accident' or @kind = 'accident_unreceived']" mode="path">
  <xsl:value-of select="concat('/accidents/', @row_id)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'card_changed']" mode="path">
  <xsl:value-of select="concat('/pupils/', @pupil_id)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'card_answered']" mode="path">
  <xsl:value-of select="concat('/pupils/', @pupil_id, '/report')"/>
</xsl:template>
<xsl:template match="notice[@kind = 'receipt_due'][@held_on]" mode="path">
  <xsl:value-of select="concat('/pupils/', @pupil_id, '/diary?week_on=', @held_on, '#receipt')"/>
</xsl:template>
<xsl:template match="notice[@kind = 'new_device']" mode="path">/account/sessions</xsl:template>
<xsl:template match="notice[@kind = 'contact_changed']" mode="path">/account/contacts</xsl:template>

</xsl:stylesheet>
