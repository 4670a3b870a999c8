<?xml version="1.0" encoding="UTF-8"?>
<!-- receipts_words.xsl: the words for the states and ways of acknowledging a week of the diary.
     out  the modes state and receipt-way
     see  included by receipts.xsl and diary.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="@state" mode="state">
  <xsl:choose>
    <xsl:when test=". = 'done'"><span class="done">ознакомлены</span></xsl:when>
    <xsl:when test=". = 'late'"><span class="done">ознакомлены поздно</span></xsl:when>
    <xsl:when test=". = 'part'"><span class="todo">ознакомлены не все</span></xsl:when>
    <xsl:when test=". = 'changed'"><span class="todo">изменилось после ознакомления</span></xsl:when>
    <xsl:when test=". = 'overdue'"><span class="todo">срок прошёл</span></xsl:when>
    <xsl:when test=". = 'due'">ждём</xsl:when>
    <xsl:otherwise><span class="soft">неделя ещё не открыта</span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@way" mode="receipt-way">
  <xsl:choose>
    <xsl:when test=". = 'tap'">в дневнике</xsl:when>
    <xsl:when test=". = 'read'">неделя прочитана</xsl:when>
    <xsl:otherwise>подпись на бумаге</xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
