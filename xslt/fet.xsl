<?xml version="1.0" encoding="UTF-8"?>
<!-- fet.xsl: files of FET: a school and its timetable are read, the load is written.
     in   fet[@view = 'show'][file? timetable? version? is_saved? has_no_year? day_on? first_slot?
            first_hour? days? activities timed same? added? gone? faults? code? value?]
            /group[kind names known added parts skipped new_names? skipped_names?],
             work[state n hours], lost[sets subject teacher hours why other?], skipped[what n],
             fault[weekday slot name rule other who?]
          fet[@view = 'names'][kind file find sort page pages count]
            /name[name state id?], choice[choice_id name]
     out  the form for a file; with a draft what would be written and what would not; the names
          of a kind, each with a choice of the school's record
     see  form.xsl, list.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="form.xsl"/>
<xsl:include href="fet_words.xsl"/>

<xsl:template match="page/fet" mode="title">Обмен с программой FET</xsl:template>
<xsl:template match="page/fet[@view = 'names']" mode="title"><xsl:apply-templates select="@kind" mode="fet"/> из файла</xsl:template>
<xsl:template match="page/fet[@view = 'names']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/fet" mode="actions"/>
<xsl:template match="page/fet[@view = 'names']" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Имя в файле'"/></xsl:call-template>
</xsl:template>

<xsl:template match="page/fet[@has_no_year]" priority="2">
  <p class="empty">Учебного года ещё нет. <a href="{$base}/years">Открыть учебный год</a></p>
</xsl:template>

<xsl:template match="page/fet">
  <xsl:apply-templates select="@is_saved"/>
  <section class="card">
    <h2>Выгрузить для FET</h2>
    <p>Нагрузка, учителя, классы и группы с их составом, кабинеты, часы и дни — одним файлом, который открывает FET.</p>
    <p class="bar"><a href="{$base}/fet/load" download="download">Файл .fet</a></p>
  </section>
  <form class="card" method="post" enctype="multipart/form-data">
    <h2>Загрузить из FET</h2>
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="file"/>
    <p class="row">
      <label>
        <span class="label">Файл FET</span>
        <input type="file" name="file" accept=".fet,.xml,.csv" required="required">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'file'"/></xsl:call-template>
        </input>
      </label>
      <span class="hint">До 10 МБ. Сначала файл .fet, затем, если расписание уже составлено, его файл activities.xml или timetable.csv.</span>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'file'"/></xsl:call-template>
    </p>
    <p class="bar"><button class="main">Проверить файл</button></p>
    <p class="hint">Сначала будет видно, что изменится; ничего не записывается сразу.</p>
  </form>
  <xsl:apply-templates select="self::*[@file]" mode="draft"/>
</xsl:template>

<xsl:template match="fet/@is_saved">
  <p class="notice" role="status">Записано из файла «<xsl:value-of select="../@file"/>». <a href="{$base}/timetable">Расписание</a>, <a href="{$base}/load">нагрузка</a>, <a href="{$base}/classes">классы</a>.</p>
</xsl:template>

<xsl:template match="fet" mode="draft">
  <section>
    <h2>Файл «<xsl:value-of select="@file"/>»<xsl:if test="@timetable"> и расписание «<xsl:value-of select="@timetable"/>»</xsl:if></h2>
    <xsl:apply-templates select="@code"/>
    <xsl:apply-templates select="self::*[group]" mode="names"/>
    <xsl:apply-templates select="self::*[work]" mode="works"/>
    <xsl:apply-templates select="self::*[not(@is_saved)]" mode="days"/>
    <xsl:apply-templates select="self::*[fault]" mode="faults"/>
    <xsl:apply-templates select="self::*[skipped]" mode="skipped"/>
    <xsl:apply-templates select="self::*[lost]" mode="lost"/>
    <xsl:if test="not(@is_saved or @code)">
      <form method="post">
        <xsl:call-template name="token"/>
        <input type="hidden" name="step" value="save"/>
        <input type="hidden" name="version" value="{@version}"/>
        <p class="bar"><button class="main">Записать</button></p>
      </form>
    </xsl:if>
  </section>
</xsl:template>

<!-- Why nothing of the draft can be written. -->
<xsl:template match="fet/@code">
  <p class="alert" role="alert"><b>Записать нельзя.</b><xsl:text> </xsl:text><xsl:apply-templates select=".." mode="why"/></p>
</xsl:template>

