<?xml version="1.0" encoding="UTF-8"?>
<!-- print/reports_statistic.xsl: the federal form ОО-1, as far as the journal knows its figures, for A4 (requirements 3.9).
     in   reports with year school_name founder? address? okpo? act? ends_on director_name?
            /table[@name = 'statistic']/column[key = 'total' or 'grade_1' …]…, line[title term_name]/c…, where title begins
            with the number of the row, and term_name is its section;
            table[@name = 'statistic_checks'], table[@name = 'statistic_hand']
     out  the head of the form; a table for each section, with the grades as columns; the sums that must agree; the rows that
          are filled in from elsewhere; who answers for the figures
     see  reports.xsl, sql/statistic/ -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="reports.xsl"/>

<xsl:key name="section" match="table[@name = 'statistic']/line" use="@term_name"/>

<xsl:template match="page/reports[@view = 'show']">
  <section class="official wide statistic">
    <p class="form-kind">Федеральное статистическое наблюдение</p>
    <h1>Сведения об организации, осуществляющей образовательную деятельность по образовательным программам начального общего, основного общего, среднего общего образования</h1>
    <p>на начало <xsl:value-of select="concat(@year, '/', @year + 1)"/> учебного года</p>
    <xsl:apply-templates select="." mode="requisites"/>
    <xsl:if test="not(table/line)"><p>Карты строк формы на этот год нет.</p></xsl:if>
    <xsl:for-each select="table[@name = 'statistic']/line[generate-id() = generate-id(key('section', @term_name)[1])]">
      <xsl:apply-templates select="." mode="section"/>
    </xsl:for-each>
    <xsl:apply-templates select="table[@name = 'statistic_checks'][line]" mode="checks"/>
    <xsl:apply-templates select="table[@name = 'statistic_hand'][line]" mode="hand"/>
    <div class="closing">
      <p class="rule">Сведения на 20 сентября; возраст — сколько полных лет исполнится к 1 января следующего года. Номера строк сверьте с формой года: Росстат меняет их почти каждый год.</p>
      <p>Должностное лицо, ответственное за предоставление первичных статистических данных (лицо, уполномоченное предоставлять их от имени юридического лица)</p>
      <p class="filled"><span class="line"/><span class="line"/><span class="line"/></p>
      <p class="under"><span>должность</span><span>фамилия, имя, отчество</span><span>подпись</span></p>
      <p class="filled"><span class="line"/><span class="line"/><span class="line">«____» ______________ 20___ г.</span></p>
      <p class="under"><span>номер контактного телефона</span><span>электронная почта</span><span>дата составления документа</span></p>
    </div>
  </section>
</xsl:template>

<!-- Who reports, and by which edition of the form. -->
<xsl:template match="reports" mode="requisites">
  <table class="data requisites">
    <tbody>
      <tr><th scope="row">Наименование отчитывающейся организации</th><td><xsl:value-of select="@school_name"/></td></tr>
      <tr><th scope="row">Почтовый адрес</th><td><xsl:value-of select="@address"/></td></tr>
      <tr><th scope="row">Учредитель</th><td><xsl:value-of select="@founder"/></td></tr>
      <tr><th scope="row">Код по ОКПО</th><td><xsl:value-of select="@okpo"/></td></tr>
      <tr><th scope="row">Форма</th><td><b>№ ОО-1</b>, <xsl:value-of select="@act"/></td></tr>
    </tbody>
  </table>
</xsl:template>

<!-- The context node is the first line of a section. -->
<xsl:template match="line" mode="section">
  <xsl:variable name="columns" select="../column"/>
  <h2><xsl:value-of select="@term_name"/></h2>
  <table class="data report grades">
    <thead>
      <tr>
        <th scope="col" rowspan="2">Наименование показателя</th><th scope="col" rowspan="2" class="row-no">№ строки</th>
        <th scope="col" rowspan="2">Всего</th>
        <th scope="colgroup" colspan="{count($columns) - 1}">в том числе по классам</th>
      </tr>
      <tr>
        <xsl:for-each select="$columns[position() &gt; 1]">
          <th scope="col"><xsl:value-of select="substring-after(@key, 'grade_')"/></th>
        </xsl:for-each>
      </tr>
      <tr class="numbers">
        <th>1</th><th>2</th>
        <xsl:for-each select="$columns"><th><xsl:value-of select="position() + 2"/></th></xsl:for-each>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="key('section', @term_name)" mode="row"/></tbody>
  </table>
</xsl:template>

<xsl:template match="line" mode="row">
  <tr>
    <th scope="row"><xsl:value-of select="substring-after(@title, ' ')"/></th>
    <td class="number"><xsl:value-of select="substring-before(@title, ' ')"/></td>
    <xsl:for-each select="c"><td class="number"><xsl:value-of select="."/></td></xsl:for-each>
  </tr>
</xsl:template>

<xsl:template match="table" mode="checks">
  <h2>Контрольные суммы строк</h2>
  <table class="data report">
    <thead><tr><th scope="col">Равенство</th><th scope="col">Строка</th><th scope="col">Сумма частей</th><th scope="col">Расхождение</th><th scope="col">Итог проверки</th></tr></thead>
    <tbody>
      <xsl:for-each select="line">
        <tr>
          <th scope="row"><xsl:value-of select="@title"/></th>
          <xsl:for-each select="c"><td class="number"><xsl:value-of select="translate(number(.), '-', '−')"/></td></xsl:for-each>
          <td><xsl:if test="c[1] = c[2]">сходится</xsl:if><xsl:if test="not(c[1] = c[2])"><b>не сходится</b></xsl:if></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="table" mode="hand">
  <h2>Строки, которые заполняются из других источников</h2>
  <table class="data report">
    <thead><tr><th scope="col" class="row-no">№ строки</th><th scope="col">Наименование показателя</th><th scope="col">Откуда сведения</th><th scope="col" class="hand">Значение</th></tr></thead>
    <tbody>
      <xsl:for-each select="line">
        <xsl:variable name="words" select="substring-after(@title, ' ')"/>
        <tr>
          <td class="number"><xsl:value-of select="substring-before(@title, ' ')"/></td>
          <th scope="row"><xsl:value-of select="substring-before($words, ' — ')"/></th>
          <td><xsl:value-of select="substring-after($words, ' — ')"/></td>
          <td/>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
