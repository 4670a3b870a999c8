<?xml version="1.0" encoding="UTF-8"?>
<!-- print/papers.xsl: the strips of a class, four on a page A4 with lines to cut along, and the card
     (табель) of a pupil by requirements 3.4.
     in   papers[@view = 'class'] as in papers.xsl, each pupil with line[subject_name marks? missed?]
          papers[@view = 'extract'] as in papers.xsl, each mark with held_on and kind_name
     out  the strips that were printed; the card with a part to tear off
     see  extracts_certificate.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../extracts_certificate.xsl"/>
<xsl:include href="../signatures.xsl"/>

<xsl:variable name="papers" select="/page/papers"/>

<!-- ............................................................. the strips -->

<xsl:template match="page/papers" mode="title"><xsl:value-of select="concat('Полоски, ', @name, ', ', @week_name)"/></xsl:template>

<xsl:template match="page/papers">
  <section class="strips">
    <xsl:apply-templates select="pupil[@at]"/>
    <xsl:if test="not(pupil/@at)"><p>Для этой недели ничего не напечатано.</p></xsl:if>
  </section>
</xsl:template>

<xsl:template match="papers/pupil">
  <article>
    <h2><xsl:value-of select="concat(@name, ', ', $papers/@name, ' класс')"/></h2>
    <p>Неделя <xsl:value-of select="$papers/@week_name"/></p>
    <ul>
      <xsl:for-each select="line[@marks or @missed]">
        <li>
          <xsl:value-of select="@subject_name"/><xsl:text>: </xsl:text>
          <b><xsl:value-of select="@marks"/></b>
          <xsl:if test="@missed"><xsl:if test="@marks">; </xsl:if>пропущено <xsl:value-of select="@missed"/></xsl:if>
        </li>
      </xsl:for-each>
      <xsl:if test="not(line[@marks or @missed])"><li>Отметок и пропусков на этой неделе нет.</li></xsl:if>
    </ul>
    <p class="sign">Классный руководитель ____________ <xsl:value-of select="$papers/@staff_name"/> &#160; Родитель ____________________ «___» __________</p>
  </article>
</xsl:template>

<!-- ............................................................ the card -->

<xsl:template match="page/papers[@view = 'extract']" mode="title">Табель успеваемости · <xsl:value-of select="@about"/></xsl:template>
<xsl:template match="page[contains(@path, '/cards')]/papers[@view = 'extract']" mode="title" priority="1">
  <xsl:value-of select="concat('Табели класса · ', @class_name, ', ', @term_name)"/></xsl:template>

<xsl:template match="page/papers[@view = 'extract']" priority="1">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Табель успеваемости</h1>
    <xsl:call-template name="form-state"/>
    <p><b><xsl:value-of select="@name"/></b><xsl:value-of select="concat(', ', @class_name, ' класс')"/></p>
    <p><xsl:value-of select="concat(@term_name, ' ', @year, '/', @year + 1, ' учебного года')"/>, с <xsl:apply-templates select="@from_on" mode="date"/> по <xsl:apply-templates select="@till_on" mode="date"/></p>
    <xsl:apply-templates select="." mode="marks"/>
    <div class="closing">
      <p>Пропущено уроков: <xsl:value-of select="missed/@lessons"/><xsl:if test="not(missed)">0</xsl:if>, из них по болезни: <xsl:value-of select="missed/@ill"/><xsl:if test="not(missed)">0</xsl:if></p>
      <xsl:call-template name="signature">
        <xsl:with-param name="post" select="'Классный руководитель'"/>
        <xsl:with-param name="name" select="@staff_name"/>
      </xsl:call-template>
      <xsl:call-template name="certificate"/>
      <p class="tear">С табелем<xsl:if test="$copy"> № <xsl:value-of select="$copy/@number"/></xsl:if> ознакомлен(а) ______________________ подпись родителя, «___» ______________ 20___ г.</p>
    </div>
  </section>
</xsl:template>

<xsl:template match="papers" mode="marks">
  <table class="data tabel">
    <thead><tr><th scope="col">Предмет</th><th scope="col">Отметки: день, вид работы</th><th scope="col">Средний балл</th><th scope="col">Итог</th><th scope="col">Пропу­щено</th></tr></thead>
    <tbody>
      <xsl:for-each select="subject">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td>
            <xsl:for-each select="mark">
              <xsl:if test="position() &gt; 1">; </xsl:if>
              <b><xsl:value-of select="."/></b><xsl:text> </xsl:text><xsl:apply-templates select="@held_on" mode="day"/>, <xsl:value-of select="@kind_name"/>
            </xsl:for-each>
          </td>
          <td class="number"><xsl:value-of select="translate(@mean, '.', ',')"/></td>
          <td class="number"><b><xsl:value-of select="@term_mark"/></b></td>
          <td class="number"><xsl:value-of select="@missed"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