<xsl:template match="fet" mode="names">
  <table class="data people">
    <caption>Что есть в файле</caption>
    <thead>
      <tr>
        <th scope="col">Что</th>
        <th scope="col">Всего</th>
        <th scope="col">Уже есть в журнале</th>
        <th scope="col">Будет добавлено</th>
        <th scope="col">Не берётся</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="group"/></tbody>
  </table>
</xsl:template>
<xsl:template match="fet/group">
  <tr>
    <th scope="row"><xsl:apply-templates select="." mode="link"/></th>
    <td data-word="всего"><xsl:value-of select="@names"/></td>
    <td data-word="есть"><xsl:value-of select="@known"/></td>
    <td data-word="добавится">
      <xsl:value-of select="@added"/>
      <xsl:apply-templates select="@new_names" mode="list"/>
      <xsl:if test="@parts &gt; 0"><br/>и <xsl:value-of select="@parts"/> — группы по предметам</xsl:if>
    </td>
    <td data-word="не берётся"><xsl:value-of select="@skipped"/><xsl:apply-templates select="@skipped_names" mode="list"/></td>
  </tr>
</xsl:template>
<xsl:template match="group" mode="link">
  <a href="{$base}/fet/names/{@kind}"><xsl:apply-templates select="@kind" mode="fet"/></a>
</xsl:template>
<xsl:template match="fet[@is_saved]/group" mode="link"><xsl:apply-templates select="@kind" mode="fet"/></xsl:template>
<xsl:template match="@*" mode="list"><br/><small><xsl:value-of select="."/></small></xsl:template>

<xsl:template match="fet" mode="works">
  <table class="data people">
    <caption>Нагрузка: класс или группа, предмет, учитель</caption>
    <thead><tr><th scope="col">Что будет</th><th scope="col">Строк</th><th scope="col">Часов в неделю</th></tr></thead>
    <tbody>
      <xsl:for-each select="work">
        <tr>
          <th scope="row"><xsl:apply-templates select="@state" mode="fet"/></th>
          <td data-word="строк"><xsl:value-of select="@n"/></td>
          <td data-word="часов в неделю"><xsl:value-of select="@hours"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="fet" mode="days">
  <form class="card" method="post">
    <h3>Расписание</h3>
    <p><xsl:apply-templates select="." mode="timed"/></p>
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="days"/>
    <p class="row">
      <label><span class="label">Действует с</span>
        <input type="date" name="day_on" required="required">
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'day_on'"/>
              <xsl:with-param name="value" select="@day_on"/>
            </xsl:call-template>
          </xsl:attribute>
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'day_on'"/></xsl:call-template>
        </input>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'day_on'"/></xsl:call-template>
    </p>
    <p class="row">
      <label><span class="label">Первый час файла<xsl:if test="@first_hour"> («<xsl:value-of select="@first_hour"/>»)</xsl:if> — это урок номер</span>
        <input type="number" name="first_slot" min="0" max="14" required="required">
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'first_slot'"/>
              <xsl:with-param name="value" select="@first_slot"/>
            </xsl:call-template>
          </xsl:attribute>
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'first_slot'"/></xsl:call-template>
        </input>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'first_slot'"/></xsl:call-template>
    </p>
    <p class="bar"><button>Проверить ещё раз</button></p>
  </form>
</xsl:template>
<xsl:template match="fet" mode="timed">В файле <xsl:value-of select="@activities"/> занятий, время известно у <xsl:value-of select="@timed"/>. Уроков в неделе: добавится <xsl:value-of select="@added"/>, останется <xsl:value-of select="@same"/>, закончится <xsl:value-of select="@gone"/><xsl:if test="@faults &gt; 0">, <b>не помещается <xsl:value-of select="@faults"/></b></xsl:if>. Расписание других предметов и групп не меняется.</xsl:template>
<xsl:template match="fet[@timed = 0]" mode="timed">В файле <xsl:value-of select="@activities"/> занятий, время ни у одного не задано: расписание не изменится. Составленное расписание — в файле activities.xml или timetable.csv из папки, куда FET записал результат.</xsl:template>
<xsl:template match="fet[@code]" mode="timed">В файле <xsl:value-of select="@activities"/> занятий, время известно у <xsl:value-of select="@timed"/>.</xsl:template>

