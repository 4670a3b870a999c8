<?xml version="1.0" encoding="UTF-8"?>
<!-- print/reports_leader.xsl: Отчёт классного руководителя за учебный период, for A4 (requirements 3.5).
     in   reports/table[movement, school, results, quality, attendance], person[kind pupil_id pupil_name subject_name? staff_name? held_on? value? note?]…
     out  movement with names and orders; groups of pupils by name; subjects; lessons missed; the class beside the last term
     see  reports.xsl, ../reports_paper.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="reports.xsl"/>
<xsl:include href="../reports_paper.xsl"/>
<xsl:include href="../movements_words.xsl"/>

<xsl:key name="kind" match="person" use="@kind"/>
<xsl:key name="marks-of" match="person[@subject_name]" use="concat(@kind, ' ', @pupil_id)"/>
<xsl:key name="teacher" match="person[@kind = 'teacher']" use="@line"/>

<xsl:variable name="groups">
  <g key="excellent" word="Отличники"/><g key="good" word="Хорошисты (на «4» и «5»)"/>
  <g key="one_4" word="С одной «4»" marks="n4"/><g key="one_3" word="С одной «3»" marks="n3"/>
  <g key="failing" word="Неуспевающие" marks="n2"/><g key="na" word="Не аттестованы" marks="na"/>
    <g key="exempt" word="Освобождены" marks="exempt"/>
</xsl:variable>
<xsl:variable name="quality-heads">
  <h key="@subject_name" word="Предмет"/>
  <h key="n5" word="5" group="Отметки"/><h key="n4" word="4" group="Отметки"/><h key="n3" word="3" group="Отметки"/>
  <h key="n2" word="2" group="Отметки"/><h key="na" word="н/а" group="Отметки"/><h key="exempt" word="осв" group="Отметки"/>
  <h key="pass_pct" word="Успев., %"/><h key="quality_pct" word="Кач., %"/><h key="sou" word="СОУ, %"/><h key="mean" word="Ср. балл"/>
  <h key="~" word="Учитель"/>
</xsl:variable>
<xsl:variable name="missed-heads">
  <h key="#" word="№"/><h key="@pupil_name" word="Фамилия, имя"/>
  <h key="days" word="всего" group="Полных дней"/><h key="days_ill" word="по болезни" group="Полных дней"/>
  <h key="lessons" word="всего" group="Уроков"/><h key="ill" word="по болезни" group="Уроков"/>
  <h key="valid" word="уважит." group="Уроков"/><h key="unjustified" word="без уважит." group="Уроков"/><h key="late" word="Опозданий"/>
</xsl:variable>
<xsl:variable name="class-heads">
  <h key="pupils" word="Учеников"/><h key="pass_pct" word="Успеваемость, %"/>
  <h key="quality_pct" word="%" group="Качество" alone="Качество, %"/><h key="quality_change" word="к прошлому периоду" group="Качество"/>
  <h key="sou" word="СОУ, %"/>
  <h key="mean" word="балл" group="Средний балл" alone="Средний балл"/><h key="mean_change" word="к прошлому периоду" group="Средний балл"/>
</xsl:variable>

<xsl:template match="reports[table/column[8]]" mode="paper-class">official</xsl:template>
<xsl:template match="reports" mode="name">Отчёт классного руководителя за учебный период</xsl:template>

<xsl:template match="page/reports[@view = 'show']" mode="body">
  <h2>1. Движение</h2>
  <xsl:apply-templates select="table[@name = 'movement']/line[@kind = 'class']" mode="movement"/>
  <h2>2. Успевающие и неуспевающие</h2>
  <xsl:variable name="reports" select="."/>
  <xsl:for-each select="exsl:node-set($groups)/g">
    <xsl:variable name="group" select="."/>
    <xsl:for-each select="$reports">
      <p class="group-list"><b><xsl:value-of select="$group/@word"/></b><xsl:text>: </xsl:text>
        <xsl:call-template name="names"><xsl:with-param name="group" select="$group"/></xsl:call-template></p>
    </xsl:for-each>
  </xsl:for-each>
  <h2>3. По предметам</h2>
  <xsl:apply-templates select="table[@name = 'quality']" mode="of">
    <xsl:with-param name="heads" select="exsl:node-set($quality-heads)/h"/></xsl:apply-templates>
  <h2>4. Пропуски</h2>
  <xsl:apply-templates select="table[@name = 'attendance']" mode="of">
    <xsl:with-param name="heads" select="exsl:node-set($missed-heads)/h"/></xsl:apply-templates>
  <h2>5. Класс в целом</h2>
  <xsl:for-each select="table[@name = 'school']">
    <xsl:variable name="table" select="."/>
    <xsl:call-template name="paper">
      <xsl:with-param name="heads" select="exsl:node-set($class-heads)/h[@key = $table/column/@key]"/>
      <xsl:with-param name="lines" select="line[@kind = 'class']"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="table" mode="of">
  <xsl:param name="heads"/>
  <xsl:call-template name="paper"><xsl:with-param name="heads" select="$heads"/></xsl:call-template>
