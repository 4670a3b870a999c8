<?xml version="1.0" encoding="UTF-8"?>
<!-- print/substitutions.xsl: the order sheet of the day, for A4.
     in   substitutions[@view = 'list'] with from_on till_on day_name is_day? school_name
            /substitution[lesson_id kind reason note? day_name slot class_name subject_name planned_name
              staff_name? new_subject_name? joined_name? room? moved_name? moved_slot?]…
     out  the changed lessons with a column for signatures
     see  substitutions_words.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../signatures.xsl"/>
<xsl:include href="../substitutions_words.xsl"/>

<xsl:template match="page/substitutions" mode="title">Лист замен</xsl:template>

<xsl:template match="page/substitutions">
  <section class="official wide">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Замены и переносы уроков</h1>
    <p>
      <xsl:choose>
        <xsl:when test="@is_day"><xsl:value-of select="@day_name"/></xsl:when>
        <xsl:otherwise>с <xsl:apply-templates select="@from_on" mode="date"/> по <xsl:apply-templates select="@till_on" mode="date"/></xsl:otherwise>
      </xsl:choose>
    </p>
    <xsl:apply-templates select="self::*[substitution]" mode="sheet"/>
    <xsl:if test="not(substitution)"><p>Все уроки идут по расписанию.</p></xsl:if>
    <div class="closing">
      <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'deputy'"/></xsl:call-template>
    </div>
  </section>
</xsl:template>

<xsl:template match="substitutions" mode="sheet">
  <table class="data">
    <thead><tr><xsl:if test="not(@is_day)"><th scope="col">День</th></xsl:if><th scope="col">Урок</th><th scope="col">Класс</th><th scope="col">Предмет</th><th scope="col">По расписанию</th><th scope="col">Вместо этого</th><th scope="col">Кабинет</th><th scope="col">Причина</th><th scope="col">Подпись</th></tr></thead>
    <tbody>
      <xsl:for-each select="substitution">
        <tr>
          <xsl:if test="not($is-day)"><td><xsl:value-of select="@day_name"/></td></xsl:if>
          <td class="number"><xsl:value-of select="@slot"/></td>
          <th scope="row"><xsl:value-of select="@class_name"/></th>
          <td><xsl:value-of select="@subject_name"/></td>
          <td><xsl:value-of select="@planned_name"/></td>
          <td><xsl:apply-templates select="." mode="what"/></td>
          <td><xsl:value-of select="@room"/></td>
          <td><xsl:apply-templates select="." mode="why"/></td>
          <td/>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:variable name="is-day" select="boolean(/page/substitutions/@is_day)"/>

</xsl:stylesheet>
