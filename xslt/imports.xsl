<?xml version="1.0" encoding="UTF-8"?>
<!-- imports.xsl: a file becomes rows of a list: choose it, see what would be done, save.
     in   imports[@view = 'list']/kind[kind]
          imports[@view = 'export' and kind]/column[name type], line[c1 … in the order of the columns]
          imports[@view = 'sample' and kind]/column[name type example?]
          imports[@view = 'show'][kind file? version? rows added changed same bad amount? is_saved? is_stale? todo? order_no? order_on? reason? map?]
            /job[job_id state percent code? number?],
             field[field name n?], head[n name], row[line name? done field? heading? code? value?],
             question[line field name id person is_first?], map[import_map_id name columns?]
     out  the lists; a list or its empty form as a table; the form for a file; with a draft the
          columns and the preview; a report; instead of them, while a job works on a long file, its progress
     see  form.xsl; jobs.xsl and static/js/jobs.js for the progress; record.xsl for the lists -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="form.xsl"/>
<xsl:include href="imports_steps.xsl"/>
<xsl:include href="imports_payments.xsl"/>
<xsl:include href="imports_maps.xsl"/>

<xsl:key name="taken" match="imports/field" use="@n"/>
<xsl:key name="import-field" match="imports/field" use="@field"/>
<xsl:key name="question" match="imports/question" use="concat(@line, '.', @field)"/>

<!-- The lists: what each is called, and the page that shows it. -->
<xsl:variable name="kinds">
  <k kind="staff" name="Сотрудники" of="сотрудников" path="/staff"/>
  <k kind="subjects" name="Предметы" of="предметов" path="/subjects"/>
  <k kind="rooms" name="Кабинеты" of="кабинетов" path="/rooms"/>
  <k kind="classes" name="Классы" of="классов" path="/classes"/>
  <k kind="pupils" name="Ученики и родители" of="учеников и родителей" path="/pupils"/>
  <k kind="curricula" name="Учебные планы" of="учебных планов" path="/imports"/>
  <k kind="load" name="Учебная нагрузка" of="учебной нагрузки" path="/imports"/>
  <k kind="payments" name="Оплата питания" of="оплаты питания" path="/meals/payments"/>
  <k kind="norms" name="Нормы ГТО" of="норм ГТО" path="/gto/norms"/>
</xsl:variable>
<xsl:variable name="known" select="exsl:node-set($kinds)/k"/>
<xsl:variable name="kind-key" select="string(/page/imports/@kind)"/>
<xsl:variable name="kind" select="$known[@kind = $kind-key]"/>

<xsl:template match="page/imports" mode="title">Загрузка <xsl:value-of select="$kind/@of"/> из файла</xsl:template>
<xsl:template match="page/imports[@view = 'list']" mode="title">Загрузка из файлов</xsl:template>
<xsl:template match="page/imports[@view = 'export']" mode="title"><xsl:value-of select="$kind/@name"/> для правки</xsl:template>
<xsl:template match="page/imports[@view = 'sample']" mode="title"><xsl:value-of select="$kind/@name"/>: образец</xsl:template>
<xsl:template match="page/imports" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:if test="@view != 'show' and @view != 'list'">
    <xsl:call-template name="crumb">
      <xsl:with-param name="path" select="concat('/imports/', @kind)"/>
      <xsl:with-param name="word" select="$kind/@name"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>
