<?xml version="1.0" encoding="UTF-8"?>
<!-- gto.xsl: ГТЗО: the classes, a class, its day of tests as a grid, the groups of health.
     in   gto[@view = 'list'] with today_on is_pe? is_lead?
            /class[class_id name pupils admitted tested gold silver bronze], child[pupil_id name]
          gto[@view = 'school'] with school_name today_on year /class[… grade main light special_a special_b exempt]
          gto[@view = 'class'] with class_id name today_on can_write? can_admit?
            /day[done_on pupils tests protocol_no?], test[column_id name short_name unit],
            pupil[pupil_id name step_no? kind? is_gto_allowed? sign? tests? award? award_step?]/c[@level?]
          gto[@view = 'protocol'] with class_id name done_on can_write? protocol_no? gto_test_id? test_name? test_unit?
            /column[column_id name short_name unit is_obligatory?], pupil[pupil_id name step_no? refusal?]/c[@level?]
          gto[@view = 'health'] with class_id name can_admit? done?
            /pupil[pupil_id name kind? is_gto_allowed? document? from_on? till_on?]
     out  tables; of a day the grid that static/js/journal.js edits, or a form of one test
     see  gto_norms.xsl, gto_pupil.xsl, gto_words.xsl, print/gto.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="chart.xsl"/>
<xsl:include href="gto_words.xsl"/>
<xsl:include href="gto_norms.xsl"/>
<xsl:include href="gto_pupil.xsl"/>
<xsl:include href="gto_health.xsl"/>

<xsl:variable name="gto" select="/page/gto"/>

<xsl:template match="page/gto" mode="title" priority="0"><xsl:value-of select="$gto-caption"/></xsl:template>
<xsl:template match="page/gto" mode="crumbs" priority="0"><xsl:call-template name="section"/></xsl:template>

<!-- ........................................................... the classes -->

<xsl:template match="page/gto[@view = 'list']" mode="actions">
  <div class="actions">
    <a href="{$base}/gto/norms">Нормы</a>
    <xsl:if test="@is_lead"><a href="{$base}/gto/school">По школе</a></xsl:if>
    <xsl:if test="class"><xsl:call-template name="as-tables"/></xsl:if>
  </div>
</xsl:template>
<xsl:template match="page/gto" priority="0">
  <xsl:if test="child">
    <ul class="plain">
      <xsl:for-each select="child"><li><a href="{$base}/pupils/{@pupil_id}/gto"><xsl:value-of select="@name"/></a></li></xsl:for-each>
    </ul>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="class"><xsl:apply-templates select="." mode="classes"/></xsl:when>
    <xsl:when test="not(child)"><p class="empty">Здесь появятся классы, у которых вы ведёте физкультуру или руководите. Физкультурой считается предмет с такой пометкой на странице «Предметы».</p></xsl:when>
  </xsl:choose>
</xsl:template>

<xsl:template match="gto" mode="classes">
  <table class="data people">
    <caption class="sr">Знаки по классам</caption>
    <thead>
      <tr>
        <th scope="col">Класс</th><th scope="col" class="number">Учеников</th><th scope="col" class="number">Допущены</th>
        <th scope="col" class="number">Есть результаты</th><th scope="col" class="number">Золото</th>
        <th scope="col" class="number">Серебро</th><th scope="col" class="number">Бронза</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="class"/></tbody>
  </table>
  <p class="hint">Знак считается по лучшим результатам нынешней ступени ученика. Официальный знак присваивает Минспорт: он показан на странице ученика отдельно.</p>
</xsl:template>

<xsl:template match="gto/class">
  <tr>
    <th scope="row"><a href="{$base}/gto/classes/{@class_id}"><xsl:value-of select="@name"/></a></th>
    <td class="number" data-word="учеников"><xsl:value-of select="@pupils"/></td>
    <td class="number" data-word="допущены"><xsl:value-of select="@admitted"/></td>
    <td class="number" data-word="есть результаты"><xsl:value-of select="@tested"/></td>
    <td class="number" data-word="золото"><xsl:value-of select="@gold"/></td>
    <td class="number" data-word="серебро"><xsl:value-of select="@silver"/></td>
    <td class="number" data-word="бронза"><xsl:value-of select="@bronze"/></td>
  </tr>
</xsl:template>

<xsl:template match="page/gto[@view = 'school']" mode="title"><xsl:value-of select="$gto-caption"/> · знаки по школе</xsl:template>
<xsl:template match="page/gto[@view = 'school']" mode="actions">
  <div class="actions"><a href="?format=print">Отчёт для печати</a><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/gto[@view = 'school']">
  <xsl:apply-templates select="." mode="school"/>
