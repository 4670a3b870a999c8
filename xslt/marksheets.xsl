<?xml version="1.0" encoding="UTF-8"?>
<!-- marksheets.xsl: a table of marks from another system: choose it, see what would be done, save.
     in   marksheets[@view = 'show'][journal_id class_name subject_name term_name starts_on ends_on is_closed? file? version? saved?
              added same differs free bad]
            /cell[line name? head? held_on? typed? stored? done code? field?], day[head held_on added same differs bad],
             file[name cells at]
     out  the form for a file; with a draft what it adds by days, what it does not, where the journal has something
          else; the files that were carried over before
     see  form.xsl; imports.xsl for lists -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/marksheets" mode="title">Перенос отметок: <xsl:value-of select="concat(@subject_name, ', ', @class_name, ', ', @term_name)"/></xsl:template>
<xsl:template match="page/marksheets" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/journals/', @journal_id)"/>
    <xsl:with-param name="word" select="concat(@subject_name, ', ', @class_name)"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/marksheets[@is_closed]" priority="1">
  <p class="notice">Журнал закрыт: перенести в него отметки нельзя.</p>
  <xsl:apply-templates select="self::*[file]" mode="files"/>
</xsl:template>

<xsl:template match="page/marksheets">
  <xsl:apply-templates select="@saved"/>
  <form class="card" method="post" enctype="multipart/form-data">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="file"/>
    <p class="row">
      <label>
        <span class="label">Файл Excel (.xlsx) или CSV</span>
        <input type="file" name="file" accept=".xlsx,.csv" required="required">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'file'"/></xsl:call-template>
        </input>
      </label>
      <span class="hint">Таблица этого предмета и класса из другой программы: слева фамилия и имя, справа столбец на каждый урок с датой в заголовке (03.09 или 2026-09-03). В клетках отметки и пропуски: 5, 4/5, н.</span>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'file'"/></xsl:call-template>
    </p>
    <p class="bar"><button class="main">Проверить файл</button></p>
    <p class="hint">Берутся уроки с <xsl:apply-templates select="@starts_on" mode="date"/> по <xsl:apply-templates select="@ends_on" mode="date"/>. Сначала будет видно, что добавится; ничего не записывается сразу. То, что уже стоит в журнале, само не заменяется.</p>
  </form>
  <xsl:apply-templates select="self::*[@file and not(@saved)]" mode="draft"/>
  <xsl:apply-templates select="self::*[@saved and cell]" mode="cells"/>
  <xsl:apply-templates select="self::*[file]" mode="files"/>
</xsl:template>

<xsl:template match="marksheets/@saved">
  <p class="notice" role="status">Записано клеток: <xsl:value-of select="."/>. <a href="{$base}/journals/{../@journal_id}">Открыть журнал</a></p>
</xsl:template>

<xsl:template match="marksheets" mode="draft">
  <section>
    <h2>Файл «<xsl:value-of select="@file"/>»</h2>
    <p>Добавится: <b><xsl:value-of select="@added"/></b>. Уже есть: <xsl:value-of select="@same"/>. В журнале стоит другое: <xsl:value-of select="@differs"/>. Не будет взято: <xsl:value-of select="@bad"/>.</p>
    <xsl:if test="@added + @free &gt; 0">
      <form method="post">
        <xsl:call-template name="token"/>
        <input type="hidden" name="step" value="save"/>
        <input type="hidden" name="version" value="{@version}"/>
        <xsl:if test="@free &gt; 0">
          <p class="row"><label><input type="checkbox" name="is_replaced" value="1"/> Заменить в журнале то, что отличается (<xsl:value-of select="@free"/>)</label></p>
        </xsl:if>
        <p class="bar"><button class="main">Записать</button></p>
      </form>
    </xsl:if>
    <xsl:apply-templates select="self::*[cell]" mode="cells"/>
    <xsl:apply-templates select="self::*[day]" mode="days"/>
  </section>
</xsl:template>

<xsl:template match="marksheets" mode="cells">
  <table class="data people">
    <caption>Что не сошлось с журналом</caption>
    <thead>
      <tr>
        <th scope="col">Строка</th>
        <th scope="col">Ученик</th>
        <th scope="col">Столбец</th>
        <th scope="col">В файле</th>
        <th scope="col">В журнале</th>
        <th scope="col">Почему</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="cell"/></tbody>
  </table>
  <xsl:if test="@differs + @bad &gt; count(cell)"><p class="soft">Показаны первые <xsl:value-of select="count(cell)"/>.</p></xsl:if>
