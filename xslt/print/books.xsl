<?xml version="1.0" encoding="UTF-8"?>
<!-- print/books.xsl: the class journal of a year, for A4 (requirements 3.1). It comes in parts, each a
     document of its own (core/page/parts.c).
     in   books[section] with class_id name year school_name founder? teacher_name? …: title and contents
            /section[number subject_name group_name staff_name? term_name]…, term[name]…
          books/journal[section], books/attendance, books/reports: as on their own pages
          books[@is_end]/person[name …]…, finding[made_on …]…: general data, findings, the last page
     out  the part's pages
     see  journal.xsl, attendance.xsl, reports_finals.xsl, static/css/print.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="reports_finals.xsl"/>
<xsl:import href="attendance.xsl"/>
<xsl:import href="journal.xsl"/>

<xsl:template match="page/books" mode="title">
  <xsl:value-of select="concat('Классный журнал ', @name, ' класса, ', @year, '/', @year + 1)"/></xsl:template>
<xsl:template match="page/books[not(@name)]" mode="title">Классный журнал</xsl:template>

<xsl:template match="page/books"><xsl:apply-templates select="journal | attendance | reports"/></xsl:template>

<!-- ..................................................................... contents -->

<xsl:template match="page/books[@file_name and not(@is_end)]">
  <section class="official book-title">
    <xsl:if test="@founder"><p><xsl:value-of select="@founder"/></p></xsl:if>
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Классный журнал</h1>
    <p class="class"><b><xsl:value-of select="@name"/></b> класс</p>
    <p><xsl:value-of select="concat(@year, '/', @year + 1, ' учебный год')"/></p>
    <p>Классный руководитель: <xsl:value-of select="@teacher_name"/><xsl:if test="not(string(@teacher_name))">____________________________</xsl:if></p>
  </section>
  <section class="official">
    <h1>Оглавление</h1>
    <table class="data">
      <thead><tr><th scope="col">Предмет</th><th scope="col">Учитель</th><th scope="col">Период</th><th scope="col">Раздел</th></tr></thead>
      <tbody>
        <xsl:for-each select="section">
          <tr>
            <xsl:if test="not(preceding-sibling::section[1]/@teaching_id = @teaching_id)">
              <xsl:attribute name="class">opens</xsl:attribute>
              <th scope="row"><xsl:value-of select="@subject_name"/><xsl:if test="@group_name != ../@name">
                <xsl:value-of select="concat(' (', @group_name, ')')"/></xsl:if></th>
              <td><xsl:value-of select="@staff_name"/></td>
            </xsl:if>
            <xsl:if test="preceding-sibling::section[1]/@teaching_id = @teaching_id"><th scope="row"/><td/></xsl:if>
            <td><xsl:value-of select="@term_name"/></td>
            <td class="number"><xsl:value-of select="@number"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <p class="plain">После разделов: сводные ведомости учёта посещаемости (<xsl:for-each select="term"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@name"/></xsl:for-each>), сводная ведомость учёта успеваемости, общие сведения об обучающихся, замечания по ведению журнала.</p>
  </section>
</xsl:template>

<!-- .......................................................................... end -->

<xsl:template match="page/books[@is_end]">
  <section class="official wide">
    <h1>Общие сведения об обучающихся</h1>
    <p><xsl:value-of select="concat(@name, ' класс, ', @year, '/', @year + 1, ' учебный год')"/></p>
    <table class="data">
      <thead><tr><th scope="col">№</th><th scope="col">Фамилия, имя, отчество</th><th scope="col">Личное дело</th><th scope="col">Дата рождения</th><th scope="col">Пол</th><th scope="col">Адрес</th><th scope="col">Родители (законные представители), телефоны</th></tr></thead>
      <tbody>
        <xsl:for-each select="person">
          <tr>
            <td class="number"><xsl:value-of select="position()"/></td>
            <th scope="row"><xsl:value-of select="@name"/><xsl:if test="@left_on">, выб.&#160;<xsl:apply-templates select="@left_on" mode="date"/></xsl:if></th>
            <td><xsl:value-of select="@file_no"/></td>
            <td><xsl:apply-templates select="@birth_on" mode="date"/></td>
            <td><xsl:if test="@sex = 'f'">ж</xsl:if><xsl:if test="@sex = 'm'">м</xsl:if></td>
            <td><xsl:value-of select="@address"/></td>
            <td class="lines"><xsl:value-of select="@guardians"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </section>
  <section class="official">
    <h1>Замечания по ведению журнала</h1>
    <table class="data">
      <thead><tr><th scope="col">Дата</th><th scope="col">Замечание</th><th scope="col">Кто проверил</th><th scope="col">Отметка о выполнении</th></tr></thead>
      <tbody>
        <xsl:for-each select="finding">
          <tr>
            <td><xsl:apply-templates select="@made_on" mode="date"/></td>
            <td><xsl:if test="@subject_name"><xsl:value-of select="concat(@subject_name, ': ')"/></xsl:if><xsl:value-of select="."/></td>
            <td><xsl:value-of select="@staff_name"/></td>
            <td><xsl:apply-templates select="." mode="done"/></td>
          </tr>
        </xsl:for-each>
        <xsl:if test="not(finding)"><tr><td/><td>Замечаний нет</td><td/><td/></tr></xsl:if>
      </tbody>
    </table>
  </section>
  <section class="official book-end">
    <p>В настоящем журнале пронумеровано, прошнуровано и скреплено печатью</p>
    <p>______________ (____________________________________) листов</p>
    <div class="closing">
      <xsl:call-template name="signatures"><xsl:with-param name="posts" select="'leader director'"/></xsl:call-template>
      <p class="seal"><span>М. П.</span><span>«____» ______________ 20___ г.</span></p>
    </div>
  </section>
</xsl:template>

<xsl:template match="finding" mode="done">до <xsl:apply-templates select="@due_on" mode="date"/></xsl:template>
<xsl:template match="finding[@answer]" mode="done">
  <xsl:value-of select="@answer"/><xsl:text>, </xsl:text><xsl:apply-templates select="@answered_on" mode="date"/>
  <xsl:if test="@state = 'accepted'">; принято <xsl:apply-templates select="@decided_on" mode="date"/></xsl:if>
  <xsl:if test="@state = 'returned'">; возвращено <xsl:apply-templates select="@decided_on" mode="date"/></xsl:if>
</xsl:template>

</xsl:stylesheet>