<xsl:template match="page/imports[@view = 'export' or @view = 'sample']" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/imports[@view = 'list']" priority="1">
  <table class="data people">
    <caption>Что можно загрузить и выгрузить</caption>
    <thead>
      <tr>
        <th scope="col">Список</th>
        <th scope="col" class="to">Выгрузить для правки</th>
        <th scope="col" class="to">Пустой образец</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="kind">
        <xsl:variable name="k" select="@kind"/>
        <tr>
          <th scope="row"><a href="{$base}/imports/{$k}"><xsl:value-of select="$known[@kind = $k]/@name"/></a></th>
          <td class="to" data-word="для правки">
            <a href="{$base}/imports/{$k}/list?format=xlsx">Excel</a>
            <xsl:text> </xsl:text>
            <a href="{$base}/imports/{$k}/list?format=csv">CSV</a>
          </td>
          <td class="to" data-word="образец">
            <a href="{$base}/imports/{$k}/sample?format=xlsx">Excel</a>
            <xsl:text> </xsl:text>
            <a href="{$base}/imports/{$k}/sample?format=csv">CSV</a>
          </td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <p class="hint">Новая школа загружает списки сверху вниз: классам нужны сотрудники, ученикам — классы, нагрузке — всё это. Выгрузите список, поправьте его в Excel и загрузите обратно: сначала будет видно, что изменится. Столбец «№ в журнале» не меняйте: по нему узнаётся запись. Строки без номера добавляются или узнаются по названию или имени. Удалить запись файлом нельзя. Ученик узнаётся по СНИЛС или по имени и дате рождения, родитель — по имени и телефону; о тёзках журнал спросит. Пустая клетка у ученика и родителя ничего не меняет.</p>
</xsl:template>

<xsl:template match="page/imports[@view = 'export' or @view = 'sample']" priority="1">
  <xsl:variable name="column" select="column"/>
  <div class="wide" tabindex="0" role="region" aria-label="{$kind/@name}">
  <table class="data">
    <thead><tr><xsl:for-each select="column"><th scope="col"><xsl:value-of select="@name"/></th></xsl:for-each></tr></thead>
    <tbody>
      <xsl:for-each select="line">
        <xsl:variable name="line" select="."/>
        <tr>
          <xsl:for-each select="$column">
            <xsl:variable name="n" select="concat('c', position())"/>
            <td>
              <xsl:apply-templates select="." mode="cell">
                <xsl:with-param name="value" select="$line/@*[name() = $n]"/>
              </xsl:apply-templates>
            </td>
          </xsl:for-each>
        </tr>
      </xsl:for-each>
      <xsl:if test="@view = 'sample'">
        <tr><xsl:for-each select="column"><td><xsl:value-of select="@example"/></td></xsl:for-each></tr>
      </xsl:if>
    </tbody>
  </table>
  </div>
</xsl:template>
<xsl:template match="column" mode="cell"><xsl:param name="value"/><xsl:value-of select="$value"/></xsl:template>
<xsl:template match="column[@type = 'date']" mode="cell">
  <xsl:param name="value"/>
  <xsl:apply-templates select="$value" mode="date"/>
</xsl:template>
<xsl:template match="column[@type = 'number' or @type = 'money']" mode="cell">
  <xsl:param name="value"/>
  <xsl:apply-templates select="$value" mode="number"/>
</xsl:template>

<xsl:template match="page/imports">
  <xsl:apply-templates select="@is_saved | @is_stale | job"/>
  <form class="card" method="post" enctype="multipart/form-data">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="file"/>
    <p class="row">
      <label>
        <span class="label">Файл Excel (.xlsx) или CSV<xsl:if test="$has-roster">, или архив OneRoster 1.2 (.zip)</xsl:if></span>
        <input type="file" name="file" accept=".xlsx,.csv" required="required">
          <xsl:if test="$has-roster"><xsl:attribute name="accept">.xlsx,.csv,.zip</xsl:attribute></xsl:if>
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'file'"/></xsl:call-template>
        </input>
      </label>
      <span class="hint">До 5 МБ и 5000 строк. В первой строке — заголовки: <xsl:for-each select="field">
          <xsl:value-of select="@name"/>
          <xsl:if test="position() != last()">, </xsl:if>
        </xsl:for-each>.</span>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'file'"/></xsl:call-template>
    </p>
    <p class="bar"><button class="main">Проверить файл</button></p>
    <p class="hint">Сначала будет видно, что изменится; ничего не записывается сразу.</p>
    <xsl:apply-templates select="." mode="about"/>
    <p class="hint">Выгрузить для правки: <a href="{$base}/imports/{@kind}/list?format=xlsx">Excel</a>, <a href="{$base}/imports/{@kind}/list?format=csv">CSV</a>. Пустой образец: <a href="{$base}/imports/{@kind}/sample?format=xlsx">Excel</a>, <a href="{$base}/imports/{@kind}/sample?format=csv">CSV</a>.</p>
  </form>
  <xsl:apply-templates select="self::*[@file and not(@is_saved) and not(@todo = 'try')]" mode="draft"/>
  <xsl:apply-templates select="self::*[map]" mode="maps"/>