</xsl:template>

<xsl:template match="marksheets/cell">
  <tr>
    <th scope="row"><xsl:apply-templates select="@line[../@name]"/></th>
    <td><xsl:value-of select="@name"/></td>
    <td data-word="столбец"><xsl:value-of select="@head"/></td>
    <td data-word="в файле"><xsl:value-of select="@typed"/></td>
    <td data-word="в журнале"><xsl:value-of select="@stored"/></td>
    <td><xsl:apply-templates select="." mode="why"/></td>
  </tr>
</xsl:template>
<!-- a column that is not taken stands in no row of its own -->
<xsl:template match="cell/@line">
  <xsl:attribute name="data-word">строка</xsl:attribute>
  <xsl:value-of select="."/>
</xsl:template>
<xsl:template match="cell" mode="why">
  <b class="todo"><xsl:call-template name="words"><xsl:with-param name="code" select="@code"/></xsl:call-template></b>
</xsl:template>
<xsl:template match="cell[@done = 'differs']" mode="why">В журнале другое: останется<xsl:if test="@code">, срок исправления прошёл</xsl:if>.</xsl:template>
<xsl:template match="cell[@field = 'pupil']" mode="why" priority="1"><b class="todo">Такого ученика в группе нет.</b></xsl:template>
<xsl:template match="cell[@field = 'pupil'][@code = 'JE217']" mode="why" priority="2"><b class="todo">Такое имя у нескольких учеников: напишите в файле имя полностью, с отчеством.</b></xsl:template>
<xsl:template match="cell[@field = 'day']" mode="why" priority="1"><b class="todo">В этот день урока нет, или столбцов больше, чем уроков.</b></xsl:template>
<xsl:template match="cell[@field = 'day'][@code = 'JE103']" mode="why" priority="2">Заголовок — не дата.</xsl:template>
<xsl:template match="cell[@field = 'day'][@code = 'JE203']" mode="why" priority="2">День другого периода: загрузите файл и в журнале того периода.</xsl:template>
<xsl:template match="cell[@code = 'JE108']" mode="why" priority="1"><b class="todo">Такой отметки или такого пропуска в журнале нет.</b></xsl:template>

<xsl:template match="marksheets" mode="days">
  <table class="data people">
    <caption>По урокам</caption>
    <thead>
      <tr>
        <th scope="col">Столбец</th>
        <th scope="col">Урок</th>
        <th scope="col">Добавится</th>
        <th scope="col">Уже есть</th>
        <th scope="col">Другое</th>
        <th scope="col">Не взято</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="day"/></tbody>
  </table>
</xsl:template>

<xsl:template match="marksheets/day">
  <tr>
    <th scope="row"><xsl:value-of select="@head"/></th>
    <td data-word="урок"><xsl:apply-templates select="@held_on" mode="date"/></td>
    <td data-word="добавится"><xsl:value-of select="@added"/></td>
    <td data-word="уже есть"><xsl:value-of select="@same"/></td>
    <td data-word="другое"><xsl:value-of select="@differs"/></td>
    <td data-word="не взято"><xsl:value-of select="@bad"/></td>
  </tr>
</xsl:template>

<xsl:template match="marksheets" mode="files">
  <section>
    <h2>Перенесённые файлы</h2>
    <table class="data people">
      <thead><tr><th scope="col">Файл</th><th scope="col">Когда</th><th scope="col">Клеток</th></tr></thead>
      <tbody><xsl:apply-templates select="file"/></tbody>
    </table>
  </section>
</xsl:template>
<xsl:template match="marksheets/file">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td data-word="когда"><xsl:apply-templates select="@at" mode="moment"/></td>
    <td data-word="клеток"><xsl:value-of select="@cells"/></td>
  </tr>
</xsl:template>

<xsl:template match="error[@field = 'file']" mode="field-name">Файл</xsl:template>
<xsl:template match="page[marksheets]/errors/error[@code = 'JE103']" mode="words">В файле нет строки с датами уроков: 03.09 или 2026-09-03.</xsl:template>
<xsl:template match="page[marksheets]/errors/error[@code = 'JE107']" mode="words">В файле больше 200 строк или больше 100 столбцов.</xsl:template>
<xsl:template match="page[marksheets]/errors/error[@code = 'JE109']" mode="words">Файл больше 2 МБ.</xsl:template>
<xsl:template match="error[@code = 'JE210']" mode="conflict"> Ниже — что будет теперь; ничего не записано.</xsl:template>

</xsl:stylesheet>
