<?xml version="1.0" encoding="UTF-8"?>
<!-- print/blanks_lesson.xsl: the sheet of a lesson to be filled in by hand, for A4, when there is no power
     or network.
     in   blanks[@view = 'group'] with name year school_name
            /pupil[name]…, teaching[subject_name staff_name?]…
     out  one page: what, when, by whom; topic and homework; a line for each pupil
     see  static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>

<xsl:template match="page/blanks" mode="title"><xsl:value-of select="concat('Лист урока, ', @name)"/></xsl:template>

<xsl:template match="page/blanks">
  <section class="official blank lesson-blank">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Лист урока</h1>
    <p class="plain"><b><xsl:value-of select="@name"/></b>&#160;&#160; Предмет: <xsl:apply-templates select="." mode="subject"/>&#160; Дата: ____________ Урок № _____</p>
    <p class="plain">Учитель: <xsl:apply-templates select="." mode="teacher"/></p>
    <p class="plain fill"><span>Тема:</span><span class="line"/></p>
    <p class="plain fill"><span>Домашнее задание:</span><span class="line"/></p>
    <table class="data report">
      <thead><tr><th scope="col" class="no-head">№</th><th scope="col" class="who">Фамилия, имя</th><th scope="col">Отсутствует (н, б, у), опоздал (о, мин)</th><th scope="col">Отметка</th><th scope="col">За что</th><th scope="col">Отметка</th><th scope="col">За что</th></tr></thead>
      <tbody>
        <xsl:for-each select="pupil">
          <tr><td class="no"/><th scope="row" class="who"><xsl:value-of select="@name"/></th><td/><td/><td/><td/><td/></tr>
        </xsl:for-each>
      </tbody>
    </table>
    <div class="closing"><p>Учитель ______________________ Внесено в журнал «____» ______________ 20___ г.</p></div>
  </section>
</xsl:template>

<!-- Written by hand where the group has several. -->
<xsl:template match="blanks" mode="subject">______________________________</xsl:template>
<xsl:template match="blanks[count(teaching) = 1]" mode="subject"><b><xsl:value-of select="teaching/@subject_name"/></b></xsl:template>
<xsl:template match="blanks" mode="teacher">______________________________</xsl:template>
<xsl:template match="blanks[count(teaching) = 1]" mode="teacher"><xsl:value-of select="teaching/@staff_name"/></xsl:template>

</xsl:stylesheet>