<xsl:template match="fet" mode="faults">
  <table class="data people">
    <caption>Уроки, которых не будет: место занято</caption>
    <thead><tr><th scope="col">Когда</th><th scope="col">Урок</th><th scope="col">Что мешает</th></tr></thead>
    <tbody><xsl:apply-templates select="fault"/></tbody>
  </table>
  <xsl:if test="@faults &gt; count(fault)">
    <p class="soft">Показаны первые <xsl:value-of select="count(fault)"/> из <xsl:value-of select="@faults"/>.</p>
  </xsl:if>
</xsl:template>
<xsl:template match="fault">
  <tr>
    <th scope="row"><xsl:apply-templates select="@weekday" mode="fet"/>, <xsl:value-of select="@slot"/>-й урок</th>
    <td><xsl:value-of select="@name"/></td>
    <td>
      <xsl:apply-templates select="@rule" mode="fet"/>: <xsl:value-of select="@other"/>
      <xsl:if test="@who"> (<xsl:value-of select="@who"/>)</xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="fet" mode="skipped">
  <table class="data people">
    <caption>Чему в журнале нет места: не переносится</caption>
    <thead><tr><th scope="col">Что</th><th scope="col">Сколько</th></tr></thead>
    <tbody>
      <xsl:for-each select="skipped">
        <tr>
          <th scope="row"><xsl:apply-templates select="@what" mode="fet"/></th>
          <td data-word="сколько"><xsl:value-of select="@n"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="fet" mode="lost">
  <table class="data people">
    <caption>Нагрузка, о которой надо решить</caption>
    <thead>
      <tr>
        <th scope="col">Класс или группа</th>
        <th scope="col">Предмет</th>
        <th scope="col">Учитель</th>
        <th scope="col">Часов</th>
        <th scope="col">Почему</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="lost">
        <tr>
          <th scope="row"><xsl:value-of select="@sets"/></th>
          <td data-word="предмет"><xsl:value-of select="@subject"/></td>
          <td data-word="учитель"><xsl:value-of select="@teacher"/></td>
          <td data-word="часов"><xsl:value-of select="@hours"/></td>
          <td data-word="почему"><xsl:apply-templates select="@why" mode="fet"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- ............................................................... names -->

<xsl:variable name="fet-choices">
  <option value="-1">— не брать —</option>
  <option value="0">— добавить новую запись —</option>
  <xsl:for-each select="/page/fet/choice"><option value="{@choice_id}"><xsl:value-of select="@name"/></option></xsl:for-each>
</xsl:variable>

<xsl:template match="page/fet[@view = 'names']" priority="1">
  <p class="hint">Слева — имя в файле, справа — кто или что это в журнале. <xsl:apply-templates select="@kind" mode="hint"/></p>
  <form method="post">
    <xsl:call-template name="token"/>
    <table class="data people">
      <thead>
        <tr>
          <xsl:call-template name="sorted">
            <xsl:with-param name="key" select="'name'"/>
            <xsl:with-param name="word" select="'В файле'"/>
          </xsl:call-template>
          <th scope="col">В журнале</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="name"/></tbody>
    </table>
    <p class="bar"><button class="main">Сохранить выбор</button></p>
  </form>
  <xsl:apply-templates select="@page"/>
</xsl:template>
<xsl:template match="fet/@page">
  <xsl:call-template name="pages">
    <xsl:with-param name="kept" select="concat('?find=', ../@find, '&amp;sort=', ../@sort)"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="fet/name">
  <xsl:variable name="id"><xsl:apply-templates select="." mode="id"/></xsl:variable>
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td>
      <input type="hidden" name="name" value="{@name}"/>
      <select name="to" aria-label="Что в журнале значит «{@name}»">
        <xsl:for-each select="exsl:node-set($fet-choices)/option">
          <option value="{@value}">
            <xsl:if test="@value = $id"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
            <xsl:value-of select="."/>
          </option>
        </xsl:for-each>
      </select>
    </td>
  </tr>
</xsl:template>
<xsl:template match="name" mode="id">0</xsl:template>
<xsl:template match="name[@state = 'skipped']" mode="id">-1</xsl:template>
<xsl:template match="name[@id]" mode="id"><xsl:value-of select="@id"/></xsl:template>

<xsl:template match="error[@field = 'file']" mode="field-name">Файл</xsl:template>
<xsl:template match="error[@field = 'day_on']" mode="field-name">Действует с</xsl:template>
<xsl:template match="error[@field = 'first_slot']" mode="field-name">Первый час файла</xsl:template>

</xsl:stylesheet>