</xsl:template>

<xsl:template match="imports/@is_stale">
  <p class="notice" role="status">Записать не удалось: пока вы смотрели, в журнале что-то изменилось. Ниже — что будет теперь; ещё ничего не записано.</p>
</xsl:template>

<xsl:template match="imports/@is_saved">
  <p class="notice" role="status">Записано из файла «<xsl:value-of select="../@file"/>»: <xsl:apply-templates select=".." mode="counts"/>.<xsl:if test="../@kind = 'payments'"><xsl:text> </xsl:text><a href="{$base}{$kind/@path}">Все оплаты</a></xsl:if></p>
</xsl:template>

<xsl:template match="imports" mode="counts">
  <xsl:value-of select="concat('добавлено ', @added, ', изменено ', @changed, ', без изменений ', @same)"/>
</xsl:template>

<xsl:template match="imports" mode="draft">
  <section>
    <h2>Файл «<xsl:value-of select="@file"/>»</h2>
    <p>Будет <xsl:apply-templates select="." mode="counts"/>.<xsl:apply-templates select="@amount"/><xsl:if test="@bad &gt; 0"><xsl:text> </xsl:text><b>С ошибками: <xsl:value-of select="@bad"/></b> — поправьте файл и выберите его снова.</xsl:if></p>
    <xsl:apply-templates select="@map"/>
    <xsl:if test="head[not(key('taken', @n))]">
      <p>Эти столбцы не узнаны и не будут взяты: <xsl:for-each select="head[not(key('taken', @n))]">«<xsl:value-of select="@name"/>»<xsl:if test="position() != last()">, </xsl:if></xsl:for-each>. Что они значат, можно выбрать внизу.</p>
    </xsl:if>
    <xsl:if test="@bad = 0 and @added + @changed &gt; 0 and not(@todo)">
      <form method="post">
        <xsl:call-template name="token"/>
        <input type="hidden" name="step" value="save"/>
        <input type="hidden" name="version" value="{@version}"/>
        <p class="bar"><button class="main">Записать</button></p>
      </form>
    </xsl:if>
    <xsl:apply-templates select="self::*[question]" mode="questions"/>
    <xsl:apply-templates select="self::*[@order_no or row[@code = 'JE101'][@field = 'order_no' or @field = 'order_on']]" mode="order"/>
    <xsl:apply-templates select="self::*[row]" mode="rows"/>
    <xsl:apply-templates select="self::*[head]" mode="columns"/>
  </section>
</xsl:template>

<xsl:template match="imports" mode="rows">
  <table class="data people">
    <caption>Что изменится</caption>
    <thead>
      <tr>
        <th scope="col">Строка</th>
        <th scope="col">Запись</th>
        <th scope="col">Что будет</th>
        <th scope="col">Столбец</th>
        <th scope="col">Значение</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="row"/></tbody>
  </table>
  <xsl:if test="@added + @changed + @bad &gt; count(row)"><p class="soft">Показаны первые <xsl:value-of select="count(row)"/>.</p></xsl:if>
</xsl:template>

<xsl:template match="imports/row">
  <tr>
    <th scope="row" data-word="строка"><xsl:value-of select="@line"/></th>
    <td><xsl:value-of select="@name"/></td>
    <td><xsl:apply-templates select="." mode="done"/></td>
    <td data-word="столбец"><xsl:value-of select="@heading"/></td>
    <td data-word="значение"><xsl:apply-templates select="@value"/></td>
  </tr>
</xsl:template>
<xsl:template match="imports/row/@value[translate(., '0123456789', '0000000000') = '0000-00-00']"><xsl:apply-templates select="." mode="date"/></xsl:template>
<xsl:template match="row" mode="done">
  <b class="todo"><xsl:call-template name="words"><xsl:with-param name="code" select="@code"/></xsl:call-template></b>
</xsl:template>
<!-- none of the row's columns is known -->
<xsl:template match="imports/row[@code = 'JE101'][not(@field)]" mode="done">
  <b class="todo">В строке нет узнанных столбцов.</b>
