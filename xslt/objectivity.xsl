<?xml version="1.0" encoding="UTF-8"?>
<!-- objectivity.xsl: term marks that disagree with the marks they are given on.
     in   objectivity with name? find sort page pages count marks
            /mark[pupil_id pupil_name group_name subject_name staff_name journal_id? term_name value mean? rounded? gap?
                  controls? is_above? note?]…, term[name is_current?]…
     out  the terms as tabs, a table of marks
     see  list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="layout.xsl"/>

<xsl:template match="page/objectivity" mode="title">Объективность отметок</xsl:template>
<xsl:template match="page/objectivity" mode="actions">
  <nav class="tabs" aria-label="Учебные периоды">
    <xsl:choose>
      <xsl:when test="string(@name)"><a href="{$base}/objectivity">Последний</a></xsl:when>
      <xsl:otherwise><b aria-current="page">Последний</b></xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="term"/>
  </nav>
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Класс, предмет, учитель, ученик'"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="objectivity/term">
  <a href="{$base}/objectivity?name={str:encode-uri(@name, true())}"><xsl:value-of select="@name"/></a>
</xsl:template>
<xsl:template match="objectivity/term[@is_current]">
  <b aria-current="page"><xsl:value-of select="@name"/></b>
</xsl:template>

<xsl:template match="page/objectivity">
  <p class="hint">В списке итоговые отметки, которые отличаются от округлённого среднего балла или выше каждой контрольной работы ученика. Это повод спросить учителя, а не ошибка: основание может быть записано рядом с отметкой.</p>
  <xsl:apply-templates select="self::*[mark]" mode="table"/>
  <xsl:if test="not(mark)"><p class="empty"><xsl:apply-templates select="." mode="empty"/></p></xsl:if>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept">
        <xsl:value-of select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/>
        <xsl:for-each select=".."><xsl:call-template name="filters"/></xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="objectivity" mode="empty">Таких отметок нет. Сравнено: <xsl:value-of select="@marks"/>.</xsl:template>
<xsl:template match="objectivity[@marks = 0]" mode="empty">В этом периоде итоговых отметок пока нет. Чего не хватает, показывает <a href="{$base}/closing">«Закрытие периодов»</a>.</xsl:template>
<xsl:template match="objectivity[string(@find)]" mode="empty">Ничего не нашлось.</xsl:template>

<xsl:template match="objectivity" mode="table">
  <div class="wide">
  <table class="data people broad">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/>
        <xsl:with-param name="one" select="'отметка'"/>
        <xsl:with-param name="few" select="'отметки'"/>
        <xsl:with-param name="many" select="'отметок'"/>
      </xsl:call-template>
      <xsl:value-of select="concat(' из ', @marks)"/>
    </caption>
    <thead>
      <tr>
        <th scope="col">Ученик</th>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'class'"/>
          <xsl:with-param name="word" select="'Класс, группа'"/>
        </xsl:call-template>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'subject'"/>
          <xsl:with-param name="word" select="'Предмет'"/>
        </xsl:call-template>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'teacher'"/>
          <xsl:with-param name="word" select="'Учитель'"/>
        </xsl:call-template>
        <th scope="col">Период</th>
        <th scope="col">Итог</th>
        <th scope="col">Средний балл</th>
        <xsl:call-template name="sorted"><xsl:with-param name="key" select="'gap'"/>
          <xsl:with-param name="word" select="'Расхождение'"/>
        </xsl:call-template>
        <th scope="col">Контрольные</th>
        <th scope="col">Выше всех контрольных</th>
        <th scope="col">Основание</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="mark"/></tbody>
  </table>
  </div>
</xsl:template>

<xsl:template match="objectivity/mark">
  <tr>
    <th scope="row"><xsl:value-of select="@pupil_name"/></th>
    <td data-word="Класс, группа"><xsl:value-of select="@group_name"/></td>
    <td data-word="Предмет"><xsl:apply-templates select="." mode="subject"/></td>
    <td data-word="Учитель"><xsl:value-of select="@staff_name"/></td>
    <td data-word="Период"><xsl:value-of select="@term_name"/></td>
    <td data-word="Итог" class="number"><xsl:value-of select="@value"/></td>
    <td data-word="Средний балл" class="number"><xsl:apply-templates select="@mean" mode="number"/></td>
    <td data-word="Расхождение" class="number"><xsl:apply-templates select="@gap" mode="gap"/></td>
    <td data-word="Контрольные"><xsl:value-of select="@controls"/></td>
    <td data-word="Выше всех контрольных"><xsl:if test="@is_above"><span class="todo">да</span></xsl:if></td>
    <td data-word="Основание"><xsl:value-of select="@note"/></td>
  </tr>
</xsl:template>

<xsl:template match="mark" mode="subject"><xsl:value-of select="@subject_name"/></xsl:template>
<xsl:template match="mark[@journal_id]" mode="subject">
  <a href="{$base}/journals/{@journal_id}/finals"><xsl:value-of select="@subject_name"/></a>
</xsl:template>

<xsl:template match="@gap" mode="gap"><span class="todo">+<xsl:value-of select="translate(., '.', ',')"/></span></xsl:template>
<xsl:template match="@gap[. &lt; 0]" mode="gap"><span class="todo">−<xsl:value-of select="translate(-number(.), '.', ',')"/></span></xsl:template>
<xsl:template match="@gap[. = 0]" mode="gap">0</xsl:template>

</xsl:stylesheet>