</xsl:template>

<!-- class × sign × group of health; the last row has the sums. -->
<xsl:template match="gto" mode="school">
  <table class="data people report">
    <thead>
      <tr>
        <th scope="col" rowspan="2">Класс</th><th scope="col" rowspan="2" class="number">Учеников</th>
        <th scope="colgroup" colspan="5">Группа здоровья</th><th scope="col" rowspan="2" class="number">Допущены</th>
        <th scope="col" rowspan="2" class="number">Есть результаты</th><th scope="colgroup" colspan="3">Знак</th>
      </tr>
      <tr>
        <th scope="col" class="number">осн.</th><th scope="col" class="number">подг.</th><th scope="col" class="number">спец. А</th>
        <th scope="col" class="number">спец. Б</th><th scope="col" class="number">освоб.</th>
        <th scope="col" class="number">золото</th><th scope="col" class="number">серебро</th><th scope="col" class="number">бронза</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="class">
        <tr>
          <th scope="row"><xsl:apply-templates select="." mode="school-name"/></th>
          <xsl:call-template name="gto-counts"><xsl:with-param name="rows" select="."/></xsl:call-template>
        </tr>
      </xsl:for-each>
      <tr class="total"><th scope="row">Всего</th><xsl:call-template name="gto-counts"><xsl:with-param name="rows" select="class"/></xsl:call-template></tr>
    </tbody>
  </table>
</xsl:template>
<xsl:template match="class" mode="school-name"><a href="{$base}/gto/classes/{@class_id}"><xsl:value-of select="@name"/></a></xsl:template>
<xsl:template name="gto-counts">
  <xsl:param name="rows"/>
  <td class="number" data-word="учеников"><xsl:value-of select="sum($rows/@pupils)"/></td>
  <td class="number" data-word="основная"><xsl:value-of select="sum($rows/@main)"/></td>
  <td class="number" data-word="подготовительная"><xsl:value-of select="sum($rows/@light)"/></td>
  <td class="number" data-word="специальная А"><xsl:value-of select="sum($rows/@special_a)"/></td>
  <td class="number" data-word="специальная Б"><xsl:value-of select="sum($rows/@special_b)"/></td>
  <td class="number" data-word="освобождены"><xsl:value-of select="sum($rows/@exempt)"/></td>
  <td class="number" data-word="допущены"><xsl:value-of select="sum($rows/@admitted)"/></td>
  <td class="number" data-word="есть результаты"><xsl:value-of select="sum($rows/@tested)"/></td>
  <td class="number" data-word="золото"><xsl:value-of select="sum($rows/@gold)"/></td>
  <td class="number" data-word="серебро"><xsl:value-of select="sum($rows/@silver)"/></td>
  <td class="number" data-word="бронза"><xsl:value-of select="sum($rows/@bronze)"/></td>
</xsl:template>

<!-- .............................................................. a class -->

<xsl:template match="page/gto[@view = 'class']" mode="title"><xsl:value-of select="$gto-caption"/> · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/gto[@view = 'class']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/gto[@view = 'class']" mode="actions">
  <div class="actions">
    <a href="{$base}/gto/classes/{@class_id}/health">Группы здоровья</a>
    <a href="{$base}/gto/norms">Нормы</a>
    <a href="?format=print">Сводная ведомость</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/gto[@view = 'class']">
  <section>
    <h2>Дни испытаний</h2>
    <xsl:if test="@can_write">
      <form method="get" action="{$base}/gto/classes/{@class_id}" class="row">
        <label><span class="label">День</span><input type="date" name="done_on" required="required" value="{@today_on}" max="{@today_on}"/></label>
        <xsl:text> </xsl:text><button class="main">Внести результаты</button>
      </form>
    </xsl:if>
    <ul class="plain">
      <xsl:for-each select="day">
        <li><a href="{$base}/gto/classes/{../@class_id}/days/{@done_on}"><xsl:apply-templates select="@done_on" mode="date"/></a>: учеников <xsl:value-of select="@pupils"/>, испытаний <xsl:value-of select="@tests"/><xsl:if test="string(@protocol_no)">, протокол № <xsl:value-of select="@protocol_no"/></xsl:if></li>
      </xsl:for-each>
    </ul>
    <xsl:if test="not(day)"><p class="empty">Результатов пока нет.</p></xsl:if>
  </section>
  <section>
  <h2>Лучшие результаты</h2>
  <xsl:apply-templates select="." mode="summary"/>
  <p class="hint">З — золото, С — серебро, Б — бронза, «–» — ниже бронзы, «?» — нормы нет (её не нашли ни в одном источнике или у ученика не записаны дата рождения и пол). «Н» — нет допуска врача.</p>
  </section>