</xsl:template>
<xsl:template match="page[imports]/errors/error[@code = 'JE107']" mode="words">В файле больше 5000 строк или больше 100 столбцов.</xsl:template>
<xsl:template match="page[imports]/errors/error[@code = 'JE215']" mode="words">Журнал ещё занят файлом этого списка. Дождитесь окончания или отмените.</xsl:template>
<xsl:template match="page[imports]/errors/error[@code = 'JE109']" mode="words">Файл больше 5 МБ.</xsl:template>
<xsl:template match="page[imports]/errors/error[@code = 'JE104']" mode="words">В одной из клеток файла слишком длинный текст.</xsl:template>

<!-- a file has Russian dates; of a choice it may have only the words of the list -->
<xsl:template match="imports/row[@code = 'JE103']" mode="done">
  <b class="todo">Такой даты нет. Дата пишется так: 16.11.2026.</b>
</xsl:template>
<xsl:template match="imports/row[@code = 'JE106']" mode="done">
  <b class="todo">Так писать нельзя. Можно: <xsl:value-of select="key('import-field', @field)/@words"/>.</b>
</xsl:template>
<xsl:template match="imports/row[@code = 'JE401']" mode="done">
  <b class="todo">Такой записи в журнале нет, или их несколько.</b>
</xsl:template>
<xsl:template match="imports/row[@code = 'JE217']" mode="done"><b class="todo">Выберите выше, кто это.</b></xsl:template>
<xsl:template match="imports/row[@code = 'JE241']" mode="done">
  <b class="todo">Ученик уже в другом классе или с другого дня: перевод оформляют приказом на странице «Движение».</b>
</xsl:template>
<xsl:template match="imports/row[@done = 'added']" mode="done">добавится</xsl:template>
<xsl:template match="imports/row[@done = 'changed']" mode="done">изменится</xsl:template>
<xsl:template match="imports/row[@code = 'JE210' or @code = 'JE212']" mode="done">
  <b class="todo">Строка повторяет другую.</b>
</xsl:template>

<xsl:template match="imports" mode="columns">
  <xsl:variable name="heads" select="head"/>
  <details class="more">
    <xsl:if test="head[not(key('taken', @n))] or field[1][not(@n)]"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Какой столбец что значит</summary>
    <form class="card" method="post">
      <xsl:call-template name="token"/>
      <input type="hidden" name="step" value="match"/>
      <xsl:for-each select="field">
        <xsl:variable name="n" select="@n"/>
        <p class="row">
          <input type="hidden" name="field" value="{@field}"/>
          <label>
            <span class="label"><xsl:value-of select="@name"/></span>
            <select name="n">
              <option value="0">— нет в файле —</option>
              <xsl:for-each select="$heads">
                <option value="{@n}">
                  <xsl:if test="@n = $n"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
                  <xsl:value-of select="@name"/>
                </option>
              </xsl:for-each>
            </select>
          </label>
        </p>
      </xsl:for-each>
      <p class="bar"><button>Проверить ещё раз</button></p>
    </form>
    <xsl:apply-templates select="self::*[$is-keeper and field/@n]" mode="remember"/>
  </details>
</xsl:template>

<xsl:template match="imports/row[@code = 'JE101'][@field = 'order_no' or @field = 'order_on']" mode="done">
  <b class="todo">Уроки уже идут: нужен приказ о зачислении. Укажите его выше или в файле.</b>
</xsl:template>
<xsl:template match="imports/row[@code = 'JE201']" mode="done">
  <b class="todo">Журнал класса за эти дни закрыт. Укажите более поздний день.</b>
</xsl:template>
<xsl:template match="error[@field = 'file']" mode="field-name">Файл</xsl:template>
<xsl:template match="error[@field = 'order_no']" mode="field-name">Номер приказа</xsl:template>
<xsl:template match="error[@field = 'order_on']" mode="field-name">Дата приказа</xsl:template>
<xsl:template match="error[@code = 'JE210']" mode="conflict"> Проверьте файл ещё раз.</xsl:template>

</xsl:stylesheet>