</xsl:template>

<xsl:template match="line" mode="movement">
  <xsl:variable name="columns" select="../column"/>
  <xsl:variable name="line" select="."/>
  <p class="plain">
    <xsl:for-each select="$columns">
      <xsl:variable name="at" select="position()"/>
      <xsl:choose>
        <xsl:when test="@key = 'first'">На начало: <b><xsl:value-of select="$line/c[$at]"/></b></xsl:when>
        <xsl:when test="@key = 'arrived'">, прибыло: <b><xsl:value-of select="$line/c[$at]"/></b></xsl:when>
        <xsl:when test="@key = 'moved_in'">, из других классов: <b><xsl:value-of select="$line/c[$at]"/></b></xsl:when>
        <xsl:when test="@key = 'departed'">, выбыло: <b><xsl:value-of select="$line/c[$at]"/></b></xsl:when>
        <xsl:when test="@key = 'moved_out'">, в другие классы: <b><xsl:value-of select="$line/c[$at]"/></b></xsl:when>
        <xsl:when test="@key = 'last'">, на конец: <b><xsl:value-of select="$line/c[$at]"/></b>.</xsl:when>
      </xsl:choose>
    </xsl:for-each>
  </p>
  <xsl:for-each select="key('kind', 'arrived') | key('kind', 'moved_in') | key('kind', 'departed') | key('kind', 'moved_out')">
    <p class="plain">
      <xsl:choose>
        <xsl:when test="@kind = 'arrived' or @kind = 'moved_in'">Прибыл(а): </xsl:when>
        <xsl:otherwise>Выбыл(а): </xsl:otherwise>
      </xsl:choose>
      <xsl:value-of select="concat(@pupil_name, ', ')"/><xsl:apply-templates select="@held_on" mode="date"/>
      <xsl:if test="@value"><xsl:value-of select="concat(', ', $reason[@value = current()/@value])"/></xsl:if>
      <xsl:if test="@note"><xsl:value-of select="concat(', ', @note)"/></xsl:if>
    </p>
  </xsl:for-each>
</xsl:template>

<!-- The pupils of a group, each with the subjects in which they have the mark of the group. -->
<xsl:template name="names">
  <xsl:param name="group"/>
  <xsl:variable name="people" select="key('kind', $group/@key)"/>
  <xsl:if test="not($people)">нет</xsl:if>
  <xsl:for-each select="$people">
    <xsl:if test="position() = 1 or @pupil_id != preceding-sibling::person[1]/@pupil_id">
      <xsl:if test="position() &gt; 1">; </xsl:if>
      <xsl:value-of select="@pupil_name"/>
      <xsl:if test="$group/@marks">
        <xsl:text> (</xsl:text>
        <xsl:for-each select="key('marks-of', concat($group/@marks, ' ', @pupil_id))">
          <xsl:if test="position() &gt; 1">, </xsl:if>
          <xsl:value-of select="@subject_name"/>
          <xsl:if test="@staff_name"><xsl:value-of select="concat(' — ', @staff_name)"/></xsl:if>
          <xsl:if test="@note"><xsl:value-of select="concat(': ', @note)"/></xsl:if>
        </xsl:for-each>
        <xsl:text>)</xsl:text>
      </xsl:if>
    </xsl:if>
  </xsl:for-each>
</xsl:template>

<xsl:template match="line[@kind = 'subject']" mode="paper-note">
  <xsl:for-each select="key('teacher', @line)"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@staff_name"/></xsl:for-each>
</xsl:template>

</xsl:stylesheet>