</xsl:template>

<xsl:template match="gto" mode="summary">
  <div class="wide">
    <table class="data people gto">
      <caption class="sr">Лучшие результаты класса <xsl:value-of select="@name"/></caption>
      <thead>
        <tr>
          <th scope="col">Ученик</th><th scope="col">Ступень</th><th scope="col">Знак</th>
          <xsl:for-each select="test|column"><th scope="col" class="number" title="{@name}">
            <xsl:value-of select="@short_name"/></th></xsl:for-each>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="pupil" mode="summary"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:variable name="gto-tests" select="/page/gto/test|/page/gto/column"/>
<xsl:template match="pupil" mode="summary">
  <tr>
    <th scope="row"><xsl:apply-templates select="." mode="pupil-name"/></th>
    <td data-word="ступень"><xsl:apply-templates select="@step_no" mode="step"/><xsl:if test="not(@step_no)">—</xsl:if></td>
    <td data-word="знак">
      <xsl:choose>
        <xsl:when test="not(@is_gto_allowed)"><span class="todo">нет допуска</span></xsl:when>
        <xsl:when test="@sign"><xsl:apply-templates select="@sign" mode="sign"/></xsl:when>
      </xsl:choose>
      <xsl:if test="@award"><xsl:text> </xsl:text><span class="badge">знак Минспорта: <xsl:apply-templates select="@award" mode="sign"/>, <xsl:apply-templates select="@award_step" mode="step"/></span></xsl:if>
    </td>
    <xsl:for-each select="c">
      <xsl:variable name="n" select="position()"/>
      <td class="number">
        <xsl:if test="text()"><xsl:attribute name="data-word"><xsl:value-of select="$gto-tests[$n]/@short_name"/></xsl:attribute></xsl:if>
        <xsl:value-of select="."/>
        <xsl:if test="@level"><xsl:text> </xsl:text><small><xsl:apply-templates select="@level" mode="letter"/></small></xsl:if>
        <xsl:if test="text() and not(@level)"><xsl:text> </xsl:text><small>?</small></xsl:if>
      </td>
    </xsl:for-each>
  </tr>
</xsl:template>
<xsl:template match="pupil" mode="pupil-name"><a href="{$base}/pupils/{@pupil_id}/gto"><xsl:value-of select="@name"/></a></xsl:template>

<!-- ................................................................ a day -->

<xsl:template match="page/gto[@view = 'protocol']" mode="title"><xsl:value-of select="$gto-caption"/> · <xsl:value-of select="@name"/>, <xsl:apply-templates select="@done_on" mode="date"/></xsl:template>
<xsl:template match="page/gto[@view = 'protocol']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/gto/classes/', @class_id)"/>
    <xsl:with-param name="word" select="@name"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/gto[@view = 'protocol'][column and pupil][not(@gto_test_id)]" mode="script">
  <script type="module" src="{$static}/journal.js"></script></xsl:template>
<xsl:template match="page/gto[@view = 'protocol']" mode="actions">
  <div class="actions">
    <span data-ej-status="" role="status"></span>
    <xsl:if test="@can_write and not(@gto_test_id)"><button type="button" class="main" data-ej-save="" hidden="hidden">Сохранить</button></xsl:if>
    <a href="?format=print">Протокол</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/gto[@view = 'protocol']">
  <xsl:choose>
    <xsl:when test="not(pupil)"><p class="empty">В этот день в классе никого не было.</p></xsl:when>
    <xsl:when test="not(column)"><p class="empty">Ступень ученика определяют по дате рождения и полу, а они у класса не записаны. <a href="{$base}/classes/{@class_id}">Класс</a></p></xsl:when>
    <xsl:when test="@gto_test_id"><xsl:apply-templates select="." mode="one-test"/></xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="grid"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="gto" mode="grid">
  <p class="hint">Секунды пишут с запятой или точкой, минуты — через двоеточие, запятую или точку: 9,2 и 9:20. Несколько попыток — через черту: 9,4/9,2. Название испытания открывает форму для него одного. Черта под результатом — уровень: тонкая — бронза, толще — серебро, толстая и жирные цифры — золото. Серая строка — нет допуска врача.</p>
  <div class="scroll">
    <table class="data marks gto" role="grid" data-ej-grid="" data-journal="gto-{@class_id}-{@done_on}"
           data-action="{$base}/gto/classes/{@class_id}/days/{@done_on}" data-token="{/page/@form_token}">
      <xsl:if test="@can_write"><xsl:attribute name="data-can-write">1</xsl:attribute></xsl:if>
      <xsl:if test="/page/@account_id"><xsl:attribute name="data-account"><xsl:value-of select="/page/@account_id"/>
        </xsl:attribute></xsl:if>
      <caption class="sr">Результаты класса <xsl:value-of select="@name"/></caption>
      <thead>
        <tr>
          <th scope="col">Ученик</th>
          <xsl:for-each select="column">
            <th scope="col" data-c="{@column_id}" data-unit="{@unit}" title="{@name}">
              <a href="?gto_test_id={@column_id}"><xsl:value-of select="@short_name"/></a><br/>
              <small><xsl:apply-templates select="@unit" mode="unit"/></small>
            </th>
          </xsl:for-each>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="pupil">
          <tr data-p="{@pupil_id}">
            <th scope="row"><a href="{$base}/pupils/{@pupil_id}/gto"><xsl:value-of select="@name"/></a></th>
            <xsl:for-each select="c">
              <td>
                <xsl:if test="../@refusal and not(text())"><xsl:attribute name="class">x</xsl:attribute></xsl:if>
                <xsl:if test="@level"><xsl:attribute name="class">level-<xsl:value-of select="@level"/></xsl:attribute></xsl:if>
                <xsl:value-of select="."/>
              </td>
            </xsl:for-each>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </div>
  <ul hidden="hidden" data-ej-words="">
    <li data-code="JE202"><xsl:call-template name="JE202"/></li>
    <li data-code="JE210"><xsl:call-template name="JE210"/></li>
    <li data-code="JE245"><xsl:call-template name="JE245"/></li>
    <li data-code="JE246"><xsl:call-template name="JE246"/></li>
    <li data-code="JE247"><xsl:call-template name="JE247"/></li>
  </ul>
  <xsl:if test="@can_write and pupil/c[text()]">
    <form method="post" action="{$base}/gto/classes/{@class_id}/days/{@done_on}" class="row">
      <xsl:call-template name="token"/>
      <input type="hidden" name="is_protocol" value="1"/>
      <input type="hidden" name="old_protocol_no" value="{@protocol_no}"/>
      <label><span class="label">Протокол №</span><input name="protocol_no" maxlength="30" size="10" value="{@protocol_no}"/></label>
      <xsl:text> </xsl:text><button>Записать номер</button>
    </form>
  </xsl:if>
</xsl:template>

<!-- One test of all pupils, as parallel fields: for phones, and without a script. -->
<xsl:template match="gto" mode="one-test">
  <h2><xsl:value-of select="@test_name"/>, <xsl:apply-templates select="@test_unit" mode="unit"/></h2>
  <form method="post" action="{$base}/gto/classes/{@class_id}/days/{@done_on}">
    <xsl:call-template name="token"/>
    <input type="hidden" name="gto_test_id" value="{@gto_test_id}"/>
    <table class="data people">
      <thead><tr><th scope="col">Ученик</th><th scope="col">Результат</th></tr></thead>
      <tbody>
        <xsl:for-each select="pupil[not(@refusal) or c/text()]">
          <xsl:variable name="typed" select="key('row', position())"/>
          <tr>
            <th scope="row"><xsl:value-of select="@name"/></th>
            <td>
              <input type="hidden" name="column_id" value="{$gto/@gto_test_id}"/>
              <input type="hidden" name="pupil_id" value="{@pupil_id}"/>
              <input type="hidden" name="old" value="{c}"/>
              <input name="value" size="10" maxlength="40" aria-label="{@name}">
                <xsl:attribute name="value"><xsl:choose>
                  <xsl:when test="$is-refused and $typed"><xsl:value-of select="$typed/field[@name = 'value']"/></xsl:when>
                  <xsl:otherwise><xsl:value-of select="c"/></xsl:otherwise>
                </xsl:choose></xsl:attribute>
                <xsl:if test="$is-refused and $typed/@code"><xsl:attribute name="aria-invalid">true</xsl:attribute></xsl:if>
              </input>
            </td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <xsl:if test="pupil[@refusal and not(c/text())]"><p class="hint">Без допуска врача в этот день: <xsl:for-each select="pupil[@refusal and not(c/text())]"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@name"/></xsl:for-each>.</p></xsl:if>
    <p class="savebar"><button class="main">Сохранить</button> <a href="{$base}/gto/classes/{@class_id}/days/{@done_on}">Все испытания</a></p>
  </form>
</xsl:template>

</xsl:stylesheet>
